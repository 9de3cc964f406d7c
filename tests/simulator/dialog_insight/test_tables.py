"""Custom tables: the same envelope, bare codes, rows that belong to contacts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.dialog_insight.conftest import NEWSLETTER, ORDERS, Service, contact, equal


def order(number: str, contact: Any = 1, **data: Any) -> dict[str, Any]:
    return {"ID": {"key_OrderNumber": number}, "Data": {"OrderNumber": number, "idContact": contact, **data}}


@pytest.fixture
def shop(service: Service) -> Service:
    service.merge(contact("003A"), contact("003B", "b@x.example"))
    return service


def rows(service: Service, number: str) -> Any:
    return service.call("RelationalTables.Get", idTable=ORDERS, Clause=[equal("OrderNumber", number)])["Records"]


def test_a_row_is_created_then_updated(shop: Service) -> None:
    reply = shop.merge_rows(order("O-1", Amount=12.5, OrderDate="2026-01-02", Paid=1, ShippedAt="2026-01-03 10:00:00"))
    assert (reply["CreatedRecords"], reply["Records"][0]["Status"]) == (1, "Created")
    assert shop.merge_rows(order("o-1", Status="Paid"))["UpdatedRecords"] == 1
    assert rows(shop, "O-1") == [
        {
            "OrderNumber": "o-1",
            "idContact": 1,
            "Amount": 12.5,
            "OrderDate": "2026.01.02",
            "Status": "Paid",
            "Quantity": None,
            "Paid": True,
            "ShippedAt": "2026.01.03 10:00:00",
            "Comment": None,
        }
    ]


@pytest.mark.parametrize("contact", [3, "3", 0, -1])
def test_a_row_of_nobody_is_refused(shop: Service, contact: Any) -> None:
    reply = shop.merge_rows(order("O-1", contact), order("O-2", "2"))
    assert [each["Status"] for each in reply["Records"]] == ["Error", "Created"]
    assert "there is no contact" in reply["Records"][0]["Message"]


@pytest.mark.parametrize("contact", [None, "", "003A"])
def test_a_row_must_have_its_contact(shop: Service, contact: Any) -> None:
    assert shop.merge_rows(order("O-1", contact))["Records"][0]["ValidationResult"] == "InvalidData"


def test_names_with_the_prefix_of_contact_fields_are_unknown_here(shop: Service) -> None:
    [result] = shop.merge_rows({"ID": {"key_f_OrderNumber": "O-1"}, "Data": {"f_Status": "Paid"}})["Records"]
    assert result["ValidationResult"] == "InvalidData"


def test_the_rows_of_a_contact_are_found_by_its_number(shop: Service) -> None:
    shop.merge_rows(order("O-1", 1), order("O-2", 2), order("O-3", 1))
    found = shop.call("RelationalTables.Get", idTable=ORDERS, Clause=equal("idContact", 1))["Records"]
    assert [each["OrderNumber"] for each in found] == ["O-1", "O-3"]


def test_a_deleted_contact_takes_its_rows_along(shop: Service) -> None:
    shop.merge_rows(order("O-1", 1), order("O-2", 2))
    shop.call("Contacts.Delete", idProject=NEWSLETTER, Clause=equal("f_SalesforceID", "003A"), MaxRows=1)
    assert [each["OrderNumber"] for each in shop.account.rows(ORDERS)] == ["O-2"]


def test_rows_are_deleted_by_clause(shop: Service) -> None:
    shop.merge_rows(order("O-1"))
    reply = shop.call("RelationalTables.Delete", idTable=ORDERS, Clause=equal("OrderNumber", "O-1"), MaxRows=1)
    assert reply["DeletedRecords"] == 1
    assert rows(shop, "O-1") == []


def test_a_table_is_called_by_its_number(shop: Service) -> None:
    reply = shop.call("RelationalTables.Get", idProject=NEWSLETTER, Clause=equal("OrderNumber", "O-1"))
    assert (reply["Success"], "idTable" in reply["ErrorMessage"]) == (False, True)
    assert shop.merge_rows(order("O-1"), table=988)["ErrorCode"] == "AccessDenied"
