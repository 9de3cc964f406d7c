"""Reading an org through the REST API, against the simulator over HTTP."""

from __future__ import annotations

import logging
import math
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from disf_desktop.core.errors import AuthorizationNeeded, DisfError, LimitReached, SchemaChanged, ServiceUnavailable
from disf_desktop.core.records import Position, SourceRecord, Window
from disf_desktop.core.schema import FieldType
from disf_desktop.engine import ports
from disf_desktop.services.oauth import REFRESH_TOKEN
from disf_desktop.services.salesforce.rest import SalesforceOrg
from tests.services.salesforce_simulator import Access, Simulator

FIELDS = ("LastName", "Email", "Loyalty_Points__c", "VIP__c", "Account.Name")


def everything(org: SalesforceOrg, **window: Any) -> list[SourceRecord]:
    return [record for page in org.read(Window("Contact", FIELDS, **window)) for record in page.records]


def test_an_org_is_what_a_run_asks_for(access: Access) -> None:
    source: ports.SalesforceOrg = access.org
    assert source.calls == 0


def test_every_record_comes_once_in_order_for_one_call_a_page(simulator: Simulator, access: Access) -> None:
    pages = list(access.org.read(Window("Contact", FIELDS)))
    records = [record for page in pages for record in page.records]
    stored = simulator.records("Contact")
    assert {record.rid for record in records} == {row["Id"] for row in stored}
    assert len(records) == len(stored) == 4300
    assert records == sorted(records, key=lambda record: (record.stamp, record.rid))
    assert [page.position for page in pages] == [Position(p.records[-1].stamp, p.records[-1].rid) for p in pages]
    assert simulator.requests()["query"] == math.ceil(4300 / 2000)


def test_values_follow_the_fields_asked_and_numbers_are_exact(simulator: Simulator, access: Access) -> None:
    stored = {row["Id"]: row for row in simulator.records("Contact")}
    accounts = {row["Id"]: row["Name"] for row in simulator.records("Account")}
    records = everything(access.org)
    for record in records:
        row = stored[record.rid]
        name, email, points, vip, account = record.values
        assert (name, email, vip) == (row["LastName"], row["Email"], bool(row["VIP__c"]))
        assert account == (accounts[row["AccountId"]] if row["AccountId"] else None)
        assert points is None or isinstance(points, Decimal | int)
        assert (points is None) == (row["Loyalty_Points__c"] is None)
    assert any(record.values[4] is None for record in records)
    assert any(isinstance(record.values[2], Decimal) for record in records)
    assert all(len(record.stamp) == 20 and record.stamp.endswith("Z") for record in records)


def test_an_idle_window_costs_one_call(simulator: Simulator, access: Access) -> None:
    access.org.describe("Contact")
    before = access.org.calls
    assert list(access.org.read(Window("Contact", FIELDS, since="2100-01-01T00:00:00Z"))) == []
    assert access.org.calls == before + 1


def test_since_is_a_lower_bound_that_belongs_to_the_window(access: Access) -> None:
    records = everything(access.org)
    middle = records[3000].stamp
    assert everything(access.org, since=middle) == [record for record in records if record.stamp >= middle]


@pytest.mark.parametrize("at", [0, 1999, 2000, 4298, 4299])
def test_reading_goes_on_after_any_record(access: Access, at: int) -> None:
    records = everything(access.org)
    position = Position(records[at].stamp, records[at].rid)
    assert everything(access.org, position=position) == records[at + 1 :]


def test_since_still_holds_after_a_position(access: Access) -> None:
    records = everything(access.org)
    late = records[4000].stamp
    position = Position(records[10].stamp, records[10].rid)
    assert everything(access.org, since=late, position=position) == [r for r in records if r.stamp >= late]


