"""Writes down what became of operations and decisions, and keeps count of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from disf_desktop.core.events import ConflictFound, Event, Stage
from disf_desktop.core.journal import HOLD, Applied, NewSetAside, OpenBatch, OpenOperation, Shown
from disf_desktop.core.moments import written
from disf_desktop.core.observed import shown_by
from disf_desktop.core.operations import Agree, Conflict, Seen
from disf_desktop.core.records import FoundRecord
from disf_desktop.core.schema import Side
from disf_desktop.engine.job import Prepared


@dataclass(slots=True)
class Book:
    """The ledger and the figures of one integration, always written together. `done` and `total` count records."""

    prepared: Prepared
    total: int = 0
    done: int = 0
    side: Side = Side.DIALOG_INSIGHT

    def settle(
        self,
        batch: OpenBatch,
        request_id: str,
        *,
        applied: Sequence[Applied] = (),
        adopted: Sequence[Agree] = (),
        aside: Sequence[NewSetAside] = (),
        dropped: Sequence[OpenOperation] = (),
        held: Sequence[OpenOperation] = (),
        held_until: str | None = None,
        made: Mapping[int, str] | None = None,
        tried: Sequence[OpenOperation] = (),
        shown: Mapping[int, Shown] | None = None,
        twice: bool = False,
    ) -> list[Event]:
        """Write down outcomes of a batch, and give the records that were set aside as events.

        `twice` says that it was sent twice, so that the first copy may still arrive.
        """
        if not (applied or adopted or aside or dropped or held):
            return []
        p = self.prepared
        now = p.server_now(batch.side)
        events = p.ledger.settle(
            batch,
            p.numbers.integration,
            p.run,
            p.at(),
            request_id,
            applied=applied,
            adopted=adopted,
            aside=aside,
            dropped=dropped,
            held=held,
            held_until=held_until,
            made=made,
            tried=tried,
            shown=shown,
            twice=twice,
            now=written(now),
            arrives_until=written(now + HOLD[batch.side]),
        )
        if batch.kind == "create":
            p.tally.count(batch.side, created=len(applied))
        else:
            p.tally.count(batch.side, updated=len(applied))
        p.tally.set_aside += len(aside)
        return list(events)

    def note(
        self,
        *,
        agreed: Sequence[Agree] = (),
        adopted: Sequence[Agree] = (),
        aside: Sequence[NewSetAside] = (),
        filtered: Sequence[Seen] = (),
        put_away: Sequence[Seen] = (),
        shown: Sequence[FoundRecord] = (),
    ) -> list[Event]:
        """Write down decisions that send nothing, and give what a person must know of them as events.

        `adopted` is what is agreed on of records that are still to be written. `put_away` are observations of set-aside
        records, which nothing else is to be made of. `shown` is what Dialog Insight shows of records that are tied now.
        """
        p = self.prepared
        events: list[Event] = list(
            p.ledger.note_decisions(
                p.numbers.integration,
                p.numbers.target,
                p.layout,
                p.run,
                p.at(),
                agreed=(*agreed, *adopted),
                aside=aside,
                filtered=(*filtered, *put_away),
                shown=[(each.rid, each.as_of, shown_by(each, p.policy.mapping.targets)) for each in shown],
            )
        )
        for decision in (*agreed, *adopted):
            events += self.told_conflicts(decision.rid, decision.conflicts)
        p.tally.set_aside += len(aside)
        self.count_unchanged(len(agreed) + len(filtered))
        self.done += len(aside)
        return events

    def told_conflicts(self, rid: str, conflicts: Sequence[Conflict]) -> list[Event]:
        """Count conflicts that were written down, and give them as events."""
        self.prepared.tally.conflicts += len(conflicts)
        return [
            ConflictFound(self.prepared.name, rid, c.field, c.salesforce, c.dialog_insight, c.rule.value)
            for c in conflicts
        ]

    def count_unchanged(self, number: int) -> None:
        """Count records that need no write."""
        self.prepared.tally.unchanged += number
        self.done += number

    def progress(self, *, last: bool = False) -> Iterator[Event]:
        """Tell how far it is, when it is time to; `last` ends the stage and is always told."""
        p = self.prepared
        total = self.done if last else max(self.total, self.done)
        told = p.tally.progress(p.name, Stage.APPLY, self.side, self.done, total, last=last)
        if told:
            yield told
