"""The first meeting of both services: everybody new is created, everybody known is adopted."""

from __future__ import annotations

import pytest

from disf_desktop.core.errors import ServiceUnavailable
from disf_desktop.core.events import RunStatus
from disf_desktop.core.project import ConflictPolicy, Direction, FieldPair, Trigger, WhenEmpty
from disf_desktop.core.records import Capabilities
from disf_desktop.core.schema import Field, FieldType, Side
from tests.engine.fakes import Fault, Refusal, with_field
from tests.engine.world import BOTH_PAIRS, KEY_PAIR, ORDER, PAIRS, World


def test_a_first_load_brings_every_contact_with_its_mapped_values(world: World) -> None:
    ann = world.contact(LastName="Éléonore", Phone="514 555-0101", Birthdate="1980-02-29", Level__c="Gold")
    others = [world.contact(LastName=f"N{n}", Email=f"n{n}@example.org") for n in range(6)]
    told = world.run()
    assert told.error is None
    assert told.status is RunStatus.SUCCESS
    assert told.total.sides[Side.DIALOG_INSIGHT].created == 7
    assert told.total.sides[Side.SALESFORCE].read == 7
    assert world.in_contacts(ann) == {
        "SalesforceID": ann,
        "LastName": "Éléonore",
        "EMail": "ann@example.org",
        "Phone": "514 555-0101",
        "Birth": "1980-02-29",
        "Level": "Gold",
    }
    assert [world.in_contacts(rid)["LastName"] for rid in others] == [f"N{n}" for n in range(6)]
    assert {call.kind for call in world.contacts.sent} == {"create"}
    assert max(len(call.records) for call in world.contacts.sent) == world.batch_size


def test_a_create_carries_no_empty_field(world: World) -> None:
    world.contact(Phone=None, Title="")
    world.run()
    [record] = world.sent_since(0)
    assert set(record.fields) == {"LastName", "EMail"}


def test_a_second_run_writes_nothing_and_makes_few_calls(world: World) -> None:
    for n in range(10):
        world.contact(LastName=f"N{n}")
    world.clock.advance(600)
    world.run()
    world.clock.advance(600)
    written = len(world.contacts.sent)
    told = world.run()
    assert told.status is RunStatus.SUCCESS
    assert len(world.contacts.sent) == written
    assert told.total.calls == {Side.SALESFORCE: 3, Side.DIALOG_INSIGHT: 1}
    assert told.total.set_aside == told.total.conflicts == 0


def test_a_large_first_load_goes_by_bulk_in_any_order_and_the_next_read_by_query(world: World) -> None:
    rids = {world.contact(LastName=f"N{n}") for n in range(10)}
    world.org.counts_as = 50_000
    told = world.run()
    assert told.error is None
    assert world.org.read_alls == 1
    assert set(world.contacts.by_key) == {(rid.lower(),) for rid in rids}
    world.clock.advance(600)
    world.run()
    assert world.org.read_alls == 1
    assert world.org.windows[-1].since is not None


def test_an_existing_contact_with_the_same_values_is_adopted_without_a_write(world: World) -> None:
    ann = world.contact(LastName="Ann")
    world.contacts.add(SalesforceID=ann, LastName="Ann", EMail="ann@example.org")
    told = world.run()
    assert told.status is RunStatus.SUCCESS
    assert [call.kind for call in world.contacts.sent] == ["create"]
    assert told.total.unchanged == 1
    assert told.conflicts == []
    world.clock.advance(60)
    world.org.update("Contact", ann, LastName="Anna")
    world.run()
    assert world.in_contacts(ann)["LastName"] == "Anna"


def test_an_adopted_contact_is_filled_and_each_difference_is_decided_by_its_policy_and_kept(world: World) -> None:
    ann = world.contact(LastName="Ann", Phone="514", Title="Baker", Level__c="Gold", Birthdate=None)
    world.contacts.add(
        SalesforceID=ann, LastName="Anne", EMail="ann@example.org", Phone="819", Level="Silver", Birth="1980-01-01"
    )
    told = world.run()
    assert world.in_contacts(ann) == {
        "SalesforceID": ann,
        "LastName": "Ann",
        "EMail": "ann@example.org",
        "Phone": "819",
        "Title": "Baker",
        "Level": "Gold",
        "Birth": "1980-01-01",
    }
    assert {(c.field, c.salesforce, c.dialog_insight, c.rule) for c in told.conflicts} == {
        ("LastName", "Ann", "Anne", "salesforce_wins"),
        ("Phone", "514", "819", "dialog_insight_wins"),
        ("Level", "Gold", "Silver", "first_non_empty"),
    }
    assert told.total.conflicts == 3
    kept = world.rows("SELECT field, sf, di, rule, winner FROM conflict ORDER BY field")
    assert kept == [
        ("LastName", '"Ann"', '"Anne"', "salesforce_wins", "salesforce"),
        ("Level", '"Gold"', '"Silver"', "first_non_empty", "salesforce"),
        ("Phone", '"514"', '"819"', "dialog_insight_wins", "dialog_insight"),
    ]
    [_, update] = world.contacts.sent
    assert update.kind == "update"
    assert dict(update.records[0].fields) == {"LastName": "Ann", "Title": "Baker", "Level": "Gold"}


