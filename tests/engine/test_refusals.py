"""Records that cannot go: set aside with a reason, released when their source changes, and nobody waits for them."""

from __future__ import annotations

from disf_desktop.core.errors import AccessRefused, ServiceUnavailable
from disf_desktop.core.events import RunStatus
from disf_desktop.core.refusals import Reason
from disf_desktop.core.schema import Side
from tests.engine.fakes import Fault, Refusal
from tests.engine.world import ORDER_PAIRS, World


def test_a_value_that_cannot_go_sets_its_record_aside_with_the_reason_and_no_other(world: World) -> None:
    bad = world.contact(Email="not an address")
    good = [world.contact(LastName=f"N{n}") for n in range(4)]
    told = world.run()
    assert told.status is RunStatus.PARTIAL
    assert [world.in_contacts(rid)["LastName"] for rid in good] == ["N0", "N1", "N2", "N3"]
    [aside] = told.set_aside
    assert (aside.key, aside.field, aside.code, aside.side) == (bad, "EMail", Reason.EMAIL, Side.DIALOG_INSIGHT)
    assert aside.message == "Email is not an e-mail address."
    assert told.total.outstanding.set_aside == 1
    assert world.waiting() == {bad: "email"}


def test_every_reason_of_a_record_is_counted_and_the_first_is_said_in_full(world: World) -> None:
    world.contact(Email="not an address", Level__c="Bronze")
    world.run()
    [(field, parameters)] = world.rows("SELECT field, parameters FROM set_aside")
    assert field == "EMail"
    assert parameters == '{"others":1}'


def test_a_record_that_waits_is_told_once_and_the_next_run_needs_a_person(world: World) -> None:
    world.contact(Email="not an address")
    world.run()
    world.clock.advance(600)
    told = world.run()
    assert told.set_aside == []
    assert told.status is RunStatus.NEEDS_YOU
    assert told.total.set_aside == 0
    assert told.total.outstanding.set_aside == 1


def test_a_record_set_aside_goes_by_itself_once_its_source_is_corrected(world: World) -> None:
    bad = world.contact(Email="not an address")
    world.run()
    world.clock.advance(600)
    world.org.update("Contact", bad, Email="ann@example.org")
    told = world.run()
    assert told.status is RunStatus.SUCCESS
    assert world.in_contacts(bad)["EMail"] == "ann@example.org"
    assert world.waiting() == {}


def test_a_value_with_no_canonical_form_sets_its_record_aside_also_after_the_ledger_kept_it(world: World) -> None:
    bad = world.contact(Birthdate="yesterday")
    told = world.run()
    assert told.error is None
    assert world.waiting() == {bad: "not_a_date"}
    world.clock.advance(600)
    world.org.update("Contact", bad, Birthdate="1980-02-29")
    assert world.run().status is RunStatus.SUCCESS
    assert world.in_contacts(bad)["Birth"] == "1980-02-29"


def test_a_refusal_of_dialog_insight_is_said_as_it_came_with_the_number_of_its_call(world: World) -> None:
    world.contacts.refuses_record = lambda fields: (
        Refusal("31", "EMail is on the kill list", "EMail") if fields["LastName"] == "N1" else None
    )
    rids = [world.contact(LastName=f"N{n}") for n in range(3)]
    told = world.run()
    assert told.status is RunStatus.PARTIAL
    [aside] = told.set_aside
    assert (aside.key, aside.field, aside.code) == (rids[1], "EMail", "31")
    assert aside.message == "Dialog Insight refused it: EMail is on the kill list"
    assert world.rows("SELECT request_id FROM set_aside") == [("r1",)]
    assert len(world.contacts.rows) == 2
    assert len(world.contacts.finds) == 1


def test_a_refused_update_leaves_the_others_alone_and_is_tried_again_when_asked(world: World) -> None:
    rids = [world.contact(LastName=f"N{n}") for n in range(4)]
    world.run()
    world.clock.advance(600)
    for rid in rids:
        world.org.update("Contact", rid, Title="Baker" if rid != rids[0] else "Refused")
    world.contacts.refuses_record = lambda fields: (
        Refusal("31", "Not this title", "Title") if fields.get("Title") == "Refused" else None
    )
    told = world.run()
    assert told.total.sides[Side.DIALOG_INSIGHT].updated == 3
    assert world.waiting() == {rids[0]: "31"}
    mark = len(world.contacts.sent)
    world.clock.advance(600)
    assert world.run().status is RunStatus.NEEDS_YOU
    assert world.contacts.sent[mark:] == []
    world.contacts.refuses_record = lambda fields: None
    assert world.retry() == 1
    told = world.run()
    assert told.status is RunStatus.SUCCESS
    assert world.in_contacts(rids[0])["Title"] == "Refused"
    assert world.waiting() == {}


