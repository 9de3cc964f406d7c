"""What was asked of a preparation outlives it, and is brought to its end when the program goes on by itself."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from disf_desktop.core.errors import AccessRefused, ServiceUnavailable, Stopped
from disf_desktop.core.events import Notice, Progress
from disf_desktop.core.preparation import PERMISSION_SET
from disf_desktop.core.preparation_begun import Begun, Pending
from disf_desktop.core.preparation_errors import PackageRefused
from disf_desktop.core.preparation_events import (
    AccessGiven,
    ComponentInstalled,
    ComponentRemoved,
    Event,
    PackageTold,
    PackageWish,
    PrepareWish,
)
from tests.workspace.prepared import ALL, FIELDS, ORG, Bench, last, of, org_of

GO_ON = PrepareWish(go_on=True)
WITH_ALL = PrepareWish(install=(), users=("all",))
PACKAGE = "04t5g000000Made"
IDS = {*(f"Contact.{name}" for name in FIELDS), PERMISSION_SET}


@pytest.fixture(autouse=True)
def nothing_stalls(bench: Bench) -> Iterator[None]:
    yield
    bench.arrange(deploy={"stall": False, "seconds": 0})


def begun(bench: Bench) -> Pending:
    found = bench.workspace.begun_in(ORG)
    assert found is not None
    return found


def cut_off(bench: Bench, wish: PrepareWish, kind: Begun) -> None:
    """Stop a preparation while what it began of a kind is under way in the org, which does not end by itself."""
    bench.arrange(deploy={"stall": True})
    events = bench.workspace.prepare(ORG, wish)
    for event in events:
        if isinstance(event, Progress) and bench.workspace.begun_in(ORG) is not None:
            if begun(bench).kind is kind:
                break
            # One step more, and the next one stalls again.
            bench.arrange(deploy={"stall": False})
            until = time.monotonic() + 30
            while not all(each["done"] for each in bench.setup["deploys"]):
                assert time.monotonic() < until, "the deploy does not end"
                time.sleep(0.01)
            bench.arrange(deploy={"stall": True})
    with pytest.raises(Stopped):
        events.throw(Stopped("", ""))


def test_what_was_asked_is_remembered_with_what_was_begun_while_nobody_is_connected(bench: Bench) -> None:
    assert bench.workspace.begun_in(ORG) is None
    cut_off(bench, WITH_ALL, Begun.TRIAL)
    bench.secrets.write_text("{}", encoding="utf-8")
    bench.simulator.control("requests", method="DELETE")
    found = begun(bench)
    assert (found.kind, set(found.asked or ()), found.users) == (Begun.TRIAL, IDS, ("all",))
    assert set(found.components) == IDS
    assert found.goes_on
    assert bench.simulator.requests() == {}


@pytest.mark.parametrize("kind", [Begun.TRIAL, Begun.DEPLOY])
def test_going_on_ends_in_the_same_state_as_one_that_was_not_cut_off(bench: Bench, kind: Begun) -> None:
    bench.prepare(WITH_ALL)
    wanted = org_of(bench.setup)
    bench.simulator.control("reset", {})
    cut_off(bench, WITH_ALL, kind)
    bench.arrange(deploy={"stall": False})
    events = bench.prepare(GO_ON)
    assert last(events).is_complete
    assert of(events, AccessGiven)
    assert org_of(bench.setup) == wanted
    assert bench.deploys().count(False) == 1
    assert bench.workspace.begun_in(ORG) is None


def test_only_what_was_asked_for_is_gone_on_with(bench: Bench) -> None:
    cut_off(bench, PrepareWish(install=("Contact.My_Contact_Id__c",)), Begun.TRIAL)
    bench.arrange(deploy={"stall": False})
    bench.prepare(GO_ON)
    assert bench.field("My_Contact_Id__c") is not None
    assert bench.field("My_Optin_Newsletter__c") is None


def test_access_that_was_not_given_yet_is_given(bench: Bench) -> None:
    events = bench.workspace.prepare(ORG, WITH_ALL)
    for event in events:
        if isinstance(event, ComponentInstalled) and event.id == PERMISSION_SET:
            break
    with pytest.raises(Stopped):
        events.throw(Stopped("", ""))
    assert begun(bench).kind is Begun.ASKED
    assert "under_way" in {each.code for each in of(bench.prepare(), Notice)}
    went_on = bench.prepare(GO_ON)
    assert of(went_on, AccessGiven)[0].given > 1
    assert bench.deploys() == [True, False]
    assert bench.workspace.begun_in(ORG) is None


def test_access_that_was_asked_for_alone_is_given(bench: Bench) -> None:
    bench.prepare(ALL)
    events = bench.workspace.prepare(ORG, PrepareWish(users=("all",)))
    for event in events:
        if isinstance(event, Progress):
            break
    with pytest.raises(Stopped):
        events.throw(Stopped("", ""))
    assert (begun(bench).kind, begun(bench).asked, begun(bench).users) == (Begun.ASKED, None, ("all",))
    assert of(bench.prepare(GO_ON), AccessGiven)[0].given > 1


def test_a_user_who_left_in_between_is_told_of_and_stops_nothing(bench: Bench) -> None:
    cut_off(bench, WITH_ALL, Begun.TRIAL)
    bench.arrange(deploy={"stall": False})
    noted = json.loads(bench.pending().read_text(encoding="utf-8"))
    bench.pending().write_text(json.dumps({**noted, "users": ["gone@example.org", "all"]}), encoding="utf-8")
    events = bench.prepare(GO_ON)
    assert any("gone@example.org" in each.message for each in of(events, Notice) if each.code == "not_given")
    assert last(events).is_complete
    assert of(events, AccessGiven)[0].given > 1


def test_nothing_to_go_on_with_is_a_look(bench: Bench) -> None:
    before = bench.setup
    assert last(bench.prepare(GO_ON)).changed == 0
    assert bench.setup == before


def test_what_the_file_no_longer_asks_for_is_not_made(bench: Bench) -> None:
    cut_off(bench, ALL, Begun.TRIAL)
    bench.arrange(deploy={"stall": False})
    told = bench.file.read_text(encoding="utf-8")
    bench.file.write_text(told.replace("source: Birth_Day__c", "source: Birthdate"), encoding="utf-8")
    bench.workspace.reload()
    assert last(bench.prepare(GO_ON)).is_complete
    assert bench.field("Birth_Day__c") is None
    assert bench.field("My_Contact_Id__c") is not None


def test_what_was_refused_is_not_tried_again_by_itself(bench: Bench) -> None:
    bench.arrange(rights={"AssignPermissionSets": False, "ManageUsers": False})
    bench.failing(WITH_ALL, AccessRefused)
    assert bench.workspace.begun_in(ORG) is None


def test_what_a_busy_org_did_not_take_is_gone_on_with_later(bench: Bench) -> None:
    bench.arrange(deploy={"locked": True})
    bench.failing(WITH_ALL, ServiceUnavailable)
    assert set(begun(bench).asked or ()) == IDS
    bench.arrange(deploy={"locked": False})
    assert last(bench.prepare(GO_ON)).is_complete


def test_the_trial_of_a_removal_never_goes_on_unasked(bench: Bench) -> None:
    bench.prepare(ALL)
    before = org_of(bench.setup)
    cut_off(bench, PrepareWish(remove=(), confirm="Rehearsal org"), Begun.REMOVAL_TRIAL)
    assert not begun(bench).goes_on
    bench.arrange(deploy={"stall": False})
    events = bench.prepare(GO_ON)
    assert not of(events, ComponentRemoved)
    assert org_of(bench.setup) == before
    assert bench.workspace.begun_in(ORG) is None


def test_a_removal_that_was_under_way_is_followed_and_nothing_more_is_taken_away(bench: Bench) -> None:
    bench.prepare(ALL)
    cut_off(bench, PrepareWish(remove=(), confirm="Rehearsal org"), Begun.REMOVAL)
    bench.arrange(deploy={"stall": False})
    events = bench.prepare(GO_ON)
    assert {each.id for each in of(events, ComponentRemoved)} == {f"Contact.{name}" for name in FIELDS}
    assert bench.permission_set() is not None
    assert bench.deploys() == [True, False, True, False]


def test_a_removal_forgets_what_was_asked_for_before_it(bench: Bench) -> None:
    bench.prepare(ALL)
    events: Any = bench.workspace.prepare(ORG, PrepareWish(users=("all",)))
    for event in events:
        if isinstance(event, Progress):
            break
    events.close()
    cut_off(bench, PrepareWish(remove=("Contact.Birth_Day__c",), confirm="Rehearsal org"), Begun.REMOVAL_TRIAL)
    assert not begun(bench).goes_on


# A package


def package_cut_off(bench: Bench, **more: Any) -> None:
    bench.arrange(packages=[{"key": PACKAGE, "name": "Dialog Insight", "version": "1.4.0", **more}])
    cut_off(bench, PrepareWish(package=PackageWish(PACKAGE, approve_domains=True)), Begun.PACKAGE)
    bench.arrange(deploy={"stall": False})


def packages(bench: Bench) -> list[str]:
    return [each["key"] for each in bench.setup["packages"]["installed"]]


def test_an_installation_of_a_package_is_followed_to_its_end(bench: Bench) -> None:
    package_cut_off(bench)
    assert begun(bench).components == (PACKAGE,)
    events = bench.prepare(GO_ON)
    assert packages(bench) == [PACKAGE]
    assert [each.state for each in of(events, PackageTold)] == ["installed"]


def test_why_a_package_was_not_installed_is_said_when_it_is_gone_on_with(bench: Bench) -> None:
    package_cut_off(bench, components=["CustomField Contact.VIP__c"])
    _, error = bench.failing(GO_ON, PackageRefused)
    assert error.reason == "name_conflict"
    assert packages(bench) == []


def test_an_installation_whose_answer_was_lost_is_found_and_not_asked_for_again(bench: Bench) -> None:
    bench.arrange(packages=[{"key": PACKAGE, "name": "Dialog Insight", "version": "1.4.0"}])
    bench.simulator.fault("reset_after_apply", "package_install")
    bench.simulator.control("requests", method="DELETE")
    events: list[Event] = bench.prepare(PrepareWish(package=PackageWish(PACKAGE, approve_domains=True)))
    assert [each.state for each in of(events, PackageTold)] == ["absent", "installed"]
    assert packages(bench) == [PACKAGE]
    assert bench.simulator.requests()["package_install"] == 1
