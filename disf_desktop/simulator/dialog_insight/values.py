"""What a field accepts, and the form in which it is kept.

Dates carry no offset: they are in the project's time zone. An empty text or null clears a field. Text loses its
trailing blanks, an address is put in lower case; what does not fit is refused, never cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from disf_desktop.simulator.dialog_insight.definitions import Field

Accept = Callable[[Any], Any]

# Stricter than "there is an @": no blanks, a domain of two labels or more, no empty label.
_EMAIL = re.compile(r"[^\s@,;:<>()\[\]\"]+@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}")
_DATE = re.compile(r"(\d{4})([.-])(\d\d)\2(\d\d)")
_DATE_TIME = re.compile(r"(\d{4})([.-])(\d\d)\2(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?)?")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_TRUTH = {"1": True, "0": False, "true": True, "false": False}


class Refused(Exception):
    """A value that a field does not take; the text says why."""


def fold(value: Any) -> Any:
    """Return text as the store compares it: without case and without trailing blanks."""
    return value.rstrip().casefold() if isinstance(value, str) else value


def boolean(value: Any) -> bool | None:
    """Read a truth: true, false, 1, 0, or their texts in any case; None when empty."""
    if value is None or value is True or value is False:
        return value
    text = str(value).strip().lower()
    if text == "":
        return None
    try:
        return _TRUTH[text]
    except KeyError:
        raise Refused("neither true nor false") from None


def day(value: Any) -> str | None:
    """Read a date with dots or hyphens; return it with dots."""
    if value is None or value == "":
        return None
    match = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise Refused("not a date (YYYY.MM.DD)")
    year, _, month, number = match.groups()
    try:
        date(int(year), int(month), int(number))
    except ValueError:
        raise Refused("no such date") from None
    return f"{year}.{month}.{number}"


def moment(value: Any) -> str | None:
    """Read a date with its time, dots or hyphens, a blank or T between; return `YYYY.MM.DD HH:MM:SS`."""
    if value is None or value == "":
        return None
    match = _DATE_TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise Refused("not a date and time (YYYY.MM.DD HH:MM:SS, without an offset)")
    year, _, month, number, hour, minute, second = match.groups("00")
    try:
        datetime(int(year), int(month), int(number), int(hour), int(minute), int(second), tzinfo=UTC)
    except ValueError:
        raise Refused("no such date and time") from None
    return f"{year}.{month}.{number} {hour}:{minute}:{second}"


def integer(value: Any) -> int | None:
    """Read a whole number or its text."""
    number = decimal(value)
    if number is None or isinstance(number, int):
        return number
    if not number.is_integer():
        raise Refused("not a whole number")
    return int(number)


def decimal(value: Any) -> int | float | None:
    """Read a number or its text (a dot before the decimals)."""
    if value is None or value == "":
        return None
    kind = type(value)
    if kind is int or kind is float:
        return value  # type: ignore[no-any-return]
    if kind is str:
        text = value.strip()
        if _NUMBER.fullmatch(text):
            return float(text) if "." in text else int(text)
    raise Refused("not a number")


def accept(field: Field) -> Accept:
    """Return the function that reads a value for this field: the stored form, None when empty, or Refused."""
    plain: dict[str, Accept] = {
        "Integer": integer,
        "Contact": integer,
        "Decimal": decimal,
        "Boolean": boolean,
        "Date": day,
        "DateTime": moment,
    }
    if field.type in plain:
        return plain[field.type]
    text = _text(field.length or 4000)
    if field.type == "EMail":
        return _email(text)
    if field.values:
        return _listed(text, field)
    return text


def _text(length: int) -> Accept:
    def accept_text(value: Any) -> str | None:
        if type(value) is not str:
            if value is None:
                return None
            if type(value) is not int and type(value) is not float:
                raise Refused("not a text")
            value = str(value)
        value = value.rstrip()
        if len(value) > length:
            raise Refused(f"{len(value)} characters, at most {length}")
        return value or None

    return accept_text


def _email(text: Accept) -> Accept:
    def accept_email(value: Any) -> str | None:
        value = text(value)
        if value is None:
            return None
        if _EMAIL.fullmatch(value) is None:
            raise Refused("not an e-mail address")
        return str(value.lower())

    return accept_email


def _listed(text: Accept, field: Field) -> Accept:
    known = {fold(value): value for value in field.values}
    several = field.type == "MultiList"

    def accept_listed(value: Any) -> str | None:
        value = text(value)
        if value is None:
            return None
        parts = value.split("|") if several else [value]
        try:
            return "|".join(known[part.strip().casefold()] for part in parts)
        except KeyError as problem:
            raise Refused(f"{problem.args[0]!r} is not in the list") from None

    return accept_listed
