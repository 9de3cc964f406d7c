"""A field that goes to and fro between the services is known from one that people edit."""

from __future__ import annotations

import pytest

from disf_desktop.core.fuse import keeps_changing
from disf_desktop.core.operations import Sent
from disf_desktop.core.project import Direction, FieldPair
from disf_desktop.core.schema import Side

HERE, THERE = Side.SALESFORCE, Side.DIALOG_INSIGHT
PAIR = FieldPair(source="Phone", target="Mobile", direction=Direction.BOTH)


def sent(*writes: tuple[Side, str]) -> list[Sent]:
    """Writes of the field, one after the other, each with another field besides."""
    return [Sent(side, {"Phone" if side is HERE else "Mobile": value, "Other": "x"}) for side, value in writes]


def test_two_values_that_went_to_and_fro_three_times_are_not_sent_a_fourth_time() -> None:
    to_and_fro = sent((THERE, "A"), (HERE, "B"), (THERE, "A"))
    assert keeps_changing(to_and_fro, PAIR, HERE, "B")


@pytest.mark.parametrize(
    ("writes", "side", "value"),
    [
        (((HERE, "B"), (THERE, "A")), HERE, "B"),
        (((THERE, "A"), (HERE, "B"), (THERE, "A")), HERE, "C"),
        (((THERE, "A"), (HERE, "B"), (THERE, "C")), HERE, "B"),
        (((THERE, "A"), (THERE, "B"), (THERE, "A")), THERE, "B"),
        (((HERE, "C"), (THERE, "A"), (HERE, "B")), THERE, "A"),
    ],
    ids=["twice only", "another value", "another one before", "one side only", "a third value"],
)
def test_what_people_may_do_in_a_day_is_no_to_and_fro(
    writes: tuple[tuple[Side, str], ...], side: Side, value: str
) -> None:
    assert not keeps_changing(sent(*writes), PAIR, side, value)


def test_a_field_that_one_side_changes_all_day_long_goes_on() -> None:
    assert not keeps_changing(sent(*((THERE, str(n)) for n in range(300))), PAIR, THERE, "next")


def test_more_than_ten_writes_to_and_fro_are_too_many_whatever_their_values() -> None:
    writes = [(HERE if n % 2 else THERE, str(n)) for n in range(11)]
    assert keeps_changing(sent(*writes), PAIR, HERE, "next")
    assert not keeps_changing(sent(*writes[:10]), PAIR, HERE, "next")


def test_writes_of_other_fields_are_not_counted() -> None:
    others = [Sent(HERE if n % 2 else THERE, {"Other": str(n)}) for n in range(50)]
    assert not keeps_changing(others, PAIR, HERE, "next")
