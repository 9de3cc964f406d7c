"""SOQL: what a query finds, in which order and form, and how a wrong one is refused."""

from __future__ import annotations

import contextlib
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.simulator.salesforce import soql
from disf_desktop.simulator.salesforce.errors import ApiError
from tests.simulator.salesforce.conftest import NAMES, Service


def test_values_come_in_the_forms_of_salesforce(salesforce: Service) -> None:
    fields = "SystemModstamp, Birthdate, Loyalty_Points__c, VIP__c, Interests__c, Email, MailingCity"
    [record] = salesforce.query(f"SELECT {fields} FROM Contact WHERE Legacy_Id__c = 'L-0'")["records"]
    assert record.pop("attributes")["type"] == "Contact"
    assert record == {
        "SystemModstamp": "2026-03-01T10:00:00.000+0000",
        "Birthdate": "1980-02-03",
        "Loyalty_Points__c": 0.0,
        "VIP__c": True,
        "Interests__c": "Voyages;Sport",
        "Email": "eloise0@example.org",
        "MailingCity": None,
    }


def test_attributes_lead_to_the_record(salesforce: Service) -> None:
    [record] = salesforce.query("SELECT LastName FROM Contact LIMIT 1")["records"]
    assert salesforce.get(record["attributes"]["url"]).json()["LastName"] == record["LastName"]


@pytest.mark.parametrize(
    ("condition", "numbers"),
    [
        ("FirstName = 'ÉLOÏSE'", [0]),
        ("FirstName = 'ELOISE'", [1]),
        ("FirstName LIKE '%o_'", [2, 4, 5]),
        ("FirstName LIKE 'é%'", [0, 7]),
        ("FirstName IN ('bob', 'ANNE')", [3, 4]),
        ("FirstName NOT IN ('bob', 'ANNE') AND VIP__c = true", [0, 2, 6, 8]),
        ("Email = null", [4]),
        ("Email = ''", [4]),
        ("Email != null AND VIP__c = true", [0, 2, 6, 8]),
        ("Email != 'zoe2@example.org' AND VIP__c = true", [0, 4, 6, 8]),
        ("Email NOT IN ('zoe2@example.org') AND VIP__c = true", [0, 4, 6, 8]),
        ("NOT Email LIKE 'z%' AND VIP__c = true", [0, 4, 6, 8]),
        ("(VIP__c = true AND Language__c = 'en') OR FirstName = 'Anne'", [3, 6, 8]),
        ("NOT (VIP__c = true OR Language__c = 'fr')", [7]),
        ("Loyalty_Points__c > 60", [6, 7, 8]),
        ("Loyalty_Points__c <= 10.5", [0, 1]),
        ("Loyalty_Points__c IN (21, 31.50)", [2, 3]),
        ("Birthdate >= 1987-02-03", [7, 8]),
        ("Interests__c INCLUDES ('Sport')", [0, 3, 6]),
        ("Interests__c INCLUDES ('sport;voyages', 'Cuisine')", [0, 1, 3, 4, 6, 7]),
        ("Interests__c EXCLUDES ('Sport')", [1, 2, 4, 5, 7, 8]),
        ("SystemModstamp = 2026-03-02T10:00:00Z", [5]),
        ("SystemModstamp = 2026-03-02T05:00:00-05:00", [5]),
        ("SystemModstamp = 2026-03-02T10:00:00.987Z", [5]),
        ("SystemModstamp < 2026-03-02T00:00:00Z AND LastName > 'Tremblay 2'", [3, 4]),
        ("Account.Name = 'ACME'", [1]),
        ("AccountId IN (SELECT Id FROM Account WHERE Name LIKE 'boulangerie%')", [0]),
        ("AccountId NOT IN (SELECT Id FROM Account WHERE Name = 'nobody') AND AccountId != null", [0, 1]),
        ("Contact.FirstName = 'Bob'", [4]),
        ("CreatedDate < LAST_N_DAYS:1 AND CreatedDate >= LAST_N_YEARS:50 AND FirstName = 'Bob'", [4]),
        (
            "(SystemModstamp > 2026-03-02T10:00:01Z OR (SystemModstamp = 2026-03-02T10:00:01Z AND Id != null))",
            [6, 7, 8],
        ),
        ("LastName = 'Tremblay \\u0034'", [4]),
    ],
)
def test_a_condition_finds_the_records_it_says(salesforce: Service, condition: str, numbers: list[int]) -> None:
    found = salesforce.records(f"SELECT Legacy_Id__c FROM Contact WHERE {condition} ORDER BY Legacy_Id__c")
    assert [int(each["Legacy_Id__c"][2:]) for each in found] == numbers


