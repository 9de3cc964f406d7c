"""What is wrong with how a file is imported, once its columns and the fields of the table are known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from difflib import get_close_matches
from typing import Final

from disf_desktop.core.conversion import TEXTS
from disf_desktop.core.errors import Problem
from disf_desktop.core.importing.file_form import RESULT_COLUMNS, KnownForm
from disf_desktop.core.importing.recipe import ImportMode, ImportRecipe
from disf_desktop.core.mapping_problems import is_required
from disf_desktop.core.project import OptinPair, TransformName, is_consent_name
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.core.verdict import is_consent_field

DATED: Final = frozenset({FieldType.DATE, FieldType.DATETIME})
"""Types whose cells may be written day first or month first."""

_SERVICE: Final = {Side.SALESFORCE: "Salesforce", Side.DIALOG_INSIGHT: "Dialog Insight"}
_WHOLE: Final = {Side.SALESFORCE: "the object", Side.DIALOG_INSIGHT: "the table"}


def key_names(recipe: ImportRecipe, schema: Schema) -> tuple[str, ...]:
    """Name the fields by which a row finds its record: those of the recipe, else the table's primary key."""
    return recipe.key or (schema.key if schema.side is Side.DIALOG_INSIGHT else ())


def problems_with_schema(
    recipe: ImportRecipe, form: KnownForm, schema: Schema, optins: Collection[OptinPair]
) -> tuple[Problem, ...]:
    """Give everything that a file's columns and a table's fields show to be wrong in a recipe.

    Paths are members of the recipe, `columns[3].field`. `optins` are the opt-in pairs of the project file that write to
    this object: what they name in Salesforce is a consent.
    """
    return (
        *_column_problems(recipe, form, schema, optins),
        *_key_problems(recipe, schema),
        *_required_problems(recipe, schema),
    )


def unknown_column(name: str, form: KnownForm, at: str) -> Problem:
    """Say that a file has no such column."""
    return Problem(at, f"The file has no column “{name}”.", _nearest(name, form.names, "column"))


def unknown_field(name: str, schema: Schema, at: str) -> Problem:
    """Say that an object or a table has no such field."""
    where = f"{_WHOLE[schema.side]} {schema.label or schema.name}"
    return Problem(at, f"There is no field “{name}” in {where}.", _nearest(name, schema.fields, "field"))


def _nearest(name: str, known: Iterable[str], what: str) -> str:
    by_fold = {each.casefold(): each for each in known}
    near = get_close_matches(name.casefold(), by_fold, n=1)
    return f"Did you mean “{by_fold[near[0]]}”?" if near else f"Choose a {what} from the list."


# Columns


def _column_problems(
    recipe: ImportRecipe, form: KnownForm, schema: Schema, optins: Collection[OptinPair]
) -> Iterator[Problem]:
    key = {name.casefold() for name in key_names(recipe, schema)}
    consents = [name for pair in optins for name in pair.salesforce_fields if name.casefold() != "id"]
    filled: dict[str, str] = {}
    for n, column in enumerate(recipe.columns):
        at = f"columns[{n}]"
        if column.column not in form.names:
            yield unknown_column(column.column, form, f"{at}.column")
        elif column.column.casefold() in RESULT_COLUMNS:
            yield Problem(
                f"{at}.column",
                f"{column.column} was added by an earlier import, to say what became of each row.",
                "Leave this column out.",
            )
        folded = column.field.casefold()
        if folded in filled:
            yield Problem(
                f"{at}.field",
                f"{column.field} is filled by two columns: {filled[folded]} and {column.column}.",
                "Keep one of them.",
            )
        filled.setdefault(folded, column.column)
        if schema.side is Side.DIALOG_INSIGHT and is_consent_name(column.field):
            yield Problem(
                f"{at}.field",
                f"{column.field} is a consent, and no consent is ever sent to Dialog Insight.",
                "Put the column under consents: what it says becomes a file for Dialog Insight's own dated import.",
            )
            continue
        field = schema.find(column.field)
        if field is None:
            yield unknown_field(column.field, schema, f"{at}.field")
        elif schema.side is Side.SALESFORCE and is_consent_field(field.name, consents):
            yield Problem(
                f"{at}.field",
                f"{field.label or field.name} holds a consent.",
                "Put the column under consents: a no is written, and a yes where Salesforce shows no no.",
            )
        else:
            yield from _writable_problems(field, recipe, schema, folded in key, f"{at}.field")
            for m, name in enumerate(column.transform):
                yield from _transform_problems(name, field, folded in key, f"{at}.transform[{m}]")
            if field.type in DATED and column.dates is None and form.dates is None:
                yield Problem(
                    f"{at}.dates",
                    f"The dates of {column.column} can be read day first or month first; nothing tells which.",
                    "Say how they are written: iso, day_first, month_first or serial.",
                )


def _writable_problems(field: Field, recipe: ImportRecipe, schema: Schema, is_key: bool, at: str) -> Iterator[Problem]:
    label, service = field.label or field.name, _SERVICE[schema.side]
    if is_key and schema.side is Side.SALESFORCE and recipe.mode is ImportMode.UPDATE:
        return  # it finds the record, and is not written
    if field.type is FieldType.UNSUPPORTED:
        yield Problem(at, f"{label} is made of several parts, or of bytes.", "Fill its parts, such as a city.")
    elif "." in field.name:
        yield Problem(at, f"{label} belongs to a related record.", "Fill a field of the object itself.")
    elif field.calculated or not (field.creatable or field.updatable):
        yield Problem(at, f"{service} does not let {label} be written.", "Leave the column out, or fill another field.")
    elif recipe.mode is ImportMode.UPDATE and not field.updatable and not is_key:
        yield Problem(at, f"{service} does not let {label} be changed once a record is there.", "Leave the column out.")
    elif recipe.mode is ImportMode.CREATE and not field.creatable:
        yield Problem(at, f"{service} does not let {label} be filled in a new record.", "Leave the column out.")
    elif recipe.mode is ImportMode.UPSERT and not (field.creatable and (field.updatable or is_key)):
        yield Problem(
            at,
            f"{service} does not let {label} be written both in a new record and in one that is there.",
            "Leave the column out, or let the rows create only, or update only.",
        )


