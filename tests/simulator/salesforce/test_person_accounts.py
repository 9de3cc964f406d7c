"""Person accounts: off at the start, and switched on an account and a contact that are one person."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from disf_desktop.simulator.salesforce import Org
from disf_desktop.simulator.world import World
from tests.simulator.salesforce.conftest import CREDENTIALS, DESCRIBES, Service, fill


@pytest.fixture
def persons(salesforce: Service) -> Service:
    salesforce.act("person-accounts", {"on": True})
    return salesforce


def person(service: Service, **more: object) -> str:
    body = {"FirstName": "Ada", "LastName": "Roy", "PersonEmail": "Ada@Exemple.example", "Phone": "514", **more}
    reply = service.call("POST", "sobjects/Account", body)
    assert reply.status_code == 201, reply.text
    return str(reply.json()["id"])


def shadow(service: Service, account: str) -> str:
    return str(service.records(f"SELECT PersonContactId FROM Account WHERE Id = '{account}'")[0]["PersonContactId"])


def test_an_org_without_them_does_not_know_the_field(salesforce: Service) -> None:
    assert salesforce.refusal("SELECT IsPersonAccount FROM Account LIMIT 1")[0] == "INVALID_FIELD"
    assert "PersonEmail" not in salesforce.described("Account")
    assert salesforce.refused("person-accounts", {"on": False})[0] == 400


def test_the_describes_have_the_fields_twice(persons: Service) -> None:
    account, contact = persons.described("Account"), persons.described("Contact")
    assert {"FirstName", "LastName", "PersonEmail", "PersonBirthdate", "PersonContactId"} <= set(account)
    assert account["Name"]["nillable"] is True
    assert contact["IsPersonAccount"]["createable"] is False
    assert persons.records("SELECT IsPersonAccount FROM Account LIMIT 1") == [{"IsPersonAccount": False}]


def test_an_account_with_a_last_name_is_a_person_with_a_contact(persons: Service) -> None:
    account = person(persons, PersonMailingCity="Laval", PersonHasOptedOutOfEmail=True)
    soql = "SELECT Name, IsPersonAccount, PersonEmail, PersonContact.Email, PersonMailingAddress FROM Account"
    [found] = persons.records(f"{soql} WHERE Id = '{account}'")
    assert (found["Name"], found["IsPersonAccount"]) == ("Ada Roy", True)
    assert found["PersonEmail"] == found["PersonContact"]["Email"] == "ada@exemple.example"
    assert found["PersonMailingAddress"]["city"] == "Laval"
    contact = persons.read("Contact", shadow(persons, account))
    assert (contact["AccountId"], contact["IsPersonAccount"], contact["Name"]) == (account, True, "Ada Roy")
    assert (contact["MailingCity"], contact["Phone"], contact["HasOptedOutOfEmail"]) == ("Laval", "514", True)
    assert contact["VIP__c"] is False


def test_a_change_of_the_account_is_one_of_the_contact(persons: Service) -> None:
    account = person(persons)
    before = persons.read("Contact", shadow(persons, account))
    persons.world.clock.advance(5)
    changed = {"LastName": "Tremblay", "PersonEmail": None, "PersonTitle": "Directrice"}
    assert persons.call("PATCH", f"sobjects/Account/{account}", changed).status_code == 204
    after = persons.read("Contact", shadow(persons, account))
    assert (after["Name"], after["Email"], after["Title"]) == ("Ada Tremblay", None, "Directrice")
    assert after["SystemModstamp"] > before["SystemModstamp"]
    assert after["CreatedDate"] == before["CreatedDate"]
    assert persons.read("Account", account)["Name"] == "Ada Tremblay"


def test_the_contact_of_a_person_is_not_written(persons: Service) -> None:
    contact = shadow(persons, person(persons))
    for method, body in (("PATCH", {"FirstName": "X"}), ("DELETE", None)):
        refused = persons.call(method, f"sobjects/Contact/{contact}", body)
        assert refused.json()[0]["errorCode"] == "INSUFFICIENT_ACCESS_OR_READONLY"
    assert persons.call("PATCH", f"sobjects/Contact/{persons.contact(3)}", {"FirstName": "X"}).status_code == 204


def test_the_contact_goes_with_the_person_and_comes_back(persons: Service) -> None:
    account = person(persons)
    contact = shadow(persons, account)
    assert persons.call("DELETE", f"sobjects/Account/{account}").status_code == 204
    assert persons.get(f"sobjects/Contact/{contact}").status_code == 404
    persons.act("Account", {"Id": account, "undelete": True})
    assert persons.read("Contact", contact)["LastName"] == "Roy"


@pytest.mark.parametrize(
    ("body", "code", "fields"),
    [
        ({"LastName": "Roy", "Name": "Roy et fils"}, "INVALID_FIELD_FOR_INSERT_UPDATE", ["Name"]),
        ({"Name": "Roy", "PersonEmail": "a@x.example"}, "INVALID_FIELD_FOR_INSERT_UPDATE", ["PersonEmail"]),
        ({"Phone": "514"}, "REQUIRED_FIELD_MISSING", ["Name"]),
    ],
)
def test_an_account_is_one_or_the_other(persons: Service, body: dict[str, str], code: str, fields: list[str]) -> None:
    [error] = persons.call("POST", "sobjects/Account", body).json()
    assert (error["errorCode"], error["fields"]) == (code, fields)


def test_a_company_has_no_fields_of_a_person_and_a_person_keeps_a_last_name(persons: Service) -> None:
    company = persons.records("SELECT Id FROM Account WHERE Name = 'acme'")[0]["Id"]
    refused = persons.call("PATCH", f"sobjects/Account/{company}", {"PersonTitle": "X"})
    assert refused.json()[0]["errorCode"] == "INVALID_FIELD_FOR_INSERT_UPDATE"
    assert persons.call("PATCH", f"sobjects/Account/{company}", {"Name": "Acme inc."}).status_code == 204
    account = person(persons)
    for body in ({"Name": "Roy et fils"}, {"LastName": None}):
        assert persons.call("PATCH", f"sobjects/Account/{account}", body).status_code == 400


def test_persons_come_through_a_job_too(persons: Service) -> None:
    job = persons.call("POST", "jobs/ingest", {"object": "Account", "operation": "insert"}).json()["id"]
    data = b"LastName,PersonEmail\nRoy,a@x.example\nGagnon,b@x.example\n"
    address = f"{persons.url}/services/data/v68.0/jobs/ingest/{job}/batches"
    persons.session.put(address, data, headers={"Content-Type": "text/csv"})
    persons.call("PATCH", f"jobs/ingest/{job}", {"state": "UploadComplete"})
    until = time.monotonic() + 10
    while persons.get(f"jobs/ingest/{job}").json()["state"] != "JobComplete":
        assert time.monotonic() < until
    found = persons.records("SELECT Email FROM Contact WHERE IsPersonAccount = true ORDER BY Email")
    assert [each["Email"] for each in found] == ["a@x.example", "b@x.example"]


def test_a_reset_switches_them_off(persons: Service) -> None:
    person(persons)
    persons.reset()
    assert persons.refusal("SELECT IsPersonAccount FROM Account LIMIT 1")[0] == "INVALID_FIELD"
    assert persons.call("POST", "sobjects/Account", {"Name": "Ordinaire"}).status_code == 201
    persons.act("person-accounts", {"on": True})
    assert persons.records("SELECT Id FROM Account WHERE IsPersonAccount = true") == []


def test_they_outlast_a_restart(tmp_path: Path) -> None:
    org = Org(tmp_path / "org.sqlite", World(seed=7), DESCRIBES, CREDENTIALS)
    fill(org)
    org.persons.switch_on()
    org.close()
    again = Org(tmp_path / "org.sqlite", World(seed=7), DESCRIBES, CREDENTIALS)
    assert again.view["Account"].has("PersonEmail")
    assert next(again.rows("Account"))["IsPersonAccount"] is False
    again.close()
