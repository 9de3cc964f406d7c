"""A sync after an import: who was stored by it is known without asking, and nothing is sent where both sides agree."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disf_desktop.core.events import RunStatus
from disf_desktop.core.moments import written
from disf_desktop.core.operations import LinkState
from disf_desktop.core.project import (
    ConflictPolicy,
    CustomTable,
    Deletes,
    FieldPair,
    OnDelete,
    TableField,
    Trigger,
)
from disf_desktop.core.records import Arrival, Capabilities
from disf_desktop.core.refusals import Refusal
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.core.values import Value
from disf_desktop.engine.job import Job
from disf_desktop.storage.ledger import Ledger
from tests.engine.fakes import DialogInsightTable, Fault, schema_of
from tests.engine.world import (
    BOTH,
    FROM_SALESFORCE,
    KEY,
    KEY_PAIR,
    NEWSLETTER,
    Told,
    World,
    killed_at,
)


class Asked(NamedTuple):
    """What was asked of a table: records looked up by key, by number, and calls that write."""

    finds: int
    looked_up: int
    sent: int


def asked(table: DialogInsightTable) -> Asked:
    return Asked(len(table.finds), len(table.looked_up), len(table.sent))


NOTHING = Asked(0, 0, 0)


def note(
    world: World, job: Job, rids: Sequence[str], *, table: DialogInsightTable | None = None, hidden: Sequence[str] = ()
) -> None:
    """Note records of a table as an import does whose reply shows all of them but some `hidden` fields."""
    table = table or world.contacts
    arrivals = []
    for rid in rids:
        row = {**dict.fromkeys(table.schema.fields), **table.rows[rid]}
        key = {name: row[name] for name in table.schema.key}
        arrivals.append(Arrival(key, rid, {name: v for name, v in row.items() if name not in hidden}))
    with closing(Ledger.open(world.path, KEY)) as ledger:
        run = ledger.begin_run(written(world.clock.now()))
        ledger.note_arrivals(ledger.target_for(job.target_name), run, arrivals, written(table.server_now()))
        ledger.finish_run(run, written(world.clock.now()), "success", {"import": {}})


def bring(world: World, job: Job, table: DialogInsightTable | None = None, **values: Value) -> str:
    """Import one record that is new there; give its number."""
    rid = (table or world.contacts).add(**values)
    note(world, job, [rid], table=table)
    world.clock.advance(60)
    return rid


def arrivals(world: World) -> list[str]:
    return [rid for (rid,) in world.rows("SELECT di_rid FROM arrival ORDER BY di_rid")]


def links(world: World) -> list[tuple[Any, ...]]:
    return world.rows("SELECT sf_id, di_rid, state FROM link ORDER BY id")


def assert_idle(world: World, job: Job, table: DialogInsightTable | None = None) -> None:
    """Another run writes to neither side."""
    table = table or world.contacts
    marks = len(table.sent), len(world.org.sent)
    world.clock.advance(60)
    assert world.run(job).status is RunStatus.SUCCESS
    assert (len(table.sent), len(world.org.sent)) == marks


# -- records that no link knows ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("two_way", [False, True])
def test_a_sync_after_an_import_of_the_same_values_sends_nothing_and_asks_nothing(world: World, two_way: bool) -> None:
    job = world.two_way_job() if two_way else world.job()
    rids = [world.contact(LastName=f"N{n}", Email=f"n{n}@example.org", Level__c="Gold") for n in range(7)]
    for n, rid in enumerate(rids):
        bring(world, job, SalesforceID=rid, LastName=f"N{n}", EMail=f"n{n}@example.org", Level="Gold")
    told = world.run(job)
    assert told.status is RunStatus.SUCCESS
    assert asked(world.contacts) == NOTHING
    assert (told.total.unchanged, told.conflicts, world.org.sent) == (7, [], [])
    assert [rid for rid, _, _ in links(world)] == rids
    assert arrivals(world) == []
    assert_idle(world, job)
    world.org.update("Contact", rids[3], LastName="Anna")
    world.run(job)
    assert world.in_contacts(rids[3])["LastName"] == "Anna"


def test_a_preview_shows_that_nothing_would_be_sent(world: World) -> None:
    ann = world.contact(Phone="514")
    bring(world, world.job(), SalesforceID=ann, LastName="Tremblay", EMail="ann@example.org", Phone="514")
    told = world.preview()
    assert told.operations == []
    assert told.previewed.counts == {"create": 0, "update": 0, "set_aside": 0, "unchanged": 1}
    assert asked(world.contacts) == NOTHING
    assert len(arrivals(world)) == 1


def test_what_differs_is_decided_by_each_pairs_policy_as_after_a_refused_insert(world: World) -> None:
    ann = world.contact(LastName="Ann", Phone="514", Title="Baker", Level__c="Gold", Birthdate=None)
    rid = bring(
        world, world.job(), SalesforceID=ann, LastName="Anne", EMail="ann@example.org", Phone="819", Level="Silver",
        Birth="1980-01-01",
    )  # fmt: skip
    [shown] = world.preview().operations
    told = world.run()
    wanted = {"LastName": "Ann", "Title": "Baker", "Level": "Gold"}
    [update] = world.sent_since(0)
    assert (dict(update.fields), update.rid) == (wanted, rid)
    assert {name: change.after for name, change in shown.fields.items()} == wanted
    assert (shown.kind, shown.side) == ("update", Side.DIALOG_INSIGHT)
    assert world.in_contacts(ann)["Phone"] == "819"
    assert world.in_contacts(ann)["Birth"] == "1980-01-01"
    assert {(c.field, c.salesforce, c.dialog_insight, c.rule) for c in told.conflicts} == {
        ("LastName", "Ann", "Anne", "salesforce_wins"),
        ("Phone", "514", "819", "dialog_insight_wins"),
        ("Level", "Gold", "Silver", "first_non_empty"),
    }
    assert told.total.conflicts == 3
    assert world.rows("SELECT count(*) FROM conflict") == [(3,)]
    assert told.total.sides[Side.DIALOG_INSIGHT].updated == 1
    assert asked(world.contacts) == Asked(0, 0, 1)
    assert_idle(world, world.job())


def test_a_value_that_may_travel_back_does_in_the_same_run(world: World) -> None:
    ann = world.contact(Title="Baker", Phone=None)
    job = world.two_way_job()
    bring(world, job, SalesforceID=ann, LastName="Tremblay", EMail="ann@example.org", Phone="819", Title="Baker")
    assert world.run(job).status is RunStatus.SUCCESS
    assert world.org.row("Contact", ann)["Phone"] == "819"
    assert asked(world.contacts) == NOTHING
    assert_idle(world, job)


def test_a_field_that_people_may_edit_there_is_looked_at_before_it_is_written_over(world: World) -> None:
    ann = world.contact(LastName="Ann")
    job = world.two_way_job()
    rid = bring(world, job, SalesforceID=ann, LastName="Anne", EMail="ann@example.org")
    world.contacts.edit(rid, LastName="Annie")
    told = world.run(job)
    assert told.status is RunStatus.SUCCESS
    assert asked(world.contacts).looked_up >= 1
    assert world.in_contacts(ann)["LastName"] == world.org.row("Contact", ann)["LastName"]
    kept = world.rows("SELECT di FROM conflict WHERE field = 'LastName'")
    assert ('"Annie"',) in kept, "what somebody wrote since the import is kept (promise I2)"


@pytest.mark.parametrize("hidden", ["Title", "SalesforceID"])
def test_a_field_that_the_reply_did_not_show_is_unknown_and_the_insert_is_tried(world: World, hidden: str) -> None:
    ann = world.contact(Title=None)
    rid = world.contacts.add(SalesforceID=ann, LastName="Tremblay", EMail="ann@example.org", Title="Baker")
    note(world, world.job(), [rid], hidden=[hidden])
    told = world.run()
    assert told.status is RunStatus.SUCCESS
    assert [call.kind for call in world.contacts.sent] == ["create"]
    assert world.in_contacts(ann)["Title"] == "Baker"
    assert (links(world), arrivals(world)) == ([(ann, rid, 0)], [])


def test_who_was_not_imported_is_created_beside_those_who_were(world: World) -> None:
    ann, bob, zoe = (world.contact(Email=f"{n}@example.org") for n in ("ann", "bob", "zoe"))
    bring(world, world.job(), SalesforceID=bob, LastName="Tremblay", EMail="bob@example.org")
    told = world.run()
    assert told.total.sides[Side.DIALOG_INSIGHT].created == 2
    assert {record.key["SalesforceID"] for record in world.sent_since(0)} == {ann, zoe}


def test_an_imported_value_that_nobody_can_read_is_not_written_over(world: World) -> None:
    ann = world.contact(Level__c="Gold")
    rid = world.contacts.add(SalesforceID=ann, LastName="Tremblay", EMail="ann@example.org")
    shown = {**dict.fromkeys(world.contacts.schema.fields), **world.contacts.rows[rid], "Level": Refusal("unreadable")}
    with closing(Ledger.open(world.path, KEY)) as ledger:
        run = ledger.begin_run(written(world.clock.now()))
        arrival = Arrival({"SalesforceID": ann}, rid, shown)  # type: ignore[arg-type]
        ledger.note_arrivals(ledger.target_for(world.job().target_name), run, [arrival], written(world.clock.server))
    assert world.run().status is RunStatus.SUCCESS
    assert asked(world.contacts) == NOTHING


def test_a_record_that_cannot_enter_is_set_aside_as_ever_and_the_arrival_stays(world: World) -> None:
    ann = world.contact(Level__c="Platinum")
    bring(world, world.job(), SalesforceID=ann, LastName="Tremblay", EMail="ann@example.org")
    assert world.run().status is RunStatus.PARTIAL
    assert list(world.waiting()) == [ann]
    world.clock.advance(60)
    world.org.update("Contact", ann, Level__c="Gold")
    assert world.run().status is RunStatus.SUCCESS
    assert [dict(r.fields) for r in world.sent_since(0)] == [{"Level": "Gold"}]
    assert arrivals(world) == []


def test_a_flagged_record_is_known_with_its_flag(world: World) -> None:
    job = world.job(deletes=Deletes(on_delete=OnDelete.FLAG, field="Gone", text="Gone {date}"))
    ann = world.contact()
    bring(world, job, SalesforceID=ann, LastName="Tremblay", EMail="ann@example.org")
    world.run(job)
    assert asked(world.contacts) == NOTHING
    world.clock.advance(60)
    world.org.delete("Contact", ann)
    world.run(job)
    assert [set(r.fields) for r in world.sent_since(0)] == [{"Gone"}]


def test_first_contacts_with_imported_records_are_no_changes_of_many_who_are_tied(world: World) -> None:
    world.org.page_size, world.batch_size = 50, 50
    job = world.job()
    for n in range(60):
        world.contact(LastName=f"N{n}")
    world.run(job)
    world.clock.advance(60)
    tied = list(world.contacts.rows)[:25]
    for rid in tied:
        world.contacts.edit(rid, LastName="Imported")
    note(world, job, tied)
    for n in range(30):
        bring(world, job, SalesforceID=world.contact(), LastName=f"Old{n}", EMail="ann@example.org")
    mark = len(world.contacts.sent)
    told = world.run(job)
    assert told.status is RunStatus.SUCCESS
    assert [dict(r.fields) for r in world.sent_since(mark)] == [{"LastName": "Tremblay"}] * 30


# -- keys --------------------------------------------------------------------------------------------------------------

EMAIL_PAIRS = (
    FieldPair(source="Email", target="EMail", key=True),
    FieldPair(source="LastName", target="LastName"),
    FieldPair(source="Phone", target="Phone"),
)
BY_EMAIL = NEWSLETTER.model_copy(update={"key": ("EMail",)})


def email_job(world: World, **more: Any) -> Job:
    return world.job(EMAIL_PAIRS, destination=BY_EMAIL, target=world.people, **more)


def test_a_key_that_is_an_address_is_known_in_any_case_of_letters(world: World) -> None:
    ann = world.contact(Email="Ann@Example.org", LastName="Ann", Phone="514")
    job = email_job(world)
    rid = bring(world, job, world.people, EMail="ann@example.org", LastName="Ann", Phone="514")
    assert world.run(job).status is RunStatus.SUCCESS
    assert asked(world.people) == NOTHING
    assert links(world) == [(ann, rid, 0)]
    assert_idle(world, job, world.people)


def test_two_records_of_one_address_cannot_both_be_the_one_that_was_imported(world: World) -> None:
    first, second = (world.contact(Email="ann@example.org", LastName="Ann") for _ in range(2))
    job = email_job(world)
    rid = bring(world, job, world.people, EMail="ann@example.org", LastName="Ann")
    assert world.run(job).status is RunStatus.PARTIAL
    assert links(world) == [(first, rid, 0)]
    assert world.waiting() == {second: "key_taken"}
    assert asked(world.people) == NOTHING


def test_a_record_that_takes_an_imported_key_later_meets_it_then(world: World) -> None:
    ann = world.contact(Email=None, LastName="Ann")
    job = email_job(world)
    rid = bring(world, job, world.people, EMail="ann@example.org", LastName="Ann")
    assert world.run(job).status is RunStatus.PARTIAL
    world.clock.advance(60)
    world.org.update("Contact", ann, Email="ann@example.org")
    assert world.run(job).status is RunStatus.SUCCESS
    assert (links(world), asked(world.people)) == ([(ann, rid, 0)], NOTHING)


def test_a_linked_record_whose_key_changed_there_leaves_its_former_key_to_the_imported_one(world: World) -> None:
    pairs = (FieldPair(source="Email", target="EMail", key=True, direction=BOTH), *EMAIL_PAIRS[1:])
    job = world.job(
        pairs, destination=BY_EMAIL, target=world.people, triggers=(*FROM_SALESFORCE, Trigger.DIALOG_INSIGHT_UPDATED)
    )
    ann = world.contact(Email="ann@example.org", LastName="Ann")
    world.run(job)
    world.clock.advance(60)
    number = world.people.id_of(EMail="ann@example.org")
    world.people.edit(number, EMail="anna@example.org")
    other = bring(world, job, world.people, EMail="ann@example.org", LastName="Ann")
    mark = asked(world.people)
    assert world.run(job).status is RunStatus.SUCCESS
    assert links(world) == [(ann, number, 0)]
    assert world.org.row("Contact", ann)["Email"] == "anna@example.org"
    assert arrivals(world) == [other]
    world.clock.advance(60)
    twin = world.contact(Email="ann@example.org", LastName="Ann")
    assert world.run(job).status is RunStatus.SUCCESS
    assert links(world) == [(ann, number, 0), (twin, other, 0)]
    assert len(world.people.sent) == mark.sent


STOCK = schema_of(
    Side.DIALOG_INSIGHT,
    "STOCK",
    Field("Number", "Number", FieldType.TEXT, length=20, key=True),
    Field("EMail", "E-mail", FieldType.EMAIL, length=100, key=True),
    Field("Total", "Total", FieldType.DECIMAL, precision=10, scale=2),
)
STOCK_TABLE = CustomTable(
    id_table=988,
    code="STOCK",
    key=("Number", "EMail"),
    fields=(TableField(code="Number", length=20), TableField(code="EMail", length=100)),
)
STOCK_PAIRS = (
    FieldPair(source="Number__c", target="Number", key=True),
    FieldPair(source="Email__c", target="EMail", key=True),
    FieldPair(source="Total__c", target="Total"),
)


def test_rows_with_a_key_of_two_fields_are_known(world: World) -> None:
    stock = DialogInsightTable(STOCK, clock=world.clock)
    home = NEWSLETTER.model_copy(update={"tables": (*NEWSLETTER.tables, STOCK_TABLE)})
    job = world.job(STOCK_PAIRS, name="Stock", sobject="Order__c", table="STOCK", target=stock, destination=home)
    rows = [(number, address) for number in ("1", "2") for address in ("ann@example.org", "bob@example.org")]
    made = [world.org.insert("Order__c", Number__c=n, Email__c=a, Total__c="9.50") for n, a in rows]
    for n, a in rows[1:]:
        bring(world, job, stock, Number=n, EMail=a, Total="9.5" if n == "1" else "8")
    assert world.run(job).status is RunStatus.SUCCESS
    assert (len(stock.finds), stock.looked_up) == (0, [])
    sent = sorted((call.kind, r.key["Number"], r.key["EMail"]) for call in stock.sent for r in call.records)
    assert sent == [
        ("create", "1", "ann@example.org"), ("update", "2", "ann@example.org"), ("update", "2", "bob@example.org"),
    ]  # fmt: skip
    assert {sf for sf, _, _ in links(world)} == set(made)
    assert_idle(world, job, stock)


def test_rows_of_a_table_that_point_to_contacts_are_known_once_their_contact_is(world: World) -> None:
    ann = world.contact(LastName="Ann")
    order = world.org.insert("Order__c", Number__c="A-1", Contact__c=ann, Total__c="12.50")
    people, orders = world.job(), world.order_job()
    contact = bring(world, people, SalesforceID=ann, LastName="Ann", EMail="ann@example.org")
    rid = bring(world, orders, world.orders, Number="A-1", idContact=contact, Total="12.5")
    told = world.run(people, orders)
    assert told.status is RunStatus.SUCCESS
    assert (asked(world.contacts), asked(world.orders)) == (NOTHING, NOTHING)
    assert links(world) == [(ann, contact, 0), (order, rid, 0)]


# -- records that a link knows -----------------------------------------------------------------------------------------


def loaded(world: World, job: Job, **values: Any) -> tuple[str, str]:
    """Bring one contact to Dialog Insight; give both ids."""
    ann = world.contact(**{"LastName": "Ann", "Phone": "514", **values})
    assert world.run(job).status is RunStatus.SUCCESS
    world.clock.advance(60)
    return ann, world.contacts.id_of(SalesforceID=ann)


def overwrite(world: World, job: Job, rid: str, **values: Value) -> Told:
    """Let an import write to a record that is there, and sync."""
    world.contacts.edit(rid, **values)
    note(world, job, [rid])
    world.clock.advance(60)
    return world.run(job)


def test_an_import_over_a_linked_record_travels_back_as_any_edit_made_there(world: World) -> None:
    job = world.two_way_job(lookups=1)
    ann, rid = loaded(world, job)
    mark = asked(world.contacts)
    told = overwrite(world, job, rid, Phone="819", Title="Baker")
    assert told.status is RunStatus.SUCCESS
    row = world.org.row("Contact", ann)
    assert (row["Phone"], row["Title"], row["LastName"]) == ("819", "Baker", "Ann")
    assert asked(world.contacts).sent == mark.sent
    assert_idle(world, job)


def test_an_import_over_a_linked_record_is_left_alone_where_nothing_travels_back(world: World) -> None:
    job = world.job()
    ann, rid = loaded(world, job)
    mark, saves = asked(world.contacts), len(world.org.sent)
    told = overwrite(world, job, rid, Phone="819", LastName="Anna")
    assert told.status is RunStatus.SUCCESS
    assert (asked(world.contacts), len(world.org.sent)) == (mark, saves)
    assert world.rows("SELECT count(*) FROM seen WHERE side = 'DI' AND pending = 1") == [(0,)]
    assert_idle(world, job)
    world.org.update("Contact", ann, Title="Baker")
    world.run(job)
    assert [dict(r.fields) for r in world.sent_since(mark.sent)] == [{"Title": "Baker"}]


@pytest.mark.parametrize("two_way", [False, True])
def test_a_change_of_salesforce_that_the_import_brought_too_is_not_sent_again(world: World, two_way: bool) -> None:
    job = world.two_way_job() if two_way else world.job()
    ann, rid = loaded(world, job)
    mark = len(world.contacts.sent), len(world.org.sent)
    world.org.update("Contact", ann, Phone="819")
    told = overwrite(world, job, rid, Phone="819")
    assert told.status is RunStatus.SUCCESS
    assert (len(world.contacts.sent), len(world.org.sent)) == mark
    assert told.conflicts == []
    assert_idle(world, job)


def test_an_import_of_what_is_agreed_on_leaves_nothing_to_plan(world: World) -> None:
    job = world.two_way_job()
    _, rid = loaded(world, job)
    note(world, job, [rid])
    assert world.rows("SELECT count(*) FROM seen WHERE pending = 1") == [(0,)]
    assert arrivals(world) == []
    assert_idle(world, job)


def test_an_import_that_shows_some_fields_says_nothing_of_the_others(world: World) -> None:
    job = world.two_way_job(lookups=0)
    ann, rid = loaded(world, job, Title="Baker")
    world.contacts.edit(rid, Title="Nurse", Phone="819")
    note(world, job, [rid], hidden=["Title"])
    world.clock.advance(60)
    world.run(job)
    row = world.org.row("Contact", ann)
    assert (row["Phone"], row["Title"]) == ("819", "Baker")


def test_an_older_import_says_nothing_of_what_was_seen_since(world: World) -> None:
    job = world.two_way_job()
    ann, rid = loaded(world, job)
    world.contacts.edit(rid, Phone="819")
    before = written(world.clock.server)
    world.clock.advance(60)
    world.contacts.edit(rid, Phone="418")
    world.run(job)
    assert world.org.row("Contact", ann)["Phone"] == "418"
    with closing(Ledger.open(world.path, KEY)) as ledger:
        run = ledger.begin_run(before)
        arrival = Arrival({"SalesforceID": ann}, rid, {"SalesforceID": ann, "Phone": "819"})
        ledger.note_arrivals(ledger.target_for(job.target_name), run, [arrival], before)
    assert_idle(world, job)
    assert world.org.row("Contact", ann)["Phone"] == "418"


def test_a_pair_that_was_never_seen_there_is_looked_up_first(world: World) -> None:
    job = world.two_way_job(lookups=1)
    wider = world.two_way_job((*job.integration.mapping.pairs, FieldPair(source="Loyal__c", target="Loyal")), lookups=1)
    (_, first), (_, second) = loaded(world, job), loaded(world, job, Email="bob@example.org")
    world.run(wider)
    world.clock.advance(60)
    note(world, wider, [second], hidden=["Loyal"])
    assert arrivals(world) == []
    assert first != second


def test_an_arrival_of_an_integration_that_writes_to_another_table_by_now_stays_out_of_its_new_one(
    world: World,
) -> None:
    job = world.two_way_job()
    _, rid = loaded(world, job)
    elsewhere = world.two_way_job(destination=NEWSLETTER.model_copy(update={"id_project": 99}))
    table, world.contacts = (
        world.contacts,
        DialogInsightTable(world.contacts.schema, clock=world.clock, first_number=9001),
    )
    elsewhere = world.two_way_job(destination=NEWSLETTER.model_copy(update={"id_project": 99}))
    world.run(elsewhere)
    table.edit(rid, Phone="819")
    note(world, job, [rid], table=table)
    assert world.rows("SELECT rid FROM seen WHERE side = 'DI'") == []
    assert_idle(world, elsewhere)


def test_a_new_table_of_an_integration_knows_the_arrivals_of_that_table_only(world: World) -> None:
    ann = world.contact(LastName="Ann")
    bring(world, world.job(), SalesforceID=ann, LastName="Ann", EMail="ann@example.org")
    elsewhere = world.job(
        destination=NEWSLETTER.model_copy(update={"id_project": 99}),
        target=DialogInsightTable(world.contacts.schema, clock=world.clock, first_number=9001),
    )
    told = world.run(elsewhere)
    assert told.total.sides[Side.DIALOG_INSIGHT].created == 1
    assert len(arrivals(world)) == 1


# -- records that were gone --------------------------------------------------------------------------------------------


def erased(world: World, job: Job) -> tuple[str, str]:
    """Let a contact be erased in Dialog Insight, and let two looks find that out."""
    ann, rid = loaded(world, job)
    world.contacts.remove(rid)
    for _ in range(2):
        world.clock.advance(180)
        world.run(job)
    assert links(world) == [(ann, rid, LinkState.ERASED)]
    world.clock.advance(60)
    return ann, rid


def test_an_erased_person_who_is_imported_again_is_tied_again_and_never_made_again(world: World) -> None:
    job = world.two_way_job()
    ann, _ = erased(world, job)
    made = len(world.contacts.sent)
    again = bring(world, job, SalesforceID=ann, LastName="Ann", EMail="ann@example.org", Phone="819")
    assert world.run(job).status is RunStatus.SUCCESS
    assert links(world) == [(ann, again, LinkState.ACTIVE)]
    assert world.org.row("Contact", ann)["Phone"] == "819"
    assert len(world.contacts.sent) == made
    assert_idle(world, job)
    world.org.update("Contact", ann, LastName="Anna")
    world.run(job)
    assert world.contacts.rows[again]["LastName"] == "Anna"


def test_an_import_from_before_the_erasure_wakes_nobody(world: World) -> None:
    job = world.two_way_job()
    before = written(world.clock.server)
    ann, rid = erased(world, job)
    with closing(Ledger.open(world.path, KEY)) as ledger:
        run = ledger.begin_run(before)
        target = ledger.target_for(job.target_name)
        values: dict[str, Value] = {**dict.fromkeys(world.contacts.schema.fields), "SalesforceID": ann}
        for number in (rid, "4711"):
            ledger.note_arrivals(target, run, [Arrival({"SalesforceID": ann}, number, values)], before)
    world.run(job)
    assert links(world) == [(ann, rid, LinkState.ERASED)]
    assert len(world.contacts.rows) == 0


def test_a_record_that_was_made_anew_by_an_import_takes_the_place_of_the_one_that_is_gone(world: World) -> None:
    job = world.two_way_job()
    people = [loaded(world, job, Email=f"n{n}@example.org") for n in range(25)]
    for ann, rid in people:
        world.contacts.remove(rid)
        n = people.index((ann, rid))
        bring(world, job, SalesforceID=ann, LastName="Ann", EMail=f"n{n}@example.org", Phone="514")
    sent = len(world.contacts.sent)
    assert world.run(job).status is RunStatus.SUCCESS
    assert links(world) == [(ann, world.contacts.id_of(SalesforceID=ann), LinkState.ACTIVE) for ann, _ in people]
    assert (len(world.contacts.sent), arrivals(world)) == (sent, [])
    assert_idle(world, job)


def test_a_merged_record_is_left_alone_by_an_import(world: World) -> None:
    job = world.two_way_job()
    ann, rid = loaded(world, job)
    twin, _ = loaded(world, job, Email="twin@example.org")
    world.org.merge("Contact", twin, ann)
    world.run(job)
    world.clock.advance(60)
    saves = len(world.org.sent)
    overwrite(world, job, rid, Phone="819")
    assert len(world.org.sent) == saves
    assert arrivals(world) == []


# -- people born there -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("marker", [False, True])
def test_an_imported_person_whom_salesforce_does_not_know_is_born_there_once(world: World, marker: bool) -> None:
    world.people.accepts = Capabilities(empty_lookup=marker, changed_since=not marker)
    job = world.birth_job()
    lea = bring(world, job, world.people, EMail="lea@example.org", LastName="Roy", Phone="514")
    assert world.run(job).status is RunStatus.SUCCESS
    [record] = world.org.rows["Contact"].values()
    assert record.values["DI_Contact_Id__c"] == f"123502:{lea}"
    assert world.people.rows[lea]["SalesforceID"] == record.values["Id"]
    assert arrivals(world) == []
    note(world, job, [lea], table=world.people)
    assert arrivals(world) == []
    assert_idle(world, job, world.people)
    assert len(world.org.rows["Contact"]) == 1


def test_an_imported_person_whom_salesforce_knows_is_met_there(world: World) -> None:
    world.people.accepts = Capabilities(empty_lookup=True)
    ann = world.contact(LastName="Ann", Email="ann@example.org")
    job = world.birth_job()
    rid = bring(world, job, world.people, EMail="ann@example.org", LastName="Ann")
    world.run(job)
    assert (links(world), arrivals(world)) == ([(ann, rid, 0)], [])
    assert len(world.org.rows["Contact"]) == 1


# -- kills -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("number", range(1, 14))
def test_a_first_contact_killed_at_any_commit_ends_as_it_should(world: World, number: int, after: bool) -> None:
    job = world.two_way_job()
    rids = [world.contact(LastName=f"N{n}", Phone="514", Email=f"n{n}@example.org") for n in range(4)]
    for n, rid in enumerate(rids):
        name, phone = ("Old", None) if n % 2 else (f"N{n}", "819")
        bring(world, job, SalesforceID=rid, LastName=name, EMail=f"n{n}@example.org", Phone=phone)
    told = world.run(job, kill=killed_at(number, after=after))
    assert told.killed or told.status is RunStatus.SUCCESS
    for _ in range(3):
        world.clock.advance(900)
        world.run(job)
    for n, rid in enumerate(rids):
        there, here = world.in_contacts(rid), world.org.row("Contact", rid)
        assert (there["LastName"], here["LastName"]) == (f"N{n}", f"N{n}")
        assert there["Phone"] == here["Phone"] == ("514" if n % 2 else "819")
    assert not any(call.kind == "create" for call in world.contacts.sent)
    assert_idle(world, job)


@pytest.mark.parametrize("fault", [Fault.UNKNOWN_BEFORE, Fault.UNKNOWN_AFTER, Fault.NOT_SENT])
def test_a_lost_reply_to_the_update_of_a_first_contact_loses_nothing(world: World, fault: Fault) -> None:
    ann = world.contact(LastName="Ann")
    bring(world, world.job(), SalesforceID=ann, LastName="Anne", EMail="ann@example.org")
    world.contacts.faults.append(fault)
    for _ in range(3):
        world.clock.advance(900)
        world.run()
    assert world.in_contacts(ann)["LastName"] == "Ann"
    assert_idle(world, world.job())


# -- laws --------------------------------------------------------------------------------------------------------------

_TEXT = st.sampled_from([None, "", "Ann", "ann", "Zoé", "x" * 30])
_PERSON = st.fixed_dictionaries(
    {
        "LastName": st.sampled_from(["Ann", "Roy", "Zoé"]),
        "Phone": _TEXT,
        "Title": _TEXT,
        "Birthdate": st.sampled_from([None, "1980-02-29"]),
        "Level__c": st.sampled_from([None, "Gold", "Silver"]),
    }
)
_FIELDS = {"LastName": "LastName", "Phone": "Phone", "Title": "Title", "Birthdate": "Birth", "Level__c": "Level"}
_POLICIES = st.sampled_from(
    [ConflictPolicy.SALESFORCE_WINS, ConflictPolicy.DIALOG_INSIGHT_WINS, ConflictPolicy.FIRST_NON_EMPTY]
)


@settings(max_examples=25, deadline=None)
@given(people=st.lists(_PERSON, min_size=1, max_size=8), two_way=st.booleans())
def test_an_import_followed_by_a_sync_of_equal_values_writes_nothing_and_looks_nobody_up(
    people: list[dict[str, Any]], two_way: bool
) -> None:
    with TemporaryDirectory() as folder:
        world = World(Path(folder))
        job = world.two_way_job() if two_way else world.job()
        for n, person in enumerate(people):
            address = f"p{n}@example.org"
            rid = world.contact(**person, Email=address)
            there = {_FIELDS[name]: value or None for name, value in person.items()}
            bring(world, job, SalesforceID=rid, EMail=address, **there)
        told = world.run(job)
        assert told.status is RunStatus.SUCCESS
        assert asked(world.contacts) == NOTHING
        assert (world.org.sent, told.total.unchanged) == ([], len(people))


@settings(max_examples=40, deadline=None)
@given(here=_PERSON, there=_PERSON, rules=st.lists(_POLICIES, min_size=5, max_size=5))
def test_exactly_what_differs_is_written_by_the_pairs_policy(
    here: dict[str, Any], there: dict[str, Any], rules: list[ConflictPolicy]
) -> None:
    pairs = [
        KEY_PAIR,
        FieldPair(source="Email", target="EMail"),
        *(FieldPair(source=s, target=t, conflict=rule) for (s, t), rule in zip(_FIELDS.items(), rules, strict=True)),
    ]
    with TemporaryDirectory() as folder:
        world = World(Path(folder))
        job = world.job(pairs)
        ann = world.contact(**here)
        shown = {_FIELDS[name]: value or None for name, value in there.items()}
        bring(world, job, SalesforceID=ann, EMail="ann@example.org", **shown)
        world.run(job)
        wanted = {}
        for (source, target), rule in zip(_FIELDS.items(), rules, strict=True):
            ours, theirs = here[source] or None, there[source] or None
            if ours is None or ours == theirs:
                continue
            if theirs is None or rule is not ConflictPolicy.DIALOG_INSIGHT_WINS:
                wanted[target] = ours
        assert [dict(r.fields) for r in world.sent_since(0)] == ([wanted] if wanted else [])
        assert asked(world.contacts) == Asked(0, 0, 1 if wanted else 0)
        assert_idle(world, job)