def test_what_was_emptied_in_a_record_before_it_was_shown_is_filled_from_its_contact(world: World) -> None:
    """Its contact was shown by an earlier run: nothing is agreed on before both were, and no value is none."""
    world.contacts.accepts = Capabilities(changed_since=True)
    there: list[str] = []

    def comes(name: str) -> None:
        if name == "changed_since" and not there:
            there.append(world.contact(LastName="Roy", Title=None))
            world.contacts.add(SalesforceID=there[0], LastName="Roy", EMail="ann@example.org", Title="Boss")

    world.contacts.before_call = comes
    world.run(world.two_way_job())
    [rid] = there
    assert [look.rid for look in world.contacts.looks] == [world.contacts.id_of(SalesforceID=rid)]
    assert world.org.looks == []
    for title in ("Baker", None):
        world.clock.advance(60)
        world.org.update("Contact", rid, Title=title)
    told = world.run(world.two_way_job())
    assert (world.org.row("Contact", rid)["Title"], world.in_contacts(rid)["Title"]) == ("Boss", "Boss")
    assert told.conflicts == []


def test_a_value_that_dialog_insight_won_stands_until_salesforce_changes_it(world: World) -> None:
    ann = world.contact(Phone="514")
    world.contacts.add(SalesforceID=ann, LastName="Tremblay", EMail="ann@example.org", Phone="819")
    world.run()
    world.clock.advance(60)
    world.org.update("Contact", ann, LastName="Roy")
    world.run()
    assert world.in_contacts(ann)["Phone"] == "819"
    world.clock.advance(60)
    world.org.update("Contact", ann, Phone="438")
    world.run()
    assert world.in_contacts(ann)["Phone"] == "438"


def test_without_the_update_trigger_an_existing_contact_is_tied_and_left_as_it_is(world: World) -> None:
    ann = world.contact(LastName="Ann")
    world.contacts.add(SalesforceID=ann, LastName="Anne", EMail="ann@example.org")
    told = world.run(world.job(triggers=(Trigger.SALESFORCE_CREATED,)))
    assert told.status is RunStatus.SUCCESS
    assert world.in_contacts(ann)["LastName"] == "Anne"
    assert world.rows("SELECT sf_id FROM link WHERE di_rid IS NOT NULL") == [(ann,)]


def test_an_existing_contact_whose_values_are_refused_is_set_aside_each_time_it_is_tried(world: World) -> None:
    ann = world.contact(LastName="Ann")
    world.contacts.add(SalesforceID=ann, LastName="Anne", EMail="ann@example.org")
    world.contacts.refuses_record = lambda fields: Refusal("12", "Not this name", "LastName")
    told = world.run()
    assert told.status is RunStatus.PARTIAL
    assert world.waiting() == {ann: "12"}
    world.contacts.refuses_record = lambda fields: None
    world.retry()
    told = world.run()
    assert told.status is RunStatus.SUCCESS
    assert world.in_contacts(ann)["LastName"] == "Ann"
    assert world.waiting() == {}


def test_two_integrations_feed_one_contact_list(world: World) -> None:
    ann = world.contact(LastName="Ann")
    lea = world.org.insert("Lead", LastName="Lea", Email="lea@example.org")
    jobs = (world.job(), world.job(name="Leads", sobject="Lead"))
    told = world.run(*jobs)
    assert [summary.name for summary in told.finished.integrations] == ["Leads", "Contacts"]
    assert told.total.sides[Side.DIALOG_INSIGHT].created == 2
    assert {world.in_contacts(rid)["LastName"] for rid in (ann, lea)} == {"Ann", "Lea"}
    world.clock.advance(60)
    world.org.update("Lead", lea, LastName="Léa")
    mark = len(world.contacts.sent)
    told = world.run(*jobs)
    assert [(r.rid, dict(r.fields)) for r in world.sent_since(mark)] == [
        (world.contacts.by_key[(lea.lower(),)], {"LastName": "Léa"})
    ]


def test_rows_go_after_the_contacts_that_they_point_to_whatever_the_order_of_the_integrations(world: World) -> None:
    ann = world.contact()
    world.org.insert("Order__c", Number__c="A-1", Contact__c=ann, Total__c="12.50")
    told = world.run(world.order_job(), world.job())
    assert told.status is RunStatus.SUCCESS
    row = world.orders.row_of(Number="A-1")
    assert row == {"Number": "A-1", "idContact": world.contacts.by_key[(ann.lower(),)], "Total": "12.5"}


def test_an_empty_org_is_read_and_nothing_is_sent(world: World) -> None:
    told = world.run()
    assert told.status is RunStatus.SUCCESS
    assert world.contacts.sent == []
    assert world.contacts.finds == []


