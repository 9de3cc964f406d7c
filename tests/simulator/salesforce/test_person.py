"""A person at work in the org, through the side door: edits, the recycle bin, merges, the conversion of leads."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.simulator.salesforce.conftest import CREDENTIALS, PERSON, Service, collection

NOBODY = "003Qy0000000ZZZ"


def _lead(salesforce: Service, **values: Any) -> str:
    return str(salesforce.act("Lead", {"set": {"LastName": "Roy", "Company": "Exemple Roy", **values}})["Id"])


def _deleted(salesforce: Service, sobject: str = "Contact") -> list[str]:
    now = salesforce.org.now()
    window = {
        name: (now + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
        for name, minutes in (("start", -5), ("end", 5))
    }
    body = salesforce.get(f"sobjects/{sobject}/deleted/", params=window).json()
    return [each["id"] for each in body["deletedRecords"]]


def test_what_a_person_edits_has_her_name_and_a_new_stamp(salesforce: Service) -> None:
    known = salesforce.contact(5)
    before = salesforce.read("Contact", known)
    assert salesforce.act("Contact", {"Id": known[:15], "set": {"Phone": " 514 555-0101 "}}) == {"Id": known}
    after = salesforce.read("Contact", known)
    assert after["Phone"] == "514 555-0101"
    assert after["LastModifiedById"] == PERSON != CREDENTIALS.user_id
    assert after["SystemModstamp"] == after["LastModifiedDate"] > before["SystemModstamp"]
    assert after["CreatedById"] == before["CreatedById"]


def test_what_a_person_creates_is_hers(salesforce: Service) -> None:
    made = salesforce.act("Contact", {"set": {"LastName": "Neuve", "Email": "Neuve@Example.org"}})["Id"]
    record = salesforce.read("Contact", made)
    assert record["Email"] == "neuve@example.org"
    assert {record[name] for name in ("OwnerId", "CreatedById", "LastModifiedById")} == {PERSON}


def test_what_the_integration_saves_is_still_its_own(salesforce: Service) -> None:
    known = salesforce.contact(5)
    salesforce.act("Contact", {"Id": known, "set": {"Title": "x"}})
    salesforce.call("PATCH", f"sobjects/Contact/{known}", {"Title": "y"})
    assert salesforce.read("Contact", known)["LastModifiedById"] == CREDENTIALS.user_id


@pytest.mark.parametrize(
    ("path", "body", "status", "reason"),
    [
        ("Contact", {"Id": NOBODY, "set": {"Title": "x"}}, 404, "INVALID_CROSS_REFERENCE_KEY"),
        ("Contact", {"Id": NOBODY, "delete": True}, 404, "INVALID_CROSS_REFERENCE_KEY"),
        ("Contact", {"Id": NOBODY, "undelete": True}, 404, "INVALID_CROSS_REFERENCE_KEY"),
        ("Person", {"set": {"LastName": "x"}}, 404, "There is no object Person."),
        ("merge", {"object": "Contact", "master": NOBODY, "loser": NOBODY}, 404, "INVALID_CROSS_REFERENCE_KEY"),
        ("convert-lead", {"lead": "00QQy0000000ZZZ"}, 404, "INVALID_CROSS_REFERENCE_KEY"),
        ("Contact", {"set": {"LastName": "x", "Email": "pas une adresse"}}, 400, "INVALID_EMAIL_ADDRESS: Email: inva"),
        ("Contact", {"set": {"FirstName": "x"}}, 400, "REQUIRED_FIELD_MISSING: Required fields are missing: [LastNam"),
        ("Contact", {"set": {"LastName": "x", "Shoe__c": 1}}, 400, "INVALID_FIELD: No such column 'Shoe__c'"),
        ("Contact", {"set": {"LastName": "x", "Birthdate": "hier"}}, 400, "JSON_PARSER_ERROR: Cannot deserialize"),
        ("Contact", {"set": {"LastName": "x", "IsDeleted": True}}, 400, "INVALID_FIELD_FOR_INSERT_UPDATE"),
        ("Contact", {"set": ["x"]}, 400, "`set` is an object"),
        ("Contact", {"Id": NOBODY, "delete": True, "undelete": True}, 400, "One of"),
        ("Contact", {"Id": NOBODY}, 400, "One of"),
        ("Contact", {"Id": 5, "set": {}}, 400, "MALFORMED_ID"),
        ("Contact", {"id": NOBODY, "set": {}}, 400, "Not known here: id."),
        ("Contact", [], 400, "A JSON object"),
        ("merge", {"object": "Order__c", "master": "x", "loser": "y"}, 400, "INVALID_OPERATION"),
    ],
)
def test_a_person_is_refused_with_the_reason(
    salesforce: Service, path: str, body: Any, status: int, reason: str
) -> None:
    told, why = salesforce.refused(path, body)
    assert told == status
    assert why.startswith(reason)
    assert salesforce.query("SELECT COUNT() FROM Contact", "queryAll")["totalSize"] == 9


def test_what_is_brought_back_is_no_longer_among_the_deleted(salesforce: Service) -> None:
    known, other = salesforce.contact(5), salesforce.contact(6)
    for each in (known, other):
        salesforce.act("Contact", {"Id": each, "delete": True})
    assert set(_deleted(salesforce)) == {known, other}
    in_the_bin = "SELECT Id, IsDeleted, MasterRecordId, LastModifiedById FROM Contact WHERE IsDeleted = true"
    found = salesforce.query(in_the_bin, "queryAll")["records"]
    assert {(each["Id"], each["MasterRecordId"], each["LastModifiedById"]) for each in found} == {
        (known, None, PERSON),
        (other, None, PERSON),
    }
    deleted_at = salesforce.query(f"SELECT SystemModstamp FROM Contact WHERE Id = '{known}'", "queryAll")["records"][0]
    salesforce.world.clock.advance(60)
    assert salesforce.act("Contact", {"Id": known, "undelete": True}) == {"Id": known}
    record = salesforce.read("Contact", known)
    assert record["IsDeleted"] is False
    assert record["SystemModstamp"] > deleted_at["SystemModstamp"]
    assert _deleted(salesforce) == [other]
    assert salesforce.refused("Contact", {"Id": known, "undelete": True})[1].startswith("UNDELETE_FAILED")


def test_a_unique_value_given_away_meanwhile_keeps_its_first_record_in_the_bin(salesforce: Service) -> None:
    known = salesforce.contact(3)
    salesforce.act("Contact", {"Id": known, "delete": True})
    salesforce.act("Contact", {"set": {"LastName": "Autre", "Legacy_Id__c": "l-3"}})
    status, reason = salesforce.refused("Contact", {"Id": known, "undelete": True})
    assert (status, reason.split(":")[0]) == (400, "DUPLICATE_VALUE")
    assert _deleted(salesforce) == [known]


def test_a_merge_leaves_a_loser_that_names_its_master(salesforce: Service) -> None:
    master, loser, other = (salesforce.contact(number) for number in (5, 6, 7))
    orders = [
        salesforce.call("POST", "sobjects/Order__c", {"External_Number__c": number, "Contact__c": each}).json()["id"]
        for number, each in (("1", loser), ("2", other))
    ]
    untouched = salesforce.read("Order__c", orders[1])
    before = salesforce.read("Contact", master)
    salesforce.world.clock.advance(60)
    merged = salesforce.act("merge", {"object": "Contact", "master": master, "loser": loser})
    assert merged == {"Id": master}
    [gone] = salesforce.query("SELECT Id, MasterRecordId FROM Contact WHERE IsDeleted = true", "queryAll")["records"]
    assert (gone["Id"], gone["MasterRecordId"]) == (loser, master)
    assert _deleted(salesforce) == [loser]
    after = salesforce.read("Contact", master)
    assert after["SystemModstamp"] > before["SystemModstamp"]
    stamps = ("SystemModstamp", "LastModifiedDate", "LastModifiedById")
    assert {name for name in after if after[name] != before[name]} <= set(stamps)
    moved = salesforce.read("Order__c", orders[0])
    assert (moved["Contact__c"], moved["LastModifiedById"]) == (master, PERSON)
    assert moved["SystemModstamp"] > untouched["SystemModstamp"]
    assert salesforce.read("Order__c", orders[1]) == untouched


def test_masters_merged_later_make_a_chain(salesforce: Service) -> None:
    first, second, last = (salesforce.contact(number) for number in (5, 6, 7))
    salesforce.act("merge", {"object": "Contact", "master": second, "loser": first})
    salesforce.act("merge", {"object": "Contact", "master": last, "loser": second})
    found = salesforce.query("SELECT Id, MasterRecordId FROM Contact WHERE MasterRecordId != null", "queryAll")
    assert {each["Id"]: each["MasterRecordId"] for each in found["records"]} == {first: second, second: last}
    assert salesforce.refused("merge", {"object": "Contact", "master": first, "loser": last})[0] == 404
    assert salesforce.refused("merge", {"object": "Contact", "master": last, "loser": last})[0] == 400


def test_a_loser_brought_back_has_no_master(salesforce: Service) -> None:
    master, loser = salesforce.contact(5), salesforce.contact(6)
    salesforce.act("merge", {"object": "Contact", "master": master, "loser": loser})
    salesforce.act("Contact", {"Id": loser, "undelete": True})
    assert salesforce.read("Contact", loser)["MasterRecordId"] is None


def test_who_reported_to_the_loser_reports_to_the_master_and_never_to_himself(salesforce: Service) -> None:
    master, loser, third = (salesforce.contact(number) for number in (5, 6, 7))
    for each in (master, third):
        salesforce.act("Contact", {"Id": each, "set": {"ReportsToId": loser}})
    salesforce.act("merge", {"object": "Contact", "master": master, "loser": loser})
    assert salesforce.read("Contact", third)["ReportsToId"] == master
    assert salesforce.read("Contact", master)["ReportsToId"] is None


@pytest.mark.parametrize(
    ("sobject", "values"), [("Lead", {"LastName": "x", "Company": "y"}), ("Account", {"Name": "x"})]
)
def test_leads_and_accounts_are_merged_alike(salesforce: Service, sobject: str, values: dict[str, str]) -> None:
    master, loser = (salesforce.act(sobject, {"set": values})["Id"] for _ in range(2))
    salesforce.act("merge", {"object": sobject, "master": master, "loser": loser})
    query = f"SELECT Id, MasterRecordId FROM {sobject} WHERE IsDeleted = true"
    [gone] = salesforce.query(query, "queryAll")["records"]
    assert (gone["Id"], gone["MasterRecordId"]) == (loser, master)


def test_a_converted_lead_names_its_contact_and_is_read_only(salesforce: Service) -> None:
    consent = {
        "DI_Contact_Id__c": "D-1",
        "DI_Optin_Newsletter__c": True,
        "DI_Optin_Newsletter_Date__c": "2026-01-02T03:04:05.000+0000",
        "DI_Optin_Newsletter_Source__c": "Formulaire",
        "DI_Optin_Promotions__c": "Yes",
        "Interests__c": "Sport;Jardin",
    }
    person = {"FirstName": "Ève", "Email": "eve@example.org", "HasOptedOutOfEmail": True, "Title": "Directrice"}
    lead = _lead(salesforce, City="Laval", **person, **consent)
    before = salesforce.read("Lead", lead)
    assert before["IsConverted"] is False
    salesforce.world.clock.advance(60)
    made = salesforce.act("convert-lead", {"lead": lead})
    fields = "Id, IsConverted, ConvertedContactId, ConvertedAccountId, ConvertedDate, Status, SystemModstamp"
    [after] = salesforce.records(f"SELECT {fields} FROM Lead WHERE IsConverted = true AND LastName = 'Roy'")
    assert after["SystemModstamp"] > before["SystemModstamp"]
    assert (after["ConvertedContactId"], after["ConvertedAccountId"]) == (made["contact"], made["account"])
    assert after["ConvertedDate"] == after["SystemModstamp"][:10]
    assert after["Status"] == "Closed - Converted"
    contact = salesforce.read("Contact", made["contact"])
    assert {name: contact[name] for name in (*person, *consent)} == person | consent
    assert (contact["Name"], contact["MailingCity"], contact["AccountId"]) == ("Ève Roy", "Laval", made["account"])
    assert salesforce.read("Account", made["account"])["Name"] == "Exemple Roy"
    [refused] = salesforce.call("PATCH", f"sobjects/Lead/{lead}", {"Title": "x"}).json()
    assert refused["errorCode"] == "CANNOT_UPDATE_CONVERTED_LEAD"
    [refused] = salesforce.call("PATCH", "composite/sobjects", collection([{"id": lead, "Title": "x"}], "Lead")).json()
    assert refused["errors"][0]["statusCode"] == "CANNOT_UPDATE_CONVERTED_LEAD"
    edit = {"Id": lead, "set": {"Title": "x"}}
    assert salesforce.refused("Lead", edit)[1].startswith("CANNOT_UPDATE_CONVERTED_LEAD")
    assert salesforce.refused("convert-lead", {"lead": lead})[1].startswith("CANNOT_UPDATE_CONVERTED_LEAD")


def test_a_contact_that_exists_only_gets_its_empty_fields_filled(salesforce: Service) -> None:
    known = salesforce.contact(5)
    before = salesforce.read("Contact", known)
    assert before["Title"] is None
    lead = _lead(salesforce, Title="Directrice", Email="autre@example.org", Language__c="en", VIP__c=True)
    made = salesforce.act("convert-lead", {"lead": lead, "contact": known})
    assert made["contact"] == known
    after = salesforce.read("Contact", known)
    changed = {name for name in after if after[name] != before[name]}
    assert changed - {"SystemModstamp", "LastModifiedDate", "LastModifiedById"} == {"Title", "AccountId"}
    assert (after["Title"], after["AccountId"]) == ("Directrice", made["account"])


def test_a_lead_goes_to_the_account_given_unless_its_contact_has_another(salesforce: Service) -> None:
    accounts = [each["Id"] for each in salesforce.records("SELECT Id FROM Account ORDER BY Id")]
    first = salesforce.act("convert-lead", {"lead": _lead(salesforce), "account": accounts[1]})
    assert salesforce.read("Contact", first["contact"])["AccountId"] == accounts[1]
    second = salesforce.act("convert-lead", {"lead": _lead(salesforce), "contact": salesforce.contact(0)})
    assert second["account"] == accounts[0]
    lead = _lead(salesforce)
    body = {"lead": lead, "contact": salesforce.contact(0), "account": accounts[1]}
    assert salesforce.refused("convert-lead", body)[0] == 400
    assert salesforce.read("Lead", lead)["IsConverted"] is False


def test_a_converted_lead_keeps_the_contact_it_became_though_it_is_merged_away(salesforce: Service) -> None:
    lead = _lead(salesforce)
    became = salesforce.act("convert-lead", {"lead": lead})["contact"]
    master = salesforce.contact(5)
    salesforce.act("merge", {"object": "Contact", "master": master, "loser": became})
    [found] = salesforce.records(f"SELECT ConvertedContactId, SystemModstamp FROM Lead WHERE Id = '{lead}'")
    assert found["ConvertedContactId"] == became
    [gone] = salesforce.query("SELECT MasterRecordId FROM Contact WHERE IsDeleted = true", "queryAll")["records"]
    assert gone["MasterRecordId"] == master


def test_a_conversion_that_is_refused_leaves_nothing_behind(salesforce: Service) -> None:
    salesforce.act("Contact", {"Id": salesforce.contact(1), "set": {"DI_Contact_Id__c": "D-9"}})
    lead = _lead(salesforce, DI_Contact_Id__c="D-9")
    status, reason = salesforce.refused("convert-lead", {"lead": lead})
    assert (status, reason.split(":")[0]) == (400, "DUPLICATE_VALUE")
    assert salesforce.query("SELECT COUNT() FROM Account")["totalSize"] == 2
    assert salesforce.read("Lead", lead)["IsConverted"] is False


def test_the_describe_of_a_lead_tells_what_a_conversion_sets(salesforce: Service) -> None:
    fields = {each["name"]: each for each in salesforce.get("sobjects/Lead/describe").json()["fields"]}
    kinds = {"IsConverted": "boolean", "ConvertedContactId": "reference", "ConvertedAccountId": "reference"}
    for name, kind in (kinds | {"ConvertedDate": "date"}).items():
        assert (fields[name]["type"], fields[name]["updateable"]) == (kind, False)


def test_salesforce_itself_moves_a_stamp_and_nobody_modified_the_record(salesforce: Service) -> None:
    known = salesforce.contact(3)
    before = salesforce.read("Contact", known)
    assert salesforce.act("system", {"object": "Contact", "ids": [known[:15]], "stamp": True}) == {"changed": 1}
    after = salesforce.read("Contact", known)
    assert after["SystemModstamp"] > before["SystemModstamp"]
    assert {**after, "SystemModstamp": None} == {**before, "SystemModstamp": None}


def test_many_records_may_have_one_stamp(salesforce: Service) -> None:
    assert salesforce.act("system", {"object": "Contact", "stamp": True}) == {"changed": 9}
    assert len({each["SystemModstamp"] for each in salesforce.records("SELECT SystemModstamp FROM Contact")}) == 1


def test_a_formula_changes_without_any_stamp(salesforce: Service) -> None:
    known = salesforce.contact(3)
    before = salesforce.read("Contact", known)
    body = {"object": "Contact", "ids": [known], "set": {"Loyalty_Points__c": 999}}
    assert salesforce.act("system", body) == {"changed": 1}
    assert salesforce.read("Contact", known) == {**before, "Loyalty_Points__c": 999.0}


@pytest.mark.parametrize(
    "body",
    [
        {"object": "Nothing"},
        {"object": "Contact", "set": {"Nose": 1}},
        {"object": "Contact", "set": {"Id": "x"}},
        {"object": "Contact", "set": {"VIP__c": "perhaps"}},
        {"object": "Contact", "ids": "all"},
        {"object": "Contact", "stamp": 1},
        {"object": "Contact", "when": "now"},
    ],
)
def test_a_change_of_the_system_that_is_none_is_refused(salesforce: Service, body: dict[str, Any]) -> None:
    assert salesforce.refused("system", body)[0] in (400, 404)
