"""A custom table while it is typed: a draft that becomes a table once it can, judged by the core's own rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError

from disf_desktop.core.csv_header import CsvHeader
from disf_desktop.core.edits import with_destination
from disf_desktop.core.errors import Problem
from disf_desktop.core.project import CustomTable, DestinationProject, Project, TableField
from disf_desktop.core.project_rules import problems_of
from disf_desktop.core.schema import FieldType

TYPES = (
    FieldType.TEXT,
    FieldType.LONG_TEXT,
    FieldType.EMAIL,
    FieldType.PHONE,
    FieldType.URL,
    FieldType.INTEGER,
    FieldType.DECIMAL,
    FieldType.BOOLEAN,
    FieldType.DATE,
    FieldType.DATETIME,
    FieldType.TIME,
    FieldType.CONTACT,
)
"""What a field of a custom table may hold: no kind that is Salesforce's own, no list, whose values nobody tells."""

SIZED = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.URL, FieldType.DECIMAL, FieldType.INTEGER})
"""Types that have a length; of a number it is that of its digits."""


@dataclass(frozen=True, slots=True)
class FieldDraft:
    """A line of the small table of fields."""

    code: str = ""
    type: FieldType = FieldType.TEXT
    length: int = 0
    decimals: int = 0
    required: bool = False
    key: bool = False

    def field(self) -> TableField:
        """Make the field. Raises ValidationError for a code that cannot be one."""
        sized, number = self.type in SIZED, self.type in (FieldType.DECIMAL, FieldType.INTEGER)
        return TableField(
            code=self.code,
            type=self.type,
            length=self.length if sized and not number else 0,
            precision=self.length if number else 0,
            scale=self.decimals if self.type is FieldType.DECIMAL else 0,
            required=self.required,
        )


@dataclass(frozen=True, slots=True)
class TableDraft:
    """A custom table as typed so far; lines without a code are no fields yet."""

    number: int = 0
    code: str = ""
    fields: tuple[FieldDraft, ...] = ()

    @property
    def filled(self) -> tuple[FieldDraft, ...]:
        return tuple(f for f in self.fields if f.code)

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(f.code for f in self.filled if f.key)

    def table(self) -> CustomTable | None:
        """Make the table; None while its number, its code, a field or the key is missing."""
        try:
            return CustomTable(
                id_table=self.number, code=self.code, key=self.key, fields=tuple(f.field() for f in self.filled)
            )
        except ValidationError:
            return None


def draft_of(table: CustomTable) -> TableDraft:
    """Give a table of the file back for typing."""
    fields = tuple(
        FieldDraft(f.code, f.type, f.length or f.precision, f.scale, f.required, f.code in table.key)
        for f in table.fields
    )
    return TableDraft(table.id_table, table.code, fields)


def with_header(draft: TableDraft, header: CsvHeader) -> TableDraft:
    """Take the fields of a file's header: those that are there keep what was said of them, the others are texts.

    `idContact` is the link to a contact, as Dialog Insight names it (article 1000249525).
    """
    known = {f.code.casefold(): f for f in draft.filled}
    marked = {name.casefold() for name in header.key}
    fields = []
    for name in header.names:
        is_link = name.casefold() == "idcontact"
        field = known.get(name.casefold()) or FieldDraft(name, FieldType.CONTACT if is_link else FieldType.TEXT)
        fields.append(replace(field, key=True) if name.casefold() in marked else field)
    return replace(draft, fields=tuple(fields))


def with_table(project: Project, destination: DestinationProject, table: CustomTable, code: str = "") -> Project:
    """Put a table into a destination project, in the place of the one of that code, whose integrations follow it; at
    the end where there is none of that code."""
    if destination.table(code) is None:
        tables = (*destination.tables, table)
    else:
        tables = tuple(table if each.code == code else each for each in destination.tables)
        project = _renamed(project, destination.id, code, table.code)
    return with_destination(project, destination.model_copy(update={"tables": tables}))


def draft_problems(
    project: Project, destination: DestinationProject, table: CustomTable, code: str = ""
) -> tuple[Problem, ...]:
    """Give what the core finds wrong with the project file once it had this table, and did not before."""
    after = with_table(project, destination, table, code)
    before = {(p.message, p.what_to_do) for p in problems_of(project)}
    return tuple(p for p in problems_of(after) if (p.message, p.what_to_do) not in before)


def _renamed(project: Project, destination: str, old: str, new: str) -> Project:
    integrations = tuple(
        i.model_copy(update={"table": new}) if i.project == destination and i.table == old else i
        for i in project.integrations
    )
    return project.model_copy(update={"integrations": integrations})


def without_table(destination: DestinationProject, code: str) -> DestinationProject:
    """Take a table away. The integrations that serve it must be gone before."""
    return destination.model_copy(update={"tables": tuple(t for t in destination.tables if t.code != code)})


def length_matters(type: FieldType) -> bool:
    return type in SIZED


def first_empty(fields: Sequence[FieldDraft]) -> int:
    """Give the number of the first line that has no code yet; the count of lines where all have one."""
    return next((n for n, f in enumerate(fields) if not f.code), len(fields))
