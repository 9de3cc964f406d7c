"""A compiled query: its SQL in parts, and how rows become records."""

# ruff: noqa: S608 -- the names in the SQL are those of the schema, the values are always parameters
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from disf_desktop.simulator.salesforce.describe import Field, SObject


@dataclass
class Shape:
    """How the columns of a result become one record: `columns` are (name, place, type); parents are nested."""

    sobject: SObject
    id_place: int
    columns: list[tuple[str, int, str]] = field(default_factory=list)
    compounds: list[tuple[str, list[tuple[str, int]]]] = field(default_factory=list)
    parents: dict[str, Shape] = field(default_factory=dict)
    children: list[Child] = field(default_factory=list)


@dataclass
class Child:
    """A child sub-select; the last column of its plan is the id of the parent."""

    name: str
    plan: Plan
    reference: Field


@dataclass
class Plan:
    """A compiled query. `aggregate` holds the names of an AggregateResult; `shape` the records otherwise."""

    sobject: SObject
    tables: str
    columns: list[str]
    conditions: str
    parameters: list[Any]
    tail: str
    order: str
    limit: int | None
    offset: int | None
    shape: Shape
    aggregate: list[tuple[str, str]] | None = None
    count_only: bool = False

    def select(self, columns: str | None = None, extra: str = "") -> str:
        """Return the statement, up to but not including LIMIT."""
        chosen = columns if columns is not None else ", ".join(self.columns)
        return f"SELECT {chosen} FROM {self.tables} WHERE {self.conditions}{extra}{self.tail}{self.order}"
