"""What a run says, as frozen values, and the state of a run after each of them.

The command line prints them as JSON lines (design: the command line), the window draws them. Counts are records, not
calls; times are seconds. No event carries a secret; only `OperationPlanned` and `ConflictFound` carry values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, assert_never

from disf_desktop.core.exposure import Exposure
from disf_desktop.core.schema import Side


class Stage(StrEnum):
    READ = "read"
    PLAN = "plan"
    APPLY = "apply"
    REPORT = "report"


class RunStatus(StrEnum):
    """How a run ended: `partial` and `needs_you` wait for a person (sync-semantics I18)."""

    SUCCESS = "success"
    PARTIAL = "partial"
    NEEDS_YOU = "needs_you"
    FAILED = "failed"
    STOPPED = "stopped"

    @property
    def exit_code(self) -> int:
        return {"success": 0, "partial": 3, "needs_you": 3, "failed": 1, "stopped": 4}[self.value]


@dataclass(frozen=True, slots=True)
class SideCounts:
    """Records read from a side and written to it."""

    read: int = 0
    created: int = 0
    updated: int = 0
    deleted: int = 0

    def __add__(self, other: SideCounts) -> SideCounts:
        return SideCounts(
            self.read + other.read,
            self.created + other.created,
            self.updated + other.updated,
            self.deleted + other.deleted,
        )


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What waits for a person, over all runs."""

    set_aside: int = 0
    conflicts: int = 0
    consent_review: int = 0

    def __bool__(self) -> bool:
        return bool(self.set_aside or self.conflicts or self.consent_review)

    def __add__(self, other: Outstanding) -> Outstanding:
        return Outstanding(
            self.set_aside + other.set_aside,
            self.conflicts + other.conflicts,
            self.consent_review + other.consent_review,
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one integration in a run, or of the whole run. `calls` counts HTTP requests by service.

    `exposure` is for how long records stood open whose fields travel both ways; it is told where there were any.
    """

    name: str = ""
    status: RunStatus = RunStatus.SUCCESS
    seconds: float = 0.0
    sides: Mapping[Side, SideCounts] = field(default_factory=lambda: {s: SideCounts() for s in Side})
    unchanged: int = 0
    set_aside: int = 0
    conflicts: int = 0
    calls: Mapping[Side, int] = field(default_factory=lambda: dict.fromkeys(Side, 0))
    outstanding: Outstanding = Outstanding()
    exposure: Exposure = field(default_factory=Exposure)

    def as_json(self) -> dict[str, Any]:
        """Give the members that `run_finished` has for an integration and for the whole."""
        body: dict[str, Any] = {"status": self.status.value, "seconds": round(self.seconds, 3)}
        for side in Side:
            c = self.sides[side]
            body[side.value] = {"read": c.read, "created": c.created, "updated": c.updated, "deleted": c.deleted}
        body["unchanged"] = self.unchanged
        body["set_aside"] = self.set_aside
        body["conflicts"] = self.conflicts
        body["calls"] = {side.value: self.calls[side] for side in Side}
        body["outstanding"] = {
            "set_aside": self.outstanding.set_aside,
            "conflicts": self.outstanding.conflicts,
            "consent_review": self.outstanding.consent_review,
        }
        return body | ({"exposure": self.exposure.as_json()} if self.exposure else {})


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an integration stands; `total` is None while it is not known, `rate` is records per second.

    `sent`, `unchanged` and `calls` are what it has written, found to need nothing, and asked of both services so far.
    """

    integration: str
    stage: Stage
    side: Side
    done: int
    total: int | None = None
    rate: float = 0.0
    eta_s: float | None = None
    sent: int = 0
    unchanged: int = 0
    calls: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "event": "progress",
            "integration": self.integration,
            "stage": self.stage.value,
            "side": self.side.value,
            "done": self.done,
            "total": self.total,
            "rate": round(self.rate, 1),
            "eta_s": None if self.eta_s is None else round(self.eta_s, 1),
            "sent": self.sent,
            "unchanged": self.unchanged,
            "calls": self.calls,
        }


