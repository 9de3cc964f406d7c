"""From the tree of a SOQL query to one parameterised SQL statement and the shape of its records."""

from __future__ import annotations

from disf_desktop.simulator.salesforce import soql
from disf_desktop.simulator.salesforce.conditions import Conditions
from disf_desktop.simulator.salesforce.describe import Field, SObject
from disf_desktop.simulator.salesforce.errors import ApiError, malformed
from disf_desktop.simulator.salesforce.functions import AGGREGATES, formatted, label_of
from disf_desktop.simulator.salesforce.literals import UNQUOTED
from disf_desktop.simulator.salesforce.names import NAME
from disf_desktop.simulator.salesforce.operands import HINT, WHOLE, Column, Question, Tables
from disf_desktop.simulator.salesforce.plan import Child, Plan, Shape

MAXIMUM_OFFSET = 2_000
SCOPES = {"everything", "mine", "delegated", "team", "my_team_territory", "my_territory", "mine_and_my_groups"}


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
        for path, alias in query.further:
            self._tables.name(path, alias)
        self._conditions = Conditions(question, self._tables, [])
        self._columns: list[str] = []
        self._groups: list[tuple[str, str]] = []
        self.root = self._tables.root

    def plan(self) -> Plan:
        """Compile the whole query."""
        query = self._query
        if query.having and not query.group:
            raise malformed("unexpected token: 'HAVING'")
        if (query.scope or "everything").lower() not in SCOPES:
            raise malformed(f"Invalid scope '{query.scope}' for entity {self._sobject.name}")
        calls = [each for each in query.select if isinstance(each, soql.Selected) and isinstance(each.what, soql.Call)]
        names = [each.what.name.upper() for each in calls if isinstance(each.what, soql.Call)]
        grouped = bool(query.group) or any(name in AGGREGATES for name in names)
        count_only = names == ["COUNT"] and len(query.select) == 1 and calls[0].what == self._bare_count(calls[0])
        shape = Shape(self._sobject, 0)
        aggregate: list[tuple[str, str]] | None = None
        if count_only and query.group:
            raise malformed("Grouped query cannot use COUNT() without a field")
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
            self._groups if query.subtotals else [],
            query.subtotals == "CUBE",
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
            elif isinstance(item, soql.TypeOf):
                self._typeof(shape, item)
            elif isinstance(item.what, soql.Call):
                self._called(shape, item.what, item.alias, seen)
            elif item.alias:
                message = "only aggregate expressions use field aliasing"
                raise soql.at(self._question.text, item.what.column, "MALFORMED_QUERY", message)
            else:
                self._selected(shape, item.what, seen)
        return shape

    def _shape(self, sobject: SObject, table: str) -> Shape:
        shape = Shape(sobject, self._place(f'{table}."Id"'))
        if sobject is NAME:
            shape.addresses = {each.prefix: each.name for each in self._question.schema}
        return shape

    def _place(self, sql: str) -> int:
        """Return the place of a column in the result, adding it once."""
        if sql not in self._columns:
            self._columns.append(sql)
        return self._columns.index(sql)

    def _selected(self, shape: Shape, path: soql.Path, seen: set[str]) -> None:
        parents, table, known = self._tables.resolve(path)
        self._once(".".join((*parents, known.name)), path.column, seen)
        self._add(self._nested(shape, parents), table, known)

    def _once(self, name: str, column: int, seen: set[str]) -> None:
        if name.lower() in seen:
            shown = name.rpartition(".")[2]
            raise soql.at(self._question.text, column, "INVALID_FIELD", f"duplicate field selected: {shown}")
        seen.add(name.lower())

    def _nested(self, shape: Shape, parents: tuple[str, ...]) -> Shape:
        """Return the shape at the end of relationships, making those on the way."""
        target = shape
        for depth in range(1, len(parents) + 1):
            joined, sobject = self._tables.joined(parents[:depth])
            relationship = parents[depth - 1]
            if relationship not in target.parents:
                target.parents[relationship] = self._shape(sobject, joined)
            target = target.parents[relationship]
        return target

    def _typeof(self, shape: Shape, item: soql.TypeOf) -> None:
        names, table, reference = self._tables.parent_by_kind(item.path)
        target = self._nested(shape, names)
        kinds: dict[str, Shape] = {}
        for name, paths in item.whens:
            parent = self._question.sobject(name, item.path.column)
            if parent.name not in reference.references:
                message = f"Relationship {item.path.parts[-1]} does not lead to entity {parent.name}"
                raise soql.at(self._question.text, item.path.column, "INVALID_TYPE", message)
            kinds[parent.name] = self._kind(names, table, reference, parent, paths)
        for other in map(self._question.schema.get, reference.references) if item.otherwise else ():
            if other and other.name not in kinds:
                # Of what is not named, only the fields that all such objects have can be asked for.
                known = tuple(each for each in item.otherwise if other.has(each.parts[-1]))
                kinds[other.name] = self._kind(names, table, reference, other, known)
        target.kinds[str(reference["relationshipName"])] = list(kinds.values())

    def _kind(
        self, names: tuple[str, ...], table: str, reference: Field, parent: SObject, paths: tuple[soql.Path, ...]
    ) -> Shape:
        joined = self._tables.join_kind(names, table, reference, parent)
        shape = self._shape(parent, joined)
        for path in paths:
            known = parent.field(path.parts[-1])
            if known is None or len(path.parts) > 1:
                message = f"No such column '{'.'.join(path.parts)}' on entity '{parent.name}'"
                raise soql.at(self._question.text, path.column, "INVALID_FIELD", message)
            self._add(shape, joined, known)
        return shape

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

    def _called(self, shape: Shape, call: soql.Call, alias: str | None, seen: set[str]) -> None:
        name = call.name.upper()
        if name == "FIELDS" and isinstance(call.argument, soql.Path):
            self._fields(shape, call.argument.parts[0].upper(), call.column, seen)
        elif name in ("TOLABEL", "FORMAT", "CONVERTCURRENCY") and call.argument is not None:
            inner = call.argument
            while isinstance(inner, soql.Call) and inner.name.upper() == "CONVERTCURRENCY" and inner.argument:
                inner = inner.argument
            if not isinstance(inner, soql.Path):
                raise soql.at(self._question.text, call.column, "MALFORMED_QUERY", f"unexpected token: '{call.name}'")
            parents, table, known = self._tables.resolve(inner)
            shown = alias or known.name
            self._once(".".join((*parents, shown)), call.column, seen)
            target = self._nested(shape, () if alias else parents)
            target.columns.append((shown, self._place(f'{table}."{known.name}"'), known.type))
            if name != "CONVERTCURRENCY":
                target.converted.append((shown, label_of(known) if name == "TOLABEL" else formatted(known)))
        else:
            raise soql.at(self._question.text, call.column, "MALFORMED_QUERY", f"unexpected token: '{call.name}'")

    def _fields(self, shape: Shape, which: str, column: int, seen: set[str]) -> None:
        if which not in ("ALL", "STANDARD", "CUSTOM"):
            raise malformed(f"The SOQL FIELDS function must be one of ALL, STANDARD, CUSTOM, not {which}.")
        limit = self._query.limit
        if which != "STANDARD" and (limit is None or limit > 200):
            raise malformed("The SOQL FIELDS function must have a LIMIT of at most 200")
        for each in self._sobject.fields:
            if which == "ALL" or each["custom"] == (which == "CUSTOM"):
                self._once(each.name, column, seen)
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
        if plan.aggregate is not None or plan.count_only:
            raise malformed("Aggregate functions are not allowed in a child relationship query")
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
            if not isinstance(item, soql.Selected):
                raise malformed("Aggregate queries cannot have child relationship queries")
            column = self._of_aggregate(item.what)
            if not column.aggregate and column.sql not in grouped:
                message = f"Field must be grouped or aggregated: {column.field.name}"
                raise soql.at(self._question.text, item.what.column, "MALFORMED_QUERY", message)
            name = item.alias or (column.field.name if isinstance(item.what, soql.Path) else f"expr{unnamed}")
            unnamed += isinstance(item.what, soql.Call) and item.alias is None
            if name in dict(names):
                raise soql.at(self._question.text, item.what.column, "MALFORMED_QUERY", f"duplicate alias: {name}")
            # Not shared: two aggregates of one field are two columns.
            self._columns.append(column.sql)
            names.append((name, column.field.type))
        return names

    def _of_aggregate(self, operand: soql.Operand) -> Column:
        """Resolve an item of a grouped query; around one, `format` and the like change nothing that counts."""
        if isinstance(operand, soql.Call) and operand.argument is not None:
            if operand.name.upper() in ("FORMAT", "CONVERTCURRENCY", "TOLABEL"):
                return self._of_aggregate(operand.argument)
            if operand.name.upper() == "GROUPING":
                inner = self._tables.operand(operand.argument)
                return Column(f"GROUPING({inner.sql})", WHOLE, aggregate=True)
        return self._tables.operand(operand)

    def _tail(self) -> str:
        if self._query.group:
            for each in self._query.group:
                column = self._tables.operand(each)
                if not column.field["groupable"] and isinstance(each, soql.Path):
                    raise self._tables.unusable(each, column.field, "grouped")
                self._groups.append((column.sql, self._tables.comparable(column)))
            having = f" HAVING {self._conditions.sql(self._query.having)}" if self._query.having else ""
            return f" GROUP BY {', '.join(sql for _, sql in self._groups)}{having}"
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
