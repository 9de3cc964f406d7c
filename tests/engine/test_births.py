"""People born in Dialog Insight: each becomes one Salesforce record, whatever happens on the way."""

from __future__ import annotations

from typing import Any

import pytest

from disf_desktop.core.events import Progress, RunStatus, Stage
from disf_desktop.core.records import Capabilities
from disf_desktop.core.schema import Side
from tests.engine.fakes import ENGINE, Fault
from tests.engine.world import Told, World, killed_at

NUMBER = "DI_Contact_Id__c"


@pytest.fixture(autouse=True)
def _account(world: World) -> None:
    world.people.accepts = Capabilities(empty_lookup=True)


def born(world: World, email: str = "lea@example.org", **values: Any) -> str:
    return world.people.add(**{"EMail": email, "LastName": "Roy", **values})


def run(world: World, **more: Any) -> Told:
    world.clock.advance(60)
    return world.run(world.birth_job(), **more)


def records(world: World) -> dict[str, dict[str, Any]]:
    """Give the Salesforce records by their number in Dialog Insight, or by their Id."""
    return {row.values[NUMBER] or rid: row.values for rid, row in world.org.rows["Contact"].items()}


def made(world: World) -> int:
    return sum(1 for c in world.org.history if c.author == ENGINE and c.before is None)


def assert_settled(world: World, *emails: str) -> None:
    """Everybody is in Salesforce once, the marker says who is who, and an idle run writes nothing."""
    by_email = {str(row["EMail"]): row for row in world.people.rows.values()}
    for email in emails:
        [record] = [r for r in records(world).values() if r["Email"] == email]
        assert by_email[email]["SalesforceID"] == record["Id"]
    marks = len(world.org.sent), len(world.people.sent)
    assert run(world).status is RunStatus.SUCCESS
    assert (len(world.org.sent), len(world.people.sent)) == marks


def test_what_was_read_is_never_told_to_be_more_than_there_is(world: World) -> None:
    for n in range(3):
        born(world, f"lea{n}@example.org")
    told = run(world).of(Progress)
    read = [each for each in told if (each.stage, each.side) == (Stage.READ, Side.DIALOG_INSIGHT)]
    assert [(each.done, each.total) for each in read] == [(3, 3)]


def test_a_person_born_is_made_in_salesforce_under_an_external_id_and_the_marker_is_written_back(world: World) -> None:
    lea = born(world, Phone="514", City="Laval")
    told = run(world)
    assert told.status is RunStatus.SUCCESS
    record = records(world)[f"123502:{lea}"]
    assert (record["LastName"], record["Email"], record["Phone"], record["City__c"]) == (
        "Roy", "lea@example.org", "514", "Laval"
    )  # fmt: skip
    assert world.people.rows[lea]["SalesforceID"] == record["Id"]
    assert told.total.sides[Side.SALESFORCE].created == 1
    assert [dict(r.fields) for r in world.sent_since(0, world.people)] == [{"SalesforceID": record["Id"]}]
    assert_settled(world, "lea@example.org")


def test_an_edit_of_somebody_born_reaches_the_same_record(world: World) -> None:
    lea = born(world)
    run(world)
    world.people.edit(lea, Phone="819", EMail="roy@example.org")
    run(world)
    record = records(world)[f"123502:{lea}"]
    assert (record["Phone"], record["Email"]) == ("819", "roy@example.org")
    assert made(world) == 1


def test_a_save_in_salesforce_does_not_travel_to_a_project_of_births(world: World) -> None:
    lea = born(world)
    run(world)
    world.org.update("Contact", records(world)[f"123502:{lea}"]["Id"], LastName="Salesforce")
    mark = len(world.people.history)
    run(world)
    assert len(world.people.history) == mark


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("number", range(1, 24))
def test_a_birth_killed_at_any_commit_ends_with_one_record(world: World, number: int, after: bool) -> None:
    for n in range(3):
        born(world, f"p{n}@example.org")
    told = run(world, kill=killed_at(number, after=after))
    assert told.killed or told.status is RunStatus.SUCCESS
    run(world)
    # What may have left before the kill may still arrive for eleven minutes.
    world.clock.advance(900)
    run(world)
    assert made(world) == 3
    assert_settled(world, *(f"p{n}@example.org" for n in range(3)))


