"""Why a file cannot be imported, and what to do, by the stable reason of the refusal. QtCore alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from disf_desktop.core.errors import DisfError
from disf_desktop.gui.words.translation import QT_TRANSLATE_NOOP, translate

_SAVE: Final = QT_TRANSLATE_NOOP(
    "Files", "Open it in the program that made it, save it as CSV or .xlsx, and give that."
)
_UNPACK: Final = QT_TRANSLATE_NOOP("Files", "Unpack it, and give the file in it.")
_EXPORT: Final = QT_TRANSLATE_NOOP("Files", "Export it again, and look whether the export has rows.")
_EXCEL: Final = QT_TRANSLATE_NOOP("Files", "Open it in Excel, save it as .xlsx or CSV UTF-8, and give that.")
_AGAIN: Final = QT_TRANSLATE_NOOP("Files", "Copy or export it again, then begin again: no row is imported twice.")

_REASONS: Final[Mapping[str, tuple[str, str]]] = {
    "missing": (
        QT_TRANSLATE_NOOP("Files", "The file is not there."),
        QT_TRANSLATE_NOOP("Files", "Look whether it was moved or renamed, then choose it."),
    ),
    "no_access": (
        QT_TRANSLATE_NOOP("Files", "The file cannot be opened: another program holds it, or you may not read it."),
        QT_TRANSLATE_NOOP("Files", "Close it in other programs, or ask its owner for the right to read it."),
    ),
    "cannot_open": (
        QT_TRANSLATE_NOOP("Files", "The file cannot be opened."),
        QT_TRANSLATE_NOOP("Files", "Copy it to a folder of this computer, then choose the copy."),
    ),
    "link": (
        QT_TRANSLATE_NOOP("Files", "This is a link to another file."),
        QT_TRANSLATE_NOOP("Files", "Give the file that it points to."),
    ),
    "folder": (QT_TRANSLATE_NOOP("Files", "This is a folder."), QT_TRANSLATE_NOOP("Files", "Choose a file in it.")),
    "no_file": (QT_TRANSLATE_NOOP("Files", "This is no ordinary file."), _SAVE),
    "empty": (QT_TRANSLATE_NOOP("Files", "The file is empty."), _EXPORT),
    "no_rows": (QT_TRANSLATE_NOOP("Files", "The file has no row below its header."), _EXPORT),
    "pdf": (QT_TRANSLATE_NOOP("Files", "This is a PDF document, not a file of rows."), _SAVE),
    "image": (QT_TRANSLATE_NOOP("Files", "This is an image, not a file of rows."), _SAVE),
    "document": (QT_TRANSLATE_NOOP("Files", "This is a document of another program, not a file of rows."), _SAVE),
    "database": (QT_TRANSLATE_NOOP("Files", "This is a database, not a file of rows."), _SAVE),
    "program": (QT_TRANSLATE_NOOP("Files", "This is a program, not a file of rows."), _SAVE),
    "vcard": (QT_TRANSLATE_NOOP("Files", "This is a file of address cards (vCard), not a file of rows."), _SAVE),
    "web_page": (
        QT_TRANSLATE_NOOP("Files", "This is a web page, though its name may say Excel: some programs export so."),
        _SAVE,
    ),
    "xml": (QT_TRANSLATE_NOOP("Files", "This is an XML document, not a file of rows."), _SAVE),
    "json": (QT_TRANSLATE_NOOP("Files", "This is a JSON document, not a file of rows."), _SAVE),
    "binary": (QT_TRANSLATE_NOOP("Files", "This is no text: most of its bytes are no characters."), _SAVE),
    "packed": (QT_TRANSLATE_NOOP("Files", "The file is packed in a way that is not read here."), _UNPACK),
    "packed_twice": (QT_TRANSLATE_NOOP("Files", "The .zip holds a packed file or a workbook, not a text."), _UNPACK),
    "several_in_zip": (
        QT_TRANSLATE_NOOP("Files", "The .zip holds several files; which one is meant, is not known."),
        QT_TRANSLATE_NOOP("Files", "Unpack it, and give the file with the rows."),
    ),
    "bomb": (
        QT_TRANSLATE_NOOP("Files", "The .zip would unpack to far more than a table ever needs."),
        QT_TRANSLATE_NOOP("Files", "Unpack it, look at what it holds, and give that."),
    ),
    "password": (
        QT_TRANSLATE_NOOP("Files", "The file is protected by a password."),
        QT_TRANSLATE_NOOP("Files", "Open it, save a copy without password, and give that."),
    ),
    "old_excel": (QT_TRANSLATE_NOOP("Files", "This is a workbook of Excel 97–2003 (.xls)."), _EXCEL),
    "xlsb": (QT_TRANSLATE_NOOP("Files", "This is a binary workbook (.xlsb)."), _EXCEL),
    "damaged": (QT_TRANSLATE_NOOP("Files", "The file is damaged, or was cut while it was copied."), _AGAIN),
    "encoding": (
        QT_TRANSLATE_NOOP("Files", "This encoding is not known here."),
        QT_TRANSLATE_NOOP("Files", "Choose another one."),
    ),
    "sheet": (
        QT_TRANSLATE_NOOP("Files", "The workbook has no such sheet any more."),
        QT_TRANSLATE_NOOP("Files", "Choose another one."),
    ),
    "file_changed": (
        QT_TRANSLATE_NOOP("Files", "The file was changed while it was read."),
        QT_TRANSLATE_NOOP("Files", "Close it in other programs, then begin again."),
    ),
    "file_damaged": (
        QT_TRANSLATE_NOOP("Files", "The file cannot be read to its end: it is damaged, or its disk is gone."),
        _AGAIN,
    ),
}


def file_error_said(error: DisfError) -> tuple[str, str] | None:
    """Give what is wrong with a file and what to do, in the language of the window; None where it is anything else."""
    known = _REASONS.get(error.reason)
    return (translate("Files", known[0]), translate("Files", known[1])) if known is not None else None
