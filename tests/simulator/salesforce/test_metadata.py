"""Deployments: fields and permission sets that come and go while the org runs."""

from __future__ import annotations

import time
from typing import Any

import pytest
import requests

from tests.simulator.salesforce.conftest import CREDENTIALS, PERSON, VERSION, Service, collection
from tests.simulator.salesforce.packages_of_metadata import (
    PATIENCE_S,
    TEXT,
    begin,
    deploy,
    deployed,
    ended,
    manifest,
    package,
    picklist,
    problems,
    readable,
    removal,
    send,
    state,
    xml,
    zipped,
)

EVERY_KIND: dict[str, dict[str, Any]] = {
    "Contact.A_Key__c": {**TEXT, "externalId": True, "unique": True, "caseSensitive": False, "label": "Key"},
    "Contact.A_Note__c": {"type": "LongTextArea", "length": 1000, "visibleLines": 3, "label": "Note"},
    "Contact.A_Flag__c": {"type": "Checkbox", "defaultValue": False, "label": "Flag"},
    "Contact.A_Choice__c": {"type": "Picklist", "label": "Choice", **picklist("Oui", "Non & rien")},
    "Contact.A_List__c": {"type": "MultiselectPicklist", "visibleLines": 4, "label": "List", **picklist("a", "b")},
    "Contact.A_Number__c": {"type": "Number", "precision": 9, "scale": 2, "label": "Number"},
    "Contact.A_Day__c": {"type": "Date", "label": "Day"},
    "Contact.A_Moment__c": {"type": "DateTime", "label": "Moment"},
    "Contact.A_Mail__c": {"type": "Email", "label": "Mail"},
    "Contact.A_Phone__c": {"type": "Phone", "label": "Phone"},
    "Contact.A_Page__c": {"type": "Url", "label": "Page"},
}
VALUES = {
    "A_Key__c": "K-1",
    "A_Note__c": "Une note",
    "A_Flag__c": True,
    "A_Choice__c": "Non & rien",
    "A_List__c": "a;b",
    "A_Number__c": 12.5,
    "A_Day__c": "2026-05-06",
    "A_Moment__c": "2026-05-06T07:08:09.000+0000",
    "A_Mail__c": "a@example.org",
    "A_Phone__c": "418 555-0100",
    "A_Page__c": "https://example.org",
}
OURS = package({"Contact.DI_Ours__c": TEXT})


def grant(salesforce: Service, name: str = "DI") -> None:
    """Assign a permission set to the user of the connection."""
    [found] = salesforce.records(f"SELECT Id FROM PermissionSet WHERE Name = '{name}'")
    assignment = {"AssigneeId": CREDENTIALS.user_id, "PermissionSetId": found["Id"]}
    reply = salesforce.call("POST", "sobjects/PermissionSetAssignment", assignment)
    assert reply.status_code == 201, reply.text


def test_fields_of_every_kind_are_used_at_once_by_every_way_in(salesforce: Service) -> None:
    result = deployed(salesforce, package(EVERY_KIND, {"DI": readable(*EVERY_KIND)}))
    assert (result["numberComponentsDeployed"], result["numberComponentsTotal"]) == (12, 12)
    grant(salesforce)
    described = salesforce.described("Contact")
    kinds = ("string", "textarea", "boolean", "picklist", "multipicklist", "double", "date", "datetime", "email")
    assert tuple(described[name]["type"] for name in VALUES) == (*kinds, "phone", "url")
    assert [each["value"] for each in described["A_Choice__c"]["picklistValues"]] == ["Oui", "Non & rien"]
    key = described["A_Key__c"]
    assert (key["externalId"], key["unique"], key["idLookup"], key["caseSensitive"]) == (True, True, True, False)
    one = salesforce.contact(1)
    assert salesforce.call("PATCH", f"sobjects/Contact/{one}", VALUES).status_code == 204
    assert salesforce.records(f"SELECT {', '.join(VALUES)} FROM Contact WHERE A_Key__c = 'k-1'") == [VALUES]
    # An old record has the default of a checkbox, and nothing else.
    [other] = salesforce.records(f"SELECT {', '.join(VALUES)} FROM Contact WHERE Id = '{salesforce.contact(2)}'")
    assert other == {name: False if name == "A_Flag__c" else None for name in VALUES}
    upsert = collection([{"A_Key__c": "K-2", "LastName": "Deux"}, {"A_Key__c": "K-1", "A_Number__c": 3}])
    made = salesforce.call("PATCH", "composite/sobjects/Contact/A_Key__c", upsert).json()
    assert [each["created"] for each in made] == [True, False]
    refused = salesforce.call("PATCH", f"sobjects/Contact/{one}", {"A_Choice__c": "Peut-être"}).json()
    assert refused[0]["errorCode"] == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"
    refused = salesforce.call("POST", "sobjects/Contact", {"LastName": "x", "A_Key__c": "k-2"}).json()
    assert refused[0]["errorCode"] == "DUPLICATE_VALUE"


