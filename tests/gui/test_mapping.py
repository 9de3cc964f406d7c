"""The mapping tab around its canvas: each control operated, and what it does read in the project that is saved."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from disf_desktop.core.errors import Problem, ServiceUnavailable
from disf_desktop.core.project import (
    ConflictPolicy,
    Direction,
    FieldPair,
    Integration,
    OnDelete,
    Project,
    TransformName,
    Trigger,
    WhenEmpty,
)
from disf_desktop.gui import languages
from disf_desktop.gui.deeds.mappings import CHECKING
from disf_desktop.gui.mapping_canvas.canvas import Canvas
from disf_desktop.gui.mapping_canvas.field_list import ROW
from disf_desktop.gui.mapping_canvas.partners import PartnerDialog
from disf_desktop.gui.models.facts import salesforce_key
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.models.samples import sample_key
from disf_desktop.gui.tabs.mapping import MappingTab
from disf_desktop.gui.tabs.mapping_dialogs import AddMapping, DuplicateMapping, RenameMapping
from disf_desktop.gui.words.figures import counts
from tests.gui.rehearsal import Rehearsal
from tests.gui.rest import at_rest


@pytest.fixture
def page(rehearsal: Rehearsal) -> MappingTab:
    rehearsal.window.resize(1400, 1000)
    rehearsal.window.show_tab(Tab.MAPPING)
    found = rehearsal.window.pages[Tab.MAPPING]
    assert isinstance(found, MappingTab)
    QApplication.processEvents()
    return found


def canvas(page: MappingTab) -> Canvas:
    return page.canvas


def saved(rehearsal: Rehearsal, name: str = "Contacts") -> Integration:
    """Give a mapping as the file now has it."""
    found = rehearsal.workspace.project.integration(name)
    assert found is not None
    return found


def pair(rehearsal: Rehearsal, target: str, name: str = "Contacts") -> FieldPair:
    return next(p for p in saved(rehearsal, name).mapping.pairs if p.target == target)


def words(page: MappingTab) -> str:
    shown: list[QLabel | QPushButton] = [*page.findChildren(QLabel), *page.findChildren(QPushButton)]
    return "\n".join(w.text().replace("&", "") for w in shown if w.isVisibleTo(page))


def choose(page: MappingTab, source: str) -> None:
    page.canvas.left.choose(source)
    QApplication.processEvents()


def step(rehearsal: Rehearsal) -> str:
    return rehearsal.desk.history.undoText()


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("language", [languages.Language.ENGLISH, languages.Language.FRENCH])
def test_the_fields_stay_under_the_hand_while_they_are_read_and_checked(
    rehearsal: Rehearsal, page: MappingTab, language: languages.Language
) -> None:
    rehearsal.window.set_language(language)
    for width in range(960, 1720, 20):
        rehearsal.window.resize(width, 1000)
        places = set()
        for asking in (set(), {salesforce_key("prod", "Contact")}, {CHECKING}):
            rehearsal.store.update(asking=frozenset(asking))
            at_rest()
            places.add(page.canvas.left.mapTo(rehearsal.window, QPoint(0, 0)).y())
        assert len(places) == 1, width


# The pair under the hand


def test_a_line_and_a_field_choose_the_same_pair(rehearsal: Rehearsal, page: MappingTab) -> None:
    canvas = page.canvas
    where = QPoint(canvas.strip.width() // 3, canvas.left.mapTo(canvas.strip.window(), QPoint(0, 0)).y())
    top = canvas.strip.mapFromGlobal(canvas.strip.window().mapToGlobal(where)).y()
    QTest.mouseClick(
        canvas.strip, Qt.MouseButton.LeftButton, pos=QPoint(canvas.strip.width() // 3, top + 7 * ROW + ROW // 2)
    )
    assert page.pair.title.text() == "Loyalty Points → Points"
    canvas.left.choose("Birthdate")
    assert page.pair.title.text() == "Birthdate → Date of birth"
    assert canvas.right.currentIndex().data() == "Date of birth"


def test_the_pairs_are_read_with_the_keyboard_alone(rehearsal: Rehearsal, page: MappingTab) -> None:
    canvas = page.canvas
    rehearsal.window.activateWindow()
    assert QTest.qWaitForWindowActive(rehearsal.window, 3000)
    canvas.left_search.setFocus()
    QTest.keyClicks(canvas.left_search, "loyal")
    QTest.keyClick(canvas.left_search, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is canvas.left
    assert page.pair.title.text() == "Loyalty Points → Points"
    assert page.pair.transform.currentText() == "Round half up"
    QTest.keyClick(canvas.left, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is canvas.right_search


def test_a_field_without_a_pair_shows_none(rehearsal: Rehearsal, page: MappingTab) -> None:
    canvas = page.canvas
    canvas.left.choose("LastActivityDate")
    assert not page.pair.isVisible()
    assert page.settings.isVisible()


def test_a_key_is_said_to_be_one_and_has_no_rule_for_conflicts(rehearsal: Rehearsal, page: MappingTab) -> None:
    canvas = page.canvas
    canvas.choose(0)
    assert "primary key" in page.pair.types.text()
    assert "When both sides changed" not in words(page)


def test_a_pair_says_which_way_it_travels_and_who_wins(rehearsal: Rehearsal, page: MappingTab) -> None:
    canvas = page.canvas
    canvas.left.choose("MobilePhone")
    assert page.pair.title.text() == "Mobile Phone ↔ Mobile"
    told = words(page)
    assert page.pair.direction.buttons[2].isChecked()
    assert page.pair.rule.currentText() == "The newest wins (approximate)"
    assert "Toward Salesforce: Values may be longer than the 40 characters of the Salesforce field" in told
    canvas.left.choose("MailingCity")
    assert "This field waits for a person" in words(page)
    canvas.left.choose("Language__c")
    assert page.pair.title.text() == "Language ← Language"
    assert page.pair.direction.buttons[1].isChecked()
    assert "Transform" not in words(page)


def test_the_marker_of_people_born_in_dialog_insight_is_explained(rehearsal: Rehearsal, page: MappingTab) -> None:
    canvas = page.canvas
    page.list.choose("Web sign-ups")
    rehearsal.window.render_facts()
    assert page.title.text() == "Contact ← Contact"
    canvas.left.choose("Id")
    assert page.pair.title.text() == "Contact ID → Salesforce ID"
    told = words(page)
    assert "the person has no Salesforce record yet" in told
    assert "When both sides changed" not in told


def test_the_table_twin_shows_the_same_pairs_and_chooses_them(rehearsal: Rehearsal, page: MappingTab) -> None:
    canvas = page.canvas
    canvas.left.choose("MobilePhone")
    page.table_button.click()
    assert page.table.grid.isVisible()
    assert page.table.grid.currentIndex().row() == 4
    assert [page.table.pairs.index(r, 1).data() for r in range(11)] == [*"→→→→↔→→→→↔←"]
    assert page.table.pairs.index(4, 4).data() == "The newest wins (approximate)"
    page.table.grid.selectRow(10)
    assert page.pair.title.text() == "Language ← Language"
    page.table_button.click()
    canvas.left.choose("Email")
    assert page.pair.title.text() == "Email → E-mail"


# The inspector


def test_the_direction_is_changed_and_named_and_undone(rehearsal: Rehearsal, page: MappingTab) -> None:
    choose(page, "Birthdate")
    to_dialog_insight, to_salesforce, both = page.pair.direction.buttons
    assert [b.isChecked() for b in page.pair.direction.buttons] == [True, False, False]
    QTest.mouseClick(both, Qt.MouseButton.LeftButton)
    assert pair(rehearsal, "BirthDate").direction is Direction.BOTH
    assert step(rehearsal) == "Change the direction of Birthdate – BirthDate"
    rehearsal.desk.history.undo()
    assert pair(rehearsal, "BirthDate").direction is None
    to_dialog_insight.setFocus()
    QTest.keyClick(to_salesforce, Qt.Key.Key_Space)
    assert pair(rehearsal, "BirthDate").direction is Direction.TO_SALESFORCE


def test_a_direction_that_cannot_be_is_greyed_with_its_reason(rehearsal: Rehearsal, page: MappingTab) -> None:
    choose(page, "Id")
    first, back, both = page.pair.direction.buttons
    assert (first.isEnabled(), back.isEnabled(), both.isEnabled()) == (True, False, False)
    assert "Salesforce alone gives a record its Id." in back.toolTip()
    assert "Salesforce alone gives a record its Id." in page.pair.direction_box.help.text()
    choose(page, "Account.Name")
    assert "related record" in page.pair.direction.buttons[1].toolTip()


def test_a_pair_that_is_turned_loses_what_has_no_meaning_that_way(rehearsal: Rehearsal, page: MappingTab) -> None:
    choose(page, "Email")
    QTest.mouseClick(page.pair.direction.buttons[1], Qt.MouseButton.LeftButton)
    assert pair(rehearsal, "EMail").transform == ()
    choose(page, "MobilePhone")
    QTest.mouseClick(page.pair.direction.buttons[0], Qt.MouseButton.LeftButton)
    assert pair(rehearsal, "Mobile").conflict is None


def pick(picker: object, value: object) -> None:
    """Take a choice of a list with the keyboard, as a person does."""
    from disf_desktop.gui.inputs import Picker

    assert isinstance(picker, Picker)
    assert picker.isVisible()
    number = next(n for n in range(picker.count()) if picker._choices[n][0] == value)
    picker.setFocus()
    QTest.keyClick(picker, Qt.Key.Key_Home)
    for _ in range(number):
        QTest.keyClick(picker, Qt.Key.Key_Down)
    assert picker.value == value


def test_only_transforms_that_make_sense_are_offered_and_one_is_taken(rehearsal: Rehearsal, page: MappingTab) -> None:
    choose(page, "LeadSource")
    offered = [value for value, _ in page.pair.transform._choices]
    assert offered == [(), (TransformName.CUT,), (TransformName.LOWER,), (TransformName.LOWER, TransformName.CUT)]
    page.pair.transform.picked.emit((TransformName.CUT,))
    assert pair(rehearsal, "Source").transform == (TransformName.CUT,)
    assert step(rehearsal) == "Change the transform of LeadSource – Source"
    rehearsal.window.render_facts()
    assert page.pair.transform_box.help.text() == "Texts are shortened to 10 characters."
    choose(page, "Birthdate")
    assert not page.pair.transform_box.isVisible()


def test_the_keyboard_takes_a_transform(rehearsal: Rehearsal, page: MappingTab) -> None:
    rehearsal.window.activateWindow()
    choose(page, "LeadSource")
    pick(page.pair.transform, (TransformName.CUT,))
    assert pair(rehearsal, "Source").transform == (TransformName.CUT,)


def test_who_wins_is_chosen_and_its_consequence_said(rehearsal: Rehearsal, page: MappingTab) -> None:
    choose(page, "MailingCity")
    assert page.pair.rule.value is ConflictPolicy.ASK
    assert "waits for a person" in page.pair.rule_box.help.text()
    pick(page.pair.rule, ConflictPolicy.DIALOG_INSIGHT_WINS)
    assert pair(rehearsal, "City").conflict is ConflictPolicy.DIALOG_INSIGHT_WINS
    rehearsal.window.render_facts()
    assert "The value of Dialog Insight stands" in page.pair.rule_box.help.text()
    choose(page, "Birthdate")
    assert ConflictPolicy.NEWEST not in [value for value, _ in page.pair.rule._choices]


def test_what_empty_does_is_chosen(rehearsal: Rehearsal, page: MappingTab) -> None:
    choose(page, "Birthdate")
    pick(page.pair.empty, WhenEmpty.KEEP)
    assert pair(rehearsal, "BirthDate").when_empty is WhenEmpty.KEEP
    rehearsal.window.render_facts()
    assert page.pair.empty_box.help.text() == "Where Salesforce is emptied, Dialog Insight keeps its value."
    choose(page, "Id")
    assert not page.pair.empty_box.isVisible()
    assert "a key is never empty" in words(page)


def type_in(entry: QLabel | object, text: str) -> None:
    from disf_desktop.gui.inputs import Entry

    assert isinstance(entry, Entry)
    entry.setFocus()
    entry.selectAll()
    QTest.keyClicks(entry, text)
    QTest.keyClick(entry, Qt.Key.Key_Return)


def test_a_default_is_typed_and_one_that_cannot_stand_there_is_refused(rehearsal: Rehearsal, page: MappingTab) -> None:
    choose(page, "LeadSource")
    type_in(page.pair.default, "Unknown")
    assert pair(rehearsal, "Source").default == "Unknown"
    type_in(page.pair.default, "much longer than ten")
    assert pair(rehearsal, "Source").default == "Unknown"
    assert "cannot stand in this field" in page.pair.default_box.help.text()
    assert page.pair.default.text() == "Unknown"
    page.pair.default.entered.emit("")
    assert pair(rehearsal, "Source").default is None


def test_a_default_of_a_list_is_picked(rehearsal: Rehearsal, page: MappingTab) -> None:
    rehearsal.desk.pair("Contacts", "Newsletter_Audience__c", "IsVIP")
    rehearsal.window.render_facts()
    choose(page, "Newsletter_Audience__c")
    assert not page.pair.default_box.isVisible()
    pick(page.pair.default_choice, "true")
    assert pair(rehearsal, "IsVIP").default == "true"


def test_a_pair_is_removed_and_undo_brings_it_back(rehearsal: Rehearsal, page: MappingTab) -> None:
    choose(page, "Birthdate")
    click(page.pair.remove_button)
    assert "BirthDate" not in [p.target for p in saved(rehearsal).mapping.pairs]
    assert page.settings.isVisible()
    rehearsal.desk.history.undo()
    assert pair(rehearsal, "BirthDate").source == "Birthdate"


def test_the_way_back_to_the_mapping_as_a_whole(rehearsal: Rehearsal, page: MappingTab) -> None:
    assert page.settings.isVisible()
    assert not page.whole_button.isVisible()
    choose(page, "Birthdate")
    assert page.pair.isVisible()
    click(page.whole_button)
    assert page.settings.isVisible()
    assert not page.pair.isVisible()


# Loss and remedies


def test_nothing_is_read_before_somebody_asks_and_then_in_one_call(rehearsal: Rehearsal, page: MappingTab) -> None:
    choose(page, "LeadSource")
    assert not [d for d in rehearsal.workspace.deeds if d[0] == "sample"]
    assert not page.pair.sample.table.isVisible()
    click(page.pair.sample.read_button)
    (deed,) = [d for d in rehearsal.workspace.deeds if d[0] == "sample"]
    assert deed[1:3] == ("prod", "Contact")
    assert deed[3][:2] == ("Id", "Email")
    assert "Account.Name" in deed[3]
    assert "MailingAddress" not in deed[3]
    assert deed[4] == "Newsletter_Audience__c = true"
    rehearsal.window.render_facts()
    choose(page, "Birthdate")
    assert page.pair.sample.table.isVisible()


def sampled(rehearsal: Rehearsal, page: MappingTab, source: str) -> None:
    rehearsal.desk.read_sample("Contacts")
    choose(page, source)
    rehearsal.window.render_facts()
    QApplication.processEvents()


def test_real_records_are_shown_through_the_pair(rehearsal: Rehearsal, page: MappingTab) -> None:
    sampled(rehearsal, page, "Loyalty_Points__c")
    model = page.pair.sample.model
    assert [(model.index(r, 0).data(), model.index(r, 1).data()) for r in range(model.rowCount())] == [
        ("120.50", "121"),
        ("88", "88"),
        ("3.25", "3"),
        ("–", "–"),
    ]
    assert counts.looked_at(200, 150) in words(page)
    assert counts.are_rounded(100, 200) in words(page)


def test_loss_is_counted_and_a_remedy_is_one_click(rehearsal: Rehearsal, page: MappingTab) -> None:
    sampled(rehearsal, page, "LeadSource")
    card = page.pair.verdict
    assert card.title.text() == "Some records would be set aside"
    assert card.text.text() == counts.are_longer(50, 200, 10, 18)
    model = page.pair.sample.model
    assert (model.index(0, 0).data(), model.index(0, 1).data()) == ("Trade show partner", "set aside")
    assert "has 18 characters" in model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    cut = next(b for b in card.buttons if b.text() == "Cut at 10")
    click(cut)
    assert pair(rehearsal, "Source").transform == (TransformName.CUT,)
    rehearsal.window.render_facts()
    assert card.title.text() == "Every value travels, some changed"
    assert counts.are_shortened(50, 200) in card.text.text()


def test_a_remedy_says_how_many_it_leaves(rehearsal: Rehearsal, page: MappingTab) -> None:
    facts = rehearsal.store.facts
    key = next(k for k, s in facts.schemas.items() if "newsletter/Contact" in k)
    fields = dict(facts.schemas[key].fields)
    fields["Mobile"] = replace(fields["Mobile"], length=11)
    rehearsal.store.put("schemas", key, replace(facts.schemas[key], fields=fields))
    plain = saved(rehearsal).mapping.pairs[4].model_copy(update={"transform": (), "direction": None, "conflict": None})
    rehearsal.desk.change_pair("Contacts", 4, plain, lambda: "Plain")
    sampled(rehearsal, page, "MobilePhone")
    card = page.pair.verdict
    names = [b.text() for b in card.buttons if b.isVisible()]
    assert names == ["Keep the digits only", "Cut at 11", "Choose another field…"]
    assert [note.text() for note in card.notes if note.isVisible()] == ["50 still set aside"]
    assert card.buttons[0].accessibleDescription() == "50 still set aside"


def test_a_sample_that_could_not_be_read_says_why(rehearsal: Rehearsal, page: MappingTab) -> None:
    rehearsal.workspace.errors["sample"] = ServiceUnavailable("Salesforce does not answer.", "Wait.", "prod")
    choose(page, "Birthdate")
    click(page.pair.sample.read_button)
    rehearsal.window.render_facts()
    assert page.pair.sample.error.isVisible()
    assert "Salesforce does not answer." in words(page)


def test_samples_are_forgotten_when_a_file_opens(rehearsal: Rehearsal, page: MappingTab) -> None:
    sampled(rehearsal, page, "Birthdate")
    assert sample_key(saved(rehearsal)) in rehearsal.store.facts.samples
    assert "camille" not in repr(rehearsal.store.facts).casefold()
    rehearsal.open()
    assert not rehearsal.store.facts.samples


def test_a_pair_filled_from_dialog_insight_offers_no_sample(rehearsal: Rehearsal, page: MappingTab) -> None:
    choose(page, "Language__c")
    assert not page.pair.sample.read_button.isVisible()
    assert "This pair is filled from Dialog Insight" in words(page)


def test_another_field_takes_the_place_of_one(rehearsal: Rehearsal, page: MappingTab) -> None:
    choose(page, "LeadSource")
    click(next(b for b in page.pair.verdict.buttons if b.text() == "Choose another field…"))
    dialog = page.dialog
    assert isinstance(dialog, PartnerDialog)
    dialog.list.choose("Extra3")
    click(dialog.accept_button)
    targets = [p.target for p in saved(rehearsal).mapping.pairs]
    assert "Extra3" in targets
    assert "Source" not in targets
    assert step(rehearsal) == "Pair LeadSource with Extra3 instead"


def test_a_taken_field_is_asked_about_before_it_is_replaced(rehearsal: Rehearsal, page: MappingTab) -> None:
    choose(page, "LeadSource")
    click(next(b for b in page.pair.verdict.buttons if b.text() == "Choose another field…"))
    dialog = page.dialog
    assert isinstance(dialog, PartnerDialog)
    dialog.list.choose("Company")
    click(dialog.accept_button)
    assert isinstance(page.canvas.acts.question, QMenu)
    assert pair(rehearsal, "Company").source == "Account.Name"
    page.canvas.acts.question.close()


def test_a_field_that_is_gone_is_said_and_can_be_exchanged(rehearsal: Rehearsal, page: MappingTab) -> None:
    gone = pair(rehearsal, "BirthDate").model_copy(update={"source": "Gone__c"})
    rehearsal.desk.change_pair("Contacts", 5, gone, lambda: "Break")
    rehearsal.window.render_facts()
    page.canvas.choose(5)
    QApplication.processEvents()
    assert "The service shows no field “Gone__c”" in page.pair.verdict.text.text()
    click(next(b for b in page.pair.verdict.buttons if b.isVisible()))
    dialog = page.dialog
    assert isinstance(dialog, PartnerDialog)
    dialog.list.choose("Birthdate")
    click(dialog.accept_button)
    assert pair(rehearsal, "BirthDate").source == "Birthdate"


# The list


def test_a_mapping_is_added_as_a_draft_with_its_key_and_suggestions(rehearsal: Rehearsal, page: MappingTab) -> None:
    click(page.mappings.add_button)
    dialog = page.dialog
    assert isinstance(dialog, AddMapping)
    objects = [value for value, _ in dialog.sobject._choices]
    assert objects == ["Contact", "Lead", "Member__c", "Order__c", "Account"]  # people, its own, the rest; readable
    assert not dialog.accept_button.isEnabled()
    dialog.sobject.setFocus()
    dialog.sobject.activated.emit(objects.index("Lead"))
    dialog.destination.activated.emit(1)
    assert dialog.accept_button.isEnabled()
    assert dialog.name.text() == "Lead"
    type_in(dialog.name, "People of the site")
    click(dialog.accept_button)
    made = saved(rehearsal, "People of the site")
    assert not made.enabled
    assert (made.salesforce, made.object, made.project, made.table) == ("prod", "Lead", "webforms", "Contact")
    assert made.triggers == (Trigger.DIALOG_INSIGHT_CREATED, Trigger.DIALOG_INSIGHT_UPDATED)
    assert [(p.source, p.target, p.key) for p in made.mapping.pairs] == [("Email", "EMail", True)]
    assert page.list.key == "People of the site"
    proposed = rehearsal.store.facts.suggestions["People of the site"]
    assert ("FirstName", "FirstName") in [(s.source, s.target) for s in proposed]
    assert step(rehearsal) == "Add the mapping People of the site"


def test_an_object_without_people_goes_to_a_custom_table(rehearsal: Rehearsal, page: MappingTab) -> None:
    dialog = page.add()
    dialog.sobject.picked.emit("Member__c")
    assert dialog.table.value == "ORDERS"
    assert "goes to a custom table" in dialog.object_box.help.text()
    dialog.destination.picked.emit("webforms")
    assert dialog.table.value == "Contact"
    assert "no custom table yet" in dialog.table_box.help.text()
    dialog.destination.picked.emit("newsletter")
    dialog.sobject.picked.emit("Contact")
    assert dialog.table.value == "Contact"
    dialog.table.picked.emit("ORDERS")
    assert dialog.table.value == "ORDERS"


def test_an_object_is_not_tied_to_a_table_twice_nor_a_name_taken_twice(rehearsal: Rehearsal, page: MappingTab) -> None:
    before = rehearsal.workspace.project
    dialog = page.add()
    dialog.sobject.picked.emit("Contact")
    click(dialog.accept_button)
    assert "“Contacts” ties this object to this table already." in dialog.error.accessibleName()
    dialog.name.entered.emit("leads")
    click(dialog.accept_button)
    assert "There is a mapping called “leads” already." in dialog.error.accessibleName()
    assert dialog.isVisible()
    assert rehearsal.workspace.project == before


def test_an_org_that_is_not_connected_is_said_and_its_objects_are_not_asked_for(
    rehearsal: Rehearsal, page: MappingTab
) -> None:
    dialog = page.add()
    dialog.org.picked.emit("sandbox")
    rehearsal.store.put("authorized", "sandbox", False)
    dialog.render_facts()
    assert "Connect this org first" in dialog.object_box.help.text()
    assert not dialog.accept_button.isEnabled()


def test_objects_that_cannot_be_read_are_said(rehearsal: Rehearsal, page: MappingTab) -> None:
    rehearsal.workspace.errors["objects"] = ServiceUnavailable("Salesforce does not answer.", "Wait.", "prod")
    dialog = page.add()
    assert "could not be read" in dialog.object_box.help.text()


def act(page: MappingTab, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    page.window().activateWindow()
    assert QTest.qWaitForWindowActive(page.window(), 3000)
    page.list.setFocus()
    QTest.keyClick(page.list, key, modifier)


def test_a_mapping_is_renamed_by_its_key(rehearsal: Rehearsal, page: MappingTab) -> None:
    act(page, Qt.Key.Key_F2)
    dialog = page.dialog
    assert isinstance(dialog, RenameMapping)
    assert "the next run reads everything again" in dialog.name_box.help.text()
    type_in(dialog.name, "Customers")
    click(dialog.accept_button)
    assert rehearsal.workspace.project.integrations[0].name == "Customers"
    assert page.list.key == "Customers"
    assert step(rehearsal) == "Rename Contacts to Customers"


def test_a_name_is_not_taken_twice(rehearsal: Rehearsal, page: MappingTab) -> None:
    dialog = page.rename("Contacts")
    type_in(dialog.name, "LEADS")
    click(dialog.accept_button)
    assert dialog.isVisible()
    assert saved(rehearsal, "Contacts").name == "Contacts"


def test_a_mapping_is_duplicated_to_another_project(rehearsal: Rehearsal, page: MappingTab) -> None:
    page.list.choose("Leads")
    page.list.chosen.emit("Leads")
    act(page, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    dialog = page.dialog
    assert isinstance(dialog, DuplicateMapping)
    assert dialog.destination.value == "webforms"
    assert dialog.name.text() == "Leads 2"
    click(dialog.accept_button)
    copy, original = saved(rehearsal, "Leads 2"), saved(rehearsal, "Leads")
    assert (copy.project, copy.enabled, copy.mapping) == ("webforms", False, original.mapping)
    assert page.list.key == "Leads 2"


def test_a_copy_does_not_serve_the_same_table(rehearsal: Rehearsal, page: MappingTab) -> None:
    dialog = page.duplicate("Leads")
    dialog.destination.picked.emit("newsletter")
    click(dialog.accept_button)
    assert "ties this object to this table already" in dialog.error.accessibleName()
    dialog.table.picked.emit("ORDERS")
    type_in(dialog.name, "Lead rows")
    click(dialog.accept_button)
    assert saved(rehearsal, "Lead rows").table == "ORDERS"


def test_a_mapping_is_removed_by_its_key_and_undo_brings_it_back(rehearsal: Rehearsal, page: MappingTab) -> None:
    act(page, Qt.Key.Key_Delete)
    assert rehearsal.workspace.project.integration("Contacts") is None
    assert step(rehearsal) == "Remove the mapping Contacts"
    rehearsal.desk.history.undo()
    assert saved(rehearsal).name == "Contacts"


def test_the_menu_has_the_same_deeds_for_the_mouse(rehearsal: Rehearsal, page: MappingTab) -> None:
    names = [action.text() for action in page.mappings.menu.actions() if action.text()]
    assert names == ["Rename…", "Duplicate to another project…", "Remove mapping"]
    page.mappings.rename.trigger()
    assert isinstance(page.dialog, RenameMapping)
    page.dialog.reject()
    page.mappings.duplicate.trigger()
    assert isinstance(page.dialog, DuplicateMapping)
    page.dialog.reject()
    page.list.customContextMenuRequested.emit(page.list.visualRect(page.list.model().index(1, 0)).center())
    assert page.mappings.menu.isVisible()
    page.mappings.menu.close()
    page.list.customContextMenuRequested.emit(QPoint(5, page.list.height() - 2))
    assert not page.mappings.menu.isVisible()
    page.mappings.remove.trigger()
    assert rehearsal.workspace.project.integration("Contacts") is None


def test_the_list_says_what_is_draft_and_what_lacks_its_key(rehearsal: Rehearsal, page: MappingTab) -> None:
    told = [page.list.model().index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(1, 5)]
    assert "11 pairs · active" in told[0]
    assert "draft" in told[2]
    rehearsal.desk.unpair("Leads", 0)
    rehearsal.window.render_facts()
    assert "primary key not mapped" in page.list.model().index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)


# The head


def test_pairs_are_suggested_and_the_hand_is_put_on_the_first(rehearsal: Rehearsal, page: MappingTab) -> None:
    page.look_at("Leads")
    click(page.head.suggest_button)
    rehearsal.window.render_facts()
    proposed = rehearsal.store.facts.suggestions["Leads"]
    assert proposed
    assert page.canvas.left.name == proposed[0].source
    assert page.canvas.footer.accept_button.isVisible()
    before = len(saved(rehearsal, "Leads").mapping.pairs)
    QTest.keyClick(page.canvas.left, Qt.Key.Key_Return)
    assert len(saved(rehearsal, "Leads").mapping.pairs) == before + 1


def test_where_nothing_is_alike_that_is_said(rehearsal: Rehearsal, page: MappingTab) -> None:
    click(page.head.suggest_button)
    rehearsal.window.render_facts()
    rehearsal.store.put("suggestions", "Contacts", ())
    rehearsal.window.render_facts()
    assert page.said.isVisible()
    assert "No pair to suggest" in words(page)


def test_suggestions_know_the_values_that_were_looked_at(rehearsal: Rehearsal, page: MappingTab) -> None:
    rehearsal.desk.unpair("Contacts", 5)
    rehearsal.desk.read_sample("Contacts")
    rehearsal.desk.suggest("Contacts")
    found = {s.source: s.reason for s in rehearsal.store.facts.suggestions["Contacts"]}
    assert found["Birthdate"].figure("looked") == 150
    assert found["Birthdate"].figure("travel") == 150


def test_a_check_asks_both_services_and_says_when_nothing_is_wrong(rehearsal: Rehearsal, page: MappingTab) -> None:
    click(page.head.check_button)
    rehearsal.window.render_facts()
    assert ("check", False) in rehearsal.workspace.deeds
    assert "Nothing stands in the way" in words(page)
    click(page.problems.close_button)
    assert not page.problems.isVisible()


def test_a_check_lists_each_problem_with_the_way_to_its_place(rehearsal: Rehearsal, page: MappingTab) -> None:
    rehearsal.workspace.told_problems = (
        Problem("connections[0]", "The sign-in has expired.", "Sign in again."),
        Problem("integrations[0].mapping.pairs[5]", "Birthdate cannot go there.", "Pair another."),
        Problem("integrations[0].filter", "The filter is refused.", "Correct it."),
        Problem("integrations[0].optins[0].target", "An opt-in has no field.", "Choose one."),
        Problem("integrations[0].triggers[0]", "A trigger cannot be.", "Take it away."),
        Problem("integrations[1].filter", "Of another mapping.", ""),
    )
    looked: list[tuple[str, str]] = []
    rehearsal.desk.look.connect(lambda tab, wanted: looked.append((tab, wanted)))
    rehearsal.window.activateWindow()
    click(page.head.check_button)
    rehearsal.window.render_facts()
    shown = [b for b in page.problems.go_buttons if b.isVisibleTo(page)]
    assert len(shown) == 5
    assert "Of another mapping." not in words(page)
    click(shown[1])
    assert page.pair.title.text().startswith("Birthdate")
    click(shown[2])
    assert page.settings.isVisible()
    assert page.settings.filter.hasFocus()
    for number in (0, 3, 4):
        click(shown[number])
    assert looked == [
        (Tab.CONNECTIONS.value, ""),
        (Tab.OPT_INS.value, "newsletter"),
        (Tab.INTEGRATIONS.value, "Contacts"),
    ]


def test_a_mapping_is_paused_and_activated(rehearsal: Rehearsal, page: MappingTab) -> None:
    assert page.head.state.text() == "Active"
    click(page.head.activate_button)
    rehearsal.window.render_facts()
    assert not saved(rehearsal).enabled
    assert (page.head.state.text(), step(rehearsal)) == ("Draft", "Pause Contacts")
    assert page.head.activate_button.text() == "Acti&vate"
    click(page.head.activate_button)
    assert saved(rehearsal).enabled
    assert step(rehearsal) == "Activate Contacts"


def test_a_mapping_with_problems_stays_off_and_says_why(rehearsal: Rehearsal, page: MappingTab) -> None:
    page.look_at("Orders")
    rehearsal.desk.unpair("Orders", 0)
    rehearsal.window.render_facts()
    click(page.head.activate_button)
    assert not saved(rehearsal, "Orders").enabled
    assert page.problems.isVisible()
    assert "The primary key is not paired: OrderNumber." in words(page)


def test_the_table_is_the_same_by_other_means(rehearsal: Rehearsal, page: MappingTab) -> None:
    click(page.head.table_button)
    assert page.table.isVisible()
    page.table.grid.selectRow(5)
    assert page.pair.title.text().startswith("Birthdate")
    click(page.head.table_button)
    assert page.canvas.isVisible()


# The mapping as a whole


def test_the_filter_is_typed_and_tried(rehearsal: Rehearsal, page: MappingTab) -> None:
    settings = page.settings
    type_in(settings.filter, "Status__c = 'Active'")
    assert saved(rehearsal).filter == "Status__c = 'Active'"
    assert step(rehearsal) == "Change which records Contacts concerns"
    rehearsal.window.render_facts()
    click(settings.try_button)
    assert ("try_filter", "prod", "Contact", "Status__c = 'Active'") in rehearsal.workspace.deeds
    rehearsal.window.render_facts()
    assert "Salesforce understands this condition." in words(page)
    type_in(settings.filter, "Nothing__c = 1")
    rehearsal.window.render_facts()
    assert "Salesforce understands this condition." not in words(page)
    click(settings.try_button)
    rehearsal.window.render_facts()
    assert "No such column" in words(page)
    type_in(settings.filter, "WHERE x = 1")
    rehearsal.window.render_facts()
    assert "A filter is the condition alone." in words(page)
    settings.filter.entered.emit("")
    assert saved(rehearsal).filter is None
    rehearsal.window.render_facts()
    assert not settings.try_button.isEnabled()


def test_what_a_delete_does_is_chosen(rehearsal: Rehearsal, page: MappingTab) -> None:
    settings = page.settings
    flags = [value for value, _ in settings.flag._choices]
    assert "DeletedInSalesforce" in flags
    assert "Extra0" in flags
    assert "Points" not in flags  # a number cannot say it
    assert "City" not in flags  # it is paired
    settings.flag.activated.emit(flags.index("Extra0"))
    assert saved(rehearsal).deletes.field == "Extra0"
    rehearsal.window.render_facts()
    assert settings.flag_text_box.isVisible()
    type_in(settings.flag_text, "gone on {date}")
    assert saved(rehearsal).deletes.text == "gone on {date}"
    settings.flag.activated.emit(0)
    assert saved(rehearsal).deletes.field is None
    pick(settings.on_delete, OnDelete.IGNORE)
    assert saved(rehearsal).deletes.on_delete is OnDelete.IGNORE
    rehearsal.window.render_facts()
    assert not settings.flag_box.isVisible()
    assert step(rehearsal) == "Change what a delete does in Contacts"


def test_the_external_id_is_picked_among_the_unique_ones(rehearsal: Rehearsal, page: MappingTab) -> None:
    assert not page.settings.external_box.isVisible()
    page.look_at("Web sign-ups")
    picker = page.settings.external_id
    assert [value for value, _ in picker._choices] == ["", "DI_Contact_Id__c"]
    picker.activated.emit(0)
    assert saved(rehearsal, "Web sign-ups").external_id is None
    picker.activated.emit(1)
    assert saved(rehearsal, "Web sign-ups").external_id == "DI_Contact_Id__c"
    assert not page.settings.filter_box.isVisible()


def test_fields_are_read_again(rehearsal: Rehearsal, page: MappingTab) -> None:
    before = rehearsal.store.facts.schemas
    click(page.read_button)
    assert rehearsal.store.facts.schemas is not before


# Nothing yet


def without(rehearsal: Rehearsal, **members: object) -> None:
    bare: Project = rehearsal.desk.project.model_copy(update={"integrations": (), **members})
    rehearsal.desk.edit(lambda: "Empty", bare)
    rehearsal.window.render_facts()


def test_an_empty_tab_teaches_and_starts(rehearsal: Rehearsal, page: MappingTab) -> None:
    without(rehearsal)
    assert "Say which Salesforce field goes into which Dialog Insight field" in words(page)
    assert page.start_button.text() == "Add a mapping"
    click(page.start_button)
    assert isinstance(page.dialog, AddMapping)


@pytest.mark.parametrize(
    ("members", "tab"),
    [({"connections": (), "projects": ()}, Tab.CONNECTIONS), ({"projects": ()}, Tab.PROJECTS)],
)
def test_an_empty_tab_goes_to_what_comes_first(
    rehearsal: Rehearsal, page: MappingTab, members: dict[str, object], tab: Tab
) -> None:
    without(rehearsal, **members)
    looked: list[str] = []
    rehearsal.desk.look.connect(lambda where, _: looked.append(where))
    click(page.start_button)
    assert looked == [tab.value]


def test_the_hint_teaches_both_ways_of_pairing(page: MappingTab, qtbot: QtBot) -> None:
    assert "Drag a field onto its counterpart, or press M" in words(page)


# From elsewhere


def test_another_tab_leads_to_a_mapping_to_the_pair_of_a_field_and_to_a_new_one(
    rehearsal: Rehearsal, page: MappingTab
) -> None:
    rehearsal.desk.look.emit(Tab.MAPPING.value, "Leads")
    assert page.list.key == "Leads"
    rehearsal.desk.look.emit(Tab.MAPPING.value, "Contacts/birthdate")
    assert (page.list.key, page.pair.isVisible()) == ("Contacts", True)
    assert page.pair.title.text().startswith("Birthdate")
    click(page.head.table_button)
    rehearsal.desk.look.emit(Tab.MAPPING.value, "Contacts/City")
    assert page.pair.title.text().startswith("Mailing City")
    rehearsal.desk.look.emit(Tab.MAPPING.value, "Gone")
    assert page.dialog is None
    rehearsal.desk.look.emit(Tab.MAPPING.value, "new")
    assert isinstance(page.dialog, AddMapping)