def test_more_records_than_a_page_with_the_same_stamp_all_come(simulator: Simulator, access: Access) -> None:
    ids = [record.rid for record in everything(access.org)][:2300]
    job = access.org.ingest("Contact", "update")
    job.upload(["Id", "Department"], iter([{"Id": rid, "Department": "Moved"} for rid in ids]))
    job.close()
    job.wait()
    moved = {r.rid: r.stamp for r in everything(access.org) if r.rid in set(ids)}
    assert len(moved) == 2300
    stamp = max(moved.values())
    together = [rid for rid, at in moved.items() if at == stamp]
    assert {r.rid for r in everything(access.org, since=stamp)} == set(together)


def test_a_field_list_too_long_for_a_url_is_read_in_parts_and_put_together(
    simulator: Simulator, access: Access
) -> None:
    fields = FIELDS * 300
    narrow = everything(access.org)
    simulator.control("requests", method="DELETE")
    wide = [record for page in access.org.read(Window("Contact", fields)) for record in page.records]
    assert [record.values for record in wide] == [record.values * 300 for record in narrow]
    assert simulator.requests()["query"] > math.ceil(4300 / 2000)


def test_a_query_is_never_longer_than_a_server_takes(simulator: Simulator, access: Access) -> None:
    # The simulator's own server refuses an address of more than 64 KiB; ours are a quarter of it.
    fields = tuple(
        name for name, field in access.org.describe("Contact").fields.items() if field.type.value != "unsupported"
    )
    records = [record for page in access.org.read(Window("Contact", fields * 40)) for record in page.records]
    assert len(records) == 4300
    assert all(len(record.values) == len(fields) * 40 for record in records)


@pytest.mark.parametrize("fault", ["unavailable", "too_many", "reset_before", "reset_after_apply", "reset_in_reply"])
def test_a_read_goes_on_through_faults_of_the_network(simulator: Simulator, access: Access, fault: str) -> None:
    whole = everything(access.org)
    simulator.fault(fault, "query", after=1, times=2)
    assert everything(access.org) == whole


@pytest.mark.parametrize("fault", ["truncated", "html", "error_after_apply"])
def test_an_answer_that_cannot_be_read_is_asked_for_again(simulator: Simulator, access: Access, fault: str) -> None:
    whole = everything(access.org)
    simulator.fault(fault, "query", after=1, times=2)
    assert everything(access.org) == whole


def test_a_read_that_stays_without_answer_ends_as_unavailable(simulator: Simulator, access: Access) -> None:
    access.org.describe("Contact")
    simulator.fault("reset_before", "query", times=None)
    with pytest.raises(ServiceUnavailable):
        everything(access.org)


def test_a_token_that_expires_between_pages_is_renewed_once_and_the_page_asked_again(
    simulator: Simulator, access: Access
) -> None:
    whole = everything(access.org)
    before = access.secrets[REFRESH_TOKEN]
    simulator.control("requests", method="DELETE")
    simulator.fault("expired_token", "query", after=1)
    assert everything(access.org) == whole
    assert simulator.requests()["token"] == 1
    assert access.secrets[REFRESH_TOKEN] != before


def test_a_revoked_connection_asks_to_sign_in(simulator: Simulator, access: Access) -> None:
    access.org.describe("Contact")
    access.oauth.revoke(access.secrets[REFRESH_TOKEN])
    simulator.fault("expired_token", "query", times=None)
    with pytest.raises(AuthorizationNeeded) as caught:
        everything(access.org)
    assert "invalid_grant" in caught.value.detail


def test_the_daily_allowance_ends_a_run(simulator: Simulator, access: Access) -> None:
    simulator.fault("limit_exceeded", "query")
    with pytest.raises(LimitReached) as caught:
        everything(access.org)
    assert "REQUEST_LIMIT_EXCEEDED" in caught.value.detail


def test_an_unknown_object_or_field_is_a_mapping_to_repair(access: Access) -> None:
    with pytest.raises(SchemaChanged):
        access.org.describe("Nothing__c")
    for fields in (("Nothing__c",), ("Account.Nothing__c",), ("Email FROM User",)):
        with pytest.raises(SchemaChanged):
            list(access.org.read(Window("Contact", fields)))
    with pytest.raises(SchemaChanged):
        list(access.org.read(Window("Contact; DROP", ("Email",))))


