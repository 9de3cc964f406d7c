"""What keyset paging must survive: ties, short pages, records that move, answers that contradict themselves."""

from __future__ import annotations

import math
from typing import Any
from urllib.parse import quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disf_desktop.core.errors import LimitReached, UnexpectedAnswer
from disf_desktop.core.project import SalesforceConnection
from disf_desktop.core.records import Page, Position, SourceRecord, Window
from disf_desktop.services.salesforce import query
from disf_desktop.services.salesforce.rest import SalesforceOrg
from tests.services.salesforce.tiny_org import Row, TinyOrg, rows_of, tiny_org
from tests.services.salesforce_simulator import NoWait, transport_of


class Token:
    """A token that is always good."""

    def __init__(self, instance_url: str) -> None:
        self.instance_url = instance_url

    def current(self) -> str:
        return "token"

    def refresh_once(self, stale: str) -> str:
        return "token"


def org_at(there: TinyOrg, **more: Any) -> SalesforceOrg:
    connection = SalesforceConnection(id="org", name="Org", login_url=there.url, api_version="68.0", **more)
    return SalesforceOrg(connection, transport_of(connection, NoWait()), Token(there.url), clock=NoWait())


def read(there: TinyOrg, fields: tuple[str, ...] = ("A", "B"), **window: Any) -> list[SourceRecord]:
    pages: list[Page] = list(org_at(there).read(Window("Thing__c", fields, **window)))
    return [record for page in pages for record in page.records]


def test_thousands_of_records_with_one_stamp_all_come_once() -> None:
    with tiny_org(rows_of(4500, lambda n: "2026-01-01T00:00:00Z")) as there:
        assert [record.values for record in read(there)] == [(n, -n) for n in range(4500)]
        assert len(there.queries) == 3


def test_a_full_last_page_is_followed_by_one_look_and_a_short_one_by_none() -> None:
    for count, calls in ((0, 1), (1, 1), (1999, 1), (2000, 2), (2001, 2), (4000, 3)):
        with tiny_org(rows_of(count)) as there:
            assert len(read(there)) == count
            assert len(there.queries) == calls


def test_wide_rows_come_in_shorter_pages_than_asked_and_none_is_lost() -> None:
    with tiny_org(rows_of(2500), page=300) as there:
        assert [record.values[0] for record in read(there)] == list(range(2500))
        assert len(there.queries) == math.ceil(2500 / 300)


def test_a_record_that_changes_while_pages_are_read_comes_again_later() -> None:
    def touch(org: TinyOrg, rows: list[Row], answer: dict[str, Any]) -> tuple[int, Any]:
        if len(org.queries) == 1:
            org.rows[2100]["SystemModstamp"] = "2026-06-01T00:00:00Z"
            org.rows[5]["SystemModstamp"] = "2026-06-01T00:00:01Z"
        return 200, answer

    with tiny_org(rows_of(2500), touch) as there:
        records = read(there)
    assert {record.rid for record in records} == {f"003{n:015}" for n in range(2500)}
    assert [record.values[0] for record in records[-2:]] == [2100, 5]


def test_the_last_record_of_a_page_that_changes_before_the_next_one_comes_first_in_it() -> None:
    def touch(org: TinyOrg, rows: list[Row], answer: dict[str, Any]) -> tuple[int, Any]:
        if len(org.queries) == 1:
            org.rows[1999]["SystemModstamp"] = "2026-06-01T00:00:00Z"
        return 200, answer

    with tiny_org(rows_of(2000), touch) as there:
        records = read(there)
        assert [record.values[0] for record in records] == [*range(2000), 1999]
        assert read(there, position=Position(records[1999].stamp, records[1999].rid))[0].values[0] == 1999


def test_a_record_that_changes_between_two_field_lists_is_never_put_together_from_two_states() -> None:
    fields = ("A", "B") * 3000

    def touch(org: TinyOrg, rows: list[Row], answer: dict[str, Any]) -> tuple[int, Any]:
        if len(org.queries) == 1:
            org.rows[7] |= {"A": "new", "B": "new", "SystemModstamp": "2026-06-01T00:00:00Z"}
        return 200, answer

    with tiny_org(rows_of(20), touch) as there:
        records = read(there, fields)
    assert len(query.columns(Window("Thing__c", fields))) > 1
    assert [record.values[:2] for record in records if record.rid.endswith("007")] == [("new", "new")]
    assert all(len(set(record.values[0::2])) == 1 for record in records)
    assert len(records) == 20


