"""Ids: two lengths of the same, and their order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.simulator.salesforce.ids import DIGITS, block, from_number, long_id, to_number


@pytest.mark.parametrize("known", ["01254000001upcKAAQ", "0057e00000RmwSWAAZ", "012000000000000AAA"])
def test_the_suffix_is_that_of_real_ids(known: str) -> None:
    assert long_id(known[:15]) == known
    assert long_id(known) == known


def test_the_suffix_mends_the_case_of_nothing_but_itself() -> None:
    assert long_id("01254000001upcKaaq") == "01254000001upcKAAQ"
    assert long_id("01254000001UPCKAAQ") is None


@pytest.mark.parametrize("given", ["", "bob", "01254000001upc", "01254000001upcKA", "01254000001upc-", None, 15])
def test_what_is_no_id(given: object) -> None:
    assert long_id(given) is None


@given(st.integers(min_value=0, max_value=62**12 - 2))
def test_numbers_keep_their_order_as_text(number: int) -> None:
    text = from_number(number, 12)
    assert to_number(text) == number
    assert text < from_number(number + 1, 12)
    assert set(text) <= set(DIGITS)


@given(st.integers(min_value=0, max_value=62**11 - 1))
def test_a_block_of_ids_is_that_of_their_numbers(number: int) -> None:
    made = block("003", number)
    assert list(made) == [long_id("003" + from_number(number * 62 + last, 12)) for last in range(62)]
