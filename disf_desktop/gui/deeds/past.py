"""Deeds on what runs did and plans hold, and on one record that waits: look, take back, correct."""

from __future__ import annotations

from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from disf_desktop.core.errors import DisfError
from disf_desktop.core.history import SetAsideRecord
from disf_desktop.core.values import Value
from disf_desktop.core.waiting import PlanPage, PlanWanted
from disf_desktop.gui.deeds.answers import PAGE, AnswerDeeds
from disf_desktop.gui.models.activity import (
    ASKING_CORRECTION,
    CHANGES,
    CORRECTING,
    READING_PLAN,
    ChangesOfRun,
    Correcting,
    PlanRows,
    Undoing,
)
from disf_desktop.gui.models.facts import WRITES
from disf_desktop.gui.models.marks import Tab

if TYPE_CHECKING:
    from disf_desktop.core.correction import Correction

MOVED: Final = "record_moved"
"""The code of an error: somebody saved the record meanwhile."""


class PastDeeds(AnswerDeeds):
    """Looks at runs and plans; corrects one value."""

    def _note(self, **changes: Any) -> None:
        self._store.update(activity=replace(self.facts.activity, **changes))

    def _under_way(self, key: str, work: Coroutine[Any, Any, None]) -> None:
        """Do something that is shown as being asked while it lasts."""

        async def go() -> None:
            with self._store.asking(key):
                await work

        self._bridge.spawn(go())

    # the plan of the preview

    def want_plan(self, wanted: PlanWanted) -> None:
        """Show these operations of the preview, and no others."""
        preview = self.facts.preview
        if preview is not None and wanted != self.plan_rows.wanted:
            self._note(plan=PlanRows(preview.at, wanted))

    @property
    def plan_rows(self) -> PlanRows:
        """What was read of the plan of the preview on screen; nothing of an older one."""
        preview, rows = self.facts.preview, self.facts.activity.plan
        return rows if preview is None or rows.of == preview.at else PlanRows(preview.at)

    def more_of_plan(self) -> None:
        """Read on in the saved plan, beyond the operations that the window holds."""
        preview, rows, workspace = self.facts.preview, self.plan_rows, self.workspace
        if preview is None or preview.plan is None or not rows.more or READING_PLAN in self.facts.asking:
            return
        if self.facts.activity.plan is not rows:
            self._note(plan=rows)
        plan = preview.plan
        held = sum(each.kind in WRITES for each in preview.operations)

        async def read() -> None:
            place, page = rows.place, PlanPage((), None)
            try:
                while not page.operations and self.plan_rows is rows:
                    page = await self._bridge.call(workspace.plan_page, plan, rows.wanted, place, held)
                    if (place := page.place) is None:
                        break
            except DisfError as error:
                self._store.update(notice=error)
                return
            if self.plan_rows is rows:
                operations = (*rows.operations, *page.operations)
                self._note(plan=replace(rows, operations=operations, place=page.place, begun=True))

        self._under_way(READING_PLAN, read())

    def export_plan(self, path: Path) -> None:
        """Write everything that the preview says into a CSV file."""
        preview, workspace = self.facts.preview, self.workspace
        assert preview is not None, "the page of a preview has one"
        assert preview.plan is not None, "a preview without a whole plan is not written"
        plan, besides = preview.plan, [each for each in preview.operations if each.kind not in WRITES]
        self.do(lambda: workspace.export_plan(plan, path, besides), "exported")

    # runs

    def see_changes(self, run: int) -> None:
        """Read the changes of a run, the first page of them."""
        if self.facts.activity.changes is None or self.facts.activity.changes.run != run:
            self._note(changes=ChangesOfRun(run))
            self.more_changes()

    def forget_changes(self) -> None:
        """Let go of the changes of a run: they hold people's data."""
        if self.facts.activity.changes is not None:
            self._note(changes=None)

    def more_changes(self) -> None:
        """Read the next page of the changes of the run that is looked at."""
        shown, workspace = self.facts.activity.changes, self.workspace
        assert shown is not None, "the changes of a run are on screen"
        last = shown.changes[-1].id if shown.changes else 0

        async def read() -> None:
            try:
                page = await self._bridge.call(lambda: workspace.run_changes(shown.run, after=last, limit=PAGE + 1))
            except DisfError as error:
                self._store.update(notice=error)
                return
            if self.facts.activity.changes is shown:
                more = self.facts.activity.more - {CHANGES} | ({CHANGES} if len(page) > PAGE else frozenset())
                self._note(changes=replace(shown, changes=(*shown.changes, *page[:PAGE])), more=more)

        self._bridge.spawn(read())

    def export_changes(self, run: int, path: Path) -> None:
        """Write the changes of a run into a CSV file."""
        self.do(lambda: self.workspace.export_run_changes(run, path), "exported")

    def ask_undo(self, run: int) -> None:
        """Count what taking a run back would do."""
        self._note(undoing=Undoing(run))
        workspace = self.workspace

        async def count() -> None:
            try:
                told = Undoing(run, await self._bridge.call(workspace.undo_forecast, run))
            except DisfError as error:
                told = Undoing(run, error=error)
            undoing = self.facts.activity.undoing
            if undoing is not None and undoing.run == run:
                self._note(undoing=told)

        self._bridge.spawn(count())

    def forget_undo(self) -> None:
        """Leave the run as it is."""
        self._note(undoing=None)

    # one record

    def open_in_salesforce(self, integration: str, rid: str) -> None:
        """Show a record in the system's browser."""
        workspace = self.workspace

        async def find() -> None:
            try:
                address = await self._bridge.call(workspace.record_address, integration, rid)
            except DisfError as error:
                self._store.update(notice=error)
                return
            self.browse.emit(address)

        self._bridge.spawn(find())

    def edit_mapping_of(self, record: SetAsideRecord) -> None:
        """Bring the mapping to the front where the value of this record goes through: `NAME`, or `NAME/FIELD`, where
        FIELD is the one of the side that it cannot enter."""
        wanted = f"{record.integration}/{record.field}" if record.field else record.integration
        self.look.emit(Tab.MAPPING.value, wanted)

    def ask_correction(self, aside: int) -> None:
        """Read what may be corrected of a record that waits."""
        self._note(correcting=Correcting(aside))
        workspace = self.workspace

        async def read() -> None:
            try:
                told = Correcting(aside, await self._bridge.call(workspace.correction, aside))
            except DisfError as error:
                told = Correcting(aside, error=error)
            self._correcting(told)

        self._under_way(ASKING_CORRECTION, read())

    def correct(self, correction: Correction, value: Value) -> None:
        """Write the corrected value to Salesforce, and let the next run send the record again."""
        workspace = self.workspace

        async def write() -> None:
            try:
                count = await self._bridge.call(workspace.correct, correction, value)
            except DisfError as error:
                self._correcting(Correcting(correction.aside, await self._as_now(correction, error), error))
                return
            self._correcting(Correcting(correction.aside, correction, done=True))
            self.told.emit("retried", count)
            self.read_ledger_again()

        self._under_way(CORRECTING, write())

    async def _as_now(self, correction: Correction, error: DisfError) -> Correction:
        """Read the record again where somebody saved it meanwhile; a person decides on what is there now."""
        if error.code != MOVED:
            return correction
        try:
            return await self._bridge.call(self.workspace.correction, correction.aside)
        except DisfError:
            return correction

    def _correcting(self, told: Correcting) -> None:
        """Say where a correction stands, unless the person has turned to something else."""
        shown = self.facts.activity.correcting
        if shown is not None and shown.aside == told.aside:
            self._note(correcting=told)

    def forget_correction(self) -> None:
        """Let go of the value that was read."""
        if self.facts.activity.correcting is not None:
            self._note(correcting=None)
