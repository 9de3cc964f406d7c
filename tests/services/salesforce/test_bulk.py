"""Bulk API 2.0, against the simulator: large reads in bounded memory, large writes whose outcomes add up."""

from __future__ import annotations

import csv
import io
import math
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.errors import DisfError, SchemaChanged, Stopped, UnexpectedAnswer
from disf_desktop.core.records import Failed, SourceRecord, Stored, Unprocessed, Window
from disf_desktop.core.values import Value
from disf_desktop.services.salesforce import bulk, bulk_reads
from disf_desktop.services.salesforce.bulk import Ingest, Job, seconds_left
from disf_desktop.services.salesforce.results import ResultFile
from disf_desktop.services.salesforce.wire import Wire
from disf_desktop.services.transport import Reply, ReplyLost, SystemClock
from tests.services.salesforce_simulator import Access, Simulator

FIELDS = (
    "LastName",
    "Email",
    "Loyalty_Points__c",
    "VIP__c",
    "Account.Name",
    "Description",
    "Birthdate",
    "Interests__c",
)


def in_bulk(access: Access, **window: Any) -> list[SourceRecord]:
    pages = list(access.org.read_all(Window("Contact", FIELDS, **window)))
    assert all(page.position is None for page in pages), "nothing may resume in an arbitrary order"
    assert all(len(page.records) <= bulk_reads.RECORDS_A_PAGE for page in pages)
    return [record for page in pages for record in page.records]


def by_rest(access: Access, **window: Any) -> list[SourceRecord]:
    return [record for page in access.org.read(Window("Contact", FIELDS, **window)) for record in page.records]


def test_a_bulk_read_gives_the_very_records_of_the_rest_api(access: Access) -> None:
    whole = by_rest(access)
    assert sorted(in_bulk(access), key=lambda r: r.rid) == sorted(whole, key=lambda r: r.rid)
    late = sorted(record.stamp for record in whole)[3000]
    assert {r.rid for r in in_bulk(access, since=late)} == {r.rid for r in whole if r.stamp >= late}


def test_text_with_every_kind_of_line_end_arrives_whole(simulator: Simulator, access: Access) -> None:
    rid = by_rest(access)[0].rid
    text = 'a\r\nb\nc\u2028d\u0085e\x0bf "quoted", é 😀'
    job = access.org.ingest("Contact", "update")
    job.upload(["Id", "Description"], iter([{"Id": rid, "Description": text}]))
    job.close()
    job.wait()
    stored = next(row["Description"] for row in simulator.records("Contact") if row["Id"] == rid)
    assert next(record.values[5] for record in in_bulk(access) if record.rid == rid) == stored
    assert "\u2028d\u0085e" in stored


@pytest.mark.parametrize("fault", ["reset_in_reply", "truncated", "unavailable", "reset_before"])
def test_results_that_come_cut_are_gone_on_with_and_none_is_repeated(
    simulator: Simulator, access: Access, fault: str
) -> None:
    whole = sorted(by_rest(access), key=lambda r: r.rid)
    simulator.fault(fault, "bulk_query_results", times=2)
    assert sorted(in_bulk(access), key=lambda r: r.rid) == whole


def test_a_poll_that_fails_does_not_end_the_job(simulator: Simulator, access: Access) -> None:
    simulator.fault("unavailable", "bulk_query_info", times=2)
    assert len(in_bulk(access)) == 4300


def test_the_job_is_deleted_when_it_was_read(simulator: Simulator, access: Access) -> None:
    in_bulk(access)
    assert simulator.requests()["bulk_query_delete"] == 1


def test_a_read_that_is_left_deletes_its_job(simulator: Simulator, access: Access) -> None:
    pages = access.org.read_all(Window("Contact", FIELDS))
    next(pages)
    pages.close()  # type: ignore[attr-defined]
    assert simulator.requests()["bulk_query_delete"] == 1


