"""A run that is held up between its look at a record and the write looks again before it sends (promise I2)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any, cast

import pytest

from disf_desktop.core.events import RunStatus
from disf_desktop.engine.pace import AIM_S
from disf_desktop.engine.ports import Ledger as LedgerPort
from disf_desktop.engine.run import run
from disf_desktop.storage.ledger import Ledger
from tests.engine.world import KEY, Told, World, told


class SlowDisk:
    """A ledger on a disk that stands still once, when the first batch is written down."""

    def __init__(self, ledger: Ledger, meanwhile: Callable[[], None]) -> None:
        self._ledger = ledger
        self._meanwhile: Callable[[], None] | None = meanwhile

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._ledger, name)
        if name != "intend" or self._meanwhile is None:
            return method
        meanwhile, self._meanwhile = self._meanwhile, None

        def held_up(*arguments: Any) -> Any:
            batch = method(*arguments)
            meanwhile()
            return batch

        return held_up


def sync(world: World, meanwhile: Callable[[], None]) -> Told:
    with closing(Ledger.open(world.path, KEY)) as ledger:
        port = cast(LedgerPort, SlowDisk(ledger, meanwhile))
        return told(run((world.two_way_job(),), port, world.clock, world.workers))


@pytest.fixture
def rid(world: World) -> str:
    """Somebody who is the same on both sides, and was saved in Salesforce since."""
    rid = world.contact(LastName="Roy")
    assert world.run(world.two_way_job()).status is RunStatus.SUCCESS
    world.clock.advance(600)
    world.org.update("Contact", rid, LastName="Tremblay")
    return rid


def test_an_edit_while_the_run_was_held_up_after_its_look_is_not_written_over_unseen(world: World, rid: str) -> None:
    number = world.contacts.id_of(SalesforceID=rid)

    def somebody_edits() -> None:
        world.clock.advance(60)
        world.contacts.edit(number, LastName="Gagnon")

    assert sync(world, somebody_edits).error is None
    world.clock.advance(600)
    assert world.run(world.two_way_job()).error is None
    held = {world.org.row("Contact", rid)["LastName"], world.in_contacts(rid)["LastName"]}
    kept = [value for row in world.rows("SELECT sf, di FROM conflict WHERE field = 'LastName'") for value in row]
    assert len(held) == 1
    assert "Gagnon" in held or '"Gagnon"' in kept


@pytest.mark.parametrize(("held_up_s", "looks"), [(0.0, 0), (AIM_S - 0.5, 0), (AIM_S + 0.5, 1)])
def test_a_look_is_taken_again_only_where_it_is_too_old(world: World, rid: str, held_up_s: float, looks: int) -> None:
    before: list[int] = []

    def stand_still() -> None:
        before.append(len(world.contacts.looked_up))
        world.clock.advance(held_up_s)

    assert sync(world, stand_still).status is RunStatus.SUCCESS
    assert [len(world.contacts.looked_up) - number for number in before] == [looks]
    assert world.in_contacts(rid)["LastName"] == "Tremblay"
