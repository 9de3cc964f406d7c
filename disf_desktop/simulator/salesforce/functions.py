"""The functions of SOQL: aggregates and parts of dates in SQL, and what is made of values that were read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from disf_desktop.simulator.salesforce.describe import Field
from disf_desktop.simulator.salesforce.stamps import parse_stamp, stamp

USER_ZONE = ZoneInfo("America/Toronto")
AGGREGATES = {"COUNT": "count({})", "COUNT_DISTINCT": "count(DISTINCT {})", "SUM": "sum({})", "AVG": "avg({})"}
AGGREGATES |= {"MIN": "min({})", "MAX": "max({})"}
_MONTH = "CAST(substr({0}, 6, 2) AS INTEGER)"
_DAY = "CAST(substr({0}, 9, 2) AS INTEGER)"
_DAY_OF_YEAR = "CAST(strftime('%j', substr({0}, 1, 19)) AS INTEGER)"
# In UTC unless `convertTimezone` is around the field. The fiscal year is that of the calendar.
DATE_PARTS = {
    "CALENDAR_YEAR": "CAST(substr({0}, 1, 4) AS INTEGER)",
    "CALENDAR_QUARTER": f"(({_MONTH} + 2) / 3)",
    "CALENDAR_MONTH": _MONTH,
    "DAY_IN_MONTH": _DAY,
    "DAY_IN_WEEK": "(CAST(strftime('%w', substr({0}, 1, 19)) AS INTEGER) + 1)",
    "DAY_IN_YEAR": _DAY_OF_YEAR,
    "HOUR_IN_DAY": "CAST(substr({0}, 12, 2) AS INTEGER)",
    "WEEK_IN_MONTH": f"(({_DAY} + 6) / 7)",
    "WEEK_IN_YEAR": f"(({_DAY_OF_YEAR} + 6) / 7)",
}
DATE_PARTS |= {
    name.replace("CALENDAR", "FISCAL"): sql for name, sql in DATE_PARTS.items() if name.startswith("CALENDAR")
}
_BLANK = "\N{NO-BREAK SPACE}"


def local_time(text: str | None) -> str | None:
    """Return a stamp in the time of the user, as `convertTimezone` does."""
    moment = parse_stamp(text) if text else None
    return stamp(moment.astimezone(USER_ZONE).replace(tzinfo=UTC)) if moment else None


def label_of(field: Field) -> Callable[[Any], Any]:
    """Return the function that gives the label of a picklist value, of each of several; of no other field."""
    labels: Mapping[str, str] = {each["value"]: each["label"] for each in field["picklistValues"]}

    def label(value: Any) -> Any:
        if not labels or not isinstance(value, str):
            return value
        return ";".join(labels.get(each, each) for each in value.split(";"))

    return label


def formatted(field: Field) -> Callable[[Any], Any]:
    """Return the function that writes a value as the user, a French Canadian, reads it."""

    def write(value: Any) -> Any:
        if value is None:
            return None
        if field.type in ("double", "currency", "percent", "int"):
            number = f"{value:,.{field['scale'] if field.type != 'int' else 0}f}"
            number = number.replace(",", _BLANK).replace(".", ",")
            return number + {"currency": f"{_BLANK}$", "percent": f"{_BLANK}%"}.get(field.type, "")
        if field.type == "datetime":
            return str(local_time(value))[:16].replace("T", " ")
        return value

    return write
