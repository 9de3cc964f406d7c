"""WHERE and HAVING in SQL: two truth values, text without case, null as Salesforce sees it."""

# ruff: noqa: S608 -- the names in the SQL are those of the schema, the values are always parameters
from __future__ import annotations

from typing import Any

import orjson

from disf_desktop.simulator.salesforce import soql
from disf_desktop.simulator.salesforce.errors import malformed
from disf_desktop.simulator.salesforce.literals import UNQUOTED, bounds, mismatch, value_of
from disf_desktop.simulator.salesforce.operands import Column, Question, Tables


class Conditions:
    """Compile the conditions of one SELECT; constants become parameters."""

    def __init__(self, question: Question, tables: Tables, parameters: list[Any], inside: bool = False) -> None:
        """`inside` says that the SELECT is one of a semi-join, in which there can be no other."""
        self._question = question
        self._tables = tables
        self.parameters = parameters
        self._inside = inside

    def whole(self, query: soql.Query) -> str:
        """Return the WHERE of a query, without deleted records unless they are asked for."""
        parts = [] if self._question.include_deleted or query.all_rows else [f'{self._tables.root}."IsDeleted" = 0']
        if (query.scope or "").lower() == "mine" and self._tables.sobject.has("OwnerId"):
            parts.append(f'{self._tables.root}."OwnerId" = {self._bind(self._question.user)}')
        hidden = self._question.hidden(self._tables.sobject)
        if hidden is not None:
            parts.append(self.sql(soql.Not(hidden)))
        if query.where:
            parts.append(self.sql(query.where))
        return " AND ".join(parts) or "1"

    def sql(self, condition: soql.Condition) -> str:
        if isinstance(condition, soql.And):
            return "(" + " AND ".join(map(self.sql, condition.items)) + ")"
        if isinstance(condition, soql.Or):
            whole = "(" + " OR ".join(map(self.sql, condition.items)) + ")"
            return f"({self._implied(condition)}{whole})"
        if isinstance(condition, soql.Not):
            # SOQL knows two truth values: what compares with null is false, and its opposite is true.
            return f"NOT coalesce({self.sql(condition.item)}, 0)"
        column = self._tables.operand(condition.left)
        if not column.field["filterable"]:
            raise self._tables.unusable(condition.left, column.field, "filtered")
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
                    column = self._tables.operand(leaf.left)
                    low = value_of(leaf.right, column.field, self._question.now)
                    if isinstance(low, str):
                        lows.setdefault(column.sql, []).append(low)
        for sql, found in lows.items():
            if len(found) == len(condition.items):
                return f"{sql} >= {self._bind(min(found))} AND "
        return ""

    def _bind(self, value: Any) -> str:
        self.parameters.append(value)
        return f"?{len(self.parameters)}"

    def _compare(self, condition: soql.Compare, column: Column) -> str:
        operator = condition.operator
        if column.field.type == "multipicklist" and operator not in ("=", "!="):
            raise self._tables.unusable(condition.left, column.field, "filtered")
        value = value_of(condition.right, column.field, self._question.now)
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
        comparable = self._tables.comparable(column)
        if comparable == column.sql or all(isinstance(each, str) and each.isascii() for each in values):
            return comparable, values
        return f"fold({column.sql})", [each.casefold() if isinstance(each, str) else each for each in values]

    def _like(self, condition: soql.Like, column: Column) -> str:
        if column.field.type in UNQUOTED or column.field.type in ("id", "reference", "multipicklist"):
            raise soql.at(
                self._question.text,
                condition.left.column,
                "INVALID_FIELD",
                f"invalid operator on {column.field.type} field",
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
            return self._joined(condition, condition.values, column)
        values = [value_of(each, column.field, self._question.now) for each in condition.values]
        if any(isinstance(each, tuple) for each in values):
            raise mismatch(column.field)
        known = [each for each in values if each is not None]
        left, known = self._foldable(column, known)
        inside = f"{left} {negated}IN (SELECT value FROM json_each({self._bind(orjson.dumps(known).decode())}))"
        nullable = None in values
        if condition.negated:
            return f"({column.sql} IS NOT NULL AND {inside})" if nullable else f"({column.sql} IS NULL OR {inside})"
        return f"({column.sql} IS NULL OR {inside})" if nullable else inside

    def _joined(self, condition: soql.In, query: soql.Query, column: Column) -> str:
        """Compile a semi-join, or the anti-join that is its opposite: what is null is in no set."""
        text, place = self._question.text, condition.left.column
        if self._inside:
            raise soql.at(text, place, "MALFORMED_QUERY", "Nesting of semi join sub-selects is not supported")
        if column.field.type not in ("id", "reference"):
            message = f"The left operand field in the where expression should be an id field: {column.field.name}"
            raise soql.at(text, place, "MALFORMED_QUERY", f"semi join sub-selects: {message}")
        inside = f"{column.sql} IN ({self._inner(query)})"
        return f"({column.sql} IS NULL OR NOT {inside})" if condition.negated else inside

    def _inner(self, query: soql.Query) -> str:
        """Compile a query used as a set of values: one column, no order."""
        sobject = self._question.sobject(query.source, query.source_column)
        if len(query.select) != 1 or not isinstance(query.select[0], soql.Selected):
            raise malformed("A semi join sub-select must select exactly one field")
        if isinstance(query.select[0].what, soql.Call) or query.order or query.limit is not None:
            raise malformed("A semi join sub-select has no functions, no ORDER BY and no LIMIT")
        # An alias of its own; the parameters are shared, for they are numbered.
        tables = Tables(self._question, sobject, query.alias, f"s{len(self.parameters)}t")
        inner = Conditions(self._question, tables, self.parameters, inside=True)
        column = tables.operand(query.select[0].what)
        if column.field.type not in ("id", "reference"):
            message = f"The inner select field '{column.field.name}' can only be an id or a reference field"
            raise soql.at(self._question.text, query.select[0].what.column, "MALFORMED_QUERY", message)
        where = inner.whole(query)
        return f"SELECT {column.sql} FROM {tables.sql} WHERE {where} AND {column.sql} IS NOT NULL"

    def _multi(self, condition: soql.Multi, column: Column) -> str:
        if column.field.type != "multipicklist":
            raise soql.at(
                self._question.text,
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
