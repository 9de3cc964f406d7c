"""One integration made ready to run: its ports, its compiled mapping, its numbers in the ledger, its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from math import inf
from typing import Any
from zoneinfo import ZoneInfo

from disf_desktop.core import mapping as mappings
from disf_desktop.core import optins as opt_ins
from disf_desktop.core.errors import LimitReached, SettingsError
from disf_desktop.core.events import Outstanding, Progress, RunStatus, SideCounts, Stage, Summary
from disf_desktop.core.exposure import Exposure
from disf_desktop.core.integration_rules import problems_with_schemas
from disf_desktop.core.journal import Registered
from disf_desktop.core.moments import instant, written
from disf_desktop.core.policy import Policy, policy_of
from disf_desktop.core.project import DestinationProject, Integration, ProjectType, Trigger
from disf_desktop.core.records import Capabilities
from disf_desktop.core.schema import CONTACT_LIST, Schema, Side
from disf_desktop.core.target_names import target_name
from disf_desktop.engine.ports import Clock, DialogInsightTable, ExportFolder, Ledger, SalesforceOrg, SavedPlan

_PROGRESS_INTERVAL = 0.1
"""Seconds between two progress events: at most ten a second (design: the command line)."""

READ_MARGIN = timedelta(seconds=5)
"""How far the watermark stays behind the server's clock (sync-semantics 4.1)."""

KEPT_FOR_CONSENTS = 200
"""Calls of a day that only consents may use (sync-semantics 4.12)."""

CONVERTED = ("IsConverted", "ConvertedContactId")
"""What a lead says of its conversion (Salesforce: convertLead)."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to run and with what. `at` is the integration's path in the project file, for problems found on the way."""

    integration: Integration
    destination: DestinationProject
    source: SalesforceOrg
    target: DialogInsightTable
    account: str
    """What tells one Dialog Insight account from another: two connections to one account share their links."""
    at: str
    batch_size: int = 200
    concurrency: int = 1
    org_batch_size: int = 200
    consents: tuple[str, ...] = ()
    """Salesforce fields that hold a consent, of the whole project file."""
    calls_per_day: int | None = None
    """This program's own allowance of calls to Salesforce in 24 hours; None for as many as the org allows."""
    exports: ExportFolder | None = None
    audit: bool = False
    """Whether a person asks for everything to be compared (`engine.audit`)."""
    heir: str | None = None
    """The integration of the same contact list that takes over what its converted leads became."""

    @property
    def is_contacts(self) -> bool:
        """Say whether it serves the contact list, and not a custom table."""
        return self.integration.table == CONTACT_LIST

    @property
    def is_of_births(self) -> bool:
        """Say whether its people are born in Dialog Insight (type B), so that nothing comes from Salesforce."""
        return self.is_contacts and self.destination.type is ProjectType.B

    @property
    def target_name(self) -> str:
        """Name the table that is written, over all integrations that feed it."""
        return target_name(self.account, self.destination.id_project, self.integration.table)

    @property
    def contacts_name(self) -> str:
        """Name the contact list that rows of this job's table point to."""
        return target_name(self.account, self.destination.id_project, CONTACT_LIST)


