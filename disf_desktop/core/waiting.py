"""What a person asks of what waits and of what runs did, and what the ledger tells them, as frozen values.

A question's empty members ask for everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as member
from typing import Any

from disf_desktop.core.events import OperationPlanned
from disf_desktop.core.history import ConflictRecord
from disf_desktop.core.schema import Side


@dataclass(frozen=True, slots=True)
class AsideWanted:
    """Which of the records set aside: those of a cause, and those in which `text` stands anywhere."""

    integration: str | None = None
    side: str | None = None
    code: str | None = None
    field: str | None = None
    text: str = ""

    def of(self, cause: AsideCause) -> AsideWanted:
        """Ask for the records of one cause, with the same text in them."""
        return AsideWanted(cause.integration, cause.side, cause.code, cause.field, self.text)

    def is_of(self, cause: AsideCause) -> bool:
        """Say whether the records of this cause are asked for."""
        mine = (self.integration, self.side, self.code, self.field)
        return mine == (cause.integration, cause.side, cause.code, cause.field)


@dataclass(frozen=True, slots=True)
class AsideCause:
    """Why records of an integration wait: they cannot enter `side`, by the reason `code`, at one field. `count` of
    them do."""

    integration: str
    side: str
    code: str
    field: str
    count: int


@dataclass(frozen=True, slots=True)
class ConflictsWanted:
    """Which conflicts: those that wait, or else those of the last 90 days that are resolved."""

    resolved: bool = False
    integration: str | None = None
    field: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ConflictGroup:
    """Conflicts that are alike: same integration, field and rule. `waiting` of them wait for a person's choice,
    `resolved` were resolved within 90 days."""

    integration: str
    field: str
    rule: str
    waiting: int
    resolved: int


@dataclass(frozen=True, slots=True)
class ConflictStory:
    """A conflict and what is known around it.

    `values` are the record's own, by Salesforce field; `agreed` is what both sides last agreed on, each in its form,
    None where they never did. `salesforce_at` is when Salesforce saved the record last, `dialog_insight_at` when that
    side was last seen to hold its value, "" where that is not known.
    """

    conflict: ConflictRecord
    values: Mapping[str, Any] = member(default_factory=dict)
    agreed: tuple[Any, Any] | None = None
    salesforce_at: str = ""
    dialog_insight_at: str = ""

    @property
    def id(self) -> int:
        return self.conflict.id


@dataclass(frozen=True, slots=True)
class RunChange:
    """A record that a run updated: the fields by name, before and after, on `side`. `id` is the operation's number.

    `moved` names the fields that hold something else by now, as far as was read since: those an undo leaves alone.
    `values` are what is known of the record, by Salesforce field.
    """

    id: int
    integration: str
    side: Side
    salesforce_id: str
    contact_id: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    moved: frozenset[str] = frozenset()
    values: Mapping[str, Any] = member(default_factory=dict)

    @property
    def key(self) -> str:
        """How the record is known: by its Salesforce Id, or by its idContact where it has none."""
        return self.salesforce_id or self.contact_id


@dataclass(frozen=True, slots=True)
class UndoForecast:
    """What taking a run back would do: `records` by side whose fields are put back, `fields` of them, and `moved`
    fields that hold something else by now. `created` records and `consents` are never taken back, nor is what
    integrations wrote that the project file does not have any more (`gone`)."""

    records: Mapping[Side, int]
    fields: int = 0
    moved: int = 0
    created: int = 0
    consents: int = 0
    gone: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return sum(self.records.values())


@dataclass(frozen=True, slots=True)
class PlanWanted:
    """Which operations of a saved plan."""

    integration: str | None = None
    side: Side | None = None
    kind: str | None = None
    text: str = ""

    def takes(self, operation: OperationPlanned) -> bool:
        """Say whether an operation is one of those."""
        if self.integration not in (None, operation.integration) or self.side not in (None, operation.side):
            return False
        if self.kind not in (None, operation.kind):
            return False
        return not self.text or self._has(operation, self.text.casefold())

    @staticmethod
    def _has(operation: OperationPlanned, text: str) -> bool:
        if text in operation.key.casefold():
            return True
        return any(
            text in str(part).casefold()
            for name, change in operation.fields.items()
            for part in (name, change.before, change.after)
            if part is not None
        )


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Some operations of a saved plan; `place` is where the next page begins, None at the end."""

    operations: tuple[OperationPlanned, ...]
    place: int | None