def test_a_stopped_read_aborts_its_job(simulator: Simulator, access: Access) -> None:
    access.org.describe("Contact")
    access.org.stop.set()
    with pytest.raises(Stopped):
        in_bulk(access)
    assert simulator.requests()["bulk_query_patch"] == 1
    assert "bulk_query_results" not in simulator.requests()


def test_a_field_that_is_not_there_is_a_mapping_to_repair(access: Access) -> None:
    with pytest.raises(SchemaChanged):
        list(access.org.read_all(Window("Contact", ("Nothing__c",))))


# ------------------------------------------------------------------ writing


def people(count: int, **more: Value) -> list[dict[str, Value]]:
    return [{"LastName": f"Tremblay {n}", "Legacy_Id__c": f"NEW-{n}", **more} for n in range(count)]


def load(
    access: Access, operation: str, rows: list[dict[str, Value]], external_id: str | None = None
) -> list[Stored | Failed | Unprocessed]:
    job = access.org.ingest("Contact", operation, external_id)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    assert job.upload(columns, iter(rows)) == len(rows)
    job.close()
    assert job.wait()["state"] == "JobComplete"
    outcomes = list(job.outcomes())
    job.discard()
    return outcomes


def test_an_upload_tells_what_became_of_each_row(simulator: Simulator, access: Access) -> None:
    rows: list[dict[str, Value]] = [*people(50), {"LastName": None, "Legacy_Id__c": "nameless"}]
    outcomes = load(access, "insert", rows)
    stored = [each for each in outcomes if isinstance(each, Stored)]
    failed = [each for each in outcomes if isinstance(each, Failed)]
    assert len(stored) == 50
    assert all(each.created and len(each.rid) == 18 for each in stored)
    assert [(each.code, each.row["Legacy_Id__c"]) for each in failed] == [("REQUIRED_FIELD_MISSING", "nameless")]
    kept = {row["Legacy_Id__c"]: row["Id"] for row in simulator.records("Contact") if row["Legacy_Id__c"]}
    assert all(kept[each.row["Legacy_Id__c"]] == each.rid for each in stored)


def test_none_empties_a_field_and_an_absent_one_is_left_as_it_is(simulator: Simulator, access: Access) -> None:
    load(access, "insert", people(2, FirstName="Zoé", Department="Ventes"))
    changes: list[dict[str, Value]] = [
        {"Legacy_Id__c": "NEW-0", "FirstName": None, "Department": "Achats"},
        {"Legacy_Id__c": "NEW-1", "Department": None},
    ]
    outcomes = load(access, "upsert", changes, "Legacy_Id__c")
    assert all(isinstance(each, Stored) and not each.created for each in outcomes)
    kept = {row["Legacy_Id__c"]: (row["FirstName"], row["Department"]) for row in simulator.records("Contact")}
    assert (kept["NEW-0"], kept["NEW-1"]) == ((None, "Achats"), ("Zoé", None))


def test_every_kind_of_value_arrives_as_it_was(simulator: Simulator, access: Access) -> None:
    row: dict[str, Value] = {
        "LastName": 'Côté; "dit" Loup, fils\nJr',
        "Legacy_Id__c": "values",
        "VIP__c": True,
        "Loyalty_Points__c": "1234567.89",
        "Birthdate": "1980-02-29",
        "Last_Visit__c": "2026-11-22T10:00:00Z",
        "Interests__c": ("Cuisine", "Sport"),
    }
    load(access, "insert", [row])
    stored = next(each for each in simulator.records("Contact") if each["Legacy_Id__c"] == "values")
    assert stored["LastName"] == row["LastName"]
    assert stored["VIP__c"] in (True, 1)
    assert Decimal(str(stored["Loyalty_Points__c"])) == Decimal("1234567.89")
    assert stored["Birthdate"] == "1980-02-29"
    assert stored["Last_Visit__c"].startswith("2026-11-22T10:00:00")
    assert stored["Interests__c"] == "Cuisine;Sport"


