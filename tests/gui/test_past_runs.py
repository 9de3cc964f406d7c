"""Runs that were no sync are called what they are, and what comparing everything found is told until it is settled."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from disf_desktop.core.events import Notice
from disf_desktop.core.history import AuditRecord, RunRecord
from disf_desktop.core.project import Trigger
from disf_desktop.gui import languages
from disf_desktop.gui.models.alerts import Alert, Standing, alert, standing
from disf_desktop.gui.models.entries import KEY
from disf_desktop.gui.models.facts import RunKind
from disf_desktop.gui.models.marks import Mark, Tab, tab_mark
from disf_desktop.gui.models.tables import SUBTITLE
from disf_desktop.gui.tabs.activity import ActivityTab
from disf_desktop.gui.tabs.integrations import IntegrationsTab
from disf_desktop.gui.tabs.run_page import RunPage
from disf_desktop.gui.words import story
from tests.gui.fakes import known, runs
from tests.gui.lint import Pseudo, findings, untranslated
from tests.gui.past_states import DOUBTFUL, FOUND, past_run
from tests.gui.rehearsal import Rehearsal
from tests.gui.rest import at_rest
from tests.gui.test_waiting import activity, words

AT = "2026-11-22T10:00:00Z"
LEFT_UPDATES = past_run(31, from_now=Trigger.SALESFORCE_UPDATED.value, left=3)


class Hand:
    """The window, and a hand on Activity and on Integrations."""

    def __init__(self, rehearsal: Rehearsal, qtbot: QtBot) -> None:
        self.rehearsal, self._qtbot = rehearsal, qtbot
        self.workspace, self.store, self.desk = rehearsal.workspace, rehearsal.store, rehearsal.desk

    def show_run(self, record: RunRecord) -> RunPage:
        """Let that run be the newest of the ledger, and open its page."""
        self.workspace.told_runs = (record, *runs(14))
        self.desk.read_ledger_again()
        return activity(self.rehearsal, self._qtbot, str(record.id)).run_page

    def entry(self, number: int) -> tuple[str, str]:
        """Give what the list of Activity says of a run."""
        page = self.rehearsal.window.pages[Tab.ACTIVITY]
        assert isinstance(page, ActivityTab)
        model = page.list.model()
        rows = [model.index(n, 0) for n in range(model.rowCount())]
        [row] = [each for each in rows if each.data(KEY) == str(number)]
        return row.data(), row.data(SUBTITLE)

    @property
    def integrations(self) -> IntegrationsTab:
        page = self.rehearsal.window.pages[Tab.INTEGRATIONS]
        assert isinstance(page, IntegrationsTab)
        return page

    def compared(self, *names: str, run: int = 14, **figures: int | bool) -> None:
        """Let the ledger tell what comparing everything of integrations has found."""
        audit = AuditRecord(run, AT, **figures)  # type: ignore[arg-type]
        self.workspace.told_audits = dict.fromkeys(names, audit)
        self.desk.read_ledger_again()
        self.rehearsal.window.show_tab(Tab.INTEGRATIONS)
        self.rehearsal.window.show()
        at_rest()

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        at_rest()


@pytest.fixture
def hand(rehearsal: Rehearsal, qtbot: QtBot) -> Hand:
    return Hand(rehearsal, qtbot)


# what it was


def test_a_start_from_now_is_called_that_with_how_many_records_it_left(hand: Hand) -> None:
    page = hand.show_run(LEFT_UPDATES)
    name, below = hand.entry(31)
    assert name.startswith("Start from now · ")
    assert below.startswith("left as is: 3 · ")
    assert page.title.text().startswith("Start from now, ")
    assert words(page.figures).splitlines()[:2] == ["Left as it is", "3"]
    assert "“Contacts”" in page.text.text()
    assert "each keeps its own value" in page.text.text()
    assert "no list of these records is kept" in page.text.text()


def test_a_start_from_now_has_no_changes_to_list_and_nothing_to_take_back(hand: Hand) -> None:
    page = hand.show_run(LEFT_UPDATES)
    assert not page.undo_button.isVisible()
    assert not page.segments.isVisible()
    assert not page.table_card.isVisible()


@pytest.mark.parametrize(
    ("trigger", "said"),
    [
        (Trigger.SALESFORCE_CREATED, "Records that Salesforce had by then"),
        (Trigger.SALESFORCE_UPDATED, "edited again in Salesforce"),
        (Trigger.SALESFORCE_DELETED, "not marked in Dialog Insight"),
        (Trigger.DIALOG_INSIGHT_UPDATED, "edited again in Dialog Insight"),
    ],
)
def test_each_trigger_says_what_was_agreed_on(hand: Hand, trigger: Trigger, said: str) -> None:
    assert said in hand.show_run(past_run(31, from_now=trigger.value, left=3)).text.text()


def test_one_that_was_stopped_says_that_the_rest_still_goes(hand: Hand) -> None:
    page = hand.show_run(past_run(31, status="stopped", from_now=Trigger.SALESFORCE_UPDATED.value, left=2))
    assert "goes with the next run" in page.text.text()
    assert "each keeps its own value" not in page.text.text()
    assert words(page.figures).splitlines()[:2] == ["Left as it is", "2"]


def test_an_undo_is_called_that_and_names_the_run_that_it_took_back(hand: Hand) -> None:
    page = hand.show_run(past_run(31, undo=14))
    assert hand.entry(31)[0].startswith("Undo · ")
    assert page.title.text().startswith("Undo, ")
    assert f"“{story.run_heading(runs(14)[0])}”" in page.text.text()


def test_an_undo_of_a_run_that_is_known_no_more_gives_its_number(hand: Hand) -> None:
    assert "run 5,005, where" in hand.show_run(past_run(31, undo=5005)).text.text()


def test_the_last_run_of_an_integration_that_started_from_now_has_not_sent_nothing(hand: Hand) -> None:
    hand.show_run(LEFT_UPDATES)
    said = story.last_run_said(LEFT_UPDATES, LEFT_UPDATES.summary["integrations"][0])
    assert said.endswith("left as is: 3")
    assert "left as is: 3" in story.status_sentence(hand.store.facts)


# what comparing everything found


def test_the_page_of_a_run_tells_what_it_found_when_it_compared_everything(hand: Hand) -> None:
    page = hand.show_run(past_run(31, audits=[{"name": "Contacts"} | FOUND, {"name": "Leads"} | DOUBTFUL]))
    plain, doubtful, none = page.found
    assert plain.accessibleName() == (
        "Everything of “Contacts” was compared with what was known Changed without a new date: 3 · deleted: 1 · not "
        "shown by Salesforce any more: 2"
    )
    assert (plain.property("card"), doubtful.property("card")) == ("plain", "warn")
    assert "Many records of “Leads” were neither" in doubtful.accessibleName()
    assert plain.isVisible()
    assert doubtful.isVisible()
    assert not none.isVisible()


def test_a_comparison_that_found_nothing_says_nothing(hand: Hand) -> None:
    nothing = dict.fromkeys(FOUND, 0)
    page = hand.show_run(past_run(31, audits=[{"name": "Contacts"} | nothing]))
    assert not any(each.isVisible() for each in page.found)


def test_what_an_earlier_comparison_found_stays_with_its_integration(hand: Hand) -> None:
    hand.compared("Contacts", changed=3, vanished=2)
    hand.integrations.choose("Contacts")
    at_rest()
    said = hand.integrations.card.compared.text()
    assert said.endswith("Found: changed without a new date: 3 · not shown by Salesforce any more: 2.")
    assert not hand.integrations.doubtful.isVisible(), "what was found was dealt with"


def test_a_doubtful_comparison_is_told_whatever_ran_since_and_can_be_made_again(hand: Hand) -> None:
    hand.compared("Leads", doubtful=True)
    notice = hand.integrations.doubtful
    assert "Many records of “Leads”" in notice.accessibleName()
    assert tab_mark(hand.store.facts, Tab.INTEGRATIONS) is Mark.NEEDS_YOU
    hand.click(notice.action)
    assert notice.dialog is not None
    assert "“Leads”" in notice.dialog.title.text()
    notice.dialog.reject()
    hand.compared("Leads", run=15)
    assert not notice.isVisible()


def test_its_run_is_one_click_away_where_it_is_still_listed(hand: Hand) -> None:
    went = list[tuple[str, str]]()
    hand.desk.look.connect(lambda tab, wanted: went.append((tab, wanted)))
    hand.compared("Leads", run=14, doubtful=True)
    hand.click(hand.integrations.doubtful.run_button)
    assert went == [(Tab.ACTIVITY.value, "14")]
    hand.compared("Leads", run=5005, doubtful=True)
    assert not hand.integrations.doubtful.run_button.isVisible()


def test_who_has_taken_note_is_told_again_only_of_another_comparison(hand: Hand) -> None:
    hand.compared("Leads", run=14, doubtful=True)
    hand.click(hand.integrations.doubtful.close_button)
    assert not hand.integrations.doubtful.isVisible()
    hand.desk.read_ledger_again()
    at_rest()
    assert not hand.integrations.doubtful.isVisible()
    hand.compared("Leads", run=15, doubtful=True)
    assert hand.integrations.doubtful.isVisible()


def test_right_after_the_run_the_same_is_not_said_twice(hand: Hand) -> None:
    told = Notice("Leads", "audit_doubtful", "Many.", "See."), Notice("Contacts", "audit_doubtful", "Many.", "See.")
    hand.compared("Leads", doubtful=True)
    hand.store.update(told=told)
    at_rest()
    shown = [each.accessibleName() for each in hand.integrations.notices if each.isVisible()]
    assert len(shown) == 1
    assert shown[0].startswith("Contacts")


def test_somebody_who_does_not_look_is_told_of_a_doubtful_comparison() -> None:
    facts = replace(known(), ledger_read=True)
    history = replace(facts.history, audits={"Leads": AuditRecord(14, AT, doubtful=True)})
    doubtful = replace(facts, history=history)
    assert alert(standing(facts), doubtful) == Alert(Standing.NEEDS_YOU, Tab.INTEGRATIONS)
    assert story.what_needs_you(doubtful) == ["Comparing everything of “Leads” left a question."]
    assert standing(replace(doubtful, closed_audits=frozenset({14}))) is Standing.FINE
    found = replace(facts, history=replace(facts.history, audits={"Leads": AuditRecord(14, AT, 3)}))
    assert standing(found) is Standing.FINE


def test_nothing_of_it_is_said_while_a_run_is_under_way(hand: Hand) -> None:
    hand.compared("Leads", doubtful=True)
    hand.desk.sync("Contacts")
    at_rest()
    assert hand.store.facts.run is not None
    assert hand.store.facts.run.kind is RunKind.SYNC or hand.store.facts.running
    assert not hand.integrations.doubtful.isVisible()


# how it looks


@pytest.mark.parametrize("language", list(languages.Language))
def test_nothing_of_it_is_cut(hand: Hand, qapp: QApplication, language: languages.Language) -> None:
    languages.speak(qapp, language)
    hand.rehearsal.window.resize(960, 600)
    audits = [{"name": "Contacts"} | FOUND, {"name": "Leads"} | DOUBTFUL]
    for record in (LEFT_UPDATES, past_run(31, undo=14), past_run(31, audits=audits)):
        hand.show_run(record)
        assert findings(hand.rehearsal.window) == []
    hand.compared("Leads", doubtful=True, changed=3)
    assert findings(hand.rehearsal.window) == []


def test_every_word_is_translated(hand: Hand, qapp: QApplication) -> None:
    pseudo = Pseudo()
    qapp.installTranslator(pseudo)
    try:
        audits = [{"name": "Contacts"} | FOUND, {"name": "Leads"} | DOUBTFUL]
        for record in (LEFT_UPDATES, past_run(31, undo=14), past_run(31, audits=audits)):
            assert untranslated(hand.show_run(record)) == []
        hand.compared("Leads", doubtful=True)
        assert untranslated(hand.integrations.doubtful) == []
    finally:
        qapp.removeTranslator(pseudo)
