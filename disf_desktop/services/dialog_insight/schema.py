"""What `Projects.Get` tells of a project's fields, read defensively: public sources show its shape, not its words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from disf_desktop.core.errors import SchemaChanged, UnexpectedAnswer
from disf_desktop.core.project import CustomTable
from disf_desktop.core.schema import CONTACT_LIST, Field, FieldType, Schema, Side
from disf_desktop.services.dialog_insight.told_key import key_among

_TYPES = {
    "email": FieldType.EMAIL,
    "courriel": FieldType.EMAIL,
    "phone": FieldType.PHONE,
    "telephone": FieldType.PHONE,
    "url": FieldType.URL,
    "int": FieldType.INTEGER,
    "integer": FieldType.INTEGER,
    "bigint": FieldType.INTEGER,
    "wholenumber": FieldType.INTEGER,
    "smallint": FieldType.INTEGER,
    "tinyint": FieldType.INTEGER,
    "number": FieldType.DECIMAL,
    "numeric": FieldType.DECIMAL,
    "decimal": FieldType.DECIMAL,
    "money": FieldType.DECIMAL,
    "float": FieldType.DECIMAL,
    "double": FieldType.DECIMAL,
    "bit": FieldType.BOOLEAN,
    "bool": FieldType.BOOLEAN,
    "boolean": FieldType.BOOLEAN,
    "truefalse": FieldType.BOOLEAN,
    "date": FieldType.DATE,
    "datetime": FieldType.DATETIME,
    "datetime2": FieldType.DATETIME,
    "smalldatetime": FieldType.DATETIME,
    "time": FieldType.TIME,
    "list": FieldType.CHOICE,
    "multilist": FieldType.CHOICES,
    "multiplelist": FieldType.CHOICES,
    "text": FieldType.TEXT,
    "shorttext": FieldType.TEXT,
    "longtext": FieldType.LONG_TEXT,
    "ntext": FieldType.LONG_TEXT,
    "memo": FieldType.LONG_TEXT,
    "contact": FieldType.CONTACT,
}
"""Names of data types, folded, without sizes; a name that is not here is text, which takes what text takes."""

_SIZED = re.compile(r"([^(]*)(?:\(\s*(\d+|max)\s*(?:,\s*(\d+)\s*)?\))?", re.IGNORECASE)


def contact_list_schema(reply: Mapping[str, Any], id_project: int, key: Sequence[str], language: str) -> Schema:
    """Give the schema of a project's contact list from the reply to `Projects.Get`, opt-ins included.

    `key` is the primary key as the project file has it: the service is not known to tell it. Labels are those of the
    language (`fr`, `en`) where there are such. Raises UnexpectedAnswer for another shape, SchemaChanged where the key
    is not a field of the project, or is another one than the service tells.
    """
    info = reply.get("ProjectInfo")
    given = info.get("ProjectFields") if isinstance(info, dict) else None
    if not isinstance(info, dict) or not isinstance(given, list):
        raise UnexpectedAnswer(
            "Dialog Insight did not describe the fields of the project.",
            "Try again; if it stays so, ask Dialog Insight with the number of the request.",
            where=f"project {id_project}",
            detail=f"request {reply.get('idRequest')}",
        )
    wanted = {code.casefold() for code in key}
    fields = [_field(each, wanted, language) for each in given if isinstance(each, dict) and each.get("Code")]
    _check_key(fields, given, key, id_project)
    optins = info.get("OptinFields")
    return Schema(
        Side.DIALOG_INSIGHT,
        CONTACT_LIST,
        str(info.get("ProjectName") or CONTACT_LIST),
        {field.name: field for field in fields},
        tuple(
            Field(str(each["Code"]), _label(each, language), FieldType.BOOLEAN, creatable=False, updatable=False)
            for each in (optins if isinstance(optins, list) else ())
            if isinstance(each, dict) and each.get("Code")
        ),
    )


def custom_table_schema(table: CustomTable) -> Schema:
    """Give the schema of a custom table as the project file describes it; no web service does."""
    keys = {code.casefold() for code in table.key}
    fields = [
        Field(
            f.code,
            f.code,
            f.type,
            length=f.length,
            precision=f.precision,
            scale=f.scale,
            required=f.required or f.code.casefold() in keys,
            key=f.code.casefold() in keys,
        )
        for f in table.fields
    ]
    return Schema(Side.DIALOG_INSIGHT, table.code, table.code, {field.name: field for field in fields})


def _field(given: Mapping[str, Any], key: set[str], language: str) -> Field:
    code, native = str(given["Code"]), str(given.get("DataType") or "")
    found = _SIZED.fullmatch(native)
    name, size, scale = found.groups() if found else (native, None, None)
    type = _TYPES.get(re.sub(r"[\W_]", "", name).casefold(), FieldType.TEXT)
    is_number = type in (FieldType.DECIMAL, FieldType.INTEGER)
    sized = int(size) if size and size.isdigit() else 0
    choices = given.get("Values")
    is_key = code.casefold() in key
    return Field(
        name=code,
        label=_label(given, language),
        type=type,
        length=0 if is_number else sized or _count(given, "MaxLength", "Length"),
        precision=(sized or _count(given, "Precision")) if is_number else 0,
        scale=(int(scale) if scale else _count(given, "Scale")) if is_number else 0,
        required=given.get("isRequired") is True or is_key,
        key=is_key,
        choices=tuple(str(each) for each in choices) if isinstance(choices, list) else (),
        restricted=isinstance(choices, list) and bool(choices),
        native_type=native,
    )


def _count(given: Mapping[str, Any], *names: str) -> int:
    return next((value for name in names if type(value := given.get(name)) is int and value > 0), 0)


def _label(given: Mapping[str, Any], language: str) -> str:
    labels = given.get("Labels")
    texts = [
        (str(each.get("Culture") or ""), str(each["Value"]))
        for each in (labels if isinstance(labels, list) else ())
        if isinstance(each, dict) and each.get("Value")
    ]
    ours = next((text for culture, text in texts if culture.casefold().startswith(language.casefold())), None)
    return ours or (texts[0][1] if texts else str(given["Code"]))


def _check_key(fields: Sequence[Field], given: Sequence[Any], key: Sequence[str], id_project: int) -> None:
    names = {field.name.casefold() for field in fields}
    missing = [code for code in key if code.casefold() not in names]
    if missing:
        raise SchemaChanged(
            f"The project {id_project} has no field {', '.join(missing)}, said to be its primary key.",
            "Look up the primary key in Dialog Insight (Project Fields) and write it as the project's key.",
            where=f"project {id_project}",
        )
    told = key_among(given)
    if key and told and {code.casefold() for code in told} != {code.casefold() for code in key}:
        raise SchemaChanged(
            f"The primary key of the project {id_project} is {', '.join(told)}, not {', '.join(key)}.",
            "Write it as the project's key in the project file.",
            where=f"project {id_project}",
        )
