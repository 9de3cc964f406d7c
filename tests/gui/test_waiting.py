"""What needs a person, under the hand: records set aside, values that changed on both sides, consents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from disf_desktop.core.correction import WhyNot
from disf_desktop.core.errors import DisfError, ServiceUnavailable
from disf_desktop.core.history import ConflictRecord, History, SetAsideRecord
from disf_desktop.core.schema import Side
from disf_desktop.core.waiting import AsideWanted, ConflictsWanted
from disf_desktop.gui import languages
from disf_desktop.gui.deeds.answers import PAGE
from disf_desktop.gui.dialogs.correction import CorrectionDialog
from disf_desktop.gui.dialogs.record import RecordDialog
from disf_desktop.gui.models.facts import Run, RunKind
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.models.tables import SUBTITLE
from disf_desktop.gui.tabs.activity import CONFLICTS, CONSENTS, SET_ASIDE, ActivityTab
from disf_desktop.gui.tabs.mapping import MappingTab
from tests.gui.fakes import conflicts, consents, set_aside
from tests.gui.lint import Pseudo, findings, untranslated
from tests.gui.rehearsal import Rehearsal
from tests.gui.rest import at_rest

LEFT = Qt.MouseButton.LeftButton


def activity(rehearsal: Rehearsal, qtbot: QtBot, key: str) -> ActivityTab:
    page = rehearsal.window.pages[Tab.ACTIVITY]
    assert isinstance(page, ActivityTab)
    rehearsal.window.show_tab(Tab.ACTIVITY)
    at_rest()
    page.go_to(key)
    QApplication.processEvents()
    return page


def click(button: QAbstractButton) -> None:
    assert button.isVisible()
    assert button.isEnabled(), button.text()
    QTest.mouseClick(button, LEFT)


def choose(rehearsal: Rehearsal, qtbot: QtBot, name: str, path: Path) -> None:
    """Answer the file dialog that is open."""
    dialog = next(d for d in rehearsal.window.findChildren(QFileDialog) if d.isVisible())
    assert dialog.windowTitle() == name
    dialog.fileSelected.emit(str(path))
    dialog.close()


def words(part: QWidget) -> str:
    shown: list[QLabel | QPushButton] = [*part.findChildren(QLabel), *part.findChildren(QPushButton)]
    return "\n".join(w.text().replace("&", "") for w in shown if w.isVisibleTo(part))


def scroll_until(qtbot: QtBot, table: QTableView, done: Callable[[], bool]) -> None:
    """Go to the end of a table, again and again, until something is there."""

    def there() -> bool:
        table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
        return done()

    qtbot.waitUntil(there, timeout=5000)


def deed(rehearsal: Rehearsal) -> tuple[Any, ...]:
    """Give the last deed that the workspace was asked for."""
    return rehearsal.workspace.deeds[-1]


def many(count: int) -> tuple[SetAsideRecord, ...]:
    """Give many records that wait for the same reason."""
    first = set_aside()[1]
    return tuple(replace(first, id=n, rid=f"0035g0000{n:06}AAJ", values={"LastName": f"N{n}"}) for n in range(1, count))


# ------------------------------------------------------------------------------------------ set aside


def test_set_aside_records_are_retried_and_dismissed_by_choice(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    card = activity(rehearsal, qtbot, SET_ASIDE).set_aside
    assert not card.retry_button.isEnabled()
    card.table.selectRow(1)
    click(card.retry_button)
    assert deed(rehearsal) == ("retry", [2])
    card.table.selectRow(0)
    click(card.dismiss_button)
    box = next(b for b in rehearsal.window.findChildren(QMessageBox) if b.isVisible())
    assert "Dismiss 1" in box.text()
    assert ("dismiss", [1]) not in rehearsal.workspace.deeds
    box.buttons()[0].click()
    assert deed(rehearsal) == ("dismiss", [1])
    at_rest()
    assert [r.id for r in card.records.rows] == [2, 3, 4]
    click(card.retry_all_button)
    assert deed(rehearsal) == ("retry", None)


def test_a_record_is_told_by_the_name_of_the_person_with_why_and_what_to_do(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    card = activity(rehearsal, qtbot, SET_ASIDE).set_aside
    told = [[card.records.index(0, c).data(role) for role in (Qt.ItemDataRole.DisplayRole, SUBTITLE)] for c in (0, 1)]
    assert told[0] == ["Marie Côté", "0035g00000A1xYzAAJ"]
    assert told[1][0] == "EMail is not an e-mail address."
    assert "sent again by itself" in told[1][1]
    rehearsal.window.set_language(languages.Language.FRENCH)
    at_rest()
    assert "courriel" in card.records.index(0, 1).data()


def test_the_records_of_one_cause_are_shown_and_retried_together(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.workspace.told_set_aside = (*set_aside(), *(replace(r, id=100 + r.id) for r in many(31)))
    rehearsal.desk.read_ledger_again()
    page = activity(rehearsal, qtbot, SET_ASIDE)
    card = page.set_aside
    entries = [(card.causes.model().index(n, 0).data(), card.causes.model().index(n, 0).data(SUBTITLE)) for n in (0, 1)]
    assert entries == [("All causes", "34 records"), ("Too long", "Source · 31 records")]
    place = card.causes.visualRect(card.causes.model().index(1, 0)).center()
    QTest.mouseClick(card.causes.viewport(), LEFT, pos=place)
    at_rest()
    assert {r.field for r in card.records.rows} == {"Source"}
    assert card.retry_all_button.text().replace("&", "") == "Retry all 31"
    click(card.retry_all_button)
    assert deed(rehearsal) == (
        "retry_wanted",
        AsideWanted("Contacts", "dialog_insight", "too_long", "Source"),
    )
    click(card.export_button)
    choose(rehearsal, qtbot, "Export what is set aside", Path("some.csv"))
    assert deed(rehearsal)[0:2] == ("export", Path("some.csv"))
    assert deed(rehearsal)[2].field == "Source"
    QTest.keyClick(card.causes, Qt.Key.Key_Up)
    at_rest()
    assert len(card.records.rows) == 34


def test_a_cause_names_its_integration_where_it_comes_from_several(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    first, second = set_aside()[1], set_aside()[1]
    others = (replace(second, id=90, integration="Leads"), replace(second, id=91, code="email", field="EMail"))
    rehearsal.workspace.told_set_aside = (first, *others)
    rehearsal.desk.read_ledger_again()
    card = activity(rehearsal, qtbot, SET_ASIDE).set_aside
    entries = [card.causes.model().index(n, 0).data(SUBTITLE) for n in range(4)]
    assert entries == ["3 records", "Contacts · Source · 1 record", "Leads · Source · 1 record", "EMail · 1 record"]


def test_a_record_that_was_retried_says_that_the_next_run_sends_it_and_offers_that_run(
    rehearsal: Rehearsal, qtbot: QtBot
) -> None:
    card = activity(rehearsal, qtbot, SET_ASIDE).set_aside
    assert not card.sync_button.isVisible()
    before = card.records.index(0, 1).data()
    card.table.selectRow(0)
    click(card.retry_button)
    at_rest()
    told = [card.records.index(0, 1).data(role) for role in (Qt.ItemDataRole.DisplayRole, SUBTITLE)]
    assert told == ["The next run sends it again.", f"Until now: {before}"]
    assert card.records.index(1, 1).data() != told[0]
    card.retranslate()  # what the deed has done is said for a while, what will become of it as long as it is so
    rehearsal.window.render_facts()
    assert "What you corrected or retried is sent by the next run." in words(card)
    click(card.sync_button)
    assert rehearsal.desk.facts.running


def test_records_are_found_by_name_and_the_search_is_taken_back_with_escape(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    card = activity(rehearsal, qtbot, SET_ASIDE).set_aside
    QTest.keyClicks(card.search, "smith")
    QTest.keyClick(card.search, Qt.Key.Key_Return)
    at_rest()
    assert [r.id for r in card.records.rows] == [2]
    assert card.retry_all_button.text().replace("&", "") == "Retry all found"
    QTest.keyClick(card.search, Qt.Key.Key_Escape)
    at_rest()
    assert len(card.records.rows) == 4


def test_a_pause_in_typing_searches_too(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    card = activity(rehearsal, qtbot, SET_ASIDE).set_aside
    QTest.keyClicks(card.search, "Source")
    assert len(card.records.rows) == 4
    qtbot.waitUntil(lambda: [r.id for r in card.records.rows] == [2], timeout=3000)


def test_all_pages_of_a_long_list_are_reached_and_the_place_stays(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.workspace.told_set_aside = many(3 * PAGE)
    rehearsal.desk.read_ledger_again()
    card = activity(rehearsal, qtbot, SET_ASIDE).set_aside
    assert len(card.records.rows) == PAGE
    bar = card.table.verticalScrollBar()
    scroll_until(qtbot, card.table, lambda: len(card.records.rows) == 3 * PAGE - 1)
    bar.setValue(50 * 250 + 7)
    card.table.selectRow(252)
    under_hand = card.chosen()
    rehearsal.workspace.told_set_aside = rehearsal.workspace.told_set_aside[2:]
    rehearsal.desk.read_ledger_again()
    at_rest()
    assert len(card.records.rows) == 3 * PAGE - 3
    assert card.chosen() == under_hand
    assert bar.value() == 50 * 248 + 7


def test_where_nothing_waits_the_list_is_not_there(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.store.update(history=History(), set_aside=())
    page = activity(rehearsal, qtbot, "14")
    assert not page.set_aside.isVisible()
    assert "Set aside" not in [page.list.model().index(n, 0).data() for n in range(page.list.model().rowCount())]


def test_a_record_is_looked_at_in_full_and_opened_in_salesforce(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    card = activity(rehearsal, qtbot, SET_ASIDE).set_aside
    card.table.selectRow(1)
    QTest.keyClick(card.table, Qt.Key.Key_Return)
    at_rest()
    dialog = card.dialog
    assert isinstance(dialog, RecordDialog)
    assert dialog.title.text() == "John Smith"
    shown = [(dialog.values.index(r, 0).data(), dialog.values.index(r, 1).data()) for r in range(3)]
    assert shown[0] == ("Lead Source", "Trade show Montréal"), "what is wrong comes first"
    assert "Source has 19 characters; Dialog Insight accepts 10." in words(dialog)
    pages: list[str] = []
    rehearsal.desk.browse.connect(pages.append)
    click(dialog.open_button)
    assert pages == ["https://acme.my.salesforce.com/0035g00000B7xYzAAJ"]
    click(dialog.accept_button)
    assert deed(rehearsal) == ("retry", [2])
    assert card.dialog is None
    click(card.open_button)
    assert len(pages) == 2


def test_a_record_is_dismissed_and_its_mapping_found_from_its_dialog(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    card = activity(rehearsal, qtbot, SET_ASIDE).set_aside
    wanted: list[tuple[str, str]] = []
    rehearsal.desk.look.connect(lambda tab, key: wanted.append((tab, key)))
    card.table.selectRow(1)
    click(card.mapping_button)
    assert wanted == [("mapping", "Contacts/Source")]
    mapping = rehearsal.window.pages[Tab.MAPPING]
    assert mapping.isVisible()
    assert isinstance(mapping, MappingTab)
    assert mapping.list.key == "Contacts"
    assert mapping.canvas.right.currentIndex().data() == "Source", "the pair that it goes through is under the hand"
    rehearsal.window.show_tab(Tab.ACTIVITY)
    at_rest()
    click(card.closer_button)
    assert isinstance(card.dialog, RecordDialog)
    click(card.dialog.mapping_button)
    assert wanted[1:] == [("mapping", "Contacts/Source")]
    rehearsal.window.show_tab(Tab.ACTIVITY)
    at_rest()
    click(card.closer_button)
    assert isinstance(card.dialog, RecordDialog)
    click(card.dialog.dismiss_button)
    assert deed(rehearsal) == ("dismiss", [2])


def test_an_address_that_cannot_be_had_is_said(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    def no_address(integration: str, rid: str) -> str:
        raise ServiceUnavailable("Salesforce does not answer.", "Wait, then try again.", "prod")

    rehearsal.workspace.record_address = no_address  # type: ignore[method-assign]
    card = activity(rehearsal, qtbot, SET_ASIDE).set_aside
    card.table.selectRow(1)
    click(card.open_button)
    at_rest()
    assert rehearsal.store.facts.notice is not None


# ------------------------------------------------------------------------------------------ a correction


def correcting(rehearsal: Rehearsal, qtbot: QtBot, row: int = 1) -> CorrectionDialog:
    card = activity(rehearsal, qtbot, SET_ASIDE).set_aside
    card.table.selectRow(row)
    click(card.correct_button)
    at_rest()
    assert isinstance(card.dialog, CorrectionDialog)
    return card.dialog


def test_a_value_is_corrected_in_salesforce_after_a_look_at_before_and_after(
    rehearsal: Rehearsal, qtbot: QtBot
) -> None:
    dialog = correcting(rehearsal, qtbot)
    card = activity(rehearsal, qtbot, SET_ASIDE).set_aside
    assert "Dialog Insight takes up to 10 character" in dialog.text.text()
    dialog.line.selectAll()
    QTest.keyClicks(dialog.line, "Trade shows")
    assert (dialog.now.text(), dialog.will_be.text()) == ("Trade show Montréal", "Trade shows")
    click(dialog.accept_button)
    assert "Lead Source has 11 characters; Dialog Insight accepts 10." in words(dialog)
    assert not [deed for deed in rehearsal.workspace.deeds if deed[0] == "correct"]
    QTest.keyClick(dialog.line, Qt.Key.Key_Backspace)
    assert not dialog.error.isVisible()
    click(dialog.accept_button)
    qtbot.waitUntil(lambda: card.dialog is None, timeout=2000)
    assert ("correct", 2, "Trade show") in rehearsal.workspace.deeds
    qtbot.waitUntil(lambda: card.sync_button.isVisible(), timeout=2000)
    assert card.records.index(1, 1).data() == "The next run sends it again."
    assert rehearsal.store.facts.activity.correcting is None, "the value is let go of"


def test_the_value_that_is_there_already_is_not_written_again(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.workspace.told_set_aside = set_aside()
    dialog = correcting(rehearsal, qtbot)
    told = rehearsal.workspace.correction(2)
    assert told.target is not None
    wide = replace(told, target=replace(told.target, length=100))
    assert rehearsal.store.facts.activity.correcting is not None
    rehearsal.store.update(
        activity=replace(
            rehearsal.store.facts.activity,
            correcting=replace(rehearsal.store.facts.activity.correcting, correction=wide),
        )
    )
    at_rest()
    click(dialog.accept_button)
    assert "This is the value that is there now." in words(dialog)
    assert not [deed for deed in rehearsal.workspace.deeds if deed[0] == "correct"]


@pytest.mark.parametrize(
    ("why", "said", "opens"),
    [
        (WhyNot.CONSENT, "This field holds a consent.", True),
        (WhyNot.READ_ONLY, "Salesforce does not let this field be written", True),
        (WhyNot.RELATED, "belongs to another record", True),
        (WhyNot.NO_RECORD, "no record in Salesforce", False),
    ],
)
def test_what_may_not_be_corrected_is_said_and_opened_instead(
    rehearsal: Rehearsal, qtbot: QtBot, why: WhyNot, said: str, opens: bool
) -> None:
    rehearsal.workspace.told_why_not = why
    dialog = correcting(rehearsal, qtbot)
    assert said in dialog.text.text()
    assert not dialog.line.isVisible()
    assert dialog.accept_button.isEnabled() is opens
    if opens:
        pages: list[str] = []
        rehearsal.desk.browse.connect(pages.append)
        assert dialog.accept_button.text() == "Open in Salesforce"
        click(dialog.accept_button)
        assert pages == ["https://acme.my.salesforce.com/0035g00000B7xYzAAJ"]
    assert not [deed for deed in rehearsal.workspace.deeds if deed[0] == "correct"]


def test_a_value_that_comes_from_dialog_insight_is_not_corrected_in_salesforce(
    rehearsal: Rehearsal, qtbot: QtBot
) -> None:
    dialog = correcting(rehearsal, qtbot, row=3)
    assert "This value comes from Dialog Insight." in dialog.text.text()
    assert not dialog.accept_button.isEnabled()


def test_a_record_that_somebody_saved_meanwhile_is_read_again_before_anything_is_written(
    rehearsal: Rehearsal, qtbot: QtBot
) -> None:
    moved = DisfError("Somebody saved this record in Salesforce meanwhile.", "Look at it again.")
    moved.code = "record_moved"
    dialog = correcting(rehearsal, qtbot)
    rehearsal.workspace.errors["correct"] = moved
    told = rehearsal.workspace.correction(2)
    rehearsal.workspace.correction = lambda aside: replace(told, value="Fair")  # type: ignore[method-assign]
    dialog.line.setText("Show")
    click(dialog.accept_button)
    at_rest()
    assert "Somebody saved this record" in words(dialog)
    assert dialog.now.text() == "Fair"
    assert dialog.isVisible()
    del rehearsal.workspace.errors["correct"]
    dialog.line.setText("Show")
    click(dialog.accept_button)
    assert ("correct", 2, "Show") in rehearsal.workspace.deeds


def test_a_correction_that_cannot_be_read_says_why_and_writes_nothing(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.workspace.errors["correction"] = ServiceUnavailable("Salesforce does not answer.", "Wait.", "prod")
    dialog = correcting(rehearsal, qtbot)
    assert "Salesforce does not answer." in words(dialog)
    assert not dialog.accept_button.isEnabled()
    QTest.mouseClick(dialog.cancel_button, LEFT)
    assert rehearsal.store.facts.activity.correcting is None


def test_nothing_is_corrected_or_retried_while_a_run_is_under_way(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    card = activity(rehearsal, qtbot, SET_ASIDE).set_aside
    card.table.selectRow(1)
    rehearsal.store.update(run=Run(RunKind.SYNC, None))
    at_rest()
    for button in (card.retry_button, card.retry_all_button, card.dismiss_button, card.correct_button):
        assert not button.isEnabled()
    assert card.open_button.isEnabled()


# ------------------------------------------------------------------------------------------ conflicts


def with_conflicts(rehearsal: Rehearsal, qtbot: QtBot, *more: ConflictRecord) -> ActivityTab:
    rehearsal.workspace.told_conflicts = (*conflicts(), *more)
    rehearsal.desk.read_ledger_again()
    return activity(rehearsal, qtbot, CONFLICTS)


def others(count: int, state: str = "waiting", winner: str | None = None, **more: Any) -> tuple[ConflictRecord, ...]:
    first = conflicts()[0]
    return tuple(
        replace(first, id=100 + n, key=f"0035g0000{n:06}AAJ", state=state, winner=winner, **more) for n in range(count)
    )


def test_both_values_are_shown_with_their_services_their_times_and_what_was_agreed(
    rehearsal: Rehearsal, qtbot: QtBot
) -> None:
    card = with_conflicts(rehearsal, qtbot).conflicts
    assert [card.records.index(0, c).data() for c in range(5)] == [
        "Marie Côté",
        "City",
        "Montréal",
        "Laval",
        "waits for you",
    ]
    assert card.records.index(1, 4).data() == "Salesforce chosen; the next run writes it"
    card.table.selectRow(0)
    told = words(card)
    for part in ("Two values: waits for a person", "Montréal", "Laval", "saved ", "seen ", "agreed on: Lévis"):
        assert part in told


def test_a_choice_is_made_after_a_look_at_both_outcomes(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    card = with_conflicts(rehearsal, qtbot).conflicts
    card.table.selectRow(0)
    click(card.buttons[Side.DIALOG_INSIGHT])
    dialog = card.dialog
    assert dialog is not None
    outcomes = [[dialog.outcomes.index(r, c).data() for c in (1, 2, 3)] for r in range(2)]
    assert outcomes == [["Salesforce", "Montréal", "Laval"], ["Dialog Insight", "Laval", "stays as it is"]]
    assert not dialog.also.isVisible(), "there is no other like it"
    assert not [deed for deed in rehearsal.workspace.deeds if deed[0] == "choose"]
    click(dialog.accept_button)
    assert deed(rehearsal) == ("choose", {7: Side.DIALOG_INSIGHT})
    at_rest()
    assert card.records.index(0, 4).data() == "Dialog Insight chosen; the next run writes it"


def test_a_choice_that_is_cancelled_notes_nothing(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    card = with_conflicts(rehearsal, qtbot).conflicts
    click(card.buttons[Side.SALESFORCE])
    assert card.dialog is not None
    click(card.dialog.cancel_button)
    assert not [deed for deed in rehearsal.workspace.deeds if deed[0] == "choose"]


def test_the_same_is_said_for_all_of_a_field_and_rule_in_one_go(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    card = with_conflicts(rehearsal, qtbot, *others(13)).conflicts
    card.table.selectRow(0)
    click(card.buttons[Side.SALESFORCE])
    dialog = card.dialog
    assert dialog is not None
    assert "13" in dialog.also.text()
    QTest.mouseClick(dialog.also, LEFT, pos=QPoint(8, dialog.also.height() // 2))
    assert "14" in dialog.accept_button.text()
    click(dialog.accept_button)
    assert deed(rehearsal) == ("choose_alike", "City", Side.SALESFORCE)


def test_several_conflicts_are_settled_together(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    card = with_conflicts(rehearsal, qtbot, *others(2)).conflicts
    card.table.selectAll()
    click(card.buttons[Side.SALESFORCE])
    assert card.dialog is not None
    assert not card.dialog.also.isVisible()
    click(card.dialog.accept_button)
    chosen = dict.fromkeys((7, 100, 101), Side.SALESFORCE)
    assert deed(rehearsal) == ("choose", chosen), "one was chosen for Salesforce already"


def test_a_value_that_lost_is_restored(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    lost = others(1, "resolved", "salesforce", rule="salesforce_wins")
    rehearsal.workspace.told_resolved = (*lost, *others(1, "restored", "salesforce", field="Phone"))
    page = with_conflicts(rehearsal, qtbot)
    card = page.conflicts
    click(card.states.buttons[1])
    at_rest()
    assert rehearsal.store.facts.activity.conflicts_wanted == ConflictsWanted(resolved=True)
    card.table.selectRow(0)
    assert not card.buttons[Side.SALESFORCE].isVisible(), "Salesforce's value stands"
    click(card.buttons[Side.DIALOG_INSIGHT])
    assert card.dialog is not None
    outcomes = [[card.dialog.outcomes.index(r, c).data() for c in (1, 2, 3)] for r in range(2)]
    assert outcomes == [["Salesforce", "Montréal", "Laval"], ["Dialog Insight", "Montréal", "Laval"]]
    click(card.dialog.accept_button)
    assert deed(rehearsal) == ("choose", {100: Side.DIALOG_INSIGHT})
    card.table.selectRow(1)
    assert not any(b.isEnabled() for b in card.buttons.values()), "one that was restored is done with"


def test_conflicts_are_narrowed_by_field_and_by_words_and_written_to_a_file(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    card = with_conflicts(rehearsal, qtbot, *others(2, field="Phone")).conflicts
    assert [card.fields.itemText(n) for n in range(card.fields.count())][1:] == [
        "City · Contacts (1)",
        "Phone · Contacts (2)",
    ]
    card.fields.setFocus()
    QTest.keyClick(card.fields, Qt.Key.Key_End)
    card.fields.activated.emit(2)
    at_rest()
    assert {s.conflict.field for s in card.records.rows} == {"Phone"}
    card.fields.activated.emit(0)
    QTest.keyClicks(card.search, "Smith")
    QTest.keyClick(card.search, Qt.Key.Key_Return)
    at_rest()
    assert [s.id for s in card.records.rows] == [8]
    click(card.export_button)
    choose(rehearsal, qtbot, "Export the conflicts", Path("c.csv"))
    assert deed(rehearsal) == ("export_conflicts", Path("c.csv"), False)


def test_all_conflicts_of_a_long_list_are_reached(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    card = with_conflicts(rehearsal, qtbot, *others(PAGE + 50)).conflicts
    assert len(card.records.rows) == PAGE
    scroll_until(qtbot, card.table, lambda: len(card.records.rows) == PAGE + 52)


# ------------------------------------------------------------------------------------------ consents


def test_consents_that_wait_say_why_and_what_to_do(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.workspace.told_consents = consents()
    rehearsal.desk.read_ledger_again()
    card = activity(rehearsal, qtbot, CONSENTS).consents
    assert [card.records.index(0, c).data() for c in (1, 2, 3)] == [
        "Newsletter",
        "yes",
        "Opted out in Salesforce by somebody else",
    ]
    assert "Ask the person. If the answer is yes, take the opt-out away in Salesforce" in words(card)
    assert "This program never sends an opt-out to Dialog Insight." in words(card)
    click(card.kinds.buttons[1])
    assert [card.records.index(0, c).data() for c in (1, 2, 3)] == [
        "Promotions",
        "no answer",
        "Opted out in Salesforce only",
    ]
    assert "Enter this opt-out in Dialog Insight" in words(card)


def test_a_consent_leads_to_the_history_of_the_person_and_to_a_file(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.workspace.told_consents = consents()
    rehearsal.desk.read_ledger_again()
    card = activity(rehearsal, qtbot, CONSENTS).consents
    wanted: list[tuple[str, str]] = []
    rehearsal.desk.look.connect(lambda tab, key: wanted.append((tab, key)))
    click(card.history_button)
    assert wanted == [("opt_ins", "person/0035g00000A1xYzAAJ")]
    assert rehearsal.store.facts.people.searched == "0035g00000A1xYzAAJ"
    rehearsal.window.show_tab(Tab.ACTIVITY)
    at_rest()
    click(card.export_button)
    choose(rehearsal, qtbot, "Export the consents to review", Path("k.csv"))
    assert ("export_consents", Path("k.csv")) in [deed[:2] for deed in rehearsal.workspace.deeds]


def test_consents_of_one_integration_are_shown_and_all_pages_reached(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    review = consents()[0]
    rehearsal.workspace.told_consents = (
        *(replace(review, contact_id=str(n)) for n in range(PAGE + 20)),
        replace(review, integration="Leads", contact_id="9999"),
        consents()[1],
    )
    rehearsal.desk.read_ledger_again()
    card = activity(rehearsal, qtbot, CONSENTS).consents
    assert len(card.records.rows) == PAGE
    scroll_until(qtbot, card.table, lambda: len(card.records.rows) == PAGE + 21)
    assert [card.integrations.itemText(n) for n in range(3)] == ["All integrations", "Contacts", "Leads"]
    card.integrations.activated.emit(2)
    assert [r.waiting.contact_id for r in card.records.rows] == ["9999"]


# ------------------------------------------------------------------------------------------ on screen


@pytest.mark.parametrize("language", languages.Language)
def test_nothing_of_the_dialogs_is_cut_nameless_or_idle(
    rehearsal: Rehearsal, qtbot: QtBot, language: languages.Language
) -> None:
    rehearsal.window.set_language(language)
    page = with_conflicts(rehearsal, qtbot, *others(3))
    found: dict[str, list[str]] = {}

    def look(name: str, dialog: QDialog | None) -> None:
        assert dialog is not None
        at_rest()
        found[name] = findings(dialog)
        dialog.reject()

    click(page.conflicts.buttons[Side.SALESFORCE])
    look("choice", page.conflicts.dialog)
    page.go_to(SET_ASIDE)
    page.set_aside.table.selectRow(1)
    page.set_aside.look_closer()
    look("record", page.set_aside.dialog)
    page.set_aside.correct_button.click()
    look("correction", page.set_aside.dialog)
    rehearsal.workspace.told_why_not = WhyNot.READ_ONLY
    page.set_aside.correct_button.click()
    look("refused correction", page.set_aside.dialog)
    page.go_to("14")
    click(page.run_page.undo_button)
    look("undo", page.run_page.dialog)
    assert not {name: told for name, told in found.items() if told}


def test_every_text_of_the_dialogs_is_translated(rehearsal: Rehearsal, qtbot: QtBot, qapp: QApplication) -> None:
    pseudo = Pseudo()
    qapp.installTranslator(pseudo)
    try:
        page = with_conflicts(rehearsal, qtbot, *others(3))
        told: list[str] = []
        page.conflicts.buttons[Side.SALESFORCE].click()
        assert page.conflicts.dialog is not None
        told += untranslated(page.conflicts.dialog)
        page.conflicts.dialog.reject()
        page.go_to(SET_ASIDE)
        page.set_aside.table.selectRow(1)
        for button in (page.set_aside.closer_button, page.set_aside.correct_button):
            button.click()
            at_rest()
            assert page.set_aside.dialog is not None
            told += untranslated(page.set_aside.dialog)
            page.set_aside.dialog.reject()
        page.go_to("14")
        page.run_page.undo_button.click()
        at_rest()
        assert page.run_page.dialog is not None
        told += untranslated(page.run_page.dialog)
        page.run_page.dialog.reject()
    finally:
        qapp.removeTranslator(pseudo)
    data = ("Source has", "Shorten it", "John Smith", "0035g0", "Lead Source", "Trade show")
    assert not [text for text in told if not text.startswith(data)]
