"""Deployments by a client from other hands: simple-salesforce, over SOAP."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from typing import Any

import pytest
from simple_salesforce.api import Salesforce
from simple_salesforce.exceptions import SalesforceGeneralError

from tests.simulator.salesforce.conftest import CREDENTIALS, VERSION, Service
from tests.simulator.salesforce.packages_of_metadata import PATIENCE_S, TEXT, begin, ended, package, zipped


@pytest.fixture
def client(salesforce: Service) -> Iterator[Any]:
    with salesforce.over_https() as session:
        yield Salesforce(
            instance=salesforce.host, session_id=CREDENTIALS.access_token, session=session, version=VERSION
        )


def deploy(client: Any, files: dict[str, str], **options: Any) -> dict[str, Any]:
    begun = client.deploy(io.BytesIO(zipped(files)), sandbox=False, **options)
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
