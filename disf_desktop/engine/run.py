"""One run, told as events: recover the journal → check schemas → read → plan → guard → apply → report.

A run is a generator. Its consumer stops it by throwing `Stopped` into it at any event; it then lands at a safe point
and still tells how it ended. A preview is the same, without the sending.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from hashlib import blake2b
from typing import Any, Final

from disf_desktop.core.errors import DisfError, SchemaChanged, SettingsError, Stopped
from disf_desktop.core.events import (
    Event,
    OperationPlanned,
    Outstanding,
    PreviewFinished,
    RunFinished,
    RunStatus,
    SideCounts,
    Summary,
)
from disf_desktop.core.exposure import Exposure
from disf_desktop.core.guard import PlanHash
from disf_desktop.core.journal import PendingCount
from disf_desktop.core.moments import written
from disf_desktop.core.schema import Side
from disf_desktop.engine.apply import apply, recover
from disf_desktop.engine.apply_back import apply_back, recover_back
from disf_desktop.engine.consents import consent_pass
from disf_desktop.engine.consents import show as show_consents
from disf_desktop.engine.decide import guard
from disf_desktop.engine.job import Job, Prepared, Tally, prepare
from disf_desktop.engine.late import look_for_late_writes
from disf_desktop.engine.newcomers import Newcomers
from disf_desktop.engine.observe import observe
from disf_desktop.engine.ports import Clock, Ledger, SavedPlan
from disf_desktop.engine.read import read
from disf_desktop.engine.shown import forecast_of, show

_OWN_TROUBLE = (SettingsError, SchemaChanged)
"""Errors that concern one integration only; the others still run."""


ROUNDS: Final = 3
"""How often a run plans again what somebody changed while it was sending."""


def in_order(jobs: Sequence[Job]) -> list[Job]:
    """Order jobs so that what one brings is there for the next (promise I13).

    People born in Dialog Insight come first, so that their new Salesforce record goes on to a type A project in the
    same run; then leads, whose contact may take them over; then other people; then the rows that point to them.
    """

    def rank(job: Job) -> int:
        if job.is_of_births:
            return 0
        return 1 if job.integration.object == "Lead" else 2 if job.is_contacts else 3

    ordered = sorted(jobs, key=rank)
    heirs = {job.target_name: job.integration.name for job in ordered if job.integration.object == "Contact"}
    return [
        replace(job, heir=heirs.get(job.target_name)) if job.integration.object == "Lead" else job for job in ordered
    ]


def run(
    jobs: Sequence[Job],
    ledger: Ledger,
    clock: Clock,
    workers: Executor,
    *,
    approve: str | None = None,
    plan: SavedPlan | None = None,
) -> Generator[Event, None, None]:
    """Synchronise these integrations. Ends with `RunFinished`, then raises the error that broke it, if one did.

    With a `plan`, exactly its operations are sent, as far as they are still what is called for; the others are told.
    """

    def carry_out(prepared: Prepared) -> Iterator[Event]:
        yield from _integration(prepared, workers, approve)
        if not prepared.tally.guarded and not prepared.tally.unplanned:
            prepared.tally.kept["ticked"] = sorted(prepared.job.integration.triggers)

    yield from each_job(jobs, ledger, clock, carry_out, plan=plan, others_after=_OWN_TROUBLE)


def each_job(
    jobs: Sequence[Job],
    ledger: Ledger,
    clock: Clock,
    carry_out: Callable[[Prepared], Iterator[Event]],
    *,
    plan: SavedPlan | None = None,
    others_after: tuple[type[DisfError], ...] = (),
    what: Mapping[str, Any] | None = None,
) -> Generator[Event, None, None]:
    """Carry something out for each job, in order, as one run of the ledger, which keeps `what` it was unless a sync.

    An error ends it, but for those of `others_after`, after which the other jobs still have their turn. Ends with
    `RunFinished`, then raises what went wrong.
    """
    number = ledger.begin_run(written(clock.now()))
    began = clock.monotonic()
    summaries: list[Summary] = []
    tallies: list[Tally] = []
    trouble: DisfError | None = None
    for job in in_order(jobs):
        calls = calls_of(job)
        tally = Tally(clock, calls_since(job))
        outstanding = Outstanding()
        try:
            clock.sleep(0)  # whoever asked for a stop before the run began is heard here, and not after some calls
            prepared = prepare(job, number, ledger, clock, tally, plan)
            try:
                yield from carry_out(prepared)
            finally:
                outstanding = ledger.outstanding(prepared.numbers.integration)
        except Stopped as stop:
            tally.stopped, trouble = True, stop
        except DisfError as error:
            tally.failed = True
            trouble = _worse(trouble, error)
        used = {side: n - calls[side] for side, n in calls_of(job).items()}
        summaries.append(tally.summary(job.integration.name, used, outstanding))
        tallies.append(tally)
        if trouble is not None and not isinstance(trouble, others_after):
            break
    if plan is not None and trouble is None:
        yield from plan.leftovers()
    finished = RunFinished(number, total_of(summaries, clock.monotonic() - began), tuple(summaries))
    summary = finished.as_json() | dict(what or {})
    summary["integrations"] = [each | t.kept for each, t in zip(summary["integrations"], tallies, strict=True)]
    summary |= _audits_of([(s.name, t) for s, t in zip(summaries, tallies, strict=True)])
    ledger.finish_run(number, written(clock.now()), finished.total.status.value, summary)
    yield finished
    if trouble is not None:
        raise trouble


def _integration(prepared: Prepared, workers: Executor, approve: str | None) -> Iterator[Event]:
    """Carry one integration through its stages; consents come before everything else that is written."""
    yield from _recover(prepared, workers)
    yield from read_both(prepared, workers)
    counts = _released(prepared)
    if prepared.plan is None:
        # Who saved a plan has seen what it changes.
        yield from guard(prepared, counts, approve)
    yield from consent_pass(prepared, workers)
    if prepared.tally.guarded:
        return
    for again in range(ROUNDS):
        prepared.tally.deferred = 0
        if prepared.policy.goes_back:
            yield from apply_back(prepared)
        yield from apply(prepared, workers, counts.total if not again else 0)
        if not prepared.tally.deferred:
            break
    if prepared.tally.sides[Side.SALESFORCE].created:
        yield from consent_pass(prepared, workers)


def _recover(prepared: Prepared, workers: Executor) -> Iterator[Event]:
    batches = prepared.ledger.open_batches(prepared.numbers.integration)
    if batches:
        yield from recover_back(prepared, [b for b in batches if b.side is Side.SALESFORCE])
        # What became of those moves what the others are judged by.
        left = prepared.ledger.open_batches(prepared.numbers.integration)
        yield from recover(prepared, workers, [b for b in left if b.side is Side.DIALOG_INSIGHT])
    yield from look_for_late_writes(prepared, workers)


def read_both(prepared: Prepared, workers: Executor) -> Iterator[Event]:
    """Store what both sides show."""
    if not prepared.job.is_of_births:
        yield from read(prepared, workers)
    yield from observe(prepared, workers)


def _released(prepared: Prepared) -> PendingCount:
    """Put what waited for its contact, or may be ours, before the planner again, and count what is there."""
    ledger, numbers = prepared.ledger, prepared.numbers
    if prepared.policy.contact_index:
        ledger.release_blocked(numbers.integration)
    if prepared.policy.goes_back:
        ledger.bring_back_late(numbers.integration, numbers.target, prepared.run)
    return ledger.pending_count(numbers.integration, numbers.target, prepared.layout)


def preview(jobs: Sequence[Job], ledger: Ledger, clock: Clock, workers: Executor) -> Generator[Event, None, None]:
    """Tell every operation that a run would carry out now; read both services, write to none.

    Rows whose contact the run itself creates show the person's Salesforce Id: nobody has the contact's number yet.
    """
    number = ledger.begin_run(written(clock.now()))
    counts = {"create": 0, "update": 0, "set_aside": 0, "unchanged": 0}
    tallies: list[tuple[str, Tally]] = []
    forecast = dict.fromkeys(Side, 0)
    used = dict.fromkeys(Side, 0)
    hashes = []
    newcomers = Newcomers()
    status = RunStatus.FAILED
    try:
        for job in in_order(jobs):
            before = calls_of(job)
            clock.sleep(0)
            tallies.append((job.integration.name, Tally(clock, calls_since(job))))
            prepared = prepare(job, number, ledger, clock, tallies[-1][1])
            yield from read_both(prepared, workers)
            _released(prepared)
            used = {side: used[side] + n - before[side] for side, n in calls_of(job).items()}
            digest = PlanHash()
            for told in show_consents(prepared):
                if isinstance(told, OperationPlanned):
                    counts[told.kind] = counts.get(told.kind, 0) + 1
                    forecast[Side.SALESFORCE] += 1
                yield told
            yield from show(prepared, digest, newcomers)
            planned = prepared.tally.planned
            for kind in ("create", "update", "set_aside", "unchanged"):
                counts[kind] += planned[kind]
            for side, calls in forecast_of(prepared).items():
                forecast[side] += calls
            hashes.append(digest.hexdigest())
        status = RunStatus.SUCCESS
        finished = PreviewFinished(_hash_of(hashes), counts, forecast)
    except Stopped:
        status = RunStatus.STOPPED
        raise
    finally:
        spent = {side.value: n for side, n in used.items()}
        summary = {"event": "preview_finished", "counts": counts, "calls": spent}
        ledger.finish_run(number, written(clock.now()), status.value, summary | _audits_of(tallies))
    yield finished


def _hash_of(hashes: Sequence[str]) -> str:
    """Give one fingerprint for several plans; one plan keeps its own, so a guard's and a preview's are the same."""
    return hashes[0] if len(hashes) == 1 else blake2b("".join(hashes).encode(), digest_size=16).hexdigest()


def _worse(known: DisfError | None, new: DisfError) -> DisfError:
    """Join the problems of several integrations; anything else outweighs them."""
    if isinstance(known, SettingsError) and isinstance(new, SettingsError):
        return SettingsError(known.problems + new.problems)
    return new


def _audits_of(tallies: Sequence[tuple[str, Tally]]) -> dict[str, Any]:
    """Give what the ledger keeps of comparisons of everything, by the names of integrations; nothing where none was."""
    found = [{"name": name} | dict(tally.audit) for name, tally in tallies if tally.audit is not None]
    return {"audits": found} if found else {}


def calls_since(job: Job) -> Callable[[], int]:
    """Give what counts the calls of a job from now on."""
    before = sum(calls_of(job).values())
    return lambda: sum(calls_of(job).values()) - before


def calls_of(job: Job) -> dict[Side, int]:
    return {Side.SALESFORCE: job.source.calls, Side.DIALOG_INSIGHT: job.target.calls}


_GRAVEST_FIRST = (
    RunStatus.FAILED,
    RunStatus.STOPPED,
    RunStatus.PARTIAL,
    RunStatus.NEEDS_YOU,
    RunStatus.SUCCESS,
)


def total_of(summaries: Sequence[Summary], seconds: float) -> Summary:
    statuses = {s.status for s in summaries} or {RunStatus.SUCCESS}
    return Summary(
        status=next(s for s in _GRAVEST_FIRST if s in statuses),
        seconds=seconds,
        sides={side: sum((s.sides[side] for s in summaries), SideCounts()) for side in Side},
        unchanged=sum(s.unchanged for s in summaries),
        set_aside=sum(s.set_aside for s in summaries),
        conflicts=sum(s.conflicts for s in summaries),
        calls={side: sum(s.calls[side] for s in summaries) for side in Side},
        outstanding=sum((s.outstanding for s in summaries), Outstanding()),
        exposure=sum((s.exposure for s in summaries), Exposure()),
    )
