"""What an org makes of saves by itself: validation and duplicate rules, sharing, locked rows, full storage."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.simulator.salesforce.conftest import Service

VALIDATION = {
    "object": "Contact",
    "when": "Email = null AND Phone = null",
    "message": "Un courriel ou un téléphone, s'il vous plaît.",
    "field": "Email",
}
ALIKE = {"object": "Contact", "match": ["LastName", "Email"], "action": "alert"}


def bulk(service: Service, operation: str, csv: str) -> str:
    """Run an ingest job of contacts; return its failed results."""
    job = service.call("POST", "jobs/ingest", {"object": "Contact", "operation": operation}).json()["id"]
    service.session.put(
        f"{service.url}/services/data/v68.0/jobs/ingest/{job}/batches",
        csv.encode(),
        headers={"Content-Type": "text/csv"},
    )
    service.call("PATCH", f"jobs/ingest/{job}", {"state": "UploadComplete"})
    until = time.monotonic() + 10
    while service.get(f"jobs/ingest/{job}").json()["state"] != "JobComplete":
        assert time.monotonic() < until
    return service.get(f"jobs/ingest/{job}/failedResults").content.decode()


def test_a_validation_rule_refuses_what_its_condition_is_true_of(salesforce: Service) -> None:
    salesforce.act("rules", {"validation": [VALIDATION]})
    refused = salesforce.call("POST", "sobjects/Contact", {"LastName": "Roy"})
    assert refused.status_code == 400
    assert refused.json() == [
        {
            "message": "Un courriel ou un téléphone, s'il vous plaît.",
            "errorCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION",
            "fields": ["Email"],
        }
    ]
    assert salesforce.query("SELECT COUNT() FROM Contact WHERE LastName = 'Roy'")["totalSize"] == 0
    assert salesforce.call("POST", "sobjects/Contact", {"LastName": "Roy", "Phone": "514"}).status_code == 201


def test_a_validation_rule_judges_a_change_by_what_the_record_becomes(salesforce: Service) -> None:
    salesforce.act("rules", {"validation": [VALIDATION]})
    known = salesforce.contact(3)
    before = salesforce.read("Contact", known)
    assert salesforce.call("PATCH", f"sobjects/Contact/{known}", {"Email": None}).status_code == 400
    assert salesforce.read("Contact", known) == before
    changed = {"Email": None, "Phone": "450 555-0101"}
    assert salesforce.call("PATCH", f"sobjects/Contact/{known}", changed).status_code == 204


def test_one_invalid_record_of_a_collection_does_not_stop_the_others(salesforce: Service) -> None:
    salesforce.act("rules", {"validation": [VALIDATION]})
    records = [{"attributes": {"type": "Contact"}, "LastName": f"C{n}", "Phone": "1" * n} for n in range(3)]
    first, *others = salesforce.call("POST", "composite/sobjects", {"records": records}).json()
    assert [each["success"] for each in others] == [True, True]
    assert first["errors"][0]["statusCode"] == "FIELD_CUSTOM_VALIDATION_EXCEPTION"


def test_one_invalid_row_of_a_job_is_told_with_its_reason(salesforce: Service) -> None:
    salesforce.act("rules", {"validation": [VALIDATION]})
    failed = bulk(salesforce, "insert", "LastName,Phone\nUn,\nDeux,514\n")
    assert "FIELD_CUSTOM_VALIDATION_EXCEPTION:Un courriel ou un téléphone" in failed
    assert "Deux" not in failed


def test_an_alert_of_a_duplicate_tells_which_records_it_is_like(salesforce: Service) -> None:
    salesforce.act("rules", {"duplicates": [ALIKE]})
    twin = {"LastName": "tremblay 3", "Email": "Anne3@example.org"}
    refused = salesforce.call("POST", "sobjects/Contact", twin)
    assert refused.status_code == 400
    [error] = refused.json()
    assert (error["errorCode"], error["message"]) == ("DUPLICATES_DETECTED", "Use one of these records?")
    result = error["duplicateResult"]
    assert result["allowSave"] is True
    assert result["duplicateRule"] == "Standard_Contact_Duplicate_Rule"
    [match] = result["matchResults"]
    assert [each["record"]["Id"] for each in match["matchRecords"]] == [salesforce.contact(3)]
    assert match["size"] == 1


def test_a_client_that_insists_saves_past_an_alert_but_not_past_a_block(salesforce: Service) -> None:
    insist = {"Sforce-Duplicate-Rule-Header": "allowSave=true; includeRecordDetails=false"}
    twin = {"LastName": "Tremblay 3", "Email": "anne3@example.org"}
    salesforce.act("rules", {"duplicates": [{**ALIKE, "action": "block", "message": "Déjà là."}]})
    assert salesforce.call("POST", "sobjects/Contact", twin, headers=insist).json()[0]["message"] == "Déjà là."
    salesforce.act("rules", {"duplicates": [ALIKE]})
    assert salesforce.call("POST", "sobjects/Contact", twin).status_code == 400
    assert salesforce.call("POST", "sobjects/Contact", twin, headers=insist).status_code == 201


def test_a_duplicate_in_a_collection_is_a_plain_error(salesforce: Service) -> None:
    salesforce.act("rules", {"duplicates": [ALIKE]})
    twin = {"attributes": {"type": "Contact"}, "LastName": "Tremblay 3", "Email": "anne3@example.org"}
    [result] = salesforce.call("POST", "composite/sobjects", {"records": [twin]}).json()
    message = "Use one of these records?"
    error = {"statusCode": "DUPLICATES_DETECTED", "message": message, "fields": []}
    assert result == {"success": False, "errors": [error]}


def test_records_without_the_matched_values_are_no_duplicates(salesforce: Service) -> None:
    salesforce.act("rules", {"duplicates": [{"object": "Contact", "match": ["Phone"]}]})
    assert salesforce.call("POST", "sobjects/Contact", {"LastName": "Sans téléphone"}).status_code == 201


def test_a_deleted_record_is_no_duplicate(salesforce: Service) -> None:
    salesforce.act("rules", {"duplicates": [ALIKE]})
    salesforce.call("DELETE", f"sobjects/Contact/{salesforce.contact(3)}")
    twin = {"LastName": "Tremblay 3", "Email": "anne3@example.org"}
    assert salesforce.call("POST", "sobjects/Contact", twin).status_code == 201


def test_what_is_not_shared_does_not_exist_for_the_user(salesforce: Service) -> None:
    known = salesforce.contact(8)
    salesforce.act("rules", {"hidden": {"Contact": "LastName = 'Tremblay 8'"}})
    assert salesforce.query("SELECT COUNT() FROM Contact")["totalSize"] == 8
    assert salesforce.get(f"sobjects/Contact/{known}").status_code == 404
    assert salesforce.call("PATCH", f"sobjects/Contact/{known}", {"FirstName": "X"}).status_code == 404
    body = {"records": [{"attributes": {"type": "Contact"}, "id": known, "FirstName": "X"}]}
    [result] = salesforce.call("PATCH", "composite/sobjects", body).json()
    assert result["errors"][0]["statusCode"] == "INVALID_CROSS_REFERENCE_KEY"
    window = {"start": "2026-03-02T09:00:00Z", "end": "2026-03-02T11:00:00Z"}
    salesforce.world.clock.advance(-(salesforce.org.now().timestamp() - 1772532000))
    try:
        ids = salesforce.get("sobjects/Contact/updated", params=window).json()["ids"]
    finally:
        salesforce.world.clock.added *= 0
    assert len(ids) == 3
    assert known not in ids


def test_an_unshared_record_still_holds_its_unique_values(salesforce: Service) -> None:
    salesforce.act("rules", {"hidden": {"Contact": "LastName = 'Tremblay 8'"}})
    refused = salesforce.call("POST", "sobjects/Contact", {"LastName": "Autre", "Legacy_Id__c": "L-8"})
    assert refused.json()[0]["errorCode"] == "DUPLICATE_VALUE"


def test_what_may_only_be_read_is_not_written(salesforce: Service) -> None:
    salesforce.act("rules", {"read_only": {"Contact": "VIP__c = true"}})
    for method, body in (("PATCH", {"FirstName": "X"}), ("DELETE", None)):
        refused = salesforce.call(method, f"sobjects/Contact/{salesforce.contact(2)}", body)
        assert refused.status_code == 403
        [error] = refused.json()
        assert error["errorCode"] == "INSUFFICIENT_ACCESS_OR_READONLY"
        assert error["message"] == "insufficient access rights on object id"
    upsert = salesforce.call("PATCH", "sobjects/Contact/Legacy_Id__c/L-2", {"FirstName": "X"})
    assert upsert.json()[0]["errorCode"] == "INSUFFICIENT_ACCESS_OR_READONLY"
    assert salesforce.call("PATCH", f"sobjects/Contact/{salesforce.contact(3)}", {"FirstName": "X"}).status_code == 204


def test_a_row_that_somebody_holds_is_free_again_later(salesforce: Service) -> None:
    known = salesforce.contact(1)
    salesforce.act("rules", {"locked": {known: 30}})
    refused = salesforce.call("PATCH", f"sobjects/Contact/{known}", {"FirstName": "X"})
    assert refused.json()[0]["errorCode"] == "UNABLE_TO_LOCK_ROW"
    assert known in refused.json()[0]["message"]
    salesforce.world.clock.advance(31)
    try:
        assert salesforce.call("PATCH", f"sobjects/Contact/{known}", {"FirstName": "X"}).status_code == 204
    finally:
        salesforce.world.clock.added *= 0


def test_a_full_storage_takes_changes_but_nothing_new(salesforce: Service) -> None:
    salesforce.act("rules", {"storage": 1})
    assert salesforce.call("POST", "sobjects/Contact", {"LastName": "La dernière"}).status_code == 201
    refused = salesforce.call("POST", "sobjects/Contact", {"LastName": "De trop"})
    error = {"message": "storage limit exceeded", "errorCode": "STORAGE_LIMIT_EXCEEDED", "fields": []}
    assert (refused.status_code, refused.json()) == (400, [error])
    changed = salesforce.call("PATCH", f"sobjects/Contact/{salesforce.contact(1)}", {"FirstName": "X"})
    assert changed.status_code == 204


def test_a_reset_forgets_the_rules(salesforce: Service) -> None:
    salesforce.act("rules", {"validation": [VALIDATION], "storage": 0, "hidden": {"Contact": "Id != null"}})
    salesforce.reset()
    assert salesforce.query("SELECT COUNT() FROM Contact")["totalSize"] == 9
    assert salesforce.call("POST", "sobjects/Contact", {"LastName": "Roy"}).status_code == 201


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ({"validations": []}, "Not known here: validations"),
        ({"validation": [{"object": "Contact", "when": "Nose = 1"}]}, "No such column 'Nose'"),
        ({"validation": [{"object": "Contact", "when": "LastName ="}]}, "unexpected token"),
        ({"validation": [{**VALIDATION, "field": "Nose"}]}, "has no field Nose"),
        ({"validation": [{**VALIDATION, "if": "x"}]}, "A rule has no if"),
        ({"duplicates": [{"object": "Contact", "match": []}]}, "has fields to `match`"),
        ({"duplicates": [{**ALIKE, "action": "ignore"}]}, "block or alert"),
        ({"hidden": {"Nothing": "Id != null"}}, "no object Nothing"),
        ({"locked": {"me": 3}}, "seconds by id"),
        ({"storage": -1}, "whole number"),
        ({"hidden": []}, "object is expected"),
        ({"validation": {}}, "list of rules"),
    ],
)
def test_a_rule_that_is_not_understood_changes_nothing(salesforce: Service, rules: Any, reason: str) -> None:
    salesforce.act("rules", {"storage": 5})
    status, said = salesforce.refused("rules", rules)
    assert status == 400
    assert reason in said
    assert salesforce.act("rules", {}) == {"storage": 5}
