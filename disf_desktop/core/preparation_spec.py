"""Definitions of custom fields as Salesforce's metadata writes them, and those that suit a Dialog Insight field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from disf_desktop.core.schema import Field, FieldType

LONGEST_TEXT: Final = 255
"""Of a Text field, in characters; a longer one is a long text area, which cannot be searched."""
LONGEST_LONG_TEXT: Final = 131_072
SHORTEST_LONG_TEXT: Final = 256
USUAL_LONG_TEXT: Final = 32_768
LONGEST_PHONE: Final = 40
LONGEST_ADDRESS: Final = 255
MOST_DIGITS: Final = 18
MOST_WORDS: Final = 1_000
"""Of a picklist. One that offers more is a text instead."""
LONGEST_WORD: Final = 255
LONGEST_NAME: Final = 40
"""Of a field's own name, without `__c`, and of its label."""


class FieldKind(StrEnum):
    """Types of custom fields that this program makes, by their names in the Metadata API."""

    TEXT = "Text"
    LONG_TEXT = "LongTextArea"
    EMAIL = "Email"
    PHONE = "Phone"
    URL = "Url"
    PICKLIST = "Picklist"
    MULTIPICKLIST = "MultiselectPicklist"
    CHECKBOX = "Checkbox"
    NUMBER = "Number"
    DATE = "Date"
    DATETIME = "DateTime"
    TIME = "Time"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A custom field to be made. `length` in characters, `precision` and `scale` in digits (total, after the point)."""

    kind: FieldKind
    length: int = 0
    precision: int = 0
    scale: int = 0
    external_id: bool = False
    unique: bool = False
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
            marks = [mark for mark, said in (("external id", self.external_id), ("unique", self.unique)) if said]
            return ", ".join([f"{self.kind.value}({self.length})", *marks])
        if self.kind is FieldKind.NUMBER:
            return f"{self.kind.value}({self.precision - self.scale}, {self.scale})"
        return f"{self.kind.value}({', '.join(self.words)})" if self.words else self.kind.value

    def joined(self, other: FieldSpec) -> FieldSpec | None:
        """Give the definition that serves for both, None where there is none."""
        if (self.kind, self.external_id, self.unique) != (other.kind, other.external_id, other.unique):
            return None
        decimals = max(self.scale, other.scale)
        whole = max(self.precision - self.scale, other.precision - other.scale)
        if whole + decimals > MOST_DIGITS:
            return None
        return replace(
            self,
            length=max(self.length, other.length),
            precision=whole + decimals,
            scale=decimals,
            words=tuple(dict.fromkeys((*self.words, *other.words))),
        )


def text(length: int) -> FieldSpec:
    """Give a text of that many characters, 255 where it is not known; a long text where it has to be one."""
    if length > LONGEST_TEXT:
        return FieldSpec(FieldKind.LONG_TEXT, min(length, LONGEST_LONG_TEXT))
    return FieldSpec(FieldKind.TEXT, length or LONGEST_TEXT)


def spec_for(field: Field) -> FieldSpec | None:
    """Give the Salesforce field that holds what a Dialog Insight field holds; None where there is none."""
    make = _MAKERS.get(field.type)
    return make(field) if make is not None else None


def _long_text(field: Field) -> FieldSpec:
    length = field.length or USUAL_LONG_TEXT
    return FieldSpec(FieldKind.LONG_TEXT, min(max(length, SHORTEST_LONG_TEXT), LONGEST_LONG_TEXT))


def _phone(field: Field) -> FieldSpec:
    return text(field.length) if field.length > LONGEST_PHONE else FieldSpec(FieldKind.PHONE)


def _url(field: Field) -> FieldSpec:
    return text(field.length) if field.length > LONGEST_ADDRESS else FieldSpec(FieldKind.URL)


def _choice(field: Field) -> FieldSpec:
    return FieldSpec(FieldKind.PICKLIST, words=field.choices) if _are_words(field.choices) else text(field.length)


def _choices(field: Field) -> FieldSpec | None:
    if _are_words(field.choices):
        return FieldSpec(FieldKind.MULTIPICKLIST, words=field.choices)
    return FieldSpec(FieldKind.LONG_TEXT, USUAL_LONG_TEXT)


def _are_words(choices: tuple[str, ...]) -> bool:
    """Say whether a picklist can offer these: Salesforce compares its values without regard to case."""
    folded = {each.strip().casefold() for each in choices}
    return (
        0 < len(choices) <= MOST_WORDS
        and len(folded) == len(choices)
        and "" not in folded
        and all(len(each) <= LONGEST_WORD and ";" not in each for each in choices)
    )


def _number(field: Field) -> FieldSpec:
    scale = 0 if field.type is FieldType.INTEGER else min(field.scale, MOST_DIGITS - 1)
    if not field.precision:
        return FieldSpec(FieldKind.NUMBER, precision=MOST_DIGITS, scale=scale or _usual_scale(field))
    return FieldSpec(FieldKind.NUMBER, precision=min(max(field.precision, scale + 1), MOST_DIGITS), scale=scale)


def _usual_scale(field: Field) -> int:
    return 4 if field.type is FieldType.DECIMAL else 0


_MAKERS: Final[Mapping[FieldType, Callable[[Field], FieldSpec | None]]] = {
    FieldType.TEXT: lambda field: text(field.length),
    FieldType.LONG_TEXT: _long_text,
    FieldType.EMAIL: lambda _: FieldSpec(FieldKind.EMAIL),
    FieldType.PHONE: _phone,
    FieldType.URL: _url,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.BOOLEAN: lambda _: FieldSpec(FieldKind.CHECKBOX),
    FieldType.INTEGER: _number,
    FieldType.DECIMAL: _number,
    FieldType.DATE: lambda _: FieldSpec(FieldKind.DATE),
    FieldType.DATETIME: lambda _: FieldSpec(FieldKind.DATETIME),
    FieldType.TIME: lambda _: FieldSpec(FieldKind.TIME),
}


def label_of(name: str) -> str:
    """Give the label of a field that is made, from its name: `DI_Contact_Id__c` becomes `DI Contact Id`."""
    return name[: -len("__c")].replace("_", " ")[:LONGEST_NAME]
