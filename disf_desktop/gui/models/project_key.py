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
    if schema is None:
        return KeyState.UNREAD
    return judge_key(schema, destination.type, destination.key, told_key(facts, destination))


def fields_shown(facts: Facts, destination: DestinationProject) -> Schema | None:
    """Give the contact list as Dialog Insight shows it. Its fields are marked with the file's key, or with none."""
    read = facts.schemas.get(dialog_insight_key(destination.id, CONTACT_LIST))
    return read or facts.shown_projects.get(shown_project_key(destination.connection, destination.id_project))


def told_key(facts: Facts, destination: DestinationProject) -> Key:
    """Give the key that Dialog Insight itself tells; () where it tells none, or was not asked."""
    shown = facts.shown_projects.get(shown_project_key(destination.connection, destination.id_project))
    return shown.key if shown is not None else ()


def judge_key(schema: Schema, type: ProjectType, key: Key, told: Key) -> KeyState:
    """Say whether a key suits a type, in a project that shows these fields and tells this key, or none."""
    if not key or any(schema.find(name) is None for name in key):
        return KeyState.MISSING
    if told and {name.casefold() for name in told} != {name.casefold() for name in key}:
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


def type_of_key(schema: Schema, told: Key) -> ProjectType | None:
    """Say which type the key that Dialog Insight tells would suit; None where it tells none, or one for neither."""
    for type in ProjectType:
        if told and _judge_fields(schema, type, told) is KeyState.SUITS:
            return type
    return None


def keys_to_pick(schema: Schema, type: ProjectType, told: Key, taken: Key = ()) -> tuple[Key, ...]:
    """Give the keys that a person may pick: the one that Dialog Insight tells, those that suit, then all the others."""
    singles = [(field.name,) for field in schema.fields.values() if field.type is not FieldType.UNSUPPORTED]
    suiting = [key for key in singles if _judge_fields(schema, type, key) is KeyState.SUITS]
    first = [key for key in (told, taken) if key]
    return tuple(dict.fromkeys((*first[:1], *suiting, *first, *singles)))


def proposed_key(schema: Schema, type: ProjectType, told: Key) -> Key:
    """Propose a key: the one that Dialog Insight tells, else the likeliest one that suits the type, else none."""
    if told:
        return told
    fields = schema.fields.values()
    suiting = [field.name for field in fields if _judge_fields(schema, type, (field.name,)) is KeyState.SUITS]
    if type is ProjectType.A:
        # Only a field made for it holds a Salesforce Id; which one is never guessed from its length.
        suiting = [name for name in suiting if "salesforce" in name.casefold() or name.casefold() in ("sfid", "sf_id")]
    return (suiting[0],) if suiting else ()
