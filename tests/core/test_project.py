from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from disf_desktop.core.project import (
    DestinationProject,
    DialogInsightConnection,
    ObjectMapping,
    Project,
    SalesforceConnection,
    is_consent_name,
)
from disf_desktop.core.project_rules import problems_of
from tests.core.fields import a_pair

SALESFORCE = {"kind": "salesforce", "id": "org", "name": "Org"}
DIALOG_INSIGHT = {"kind": "dialog_insight", "id": "di", "name": "Account", "id_key": 7}
COLUMNS = [{"code": "Number"}, {"code": "Town"}]
TABLE = {"id_table": 5, "code": "Orders", "key": ["Number"], "fields": COLUMNS}
DESTINATION = {
    "id": "main",
    "connection": "di",
    "id_project": 3,
    "name": "Main",
    "type": "A",
    "key": ["SalesforceId"],
    "tables": [TABLE],
}
KEY_PAIR = {"source": "Id", "target": "SalesforceId", "key": True}
INTEGRATION = {
    "name": "Contacts",
    "salesforce": "org",
    "object": "Contact",
    "project": "main",
    "mapping": {"pairs": [KEY_PAIR, {"source": "Email", "target": "EMail"}]},
}
ORDERS = INTEGRATION | {
    "name": "Orders",
    "object": "Order__c",
    "table": "Orders",
    "mapping": {"pairs": [{"source": "Name", "target": "Number", "key": True}]},
}


def a_project(**members: Any) -> Project:
    return Project.model_validate(
        {
            "id": "0123456789abcdef",
            "name": "Example",
            "connections": [SALESFORCE, DIALOG_INSIGHT],
            "projects": [DESTINATION],
            "integrations": [INTEGRATION, ORDERS],
        }
        | members
    )


def with_integration(**members: Any) -> Project:
    return a_project(integrations=[INTEGRATION | members])


def with_pairs(*pairs: dict[str, Any]) -> Project:
    return with_integration(mapping={"pairs": [KEY_PAIR, *pairs]})


def wrong(project: Project) -> list[tuple[str, str]]:
    return [(p.path, p.message) for p in problems_of(project)]


def test_a_sound_project_has_no_problem() -> None:
    assert wrong(a_project()) == []


def test_things_are_found_by_their_name() -> None:
    project = a_project()
    assert isinstance(project.connection("org"), SalesforceConnection)
    assert isinstance(project.connection("di"), DialogInsightConnection)
    assert project.connection("other") is None
    destination = project.destination("main")
    assert isinstance(destination, DestinationProject)
    assert project.destination("other") is None
    assert destination.table("Orders") is not None
    assert destination.table("Contact") is None
    integration = project.integration("Contacts")
    assert integration is not None
    assert project.integration("other") is None


def test_a_mapping_knows_its_key_and_its_sources_once_each() -> None:
    key = a_pair(source="Id", target="A", key=True)
    mapping = ObjectMapping(pairs=(key, a_pair(source="Email", target="B"), a_pair(source="Id", target="C")))
    assert mapping.key_pairs == (key,)
    assert mapping.sources == ("Id", "Email")


@pytest.mark.parametrize(
    "address",
    [
        "http://login.example.org",
        "http://localhost:8000",
        "ftp://login.example.org",
        "login.example.org",
        "https://",
        "https://ann@login.example.org",
        "https://ann:secret@login.example.org",
        "https://login.example.org?x=1",
        "https://login.example.org#top",
    ],
)
def test_an_address_that_would_send_secrets_in_the_clear_or_hold_them_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        SalesforceConnection(id="org", name="Org", login_url=address)
    with pytest.raises(ValidationError):
        DialogInsightConnection(id="di", name="Account", id_key=7, root_url=address)


@pytest.mark.parametrize("address", ["https://login.example.org", "http://127.0.0.1:8000", "http://[::1]:8000/x/"])
def test_an_address_over_tls_or_on_this_machine_is_taken(address: str) -> None:
    assert SalesforceConnection(id="org", name="Org", login_url=address).login_url == address


@pytest.mark.parametrize("zone", ["Montreal", "../etc/passwd", "", "America"])
def test_a_time_zone_must_be_known(zone: str) -> None:
    with pytest.raises(ValidationError, match="America/Toronto"):
        DestinationProject.model_validate(DESTINATION | {"time_zone": zone})


def test_a_known_time_zone_is_kept() -> None:
    destination = DestinationProject.model_validate(DESTINATION | {"time_zone": "Europe/Paris"})
    assert destination.time_zone == "Europe/Paris"


def test_a_misspelt_setting_is_said_and_not_ignored() -> None:
    with pytest.raises(ValidationError, match="batchsize"):
        SalesforceConnection.model_validate(SALESFORCE | {"batchsize": 10})


def test_nothing_in_a_project_can_be_changed_in_place() -> None:
    project = a_project()
    with pytest.raises(ValidationError):
        project.name = "Other"


