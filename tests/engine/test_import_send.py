"""Rows on their way to Dialog Insight, over a service that forgets to answer, refuses, and answers late."""

from __future__ import annotations

from pathlib import Path

import pytest

from disf_desktop.core.errors import AccessRefused, ServiceUnavailable, Stopped
from disf_desktop.core.events import RunStatus
from disf_desktop.core.importing.events import ImportFinished
from disf_desktop.core.importing.recipe import ImportConsent, ImportMode
from disf_desktop.core.importing.rows import RowReason, RowState
from disf_desktop.core.records import WriteRecord
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value
from disf_desktop.storage.ledger_view import LedgerView
from tests.engine.fakes import Fault, Refusal
from tests.engine.import_world import ImportWorld, Rows
from tests.engine.world import KEY, World

CREATED, UPDATED, FAILED, REFUSED = RowState.CREATED, RowState.UPDATED, RowState.FAILED, RowState.REFUSED


@pytest.fixture
def world(tmp_path: Path) -> ImportWorld:
    return ImportWorld(tmp_path)


def people(*numbers: int, **more: str) -> Rows:
    """Give rows of which the first is row 2 of the file."""
    return [{"SalesforceID": f"K{n}", "EMail": f"p{n}@example.org", "LastName": f"Person {n}", **more} for n in numbers]


def names(world: ImportWorld) -> dict[Value, Value]:
    return {row["SalesforceID"]: row.get("LastName") for row in world.table.rows.values()}


def test_rows_are_created_and_updated_in_batches_and_each_is_accounted_for(world: ImportWorld) -> None:
    known = world.table.add(SalesforceID="K2", EMail="old@example.org", City="Laval")
    file = world.there(people(1, 2, 3))
    story = file.run()
    assert [len(call.records) for call in world.table.sent] == [2, 1]
    assert {call.kind for call in world.table.sent} == {"upsert"}
    assert names(world) == {"K1": "Person 1", "K2": "Person 2", "K3": "Person 3"}
    assert world.table.rows[known]["City"] == "Laval"
    assert file.states() == {2: CREATED, 3: UPDATED, 4: CREATED}
    assert file.outcomes()[3].rid == known
    told = story.finished
    assert (told.rows, told.created, told.updated, told.failed, told.left) == (3, 2, 1, 0, 0)
    assert (told.status, told.calls[Side.DIALOG_INSIGHT]) == (RunStatus.SUCCESS, 2)


def test_the_ledger_has_the_run_and_what_arrived(world: ImportWorld) -> None:
    world.there(people(1)).run()
    with LedgerView.open(world.ledger_path, KEY) as view:
        assert view is not None
        [run] = view.runs(10)
    assert run.status == "success"
    assert run.summary["import"]["recipe"] == "Members"
    assert run.summary["import"]["created"] == 1
    assert run.summary["calls"] == {"salesforce": 0, "dialog_insight": 1}
    assert run.summary["dialog_insight"]["created"] == 1
    [(key, rid)] = world.ledger_rows("SELECT di_key, di_rid FROM arrival")
    assert (key, rid) == ("k1", world.table.id_of(SalesforceID="K1"))


@pytest.mark.parametrize(
    ("mode", "sent", "states"),
    [
        (ImportMode.UPSERT, "upsert", {2: UPDATED, 3: CREATED}),
        (ImportMode.UPDATE, "update", {2: UPDATED, 3: FAILED}),
        (ImportMode.CREATE, "create", {2: FAILED, 3: CREATED}),
    ],
)
def test_a_mode_lets_rows_do_what_it_says_and_no_more(
    world: ImportWorld, mode: ImportMode, sent: str, states: dict[int, RowState]
) -> None:
    world.table.add(SalesforceID="K1", EMail="old@example.org", LastName="Old")
    file = world.there(people(1, 2), mode=mode)
    story = file.run()
    assert {call.kind for call in world.table.sent} == {sent}
    assert file.states() == states
    assert names(world)["K1"] == ("Old" if mode is ImportMode.CREATE else "Person 1")
    assert ("K2" in names(world)) == (mode is not ImportMode.UPDATE)
    assert story.status is (RunStatus.SUCCESS if mode is ImportMode.UPSERT else RunStatus.PARTIAL)


def test_a_refused_row_is_told_in_the_words_of_the_service_and_stops_no_other(world: ImportWorld) -> None:
    world.table.refuses_record = lambda fields: (
        Refusal("5", "Bad person", "LastName") if fields.get("SalesforceID") == "K2" else None
    )
    file = world.there(people(1, 2, 3))
    story = file.run()
    assert file.states() == {2: CREATED, 3: FAILED, 4: CREATED}
    outcome = file.outcomes()[3]
    assert (outcome.code, outcome.message, outcome.field) == ("5", "Bad person", "LastName")
    [refused] = story.refused
    assert (refused.problem.row, refused.problem.code, refused.detail) == (3, RowReason.SERVICE, "5: Bad person")


