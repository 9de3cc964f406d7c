"""The key, its permissions, the envelope, the projects; and the account's own switches and seed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.simulator.dialog_insight.conftest import KEY, NEWSLETTER, WEB_FORMS, Service, contact


def test_the_envelope_is_the_recorded_one(service: Service) -> None:
    reply = service.merge(contact("003A"))
    assert list(reply) == [
        *("Success", "ErrorCode", "ErrorMessage"),
        *("CreatedRecords", "UpdatedRecords", "Records", "idRequest", "Trace"),
    ]
    assert (reply["Success"], reply["ErrorCode"], reply["ErrorMessage"]) == (True, None, None)
    assert "Records created: 1" in reply["Trace"]
    assert service.call("Projects.List")["idRequest"] == reply["idRequest"] + 1
    assert service.headers[b"content-type"] == b"application/json; charset=utf-8"
    assert service.status == 200


@pytest.mark.parametrize(
    "key",
    [
        None,
        {},
        {"idKey": 5335},
        {"idKey": 5336, "Key": KEY},
        {"idKey": 5335, "Key": KEY.lower()},
        {"idKey": 5335, "Key": KEY + " "},
        "key",
    ],
)
def test_a_wrong_key_is_refused_with_http_200_and_stores_nothing(service: Service, key: Any) -> None:
    body = {
        "AuthKey": key,
        "idProject": NEWSLETTER,
        "Records": [contact("003A")],
        "MergeOptions": {"AllowInsert": True},
    }
    reply = orjson.loads(service.send("contacts.ashx?method=Merge", orjson.dumps(body)))
    assert (service.status, reply["Success"], reply["ErrorCode"]) == (200, False, "InvalidAuthKey")
    assert KEY not in orjson.dumps(reply).decode()
    assert list(service.account.contact_records(NEWSLETTER)) == []


def test_the_number_of_a_key_may_be_a_text(service: Service) -> None:
    body = {"authkey": {"IDKEY": "5335", "key": KEY}}
    assert orjson.loads(service.send("projects.ashx?method=List", orjson.dumps(body)))["Success"]


def test_the_key_is_judged_before_the_parameters(service: Service) -> None:
    assert orjson.loads(service.send("nothing.ashx?method=Merge", b"{}"))["ErrorCode"] == "InvalidAuthKey"
    assert service.call("Contacts.Explode")["ErrorCode"] == "UnknownMethod"
    assert service.call("Contacts.merge")["ErrorCode"] == "UnknownMethod"


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"a=1&b=2", b"\xff{}"])
def test_what_is_not_json_is_an_invalid_request(service: Service, body: bytes) -> None:
    assert orjson.loads(service.send("projects.ashx?method=List", body))["ErrorCode"] == "InvalidRequest"


def test_a_byte_order_mark_and_any_case_of_the_service_are_taken(service: Service) -> None:
    body = b"\xef\xbb\xbf" + orjson.dumps({"AuthKey": {"idKey": 5335, "Key": KEY}})
    assert orjson.loads(service.send("Projects.ASHX?method=List", body))["Success"]


def test_an_inactive_or_expired_key_is_refused(service: Service) -> None:
    service.account.set({"key_state": "expired"})
    assert service.call("Projects.List")["ErrorCode"] == "ExpiredAuthKey"
    service.account.set({"key_state": "inactive"})
    assert service.call("Projects.List")["ErrorCode"] == "InvalidAuthKey"


def test_calls_run_out(service: Service) -> None:
    service.account.set({"allowed_calls": 2})
    assert [service.call("Projects.List")["ErrorCode"] for _ in range(3)] == [None, None, "QuotaExceeded"]


def test_permissions_are_for_calls_projects_and_tables(service: Service) -> None:
    service.account.set({"denied": ["Contacts.Merge", f"project:{WEB_FORMS}", "table:987"]})
    assert service.merge(contact("003A"))["ErrorCode"] == "AccessDenied"
    assert service.call("Projects.Get", idProject=WEB_FORMS)["ErrorCode"] == "AccessDenied"
    assert service.merge_rows()["ErrorCode"] == "AccessDenied"
    assert service.call("Projects.Get", idProject=NEWSLETTER)["Success"]


def test_a_setting_that_does_not_exist_is_refused(service: Service) -> None:
    for wrong in ({"strictness": 1}, {"strict": "yes"}, {"key_state": "lost"}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            service.account.set(wrong)


@pytest.mark.parametrize(
    "parameters", [{}, {"idProject": "x"}, {"idProject": 1.5}, {"idProject": NEWSLETTER, "Records": 1}]
)
def test_a_missing_parameter_is_an_invalid_request(service: Service, parameters: dict[str, Any]) -> None:
    assert service.call("Contacts.Merge", MergeOptions={}, **parameters)["ErrorCode"] == "InvalidRequest"


def test_an_option_that_does_not_exist_is_refused(service: Service) -> None:
    assert service.merge(contact("003A"), AllowEverything=True)["ErrorCode"] == "InvalidRequest"


def test_the_projects_are_listed_and_described_as_clients_read_them(service: Service) -> None:
    listed = {each["idProject"]: each["ProjectName"] for each in service.call("Projects.List")["Records"]}
    assert listed == {NEWSLETTER: "Newsletter", WEB_FORMS: "Web forms"}
    info = service.call("Projects.Get", idProject=str(NEWSLETTER))["ProjectInfo"]
    fields = {each["Code"]: each for each in info["ProjectFields"]}
    assert len(fields) == 32
    assert [code for code, each in fields.items() if each["isRequired"]] == ["SalesforceID", "EMail"]
    assert fields["JobTitle"] == {
        "Code": "JobTitle",
        "DataType": "Text",
        "isRequired": False,
        "MaxLength": 100,
        "Labels": [{"Culture": "fr-CA", "Value": "Titre du poste"}, {"Culture": "en-CA", "Value": "Job title"}],
    }
    assert [each["Code"] for each in info["OptinFields"]] == ["Newsletter", "Promotions", "Partners", "Casl"]
    assert info["OptinFields"][0]["Labels"][0]["Value"] == "Infolettre"


def test_which_field_is_the_key_is_told_only_when_switched_on(service: Service) -> None:
    service.account.set({"tells_primary_key": True})
    info = service.call("Projects.Get", idProject=WEB_FORMS)["ProjectInfo"]
    assert [each["Code"] for each in info["ProjectFields"] if each["isPrimaryKey"]] == ["EMail"]


def test_a_reset_gives_back_the_seed_with_its_numbers_and_settings(service: Service, tmp_path: Path) -> None:
    service.merge(contact("003A", City="Laval"))
    service.account.save_seed()
    service.account.set({"strict": False})
    service.merge(contact("003A", City="Lévis"), contact("003B"))
    service.account.reset()
    [stored] = service.account.contact_records(NEWSLETTER)
    assert stored["f_City"] == "Laval"
    assert service.account.settings.strict
    assert service.merge(contact("003C"))["Records"][0]["IdRecord"] == 2


def test_a_fault_of_the_service_is_played_on_its_call(service: Service) -> None:
    def scripted(fault: str, **more: Any) -> None:
        service.world.faults.script([{"fault": fault, "service": "dialog_insight", **more}])

    scripted("quota", call="Contacts.Merge")
    assert service.call("Projects.List")["Success"]
    assert service.merge(contact("003A"))["ErrorCode"] == "QuotaExceeded"
    scripted("forbidden")
    assert (service.merge(contact("003A"))["ErrorCode"], service.status) == ("AccessDenied", 403)
    scripted("refuse", every=2)
    reply = service.merge(contact("003A"), contact("003B"), contact("003C"))
    assert [each["Status"] for each in reply["Records"]] == ["Created", "Error", "Created"]
    scripted("all_or_nothing")
    assert service.merge(contact("003D"), contact("003E", "nobody"))["Success"] is False
    assert service.get("f_SalesforceID", "003D") == []
    scripted("rows_missing")
    assert len(service.merge(contact("003A"), contact("003B"))["Records"]) == 1
    scripted("rows_reversed")
    identities = [
        each["ID"]["key_f_SalesforceID"] for each in service.merge(contact("003A"), contact("003B"))["Records"]
    ]
    assert identities == ["003B", "003A"]
    scripted("no_records")
    assert service.get("f_SalesforceID", "003A") == []
    assert service.get("f_SalesforceID", "003A") != []