def test_a_bulk_job_writes_a_new_field(salesforce: Service) -> None:
    deployed(
        salesforce, package({"Contact.A_Key__c": EVERY_KIND["Contact.A_Key__c"]}, {"DI": readable("Contact.A_Key__c")})
    )
    asked = {"object": "Contact", "operation": "upsert", "externalIdFieldName": "A_Key__c"}
    refused = salesforce.call("POST", "jobs/ingest", asked)
    assert refused.status_code == 404
    grant(salesforce)
    job = salesforce.call("POST", "jobs/ingest", asked).json()["id"]
    headers = {"Content-Type": "text/csv"}
    put = salesforce.session.put(
        f"{salesforce.url}/services/data/v{VERSION}/jobs/ingest/{job}/batches",
        data="A_Key__c,LastName\nB-1,Un\nB-2,Deux\n",
        headers=headers,
        timeout=10,
    )
    assert put.status_code == 201
    salesforce.call("PATCH", f"jobs/ingest/{job}", {"state": "UploadComplete"})
    until = time.monotonic() + PATIENCE_S
    while salesforce.get(f"jobs/ingest/{job}").json()["state"] != "JobComplete":
        assert time.monotonic() < until
    assert salesforce.query("SELECT COUNT() FROM Contact WHERE A_Key__c LIKE 'B-%'")["totalSize"] == 2


def test_a_deployment_may_be_sent_as_the_other_clients_do(salesforce: Service) -> None:
    files = {f"unpackaged/{name}": content for name, content in OURS.items()}
    reply = send(salesforce, zipped(files), part="entity_content", checkOnly=True, testLevel="RunLocalTests")
    assert reply.status_code == 201
    body = reply.json()
    assert body["deployOptions"]["testLevel"] == "RunLocalTests"
    assert (body["deployResult"]["status"], body["deployResult"]["done"]) == ("Pending", False)
    assert ended(salesforce, body["id"])["status"] == "Succeeded"


def test_a_production_org_refuses_to_be_told_to_run_no_tests(salesforce: Service) -> None:
    reply = send(salesforce, zipped(OURS), testLevel="NoTestRun")
    assert (reply.status_code, reply.json()[0]["errorCode"]) == (400, "INVALID_OPERATION")
    assert salesforce.setup()["deploys"] == []


def test_a_validation_changes_nothing_and_finds_what_a_deployment_would(salesforce: Service) -> None:
    before = salesforce.setup()["fields"]
    result = deploy(salesforce, OURS, checkOnly=True)
    assert (result["status"], result["success"], result["checkOnly"]) == ("Succeeded", True, True)
    assert salesforce.setup()["fields"] == before
    taken = package({"Contact.Legacy_Id__c": {"type": "Checkbox", "defaultValue": True, "label": "x"}})
    result = deploy(salesforce, taken, checkOnly=True)
    assert (result["status"], result["success"]) == ("Failed", False)


def test_all_of_a_deployment_or_nothing(salesforce: Service) -> None:
    before = salesforce.setup()["fields"]
    bad = {"type": "Text", "label": "Without a length"}
    files = package({"Contact.A_Good__c": TEXT, "Contact.A_Bad__c": bad, "Lead.A_Good__c": TEXT})
    result = deploy(salesforce, files)
    assert result["status"] == "Failed"
    assert (result["numberComponentErrors"], result["numberComponentsTotal"]) == (1, 3)
    assert problems(result) == {"Contact.A_Bad__c": "Must specify 'length' for a CustomField of type Text"}
    assert salesforce.setup()["fields"] == before
    result = deploy(salesforce, files, rollbackOnError=False)
    assert result["status"] == "SucceededPartial"
    assert [salesforce.custom_field(name) is not None for name in ("Contact.A_Good__c", "Contact.A_Bad__c")] == [1, 0]


