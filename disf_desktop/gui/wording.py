"""The person's words for what the program knows by a code: refusals, errors, verdicts, types and choices. QtCore alone.

What is said is chosen by the code and its figures, so it comes in both languages; a code that we do not know is said
in the words it came with.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from disf_desktop.core.errors import DisfError
from disf_desktop.core.history import SetAsideRecord
from disf_desktop.core.project import ConflictPolicy, FieldPair, TransformName, Trigger, WhenEmpty
from disf_desktop.core.schema import Field, FieldType
from disf_desktop.core.verdict import Ground, Verdict
from disf_desktop.gui.figures import number

translate = QCoreApplication.translate


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark a text for translation and give it back."""
    return text


REFUSALS: dict[str, tuple[str, str]] = {
    "email": (
        QT_TRANSLATE_NOOP("Refusals", "{field} is not an e-mail address."),
        QT_TRANSLATE_NOOP("Refusals", "Correct it in Salesforce; the record is then sent again by itself."),
    ),
    "too_long": (
        QT_TRANSLATE_NOOP("Refusals", "{field} has {length} characters; Dialog Insight accepts {limit}."),
        QT_TRANSLATE_NOOP(
            "Refusals", "Shorten it in Salesforce, lengthen the field in Dialog Insight, or let this pair cut the text."
        ),
    ),
    "key_missing": (
        QT_TRANSLATE_NOOP("Refusals", "{field} is empty; without it Dialog Insight cannot tell who this is."),
        QT_TRANSLATE_NOOP("Refusals", "Fill it in Salesforce; the record is then sent again by itself."),
    ),
    "required_missing": (
        QT_TRANSLATE_NOOP("Refusals", "{field} is empty, and Dialog Insight requires a value."),
        QT_TRANSLATE_NOOP("Refusals", "Fill it in Salesforce, or give this pair a default."),
    ),
    "not_a_number": (
        QT_TRANSLATE_NOOP("Refusals", "{field} is not a number."),
        QT_TRANSLATE_NOOP("Refusals", "Correct it in Salesforce; the record is then sent again by itself."),
    ),
    "not_a_date": (
        QT_TRANSLATE_NOOP("Refusals", "{field} is not a date."),
        QT_TRANSLATE_NOOP("Refusals", "Correct it in Salesforce; the record is then sent again by itself."),
    ),
    "not_a_time": (
        QT_TRANSLATE_NOOP("Refusals", "{field} is not a time of day."),
        QT_TRANSLATE_NOOP("Refusals", "Correct it in Salesforce; the record is then sent again by itself."),
    ),
    "not_a_boolean": (
        QT_TRANSLATE_NOOP("Refusals", "{field} is neither true nor false."),
        QT_TRANSLATE_NOOP("Refusals", "Correct it in Salesforce; the record is then sent again by itself."),
    ),
    "out_of_range": (
        QT_TRANSLATE_NOOP(
            "Refusals", "{field} is out of range: numbers of up to {limit} digits before the decimal point fit."
        ),
        QT_TRANSLATE_NOOP("Refusals", "Correct it in Salesforce, or pair it with a field that holds larger values."),
    ),
    "has_decimals": (
        QT_TRANSLATE_NOOP("Refusals", "{field} has {decimals} decimals; Dialog Insight accepts {limit}."),
        QT_TRANSLATE_NOOP("Refusals", "Let this pair round the number, or pair it with a field that holds decimals."),
    ),
    "not_a_choice": (
        QT_TRANSLATE_NOOP("Refusals", "{field} holds a value that is not in the list of Dialog Insight."),
        QT_TRANSLATE_NOOP("Refusals", "Add the value to the list in Dialog Insight, or correct it in Salesforce."),
    ),
    "several_choices": (
        QT_TRANSLATE_NOOP("Refusals", "{field} holds {count} values; Dialog Insight accepts one."),
        QT_TRANSLATE_NOOP("Refusals", "Pair it with a list of several values, or keep one value in Salesforce."),
    ),
    "not_an_id": (
        QT_TRANSLATE_NOOP("Refusals", "{field} is not a Salesforce record Id."),
        QT_TRANSLATE_NOOP("Refusals", "Correct it in Salesforce, or pair another field."),
    ),
    "unreadable": (
        QT_TRANSLATE_NOOP("Refusals", "{field} holds a value that cannot be read."),
        QT_TRANSLATE_NOOP(
            "Refusals", "Correct it where it comes from; if it looks right there, tell us which field it is."
        ),
    ),
    "parent_missing": (
        QT_TRANSLATE_NOOP("Refusals", "{field} points to a person who is not in Dialog Insight yet."),
        QT_TRANSLATE_NOOP("Refusals", "Send that person first; this record then follows by itself."),
    ),
    "key_changed": (
        QT_TRANSLATE_NOOP("Refusals", "{field} changed, and it is the key by which Dialog Insight knows this record."),
        QT_TRANSLATE_NOOP(
            "Refusals", "Put the former value back in Salesforce, or change the key in Dialog Insight too."
        ),
    ),
    "key_taken": (
        QT_TRANSLATE_NOOP(
            "Refusals", "Another record has the same {field}, by which Dialog Insight tells records apart."
        ),
        QT_TRANSLATE_NOOP("Refusals", "Give one of the two another value in Salesforce, or merge them there."),
    ),
    "target_gone": (
        QT_TRANSLATE_NOOP("Refusals", "This record is no longer in Dialog Insight. It is not created again by itself."),
        QT_TRANSLATE_NOOP(
            "Refusals",
            "If it was deleted there on purpose, dismiss this; if not, restore it in Dialog Insight and retry.",
        ),
    ),
}
"""For each code of `core.refusals.Reason`: what is wrong, then what to do."""

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
        QT_TRANSLATE_NOOP("Errors", "Restore a backup; the details give its place."),
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


