"""A person, both services and a forgetful engine, in a few lines: what really happened is known here, to judge by.

The engine below uses the pure rules and nothing else; services, clocks, lost replies, late requests, restored ledgers
are made here. Times are whole seconds of one true clock; each service has its own error.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from disf_desktop.core.consent import Consent, Decision, Fed, Kind, Now, OwnWrite, Write, decide
from disf_desktop.core.consent_memory import Known, Shown, Shows, observe, remember
from disf_desktop.core.optins import CompiledOptin, Reading
from disf_desktop.core.records import OptinState
from tests.core.consents import at


@dataclass(frozen=True)
class Answer:
    """An answer in Dialog Insight: made at `made`, shown with the date `claimed` if it is `dated`."""

    state: bool | None
    made: int
    claimed: int
    dated: bool


@dataclass(frozen=True)
class Memory:
    """What the engine's ledger holds."""

    known: Known | None = None
    shown: Shown | None = None
    our_stamp: str | None = None
    proven: bool = False
    our_opt_out: str | None = None
    in_stamp: str | None = None
    valid_from: str = ""

    @property
    def own(self) -> tuple[OwnWrite, ...]:
        out = [OwnWrite(Kind.OUT, self.our_stamp, self.proven)] if self.our_stamp else []
        return (*out, *([OwnWrite(Kind.IN, self.in_stamp, False)] if self.in_stamp else []))


