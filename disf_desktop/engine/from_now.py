"""Starts a trigger from now: what piled up while it was not ticked is left as it is, and what comes after travels
(sync-semantics 4.14).

Nothing is written to either service. A difference between two records becomes what both sides agree on: that they
differ there. Records that were never tied, and deletes that were never said, have nothing to agree on; of these the
moment is kept, and what Salesforce stamps later counts.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from typing import Final

from disf_desktop.core.errors import Problem, SettingsError
from disf_desktop.core.events import Event
from disf_desktop.core.moments import written
from disf_desktop.core.operations import Agree, Base, Operation, Update
from disf_desktop.core.policy import Policy
from disf_desktop.core.project import ConflictPolicy, Trigger
from disf_desktop.core.refusals import Reason
from disf_desktop.core.schema import Side
from disf_desktop.engine.book import Book
from disf_desktop.engine.decide import PlannedPage, planned_pages, planning_progress
from disf_desktop.engine.job import Job, Prepared, from_now_fact
from disf_desktop.engine.ports import Clock, Ledger
from disf_desktop.engine.run import each_job, read_both
from disf_desktop.engine.shown import told_of

FROM_NOW: Final = "from_now"
PASSED_OVER: Final = "passed_over"
LEFT: Final = "left"
"""By what the ledger's record of the run says how many operations were passed over."""

FOR_GOOD: Final = "9999-12-31T23:59:59.000000Z"
"""Until when the moment is kept."""

_NOT_FROM_NOW: Final = {
    Trigger.DIALOG_INSIGHT_CREATED: (
        "Dialog Insight does not say since when somebody is there, so nobody can be told from who comes later.",
        "Fill the field that receives the Salesforce Id of those who shall stay out; they are passed over then.",
    ),
    Trigger.OPTIN_CHANGED: (
        "What people said of an opt-in is never passed over.",
        "Look at what waits: disf consent FILE",
    ),
}

_EDITS: Final = frozenset(
    {"changed_in_salesforce", "changed_in_dialog_insight", *(each.value for each in ConflictPolicy)}
)
"""The rules of writes that carry over what people edited. What was chosen or found out otherwise is still done."""


def start_from_now(
    jobs: Sequence[Job], ledger: Ledger, clock: Clock, workers: Executor, *, trigger: Trigger
) -> Generator[Event, None, None]:
    """Pass over what waits for a trigger, each operation told as `passed_over`. Ends with `RunFinished`.

    Raises SettingsError for a trigger that is not ticked, or that cannot start from now.
    """

    def carry_out(prepared: Prepared) -> Iterator[Event]:
        return _pass_over(prepared, workers, trigger)

    yield from each_job(jobs, ledger, clock, carry_out, what={FROM_NOW: trigger.value})


def _pass_over(prepared: Prepared, workers: Executor, trigger: Trigger) -> Iterator[Event]:
    _refuse(prepared, trigger)
    yield from read_both(prepared, workers)
    ledger, numbers = prepared.ledger, prepared.numbers
    now = written(prepared.job.source.server_now())
    counts = ledger.pending_count(numbers.integration, numbers.target, prepared.layout)
    side = Side.SALESFORCE if trigger is Trigger.DIALOG_INSIGHT_UPDATED else Side.DIALOG_INSIGHT
    book, done, left = Book(prepared, side=side), 0, 0
    for of in Side:
        for page in planned_pages(prepared, side, of=of):
            passed = _waiting_for(trigger, page, prepared.policy)
            for operation in passed:
                yield replace(told_of(prepared, operation), not_applied=PASSED_OVER)
            edits = [each for each in passed if isinstance(each, Update)] if trigger in _OF_EDITS else []
            yield from book.note(agreed=[_left_as_it_is(each, prepared.policy) for each in edits])
            left, done = left + len(passed), done + len(page)
            if trigger in _OF_EDITS:
                prepared.tally.kept[LEFT] = left
            if told := planning_progress(prepared, side, done, counts.total + counts.found):
                yield told
    if trigger not in _OF_EDITS:
        ledger.remember(from_now_fact(trigger, numbers), now, FOR_GOOD)
        prepared.tally.kept[LEFT] = left


_OF_EDITS: Final = (Trigger.SALESFORCE_UPDATED, Trigger.DIALOG_INSIGHT_UPDATED)


def _refuse(prepared: Prepared, trigger: Trigger) -> None:
    where, name = f"{prepared.job.at}.triggers", prepared.name
    if trigger not in prepared.job.integration.triggers:
        message = f"{trigger.value} is not ticked in “{name}”, so nothing waits for it."
        raise SettingsError((Problem(where, message, "Tick it, then start it from now, before the next run."),))
    if trigger in _NOT_FROM_NOW:
        message, what_to_do = _NOT_FROM_NOW[trigger]
        raise SettingsError((Problem(where, message, what_to_do),))


def _waiting_for(trigger: Trigger, page: PlannedPage, policy: Policy) -> list[Operation]:
    """Give the operations of a page that are there because of the trigger alone."""
    match trigger:
        case Trigger.SALESFORCE_CREATED:
            return list(page.creates)
        case Trigger.SALESFORCE_DELETED:
            return [each for each in page.updates if Reason.DELETED_IN_SALESFORCE.value in each.rules.values()]
        case _:
            marker = policy.pairs[policy.marker].target if policy.marker is not None else ""
            return [
                each
                for each in page.updates
                if each.rid not in page.arrived and marker not in each.fields and _EDITS.issuperset(each.rules.values())
            ]


def _left_as_it_is(update: Update, policy: Policy) -> Agree:
    """Agree that both sides hold what they hold, in the fields that the update would have written.

    A question among its conflicts is still asked; what only its write would have gone over is none.
    """
    source, target = list(update.base.source), list(update.base.target)
    for i, pair in enumerate(policy.pairs):
        here, there = pair.source, pair.target
        if update.side is Side.DIALOG_INSIGHT and there in update.fields and target[i] == update.fields[there]:
            target[i] = update.before[there]
        elif update.side is Side.SALESFORCE and here in update.fields and source[i] == update.fields[here]:
            source[i] = update.before[here]
    base = Base(tuple(source), tuple(target))
    questions = tuple(each for each in update.conflicts if each.winner is None)
    return Agree(update.rid, update.link, update.target_rid, update.key, base, update.seen, questions, update.more)