def test_an_id_is_found_in_both_lengths_and_with_its_case_only(salesforce: Service) -> None:
    known = salesforce.contact(3)
    assert len(known) == 18
    assert salesforce.query(f"SELECT Id FROM Contact WHERE Id = '{known[:15]}'")["records"][0]["Id"] == known
    swapped = known[:15].swapcase()
    assert salesforce.query(f"SELECT Id FROM Contact WHERE Id = '{swapped}'")["totalSize"] == 0


def test_ids_compare_by_case(salesforce: Service) -> None:
    ids = [each["Id"] for each in salesforce.records("SELECT Id FROM Contact ORDER BY Id")]
    assert ids == sorted(ids)
    later = salesforce.records(f"SELECT Id FROM Contact WHERE Id > '{ids[3]}' ORDER BY Id")
    assert [each["Id"] for each in later] == ids[4:]


def test_nulls_come_first_unless_asked_otherwise(salesforce: Service) -> None:
    def order(clause: str) -> list[str | None]:
        return [each["Email"] for each in salesforce.records(f"SELECT Email FROM Contact ORDER BY Email {clause}")]

    assert order("")[0] is None
    assert order("DESC")[0] is None
    assert order("NULLS LAST")[-1] is None
    assert order("DESC NULLS LAST")[0] == "zoe2@example.org"


def test_parents_are_nested_and_a_missing_one_is_null(salesforce: Service) -> None:
    found = salesforce.query(
        "SELECT FirstName, Account.Name, account.owner.email FROM contact ORDER BY Legacy_Id__c LIMIT 3"
    )
    first, _, third = found["records"]
    assert first["Account"]["Name"] == "Boulangerie Été"
    assert first["Account"]["attributes"]["type"] == "Account"
    assert first["Account"]["Owner"]["Email"] == "integration@example.org"
    assert third["Account"] is None


def test_children_come_with_their_parent(salesforce: Service) -> None:
    soql = "SELECT Name, (SELECT FirstName FROM Contacts WHERE VIP__c = true) FROM Account ORDER BY Name"
    acme, bakery = salesforce.query(soql)["records"]
    assert acme["Contacts"] is None
    assert bakery["Contacts"]["totalSize"] == 1
    assert bakery["Contacts"]["records"][0]["FirstName"] == "Éloïse"


def test_a_compound_address_is_an_object_or_null(salesforce: Service) -> None:
    acme, bakery = salesforce.records("SELECT BillingAddress FROM Account ORDER BY Name")
    assert acme["BillingAddress"] is None
    assert bakery["BillingAddress"]["city"] == "Laval"
    assert set(bakery["BillingAddress"]) == {
        *("city", "country", "geocodeAccuracy", "latitude", "longitude", "postalCode", "state", "street"),
    }


def test_counting_and_grouping(salesforce: Service) -> None:
    assert salesforce.query("SELECT COUNT() FROM Contact WHERE VIP__c = true") == {
        "totalSize": 5,
        "done": True,
        "records": [],
    }
    soql = (
        "SELECT Language__c, COUNT(Id) CNT, SUM(Loyalty_Points__c) total, MAX(Birthdate) FROM Contact"
        " GROUP BY Language__c HAVING COUNT(Id) > 1 ORDER BY COUNT(Id) DESC"
    )
    found = salesforce.query(soql)["records"]
    assert found[0] == {
        "attributes": {"type": "AggregateResult"},
        "Language__c": "fr",
        "CNT": 6,
        "total": 157.5,
        "expr0": "1985-02-03",
    }
    assert [each["CNT"] for each in found] == [6, 3]
    years = salesforce.query(
        "SELECT CALENDAR_YEAR(SystemModstamp) y, COUNT(Id) FROM Contact GROUP BY CALENDAR_YEAR(SystemModstamp)"
    )
    assert years["records"][0]["y"] == 2026