def test_tries_are_counted_and_the_first_time_is_remembered(world: World) -> None:
    world.contact(Email="not an address")
    first = world.run().set_aside[0]
    world.clock.advance(600)
    world.retry(first.id)
    again = world.run().set_aside[0]
    assert (again.id, again.first_seen, again.tries) == (first.id, first.first_seen, 2)


def test_a_dismissed_record_rests_until_its_source_changes(world: World) -> None:
    bad = world.contact(Email="not an address")
    number = world.run().set_aside[0].id
    assert world.dismiss(number) == 1
    assert world.dismiss(number) == 0
    assert world.waiting() == {}
    world.clock.advance(600)
    told = world.run()
    assert told.status is RunStatus.SUCCESS
    assert world.retry() == 0
    world.org.update("Contact", bad, Email="still not an address")
    world.clock.advance(600)
    assert world.run().status is RunStatus.PARTIAL
    assert world.waiting() == {bad: "email"}


def test_a_row_waits_for_a_contact_that_is_not_there_yet_and_follows_it(world: World) -> None:
    ann = world.contact(Email="not an address")
    bob = world.contact()
    world.org.insert("Order__c", Number__c="A-1", Contact__c=ann)
    world.org.insert("Order__c", Number__c="A-2", Contact__c=bob)
    world.org.insert("Order__c", Number__c="A-3", Contact__c=None)
    jobs = (world.job(), world.order_job())
    told = world.run(*jobs)
    assert {aside.code for aside in told.set_aside} == {"email", "parent_missing"}
    assert world.orders.row_of(Number="A-1") is None
    assert world.orders.row_of(Number="A-2") is not None
    assert world.orders.row_of(Number="A-3") == {"Number": "A-3"}
    world.clock.advance(600)
    world.org.update("Contact", ann, Email="ann@example.org")
    told = world.run(*jobs)
    assert told.status is RunStatus.SUCCESS
    row = world.orders.row_of(Number="A-1")
    assert row is not None
    assert row["idContact"] == world.contacts.by_key[(ann.lower(),)]


def test_a_row_that_waits_does_not_stop_the_runs_that_cannot_help_it(world: World) -> None:
    ann = world.contact(Email="not an address")
    order = world.org.insert("Order__c", Number__c="A-1", Contact__c=ann)
    world.run(world.order_job())
    world.clock.advance(600)
    told = world.run(world.order_job())
    assert told.error is None
    assert world.waiting() == {order: "parent_missing"}
    assert world.orders.sent == []


def test_a_key_that_another_record_has_is_not_sent(world: World) -> None:
    first = world.org.insert("Order__c", Number__c="A-1", Total__c="1")
    second = world.org.insert("Order__c", Number__c="a-1 ", Total__c="2")
    told = world.run(world.order_job())
    assert told.error is None
    assert world.waiting() == {second: "key_taken"}
    assert world.orders.row_of(Number="A-1") == {"Number": "A-1", "Total": "1"}
    world.clock.advance(600)
    third = world.org.insert("Order__c", Number__c="A-1", Total__c="3")
    world.run(world.order_job())
    assert world.waiting() == {second: "key_taken", third: "key_taken"}
    world.org.update("Order__c", second, Number__c="A-2")
    world.clock.advance(600)
    world.run(world.order_job())
    assert world.orders.row_of(Number="A-2") == {"Number": "A-2", "Total": "2"}
    assert len(world.orders.rows) == 2
    assert first not in world.waiting()


def test_a_repeated_key_is_noticed_however_many_refused_records_stand_between(world: World) -> None:
    world.batch_size = 200
    world.org.page_size = 1000
    first = world.org.insert("Order__c", Number__c="A-1")
    for n in range(2100):
        world.org.insert("Order__c", Number__c=f"B-{n}", Total__c="0.001" if n % 500 else "1")
    second = world.org.insert("Order__c", Number__c="A-1")
    told = world.run(world.order_job())
    assert told.error is None
    assert dict(world.rows("SELECT rid, code FROM set_aside WHERE rid IN (?, ?)", first, second)) == {
        second: "key_taken"
    }
    assert set(world.orders.by_key) == {("a-1",), *((f"b-{n}",) for n in range(0, 2100, 500))}


def test_a_key_that_changes_in_salesforce_is_not_carried_over(world: World) -> None:
    order = world.org.insert("Order__c", Number__c="A-1", Total__c="1")
    world.run(world.order_job())
    world.clock.advance(600)
    world.org.update("Order__c", order, Number__c="A-9", Total__c="2")
    world.run(world.order_job())
    assert world.waiting() == {order: "key_changed"}
    assert world.orders.row_of(Number="A-1") == {"Number": "A-1", "Total": "1"}
    assert world.orders.row_of(Number="A-9") is None


