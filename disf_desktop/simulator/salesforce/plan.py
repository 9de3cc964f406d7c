"""A compiled query: its SQL in parts, and how rows become records."""

# ruff: noqa: S608 -- the names in the SQL are those of the schema, the values are always parameters
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import product
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
    kinds: dict[str, list[Shape]] = field(default_factory=dict)
    """Parents that may be of several objects: the shape of each."""
    addresses: dict[str, str] = field(default_factory=dict)
    """Of a parent that may be of several objects: which one an id is of, by its prefix."""
    converted: list[tuple[str, Callable[[Any], Any]]] = field(default_factory=list)
    """What is made of a value before it is told: its label, its local form."""


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
    subtotals: list[tuple[str, str]] = field(default_factory=list)
    """The groups of a ROLLUP or a CUBE: their SQL as selected and as grouped."""
    cube: bool = False

    def select(self, columns: str | None = None, extra: str = "") -> str:
        """Return the statement, up to but not including LIMIT."""
        if self.subtotals:
            return self._with_subtotals()
        chosen = columns if columns is not None else ", ".join(self.columns)
        return f"SELECT {chosen} FROM {self.tables} WHERE {self.conditions}{extra}{self.tail}{self.order}"

    def _with_subtotals(self) -> str:
        """Return one statement of as many as there are sets of groups, those with more groups first."""
        count = len(self.subtotals)
        rolled = (tuple(n < kept for n in range(count)) for kept in range(count, -1, -1))
        sets = product((True, False), repeat=count) if self.cube else rolled
        having = self.tail.partition(" HAVING ")[2]
        parts = [self._of_set(kept, having, place) for place, kept in enumerate(sets)]
        columns = ", ".join(f"c{n}" for n in range(len(self.columns)))
        sortable = ", ".join(f"c{n}" for n in range(len(self.columns)) if not self.columns[n].startswith("GROUPING("))
        return f"SELECT {columns} FROM ({' UNION ALL '.join(parts)}) ORDER BY place, {sortable}"

    def _of_set(self, kept: tuple[bool, ...], having: str, place: int) -> str:
        gone = {sql for keep, (sql, _) in zip(kept, self.subtotals, strict=True) if not keep}
        columns = []
        for number, sql in enumerate(self.columns):
            if sql.startswith("GROUPING("):
                sql = str(int(sql[9:-1] in gone))
            columns.append(f"{'NULL' if sql in gone else sql} AS c{number}")
        groups = [sql for keep, (_, sql) in zip(kept, self.subtotals, strict=True) if keep]
        # Grouped by nothing is still grouped, also where there is no aggregate among the columns.
        tail = f" GROUP BY {', '.join(groups)}" if groups else " GROUP BY NULL"
        tail += f" HAVING {having}" if having else ""
        return f"SELECT {', '.join(columns)}, {place} AS place FROM {self.tables} WHERE {self.conditions}{tail}"
