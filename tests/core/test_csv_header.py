"""The header line of a CSV file: which names it has, and what stands between them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.csv_header import DELIMITERS, read_header

NAMES = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="\"',;|"), min_size=1),
    min_size=2,
    max_size=12,
)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("OrderNumber,Total", ("OrderNumber", "Total")),
        ("OrderNumber;Total;Paid on\nA1;12,50;2026-01-01", ("OrderNumber", "Total", "Paid on")),
        ("OrderNumber\tTotal\r\n", ("OrderNumber", "Total")),
        ("OrderNumber|Total", ("OrderNumber", "Total")),
        ('"Name, first";"Name, last"', ("Name, first", "Name, last")),
        ("\ufeffOrderNumber", ("OrderNumber",)),
        (" OrderNumber , Total ,", ("OrderNumber", "Total")),
        ("", ()),
        ("\n\n", ()),
    ],
)
def test_the_names_of_the_columns_are_read(line: str, names: tuple[str, ...]) -> None:
    assert read_header(line).names == names


def test_a_column_that_is_marked_as_key_is_one_without_its_mark() -> None:
    header = read_header("key_OrderNumber;Total;keyring;key_")
    assert header.names == ("OrderNumber", "Total", "keyring", "key_")
    assert header.key == ("OrderNumber",)


@given(NAMES, st.sampled_from(DELIMITERS))
def test_what_a_program_writes_is_read_back(names: list[str], delimiter: str) -> None:
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter).writerow([f"c_{name}" for name in names])
    header = read_header(line.getvalue())
    assert header.delimiter == delimiter
    assert header.names == tuple(f"c_{name}" for name in names)
