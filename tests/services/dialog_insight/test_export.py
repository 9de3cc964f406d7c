"""Exports in a folder: which files are read, and which are refused whole."""

from __future__ import annotations

import os
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disf_desktop.core.errors import SettingsError
from disf_desktop.core.records import FoundRecord, OptinState
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import CONTACT_LIST, Field, FieldType, Schema, Side
from disf_desktop.services.dialog_insight.export import (
    ExportChanging,
    ExportFile,
    ExportRefused,
    exports_in,
    read_export,
)

TORONTO = ZoneInfo("America/Toronto")
PROJECT = 123456
SCHEMA = Schema(
    Side.DIALOG_INSIGHT,
    CONTACT_LIST,
    "Contacts",
    {
        f.name: f
        for f in (
            Field("EMail", "E-mail", FieldType.EMAIL, key=True),
            Field("City", "City", FieldType.TEXT),
            Field("Points", "Points", FieldType.DECIMAL),
            Field("Blob", "Blob", FieldType.UNSUPPORTED),
        )
    },
    (Field("News", "News", FieldType.BOOLEAN),),
)
HEADER = "idContact,f_EMail,f_City,f_Points"
ROWS = ["15,claire@exemple.example,Montréal,12.50", "16,luc@exemple.example,,"]
LONG_AGO = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC).timestamp()

Drop = Callable[..., ExportFile]


def text(*lines: str, end: str = "\r\n") -> str:
    return end.join([*lines, ""])


def whole(*rows: str, header: str = HEADER) -> str:
    return text(header, *rows, f"#rows,{len(rows)}")


def put(path: Path, content: str | bytes, at: float = LONG_AGO) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    os.utime(path, (at, at))
    return path


def one(folder: Path, content: str | bytes, name: str = "export.csv") -> ExportFile:
    """Drop a file in a folder, and give it as it is listed."""
    put(folder / name, content)
    [file] = exports_in(folder, PROJECT)
    return file


def records(folder: Path, content: str | bytes, schema: Schema = SCHEMA) -> list[FoundRecord]:
    return list(read_export(one(folder, content), schema, TORONTO))


def values(folder: Path, content: str | bytes) -> list[dict[str, Any]]:
    return [dict(each.values) for each in records(folder, content)]


EXPECTED: list[dict[str, Any]] = [
    {"EMail": "claire@exemple.example", "City": "Montréal", "Points": "12.5"},
    {"EMail": "luc@exemple.example", "City": None, "Points": None},
]


def test_an_export_gives_its_records_as_a_look_up_would(tmp_path: Path) -> None:
    header = f"{HEADER},optin_News,dtOptin_News,dtModified"
    rows = [f"{ROWS[0]},1,2026.11.01 01:30:00,2026.11.02 10:00:00", f"{ROWS[1]},,,"]
    export = read_export(one(tmp_path, whole(*rows, header=header)), SCHEMA, TORONTO)
    assert (export.rows, export.ignored) == (2, ())
    claire, luc = export
    assert (claire.rid, luc.rid) == ("15", "16")
    assert [claire.values, luc.values] == EXPECTED
    assert claire.optins == {"News": OptinState(True, "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z")}
    assert luc.optins == {"News": OptinState(None)}
    assert claire.as_of == luc.as_of == "2026-05-04T03:02:01Z"
    assert list(export) == [claire, luc], "it can be read again"


