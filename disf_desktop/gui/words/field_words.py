"""A field in words: its type with its size, what matters beside it, what it is paired with. QtCore alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from disf_desktop.core.project import Direction
from disf_desktop.core.schema import Field, FieldType
from disf_desktop.gui.words.choices import direction_short
from disf_desktop.gui.words.figures import number
from disf_desktop.gui.words.translation import QT_TRANSLATE_NOOP, translate

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


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a field in its mapping. `required`: a run needs a pair for it; `suggested` is what is proposed;
    `gone`: the service does not show it."""

    partners: Sequence[Partner] = ()
    required: bool = False
    troubled: bool = False
    suggested: str = ""
    gone: bool = False


def field_said(field: Field, state: State, opened: bool | None = None) -> str:
    """Say a field for a screen reader: label, name, type, note, and what it is paired with, which way.

    `opened` tells of a lookup whether the fields of its record are listed.
    """
    kind = translate("Types", "not shown by the service") if state.gone else field_type(field)
    note = field_note(field) or (translate("Types", "required") if state.required else "")
    parts = [field.label, field.name if field.name != field.label else "", kind, note]
    if state.partners:
        names = (f"{name} ({direction_short(way)})" for name, way in state.partners)
        parts.append(translate("Types", "paired with {0}").format(", ".join(names)))
    else:
        parts.append(translate("Types", "not paired"))
    if state.troubled:
        parts.append(translate("Types", "needs you"))
    parts.append(state.suggested)
    if opened is not None:
        text = translate("Types", "open, arrow left closes") if opened else translate("Types", "arrow right opens")
        parts.append(text)
    return ", ".join(part for part in parts if part)


def field_tip(field: Field, state: State) -> str:
    """Write all of a field for who holds the mouse over it."""
    if state.gone:
        return translate("Types", "{0}: the service does not show this field any more.").format(field.name)
    about = f"{field.label} · {field.name} · {field.native_type or field_type(field)}"
    return "\n".join(part for part in (about, state.suggested) if part)
