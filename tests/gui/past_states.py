"""The states of runs that were no sync and of what comparing everything has found, for the checks of what is on
screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from disf_desktop.core.history import AuditRecord, RunRecord
from disf_desktop.core.project import Trigger
from disf_desktop.gui.models.marks import Tab
from tests.gui.fakes import runs, summary
from tests.gui.rehearsal import Rehearsal

FOUND = {"changed": 3, "deleted": 1, "vanished": 2, "doubtful": False}
DOUBTFUL = {"changed": 0, "deleted": 0, "vanished": 0, "doubtful": True}


def past_run(number: int, minutes: int = 20, status: str = "success", **kept: Any) -> RunRecord:
    """Give a run of contacts that wrote nothing; `kept` is what only the ledger keeps of it."""
    began = datetime.now(UTC) - timedelta(minutes=minutes)
    part = summary("Contacts", status) | ({"left": kept.pop("left")} if "left" in kept else {})
    ended = (began + timedelta(seconds=6)).isoformat()
    return RunRecord(number, began.isoformat(), ended, status, summary("", status, integrations=[part]) | kept)


def past_runs() -> tuple[RunRecord, ...]:
    """Give the runs of the fakes, and before them a start from now, an undo, and two comparisons of everything."""
    audits = [{"name": "Contacts"} | FOUND, {"name": "Leads"} | DOUBTFUL]
    return (
        past_run(104, 1, from_now=Trigger.SALESFORCE_UPDATED.value, left=1024),
        past_run(103, 2, undo=14),
        past_run(102, 3, audits=audits),
        past_run(101, 4, "stopped", from_now=Trigger.SALESFORCE_CREATED.value),
        *runs(),
    )


def past_states(rehearsal: Rehearsal, settle: Callable[[], None]) -> Iterator[str]:
    """Bring the window into each of these states, one after the other, and leave them."""
    window, store = rehearsal.window, rehearsal.store
    runs_before, history, preview = store.facts.runs, store.facts.history, store.facts.preview
    window.show_tab(Tab.ACTIVITY)
    store.update(runs=past_runs(), preview=None)
    settle()
    page: Any = window.pages[Tab.ACTIVITY]
    for key, what in (("104", "a start from now"), ("103", "an undo"), ("102", "everything compared")):
        page.go_to(key)
        settle()
        yield what
    at = datetime.now(UTC).isoformat()
    audits = {"Leads": AuditRecord(102, at, doubtful=True), "Contacts": AuditRecord(102, at, 3, 1, 2)}
    store.update(history=replace(history, audits=audits))
    window.show_tab(Tab.INTEGRATIONS)
    settle()
    yield "a doubtful comparison"
    store.update(runs=runs_before, history=history, preview=preview)
    settle()