@dataclass(slots=True)
class Tally:
    """The running figures of one integration."""

    clock: Clock
    calls: Callable[[], int] = lambda: 0
    """Gives the calls that were made for this integration so far, to both services."""
    started: float = 0.0
    sides: dict[Side, SideCounts] = field(default_factory=lambda: {side: SideCounts() for side in Side})
    unchanged: int = 0
    set_aside: int = 0
    conflicts: int = 0
    guarded: bool = False
    stopped: bool = False
    failed: bool = False
    _stage: tuple[Stage, Side] | None = None
    _stage_began: float = 0.0
    _last_told: float = -1.0
    planned: Counter[str] = field(default_factory=Counter)
    deferred: int = 0
    """Records that somebody changed since they were planned: they are planned again in this run."""
    left_alone: int = 0
    """Updates that an undo could not take back."""
    unplanned: int = 0
    """Operations that were called for and not sent, because the saved plan does not hold them."""
    kept: dict[str, Any] = field(default_factory=dict)
    """What the ledger keeps of the integration in this run, besides its figures."""
    audit: Mapping[str, int | bool] | None = None
    """What the comparison of everything has found, once it is done."""
    exposure: Exposure = field(default_factory=Exposure)

    def __post_init__(self) -> None:
        self.started = self.clock.monotonic()

    def count(self, side: Side, *, read: int = 0, created: int = 0, updated: int = 0, deleted: int = 0) -> None:
        """Add records read from a side, or written to it; `deleted` are deletes seen there."""
        self.sides[side] += SideCounts(read, created, updated, deleted)

    def progress(
        self, name: str, stage: Stage, side: Side, done: int, total: int | None, *, last: bool = False
    ) -> Progress | None:
        """Give a progress event when one is due; `last` ends a stage and is always told."""
        now = self.clock.monotonic()
        if self._stage != (stage, side):
            self._stage, self._stage_began, self._last_told = (stage, side), now, -inf
        if not last and now - self._last_told < _PROGRESS_INTERVAL:
            return None
        self._last_told = now
        elapsed = now - self._stage_began
        rate = done / elapsed if elapsed > 0 else 0.0
        eta = (total - done) / rate if total is not None and rate > 0 and total >= done else None
        sent = sum(c.created + c.updated for c in self.sides.values()) + self.sides[Side.DIALOG_INSIGHT].deleted
        return Progress(name, stage, side, done, total, rate, eta, sent, self.unchanged, self.calls())

    def summary(self, name: str, calls: Mapping[Side, int], outstanding: Outstanding) -> Summary:
        """Close the figures; the status is computed from them, not from exceptions (promise I18)."""
        if self.failed:
            status = RunStatus.FAILED
        elif self.stopped:
            status = RunStatus.STOPPED
        elif (self.set_aside and outstanding.set_aside) or self.left_alone:
            status = RunStatus.PARTIAL
        elif self.guarded or outstanding:
            status = RunStatus.NEEDS_YOU
        else:
            status = RunStatus.SUCCESS
        return Summary(
            name=name,
            status=status,
            seconds=self.clock.monotonic() - self.started,
            sides=dict(self.sides),
            unchanged=self.unchanged,
            set_aside=self.set_aside,
            conflicts=self.conflicts,
            calls=calls,
            outstanding=outstanding,
            exposure=self.exposure,
        )


@dataclass(frozen=True, slots=True)
class Prepared:
    """A job whose schemas were read and found to fit its mapping."""

    job: Job
    run: int
    ledger: Ledger
    clock: Clock
    tally: Tally
    policy: Policy
    optins: opt_ins.CompiledOptins
    fingerprint: bytes
    numbers: Registered
    layout: int
    key_is_id: bool
    capabilities: Capabilities
    source_schema: Schema
    target_schema: Schema
    plan: SavedPlan | None = None
    """What a person looked at and saved; nothing else is sent then."""
    spent: int = 0
    """Calls to Salesforce of the last 24 hours, but for those that the port counts."""

    @property
    def name(self) -> str:
        return self.job.integration.name

    @property
    def sources(self) -> tuple[str, ...]:
        """Name the Salesforce fields that are read, in the order of the layout."""
        return self.policy.mapping.sources

    @property
    def observes_dialog_insight(self) -> bool:
        return _observes(self.job, self.policy)

    def afford(self, *, consent: bool = False) -> None:
        """Raise LimitReached where our own allowance of the day is used up; the last of it is kept for consents."""
        most = self.job.calls_per_day
        if most is None:
            return
        used = self.spent + self.job.source.calls
        if used + (0 if consent else KEPT_FOR_CONSENTS) >= most:
            raise LimitReached(
                f"{used} of the {most} calls a day that this program may make to Salesforce are used"
                f"{'' if consent else f'; {KEPT_FOR_CONSENTS} are kept for consents'}.",
                "Run again tomorrow, or raise calls_per_day in the connection.",
                where=f"{self.job.at}.salesforce",
            )

    def server_now(self, side: Side) -> datetime:
        """Give the time by the clock of a service: what may still arrive there is waited for by that clock (4.15)."""
        return (self.job.source if side is Side.SALESFORCE else self.job.target).server_now()

    def at_dialog_insight(self) -> str:
        """Give the time by the clock of Dialog Insight, as the ledger keeps it."""
        return written(self.server_now(Side.DIALOG_INSIGHT))

    def at(self) -> str:
        """Give the local time as the ledger keeps it."""
        return written(self.clock.now())


