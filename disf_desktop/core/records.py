"""The values that cross the border between a run and the services.

Raw values are what the service's JSON gave (str, int, Decimal, bool, None); canonical values are `core.values.Value`.
Writing never raises for an outcome: it gives a `WriteReply`, or one of `NotSent`, `Unknown`, `Refused`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from disf_desktop.core.values import Value

RawValue = Any


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A record as its service shows it. `values` follow the order of the fields asked; `stamp` is ISO 8601 UTC."""

    rid: str
    stamp: str
    values: tuple[RawValue, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """Where reading stands in a window ordered by (stamp, id): everything up to and with this record is stored."""

    stamp: str
    rid: str


@dataclass(frozen=True, slots=True)
class Window:
    """What to read of an object: these fields, of records stamped at `since` or later, after `position`."""

    sobject: str
    fields: tuple[str, ...]
    since: str | None = None
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some records of a window. `position` is None where the order is arbitrary (bulk), so nothing may resume there."""

    records: Sequence[SourceRecord]
    position: Position | None


@dataclass(frozen=True, slots=True)
class WriteRecord:
    """One record to write. `op` is ours and never sent. `key` and `fields` hold canonical values by field code.

    `rid` is the server's own id (idContact) where it is known; then it identifies the record instead of the key.
    """

    op: int
    key: Mapping[str, Value]
    fields: Mapping[str, Value]
    rid: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The service stored the record. `stored` holds canonical values of the record as it now is, by field code."""

    op: int
    rid: str
    created: bool
    stored: Mapping[str, Value] | None


@dataclass(frozen=True, slots=True)
class RecordRefused:
    """The service refused this record. Codes do not tell “exists” from “missing”: a caller reads before it believes."""

    op: int
    code: str
    message: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class RecordUnknown:
    """The reply does not say what became of this record."""

    op: int


RecordOutcome = Written | RecordRefused | RecordUnknown


@dataclass(frozen=True, slots=True)
class WriteReply:
    """One outcome for each record of the batch, in its order. `request_id` is the service's number of the call."""

    outcomes: Sequence[RecordOutcome]
    request_id: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """Nothing reached the service: it is safe to send again. `error` says why, in our words."""

    error: Exception


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request may or may not have been carried out."""

    error: Exception


@dataclass(frozen=True, slots=True)
class Refused:
    """The service refused the whole call (`Success: false`): whether a part of it was done is not known."""

    code: str
    message: str
    request_id: str


WriteResult = WriteReply | NotSent | Unknown | Refused


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record looked up by its key: canonical values by field code."""

    rid: str
    values: Mapping[str, Value] = field(default_factory=dict)
