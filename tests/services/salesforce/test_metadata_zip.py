"""What a deploy holds, byte for byte."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

from disf_desktop.core.preparation import Component, ComponentKind, Grant
from disf_desktop.core.preparation_deploy import Deployment, Removal
from disf_desktop.core.preparation_spec import FieldKind, FieldSpec, label_of
from disf_desktop.core.preparation_wanted import Purpose
from disf_desktop.services.salesforce.metadata_zip import installing, removing

NAMESPACE = "{http://soap.sforce.com/2006/04/metadata}"
NASTY = "Made by disf-desktop for project <a>&\"'</a> é ]]> (made-up)."


def component(name: str, spec: FieldSpec, sobject: str = "Contact") -> Component:
    return Component(f"{sobject}.{name}", ComponentKind.FIELD, sobject, name, Purpose.PAIR, wanted=spec)


def opened(archive: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        return {name: ElementTree.fromstring(held.read(name)) for name in held.namelist()}


def members(package: ElementTree.Element) -> dict[str, list[str]]:
    return {
        str(types.findtext(f"{NAMESPACE}name")): [str(each.text) for each in types.findall(f"{NAMESPACE}members")]
        for types in package.findall(f"{NAMESPACE}types")
    }


def told(field: ElementTree.Element) -> dict[str, str]:
    return {each.tag.removeprefix(NAMESPACE): each.text or "" for each in field if not len(each)}


DEPLOYMENT = Deployment(
    (
        component("Id__c", FieldSpec(FieldKind.TEXT, 64, external_id=True, unique=True)),
        component("Yes__c", FieldSpec(FieldKind.CHECKBOX)),
        component("Words__c", FieldSpec(FieldKind.PICKLIST, words=("Oui & non", "<b>"))),
        component("Several__c", FieldSpec(FieldKind.MULTIPICKLIST, words=("a", "b"))),
        component("Points__c", FieldSpec(FieldKind.NUMBER, precision=9, scale=2), "Lead"),
        component("Long__c", FieldSpec(FieldKind.LONG_TEXT, 32_768), "Lead"),
    ),
    (Grant("Contact", "Id__c"), Grant("Lead", "Formula__c", editable=False)),
    NASTY,
    NASTY,
)


def test_a_deploy_names_exactly_what_it_holds() -> None:
    files = opened(installing(DEPLOYMENT, "66.0"))
    assert set(files) == {
        "package.xml",
        "objects/Contact.object",
        "objects/Lead.object",
        "permissionsets/Dialog_Insight_Sync.permissionset",
    }
    assert members(files["package.xml"]) == {
        "CustomField": [
            "Contact.Id__c",
            "Contact.Several__c",
            "Contact.Words__c",
            "Contact.Yes__c",
            "Lead.Long__c",
            "Lead.Points__c",
        ],
        "PermissionSet": ["Dialog_Insight_Sync"],
    }
    assert files["package.xml"].findtext(f"{NAMESPACE}version") == "66.0"
    assert [each.tag for each in files["objects/Contact.object"]] == [f"{NAMESPACE}fields"] * 4


def test_fields_are_defined_as_they_were_wanted_with_our_mark() -> None:
    files = opened(installing(DEPLOYMENT, "66.0"))
    fields = {told(f)["fullName"]: f for name in files if name.startswith("objects/") for f in files[name]}
    assert {told(field)["description"] for field in fields.values()} == {NASTY}
    external_id = told(fields["Id__c"])
    assert external_id["type"] == "Text"
    assert (external_id["length"], external_id["externalId"], external_id["unique"]) == ("64", "true", "true")
    assert external_id["caseSensitive"] == "false"
    assert told(fields["Yes__c"])["defaultValue"] == "false"
    assert (told(fields["Points__c"])["precision"], told(fields["Points__c"])["scale"]) == ("9", "2")
    assert told(fields["Long__c"])["visibleLines"]
    words = fields["Words__c"].find(f"{NAMESPACE}valueSet/{NAMESPACE}valueSetDefinition")
    assert words is not None
    names = [value.findtext(f"{NAMESPACE}fullName") for value in words.findall(f"{NAMESPACE}value")]
    assert names == ["Oui & non", "<b>"]


def test_the_permission_set_gives_what_is_granted_and_no_more() -> None:
    access = opened(installing(DEPLOYMENT, "66.0"))["permissionsets/Dialog_Insight_Sync.permissionset"]
    given = [told(each) for each in access.findall(f"{NAMESPACE}fieldPermissions")]
    assert given == [
        {"editable": "true", "field": "Contact.Id__c", "readable": "true"},
        {"editable": "false", "field": "Lead.Formula__c", "readable": "true"},
    ]
    assert access.findtext(f"{NAMESPACE}label") == "Dialog Insight sync"


def test_a_permission_set_that_gives_enough_is_not_sent() -> None:
    files = opened(installing(Deployment(DEPLOYMENT.fields[:1], None, NASTY, NASTY), "66.0"))
    assert set(files) == {"package.xml", "objects/Contact.object"}


def test_the_same_deploy_is_the_same_bytes() -> None:
    assert installing(DEPLOYMENT, "66.0") == installing(DEPLOYMENT, "66.0")


def test_a_removal_names_what_goes_and_makes_nothing() -> None:
    files = opened(removing(Removal(DEPLOYMENT.fields[:2], True), "66.0"))
    assert set(files) == {"package.xml", "destructiveChanges.xml"}
    assert members(files["package.xml"]) == {}
    assert members(files["destructiveChanges.xml"]) == {
        "CustomField": ["Contact.Id__c", "Contact.Yes__c"],
        "PermissionSet": ["Dialog_Insight_Sync"],
    }


def test_a_label_comes_from_the_name_and_is_never_too_long() -> None:
    assert label_of("DI_Contact_Id__c") == "DI Contact Id"
    assert len(label_of("a" * 40 + "__c")) == 40
