"""Packages of an org: what is installed, what a version asks for, and an installation with its progress."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from disf_desktop.core.errors import AccessRefused, SchemaChanged, UnexpectedAnswer
from disf_desktop.core.moments import written
from disf_desktop.core.preparation_package import InstalledPackage, PackageVersion, same_id
from disf_desktop.services.salesforce import query
from disf_desktop.services.salesforce.errors import without_addresses
from disf_desktop.services.salesforce.setup_refusals import Doing, raise_unless_set_up
from disf_desktop.services.salesforce.tooling import checked_id, tooling_rows
from disf_desktop.services.salesforce.wire import Wire, read_json

_PARTS: Final = ("MajorVersion", "MinorVersion", "PatchVersion", "BuildNumber")
IN_PROGRESS: Final = ("IN_PROGRESS", "UNKNOWN", "")
SUCCESS: Final = "SUCCESS"


@dataclass(frozen=True, slots=True)
class InstallStatus:
    """How an installation stands; `errors` are Salesforce's own words."""

    done: bool
    success: bool
    errors: tuple[str, ...] = ()


def installed_packages(wire: Wire, base: str) -> tuple[InstalledPackage, ...]:
    """Give the packages of the org. Raises AccessRefused naming the right that is missing."""
    version = ", ".join(f"SubscriberPackageVersion.{part}" for part in _PARTS)
    soql = (
        "SELECT Id, SubscriberPackageId, SubscriberPackage.NamespacePrefix, SubscriberPackage.Name, "  # noqa: S608
        f"SubscriberPackageVersion.Id, {version} FROM InstalledSubscriberPackage"
    )
    return tuple(_installed(row) for row in tooling_rows(wire, base, soql))


def _installed(row: Mapping[str, Any]) -> InstalledPackage:
    package, version = _mapping(row.get("SubscriberPackage")), _mapping(row.get("SubscriberPackageVersion"))
    return InstalledPackage(
        str(row.get("Id") or ""),
        str(row.get("SubscriberPackageId") or ""),
        str(package.get("Name") or ""),
        str(package.get("NamespacePrefix") or ""),
        str(version.get("Id") or ""),
        _version(version),
    )


def version_told(wire: Wire, base: str, version_id: str) -> PackageVersion:
    """Give what the org tells of a version that is not installed yet; little, where it tells little."""
    parts = ", ".join(_PARTS)
    told = _told(wire, base, version_id, f"SubscriberPackageId, Name, {parts}, IsPasswordProtected")
    sites = _told(wire, base, version_id, "RemoteSiteSettings, CspTrustedSites")
    told_domains = any(isinstance(sites.get(name), dict) for name in ("RemoteSiteSettings", "CspTrustedSites"))
    return PackageVersion(
        version_id,
        str(told.get("SubscriberPackageId") or ""),
        str(told.get("Name") or ""),
        _version(told) if told.get("MajorVersion") is not None else None,
        password=bool(told.get("IsPasswordProtected")),
        domains=_domains(sites) if told_domains else None,
    )


def _told(wire: Wire, base: str, version_id: str, columns: str) -> Mapping[str, Any]:
    """Ask for some columns of a version; which of them an org shows depends on its version and on our rights."""
    where = f"FROM SubscriberPackageVersion WHERE Id = {query.id_literal(version_id)}"
    try:
        found = tooling_rows(wire, base, f"SELECT Id, {columns} {where}")
    except (SchemaChanged, AccessRefused, UnexpectedAnswer):
        return {}
    return found[0] if found else {}


