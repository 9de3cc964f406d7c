"""From the tree of a SOQL query to one parameterised SQL statement and the shape of its records."""

# ruff: noqa: S608 -- the names in the SQL are those of the schema, the values are always parameters
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from disf_desktop.simulator.salesforce import soql
from disf_desktop.simulator.salesforce.describe import Field, Schema, SObject
from disf_desktop.simulator.salesforce.errors import ApiError, malformed
from disf_desktop.simulator.salesforce.literals import NUMBERS, UNQUOTED, bounds, mismatch, value_of

AGGREGATES = {"COUNT": "count({})", "COUNT_DISTINCT": "count(DISTINCT {})", "SUM": "sum({})", "AVG": "avg({})"}
AGGREGATES |= {"MIN": "min({})", "MAX": "max({})"}
DATE_PARTS = {"CALENDAR_YEAR": (1, 4), "CALENDAR_MONTH": (6, 2), "DAY_IN_MONTH": (9, 2), "HOUR_IN_DAY": (12, 2)}
MAXIMUM_OFFSET = 2_000
HINT = (
    "If you are attempting to use a custom {}, be sure to append the '{}' after the {} name. "
    "Please reference your WSDL or the describe call for the appropriate names."
)


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
    """A child sub-select: its records by the id of their parent, in column `parent_place`."""

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


@dataclass
class Column:
    """A resolved operand: its SQL, and the field behind it."""

    sql: str
    field: Field
    aggregate: bool = False


class Compiler:
    """Compile one query against the schema; the parameters are numbered, so that parts may be put in any order."""

    def __init__(self, schema: Schema, now: datetime, text: str, include_deleted: bool) -> None:
        self._schema = schema
        self._now = now
        self._text = text
        self._deleted = include_deleted

    def compile(self, query: soql.Query) -> Plan:
        """Return the plan of a query; raise INVALID_TYPE, INVALID_FIELD or MALFORMED_QUERY."""
        sobject = self._schema.get(query.source)
        if sobject is None:
            message = f"sObject type '{query.source}' is not supported. " + HINT.format("object", "__c", "entity")
            raise soql.at(self._text, query.source_column, "INVALID_TYPE", message)
        return _Scope(self, self._schema, sobject, query, self._now, self._text, self._deleted).plan()


