"""The verbs that ask the ledger, and those by which a person decides: what waits, conflicts, consents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, TypeVar

from disf_desktop.core.history import (
    ConflictRecord,
    ConsentEventRecord,
    ConsentWaiting,
    History,
    RunRecord,
    SetAsideRecord,
    TamperedEvent,
)
from disf_desktop.core.moments import written
from disf_desktop.core.schema import Side
from disf_desktop.core.waiting import AsideCause, AsideWanted, ConflictGroup, ConflictStory, ConflictsWanted
from disf_desktop.workspace.export import as_csv, as_json, conflicts_as_csv, events_as_csv, waiting_as_csv, write_file
from disf_desktop.workspace.opened import OpenedProject
from disf_desktop.workspace.standing import next_runs

SHOWN_FOR: Final = timedelta(days=90)
"""How long a conflict that was resolved is shown: as long as the journal is kept (sync-semantics, section 6)."""

_PAGE = 500

T = TypeVar("T")


class Answers(OpenedProject):
    """Questions to the ledger of a project file, and a person's answers."""

    def status(self) -> History:
        """Give what waits, how far things are read and the last run; empty where nothing ever ran."""
        with self._view() as view:
            return view.history() if view is not None else History()

    def next_runs(self) -> Mapping[str, datetime]:
        """Say when each integration that has a schedule and is switched on is due next."""
        return next_runs(self.project, self.status())

    def out_of_scope(self) -> Mapping[str, int]:
        """Count, by integration, the Salesforce records that its filter leaves out."""
        with self._view() as view:
            return view.out_of_scope() if view is not None else {}

    def runs(self, limit: int = 50) -> tuple[RunRecord, ...]:
        """Give the last runs, the newest first."""
        with self._view() as view:
            return view.runs(limit) if view is not None else ()

    def run(self, number: int) -> RunRecord | None:
        """Give the run of that number, if there was one."""
        with self._view() as view:
            return view.run(number) if view is not None else None

    # ------------------------------------------------------------------ set aside

    def set_aside(
        self, *, integration: str | None = None, after: int = 0, limit: int = 200, wanted: AsideWanted | None = None
    ) -> tuple[SetAsideRecord, ...]:
        """Give a page of the records that wait for a person, those with a number above `after`.

        `wanted` narrows them to a cause, and to those that hold a text.
        """
        with self._view() as view:
            return view.set_aside(integration, after, limit, wanted) if view is not None else ()

    def set_aside_causes(self) -> tuple[AsideCause, ...]:
        """Count the records that wait by what keeps them, the most frequent first."""
        with self._view() as view:
            return view.set_aside_causes() if view is not None else ()

    def retry_wanted(self, wanted: AsideWanted) -> int:
        """Put all the set-aside records that are asked for before the next run again. Give how many."""
        return self.retry(self._ids(wanted))

    def dismiss_wanted(self, wanted: AsideWanted) -> int:
        """Let all the set-aside records that are asked for rest until their source changes. Give how many."""
        return self.dismiss(self._ids(wanted))

    def _ids(self, wanted: AsideWanted) -> list[int]:
        return [record.id for record in self._set_aside_pages(wanted)]

    def _set_aside_pages(self, wanted: AsideWanted | None) -> Iterator[SetAsideRecord]:
        return _pages(lambda last: self.set_aside(after=last.id if last else 0, limit=_PAGE, wanted=wanted))

    def retry(self, ids: Sequence[int] | None) -> int:
        """Put set-aside records before the next run again; None is all of them. Give how many."""
        return self._change(lambda ledger: ledger.retry(ids))

    def dismiss(self, ids: Sequence[int]) -> int:
        """Let set-aside records rest until their source changes. Give how many."""
        return self._change(lambda ledger: ledger.dismiss(ids))

    def export_set_aside(self, path: Path, wanted: AsideWanted | None = None) -> int:
        """Write the records that wait to a CSV file, whole or not at all, for its owner alone. Give how many."""
        return write_file(path, as_csv, self._set_aside_pages(wanted))

    # ------------------------------------------------------------------ conflicts

    def conflicts(
        self, *, integration: str | None = None, resolved_too: bool = False, after: int = 0, limit: int = 200
    ) -> tuple[ConflictRecord, ...]:
        """Give a page of the conflicts that wait for a person, those with a number above `after`.

        `resolved_too` gives those of the last 90 days besides, whose losing value may still be restored.
        """
        with self._view() as view:
            if view is None:
                return ()
            if not resolved_too:
                return view.conflicts(integration, after, limit)
            return view.all_conflicts(integration, _shown_from(), after, limit)

    def conflict_stories(
        self, wanted: ConflictsWanted, *, after: int = 0, limit: int = 200
    ) -> tuple[ConflictStory, ...]:
        """Give a page of the conflicts that are asked for with what is known around them, numbered above `after`."""
        with self._view() as view:
            return view.conflict_stories(wanted, _shown_from(), after, limit) if view is not None else ()

    def conflict_groups(self) -> tuple[ConflictGroup, ...]:
        """Count the conflicts that are alike: same integration, field and rule."""
        with self._view() as view:
            return view.conflict_groups(_shown_from()) if view is not None else ()

    def choose_alike(self, group: ConflictGroup, side: Side) -> int:
        """Say of all conflicts of a group that wait whose value shall stand on both sides; give how many were noted."""
        wanted = ConflictsWanted(integration=group.integration, field=group.field)
        stories = _pages(lambda last: self.conflict_stories(wanted, after=last.id if last else 0, limit=_PAGE))
        alike = [each.id for each in stories if each.conflict.rule == group.rule and each.conflict.waits]
        return self.choose(dict.fromkeys(alike, side))

    def conflict(self, number: int) -> ConflictRecord | None:
        """Give the conflict of that number, if there is one."""
        with self._view() as view:
            return view.conflict(number) if view is not None else None

    def choose(self, sides: Mapping[int, Side]) -> int:
        """Say of conflicts, by their number, whose value shall stand on both sides; give how many were noted.

        The next run carries it out as a person's edit. Of a resolved conflict the other value is restored by it.
        """
        return self._change(lambda ledger: ledger.choose(sides))

    def export_conflicts(self, path: Path, *, resolved_too: bool = False) -> int:
        """Write conflicts to a CSV file, whole or not at all, for its owner alone. Give how many."""

        def page(last: ConflictRecord | None) -> Sequence[ConflictRecord]:
            return self.conflicts(resolved_too=resolved_too, after=last.id if last else 0, limit=_PAGE)

        return write_file(path, conflicts_as_csv, _pages(page))

    # ------------------------------------------------------------------ consents

    def consents(self, *, drift: bool = False, skip: int = 0, limit: int = 200) -> Sequence[ConsentWaiting]:
        """Give a page of the consents that wait for a person's review, the oldest first.

        With `drift`, the opt-outs of Salesforce that Dialog Insight does not have instead: they cannot be sent there.
        """
        with self._view() as view:
            if view is None:
                return ()
            read = view.consent_drift if drift else view.consent_reviews
            return read(skip, limit)

    def export_consents(self, path: Path) -> int:
        """Write the consents that wait, and the opt-outs that Dialog Insight lacks, to a CSV file. Give how many."""
        return write_file(path, waiting_as_csv, self.all_consents())

    def all_consents(self) -> Iterator[ConsentWaiting]:
        """Give every review, then every opt-out that Dialog Insight lacks."""
        for drift in (False, True):
            skip = 0
            while page := self.consents(drift=drift, skip=skip, limit=_PAGE):
                yield from page
                skip += len(page)

    def is_known(self, person: str) -> bool:
        """Say whether anybody has this Salesforce Id, idContact or key in Dialog Insight."""
        with self._view() as view:
            return view is not None and bool(view.links_of(person))

    def trail(self, person: str | None = None) -> Iterator[ConsentEventRecord]:
        """Give the trail of consents: everyone's, or that of the person with this Salesforce Id, idContact or key."""
        with self._view() as view:
            if view is not None:
                yield from view.consent_events(view.links_of(person) if person is not None else None)

    def export_trail(self, path: Path, person: str | None = None) -> int:
        """Write the trail to a file, as JSON where it is named so and as CSV otherwise. Give how many events."""
        form = as_json if path.suffix.lower() == ".json" else events_as_csv
        return write_file(path, form, self.trail(person))

    def verify_trail(self) -> TamperedEvent | None:
        """Compute the trail's chain of hashes again; give the first event that is missing or was changed, if any."""
        with self._view() as view:
            return view.tampered() if view is not None else None


def _shown_from() -> str:
    return written(datetime.now(UTC) - SHOWN_FOR)


def _pages(read: Callable[[T | None], Sequence[T]]) -> Iterator[T]:
    """Give everything, a page after the other; `read` is given the last one of the page before."""
    last: T | None = None
    while page := read(last):
        yield from page
        last = page[-1]
