"""What consents ask of the ledger. Every method is one transaction or one read, called from the run's own thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from disf_desktop.core.consent import Intent, Judged, Settled, Subscriber
from disf_desktop.core.optins import Reading
from disf_desktop.core.records import OptinState


class ConsentLedger(Protocol):
    """What a run keeps of consents."""

    def register_optins(
        self, integration: int, feeds: Mapping[str, tuple[str, bool]], settings: bytes, now: str, at: str
    ) -> None:
        """Note which Salesforce field each opt-in feeds and whether neutral is written; other settings and a restored
        ledger make every read before `now`, by the clock of Dialog Insight, void."""
        ...

    def note_optins(
        self,
        integration: int,
        target: int,
        run: int,
        found: Sequence[tuple[str, Mapping[str, OptinState], str]],
        at: str,
        *,
        photograph: bool = False,
        unlinked: bool = False,
    ) -> None:
        """Store what Dialog Insight shows of contacts: `(idContact, opt-ins by code, as_of)`."""
        ...

    def adopt_early_optins(self, integration: int, target: int, run: int, at: str) -> None:
        """Give what was seen of people before they had a link to the links that they have now."""
        ...

    def note_opt_outs(
        self, integration: int, run: int, shown: Sequence[tuple[str, str, Mapping[str, Reading]]], at: str
    ) -> None:
        """Store what Salesforce records show: `(rid, stamp, readings by opt-in)`."""
        ...

    def inherit_opt_outs(self, integration: int, run: int, merges: Sequence[tuple[str, str]], at: str) -> None:
        """Let the opt-outs of merged records, `(loser, master)`, count for the record that is left."""
        ...

    def consents_to_decide(
        self, integration: int, target: int, layout: int, sources: Sequence[str], after: int, limit: int
    ) -> list[Subscriber]:
        """Give the next linked people whose consents need a decision, in order of their link."""
        ...

    def subscribers(
        self, integration: int, layout: int, sources: Sequence[str], links: Sequence[int]
    ) -> list[Subscriber]:
        """Give these people anew, with all of their consents."""
        ...

    def consents_to_look_up(self, integration: int, target: int, limit: int) -> list[tuple[int, str]]:
        """Give links, with their idContact, whose consents must be read before they are believed."""
        ...

    def note_judged(self, run: int, judged: Sequence[Judged], at: str) -> None:
        """Store decisions that write nothing."""
        ...

    def intend_consents(self, run: int, intents: Sequence[Intent], at: str) -> list[int]:
        """J1: write down what is about to be sent, and give each its number."""
        ...

    def settle_consents(self, run: int, settled: Sequence[Settled], at: str, request_id: str = "") -> None:
        """J2: write down what became of intents."""
        ...

    def prove_consents(
        self, run: int, proven: Sequence[tuple[int, str, str]], at: str, *, carried: bool = False
    ) -> None:
        """Note that opt-outs are ours: `(link, opt-in, SystemModstamp of our save)`; `carried` over a later save."""
        ...