class _Scope:
    """The compilation of one SELECT: its tables, columns and parameters."""

    def __init__(
        self,
        compiler: Compiler,
        schema: Schema,
        sobject: SObject,
        query: soql.Query,
        now: datetime,
        text: str,
        deleted: bool,
        parameters: list[Any] | None = None,
        prefix: str = "t",
    ) -> None:
        self._compiler = compiler
        self._schema = schema
        self._sobject = sobject
        self._query = query
        self._now = now
        self._text = text
        self._include_deleted = deleted or query.all_rows
        self._parameters = parameters if parameters is not None else []
        self._prefix = prefix
        self._root = f"{prefix}0"
        self._tables = f'"{sobject.name}" AS {self._root}'
        self._joins: dict[tuple[str, ...], tuple[str, SObject]] = {(): (self._root, sobject)}
        self._columns: list[str] = []

    def plan(self) -> Plan:
        """Compile the whole query."""
        query = self._query
        calls = [each for each in query.select if isinstance(each, soql.Selected) and isinstance(each.what, soql.Call)]
        names = [each.what.name.upper() for each in calls if isinstance(each.what, soql.Call)]
        grouped = bool(query.group) or any(name in AGGREGATES for name in names)
        count_only = names == ["COUNT"] and len(query.select) == 1 and calls[0].what == self._bare_count(calls[0])
        shape = Shape(self._sobject, 0)
        aggregate: list[tuple[str, str]] | None = None
        if count_only:
            self._columns = ["count(*)"]
        elif grouped:
            aggregate = self._aggregates()
        else:
            shape = self._records()
        conditions = self._conditions()
        tail = self._tail()
        order = self._order()
        if query.offset is not None and query.offset > MAXIMUM_OFFSET:
            raise ApiError(400, "NUMBER_OUTSIDE_VALID_RANGE", f"Maximum SOQL offset allowed is {MAXIMUM_OFFSET}")
        return Plan(
            self._sobject,
            self._tables,
            self._columns,
            conditions,
            self._parameters,
            tail,
            order,
            query.limit,
            query.offset,
            shape,
            aggregate,
            count_only,
        )

    @staticmethod
    def _bare_count(selected: soql.Selected) -> soql.Call | None:
        call = selected.what
        return call if isinstance(call, soql.Call) and call.argument is None and selected.alias is None else None

    def subselect(self, path: soql.Operand) -> str:
        """Compile a query used as a set of values: one column, no order."""
        column = self.operand(path)
        conditions = self._conditions()
        tail = "" if self._query.limit is None else f" LIMIT {self._query.limit}"
        return f"SELECT {column.sql} FROM {self._tables} WHERE {conditions}{tail}"

    # What is selected

    def _records(self) -> Shape:
        shape = self._shape((), self._sobject, self._root)
        seen: set[str] = set()
        for item in self._query.select:
            if isinstance(item, soql.Query):
                shape.children.append(self._child(item))
            elif isinstance(item.what, soql.Call):
                self._called(shape, item.what, item.alias)
            else:
                self._selected(shape, item.what, seen)
        return shape

    def _shape(self, path: tuple[str, ...], sobject: SObject, table: str) -> Shape:
        return Shape(sobject, self._place(f'{table}."Id"'))

    def _place(self, sql: str) -> int:
        """Return the place of a column in the result, adding it once."""
        if sql not in self._columns:
            self._columns.append(sql)
        return self._columns.index(sql)

    def _selected(self, shape: Shape, path: soql.Path, seen: set[str]) -> None:
        parents, table, known = self._resolve(path)
        name = ".".join((*parents, known.name)).lower()
        if name in seen:
            raise soql.at(self._text, path.column, "INVALID_FIELD", f"duplicate field selected: {known.name}")
        seen.add(name)
        target = shape
        for depth in range(1, len(parents) + 1):
            key = tuple(each.lower() for each in parents[:depth])
            joined, sobject = self._joins[key]
            relationship = parents[depth - 1]
            if relationship not in target.parents:
                target.parents[relationship] = self._shape(key, sobject, joined)
            target = target.parents[relationship]
        self._add(target, table, known)

    def _add(self, shape: Shape, table: str, known: Field) -> None:
        if known.stored:
            shape.columns.append((known.name, self._place(f'{table}."{known.name}"'), known.type))
            return
        prefix = known.name.removesuffix("Address")
        parts = []
        for each in shape.sobject.components(known):
            bare = each.name.removeprefix(prefix)
            parts.append((bare[0].lower() + bare[1:], self._place(f'{table}."{each.name}"')))
        shape.compounds.append((known.name, sorted(parts)))

    def _called(self, shape: Shape, call: soql.Call, alias: str | None) -> None:
        name = call.name.upper()
        if name == "FIELDS" and isinstance(call.argument, soql.Path):
            self._fields(shape, call.argument.parts[0].upper())
        elif name in ("TOLABEL", "FORMAT", "CONVERTCURRENCY") and isinstance(call.argument, soql.Path):
            _, table, known = self._resolve(call.argument)
            shape.columns.append((alias or known.name, self._place(f'{table}."{known.name}"'), known.type))
        else:
            raise soql.at(self._text, call.column, "MALFORMED_QUERY", f"unexpected token: '{call.name}'")

    def _fields(self, shape: Shape, which: str) -> None:
        if which not in ("ALL", "STANDARD", "CUSTOM"):
            raise malformed(f"The SOQL FIELDS function must be one of ALL, STANDARD, CUSTOM, not {which}.")
        limit = self._query.limit
        if which != "STANDARD" and (limit is None or limit > 200):
            raise malformed("The SOQL FIELDS function must have a LIMIT of at most 200")
        for each in self._sobject.fields:
            if which == "ALL" or each["custom"] == (which == "CUSTOM"):
                self._add(shape, self._root, each)

    def _child(self, query: soql.Query) -> Child:
        found = self._schema.child(self._sobject, query.source)
        if found is None:
            message = f"Didn't understand relationship '{query.source}' in FROM part of query call. " + HINT.format(
                "relationship", "__r", "custom relationship"
            )
            raise soql.at(self._text, query.source_column, "INVALID_TYPE", message)
        child, reference = found
        scope = _Scope(self._compiler, self._schema, child, query, self._now, self._text, self._include_deleted)
        plan = scope.plan()
        if plan.aggregate is not None or plan.count_only or plan.shape.children:
            raise malformed("Aggregates and nested sub-queries are not allowed in a child relationship query here")
        plan.columns.append(f'{scope._root}."{reference.name}"')
        name = self._sobject.child_names[f"{child.name}.{reference.name}"]
        assert name is not None
        return Child(name, plan, reference)

    # Aggregates

    def _aggregates(self) -> list[tuple[str, str]]:
        names: list[tuple[str, str]] = []
        unnamed = 0
        for item in self._query.select:
            if isinstance(item, soql.Query):
                raise malformed("Aggregate queries cannot have child relationship queries")
            column = self.operand(item.what)
            if isinstance(item.what, soql.Path):
                if item.what not in [each for each in self._query.group if isinstance(each, soql.Path)] and not any(
                    isinstance(each, soql.Path) and self.operand(each).sql == column.sql for each in self._query.group
                ):
                    message = f"Field must be grouped or aggregated: {column.field.name}"
                    raise soql.at(self._text, item.what.column, "MALFORMED_QUERY", message)
                name = item.alias or column.field.name
            else:
                name = item.alias or f"expr{unnamed}"
                unnamed += item.alias is None
            # Not shared: two aggregates of one field are two columns.
            self._columns.append(column.sql)
            names.append((name, column.field.type if not column.aggregate or self._keeps(item.what) else "double"))
        return names

    @staticmethod
    def _keeps(operand: soql.Operand) -> bool:
        return isinstance(operand, soql.Call) and operand.name.upper() in ("MIN", "MAX")

    def _tail(self) -> str:
        if self._query.group:
            groups = []
            for each in self._query.group:
                column = self.operand(each)
                if not column.field["groupable"] and isinstance(each, soql.Path):
                    raise self._unusable(each, column.field, "grouped")
                groups.append(self._comparable(column))
            having = f" HAVING {self._condition(self._query.having)}" if self._query.having else ""
            return f" GROUP BY {', '.join(groups)}{having}"
        return ""

    # Operands

    def operand(self, operand: soql.Operand) -> Column:
        """Resolve a path or a function to SQL."""
        if isinstance(operand, soql.Path):
            _, table, known = self._resolve(operand)
            if not known.stored:
                raise self._unusable(operand, known, "filtered")
            return Column(f'{table}."{known.name}"', known)
        name = operand.name.upper()
        if name == "COUNT" and operand.argument is None:
            return Column("count(*)", _NUMBER, aggregate=True)
        if operand.argument is not None and name in AGGREGATES:
            inner = self.operand(operand.argument)
            if not inner.field["aggregatable"] and name not in ("COUNT", "COUNT_DISTINCT"):
                raise soql.at(
                    self._text,
                    operand.column,
                    "MALFORMED_QUERY",
                    f"field {inner.field.name} does not support aggregate operator {name}",
                )
            kind = inner.field if name in ("MIN", "MAX") else _NUMBER
            return Column(AGGREGATES[name].format(self._comparable(inner)), kind, aggregate=True)
        if operand.argument is not None and name in DATE_PARTS:
            inner = self.operand(operand.argument)
            start, length = DATE_PARTS[name]
            return Column(f"CAST(substr({inner.sql}, {start}, {length}) AS INTEGER)", _NUMBER)
        if operand.argument is not None and name == "DAY_ONLY":
            return Column(f"substr({self.operand(operand.argument).sql}, 1, 10)", _DAY)
        raise soql.at(self._text, operand.column, "MALFORMED_QUERY", f"unexpected token: '{operand.name}'")

    def _resolve(self, path: soql.Path) -> tuple[tuple[str, ...], str, Field]:
        """Return the relationships on the way (canonical names), the table and the field."""
        parts = path.parts
        if len(parts) > 1 and self._sobject.relationship(parts[0]) is None:
            own = {self._sobject.name.lower(), (self._query.alias or self._sobject.name).lower()}
            if parts[0].lower() in own:
                parts = parts[1:]
        table, sobject = self._joins[()]
        names: tuple[str, ...] = ()
        for part in parts[:-1]:
            table, sobject, names = self._join(path, sobject, table, part, names)
        known = sobject.field(parts[-1])
        if known is None:
            message = f"No such column '{parts[-1]}' on entity '{sobject.name}'. " + HINT.format(
                "field", "__c", "custom field"
            )
            raise soql.at(self._text, path.column, "INVALID_FIELD", message)
        return names, table, known

    def _join(
        self, path: soql.Path, sobject: SObject, table: str, part: str, names: tuple[str, ...]
    ) -> tuple[str, SObject, tuple[str, ...]]:
        reference = sobject.relationship(part)
        parent = self._schema.parent(reference) if reference else None
        if reference is None or parent is None:
            message = f"Didn't understand relationship '{part}' in field path. " + HINT.format(
                "relationship", "__r", "custom relationship"
            )
            raise soql.at(self._text, path.column, "INVALID_FIELD", message)
        names = (*names, str(reference["relationshipName"]))
        key = tuple(each.lower() for each in names)
        if key not in self._joins:
            alias = f"{self._prefix}{len(self._joins)}"
            self._tables += f' LEFT JOIN "{parent.name}" AS {alias} ON {alias}."Id" = {table}."{reference.name}"'
            self._joins[key] = (alias, parent)
        return (*self._joins[key], names)

    def _comparable(self, column: Column) -> str:
        """Return SQL that compares as Salesforce does: text without case, ids and numbers as they are."""
        plain = column.aggregate or column.field.type in UNQUOTED or column.field.type in ("id", "reference")
        return column.sql if plain else f"{column.sql} COLLATE NOCASE"

    def _unusable(self, operand: soql.Operand, known: Field, how: str) -> ApiError:
        message = f"field '{known.name}' can not be {how} in a query call"
        return soql.at(self._text, operand.column, "INVALID_FIELD", message)

    # Conditions

    def _conditions(self) -> str:
        parts = [] if self._include_deleted else [f'{self._root}."IsDeleted" = 0']
        if self._query.where:
            parts.append(self._condition(self._query.where))
        return " AND ".join(parts) or "1"

    def _condition(self, condition: soql.Condition) -> str:
        if isinstance(condition, soql.And):
            return "(" + " AND ".join(map(self._condition, condition.items)) + ")"
        if isinstance(condition, soql.Or):
            whole = "(" + " OR ".join(map(self._condition, condition.items)) + ")"
            return f"({self._implied(condition)}{whole})"
        if isinstance(condition, soql.Not):
            # SOQL knows two truth values: what compares with null is false, and its opposite is true.
            return f"NOT coalesce({self._condition(condition.item)}, 0)"
        column = self.operand(condition.left)
        if not column.field["filterable"]:
            raise self._unusable(condition.left, column.field, "filtered")
        if isinstance(condition, soql.Compare):
            return self._compare(condition, column)
        if isinstance(condition, soql.Like):
            return self._like(condition, column)
        return self._in(condition, column) if isinstance(condition, soql.In) else self._multi(condition, column)

    def _implied(self, condition: soql.Or) -> str:
        """Return the lower bound that every branch of an OR implies, so that an index is walked from there.

        A keyset page asks for `stamp > t OR (stamp = t AND Id > i)`; without this each page reads from the beginning.
        """
        lows: dict[str, list[str]] = {}
        for branch in condition.items:
            leaves = branch.items if isinstance(branch, soql.And) else (branch,)
            for leaf in leaves:
                if (
                    isinstance(leaf, soql.Compare)
                    and leaf.operator in ("=", ">", ">=")
                    and leaf.right.kind == "DATETIME"
                ):
                    column = self.operand(leaf.left)
                    low = value_of(leaf.right, column.field, self._now)
                    if isinstance(low, str):
                        lows.setdefault(column.sql, []).append(low)
        for sql, found in lows.items():
            if len(found) == len(condition.items):
                return f"{sql} >= {self._bind(min(found))} AND "
        return ""

    def _bind(self, value: Any) -> str:
        self._parameters.append(value)
        return f"?{len(self._parameters)}"

    def _compare(self, condition: soql.Compare, column: Column) -> str:
        operator = condition.operator
        if column.field.type == "multipicklist" and operator not in ("=", "!="):
            raise self._unusable(condition.left, column.field, "filtered")
        value = value_of(condition.right, column.field, self._now)
        if isinstance(value, tuple):
            return self._within(column.sql, operator, *bounds(value, column.field))
        if value is None:
            if operator not in ("=", "!="):
                raise malformed(f"invalid operator on null value: '{operator}'")
            return f"{column.sql} IS {'NOT ' if operator == '!=' else ''}NULL"
        left, right = self._foldable(column, [value])
        right = self._bind(right[0])
        if operator == "!=":
            return f"({column.sql} IS NULL OR {left} <> {right})"
        return f"{left} {operator} {right}"

    def _within(self, sql: str, operator: str, low: str, high: str) -> str:
        """Compare with a span of time: from `low`, up to but not including `high`."""
        if operator in ("=", "!="):
            first, second = self._bind(low), self._bind(high)
            if operator == "=":
                return f"({sql} >= {first} AND {sql} < {second})"
            return f"({sql} IS NULL OR {sql} < {first} OR {sql} >= {second})"
        edge = self._bind(low if operator in ("<", ">=") else high)
        return f"{sql} {'<' if operator.startswith('<') else '>='} {edge}"

    def _foldable(self, column: Column, values: list[Any]) -> tuple[str, Any]:
        """Return both sides of a comparison without case: by index where SQLite's own folding (ASCII) is enough."""
        comparable = self._comparable(column)
        if comparable == column.sql or all(isinstance(each, str) and each.isascii() for each in values):
            return comparable, values
        return f"fold({column.sql})", [each.casefold() if isinstance(each, str) else each for each in values]

    def _like(self, condition: soql.Like, column: Column) -> str:
        if column.field.type in UNQUOTED or column.field.type in ("id", "reference", "multipicklist"):
            raise soql.at(
                self._text, condition.left.column, "INVALID_FIELD", f"invalid operator on {column.field.type} field"
            )
        if condition.right.kind != "STRING":
            raise mismatch(column.field)
        pattern = soql.unquoted(condition.right, keep_wildcards=True)
        if pattern.isascii():
            return f"{column.sql} LIKE {self._bind(pattern)} ESCAPE '\\'"
        return f"fold({column.sql}) LIKE {self._bind(pattern.casefold())} ESCAPE '\\'"

    def _in(self, condition: soql.In, column: Column) -> str:
        negated = "NOT " if condition.negated else ""
        if isinstance(condition.values, soql.Query):
            return f"{column.sql} {negated}IN ({self._inner(condition.values)})"
        values = [value_of(each, column.field, self._now) for each in condition.values]
        if any(isinstance(each, tuple) for each in values):
            raise mismatch(column.field)
        known = [each for each in values if each is not None]
        left, known = self._foldable(column, known)
        inside = f"{left} {negated}IN (SELECT value FROM json_each({self._bind(orjson.dumps(known).decode())}))"
        nullable = None in values
        if condition.negated:
            return f"({column.sql} IS NOT NULL AND {inside})" if nullable else f"({column.sql} IS NULL OR {inside})"
        return f"({column.sql} IS NULL OR {inside})" if nullable else inside

    def _inner(self, query: soql.Query) -> str:
        sobject = self._schema.get(query.source)
        if sobject is None:
            message = f"sObject type '{query.source}' is not supported. " + HINT.format("object", "__c", "entity")
            raise soql.at(self._text, query.source_column, "INVALID_TYPE", message)
        if len(query.select) != 1 or not isinstance(query.select[0], soql.Selected):
            raise malformed("A semi join sub-select must select exactly one field")
        # The alias must not be one of ours; the parameters are shared, for they are numbered.
        scope = _Scope(
            self._compiler,
            self._schema,
            sobject,
            query,
            self._now,
            self._text,
            self._include_deleted,
            self._parameters,
            f"{self._prefix}{len(self._parameters)}s",
        )
        return scope.subselect(query.select[0].what)

    def _multi(self, condition: soql.Multi, column: Column) -> str:
        if column.field.type != "multipicklist":
            raise soql.at(
                self._text,
                condition.left.column,
                "INVALID_FIELD",
                f"field '{column.field.name}' is not a multi-select picklist",
            )
        padded = f"(';' || fold({column.sql}) || ';')"
        options = []
        for literal in condition.values:
            if literal.kind != "STRING":
                raise mismatch(column.field)
            wanted = [each.casefold() for each in soql.unquoted(literal).split(";")]
            options.append(" AND ".join(f"instr({padded}, {self._bind(f';{each};')}) > 0" for each in wanted))
        whole = "(" + " OR ".join(f"({each})" for each in options) + ")"
        return (
            f"({column.sql} IS NULL OR NOT {whole})" if condition.negated else f"({column.sql} IS NOT NULL AND {whole})"
        )

    def _order(self) -> str:
        parts = []
        for each in self._query.order:
            column = self.operand(each.what)
            if not column.field["sortable"] and not column.aggregate:
                raise self._unusable(each.what, column.field, "sorted")
            direction = " DESC" if each.descending else ""
            # The default is nulls first, in both directions; said only where there may be nulls, for the index's sake.
            nulls = "" if not column.field["nillable"] else f" NULLS {'LAST' if each.nulls_last else 'FIRST'}"
            text = column.field.type not in UNQUOTED and column.field.type not in ("id", "reference")
            sql = f"fold({column.sql})" if text and not column.aggregate else column.sql
            parts.append(f"{sql}{direction}{nulls}")
        return f" ORDER BY {', '.join(parts)}" if parts else ""


_NUMBER = Field(
    {
        "name": "expr",
        "type": "double",
        "filterable": True,
        "sortable": True,
        "nillable": True,
        "groupable": True,
        "aggregatable": True,
    }
)
_DAY = Field(_NUMBER.attributes | {"type": "date"})
assert _NUMBER.type in NUMBERS
