"""Sentences about runs, connections and the whole, made from the facts. QtCore alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from disf_desktop.core.events import Outstanding, SideCounts, Stage
from disf_desktop.core.history import RunRecord
from disf_desktop.core.importing.events import ImportFinished
from disf_desktop.core.project import DestinationProject, Integration, Project, SalesforceConnection
from disf_desktop.core.schema import CONTACT_LIST, Side
from disf_desktop.gui.models.directions import way_of
from disf_desktop.gui.models.facts import (
    WRITES,
    Facts,
    Keeping,
    Run,
    RunKind,
    is_from_now,
    is_import,
    is_preview,
    is_undo,
    last_ended,
)
from disf_desktop.gui.models.ledger import doubtful_audits
from disf_desktop.gui.models.marks import Mark, Tab, connection_mark, missing_service
from disf_desktop.gui.words.choices import ARROWS
from disf_desktop.gui.words.figures import clock, counts, duration, moment, moment_soon, number
from disf_desktop.gui.words.translation import translate

SERVICE_NAMES = {Side.SALESFORCE: "Salesforce", Side.DIALOG_INSIGHT: "Dialog Insight"}


def integration_title(project: Project, integration: Integration) -> str:
    """Name what moves, and which way: Order__c → ORDERS, Contact ↔ Contact."""
    return f"{integration.object} {ARROWS[way_of(project, integration)]} {integration.table}"


def integration_place(project: Project, integration: Integration) -> str:
    """Say where it goes: the project, and whether into its contact list or a custom table."""
    destination = project.destination(integration.project)
    name = destination.name if destination else integration.project
    if integration.table != CONTACT_LIST:
        return translate("Story", "{0} · custom table").format(name)
    return translate("Story", "{0} · type {1}").format(name, destination.type.value if destination else "?")


def project_type(destination: DestinationProject) -> str:
    return translate("Story", "type {0}").format(destination.type.value)


def mark_said(mark: Mark) -> str:
    """Say a mark for a screen reader."""
    return {
        Mark.DONE: translate("Story", "done"),
        Mark.NEEDS_YOU: translate("Story", "needs you"),
        Mark.NOT_STARTED: translate("Story", "not started"),
    }[mark]


def tab_name(tab: Tab) -> str:
    return {
        Tab.CONNECTIONS: translate("Story", "Connections"),
        Tab.PROJECTS: translate("Story", "Destination projects"),
        Tab.MAPPING: translate("Story", "Object mapping"),
        Tab.OPT_INS: translate("Story", "Opt-ins"),
        Tab.INTEGRATIONS: translate("Story", "Integrations"),
        Tab.ACTIVITY: translate("Story", "Activity"),
    }[tab]


def status_said(status: str | None) -> str:
    """Say how a run ended."""
    return {
        "success": translate("Story", "Success"),
        "partial": translate("Story", "Partial: some records wait for you"),
        "needs_you": translate("Story", "Needs you"),
        "failed": translate("Story", "Failed"),
        "stopped": translate("Story", "Stopped"),
    }.get(status or "", translate("Story", "Interrupted, or still under way"))


def status_short(status: str) -> str:
    """Say how a part of a run ended, in a word or two."""
    return translate("Story", "Partial") if status == "partial" else status_said(status)


def run_name(record: RunRecord) -> str:
    """Name a run of the ledger by what it was and when."""
    if is_import(record):
        name = translate("Story", "Import · {0}")
    elif is_undo(record):
        name = translate("Story", "Undo · {0}")
    elif is_from_now(record):
        name = translate("Story", "Start from now · {0}")
    else:
        name = translate("Story", "Preview · {0}") if is_preview(record) else translate("Story", "Sync · {0}")
    return name.format(clock(record.started))


def run_heading(record: RunRecord) -> str:
    """Name a run of the ledger at the head of its page."""
    if is_import(record):
        name = translate("Story", "Import of {0}")
    elif is_undo(record):
        name = translate("Story", "Undo, {0}")
    elif is_from_now(record):
        name = translate("Story", "Start from now, {0}")
    else:
        name = translate("Story", "Preview of {0}") if is_preview(record) else translate("Story", "Sync of {0}")
    return name.format(moment(record.started))


def status_mark(status: str | None) -> Mark:
    return {"success": Mark.DONE, "stopped": Mark.NOT_STARTED}.get(status or "", Mark.NEEDS_YOU)


def written(summary: Mapping[str, Any]) -> int:
    """Count the records that a run, or an integration in it, wrote on either side."""
    return sum(int(summary.get(s.value, {}).get(m, 0)) for s in Side for m in ("created", "updated", "deleted"))


def changed(summary: Mapping[str, Any]) -> int:
    """Count the records that a run changed: what it made stays, what it changed can be taken back."""
    return sum(int(summary.get(s.value, {}).get(m, 0)) for s in Side for m in ("updated", "deleted"))


def left_as_it_is(record: RunRecord) -> int:
    """Count the records that a run which started a trigger from now has passed over."""
    return sum(int(part.get("left", 0)) for part in record.summary.get("integrations", ()))


def run_short(record: RunRecord) -> str:
    """Tell a run in one line: what was sent or left, what was set aside, how long it took."""
    if record.status is None:
        return status_said(None)
    if is_preview(record):
        figures = record.summary.get("counts", {})
        planned = sum(int(n) for kind, n in figures.items() if kind in WRITES)
        return translate("Story", "{0} · nothing sent").format(counts.changes(planned))
    parts = [_done(record, record.summary)]
    if is_import(record):
        of_import = record.summary["import"]
        refused = int(of_import.get("refused", 0)) + int(of_import.get("failed", 0))
        parts += [counts.rows_refused(refused)] if refused else []
    if aside := int(record.summary.get("set_aside", 0)):
        parts.append(counts.set_aside(aside))
    if record.status in ("failed", "stopped"):
        parts.insert(0, status_said(record.status))
    else:
        parts.append(duration(float(record.summary.get("seconds", 0))))
    return " · ".join(parts)


def stage_said(run: Run) -> str:
    """Say which step a run is at."""
    progress = run.state.progress
    if progress is None:
        return translate("Story", "Starting")
    service = SERVICE_NAMES[progress.side]
    if run.kind.is_of_file and progress.stage is Stage.READ:
        return translate("Story", "Reading the file")
    return {
        Stage.READ: translate("Story", "Reading {0}"),
        Stage.PLAN: translate("Story", "Comparing"),
        Stage.APPLY: translate("Story", "Sending to {0}"),
        Stage.REPORT: translate("Story", "Finishing"),
    }[progress.stage].format(service)


def run_title(run: Run) -> str:
    """Name the run under way with what it is working on."""
    progress = run.state.progress
    name = (progress.integration if progress else run.integration) or ""
    return f"{doing(run)} — {name}" if name else doing(run)


def doing(run: Run) -> str:
    """Say what a run does."""
    if run.kind is RunKind.PREVIEW:
        return translate("Story", "Preparing the preview")
    if run.kind is RunKind.UNDO:
        return translate("Story", "Taking a run back")
    if run.kind is RunKind.FROM_NOW:
        return translate("Story", "Starting from now")
    if run.kind is RunKind.CHECK:
        return translate("Story", "Checking a file")
    if run.kind is RunKind.IMPORT:
        return translate("Story", "Importing a file")
    return translate("Story", "Syncing now")


def status_sentence(facts: Facts) -> str:
    """Say the one true sentence of the status bar."""
    if facts.project is None:
        return translate("Story", "No project file is open.")
    if facts.running and facts.run is not None:
        ended = facts.imports.finished if facts.run.kind is RunKind.IMPORT else None
        return _running_sentence(facts.run) if ended is None else _import_ended_sentence(ended)
    parts = [_connections_sentence(facts)]
    parts += outstanding_said(facts.history.outstanding)
    last = last_ended(facts)
    if last is None:
        parts.append(translate("Story", "Nothing was synced yet."))
    else:
        text = (
            translate("Story", "Last import {0}: {1}.") if is_import(last) else translate("Story", "Last run {0}: {1}.")
        )
        parts.append(text.format(moment_soon(last.ended or last.started), run_short(last)))
    parts.append(next_run_said(facts))
    return " ".join(filter(None, parts))


def next_run_said(facts: Facts) -> str:
    """Say when something runs by itself next; empty where nothing does."""
    schedules = facts.schedules
    if schedules.keeping is Keeping.PAUSED:
        return translate("Story", "Schedules are paused.")
    due = [moment for moment in schedules.next.values() if moment is not None]
    if schedules.keeping is not Keeping.ON or not due:
        return ""
    return translate("Story", "Next run {0}.").format(moment_soon(min(due).isoformat()))


def what_needs_you(facts: Facts) -> list[str]:
    """Say all that waits for a person, a sentence for each kind of it."""
    if facts.project is None:
        return []
    marks = [connection_mark(facts, c.id) for c in facts.project.connections]
    doors = [_connections_sentence(facts)] if Mark.NEEDS_YOU in marks else []
    doubtful = [
        translate("Story", "Comparing everything of “{0}” left a question.").format(name)
        for name in doubtful_audits(facts)
    ]
    return [*doors, *doubtful, *outstanding_said(facts.history.outstanding)]


def outstanding_said(waiting: Outstanding) -> list[str]:
    """Say what waits for a person, a sentence for each kind of it; consents come first."""
    told = (
        (waiting.consent_review, counts.consents_wait),
        (waiting.conflicts, counts.conflicts_wait),
        (waiting.set_aside, counts.records_wait),
    )
    return [say(n) for n, say in told if n]


def _running_sentence(run: Run) -> str:
    if run.paused:
        return translate("Story", "The run is paused.")
    if run.stopping:
        return translate("Story", "The run stops at the next safe point.")
    progress = run.state.progress
    if progress is None:
        return translate("Story", "A run is starting.")
    if progress.total is None:
        return f"{stage_said(run)} · {counts.records(progress.done)}"
    return translate("Story", "{0} · {1} of {2}").format(stage_said(run), number(progress.done), number(progress.total))


def _import_ended_sentence(finished: ImportFinished) -> str:
    """Say how an import has ended whose process has still to put its things away."""
    parts = [counts.sent(finished.created + finished.updated)]
    if refused := finished.refused + finished.failed:
        parts.append(counts.rows_refused(refused))
    return translate("Story", "The import has ended: {0}.").format(" · ".join(parts))


def _connections_sentence(facts: Facts) -> str:
    assert facts.project is not None
    marks = [connection_mark(facts, c.id) for c in facts.project.connections]
    if not marks:
        return translate("Story", "No connection yet.")
    if Mark.NEEDS_YOU in marks:
        names = [c.name for c, m in zip(facts.project.connections, marks, strict=True) if m is Mark.NEEDS_YOU]
        return translate("Story", "A connection needs you: {0}.").format(", ".join(names))
    if all(m is Mark.DONE for m in marks):
        if missing := missing_service(facts.project):
            text = translate("Story", "{0} is connected; {1} is not connected yet.")
            return text.format(SERVICE_NAMES[missing.other], SERVICE_NAMES[missing])
        return translate("Story", "Everything is connected.")
    return translate("Story", "Connections are being checked.")


def calls_sentence(facts: Facts) -> str:
    """Say how many Salesforce calls are used, for the first org that told; empty where none did."""
    if facts.project is None:
        return ""
    for connection in facts.project.connections:
        tested = facts.tested.get(connection.id)
        if isinstance(connection, SalesforceConnection) and tested is not None and tested.calls_allowed:
            used, allowed = number(tested.calls_used or 0), number(tested.calls_allowed)
            return translate("Story", "{0} of {1} Salesforce calls used today").format(used, allowed)
    return ""


def last_run_said(record: RunRecord, summary: Mapping[str, Any]) -> str:
    """Tell the last run of one integration in a cell: the time, and what came of it."""
    parts = [clock(record.ended or record.started) if record.ended else moment_soon(record.started)]
    if summary.get("status") in ("failed", "stopped"):
        parts.append(status_said(summary["status"]))
    else:
        parts.append(_done(record, summary))
        if aside := int(summary.get("set_aside", 0)):
            parts.append(counts.set_aside(aside))
    return " · ".join(parts)


def _done(record: RunRecord, summary: Mapping[str, Any]) -> str:
    """Say what a run, or an integration in it, has sent; of a start from now, what it has left."""
    if is_from_now(record):
        return translate("Story", "left as is: {0}").format(number(left_as_it_is(record)))
    return counts.sent(written(summary))


def written_said(side: SideCounts) -> str:
    """Say what was written on one side."""
    told = ((side.created, counts.created), (side.updated, counts.updated), (side.deleted, counts.deleted))
    return " · ".join(say(n) for n, say in told if n) or "—"


def change_said(kind: str) -> str:
    """Name what an operation does; one that we do not know is shown as it came."""
    known = {
        "create": translate("Story", "create"),
        "update": translate("Story", "update"),
        "delete": translate("Story", "mark as deleted"),
        "opt_out": translate("Story", "opt-out"),
        "opt_in": translate("Story", "opt-in"),
        "neutral": translate("Story", "no answer"),
        "set_aside": translate("Story", "set aside"),
        "unchanged": translate("Story", "unchanged"),
    }
    return known.get(kind, kind.replace("_", " "))


def figure_name(side: Side, kind: str) -> str:
    """Name a figure of a preview: which side is written, and how."""
    return translate("Story", "→ {0} · {1}").format(SERVICE_NAMES[side], change_said(kind))
