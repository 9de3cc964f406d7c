"""Installing Dialog Insight's package, with the answers that its guide recommends (article 1000302490)."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from disf_desktop.core.errors import UnexpectedAnswer
from disf_desktop.core.events import Notice
from disf_desktop.core.preparation_errors import NotAsked, PackageRefused
from disf_desktop.core.preparation_events import Event, PackageTold, PackageWish
from disf_desktop.core.preparation_package import (
    SET_AGAIN,
    InstalledPackage,
    PackageVerdict,
    PackageVersion,
    installed_of,
    judged,
    version_id_of,
)
from disf_desktop.services.salesforce.packages import InstallStatus, version_told, why_not_installed
from disf_desktop.services.salesforce.rest import SalesforceOrg
from disf_desktop.workspace.preparing_deploys import Deploys


def install_package(
    org: SalesforceOrg, deploys: Deploys, packages: Sequence[InstalledPackage], wish: PackageWish
) -> Generator[Event, None, tuple[int, bool]]:
    """Install a package; give how much was changed, and whether it waits for its domains to be approved.

    Nothing is installed over an older unmanaged package, nor over a newer one, and nothing twice.
    """
    version_id = version_id_of(wish.link)
    if version_id is None:
        raise NotAsked(
            "This is no installation link of a Salesforce package.",
            "Copy the whole link from Dialog Insight, or the id that begins with 04t.",
            "--package",
        )
    wanted = version_told(org.wire, org.base, version_id)
    there = installed_of(wanted, packages)
    verdict = judged(wanted, there)
    yield _told(verdict, wanted, there)
    if verdict is PackageVerdict.INSTALLED:
        return 0, False
    if there is not None and verdict is PackageVerdict.UNINSTALL_FIRST:
        raise PackageRefused(
            f"“{there.name}” {there.version_text} is installed and cannot be brought up to date: it has to be "
            f"uninstalled first. Then these have to be set again: {SET_AGAIN}.",
            "Note those settings, have an administrator uninstall it (Setup › Installed Packages), then install again.",
            there.name,
            reason="uninstall_first",
        )
    if there is not None and verdict is PackageVerdict.NEWER_IS_THERE:
        raise PackageRefused(
            f"A newer version is installed already: {there.version_text}.",
            "Use the newest link that Dialog Insight shows.",
            there.name,
            reason="newer_is_there",
        )
    if not wish.approve_domains and wanted.domains != ():
        yield _to_approve(wanted, deploys.name)
        return 0, True
    if wanted.password and not wish.password:
        raise PackageRefused(
            "The package is protected by a password; nothing was installed.",
            "Ask Dialog Insight for the password, then give it with --password-stdin.",
            "--package",
            reason="password",
        )
    ended = yield from deploys.install(
        version_id,
        admins_only=wish.admins_only,
        approve_domains=wish.approve_domains and wanted.domains != (),
        password=wish.password,
    )
    check_ended(ended)
    yield PackageTold("installed", wanted.name, _version_text(wanted), _version_text(wanted), wanted.domains)
    return 1, False


def check_ended(ended: InstallStatus | None) -> None:
    """Raise PackageRefused where an installation came to nothing."""
    if ended is None:
        raise UnexpectedAnswer(
            "Salesforce does not know of the installation any more.", "Look again at what is installed."
        )
    if not ended.success:
        reason, message, what_to_do = why_not_installed(ended.errors)
        raise PackageRefused(message, what_to_do, "--package", " · ".join(ended.errors), reason)


def _told(verdict: PackageVerdict, wanted: PackageVersion, there: InstalledPackage | None) -> PackageTold:
    state = "absent"
    if there is not None:
        state = {
            PackageVerdict.INSTALLED: "installed",
            PackageVerdict.UNINSTALL_FIRST: "uninstall_first",
        }.get(verdict, "other_version")
    return PackageTold(
        state,
        there.name if there is not None else wanted.name,
        there.version_text if there is not None else "",
        _version_text(wanted) or wanted.version_id,
        wanted.domains,
    )


def _version_text(wanted: PackageVersion) -> str:
    return ".".join(map(str, wanted.version[:2])) if wanted.version is not None else ""


def _to_approve(wanted: PackageVersion, name: str) -> Notice:
    if wanted.domains is None:
        message = (
            "The package asks to contact addresses of Dialog Insight; Salesforce does not tell which before it is "
            "installed. Nothing was installed."
        )
    else:
        message = f"The package asks to contact {', '.join(wanted.domains)}. Nothing was installed."
    return Notice(name, "approve_domains", message, "If that is right, install again with --approve-domains.")