def test_the_fields_function_gives_them_all(salesforce: Service) -> None:
    fields = {each["name"] for each in salesforce.get("sobjects/Contact/describe").json()["fields"]}
    [record] = salesforce.records("SELECT FIELDS(ALL) FROM Contact LIMIT 1")
    assert set(record) == fields
    [custom] = salesforce.records("SELECT FIELDS(CUSTOM) FROM Contact LIMIT 1")
    assert set(custom) == {name for name in fields if name.endswith("__c")}


@pytest.mark.parametrize(
    ("query", "code", "words"),
    [
        ("SELECT Shoe_Size__c FROM Contact", "INVALID_FIELD", "No such column 'Shoe_Size__c' on entity 'Contact'"),
        ("SELECT Id, Boss.Name FROM Contact", "INVALID_FIELD", "Didn't understand relationship 'Boss' in field path"),
        ("SELECT Id FROM Person", "INVALID_TYPE", "sObject type 'Person' is not supported"),
        ("SELECT Id, (SELECT Id FROM Pets) FROM Contact", "INVALID_TYPE", "Didn't understand relationship 'Pets'"),
        ("SELECT FROM Contact", "MALFORMED_QUERY", "unexpected token: 'FROM'"),
        ("SELECT Id FROM", "MALFORMED_QUERY", "unexpected token: '<EOF>'"),
        (
            "SELECT Id FROM Contact WHERE VIP__c = true AND Email = 'a' OR Email = 'b'",
            "MALFORMED_QUERY",
            "unexpected token: 'OR'",
        ),
        ("SELECT Id FROM Contact WHERE Email = a@example.org", "MALFORMED_QUERY", "@"),
        ("SELECT Id FROM Contact WHERE Email = bob", "MALFORMED_QUERY", "unexpected token: 'bob'"),
        ("SELECT Id FROM Contact WHERE Email = 'it's'", "MALFORMED_QUERY", "unexpected token: 's'"),
        ("SELECT Id FROM Contact WHERE Email = 'a\\qb'", "MALFORMED_QUERY", "Illegal string literal"),
        ("SELECT Id FROM Contact WHERE Email = 5", "INVALID_FIELD", "must be of type string and should be enclosed"),
        (
            "SELECT Id FROM Contact WHERE CreatedDate > '2026-01-01T00:00:00Z'",
            "INVALID_FIELD",
            "must be of type dateTime",
        ),
        ("SELECT Id FROM Contact WHERE CreatedDate > 2026-01-01", "INVALID_FIELD", "must be of type dateTime"),
        ("SELECT Id FROM Contact WHERE VIP__c = 'true'", "INVALID_FIELD", "must be of type boolean"),
        ("SELECT Id FROM Contact WHERE Description = 'x'", "INVALID_FIELD", "can not be filtered"),
        ("SELECT Id FROM Contact ORDER BY Description", "INVALID_FIELD", "can not be sorted"),
        ("SELECT Id FROM Contact WHERE Id = 'bob'", "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: bob"),
        ("SELECT Id, id FROM Contact", "INVALID_FIELD", "duplicate field selected"),
        ("SELECT FIELDS(ALL) FROM Contact", "MALFORMED_QUERY", "LIMIT of at most 200"),
        ("SELECT Id FROM Contact OFFSET 2001", "NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset"),
        ("SELECT FirstName, COUNT(Id) FROM Contact", "MALFORMED_QUERY", "must be grouped or aggregated"),
        ("SELECT IsPersonAccount FROM Account LIMIT 1", "INVALID_FIELD", "IsPersonAccount"),
    ],
)
def test_a_wrong_query_is_refused_in_the_words_of_salesforce(
    salesforce: Service, query: str, code: str, words: str
) -> None:
    refused_code, message = salesforce.refusal(query)
    assert refused_code == code
    assert words in message


@pytest.mark.parametrize("condition", [" OR ".join(["Id=null"] * 1_100), "NOT " * 2_000 + "Email = 'a'"])
def test_a_condition_that_is_too_long_is_refused(salesforce: Service, condition: str) -> None:
    assert salesforce.refusal(f"SELECT Id FROM Contact WHERE {condition}")[0] == "QUERY_TOO_COMPLICATED"


