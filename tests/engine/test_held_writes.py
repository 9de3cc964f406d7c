"""Writes whose replies were lost, while what both sides agree on moves on: each of them settles its own fields."""

from __future__ import annotations

from datetime import timedelta

import pytest

from disf_desktop.core.records import Capabilities
from disf_desktop.core.schema import Side
from tests.engine.fakes import Fault
from tests.engine.test_both_ways import Two
from tests.engine.world import BOTH_PAIRS, World, killed_at

SIDES = list(Side)
AFTER_THE_HOLD = 20 * 60


@pytest.fixture
def two(world: World) -> Two:
    return Two(world)


def late(two: Two, *sides: Side, seconds: int = 300) -> None:
    """Let the next write to these sides lose its reply and arrive later."""
    for side in sides:
        service = two.world.org if side is Side.SALESFORCE else two.world.contacts
        service.faults.append(Fault.UNKNOWN_LATER)
        service.lateness = timedelta(seconds=seconds)


def settled(two: Two, **values: str | None) -> None:
    """Both sides hold these values, and there is nothing left to write."""
    for _ in range(2):
        two.run()
    two.pause()
    two.run()
    assert two.written() == ([], [])
    assert {name: (two.here(name), two.there(name)) for name in values} == {n: (v, v) for n, v in values.items()}


def test_what_was_emptied_while_both_writes_of_a_record_were_held_stays_empty(world: World) -> None:
    two = Two(world, Phone=None)
    two.edit(Phone="438")
    two.save(LastName="Anna")
    late(two, *SIDES)
    two.run()
    assert world.rows("SELECT side, state FROM op WHERE state <> 'APPLIED' ORDER BY side") == [
        ("DI", "HOLD"),
        ("SF", "HOLD"),
    ]
    two.edit(Phone=None)
    two.world.clock.advance(AFTER_THE_HOLD)
    assert (two.here("Phone"), two.there("LastName")) == ("438", "Anna"), "both came"
    settled(two, Phone=None, LastName="Anna")


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("phone", ["438", "514"], ids=["left alone", "put back"])
def test_what_was_agreed_on_of_another_field_while_a_write_was_held_stands(two: Two, side: Side, phone: str) -> None:
    """The other side is written meanwhile; that value may then be put back to what it was when the held one began."""
    (two.edit if side is Side.SALESFORCE else two.save)(LastName="Anna")
    late(two, side, seconds=1000)
    two.run()
    (two.save if side is Side.SALESFORCE else two.edit)(Phone="438")
    two.run()
    assert (two.here("Phone"), two.there("Phone")) == ("438", "438")
    if phone == "514":
        (two.edit if side is Side.SALESFORCE else two.save)(Phone=phone)
    two.world.clock.advance(AFTER_THE_HOLD)
    settled(two, Phone=phone, LastName="Anna")
    assert two.kept() == []


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("killed", [False, True])
def test_what_was_agreed_on_along_with_a_write_is_agreed_on_once_it_has_come(
    two: Two, side: Side, killed: bool
) -> None:
    """Somebody wrote the same on both sides; an edit after it is one side's, and nobody's conflict."""
    two.save(City__c="Laval")
    two.edit(City="Laval")
    (two.edit if side is Side.SALESFORCE else two.save)(LastName="Anna")
    if killed:
        two.world.run(two.job, kill=killed_at(1, only="settle"))
    else:
        late(two, side)
        two.run()
    two.world.clock.advance(AFTER_THE_HOLD)
    two.run()
    two.edit(City="Gatineau")
    two.run()
    assert (two.here("City__c"), two.here("LastName"), two.there("LastName")) == ("Gatineau", "Anna", "Anna")
    assert two.kept() == []


@pytest.mark.parametrize("side", SIDES)
def test_a_write_that_arrives_long_after_it_was_given_up_is_taken_back(two: Two, side: Side) -> None:
    (two.edit if side is Side.SALESFORCE else two.save)(LastName="Anna")
    late(two, side, seconds=2 * 3600)
    two.run()
    (two.save if side is Side.SALESFORCE else two.edit)(LastName="Person")
    two.world.clock.advance(AFTER_THE_HOLD)
    for _ in range(2):
        two.run()
    stands = two.here("LastName")
    assert two.there("LastName") == stands
    two.world.clock.advance(2 * 3600)
    settled(two, LastName=stands)


