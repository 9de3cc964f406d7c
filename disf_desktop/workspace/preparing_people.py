"""What a person picks before an org is prepared: who may see the fields, and the package that a link leads to."""

from __future__ import annotations

from dataclasses import dataclass

from disf_desktop.core.preparation_package import InstalledPackage, PackageVerdict, PackageVersion
from disf_desktop.workspace.opened import OpenedProject


@dataclass(frozen=True, slots=True)
class OrgPerson:
    """A profile of an org, or one of its active users. `wish` is how `PrepareWish.users` names it.

    `name` and `about` are for the screen alone: of a user, the full name and the user name.
    """

    wish: str
    name: str
    about: str = ""

    @property
    def is_profile(self) -> bool:
        return self.wish.startswith("profile:")


@dataclass(frozen=True, slots=True)
class PackageOffer:
    """What an org tells of the package of a link. `there` is what is installed of it, in whatever version."""

    wanted: PackageVersion
    verdict: PackageVerdict
    there: InstalledPackage | None = None


class PreparingPeople(OpenedProject):
    """Asks an org what a person chooses from; changes nothing."""

    def people_of(self, connection_id: str, text: str = "", limit: int = 20) -> tuple[OrgPerson, ...]:
        """Give the profiles, then the active users, whose name holds a text; at most `limit` of each."""
        from disf_desktop.services.salesforce.people import profiles_found, users_found

        with self._connections(self._vault()) as connections:
            source = connections.org(self._salesforce(connection_id).id).source
            profiles = profiles_found(source.wire, source.base, text, limit)
            users = users_found(source.wire, source.base, text, limit)
        return (
            *(OrgPerson(f"profile:{name}", name) for name in profiles),
            *(OrgPerson(each.username, each.name, each.username) for each in users),
        )

    def package_offer(self, connection_id: str, link: str) -> PackageOffer:
        """Say what an installation link leads to, and whether that may be installed. Raises NotAsked for no link."""
        from disf_desktop.core.preparation_errors import NotAsked
        from disf_desktop.core.preparation_package import installed_of, judged, version_id_of
        from disf_desktop.services.salesforce.packages import installed_packages, version_told

        version_id = version_id_of(link)
        if version_id is None:
            raise NotAsked(
                "This is no installation link of a Salesforce package.",
                "Copy the whole link from Dialog Insight, or the id that begins with 04t.",
                "--package",
                reason="no_link",
            )
        with self._connections(self._vault()) as connections:
            source = connections.org(self._salesforce(connection_id).id).source
            wanted = version_told(source.wire, source.base, version_id)
            there = installed_of(wanted, installed_packages(source.wire, source.base))
        return PackageOffer(wanted, judged(wanted, there), there)
