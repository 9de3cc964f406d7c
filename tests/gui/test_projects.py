"""Destination projects under the hand: added, changed, drawn, warned about, and removed."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from disf_desktop.core.errors import AccessRefused
from disf_desktop.core.project import Project, ProjectType
from disf_desktop.core.schema import CONTACT_LIST
from disf_desktop.gui import languages
from disf_desktop.gui.dialogs.destination import DestinationDialog
from disf_desktop.gui.models.facts import dialog_insight_key
from disf_desktop.gui.models.marks import Tab
from tests.gui.lint import Pseudo, findings, untranslated
from tests.gui.project_hands import choices, destination, drawn, pick, tab, words
from tests.gui.project_states import project_dialogs
from tests.gui.rehearsal import Rehearsal
from tests.gui.rest import at_rest

# adding


def test_a_project_is_added_by_picking_it_and_saying_where_people_appear_first(rehearsal: Rehearsal) -> None:
    page = tab(rehearsal)
    page.add_button.click()
    dialog = page.add()
    assert choices(dialog.number) == ["Contests (123777)"], "what the file has already is not offered"
    assert not dialog.accept_button.isEnabled()
    pick(dialog.number, 123777)
    assert ("project_fields", "di", 123777) in rehearsal.workspace.deeds
    drawn(rehearsal)
    told = words(dialog)
    assert "32 fields and 3 opt-ins read." in told
    assert "As Dialog Insight says." in told
    assert dialog.types[ProjectType.B].isChecked(), "its key, the e-mail, suits type B alone"
    pick(dialog.zone, "America/Halifax")
    dialog.accept_button.click()
    made = destination(rehearsal, "contests")
    assert (made.connection, made.id_project, made.name, made.type) == ("di", 123777, "Contests", ProjectType.B)
    assert (made.key, made.time_zone) == (("EMail",), "America/Halifax")
    assert page.list.key == "contests"
    assert page.title.text() == "Contests"
    assert rehearsal.desk.history.undoText() == "Add the project Contests"
    assert dialog_insight_key("contests", CONTACT_LIST) in rehearsal.store.facts.schemas
    rehearsal.desk.history.undo()
    assert rehearsal.workspace.project.destination("contests") is None


def test_the_question_has_no_answer_before_a_person_gives_one(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    tested = rehearsal.store.facts.tested["di"]
    one = replace(tested.projects[0], id=900, name="New")
    rehearsal.store.put("tested", "di", replace(tested, projects=(*tested.projects, one)))
    dialog = tab(rehearsal).add()
    pick(dialog.number, 900)
    drawn(rehearsal)
    assert dialog.type_taken() is None
    assert not any(each.isChecked() for each in dialog.types.values())
    assert not dialog.accept_button.isEnabled()
    QTest.mouseClick(dialog.types[ProjectType.A], Qt.MouseButton.LeftButton)
    assert dialog.key_taken() == ("SalesforceID",)
    QTest.mouseClick(dialog.types[ProjectType.B], Qt.MouseButton.LeftButton)
    assert dialog.key_taken() == ("EMail",)
    assert [each.isChecked() for each in dialog.types.values()] == [False, True]
    pick(dialog.key, ("City",))
    assert "It is no e-mail" in words(dialog)
    dialog.accept_button.click()
    assert destination(rehearsal, "new").key == ("City",)


def test_a_project_that_cannot_be_read_is_not_added(rehearsal: Rehearsal) -> None:
    rehearsal.workspace.errors["project 123777"] = AccessRefused("The key may not see this project.", "Ask for it.")
    dialog = tab(rehearsal).add()
    pick(dialog.number, 123777)
    drawn(rehearsal)
    assert "The key may not see this project." in words(dialog)
    assert not dialog.accept_button.isEnabled()


def test_the_time_zone_follows_the_platform(rehearsal: Rehearsal) -> None:
    project = rehearsal.desk.project
    french = "https://app.mydialoginsight.com/webservices/ofc4/"
    connections = tuple(c.model_copy(update={"root_url": french}) if c.id == "di" else c for c in project.connections)
    rehearsal.desk.edit(lambda: "", project.model_copy(update={"connections": connections}))
    assert tab(rehearsal).add().zone_taken() == "Europe/Paris"


def test_the_empty_tab_teaches_the_two_types_and_begins(rehearsal: Rehearsal) -> None:
    empty = rehearsal.desk.project.model_copy(update={"projects": (), "integrations": ()})
    rehearsal.desk.edit(lambda: "", empty)
    page = tab(rehearsal)
    assert "Where do new people appear first?" in words(page)
    assert "Your forms to Salesforce: created, opt-ins" in page.start.picture.accessibleDescription()
    page.start.begin.click()
    assert any(dialog.isVisible() for dialog in rehearsal.window.findChildren(DestinationDialog))


def test_without_an_account_the_empty_tab_leads_to_the_connections(rehearsal: Rehearsal) -> None:
    rehearsal.desk.edit(lambda: "", Project(id=rehearsal.desk.project.id, name="Empty"))
    page = tab(rehearsal)
    looked: list[str] = []
    rehearsal.desk.look.connect(lambda where, _what: looked.append(where))
    page.start.begin.click()
    assert looked == [Tab.CONNECTIONS.value]


# changing


def test_each_setting_is_a_step_that_can_be_undone(rehearsal: Rehearsal) -> None:
    page = tab(rehearsal)
    before, settings, history = destination(rehearsal), page.settings, rehearsal.desk.history
    settings.name.selectAll()
    QTest.keyClicks(settings.name, "Bulletin")
    QTest.keyClick(settings.name, Qt.Key.Key_Return)
    assert destination(rehearsal).name == "Bulletin"
    assert history.undoText() == "Rename Newsletter to Bulletin"
    pick(settings.zone, "Europe/Brussels")
    assert destination(rehearsal).time_zone == "Europe/Brussels"
    pick(settings.key, ("City",))
    assert destination(rehearsal).key == ("City",)
    assert history.undoText() == "Make City the key of Bulletin"
    pick(settings.number, 123777)
    assert destination(rehearsal).id_project == 123777
    assert destination(rehearsal).name == "Bulletin", "a name that a person gave stays"
    while history.canUndo():
        history.undo()
    assert destination(rehearsal) == before


def test_a_time_zone_is_found_by_typing_a_part_of_it(rehearsal: Rehearsal) -> None:
    page = tab(rehearsal)
    line = page.settings.zone.lineEdit()
    assert line is not None
    assert line.accessibleName() == "Time zone of its dates"
    line.setFocus()
    line.setText("europe/paris")  # the list that opens while one types needs a real screen
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert destination(rehearsal).time_zone == "Europe/Paris"


def test_another_project_takes_its_own_name_along_and_is_read_at_once(rehearsal: Rehearsal) -> None:
    page = tab(rehearsal, "webforms")
    assert choices(page.settings.number) == ["Web forms (123502)", "Contests (123777)"]
    pick(page.settings.number, 123777)
    assert destination(rehearsal, "webforms").name == "Contests"
    assert ("fields_of", 123777, CONTACT_LIST) in rehearsal.workspace.deeds
    rehearsal.workspace.deeds.clear()
    rehearsal.desk.history.undo()
    assert ("fields_of", 123502, CONTACT_LIST) in rehearsal.workspace.deeds, "an undo reads again too"


def test_an_empty_name_is_not_taken(rehearsal: Rehearsal) -> None:
    page = tab(rehearsal)
    page.settings.name.setFocus()
    page.settings.name.clear()
    QTest.keyClick(page.settings.name, Qt.Key.Key_Return)
    assert destination(rehearsal).name == "Newsletter"


def test_a_type_is_chosen_with_the_keyboard_and_is_a_radio_button_to_a_screen_reader(rehearsal: Rehearsal) -> None:
    page = tab(rehearsal, "webforms")
    cards = page.purpose.types
    for kind, card in cards.items():
        interface = QAccessible.queryAccessibleInterface(card)
        assert interface.role() == QAccessible.Role.RadioButton
        assert interface.state().checked == (1 if kind is ProjectType.B else 0)
        assert f"Type {kind.value}" in interface.text(QAccessible.Text.Name)
    cards[ProjectType.B].setFocus()
    QTest.keyClick(cards[ProjectType.B], Qt.Key.Key_Left)
    assert destination(rehearsal, "webforms").type is ProjectType.A
    cards[ProjectType.B].setFocus()
    QTest.keyClick(cards[ProjectType.B], Qt.Key.Key_Space)
    assert destination(rehearsal, "webforms").type is ProjectType.B
    assert rehearsal.desk.history.undoText() == "Make Web forms type B"


def test_a_type_that_breaks_integrations_says_so_and_is_undone_by_one_button(rehearsal: Rehearsal) -> None:
    page = tab(rehearsal)
    QTest.mouseClick(page.purpose.types[ProjectType.B], Qt.MouseButton.LeftButton)
    drawn(rehearsal)
    assert destination(rehearsal).key == ("EMail",), "the key that only suited type A gives way"
    assert "Nothing of this file is synced until this is put right" in words(page)
    assert "Contacts" in words(page.notices)
    page.notices.served.more.click()
    assert "People of a type B project are born in Dialog Insight" in words(page.notices)
    assert page.notices.served.action.text() == "Undo: Make Newsletter type B"
    page.notices.served.action.click()
    drawn(rehearsal)
    assert destination(rehearsal).type is ProjectType.A
    assert destination(rehearsal).key == ("SalesforceID",)
    assert not page.notices.isVisible()


# the diagram


def test_the_diagram_follows_each_edit_and_a_click_goes_to_a_project(rehearsal: Rehearsal) -> None:
    page = tab(rehearsal)
    diagram = page.purpose.diagram
    assert diagram.said() == (
        "Acme (production) to Newsletter: created, updated, deleted; "
        "Newsletter to Acme (production): updated, opt-ins; "
        "Web forms to Acme (production): created, updated, opt-ins (off)"
    )
    boxes = [diagram.box_of(id) for id in ("webforms", "prod", "newsletter")]
    assert [a.right() < b.left() for a, b in pairwise(boxes)] == [True, True]
    QTest.mouseClick(diagram, Qt.MouseButton.LeftButton, pos=boxes[0].center().toPoint())
    assert page.list.key == "webforms"
    assert page.title.text() == "Web forms"
    page.settings.name.selectAll()
    QTest.keyClicks(page.settings.name, "Forms")
    QTest.keyClick(page.settings.name, Qt.Key.Key_Return)
    drawn(rehearsal)
    assert "Forms to Acme (production)" in diagram.accessibleDescription()
    QTest.mouseClick(diagram, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert page.list.key == "webforms", "beside the boxes nothing happens"


def test_no_box_of_the_diagram_overlaps_another_or_leaves_it(rehearsal: Rehearsal) -> None:
    diagram = tab(rehearsal).purpose.diagram
    project = rehearsal.desk.project
    more = tuple(
        project.projects[0].model_copy(update={"id": f"p{n}", "id_project": n, "name": f"A rather long name {n}"})
        for n in range(1, 5)
    )
    served = tuple(
        project.integrations[0].model_copy(
            update={"name": f"I{n}", "project": f"p{n}", "salesforce": "sandbox" if n % 2 else "prod"}
        )
        for n in range(1, 5)
    )
    both = project.integrations[0].model_copy(update={"name": "Both", "salesforce": "sandbox"})
    wide = {"projects": (*project.projects, *more), "integrations": (*project.integrations, *served, both)}
    rehearsal.desk.edit(lambda: "", project.model_copy(update=wide))
    for width in (960, 1400):
        rehearsal.window.resize(width, 700)
        drawn(rehearsal)
        boxes = list(diagram._layout.boxes.values())
        assert len(boxes) == 8
        for n, box in enumerate(boxes):
            assert diagram.rect().toRectF().contains(box), (width, box, diagram.rect())
            assert not any(box.intersects(other) for other in boxes[n + 1 :])
        rooms = [arrow.room for arrow in diagram._layout.arrows]
        for n, room in enumerate(rooms):
            assert not any(room.intersects(other) for other in (*rooms[n + 1 :], *boxes))


# how changes are found


def test_a_project_says_how_its_changes_are_found(rehearsal: Rehearsal) -> None:
    page = tab(rehearsal)
    told = words(page)
    assert page.finding.lookups.value() == 200
    assert "12 not looked at since they were written" in told
    assert page.finding.folder.text() == "No folder is named"
    assert "By the empty field" not in told
    assert "By the empty field SalesforceID" in words(tab(rehearsal, "webforms"))


def test_look_ups_are_typed_and_the_folder_of_exports_is_picked_and_cleared(
    rehearsal: Rehearsal, tmp_path: Path
) -> None:
    page = tab(rehearsal)
    number = page.finding.lookups
    number.selectAll()
    QTest.keyClicks(number, "50")
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert destination(rehearsal).finding.lookups_per_run == 50
    page.finding.choose_button.click()
    dialog = next(d for d in page.findChildren(QFileDialog) if d.isVisible())
    dialog.fileSelected.emit(str(tmp_path))
    dialog.reject()
    assert destination(rehearsal).finding.export_folder == str(tmp_path)
    drawn(rehearsal)
    assert page.finding.folder.text() == str(tmp_path)
    page.finding.clear_button.click()
    assert destination(rehearsal).finding.export_folder is None
    rehearsal.desk.history.undo()
    assert destination(rehearsal).finding.export_folder == str(tmp_path)


# warnings and removing


def test_a_field_that_is_mapped_and_not_shown_tells_to_build_the_tables(rehearsal: Rehearsal) -> None:
    page = tab(rehearsal)
    assert not page.notices.missing.isVisible()
    key = dialog_insight_key("newsletter", CONTACT_LIST)
    read = rehearsal.store.facts.schemas[key]
    less = {n: f for n, f in read.fields.items() if n not in ("Points", "DeletedInSalesforce")}
    rehearsal.store.put("schemas", key, replace(read, fields=less, optins=read.optins[1:]))
    drawn(rehearsal)
    told = words(page)
    assert "Dialog Insight does not show: Points, Newsletter, DeletedInSalesforce" in told
    assert "Used by Contacts." in told
    assert "build the tables there" in told
    page.notices.missing.action.click()
    drawn(rehearsal)
    assert not page.notices.missing.isVisible()


def test_a_project_that_is_served_is_not_removed_and_says_by_what(rehearsal: Rehearsal) -> None:
    page = tab(rehearsal)
    page.remove_button.click()
    assert "It is served by: Contacts, Leads, Orders." in words(page)
    assert destination(rehearsal).name == "Newsletter"
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert not page.refusal.isVisible(), "what was said of the one is not said of the other"


def test_a_project_that_nothing_serves_is_removed_and_comes_back(rehearsal: Rehearsal) -> None:
    project = rehearsal.desk.project
    rehearsal.desk.edit(lambda: "", project.model_copy(update={"integrations": project.integrations[:3]}))
    page = tab(rehearsal, "webforms")
    page.remove_button.click()
    drawn(rehearsal)
    assert [p.id for p in rehearsal.workspace.project.projects] == ["newsletter"]
    assert page.title.text() == "Newsletter"
    rehearsal.desk.history.undo()
    assert [p.id for p in rehearsal.workspace.project.projects] == ["newsletter", "webforms"]


def test_everything_is_said_anew_in_another_language(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = tab(rehearsal)
    dialog = page.add()
    rehearsal.window.set_language(languages.Language.FRENCH)
    at_rest()
    assert "À quoi sert ce projet" in words(page)
    assert "Où les nouvelles personnes apparaissent-elles d’abord" in words(dialog)
    assert "créés" in page.purpose.diagram.said()


@pytest.mark.parametrize("language", ["en", "fr", "pseudo"])
def test_no_dialog_is_cut_overlaid_nameless_or_larger_than_a_small_screen(
    rehearsal: Rehearsal, qapp: QApplication, language: str
) -> None:
    pseudo = Pseudo()
    if language == "pseudo":
        qapp.installTranslator(pseudo)
    else:
        rehearsal.window.set_language(languages.Language(language))
    rehearsal.window.resize(960, 600)
    told: dict[str, list[str]] = {}
    try:
        for state, dialog in project_dialogs(rehearsal, lambda: drawn(rehearsal)):
            for _ in range(4):
                QApplication.processEvents()
            told[state] = untranslated(dialog) if language == "pseudo" else findings(dialog)
            if language != "pseudo" and (dialog.width() > 940 or dialog.height() > 600):
                told[state].append(f"too large: {dialog.size()}")
    finally:
        qapp.removeTranslator(pseudo)
    assert not {state: found for state, found in told.items() if found}
