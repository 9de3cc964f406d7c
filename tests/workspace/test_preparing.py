"""An org prepared through the workspace, over the simulator, whose set-up its side door shows."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
import yaml

from disf_desktop.core.errors import AccessRefused, LedgerIsBusy, ServiceUnavailable, Stopped
from disf_desktop.core.events import Notice, Progress
from disf_desktop.core.preparation import PERMISSION_SET, ComponentState
from disf_desktop.core.preparation_errors import DeployFailed, NotAsked, PackageRefused
from disf_desktop.core.preparation_events import (
    AccessGiven,
    ComponentFailed,
    ComponentInstalled,
    ComponentRemoved,
    ComponentTold,
    PackageTold,
    PackageWish,
    PrepareFinished,
    PrepareWish,
)
from disf_desktop.core.preparation_fit import Conflict
from disf_desktop.core.preparation_wanted import Purpose
from disf_desktop.storage.lock import RunLock
from tests.workspace.prepared import ALL, FIELDS, ORG, Bench, granted, last, of

PACKAGE = "04t5g000000Made"
LINK = f"https://login.salesforce.com/packaging/installPackage.apexp?p0={PACKAGE}"


# Looking


def test_what_is_missing_is_told_and_nothing_is_changed(bench: Bench) -> None:
    before = bench.setup
    events = bench.prepare()
    told = {each.component.name: each.component.state for each in of(events, ComponentTold)}
    assert told == dict.fromkeys([*FIELDS, PERMISSION_SET], ComponentState.MISSING)
    assert last(events) == PrepareFinished(0, len(FIELDS) + 1, 0, 0)
    assert bench.setup == before


def test_who_may_not_look_at_the_set_up_is_shown_what_is_visible_and_told_which_right_shows_the_rest(
    bench: Bench,
) -> None:
    newsletter = {"object": "Contact", "name": "My_Optin_Newsletter__c", "type": "Checkbox", "defaultValue": "false"}
    wrong = {"object": "Contact", "name": "My_Optin_Promotions__c", "type": "Date"}
    hidden = {"object": "Contact", "name": "Birth_Day__c", "type": "Date", "visible": False}
    bench.arrange(rights={"ViewSetup": False}, fields=[newsletter, wrong, hidden])
    events = bench.prepare()
    [notice] = [each for each in of(events, Notice) if each.code == "right_look"]
    assert "“View Setup and Configuration”" in notice.message
    assert "administrator" in notice.what_to_do
    told = {each.component.name: (each.component.state, each.component.unsure) for each in of(events, ComponentTold)}
    assert told.pop("My_Optin_Newsletter__c") == (ComponentState.INSTALLED, False)
    assert told.pop("My_Optin_Promotions__c") == (ComponentState.CONFLICT, False)
    assert set(told.values()) == {(ComponentState.MISSING, True)}
    assert not last(events).is_complete


@pytest.mark.parametrize(
    ("taken", "told"),
    [
        ((), {}),
        (("CustomizeApplication",), {"right_deploy": "the right “Customize Application” is missing"}),
        (
            ("ModifyMetadata", "ModifyAllData"),
            {"right_deploy": "the right “Modify Metadata Through Metadata API Functions” is missing"},
        ),
        (("ModifyAllData", "ManageUsers"), {}),
        (
            ("CustomizeApplication", "AssignPermissionSets", "ManageUsers"),
            {"right_deploy": "“Customize Application” is", "right_assign": "“Assign Permission Sets” is missing"},
        ),
    ],
)
def test_a_look_tells_which_rights_an_installation_would_lack(
    bench: Bench, taken: tuple[str, ...], told: dict[str, str]
) -> None:
    bench.arrange(rights=dict.fromkeys(taken, False))
    notices = {each.code: each for each in of(bench.prepare(), Notice)}
    assert set(notices) == set(told)
    assert all(words in notices[code].message for code, words in told.items())
    assert all("administrator" in each.what_to_do for each in notices.values())


def test_who_lacks_rights_is_not_told_so_where_nothing_is_missing(bench: Bench) -> None:
    bench.prepare(ALL)
    bench.arrange(rights={"CustomizeApplication": False})
    assert not of(bench.prepare(), Notice)


@pytest.mark.parametrize("wish", [ALL, PrepareWish(users=("all",)), PrepareWish(remove=(), confirm="Rehearsal org")])
def test_who_may_not_look_at_the_set_up_changes_nothing(bench: Bench, wish: PrepareWish) -> None:
    bench.arrange(rights={"ViewSetup": False})
    before = bench.setup
    _, error = bench.failing(wish, AccessRefused)
    assert error.reason == "right_look"
    assert bench.setup == before


def test_a_user_who_may_not_look_at_the_set_up_but_sees_all_fields_lacks_nothing(bench: Bench) -> None:
    bench.prepare(ALL)
    bench.arrange(rights={"ViewSetup": False})
    assert last(bench.prepare()).is_complete


def test_what_pairs_need_is_not_guessed_where_dialog_insight_does_not_answer(bench: Bench) -> None:
    secrets = yaml.safe_load(bench.secrets.read_text(encoding="utf-8"))
    bench.secrets.write_text(yaml.safe_dump({**secrets, "dialog-insight-demo": {}}), encoding="utf-8")
    events = bench.prepare(ALL)
    assert {each.code for each in of(events, Notice)} == {"no_types"}
    assert bench.components()["Birth_Day__c"].conflict is Conflict.UNKNOWN_TYPE
    assert bench.field("Birth_Day__c") is None
    assert bench.field("My_Contact_Id__c") is not None


# Installing


def test_a_fresh_org_gets_all_that_is_missing_and_our_user_sees_it(bench: Bench) -> None:
    events = bench.prepare(ALL)
    assert last(events) == PrepareFinished(len(FIELDS) + 1, 0, 0, 0, changed=len(FIELDS) + 2)
    assert [each.id for each in of(events, ComponentInstalled)][-1] == PERMISSION_SET
    assert of(events, AccessGiven) == [AccessGiven(1, 0)]
    for name, wanted in FIELDS.items():
        made = bench.field(name)
        assert made is not None
        assert made["visible"]
        assert {k: str(made["metadata"].get(k)).lower() for k in wanted} == {k: v.lower() for k, v in wanted.items()}
        assert "Made by disf-desktop for project Rehearsal" in made["metadata"]["description"]
    words = bench.field("My_Optin_Promotions__c")
    assert words is not None
    assert [each["fullName"] for each in words["metadata"]["valueSet"]["valueSetDefinition"]["value"]] == ["Yes", "No"]
    assert bench.deploys() == [True, False]
    assert bench.workspace.check() == ()


def test_run_twice_the_second_does_nothing_and_makes_no_deploy(bench: Bench) -> None:
    bench.prepare(ALL)
    before = bench.setup
    events = bench.prepare(ALL)
    assert last(events) == PrepareFinished(len(FIELDS) + 1, 0, 0, 0)
    assert bench.setup == before
    assert not of(events, ComponentInstalled)


def test_a_component_in_conflict_is_left_as_it_was_byte_for_byte(bench: Bench) -> None:
    bench.arrange(
        fields=[
            {"object": "Contact", "name": "My_Optin_Newsletter__c", "type": "Text", "length": "40"},
            {"object": "Contact", "name": "My_Contact_Id__c", "type": "Text", "length": "64", "visible": False},
        ]
    )
    before = bench.field("My_Optin_Newsletter__c"), bench.field("My_Contact_Id__c")
    events = bench.prepare(ALL)
    assert (bench.field("My_Optin_Newsletter__c"), bench.field("My_Contact_Id__c")) == before
    assert last(events).conflicts == 2
    assert last(events).missing == 0
    conflicts = {name: each.conflict for name, each in bench.components().items() if each.conflict is not None}
    assert conflicts == {
        "My_Optin_Newsletter__c": Conflict.OTHER_TYPE,
        "My_Contact_Id__c": Conflict.NOT_EXTERNAL_ID,
    }
    access = bench.permission_set()
    assert access is not None
    assert not {"Contact.My_Optin_Newsletter__c", "Contact.My_Contact_Id__c"} & granted(access)


def test_a_hidden_field_is_granted_and_not_made_again(bench: Bench) -> None:
    bench.arrange(
        fields=[
            {
                "object": "Contact",
                "name": "My_Contact_Id__c",
                "type": "Text",
                "length": "50",
                "externalId": "true",
                "unique": "true",
                "visible": False,
            }
        ]
    )
    before = bench.field("My_Contact_Id__c")
    assert before is not None
    assert bench.components()["My_Contact_Id__c"].state is ComponentState.HIDDEN
    bench.prepare(ALL)
    after = bench.field("My_Contact_Id__c")
    assert after is not None
    assert (after["metadata"], after["id"]) == (before["metadata"], before["id"])
    assert after["visible"]
    assert bench.states() == {ComponentState.INSTALLED}


def test_one_component_is_installed_alone_with_its_access(bench: Bench) -> None:
    events = bench.prepare(PrepareWish(install=("Contact.My_Contact_Id__c",)))
    assert [each.id for each in of(events, ComponentInstalled)] == ["Contact.My_Contact_Id__c", PERMISSION_SET]
    assert bench.field("My_Optin_Newsletter__c") is None
    made = bench.field("My_Contact_Id__c")
    assert made is not None
    assert made["visible"]
    # The permission set grows with what is made later.
    bench.prepare(ALL)
    assert bench.states() == {ComponentState.INSTALLED}


def test_a_component_that_the_project_does_not_need_is_wrong_use(bench: Bench) -> None:
    _, error = bench.failing(PrepareWish(install=("Contact.Nothing__c",)), NotAsked)
    assert error.exit_code == 2
    assert bench.deploys() == []


def test_a_permission_set_of_somebody_else_is_left_alone(bench: Bench) -> None:
    bench.prepare(ALL)
    bench.simulator.control("reset", {})
    bench.simulator.http.post(
        f"{bench.simulator.ready['salesforce_url']}/services/data/v66.0/sobjects/PermissionSet",
        json={"Name": PERMISSION_SET, "Label": "Sales", "Description": "Of the sales team"},
        headers={"Authorization": f"Bearer {bench.simulator.ready['access_token']}"},
        timeout=10,
    ).raise_for_status()
    before = bench.permission_set()
    events = bench.prepare(ALL)
    assert bench.permission_set() == before
    assert bench.components()[PERMISSION_SET].conflict is Conflict.NOT_OURS
    assert last(events).hidden == len(FIELDS)


# Refusals


def test_a_user_without_rights_is_told_which_right_and_who_gives_it(bench: Bench) -> None:
    bench.arrange(rights={"ModifyMetadata": False, "ModifyAllData": False})
    _, error = bench.failing(ALL, AccessRefused)
    assert error.reason == "right_deploy"
    assert "“Modify Metadata Through Metadata API Functions”" in error.message
    assert "administrator" in error.what_to_do
    assert not bench.pending().exists()


def test_a_right_that_components_lack_is_told_for_each_of_them(bench: Bench) -> None:
    bench.arrange(rights={"CustomizeApplication": False})
    events, error = bench.failing(ALL, DeployFailed)
    assert {each.reason for each in of(events, ComponentFailed)} == {"right_deploy"}
    assert "“Customize Application”" in error.what_to_do
    assert bench.deploys() == [True]


def test_a_limit_is_told_of_the_component_that_meets_it_and_nothing_is_made(bench: Bench) -> None:
    bench.arrange(limits={"external_ids": 1})
    events, error = bench.failing(ALL, DeployFailed)
    failed = {each.id: each.reason for each in of(events, ComponentFailed)}
    assert failed["Contact.My_Contact_Id__c"] == "limit_external_ids"
    assert error.code == "deploy"
    assert bench.field("My_Optin_Newsletter__c") is None
    assert bench.deploys() == [True]


def test_a_locked_org_is_said_to_be_busy_and_can_be_prepared_later(bench: Bench) -> None:
    bench.arrange(deploy={"locked": True})
    _, error = bench.failing(ALL, ServiceUnavailable)
    assert error.reason == "deploy_locked"
    bench.arrange(deploy={"locked": False})
    assert last(bench.prepare(ALL)).is_complete


# Going on


def stopped_in(bench: Bench, trial: bool) -> str:
    """Stop an installation while a deploy is under way, and give the deploy's id."""
    events = bench.workspace.prepare(ORG, ALL)
    bench.arrange(deploy={"stall": True}) if trial else None
    for event in events:
        if isinstance(event, Progress) and bench.deploys()[-1] is trial:
            if not trial:
                bench.arrange(deploy={"stall": True})
            break
    with pytest.raises(Stopped):
        events.throw(Stopped("", ""))
    return str(json.loads(bench.pending().read_text(encoding="utf-8"))["id"])