@pytest.mark.parametrize("says", [True, False])
def test_what_dialog_insight_says_that_it_stores_is_the_base_else_what_was_sent(world: World, says: bool) -> None:
    world.contacts.says_what_is_stored = says
    world.contact(LastName="Ann", Email="Ann@Example.org")
    world.run()
    [(base,)] = world.rows("SELECT di FROM base")
    assert ('"ann@example.org"' in base) is says
    assert ('"Ann@Example.org"' in base) is not says


def test_a_default_is_sent_where_the_source_is_empty(world: World) -> None:
    pairs = (*PAIRS, FieldPair(source="City__c", target="City", default="Laval"))
    ann = world.contact(City__c=None)
    bob = world.contact(City__c="Lévis")
    world.run(world.job(pairs))
    assert world.in_contacts(ann)["City"] == "Laval"
    assert world.in_contacts(bob)["City"] == "Lévis"
    world.clock.advance(60)
    world.org.update("Contact", bob, City__c="")
    world.run(world.job(pairs))
    assert world.in_contacts(bob)["City"] == "Laval"


def test_a_related_field_is_read_through_its_relation(world: World) -> None:
    world.org.schemas["Order__c"] = with_field(
        ORDER, Field("Contact__r.Email", "Contact e-mail", FieldType.EMAIL, length=80)
    )
    pairs = (
        FieldPair(source="Number__c", target="Number", key=True),
        FieldPair(source="Contact__r.Email", target="EMail"),
    )
    ann = world.contact(Email="ann@example.org")
    world.org.insert("Order__c", Number__c="A-1", Contact__c=ann, Contact__rId=ann)
    told = world.run(world.order_job(pairs))
    assert told.error is None
    assert world.orders.row_of(Number="A-1") == {"Number": "A-1", "EMail": "ann@example.org"}


def test_a_reply_in_another_order_or_a_refused_half_hurts_nobody_else(world: World) -> None:
    world.batch_size = 4
    rids = [world.contact(LastName=f"N{n}") for n in range(4)]
    world.contacts.faults.append(Fault.REORDERED)
    world.run()
    assert [world.in_contacts(rid)["LastName"] for rid in rids] == [f"N{n}" for n in range(4)]
    bases = dict(world.rows("SELECT l.sf_id, b.di FROM base b JOIN link l ON l.id = b.link"))
    assert all(f'"N{n}"' in bases[rid] for n, rid in enumerate(rids))


def test_a_key_is_never_sent_twice_whatever_the_policy_of_empty_values(world: World) -> None:
    pairs = (KEY_PAIR, *(pair.model_copy(update={"when_empty": WhenEmpty.KEEP}) for pair in PAIRS[1:]))
    ann = world.contact(Phone="514")
    world.run(world.job(pairs))
    world.clock.advance(60)
    world.org.update("Contact", ann, Phone=None, LastName="Roy")
    mark = len(world.contacts.sent)
    world.run(world.job(pairs))
    [record] = world.sent_since(mark)
    assert dict(record.fields) == {"LastName": "Roy"}
    assert dict(record.key) == {"SalesforceID": ann}


def test_the_policy_of_first_contact_may_differ_by_field(world: World) -> None:
    pairs = tuple(
        pair if pair.key else pair.model_copy(update={"conflict": ConflictPolicy.DIALOG_INSIGHT_WINS}) for pair in PAIRS
    )
    ann = world.contact(LastName="Ann", Title="Baker")
    world.contacts.add(SalesforceID=ann, LastName="Anne", EMail="anne@example.org")
    world.run(world.job(pairs))
    assert world.in_contacts(ann) == {
        "SalesforceID": ann, "LastName": "Anne", "EMail": "anne@example.org", "Title": "Baker"
    }  # fmt: skip


@pytest.mark.parametrize("direction", [Direction.BOTH, Direction.TO_SALESFORCE])
def test_what_dialog_insight_won_and_somebody_emptied_there_before_it_travelled_is_emptied_in_salesforce(
    world: World, direction: Direction
) -> None:
    phone = FieldPair(source="Phone", target="Phone", direction=direction, conflict=ConflictPolicy.DIALOG_INSIGHT_WINS)
    job = world.two_way_job((*BOTH_PAIRS[:3], phone))
    ann = world.contact(LastName="Ann", Phone="514")
    number = world.contacts.add(SalesforceID=ann, LastName="Ann", Phone="819")
    world.org.faults.append(Fault.NOT_SENT)
    assert isinstance(world.run(job).error, ServiceUnavailable)
    world.clock.advance(60)
    world.contacts.edit(number, Phone=None)
    world.clock.advance(60)
    world.run(job)
    assert (world.org.row("Contact", ann)["Phone"], world.contacts.rows[number]["Phone"]) == (None, None)
    assert [kept[:2] for kept in world.rows("SELECT sf, di FROM conflict")] == [('"514"', '"819"')]
