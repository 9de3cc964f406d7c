"""A preparation under way, in a real thread on the real loop: stopped, left, closed, gone on with; and one over the
real workspace."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
import pytest_asyncio

from disf_desktop.core.errors import Stopped
from disf_desktop.core.preparation import PERMISSION_SET
from disf_desktop.core.preparation_begun import Begun, Pending
from disf_desktop.core.preparation_events import PackageWish, PrepareWish
from disf_desktop.gui.bridge import Bridge
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.models.facts import Facts, Store
from disf_desktop.gui.models.preparing import Preparation, PrepareStep, lacking, prepare_key, standing
from disf_desktop.workspace import Places, Workspace
from tests.gui.fake_preparing import LINK, without_fields
from tests.gui.fakes import FakeWorkspace
from tests.services.salesforce_simulator import Simulator, running
from tests.workspace.prepared import ORG, Bench

DATE = "DI_Optin_Newsletter_Date__c"
ALL = PrepareWish(install=(f"Contact.{DATE}",))


class Sitting:
    """A desk with a real bridge over a workspace."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self.workspace, self.bridge, self.store = workspace, Bridge(), Store()
        self.desk = Desk(self.bridge, self.store, Places(folder), lambda _path, _places: self.workspace)

    @property
    def facts(self) -> Facts:
        return self.store.facts

    @property
    def preparation(self) -> Preparation:
        assert self.facts.preparation is not None
        return self.facts.preparation

    async def until(self, seen: Callable[[], object]) -> None:
        """Wait until something is seen."""
        async with asyncio.timeout(60):
            while not seen():
                await asyncio.sleep(0.005)

    async def opened(self) -> None:
        """Open the file, and let everything be read and looked at."""
        self.desk.open(self.workspace.path)
        await self.until(lambda: self.facts.prepared and not self.facts.asking)

    async def begun(self) -> None:
        """Begin an installation, and wait until Salesforce carries it out."""
        self.desk.prepare("prod", ALL)
        await self.until(lambda: self.preparation.step is PrepareStep.CARRIED_OUT)


@pytest.fixture
def made_up(tmp_path: Path) -> FakeWorkspace:
    made = FakeWorkspace(tmp_path / "a.disf.yaml", Places(tmp_path))
    without_fields(made, DATE)
    made.pause = threading.Event()
    return made


@pytest_asyncio.fixture
async def sitting(made_up: FakeWorkspace, tmp_path: Path) -> AsyncIterator[Sitting]:
    made = Sitting(cast(Workspace, made_up), tmp_path)
    yield made
    assert made_up.pause is not None
    made_up.pause.set()
    await made.bridge.close()
    made.desk.deleteLater()  # its watch over the file would tell the next test that the folder is gone


@pytest.mark.asyncio
async def test_who_does_not_wait_is_told_that_salesforce_goes_on_and_can_go_on_later(
    sitting: Sitting, made_up: FakeWorkspace
) -> None:
    await sitting.opened()
    await sitting.begun()
    ids = (f"Contact.{DATE}", PERMISSION_SET)
    made_up.begun["prod"] = Pending(Begun.DEPLOY, "00D", "2026-11-23T00:00:00Z", "0Af", ids, ids)
    sitting.desk.stop_preparing()
    assert sitting.preparation.stopping
    await sitting.until(lambda: not sitting.preparation.under_way)
    await sitting.until(lambda: not sitting.facts.asking)
    assert isinstance(sitting.preparation.error, Stopped)
    assert sitting.preparation.left_going
    assert sitting.facts.prepared["prod"].begun is not None, "it is not gone on with against the person's will"
    assert made_up.pause is not None
    made_up.pause.set()
    sitting.desk.go_on_preparing("prod")
    await sitting.until(lambda: sitting.preparation.succeeded)
    await sitting.until(
        lambda: not sitting.facts.asking and standing(sitting.facts.prepared["prod"].components).complete
    )


