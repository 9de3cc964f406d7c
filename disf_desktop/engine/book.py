"""Writes down what became of operations and decisions, and keeps count of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from disf_desktop.core.events import Event, Stage
from disf_desktop.core.journal import Applied, NewSetAside, OpenBatch, OpenOperation
from disf_desktop.core.plan import Agree
from disf_desktop.core.schema import Side
from disf_desktop.engine.job import Prepared


@dataclass(slots=True)
class Book:
    """The ledger and the figures of one integration, always written together. `done` and `total` count records."""

    prepared: Prepared
    total: int = 0
    done: int = 0

    def settle(
        self,
        batch: OpenBatch,
        request_id: str,
        *,
        applied: Sequence[Applied] = (),
        adopted: Sequence[Agree] = (),
        aside: Sequence[NewSetAside] = (),
        dropped: Sequence[OpenOperation] = (),
    ) -> list[Event]:
        """Write down outcomes of a batch, and give the records that were set aside as events."""
        if not (applied or adopted or aside or dropped):
            return []
        p = self.prepared
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
        )
        if batch.kind == "create":
            p.tally.created += len(applied)
        else:
            p.tally.updated += len(applied)
        p.tally.set_aside += len(aside)
        return list(events)

    def note(
        self, *, agreed: Sequence[Agree] = (), aside: Sequence[NewSetAside] = (), filtered: Sequence[str] = ()
    ) -> list[Event]:
        """Write down decisions that send nothing, and give the records that were set aside as events."""
        p = self.prepared
        events = p.ledger.note_decisions(
            p.numbers.integration,
            p.numbers.target,
            p.layout,
            p.run,
            p.at(),
            agreed=agreed,
            aside=aside,
            filtered=filtered,
        )
        p.tally.set_aside += len(aside)
        self.count_unchanged(len(agreed) + len(filtered))
        self.done += len(aside)
        return list(events)

    def count_unchanged(self, number: int) -> None:
        """Count records that need no write."""
        self.prepared.tally.unchanged += number
        self.done += number

    def progress(self, *, last: bool = False) -> Iterator[Event]:
        """Tell how far it is, when it is time to; `last` ends the stage and is always told."""
        p = self.prepared
        total = self.done if last else max(self.total, self.done)
        told = p.tally.progress(p.name, Stage.APPLY, Side.DIALOG_INSIGHT, self.done, total, last=last)
        if told:
            yield told
