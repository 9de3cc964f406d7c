"""What a run keeps: the Protocol of the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeVar

from disf_desktop.core.events import Outstanding, RecordSetAside
from disf_desktop.core.journal import (
    Applied,
    AppliedChange,
    Checkable,
    NewSetAside,
    OpenBatch,
    OpenOperation,
    PendingCount,
    Registered,
    SentTwice,
    Shown,
    StreamState,
)
from disf_desktop.core.operations import Agree, Operation, Pending, Seen
from disf_desktop.core.records import Arrival, FoundRecord, Position, Tombstone
from disf_desktop.core.refusals import Bad
from disf_desktop.core.values import Value
from disf_desktop.engine.consent_ledger import ConsentLedger

Who = TypeVar("Who", int, str)


class ErasedPeople(Protocol):
    """The people who were erased from Dialog Insight, as they were known at one moment."""

    def __bool__(self) -> bool:
        """Say whether there is anybody."""
        ...

    def among(self, people: Mapping[Who, Sequence[str]]) -> list[Who]:
        """Give those of some people, each by a number or an Id, one of whose identities (`core.suppression`) is an
        erased person's, in their order."""
        ...


class Ledger(ConsentLedger, Protocol):
    """What a run keeps. Every method is one transaction or one read, called from the run's own thread."""

    def begin_run(self, at: str) -> int: ...
    def finish_run(self, run: int, at: str, status: str, summary: Mapping[str, Any]) -> None: ...
    def register(self, name: str, target: str, settings: bytes) -> Registered: ...
    def integration_number(self, name: str) -> int | None: ...
    def recall(self, name: str, at: str) -> str | None: ...
    def remember(self, name: str, value: str, until: str) -> None: ...

    # -- layouts ---------------------------------------------------------------------------------------------------

    def layout(self, sources: Sequence[str], targets: Sequence[str], pairs: Sequence[str]) -> int:
        """Give the number of a packing order. `pairs` names the source of each of the first targets."""
        ...

    def targets_of(self, layout: int) -> tuple[str, ...]: ...

    def pair_places(self, layout: int) -> tuple[int, ...]:
        """Give for each pair where its source stands among the sources of a packing order."""
        ...

    # -- observing Salesforce ----------------------------------------------------------------------------------------

    def stream(self, integration: int) -> StreamState: ...
    def start_reading(self, integration: int, hi: str, layout: int, fingerprint: bytes, *, anew: bool) -> None: ...

    def store_page(
        self,
        integration: int,
        layout: int,
        run: int,
        records: Iterable[tuple[str, str, Sequence[Value | Bad]]],
        position: Position | None,
        *,
        out_of_scope: Collection[str] | None = (),
        keep_scope: bool = False,
    ) -> int:
        """Store observations `(rid, stamp, values)` and the position after them; give how many say something new.

        An observation never goes backwards. A record of `out_of_scope` (None: every one) does not satisfy the filter;
        with `keep_scope`, one that was there before satisfies it as before.
        A deleted record that is read again with a later stamp was undeleted.
        """
        ...

    def bring_into_scope(self, integration: int, rids: Sequence[str]) -> None:
        """Say of stored records that they satisfy the filter after all."""
        ...

    def store_tombstones(self, integration: int, run: int, deleted: Sequence[Tombstone]) -> list[str]:
        """Mark known records as deleted, unless they were read again later; give those newly marked."""
        ...

    def note_merges(self, integration: int, target: int, merges: Sequence[tuple[str, str]]) -> None:
        """Write down `(loser, master)`: the loser's link is merged into the master's, and closed."""
        ...

    def move_link(self, target: int, rid: str, to: str, integration: int) -> bool:
        """Tie the Dialog Insight record of `rid` to another Salesforce Id (a converted lead's contact); False where
        that one is tied to a record of its own already."""
        ...

    def close_links(self, target: int, rids: Sequence[str]) -> None:
        """Close the links of these records; nothing travels over them any more."""
        ...

    def finish_reading(self, integration: int, at: str) -> None: ...

    # -- audit scans -------------------------------------------------------------------------------------------------

    def known_records(self, integration: int) -> int:
        """Count the Salesforce records that were there when they were last seen."""
        ...

    def start_scan(self, integration: int) -> None: ...
    def note_scanned(self, integration: int, rids: Iterable[str]) -> None: ...
    def count_not_scanned(self, integration: int) -> int:
        """Count the records that were there when they were last seen and that the scan did not read."""
        ...

    def not_scanned(self, integration: int, after: str, limit: int) -> list[str]:
        """Give the next of those, in order of their Id."""
        ...

    def note_vanished(self, integration: int, target: int, rids: Sequence[str]) -> dict[str, str]:
        """Note records that Salesforce neither shows nor remembers as deleted: nothing is made of them until it shows
        them again. Give those that are tied, with the id of their record in Dialog Insight."""
        ...

    def finish_scan(self, integration: int) -> None: ...

    # -- observing Dialog Insight ------------------------------------------------------------------------------------

    def store_found(
        self,
        integration: int,
        target: int,
        layout: int,
        run: int,
        found: Sequence[tuple[str, str, Sequence[Value | Bad]]],
        at: str,
        *,
        unlinked: bool = False,
    ) -> int:
        """Store what Dialog Insight shows, `(rid, as_of, values)`; give how many differ from what was known.

        A record whose link belongs to another integration is passed over; an unlinked one is stored only where
        `unlinked` says so. One that is as the base says leaves nothing to plan. An observation never goes backwards,
        and one that has not caught up with our own last write says nothing.
        Links that were found are noted as checked `at` (local time, for the order of look-ups), and are not suspect.
        """
        ...

    def to_check(self, integration: int, target: int, limit: int) -> list[Checkable]:
        """Give links to look up: those that a person waits for first, then those not seen for longest."""
        ...

    def linked_after(self, integration: int, target: int, after: int, limit: int) -> list[Checkable]:
        """Give the next links that are alive, in order of their number, from the one after `after`."""
        ...

    def note_there(self, links: Sequence[int], at: str) -> None:
        """Note that look-ups found these: they are not suspect."""
        ...

    def note_missing(self, links: Sequence[int], at: str) -> list[int]:
        """Note that look-ups found nothing: a link becomes suspect, and at the second time, so much later that it
        cannot be behind a save, erased. Give the erased."""
        ...

    def is_behind(self, target: int, layout: int, rid: str, as_of: str, values: Sequence[Value | Bad]) -> bool:
        """Say whether a look that is true `as_of` a moment (of Dialog Insight) shows a linked record as it was before
        a write of ours that was confirmed not long ago."""
        ...

    # -- planning ----------------------------------------------------------------------------------------------------

    def release_blocked(self, integration: int) -> None: ...
    def bring_back_late(self, integration: int, target: int, run: int) -> None: ...
    def pending_count(self, integration: int, target: int, layout: int) -> PendingCount: ...

    def pending(self, integration: int, target: int, layout: int, after: str, limit: int) -> list[Pending]:
        """Give the next Salesforce records before the planner, in order of Id, with all that is known of each."""
        ...

    def pending_found(self, integration: int, target: int, layout: int, after: str, limit: int) -> list[Pending]:
        """Give the next records of Dialog Insight before the planner, in order of their id, with all that is known."""
        ...

    def owners_of(self, target: int, keys: Sequence[Mapping[str, Value]]) -> dict[str, str]: ...
    def contact_ids(self, target: int, sf_ids: Sequence[str]) -> dict[str, str]: ...
    def newcomers(self, integration: int, target: int, layout: int, sf_ids: Sequence[str]) -> set[str]:
        """Give those of these Salesforce records that are before the planner and were never in Dialog Insight."""
        ...

    def owner_of(self, target: int, di_rid: str) -> str | None: ...
    def target_number(self, name: str) -> int | None: ...

    def note_decisions(
        self,
        integration: int,
        target: int,
        layout: int,
        run: int,
        at: str,
        *,
        agreed: Sequence[Agree] = (),
        aside: Sequence[NewSetAside] = (),
        filtered: Sequence[Seen] = (),
        shown: Sequence[tuple[str, str, Sequence[Value | Bad]]] = (),
    ) -> list[RecordSetAside]:
        """Store, at once, the decisions of a planning page that send nothing; give the set-aside records as events.

        What was decided is taken from before the planner where it is still what was seen: an `Agree` without `more` on
        both sides; a set-aside record on the side it came from; a filtered one on the sides that its `Seen` names.
        `shown` is what Dialog Insight shows of records that are tied by this, `(rid, as_of, values)`.
        """
        ...

    # -- what imports stored -----------------------------------------------------------------------------------------

    def together(self) -> AbstractContextManager[None]:
        """Make one transaction of every method that is called inside."""
        ...

    def target_for(self, name: str) -> int:
        """Give the number of a Dialog Insight table, made where it is new."""
        ...

    def note_arrivals(self, target: int, run: int, arrivals: Sequence[Arrival], as_of: str) -> None:
        """Note what an import stored, as the reply shows it; `as_of` is the moment of the reply, by the server's clock.

        Of a linked record it is a look: what differs from the base is planned. It never goes backwards.
        """
        ...

    def arrivals(self, target: int, keys: Sequence[Mapping[str, Value]]) -> dict[str, FoundRecord]:
        """Give the arrivals with these keys that no link knows, by folded key."""
        ...

    def erased_people(self) -> ErasedPeople:
        """Give the people who are known to be erased at this moment."""
        ...

    def pardoned(self, integration: int, rids: Sequence[str]) -> frozenset[str]:
        """Give those of some Salesforce Ids that a person lets be made although their person was erased."""
        ...

    def let_back(self, identities: Iterable[str]) -> None:
        """Forget that people were erased whom somebody has brought back on purpose."""
        ...

    def take_over(self, link: int, run: int) -> bool:
        """Tie a link whose record is gone to the one that an import stored under its key since, and see what that
        holds; False where there is none."""
        ...

    def known_of(self, target: int, folded_keys: Sequence[str]) -> dict[str, Mapping[str, Value]]:
        """Give what Dialog Insight is believed to hold, by folded key: values by field code. A key that is left out
        belongs to nobody whom the ledger knows; a field that is left out is not known."""
        ...

    # -- the journal -------------------------------------------------------------------------------------------------

    def intend(
        self,
        run: int,
        integration: int,
        target: int,
        layout: int,
        operations: Sequence[Operation],
        at: str,
    ) -> OpenBatch:
        """J1: write down a batch of one kind to one side before its first byte leaves. A create's link is made here,
        so its key is taken; conflicts are written down here, before a value is overwritten."""
        ...

    def check_held(self) -> None:
        """Raise LedgerIsBusy where another run has taken the ledger over: asked before each send (promise I15)."""
        ...

    def open_batches(self, integration: int) -> list[OpenBatch]:
        """Give the batches with operations whose outcome is not known, held ones included."""
        ...

    def settle(
        self,
        batch: OpenBatch,
        integration: int,
        run: int,
        at: str,
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
        now: str = "",
        arrives_until: str = "",
    ) -> list[RecordSetAside]:
        """J2: write down what became of operations of a batch. It closes when none of them is open.

        `held` ones may still arrive, or be shown: nothing else is sent for their link and side meanwhile; `made` gives
        the numbers of records that held creates have made. `tried` is the part of `dropped` whose values may have
        arrived: they are remembered. `shown` gives, by operation, what the written side was seen to hold of a dropped
        one; it goes before the planner. `twice` says that the applied updates were sent twice. `now` is the time by the
        clock of the service (local where it is not given), and until `arrives_until` what was sent may arrive.
        """
        ...

    def sent_twice(self, integration: int, target: int, now: str, latest: str, limit: int) -> list[SentTwice]:
        """Give updates that were sent twice, whose first copy cannot arrive any more, and after which something newer
        was sent; those after which nothing was are forgotten. `latest` is the latest moment that can be meant."""
        ...

    def note_late(
        self,
        integration: int,
        layout: int,
        run: int,
        late: Sequence[tuple[SentTwice, Mapping[str, Value]]],
        done: Iterable[SentTwice],
        at: str,
    ) -> None:
        """Put before the planner what arrived late, `(update, the fields that show its values)`: it is ours, and what
        was agreed on is written again. Those that are `done` are forgotten."""
        ...

    def outstanding(self, integration: int) -> Outstanding: ...

    # -- looking back ------------------------------------------------------------------------------------------------

    def run_exists(self, run: int) -> bool: ...

    def applied_changes(self, run: int, integration: int, after: int, limit: int) -> list[AppliedChange]:
        """Give the updates that a run carried out, the last one first, from the one before `after` (0: all)."""
        ...

    def of_links(self, integration: int, target: int, layout: int, links: Sequence[int]) -> list[Pending]:
        """Give all that is known of these links."""
        ...

    def calls_since(self, at: str) -> dict[str, int]:
        """Sum the calls of runs that began since then, by the name of the side."""
        ...
