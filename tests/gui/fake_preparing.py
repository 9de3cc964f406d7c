"""The verbs that prepare an org of the in-memory workspace: an org whose set-up a test arranges, and which tells of a
preparation in the order in which the real verb does."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import Any

from disf_desktop.core.errors import DisfError, Stopped
from disf_desktop.core.events import Notice, Progress, Stage
from disf_desktop.core.preparation import (
    Component,
    ComponentKind,
    ComponentState,
    FieldThere,
    Grant,
    OrgSeen,
    PermissionSetThere,
    components,
    marker,
    objects_of,
)
from disf_desktop.core.preparation_begun import Pending
from disf_desktop.core.preparation_deploy import installation, removal
from disf_desktop.core.preparation_errors import DeployFailed, NotAsked, PackageRefused
from disf_desktop.core.preparation_events import (
    AccessGiven,
    ComponentFailed,
    ComponentInstalled,
    ComponentRemoved,
    ComponentTold,
    Event,
    PackageTold,
    PackageWish,
    PrepareWish,
    finished,
)
from disf_desktop.core.preparation_package import (
    InstalledPackage,
    PackageVerdict,
    PackageVersion,
    installed_of,
    judged,
    served_by_us,
    version_id_of,
)
from disf_desktop.core.preparation_spec import FieldKind, FieldSpec
from disf_desktop.core.project import Project
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.workspace.preparing_people import OrgPerson, PackageOffer
from tests.gui.made_up import contact_fields

TYPES = {
    FieldKind.TEXT: FieldType.TEXT,
    FieldKind.CHECKBOX: FieldType.BOOLEAN,
    FieldKind.PICKLIST: FieldType.CHOICE,
    FieldKind.DATETIME: FieldType.DATETIME,
}
DI_PACKAGE = InstalledPackage("0A3", "033000000000001", "Dialog Insight", "", "04t000000000001", (1, 2, 0, 0))
NEWER = PackageVersion(
    "04t000000000002", "033000000000001", "Dialog Insight", (1, 4, 0, 0), False, ("app.example.org",)
)
LINK = "https://login.salesforce.com/packaging/installPackage.apexp?p0=04t000000000002"


class FakeOrg:
    """The set-up of one org: what of its fields is not there, what is hidden, what we made, how often it was asked."""

    def __init__(self) -> None:
        self.without: set[str] = set()
        self.hidden: set[str] = set()
        self.ours: set[str] = set()
        self.other: dict[str, Field] = {}
        self.made: dict[str, Field] = {}
        self.access: bool = False
        self.packages: tuple[InstalledPackage, ...] = ()
        self.version = NEWER
        self.records: dict[str, int] = {}
        self.looks = 0


class FakePreparing:
    """`orgs` are by connection; `errors` holds what a look ("look prod") or a preparation ("prepare") raises, `refused`
    the components that Salesforce refuses, `pause` what a preparation waits for before it is carried out."""

    project: Project
    deeds: list[tuple[Any, ...]]
    errors: dict[str, DisfError]

    def __init__(self) -> None:
        self.orgs = {"prod": FakeOrg(), "sandbox": FakeOrg()}
        self.refused: dict[str, ComponentFailed] = {}
        self.begun: dict[str, Pending] = {}
        self.pause: threading.Event | None = None
        self.told_notices: tuple[Notice, ...] = ()
        self.told_people = (
            OrgPerson("profile:Marketing User", "Marketing User"),
            OrgPerson("profile:Standard User", "Standard User"),
            OrgPerson("lea@acme.example", "Léa Bouchard", "lea@acme.example"),
            OrgPerson("marc@acme.example", "Marc Gagnon", "marc@acme.example"),
        )

    def salesforce_schema(self, connection: str, sobject: str, related: Sequence[str] = ()) -> Schema:
        raise AssertionError("the workspace has schemas")

    # what is there

    def _fields_left(self, connection: str, sobject: str, fields: dict[str, Field]) -> dict[str, Field]:
        """Give the fields of an object as our user sees them now."""
        org = self.orgs[connection]
        made = {field.name: field for id, field in org.made.items() if id.startswith(f"{sobject}.")}
        shown = {name: org.other.get(name, field) for name, field in (made | fields).items()}
        return {name: field for name, field in shown.items() if name not in org.without | org.hidden}

    def _seen(self, connection: str) -> OrgSeen:
        org, ours = self.orgs[connection], marker(self.project)
        schemas = {name: self.salesforce_schema(connection, name) for name in objects_of(self.project, connection)}
        there = tuple(
            FieldThere(f"00N{name}", sobject, field, ours if name in org.ours else "")
            for sobject, name, field in self._set_up(connection, schemas)
        )
        grants = tuple(Grant(each.sobject, each.field.name) for each in there if each.field.name in org.ours)
        access = PermissionSetThere("0PS", ours, grants, assigned=True) if org.access else None
        return OrgSeen(schemas, there, access)

    def _set_up(self, connection: str, schemas: dict[str, Schema]) -> Iterator[tuple[str, str, Field]]:
        org = self.orgs[connection]
        for name, field in schemas["Contact"].fields.items():
            if name in org.ours:
                yield "Contact", name, field
        for name in org.hidden:
            yield "Contact", name, Field(name, name, self._type_of(connection, name), 64, unique=True, external_id=True)

    def _type_of(self, connection: str, name: str) -> FieldType:
        spec = next((each.wanted for each in self._asked(connection) if each.name == name), None)
        return TYPES.get((spec or FieldSpec(FieldKind.TEXT)).kind, FieldType.TEXT)

    def _asked(self, connection: str) -> tuple[Component, ...]:
        schemas = {n: Schema(Side.SALESFORCE, n, n, {}) for n in objects_of(self.project, connection)}
        return components(self.project, connection, OrgSeen(schemas))

    def needed_in(self, connection: str) -> tuple[Component, ...]:
        return components(self.project, connection, self._seen(connection))

    def begun_in(self, connection: str) -> Pending | None:
        return self.begun.get(connection)

    # preparing

    def prepare(
        self, connection: str, wish: PrepareWish | None = None, *, stop: threading.Event | None = None
    ) -> Iterator[Event]:
        """Tell what the real verb would, in its order."""
        wish, stop, org = wish or PrepareWish(), stop or threading.Event(), self.orgs[connection]
        acts = wish != PrepareWish() and not (wish.remove is not None and not wish.confirm)
        if acts:
            self.deeds.append(("prepare", connection, wish))
        else:
            org.looks += 1
        if (error := self.errors.get("prepare" if acts else f"look {connection}")) is not None:
            raise error
        changed = 0
        if wish.go_on:
            yield from self._until_let(connection, Stage.APPLY, stop)
            pending = self.begun.pop(connection, None)
            for id in pending.components if pending is not None else ():
                changed += self._made(connection, id)
                yield ComponentInstalled(id)
        found = self.needed_in(connection)
        yield from self.told_notices
        if wish.remove is None:
            yield from map(ComponentTold, found)
        package = installed_of(None, org.packages)
        if wish.package is None and package is not None:
            yield PackageTold("installed", package.name, package.version_text)
        if wish.remove is not None:
            changed += yield from self._remove(connection, found, wish, stop)
        if wish.install is not None:
            changed += yield from self._install(connection, found, wish, stop)
        elif wish.users:
            changed += len(wish.users)
            yield AccessGiven(len(wish.users), 1)
        if wish.package is not None:
            changed += yield from self._package(org, wish.package, stop)
        if package is not None and served_by_us(self.project, connection):
            yield Notice(connection, "two_integrations", "The package is there too.", "See that none is active.")
        yield finished(self.needed_in(connection), changed=changed)

    def _until_let(self, connection: str, stage: Stage, stop: threading.Event) -> Iterator[Event]:
        yield Progress(connection, stage, Side.SALESFORCE, 0, None, calls=4)
        while self.pause is not None and stage is Stage.APPLY and not self.pause.wait(0.005):
            if stop.is_set():
                self.deeds.append(("stopped", connection))
                raise Stopped("Stopped at your request.", "Prepare again.", connection)

    def _install(self, connection: str, found: tuple[Component, ...], wish: PrepareWish, stop: threading.Event) -> Any:
        org = self.orgs[connection]
        going = installation(self.project, found, self._seen(connection).permission_set, wish.install or None)
        access = [each.id for each in found if each.kind is ComponentKind.PERMISSION_SET]
        ids = [*(each.id for each in going.fields), *(access if going.grants is not None else [])]
        if ids:
            yield from self._until_let(connection, Stage.PLAN, stop)
            failed = [told for id, told in self.refused.items() if id in ids]
            if failed:
                yield from failed
                raise DeployFailed(
                    f"Salesforce refused {len(failed)} of the components, so nothing was changed.",
                    failed[0].what_to_do,
                    reason=failed[0].reason,
                )
            yield from self._until_let(connection, Stage.APPLY, stop)
            yield Progress(connection, Stage.APPLY, Side.SALESFORCE, len(ids), len(ids), calls=9)
            for id in ids:
                self._made(connection, id)
                yield ComponentInstalled(id)
            self._shown(org, found, wish)
        if ids or wish.users:
            yield Progress(connection, Stage.REPORT, Side.SALESFORCE, 0, 1 + len(wish.users), calls=10)
            yield AccessGiven(1 + len(wish.users), 0)
        return len(ids) + bool(ids)

    def _made(self, connection: str, id: str) -> int:
        org, name = self.orgs[connection], id.rpartition(".")[2]
        if "." not in id:
            org.access = True
            return 1
        org.without.discard(name)
        org.ours.add(name)
        spec = next((each.wanted for each in self._asked(connection) if each.name == name), None)
        kind = self._type_of(connection, name)
        words = spec.words if spec is not None else ()
        length = spec.length if spec is not None else 0
        org.made[id] = Field(name, name, kind, length, choices=words, unique=True, external_id=True)
        return 1

    def _shown(self, org: FakeOrg, found: tuple[Component, ...], wish: PrepareWish) -> None:
        for each in found:
            if each.state is ComponentState.HIDDEN and (not wish.install or each.id in wish.install):
                org.hidden.discard(each.name)

    def _remove(self, connection: str, found: tuple[Component, ...], wish: PrepareWish, stop: threading.Event) -> Any:
        org = self.orgs[connection]
        going = removal(found, self._seen(connection).permission_set, wish.remove or None)
        ids = [each.id for each in going.fields]
        for each in found:
            yield ComponentTold(each, org.records.get(each.name, 0) if each.id in ids else None)
        if going.permission_set:
            ids += [each.id for each in found if each.kind is ComponentKind.PERMISSION_SET]
        name = next(each.name for each in self.project.connections if each.id == connection)
        if wish.confirm != name:
            raise NotAsked(f"{len(ids)} components would be removed.", f"Confirm it: {name}.", "--confirm")
        for some in ([id for id in ids if "." in id], [id for id in ids if "." not in id]):
            if some:
                yield from self._until_let(connection, Stage.PLAN, stop)
                yield from self._until_let(connection, Stage.APPLY, stop)
            for id in some:
                self._gone(org, id)
                yield ComponentRemoved(id)
        return len(ids)

    def _gone(self, org: FakeOrg, id: str) -> None:
        name = id.rpartition(".")[2]
        if "." not in id:
            org.access = False
            return
        org.ours.discard(name)
        if org.made.pop(id, None) is None or name in contact_fields():
            org.without.add(name)

    # the package

    def package_offer(self, connection: str, link: str) -> PackageOffer:
        if "package_offer" in self.errors:
            raise self.errors["package_offer"]
        if version_id_of(link) is None:
            raise NotAsked("This is no installation link.", "Copy the whole link.", "--package", reason="no_link")
        org = self.orgs[connection]
        there = installed_of(org.version, org.packages)
        return PackageOffer(org.version, judged(org.version, there), there)

    def _package(self, org: FakeOrg, wish: PackageWish, stop: threading.Event) -> Any:
        there = installed_of(org.version, org.packages)
        verdict = judged(org.version, there)
        yield PackageTold("absent", org.version.name, "", "1.4", org.version.domains)
        if verdict is PackageVerdict.UNINSTALL_FIRST:
            raise PackageRefused("An older one is there.", "Uninstall it first.", reason="uninstall_first")
        if org.version.password and wish.password != "right":
            raise PackageRefused("The password is not it.", "Ask for it.", "--package", reason="password")
        yield from self._until_let("prod", Stage.APPLY, stop)
        if "package" in self.errors:
            raise self.errors["package"]
        fresh = InstalledPackage(
            "0A4", org.version.package_id, org.version.name, "", org.version.version_id, (1, 4, 0, 0)
        )
        org.packages = (fresh,)
        yield PackageTold("installed", org.version.name, "1.4", "1.4", org.version.domains)
        return 1

    # people

    def people_of(self, connection: str, text: str = "", limit: int = 20) -> tuple[OrgPerson, ...]:
        self.deeds.append(("people_of", connection, text))
        if "people" in self.errors:
            raise self.errors["people"]
        held = text.casefold()
        return tuple(each for each in self.told_people if held in f"{each.name} {each.about}".casefold())


def without_fields(workspace: Any, *names: str, connection: str = "prod") -> FakeOrg:
    """Take fields out of an org, so that a project lacks them."""
    org: FakeOrg = workspace.orgs[connection]
    org.without |= set(names)
    return org