@pytest.mark.parametrize(
    ("name", "members", "problem"),
    [
        ("Contact.A__c", {"type": "Text", "length": 256, "label": "x"}, "Length of a Text field"),
        ("Contact.A__c", {"type": "LongTextArea", "length": 32, "visibleLines": 3, "label": "x"}, "Length of a Long"),
        ("Contact.A__c", {"type": "LongTextArea", "length": 300, "label": "x"}, "Must specify 'visibleLines'"),
        ("Contact.A__c", {"type": "Checkbox", "label": "x"}, "Must specify 'defaultValue'"),
        ("Contact.A__c", {"type": "Checkbox", "defaultValue": False, "externalId": True, "label": "x"}, "Can not spec"),
        ("Contact.A__c", {"type": "Date", "unique": True, "label": "x"}, "Can not specify 'unique'"),
        ("Contact.A__c", {"type": "Date", "length": 3, "label": "x"}, "Can not specify 'length'"),
        ("Contact.A__c", {"type": "Number", "precision": 19, "scale": 0, "label": "x"}, "Precision"),
        ("Contact.A__c", {"type": "Picklist", "label": "x"}, "Must specify 'valueSet'"),
        ("Contact.A__c", {"type": "Picklist", "label": "x", **picklist("a", "A")}, "Duplicate label"),
        ("Contact.A__c", {"type": "Text", "length": 5, "label": "x" * 41}, "label: data value too large"),
        ("Contact.A__c", {"type": "Text", "length": 5}, "Must specify a non-empty label"),
        ("Contact.A__c", {"type": "Text", "length": 5, "label": "x", "colour": "red"}, "Error parsing file: Element"),
        ("Contact.A__c", {"type": "Text", "length": "five", "label": "x"}, "Error parsing file: 'five'"),
        ("Contact.A__c", {"type": "Colour", "label": "x"}, "'Colour' is not a valid value"),
        ("Contact.A", TEXT, "The field name provided is not correct"),
        ("Contact.A__b__c", TEXT, "The field name provided is not correct"),
        (f"Contact.{'A' * 41}__c", TEXT, "The field name provided is not correct"),
        ("Nothing__c.A__c", TEXT, "Entity of type 'CustomObject'"),
    ],
)
def test_a_field_that_cannot_be_is_refused_with_the_reason(
    salesforce: Service, name: str, members: dict[str, Any], problem: str
) -> None:
    [(refused, why)] = problems(deploy(salesforce, package({name: members}))).items()
    assert refused == name
    assert why.startswith(problem)


@pytest.mark.parametrize("name", ["Contact.Legacy_Id__c", "Contact.legacy_id__c"])
def test_a_field_of_another_type_is_left_as_it_is_byte_for_byte(salesforce: Service, name: str) -> None:
    before = salesforce.custom_field("Contact.Legacy_Id__c")
    flag = {"type": "Checkbox", "defaultValue": False, "label": "x"}
    result = deploy(salesforce, package({name: flag}))
    assert problems(result)[name].startswith("Cannot change type")
    assert salesforce.custom_field("Contact.Legacy_Id__c") == before


def test_a_second_deployment_of_the_same_changes_nothing(salesforce: Service) -> None:
    files = package(EVERY_KIND, {"DI": readable(*EVERY_KIND)})
    deployed(salesforce, files)
    before = salesforce.setup()
    salesforce.world.clock.advance(60)
    result = deployed(salesforce, files)
    named = [each for each in result["details"]["componentSuccesses"] if each["componentType"]]
    assert [each["fullName"] for each in named if each["created"] or each["changed"]] == []
    after = salesforce.setup()
    assert (after["fields"], after["permission_sets"]) == (before["fields"], before["permission_sets"])


def test_a_label_may_be_changed_and_a_length_grow_but_not_below_its_values(salesforce: Service) -> None:
    deployed(salesforce, package({"Contact.Legacy_Id__c": {"type": "Text", "length": 40, "label": "Former key"}}))
    field = salesforce.described("Contact")["Legacy_Id__c"]
    assert (field["label"], field["length"], field["externalId"]) == ("Former key", 40, True)
    result = deploy(salesforce, package({"Contact.Legacy_Id__c": {"type": "Text", "length": 2, "label": "Key"}}))
    assert "length" in problems(result)["Contact.Legacy_Id__c"]


