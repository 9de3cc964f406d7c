"""What an edit on either side leads to: one write on the other; and what two edits of one field lead to."""

from __future__ import annotations

from typing import Any

import pytest

from disf_desktop.core.events import RunStatus
from disf_desktop.core.project import Direction, FieldPair, Trigger, WhenEmpty
from disf_desktop.core.schema import Side
from tests.engine.fakes import ENGINE
from tests.engine.world import BOTH, BOTH_PAIRS, FROM_SALESFORCE, World


class Two:
    """One contact that is the same on both sides, ten minutes ago."""

    def __init__(self, world: World, pairs: tuple[FieldPair, ...] = BOTH_PAIRS, **values: Any) -> None:
        self.world = world
        self.job = world.two_way_job(pairs)
        self.rid = world.contact(**{"LastName": "Ann", "Phone": "514", "Title": "Baker", **values})
        assert world.run(self.job).status is RunStatus.SUCCESS
        self.number = world.contacts.id_of(SalesforceID=self.rid)
        self.pause()

    def pause(self) -> None:
        self.world.clock.advance(600)
        self.marks = len(self.world.org.history), len(self.world.contacts.history)

    def save(self, **values: Any) -> None:
        self.world.clock.advance(60)
        self.world.org.update("Contact", self.rid, **values)

    def edit(self, **values: Any) -> None:
        self.world.clock.advance(60)
        self.world.contacts.edit(self.number, **values)

    def run(self) -> Any:
        self.world.clock.advance(60)
        return self.world.run(self.job)

    def here(self, name: str) -> Any:
        return self.world.org.row("Contact", self.rid)[name]

    def there(self, name: str) -> Any:
        return self.world.contacts.rows[self.number].get(name)

    def written(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Give what the engine changed on either side since the pause."""
        here, there = self.marks
        return (
            [c.changed for c in self.world.org.history[here:] if c.author == ENGINE],
            [c.changed for c in self.world.contacts.history[there:] if c.author == ENGINE],
        )

    def kept(self) -> list[tuple[Any, ...]]:
        return self.world.rows("SELECT field, sf, di, rule, winner, state FROM conflict ORDER BY id")

    def choose(self, side: Side) -> int:
        [(number,)] = self.world.rows("SELECT id FROM conflict ORDER BY id DESC LIMIT 1")
        return self.world.choose({number: side})


@pytest.fixture
def two(world: World) -> Two:
    return Two(world)


def test_one_edit_in_dialog_insight_is_one_write_of_that_field_in_salesforce(two: Two) -> None:
    two.edit(LastName="Anna")
    told = two.run()
    assert told.status is RunStatus.SUCCESS
    assert two.written() == ([{"LastName": ("Ann", "Anna")}], [])
    [call] = two.world.org.sent
    assert (call.kind, dict(call.records[0].fields), call.records[0].rid) == ("update", {"LastName": "Anna"}, two.rid)
    assert told.total.sides[Side.SALESFORCE].updated == 1


def test_one_edit_in_salesforce_is_one_write_of_that_field_in_dialog_insight(two: Two) -> None:
    two.save(LastName="Anna")
    two.run()
    assert two.written() == ([], [{"LastName": ("Ann", "Anna")}])


@pytest.mark.parametrize("side", list(Side))
def test_after_an_edit_three_idle_runs_write_nothing(two: Two, side: Side) -> None:
    if side is Side.SALESFORCE:
        two.save(Phone="819")
    else:
        two.edit(Phone="819")
    two.run()
    two.pause()
    for _ in range(3):
        told = two.run()
        assert told.status is RunStatus.SUCCESS
        assert told.total.sides[Side.SALESFORCE].updated == told.total.sides[Side.DIALOG_INSIGHT].updated == 0
    assert two.written() == ([], [])
    assert (two.here("Phone"), two.there("Phone")) == ("819", "819")


def test_different_fields_edited_on_both_sides_both_survive_without_a_conflict(two: Two) -> None:
    two.save(Phone="819")
    two.edit(LastName="Anna")
    told = two.run()
    assert (two.here("LastName"), two.there("LastName")) == ("Anna", "Anna")
    assert (two.here("Phone"), two.there("Phone")) == ("819", "819")
    assert told.conflicts == []
    assert two.written() == ([{"LastName": ("Ann", "Anna")}], [{"Phone": ("514", "819")}])


def test_the_same_value_on_both_sides_is_agreed_on_and_nothing_is_written(two: Two) -> None:
    two.save(Phone="819")
    two.edit(Phone="819")
    assert two.run().conflicts == []
    assert two.written() == ([], [])
    two.edit(Phone="438")
    two.run()
    assert two.written() == ([{"Phone": ("819", "438")}], [])


def test_a_field_that_is_emptied_in_dialog_insight_is_emptied_in_salesforce(two: Two) -> None:
    two.edit(Phone=None)
    two.run()
    assert two.here("Phone") is None


def test_a_field_that_keeps_its_value_is_not_emptied_from_the_other_side(world: World) -> None:
    keeps = FieldPair(source="Phone", target="Phone", direction=BOTH, when_empty=WhenEmpty.KEEP)
    two = Two(world, (*BOTH_PAIRS[:3], keeps))
    two.edit(Phone=None)
    two.run()
    assert (two.here("Phone"), two.there("Phone")) == ("514", None)
    two.edit(Phone="819")
    two.run()
    assert two.here("Phone") == "819"


def test_a_pair_that_travels_to_dialog_insight_only_leaves_an_edit_there_alone(two: Two) -> None:
    two.edit(Birth="1980-01-01")
    two.run()
    assert two.written() == ([], [])
    two.save(Birthdate="1990-01-01")
    two.run()
    assert two.there("Birth") == "1990-01-01"


def test_a_pair_that_travels_to_salesforce_only_leaves_a_save_there_alone(world: World) -> None:
    back = FieldPair(source="Loyal__c", target="Loyal", direction=Direction.TO_SALESFORCE)
    two = Two(world, (*BOTH_PAIRS[:3], back))
    two.save(Loyal__c=True)
    two.run()
    assert two.written() == ([], [])
    two.edit(Loyal=True)
    two.edit(Loyal=False)
    two.run()
    assert two.here("Loyal__c") is False


def test_an_edit_whose_trigger_is_not_ticked_is_seen_and_not_carried_out(two: Two) -> None:
    unticked = two.world.two_way_job(triggers=FROM_SALESFORCE)
    two.world.run(unticked)
    two.edit(LastName="Anna")
    told = two.world.run(unticked)
    assert told.status is RunStatus.SUCCESS
    assert two.here("LastName") == "Ann"


def test_without_a_trigger_of_salesforce_only_edits_of_dialog_insight_travel(two: Two) -> None:
    back_only = two.world.two_way_job(triggers=(Trigger.DIALOG_INSIGHT_UPDATED,))
    two.save(Phone="819")
    two.edit(LastName="Anna")
    two.world.run(back_only)
    assert two.written() == ([{"LastName": ("Ann", "Anna")}], [])
    assert two.there("Phone") == "514"


# Conflicts


def test_where_salesforce_wins_its_value_stands_and_both_are_kept(two: Two) -> None:
    two.save(LastName="Salesforce")
    two.edit(LastName="Insight")
    told = two.run()
    assert (two.here("LastName"), two.there("LastName")) == ("Salesforce", "Salesforce")
    assert two.kept() == [("LastName", '"Salesforce"', '"Insight"', "salesforce_wins", "salesforce", "resolved")]
    assert told.total.conflicts == 1
    assert told.status is RunStatus.SUCCESS


def test_where_dialog_insight_wins_its_value_stands_and_both_are_kept(two: Two) -> None:
    two.save(Phone="438")
    two.edit(Phone="819")
    two.run()
    assert (two.here("Phone"), two.there("Phone")) == ("819", "819")
    assert two.kept() == [("Phone", '"438"', '"819"', "dialog_insight_wins", "dialog_insight", "resolved")]


def test_the_first_that_is_not_empty_is_salesforce_unless_it_is_empty(two: Two) -> None:
    two.save(Level__c="Gold")
    two.edit(Level="Silver")
    two.run()
    assert two.there("Level") == "Gold"
    two.save(Level__c=None)
    two.edit(Level="Silver")
    two.run()
    assert (two.here("Level__c"), two.there("Level")) == ("Silver", "Silver")
    assert [kept[1:3] for kept in two.kept()] == [('"Gold"', '"Silver"'), ("null", '"Silver"')]


def test_without_a_date_of_modification_the_newest_is_salesforce(two: Two) -> None:
    two.edit(Title="Older")
    two.save(Title="Newer")
    two.run()
    assert (two.here("Title"), two.there("Title")) == ("Newer", "Newer")
    assert two.kept() == [("Title", '"Newer"', '"Older"', "newest", "salesforce", "resolved")]


def test_two_moments_that_cannot_be_told_apart_fall_to_the_owner(two: Two) -> None:
    two.world.clock.advance(60)
    two.world.contacts.edit(two.number, Title="Insight")
    two.world.org.update("Contact", two.rid, Title="Salesforce")
    two.run()
    assert (two.here("Title"), two.there("Title")) == ("Salesforce", "Salesforce")
    assert two.kept() == [("Title", '"Salesforce"', '"Insight"', "newest", "salesforce", "resolved")]


def test_a_question_freezes_its_field_only_and_the_status_says_that_somebody_is_needed(two: Two) -> None:
    two.save(City__c="Laval", Phone="819")
    two.edit(City="Lévis", LastName="Anna")
    told = two.run()
    assert told.status is RunStatus.NEEDS_YOU
    assert (two.here("City__c"), two.there("City")) == ("Laval", "Lévis")
    assert (two.there("Phone"), two.here("LastName")) == ("819", "Anna")
    assert two.kept() == [("City", '"Laval"', '"Lévis"', "ask", None, "waiting")]


def test_a_question_is_asked_once_with_the_latest_values(two: Two) -> None:
    two.save(City__c="Laval")
    two.edit(City="Lévis")
    two.run()
    two.edit(City="Lac-Mégantic")
    two.run()
    two.save(City__c="Longueuil")
    two.run()
    assert two.kept() == [("City", '"Longueuil"', '"Lac-Mégantic"', "ask", None, "waiting")]
    assert (two.here("City__c"), two.there("City")) == ("Longueuil", "Lac-Mégantic")


@pytest.mark.parametrize(("side", "value"), [(Side.SALESFORCE, "Laval"), (Side.DIALOG_INSIGHT, "Lévis")])
def test_a_question_that_is_answered_is_carried_out_on_the_other_side_and_closed(
    two: Two, side: Side, value: str
) -> None:
    two.save(City__c="Laval")
    two.edit(City="Lévis")
    two.run()
    assert two.choose(side) == 1
    told = two.run()
    assert told.status is RunStatus.SUCCESS
    assert (two.here("City__c"), two.there("City")) == (value, value)
    assert two.kept() == [("City", '"Laval"', '"Lévis"', "ask", side.value, "resolved")]
    two.pause()
    two.run()
    assert two.written() == ([], [])


@pytest.mark.parametrize("field", ["LastName", "Phone"])
def test_the_value_that_lost_is_restored_on_both_sides(two: Two, field: str) -> None:
    two.save(**{field: "438"})
    two.edit(**{field: "819"})
    two.run()
    lost = "819" if field == "LastName" else "438"
    assert two.here(field) != lost
    two.choose(Side.DIALOG_INSIGHT if field == "LastName" else Side.SALESFORCE)
    assert two.run().status is RunStatus.SUCCESS
    assert (two.here(field), two.there(field)) == (lost, lost)
    assert [kept[-1] for kept in two.kept()] == ["restored"]
    two.pause()
    two.run()
    assert two.written() == ([], [])


def test_what_somebody_wrote_after_a_decision_and_before_it_was_carried_out_is_kept(two: Two) -> None:
    two.save(LastName="Salesforce")
    two.edit(LastName="Insight")
    two.run()
    two.choose(Side.DIALOG_INSIGHT)
    two.edit(LastName="Later")
    two.run()
    assert (two.here("LastName"), two.there("LastName")) == ("Insight", "Insight")
    assert '"Later"' in {kept[2] for kept in two.kept()}


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("chosen", list(Side))
def test_an_edit_that_a_choice_went_over_can_be_restored(two: Two, side: Side, chosen: Side) -> None:
    """Nobody had seen it when the choice was made; it is the value that lost, on its own side."""
    two.save(LastName="Salesforce")
    two.edit(LastName="Insight")
    two.run()
    (two.save if side is Side.SALESFORCE else two.edit)(LastName="Unseen")
    two.choose(chosen)
    two.run()
    stands = "Salesforce" if chosen is Side.SALESFORCE else "Insight"
    assert (two.here("LastName"), two.there("LastName")) == (stands, stands)
    values = ('"Unseen"', f'"{stands}"') if side is Side.SALESFORCE else (f'"{stands}"', '"Unseen"')
    assert two.kept()[-1] == ("LastName", *values, "salesforce_wins", side.other.value, "resolved")
    two.choose(side)
    two.run()
    assert (two.here("LastName"), two.there("LastName")) == ("Unseen", "Unseen")
    two.pause()
    two.run()
    assert two.written() == ([], [])


# What a service makes of a value


def test_a_value_that_dialog_insight_cuts_does_not_come_back_cut(world: World) -> None:
    world.contacts.cuts = {"LastName": 8}
    two = Two(world, LastName="Lacroix-Tremblay")
    assert two.there("LastName") == "Lacroix-"
    two.run()
    two.edit(Phone="819")
    two.run()
    assert two.here("LastName") == "Lacroix-Tremblay"
    two.edit(LastName="Roy")
    two.run()
    assert two.here("LastName") == "Roy"


def test_an_address_that_either_side_writes_in_small_letters_travels_once(world: World) -> None:
    world.org.lowers_emails = True
    two = Two(world, Email="Ann@Example.org")
    two.edit(EMail="Anna@Example.org")
    two.run()
    two.save(Email="ANNE@example.org")
    two.run()
    two.pause()
    two.run()
    assert two.written() == ([], [])
    assert (two.here("Email"), two.there("EMail")) == ("anne@example.org", "anne@example.org")


def test_what_a_save_trigger_makes_of_a_value_does_not_echo(world: World) -> None:
    world.org.rewrites["Phone"] = lambda value: f"+1 {value.removeprefix('+1 ')}" if value else value
    two = Two(world)
    assert two.there("Phone") == "+1 514"
    two.edit(Phone="819")
    two.run()
    assert (two.here("Phone"), two.there("Phone")) == ("+1 819", "819")
    two.pause()
    for _ in range(3):
        two.run()
    assert two.written() == ([], [])


def test_a_trigger_that_changes_another_field_is_an_edit_of_salesforce(two: Two) -> None:
    two.edit(Phone="819")

    def and_the_title(name: str) -> None:
        if name == "read_by_id" and two.here("Phone") == "819" and two.here("Title") == "Baker":
            two.world.org.update("Contact", two.rid, Title="Caller")

    two.world.org.before_call = and_the_title
    two.run()
    two.world.org.before_call = lambda name: None
    two.run()
    assert two.there("Title") == "Caller"


def test_a_value_that_salesforce_cannot_take_sets_the_record_aside_and_lets_the_other_way_go_on(two: Two) -> None:
    two.edit(LastName=None)
    two.save(Phone="819")
    told = two.run()
    assert told.status is RunStatus.PARTIAL
    assert two.world.waiting() == {two.rid: "required_missing"}
    assert two.there("Phone") == "819"
    two.edit(LastName="Anna")
    assert two.run().status is RunStatus.SUCCESS
    assert two.here("LastName") == "Anna"


# Somebody is there at the same time


def test_what_somebody_saves_between_the_plan_and_the_write_is_not_written_over(two: Two) -> None:
    two.edit(LastName="Insight")
    acts = iter([lambda: two.world.org.update("Contact", two.rid, LastName="Salesforce")])
    two.world.org.before_call = lambda name: next(acts, lambda: None)() if name == "read_by_id" else None
    two.run()
    assert (two.here("LastName"), two.there("LastName")) == ("Salesforce", "Salesforce")
    assert [kept[1:3] for kept in two.kept()] == [('"Salesforce"', '"Insight"')]


@pytest.mark.parametrize(("later", "saved"), [(0, "Roy"), (1, "Roy"), (1, "Lacroix-Roy")])
def test_what_somebody_saves_between_our_write_and_the_look_at_it_travels(two: Two, later: float, saved: str) -> None:
    two.edit(LastName="Lacroix")

    def and_somebody_saves(name: str) -> None:
        if name == "read_by_id" and two.here("LastName") == "Lacroix":
            two.world.clock.advance(later)
            two.world.org.update("Contact", two.rid, LastName=saved)

    two.world.org.before_call = and_somebody_saves
    two.run()
    two.world.org.before_call = lambda name: None
    two.run()
    assert (two.here("LastName"), two.there("LastName")) == (saved, saved)
    two.pause()
    two.run()
    assert two.written() == ([], [])


@pytest.mark.parametrize(
    ("field", "sent", "made"),
    [("Title", "boss", "BOSS"), ("Title", "Le gérant", "le gerant"), ("Phone", "514 555 0101", "(514) 555-0101")],
)
def test_what_a_trigger_makes_of_a_value_does_not_come_back_though_somebody_saves_the_record_just_then(
    two: Two, field: str, sent: str, made: str
) -> None:
    two.world.org.rewrites[field] = lambda value: made if value == sent else value
    two.edit(**{field: sent})

    def and_somebody_saves(name: str) -> None:
        if name == "read_by_id" and two.here(field) == made and two.here("LastName") == "Ann":
            two.world.clock.advance(1)
            two.world.org.update("Contact", two.rid, LastName="Anna")

    two.world.org.before_call = and_somebody_saves
    two.run()
    two.world.org.before_call = lambda name: None
    two.run()
    assert (two.here(field), two.there(field), two.there("LastName")) == (made, sent, "Anna")


def test_what_a_trigger_makes_out_of_nothing_like_it_before_the_reply_does_not_travel(two: Two) -> None:
    two.world.org.rewrites["Title"] = lambda value: "Manager" if value == "Boss" else value
    two.world.org.replies_after = 1.0
    two.edit(Title="Boss")
    two.run()
    two.run()
    assert (two.here("Title"), two.there("Title")) == ("Manager", "Boss")


def test_what_somebody_edits_between_the_plan_and_the_write_is_not_written_over(two: Two) -> None:
    two.save(Phone="438")
    seen: list[str] = []

    def before(name: str) -> None:
        seen.append(name)
        if seen.count("find_by_id") == 2 and name == "find_by_id":
            two.world.contacts.edit(two.number, Phone="819")

    two.world.contacts.before_call = before
    two.run()
    assert (two.here("Phone"), two.there("Phone")) == ("819", "819")
    assert [kept[1:3] for kept in two.kept()] == [('"438"', '"819"')]


def test_a_record_that_a_person_holds_locked_waits_for_the_next_run(two: Two) -> None:
    two.edit(LastName="Anna")
    late = two.world.org.begin_late("Contact", two.rid, Phone="819")
    two.run()
    assert two.here("LastName") == "Ann"
    two.world.org.commit_late(late)
    assert two.run().status is RunStatus.SUCCESS
    assert (two.here("LastName"), two.there("Phone")) == ("Anna", "819")


# Undo


def test_a_run_is_taken_back_on_both_sides_and_the_next_one_changes_nothing(two: Two) -> None:
    two.save(Phone="819")
    two.edit(LastName="Anna")
    number = two.run().finished.run
    two.world.clock.advance(60)
    assert two.world.undo(number, two.job).error is None
    assert (two.here("LastName"), two.there("Phone")) == ("Ann", "514")
    two.pause()
    two.run()
    assert two.written() == ([], [])