@pytest.mark.parametrize(
    "name", ["optin_Newsletter", "OPTIN_x", "dtOptin_x", "f_optin_x", "f_dtOptin_x", "hasTrackingConsent"]
)
def test_a_consent_is_known_by_its_name(name: str) -> None:
    assert is_consent_name(name)


@pytest.mark.parametrize("name", ["EMail", "Option", "f_Optics", "trackingConsentNote"])
def test_other_names_are_no_consent(name: str) -> None:
    assert not is_consent_name(name)


def test_names_used_twice_are_said_where_they_are_used_again() -> None:
    assert wrong(a_project(connections=[SALESFORCE, DIALOG_INSIGHT, SALESFORCE | {"id": "ORG"}])) == [
        ("connections[2].id", "“ORG” is used twice.")
    ]
    assert wrong(a_project(projects=[DESTINATION, DESTINATION | {"tables": [TABLE, TABLE]}])) == [
        ("projects[1].id", "“main” is used twice."),
        ("projects[1].tables[1].code", "“Orders” is used twice."),
        ("projects[1].tables[1].id_table", "“5” is used twice."),
    ]
    twice = TABLE | {"fields": [*COLUMNS, {"code": "NUMBER"}]}
    assert [path for path, _ in wrong(a_project(projects=[DESTINATION | {"tables": [twice]}]))] == [
        f"projects[0].tables[0].fields[{len(COLUMNS)}].code"
    ]
    found = wrong(a_project(integrations=[INTEGRATION, INTEGRATION | {"object": "Lead"}]))
    assert found == [("integrations[1].name", "“Contacts” is used twice.")]
    assert wrong(with_pairs({"source": "A", "target": "EMail"}, {"source": "B", "target": "email"})) == [
        ("integrations[0].mapping.pairs[2].target", "“email” is used twice.")
    ]


@pytest.mark.parametrize("connection", ["org", "nowhere"])
def test_a_destination_needs_a_dialog_insight_connection(connection: str) -> None:
    assert wrong(a_project(projects=[DESTINATION | {"connection": connection}])) == [
        ("projects[0].connection", f"There is no Dialog Insight connection “{connection}”.")
    ]


def test_a_table_has_its_key_among_its_fields_and_a_code_of_its_own() -> None:
    table = TABLE | {"code": "Contact", "key": ["Number", "Shop"]}
    assert wrong(a_project(projects=[DESTINATION | {"tables": [table]}], integrations=[INTEGRATION])) == [
        ("projects[0].tables[0].key[1]", "The key “Shop” is not among the fields of the table Contact."),
        ("projects[0].tables[0].code", "“Contact” is the contact list itself."),
    ]


@pytest.mark.parametrize("connection", ["di", "nowhere"])
def test_an_integration_needs_a_salesforce_connection(connection: str) -> None:
    assert wrong(with_integration(salesforce=connection)) == [
        ("integrations[0].salesforce", f"There is no Salesforce connection “{connection}”.")
    ]


def test_an_integration_needs_a_destination_and_a_table_of_it() -> None:
    assert wrong(with_integration(project="nowhere")) == [
        ("integrations[0].project", "There is no destination project “nowhere”.")
    ]
    assert wrong(with_integration(table="Visits")) == [
        ("integrations[0].table", "The project Main has no custom table “Visits” in this file.")
    ]


def test_one_object_and_one_table_are_tied_once() -> None:
    again = INTEGRATION | {"name": "Again", "object": "CONTACT"}
    assert wrong(a_project(integrations=[INTEGRATION, again])) == [
        ("integrations[1].object", "“Contacts” already ties CONTACT to this table.")
    ]


def test_the_whole_key_is_paired_and_nothing_else_is_marked_as_key() -> None:
    project = with_integration(mapping={"pairs": [{"source": "Id", "target": "EMail", "key": True}]})
    assert wrong(project) == [
        ("integrations[0].mapping.pairs", "The primary key of the project Main is not mapped: SalesforceId."),
        (
            "integrations[0].mapping.pairs",
            "EMail is marked as key, but it is not the primary key of the project Main.",
        ),
    ]


def test_the_key_of_a_type_a_project_is_the_record_id() -> None:
    project = with_integration(mapping={"pairs": [KEY_PAIR | {"source": "Email"}]})
    assert [path for path, _ in wrong(project)] == ["integrations[0].mapping.pairs[0].source"]
    assert wrong(with_integration(mapping={"pairs": [KEY_PAIR | {"source": "id"}]})) == []


def test_a_consent_is_no_target() -> None:
    assert wrong(with_pairs({"source": "Vip__c", "target": "optin_News"})) == [
        (
            "integrations[0].mapping.pairs[1].target",
            "optin_News is a consent. Consents travel from Dialog Insight to Salesforce only.",
        )
    ]


@pytest.mark.parametrize("members", [{"default": "x"}, {"transform": ["lower"]}])
def test_a_key_is_sent_as_it_is(members: dict[str, Any]) -> None:
    assert wrong(with_integration(mapping={"pairs": [KEY_PAIR | members]})) == [
        (
            "integrations[0].mapping.pairs[0]",
            "A key is sent exactly as it is: it takes no default and no transform.",
        )
    ]
