"""What a save may make of a value that we sent, told from what somebody wrote there."""

from __future__ import annotations

import pytest

from disf_desktop.core.values import Value
from disf_desktop.engine.judge import may_be_made_of


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
