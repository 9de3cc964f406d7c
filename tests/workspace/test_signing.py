"""The verbs on connections, against the simulator: what they ask, what they keep, what they refuse."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from disf_desktop.core.errors import AccessRefused, AuthorizationNeeded, ServiceUnavailable, Stopped
from disf_desktop.services.sign_in import PORTS
from disf_desktop.workspace import Places, Workspace
from disf_desktop.workspace.sign_in import AddressNotTaken, OpenBrowser, SignedIn, Waiting
from disf_desktop.workspace.signing import KeyElsewhere
from tests.services.salesforce_simulator import Simulator, running

ROOT = "/webservices/ofc4/"


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with running(tmp_path_factory.mktemp("simulator"), records=20) as simulator:
        yield simulator


@pytest.fixture
def workspace(simulator: Simulator, tmp_path: Path) -> Workspace:
    simulator.clean()
    path = tmp_path / "essai.disf.yaml"
    content: dict[str, Any] = {
        "version": 1,
        "id": "0f3f1c1e-signing",
        "name": "Essai",
        "connections": [
            {
                "id": "org",
                "kind": "salesforce",
                "name": "Org",
                "login_url": simulator.ready["salesforce_url"],
                "client_id": simulator.ready["client_id"],
            },
            {
                "id": "di",
                "kind": "dialog_insight",
                "name": "Compte",
                "root_url": simulator.ready["dialog_insight_url"] + ROOT,
                "id_key": simulator.ready["id_key"],
            },
        ],
    }
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    secrets = tmp_path / "secrets.yaml"
    secrets.touch(mode=0o600)
    kept = {"org": {"refresh_token": simulator.ready["refresh_token"]}, "di": {"key": simulator.ready["key"]}}
    secrets.write_text(yaml.safe_dump(kept), encoding="utf-8")
    return Workspace(path, Places(tmp_path / "profile", secrets), unfinished=True)


def returned_address(simulator: Simulator, url: str) -> str:
    """Sign in and allow the access as a person does, and give the address at which the browser ends."""
    with requests.Session() as browser:
        page = browser.get(url, timeout=10)
        action = simulator.ready["salesforce_url"] + "/services/oauth2/authorize"
        for more in ({k: simulator.ready[k] for k in ("username", "password")}, {"answer": "allow"}):
            form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
            page = browser.post(action, data={**form, **more}, timeout=10, allow_redirects=False)
        return str(page.headers["Location"])


def test_a_sign_in_ends_with_the_pasted_address_and_is_kept(simulator: Simulator, workspace: Workspace) -> None:
    workspace.disconnect("org")
    assert not workspace.is_authorized("org")
    sign_in = workspace.sign_in("org")
    steps = sign_in.steps()
    opened, waiting = next(steps), next(steps)
    assert isinstance(opened, OpenBrowser)
    assert isinstance(waiting, Waiting)
    address = returned_address(simulator, opened.url)
    for wrong, reason in (
        (opened.url, "not_returned"),
        (re.sub("state=[^&]+", "state=" + "x" * 43, address), "another_sign_in"),
        (address[: address.index("code=") + 2], "cut"),
    ):
        with pytest.raises(AddressNotTaken) as told:
            sign_in.paste(wrong)
        assert told.value.reason == reason
        assert told.value.what_to_do
        assert "state=" not in f"{told.value.args}{told.value.detail}"
    sign_in.paste(address)
    *_, last = steps
    assert isinstance(last, SignedIn)
    assert last.identity.username == simulator.ready["username"]
    assert workspace.is_authorized("org")
    assert workspace.test("org").user == simulator.ready["username"]


def test_a_sign_in_that_is_given_up_keeps_what_was_there(workspace: Workspace) -> None:
    sign_in = workspace.sign_in("org")
    steps = sign_in.steps()
    next(steps), next(steps)
    sign_in.give_up()
    with pytest.raises(Stopped):
        next(steps)
    assert workspace.test("org").user


def test_ports_that_others_hold_are_told_as_such(workspace: Workspace) -> None:
    with ExitStack() as stack:
        for port in PORTS:
            holder = stack.enter_context(socket.socket())
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            holder.bind(("127.0.0.1", port))
            holder.listen()
        with pytest.raises(ServiceUnavailable) as told:
            next(workspace.sign_in("org").steps())
    assert told.value.reason == "ports_busy"


def test_a_test_tells_the_org_its_kind_and_how_the_clocks_stand(workspace: Workspace) -> None:
    facts = workspace.test("org")
    assert facts.org_id.startswith("00D")
    assert facts.is_sandbox is False
    assert facts.calls_allowed is not None
    assert isinstance(facts.clock_ahead_s, int)


def test_counting_the_calls_asks_for_nothing_else(simulator: Simulator, workspace: Workspace) -> None:
    known = replace(workspace.test("org"), org="known already")
    simulator.control("requests", method="DELETE")
    again = workspace.count_calls("org", known)
    assert again.org == "known already"
    assert again.calls_used is not None
    assert known.calls_used is not None
    assert again.calls_used >= known.calls_used
    asked = simulator.requests()
    assert not {"query", "userinfo"} & {name.lower() for name in asked}
    assert sum(asked.values()) <= 3, asked


def test_an_ended_access_is_told_with_its_reason(simulator: Simulator, workspace: Workspace) -> None:
    simulator.fault("expired_token", "token")
    with pytest.raises(AuthorizationNeeded) as told:
        workspace.test("org")
    assert told.value.reason == "access_ended"


def test_a_refused_key_is_not_kept(workspace: Workspace) -> None:
    with pytest.raises((AccessRefused, AuthorizationNeeded)) as told:
        workspace.store_key("di", "no such key")
    assert told.value.reason == "key_refused"
    assert "no such key" not in f"{told.value.args}{told.value.detail}"
    assert workspace.test("di").projects, "the key from before is still kept"
    with pytest.raises(AuthorizationNeeded) as empty:
        workspace.store_key("di", "  ")
    assert empty.value.reason == "no_key"


def test_a_good_key_is_kept_and_lists_its_projects(simulator: Simulator, workspace: Workspace) -> None:
    workspace.disconnect("di")
    with pytest.raises(AuthorizationNeeded) as told:
        workspace.test("di")
    assert told.value.reason == "no_key"
    workspace.store_key("di", f" {simulator.ready['key']}\n")
    assert workspace.test("di").projects


def test_a_key_of_the_other_platform_is_recognised_whether_it_is_given_or_kept(
    simulator: Simulator, workspace: Workspace
) -> None:
    # Both names lead to the same simulator; one of them refuses the next call, as for a key of the other platform.
    ours = simulator.ready["dialog_insight_url"] + ROOT
    there = ours.replace("ofc4", "OFC4")
    workspace.platforms = {"Canada": ours, "France": there}
    refused = {"fault": "forbidden", "service": "dialog_insight", "call": "Projects.List", "times": 1}
    simulator.control("faults", [refused])
    with pytest.raises(KeyElsewhere) as told:
        workspace.test("di")
    assert (told.value.platform, told.value.root_url) == ("France", there)
    assert told.value.reason == "key_elsewhere"
    workspace.disconnect("di")
    simulator.control("faults", [refused])
    with pytest.raises(KeyElsewhere):
        workspace.store_key("di", simulator.ready["key"])
    assert not workspace.is_authorized("di"), "a key is kept for the platform on which it is known"
