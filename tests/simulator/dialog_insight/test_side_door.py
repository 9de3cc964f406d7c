"""What the side door shows and does of the account, over HTTP."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import requests

from disf_desktop.simulator.dialog_insight import Account
from disf_desktop.simulator.salesforce import Org
from disf_desktop.simulator.seed import credentials, definition, fill
from disf_desktop.simulator.world import World
from tests.simulator.conftest import DATA, Simulator
from tests.simulator.dialog_insight.conftest import NEWSLETTER, OPTIONS, ORDERS, WEB_FORMS, contact, equal

CONTACTS = f"dialog-insight/projects/{NEWSLETTER}/contacts"
PERSON = {"f_SalesforceID": "003A", "f_EMail": "a@x.example"}


def get(simulator: Simulator, name: str, value: Any) -> list[dict[str, Any]]:
    reply = simulator.call("Contacts.Get", idProject=NEWSLETTER, Clause=equal(name, value)).json()
    assert reply["Success"], reply["ErrorMessage"]
    found: list[dict[str, Any]] = reply["Records"]
    return found


def merge(simulator: Simulator, *records: Any, **options: Any) -> Any:
    given = {**OPTIONS, **options}
    return simulator.call("Contacts.Merge", idProject=NEWSLETTER, Records=list(records), MergeOptions=given).json()


def names(simulator: Simulator) -> dict[tuple[str, str], int]:
    told = simulator.control("requests/keys")
    assert all(each.keys() == {"service", "call", "name", "count"} for each in told)
    assert {each["service"] for each in told} <= {"dialog_insight"}
    return {(each["call"], each["name"]): each["count"] for each in told}


def door(simulator: Simulator, body: dict[str, Any]) -> requests.Response:
    return requests.post(f"{simulator.ready['control_url']}/{CONTACTS}", json=body, timeout=10)


def test_the_kind_of_the_account_is_shown_set_and_given_back_by_a_reset(simulator: Simulator) -> None:
    assert simulator.control("dialog-insight/account")["kind"] == "equality"
    for kind in ("no_empty", "dates", "export", "equality", "dates"):
        assert simulator.control("dialog-insight/account", {"kind": kind, "most_rows": 7})["kind"] == kind
        assert simulator.control("dialog-insight/account")["kind"] == kind
    simulator.control("reset", {})
    settings = simulator.control("dialog-insight/account")
    assert (settings["kind"], settings["most_rows"], settings["key_change"]) == ("equality", 1000, True)


def test_a_kind_that_does_not_exist_is_refused_and_changes_nothing(simulator: Simulator) -> None:
    address = f"{simulator.ready['control_url']}/dialog-insight/account"
    assert requests.post(address, json={"kind": "everything"}, timeout=10).status_code == 400
    assert simulator.control("dialog-insight/account")["kind"] == "equality"


def test_a_record_carries_its_opt_ins_in_get_and_in_merge(simulator: Simulator) -> None:
    chosen = {"optin_Newsletter": 0, "optin_Promotions": 1}
    simulator.control(CONTACTS, {"set": {**PERSON, **chosen}, "at": "2026.11.01 01:30:00"})
    [found] = get(simulator, "idContact", 1)
    update = {"ID": {"idContact": 1}, "Data": {"f_City": "Laval"}}
    [result] = merge(simulator, update, AllowInsert=False, ReturnRecordsOnSuccess=True)["Records"]
    for record in (found, result["Record"]):
        told = {name: value for name, value in record.items() if "ptin_" in name}
        assert told == {
            "optin_Newsletter": False,
            "dtOptin_Newsletter": "2026.11.01 01:30:00",
            "optin_Promotions": True,
            "dtOptin_Promotions": "2026.11.01 01:30:00",
            "optin_Partners": None,
            "dtOptin_Partners": None,
            "optin_Casl": None,
            "dtOptin_Casl": None,
        }
    assert result["Record"] == {**found, "f_City": "Laval"}


def test_both_passes_of_the_hour_that_comes_twice_are_written_alike(simulator: Simulator) -> None:
    first_pass = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    simulator.control(CONTACTS, {"set": PERSON})
    written, moved = [], 0.0
    try:
        for state, moment in enumerate((first_pass, first_pass + timedelta(hours=1))):
            now = datetime.fromisoformat(simulator.control("clock", {"advance_s": 0})["now"])
            step = (moment - now).total_seconds()
            moved += step
            simulator.control("clock", {"advance_s": step})
            simulator.control(CONTACTS, {"idContact": 1, "set": {"optin_Newsletter": state}})
            written.append(get(simulator, "idContact", 1)[0]["dtOptin_Newsletter"])
    finally:
        simulator.control("clock", {"advance_s": -moved})
    assert [text[:16] for text in written] == ["2026.11.01 01:30"] * 2
    assert [each["value"] for each in simulator.control(f"{CONTACTS}/1/optins")] == [0, 1]


@pytest.mark.parametrize("nothing", ["", None])
def test_neutral_does_not_come_back_for_a_person_either(simulator: Simulator, nothing: str | None) -> None:
    simulator.control(CONTACTS, {"set": {**PERSON, "optin_Newsletter": 1}, "at": "2026.01.02 10:00:00"})
    simulator.control(CONTACTS, {"idContact": 1, "set": {"optin_Newsletter": nothing}, "at": "2026.05.05 10:00:00"})
    [found] = get(simulator, "idContact", 1)
    assert (found["optin_Newsletter"], found["dtOptin_Newsletter"]) == (True, "2026.01.02 10:00:00")


def test_a_deleted_contact_is_not_there_for_anybody(simulator: Simulator) -> None:
    simulator.control(CONTACTS, {"set": PERSON})
    simulator.control(CONTACTS, {"idContact": 1, "delete": True})
    for name, value in (("idContact", 1), ("f_SalesforceID", "003A"), ("f_EMail", "a@x.example"), ("f_City", "")):
        assert get(simulator, name, value) == []
    assert door(simulator, {"idContact": 1, "set": {"f_City": "Laval"}}).status_code == 404
    assert door(simulator, {"idContact": 1, "delete": True}).status_code == 404
    [result] = merge(simulator, {"ID": {"idContact": 1}, "Data": {"f_City": "Laval"}})["Records"]
    assert result["ValidationResult"] == "Unmatched"
    assert simulator.control(CONTACTS, {"set": PERSON}) == {"idContact": 2}, "who comes back is another contact"


def test_the_names_in_merged_records_are_counted(simulator: Simulator) -> None:
    assert names(simulator) == {}
    merge(simulator, contact("003A", City="Laval"), contact("003B", "b@x.example"))
    merge(simulator, {"ID": {"idContact": 1}, "Data": {"f_City": "Lévis"}})
    get(simulator, "optin_Newsletter", 1)
    simulator.control(CONTACTS, {"idContact": 1, "set": {"optin_Newsletter": 1}})
    row = {"ID": {"key_OrderNumber": "O-1"}, "Data": {"idContact": 1}}
    simulator.call("RelationalTables.Merge", idTable=ORDERS, Records=[row], MergeOptions=OPTIONS)
    assert names(simulator) == {
        ("Contacts.Merge", "key_f_SalesforceID"): 2,
        ("Contacts.Merge", "f_EMail"): 2,
        ("Contacts.Merge", "f_City"): 2,
        ("Contacts.Merge", "idContact"): 1,
        ("RelationalTables.Merge", "key_OrderNumber"): 1,
        ("RelationalTables.Merge", "idContact"): 1,
    }


def test_the_names_of_refused_records_and_calls_are_counted_too(simulator: Simulator) -> None:
    bad = {"id": {"key_f_SalesforceID": "003A"}, "DATA": {"f_EMail": "nobody", "optin_Nothing": 1}}
    merge(simulator, bad, "no record", {"ID": None, "Data": ["optin_Partners"]})
    simulator.control("dialog-insight/account", {"denied": ["Contacts.Merge"]})
    merge(simulator, contact("003A", optin_Newsletter=1, dtOptin_Newsletter="2026.01.02"))
    simulator.control("dialog-insight/account", {"key_state": "expired"})
    simulator.call("Contacts.Merge", records=[{"ID": {}, "Data": {"optin_Promotions": 1}}])
    simulator.script("reset_after_apply")
    with pytest.raises(requests.ConnectionError):
        merge(simulator, {"ID": {}, "Data": {"optin_Casl": 1}})
    consents = {name for _, name in names(simulator) if "ptin_" in name}
    assert consents == {
        *("optin_Nothing", "optin_Newsletter", "dtOptin_Newsletter", "optin_Promotions"),
        "optin_Casl",
    }


@pytest.mark.parametrize("way", ["requests", "reset"])
def test_the_names_are_forgotten_with_the_requests(simulator: Simulator, way: str) -> None:
    merge(simulator, contact("003A"))
    assert names(simulator)
    simulator.control(way, {} if way == "reset" else None, method="POST" if way == "reset" else "DELETE")
    assert names(simulator) == {}
    assert simulator.control("requests") == []


@pytest.fixture(scope="module")
def subscribers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("seed")
    world = World(1)
    org = Org(folder / "org.sqlite", world, DATA / "describe", credentials(1))
    account = Account(Path(folder / "account.sqlite"), world, definition(DATA, 1))
    fill(org, account, DATA, 2000)
    yield list(account.contact_records(WEB_FORMS))
    account.close()
    org.close()


def test_the_people_of_the_forms_have_chosen_or_not_in_the_past_two_years(subscribers: list[dict[str, Any]]) -> None:
    states = Counter(each["optin_Newsletter"] for each in subscribers)
    assert set(states) == {1, 0, None}
    assert min(states.values()) >= 3
    now = datetime.now(ZoneInfo("America/Toronto")).replace(tzinfo=None)
    for each in subscribers:
        dated = each["dtOptin_Newsletter"]
        assert (dated is None) == (each["optin_Newsletter"] is None)
        if dated is not None:
            assert now - timedelta(days=732) < datetime.strptime(dated, "%Y.%m.%d %H:%M:%S") < now
