"""What goes with a deleted record, what comes back with it, and when it is gone for good."""

from __future__ import annotations

import pytest

from tests.simulator.salesforce.conftest import Service


@pytest.fixture
def bakery(salesforce: Service) -> str:
    """The id of the account to which the first contact belongs."""
    return str(salesforce.records("SELECT Id FROM Account WHERE BillingCity = 'Laval'")[0]["Id"])


def deleted(service: Service, sobject: str = "Contact") -> list[str]:
    found = service.query(f"SELECT Id FROM {sobject} WHERE IsDeleted = true ORDER BY Id", "queryAll")["records"]
    return [each["Id"] for each in found]


def test_the_contacts_of_an_account_go_and_come_back_with_it(salesforce: Service, bakery: str) -> None:
    known = salesforce.contact(0)
    alone = salesforce.contact(5)
    salesforce.call("DELETE", f"sobjects/Contact/{alone}")
    assert salesforce.call("DELETE", f"sobjects/Account/{bakery}").status_code == 204
    assert deleted(salesforce) == sorted([known, alone])
    assert salesforce.get(f"sobjects/Contact/{known}").json()[0]["errorCode"] == "ENTITY_IS_DELETED"
    salesforce.act("Account", {"Id": bakery, "undelete": True})
    assert deleted(salesforce) == [alone]


def test_what_was_deleted_before_does_not_come_back(salesforce: Service, bakery: str) -> None:
    known = salesforce.contact(0)
    salesforce.call("DELETE", f"sobjects/Contact/{known}")
    salesforce.world.clock.advance(5)
    salesforce.call("DELETE", f"sobjects/Account/{bakery}")
    salesforce.act("Account", {"Id": bakery, "undelete": True})
    assert deleted(salesforce) == [known]


def test_an_account_with_cases_stays(salesforce: Service, bakery: str) -> None:
    salesforce.org.load("Case", [{"AccountId": bakery, "Subject": "Un bris"}])
    refused = salesforce.call("DELETE", f"sobjects/Account/{bakery}")
    assert refused.status_code == 400
    assert refused.json()[0]["errorCode"] == "DELETE_FAILED"
    assert "cases" in refused.json()[0]["message"]
    assert deleted(salesforce, "Account") == []


def test_the_bin_is_emptied_of_what_is_named(salesforce: Service) -> None:
    ids = [salesforce.contact(number) for number in (1, 2, 3)]
    for each in ids:
        salesforce.call("DELETE", f"sobjects/Contact/{each}")
    assert salesforce.act("bin", {"object": "Contact", "ids": ids[:1]}) == {"gone": 1}
    assert deleted(salesforce) == ids[1:]
    assert salesforce.act("bin", {}) == {"gone": 2}
    assert deleted(salesforce) == []
    gone = salesforce.call("PATCH", f"sobjects/Contact/{ids[0]}", {"FirstName": "X"})
    assert (gone.status_code, gone.json()[0]["errorCode"]) == (404, "NOT_FOUND")
    assert salesforce.refused("Contact", {"Id": ids[0], "undelete": True})[0] == 404
    assert salesforce.refused("bin", {"ids": "all"})[0] == 400


def test_after_fifteen_days_the_bin_is_empty(salesforce: Service) -> None:
    old, new = salesforce.contact(1), salesforce.contact(2)
    salesforce.call("DELETE", f"sobjects/Contact/{old}")
    salesforce.world.clock.advance(10 * 86_400)
    salesforce.call("DELETE", f"sobjects/Contact/{new}")
    assert deleted(salesforce) == [old, new]
    salesforce.world.clock.advance(6 * 86_400)
    assert deleted(salesforce) == [new]
    assert salesforce.refused("Contact", {"Id": old, "undelete": True})[0] == 404


def test_the_describe_says_what_goes_along(salesforce: Service) -> None:
    children = salesforce.get("sobjects/Account/describe").json()["childRelationships"]
    told = {f"{each['childSObject']}.{each['field']}": each for each in children}
    assert told["Contact.AccountId"]["cascadeDelete"] is True
    assert told["Case.AccountId"]["restrictedDelete"] is True
    assert told["Account.ParentId"]["cascadeDelete"] is False


def test_a_merge_of_accounts_keeps_the_contacts_of_both(salesforce: Service, bakery: str) -> None:
    acme = salesforce.records("SELECT Id FROM Account WHERE Name = 'acme'")[0]["Id"]
    salesforce.act("merge", {"object": "Account", "master": bakery, "loser": acme})
    assert deleted(salesforce, "Account") == [acme]
    assert salesforce.query(f"SELECT COUNT() FROM Contact WHERE AccountId = '{bakery}'")["totalSize"] == 2
