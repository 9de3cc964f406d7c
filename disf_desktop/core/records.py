"""The values that cross the border between a run and the services.

Raw values are what the service's JSON gave (str, int, Decimal, bool, None); canonical values are `core.values.Value`.
Writing never raises for an outcome: it gives a `WriteReply`, or one of `NotSent`, `Unknown`, `Refused`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from enum import Enum
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


@dataclass(frozen=True, slots=True, order=True)
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
    condition: str | None = None
    """A SOQL condition that the records satisfy besides; None for all of them."""


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


class JobState(Enum):
    """How a bulk job of Salesforce stands."""

    OPEN = "open"
    """It takes rows; none was stored."""
    WORKING = "working"
    ENDED = "ended"
    """It was worked off, well or badly: its results tell of each row."""
    ABORTED = "aborted"
    GONE = "gone"
    """Salesforce knows nothing of it (any more)."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of a bulk job that Salesforce stored. `row` holds the cells that were sent, by column."""

    rid: str
    created: bool
    row: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Failed:
    """A row of a bulk job that Salesforce refused, with its code and words."""

    code: str
    message: str
    row: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unprocessed:
    """A row that a bulk job never came to: nothing was done with it."""

    row: Mapping[str, str]


RowResult = Stored | Failed | Unprocessed


@dataclass(frozen=True, slots=True)
class OptinState:
    """What Dialog Insight shows of an opt-in: True subscribed, False unsubscribed, None neutral.

    `earliest` and `latest` bound the moment since when, as UTC text; they differ in the hour that autumn repeats, and
    are None where no date is shown.
    """

    state: bool | None
    earliest: str | None = None
    latest: str | None = None


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record of Dialog Insight as it is shown: canonical values by field code, opt-ins by their code.

    A value that cannot be read is left out, or is the `Refusal` that says why. `as_of` is the moment for which this is
    true, by the server's clock, as UTC text; "" where nobody knows.
    """

    rid: str
    values: Mapping[str, Value] = field(default_factory=dict)
    optins: Mapping[str, OptinState] = field(default_factory=dict)
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A record that an import stored in Dialog Insight: its key, its id there, and what the reply shows of it.

    `values` holds canonical values by field code. A field that it does not hold is unknown, not empty.
    """

    key: Mapping[str, Value]
    rid: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A deleted Salesforce record, and when it was deleted (ISO 8601 UTC)."""

    rid: str
    at: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What the server says of changes since a moment: up to when everything is visible, and what was deleted.

    `covered_until` is None for an object that does not say; `deletes_from` is the earliest moment of which deletes are
    still known, None where deletes cannot be asked.
    """

    covered_until: datetime | None
    deleted: tuple[Tombstone, ...] = ()
    deletes_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a deleted Salesforce record: merged into `master`, or just gone (None)."""

    rid: str
    master: str | None


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a Dialog Insight table was found to accept (sync-semantics, section 3: probe, store, rely)."""

    empty_lookup: bool = False
    """`Equal` with an empty value finds records whose field is empty."""
    changed_since: bool = False
    """A clause on the date of modification is understood."""

    def kept(self) -> str:
        """Write this as the text of a fact that the ledger keeps."""
        return json.dumps(asdict(self))

    @classmethod
    def recalled(cls, text: str) -> Capabilities | None:
        """Read what `kept` wrote; None for another text, after which the account is probed again."""
        try:
            given = json.loads(text)
        except ValueError:
            return None
        names = {each.name for each in fields(cls)}
        known = isinstance(given, dict) and given.keys() == names and all(type(v) is bool for v in given.values())
        return cls(**given) if known else None
