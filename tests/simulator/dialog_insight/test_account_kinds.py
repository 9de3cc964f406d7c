"""The kinds of account, one for each way of finding what changed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.dialog_insight.conftest import NEWSLETTER, ORDERS, WEB_FORMS, Service, contact, equal

# One of each type, and what an empty one is compared by.
EMPTY_NAMES = (
    *("f_City", "f_Notes", "f_Mobile", "f_Children", "f_Points", "f_IsVIP", "f_BirthDate", "f_LastVisit"),
    *("f_Gender", "f_Interests", "optin_Newsletter", "dtOptin_Newsletter", "hasTrackingConsent", "dtTrackingConsent"),
)
FULL: dict[str, Any] = {
    "City": "Laval",
    "Notes": "n",
    "Mobile": "514 555-0101",
    "Children": 0,
    "Points": 0,
    "IsVIP": False,
    "BirthDate": "1980.01.02",
    "LastVisit": "2026.01.02 10:00:00",
    "Gender": "X",
    "Interests": "Sport",
    "optin_Newsletter": 0,
    "hasTrackingConsent": "0",
    "dtTrackingConsent": "2026.01.02",
}


def ids(reply: Any) -> list[int]:
    assert reply["Success"], reply["ErrorMessage"]
    return [each["idContact"] for each in reply["Records"]]


def since(service: Service, moment: str = "2000.01.01 00:00:00", **more: Any) -> list[tuple[int, str]]:
    reply = service.changed_since(moment, **more)
    assert reply["Success"], reply["ErrorMessage"]
    return [(each["idContact"], each["dtModified"]) for each in reply["Records"]]


@pytest.fixture
def dated(service: Service) -> Service:
    service.account.set({"kind": "dates"})
    return service


def steps(service: Service, name: str, value: Any) -> tuple[int, int]:
    """Look up; return how many records came, and how many hundreds of steps the store took."""
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        return 0

    database = service.account._database
    database.set_progress_handler(step, 100)
    found = len(service.get(name, value))
    database.set_progress_handler(None, 100)
    return found, taken


def test_the_account_of_the_start_is_the_poorest(service: Service) -> None:
    assert service.account.settings.kind == "equality"
    assert service.changed_since("2000.01.01 00:00:00")["Success"] is False
    service.merge(contact("003A"))
    assert "dtModified" not in service.get("idContact", 1)[0]


@pytest.mark.parametrize("name", EMPTY_NAMES)
@pytest.mark.parametrize("empty", ["", None])
def test_an_empty_field_of_any_type_is_found(service: Service, name: str, empty: str | None) -> None:
    service.merge(contact("003A", **FULL), contact("003B", "b@x.example"))
    assert [each["idContact"] for each in service.get(name, empty)] == [2]


def test_all_who_have_no_marker_are_found_at_once(service: Service) -> None:
    people = [{"ID": {"key_f_EMail": f"p{n}@x.example"}, "Data": {}} for n in range(2500)]
    service.merge(*people, project=WEB_FORMS)
    service.merge({"ID": {"idContact": 7}, "Data": {"f_SalesforceID": "003A"}}, project=WEB_FORMS)
    found = [each["idContact"] for each in service.get("f_SalesforceID", "", WEB_FORMS)]
    assert found == [n for n in range(1, 2501) if n != 7]


@pytest.mark.parametrize("name", [*EMPTY_NAMES, "f_SalesforceID", "idContact"])
@pytest.mark.parametrize("empty", ["", None])
def test_another_kind_refuses_to_look_for_what_is_empty(service: Service, name: str, empty: str | None) -> None:
    service.merge(contact("003A"))
    service.account.set({"kind": "no_empty"})
    for reply in (
        service.call("Contacts.Get", idProject=NEWSLETTER, Clause=equal(name, empty)),
        service.call("Contacts.Delete", idProject=NEWSLETTER, Clause=equal(name, empty), MaxRows=9),
    ):
        assert (reply["Success"], bool(reply["ErrorCode"])) == (False, True)
        assert "Records" not in reply
    assert ids(service.call("Contacts.Get", idProject=NEWSLETTER, Clause=equal("f_SalesforceID", "003A"))) == [1]
    assert ids(service.call("Contacts.Get", idProject=NEWSLETTER, Clause=equal("idContact", 1))) == [1]


def test_a_blank_is_as_empty_as_nothing(service: Service) -> None:
    service.account.set({"kind": "no_empty"})
    assert service.call("Contacts.Get", idProject=NEWSLETTER, Clause=equal("f_City", "  "))["Success"] is False


@pytest.mark.parametrize("kind", ["equality", "no_empty", "export"])
def test_only_one_kind_knows_modification_dates(service: Service, kind: str) -> None:
    service.account.set({"kind": kind})
    service.merge(contact("003A"))
    reply = service.changed_since("2000.01.01 00:00:00")
    assert (reply["Success"], "TypeOperator" in reply["ErrorMessage"]) == (False, True)
    assert not service.call("Contacts.Get", idProject=NEWSLETTER, Clause=equal("dtModified", ""))["Success"]
    assert "dtModified" not in service.get("f_SalesforceID", "003A")[0]


def test_what_a_web_service_changed_is_found_from_its_second_on(dated: Service) -> None:
    dated.clock.set("2026-10-20T14:30:00")
    dated.merge(contact("003A"), contact("003B"))
    dated.clock.set("2026-10-20T15:00:05")
    dated.merge(contact("003B", City="Laval"))
    assert since(dated) == [(1, "2026.10.20 10:30:00"), (2, "2026.10.20 11:00:05")]
    assert since(dated, "2026.10.20 11:00:05") == [(2, "2026.10.20 11:00:05")]
    assert since(dated, "2026.10.20 11:00:06") == []
    assert since(dated, "2026.10.20") == since(dated, "2026-10-20T10:30:00") == since(dated)
    assert dated.get("idContact", 2)[0]["dtModified"] == "2026.10.20 11:00:05"


def test_an_opt_in_alone_is_a_change_and_the_same_again_is_none(dated: Service) -> None:
    dated.merge(contact("003A"))
    start = "2026.10.20 11:00:00"
    dated.clock.set("2026-10-20T15:00:00")
    dated.merge({"ID": {"idContact": 1}, "Data": {"optin_Newsletter": 1, "dtOptin_Newsletter": "2026.01.02"}})
    assert since(dated, start) == [(1, start)]
    dated.clock.advance(60)
    dated.merge({"ID": {"idContact": 1}, "Data": {"optin_Newsletter": 1, "f_EMail": "Claire@courriel.example "}})
    assert since(dated, start) == [(1, start)]


@pytest.mark.parametrize(
    "values", [{"f_City": "Laval"}, {"optin_Newsletter": 0}, {"f_SalesforceID": "003Z"}, {"active": False}]
)
def test_what_a_person_changed_is_found_whenever_it_is_said_to_take_effect(
    dated: Service, values: dict[str, Any]
) -> None:
    dated.merge(contact("003A"), contact("003B"))
    dated.clock.set("2026-10-21T12:00:00")
    dated.account.act(NEWSLETTER, values, 2, "2025.01.02 10:00:00")
    assert since(dated, "2026.10.21 00:00:00") == [(2, "2026.10.21 08:00:00")]
    dated.clock.advance(3600)
    dated.account.act(NEWSLETTER, values, 2)
    assert since(dated, "2026.10.21 00:00:00") == [(2, "2026.10.21 08:00:00")], "nothing was changed"


def test_whom_a_person_created_is_found(dated: Service) -> None:
    values = {"f_EMail": "a@x.example", "optin_Newsletter": 1}
    dated.account.act(WEB_FORMS, values, at="2025.01.02 10:00:00")
    assert since(dated, "2026.10.20 10:30:00", project=WEB_FORMS) == [(1, "2026.10.20 10:30:00")]
    assert dated.get("idContact", 1, WEB_FORMS)[0]["dtOptin_Newsletter"] == "2025.01.02 10:00:00"


def test_a_reply_is_capped_and_the_date_moves_on(dated: Service) -> None:
    dated.account.set({"most_rows": 3})
    for number, of_second in enumerate((4, 1, 3, 1, 2, 1), 1):
        dated.clock.set(f"2026-10-20T14:30:0{of_second}")
        dated.merge(contact(f"003{number}"))
    first, second, third = (f"2026.10.20 10:30:0{n}" for n in (1, 2, 3))
    assert since(dated) == [(2, first), (4, first), (6, first)]
    assert [id for id, _ in since(dated, second)] == [5, 3, 1]
    assert [id for id, _ in since(dated, third)] == [3, 1]
    assert [id for id, _ in since(dated, MaxRows=2)] == [2, 4]
    assert [id for id, _ in since(dated, MaxRows=5)] == [2, 4, 6]
    assert len(dated.get("f_EMail", "claire@courriel.example")) == 6, "the cap is of the date clause alone"


def test_the_hour_that_comes_twice_is_told_without_an_offset(dated: Service) -> None:
    dated.clock.set("2026-11-01T05:40:00")
    dated.merge(contact("003A"))
    dated.clock.set("2026-11-01T06:30:00")
    dated.merge(contact("003B"))
    assert since(dated) == [(2, "2026.11.01 01:30:00"), (1, "2026.11.01 01:40:00")]
    assert since(dated, "2026.11.01 01:40:00") == [(1, "2026.11.01 01:40:00")], "the later one is told as the earlier"


@pytest.mark.parametrize("value", ["", None, "soon", 20261020, ["2026.10.20"], "2026.10.20 10:30:00-04:00"])
def test_what_is_no_date_is_refused(dated: Service, value: Any) -> None:
    assert dated.changed_since(value)["Success"] is False


def test_dates_are_not_for_other_fields_nor_for_deletes_nor_for_tables(dated: Service) -> None:
    dated.merge(contact("003A", BirthDate="1980.01.02"))
    later = {**equal("f_BirthDate", "1970.01.01"), "TypeOperator": "GreaterOrEqual"}
    changed = {**equal("dtModified", "1970.01.01"), "TypeOperator": "GreaterOrEqual"}
    for reply in (
        dated.call("Contacts.Get", idProject=NEWSLETTER, Clause=later),
        dated.call("Contacts.Get", idProject=NEWSLETTER, Clause=equal("dtModified", "2026.10.20 10:30:00")),
        dated.call("Contacts.Delete", idProject=NEWSLETTER, Clause=changed, MaxRows=9),
        dated.call("RelationalTables.Get", idTable=ORDERS, Clause=changed),
    ):
        assert reply["Success"] is False
    assert ids(dated.changed_since("1970.01.01")) == [1]


def test_a_deleted_contact_is_found_in_no_way(dated: Service) -> None:
    dated.merge(contact("003A", **FULL), contact("003B", "b@x.example"))
    for id in (1, 2):
        dated.account.delete_contact(NEWSLETTER, id)
    assert since(dated) == []
    lookups = [
        ("idContact", 1),
        ("f_SalesforceID", "003A"),
        ("f_EMail", "claire@courriel.example"),
        ("f_City", "Laval"),
    ]
    for name, value in [*lookups, ("optin_Newsletter", 0), *((name, "") for name in EMPTY_NAMES)]:
        assert dated.get(name, value) == []


def test_a_look_up_does_not_read_all_records(service: Service) -> None:
    for start in range(0, 4000, 200):
        service.merge(*(contact(f"003{n}", f"p{n}@x.example", City=f"c{n}") for n in range(start, start + 200)))
    service.account.act(NEWSLETTER, {"f_City": "", "optin_Newsletter": 1}, 77)
    # A field that is no key gets its index when it is first looked up.
    service.get("f_City", "")
    service.get("optin_Newsletter", 1)
    for name, value in (
        *(("idContact", 77), ("f_SalesforceID", "003999"), ("f_EMail", "p999@x.example"), ("f_City", "C999")),
        *(("f_City", ""), ("optin_Newsletter", 1)),
    ):
        found, taken = steps(service, name, value)
        assert (found, taken <= 3) == (1, True), name
    assert steps(service, "optin_Promotions", None)[1] > 100, "the measure grows with what is read"


def test_a_page_of_changes_does_not_read_all_records(dated: Service) -> None:
    for start in range(0, 4000, 200):
        dated.merge(*(contact(f"003{n}", f"p{n}@x.example") for n in range(start, start + 200)))
        dated.clock.advance(1)
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        return 0

    dated.account._database.set_progress_handler(step, 100)
    assert len(since(dated, "2026.10.20 10:30:10", MaxRows=5)) == 5
    dated.account._database.set_progress_handler(None, 100)
    assert taken <= 5


def test_a_merge_may_not_change_a_key_where_that_is_switched_off(service: Service) -> None:
    service.merge(contact("003A"))
    service.account.set({"key_change": False})
    change = {"ID": {"idContact": 1}, "Data": {"f_SalesforceID": "003Z", "f_City": "Laval"}}
    [result] = service.merge(change, AllowInsert=False)["Records"]
    assert (result["Status"], result["ValidationResult"], result["IdRecord"]) == ("Error", "InvalidData", 0)
    assert (service.get("f_SalesforceID", "003Z"), service.get("f_City", "Laval")) == ([], [])
    same = {"ID": {"idContact": 1}, "Data": {"f_SalesforceID": "003a", "f_City": "Laval"}}
    assert service.merge(same, AllowInsert=False)["Records"][0]["Status"] == "Updated", "the same key in another case"
    assert service.account.act(NEWSLETTER, {"f_SalesforceID": "003Z"}, 1) == 1, "a person still may"


@pytest.mark.parametrize(
    ("project", "field", "first", "second", "third"),
    [
        (NEWSLETTER, "SalesforceID", "003A", "003B", "003C"),
        (WEB_FORMS, "EMail", "a@x.example", "b@x.example", "c@x.example"),
    ],
)
def test_an_update_by_number_changes_the_key_but_not_to_that_of_another(
    service: Service, project: int, field: str, first: str, second: str, third: str
) -> None:
    people = [{"ID": {f"key_f_{field}": key}, "Data": {"f_EMail": f"{key[:4]}@y.example"}} for key in (first, second)]
    if project == WEB_FORMS:
        people = [{**each, "Data": {}} for each in people]
    service.merge(*people, project=project)

    def rekeyed(id: int, key: str) -> Any:
        record = {"ID": {"idContact": id}, "Data": {f"f_{field}": key}}
        [result] = service.merge(record, project=project, AllowInsert=False)["Records"]
        return result["Status"], result["ValidationResult"], result["IdRecord"]

    assert rekeyed(1, third) == ("Updated", "OK", 1)
    assert rekeyed(2, third.upper()) == ("Error", "Duplicate", 0)
    assert rekeyed(2, "") == ("Error", "InvalidData", 0)
    found = {
        key: [each["idContact"] for each in service.get(f"f_{field}", key, project)] for key in (first, second, third)
    }
    assert found == {first: [], second: [2], third: [1]}


@pytest.mark.parametrize(
    "wrong",
    [
        *({"kind": "best"}, {"kind": None}, {"kind": ["dates"]}, {"most_rows": 0}, {"most_rows": True}),
        *({"key_change": 1}, {"allowed_calls": True}, {"allowed_calls": -1}, {"denied": [1]}, {"key_state": "lost"}),
    ],
)
def test_a_setting_is_not_what_it_cannot_be(service: Service, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        service.account.set(wrong)
