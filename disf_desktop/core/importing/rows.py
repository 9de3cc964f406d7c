"""The rows of a file on their way into a table: what is wrong with one, and what became of it.

A row is known by its number in the file, counted from 1 as a spreadsheet shows it. Nothing here holds a cell of a
person, except what is meant for the screen alone (`RefusedRow`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Final

from disf_desktop.core.importing.file_form import names_of
from disf_desktop.core.refusals import Reason
from disf_desktop.core.values import Value


class RowReason(StrEnum):
    """Why a row is refused, besides the reasons of values (`core.refusals.Reason`); stable, for translations."""

    SHORT_ROW = "short_row"  # cells, width
    LONG_ROW = "long_row"  # cells, width
    UNCLOSED_QUOTE = "unclosed_quote"  # lines: how many lines of the file one cell has swallowed
    CELL_TOO_LARGE = "cell_too_large"  # limit: characters
    NOT_TEXT = "not_text"  # bytes that are no text in the encoding of the file
    SHORTENED_NUMBER = "shortened_number"
    ID_OF_15 = "id_of_15"
    NOT_A_CONTACT = "not_a_contact"
    DUPLICATE_KEY = "duplicate_key"  # row: the first one with this key (of this one, the next), count: how many
    NOT_THERE = "not_there"
    ALREADY_THERE = "already_there"
    SEVERAL_THERE = "several_there"
    CONSENT_UNPROVEN = "consent_unproven"
    SIGN_FOR_EMPTY = "sign_for_empty"
    OUTCOME_UNKNOWN = "outcome_unknown"
    SERVICE = "service"  # the service refused it, in its own words


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing that is wrong with a row. `column` is "" where it is the whole row; `code` a RowReason or a Reason."""

    row: int
    column: str
    field: str
    code: str
    figures: tuple[tuple[str, int], ...] = ()


class RowState(IntEnum):
    """What became of a row. A row that nothing is known of is still to be sent."""

    REFUSED = 1
    """The check found it wrong; it is not sent."""
    UNCHANGED = 2
    """The record is as the row says already."""
    SENT = 3
    """It is in a batch whose outcome is not known yet."""
    CREATED = 4
    UPDATED = 5
    FAILED = 6
    """The service refused it."""


FINAL: Final = frozenset({RowState.UNCHANGED, RowState.CREATED, RowState.UPDATED, RowState.FAILED, RowState.REFUSED})

SENT: Final = frozenset({RowState.CREATED, RowState.UPDATED, RowState.FAILED})


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of a row. `rid` is the record's id where it is known; `message` holds the service's own words."""

    row: int
    state: RowState
    rid: str = ""
    code: str = ""
    message: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class There:
    """A record that the service holds: its id, and canonical values in the order of the recipe's columns, then that of
    its consents."""

    rid: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class OpenRows:
    """A batch whose outcome is not known: it was to be sent, and maybe was. `job` is the path of its bulk job, `sealed`
    says whether that job may have begun to store rows."""

    number: int
    kind: str
    job: str
    rows: tuple[int, ...]
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is not sent as it is, for the screen: its cells by column, corrections included, and its problems."""

    row: int
    cells: Mapping[str, str]
    problems: tuple[RowProblem, ...]
    corrected: frozenset[str] = frozenset()
    """The columns in which a person has put another text."""


@dataclass(frozen=True, slots=True)
class CheckCounts:
    """What a check found, in rows. `decided` is decided when sent: nothing tells before whether the record is there.

    `problems` counts rows by the code of their first problem, `cut` the cells that will be shortened, by column;
    `ambiguous` the dates that could be read either way, by column; `changed_known` says whether `changed` and
    `unchanged` come from the service itself (True) or from what the last look at it left in the ledger.
    """

    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    decided: int = 0
    refused: int = 0
    problems: Mapping[str, int] = field(default_factory=dict)
    cut: Mapping[str, int] = field(default_factory=dict)
    ambiguous: Mapping[str, int] = field(default_factory=dict)
    consents: Mapping[str, int] = field(default_factory=dict)
    """Yes, no and nothing, by consent: `{"Newsletter yes": 120, …}` as `consent state`. Toward Salesforce `unproven`
    counts the yes that is not written, for Salesforce says no."""
    changed_known: bool = True
    back: int = 0
    """Rows of people who were erased, and who are sent because somebody has asked for it."""
    sent: int = 0
    """Rows that went to the service already, in an import of this very file that has not come to its end."""

    @property
    def left(self) -> int:
        """Count the rows that an import would send now: it goes on where it stopped."""
        return max(0, self.to_send - self.sent)

    @property
    def to_send(self) -> int:
        """Count the rows that an import would send: all but the refused, and those that the service itself shows as
        unchanged. What the ledger says may be old, so it keeps nothing back."""
        return self.new + self.changed + self.decided + (0 if self.changed_known else self.unchanged)


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """An import in the history. `number` tells imports of the same file with the same recipe apart.

    `status` is empty while the import has not ended, else a `core.events.RunStatus`, or the code of the error for which
    its book cannot be read: then nothing else is known. Moments are ISO 8601 in UTC. `tally` counts rows by what became
    of them.
    """

    id: str
    number: int
    status: str = ""
    file: str = ""
    size: int = 0
    sha256: str = ""
    recipe: str = ""
    to: str = ""
    started: str = ""
    finished: str = ""
    run: int | None = None
    counts: CheckCounts | None = None
    tally: Mapping[RowState, int] = field(default_factory=dict)


def names_for(names: Sequence[str], cells: int) -> Sequence[str]:
    """Give a name for each of so many cells; those beyond the header are named as bare columns are."""
    return names if cells <= len(names) else names_of((*names, *[""] * (cells - len(names))))


