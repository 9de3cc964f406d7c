"""What an administrator has defined but not built yet, and how much a merge may hold."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.dialog_insight.conftest import NEWSLETTER, ORDERS, Service, contact


def test_nothing_is_merged_into_a_list_that_is_not_built(service: Service) -> None:
    service.account.set({"unbuilt": [f"project:{NEWSLETTER}"]})
    refused = service.merge(contact("003A"))
    assert (refused["Success"], refused["ErrorCode"]) == (False, "NotBuilt")
    assert service.get("f_SalesforceID", "003A") == []
    assert service.call("Projects.Get", idProject=NEWSLETTER)["Success"], "its fields can be read all the same"
    service.account.set({"unbuilt": []})
    assert service.merge(contact("003A"))["CreatedRecords"] == 1


def test_nothing_is_merged_into_a_table_that_is_not_built(service: Service) -> None:
    service.account.set({"unbuilt": [f"table:{ORDERS}"]})
    assert service.merge_rows()["ErrorCode"] == "NotBuilt"
    assert service.merge(contact("003A"))["Success"]


def test_a_field_that_is_not_built_refuses_the_records_that_have_it(service: Service) -> None:
    service.account.set({"unbuilt": [f"project:{NEWSLETTER}.Company", f"project:{NEWSLETTER}.City"]})
    reply = service.merge(contact("003A", City="Laval"), contact("003B"))
    assert [each["Status"] for each in reply["Records"]] == ["Error", "Created"]
    assert reply["Records"][0]["Message"] == "f_City: the field is not built"
    codes = {
        each["Code"] for each in service.call("Projects.Get", idProject=NEWSLETTER)["ProjectInfo"]["ProjectFields"]
    }
    assert {"Company", "City"} <= codes


def test_a_merge_may_be_held_to_a_number_of_records(service: Service) -> None:
    service.account.set({"most_records": 2})
    assert service.merge(contact("003A"), contact("003B"))["CreatedRecords"] == 2
    refused = service.merge(*(contact(f"003{letter}") for letter in "CDE"))
    assert refused["ErrorCode"] == "InvalidRequest"
    assert "at most 2" in refused["ErrorMessage"]
    assert service.get("f_SalesforceID", "003C") == []


@pytest.mark.parametrize("wrong", [{"unbuilt": "project:1"}, {"most_records": 0}, {"unbuilt": [1]}])
def test_a_setting_that_is_none_is_refused(service: Service, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        service.account.set(wrong)


def test_settings_outlast_a_restart(service: Service) -> None:
    service.account.set({"unbuilt": ["table:1"], "most_records": 7})
    service.account._reload()
    assert (service.account.settings.unbuilt, service.account.settings.most_records) == (("table:1",), 7)


def test_the_trace_counts_as_the_recorded_ones_do(service: Service) -> None:
    service.merge(contact("003A"))
    trace = service.merge(contact("003A"), contact("003B"))["Trace"]
    for line in (
        *("Records count: 2", "Records candidates for insert: 1", "Records candidates for update: 1"),
        *("Records bulked: 2", "Records matched by PK: 1", "Records updated: 1", "Records created: 1"),
    ):
        assert f"\t{line}\r\n" in trace
