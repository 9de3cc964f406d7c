"""Imports over HTTP while things go wrong: each ends clearly, goes on when it is run again, and doubles nobody."""

from __future__ import annotations

import resource
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from disf_desktop.core.errors import AccessRefused, DiskFull, LedgerIsBusy, LimitReached
from disf_desktop.core.events import Progress, RunStatus
from disf_desktop.core.importing.events import ImportEvent
from disf_desktop.core.importing.recipe import ImportMode
from tests.journeys.conftest import Begin
from tests.journeys.importing import (
    NEWSLETTER,
    ORG,
    TO_LIST,
    TO_ORG,
    AtOnce,
    Told,
    addresses,
    calls,
    fault,
    healed,
    imported,
    in_org,
    newcomer,
    newcomers,
    recipe,
    table,
    taken,
)
from tests.journeys.rehearsal import Rehearsal, only, together

LEGACY = "Legacy_Id__c"
ROWS = 60


def small_batches(project: dict[str, Any]) -> None:
    for connection in project["connections"]:
        connection["batch_size"] = 10
        connection["timeout_s"] = 5


@pytest.fixture
def story(begin: Begin) -> Rehearsal:
    return begin(together(only("Contacts"), small_batches))


def everybody(count: int = ROWS) -> Counter[str]:
    return Counter(newcomer(n)["Courriel"] for n in range(count))


def to_list(story: Rehearsal, tmp_path: Path, count: int = ROWS, **more: Any) -> Told:
    return imported(story, table(tmp_path / "a.csv", newcomers(count)), NEWSLETTER, TO_LIST, **more)


def to_org(story: Rehearsal, tmp_path: Path, count: int = ROWS, **more: Any) -> Told:
    chosen = {"key": LEGACY} | more
    columns = TO_ORG if chosen["key"] else {c: f for c, f in TO_ORG.items() if f != LEGACY}
    return imported(story, table(tmp_path / "a.csv", newcomers(count)), ORG, columns, **chosen)


def pauses_of(plan: dict[str, Any]) -> AtOnce | None:
    """Let nothing pause before it tries again, unless something comes late: then the pause is part of the story."""
    return None if "seconds" in plan else AtOnce()


def gone_through(again: Any, first: Told) -> Told:
    """Import again until nothing is left."""
    told = first
    for _ in range(5):
        if told.error is None:
            return told
        told = again()
    raise AssertionError(told.error)


# One at a time


def test_a_second_import_at_once_and_a_sync_are_told_that_a_run_holds_the_ledger(
    story: Rehearsal, tmp_path: Path
) -> None:
    file = table(tmp_path / "a.csv", newcomers(ROWS))
    events = story.workspace.import_file(file, recipe(story, file, NEWSLETTER, TO_LIST))
    next(events)
    other = imported(story, table(tmp_path / "b.csv", newcomers(3)), NEWSLETTER, TO_LIST)
    assert isinstance(other.error, LedgerIsBusy)
    assert (other.error.exit_code, other.events) == (5, [])
    assert other.error.what_to_do
    with pytest.raises(LedgerIsBusy):
        story.sync()
    told = taken(events)
    assert (told.rows, told.error) == ((ROWS, 0, 0, 0, 0, 0), None)
    assert addresses(story) == everybody()


def test_an_import_while_a_sync_runs_sends_nothing_and_comes_after_it(story: Rehearsal, tmp_path: Path) -> None:
    events = story.workspace.sync()
    next(events)
    told = to_list(story, tmp_path)
    assert isinstance(told.error, LedgerIsBusy)
    for _ in events:
        pass
    assert not addresses(story)
    assert to_list(story, tmp_path).rows == (ROWS, 0, 0, 0, 0, 0)


def test_a_check_is_free_while_a_sync_runs(story: Rehearsal, tmp_path: Path) -> None:
    story.sync()
    events = story.workspace.sync()
    next(events)
    assert to_list(story, tmp_path, check=True).checked.counts.decided == ROWS
    events.close()


# What Salesforce refuses us


def test_a_token_that_expires_in_the_middle_is_renewed(story: Rehearsal, tmp_path: Path) -> None:
    fault(story, "expired_token", "collections_upsert", "salesforce", after=3)
    assert to_org(story, tmp_path).rows == (ROWS, 0, 0, 0, 0, 0)
    assert calls(story)["token"] == 2
    assert len(in_org(story)) == ROWS


@pytest.mark.parametrize("call", ["ingest_upload", "ingest_info", "ingest_results"])
def test_a_token_that_expires_during_a_bulk_job_is_renewed(call: str, story: Rehearsal, tmp_path: Path) -> None:
    fault(story, "expired_token", call, "salesforce")
    first = to_org(story, tmp_path, key="", mode=ImportMode.CREATE)
    told = gone_through(lambda: to_org(story, tmp_path, key="", mode=ImportMode.CREATE), first)
    assert told.rows == (ROWS, 0, 0, 0, 0, 0)
    assert len(in_org(story)) == ROWS


