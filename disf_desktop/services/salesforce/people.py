"""Profiles and active users of an org, found by a part of their name."""

from __future__ import annotations

from dataclasses import dataclass

from disf_desktop.services.salesforce.tooling import rows
from disf_desktop.services.salesforce.wire import Wire

LONGEST_TEXT = 80


@dataclass(frozen=True, slots=True)
class Found:
    """An active user; both names are for the screen alone."""

    username: str
    name: str


def profiles_found(wire: Wire, base: str, text: str, limit: int) -> tuple[str, ...]:
    """Name the profiles whose name holds a text, in their order; all of them for an empty one."""
    told = rows(wire, base, f"SELECT Name FROM Profile{_where(text, 'Name')} ORDER BY Name LIMIT {limit:d}")  # noqa: S608 - quoted
    return tuple(name for row in told if (name := str(row.get("Name") or "")))


def users_found(wire: Wire, base: str, text: str, limit: int) -> tuple[Found, ...]:
    """Give the active users of the org's own people whose name or user name holds a text."""
    where = _where(text, "Name", "Username", "IsActive = true AND UserType = 'Standard'")
    told = rows(wire, base, f"SELECT Username, Name FROM User{where} ORDER BY Name LIMIT {limit:d}")  # noqa: S608 - quoted
    found = (Found(str(row.get("Username") or ""), str(row.get("Name") or "")) for row in told)
    return tuple(each for each in found if each.username)


def _where(text: str, *columns_and_more: str) -> str:
    columns = [each for each in columns_and_more if " " not in each]
    conditions = [each for each in columns_and_more if " " in each]
    if text := text.strip()[:LONGEST_TEXT]:
        from simple_salesforce.format import format_soql

        held = format_soql("'%{:like}%'", text)
        conditions.append("(" + " OR ".join(f"{column} LIKE {held}" for column in columns) + ")")
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""
