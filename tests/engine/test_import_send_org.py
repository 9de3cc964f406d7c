"""Rows on their way to Salesforce: Collections, bulk jobs, and which of them is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from disf_desktop.core.errors import LimitReached, ServiceUnavailable, Stopped, UnexpectedAnswer
from disf_desktop.core.events import RunStatus
from disf_desktop.core.importing.events import ImportFinished
from disf_desktop.core.importing.recipe import ImportMode
from disf_desktop.core.importing.rows import RowReason, RowState
from disf_desktop.core.records import JobState
from disf_desktop.core.schema import Side
from disf_desktop.engine.importing.job import MOST_BY_COLLECTIONS
from tests.engine.fakes import Fault, Refusal
from tests.engine.import_world import LOOSE, OWN, ImportWorld, Rows

CREATED, UPDATED, FAILED, REFUSED = RowState.CREATED, RowState.UPDATED, RowState.FAILED, RowState.REFUSED
MANY = MOST_BY_COLLECTIONS + 1


@pytest.fixture
def world(tmp_path: Path) -> ImportWorld:
    return ImportWorld(tmp_path)


@pytest.fixture
def bulk(world: ImportWorld) -> ImportWorld:
    """A world in which uploads have threads of their own."""
    world.threads = True
    world.clock.call_takes = 0.0
    return world


def people(*numbers: int, key: str = OWN, **more: str) -> Rows:
    """Give rows of which the first is row 2 of the file."""
    return [{key: f"K{n}", "LastName": f"Person {n}", **more} for n in numbers]


def nameless(*numbers: int) -> Rows:
    """Give rows that have no key."""
    return [{"LastName": f"Person {n}", "Title": f"Title {n}"} for n in numbers]


def names(world: ImportWorld, key: str = OWN) -> dict[str, list[str]]:
    return {value: [row["LastName"] for row in rows] for value, rows in world.people(key).items()}


# -- which way -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "key", "mode", "jobs"),
    [
        (2, OWN, ImportMode.UPSERT, 0),
        (2, OWN, ImportMode.CREATE, 0),
        (2, LOOSE, ImportMode.UPSERT, 0),
        (2, LOOSE, ImportMode.CREATE, 1),
        (2, "", ImportMode.CREATE, 1),
        (MOST_BY_COLLECTIONS, OWN, ImportMode.UPSERT, 0),
        (MANY, OWN, ImportMode.UPSERT, 1),
    ],
)
def test_a_job_is_used_for_many_rows_and_wherever_only_a_job_tells_what_was_done(
    bulk: ImportWorld, rows: int, key: str, mode: ImportMode, jobs: int
) -> None:
    bulk.batch_size = 200
    bulk.org.jobs.fits = MANY
    listed = people(*range(rows), key=key) if key else nameless(*range(rows))
    told = bulk.here(listed, key, mode=mode).run().finished
    assert bulk.org.jobs.made == jobs
    assert (told.created, told.left, told.status) == (rows, 0, RunStatus.SUCCESS)
    assert len(bulk.org.rows["Contact"]) == rows


# -- Collections -----------------------------------------------------------------------------------------------------


def test_an_upsert_creates_and_updates_by_the_external_id(world: ImportWorld) -> None:
    known = world.contact(DI_Contact_Id__c="K2", LastName="Old", Title="Baker")
    file = world.here(people(1, 2, 3))
    told = file.run().finished
    assert file.states() == {2: CREATED, 3: UPDATED, 4: CREATED}
    assert file.outcomes()[3].rid == known
    assert names(world) == {"K1": ["Person 1"], "K2": ["Person 2"], "K3": ["Person 3"]}
    assert world.org.row("Contact", known)["Title"] == "Baker"
    assert (told.created, told.updated, told.status) == (2, 1, RunStatus.SUCCESS)
    assert told.calls[Side.SALESFORCE] == 2


def test_an_update_goes_by_the_id_that_the_check_has_found(world: ImportWorld) -> None:
    known = world.contact(DI_Contact_Id__c="K1", LastName="Old")
    file = world.here(people(1, 2), mode=ImportMode.UPDATE)
    told = file.run().finished
    assert file.states() == {2: UPDATED, 3: REFUSED}
    assert [record.rid for call in world.org.sent for record in call.records] == [known]
    assert (told.updated, told.refused, told.status) == (1, 1, RunStatus.PARTIAL)


def test_an_update_by_id_needs_no_look(world: ImportWorld) -> None:
    known = world.contact(LastName="Old")
    file = world.here([{"Id": known, "LastName": "New"}], "Id", mode=ImportMode.UPDATE)
    file.run()
    assert (file.states(), world.org.row("Contact", known)["LastName"]) == ({2: UPDATED}, "New")


def test_a_corrected_row_is_looked_up_before_it_is_sent(world: ImportWorld) -> None:
    known = world.contact(DI_Contact_Id__c="K1", LastName="Old")
    rows = [
        {OWN: "K1", "LastName": "x" * 81},
        {OWN: "K2", "LastName": "y" * 81},
    ]
    file = world.here(rows, mode=ImportMode.UPDATE)
    assert file.states() == {2: REFUSED, 3: REFUSED}
    file.correct(2, LastName="New")
    file.correct(3, LastName="Nobody")
    told = file.run().finished
    assert world.org.row("Contact", known)["LastName"] == "New"
    outcomes = file.outcomes()
    assert (outcomes[2].state, outcomes[2].rid) == (UPDATED, known)
    assert (outcomes[3].state, outcomes[3].code) == (REFUSED, RowReason.NOT_THERE)
    assert told.left == 0


def test_what_appeared_since_the_check_is_not_created_again(world: ImportWorld) -> None:
    file = world.here(people(1, 2), mode=ImportMode.CREATE)
    there = world.contact(DI_Contact_Id__c="K1", LastName="Somebody")
    file.run()
    outcome = file.outcomes()[2]
    assert (outcome.state, outcome.code, outcome.rid) == (FAILED, RowReason.ALREADY_THERE, there)
    assert names(world) == {"K1": ["Somebody"], "K2": ["Person 2"]}


@pytest.mark.parametrize("mode", list(ImportMode))
@pytest.mark.parametrize("fault", [Fault.UNKNOWN_BEFORE, Fault.UNKNOWN_AFTER, Fault.UNKNOWN_LATER])
def test_a_lost_reply_doubles_nothing(world: ImportWorld, mode: ImportMode, fault: Fault) -> None:
    if mode is ImportMode.UPDATE:
        for n in (1, 2):
            world.contact(DI_Contact_Id__c=f"K{n}", LastName="Old")
    file = world.here(people(1, 2), mode=mode)
    world.org.faults.append(fault)
    told = file.run().finished
    world.clock.advance(3600)
    assert (told.left, told.failed, told.status) == (0, 0, RunStatus.SUCCESS)
    assert names(world) == {"K1": ["Person 1"], "K2": ["Person 2"]}
    if mode is ImportMode.CREATE:
        assert set(file.states().values()) == {CREATED}


def test_a_record_that_somebody_is_saving_is_tried_again(world: ImportWorld) -> None:
    rid = world.contact(DI_Contact_Id__c="K1", LastName="Old")
    file = world.here(people(1, 2))
    late = world.org.begin_late("Contact", rid, Title="Baker")
    world.clock.at(world.clock.server.replace(microsecond=0) + world.org.lateness / 100, lambda: None)
    world.clock.at(world.clock.server, lambda: None)
    pauses: list[float] = []
    sleep = world.clock.sleep

    def sleeping(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 5:
            world.org.commit_late(late)
        sleep(seconds)

    world.clock.sleep = sleeping  # type: ignore[method-assign]
    file.run()
    assert file.states() == {2: UPDATED, 3: CREATED}
    assert (world.org.row("Contact", rid)["LastName"], world.org.row("Contact", rid)["Title"]) == ("Person 1", "Baker")


def test_a_record_that_stays_locked_is_refused_in_the_end(world: ImportWorld) -> None:
    rid = world.contact(DI_Contact_Id__c="K1", LastName="Old")
    file = world.here(people(1, 2))
    world.org.begin_late("Contact", rid, Title="Baker")
    file.run()
    assert file.states() == {2: FAILED, 3: CREATED}
    assert file.outcomes()[2].code == "UNABLE_TO_LOCK_ROW"


def test_our_own_allowance_of_the_day_ends_the_import_before_it_is_used_up(world: ImportWorld) -> None:
    file = world.here(people(1, 2, 3, 4, 5))
    world.calls_per_day = 203
    story = file.run()
    assert isinstance(story.error, LimitReached)
    assert 0 < story.finished.left < 5
    assert file.open_batches() == 0
    world.calls_per_day = None
    told = file.run().finished
    assert (told.created, told.left) == (5, 0)


def test_the_calls_of_earlier_runs_count(world: ImportWorld) -> None:
    file = world.here(people(1, 2, 3, 4, 5))
    world.org.faults.append(Fault.NOT_SENT)
    file.run()
    world.org.calls = 0
    world.calls_per_day = 201
    story = file.run()
    assert isinstance(story.error, LimitReached)
    assert story.finished.created == 0


# -- bulk jobs -------------------------------------------------------------------------------------------------------


@pytest.fixture
def small(bulk: ImportWorld) -> ImportWorld:
    """A world in which three rows are many."""
    bulk.bulk_above = 2
    return bulk


def test_a_job_creates_and_updates_and_tells_of_each_row(small: ImportWorld) -> None:
    known = small.contact(DI_Contact_Id__c="K2", LastName="Old", Title="Baker")
    file = small.here(people(1, 2, 3))
    told = file.run().finished
    assert small.org.sent == []
    assert file.states() == {2: CREATED, 3: UPDATED, 4: CREATED}
    rids = {row["DI_Contact_Id__c"]: row["Id"] for each in small.people().values() for row in each}
    assert {row: outcome.rid for row, outcome in file.outcomes().items()} == {
        2: rids["K1"], 3: known, 4: rids["K3"]
    }  # fmt: skip
    assert small.org.row("Contact", known)["Title"] == "Baker"
    assert (told.created, told.updated, told.status) == (2, 1, RunStatus.SUCCESS)
    assert small.org.jobs.by_path == {}, "a job that is settled is put away"
    assert file.open_batches() == 0


def test_a_full_job_is_followed_by_another_one(small: ImportWorld) -> None:
    small.org.jobs.fits = 3
    file = small.here(people(*range(1, 9)))
    told = file.run().finished
    assert (told.created, told.left, small.org.jobs.made) == (8, 0, 3)
    assert all(len(rows) == 1 for rows in small.people().values())


def test_rows_without_a_key_are_known_again_by_what_they_say(small: ImportWorld) -> None:
    rows = [*nameless(1, 2, 3), *nameless(2), {"LastName": "  Zoé\r\nTremblay ", "Title": ""}]
    file = small.here(rows, "", mode=ImportMode.CREATE)
    told = file.run().finished
    assert (told.created, told.left) == (5, 0)
    assert len(small.org.rows["Contact"]) == 5
    rids = [outcome.rid for outcome in file.outcomes().values()]
    assert len(set(rids)) == 5
    for row, outcome in file.outcomes().items():
        said = rows[row - 2]["LastName"].replace("\r", "").strip()
        assert small.org.row("Contact", outcome.rid)["LastName"] == said


def test_a_refused_row_of_a_job_is_told_in_the_words_of_salesforce(small: ImportWorld) -> None:
    small.org.refuses = lambda values: (
        Refusal("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Not him") if values["LastName"] == "Person 2" else None
    )
    file = small.here(people(1, 2, 3))
    story = file.run()
    outcome = file.outcomes()[3]
    assert (outcome.state, outcome.code, outcome.message) == (FAILED, "FIELD_CUSTOM_VALIDATION_EXCEPTION", "Not him")
    assert (story.finished.created, story.finished.failed, story.status) == (2, 1, RunStatus.PARTIAL)


def test_rows_that_a_job_did_not_come_to_go_in_another_one(small: ImportWorld) -> None:
    def leaves(place: int) -> bool:
        return small.org.jobs.made == 1 and place % 2 == 0

    small.org.jobs.leaves = leaves
    file = small.here(nameless(*range(7)), "", mode=ImportMode.CREATE)
    told = file.run().finished
    assert (told.created, told.left, small.org.jobs.made) == (7, 0, 2)
    assert len(small.org.rows["Contact"]) == 7


def test_jobs_that_never_come_to_a_row_end_the_run_and_the_next_goes_on(small: ImportWorld) -> None:
    small.org.jobs.leaves = lambda place: place == 1
    file = small.here(people(1, 2, 3))
    small.org.jobs.leaves = lambda place: True
    story = file.run()
    assert isinstance(story.error, ServiceUnavailable)
    assert (story.finished.left, file.open_batches()) == (3, 0)
    small.org.jobs.leaves = lambda place: False
    assert file.run().finished.created == 3


def test_a_job_that_fails_as_a_whole_is_tried_again_a_few_times(small: ImportWorld) -> None:
    small.org.jobs.fails_whole = True
    file = small.here(people(1, 2, 3))
    story = file.run()
    assert isinstance(story.error, ServiceUnavailable)
    assert (story.finished.left, story.status) == (3, RunStatus.FAILED)
    assert 1 < small.org.jobs.made < 6


def test_results_that_do_not_add_up_leave_rows_to_be_asked_for_again(small: ImportWorld) -> None:
    file = small.here(nameless(*range(5)), "", mode=ImportMode.CREATE)
    small.org.jobs.hides = 2
    story = file.run()
    assert isinstance(story.error, UnexpectedAnswer)
    assert (story.finished.created, story.finished.left) == (3, 2)
    small.org.jobs.hides = 0
    told = file.run().finished
    assert (told.created, told.left, len(small.org.rows["Contact"])) == (5, 0, 5)
    assert small.org.jobs.made == 1


def test_an_upload_that_breaks_is_made_again_in_another_job(small: ImportWorld) -> None:
    small.org.jobs.faults = [Fault.UNKNOWN_BEFORE]
    file = small.here(nameless(*range(5)), "", mode=ImportMode.CREATE)
    told = file.run().finished
    assert (told.created, small.org.jobs.made, len(small.org.rows["Contact"])) == (5, 2, 5)


@pytest.mark.parametrize("fault", [Fault.UNKNOWN_BEFORE, Fault.UNKNOWN_AFTER])
def test_a_lost_word_to_begin_is_found_out_by_the_next_run(small: ImportWorld, fault: Fault) -> None:
    small.org.jobs.faults = [None, fault]
    file = small.here(nameless(*range(5)), "", mode=ImportMode.CREATE)
    assert isinstance(file.run().error, ServiceUnavailable)
    told = file.run().finished
    assert (told.created, told.left, small.org.jobs.made) == (5, 0, 1)
    assert len(small.org.rows["Contact"]) == 5


def test_an_update_by_a_job_goes_by_id(small: ImportWorld) -> None:
    rids = {n: small.contact(DI_Contact_Id__c=f"K{n}", LastName="Old") for n in range(4)}
    file = small.here(people(*range(4)), mode=ImportMode.UPDATE)
    file.run()
    assert {row - 2: outcome.rid for row, outcome in file.outcomes().items()} == rids
    assert names(small) == {f"K{n}": [f"Person {n}"] for n in range(4)}


def test_a_text_that_no_job_can_carry_goes_by_collections(small: ImportWorld) -> None:
    rows = [*people(1, 2, Title="Baker"), *people(3, Title="#N/A")]
    file = small.here(rows)
    told = file.run().finished
    assert (told.created, told.left) == (3, 0)
    assert [record.fields["Title"] for call in small.org.sent for record in call.records] == ["#N/A"]


def test_a_text_that_no_job_can_carry_is_refused_where_only_a_job_tells_what_was_done(small: ImportWorld) -> None:
    rows = [*nameless(1, 2, 3), {"LastName": "#N/A", "Title": ""}]
    file = small.here(rows, "", mode=ImportMode.CREATE)
    told = file.run().finished
    assert (told.created, told.refused, told.left) == (3, 1, 0)
    assert file.outcomes()[5].code == RowReason.SIGN_FOR_EMPTY


def test_a_key_that_nothing_keeps_unique_is_looked_for_before_a_job_makes_records(small: ImportWorld) -> None:
    file = small.here(people(1, 2, 3, key=LOOSE), LOOSE, mode=ImportMode.CREATE)
    there = small.contact(Loose__c="K2", LastName="Somebody")
    told = file.run().finished
    outcome = file.outcomes()[3]
    assert (outcome.state, outcome.code, outcome.rid) == (REFUSED, RowReason.ALREADY_THERE, there)
    assert (told.created, told.refused) == (2, 1)
    assert names(small, LOOSE)["K2"] == ["Somebody"]


def test_a_job_tells_a_unique_key_that_appeared_since_the_check(small: ImportWorld) -> None:
    file = small.here(people(1, 2, 3), mode=ImportMode.CREATE)
    small.contact(DI_Contact_Id__c="K2", LastName="Somebody")
    file.run()
    outcome = file.outcomes()[3]
    assert (outcome.state, outcome.code) == (FAILED, RowReason.ALREADY_THERE)


def test_a_stop_at_any_event_of_a_job_leaves_a_book_from_which_it_goes_on(tmp_path: Path) -> None:
    stopped = 0
    for at in range(1, 60):
        world = ImportWorld(tmp_path / str(at))
        world.threads = True
        world.org.jobs.fits = 3
        file = world.here(nameless(*range(7)), "", mode=ImportMode.CREATE)
        story = file.run(stop_at=lambda n, event: n == at and not isinstance(event, ImportFinished))  # noqa: B023
        if not isinstance(story.error, Stopped):
            break
        stopped += 1
        assert story.status is RunStatus.STOPPED
        told = file.run().finished
        assert (told.created, told.left) == (7, 0)
        assert len(world.org.rows["Contact"]) == 7
        assert all(job.state is not JobState.OPEN for job in world.org.jobs.by_path.values())
    assert stopped > 5
