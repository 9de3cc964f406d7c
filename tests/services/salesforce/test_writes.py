"""Small writes by sObject Collections: what is known, what is refused, and what is unknown."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from disf_desktop.core.errors import AuthorizationNeeded, LimitReached
from disf_desktop.core.records import NotSent, RecordRefused, Refused, Unknown, WriteRecord, WriteReply, Written
from disf_desktop.core.values import Value
from disf_desktop.services.oauth import REFRESH_TOKEN
from disf_desktop.services.salesforce import writes
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
