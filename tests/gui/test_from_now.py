"""A trigger that is ticked later in the window: what piled up goes with the next run, or is left as it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from disf_desktop.core.errors import LedgerIsBusy
from disf_desktop.core.events import FieldChange, GuardTripped, OperationPlanned, RunFinished, RunStatus, Summary
from disf_desktop.core.project import Trigger
from disf_desktop.core.schema import Side
from disf_desktop.engine import from_now
from disf_desktop.gui import languages
from disf_desktop.gui.cards.from_now_notice import FromNowNotice
from disf_desktop.gui.dialogs.from_now import FromNowDialog
from disf_desktop.gui.models.facts import RunKind
from disf_desktop.gui.models.from_now import CAN_START_FROM_NOW, LateTick, late_tick
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.tabs.integrations import IntegrationsTab
from tests.gui.desk_alone import Office
from tests.gui.fakes import FakeProcess
from tests.gui.lint import Pseudo, findings, untranslated
from tests.gui.rest import at_rest

LEFT = OperationPlanned(
    "Leads", Side.DIALOG_INSIGHT, "update", "00Q1", {"City": FieldChange("Laval", "Lévis", "x")}, "passed_over"
)


class Page(Office):
    """The tab over the desk, shown; an integration that has run before is under the hand."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        super().__init__(folder)
        self.tab = IntegrationsTab(self.desk, self.store)
        qtbot.addWidget(self.tab)
        self.store.changed.connect(self.tab.render_facts)
        self.tab.resize(1360, 900)
        self.tab.show()
        at_rest()

    @property
    def notice(self) -> FromNowNotice:
        return self.tab.from_now

    @property
    def dialog(self) -> FromNowDialog:
        assert self.notice.dialog is not None
        return self.notice.dialog

    def tick(self, name: str, trigger: Trigger) -> None:
        QTest.mouseClick(self.tab.grid.line_of(name).ticks[trigger], Qt.MouseButton.LeftButton)
        at_rest()

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        at_rest()

    def start(self) -> FakeProcess:
        """Tick, ask, and start from now."""
        self.tick("Leads", Trigger.SALESFORCE_UPDATED)
        self.click(self.notice.action)
        self.click(self.dialog.accept_button)
        return self.process

    def end(self, *words: OperationPlanned, code: int = 0) -> None:
        for said in words:
            self.process.said.emit(said)
        self.process.ended.emit(code)
        at_rest()


@pytest.fixture
def page(tmp_path: Path, qtbot: QtBot) -> Page:
    return Page(tmp_path, qtbot)


# what is asked


def test_a_trigger_ticked_after_a_run_says_what_goes_along_and_where_to_see_it(page: Page) -> None:
    assert not page.notice.isVisible()
    page.tick("Leads", Trigger.SALESFORCE_UPDATED)
    said = page.notice.accessibleName()
    assert said.startswith("What changed in Salesforce while this was off goes with the next run of “Leads”")
    assert "A preview shows how much that is." in said
    assert page.notice.property("card") == "plain", "nothing is wrong"
    assert not page.notice.close_button.isVisible()


@pytest.mark.parametrize(
    ("trigger", "said"),
    [
        (Trigger.SALESFORCE_CREATED, "What was created in Salesforce"),
        (Trigger.SALESFORCE_UPDATED, "What changed in Salesforce"),
        (Trigger.SALESFORCE_DELETED, "What was deleted in Salesforce"),
        (Trigger.DIALOG_INSIGHT_UPDATED, "What changed in Dialog Insight"),
    ],
)
def test_each_trigger_says_what_waits_for_it(page: Page, trigger: Trigger, said: str) -> None:
    page.tick("Contacts", trigger)
    if trigger not in page.integration("Contacts").triggers:
        page.tick("Contacts", trigger)
    assert page.notice.accessibleName().startswith(said)
    page.click(page.notice.action)
    assert page.dialog.text.text()


def test_it_is_offered_for_the_triggers_that_the_engine_can_start_from_now() -> None:
    assert frozenset(Trigger) - frozenset(from_now._NOT_FROM_NOW) == CAN_START_FROM_NOW


@pytest.mark.parametrize("trigger", [Trigger.DIALOG_INSIGHT_CREATED, Trigger.OPTIN_CHANGED])
def test_people_born_in_dialog_insight_and_opt_ins_do_not_ask(page: Page, trigger: Trigger) -> None:
    page.let_have_run("Web sign-ups")
    page.desk.note_tick("Web sign-ups", trigger)
    assert page.facts.late_ticks == ()


def test_an_integration_that_never_ran_has_nothing_that_piled_up(page: Page) -> None:
    page.store.update(runs=(), history=replace(page.facts.history, last_runs={}))
    page.tick("Leads", Trigger.SALESFORCE_UPDATED)
    assert Trigger.SALESFORCE_UPDATED in page.integration("Leads").triggers
    assert not page.notice.isVisible()