def test_field_lists_whose_pages_differ_in_length_lose_no_record() -> None:
    fields = ("A",) * 4000 + ("B",) * 4000

    def shorter_when_wide(org: TinyOrg, rows: list[Row], answer: dict[str, Any]) -> tuple[int, Any]:
        if ",B" in org.queries[-1] and len(rows) > 70:
            answer["records"] = answer["records"][:70]
            answer["done"] = False
        return 200, answer

    with tiny_org(rows_of(300), shorter_when_wide) as there:
        records = read(there, fields)
    assert [record.values[0] for record in records] == list(range(300))
    assert [record.values[-1] for record in records] == [-n for n in range(300)]


def test_a_page_of_which_everything_keeps_changing_ends() -> None:
    def churn(org: TinyOrg, rows: list[Row], answer: dict[str, Any]) -> tuple[int, Any]:
        for row in org.rows:
            row["Id"] = f"003{len(org.queries):015}"
        answer["done"], answer["totalSize"] = False, 5
        return 200, answer

    with tiny_org(rows_of(1), churn) as there, pytest.raises(UnexpectedAnswer, match="get on"):
        read(there, ("A", "B") * 3000)


def hides_the_first_row(org: TinyOrg, rows: list[Row], answer: dict[str, Any]) -> tuple[int, Any]:
    return 200, {**answer, "records": answer["records"][1:] or answer["records"]}


def test_a_page_that_hides_a_record_is_asked_again_before_it_is_believed() -> None:
    def once(org: TinyOrg, rows: list[Row], answer: dict[str, Any]) -> tuple[int, Any]:
        return hides_the_first_row(org, rows, answer) if len(org.queries) == 2 else (200, answer)

    with tiny_org(rows_of(700), once, page=300) as there:
        pages = org_at(there).read(Window("Thing__c", ("A",)))
        read_before = [record.values[0] for record in next(pages).records]
        assert read_before == list(range(300))
        assert [record.values[0] for page in pages for record in page.records] == list(range(300, 700))
        assert len(there.queries) == 5


def test_pages_that_always_hide_a_record_are_not_believed() -> None:
    with (
        tiny_org(rows_of(700), hides_the_first_row, page=300) as there,
        pytest.raises(UnexpectedAnswer, match="get on"),
    ):
        next(org_at(there).read(Window("Thing__c", ("A",))))


def test_a_record_that_is_deleted_while_short_pages_are_read_stops_nothing() -> None:
    def deleted(org: TinyOrg, rows: list[Row], answer: dict[str, Any]) -> tuple[int, Any]:
        if len(org.queries) == 1:
            del org.rows[500]
        return 200, answer

    with tiny_org(rows_of(700), deleted, page=300) as there:
        assert [record.values[0] for record in read(there)] == [*range(500), *range(501, 700)]


def bent(**changes: Any) -> Any:
    def bend(org: TinyOrg, rows: list[Row], answer: dict[str, Any]) -> tuple[int, Any]:
        return 200, {**answer, **changes}

    return bend


def without_stamp(org: TinyOrg, rows: list[Row], answer: dict[str, Any]) -> tuple[int, Any]:
    return 200, {**answer, "records": [{"Id": row["Id"], "A": 1, "B": 2} for row in answer["records"]]}


def backwards(org: TinyOrg, rows: list[Row], answer: dict[str, Any]) -> tuple[int, Any]:
    return 200, {**answer, "records": answer["records"][::-1]}


def without_a_field(org: TinyOrg, rows: list[Row], answer: dict[str, Any]) -> tuple[int, Any]:
    for row in answer["records"]:
        del row["B"]
    return 200, answer


def for_ever_the_same(org: TinyOrg, rows: list[Row], answer: dict[str, Any]) -> tuple[int, Any]:
    first = [{"Id": row["Id"], "SystemModstamp": row["SystemModstamp"], "A": 1, "B": 2} for row in org.rows[-1:]]
    return 200, {"totalSize": 2, "done": False, "records": first}


@pytest.mark.parametrize(
    "bend",
    [
        bent(done=False),
        bent(totalSize=99),
        bent(records=[]),
        bent(records=None),
        bent(totalSize="3"),
        without_stamp,
        backwards,
        without_a_field,
        for_ever_the_same,
        lambda org, rows, answer: (200, []),
        lambda org, rows, answer: (200, "maintenance"),
        lambda org, rows, answer: (302, {}),
    ],
)
def test_from_an_answer_that_contradicts_itself_nothing_is_concluded(bend: Any) -> None:
    with tiny_org(rows_of(3), bend) as there, pytest.raises(UnexpectedAnswer):
        read(there)


