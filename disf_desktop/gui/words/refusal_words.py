"""Why a record cannot enter a side, and what to do, by the code of the reason and by the side. QtCore alone.

The words are those of `core.refusals`, marked for translation.
"""

from __future__ import annotations

from disf_desktop.core.schema import Side
from disf_desktop.gui.words.translation import QT_TRANSLATE_NOOP

Words = tuple[str, str]

_CORRECT = QT_TRANSLATE_NOOP("Refusals", "Correct it in Salesforce; the record is then sent again by itself.")
_CORRECT_THERE = QT_TRANSLATE_NOOP("Refusals", "Correct it in Dialog Insight; it is then sent again by itself.")
_FILL_THERE = QT_TRANSLATE_NOOP("Refusals", "Fill it in Dialog Insight; it is then sent again by itself.")

_WORDS: dict[str, Words] = {
    "email": (QT_TRANSLATE_NOOP("Refusals", "{field} is not an e-mail address."), _CORRECT),
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
    "not_a_number": (QT_TRANSLATE_NOOP("Refusals", "{field} is not a number."), _CORRECT),
    "not_a_date": (QT_TRANSLATE_NOOP("Refusals", "{field} is not a date."), _CORRECT),
    "not_a_time": (QT_TRANSLATE_NOOP("Refusals", "{field} is not a time of day."), _CORRECT),
    "not_a_boolean": (QT_TRANSLATE_NOOP("Refusals", "{field} is neither true nor false."), _CORRECT),
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
    "deleted_in_salesforce": (
        QT_TRANSLATE_NOOP("Refusals", "This record was deleted in Salesforce. It stays in Dialog Insight as it is."),
        QT_TRANSLATE_NOOP(
            "Refusals",
            "Restore it in Salesforce, or deal with it in Dialog Insight and dismiss this; "
            "a field there could say it too.",
        ),
    ),
    "vanished": (
        QT_TRANSLATE_NOOP(
            "Refusals", "Salesforce does not show this record any more, and does not say that it was deleted."
        ),
        QT_TRANSLATE_NOOP(
            "Refusals",
            "If it was deleted long ago, dismiss this; if not, let the user of the connection see it in Salesforce "
            "again.",
        ),
    ),
    "lead_converted": (
        QT_TRANSLATE_NOOP(
            "Refusals", "This lead was converted in Salesforce into a contact that stands for the same person."
        ),
        QT_TRANSLATE_NOOP(
            "Refusals",
            "See in Dialog Insight whether the person is there twice; keep one of the two, then dismiss this.",
        ),
    ),
    "ambiguous_match": (
        QT_TRANSLATE_NOOP(
            "Refusals",
            "Several Salesforce records have the same {field} as this person; which of them it is, is not known.",
        ),
        QT_TRANSLATE_NOOP("Refusals", "Merge them in Salesforce, or give all but one another value; then retry."),
    ),
    "flapping": (
        QT_TRANSLATE_NOOP(
            "Refusals",
            "{field} is written again and again: Salesforce and Dialog Insight, or something else, keep changing it.",
        ),
        QT_TRANSLATE_NOOP(
            "Refusals",
            "Find what else changes it (a trigger, a form, another tool), or let the pair travel one way only; "
            "then retry.",
        ),
    ),
    "erased": (
        QT_TRANSLATE_NOOP(
            "Refusals", "This person was erased from Dialog Insight. Nothing is created again for them by itself."
        ),
        QT_TRANSLATE_NOOP(
            "Refusals",
            "Dismiss this if the person asked for it. Only if it was a mistake, restore the person in Dialog Insight.",
        ),
    ),
}

