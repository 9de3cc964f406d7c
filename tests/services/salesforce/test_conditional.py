"""One update that happens only if nobody else was faster."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from disf_desktop.core.errors import AuthorizationNeeded, LimitReached
from disf_desktop.core.records import NotSent, RecordRefused, Refused, Unknown, WriteRecord, WriteReply, Written
from disf_desktop.core.values import Value
from disf_desktop.services.salesforce.query import moment_of
from tests.services.salesforce.test_paging import org_at
from tests.services.salesforce.tiny_org import tiny_org
from tests.services.salesforce_simulator import Access, Simulator


def first(simulator: Simulator) -> dict[str, Any]:
    return simulator.records("Contact")[0]


def now_of(simulator: Simulator, rid: str) -> dict[str, Any]:
    return next(row for row in simulator.records("Contact") if row["Id"] == rid)


def change(rid: str, **fields: Value) -> WriteRecord:
    return WriteRecord(7, {}, fields, rid)


def refusal(result: object) -> RecordRefused:
    assert isinstance(result, WriteReply), result
    [outcome] = result.outcomes
    assert isinstance(outcome, RecordRefused), outcome
    return outcome


def test_a_record_that_nobody_touched_is_updated(simulator: Simulator, access: Access) -> None:
    row = first(simulator)
    since = moment_of(row["SystemModstamp"])
    fields: dict[str, Value] = {"Department": "Ours", "Interests__c": ("Sport", "Cuisine"), "Loyalty_Points__c": "7.25"}
    result = access.org.write_unless_modified("Contact", change(row["Id"], FirstName=None, **fields), since)
    assert result == WriteReply([Written(7, row["Id"], False, None)], "")
    stored = now_of(simulator, row["Id"])
    assert (stored["Department"], stored["FirstName"]) == ("Ours", None)
    assert stored["Interests__c"].split(";") == ["Cuisine", "Sport"]
    assert simulator.requests()["update"] == 1


def test_a_record_that_a_person_changed_meanwhile_stays_as_the_person_left_it(
    simulator: Simulator, access: Access
) -> None:
    row = first(simulator)
    since = moment_of(row["SystemModstamp"])
    simulator.control("salesforce/Contact", {"Id": row["Id"], "set": {"Department": "Theirs"}})
    result = access.org.write_unless_modified("Contact", change(row["Id"], Department="Ours"), since)
    assert (refusal(result).op, refusal(result).code) == (7, "MODIFIED_SINCE")
    assert now_of(simulator, row["Id"])["Department"] == "Theirs"


def test_a_record_changed_after_the_very_second_asked_is_not_overwritten(simulator: Simulator, access: Access) -> None:
    rid = first(simulator)["Id"]
    simulator.control("salesforce/Contact", {"Id": rid, "set": {"Department": "Theirs"}})
    stamp = moment_of(now_of(simulator, rid)["SystemModstamp"])
    for since in (stamp - timedelta(seconds=1), stamp - timedelta(microseconds=1)):
        result = access.org.write_unless_modified("Contact", change(rid, Department="Ours"), since)
        assert refusal(result).code == "MODIFIED_SINCE"
    result = access.org.write_unless_modified("Contact", change(rid, Department="Ours"), stamp)
    assert isinstance(result, WriteReply)
    assert isinstance(result.outcomes[0], Written)


def test_what_a_record_refuses_is_said_as_in_a_batch(simulator: Simulator, access: Access) -> None:
    row, other = simulator.records("Contact")[:2]
    since = datetime.now(UTC) + timedelta(days=1)
    bad = refusal(access.org.write_unless_modified("Contact", change(row["Id"], Email="not an address"), since))
    assert (bad.code, bad.field) == ("INVALID_EMAIL_ADDRESS", "Email")
    simulator.control("salesforce/Contact", {"Id": other["Id"], "set": {"Legacy_Id__c": "TAKEN-1"}})
    taken = refusal(access.org.write_unless_modified("Contact", change(row["Id"], Legacy_Id__c="TAKEN-1"), since))
    assert taken.code == "DUPLICATE_VALUE"
    simulator.control("salesforce/Contact", {"Id": row["Id"], "delete": True})
    gone = refusal(access.org.write_unless_modified("Contact", change(row["Id"], Department="x"), since))
    assert gone.code == "ENTITY_IS_DELETED"
    simulator.fault("row_lock", "update")
    locked = access.org.write_unless_modified("Contact", change(other["Id"], Department="x"), since)
    assert refusal(locked).code == "UNABLE_TO_LOCK_ROW"


@pytest.mark.parametrize(
    ("fault", "applied"),
    [
        ("reset_after_apply", True),
        ("reset_before", False),
        ("error_after_apply", True),
        ("unavailable", False),
        ("html", False),
    ],
)
def test_an_update_whose_answer_is_lost_is_unknown_and_is_sent_once(
    simulator: Simulator, access: Access, fault: str, applied: bool
) -> None:
    row = first(simulator)
    access.org.describe("Contact")
    simulator.fault(fault, "update")
    since = moment_of(row["SystemModstamp"])
    assert isinstance(access.org.write_unless_modified("Contact", change(row["Id"], Department="Ours"), since), Unknown)
    assert (now_of(simulator, row["Id"])["Department"] == "Ours") is applied
    assert simulator.requests()["update"] == 1


def test_a_used_up_allowance_and_a_lost_sign_in_write_nothing(simulator: Simulator, access: Access) -> None:
    row = first(simulator)
    access.org.describe("Contact")
    since = moment_of(row["SystemModstamp"])
    simulator.fault("limit_exceeded", "update")
    result = access.org.write_unless_modified("Contact", change(row["Id"], Department="Ours"), since)
    assert isinstance(result, NotSent)
    assert isinstance(result.error, LimitReached)
    access.oauth.revoke(access.secrets["refresh_token"])
    simulator.fault("expired_token", "update", times=None)
    result = access.org.write_unless_modified("Contact", change(row["Id"], Department="Ours"), since)
    assert isinstance(result, NotSent)
    assert isinstance(result.error, AuthorizationNeeded)


def test_an_org_that_cannot_even_describe_the_object_was_sent_nothing(simulator: Simulator, access: Access) -> None:
    simulator.fault("limit_exceeded", "describe", times=2)
    record = change(first(simulator)["Id"], Department="Ours")
    assert isinstance(access.org.write_unless_modified("Contact", record, datetime.now(UTC)), NotSent)
    assert isinstance(access.org.write("Contact", "update", [record]), NotSent)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (412, None, "MODIFIED_SINCE"),
        (412, [{"errorCode": "ENTITY_SAVE_ERROR", "message": ""}], "MODIFIED_SINCE"),
        (404, [{"errorCode": "NOT_FOUND", "message": ""}], "NOT_FOUND"),
        (400, [{"errorCode": "JSON_PARSER_ERROR", "message": ""}], "JSON_PARSER_ERROR"),
        (403, [{"errorCode": "INSUFFICIENT_ACCESS_OR_READONLY", "message": ""}], "INSUFFICIENT_ACCESS_OR_READONLY"),
        (403, [{"errorCode": "API_DISABLED_FOR_ORG", "message": ""}], Refused),
        (403, [{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": ""}], NotSent),
        (429, None, NotSent),
        (500, [{"errorCode": "UNKNOWN_EXCEPTION", "message": ""}], Unknown),
        (400, "<html>", Unknown),
        (404, "<html>", Unknown),
        (200, {}, Unknown),
        (302, None, Unknown),
    ],
)
def test_each_answer_means_no_more_than_it_says(status: int, body: Any, kind: Any) -> None:
    rid = f"a00{0:015}"
    with tiny_org([]) as there:
        there.answers["patched"] = lambda asked: (status, body)
        result = org_at(there).write_unless_modified(
            "Thing__c", change(rid, Name="x"), datetime(2026, 3, 4, tzinfo=UTC)
        )
        assert there.received["If-Unmodified-Since"] == "Wed, 04 Mar 2026 00:00:00 GMT"
        assert there.received["Sforce-Auto-Assign"] == "FALSE"
        assert there.paths[-1] == f"/services/data/v68.0/sobjects/Thing__c/{rid}"
    if isinstance(kind, str):
        assert refusal(result).code == kind
    else:
        assert isinstance(result, kind)
