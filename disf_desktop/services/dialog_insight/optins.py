"""Opt-ins as a record of Dialog Insight shows them: `optin_<code>`, and since when, `dtOptin_<code>`.

No public source shows a real reply, so every form that public clients send is read (reference/dialog-insight.md,
sections 13 and 21): true, false, 1, 0, their texts, nothing for neutral; dates with dots, with hyphens or ISO. What
cannot be read is left out, and never taken for neutral.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any

from disf_desktop.core.moments import moment_reader
from disf_desktop.core.records import OptinState
from disf_desktop.core.schema import FieldType, Side
from disf_desktop.core.values import canonical

STATE, SINCE = "optin_", "dtOptin_"
"""How the names begin. An account may give the date a code of its own; then it has no date here."""

Interval = tuple[str, str] | tuple[None, None]

_UNKNOWN: Interval = (None, None)
_A_DAY_ALONE = len("2026.11.01")
_NO_DATE_BEFORE = "1980"
"""Older ones are how databases and languages write that there is none: years 1, 1753, 1899, 1900, 1970."""


def optin_reader(codes: Iterable[str], zone: tzinfo) -> Callable[[Mapping[str, Any]], dict[str, OptinState]]:
    """Compile the function that gives the opt-ins of a flat record by code, of those that it shows."""
    names = tuple((code, STATE + code, SINCE + code) for code in codes)
    since = interval_reader(zone)

    def read(given: Mapping[str, Any]) -> dict[str, OptinState]:
        states: dict[str, OptinState] = {}
        for code, name, name_of_date in names:
            if name not in given:
                continue
            state = canonical(given[name], FieldType.BOOLEAN, Side.DIALOG_INSIGHT)
            if state is None or type(state) is bool:
                date = given.get(name_of_date)
                states[code] = OptinState(state, *(since(date) if type(date) is str and date else _UNKNOWN))
        return states

    return read


def interval_reader(zone: tzinfo) -> Callable[[str], Interval]:
    """Compile the function that gives the first and the last instant that a local text may mean, or None twice.

    They differ in the hour that autumn repeats, in the one that spring skips (which clock was meant, nobody knows), and
    for a day without time.
    """
    readings = (moment_reader(zone), moment_reader(_SecondReading(zone)))

    @lru_cache(maxsize=4096)  # people who came together share a date
    def interval(raw: str) -> Interval:
        text = raw.strip()
        texts = (f"{text} 00:00:00", f"{text} 23:59:59") if len(text) == _A_DAY_ALONE else (text,)
        instants = [moment for each in texts for read in readings if type(moment := read(each)) is str]
        if not instants or min(instants) < _NO_DATE_BEFORE:
            return _UNKNOWN
        return min(instants), max(instants)

    return interval


class _SecondReading(tzinfo):
    """A zone in which a local time that may mean two instants means the other one (PEP 495)."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone

    def utcoffset(self, at: datetime | None) -> timedelta | None:
        return None if at is None else at.replace(tzinfo=self._zone, fold=1).utcoffset()

    def dst(self, at: datetime | None) -> timedelta | None:
        return None if at is None else at.replace(tzinfo=self._zone, fold=1).dst()

    def tzname(self, at: datetime | None) -> str | None:
        return None if at is None else at.replace(tzinfo=self._zone, fold=1).tzname()
