"""Who goes in Salesforce: deleted, merged, converted, out of scope; and who goes in Dialog Insight."""

from __future__ import annotations

from typing import Any

import pytest

from disf_desktop.core.events import RunStatus
from disf_desktop.core.project import Deletes, OnDelete, Trigger
from disf_desktop.core.schema import Side
from tests.engine.fakes import ENGINE
from tests.engine.world import FROM_SALESFORCE, Told, World

FLAG = Deletes(field="Gone")
GOLD = "Level__c = 'Gold'"


def loaded(world: World, number: int = 2, **settings: Any) -> list[str]:
    rids = [world.contact(LastName=f"N{n}", Email=f"n{n}@example.org") for n in range(number)]
    run(world, **settings)
    world.clock.advance(600)
    return rids


def run(world: World, **settings: Any) -> Told:
    world.clock.advance(120)
    return world.run(world.job(**{"deletes": FLAG, **settings}))


def flag(world: World, rid: str) -> Any:
    return world.in_contacts(rid).get("Gone")


@pytest.mark.parametrize(
    ("field", "said"), [("Gone", "deleted in Salesforce on 2026-03-02"), ("GoneOn", "2026-03-02"), ("Loyal", True)]
)
def test_a_delete_is_written_into_the_field_that_is_mapped_for_it(world: World, field: str, said: Any) -> None:
    gone, stays = loaded(world, deletes=Deletes(field=field))
    world.org.delete("Contact", gone)
    told = run(world, deletes=Deletes(field=field))
    assert told.status is RunStatus.SUCCESS
    assert world.in_contacts(gone)[field] == said
    assert field not in world.in_contacts(stays)
    assert told.total.sides[Side.SALESFORCE].deleted == 1
    mark = len(world.contacts.sent)
    run(world, deletes=Deletes(field=field))
    assert len(world.contacts.sent) == mark


def test_without_a_field_for_it_a_delete_is_told_and_nothing_is_written(world: World) -> None:
    gone, _ = loaded(world, deletes=Deletes())
    world.org.delete("Contact", gone)
    mark = len(world.contacts.sent)
    told = run(world, deletes=Deletes())
    assert world.waiting() == {gone: "deleted_in_salesforce"}
    assert told.status is RunStatus.PARTIAL
    assert len(world.contacts.sent) == mark


@pytest.mark.parametrize(
    "settings",
    [{"deletes": Deletes(on_delete=OnDelete.IGNORE)}, {"triggers": (Trigger.SALESFORCE_UPDATED,)}],
)
def test_a_delete_that_is_ignored_changes_nothing(world: World, settings: dict[str, Any]) -> None:
    gone, _ = loaded(world)
    run(world, **settings)
    world.org.delete("Contact", gone)
    mark = len(world.contacts.sent)
    assert run(world, **settings).status is RunStatus.SUCCESS
    assert len(world.contacts.sent) == mark
    assert flag(world, gone) is None


def test_who_is_brought_back_loses_the_flag_and_is_followed_again(world: World) -> None:
    gone, _ = loaded(world)
    world.org.delete("Contact", gone)
    run(world)
    world.org.undelete("Contact", gone)
    assert run(world).status is RunStatus.SUCCESS
    assert flag(world, gone) is None
    world.org.update("Contact", gone, LastName="Back")
    run(world)
    assert world.in_contacts(gone)["LastName"] == "Back"
    assert sum(1 for c in world.contacts.history if c.before is None) == 2


@pytest.mark.parametrize("tells", [False, True])
def test_who_is_brought_back_before_the_run_is_not_flagged(world: World, tells: bool) -> None:
    gone, _ = loaded(world)
    world.org.tells_undeleted = tells
    world.org.delete("Contact", gone)
    world.clock.advance(30)
    world.org.undelete("Contact", gone)
    mark = len(world.contacts.sent)
    run(world)
    run(world)
    assert len(world.contacts.sent) == mark


def test_who_is_only_not_there_any_more_is_not_deleted(world: World) -> None:
    gone, _ = loaded(world)
    del world.org.rows["Contact"][gone]
    mark = len(world.contacts.sent)
    assert run(world).status is RunStatus.SUCCESS
    assert run(world).status is RunStatus.SUCCESS
    assert len(world.contacts.sent) == mark


def test_many_deletes_at_once_wait_for_a_person(world: World) -> None:
    world.batch_size = 100
    rids = loaded(world, 100)
    for rid in rids[:21]:
        world.org.delete("Contact", rid)
    mark = len(world.contacts.sent)
    told = run(world)
    assert told.status is RunStatus.NEEDS_YOU
    assert told.guard.counts["delete"] == 21
    assert len(world.contacts.sent) == mark
    world.clock.advance(60)
    told = world.run(world.job(deletes=FLAG), approve=told.guard.plan_hash)
    assert told.status is RunStatus.SUCCESS
    assert sum(flag(world, rid) is not None for rid in rids) == 21


def test_a_deleted_record_is_not_updated_and_not_made(world: World) -> None:
    gone, _ = loaded(world)
    world.org.update("Contact", gone, LastName="Last")
    world.org.delete("Contact", gone)
    new = world.contact(LastName="New")
    world.clock.advance(1)
    world.org.delete("Contact", new)
    run(world)
    assert world.in_contacts(gone)["LastName"] == "N0"
    assert world.contacts.row_of(SalesforceID=new) is None


# Merges


