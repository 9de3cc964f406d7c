"""What the ledger tells about the past, as frozen values that a window may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as member
from typing import Any

from disf_desktop.core.events import Outstanding


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run as the ledger remembers it. Times are ISO 8601 UTC; `ended` and `status` are None while it is under way,
    or where it was killed. `summary` has the members of `run_finished`."""

    id: int
    started: str
    ended: str | None
    status: str | None
    summary: Mapping[str, Any] = member(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetAsideRecord:
    """A record that waits for a person. `parameters` are the figures of the reason, for a translation of `message`;
    `values` are the record's Salesforce values by field name, as last seen."""

    id: int
    integration: str
    side: str
    rid: str
    field: str
    code: str
    message: str
    what_to_do: str
    parameters: Mapping[str, Any]
    request_id: str
    first_seen: str
    last_seen: str
    tries: int
    values: Mapping[str, Any] = member(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StreamRecord:
    """How far one side of an integration is observed: every change up to `watermark`, by the service's own clock."""

    integration: str
    side: str
    watermark: str | None
    read_at: str | None
    links: int


@dataclass(frozen=True, slots=True)
class History:
    """The state of a ledger: what waits, how far each stream is read, and the last run that ended."""

    outstanding: Outstanding = member(default_factory=Outstanding)
    outstanding_by_integration: Mapping[str, Outstanding] = member(default_factory=dict)
    streams: tuple[StreamRecord, ...] = ()
    last_run: RunRecord | None = None
