"""For how long records stood open, in figures that do not grow."""

from __future__ import annotations

from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.exposure import Exposure


def counted(*seconds: float) -> Exposure:
    return Exposure.of(seconds)


@given(st.lists(st.floats(0.001, 1000), min_size=1, max_size=200))
def test_the_figure_is_never_below_the_true_one_nor_a_tenth_above_it(seconds: list[float]) -> None:
    exposure = counted(*seconds)
    true = sorted(seconds)[ceil(len(seconds) * 0.95) - 1]
    assert true * (1 - 1e-6) <= exposure.p95_s <= true * 1.1 * (1 + 1e-6)
    assert exposure.longest_s == max(seconds)
    assert exposure.writes == len(seconds)


@given(st.lists(st.floats(0, 1e5)), st.lists(st.floats(0, 1e5)))
def test_two_counts_together_are_the_count_of_both(some: list[float], others: list[float]) -> None:
    assert counted(*some) + counted(*others) == counted(*some, *others)


def test_it_does_not_grow_with_the_number_of_writes() -> None:
    exposure = counted(*(n * 1.7 for n in range(10_000)))
    assert len(exposure.classes) <= 161
    assert exposure.p95_s == exposure.longest_s == 9_999 * 1.7


def test_nothing_that_stood_open_is_nothing_to_tell() -> None:
    assert not Exposure()
    assert Exposure().p95_s == 0
    assert counted(0.0)


def test_it_is_told_in_thousandths() -> None:
    assert counted(1.23456).as_json() == {"writes": 1, "p95_s": 1.235, "max_s": 1.235}