_TOWARD_SALESFORCE: dict[str, Words] = {
    "email": (QT_TRANSLATE_NOOP("Refusals", "{field} is not an e-mail address."), _CORRECT_THERE),
    "too_long": (
        QT_TRANSLATE_NOOP("Refusals", "{field} has {length} characters; Salesforce accepts {limit}."),
        QT_TRANSLATE_NOOP("Refusals", "Shorten it in Dialog Insight, or lengthen the field in Salesforce."),
    ),
    "key_missing": (
        QT_TRANSLATE_NOOP("Refusals", "{field} is empty; without it nobody can tell who this is."),
        _FILL_THERE,
    ),
    "required_missing": (
        QT_TRANSLATE_NOOP("Refusals", "{field} is empty, and Salesforce requires a value."),
        _FILL_THERE,
    ),
    "not_a_number": (QT_TRANSLATE_NOOP("Refusals", "{field} is not a number."), _CORRECT_THERE),
    "not_a_date": (QT_TRANSLATE_NOOP("Refusals", "{field} is not a date."), _CORRECT_THERE),
    "not_a_time": (QT_TRANSLATE_NOOP("Refusals", "{field} is not a time of day."), _CORRECT_THERE),
    "not_a_boolean": (QT_TRANSLATE_NOOP("Refusals", "{field} is neither true nor false."), _CORRECT_THERE),
    "out_of_range": (
        QT_TRANSLATE_NOOP(
            "Refusals", "{field} is out of range: numbers of up to {limit} digits before the decimal point fit."
        ),
        QT_TRANSLATE_NOOP(
            "Refusals", "Correct it in Dialog Insight, or pair it with a Salesforce field that holds larger values."
        ),
    ),
    "has_decimals": (
        QT_TRANSLATE_NOOP("Refusals", "{field} has {decimals} decimals; Salesforce accepts {limit}."),
        QT_TRANSLATE_NOOP(
            "Refusals", "Correct it in Dialog Insight, or pair it with a Salesforce field that holds more decimals."
        ),
    ),
    "not_a_choice": (
        QT_TRANSLATE_NOOP("Refusals", "{field} holds a value that is not in the list of Salesforce."),
        QT_TRANSLATE_NOOP("Refusals", "Add the value to the list in Salesforce, or correct it in Dialog Insight."),
    ),
    "several_choices": (
        QT_TRANSLATE_NOOP("Refusals", "{field} holds {count} values; Salesforce accepts one."),
        QT_TRANSLATE_NOOP(
            "Refusals", "Pair it with a multi-select list in Salesforce, or keep one value in Dialog Insight."
        ),
    ),
    "not_an_id": (QT_TRANSLATE_NOOP("Refusals", "{field} is not a record Id."), _CORRECT_THERE),
    "parent_missing": (
        QT_TRANSLATE_NOOP("Refusals", "{field} points to a record that is not in Salesforce yet."),
        QT_TRANSLATE_NOOP("Refusals", "Send that record first; this one then follows by itself."),
    ),
    "key_changed": (
        QT_TRANSLATE_NOOP("Refusals", "{field} changed, and it is the key by which Salesforce knows this record."),
        QT_TRANSLATE_NOOP("Refusals", "Put the former value back in Dialog Insight."),
    ),
    "key_taken": (
        QT_TRANSLATE_NOOP("Refusals", "Another Salesforce record has the same {field}, which must be unique there."),
        QT_TRANSLATE_NOOP("Refusals", "Give one of the two another value, or merge them in Salesforce; then retry."),
    ),
    "target_gone": (
        QT_TRANSLATE_NOOP("Refusals", "This record is no longer in Salesforce. It is not created again by itself."),
        QT_TRANSLATE_NOOP(
            "Refusals",
            "If it was deleted there on purpose, dismiss this; if not, restore it from its recycle bin and retry.",
        ),
    ),
}

REFUSALS: dict[tuple[str, Side], Words] = {
    (code, side): _TOWARD_SALESFORCE.get(code, words) if side is Side.SALESFORCE else words
    for code, words in _WORDS.items()
    for side in Side
}
"""For each code of `core.refusals.Reason` and each side that a record cannot enter: what is wrong, what to do."""