def test_a_describe_becomes_a_schema(access: Access) -> None:
    schema = access.org.describe(
        "Contact", ["Account.Name", "account.industry", "Owner.Name", "Nothing.Name", "Account.No"]
    )
    assert (schema.name, schema.side.value, schema.key) == ("Contact", "salesforce", ("Id",))
    types = {
        "Id": FieldType.ID,
        "LastName": FieldType.TEXT,
        "Email": FieldType.EMAIL,
        "Phone": FieldType.PHONE,
        "Description": FieldType.LONG_TEXT,
        "AccountId": FieldType.REFERENCE,
        "Birthdate": FieldType.DATE,
        "SystemModstamp": FieldType.DATETIME,
        "DoNotCall": FieldType.BOOLEAN,
        "Language__c": FieldType.CHOICE,
        "Interests__c": FieldType.CHOICES,
        "Loyalty_Points__c": FieldType.DECIMAL,
        "MailingAddress": FieldType.UNSUPPORTED,
    }
    assert {name: schema.fields[name].type for name in types} == types
    assert schema.fields["LastName"].required
    assert not schema.fields["FirstName"].required
    assert not schema.fields["DoNotCall"].required, "it has a default"
    assert (schema.fields["Loyalty_Points__c"].precision, schema.fields["Loyalty_Points__c"].scale) == (9, 2)
    assert schema.fields["Language__c"].choices == ("fr", "en")
    assert (schema.fields["Legacy_Id__c"].external_id, schema.fields["Legacy_Id__c"].unique) == (True, True)
    related = {name: field for name, field in schema.fields.items() if "." in name}
    assert set(related) == {"Account.Name", "Account.Industry", "Owner.Name"}
    assert related["Account.Name"].label.startswith("Account ▸ ")
    assert not any(field.creatable or field.updatable or field.required for field in related.values())


def test_an_object_is_described_once(simulator: Simulator, access: Access) -> None:
    for _ in range(3):
        access.org.describe("Contact")
    assert simulator.requests()["describe"] == 1


def test_the_newest_version_that_both_know_is_found_once(simulator: Simulator, access: Access) -> None:
    assert access.org.api_version == "68.0"
    assert access.org.api_version == "68.0"
    assert simulator.requests()["versions"] == 1


def test_a_pinned_version_is_not_looked_for(simulator: Simulator, tmp_path: Path) -> None:
    pinned = Access(simulator, tmp_path, api_version="66.0")
    assert pinned.org.count("Contact") == 4300
    assert pinned.org.api_version == "66.0"
    assert "versions" not in simulator.requests()


def test_the_clock_is_the_servers(simulator: Simulator, access: Access) -> None:
    simulator.control("clock", {"advance_s": 5 * 86400})
    assert access.org.server_now() - datetime.now(UTC) > timedelta(days=4)


def test_calls_are_counted_as_the_server_counts_them(simulator: Simulator, access: Access) -> None:
    simulator.fault("unavailable", "query", times=2)
    simulator.fault("expired_token", "describe")
    access.org.describe("Contact")
    everything(access.org)
    assert access.org.calls == sum(simulator.requests().values())


def test_nothing_secret_or_personal_is_logged_or_raised(
    simulator: Simulator, access: Access, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    position = Position("2026-01-01T00:00:00Z", "003000000000001AAA")
    said: list[str] = []
    for fault in ("reset_before", "limit_exceeded", "html", "expired_token", "truncated", "unavailable"):
        simulator.fault(fault, "query", times=6)
        try:
            everything(access.org, position=position)
        except DisfError as error:
            said.append(f"{error!r} {error} {error.what_to_do} {error.detail} {error.where}")
        simulator.control("faults", [])
    secrets = [
        simulator.ready["refresh_token"],
        access.secrets[REFRESH_TOKEN],
        access.tokens.current(),
        "SELECT",
        "003000",
    ]
    assert len(said) >= 4
    for secret in secrets:
        assert secret not in caplog.text
        assert not any(secret in text for text in said)
