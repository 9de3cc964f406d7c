"""Canonical forms: one form for a value, whichever service and whichever transport it came by.

| Field type | Canonical form |
| --- | --- |
| text, long_text, phone, url, email, choice | str: NFC, `\\n` line ends, no NUL, trimmed (see `canonicaliser`) |
| id, reference | str of 18 characters |
| contact | str: the decimal idContact |
| boolean | bool |
| integer | int |
| decimal | str: plain notation, no exponent, no useless zero |
| date, time | str: `YYYY-MM-DD`, `HH:MM:SS` |
| datetime | str: `YYYY-MM-DDTHH:MM:SSZ`, UTC, whole seconds |
| choices | tuple of str: sorted, each once |

No value is None in every type; the empty text is no value on both services. All forms are safe for JSON and cheap to
compare.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Any
from unicodedata import is_normalized, normalize

from disf_desktop.core.moments import from_local as from_local
from disf_desktop.core.moments import moment_reader, read_date, read_time
from disf_desktop.core.moments import to_local as to_local
from disf_desktop.core.refusals import Bad as Bad
from disf_desktop.core.refusals import Reason, has_decimals, out_of_range
from disf_desktop.core.refusals import Refusal as Refusal
from disf_desktop.core.schema import Field, FieldType, Side

Value = str | bool | int | tuple[str, ...] | None
Canonicaliser = Callable[[Any], Value | Bad]

SEPARATOR = {Side.SALESFORCE: ";", Side.DIALOG_INSIGHT: "|"}
"""What stands between the values of a list with several, in the text that a service gives and takes."""

MOST_DIGITS = 60
"""Longer numbers are refused: no field of either service holds them, and `1e999999` must not fill the memory."""

_UNREADABLE = Refusal(Reason.UNREADABLE)
_NOT_A_NUMBER = Refusal(Reason.NOT_A_NUMBER)
_NOT_A_BOOLEAN = Refusal(Reason.NOT_A_BOOLEAN)
_NOT_AN_ID = Refusal(Reason.NOT_AN_ID)
_TOO_MANY_DIGITS = out_of_range(MOST_DIGITS)
_MOST_CHARACTERS = MOST_DIGITS + len("-0.") + MOST_DIGITS
_LEAST, _MOST = -(2**63), 2**63 - 1  # what a whole number is in both services, and in the ledger


def canonicaliser(field: Field, side: Side, zone: tzinfo | None = None) -> Canonicaliser:
    """Compile the function that gives the canonical form of a field's raw values, or says why there is none.

    Raw values are JSON scalars (Decimal for a number with a point, never float) or the strings of a CSV file of Bulk
    API 2.0 or Dialog Insight. `zone` is the one of the Dialog Insight project, whose dates carry no offset; without it
    a moment without offset is not a date. Salesforce trims text on both ends when it saves, Dialog Insight the trailing
    blanks only.
    """
    match field.type:
        case FieldType.BOOLEAN:
            return _boolean
        case FieldType.INTEGER:
            return _integer
        case FieldType.DECIMAL:
            return _decimal
        case FieldType.DATE:
            return read_date
        case FieldType.DATETIME:
            return moment_reader(zone)
        case FieldType.TIME:
            return read_time
        case FieldType.ID | FieldType.REFERENCE:
            return _id
        case FieldType.CONTACT:
            return _contact
        case FieldType.CHOICES:
            return _choices(SEPARATOR[side])
        case FieldType.UNSUPPORTED:
            return lambda raw: None if raw is None else _UNREADABLE
        case _:
            return _text if side is Side.SALESFORCE else _text_as_kept


@lru_cache(maxsize=256)
def _by_type(type: FieldType, side: Side, zone: tzinfo | None) -> Canonicaliser:
    return canonicaliser(Field("", "", type), side, zone)


def canonical(raw: Any, type: FieldType, side: Side = Side.SALESFORCE, zone: tzinfo | None = None) -> Value | Bad:
    """Give the canonical form of one raw value. For many values of a field, compile its `canonicaliser`."""
    return _by_type(type, side, zone)(raw)


# Text


def _text(raw: Any) -> str | Bad | None:
    if type(raw) is str:
        text = raw.strip() if raw.isascii() and "\r" not in raw and "\0" not in raw else _clean(raw)
        if type(text) is str:
            return text.strip() or None
        return text
    return _as_text(raw)


def _text_as_kept(raw: Any) -> str | Bad | None:
    if type(raw) is str:
        text = raw if raw.isascii() and "\r" not in raw and "\0" not in raw else _clean(raw)
        if type(text) is str:
            return text.rstrip() or None
        return text
    return _as_text(raw)


def _clean(raw: str) -> str | Bad:
    """Take NUL characters away, make line ends `\\n` and compose accents. Half a surrogate pair is not text."""
    text = raw.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return _UNREADABLE
    return text if is_normalized("NFC", text) else normalize("NFC", text)


def _as_text(raw: Any) -> str | Bad | None:
    """Read a text field whose service gave another JSON scalar, as Dialog Insight may."""
    if raw is None:
        return None
    if raw is True:
        return "true"
    if raw is False:
        return "false"
    if type(raw) is int or type(raw) is Decimal:
        number = _decimal(raw)
        return _UNREADABLE if type(number) is Refusal else number
    return _UNREADABLE


def _choices(separator: str) -> Canonicaliser:
    def choices(raw: Any) -> tuple[str, ...] | Bad | None:
        if raw is None or raw == "":
            return None
        if type(raw) is str:
            parts: Any = raw.split(separator)
        elif type(raw) is tuple or type(raw) is list:
            parts = raw
        else:
            return _UNREADABLE
        kept = set()
        for part in parts:
            text = _text(part) if type(part) is str or part is None else _UNREADABLE
            if type(text) is str:
                kept.add(text)
            elif text is not None:
                return _UNREADABLE
        return tuple(sorted(kept)) if kept else None

    return choices


# Booleans and numbers

_TRUTH: dict[Any, bool] = {True: True, False: False}
for _word, _truth in (("true", True), ("false", False), ("1", True), ("0", False)):
    for _spelling in (_word, _word.capitalize(), _word.upper()):
        _TRUTH[_spelling] = _truth


def _boolean(raw: Any) -> bool | Bad | None:
    if raw is True or raw is False or raw is None:
        return raw
    if type(raw) is str:
        found = _TRUTH.get(raw)
        if found is None:
            word = raw.replace("\0", "").strip().lower()
            return _TRUTH.get(word, _NOT_A_BOOLEAN) if word else None
        return found
    if type(raw) is int or (type(raw) is Decimal and raw.is_finite()):
        return True if raw == 1 else False if raw == 0 else _NOT_A_BOOLEAN
    return _NOT_A_BOOLEAN


_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")


def _number(raw: Any) -> Decimal | Bad | None:
    """Read a number exactly, whatever its notation; a comma is not a decimal point."""
    if type(raw) is Decimal:
        number = raw
    elif type(raw) is int:
        number = Decimal(raw)
    elif type(raw) is str:
        text = raw.replace("\0", "").strip()
        if not text:
            return None
        if _NUMBER.fullmatch(text) is None:
            return _NOT_A_NUMBER
        number = Decimal(text)
    else:
        return None if raw is None else _NOT_A_NUMBER
    if not number.is_finite():
        return _NOT_A_NUMBER
    if number and not -MOST_DIGITS < number.adjusted() < MOST_DIGITS:
        return _TOO_MANY_DIGITS
    return number


def plain(number: Decimal) -> str:
    """Write a number as the canonical form of a decimal field."""
    if not number:
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimal(raw: Any) -> str | Bad | None:
    if type(raw) is str and raw.isdigit() and raw.isascii() and len(raw) < MOST_DIGITS:
        return raw.lstrip("0") or "0"
    number = _number(raw)
    if not isinstance(number, Decimal):
        return number
    text = plain(number)
    return text if len(text) <= _MOST_CHARACTERS else _TOO_MANY_DIGITS


def _integer(raw: Any) -> int | Bad | None:
    if type(raw) is int and _LEAST <= raw <= _MOST:
        return raw
    if type(raw) is str and raw.isdigit() and raw.isascii() and len(raw) < 19:
        return int(raw)
    number = _number(raw)
    if not isinstance(number, Decimal):
        return number
    whole = int(number)
    if not _LEAST <= whole <= _MOST:
        return out_of_range(19)
    return whole if number == whole else has_decimals(len(plain(number).partition(".")[2]), 0)


# Ids

_CAPITALS = bytes(b"1"[0] if chr(c).isupper() else b"0"[0] for c in range(128)) + bytes(128)
_CHECK = {format(bits, "05b")[::-1].encode(): "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[bits] for bits in range(32)}


def check_characters(id15: str) -> str:
    """Give the three characters that make a case-safe Id of 18 from one of 15.

    Each says which of five characters are capitals, the first one being the lowest bit.
    """
    bits = id15.encode("ascii").translate(_CAPITALS)
    return _CHECK[bits[:5]] + _CHECK[bits[5:10]] + _CHECK[bits[10:15]]


def _id(raw: Any) -> str | Bad | None:
    if type(raw) is not str:
        return None if raw is None else _NOT_AN_ID
    if not (raw.isascii() and raw.isalnum()):
        raw = raw.replace("\0", "").strip()
        if not raw:
            return None
        if not (raw.isascii() and raw.isalnum()):
            return _NOT_AN_ID
    length = len(raw)
    if length == 18:
        return raw if check_characters(raw[:15]) == raw[15:] else _NOT_AN_ID
    return raw + check_characters(raw) if length == 15 else _NOT_AN_ID


def _contact(raw: Any) -> str | Bad | None:
    """Read an idContact, a positive whole number; 0 says that there is no contact."""
    number = _integer(raw)
    if type(number) is int:
        return str(number) if number > 0 else None if number == 0 else _NOT_AN_ID
    return None if number is None else _NOT_AN_ID