def test_external_ids_and_fields_have_their_limits(salesforce: Service) -> None:
    keys = {f"Lead.A{number}__c": {**TEXT, "externalId": True} for number in range(25)}
    result = deploy(salesforce, package(keys))
    assert problems(result) == {"Lead.A24__c": "The maximum number of external ID fields (25) has been reached"}
    salesforce.arrange(limits={"custom_fields": len(salesforce.setup()["fields"])})
    salesforce.arrange(limits={"custom_fields": 1})
    assert "maximum number of custom fields (1)" in problems(deploy(salesforce, OURS))["Contact.DI_Ours__c"]


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"objects/Contact.object": xml("CustomObject", {})}, "No package.xml found"),
        ({"package.xml": "<Package>"}, "Error parsing file"),
        ({"package.xml": '<!DOCTYPE a [<!ENTITY b "c">]><Package/>'}, "DOCTYPE"),
        ({"package.xml": "<Package/>"}, "the root element must be Package"),
        ({"package.xml": manifest(ApexClass=["X"])}, "Unknown type name 'ApexClass'"),
        ({"package.xml": manifest(), "big.txt": b"0" * (5 << 20)}, "too large"),
    ],
)
def test_a_package_that_is_none_fails_as_a_whole(salesforce: Service, files: dict[str, Any], problem: str) -> None:
    result = deploy(salesforce, files)
    assert result["status"] == "Failed"
    [failure] = result["details"]["componentFailures"]
    assert problem in failure["problem"]


def test_what_is_no_zip_fails_and_what_is_no_deployment_is_refused(salesforce: Service) -> None:
    reply = send(salesforce, b"PK this is not a zip")
    result = ended(salesforce, reply.json()["id"])
    assert result["details"]["componentFailures"][0]["problem"].startswith("Invalid zip file")
    assert salesforce.call("POST", "metadata/deployRequest", {}).status_code == 400
    assert send(salesforce, zipped(OURS), colour="red").status_code == 400
    assert salesforce.get("metadata/deployRequest/0Af000000000001AAA").status_code == 404


def test_a_file_that_the_manifest_does_not_name_is_not_deployed_and_a_missing_one_is_an_error(
    salesforce: Service,
) -> None:
    files = OURS | {"package.xml": manifest(CustomField=["Contact.Other__c"])}
    result = deploy(salesforce, files)
    assert "was not found in zipped directory" in problems(result)["Contact.Other__c"]
    assert salesforce.custom_field("Contact.DI_Ours__c") is None
    assert deploy(salesforce, OURS | {"package.xml": manifest(CustomField=["*"])})["numberComponentsDeployed"] == 1


def test_a_field_goes_with_its_values_and_its_permissions(salesforce: Service) -> None:
    deployed(salesforce, package({"Contact.DI_Ours__c": TEXT}, {"DI": readable("Contact.DI_Ours__c")}))
    grant(salesforce)
    salesforce.call("PATCH", f"sobjects/Contact/{salesforce.contact(1)}", {"DI_Ours__c": "x"})
    result = deployed(salesforce, removal(CustomField=["Contact.DI_Ours__c"]))
    [gone] = [each for each in result["details"]["componentSuccesses"] if each["componentType"]]
    assert (gone["deleted"], gone["fullName"]) == (True, "Contact.DI_Ours__c")
    assert salesforce.refusal("SELECT DI_Ours__c FROM Contact")[0] == "INVALID_FIELD"
    assert salesforce.records("SELECT Field FROM FieldPermissions WHERE Field = 'Contact.DI_Ours__c'") == []
    again = deployed(salesforce, removal(CustomField=["Contact.DI_Ours__c"]))["details"]["componentSuccesses"]
    assert [each["problemType"] for each in again if each["componentType"]] == ["Warning"]
    deployed(salesforce, OURS)
    field = salesforce.custom_field("Contact.DI_Ours__c")
    assert field is not None
    assert (field["values"], field["visible"]) == (0, False)


def test_a_removal_that_is_only_checked_leaves_the_values(salesforce: Service) -> None:
    before = salesforce.custom_field("Contact.Legacy_Id__c")
    assert deploy(salesforce, removal(CustomField=["Contact.Legacy_Id__c"]), checkOnly=True)["success"]
    assert salesforce.custom_field("Contact.Legacy_Id__c") == before
    assert before is not None
    assert before["values"] == 9