def test_the_sign_for_empty_cannot_be_sent_as_a_text_and_nothing_is_stored(
    simulator: Simulator, access: Access
) -> None:
    job = access.org.ingest("Contact", "insert")
    with pytest.raises(ValueError, match="REST"):
        job.upload(["LastName"], iter([{"LastName": "#N/A"}]))
    assert simulator.requests()["ingest_delete"] == 1


@pytest.mark.parametrize("fault", ["reset_after_apply", "reset_before", "unavailable", "expired_token"])
def test_an_upload_that_breaks_leaves_nothing_to_be_processed(simulator: Simulator, access: Access, fault: str) -> None:
    job = access.org.ingest("Contact", "insert")
    simulator.fault(fault, "ingest_upload")
    with pytest.raises(DisfError):
        job.upload(["LastName", "Legacy_Id__c"], iter(people(20)))
    assert not [row for row in simulator.records("Contact") if str(row["Legacy_Id__c"]).startswith("NEW-")]
    assert simulator.requests()["ingest_delete"] == 1


def test_a_lost_answer_to_closing_a_job_is_settled_by_looking(simulator: Simulator, access: Access) -> None:
    for fault in ("reset_after_apply", "reset_before"):
        job = access.org.ingest("Contact", "insert")
        job.upload(["LastName"], iter([{"LastName": "Roy"}]))
        simulator.fault(fault, "ingest_patch")
        job.close()
        assert job.wait()["state"] == "JobComplete"


def test_a_job_takes_no_more_than_its_size_and_the_iterator_keeps_the_rest(access: Access) -> None:
    text = "x" * 90_000
    rows: Iterator[Mapping[str, Value]] = ({"Id": str(n), "Description": text} for n in range(1200))
    counter = bulk.Counter()
    size = sum(len(piece) for piece in bulk.csv_pieces(["Id", "Description"], rows, counter))
    assert size <= bulk.LARGEST_UPLOAD + len(text) + 100
    assert next(rows)["Id"] == str(counter.rows)


@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.booleans(),
                st.integers(),
                st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
            ),
            min_size=3,
            max_size=3,
        )
    )
)
def test_any_row_reads_back_as_it_was_written(rows: list[list[Any]]) -> None:
    rows = [[None if cell in ("", bulk.NULL) else cell for cell in row] for row in rows]
    columns = ["A", "B", "C"]
    pieces = bulk.csv_pieces(columns, iter([dict(zip(columns, row, strict=True)) for row in rows]), bulk.Counter())
    read = list(csv.reader(io.StringIO(b"".join(pieces).decode(), newline="")))
    assert read == [columns, *[[bulk.cell_of(cell) for cell in row] for row in rows]]


# ------------------------------------------------------------------ result files


def file_of(*bodies: bytes, announced: int | None = None) -> ResultFile:
    """Give a result file whose n-th fetch gives the n-th body (the last one, from then on)."""
    left = list(bodies)

    def fetch() -> Reply:
        body = left.pop(0) if len(left) > 1 else left[0]
        headers = {} if announced is None else {"Sforce-NumberOfRecords": str(announced)}
        return Reply(200, headers, body, "org.example")

    return ResultFile(fetch)


WHOLE = b'"Id","Name"\n"1","one"\n"2","two\nlines"\n"3","three"\n'
ROWS = [["1", "one"], ["2", "two\nlines"], ["3", "three"]]


@pytest.mark.parametrize("cut", range(len(WHOLE)))
def test_a_file_cut_anywhere_is_fetched_again_and_no_row_is_repeated_or_mangled(cut: int) -> None:
    assert list(file_of(WHOLE[:cut], WHOLE, announced=3).rows()) == ROWS


