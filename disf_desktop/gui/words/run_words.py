"""Sentences about schedules and the age of runs. QtCore alone."""

from __future__ import annotations

from datetime import UTC, datetime
from math import ceil

from disf_desktop.core.events import Stage
from disf_desktop.gui.models.facts import Facts, Keeping, Run, RunKind
from disf_desktop.gui.models.integrations import Age, IntegrationRow, Next
from disf_desktop.gui.models.wire import StoodOpen
from disf_desktop.gui.words.choices import schedule
from disf_desktop.gui.words.figures import age, counts, duration, moment_soon, number
from disf_desktop.gui.words.translation import translate


def next_said(row: IntegrationRow) -> str:
    """Say when an integration runs next; empty for one that runs by hand."""
    if row.next is Next.KNOWN and row.due is not None:
        if row.due <= datetime.now(UTC):
            return translate("RunWords", "due now")
        return translate("RunWords", "next {0}").format(moment_soon(row.due.isoformat()))
    return {
        Next.BY_HAND: "",
        Next.OFF: translate("RunWords", "off for now"),
        Next.PAUSED: translate("RunWords", "paused"),
        Next.FIRST: translate("RunWords", "after its first run"),
        Next.WAITS: translate("RunWords", "waiting"),
        Next.KNOWN: "",
    }[row.next]


def age_said(row: IntegrationRow) -> tuple[str, str]:
    """Say how late an integration is, and how that looks; nothing for one that is in time."""
    if row.age is Age.FINE or row.last is None:
        return "", "warn"
    passed = age((datetime.now(UTC) - row.last).total_seconds())
    if row.age is Age.LATE:
        return translate("RunWords", "▲ Late: {0} ago").format(passed), "warn"
    return translate("RunWords", "■ Very late: {0} ago").format(passed), "err"


def schedules_said(facts: Facts) -> str:
    """Say what becomes of the schedules of the file; empty where it has none that counts."""
    kept = facts.schedules
    if kept.keeping is Keeping.PAUSED:
        return translate("RunWords", "Nothing runs by itself until you go on.")
    if kept.keeping is Keeping.AGAIN:
        text = translate("RunWords", "What keeps the schedules has ended unexpectedly; it is started again in {0}.")
        return text.format(duration(kept.again_s))
    if kept.keeping is Keeping.NONE:
        return ""
    if kept.busy:
        return translate("RunWords", "Another run of this project is under way; what is due waits for it.")
    return translate("RunWords", "Schedules are kept while this file is open.")


def stop_said(run: Run) -> str:
    """Say what a stop means at this point of a run: what is written stays, and can be undone."""
    if run.kind is RunKind.PREVIEW:
        return translate("RunWords", "A preview sends nothing.")
    if run.kind is RunKind.CHECK:
        return translate("RunWords", "A check sends nothing.")
    if run.kind is RunKind.FROM_NOW:
        return translate("RunWords", "This writes nothing; it leaves what piled up as it is on both sides.")
    if run.kind is RunKind.IMPORT:
        return translate("RunWords", "If it stops now, what is sent stays; going on begins there, no row twice.")
    if not run.state.sent:
        now = run.state.progress
        if now is not None and now.stage in (Stage.APPLY, Stage.REPORT):
            return translate(
                "RunWords",
                "The first records are on their way: what has left is finished, and the next run goes on from there.",
            )
        return translate("RunWords", "Nothing is written yet; a stop leaves everything as it is.")
    text = translate("RunWords", "If it stops now: {0}; the next run goes on from there.")
    return text.format(counts.written_so_far(run.state.sent))


def stood_open_said(stood: StoodOpen) -> tuple[str, str]:
    """Say for how long records stood open in a run, and why that matters."""
    mostly, longest = (duration(ceil(seconds * 10) / 10) for seconds in (stood.p95_s, stood.longest_s))
    if mostly == longest:
        said = translate("RunWords", "Between the last look at a record and the reply to its write: {0} at most.")
    else:
        said = translate(
            "RunWords",
            "Between the last look at a record and the reply to its write: {0} at most for 95 records of 100, {1} for "
            "the slowest.",
        )
    why = translate(
        "RunWords",
        "What somebody types into the same field in that time is written over unseen, because neither service lets a "
        "write depend on what is there. So it is kept short. Only records with fields that travel both ways count "
        "here: {0}.",
    )
    return said.format(mostly, longest), why.format(number(stood.writes))


def waiting_said() -> str:
    """Say what a run waits for that has not begun."""
    return translate("RunWords", "Another run of this project is under way; this one begins when that one ends.")


def schedule_sentence(row: IntegrationRow) -> str:
    """Say the schedule of an integration, and when it is due."""
    return " · ".join(part for part in (schedule(row.integration.schedule), next_said(row)) if part)
