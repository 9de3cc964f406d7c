"""Files in which rows are packed, and files that hold no rows at all: each with what must come out of it."""

from __future__ import annotations

import datetime as dt
import io
import random
import struct
import zipfile
from collections.abc import Iterable, Sequence

from openpyxl import Workbook

from disf_desktop.core.importing.recipe import FileForm
from tests.storage.corpus import NAMES, PEOPLE, ROWS, TABLE, Nasty, Row, numbered, written


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return file.getvalue()


def workbook(*sheets: tuple[str, Sequence[Sequence[object]]], hidden: frozenset[str] = frozenset()) -> bytes:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        sheet.sheet_state = "hidden" if title in hidden else "visible"
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def without_part(data: bytes, name: str, **instead: bytes) -> bytes:
    """Take a part out of a workbook."""
    source = zipfile.ZipFile(io.BytesIO(data))
    kept = [(each, source.read(each)) for each in source.namelist() if each != name]
    return zipped(*kept, *instead.items())


def _ole(*names: str) -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(1016)
        + b"".join(n.encode("utf-16-le").ljust(128, b"\0") for n in names)
    )


def _packed() -> Iterable[Nasty]:
    data = TABLE.encode("cp1252")
    yield Nasty("zip", zipped(("membres.csv", data)), ROWS, suffix=".zip", encoding="cp1252")
    yield Nasty("zip, not packed", zipped(("membres.csv", data), method=zipfile.ZIP_STORED), ROWS, suffix=".zip")
    junk = zipped(
        ("données/", b""), ("données/membres.csv", data), ("__MACOSX/._membres.csv", b"\0\5"), (".DS_Store", b"\0")
    )
    yield Nasty("zip of a Mac", junk, ROWS, suffix=".zip")
    yield Nasty("zip with two files", zipped(("a.csv", data), ("b.csv", data)), refused="several_in_zip", suffix=".zip")
    yield Nasty("zip with nothing", zipped(), refused="empty", suffix=".zip")
    yield Nasty("zip with an empty file", zipped(("a.csv", b"")), refused="empty", suffix=".zip")
    yield Nasty("zip with a document", zipped(("a.csv", b"%PDF-1.7 x")), refused="pdf", suffix=".zip")
    yield Nasty("zip with a workbook", zipped(("a.xlsx", b"PK")), refused="packed_twice", suffix=".zip")
    locked = bytearray(zipped(("a.csv", data)))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    yield Nasty("zip with a password", bytes(locked), refused="password", suffix=".zip")
    rare = bytearray(zipped(("a.csv", data)))
    rare[rare.index(b"PK\x01\x02") + 10] = 98
    yield Nasty("zip packed in a rare way", bytes(rare), refused="packed", suffix=".zip")
    yield Nasty("zip that was cut", zipped(("a.csv", data * 50))[:200], refused="damaged", suffix=".zip")
    yield Nasty("zip bomb", zipped(("a.csv", bytes(70 * 2**20))), refused="bomb", suffix=".zip")
    stored = bytearray(zipped(("a.csv", data), method=zipfile.ZIP_STORED))
    stored[stored.index(b"andre")] ^= 1
    yield Nasty("zip whose check sum is wrong", bytes(stored), refused="damaged", suffix=".zip")
    large = written([NAMES, *PEOPLE * 10_000]).encode()
    stored = bytearray(zipped(("a.csv", large), method=zipfile.ZIP_STORED))
    stored[len(large)] ^= 1
    yield Nasty(
        "zip whose late bytes are wrong", bytes(stored), numbered(PEOPLE * 10_000), broken="file_damaged", suffix=".zip"
    )


_SHEET_OF_EXCEL = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:A2"/><sheetData>'
    b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    b'<row r="2" hidden="1"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c></row>'
    b'<row r="4"><c r="A4" t="str"><f>B4&amp;"y"</f><v>x_y@exemple.example</v></c><c r="B4" t="s"><v>4</v></c></row>'
    b'</sheetData><mergeCells count="1"><mergeCell ref="D1:E1"/></mergeCells></worksheet>'
)
_STRINGS_OF_EXCEL = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Courriel</t></si><si><t>Nom</t></si>'
    "<si><t>zoe@exemple.example</t></si><si><r><t>Zoé</t></r><r><t>\nCôté</t></r></si><si><t>00012</t></si></sst>"
).encode()


def _declaring_strings(data: bytes) -> bytes:
    name = "[Content_Types].xml"
    types = zipfile.ZipFile(io.BytesIO(data)).read(name)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'.encode()
    declared = types if b"sharedStrings" in types else types.replace(b"</Types>", part)
    return without_part(data, name, **{name: declared})