@pytest.mark.parametrize("trial", [True, False])
def test_an_installation_that_was_cut_off_goes_on_with_the_same_deploy(bench: Bench, trial: bool) -> None:
    bench.arrange(deploy={"seconds": 0.2})
    under_way = stopped_in(bench, trial)
    assert under_way == bench.setup["deploys"][-1]["id"]
    looked = bench.prepare()
    assert "under_way" in {each.code for each in of(looked, Notice)}
    bench.arrange(deploy={"stall": False, "seconds": 0})
    events = bench.prepare(ALL)
    assert last(events).is_complete
    assert "under_way" not in {each.code for each in of(bench.prepare(), Notice)}
    assert bench.deploys() == ([True, True, False] if trial else [True, False])
    assert not bench.pending().exists()


def test_a_deploy_that_the_org_knows_no_more_is_begun_anew(bench: Bench) -> None:
    bench.arrange(deploy={"seconds": 0.2})
    stopped_in(bench, False)
    bench.simulator.control("reset", {})
    assert last(bench.prepare(ALL)).is_complete


def test_a_deploy_in_another_org_is_not_looked_for_here(bench: Bench) -> None:
    bench.pending().parent.mkdir(parents=True)
    other = {"kind": "deploy", "org_id": "00D" + "0" * 15, "at": "2026-01-01T00:00:00Z", "id": "0Af" + "0" * 15}
    bench.pending().write_text(json.dumps({**other, "components": []}), encoding="utf-8")
    assert last(bench.prepare(ALL)).is_complete


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff", b'{"kind":"nothing"}'])
def test_a_damaged_note_of_a_deploy_is_no_obstacle(bench: Bench, content: bytes) -> None:
    bench.pending().parent.mkdir(parents=True)
    bench.pending().write_bytes(content)
    assert last(bench.prepare()).missing == len(FIELDS) + 1


