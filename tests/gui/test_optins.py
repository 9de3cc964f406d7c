"""The opt-ins tab under the hand: each control is operated, and its effect read in the project or in the facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from disf_desktop.core.edits import with_integration
from disf_desktop.core.errors import LedgerIsBusy
from disf_desktop.core.history import TamperedEvent
from disf_desktop.core.optin_edits import changed_optin
from disf_desktop.core.project import Integration, OptinPair, Project, Trigger
from disf_desktop.gui.inputs import Picker
from disf_desktop.gui.models.facts import dialog_insight_key
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.models.people import PeopleFacts
from disf_desktop.gui.models.tables import ICON, SUBTITLE
from disf_desktop.gui.tabs.optin_add import AddOptIns
from disf_desktop.gui.tabs.optin_editor import OptInEditor
from disf_desktop.gui.tabs.optins import REVIEWS, OptInsTab
from disf_desktop.gui.words.figures import counts
from tests.gui.fake_people import MARIE
from tests.gui.fakes import consents
from tests.gui.rehearsal import Rehearsal
from tests.gui.rest import at_rest

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(rehearsal: Rehearsal, qtbot: QtBot) -> OptInsTab:
    made = rehearsal.window.pages[Tab.OPT_INS]
    assert isinstance(made, OptInsTab)
    rehearsal.window.resize(1400, 900)
    rehearsal.window.show_tab(Tab.OPT_INS)
    at_rest()
    return made


def settle(rehearsal: Rehearsal) -> None:
    rehearsal.store.changed.emit()
    QApplication.processEvents()


def click(rehearsal: Rehearsal, widget: QWidget) -> None:
    assert widget.isVisible()
    assert widget.isEnabled()
    QTest.mouseClick(widget, LEFT)
    settle(rehearsal)


def pick(rehearsal: Rehearsal, picker: Picker, value: Any) -> None:
    """Open a list and click on one of its choices, as a person does."""
    assert picker.isEnabled()
    place = next(n for n, (each, _) in enumerate(picker._choices) if each == value)
    picker.showPopup()
    view = picker.view()
    index = view.model().index(place, 0)
    view.scrollTo(index)
    QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())
    settle(rehearsal)


def integration(rehearsal: Rehearsal, name: str = "Contacts") -> Integration:
    project: Project | None = rehearsal.store.facts.project
    found = project.integration(name) if project is not None else None
    assert found is not None
    assert rehearsal.workspace.project == project, "each edit is in the file"
    return found


def opt_in(rehearsal: Rehearsal, number: int = 0, name: str = "Contacts") -> OptinPair:
    return integration(rehearsal, name).optins[number]


def undo(rehearsal: Rehearsal, named: str) -> None:
    """Take the last step back; it is called so."""
    assert rehearsal.desk.history.undoText() == named
    rehearsal.desk.history.undo()
    settle(rehearsal)


def edited(rehearsal: Rehearsal, change: Callable[[Integration], Integration], name: str = "Contacts") -> None:
    """Let the project file come with something else in it."""
    project = with_integration(rehearsal.desk.project, change(integration(rehearsal, name)))
    rehearsal.desk.edit(lambda: "made ready", project)
    settle(rehearsal)


def cells(page: OptInsTab, row: int) -> list[str]:
    return [page.opt_ins.index(row, c).data() for c in range(page.opt_ins.columnCount())]


def picker_of(labelled: Any) -> Picker:
    return OptInEditor.picker(labelled)


# What is shown


def test_opt_ins_are_shown_with_where_each_goes_and_how_people_answered(page: OptInsTab) -> None:
    assert [cells(page, n) for n in range(3)] == [
        ["Newsletter", "Newsletter consent", "ticked / not ticked / left as it is", "18,402 yes · 2,118 no"],
        ["Promotions", "Promotions consent", "“Yes” / “No” / “Unknown”", "9,077 yes · 11,300 no"],
        ["Business relation", "not mapped yet", "", ""],
    ]
    assert page.opt_ins.index(2, 0).data(SUBTITLE) == "Casl · implied · expires"
    assert page.opt_ins.index(0, 3).data(SUBTITLE) == "480 no answer · 20,011 written"
    assert page.counted.text().startswith("People as last read: ")
    assert "never written from Salesforce" in page.text.text()


def test_why_it_goes_one_way_is_told_when_asked(rehearsal: Rehearsal, page: OptInsTab) -> None:
    assert not page.why.isVisible()
    click(rehearsal, page.why_button)
    assert "Nothing that this program sends there carries a consent." in page.why.text()
    assert page.why.isVisible()
    click(rehearsal, page.why_button)
    assert not page.why.isVisible()


def test_people_who_were_not_read_are_not_counted(rehearsal: Rehearsal, page: OptInsTab) -> None:
    rehearsal.store.update(people=PeopleFacts())
    settle(rehearsal)
    assert cells(page, 0)[3] == "not read yet"
    assert not page.counted.isVisible()


def test_counts_are_read_again_after_a_run(rehearsal: Rehearsal, page: OptInsTab) -> None:
    rehearsal.store.update(people=PeopleFacts())
    rehearsal.desk.ended.emit()
    settle(rehearsal)
    assert cells(page, 0)[3] == "18,402 yes · 2,118 no"


def test_an_opt_in_that_is_off_says_that_it_does_not_travel(rehearsal: Rehearsal, page: OptInsTab) -> None:
    page.list.choose("webforms")
    settle(rehearsal)
    assert page.opt_ins.index(0, 2).data(SUBTITLE) == "inverted"
    assert page.opt_ins.index(0, 1).data(SUBTITLE) == "does not travel · Contact · checkbox"
    assert page.opt_ins.index(0, 2).data() == "not ticked / ticked / left as it is"


def test_a_project_without_any_opt_in_sent_says_what_that_means(rehearsal: Rehearsal, page: OptInsTab) -> None:
    edited(rehearsal, lambda i: i.model_copy(update={"optins": ()}))
    assert "none is sent to Salesforce" in page.missing.accessibleName()
    assert "Salesforce will not know who unsubscribed" in page.missing.accessibleName()
    assert not page.editor.isVisible()
    click(rehearsal, page.missing.action)
    assert page.findChild(AddOptIns) is not None


def test_an_empty_table_says_why(rehearsal: Rehearsal, page: OptInsTab) -> None:
    facts = rehearsal.store.facts
    key = dialog_insight_key("newsletter", "Contact")
    edited(rehearsal, lambda i: i.model_copy(update={"optins": ()}))
    rehearsal.store.update(schemas={**facts.schemas, key: replace(facts.schemas[key], optins=())})
    settle(rehearsal)
    assert "This project has no opt-in." in page.empty.text()
    rehearsal.store.update(schemas={k: s for k, s in facts.schemas.items() if k != key})
    settle(rehearsal)
    assert "were not read yet" in page.empty.text()
    assert not page.add_button.isEnabled()
    deeds = len(rehearsal.workspace.deeds)
    click(rehearsal, page.read_button)
    assert page.add_button.isEnabled()
    assert len(rehearsal.workspace.deeds) >= deeds


def test_without_a_project_the_tab_says_what_it_is_for(rehearsal: Rehearsal, page: OptInsTab) -> None:
    project = rehearsal.desk.project
    rehearsal.store.update(project=project.model_copy(update={"projects": (), "integrations": ()}))
    settle(rehearsal)
    assert "Add a destination project first" in page.nothing.text.text()
    assert not page.add_button.isVisible()
    assert not page.table_card.isVisible()
    click(rehearsal, page.nothing.button)
    assert rehearsal.window.tabs.currentIndex() == list(Tab).index(Tab.PROJECTS)


# Adding


def test_several_opt_ins_are_added_in_one_step_with_the_trigger(rehearsal: Rehearsal, page: OptInsTab) -> None:
    before = integration(rehearsal, "Leads")
    click(rehearsal, page.add_button)
    dialog = page.findChild(AddOptIns)
    assert dialog is not None
    pick(rehearsal, dialog.carrier_picker, "Leads")
    assert [box.text() for box in dialog.boxes] == ["Newsletter", "Promotions", "Business relation · Casl"]
    assert not dialog.accept_button.isEnabled()
    assert dialog.pickers[0].value == "DI_Optin_Newsletter__c", "the field that speaks of it is proposed"
    click(rehearsal, dialog.boxes[0])
    assert dialog.boxes[0].isChecked()
    pick(rehearsal, dialog.pickers[2], "HasOptedOutOfEmail")
    assert dialog.boxes[2].isChecked(), "who chooses a field wants the opt-in"
    assert dialog.tick.isChecked()
    click(rehearsal, dialog.accept_button)
    after = integration(rehearsal, "Leads")
    assert [(p.optin, p.target, p.inverted) for p in after.optins] == [
        ("Newsletter", "DI_Optin_Newsletter__c", False),
        ("Casl", "HasOptedOutOfEmail", True),
    ]
    assert Trigger.OPTIN_CHANGED in after.triggers
    assert [r.code for r in page.opt_ins.rows] == ["Newsletter", "Newsletter", "Promotions", "Casl"]
    undo(rehearsal, counts.add_opt_ins(2))
    assert integration(rehearsal, "Leads") == before


def test_an_opt_in_without_a_field_is_not_added(rehearsal: Rehearsal, page: OptInsTab) -> None:
    click(rehearsal, page.add_button)
    dialog = page.findChild(AddOptIns)
    assert dialog is not None
    assert [box.text() for box in dialog.boxes] == ["Business relation · Casl"]
    click(rehearsal, dialog.boxes[0])
    click(rehearsal, dialog.accept_button)
    assert dialog.isVisible()
    assert "No Salesforce field is chosen for Business relation." in dialog.error.accessibleName()
    assert len(integration(rehearsal).optins) == 2
    pick(rehearsal, dialog.pickers[0], "DoNotCall")
    click(rehearsal, dialog.accept_button)
    assert opt_in(rehearsal, 2) == OptinPair(optin="Casl", target="DoNotCall", inverted=True)
    undo(rehearsal, "Add the opt-in Casl")


def test_two_opt_ins_are_not_added_to_one_field(rehearsal: Rehearsal, page: OptInsTab) -> None:
    click(rehearsal, page.add_button)
    dialog = page.findChild(AddOptIns)
    assert dialog is not None
    pick(rehearsal, dialog.carrier_picker, "Leads")
    for picker in dialog.pickers[:2]:
        pick(rehearsal, picker, "DoNotCall")
    click(rehearsal, dialog.accept_button)
    assert "the same field" in dialog.error.accessibleName()
    assert integration(rehearsal, "Leads").optins == ()
    click(rehearsal, dialog.cancel_button)
    assert page.findChild(AddOptIns) is None


def test_the_trigger_is_left_alone_where_the_person_says_so(rehearsal: Rehearsal, page: OptInsTab) -> None:
    click(rehearsal, page.add_button)
    dialog = page.findChild(AddOptIns)
    assert dialog is not None
    pick(rehearsal, dialog.carrier_picker, "Leads")
    click(rehearsal, dialog.boxes[0])
    click(rehearsal, dialog.tick)
    click(rehearsal, dialog.accept_button)
    assert Trigger.OPTIN_CHANGED not in integration(rehearsal, "Leads").triggers
    page.table_view.selectRow(1)
    settle(rehearsal)
    assert "Leads does not carry opt-ins yet." in page.editor.trigger.accessibleName()
    click(rehearsal, page.editor.trigger.action)
    assert Trigger.OPTIN_CHANGED in integration(rehearsal, "Leads").triggers
    assert not page.editor.trigger.isVisible()
    undo(rehearsal, "Tick “Opt-in changed” of Leads")
    assert Trigger.OPTIN_CHANGED not in integration(rehearsal, "Leads").triggers


# Editing


def test_another_field_is_picked_among_those_that_can_receive_it(rehearsal: Rehearsal, page: OptInsTab) -> None:
    picker = picker_of(page.editor.target)
    names = {name for name, _ in picker._choices}
    assert {"DI_Optin_Newsletter__c", "HasOptedOutOfEmail", "DoNotCall"} <= names
    assert not {"Id", "Birthdate", "DI_Optin_Promotions__c", "LeadSource", "MailingCity", "Account.Name"} & names
    pick(rehearsal, picker, "HasOptedOutOfEmail")
    assert (opt_in(rehearsal).target, opt_in(rehearsal).inverted) == ("HasOptedOutOfEmail", True)
    assert opt_in(rehearsal).date_target == "DI_Optin_Newsletter_Date__c"
    undo(rehearsal, "Write the opt-in Newsletter to HasOptedOutOfEmail")
    assert opt_in(rehearsal).target == "DI_Optin_Newsletter__c"


def test_a_field_is_found_by_a_part_of_its_name(rehearsal: Rehearsal, page: OptInsTab) -> None:
    picker = picker_of(page.editor.target)
    line = picker.lineEdit()
    assert line is not None
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "opt out")
    completer = picker.completer()
    assert completer is not None
    assert completer.completionCount() == 1
    popup = completer.popup()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    settle(rehearsal)
    assert opt_in(rehearsal).target == "HasOptedOutOfEmail"


def test_a_checkbox_is_inverted_by_a_switch(rehearsal: Rehearsal, page: OptInsTab) -> None:
    click(rehearsal, page.editor.inverted)
    assert opt_in(rehearsal).inverted is True
    assert page.editor.inverted.isChecked()
    assert "not ticked / ticked" in page.editor.values.text()
    undo(rehearsal, "Invert the opt-in Newsletter")
    assert opt_in(rehearsal).inverted is False
    page.editor.inverted.setFocus()
    QTest.keyClick(page.editor.inverted, Qt.Key.Key_Space)
    settle(rehearsal)
    assert opt_in(rehearsal).inverted is True


def test_words_are_picked_among_the_values_of_a_list(rehearsal: Rehearsal, page: OptInsTab) -> None:
    page.choose("Promotions")
    settle(rehearsal)
    words = {answer: picker_of(each) for answer, each in page.editor.words.items()}
    pick(rehearsal, words["subscribed"], "Unknown")
    assert opt_in(rehearsal, 1).subscribed == "Unknown"
    assert "given two meanings" in page.editor.problem.accessibleName()
    pick(rehearsal, words["neutral"], None)
    assert opt_in(rehearsal, 1).neutral is None
    assert not page.editor.problem.isVisible()
    undo(rehearsal, "Change what the answers to Promotions become")
    assert opt_in(rehearsal, 1).neutral == "Unknown"


def test_words_of_a_text_are_typed(rehearsal: Rehearsal, page: OptInsTab) -> None:
    edited(
        rehearsal, lambda i: changed_optin(i, 1, OptinPair(optin="Promotions", target="Custom_0__c", subscribed="Y"))
    )
    page.choose("Promotions")
    settle(rehearsal)
    assert "needs a word for" in page.editor.problem.accessibleName()
    assert page.opt_ins.index(1, 1).data(ICON) == "needs_you"
    for answer, word in (("unsubscribed", "Non"), ("neutral", "Inconnu")):
        line = OptInEditor.entry(page.editor.typed[answer])
        line.setFocus()
        QTest.keyClicks(line, word)
        QTest.keyClick(line, Qt.Key.Key_Return)
        settle(rehearsal)
    pair = opt_in(rehearsal, 1)
    assert (pair.subscribed, pair.unsubscribed, pair.neutral) == ("Y", "Non", "Inconnu")
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert opt_in(rehearsal, 1).neutral is None
    assert page.opt_ins.index(1, 1).data() == "Custom field 0", "drawn before the facts are shown"
    settle(rehearsal)
    assert page.opt_ins.index(1, 1).data(ICON) == ""


def test_the_date_and_the_source_are_recorded_or_not(rehearsal: Rehearsal, page: OptInsTab) -> None:
    date, source = picker_of(page.editor.date), picker_of(page.editor.source)
    assert "Birthdate" not in {name for name, _ in date._choices}, "it is paired"
    pick(rehearsal, date, "LastActivityDate")
    assert opt_in(rehearsal).date_target == "LastActivityDate"
    pick(rehearsal, date, None)
    assert opt_in(rehearsal).date_target is None
    undo(rehearsal, "Change the date field of the opt-in Newsletter")
    pick(rehearsal, source, "Custom_0__c")
    assert opt_in(rehearsal).source_target == "Custom_0__c"
    pick(rehearsal, source, None)
    assert opt_in(rehearsal).source_target is None
    undo(rehearsal, "Change the source field of the opt-in Newsletter")


def test_another_integration_carries_it(rehearsal: Rehearsal, page: OptInsTab) -> None:
    pair = opt_in(rehearsal)
    pick(rehearsal, picker_of(page.editor.carrier), "Leads")
    assert opt_in(rehearsal, 0, "Leads") == pair
    assert [p.optin for p in integration(rehearsal).optins] == ["Promotions"]
    assert page.editor.name.text() == "Newsletter → Salesforce", "the hand stays on it"
    undo(rehearsal, "Let Leads carry the opt-in Newsletter")
    assert opt_in(rehearsal) == pair


def test_an_opt_in_is_removed_and_comes_back(rehearsal: Rehearsal, page: OptInsTab) -> None:
    click(rehearsal, page.editor.remove_button)
    assert [p.optin for p in integration(rehearsal).optins] == ["Promotions"]
    assert cells(page, 0)[1] == "not mapped yet"
    assert "Newsletter is not sent to Salesforce." in page.missing.accessibleName()
    undo(rehearsal, "Remove the opt-in Newsletter")
    assert len(integration(rehearsal).optins) == 2


def test_two_quick_deeds_both_count_and_none_goes_to_a_neighbour(rehearsal: Rehearsal, page: OptInsTab) -> None:
    QTest.mouseClick(page.editor.inverted, LEFT)
    page.editor.date.widget.picked.emit(None)  # type: ignore[attr-defined]
    assert (opt_in(rehearsal).inverted, opt_in(rehearsal).date_target) == (True, None)
    QTest.mouseDClick(page.editor.remove_button, LEFT)
    QTest.mouseClick(page.editor.remove_button, LEFT)
    QTest.mouseClick(page.editor.remove_button, LEFT)
    assert [p.optin for p in integration(rehearsal).optins] == ["Promotions"]


def test_what_is_wrong_is_told_at_the_row_with_what_to_do(rehearsal: Rehearsal, page: OptInsTab) -> None:
    edited(rehearsal, lambda i: changed_optin(i, 0, OptinPair(optin="Newsletter", target="Newslettr__c")))
    assert "Newslettr__c" in page.editor.problem.accessibleName()
    assert page.opt_ins.index(0, 1).data(ICON) == "needs_you"
    assert not page.truth.isVisible()
    assert picker_of(page.editor.target).value == "Newslettr__c", "what is in the file is shown, right or wrong"


def test_while_a_side_was_not_read_nothing_is_lost(rehearsal: Rehearsal, page: OptInsTab) -> None:
    rehearsal.store.update(schemas={})
    settle(rehearsal)
    assert picker_of(page.editor.target).value == "DI_Optin_Newsletter__c"
    assert picker_of(page.editor.date).value == "DI_Optin_Newsletter_Date__c"
    assert not page.truth.isVisible()
    assert len(rehearsal.store.facts.project.integrations[0].optins) == 2  # type: ignore[union-attr]


# What would be written


def test_the_table_of_what_would_be_written_follows_each_edit(rehearsal: Rehearsal, page: OptInsTab) -> None:
    def told() -> list[list[str]]:
        cases = page.truth.cases
        return [[cases.index(r, c).data() for c in range(5)] for r in range(cases.rowCount())]

    assert told() == [
        ["not ticked, by a person", "review", "review", "nothing", "nothing"],
        ["not ticked, by this program", "ticked", "review", "nothing", "nothing"],
        ["ticked", "nothing", "nothing", "not ticked", "nothing"],
        ["not ticked, never touched", "ticked", "ticked", "nothing", "nothing"],
    ]
    click(rehearsal, page.editor.inverted)
    assert told()[0] == ["ticked, by a person", "review", "review", "nothing", "nothing"]
    assert told()[2] == ["not ticked, never touched", "nothing", "nothing", "ticked", "nothing"]


def test_a_case_under_the_hand_is_explained(rehearsal: Rehearsal, page: OptInsTab) -> None:
    table = page.truth.table
    table.setFocus()
    table.setCurrentIndex(page.truth.cases.index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Right)
    settle(rehearsal)
    assert page.truth.sentence.text() == (
        "Nothing is written; it waits for your review. Opted out in Salesforce by somebody else."
    )
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert page.truth.sentence.text() == "Written: ticked. Opted in after the last opt-out."
    assert page.truth.cases.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Nothing is written;")


# A person's history


def search(rehearsal: Rehearsal, page: OptInsTab, text: str) -> None:
    page.history.search.setFocus()
    page.history.search.selectAll()
    QTest.keyClicks(page.history.search, text)
    QTest.keyClick(page.history.search, Qt.Key.Key_Return)
    settle(rehearsal)


def test_a_person_is_found_and_shown_with_every_answer(rehearsal: Rehearsal, page: OptInsTab) -> None:
    search(rehearsal, page, "marie.cote@exemple.ca")
    assert ("find_people", "marie.cote@exemple.ca") in rehearsal.workspace.deeds
    assert page.history.person.text() == "Marie Côté marie.cote@exemple.ca"
    lines = page.history.lines
    assert [lines.index(n, 1).data() for n in range(lines.rowCount())] == [
        "waits for review",
        "yes",
        "opted out in Salesforce",
        "no",
        "yes",
    ]
    assert lines.index(3, 1).data(SUBTITLE).startswith("Newsletter · sent ")
    page.history.table.setFocus()
    page.history.table.selectRow(3)
    settle(rehearsal)
    told = page.history.detail.text()
    assert told.startswith("Dialog Insight says no since ")
    assert "Read in an export on" in told
    assert "Rule: Opted out in Dialog Insight." in told


def test_one_of_several_people_is_chosen(rehearsal: Rehearsal, page: OptInsTab) -> None:
    search(rehearsal, page, "Mari")
    assert page.history.lines.rowCount() == 0
    assert "Choose one of them." in page.history.text.text()
    pick(rehearsal, page.history.picker, MARIE)
    assert page.history.lines.rowCount() == 5


@pytest.mark.parametrize(
    ("text", "told"), [("Zoe", "Nobody who is linked is found by “Zoe”."), ("4712", "No answer of this person")]
)
def test_nobody_and_nothing_are_said(rehearsal: Rehearsal, page: OptInsTab, text: str, told: str) -> None:
    search(rehearsal, page, text)
    assert told in page.history.text.text()


def test_a_ledger_that_cannot_be_read_is_said(rehearsal: Rehearsal, page: OptInsTab) -> None:
    rehearsal.workspace.errors["people"] = LedgerIsBusy("Another run holds it.", "Wait.", "")
    search(rehearsal, page, "Marie")
    assert "Another run holds it." in page.history.error.accessibleName()
    del rehearsal.workspace.errors["people"]
    click(rehearsal, page.history.find_button)
    assert not page.history.error.isVisible()


def test_a_history_is_exported_of_one_or_of_everybody(rehearsal: Rehearsal, page: OptInsTab, tmp_path: Path) -> None:
    def export(name: str) -> None:
        click(rehearsal, page.history.export_button)
        dialog = page.history.findChild(QFileDialog)
        assert dialog is not None
        dialog.fileSelected.emit(str(tmp_path / name))
        dialog.reject()
        QApplication.sendPostedEvents(dialog, 52)
        settle(rehearsal)

    assert page.history.export_button.text().replace("&", "") == "Export everybody’s…"
    export("all.csv")
    assert ("export_trail", tmp_path / "all.csv", None) in rehearsal.workspace.deeds
    search(rehearsal, page, "marie")
    assert page.history.export_button.text().replace("&", "") == "Export this history…"
    export("marie.json")
    assert ("export_trail", tmp_path / "marie.json", MARIE.key) in rehearsal.workspace.deeds
    assert "marie.json" in page.history.exported.text()


def test_the_trail_is_checked(rehearsal: Rehearsal, page: OptInsTab) -> None:
    click(rehearsal, page.history.check_button)
    assert ("verify_trail",) in rehearsal.workspace.deeds
    assert "every entry is as it was written" in page.history.checked.accessibleName()
    rehearsal.workspace.told_tampered = TamperedEvent(1204, "changed")
    click(rehearsal, page.history.check_button)
    assert "Entry 1,204 was changed." in page.history.checked.accessibleName()
    rehearsal.workspace.told_tampered = TamperedEvent(7, "missing")
    click(rehearsal, page.history.check_button)
    assert "Entry 7 is missing." in page.history.checked.accessibleName()


# What waits


@pytest.fixture
def waiting(rehearsal: Rehearsal, page: OptInsTab) -> OptInsTab:
    rehearsal.workspace.told_consents = consents()
    rehearsal.desk.read_ledger_again()
    settle(rehearsal)
    return page


def test_consents_that_wait_are_told_where_the_opt_ins_are(rehearsal: Rehearsal, waiting: OptInsTab) -> None:
    assert "consent waits for your review." in waiting.waiting.accessibleName()
    click(rehearsal, waiting.waiting.action)
    assert waiting.list.key == REVIEWS
    assert waiting.reviews.isVisible()
    assert [waiting.reviews.records.index(n, 3).data() for n in range(2)] == [
        "Opted out in Salesforce by somebody else",
        "Opted out in Salesforce only",
    ]


def test_a_consent_that_waits_says_what_to_do_and_shows_the_person(rehearsal: Rehearsal, waiting: OptInsTab) -> None:
    waiting.list.choose(REVIEWS)
    settle(rehearsal)
    waiting.reviews.table.selectRow(1)
    settle(rehearsal)
    assert "Enter this opt-out in Dialog Insight" in waiting.reviews.todo.accessibleName()
    waiting.reviews.table.selectRow(0)
    settle(rehearsal)
    assert "Ask the person." in waiting.reviews.todo.accessibleName()
    click(rehearsal, waiting.reviews.todo.action)
    assert waiting.history.person.text().startswith("Marie Côté")


def test_what_waits_is_exported(rehearsal: Rehearsal, waiting: OptInsTab, tmp_path: Path) -> None:
    waiting.list.choose(REVIEWS)
    settle(rehearsal)
    click(rehearsal, waiting.reviews.export_button)
    dialog = waiting.reviews.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "waiting.csv"))
    dialog.reject()
    settle(rehearsal)
    assert ("export_consents", tmp_path / "waiting.csv") in rehearsal.workspace.deeds
    assert waiting.reviews.outcome.isVisible()


def test_where_nothing_waits_there_is_no_list_of_it(rehearsal: Rehearsal, waiting: OptInsTab) -> None:
    waiting.list.choose(REVIEWS)
    settle(rehearsal)
    rehearsal.workspace.told_consents = ()
    rehearsal.desk.read_ledger_again()
    settle(rehearsal)
    assert waiting.list.key == "newsletter"
    assert not waiting.reviews.isVisible()
    assert not waiting.waiting.isVisible()
