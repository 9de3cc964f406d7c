"""The ways of finding changes against the simulator's Dialog Insight, over HTTP."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from disf_desktop.core.errors import AccessRefused, LimitReached, ServiceUnavailable, UnexpectedAnswer
from disf_desktop.core.moments import instant, written
from disf_desktop.core.project import DestinationProject, ProjectType
from disf_desktop.core.records import Capabilities, FoundRecord, OptinState, WriteRecord, WriteReply, Written
from disf_desktop.services.dialog_insight.client import DialogInsightAccount
from disf_desktop.services.dialog_insight.export import ExportRefused, exports_in, read_export
from disf_desktop.services.dialog_insight.tables import ContactList
from tests.services.dialog_insight.conftest import NEWSLETTER, MakeAccount, Simulator
from tests.services.dialog_insight.listening import listening
from tests.services.dialog_insight.test_client_contract import ORDERS

FORMS = DestinationProject(
    id="forms", connection="di", id_project=123502, name="Web forms", type=ProjectType.B, key=("EMail",)
)
TORONTO = ZoneInfo("America/Toronto")
IDS = [f"003Qy00000000{n:02d}AAA" for n in range(10, 60)]


@pytest.fixture
def contacts(account: DialogInsightAccount) -> ContactList:
    return account.contact_list(NEWSLETTER)


@pytest.fixture
def forms(account: DialogInsightAccount) -> ContactList:
    return account.contact_list(FORMS)


def create(contacts: ContactList, *ops: int, **fields: Any) -> list[str]:
    """Create people, and give their numbers."""
    people = [WriteRecord(n, {"SalesforceID": IDS[n]}, {"EMail": f"p{n}@exemple.example", **fields}) for n in ops]
    return [each.rid for each in outcomes(contacts, "create", *people)]


def outcomes(contacts: ContactList, kind: str, *records: WriteRecord) -> list[Written]:
    reply = contacts.write(kind, records)
    assert isinstance(reply, WriteReply), reply
    assert all(isinstance(each, Written) for each in reply.outcomes), reply.outcomes
    return [each for each in reply.outcomes if isinstance(each, Written)]


def person_acts(simulator: Simulator, project: int, rid: str | None, at: str | None = None, **values: Any) -> str:
    body = {"idContact": None if rid is None else int(rid), "set": values, "at": at}
    acted = simulator.control(f"dialog-insight/projects/{project}/contacts", body)
    return str(acted["idContact"])


# Look-ups


def test_a_contact_is_found_by_its_number_whatever_its_key_has_become(contacts: ContactList) -> None:
    first, second = create(contacts, 1, 2)
    rekeyed = WriteRecord(3, {"SalesforceID": IDS[1]}, {"SalesforceID": IDS[9], "EMail": "new@exemple.example"}, first)
    [written_] = outcomes(contacts, "update", rekeyed)
    assert (written_.rid, written_.created) == (first, False)
    assert written_.stored is not None
    assert written_.stored["SalesforceID"] == IDS[9]
    found = contacts.find_by_id(first)
    assert found is not None
    assert (found.rid, found.values["SalesforceID"], found.values["EMail"]) == (first, IDS[9], "new@exemple.example")
    assert contacts.find({"SalesforceID": IDS[1]}) is None
    assert contacts.find({"SalesforceID": IDS[9]}) == found
    other = contacts.find_by_id(second)
    assert other is not None
    assert other.values["SalesforceID"] == IDS[2]
    assert contacts.find_by_id("999999") is None


def test_a_key_that_another_contact_has_is_refused(contacts: ContactList) -> None:
    first, _ = create(contacts, 1, 2)
    reply = contacts.write("update", [WriteRecord(3, {"SalesforceID": IDS[1]}, {"SalesforceID": IDS[2]}, first)])
    assert isinstance(reply, WriteReply)
    assert not isinstance(reply.outcomes[0], Written)


def test_a_row_whose_key_changes_is_known_by_the_new_one(account: DialogInsightAccount, contacts: ContactList) -> None:
    [rid] = create(contacts, 1)
    table = account.custom_table(NEWSLETTER, ORDERS)
    table.write("create", [WriteRecord(1, {"OrderNumber": "A-1"}, {"idContact": rid})])
    reply = table.write("update", [WriteRecord(2, {"OrderNumber": "A-1"}, {"OrderNumber": "A-2"})])
    assert isinstance(reply, WriteReply)
    found = table.find({"OrderNumber": "A-2"})
    assert found is not None
    assert isinstance(reply.outcomes[0], Written)
    assert reply.outcomes[0].rid == found.rid


def test_opt_ins_come_with_every_look_up_and_never_go(simulator: Simulator, contacts: ContactList) -> None:
    [rid] = create(contacts, 1)
    person_acts(simulator, 123456, rid, "2025.11.02 01:30:00", optin_Newsletter=1)
    person_acts(simulator, 123456, rid, "2026.01.02 10:00:00", optin_Promotions=0)
    found = contacts.find_by_id(rid)
    assert found is not None
    assert found.optins == {
        "Newsletter": OptinState(True, "2025-11-02T05:30:00Z", "2025-11-02T06:30:00Z"),
        "Promotions": OptinState(False, "2026-01-02T15:00:00Z", "2026-01-02T15:00:00Z"),
        "Partners": OptinState(None),
        "Casl": OptinState(None),
    }
    by_key = contacts.find({"SalesforceID": IDS[1]})
    assert by_key is not None
    assert by_key.optins == found.optins
    names = {each["name"].casefold() for each in simulator.control("requests/keys")}
    assert names
    assert not any("optin" in name or "consent" in name for name in names)


def test_an_observation_is_as_of_now_by_the_clock_of_the_server(contacts: ContactList) -> None:
    [rid] = create(contacts, 1)
    server = contacts.server_now()
    found = contacts.find_by_id(rid)
    assert found is not None
    assert abs(instant(found.as_of) - server) < timedelta(seconds=5)


def test_nobody_knows_as_of_when_before_the_first_answer(account: DialogInsightAccount) -> None:
    assert account.as_of() == ""
    assert abs(account.server_now() - datetime.now(UTC)) < timedelta(days=4000)
    assert account.as_of() != ""


def test_an_account_that_tells_no_time_is_said(make_account: MakeAccount) -> None:
    with listening() as server:
        server.dated = False
        with pytest.raises(UnexpectedAnswer, match="without a date"):
            make_account(server.url).server_now()


# Probing


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("equality", Capabilities(empty_lookup=True)),
        ("no_empty", Capabilities()),
        ("dates", Capabilities(empty_lookup=True, changed_since=True)),
        ("export", Capabilities(empty_lookup=True)),
    ],
)
@pytest.mark.parametrize("destination", [NEWSLETTER, FORMS])
def test_what_an_account_accepts_is_found_out_without_changing_anything(
    simulator: Simulator,
    account: DialogInsightAccount,
    kind: str,
    expected: Capabilities,
    destination: DestinationProject,
) -> None:
    simulator.control("dialog-insight/account", {"kind": kind})
    path = f"dialog-insight/projects/{destination.id_project}/contacts.ndjson"
    before = simulator.control(path)
    contacts = account.contact_list(destination)
    contacts.describe()
    calls = contacts.calls
    assert contacts.probe() == expected
    assert contacts.calls <= calls + 3
    assert simulator.control(path) == before
    names = {each["name"] for each in simulator.control("requests/keys")}
    assert not names, "a probe has no records"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"fault": "unavailable", "times": None}, ServiceUnavailable),
        ({"fault": "too_many", "times": None}, LimitReached),
        ({"fault": "html", "times": None}, UnexpectedAnswer),
        ({"fault": "forbidden", "times": None}, AccessRefused),
        ({"fault": "forbidden", "times": None, "status": 403}, AccessRefused),
        ({"fault": "quota", "times": None}, AccessRefused),
    ],
)
def test_nothing_is_concluded_from_a_probe_that_fails(
    simulator: Simulator, contacts: ContactList, fault: dict[str, Any], error: type[Exception]
) -> None:
    simulator.control("dialog-insight/account", {"kind": "dates"})
    contacts.describe()
    simulator.control("faults", [{"call": "Contacts.Get", **fault}])
    with pytest.raises(error):
        contacts.probe()


def test_a_custom_table_is_not_asked_for_its_changes(account: DialogInsightAccount) -> None:
    table = account.custom_table(NEWSLETTER, ORDERS)
    assert table.probe() == Capabilities()
    assert account.calls == 0
    for ask in (
        lambda: table.find_by_id("1"),
        lambda: table.find_empty("Amount"),
        lambda: table.changed_since(datetime.now(UTC)),
    ):
        with pytest.raises(AssertionError):
            ask()


# By marker


def test_people_whose_marker_is_empty_are_found_until_it_is_filled(simulator: Simulator, forms: ContactList) -> None:
    known = {each.rid for each in forms.find_empty("SalesforceID")}
    new = person_acts(simulator, 123502, None, f_EMail="zoe@exemple.example", f_FirstName="Zoé", optin_Newsletter=1)
    found = {each.rid: each for each in forms.find_empty("SalesforceID")}
    assert found.keys() == known | {new}
    assert found[new].values["FirstName"] == "Zoé"
    assert found[new].optins["Newsletter"].state is True
    assert found[new].as_of
    outcomes(forms, "update", WriteRecord(1, {"EMail": "zoe@exemple.example"}, {"SalesforceID": IDS[0]}, new))
    assert {each.rid for each in forms.find_empty("SalesforceID")} == known


# By date


@pytest.fixture
def dated(simulator: Simulator, contacts: ContactList) -> ContactList:
    simulator.control("dialog-insight/account", {"kind": "dates", "most_rows": 5})
    contacts.describe()
    return contacts


def changed(contacts: ContactList, since: datetime) -> list[FoundRecord]:
    return [each for page in contacts.changed_since(since) for each in page]


def later(simulator: Simulator, seconds: float = 2) -> datetime:
    """Let time pass, and give the second that has begun."""
    now = simulator.control("clock", {"advance_s": seconds})["now"]
    return datetime.fromisoformat(now).replace(microsecond=0)


def test_all_that_changed_since_a_moment_is_given_however_many_replies_it_takes(
    simulator: Simulator, dated: ContactList
) -> None:
    before = create(dated, 0, 1)
    since = later(simulator)
    rids = []
    for n in range(2, 18, 2):
        rids += create(dated, n, n + 1)
        later(simulator, 1)
    person_acts(simulator, 123456, rids[0], "2024.01.01 10:00:00", optin_Newsletter=0)
    found = changed(dated, since)
    assert {each.rid for each in found} == set(rids)
    assert not {*before} & {each.rid for each in found}
    opted_out = next(each for each in found if each.rid == rids[0])
    assert opted_out.optins["Newsletter"].state is False
    assert all(each.as_of for each in found)
    assert changed(dated, later(simulator) + timedelta(seconds=1)) == []


def test_a_second_with_more_changes_than_a_reply_holds_is_said(simulator: Simulator, dated: ContactList) -> None:
    create(dated, 0)
    since = later(simulator)
    create(dated, *range(1, 9))
    with pytest.raises(UnexpectedAnswer, match="all of them") as told:
        changed(dated, since)
    assert told.value.what_to_do


def test_an_account_that_does_not_know_dates_refuses_them(contacts: ContactList) -> None:
    with pytest.raises(AccessRefused):
        changed(contacts, datetime.now(UTC))


# By export


@pytest.fixture
def exporting(simulator: Simulator) -> Simulator:
    simulator.control("dialog-insight/account", {"kind": "export"})
    return simulator


def export(simulator: Simulator, folder: Path, *faults: str) -> Any:
    return simulator.control("dialog-insight/export", {"project": 123456, "folder": str(folder), "faults": faults})


def in_a_while() -> float:
    return time.time() + 3600


def read(folder: Path, contacts: ContactList) -> list[FoundRecord]:
    schema = contacts.describe()
    return [each for file in exports_in(folder, 123456, now=in_a_while) for each in read_export(file, schema, TORONTO)]


def test_an_export_says_what_look_ups_say(exporting: Simulator, contacts: ContactList, tmp_path: Path) -> None:
    full: dict[str, Any] = {
        "FirstName": 'Zoé "la fée", dite\nZ',
        "Points": "1234.5",
        "IsVIP": True,
        "BirthDate": "1980-02-29",
        "Interests": ("Cuisine", "Voyages"),
        "LastVisit": "2026-07-01T16:00:00Z",
    }
    rids = [*create(contacts, 1, **full), *create(contacts, 2)]
    person_acts(exporting, 123456, rids[0], "2025.11.02 01:30:00", optin_Newsletter=1)
    told = export(exporting, tmp_path)
    found = read(tmp_path, contacts)
    assert len(found) == told["rows"]
    by_rid = {each.rid: each for each in found}
    for rid in rids:
        looked_up = contacts.find_by_id(rid)
        assert looked_up is not None
        assert by_rid[rid].values == looked_up.values
        assert by_rid[rid].optins == looked_up.optins
        assert by_rid[rid].as_of == written(datetime.fromisoformat(told["as_of"]))


def test_half_an_export_says_nothing(exporting: Simulator, contacts: ContactList, tmp_path: Path) -> None:
    create(contacts, *range(1, 20), City="Montréal")
    export(exporting, tmp_path, "halved")
    [file] = exports_in(tmp_path, 123456, now=in_a_while)
    with pytest.raises(ExportRefused):
        read_export(file, contacts.describe(), TORONTO)


def test_an_export_that_comes_twice_is_one(exporting: Simulator, contacts: ContactList, tmp_path: Path) -> None:
    create(contacts, 1)
    told = export(exporting, tmp_path, "repeated")
    assert len(told["files"]) == 2
    [file] = exports_in(tmp_path, 123456, now=in_a_while)
    assert file.as_of == written(datetime.fromisoformat(told["as_of"]))


@pytest.mark.parametrize("fault", ["stale", "swapped"])
def test_an_old_photograph_under_a_new_name_is_as_old_as_it_is(
    exporting: Simulator, contacts: ContactList, tmp_path: Path, fault: str
) -> None:
    [rid] = create(contacts, 1, City="Laval")
    first = export(exporting, tmp_path / "first")
    outcomes(contacts, "update", WriteRecord(1, {"SalesforceID": IDS[1]}, {"City": "Lévis"}, rid))
    export(exporting, tmp_path / "second", fault)
    taken = written(datetime.fromisoformat(first["as_of"]))
    old = [each for each in read(tmp_path / "second", contacts) if each.rid == rid and each.values["City"] == "Laval"]
    assert [each.as_of for each in old] == [taken]
