"""The states of the import wizard, for the checks of what is on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from disf_desktop.core.errors import FileRefused
from disf_desktop.core.events import Progress, RunState, RunStatus, Stage
from disf_desktop.core.importing.recipe import ImportConsent, ImportRecipe
from disf_desktop.core.importing.unfinished import UnfinishedImport
from disf_desktop.core.schema import Side
from disf_desktop.gui.import_wizard.columns import View
from disf_desktop.gui.import_wizard.wizard import ImportWizard
from disf_desktop.gui.models.facts import Run, RunKind
from disf_desktop.gui.models.imports import ImportFacts, RefusedPage, Step, troubled_columns
from tests.gui.fake_imports import COUNTS, checked, contacts_file, dated_file, failed_rows, finished, refused_rows
from tests.gui.rehearsal import Rehearsal


def import_states(rehearsal: Rehearsal, settle: Callable[[], None]) -> Iterator[str]:
    """Bring the wizard into each of its states, one after the other, and close it."""
    window, desk, store = rehearsal.window, rehearsal.desk, rehearsal.store
    before = store.facts.run
    store.update(imports=ImportFacts(), run=None)
    desk.begin_import(to="webforms/Contact")
    wizard = window.imports.wizard
    settle()
    yield "where to"
    recipe = ImportRecipe(name="Members", to="webforms/Contact")
    earlier = UnfinishedImport("b2-1", Path("contacts-2026.csv"), recipe, "2026-11-20T10:00:00Z", 248_310, 12_400)
    for each in (earlier, replace(earlier, changed=True)):
        store.update(imports=replace(store.facts.imports, unfinished=(each,)))
        settle()
        yield "one of earlier that changed" if each.changed else "one of earlier"
    store.update(imports=replace(store.facts.imports, unfinished=()))
    desk.choose_destination("prod/Contact")
    settle()
    yield "to Salesforce"
    desk.choose_destination("webforms/Contact")
    desk.go_to_step(Step.FILE)
    settle()
    yield "which file"
    rehearsal.workspace.errors["recognise"] = FileRefused(
        "EMail is not an e-mail address.", "Wait, then try again.", "contacts.pdf"
    )
    desk.choose_file(contacts_file(rehearsal.places.profile))
    settle()
    yield "a file that cannot be read"
    del rehearsal.workspace.errors["recognise"]
    desk.choose_file(dated_file(rehearsal.places.profile))
    settle()
    yield "how are the dates written"
    desk.choose_file(contacts_file(rehearsal.places.profile))
    settle()
    yield "the file as it is read"
    yield from _columns(rehearsal, wizard, settle)
    yield from _check(rehearsal, settle)
    yield from _sending(rehearsal, settle)
    wizard.close()
    store.update(imports=ImportFacts(), run=before)
    settle()


def _columns(rehearsal: Rehearsal, wizard: ImportWizard, settle: Callable[[], None]) -> Iterator[str]:
    desk = rehearsal.desk
    desk.go_to_step(Step.COLUMNS)
    settle()
    yield "columns with suggestions"
    page = wizard.pages[Step.COLUMNS]
    page.canvas.acts.accept_certain()  # type: ignore[attr-defined]
    settle()
    page.canvas.choose(0)  # type: ignore[attr-defined]
    settle()
    yield "a pair of columns"
    page.views.picked.emit(View.TABLE)  # type: ignore[attr-defined]
    settle()
    yield "columns in a table"
    desk.put_consent(ImportConsent(column="Infolettre", consent="Newsletter", since="2024-05-01", source="Salon"))
    page.views.picked.emit(View.CONSENTS)  # type: ignore[attr-defined]
    settle()
    yield "consents"
    dialog = page.consents.ask("Infolettre", 0)  # type: ignore[attr-defined]
    settle()
    yield "a consent"
    dialog.reject()
    page.views.picked.emit(View.LINES)  # type: ignore[attr-defined]


def _check(rehearsal: Rehearsal, settle: Callable[[], None]) -> Iterator[str]:
    store = rehearsal.store
    draft = store.facts.imports.draft
    progress = Progress("", Stage.READ, Side.DIALOG_INSIGHT, 120_000, 248_310, 41_800.0, 3.0)
    checking = replace(store.facts.imports, step=Step.CHECK, of=draft, checked=None)
    store.update(run=Run(RunKind.CHECK, None, RunState(progress=progress)), imports=checking)
    settle()
    yield "being checked"
    page = RefusedPage(rows=refused_rows(), troubled=troubled_columns(refused_rows()), corrected=2)
    done = replace(store.facts.imports, checked=checked(), refused=page)
    store.update(run=None, imports=done)
    settle()
    yield "checked"
    erased = replace(COUNTS, refused=89, problems={**COUNTS.problems, "erased": 3})
    store.update(imports=replace(done, checked=checked(erased)))
    settle()
    yield "people who were erased"
    store.update(imports=done)
    settle()


def _sending(rehearsal: Rehearsal, settle: Callable[[], None]) -> Iterator[str]:
    store = rehearsal.store
    progress = Progress("", Stage.APPLY, Side.DIALOG_INSIGHT, 120_000, 248_224, 3950.0, 32.0, 119_400, 0, 612)
    sending = replace(store.facts.imports, step=Step.IMPORT, failed=failed_rows())
    store.update(run=Run(RunKind.IMPORT, None, RunState(progress=progress)), imports=sending)
    settle()
    yield "under way"
    store.update(run=None)
    settle()
    yield "broken off"
    folder = rehearsal.places.profile
    results = {what: folder / f"{what}.csv" for what in ("results", "success", "error", "consents")}
    over = replace(store.facts.imports, step=Step.RESULT, finished=finished(), results=results)
    store.update(imports=over)
    settle()
    yield "result"
    store.update(imports=replace(over, finished=finished(RunStatus.STOPPED, left=1200), results={}))
    settle()
    yield "stopped"
    store.update(
        imports=replace(over, finished=replace(finished(RunStatus.SUCCESS), failed=0, refused=0), failed=(), results={})
    )
    settle()
    yield "all arrived"
    rest = replace(finished(), failed=0)
    corrected = replace(over, step=Step.CHECK, finished=rest, checked=checked(replace(COUNTS, sent=COUNTS.to_send)))
    store.update(imports=corrected)
    settle()
    yield "corrected afterwards"
