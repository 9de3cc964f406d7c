"""Deploys and the set-up as the adapter sees them: against an org whose answers a test bends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from disf_desktop.core.errors import AccessRefused, LimitReached, ServiceUnavailable, UnexpectedAnswer
from disf_desktop.core.schema import FieldType
from disf_desktop.services.failures import ReplyLost
from disf_desktop.services.salesforce import metadata, packages, permission_sets, tooling
from disf_desktop.services.salesforce.setup_refusals import Doing, failed, why_refused
from disf_desktop.services.salesforce.wire import Wire
from disf_desktop.services.transport import Transport
from tests.services.transport_server import Act, Server, answer, hang_up, serving

BASE = "/services/data/v66.0"
DEPLOY = "0Af" + "0" * 15
FIELD = "00N" + "0" * 15


class Token:
    def __init__(self, url: str) -> None:
        self.instance_url = url

    def current(self) -> str:
        return "token"

    def refresh_once(self, stale: str) -> str:
        raise AssertionError("no test here lets a session end")


class NoSleep:
    def monotonic(self) -> float:
        return 0.0

    def sleep(self, seconds: float) -> None:
        pass


@contextmanager
def org(*acts: Act | str) -> Iterator[tuple[Server, Wire]]:
    with serving(*acts) as server:
        transport = Transport([server.url], timeout_s=5, clock=NoSleep())
        yield server, Wire(transport, Token(server.url), clock=NoSleep())
        transport.close()


def told(body: Any, status: int = 200) -> Act:
    return answer(status, json.dumps(body).encode(), "Content-Type: application/json")


def refused(code: str, message: str = "no", status: int = 400) -> Act:
    return told([{"errorCode": code, "message": message}], status)


def records(*rows: dict[str, Any], **more: Any) -> Act:
    return told({"totalSize": len(rows), "done": True, "records": list(rows), **more})


def asked(request: bytes) -> str:
    """Give the query of a request."""
    path = request.split(b" ", 2)[1].decode()
    return parse_qs(urlsplit(path).query).get("q", [""])[0]


# Deploys


def test_a_deploy_is_sent_as_the_guide_says() -> None:
    with org(told({"id": DEPLOY}, 201)) as (server, wire):
        assert metadata.begin(wire, BASE, b"PK-zip", check_only=True) == DEPLOY
    head, _, body = server.seen[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /services/data/v66.0/metadata/deployRequest ")
    kind = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"content-type"))
    parsed = BytesParser().parsebytes(kind + b"\r\n\r\n" + body)
    parts = {part.get_param("name", header="content-disposition"): part for part in parsed.get_payload()}  # type: ignore[union-attr]
    assert set(parts) == {"json", "file"}
    options = json.loads(parts["json"].get_payload(decode=True))["deployOptions"]  # type: ignore[arg-type,union-attr]
    assert parts["json"].get_content_type() == "application/json"  # type: ignore[union-attr]
    assert (options["checkOnly"], options["rollbackOnError"], options["singlePackage"]) == (True, True, True)
    assert not {"testLevel", "runTests"} & set(options), "a production org refuses to be told to run no tests"
    assert parts["file"].get_payload(decode=True) == b"PK-zip"  # type: ignore[union-attr]
    assert parts["file"].get_content_type() == "application/zip"  # type: ignore[union-attr]


def test_a_deploy_is_never_sent_twice() -> None:
    with org(hang_up, told({"id": DEPLOY}, 201)) as (server, wire):
        with pytest.raises(ReplyLost):
            metadata.begin(wire, BASE, b"zip", check_only=False)
        assert len(server.seen) == 1


@pytest.mark.parametrize("body", [{}, [], {"id": 3}, {"id": "../evil"}, {"id": ""}, None])
def test_an_answer_that_names_no_deploy_is_not_believed(body: Any) -> None:
    with org(told(body, 201)) as (_, wire), pytest.raises(UnexpectedAnswer):
        metadata.begin(wire, BASE, b"zip", check_only=False)


@pytest.mark.parametrize(
    ("act", "error", "reason"),
    [
        (refused("INSUFFICIENT_ACCESS", status=403), AccessRefused, "right_deploy"),
        (refused("ALREADY_IN_PROCESS"), ServiceUnavailable, "deploy_locked"),
        (refused("API_DISABLED_FOR_ORG", status=403), AccessRefused, "api_disabled"),
    ],
)
def test_a_refused_deploy_says_what_to_do(act: Act, error: type[Exception], reason: str) -> None:
    with org(act) as (_, wire), pytest.raises(error) as failure:
        metadata.begin(wire, BASE, b"zip", check_only=False)
    assert failure.value.reason == reason  # type: ignore[attr-defined]


def result(**more: Any) -> dict[str, Any]:
    known = {"id": DEPLOY, "done": True, "success": True, "status": "Succeeded", "numberComponentsTotal": 2}
    return {"id": DEPLOY, "deployResult": {**known, "numberComponentsDeployed": 2, **more}}


def test_a_deploy_that_ended_tells_each_failure() -> None:
    failure = {"componentType": "CustomField", "fullName": "Contact.X__c", "problem": "no", "success": False}
    body = result(success=False, status="Failed", details={"componentFailures": [failure]})
    with org(told(body)) as (_, wire):
        ended = metadata.status(wire, BASE, DEPLOY)
    assert ended is not None
    assert (ended.done, ended.success) == (True, False)
    assert ended.failures == (metadata.Failure("CustomField", "Contact.X__c", "no"),)


def test_a_single_failure_may_come_without_its_list() -> None:
    failure = {"componentType": "CustomField", "fullName": "Contact.X__c", "problem": "no"}
    with org(told(result(success=False, details={"componentFailures": failure}))) as (_, wire):
        ended = metadata.status(wire, BASE, DEPLOY)
    assert ended is not None
    assert [each.name for each in ended.failures] == ["Contact.X__c"]


def test_a_deploy_that_succeeded_in_part_did_not_succeed() -> None:
    with org(told(result(status="SucceededPartial"))) as (_, wire):
        ended = metadata.status(wire, BASE, DEPLOY)
    assert ended is not None
    assert not ended.success


@pytest.mark.parametrize("code", ["NOT_FOUND", "INVALID_CROSS_REFERENCE_KEY"])
def test_a_deploy_that_the_org_does_not_know_is_none(code: str) -> None:
    with org(refused(code, status=404)) as (_, wire):
        assert metadata.status(wire, BASE, DEPLOY) is None


@pytest.mark.parametrize("body", [{}, {"deployResult": []}, {"deployResult": {"done": "yes"}}, [1]])
def test_a_strange_answer_about_a_deploy_is_not_believed(body: Any) -> None:
    with org(told(body)) as (_, wire), pytest.raises(UnexpectedAnswer):
        metadata.status(wire, BASE, DEPLOY)


def test_a_deploy_whose_answer_was_lost_is_looked_for_among_our_own() -> None:
    since = datetime(2026, 11, 2, 14, 10, tzinfo=UTC)
    with org(records({"Id": DEPLOY})) as (server, wire):
        found = metadata.begun_since(wire, BASE, "005" + "0" * 15, since, check_only=False)
    assert found == [DEPLOY]
    soql = asked(server.seen[0])
    assert "/tooling/query" in server.seen[0].decode()
    assert f"CreatedById = '005{'0' * 15}'" in soql
    assert "CheckOnly = false" in soql
    assert "CreatedDate >= 2026-11-02T14:10:00Z" in soql


@pytest.mark.parametrize("act", [records(), refused("INVALID_TYPE"), refused("INSUFFICIENT_ACCESS", status=403)])
def test_where_the_org_does_not_tell_of_deploys_none_is_found(act: Act) -> None:
    with org(act) as (_, wire):
        found = metadata.begun_since(wire, BASE, "005" + "0" * 15, datetime.now(UTC), check_only=True)
    assert found == []


# Fields of the set-up


def field_row(**more: Any) -> dict[str, Any]:
    known = {"Id": FIELD, "DeveloperName": "X", "TableEnumOrId": "Contact", "NamespacePrefix": None}
    return {**known, "ManageableState": "unmanaged", **more}


def definition(name: str, **more: Any) -> dict[str, Any]:
    return {"Id": FIELD, "FullName": name, "Metadata": {"type": "Text", "label": "X", "length": 64, **more}}


def test_a_field_of_another_object_with_the_same_name_is_not_taken_for_ours() -> None:
    rows = records(field_row(TableEnumOrId="Lead"), field_row(TableEnumOrId="01I" + "0" * 15))
    with org(rows, records(definition("Order__c.X__c"))) as (server, wire):
        assert tooling.fields_there(wire, BASE, [("Contact", "X__c")]) == ()
    # Whose the second one is, only its full name says.
    assert len(server.seen) == 2


def test_a_field_of_an_object_of_the_customer_is_found_by_its_full_name() -> None:
    rows = records(field_row(TableEnumOrId="01I" + "0" * 15))
    with org(rows, records(definition("Order__c.X__c", description="Ours", externalId=True))) as (_, wire):
        [found] = tooling.fields_there(wire, BASE, [("order__c", "x__c")])
    assert (found.sobject, found.field.name, found.description) == ("Order__c", "X__c", "Ours")
    assert (found.field.type, found.field.length, found.field.external_id) == (FieldType.TEXT, 64, True)


def test_a_formula_an_automatic_number_and_a_list_are_read_from_their_definitions() -> None:
    assert tooling.field_of("F__c", {"type": "Text", "formula": "Name"}).calculated
    assert tooling.field_of("N__c", {"type": "AutoNumber"}).calculated
    values = [{"fullName": "Yes"}, {"fullName": "No", "isActive": False}, {"label": "Maybe"}, "rubbish"]
    told = {"type": "Picklist", "valueSet": {"restricted": True, "valueSetDefinition": {"value": values}}}
    found = tooling.field_of("P__c", told)
    assert (found.choices, found.restricted) == (("Yes", "Maybe"), True)
    assert tooling.field_of("G__c", {"type": "Picklist", "valueSet": {"valueSetName": "Shared"}}).restricted is False
    assert tooling.field_of("S__c", {"type": "Location"}).type is FieldType.UNSUPPORTED


def test_a_field_of_a_package_is_told_from_ours() -> None:
    rows = records(field_row(NamespacePrefix="other", ManageableState="installed"))
    with org(rows, records(definition("Contact.other__X__c"))) as (_, wire):
        [found] = tooling.fields_there(wire, BASE, [("Contact", "other__X__c")])
    assert found.managed


def test_no_name_of_a_project_file_can_write_its_own_query() -> None:
    with org(records()) as (server, wire):
        tooling.fields_there(wire, BASE, [("Contact", "X') OR Id != null OR DeveloperName IN ('Y__c"), ("A", "Ok__c")])
    assert asked(server.seen[0]).endswith("WHERE DeveloperName IN ('Ok')")


@pytest.mark.parametrize("body", [{"records": 3}, {}, [1], {"records": ["x"]}])
def test_a_strange_answer_of_the_set_up_is_not_believed(body: Any) -> None:
    with org(told(body)) as (_, wire), pytest.raises(UnexpectedAnswer):
        tooling.tooling_rows(wire, BASE, "SELECT Id FROM CustomField")


def test_pages_of_the_set_up_are_followed_on_the_same_host_only() -> None:
    more = records({"Id": "1"}, done=False, nextRecordsUrl="/services/data/v66.0/tooling/query/01g-2000")
    with org(more, records({"Id": "2"})) as (_, wire):
        assert len(tooling.tooling_rows(wire, BASE, "SELECT Id FROM CustomField")) == 2
    elsewhere = records({"Id": "1"}, done=False, nextRecordsUrl="https://example.org/")
    with org(elsewhere) as (_, wire):
        assert len(tooling.tooling_rows(wire, BASE, "SELECT Id FROM CustomField")) == 1


@pytest.mark.parametrize("act", [refused("INVALID_FIELD"), refused("MALFORMED_QUERY"), told({"totalSize": "many"})])
def test_what_cannot_be_counted_is_not_known(act: Act) -> None:
    with org(act) as (_, wire):
        assert tooling.count(wire, BASE, "SELECT COUNT() FROM Contact WHERE X__c != null") is None


# Permission sets and users


def test_a_user_for_whom_the_licence_does_not_allow_it_is_left_out() -> None:
    user = permission_sets.User("005" + "0" * 15, "ann@example.org")
    with org(refused("FIELD_INTEGRITY_EXCEPTION", "ann@example.org has the wrong licence")) as (_, wire):
        [not_given] = permission_sets.give(wire, BASE, "0PS" + "0" * 15, [user])
    assert not_given.user is user
    assert "ann@example.org" not in not_given.detail


def test_many_users_are_given_it_in_one_call_and_each_is_told_of() -> None:
    users = [permission_sets.User(f"005{n:015}", f"u{n}@example.org") for n in range(3)]
    done = {"id": "0Pa", "success": True, "errors": []}
    had = {"success": False, "errors": [{"statusCode": "DUPLICATE_VALUE", "message": "there"}]}
    no = {"success": False, "errors": [{"statusCode": "LICENSE_LIMIT_EXCEEDED", "message": "none left"}]}
    with org(told([done, had, no])) as (server, wire):
        not_given = permission_sets.give(wire, BASE, "0PS" + "0" * 15, users)
    assert [each.user for each in not_given] == users[2:]
    sent = json.loads(server.seen[0].partition(b"\r\n\r\n")[2])
    assert [each["AssigneeId"] for each in sent["records"]] == [user.id for user in users]
    assert sent["allOrNone"] is False


@pytest.mark.parametrize("body", [[], {}, [{"success": True}]])
def test_an_answer_that_does_not_tell_of_each_user_is_not_believed(body: Any) -> None:
    users = [permission_sets.User(f"005{n:015}", "") for n in range(2)]
    with org(told(body)) as (_, wire), pytest.raises(UnexpectedAnswer):
        permission_sets.give(wire, BASE, "0PS" + "0" * 15, users)


def test_a_right_that_is_missing_for_one_is_missing_for_all() -> None:
    users = [permission_sets.User(f"005{n:015}", "") for n in range(2)]
    no = {"success": False, "errors": [{"statusCode": "INSUFFICIENT_ACCESS_OR_READONLY", "message": "no"}]}
    with org(told([no, no])) as (_, wire), pytest.raises(AccessRefused) as failure:
        permission_sets.give(wire, BASE, "0PS" + "0" * 15, users)
    assert failure.value.reason == "right_assign"


def test_a_user_who_has_it_already_is_no_error() -> None:
    user = permission_sets.User("005" + "0" * 15, "ann@example.org")
    with org(refused("DUPLICATE_VALUE")) as (_, wire):
        assert permission_sets.give(wire, BASE, "0PS" + "0" * 15, [user]) == []


def test_a_user_name_is_quoted_in_a_query() -> None:
    with org(records()) as (server, wire):
        assert permission_sets.users_named(wire, BASE, ["x' OR Name != '"]) == {"x' OR Name != '": []}
    assert asked(server.seen[0]).endswith(r"Username = 'x\' OR Name != \''")


# Packages


def test_what_a_version_asks_for_is_told_where_the_org_tells_it() -> None:
    version = {"Id": "04t" + "0" * 15, "Name": "Dialog Insight", "MajorVersion": 1, "MinorVersion": 4}
    sites = {
        "RemoteSiteSettings": {"settings": [{"url": "https://app.example.com"}, {"url": "https://app.example.com/x"}]},
        "CspTrustedSites": {"settings": [{"endpointUrl": "https://cdn.example.com"}]},
    }
    with org(records(version), records({"Id": "04t", **sites})) as (_, wire):
        told = packages.version_told(wire, BASE, "04t" + "0" * 15)
    assert told.domains == ("app.example.com", "cdn.example.com")
    assert told.version == (1, 4, 0, 0)


def test_where_the_org_tells_nothing_of_a_version_nothing_is_made_up() -> None:
    with org(refused("INVALID_TYPE"), refused("INVALID_FIELD")) as (_, wire):
        told = packages.version_told(wire, BASE, "04t" + "0" * 15)
    assert (told.domains, told.version, told.name) == (None, None, "")


def test_an_installation_blocks_on_a_name_that_is_taken_and_approves_only_what_is_said() -> None:
    with org(told({"id": "0Hf" + "0" * 15, "success": True, "errors": []}, 201)) as (server, wire):
        packages.begin_installation(wire, BASE, "04t" + "0" * 15, admins_only=False, approve_domains=False)
    sent = json.loads(server.seen[0].partition(b"\r\n\r\n")[2])
    assert sent == {
        "SubscriberPackageVersionKey": "04t" + "0" * 15,
        "NameConflictResolution": "Block",
        "SecurityType": "Full",
        "EnableRss": False,
    }


# What refusals mean


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        ("Cannot change type due to existing data", "other_type"),
        ("The maximum number of external ID fields (25) has been reached", "limit_external_ids"),
        ("The maximum number of custom fields (800) has been reached for this object", "limit_fields"),
        ("insufficient access rights on object id", "right_deploy"),
        ("This custom field is referenced elsewhere in salesforce.com", "in_use"),
        ("There is already a field named X on Contact.", "exists"),
        ("duplicate value found", "exists"),
        ("Something nobody has seen yet", "refused"),
    ],
)
def test_what_a_refused_component_means_is_said(problem: str, reason: str) -> None:
    why = why_refused(problem)
    assert why.reason == reason
    assert why.message
    assert why.what_to_do


@pytest.mark.parametrize(
    ("code", "message", "error"),
    [
        ("ALREADY_IN_PROCESS", "locked", ServiceUnavailable),
        ("INSUFFICIENT_ACCESS", "", AccessRefused),
        ("LIMIT_EXCEEDED", "too many", LimitReached),
        ("UNKNOWN_EXCEPTION", "an unexpected error", ServiceUnavailable),
    ],
)
def test_what_a_deploy_that_failed_as_a_whole_means(code: str, message: str, error: type[Exception]) -> None:
    found = failed(code, message, Doing.DEPLOYING)
    assert type(found) is error
    assert code in found.detail


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("An older version (1.2) of the unmanaged package is installed. Uninstall it first.", "uninstall_first"),
        ("Duplicate Name: The name is already used on component type: Custom Field", "name_conflict"),
        ("The package requires a valid password", "password"),
        ("The package version 04t is not available: it does not exist, or you may not have access", "no_such_package"),
        ("You must have the Download AppExchange Packages permission", "right_package"),
        ("This package exceeds the limits of your edition", "limit"),
        ("Nobody knows", "package_failed"),
    ],
)
def test_why_a_package_was_not_installed_is_said(said: str, reason: str) -> None:
    assert packages.why_not_installed((said,))[0] == reason
