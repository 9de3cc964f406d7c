"""The calls of simple-salesforce itself: what the program builds on must work with a client from other hands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from simple_salesforce.api import Salesforce
from simple_salesforce.exceptions import (
    SalesforceExpiredSession,
    SalesforceGeneralError,
    SalesforceMalformedRequest,
    SalesforceMoreThanOneRecord,
    SalesforceRefusedRequest,
    SalesforceResourceNotFound,
)
from simple_salesforce.format import format_soql

from tests.simulator.salesforce.conftest import CREDENTIALS, VERSION, Service, collection


@pytest.fixture
def client(salesforce: Service) -> Iterator[Any]:
    # Any: what the client makes of an attribute is for its own `__getattr__` to know.
    with salesforce.over_https() as session:
        yield Salesforce(
            instance=salesforce.host, session_id=CREDENTIALS.access_token, session=session, version=VERSION
        )


def test_query_and_format_soql(client: Any) -> None:
    found = client.query(format_soql("SELECT Id, FirstName FROM Contact WHERE FirstName = {}", "Éloïse"))
    assert found["totalSize"] == 1
    assert found["records"][0]["FirstName"] == "Éloïse"


def test_query_all_iter_goes_through_all_pages(client: Any, salesforce: Service) -> None:
    salesforce.org.load("Contact", [{"LastName": f"Page {number}"} for number in range(4_500)])
    found = [each["Id"] for each in client.query_all_iter("SELECT Id FROM Contact")]
    assert len(found) == len(set(found)) == 4_509
    assert client.query("SELECT Id FROM Contact")["done"] is False


def test_query_all_iter_with_deleted_records(client: Any, salesforce: Service) -> None:
    client.Contact.delete(salesforce.contact(2))
    assert len([*client.query_all_iter("SELECT Id FROM Contact", include_deleted=True)]) == 9
    assert len([*client.query_all_iter("SELECT Id FROM Contact")]) == 8


def test_describe(client: Any) -> None:
    described = client.describe()
    assert described is not None
    assert {"Account", "Contact", "Lead", "Campaign", "Order__c"} <= {each["name"] for each in described["sobjects"]}
    fields = {each["name"]: each for each in client.Contact.describe()["fields"]}
    assert fields["Language__c"]["restrictedPicklist"] is True
    assert [each["value"] for each in fields["Language__c"]["picklistValues"]] == ["fr", "en"]
    assert fields["Legacy_Id__c"]["externalId"] is True
    assert client.Contact.metadata()["objectDescribe"]["name"] == "Contact"


def test_create_get_update_and_delete(client: Any) -> None:
    made = client.Contact.create({"LastName": "Gagné", "FirstName": "Zoé", "Email": "Zoe.Gagne@Example.ORG"})
    assert made == {"id": made["id"], "success": True, "errors": []}
    read = client.Contact.get(made["id"])
    assert (read["Name"], read["Email"]) == ("Zoé Gagné", "zoe.gagne@example.org")
    assert client.Contact.update(made["id"], {"FirstName": "Élodie"}) == 204
    assert client.Contact.get(made["id"])["Name"] == "Élodie Gagné"
    assert client.Contact.delete(made["id"]) == 204
    with pytest.raises(SalesforceResourceNotFound):
        client.Contact.get(made["id"])


def test_upsert_and_get_by_external_id(client: Any) -> None:
    assert client.Contact.upsert("Legacy_Id__c/N-1", {"LastName": "Neuf"}) == 201
    assert client.Contact.upsert("Legacy_Id__c/N-1", {"LastName": "Dix"}) == 200
    assert client.Contact.get_by_custom_id("Legacy_Id__c", "N-1")["LastName"] == "Dix"


def test_upsert_with_two_matches_writes_nothing(client: Any, salesforce: Service) -> None:
    for number in (1, 2):
        client.Contact.update(salesforce.contact(number), {"Email": "shared@example.org"})
    with pytest.raises(SalesforceMoreThanOneRecord):
        client.Contact.upsert("Email/shared@example.org", {"FirstName": "Personne"})
    assert client.query("SELECT COUNT() FROM Contact WHERE FirstName = 'Personne'")["totalSize"] == 0


def test_updated_and_deleted(client: Any, salesforce: Service) -> None:
    start = salesforce.org.now() - timedelta(minutes=5)
    client.Contact.update(salesforce.contact(1), {"Title": "Directrice"})
    client.Contact.delete(salesforce.contact(2))
    end = salesforce.org.now() + timedelta(minutes=5)
    updated = client.Contact.updated(start, end)
    assert updated["ids"] == [salesforce.contact(1)]
    # Held at the server's own time, whatever was asked for.
    assert datetime.fromisoformat(updated["latestDateCovered"]) <= datetime.now(UTC)
    [gone] = client.Contact.deleted(start, end)["deletedRecords"]
    assert set(gone) == {"id", "deletedDate"}


def test_collections_through_restful(client: Any) -> None:
    made = client.restful(
        "composite/sobjects", method="POST", json=collection([{"LastName": "Un"}, {"FirstName": "sans nom"}])
    )
    assert [each["success"] for each in made] == [True, False]
    assert made[1]["errors"][0]["statusCode"] == "REQUIRED_FIELD_MISSING"
    changed = client.restful(
        "composite/sobjects", method="PATCH", json=collection([{"id": made[0]["id"], "LastName": "Deux"}])
    )
    assert changed == [{"id": made[0]["id"], "success": True, "errors": []}]
    upserted = client.restful(
        "composite/sobjects/Contact/Legacy_Id__c",
        method="PATCH",
        json=collection([{"Legacy_Id__c": "L-1", "Title": "x"}, {"Legacy_Id__c": "C-9", "LastName": "y"}]),
    )
    assert [each["created"] for each in upserted] == [False, True]
    read = client.restful("composite/sobjects/Contact", params={"ids": made[0]["id"], "fields": "LastName"})
    assert read[0]["LastName"] == "Deux"
    gone = client.restful("composite/sobjects", method="DELETE", params={"ids": made[0]["id"], "allOrNone": "false"})
    assert gone[0]["success"] is True


def test_limits_and_usage(client: Any) -> None:
    assert client.limits()["DailyApiRequests"]["Max"] == 100_000
    assert client.api_usage["api-usage"].total == 100_000


def test_oauth2_userinfo(client: Any) -> None:
    assert client.oauth2("userinfo")["user_id"] == CREDENTIALS.user_id


def test_bulk_insert_upsert_update_and_delete(client: Any) -> None:
    people = [{"LastName": f"Vrac {number}", "Legacy_Id__c": f"B-{number}"} for number in range(450)]
    assert _totals(client.bulk2.Contact.insert(records=people, wait=0.1)) == (450, 0)
    people[0]["LastName"] = ""
    people.append({"LastName": "Vrac 450", "Legacy_Id__c": "B-450"})
    assert _totals(client.bulk2.Contact.upsert(records=people, external_id_field="Legacy_Id__c", wait=0.1)) == (451, 0)
    known = client.query("SELECT Id, LastName FROM Contact WHERE Legacy_Id__c = 'B-0'")["records"][0]
    assert known["LastName"] == "Vrac 0", "an empty cell leaves the field alone"
    ids = [each["Id"] for each in client.query_all("SELECT Id FROM Contact WHERE LastName LIKE 'Vrac%'")["records"]]
    changes = [{"Id": each, "Title": "#N/A", "Department": "Ventes"} for each in ids]
    assert _totals(client.bulk2.Contact.update(records=changes, wait=0.1)) == (451, 0)
    assert client.query("SELECT COUNT() FROM Contact WHERE Department = 'ventes'")["totalSize"] == 451
    assert _totals(client.bulk2.Contact.delete(records=[{"Id": each} for each in ids], wait=0.1)) == (451, 0)


def test_bulk_results_say_which_records_failed(client: Any) -> None:
    people = [{"LastName": "Bon"}, {"LastName": "x" * 81}]
    [result] = client.bulk2.Contact.insert(records=people, wait=0.1)
    assert (result["numberRecordsProcessed"], result["numberRecordsFailed"]) == (2, 1)
    failed = client.bulk2.Contact.get_failed_records(result["job_id"])
    assert "STRING_TOO_LONG:Last Name: data value too large" in failed
    assert "Bon" in client.bulk2.Contact.get_successful_records(result["job_id"])
    assert client.bulk2.Contact.get_unprocessed_records(result["job_id"]).splitlines() == ['"LastName"']


def test_bulk_query_by_pages(client: Any) -> None:
    pages = [*client.bulk2.Contact.query("SELECT Id, FirstName FROM Contact ORDER BY Id", max_records=4, wait=0.1)]
    assert len(pages) == 3
    assert sum(len(page.splitlines()) - 1 for page in pages) == 9


def _totals(results: list[Any]) -> tuple[int, int]:
    processed = sum(each["numberRecordsProcessed"] for each in results)
    return processed, sum(each["numberRecordsFailed"] for each in results)


def test_refusals_become_the_exceptions_of_the_client(client: Any, salesforce: Service) -> None:
    with pytest.raises(SalesforceMalformedRequest, match="INVALID_FIELD"):
        client.query("SELECT Nope FROM Contact")
    with pytest.raises(SalesforceResourceNotFound):
        client.Contact.get("003000000000000AAA")
    salesforce.script("limit_exceeded", "query")
    with pytest.raises(SalesforceRefusedRequest, match="REQUEST_LIMIT_EXCEEDED"):
        client.query("SELECT Id FROM Contact")
    salesforce.script("unavailable", "query")
    with pytest.raises(SalesforceGeneralError):
        client.query("SELECT Id FROM Contact")


def test_a_token_that_expires_between_pages_stops_a_client_that_does_not_refresh(
    client: Any, salesforce: Service
) -> None:
    salesforce.org.load("Contact", [{"LastName": f"Page {number}"} for number in range(2_500)])
    salesforce.script("expired_token", "query_more")
    found = client.query_all_iter("SELECT Id FROM Contact")
    assert len([next(found) for _ in range(2_000)]) == 2_000
    with pytest.raises(SalesforceExpiredSession):
        next(found)
    with pytest.raises(SalesforceExpiredSession):
        client.query("SELECT Id FROM Contact")
