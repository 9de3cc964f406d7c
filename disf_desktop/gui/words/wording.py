"""The person's words for what the program knows by a code: refusals, errors, notices. QtCore alone.

What is said is chosen by the code and its figures, so it comes in both languages; a code that we do not know is said
in the words it came with.
"""

from __future__ import annotations

from PySide6.QtCore import QLocale

from disf_desktop.core.errors import DisfError, SettingsError
from disf_desktop.core.events import Notice
from disf_desktop.core.history import SetAsideRecord
from disf_desktop.core.schema import Side
from disf_desktop.gui.words.figures import number
from disf_desktop.gui.words.file_words import file_error_said
from disf_desktop.gui.words.problem_words import problem_said
from disf_desktop.gui.words.refusal_words import REFUSALS as REFUSALS
from disf_desktop.gui.words.translation import QT_TRANSLATE_NOOP, translate

ERRORS: dict[str, tuple[str, str]] = {
    "settings": (
        QT_TRANSLATE_NOOP("Errors", "The project file has an error."),
        QT_TRANSLATE_NOOP("Errors", "Correct the project file, then open it again."),
    ),
    "authorization": (
        QT_TRANSLATE_NOOP("Errors", "The service no longer accepts our authorization."),
        QT_TRANSLATE_NOOP("Errors", "Authorize the connection again, on the Connections tab."),
    ),
    "access": (
        QT_TRANSLATE_NOOP("Errors", "The service refuses access: a right is missing, or this address is not allowed."),
        QT_TRANSLATE_NOOP("Errors", "Ask the administrator of the service for this right, then test the connection."),
    ),
    "service_unavailable": (
        QT_TRANSLATE_NOOP("Errors", "The service does not answer."),
        QT_TRANSLATE_NOOP("Errors", "Check the network, wait a few minutes, then try again."),
    ),
    "limit": (
        QT_TRANSLATE_NOOP("Errors", "The allowance of calls is used up."),
        QT_TRANSLATE_NOOP("Errors", "Wait until the allowance is renewed, or ask an administrator to raise it."),
    ),
    "unexpected_answer": (
        QT_TRANSLATE_NOOP("Errors", "The service gave an answer that cannot be understood."),
        QT_TRANSLATE_NOOP("Errors", "Try again; if it happens again, report it with the details."),
    ),
    "schema": (
        QT_TRANSLATE_NOOP("Errors", "An object, a field, a project or a table that is used is no longer there."),
        QT_TRANSLATE_NOOP("Errors", "Correct the mapping, or ask for the right to see it again."),
    ),
    "vault": (
        QT_TRANSLATE_NOOP("Errors", "There is no trusted place open for secrets."),
        QT_TRANSLATE_NOOP("Errors", "Unlock the keyring of your computer, or start with --secrets FILE."),
    ),
    "ledger": (
        QT_TRANSLATE_NOOP("Errors", "What the program remembers cannot be read."),
        QT_TRANSLATE_NOOP("Errors", "See the details; your data in both services is untouched."),
    ),
    "ledger_newer": (
        QT_TRANSLATE_NOOP("Errors", "What the program remembers was written by a newer version."),
        QT_TRANSLATE_NOOP("Errors", "Install the newer version of the program."),
    ),
    "ledger_damaged": (
        QT_TRANSLATE_NOOP("Errors", "What the program remembers is damaged."),
        QT_TRANSLATE_NOOP("Errors", "Put a backup back: the Activity tab shows those there are."),
    ),
    "busy": (
        QT_TRANSLATE_NOOP("Errors", "Another run of this project is under way."),
        QT_TRANSLATE_NOOP("Errors", "Wait until it ends, then try again."),
    ),
    "disk_full": (
        QT_TRANSLATE_NOOP("Errors", "The disk is full."),
        QT_TRANSLATE_NOOP("Errors", "Make room on the disk, then try again. Nothing was lost."),
    ),
    "stopped": (
        QT_TRANSLATE_NOOP("Errors", "The run was stopped at your request."),
        QT_TRANSLATE_NOOP("Errors", "Sync again when you want; it goes on where it stopped."),
    ),
    "timeout": (
        QT_TRANSLATE_NOOP("Errors", "The service did not answer in time."),
        QT_TRANSLATE_NOOP("Errors", "Check the network, wait a few minutes, then try again."),
    ),
    "file_changed": (
        QT_TRANSLATE_NOOP("Errors", "The project file was changed by another program."),
        QT_TRANSLATE_NOOP("Errors", "Read it again and lose the last changes made here, or write over it."),
    ),
    "file_unreadable": (
        QT_TRANSLATE_NOOP("Errors", "The file cannot be read."),
        QT_TRANSLATE_NOOP("Errors", "Choose another file; the details say what is wrong with this one."),
    ),
    "running": (
        QT_TRANSLATE_NOOP("Errors", "A run is under way."),
        QT_TRANSLATE_NOOP("Errors", "Stop it, or wait for its end, then open the other project file."),
    ),
    "rehearsal": (
        QT_TRANSLATE_NOOP("Errors", "The simulated services have ended."),
        QT_TRANSLATE_NOOP("Errors", "Start the rehearsal again. The details give their last words."),
    ),
    "record_moved": (
        QT_TRANSLATE_NOOP("Errors", "Somebody saved this record in Salesforce meanwhile, so nothing was written."),
        QT_TRANSLATE_NOOP("Errors", "Look at the value that is there now, then write again or leave it."),
    ),
    "not_corrected": (
        QT_TRANSLATE_NOOP("Errors", "Salesforce did not take the value."),
        QT_TRANSLATE_NOOP("Errors", "Correct it in Salesforce itself; the details have its reason."),
    ),
    "no_longer_waits": (
        QT_TRANSLATE_NOOP("Errors", "This record does not wait any more."),
        QT_TRANSLATE_NOOP("Errors", "Look at the list again."),
    ),
    "file": (
        QT_TRANSLATE_NOOP("Errors", "The file cannot be imported."),
        QT_TRANSLATE_NOOP("Errors", "Choose another file; the details say what is wrong with this one."),
    ),
    "no_such_import": (
        QT_TRANSLATE_NOOP("Errors", "This import is not kept any more."),
        QT_TRANSLATE_NOOP("Errors", "Check the file again."),
    ),
    "plan": (
        QT_TRANSLATE_NOOP("Errors", "The saved preview cannot be used any more."),
        QT_TRANSLATE_NOOP("Errors", "Preview the changes again."),
    ),
    "mistake": (
        QT_TRANSLATE_NOOP("Errors", "The program met a mistake of its own."),
        QT_TRANSLATE_NOOP("Errors", "Try again; if it happens again, report it with the details."),
    ),
    "crash": (
        QT_TRANSLATE_NOOP("Errors", "The run ended unexpectedly."),
        QT_TRANSLATE_NOOP(
            "Errors", "Sync again: it goes on where it ended. If it happens again, report it with the details."
        ),
    ),
}
"""For each code of an error: what happened, then what to do. In English, an error's own words are more exact and are
used instead."""


