"""Whether somebody has to be told that things have changed, while the window is not looked at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from disf_desktop.gui.models.facts import Facts, last_sync
from disf_desktop.gui.models.ledger import doubtful_audits
from disf_desktop.gui.models.marks import Mark, Tab, connection_mark


class Standing(StrEnum):
    """How things stand, in one word."""

    FINE = "fine"
    NEEDS_YOU = "needs_you"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Alert:
    """Something to tell: how things stand now, and the tab that shows it."""

    standing: Standing
    tab: Tab


def standing(facts: Facts) -> Standing | None:
    """Say how things stand; None while that is not known: no project, its past not read yet, or a run under way."""
    if facts.project is None or not facts.ledger_read or facts.running:
        return None
    last, run = last_sync(facts), facts.run
    crashed = run is not None and bool(run.errors) and run.exit_code == 1
    if facts.ledger_error is not None or crashed or (last is not None and last.status == "failed"):
        return Standing.FAILED
    waits = facts.history.outstanding or facts.guard is not None or doubtful_audits(facts)
    if waits or (last is not None and _door_closed(facts)):
        return Standing.NEEDS_YOU
    return Standing.FINE


def _door_closed(facts: Facts) -> bool:
    """Say whether a connection needs a person; before the first run that is no news, but the work in hand."""
    assert facts.project is not None
    return any(connection_mark(facts, c.id) is Mark.NEEDS_YOU for c in facts.project.connections)


def alert(before: Standing | None, facts: Facts) -> Alert | None:
    """Give what to tell now that things stand as they do; None where nothing has changed, or nothing was known."""
    now = standing(facts)
    if before is None or now is None or now is before:
        return None
    if now is not Standing.NEEDS_YOU or facts.history.outstanding or facts.guard is not None:
        return Alert(now, Tab.ACTIVITY)
    return Alert(now, Tab.INTEGRATIONS if doubtful_audits(facts) else Tab.CONNECTIONS)
