"""A disk that fills up at any commit of a run: the run ends and says so, and the next one goes on where it stopped."""

from __future__ import annotations

from typing import Any

import pytest

from disf_desktop.core.errors import DiskFull
from disf_desktop.storage.ledger import Ledger
from tests.engine.world import READS, Told, World


class FullLedger:
    """A ledger on a disk that is full from its n-th commit on; `once`, for that one commit only."""

    def __init__(self, ledger: Ledger, at: int, *, once: bool) -> None:
        self._ledger = ledger
        self._left = at
        self._once = once
        self.was_full = False

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._ledger, name)

        def commit(*arguments: Any, **named: Any) -> Any:
            self._left -= name not in READS
            if name in READS or self._left > 0 or (self.was_full and self._once):
                return method(*arguments, **named)
            self.was_full = True
            raise DiskFull("The disk is full; the last change was taken back.", "Make room.")

        return commit


def run(world: World, full: int = 0, *, once: bool = False) -> Told:
    world.clock.advance(600)
    kill: Any = (lambda ledger: FullLedger(ledger, full, once=once)) if full else None
    return world.run(world.two_way_job(), kill=kill)


@pytest.mark.parametrize("once", [False, True])
@pytest.mark.parametrize("number", range(1, 22))
def test_a_disk_that_is_full_at_any_commit_loses_nothing_and_doubles_nothing(
    world: World, number: int, once: bool
) -> None:
    rids = [world.contact(LastName=f"N{n}", Email=f"n{n}@example.org") for n in range(3)]
    run(world)
    world.org.update("Contact", rids[0], LastName="Roy")
    world.contacts.edit(world.contacts.id_of(SalesforceID=rids[1]), LastName="Zoé")
    new = world.contact(LastName="New", Email="new@example.org")
    told = run(world, number, once=once)
    assert told.error is None or isinstance(told.error, DiskFull)
    for _ in range(3):
        run(world, 0)
    world.clock.advance(1000)
    assert run(world).error is None
    assert world.in_contacts(rids[0])["LastName"] == "Roy"
    assert world.org.row("Contact", rids[1])["LastName"] == "Zoé"
    assert world.in_contacts(new)["LastName"] == "New"
    assert sum(1 for change in world.contacts.history if change.before is None) == 4
    assert world.rows("SELECT count(*) FROM conflict") == [(0,)]
    mark = len(world.contacts.sent) + len(world.org.sent)
    run(world)
    assert len(world.contacts.sent) + len(world.org.sent) == mark
