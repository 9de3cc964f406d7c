"""The in-memory workspace of the window's tests tells of a preparation what the real one tells, in the same order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest

from disf_desktop.core.events import Progress
from disf_desktop.core.preparation import PERMISSION_SET, ComponentState
from disf_desktop.core.preparation_errors import NotAsked
from disf_desktop.core.preparation_events import ComponentTold, Event, PackageWish, PrepareFinished, PrepareWish
from disf_desktop.core.preparation_package import PackageVerdict
from disf_desktop.core.schema import Schema
from disf_desktop.workspace import Places, Workspace
from tests.gui.fake_preparing import FakeOrg
from tests.gui.fakes import FakeWorkspace
from tests.services.salesforce_simulator import Simulator, running
from tests.workspace.prepared import ALL, ORG, Bench
from tests.workspace.test_preparing import LINK, offer

FIELD = "Contact.My_Contact_Id__c"


class Real:
    def __init__(self, simulator: Simulator, folder: Path) -> None:
        simulator.clean()
        bench = Bench(simulator, folder)
        told = bench.file.read_text(encoding="utf-8").replace("source: Birth_Day__c", "source: Birthdate")
        bench.file.write_text(told, encoding="utf-8")
        bench.arrange(packages=[offer()])
        self.workspace = Workspace(bench.file, Places(folder / "profile", bench.secrets))
        connection = self.workspace.project.connection(ORG)
        assert connection is not None
        self.name = connection.name


class OverReal(FakeWorkspace):
    """The in-memory workspace with the fields of the real org."""

    known: dict[str, Schema]

    def salesforce_schema(self, connection: str, sobject: str, related: Sequence[str] = ()) -> Schema:
        schema = self.known[sobject]
        return replace(schema, fields=self._fields_left(connection, sobject, dict(schema.fields)))


class Fake:
    def __init__(self, real: Real, folder: Path) -> None:
        self.workspace = OverReal(folder / "fake.disf.yaml", Places(folder))
        self.workspace.project = project = real.workspace.project
        self.workspace.known = {i.object: real.workspace.salesforce_schema(ORG, i.object) for i in project.integrations}
        self.workspace.orgs = {ORG: FakeOrg()}
        self.name = real.name


Stand = Real | Fake
"""An org that lacks all that the project asks for."""


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with running(tmp_path_factory.mktemp("simulator"), records=20) as simulator:
        yield simulator


@pytest.fixture(params=["real", "fake"])
def stand(request: pytest.FixtureRequest, process: Simulator, tmp_path: Path) -> Stand:
    real = Real(process, tmp_path)
    return real if request.param == "real" else Fake(real, tmp_path)


def story(events: list[Event]) -> list[str]:
    """Give the kinds of events in their order, each once for those that come together."""
    kinds = [f"Progress {e.stage.value}" if isinstance(e, Progress) else type(e).__name__ for e in events]
    return [kind for kind, _ in groupby(kinds)]


def prepare(stand: Stand, wish: PrepareWish | None = None) -> list[Event]:
    return list(stand.workspace.prepare(ORG, wish))


def told(events: list[Event]) -> dict[str, ComponentState]:
    return {e.component.id: e.component.state for e in events if isinstance(e, ComponentTold)}


def last(events: list[Event]) -> PrepareFinished:
    assert isinstance(events[-1], PrepareFinished)
    return events[-1]


def test_a_look_tells_each_component_then_how_the_org_stands(stand: Stand) -> None:
    events = prepare(stand)
    assert story(events) == ["ComponentTold", "PrepareFinished"]
    assert set(told(events).values()) == {ComponentState.MISSING}
    assert {FIELD, PERMISSION_SET} <= set(told(events))
    assert last(events).missing == len(told(events))
    assert stand.workspace.begun_in(ORG) is None


def test_an_installation_is_tried_carried_out_and_given_access_to(stand: Stand) -> None:
    events = prepare(stand, ALL)
    steps = story(events)
    assert steps[:6] == [
        "ComponentTold", "Progress plan", "Progress apply", "ComponentInstalled", "Progress report", "AccessGiven",
    ]  # fmt: skip
    assert set(steps[6:]) <= {"Progress report", "PrepareFinished"}
    assert last(events).is_complete
    assert story(prepare(stand, ALL)) == ["ComponentTold", "PrepareFinished"], "the second one has nothing to do"


def test_one_field_comes_with_its_access(stand: Stand) -> None:
    events = prepare(stand, PrepareWish(install=(FIELD,)))
    assert "ComponentInstalled" in story(events)
    states = told(prepare(stand))
    assert states[FIELD] is ComponentState.INSTALLED
    assert states[PERMISSION_SET] is ComponentState.MISSING, "the other fields are not in it yet"


def test_a_removal_is_counted_first_and_needs_the_name(stand: Stand) -> None:
    prepare(stand, ALL)
    counted: list[Event] = []
    with pytest.raises(NotAsked):
        counted.extend(stand.workspace.prepare(ORG, PrepareWish(remove=())))
    assert story(counted) == ["ComponentTold"]
    assert {e.records for e in counted if isinstance(e, ComponentTold) and "." in e.component.id} == {0}
    removed = prepare(stand, PrepareWish(remove=(), confirm=stand.name))
    once = ["Progress plan", "Progress apply", "ComponentRemoved"]
    assert story(removed) == ["ComponentTold", *once, *once, "PrepareFinished"]
    assert set(told(prepare(stand)).values()) == {ComponentState.MISSING}


def test_a_package_is_looked_at_before_it_is_installed(stand: Stand) -> None:
    with pytest.raises(NotAsked) as failure:
        stand.workspace.package_offer(ORG, "https://example.org/")
    assert failure.value.reason == "no_link"
    if isinstance(stand.workspace, FakeWorkspace):
        return  # its one package has a link of its own
    found = stand.workspace.package_offer(ORG, LINK)
    assert (found.verdict, found.there) == (PackageVerdict.INSTALL, None)
    events = prepare(stand, PrepareWish(package=PackageWish(LINK, approve_domains=True)))
    assert "PackageTold" in story(events)
    assert stand.workspace.package_offer(ORG, LINK).verdict is PackageVerdict.INSTALLED


def test_people_are_found_by_a_part_of_their_name_profiles_first(stand: Stand) -> None:
    everybody = stand.workspace.people_of(ORG)
    kinds = [each.is_profile for each in everybody]
    assert kinds == sorted(kinds, reverse=True)
    assert set(kinds) == {True, False}
    found = stand.workspace.people_of(ORG, "MARKET")
    assert [each.wish for each in found if each.is_profile] == ["profile:Marketing User"]
    assert stand.workspace.people_of(ORG, "100%_nobody") == ()
    assert len(stand.workspace.people_of(ORG, "", 1)) <= 2 or isinstance(stand.workspace, FakeWorkspace)