@dataclass(frozen=True, slots=True)
class RecordSetAside:
    """A record that was refused and now waits for a person. `side` is the service that it could not enter."""

    id: int
    integration: str
    side: Side
    key: str
    field: str
    code: str
    message: str
    what_to_do: str
    first_seen: str
    tries: int

    def as_json(self) -> dict[str, Any]:
        return {
            "event": "set_aside",
            "id": self.id,
            "integration": self.integration,
            "side": self.side.value,
            "key": self.key,
            "field": self.field,
            "code": self.code,
            "message": self.message,
            "what_to_do": self.what_to_do,
            "first_seen": self.first_seen,
            "tries": self.tries,
        }


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an operation: the value that is there, the one that will be, and the rule that decided."""

    before: Any
    after: Any
    rule: str


@dataclass(frozen=True, slots=True)
class OperationPlanned:
    """One write, not done. `kind` is create or update; `side` is where it would be written.

    A preview shows what a run would do, with `not_applied` empty. A run that was given a plan, or an undo, tells by it
    what it left alone, and why: `moved` (there is something else by now) or `new` (the plan does not know of it).
    """

    integration: str
    side: Side
    kind: str
    key: str
    fields: Mapping[str, FieldChange]
    not_applied: str = ""

    def as_json(self) -> dict[str, Any]:
        body = {
            "event": "operation",
            "integration": self.integration,
            "side": self.side.value,
            "kind": self.kind,
            "key": self.key,
            "fields": {n: {"before": c.before, "after": c.after, "rule": c.rule} for n, c in self.fields.items()},
        }
        return body | ({"not_applied": self.not_applied} if self.not_applied else {})


@dataclass(frozen=True, slots=True)
class ConflictFound:
    """A field that held two different values, and which one the policy chose. Both are kept in the ledger."""

    integration: str
    key: str
    field: str
    salesforce: Any
    dialog_insight: Any
    rule: str

    def as_json(self) -> dict[str, Any]:
        return {
            "event": "conflict",
            "integration": self.integration,
            "key": self.key,
            "field": self.field,
            "salesforce": self.salesforce,
            "dialog_insight": self.dialog_insight,
            "rule": self.rule,
        }


@dataclass(frozen=True, slots=True)
class GuardTripped:
    """A plan that is too large to be sent without a person's word (sync-semantics 4.10)."""

    integration: str
    reason: str
    plan_hash: str
    counts: Mapping[str, int]

    def as_json(self) -> dict[str, Any]:
        return {
            "event": "guard",
            "integration": self.integration,
            "reason": self.reason,
            "plan_hash": self.plan_hash,
            "counts": dict(self.counts),
        }


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a person should know and that did not stop the run."""

    integration: str
    code: str
    message: str
    what_to_do: str

    def as_json(self) -> dict[str, Any]:
        return {
            "event": "notice",
            "integration": self.integration,
            "code": self.code,
            "message": self.message,
            "what_to_do": self.what_to_do,
        }


@dataclass(frozen=True, slots=True)
class PreviewFinished:
    """The end of a preview: `counts` by side and kind, the calls that applying it would take."""

    plan_hash: str
    counts: Mapping[str, int]
    calls_forecast: Mapping[Side, int]

    def as_json(self) -> dict[str, Any]:
        return {
            "event": "preview_finished",
            "plan_hash": self.plan_hash,
            "counts": dict(self.counts),
            "calls_forecast": {side.value: n for side, n in self.calls_forecast.items()},
        }


@dataclass(frozen=True, slots=True)
class RunFinished:
    """The end of a run, whatever its status; `integrations` holds the figures of each."""

    run: int
    total: Summary
    integrations: tuple[Summary, ...]

    def as_json(self) -> dict[str, Any]:
        body = {"event": "run_finished", "run": self.run} | self.total.as_json()
        body["integrations"] = [{"name": s.name} | s.as_json() for s in self.integrations]
        return body


Event = (
    Progress | RecordSetAside | OperationPlanned | ConflictFound | GuardTripped | Notice | PreviewFinished | RunFinished
)


@dataclass(frozen=True, slots=True)
class RunState:
    """What is known of a run from the events so far: a fold, so a window that joins late needs only the last one."""

    progress: Progress | None = None
    set_aside: int = 0
    conflicts: int = 0
    operations: int = 0
    notices: int = 0
    guard: GuardTripped | None = None
    finished: RunFinished | PreviewFinished | None = None
    sent_by: Mapping[str, int] = field(default_factory=dict)
    """What each integration has written so far, by its name: `progress` tells of the one at work."""

    @property
    def sent(self) -> int:
        """Count what the run has written so far, all integrations together."""
        now = self.progress
        return sum((dict(self.sent_by) | ({now.integration: now.sent} if now else {})).values())

    def after(self, event: Event) -> RunState:
        """Give the state after `event`."""
        match event:
            case Progress():
                return replace(self, progress=event, sent_by={**self.sent_by, event.integration: event.sent})
            case RecordSetAside():
                return replace(self, set_aside=self.set_aside + 1)
            case ConflictFound():
                return replace(self, conflicts=self.conflicts + 1)
            case OperationPlanned():
                return replace(self, operations=self.operations + 1)
            case GuardTripped():
                return replace(self, guard=event)
            case Notice():
                return replace(self, notices=self.notices + 1)
            case RunFinished() | PreviewFinished():
                return replace(self, finished=event)
            case _:
                assert_never(event)
