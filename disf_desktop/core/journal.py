"""The values that pass between a run and its ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as member
from datetime import datetime, timedelta
from typing import Any, Final

from disf_desktop.core.moments import written
from disf_desktop.core.operations import Base
from disf_desktop.core.records import Position
from disf_desktop.core.refusals import Bad
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value

HOLD: Final = {Side.SALESFORCE: timedelta(minutes=11), Side.DIALOG_INSIGHT: timedelta(minutes=15)}
"""How long a write may still arrive: the longest call of the service, and a minute (sync-semantics, section 8)."""


@dataclass(frozen=True, slots=True)
class Registered:
    """The ledger's numbers of an integration and of the table it writes to."""

    integration: int
    target: int


@dataclass(frozen=True, slots=True)
class StreamState:
    """How far Salesforce is observed: `watermark`, and a reading under way up to `hi` that stands at `position`."""

    watermark: str | None = None
    hi: str | None = None
    position: Position | None = None
    layout: int | None = None
    fingerprint: bytes | None = None


@dataclass(frozen=True, slots=True)
class PendingCount:
    """Salesforce records before the planner, those of them that are linked and those that are deleted, all links of
    the integration, and the records of Dialog Insight before the planner."""

    total: int
    linked: int
    links: int
    found: int = 0
    deleted: int = 0


@dataclass(frozen=True, slots=True)
class Checkable:
    """A linked record that may be looked up in Dialog Insight, to see whether it changed."""

    link: int
    target_rid: str
    rid: str


@dataclass(frozen=True, slots=True)
class OpenOperation:
    """An operation whose outcome is not known yet. `rid` is the Salesforce Id ("" of a birth), `target_rid` the id in
    Dialog Insight (None of a create, unless it was confirmed and no look showed it). `source` and `found` are what was
    seen when it was decided.

    `base` is what both sides agree on if it is applied and the service does not say what it stored; None of a create,
    whose base is its source and what the service stored. `before` is what the written side was believed to hold.
    `held_until` is set while the operation may still arrive though it was not seen to.
    """

    id: int
    link: int
    rid: str
    key: Mapping[str, Value]
    fields: Mapping[str, Value]
    source: tuple[Value | Bad, ...] | None
    target_rid: str | None = None
    before: Mapping[str, Value] = member(default_factory=dict)
    found: tuple[Value | Bad, ...] | None = None
    base: Base | None = None
    held_until: str | None = None
    more: bool = False


@dataclass(frozen=True, slots=True)
class OpenBatch:
    """Operations that travel together to `side`, in the order of their bytes. `kind` is `create` or `update`."""

    id: int
    kind: str
    layout: int
    operations: tuple[OpenOperation, ...]
    side: Side = Side.DIALOG_INSIGHT

    def due(self, now: datetime, hold: timedelta) -> tuple[OpenOperation, ...]:
        """Give the operations that cannot arrive by themselves any more (or never could); `now` is the service's time.

        One that is held for longer than anything is held was held by a clock that has gone back since.
        """
        over, latest = written(now), written(now + hold)
        return tuple(o for o in self.operations if o.held_until is None or not over < o.held_until <= latest)


@dataclass(frozen=True, slots=True)
class SentTwice:
    """An update to Dialog Insight that was sent twice, and after which something newer was sent: its `fields`, and what
    is `agreed` on now, by field."""

    op: int
    link: int
    rid: str
    target_rid: str
    fields: Mapping[str, Value]
    agreed: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the written side shows of a record after a write: `values` in the order of the mapping's sources or targets.

    `news` says that it holds something that the new base does not: somebody else was there.
    """

    stamp: str
    values: tuple[Value | Bad, ...]
    news: bool


@dataclass(frozen=True, slots=True)
class Applied:
    """An operation that the service carried out. `rid` is the record's id on the written side.

    `as_of` is when, by that side's clock: what was photographed earlier says nothing of it. "" where nobody looks.
    """

    operation: OpenOperation
    rid: str
    base: Base
    shown: Shown | None = None
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class NewSetAside:
    """A record to set aside: `side` is the service that it could not enter. `rid` is its Salesforce Id, or its id in
    Dialog Insight where it has none. `request_id` is the service's number of the call that refused it, "" without."""

    rid: str
    side: Side
    field: str
    code: str
    message: str
    what_to_do: str
    parameters: Mapping[str, Any] = member(default_factory=dict)
    request_id: str = ""
    target_rid: str | None = None


@dataclass(frozen=True, slots=True)
class AppliedChange:
    """An update that a run carried out and that `undo` may take back: the fields by name, before and after."""

    op: int
    integration: str
    side: Side
    link: int
    rid: str
    target_rid: str
    before: Mapping[str, Value]
    after: Mapping[str, Value]