def test_a_lost_answer_to_a_deploy_leaves_the_org_prepared_once_it_is_asked_again(bench: Bench) -> None:
    bench.simulator.fault("reset_after_apply", "deploy", after=1, times=1)
    events = []
    try:
        events = bench.prepare(ALL)
    except ServiceUnavailable:
        events = bench.prepare(ALL)
    assert last(events).is_complete
    assert all(bench.field(name) is not None for name in FIELDS)


def test_a_stop_ends_a_wait_at_once_and_the_deploy_goes_on(bench: Bench) -> None:
    bench.arrange(deploy={"stall": True})
    stop = threading.Event()
    events = bench.workspace.prepare(ORG, ALL, stop=stop)
    for event in events:
        if isinstance(event, Progress):
            stop.set()
            break
    with pytest.raises(Stopped):
        list(events)
    assert bench.pending().exists()
    bench.arrange(deploy={"stall": False})


def test_two_preparations_of_one_file_do_not_go_on_beside_each_other(bench: Bench) -> None:
    with RunLock(bench.pending().parent / "prepare.lock"):
        _, error = bench.failing(ALL, LedgerIsBusy)
    assert "preparation" in error.message
    assert error.exit_code == 5


# Users


def user_ids(bench: Bench) -> set[str]:
    access = bench.permission_set()
    assert access is not None
    return set(access["assigned"])


