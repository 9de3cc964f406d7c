"""Whether the primary key of a destination project suits what the project is for."""

from __future__ import annotations

from enum import StrEnum

from disf_desktop.core.project import DestinationProject, ProjectType
from disf_desktop.core.schema import CONTACT_LIST, FieldType
from disf_desktop.gui.models.facts import Facts, dialog_insight_key

SALESFORCE_ID_LENGTH = 18


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
    schema = facts.schemas.get(dialog_insight_key(destination.id, CONTACT_LIST))
    if schema is None:
        return KeyState.UNREAD
    fields = [schema.find(name) for name in destination.key]
    if any(f is None for f in fields):
        return KeyState.MISSING
    shown = {name.casefold() for name in schema.key}
    if shown and shown != {name.casefold() for name in destination.key}:
        return KeyState.OTHER_KEY
    types = {f.type for f in fields if f}
    if destination.type is ProjectType.B:
        return KeyState.SUITS if FieldType.EMAIL in types else KeyState.NOT_EMAIL
    if not types <= {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.ID}:
        return KeyState.NOT_TEXT
    lengths = [f.length for f in fields if f and f.length]
    return KeyState.TOO_SHORT if lengths and max(lengths) < SALESFORCE_ID_LENGTH else KeyState.SUITS
