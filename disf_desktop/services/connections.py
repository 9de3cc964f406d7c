"""The connections under a transport: what they trust, and how far a request on them has come."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterable, Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
import truststore
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from disf_desktop.core.errors import Problem, SettingsError

LOOPBACK = ("127.0.0.1", "::1")


def proxies_for(url: str, host: str) -> dict[str, str]:
    """Give the proxies that the environment names for a URL; none for this computer itself."""
    return {} if host in (*LOOPBACK, "localhost") else requests.utils.get_environ_proxies(url)


def trust_of(ca_file: str | None) -> ssl.SSLContext:
    """Give what a certificate is verified by: the operating system, and an authority's file. Raises SettingsError."""
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file is not None:
        problem = None
        try:
            context.load_verify_locations(cafile=ca_file)
        except (OSError, ssl.SSLError) as foreign:
            problem = Problem(
                "ca_file",
                f"The certificate authority file cannot be used: {type(foreign).__name__}.",
                "Name a readable file of PEM certificates.",
            )
        if problem is not None:
            raise SettingsError((problem,))
    return context


class Progress(threading.local):
    """How far the request of this thread has come."""

    sent = False


progress = Progress()


class _Connection(HTTPConnection):
    """Mark the moment from which a request may have been carried out.

    That is its first body byte, or its head where it has no body.
    """

    _stage = "idle"
    _without_body = False

    def connect(self) -> None:
        # Opening a tunnel through a proxy sends bytes too, which are not ours.
        stage, self._stage = self._stage, "idle"
        try:
            super().connect()
        finally:
            self._stage = stage

    def request(self, method: str, url: str, body: Any = None, headers: Any = None, **options: Any) -> None:
        self._stage, self._without_body = "head", not body
        super().request(method, url, body, headers, **options)

    def endheaders(self, message_body: Any = None, *, encode_chunked: bool = False) -> None:
        super().endheaders(message_body, encode_chunked=encode_chunked)
        self._stage = "body"

    def send(self, data: Any) -> None:
        if self.sock is None and self.auto_open:
            self.connect()
        if self._stage == "body" or (self._stage == "head" and self._without_body):
            progress.sent = True
        super().send(data)


class _SecureConnection(_Connection, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class NoCookies(DefaultCookiePolicy):
    """Keep no cookie of anybody."""

    def __init__(self) -> None:
        super().__init__(allowed_domains=[])


class Adapter(HTTPAdapter):
    """Connections of ours, with a TLS context of ours and never the bundle of certificates of a Python package."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__(pool_connections=4, pool_maxsize=10)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options, ssl_context=self._context)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        manager = super().proxy_manager_for(
            proxy, **options, ssl_context=self._context, proxy_ssl_context=self._context
        )
        manager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
        return manager

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        conn.cert_reqs = "CERT_REQUIRED"


class Sockets:
    """The connections of a session, each kept as long as the service keeps it. Threads may share it.

    No redirect is followed, no netrc is read, no cookie is kept; of the environment only the proxies are taken.
    """

    def __init__(self, ca_file: str | None) -> None:
        adapter = Adapter(trust_of(ca_file))
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(NoCookies())
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def exchange(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | Iterable[bytes] | None, timeout_s: float
    ) -> requests.Response:
        """Send a request and give the answer, whose body is still to be read. Raises the libraries' errors."""
        # Prepared here and not by the session, which would look for netrc and cookies.
        request = requests.Request(method, url, headers=dict(headers), data=body).prepare()
        return self._session.send(
            request,
            stream=True,
            allow_redirects=False,
            timeout=(min(10.0, timeout_s), timeout_s),
            proxies=proxies_for(url, urlsplit(url).hostname or ""),
        )

    def close(self) -> None:
        self._session.close()
