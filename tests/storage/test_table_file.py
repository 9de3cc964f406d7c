"""A file of rows on the disk: what is refused, what is noticed while it is read, and what is left behind."""

from __future__ import annotations

import hashlib
import os
import tracemalloc
from pathlib import Path

import pytest

from disf_desktop.core.errors import FileRefused, UnexpectedAnswer
from disf_desktop.core.importing.file_form import Aspect, Container, KnownForm
from disf_desktop.core.importing.recipe import DecimalMark, FileForm
from disf_desktop.storage.importing.table_file import TableFile, discard_staged, recognise
from tests.storage.corpus import NAMES, PEOPLE, ROWS, TABLE, numbered, written
from tests.storage.corpus_containers import workbook

FORM = KnownForm(Container.TEXT, "utf-8", ";", 1, NAMES)
SHEET = KnownForm(Container.XLSX, "utf-8", ",", 1, NAMES, sheet="Membres")
POSIX = pytest.mark.skipif(os.name != "posix", reason="links, pipes and rights are those of POSIX")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "membres.csv"
    path.write_bytes(TABLE.encode())
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "membres.xlsx"
    path.write_bytes(workbook(("Membres", [NAMES, *PEOPLE])))
    return path


@pytest.fixture
def staging(tmp_path: Path) -> Path:
    return tmp_path / "staging"


def _refusal(path: Path) -> str:
    with pytest.raises(FileRefused) as caught:
        recognise(path, FileForm(), time_zone="UTC")
    with pytest.raises(FileRefused) as again:
        TableFile(path, FORM, path.parent)
    assert again.value.reason == caught.value.reason
    assert str(path.parent) not in f"{caught.value.message} {caught.value.what_to_do} {caught.value.where}"
    return caught.value.reason


# -- what is no file ---------------------------------------------------------------------------------------------------


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert _refusal(tmp_path) == "folder"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert _refusal(tmp_path / "rien.csv") == "missing"


@POSIX
def test_a_link_is_refused_for_it_can_be_exchanged(tmp_path: Path, table: Path) -> None:
    link = tmp_path / "lien.csv"
    link.symlink_to(table)

    assert _refusal(link) == "link"


@POSIX
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "tuyau.csv"
    os.mkfifo(pipe)

    assert _refusal(pipe) == "no_file"


@POSIX
def test_a_file_without_the_right_to_read_it_is_refused(table: Path) -> None:
    table.chmod(0)
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)  # the superuser may read everything
    try:
        with pytest.raises(FileRefused) as caught:
            recognise(table, FileForm(), time_zone="UTC")
    finally:
        os.seteuid(was)

    assert caught.value.reason == "no_access"


# -- a file that changes -----------------------------------------------------------------------------------------------


def test_a_file_that_grows_while_it_is_read_is_told_at_the_end(table: Path, staging: Path) -> None:
    source = TableFile(table, FORM, staging)
    rows = source.rows()
    next(rows)
    with table.open("ab") as file:
        file.write(b"x@exemple.example;A;B;C\r\n")

    with pytest.raises(UnexpectedAnswer) as caught:
        list(rows)

    assert caught.value.reason == "file_changed"
    assert "changed" in caught.value.message


def test_a_file_that_disappears_while_it_is_read_is_told_at_the_end(table: Path, staging: Path) -> None:
    rows = TableFile(table, FORM, staging).rows()
    next(rows)
    table.unlink()

    with pytest.raises(UnexpectedAnswer) as caught:
        list(rows)

    assert "disappeared" in caught.value.message


def test_a_file_that_was_exchanged_after_the_check_is_not_read_again(table: Path, staging: Path) -> None:
    source = TableFile(table, FORM, staging)
    assert list(source.rows()) == ROWS
    other = table.with_name("autre.csv")
    other.write_bytes(TABLE.replace("Zoé", "Léa").encode())
    os.utime(other, ns=(table.stat().st_atime_ns, table.stat().st_mtime_ns))
    other.replace(table)

    with pytest.raises(UnexpectedAnswer):
        next(source.rows())
    with pytest.raises(UnexpectedAnswer):
        source.sha256()


# -- what a reading tells and leaves -----------------------------------------------------------------------------------


def test_the_hash_is_that_of_the_bytes(table: Path, staging: Path) -> None:
    with TableFile(table, FORM, staging) as source:
        assert source.sha256() == hashlib.sha256(TABLE.encode()).hexdigest()


def test_the_position_goes_from_nothing_to_the_size(tmp_path: Path, staging: Path) -> None:
    path = tmp_path / "membres.csv"
    path.write_text(written([NAMES, *PEOPLE * 10_000]), encoding="utf-8", newline="")
    source = TableFile(path, FORM, staging)

    seen = [source.position, *(source.position for _ in source.rows()), source.position]

    assert seen == sorted(seen)
    assert seen[0] == 0
    assert seen[-1] == source.size == path.stat().st_size
    assert len(set(seen)) > 4


def test_a_source_is_read_anew_each_time_though_another_reading_was_left(table: Path, staging: Path) -> None:
    source = TableFile(table, FORM, staging)
    left = source.rows()
    next(left)

    assert list(source.rows()) == ROWS
    assert list(source.rows()) == ROWS
    assert not staging.exists()


def test_memory_does_not_grow_with_the_rows(tmp_path: Path, staging: Path) -> None:
    def peak(times: int) -> int:
        path = tmp_path / f"{times}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(written([NAMES]))
            for _ in range(times):
                file.write(written(PEOPLE * 100))
        tracemalloc.start()
        rows = sum(1 for _ in TableFile(path, FORM, staging).rows())
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert rows == times * 500
        return most

    few = peak(40)
    assert peak(400) < few * 1.2 + 100_000