@pytest.mark.asyncio
async def test_a_second_preparation_does_not_begin_beside_the_first(sitting: Sitting, made_up: FakeWorkspace) -> None:
    await sitting.opened()
    await sitting.begun()
    sitting.desk.prepare("prod", PrepareWish(install=()))
    sitting.desk.look_at_org("prod")
    assert [deed for deed in made_up.deeds if deed[0] == "prepare"] == [("prepare", "prod", ALL)]
    looks = made_up.orgs["prod"].looks
    assert made_up.pause is not None
    made_up.pause.set()
    await sitting.until(lambda: sitting.preparation.succeeded and not sitting.facts.asking)
    assert made_up.orgs["prod"].looks == looks + 1, "the look that was asked for meanwhile is the one after it"


@pytest.mark.asyncio
async def test_another_project_file_lets_go_of_the_preparation(sitting: Sitting, made_up: FakeWorkspace) -> None:
    await sitting.opened()
    await sitting.begun()
    other = FakeWorkspace(made_up.path, made_up.places)
    sitting.workspace = cast(Workspace, other)
    sitting.desk.open(other.path)
    await sitting.until(lambda: sitting.facts.preparation is None and sitting.facts.prepared)
    await sitting.until(lambda: not sitting.facts.asking and sitting.facts.ledger_read)
    await sitting.until(lambda: ("stopped", "prod") in made_up.deeds)
    assert not lacking(sitting.facts.prepared["prod"].components)


@pytest.mark.asyncio
async def test_a_window_that_closes_waits_for_nothing(sitting: Sitting, made_up: FakeWorkspace) -> None:
    await sitting.opened()
    await sitting.begun()
    await sitting.bridge.close()
    await sitting.until(lambda: ("stopped", "prod") in made_up.deeds)
    assert not made_up.orgs["prod"].ours


@pytest.mark.asyncio
async def test_the_password_of_a_package_is_in_no_fact(sitting: Sitting, made_up: FakeWorkspace) -> None:
    await sitting.opened()
    wish = PackageWish(LINK, approve_domains=True, password="hush")
    sitting.desk.prepare("prod", PrepareWish(package=wish))
    await sitting.until(lambda: sitting.preparation.progress is not None)
    assert sitting.preparation.wish.package == PackageWish(LINK, approve_domains=True)
    assert made_up.pause is not None
    made_up.pause.set()
    await sitting.until(lambda: sitting.preparation.succeeded and not sitting.facts.asking)
    assert prepare_key("prod") not in sitting.facts.asking


# over the real workspace


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with running(tmp_path_factory.mktemp("simulator"), records=20) as process:
        yield process


@pytest.mark.asyncio
async def test_a_fresh_org_is_prepared_from_the_desk_with_the_real_workspace(
    simulator: Simulator, tmp_path: Path
) -> None:
    simulator.clean()
    bench = Bench(simulator, tmp_path)
    sitting = Sitting(bench.workspace, tmp_path)
    try:
        await sitting.opened()
        missing = lacking(sitting.facts.prepared[ORG].components)
        assert len(missing) == len(sitting.facts.prepared[ORG].components) > 0
        key = next(key for key in sitting.facts.schemas if key.endswith(f"{ORG}/Contact"))
        assert "My_Contact_Id__c" not in sitting.facts.schemas[key].fields
        sitting.desk.prepare(ORG, PrepareWish(install=tuple(each.id for each in missing)))
        await sitting.until(lambda: not sitting.preparation.under_way)
        assert sitting.preparation.error is None
        assert sitting.preparation.installed == {each.id for each in missing}
        await sitting.until(
            lambda: not sitting.facts.asking and "My_Contact_Id__c" in sitting.facts.schemas[key].fields
        )
        assert standing(sitting.facts.prepared[ORG].components).complete
    finally:
        await sitting.bridge.close()
        sitting.desk.deleteLater()