@pytest.mark.parametrize("cut", range(len(WHOLE)))
def test_without_an_announced_number_no_row_is_mangled(cut: int) -> None:
    try:
        rows = list(file_of(WHOLE[:cut]).rows())
    except ReplyLost:
        return
    assert rows == ROWS[: len(rows)]


def test_a_file_that_stays_cut_is_given_up() -> None:
    with pytest.raises(ReplyLost):
        list(file_of(WHOLE[:-12], announced=3).rows())


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        (b"", []),
        (b'"Id"\n', []),
        (b'\xef\xbb\xbf"Id"\n"1"\n', [["1"]]),
        (b'"Id"\r\n"1\0"\r\n', [["1"]]),
        ('"Id"\n"\u2028é"\n'.encode(), [["\u2028é"]]),
        (b"Id,Name\n1,\n", [["1", ""]]),
    ],
)
def test_a_file_is_read_as_salesforce_writes_it(body: bytes, rows: list[list[str]]) -> None:
    assert list(file_of(body).rows()) == rows


def test_a_file_that_is_not_utf_8_is_not_guessed() -> None:
    with pytest.raises(UnexpectedAnswer):
        list(file_of(b'"Id"\n"\xff\xfe"\n').rows())


def test_a_file_whose_columns_change_between_two_fetches_is_not_believed() -> None:
    with pytest.raises(UnexpectedAnswer):
        list(file_of(WHOLE[:-3], WHOLE.replace(b"Name", b"Other"), announced=3).rows())


def test_a_job_that_tells_of_fewer_rows_than_it_was_sent_is_not_believed(simulator: Simulator, access: Access) -> None:
    job = access.org.ingest("Contact", "insert")
    job.upload(["LastName"], iter([{"LastName": "Roy"}, {"LastName": "Côté"}]))
    job.close()
    job.wait()
    forgetful = Ingest(job.job, sent=3)
    with pytest.raises(UnexpectedAnswer, match="3 rows"):
        list(forgetful.outcomes())


def test_a_job_is_asked_again_when_it_should_have_ended_by_what_it_has_done() -> None:
    assert seconds_left(20.0, 80_000, 100_000) == 5.0
    assert seconds_left(20.0, 99_999, 100_000) == 0.5
    for unknown in (None, 0, 100_000, "80000"):
        assert seconds_left(20.0, unknown, 100_000) == math.inf
    assert seconds_left(20.0, 80_000, None) == math.inf


class Slow(SystemClock):
    """A clock that passes only in pauses, which it keeps."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    def monotonic(self) -> float:
        return sum(self.pauses)

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)


@dataclass
class Working(Job):
    """A job that does ten rows a second, by its clock."""

    slow: Slow
    rows: int
    asked: int = 0

    def __post_init__(self) -> None:
        super().__init__(cast("Wire", None), "", clock=self.slow, stop=threading.Event())

    def info(self) -> dict[str, Any]:
        self.asked += 1
        done = min(self.rows, int(self.slow.monotonic() * 10))
        return {"state": "JobComplete" if done == self.rows else "InProgress", "numberRecordsProcessed": done}


@pytest.mark.parametrize("seconds", [1, 3, 10, 27, 60, 200, 1000])
def test_the_end_of_a_job_is_noticed_soon_without_many_calls(seconds: int) -> None:
    regular, estimated = Working(Slow(), 10 * seconds), Working(Slow(), 10 * seconds)
    regular.wait()
    estimated.wait(10 * seconds)
    assert estimated.slow.monotonic() <= min(seconds + 1.0, regular.slow.monotonic())
    assert estimated.asked <= regular.asked + 2


def test_a_job_is_found_again_by_its_path(access: Access) -> None:
    job = access.org.ingest("Contact", "insert")
    job.upload(["LastName"], iter([{"LastName": "Roy"}]))
    job.close()
    again = access.org.ingest_again(job.path, sent=1)
    assert again.wait()["state"] == "JobComplete"
    assert len(list(again.outcomes())) == 1
