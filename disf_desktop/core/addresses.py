"""Where both services are reached: the addresses that are the same for everybody, and what people paste instead."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

PRODUCTION = "https://login.salesforce.com"
SANDBOX = "https://test.salesforce.com"

SALESFORCE_DOMAINS = ("salesforce.com", "force.com", "cloudforce.com", "salesforce.mil", "sfcrmproducts.cn")

PLATFORMS = {
    "Canada": "https://app.dialoginsight.com/webservices/ofc4/",
    "France": "https://app.mydialoginsight.com/webservices/ofc4/",
}
"""The two platforms of Dialog Insight. A key is known to one of them only (article 1000330259)."""

_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_LOOPBACK = ("127.0.0.1", "::1")
_SHOWN_AT = (".lightning.force.com", ".my.salesforce-setup.com", ".my.site.com")
"""Hosts under which people see their org; it signs nobody in there."""
_NOT_AN_ORG = ("www", "help", "developer", "appexchange", "trailhead", "status", "trust", "admin")


def login_url_of(typed: str) -> str | None:
    """Make the address of sign-in out of what a person typed or pasted; None where it is of no org.

    The name of a My Domain alone will do, and any page of the org: it is signed in to at `my.salesforce.com` (a page of
    Lightning or of Setup is on another host, which is not one of the API).
    """
    text = typed.strip().lower()
    if re.fullmatch(_LABEL, text):
        return _of_domain(text)
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or parts.username or parts.password:
        return None
    if host in _LOOPBACK:
        return f"{parts.scheme}://{parts.netloc}"
    if port not in (None, 80, 443):
        return None
    for suffix in _SHOWN_AT:
        if host.endswith(suffix):
            return _checked(host.removesuffix(suffix) + ".my.salesforce.com")
    if host.endswith(".vf.force.com"):  # a page of a package: <MyDomain>--<package>[.sandbox].vf.force.com
        first, *rest = host.removesuffix(".vf.force.com").split(".")
        return _checked(".".join((first.rpartition("--")[0] or first, *rest)) + ".my.salesforce.com")
    return _checked(host)


def _of_domain(name: str) -> str | None:
    if "--" in name:  # <MyDomain>--<sandbox>
        return _checked(f"{name}.sandbox.my.salesforce.com")
    return _checked(f"{name}.my.salesforce.com")


def _checked(host: str) -> str | None:
    labels = host.split(".")
    under = any(host.endswith(f".{domain}") for domain in SALESFORCE_DOMAINS if domain != "force.com")
    if not under or labels[0] in _NOT_AN_ORG or not all(re.fullmatch(_LABEL, label) for label in labels):
        return None
    return f"https://{host}"


_SERVICES = "/webservices/ofc4/"


def root_url_of(typed: str) -> str | None:
    """Make the root address of Dialog Insight's web services out of what a person typed or pasted; None where it is
    none. Any page of one of the two platforms is that platform."""
    text = typed.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return None
    for root in PLATFORMS.values():
        if host == urlsplit(root).hostname:
            return root
    named = host in _LOOPBACK or ("." in host and all(re.fullmatch(_LABEL, label) for label in host.split(".")))
    if not named or parts.username or parts.password or parts.query or parts.fragment:
        return None
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOOPBACK):
        return None
    path = parts.path if parts.path.strip("/") else _SERVICES
    return f"{parts.scheme}://{parts.netloc.lower()}{path.rstrip('/')}/"