def _domains(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Give the hosts of the sites that a version asks for, each once."""
    sites = []
    for name in ("RemoteSiteSettings", "CspTrustedSites"):
        listed = _mapping(row.get(name)).get("settings")
        sites += [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    addresses = (str(site.get("url") or site.get("endpointUrl") or "") for site in sites)
    return tuple(dict.fromkeys(_host_of(each) for each in addresses if each))


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address


def begin_installation(
    wire: Wire, base: str, version_id: str, *, admins_only: bool, approve_domains: bool, password: str = ""
) -> str:
    """Ask for an installation and give its id. A name that is taken blocks it: nothing is ever renamed.

    Raises AccessRefused naming the right, ServiceUnavailable where something else is being installed.
    """
    asked: dict[str, object] = {
        "SubscriberPackageVersionKey": version_id,
        "NameConflictResolution": "Block",
        "SecurityType": "None" if admins_only else "Full",
        "EnableRss": approve_domains,
    }
    if password:
        asked["Password"] = password
    reply = wire.send(
        "POST", f"{base}/tooling/sobjects/PackageInstallRequest", json=asked, repeatable=False, parse=read_json
    )
    told = raise_unless_set_up(reply, Doing.PACKAGES).parsed
    return checked_id(told.get("id") if isinstance(told, dict) else None)


def requested_since(wire: Wire, base: str, user_id: str, since: datetime, version_id: str) -> list[str]:
    """Give the installations of a version that our user asked for since a moment, the latest first."""
    soql = (
        "SELECT Id, SubscriberPackageVersionKey FROM PackageInstallRequest "  # noqa: S608 - an Id and a moment
        f"WHERE CreatedById = {query.id_literal(user_id)} AND CreatedDate >= {written(since)} ORDER BY CreatedDate DESC"
    )
    try:
        found = tooling_rows(wire, base, soql)
    except (SchemaChanged, AccessRefused, UnexpectedAnswer):
        return []
    ours = (each for each in found if same_id(str(each.get("SubscriberPackageVersionKey") or ""), version_id))
    return [checked_id(each.get("Id")) for each in ours]


def installation(wire: Wire, base: str, request: str) -> InstallStatus | None:
    """Say how an installation stands; None where the org knows none of this id."""
    path = f"{base}/tooling/sobjects/PackageInstallRequest/{checked_id(request)}"
    try:
        told = raise_unless_set_up(wire.send("GET", path, repeatable=True, parse=read_json), Doing.PACKAGES).parsed
    except SchemaChanged:
        return None
    if not isinstance(told, dict) or not isinstance(told.get("Status"), str):
        raise UnexpectedAnswer("Salesforce does not tell of an installation as expected.", "Prepare again.")
    listed = _mapping(told.get("Errors")).get("errors")
    errors = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    said = (without_addresses(str(each.get("message") or "")).strip()[:300] for each in errors)
    return InstallStatus(
        told["Status"] not in IN_PROGRESS, told["Status"] == SUCCESS, tuple(each for each in said if each)
    )


_PACKAGE_ERRORS: Final[tuple[tuple[str, str, str, str], ...]] = (
    (
        r"not available|does not exist|not released|no longer|invalid package version",
        "no_such_package",
        "There is no such package for this org; nothing was installed.",
        "Copy the installation link from Dialog Insight again, for a production org or a sandbox as the case may be.",
    ),
    (
        r"uninstall|must be (?:removed|deleted)|older version|previous version|unmanaged.*(?:exist|installed)",
        "uninstall_first",
        "An older version of the package has to be uninstalled first; nothing was installed.",
        "Have an administrator uninstall it (Setup › Installed Packages), then install again.",
    ),
    (
        r"already (?:exists|in use|used)|name conflict|conflict|duplicate|same name|is in use",
        "name_conflict",
        "A name that the package needs is taken in this org; nothing was installed.",
        "Have an administrator rename or remove what has that name, then install again.",
    ),
    (
        r"password|installation key",
        "password",
        "The package is protected by a password, and the one given is not it; nothing was installed.",
        "Ask Dialog Insight for the password, then give it with --password-stdin.",
    ),
    (
        r"permission|access|not authorized|privilege",
        "right_package",
        "Salesforce does not let our user install a package. The right “Download AppExchange Packages” may be missing.",
        "Ask a Salesforce administrator for it (Setup › Permission Sets › System Permissions), or sign in as one.",
    ),
    (
        r"limit|maximum|exceed|edition|license",
        "limit",
        "The org has no room for the package, or its edition lacks something; nothing was installed.",
        "Show Salesforce's own words to the administrator of the org.",
    ),
)


def why_not_installed(errors: tuple[str, ...]) -> tuple[str, str, str]:
    """Say what the errors of an installation mean: a reason for programs, a message, what to do."""
    said = " ".join(errors)
    for pattern, reason, message, what_to_do in _PACKAGE_ERRORS:
        if re.search(pattern, said, re.IGNORECASE):
            return reason, message, what_to_do
    return (
        "package_failed",
        "Salesforce could not install the package; nothing was installed.",
        "Show Salesforce's own words to the administrator of the org.",
    )


def _version(told: Mapping[str, Any]) -> tuple[int, int, int, int]:
    major, minor, patch, build = (
        int(told[name]) if isinstance(told.get(name), int) and not isinstance(told.get(name), bool) else 0
        for name in _PARTS
    )
    return major, minor, patch, build


def _mapping(told: object) -> Mapping[str, Any]:
    return told if isinstance(told, dict) else {}
