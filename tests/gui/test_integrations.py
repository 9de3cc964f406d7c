"""The Integrations tab under the hand: every control, and what it does to the project file and to the runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from disf_desktop.core.errors import DisfError, LedgerIsBusy
from disf_desktop.core.events import GuardTripped, Notice, Progress, RunState, Stage
from disf_desktop.core.project import Schedule, Trigger
from disf_desktop.core.schema import Side
from disf_desktop.gui import languages
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.schedule import Kind, ScheduleDialog
from disf_desktop.gui.models.facts import Keeping, Run, RunKind, Store
from disf_desktop.gui.models.integrations import Age, Next, integration_rows, interval_of
from disf_desktop.gui.tabs.integrations import IntegrationsTab
from disf_desktop.gui.tabs.trigger_grid import Line
from disf_desktop.gui.theme import tokens
from tests.gui.desk_alone import Office
from tests.gui.fakes import summary
from tests.gui.lint import Pseudo, findings, untranslated


class Page(Office):
    """The tab over the desk, shown."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        super().__init__(folder)
        self.tab = IntegrationsTab(self.desk, self.store)
        qtbot.addWidget(self.tab)
        self.store.changed.connect(self.tab.render_facts)
        self.tab.resize(1360, 900)
        self.tab.show()
        self.went: list[tuple[str, str]] = []
        self.desk.look.connect(lambda tab, wanted: self.went.append((tab, wanted)))
        self.see()

    def see(self) -> None:
        self.store.changed.emit()
        for _ in range(4):  # a text that grows, its row, its card, its page
            QApplication.processEvents()

    def line(self, name: str) -> Line:
        return self.tab.grid.line_of(name)

    @property
    def words(self) -> str:
        shown = self.tab.findChildren(QLabel) + self.tab.findChildren(QPushButton)
        return "\n".join(w.text().replace("&", "") for w in shown if w.isVisibleTo(self.tab))

    @property
    def dialog(self) -> ScheduleDialog:
        assert self.tab.dialog is not None
        return self.tab.dialog


@pytest.fixture
def page(tmp_path: Path, qtbot: QtBot) -> Page:
    return Page(tmp_path, qtbot)


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def kind_of_run(page: Page) -> RunKind:
    assert page.facts.run is not None
    return page.facts.run.kind


def keeping(page: Page) -> Keeping:
    return page.facts.schedules.keeping


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


# on and off


def test_a_click_on_the_switch_is_a_step_in_the_file_that_can_be_undone(page: Page) -> None:
    switch = page.line("Leads").switch
    assert switch.accessibleName() == "Leads: on or off"
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert not page.integration("Leads").enabled
    assert page.desk.history.undoText() == "Switch “Leads” off"
    page.see()
    assert not switch.isChecked()
    switch.setFocus()
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert page.integration("Leads").enabled
    page.desk.history.undo()
    assert not page.integration("Leads").enabled


def test_what_is_not_finished_stays_off_with_the_reasons_and_a_way_to_mend_them(page: Page) -> None:
    page.change("Orders", triggers=(), mapping=page.integration("Orders").mapping.model_copy(update={"pairs": ()}))
    page.see()
    QTest.mouseClick(page.line("Orders").switch, Qt.MouseButton.LeftButton)
    page.see()
    assert not page.integration("Orders").enabled
    assert not page.line("Orders").switch.isChecked()
    assert "“Orders” stays off" in page.words
    assert page.tab.refused.action.text() == "Go to “Object mapping”"
    click(page.tab.refused.action)
    assert page.went == [("mapping", "Orders")]
    click(page.tab.refused.close_button)
    assert not page.tab.refused.isVisible()


def test_a_refusal_goes_away_once_it_is_settled(page: Page) -> None:
    page.change("Orders", triggers=())
    page.see()
    QTest.mouseClick(page.line("Orders").switch, Qt.MouseButton.LeftButton)
    page.see()
    assert "No trigger is ticked" in page.words
    page.change("Orders", triggers=(Trigger.SALESFORCE_CREATED,))
    page.see()
    assert not page.tab.refused.isVisible()


# the triggers


