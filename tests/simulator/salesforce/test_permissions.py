"""Permission sets, assignments and field-level security: who sees a field, and who may change that."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.salesforce.conftest import CREDENTIALS, PERSON, Service, collection
from tests.simulator.salesforce.packages_of_metadata import (
    TEXT,
    deploy,
    deployed,
    manifest,
    package,
    problems,
    readable,
    xml,
)

FIELD = "Contact.DI_Ours__c"


def ours(salesforce: Service, edit: bool = True) -> str:
    """Deploy a field and a permission set for it; return the id of the set."""
    deployed(salesforce, package({FIELD: TEXT}, {"DI": readable(FIELD, edit=edit)}))
    [found] = salesforce.records("SELECT Id, Label, IsOwnedByProfile FROM PermissionSet WHERE Name = 'DI'")
    assert (found["Label"], found["IsOwnedByProfile"]) == ("DI", False)
    return str(found["Id"])


def assign(salesforce: Service, set_id: str, user: str = CREDENTIALS.user_id) -> Any:
    return salesforce.call("POST", "sobjects/PermissionSetAssignment", {"AssigneeId": user, "PermissionSetId": set_id})


def visible(salesforce: Service) -> bool:
    return "DI_Ours__c" in salesforce.described("Contact")


def test_a_new_field_does_not_exist_for_the_user_until_it_is_granted(salesforce: Service) -> None:
    set_id = ours(salesforce)
    one = salesforce.contact(1)
    assert not visible(salesforce)
    assert salesforce.refusal("SELECT Id, DI_Ours__c FROM Contact")[0] == "INVALID_FIELD"
    assert salesforce.refusal("SELECT Id FROM Order__c WHERE Contact__r.DI_Ours__c = 'x'")[0] == "INVALID_FIELD"
    for method, path, body in (
        ("PATCH", f"sobjects/Contact/{one}", {"DI_Ours__c": "x"}),
        ("POST", "sobjects/Contact", {"LastName": "x", "DI_Ours__c": "x"}),
    ):
        [refused] = salesforce.call(method, path, body).json()
        assert refused["errorCode"] == "INVALID_FIELD"
    [refused] = salesforce.call("PATCH", "composite/sobjects", collection([{"id": one, "DI_Ours__c": "x"}])).json()
    assert refused["errors"][0]["statusCode"] == "INVALID_FIELD"
    [seen] = salesforce.tooling(
        "SELECT Id, DeveloperName, TableEnumOrId FROM CustomField WHERE DeveloperName = 'DI_Ours'"
    )
    assert seen["TableEnumOrId"] == "Contact"
    assert assign(salesforce, set_id).status_code == 201
    assert visible(salesforce)
    assert salesforce.call("PATCH", f"sobjects/Contact/{one}", {"DI_Ours__c": "x"}).status_code == 204
    assert salesforce.query("SELECT COUNT() FROM Contact WHERE DI_Ours__c = 'X'")["totalSize"] == 1


def test_a_set_assigned_to_somebody_else_shows_nothing_to_the_connection(salesforce: Service) -> None:
    set_id = ours(salesforce)
    assert assign(salesforce, set_id, PERSON).status_code == 201
    assert not visible(salesforce)
    found = salesforce.records("SELECT Assignee.Username, PermissionSet.Name FROM PermissionSetAssignment")
    assert [(each["Assignee"]["Username"], each["PermissionSet"]["Name"]) for each in found] == [
        ("mathilde@example.org", "DI")
    ]


def test_a_field_that_may_only_be_read_cannot_be_written(salesforce: Service) -> None:
    assign(salesforce, ours(salesforce, edit=False))
    described = salesforce.described("Contact")["DI_Ours__c"]
    assert (described["createable"], described["updateable"]) == (False, False)
    [refused] = salesforce.call("PATCH", f"sobjects/Contact/{salesforce.contact(1)}", {"DI_Ours__c": "x"}).json()
    assert refused["errorCode"] == "INVALID_FIELD_FOR_INSERT_UPDATE"


def test_a_profile_grants_a_field_to_all_its_users(salesforce: Service) -> None:
    deployed(salesforce, package({FIELD: TEXT}))
    granted = {"fieldPermissions": {"editable": True, "field": FIELD, "readable": True}}
    for profile, seen in (("Standard", False), ("Admin", True)):
        files = {"package.xml": manifest(Profile=[profile])}
        deployed(salesforce, files | {f"profiles/{profile}.profile": xml("Profile", granted)})
        assert visible(salesforce) is seen


def test_a_field_permission_can_be_written_as_a_record(salesforce: Service) -> None:
    deployed(salesforce, package({FIELD: TEXT}))
    made = salesforce.call("POST", "sobjects/PermissionSet", {"Name": "By_Hand", "Label": "By hand"}).json()["id"]
    again = salesforce.call("POST", "sobjects/PermissionSet", {"Name": "by_hand", "Label": "Again"})
    assert again.json()[0]["errorCode"] == "DUPLICATE_DEVELOPER_NAME"
    assign(salesforce, made)
    given = {"ParentId": made, "SobjectType": "Contact", "Field": FIELD, "PermissionsRead": True}
    permission = salesforce.call("POST", "sobjects/FieldPermissions", given).json()["id"]
    assert salesforce.described("Contact")["DI_Ours__c"]["updateable"] is False
    change = salesforce.call("PATCH", f"sobjects/FieldPermissions/{permission}", {"PermissionsEdit": True})
    assert change.status_code == 204
    assert salesforce.described("Contact")["DI_Ours__c"]["updateable"] is True
    assert salesforce.call("POST", "sobjects/FieldPermissions", given).json()[0]["errorCode"] == "DUPLICATE_VALUE"
    wrong = {**given, "Field": "Contact.Nothing__c"}
    refused = salesforce.call("POST", "sobjects/FieldPermissions", wrong).json()[0]
    assert refused["errorCode"] == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"
    assert salesforce.call("DELETE", f"sobjects/FieldPermissions/{permission}").status_code == 204
    assert not visible(salesforce)


def test_many_are_assigned_in_one_call_and_a_second_time_is_a_duplicate(salesforce: Service) -> None:
    set_id = ours(salesforce)
    rows = [{"AssigneeId": each, "PermissionSetId": set_id} for each in (CREDENTIALS.user_id, PERSON)]
    body = collection(rows, "PermissionSetAssignment")
    made = salesforce.call("POST", "composite/sobjects", body).json()
    assert [each["success"] for each in made] == [True, True]
    again = salesforce.call("POST", "composite/sobjects", body).json()
    assert {each["errors"][0]["statusCode"] for each in again} == {"DUPLICATE_VALUE"}
    [shown] = salesforce.setup()["permission_sets"]
    assert shown["assigned"] == [CREDENTIALS.user_id, PERSON]


def test_assignments_that_are_taken_back_together_leave_nothing_visible(salesforce: Service) -> None:
    set_id = ours(salesforce)
    rows = [{"AssigneeId": each, "PermissionSetId": set_id} for each in (CREDENTIALS.user_id, CREDENTIALS.user_id)]
    body = collection(rows, "PermissionSetAssignment", allOrNone=True)
    made = salesforce.call("POST", "composite/sobjects", body).json()
    assert [each["success"] for each in made] == [False, False]
    assert not visible(salesforce)


def test_an_inactive_user_one_whose_license_forbids_it_and_an_unknown_one_are_refused(salesforce: Service) -> None:
    set_id = ours(salesforce)
    salesforce.act("User", {"Id": PERSON, "set": {"IsActive": False}})
    assert assign(salesforce, set_id, PERSON).json()[0]["errorCode"] == "INACTIVE_OWNER_OR_USER"
    guest = {"Id": "005Qy0000000077IAA", "Username": "guest@example.org", "LastName": "Guest", "UserType": "Guest"}
    salesforce.org.load("User", [{**guest, "IsActive": True}])
    assert assign(salesforce, set_id, guest["Id"]).json()[0]["errorCode"] == "FIELD_INTEGRITY_EXCEPTION"
    nobody = assign(salesforce, set_id, "005Qy0000000099IAA").json()[0]
    assert nobody["errorCode"] == "INVALID_CROSS_REFERENCE_KEY"


@pytest.mark.parametrize(
    ("rights", "status"),
    [
        ({"AssignPermissionSets": False}, 201),
        ({"ManageUsers": False}, 201),
        ({"AssignPermissionSets": False, "ManageUsers": False}, 403),
    ],
)
def test_who_may_not_assign_is_refused(salesforce: Service, rights: dict[str, bool], status: int) -> None:
    set_id = ours(salesforce)
    salesforce.arrange(rights=rights)
    reply = assign(salesforce, set_id)
    assert reply.status_code == status
    if status == 403:
        assert reply.json()[0]["errorCode"] == "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY"
        assert not visible(salesforce)


def test_the_user_can_ask_which_rights_it_has(salesforce: Service) -> None:
    asked = "SELECT PermissionsModifyMetadata, PermissionsInstallPackaging FROM UserPermissionAccess"
    assert salesforce.records(asked) == [{"PermissionsModifyMetadata": True, "PermissionsInstallPackaging": True}]
    salesforce.arrange(rights={"PermissionsInstallPackaging": False})
    assert salesforce.records(asked) == [{"PermissionsModifyMetadata": True, "PermissionsInstallPackaging": False}]


def test_fields_of_the_seed_are_seen_as_before_and_their_permissions_can_be_read(salesforce: Service) -> None:
    assert "Legacy_Id__c" in salesforce.described("Contact")
    found = salesforce.records(
        "SELECT Parent.Profile.Name FROM FieldPermissions WHERE Field = 'Contact.Legacy_Id__c' ORDER BY ParentId"
    )
    profiles = ["System Administrator", "Standard User", "Marketing User"]
    assert [each["Parent"]["Profile"]["Name"] for each in found] == profiles


def test_a_permission_set_of_something_that_is_not_there_is_refused_whole(salesforce: Service) -> None:
    result = deploy(salesforce, package(sets={"DI": readable("Contact.Legacy_Id__c", "Contact.Nothing__c")}))
    assert problems(result) == {"DI": "In field: field - no CustomField named Contact.Nothing__c found"}
    assert salesforce.setup()["permission_sets"] == []


def test_tooling_tells_the_definition_of_one_field_at_a_time(salesforce: Service) -> None:
    asked = "SELECT Id, FullName, Metadata FROM CustomField WHERE EntityDefinition.QualifiedApiName = 'Contact'"
    [found] = salesforce.tooling(asked + " AND DeveloperName = 'Legacy_Id'")
    assert found["FullName"] == "Contact.Legacy_Id__c"
    assert found["Metadata"] == {
        "type": "Text",
        "label": "Legacy Id",
        "length": 20,
        "externalId": True,
        "unique": True,
        "caseSensitive": False,
        "required": False,
    }
    refused = salesforce.get("tooling/query", params={"q": asked})
    assert refused.status_code == 400
    assert "no more than one row" in refused.json()[0]["message"]
    entities = salesforce.tooling("SELECT QualifiedApiName, DurableId FROM EntityDefinition WHERE KeyPrefix = 'a00'")
    assert entities[0]["QualifiedApiName"] == "Order__c"
    assert entities[0]["DurableId"].startswith("01I")


def test_who_may_not_view_setup_does_not_know_its_objects(salesforce: Service) -> None:
    salesforce.arrange(rights={"ViewSetup": False})
    for name in ("CustomField", "InstalledSubscriberPackage"):
        refused = salesforce.get("tooling/query", params={"q": f"SELECT Id FROM {name}"})
        assert (refused.status_code, refused.json()[0]["errorCode"]) == (400, "INVALID_TYPE")


def test_the_side_door_arranges_fields_that_are_seen_and_fields_that_are_not(salesforce: Service) -> None:
    fields = [
        {"object": "Contact", "name": "Seen__c", "type": "Text", "length": 10},
        {"object": "Contact", "name": "Hidden__c", "type": "Picklist", "values": ["a", "b"], "visible": False},
        {"object": "Lead", "name": "DI_Contact_Id__c", "type": "Checkbox", "defaultValue": False, "label": "Other"},
    ]
    salesforce.arrange(fields=fields)
    assert "Seen__c" in salesforce.described("Contact")
    assert "Hidden__c" not in salesforce.described("Contact")
    assert salesforce.described("Lead")["DI_Contact_Id__c"]["type"] == "boolean"
    hidden = salesforce.custom_field("Contact.Hidden__c")
    assert hidden is not None
    assert hidden["visible"] is False
    salesforce.arrange(fields=[{"object": "Lead", "name": "DI_Contact_Id__c", "remove": True}])
    assert "DI_Contact_Id__c" not in salesforce.described("Lead")


@pytest.mark.parametrize(
    "wrong",
    [
        {"colour": 1},
        {"rights": {"Fly": True}},
        {"rights": {"ViewSetup": 1}},
        {"deploy": {"seconds": "1"}},
        {"fields": [{"object": "Nothing", "name": "A__c"}]},
        {"rights": {"ViewSetup": False}, "fields": [{"object": "Contact", "name": "A__c", "type": "Text"}]},
        {"packages": [{"key": "x"}]},
    ],
)
def test_the_side_door_refuses_what_it_does_not_understand_and_changes_nothing(
    salesforce: Service, wrong: dict[str, Any]
) -> None:
    before = salesforce.setup()
    status, _ = salesforce.refused("../salesforce-setup", wrong)
    assert status == 400
    assert salesforce.setup() == before
