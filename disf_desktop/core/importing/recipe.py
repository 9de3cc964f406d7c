"""How a file goes into a table, as a person chose it: saved in the project file, for the next file of the same shape.

Toward Dialog Insight no consent is ever sent (promise I8): what a file says of consents becomes a file of its own, in
the form of Dialog Insight's dated import.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from disf_desktop.core.choices import DateOrder as DateOrder
from disf_desktop.core.choices import DecimalMark as DecimalMark
from disf_desktop.core.choices import ImportMode as ImportMode
from disf_desktop.core.chosen import Chosen, Name, TransformName, WhenEmpty

ColumnName = Annotated[str, StringConstraints(strip_whitespace=False), Field(min_length=1, max_length=1000)]
"""The name of a column, as `core.importing.file_form.names_of` gives it: each once, a bare one as `Column 3`."""

Delimiter = Literal[",", ";", "\t", "|"]


class FileForm(Chosen):
    """How a file is written, as far as a person has said so; what is None is recognised in each file.

    `header` is the number of the row that names the columns, 0 where none does. `fill_short_rows` takes a row with too
    few cells for one whose last cells are empty, as Excel leaves them out; else it is refused, for a delimiter may be
    lost in its middle. `time_zone` is the one of times that carry no offset.
    """

    encoding: Name | None = None
    delimiter: Delimiter | None = None
    header: Annotated[int, Field(ge=0, le=1000)] | None = None
    sheet: str | None = None
    dates: DateOrder | None = None
    decimal: DecimalMark | None = None
    fill_short_rows: bool = False
    time_zone: Name | None = None


class ImportColumn(Chosen):
    """A column and the field that it fills. An empty cell leaves the field as it is, unless it shall clear it.

    `dates` and `decimal` hold for this column alone, where it is written otherwise than the rest of the file.
    """

    column: ColumnName
    field: Name
    when_empty: WhenEmpty = WhenEmpty.KEEP
    transform: tuple[TransformName, ...] = ()
    dates: DateOrder | None = None
    decimal: DecimalMark | None = None


class ImportConsent(Chosen):
    """A column that says whether people consent: yes, no, or nothing in an empty cell.

    `consent` is the code of an opt-in of Dialog Insight, or a Salesforce field. `since` is the date from when, for the
    whole file, `since_column` the column that says it row by row; `source` and `source_column` say where it was given.
    Toward Salesforce they are written where `since_field` and `source_field` name a field.
    """

    column: ColumnName
    consent: Name
    since: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    since_column: ColumnName | None = None
    source: Name | None = None
    source_column: ColumnName | None = None
    inverted: bool = False
    """Whether yes in the column means that the person does not want it, as `Unsubscribed` does."""
    since_field: Name | None = None
    source_field: Name | None = None


class ImportRecipe(Chosen):
    """What becomes of the columns of a file.

    `to` is `PROJECT/TABLE` (a destination project and its contact list or custom table) or `ORG/OBJECT` (a Salesforce
    connection and an object). `key` names the fields by which a row finds its record: the primary key of the table, an
    external id, or Id; none makes a record of every row. `header` names the columns of the file that this was made
    for: another file with these is of the same shape.
    """

    name: Name
    to: Annotated[str, Field(pattern=r"^[^/]+/.+$", max_length=300)]
    mode: ImportMode = ImportMode.UPSERT
    key: tuple[Name, ...] = ()
    form: FileForm = FileForm()
    header: tuple[ColumnName, ...] = ()
    columns: tuple[ImportColumn, ...] = ()
    consents: tuple[ImportConsent, ...] = ()

    @property
    def place(self) -> str:
        """Give the id of the destination project or the Salesforce connection."""
        return self.to.partition("/")[0]

    @property
    def table(self) -> str:
        """Give the code of the table, or the name of the object."""
        return self.to.partition("/")[2]
