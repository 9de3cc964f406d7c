"""SOQL of a window, and records of its answers.

A window is read in the order (SystemModstamp, Id) by keyset: the next page begins after the last record seen, so that
records that share a stamp are neither lost nor repeated, and a stopped read goes on where it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any
from urllib.parse import quote_plus

from disf_desktop.core.errors import Problem, SchemaChanged, SettingsError, UnexpectedAnswer
from disf_desktop.core.records import Position, RawValue, SourceRecord, Window
from disf_desktop.core.schema import FieldType
from disf_desktop.core.values import canonical

PAGE = 2000
"""The most records that one answer of the REST API holds."""
LONGEST_QUERY = 15_500
"""In characters of URL: servers refuse addresses of more than about 16,000, and a query can only be a GET."""

LEAST_ROOM = 400
"""In characters, for a list of fields: only a condition that is too long leaves less."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*")
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_ID = re.compile(r"[A-Za-z0-9]{15}|[A-Za-z0-9]{18}")


def select(sobject: str, fields: Sequence[str], where: str = "", *, paged: bool = False) -> str:
    """Give a query; `Id` and `SystemModstamp` come first, each field once."""
    names = {name.casefold(): name for name in ("Id", "SystemModstamp", *(checked(name) for name in fields))}
    soql = f"SELECT {','.join(names.values())} FROM {checked(sobject)}"  # noqa: S608 - every name is checked
    if where:
        soql += f" WHERE {where}"
    return f"{soql} ORDER BY SystemModstamp, Id LIMIT {PAGE}" if paged else soql


def where_of(window: Window, position: Position | None, *more: str) -> str:
    """Give the WHERE clause of a window's records after a position, of which `more` and its condition hold."""
    terms = [after(window.since, position), *more, f"({window.condition})" if window.condition else ""]
    return " AND ".join(term for term in terms if term)


def after(since: str | None, position: Position | None) -> str:
    """Give the WHERE clause of what comes after a position and not before `since`."""
    if position is None:
        return f"SystemModstamp >= {_stamp(since)}" if since is not None else ""
    at = _stamp(position.stamp)
    lowest = max(at, _stamp(since)) if since is not None else at
    rid = id_literal(position.rid)
    # The first term says nothing new; it lets the index be used, which the OR alone may hide.
    return f"SystemModstamp >= {lowest} AND ((SystemModstamp = {at} AND Id > {rid}) OR SystemModstamp > {at})"


def until(position: Position) -> str:
    """Give the WHERE clause of what comes up to and with a position."""
    at, rid = _stamp(position.stamp), id_literal(position.rid)
    return f"SystemModstamp <= {at} AND (SystemModstamp < {at} OR Id <= {rid})"


def columns(window: Window, *more: str) -> list[tuple[str, ...]]:
    """Give the fields of a window in as many lists as are needed for each query to fit into a URL.

    Raises SettingsError where the window's condition alone is too long for one.
    """
    where = where_of(window, window.position or Position("2000-01-01T00:00:00Z", "0" * 18), *more)
    room = LONGEST_QUERY - len(quote_plus(select(window.sobject, (), where, paged=True)))
    if room < LEAST_ROOM:
        raise bad_filter(window.sobject, "it is too long for a query", "Shorten it.")
    lists: list[list[str]] = [[]]
    used = 0
    for name in window.fields:
        cost = len(name) + len("%2C")
        if used + cost > room and lists[-1]:
            lists.append([])
            used = 0
        lists[-1].append(name)
        used += cost
    return [tuple(names) for names in lists]


def id_literal(rid: str) -> str:
    """Give an Id as it stands in a query."""
    assert _ID.fullmatch(rid), "this is the Id of a record"
    return f"'{rid}'"


def text_literal(text: str) -> str:
    """Give a text as it stands in a query."""
    from simple_salesforce.format import quote_soql_value

    return str(quote_soql_value(text))


def bad_filter(sobject: str, why: str, what_to_do: str, path: str = "") -> SettingsError:
    """Give the error of a person's condition that cannot be used; `path` is its place in the project file."""
    return SettingsError((Problem(path or sobject, f"The filter of {sobject} cannot be used: {why}.", what_to_do),))