def test_what_the_check_refused_is_not_sent_until_it_is_corrected(world: ImportWorld) -> None:
    rows = [*people(1), {"SalesforceID": "K2", "EMail": "nobody", "LastName": "Person 2"}]
    file = world.there(rows)
    assert file.run().finished.refused == 1
    assert "K2" not in names(world)
    file.correct(3, EMail="p2@example.org")
    told = file.run().finished
    assert (told.created, told.refused, told.left) == (2, 0, 0)
    assert names(world) == {"K1": "Person 1", "K2": "Person 2"}


def test_an_empty_cell_leaves_the_field_as_it_is(world: ImportWorld) -> None:
    rid = world.table.add(SalesforceID="K1", EMail="p1@example.org", LastName="Old", City="Laval")
    world.there([{"SalesforceID": "K1", "EMail": "p1@example.org", "LastName": "", "City": "Lévis"}]).run()
    assert (world.table.rows[rid]["LastName"], world.table.rows[rid]["City"]) == ("Old", "Lévis")


def test_the_next_sync_sends_nothing_where_both_sides_say_the_same(tmp_path: Path) -> None:
    synced = World(tmp_path)
    same = synced.contact(LastName="Person 1", Email="p1@example.org")
    other = synced.contact(LastName="Person 2", Email="p2@example.org")
    world = ImportWorld(tmp_path)
    world.clock, world.table, world.ledger_path = synced.clock, synced.contacts, synced.path
    world.target_name = synced.job().target_name
    rows = [
        {"SalesforceID": same, "EMail": "p1@example.org", "LastName": "Person 1"},
        {"SalesforceID": other, "EMail": "p2@example.org", "LastName": "Somebody"},
    ]
    assert world.there(rows).run().finished.created == 2
    mark = len(synced.contacts.sent)
    assert synced.run().error is None
    assert [record.fields for record in synced.sent_since(mark)] == [{"LastName": "Person 2"}]
    assert synced.contacts.finds == [], "nobody is looked up for it"
    mark = len(synced.contacts.sent)
    synced.run()
    assert synced.sent_since(mark) == []


def test_a_second_run_sends_nothing(world: ImportWorld) -> None:
    file = world.there(people(1, 2, 3))
    file.run()
    before = world.table.calls
    told = file.run().finished
    assert world.table.calls == before
    assert (told.created, told.left, told.status) == (3, 0, RunStatus.SUCCESS)


def test_no_consent_is_ever_sent_there(world: ImportWorld) -> None:
    consent = ImportConsent(column="News", consent="Newsletter")
    file = world.there(people(1, 2, News="yes"), consents=[consent])
    assert file.run().status is RunStatus.SUCCESS
    assert world.table.optins == {}
    assert all("Newsletter" not in record.fields for call in world.table.sent for record in call.records)


# -- replies that do not come ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", list(ImportMode))
@pytest.mark.parametrize("fault", [Fault.UNKNOWN_BEFORE, Fault.UNKNOWN_AFTER, Fault.UNKNOWN_LATER])
def test_a_lost_reply_makes_the_very_same_batch_go_again(world: ImportWorld, mode: ImportMode, fault: Fault) -> None:
    if mode is ImportMode.UPDATE:
        for n in (1, 2):
            world.table.add(SalesforceID=f"K{n}", EMail=f"p{n}@example.org")
    world.table.faults.append(fault)
    file = world.there(people(1, 2), mode=mode)
    told = file.run().finished
    first, second = world.table.sent
    assert first.records == second.records
    assert (told.left, told.failed, told.status) == (0, 0, RunStatus.SUCCESS)
    world.clock.advance(3600)
    assert names(world) == {"K1": "Person 1", "K2": "Person 2"}
    if mode is ImportMode.CREATE:
        assert set(file.states().values()) == {CREATED}


def test_a_create_that_was_refused_after_a_lost_reply_is_ours_only_if_it_holds_what_was_wanted(
    world: ImportWorld,
) -> None:
    world.table.add(SalesforceID="K1", EMail="other@example.org", LastName="Somebody")
    world.table.faults.append(Fault.UNKNOWN_AFTER)
    file = world.there(people(1, 2), mode=ImportMode.CREATE)
    file.run()
    assert file.states() == {2: FAILED, 3: CREATED}
    assert file.outcomes()[3].rid == world.table.id_of(SalesforceID="K2")
    assert world.ledger_rows("SELECT di_key FROM arrival") == [("k2",)]


def test_after_three_lost_replies_in_a_row_the_next_run_goes_on(world: ImportWorld) -> None:
    world.table.faults.extend([Fault.UNKNOWN_AFTER] * 4)
    file = world.there(people(1, 2, 3))
    story = file.run()
    assert isinstance(story.error, ServiceUnavailable)
    assert (story.status, story.finished.left) == (RunStatus.FAILED, 3)
    assert file.open_batches() == 2, "one under way, one ready to follow"
    told = file.run().finished
    assert (told.left, told.status) == (0, RunStatus.SUCCESS)
    assert len(world.table.rows) == 3


