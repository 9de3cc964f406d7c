"""What a save may make of a value that we sent, told from what somebody wrote there."""

from __future__ import annotations

import pytest

from disf_desktop.core.likeness import may_be_made_of, may_have_become
from disf_desktop.core.values import Value


@pytest.mark.parametrize(
    ("sent", "held"),
    [
        ("Roy", "ROY"),
        ("Lacroix-Tremblay", "Lacroix-T"),
        ("- Roy", "-"),
        ("Le gérant", "Le gerant"),
        ("514 555 0101", "(514) 555-0101"),
        ("12.345", "12.35"),
        ("12.345", "12.34"),
        ("12.345", "12"),
        (None, False),
        (7, 7),
    ],
)
def test_a_value_that_is_cut_or_written_otherwise_may_be_what_a_save_makes_of_ours(sent: Value, held: Value) -> None:
    assert may_be_made_of(sent, held, added=False)


@pytest.mark.parametrize(
    ("sent", "held"),
    [
        ("16 Lacroix", "18 Zoé"),
        ("514 0010", "514 0013"),
        ("12.345", "12.5"),
        ("12.345", "13.5"),
        ("12", "13"),
        ("Roy", None),
        (None, "Roy"),
        (None, 0),
        (True, False),
        (7, 8),
        ("-", "+"),
    ],
)
def test_another_value_is_an_edit(sent: Value, held: Value) -> None:
    assert not may_be_made_of(sent, held, added=True)


def test_what_is_added_around_a_value_may_be_the_work_of_a_save_or_of_a_person() -> None:
    assert may_be_made_of("819", "+1 819", added=True)
    assert not may_be_made_of("819", "+1 819", added=False)


@pytest.mark.parametrize(
    ("held", "before", "came"),
    [
        ("514 0101", "438", True),
        ("(514) 0101", "438", True),
        ("(514) 0101", "(514) 0101", False),
        ("514 0101", "514 0101", True),
        ("438", "438", False),
        ("819", "438", False),
        (None, "438", False),
    ],
)
def test_a_field_that_shows_the_same_as_before_says_that_a_value_came_only_where_it_is_that_value(
    held: Value, before: Value, came: bool
) -> None:
    assert may_have_become("514 0101", held, before) is came