_RESTORE = "disf restore"
"""What a person at the command line would do; the window has a way of its own."""


def in_english() -> bool:
    return QLocale().language() == QLocale.Language.English


def error_said(error: DisfError) -> tuple[str, str]:
    """Give what happened and what to do, in the language of the window."""
    if isinstance(error, SettingsError):
        return problem_said(error.problems[0])
    known = ERRORS.get(error.code)
    if error.code == "ledger_damaged" and _RESTORE in error.what_to_do:
        return translate("Errors", ERRORS[error.code][0]), translate("Errors", ERRORS[error.code][1])
    if not in_english() and (of_file := file_error_said(error)) is not None:
        return of_file
    if known is None or (in_english() and error.message):
        return error.message, error.what_to_do
    return translate("Errors", known[0]), translate("Errors", known[1])


def error_details(error: DisfError) -> str:
    """Give the words as they came, with the place and the code, to copy."""
    parts = (error.message, error.what_to_do, error.where, error.detail, f"[{error.code}]")
    return "\n".join(part for part in parts if part)


def set_aside_said(record: SetAsideRecord) -> tuple[str, str]:
    """Give why a record waits, and what to do; of one that the next run tries anew, that, and why it waited."""
    happened, what_to_do = _reason_said(record)
    if not record.again:
        return happened, what_to_do
    return translate("Waiting", "The next run sends it again."), translate("Waiting", "Until now: {0}").format(happened)


def _reason_said(record: SetAsideRecord) -> tuple[str, str]:
    known = REFUSALS.get((record.code, Side(record.side)))
    if known is None or in_english():  # in English, the ledger's own words name the field as the person knows it
        return record.message, record.what_to_do
    figures = {name: number(value) for name, value in record.parameters.items() if isinstance(value, int)}
    try:
        happened = translate("Refusals", known[0]).format(field=record.field, **figures)
    except KeyError:  # a ledger of another version has other figures: its own words are right
        return record.message, record.what_to_do
    return happened, translate("Refusals", known[1])


NOTICES: dict[str, tuple[str, str]] = {
    "unexpected_answer": (
        QT_TRANSLATE_NOOP(
            "Notices", "An export of the project is not whole, or cannot be read; nothing was taken of it."
        ),
        QT_TRANSLATE_NOOP("Notices", "Export the project again in Dialog Insight. The details say what is wrong."),
    ),
    "service_unavailable": (
        QT_TRANSLATE_NOOP("Notices", "An export of the project cannot be opened; nothing was taken of it."),
        QT_TRANSLATE_NOOP("Notices", "See whether the file is there and open to you. The details name it."),
    ),
    "settings": (
        QT_TRANSLATE_NOOP("Notices", "The folder of exports cannot be read; changes are found in the other ways."),
        QT_TRANSLATE_NOOP("Notices", "See whether the folder is there and open to you. The details name it."),
    ),
    "audited": (
        QT_TRANSLATE_NOOP("Notices", "Every record of Salesforce was compared with what was known. See the details."),
        QT_TRANSLATE_NOOP("Notices", "See what is set aside, if anything is."),
    ),
    "ledger_doubted": (
        QT_TRANSLATE_NOOP(
            "Notices",
            "What the program remembers is older than it should be, or comes from another computer: all is compared "
            "anew.",
        ),
        QT_TRANSLATE_NOOP(
            "Notices",
            "Let one computer alone keep these integrations running. What you had chosen of conflicts is asked again.",
        ),
    ),
    "audit_doubtful": (
        QT_TRANSLATE_NOOP(
            "Notices",
            "Many records that Salesforce showed before are neither there nor in its recycle bin; nothing is concluded "
            "from that.",
        ),
        QT_TRANSLATE_NOOP(
            "Notices", "See whether the user of the connection may still see them all; then compare everything again."
        ),
    ),
}
"""For each code of a notice: what a person should know, then what to do. In English, its own words are used."""


def notice_said(notice: Notice) -> tuple[str, str]:
    """Give what a person should know, and what to do."""
    known = NOTICES.get(notice.code)
    if known is None or in_english():
        return notice.message, notice.what_to_do
    return translate("Notices", known[0]), translate("Notices", known[1])