_ANY_TEXT: Final = TEXTS - {FieldType.EMAIL}

_TRANSFORMS: Final[dict[TransformName, tuple[Callable[[Field], bool], str]]] = {
    TransformName.CUT: (
        lambda field: field.type in _ANY_TEXT and field.length > 0,
        "Only a text can be cut, for a text field with a length.",
    ),
    TransformName.ROUND: (
        lambda field: (
            field.type is FieldType.INTEGER
            or (field.type is FieldType.DECIMAL and bool(field.precision or field.scale))
        ),
        "Only a number can be rounded, for a number field that says its decimals.",
    ),
    TransformName.LOWER: (lambda field: field.type in TEXTS, "Only a text can be put in lower case."),
    TransformName.DIGITS: (lambda field: field.type in _ANY_TEXT, "Only a text can be reduced to its digits."),
}


def _transform_problems(name: TransformName, field: Field, is_key: bool, at: str) -> Iterator[Problem]:
    makes_sense, message = _TRANSFORMS[name]
    if not makes_sense(field):
        yield Problem(at, message, "Take this transform away, or fill another field.")
    elif is_key and name in (TransformName.CUT, TransformName.ROUND):
        yield Problem(
            at, "Two keys may become one when they are shortened or rounded.", "Take this transform of the key away."
        )


# The key


def _key_problems(recipe: ImportRecipe, schema: Schema) -> Iterator[Problem]:
    names = key_names(recipe, schema)
    filled = {column.field.casefold() for column in recipe.columns}
    for n, name in enumerate(names):
        at = f"key[{n}]" if recipe.key else "columns"
        if schema.find(name) is None:
            yield unknown_field(name, schema, at)
        elif name.casefold() not in filled:
            yield Problem(
                at,
                f"The key {name} is filled by no column.",
                f"Say which column holds {name}.",
            )
    if len({name.casefold() for name in names}) < len(names):
        yield Problem("key", "A field is named twice in the key.", "Name each one once.")
    if schema.side is Side.DIALOG_INSIGHT:
        yield from _key_problems_of_table(names, schema)
    else:
        yield from _key_problems_of_object(recipe, schema)


def _key_problems_of_table(names: Collection[str], schema: Schema) -> Iterator[Problem]:
    folded = {name.casefold() for name in names}
    if not names:
        yield Problem("key", "Nothing says by which fields rows are told apart.", "Name the primary key of the table.")
    elif schema.key and folded != {name.casefold() for name in schema.key}:
        yield Problem(
            "key",
            f"{schema.label or schema.name} finds rows by {', '.join(schema.key)}, and by no other field.",
            "Name it as the key, or leave the key out.",
        )


def _key_problems_of_object(recipe: ImportRecipe, schema: Schema) -> Iterator[Problem]:
    names = recipe.key
    if not names and recipe.mode is not ImportMode.CREATE:
        yield Problem(
            "key",
            "Nothing says by which field a row finds its record.",
            "Name an external id of the object, or Id; or let every row create a record.",
        )
    if len(names) > 1:
        yield Problem("key", "Salesforce finds a record by one field, not by several.", "Keep one of them.")
    for n, name in enumerate(names):
        field = schema.find(name)
        if field is None:
            continue
        label = field.label or field.name
        if field.type is FieldType.ID:
            if recipe.mode is not ImportMode.UPDATE:
                yield Problem(
                    "mode",
                    "A record that is named by its Id is there already.",
                    "Let the rows update, and create none.",
                )
        elif not (field.external_id or field.unique):
            yield Problem(
                f"key[{n}]",
                f"{label} is neither an external id nor unique: several records may have the same one.",
                "Name an external id of the object, or Id.",
            )
        elif not field.external_id and recipe.mode is ImportMode.UPSERT:
            yield Problem(
                f"key[{n}]",
                f"{label} is no external id; Salesforce creates or updates by external ids only.",
                "Name an external id, or let the rows update only, or create only.",
            )


def required_fields(schema: Schema) -> tuple[Field, ...]:
    """Give the fields without which the service refuses a new record."""
    if schema.side is Side.DIALOG_INSIGHT:
        return tuple(f for f in schema.fields.values() if f.creatable and is_required(f, schema))
    return tuple(f for f in schema.fields.values() if f.creatable and f.required)


def _required_problems(recipe: ImportRecipe, schema: Schema) -> Iterator[Problem]:
    """Say what no new record can be without. Toward Salesforce a row that creates or updates is judged by itself, for
    it is known then whether its record is there."""
    surely = recipe.mode is ImportMode.CREATE
    maybe = recipe.mode is ImportMode.UPSERT and schema.side is Side.DIALOG_INSIGHT
    if not (surely or maybe):
        return
    filled = {column.field.casefold() for column in recipe.columns}
    filled |= {name.casefold() for name in key_names(recipe, schema)}
    for field in required_fields(schema):
        if field.name.casefold() not in filled:
            yield Problem(
                "columns",
                f"{_SERVICE[schema.side]} requires {field.label or field.name}, and no column fills it.",
                f"Say which column fills {field.name}, or let the rows update only.",
            )
