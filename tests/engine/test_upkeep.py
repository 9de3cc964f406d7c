"""What nobody needs any more is let go, and people who were erased stay erased when they come in another record."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import Any

import apsw
import pytest

from disf_desktop.core.errors import LedgerIsDamaged
from disf_desktop.core.moments import written
from disf_desktop.core.project import Direction, FieldPair
from disf_desktop.core.schema import Side
from disf_desktop.storage.ledger import Ledger
from tests.engine.fakes import DialogInsightTable, Fault
from tests.engine.world import CONTACTS, KEY, NEWSLETTER, ORDER_PAIRS, Told, World

DAY = 86_400.0


def keep_up(world: World) -> None:
    with closing(Ledger.open(world.path, KEY)) as ledger:
        ledger.keep_up(world.clock.now())


def count(world: World, table: str) -> int:
    return int(world.rows(f"SELECT count(*) FROM {table}")[0][0])


def changed(world: World) -> str:
    """Load a contact and send a change of it, which the journal then keeps before and after."""
    rid = world.contact(LastName="Roy")
    run(world)
    world.org.update("Contact", rid, LastName="Zoé")
    run(world)
    return rid


def run(world: World, **settings: Any) -> Told:
    world.clock.advance(600)
    return world.run(world.job(**settings))


def test_what_a_run_changed_is_kept_for_ninety_days_and_no_longer(world: World) -> None:
    changed(world)
    world.clock.advance(89 * DAY)
    keep_up(world)
    assert count(world, "op") == 1
    world.clock.advance(2 * DAY)
    keep_up(world)
    assert count(world, "op") == 0
    assert (count(world, "base"), count(world, "run")) == (1, 2)


def test_upkeep_is_done_once_a_day(world: World) -> None:
    changed(world)
    world.clock.advance(91 * DAY)
    keep_up(world)
    world.rows("INSERT INTO own_value VALUES(1, 'DI', 'Phone', '\"1\"', '2026-01-01T00:00:00Z')")
    world.clock.advance(DAY / 2)
    keep_up(world)
    assert count(world, "own_value") == 1
    world.clock.advance(DAY)
    keep_up(world)
    assert count(world, "own_value") == 0


def test_of_very_much_a_part_goes_at_a_time(world: World) -> None:
    rids = [world.contact(LastName=f"N{n}", Email=f"n{n}@example.org") for n in range(5)]
    run(world)
    for rid in rids:
        world.org.update("Contact", rid, LastName="Roy")
    run(world)
    world.clock.advance(91 * DAY)
    told = []
    with closing(Ledger.open(world.path, KEY)) as ledger:
        for _ in range(3):
            told.append((ledger.let_go(world.clock.now(), 2), *ledger._one("SELECT count(*) FROM op")))
    assert told == [(False, 3), (False, 1), (True, 0)]


def test_a_clock_that_was_ahead_does_not_put_upkeep_off(world: World) -> None:
    changed(world)
    world.clock.advance(91 * DAY)
    ahead = world.clock.now() + timedelta(days=4000)
    with closing(Ledger.open(world.path, KEY)) as ledger:
        ledger.remember("upkeep", written(ahead), written(ahead + timedelta(days=1)))
    keep_up(world)
    assert count(world, "op") == 0


def test_a_fact_that_is_too_old_is_let_go_and_others_stay(world: World) -> None:
    changed(world)
    with closing(Ledger.open(world.path, KEY)) as ledger:
        ledger.remember("old", "x", "2026-03-02T10:00:00Z")
        ledger.remember("new", "x", "2027-03-02T10:00:00Z")
        ledger.keep_up(world.clock.now())
        assert ledger.recall("new", "2026-03-03T10:00:00Z") is not None
    assert world.rows("SELECT count(*) FROM meta WHERE k = 'fact/old'") == [(0,)]


def test_a_ledger_whose_indexes_do_not_fit_is_found_out_within_a_week(world: World) -> None:
    changed(world)
    keep_up(world)
    with closing(Ledger.open(world.path, KEY)) as ledger:
        connection = ledger._connection
        connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 0)
        connection.pragma("writable_schema", True)
        connection.execute(
            "UPDATE sqlite_schema SET sql = 'CREATE INDEX run_started ON run(status)' WHERE name = 'run_started'"
        )
    world.clock.advance(8 * DAY)
    with pytest.raises(LedgerIsDamaged) as told:
        keep_up(world)
    assert "disf restore" in told.value.what_to_do


# People who were erased

BY_ADDRESS = (
    FieldPair(source="Email", target="EMail", key=True),
    FieldPair(source="LastName", target="LastName", direction=Direction.BOTH),
    FieldPair(source="Phone", target="Phone"),
)
BY_EMAIL = replace(
    CONTACTS, fields={name: replace(field, key=name == "EMail") for name, field in CONTACTS.fields.items()}
)
PROJECT = NEWSLETTER.model_copy(update={"key": ("EMail",)})


def erased(world: World) -> str:
    """Load somebody who is then erased in Dialog Insight, as two looks tell; give the Salesforce Id."""
    world.contacts = DialogInsightTable(BY_EMAIL, clock=world.clock)
    rid = world.contact(LastName="Roy", Email="roy@example.org", Phone="514")
    by_address(world)
    world.contacts.remove(world.contacts.id_of(EMail="roy@example.org"))
    for _ in range(2):
        by_address(world)
    assert world.rows("SELECT state FROM link") == [(2,)]
    return rid


def by_address(world: World) -> Told:
    world.clock.advance(600)
    job = world.two_way_job(BY_ADDRESS, destination=PROJECT, target=world.contacts)
    return world.run(job)


def test_what_is_known_of_somebody_erased_is_let_go_after_a_month(world: World) -> None:
    erased(world)
    world.clock.advance(29 * DAY)
    keep_up(world)
    assert count(world, "base") == 1
    world.clock.advance(2 * DAY)
    keep_up(world)
    assert (count(world, "base"), count(world, "suppression")) == (0, 2)
    left = world.rows("SELECT di_key FROM link")
    assert "roy" not in str(left)


@pytest.mark.parametrize("days", [1, 31])
def test_an_erased_person_who_comes_again_in_another_record_is_not_made(world: World, days: int) -> None:
    rid = erased(world)
    world.clock.advance(days * DAY)
    keep_up(world)
    world.org.delete("Contact", rid)
    again = world.contact(LastName="Roy", Email="Roy@Example.org")
    by_address(world)
    by_address(world)
    assert world.contacts.rows == {}
    assert world.waiting()[again] in ("erased", "key_taken")


def test_who_was_erased_by_mistake_is_made_once_a_person_says_so(world: World) -> None:
    erased(world)
    world.clock.advance(31 * DAY)
    keep_up(world)
    again = world.contact(LastName="Roy", Email="roy@example.org")
    by_address(world)
    assert world.waiting() == {again: "erased"}
    world.retry()
    told = by_address(world)
    assert told.total.sides[Side.DIALOG_INSIGHT].created == 1
    assert world.waiting() == {}


def test_other_people_are_made_though_somebody_was_erased(world: World) -> None:
    erased(world)
    world.clock.advance(31 * DAY)
    keep_up(world)
    world.contact(LastName="Zoé", Email="zoe@example.org")
    told = by_address(world)
    assert told.total.sides[Side.DIALOG_INSIGHT].created == 1
    assert world.waiting() == {}


# Clocks


def test_a_row_of_a_custom_table_that_is_gone_was_nobody(world: World) -> None:
    pairs = (*ORDER_PAIRS, FieldPair(source="Email__c", target="EMail"))
    world.org.insert("Order__c", Number__c="A1", Email__c="ann@example.org")
    world.run(world.order_job(pairs))
    world.rows("UPDATE link SET state = 2")
    world.clock.advance(31 * DAY)
    keep_up(world)
    assert (count(world, "base"), count(world, "suppression")) == (0, 0)
    ann = world.contact(Email="ann@example.org")
    world.run(world.job())
    assert world.in_contacts(ann)["EMail"] == "ann@example.org"


def test_the_key_of_an_erased_person_holds_no_row_of_a_custom_table_back(world: World) -> None:
    erased(world)
    world.clock.advance(31 * DAY)
    keep_up(world)
    world.org.insert("Order__c", Number__c="roy@example.org")
    told = world.run(world.order_job())
    assert told.total.sides[Side.DIALOG_INSIGHT].created == 1


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("days", [-1, 1])
def test_a_write_is_held_by_the_clock_of_the_service_whatever_ours_says(world: World, side: Side, days: int) -> None:
    rid = world.contact(LastName="Roy")
    world.run(world.two_way_job())
    world.clock.advance(600)
    service = world.org if side is Side.SALESFORCE else world.contacts
    if side is Side.SALESFORCE:
        world.contacts.edit(world.contacts.id_of(SalesforceID=rid), LastName="Zoé")
    else:
        world.org.update("Contact", rid, LastName="Zoé")
    service.faults.append(Fault.UNKNOWN_BEFORE)
    world.run(world.two_way_job())
    assert world.rows("SELECT count(*) FROM op WHERE state = 'HOLD'") == [(1,)]
    world.clock.skew = timedelta(days=days)
    world.clock.advance(600)
    world.run(world.two_way_job())
    assert world.rows("SELECT count(*) FROM op WHERE state = 'HOLD'") == [(1,)], "it may still arrive"
    world.clock.advance(400)
    world.run(world.two_way_job())
    assert world.in_contacts(rid)["LastName"] == world.org.row("Contact", rid)["LastName"] == "Zoé"
