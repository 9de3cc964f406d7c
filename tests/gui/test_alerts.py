"""When somebody is told that things have changed, and when not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from disf_desktop.core.errors import DisfError, ServiceUnavailable
from disf_desktop.core.events import GuardTripped, Outstanding
from disf_desktop.core.history import History
from disf_desktop.gui.models.alerts import Alert, Standing, alert, standing
from disf_desktop.gui.models.facts import Facts, Run, RunKind
from disf_desktop.gui.models.marks import Tab
from tests.gui.fakes import known, runs


def facts() -> Facts:
    """Give facts in which all is well."""
    return replace(known(), ledger_read=True)


def waiting(**counts: int) -> Facts:
    return replace(facts(), history=History(Outstanding(**counts)))


def failed() -> Facts:
    return replace(facts(), runs=tuple(replace(r, status="failed") for r in runs()[1:2]))


def test_nothing_is_said_of_what_is_not_known() -> None:
    assert standing(Facts()) is None
    assert standing(known()) is None  # the ledger was not read yet
    assert standing(replace(facts(), run=Run(RunKind.SYNC, None))) is None


@pytest.mark.parametrize("counts", [{"set_aside": 1}, {"conflicts": 2}, {"consent_review": 3}])
def test_what_waits_needs_somebody(counts: dict[str, int]) -> None:
    assert standing(waiting(**counts)) is Standing.NEEDS_YOU


def test_a_closed_door_needs_somebody_only_once_the_project_is_in_use() -> None:
    refused = {"prod": ServiceUnavailable("No answer.", "Wait.", "prod")}
    assert standing(replace(facts(), connection_errors=refused)) is Standing.NEEDS_YOU
    assert standing(replace(facts(), connection_errors=refused, runs=())) is Standing.FINE


def test_a_guard_needs_somebody() -> None:
    guard = GuardTripped("Contacts", "Much.", "abc", {})
    assert standing(replace(facts(), guard=guard)) is Standing.NEEDS_YOU


def test_a_failed_run_and_a_crash_and_an_unreadable_ledger_have_failed() -> None:
    assert standing(failed()) is Standing.FAILED
    crash = Run(RunKind.SYNC, None, errors=(DisfError("Gone.", "Again."),), exit_code=1)
    assert standing(replace(facts(), run=crash)) is Standing.FAILED
    assert standing(replace(facts(), ledger_error=DisfError("Damaged.", "Restore."))) is Standing.FAILED


def test_a_run_that_was_stopped_has_not_failed() -> None:
    stopped = Run(RunKind.SYNC, None, errors=(DisfError("Stopped.", "Again."),), exit_code=4)
    assert standing(replace(facts(), run=stopped)) is Standing.FINE


def test_only_a_change_is_told_and_with_the_tab_that_shows_it() -> None:
    assert alert(None, waiting(set_aside=3)) is None
    assert alert(Standing.FINE, facts()) is None
    assert alert(Standing.NEEDS_YOU, waiting(set_aside=900)) is None
    assert alert(Standing.FINE, waiting(set_aside=3)) == Alert(Standing.NEEDS_YOU, Tab.ACTIVITY)
    assert alert(Standing.NEEDS_YOU, failed()) == Alert(Standing.FAILED, Tab.ACTIVITY)
    assert alert(Standing.FAILED, facts()) == Alert(Standing.FINE, Tab.ACTIVITY)
    refused = replace(facts(), authorized={"prod": False})
    assert alert(Standing.FINE, refused) == Alert(Standing.NEEDS_YOU, Tab.CONNECTIONS)
