"""The workspace's verbs that the window calls itself, against the running simulator."""

from __future__ import annotations

import pytest

from disf_desktop.core.errors import AuthorizationNeeded, ServiceUnavailable
from disf_desktop.core.schema import CONTACT_LIST, FieldType
from disf_desktop.workspace import Places, Workspace
from tests.cli.conftest import Desk


@pytest.fixture
def workspace(disf: Desk) -> Workspace:
    return Workspace(disf.file, Places(disf.profile, disf.secrets))


def test_a_test_of_salesforce_tells_who_we_are_there(workspace: Workspace, disf: Desk) -> None:
    facts = workspace.test("salesforce-demo")
    assert facts.user == disf.ready["username"]
    assert facts.org
    assert facts.edition
    assert float(facts.api_version) >= 60
    assert facts.calls_allowed is not None
    assert facts.calls_used is not None
    assert facts.calls_used < facts.calls_allowed


def test_a_test_of_dialog_insight_lists_its_projects(workspace: Workspace, disf: Desk) -> None:
    listed = {project.name: project.id for project in workspace.test("dialog-insight-demo").projects}
    assert listed == disf.ready["projects"]


def test_schemas_are_read_live(workspace: Workspace) -> None:
    contact = workspace.salesforce_schema("salesforce-demo", "Contact", ("Account.Name",))
    assert contact.fields["Birthdate"].type is FieldType.DATE
    assert "Account.Name" in contact.fields
    newsletter = workspace.project.destination("newsletter")
    assert newsletter is not None
    people = workspace.fields_of(newsletter, CONTACT_LIST)
    assert people.key == ("SalesforceID",)
    orders = workspace.fields_of(newsletter, "ORDERS")
    assert orders.fields["idContact"].type is FieldType.CONTACT


def test_a_disconnected_service_has_forgotten_us_and_so_have_we(workspace: Workspace, disf: Desk) -> None:
    for connection in ("salesforce-demo", "dialog-insight-demo"):
        assert workspace.is_authorized(connection)
        workspace.disconnect(connection)
        assert not workspace.is_authorized(connection)
        with pytest.raises(AuthorizationNeeded):
            workspace.test(connection)
    disf.write_secrets(refresh_token=disf.ready["refresh_token"], key=disf.ready["key"])
    with pytest.raises(AuthorizationNeeded):
        workspace.test("salesforce-demo")  # the token itself was revoked
    assert workspace.test("dialog-insight-demo").projects  # a key can only be forgotten here


def test_a_secret_is_forgotten_here_even_where_the_service_does_not_answer(workspace: Workspace, disf: Desk) -> None:
    disf.fault("unavailable", "revoke", "salesforce", times=None)
    with pytest.raises(ServiceUnavailable):
        workspace.disconnect("salesforce-demo")
    assert not workspace.is_authorized("salesforce-demo")
