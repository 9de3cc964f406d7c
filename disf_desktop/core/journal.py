"""The values that pass between a run and its ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as member
from typing import Any

from disf_desktop.core.records import Position
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value


@dataclass(frozen=True, slots=True)
class Registered:
    """The ledger's numbers of an integration and of the table it writes to."""

    integration: int
    target: int


@dataclass(frozen=True, slots=True)
class StreamState:
    """How far Salesforce is observed: `watermark`, and a reading under way up to `hi` that stands at `position`."""

    watermark: str | None = None
    hi: str | None = None
    position: Position | None = None
    layout: int | None = None
    fingerprint: bytes | None = None


@dataclass(frozen=True, slots=True)
class PendingCount:
    """Records before the planner, those of them that are linked, and all links of the integration."""

    total: int
    linked: int
    links: int


@dataclass(frozen=True, slots=True)
class OpenOperation:
    """An operation whose outcome is not known yet. `rid` is the Salesforce Id, `target_rid` the id in Dialog Insight.

    `image` is what the target's base will be if it is applied and the service does not say what it stored.
    """

    id: int
    link: int
    rid: str
    key: Mapping[str, Value]
    fields: Mapping[str, Value]
    source: tuple[Value, ...]
    target_rid: str | None = None
    image: tuple[Value, ...] | None = None


@dataclass(frozen=True, slots=True)
class OpenBatch:
    """Operations that travel together, in the order of their bytes. `kind` is `create` or `update`."""

    id: int
    kind: str
    layout: int
    operations: tuple[OpenOperation, ...]


@dataclass(frozen=True, slots=True)
class Applied:
    """An operation that the service carried out; `target` is what it holds now, in the order of the targets."""

    operation: OpenOperation
    target_rid: str
    target: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class NewSetAside:
    """A record to set aside. `request_id` is the service's number of the call that refused it, "" without a call."""

    rid: str
    side: Side
    field: str
    code: str
    message: str
    what_to_do: str
    parameters: Mapping[str, Any] = member(default_factory=dict)
    request_id: str = ""
