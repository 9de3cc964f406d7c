"""What tells one import from another, and the fields of its table as its book keeps them."""

from __future__ import annotations

from dataclasses import asdict
from hashlib import blake2b
from typing import Any

import orjson

from disf_desktop.core.importing.file_form import KnownForm
from disf_desktop.core.importing.recipe import ImportRecipe
from disf_desktop.core.schema import Field, FieldType, Schema, Side


def import_id(sha256: str, recipe: ImportRecipe) -> str:
    """Name the import of a file by a recipe: the same for the same file and recipe, whatever the recipe is called."""
    return _mark(sha256, _nameless(recipe))


def settings_mark(recipe: ImportRecipe, form: KnownForm, schema: Schema, *, bring_back: bool = False) -> str:
    """Give what changes when a check would find something else in the same file."""
    back = ("back",) if bring_back else ()
    return _mark(_nameless(recipe), repr(form), schema_as_text(schema), *back)


def _nameless(recipe: ImportRecipe) -> str:
    return recipe.model_copy(update={"name": "", "header": ()}).model_dump_json()


def _mark(*parts: str) -> str:
    digest = blake2b(digest_size=8)
    for part in parts:
        digest.update(f"{len(part)}:{part}".encode())
    return digest.hexdigest()


def schema_as_text(schema: Schema) -> str:
    """Write the fields of a table for the book."""
    body = {
        "side": schema.side.value,
        "name": schema.name,
        "label": schema.label,
        "fields": [asdict(field) for field in schema.fields.values()],
        "optins": [asdict(field) for field in schema.optins],
    }
    return orjson.dumps(body).decode()


def schema_of(text: str) -> Schema:
    """Read what `schema_as_text` wrote."""
    told = orjson.loads(text)
    fields = [_field(each) for each in told["fields"]]
    optins = tuple(_field(each) for each in told["optins"])
    return Schema(Side(told["side"]), told["name"], told["label"], {f.name: f for f in fields}, optins)


def _field(told: dict[str, Any]) -> Field:
    lists = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
    return Field(**(told | lists | {"type": FieldType(told["type"])}))
