"""Packages of a publisher: installed whole or not at all, one at a time."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.simulator.salesforce.conftest import Service
from tests.simulator.salesforce.packages_of_metadata import PATIENCE_S

OLD, NEW = "04tQy0000000101", "04tQy0000000201"
INSTALLED = (
    "SELECT Id, SubscriberPackage.Name, SubscriberPackage.NamespacePrefix, SubscriberPackageVersion.MajorVersion,"
    " SubscriberPackageVersion.MinorVersion FROM InstalledSubscriberPackage"
)


def ask(salesforce: Service, key: str, **more: Any) -> Any:
    given = {"SubscriberPackageVersionKey": key, "NameConflictResolution": "Block", "SecurityType": "Full"}
    return salesforce.call("POST", "tooling/sobjects/PackageInstallRequest", {**given, "EnableRss": True, **more})


def status(salesforce: Service, request: str) -> dict[str, Any]:
    reply = salesforce.get(f"tooling/sobjects/PackageInstallRequest/{request}")
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


def install(salesforce: Service, key: str, **more: Any) -> dict[str, Any]:
    """Install a version; return the request when it is over."""
    reply = ask(salesforce, key, **more)
    assert reply.status_code == 201, reply.text
    until = time.monotonic() + PATIENCE_S
    while (result := status(salesforce, reply.json()["id"]))["Status"] == "IN_PROGRESS":
        assert time.monotonic() < until
        time.sleep(0.01)
    return result


def messages(result: dict[str, Any]) -> list[str]:
    assert result["Status"] == "ERROR"
    return [each["message"] for each in result["Errors"]["errors"]]


def names(salesforce: Service) -> list[tuple[Any, ...]]:
    return [
        (
            each["SubscriberPackage"]["Name"],
            each["SubscriberPackage"]["NamespacePrefix"],
            each["SubscriberPackageVersion"]["MajorVersion"],
            each["SubscriberPackageVersion"]["MinorVersion"],
        )
        for each in salesforce.tooling(INSTALLED)
    ]


def test_a_package_is_installed_and_can_be_found(salesforce: Service) -> None:
    assert names(salesforce) == []
    result = install(salesforce, OLD)
    assert (result["Status"], result["Errors"], result["attributes"]["type"]) == (
        "SUCCESS",
        None,
        "PackageInstallRequest",
    )
    assert names(salesforce) == [("Dialog Insight", None, 1, 4)]
    [shown] = salesforce.setup()["packages"]["installed"]
    assert (shown["security"], shown["sites"]) == ("Full", ["https://app.dialoginsight.example"])
    assert install(salesforce, OLD)["Status"] == "SUCCESS"
    assert len(names(salesforce)) == 1


def test_a_version_tells_what_it_is_before_it_is_installed(salesforce: Service) -> None:
    columns = "SubscriberPackageId, Name, MajorVersion, PatchVersion, IsManaged, RemoteSiteSettings, CspTrustedSites"
    [found] = salesforce.tooling(f"SELECT {columns} FROM SubscriberPackageVersion WHERE Id = '{OLD}'")
    assert (found["Name"], found["MajorVersion"], found["PatchVersion"], found["IsManaged"]) == (
        "Dialog Insight",
        1,
        0,
        False,
    )
    assert [each["url"] for each in found["RemoteSiteSettings"]["settings"]] == ["https://app.dialoginsight.example"]
    assert found["CspTrustedSites"]["settings"] == []
    asked = f"SELECT SubscriberPackageId FROM SubscriberPackageVersion WHERE Id = '{NEW}'"
    assert salesforce.tooling(asked) == [{"SubscriberPackageId": found["SubscriberPackageId"]}]
    install(salesforce, OLD)
    [installed] = salesforce.tooling(
        "SELECT SubscriberPackageId, SubscriberPackageVersion.Id FROM InstalledSubscriberPackage"
    )
    assert installed["SubscriberPackageId"] == found["SubscriberPackageId"]
    assert installed["SubscriberPackageVersion"]["Id"][:15] == OLD


def test_third_party_sites_are_only_approved_when_they_were_asked_for(salesforce: Service) -> None:
    install(salesforce, OLD, EnableRss=False, SecurityType="None")
    [shown] = salesforce.setup()["packages"]["installed"]
    assert (shown["security"], shown["sites"]) == ("None", [])


def test_a_name_conflict_installs_nothing_when_it_blocks_and_renames_otherwise(salesforce: Service) -> None:
    components = ["CustomObject Order__c", "ApexClass Fresh"]
    salesforce.arrange(packages=[{"key": NEW, "name": "Clashing", "version": "3.0", "components": components}])
    before = salesforce.setup()
    [message] = messages(install(salesforce, NEW))
    assert message.startswith('Duplicate Name: The name "Order__c" is already used on component type: CustomObject')
    assert salesforce.setup() == before
    assert install(salesforce, NEW, NameConflictResolution="RenameMetadata")["Status"] == "SUCCESS"
    [shown] = salesforce.setup()["packages"]["installed"]
    assert shown["components"] == ["CustomObject Order__c1", "ApexClass Fresh"]


def test_an_older_version_of_an_unmanaged_package_must_be_uninstalled_first(salesforce: Service) -> None:
    salesforce.arrange(packages=[{"key": OLD, "installed": True}])
    [message] = messages(install(salesforce, NEW))
    assert "1.4.0" in message
    assert "Uninstall it first" in message
    assert names(salesforce) == [("Dialog Insight", None, 1, 4)]
    salesforce.arrange(packages=[{"key": OLD, "installed": False}])
    assert install(salesforce, NEW)["Status"] == "SUCCESS"
    assert names(salesforce) == [("Dialog Insight", None, 2, 0)]


def test_a_managed_package_is_upgraded_but_never_taken_back(salesforce: Service) -> None:
    managed = {"namespace": "dinsight", "name": "Managed"}
    versions = [{"key": OLD, "version": "1.0", **managed}, {"key": NEW, "version": "1.1", **managed}]
    salesforce.arrange(packages=versions)
    for key in (OLD, NEW):
        assert install(salesforce, key)["Status"] == "SUCCESS"
    assert names(salesforce) == [("Managed", "dinsight", 1, 1)]
    assert "newer version" in messages(install(salesforce, OLD))[0]


def test_a_password_that_is_missing_or_wrong_installs_nothing_and_is_never_told(salesforce: Service) -> None:
    salesforce.arrange(packages=[{"key": OLD, "password": "open sesame"}])
    for wrong in ({}, {"Password": "shut"}):
        assert "valid password" in messages(install(salesforce, OLD, **wrong))[0]
    assert names(salesforce) == []
    result = install(salesforce, OLD, Password="open sesame")
    assert result["Status"] == "SUCCESS"
    assert "sesame" not in str(result)


def test_a_version_that_nobody_offers_and_one_that_fails_say_so(salesforce: Service) -> None:
    assert "not available" in messages(install(salesforce, "04tQy0000000999"))[0]
    salesforce.arrange(packages=[{"key": OLD, "error": "Apex tests failed"}])
    assert messages(install(salesforce, OLD)) == ["Apex tests failed"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"SubscriberPackageVersionKey": "033Qy0000000101"}, "INVALID_ID_FIELD"),
        ({"SubscriberPackageVersionKey": None}, "INVALID_ID_FIELD"),
        ({"NameConflictResolution": "Overwrite"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        ({"SecurityType": "Everybody"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        ({"Colour": "red"}, "INVALID_FIELD"),
    ],
)
def test_a_request_that_cannot_be_is_refused_at_once(salesforce: Service, more: dict[str, Any], code: str) -> None:
    reply = ask(salesforce, OLD, **more)
    assert (reply.status_code, reply.json()[0]["errorCode"]) == (400, code)


def test_who_may_not_install_packages_is_told_which_right_is_missing(salesforce: Service) -> None:
    salesforce.arrange(rights={"InstallPackaging": False})
    reply = ask(salesforce, OLD)
    assert (reply.status_code, reply.json()[0]["errorCode"]) == (403, "INSUFFICIENT_ACCESS")
    assert "Download AppExchange Packages" in reply.json()[0]["message"]


def test_one_installation_at_a_time(salesforce: Service) -> None:
    salesforce.arrange(deploy={"stall": True})
    first = ask(salesforce, OLD).json()["id"]
    assert status(salesforce, first)["Status"] == "IN_PROGRESS"
    assert ask(salesforce, NEW).json()[0]["errorCode"] == "ALREADY_IN_PROCESS"
    salesforce.arrange(deploy={"stall": False})
    until = time.monotonic() + PATIENCE_S
    while status(salesforce, first)["Status"] == "IN_PROGRESS":
        assert time.monotonic() < until
    assert status(salesforce, first)["Status"] == "SUCCESS"


def test_a_locked_org_installs_nothing(salesforce: Service) -> None:
    salesforce.arrange(deploy={"locked": True})
    assert ask(salesforce, OLD).json()[0]["errorCode"] == "ALREADY_IN_PROCESS"
