"""Which row of a table names its columns, by what that row and the rows below look like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from disf_desktop.core.importing.column_seen import kind_of
from disf_desktop.core.importing.file_form import RESULT_COLUMNS, Aspect, CellKind, Finding, names_of
from disf_desktop.core.importing.recipe import FileForm
from disf_desktop.core.synonyms import folded, meaning

Row = tuple[int, tuple[str, ...]]
"""The number of a row in its file, and its cells."""

_ROWS_TO_SEARCH = 30
_ROWS_TO_COMPARE = 100
_LONGEST_NAME = 120
_SHARE = 0.8
_OTHERS = 5
_USUAL_NAMES = frozenset({"nom", "name", "id", "code", "cle", "key", "no", "numero", "number", "identifiant"})
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_NEVER_A_NAME = frozenset({CellKind.EMAIL, CellKind.DATE, CellKind.RECORD_ID})


@dataclass(frozen=True, slots=True)
class HeaderFound:
    """The number of the row that names the columns (0: none does), the names, and the filled rows after it."""

    header: int
    names: tuple[str, ...]
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    others: tuple[str, ...]
    """Numbers of rows that may name the columns as well, 0 for none."""


def is_filled(cells: Sequence[str]) -> bool:
    """Say whether a row holds anything."""
    return any(cell and not cell.isspace() for cell in cells)


def results_columns(names: Sequence[str]) -> tuple[str, ...]:
    """Give the last columns where they are those of a results file of ours: they are not imported."""
    last = tuple(names[-len(RESULT_COLUMNS) :])
    return last if tuple(name.casefold() for name in last) == RESULT_COLUMNS else ()


def recognise_header(rows: Sequence[Row], said: FileForm) -> HeaderFound:
    """Find the row that names the columns among the first rows of a table, empty ones included."""
    filled = [row for row in rows if is_filled(row[1])]
    if said.header is not None:
        header, findings = said.header, [_finding("header_said", ("row", said.header), said=True)]
    else:
        header, findings = _search(filled)
    cells = next((cells for number, cells in filled if number == header), ())
    names = names_of(cells or [""] * _width(filled))
    if cells:
        findings += _about_names(cells, names)
    numbers = [0, *(number for number, _ in filled[:_OTHERS])]
    after = tuple(row for row in filled if row[0] > header)
    return HeaderFound(header, names, after, tuple(findings), tuple(str(each) for each in numbers if each != header))


def _finding(code: str, *figures: tuple[str, int], sure: bool = True, said: bool = False) -> Finding:
    return Finding(Aspect.HEADER, code, figures, sure=sure, said=said)


def _width(filled: Sequence[Row]) -> int:
    """Give the most frequent number of cells of a row."""
    widths = Counter(len(cells) for _, cells in filled)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _search(filled: Sequence[Row]) -> tuple[int, list[Finding]]:
    if not filled:
        return 0, [_finding("header_empty")]
    width = _width(filled)
    start = _first_of_table(filled, width)
    number, cells = filled[start]
    below = [row for _, row in filled[start + 1 : start + 1 + _ROWS_TO_COMPARE]]
    code, sure = _judge(cells, below)
    if code == "header_none":
        return 0, [_finding(code, ("columns", width), sure=sure)]
    titles = [_finding("titles_passed_over", ("rows", start))] if start else []
    return number, [_finding(code, ("row", number), sure=sure), *titles]


def _first_of_table(filled: Sequence[Row], width: int) -> int:
    """Give the place of the first row that is no title: a title fills less than half of the columns.

    One that fills more, such as a date of export with its label, is known by a fuller row of names below it.
    """
    least = 1 if width == 1 else max(2, (width + 1) // 2)
    counts = [sum(1 for cell in cells if cell.strip()) for _, cells in filled[:_ROWS_TO_SEARCH]]
    start = next((place for place, count in enumerate(counts) if count >= least), 0)
    for place in range(start, len(counts)):
        if _may_be_names(filled[place][1]):
            return place if all(count < counts[place] for count in counts[start:place]) else start
        if counts[place] >= width:
            break
    return start


def _may_be_names(cells: Sequence[str]) -> bool:
    kinds = [kind_of(cell) for cell in cells]
    return all(kind in (CellKind.TEXT, CellKind.TRUTH, CellKind.EMPTY) for kind in kinds) and all(
        len(cell) <= _LONGEST_NAME for cell in cells
    )


def _judge(cells: Sequence[str], below: Sequence[Sequence[str]]) -> tuple[str, bool]:
    """Say by its code whether a row names the columns of the rows below, and whether that is sure."""
    kinds = [kind_of(cell) for cell in cells]
    if any(kind in _NEVER_A_NAME for kind in kinds):
        return "header_none", True
    texts = [cell for cell, kind in zip(cells, kinds, strict=True) if kind in (CellKind.TEXT, CellKind.TRUTH)]
    known = sum(map(_is_known, texts))
    others = (cell for cell, kind in zip(cells, kinds, strict=True) if kind is CellKind.NUMBER)
    if known and known * 2 >= len(texts) and all(_YEAR.fullmatch(cell.strip()) for cell in others):
        return "header_found", True
    if not _may_be_names(cells):
        return "header_none", True
    for place, kind in enumerate(kinds):
        if kind is CellKind.TEXT and _is_other_below([row[place] for row in below if place < len(row)]):
            return "header_found", True
    if any(
        cell.strip() and any(place < len(row) and row[place].casefold() == cell.casefold() for row in below)
        for place, cell in enumerate(cells)
    ):
        return "header_none", False
    return "header_assumed", False


def _is_known(cell: str) -> bool:
    return folded(cell) in _USUAL_NAMES or any(word.startswith("=") for word in meaning(cell))


def _is_other_below(cells: Sequence[str]) -> bool:
    """Say whether the cells below are of a kind that a name is not."""
    kinds = Counter(kind_of(cell) for cell in cells)
    filled = len(cells) - kinds.pop(CellKind.EMPTY, 0)
    return filled > 0 and filled - kinds[CellKind.TEXT] >= _SHARE * filled


def _about_names(cells: Sequence[str], names: Sequence[str]) -> list[Finding]:
    plain = [" ".join(cell.split()) for cell in cells]
    blank = sum(not each for each in plain)
    repeated = sum(each != name for each, name in zip(plain, names, strict=True)) - blank
    ours = results_columns(names)
    told = (("names_blank", blank), ("names_repeated", repeated), ("results_columns", len(ours)))
    return [_finding(code, ("columns", count)) for code, count in told if count]
