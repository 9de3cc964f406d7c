"""Fields and schemas of both services, as frozen values.

A `Schema` describes a Salesforce object, or a Dialog Insight table (the contact list of a project, or a custom table).
The prefixes of Dialog Insight (`f_`, `key_f_`, `optin_`) are not here: they exist only inside its adapter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b

CONTACT_LIST = "Contact"
"""The code by which Dialog Insight's Salesforce integration names a project's contact list (article 1000302490)."""


class Side(StrEnum):
    """The two services that a field, an observation or an operation may belong to."""

    SALESFORCE = "salesforce"
    DIALOG_INSIGHT = "dialog_insight"

    @property
    def other(self) -> Side:
        return Side.DIALOG_INSIGHT if self is Side.SALESFORCE else Side.SALESFORCE


class FieldType(StrEnum):
    """What a field holds, one word for both services. `core.values` gives the canonical form of each."""

    ID = "id"  # Salesforce record Id, always 18 characters
    REFERENCE = "reference"  # Salesforce lookup: the Id of another record
    CONTACT = "contact"  # Dialog Insight idContact inside a custom table: the row's contact
    TEXT = "text"
    LONG_TEXT = "long_text"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    CHOICE = "choice"  # Salesforce picklist or combobox, Dialog Insight list with one value
    CHOICES = "choices"  # Salesforce multi-select picklist, Dialog Insight list with several values
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"  # Salesforce double, currency, percent
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    UNSUPPORTED = "unsupported"  # compound address, location, base64, …: shown, never mapped


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an object or a table.

    `name` is the API name or field code; a related field has a dotted one (`Account.Name`). `length` is in characters,
    `precision` and `scale` in decimal digits (total, and after the point); 0 means unknown or without limit.
    `required`: a new record is refused without a value. `choices` are the active values; `restricted`: no other is
    accepted.
    """

    name: str
    label: str
    type: FieldType
    length: int = 0
    precision: int = 0
    scale: int = 0
    required: bool = False
    key: bool = False
    creatable: bool = True
    updatable: bool = True
    unique: bool = False
    external_id: bool = False
    case_sensitive: bool = field(default=False, repr=False)
    """Whether its values, where they are unique, differ by their capitals; no mapping relies on it."""
    calculated: bool = False
    choices: tuple[str, ...] = ()
    restricted: bool = False
    reference_to: tuple[str, ...] = ()
    relationship: str = ""
    native_type: str = ""
    """The service's own name of the type, for the screen."""


@dataclass(frozen=True, slots=True)
class Schema:
    """The fields of one object or table, by name, in the service's own order."""

    side: Side
    name: str
    label: str
    fields: Mapping[str, Field] = field(default_factory=dict)
    optins: tuple[Field, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the primary-key fields, where the service tells."""
        return tuple(f.name for f in self.fields.values() if f.key)

    def find(self, name: str) -> Field | None:
        """Give the field of that name, in any case of letters, as both services match names."""
        found = self.fields.get(name)
        if found is not None:
            return found
        folded = name.casefold()
        return next((f for f in self.fields.values() if f.name.casefold() == folded), None)

    def fingerprint(self, names: tuple[str, ...]) -> bytes:
        """Give a hash of what a mapping of these fields relies on; it changes when one of them changes."""
        digest = blake2b(digest_size=16)
        for name in sorted(names):
            digest.update(repr((name, self.fields.get(name))).encode())
        return digest.digest()
