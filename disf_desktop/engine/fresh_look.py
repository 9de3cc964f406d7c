"""Looks at records of Dialog Insight just before fields are written that people may edit there (promise I2).

A look is a call for each record, so a batch is as large as the looks and the write fit into a few seconds
(`engine.pace`). For how long each record stood open is counted with the figures of the run.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from disf_desktop.core.events import Event
from disf_desktop.core.exposure import Exposure
from disf_desktop.core.journal import Applied, OpenOperation, Shown
from disf_desktop.core.observed import shown_by
from disf_desktop.core.operations import Update
from disf_desktop.core.records import FoundRecord, WriteRecord, WriteReply, WriteResult
from disf_desktop.engine.judge import Fate, applied_there, fate_of
from disf_desktop.engine.pace import AIM_S, Pace
from disf_desktop.engine.ports import Clock
from disf_desktop.engine.second_look import SecondLook, Sending
from disf_desktop.engine.waiting import several

MOST: Final = 20
"""Records that are looked at one by one before they are written together, however fast the service is: the first one
waits for all the others."""


@dataclass(frozen=True, slots=True)
class Timed:
    """What a call that writes came to, and when it left and was answered."""

    result: WriteResult
    began: float
    ended: float


def timed(
    clock: Clock,
    write: Callable[[str, Sequence[WriteRecord]], WriteResult],
    kind: str,
    records: Sequence[WriteRecord],
) -> Timed:
    """Write a batch and note the times, in whatever thread does it."""
    began = clock.monotonic()
    result = write(kind, records)
    return Timed(result, began, clock.monotonic())


@dataclass(slots=True)
class FreshLook(SecondLook):
    """Updates on their way to a look and to the write right after it.

    `exposed` wait for their look; `adopted` were looked up at that moment, when an insert of theirs was refused.
    `looked` is when the records of batches under way were looked at, by Salesforce Id. `fresh` sizes these batches.
    """

    exposed: deque[Update] = field(default_factory=deque)
    adopted: deque[tuple[Update, float]] = field(default_factory=deque)
    looked: dict[str, float] = field(default_factory=dict)
    fresh: Pace = field(default_factory=lambda: Pace(MOST, MOST))

    def look_afresh(self) -> Generator[Event, None, list[Update]]:
        """Look at the next records, and give the updates that still stand; what somebody edited is stored instead."""
        clock, standing = self.prepared.clock, self._still_fresh()
        if standing or not self.exposed:
            return standing
        began = clock.monotonic()

        def asked() -> Iterator[tuple[Update, Callable[[], tuple[float, FoundRecord | None]]]]:
            number = 0
            while self.exposed and self.fresh.fits(number, clock.monotonic() - began):
                update = self.exposed.popleft()
                number += 1
                yield update, partial(self._look, update)

        for told in several(self.workers, asked(), self.prepared.job.concurrency):
            if told is None:
                yield from self.book.progress()
                continue
            update, (at, found) = told
            self.fresh.look_s = clock.monotonic() - at
            if self._stands(update, found):
                self.looked[update.rid] = at
                standing.append(update)
        return standing

    def _still_fresh(self) -> list[Update]:
        """Give a batch of records that were looked at when they were adopted; older looks are taken again."""
        now = self.prepared.clock.monotonic()
        while self.adopted and not self.fresh.is_fresh(1, now - self.adopted[0][1]):
            self.exposed.append(self.adopted.popleft()[0])
        standing: list[Update] = []
        oldest = self.adopted[0][1] if self.adopted else now
        while self.adopted and len(standing) < self.fresh.size and self.fresh.is_fresh(len(standing) + 1, now - oldest):
            update, at = self.adopted.popleft()
            self.looked[update.rid] = at
            standing.append(update)
        return standing

    def is_stale(self, updates: Sequence[Update]) -> bool:
        """Say whether the run was held up since these were looked at: by a pause, or by whoever listens to it."""
        first = min(self.looked[each.rid] for each in updates)
        return self.prepared.clock.monotonic() - first > AIM_S + self.fresh.look_s

    def _look(self, update: Update) -> tuple[float, FoundRecord | None]:
        """Look a record up, in a worker."""
        at, target = self.prepared.clock.monotonic(), self.prepared.job.target
        if self.prepared.job.is_contacts:
            return at, target.find_by_id(update.target_rid)
        return at, target.find(update.key)

    def _stands(self, update: Update, found: FoundRecord | None) -> bool:
        """Say whether the fields still hold what the plan was made of; somebody's edit goes first."""
        p = self.prepared
        names = sorted(self.two_way.intersection(update.fields))
        if found is not None:
            shown = zip(names, shown_by(found, names), strict=True)
            # A look that has not caught up with our own last write does not show what somebody did since either.
            if all(held == update.before[name] for name, held in shown) and not self._is_behind(found):
                return True
            self.store_found(found)
        elif update.link is not None and not p.ledger.take_over(update.link, p.run):
            p.ledger.note_missing([update.link], p.at_dialog_insight())
        return False

    def _is_behind(self, found: FoundRecord) -> bool:
        p = self.prepared
        values = shown_by(found, p.policy.mapping.targets)
        return p.ledger.is_behind(p.numbers.target, p.layout, found.rid, found.as_of, values)

    def look_again(self, sending: Sending) -> Generator[Event, None, tuple[OpenOperation, ...]]:
        """Look at the records of a batch that was refused as a whole, of which a part may be done nevertheless; settle
        what is done or was edited meanwhile, and give what still stands."""
        p, clock = self.prepared, self.prepared.clock
        applied: list[Applied] = []
        dropped: list[OpenOperation] = []
        standing: list[OpenOperation] = []
        shown: dict[int, Shown] = {}
        for operation in sending.operations:
            at = clock.monotonic()
            found = yield from self.find(operation)
            fate = fate_of(operation, None if found is None else found.values)
            if fate is Fate.MAY_ARRIVE:
                self.looked[operation.rid] = at
                standing.append(operation)
            elif fate is Fate.APPLIED and found is not None:
                applied.append(applied_there(p, sending.batch, operation, found.rid, found.values))
            else:
                dropped.append(operation)
                if found is not None:
                    held = shown_by(found, p.ledger.targets_of(sending.batch.layout))
                    shown[operation.id] = Shown(found.as_of, held, news=True)
        yield from self.book.settle(
            sending.batch, "", applied=applied, dropped=dropped, tried=dropped, shown=shown, twice=sending.twice
        )
        self.book.done += len(applied)
        p.tally.deferred += len(dropped)
        return tuple(standing)

    def note_exposure(self, sending: Sending, told: Timed) -> None:
        """Count for how long the records of a batch stood open, and learn from it."""
        looked = [at for each in sending.operations if (at := self.looked.pop(each.rid, None)) is not None]
        if looked and isinstance(told.result, WriteReply):
            self.fresh.wrote(len(looked), told.ended - told.began)
            self.prepared.tally.exposure += Exposure.of(told.ended - at for at in looked)
