"""Small writes by sObject Collections: what is known, what is refused, and what is unknown."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from disf_desktop.core.errors import AuthorizationNeeded, LimitReached
from disf_desktop.core.records import NotSent, RecordRefused, Refused, Unknown, WriteRecord, WriteReply, Written
from disf_desktop.core.values import Value, check_characters
from disf_desktop.services.oauth import REFRESH_TOKEN
from disf_desktop.services.salesforce import writes
from tests.services.salesforce.test_paging import org_at
from tests.services.salesforce.tiny_org import tiny_org
from tests.services.salesforce_simulator import Access, Simulator


def new(op: int, name: str | None, **fields: Value) -> WriteRecord:
    return WriteRecord(op, {}, {"LastName": name, **fields})


def stored(simulator: Simulator, name: str) -> list[str]:
    return [row["Id"] for row in simulator.records("Contact") if row["LastName"] == name]


def written(result: object) -> list[Written]:
    assert isinstance(result, WriteReply)
    assert all(isinstance(each, Written) for each in result.outcomes)
    return [each for each in result.outcomes if isinstance(each, Written)]


def test_each_record_has_its_own_outcome_in_the_order_of_the_batch(simulator: Simulator, access: Access) -> None:
    records = [new(7, "Aubé-Test"), new(8, None), new(9, "Bédard-Test", Email="not an address"), new(10, "Côté-Test")]
    result = access.org.write("Contact", "create", records)
    assert isinstance(result, WriteReply)
    first, second, third, fourth = result.outcomes
    assert isinstance(first, Written)
    assert (first.op, first.created, first.rid) == (7, True, stored(simulator, "Aubé-Test")[0])
    assert isinstance(second, RecordRefused)
    assert (second.op, second.code, second.field) == (8, "REQUIRED_FIELD_MISSING", "LastName")
    assert isinstance(third, RecordRefused)
    assert (third.op, third.code, third.field) == (9, "INVALID_EMAIL_ADDRESS", "Email")
    assert isinstance(fourth, Written)
    assert fourth.op == 10


def test_an_update_goes_by_id_and_every_value_arrives_as_it_was(simulator: Simulator, access: Access) -> None:
    (made,) = written(access.org.write("Contact", "create", [new(1, "Roy-Test", FirstName="Zoé")]))
    fields: dict[str, Value] = {
        "FirstName": None,
        "Loyalty_Points__c": "1234567.89",
        "VIP__c": True,
        "Interests__c": ("Cuisine", "Sport"),
        "Birthdate": "1980-02-29",
    }
    (changed,) = written(access.org.write("Contact", "update", [WriteRecord(2, {}, fields, made.rid)]))
    assert (changed.rid, changed.created) == (made.rid, False)
    row = next(row for row in simulator.records("Contact") if row["Id"] == made.rid)
    assert (row["FirstName"], row["Interests__c"], row["Birthdate"]) == (None, "Cuisine;Sport", "1980-02-29")
    assert Decimal(str(row["Loyalty_Points__c"])) == Decimal("1234567.89")


def test_a_person_is_born_once_for_the_external_id_is_unique(simulator: Simulator, access: Access) -> None:
    birth = WriteRecord(1, {"DI_Contact_Id__c": "7:1001"}, {"LastName": "Born-Test", "Email": None})
    (made,) = written(access.org.write("Contact", "create", [birth]))
    assert made.created
    again = WriteRecord(2, {"DI_Contact_Id__c": "7:1001"}, {"LastName": "Born-Test"})
    other = WriteRecord(3, {"DI_Contact_Id__c": "7:1002"}, {"LastName": "Born-Test"})
    result = access.org.write("Contact", "create", [again, other])
    assert isinstance(result, WriteReply)
    assert isinstance(result.outcomes[0], RecordRefused)
    assert (result.outcomes[0].op, result.outcomes[0].code) == (2, "DUPLICATE_VALUE")
    assert made.rid in result.outcomes[0].message
    assert isinstance(result.outcomes[1], Written)
    assert len(stored(simulator, "Born-Test")) == 2


def test_a_record_that_is_gone_says_so_and_stops_no_other(simulator: Simulator, access: Access) -> None:
    made = written(access.org.write("Contact", "create", [new(1, "Gone-Test"), new(2, "Stays-Test")]))
    written(access.org.write("Contact", "delete", [WriteRecord(3, {}, {}, made[0].rid)]))
    short = "003QQ0000000000"
    gone = [WriteRecord(n, {}, {"Department": "x"}, rid) for n, rid in ((4, made[0].rid), (5, made[1].rid))]
    result = access.org.write("Contact", "update", [*gone, WriteRecord(6, {}, {}, short + check_characters(short))])
    assert isinstance(result, WriteReply)
    first, second, third = result.outcomes
    assert isinstance(second, Written)
    assert isinstance(first, RecordRefused)
    assert isinstance(third, RecordRefused)
    assert first.code == "ENTITY_IS_DELETED"
    assert third.code in ("INVALID_CROSS_REFERENCE_KEY", "NOT_FOUND")


def test_rows_that_somebody_else_has_locked_are_refused_one_by_one(simulator: Simulator, access: Access) -> None:
    made = written(access.org.write("Contact", "create", [new(n, "Locked-Test") for n in range(4)]))
    simulator.fault("row_lock", "collections_update", every=2)
    changes = [WriteRecord(n, {}, {"Department": "x"}, each.rid) for n, each in enumerate(made)]
    result = access.org.write("Contact", "update", changes)
    assert isinstance(result, WriteReply)
    assert [each.code if isinstance(each, RecordRefused) else "" for each in result.outcomes] == [
        "",
        "UNABLE_TO_LOCK_ROW",
        "",
        "UNABLE_TO_LOCK_ROW",
    ]


def test_links_moments_truths_and_no_values_arrive_as_they_are(simulator: Simulator, access: Access) -> None:
    account = simulator.records("Account")[3]["Id"]
    fields: dict[str, Value] = {
        "AccountId": account,
        "Last_Visit__c": "2026-02-28T23:59:59Z",
        "VIP__c": False,
        "DoNotCall": True,
        "Interests__c": None,
        "Loyalty_Points__c": "-0.5",
    }
    assert len(account) == 18
    (made,) = written(access.org.write("Contact", "create", [new(1, "Values-Test", Interests__c=("Sport",))]))
    written(access.org.write("Contact", "update", [WriteRecord(2, {}, fields, made.rid)]))
    record = access.org.read_by_id("Contact", list(fields), [made.rid])[made.rid]
    values = dict(zip(fields, record.values, strict=True))
    assert values["Last_Visit__c"] == "2026-02-28T23:59:59.000+0000"
    assert (values["AccountId"], values["VIP__c"], values["DoNotCall"]) == (account, False, True)
    assert (values["Interests__c"], values["Loyalty_Points__c"]) == (None, Decimal("-0.5"))


def test_numbers_and_times_go_over_the_wire_digit_for_digit() -> None:
    kinds = {"Amount__c": "currency", "Rank__c": "int", "Name": "string", "Opens__c": "time", "Id": "id"}
    fields: dict[str, Value] = {
        "Amount__c": "123456789012345.678",
        "Rank__c": 7,
        "Name": "12.50",
        "Opens__c": "09:30:00",
    }
    with tiny_org([]) as there:
        described = [{"name": name, "type": kind} for name, kind in kinds.items()]
        there.described["Shop__c"] = {"name": "Shop__c", "fields": described}
        there.answers["created"] = lambda asked: (200, [{"id": "a00QQ0000000001AAA", "success": True, "errors": []}])
        written(org_at(there).write("Shop__c", "create", [WriteRecord(1, {}, fields)]))
        sent = json.loads(there.body, parse_float=str)
    assert sent["allOrNone"] is False
    assert sent["records"] == [
        {
            "attributes": {"type": "Shop__c"},
            "Amount__c": "123456789012345.678",
            "Rank__c": 7,
            "Name": "12.50",
            "Opens__c": "09:30:00.000Z",
        }
    ]
    assert b'"Amount__c":123456789012345.678' in there.body
    assert b'"Name":"12.50"' in there.body


def test_an_upsert_creates_then_updates_by_the_external_id(simulator: Simulator, access: Access) -> None:
    record = WriteRecord(1, {"Legacy_Id__c": "NEW-1"}, {"LastName": "Gagnon-Test"})
    (made,) = written(access.org.write("Contact", "upsert", [record]))
    (again,) = written(access.org.write("Contact", "upsert", [record]))
    assert (made.created, again.created, again.rid) == (True, False, made.rid)


def test_a_delete_goes_by_id(simulator: Simulator, access: Access) -> None:
    made = written(access.org.write("Contact", "create", [new(1, "Doomed-Test"), new(2, "Doomed-Test")]))
    gone = [WriteRecord(3, {}, {}, each.rid) for each in made]
    assert len(written(access.org.write("Contact", "delete", gone))) == 2
    assert stored(simulator, "Doomed-Test") == []
    again = access.org.write("Contact", "delete", gone)
    assert isinstance(again, WriteReply)
    assert all(isinstance(each, RecordRefused) and each.code == "ENTITY_IS_DELETED" for each in again.outcomes)


@pytest.mark.parametrize(
    ("fault", "applied"),
    [
        ("reset_after_apply", True),
        ("reset_before", False),
        ("error_after_apply", True),
        ("unavailable", False),
        ("truncated", True),
        ("html", False),
        ("reset_in_reply", True),
    ],
)
def test_a_write_whose_answer_is_lost_is_unknown_and_is_sent_once(
    simulator: Simulator, access: Access, fault: str, applied: bool
) -> None:
    access.org.describe("Contact")
    simulator.fault(fault, "collections_create")
    result = access.org.write("Contact", "create", [new(1, "Lost-Test")])
    assert isinstance(result, Unknown)
    assert len(stored(simulator, "Lost-Test")) == int(applied)
    assert simulator.requests()["collections_create"] == 1


def test_an_expired_token_is_renewed_and_the_write_sent_again_for_it_was_refused_before(
    simulator: Simulator, access: Access
) -> None:
    access.org.describe("Contact")
    simulator.fault("expired_token", "collections_create")
    written(access.org.write("Contact", "create", [new(1, "Again-Test")]))
    assert len(stored(simulator, "Again-Test")) == 1
    assert simulator.requests()["collections_create"] == 2


@pytest.mark.parametrize("fault", ["reset_after_apply", "unavailable", "html"])
def test_a_sign_in_that_cannot_be_renewed_means_that_nothing_was_written(
    simulator: Simulator, access: Access, fault: str
) -> None:
    access.org.describe("Contact")
    simulator.fault("expired_token", "collections_create")
    simulator.fault(fault, "token")
    result = access.org.write("Contact", "create", [new(1, "Never-Test")])
    assert isinstance(result, NotSent | Unknown)
    assert isinstance(result, NotSent) or fault == "html", (
        "an unreadable token answer is not told from an unreadable write"
    )
    assert stored(simulator, "Never-Test") == []


def test_a_revoked_connection_writes_nothing_and_says_to_sign_in(simulator: Simulator, access: Access) -> None:
    access.org.describe("Contact")
    access.oauth.revoke(access.secrets[REFRESH_TOKEN])
    simulator.fault("expired_token", "collections_create", times=None)
    result = access.org.write("Contact", "create", [new(1, "Never-Test")])
    assert isinstance(result, NotSent)
    assert isinstance(result.error, AuthorizationNeeded)


def test_a_used_up_allowance_writes_nothing(simulator: Simulator, access: Access) -> None:
    access.org.describe("Contact")
    simulator.fault("limit_exceeded", "collections_create")
    result = access.org.write("Contact", "create", [new(1, "Never-Test")])
    assert isinstance(result, NotSent)
    assert isinstance(result.error, LimitReached)


def test_a_service_that_is_not_there_was_sent_nothing(simulator: Simulator, tmp_path: Path) -> None:
    access = Access(simulator, tmp_path)
    schema = access.org.describe("Contact")
    base = access.org.base
    access.tokens.accept(access.dead_end())
    assert isinstance(writes.write(access.org.wire, base, schema, "create", [new(1, "x")]), NotSent)


def test_a_call_that_is_refused_as_a_whole_says_why(simulator: Simulator, access: Access) -> None:
    record = WriteRecord(1, {"LastName": "not an external id"}, {})
    result = access.org.write("Contact", "upsert", [record])
    assert isinstance(result, Refused)
    assert result.code
