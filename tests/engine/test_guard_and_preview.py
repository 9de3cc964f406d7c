"""A plan that is too large waits for a person; a preview shows the same plan and writes to no service."""

from __future__ import annotations

from disf_desktop.core.errors import Stopped
from disf_desktop.core.events import GuardTripped, Progress, RunStatus
from disf_desktop.core.schema import Side
from tests.engine.world import World


def loaded(world: World, number: int) -> list[str]:
    world.org.page_size, world.batch_size = 50, 50
    rids = [world.contact(LastName=f"N{n}") for n in range(number)]
    world.clock.advance(600)
    world.run()
    world.clock.advance(600)
    return rids


def change(world: World, rids: list[str]) -> None:
    for rid in rids:
        world.org.update("Contact", rid, LastName="Roy")


def test_more_than_thirty_percent_of_updates_wait_for_a_person_and_go_once_approved(world: World) -> None:
    rids = loaded(world, 70)
    change(world, rids[:22])
    world.contact(LastName="New")
    mark = len(world.contacts.sent)
    told = world.run()
    assert told.status is RunStatus.NEEDS_YOU
    assert told.error is None
    assert world.contacts.sent[mark:] == []
    assert told.guard.counts == {"create": 1, "update": 22, "delete": 0, "links": 70}
    assert "22" in told.guard.reason
    assert world.run(approve="another").status is RunStatus.NEEDS_YOU
    told = world.run(approve=told.guard.plan_hash)
    assert told.status is RunStatus.SUCCESS
    assert told.total.sides[Side.DIALOG_INSIGHT].updated == 22
    assert told.total.sides[Side.DIALOG_INSIGHT].created == 1


def test_an_approval_holds_for_that_plan_only(world: World) -> None:
    rids = loaded(world, 70)
    change(world, rids[:22])
    approved = world.run().guard.plan_hash
    world.org.update("Contact", rids[30], LastName="One more")
    told = world.run(approve=approved)
    assert told.status is RunStatus.NEEDS_YOU
    assert told.guard.plan_hash != approved


def test_twenty_updates_are_never_too_many_and_thirty_percent_neither(world: World) -> None:
    rids = loaded(world, 25)
    change(world, rids[:20])
    assert world.run().status is RunStatus.SUCCESS
    for n in range(55):
        world.contact(LastName=f"M{n}")
    world.run()
    world.clock.advance(600)
    change(world, list(world.org.rows["Contact"])[20:44])
    told = world.run()
    assert told.of(GuardTripped) == []
    assert told.status is RunStatus.SUCCESS


def test_creates_never_trip_the_guard(world: World) -> None:
    loaded(world, 5)
    for n in range(100):
        world.contact(LastName=f"M{n}")
    assert world.run().status is RunStatus.SUCCESS


def test_saves_that_change_no_mapped_field_never_trip_the_guard(world: World) -> None:
    rids = loaded(world, 60)
    for rid in rids:
        world.org.update("Contact", rid, City__c="Laval")
    world.org.update("Contact", rids[0], Title="Baker")
    told = world.run()
    assert told.of(GuardTripped) == []
    assert told.status is RunStatus.SUCCESS


def test_a_preview_tells_the_plan_that_the_guard_speaks_of_and_writes_to_no_service(world: World) -> None:
    rids = loaded(world, 70)
    change(world, rids[:22])
    new = world.contact(LastName="New", Phone="514")
    bad = world.contact(Email="not an address")
    sent, history = len(world.contacts.sent), len(world.contacts.history)
    told = world.preview()
    assert (len(world.contacts.sent), len(world.contacts.history)) == (sent, history)
    assert told.previewed.counts == {"create": 1, "update": 22, "set_aside": 1, "unchanged": 0}
    assert told.previewed.calls_forecast[Side.DIALOG_INSIGHT] == 2
    by_key = {operation.key: operation for operation in told.operations}
    update = by_key[rids[0]]
    assert update.kind == "update"
    assert [(n, c.before, c.after, c.rule) for n, c in update.fields.items()] == [
        ("LastName", "N0", "Roy", "changed_in_salesforce")
    ]
    create = by_key[new]
    assert create.kind == "create"
    assert {n: (c.before, c.after) for n, c in create.fields.items()} == {
        "SalesforceID": (None, new), "LastName": (None, "New"), "EMail": (None, "ann@example.org"),
        "Phone": (None, "514"),
    }  # fmt: skip
    assert by_key[bad].kind == "set_aside"
    assert by_key[bad].fields["EMail"].rule == "email"
    assert world.waiting() == {}
    told_again = world.preview()
    assert told_again.previewed.plan_hash == told.previewed.plan_hash
    guard = world.run().guard
    assert guard.plan_hash == told.previewed.plan_hash
    assert world.run(approve=told.previewed.plan_hash).total.sides[Side.DIALOG_INSIGHT].updated == 22


def test_a_preview_of_nothing_says_so(world: World) -> None:
    loaded(world, 3)
    told = world.preview()
    assert told.previewed.counts == {"create": 0, "update": 0, "set_aside": 0, "unchanged": 0}
    assert told.previewed.calls_forecast == {Side.SALESFORCE: 0, Side.DIALOG_INSIGHT: 0}
    assert told.operations == []


def test_a_preview_of_several_integrations_has_one_hash_of_all(world: World) -> None:
    ann = world.contact()
    world.org.insert("Order__c", Number__c="A-1", Contact__c=ann)
    jobs = (world.job(), world.order_job())
    told = world.preview(*jobs)
    assert {operation.kind for operation in told.operations} == {"create", "set_aside"}
    hashes = {told.previewed.plan_hash, world.preview(jobs[0]).previewed.plan_hash}
    assert len(hashes) == 2


def test_a_stopped_preview_says_so_in_the_ledger(world: World) -> None:
    world.contact()
    told = world.preview(stop_at=lambda event: isinstance(event, Progress))
    assert isinstance(told.error, Stopped)
    assert world.rows("SELECT status FROM run") == [("stopped",)]
