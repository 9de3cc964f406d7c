"""What a person chooses before a file is imported: where it goes, how it is written, which column fills what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QUndoStack

from disf_desktop.core.errors import DisfError
from disf_desktop.core.importing.file_form import Recognised
from disf_desktop.core.importing.recipe import ImportColumn, ImportConsent, ImportMode
from disf_desktop.core.project import Project
from disf_desktop.core.project_rules import consent_fields
from disf_desktop.core.schema import Schema, Side
from disf_desktop.gui.deeds.editing import EditDeeds, Said, Step
from disf_desktop.gui.models import imports as models
from disf_desktop.gui.models.imports import Draft, ImportFacts
from disf_desktop.gui.words.figures import counts
from disf_desktop.gui.words.translation import translate

if TYPE_CHECKING:
    from disf_desktop.core.suggest import Suggestion

READING_FILE, READING_TABLE = "import_file", "import_table"
"""What is being asked, among the facts."""


class DraftDeeds(EditDeeds):
    """The choices of the wizard. `import_steps` are those on columns, which can be undone while the wizard is open."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.import_steps = QUndoStack(self)
        self._let_lie: set[str] = set()

    @property
    def drafted(self) -> ImportFacts:
        """What the wizard knows."""
        return self.facts.imports

    def _draft(self, **changes: Any) -> None:
        self._store.update(imports=replace(self.drafted, **changes))

    @property
    def _importing(self) -> bool:
        run = self.facts.run
        return run is not None and run.under_way and run.kind.is_of_file

    # beginning

    def begin_import(self, path: Path | None = None, to: str = "") -> None:
        """Show the wizard: what is under way, else what was begun, else a new import; `path` is the file, `to` where
        it goes unless that was chosen already."""
        if self.facts.project is None:
            return
        if not self._importing:
            if not self.drafted.begun or self.drafted.finished is not None:
                self._begin_anew()
                self._bridge.spawn(self._read_unfinished())
            if to and not self.drafted.draft.to:
                self.choose_destination(to)
            if path is not None:
                self.choose_file(path)
        self.import_wanted.emit()

    def import_again(self, recipe: str) -> None:
        """Show the wizard for another file of the same shape."""
        known = self.project.recipe(recipe)
        if known is not None and not self._importing:
            self._begin_anew(models.draft_of(known), taken_from=recipe, step=models.Step.FILE)
            self._read_table()
        self.import_wanted.emit()

    async def _read_unfinished(self) -> None:
        workspace = self.workspace
        try:
            told = await self._bridge.call(workspace.unfinished_imports)
        except DisfError:
            return  # what cannot be read now is no reason to hold a new import up
        if workspace is self._workspace:
            self._draft(unfinished=tuple(each for each in told if each.id not in self._let_lie))

    def let_lie(self, import_id: str) -> None:
        """Speak of an unfinished import no more, as long as the window is open."""
        self._let_lie.add(import_id)
        self._draft(unfinished=tuple(each for each in self.drafted.unfinished if each.id != import_id))

    def start_over(self) -> None:
        """Forget what was chosen, and begin a new import."""
        if not self._importing:
            self._begin_anew()

    def _begin_anew(self, draft: Draft | None = None, **more: Any) -> None:
        self.import_steps.clear()
        self._store.update(imports=ImportFacts(begun=True, draft=draft or Draft(), folder=self.drafted.folder, **more))

    def go_to_step(self, step: models.Step) -> None:
        """Look at another step, where that can be done now."""
        if models.reachable(self.project, self.drafted, step):
            self._draft(step=step)

    # the destination

    def choose_destination(self, to: str) -> None:
        """Choose where the rows go; columns are paired anew where that is another table."""
        if to == self.drafted.draft.to:
            return
        draft = replace(self.drafted.draft, to=to, key=(), columns=(), consents=(), mode=ImportMode.UPSERT)
        self.import_steps.clear()
        self._draft(draft=draft, taken_from="", recipe="", suggestions=(), checked=None)
        self._read_table()

    def read_table_again(self) -> None:
        """Read the fields of the destination once more."""
        self._read_table()

    def choose_mode(self, mode: ImportMode) -> None:
        """Choose what a row may do; a key that does not suit it is let go."""
        draft, schema = self.drafted.draft, models.schema_now(self.drafted)
        key = draft.key
        if schema is not None and schema.side is Side.SALESFORCE:
            possible = models.keys_possible(schema, mode)
            if mode is ImportMode.CREATE and draft.mode is not mode:
                key = ()
            elif not key or key[0] not in possible:
                key = possible[:1]
        self._draft(draft=replace(draft, mode=mode, key=key))

    def choose_key(self, key: tuple[str, ...]) -> None:
        """Choose by which field a row finds its record; none makes a record of every row."""
        self._draft(draft=replace(self.drafted.draft, key=key))

    def _read_table(self) -> None:
        to = self.drafted.draft.to
        if to:
            self._bridge.spawn(self._read_schema_of(to))

    async def _read_schema_of(self, to: str) -> None:
        schema, trouble, workspace = None, None, self._workspace
        with self._store.asking(READING_TABLE):
            try:
                schema = await self._bridge.call(self.workspace.import_schema, to)
            except DisfError as error:
                trouble = error
        if workspace is not self._workspace or self.drafted.draft.to != to:
            return
        if schema is None:
            self._draft(schema_error=trouble)
            return
        self._draft(schema=schema, schema_of=to, schema_error=None)
        if not self.drafted.draft.key:
            self.choose_mode(self.drafted.draft.mode)
        if self.drafted.recognised is not None:
            self._store.update(imports=models.with_earlier_columns(self.project, self.drafted))
        self._suggest_columns()

    # the file

    def choose_file(self, path: Path, pasted: bool = False) -> None:
        """Take a file; what was said of an earlier one is recognised anew."""
        form = self.drafted.draft.form
        if self.drafted.file is not None:
            form = type(form)()
        self._draft(
            file=path,
            folder=self.drafted.folder if pasted else path.parent,
            pasted=pasted,
            draft=replace(self.drafted.draft, form=form),
            recognised=None,
            file_error=None,
            checked=None,
        )
        self._recognise()

    def paste_rows(self, text: str) -> None:
        """Take rows that were copied from a spreadsheet."""

        async def go() -> None:
            try:
                path = await self._bridge.call(self.workspace.keep_pasted, text)
            except DisfError as error:
                self._draft(file_error=error)
                return
            self.choose_file(path, pasted=True)

        self._bridge.spawn(go())

    def say_form(self, **changes: Any) -> None:
        """Say how the file is written, where that was recognised wrongly; None lets it be recognised again."""
        form = self.drafted.draft.form.model_copy(update=changes)
        self._draft(draft=replace(self.drafted.draft, form=form), checked=None)
        self._recognise()

    def _recognise(self) -> None:
        if self.drafted.file is not None:
            self._bridge.spawn(self._recognise_file())

    async def _recognise_file(self) -> None:
        path, draft, workspace = self.drafted.file, self.drafted.draft, self._workspace
        assert path is not None, "a file was chosen"
        found, trouble = None, None
        with self._store.asking(READING_FILE):
            try:
                found = await self._bridge.call(self.workspace.recognise_file, path, draft.form, draft.to or None)
            except DisfError as error:
                trouble = error
        if workspace is not self._workspace or (self.drafted.file, self.drafted.draft.form) != (path, draft.form):
            return  # another file, or said otherwise, meanwhile
        if found is None:
            self._draft(recognised=None, file_error=trouble)
            return
        self.import_steps.clear()
        fresh = replace(self.drafted, recognised=found, file_error=None)
        self._store.update(imports=models.with_earlier_columns(self.project, fresh))
        self._suggest_columns()

    # the columns

    def pair_column(self, column: str, field: str) -> int:
        """Let a column fill a field, in the place of the one that does; give the number of the pair."""
        draft = self.drafted.draft
        kept = [each for each in draft.columns if each.field.casefold() != field.casefold()]
        columns = (*kept, ImportColumn(column=column, field=field))
        self._edit_draft(
            lambda: translate("Importing", "Pair {0} with {1}").format(column, field), replace(draft, columns=columns)
        )
        return len(columns) - 1

    def unpair_column(self, number: int) -> None:
        """Let a column fill a field no more."""
        draft = self.drafted.draft
        gone = draft.columns[number]
        columns = (*draft.columns[:number], *draft.columns[number + 1 :])
        self._edit_draft(
            lambda: translate("Importing", "Remove the pair {0} and {1}").format(gone.column, gone.field),
            replace(draft, columns=columns),
        )

    def change_column(self, number: int, **changes: Any) -> None:
        """Change what is done with the cells of a column on their way."""
        draft = self.drafted.draft
        changed = draft.columns[number].model_copy(update=changes)
        columns = (*draft.columns[:number], changed, *draft.columns[number + 1 :])
        self._edit_draft(
            lambda: translate("Importing", "Change how {0} is written").format(changed.column),
            replace(draft, columns=columns),
        )

    def accept_columns(self, chosen: Sequence[Suggestion]) -> None:
        """Pair what was proposed, in one step."""
        draft = self.drafted.draft
        fresh = tuple(ImportColumn(column=each.source, field=each.target) for each in chosen)
        if len(fresh) == 1:
            self.pair_column(fresh[0].column, fresh[0].field)
        elif fresh:
            self._edit_draft(
                lambda: counts.accept_suggestions(len(fresh)), replace(draft, columns=(*draft.columns, *fresh))
            )

    def dismiss_column(self, unwanted: Suggestion) -> None:
        """Propose this pair no more."""
        self._draft(suggestions=tuple(each for each in self.drafted.suggestions if each != unwanted))

    def put_consent(self, consent: ImportConsent, number: int | None = None) -> None:
        """Say what a column tells of people's consent, in the place of what was said of one."""
        draft = self.drafted.draft
        consents = list(draft.consents)
        if number is None:
            consents.append(consent)
        else:
            consents[number] = consent
        columns = tuple(each for each in draft.columns if each.column != consent.column)
        self._edit_draft(
            lambda: translate("Importing", "Say what {0} tells of consent").format(consent.column),
            replace(draft, consents=tuple(consents), columns=columns),
        )

    def remove_consent(self, number: int) -> None:
        """Leave what a column tells of consent out."""
        draft = self.drafted.draft
        gone = draft.consents[number]
        rest = (*draft.consents[:number], *draft.consents[number + 1 :])
        self._edit_draft(
            lambda: translate("Importing", "Leave the consent of {0} out").format(gone.column),
            replace(draft, consents=rest),
        )

    def _edit_draft(self, said: Said, after: Draft) -> None:
        if after != self.drafted.draft:
            self.import_steps.push(Step(said, self.drafted.draft, after, self._show_draft))

    def _show_draft(self, draft: Draft) -> None:
        self._draft(draft=draft)

    def _suggest_columns(self) -> None:
        """Propose pairs, once the columns and the fields are known."""
        facts, schema = self.drafted, models.schema_now(self.drafted)
        if facts.recognised is not None and schema is not None:
            self._bridge.spawn(self._propose_columns(facts.recognised, schema))

    async def _propose_columns(self, found: Recognised, schema: Schema) -> None:
        suggest = partial(propose, self.project, found, schema)
        told = await self._bridge.call(suggest)
        if self.drafted.recognised is found and models.schema_now(self.drafted) is schema:
            self._draft(suggestions=told)


def propose(project: Project, found: Recognised, schema: Schema) -> tuple[Suggestion, ...]:
    """Propose which column fills which field; what that needs is imported in the thread that calls it."""
    from disf_desktop.core.importing.suggest import suggest_columns
    from disf_desktop.core.suggest import Evidence, Reason, Suggestion

    return tuple(
        Suggestion(each.column, each.field, each.score, each.certain, Reason(Evidence(each.evidence.value)))
        for each in suggest_columns(found.columns, schema, consent_fields(project))
    )
