"""The import of a file in words: why it was read as it is, what is wrong with a row, what was chosen. QtCore alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from disf_desktop.core.importing.file_form import Aspect, Finding
from disf_desktop.core.importing.recipe import DateOrder, DecimalMark, ImportMode
from disf_desktop.core.importing.rows import RowProblem, RowReason
from disf_desktop.core.refusals import Reason
from disf_desktop.core.schema import Side
from disf_desktop.gui.words.figures import number
from disf_desktop.gui.words.translation import QT_TRANSLATE_NOOP, translate

ENCODINGS: Final[Mapping[str, str]] = {
    "utf-8": QT_TRANSLATE_NOOP("ImportWords", "UTF-8"),
    "utf-8-sig": QT_TRANSLATE_NOOP("ImportWords", "UTF-8 with BOM"),
    "utf-16": QT_TRANSLATE_NOOP("ImportWords", "UTF-16"),
    "utf-16-le": QT_TRANSLATE_NOOP("ImportWords", "UTF-16 LE"),
    "utf-16-be": QT_TRANSLATE_NOOP("ImportWords", "UTF-16 BE"),
    "cp1252": QT_TRANSLATE_NOOP("ImportWords", "Windows-1252 (Windows, Western)"),
    "iso-8859-1": QT_TRANSLATE_NOOP("ImportWords", "ISO-8859-1 (Latin 1)"),
    "iso8859-1": QT_TRANSLATE_NOOP("ImportWords", "ISO-8859-1 (Latin 1)"),
    "latin-1": QT_TRANSLATE_NOOP("ImportWords", "ISO-8859-1 (Latin 1)"),
    "iso-8859-15": QT_TRANSLATE_NOOP("ImportWords", "ISO-8859-15 (Latin 9)"),
    "iso8859-15": QT_TRANSLATE_NOOP("ImportWords", "ISO-8859-15 (Latin 9)"),
    "mac-roman": QT_TRANSLATE_NOOP("ImportWords", "Mac Roman (old Macs)"),
    "mac_roman": QT_TRANSLATE_NOOP("ImportWords", "Mac Roman (old Macs)"),
    "cp850": QT_TRANSLATE_NOOP("ImportWords", "CP850 (DOS)"),
}

DELIMITERS: Final[Mapping[str, str]] = {
    ";": QT_TRANSLATE_NOOP("ImportWords", "semicolon"),
    ",": QT_TRANSLATE_NOOP("ImportWords", "comma"),
    "\t": QT_TRANSLATE_NOOP("ImportWords", "tab"),
    "|": QT_TRANSLATE_NOOP("ImportWords", "vertical bar"),
}

DATES: Final[Mapping[DateOrder, str]] = {
    DateOrder.DAY_FIRST: QT_TRANSLATE_NOOP("ImportWords", "Day first: 31/12/1990"),
    DateOrder.MONTH_FIRST: QT_TRANSLATE_NOOP("ImportWords", "Month first: 12/31/1990"),
    DateOrder.ISO: QT_TRANSLATE_NOOP("ImportWords", "Year first: 1990-12-31"),
    DateOrder.SERIAL: QT_TRANSLATE_NOOP("ImportWords", "Days as Excel counts them: 33238"),
}

DECIMALS: Final[Mapping[DecimalMark, str]] = {
    DecimalMark.COMMA: QT_TRANSLATE_NOOP("ImportWords", "Comma: 1 234,56"),
    DecimalMark.POINT: QT_TRANSLATE_NOOP("ImportWords", "Point: 1,234.56"),
}

_FINDINGS: Final[Mapping[str, str]] = {
    "byte_order_mark": QT_TRANSLATE_NOOP("ImportWords", "The file says so in its first bytes."),
    "zeros_of_utf16": QT_TRANSLATE_NOOP("ImportWords", "Every second byte is empty, as in UTF-16 alone."),
    "plain_ascii": QT_TRANSLATE_NOOP("ImportWords", "No accents: every encoding reads it alike."),
    "valid_utf8": QT_TRANSLATE_NOOP("ImportWords", "All accents are whole. Looked at: {characters}."),
    "mixed_encodings": QT_TRANSLATE_NOOP(
        "ImportWords", "Some rows are of another encoding (the first one near row {row}). Look at the accents."
    ),
    "fits_french": QT_TRANSLATE_NOOP("ImportWords", "With it, accents stand where words have them."),
    "several_fit": QT_TRANSLATE_NOOP("ImportWords", "Another encoding is as likely. Look at the accents below."),
    "workbook": QT_TRANSLATE_NOOP("ImportWords", "A workbook says it itself."),
    "said": QT_TRANSLATE_NOOP("ImportWords", "You said so. Signs that cannot be read: {broken}."),
    "delimiter_said": QT_TRANSLATE_NOOP("ImportWords", "You said so."),
    "delimiter_sep_line": QT_TRANSLATE_NOOP("ImportWords", "The first line of the file says so (sep=)."),
    "delimiter_found": QT_TRANSLATE_NOOP(
        "ImportWords", "With it, {rows} of {of} rows looked at have {columns} columns."
    ),
    "delimiter_none": QT_TRANSLATE_NOOP("ImportWords", "No sign parts the rows alike: one column."),
    "cut_at_end": QT_TRANSLATE_NOOP(
        "ImportWords", "The last row has {cells} cells of {width}: the file may be cut off at its end."
    ),
    "header_said": QT_TRANSLATE_NOOP("ImportWords", "You said so."),
    "header_found": QT_TRANSLATE_NOOP("ImportWords", "Row {row} holds names; the rows below hold values."),
    "header_assumed": QT_TRANSLATE_NOOP("ImportWords", "All cells are texts; row {row} is taken for the names."),
    "header_none": QT_TRANSLATE_NOOP("ImportWords", "The first row looks like those below it."),
    "header_empty": QT_TRANSLATE_NOOP("ImportWords", "There is no row."),
    "titles_passed_over": QT_TRANSLATE_NOOP("ImportWords", "Rows above it that are passed over: {rows}."),
    "names_blank": QT_TRANSLATE_NOOP(
        "ImportWords", "Columns without a name: {columns}; they are called by their place."
    ),
    "names_repeated": QT_TRANSLATE_NOOP("ImportWords", "Names that come twice and are numbered: {columns}."),
    "results_columns": QT_TRANSLATE_NOOP("ImportWords", "Our own columns of a results file are left out: {columns}."),
    "sheet_said": QT_TRANSLATE_NOOP("ImportWords", "You said so."),
    "only_sheet": QT_TRANSLATE_NOOP("ImportWords", "The only sheet of the workbook."),
    "first_sheet_with_rows": QT_TRANSLATE_NOOP("ImportWords", "The first of {sheets} sheets that has rows."),
    "dates_said": QT_TRANSLATE_NOOP("ImportWords", "You said so."),
    "dates_none": QT_TRANSLATE_NOOP("ImportWords", "No column of dates."),
    "dates_iso": QT_TRANSLATE_NOOP("ImportWords", "Every date has the year first, or its month by name."),
    "dates_day_first": QT_TRANSLATE_NOOP(
        "ImportWords", "Dates that can only be read so: {dates}. Those that can be read both ways: {either}."
    ),
    "dates_month_first": QT_TRANSLATE_NOOP(
        "ImportWords", "Dates that can only be read so: {dates}. Those that can be read both ways: {either}."
    ),
    "dates_serial": QT_TRANSLATE_NOOP("ImportWords", "Columns that hold days as Excel counts them: {columns}."),
    "dates_ambiguous": QT_TRANSLATE_NOOP("ImportWords", "Dates that can be read both ways: {either}, all of them."),
    "dates_contradict": QT_TRANSLATE_NOOP(
        "ImportWords",
        "Day first only: {day_first} (in {day_first_column}). Month first only: {month_first} "
        "(in {month_first_column}).",
    ),
    "dates_serial_columns": QT_TRANSLATE_NOOP(
        "ImportWords", "Columns with days as Excel counts them: {columns}, the first is {column}."
    ),
    "decimal_said": QT_TRANSLATE_NOOP("ImportWords", "You said so."),
    "decimal_none": QT_TRANSLATE_NOOP("ImportWords", "No number has decimals."),
    "decimal_found": QT_TRANSLATE_NOOP("ImportWords", "Numbers that only this mark explains: {numbers}."),
    "decimal_ambiguous": QT_TRANSLATE_NOOP("ImportWords", "Numbers that both marks explain, otherwise: {numbers}."),
    "decimal_contradict": QT_TRANSLATE_NOOP(
        "ImportWords", "With a comma: {comma}. With a point: {point}. The more frequent one is taken."
    ),
}

# What is wrong with a row: in a chip without its figures, in the table with them, and what to do.
_ROWS: Final[Mapping[str, tuple[str, str, str]]] = {
    RowReason.SHORT_ROW: (
        QT_TRANSLATE_NOOP("ImportWords", "too few cells"),
        QT_TRANSLATE_NOOP("ImportWords", "{cells} cells of {width}"),
        QT_TRANSLATE_NOOP(
            "ImportWords",
            "Look whether a delimiter is missing. If only the last cells are empty, let short rows be filled.",
        ),
    ),
    RowReason.LONG_ROW: (
        QT_TRANSLATE_NOOP("ImportWords", "too many cells"),
        QT_TRANSLATE_NOOP("ImportWords", "{cells} cells for {width} columns"),
        QT_TRANSLATE_NOOP("ImportWords", "Put a cell that holds the delimiter between quotation marks, in the file."),
    ),
    RowReason.UNCLOSED_QUOTE: (
        QT_TRANSLATE_NOOP("ImportWords", "a quotation mark is not closed"),
        QT_TRANSLATE_NOOP("ImportWords", "a quotation mark is not closed; lines in one cell: {lines}"),
        QT_TRANSLATE_NOOP("ImportWords", "Close it in the file, or double it where it belongs to the text."),
    ),
    RowReason.CELL_TOO_LARGE: (
        QT_TRANSLATE_NOOP("ImportWords", "cell too large"),
        QT_TRANSLATE_NOOP("ImportWords", "more than {limit} characters"),
        QT_TRANSLATE_NOOP("ImportWords", "Shorten it in the file."),
    ),
    RowReason.NOT_TEXT: (
        QT_TRANSLATE_NOOP("ImportWords", "not readable in this encoding"),
        QT_TRANSLATE_NOOP("ImportWords", "not readable in this encoding"),
        QT_TRANSLATE_NOOP("ImportWords", "Choose the right encoding at the File step, or correct the cell."),
    ),
    RowReason.SHORTENED_NUMBER: (
        QT_TRANSLATE_NOOP("ImportWords", "number shortened by a spreadsheet"),
        QT_TRANSLATE_NOOP("ImportWords", "shortened by a spreadsheet; its last digits are lost"),
        QT_TRANSLATE_NOOP("ImportWords", "Export the file again with this column as text."),
    ),
    RowReason.ID_OF_15: (
        QT_TRANSLATE_NOOP("ImportWords", "Id of 15 characters"),
        QT_TRANSLATE_NOOP("ImportWords", "Id of 15 characters; its capitals may be lost"),
        QT_TRANSLATE_NOOP("ImportWords", "Export Ids of 18 characters."),
    ),
    RowReason.NOT_A_CONTACT: (
        QT_TRANSLATE_NOOP("ImportWords", "not a contact’s number"),
        QT_TRANSLATE_NOOP("ImportWords", "not the number of a contact (idContact)"),
        QT_TRANSLATE_NOOP("ImportWords", "Give the contact’s idContact; no e-mail address or Salesforce Id."),
    ),
    RowReason.SIGN_FOR_EMPTY: (
        QT_TRANSLATE_NOOP("ImportWords", "#N/A in a cell"),
        QT_TRANSLATE_NOOP("ImportWords", "#N/A: Salesforce would take it for “empty”"),
        QT_TRANSLATE_NOOP("ImportWords", "Correct the cell: a formula of the spreadsheet has failed there."),
    ),
    RowReason.OUTCOME_UNKNOWN: (
        QT_TRANSLATE_NOOP("ImportWords", "outcome unknown"),
        QT_TRANSLATE_NOOP("ImportWords", "Salesforce has forgotten what became of it"),
        QT_TRANSLATE_NOOP("ImportWords", "Look in Salesforce whether the record is there, then import the row again."),
    ),
    RowReason.DUPLICATE_KEY: (
        QT_TRANSLATE_NOOP("ImportWords", "duplicate key in file"),
        QT_TRANSLATE_NOOP("ImportWords", "same key as row {row}"),
        QT_TRANSLATE_NOOP("ImportWords", "Keep one of them: give the others another key, or leave them out."),
    ),
    RowReason.NOT_THERE: (
        QT_TRANSLATE_NOOP("ImportWords", "no record with this key"),
        QT_TRANSLATE_NOOP("ImportWords", "no record has this key"),
        QT_TRANSLATE_NOOP("ImportWords", "Correct the key, or let rows create records."),
    ),
    RowReason.ALREADY_THERE: (
        QT_TRANSLATE_NOOP("ImportWords", "there already"),
        QT_TRANSLATE_NOOP("ImportWords", "a record has this key already"),
        QT_TRANSLATE_NOOP("ImportWords", "Let rows update records, or leave it out."),
    ),
    RowReason.SEVERAL_THERE: (
        QT_TRANSLATE_NOOP("ImportWords", "several records with this key"),
        QT_TRANSLATE_NOOP("ImportWords", "several records have this key"),
        QT_TRANSLATE_NOOP("ImportWords", "Merge them, or use another key."),
    ),
    RowReason.CONSENT_UNPROVEN: (
        QT_TRANSLATE_NOOP("ImportWords", "a yes where Salesforce says no"),
        QT_TRANSLATE_NOOP("ImportWords", "Salesforce says no; a yes in a file does not prove that it came later"),
        QT_TRANSLATE_NOOP("ImportWords", "Nothing to do: the no stands."),
    ),
    RowReason.SERVICE: (
        QT_TRANSLATE_NOOP("ImportWords", "refused by the service"),
        QT_TRANSLATE_NOOP("ImportWords", "refused by the service"),
        QT_TRANSLATE_NOOP("ImportWords", "Correct the row, then import the failed rows again."),
    ),
    Reason.ERASED: (
        QT_TRANSLATE_NOOP("ImportWords", "erased from Dialog Insight"),
        QT_TRANSLATE_NOOP("ImportWords", "this person was erased from Dialog Insight"),
        QT_TRANSLATE_NOOP("ImportWords", "Leave the row out, or bring these people back if they asked for it."),
    ),
    Reason.EMAIL: (
        QT_TRANSLATE_NOOP("ImportWords", "invalid e-mail"),
        QT_TRANSLATE_NOOP("ImportWords", "not an e-mail address"),
        QT_TRANSLATE_NOOP("ImportWords", "Correct the cell."),
    ),
    Reason.TOO_LONG: (
        QT_TRANSLATE_NOOP("ImportWords", "too long"),
        QT_TRANSLATE_NOOP("ImportWords", "{length} characters; {limit} fit"),
        QT_TRANSLATE_NOOP("ImportWords", "Shorten it, or let it be cut at the Columns step."),
    ),
    Reason.KEY_MISSING: (
        QT_TRANSLATE_NOOP("ImportWords", "key is empty"),
        QT_TRANSLATE_NOOP("ImportWords", "the key is empty"),
        QT_TRANSLATE_NOOP("ImportWords", "Fill the cell."),
    ),
    Reason.REQUIRED_MISSING: (
        QT_TRANSLATE_NOOP("ImportWords", "required, and empty"),
        QT_TRANSLATE_NOOP("ImportWords", "a value is required"),
        QT_TRANSLATE_NOOP("ImportWords", "Fill the cell."),
    ),
    Reason.NOT_A_NUMBER: (
        QT_TRANSLATE_NOOP("ImportWords", "not a number"),
        QT_TRANSLATE_NOOP("ImportWords", "not a number"),
        QT_TRANSLATE_NOOP("ImportWords", "Correct the cell, or say how decimals are written."),
    ),
    Reason.NOT_A_DATE: (
        QT_TRANSLATE_NOOP("ImportWords", "not a date"),
        QT_TRANSLATE_NOOP("ImportWords", "no such day"),
        QT_TRANSLATE_NOOP("ImportWords", "Correct the cell, or say how dates are written."),
    ),
    Reason.NOT_A_TIME: (
        QT_TRANSLATE_NOOP("ImportWords", "not a time"),
        QT_TRANSLATE_NOOP("ImportWords", "not a time of day"),
        QT_TRANSLATE_NOOP("ImportWords", "Correct the cell."),
    ),
    Reason.NOT_A_BOOLEAN: (
        QT_TRANSLATE_NOOP("ImportWords", "neither yes nor no"),
        QT_TRANSLATE_NOOP("ImportWords", "neither yes nor no"),
        QT_TRANSLATE_NOOP("ImportWords", "Correct the cell."),
    ),
    Reason.OUT_OF_RANGE: (
        QT_TRANSLATE_NOOP("ImportWords", "number too large"),
        QT_TRANSLATE_NOOP("ImportWords", "too large: {limit} digits fit before the decimals"),
        QT_TRANSLATE_NOOP("ImportWords", "Correct the cell."),
    ),
    Reason.HAS_DECIMALS: (
        QT_TRANSLATE_NOOP("ImportWords", "too many decimals"),
        QT_TRANSLATE_NOOP("ImportWords", "{decimals} decimals; {limit} fit"),
        QT_TRANSLATE_NOOP("ImportWords", "Correct it, or let it be rounded at the Columns step."),
    ),
    Reason.NOT_A_CHOICE: (
        QT_TRANSLATE_NOOP("ImportWords", "not in the list"),
        QT_TRANSLATE_NOOP("ImportWords", "not a value of the list"),
        QT_TRANSLATE_NOOP("ImportWords", "Choose a value of the list."),
    ),
    Reason.SEVERAL_CHOICES: (
        QT_TRANSLATE_NOOP("ImportWords", "several values"),
        QT_TRANSLATE_NOOP("ImportWords", "{count} values; one fits"),
        QT_TRANSLATE_NOOP("ImportWords", "Keep one value."),
    ),
    Reason.NOT_AN_ID: (
        QT_TRANSLATE_NOOP("ImportWords", "not an Id"),
        QT_TRANSLATE_NOOP("ImportWords", "not a record Id"),
        QT_TRANSLATE_NOOP("ImportWords", "Correct the cell."),
    ),
    Reason.UNREADABLE: (
        QT_TRANSLATE_NOOP("ImportWords", "not readable"),
        QT_TRANSLATE_NOOP("ImportWords", "cannot be read"),
        QT_TRANSLATE_NOOP("ImportWords", "Correct the cell."),
    ),
    Reason.PARENT_MISSING: (
        QT_TRANSLATE_NOOP("ImportWords", "person not in Dialog Insight"),
        QT_TRANSLATE_NOOP("ImportWords", "points to a person who is not in Dialog Insight"),
        QT_TRANSLATE_NOOP("ImportWords", "Import that person first."),
    ),
}


def encoding_said(name: str) -> str:
    """Name an encoding as a person knows it."""
    folded = name.casefold()
    return translate("ImportWords", ENCODINGS[folded]) if folded in ENCODINGS else name.upper()


def encoding_place(name: str) -> tuple[int, str]:
    """Give where an encoding stands in a list of them: the usual ones first."""
    known = list(ENCODINGS)
    return (known.index(name.casefold()) if name.casefold() in ENCODINGS else len(known)), name


def delimiter_said(sign: str) -> str:
    """Name what stands between two cells."""
    return translate("ImportWords", DELIMITERS[sign]) if sign in DELIMITERS else sign


def dates_said(order: DateOrder) -> str:
    """Show how days are written, by an example."""
    return translate("ImportWords", DATES[order])


def decimal_said(mark: DecimalMark) -> str:
    """Show how decimals are written, by an example."""
    return translate("ImportWords", DECIMALS[mark])


def aspect_said(aspect: Aspect) -> str:
    """Name what was recognised."""
    return {
        Aspect.ENCODING: translate("ImportWords", "Encoding"),
        Aspect.DELIMITER: translate("ImportWords", "Between cells"),
        Aspect.HEADER: translate("ImportWords", "Names of columns"),
        Aspect.SHEET: translate("ImportWords", "Sheet"),
        Aspect.DATES: translate("ImportWords", "Dates"),
        Aspect.DECIMAL: translate("ImportWords", "Decimals"),
    }[aspect]


def finding_said(finding: Finding) -> str:
    """Say why something was taken for what it is."""
    text = _FINDINGS.get(finding.code)
    if text is None:
        return ""
    figures = {name: number(value) if isinstance(value, int) else value for name, value in finding.figures}
    return translate("ImportWords", text).format_map(_Known(figures))


class _Known(dict[str, str]):
    """Figures by name; one that is not told is left out."""

    def __missing__(self, key: str) -> str:
        return "…"


def reason_short(code: str) -> str:
    """Name why rows are refused, without figures."""
    return translate("ImportWords", _ROWS[code][0]) if code in _ROWS else code.replace("_", " ")


def problem_of_row(problem: RowProblem) -> str:
    """Say what is wrong with a row, in the table."""
    if problem.code not in _ROWS:
        return problem.code.replace("_", " ")
    figures = {name: number(value) for name, value in problem.figures}
    return translate("ImportWords", _ROWS[problem.code][1]).format_map(_Known(figures))


def explained(problem: RowProblem) -> str:
    """Say what is wrong with a row, in a file that a person keeps."""
    said = problem_of_row(problem)
    return f"{problem.column}: {said}" if problem.column else said


def problem_tip(problem: RowProblem) -> str:
    """Say what is wrong with a cell and what to do about it."""
    where = explained(problem)
    todo = translate("ImportWords", _ROWS[problem.code][2]) if problem.code in _ROWS else ""
    return "\n".join(part for part in (where[:1].upper() + where[1:], todo) if part)


def mode_said(mode: ImportMode) -> str:
    """Name what a row may do."""
    return {
        ImportMode.UPSERT: translate("ImportWords", "Create and update"),
        ImportMode.UPDATE: translate("ImportWords", "Update only"),
        ImportMode.CREATE: translate("ImportWords", "Create only"),
    }[mode]


def mode_meaning(mode: ImportMode, side: Side, with_key: bool) -> str:
    """Say what becomes of a row whose record is there, and of one whose record is not."""
    if mode is ImportMode.CREATE and not with_key:
        return translate("ImportWords", "Every row makes a new record, even where one like it is there.")
    return {
        ImportMode.UPSERT: translate(
            "ImportWords", "A row whose record is there updates it; any other row creates one."
        ),
        ImportMode.UPDATE: translate("ImportWords", "A row whose record is not there is refused; nothing is created."),
        ImportMode.CREATE: translate(
            "ImportWords", "A row whose record is there already is refused; nothing is changed."
        ),
    }[mode]
