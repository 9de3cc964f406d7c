"""What the window makes of trails and of rules: lines of a history, and the table of what would be written."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from disf_desktop.core.consent import Review, Write
from disf_desktop.core.history import ConsentEventRecord
from disf_desktop.core.optins import CompiledOptin
from disf_desktop.core.people import PersonTrail
from disf_desktop.gui.models.consent_truth import Case, Says, Shape, truth
from disf_desktop.gui.models.people import Happened, history_lines
from tests.gui.fake_people import MARIE, NO_AT, YES_AT, event, trail

BOX = CompiledOptin("News", "News__c", out=False, subscribed=True, neutral=None, says_out=False, says_in=True)
INVERTED = CompiledOptin("News", "OptOut", out=True, subscribed=False, neutral=None, says_out=True, says_in=False)
LIST = CompiledOptin("News", "P__c", out="No", subscribed="Yes", neutral="Unknown", says_out=True, says_in=True)


def lines_of(*events: ConsentEventRecord) -> list[tuple[Happened, bool]]:
    """Give what happened and whether it was written, the newest first, of entries from the oldest on."""
    told = tuple(reversed(events))
    return [(line.happened, line.written_at is not None) for line in history_lines(PersonTrail(MARIE, told, len(told)))]


def test_a_write_stands_with_the_answer_that_it_carried_over() -> None:
    told = trail()
    lines = history_lines(PersonTrail(MARIE, told, len(told)))
    assert [(line.happened, line.at, line.written_at) for line in lines] == [
        (Happened.REVIEW, "2026-11-12T10:00:01Z", None),
        (Happened.ANSWERED, "2026-11-12T10:00:00Z", None),
        (Happened.SHOWN, "2026-11-10T09:00:00Z", None),
        (Happened.ANSWERED, NO_AT, "2026-11-02T14:11:06Z"),
        (Happened.ANSWERED, YES_AT, "2025-03-18T13:15:02Z"),
    ]
    assert [line.rule for line in lines] == ["C5a", "", "", "C4", "C5"]


def test_a_write_of_another_answer_stands_alone() -> None:
    yes = event(1, "observed", YES_AT, dialog_insight=True)
    out = event(3, "confirmed", NO_AT, source="out", operation=2)
    assert lines_of(yes, event(2, "intended", NO_AT, source="out"), out) == [
        (Happened.WRITTEN, True),
        (Happened.ANSWERED, False),
    ]


def test_one_write_is_not_told_for_two_answers() -> None:
    yes = event(1, "observed", YES_AT, dialog_insight=True)
    write = [event(n, "confirmed", NO_AT, source="in", operation=9) for n in (2, 3)]
    assert lines_of(yes, *write) == [(Happened.WRITTEN, True), (Happened.ANSWERED, True)]


def test_answers_to_two_opt_ins_are_told_apart() -> None:
    news = event(1, "observed", YES_AT, dialog_insight=True)
    casl = event(2, "observed", YES_AT, dialog_insight=True, purpose="Casl")
    written = event(3, "confirmed", NO_AT, source="in", operation=9)
    assert lines_of(news, casl, written) == [(Happened.ANSWERED, False), (Happened.ANSWERED, True)]


@pytest.mark.parametrize(
    ("action", "more", "happened"),
    [
        ("refused", {"operation": 1}, Happened.REFUSED),
        ("modified", {"operation": 1}, Happened.MODIFIED),
        ("unknown", {"operation": 1}, Happened.UNKNOWN),
        ("not_sent", {"operation": 1}, Happened.NOT_SENT),
        ("inherited", {}, Happened.INHERITED),
        ("seen", {"after": "taken"}, Happened.SHOWN),
        ("seen", {"after": "none"}, Happened.SHOWN_NO_MORE),
        ("suppressed", {}, Happened.OTHER),
    ],
)
def test_what_became_of_an_intent_takes_its_place(action: str, more: dict[str, object], happened: Happened) -> None:
    told = [event(2, action, NO_AT, **more)]
    if "operation" in more:
        told.insert(0, event(1, "intended", NO_AT, source="in"))
    assert lines_of(*told) == [(happened, False)]


def test_an_intent_without_an_outcome_is_told() -> None:
    assert lines_of(event(1, "intended", NO_AT, source="out")) == [(Happened.UNDER_WAY, False)]
    assert lines_of(event(1, "proven", NO_AT)) == []


def _cell(case: Case) -> object:
    if isinstance(case.decision, Write):
        return case.writes
    return "review" if isinstance(case.decision, Review) else None


def said(pair: CompiledOptin, *, ticked: bool = True) -> dict[Shape, Sequence[object]]:
    """Give by what Salesforce shows the value written, "review" or None, for each answer."""
    table: dict[Shape, Sequence[object]] = {}
    for row in truth(pair, ticked=ticked):
        assert [case.says for case in row] == list(Says)
        table[row[0].shape] = [_cell(case) for case in row]
    return table


def test_a_checkbox_is_ticked_again_only_where_this_program_cleared_it() -> None:
    assert said(BOX) == {
        Shape.THEIR_OUT: ["review", "review", None, None],
        Shape.OUR_OUT: [True, "review", None, None],
        Shape.IN: [None, None, False, None],
        Shape.NOTHING: [True, True, None, None],
    }


def test_an_inverted_checkbox_says_no_by_its_tick() -> None:
    assert said(INVERTED) == {
        Shape.THEIR_OUT: ["review", "review", None, None],
        Shape.OUR_OUT: [False, "review", None, None],
        Shape.NOTHING: [None, None, True, None],
    }


def test_a_list_tells_all_answers_apart_and_keeps_a_word_that_nobody_knows() -> None:
    assert said(LIST) == {
        Shape.THEIR_OUT: ["review", "review", None, None],
        Shape.OUR_OUT: ["Yes", "review", None, None],
        Shape.IN: [None, None, "No", None],
        Shape.NOTHING: ["Yes", "Yes", "No", "Unknown"],
        Shape.OTHER_WORD: ["review", "review", "No", None],
    }


def test_nothing_is_written_while_the_trigger_is_not_ticked() -> None:
    for pair in (BOX, INVERTED, LIST):
        assert all(cell is None for row in said(pair, ticked=False).values() for cell in row)


def test_an_opt_out_is_never_undone_without_a_later_dated_consent() -> None:
    """No answer but a dated yes, before our own opt-out, ever takes an opt-out away."""
    for pair in (BOX, INVERTED, LIST):
        for shape, row in said(pair).items():
            if shape is Shape.THEIR_OUT:
                assert pair.subscribed not in row
            if shape is Shape.OUR_OUT:
                assert pair.subscribed not in row[1:]
