"""What a save has to look at, found once for each object: its schema has many fields, a record touches few."""

# ruff: noqa: S608 -- the names in the SQL are those of the schema
from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from disf_desktop.simulator.salesforce.describe import Field, SObject
from disf_desktop.simulator.salesforce.values import Save, saved, saver


@dataclass(frozen=True, slots=True)
class SaveFacts:
    """The fields of an object by what a save does with them; `defaults` are in their stored form."""

    required: tuple[str, ...]
    firm: frozenset[str]
    defaults: tuple[tuple[str, Any], ...]
    createable: Mapping[str, Save]
    updateable: Mapping[str, Save]
    references: Mapping[str, Field]
    unique: Mapping[str, Field]
    automatic: tuple[str, ...]
    is_person: bool
    has_owner: bool
    has_bin: bool


@lru_cache(256)
def facts_of(sobject: SObject) -> SaveFacts:
    """Return the facts of an object; a changed schema has other objects, so they are never stale."""
    columns = sobject.columns
    name = sobject.field("Name")
    return SaveFacts(
        required=tuple(each.name for each in columns if each.required),
        firm=frozenset(each.name for each in columns if not each["nillable"]),
        defaults=tuple(
            (each.name, saved(each, each["defaultValue"])) for each in columns if each["defaultValue"] is not None
        ),
        createable={each.name: saver(each) for each in columns if each["createable"]},
        updateable={each.name: saver(each) for each in columns if each["updateable"]},
        references={each.name: each for each in columns if each.type == "reference"},
        unique={each.name: each for each in columns if each["unique"]},
        automatic=tuple(each.name for each in columns if each["autoNumber"]),
        is_person=name is not None and name["extraTypeInfo"] == "personname",
        has_owner=sobject.has("OwnerId"),
        has_bin=sobject.has("IsDeleted"),
    )


@lru_cache(2048)
def insertion(table: str, names: tuple[str, ...]) -> str:
    """Return the statement that inserts these columns."""
    columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    return f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'


@lru_cache(2048)
def change(table: str, names: tuple[str, ...]) -> str:
    """Return the statement that changes these columns of the record whose id is its last parameter."""
    assignments = ", ".join(f'"{name}" = ?' for name in names)
    return f'UPDATE "{table}" SET {assignments} WHERE Id = ?'


class Holders:
    """Who holds which values of unique text fields, looked up for many values at once, while that is true."""

    def __init__(self) -> None:
        self._held: dict[str, dict[str, list[str]]] = {}

    def look_up(self, database: sqlite3.Connection, sobject: SObject, values: Mapping[Field, Collection[str]]) -> None:
        """Find out who holds these values, and forget the former ones."""
        self._held = {}
        for field, wanted in values.items():
            # What SQLite does not fold itself, is looked up one by one.
            held: dict[str, list[str]] = {each.strip().lower(): [] for each in wanted if each.isascii()}
            rows = database.execute(
                f'SELECT lower("{field.name}"), Id FROM "{sobject.name}" WHERE "IsDeleted" = 0 AND'
                f' "{field.name}" COLLATE NOCASE IN (SELECT value FROM json_each(?)) ORDER BY Id',
                (orjson.dumps(list(held)).decode(),),
            )
            for value, record_id in rows:
                held[value].append(record_id)
            self._held[field.name] = held

    def of(self, field: Field, value: Any) -> list[str] | None:
        """Return who holds a value; None when that has to be asked for."""
        held = self._held.get(field.name)
        return held.get(value.lower()) if held is not None and isinstance(value, str) else None

    def created(self, values: Mapping[str, Any]) -> None:
        """Let go of the values that a new record took."""
        for name in self._held.keys() & values.keys():
            value = values[name]
            self._held[name].pop(value.lower() if isinstance(value, str) else "", None)

    def updated(self, values: Mapping[str, Any]) -> None:
        """Let go of all when a record changed such a field: what it held before is free, and was not asked for."""
        if not self._held.keys().isdisjoint(values):
            self._held.clear()