def corrected_cells(cells: Sequence[str], names: Sequence[str], texts: Mapping[str, str]) -> list[str]:
    """Give the cells of a row with a person's texts in place of some, by column.

    A row that a person has put texts in has a cell for each column, however short it was: the person saw it so. A cell
    beyond the header is taken away by an empty text.
    """
    if not texts:
        return list(cells)
    corrected = [*cells, *[""] * (len(names) - len(cells))]
    named = names_for(names, len(corrected))
    for place, name in enumerate(named):
        corrected[place] = texts.get(name, corrected[place])
    while len(corrected) > len(names) and texts.get(named[len(corrected) - 1]) == "":
        corrected.pop()
    return corrected


WORDS: Final[Mapping[str, tuple[str, str]]] = {
    RowReason.SHORT_ROW: (
        "The row has {cells} cells, the header {width}.",
        "Look whether a delimiter is missing; if only the last cells are empty, let short rows be filled.",
    ),
    RowReason.LONG_ROW: (
        "The row has {cells} cells, the header {width}.",
        "Put a cell that holds the delimiter between quotes, or take the extra cells away.",
    ),
    RowReason.UNCLOSED_QUOTE: (
        "A quotation mark is opened and not closed: {lines} lines of the file have run into one cell.",
        "Close it in the file, or double it where it belongs to the text.",
    ),
    RowReason.CELL_TOO_LARGE: (
        "{field} has more than {limit} characters.",
        "Shorten it in the file.",
    ),
    RowReason.NOT_TEXT: (
        "{field} holds bytes that are no text in the encoding of the file.",
        "Choose the right encoding, or correct the cell.",
    ),
    RowReason.SHORTENED_NUMBER: (
        "{field} was shortened by a spreadsheet (as in 1.23E+12); its last digits are lost.",
        "Export the file again with this column as text.",
    ),
    RowReason.ID_OF_15: (
        "{field} is a Salesforce Id of 15 characters, of which a spreadsheet may have changed the capitals.",
        "Export Ids of 18 characters.",
    ),
    RowReason.NOT_A_CONTACT: (
        "{field} is not the number by which Dialog Insight knows a contact.",
        "Give the contact's idContact; an e-mail address or a Salesforce Id does not name one here.",
    ),
    RowReason.DUPLICATE_KEY: (
        "{count} rows of the file have the same key; another one is row {row}.",
        "Keep one of them.",
    ),
    RowReason.NOT_THERE: ("There is no record with this key.", "Correct the key, or let rows create records."),
    RowReason.ALREADY_THERE: ("There is a record with this key already.", "Let rows update records, or leave it out."),
    RowReason.SEVERAL_THERE: (
        "Several records have this key; which one is meant, is not known.",
        "Merge them, or use another key.",
    ),
    RowReason.CONSENT_UNPROVEN: (
        "The person has said no in Salesforce; a yes in a file does not prove that it came later.",
        "Nothing to do: the no stands. Change it in Salesforce if you can prove the yes.",
    ),
    RowReason.SIGN_FOR_EMPTY: (
        "A cell holds #N/A, which Salesforce takes for “empty” where many rows are sent at once.",
        "Correct the cell: a formula of the spreadsheet has failed there.",
    ),
    RowReason.OUTCOME_UNKNOWN: (
        "Salesforce has forgotten what became of it: its results are kept for seven days.",
        "Look in Salesforce whether the record is there before the row is imported again.",
    ),
    RowReason.SERVICE: ("The service refused it.", "Correct the row, then import the failed rows again."),
    Reason.EMAIL: ("{field} is not an e-mail address.", "Correct the cell."),
    Reason.TOO_LONG: ("{field} has {length} characters; {limit} are accepted.", "Shorten it, or let it be cut."),
    Reason.KEY_MISSING: ("{field} is empty, and records are told apart by it.", "Fill the cell."),
    Reason.REQUIRED_MISSING: ("{field} is empty, and a value is required.", "Fill the cell."),
    Reason.NOT_A_NUMBER: ("{field} is not a number.", "Correct the cell, or say how decimals are written."),
    Reason.NOT_A_DATE: ("{field} is not a date.", "Correct the cell, or say how dates are written."),
    Reason.NOT_A_TIME: ("{field} is not a time of day.", "Correct the cell."),
    Reason.NOT_A_BOOLEAN: ("{field} is neither yes nor no.", "Correct the cell."),
    Reason.OUT_OF_RANGE: ("{field} is out of range: {limit} digits before the decimals fit.", "Correct the cell."),
    Reason.HAS_DECIMALS: (
        "{field} has {decimals} decimals; {limit} are accepted.",
        "Correct it, or let it be rounded.",
    ),
    Reason.NOT_A_CHOICE: ("{field} holds a value that is not in the list.", "Choose a value of the list."),
    Reason.SEVERAL_CHOICES: ("{field} holds {count} values; one is accepted.", "Keep one value."),
    Reason.NOT_AN_ID: ("{field} is not a record Id.", "Correct the cell."),
    Reason.UNREADABLE: ("{field} cannot be read.", "Correct the cell."),
    Reason.ERASED: (
        "This person was erased from Dialog Insight. Nothing makes them again unasked.",
        "Leave the row out; if the person wants to come back, import the file once more and let them back.",
    ),
    Reason.PARENT_MISSING: ("{field} points to a person who is not in Dialog Insight.", "Send that person first."),
}
"""What is said of a row, then what to do; `{field}` is the name of the column, as the person knows it."""


def explain_row(problem: RowProblem) -> tuple[str, str]:
    """Say in English what is wrong with a row, and what to do."""
    message, what_to_do = WORDS[problem.code]
    return message.format(field=problem.column or problem.field, **dict(problem.figures)), what_to_do
