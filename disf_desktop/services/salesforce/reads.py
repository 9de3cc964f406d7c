"""Records that are asked for by name: by Id, by a value, in the recycle bin; and those that satisfy a filter.

All of them go through the pages of a window, so that one set of checks judges every answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final
from urllib.parse import quote_plus

from disf_desktop.core.errors import DisfError, SchemaChanged, UnexpectedAnswer
from disf_desktop.core.records import Fate, Position, SourceRecord, Tombstone, Window
from disf_desktop.core.schema import Field, FieldType, Schema
from disf_desktop.core.values import Value, canonical
from disf_desktop.services.salesforce import pages, query
from disf_desktop.services.salesforce.errors import Refusal, error_of, without_addresses

MOST_RECORDS: Final = 200
IDS_A_QUERY: Final = 300
LONGEST_LIST: Final = 8_000
"""In characters of URL: of the values in one query; what is left of a URL is for the fields."""
LONGEST_TEXT: Final = 4_000
"""Salesforce takes no longer text in a condition; a field that can be searched is never that long."""

UNQUOTED: Final = (FieldType.BOOLEAN, FieldType.INTEGER, FieldType.DECIMAL, FieldType.DATE, FieldType.DATETIME)


def by_id(ask: pages.Ask, sobject: str, fields: Sequence[str], ids: Sequence[str]) -> dict[str, SourceRecord]:
    """Read up to 200 records by Id; one that is gone, or that is no Id at all, is left out."""
    assert len(ids) <= MOST_RECORDS
    window = Window(sobject, tuple(fields))
    return {record.rid: record for record in _among(ask, window, _ids(ids))}


def by_value(
    ask: pages.Ask, schema: Schema, fields: Sequence[str], name: str, values: Sequence[Value]
) -> list[tuple[Value, SourceRecord]]:
    """Read the records whose field `name` holds one of up to 200 values, each with the value asked for.

    Salesforce compares texts without regard to case, and so is told which value a record answers. No value (None) is
    not asked for: half the records may have none.
    """
    assert len(values) <= MOST_RECORDS
    field = schema.find(name)
    if field is None:
        raise SchemaChanged(f"{schema.name} has no field {name}.", "Repair the mapping: choose it again.", name)
    asked = _Asked(field, values)
    window = Window(schema.name, (*fields, name))
    found: dict[str, list[tuple[Value, SourceRecord]]] = {}
    for literals in _parts(asked.literals):
        for record in _records(ask, window, f"{query.checked(name)} IN ({','.join(literals)})"):
            answers = asked.answered_by(record.values[-1], schema.name)
            without = SourceRecord(record.rid, record.stamp, record.values[:-1])
            found[record.rid] = [(value, without) for value in answers]
    return [answer for answers in found.values() for answer in answers]


def fates(ask_all: pages.Ask, schema: Schema, ids: Sequence[str]) -> list[Fate]:
    """Say of deleted records whether each was merged, and into which other one; `ask_all` sees the recycle bin.

    It is one step of a chain: a master may itself be merged into another. A record that lives is left out; one that
    Salesforce no longer remembers is just gone.
    """
    if schema.find("MasterRecordId") is None:
        return [Fate(rid, None) for rid in dict.fromkeys(ids)]
    seen: dict[str, Fate | None] = {}
    wanted = _ids(ids)
    for start in range(0, len(wanted), IDS_A_QUERY):
        window = Window(schema.name, ("IsDeleted", "MasterRecordId"))
        for record in _among(ask_all, window, wanted[start : start + IDS_A_QUERY]):
            deleted, master = record.values
            seen[record.rid] = Fate(record.rid, query.long_id(master) if master else None) if deleted else None
    told = (seen.get(rid, Fate(rid, None)) for rid in wanted)
    return [fate for fate in told if fate is not None]


def in_the_bin(ask_all: pages.Ask, sobject: str, ids: Sequence[str]) -> list[Tombstone]:
    """Give those of these records that Salesforce remembers as deleted, with their last stamp; `ask_all` sees the
    recycle bin. One that lives is left out, and so is one of which nothing is known."""
    wanted = _ids(ids)
    found: list[Tombstone] = []
    for start in range(0, len(wanted), IDS_A_QUERY):
        window = Window(sobject, ("IsDeleted",))
        records = _among(ask_all, window, wanted[start : start + IDS_A_QUERY])
        found += [Tombstone(record.rid, record.stamp) for record in records if record.values[0] is True]
    return found


def in_scope(ask: Callable[[str], Any], window: Window, until: Position, path: str = "") -> frozenset[str]:
    """Give the Ids of the window's records, up to and with `until`, that satisfy its condition.

    `ask` gives an answer or a `Refusal`. Raises SettingsError where the condition is refused.
    """
    assert window.condition is not None, "there is a filter to be in the scope of"
    narrow = Window(window.sobject, (), window.since, window.position, window.condition)
    answers = _or_bad_filter(ask, window.sobject, path)
    return frozenset(record.rid for record in _records(answers, narrow, query.until(until)))


def check_filter(ask: Callable[[str], Any], sobject: str, condition: str, path: str = "") -> None:
    """Try a condition on one record. Raises SettingsError with Salesforce's words where it is refused."""
    query.columns(Window(sobject, (), condition=condition))
    soql = f"SELECT Id FROM {query.checked(sobject)} WHERE ({condition}) LIMIT 1"  # noqa: S608 - it is the person's own
    query.rows_of(_or_bad_filter(ask, sobject, path)(soql), sobject)


