"""Clients written without care, each seen to go wrong on an answer that a careful one must rely on.

They are shaped like public clients of Dialog Insight: `requests`, one JSON body, a look at `Success`. A simulator
that let them pass would prove nothing about ours.
"""

from __future__ import annotations

import contextlib
from typing import Any

import requests

from tests.simulator.conftest import Simulator

INSERT_AND_UPDATE = {
    "AllowInsert": True,
    "AllowUpdate": True,
    "SkipDuplicateRecords": False,
    "SkipUnmatchedRecords": False,
    "ReturnRecordsOnSuccess": False,
    "ReturnRecordsOnError": False,
    "FieldOptions": None,
}
GOOD = {"ID": {"key_f_SalesforceID": "003A"}, "Data": {"f_EMail": "a@x.example", "f_City": "Laval"}}
ALSO_GOOD = {"ID": {"key_f_SalesforceID": "003B"}, "Data": {"f_EMail": "b@x.example"}}
BAD = {"ID": {"key_f_SalesforceID": "003C"}, "Data": {"f_EMail": "nobody"}}


def send(simulator: Simulator, *records: Any, **options: Any) -> Any:
    reply = simulator.call(
        "Contacts.Merge", idProject=123456, Records=list(records), MergeOptions={**INSERT_AND_UPDATE, **options}
    )
    return reply.json()


def stored(simulator: Simulator) -> dict[str, dict[str, Any]]:
    return {each["f_SalesforceID"]: each for each in simulator.lines("dialog-insight/projects/123456/contacts")}


def test_who_trusts_success_alone_believes_that_a_refused_record_is_there(simulator: Simulator) -> None:
    believed = ["003A", "003C"] if send(simulator, GOOD, BAD)["Success"] else []
    assert believed == ["003A", "003C"]
    assert set(stored(simulator)) == {"003A"}


def test_who_trusts_the_validation_result_alone_believes_what_all_or_nothing_cancelled(simulator: Simulator) -> None:
    simulator.control("dialog-insight/account", {"all_or_nothing": True})
    reply = send(simulator, GOOD, BAD)
    assert [each["ValidationResult"] == "OK" for each in reply["Records"]] == [True, False]
    assert stored(simulator) == {}


def test_who_trusts_the_http_status_believes_a_wrong_key_works(simulator: Simulator) -> None:
    body = {"AuthKey": {"idKey": 5335, "Key": "wrong"}, "idProject": 123456, "Records": [GOOD]}
    address = f"{simulator.ready['dialog_insight_url']}/webservices/ofc4/contacts.ashx?method=Merge"
    assert requests.post(address, json=body, timeout=10).ok
    assert stored(simulator) == {}


def test_who_raises_on_the_http_status_never_reads_why(simulator: Simulator) -> None:
    simulator.script("forbidden")
    reply = simulator.call("Contacts.Merge", idProject=123456, Records=[GOOD], MergeOptions=INSERT_AND_UPDATE)
    assert reply.status_code == 403
    assert reply.json()["ErrorMessage"], "the reason is in the body all the same"


def test_who_pairs_results_by_position_blames_the_wrong_record(simulator: Simulator) -> None:
    simulator.script("rows_reversed")
    sent = [GOOD, BAD]
    blamed = [
        record["ID"]["key_f_SalesforceID"]
        for record, result in zip(sent, send(simulator, *sent)["Records"], strict=True)
        if result["Status"] == "Error"
    ]
    assert blamed == ["003A"]
    assert set(stored(simulator)) == {"003A"}


def test_who_does_not_count_the_results_misses_one(simulator: Simulator) -> None:
    simulator.script("rows_missing")
    refused = [each for each in send(simulator, GOOD, BAD)["Records"] if each["Status"] == "Error"]
    assert refused == []
    assert set(stored(simulator)) == {"003A"}


def test_who_creates_again_after_a_lost_reply_takes_its_own_record_for_anothers(simulator: Simulator) -> None:
    simulator.script("reset_after_apply")
    try:
        send(simulator, GOOD, AllowUpdate=False)
    except requests.ConnectionError:
        reply = send(simulator, GOOD, AllowUpdate=False)
    assert reply["Records"][0]["Status"] == "Error"
    assert "003A" in stored(simulator)