def test_a_click_on_a_box_ticks_the_trigger_in_the_file(page: Page) -> None:
    tick = page.line("Leads").ticks[Trigger.SALESFORCE_DELETED]
    assert tick.accessibleName() == "Leads: Deleted in Salesforce"
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton)
    assert page.integration("Leads").triggers == (Trigger.SALESFORCE_CREATED, Trigger.SALESFORCE_DELETED)
    assert page.desk.history.undoText() == "Tick “Deleted in Salesforce” for “Leads”"
    page.see()
    assert tick.isChecked()
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton)
    assert page.integration("Leads").triggers == (Trigger.SALESFORCE_CREATED,)


def test_the_boxes_are_walked_by_arrows_and_ticked_by_the_space_bar(page: Page, qtbot: QtBot) -> None:
    page.tab.activateWindow()
    assert QTest.qWaitForWindowActive(page.tab, 3000)
    start = page.line("Contacts").ticks[Trigger.SALESFORCE_CREATED]
    start.setFocus()
    QTest.keyClick(start, Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_Right)
    wanted = page.line("Leads").ticks[Trigger.SALESFORCE_UPDATED]
    assert QApplication.focusWidget() is wanted
    assert page.tab.chosen == "Leads"
    QTest.keyClick(wanted, Qt.Key.Key_Space)
    assert Trigger.SALESFORCE_UPDATED in page.integration("Leads").triggers
    QTest.keyClick(wanted, Qt.Key.Key_Up)
    assert QApplication.focusWidget() is page.line("Contacts").ticks[Trigger.SALESFORCE_UPDATED]
    QTest.keyClick(focused(), Qt.Key.Key_Left)
    QTest.keyClick(focused(), Qt.Key.Key_Left)
    assert QApplication.focusWidget() is start, "the edge is the edge"


def test_an_impossible_trigger_says_why_and_cannot_be_ticked(page: Page) -> None:
    before = page.integration("Web sign-ups")
    for kind, reason in (
        (Trigger.SALESFORCE_CREATED, "People of a type B project are born in Dialog Insight"),
        (Trigger.SALESFORCE_DELETED, "People of a type B project are born in Dialog Insight"),
    ):
        tick = page.line("Web sign-ups").ticks[kind]
        QTest.mouseClick(tick, Qt.MouseButton.LeftButton)
        QTest.keyClick(tick, Qt.Key.Key_Space)
        assert not tick.able
        assert reason in tick.toolTip()
        assert tick.accessibleDescription() == tick.toolTip()
        assert not tick.isChecked()
        page.see()
        assert not page.tab.refused.isVisible(), "the box itself says why"
    assert page.integration("Web sign-ups") == before
    assert [t.able for t in page.line("Orders").ticks.values()] == [True] * 3 + [False] * 3
    assert [t.able for t in page.line("Contacts").ticks.values()] == [True] * 3 + [False] + [True] * 2


def test_an_impossible_trigger_that_the_file_has_can_be_taken_away(page: Page) -> None:
    page.change("Orders", triggers=(Trigger.SALESFORCE_CREATED, Trigger.OPTIN_CHANGED))
    page.see()
    QTest.mouseClick(page.line("Orders").ticks[Trigger.OPTIN_CHANGED], Qt.MouseButton.LeftButton)
    assert page.integration("Orders").triggers == (Trigger.SALESFORCE_CREATED,)


def test_opt_in_changes_need_opt_ins_and_the_way_there_is_offered(page: Page) -> None:
    QTest.mouseClick(page.line("Leads").ticks[Trigger.OPTIN_CHANGED], Qt.MouseButton.LeftButton)
    assert Trigger.OPTIN_CHANGED not in page.integration("Leads").triggers
    assert "No opt-in is tied to a Salesforce field yet." in page.words
    click(page.tab.refused.action)
    assert page.went == [("opt_ins", "newsletter")]


def test_changes_from_dialog_insight_need_a_pair_that_travels_back(page: Page) -> None:
    QTest.mouseClick(page.line("Leads").ticks[Trigger.DIALOG_INSIGHT_UPDATED], Qt.MouseButton.LeftButton)
    assert Trigger.DIALOG_INSIGHT_UPDATED not in page.integration("Leads").triggers
    click(page.tab.refused.action)
    assert page.went == [("mapping", "Leads")]