def in_english() -> bool:
    return QLocale().language() == QLocale.Language.English


def error_said(error: DisfError) -> tuple[str, str]:
    """Give what happened and what to do, in the language of the window."""
    known = ERRORS.get(error.code)
    if known is None or (in_english() and error.message):
        return error.message, error.what_to_do
    return translate("Errors", known[0]), translate("Errors", known[1])


def error_details(error: DisfError) -> str:
    """Give the words as they came, with the place and the code, to copy."""
    parts = (error.message, error.what_to_do, error.where, error.detail, f"[{error.code}]")
    return "\n".join(part for part in parts if part)


def set_aside_said(record: SetAsideRecord) -> tuple[str, str]:
    """Give why a record waits, and what to do."""
    known = REFUSALS.get(record.code)
    if known is None or in_english():  # in English, the ledger's own words name the field as the person knows it
        return record.message, record.what_to_do
    figures = {name: number(value) for name, value in record.parameters.items() if isinstance(value, int)}
    try:
        happened = translate("Refusals", known[0]).format(field=record.field, **figures)
    except KeyError:  # a ledger of another version has other figures: its own words are right
        return record.message, record.what_to_do
    return happened, translate("Refusals", known[1])


_TYPES: dict[FieldType, str] = {
    FieldType.ID: QT_TRANSLATE_NOOP("Types", "id"),
    FieldType.REFERENCE: QT_TRANSLATE_NOOP("Types", "lookup"),
    FieldType.CONTACT: QT_TRANSLATE_NOOP("Types", "contact"),
    FieldType.TEXT: QT_TRANSLATE_NOOP("Types", "text"),
    FieldType.LONG_TEXT: QT_TRANSLATE_NOOP("Types", "long text"),
    FieldType.EMAIL: QT_TRANSLATE_NOOP("Types", "e-mail"),
    FieldType.PHONE: QT_TRANSLATE_NOOP("Types", "phone"),
    FieldType.URL: QT_TRANSLATE_NOOP("Types", "web address"),
    FieldType.CHOICE: QT_TRANSLATE_NOOP("Types", "list"),
    FieldType.CHOICES: QT_TRANSLATE_NOOP("Types", "multiple list"),
    FieldType.BOOLEAN: QT_TRANSLATE_NOOP("Types", "checkbox"),
    FieldType.INTEGER: QT_TRANSLATE_NOOP("Types", "integer"),
    FieldType.DECIMAL: QT_TRANSLATE_NOOP("Types", "number"),
    FieldType.DATE: QT_TRANSLATE_NOOP("Types", "date"),
    FieldType.DATETIME: QT_TRANSLATE_NOOP("Types", "date and time"),
    FieldType.TIME: QT_TRANSLATE_NOOP("Types", "time"),
    FieldType.UNSUPPORTED: QT_TRANSLATE_NOOP("Types", "not supported"),
}


def field_type(field: Field) -> str:
    """Write the type of a field with its size, for example text (40) or number (9, 2)."""
    word = translate("Types", _TYPES[field.type])
    if field.type is FieldType.DECIMAL and field.precision:
        return f"{word} ({field.precision}, {field.scale})"
    if field.type in (FieldType.CHOICE, FieldType.CHOICES):
        return f"{word} · {number(len(field.choices))}" if field.choices else word
    if field.length and field.type not in (FieldType.LONG_TEXT, FieldType.UNSUPPORTED, FieldType.REFERENCE):
        return f"{word} ({field.length})"
    return word


def field_note(field: Field) -> str:
    """Write what matters about a field beside its type."""
    if field.key:
        return translate("Types", "primary key")
    return translate("Types", "required") if field.required else ""


def field_said(field: Field, partners: Sequence[str]) -> str:
    """Say a field for a screen reader: label, name, type, note, and what it is paired with."""
    parts = [field.label, field.name if field.name != field.label else "", field_type(field), field_note(field)]
    if partners:
        parts.append(translate("Types", "paired with {0}").format(", ".join(partners)))
    else:
        parts.append(translate("Types", "not paired"))
    return ", ".join(part for part in parts if part)