def test_rows_are_estimated_by_size_where_the_file_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "membres.csv"
    path.write_text(written([NAMES, *PEOPLE * 20_000]), encoding="utf-8", newline="")

    recognised = recognise(path, FileForm(), time_zone="UTC")

    assert recognised.estimated_rows is not None
    assert abs(recognised.estimated_rows - 100_000) < 1_000
    assert recognised.size == path.stat().st_size


def test_what_a_person_said_is_what_a_file_is_read_by(table: Path) -> None:
    said = FileForm(delimiter=",", header=2, decimal=DecimalMark.COMMA, time_zone="Europe/Paris", fill_short_rows=True)

    form = recognise(table, said, time_zone="UTC").form

    assert (form.delimiter, form.header, form.decimal) == (",", 2, DecimalMark.COMMA)
    assert (form.time_zone, form.fill_short_rows) == ("Europe/Paris", True)
    assert form.names == (";".join(PEOPLE[0]),)


# -- workbooks ---------------------------------------------------------------------------------------------------------


def test_the_first_reading_of_a_workbook_leaves_a_copy_from_which_the_next_ones_read(book: Path, staging: Path) -> None:
    source = TableFile(book, SHEET, staging)
    first = list(source.rows())
    (copy,) = staging.iterdir()
    text = copy.read_text(encoding="utf-8")
    copy.write_text(text.replace("Zoé", "Léa"), encoding="utf-8", newline="")

    again = list(TableFile(book, SHEET, staging).rows())

    assert first == ROWS
    assert again == [(2, ["zoe@exemple.example", "Léa", "Côté", "Québec"]), *ROWS[1:]]
    assert source.position == source.size


def test_the_copy_gives_what_the_workbook_gave(tmp_path: Path, staging: Path) -> None:
    rows = [*PEOPLE, ("x", 'dit "Z"\nà tous', ";,|\t", " blanc "), ("", "", "", "fin"), ("1,5", 1.5, -2, True)]
    path = tmp_path / "membres.xlsx"
    path.write_bytes(workbook(("Membres", [NAMES, *rows[:2], [], *rows[2:], ["a", "b", "c", "d", "de trop"]])))

    for mark in DecimalMark:
        form = KnownForm(Container.XLSX, "utf-8", ",", 1, NAMES, sheet="Membres", decimal=mark)
        source = TableFile(path, form, staging)
        first = list(source.rows())
        assert list(source.rows()) == first
        assert first[-2] == (10, ["1,5", "1,5" if mark is DecimalMark.COMMA else "1.5", "-2", "true"])
    assert len(list(staging.iterdir())) == 2


@POSIX
def test_a_copy_is_for_its_owner_alone(book: Path, staging: Path) -> None:
    list(TableFile(book, SHEET, staging).rows())

    (copy,) = staging.iterdir()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert staging.stat().st_mode & 0o777 == 0o700


def test_memory_does_not_grow_with_the_rows_of_a_workbook(tmp_path: Path, staging: Path) -> None:
    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.xlsx"
        path.write_bytes(workbook(("Membres", [["Nom"], *[["Zoé"]] * rows])))
        source = TableFile(path, KnownForm(Container.XLSX, "utf-8", ",", 1, ("Nom",), sheet="Membres"), staging)
        tracemalloc.start()
        assert sum(1 for _ in source.rows()) == rows
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    few = peak(1_000)
    assert peak(9_000) < few + 200_000


def test_a_reading_that_is_left_leaves_no_copy(book: Path, staging: Path) -> None:
    rows = TableFile(book, SHEET, staging).rows()
    next(rows)
    assert [path.suffix for path in staging.iterdir()] == [".part"]

    rows.close()  # type: ignore[attr-defined]

    assert list(staging.iterdir()) == []


def test_copies_are_removed_when_they_are_not_needed_any_more(book: Path, tmp_path: Path, staging: Path) -> None:
    other = tmp_path / "autre.xlsx"
    other.write_bytes(workbook(("Membres", [NAMES, *PEOPLE[:2]])))
    source, second = TableFile(book, SHEET, staging), TableFile(other, SHEET, staging)
    assert (len(list(source.rows())), len(list(second.rows()))) == (5, 2)

    source.discard_staged()
    assert len(list(staging.iterdir())) == 1
    discard_staged(staging)
    assert list(staging.iterdir()) == []


@POSIX
def test_without_room_for_a_copy_the_rows_are_read_all_the_same(tmp_path: Path, staging: Path) -> None:
    path = tmp_path / "membres.xlsx"
    path.write_bytes(workbook(("Membres", [NAMES, *PEOPLE * 400])))
    source = TableFile(path, SHEET, staging)
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, hard))
    try:
        rows = list(source.rows())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert rows == numbered(PEOPLE * 400)
    assert list(staging.iterdir()) == []


def test_one_typographic_apostrophe_tells_windows_from_iso_however_many_accents_both_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    rows = ["Prénom;Nom", *("Hélène;Lévesque" for _ in range(40)), "Zoé;L’Écuyer"]
    path.write_bytes("\r\n".join(rows).encode("cp1252"))
    found = recognise(path, FileForm(), time_zone="UTC")
    finding = found.finding(Aspect.ENCODING)
    assert (found.form.encoding, finding is not None and finding.sure) == ("cp1252", True)
