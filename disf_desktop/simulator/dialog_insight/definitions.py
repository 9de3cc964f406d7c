"""What an account holds: projects with fields and opt-ins, and custom tables.

The names of the data types are ours; no public source gives the real ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

DATA_TYPES = (
    "Text",
    "LongText",
    "EMail",
    "Phone",
    "Integer",
    "Decimal",
    "Boolean",
    "Date",
    "DateTime",
    "List",
    "MultiList",
    "Contact",
)
"""`Contact` is the foreign key of a profiling table: an `idContact` of the project that owns the table."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a contact list or of a table; `length` is in characters, `values` those of a list."""

    code: str
    type: str
    length: int | None = None
    required: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    values: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        assert self.type in DATA_TYPES, self.type


@dataclass(frozen=True, slots=True)
class Optin:
    """An opt-in: explicit (the person acted) or implied (derived from a business relation, Canada only)."""

    code: str
    implied: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Project:
    """A project: one contact list, its primary key, its opt-ins, its time zone."""

    id: int
    name: str
    key: tuple[str, ...]
    time_zone: str
    fields: tuple[Field, ...]
    optins: tuple[Optin, ...]

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the project writes its dates."""
        return ZoneInfo(self.time_zone)


@dataclass(frozen=True, slots=True)
class Table:
    """A custom table of a project; its dates are in the project's zone."""

    id: int
    code: str
    project: int
    key: tuple[str, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """An account: its access key, its projects and tables."""

    id_key: int
    key: str
    projects: tuple[Project, ...]
    tables: tuple[Table, ...]


def read(given: Mapping[str, Any], key: str) -> Definition:
    """Build a definition from its resource (`seed/account.yaml`), with the given secret."""
    return Definition(
        id_key=given["id_key"],
        key=key,
        projects=tuple(
            Project(
                id=each["id"],
                name=each["name"],
                key=tuple(each["key"]),
                time_zone=each["time_zone"],
                fields=_fields(each["fields"]),
                optins=tuple(
                    Optin(code, implied=bool(one.get("implied")), labels=_labels(code, one))
                    for code, one in each["optins"].items()
                ),
            )
            for each in given["projects"]
        ),
        tables=tuple(
            Table(each["id"], each["code"], each["project"], tuple(each["key"]), _fields(each["fields"]))
            for each in given["tables"]
        ),
    )


def _fields(given: Mapping[str, Mapping[str, Any]]) -> tuple[Field, ...]:
    return tuple(
        Field(
            code=code,
            type=one["type"],
            length=one.get("length"),
            required=bool(one.get("required")),
            labels=_labels(code, one),
            values=tuple(one.get("values", ())),
        )
        for code, one in given.items()
    )


def _labels(code: str, given: Mapping[str, Any]) -> dict[str, str]:
    return {"fr-CA": given.get("fr", code), "en-CA": given.get("en", code)}
