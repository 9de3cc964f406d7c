"""People who were erased from Dialog Insight are made again in no other record, from the first look that says so on."""

from __future__ import annotations

from contextlib import closing

import pytest

from disf_desktop.core.moments import written
from disf_desktop.core.operations import LinkState
from disf_desktop.core.project import FieldPair
from disf_desktop.core.records import Arrival, Capabilities
from disf_desktop.core.schema import Side
from disf_desktop.storage.ledger import Ledger
from tests.engine.fakes import DialogInsightTable
from tests.engine.world import KEY, NEWSLETTER, ORDER_PAIRS, Told, World

DAY = 86_400.0
ROY = "roy@example.org"


def run(world: World) -> Told:
    world.clock.advance(600)
    return world.run(world.two_way_job())


def erased(world: World) -> str:
    """Have somebody erased in Dialog Insight, as two looks tell; give the Salesforce Id."""
    rid = world.contact(LastName="Roy", Email=ROY)
    run(world)
    world.contacts.remove(world.contacts.id_of(SalesforceID=rid))
    for _ in range(2):
        run(world)
    assert world.rows("SELECT state FROM link") == [(LinkState.ERASED,)]
    return rid


def let_go(world: World, days: float) -> None:
    """Let so many days pass, and the upkeep that belongs to them."""
    world.clock.advance(days * DAY)
    with closing(Ledger.open(world.path, KEY)) as ledger:
        ledger.keep_up(world.clock.now())


@pytest.mark.parametrize("days", [0, 1, 29, 31])
def test_a_new_record_with_the_address_of_somebody_erased_waits_for_a_person(world: World, days: int) -> None:
    erased(world)
    let_go(world, days)
    again = world.contact(LastName="Roy", Email="Roy@Example.org ")
    [shown] = world.preview(world.two_way_job()).operations
    assert (shown.kind, shown.key, shown.fields[""].rule) == ("set_aside", again, "erased")
    for _ in range(2):
        run(world)
    assert world.contacts.rows == {}
    assert world.waiting() == {again: "erased"}


@pytest.mark.parametrize("days", [0, 31])
def test_a_person_who_retries_has_somebody_made_though_they_were_erased(world: World, days: int) -> None:
    erased(world)
    let_go(world, days)
    again = world.contact(LastName="Roy", Email=ROY)
    run(world)
    assert world.waiting() == {again: "erased"}
    world.retry()
    assert run(world).total.sides[Side.DIALOG_INSIGHT].created == 1
    assert world.waiting() == {}
    world.org.update("Contact", again, LastName="Roy-Côté")
    run(world)
    assert world.in_contacts(again)["LastName"] == "Roy-Côté"


def test_other_people_are_made_the_day_somebody_was_erased(world: World) -> None:
    erased(world)
    zoe = world.contact(LastName="Zoé", Email="zoe@example.org")
    assert run(world).total.sides[Side.DIALOG_INSIGHT].created == 1
    assert world.in_contacts(zoe)["EMail"] == "zoe@example.org"
    assert world.waiting() == {}


def test_the_record_of_somebody_erased_is_left_alone_when_it_changes_goes_and_comes_back(world: World) -> None:
    rid = erased(world)
    world.org.update("Contact", rid, LastName="Roy-Côté")
    run(world)
    world.org.delete("Contact", rid)
    run(world)
    world.org.undelete("Contact", rid)
    run(world)
    assert world.contacts.rows == {}
    assert world.waiting() == {}


def test_the_record_that_somebody_erased_was_merged_into_makes_them_not_again(world: World) -> None:
    rid = erased(world)
    master = world.contact(LastName="Roy", Email=ROY)
    world.org.merge("Contact", master, rid)
    for _ in range(2):
        run(world)
    assert world.contacts.rows == {}
    assert world.waiting() == {master: "erased"}


def test_somebody_whose_contact_is_seen_again_holds_nobody_back(world: World) -> None:
    rid = world.contact(LastName="Roy", Email=ROY)
    run(world)
    number = world.contacts.id_of(SalesforceID=rid)
    rows, keys = dict(world.contacts.rows), dict(world.contacts.by_key)
    world.contacts.remove(number)
    for _ in range(2):
        run(world)
    world.contacts.rows, world.contacts.by_key = rows, keys
    world.contacts.edit(number, Title="back")
    world.org.update("Contact", rid, Phone="514")
    run(world)
    assert world.rows("SELECT state FROM link") == [(LinkState.ACTIVE,)]
    twin = world.contact(LastName="Roy", Email=ROY)
    run(world)
    assert world.in_contacts(twin)["EMail"] == ROY


def test_who_was_brought_back_by_an_import_under_another_number_is_tied(world: World) -> None:
    erased(world)
    again = world.contact(LastName="Roy", Email=ROY)
    job = world.two_way_job()
    number = world.contacts.add(SalesforceID=again, LastName="Roy", EMail=ROY)
    values = {**dict.fromkeys(world.contacts.schema.fields), **world.contacts.rows[number]}
    values.pop("Birth")  # what the reply did not show has the insert tried, and refused
    with closing(Ledger.open(world.path, KEY)) as ledger:
        at, target = written(world.clock.now()), ledger.target_for(job.target_name)
        ledger.note_arrivals(target, ledger.begin_run(at), [Arrival({"SalesforceID": again}, number, values)], at)
    run(world)
    assert world.waiting() == {}
    assert (again, LinkState.ACTIVE) in world.rows("SELECT sf_id, state FROM link")


def test_somebody_born_in_another_project_becomes_a_record_and_comes_back_nowhere(world: World) -> None:
    world.org.delete("Contact", erased(world))
    world.people.accepts = Capabilities(empty_lookup=True)
    number = world.people.add(EMail=ROY, LastName="Roy")
    for _ in range(2):
        world.clock.advance(600)
        world.run(world.two_way_job(), world.birth_job())
    born = next(rid for rid, row in world.org.rows["Contact"].items() if number in str(row.values["DI_Contact_Id__c"]))
    assert world.contacts.rows == {}, "they asked for nothing but what the other project is for"
    assert world.waiting() == {born: "erased"}


def test_a_row_of_a_custom_table_that_is_gone_holds_nobody_back(world: World) -> None:
    world.org.insert("Order__c", Number__c="A1", Email__c=ROY)
    world.run(world.order_job((*ORDER_PAIRS, FieldPair(source="Email__c", target="EMail"))))
    world.rows("UPDATE link SET state = 2")
    rid = world.contact(LastName="Roy", Email=ROY)
    run(world)
    assert world.in_contacts(rid)["EMail"] == ROY


def test_a_new_integration_makes_nobody_either_who_was_erased_from_its_account(world: World) -> None:
    erased(world)
    zoe = world.contact(LastName="Zoé", Email="zoe@example.org")
    elsewhere = DialogInsightTable(world.contacts.schema, clock=world.clock, first_number=9001)
    job = world.two_way_job(
        name="Events", destination=NEWSLETTER.model_copy(update={"id": "events", "id_project": 99}), target=elsewhere
    )
    world.clock.advance(600)
    world.run(job)
    assert [row["SalesforceID"] for row in elsewhere.rows.values()] == [zoe]
