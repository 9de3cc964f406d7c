"""The command line's JSON events, as the contract writes them: a line that does not fit one of these is a failure."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

Count = Annotated[int, Field(ge=0)]
Moment = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
Side = Literal["salesforce", "dialog_insight"]


class Line(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class InOrg(Line):
    connection: Annotated[str, Field(min_length=1)]
    component: Annotated[str, Field(pattern=r"^[^.]+\.[^.]+__[cC]$")]
    left_alone: bool


class Error(Line):
    event: Literal["error"]
    code: Annotated[str, Field(min_length=1)]
    message: Annotated[str, Field(min_length=1)]
    what_to_do: Annotated[str, Field(min_length=1)]
    where: str
    detail: str = ""
    in_org: InOrg | None = None


class Progress(Line):
    event: Literal["progress"]
    integration: str
    stage: Literal["read", "plan", "apply", "report"]
    side: Side
    done: Count
    total: Count | None
    rate: float
    eta_s: float | None
    sent: Count
    unchanged: Count
    calls: Count


class SetAside(Line):
    event: Literal["set_aside"]
    id: int
    integration: str
    side: Side
    key: str
    field: str
    code: str
    message: str
    what_to_do: str
    first_seen: Moment
    tries: Annotated[int, Field(ge=1)]


class Change(Line):
    before: Any
    after: Any
    rule: str


class Operation(Line):
    event: Literal["operation"]
    integration: str
    side: Side
    kind: Literal["create", "update", "set_aside"]
    key: str
    fields: dict[str, Change]
    not_applied: Literal["moved", "new", "passed_over"] | None = None


class Conflict(Line):
    event: Literal["conflict"]
    integration: str
    key: str
    field: str
    salesforce: Any
    dialog_insight: Any
    rule: str
    # In a list:
    id: Annotated[int, Field(ge=1)] | None = None
    winner: Side | None = None
    state: Literal["waiting", "resolved", "restored"] | None = None
    at: Moment | None = None
    chosen: Side | None = None


class ConflictsFinished(Line):
    event: Literal["conflicts_finished"]
    waiting: Count
    chosen: Count
    exported: Count


class Consent(Line):
    event: Literal["consent"]
    kind: Literal["review", "drift"]
    integration: str
    salesforce_id: str
    contact_id: str
    purpose: str
    since: Moment
    dialog_insight: bool | None
    as_of: Moment | None
    rule: str
    detail: str
    effective: Moment | None
    business_days: Count
    urgency: Literal["calm", "amber", "red"]


class ConsentEvent(Line):
    event: Literal["consent_event"]
    seq: Annotated[int, Field(ge=1)]
    at: Moment
    run: int | None
    salesforce_id: str
    contact_id: str
    purpose: str
    action: str
    dialog_insight: bool | None
    effective: Moment | None
    as_of: Moment | None
    source: str
    before: str | None
    after: str | None
    rule: str
    operation: int | None
    request_id: str


class ConsentFinished(Line):
    event: Literal["consent_finished"]
    reviews: Count
    drift: Count
    events: Count
    exported: Count
    verified: bool | None


class Schedule(Line):
    event: Literal["schedule"]
    integration: str
    next: Moment | None


class ScheduleFinished(Line):
    event: Literal["schedule_finished"]
    runs: Count


class Notice(Line):
    event: Literal["notice"]
    integration: str
    code: Annotated[str, Field(min_length=1)]
    message: Annotated[str, Field(min_length=1)]
    what_to_do: Annotated[str, Field(min_length=1)]


class Guard(Line):
    event: Literal["guard"]
    integration: str
    reason: str
    plan_hash: str
    counts: dict[str, Count]


class PreviewFinished(Line):
    event: Literal["preview_finished"]
    plan_hash: Annotated[str, Field(min_length=16)]
    counts: dict[str, Count]
    calls_forecast: dict[Side, Count]


class SideCounts(Line):
    read: Count
    created: Count
    updated: Count
    deleted: Count


class Outstanding(Line):
    set_aside: Count
    conflicts: Count
    consent_review: Count


class Exposure(Line):
    writes: Annotated[int, Field(ge=1)]
    p95_s: Annotated[float, Field(ge=0)]
    max_s: Annotated[float, Field(ge=0)]


class Figures(Line):
    status: Literal["success", "partial", "needs_you", "failed", "stopped"]
    seconds: float
    salesforce: SideCounts
    dialog_insight: SideCounts
    unchanged: Count
    set_aside: Count
    conflicts: Count
    calls: dict[Side, Count]
    outstanding: Outstanding
    exposure: Exposure | None = None


class NamedFigures(Figures):
    name: str


class RunFinished(Figures):
    event: Literal["run_finished"]
    run: Annotated[int, Field(ge=1)]
    integrations: list[NamedFigures]


class Problem(Line):
    event: Literal["problem"]
    path: str
    message: Annotated[str, Field(min_length=1)]
    what_to_do: Annotated[str, Field(min_length=1)]
    in_org: InOrg | None = None


class CheckFinished(Line):
    event: Literal["check_finished"]
    problems: Count


class Freshness(Line):
    oldest_look: Moment | None
    never_looked: Count


class StatusIntegration(Line):
    name: str
    enabled: bool
    watermark: Moment | None
    read_at: Moment | None
    links: Count
    out_of_scope: Count
    freshness: Freshness
    next: Moment | None
    outstanding: Outstanding


class StatusRun(Line):
    run: int
    started: Moment
    ended: Moment | None
    status: str | None
    summary: dict[str, Any]


class Status(Line):
    event: Literal["status"]
    project: dict[str, str]
    ledger: str
    secrets: str
    runs: list[StatusRun]
    integrations: list[StatusIntegration]
    outstanding: Outstanding


class SetAsideFinished(Line):
    event: Literal["set_aside_finished"]
    outstanding: Count
    retried: Count
    dismissed: Count
    exported: Count


class OpenUrl(Line):
    event: Literal["open_url"]
    url: str


class Connected(BaseModel):
    """`connected {…}`: the members depend on the service."""

    model_config = ConfigDict(extra="allow")
    event: Literal["connected"]
    connection: str


class RowRefused(Line):
    event: Literal["row_refused"]
    row: Annotated[int, Field(ge=1)]
    column: str
    field: str
    code: Annotated[str, Field(min_length=1)]
    figures: dict[str, int]
    message: Annotated[str, Field(min_length=1)]
    what_to_do: Annotated[str, Field(min_length=1)]
    detail: str = ""


class ImportChecked(Line):
    event: Literal["import_checked"]
    id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}-\d+$")]
    rows: Count
    new: Count
    changed: Count
    unchanged: Count
    decided_when_sent: Count
    brought_back: Count
    sent_before: Count
    refused: Count
    problems: dict[str, Count]
    cut: dict[str, Count]
    ambiguous: dict[str, Count]
    consents: dict[str, Count]
    changed_known: bool
    not_imported: list[str]
    calls: dict[Side, Count]


class ImportFinished(Line):
    event: Literal["import_finished"]
    id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}-\d+$")]
    run: Annotated[int, Field(ge=1)]
    status: Literal["success", "partial", "needs_you", "failed", "stopped"]
    seconds: float
    rows: Count
    created: Count
    updated: Count
    unchanged: Count
    refused: Count
    failed: Count
    left: Count
    calls: dict[Side, Count]
    results: dict[str, str]


class Component(Line):
    event: Literal["component"]
    id: Annotated[str, Field(min_length=1)]
    kind: Literal["field", "permission_set"]
    object: str
    name: Annotated[str, Field(min_length=1)]
    type: str
    purpose: Literal["external_id", "optin", "optin_date", "optin_source", "pair", "access", "unused"]
    about: str
    state: Literal["installed", "hidden", "missing", "conflict"]
    conflict: str
    message: str
    made_by_us: bool
    unsure: bool
    records: Count | None = None


class ComponentDone(Line):
    event: Literal["component_installed", "component_removed"]
    id: Annotated[str, Field(min_length=1)]


class ComponentFailed(Line):
    event: Literal["component_failed"]
    id: Annotated[str, Field(min_length=1)]
    reason: Annotated[str, Field(min_length=1)]
    message: Annotated[str, Field(min_length=1)]
    what_to_do: Annotated[str, Field(min_length=1)]
    detail: str


class AccessGiven(Line):
    event: Literal["access_given"]
    given: Count
    had: Count
    refused: Count


class Package(Line):
    event: Literal["package"]
    state: Literal["absent", "installed", "other_version", "uninstall_first"]
    name: str
    version: str
    wanted: str
    domains: list[str] | None


class PrepareFinished(Line):
    event: Literal["prepare_finished"]
    installed: Count
    missing: Count
    hidden: Count
    conflicts: Count
    changed: Count
    unsure: Count


class Backup(Line):
    event: Literal["backup"]
    name: Annotated[str, Field(pattern=r"^ledger-.+\.sqlite$")]
    made: Moment
    size: Annotated[int, Field(gt=0)]


class RestoreFinished(Line):
    event: Literal["restore_finished"]
    backups: Count
    restored: bool
    backup: str
    aside: str


EVENT: TypeAdapter[Any] = TypeAdapter(
    Annotated[
        Error
        | Progress
        | SetAside
        | Operation
        | Conflict
        | ConflictsFinished
        | Consent
        | ConsentEvent
        | ConsentFinished
        | Schedule
        | ScheduleFinished
        | Notice
        | Guard
        | PreviewFinished
        | RunFinished
        | Problem
        | CheckFinished
        | Status
        | SetAsideFinished
        | Backup
        | RestoreFinished
        | RowRefused
        | ImportChecked
        | ImportFinished
        | Component
        | ComponentDone
        | ComponentFailed
        | AccessGiven
        | Package
        | PrepareFinished
        | OpenUrl
        | Connected,
        Field(discriminator="event"),
    ]
)
