"""Imports over HTTP by every way of writing, and the same file a second time: nobody is there twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from disf_desktop.core.events import RunStatus
from disf_desktop.core.importing.file_form import RESULT_COLUMNS
from disf_desktop.core.importing.recipe import ImportMode
from disf_desktop.core.schema import Side
from disf_desktop.workspace import Workspace
from disf_desktop.workspace.import_jobs import ImportedAlready
from tests.journeys.conftest import Begin
from tests.journeys.importing import (
    NEWSLETTER,
    ORG,
    TO_LIST,
    TO_ORG,
    addresses,
    calls,
    imported,
    in_org,
    newcomer,
    newcomers,
    read,
    record_id,
    table,
)
from tests.journeys.rehearsal import Rehearsal, only

LEGACY = "Legacy_Id__c"
WITHOUT_KEY = {column: field for column, field in TO_ORG.items() if field != LEGACY}


@pytest.fixture
def story(begin: Begin) -> Rehearsal:
    return begin(only("Contacts"))


def everybody(count: int) -> Counter[str]:
    return Counter(newcomer(n)["Courriel"] for n in range(count))


# Dialog Insight


def test_update_only_leaves_those_out_who_are_not_there(story: Rehearsal, tmp_path: Path) -> None:
    imported(story, table(tmp_path / "a.csv", newcomers(3)), NEWSLETTER, TO_LIST)
    rows = [{**row, "Prénom": "Léa"} for row in newcomers(5)]
    told = imported(story, table(tmp_path / "b.csv", rows), NEWSLETTER, TO_LIST, mode=ImportMode.UPDATE)
    assert told.rows == (0, 3, 0, 0, 2, 0)
    assert set(told.refused) == {5, 6}
    assert addresses(story) == everybody(3)
    assert [row["f_FirstName"] for row in story.contacts().values()] == ["Léa"] * 3


def test_create_only_leaves_those_as_they_are_who_are_there(story: Rehearsal, tmp_path: Path) -> None:
    imported(story, table(tmp_path / "a.csv", newcomers(3)), NEWSLETTER, TO_LIST)
    rows = [{**row, "Prénom": "Léa"} for row in newcomers(5)]
    told = imported(story, table(tmp_path / "b.csv", rows), NEWSLETTER, TO_LIST, mode=ImportMode.CREATE)
    assert told.rows == (2, 0, 0, 0, 3, 0)
    assert set(told.refused) == {2, 3, 4}
    assert addresses(story) == everybody(5)
    assert Counter(row["f_FirstName"] == "Léa" for row in story.contacts().values()) == {True: 2, False: 3}


def test_a_file_that_is_imported_twice_doubles_nobody(story: Rehearsal, tmp_path: Path) -> None:
    file = table(tmp_path / "a.csv", newcomers(5))
    first, second = (imported(story, file, NEWSLETTER, TO_LIST) for _ in range(2))
    assert (first.rows, second.rows) == ((5, 0, 0, 0, 0, 0), (0, 5, 0, 0, 0, 0))
    assert second.checked.counts.unchanged == 5
    assert addresses(story) == everybody(5)


def test_a_key_in_other_capitals_is_the_same_person(story: Rehearsal, tmp_path: Path) -> None:
    imported(story, table(tmp_path / "a.csv", newcomers(2)), NEWSLETTER, TO_LIST)
    rows = [{**row, "Courriel": row["Courriel"].upper()} for row in newcomers(2)]
    told = imported(story, table(tmp_path / "b.csv", rows), NEWSLETTER, TO_LIST)
    assert told.rows == (0, 2, 0, 0, 0, 0)
    assert len(story.contacts()) == 2


# Salesforce


def test_by_external_id_records_are_made_changed_and_left_alone(story: Rehearsal, tmp_path: Path) -> None:
    file = table(tmp_path / "a.csv", newcomers(6))
    assert imported(story, file, ORG, TO_ORG, key=LEGACY).rows == (6, 0, 0, 0, 0, 0)
    calls(story)
    again = imported(story, file, ORG, TO_ORG, key=LEGACY)
    assert again.rows == (0, 0, 6, 0, 0, 0)
    assert again.finished.status is RunStatus.SUCCESS
    assert not [name for name in calls(story) if name in ("collections_upsert", "collections_update", "ingest_create")]
    rows = newcomers(8)
    rows[1]["Nom"] = "Autre"
    told = imported(story, table(tmp_path / "b.csv", rows), ORG, TO_ORG, key=LEGACY)
    assert told.rows == (2, 1, 5, 0, 0, 0)
    assert {number: row["LastName"] for number, row in in_org(story).items()} == {
        row["Matricule"]: row["Nom"] for row in rows
    }


@pytest.mark.parametrize("mode", [ImportMode.UPDATE, ImportMode.CREATE])
def test_update_only_and_create_only_refuse_the_others_in_the_check(
    mode: ImportMode, story: Rehearsal, tmp_path: Path
) -> None:
    imported(story, table(tmp_path / "a.csv", newcomers(3)), ORG, TO_ORG, key=LEGACY)
    rows = [{**row, "Prénom": "Léa"} for row in newcomers(5)]
    told = imported(story, table(tmp_path / "b.csv", rows), ORG, TO_ORG, key=LEGACY, mode=mode)
    updates = mode is ImportMode.UPDATE
    assert told.rows == ((0, 3, 0, 2, 0, 0) if updates else (2, 0, 0, 3, 0, 0))
    assert set(told.refused.values()) == {"not_there" if updates else "already_there"}
    assert set(told.refused) == ({5, 6} if updates else {2, 3, 4})
    assert Counter(row["FirstName"] == "Léa" for row in in_org(story).values()) == (
        {True: 3} if updates else {True: 2, False: 3}
    )


def test_by_id_records_are_changed_and_none_is_made(story: Rehearsal, tmp_path: Path) -> None:
    before = story.people()
    first, second = sorted(before)[:2]
    rows = [
        {"Id": first, "Titre": "Reine"},
        {"Id": second, "Titre": before[second]["Title"] or ""},
        {"Id": record_id(99), "Titre": "Roi"},
    ]
    told = imported(
        story, table(tmp_path / "i.csv", rows), ORG, {"Id": "Id", "Titre": "Title"}, key="Id", mode=ImportMode.UPDATE
    )
    assert told.rows == (0, 1, 1, 1, 0, 0)
    assert told.refused == {4: "not_there"}
    after = story.people()
    assert after.keys() == before.keys()
    assert [rid for rid in after if after[rid]["Title"] != before[rid]["Title"]] == [first]


def test_insert_only_makes_a_record_of_every_row_and_refuses_the_file_a_second_time(
    story: Rehearsal, tmp_path: Path
) -> None:
    file = table(tmp_path / "a.csv", newcomers(4))
    assert imported(story, file, ORG, WITHOUT_KEY, mode=ImportMode.CREATE).rows == (4, 0, 0, 0, 0, 0)
    again = imported(story, file, ORG, WITHOUT_KEY, mode=ImportMode.CREATE)
    assert isinstance(again.error, ImportedAlready)
    assert len(in_org(story)) == 4
    assert imported(story, file, ORG, WITHOUT_KEY, mode=ImportMode.CREATE, anew=True).rows == (4, 0, 0, 0, 0, 0)
    assert len(in_org(story)) == 8


# Mended rows


def wrong(count: int) -> list[dict[str, str]]:
    rows = newcomers(count)
    rows[1]["Courriel"] = "pas une adresse"
    rows[3]["SalesforceID"] = rows[4]["SalesforceID"]
    rows[5]["Prénom"] = "=HYPERLIEN(1)"
    rows[6]["Nom"] = "'-5 à -3"
    rows[7]["Nom"] = "+1 (514)"
    return rows


@pytest.mark.parametrize("which", ["error", "results"])
def test_a_file_of_results_is_mended_and_imported_again(which: str, story: Rehearsal, tmp_path: Path) -> None:
    told = imported(story, table(tmp_path / "a.csv", wrong(8)), NEWSLETTER, TO_LIST, results=tmp_path / "out")
    assert told.rows == (5, 0, 0, 3, 0, 0)
    file = Path(told.finished.results[which])
    rows = read(file)
    assert set(rows[0]) - set(newcomer(0)) == ({"ERROR"} if which == "error" else set(RESULT_COLUMNS))
    for row in rows:
        if row["Courriel"] == "pas une adresse":
            row["Courriel"] = newcomer(1)["Courriel"]
        if row["Courriel"] == newcomer(3)["Courriel"]:
            row["SalesforceID"] = newcomer(3)["SalesforceID"]
    table(file, rows, encoding="utf-8-sig")
    again = imported(story, file, NEWSLETTER, None)
    assert again.finished.left == again.finished.refused == again.finished.failed == 0
    assert again.finished.created == 3
    assert addresses(story) == everybody(8)
    stored = {row["f_SalesforceID"]: row for row in story.contacts().values()}
    for row in newcomers(8):
        there = stored[row["SalesforceID"]]
        assert there["f_EMail"] == row["Courriel"]
    assert stored[newcomer(5)["SalesforceID"]]["f_FirstName"] == "=HYPERLIEN(1)"
    assert stored[newcomer(6)["SalesforceID"]]["f_LastName"] in ("'-5 à -3", "-5 à -3")
    assert stored[newcomer(7)["SalesforceID"]]["f_LastName"] == "+1 (514)"


def test_corrected_rows_are_sent_as_they_were_corrected(story: Rehearsal, tmp_path: Path) -> None:
    file = table(tmp_path / "a.csv", wrong(8))
    found = imported(story, file, NEWSLETTER, TO_LIST, check=True).checked
    mended = newcomer(1)["Courriel"]
    assert story.workspace.correct_row(found.id, 3, {"Courriel": mended}) is None
    assert story.workspace.correct_row(found.id, 5, {"SalesforceID": newcomer(3)["SalesforceID"]}) is None
    told = imported(story, file, NEWSLETTER, TO_LIST)
    assert told.rows == (8, 0, 0, 0, 0, 0)
    assert addresses(story) == everybody(8)
    assert told.finished.id == found.id


def test_a_project_file_that_was_renamed_meanwhile_goes_on_with_its_import(story: Rehearsal, tmp_path: Path) -> None:
    file = table(tmp_path / "a.csv", wrong(8))
    first = imported(story, file, NEWSLETTER, TO_LIST)
    assert first.rows == (5, 0, 0, 3, 0, 0)
    renamed = story.file.rename(story.file.with_name("autre nom.disf.yaml"))
    story.workspace = Workspace(renamed, story.workspace.places)
    story.workspace.correct_row(first.finished.id, 3, {"Courriel": newcomer(1)["Courriel"]})
    told = imported(story, file, NEWSLETTER, TO_LIST)
    assert (told.finished.id, told.rows) == (first.finished.id, (6, 0, 0, 2, 0, 0))
    assert [each.id for each in story.workspace.imports()] == [first.finished.id]


def test_a_file_that_changes_its_name_is_still_the_same_import(story: Rehearsal, tmp_path: Path) -> None:
    file = table(tmp_path / "a.csv", wrong(8))
    first = imported(story, file, NEWSLETTER, TO_LIST)
    story.workspace.correct_row(first.finished.id, 3, {"Courriel": newcomer(1)["Courriel"]})
    told = imported(story, file.rename(tmp_path / "b.csv"), NEWSLETTER, TO_LIST)
    assert (told.finished.id, told.rows) == (first.finished.id, (6, 0, 0, 2, 0, 0))
    assert told.finished.calls[Side.SALESFORCE] == 0
