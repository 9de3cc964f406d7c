"""Dates and times of day as people and spreadsheets write them, in French and English.

A year of two digits is read as Excel reads it: 00 to 29 are 2000 to 2029, 30 to 99 are 1930 to 1999. The rule knows
neither today's date nor what the date is of, so that a file means the same on every day.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple
from unicodedata import normalize

from disf_desktop.core.importing.recipe import DateOrder

MOST_CHARACTERS = 64
"""Longer texts are no dates; it also bounds what a pattern may cost."""

_LAST_OF_2000S = 29

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev february febr feb",
            "mars mar march",
            "avril avr april apr",
            "mai may",
            "juin jun june",
            "juillet juill juil july jul",
            "aout aou august aug",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        1,
    )
    for name in names.split()
}

_WEEKDAY = (
    r"(?:(?:lun|mar|mer|jeu|ven|sam|dim|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|lundi|mardi|mercredi|jeudi"
    r"|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b[.,]{0,2} ?)?"
)
_YEAR = r"([0-9]{4}|[0-9]{2})"
_YEAR_FIRST = re.compile(r"([0-9]{4})([-./ ])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})")
_YEAR_LAST = re.compile(rf"([0-9]{{1,2}})([-./ ])([0-9]{{1,2}})\2{_YEAR}")
_DAY_NAME_YEAR = re.compile(rf"{_WEEKDAY}([0-9]{{1,2}})(?:er|st|nd|rd|th)?[ ./-]?([a-z]{{3,9}})[.,]?[ ,./-]?{_YEAR}")
_NAME_DAY_YEAR = re.compile(rf"{_WEEKDAY}([a-z]{{3,9}})[.]?[ ./-]?([0-9]{{1,2}})(?:st|nd|rd|th)?,?[ ./-]{_YEAR}")
_YEAR_NAME_DAY = re.compile(r"([0-9]{4})[ ./-]([a-z]{3,9})[.]?[ ./-]([0-9]{1,2})")

_CLOCK = (
    r"(?P<hour>[0-9]{1,2})(?:"
    r"(?::(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?| ?h ?(?P<after_h>[0-9]{2})?)"
    r"(?: ?(?P<half>[ap])\.? ?m\.?)?| ?(?P<alone>[ap])\.? ?m\.?)"
)
_TIME = re.compile(rf"{_CLOCK}z?", re.IGNORECASE)
_TIME_AT_END = re.compile(
    rf"(?:t|,? (?:(?:a|à|at) )?|,){_CLOCK}(?: ?(?P<offset>z|utc|gmt|[+-][0-9]{{2}}(?::?[0-9]{{2}})?))?$", re.IGNORECASE
)


class Parts(NamedTuple):
    """A date and what stands after it: a time of day, HH:MM:SS, and an offset, each "" where there is none."""

    day: str
    clock: str
    offset: str


DayReader = Callable[[str], str | None]


def day_reader(order: DateOrder | None) -> DayReader:
    """Compile the function that reads a date without time into `YYYY-MM-DD`; None where it is no date.

    A year of four digits at the front, and a month by its name, are read in every order. With no order, a date is read
    if it is the same day either way or can only be read one way.
    """

    def day(text: str) -> str | None:
        found = _YEAR_LAST.fullmatch(text)
        if found is not None:
            first, _, second, year = found.groups()
            if order is DateOrder.ISO:
                return None
            by_day = None if order is DateOrder.MONTH_FIRST else _made(_full(year), second, first)
            by_month = None if order is DateOrder.DAY_FIRST else _made(_full(year), first, second)
            if by_day is not None and by_month is not None and by_day != by_month:
                return None
            return by_day or by_month
        return _told_by_itself(text)

    return day


def _told_by_itself(text: str) -> str | None:
    """Read a date whose writing leaves no choice: the year first, or the month by its name."""
    found = _YEAR_FIRST.fullmatch(text)
    if found is not None:
        year, _, month, day, *compact = found.groups()
        return _made(int(year), month, day) if year else _made(int(compact[0]), compact[1], compact[2])
    plain = "".join(c for c in normalize("NFD", text.lower()) if c < "\u0300" or c > "\u036f")
    if (found := _DAY_NAME_YEAR.fullmatch(plain)) is not None:
        day, name, year = found.groups()
    elif (found := _NAME_DAY_YEAR.fullmatch(plain)) is not None:
        name, day, year = found.groups()
    elif (found := _YEAR_NAME_DAY.fullmatch(plain)) is not None:
        year, name, day = found.groups()
    else:
        return None
    month_of_name = _MONTHS.get(name)
    return None if month_of_name is None else _made(_full(year), str(month_of_name), day)


def _full(year: str) -> int:
    number = int(year)
    if len(year) == 4:
        return number
    return number + (2000 if number <= _LAST_OF_2000S else 1900)


def _made(year: int, month: str, day: str) -> str | None:
    try:
        return date(year, int(month), int(day)).isoformat()
    except ValueError:
        return None


def parts_reader(order: DateOrder | None) -> Callable[[str], Parts | None]:
    """Compile the function that reads a date that may have a time; None where it is none. Blanks are single ones."""
    day = day_reader(order)

    def parts(text: str) -> Parts | None:
        if len(text) > MOST_CHARACTERS:
            return None
        plain = " ".join(text.split())
        found = _TIME_AT_END.search(plain)
        if found is None:
            alone = day(plain)
            return None if alone is None else Parts(alone, "", "")
        date_of, clock = day(plain[: found.start()]), _clock(found)
        if date_of is None or clock is None:
            return None
        offset = (found["offset"] or "").upper()
        return Parts(date_of, clock, "Z" if offset in ("UTC", "GMT") else offset)

    return parts


def read_clock(text: str) -> str | None:
    """Read a time of day into `HH:MM:SS`: 14:30, 2:30 PM, 14 h 30; None where it is none."""
    if len(text) > MOST_CHARACTERS:
        return None
    found = _TIME.fullmatch(" ".join(text.split()))
    return None if found is None else _clock(found)


def _clock(found: re.Match[str]) -> str | None:
    hour = int(found["hour"])
    half = (found["half"] or found["alone"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, int(found["minute"] or found["after_h"] or 0), int(found["second"] or 0)).isoformat()
    except ValueError:
        return None


# Excel's serial numbers

_SERIAL = re.compile(r"([0-9]{1,7})(?:[.,]([0-9]{1,20}))?")
_DAY_ZERO = date(1899, 12, 30)
_NO_SUCH_DAY = 60
LAST_SERIAL = 2_958_465
"""9999-12-31."""
_SECONDS = 86_400


def read_serial(text: str) -> Parts | None:
    """Read days since 1899-12-30, the time of day as a fraction; a whole number has no time.

    Excel takes 1900 for a leap year: its day 60 never was, and the days before it are one less than a count from there
    would give. Seconds are rounded, as a fraction seldom hits one.
    """
    found = _SERIAL.fullmatch(text)
    if found is None:
        return None
    days, seconds = int(found[1]), _seconds(found[2])
    if seconds == _SECONDS:
        days, seconds = days + 1, 0
    if not 1 <= days <= LAST_SERIAL or days == _NO_SUCH_DAY:
        return None
    day = _DAY_ZERO + timedelta(days=days + (1 if days < _NO_SUCH_DAY else 0))
    return Parts(day.isoformat(), "" if found[2] is None else _written(seconds), "")


def read_serial_clock(text: str) -> str | None:
    """Read a time of day as Excel counts it: the fraction of a day, whatever the day."""
    found = _SERIAL.fullmatch(text)
    return None if found is None else _written(_seconds(found[2]) % _SECONDS)


def _seconds(fraction: str | None) -> int:
    if fraction is None:
        return 0
    return int((Decimal(f"0.{fraction}") * _SECONDS).quantize(Decimal(1), ROUND_HALF_UP))


def _written(seconds: int) -> str:
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60).isoformat()