def _workbooks() -> Iterable[Nasty]:
    sheet = ("Membres", [NAMES, *PEOPLE])
    yield Nasty("workbook", workbook(sheet), ROWS, suffix=".xlsx", found="only_sheet")
    yield Nasty("workbook named csv", workbook(sheet), ROWS, found="workbook")
    titled = ("Membres", [["Liste des membres"], [], NAMES, *PEOPLE])
    yield Nasty("workbook with a title", workbook(titled), numbered(PEOPLE, 4), suffix=".xlsx")
    several = workbook(
        ("Notes", []), ("Cachée", [["x"], ["y"]]), sheet, ("Autre", [["a"], ["b"]]), hidden=frozenset({"Cachée"})
    )
    yield Nasty("workbook of several sheets", several, ROWS, suffix=".xlsx", found="first_sheet_with_rows", unsure=True)
    said = FileForm(sheet="Autre")
    yield Nasty("the sheet that is said", several, [(2, ["b"])], ("a",), said=said, suffix=".xlsx", found="sheet_said")
    yield Nasty("a sheet that is not there", several, refused="sheet", said=FileForm(sheet="Rien"), suffix=".xlsx")
    kinds: list[list[object]] = [
        [
            "a@exemple.example",
            dt.date(1984, 3, 2),
            dt.datetime(2024, 1, 2, 10, 30, 15),
            True,
            12,
            1234.5,
            "12,5",
            "007",
        ],
        ["b@exemple.example", dt.date(2000, 2, 29), dt.datetime(2024, 1, 2), False, 10**14, 0.1 + 0.2, "0,5", "x"],
        ["c@exemple.example", None, dt.time(9, 30), None, -3, 1.234, "7,25", "#N/A"],
        ["d@exemple.example", None, None, None, 1e20, 1.5e-7, None, "=1"],
    ]
    names = ("Courriel", "Né le", "Vu le", "Actif", "Nombre", "Solde", "Note", "Code")
    read = [
        ["a@exemple.example", "1984-03-02", "2024-01-02T10:30:15", "true", "12", "1234,5", "12,5", "007"],
        ["b@exemple.example", "2000-02-29", "2024-01-02", "false", "100000000000000", "0,3", "0,5", "x"],
        ["c@exemple.example", "", "09:30:00", "", "-3", "1,2340", "7,25", "#N/A"],
        ["d@exemple.example", "", "", "", "100000000000000000000", "0,00000015", "", ""],
    ]
    yield Nasty(
        "workbook of all kinds",
        workbook(("A", [names, *kinds])),
        numbered(read),
        names,
        suffix=".xlsx",
        found="decimal_found",
    )
    pointed = [[cell.replace(",", ".") if cell.count(",") == 1 else cell for cell in row[:6]] for row in read]
    yield Nasty(
        "workbook without decimals in texts",
        workbook(("A", [names[:6], *[row[:6] for row in kinds]])),
        numbered(pointed),
        names[:6],
        suffix=".xlsx",
    )
    gaps = workbook(
        ("A", [NAMES, PEOPLE[0], [], [], *PEOPLE[1:], [None, " "], ["x@exemple.example"], [*PEOPLE[0], "de trop"]])
    )
    rows = [
        (2, list(PEOPLE[0])),
        *numbered(PEOPLE[1:], 5),
        (10, ["x@exemple.example", "", "", ""]),
        (11, [*PEOPLE[0], "de trop"]),
    ]
    yield Nasty("workbook with gaps", gaps, rows, suffix=".xlsx")
    breaks = [*PEOPLE, ("x@exemple.example", "A\nB", 'dit "Z"', ";,|\t")]
    yield Nasty(
        "workbook with line breaks in cells", workbook(("A", [NAMES, *breaks])), numbered(breaks), suffix=".xlsx"
    )
    yield Nasty("workbook without rows", workbook(("A", []), ("B", [])), refused="no_rows", suffix=".xlsx")
    yield Nasty("workbook with a header alone", workbook(("A", [NAMES])), refused="no_rows", suffix=".xlsx")
    yield Nasty(
        "workbook without its sheet",
        without_part(workbook(sheet), "xl/worksheets/sheet1.xml"),
        refused="damaged",
        suffix=".xlsx",
    )
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'
    evil = without_part(workbook(sheet), "xl/worksheets/sheet1.xml", **{"xl/worksheets/sheet1.xml": entities})
    yield Nasty("workbook whose texts multiply", evil, refused="damaged", suffix=".xlsx")
    rubbish = without_part(
        workbook(sheet), "xl/worksheets/sheet1.xml", **{"xl/worksheets/sheet1.xml": b"<worksheet><x"}
    )
    yield Nasty("workbook with a broken sheet", rubbish, refused="damaged", suffix=".xlsx")
    shared = without_part(
        workbook(sheet),
        "xl/worksheets/sheet1.xml",
        **{"xl/worksheets/sheet1.xml": _SHEET_OF_EXCEL, "xl/sharedStrings.xml": _STRINGS_OF_EXCEL},
    )
    seen: list[Row] = [(2, ["zoe@exemple.example", "Zoé\nCôté"]), (4, ["x_y@exemple.example", "00012"])]
    as_excel = _declaring_strings(shared)
    yield Nasty("workbook as Excel writes it", as_excel, seen, ("Courriel", "Nom"), suffix=".xlsx")
    for name, number in (("out of order", b'r="1" hidden'), ("beyond the last", b'r="1048577" hidden')):
        moved = _SHEET_OF_EXCEL.replace(b'r="2" hidden', number)
        data = without_part(as_excel, "xl/worksheets/sheet1.xml", **{"xl/worksheets/sheet1.xml": moved})
        yield Nasty(f"workbook with a row {name}", data, refused="damaged", suffix=".xlsx")
    formulas = [*PEOPLE, ("x@exemple.example", '="Zo"&"é"', "Roy", "Laval")]
    out = numbered([*PEOPLE, ("x@exemple.example", "", "Roy", "Laval")])
    data = workbook(("A", [NAMES, *formulas]))
    found = "formulas_without_value"
    yield Nasty("workbook that was never calculated", data, out, suffix=".xlsx", found=found, unsure=True)
    yield Nasty(
        "workbook with a password", _ole("EncryptionInfo", "EncryptedPackage"), refused="password", suffix=".xlsx"
    )
    yield Nasty("workbook of Excel 97", _ole("Workbook"), refused="old_excel", suffix=".xls")
    huge = bytearray(as_excel)
    place = huge.rindex(b"xl/sharedStrings.xml") - 46
    huge[place + 20 : place + 28] = struct.pack("<II", 20 * 2**20, 97 * 2**20)
    yield Nasty("workbook with too many texts", bytes(huge), refused="large_workbook", suffix=".xlsx")
    yield Nasty("binary workbook", zipped(("xl/workbook.bin", b"x")), refused="xlsb", suffix=".xlsb")
    yield Nasty(
        "workbook of LibreOffice",
        zipped(("mimetype", b"x"), ("content.xml", b"<x/>")),
        refused="document",
        suffix=".ods",
    )
    yield Nasty("workbook that was cut", workbook(sheet)[:3000], refused="damaged", suffix=".xlsx")


