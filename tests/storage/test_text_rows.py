"""Rows out of pieces of text: where the pieces part, and what is too large."""

from __future__ import annotations

import pytest

from disf_desktop.core.importing.file_form import Swallowed
from disf_desktop.storage.importing.text_rows import records

LARGE = "x" * 131_100


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_text_may_be_parted_at_any_place(end: str) -> None:
    text = end.join(["a,b", "", '"c', 'd",e', "f,g"]) + end
    rows = [["a", "b"], [], [f"c{end}d", "e"], ["f", "g"], []]

    assert list(records(iter([text]), ",", 2)) == rows
    for at in range(len(text)):
        assert list(records(iter([text[:at], text[at:]]), ",", 2)) == rows


@pytest.mark.parametrize("last", ["", "\r\n"])
def test_rows_after_several_that_are_too_large_are_read(last: str) -> None:
    text = "\r\n".join(["a,b", f"{LARGE},b", f'"{LARGE}",c', f"{LARGE},d", "e,f"]) + last

    rows = [row for row in records(iter([text]), ",", 2) if row]

    assert [row[-1] for row in rows] == ["b", "b", "c", "d", "f"]
    assert [len(row[0]) for row in rows] == [1, 131_073, 131_073, 131_073, 1]


def test_rows_are_known_as_swallowed_though_the_lines_around_them_are_short() -> None:
    text = '1,"a\n2,b,c,d\n3,b,c,d\n4,b,c,d\n5",x,y\n6,b,c,d\n'

    rows = [row for row in records(iter([text]), ",", 4) if row]

    assert [(row.lines if isinstance(row, Swallowed) else 0) for row in rows] == [5, 0]
