"""A field in words: its type with its size, what matters beside it, what it is paired with. QtCore alone."""

from __future__ import annotations

from collections.abc import Sequence

from disf_desktop.core.project import Direction
from disf_desktop.core.schema import Field, FieldType
from disf_desktop.gui.choices import direction_short
from disf_desktop.gui.figures import number
from disf_desktop.gui.translation import QT_TRANSLATE_NOOP, translate

Partner = tuple[str, Direction]
"""The field at the other end of a pair, and which way the pair may travel."""

_TYPES: dict[FieldType, str] = {
    FieldType.ID: QT_TRANSLATE_NOOP("Types", "id"),
    FieldType.REFERENCE: QT_TRANSLATE_NOOP("Types", "lookup"),
    FieldType.CONTACT: QT_TRANSLATE_NOOP("Types", "contact"),
    FieldType.TEXT: QT_TRANSLATE_NOOP("Types", "text"),
    FieldType.LONG_TEXT: QT_TRANSLATE_NOOP("Types", "long text"),
    FieldType.EMAIL: QT_TRANSLATE_NOOP("Types", "e-mail"),
    FieldType.PHONE: QT_TRANSLATE_NOOP("Types", "phone"),
    FieldType.URL: QT_TRANSLATE_NOOP("Types", "web address"),
    FieldType.CHOICE: QT_TRANSLATE_NOOP("Types", "list"),
    FieldType.CHOICES: QT_TRANSLATE_NOOP("Types", "multiple list"),
    FieldType.BOOLEAN: QT_TRANSLATE_NOOP("Types", "checkbox"),
    FieldType.INTEGER: QT_TRANSLATE_NOOP("Types", "integer"),
    FieldType.DECIMAL: QT_TRANSLATE_NOOP("Types", "number"),
    FieldType.DATE: QT_TRANSLATE_NOOP("Types", "date"),
    FieldType.DATETIME: QT_TRANSLATE_NOOP("Types", "date and time"),
    FieldType.TIME: QT_TRANSLATE_NOOP("Types", "time"),
    FieldType.UNSUPPORTED: QT_TRANSLATE_NOOP("Types", "not supported"),
}


def field_type(field: Field) -> str:
    """Write the type of a field with its size, for example text (40) or number (9, 2)."""
    word = translate("Types", _TYPES[field.type])
    if field.type is FieldType.DECIMAL and field.precision:
        return f"{word} ({field.precision}, {field.scale})"
    if field.type in (FieldType.CHOICE, FieldType.CHOICES):
        return f"{word} · {number(len(field.choices))}" if field.choices else word
    if field.length and field.type not in (FieldType.LONG_TEXT, FieldType.UNSUPPORTED, FieldType.REFERENCE):
        return f"{word} ({field.length})"
    return word


def field_note(field: Field) -> str:
    """Write what matters about a field beside its type."""
    if field.key:
        return translate("Types", "primary key")
    return translate("Types", "required") if field.required else ""


def field_said(field: Field, partners: Sequence[Partner]) -> str:
    """Say a field for a screen reader: label, name, type, note, and what it is paired with, which way."""
    parts = [field.label, field.name if field.name != field.label else "", field_type(field), field_note(field)]
    if partners:
        names = (f"{name} ({direction_short(way)})" for name, way in partners)
        parts.append(translate("Types", "paired with {0}").format(", ".join(names)))
    else:
        parts.append(translate("Types", "not paired"))
    return ", ".join(part for part in parts if part)
