"""Whether the primary key of a destination project suits what the project is for, and which one would."""

from __future__ import annotations

from enum import StrEnum

from disf_desktop.core.project import DestinationProject, ProjectType
from disf_desktop.core.schema import CONTACT_LIST, FieldType, Schema
from disf_desktop.gui.models.facts import Facts, dialog_insight_key, shown_project_key

SALESFORCE_ID_LENGTH = 18

Key = tuple[str, ...]


class KeyState(StrEnum):
    UNREAD = "unread"
    SUITS = "suits"
    MISSING = "missing"  # a field of the key is not in the project
    OTHER_KEY = "other_key"  # Dialog Insight names another key
    TOO_SHORT = "too_short"  # type A: shorter than a Salesforce id
    NOT_TEXT = "not_text"  # type A: cannot hold a Salesforce id
    NOT_EMAIL = "not_email"  # type B: people are known by their e-mail


def check_key(facts: Facts, destination: DestinationProject) -> KeyState:
    """Compare the key in the project file with the fields that Dialog Insight shows."""
    schema = fields_shown(facts, destination)
    return KeyState.UNREAD if schema is None else judge_key(schema, destination.type, destination.key)


def fields_shown(facts: Facts, destination: DestinationProject) -> Schema | None:
    """Give the contact list as Dialog Insight shows it; a reading that does not look at the file's key comes first."""
    shown = facts.shown_projects.get(shown_project_key(destination.connection, destination.id_project))
    read = facts.schemas.get(dialog_insight_key(destination.id, CONTACT_LIST))
    return shown if shown is not None and (read is None or shown.key) else read


def judge_key(schema: Schema, type: ProjectType, key: Key) -> KeyState:
    """Say whether a key suits a type, in a project that shows these fields."""
    if not key or any(schema.find(name) is None for name in key):
        return KeyState.MISSING
    told = {name.casefold() for name in schema.key}
    if told and told != {name.casefold() for name in key}:
        return KeyState.OTHER_KEY
    return _judge_fields(schema, type, key)


def _judge_fields(schema: Schema, type: ProjectType, key: Key) -> KeyState:
    fields = [field for name in key if (field := schema.find(name)) is not None]
    types = {field.type for field in fields}
    if type is ProjectType.B:
        return KeyState.SUITS if FieldType.EMAIL in types else KeyState.NOT_EMAIL
    if not types <= {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.ID}:
        return KeyState.NOT_TEXT
    lengths = [field.length for field in fields if field.length]
    return KeyState.TOO_SHORT if lengths and max(lengths) < SALESFORCE_ID_LENGTH else KeyState.SUITS


def type_of_told_key(schema: Schema) -> ProjectType | None:
    """Say which type the key that Dialog Insight tells would suit; None where it tells none, or one for neither."""
    for type in ProjectType:
        if schema.key and _judge_fields(schema, type, schema.key) is KeyState.SUITS:
            return type
    return None


def keys_to_pick(schema: Schema, type: ProjectType, taken: Key = ()) -> tuple[Key, ...]:
    """Give the keys that a person may pick: the one that Dialog Insight tells, those that suit, then all the others."""
    singles = [(field.name,) for field in schema.fields.values() if field.type is not FieldType.UNSUPPORTED]
    suiting = [key for key in singles if _judge_fields(schema, type, key) is KeyState.SUITS]
    told = [schema.key] if schema.key else []
    return tuple(dict.fromkeys((*told, *suiting, *([taken] if taken else []), *singles)))


def proposed_key(schema: Schema, type: ProjectType) -> Key:
    """Propose a key: the one that Dialog Insight tells, else the likeliest one that suits the type, else none."""
    if schema.key:
        return schema.key
    suiting = [
        field.name for field in schema.fields.values() if _judge_fields(schema, type, (field.name,)) is KeyState.SUITS
    ]
    if type is ProjectType.A:
        # Only a field made for it holds a Salesforce Id; which one is never guessed from its length.
        suiting = [name for name in suiting if "salesforce" in name.casefold() or name.casefold() in ("sfid", "sf_id")]
    return (suiting[0],) if suiting else ()
