"""`demo`: the rehearsal, and what it holds against the syncs."""

from __future__ import annotations

from collections import Counter

import pytest

from disf_desktop.cli.demo import Rehearsed, what_is_wrong
from disf_desktop.core.events import RunFinished, SideCounts, Summary
from disf_desktop.core.project import Project
from disf_desktop.core.schema import Side
from tests.cli.conftest import Desk, finished

PLANTED = {"Contact": {"total": 10, "valid": 8, "invalid": {"email": 1, "too_long": 1, "key_missing": 0}}}
PROJECT = Project.model_validate(
    {
        "id": "rehearsal-1",
        "name": "Rehearsal",
        "integrations": [
            {
                "name": "Contacts",
                "salesforce": "org",
                "object": "Contact",
                "project": "newsletter",
                "mapping": {"pairs": [{"source": "Id", "target": "SalesforceID", "key": True}]},
            }
        ],
    }
)


def rehearsed(created: int = 0, updated: int = 0, **codes: int) -> Rehearsed:
    sides = {Side.SALESFORCE: SideCounts(), Side.DIALOG_INSIGHT: SideCounts(created=created, updated=updated)}
    figures = Summary("Contacts", sides=sides, set_aside=sum(codes.values()))
    return Rehearsed(RunFinished(1, figures, (figures,)), {"Contacts": Counter(codes)}, {})


def test_exactly_the_planted_records_and_a_silent_second_sync_are_right() -> None:
    assert what_is_wrong(PROJECT, PLANTED, rehearsed(8, email=1, too_long=1), rehearsed()) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (rehearsed(7, email=1, too_long=1), rehearsed()),
        (rehearsed(9, email=1), rehearsed()),
        (rehearsed(8, email=2), rehearsed()),
        (rehearsed(8, email=1, too_long=1), rehearsed(updated=1)),
        (rehearsed(8, email=1, too_long=1), rehearsed(email=1)),
    ],
    ids=["one is missing", "a bad one went through", "another reason", "a second write", "set aside again"],
)
def test_any_difference_is_said(first: Rehearsed, second: Rehearsed) -> None:
    assert len(what_is_wrong(PROJECT, PLANTED, first, second)) == 1


def test_a_headless_demo_tells_two_runs_and_leaves_nothing_behind(disf: Desk) -> None:
    home = disf.folder / "home"
    home.mkdir()
    words = ("demo", "--headless", "--records", "1000", "--json")
    environment = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "TMPDIR": str(disf.folder)}
    told = finished(disf.start(*words, env=environment))
    assert told.code == 0, told.err
    assert {event["event"] for event in told.events} <= {"progress", "run_finished"}
    first, second = told.of("run_finished")
    assert first["dialog_insight"]["created"] == 990 + 198 + 500
    assert first["set_aside"] == 12
    assert second["dialog_insight"] == {"read": 200, "created": 0, "updated": 0, "deleted": 0}
    assert second["salesforce"] | {"read": 0} == {"read": 0, "created": 0, "updated": 0, "deleted": 0}
    assert "The rehearsal went as it should." in told.err
    assert not list(disf.folder.glob("disf-demo-*"))
    assert list(home.iterdir()) == []
