"""The tables of one SELECT, and what its fields and functions are in SQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from disf_desktop.simulator.salesforce import soql
from disf_desktop.simulator.salesforce.describe import Field, Schema, SObject
from disf_desktop.simulator.salesforce.errors import ApiError
from disf_desktop.simulator.salesforce.literals import UNQUOTED

AGGREGATES = {"COUNT": "count({})", "COUNT_DISTINCT": "count(DISTINCT {})", "SUM": "sum({})", "AVG": "avg({})"}
AGGREGATES |= {"MIN": "min({})", "MAX": "max({})"}
DATE_PARTS = {"CALENDAR_YEAR": (1, 4), "CALENDAR_MONTH": (6, 2), "DAY_IN_MONTH": (9, 2), "HOUR_IN_DAY": (12, 2)}
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
        self._joins: dict[tuple[str, ...], tuple[str, SObject]] = {(): (self.root, sobject)}

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
            return Column("count(*)", _NUMBER, aggregate=True)
        if operand.argument is not None and name in AGGREGATES:
            inner = self.operand(operand.argument)
            if not inner.field["aggregatable"] and name not in ("COUNT", "COUNT_DISTINCT"):
                raise soql.at(
                    self._question.text,
                    operand.column,
                    "MALFORMED_QUERY",
                    f"field {inner.field.name} does not support aggregate operator {name}",
                )
            kind = inner.field if name in ("MIN", "MAX") else _NUMBER
            return Column(AGGREGATES[name].format(self.comparable(inner)), kind, aggregate=True)
        if operand.argument is not None and name in DATE_PARTS:
            inner = self.operand(operand.argument)
            start, length = DATE_PARTS[name]
            return Column(f"CAST(substr({inner.sql}, {start}, {length}) AS INTEGER)", _NUMBER)
        if operand.argument is not None and name == "DAY_ONLY":
            return Column(f"substr({self.operand(operand.argument).sql}, 1, 10)", _DAY)
        raise soql.at(self._question.text, operand.column, "MALFORMED_QUERY", f"unexpected token: '{operand.name}'")

    def resolve(self, path: soql.Path) -> tuple[tuple[str, ...], str, Field]:
        """Return the relationships on the way (canonical names), the table and the field."""
        parts = path.parts
        if len(parts) > 1 and self.sobject.relationship(parts[0]) is None:
            own = {self.sobject.name.lower(), (self._alias or self.sobject.name).lower()}
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
            raise soql.at(self._question.text, path.column, "INVALID_FIELD", message)
        return names, table, known

    def _join(
        self, path: soql.Path, sobject: SObject, table: str, part: str, names: tuple[str, ...]
    ) -> tuple[str, SObject, tuple[str, ...]]:
        reference = sobject.relationship(part)
        parent = self._question.schema.parent(reference) if reference else None
        if reference is None or parent is None:
            message = f"Didn't understand relationship '{part}' in field path. " + HINT.format(
                "relationship", "__r", "custom relationship"
            )
            raise soql.at(self._question.text, path.column, "INVALID_FIELD", message)
        names = (*names, str(reference["relationshipName"]))
        key = tuple(each.lower() for each in names)
        if key not in self._joins:
            alias = f"{self._prefix}{len(self._joins)}"
            self.sql += f' LEFT JOIN "{parent.name}" AS {alias} ON {alias}."Id" = {table}."{reference.name}"'
            self._joins[key] = (alias, parent)
        return (*self._joins[key], names)

    def comparable(self, column: Column) -> str:
        """Return SQL that compares as Salesforce does: text without case, ids and numbers as they are."""
        plain = column.aggregate or column.field.type in UNQUOTED or column.field.type in ("id", "reference")
        return column.sql if plain else f"{column.sql} COLLATE NOCASE"

    def unusable(self, operand: soql.Operand, known: Field, how: str) -> ApiError:
        message = f"field '{known.name}' can not be {how} in a query call"
        return soql.at(self._question.text, operand.column, "INVALID_FIELD", message)


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
