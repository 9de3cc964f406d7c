"""The Metadata API one component at a time, and retrieval, over SOAP."""

from __future__ import annotations

import base64
import io
import time
import zipfile
from xml.etree import ElementTree as ET

import pytest
import requests

from tests.simulator.salesforce.conftest import CREDENTIALS, Service
from tests.simulator.salesforce.packages_of_metadata import PATIENCE_S

SPACE = "{http://soap.sforce.com/2006/04/metadata}"
FIELD = (
    '<metadata xsi:type="CustomField"><fullName>Contact.Made__c</fullName><label>Made</label><type>Text</type>'
    "<length>{length}</length></metadata>"
)


def call(salesforce: Service, inner: str) -> requests.Response:
    body = (
        '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns="http://soap.sforce.com/2006/04/metadata"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><e:Header><SessionHeader>'
        f"<sessionId>{CREDENTIALS.access_token}</sessionId></SessionHeader></e:Header><e:Body>{inner}</e:Body></e:Envelope>"
    )
    headers = {"Content-Type": "text/xml"}
    return requests.post(f"{salesforce.url}/services/Soap/m/64.0/", data=body.encode(), headers=headers, timeout=10)


def results(salesforce: Service, inner: str) -> list[ET.Element]:
    reply = call(salesforce, inner)
    assert reply.status_code == 200, reply.text
    return ET.fromstring(reply.content).findall(f".//{SPACE}result")


def saved(salesforce: Service, verb: str, length: int) -> tuple[str, str]:
    """Save the field; return success and, of a failure, the code."""
    [result] = results(salesforce, f"<{verb}Metadata>{FIELD.format(length=length)}</{verb}Metadata>")
    return result.findtext(f"{SPACE}success") or "", result.findtext(f"{SPACE}errors/{SPACE}statusCode") or ""


def read(salesforce: Service, kind: str, name: str) -> dict[str, str]:
    inner = f"<readMetadata><type>{kind}</type><fullNames>{name}</fullNames></readMetadata>"
    [result] = results(salesforce, inner)
    return {each.tag.removeprefix(SPACE): each.text or "" for each in result[0]}


def test_a_field_is_created_changed_and_deleted(salesforce: Service) -> None:
    assert saved(salesforce, "update", 40) == ("false", "INVALID_CROSS_REFERENCE_KEY")
    assert saved(salesforce, "create", 40) == ("true", "")
    assert saved(salesforce, "create", 40) == ("false", "DUPLICATE_DEVELOPER_NAME")
    assert saved(salesforce, "update", 50) == ("true", "")
    assert read(salesforce, "CustomField", "Contact.Made__c")["length"] == "50"
    [result] = results(salesforce, f"<upsertMetadata>{FIELD.format(length=60)}</upsertMetadata>")
    assert result.findtext(f"{SPACE}created") == "false"
    assert saved(salesforce, "update", 999) == ("false", "FIELD_INTEGRITY_EXCEPTION")
    delete = "<deleteMetadata><type>CustomField</type><fullNames>Contact.Made__c</fullNames></deleteMetadata>"
    assert [each.findtext(f"{SPACE}success") for each in results(salesforce, delete)] == ["true"]
    assert read(salesforce, "CustomField", "Contact.Made__c") == {}
    assert salesforce.custom_field("Contact.Made__c") is None


def test_what_there_is_is_described_and_listed(salesforce: Service) -> None:
    [told] = results(salesforce, "<describeMetadata><asOfVersion>64.0</asOfVersion></describeMetadata>")
    kinds = [each.findtext(f"{SPACE}xmlName") for each in told.findall(f"{SPACE}metadataObjects")]
    assert {"CustomObject", "PermissionSet", "Profile"} <= set(kinds)
    query = "<queries><type>{}</type></queries>"
    for kind, name, file in (
        ("CustomField", "Contact.Legacy_Id__c", "objects/Contact.object"),
        ("CustomObject", "Order__c", "objects/Order__c.object"),
        ("Profile", "Admin", "profiles/Admin.profile"),
    ):
        listed = results(salesforce, f"<listMetadata>{query.format(kind)}</listMetadata>")
        found = {each.findtext(f"{SPACE}fullName"): each.findtext(f"{SPACE}fileName") for each in listed}
        assert found[name] == file


