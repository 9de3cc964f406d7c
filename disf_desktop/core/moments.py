"""Canonical dates, times and instants, and the local time of a Dialog Insight project."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Final

from disf_desktop.core.refusals import Bad, Reason, Refusal

BEHIND: Final = timedelta(minutes=3)
"""For how long after a save a look-up of Dialog Insight may go on showing what was before; nobody says (probe p8)."""

_NOT_A_DATE = Refusal(Reason.NOT_A_DATE)
_NOT_A_TIME = Refusal(Reason.NOT_A_TIME)

_MOMENT = re.compile(
    r"([0-9]{4})([.-])([0-9]{2})\2([0-9]{2})(?:[ T]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?"
    r"\s?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_AT_A_WHOLE_SECOND = frozenset({".000+0000", ".000Z", "Z"})
"""How an instant ends as Salesforce writes it by REST and by Bulk, and as we keep it: the common case."""

_TIME = re.compile(r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?Z?")


def read_date(raw: Any) -> str | Bad | None:
    """Read a date, with hyphens or dots; Dialog Insight may add a time, which a date does not have."""
    if raw is None:
        return None
    if type(raw) is not str:
        return _NOT_A_DATE
    if len(raw) == 10 and raw[4] == raw[7] == "-":
        text = raw
    else:
        text = raw.replace("\0", "").strip()
        if not text:
            return None
        found = _MOMENT.fullmatch(text)
        if found is None:
            return _NOT_A_DATE
        text = f"{found[1]}-{found[3]}-{found[4]}"
        if found[5] is not None and _clock(found[5], found[6], found[7]) is None:
            return _NOT_A_DATE
    try:
        date.fromisoformat(text)
    except ValueError:
        return _NOT_A_DATE
    return text


def moment_reader(zone: tzinfo | None) -> Callable[[Any], str | Bad | None]:
    """Compile the function that reads an instant, in any form of either service, without offset in `zone`."""

    def moment(raw: Any) -> str | Bad | None:
        if type(raw) is not str:
            return None if raw is None else _NOT_A_DATE
        if raw[19:] in _AT_A_WHOLE_SECOND and raw[4] == raw[7] == "-" and raw[10] == "T" and raw[13] == raw[16] == ":":
            text = raw[:19]
            try:
                datetime.fromisoformat(text)
            except ValueError:
                return _NOT_A_DATE
            return text + "Z"
        return _any_moment(raw, zone)

    return moment


def _any_moment(raw: str, zone: tzinfo | None) -> str | Bad | None:
    text = raw.replace("\0", "").strip()
    if not text:
        return None
    found = _MOMENT.fullmatch(text)
    if found is None:
        return _NOT_A_DATE
    offset = found[8]
    if offset is None and zone is None:
        return _NOT_A_DATE
    year, _, month, day, hour, minute, second, _ = found.groups("00")
    try:
        if offset is None:
            at = datetime(*map(int, (year, month, day, hour, minute, second)), tzinfo=zone)  # type: ignore[arg-type, misc]
        else:
            shift = "+00:00" if offset == "Z" else offset
            at = datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}:{second}{shift}")
        return written(at)
    except (ValueError, OverflowError):
        return _NOT_A_DATE


def written(at: datetime) -> str:
    """Write an instant as the canonical form of a datetime field; parts of a second fall away."""
    return at.astimezone(UTC).isoformat()[:19] + "Z"


def instant(moment: str) -> datetime:
    """Give the instant of a canonical datetime."""
    return datetime.fromisoformat(moment[:19]).replace(tzinfo=UTC)


def from_local(text: str, zone: tzinfo) -> str | Bad:
    """Read a date and time of a Dialog Insight project, dots or hyphens, into the canonical datetime.

    In the hour that autumn repeats it is the earlier of the two instants (sync-semantics 4.15); a time that spring
    skips is read as if the clock had not been put forward, which the wall shows an hour later.
    """
    moment = _any_moment(text, zone)
    return _NOT_A_DATE if moment is None else moment


def to_local(canonical: str, zone: tzinfo) -> str:
    """Write a canonical datetime as `YYYY.MM.DD HH:MM:SS` in the zone of a Dialog Insight project.

    Both instants of the hour that autumn repeats are written the same. Raises OverflowError outside years 1 to 9999.
    """
    text = instant(canonical).astimezone(zone).isoformat(" ")
    return f"{text[:4]}.{text[5:7]}.{text[8:19]}"


def _clock(hour: str, minute: str, second: str | None) -> str | None:
    try:
        return time(int(hour), int(minute), int(second or "0")).isoformat()
    except ValueError:
        return None


def read_time(raw: Any) -> str | Bad | None:
    """Read a time of day, with or without seconds."""
    if type(raw) is not str:
        return None if raw is None else _NOT_A_TIME
    text = raw.replace("\0", "").strip()
    if not text:
        return None
    found = _TIME.fullmatch(text)
    if found is None:
        return _NOT_A_TIME
    return _clock(found[1], found[2], found[3]) or _NOT_A_TIME
