"""An org prepared while the network and the org itself fail: whatever is lost, it ends as if nothing had been."""

from __future__ import annotations

from typing import Any

import pytest

from disf_desktop.core.errors import AccessRefused, DisfError
from disf_desktop.core.preparation import PERMISSION_SET
from disf_desktop.core.preparation_errors import DeployFailed
from disf_desktop.core.preparation_events import ComponentFailed, PackageTold, PackageWish, PrepareWish
from tests.workspace.prepared import ALL, FIELDS, ORG, Bench, last, of, org_of

WITH_ALL = PrepareWish(install=(), users=("all",))
PACKAGE = "04t5g000000Made"
TRIAL, DEPLOY = 0, 1
"""How many deploys are asked for before."""


@pytest.fixture(scope="module")
def prepared(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Hold the org as it is after a preparation that nothing disturbs."""
    return {}


def wanted(bench: Bench, prepared: dict[str, Any]) -> dict[str, Any]:
    if not prepared:
        bench.prepare(WITH_ALL)
        prepared.update(org_of(bench.setup))
        bench.simulator.clean()
    return prepared


def until_done(bench: Bench, wish: PrepareWish) -> int:
    """Prepare, and again where that failed: by what is remembered, else by the same wish. Give how often it failed."""
    for failures in range(4):
        begun = bench.workspace.begun_in(ORG)
        try:
            bench.prepare(PrepareWish(go_on=True) if begun is not None and begun.goes_on else wish)
        except DisfError:
            continue
        return failures
    raise AssertionError("it comes to no end")


@pytest.mark.parametrize(
    ("fault", "after"),
    [
        ("reset_before", TRIAL),
        ("error_after_apply", TRIAL),
        ("reset_before", DEPLOY),
        ("reset_after_apply", DEPLOY),
        ("html", DEPLOY),
        ("apply_later", DEPLOY),
        ("duplicate_delivery", DEPLOY),
    ],
)
def test_a_deploy_whose_answer_or_whose_request_is_lost_leaves_one_of_everything(
    bench: Bench, prepared: dict[str, Any], fault: str, after: int
) -> None:
    whole = wanted(bench, prepared)
    bench.simulator.fault(fault, "deploy", after=after, seconds=0.2)
    until_done(bench, WITH_ALL)
    assert org_of(bench.setup) == whole
    names = [(each["object"], each["name"]) for each in bench.setup["fields"]]
    assert len(names) == len(set(names))
    assert [each["name"] for each in bench.setup["permission_sets"]].count(PERMISSION_SET) == 1
    assert last(bench.prepare(WITH_ALL)).changed == 0
    assert bench.workspace.begun_in(ORG) is None


@pytest.mark.parametrize("fault", ["reset_after_apply", "error_after_apply", "truncated"])
def test_no_second_deploy_is_begun_beside_one_whose_answer_was_lost(bench: Bench, fault: str) -> None:
    bench.arrange(deploy={"seconds": 0.5})
    bench.simulator.fault(fault, "deploy", after=1)
    assert last(bench.prepare(ALL)).is_complete
    assert bench.deploys() == [True, False]
    bench.arrange(deploy={"seconds": 0})


def test_the_second_deploy_of_a_removal_is_not_taken_for_the_first_when_its_request_is_lost(bench: Bench) -> None:
    bench.prepare(ALL)
    bench.simulator.control("clock", {"advance_s": 60})
    bench.simulator.fault("reset_before", "deploy", after=3)
    bench.failing(PrepareWish(remove=(), confirm="Rehearsal org"), DisfError)
    assert bench.permission_set() is not None
    bench.prepare(PrepareWish(remove=(), confirm="Rehearsal org"))
    assert bench.permission_set() is None


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        ("deploy_status", "reset_before"),
        ("collections_create", "reset_after_apply"),
        ("collections_create", "error_after_apply"),
        ("collections_create", "duplicate_delivery"),
    ],
)
def test_what_follows_a_deploy_may_fail_too(bench: Bench, prepared: dict[str, Any], call: str, fault: str) -> None:
    whole = wanted(bench, prepared)
    bench.simulator.fault(fault, call)
    until_done(bench, WITH_ALL)
    assert org_of(bench.setup) == whole


@pytest.mark.parametrize(
    ("taken", "reason", "named"),
    [
        (("ModifyMetadata", "ModifyAllData"), "right_deploy", "“Modify Metadata Through Metadata API Functions”"),
        (("CustomizeApplication",), "right_deploy", "“Customize Application”"),
        (("AssignPermissionSets", "ManageUsers"), "right_assign", "“Assign Permission Sets”"),
        (("ViewSetup",), "right_look", "“View Setup and Configuration”"),
        (("InstallPackaging",), "right_package", "“Download AppExchange Packages”"),
    ],
)
def test_each_right_that_is_missing_is_named_with_who_can_give_it(
    bench: Bench, taken: tuple[str, ...], reason: str, named: str
) -> None:
    bench.arrange(packages=[{"key": PACKAGE, "name": "Dialog Insight", "version": "1.4.0"}])
    bench.arrange(rights=dict.fromkeys(taken, False))
    wish = PrepareWish(install=(), package=PackageWish(PACKAGE, approve_domains=True))
    _, error = bench.failing(wish, DisfError)
    assert error.reason == reason
    assert named in f"{error.message} {error.what_to_do}"
    assert "administrator" in error.what_to_do
    if reason != "right_package":
        assert bench.setup["packages"]["installed"] == []


def test_one_right_of_two_is_enough_where_salesforce_asks_for_either(bench: Bench) -> None:
    bench.arrange(rights={"ModifyAllData": False, "ManageUsers": False})
    assert last(bench.prepare(ALL)).is_complete


@pytest.mark.parametrize("limit", ["external_ids", "custom_fields"])
def test_a_limit_that_is_reached_is_told_and_leaves_the_org_as_it_was(bench: Bench, limit: str) -> None:
    before = org_of(bench.setup)
    bench.arrange(limits={limit: 1})
    events, error = bench.failing(ALL, DeployFailed)
    reasons = {each.reason for each in of(events, ComponentFailed)}
    assert {"external_ids": "limit_external_ids", "custom_fields": "limit_fields"}[limit] in reasons
    assert "administrator" in error.what_to_do
    assert org_of(bench.setup) == before


def test_a_package_with_a_name_conflict_installs_nothing_even_if_it_is_asked_for_twice(bench: Bench) -> None:
    bench.arrange(packages=[{"key": PACKAGE, "name": "Dialog Insight", "version": "1.4.0"}])
    bench.arrange(packages=[{"key": PACKAGE, "components": ["PermissionSet Dialog_Insight_Sync"]}])
    bench.prepare(ALL)
    before = bench.setup
    bench.simulator.fault("duplicate_delivery", "package_install")
    _, error = bench.failing(PrepareWish(package=PackageWish(PACKAGE, approve_domains=True)), DisfError)
    assert error.reason == "name_conflict"
    assert bench.setup == before


def test_a_package_whose_request_is_delivered_twice_is_installed_once_and_told_so(bench: Bench) -> None:
    bench.arrange(packages=[{"key": PACKAGE, "name": "Dialog Insight", "version": "1.4.0"}], deploy={"seconds": 0.2})
    bench.simulator.fault("duplicate_delivery", "package_install")
    events = bench.prepare(PrepareWish(package=PackageWish(PACKAGE, approve_domains=True)))
    assert [each.state for each in of(events, PackageTold)] == ["absent", "installed"]
    assert [each["key"] for each in bench.setup["packages"]["installed"]] == [PACKAGE]
    bench.arrange(deploy={"seconds": 0})


def test_a_package_whose_request_is_lost_is_installed_once(bench: Bench) -> None:
    bench.arrange(packages=[{"key": PACKAGE, "name": "Dialog Insight", "version": "1.4.0"}])
    bench.simulator.fault("reset_before", "package_install")
    wish = PrepareWish(package=PackageWish(PACKAGE, approve_domains=True))
    assert until_done(bench, wish) == 1
    assert [each["key"] for each in bench.setup["packages"]["installed"]] == [PACKAGE]


def test_who_loses_the_right_between_the_trial_and_the_deploy_is_told_and_can_go_on_once_it_is_back(
    bench: Bench,
) -> None:
    events = bench.workspace.prepare(ORG, ALL)
    for _ in events:
        if bench.deploys() == [True] and bench.setup["deploys"][0]["done"]:
            break
    bench.arrange(rights={"ModifyMetadata": False, "ModifyAllData": False})
    with pytest.raises(AccessRefused):
        list(events)
    assert all(bench.field(name) is None for name in FIELDS)
    bench.arrange(rights={"ModifyMetadata": True, "ModifyAllData": True})
    assert last(bench.prepare(ALL)).is_complete