@pytest.mark.parametrize("side", SIDES)
def test_a_write_that_was_given_up_at_once_is_taken_back_though_a_newer_one_went_out(two: Two, side: Side) -> None:
    """Somebody's edit says that it did not come; it may come all the same, over what was confirmed since."""
    mine, theirs = (two.edit, two.save) if side is Side.SALESFORCE else (two.save, two.edit)
    mine(LastName="Anna")
    late(two, side, seconds=8 * 60)
    assert two.world.run(two.job, kill=killed_at(1, only="settle")).killed
    theirs(LastName="Person")
    two.run()
    mine(LastName="Annie")
    two.run()
    assert (two.here("LastName"), two.there("LastName")) == ("Annie", "Annie")
    two.world.clock.advance(AFTER_THE_HOLD)
    assert "Anna" in (two.here("LastName"), two.there("LastName")), "it came"
    settled(two, LastName="Annie")
    assert two.world.rows("SELECT count(*) FROM own_value") == [(0,)], "what has come cannot come again"


def test_what_a_held_write_is_judged_by_is_what_is_known_from_then_on(two: Two) -> None:
    """Nobody looks the record up again before it is planned."""
    two.edit(Phone="438")
    two.save(LastName="Anna")
    two.world.org.faults.append(Fault.UNKNOWN_BEFORE)
    late(two, Side.DIALOG_INSIGHT)
    two.run()
    two.edit(Phone="514")
    two.world.clock.advance(AFTER_THE_HOLD)
    two.job = two.world.two_way_job(BOTH_PAIRS, lookups=0)
    two.run()
    assert (two.here("Phone"), two.there("Phone")) == ("514", "514")
    settled(two, Phone="514", LastName="Anna")


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("planned", [False, True])
def test_what_a_write_that_was_given_up_goes_over_is_kept_though_nobody_has_planned_it(
    two: Two, side: Side, planned: bool
) -> None:
    """It was seen when the write was given up, and the run ended there; what comes late looks like what was wanted."""
    ours, theirs = (two.edit, two.save) if side is Side.SALESFORCE else (two.save, two.edit)
    ours(LastName="Anna")
    late(two, side, seconds=2 * 3600)
    two.run()
    theirs(LastName="Person")
    two.world.clock.advance(AFTER_THE_HOLD)
    if planned:
        two.run()
    else:
        assert two.world.run(two.job, kill=killed_at(1, after=True, only="settle")).killed
    two.world.clock.advance(2 * 3600)
    for _ in range(3):
        two.run()
    assert two.here("LastName") == two.there("LastName")
    column = 1 if side is Side.SALESFORCE else 2
    edits = [kept for kept in two.kept() if kept[column] == '"Person"']
    assert len(edits) == 1
    if not planned:
        assert edits[0][4] == side.other.value, "so that it can be restored"
        two.choose(side)
        two.run()
        assert (two.here("LastName"), two.there("LastName")) == ("Person", "Person")


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("came", [True, False])
def test_what_was_put_back_after_a_write_had_come_is_kept(two: Two, side: Side, came: bool) -> None:
    """The other field tells that it came; where nothing does, it is sent again and nothing is kept."""
    (two.edit if side is Side.SALESFORCE else two.save)(LastName="Anna", Phone="438")
    if came:
        late(two, side)
    else:
        (two.world.org if side is Side.SALESFORCE else two.world.contacts).faults.append(Fault.UNKNOWN_BEFORE)
    two.run()
    two.world.clock.advance(400)
    if came:
        (two.save if side is Side.SALESFORCE else two.edit)(Phone="514")
    two.world.clock.advance(AFTER_THE_HOLD)
    settled(two, LastName="Anna", Phone="438")
    column = 1 if side is Side.SALESFORCE else 2
    assert [kept[column] for kept in two.kept()] == ['"514"'] * came


def in_brackets(value: str | None) -> str | None:
    return f"({value[:3]}) {value[4:]}" if value and value[3:4] == " " else value