def test_rows_without_a_word_of_their_own_are_asked_again_alone(world: ImportWorld) -> None:
    world.batch_size = 4
    world.table.faults.append(Fault.HALF_UNACCOUNTED)
    file = world.there(people(1, 2, 3, 4))
    assert file.run().finished.left == 0
    assert [len(call.records) for call in world.table.sent] == [4, 2]


def test_replies_in_another_order_are_understood(world: ImportWorld) -> None:
    world.batch_size = 4
    world.table.faults.append(Fault.REORDERED)
    file = world.there(people(1, 2, 3, 4))
    file.run()
    rids = {row: outcome.rid for row, outcome in file.outcomes().items()}
    assert rids == {n + 1: world.table.id_of(SalesforceID=f"K{n}") for n in (1, 2, 3, 4)}


def test_what_was_not_sent_at_all_is_sent_next_time(world: ImportWorld) -> None:
    world.table.faults.append(Fault.NOT_SENT)
    file = world.there(people(1, 2))
    story = file.run()
    assert isinstance(story.error, ServiceUnavailable)
    assert (file.open_batches(), file.states(), story.finished.left) == (0, {}, 2)
    assert file.run().status is RunStatus.SUCCESS


# -- calls that are refused as a whole -------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.REFUSED_AFTER_HALF])
@pytest.mark.parametrize("mode", [ImportMode.UPSERT, ImportMode.CREATE])
def test_a_call_that_is_refused_as_a_whole_is_halved(world: ImportWorld, fault: Fault, mode: ImportMode) -> None:
    world.batch_size = 4
    world.table.faults.append(fault)
    file = world.there(people(1, 2, 3, 4), mode=mode)
    told = file.run().finished
    assert (told.left, told.failed) == (0, 0)
    assert len(world.table.rows) == 4


def test_the_one_row_that_makes_calls_fail_is_found_and_refused(world: ImportWorld) -> None:
    world.batch_size = 8

    def poisoned(records: list[WriteRecord]) -> bool:
        return any(record.key["SalesforceID"] == "K5" for record in records)

    world.table.refuses_call = poisoned  # type: ignore[assignment]
    file = world.there(people(*range(1, 9)))
    told = file.run().finished
    assert (told.created, told.failed, told.left) == (7, 1, 0)
    assert file.states()[6] is FAILED


def test_where_every_row_is_refused_alone_the_fault_is_nobodys_row(world: ImportWorld) -> None:
    world.table.refuses_call = lambda records: True
    file = world.there(people(*range(1, 9)))
    story = file.run()
    assert isinstance(story.error, AccessRefused)
    assert (story.finished.failed, story.finished.left) == (0, 8)
    world.table.refuses_call = lambda records: False
    assert file.run().finished.created == 8


def test_a_key_that_is_revoked_ends_the_import_at_once(world: ImportWorld) -> None:
    world.table.key_revoked = True
    file = world.there(people(1, 2))
    story = file.run()
    assert isinstance(story.error, AccessRefused)
    assert len(world.table.sent) == 1
    assert story.finished.failed == 0


# -- stopping --------------------------------------------------------------------------------------------------------


def test_a_stop_at_any_event_leaves_a_book_from_which_it_goes_on(tmp_path: Path) -> None:
    for at in range(1, 100):
        world = ImportWorld(tmp_path / str(at))
        world.table.faults.extend([None, Fault.UNKNOWN_AFTER])
        file = world.there(people(*range(1, 8)))
        story = file.run(stop_at=lambda n, event: n == at and not isinstance(event, ImportFinished))  # noqa: B023
        if not isinstance(story.error, Stopped):
            break
        finished = story.finished
        assert finished.status is RunStatus.STOPPED
        assert finished.left == finished.rows - finished.created - finished.updated
        told = file.run().finished
        assert (told.created + told.updated, told.left, told.status) == (7, 0, RunStatus.SUCCESS)
        assert len(world.table.rows) == 7
    assert at > 5


def test_several_batches_fly_at_once_and_none_is_lost_by_a_stop(world: ImportWorld) -> None:
    world.threads, world.concurrency = True, 3
    file = world.there(people(*range(1, 21)))
    story = file.run(stop_at=lambda number, _: number == 2)
    assert isinstance(story.error, Stopped)
    told = file.run().finished
    assert (told.created + told.updated, told.left) == (20, 0)
    assert len(world.table.rows) == 20


def test_batches_that_were_written_down_and_never_left_are_not_open_after_the_end(world: ImportWorld) -> None:
    world.table.faults.extend([None, Fault.NOT_SENT])
    file = world.there(people(*range(1, 21)))
    assert isinstance(file.run().error, ServiceUnavailable)
    assert len(world.table.rows) == 2
    assert file.open_batches() == 0
    assert set(file.states()) == {2, 3}


def test_a_refusal_is_believed_where_a_reply_before_it_has_stored_rows(world: ImportWorld) -> None:
    world.table.refuses_call = lambda records: any(each.key["SalesforceID"] != "K1" for each in records)
    world.batch_size = 1
    finished = world.there(people(*range(1, 9))).run().finished
    assert (finished.created, finished.failed, finished.status) == (1, 7, RunStatus.PARTIAL)
