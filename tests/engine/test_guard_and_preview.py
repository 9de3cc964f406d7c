"""A plan that is too large waits for a person; a preview shows the same plan and writes to no service."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from disf_desktop.core.errors import Stopped
from disf_desktop.core.events import FieldChange, GuardTripped, Progress, RunFinished, RunStatus
from disf_desktop.core.journal import NewSetAside
from disf_desktop.core.plan_file import PlanFor
from disf_desktop.core.project import Trigger
from disf_desktop.core.schema import Side
from disf_desktop.engine.decide import PlannedPage
from disf_desktop.engine.job import Job
from disf_desktop.engine.newcomers import REMEMBERED, Refused
from disf_desktop.storage.plan_file import PlannedOperations, PlanWriter
from tests.engine.fakes import FakeClock
from tests.engine.world import Told, World


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
    assert [operation.kind for operation in told.operations] == ["create", "create"]
    hashes = {told.previewed.plan_hash, world.preview(jobs[0]).previewed.plan_hash}
    assert len(hashes) == 2


def order(world: World, number: str, contact: str) -> str:
    return world.org.insert("Order__c", Number__c=number, Contact__c=contact)


def rows_of(told: Told) -> dict[str, tuple[str, FieldChange | None]]:
    """Give of each row that a preview tells its kind and what its contact becomes."""
    return {o.key: (o.kind, o.fields.get("idContact")) for o in told.operations if o.integration == "Orders"}


def test_a_preview_shows_a_row_after_the_person_whom_the_same_run_creates(world: World) -> None:
    ann = world.contact()
    row = order(world, "A-1", ann)
    told = world.preview(world.order_job(), world.job())
    assert rows_of(told) == {row: ("create", FieldChange(None, ann, "follows_contact"))}
    assert told.previewed.counts == {"create": 2, "update": 0, "set_aside": 0, "unchanged": 0}
    assert world.orders.sent == []


def test_a_preview_sets_a_row_aside_whose_person_the_run_would_not_create(world: World) -> None:
    refused = world.contact(Email="not an address")
    world.run()
    still, now, nobody = refused, world.contact(Email="nor this"), world.contact()
    rows = [order(world, f"A-{n}", rid) for n, rid in enumerate((still, now))]
    told = world.preview(world.job(), world.order_job())
    assert rows_of(told) == {row: ("set_aside", FieldChange(None, None, "parent_missing")) for row in rows}
    alone = order(world, "A-3", nobody)
    updates_only = world.job(triggers=(Trigger.SALESFORCE_UPDATED,))
    told = world.preview(updates_only, world.order_job())
    assert rows_of(told)[alone] == ("set_aside", FieldChange(None, None, "parent_missing"))
    assert rows_of(world.preview(world.order_job()))[alone][0] == "set_aside"


def test_a_preview_shows_a_row_that_moves_to_a_new_person(world: World) -> None:
    ann = world.contact()
    row = order(world, "A-1", ann)
    jobs = (world.job(), world.order_job())
    world.run(*jobs)
    world.clock.advance(600)
    bob = world.contact(LastName="Roy")
    world.org.update("Order__c", row, Contact__c=bob)
    number = str(world.contacts.by_key[(ann.lower(),)])
    assert rows_of(world.preview(*jobs)) == {row: ("update", FieldChange(number, bob, "follows_contact"))}


def test_a_preview_shows_a_row_that_waited_once_its_person_is_corrected(world: World) -> None:
    ann = world.contact(Email="not an address")
    row = order(world, "A-1", ann)
    jobs = (world.job(), world.order_job())
    world.run(*jobs)
    world.clock.advance(600)
    assert rows_of(world.preview(*jobs))[row][0] == "set_aside"
    world.org.update("Contact", ann, Email="ann@example.org")
    assert rows_of(world.preview(*jobs))[row] == ("create", FieldChange(None, ann, "follows_contact"))


def saved(world: World, tmp_path: Path, *jobs: Job) -> Path:
    """Preview, and keep the plan in a file."""
    path = tmp_path / "plan.jsonl"
    told = world.preview(*jobs)
    with PlanWriter(path, PlanFor("project", ("Contacts", "Orders"), "2026-01-01T00:00:00Z")) as writer:
        for operation in told.operations:
            writer.add(operation)
        writer.finish(told.previewed)
    return path


def test_a_run_of_a_plan_sends_the_rows_of_people_whom_it_creates(world: World, tmp_path: Path) -> None:
    ann, bob = world.contact(), world.contact(LastName="Roy")
    moved = order(world, "A-0", ann)
    jobs = (world.job(), world.order_job())
    world.run(*jobs)
    world.clock.advance(600)
    new, refused = world.contact(LastName="New"), world.contact(Email="not an address")
    order(world, "A-1", new)
    order(world, "A-2", bob)
    order(world, "A-3", refused)
    world.org.update("Order__c", moved, Contact__c=new)
    path = saved(world, tmp_path, *jobs)
    with PlannedOperations.open(path, "project") as plan:
        told = world.run(*jobs, plan=plan)
    assert told.operations == []
    number = world.contacts.by_key[(new.lower(),)]
    assert world.orders.row_of(Number="A-0") == {"Number": "A-0", "idContact": number}
    assert world.orders.row_of(Number="A-1") == {"Number": "A-1", "idContact": number}
    assert world.orders.row_of(Number="A-2") is not None
    assert world.orders.row_of(Number="A-3") is None
    world.clock.advance(600)
    mark = len(world.orders.sent)
    world.run(*jobs)
    assert world.orders.sent[mark:] == []


def test_a_row_that_points_to_another_new_person_by_now_is_told_and_not_sent(world: World, tmp_path: Path) -> None:
    ann, bob = world.contact(), world.contact(LastName="Roy")
    row = order(world, "A-1", ann)
    jobs = (world.job(), world.order_job())
    path = saved(world, tmp_path, *jobs)
    world.clock.advance(600)
    world.org.update("Order__c", row, Contact__c=bob)
    with PlannedOperations.open(path, "project") as plan:
        told = world.run(*jobs, plan=plan)
    assert [(o.key, o.not_applied) for o in told.operations] == [(row, "moved")]
    assert world.orders.sent == []


def test_nobody_is_promised_to_a_row_where_too_many_are_refused_to_remember() -> None:
    refused = Refused()
    page = PlannedPage(aside=[NewSetAside(f"003{n}", Side.DIALOG_INSIGHT, "", "email", "", "") for n in range(1000)])
    for _ in range(REMEMBERED // 1000):
        refused.note(page)
    assert len(refused.rids) == 1000
    for n in range(REMEMBERED // 1000):
        refused.note(PlannedPage(aside=[replace(each, rid=f"{n}/{each.rid}") for each in page.aside]))
    assert refused.too_many
    assert refused.rids == set()


def test_a_stopped_preview_says_so_in_the_ledger(world: World) -> None:
    world.contact()
    told = world.preview(stop_at=lambda event: isinstance(event, Progress))
    assert isinstance(told.error, Stopped)
    assert world.rows("SELECT status FROM run") == [("stopped",)]


class StoppedClock(FakeClock):
    """A clock whose pauses are cut short: somebody has asked for a stop already."""

    def sleep(self, seconds: float) -> None:
        raise Stopped("Stopped on request.", "Run again to go on.")


def test_a_stop_before_the_run_begins_asks_no_service_and_is_how_it_ended(world: World) -> None:
    world.contact()
    world.clock = StoppedClock()
    told = world.run(world.job(), world.order_job())
    assert isinstance(told.error, Stopped)
    assert [event.total.status for event in told.of(RunFinished)] == [RunStatus.STOPPED]
    told = world.preview()
    assert isinstance(told.error, Stopped)
    assert told.events == []
    assert (world.org.calls, world.contacts.calls) == (0, 0)
    assert world.rows("SELECT status FROM run ORDER BY id") == [("stopped",), ("stopped",)]