@pytest.mark.parametrize("first", [False, True], ids=["known", "first contact"])
def test_what_a_held_write_goes_over_is_kept_though_a_trigger_rewrites_what_comes(world: World, first: bool) -> None:
    """And what it has made of ours is nobody's edit: it is agreed on, and not written again."""
    two = Two(world)
    world.org.rewrites["Phone"] = in_brackets
    if first:
        two.rid = world.contact(LastName="Roy", Phone="514 0010")
        two.number = world.contacts.add(SalesforceID=two.rid, LastName="Roy", Phone="514 0014")
    else:
        two.edit(Phone="514 0014")
    late(two, Side.SALESFORCE)
    two.run()
    assert world.rows("SELECT side, state FROM op WHERE state <> 'APPLIED'") == [("SF", "HOLD")]
    two.save(Phone="514 0028")
    two.run()
    world.clock.advance(AFTER_THE_HOLD)
    assert two.here("Phone") == "(514) 0014", "it came"
    two.pause()
    for _ in range(2):
        two.run()
    assert (two.here("Phone"), two.there("Phone"), two.written()) == ("(514) 0014", "514 0014", ([], []))
    assert [kept[1:3] for kept in two.kept()][first:] == [('"(514) 0028"', '"514 0014"')]


def with_country(value: str | None) -> str | None:
    return f"+1 {value}" if value and not value.startswith("+") else value


@pytest.mark.parametrize("given_up", [False, True])
def test_an_edit_is_kept_though_what_goes_over_it_late_may_be_a_person_s_too(world: World, given_up: bool) -> None:
    """Ours with a code of a country may be either's; to keep an edit too many takes nothing from anybody."""
    two = Two(world)
    world.org.rewrites["Phone"] = with_country
    two.edit(Phone="514 0014")
    late(two, Side.SALESFORCE, seconds=2 * 3600 if given_up else 300)
    two.run()
    two.save(Phone="514 0028")
    if given_up:
        world.clock.advance(AFTER_THE_HOLD)
        assert world.run(two.job, kill=killed_at(1, after=True, only="settle")).killed
    else:
        two.run()
    world.clock.advance(2 * 3600)
    assert two.here("Phone") == "+1 514 0014", "it came"
    for _ in range(2):
        two.run()
    assert [kept[1:5] for kept in two.kept() if kept[1] == '"+1 514 0028"'] == [
        ('"+1 514 0028"', '"514 0014"', "dialog_insight_wins", "dialog_insight")
    ]


@pytest.mark.parametrize(("side", "name", "other"), [(Side.SALESFORCE, "Phone", "LastName"),
                                                     (Side.DIALOG_INSIGHT, "LastName", "Phone")])  # fmt: skip
def test_what_a_held_write_goes_over_is_kept_though_another_field_of_it_was_edited_since(
    two: Two, side: Side, name: str, other: str
) -> None:
    """One field tells that it came; the record is planned again for the other one."""
    ours, theirs = (two.edit, two.save) if side is Side.SALESFORCE else (two.save, two.edit)
    ours(**{name: "Ours", other: "Ours"})
    late(two, side)
    two.run()
    theirs(**{name: "Theirs"})
    two.run()
    two.world.clock.advance(300)
    assert {two.here(name), two.there(name)} == {"Ours"}, "it came"
    theirs(**{other: "Later"})
    two.world.clock.advance(AFTER_THE_HOLD)
    for _ in range(3):
        two.run()
    assert (two.here(name), two.here(other)) == (two.there(name), two.there(other))
    values = ("Theirs", "Ours") if side is Side.SALESFORCE else ("Ours", "Theirs")
    assert [kept[1:3] for kept in two.kept() if kept[0] == name] == [tuple(f'"{value}"' for value in values)]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("came", [True, False])
def test_what_a_write_that_was_given_up_goes_over_is_kept_though_somebody_wrote_there_again(
    two: Two, side: Side, came: bool
) -> None:
    """The other field tells that it came in between; where nothing does, one edit followed the other."""
    ours, theirs = (two.edit, two.save) if side is Side.SALESFORCE else (two.save, two.edit)
    ours(LastName="Anna", Phone="438")
    late(two, side, seconds=2 * 3600)
    two.run()
    theirs(Phone="819")
    two.world.clock.advance(AFTER_THE_HOLD)
    assert two.world.run(two.job, kill=killed_at(1, after=True, only="settle")).killed
    if came:
        two.world.clock.advance(2 * 3600)
        assert (two.here("Phone"), two.there("Phone")) == ("438", "438"), "it came"
    theirs(Phone="450")
    for _ in range(3):
        two.run()
    assert two.here("Phone") == two.there("Phone")
    column = 1 if side is Side.SALESFORCE else 2
    assert [kept[column] for kept in two.kept() if kept[0] == "Phone"] == ['"819"'] * came + ['"450"']


