"""The import of one checked file, told as events: settle what an earlier run left open, then send what is left.

Like a run, it is a generator whose consumer stops it by throwing `Stopped` into it at any event; it lands at a safe
point and still tells how it ended. What was killed goes on by being run again.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import Executor
from typing import Any

from disf_desktop.core.errors import DisfError, Problem, SettingsError, Stopped
from disf_desktop.core.events import RunStatus, Summary
from disf_desktop.core.importing.events import ImportEvent, ImportFinished
from disf_desktop.core.importing.rows import FINAL, RowState
from disf_desktop.core.moments import written
from disf_desktop.core.schema import Side
from disf_desktop.engine.importing.job import ImportJob
from disf_desktop.engine.importing.send_bulk import BulkSender, key_is_unique
from disf_desktop.engine.importing.send_consents import ConsentSender
from disf_desktop.engine.importing.send_org import OrgSender
from disf_desktop.engine.importing.send_there import ThereSender
from disf_desktop.engine.importing.sending import Accounts, kind_of, spent
from disf_desktop.engine.job import Tally


def run_import(job: ImportJob, workers: Executor) -> Generator[ImportEvent, None, None]:
    """Import a file whose check came to its end. Ends with `ImportFinished`, then raises what broke it, if anything.

    Rows that the book knows as settled are passed over, so an import that was stopped or killed goes on.
    """
    checked, ledger = job.book.checked, job.ledger
    assert checked is not None, "a file is checked before it is imported"
    assert ledger is not None, "a run is written down"
    number = ledger.begin_run(written(job.clock.now()))
    before = job.calls_before.get(job.side, job.service.calls)
    tally = Tally(job.clock, lambda: job.service.calls - before)
    settled = job.book.tally()
    done = sum(settled.get(state, 0) for state in (RowState.CREATED, RowState.UPDATED, RowState.FAILED))
    accounts = Accounts(job, number, workers, tally, max(checked.to_send, done), done, spent(job))
    trouble: DisfError | None = None
    try:
        yield from _send(accounts)
        yield from accounts.progress(last=True)
    except DisfError as error:
        trouble = error
    finished = _finished(accounts, trouble, job.service.calls - before)
    ledger.finish_run(number, written(job.clock.now()), finished.status.value, _summary(accounts, finished))
    yield finished
    if trouble is not None:
        raise trouble


def goes_by_bulk(job: ImportJob, to_send: int) -> bool:
    """Say whether so many rows go to Salesforce by bulk jobs.

    Rows that make records always do where nothing in Salesforce refuses to make them twice: after a kill only a job
    tells what was done. Consents never do (sync-semantics 4.5). Raises SettingsError where these two meet.
    """
    if job.side is not Side.SALESFORCE:
        return False
    needs_job = kind_of(job) == "create" and not (job.compiled.key and key_is_unique(job))
    if job.compiled.consents:
        if needs_job:
            raise SettingsError(
                (
                    Problem(
                        "consents",
                        "Consents cannot be imported with records that nothing in Salesforce tells apart.",
                        "Choose an external id that is unique as the key, or leave the consent columns out.",
                    ),
                )
            )
        return False
    return needs_job or to_send > job.bulk_above


def _send(accounts: Accounts) -> Iterator[ImportEvent]:
    job = accounts.job
    if job.side is Side.DIALOG_INSIGHT:
        assert job.ledger is not None, "a run is written down"
        yield from ThereSender(accounts, target=job.ledger.target_for(job.target_name)).send()
        return
    by_bulk = goes_by_bulk(job, accounts.total)
    bulk = BulkSender(accounts)
    yield from bulk.recover()
    if by_bulk:
        yield from bulk.send()
    if not by_bulk or bulk.left_over or job.book.open_batches():
        yield from (ConsentSender if job.compiled.consents else OrgSender)(accounts).send()


def _finished(accounts: Accounts, trouble: DisfError | None, calls: int) -> ImportFinished:
    job, tally = accounts.job, accounts.job.book.tally()
    checked = job.book.checked
    rows = checked.rows if checked is not None else 0
    failed, refused = tally.get(RowState.FAILED, 0), tally.get(RowState.REFUSED, 0)
    if trouble is not None:
        status = RunStatus.STOPPED if isinstance(trouble, Stopped) else RunStatus.FAILED
    else:
        status = RunStatus.PARTIAL if failed or refused else RunStatus.SUCCESS
    return ImportFinished(
        id=job.id,
        run=accounts.run,
        status=status,
        seconds=job.clock.monotonic() - accounts.tally.started,
        rows=rows,
        created=tally.get(RowState.CREATED, 0),
        updated=tally.get(RowState.UPDATED, 0),
        unchanged=tally.get(RowState.UNCHANGED, 0),
        refused=refused,
        failed=failed,
        left=rows - sum(n for state, n in tally.items() if state in FINAL),
        calls={side: calls if side is job.side else 0 for side in Side},
    )


def _summary(accounts: Accounts, finished: ImportFinished) -> dict[str, Any]:
    """Give what the ledger keeps of the run: the figures of this run as any other's, and those of the whole import."""
    job, tally = accounts.job, accounts.tally
    of_run = Summary(
        name=job.recipe.name,
        status=finished.status,
        seconds=finished.seconds,
        sides=dict(tally.sides),
        unchanged=tally.unchanged,
        calls=finished.calls,
    )
    figures = ("rows", "created", "updated", "unchanged", "refused", "failed", "left")
    of_import: dict[str, Any] = {"id": job.id, "recipe": job.recipe.name, "to": job.recipe.to}
    of_import |= {name: getattr(finished, name) for name in figures}
    return {
        "event": "import_finished",
        "run": finished.run,
        **of_run.as_json(),
        "integrations": [],
        "import": of_import,
    }