@pytest.mark.parametrize("fault", [Fault.UNKNOWN_BEFORE, Fault.UNKNOWN_AFTER, Fault.UNKNOWN_LATER, Fault.NOT_SENT])
def test_a_birth_whose_reply_is_lost_makes_one_record(world: World, fault: Fault) -> None:
    born(world)
    world.org.faults.append(fault)
    run(world)
    for _ in range(2):
        world.clock.advance(900)
        run(world)
    assert made(world) == 1
    assert_settled(world, "lea@example.org")


def test_a_birth_that_may_still_arrive_is_not_sent_again_before_its_time_is_over(world: World) -> None:
    born(world)
    world.org.faults.append(Fault.UNKNOWN_BEFORE)
    run(world)
    for _ in range(4):
        run(world)
    assert len(world.org.sent) == 1
    world.clock.advance(660)
    run(world)
    assert len(world.org.sent) == 2
    assert_settled(world, "lea@example.org")


def test_somebody_whom_salesforce_knows_by_the_address_is_tied_and_differences_are_asked_about(world: World) -> None:
    ann = world.contact(LastName="Ann", Email="Lea@Example.org", Phone="514")
    lea = born(world, LastName="Léa", Phone="819", City="Laval")
    told = run(world)
    assert made(world) == 0
    assert world.people.rows[lea]["SalesforceID"] == ann
    assert told.status is RunStatus.NEEDS_YOU
    row = world.org.row("Contact", ann)
    assert (row["LastName"], row["Phone"], row["City__c"]) == ("Ann", "514", "Laval")
    asked = world.rows("SELECT field, sf, di FROM conflict WHERE state = 'waiting' ORDER BY field")
    assert asked == [("LastName", '"Ann"', '"Léa"'), ("Phone", '"514"', '"819"')]


def test_two_records_of_one_address_are_a_persons_decision(world: World) -> None:
    for _ in range(2):
        world.contact(Email="lea@example.org")
    lea = born(world)
    told = run(world)
    assert told.status is RunStatus.PARTIAL
    assert world.waiting() == {lea: "ambiguous_match"}
    assert made(world) == 0
    assert "SalesforceID" not in world.people.rows[lea]


def test_somebody_whose_values_salesforce_refuses_is_set_aside_and_stops_nobody(world: World) -> None:
    bad, good = born(world, "bad@example.org", LastName=None), born(world)
    told = run(world)
    assert told.status is RunStatus.PARTIAL
    assert world.waiting() == {bad: "required_missing"}
    assert f"123502:{good}" in records(world)
    world.people.edit(bad, LastName="Roy")
    assert run(world).status is RunStatus.SUCCESS
    assert made(world) == 2


@pytest.mark.parametrize("address", ["other@example.org", "not an address"])
def test_an_address_that_somebody_gave_up_is_free_for_the_next_person(world: World, address: str) -> None:
    first = born(world, LastName="First")
    run(world)
    world.org.update("Contact", records(world)[f"123502:{first}"]["Id"], Email="elsewhere@example.org")
    world.people.edit(first, EMail=address)
    second = born(world, LastName="Second")
    told = run(world)
    assert told.error is None
    run(world)
    assert made(world) == 2
    assert records(world)[f"123502:{second}"]["LastName"] == "Second"
    world.people.edit(first, EMail="third@example.org")
    assert run(world).status is RunStatus.SUCCESS
    assert records(world)[f"123502:{first}"]["Email"] == "third@example.org"


def test_somebody_who_has_a_marker_already_is_not_made_again(world: World) -> None:
    ann = world.contact()
    born(world, SalesforceID=ann)
    world.people.accepts = Capabilities(empty_lookup=True, changed_since=True)
    run(world)
    assert made(world) == 0


def test_a_person_born_there_goes_on_to_a_project_of_contacts_in_one_run_without_echo(world: World) -> None:
    lea = born(world, Phone="514")
    jobs = (world.two_way_job(), world.birth_job())
    world.clock.advance(60)
    told = world.run(*jobs)
    assert told.status is RunStatus.SUCCESS
    rid = records(world)[f"123502:{lea}"]["Id"]
    assert world.in_contacts(rid)["Phone"] == "514"
    marks = len(world.org.sent), len(world.people.sent), len(world.contacts.sent)
    for _ in range(2):
        world.clock.advance(60)
        assert world.run(*jobs).status is RunStatus.SUCCESS
    assert (len(world.org.sent), len(world.people.sent), len(world.contacts.sent)) == marks
    world.people.edit(lea, Phone="819")
    world.clock.advance(60)
    world.run(*jobs)
    assert (world.org.row("Contact", rid)["Phone"], world.in_contacts(rid)["Phone"]) == ("819", "819")
