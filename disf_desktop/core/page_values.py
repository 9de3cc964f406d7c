"""A page of a field's raw values at once: the same canonical forms as value by value (`core.values`), sooner.

What most pages have in common is looked for in all of their texts together; a page that is otherwise is read value by
value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import Any, Final
from unicodedata import is_normalized

from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.core.values import Bad, Canonicaliser, Value, canonicaliser

PageCanonicaliser = Callable[[Sequence[Any]], Sequence[Value | Bad]]

_NOT_TEXT: Final = frozenset(
    {
        FieldType.BOOLEAN,
        FieldType.INTEGER,
        FieldType.DECIMAL,
        FieldType.DATE,
        FieldType.DATETIME,
        FieldType.TIME,
        FieldType.ID,
        FieldType.REFERENCE,
        FieldType.CONTACT,
        FieldType.CHOICES,
        FieldType.UNSUPPORTED,
    }
)
_REMEMBERED: Final = frozenset({FieldType.DATE, FieldType.CHOICES})
"""Types whose texts come again and again."""
_MOST_REMEMBERED: Final = 40_000
_LONGEST_REMEMBERED: Final = 64


def page_canonicaliser(field: Field, side: Side, zone: tzinfo | None = None) -> PageCanonicaliser:
    """Compile the function that does with many raw values what the field's `canonicaliser` does with each."""
    read = canonicaliser(field, side, zone)
    if field.type in _REMEMBERED:
        return _one_by_one(_Known(read).read)
    if field.type in _NOT_TEXT:
        return _one_by_one(read)
    return _texts(read, str.strip if side is Side.SALESFORCE else str.rstrip)


def _one_by_one(read: Canonicaliser) -> PageCanonicaliser:
    return lambda raws: [None if raw is None else read(raw) for raw in raws]


def _texts(read: Canonicaliser, trim: Callable[[str], str]) -> PageCanonicaliser:
    one_by_one = _one_by_one(read)

    def texts(raws: Sequence[Any]) -> Sequence[Value | Bad]:
        try:
            # A comma takes up no accent that follows it.
            joined = ",".join(filter(None, raws))
            if "\r" in joined or "\0" in joined or not (joined.isascii() or _is_composed(joined)):
                return one_by_one(raws)
        except TypeError:
            return one_by_one(raws)
        return [(trim(raw) or None) if raw else None if raw is None or raw == "" else read(raw) for raw in raws]

    return texts


def _is_composed(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return is_normalized("NFC", text)


class _Known(dict[str, "Value | Bad"]):
    """What texts were read as; a bounded number of short ones."""

    def __init__(self, read: Canonicaliser) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> Value | Bad:
        value = self._read(text)
        if len(self) < _MOST_REMEMBERED and len(text) <= _LONGEST_REMEMBERED:
            self[text] = value
        return value

    def read(self, raw: Any) -> Value | Bad:
        return self[raw] if type(raw) is str else self._read(raw)