def test_a_row_whose_key_a_person_changed_in_dialog_insight_is_never_given_to_a_second_record(world: World) -> None:
    first = world.org.insert("Order__c", Number__c="A-1", Total__c="1")
    world.run(world.order_job())
    world.orders.edit(world.orders.by_key[("a-1",)], Number="A-2")
    world.clock.advance(600)
    second = world.org.insert("Order__c", Number__c="A-2", Total__c="2")
    other = world.org.insert("Order__c", Number__c="A-3", Total__c="3")
    told = world.run(world.order_job())
    assert told.error is None
    assert world.waiting() == {second: "key_taken"}
    assert world.orders.row_of(Number="A-3") is not None
    assert first not in world.waiting()
    assert other not in world.waiting()


def test_a_contact_that_is_gone_from_dialog_insight_is_not_made_again(world: World) -> None:
    rids = [world.contact(LastName=f"N{n}") for n in range(3)]
    world.run()
    world.contacts.remove(world.contacts.by_key[(rids[0].lower(),)])
    world.clock.advance(600)
    for rid in rids:
        world.org.update("Contact", rid, LastName="Roy")
    told = world.run()
    assert world.waiting() == {rids[0]: "target_gone"}
    assert told.total.sides[Side.DIALOG_INSIGHT].updated == 2
    assert len(world.contacts.rows) == 2


def test_a_call_refused_for_one_record_is_halved_until_that_one_stands_alone(world: World) -> None:
    world.batch_size = 8
    rids = [world.contact(LastName=f"N{n}") for n in range(8)]
    world.contacts.refuses_call = lambda records: any(r.fields["LastName"] == "N5" for r in records)
    told = world.run()
    assert told.error is None
    assert world.waiting() == {rids[5]: "42"}
    assert len(world.contacts.rows) == 7
    assert told.total.sides[Side.DIALOG_INSIGHT].created == 7


def test_a_call_refused_after_a_part_of_it_was_done_ends_with_each_record_once(world: World) -> None:
    world.batch_size = 8
    rids = [world.contact(LastName=f"N{n}") for n in range(8)]
    world.contacts.faults.append(Fault.REFUSED_AFTER_HALF)
    told = world.run()
    assert told.status is RunStatus.SUCCESS
    assert told.conflicts == []
    assert [world.in_contacts(rid)["LastName"] for rid in rids] == [f"N{n}" for n in range(8)]


def test_a_refused_key_ends_the_run_and_sets_nobody_aside(world: World) -> None:
    for n in range(8):
        world.contact(LastName=f"N{n}")
    world.contacts.key_revoked = True
    told = world.run()
    assert isinstance(told.error, AccessRefused)
    assert told.status is RunStatus.FAILED
    assert world.waiting() == {}
    world.contacts.key_revoked = False
    assert world.run().status is RunStatus.SUCCESS
    assert len(world.contacts.rows) == 8


def test_a_table_that_refuses_every_call_ends_the_run_instead_of_setting_everybody_aside(world: World) -> None:
    for n in range(30):
        world.contact(LastName=f"N{n}")
    world.contacts.refuses_call = lambda records: True
    told = world.run()
    assert isinstance(told.error, AccessRefused)
    assert "42: Some call is refused (request r" in told.error.detail
    assert len(world.waiting()) < 5


def test_all_or_nothing_refusals_end_with_the_culprit_alone(world: World) -> None:
    world.batch_size = 4
    rids = [world.contact(LastName=f"N{n}") for n in range(8)]
    world.contacts.all_or_nothing = True
    world.contacts.refuses_record = lambda fields: Refusal("31", "No") if fields["LastName"] == "N5" else None
    told = world.run()
    assert told.error is None
    assert world.waiting() == {rids[5]: "42"}
    assert len(world.contacts.rows) == 7


def test_a_service_that_cannot_be_reached_ends_the_run_and_the_next_one_sends_everything(world: World) -> None:
    rids = [world.contact(LastName=f"N{n}") for n in range(6)]
    world.contacts.faults.extend([None, Fault.NOT_SENT])
    told = world.run()
    assert isinstance(told.error, ServiceUnavailable)
    assert told.status is RunStatus.FAILED
    assert len(world.contacts.rows) == 2
    told = world.run()
    assert told.status is RunStatus.SUCCESS
    assert [world.in_contacts(rid)["LastName"] for rid in rids] == [f"N{n}" for n in range(6)]
    assert len(world.contacts.rows) == 6


def test_a_pair_to_an_unwanted_key_of_orders_names_the_field_that_the_person_knows(world: World) -> None:
    world.org.insert("Order__c", Number__c=None, Total__c="1")
    told = world.run(world.order_job(ORDER_PAIRS))
    [aside] = told.set_aside
    assert (aside.field, aside.code) == ("Number", "key_missing")
    assert aside.message.startswith("Number is empty")
