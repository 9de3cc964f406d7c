"""What waits for a person: conflicts and choices, set-aside records of both sides; what is let go of after a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from disf_desktop.core.events import Outstanding
from disf_desktop.core.operations import Base, Choice, Conflict, Pending
from disf_desktop.core.project import ConflictPolicy
from disf_desktop.core.schema import Side
from disf_desktop.storage.ledger import Ledger
from tests.storage.ledger_contents import (
    AT,
    DI,
    KEY,
    LATER,
    LATEST,
    PAIRS,
    SF,
    SOURCES,
    TARGETS,
    agreed,
    all_done,
    aside,
    base,
    fill,
    people,
    read,
    rid,
    rows,
    see,
    shown,
    update,
    values,
    waiting,
)


@pytest.fixture
def ledger(ledger_path: Path) -> Iterator[Ledger]:
    with closing(Ledger.open(ledger_path, KEY)) as opened:
        yield opened


def both(ledger: Ledger, run: int, ours: str, theirs: str, stamp: str = LATER) -> Pending:
    """Both sides changed the name of the first person."""
    read(ledger, run, 1, ours, stamp)
    see(ledger, run, ("1001", stamp, shown(1, theirs)))
    return known(ledger)


def known(ledger: Ledger) -> Pending:
    return ledger.of_links(1, 1, 1, [1])[0]


def question(ours: str, theirs: str) -> Conflict:
    return Conflict("Name", ours, theirs, ConflictPolicy.ASK, None)


def ask(ledger: Ledger, run: int, record: Pending, ours: str, theirs: str) -> None:
    asked = agreed(record, base(1), conflicts=(question(ours, theirs),))
    ledger.note_decisions(1, 1, 1, run, LATER, agreed=[asked])


def conflicts(ledger: Ledger) -> list[tuple[Any, ...]]:
    return rows(ledger, "SELECT id, sf, di, winner, state FROM conflict ORDER BY id")


# -- conflicts ---------------------------------------------------------------------------------------------------------


def test_a_question_is_asked_once_with_the_values_of_now(ledger: Ledger) -> None:
    run = people(ledger)
    ask(ledger, run, both(ledger, run, "Anna", "Annie"), "Anna", "Annie")
    assert (waiting(ledger), known(ledger).waiting) == (([], []), frozenset({"Name"}))
    assert ledger.outstanding(1) == Outstanding(conflicts=1)
    ask(ledger, run, both(ledger, run, "Hanna", "Annie", LATEST), "Hanna", "Annie")
    assert conflicts(ledger) == [(1, '"Hanna"', '"Annie"', None, "waiting")]


def test_a_question_that_the_policy_decides_after_all_is_resolved(ledger: Ledger) -> None:
    run = people(ledger)
    record = both(ledger, run, "Anna", "Annie")
    ask(ledger, run, record, "Anna", "Annie")
    decided = replace(question("Anna", "Annie"), rule=ConflictPolicy.SALESFORCE_WINS, winner=SF)
    ledger.intend(run, 1, 1, 1, [replace(update(record, "Annie", "Anna"), conflicts=(decided,))], LATER)
    assert conflicts(ledger) == [(1, '"Anna"', '"Annie"', "salesforce", "resolved")]


def test_a_question_is_moot_when_both_sides_are_as_agreed_again(ledger: Ledger) -> None:
    run = people(ledger)
    ask(ledger, run, both(ledger, run, "Anna", "Annie"), "Anna", "Annie")
    read(ledger, run, 1, "Ann", LATEST)
    ledger.note_decisions(1, 1, 1, run, LATER, agreed=[agreed(known(ledger), base(1))])
    assert len(conflicts(ledger)) == 1, "Dialog Insight still shows something else"
    see(ledger, run, ("1001", LATEST, shown(1)))
    assert waiting(ledger) == ([rid(1)], [])
    ledger.note_decisions(1, 1, 1, run, LATER, agreed=[agreed(known(ledger), base(1))])
    assert (conflicts(ledger), ledger.outstanding(1)) == ([], Outstanding())


@pytest.mark.parametrize(("side", "name"), [(SF, "Anna"), (DI, "Annie")])
def test_what_a_person_chooses_goes_before_the_planner_on_both_sides(ledger: Ledger, side: Side, name: str) -> None:
    run = people(ledger)
    ask(ledger, run, both(ledger, run, "Anna", "Annie"), "Anna", "Annie")
    assert ledger.choose({1: side, 99: side}) == 1
    assert waiting(ledger) == ([rid(1)], ["1001"])
    assert known(ledger).choices == {"Name": Choice(side, name, 1)}
    assert ledger.outstanding(1) == Outstanding()
    run = ledger.begin_run(LATEST)
    # The losing side first keeps the choice open, then the last write closes it.
    batch = ledger.intend(run, 1, 1, 1, [update(known(ledger), "x", name, SF, more=True)], LATER)
    ledger.settle(batch, 1, run, LATER, "", applied=all_done(batch, [rid(1)]))
    assert known(ledger).choices
    batch = ledger.intend(run, 1, 1, 1, [update(known(ledger), "x", name, DI, closes=("Name",))], LATER)
    ledger.settle(batch, 1, run, LATER, "", applied=all_done(batch, ["1001"]))
    assert (known(ledger).choices, waiting(ledger)) == ({}, ([], []))
    assert [row[3:] for row in conflicts(ledger)] == [(side.value, "resolved")]


def test_the_losing_value_of_a_resolved_conflict_is_restored(ledger: Ledger) -> None:
    run = people(ledger)
    lost = Conflict("Name", "Anna", "Annie", ConflictPolicy.DIALOG_INSIGHT_WINS, DI)
    ledger.note_decisions(1, 1, 1, run, LATER, agreed=[agreed(known(ledger), base(1), conflicts=(lost,))])
    assert ledger.choose({1: SF}) == 1
    record = known(ledger)
    assert (waiting(ledger), record.found) == (([rid(1)], ["1001"]), shown(1))
    run = ledger.begin_run(LATEST)
    ledger.note_decisions(1, 1, 1, run, LATER, agreed=[agreed(record, base(1), closes=("Name",))])
    assert conflicts(ledger) == [(1, '"Anna"', '"Annie"', "dialog_insight", "restored")]
    assert (known(ledger).choices, known(ledger).found, waiting(ledger)) == ({}, None, ([], []))
    assert ledger.choose({1: DI}) == 0, "it is carried out"


def test_a_choice_made_while_an_outcome_is_unknown_is_not_lost(ledger: Ledger) -> None:
    run = people(ledger)
    record = both(ledger, run, "Anna", "Annie")
    lost = Conflict("Name", "Anna", "Annie", ConflictPolicy.SALESFORCE_WINS, SF)
    batch = ledger.intend(run, 1, 1, 1, [update(record, "Annie", "Anna", conflicts=(lost,))], LATER)
    ledger.choose({1: DI})
    later = ledger.begin_run(LATEST)
    ledger.settle(batch, 1, later, LATEST, "", applied=all_done(batch, ["1001"]))
    assert known(ledger).choices == {"Name": Choice(DI, "Annie", 1)}
    assert waiting(ledger)[0] == [rid(1)]


def test_what_is_chosen_is_shown_in_the_order_of_the_mapping_of_now(ledger: Ledger) -> None:
    run = people(ledger)
    ask(ledger, run, both(ledger, run, "Anna", "Annie"), "Anna", "Annie")
    see(ledger, run, ("1001", LATEST, shown(1)))
    layout = ledger.layout((*SOURCES, "City"), ("City", *TARGETS[:3]), ("City", *PAIRS))
    ledger.start_reading(1, LATEST, layout, b"other", anew=True)
    ledger.store_page(1, layout, run, [(rid(1), LATEST, (*values(1), "Laval"))], None)
    ledger.choose({1: SF})
    [record] = ledger.pending_found(1, 1, layout, "", 10)
    assert record.found == (None, *shown(1)[:3])
    assert isinstance(record.base, Base)


def test_no_choice_is_noted_for_a_link_over_which_nothing_travels(ledger: Ledger) -> None:
    run = people(ledger)
    ask(ledger, run, both(ledger, run, "Anna", "Annie"), "Anna", "Annie")
    ledger.close_links(1, [rid(1)])
    assert ledger.choose({1: SF}) == 0


# -- set aside ---------------------------------------------------------------------------------------------------------


def test_a_record_may_be_set_aside_on_both_sides_and_each_is_released_by_its_own(ledger: Ledger) -> None:
    run = people(ledger)
    record = both(ledger, run, "Anna", "Annie")
    refused = [aside(1, side=side, target_rid="1001") for side in Side]
    first, second = ledger.note_decisions(1, 1, 1, run, LATER, aside=refused)
    assert (waiting(ledger), first.id != second.id) == (([], []), True)
    [again] = ledger.note_decisions(1, 1, 1, run, LATER, aside=refused[:1])
    assert (again.id, again.tries) == (first.id, 2)
    batch = ledger.intend(run, 1, 1, 1, [update(record, "Ann", "Annie", SF, more=True)], LATER)
    ledger.settle(batch, 1, run, LATER, "", applied=all_done(batch, [rid(1)]))
    assert rows(ledger, "SELECT side FROM set_aside") == [("dialog_insight",)]
    ledger.note_decisions(1, 1, 1, run, LATER, agreed=[agreed(known(ledger), base(1, "Annie"))])
    assert rows(ledger, "SELECT side FROM set_aside") == []


def test_a_retry_puts_the_side_that_a_record_came_from_before_the_planner(ledger: Ledger) -> None:
    run = people(ledger)
    rejected = [aside(1), aside(2, side=SF, target_rid="1002")]
    first, second = ledger.note_decisions(1, 1, 1, run, LATER, aside=rejected)
    assert ledger.retry([first.id]) == 1
    assert waiting(ledger) == ([rid(1)], [])
    assert ledger.retry([second.id]) == 1
    assert waiting(ledger) == ([rid(1)], ["1002"])
    assert ledger.pending_found(1, 1, 1, "", 10)[0].found == shown(2), "as it was agreed on"
    assert ledger.retry(None) == 2
    assert ledger.retry([]) == 0


@pytest.mark.parametrize(
    ("side", "more", "left"),
    [(SF, False, ([], [])), (SF, True, ([rid(1)], [])), (DI, False, ([], [])), (DI, True, ([], ["1001"]))],
)
def test_a_refused_operation_takes_what_it_came_from_from_before_the_planner(
    ledger: Ledger, side: Side, more: bool, left: tuple[list[str], list[str]]
) -> None:
    run = people(ledger)
    record = both(ledger, run, "Anna", "Annie")
    batch = ledger.intend(run, 1, 1, 1, [update(record, "Ann", "Anna", side, more=more)], LATER)
    ledger.settle(batch, 1, run, LATER, "", aside=[aside(1, side=side, target_rid="1001")])
    assert (waiting(ledger), ledger.open_batches(1)) == (left, [])


def test_a_record_that_changed_while_its_operation_was_refused_is_planned(ledger: Ledger) -> None:
    run = people(ledger)
    record = both(ledger, run, "Anna", "Annie")
    batch = ledger.intend(run, 1, 1, 1, [update(record, "Ann", "Anna", DI)], LATER)
    both(ledger, ledger.begin_run(LATEST), "Hanna", "Hannah", LATEST)
    ledger.settle(batch, 1, run, LATER, "", aside=[aside(1)])
    assert waiting(ledger) == ([rid(1)], ["1001"])


# -- the past ----------------------------------------------------------------------------------------------------------


def test_calls_are_added_up_by_service_since_a_moment(ledger: Ledger) -> None:
    fill(ledger)
    run = ledger.begin_run(LATEST)
    ledger.finish_run(run, LATEST, "success", {"calls": {"salesforce": 10, "dialog_insight": 1}})
    assert ledger.calls_since(AT) == {"salesforce": 12, "dialog_insight": 4}
    assert ledger.calls_since(LATER) == {"salesforce": 10, "dialog_insight": 1}
    assert ledger.calls_since("2027-01-01T00:00:00Z") == {"salesforce": 0, "dialog_insight": 0}


def test_what_the_journal_holds_of_people_goes_after_a_while_and_nothing_that_is_needed(ledger: Ledger) -> None:
    run = people(ledger)
    ask(ledger, run, both(ledger, run, "Anna", "Annie"), "Anna", "Annie")
    for n in (2, 3):
        lost = Conflict("Name", "Anna", "Annie", ConflictPolicy.DIALOG_INSIGHT_WINS, DI)
        record = ledger.of_links(1, 1, 1, [n])[0]
        ledger.note_decisions(1, 1, 1, run, LATER, agreed=[agreed(record, base(n), conflicts=(lost,))])
    ledger.choose({3: SF})
    read(ledger, run, 2, "Anna")
    record = next(p for p in ledger.pending(1, 1, 1, "", 10) if p.rid == rid(2))
    batch = ledger.intend(run, 1, 1, 1, [update(record, "Ann", "Anna")], LATER)
    ledger.settle(batch, 1, run, LATER, "", applied=all_done(batch, ["1002"]))
    opened = ledger.intend(run, 1, 1, 1, [update(known(ledger), "Ann", "Anna")], LATER)
    ledger.prune(LATER)
    assert [row[0] for row in conflicts(ledger)] == [1, 2, 3]
    assert rows(ledger, "SELECT state FROM op") == [("APPLIED",), ("INTENT",)]
    ledger.prune(LATEST)
    assert [row[0] for row in conflicts(ledger)] == [1, 3], "one waits, and the choice of one is not carried out yet"
    assert ledger.open_batches(1) == [opened]
    assert rows(ledger, "SELECT state FROM op") == [("INTENT",)]
    assert rows(ledger, "SELECT count(*) FROM base") == [(3,)]
