"""Consents of a file on their way to Salesforce: a no is always written, a yes only where nothing speaks against it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from disf_desktop.core.errors import SettingsError, Stopped
from disf_desktop.core.events import RunStatus
from disf_desktop.core.importing.events import ImportFinished
from disf_desktop.core.importing.recipe import ImportConsent, ImportMode
from disf_desktop.core.importing.rows import RowReason, RowState
from tests.engine.fakes import Fault, Refusal
from tests.engine.import_world import LOOSE, OWN, Death, Import, ImportWorld, Rows

CREATED, UPDATED, FAILED, UNCHANGED = RowState.CREATED, RowState.UPDATED, RowState.FAILED, RowState.UNCHANGED
NEWS = ImportConsent(column="News", consent="Newsletter__c", since_column="Since", since_field="Newsletter_Date__c")
NO_MAIL = ImportConsent(column="No mail", consent="HasOptedOutOfEmail", inverted=True)


@pytest.fixture
def world(tmp_path: Path) -> ImportWorld:
    world = ImportWorld(tmp_path)
    world.batch_size = 200
    return world


def people(**news: str) -> Rows:
    """Give a row for each person: what the column says."""
    return [
        {OWN: name, "LastName": "Imported", "News": said, "Since": "2026-01-05" if said else ""}
        for name, said in news.items()
    ]


def news_of(world: ImportWorld) -> dict[str, object]:
    return {name: rows[0]["Newsletter__c"] for name, rows in world.people().items()}


def file_of(world: ImportWorld, rows: Rows, *, key: str = OWN, mode: ImportMode = ImportMode.UPSERT) -> Import:
    return world.here(rows, key, mode=mode, consents=[NEWS])


def test_a_no_is_written_and_a_yes_only_where_salesforce_shows_no_no(world: ImportWorld) -> None:
    for name, shown in {"A": "Yes", "B": None, "C": "No", "D": "Yes", "E": None, "F": "No"}.items():
        world.contact(DI_Contact_Id__c=name, LastName="Old", Newsletter__c=shown)
    file = file_of(world, people(A="no", B="no", C="no", D="yes", E="yes", F="yes"))
    story = file.run()
    assert news_of(world) == {"A": "No", "B": "No", "C": "No", "D": "Yes", "E": "Yes", "F": "No"}
    assert set(file.states().values()) == {UPDATED}
    outcomes = file.outcomes()
    assert {row: o.code for row, o in outcomes.items() if o.code} == {7: RowReason.CONSENT_UNPROVEN}
    assert [(each.problem.row, each.problem.code) for each in story.refused] == [(7, RowReason.CONSENT_UNPROVEN)]
    assert all(rows[0]["LastName"] == "Imported" for rows in world.people().values())


def test_a_new_record_is_born_with_what_its_row_says(world: ImportWorld) -> None:
    file = file_of(world, people(A="yes", B="no", C=""))
    file.run()
    assert news_of(world) == {"A": "Yes", "B": "No", "C": None}
    assert world.people()["A"][0]["Newsletter_Date__c"] == "2026-01-05T00:00:00Z"
    assert set(file.states().values()) == {CREATED}


def test_each_yes_to_a_record_that_is_there_goes_alone_after_the_rest(world: ImportWorld) -> None:
    for name in "AB":
        world.contact(DI_Contact_Id__c=name, LastName="Old")
    world.clock.advance(60)
    file_of(world, people(A="yes", B="yes", C="no")).run()
    rest, birth, *alone = world.org.sent
    assert [len(call.records) for call in (rest, birth)] == [2, 1]
    assert all("Newsletter__c" not in record.fields for record in rest.records)
    assert [set(record.fields) for call in alone for record in call.records] == [
        {"Newsletter__c", "Newsletter_Date__c"}
    ] * 2


def test_a_no_that_comes_in_between_stands(world: ImportWorld) -> None:
    rid = world.contact(DI_Contact_Id__c="A", LastName="Old")
    world.clock.advance(60)
    file = file_of(world, people(A="yes"))
    once = iter([True])

    class Person(Death):
        def alive(self, name: str = "") -> None:
            if name == "write_unless_modified" and next(once, False):
                world.clock.advance(5)
                world.org.update("Contact", rid, Newsletter__c="No")

    file.run(death=Person())
    assert news_of(world) == {"A": "No"}
    assert (file.outcomes()[2].state, file.outcomes()[2].code) == (UPDATED, RowReason.CONSENT_UNPROVEN)


def test_consents_of_a_checkbox_follow_the_same_rules(world: ImportWorld) -> None:
    for name, out in {"A": False, "B": True, "C": False}.items():
        world.contact(DI_Contact_Id__c=name, LastName="Old", HasOptedOutOfEmail=out)
    said = {"A": "yes", "B": "no", "C": "no"}
    rows = [{OWN: name, "LastName": "Imported", "No mail": no_mail} for name, no_mail in said.items()]
    file = world.here(rows, consents=[NO_MAIL])
    file.run()
    shown = {name: found[0]["HasOptedOutOfEmail"] for name, found in world.people().items()}
    assert shown == {"A": True, "B": True, "C": False}
    assert {row: o.code for row, o in file.outcomes().items() if o.code} == {3: RowReason.CONSENT_UNPROVEN}


@pytest.mark.parametrize("fault", [Fault.UNKNOWN_BEFORE, Fault.UNKNOWN_AFTER, Fault.UNKNOWN_LATER])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_lost_reply_doubles_nobody_and_loses_no_word(world: ImportWorld, fault: Fault, at: int) -> None:
    world.contact(DI_Contact_Id__c="A", LastName="Old")
    world.clock.advance(60)
    file = file_of(world, people(A="yes", B="yes", C="no"))
    world.org.faults.extend([*[None] * at, fault])
    told = file.run().finished
    world.clock.advance(3600)
    assert (told.left, told.failed, told.status) == (0, 0, RunStatus.SUCCESS)
    assert news_of(world) == {"A": "Yes", "B": "Yes", "C": "No"}
    assert all(len(rows) == 1 for rows in world.people().values())


def test_a_yes_that_salesforce_refuses_is_told(world: ImportWorld) -> None:
    world.contact(DI_Contact_Id__c="A", LastName="Old")
    world.clock.advance(60)
    file = file_of(world, people(A="yes"))
    world.org.refuses = lambda values: Refusal("NOT_NOW", "Ask them first") if values["Newsletter__c"] else None
    file.run()
    outcome = file.outcomes()[2]
    assert (outcome.state, outcome.code) == (FAILED, "NOT_NOW")
    assert world.people()["A"][0]["LastName"] == "Imported"


def test_an_update_by_id_takes_consents_too(world: ImportWorld) -> None:
    rid = world.contact(LastName="Old", Newsletter__c="Yes")
    rows = [{"Id": rid, "LastName": "Imported", "News": "no", "Since": "2026-01-05"}]
    file = file_of(world, rows, key="Id", mode=ImportMode.UPDATE)
    file.run()
    assert (world.org.row("Contact", rid)["Newsletter__c"], file.states()) == ("No", {2: UPDATED})


def test_an_update_whose_record_went_away_is_told(world: ImportWorld) -> None:
    rid = world.contact(DI_Contact_Id__c="A", LastName="Old")
    file = file_of(world, people(A="no"), mode=ImportMode.UPDATE)
    world.org.delete("Contact", rid)
    told = file.run().finished
    assert (file.outcomes()[2].code, told.refused, told.left) == (RowReason.NOT_THERE, 1, 0)


def test_a_create_whose_record_is_there_by_now_is_told_and_changes_nothing(world: ImportWorld) -> None:
    file = file_of(world, people(A="yes", B="yes"), mode=ImportMode.CREATE)
    world.contact(DI_Contact_Id__c="A", LastName="Somebody", Newsletter__c="No")
    file.run()
    assert file.outcomes()[2].code == RowReason.ALREADY_THERE
    assert news_of(world) == {"A": "No", "B": "Yes"}
    assert world.people()["A"][0]["LastName"] == "Somebody"


def test_consents_never_go_through_a_job(world: ImportWorld) -> None:
    world.bulk_above = 1
    told = file_of(world, people(A="no", B="yes", C="no")).run().finished
    assert (told.created, world.org.jobs.made) == (3, 0)


def test_consents_cannot_come_with_records_that_nothing_tells_apart(world: ImportWorld) -> None:
    rows = [{LOOSE: "A", "LastName": "Imported", "News": "no", "Since": ""}]
    story = file_of(world, rows, key=LOOSE, mode=ImportMode.CREATE).run()
    assert isinstance(story.error, SettingsError)
    assert (story.status, story.finished.left) == (RunStatus.FAILED, 1)
    assert world.org.sent == []


def make(world: ImportWorld) -> Import:
    world.batch_size = 2
    for name, shown in {"A": None, "B": "No", "C": "Yes"}.items():
        world.contact(DI_Contact_Id__c=name, LastName="Old", Newsletter__c=shown)
    world.clock.advance(60)
    return file_of(world, people(A="yes", B="yes", C="no", D="yes", E="no"))


def prove(world: ImportWorld) -> None:
    assert news_of(world) == {"A": "Yes", "B": "No", "C": "No", "D": "Yes", "E": "No"}
    assert all(len(rows) == 1 and rows[0]["LastName"] == "Imported" for rows in world.people().values())


@pytest.mark.parametrize("after", [False, True])
def test_a_kill_at_any_step_loses_no_consent_and_doubles_nobody(tmp_path: Path, after: bool) -> None:
    for step in range(1, 200):
        world = ImportWorld(tmp_path / f"{step}")
        file = make(world)
        if not file.run(death=Death(step, after=after)).killed:
            break
        told = file.run().finished
        assert (told.left, told.failed) == (0, 0), step
        prove(world)
        assert file.outcomes()[3].code == RowReason.CONSENT_UNPROVEN
    assert step > 15


def test_a_stop_at_any_event_loses_no_consent_and_doubles_nobody(tmp_path: Path) -> None:
    for at in range(1, 100):
        world = ImportWorld(tmp_path / f"{at}")
        file = make(world)
        story = file.run(stop_at=lambda n, event: n == at and not isinstance(event, ImportFinished))  # noqa: B023
        if not isinstance(story.error, Stopped):
            break
        assert file.run().finished.left == 0
        prove(world)
    assert at > 10


def test_a_record_that_somebody_keeps_saving_keeps_its_silence(world: ImportWorld) -> None:
    rid = world.contact(DI_Contact_Id__c="A", LastName="Old")
    world.clock.advance(60)
    file = file_of(world, people(A="yes"))

    class Busy(Death):
        def alive(self, name: str = "") -> None:
            if name == "write_unless_modified":
                world.clock.advance(timedelta(seconds=5).total_seconds())
                world.org.update("Contact", rid, Title="Busy")

    file.run(death=Busy())
    assert news_of(world) == {"A": None}
    assert (file.outcomes()[2].state, file.outcomes()[2].code) == (UPDATED, RowReason.CONSENT_UNPROVEN)
