"""The verbs that tell what was done and what would be: the changes of a run, what an undo would take back, a saved
plan; as pages for the screen and as files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from disf_desktop.core.events import OperationPlanned
from disf_desktop.core.schema import Side
from disf_desktop.core.waiting import PlanPage, PlanWanted, RunChange, UndoForecast
from disf_desktop.storage import plan_file
from disf_desktop.workspace.export import changes_as_csv, operations_as_csv, write_file
from disf_desktop.workspace.opened import OpenedProject

_PAGE: Final = 500


class Past(OpenedProject):
    """Questions about runs that ended and plans that were saved."""

    def run_changes(self, run: int, *, after: int = 0, limit: int = 200) -> tuple[RunChange, ...]:
        """Give a page of the updates that a run carried out, in their order, those with a number above `after`.

        A record that a run created keeps no values of its own in the journal, and is not among them.
        """
        with self._view() as view:
            return view.run_changes(run, after, limit) if view is not None else ()

    def undo_forecast(self, run: int) -> UndoForecast:
        """Say what taking a run back would do, as far as the ledger knows; what the services hold is asked then."""
        records: dict[Side, set[str]] = {side: set() for side in Side}
        fields, moved, gone, names = 0, 0, Counter[str](), {each.name for each in self.project.integrations}
        for change in self._all_changes(run):
            if change.integration not in names:
                gone[change.integration] += 1
                continue
            back = [name for name in change.after if name in change.before and name not in change.moved]
            fields, moved = fields + len(back), moved + len(change.after) - len(back)
            if back:
                records[change.side].add(f"{change.integration}/{change.key}")
        with self._view() as view:
            record = view.run(run) if view is not None else None
            consents = view.consents_written(run) if view is not None else 0
        summary = record.summary if record is not None else {}
        created = sum(int(summary.get(side.value, {}).get("created", 0)) for side in Side)
        counted = {side: len(found) for side, found in records.items()}
        return UndoForecast(counted, fields, moved, created, consents, tuple(sorted(gone)))

    def export_run_changes(self, run: int, path: Path) -> int:
        """Write the updates of a run to a CSV file, a field a line, whole or not at all, for its owner alone. Give how
        many records it holds."""
        return write_file(path, changes_as_csv, self._all_changes(run))

    def _all_changes(self, run: int) -> Iterator[RunChange]:
        page: Sequence[RunChange] = ()
        while page := self.run_changes(run, after=page[-1].id if page else 0, limit=_PAGE):
            yield from page

    def plan_page(self, plan: Path, wanted: PlanWanted, place: int | None, skip: int = 0) -> PlanPage:
        """Give a page of the operations of a saved plan from a place in it; see `plan_file.page_of`."""
        return plan_file.page_of(plan, self.project.id, wanted, place, skip, _PAGE)

    def export_plan(self, plan: Path, path: Path, told: Sequence[OperationPlanned] = ()) -> int:
        """Write every operation of a saved plan to a CSV file, a field a line, whole or not at all, for its owner.

        `told` are what the preview said besides, such as records that would be set aside. Give how many operations.
        """

        def every() -> Iterator[OperationPlanned]:
            yield from plan_file.operations_of(plan, self.project.id)
            yield from told

        return write_file(path, operations_as_csv, every())