@pytest.mark.parametrize(
    "inner",
    [
        "<readMetadata><type>Shoe</type><fullNames>x</fullNames></readMetadata>",
        "<listMetadata><queries><type>Shoe</type></queries></listMetadata>",
        '<createMetadata><metadata xsi:type="Shoe"><fullName>x</fullName></metadata></createMetadata>',
        f"<createMetadata>{FIELD.format(length=1) * 11}</createMetadata>",
        "<deleteMetadata><type>InstalledPackage</type><fullNames>x</fullNames></deleteMetadata>",
    ],
)
def test_what_cannot_be_is_a_fault(salesforce: Service, inner: str) -> None:
    reply = call(salesforce, inner)
    assert reply.status_code == 500
    assert b"soapenv:Fault" in reply.content


def test_who_may_not_use_metadata_gets_a_fault(salesforce: Service) -> None:
    salesforce.arrange(rights={"ModifyMetadata": False, "ModifyAllData": False})
    assert call(salesforce, "<describeMetadata/>").status_code == 500


def retrieved(salesforce: Service, members: str) -> tuple[ET.Element, dict[str, str]]:
    """Retrieve what a manifest names; return the result and the files."""
    wanted = f"<unpackaged>{members}<version>64.0</version></unpackaged>"
    [asked] = results(salesforce, f"<retrieve><retrieveRequest>{wanted}</retrieveRequest></retrieve>")
    number = asked.findtext(f"{SPACE}id")
    # Older clients ask how it goes before they fetch it.
    [state] = results(salesforce, f"<checkStatus><asyncProcessId>{number}</asyncProcessId></checkStatus>")
    assert state.findtext(f"{SPACE}state") == "Completed"
    begun = f"<checkRetrieveStatus><asyncProcessId>{number}</asyncProcessId>"
    [told] = results(salesforce, f"{begun}<includeZip>false</includeZip></checkRetrieveStatus>")
    assert told.find(f"{SPACE}zipFile") is None
    [told] = results(salesforce, f"{begun}<includeZip>true</includeZip></checkRetrieveStatus>")
    content = base64.b64decode(told.findtext(f"{SPACE}zipFile") or "")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return told, {name: archive.read(name).decode() for name in archive.namelist()}


def test_a_retrieval_holds_what_was_asked_for(salesforce: Service) -> None:
    fields = "<members>Contact.Legacy_Id__c</members><members>Contact.Nope__c</members><name>CustomField</name>"
    profiles = "<members>*</members><name>Profile</name>"
    told, files = retrieved(salesforce, f"<types>{fields}</types><types>{profiles}</types>")
    assert told.findtext(f"{SPACE}success") == "true"
    assert [each.findtext(f"{SPACE}problem") for each in told.findall(f"{SPACE}messages")] == [
        "Entity of type 'CustomField' named 'Contact.Nope__c' cannot be found"
    ]
    contact = ET.fromstring(files["unpackaged/objects/Contact.object"])
    assert [each.findtext(f"{SPACE}fullName") for each in contact] == ["Legacy_Id__c"]
    assert "unpackaged/profiles/Admin.profile" in files
    manifest = ET.fromstring(files["unpackaged/package.xml"])
    assert manifest.findtext(f"{SPACE}version") == "64.0"


def test_what_was_retrieved_can_be_deployed_again(salesforce: Service) -> None:
    saved(salesforce, "create", 40)
    _, files = retrieved(salesforce, "<types><members>Contact.Made__c</members><name>CustomField</name></types>")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    zipped = base64.b64encode(content.getvalue()).decode()
    [begun] = results(salesforce, f"<deploy><ZipFile>{zipped}</ZipFile><DeployOptions/></deploy>")
    asked = f"<checkDeployStatus><asyncProcessId>{begun.findtext(f'{SPACE}id')}</asyncProcessId></checkDeployStatus>"
    until = time.monotonic() + PATIENCE_S
    while (told := results(salesforce, asked)[0]).findtext(f"{SPACE}done") != "true":
        assert time.monotonic() < until
    assert told.findtext(f"{SPACE}status") == "Succeeded"
