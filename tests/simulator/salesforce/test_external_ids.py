"""External ids that are unique, and how quickly records are found by them."""

from __future__ import annotations

from typing import Any

import pytest

from disf_desktop.simulator.salesforce.query import Queries
from tests.simulator.salesforce.conftest import Service, collection

BOTH = pytest.mark.parametrize("sobject", ["Contact", "Lead"])


def _made(salesforce: Service, sobject: str, key: str) -> Any:
    record = {"LastName": "Clé", "DI_Contact_Id__c": key} | ({"Company": "Exemple"} if sobject == "Lead" else {})
    return salesforce.call("POST", f"sobjects/{sobject}", record).json()


@BOTH
def test_both_objects_have_the_fields_of_the_subscriber(salesforce: Service, sobject: str) -> None:
    fields = {each["name"]: each for each in salesforce.get(f"sobjects/{sobject}/describe").json()["fields"]}
    key = fields["DI_Contact_Id__c"]
    assert (key["externalId"], key["unique"], key["caseSensitive"]) == (True, True, False)
    kinds = {"__c": "boolean", "_Date__c": "datetime", "_Source__c": "string"}
    assert {end: fields[f"DI_Optin_Newsletter{end}"]["type"] for end in kinds} == kinds
    values = [each["value"] for each in fields["DI_Optin_Promotions__c"]["picklistValues"]]
    assert values == ["Yes", "No", "Unknown"]


@BOTH
def test_a_value_that_another_record_has_is_refused_whatever_its_case(salesforce: Service, sobject: str) -> None:
    first = _made(salesforce, sobject, "di-abc")["id"]
    [alone] = _made(salesforce, sobject, "DI-ABC")
    assert alone["errorCode"] == "DUPLICATE_VALUE"
    assert alone["message"].endswith(f"record with id: {first}")
    company = {"Company": "Exemple"} if sobject == "Lead" else {}
    records = [{"LastName": "x", "DI_Contact_Id__c": key, **company} for key in ("Di-Abc", "di-new", "DI-NEW")]
    results = salesforce.call("POST", "composite/sobjects", collection(records, sobject)).json()
    assert [each["success"] for each in results] == [False, True, False]
    assert [each["errors"][0]["statusCode"] for each in (results[0], results[2])] == ["DUPLICATE_VALUE"] * 2
    taken = salesforce.call("PATCH", f"sobjects/{sobject}/{results[1]['id']}", {"DI_Contact_Id__c": "DI-abc"})
    assert taken.json()[0]["errorCode"] == "DUPLICATE_VALUE"
    own = salesforce.call("PATCH", f"sobjects/{sobject}/{first}", {"DI_Contact_Id__c": "DI-ABC"})
    assert own.status_code == 204


@BOTH
def test_a_deleted_record_gives_its_value_free(salesforce: Service, sobject: str) -> None:
    first = _made(salesforce, sobject, "di-1")["id"]
    salesforce.call("DELETE", f"sobjects/{sobject}/{first}")
    second = _made(salesforce, sobject, "di-1")["id"]
    assert [each["Id"] for each in salesforce.records(f"SELECT Id FROM {sobject} WHERE DI_Contact_Id__c = 'di-1'")] == [
        second
    ]


@pytest.mark.parametrize("field", ["Email", "DI_Contact_Id__c", "Legacy_Id__c", "Id"])
def test_records_are_found_by_their_keys_through_an_index(salesforce: Service, field: str) -> None:
    values = ", ".join(f"'key-{number}@example.org'" for number in range(200))
    if field == "Id":
        values = ", ".join(f"'003Qy0000000{number:03d}'" for number in range(200))
    plan = Queries(salesforce.org).plan(f"SELECT Id, Email FROM Contact WHERE {field} IN ({values})", False)
    steps = salesforce.org.db.execute(f"EXPLAIN QUERY PLAN {plan.select()}", plan.parameters).fetchall()
    assert steps[0][3].startswith("SEARCH t0 USING INDEX")


def test_a_list_of_keys_finds_each_of_them_whatever_its_case(salesforce: Service) -> None:
    made = {key: _made(salesforce, "Contact", key)["id"] for key in ("a'1", "b", "c")}
    found = salesforce.records(r"SELECT Id FROM Contact WHERE DI_Contact_Id__c IN ('A\'1', 'b', 'nobody')")
    assert {each["Id"] for each in found} == {made["a'1"], made["b"]}
    found = salesforce.records(
        "SELECT Legacy_Id__c FROM Contact WHERE Email IN ('BOB4@example.org', 'zoe2@example.org')"
    )
    assert [each["Legacy_Id__c"] for each in found] == ["L-2"]


def test_two_thousand_records_are_retrieved_by_id_and_not_one_more(salesforce: Service) -> None:
    salesforce.org.load("Contact", [{"LastName": f"Lot {number}"} for number in range(1_990)])
    ids = [each["Id"] for each in salesforce.records("SELECT Id FROM Contact ORDER BY Id DESC")]
    assert len(ids) == 1_999
    gone = ids[1_000]
    salesforce.call("DELETE", f"sobjects/Contact/{gone}")
    asked = {"ids": [*ids, "003Qy0000000ZZZ"], "fields": ["LastName", "systemmodstamp"]}
    found = salesforce.call("POST", "composite/sobjects/Contact", asked).json()
    assert [each and each["Id"] for each in found] == [each if each != gone else None for each in ids] + [None]
    assert set(found[0]) == {"attributes", "Id", "LastName", "SystemModstamp"}
    asked["ids"] = [*asked["ids"], ids[0]]
    [error] = salesforce.call("POST", "composite/sobjects/Contact", asked).json()
    assert error["errorCode"] == "EXCEEDED_ID_LIMIT"
