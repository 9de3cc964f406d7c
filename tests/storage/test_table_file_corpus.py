"""Every file of the corpus is read rightly or refused clearly: no row is lost, none is shifted."""

from __future__ import annotations

from pathlib import Path

import pytest

from disf_desktop.core.errors import FileRefused, UnexpectedAnswer
from disf_desktop.core.importing.file_form import Swallowed
from disf_desktop.storage.importing.table_file import TableFile, recognise
from tests.storage.corpus import TEXTS, Nasty, Row
from tests.storage.corpus_containers import CONTAINERS

CORPUS = (*TEXTS, *CONTAINERS)

READ = [nasty for nasty in CORPUS if not nasty.refused]
REFUSED = [nasty for nasty in CORPUS if nasty.refused]


def _name(nasty: Nasty) -> str:
    return nasty.name


def _made(nasty: Nasty, folder: Path) -> Path:
    path = folder / f"file{nasty.suffix}"
    path.write_bytes(nasty.data)
    return path


def _swallowed(rows: list[Row] | object) -> list[tuple[int, int]]:
    assert isinstance(rows, list)
    return [(number, row.lines) for number, row in rows if isinstance(row, Swallowed)]


@pytest.mark.parametrize("nasty", READ, ids=_name)
def test_a_nasty_file_gives_its_rows_exactly(nasty: Nasty, tmp_path: Path) -> None:
    path = _made(nasty, tmp_path)

    recognised = recognise(path, nasty.said, time_zone="America/Montreal")
    source = TableFile(path, recognised.form, tmp_path / "staging")
    rows: list[Row] = []
    if nasty.broken:
        with pytest.raises(UnexpectedAnswer) as caught:
            rows.extend(source.rows())
        assert caught.value.reason == nasty.broken
        assert rows == nasty.rows[: len(rows)]
        return
    rows.extend(source.rows())

    assert recognised.form.names == nasty.names
    assert rows == list(nasty.rows)
    assert _swallowed(rows) == _swallowed(list(nasty.rows))
    assert source.position == source.size == len(nasty.data)
    assert path.read_bytes() == nasty.data
    if nasty.encoding:
        assert recognised.form.encoding == nasty.encoding
    if nasty.found:
        finding = next(each for each in recognised.findings if each.code == nasty.found)
        assert finding.sure is not nasty.unsure


@pytest.mark.parametrize("nasty", READ, ids=_name)
def test_the_rows_that_are_shown_are_those_that_are_read(nasty: Nasty, tmp_path: Path) -> None:
    recognised = recognise(_made(nasty, tmp_path), nasty.said, time_zone="UTC")

    read = {number: tuple(row) for number, row in nasty.rows}
    assert recognised.rows
    for number, cells in recognised.rows:
        if number in read and max(map(len, read[number])) < 1000:
            assert cells == read[number]


@pytest.mark.parametrize("nasty", REFUSED, ids=_name)
def test_what_is_no_file_of_rows_is_refused_in_plain_words(nasty: Nasty, tmp_path: Path) -> None:
    path = _made(nasty, tmp_path)

    with pytest.raises(FileRefused) as caught:
        recognise(path, nasty.said, time_zone="UTC")

    assert caught.value.reason == nasty.refused
    assert caught.value.message.endswith(".")
    assert caught.value.what_to_do.endswith(".")
    assert caught.value.where == path.name


def test_the_corpus_is_as_large_as_was_promised() -> None:
    assert len({nasty.name for nasty in CORPUS}) == len(CORPUS) >= 70
