"""The tables of one SELECT, and what its fields and functions are in SQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from disf_desktop.simulator.salesforce import soql
from disf_desktop.simulator.salesforce.describe import Field, Schema, SObject
from disf_desktop.simulator.salesforce.errors import ApiError
from disf_desktop.simulator.salesforce.functions import AGGREGATES, DATE_PARTS
from disf_desktop.simulator.salesforce.literals import NUMBERS, UNQUOTED
from disf_desktop.simulator.salesforce.names import NAME, is_polymorphic, view

MOST_LEVELS = 5

HINT = (
    "If you are attempting to use a custom {}, be sure to append the '{}' after the {} name. "
    "Please reference your WSDL or the describe call for the appropriate names."
)


@dataclass(frozen=True)
class Question:
    """What is asked, of which schema, and when."""

    schema: Schema
    now: datetime
    text: str
    include_deleted: bool
    hidden: Callable[[SObject], soql.Condition | None] = field(default=lambda _: None)
    """The condition of the records of an object that who asks does not see."""
    user: str = ""

    def sobject(self, name: str, column: int) -> SObject:
        """Return the object of a FROM; raise INVALID_TYPE when there is none."""
        known = self.schema.get(name)
        if known is None:
            message = f"sObject type '{name}' is not supported. " + HINT.format("object", "__c", "entity")
            raise soql.at(self.text, column, "INVALID_TYPE", message)
        return known


@dataclass
class Column:
    """A resolved operand: its SQL, and the field behind it."""

    sql: str
    field: Field
    aggregate: bool = False


class Tables:
    """The object of a FROM and the parents joined to it; `sql` is what stands behind FROM, and grows."""

    def __init__(self, question: Question, sobject: SObject, alias: str | None, prefix: str = "t") -> None:
        self._question = question
        self.sobject = sobject
        self._alias = alias
        self._prefix = prefix
        self.root = f"{prefix}0"
        self.sql = f'"{sobject.name}" AS {self.root}'
        self._aliases: dict[str, tuple[str, ...]] = {}
        self._joins: dict[tuple[str, ...], tuple[str, SObject]] = {(): (self.root, sobject)}

    def name(self, path: soql.Path, alias: str) -> None:
        """Give a relationship a name of its own, as behind the object of a FROM."""
        names = self._expanded(path.parts)
        table, sobject = self._joins[()]
        way: tuple[str, ...] = ()
        for part in names:
            table, sobject, way = self._join(path, sobject, table, part, way)
        self._aliases[alias.lower()] = names

    def _expanded(self, parts: tuple[str, ...]) -> tuple[str, ...]:
        """Return a path from the object of the FROM: without its name, with what an alias stands for."""
        first = parts[0].lower()
        if first in self._aliases and len(parts) > 1:
            return (*self._aliases[first], *parts[1:])
        own = (self.sobject.name.lower(), (self._alias or self.sobject.name).lower())
        named = len(parts) > 1 and first in own and self.sobject.relationship(parts[0]) is None
        return parts[1:] if named else parts

    def joined(self, names: tuple[str, ...]) -> tuple[str, SObject]:
        """Return the table and the object at the end of relationships that were resolved before."""
        return self._joins[tuple(each.lower() for each in names)]

    def operand(self, operand: soql.Operand) -> Column:
        """Resolve a path or a function to SQL."""
        if isinstance(operand, soql.Path):
            _, table, known = self.resolve(operand)
            if not known.stored:
                raise self.unusable(operand, known, "filtered")
            return Column(f'{table}."{known.name}"', known)
        name = operand.name.upper()
        if name == "COUNT" and operand.argument is None:
            return Column("count(*)", WHOLE, aggregate=True)
        if operand.argument is not None and name in AGGREGATES:
            inner = self.operand(operand.argument)
            fits = inner.field.type in NUMBERS if name in ("SUM", "AVG") else inner.field["aggregatable"]
            if not fits and name not in ("COUNT", "COUNT_DISTINCT"):
                raise soql.at(
                    self._question.text,
                    operand.column,
                    "MALFORMED_QUERY",
                    f"field {inner.field.name} does not support aggregate operator {name}",
                )
            kind = inner.field if name in ("MIN", "MAX") else WHOLE if name.startswith("COUNT") else _NUMBER
            return Column(AGGREGATES[name].format(self.comparable(inner)), kind, aggregate=True)
        if operand.argument is not None and (name in DATE_PARTS or name == "DAY_ONLY"):
            return self._part_of_date(operand, name, operand.argument)
        if isinstance(operand.argument, soql.Path) and name == "TOLABEL":
            return self._label(operand.argument)
        raise soql.at(self._question.text, operand.column, "MALFORMED_QUERY", f"unexpected token: '{operand.name}'")

    def _part_of_date(self, operand: soql.Call, name: str, argument: soql.Operand) -> Column:
        sql = "{}"
        if isinstance(argument, soql.Call) and argument.name.upper() == "CONVERTTIMEZONE" and argument.argument:
            sql, argument = "local_time({})", argument.argument
        inner = self.operand(argument)
        if inner.field.type not in (("datetime",) if name in ("HOUR_IN_DAY", "DAY_ONLY") else ("date", "datetime")):
            message = f"{operand.name} can not be used with field '{inner.field.name}' of type {inner.field.type}"
            raise soql.at(self._question.text, operand.column, "INVALID_FIELD", message)
        sql = sql.format(inner.sql)
        return (
            Column(f"substr({sql}, 1, 10)", _DAY) if name == "DAY_ONLY" else Column(DATE_PARTS[name].format(sql), WHOLE)
        )

    def _label(self, path: soql.Path) -> Column:
        column = self.operand(path)
        labels = {each["value"]: each["label"] for each in column.field["picklistValues"]}
        translated = {value: label for value, label in labels.items() if value != label}
        if not translated:
            return column
        cases = " ".join(f"WHEN {_quoted(value)} THEN {_quoted(label)}" for value, label in translated.items())
        return Column(f"CASE {column.sql} {cases} ELSE {column.sql} END", column.field)

    def resolve(self, path: soql.Path) -> tuple[tuple[str, ...], str, Field]:
        """Return the relationships on the way (canonical names), the table and the field."""
        parts = self._expanded(path.parts)
        table, sobject = self._joins[()]
        names: tuple[str, ...] = ()
        for part in parts[:-1]:
            table, sobject, names = self._join(path, sobject, table, part, names)
        known = sobject.field(parts[-1])
        if known is None:
            message = f"No such column '{parts[-1]}' on entity '{sobject.name}'. " + HINT.format(
                "field", "__c", "custom field"
            )
            raise soql.at(self._question.text, path.column, "INVALID_FIELD", message)
        return names, table, known

    def parent_by_kind(self, path: soql.Path) -> tuple[tuple[str, ...], str, Field]:
        """Return, of a path that ends in a polymorphic relationship, the way there, the table, the reference."""
        parts = self._expanded(path.parts)
        table, sobject = self._joins[()]
        names: tuple[str, ...] = ()
        for part in parts[:-1]:
            table, sobject, names = self._join(path, sobject, table, part, names)
        reference = sobject.relationship(parts[-1])
        if reference is None:
            raise self._no_relationship(path, parts[-1])
        if not is_polymorphic(reference):
            message = f"Cannot use TYPEOF with a relationship that is not polymorphic: {parts[-1]}"
            raise soql.at(self._question.text, path.column, "INVALID_FIELD", message)
        return names, table, reference

    def join_kind(self, names: tuple[str, ...], table: str, reference: Field, parent: SObject) -> str:
        """Join one of the objects that a polymorphic reference leads to; return its table."""
        key = (*(each.lower() for each in names), f"{reference.name} {parent.name}")
        if key not in self._joins:
            self._joins[key] = (self._add_join(table, reference, f'"{parent.name}"'), parent)
        return self._joins[key][0]

    def _add_join(self, table: str, reference: Field, of: str) -> str:
        alias = f"{self._prefix}{len(self._joins)}"
        self.sql += f' LEFT JOIN {of} AS {alias} ON {alias}."Id" = {table}."{reference.name}"'
        return alias

    def _no_relationship(self, path: soql.Path, part: str) -> ApiError:
        message = f"Didn't understand relationship '{part}' in field path. " + HINT.format(
            "relationship", "__r", "custom relationship"
        )
        return soql.at(self._question.text, path.column, "INVALID_FIELD", message)

    def _join(
        self, path: soql.Path, sobject: SObject, table: str, part: str, names: tuple[str, ...]
    ) -> tuple[str, SObject, tuple[str, ...]]:
        reference = sobject.relationship(part)
        parent = self._question.schema.parent(reference) if reference else None
        if reference is None or parent is None:
            raise self._no_relationship(path, part)
        if len(names) == MOST_LEVELS:
            message = f"More than {MOST_LEVELS} levels of parent relationships in '{'.'.join(path.parts)}'"
            raise soql.at(self._question.text, path.column, "MALFORMED_QUERY", message)
        names = (*names, str(reference["relationshipName"]))
        key = tuple(each.lower() for each in names)
        if key not in self._joins and is_polymorphic(reference):
            self._joins[key] = (self._add_join(table, reference, view(self._question.schema, reference)), NAME)
        elif key not in self._joins:
            self._joins[key] = (self._add_join(table, reference, f'"{parent.name}"'), parent)
        return (*self._joins[key], names)

    def comparable(self, column: Column) -> str:
        """Return SQL that compares as Salesforce does: text without case, ids and numbers as they are."""
        plain = column.aggregate or column.field.type in UNQUOTED or column.field.type in ("id", "reference")
        return column.sql if plain else f"{column.sql} COLLATE NOCASE"

    def unusable(self, operand: soql.Operand, known: Field, how: str) -> ApiError:
        message = f"field '{known.name}' can not be {how} in a query call"
        return soql.at(self._question.text, operand.column, "INVALID_FIELD", message)


def _quoted(text: str) -> str:
    """Write a text of the schema as a constant of SQL."""
    return "'" + text.replace("'", "''") + "'"


_NUMBER = Field(
    {
        "name": "expr",
        "type": "double",
        "scale": 2,
        "filterable": True,
        "sortable": True,
        "nillable": True,
        "groupable": True,
        "aggregatable": True,
        "picklistValues": [],
    }
)
WHOLE = Field(_NUMBER.attributes | {"type": "int"})
_DAY = Field(_NUMBER.attributes | {"type": "date"})