_TRANSFORMS: dict[TransformName, str] = {
    TransformName.CUT: QT_TRANSLATE_NOOP("Choices", "Cut to the length of the target"),
    TransformName.ROUND: QT_TRANSLATE_NOOP("Choices", "Round half up"),
    TransformName.LOWER: QT_TRANSLATE_NOOP("Choices", "Lower case"),
    TransformName.DIGITS: QT_TRANSLATE_NOOP("Choices", "Digits only"),
}
_EMPTY: dict[WhenEmpty, str] = {
    WhenEmpty.CLEAR: QT_TRANSLATE_NOOP("Choices", "Clear the target"),
    WhenEmpty.KEEP: QT_TRANSLATE_NOOP("Choices", "Keep what is there"),
}
_CONFLICTS: dict[ConflictPolicy, str] = {
    ConflictPolicy.SALESFORCE_WINS: QT_TRANSLATE_NOOP("Choices", "Salesforce wins"),
    ConflictPolicy.DIALOG_INSIGHT_WINS: QT_TRANSLATE_NOOP("Choices", "Dialog Insight wins"),
    ConflictPolicy.FIRST_NON_EMPTY: QT_TRANSLATE_NOOP("Choices", "The one that is not empty"),
}
_TRIGGERS: dict[Trigger, str] = {
    Trigger.SALESFORCE_CREATED: QT_TRANSLATE_NOOP("Choices", "Created in\nSalesforce"),
    Trigger.SALESFORCE_UPDATED: QT_TRANSLATE_NOOP("Choices", "Updated in\nSalesforce"),
}


def transform(pair: FieldPair) -> str:
    """Write what a pair does to a value on the way."""
    if not pair.transform:
        return translate("Choices", "None: exactly as it is")
    return ", ".join(translate("Choices", _TRANSFORMS[name]) for name in pair.transform)


def when_empty(choice: WhenEmpty) -> str:
    return translate("Choices", _EMPTY[choice])


def conflict_rule(choice: ConflictPolicy) -> str:
    return translate("Choices", _CONFLICTS[choice])


def trigger(choice: Trigger) -> str:
    """Name a trigger, on two lines as the head of a column."""
    return translate("Choices", _TRIGGERS[choice])


_GROUNDS: dict[Ground, str] = {
    Ground.SAME: QT_TRANSLATE_NOOP("Verdicts", "Both hold the same kind of value."),
    Ground.AS_TEXT: QT_TRANSLATE_NOOP("Verdicts", "Every value is written as text."),
    Ground.CONVERTED: QT_TRANSLATE_NOOP("Verdicts", "Every value can be converted."),
    Ground.LINKED: QT_TRANSLATE_NOOP(
        "Verdicts", "The record becomes the contact that stands for it in Dialog Insight."
    ),
    Ground.MAY_BE_TOO_LONG: QT_TRANSLATE_NOOP(
        "Verdicts",
        "Values may be longer than the {limit} characters of the Dialog Insight field; those are set aside, or cut.",
    ),
    Ground.MAY_NOT_READ: QT_TRANSLATE_NOOP(
        "Verdicts", "Only values that read as the kind of the Dialog Insight field can go."
    ),
    Ground.MAY_HAVE_DECIMALS: QT_TRANSLATE_NOOP(
        "Verdicts", "Numbers with more decimals than fit are set aside, or rounded."
    ),
    Ground.MAY_BE_OUT_OF_RANGE: QT_TRANSLATE_NOOP(
        "Verdicts", "Numbers larger than the Dialog Insight field holds are set aside."
    ),
    Ground.MAY_NOT_BE_LISTED: QT_TRANSLATE_NOOP(
        "Verdicts", "Values that are not in the list of Dialog Insight are set aside."
    ),
    Ground.MAY_HOLD_SEVERAL: QT_TRANSLATE_NOOP(
        "Verdicts", "Records with several values are set aside: the target holds one."
    ),
    Ground.MAY_NOT_BE_AN_EMAIL: QT_TRANSLATE_NOOP("Verdicts", "Values that are not e-mail addresses are set aside."),
    Ground.IS_SPLIT: QT_TRANSLATE_NOOP("Verdicts", "The text is split into values at each semicolon."),
    Ground.TIME_FALLS_AWAY: QT_TRANSLATE_NOOP(
        "Verdicts", "The day is kept, in the project's time zone; the time of day is not."
    ),
    Ground.UNSUPPORTED: QT_TRANSLATE_NOOP(
        "Verdicts", "A field of this kind is made of several parts, or of bytes; pair its parts."
    ),
    Ground.NO_WAY: QT_TRANSLATE_NOOP("Verdicts", "No value of the one kind can become a value of the other."),
    Ground.CONSENT: QT_TRANSLATE_NOOP(
        "Verdicts", "This is a consent. Consents travel from Dialog Insight to Salesforce only."
    ),
    Ground.READ_ONLY: QT_TRANSLATE_NOOP("Verdicts", "Dialog Insight does not let this field be written."),
    Ground.ID_TOO_LONG: QT_TRANSLATE_NOOP("Verdicts", "A Salesforce Id has 18 characters; this field holds {limit}."),
}


def verdict(given: Verdict) -> str:
    """Say why a pair may be made or not."""
    return translate("Verdicts", _GROUNDS[given.ground]).format(**{name: number(n) for name, n in given.figures})