def _or_bad_filter(ask: Callable[[str], Any], sobject: str, path: str) -> pages.Ask:
    def answer(soql: str) -> Any:
        told = ask(soql)
        if isinstance(told, Refusal):
            raise _filter_error(told, sobject, path)
        return told

    return answer


def _filter_error(refusal: Refusal, sobject: str, path: str) -> DisfError:
    """Say what a refusal means of a query in which nothing but the condition can be wrong."""
    error = error_of(refusal, sobject)
    if refusal.status != 400 or not isinstance(error, SchemaChanged | UnexpectedAnswer):
        return error
    # Before this mark Salesforce repeats the query, which names more than the condition.
    words = re.sub(r"(?s)^.*ERROR at Row:\d+:Column:\d+", "", refusal.message)
    said = " ".join(without_addresses(words).split())[:300].rstrip(".")
    return query.bad_filter(sobject, f"{refusal.code}: {said}" if said else refusal.code, "Correct the filter.", path)


def _records(ask: pages.Ask, window: Window, *more: str) -> Iterator[SourceRecord]:
    for page in pages.read(ask, window, *more):
        yield from page.records


def _among(ask: pages.Ask, window: Window, ids: Sequence[str]) -> Iterator[SourceRecord]:
    return _records(ask, window, f"Id IN ({','.join(map(query.id_literal, ids))})") if ids else iter(())


def _ids(given: Iterable[str]) -> list[str]:
    """Give the Ids among what may be something else: a person can write into a field that should hold one."""
    found = (canonical(each, FieldType.ID) for each in given)
    return list(dict.fromkeys(each for each in found if isinstance(each, str)))


def _parts(literals: Iterable[str]) -> Iterator[list[str]]:
    """Give literals in lists, each of which leaves room in a URL."""
    part: list[str] = []
    used = 0
    for literal in literals:
        cost = len(quote_plus(literal)) + len("%2C")
        if part and used + cost > LONGEST_LIST:
            yield part
            part, used = [], 0
        part.append(literal)
        used += cost
    if part:
        yield part


class _Asked:
    """The values of a field that are looked for, and which of them a record answers."""

    def __init__(self, field: Field, values: Sequence[Value]) -> None:
        assert field.type is not FieldType.CHOICES, "a list of values is no key"
        self._field = field
        self._exactly: dict[Value, list[Value]] = {}
        self._nearly: dict[Value, list[Value]] = {}
        self.literals: list[str] = []
        for value in dict.fromkeys(values):
            held = canonical(value, field.type)
            # What the field cannot hold no record has; the question alone would be refused.
            if isinstance(held, str | bool | int) and len(str(held)) <= LONGEST_TEXT:
                if _folded(held) not in self._exactly:
                    self.literals.append(self._literal(held))
                self._exactly.setdefault(_folded(held), []).append(value)
                self._nearly.setdefault(_without_accents(held), []).append(value)

    def answered_by(self, raw: Any, where: str) -> list[Value]:
        """Give the values asked for that a record answers. Raises UnexpectedAnswer where there is none."""
        held = canonical(raw, self._field.type)
        if isinstance(held, str | bool | int):
            found = self._exactly.get(_folded(held)) or self._nearly.get(_without_accents(held))
            if found:
                return found
        raise UnexpectedAnswer(
            f"Salesforce gave a record of {where} that was not asked for.", "Run again; if it lasts, report it.", where
        )

    def _literal(self, value: Value) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value) if self._field.type in UNQUOTED else query.text_literal(str(value))


def _folded(value: Value) -> Value:
    return value.casefold() if isinstance(value, str) else value


def _without_accents(value: Value) -> Value:
    """Give a text as the loosest comparison of a database sees it."""
    if not isinstance(value, str):
        return value
    return "".join(c for c in unicodedata.normalize("NFKD", value.casefold()) if not unicodedata.combining(c))
