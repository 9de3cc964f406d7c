"""What is always so of a ledger, whatever the services show, whatever is decided, and in whatever order."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from disf_desktop.core.journal import OpenBatch, Shown
from disf_desktop.core.operations import Agree, Base, Pending, Presence, Seen, Update
from disf_desktop.core.records import Tombstone
from disf_desktop.core.schema import Side
from disf_desktop.storage.ledger import Ledger
from tests.storage.ledger_contents import DI, KEY, LATER, SF, TAGS, done, people, rid

OLD = "2026-03-01T10:00:00Z"
NAMES = st.sampled_from(["Ann", "Bea", "Cid"])
PEOPLE = st.integers(1, 2)
SIDES = st.sampled_from(list(Side))


def moment(number: int) -> str:
    return f"2026-03-03T{number // 3600:02d}:{number // 60 % 60:02d}:{number % 60:02d}Z"


class World(RuleBasedStateMachine):
    """Two tied people. The model knows what each side was last seen to hold, and whether somebody decided on it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.ledger = Ledger.open(Path(self.folder.name) / "ledger.sqlite", KEY)
        self.run = people(self.ledger, 2)
        self.now = 0
        self.seen: dict[tuple[Side, int], str] = {(side, n): "Ann" for side in Side for n in (1, 2)}
        self.held: dict[int, str] = {1: "Ann", 2: "Ann"}  # of Dialog Insight, by the base
        self.undecided: set[tuple[Side, int]] = set()
        self.gone: set[int] = set()
        self.open: list[tuple[int, Side, str, OpenBatch]] = []

    def teardown(self) -> None:
        self.ledger.close()
        self.folder.cleanup()

    # -- what the services show ----------------------------------------------------------------------------------------

    def tick(self) -> str:
        self.now += 1
        return moment(self.now)

    @rule(n=PEOPLE, name=NAMES, late=st.booleans())
    def salesforce_shows(self, n: int, name: str, late: bool) -> None:
        stamp = OLD if late else self.tick()
        self.ledger.store_page(1, 1, self.run, [(rid(n), stamp, (rid(n), name, TAGS, False))], None)
        if not late:
            if self.seen[SF, n] != name or n in self.gone:
                self.undecided.add((SF, n))
            self.seen[SF, n] = name
            self.gone.discard(n)

    @rule(n=PEOPLE, name=NAMES, how=st.sampled_from(["now", "late", "unknown"]))
    def dialog_insight_shows(self, n: int, name: str, how: str) -> None:
        as_of = {"now": self.tick(), "late": OLD, "unknown": ""}[how]
        if how != "now" and not self.is_looked_at(n):
            return
        was_moving = self.stored(n) and any(n == each for each, _, _, _ in self.open)
        self.ledger.store_found(1, 1, 1, self.run, [(str(1000 + n), as_of, (rid(n), name, TAGS, None))], LATER)
        if how == "now":
            was_drift = self.seen[DI, n] != self.held[n] or self.stored(n)
            if was_moving:
                if self.seen[DI, n] != name:
                    self.undecided.add((DI, n))
            elif name == self.held[n]:
                self.undecided.discard((DI, n))
                if was_drift:
                    self.undecided.add((SF, n))
            elif self.seen[DI, n] != name:
                self.undecided.add((DI, n))
            self.seen[DI, n] = name

    @rule(n=PEOPLE)
    def salesforce_deletes(self, n: int) -> None:
        told = self.ledger.store_tombstones(1, self.run, [Tombstone(rid(n), self.tick())])
        assert told == ([] if n in self.gone else [rid(n)])
        if n not in self.gone:
            self.undecided.add((SF, n))
        self.gone.add(n)

    def is_looked_at(self, n: int) -> bool:
        row = self.ledger._connection.execute("SELECT as_of FROM link WHERE id = ?", (n,)).fetchone()
        return row is not None and row[0] is not None

    def stored(self, n: int) -> bool:
        return self.ledger._any("seen WHERE side = 'DI' AND rid = ?", (str(1000 + n),))

    # -- what is decided -----------------------------------------------------------------------------------------------

    def known(self, n: int) -> Pending:
        return self.ledger.of_links(1, 1, 1, [n])[0]

    def base(self, n: int, name: str) -> Base:
        return Base((rid(n), name, TAGS), (rid(n), name, TAGS, None))

    def decided(self, n: int, name: str) -> None:
        self.held[n] = name
        self.undecided -= {(SF, n), (DI, n)}

    @rule(n=PEOPLE, more=st.booleans())
    def agree(self, n: int, more: bool) -> None:
        if any(n == each for each, _, _, _ in self.open):
            return
        record, name = self.known(n), self.seen[DI, n]
        seen = Seen(record.rid, record.values, record.target_rid, record.found)
        decision = Agree(rid(n), n, str(1000 + n), {"Key": rid(n)}, self.base(n, name), seen, more=more)
        self.ledger.note_decisions(1, 1, 1, self.run, LATER, agreed=[decision])
        if more:
            self.held[n] = name
        else:
            self.decided(n, name)

    @rule(n=PEOPLE)
    def leave_alone(self, n: int) -> None:
        record = self.known(n)
        self.ledger.note_decisions(
            1, 1, 1, self.run, LATER, filtered=[Seen(record.rid, record.values, record.target_rid, record.found)]
        )
        self.undecided -= {(SF, n), (DI, n)}

    @rule(n=PEOPLE, side=SIDES)
    def intend(self, n: int, side: Side) -> None:
        """Bring to a side what the other one shows."""
        name = self.seen[side.other, n]
        if any(n == each and side is there for each, there, _, _ in self.open):
            return
        record = self.known(n)
        seen = Seen(record.rid, record.values, record.target_rid, record.found)
        wanted = Update(
            side, rid(n), n, str(1000 + n), {"Key": rid(n)}, {"Name": name}, {"Name": "x"}, {"Name": "x"},
            self.base(n, name), seen,
        )  # fmt: skip
        self.open.append((n, side, name, self.ledger.intend(self.run, 1, 1, 1, [wanted], LATER)))

    @precondition(lambda self: self.open)
    @rule(data=st.data(), how=st.sampled_from(["applied", "held", "dropped"]))
    def settle(self, data: st.DataObject, how: str) -> None:
        place = data.draw(st.integers(0, len(self.open) - 1))
        n, side, name, batch = self.open[place]
        [operation] = batch.operations
        if how == "held":
            self.ledger.settle(batch, 1, self.run, LATER, "", held=[operation], held_until=LATER)
            return
        del self.open[place]
        if how == "dropped":
            self.ledger.settle(batch, 1, self.run, LATER, "", dropped=[operation])
            return
        before = {each: each in self.pending() for each in ((SF, n), (DI, n))}
        stale = {SF: operation.source, DI: operation.found}
        now: Any = (rid(n), name, TAGS, False if side is SF else None)
        applied = done(operation, rid(n) if side is SF else str(1000 + n), shown=Shown(self.tick(), now, news=False))
        self.ledger.settle(batch, 1, self.run, LATER, "", applied=[applied])
        self.held[n] = name
        if not (side is SF and n in self.gone and self.presence(n) is Presence.DELETED):
            self.seen[side, n] = name
            self.undecided.discard((side, n))
            if side is SF:
                self.gone.discard(n)
        other = side.other
        record = self.known(n)
        shows = record.values if other is SF else record.found
        if before[other, n] and (other, n) not in self.pending():
            # It was taken from before the planner only because it is what was decided on.
            assert shows is None or shows == stale[other]
            self.undecided.discard((other, n))

    def presence(self, n: int) -> Presence:
        return self.known(n).presence

    @rule()
    def another_run_begins(self) -> None:
        self.run = self.ledger.begin_run(LATER)

    # -- what is always so ---------------------------------------------------------------------------------------------

    def pending(self) -> set[tuple[Side, int]]:
        ours = {(SF, int(p.rid[3:15])) for p in self.ledger.pending(1, 1, 1, "", 9)}
        return ours | {(DI, int(p.target_rid or 0) - 1000) for p in self.ledger.pending_found(1, 1, 1, "", 9)}

    @invariant()
    def nothing_undecided_is_lost(self) -> None:
        pending = self.pending()
        for side, n in self.undecided:
            if side is SF or self.seen[DI, n] != self.held[n]:
                assert (side, n) in pending, (side, n)

    @invariant()
    def what_was_seen_last_is_what_is_known(self) -> None:
        for n in (1, 2):
            record = self.known(n)
            assert record.values is not None
            assert record.values[1] == self.seen[SF, n]
            assert (record.found or (0, self.held[n]))[1] == self.seen[DI, n]

    @invariant()
    def a_batch_is_open_as_long_as_its_operation_is(self) -> None:
        assert {b.id for b in self.ledger.open_batches(1)} == {batch.id for _, _, _, batch in self.open}


World.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestWorld = World.TestCase
