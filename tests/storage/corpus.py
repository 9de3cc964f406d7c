"""Files of text as people have them, and worse: each built here, with what must come out of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from disf_desktop.core.importing.file_form import Swallowed
from disf_desktop.core.importing.recipe import FileForm

NAMES = ("Courriel", "Prénom", "Nom", "Ville")
PEOPLE = (
    ("zoe@exemple.example", "Zoé", "Côté", "Québec"),
    ("francois@exemple.example", "François", "Bélanger", "Montréal"),
    ("noel@exemple.example", "Noël", "Lefèvre", "Trois-Rivières"),
    ("helene@exemple.example", "Hélène", "Gagné", "Sept-Îles"),
    ("andre@exemple.example", "André", "Thériault", "Saint-Jérôme"),
)

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Nasty:
    """A file and what must come out: the names and rows exactly, or the refusal with this reason.

    `broken` is the reason of the refusal that comes only when the file is read to its end.
    """

    name: str
    data: bytes
    rows: Sequence[Row] = ()
    names: tuple[str, ...] = NAMES
    refused: str = ""
    broken: str = ""
    said: FileForm = field(default_factory=FileForm)
    encoding: str = ""
    found: str = ""
    """The code of a finding that must be among those of the file."""
    unsure: bool = False
    """Whether that finding asks a person to look."""
    suffix: str = ".csv"


def numbered(rows: Iterable[Sequence[str]], first: int = 2) -> list[Row]:
    return [(number, row if isinstance(row, Swallowed) else list(row)) for number, row in enumerate(rows, first)]


def written(
    rows: Iterable[Sequence[str]], delimiter: str = ";", end: str = "\r\n", quoting: int = csv.QUOTE_MINIMAL
) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()


TABLE = written([NAMES, *PEOPLE])
ROWS = numbered(PEOPLE)


def _encodings() -> Iterable[Nasty]:
    yield Nasty("utf-8", TABLE.encode(), ROWS, encoding="utf-8", found="valid_utf8")
    yield Nasty("utf-8 with a byte-order mark", TABLE.encode("utf-8-sig"), ROWS, encoding="utf-8-sig")
    yield Nasty(
        "utf-8 with two byte-order marks", b"\xef\xbb\xbf" + TABLE.encode("utf-8-sig"), ROWS, encoding="utf-8-sig"
    )
    yield Nasty("utf-16 le with a mark", b"\xff\xfe" + TABLE.encode("utf-16-le"), ROWS, encoding="utf-16-le")
    yield Nasty("utf-16 be with a mark", b"\xfe\xff" + TABLE.encode("utf-16-be"), ROWS, encoding="utf-16-be")
    yield Nasty("utf-16 le without mark", TABLE.encode("utf-16-le"), ROWS, encoding="utf-16-le", found="zeros_of_utf16")
    yield Nasty("utf-16 be without mark", TABLE.encode("utf-16-be"), ROWS, encoding="utf-16-be", found="zeros_of_utf16")
    tabbed = written([NAMES, *PEOPLE], "\t")
    yield Nasty("Unicode text of Excel", b"\xff\xfe" + tabbed.encode("utf-16-le"), ROWS, suffix=".txt")
    yield Nasty("utf-32 with a mark", TABLE.encode("utf-32"), ROWS, encoding="utf-32-le")
    yield Nasty("Windows-1252", TABLE.encode("cp1252"), ROWS, encoding="cp1252", found="fits_french")
    yield Nasty("ISO-8859-1", TABLE.encode("iso8859-1"), ROWS, encoding="cp1252")
    yield Nasty("Mac Roman", TABLE.encode("mac_roman"), ROWS, encoding="mac_roman")
    yield Nasty("DOS code page 850", TABLE.encode("cp850"), ROWS, encoding="cp850")
    typographic = [("a@exemple.example", "Anaïs", "L’Écuyer", "« Cœur » – 12 €"), *PEOPLE]
    text = written([NAMES, *typographic])
    yield Nasty("Windows-1252 with euro and quotes", text.encode("cp1252"), numbered(typographic), encoding="cp1252")
    yield Nasty("Mac Roman with quotes", text.encode("mac_roman"), numbered(typographic), encoding="mac_roman")
    latin9 = [("s@exemple.example", "Sœur", "Lebœuf", "Cœur-du-Lac 12 €"), *PEOPLE]
    yield Nasty("ISO-8859-15", written([NAMES, *latin9]).encode("iso8859-15"), numbered(latin9), encoding="iso8859-15")
    capitals = [("a@exemple.example", "ÉLODIE", "CÔTÉ", "MONTRÉAL"), ("b@exemple.example", "ANDRÉ", "GAGNÉ", "QUÉBEC")]
    for name in ("cp1252", "mac_roman", "cp850"):
        data = written([NAMES, *capitals]).encode(name)
        yield Nasty(f"capitals in {name}", data, numbered(capitals), encoding=name)
    ascii_names = ("Email", "First", "Last", "City")
    plain = [("a@exemple.example", "Ann", "Lee", "Laval"), ("b@exemple.example", "Bob", "Roy", "Gaspe")]
    data = written([ascii_names, *plain]).encode()
    yield Nasty("ascii", data, numbered(plain), ascii_names, encoding="utf-8", found="plain_ascii")
    broken = TABLE.encode().replace("Hélène".encode(), b"H\xe9l\xe8ne")
    rows = numbered([*PEOPLE[:3], (PEOPLE[3][0], "H\ufffdl\ufffdne", *PEOPLE[3][2:]), PEOPLE[4]])
    yield Nasty("a row of 1252 in utf-8", broken, rows, encoding="utf-8", found="mixed_encodings", unsure=True)
    many = [(f"p{n}@exemple.example", "Zoé", "Côté", f"Québec {n}") for n in range(40_000)]
    late = written([NAMES, *many]).encode() + b"last@exemple.example;Ren\xe9;Roy;Laval\r\n"
    yield Nasty(
        "a late byte that is not utf-8",
        late,
        [*numbered(many), (40_002, ["last@exemple.example", "Ren\ufffd", "Roy", "Laval"])],
        found="mixed_encodings",
        unsure=True,
    )
    yield Nasty(
        "cut within a character",
        TABLE.encode() + b"x@exemple.example;Andr\xc3",
        [*ROWS, (7, ["x@exemple.example", "Andr\ufffd"])],
        found="cut_at_end",
        unsure=True,
    )
    yield Nasty(
        "utf-16 with an odd byte at the end",
        b"\xff\xfe" + TABLE.encode("utf-16-le") + b"x",
        [*ROWS, (7, ["\ufffd"])],
    )
    doubtful = "Courriel;Note\r\na@exemple.example;¤\r\nb@exemple.example;¤\r\n".encode("iso8859-1")
    yield Nasty(
        "one strange byte",
        doubtful,
        numbered([("a@exemple.example", "€"), ("b@exemple.example", "€")]),
        ("Courriel", "Note"),
        found="several_fit",
        unsure=True,
    )
    said = FileForm(encoding="latin-1")
    yield Nasty("said to be latin-1", TABLE.encode("cp1252"), ROWS, said=said, encoding="iso8859-1", found="said")
    wrong = numbered([[cell.encode("cp1252").decode("utf-8", "replace") for cell in row] for row in PEOPLE])
    yield Nasty(
        "said to be utf-8, and is not",
        TABLE.encode("cp1252"),
        wrong,
        ("Courriel", "Pr\ufffdnom", "Nom", "Ville"),
        said=FileForm(encoding="utf-8"),
        found="said",
        unsure=True,
    )
    said = FileForm(encoding="macintosh")
    yield Nasty("said to be of a Mac", TABLE.encode("mac_roman"), ROWS, said=said, encoding="mac_roman", found="said")
    yield Nasty("said to be nonsense", TABLE.encode(), refused="encoding", said=FileForm(encoding="klingon"))
    yield Nasty("said to be no text", TABLE.encode(), refused="encoding", said=FileForm(encoding="rot13"))


def _delimiters() -> Iterable[Nasty]:
    for name, delimiter in (("comma", ","), ("tab", "\t"), ("pipe", "|")):
        yield Nasty(name, written([NAMES, *PEOPLE], delimiter).encode("utf-8-sig"), ROWS)
    one = [(row[0],) for row in PEOPLE]
    yield Nasty("one column", written([NAMES[:1], *one]).encode(), numbered(one), NAMES[:1])
    for line in ("sep=;", '"sep=;"', "SEP=;"):
        yield Nasty(f"{line} above the header", f"{line}\r\n{TABLE}".encode("cp1252"), ROWS, found="delimiter_sep_line")
    figures = [(f"a{n}@exemple.example", f"{n},5", "1 234,50", f"{n + 1},75") for n in range(8)]
    yield Nasty(
        "decimal commas between semicolons",
        written([("Courriel", "Note", "Solde", "Prix"), *figures]).encode("cp1252"),
        numbered(figures),
        ("Courriel", "Note", "Solde", "Prix"),
        found="decimal_found",
    )
    prose = [(*row[:3], "Bonjour, merci, à bientôt; salut | fin") for row in PEOPLE]
    yield Nasty("other delimiters in texts", written([NAMES, *prose]).encode(), numbered(prose))


def _lines() -> Iterable[Nasty]:
    for name, end in (("CR", "\r"), ("LF", "\n")):
        yield Nasty(f"lines end with {name}", written([NAMES, *PEOPLE], end=end).encode("cp1252"), ROWS)
    lines = TABLE.split("\r\n")[:-1]
    mixed = "".join(line + end for line, end in zip(lines, ["\r\n", "\n", "\r", "\n", "\r\n", "\r"], strict=True))
    yield Nasty("mixed line ends", mixed.encode(), ROWS)
    yield Nasty("no line end at the end", TABLE.rstrip().encode(), ROWS)
    strange = [("a@exemple.example", "A\u2028b", "C\u2029d\x85e", "F\x0bg\x0ch\x1ci"), *PEOPLE]
    yield Nasty("line ends of Unicode in cells", written([NAMES, *strange]).encode(), numbered(strange))
    gaps = "\r\n".join([lines[0], "", lines[1], "", "", *lines[2:], "", ""])
    rows = [(3, list(PEOPLE[0])), *numbered(PEOPLE[1:], 6)]
    yield Nasty("empty lines between rows", gaps.encode(), rows)
    bare = TABLE + ";;;\r\n" * 3 + written([PEOPLE[0]]) + " ; ;;\r\n"
    yield Nasty("rows of delimiters alone", bare.encode(), [*ROWS, (10, list(PEOPLE[0]))])
    yield Nasty("empty lines above the header", f"\r\n\r\n{TABLE}".encode(), numbered(PEOPLE, 4))
    yield Nasty("the end mark of DOS", TABLE.encode("cp850") + b"\x1a", ROWS)


def _quotes() -> Iterable[Nasty]:
    yield Nasty("everything quoted", written([NAMES, *PEOPLE], quoting=csv.QUOTE_ALL).encode(), ROWS)
    hard = [
        ("a@exemple.example", 'Dit « "le ; grand" »', 'Roy "', '"'),
        ("b@exemple.example", "Ligne 1\nLigne 2", "Roy", "A\r\nB\rC"),
        ("c@exemple.example", "\n", '""', ";"),
        *PEOPLE,
    ]
    for delimiter in (",", ";", "\t", "|"):
        data = written([NAMES, *hard], delimiter).encode("cp1252")
        yield Nasty(f"quotes, delimiters and line breaks in cells, {delimiter!r}", data, numbered(hard))
    inches = TABLE + 'x@exemple.example;Écran 15" large;5" x 7";Laval\r\n'
    yield Nasty(
        "quotation marks within cells",
        inches.encode(),
        [*ROWS, (7, ["x@exemple.example", 'Écran 15" large', '5" x 7"', "Laval"])],
    )
    after = TABLE + 'x@exemple.example;"Zoé" dite Zaza;Roy;Laval\r\n'
    yield Nasty(
        "text after a closing mark",
        after.encode(),
        [*ROWS, (7, ["x@exemple.example", "Zoé dite Zaza", "Roy", "Laval"])],
    )
    blank = TABLE + 'x@exemple.example;"Zoé\nZaza" ;Roy;Laval\r\n'
    yield Nasty(
        "a blank after a closing mark",
        blank.encode(),
        [*ROWS, (7, ["x@exemple.example", "Zoé\nZaza ", "Roy", "Laval"])],
    )
    address = [
        ("a@exemple.example", "Zoé", "Roy", "12, rue Un\nBureau 5, étage 2\nLaval, Québec, Canada, Terre"),
        *PEOPLE,
    ]
    yield Nasty("an address with commas and lines", written([NAMES, *address], ",").encode(), numbered(address))
    yield Nasty(
        "a mark that swallows the rest",
        TABLE.encode() + 'x@exemple.example;"Zoé;Roy;Laval\r\n'.encode() + written(PEOPLE * 50).encode(),
        [*ROWS, (7, Swallowed(["x@exemple.example", "Zoé;Roy;Laval\r\n" + written(PEOPLE * 50)], 251))],
    )
    swallowing = 'x@exemple.example;"Zoé;Roy;Laval\r\n' + written(PEOPLE) + 'y@exemple.example;"Ann;a";Roy;Laval\r\n'
    cells = ["x@exemple.example", "Zoé;Roy;Laval\r\n" + written(PEOPLE) + "y@exemple.example;Ann", 'a"', "Roy", "Laval"]
    yield Nasty("a mark that swallows up to the next", (TABLE + swallowing).encode(), [*ROWS, (7, Swallowed(cells, 7))])
    hidden = 'x@exemple.example;"Zoé;Roy;Laval\r\n' + written(PEOPLE) + 'y@exemple.example;15";Roy;Laval\r\n'
    cells = ["x@exemple.example", "Zoé;Roy;Laval\r\n" + written(PEOPLE) + "y@exemple.example;15", "Roy", "Laval"]
    yield Nasty(
        "rows swallowed without a trace",
        (TABLE + hidden + TABLE).encode(),
        [
            *ROWS,
            (7, Swallowed(cells, 7)),
            (8, list(NAMES)),
            *numbered(PEOPLE, 9),
        ],
    )
    two = 'x@exemple.example;"Zoé;Roy;Laval\r\ny@exemple.example;15";Roy;Laval\r\n'
    cells = ["x@exemple.example", "Zoé;Roy;Laval\r\ny@exemple.example;15", "Roy", "Laval"]
    yield Nasty("one row swallowed without a trace", (TABLE + two).encode(), [*ROWS, (7, Swallowed(cells, 2))])
    long = written(PEOPLE * 20_000)
    cut = ("Zoé;Roy;Laval\r\n" + long)[:131_073]
    yield Nasty(
        "a mark that swallows megabytes",
        (TABLE + 'x@exemple.example;"Zoé;Roy;Laval\r\n' + long).encode(),
        [*ROWS, (7, Swallowed(["x@exemple.example", cut], 100_001))],
    )
    yield Nasty(
        "a mark that swallows megabytes up to the next",
        (
            TABLE
            + 'x@exemple.example;"Zoé;Roy;Laval\r\n'
            + long
            + 'y@exemple.example;"Ann";Roy;Laval\r\n'
            + written(PEOPLE)
        ).encode(),
        [*ROWS, (7, Swallowed(["x@exemple.example", cut, "Roy", "Laval"], 100_002)), *numbered(PEOPLE, 8)],
    )
    yield Nasty(
        "cut within quotation marks",
        (TABLE + 'x@exemple.example;"Zoé').encode(),
        [*ROWS, (7, Swallowed(["x@exemple.example", "Zoé"], 1))],
    )


def _shapes() -> Iterable[Nasty]:
    ragged = TABLE + "x@exemple.example;Zoé\r\ny@exemple.example;A;B;C;D;E\r\n"
    rows = [*ROWS, (7, ["x@exemple.example", "Zoé"]), (8, ["y@exemple.example", "A", "B", "C", "D", "E"])]
    yield Nasty("short and long rows", ragged.encode(), rows)
    yield Nasty(
        "cut within the last row",
        TABLE[: TABLE.index("Thériault") + 2].encode(),
        [*ROWS[:-1], (6, [PEOPLE[4][0], "André", "Th"])],
        found="cut_at_end",
        unsure=True,
    )
    yield Nasty("a title above the header", f"Liste des membres\r\n\r\n{TABLE}".encode("cp1252"), numbered(PEOPLE, 4))
    titles = f"Liste des membres;;;\r\nExportée le 3 mai;;;\r\n{TABLE}"
    yield Nasty("titles of the width of the table", titles.encode("cp1252"), numbered(PEOPLE, 4))
    own = ("Column 1", "Column 2", "Column 3", "Column 4")
    yield Nasty("no header", written(PEOPLE).encode(), numbered(PEOPLE, 1), own)
    said = FileForm(header=0)
    yield Nasty("said to have no header", TABLE.encode(), [(1, list(NAMES)), *ROWS], own, said=said)
    twice = written([("Courriel", "Nom", "", "Nom"), *PEOPLE])
    yield Nasty("names twice and bare", twice.encode(), ROWS, ("Courriel", "Nom", "Column 3", "Nom (2)"))
    wide = [tuple(f"c{n}" for n in range(5000)), *[tuple(f"{r}.{n}" for n in range(5000)) for r in range(30)]]
    yield Nasty("5,000 columns", written(wide).encode(), numbered(wide[1:]), wide[0])
    marks = ("PAR1", "MZ", "From now", "GIF8")
    yield Nasty("a header like the marks of other files", written([marks, *PEOPLE]).encode(), ROWS, marks)
    yield Nasty("a header without rows", written([NAMES]).encode(), refused="no_rows")


def _cells() -> Iterable[Nasty]:
    def one(name: str, cell: str, read: str | None = None) -> Nasty:
        rows = [*PEOPLE, ("x@exemple.example", cell, "Roy", "Laval"), *PEOPLE]
        out = [*PEOPLE, ("x@exemple.example", cell if read is None else read, "Roy", "Laval"), *PEOPLE]
        return Nasty(name, written([NAMES, *rows]).encode(), numbered(out))

    yield one("a zero byte in a cell", "Z\0oé")
    yield one("control characters in a cell", "Z\x01\x02\x7foé")
    for sign in ("=", "+", "-", "@", "\t", "\r"):
        yield one(f"a cell that a spreadsheet would run: {sign!r}", f"{sign}cmd|' /C calc'!A0")
    yield one("leading zeros", "007")
    yield one("an emoji and combining letters", "Zoe\u0301 👩‍👩‍👧 \u202eabc")
    yield one("a cell of the largest size", "x" * 131_072)
    yield one("a cell above the largest size", "x" * 131_073)
    yield one("a cell of 3 MB", "é" * 3_000_000, "é" * 131_073)
    before = PEOPLE * 500
    lines = ("x@exemple.example", 'dit "Z"\nà tous\n' * 200_000, "Roy", "Laval")
    yield Nasty(
        "a cell of 3 MB with quotes and lines",
        written([NAMES, *before, lines, *PEOPLE]).encode(),
        [*numbered([*before, (lines[0], lines[1][:131_073], *lines[2:])]), *numbered(PEOPLE, len(before) + 3)],
    )
    line = TABLE + "x@exemple.example;" + "y" * 5_000_000 + ";Roy;Laval\r\n" + written(PEOPLE)
    yield Nasty(
        "a line of 5 MB",
        line.encode(),
        [*ROWS, (7, ["x@exemple.example", "y" * 131_073, "Roy", "Laval"]), *numbered(PEOPLE, 8)],
    )
    endless = TABLE + ";" * 20_500 + ("z" * 3000 + ";") * 1_500
    yield Nasty("a row of 22,000 cells", endless.encode(), [*ROWS, (7, [""] * 19_999 + ["z" * 3000])])


TEXTS = (
    *_encodings(),
    *_delimiters(),
    *_lines(),
    *_quotes(),
    *_shapes(),
    *_cells(),
)