def test_the_last_trigger_of_an_integration_that_is_on_stays(page: Page) -> None:
    tick = page.line("Leads").ticks[Trigger.SALESFORCE_CREATED]
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton)
    assert page.integration("Leads").triggers == (Trigger.SALESFORCE_CREATED,)
    assert "“Leads” cannot go without this while it is on" in page.words
    QTest.mouseClick(page.line("Leads").switch, Qt.MouseButton.LeftButton)
    page.see()
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton)
    assert page.integration("Leads").triggers == ()
    assert not page.tab.refused.isVisible()


# the schedule


def test_a_schedule_of_minutes_is_set_in_the_dialog(page: Page) -> None:
    click(page.line("Leads").schedule)
    dialog = page.dialog
    assert dialog.sentence.text() == "By hand"
    click(dialog.segments.buttons[1])  # type: ignore[arg-type]
    dialog.minutes.setFocus()
    dialog.minutes.selectAll()
    QTest.keyClicks(dialog.minutes, "30")
    click(dialog.accept_button)
    assert dialog.sentence.text() == "Every 30 min"
    assert page.integration("Leads").schedule == Schedule(every_minutes=30)
    assert page.desk.history.undoText() == "Run “Leads”: Every 30 min"
    page.see()
    assert page.line("Leads").schedule.text() == "Every 30 min"
    page.desk.history.undo()
    assert page.integration("Leads").schedule is None


def test_a_schedule_of_several_hours_is_set_in_the_dialog(page: Page) -> None:
    click(page.line("Leads").schedule)
    dialog = page.dialog
    click(dialog.segments.buttons[2])  # type: ignore[arg-type]
    assert not dialog.hours[0].remove.isVisible()
    dialog.hours[0].time.setTime(QTime(17, 30))
    click(dialog.add)
    click(dialog.add)
    dialog.hours[1].time.setTime(QTime(6, 0))
    click(dialog.hours[2].remove)
    assert dialog.schedule == Schedule(at=("06:00", "17:30"))
    click(dialog.accept_button)
    assert page.integration("Leads").schedule == Schedule(at=("06:00", "17:30"))


def test_a_schedule_is_taken_away_and_a_cancel_changes_nothing(page: Page) -> None:
    click(page.line("Contacts").schedule)
    assert page.dialog.kind is Kind.EVERY
    click(page.dialog.segments.buttons[0])  # type: ignore[arg-type]
    click(page.dialog.cancel_button)
    assert page.integration("Contacts").schedule == Schedule(every_minutes=15)
    click(page.line("Contacts").schedule)
    click(page.dialog.segments.buttons[0])  # type: ignore[arg-type]
    click(page.dialog.accept_button)
    assert page.integration("Contacts").schedule is None


def test_a_switch_pauses_all_schedules(page: Page) -> None:
    page.let_have_run("Contacts")
    QTest.mouseClick(page.tab.pause_switch, Qt.MouseButton.LeftButton)
    assert keeping(page) is Keeping.PAUSED
    page.see()
    assert page.tab.pause_switch.isChecked()
    assert page.line("Contacts").next.text() == "paused"
    assert "Nothing runs by itself until you go on." in page.words
    QTest.mouseClick(page.tab.pause_switch, Qt.MouseButton.LeftButton)
    assert keeping(page) is Keeping.ON


def test_what_becomes_of_the_schedules_is_said(page: Page) -> None:
    page.let_have_run("Contacts")
    page.see()
    assert "Schedules are kept while this file is open." in page.words
    page.process.complained.emit(LedgerIsBusy("Another run holds the ledger.", "Wait."))
    page.see()
    assert "Another run of this project is under way; what is due waits for it." in page.words
    crash = DisfError("It ended.", "")
    crash.code = "crash"
    page.process.complained.emit(crash)
    page.process.ended.emit(1)
    page.see()
    assert "has ended unexpectedly; it is started again in 2 s" in page.words
    assert page.line("Contacts").next.text() == "waiting"


# runs of one


