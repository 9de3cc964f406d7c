"""Why no answer came, in our own words: the one seam between the libraries of the network and our errors."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Iterator

import requests
import urllib3

from disf_desktop.core.errors import ServiceUnavailable


class NothingSent(ServiceUnavailable):
    """The request did not reach the service: sending it again is safe."""

    lasting = False  # whether trying again is useless, as with a certificate that is not trusted


class ReplyLost(ServiceUnavailable):
    """The request left, and no whole answer came back."""


FOREIGN = (
    requests.exceptions.RequestException,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
    UnicodeError,
)


_OUT_OF_ITS_TIME = frozenset({9, 10})
"""OpenSSL's codes of a certificate that is not valid yet, or no longer: mostly it is this computer's clock."""


def failure_of(foreign: BaseException, host: str, *, sent: bool) -> ServiceUnavailable:
    """Say in our words why no answer came. Nothing of the foreign text is kept but the names of its classes."""
    causes = list(_causes(foreign))
    detail = " < ".join(dict.fromkeys(type(each).__name__ for each in causes))
    if sent:
        late = any(
            isinstance(each, (requests.exceptions.Timeout, TimeoutError, urllib3.exceptions.TimeoutError))
            for each in causes
        )
        how = "did not answer in time" if late else "broke off before its whole answer had come"
        return ReplyLost(
            f"{host} {how}.", "Check the network, then run again.", detail=detail, reason="late" if late else "cut_off"
        )
    if any(
        isinstance(each, (requests.exceptions.SSLError, urllib3.exceptions.SSLError, ssl.SSLError)) for each in causes
    ):
        untrusted = NothingSent(
            f"No trusted connection to {host} could be made.",
            "Check the address and this computer's clock; "
            "if your network inspects https, name its CA file in the connection.",
            detail=detail,
            reason="untrusted",
        )
        refused = [each for each in causes if isinstance(each, ssl.SSLCertVerificationError)]
        untrusted.lasting = bool(refused)
        if any(getattr(each, "verify_code", 0) in _OUT_OF_ITS_TIME for each in refused):
            untrusted.reason = "clock"
        return untrusted
    if any(isinstance(each, (requests.exceptions.ProxyError, urllib3.exceptions.ProxyError)) for each in causes):
        return NothingSent(
            f"The proxy did not let {host} be reached.", "Check the proxy settings.", detail=detail, reason="proxy"
        )
    return NothingSent(
        f"{host} could not be reached.",
        "Check the network and the address, then run again.",
        detail=detail,
        reason="unreachable",
    )


def _causes(foreign: object, depth: int = 0) -> Iterator[BaseException]:
    """Give an exception and what it wraps: the libraries nest them in arguments, reasons and causes."""
    if not isinstance(foreign, BaseException) or depth > 6:
        return
    yield foreign
    for inner in (getattr(foreign, "reason", None), foreign.__cause__, foreign.__context__, *foreign.args):
        yield from _causes(inner, depth + 1)
