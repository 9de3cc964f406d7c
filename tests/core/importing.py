"""Tables, files and recipes that the tests of imports share."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from disf_desktop.core.errors import Problem, SettingsError
from disf_desktop.core.importing.file_form import Container, KnownForm
from disf_desktop.core.importing.recipe import DateOrder, ImportColumn, ImportConsent, ImportMode, ImportRecipe
from disf_desktop.core.importing.rules import CompiledImport, compile_import
from disf_desktop.core.project import OptinPair
from disf_desktop.core.schema import Field, FieldType, Schema, Side

MONTREAL = ZoneInfo("America/Toronto")


def table(side: Side, *fields: Field, optins: Sequence[str] = (), name: str = "Contact") -> Schema:
    kinds = tuple(Field(code, code, FieldType.BOOLEAN) for code in optins)
    return Schema(side, name, name, {each.name: each for each in fields}, kinds)


CONTACTS = table(
    Side.DIALOG_INSIGHT,
    Field("Code", "Code", FieldType.TEXT, length=10, key=True),
    Field("EMail", "E-mail", FieldType.EMAIL, length=60),
    Field("FirstName", "First name", FieldType.TEXT, length=8),
    Field("Born", "Born", FieldType.DATE),
    Field("Seen", "Seen", FieldType.DATETIME),
    Field("Points", "Points", FieldType.INTEGER),
    Field("Total", "Total", FieldType.DECIMAL, precision=6, scale=2),
    Field("Member", "Member", FieldType.BOOLEAN),
    Field("Level", "Level", FieldType.CHOICE, choices=("Gold", "Silver"), restricted=True),
    Field("Tastes", "Tastes", FieldType.CHOICES, choices=("Ski", "Vélo"), restricted=True),
    Field("Age", "Age", FieldType.INTEGER, calculated=True),
    optins=("Newsletter",),
)

PEOPLE = table(
    Side.SALESFORCE,
    Field("Id", "Id", FieldType.ID, key=True, creatable=False, updatable=False),
    Field("Ext__c", "Ext", FieldType.TEXT, length=20, external_id=True, unique=True),
    Field("Badge__c", "Badge", FieldType.TEXT, length=20, unique=True),
    Field("LastName", "Last name", FieldType.TEXT, length=20, required=True),
    Field("FirstName", "First name", FieldType.TEXT, length=20),
    Field("Email", "Email", FieldType.EMAIL, length=80),
    Field("Active__c", "Active", FieldType.BOOLEAN),
    Field("Made__c", "Made", FieldType.DATETIME, creatable=True, updatable=False),
    Field("Name", "Name", FieldType.TEXT, calculated=True, creatable=False, updatable=False),
    Field("HasOptedOutOfEmail", "Email opt out", FieldType.BOOLEAN),
    Field("News__c", "News", FieldType.TEXT, length=10),
    Field("NewsSince__c", "News since", FieldType.DATE),
    Field("NewsFrom__c", "News from", FieldType.TEXT, length=12),
    Field("Offers__c", "Offers", FieldType.BOOLEAN),
)

OPTINS = (
    OptinPair(
        optin="Newsletter",
        target="News__c",
        subscribed="in",
        unsubscribed="out",
        neutral="none",
        date_target="NewsSince__c",
        source_target="NewsFrom__c",
    ),
    OptinPair(optin="Offers", target="Offers__c"),
)


def recipe(
    *columns: ImportColumn | tuple[str, str],
    key: Sequence[str] = (),
    mode: ImportMode = ImportMode.UPSERT,
    consents: Sequence[ImportConsent] = (),
) -> ImportRecipe:
    made = [c if isinstance(c, ImportColumn) else ImportColumn(column=c[0], field=c[1]) for c in columns]
    return ImportRecipe(
        name="Members", to="place/table", key=tuple(key), mode=mode, columns=tuple(made), consents=tuple(consents)
    )


def form(names: Sequence[str], dates: DateOrder | None = DateOrder.ISO, **more: Any) -> KnownForm:
    return KnownForm(Container.TEXT, "utf-8", ",", 1, tuple(names), dates=dates, **more)


def compiled(
    made: ImportRecipe,
    schema: Schema,
    known: KnownForm | None = None,
    optins: Collection[OptinPair] = OPTINS,
) -> CompiledImport:
    known = known or form([column.column for column in made.columns] + [each.column for each in made.consents])
    return compile_import(made, known, schema, side=schema.side, zone=MONTREAL, optins=optins)


def problems(made: ImportRecipe, schema: Schema, known: KnownForm | None = None) -> dict[str, Problem]:
    """Give what is wrong in a recipe, by path."""
    with pytest.raises(SettingsError) as raised:
        compiled(made, schema, known)
    return {problem.path: problem for problem in raised.value.problems}