def test_one_integration_is_previewed_synced_and_its_mapping_opened(page: Page) -> None:
    names = page.line("Leads").names
    QTest.mouseClick(page.tab.grid, Qt.MouseButton.LeftButton, pos=names.mapTo(page.tab.grid, names.rect().center()))
    card = page.tab.card
    assert card.title.text() == "Leads"
    click(card.preview_button)
    assert page.process.command[-2:] == ["--integration", "Leads"]
    assert kind_of_run(page) is RunKind.PREVIEW
    page.process.ended.emit(0)
    page.see()
    click(card.sync_button)
    assert kind_of_run(page) is RunKind.SYNC
    page.see()
    assert not card.sync_button.isEnabled()
    assert not card.preview_button.isEnabled()
    click(card.mapping_button)
    assert page.went == [("mapping", "Leads")]


def test_a_draft_can_be_previewed_and_not_synced(page: Page) -> None:
    page.tab.choose("Orders")
    assert page.tab.card.preview_button.isEnabled()
    assert not page.tab.card.sync_button.isEnabled()


def test_a_new_integration_begins_where_mappings_are_made_and_the_diagram_is_a_click_away(page: Page) -> None:
    click(page.tab.new_button)
    click(page.tab.diagram)
    assert page.went == [("mapping", "new"), ("projects", "diagram")]


def test_without_an_integration_the_tab_says_what_it_is_for(page: Page) -> None:
    page.store.update(project=page.desk.project.model_copy(update={"integrations": ()}))
    page.see()
    assert not page.tab.grid.isVisible()
    assert "An integration says which Salesforce object" in page.words
    click(page.tab.start)
    assert page.went == [("mapping", "new")]


def test_an_integration_says_what_goes_each_way(page: Page) -> None:
    for part in (
        "new records, changes, deletes · 10 fields",
        "changes · 3 fields · 2 opt-ins, never the other way",
        "Newsletter_Audience__c = true",
        "Written in the field DeletedInSalesforce; nothing is deleted in Dialog Insight",
    ):
        assert part in page.words
    page.tab.choose("Web sign-ups")
    for part in (
        "new people, changes · 3 fields · 1 opt-in, never the other way",
        "Only the Salesforce Id of those created",
        "External id in Salesforce: DI_Contact_Id__c",
        "Salesforce Id written to SalesforceID",
    ):
        assert part in page.words


# how old, how late


def test_late_runs_are_said_in_words_and_by_a_mark(page: Page) -> None:
    now = datetime.now(UTC)
    for minutes, age, said in ((20, Age.FINE, ""), (31, Age.LATE, "▲ Late"), (61, Age.VERY_LATE, "■ Very late")):
        page.let_have_run("Contacts", at=(now - timedelta(minutes=minutes)).isoformat())
        page.see()
        assert integration_rows(page.facts)[0].age is age
        assert said in page.line("Contacts").age.text()
        assert page.line("Contacts").age.isVisible() is bool(said)


def test_a_schedule_of_hours_is_late_by_its_longest_gap() -> None:
    assert interval_of(Schedule(every_minutes=15)) == timedelta(minutes=15)
    assert interval_of(Schedule(at=("08:00",))) == timedelta(hours=24)
    assert interval_of(Schedule(at=("06:00", "13:30"))) == timedelta(hours=16, minutes=30)


def test_the_next_run_is_the_one_that_the_process_tells_else_the_one_of_the_ledger(page: Page) -> None:
    due = datetime.now(UTC) + timedelta(minutes=9)
    page.store.update(next_runs={"Contacts": due})
    assert integration_rows(page.facts)[0].due == due
    page.store.update(schedules=replace(page.facts.schedules, next={"Contacts": None}))
    assert integration_rows(page.facts)[0].next is Next.WAITS
    page.store.update(schedules=replace(page.facts.schedules, next={"Contacts": due + timedelta(hours=1)}))
    page.see()
    assert integration_rows(page.facts)[0].due == due + timedelta(hours=1)
    assert page.line("Contacts").next.text().startswith("next ")
    page.store.update(runs=(), history=replace(page.facts.history, last_runs={}))
    page.see()
    assert page.line("Contacts").next.text() == "after its first run"
    assert integration_rows(page.facts)[3].next is Next.OFF