def test_a_permission_set_in_use_stays(salesforce: Service) -> None:
    deployed(salesforce, package({"Contact.DI_Ours__c": TEXT}, {"DI": readable("Contact.DI_Ours__c")}))
    grant(salesforce)
    result = deploy(salesforce, removal(PermissionSet=["DI"]))
    assert "assigned to users" in problems(result)["DI"]
    [assignment] = salesforce.records("SELECT Id FROM PermissionSetAssignment")
    assert salesforce.call("DELETE", f"sobjects/PermissionSetAssignment/{assignment['Id']}").status_code == 204
    assert "DI_Ours__c" not in salesforce.described("Contact")
    deployed(salesforce, removal(PermissionSet=["DI"]))
    assert salesforce.setup()["permission_sets"] == []


def test_a_deployment_takes_its_time_component_by_component(salesforce: Service) -> None:
    salesforce.arrange(deploy={"seconds": 0.6})
    deploy_id = begin(salesforce, package(EVERY_KIND))
    seen: list[int] = []
    while True:
        kept = salesforce.custom_field("Contact.A_Key__c")
        result = state(salesforce, deploy_id)
        if result["done"]:
            break
        # Nothing of it is there before all of it.
        assert kept is None
        seen.append(result["numberComponentsDeployed"])
        assert len(result["details"]["componentSuccesses"]) == seen[-1]
        time.sleep(0.02)
    assert seen == sorted(seen)
    assert len(set(seen)) > 2
    assert salesforce.custom_field("Contact.A_Key__c") is not None


def test_a_second_deployment_waits_for_the_first_and_can_be_cancelled_while_it_waits(salesforce: Service) -> None:
    salesforce.arrange(deploy={"stall": True})
    first, second = begin(salesforce, OURS), begin(salesforce, package({"Lead.DI_Ours__c": TEXT}))
    until = time.monotonic() + PATIENCE_S
    while state(salesforce, first)["status"] != "InProgress":
        assert time.monotonic() < until
    assert state(salesforce, second)["status"] == "Pending"
    for each in (second, first):
        wanted = {"deployResult": {"status": "Canceling"}}
        reply = salesforce.call("PATCH", f"metadata/deployRequest/{each}", wanted)
        assert (reply.status_code, reply.json()["deployResult"]["status"]) == (202, "Canceling")
        assert ended(salesforce, each)["status"] == "Canceled"
    assert salesforce.custom_field("Contact.DI_Ours__c") is None
    assert salesforce.call("PATCH", f"metadata/deployRequest/{first}", wanted).status_code == 400


def test_a_deployment_that_hangs_goes_on_when_the_org_does(salesforce: Service) -> None:
    salesforce.arrange(deploy={"stall": True})
    deploy_id = begin(salesforce, OURS)
    salesforce.arrange(deploy={"stall": False})
    assert ended(salesforce, deploy_id)["status"] == "Succeeded"


def test_a_deployment_whose_reply_is_lost_was_begun_all_the_same(salesforce: Service) -> None:
    salesforce.script("reset_after_apply", "deploy")
    with pytest.raises(requests.ConnectionError):
        send(salesforce, zipped(OURS))
    [found] = salesforce.tooling("SELECT Id FROM DeployRequest")
    assert ended(salesforce, found["Id"])["status"] == "Succeeded"


def test_a_field_of_a_custom_object_is_made_alike(salesforce: Service) -> None:
    deployed(salesforce, package({"Order__c.DI_Ours__c": TEXT}, {"DI": readable("Order__c.DI_Ours__c")}))
    grant(salesforce)
    made = salesforce.call("POST", "sobjects/Order__c", {"DI_Ours__c": "x"})
    assert made.status_code == 201, made.text
    asked = "SELECT TableEnumOrId, EntityDefinition.QualifiedApiName FROM CustomField WHERE DeveloperName = 'DI_Ours'"
    [field] = salesforce.tooling(asked)
    assert field["TableEnumOrId"].startswith("01I")
    assert field["EntityDefinition"]["QualifiedApiName"] == "Order__c"


def test_deployments_can_be_found_again_by_who_began_them_and_when(salesforce: Service) -> None:
    since = salesforce.org.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    checked = deploy(salesforce, OURS, checkOnly=True)["id"]
    done = deploy(salesforce, OURS)["id"]
    for check_only, expected in (("true", checked), ("false", done)):
        found = salesforce.tooling(
            f"SELECT Id, Status FROM DeployRequest WHERE CreatedById = '{CREDENTIALS.user_id}' AND CheckOnly = "
            f"{check_only} AND CreatedDate >= {since} ORDER BY CreatedDate DESC LIMIT 1"
        )
        assert found == [{"Id": expected, "Status": "Succeeded"}]