def prepare(job: Job, run: int, ledger: Ledger, clock: Clock, tally: Tally, plan: SavedPlan | None = None) -> Prepared:
    """Read both schemas, check the mapping against them, and compile it. Raises SettingsError with every problem."""
    integration, destination = job.integration, job.destination
    related = tuple(name for name in integration.mapping.sources if "." in name)
    source_schema = job.source.describe(integration.object, related)
    target_schema = job.target.describe()
    zone = ZoneInfo(destination.time_zone)
    found = problems_with_schemas(integration, destination, source_schema, target_schema, job.at, job.consents)
    if found:
        raise SettingsError(found)
    optins = opt_ins.compile(
        integration.optins, source_schema, target_schema, f"{job.at}.optins", zone=zone, project=destination.name
    )
    flag = integration.deletes.field
    compiled = mappings.compile(
        integration.mapping,
        source_schema,
        target_schema,
        zone,
        f"{job.at}.mapping",
        type=destination.type,
        births=Trigger.DIALOG_INSIGHT_CREATED in integration.triggers,
        consents=job.consents,
        extra_sources=(*optins.sources, *_extra_sources(job, source_schema)),
        extra_targets=() if flag is None else (flag,),
    )
    settings = blake2b(
        repr(
            (
                integration.mapping,
                integration.triggers,
                integration.object,
                integration.filter,
                integration.deletes,
                target_schema.fingerprint(compiled.targets),
            )
        ).encode(),
        digest_size=16,
    ).digest()
    numbers = ledger.register(integration.name, job.target_name, settings)
    key_sources = {p.source.casefold() for p in integration.mapping.key_pairs}
    policy = replace(
        policy_of(compiled, integration, target_schema, destination.type, zone, id_project=destination.id_project),
        creates_after=_started(Trigger.SALESFORCE_CREATED, numbers, ledger, clock),
        deletes_after=_started(Trigger.SALESFORCE_DELETED, numbers, ledger, clock),
    )
    return Prepared(
        job=job,
        run=run,
        ledger=ledger,
        clock=clock,
        tally=tally,
        policy=policy,
        optins=optins,
        fingerprint=_fingerprint(source_schema.fingerprint(compiled.sources), integration.filter),
        numbers=numbers,
        layout=ledger.layout(compiled.sources, compiled.targets, [pair.source for pair in compiled.pairs]),
        key_is_id=key_sources == {"id"},
        capabilities=_capabilities(job, ledger, clock) if _observes(job, policy) else Capabilities(),
        source_schema=source_schema,
        target_schema=target_schema,
        plan=plan,
        spent=_spent(job, ledger, clock),
    )


def from_now_fact(trigger: Trigger, numbers: Registered) -> str:
    """Name the moment at which a trigger was started from now (`engine.from_now`)."""
    return f"from_now/{trigger.value}/{numbers.integration}/{numbers.target}"


def _started(trigger: Trigger, numbers: Registered, ledger: Ledger, clock: Clock) -> datetime | None:
    moment = ledger.recall(from_now_fact(trigger, numbers), written(clock.now()))
    return None if moment is None else instant(moment)


def _spent(job: Job, ledger: Ledger, clock: Clock) -> int:
    """Give the calls of finished runs; those of this run's earlier integrations are in the port's own count."""
    if job.calls_per_day is None:
        return 0
    return ledger.calls_since(written(clock.now() - timedelta(days=1))).get(Side.SALESFORCE.value, 0)


PROBE_LASTS = timedelta(days=7)


def _capabilities(job: Job, ledger: Ledger, clock: Clock) -> Capabilities:
    """Give what the account accepts: as stored, or by a harmless probe once a week (architecture, section 5)."""
    name, now = f"capabilities/{job.target_name}", clock.now()
    stored = ledger.recall(name, written(now))
    known = Capabilities.recalled(stored) if stored is not None else None
    if known is None:
        known = job.target.probe()
        ledger.remember(name, known.kept(), written(now + PROBE_LASTS))
    return known


def _observes(job: Job, policy: Policy) -> bool:
    """Say whether anything that Dialog Insight shows may matter: a pair that travels back, or an opt-in."""
    return job.is_contacts and (policy.goes_back or bool(job.integration.optins))


def _extra_sources(job: Job, schema: Schema) -> tuple[str, ...]:
    """Name the fields that are read besides the mapping's: what a lead says of its conversion."""
    return tuple(name for name in CONVERTED if schema.find(name) is not None) if job.is_contacts else ()


def _fingerprint(fields: bytes, condition: str | None) -> bytes:
    """Give what a reading relies on: other fields or another filter mean reading anew."""
    return fields if condition is None else blake2b(fields + condition.encode(), digest_size=16).digest()
