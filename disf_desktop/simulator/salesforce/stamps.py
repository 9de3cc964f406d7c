"""Times as Salesforce writes them: `2026-11-02T14:10:00.000+0000`, whole seconds, UTC; text order is time order."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

_DATETIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def stamp(moment: datetime) -> str:
    """Write an aware moment, without its fraction of a second."""
    return _written(moment.replace(microsecond=0))


@lru_cache(256)
def _written(moment: datetime) -> str:
    # Most moments are now, and records are saved by thousands in a second.
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000+0000")


def parse_stamp(text: str) -> datetime | None:
    """Read a date and time with Z, an offset, or neither (UTC); None when it is none."""
    if not _DATETIME.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@lru_cache(4096)
def parse_date(text: str) -> date | None:
    """Read `YYYY-MM-DD`; a time after it is let go, as Salesforce does; None when it is no date."""
    if not _DATE.fullmatch(text) and not _DATETIME.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
