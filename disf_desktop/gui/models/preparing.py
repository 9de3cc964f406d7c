"""What the window knows of orgs that are prepared: what a look told, the preparation under way, what its dialogs ask.
No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

from disf_desktop.core.errors import DisfError, Stopped
from disf_desktop.core.events import Notice, Progress, Stage
from disf_desktop.core.preparation import Component, ComponentKind, ComponentState
from disf_desktop.core.preparation_begun import Begun, Pending
from disf_desktop.core.preparation_errors import StillUnderWay
from disf_desktop.core.preparation_events import (
    AccessGiven,
    ComponentFailed,
    ComponentInstalled,
    ComponentRemoved,
    ComponentTold,
    Event,
    PackageTold,
    PrepareFinished,
    PrepareWish,
)
from disf_desktop.core.preparation_wanted import Purpose, Wanted, wanted_fields
from disf_desktop.core.project import Project, SalesforceConnection

if TYPE_CHECKING:
    from disf_desktop.workspace.preparing_people import OrgPerson, PackageOffer

GOES_ON_BY_ITSELF = frozenset({Begun.DEPLOY, Begun.REMOVAL, Begun.PACKAGE})
"""What Salesforce carries out already; following it to its end changes nothing that was not asked for."""


@dataclass(frozen=True, slots=True)
class OrgPrepared:
    """What a look at an org told. `of`: what the project asked of it then; `begun`: what an earlier preparation began
    there and did not bring to its end."""

    components: tuple[Component, ...] = ()
    package: PackageTold | None = None
    notices: tuple[Notice, ...] = ()
    finished: PrepareFinished | None = None
    of: tuple[Wanted, ...] = ()
    begun: Pending | None = None

    def after(self, event: Event) -> OrgPrepared:
        """Give what is known once an event of a look has come."""
        match event:
            case ComponentTold():
                return replace(self, components=(*self.components, event.component))
            case PackageTold():
                return replace(self, package=event)
            case Notice():
                return replace(self, notices=(*self.notices, event))
            case PrepareFinished():
                return replace(self, finished=event)
        return self

    def notice(self, code: str) -> Notice | None:
        """Give the notice of a code, where the look gave one."""
        return next((each for each in self.notices if each.code == code), None)


class PrepareStep(IntEnum):
    """How far a preparation has come."""

    CHECKED = 0
    CARRIED_OUT = 1
    GIVEN = 2
    SEEN = 3


@dataclass(frozen=True, slots=True)
class Preparation:
    """The preparation of an org that is under way, or has just ended. The password of a package is not in its wish."""

    connection: str
    wish: PrepareWish
    told: tuple[Component, ...] = ()
    progress: Progress | None = None
    installed: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    failed: tuple[ComponentFailed, ...] = ()
    given: AccessGiven | None = None
    package: PackageTold | None = None
    notices: tuple[Notice, ...] = ()
    finished: PrepareFinished | None = None
    error: DisfError | None = None
    stopping: bool = False

    @property
    def under_way(self) -> bool:
        return self.finished is None and self.error is None

    @property
    def left_going(self) -> bool:
        """Whether the program stopped waiting for what goes on in Salesforce."""
        return isinstance(self.error, Stopped | StillUnderWay)

    @property
    def succeeded(self) -> bool:
        return self.finished is not None and self.error is None

    @property
    def step(self) -> PrepareStep:
        """What is being done now."""
        if self.progress is None or self.progress.stage in (Stage.READ, Stage.PLAN):
            return PrepareStep.CHECKED
        if self.progress.stage is Stage.APPLY:
            return PrepareStep.CARRIED_OUT
        return PrepareStep.GIVEN if self.given is None else PrepareStep.SEEN

    def after(self, event: Event) -> Preparation:
        """Give how it stands once an event has come."""
        match event:
            case ComponentTold():
                return replace(self, told=(*self.told, event.component))
            case ComponentInstalled():
                return replace(self, installed=self.installed | {event.id})
            case ComponentRemoved():
                return replace(self, removed=self.removed | {event.id})
            case ComponentFailed():
                return replace(self, failed=(*self.failed, event))
            case AccessGiven():
                return replace(self, given=event)
            case PackageTold():
                return replace(self, package=event)
            case Notice():
                return replace(self, notices=(*self.notices, event))
            case Progress():
                return replace(self, progress=event)
            case PrepareFinished():
                return replace(self, finished=event)


@dataclass(frozen=True, slots=True)
class Removal:
    """What could be taken away of an org, with how many records hold something in each; `counted` once all is told."""

    connection: str
    told: tuple[ComponentTold, ...] = ()
    counted: bool = False
    error: DisfError | None = None

    @property
    def going(self) -> tuple[ComponentTold, ...]:
        """What this program made there for this project file."""
        return tuple(each for each in self.told if each.component.made_by_us)

    @property
    def holding(self) -> tuple[ComponentTold, ...]:
        """Those of them that hold something in some record."""
        return tuple(each for each in self.going if each.records)


@dataclass(frozen=True, slots=True)
class PackageSeen:
    """What an org told of the package of a link."""

    connection: str
    link: str
    offer: PackageOffer | None = None
    error: DisfError | None = None


@dataclass(frozen=True, slots=True)
class PeopleSeen:
    """The profiles and active users of an org that a text leads to."""

    connection: str
    text: str
    people: tuple[OrgPerson, ...] = ()
    error: DisfError | None = None


@dataclass(frozen=True, slots=True)
class PrepareAsked:
    """What the dialogs of a preparation have asked an org, while they are open."""

    removal: Removal | None = None
    package: PackageSeen | None = None
    people: PeopleSeen | None = None


def prepare_key(connection: str) -> str:
    """Name the look at an org among what is being asked."""
    return f"prepare/{connection}"


def removal_key(connection: str) -> str:
    """Name the count before a removal among what is being asked."""
    return f"prepare_removal/{connection}"


def package_key(connection: str) -> str:
    """Name the look at a package among what is being asked."""
    return f"prepare_package/{connection}"


def people_key(connection: str) -> str:
    """Name the search for users among what is being asked."""
    return f"prepare_people/{connection}"


def wanted_of(project: Project, connection: str) -> tuple[Wanted, ...]:
    """Give what a project asks of an org, by which it is known whether an edit changes that."""
    return tuple(wanted_fields(project, connection, {}))


def uses(project: Project, connection: str) -> bool:
    """Say whether some integration of the file uses an org, drafts included."""
    return any(each.salesforce == connection for each in project.integrations)


def orgs(project: Project) -> tuple[str, ...]:
    """Name the orgs of a project file that an integration uses."""
    mine = (each.id for each in project.connections if isinstance(each, SalesforceConnection))
    return tuple(id for id in mine if uses(project, id))


def lacking(components: Iterable[Component]) -> tuple[Component, ...]:
    """Give the components that an installation would make or let people see; of what may be there unseen, none."""
    wanting = (ComponentState.MISSING, ComponentState.HIDDEN)
    return tuple(each for each in components if each.state in wanting and not each.unsure)


def may_give(components: Iterable[Component]) -> bool:
    """Say whether the permission set is there, so that more people can be given it without installing anything."""
    access = (each for each in components if each.kind is ComponentKind.PERMISSION_SET and is_asked_for(each))
    return any(each.state is ComponentState.INSTALLED for each in access)


def conflicting(components: Iterable[Component]) -> tuple[Component, ...]:
    """Give the components that are left as they are."""
    return tuple(each for each in components if each.state is ComponentState.CONFLICT)


def ours(components: Iterable[Component]) -> tuple[Component, ...]:
    """Give the components that this program made for this project file."""
    return tuple(each for each in components if each.made_by_us)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an org stands, in counts: `installed` of `total` are there; of those that are `unsure`, nobody can tell."""

    total: int = 0
    installed: int = 0
    lacking: int = 0
    conflicts: int = 0
    unsure: int = 0

    @property
    def complete(self) -> bool:
        return self.total == self.installed


def standing(components: Sequence[Component]) -> Standing:
    """Count the components that the project asks for by their state."""
    asked = [each for each in components if is_asked_for(each)]
    installed = sum(each.state is ComponentState.INSTALLED for each in asked)
    unsure = sum(each.unsure for each in asked)
    return Standing(len(asked), installed, len(lacking(asked)), len(conflicting(asked)), unsure)


def is_asked_for(component: Component) -> bool:
    """Say whether the project file still asks for a component: a field of ours may be left over."""
    return component.purpose is not Purpose.UNUSED
