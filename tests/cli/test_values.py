"""Every value that a first sync carries, compared with a mapping written by hand from the documents."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import requests

from tests.cli.conftest import Desk

TORONTO = ZoneInfo("America/Toronto")
Person = dict[str, Any]


def plainly(name: str) -> Callable[[Person], Any]:
    return lambda person: person[name]


def day(name: str) -> Callable[[Person], Any]:
    """Give a date as Dialog Insight writes it: `1980-05-04` is `1980.05.04`."""
    return lambda person: person[name] and person[name].replace("-", ".")


def local_time(name: str) -> Callable[[Person], Any]:
    """Give a moment in the project's own zone, with dots and without offset."""

    def local(person: Person) -> Any:
        if person[name] is None:
            return None
        moment = datetime.strptime(person[name], "%Y-%m-%dT%H:%M:%S.%f%z").astimezone(UTC)
        return moment.astimezone(TORONTO).strftime("%Y.%m.%d %H:%M:%S")

    return local


def bars(name: str) -> Callable[[Person], Any]:
    """Give several choices as Dialog Insight lists them, in no particular order."""
    return lambda person: person[name] and Counter(person[name].split(";"))


EXPECTED: dict[str, Callable[[Person], Any]] = {
    "f_SalesforceID": plainly("Id"),
    "f_EMail": plainly("Email"),
    "f_FirstName": plainly("FirstName"),
    "f_LastName": plainly("LastName"),
    "f_Phone": plainly("Phone"),
    "f_Mobile": plainly("MobilePhone"),
    "f_JobTitle": plainly("Title"),
    "f_BirthDate": day("Birthdate"),
    "f_Source": plainly("LeadSource"),
    "f_Street": plainly("MailingStreet"),
    "f_City": plainly("MailingCity"),
    "f_Province": plainly("MailingState"),
    "f_PostalCode": plainly("MailingPostalCode"),
    "f_Country": plainly("MailingCountry"),
    "f_Language": plainly("Language__c"),
    "f_Points": plainly("Loyalty_Points__c"),
    "f_IsVIP": plainly("VIP__c"),
    "f_Interests": bars("Interests__c"),
    "f_LastVisit": local_time("Last_Visit__c"),
}


def org(disf: Desk, sobject: str) -> dict[str, Person]:
    reply = requests.get(f"{disf.ready['control_url']}/salesforce/{sobject}.ndjson", timeout=30)
    reply.raise_for_status()
    return {person["Id"]: person for person in map(json.loads, reply.text.splitlines())}


def test_every_valid_contact_arrives_with_exactly_its_values(disf: Desk) -> None:
    disf.only("Contacts")
    told = disf("sync")
    people, accounts = org(disf, "Contact"), org(disf, "Account")
    refused = {event["key"]: event["code"] for event in told.of("set_aside")}
    there = {contact["f_SalesforceID"]: contact for contact in disf.contacts()}

    assert set(there) | set(refused) == set(people)
    assert not set(there) & set(refused)
    expected = disf.ready["expected"]["Contact"]
    assert len(there) == expected["valid"]
    assert Counter(refused.values()) == +Counter(expected["invalid"])

    compared = 0
    for key, contact in there.items():
        person = people[key]
        for field, value_of in EXPECTED.items():
            stored = contact[field]
            if field == "f_Interests":
                stored = stored and Counter(stored.split("|"))
            assert stored == value_of(person), (key, field)
            compared += 1
        account = accounts.get(person["AccountId"])
        assert contact["f_Company"] == (account and account["Name"]), key
    assert compared == expected["valid"] * len(EXPECTED)
    assert any("é" in (contact["f_LastName"] or "") for contact in there.values())


def test_every_order_arrives_tied_to_its_contact(disf: Desk) -> None:
    disf("sync")
    orders = {order["Name"]: order for order in org(disf, "Order__c").values()}
    address = f"{disf.ready['control_url']}/dialog-insight/tables/{disf.ready['tables']['ORDERS']}/rows.ndjson"
    rows = [json.loads(line) for line in requests.get(address, timeout=30).text.splitlines()]
    numbers = {contact["idContact"]: contact["f_SalesforceID"] for contact in disf.contacts()}
    assert {row["OrderNumber"] for row in rows} == set(orders)
    for row in rows:
        order = orders[row["OrderNumber"]]
        assert numbers[row["idContact"]] == order["Contact__c"]
        assert row["Amount"] == order["Amount__c"]
        assert row["OrderDate"] == day("Order_Date__c")(order)
        assert row["ShippedAt"] == local_time("Shipped_At__c")(order)
        assert row["Paid"] == order["Paid__c"]
        assert row["Comment"] == order["Comment__c"]


def test_a_consent_key_never_travels_to_dialog_insight(disf: Desk) -> None:
    disf("sync")
    for contact in disf.contacts():
        assert all(value is None for name, value in contact.items() if name.lower().startswith(("optin_", "dtoptin_")))