def test_who_sends_again_after_a_lost_reply_overwrites_what_a_person_has_changed_since(simulator: Simulator) -> None:
    simulator.script("reset_after_apply")
    try:
        send(simulator, GOOD)
    except requests.ConnectionError:
        simulator.control("dialog-insight/projects/123456/contacts", {"idContact": 1, "set": {"f_City": "Lévis"}})
        send(simulator, GOOD)
    assert stored(simulator)["003A"]["f_City"] == "Laval", "the person's correction is gone"


def test_who_does_not_send_again_after_a_reset_loses_the_record(simulator: Simulator) -> None:
    simulator.script("reset_before")
    with contextlib.suppress(requests.ConnectionError):
        send(simulator, GOOD)
    assert stored(simulator) == {}


def test_who_takes_any_200_for_an_answer_stumbles_over_a_page_in_between(simulator: Simulator) -> None:
    simulator.script("html")
    reply = simulator.call("Contacts.Merge", idProject=123456, Records=[GOOD], MergeOptions=INSERT_AND_UPDATE)
    assert (reply.ok, reply.text.startswith("<!DOCTYPE html>")) == (True, True)
    assert stored(simulator) == {}


def test_who_deletes_what_a_look_up_does_not_find_would_delete_everybody(simulator: Simulator) -> None:
    send(simulator, GOOD, ALSO_GOOD)
    simulator.script("no_records", call="Contacts.Get", times=None)
    clause = {
        "$type": "FieldClause",
        "Field": {"Name": "f_SalesforceID"},
        "TypeOperator": "Equal",
        "ComparisonValue": "003A",
    }
    reply = simulator.call("Contacts.Get", idProject=123456, Clause=clause).json()
    assert (reply["Success"], reply["Records"]) == (True, [])
    assert set(stored(simulator)) == {"003A", "003B"}


def test_who_sends_the_values_of_salesforce_as_they_are_is_refused(simulator: Simulator) -> None:
    """An ISO time with its offset, several choices with semicolons: the form is ours to convert."""
    [contact] = [each for each in simulator.lines("salesforce/Contact") if ";" in (each["Interests__c"] or "")][:1]
    record = {
        "ID": {"key_f_SalesforceID": contact["Id"]},
        "Data": {
            "f_EMail": "a@x.example",
            "f_LastVisit": contact["SystemModstamp"],
            "f_Interests": contact["Interests__c"],
        },
    }
    [result] = send(simulator, record)["Records"]
    assert result["Status"] == "Error"
    assert "f_LastVisit" in result["Message"]
    assert "f_Interests" in result["Message"]


def test_who_puts_the_marker_of_a_clause_last_finds_nobody(simulator: Simulator) -> None:
    send(simulator, GOOD)
    clause = {
        "Field": {"Name": "f_SalesforceID"},
        "TypeOperator": "Equal",
        "ComparisonValue": "003A",
        "$type": "FieldClause",
    }
    reply = simulator.call("Contacts.Get", idProject=123456, Clause=clause).json()
    assert (reply["Success"], "Records" in reply) == (False, False)


def test_who_compares_what_was_sent_with_what_is_stored_sees_a_change_for_ever(simulator: Simulator) -> None:
    record = {"ID": {"key_f_SalesforceID": "003A"}, "Data": {"f_EMail": "A.B@X.EXAMPLE", "f_City": "Laval "}}
    for _ in range(2):
        send(simulator, record)
        kept = stored(simulator)["003A"]
        assert (kept["f_EMail"], kept["f_City"]) == ("a.b@x.example", "Laval")


def test_who_sends_one_record_twice_in_a_call_gets_a_refusal(simulator: Simulator) -> None:
    reply = send(simulator, GOOD, {**GOOD, "ID": {"key_f_SalesforceID": "003a"}})
    assert [each["ValidationResult"] for each in reply["Records"]] == ["OK", "Duplicate"]


def test_who_sends_orders_before_their_contacts_is_refused(simulator: Simulator) -> None:
    row = {"ID": {"key_OrderNumber": "O-1"}, "Data": {"idContact": 1, "Amount": 12.5}}
    for expected in ("Error", "Created"):
        reply = simulator.call("RelationalTables.Merge", idTable=987, Records=[row], MergeOptions=INSERT_AND_UPDATE)
        assert reply.json()["Records"][0]["Status"] == expected
        send(simulator, GOOD)
