"""What holds for every file that a writer of CSV has written, in any dialect and encoding, and for rubbish."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.errors import FileRefused
from disf_desktop.core.importing.file_form import Container, KnownForm, Swallowed
from disf_desktop.core.importing.recipe import FileForm
from disf_desktop.storage.importing.table_file import TableFile, recognise
from disf_desktop.storage.importing.text_encoding import recognise_encoding
from disf_desktop.storage.importing.text_rows import records

CELLS = st.text(st.sampled_from('ab éÉœ€’,;\t|"\r\n\0\u2028='), max_size=8)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-16", "utf-32", "cp1252", "iso8859-15", "mac_roman")
DELIMITERS = (",", ";", "\t", "|")
DIALECTS = st.sampled_from(
    [("\r\n", csv.QUOTE_MINIMAL), ("\r\n", csv.QUOTE_ALL), ("\n", csv.QUOTE_ALL), ("\r", csv.QUOTE_ALL)]
)
WORDS = st.sampled_from(["Zoé", "12", 'dit "Z"', "rue Un", "à", "x@exemple.example"])
PROSE = st.lists(st.tuples(WORDS, st.sampled_from([" ", ", ", "; ", "\n", "\r\n", " | "])), max_size=8).map(
    lambda parts: "".join(word + between for word, between in parts)
)


def _written(rows: Sequence[Sequence[str]], delimiter: str, end: str, quoting: int) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()


def _read(data: bytes, form: KnownForm) -> list[tuple[int, list[str]]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(data)
        return list(TableFile(path, form, Path(folder)).rows())


@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=12),
    st.sampled_from(DELIMITERS),
    DIALECTS,
    st.sampled_from(ENCODINGS),
)
def test_what_a_writer_has_written_comes_back_exactly(
    drawn: list[list[str]], delimiter: str, dialect: tuple[str, int], encoding: str
) -> None:
    names = ["clé", "b", "c"]
    sound = [[cell.encode(encoding, "ignore").decode(encoding) for cell in row] for row in drawn]
    rows = [[f"k{number}", *row] for number, row in enumerate(sound)]
    form = KnownForm(Container.TEXT, encoding, delimiter, 1, tuple(names))

    read = _read(_written([names, *rows], delimiter, *dialect).encode(encoding), form)

    assert read == list(enumerate(rows, 2))


@given(st.lists(st.tuples(PROSE, PROSE, PROSE), min_size=1, max_size=10), st.sampled_from(DELIMITERS), DIALECTS)
def test_prose_of_several_lines_is_never_taken_for_swallowed_rows(
    drawn: list[tuple[str, str, str]], delimiter: str, dialect: tuple[str, int]
) -> None:
    rows = [[f"k{number}", *row] for number, row in enumerate(drawn)]
    form = KnownForm(Container.TEXT, "utf-8", delimiter, 0, ("a", "b", "c", "d"))

    read = _read(_written(rows, delimiter, *dialect).encode(), form)

    assert read == list(enumerate(rows, 1))
    assert not any(isinstance(row, Swallowed) for _, row in read)


@given(
    st.lists(st.lists(st.text("abcé", min_size=1, max_size=6), min_size=4, max_size=4), min_size=8, max_size=30),
    st.integers(0, 1000),
    st.sampled_from(DELIMITERS),
)
def test_a_mark_left_open_anywhere_loses_no_line_without_a_word(
    rows: list[list[str]], place: int, delimiter: str
) -> None:
    broken = [list(row) for row in rows]
    row, column = divmod(place % (len(rows) * 4), 4)
    broken[row][column] = f'"{broken[row][column]}'
    text = "".join(delimiter.join(cells) + "\n" for cells in broken)
    form = KnownForm(Container.TEXT, "utf-8", delimiter, 0, ("a", "b", "c", "d"))

    read = _read(text.encode(), form)

    assert read[:-1] == list(enumerate(rows[:row], 1))
    last = read[-1][1]
    assert isinstance(last, Swallowed)
    assert len(read) - 1 + last.lines == len(rows)


@given(st.text(st.sampled_from('ab",\r\n'), max_size=60), st.lists(st.integers(0, 60), max_size=6))
def test_rows_do_not_depend_on_where_the_text_is_parted(text: str, cuts: list[int]) -> None:
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    pieces = [text[start:end] for start, end in itertools.pairwise(places)]

    whole = list(records(iter([text]), ",", 2))

    assert list(records(iter(pieces), ",", 2)) == whole
    assert [row for row in whole if row] == [row for row in csv.reader(io.StringIO(text, newline="")) if row]


@given(st.text(st.sampled_from('ab",\r\n'), max_size=40), st.booleans(), st.integers(1, 50))
def test_a_record_that_is_too_large_is_taken_apart_as_any_other(text: str, quoted: bool, size: int) -> None:
    large = "x" * 131_080
    text = (f'"{large}",' if quoted else f"{large},") + text
    limit = csv.field_size_limit(200_000)
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    finally:
        csv.field_size_limit(limit)
    pieces = [text[:131_085], *(text[at : at + size] for at in range(131_085, len(text), size))]

    read = [row for row in records(iter(pieces), ",", 2) if row]

    assert read[0][0] == large[:131_073]
    assert [read[0][1:], *read[1:]] == [rows[0][1:], *rows[1:]]


@given(st.binary(max_size=400))
def test_rubbish_is_read_or_refused_and_never_crashes(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(data)
        with contextlib.suppress(FileRefused):
            form = recognise(path, FileForm(), time_zone="UTC").form
            list(TableFile(path, form, Path(folder)).rows())
        assert path.read_bytes() == data


FRENCH = [
    "élève",
    "Noël",
    "garçon",
    "forêt",
    "où",
    "à",
    "Québec",
    "Île",
    "Éric",
    "CÔTÉ",
    "août",
    "maïs",
    "l’été",
    "Ève",
]


@pytest.mark.parametrize("encoding", ["cp1252", "iso8859-15", "mac_roman", "cp850", "utf-8", "utf-16-le"])
@given(st.lists(st.sampled_from(FRENCH), min_size=12, max_size=40))
def test_a_dozen_french_words_tell_their_encoding(encoding: str, words: list[str]) -> None:
    data = ("Mot;Autre\r\n" + "".join(f"{word};x\r\n" for word in words)).encode(encoding, "ignore")

    found = recognise_encoding([data], None)

    assert data.decode(found.name) == data.decode(encoding)