@dataclass
class PersonWorld:
    """One person with one consent. `wrong` holds what must never happen."""

    pair: CompiledOptin
    di_error: int = 0
    sf_error: int = 0
    time: int = 0
    answer: Answer = field(default_factory=lambda: Answer(None, -1000, -1000, False))
    value: Any = None
    saved: int = -1000
    refused_by: int | None = None
    """When a person opted out in Salesforce, while that stands."""
    seen_opt_outs: list[int] = field(default_factory=list)
    """Opt-outs that the engine was shown, by true (or claimed) time."""
    memory: Memory = field(default_factory=Memory)
    kept: Memory = field(default_factory=Memory)
    late: list[tuple[int, Kind, int, Answer | None]] = field(default_factory=list)
    old_reads: list[tuple[OptinState, str]] = field(default_factory=list)
    writes: int = 0
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if isinstance(self.pair.out, bool):
            self.value = False

    # -- people ----------------------------------------------------------------------------------------------------

    def wait(self, seconds: int) -> None:
        until = self.time + seconds
        for arrives, kind, since, answer in sorted(self.late, key=lambda each: each[0]):
            if arrives <= until:
                self.time = max(self.time, arrives)
                self.late.remove((arrives, kind, since, answer))
                self._apply(kind, since, answer)
        self.time = until

    def answers(self, state: bool | None, *, dated: bool, back: int = 0) -> None:
        if state is None and self.answer.state is not None:
            return  # neutral does not come back
        self.answer = Answer(state, self.time, self.time - (back if dated else 0), dated)

    def by_hand(self, what: str) -> None:
        """Let a person save the record: opt out, opt in, empty it, or touch another field."""
        reading = self.pair.read(self.value)
        if what == "out":
            if self.pair.says_out:
                self.value, self.refused_by = self.pair.out, self.time
            elif reading is Reading.OPTED_IN or self.memory.our_stamp:
                knew = self.memory.shown is not None and self.memory.shown.shows is Shows.IN
                self.refused_by = self.time if knew or self.memory.in_stamp or self.memory.our_stamp else None
                self.value = self.pair.out
        elif what == "in":
            self.value, self.refused_by = self.pair.subscribed, None
        elif what == "none":
            self.value, self.refused_by = (None if self.pair.says_in and self.pair.says_out else False), None
            if not self.pair.says_out and reading is Reading.OPTED_IN:
                return self.by_hand("in")  # an unticked plain box is an opt-out, not “none”
        elif reading is Reading.OPTED_OUT:
            self.refused_by = self.time  # saved as it is: the person means it
        self.saved = self.time
        return None

    # -- services ----------------------------------------------------------------------------------------------------

    @property
    def stamp(self) -> str:
        return at(self.saved + self.sf_error)

    def _shown_answer(self) -> OptinState:
        a = self.answer
        date = at(a.claimed + self.di_error) if a.dated else None
        return OptinState(a.state, date, date)

    def _apply(self, kind: Kind, since: int, answer: Answer | None) -> bool:
        """Carry a write out in Salesforce; an opt-in only if nobody saved the record after `since`."""
        if kind is not Kind.OUT and self.saved > since:
            return False
        if kind is Kind.IN:
            self._judge(answer)
        self.value = {Kind.OUT: self.pair.out, Kind.IN: self.pair.subscribed, Kind.NEUTRAL: self.pair.neutral}[kind]
        self.refused_by, self.saved = None, self.time
        self.writes += 1
        return True

    def _judge(self, answer: Answer | None) -> None:
        assert answer is not None
        if self.refused_by is not None and not (self.memory.proven and self.memory.our_stamp == self.stamp):
            self.wrong.append(f"a person's opt-out of {self.refused_by} was overwritten")
        if self.refused_by is not None and answer.claimed <= self.refused_by:
            self.wrong.append(f"an opt-in of {answer.claimed} is older than an opt-out of {self.refused_by}")
        # Without a date the order of the reads tells, even within one second.
        if any(answer.claimed < out or (answer.dated and answer.claimed == out) for out in self.seen_opt_outs):
            self.wrong.append(f"an opt-in of {answer.claimed} is older than one of {self.seen_opt_outs}")

    # -- the engine ----------------------------------------------------------------------------------------------------

    def read(self, *, deliver: bool = True) -> None:
        """Read Dialog Insight; a read that is not delivered comes later."""
        seen, as_of = self._shown_answer(), at(self.time + self.di_error)
        if not deliver:
            self.old_reads.append((seen, as_of))
            return
        self._observe(seen, as_of)

    def _observe(self, seen: OptinState, as_of: str, *, photograph: bool = False) -> None:
        if seen.state is False and seen == self._shown_answer():
            self.seen_opt_outs.append(self.answer.claimed)
        self.memory = replace(self.memory, known=observe(self.memory.known, seen, as_of, photograph=photograph))

    def deliver_old(self, *, photograph: bool) -> None:
        if self.old_reads:
            seen, as_of = self.old_reads.pop()
            self._observe(seen, as_of, photograph=photograph)

    def _look_at_salesforce(self) -> Now:
        reading = self.pair.read(self.value)
        if self.refused_by is not None and reading is Reading.OPTED_OUT:
            self.seen_opt_outs.append(self.refused_by)
        self.memory = replace(self.memory, shown=remember(self.memory.shown, reading, self.stamp))
        return Now(reading, self.stamp, self.value is None)

    def decision(self, now: Now) -> Decision:
        m = self.memory
        valid = m.known is not None and m.known.read_at >= m.valid_from
        consent = Consent(Fed(m.known, valid), m.shown, (), m.own, m.our_opt_out)
        return decide(consent, now, self.pair, ticked=True, skew_s=abs(self.sf_error - self.di_error) + 2.0)

    def run(self, fate: str = "ok", meanwhile: str = "", pause: int = 0) -> None:
        """Read both sides, decide, write. `fate` is what becomes of the request, `meanwhile` what a person does in
        Salesforce between the last look and the write."""
        self.read()
        now = self._look_at_salesforce()
        decided = self.decision(now)
        if not isinstance(decided, Write):
            return
        if decided.kind is not Kind.OUT and self.time - self.saved < 2:
            return
        before, answer, since = self.memory, self.answer, self.saved
        self.memory = replace(before, proven=False)
        if decided.kind is Kind.OUT:
            moment = at(self.time + self.sf_error)
            latest = max(moment, before.our_opt_out or "")
            self.memory = replace(self.memory, our_stamp=now.stamp, our_opt_out=latest)
        elif decided.kind is Kind.IN:
            self.memory = replace(self.memory, in_stamp=now.stamp)
        self.wait(pause)
        if meanwhile:
            self.by_hand(meanwhile)
        if fate == "later":
            self.late.append((self.time + 300, decided.kind, since, answer))
        applied = fate in ("ok", "lost") and self._judged(decided.kind, since, answer, before)
        if fate == "refused" or (fate == "ok" and not applied):
            self.memory = replace(self.memory, in_stamp=None if decided.kind is Kind.IN else self.memory.in_stamp)
        if fate == "ok" and applied and decided.kind is Kind.OUT:
            replied = at(self.time + 1 + self.sf_error)
            if pause:
                self.wait(pause)
                self.by_hand("touch")
            shows = self._look_at_salesforce()
            out = shows.reading is Reading.OPTED_OUT or not self.pair.says_out
            self.memory = replace(self.memory, in_stamp=None)
            if out and self.stamp <= replied:
                latest = max(self.memory.our_opt_out or "", self.stamp)
                self.memory = replace(self.memory, proven=True, our_stamp=self.stamp, our_opt_out=latest)

    def _judged(self, kind: Kind, since: int, answer: Answer, before: Memory) -> bool:
        """Carry a write out, judged by what was provable when it was decided."""
        after, self.memory = self.memory, before
        applied = self._apply(kind, since, answer)
        self.memory = after
        return applied

    def keep(self) -> None:
        self.kept = self.memory

    def restore(self) -> None:
        """Go back to what was kept: reads before now are void, authorship is unproven."""
        self.memory = replace(self.kept, proven=False, valid_from=at(self.time + self.di_error))
        self.seen_opt_outs.clear()
        if not self.pair.says_out:
            self.refused_by = (
                None  # an unticked box looks as if nobody had been asked, to who forgot that it was ticked
            )