@pytest.mark.parametrize(
    "encoded",
    [
        lambda said: said.encode(),
        lambda said: said.encode("utf-8-sig"),
        lambda said: said.encode("utf-16"),
        lambda said: b"\xfe\xff" + said.encode("utf-16-be"),
        lambda said: said.encode("cp1252"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_every_usual_encoding_delimiter_and_line_end_is_understood(
    tmp_path: Path, encoded: Callable[[str], bytes], delimiter: str, end: str
) -> None:
    content = text(HEADER, *ROWS, "#rows,2", end=end).replace(",", delimiter)
    assert values(tmp_path, encoded(content)) == EXPECTED


@pytest.mark.parametrize(
    "header",
    [
        "idContact,EMail,City,Points",
        "IDCONTACT,key_f_EMail,F_CITY,points",
        ' idContact ,"f_EMail", f_city ,f_Points',
    ],
)
def test_names_of_columns_are_known_with_or_without_prefix(tmp_path: Path, header: str) -> None:
    assert values(tmp_path, whole(*ROWS, header=header)) == EXPECTED


def test_columns_that_nobody_knows_are_left_out_and_told(tmp_path: Path) -> None:
    header, rows = f"Segment,{HEADER},f_Blob,optin_Other", [f"a,{row},x,1" for row in ROWS]
    export = read_export(one(tmp_path, text(header, *rows, "#rows,2,,,,,")), SCHEMA, TORONTO)
    assert export.ignored == ("Segment", "f_Blob", "optin_Other")
    assert [each.values for each in export] == EXPECTED
    assert all(not each.optins for each in export)


def test_text_in_quotes_may_hold_the_delimiter_quotes_and_lines(tmp_path: Path) -> None:
    [record] = values(tmp_path, whole('15,a@exemple.example,"Lévis, ""sud""\r\n#rows,7\r\n ",1'))
    assert record["City"] == 'Lévis, "sud"\n#rows,7\n'.rstrip()


def test_a_value_that_cannot_be_read_is_refused_in_its_place(tmp_path: Path) -> None:
    [record] = values(tmp_path, whole('15,a@exemple.example,Lévis,"12,5"'))
    assert record == {"EMail": "a@exemple.example", "City": "Lévis", "Points": Refusal(Reason.NOT_A_NUMBER)}


def test_without_numbers_people_are_known_by_their_key(tmp_path: Path) -> None:
    content = whole(*[row.partition(",")[2] for row in ROWS], header="EMail,City,Points")
    assert [(each.rid, each.values["EMail"]) for each in records(tmp_path, content)] == [
        ("", "claire@exemple.example"),
        ("", "luc@exemple.example"),
    ]


def test_a_field_that_nobody_maps_needs_no_column(tmp_path: Path) -> None:
    narrow = Schema(Side.DIALOG_INSIGHT, CONTACT_LIST, "", {"City": SCHEMA.fields["City"]})
    content = whole("15,Laval", header="idContact,City")
    assert [each.values for each in records(tmp_path, content, narrow)] == [{"City": "Laval"}]
    with pytest.raises(ExportRefused, match="no column f_EMail, f_Points"):
        records(tmp_path, content)


def test_a_project_without_contacts_gives_nobody(tmp_path: Path) -> None:
    assert records(tmp_path, whole()) == []
    assert records(tmp_path, text(HEADER)) == []


DEFECTS: dict[str, tuple[str | bytes, str]] = {
    "nothing in it": ("", "names no field"),
    "no header": (text(*ROWS), "names no field"),
    "a page of the web": ("<html><body>Sign in</body></html>\n", "names no field"),
    "nothing to tell people apart": (whole("Laval,1", header="City,Points"), "neither"),
    "a field twice": (whole("15,a@x.example,a,1,b", header=f"{HEADER},City"), "more than one column"),
    "fewer rows than it says": (text(HEADER, ROWS[0], "#rows,2"), "1 rows, and says 2"),
    "more rows than it says": (text(HEADER, *ROWS, "#rows,1"), "2 rows, and says 1"),
    "rows after the last one": (text(HEADER, ROWS[0], "#rows,1", ROWS[1]), "follows"),
    "two files in one": (whole(*ROWS) + whole(*ROWS), "follows"),
    "a last line that is cut": (text(HEADER, ROWS[0], "16,luc@exem"), "has 2 columns"),
    "a last value that may be cut": (text(HEADER, *ROWS).removesuffix("\r\n") + "12", "breaks off"),
    "a row that is shifted": (text(HEADER, "15,a@x.example,Lévis,QC,1", ROWS[1]), "line 2 has 5 columns"),
    "a quote that is not closed": (text(HEADER, '15,a@x.example,"Lévis,1', ROWS[1]), "quote"),
    "text after a quote": (whole('15,a@x.example,"Lévis"QC,1'), "quote"),
    "numbers as a spreadsheet writes them": (whole("1.5E+01,a@x.example,Laval,1"), "not a number"),
    "numbers that are no contact's": (whole("0,a@x.example,Laval,1"), "not a number"),
    "nobody's row": (whole(",,Laval,1"), "whose"),
    "damaged UTF-8": (text(HEADER, "15,é@x.example,Montréal,1").encode() + b"16,a@x.example,Qu\xe9,1\n", "damaged"),
    "half a character": (text(HEADER, *ROWS).encode("utf-16")[:-1], "cannot be read"),
    "bytes of no text": (whole(*ROWS).encode("cp1252").replace(b"Mont", b"\x81\x8d\x9d"), "cannot be read"),
    "a line without end": (HEADER.encode() + b"\n" + b"a" * (5 << 20), "no end"),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_file_that_is_not_a_whole_export_is_refused_whole(tmp_path: Path, defect: str) -> None:
    content, why = DEFECTS[defect]
    with pytest.raises(ExportRefused) as told:
        read_export(one(tmp_path, content), SCHEMA, TORONTO)
    assert why in told.value.message
    assert told.value.what_to_do
    said = f"{told.value.message}{told.value.detail}"
    assert not any(word in said for word in ("exemple", "Montréal", "Lévis", "Laval")), "it tells of nobody"


@settings(max_examples=300, deadline=None)
@given(
    st.integers(0, 10_000),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from([",", ";"]),
    st.booleans(),
)
def test_half_an_export_is_refused_or_holds_only_whole_records(
    tmp_path_factory: pytest.TempPathFactory, cut: int, encoding: str, delimiter: str, counted: bool
) -> None:
    content = text(HEADER, *ROWS, "17,zoé@exemple.example,Québec,7", *(["#rows,3"] if counted else []))
    full = content.replace(",", delimiter).encode(encoding)
    folder = tmp_path_factory.mktemp("cut")
    complete = records(folder, full)
    assert len(complete) == 3
    try:
        kept = records(folder, full[: cut % len(full)])
    except ExportRefused:
        return
    assert kept == complete[: len(kept)]


def test_an_accent_at_the_end_of_an_old_text_is_no_damage(tmp_path: Path) -> None:
    content = whole('15,a@x.example,"« CAFÉ\xa0»",1', "16,b@x.example,Québec à Lévis été,1").encode("cp1252")
    assert [each["City"] for each in values(tmp_path, content)] == ["« CAFÉ\xa0»", "Québec à Lévis été"]


# The folder


def names(folder: Path, **more: Any) -> list[str]:
    return [each.path.name for each in exports_in(folder, PROJECT, **more)]


def test_a_photograph_was_taken_at_the_earliest_moment_that_its_file_tells(tmp_path: Path) -> None:
    put(tmp_path / f"contacts-{PROJECT}-20260504-030000.csv", whole(ROWS[0]))
    put(tmp_path / f"Contacts-{PROJECT}-20260601-000000.CSV", whole(ROWS[1]))
    put(tmp_path / f"contacts-{PROJECT}-20269999-999999.csv", whole())
    put(tmp_path / "other.csv", whole(*ROWS), LONG_AGO + 5)
    assert [each.as_of for each in exports_in(tmp_path, PROJECT)] == [
        "2026-05-04T03:00:00Z",
        "2026-05-04T03:02:01Z",
        "2026-05-04T03:02:01Z",
        "2026-05-04T03:02:06Z",
    ]


def test_only_files_that_may_be_exports_of_the_project_are_listed_and_none_is_touched(tmp_path: Path) -> None:
    folder, outside = tmp_path / "exports", tmp_path / "outside.csv"
    (folder / "deeper.csv").mkdir(parents=True)
    put(folder / "deeper.csv" / "inside.csv", whole(*ROWS))
    put(outside, whole(*ROWS))
    (folder / "link.csv").symlink_to(outside)
    (folder / "links").symlink_to(tmp_path)
    (folder / "dangling.csv").symlink_to(tmp_path / "nowhere")
    os.mkfifo(folder / "pipe.csv")
    for name in (
        ".export.csv.partial",
        ".hidden.csv",
        "notes.txt",
        "export.csv.part",
        "contacts-99-20260101-000000.csv",
    ):
        put(folder / name, whole(*ROWS))
    put(folder / "export.CSV", whole(*ROWS))
    before = sorted((str(path), path.lstat().st_mtime_ns) for path in folder.rglob("*"))
    [file] = exports_in(folder, PROJECT)
    assert file.path.name == "export.CSV"
    list(read_export(file, SCHEMA, TORONTO))
    assert sorted((str(path), path.lstat().st_mtime_ns) for path in folder.rglob("*")) == before


def test_a_file_that_became_a_link_is_not_followed(tmp_path: Path) -> None:
    file = one(tmp_path, whole(*ROWS))
    other = file.path.rename(tmp_path / "elsewhere.bin")
    file.path.symlink_to(other)
    with pytest.raises(ExportRefused, match="cannot be opened"):
        read_export(file, SCHEMA, TORONTO)


def test_a_file_that_was_just_written_is_left_for_later(tmp_path: Path) -> None:
    put(tmp_path / "export.csv", whole(*ROWS), LONG_AGO)
    for age, listed in ((0, []), (1.9, []), (-5, []), (2.1, ["export.csv"]), (-86400, ["export.csv"])):
        assert names(tmp_path, now=lambda age=age: LONG_AGO + age) == listed, age


@pytest.mark.parametrize("change", ["longer", "later", "gone", "other"])
@pytest.mark.parametrize("when", ["before it is judged", "before it is read"])
def test_a_file_that_changes_meanwhile_is_left_for_later(tmp_path: Path, change: str, when: str) -> None:
    file = one(tmp_path, whole(*ROWS))
    export = read_export(file, SCHEMA, TORONTO)
    match change:
        case "longer":
            put(file.path, whole(*ROWS) + "\r\n")
        case "later":
            os.utime(file.path, (LONG_AGO + 1, LONG_AGO + 1))
        case "gone":
            file.path.unlink()
        case _:
            put(file.path, whole(*reversed(ROWS)) if when == "before it is judged" else text(HEADER + ",", *ROWS))
    with pytest.raises(ExportChanging) as told:
        read_export(file, SCHEMA, TORONTO) if when == "before it is judged" else list(export)
    assert "next run" in told.value.what_to_do


def test_a_file_that_grows_while_it_is_read_is_not_taken_as_whole(tmp_path: Path) -> None:
    export = iter(read_export(one(tmp_path, text(HEADER, *ROWS)), SCHEMA, TORONTO))
    assert next(export).rid == "15"
    with (tmp_path / "export.csv").open("a") as file:
        file.write("17,b@x.example,Laval,1\r\n")
    with pytest.raises(ExportChanging):
        list(export)


def test_a_file_that_is_written_over_while_it_is_read_is_not_taken_as_read(tmp_path: Path) -> None:
    export = iter(read_export(one(tmp_path, whole(*ROWS)), SCHEMA, TORONTO))
    assert next(export).rid == "15"
    with (tmp_path / "export.csv").open("r+b") as file:
        file.write(whole(*ROWS).encode())
    with pytest.raises(ExportChanging):
        list(export)


def test_the_same_content_is_listed_once_as_its_first_photograph_and_never_again(tmp_path: Path) -> None:
    put(tmp_path / "b.csv", whole(*ROWS), LONG_AGO + 60)
    put(tmp_path / "a.csv", whole(*ROWS), LONG_AGO + 90)
    [file] = exports_in(tmp_path, PROJECT)
    assert (file.path.name, file.as_of) == ("b.csv", "2026-05-04T03:03:01Z")
    for known in file.keys:
        assert names(tmp_path, was_read={known}.__contains__) in ([], ["a.csv"])
    assert names(tmp_path, was_read={file.keys[-1]}.__contains__) == []
    put(tmp_path / "b.csv", whole(ROWS[0]), LONG_AGO + 120)
    assert names(tmp_path, was_read=set(file.keys).__contains__) == ["b.csv"]


def test_a_file_that_was_read_is_known_without_opening_it(tmp_path: Path) -> None:
    file = one(tmp_path, whole(*ROWS))
    asked: list[str] = []

    def was_read(key: str) -> bool:
        asked.append(key)
        return True

    assert names(tmp_path, was_read=was_read) == []
    assert asked == [file.keys[0]]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything is open to this user")
def test_a_file_that_may_not_be_opened_says_so_when_it_is_read(tmp_path: Path) -> None:
    put(tmp_path / "export.csv", whole(*ROWS)).chmod(0)
    [file] = exports_in(tmp_path, PROJECT)
    with pytest.raises(ExportRefused, match="cannot be opened"):
        read_export(file, SCHEMA, TORONTO)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read") as told:
        exports_in(tmp_path / "nowhere", PROJECT)
    assert told.value.what_to_do


def test_a_reading_that_is_given_up_leaves_nothing_open(tmp_path: Path) -> None:
    export = iter(read_export(one(tmp_path, whole(*ROWS)), SCHEMA, TORONTO))
    next(export)
    del export  # a file left open would be a warning, and a warning an error


def test_memory_does_not_grow_with_the_number_of_rows(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        file = one(tmp_path, whole(*(f"{n},person{n}@exemple.example,Montréal,{n}" for n in range(1, rows + 1))))
        tracemalloc.start()
        assert sum(1 for _ in read_export(file, SCHEMA, TORONTO)) == rows
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    # Both are longer than what is read at once.
    assert peak(20_000) < peak(10_000) + 100_000


def test_two_seconds_are_by_the_clock_of_this_computer(tmp_path: Path) -> None:
    put(tmp_path / "export.csv", whole(*ROWS), time.time())
    assert names(tmp_path) == []
    put(tmp_path / "export.csv", whole(*ROWS), time.time() - 60)
    assert names(tmp_path) == ["export.csv"]
