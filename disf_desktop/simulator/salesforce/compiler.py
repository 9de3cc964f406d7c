"""From the tree of a SOQL query to one parameterised SQL statement and the shape of its records."""

from __future__ import annotations

from disf_desktop.simulator.salesforce import soql
from disf_desktop.simulator.salesforce.conditions import Conditions
from disf_desktop.simulator.salesforce.describe import Field, SObject
from disf_desktop.simulator.salesforce.errors import ApiError, malformed
from disf_desktop.simulator.salesforce.literals import UNQUOTED
from disf_desktop.simulator.salesforce.operands import AGGREGATES, HINT, Question, Tables
from disf_desktop.simulator.salesforce.plan import Child, Plan, Shape

MAXIMUM_OFFSET = 2_000


def compile_query(question: Question, query: soql.Query) -> Plan:
    """Return the plan of a query; raise INVALID_TYPE, INVALID_FIELD or MALFORMED_QUERY."""
    return _Select(question, question.sobject(query.source, query.source_column), query).plan()


class _Select:
    """The compilation of one SELECT; parameters are numbered, so that its parts may be put in any order."""

    def __init__(self, question: Question, sobject: SObject, query: soql.Query) -> None:
        self._question = question
        self._sobject = sobject
        self._query = query
        self._tables = Tables(question, sobject, query.alias)
        self._conditions = Conditions(question, self._tables, [])
        self._columns: list[str] = []
        self.root = self._tables.root

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
        conditions = self._conditions.whole(query)
        tail = self._tail()
        order = self._order()
        if query.offset is not None and query.offset > MAXIMUM_OFFSET:
            raise ApiError(400, "NUMBER_OUTSIDE_VALID_RANGE", f"Maximum SOQL offset allowed is {MAXIMUM_OFFSET}")
        return Plan(
            self._sobject,
            self._tables.sql,
            self._columns,
            conditions,
            self._conditions.parameters,
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

    # What is selected

    def _records(self) -> Shape:
        shape = self._shape(self._sobject, self._tables.root)
        seen: set[str] = set()
        for item in self._query.select:
            if isinstance(item, soql.Query):
                shape.children.append(self._child(item))
            elif isinstance(item.what, soql.Call):
                self._called(shape, item.what, item.alias)
            else:
                self._selected(shape, item.what, seen)
        return shape

    def _shape(self, sobject: SObject, table: str) -> Shape:
        return Shape(sobject, self._place(f'{table}."Id"'))

    def _place(self, sql: str) -> int:
        """Return the place of a column in the result, adding it once."""
        if sql not in self._columns:
            self._columns.append(sql)
        return self._columns.index(sql)

    def _selected(self, shape: Shape, path: soql.Path, seen: set[str]) -> None:
        parents, table, known = self._tables.resolve(path)
        name = ".".join((*parents, known.name)).lower()
        if name in seen:
            raise soql.at(self._question.text, path.column, "INVALID_FIELD", f"duplicate field selected: {known.name}")
        seen.add(name)
        target = shape
        for depth in range(1, len(parents) + 1):
            joined, sobject = self._tables.joined(parents[:depth])
            relationship = parents[depth - 1]
            if relationship not in target.parents:
                target.parents[relationship] = self._shape(sobject, joined)
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
            _, table, known = self._tables.resolve(call.argument)
            shape.columns.append((alias or known.name, self._place(f'{table}."{known.name}"'), known.type))
        else:
            raise soql.at(self._question.text, call.column, "MALFORMED_QUERY", f"unexpected token: '{call.name}'")

    def _fields(self, shape: Shape, which: str) -> None:
        if which not in ("ALL", "STANDARD", "CUSTOM"):
            raise malformed(f"The SOQL FIELDS function must be one of ALL, STANDARD, CUSTOM, not {which}.")
        limit = self._query.limit
        if which != "STANDARD" and (limit is None or limit > 200):
            raise malformed("The SOQL FIELDS function must have a LIMIT of at most 200")
        for each in self._sobject.fields:
            if which == "ALL" or each["custom"] == (which == "CUSTOM"):
                self._add(shape, self._tables.root, each)

    def _child(self, query: soql.Query) -> Child:
        found = self._question.schema.child(self._sobject, query.source)
        if found is None:
            message = f"Didn't understand relationship '{query.source}' in FROM part of query call. " + HINT.format(
                "relationship", "__r", "custom relationship"
            )
            raise soql.at(self._question.text, query.source_column, "INVALID_TYPE", message)
        child, reference = found
        select = _Select(self._question, child, query)
        plan = select.plan()
        if plan.aggregate is not None or plan.count_only or plan.shape.children:
            raise malformed("Aggregates and nested sub-queries are not allowed in a child relationship query here")
        plan.columns.append(f'{select.root}."{reference.name}"')
        name = self._sobject.child_names[f"{child.name}.{reference.name}"]
        assert name is not None
        return Child(name, plan, reference)

    # Aggregates

    def _aggregates(self) -> list[tuple[str, str]]:
        grouped = {self._tables.operand(each).sql for each in self._query.group}
        names: list[tuple[str, str]] = []
        unnamed = 0
        for item in self._query.select:
            if isinstance(item, soql.Query):
                raise malformed("Aggregate queries cannot have child relationship queries")
            column = self._tables.operand(item.what)
            if not column.aggregate and column.sql not in grouped:
                message = f"Field must be grouped or aggregated: {column.field.name}"
                raise soql.at(self._question.text, item.what.column, "MALFORMED_QUERY", message)
            name = item.alias or (column.field.name if isinstance(item.what, soql.Path) else f"expr{unnamed}")
            unnamed += isinstance(item.what, soql.Call) and item.alias is None
            # Not shared: two aggregates of one field are two columns.
            self._columns.append(column.sql)
            names.append((name, column.field.type))
        return names

    def _tail(self) -> str:
        if self._query.group:
            groups = []
            for each in self._query.group:
                column = self._tables.operand(each)
                if not column.field["groupable"] and isinstance(each, soql.Path):
                    raise self._tables.unusable(each, column.field, "grouped")
                groups.append(self._tables.comparable(column))
            having = f" HAVING {self._conditions.sql(self._query.having)}" if self._query.having else ""
            return f" GROUP BY {', '.join(groups)}{having}"
        return ""

    def _order(self) -> str:
        parts = []
        for each in self._query.order:
            column = self._tables.operand(each.what)
            if not column.field["sortable"] and not column.aggregate:
                raise self._tables.unusable(each.what, column.field, "sorted")
            direction = " DESC" if each.descending else ""
            # The default is nulls first, in both directions; said only where there may be nulls, for the index's sake.
            nulls = "" if not column.field["nillable"] else f" NULLS {'LAST' if each.nulls_last else 'FIRST'}"
            text = column.field.type not in UNQUOTED and column.field.type not in ("id", "reference")
            sql = f"fold({column.sql})" if text and not column.aggregate else column.sql
            parts.append(f"{sql}{direction}{nulls}")
        return f" ORDER BY {', '.join(parts)}" if parts else ""