def test_the_ceiling_of_calls_stops_an_import_that_then_goes_on(story: Rehearsal, tmp_path: Path) -> None:
    fault(story, "limit_exceeded", "collections_upsert", "salesforce", after=2, times=None)
    told = to_org(story, tmp_path)
    assert isinstance(told.error, LimitReached)
    assert told.finished.status is RunStatus.FAILED
    created, *_, left = told.rows
    assert (created, left) == (20, ROWS - 20)
    healed(story)
    again = to_org(story, tmp_path)
    assert (again.finished.id, again.rows) == (told.finished.id, (ROWS, 0, 0, 0, 0, 0))
    assert len(in_org(story)) == ROWS


@pytest.mark.parametrize("call", ["ingest_create", "ingest_upload", "ingest_patch", "ingest_info", "ingest_results"])
def test_the_ceiling_of_calls_during_a_bulk_job_stops_it_and_it_goes_on(
    call: str, story: Rehearsal, tmp_path: Path
) -> None:
    fault(story, "limit_exceeded", call, "salesforce", times=None)
    told = to_org(story, tmp_path, key="", mode=ImportMode.CREATE)
    assert isinstance(told.error, LimitReached)
    assert (told.finished.status, told.finished.left) == (RunStatus.FAILED, ROWS)
    healed(story)
    again = to_org(story, tmp_path, key="", mode=ImportMode.CREATE)
    assert (again.finished.id, again.rows) == (told.finished.id, (ROWS, 0, 0, 0, 0, 0))
    assert len(in_org(story)) == ROWS


def test_our_own_ceiling_stops_an_import_before_it_is_passed(begin: Begin, tmp_path: Path) -> None:
    def few_calls(project: dict[str, Any]) -> None:
        project["connections"][0]["calls_per_day"] = 300

    story = begin(together(only("Contacts"), small_batches, few_calls))
    told = to_org(story, tmp_path, 2000)
    assert isinstance(told.error, LimitReached)
    assert 0 < told.finished.created < 2000
    assert sum(each["count"] for each in story.simulator.control("requests") if each["service"] == "salesforce") <= 300


# A service that refuses everything


def test_a_right_that_is_missing_for_writing_alone_ends_as_one_clear_error(story: Rehearsal, tmp_path: Path) -> None:
    fault(story, "forbidden", "Contacts.Merge", times=None)
    told = to_list(story, tmp_path, 2000)
    assert isinstance(told.error, AccessRefused), told.error
    assert told.rows == (0, 0, 0, 0, 0, 2000)
    healed(story)
    assert to_list(story, tmp_path, 2000).rows == (2000, 0, 0, 0, 0, 0)
    assert addresses(story) == everybody(2000)


@pytest.mark.parametrize("batch", [10, 1000])
def test_a_right_that_is_missing_for_writing_alone_is_found_out_within_a_hundred_calls(
    batch: int, begin: Begin, tmp_path: Path
) -> None:
    def batches(project: dict[str, Any]) -> None:
        project["connections"][1]["batch_size"] = batch

    story = begin(together(only("Contacts"), batches))
    fault(story, "forbidden", "Contacts.Merge", times=None)
    assert isinstance(to_list(story, tmp_path, 2000).error, AccessRefused)
    assert calls(story).total() < 100


def test_a_right_that_is_taken_away_in_the_middle_ends_as_one_clear_error(story: Rehearsal, tmp_path: Path) -> None:
    fault(story, "forbidden", "Contacts.Merge", after=3, times=None)
    told = to_list(story, tmp_path, 2000)
    assert isinstance(told.error, AccessRefused), told.error
    assert told.finished.failed == 0
    assert 0 < told.finished.created < 2000
    assert calls(story).total() < 150
    healed(story)
    to_list(story, tmp_path, 2000)
    assert addresses(story) == everybody(2000)


# A full disk


def test_a_full_disk_stops_an_import_and_it_goes_on_once_there_is_room(story: Rehearsal, tmp_path: Path) -> None:
    count = 4000
    file = table(tmp_path / "a.csv", newcomers(count))
    chosen = recipe(story, file, NEWSLETTER, TO_LIST)
    list(story.workspace.check_file(file, chosen))
    books = story.workspace.places.folder(story.workspace.project.id) / "imports"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def full(event: ImportEvent) -> bool:
        if isinstance(event, Progress) and event.stage.value == "apply":
            largest = max(each.stat().st_size for each in books.iterdir() if each.is_file())
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, hard))
        return False

    try:
        told = taken(story.workspace.import_file(file, chosen), full)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert isinstance(told.error, DiskFull), told.error
    assert "room" in told.error.what_to_do
    again = taken(story.workspace.import_file(file, chosen))
    assert (again.error, again.finished.left) == (None, 0)
    assert again.finished.created + again.finished.updated == count
    assert addresses(story) == everybody(count)


