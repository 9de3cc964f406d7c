"""Whether a field that is there serves for what a project file wants of it, and whether one that is not can be made.

| For | Serves |
| --- | --- |
| external id | text of 40 characters or more, external id, unique, no formula |
| opt-in without words | checkbox |
| opt-in with words | picklist with one value, or text; where restricted, with these words among its own |
| its date | date, or date with time |
| its source | text or long text with room for “Dialog Insight” |
| a pair | whatever `core.verdict` lets be paired that way |

Nothing of what is written may be a formula or an automatic number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from disf_desktop.core.mapping_problems import EXTERNAL_ID_LENGTH
from disf_desktop.core.optins import ORIGIN
from disf_desktop.core.preparation_spec import LONGEST_NAME
from disf_desktop.core.preparation_wanted import Purpose, Wanted, words_of
from disf_desktop.core.schema import Field, FieldType
from disf_desktop.core.verdict import Answer, Ground, may_pair

_NAME: Final = re.compile(r"[a-z](?:_?[a-z0-9])*__c", re.IGNORECASE)
_PACKAGED: Final = re.compile(r"([a-z](?:_?[a-z0-9])*)__[a-z](?:_?[a-z0-9])*__c", re.IGNORECASE)


class Conflict(StrEnum):
    """Why a component is left alone; stable, for translations."""

    OTHER_TYPE = "other_type"
    TOO_SHORT = "too_short"
    NOT_EXTERNAL_ID = "not_external_id"
    NOT_UNIQUE = "not_unique"
    FORMULA = "formula"
    OTHER_WORDS = "other_words"
    MANAGED = "managed"
    NOT_OURS = "not_ours"  # a permission set of our name
    TWO_USES = "two_uses"  # the file wants two things of one field
    BAD_NAME = "bad_name"
    NO_OBJECT = "no_object"
    UNKNOWN_TYPE = "unknown_type"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why not, for programs and in English."""

    conflict: Conflict
    message: str


def mismatch(field: Field, wanted: Wanted) -> Mismatch | None:
    """Say why a field that is there does not serve; None where it does."""
    if wanted.written and field.calculated:
        return Mismatch(Conflict.FORMULA, "A formula or an automatic number is there: nothing can be written to it.")
    match wanted.purpose:
        case Purpose.EXTERNAL_ID:
            return _external_id(field)
        case Purpose.OPTIN:
            return _optin(field, wanted)
        case Purpose.OPTIN_DATE:
            return None if field.type in (FieldType.DATE, FieldType.DATETIME) else _other(field, "a date")
        case Purpose.OPTIN_SOURCE:
            return _source(field)
    return _pair(field, wanted)


def _external_id(field: Field) -> Mismatch | None:
    if field.type is not FieldType.TEXT:
        return _other(field, "a text")
    if not field.external_id:
        return Mismatch(Conflict.NOT_EXTERNAL_ID, "The text field that is there is not marked External ID.")
    if not field.unique:
        message = "The external id that is there is not unique: a person could be created twice."
        return Mismatch(Conflict.NOT_UNIQUE, message)
    return _short(field, EXTERNAL_ID_LENGTH)


def _optin(field: Field, wanted: Wanted) -> Mismatch | None:
    words = words_of(wanted.optin) if wanted.optin is not None else ()
    if not words:
        return None if field.type is FieldType.BOOLEAN else _other(field, "a checkbox, since the file gives no words")
    if field.type not in (FieldType.CHOICE, FieldType.TEXT):
        return _other(field, "a picklist or a text, since the file gives words")
    lacking = [word for word in words if field.restricted and word not in field.choices]
    if lacking:
        said = ", ".join(f"“{word}”" for word in lacking)
        return Mismatch(Conflict.OTHER_WORDS, f"The picklist that is there does not offer {said}.")
    return _short(field, max(map(len, words)))


def _source(field: Field) -> Mismatch | None:
    if field.type not in (FieldType.TEXT, FieldType.LONG_TEXT):
        return _other(field, "a text")
    return _short(field, len(ORIGIN))


def _pair(field: Field, wanted: Wanted) -> Mismatch | None:
    """Judge by the verdict on pairs; one whose other half is not known is judged when it is."""
    if wanted.partner is None:
        return None
    verdict = may_pair(field, wanted.partner, wanted.direction)
    # What only concerns the Dialog Insight field is no matter of this one.
    if verdict.answer is not Answer.NO or verdict.ground in (Ground.CONSENT, Ground.READ_ONLY):
        return None
    return Mismatch(Conflict.OTHER_TYPE, f"{_a(field)} is there. {verdict.message}")


def _short(field: Field, needed: int) -> Mismatch | None:
    if not 0 < field.length < needed:
        return None
    message = f"The field that is there has room for {field.length} characters; {needed} are needed."
    return Mismatch(Conflict.TOO_SHORT, message)


def _other(field: Field, needed: str) -> Mismatch:
    return Mismatch(Conflict.OTHER_TYPE, f"{_a(field)} is there; {needed} is needed.")


def _a(field: Field) -> str:
    return f"A field of the type {field.native_type or field.type.value}"


def may_be_called(name: str) -> bool:
    """Say whether a custom field can have this name."""
    return bool(_NAME.fullmatch(name)) and len(name) <= LONGEST_NAME + len("__c")


def cannot_be_made(wanted: Wanted) -> Mismatch | None:
    """Say why a field that is not there cannot be made; None where it can."""
    packaged = _PACKAGED.fullmatch(wanted.name)
    if packaged is not None:
        message = f"It belongs to the package “{packaged[1]}”, which is not there."
        return Mismatch(Conflict.MANAGED, message)
    if not may_be_called(wanted.name):
        message = (
            f"No custom field can be called {wanted.name}: a name has letters, digits and single underscores, "
            f"at most {LONGEST_NAME} of them, and ends in __c."
        )
        return Mismatch(Conflict.BAD_NAME, message)
    if wanted.spec is None:
        message = f"Dialog Insight does not tell what {wanted.about} holds, so it is not known how to make this field."
        return Mismatch(Conflict.UNKNOWN_TYPE, message)
    return None