def test_records_before_the_window_are_not_believed() -> None:
    def early(org: TinyOrg, rows: list[Row], answer: dict[str, Any]) -> tuple[int, Any]:
        for row in answer["records"]:
            row["SystemModstamp"] = "2020-01-01T00:00:00Z"
        return 200, answer

    with tiny_org(rows_of(3), early) as there, pytest.raises(UnexpectedAnswer):
        read(there, since="2026-01-01T00:00:00Z")


def test_our_own_ceiling_stops_before_the_orgs_calls_are_used_up() -> None:
    with tiny_org(rows_of(4500)) as there:
        there.headers["Sforce-Limit-Info"] = "api-usage=600/1000; per-app-api-usage=17/250(appName=x)"
        org = org_at(there)
        pages = org.read(Window("Thing__c", ("A",)))
        next(pages)
        there.headers["Sforce-Limit-Info"] = "api-usage=601/1000"
        next(pages)
        with pytest.raises(LimitReached, match="80 % and keeps 200 calls below that"):
            next(pages)
        assert len(there.queries) == 2


def look(org: SalesforceOrg) -> int:
    """Make one call; give how many records it found."""
    return sum(len(page.records) for page in org.read(Window("Thing__c", ("A",))))


def test_what_is_kept_below_the_ceiling_is_for_the_calls_it_is_kept_for_up_to_the_ceiling_itself() -> None:
    with tiny_org(rows_of(1)) as there:
        there.headers["Sforce-Limit-Info"] = "api-usage=799/1000"
        org = org_at(there)
        look(org)
        with org.reserved():
            assert look(org) == 1
            there.headers["Sforce-Limit-Info"] = "api-usage=800/1000"
            assert look(org) == 1
            with pytest.raises(LimitReached, match="stops at 80 %\\."):
                look(org)
        with pytest.raises(LimitReached, match="keeps 200 calls"):
            look(org)
        assert len(there.queries) == 3


def test_in_an_org_of_few_calls_not_all_are_kept_for_consents() -> None:
    with tiny_org(rows_of(1)) as there:
        there.headers["Sforce-Limit-Info"] = "api-usage=75/125"
        org = org_at(there)
        assert [look(org), look(org)] == [1, 1]
        there.headers["Sforce-Limit-Info"] = "api-usage=76/125"
        assert look(org) == 1
        with pytest.raises(LimitReached, match="keeps 25 calls"):
            look(org)


def test_too_many_long_calls_at_once_are_waited_out() -> None:
    def crowded(org: TinyOrg, rows: list[Row], answer: dict[str, Any]) -> tuple[int, Any]:
        if len(org.queries) < 3:
            return 403, [
                {
                    "errorCode": "REQUEST_LIMIT_EXCEEDED",
                    "message": "ConcurrentRequests (Concurrent API Requests) Limit exceeded.",
                }
            ]
        return 200, answer

    with tiny_org(rows_of(3), crowded) as there:
        assert len(read(there)) == 3


@pytest.mark.parametrize(
    ("told", "stamp"),
    [
        ("2026-11-22T10:00:00.000+0000", "2026-11-22T10:00:00Z"),
        ("2026-11-22T10:00:00.000Z", "2026-11-22T10:00:00Z"),
        ("2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z"),
        ("2026-11-22T10:00:00.500+0530", "2026-11-22T04:30:00Z"),
    ],
)
def test_stamps_come_in_one_form(told: str, stamp: str) -> None:
    assert query.stamp_of(told) == stamp


@pytest.mark.parametrize("told", ["", "yesterday", "2026-11-22T10:00:00", "2026-11-22"])
def test_what_is_no_moment_is_no_stamp(told: str) -> None:
    with pytest.raises(ValueError):
        query.stamp_of(told)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.from_regex(r"[A-Z][A-Za-z0-9_]{0,60}", fullmatch=True), max_size=900))
def test_the_parts_of_a_field_list_are_the_list_and_each_fits_a_url(names: list[str]) -> None:
    window = Window("Contact", tuple(names), "2026-01-01T00:00:00Z", Position("2026-01-01T00:00:00Z", "0" * 18))
    parts = query.columns(window)
    assert [name for part in parts for name in part] == names
    for part in parts:
        soql = query.select("Contact", part, query.after(window.since, window.position), paged=True)
        assert len(quote_plus(soql)) < 16_000