@pytest.mark.parametrize("side", SIDES)
def test_what_a_late_write_goes_over_is_kept_though_it_answers_a_question(two: Two, side: Side) -> None:
    """Somebody was asked which of two values shall stand; then both sides hold the same one."""
    if side is Side.SALESFORCE:
        two.edit(City="Laval")
    else:
        two.save(City__c="Laval")
    late(two, side, seconds=2 * 3600)
    two.run()
    if side is Side.SALESFORCE:
        two.save(City__c="Gatineau")
    else:
        two.edit(City="Gatineau")
    two.world.clock.advance(AFTER_THE_HOLD)
    two.run()
    values = ('"Gatineau"', '"Laval"') if side is Side.SALESFORCE else ('"Laval"', '"Gatineau"')
    assert two.kept() == [("City", *values, "ask", None, "waiting")]
    two.world.clock.advance(2 * 3600)
    assert (two.here("City__c"), two.there("City")) == ("Laval", "Laval"), "it came"
    two.run()
    assert [kept[1:3] for kept in two.kept()] == [values]
    assert [kept[4:] for kept in two.kept()] == [(side.other.value, "resolved")]
    two.choose(side)
    two.run()
    assert (two.here("City__c"), two.there("City")) == ("Gatineau", "Gatineau")


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("replied", [True, False])
def test_a_copy_that_comes_after_what_was_sent_anew_is_taken_back(two: Two, side: Side, replied: bool) -> None:
    """A write was given up as somebody wrote into another field of it, and sent anew; the first one is still under
    way."""
    ours, theirs = (two.edit, two.save) if side is Side.SALESFORCE else (two.save, two.edit)
    ours(LastName="Anna", Phone="438")
    late(two, side, seconds=500)
    assert two.world.run(two.job, kill=killed_at(1, only="settle")).killed
    theirs(Phone="819")
    if not replied:
        (two.world.org if side is Side.SALESFORCE else two.world.contacts).faults.append(Fault.UNKNOWN_AFTER)
    two.run()
    assert (two.here("LastName"), two.there("LastName")) == ("Anna", "Anna")
    theirs(LastName="Person")
    two.run()
    assert (two.here("LastName"), two.there("LastName")) == ("Person", "Person")
    two.world.clock.advance(300)
    assert {two.here("LastName"), two.there("LastName")} == {"Person", "Anna"}, "the first one came"
    for _ in range(3):
        two.run()
    assert (two.here("LastName"), two.there("LastName")) == ("Person", "Person")
    assert [kept for kept in two.kept() if kept[0] == "LastName"] == []
    two.world.clock.advance(AFTER_THE_HOLD)
    two.run()
    theirs(LastName="Anna")
    two.run()
    assert (two.here("LastName"), two.there("LastName")) == ("Anna", "Anna"), "a person's, now that it cannot be ours"


@pytest.mark.parametrize("side", SIDES)
def test_a_person_may_write_what_never_came(two: Two, side: Side) -> None:
    ours, theirs = (two.edit, two.save) if side is Side.SALESFORCE else (two.save, two.edit)
    ours(LastName="Anna", Phone="438")
    (two.world.org if side is Side.SALESFORCE else two.world.contacts).faults.append(Fault.UNKNOWN_BEFORE)
    assert two.world.run(two.job, kill=killed_at(1, only="settle")).killed
    theirs(Phone="819")
    two.run()
    theirs(LastName="Person")
    two.run()
    two.world.clock.advance(AFTER_THE_HOLD)
    two.run()
    two.run()
    theirs(LastName="Anna")
    two.run()
    assert (two.here("LastName"), two.there("LastName")) == ("Anna", "Anna"), "a person's, now that it cannot be ours"


def test_what_a_held_write_goes_over_is_kept_though_the_record_was_merged_meanwhile(world: World) -> None:
    world.contacts.accepts = Capabilities(changed_since=True)
    two = Two(world)
    two.save(LastName="Anna")
    late(two, Side.DIALOG_INSIGHT)
    two.run()
    world.org.merge("Contact", world.contact(LastName="Roy"), two.rid)
    two.run()
    two.edit(LastName="Eve")
    two.run()
    world.clock.advance(AFTER_THE_HOLD)
    assert two.there("LastName") == "Anna", "it came"
    two.run()
    assert world.rows("SELECT di FROM conflict WHERE field = 'LastName'") == [('"Eve"',)]
