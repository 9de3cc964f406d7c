"""Dialog Insight's own package for Salesforce: its link, what of it is installed, and whether it may be installed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from disf_desktop.core.project import Project

_VERSION_ID: Final = re.compile(r"04t[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?")
_OURS: Final = re.compile(r"dialog[\s_-]*insight", re.IGNORECASE)

SET_AGAIN: Final = (
    "the keys and the authorization of the DI Destination Projects, the objects with their field mappings, and the "
    "opt-ins; in Dialog Insight, the data integrations"
)
"""What a person has to set again after the package was uninstalled (Dialog Insight, article 1000302490)."""


@dataclass(frozen=True, slots=True)
class InstalledPackage:
    """A package of the org. `version_id` is the 04t id; `namespace` is "" where the package is unmanaged."""

    id: str
    package_id: str
    name: str
    namespace: str
    version_id: str
    version: tuple[int, int, int, int]

    @property
    def version_text(self) -> str:
        major, minor, patch, build = self.version
        return f"{major}.{minor}" + (f".{patch}" if patch or build else "") + (f".{build}" if build else "")

    @property
    def is_dialog_insight(self) -> bool:
        """Whether this seems to be Dialog Insight's package: it is known by its name, for lack of anything better."""
        return bool(_OURS.search(self.name) or _OURS.search(self.namespace))


@dataclass(frozen=True, slots=True)
class PackageVersion:
    """The version of a package that a link leads to, as the org tells of it; what it does not tell is empty.

    `domains` are the addresses that the package asks to be allowed to contact; None where the org does not tell.
    """

    version_id: str
    package_id: str = ""
    name: str = ""
    version: tuple[int, int, int, int] | None = None
    password: bool = False
    domains: tuple[str, ...] | None = None


class PackageVerdict(StrEnum):
    """May the package be installed?"""

    INSTALL = "install"
    INSTALLED = "installed"  # this very version is there
    NEWER_IS_THERE = "newer_is_there"
    UNINSTALL_FIRST = "uninstall_first"  # an unmanaged package cannot be brought up to date


def version_id_of(link: str) -> str | None:
    """Give the 04t id that an installation link names, or the id itself; None where there is none.

    The link is read, never opened: the installation is asked of the org that the connection names.
    """
    link = link.strip()
    if _VERSION_ID.fullmatch(link):
        return link
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    if parts.scheme != "https":
        return None
    found = [value for name, value in parse_qsl(parts.query) if name == "p0"]
    # Some links name the page of the installation in a parameter of the page of the sign-in.
    found += [value for _, inner in parse_qsl(parts.query) for value in re.findall(r"p0=(\w+)", inner)]
    return next((value for value in found if _VERSION_ID.fullmatch(value)), None)


def same_id(one: str, other: str) -> bool:
    """Say whether two ids are one; one of 15 characters is the other without its check letters."""
    return bool(one) and one[:15] == other[:15]


def installed_of(wanted: PackageVersion | None, packages: Iterable[InstalledPackage]) -> InstalledPackage | None:
    """Give the installed package that a link is about, or where no link is given, Dialog Insight's."""
    known = tuple(packages)
    for each in known:
        if wanted is not None and (
            same_id(wanted.version_id, each.version_id) or same_id(wanted.package_id, each.package_id)
        ):
            return each
    about_us = wanted is None or not wanted.name or bool(_OURS.search(wanted.name))
    return next((each for each in known if about_us and each.is_dialog_insight), None)


def judged(wanted: PackageVersion, there: InstalledPackage | None) -> PackageVerdict:
    """Say whether a version may be installed where `there` is installed now."""
    if there is None:
        return PackageVerdict.INSTALL
    if same_id(wanted.version_id, there.version_id):
        return PackageVerdict.INSTALLED
    if not there.namespace:
        return PackageVerdict.UNINSTALL_FIRST
    if wanted.version is not None and wanted.version < there.version:
        return PackageVerdict.NEWER_IS_THERE
    return PackageVerdict.INSTALL


def served_by_us(project: Project, connection_id: str) -> tuple[str, ...]:
    """Name the Dialog Insight projects that our integrations with an org serve, drafts left out."""
    ids = {each.project for each in project.integrations if each.salesforce == connection_id and each.enabled}
    return tuple(each.name for each in project.projects if each.id in ids)
