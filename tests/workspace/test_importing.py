"""Imports as a face meets them: what is recognised, checked, corrected and kept, over the simulator."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from disf_desktop.core.errors import FileRefused, LedgerError, LedgerIsBusy, SettingsError, Stopped
from disf_desktop.core.events import RunStatus
from disf_desktop.core.importing.events import ImportChecked, ImportFinished, ImportState, RowRefused
from disf_desktop.core.importing.file_form import Aspect
from disf_desktop.core.importing.recipe import FileForm, ImportColumn, ImportMode, ImportRecipe
from disf_desktop.core.importing.wish import ImportWish
from disf_desktop.core.schema import Side
from disf_desktop.core.suppression import identities
from disf_desktop.storage import project_file
from disf_desktop.storage.importing.book import ImportBook
from disf_desktop.storage.ledger import Ledger
from disf_desktop.storage.lock import RunLock
from disf_desktop.storage.vault import ledger_key, open_vault
from disf_desktop.workspace import Places, Workspace
from disf_desktop.workspace.import_books import KEPT_BOOKS, NoSuchImport
from disf_desktop.workspace.import_settings import import_id, schema_as_text, schema_of
from tests.services.salesforce_simulator import Simulator, running

COLUMNS = (
    ImportColumn(column="Numéro", field="SalesforceID"),
    ImportColumn(column="Courriel", field="EMail"),
    ImportColumn(column="Prénom", field="FirstName"),
)
LIST = ImportRecipe(name="Gens", to="newsletter/Contact", columns=COLUMNS)


def record_id(number: int) -> str:
    return f"003{number:012d}AAA"


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with running(tmp_path_factory.mktemp("simulator"), records=20) as simulator:
        yield simulator


@pytest.fixture
def workspace(simulator: Simulator, tmp_path: Path) -> Workspace:
    """A project file on a simulator that is back at its seed, with a profile of its own."""
    simulator.control("reset", {})
    file, secrets = tmp_path / "work.disf.yaml", tmp_path / "secrets.yaml"
    shutil.copy(simulator.ready["project_file"], file)
    shutil.copy(simulator.ready["secrets"], secrets)
    return Workspace(file, Places(tmp_path / "profile", secrets))


def people(folder: Path, count: int = 6, **changed: dict[int, str]) -> Path:
    file = folder / "gens.csv"
    with file.open("w", encoding="cp1252", newline="") as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerow(["Numéro", "Courriel", "Prénom"])
        for n in range(count):
            row = {"Numéro": record_id(n), "Courriel": f"zoe{n}@exemple.example", "Prénom": f"Zoé {n}"}
            writer.writerow([changed.get(name, {}).get(n, text) for name, text in row.items()])
    return file


def checked(workspace: Workspace, file: Path, recipe: ImportRecipe = LIST, **more: Any) -> ImportChecked:
    state = ImportState()
    for event in workspace.check_file(file, recipe, **more):
        state = state.after(event)
    assert state.checked is not None
    return state.checked


def sent(workspace: Workspace, file: Path, recipe: ImportRecipe = LIST, **more: Any) -> ImportFinished:
    state = ImportState()
    for event in workspace.import_file(file, recipe, **more):
        state = state.after(event)
    assert state.finished is not None
    return state.finished


def test_a_file_is_recognised_and_what_is_said_of_it_stands(workspace: Workspace, tmp_path: Path) -> None:
    seen = workspace.recognise_file(people(tmp_path), FileForm(), "newsletter/Contact")
    assert (seen.form.names, seen.form.delimiter, seen.form.time_zone) == (
        ("Numéro", "Courriel", "Prénom"),
        ";",
        "America/Toronto",
    )
    said = workspace.recognise_file(people(tmp_path), FileForm(encoding="mac-roman", time_zone="Asia/Tokyo"))
    assert said.form.time_zone == "Asia/Tokyo"
    found = said.finding(Aspect.ENCODING)
    assert found is not None
    assert found.said


def test_a_file_that_is_not_there_is_refused_by_its_name_alone(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as told:
        workspace.recognise_file(tmp_path / "rien.csv", FileForm())
    assert str(tmp_path) not in f"{told.value.message} {told.value.what_to_do} {told.value.where}"


def test_a_destination_gives_its_fields_and_one_that_is_not_there_is_a_problem(workspace: Workspace) -> None:
    assert workspace.import_schema("newsletter/contact").side is Side.DIALOG_INSIGHT
    assert "OrderNumber" in workspace.import_schema("newsletter/ORDERS").fields
    assert "Legacy_Id__c" in workspace.import_schema("salesforce-demo/Contact").fields
    with pytest.raises(SettingsError):
        workspace.import_schema("salesforce-demo")


def test_a_schema_is_kept_as_it_is(workspace: Workspace) -> None:
    for to in ("newsletter/Contact", "salesforce-demo/Contact"):
        schema = workspace.import_schema(to)
        assert schema_of(schema_as_text(schema)) == schema


def test_an_import_is_named_by_its_file_and_its_recipe_but_not_by_the_recipes_name() -> None:
    named = import_id("a" * 64, LIST)
    assert import_id("a" * 64, LIST.model_copy(update={"name": "Autre", "header": ("x",)})) == named
    assert import_id("b" * 64, LIST) != named
    assert import_id("a" * 64, LIST.model_copy(update={"mode": ImportMode.UPDATE})) != named


def test_a_recipe_is_planned_from_names_alone(workspace: Workspace, tmp_path: Path) -> None:
    planned = workspace.plan_import(people(tmp_path), ImportWish(to="newsletter/Contact"))
    assert {each.column: each.field for each in planned.recipe.columns}.items() >= {
        ("Courriel", "EMail"),
        ("Prénom", "FirstName"),
    }
    assert planned.recipe.name == "gens"


def test_a_refused_row_is_put_right_and_then_sent(workspace: Workspace, tmp_path: Path) -> None:
    file = people(tmp_path, Courriel={1: "pas une adresse", 3: ""})
    before = file.read_bytes()
    found = checked(workspace, file)
    assert (found.counts.rows, found.counts.refused, found.counts.decided) == (6, 2, 4)
    first, second = workspace.refused_rows(found.id)
    assert (first.row, first.cells["Courriel"], first.problems[0].code) == (3, "pas une adresse", "email")
    still = workspace.correct_row(found.id, first.row, {"Courriel": "toujours pas"})
    assert still is not None
    assert still.problems[0].code == "email"
    assert still.corrected == {"Courriel"}
    assert workspace.correct_row(found.id, first.row, {"Courriel": "zoe1@exemple.example"}) is None
    assert [each.row for each in workspace.refused_rows(found.id)] == [second.row]
    assert workspace.import_counts(found.id).refused == 1
    assert workspace.import_counts(found.id).decided == 5
    done = sent(workspace, file)
    assert (done.id, done.created, done.refused, done.status) == (found.id, 5, 1, RunStatus.PARTIAL)
    assert workspace.correct_row(found.id, second.row, {"Courriel": "zoe3@exemple.example"}) is None
    done = sent(workspace, file)
    assert (done.id, done.created, done.refused, done.status) == (found.id, 6, 0, RunStatus.SUCCESS)
    assert file.read_bytes() == before


def test_a_row_that_is_corrected_to_the_key_of_another_one_stays_refused(workspace: Workspace, tmp_path: Path) -> None:
    found = checked(workspace, people(tmp_path, Numéro={2: ""}))
    told = workspace.correct_row(found.id, 4, {"Numéro": record_id(0)})
    assert told is not None
    assert told.problems[0].code == "duplicate_key"
    assert dict(told.problems[0].figures) == {"row": 2, "count": 2}
    assert workspace.correct_row(found.id, 4, {"Numéro": record_id(77)}) is None


def test_of_two_rows_with_one_key_both_are_free_when_one_is_given_another(workspace: Workspace, tmp_path: Path) -> None:
    file = people(tmp_path, Numéro={2: record_id(0)})
    found = checked(workspace, file)
    assert [each.row for each in workspace.refused_rows(found.id, "duplicate_key")] == [2, 4]
    assert workspace.correct_row(found.id, 4, {"Numéro": record_id(50)}) is None
    assert not workspace.refused_rows(found.id)
    assert sent(workspace, file).created == 6


def test_refused_rows_are_saved_as_the_file_has_them(workspace: Workspace, tmp_path: Path) -> None:
    found = checked(workspace, people(tmp_path, Courriel={1: "pas une adresse"}))
    saved = tmp_path / "refusées.csv"
    assert workspace.save_refused(found.id, saved, lambda problem: f"non: {problem.code}") == 1
    assert "pas une adresse" in saved.read_text(encoding="utf-8-sig")
    assert "non: email" in saved.read_text(encoding="utf-8-sig")


def test_results_are_written_again_when_they_are_asked_for(workspace: Workspace, tmp_path: Path) -> None:
    done = sent(workspace, people(tmp_path), results=tmp_path / "out")
    assert {Path(file).name for file in done.results.values()} == {"results.csv", "success.csv", "error.csv"}
    again = workspace.save_results(done.id, tmp_path / "encore")
    assert again["results"].read_bytes() == Path(done.results["results"]).read_bytes()


def test_the_history_has_the_newest_first_and_names_files_without_their_folder(
    workspace: Workspace, tmp_path: Path
) -> None:
    assert workspace.imports() == ()
    assert not workspace.places.profile.exists()
    file = people(tmp_path)
    first = sent(workspace, file)
    second = checked(workspace, people(tmp_path, 7))
    told = workspace.imports()
    assert {each.id for each in told} == {first.id, second.id}
    assert {each.file for each in told} == {"gens.csv"}
    by_id = {each.id: each for each in told}
    assert (by_id[first.id].status, by_id[first.id].run) == ("success", first.run)
    assert (by_id[second.id].status, by_id[second.id].run) == ("", None)


def test_old_books_are_let_go(workspace: Workspace, tmp_path: Path) -> None:
    for count in range(1, KEPT_BOOKS + 3):
        sent(workspace, people(tmp_path, count))
    assert len(workspace.imports()) == KEPT_BOOKS
    with pytest.raises(NoSuchImport):
        workspace.refused_rows("0123456789abcdef-1")


def test_a_pasted_text_is_imported_like_a_file_for_its_owner_alone(workspace: Workspace) -> None:
    path = workspace.keep_pasted(f"Numéro\tCourriel\tPrénom\n{record_id(5)}\tzoe@exemple.example\tZoé\n")
    assert path.stat().st_mode & 0o077 == 0
    assert sent(workspace, path).created == 1


def test_a_folder_that_cannot_be_written_to_is_said_and_is_no_crash(workspace: Workspace, tmp_path: Path) -> None:
    folder = workspace.places.folder(workspace.project.id)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "imports").write_text("no folder", encoding="utf-8")
    with pytest.raises(LedgerError, match="cannot be written to"):
        workspace.keep_pasted("EMail\nzoe@exemple.example\n")
    with pytest.raises(LedgerError, match="cannot be written to"):
        list(workspace.check_file(people(tmp_path), LIST))


def test_a_pasted_text_is_gone_once_it_is_imported_and_another_import_has_begun(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = workspace.keep_pasted(f"Numéro\tCourriel\tPrénom\n{record_id(5)}\tzoe@exemple.example\tZoé\n")
    done = sent(workspace, path)
    assert workspace.save_results(done.id, tmp_path / "out")
    sent(workspace, people(tmp_path))
    assert not path.exists()


def test_a_workbook_leaves_no_copy_of_its_rows_behind(workspace: Workspace, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Numéro", "Courriel", "Prénom"), (record_id(1), "zoe@exemple.example", "Zoé")):
        sheet.append(row)
    file = tmp_path / "gens.xlsx"
    book.save(file)
    assert checked(workspace, file).counts.rows == 1
    assert sent(workspace, file, results=tmp_path / "out").created == 1
    staged = workspace.places.folder(workspace.project.id) / "imports" / "staged"
    assert not list(staged.iterdir())


def test_while_a_book_is_held_nobody_else_writes_in_it(workspace: Workspace, tmp_path: Path) -> None:
    file = people(tmp_path, Courriel={1: "non"})
    events = workspace.check_file(file, LIST)
    next(events)
    with pytest.raises(LedgerIsBusy):
        checked(workspace, file)
    events.close()
    found = checked(workspace, file)
    with RunLock(workspace.places.lock(workspace.project.id)):
        assert checked(workspace, file).id == found.id
        with pytest.raises(LedgerIsBusy):
            sent(workspace, file)


def test_what_salesforce_held_long_ago_is_not_relied_on(workspace: Workspace, tmp_path: Path) -> None:
    columns = (*COLUMNS[2:], ImportColumn(column="Numéro", field="Legacy_Id__c"))
    recipe = LIST.model_copy(update={"to": "salesforce-demo/Contact", "columns": columns, "key": ("Legacy_Id__c",)})
    recipe = recipe.model_copy(update={"mode": ImportMode.UPDATE})
    file = people(tmp_path)
    first = checked(workspace, file, recipe)
    assert checked(workspace, file, recipe).calls[Side.SALESFORCE] == 0
    key = ledger_key(open_vault(workspace.places.secrets, workspace.project.id), workspace.project.id, make=False)
    book = ImportBook.open(workspace.places.folder(workspace.project.id) / "imports" / f"{first.id}.sqlite", key)
    facts = book.facts
    assert facts is not None
    book.note_facts(replace(facts, started="2026-01-01T00:00:00Z"))
    book.close()
    again = checked(workspace, file, recipe)
    assert (again.id, again.calls[Side.SALESFORCE] > 0) == (first.id, True)


def test_a_check_that_is_stopped_begins_again(workspace: Workspace, tmp_path: Path) -> None:
    file = people(tmp_path, Courriel={1: "non"})
    events = workspace.check_file(file, LIST)
    next(events)
    with pytest.raises(Stopped):
        events.throw(Stopped("Stop.", "Run it again."))
    assert checked(workspace, file).counts.rows == 6


def test_what_a_recipe_gets_wrong_is_told_whole(workspace: Workspace, tmp_path: Path) -> None:
    wrong = LIST.model_copy(
        update={"columns": (*COLUMNS[1:], ImportColumn(column="Nom", field="LastName"), COLUMNS[1])}
    )
    with pytest.raises(SettingsError) as told:
        checked(workspace, people(tmp_path), wrong)
    assert len(told.value.problems) >= 3


def test_a_changed_file_is_another_import(workspace: Workspace, tmp_path: Path) -> None:
    first = checked(workspace, people(tmp_path))
    second = checked(workspace, people(tmp_path, Prénom={0: "Léa"}))
    assert first.id != second.id


def test_only_so_many_refused_rows_are_told_and_all_are_kept(workspace: Workspace, tmp_path: Path) -> None:
    file = people(tmp_path, 1200, Courriel=dict.fromkeys(range(1100), "non"))
    told = [event for event in workspace.check_file(file, LIST) if isinstance(event, RowRefused)]
    assert len(told) == 1000
    again = [event for event in workspace.check_file(file, LIST) if isinstance(event, RowRefused)]
    assert [event.problem.row for event in again] == [event.problem.row for event in told]
    [found] = workspace.imports()
    assert found.counts is not None
    assert found.counts.refused == 1100
    assert len(workspace.refused_rows(found.id, "email", 1001, 5000)) == 100


def test_a_report_of_a_problem_says_nothing_of_people_whose_rows_were_refused(
    workspace: Workspace, tmp_path: Path
) -> None:
    from disf_desktop.core.edits import with_recipe

    workspace.save(with_recipe(workspace.project, LIST.model_copy(update={"name": "Donateurs", "header": ("Numéro",)})))
    checked(workspace, people(tmp_path, Courriel={1: "Tremblay"}, Prénom={1: "Eugénie"}))
    report = workspace.problem_report("Eugénie Tremblay de gens.csv, par Donateurs", (), {})
    text = "\n".join(part.text for part in report.parts)
    for word in ("Eugénie", "Tremblay", "gens.csv", "Donateurs", "Courriel"):
        assert word not in text
    assert '"refused": 1' in text
    assert '"email": 1' in text


def test_a_recipe_is_saved_with_the_project(workspace: Workspace) -> None:
    from disf_desktop.core.edits import with_recipe

    workspace.save(with_recipe(workspace.project, LIST))
    assert project_file.load(workspace.path).recipe("Gens") == LIST


def test_a_file_is_looked_at_once_until_it_or_what_is_said_of_it_is_another(
    workspace: Workspace, tmp_path: Path
) -> None:
    file = people(tmp_path)
    seen = workspace.recognise_file(file, FileForm(), "newsletter/Contact")
    assert workspace.recognise_file(file, FileForm(), "newsletter/Contact") is seen
    assert workspace.recognise_file(file, FileForm(header=0), "newsletter/Contact").form.header == 0
    file.write_text("Courriel\tPrénom\nzoe@exemple.example\tZoé\n", encoding="utf-8")
    assert workspace.recognise_file(file, FileForm(), "newsletter/Contact").form.delimiter == "\t"


def forget(workspace: Workspace, *numbers: int) -> None:
    """Note people as erased, as a run does a month after it found them gone."""
    key = ledger_key(open_vault(workspace.places.secrets, workspace.project.id), workspace.project.id, make=True)
    with RunLock(workspace.places.lock(workspace.project.id)) as lock:
        ledger = Ledger.open(workspace.ledger_path, key, lock)
        for n in numbers:
            known = identities(record_id(n).casefold(), {"EMail": f"zoe{n}@exemple.example"})
            ledger.suppress(known, "erased", "2026-01-05T10:00:00Z")
        ledger.close()


def test_people_who_were_erased_are_not_sent_until_somebody_asks_and_then_in_the_same_import(
    workspace: Workspace, tmp_path: Path
) -> None:
    workspace.ledger_path.parent.mkdir(parents=True)
    forget(workspace, 1, 4)
    file = people(tmp_path)
    found = checked(workspace, file)
    assert (found.counts.problems, found.counts.to_send) == ({"erased": 2}, 4)
    first = sent(workspace, file)
    assert (first.created, first.refused, first.status) == (4, 2, RunStatus.PARTIAL)
    assert workspace.bring_back(first.id) == 2
    counts = workspace.import_counts(first.id)
    assert (counts.refused, counts.left, counts.back) == (0, 2, 2)
    second = sent(workspace, file, bring_back=True)
    assert (second.id, second.created, second.refused, second.left) == (first.id, 6, 0, 0)
    assert checked(workspace, file, anew=True).counts.problems == {}, "they are erased no more"


def test_asking_holds_for_one_import_and_is_not_taken_for_granted_by_the_next(
    workspace: Workspace, tmp_path: Path
) -> None:
    workspace.ledger_path.parent.mkdir(parents=True)
    forget(workspace, 1)
    file = people(tmp_path)
    found = checked(workspace, file, bring_back=True)
    assert (found.counts.refused, found.counts.back) == (0, 1)
    unasked = checked(workspace, file)
    assert (unasked.id, unasked.counts.refused, unasked.counts.back) == (found.id, 1, 0)
    assert sent(workspace, file).refused == 1


def test_a_correction_lets_nobody_through_who_was_erased(workspace: Workspace, tmp_path: Path) -> None:
    workspace.ledger_path.parent.mkdir(parents=True)
    forget(workspace, 1)
    id = checked(workspace, people(tmp_path, Courriel={3: "nobody"})).id
    still = workspace.correct_row(id, 3, {"Prénom": "Another"})
    assert still is not None
    assert [p.code for p in still.problems] == ["erased"]
    wrong = workspace.correct_row(id, 5, {"Courriel": "zoe1@exemple.example"})
    assert wrong is not None
    assert [p.code for p in wrong.problems] == ["erased"]
    assert workspace.correct_row(id, 5, {"Courriel": "zoe3@exemple.example"}) is None