def test_the_users_chosen_get_the_permission_set_and_our_own_always(bench: Bench) -> None:
    own = bench.simulator.ready["username"]
    events = bench.prepare(PrepareWish(install=(), users=(own, "all")))
    assert user_ids(bench)
    given = of(events, AccessGiven)
    assert given[0].given == len(user_ids(bench))
    again = bench.prepare(PrepareWish(users=("all",)))
    assert of(again, AccessGiven) == [AccessGiven(0, len(user_ids(bench)))]
    assert last(again).changed == 0


def test_a_user_who_is_nobody_stops_everything_before_it_begins(bench: Bench) -> None:
    _, error = bench.failing(PrepareWish(install=(), users=("nobody@example.org",)), NotAsked)
    assert "nobody@example.org" in error.message
    assert bench.deploys() == []


def test_nobody_is_given_what_is_not_there(bench: Bench) -> None:
    _, error = bench.failing(PrepareWish(users=("all",)), NotAsked)
    assert "--install" in error.what_to_do


def test_an_installation_that_was_cut_off_before_access_was_given_gives_it(bench: Bench) -> None:
    events = bench.workspace.prepare(ORG, ALL)
    for event in events:
        if isinstance(event, ComponentInstalled):
            break
    with pytest.raises(Stopped):
        events.throw(Stopped("", ""))
    assert user_ids(bench) == set()
    again = bench.prepare(ALL)
    assert last(again).is_complete
    assert bench.deploys() == [True, False]


