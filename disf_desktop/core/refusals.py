"""Why a value, or a record, cannot go where it should: a stable code with figures, and the words for it.

A refusal holds no value of a person, so it may be logged, kept and shown. The window says it in French by its code and
figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
}


def explain(refusal: Refusal, field_label: str) -> tuple[str, str]:
    """Say a refusal in English: what is wrong, then what to do. `field_label` is how the person knows the field."""
    message, what_to_do = _WORDS[refusal.code]
    return message.format(field=field_label, **dict(refusal.figures)), what_to_do
