"""Deployments by a client from other hands: simple-salesforce, over SOAP."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from typing import Any

import pytest
from simple_salesforce.api import Salesforce
from simple_salesforce.exceptions import SalesforceGeneralError

from disf_desktop.core.preparation import Component, ComponentKind, Grant
from disf_desktop.core.preparation_deploy import Deployment, Removal
from disf_desktop.core.preparation_spec import FieldKind, FieldSpec
from disf_desktop.core.preparation_wanted import Purpose
from disf_desktop.services.salesforce import metadata_zip
from tests.simulator.salesforce.conftest import CREDENTIALS, VERSION, Service
from tests.simulator.salesforce.packages_of_metadata import PATIENCE_S, TEXT, begin, ended, package, zipped


@pytest.fixture
def client(salesforce: Service) -> Iterator[Any]:
    with salesforce.over_https() as session:
        yield Salesforce(
            instance=salesforce.host, session_id=CREDENTIALS.access_token, session=session, version=VERSION
        )


def deploy(client: Any, files: dict[str, str] | bytes, **options: Any) -> dict[str, Any]:
    archive = files if isinstance(files, bytes) else zipped(files)
    begun = client.deploy(io.BytesIO(archive), sandbox=False, **options)
    assert begun["state"] == "Queued"
    until = time.monotonic() + PATIENCE_S
    while (result := client.checkDeployStatus(begun["asyncId"]))["state"] in ("Pending", "InProgress"):
        assert time.monotonic() < until
    assert isinstance(result, dict)
    return result


def test_a_deployment_of_simple_salesforce(client: Any, salesforce: Service) -> None:
    files = package({"Contact.DI_Ours__c": TEXT, "Lead.DI_Ours__c": TEXT})
    result = deploy(client, files, checkOnly=True)
    assert result["state"] == "Succeeded"
    assert salesforce.custom_field("Contact.DI_Ours__c") is None
    result = deploy(client, files)
    assert result["deployment_detail"] == {"total_count": "2", "failed_count": "0", "deployed_count": "2", "errors": []}
    assert salesforce.custom_field("Lead.DI_Ours__c") is not None


def test_the_program_s_own_archives_are_deployed_by_it(client: Any, salesforce: Service) -> None:
    kinds = {
        "Id": FieldSpec(FieldKind.TEXT, 64, external_id=True, unique=True),
        "Words": FieldSpec(FieldKind.PICKLIST, words=("Oui & non", "<b>é</b>")),
        "Several": FieldSpec(FieldKind.MULTIPICKLIST, words=("a", "b")),
        "Number": FieldSpec(FieldKind.NUMBER, precision=9, scale=2),
        "Long": FieldSpec(FieldKind.LONG_TEXT, 32_768),
        **{kind.value: FieldSpec(kind) for kind in FieldKind if kind not in _NOT_SO},
    }
    fields = tuple(
        Component(f"Lead.Our_{n}__c", ComponentKind.FIELD, "Lead", f"Our_{n}__c", Purpose.PAIR, wanted=spec)
        for n, spec in kinds.items()
    )
    said = "Made by disf-desktop for project <Été & Co> (made-up)."
    made = Deployment(fields, tuple(Grant("Lead", each.name) for each in fields), said, said)
    result = deploy(client, metadata_zip.installing(made, VERSION))
    assert not result["deployment_detail"]["errors"], result["deployment_detail"]["errors"]
    assert result["state"] == "Succeeded"
    for each, spec in zip(fields, kinds.values(), strict=True):
        there = salesforce.custom_field(each.id)
        assert there is not None
        assert (there["metadata"]["type"], there["metadata"]["description"]) == (spec.kind.value, said)
    again = deploy(client, metadata_zip.removing(Removal(fields, permission_set=True), VERSION))
    assert again["state"] == "Succeeded"
    assert all(salesforce.custom_field(each.id) is None for each in fields)
    assert "Dialog_Insight_Sync" not in [each["name"] for each in salesforce.setup()["permission_sets"]]


_WITH_A_SIZE = (FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.PICKLIST, FieldKind.MULTIPICKLIST, FieldKind.NUMBER)
# The simulated org has no fields of times of day.
_NOT_SO = (*_WITH_A_SIZE, FieldKind.TIME)


def test_its_refusals_are_told_by_component(client: Any) -> None:
    result = deploy(client, package({"Contact.Legacy_Id__c": {"type": "Date", "label": "Key"}}))
    assert result["state"] == "Failed"
    [error] = result["deployment_detail"]["errors"]
    assert (error["type"], error["file"], error["status"]) == ("CustomField", "objects/Contact.object", "Error")
    assert error["message"].startswith("Cannot change type")


def test_who_may_not_deploy_gets_a_fault(client: Any, salesforce: Service) -> None:
    salesforce.arrange(rights={"ModifyMetadata": False, "ModifyAllData": False})
    with pytest.raises(SalesforceGeneralError, match="ModifyMetadata"):
        client.deploy(io.BytesIO(zipped(package({"Contact.DI_Ours__c": TEXT}))), sandbox=False)


def test_tooling_and_package_requests_through_restful(client: Any) -> None:
    asked = "SELECT DeveloperName FROM CustomField WHERE DeveloperName = 'Legacy_Id'"
    assert client.toolingexecute(f"query?q={asked}")["size"] == 1
    given = {
        "SubscriberPackageVersionKey": "04tQy0000000101",
        "NameConflictResolution": "Block",
        "SecurityType": "Full",
    }
    made = client.toolingexecute("sobjects/PackageInstallRequest", method="POST", data=given)
    assert made["success"] is True


def test_a_session_that_is_none_gets_a_fault(salesforce: Service) -> None:
    body = (
        '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>'
        '<checkDeployStatus xmlns="http://soap.sforce.com/2006/04/metadata"/></e:Body></e:Envelope>'
    )
    reply = salesforce.session.post(f"{salesforce.url}/services/Soap/m/{VERSION}", data=body, timeout=10)
    assert reply.status_code == 500
    assert "sf:INVALID_SESSION_ID" in reply.text


def test_a_deployment_is_cancelled_over_soap(salesforce: Service) -> None:
    salesforce.arrange(deploy={"stall": True})
    deploy_id = begin(salesforce, package({"Contact.DI_Ours__c": TEXT}))
    head = f"<m:SessionHeader><m:sessionId>{CREDENTIALS.access_token}</m:sessionId></m:SessionHeader>"
    body = (
        '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" '
        f'xmlns:m="http://soap.sforce.com/2006/04/metadata"><e:Header>{head}</e:Header>'
        f"<e:Body><m:cancelDeploy><m:String>{deploy_id}</m:String></m:cancelDeploy></e:Body></e:Envelope>"
    )
    reply = salesforce.session.post(f"{salesforce.url}/services/Soap/m/{VERSION}", data=body, timeout=10)
    assert reply.status_code == 200, reply.text
    assert ended(salesforce, deploy_id)["status"] == "Canceled"
