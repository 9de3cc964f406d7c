"""Records asked for by Id, by value, by filter, and in the recycle bin."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disf_desktop.core.errors import (
    DisfError,
    LimitReached,
    SchemaChanged,
    ServiceUnavailable,
    SettingsError,
    UnexpectedAnswer,
)
from disf_desktop.core.records import Fate, Position, SourceRecord, Window, WriteRecord, WriteReply, Written
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.core.values import Value, check_characters
from disf_desktop.services.salesforce import query, reads
from disf_desktop.services.salesforce.errors import Refusal
from disf_desktop.services.salesforce.rest import SalesforceOrg
from tests.services.salesforce_simulator import Access, Simulator

FIELDS = ("LastName", "Email", "Loyalty_Points__c", "Account.Name")


def everything(org: SalesforceOrg, **window: Any) -> dict[str, SourceRecord]:
    return {record.rid: record for page in org.read(Window("Contact", FIELDS, **window)) for record in page.records}


def act(simulator: Simulator, rid: str, **values: Any) -> None:
    simulator.control("salesforce/Contact", {"Id": rid, "set": values})


def made(org: SalesforceOrg, **fields: Value) -> str:
    reply = org.write("Contact", "create", [WriteRecord(1, {}, {"LastName": "Test", **fields})])
    assert isinstance(reply, WriteReply)
    [outcome] = reply.outcomes
    assert isinstance(outcome, Written), outcome
    return outcome.rid


# ------------------------------------------------------------------ by Id


def test_two_hundred_records_are_read_by_id_in_one_call_as_a_window_shows_them(access: Access) -> None:
    shown = everything(access.org)
    ids = list(shown)[::20][:200]
    before = access.org.calls
    found = access.org.read_by_id("Contact", FIELDS, ids)
    assert access.org.calls == before + 1
    assert found == {rid: shown[rid] for rid in ids}


def test_a_record_that_is_gone_or_was_never_there_is_left_out(simulator: Simulator, access: Access) -> None:
    first, second, third = list(everything(access.org))[:3]
    simulator.control("salesforce/Contact", {"Id": second, "delete": True})
    short = "003QQ0000000000"
    strange = [short + check_characters(short), "", "Zoé", "x' OR Name != '", first[:15] + "zzz"]
    assert set(access.org.read_by_id("Contact", ("LastName",), [first, second, third[:15], *strange])) == {first, third}
    before = access.org.calls
    assert access.org.read_by_id("Contact", ("LastName",), ["", "Zoé"]) == {}
    assert access.org.read_by_id("Contact", ("LastName",), []) == {}
    assert access.org.calls == before


def test_more_fields_than_a_query_holds_are_read_in_parts(simulator: Simulator, access: Access) -> None:
    ids = list(everything(access.org))[:200]
    narrow = access.org.read_by_id("Contact", FIELDS, ids)
    wide = access.org.read_by_id("Contact", FIELDS * 300, ids)
    assert {rid: record.values for rid, record in wide.items()} == {
        rid: record.values * 300 for rid, record in narrow.items()
    }


# ------------------------------------------------------------------ by value


def test_records_are_found_by_a_value_without_regard_to_case(access: Access) -> None:
    shown = everything(access.org)
    some = [record for record in shown.values() if record.values[1]][:200]
    asked: list[Value] = [str(record.values[1]).swapcase() for record in some]
    found = access.org.read_by_value("Contact", FIELDS, "Email", [*asked, "nobody@example.org"][-200:])
    assert {(str(value).lower(), record) for value, record in found} == {
        (str(record.values[1]).lower(), record)
        for record in shown.values()
        if record.values[1] and str(record.values[1]).swapcase() in asked[1:]
    }
    assert all(value in asked for value, _ in found)


def test_a_value_that_several_records_hold_gives_each_of_them(access: Access) -> None:
    twins = {made(access.org, Email="twin@example.org") for _ in range(2)}
    found = access.org.read_by_value("Contact", ("LastName",), "email", ["TWIN@example.org", "twin@example.org"])
    assert {(value, record.rid) for value, record in found} == {
        (value, rid) for value in ("TWIN@example.org", "twin@example.org") for rid in twins
    }


@pytest.mark.parametrize("name", ["O'Brien-Test", 'a "quoted" \\ name', "Zoé", "%_", "x') OR (Name != '"])
def test_whatever_stands_in_a_value_it_is_only_a_value(access: Access, name: str) -> None:
    rid = made(access.org, LastName=name)
    found = access.org.read_by_value("Contact", (), "LastName", [name, "Nobody at all"])
    assert [(value, record.rid) for value, record in found] == [(name, rid)]


def test_long_values_take_as_many_queries_as_fit_into_urls(simulator: Simulator, access: Access) -> None:
    asked = [f"{n}" + "é" * 70 for n in range(200)]
    rid = made(access.org, LastName=asked[150])
    simulator.control("requests", method="DELETE")
    found = access.org.read_by_value("Contact", ("LastName",), "LastName", asked)
    assert [(value, record.rid, record.values) for value, record in found] == [(asked[150], rid, (asked[150],))]
    assert simulator.requests()["query"] == len(list(reads._parts(map(query.text_literal, asked)))) > 5


def test_no_value_and_what_a_field_cannot_hold_are_not_asked_for(simulator: Simulator, access: Access) -> None:
    access.org.describe("Contact")
    before = access.org.calls
    assert access.org.read_by_value("Contact", (), "Email", [None, "", "x" * 5000]) == []
    assert access.org.read_by_value("Contact", (), "AccountId", ["no Id"]) == []
    assert access.org.read_by_value("Contact", (), "Email", []) == []
    assert access.org.calls == before


def test_numbers_booleans_and_moments_are_found_too(access: Access) -> None:
    visit = "2019-05-06T07:08:09Z"
    rid = made(access.org, Loyalty_Points__c="1234567.25", Last_Visit__c=visit, Birthdate="1931-02-03")
    for name, value in (("Loyalty_Points__c", "1234567.25"), ("Last_Visit__c", visit), ("Birthdate", "1931-02-03")):
        found = access.org.read_by_value("Contact", (), name, [value])
        assert (value, rid) in [(each, record.rid) for each, record in found]
    assert access.org.read_by_value("Contact", (), "VIP__c", [True])


def test_a_field_that_is_gone_is_said_to_be_gone(access: Access) -> None:
    with pytest.raises(SchemaChanged, match="Nothing__c"):
        access.org.read_by_value("Contact", (), "Nothing__c", ["x"])


KEYED = Schema(Side.SALESFORCE, "Thing__c", "Thing", {"Key__c": Field("Key__c", "Key", FieldType.TEXT)})


def answering(*keys: str) -> Any:
    rows = [
        {"Id": f"a00{n:015}", "SystemModstamp": "2026-01-01T00:00:00Z", "Key__c": key} for n, key in enumerate(keys)
    ]
    return lambda soql: {"totalSize": len(rows), "done": True, "records": rows}


def test_a_record_that_only_a_looser_comparison_finds_is_still_told_apart() -> None:
    found = reads.by_value(answering("JOSÉ"), KEYED, (), "Key__c", ["jose", "zoé"])
    assert [value for value, _ in found] == ["jose"]
    found = reads.by_value(answering("JOSÉ"), KEYED, (), "Key__c", ["jose", "josé"])
    assert [value for value, _ in found] == ["josé"]


def test_a_record_that_was_not_asked_for_is_not_believed() -> None:
    with pytest.raises(UnexpectedAnswer, match="not asked for"):
        reads.by_value(answering("other"), KEYED, (), "Key__c", ["jose"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=255), min_size=1, max_size=60, unique=True))
def test_lists_of_values_hold_each_once_and_leave_room_in_a_url(values: list[str]) -> None:
    literals = [query.text_literal(value) for value in values]
    parts = list(reads._parts(literals))
    assert [literal for part in parts for literal in part] == literals
    for part in parts:
        more = f"Key__c IN ({','.join(part)})"
        window = Window("Thing__c", ("Key__c", "Other__c"))
        for names in query.columns(window, more):
            where = query.where_of(window, Position("2026-01-01T00:00:00Z", "0" * 18), more)
            assert len(quote_plus(query.select("Thing__c", names, where, paged=True))) < 16_000


# ------------------------------------------------------------------ in the recycle bin


def test_a_merged_record_names_its_master_and_a_deleted_one_nobody(simulator: Simulator, access: Access) -> None:
    ids = list(everything(access.org))[:5]
    first, second, third, deleted, alive = ids
    simulator.control("salesforce/merge", {"object": "Contact", "master": second, "loser": first})
    simulator.control("salesforce/merge", {"object": "Contact", "master": third, "loser": second})
    simulator.control("salesforce/Contact", {"Id": deleted, "delete": True})
    short = "003QQ0000000000"
    purged = short + check_characters(short)
    before = access.org.calls
    assert access.org.fates("Contact", [first, second, third, deleted, alive, purged]) == [
        Fate(first, second),
        Fate(second, third),
        Fate(deleted, None),
        Fate(purged, None),
    ]
    assert access.org.calls == before + 2, "a describe and a query"


def test_more_deleted_records_than_a_query_names_are_all_told(simulator: Simulator, access: Access) -> None:
    ids = list(everything(access.org))[:700]
    access.org.describe("Contact")
    gone = [WriteRecord(n, {}, {}, rid) for n, rid in enumerate(ids)]
    for start in range(0, 700, 200):
        access.org.write("Contact", "delete", gone[start : start + 200])
    assert access.org.fates("Contact", ids) == [Fate(rid, None) for rid in ids]
    assert access.org.fates("Contact", []) == []


def test_records_that_are_never_merged_are_just_gone_without_a_question(simulator: Simulator, access: Access) -> None:
    order = simulator.records("Order__c")[0]["Id"]
    access.org.describe("Order__c")
    before = access.org.calls
    assert access.org.fates("Order__c", [order]) == [Fate(order, None)]
    assert access.org.calls == before


# ------------------------------------------------------------------ by filter

FILTER = "VIP__c = true OR (MailingCity = 'Laval' AND Email != null)"


def test_a_filter_is_judged_by_salesforce_up_to_and_with_a_position(simulator: Simulator, access: Access) -> None:
    rows = {row["Id"]: row for row in simulator.records("Contact")}
    records = list(everything(access.org).values())
    satisfied = {r for r, row in rows.items() if row["VIP__c"] or (row["MailingCity"] == "Laval" and row["Email"])}
    assert 10 < len(satisfied) < 4290
    since = records[1000].stamp
    for place in (1000, 1003, 3100, 4299):
        until = Position(records[place].stamp, records[place].rid)
        window = Window("Contact", FIELDS, since, condition=FILTER)
        expected = {r.rid for r in records[: place + 1] if r.stamp >= since and r.rid in satisfied}
        assert access.org.in_scope(window, until) == expected
    position, until = (Position(records[n].stamp, records[n].rid) for n in (1500, 1700))
    window = Window("Contact", FIELDS, since, position, FILTER)
    assert access.org.in_scope(window, until) == {r.rid for r in records[1501:1701]} & satisfied


def test_the_scope_of_a_page_costs_one_call_and_that_of_more_as_many_as_pages(
    simulator: Simulator, access: Access
) -> None:
    records = list(everything(access.org).values())
    window = Window("Contact", FIELDS, condition="LastName != null")
    until = Position(records[-1].stamp, records[-1].rid)
    simulator.control("requests", method="DELETE")
    assert access.org.in_scope(window, until) == {record.rid for record in records}
    assert simulator.requests() == {"query": 3}
    before = access.org.calls
    page = Window("Contact", FIELDS, records[-50].stamp, condition=FILTER)
    access.org.in_scope(page, until)
    assert access.org.calls == before + 1


def test_a_condition_narrows_a_window_and_a_bulk_query_in_the_same_way(access: Access) -> None:
    narrow = everything(access.org, condition=FILTER)
    assert 10 < len(narrow) < len(everything(access.org))
    bulk = [r for page in access.org.read_all(Window("Contact", FIELDS, condition=FILTER)) for r in page.records]
    assert {record.rid for record in bulk} == set(narrow)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("Nothing__c = 1", "INVALID_FIELD: No such column 'Nothing__c'"),
        ("LastName =", "MALFORMED_QUERY: "),
        ("LastName = 'x", "MALFORMED_QUERY: "),
        ("VIP__c = 'zoe@example.org' AND Nothing__c = 'zoe@example.org'", ": "),
    ],
)
def test_a_filter_that_salesforce_refuses_is_a_setting_to_repair(access: Access, condition: str, words: str) -> None:
    [record] = access.org.read_by_id("Contact", (), [made(access.org)]).values()
    until = Position(record.stamp, record.rid)
    window = Window("Contact", FIELDS, condition=condition)
    for ask in (
        lambda: access.org.check_filter("Contact", condition, "integrations[0].filter"),
        lambda: access.org.in_scope(window, until, "integrations[0].filter"),
    ):
        with pytest.raises(SettingsError) as caught:
            ask()
        [problem] = caught.value.problems
        assert problem.path == "integrations[0].filter"
        assert problem.message.startswith("The filter of Contact cannot be used: ")
        assert words in problem.message
        assert "SystemModstamp" not in problem.message
        assert "zoe" not in problem.message
    with pytest.raises(SettingsError) as caught:
        list(access.org.read_all(window))
    assert caught.value.where == "Contact"


def test_of_what_salesforce_says_of_a_filter_only_its_verdict_is_shown_and_no_address() -> None:
    said = (
        "\nEmail = 'zoe@example.org' AND Foo = 1\n    ^\nERROR at Row:1:Column:26\n"
        "No such column 'Foo' near 'zoe@example.org'."
    )
    with pytest.raises(SettingsError) as caught:
        reads.check_filter(lambda soql: Refusal(400, "INVALID_FIELD", said), "Contact", "Foo = 1")
    [problem] = caught.value.problems
    assert problem.message == ("The filter of Contact cannot be used: INVALID_FIELD: No such column 'Foo' near '…@…'.")
    assert problem.path == "Contact"


@pytest.mark.parametrize(
    ("refusal", "kind"),
    [
        (Refusal(404, "NOT_FOUND", ""), SchemaChanged),
        (Refusal(302, "", ""), UnexpectedAnswer),
        (Refusal(400, "QUERY_TIMEOUT", ""), ServiceUnavailable),
    ],
)
def test_a_detour_or_a_slow_org_is_no_fault_of_the_filter(refusal: Refusal, kind: type[DisfError]) -> None:
    with pytest.raises(kind):
        reads.check_filter(lambda soql: refusal, "Contact", "Foo = 1")


def test_a_good_filter_costs_one_call_to_check(access: Access) -> None:
    access.org.count("Contact")
    before = access.org.calls
    access.org.check_filter("Contact", FILTER)
    assert access.org.calls == before + 1


def test_what_is_no_fault_of_the_filter_is_not_laid_at_its_door(simulator: Simulator, access: Access) -> None:
    simulator.fault("limit_exceeded", "query")
    with pytest.raises(LimitReached):
        access.org.check_filter("Contact", FILTER)
    with pytest.raises(SchemaChanged):
        list(access.org.read(Window("Contact", ("Nothing__c",), condition=FILTER)))


def test_a_filter_too_long_for_a_query_is_said_to_be(access: Access) -> None:
    condition = " OR ".join(f"LastName = 'é{n}'" for n in range(900))
    with pytest.raises(SettingsError, match="too long"):
        access.org.check_filter("Contact", condition)
    with pytest.raises(SettingsError, match="too long"):
        access.org.in_scope(Window("Contact", (), condition=condition), Position("2026-01-01T00:00:00Z", "0" * 18))
