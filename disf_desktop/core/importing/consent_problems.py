"""What is wrong with the consent columns of an import, once its file and the fields of the table are known."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from disf_desktop.core.errors import Problem
from disf_desktop.core.fitting import length_of
from disf_desktop.core.importing.consents import word_of
from disf_desktop.core.importing.file_form import KnownForm
from disf_desktop.core.importing.recipe import ImportConsent, ImportRecipe
from disf_desktop.core.importing.schema_problems import unknown_column, unknown_field
from disf_desktop.core.project import OptinPair
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.core.verdict import is_consent_field


def consent_problems(
    recipe: ImportRecipe, form: KnownForm, schema: Schema, optins: Collection[OptinPair]
) -> Iterator[Problem]:
    """Give everything that is wrong in the consents of a recipe; paths are `consents[0].consent`."""
    filled = {column.field.casefold(): column.column for column in recipe.columns}
    for n, consent in enumerate(recipe.consents):
        at = f"consents[{n}]"
        for member in ("column", "since_column", "source_column"):
            name = getattr(consent, member)
            if name is not None and name not in form.names:
                yield unknown_column(name, form, f"{at}.{member}")
        folded = consent.consent.casefold()
        if folded in filled:
            yield Problem(
                f"{at}.consent",
                f"{consent.consent} is filled by two columns: {filled[folded]} and {consent.column}.",
                "Keep one of them.",
            )
        filled.setdefault(folded, consent.column)
        if consent.since_column is not None and form.dates is None:
            yield Problem(
                "form.dates",
                f"The dates of {consent.since_column} can be read day first or month first; nothing tells which.",
                "Say how they are written: iso, day_first, month_first or serial.",
            )
        if schema.side is Side.DIALOG_INSIGHT:
            yield from _optin_problems(consent, schema, at)
        else:
            yield from _field_problems(consent, schema, optins, at)


def _optin_problems(consent: ImportConsent, schema: Schema, at: str) -> Iterator[Problem]:
    known = {each.name.casefold(): each.name for each in schema.optins}
    if consent.consent.casefold() not in known:
        near = get_close_matches(consent.consent.casefold(), known, n=1)
        advice = f"Did you mean “{known[near[0]]}”?" if near else "Choose an opt-in from the list."
        if not known:
            advice = "Leave the column out: only a contact list has opt-ins, and this one has none."
        message = f"There is no opt-in “{consent.consent}” in {schema.label or schema.name}."
        yield Problem(f"{at}.consent", message, advice)
    for member in ("since_field", "source_field"):
        if getattr(consent, member) is not None:
            yield Problem(
                f"{at}.{member}",
                "No consent is ever sent to Dialog Insight, nor the date or the origin of one.",
                f"Take {member} away; what the file says becomes a file for Dialog Insight's own dated import.",
            )


def _field_problems(
    consent: ImportConsent, schema: Schema, optins: Collection[OptinPair], at: str
) -> Iterator[Problem]:
    field = schema.find(consent.consent)
    if field is None:
        yield unknown_field(consent.consent, schema, f"{at}.consent")
    elif not is_consent_field(field.name, [pair.target for pair in optins]):
        yield Problem(
            f"{at}.consent",
            f"{field.label or field.name} is not known to hold a consent.",
            "Name it in an opt-in pair of an integration first, or import the column as any other.",
        )
    elif not _is_writable(field):
        yield _not_writable(field, f"{at}.consent")
    elif word_of(field.name, schema, optins) is None:
        yield Problem(
            f"{at}.consent",
            f"Nothing says what {field.label or field.name} holds for yes and for no.",
            "Say the words for subscribed and unsubscribed in its opt-in pair.",
        )
    yield from _beside(consent, "since_field", (FieldType.DATE, FieldType.DATETIME), "a date", schema, at)
    yield from _beside(consent, "source_field", (FieldType.TEXT, FieldType.LONG_TEXT), "a text", schema, at)
    told = schema.find(consent.source_field) if consent.source_field else None
    if told is not None and consent.source and 0 < told.length < length_of(consent.source):
        yield Problem(
            f"{at}.source",
            f"{told.label or told.name} holds {told.length} characters; “{consent.source}” is longer.",
            "Write a shorter text.",
        )


def _beside(
    consent: ImportConsent, member: str, types: tuple[FieldType, ...], what: str, schema: Schema, at: str
) -> Iterator[Problem]:
    name = getattr(consent, member)
    if name is None:
        return
    field = schema.find(name)
    if field is None:
        yield unknown_field(name, schema, f"{at}.{member}")
    elif not _is_writable(field):
        yield _not_writable(field, f"{at}.{member}")
    elif field.type not in types:
        yield Problem(f"{at}.{member}", f"{field.label or field.name} is not {what}.", f"Choose {what} field.")


def _is_writable(field: Field) -> bool:
    return "." not in field.name and not field.calculated and field.updatable


def _not_writable(field: Field, at: str) -> Problem:
    return Problem(
        at,
        f"{field.label or field.name} cannot be written in Salesforce.",
        "Choose a field of the object itself that the connected user may edit, and no formula.",
    )