def test_a_limit_may_be_any_whole_number(salesforce: Service) -> None:
    assert salesforce.query(f"SELECT Id FROM Contact LIMIT {10**30}")["totalSize"] == 9
    assert salesforce.query("SELECT Id FROM Contact LIMIT 0")["records"] == []


def test_the_place_of_a_mistake_is_shown(salesforce: Service) -> None:
    _, message = salesforce.refusal("SELECT Nope FROM Contact")
    assert message.startswith("\nSELECT Nope FROM Contact\n       ^\nERROR at Row:1:Column:8\n")


def test_milliseconds_are_ignored_in_stamps(salesforce: Service) -> None:
    exact = salesforce.query("SELECT Id FROM Contact WHERE SystemModstamp >= 2026-03-02T10:00:03.999Z")
    assert exact["totalSize"] == 1


def test_an_offset_whose_plus_was_not_encoded_breaks_the_query(salesforce: Service) -> None:
    reply = salesforce.get("query?q=SELECT+Id+FROM+Contact+WHERE+CreatedDate+>+2026-01-01T00:00:00+00:00")
    assert reply.json()[0]["errorCode"] == "MALFORMED_QUERY"


def test_deleted_records_are_seen_by_query_all_only(salesforce: Service) -> None:
    known = salesforce.contact(3)
    salesforce.call("DELETE", f"sobjects/Contact/{known}")
    assert salesforce.query("SELECT COUNT() FROM Contact")["totalSize"] == 8
    assert salesforce.query("SELECT COUNT() FROM Contact", "queryAll")["totalSize"] == 9
    assert salesforce.query("SELECT COUNT() FROM Contact ALL ROWS")["totalSize"] == 9
    [gone] = salesforce.query("SELECT Id, IsDeleted FROM Contact WHERE IsDeleted = true", "queryAll")["records"]
    assert (gone["Id"], gone["IsDeleted"]) == (known, True)


def test_today_follows_the_clock_of_the_world(salesforce: Service) -> None:
    salesforce.call("POST", "sobjects/Contact", {"LastName": "Nouveau"})
    assert salesforce.query("SELECT COUNT() FROM Contact WHERE CreatedDate = TODAY")["totalSize"] == 1
    salesforce.world.clock.advance(86_400)
    assert salesforce.query("SELECT COUNT() FROM Contact WHERE CreatedDate = TODAY")["totalSize"] == 0
    assert salesforce.query("SELECT COUNT() FROM Contact WHERE CreatedDate = YESTERDAY")["totalSize"] == 1


def test_paging_by_stamp_alone_loses_the_ties_and_by_stamp_and_id_does_not(salesforce: Service) -> None:
    def pages(by_id: bool) -> list[str]:
        found: list[str] = []
        stamp, last = "2026-01-01T00:00:00Z", "000000000000000AAA"
        while True:
            tie = f" OR (SystemModstamp = {stamp} AND Id > '{last}')" if by_id else ""
            soql = f"WHERE (SystemModstamp > {stamp}{tie}) ORDER BY SystemModstamp, Id LIMIT 2"
            page = salesforce.records(f"SELECT Id, FirstName, SystemModstamp FROM Contact {soql}")
            found += [each["FirstName"] for each in page]
            if len(page) < 2:
                return found
            stamp = datetime.fromisoformat(page[-1]["SystemModstamp"]).strftime("%Y-%m-%dT%H:%M:%SZ")
            last = page[-1]["Id"]

    assert sorted(pages(by_id=True)) == sorted(NAMES)
    assert len(pages(by_id=False)) < len(NAMES)


@given(st.text())
def test_any_text_is_parsed_or_refused(text: str) -> None:
    with contextlib.suppress(ApiError):
        assert isinstance(soql.parse(text), soql.Query)


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"])))
def test_an_escaped_text_comes_back_whole(text: str) -> None:
    quoted = text.replace("\\", "\\\\").replace("'", "\\'")
    literal = soql.Literal("STRING", f"'{quoted}'", 1)
    assert soql.unquoted(literal) == text
    assert soql.parse(f"SELECT Id FROM Contact WHERE Name = '{quoted}'").source == "Contact"