def test_unticked_again_or_undone_it_asks_no_more(page: Page) -> None:
    page.tick("Leads", Trigger.SALESFORCE_UPDATED)
    page.desk.history.undo()
    at_rest()
    assert not page.notice.isVisible()
    page.desk.history.redo()
    at_rest()
    assert page.notice.isVisible()
    page.tick("Leads", Trigger.SALESFORCE_UPDATED)
    assert not page.notice.isVisible()


def test_it_stays_whatever_integration_is_under_the_hand_and_names_its_own(page: Page) -> None:
    page.tick("Leads", Trigger.SALESFORCE_UPDATED)
    page.tab.choose("Contacts")
    assert page.notice.isVisible()
    assert "“Leads”" in page.notice.accessibleName()


def test_of_two_triggers_one_is_asked_after_the_other(page: Page) -> None:
    page.tick("Leads", Trigger.SALESFORCE_UPDATED)
    page.tick("Leads", Trigger.SALESFORCE_DELETED)
    assert "was deleted in Salesforce" in page.notice.accessibleName()
    page.click(page.notice.carry_button)
    assert "changed in Salesforce" in page.notice.accessibleName()
    page.click(page.notice.carry_button)
    assert not page.notice.isVisible()


def test_the_preview_of_that_integration_is_one_click_away(page: Page) -> None:
    went = list[tuple[str, str]]()
    page.desk.look.connect(lambda tab, wanted: went.append((tab, wanted)))
    page.tick("Leads", Trigger.SALESFORCE_UPDATED)
    page.click(page.notice.preview_button)
    assert page.facts.run is not None
    assert (page.facts.run.kind, page.facts.run.integration) == (RunKind.PREVIEW, "Leads")
    assert went == [(Tab.ACTIVITY.value, "preview")]
    assert page.notice.isVisible()
    assert not page.notice.preview_button.isVisible()
    page.end()
    assert page.notice.isVisible(), "nothing was sent"


def test_what_goes_with_the_next_run_needs_no_more_than_a_key(page: Page) -> None:
    page.tick("Leads", Trigger.SALESFORCE_UPDATED)
    page.notice.carry_button.setFocus()
    QTest.keyClick(page.notice.carry_button, Qt.Key.Key_Space)
    at_rest()
    assert not page.notice.isVisible()
    assert page.facts.run is None
    assert Trigger.SALESFORCE_UPDATED in page.integration("Leads").triggers


