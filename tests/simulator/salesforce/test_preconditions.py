"""Conditional requests on one record: whole seconds, compared with when it was last modified."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from tests.simulator.salesforce.conftest import Service

# Contact 5 of the seed.
MODIFIED = datetime(2026, 3, 2, 10, 0, 0, tzinfo=UTC)


def _since(header: str, seconds: int, **more: Any) -> dict[str, str]:
    return {header: format_datetime(MODIFIED + timedelta(seconds=seconds), usegmt=True)}


@pytest.mark.parametrize(
    ("header", "seconds", "read", "written"),
    [
        ("If-Unmodified-Since", -1, 412, 412),
        ("If-Unmodified-Since", 0, 200, 204),
        ("If-Unmodified-Since", 1, 200, 204),
        ("If-Modified-Since", -1, 200, 204),
        ("If-Modified-Since", 0, 304, 304),
        ("If-Modified-Since", 1, 304, 304),
    ],
)
def test_a_condition_turns_at_the_second_of_the_last_change(
    salesforce: Service, header: str, seconds: int, read: int, written: int
) -> None:
    address, headers = f"sobjects/Contact/{salesforce.contact(5)}", _since(header, seconds)
    assert salesforce.get(address, headers=headers).status_code == read
    assert salesforce.call("PATCH", address, {"Title": "x"}, headers=headers).status_code == written
    stored = salesforce.get(address).json()["Title"]
    assert stored == ("x" if written == 204 else None)


def test_a_change_by_a_person_between_reading_and_writing_is_not_overwritten(salesforce: Service) -> None:
    known = salesforce.contact(5)
    read = salesforce.get(f"sobjects/Contact/{known}")
    salesforce.act("Contact", {"Id": known, "set": {"DI_Optin_Promotions__c": "No"}})
    since = {"If-Unmodified-Since": read.headers["Last-Modified"]}
    body = {"DI_Optin_Promotions__c": "Yes"}
    refused = salesforce.call("PATCH", f"sobjects/Contact/{known}", body, headers=since)
    assert (refused.status_code, refused.json()[0]["errorCode"]) == (412, "PRECONDITION_FAILED")
    assert salesforce.read("Contact", known)["DI_Optin_Promotions__c"] == "No"


def test_a_date_that_is_none_is_refused_to_who_writes(salesforce: Service) -> None:
    address, headers = f"sobjects/Contact/{salesforce.contact(5)}", {"If-Unmodified-Since": "yesterday"}
    assert salesforce.call("PATCH", address, {"Title": "x"}, headers=headers).status_code == 400
    assert salesforce.get(address, headers=headers).json()["Title"] is None


def test_a_deleted_record_is_gone_rather_than_modified(salesforce: Service) -> None:
    known = salesforce.contact(5)
    salesforce.act("Contact", {"Id": known, "delete": True})
    headers = _since("If-Unmodified-Since", 0)
    reply = salesforce.call("PATCH", f"sobjects/Contact/{known}", {"Title": "x"}, headers=headers)
    assert (reply.status_code, reply.json()[0]["errorCode"]) == (404, "ENTITY_IS_DELETED")


def test_a_request_inside_a_composite_has_conditions_of_its_own(salesforce: Service) -> None:
    url = f"/services/data/v68.0/sobjects/Contact/{salesforce.contact(5)}"
    requests_ = [
        {"method": "PATCH", "url": url, "referenceId": name, "body": {"Title": name}, "httpHeaders": headers}
        for name, headers in (
            ("late", _since("If-Unmodified-Since", -1)),
            ("due", _since("If-Unmodified-Since", 0)),
        )
    ]
    replies = salesforce.call("POST", "composite", {"compositeRequest": requests_}).json()["compositeResponse"]
    assert [each["httpStatusCode"] for each in replies] == [412, 204]