def rows_of(answer: Any, sobject: str) -> tuple[list[dict[str, Any]], int]:
    """Give a query's records, and how many more there are. Raises UnexpectedAnswer where they contradict themselves."""
    told = answer if isinstance(answer, dict) else {}
    rows, total, done = told.get("records"), told.get("totalSize"), told.get("done")
    if isinstance(rows, list) and isinstance(total, int) and isinstance(done, bool):
        # Wide rows come in shorter pages; then `done` is false and there is more.
        whole = len(rows) == total if done else 0 < len(rows) < total
        if whole:
            return rows, total - len(rows)
    raise UnexpectedAnswer(
        f"The answer to a query of {sobject} contradicts itself.", "Run again; if it lasts, report it.", sobject
    )


class RecordReader:
    """Turn JSON records into `SourceRecord`s whose values follow the fields asked.

    Salesforce answers in the letters of its own API names, whatever was asked; a missing parent gives None.
    """

    def __init__(self, sobject: str, fields: Sequence[str]) -> None:
        self._sobject = sobject
        self._fields = tuple(fields)
        self._values: Callable[[Mapping[str, Any]], tuple[RawValue, ...]] | None = None

    def read(self, rows: Sequence[dict[str, Any]]) -> list[SourceRecord]:
        """Give the records of a page. Raises UnexpectedAnswer when one lacks what was asked."""
        try:
            if self._values is None and rows:
                self._values = self._compiled(rows)
            values = self._values or (lambda row: ())
            return [SourceRecord(row["Id"], stamp_of(row["SystemModstamp"]), values(row)) for row in rows]
        except (KeyError, TypeError, ValueError, AttributeError):
            pass
        raise UnexpectedAnswer(
            f"Records of {self._sobject} came without fields that were asked for.",
            "Run again; if it lasts, refresh the fields and repair the mapping.",
            self._sobject,
        )

    def _compiled(self, rows: Sequence[dict[str, Any]]) -> Callable[[Mapping[str, Any]], tuple[RawValue, ...]]:
        names = {name.casefold(): name for name in rows[0]}
        getters: list[Callable[[Mapping[str, Any]], Any]] = []
        plain: list[str] = []
        for field in self._fields:
            head, *path = field.split(".")
            plain.append(names[head.casefold()])
            getters.append(_walk(plain[-1], tuple(path)) if path else itemgetter(plain[-1]))
        if any("." in field for field in self._fields):
            return lambda row: tuple([get(row) for get in getters])
        if len(plain) > 1:
            return itemgetter(*plain)
        return lambda row: tuple([row[name] for name in plain])


def _walk(head: str, path: tuple[str, ...]) -> Callable[[Mapping[str, Any]], Any]:
    def walk(row: Mapping[str, Any]) -> Any:
        inner = row[head]
        for name in path:
            if inner is None:
                return None
            found = inner.get(name, _ABSENT)
            if found is _ABSENT:
                found = inner[{key.casefold(): key for key in inner}[name.casefold()]]
            inner = found
        return inner

    return walk


_ABSENT = object()


def stamp_of(text: str) -> str:
    """Give a stamp as "YYYY-MM-DDTHH:MM:SSZ"; Salesforce writes "2026-11-22T10:00:00.000+0000". Raises ValueError."""
    if text[19:] in (".000+0000", ".000Z", "Z", "+0000"):
        return text[:19] + "Z"
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a stamp has its offset")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_of(stamp: str) -> datetime:
    """Give a stamp as an aware datetime in UTC. Raises ValueError."""
    return datetime.fromisoformat(stamp_of(stamp))


def iso(moment: datetime) -> str:
    """Give an aware datetime as a stamp."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _stamp(text: str) -> str:
    assert _STAMP.fullmatch(text), "a window's stamps are in canonical form"
    return text


def is_name(text: str) -> bool:
    """Say whether this may be the API name of an object, field or relationship."""
    return _NAME.fullmatch(text) is not None


def checked(name: str) -> str:
    """Refuse what is not a name, so that no project file can write its own query."""
    if not is_name(name):
        raise SchemaChanged(
            f"“{name}” is not the API name of an object or field.", "Repair the mapping: choose the field again.", name
        )
    return name


def long_id(raw: Any) -> str:
    """Give an Id in its 18 characters. Raises ValueError where this is none."""
    found = canonical(raw, FieldType.ID)
    if isinstance(found, str):
        return found
    raise ValueError("not an Id")
