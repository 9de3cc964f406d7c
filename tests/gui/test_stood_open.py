"""For how long records stood open in a run, as the page of the run says it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from disf_desktop.core.events import RunFinished, Summary
from disf_desktop.core.exposure import Exposure
from disf_desktop.gui import languages
from disf_desktop.gui.models.wire import StoodOpen, stood_open
from disf_desktop.gui.tabs.run_page import RunPage
from disf_desktop.gui.words.run_words import stood_open_said
from tests.gui.desk_alone import Office
from tests.gui.fakes import runs
from tests.gui.lint import findings
from tests.gui.rest import at_rest


def told(*seconds: float) -> dict[str, Any]:
    """Give the members of a run whose records stood open for so long, as they come from the disk."""
    exposure = Exposure.of(seconds)
    body: dict[str, Any] = json.loads(json.dumps(RunFinished(3, Summary(exposure=exposure), ()).as_json()))
    return body


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> RunPage:
    made = RunPage(office.desk)
    qtbot.addWidget(made)
    made.resize(640, 700)
    made.show()
    return made


@pytest.fixture
def office(tmp_path: Any) -> Office:
    return Office(tmp_path)


def show(page: RunPage, office: Office, exposure: dict[str, Any] | None) -> None:
    record = runs()[1]
    summary = dict(record.summary) | ({"exposure": exposure} if exposure is not None else {})
    page.show_run(office.facts, replace(record, summary=summary))
    at_rest()


def test_what_a_run_tells_is_read_back() -> None:
    assert stood_open(told(0.5, 3.0)) == StoodOpen(2, 3.0, 3.0)
    assert stood_open(told()) is None, "nothing was written that both sides may edit"


def test_the_page_says_it_in_one_line_with_the_reason(page: RunPage, office: Office) -> None:
    show(page, office, {"writes": 1044, "p95_s": 1.08, "max_s": 3.0})
    assert page.stood.isVisible()
    assert page.stood.text() == (
        "Between the last look at a record and the reply to its write: 1.1 s at most for 95 records of 100, "
        "3 s for the slowest."
    )
    assert "written over unseen" in page.stood.toolTip()
    assert page.stood.accessibleDescription() == page.stood.toolTip()
    assert "1,044" in page.stood.toolTip()


def test_a_run_that_wrote_nothing_of_the_kind_says_nothing(page: RunPage, office: Office) -> None:
    show(page, office, {"writes": 1, "p95_s": 0.4, "max_s": 0.4})
    show(page, office, None)
    assert not page.stood.isVisible()
    assert page.stood.toolTip() == ""


def test_two_figures_that_read_the_same_are_said_once() -> None:
    said, _ = stood_open_said(StoodOpen(1, 0.41, 0.43))
    assert said.endswith("write: 0.5 s at most.")


def test_a_time_is_never_rounded_down() -> None:
    assert "0.1 s at most" in stood_open_said(StoodOpen(1, 0.02, 0.02))[0]
    assert "1.2 s" in stood_open_said(StoodOpen(9, 0.3, 1.11))[0]


@pytest.mark.parametrize("language", list(languages.Language))
def test_nothing_of_it_is_cut(page: RunPage, office: Office, qapp: QApplication, language: languages.Language) -> None:
    languages.speak(qapp, language)
    show(page, office, {"writes": 1044, "p95_s": 1.08, "max_s": 3.0})
    assert findings(page) == []
