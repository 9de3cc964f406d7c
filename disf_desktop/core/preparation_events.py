"""What a preparation of an org tells, each with its JSON form; `core.events.Progress` and `Notice` come between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from disf_desktop.core.events import Notice, Progress
from disf_desktop.core.preparation import Component, ComponentState


@dataclass(frozen=True, slots=True)
class ComponentTold:
    """A component and its state. `records` is how many records hold a value in it, before it is removed.

    None: nobody counted, or Salesforce cannot count by such a field.
    """

    component: Component
    records: int | None = None

    def as_json(self) -> dict[str, Any]:
        return self.component.as_json() | ({} if self.records is None else {"records": self.records})


@dataclass(frozen=True, slots=True)
class ComponentInstalled:
    id: str

    def as_json(self) -> dict[str, Any]:
        return {"event": "component_installed", "id": self.id}


@dataclass(frozen=True, slots=True)
class ComponentRemoved:
    id: str

    def as_json(self) -> dict[str, Any]:
        return {"event": "component_removed", "id": self.id}


@dataclass(frozen=True, slots=True)
class ComponentFailed:
    """A component that Salesforce refuses; `detail` holds its own words. Nothing of that deploy is there then."""

    id: str
    reason: str
    message: str
    what_to_do: str
    detail: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "event": "component_failed",
            "id": self.id,
            "reason": self.reason,
            "message": self.message,
            "what_to_do": self.what_to_do,
            "detail": self.detail,
        }


@dataclass(frozen=True, slots=True)
class PackageTold:
    """What is known of Dialog Insight's package. `state`: absent, installed, other_version, uninstall_first.

    `domains` are those that an installation would approve, None where nobody asked or the org does not tell.
    """

    state: str
    name: str = ""
    version: str = ""
    wanted: str = ""
    domains: tuple[str, ...] | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "event": "package",
            "state": self.state,
            "name": self.name,
            "version": self.version,
            "wanted": self.wanted,
            "domains": None if self.domains is None else list(self.domains),
        }


@dataclass(frozen=True, slots=True)
class AccessGiven:
    """So many users were given the permission set; `had` had it before, `refused` could not be given it."""

    given: int
    had: int
    refused: int = 0

    def as_json(self) -> dict[str, Any]:
        return {"event": "access_given", "given": self.given, "had": self.had, "refused": self.refused}


@dataclass(frozen=True, slots=True)
class PrepareFinished:
    """How the org stands now, by component; `changed` counts what this preparation made, gave or took away.

    `waits`: something else than a component waits for a person, such as a package whose domains are to be approved.
    `unsure` of those that are missing may be there all the same, for all that our user may see.
    """

    installed: int
    missing: int
    hidden: int
    conflicts: int
    changed: int = 0
    waits: bool = False
    unsure: int = 0

    @property
    def is_complete(self) -> bool:
        return not (self.missing or self.hidden or self.conflicts or self.waits)

    def as_json(self) -> dict[str, Any]:
        return {
            "event": "prepare_finished",
            "installed": self.installed,
            "missing": self.missing,
            "hidden": self.hidden,
            "conflicts": self.conflicts,
            "changed": self.changed,
            "unsure": self.unsure,
        }


Event = (
    ComponentTold
    | ComponentInstalled
    | ComponentRemoved
    | ComponentFailed
    | PackageTold
    | AccessGiven
    | Notice
    | Progress
    | PrepareFinished
)


def finished(components: Iterable[Component], *, changed: int = 0, waits: bool = False) -> PrepareFinished:
    """Count the components by their state."""
    known = tuple(components)
    states = [each.state for each in known]
    return PrepareFinished(
        states.count(ComponentState.INSTALLED),
        states.count(ComponentState.MISSING),
        states.count(ComponentState.HIDDEN),
        states.count(ComponentState.CONFLICT),
        changed,
        waits,
        sum(each.unsure for each in known),
    )


@dataclass(frozen=True, slots=True)
class PackageWish:
    """A package to be installed: its link or 04t id, for whom, and whether its domains are approved."""

    link: str
    admins_only: bool = False
    approve_domains: bool = False
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class PrepareWish:
    """What a person asks of a preparation; with nothing of it, the org is only looked at.

    `install` and `remove` hold ids of components; None is nothing, () is all. `users` holds user names, or
    `profile:NAME` for all active users of a profile, or `all`. Nothing is removed unless `confirm` is the name of the
    connection. `go_on` follows what an earlier preparation began to its end and does the rest of what was asked of it
    then; nothing else is asked for beside it.
    """

    install: tuple[str, ...] | None = None
    remove: tuple[str, ...] | None = None
    confirm: str = ""
    users: tuple[str, ...] = ()
    package: PackageWish | None = None
    go_on: bool = False

    @property
    def changes(self) -> bool:
        """Whether it asks for more than a look."""
        return (
            self.go_on
            or self.install is not None
            or self.remove is not None
            or self.package is not None
            or bool(self.users)
        )
