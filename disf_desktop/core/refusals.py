"""Why a value, or a record, cannot go where it should: a stable code with figures, and the words for it.

A refusal holds no value of a person, so it may be logged, kept and shown. The window says it in French by its code and
figures, and by the side that does not take the value.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from disf_desktop.core.schema import Side


class Reason(StrEnum):
    """The code of a refusal; stable, for scripts and translations."""

    EMAIL = "email"
    TOO_LONG = "too_long"  # length, limit: characters
    KEY_MISSING = "key_missing"
    REQUIRED_MISSING = "required_missing"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_DATE = "not_a_date"
    NOT_A_TIME = "not_a_time"
    NOT_A_BOOLEAN = "not_a_boolean"
    OUT_OF_RANGE = "out_of_range"  # limit: digits before the decimal point that always fit
    HAS_DECIMALS = "has_decimals"  # decimals, limit: digits after the decimal point
    NOT_A_CHOICE = "not_a_choice"
    SEVERAL_CHOICES = "several_choices"  # count
    NOT_AN_ID = "not_an_id"
    UNREADABLE = "unreadable"
    PARENT_MISSING = "parent_missing"
    KEY_CHANGED = "key_changed"
    KEY_TAKEN = "key_taken"
    TARGET_GONE = "target_gone"
    DELETED_IN_SALESFORCE = "deleted_in_salesforce"
    VANISHED = "vanished"
    LEAD_CONVERTED = "lead_converted"
    AMBIGUOUS_MATCH = "ambiguous_match"
    FLAPPING = "flapping"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Refusal:
    """The reason why a value is not taken. `code` is a `Reason`; `figures` are the parameters named beside it."""

    code: str
    figures: tuple[tuple[str, int], ...] = ()


Bad = Refusal
"""A raw value that has no canonical form."""


def too_long(length: int, limit: int) -> Refusal:
    """Refuse a text of `length` characters where `limit` are accepted."""
    return Refusal(Reason.TOO_LONG, (("length", length), ("limit", limit)))


def out_of_range(limit: int) -> Refusal:
    """Refuse a number beyond the range in which every number of `limit` digits before the decimal point fits."""
    return Refusal(Reason.OUT_OF_RANGE, (("limit", limit),))


def has_decimals(decimals: int, limit: int) -> Refusal:
    """Refuse a number with `decimals` digits after the decimal point where `limit` are accepted."""
    return Refusal(Reason.HAS_DECIMALS, (("decimals", decimals), ("limit", limit)))


_CORRECT = "Correct it in Salesforce; the record is then sent again by itself."

_WORDS: dict[str, tuple[str, str]] = {
    Reason.EMAIL: ("{field} is not an e-mail address.", _CORRECT),
    Reason.TOO_LONG: (
        "{field} has {length} characters; Dialog Insight accepts {limit}.",
        "Shorten it in Salesforce, lengthen the field in Dialog Insight, or let this pair cut the text.",
    ),
    Reason.KEY_MISSING: (
        "{field} is empty; without it Dialog Insight cannot tell who this is.",
        "Fill it in Salesforce; the record is then sent again by itself.",
    ),
    Reason.REQUIRED_MISSING: (
        "{field} is empty, and Dialog Insight requires a value.",
        "Fill it in Salesforce, or give this pair a default.",
    ),
    Reason.NOT_A_NUMBER: ("{field} is not a number.", _CORRECT),
    Reason.NOT_A_DATE: ("{field} is not a date.", _CORRECT),
    Reason.NOT_A_TIME: ("{field} is not a time of day.", _CORRECT),
    Reason.NOT_A_BOOLEAN: ("{field} is neither true nor false.", _CORRECT),
    Reason.OUT_OF_RANGE: (
        "{field} is out of range: numbers of up to {limit} digits before the decimal point fit.",
        "Correct it in Salesforce, or pair it with a field that holds larger values.",
    ),
    Reason.HAS_DECIMALS: (
        "{field} has {decimals} decimals; Dialog Insight accepts {limit}.",
        "Let this pair round the number, or pair it with a field that holds decimals.",
    ),
    Reason.NOT_A_CHOICE: (
        "{field} holds a value that is not in the list of Dialog Insight.",
        "Add the value to the list in Dialog Insight, or correct it in Salesforce.",
    ),
    Reason.SEVERAL_CHOICES: (
        "{field} holds {count} values; Dialog Insight accepts one.",
        "Pair it with a list of several values, or keep one value in Salesforce.",
    ),
    Reason.NOT_AN_ID: ("{field} is not a Salesforce record Id.", "Correct it in Salesforce, or pair another field."),
    Reason.UNREADABLE: (
        "{field} holds a value that cannot be read.",
        "Correct it where it comes from; if it looks right there, tell us which field it is.",
    ),
    Reason.PARENT_MISSING: (
        "{field} points to a person who is not in Dialog Insight yet.",
        "Send that person first; this record then follows by itself.",
    ),
    Reason.KEY_CHANGED: (
        "{field} changed, and it is the key by which Dialog Insight knows this record.",
        "Put the former value back in Salesforce, or change the key in Dialog Insight too.",
    ),
    Reason.KEY_TAKEN: (
        "Another record has the same {field}, by which Dialog Insight tells records apart.",
        "Give one of the two another value in Salesforce, or merge them there.",
    ),
    Reason.TARGET_GONE: (
        "This record is no longer in Dialog Insight. It is not created again by itself.",
        "If it was deleted there on purpose, dismiss this; if not, restore it in Dialog Insight and retry.",
    ),
    Reason.DELETED_IN_SALESFORCE: (
        "This record was deleted in Salesforce. It stays in Dialog Insight as it is.",
        "Restore it in Salesforce, or deal with it in Dialog Insight and dismiss this; a field there could say it too.",
    ),
    Reason.VANISHED: (
        "Salesforce does not show this record any more, and does not say that it was deleted.",
        "If it was deleted long ago, dismiss this; if not, let the user of the connection see it in Salesforce again.",
    ),
    Reason.LEAD_CONVERTED: (
        "This lead was converted in Salesforce into a contact that stands for the same person.",
        "See in Dialog Insight whether the person is there twice; keep one of the two, then dismiss this.",
    ),
    Reason.AMBIGUOUS_MATCH: (
        "Several Salesforce records have the same {field} as this person; which of them it is, is not known.",
        "Merge them in Salesforce, or give all but one another value; then retry.",
    ),
    Reason.FLAPPING: (
        "{field} is written again and again: Salesforce and Dialog Insight, or something else, keep changing it.",
        "Find what else changes it (a trigger, a form, another tool), or let the pair travel one way only; then retry.",
    ),
    Reason.ERASED: (
        "This person was erased from Dialog Insight. Nothing is created again for them by itself.",
        "Dismiss this if the person asked for it. Only if it was a mistake, restore the person in Dialog Insight.",
    ),
}

_CORRECT_THERE = "Correct it in Dialog Insight; it is then sent again by itself."

_TOWARD_SALESFORCE: dict[str, tuple[str, str]] = {
    Reason.EMAIL: ("{field} is not an e-mail address.", _CORRECT_THERE),
    Reason.TOO_LONG: (
        "{field} has {length} characters; Salesforce accepts {limit}.",
        "Shorten it in Dialog Insight, or lengthen the field in Salesforce.",
    ),
    Reason.KEY_MISSING: (
        "{field} is empty; without it nobody can tell who this is.",
        "Fill it in Dialog Insight; it is then sent again by itself.",
    ),
    Reason.REQUIRED_MISSING: (
        "{field} is empty, and Salesforce requires a value.",
        "Fill it in Dialog Insight; it is then sent again by itself.",
    ),
    Reason.NOT_A_NUMBER: ("{field} is not a number.", _CORRECT_THERE),
    Reason.NOT_A_DATE: ("{field} is not a date.", _CORRECT_THERE),
    Reason.NOT_A_TIME: ("{field} is not a time of day.", _CORRECT_THERE),
    Reason.NOT_A_BOOLEAN: ("{field} is neither true nor false.", _CORRECT_THERE),
    Reason.OUT_OF_RANGE: (
        "{field} is out of range: numbers of up to {limit} digits before the decimal point fit.",
        "Correct it in Dialog Insight, or pair it with a Salesforce field that holds larger values.",
    ),
    Reason.HAS_DECIMALS: (
        "{field} has {decimals} decimals; Salesforce accepts {limit}.",
        "Correct it in Dialog Insight, or pair it with a Salesforce field that holds more decimals.",
    ),
    Reason.NOT_A_CHOICE: (
        "{field} holds a value that is not in the list of Salesforce.",
        "Add the value to the list in Salesforce, or correct it in Dialog Insight.",
    ),
    Reason.SEVERAL_CHOICES: (
        "{field} holds {count} values; Salesforce accepts one.",
        "Pair it with a multi-select list in Salesforce, or keep one value in Dialog Insight.",
    ),
    Reason.NOT_AN_ID: ("{field} is not a record Id.", _CORRECT_THERE),
    Reason.PARENT_MISSING: (
        "{field} points to a record that is not in Salesforce yet.",
        "Send that record first; this one then follows by itself.",
    ),
    Reason.KEY_CHANGED: (
        "{field} changed, and it is the key by which Salesforce knows this record.",
        "Put the former value back in Dialog Insight.",
    ),
    Reason.KEY_TAKEN: (
        "Another Salesforce record has the same {field}, which must be unique there.",
        "Give one of the two another value, or merge them in Salesforce; then retry.",
    ),
    Reason.TARGET_GONE: (
        "This record is no longer in Salesforce. It is not created again by itself.",
        "If it was deleted there on purpose, dismiss this; if not, restore it from its recycle bin and retry.",
    ),
}
"""What is said otherwise where Salesforce does not take a value of Dialog Insight."""


def explain(refusal: Refusal, field_label: str, side: Side = Side.DIALOG_INSIGHT) -> tuple[str, str]:
    """Say a refusal in English: what is wrong, then what to do.

    `side` is the one that the record cannot enter. `field_label` is how the person knows the field whose value it is.
    """
    words = _WORDS[refusal.code]
    if side is Side.SALESFORCE:
        words = _TOWARD_SALESFORCE.get(refusal.code, words)
    message, what_to_do = words
    return message.format(field=field_label, **dict(refusal.figures)), what_to_do