def test_the_users_of_a_profile_can_be_chosen(bench: Bench) -> None:
    events = bench.prepare(PrepareWish(install=(), users=("profile:System Administrator",)))
    assert of(events, AccessGiven)
    _, error = bench.failing(PrepareWish(install=(), users=("profile:No Such Profile",)), NotAsked)
    assert "No Such Profile" in error.message


def test_the_right_to_give_a_permission_set_is_named_where_it_is_missing(bench: Bench) -> None:
    bench.arrange(rights={"AssignPermissionSets": False, "ManageUsers": False})
    _, error = bench.failing(ALL, AccessRefused)
    assert error.reason == "right_assign"
    assert "“Assign Permission Sets”" in error.message


# Removing


def test_nothing_is_removed_without_the_name_of_the_connection(bench: Bench) -> None:
    bench.prepare(ALL)
    before = bench.setup
    events, error = bench.failing(PrepareWish(remove=(), confirm="rehearsal org"), NotAsked)
    assert "“Rehearsal org”" in error.what_to_do
    assert {each.records for each in of(events, ComponentTold) if each.component.name in FIELDS} == {0}
    assert bench.setup == before


def test_what_we_made_is_removed_and_what_others_made_stays(bench: Bench) -> None:
    bench.arrange(
        fields=[{"object": "Contact", "name": "My_Optin_Newsletter__c", "type": "Checkbox", "defaultValue": "false"}]
    )
    before = bench.field("My_Optin_Newsletter__c")
    bench.prepare(ALL)
    events = bench.prepare(PrepareWish(remove=(), confirm="Rehearsal org"))
    removed = {each.id for each in of(events, ComponentRemoved)}
    assert removed == {*(f"Contact.{n}" for n in FIELDS if n != "My_Optin_Newsletter__c"), PERMISSION_SET}
    assert bench.field("My_Optin_Newsletter__c") == before
    assert bench.field("My_Contact_Id__c") is None
    assert bench.permission_set() is None


def test_the_values_that_a_removal_would_lose_are_counted(bench: Bench) -> None:
    bench.prepare(ALL)
    rid = bench.simulator.records("Contact")[0]["Id"]
    bench.simulator.http.patch(
        f"{bench.simulator.ready['salesforce_url']}/services/data/v66.0/sobjects/Contact/{rid}",
        json={"My_Contact_Id__c": "7:1", "My_Optin_Newsletter__c": True},
        headers={"Authorization": f"Bearer {bench.simulator.ready['access_token']}"},
        timeout=10,
    ).raise_for_status()
    events, _ = bench.failing(PrepareWish(remove=()), NotAsked)
    held = {each.component.name: each.records for each in of(events, ComponentTold)}
    assert (held["My_Contact_Id__c"], held["My_Optin_Newsletter__c"], held["Birth_Day__c"]) == (1, 1, 0)


