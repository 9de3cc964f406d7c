"""What programs ask besides records: the columns of a query, what was viewed lately, words in any field."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.salesforce.conftest import Service


def columns(salesforce: Service, soql: str) -> Any:
    reply = salesforce.get("query", params={"q": soql, "columns": "true"})
    assert reply.status_code == 200, reply.text
    return reply.json()


def shown(given: Any) -> list[Any]:
    return [(each["columnName"], *shown(each["joinColumns"])) for each in given]


def test_the_columns_of_a_query_are_told_as_they_are_named(salesforce: Service) -> None:
    told = columns(salesforce, "SELECT c.Name, Account.Name, VIP__c, Account.Id, (SELECT Id FROM Cases) FROM Contact c")
    assert shown(told["columnMetadata"]) == [
        ("Name",),
        ("Account", ("Name",), ("Id",)),
        ("VIP__c",),
        ("Cases", ("Id",)),
    ]
    assert (told["entityName"], told["keyPrefix"], told["idSelected"], told["groupBy"]) == (
        "Contact",
        "003",
        False,
        False,
    )
    vip = told["columnMetadata"][2]
    assert (vip["apexType"], vip["booleanType"], vip["custom"], vip["aggregate"]) == ("Boolean", True, True, False)
    assert told["columnMetadata"][3]["aggregate"] is True


def test_the_columns_of_aggregates_are_told_by_alias(salesforce: Service) -> None:
    told = columns(salesforce, "SELECT Language__c, COUNT(Id), MAX(Name) last FROM Contact GROUP BY Language__c")
    found = [(each["columnName"], each["displayName"], each["aggregate"]) for each in told["columnMetadata"]]
    assert found == [
        ("Language__c", "Language__c", False),
        ("expr0", "COUNT(Id)", True),
        ("last", "MAX(Name)", True),
    ]
    assert told["groupBy"] is True


def test_the_columns_of_a_query_that_is_wrong_are_refused(salesforce: Service) -> None:
    reply = salesforce.get("query", params={"q": "SELECT Nope FROM Contact", "columns": "true"})
    assert (reply.status_code, reply.json()[0]["errorCode"]) == (400, "INVALID_FIELD")


def test_what_was_viewed_lately_is_what_a_client_says_it_viewed(salesforce: Service) -> None:
    said = {"Sforce-Mru": "updateMru=true"}
    first = salesforce.call("POST", "sobjects/Contact", {"LastName": "Vue"}, headers=said).json()["id"]
    salesforce.call("POST", "sobjects/Contact", {"LastName": "Pas vue"})
    account = salesforce.records("SELECT Id FROM Account LIMIT 1")[0]["Id"]
    salesforce.call("PATCH", f"sobjects/Account/{account}", {"Phone": "1"}, headers=said)
    found = salesforce.get("recent").json()
    assert [each["Id"] for each in found][:2] == [account, first]
    assert [each["Name"] for each in salesforce.get("sobjects/Contact").json()["recentItems"]] == ["Vue"]
    assert len(salesforce.get("recent?limit=1").json()) == 1
    salesforce.call("DELETE", f"sobjects/Contact/{first}")
    assert first not in [each["Id"] for each in salesforce.get("recent").json()]


def searched(salesforce: Service, sosl: str) -> list[Any]:
    reply = salesforce.get("search", params={"q": sosl})
    assert reply.status_code == 200, reply.text
    return list(reply.json()["searchRecords"])


def test_a_search_finds_whole_words_unless_a_star_follows(salesforce: Service) -> None:
    def found(words: str) -> list[str]:
        text = f"FIND {{{words}}} IN NAME FIELDS RETURNING Contact(FirstName ORDER BY FirstName)"
        return [each["FirstName"] for each in searched(salesforce, text)]

    assert found("Ann") == []
    assert found("Ann*") == ["Anne"]
    assert found("Anne OR Bob") == ["Anne", "Bob"]
    assert found("Tremblay AND Zoé") == ["Zoé"]
    assert found("Tremb* AND NOT Anne") == [each for each in found("Tremblay") if each != "Anne"]
    assert found('"Anne Tremblay"') == ["Anne"]


def test_a_search_goes_through_the_objects_and_fields_it_names(salesforce: Service) -> None:
    text = "FIND {Exemple} RETURNING Lead(Id, Company WHERE LastName = 'Prospect' LIMIT 5), Account"
    assert [each["Company"] for each in searched(salesforce, text)] == ["Exemple"]
    assert searched(salesforce, "FIND {bob4} IN EMAIL FIELDS RETURNING Contact") == []
    assert len(searched(salesforce, "FIND {anne3} IN EMAIL FIELDS RETURNING Contact(Email)")) == 1
    assert {each["attributes"]["type"] for each in searched(salesforce, "FIND {acme}")} == {"Account"}


def test_a_search_without_sosl_says_the_same(salesforce: Service) -> None:
    reply = salesforce.get("parameterizedSearch?q=acme&sobject=Account&Account.fields=Name&fields=Id,Name")
    assert [each["Name"] for each in reply.json()["searchRecords"]] == ["acme"]
    body = {"q": "Tremb*", "in": "NAME", "sobjects": [{"name": "Contact", "fields": ["Id"], "limit": 2}]}
    assert len(salesforce.call("POST", "parameterizedSearch", body).json()["searchRecords"]) == 2


@pytest.mark.parametrize(
    ("sosl", "code"),
    [
        ("nonsense", "MALFORMED_SEARCH"),
        ("FIND {a*}", "MALFORMED_SEARCH"),
        ("FIND {NOT Anne}", "MALFORMED_SEARCH"),
        ("FIND {Anne} IN SHOE FIELDS", "MALFORMED_SEARCH"),
        ("FIND {Anne} RETURNING Nope", "INVALID_TYPE"),
        ("FIND {Anne} RETURNING Contact(Nope)", "INVALID_FIELD"),
    ],
)
def test_a_search_that_cannot_be_is_refused(salesforce: Service, sosl: str, code: str) -> None:
    reply = salesforce.get("search", params={"q": sosl})
    assert (reply.status_code, reply.json()[0]["errorCode"]) == (400, code)