def test_the_bars_say_the_same_in_words(page: Page) -> None:
    said = page.line("Contacts").bars.accessibleName()
    assert said.startswith("The last 12 runs: least ")
    assert said.endswith("failed: 1, with something that needs you: 1")
    assert page.line("Orders").bars.accessibleName() == "no run yet"


def test_a_bar_is_red_only_where_the_run_failed(page: Page) -> None:
    ends = ("failed", "partial", "needs_you", "stopped", "success")
    first = page.facts.runs[0]
    told = tuple(
        replace(first, id=n, status=end, summary={"integrations": [{**summary("Contacts", end, created=10)}]})
        for n, end in enumerate(ends)
    )
    page.store.update(runs=told)
    page.see()
    bars = page.line("Contacts").bars
    assert bars.accessibleName().endswith("failed: 1, with something that needs you: 2, stopped: 1")
    painted = bars.grab().toImage()
    ratio = painted.width() / bars.width()
    colours = [painted.pixelColor(int((7 * n + 2) * ratio), painted.height() // 2).name() for n in range(5)]
    t = tokens()
    assert colours == [t.bars, t.ink3, t.warn, t.warn, t.err]


# the run under way


def under_way(kind: RunKind = RunKind.SYNC, total: int | None = 50_000) -> Run:
    progress = Progress("Contacts", Stage.APPLY, Side.DIALOG_INSIGHT, 31_020, total, 4180.0, 5.0, 30_981, 36, 73)
    return Run(kind, None, RunState(set_aside=3).after(progress))


def test_a_run_shows_how_far_it_is_and_can_be_held_and_stopped(page: Page) -> None:
    assert not page.tab.run_card.isVisible()
    page.desk.sync("Contacts")
    page.store.update(run=under_way())
    page.see()
    card = page.tab.run_card
    for part in (
        "31,020 of 50,000 records", "4,180 records/s", "5 s left", "30,981 sent", "36 unchanged", "3 set aside",
        "73 call", "✓ Read", "✓ Compare", "● Send", "○ Report", "30,981 record",
    ):  # fmt: skip
        assert part in page.words, part
    assert card.steps.accessibleName() == "Step 3 of 4: Send"
    click(card.pause_button)
    page.see()
    assert (page.process.lines, card.pause_button.text()) == (["start", "pause"], "R&esume")
    click(card.pause_button)
    page.see()
    click(card.stop_button)
    page.see()
    assert page.process.lines == ["start", "pause", "resume", "cancel"]
    assert not card.stop_button.isEnabled()
    page.process.ended.emit(4)
    page.see()
    assert not card.isVisible()


def test_what_another_integration_of_the_run_has_written_still_counts(page: Page) -> None:
    run = under_way()
    begun = Progress("Leads", Stage.READ, Side.SALESFORCE, 1, 60)
    page.store.update(run=replace(run, state=run.state.after(begun)))
    page.see()
    assert "30,981 record" in page.tab.run_card.note.text()


def test_a_total_that_is_not_known_is_not_invented(page: Page) -> None:
    page.store.update(run=under_way(total=None))
    page.see()
    assert page.tab.run_card.done.text() == "31,020 records"
    assert page.tab.run_card.bar.maximum() == 0


def test_a_preview_has_no_step_that_sends(page: Page) -> None:
    page.store.update(run=under_way(RunKind.PREVIEW))
    page.see()
    assert not any("Send" in label.text() for label in page.tab.run_card.steps.labels)
    assert "A preview sends nothing." in page.words


def test_a_run_that_waits_for_another_says_so(page: Page) -> None:
    page.store.update(run=Run(RunKind.SYNC, None, waiting=LedgerIsBusy("Busy.", "Wait.")))
    page.see()
    assert "this one begins when that one ends" in page.words


# what a guard has stopped, and what a run gave notice of


def test_a_guard_shows_its_plan_or_is_allowed_once(page: Page) -> None:
    figures = {"create": 1, "update": 5000, "links": 9000}
    guard = GuardTripped("Contacts", "…", "abc", figures)
    page.store.update(guard=guard)
    page.see()
    assert "It would change 5,000 of the 9,000 records that are tied together." in page.words
    click(page.tab.guard.action)
    assert kind_of_run(page) is RunKind.PREVIEW
    assert page.went == [("activity", "preview")]
    page.process.ended.emit(3)
    page.see()
    click(page.tab.guard.allow)
    assert page.process.command[-4:] == ["--approve", "abc", "--integration", "Contacts"]


def test_a_guard_says_how_many_deletes_it_holds_back(page: Page) -> None:
    page.store.update(guard=GuardTripped("Contacts", "…", "abc", {"update": 3, "delete": 600, "links": 9000}))
    page.see()
    assert "It would mark 600 people as deleted, of the 9,000 records that are tied together." in page.words


def test_what_a_run_gave_notice_of_stays_on_screen(page: Page, qapp: QApplication) -> None:
    told = Notice("Contacts", "unexpected_answer", "The export of Monday is not whole.", "Export it again.")
    page.store.update(told=(told,))
    page.see()
    assert "Contacts · The export of Monday is not whole." in page.words
    languages.speak(qapp, languages.Language.FRENCH)
    page.see()
    assert "Un export du projet est incomplet ou illisible" in page.words


# room and language


def test_what_has_no_room_is_left_out_of_the_rows_and_said_in_the_card(page: Page) -> None:
    assert page.line("Contacts").bars.isVisible()
    page.tab.resize(960, 600)
    page.see()
    assert not page.line("Contacts").bars.isVisible()
    assert not page.line("Contacts").last.isVisible()
    assert "Last run" in page.words


def integration_states(desk: Desk, tab: IntegrationsTab, settle: Callable[[], None]) -> Iterator[str]:
    """Bring the tab into the states that are its own: what is refused, late, paused, by a schedule, waiting."""
    now = datetime.now(UTC)
    store = desk.parent()
    assert isinstance(store, Store)
    tick = tab.grid.line_of("Leads").ticks[Trigger.OPTIN_CHANGED]
    tick.wanted.emit(True)
    settle()
    yield "a trigger that is refused"
    tab.refused.close_button.click()
    last = (now - timedelta(hours=3)).isoformat()
    store.update(history=replace(desk.facts.history, last_runs={"Contacts": last}))
    store.update(schedules=replace(desk.facts.schedules, keeping=Keeping.AGAIN, again_s=64))
    settle()
    yield "very late"
    store.update(run=replace(under_way(), by_schedule=True))
    settle()
    yield "a run by its schedule"
    store.update(run=replace(under_way(RunKind.UNDO), paused=True))
    settle()
    yield "taking back"
    store.update(run=Run(RunKind.SYNC, None, waiting=LedgerIsBusy("Busy.", "Wait.")))
    settle()
    yield "a run that waits"
    store.update(run=None)
    settle()


@pytest.mark.parametrize("width", [960, 1360])
@pytest.mark.parametrize("language", [languages.Language.ENGLISH, languages.Language.FRENCH])
def test_nothing_of_the_tab_is_cut(page: Page, qapp: QApplication, language: languages.Language, width: int) -> None:
    languages.speak(qapp, language)
    page.tab.resize(width - 24, 600)
    found = {state: findings(page.tab) for state in integration_states(page.desk, page.tab, page.see)}
    assert not {state: told for state, told in found.items() if told}


@pytest.mark.parametrize("language", [languages.Language.ENGLISH, languages.Language.FRENCH])
def test_nothing_of_the_schedule_is_cut(page: Page, qapp: QApplication, language: languages.Language) -> None:
    languages.speak(qapp, language)
    page.see()
    click(page.line("Web sign-ups").schedule)
    for button in page.dialog.segments.buttons:
        button.click()
        QApplication.processEvents()
        assert findings(page.dialog) == []


def test_every_text_of_the_tab_and_of_the_schedule_is_translated(page: Page, qapp: QApplication) -> None:
    pseudo = Pseudo()
    qapp.installTranslator(pseudo)
    try:
        page.see()
        found = {state: untranslated(page.tab) for state in integration_states(page.desk, page.tab, page.see)}
        click(page.line("Leads").schedule)
        for button in page.dialog.segments.buttons:
            button.click()
            found[button.text()] = untranslated(page.dialog)
    finally:
        qapp.removeTranslator(pseudo)
    assert not {state: told for state, told in found.items() if told}
