"""Constants of a query: their values, and the spans of time that date literals name."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from disf_desktop.simulator.salesforce.describe import Field
from disf_desktop.simulator.salesforce.errors import ApiError
from disf_desktop.simulator.salesforce.functions import USER_ZONE
from disf_desktop.simulator.salesforce.ids import long_id
from disf_desktop.simulator.salesforce.soql import Literal, unquoted
from disf_desktop.simulator.salesforce.stamps import parse_stamp, stamp

NUMBERS = {"double", "currency", "percent", "int", "long"}
TYPE_WORDS = {"boolean": "boolean", "date": "date", "datetime": "dateTime", "id": "ID", "reference": "ID", "int": "int"}
TYPE_WORDS |= dict.fromkeys(("double", "currency", "percent"), "double")
UNQUOTED = {"boolean", "date", "datetime", *NUMBERS}
UNITS = {"DAY": "DAYS", "WEEK": "WEEKS", "MONTH": "MONTHS", "QUARTER": "QUARTERS", "YEAR": "YEARS"}

Value = str | int | float | None
Span = tuple[date, date]


def value_of(literal: Literal, field: Field, now: datetime) -> Value | Span:
    """Return the stored form of a constant for a field, None for null, or the span of a date literal.

    Raises INVALID_FIELD when the constant does not fit the type of the field.
    """
    word = literal.text.upper()
    if literal.kind == "NAME" and word == "NULL":
        return None
    if literal.kind == "STRING" and field.type not in UNQUOTED:
        return _text(literal, field)
    if literal.kind == "NAME" and field.type == "boolean" and word in ("TRUE", "FALSE"):
        return int(word == "TRUE")
    if literal.kind == "NUMBER" and field.type in NUMBERS:
        return float(literal.text)
    if field.type in ("date", "datetime") and literal.kind in ("NAME", "DAYS"):
        span = span_of(word, now.astimezone(USER_ZONE).date())
        if span:
            return span
    if literal.kind == "DATE" and field.type == "date" and _is_date(literal.text):
        return literal.text
    if literal.kind == "DATETIME" and field.type == "datetime":
        moment = parse_stamp(literal.text.upper())
        if moment:
            return stamp(moment)
    if literal.kind == "NAME" and word not in ("TRUE", "FALSE"):
        raise ApiError(400, "MALFORMED_QUERY", f"unexpected token: '{literal.text}'")
    raise mismatch(field)


def mismatch(field: Field) -> ApiError:
    """Say that a constant does not fit its field."""
    quotes = "should not be enclosed" if field.type in UNQUOTED else "should be enclosed"
    kind = TYPE_WORDS.get(field.type, "string")
    message = f"value of filter criterion for field '{field.name}' must be of type {kind} and {quotes} in quotes"
    return ApiError(400, "INVALID_FIELD", message)


def _text(literal: Literal, field: Field) -> Value:
    text = unquoted(literal)
    if len(text) > 4_000:
        raise ApiError(
            400, "MALFORMED_QUERY", "String literals in a WHERE clause cannot be longer than 4000 characters."
        )
    if field.type in ("id", "reference") and text:
        known = long_id(text)
        if known is None:
            raise ApiError(400, "INVALID_QUERY_FILTER_OPERATOR", f"invalid ID field: {text}")
        return known
    return text or None


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def bounds(span: Span, field: Field) -> tuple[str, str]:
    """Return the stored form of a span: from, and up to but not including."""
    if field.type == "date":
        return span[0].isoformat(), span[1].isoformat()
    low, high = (stamp(datetime.combine(day, time(), USER_ZONE).astimezone(UTC)) for day in span)
    return low, high


def span_of(word: str, today: date) -> Span | None:
    """Return the days a date literal names, the last one excluded; None for a word that is none."""
    day = timedelta(days=1)
    # The fiscal year is that of the calendar; it is not spoken of in days, weeks or months.
    if "FISCAL_" in word:
        return span_of(word.replace("FISCAL_", ""), today) if re.search("FISCAL_(QUARTER|YEAR)", word) else None
    if word in ("TODAY", "YESTERDAY", "TOMORROW"):
        start = today + {"TODAY": 0, "YESTERDAY": -1, "TOMORROW": 1}[word] * day
        return start, start + day
    if word == "LAST_90_DAYS":
        return today - 90 * day, today + day
    if word == "NEXT_90_DAYS":
        return today + day, today + 91 * day
    name, _, number = word.partition(":")
    parts = name.split("_")
    if number:
        return _counted(parts, int(number), today)
    if len(parts) == 2 and parts[0] in ("LAST", "THIS", "NEXT") and parts[1] in UNITS and parts[1] != "DAY":
        shift = {"LAST": -1, "THIS": 0, "NEXT": 1}[parts[0]]
        return _start(parts[1], today, shift), _start(parts[1], today, shift + 1)
    return None


def _counted(parts: list[str], number: int, today: date) -> Span | None:
    """`LAST_N_DAYS:3`, `NEXT_N_MONTHS:2`, `N_DAYS_AGO:4`."""
    units = {plural: unit for unit, plural in UNITS.items()}
    if len(parts) == 3 and parts[1] == "N" and parts[2] in units:
        unit = units[parts[2]]
        if parts[0] == "LAST":
            # Counted in days it reaches to the end of today; in longer units it ends where the current one begins.
            return _start(unit, today, -number), _start(unit, today, 1 if unit == "DAY" else 0)
        return _start(unit, today, 1), _start(unit, today, number + 1)
    if len(parts) == 3 and parts[2] == "AGO" and parts[1] in units:
        unit = units[parts[1]]
        return _start(unit, today, -number), _start(unit, today, 1 - number)
    return None


def _start(unit: str, today: date, shift: int) -> date:
    if unit == "DAY":
        return today + timedelta(days=shift)
    if unit == "WEEK":
        # Weeks begin on Sunday, as in the locales of North America.
        return today - timedelta(days=(today.weekday() + 1) % 7) + timedelta(weeks=shift)
    if unit == "YEAR":
        return date(today.year + shift, 1, 1)
    step = 3 if unit == "QUARTER" else 1
    months = today.year * 12 + (today.month - 1) // step * step + shift * step
    return date(months // 12, months % 12 + 1, 1)
