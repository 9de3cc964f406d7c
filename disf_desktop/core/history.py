"""What the ledger tells about the past, as frozen values that a window may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as member
from typing import Any

from disf_desktop.core.events import Outstanding


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run as the ledger remembers it. Times are ISO 8601 UTC; `ended` and `status` are None while it is under way,
    or where it was killed. `summary` has the members of `run_finished`, and what only the ledger keeps: `undo`, the run
    that was taken back; `from_now`, the trigger that was started from now; `audits`, what comparing everything has
    found; of an integration `left`, how much was passed over, and `ticked`, the triggers whose work is done."""

    id: int
    started: str
    ended: str | None
    status: str | None
    summary: Mapping[str, Any] = member(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetAsideRecord:
    """A record that waits for a person. `parameters` are the figures of the reason, for a translation of `message`;
    `values` are the record's values by field name, as last seen in Salesforce, or in Dialog Insight where it was born.
    `again`: it was retried or corrected, or has changed, so the next run tries it anew; the reason is the former one.
    """

    id: int
    integration: str
    side: str
    rid: str
    field: str
    code: str
    message: str
    what_to_do: str
    parameters: Mapping[str, Any]
    request_id: str
    first_seen: str
    last_seen: str
    tries: int
    values: Mapping[str, Any] = member(default_factory=dict)
    again: bool = False


@dataclass(frozen=True, slots=True)
class StreamRecord:
    """How far one side of an integration is observed: every change up to `watermark`, by the service's own clock."""

    integration: str
    side: str
    watermark: str | None
    read_at: str | None
    links: int


@dataclass(frozen=True, slots=True)
class ConflictRecord:
    """A field that held two values, and what became of it.

    `key` is the Salesforce Id, or the idContact of a person who has none yet. `winner` is the side whose value stands,
    None while a person is asked; `chosen` the side that a person chose and no run has carried out yet. `state` is
    `resolved`, `waiting` or `restored`.
    """

    id: int
    integration: str
    key: str
    field: str
    salesforce: Any
    dialog_insight: Any
    rule: str
    winner: str | None
    state: str
    at: str
    chosen: str | None = None

    @property
    def waits(self) -> bool:
        """Whether a person has still to choose."""
        return self.state == "waiting" and self.chosen is None


@dataclass(frozen=True, slots=True)
class ConsentWaiting:
    """A consent that a person must look at: a review, or an opt-out in Salesforce that Dialog Insight does not have.

    `kind` is `review` or `drift`; `rule` and `detail` say why a review waits. `dialog_insight` is what is shown there:
    true, false, or None for neutral or not read; `effective` since when, `as_of` when that was read.
    """

    kind: str
    integration: str
    salesforce_id: str
    contact_id: str
    purpose: str
    since: str
    dialog_insight: bool | None
    as_of: str | None
    rule: str = ""
    detail: str = ""
    effective: str | None = None


@dataclass(frozen=True, slots=True)
class ConsentEventRecord:
    """One entry of the trail of consents: what was seen or written, when, by which rule, and by which call."""

    seq: int
    at: str
    run: int | None
    salesforce_id: str
    contact_id: str
    purpose: str
    action: str
    dialog_insight: bool | None
    effective: str | None
    as_of: str | None
    source: str
    before: str | None
    after: str | None
    rule: str
    operation: int | None
    request_id: str


@dataclass(frozen=True, slots=True)
class TamperedEvent:
    """The first entry of the trail that is `missing`, or was `changed` since it was written."""

    seq: int
    what: str


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old what we know of Dialog Insight may be: the oldest look at a linked record (ISO 8601 UTC), and how many
    were never looked at since they were written."""

    oldest_look: str | None = None
    never_looked: int = 0


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """What comparing everything of an integration has found, in the run that ended at `at` (ISO 8601 UTC): records that
    had changed without a new date, that had been deleted, and that Salesforce neither shows nor remembers as deleted.
    `doubtful`: those were so many that nothing was concluded from it."""

    run: int
    at: str
    changed: int = 0
    deleted: int = 0
    vanished: int = 0
    doubtful: bool = False

    def __bool__(self) -> bool:
        return bool(self.changed or self.deleted or self.vanished or self.doubtful)


@dataclass(frozen=True, slots=True)
class History:
    """The state of a ledger: what waits, and how far each stream is read.

    `last_runs` says of each integration when its last run began; `ticked` which triggers had all that waited for them
    carried out, or passed over, by its last run that came to its end; `audits` what comparing everything found last.
    """

    outstanding: Outstanding = member(default_factory=Outstanding)
    outstanding_by_integration: Mapping[str, Outstanding] = member(default_factory=dict)
    streams: tuple[StreamRecord, ...] = ()
    freshness: Mapping[str, Freshness] = member(default_factory=dict)
    last_runs: Mapping[str, str] = member(default_factory=dict)
    ticked: Mapping[str, frozenset[str]] = member(default_factory=dict)
    audits: Mapping[str, AuditRecord] = member(default_factory=dict)
