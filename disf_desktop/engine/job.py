"""One integration made ready to run: its ports, its compiled mapping, its numbers in the ledger, its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import blake2b
from zoneinfo import ZoneInfo

from disf_desktop.core import mapping as mappings
from disf_desktop.core.events import Outstanding, Progress, RunStatus, SideCounts, Stage, Summary
from disf_desktop.core.journal import Registered
from disf_desktop.core.moments import written
from disf_desktop.core.plan import Policy, policy_of
from disf_desktop.core.project import DestinationProject, Integration
from disf_desktop.core.schema import CONTACT_LIST, Side
from disf_desktop.engine.ports import Clock, DialogInsightTarget, Ledger, SalesforceSource

_PROGRESS_INTERVAL = 0.1
"""Seconds between two progress events: at most ten a second (design: the command line)."""

READ_MARGIN = timedelta(seconds=5)
"""How far the watermark stays behind the server's clock (sync-semantics 4.1)."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to run and with what. `at` is the integration's path in the project file, for problems found on the way."""

    integration: Integration
    destination: DestinationProject
    source: SalesforceSource
    target: DialogInsightTarget
    account: str
    """What tells one Dialog Insight account from another: two connections to one account share their links."""
    at: str
    batch_size: int = 200
    concurrency: int = 1

    @property
    def target_name(self) -> str:
        """Name the table that is written, over all integrations that feed it."""
        return f"{self.account}/{self.destination.id_project}/{self.integration.table}"

    @property
    def contacts_name(self) -> str:
        """Name the contact list that rows of this job's table point to."""
        return f"{self.account}/{self.destination.id_project}/{CONTACT_LIST}"


@dataclass(slots=True)
class Tally:
    """The running figures of one integration."""

    clock: Clock
    started: float = 0.0
    read: int = 0
    created: int = 0
    updated: int = 0
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

    def __post_init__(self) -> None:
        self.started = self.clock.monotonic()

    def progress(
        self, name: str, stage: Stage, side: Side, done: int, total: int | None, *, last: bool = False
    ) -> Progress | None:
        """Give a progress event when one is due; `last` ends a stage and is always told."""
        now = self.clock.monotonic()
        if self._stage != (stage, side):
            self._stage, self._stage_began, self._last_told = (stage, side), now, now - _PROGRESS_INTERVAL
        if not last and now - self._last_told < _PROGRESS_INTERVAL:
            return None
        self._last_told = now
        elapsed = now - self._stage_began
        rate = done / elapsed if elapsed > 0 else 0.0
        eta = (total - done) / rate if total is not None and rate > 0 and total >= done else None
        return Progress(name, stage, side, done, total, rate, eta)

    def summary(self, name: str, calls: Mapping[Side, int], outstanding: Outstanding) -> Summary:
        """Close the figures; the status is computed from them, not from exceptions (promise I18)."""
        if self.failed:
            status = RunStatus.FAILED
        elif self.stopped:
            status = RunStatus.STOPPED
        elif self.set_aside:
            status = RunStatus.PARTIAL
        elif self.guarded or outstanding:
            status = RunStatus.NEEDS_YOU
        else:
            status = RunStatus.SUCCESS
        return Summary(
            name=name,
            status=status,
            seconds=self.clock.monotonic() - self.started,
            sides={
                Side.SALESFORCE: SideCounts(read=self.read),
                Side.DIALOG_INSIGHT: SideCounts(created=self.created, updated=self.updated),
            },
            unchanged=self.unchanged,
            set_aside=self.set_aside,
            conflicts=self.conflicts,
            calls=calls,
            outstanding=outstanding,
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
    fingerprint: bytes
    numbers: Registered
    layout: int
    key_is_id: bool

    @property
    def name(self) -> str:
        return self.job.integration.name

    def at(self) -> str:
        """Give the local time as the ledger keeps it."""
        return written(self.clock.now())


def prepare(job: Job, run: int, ledger: Ledger, clock: Clock, tally: Tally) -> Prepared:
    """Read both schemas, check the mapping against them, and compile it. Raises SettingsError with every problem."""
    integration = job.integration
    related = tuple(name for name in integration.mapping.sources if "." in name)
    source_schema = job.source.describe(integration.object, related)
    target_schema = job.target.describe()
    zone = ZoneInfo(job.destination.time_zone)
    compiled = mappings.compile(integration.mapping, source_schema, target_schema, zone, f"{job.at}.mapping")
    settings = blake2b(
        repr(
            (integration.mapping, integration.triggers, integration.object, target_schema.fingerprint(compiled.targets))
        ).encode(),
        digest_size=16,
    ).digest()
    numbers = ledger.register(integration.name, job.target_name, settings)
    key_sources = {p.source.casefold() for p in integration.mapping.key_pairs}
    return Prepared(
        job=job,
        run=run,
        ledger=ledger,
        clock=clock,
        tally=tally,
        policy=policy_of(compiled, integration.triggers, target_schema),
        fingerprint=source_schema.fingerprint(compiled.sources),
        numbers=numbers,
        layout=ledger.layout(compiled.sources, compiled.targets),
        key_is_id=key_sources == {"id"},
    )
