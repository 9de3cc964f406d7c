"""Words among which a person chooses, for whoever needs no more of a project file than these.

What checks a whole file (pydantic) takes as long to read as all else with which the command line begins.
"""

from __future__ import annotations

from enum import StrEnum


class Trigger(StrEnum):
    """What makes an operation. A trigger that is not ticked filters operations, never observations."""

    SALESFORCE_CREATED = "salesforce_created"
    SALESFORCE_UPDATED = "salesforce_updated"
    SALESFORCE_DELETED = "salesforce_deleted"
    DIALOG_INSIGHT_CREATED = "dialog_insight_created"
    DIALOG_INSIGHT_UPDATED = "dialog_insight_updated"
    OPTIN_CHANGED = "optin_changed"


class ImportMode(StrEnum):
    """What a row may do. Creating without a key (Salesforce only) makes a record of every row."""

    UPSERT = "upsert"
    UPDATE = "update"
    CREATE = "create"


class DateOrder(StrEnum):
    """How the days of a column are written. All but `SERIAL` read ISO dates too."""

    ISO = "iso"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    SERIAL = "serial"  # days since 1899-12-30, as Excel counts them


class DecimalMark(StrEnum):
    """What stands before the decimals; the other one, a blank or an apostrophe may group thousands."""

    POINT = "point"
    COMMA = "comma"
