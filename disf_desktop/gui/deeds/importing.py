"""Checking the rows of a file, sending them, and what came of it: each run is a process, like a sync."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from disf_desktop.core import edits
from disf_desktop.core.errors import DisfError
from disf_desktop.core.events import Notice, Progress
from disf_desktop.core.importing.events import MOST_TOLD, ImportChecked, ImportEvent, ImportFinished, RowRefused
from disf_desktop.core.importing.unfinished import UnfinishedImport
from disf_desktop.gui.bridge import run_command
from disf_desktop.gui.deeds.imports import DraftDeeds
from disf_desktop.gui.deeds.runs import RunDeeds
from disf_desktop.gui.models import imports as models
from disf_desktop.gui.models.facts import Run, RunKind
from disf_desktop.gui.models.imports import RefusedPage
from disf_desktop.gui.words.import_words import explained
from disf_desktop.gui.words.translation import translate

T = TypeVar("T")

READING_ROWS, SAVING = "import_rows", "import_saving"
"""What is being asked, among the facts."""


class ImportDeeds(RunDeeds, DraftDeeds):
    """The verbs of an import, from the check on."""

    # an import of earlier

    def go_on_with(self, unfinished: UnfinishedImport) -> None:
        """Take up an import where it stopped: its file and its choices are checked again, and the rest can be sent."""
        if not self.facts.running:
            self._bridge.spawn(self._go_on_with(unfinished))

    async def _go_on_with(self, unfinished: UnfinishedImport) -> None:
        recipe = unfinished.recipe
        self._begin_anew(models.draft_of(recipe), taken_from=recipe.name, recipe=recipe.name)
        folder = self.drafted.folder if unfinished.pasted else unfinished.path.parent
        self._draft(step=models.Step.FILE, file=unfinished.path, folder=folder, pasted=unfinished.pasted)
        await self._read_schema_of(recipe.to)
        await self._recognise_file()
        facts = self.drafted
        if facts.file == unfinished.path and facts.recognised is not None and facts.draft == models.draft_of(recipe):
            self.check_rows()

    # the check

    def check_rows(self) -> None:
        """Keep how the file is imported in the project file, then check every row; nothing is sent."""
        facts, project = self.drafted, self.project
        if self.facts.running or facts.recognised is None or facts.file is None:
            return
        file = translate("Importing", "Pasted rows") if facts.pasted else facts.file.stem
        name = models.recipe_name(project, facts, file)
        recipe = facts.draft.recipe(name, facts.recognised.form.names)
        self.edit(
            lambda: translate("Importing", "Keep how {0} is imported").format(file),
            edits.with_recipe(project, recipe),
        )
        self._draft(
            recipe=name,
            step=models.Step.CHECK,
            checked=None,
            of=facts.draft,
            bring_back=False,
            refused=RefusedPage(),
            error=None,
            saved_refused=None,
        )
        self._store.update(run=Run(RunKind.CHECK, None), notice=None)
        self._after_saving(lambda: self._start_file_run("--check"))

    def import_rows(self) -> None:
        """Send every row that is neither refused nor unchanged; an import that was stopped goes on."""
        facts = self.drafted
        if self.facts.running or facts.file is None or not facts.recipe:
            return
        self._draft(step=models.Step.IMPORT, finished=None, failed=(), error=None, results={})
        self._show_begin(Run(RunKind.IMPORT, None))
        self._after_saving(self._start_file_run)

    def _start_file_run(self, *options: str) -> None:
        facts, path = self.drafted, self.facts.path
        assert path is not None, "an import is of a project file"
        assert facts.file is not None, "a file was chosen"
        back = ("--bring-back",) if facts.bring_back else ()
        words = (str(facts.file), "--recipe", facts.recipe, *options, *back)
        process = self._bridge.process(run_command("import", path, self._places, *words), self)
        process.said.connect(self.hear_import)
        process.complained.connect(self._complaint)
        process.ended.connect(self._file_run_ended)
        self._process = process
        process.start()
        if self.facts.run is not None and self.facts.run.stopping:
            process.cancel()

    def hear_import(self, event: ImportEvent) -> None:
        """Take in what the check or the import under way says."""
        run = self.facts.run
        assert run is not None, "an event without a run"
        match event:
            case Progress():
                self._store.update(run=replace(run, state=run.state.after(event)))
            case Notice():
                pass  # the wizard says it itself, in the language of the window: what is left out, and of consents
            case RowRefused():
                if run.kind is RunKind.IMPORT and len(self.drafted.failed) < MOST_TOLD:
                    self._draft(failed=(*self.drafted.failed, event))
            case ImportChecked():
                # What came before is what the check had refused; what comes after, the service.
                self._draft(checked=event, failed=())
                if run.kind is RunKind.CHECK:
                    self.read_refused(None)
            case ImportFinished():
                self._draft(finished=event, step=models.Step.RESULT)

    def _file_run_ended(self, exit_code: int) -> None:
        process = self._process
        assert process is not None
        self._process = None
        process.deleteLater()
        self._over(exit_code)

    def _over(self, exit_code: int, error: DisfError | None = None) -> None:
        """Note the end of a run; what went wrong with a file is said in the wizard."""
        run = self.facts.run
        super()._over(exit_code, error)
        if run is None or not run.kind.is_of_file or self.facts.run is None:
            return
        errors = self.facts.run.errors
        told = errors[0] if errors and not run.stopping else None
        self._store.update(notice=None if self.facts.notice is told else self.facts.notice)
        changes: dict[str, Any] = {"error": told}
        if run.kind is RunKind.CHECK and self.drafted.checked is None and told is None:
            changes["step"] = models.Step.COLUMNS  # the check was stopped
        self._draft(**changes)

    # rows to correct

    def read_refused(self, code: str | None) -> None:
        """Read the first refused rows: those with a reason, or all."""
        # The rows of before stay on screen until the others are there.
        now = self.drafted.refused
        self._draft(refused=replace(now, code=code, more=False, busy=frozenset(), error=None))
        self._bridge.spawn(self._read_rows(0))

    def more_refused(self) -> None:
        """Read the next ones."""
        page = self.drafted.refused
        if page.more and page.rows:
            self._bridge.spawn(self._read_rows(page.rows[-1].row))

    async def _read_rows(self, after: int) -> None:
        page, checked = self.drafted.refused, self.drafted.checked
        limit = min(max(models.PAGE, len(page.rows)), models.LARGEST_PAGE) if after else models.PAGE
        if checked is None:
            return
        with self._store.asking(READING_ROWS):
            try:
                told = await self._bridge.call(self.workspace.refused_rows, checked.id, page.code, after, limit)
            except DisfError as error:
                self._draft(refused=replace(self.drafted.refused, error=error))
                return
        now = self.drafted.refused
        if self.drafted.checked is None or self.drafted.checked.id != checked.id or now.code != page.code:
            return
        rows = (*now.rows, *told) if after else tuple(told)
        troubled = now.troubled if after else models.troubled_columns(told)
        self._draft(refused=replace(now, rows=rows, troubled=troubled, more=len(told) == limit, error=None))

    def correct_cell(self, row: int, column: str, text: str) -> None:
        """Put another text in the place of a cell; the row leaves the list where nothing is wrong with it any more."""
        self._draft(refused=replace(self.drafted.refused, busy=self.drafted.refused.busy | {row}, error=None))
        self._bridge.spawn(self._correct(row, {column: text}))

    def correct_refused(self) -> None:
        """Go back from the result to the rows to correct; those that are put right are sent by the same import."""
        if models.reachable(self.project, self.drafted, models.Step.CHECK) and not self.facts.running:
            self._draft(step=models.Step.CHECK, refused=RefusedPage())
            self._bridge.spawn(self._count_rows())
            self.read_refused(None)

    async def _count_rows(self) -> None:
        checked = self.drafted.checked
        assert checked is not None, "rows are refused by a check"
        try:
            told = await self._bridge.call(self.workspace.import_counts, checked.id)
        except DisfError as error:
            self._draft(refused=replace(self.drafted.refused, error=error))
            return
        now = self.drafted.checked
        if now is not None and now.id == checked.id:
            self._draft(checked=replace(now, counts=told))

    async def _correct(self, row: int, cells: dict[str, str]) -> None:
        checked = self.drafted.checked
        assert checked is not None, "rows are corrected after a check"
        try:
            left = await self._bridge.call(self.workspace.correct_row, checked.id, row, cells)
            told = await self._bridge.call(self.workspace.import_counts, checked.id)
        except DisfError as error:
            page = self.drafted.refused
            self._draft(refused=replace(page, busy=page.busy - {row}, error=error))
            return
        page, now = self.drafted.refused, self.drafted.checked
        if now is None or now.id != checked.id:
            return
        rows = tuple(each if each.row != row else left for each in page.rows)
        self._draft(
            checked=replace(now, counts=told),
            refused=replace(
                page,
                rows=tuple(each for each in rows if each is not None),
                busy=page.busy - {row},
                corrected=page.corrected + (left is None),
            ),
        )

    def bring_back(self) -> None:
        """Let the rows of people who were erased be sent, because the person asks for it; for this import alone."""
        self._bridge.spawn(self._bring_back())

    async def _bring_back(self) -> None:
        checked = self.drafted.checked
        assert checked is not None, "a check has found who was erased"
        try:
            await self._bridge.call(self.workspace.bring_back, checked.id)
        except DisfError as error:
            self._draft(refused=replace(self.drafted.refused, error=error))
            return
        self._draft(bring_back=True)
        await self._count_rows()
        self.read_refused(None)

    def save_refused(self, path: Path) -> None:
        """Write the refused rows to a CSV file."""
        checked = self.drafted.checked
        assert checked is not None, "rows are refused by a check"
        self._write_out(
            partial(self.workspace.save_refused, checked.id, path, explained), lambda _: {"saved_refused": path}
        )

    # what came of it

    def save_results(self, folder: Path, then_again: bool = False) -> None:
        """Write what became of every row to files of a folder; `then_again` imports those that failed from there."""
        finished = self.drafted.finished
        assert finished is not None, "results come after an import"
        verb = partial(self.workspace.save_results, finished.id, folder, explained)
        then = self.import_failed_again if then_again else None
        self._write_out(verb, lambda told: {"results": dict(told)}, then)

    def _write_out(
        self, verb: Callable[[], T], changes: Callable[[T], dict[str, Any]], then: Callable[[], None] | None = None
    ) -> None:
        async def go() -> None:
            with self._store.asking(SAVING):
                try:
                    told = await self._bridge.call(verb)
                except DisfError as error:
                    self._draft(saving_error=error)
                    return
            self._draft(saving_error=None, **changes(told))
            if then is not None:
                then()

        self._bridge.spawn(go())

    def import_failed_again(self) -> None:
        """Begin an import of the rows that failed, from the file that was saved of them, as the whole file was."""
        facts, known = self.drafted, self.project.recipe(self.drafted.recipe)
        path = facts.results.get("error")
        if path is None or known is None or self.facts.running:
            return
        self._begin_anew(models.draft_of(known), taken_from=known.name, recipe=known.name, step=models.Step.FILE)
        self._read_table()
        self.choose_file(path)