def test_who_was_merged_away_is_flagged_and_what_is_left_goes_on(world: World) -> None:
    master, loser = loaded(world)
    world.org.merge("Contact", master, loser, LastName="Both")
    run(world)
    assert flag(world, loser) is not None
    assert world.in_contacts(master)["LastName"] == "Both"
    assert flag(world, master) is None


def test_a_chain_of_merges_is_followed_to_its_end(world: World) -> None:
    first, second, third = loaded(world, 3)
    world.org.merge("Contact", second, first)
    world.org.merge("Contact", third, second)
    run(world)
    merged = dict(world.rows("SELECT a.sf_id, b.sf_id FROM link a JOIN link b ON b.id = a.merged_into"))
    assert merged == {first: third, second: third}
    mark = len(world.contacts.sent)
    run(world)
    assert len(world.contacts.sent) == mark


# Leads


def test_a_converted_lead_stays_the_same_contact_under_its_new_key(world: World) -> None:
    lea = world.org.insert("Lead", LastName="Léa", Email="lea@example.org")
    jobs = (world.job(), world.job(name="Leads", sobject="Lead"))
    world.run(*jobs)
    number = world.contacts.id_of(SalesforceID=lea)
    world.clock.advance(600)
    contact = world.org.convert(lea)
    told = world.run(*jobs)
    assert told.status is RunStatus.SUCCESS
    assert world.contacts.id_of(SalesforceID=contact) == number
    assert world.contacts.row_of(SalesforceID=lea) is None
    assert sum(1 for c in world.contacts.history if c.before is None) == 1
    world.clock.advance(600)
    world.org.update("Contact", contact, LastName="Roy")
    world.run(*jobs)
    assert world.in_contacts(contact)["LastName"] == "Roy"


def test_a_lead_converted_into_a_contact_that_is_there_already_is_asked_about(world: World) -> None:
    ann = world.contact()
    lea = world.org.insert("Lead", LastName="Léa", Email="lea@example.org")
    jobs = (world.job(), world.job(name="Leads", sobject="Lead"))
    world.run(*jobs)
    world.clock.advance(600)
    world.org.convert(lea, ann)
    told = world.run(*jobs)
    assert told.status is RunStatus.PARTIAL
    assert world.waiting() == {lea: "lead_converted"}
    assert len(world.contacts.rows) == 2


# The filter


def filtered(world: World) -> dict[str, Any]:
    world.org.conditions[GOLD] = lambda values: values["Level__c"] == "Gold"
    return {"condition": GOLD}


def test_only_who_satisfies_the_filter_is_made(world: World) -> None:
    settings = filtered(world)
    gold, silver = world.contact(Level__c="Gold"), world.contact(Level__c="Silver")
    assert run(world, **settings).status is RunStatus.SUCCESS
    assert world.contacts.row_of(SalesforceID=silver) is None
    assert world.in_contacts(gold)["Level"] == "Gold"


def test_rows_of_one_stamp_in_another_order_hide_nobody_from_the_filter(world: World) -> None:
    settings = filtered(world)
    world.org.mixes_stamps = True
    gold = [world.contact(Level__c="Gold", Email=f"n{n}@example.org") for n in range(3)]
    assert len({world.org.rows["Contact"][rid].stamp for rid in gold}) == 1
    run(world, **settings)
    assert [world.in_contacts(rid)["Level"] for rid in gold] == ["Gold"] * 3


def test_who_leaves_the_filter_is_left_alone_and_followed_again_when_back(world: World) -> None:
    settings = filtered(world)
    gold = world.contact(Level__c="Gold")
    run(world, **settings)
    world.org.update("Contact", gold, Level__c="Silver", LastName="Out")
    mark = len(world.contacts.sent)
    assert run(world, **settings).status is RunStatus.SUCCESS
    assert len(world.contacts.sent) == mark
    world.org.update("Contact", gold, LastName="Still out")
    run(world, **settings)
    assert len(world.contacts.sent) == mark
    world.org.update("Contact", gold, Level__c="Gold")
    run(world, **settings)
    assert world.in_contacts(gold)["LastName"] == "Still out"
    assert len(world.contacts.rows) == 1


def test_a_large_first_load_knows_who_is_out_of_scope(world: World) -> None:
    settings = filtered(world)
    world.org.counts_as = 50_000
    rids = [world.contact(LastName=f"N{n}", Level__c="Gold" if n % 2 else "Silver") for n in range(10)]
    run(world, **settings)
    assert world.org.read_alls == 2
    assert set(world.contacts.by_key) == {(rid.lower(),) for rid in rids[1::2]}


# Dialog Insight


def test_who_is_erased_in_dialog_insight_is_not_made_again_by_a_save(world: World) -> None:
    first, second = loaded(world)
    job = world.two_way_job(triggers=(*FROM_SALESFORCE, Trigger.DIALOG_INSIGHT_UPDATED))
    world.run(job)
    world.contacts.remove(world.contacts.id_of(SalesforceID=first))
    for n in range(4):
        world.clock.advance(600)
        world.org.update("Contact", first, LastName=f"Save {n}")
        world.org.update("Contact", second, LastName=f"Save {n}")
        world.run(job)
    assert world.contacts.row_of(SalesforceID=first) is None
    assert world.in_contacts(second)["LastName"] == "Save 3"
    assert sum(1 for c in world.contacts.history if c.author == ENGINE and c.before is None) == 2
    assert first in world.org.rows["Contact"]