# Faults by name

OF_DIALOG_INSIGHT: dict[str, dict[str, Any]] = {
    "unavailable": {"times": 2},
    "too_many": {},
    "error_after_apply": {"times": 2},
    "reset_before": {"times": 2},
    "reset_after_apply": {"times": 2},
    "reset_in_reply": {"times": 2},
    "apply_later": {"seconds": 0.5},
    "delay": {"seconds": 0.5},
    "timeout_after_apply": {"seconds": 7},
    "truncated": {"times": 2},
    "html": {"apply": True, "times": 2},
    "duplicate_delivery": {},
    "quota": {},
    "forbidden": {},
    "all_or_nothing": {},
    "rows_missing": {"times": 2},
    "rows_reversed": {"times": 2},
}


# To create is what may go wrong twice; to upsert is the same twice by itself.
ONCE = ("error_after_apply", "reset_after_apply", "apply_later", "rows_missing")
TRIED = [*((name, ImportMode.UPSERT) for name in OF_DIALOG_INSIGHT), *((name, ImportMode.CREATE) for name in ONCE)]


@pytest.mark.parametrize(("name", "mode"), TRIED)
def test_no_fault_of_dialog_insight_doubles_or_loses_anybody(
    name: str, mode: ImportMode, story: Rehearsal, tmp_path: Path
) -> None:
    fault(story, name, "Contacts.Merge", after=2, **OF_DIALOG_INSIGHT[name])

    def again() -> Told:
        return to_list(story, tmp_path, mode=mode, stop=pauses_of(OF_DIALOG_INSIGHT[name]))

    told = gone_through(again, again())
    assert (told.finished.failed, told.finished.left) == (0, 0)
    assert addresses(story) == everybody()


def test_who_is_delivered_twice_by_the_network_is_there_once_though_told_as_being_there(
    story: Rehearsal, tmp_path: Path
) -> None:
    """Nothing tells the second refusal from that of somebody who was there before; no row is lost."""
    fault(story, "duplicate_delivery", "Contacts.Merge", after=2)
    told = to_list(story, tmp_path, mode=ImportMode.CREATE)
    assert told.rows == (ROWS - 10, 0, 0, 0, 10, 0)
    assert addresses(story) == everybody()


OF_SALESFORCE: dict[str, dict[str, Any]] = {
    "unavailable": {"times": 2},
    "too_many": {},
    "error_after_apply": {"times": 2},
    "reset_before": {"times": 2},
    "reset_after_apply": {"times": 2},
    "reset_in_reply": {"times": 2},
    "delay": {"seconds": 0.5},
    "truncated": {"times": 2},
    "html": {"apply": True, "times": 2},
    "duplicate_delivery": {},
    "expired_token": {"times": 2},
    "row_lock": {"every": 3},
    "limit_exceeded": {},
    "late_commit": {"seconds": 1},
}


@pytest.mark.parametrize("name", OF_SALESFORCE)
def test_no_fault_of_salesforce_doubles_or_loses_anybody(name: str, story: Rehearsal, tmp_path: Path) -> None:
    fault(story, name, "collections_upsert", "salesforce", after=2, **OF_SALESFORCE[name])

    def again() -> Told:
        return to_org(story, tmp_path, stop=pauses_of(OF_SALESFORCE[name]))

    told = gone_through(again, again())
    assert (told.finished.failed, told.finished.left) == (0, 0)
    assert len(in_org(story)) == ROWS


CALLS_OF_A_JOB = ("ingest_create", "ingest_upload", "ingest_patch", "ingest_info", "ingest_results")
DURING_A_JOB = [
    *((name, call) for name in ("unavailable", "reset_after_apply") for call in CALLS_OF_A_JOB),
    ("html", "ingest_create"),
    ("truncated", "ingest_info"),
    ("truncated", "ingest_results"),
    ("reset_in_reply", "ingest_results"),
    ("duplicate_delivery", "ingest_patch"),
]


@pytest.mark.parametrize(("name", "call"), DURING_A_JOB)
def test_no_fault_of_a_bulk_job_doubles_or_loses_anybody(
    name: str, call: str, story: Rehearsal, tmp_path: Path
) -> None:
    fault(story, name, call, "salesforce", **OF_SALESFORCE[name])

    def again() -> Told:
        return to_org(story, tmp_path, key="", mode=ImportMode.CREATE, stop=pauses_of(OF_SALESFORCE[name]))

    told = gone_through(again, again())
    assert told.rows == (ROWS, 0, 0, 0, 0, 0)
    assert len(in_org(story)) == ROWS
