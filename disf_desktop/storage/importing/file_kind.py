"""What a file is before anybody reads rows from it, and the plain refusal of whatever holds none.

A file is opened here and nowhere else: an ordinary file, which is not a link, and which is the same at the end as it
was at the beginning.
"""

from __future__ import annotations

import os
import re
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import IO, Final, Self

from disf_desktop.core.errors import FileRefused, UnexpectedAnswer
from disf_desktop.core.importing.file_form import Container

SAMPLE_BYTES: Final = 512 * 1024

MOST_UNPACKED: Final = 64 * 2**30
"""Bytes that a packed file may hold; more is taken for one that was made to fill a machine."""

MOST_PACKED: Final = 400
"""How many times smaller packing may have made a file of 64 MB and more. Rows of a table go to a thirtieth at most."""

_SMALL: Final = 64 * 2**20

SAVE_AS_CSV: Final = (
    "Open it in the program that made it, save it as CSV or as an Excel workbook (.xlsx), and give that."
)
_CHOOSE: Final = "Choose a file of text (CSV), an Excel workbook (.xlsx), or a .zip with one file of text."


def refused(path: Path, message: str, what_to_do: str, reason: str) -> FileRefused:
    """Make the refusal of a file; its name is said, not the folders that lead to it."""
    return FileRefused(message, what_to_do, where=path.name, reason=reason)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a file is known by while it is read."""

    device: int
    number: int
    size: int
    changed: int

    @classmethod
    def of(cls, seen: os.stat_result) -> Self:
        return cls(seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns)


@contextmanager
def opened(path: Path) -> Iterator[BufferedReader]:
    """Open an ordinary file for reading, without a buffer of its own; raises FileRefused where that cannot be."""
    try:
        _look(path)
        file = path.open("rb")
    except OSError as error:
        raise _cannot_open(path, error) from error
    with file:
        yield file


def identity(path: Path) -> Identity:
    """Tell by what a file is known; raises FileRefused where it is no ordinary file."""
    try:
        return Identity.of(_look(path))
    except OSError as error:
        raise _cannot_open(path, error) from error


def still_the_same(path: Path, before: Identity) -> None:
    """Raise UnexpectedAnswer where a file is not what it was when its reading began."""
    try:
        now: Identity | None = Identity.of(path.lstat())
    except OSError:
        now = None
    if now != before:
        what = "was changed" if now else "disappeared"
        raise UnexpectedAnswer(
            f"The file {what} while it was read.",
            "Wait until nothing writes to it any more (close it in other programs), then begin again.",
            where=path.name,
            reason="file_changed",
        )


def cannot_read_on(path: Path, error: Exception) -> UnexpectedAnswer:
    """Make the error of a file that opened well and then could not be read to its end."""
    return UnexpectedAnswer(
        "The file cannot be read to its end: it is damaged, or the disk that it lies on is gone.",
        "Copy or export it again, then begin again; rows that were imported are not imported twice.",
        where=path.name,
        detail=type(error).__name__,
        reason="file_damaged",
    )


def _look(path: Path) -> os.stat_result:
    seen = path.lstat()
    if stat.S_ISLNK(seen.st_mode):
        raise refused(
            path,
            "This is a link to another file, which could be exchanged while it is read.",
            "Give the file that it points to.",
            "link",
        )
    if stat.S_ISDIR(seen.st_mode):
        raise refused(path, "This is a folder.", "Choose a file in it.", "folder")
    if not stat.S_ISREG(seen.st_mode):
        raise refused(path, "This is a device or a pipe, which can be read only once.", _CHOOSE, "no_file")
    if seen.st_size == 0:
        raise refused(path, "The file is empty.", "Export it again, and look whether the export has rows.", "empty")
    return seen


def _cannot_open(path: Path, error: OSError) -> FileRefused:
    if isinstance(error, FileNotFoundError):
        return refused(
            path, "The file is not there.", "Look whether it was moved or renamed, then choose it.", "missing"
        )
    if isinstance(error, PermissionError):
        return refused(
            path,
            "The file cannot be opened: another program holds it, or you may not read it.",
            "Close it in other programs; if that does not help, ask its owner for the right to read it.",
            "no_access",
        )
    return refused(
        path,
        "The file cannot be opened.",
        "Copy it to a folder of this computer, then choose the copy.",
        "cannot_open",
    )


# -- what the first bytes say ------------------------------------------------------------------------------------------

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_BEGINNINGS: Final = (
    (b"%PDF-", "a PDF document", "pdf"),
    (b"\x89PNG", "an image", "image"),
    (b"\xff\xd8\xff", "an image", "image"),
    (b"GIF87a", "an image", "image"),
    (b"GIF89a", "an image", "image"),
    (b"RIFF", "an image, a sound or a film", "image"),
    (b"{\\rtf", "a document of a word processor (RTF)", "document"),
    (b"SQLite format 3\0", "a database", "database"),
    (b"\0\1\0\0Standard", "an Access database", "database"),
    (b"PAR1", "a Parquet file", "database"),
    (b"MZ", "a program", "program"),
    (b"\x7fELF", "a program", "program"),
    (b"BEGIN:VCARD", "a file of address cards (vCard)", "vcard"),
)
_PACKED: Final = (
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"BZh91AY&SY", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)
_WEB_PAGE: Final = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b", re.I | re.S
)
_XML: Final = re.compile(rb"\s*<(?:\?xml|!doctype|\w+(?::\w+)?\s+xmlns)", re.I)
_JSON: Final = re.compile(rb"\s*(?:\[\s*[{\[]|\{\s*\"[^\"\r\n]*\"\s*:)")
_CONTROLS: Final = bytes(set(range(32)) - {0, 9, 10, 11, 12, 13, 26}) + b"\x7f"


def refuse_what_is_no_text(path: Path, head: bytes) -> None:
    """Raise FileRefused where the first bytes of a file are not those of a text with rows."""
    for beginning, what, reason in _BEGINNINGS:
        # A header may begin with four letters that are also the mark of some file; text has no zeros there.
        if head.startswith(beginning) and (len(beginning) > 4 or not beginning.isascii() or b"\0" in head[:512]):
            raise refused(path, f"This is {what}, not a file of rows.", SAVE_AS_CSV, reason)
    for beginning, packer in _PACKED:
        if head.startswith(beginning):
            raise refused(path, f"The file is packed with {packer}.", "Unpack it, and give the file in it.", "packed")
    if head.startswith(_OLE):
        raise _refuse_ole(path, head)
    start = head[:4096].removeprefix(b"\xef\xbb\xbf")
    if _WEB_PAGE.match(start):
        message = "This is a web page, though its name may say Excel: some programs export tables so."
        raise refused(path, message, SAVE_AS_CSV, "web_page")
    if _XML.match(start):
        raise refused(path, "This is an XML document, not a file of rows.", SAVE_AS_CSV, "xml")
    if _JSON.match(start):
        raise refused(path, "This is a JSON document, not a file of rows.", SAVE_AS_CSV, "json")
    if not head.strip(b" \t\r\n\0\x0b\x0c\xef\xbb\xbf\xfe\xff"):
        raise refused(path, "The file holds nothing but blanks.", "Export it again, with its rows.", "empty")
    if _is_rubbish(head):
        raise refused(path, "This is no text: most of its bytes are no characters.", _CHOOSE, "binary")


def _is_rubbish(head: bytes) -> bool:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or head[:4] == b"\0\0\xfe\xff":
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > max(8, len(head) * 0.02):
        return True
    zeros = max(head[0::2].count(0), head[1::2].count(0))
    # Zeros are half of UTF-16, all in one of two places; a few may stand in a text that a broken program has written.
    return head.count(0) > len(head) * 0.1 and zeros < head.count(0) * 0.9


def _refuse_ole(path: Path, head: bytes) -> FileRefused:
    """Tell apart what Microsoft Office keeps in the same old container, by the names in its directory."""
    if "EncryptedPackage".encode("utf-16-le") in head:
        message = "The workbook is protected by a password."
        return refused(path, message, "Open it in Excel, save a copy without password, and give that.", "password")
    if "WordDocument".encode("utf-16-le") in head:
        return refused(path, "This is a Word document, not a file of rows.", SAVE_AS_CSV, "document")
    message = "This is a workbook of Excel 97–2003 (.xls), or another old Office file."
    return refused(path, message, "Open it in Excel, save it as .xlsx or CSV UTF-8, and give that.", "old_excel")


# -- zip ---------------------------------------------------------------------------------------------------------------

_OF_THE_SYSTEM: Final = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def is_zip(head: bytes) -> bool:
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"))


def container_of(path: Path, file: IO[bytes], head: bytes) -> Container:
    """Tell in what the rows lie; raises FileRefused where they lie in nothing that is read here."""
    if not is_zip(head):
        refuse_what_is_no_text(path, head)
        return Container.TEXT
    with archive_of(path, file) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" in names or (
            "[Content_Types].xml" in names and any(n.endswith("workbook.xml") for n in names)
        ):
            return Container.XLSX
        if "xl/workbook.bin" in names:
            message = "This is a binary workbook (.xlsb)."
            raise refused(path, message, "Open it in Excel, save it as .xlsx or CSV UTF-8, and give that.", "xlsb")
        if "mimetype" in names or "[Content_Types].xml" in names or any(n.startswith("Index/") for n in names):
            raise refused(
                path, "This is a document of another program, not an Excel workbook.", SAVE_AS_CSV, "document"
            )
        only_member(path, archive)
    return Container.ZIP


def archive_of(path: Path, file: IO[bytes]) -> zipfile.ZipFile:
    """Open a zip file; raises FileRefused where its directory cannot be read."""
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
        message = "The file is a .zip or a workbook that is damaged or was cut while it was copied."
        raise refused(path, message, "Copy or export it again.", "damaged") from error


def only_member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Give the one file in a zip; raises FileRefused where there are more, none, or one that cannot be read here."""
    members = [
        each
        for each in archive.infolist()
        if not each.is_dir()
        and not each.filename.startswith(_OF_THE_SYSTEM)
        and PurePosixPath(each.filename).name not in _OF_THE_SYSTEM
    ]
    if len(members) != 1:
        message = (
            f"The .zip holds {len(members)} files; which one is meant, is not known."
            if members
            else "The .zip is empty."
        )
        raise refused(
            path, message, "Unpack it, and give the file with the rows.", "several_in_zip" if members else "empty"
        )
    member = members[0]
    refuse_unreadable_member(path, member)
    if PurePosixPath(member.filename).suffix.lower() in (".xlsx", ".xls", ".xlsm", ".zip", ".ods", ".gz"):
        message = "The .zip holds a packed file or a workbook, not a file of text."
        raise refused(path, message, "Unpack it, and give the file in it.", "packed_twice")
    return member


def refuse_unreadable_member(path: Path, member: zipfile.ZipInfo) -> None:
    """Raise FileRefused for a part of a zip with a password, packed in a rare way, or made to fill a machine."""
    if member.flag_bits & 0x1:
        raise refused(path, "The .zip is protected by a password.", "Unpack it, and give the file in it.", "password")
    if member.compress_type not in _METHODS:
        raise refused(
            path, "The .zip is packed in a way that is rare.", "Unpack it, and give the file in it.", "packed"
        )
    size, packed = member.file_size, max(member.compress_size, 1)
    if size > MOST_UNPACKED or (size > _SMALL and size > packed * MOST_PACKED):
        message = f"The .zip would unpack to {size // 2**20} MB, {size // packed} times its size: no table does that."
        raise refused(path, message, "Unpack it, look at what it holds, and give that.", "bomb")