def test_the_tab_key_walks_the_list_where_it_is_seen_and_comes_to_the_question_below_it(page: Page) -> None:
    page.tick("Leads", Trigger.SALESFORCE_UPDATED)
    first, last = page.tab.grid.line_of("Contacts"), page.tab.grid.line_of("Web sign-ups")
    walks: tuple[tuple[QWidget, QWidget], ...] = (
        (page.tab.pause_switch, first.switch),
        (first.switch, first.ticks[Trigger.SALESFORCE_CREATED]),
        (first.ticks[Trigger.OPTIN_CHANGED], first.schedule),
        (last.schedule, page.notice.preview_button),
    )
    for before, after in walks:
        before.setFocus()
        QTest.keyClick(before, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is after


def test_the_keyboard_comes_from_the_boxes_to_the_question(page: Page) -> None:
    box = page.tab.grid.line_of("Leads").ticks[Trigger.SALESFORCE_UPDATED]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    at_rest()
    at, reached = QApplication.focusWidget(), list[QWidget]()
    for _ in range(25):
        assert at is not None
        QTest.keyClick(at, Qt.Key.Key_Tab)
        at = QApplication.focusWidget()
        assert at is not None
        reached.append(at)
        if at is page.notice.action:
            break
    assert reached[-3:] == [page.notice.preview_button, page.notice.carry_button, page.notice.action]


# started from now


def test_it_is_confirmed_first_with_what_it_means(page: Page) -> None:
    page.tick("Leads", Trigger.SALESFORCE_UPDATED)
    page.click(page.notice.action)
    assert page.dialog.title.text() == "Start “Leads” from now"
    assert "until the field is edited again in Salesforce" in page.dialog.text.text()
    assert "nothing is written" in page.dialog.writes.text()
    assert "cannot be undone" in page.dialog.back.text()
    QTest.keyClick(page.dialog, Qt.Key.Key_Escape)
    at_rest()
    assert page.facts.run is None
    assert page.notice.isVisible()


def test_the_run_is_of_this_integration_and_this_trigger(page: Page) -> None:
    words = page.start().command
    assert "start-from-now" in words
    assert Trigger.SALESFORCE_UPDATED.value in words
    assert words[words.index("--integration") + 1] == "Leads"
    assert page.facts.run is not None
    assert page.facts.run.kind is RunKind.FROM_NOW


def test_while_it_is_under_way_the_card_says_so_and_nothing_is_promised_to_be_sent(page: Page) -> None:
    page.start()
    assert page.tab.run_card.isVisible()
    assert page.tab.run_card.title.text() == "Starting from now — Leads"
    assert "writes nothing" in page.tab.run_card.note.text()
    shown = [part.text() for part in page.tab.run_card.steps.labels if part.isVisible()]
    assert not any("Send" in text for text in shown)
    assert not page.notice.isVisible(), "what it says is being settled"


def test_beside_another_run_it_waits_and_says_why(page: Page) -> None:
    page.tick("Leads", Trigger.SALESFORCE_UPDATED)
    page.desk.sync("Contacts")
    at_rest()
    assert not page.notice.action.isEnabled()
    assert "under way" in page.notice.action.accessibleDescription()
    page.end()
    assert page.notice.action.isEnabled()
    assert page.notice.action.accessibleDescription() == ""


def test_its_end_says_how_many_were_left(page: Page) -> None:
    page.start()
    page.end(LEFT, replace(LEFT, key="00Q2"), code=3)
    assert page.notice.property("card") == "ok"
    assert page.notice.accessibleName() == (
        "“Leads” starts from now Left as it is on both sides: 2 records. What comes from now on travels."
    )
    assert not page.notice.action.isVisible()
    page.click(page.notice.close_button)
    assert not page.notice.isVisible()


def test_where_nothing_had_piled_up_that_is_said(page: Page) -> None:
    page.start()
    page.end()
    assert "Nothing had piled up." in page.notice.accessibleName()


def test_a_run_that_was_stopped_asks_again(page: Page) -> None:
    page.start()
    page.end(LEFT, code=4)
    assert page.notice.action.isVisible()
    assert page.notice.action.isEnabled()


def test_where_another_run_holds_the_ledger_the_reason_is_said_and_it_can_be_tried_again(page: Page) -> None:
    page.start()
    page.process.complained.emit(LedgerIsBusy("Another run is under way.", "Wait for its end."))
    page.end(code=1)
    assert isinstance(page.facts.notice, LedgerIsBusy)
    page.click(page.notice.action)
    page.click(page.dialog.accept_button)
    page.end(LEFT)
    assert late_tick(page.facts) == LateTick("Leads", Trigger.SALESFORCE_UPDATED, 1)


def test_it_does_not_start_beside_a_run_that_began_meanwhile(page: Page) -> None:
    page.tick("Leads", Trigger.SALESFORCE_UPDATED)
    page.click(page.notice.action)
    page.desk.sync("Contacts")
    before = len(page.bridge.processes)
    page.dialog.accept_button.click()
    at_rest()
    assert len(page.bridge.processes) == before
    assert page.facts.run is not None
    assert page.facts.run.kind is RunKind.SYNC


# carried over


def finished(status: RunStatus) -> RunFinished:
    return RunFinished(15, Summary(status=status), (Summary("Leads", status),))


@pytest.mark.parametrize(
    ("status", "asks"), [(RunStatus.SUCCESS, False), (RunStatus.PARTIAL, False), (RunStatus.FAILED, True)]
)
def test_once_a_run_has_carried_it_over_nothing_is_asked(page: Page, status: RunStatus, asks: bool) -> None:
    page.tick("Leads", Trigger.SALESFORCE_UPDATED)
    page.desk.sync("Leads")
    page.process.said.emit(finished(status))
    page.end(code=status.exit_code)
    assert page.notice.isVisible() is asks


def test_what_a_guard_held_back_is_still_asked_about(page: Page) -> None:
    page.tick("Leads", Trigger.SALESFORCE_UPDATED)
    page.desk.sync("Leads")
    page.process.said.emit(GuardTripped("Leads", "Too much.", "abc", {"update": 900, "links": 1000}))
    page.process.said.emit(finished(RunStatus.NEEDS_YOU))
    page.end(code=3)
    assert page.notice.isVisible()


# what the ledger knows of it


def served(page: Page, *names: str, at: str = "2026-11-22T10:00:00Z") -> None:
    """Let these integrations have run with the triggers that they have now, and the others of the file never."""
    page.workspace.told_ticked = {name: frozenset(page.integration(name).triggers) for name in names}
    page.let_have_run(*names, at=at)
    at_rest()


def open_again(page: Page) -> None:
    page.desk.open(page.workspace.path)
    at_rest()


def test_a_file_that_is_opened_again_asks_again_what_was_not_answered(page: Page) -> None:
    served(page, "Leads", "Contacts")
    page.tick("Leads", Trigger.SALESFORCE_UPDATED)
    open_again(page)
    assert page.facts.late_ticks == ()
    assert "“Leads”" in page.notice.accessibleName()
    page.click(page.notice.action)
    page.click(page.dialog.accept_button)
    words = page.process.command
    assert words[words.index("--integration") + 1] == "Leads"
    assert Trigger.SALESFORCE_UPDATED.value in words


def test_what_was_ticked_here_is_asked_before_what_was_ticked_earlier(page: Page) -> None:
    served(page, "Leads", "Contacts")
    page.tick("Leads", Trigger.SALESFORCE_UPDATED)
    page.tick("Leads", Trigger.SALESFORCE_DELETED)
    open_again(page)
    assert page.integration("Leads").triggers.index(Trigger.SALESFORCE_UPDATED) == 1
    assert "changed in Salesforce" in page.notice.accessibleName()
    page.click(page.notice.carry_button)
    assert "deleted in Salesforce" in page.notice.accessibleName()
    page.click(page.notice.carry_button)
    assert not page.notice.isVisible()


def test_what_was_answered_is_asked_again_only_after_a_run_that_did_not_carry_it_over(page: Page) -> None:
    served(page, "Leads")
    before = page.workspace.told_ticked
    page.tick("Leads", Trigger.SALESFORCE_UPDATED)
    page.click(page.notice.carry_button)
    page.desk.read_ledger_again()
    at_rest()
    assert not page.notice.isVisible()
    page.let_have_run("Leads", at="2026-11-22T11:00:00Z")
    at_rest()
    assert page.notice.isVisible(), "a guard has held it back"
    served(page, "Leads", at="2026-11-22T12:00:00Z")
    assert not page.notice.isVisible()
    assert page.workspace.told_ticked != before


def test_while_the_ledger_is_read_after_a_run_nothing_is_asked_for_a_moment(page: Page) -> None:
    served(page, "Leads")
    page.tick("Leads", Trigger.SALESFORCE_UPDATED)
    open_again(page)
    page.desk.sync("Leads")
    page.process.said.emit(finished(RunStatus.SUCCESS))
    page.end()
    assert not page.notice.isVisible(), "the ledger still tells the triggers of the run before"
    assert page.facts.history.ticked["Leads"] < set(page.integration("Leads").triggers)


def test_a_trigger_that_was_unticked_and_ticked_again_with_no_run_between_has_nothing_waiting(page: Page) -> None:
    served(page, "Contacts")
    trigger = next(each for each in page.integration("Contacts").triggers if each in CAN_START_FROM_NOW)
    page.tick("Contacts", trigger)
    page.tick("Contacts", trigger)
    assert trigger in page.integration("Contacts").triggers
    assert not page.notice.isVisible()


def test_of_an_integration_of_which_the_ledger_knows_no_trigger_only_this_window_knows(page: Page) -> None:
    page.let_have_run("Leads")
    page.tick("Leads", Trigger.SALESFORCE_UPDATED)
    assert page.notice.isVisible()
    open_again(page)
    assert not page.notice.isVisible()


@pytest.mark.parametrize("trigger", [Trigger.DIALOG_INSIGHT_CREATED, Trigger.OPTIN_CHANGED])
def test_what_cannot_start_from_now_is_not_asked_of_after_opening_either(page: Page, trigger: Trigger) -> None:
    page.change("Web sign-ups", triggers=(trigger,))
    page.workspace.told_ticked = {"Web sign-ups": frozenset()}
    page.let_have_run("Web sign-ups")
    open_again(page)
    assert not page.notice.isVisible()


# how it looks


@pytest.mark.parametrize("language", list(languages.Language))
@pytest.mark.parametrize("width", [960, 1360])
def test_nothing_of_it_is_cut(page: Page, qapp: QApplication, language: languages.Language, width: int) -> None:
    languages.speak(qapp, language)
    page.tab.resize(width, 900)
    for trigger in (Trigger.SALESFORCE_DELETED, Trigger.SALESFORCE_UPDATED):
        page.tick("Leads", trigger)
        assert findings(page.tab) == []
        dialog = FromNowDialog(page.tab, page.desk, LateTick("Leads", trigger))
        dialog.open()
        at_rest()
        assert findings(dialog) == []
        dialog.reject()
    page.store.update(late_ticks=(LateTick("Leads", Trigger.SALESFORCE_UPDATED, 1024),))
    at_rest()
    assert findings(page.tab) == []


def test_every_word_is_translated(page: Page, qapp: QApplication) -> None:
    pseudo = Pseudo()
    qapp.installTranslator(pseudo)
    try:
        page.tick("Leads", Trigger.SALESFORCE_UPDATED)
        assert untranslated(page.notice) == []
        page.click(page.notice.action)
        assert untranslated(page.dialog) == []
        page.click(page.dialog.accept_button)
        assert untranslated(page.tab.run_card) == []
        page.end(LEFT)
        assert untranslated(page.notice) == []
    finally:
        qapp.removeTranslator(pseudo)
