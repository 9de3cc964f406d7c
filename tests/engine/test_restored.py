"""A ledger that came back from a backup: nothing is believed that is only worth something when it is fresh (C10)."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from disf_desktop.core.project import Trigger
from disf_desktop.core.schema import Side
from disf_desktop.storage.ledger import Ledger
from tests.engine.fakes import ENGINE, Fault
from tests.engine.world import BOTH_WAYS, KEY, OPTINS, World

DAY = 86_400.0


def loaded(world: World, number: int = 3, **values: Any) -> list[str]:
    rids = [world.contact(LastName=f"N{n}", Email=f"n{n}@example.org", **values) for n in range(number)]
    world.run(world.two_way_job())
    world.clock.advance(600)
    return rids


def photograph(world: World) -> Path:
    """Keep the ledger as it is now."""
    kept = world.path.with_name("kept.sqlite")
    shutil.copyfile(world.path, kept)
    return kept


def bring_back(world: World, kept: Path) -> None:
    shutil.copyfile(kept, world.path)
    with closing(Ledger.open(world.path, KEY)) as ledger:
        ledger.distrust(f"a backup, {world.clock.now().isoformat()}")


def run(world: World, **settings: Any) -> int:
    """Run, and give how many writes went out to either side."""
    mark = len(world.contacts.sent) + len(world.org.sent)
    world.clock.advance(600)
    world.run(world.two_way_job(**settings))
    return len(world.contacts.sent) + len(world.org.sent) - mark


def quiet(world: World, **settings: Any) -> None:
    for _ in range(3):
        run(world, **settings)
    assert run(world, **settings) == 0


def test_who_was_made_since_the_backup_is_not_made_twice(world: World) -> None:
    loaded(world)
    kept = photograph(world)
    new = world.contact(LastName="New", Email="new@example.org")
    run(world)
    bring_back(world, kept)
    quiet(world)
    assert sum(1 for c in world.contacts.history if c.before is None) == 4
    assert world.in_contacts(new)["LastName"] == "New"
    assert world.rows("SELECT count(*) FROM link WHERE sf_id = ?", new) == [(1,)]


def test_what_travelled_since_the_backup_does_not_travel_again(world: World) -> None:
    first, second, _ = loaded(world)
    kept = photograph(world)
    world.org.update("Contact", first, LastName="Roy")
    world.contacts.edit(world.contacts.id_of(SalesforceID=second), LastName="Zoé")
    run(world)
    bring_back(world, kept)
    quiet(world)
    assert (world.in_contacts(first)["LastName"], world.org.row("Contact", first)["LastName"]) == ("Roy", "Roy")
    assert (world.in_contacts(second)["LastName"], world.org.row("Contact", second)["LastName"]) == ("Zoé", "Zoé")
    assert world.rows("SELECT count(*) FROM conflict") == [(0,)]


def test_a_batch_that_was_open_in_the_backup_is_not_sent_again(world: World) -> None:
    first, *_ = loaded(world)
    world.org.update("Contact", first, Birthdate="1980-01-01")
    world.contacts.faults.extend([Fault.UNKNOWN_BEFORE] * 4)
    world.clock.advance(60)
    world.run(world.two_way_job())
    kept = photograph(world)
    assert world.rows("SELECT count(*) FROM op WHERE state = 'INTENT'") == [(1,)]
    run(world)
    world.clock.advance(60)
    world.org.update("Contact", first, Birthdate="1990-02-02")
    run(world)
    bring_back(world, kept)
    mark = len(world.contacts.sent)
    quiet(world)
    old = [r for r in world.sent_since(mark) if r.fields.get("Birth") == "1980-01-01"]
    assert old == []
    assert world.in_contacts(first)["Birth"] == "1990-02-02"


def test_an_open_create_of_the_backup_leaves_no_link_behind_and_is_made_once(world: World) -> None:
    world.contact()
    world.contacts.faults.extend([Fault.UNKNOWN_AFTER] * 4)
    world.run(world.two_way_job())
    kept = photograph(world)
    run(world)
    bring_back(world, kept)
    quiet(world)
    assert len(world.contacts.rows) == 1


def test_a_decision_that_was_carried_out_since_the_backup_is_asked_again_and_not_repeated(world: World) -> None:
    first, *_ = loaded(world, City__c="Laval")
    contact = world.contacts.id_of(SalesforceID=first)
    world.org.update("Contact", first, City__c="Lévis")
    world.contacts.edit(contact, City="Québec")
    run(world)
    [(number,)] = world.rows("SELECT id FROM conflict WHERE state = 'waiting'")
    world.choose({number: Side.SALESFORCE})
    kept = photograph(world)
    run(world)
    assert world.in_contacts(first)["City"] == "Lévis"
    world.contacts.edit(contact, City="Gatineau")
    run(world)
    assert world.org.row("Contact", first)["City__c"] == "Gatineau"
    bring_back(world, kept)
    quiet(world)
    assert (world.in_contacts(first)["City"], world.org.row("Contact", first)["City__c"]) == ("Gatineau", "Gatineau")


def test_a_person_who_unsubscribed_since_the_backup_is_not_subscribed_by_it(world: World) -> None:
    settings: dict[str, Any] = {"optins": OPTINS, "triggers": (*BOTH_WAYS, Trigger.OPTIN_CHANGED)}
    first = world.contact(Newsletter__c="No")
    world.run(world.two_way_job(**settings))
    contact = world.contacts.id_of(SalesforceID=first)
    world.clock.advance(DAY)
    world.contacts.answer(contact, "Newsletter", True)
    run(world, **settings)
    kept = photograph(world)
    world.clock.advance(DAY)
    world.contacts.answer(contact, "Newsletter", False)
    run(world, **settings)
    assert world.org.row("Contact", first)["Newsletter__c"] == "No"
    bring_back(world, kept)
    for _ in range(3):
        run(world, **settings)
    assert world.org.row("Contact", first)["Newsletter__c"] == "No"
    yes = [c for c in world.org.history if c.author == ENGINE and c.changed.get("Newsletter__c", (0, 0))[1] == "Yes"]
    assert len(yes) <= 1


def test_after_a_restore_everything_is_read_and_looked_up_again(world: World) -> None:
    rids = loaded(world)
    kept = photograph(world)
    run(world)
    bring_back(world, kept)
    assert world.rows("SELECT count(*) FROM link WHERE checked IS NOT NULL") == [(0,)]
    world.contacts.looked_up.clear()
    mark = len(world.org.windows)
    run(world)
    assert world.org.windows[mark].since is None
    assert len(world.contacts.looked_up) == len(rids)


# By which signs it is known


def opened(path: Path) -> Ledger:
    return Ledger.open(path, KEY)


def test_a_ledger_that_goes_on_where_it_was_is_believed(world: World) -> None:
    loaded(world)
    for _ in range(2):
        with closing(opened(world.path)) as ledger:
            assert not ledger.settle_down("one", "2026-03-02T10:00:00Z")
        run(world)
    assert world.rows("SELECT count(*) FROM meta WHERE k = 'restored_from'") == [(0,)]


def test_a_ledger_from_another_computer_is_checked_once(world: World) -> None:
    loaded(world)
    with closing(opened(world.path)) as ledger:
        assert not ledger.settle_down("one", "2026-03-02T10:00:00Z")
        assert ledger.settle_down("other", "2026-03-02T11:00:00Z")
        assert not ledger.settle_down("other", "2026-03-02T12:00:00Z")
    mark = len(world.org.windows)
    run(world)
    assert world.org.windows[mark].since is None


def test_a_computer_without_a_lasting_name_is_no_reason_for_doubt(world: World) -> None:
    loaded(world)
    with closing(opened(world.path)) as ledger:
        ledger.settle_down("one", "2026-03-02T10:00:00Z")
        assert not ledger.settle_down("", "2026-03-02T11:00:00Z")
        assert not ledger.settle_down("one", "2026-03-02T12:00:00Z")


def test_an_older_ledger_in_the_place_of_a_newer_one_is_known_by_its_epoch(world: World) -> None:
    loaded(world)
    kept = photograph(world)
    run(world)
    shutil.copyfile(kept, world.path)
    with closing(opened(world.path)) as ledger:
        assert ledger.settle_down("one", "2026-03-02T10:00:00Z")
        assert not ledger.settle_down("one", "2026-03-02T11:00:00Z")


@pytest.mark.parametrize("noted", ["", "rubbish", "rubbish 12\n", "\xff 3", "other-ledger 99999"])
def test_what_is_noted_beside_a_ledger_and_not_by_us_is_ignored(world: World, noted: str) -> None:
    loaded(world)
    world.path.with_name("ledger.sqlite.epoch").write_text(noted, encoding="latin-1")
    with closing(opened(world.path)) as ledger:
        assert not ledger.settle_down("one", "2026-03-02T10:00:00Z")