def test_one_field_is_removed_and_the_permission_set_stays(bench: Bench) -> None:
    bench.prepare(ALL)
    bench.prepare(PrepareWish(remove=("Contact.Birth_Day__c",), confirm="Rehearsal org"))
    assert bench.field("Birth_Day__c") is None
    assert bench.permission_set() is not None
    assert bench.components()["Birth_Day__c"].state is ComponentState.MISSING


# What the file asks for no more


def without_birth_day(bench: Bench) -> None:
    told = bench.file.read_text(encoding="utf-8")
    bench.file.write_text(told.replace("source: Birth_Day__c", "source: Birthdate"), encoding="utf-8")
    bench.workspace.reload()


def test_a_field_that_we_made_and_the_file_asks_for_no_more_is_shown_and_can_be_removed(bench: Bench) -> None:
    bench.prepare(ALL)
    without_birth_day(bench)
    told = bench.components()["Birth_Day__c"]
    assert (told.purpose, told.state, told.made_by_us) == (Purpose.UNUSED, ComponentState.INSTALLED, True)
    assert last(bench.prepare(ALL)).changed == 0
    assert bench.field("Birth_Day__c") is not None
    asked, _ = bench.failing(PrepareWish(remove=("Contact.Birth_Day__c",)), NotAsked)
    assert {each.component.name: each.records for each in of(asked, ComponentTold)}["Birth_Day__c"] == 0
    bench.prepare(PrepareWish(remove=("Contact.Birth_Day__c",), confirm="Rehearsal org"))
    assert bench.field("Birth_Day__c") is None
    assert bench.field("My_Contact_Id__c") is not None
    assert "Birth_Day__c" not in bench.components()


def test_all_that_we_made_is_removed_with_what_is_in_use_no_more(bench: Bench) -> None:
    before = bench.setup["fields"], bench.setup["permission_sets"]
    bench.prepare(ALL)
    without_birth_day(bench)
    bench.prepare(PrepareWish(remove=(), confirm="Rehearsal org"))
    assert (bench.setup["fields"], bench.setup["permission_sets"]) == before


def test_nothing_is_asked_of_the_set_up_for_what_is_in_use_no_more_where_there_is_nothing(bench: Bench) -> None:
    bench.prepare(ALL)
    without_birth_day(bench)
    bench.simulator.control("requests", method="DELETE")
    bench.prepare()
    with_one = bench.simulator.requests()
    bench.prepare(PrepareWish(remove=("Contact.Birth_Day__c",), confirm="Rehearsal org"))
    bench.simulator.control("requests", method="DELETE")
    bench.prepare()
    without = bench.simulator.requests()
    # One definition is asked for by field.
    assert with_one.pop("tooling_query") - without.pop("tooling_query") == 1
    assert with_one == without


# The package


def offer(**more: Any) -> dict[str, Any]:
    return {"key": PACKAGE, "name": "Dialog Insight Integration", "version": "1.4.0", **more}


def test_a_package_is_installed_once_its_domains_are_approved(bench: Bench) -> None:
    bench.arrange(packages=[offer(sites=["https://app.example.com"])])
    waiting = bench.prepare(PrepareWish(package=PackageWish(LINK)))
    assert "approve_domains" in {each.code for each in of(waiting, Notice)}
    assert [each.domains for each in of(waiting, PackageTold)] == [("app.example.com",)]
    assert not last(waiting).is_complete
    assert bench.setup["packages"]["installed"] == []
    events = bench.prepare(PrepareWish(package=PackageWish(LINK, approve_domains=True)))
    [installed] = bench.setup["packages"]["installed"]
    assert (installed["security"], installed["sites"]) == ("Full", ["https://app.example.com"])
    assert [each.state for each in of(events, PackageTold)] == ["absent", "installed"]
    assert "two_integrations" in {each.code for each in of(events, Notice)}


def test_a_package_for_administrators_only_is_asked_for_as_that(bench: Bench) -> None:
    bench.arrange(packages=[offer()])
    bench.prepare(PrepareWish(package=PackageWish(PACKAGE, admins_only=True, approve_domains=True)))
    assert [each["security"] for each in bench.setup["packages"]["installed"]] == ["None"]


