"""Fields that Salesforce does not have yet, named under the hand: each control is operated, and its effect read in the
project and in what the review is asked to tick."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from disf_desktop.core.edits import with_integration
from disf_desktop.core.errors import InOrg, LimitReached, Problem, SettingsError
from disf_desktop.core.preparation import PERMISSION_SET
from disf_desktop.core.project import Integration, OptinPair, Trigger
from disf_desktop.core.schema import Field, FieldType
from disf_desktop.gui.dialogs.new_fields import NewExternalIdDialog, NewOptInDialog
from disf_desktop.gui.dialogs.preparing_install import InstallDialog
from disf_desktop.gui.models.facts import salesforce_key
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.models.new_fields import NewOptInFields
from disf_desktop.gui.models.pairs import components_in
from disf_desktop.gui.models.tables import SUBTITLE
from disf_desktop.gui.tabs.integrations import IntegrationsTab
from disf_desktop.gui.tabs.mapping import MappingTab
from disf_desktop.gui.tabs.optin_add import AddOptIns
from disf_desktop.gui.tabs.optins import OptInsTab
from disf_desktop.gui.words.figures import counts
from tests.gui.rehearsal import Rehearsal
from tests.gui.rest import at_rest

LEFT = Qt.MouseButton.LeftButton
KEY = salesforce_key("prod", "Contact")


@pytest.fixture
def asked(rehearsal: Rehearsal) -> list[tuple[str, tuple[str, ...]]]:
    """Give what the review of the installation is asked to show."""
    found: list[tuple[str, tuple[str, ...]]] = []
    rehearsal.desk.prepare_wanted.connect(lambda connection, ids: found.append((connection, tuple(ids))))
    return found


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
    beside = QPoint(10, widget.height() // 2) if isinstance(widget, QCheckBox) else QPoint()
    QTest.mouseClick(widget, LEFT, pos=beside)
    settle(rehearsal)


def write(line: QLineEdit, text: str) -> None:
    """Type a text in the place of another, as a person does."""
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


def integration(rehearsal: Rehearsal, name: str = "Contacts") -> Integration:
    found = rehearsal.desk.project.integration(name)
    assert found is not None
    assert rehearsal.workspace.project == rehearsal.desk.project, "each edit is in the file"
    return found


def edited(rehearsal: Rehearsal, name: str = "Contacts", **members: Any) -> None:
    changed = integration(rehearsal, name).model_copy(update=members)
    rehearsal.desk.edit(lambda: "made ready", with_integration(rehearsal.desk.project, changed))
    settle(rehearsal)


def shown_in_salesforce(rehearsal: Rehearsal, *fields: Field) -> None:
    schema = rehearsal.store.facts.schemas[KEY]
    more = {field.name: field for field in fields}
    rehearsal.store.put("schemas", KEY, replace(schema, fields={**schema.fields, **more}))
    settle(rehearsal)


def hidden_in_salesforce(rehearsal: Rehearsal, *names: str) -> None:
    schema = rehearsal.store.facts.schemas[KEY]
    left = {name: field for name, field in schema.fields.items() if name not in names}
    rehearsal.store.put("schemas", KEY, replace(schema, fields=left))
    settle(rehearsal)


def opened(parent: QWidget) -> NewOptInDialog:
    found = parent.findChildren(NewOptInDialog)
    assert found
    return found[-1]


def for_casl(rehearsal: Rehearsal, page: OptInsTab) -> NewOptInDialog:
    """Ask for the fields of the opt-in that goes nowhere yet."""
    rehearsal.window.show_tab(Tab.OPT_INS)
    page.choose("Casl")
    settle(rehearsal)
    click(rehearsal, page.create_button)
    return opened(page)


# An opt-in that goes nowhere


def test_an_opt_in_that_goes_nowhere_gets_fields_of_its_own_in_one_step(
    rehearsal: Rehearsal, page: OptInsTab, asked: list[tuple[str, tuple[str, ...]]]
) -> None:
    before = rehearsal.desk.history.count()
    dialog = for_casl(rehearsal, page)
    assert dialog.accept_button.text() == counts.install_fields(3)
    assert dialog.title.text() == "Create fields for Business relation"
    click(rehearsal, dialog.accept_button)
    names = ("DI_Optin_Casl__c", "DI_Optin_Casl_Date__c", "DI_Optin_Casl_Source__c")
    pair = integration(rehearsal).optins[-1]
    assert pair == OptinPair(optin="Casl", target=names[0], date_target=names[1], source_target=names[2])
    assert asked == [("prod", tuple(f"Contact.{name}" for name in names))]
    assert rehearsal.desk.history.count() == before + 1
    assert rehearsal.desk.history.undoText() == "Name new fields for the opt-in Casl"
    rehearsal.desk.history.undo()
    assert [each.optin for each in integration(rehearsal).optins] == ["Newsletter", "Promotions"]


def test_the_review_opens_with_exactly_the_new_fields_ticked(rehearsal: Rehearsal, page: OptInsTab) -> None:
    rehearsal.workspace.orgs["prod"].without |= {"DI_Optin_Promotions__c"}
    rehearsal.desk.test("prod")
    settle(rehearsal)
    dialog = for_casl(rehearsal, page)
    click(rehearsal, dialog.boxes["source_target"])
    click(rehearsal, dialog.accept_button)
    review = rehearsal.window.findChildren(InstallDialog)[-1]
    assert review.isVisible()
    assert "Contact.DI_Optin_Promotions__c" in review.ticks.boxes
    new = ("Contact.DI_Optin_Casl__c", "Contact.DI_Optin_Casl_Date__c")
    assert review.ticks.ticked == {*new, PERMISSION_SET}
    click(rehearsal, review.accept_button)
    wish = next(deed[2] for deed in rehearsal.workspace.deeds if deed[0] == "prepare")
    assert {*wish.install} == {*new, PERMISSION_SET}


def test_a_picklist_writes_the_words_that_are_given(
    rehearsal: Rehearsal, page: OptInsTab, asked: list[tuple[str, tuple[str, ...]]]
) -> None:
    dialog = for_casl(rehearsal, page)
    assert not dialog.words["subscribed"].isVisible()
    click(rehearsal, dialog.kinds[1])
    assert [dialog.words[answer].text() for answer in ("subscribed", "unsubscribed", "neutral")] == ["Yes", "No", ""]
    write(dialog.words["subscribed"], "Oui")
    write(dialog.words["unsubscribed"], "oui")
    assert dialog.words_wrong.isVisible()
    assert not dialog.accept_button.isEnabled()
    write(dialog.words["unsubscribed"], "Non")
    write(dialog.words["neutral"], "Inconnu")
    assert not dialog.words_wrong.isVisible()
    click(rehearsal, dialog.accept_button)
    pair = integration(rehearsal).optins[-1]
    assert (pair.subscribed, pair.unsubscribed, pair.neutral) == ("Oui", "Non", "Inconnu")
    assert len(asked) == 1


def test_back_to_a_checkbox_no_word_is_written(rehearsal: Rehearsal, page: OptInsTab) -> None:
    dialog = for_casl(rehearsal, page)
    click(rehearsal, dialog.kinds[1])
    click(rehearsal, dialog.kinds[0])
    click(rehearsal, dialog.accept_button)
    pair = integration(rehearsal).optins[-1]
    assert (pair.subscribed, pair.unsubscribed, pair.neutral, pair.inverted) == (None, None, None, False)


def test_what_is_not_ticked_is_not_asked_for(
    rehearsal: Rehearsal, page: OptInsTab, asked: list[tuple[str, tuple[str, ...]]]
) -> None:
    dialog = for_casl(rehearsal, page)
    click(rehearsal, dialog.boxes["date_target"])
    assert not dialog.names["date_target"].isEnabled()
    QTest.keyClick(dialog.boxes["source_target"], Qt.Key.Key_Space)
    assert dialog.accept_button.text() == counts.install_fields(1)
    click(rehearsal, dialog.accept_button)
    pair = integration(rehearsal).optins[-1]
    assert (pair.date_target, pair.source_target) == (None, None)
    assert asked == [("prod", ("Contact.DI_Optin_Casl__c",))]


def test_a_name_of_ones_own_is_taken_and_a_wrong_one_is_said_at_once(
    rehearsal: Rehearsal, page: OptInsTab, asked: list[tuple[str, tuple[str, ...]]]
) -> None:
    dialog = for_casl(rehearsal, page)
    line, help = dialog.names["target"], dialog._names["target"].help
    for wrong, said in (
        ("Consent", "Letters, digits"),
        ("1st__c", "Letters, digits"),
        ("di_optin_newsletter__c", "has a field of this name"),
        ("language__C", "has a field of this name"),
        ("DI_Optin_Casl_Date__c", "has a field of this name"),
    ):
        write(line, wrong)
        assert said in help.text(), wrong
        assert help.isVisible()
        assert not dialog.accept_button.isEnabled()
    write(line, "Casl_Consent__c")
    write(dialog.names["date_target"], "Casl_Since__c")
    assert not help.isVisible()
    QTest.keyClick(dialog.names["date_target"], Qt.Key.Key_Return)
    settle(rehearsal)
    pair = integration(rehearsal).optins[-1]
    assert (pair.target, pair.date_target) == ("Casl_Consent__c", "Casl_Since__c")
    assert "Contact.Casl_Since__c" in asked[0][1]


def test_where_the_trigger_is_not_ticked_it_is_ticked_too_unless_one_says_no(
    rehearsal: Rehearsal, page: OptInsTab
) -> None:
    without = tuple(t for t in integration(rehearsal).triggers if t is not Trigger.OPTIN_CHANGED)
    edited(rehearsal, triggers=without, enabled=False)
    dialog = for_casl(rehearsal, page)
    assert dialog.tick.isChecked()
    click(rehearsal, dialog.tick)
    click(rehearsal, dialog.accept_button)
    assert integration(rehearsal).triggers == without
    rehearsal.desk.history.undo()
    settle(rehearsal)
    dialog = for_casl(rehearsal, page)
    click(rehearsal, dialog.accept_button)
    assert Trigger.OPTIN_CHANGED in integration(rehearsal).triggers


def test_cancel_leaves_everything_as_it_is(
    rehearsal: Rehearsal, page: OptInsTab, asked: list[tuple[str, tuple[str, ...]]]
) -> None:
    before = rehearsal.desk.project
    dialog = for_casl(rehearsal, page)
    write(dialog.names["target"], "Other__c")
    click(rehearsal, dialog.cancel_button)
    assert rehearsal.desk.project == before
    assert not asked


def test_nothing_is_offered_while_the_object_is_not_read(rehearsal: Rehearsal, page: OptInsTab) -> None:
    rehearsal.store.update(schemas={k: v for k, v in rehearsal.store.facts.schemas.items() if k != KEY})
    page.choose("Newsletter")
    settle(rehearsal)
    assert not any(links.isVisible() for links in page.editor.links.values())


def test_an_opt_in_is_added_with_a_new_checkbox(
    rehearsal: Rehearsal, page: OptInsTab, asked: list[tuple[str, tuple[str, ...]]]
) -> None:
    page.choose("Casl")
    settle(rehearsal)
    click(rehearsal, page.missing.action)
    dialog = page.findChildren(AddOptIns)[-1]
    picker = dialog.pickers[0]
    last = picker.count() - 1
    assert picker.itemText(last) == "DI_Optin_Casl__c · new checkbox"
    picker.setFocus()
    picker.setCurrentIndex(last - 1)
    QTest.keyClick(picker, Qt.Key.Key_Down)
    settle(rehearsal)
    assert "once you have looked" in dialog.text.text()
    click(rehearsal, dialog.accept_button)
    assert integration(rehearsal).optins[-1] == OptinPair(optin="Casl", target="DI_Optin_Casl__c")
    assert asked == [("prod", ("Contact.DI_Optin_Casl__c",))]


# An opt-in of the file


def test_a_field_that_is_not_there_yet_is_marked_until_it_is_installed(
    rehearsal: Rehearsal, page: OptInsTab, asked: list[tuple[str, tuple[str, ...]]]
) -> None:
    page.choose("Newsletter")
    settle(rehearsal)
    links = page.editor.links["target"]
    assert not links.install_button.isVisible()
    click(rehearsal, links.create_button)
    dialog = opened(page.editor)
    assert dialog.accept_button.text() == counts.install_fields(1)
    click(rehearsal, dialog.accept_button)
    name = "DI_Optin_Newsletter_2__c"
    pair = integration(rehearsal).optins[0]
    assert (pair.target, pair.date_target) == (name, "DI_Optin_Newsletter_Date__c")
    assert asked == [("prod", (f"Contact.{name}",))]

    rehearsal.window.show_tab(Tab.OPT_INS)
    settle(rehearsal)
    picker = page.editor.picker(page.editor.target)
    assert picker.currentText() == f"{name} · not in Salesforce yet"
    assert "not in Salesforce yet" in page.opt_ins.index(0, 1).data(SUBTITLE)
    assert not links.create_button.isVisible()
    click(rehearsal, links.install_button)
    assert asked[1:] == [("prod", (f"Contact.{name}",))]
    rehearsal.window.show_tab(Tab.OPT_INS)
    settle(rehearsal)
    click(rehearsal, page.editor.problem.action)
    assert asked[2:] == [("prod", (f"Contact.{name}",))]

    rehearsal.window.show_tab(Tab.OPT_INS)
    shown_in_salesforce(rehearsal, Field(name, "DI Optin Newsletter 2", FieldType.BOOLEAN, native_type="boolean"))
    assert "not in Salesforce yet" not in picker.currentText()
    assert "not in Salesforce yet" not in page.opt_ins.index(0, 1).data(SUBTITLE)
    assert not links.install_button.isVisible()
    assert links.create_button.isVisible()
    assert not page.editor.problem.isVisible()


def test_the_words_of_the_pair_become_those_of_the_new_picklist(rehearsal: Rehearsal, page: OptInsTab) -> None:
    page.choose("Promotions")
    settle(rehearsal)
    click(rehearsal, page.editor.links["target"].create_button)
    dialog = opened(page.editor)
    assert dialog.kinds[1].isChecked()
    assert dialog.words["neutral"].text() == "Unknown"
    click(rehearsal, dialog.accept_button)
    pair = integration(rehearsal).optins[1]
    assert (pair.target, pair.subscribed, pair.neutral) == ("DI_Optin_Promotions_2__c", "Yes", "Unknown")
    assert pair.date_target == "DI_Optin_Promotions_2_Date__c"


@pytest.mark.parametrize(("member", "end"), [("date_target", "_Date__c"), ("source_target", "_Source__c")])
def test_a_date_and_a_source_get_fields_without_another_for_the_answer(
    rehearsal: Rehearsal, page: OptInsTab, asked: list[tuple[str, tuple[str, ...]]], member: str, end: str
) -> None:
    page.choose("Promotions")
    settle(rehearsal)
    click(rehearsal, page.editor.links[member].create_button)  # type: ignore[index]
    dialog = opened(page.editor)
    assert not dialog.names["target"].isVisible()
    assert not dialog.kinds[0].isVisible()
    click(rehearsal, dialog.accept_button)
    pair = integration(rehearsal).optins[1]
    assert pair.target == "DI_Optin_Promotions__c"
    assert str(getattr(pair, member)).endswith(end)
    assert len(asked[0][1]) == 2


def test_a_field_of_another_type_is_said_to_be_left_alone(rehearsal: Rehearsal, page: OptInsTab) -> None:
    wrong = OptinPair(optin="Promotions", target="Loyalty_Points__c")
    edited(rehearsal, optins=(integration(rehearsal).optins[0], wrong))
    page.choose("Promotions")
    settle(rehearsal)
    assert "left alone" in page.editor.problem.accessibleName()
    assert not page.editor.problem.action.isVisible()


# The external id


@pytest.fixture
def mapping(rehearsal: Rehearsal, qtbot: QtBot) -> MappingTab:
    made = rehearsal.window.pages[Tab.MAPPING]
    assert isinstance(made, MappingTab)
    rehearsal.window.resize(1400, 900)
    rehearsal.window.show_tab(Tab.MAPPING)
    made.list.choose("Web sign-ups")
    rehearsal.window.render_facts()
    at_rest()
    return made


def test_the_external_id_is_named_where_it_is_picked(
    rehearsal: Rehearsal, mapping: MappingTab, asked: list[tuple[str, tuple[str, ...]]]
) -> None:
    hidden_in_salesforce(rehearsal, "DI_Contact_Id__c")
    edited(rehearsal, "Web sign-ups", external_id=None, enabled=False)
    settings = mapping.settings
    assert "has none yet" in settings.external_box.help.text()
    click(rehearsal, settings.external_links.create_button)
    dialog = settings.findChild(NewExternalIdDialog)
    assert dialog is not None
    assert dialog.name.text() == "DI_Contact_Id__c"
    write(dialog.name, "Email")
    assert not dialog.accept_button.isEnabled()
    write(dialog.name, "Language__c")
    assert "has a field of this name" in dialog._labelled.help.text()
    write(dialog.name, "Who_Id__c")
    click(rehearsal, dialog.accept_button)
    assert integration(rehearsal, "Web sign-ups").external_id == "Who_Id__c"
    assert asked == [("prod", ("Contact.Who_Id__c",))]
    assert rehearsal.desk.history.undoText() == "Name a new external id for Web sign-ups"

    rehearsal.window.show_tab(Tab.MAPPING)
    settle(rehearsal)
    assert settings.external_id.currentText() == "Who_Id__c · not in Salesforce yet"
    click(rehearsal, settings.external_links.install_button)
    assert asked[1:] == [("prod", ("Contact.Who_Id__c",))]
    rehearsal.window.show_tab(Tab.MAPPING)
    made = Field("Who_Id__c", "Who", FieldType.TEXT, 64, unique=True, external_id=True)
    shown_in_salesforce(rehearsal, made)
    assert settings.external_id.currentText() == "Who (Who_Id__c)"
    assert not settings.external_links.install_button.isVisible()


# The check


def test_the_check_offers_to_prepare_the_org_for_all_that_is_missing(
    rehearsal: Rehearsal, mapping: MappingTab, asked: list[tuple[str, tuple[str, ...]]]
) -> None:
    hidden_in_salesforce(rehearsal, "DI_Contact_Id__c")
    mapping.head.check_button.click()
    settle(rehearsal)
    click(rehearsal, mapping.problems.prepare_button)
    assert asked == [("prod", ("Contact.DI_Contact_Id__c",))]


def test_a_pair_whose_custom_field_is_missing_offers_to_prepare_the_org(
    rehearsal: Rehearsal, mapping: MappingTab, asked: list[tuple[str, tuple[str, ...]]]
) -> None:
    mapping.list.choose("Contacts")
    rehearsal.window.render_facts()
    hidden_in_salesforce(rehearsal, "Loyalty_Points__c", "Birthdate")
    mapping.canvas.choose(5)
    settle(rehearsal)
    birthdate = [made.text() for made in mapping.pair.verdict.buttons if made.isVisible()]
    assert len(birthdate) == 1, "a standard field is made by nobody"
    mapping.canvas.choose(7)
    settle(rehearsal)
    assert mapping.pair.verdict.buttons[1].text() == "Prepare Salesforce…"
    click(rehearsal, mapping.pair.verdict.buttons[1])
    assert asked == [("prod", ("Contact.Loyalty_Points__c",))]


def test_the_check_offers_nothing_where_no_preparation_helps(rehearsal: Rehearsal, mapping: MappingTab) -> None:
    edited(rehearsal, "Web sign-ups", filter="(", enabled=False)
    mapping.head.check_button.click()
    settle(rehearsal)
    assert mapping.problems.isVisible()
    assert not mapping.problems.prepare_button.isVisible()


def test_an_integration_that_stays_off_for_a_missing_field_offers_to_prepare_the_org(
    rehearsal: Rehearsal, qtbot: QtBot, asked: list[tuple[str, tuple[str, ...]]]
) -> None:
    page = rehearsal.window.pages[Tab.INTEGRATIONS]
    assert isinstance(page, IntegrationsTab)
    hidden_in_salesforce(rehearsal, "DI_Optin_Newsletter__c", "DI_Optin_Newsletter_Date__c")
    edited(rehearsal, enabled=False)
    rehearsal.window.show_tab(Tab.INTEGRATIONS)
    at_rest()
    click(rehearsal, page.grid.line_of("Contacts").switch)
    assert page.refused.isVisible()
    assert "Prepare Salesforce" in page.refused.accessibleName()
    click(rehearsal, page.prepare_button)
    ids = ("Contact.DI_Optin_Newsletter__c", "Contact.DI_Optin_Newsletter_Date__c")
    assert asked == [("prod", ids)]
    rehearsal.window.show_tab(Tab.INTEGRATIONS)
    edited(rehearsal, optins=(), triggers=(Trigger.SALESFORCE_CREATED, Trigger.SALESFORCE_UPDATED))
    assert not page.refused.isVisible()


def test_a_run_refused_for_missing_fields_offers_to_prepare_the_org_for_all_of_them(
    rehearsal: Rehearsal, qtbot: QtBot, asked: list[tuple[str, tuple[str, ...]]]
) -> None:
    notice = rehearsal.window.notice
    names = ("One__c", "Two__c")
    errors = [
        SettingsError(
            (Problem("", f"There is no field “{n}” in the object Contact.", "Do.", InOrg("prod", f"Contact.{n}")),)
        )
        for n in names
    ]
    rehearsal.desk.preview()
    process = rehearsal.bridge.processes[-1]
    for error in errors:
        process.complained.emit(error)
    process.ended.emit(1)
    settle(rehearsal)
    assert "One__c" in notice.accessibleName()
    click(rehearsal, notice.prepare_button)
    assert asked == [("prod", tuple(f"Contact.{n}" for n in names))]
    rehearsal.store.update(notice=LimitReached("The calls of today are used up.", "Wait until tomorrow.", "prod"))
    settle(rehearsal)
    assert not notice.prepare_button.isVisible()


# Without a window


def test_a_new_checkbox_means_yes_whatever_the_field_before_it_meant() -> None:
    before = OptinPair(optin="News", target="HasOptedOutOfEmail", inverted=True)
    after = NewOptInFields({"target": "New__c"}, frozenset({"target"})).put_into(before)
    assert after == OptinPair(optin="News", target="New__c")


def test_a_new_date_leaves_what_the_answers_become() -> None:
    before = OptinPair(optin="News", target="Word__c", subscribed="In", unsubscribed="Out")
    fields = NewOptInFields({"date_target": "Since__c"}, frozenset({"date_target"}))
    assert fields.put_into(before) == before.model_copy(update={"date_target": "Since__c"})


def test_problems_of_two_orgs_are_prepared_one_org_at_a_time() -> None:
    told = [InOrg("one", "Contact.A__c"), InOrg("two", "Contact.B__c"), InOrg("one", "Contact.C__c", left_alone=True)]
    problems = [Problem("", "", "", each) for each in (None, *told, told[0])]
    assert components_in(problems) == ("one", ("Contact.A__c",))
    assert components_in(problems[:1]) is None
