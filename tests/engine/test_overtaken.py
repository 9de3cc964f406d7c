"""What a suspended run, and a write that may still arrive, must not do to what happened meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from disf_desktop.core.errors import LedgerIsBusy
from disf_desktop.core.events import ConflictFound, RunStatus
from disf_desktop.engine.run import run
from disf_desktop.storage.ledger import Ledger
from tests.engine.fakes import Fault
from tests.engine.world import KEY, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    world.contact(LastName="Roy", Phone="514", City__c="Laval")
    assert world.run(world.two_way_job()).status is RunStatus.SUCCESS
    world.clock.advance(600)
    return world


def rid_of(world: World) -> str:
    [rid] = world.org.rows["Contact"]
    return rid


@pytest.mark.parametrize("goes_to_salesforce", [False, True])
def test_a_run_that_was_overtaken_between_intent_and_send_sends_nothing(world: World, goes_to_salesforce: bool) -> None:
    rid = rid_of(world)
    number = world.contacts.id_of(SalesforceID=rid)
    name = {"Phone": "418"} if goes_to_salesforce else {"LastName": "Gagnon"}
    world.org.update("Contact", rid, **({"Phone": "819"} if goes_to_salesforce else {"LastName": "Tremblay"}))
    world.contacts.edit(number, **name)
    sent: list[int] = []

    def overtaken() -> None:
        with closing(Ledger.open(world.path, KEY)) as ledger:
            for event in run((world.two_way_job(),), ledger, world.clock, world.workers):
                if isinstance(event, ConflictFound):
                    world.run(world.two_way_job())
                    sent.append(len(world.org.sent) + len(world.contacts.sent))

    with pytest.raises(LedgerIsBusy):
        overtaken()
    assert sent == [len(world.org.sent) + len(world.contacts.sent)]


Edit = Callable[[World, str, Any], None]


def in_dialog_insight(world: World, rid: str, value: Any) -> None:
    world.contacts.edit(world.contacts.id_of(SalesforceID=rid), LastName=value)


def in_salesforce(world: World, rid: str, value: Any) -> None:
    world.org.update("Contact", rid, LastName=value)


@pytest.mark.parametrize(("edit", "other"), [(in_dialog_insight, in_salesforce), (in_salesforce, in_dialog_insight)])
def test_what_was_seen_while_a_write_was_held_and_then_gave_way_to_it_is_kept(
    world: World, edit: Edit, other: Edit
) -> None:
    rid = rid_of(world)
    written = world.contacts if edit is in_dialog_insight else world.org
    written.faults.append(Fault.UNKNOWN_LATER)
    written.lateness = timedelta(seconds=500)
    other(world, rid, "Ours")
    world.run(world.two_way_job())
    world.clock.advance(100)
    edit(world, rid, "Theirs")
    world.run(world.two_way_job())
    for _ in range(3):
        world.clock.advance(1000)
        assert world.run(world.two_way_job()).status is RunStatus.SUCCESS
    held = {world.org.row("Contact", rid)["LastName"], world.in_contacts(rid)["LastName"]}
    kept = world.rows("SELECT sf, di FROM conflict WHERE field = 'LastName'")
    assert len(held) == 1
    assert "Theirs" in held or any('"Theirs"' in each for row in kept for each in row)