def test_a_package_that_is_there_already_is_not_asked_for_again(bench: Bench) -> None:
    bench.arrange(packages=[offer(installed=True)])
    bench.simulator.control("requests", method="DELETE")
    events = bench.prepare(PrepareWish(package=PackageWish(LINK, approve_domains=True)))
    assert [each.state for each in of(events, PackageTold)] == ["installed"]
    assert "package_install" not in bench.simulator.requests()
    assert [each.version for each in of(bench.prepare(), PackageTold)] == ["1.4.0.1"]


def test_a_name_conflict_installs_nothing(bench: Bench) -> None:
    bench.arrange(packages=[offer(components=["CustomField Contact.DI_Contact_Id__c"])])
    before = bench.setup
    _, error = bench.failing(PrepareWish(package=PackageWish(LINK, approve_domains=True)), PackageRefused)
    assert error.reason == "name_conflict"
    assert "DI_Contact_Id__c" in error.detail
    assert bench.setup == before
    assert not bench.pending().exists()


def test_an_older_unmanaged_package_has_to_be_uninstalled_first_and_what_is_lost_is_said(bench: Bench) -> None:
    older = {"key": "04t5g000000Oldr", "name": "Dialog Insight Integration", "version": "1.2.0", "installed": True}
    bench.arrange(packages=[older, offer()])
    bench.simulator.control("requests", method="DELETE")
    events, error = bench.failing(PrepareWish(package=PackageWish(LINK, approve_domains=True)), PackageRefused)
    assert error.reason == "uninstall_first"
    assert "DI Destination Projects" in error.message
    assert [each.state for each in of(events, PackageTold)] == ["uninstall_first"]
    assert "package_install" not in bench.simulator.requests()


def test_the_right_to_install_packages_is_named_where_it_is_missing(bench: Bench) -> None:
    bench.arrange(packages=[offer()], rights={"InstallPackaging": False})
    _, error = bench.failing(PrepareWish(package=PackageWish(LINK, approve_domains=True)), AccessRefused)
    assert error.reason == "right_package"
    assert "“Download AppExchange Packages”" in error.message


@pytest.mark.parametrize(("given", "reason"), [("", "password"), ("wrong", "password")])
def test_a_password_that_is_missing_or_wrong_is_said(bench: Bench, given: str, reason: str) -> None:
    bench.arrange(packages=[offer(password="right")])
    wish = PrepareWish(package=PackageWish(LINK, approve_domains=True, password=given))
    _, error = bench.failing(wish, PackageRefused)
    assert error.reason == reason
    bench.prepare(PrepareWish(package=PackageWish(LINK, approve_domains=True, password="right")))
    assert len(bench.setup["packages"]["installed"]) == 1


def test_a_package_that_does_not_exist_is_said(bench: Bench) -> None:
    _, error = bench.failing(PrepareWish(package=PackageWish(LINK, approve_domains=True)), PackageRefused)
    assert error.reason == "no_such_package"


@pytest.mark.parametrize("link", ["", "04tshort", "http://login.salesforce.com/?p0=" + PACKAGE, "https://example.org/"])
def test_what_is_no_link_of_a_package_is_wrong_use(bench: Bench, link: str) -> None:
    bench.failing(PrepareWish(package=PackageWish(link)), NotAsked)


def test_an_installation_that_was_cut_off_is_followed_and_not_asked_for_again(bench: Bench) -> None:
    bench.arrange(packages=[offer()], deploy={"stall": True})
    wish = PrepareWish(package=PackageWish(LINK, approve_domains=True))
    events = bench.workspace.prepare(ORG, wish)
    for event in events:
        if isinstance(event, Progress):
            break
    with pytest.raises(Stopped):
        events.throw(Stopped("", ""))
    bench.arrange(deploy={"stall": False})
    bench.simulator.control("requests", method="DELETE")
    bench.prepare(wish)
    assert "package_install" not in bench.simulator.requests()
    assert len(bench.setup["packages"]["installed"]) == 1