def test_a_locked_org_fails_a_deployment_with_its_code(salesforce: Service) -> None:
    salesforce.arrange(deploy={"locked": True})
    result = deploy(salesforce, OURS)
    assert (result["status"], result["errorStatusCode"]) == ("Failed", "ALREADY_IN_PROCESS")
    assert "locked by another change" in result["errorMessage"]
    salesforce.arrange(deploy={"locked": False})
    deployed(salesforce, OURS)


def test_who_may_not_deploy_is_told_which_right_is_missing(salesforce: Service) -> None:
    salesforce.arrange(rights={"ModifyMetadata": False, "ModifyAllData": False})
    reply = send(salesforce, zipped(OURS))
    assert (reply.status_code, reply.json()[0]["errorCode"]) == (403, "INSUFFICIENT_ACCESS")
    assert "ModifyMetadata" in reply.json()[0]["message"]
    salesforce.arrange(rights={"ModifyMetadata": True, "CustomizeApplication": False})
    assert "Customize Application" in problems(deploy(salesforce, OURS))["Contact.DI_Ours__c"]


def test_a_reset_forgets_deployments_and_their_fields_and_what_is_under_way(salesforce: Service) -> None:
    deployed(salesforce, OURS)
    salesforce.arrange(deploy={"stall": True}, rights={"ViewSetup": False})
    hanging = begin(salesforce, package({"Lead.DI_Ours__c": TEXT}))
    salesforce.reset()
    assert salesforce.get(f"metadata/deployRequest/{hanging}").status_code == 404
    setup = salesforce.setup()
    assert (setup["deploys"], setup["deploy"]["stall"], setup["rights"]["ViewSetup"]) == ([], False, True)
    assert salesforce.custom_field("Contact.DI_Ours__c") is None
    deployed(salesforce, OURS)


def test_a_client_that_knows_the_schema_is_told_that_it_changed(salesforce: Service) -> None:
    first = salesforce.get("sobjects/Contact/describe").headers["Last-Modified"]
    same = salesforce.get("sobjects/Contact/describe", headers={"If-Modified-Since": first})
    assert same.status_code == 304
    required = {**TEXT, "required": True}
    deployed(salesforce, package({"Contact.DI_Ours__c": required}))
    other = salesforce.get("sobjects/Contact/describe", headers={"If-Modified-Since": first})
    assert other.status_code == 200


def test_a_required_field_is_seen_by_all_and_needs_no_permission(salesforce: Service) -> None:
    deployed(salesforce, package({"Contact.DI_Ours__c": {**TEXT, "required": True}}))
    refused = salesforce.call("POST", "sobjects/Contact", {"LastName": "x"}).json()
    assert (refused[0]["errorCode"], refused[0]["fields"]) == ("REQUIRED_FIELD_MISSING", ["DI_Ours__c"])
    result = deploy(salesforce, package(sets={"DI": readable("Contact.DI_Ours__c")}))
    assert problems(result)["DI"] == "You cannot deploy to a required field: Contact.DI_Ours__c"


def test_a_person_sees_and_fills_what_the_connection_does_not_see(salesforce: Service) -> None:
    deployed(salesforce, OURS)
    one = salesforce.contact(1)
    salesforce.act("Contact", {"Id": one, "set": {"DI_Ours__c": "by hand"}})
    field = salesforce.custom_field("Contact.DI_Ours__c")
    assert field is not None
    assert field["values"] == 1
    assert "DI_Ours__c" not in salesforce.read("Contact", one)
    [record] = [each for each in salesforce.org.rows("Contact") if each["Id"] == one]
    assert (record["DI_Ours__c"], record["LastModifiedById"]) == ("by hand", PERSON)


def test_a_field_that_the_connection_does_not_see_gets_its_default_all_the_same(salesforce: Service) -> None:
    choice = {"type": "Picklist", "label": "Choice", **picklist("Oui", "Non")}
    choice["valueSet"]["valueSetDefinition"]["value"][1]["default"] = True
    note = {**TEXT, "defaultValue": '"formulaire"'}
    deployed(salesforce, package({"Contact.A_Choice__c": choice, "Contact.A_Note__c": note}))
    made = salesforce.call("POST", "sobjects/Contact", {"LastName": "x"}).json()["id"]
    [record] = [each for each in salesforce.org.rows("Contact") if each["Id"] == made]
    assert (record["A_Choice__c"], record["A_Note__c"]) == ("Non", "formulaire")