def _no_rows_at_all() -> Iterable[Nasty]:
    yield Nasty("nothing", b"", refused="empty")
    yield Nasty("a mark and nothing", b"\xef\xbb\xbf", refused="empty")
    yield Nasty("blanks", b" \r\n\t\r\n" * 50, refused="empty")
    yield Nasty("rubbish", random.Random(5).randbytes(100_000), refused="binary")
    yield Nasty("zeros", bytes(10_000), refused="empty")
    yield Nasty("PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", refused="pdf")
    yield Nasty("PNG", b"\x89PNG\r\n\x1a\n" + bytes(50), refused="image")
    yield Nasty("JPEG", b"\xff\xd8\xff\xe0\0\x10JFIF", refused="image")
    yield Nasty("Word", _ole("WordDocument"), refused="document", suffix=".doc")
    yield Nasty(
        "Word, new", zipped(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")), refused="document"
    )
    yield Nasty(
        "a web page named xls",
        b"\xef\xbb\xbf<html><table><tr><td>Courriel</td></tr></table>",
        refused="web_page",
        suffix=".xls",
    )
    yield Nasty("XML of Excel 2003", b'<?xml version="1.0"?><Workbook xmlns="urn:x"/>', refused="xml", suffix=".xls")
    yield Nasty("JSON", b'[{"Courriel": "a@exemple.example"}]', refused="json")
    yield Nasty("gzip", b"\x1f\x8b\x08\0" + bytes(20), refused="packed", suffix=".gz")
    yield Nasty("SQLite", b"SQLite format 3\0" + bytes(100), refused="database")
    yield Nasty("RTF", b"{\\rtf1\\ansi Courriel}", refused="document")
    yield Nasty("vCard", b"BEGIN:VCARD\r\nVERSION:3.0\r\n", refused="vcard")


CONTAINERS = (
    *_packed(),
    *_workbooks(),
    *_no_rows_at_all(),
)
