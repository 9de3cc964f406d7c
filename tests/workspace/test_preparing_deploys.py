"""What is remembered of a deploy, and how long one is followed."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from disf_desktop.core.errors import DisfError
from disf_desktop.core.preparation_begun import Begun, Pending
from disf_desktop.core.preparation_deploy import Deployment
from disf_desktop.core.preparation_errors import StillUnderWay
from disf_desktop.core.project import SalesforceConnection
from disf_desktop.services.salesforce import metadata_zip
from disf_desktop.services.salesforce.metadata import DeployStatus
from disf_desktop.services.salesforce.rest import SalesforceOrg
from disf_desktop.services.transport import Transport
from disf_desktop.workspace.preparing_deploys import Deploys, Following
from disf_desktop.workspace.preparing_file import PendingFile
from tests.services.salesforce_simulator import Access, Simulator, running
from tests.services.transport_server import Act, answer, hang_up, serving

ORG_ID = "00D" + "0" * 15
NOTHING = metadata_zip.installing(Deployment((), None, "", ""), "66.0")


class Hasty:
    """A clock on which each sleep takes ten minutes."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += 600


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with running(tmp_path_factory.mktemp("simulator"), records=5) as simulator:
        yield simulator


@pytest.fixture
def simulator(process: Simulator) -> Iterator[Simulator]:
    process.clean()
    yield process
    process.control("salesforce-setup", {"deploy": {"stall": False}})


@pytest.fixture
def file(tmp_path: Path) -> PendingFile:
    return PendingFile(tmp_path / "new" / "prepare-org.json")


@pytest.fixture
def deploys(simulator: Simulator, file: PendingFile, tmp_path: Path) -> Iterator[Deploys]:
    access = Access(simulator, tmp_path)
    yield Deploys(access.org, ORG_ID, "005" + "0" * 15, "org", file, Hasty())
    access.transport.close()


def test_what_was_begun_is_remembered_whole_and_forgotten(file: PendingFile) -> None:
    assert file.read() is None
    begun = Pending(Begun.DEPLOY, ORG_ID, "2026-11-02T14:10:00Z", "0Af" + "0" * 15, ("Contact.X__c",))
    file.write(begun)
    assert file.read() == begun
    file.forget()
    file.forget()
    assert file.read() is None


def test_a_deploy_that_does_not_end_is_remembered_and_no_longer_waited_for(
    simulator: Simulator, deploys: Deploys, file: PendingFile
) -> None:
    simulator.control("salesforce-setup", {"deploy": {"stall": True}})
    with pytest.raises(StillUnderWay):
        list(deploys.deploy(Begun.DEPLOY, NOTHING, ()))
    begun = deploys.pending()
    assert begun == file.read()
    assert begun is not None
    assert deploys.is_under_way(begun)
    simulator.control("salesforce-setup", {"deploy": {"stall": False}})
    until = time.monotonic() + 30
    while deploys.is_under_way(begun):
        assert time.monotonic() < until, "the deploy does not end"
        time.sleep(0.02)
    list(deploys.follow(begun))
    assert deploys.pending() is None


def test_a_deploy_that_was_refused_is_not_remembered(simulator: Simulator, deploys: Deploys, file: PendingFile) -> None:
    simulator.control("salesforce-setup", {"rights": {"ModifyMetadata": False, "ModifyAllData": False}})
    with pytest.raises(DisfError):
        list(deploys.deploy(Begun.TRIAL, NOTHING, ()))
    assert file.read() is None


def test_what_was_sent_and_never_answered_is_forgotten_where_the_org_does_not_tell_of_it(
    deploys: Deploys, file: PendingFile
) -> None:
    file.write(Pending(Begun.DEPLOY, ORG_ID, "2026-11-02T14:10:00Z"))
    assert deploys.pending() is None
    assert file.read() is None


class Token:
    def __init__(self, url: str) -> None:
        self.instance_url = url

    def current(self) -> str:
        return "token"

    def refresh_once(self, stale: str) -> str:
        raise AssertionError("no session ends here")


def told(body: object) -> Act:
    return answer(200, json.dumps(body).encode(), "Date: Mon, 02 Nov 2026 14:10:00 GMT")


def test_a_deploy_whose_answer_was_lost_is_found_among_those_of_the_org_and_not_begun_again(file: PendingFile) -> None:
    known = "0Af" + "0" * 15
    ended = {"done": True, "success": True, "status": "Succeeded"}
    acts = (told([]), hang_up, told({"records": [{"Id": known}], "done": True}), told({"deployResult": ended}))
    with serving(*acts) as server:
        transport = Transport([server.url], timeout_s=5)
        connection = SalesforceConnection(id="org", name="Org", login_url=server.url, api_version="66.0")
        org = SalesforceOrg(connection, transport, Token(server.url))
        found = yield_of(Deploys(org, ORG_ID, "005" + "0" * 15, "org", file, Hasty()).deploy(Begun.DEPLOY, NOTHING, ()))
        transport.close()
    assert found is not None
    assert (found.id, found.success) == (known, True)
    assert [request.split(b" ")[0] for request in server.seen].count(b"POST") == 1
    assert file.read() is None


def yield_of(events: Following) -> DeployStatus | None:
    """Follow to the end and give what is returned."""
    while True:
        try:
            next(events)
        except StopIteration as end:
            found: DeployStatus | None = end.value
            return found


def test_a_time_that_cannot_be_read_is_no_obstacle(deploys: Deploys, file: PendingFile) -> None:
    file.write(Pending(Begun.DEPLOY, ORG_ID, "yesterday"))
    assert deploys.pending() is None
