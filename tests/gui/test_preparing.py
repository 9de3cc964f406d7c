"""The panel that prepares Salesforce, and its dialogs, under the hand: every control operated, and its effect read in
the org, in the facts, or in what the workspace was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from disf_desktop.core.edits import with_integration
from disf_desktop.core.errors import AccessRefused, AuthorizationNeeded, DisfError, LedgerIsBusy, ServiceUnavailable
from disf_desktop.core.events import Notice as Told
from disf_desktop.core.events import Progress, Stage
from disf_desktop.core.preparation import PERMISSION_SET
from disf_desktop.core.preparation_begun import Begun, Pending
from disf_desktop.core.preparation_errors import PackageRefused
from disf_desktop.core.preparation_events import ComponentFailed, PrepareWish
from disf_desktop.core.project import SalesforceConnection
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.gui.dialogs.preparing_install import InstallDialog
from disf_desktop.gui.dialogs.preparing_package import PackageDialog
from disf_desktop.gui.dialogs.preparing_remove import RemoveDialog
from disf_desktop.gui.models.facts import salesforce_key
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.models.preparing import Preparation
from disf_desktop.gui.tabs.connection_prepare import PrepareCard
from disf_desktop.gui.tabs.connections import ConnectionsTab
from disf_desktop.gui.words.figures import counts
from tests.gui.desk_alone import Office
from tests.gui.fake_preparing import DI_PACKAGE, LINK, FakeOrg, without_fields
from tests.gui.rehearsal import Rehearsal
from tests.gui.rest import at_rest

DATE, SOURCE, KEY = "DI_Optin_Newsletter_Date__c", "DI_Optin_Newsletter_Source__c", "DI_Contact_Id__c"
LACKING = (f"Contact.{DATE}", f"Contact.{SOURCE}", f"Contact.{KEY}", PERMISSION_SET)
BOOLEAN = Field("DI_Optin_Promotions__c", "Promotions consent", FieldType.BOOLEAN, native_type="boolean")


class Hands:
    """A person at the panel, over an org that lacks three fields."""

    def __init__(self, office: Office, qtbot: QtBot) -> None:
        self.qtbot, self.desk, self.store, self.workspace = qtbot, office.desk, office.store, office.workspace
        self.org: FakeOrg = self.workspace.orgs["prod"]
        self.card, self.connection = PrepareCard(self.desk), "prod"
        qtbot.addWidget(self.card)
        self.store.changed.connect(self.render)
        # What the store tells, it tells a moment later.
        self.card.destroyed.connect(lambda: self.store.changed.disconnect(self.render))
        self.render()
        self.card.resize(1000, 560)
        self.card.show()

    def render(self) -> None:
        connection = self.desk.project.connection(self.connection)
        assert isinstance(connection, SalesforceConnection)
        self.card.show_facts(self.store.facts, connection)

    def take(self, connection: str) -> None:
        self.connection = connection
        self.settle()

    def look(self) -> None:
        self.desk.look_at_org("prod")
        self.settle()

    def settle(self) -> None:
        self.store.changed.emit()
        at_rest()

    def press(self, button: QAbstractButton) -> None:
        """Press a button that is there."""
        assert button.isVisible(), button.text()
        assert button.isEnabled(), button.text()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def tick(self, box: QAbstractButton) -> None:
        """Tick by the keyboard."""
        assert box.isEnabled()
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Space)
        self.settle()

    def words(self, of: QWidget | None = None) -> str:
        place = of or self.card
        shown = [w for w in place.findChildren(QWidget) if w.isVisibleTo(place)]
        return "\n".join(w.text().replace("&", "") for w in shown if isinstance(w, QLabel | QAbstractButton))

    def rows(self) -> list[tuple[str, ...]]:
        model = self.card.components
        return [
            tuple(str(model.index(n, column).data()) for column in range(model.columnCount()))
            for n in range(model.rowCount())
        ]

    def wishes(self) -> list[PrepareWish]:
        return [deed[2] for deed in self.workspace.deeds if deed[0] == "prepare"]

    def review(self) -> InstallDialog:
        self.press(self.card.review_button)
        assert isinstance(self.card.dialog, InstallDialog)
        return self.card.dialog

    def removal(self) -> RemoveDialog:
        self.press(self.card.remove_button)
        assert isinstance(self.card.dialog, RemoveDialog)
        return self.card.dialog

    def package(self) -> PackageDialog:
        self.press(self.card.package_button)
        assert isinstance(self.card.dialog, PackageDialog)
        return self.card.dialog


@pytest.fixture
def hands(tmp_path: Path, qtbot: QtBot) -> Hands:
    office = Office(tmp_path)
    without_fields(office.workspace, DATE, SOURCE, KEY)
    made = Hands(office, qtbot)
    made.look()
    return made


# looking


def test_an_org_is_looked_at_by_itself_once_its_connection_was_tested_and_the_project_uses_it(tmp_path: Path) -> None:
    office = Office(tmp_path)
    orgs = office.workspace.orgs
    assert (orgs["prod"].looks, orgs["sandbox"].looks) == (1, 0)
    office.desk.test("prod")
    office.desk.count_calls_again()
    assert orgs["prod"].looks == 1, "it costs calls"


def test_it_is_looked_at_again_when_an_edit_changes_what_the_project_asks_of_it(hands: Hands) -> None:
    looks = hands.org.looks
    integration = hands.desk.project.integration("Contacts")
    assert integration is not None
    calmer = integration.model_copy(update={"schedule": None})
    hands.desk.edit(lambda: "Change", with_integration(hands.desk.project, calmer))
    hands.settle()
    assert hands.org.looks == looks
    asks = calmer.model_copy(update={"external_id": "DI_Other_Id__c"})
    hands.desk.edit(lambda: "Change", with_integration(hands.desk.project, asks))
    hands.settle()
    assert hands.org.looks == looks + 1
    assert "DI_Other_Id__c on Contact" in [row[0] for row in hands.rows()]
    hands.desk.history.undo()
    hands.settle()
    assert "DI_Other_Id__c on Contact" not in [row[0] for row in hands.rows()]


def test_each_component_is_told_with_its_kind_what_it_is_for_and_its_state(hands: Hands) -> None:
    hands.org.other["DI_Optin_Promotions__c"] = BOOLEAN
    hands.org.hidden, hands.org.without = {KEY}, {DATE}
    hands.look()
    rows = {row[0]: row[1:] for row in hands.rows()}
    assert rows[f"{KEY} on Contact"] == (
        "Custom field · external ID, text 64, unique",
        "Ties a contact to its Dialog Insight record",
        "hidden",
    )
    assert rows[f"{DATE} on Contact"][1:] == ("Receives the date of the “Newsletter” opt-in", "missing")
    assert rows["DI_Optin_Promotions__c on Contact"][2] == "conflict: another type"
    assert rows["DI_Optin_Newsletter__c on Contact"][2] == "installed"
    assert rows["Dialog Insight sync"] == ("Permission set", "Field access for the users that you choose", "missing")
    hands.card.table.selectRow([row[0] for row in hands.rows()].index("DI_Optin_Promotions__c on Contact"))
    assert "with a type that does not serve" in hands.card.why.text()


@pytest.mark.parametrize(
    ("arrange", "said"),
    [
        (lambda org: None, "2 of 6 installed"),
        (lambda org: org.without.clear(), "all installed"),
        (lambda org: (org.without.clear(), org.other.update({BOOLEAN.name: BOOLEAN})), "1 conflict"),
    ],
)
def test_the_pill_says_how_the_org_stands(hands: Hands, arrange: Callable[[FakeOrg], object], said: str) -> None:
    arrange(hands.org)
    hands.look()
    assert hands.card.state.text() == said
    assert hands.card.review_button.isVisible() == (said == "2 of 6 installed")


def test_a_project_that_asks_nothing_of_an_org_is_told_so(hands: Hands) -> None:
    project = hands.desk.project
    for name in ("Contacts", "Web sign-ups"):
        integration = project.integration(name)
        assert integration is not None
        project = with_integration(project, integration.model_copy(update={"optins": (), "external_id": None}))
    hands.desk.edit(lambda: "Ask for nothing", project)
    hands.settle()
    assert hands.card.state.text() == "nothing needed"
    assert "This project asks nothing of this org that is not there." in hands.words()
    assert not hands.card.table.isVisible()


def test_an_org_that_no_integration_uses_says_so_and_is_not_asked(hands: Hands) -> None:
    hands.take("sandbox")
    assert hands.workspace.orgs["sandbox"].looks == 0
    assert hands.card.state.text() == "not looked at yet"
    assert "No integration uses this org yet." in hands.words()


def test_look_again_looks_again(hands: Hands) -> None:
    looks = hands.org.looks
    hands.org.without.clear()
    hands.press(hands.card.look_button)
    assert hands.org.looks == looks + 1
    assert hands.card.state.text() == "all installed"


# what is in the way


def test_a_missing_right_is_named_with_who_can_give_it_and_copied_for_that_person(hands: Hands) -> None:
    hands.workspace.errors["look prod"] = AccessRefused("No.", "Ask.", "prod", "HTTP 403", "right_look")
    hands.look()
    assert "may not look at the set-up of the org" in hands.words()
    assert "administrator gives the right “View Setup and Configuration”" in hands.words()
    hands.press(hands.card.trouble.action)
    copied = QGuiApplication.clipboard().text()
    assert "acme.my.salesforce.com" in copied
    assert "View Setup and Configuration" in copied
    assert hands.rows(), "what was seen before stays"


def test_an_ended_sign_in_is_begun_again_from_the_panel(hands: Hands) -> None:
    hands.workspace.errors["look prod"] = AuthorizationNeeded("Ended.", "Again.", "prod", reason="access_ended")
    hands.workspace.browser_is_back.set()
    hands.look()
    hands.press(hands.card.trouble.action)
    assert ("sign_in", "prod") in hands.workspace.deeds


@pytest.mark.parametrize(
    "error",
    [
        LedgerIsBusy("Another preparation is under way.", "Wait."),
        ServiceUnavailable("Something else is being deployed.", "Wait."),
    ],
)
def test_what_passes_by_itself_is_looked_at_again(hands: Hands, error: DisfError) -> None:
    hands.workspace.errors["look prod"] = error
    hands.look()
    assert hands.card.trouble.isVisible()
    del hands.workspace.errors["look prod"]
    hands.press(hands.card.trouble.action)
    assert not hands.card.trouble.isVisible()


def test_two_integrations_in_one_project_are_warned_of(hands: Hands) -> None:
    hands.org.packages = (DI_PACKAGE,)
    hands.look()
    assert "advises against two integrations in one project" in hands.words()


# installing


def test_all_that_lacks_is_ticked_and_installed_with_its_count_on_the_button(hands: Hands) -> None:
    dialog = hands.review()
    assert dialog.ticks.ticked == set(LACKING)
    assert dialog.accept_button.text() == counts.install_components(4)
    assert "Custom field · external ID, text 64, unique · label “DI Contact Id”" in hands.words(dialog)
    hands.press(dialog.accept_button)
    assert hands.wishes() == [PrepareWish(install=LACKING)]
    assert [line.became for line in dialog.outcome.lines] == ["installed"] * 4
    assert counts.access_given(1) in hands.words(dialog)
    hands.press(dialog.cancel_button)
    assert hands.card.state.text() == "all installed"
    assert hands.card.review_button.text() == "&Who may see…", "there is nothing left to install"
    assert hands.store.facts.preparation is None


def test_after_an_installation_the_fields_of_the_org_are_read_again(hands: Hands) -> None:
    key = salesforce_key("prod", "Contact")
    hands.desk.read_fields_again("prod")
    assert KEY not in hands.store.facts.schemas[key].fields
    hands.press(hands.review().accept_button)
    assert KEY in hands.store.facts.schemas[key].fields


def test_what_is_not_ticked_is_not_installed_and_access_comes_with_a_field(hands: Hands) -> None:
    dialog = hands.review()
    hands.tick(dialog.ticks.boxes[f"Contact.{DATE}"])
    hands.tick(dialog.ticks.boxes[f"Contact.{SOURCE}"])
    assert not dialog.ticks.boxes[PERMISSION_SET].isEnabled(), "nobody would see the field without"
    assert dialog.accept_button.text() == counts.install_components(2)
    hands.press(dialog.accept_button)
    assert hands.wishes()[0].install == (f"Contact.{KEY}", PERMISSION_SET)
    hands.press(dialog.accept_button)
    assert dialog.ticks.ticked == {PERMISSION_SET}, "what was left out stays left out"
    hands.tick(dialog.ticks.boxes[f"Contact.{DATE}"])
    assert dialog.accept_button.isEnabled()


def test_without_a_field_the_permission_set_can_be_left_out_and_nothing_is_to_be_done(hands: Hands) -> None:
    dialog = hands.review()
    for id in LACKING[:3]:
        hands.tick(dialog.ticks.boxes[id])
    hands.tick(dialog.ticks.boxes[PERMISSION_SET])
    assert not dialog.accept_button.isEnabled()


def test_conflicts_are_listed_and_explained_and_cannot_be_ticked(hands: Hands) -> None:
    hands.org.other["DI_Optin_Promotions__c"] = BOOLEAN
    hands.look()
    dialog = hands.review()
    assert "left as it is" in hands.words(dialog)
    assert "Choose another field, or another name, in the project file." in hands.words(dialog)
    assert "Contact.DI_Optin_Promotions__c" not in dialog.ticks.boxes


def test_everybody_or_people_that_are_picked_may_see_the_fields(hands: Hands) -> None:
    dialog = hands.review()
    hands.tick(dialog.who.choices[1])
    assert dialog.who.users == ("all",)
    hands.tick(dialog.who.choices[2])
    assert not dialog.accept_button.isEnabled(), "nobody is picked yet"
    assert dialog.who.list.count() == 4
    QTest.keyClicks(dialog.who.line, "bouch")
    QTest.keyClick(dialog.who.line, Qt.Key.Key_Return)
    hands.settle()
    assert ("people_of", "prod", "bouch") in hands.workspace.deeds
    assert [dialog.who.list.item(n).text() for n in range(dialog.who.list.count())] == [
        "Léa Bouchard · lea@acme.example"
    ]
    dialog.who.list.setCurrentRow(0)
    dialog.who.list.setFocus()
    QTest.keyClick(dialog.who.list, Qt.Key.Key_Space)
    hands.settle()
    dialog.who.line.selectAll()
    QTest.keyClicks(dialog.who.line, "market")
    hands.qtbot.waitUntil(lambda: dialog.who.list.count() == 2)
    assert dialog.who.list.item(1).text() == "Marketing User · profile"
    dialog.who.list.setCurrentRow(1)
    dialog.who.list.setFocus()
    QTest.keyClick(dialog.who.list, Qt.Key.Key_Space)
    hands.settle()
    assert "Picked: Léa Bouchard, Marketing User" in hands.words(dialog)
    hands.press(dialog.accept_button)
    assert hands.wishes()[0].users == ("lea@acme.example", "profile:Marketing User")


def test_more_people_are_given_access_once_everything_is_installed(hands: Hands) -> None:
    assert hands.card.review_button.text() == "Revie&w and install…"
    hands.press(hands.review().accept_button)
    hands.qtbot.waitUntil(lambda: "all installed" in hands.words())
    dialog = hands.review()
    assert dialog.title.text() == "Give access in Acme (production)"
    assert not dialog.ticks.isVisible()
    assert not dialog.accept_button.isEnabled(), "our own user has access already"
    hands.tick(dialog.who.choices[1])
    assert dialog.accept_button.text() == "&Give access"
    hands.press(dialog.accept_button)
    hands.qtbot.waitUntil(lambda: len(hands.wishes()) == 2)
    assert hands.wishes()[1] == PrepareWish(users=("all",))
    hands.qtbot.waitUntil(lambda: dialog.outcome.isVisible())
    assert "1 user can see the fields now" in hands.words(dialog)


def test_a_name_that_nobody_has_is_told_and_so_is_a_search_that_is_refused(hands: Hands) -> None:
    dialog = hands.review()
    hands.tick(dialog.who.choices[2])
    QTest.keyClicks(dialog.who.line, "zzz")
    QTest.keyClick(dialog.who.line, Qt.Key.Key_Return)
    hands.settle()
    assert "Nobody in this org has such a name." in hands.words(dialog)
    hands.workspace.errors["people"] = AccessRefused("No.", "Ask.", reason="right_look")
    QTest.keyClick(dialog.who.line, Qt.Key.Key_Return)
    hands.settle()
    assert "View Setup and Configuration" in dialog.who.said.text()


def test_a_refused_component_is_told_with_why_and_what_to_do_and_the_rest_can_be_installed(hands: Hands) -> None:
    id = f"Contact.{KEY}"
    hands.workspace.refused[id] = ComponentFailed(id, "limit_external_ids", "No.", "Ask.", "maximum external ids: 25")
    dialog = hands.review()
    hands.press(dialog.accept_button)
    lines = {line.name: line for line in dialog.outcome.lines}
    assert lines[f"{KEY} on Contact"].became == "refused"
    assert "as many external IDs as Salesforce allows" in lines[f"{KEY} on Contact"].why
    assert lines[f"{DATE} on Contact"].became == "not made"
    assert "maximum external ids: 25" in hands.words(dialog)
    assert not hands.org.ours
    hands.press(dialog.accept_button)
    hands.tick(dialog.ticks.boxes[id])
    hands.press(dialog.accept_button)
    assert hands.org.ours == {DATE, SOURCE}


def test_a_preparation_that_cannot_begin_says_why(hands: Hands) -> None:
    hands.workspace.errors["prepare"] = AccessRefused("No.", "Ask.", reason="right_deploy")
    dialog = hands.review()
    hands.press(dialog.accept_button)
    assert "may not change the set-up" in hands.words(dialog)
    assert "“Customize Application”" in hands.words(dialog)


def test_elsewhere_somebody_asks_for_one_field_and_it_alone_is_ticked(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    without_fields(rehearsal.workspace, DATE, SOURCE)
    rehearsal.desk.look_at_org("prod")
    rehearsal.window.resize(960, 600)
    rehearsal.window.show_tab(Tab.OPT_INS)
    rehearsal.desk.want_preparation("prod", (f"Contact.{DATE}",))
    at_rest()
    page = rehearsal.window.pages[Tab.CONNECTIONS]
    assert isinstance(page, ConnectionsTab)
    assert page.isVisible()
    assert isinstance(page.prepare.dialog, InstallDialog)
    assert page.prepare.dialog.isVisible()
    assert page.prepare.dialog.ticks.ticked == {f"Contact.{DATE}", PERMISSION_SET}
    assert not page.prepare.title.visibleRegion().isEmpty(), "the panel is in sight when the dialog is closed"


# what is under way, and what was begun


def under_way(hands: Hands) -> Preparation:
    seen = hands.store.facts.prepared["prod"]
    return Preparation(
        "prod", PrepareWish(install=LACKING), seen.components, Progress("prod", Stage.APPLY, Side.SALESFORCE, 1, 4)
    )


def test_the_panel_shows_what_is_under_way_and_opens_its_dialog_again(hands: Hands) -> None:
    hands.store.update(preparation=under_way(hands))
    hands.settle()
    assert hands.card.state.text() == "under way"
    assert "Salesforce carries it out…" in hands.words()
    assert not hands.card.look_button.isEnabled()
    dialog = hands.review()
    assert dialog.progress.isVisible()
    hands.press(dialog.progress.stop_button)
    told = hands.store.facts.preparation
    assert told is not None
    assert told.stopping
    hands.press(dialog.cancel_button)
    assert hands.store.facts.preparation is told, "closing the dialog stops nothing"


def test_a_deploy_that_was_sent_before_a_restart_is_followed_by_itself(hands: Hands) -> None:
    hands.workspace.begun["prod"] = Pending(Begun.DEPLOY, "00D", "2026-11-23T00:00:00Z", "0Af", LACKING, LACKING)
    hands.desk.read_file_again()
    hands.settle()
    assert hands.wishes() == [PrepareWish(go_on=True)]
    hands.take("prod")
    assert hands.card.state.text() == "all installed"
    assert "The org was prepared." in hands.words()
    hands.press(hands.card.outcome.action)
    assert isinstance(hands.card.dialog, InstallDialog)
    assert {line.became for line in hands.card.dialog.outcome.lines} == {"installed"}
    hands.press(hands.card.dialog.cancel_button)
    assert not hands.card.outcome.isVisible()


def test_what_cannot_be_followed_is_tried_by_itself_only_once(hands: Hands) -> None:
    hands.workspace.begun["prod"] = Pending(Begun.DEPLOY, "00D", "2026-11-23T00:00:00Z", "0Af", LACKING, LACKING)
    hands.workspace.errors["prepare"] = AccessRefused("No.", "Ask.", reason="right_deploy")
    hands.desk.read_file_again()
    hands.settle()
    assert hands.wishes() == [PrepareWish(go_on=True)]
    assert "may not change the set-up" in hands.words()
    del hands.workspace.errors["prepare"]
    hands.press(hands.card.warning.action)
    assert hands.card.state.text() == "all installed"


def test_a_trial_before_a_restart_is_offered_to_go_on_and_not_gone_on_with_unasked(hands: Hands) -> None:
    hands.workspace.begun["prod"] = Pending(Begun.TRIAL, "00D", "2026-11-23T00:00:00Z", "0Af", LACKING, LACKING)
    hands.desk.read_file_again()
    hands.settle()
    hands.take("prod")
    assert hands.wishes() == []
    assert "has not come to its end" in hands.words()
    hands.press(hands.card.warning.action)
    assert hands.wishes() == [PrepareWish(go_on=True)]
    assert hands.card.state.text() == "all installed"
    hands.press(hands.card.outcome.close_button)
    assert hands.store.facts.preparation is None


# removing


def made(hands: Hands) -> None:
    hands.org.without.clear()
    hands.org.ours, hands.org.access = {DATE, SOURCE, KEY}, True
    hands.look()


def test_only_what_was_made_here_can_be_removed_after_the_name_was_typed(hands: Hands) -> None:
    assert not hands.card.remove_button.isVisible()
    made(hands)
    dialog = hands.removal()
    assert set(dialog.boxes) == set(LACKING)
    assert dialog.accept_button.text() == counts.remove_components(4)
    assert not dialog.accept_button.isEnabled()
    QTest.keyClicks(dialog.line, "Acme (prod")
    assert not dialog.accept_button.isEnabled()
    QTest.keyClicks(dialog.line, "uction)")
    hands.press(dialog.accept_button)
    assert hands.wishes() == [PrepareWish(remove=LACKING, confirm="Acme (production)")]
    assert [line.became for line in dialog.outcome.lines] == ["removed"] * 4
    hands.press(dialog.cancel_button)
    assert not hands.card.remove_button.isVisible()
    assert hands.card.state.text() == "2 of 6 installed"


def test_what_the_fields_hold_is_counted_and_warned_of(hands: Hands) -> None:
    made(hands)
    hands.org.records = {KEY: 1204}
    dialog = hands.removal()
    assert f"Ties a contact to its Dialog Insight record · {counts.hold_a_value(1204)}" in hands.words(dialog)
    assert f"What these fields hold goes with them: {counts.hold_a_value(1204)}." in hands.words(dialog)
    hands.tick(dialog.boxes[f"Contact.{KEY}"])
    assert "goes with them" not in hands.words(dialog)
    assert dialog.accept_button.text() == counts.remove_components(3)


def test_where_something_is_left_over_that_alone_is_ticked(hands: Hands) -> None:
    made(hands)
    integration = hands.desk.project.integration("Web sign-ups")
    assert integration is not None
    asks_less = integration.model_copy(update={"external_id": None, "triggers": ()})
    hands.desk.edit(lambda: "Ask for less", with_integration(hands.desk.project, asks_less))
    hands.settle()
    assert "Was made for this project, which no longer asks for it" in [row[2] for row in hands.rows()]
    assert hands.card.state.text() == "all installed", "what is left over is not asked for"
    dialog = hands.removal()
    assert [id for id, box in dialog.boxes.items() if box.isChecked()] == [f"Contact.{KEY}"]


def test_a_count_that_is_refused_is_told(hands: Hands) -> None:
    made(hands)
    hands.workspace.errors["look prod"] = AccessRefused("No.", "Ask.", reason="right_look")
    dialog = hands.removal()
    assert "View Setup and Configuration" in hands.words(dialog)
    assert not dialog.accept_button.isEnabled()


# the package


def linked(hands: Hands) -> PackageDialog:
    dialog = hands.package()
    QTest.keyClicks(dialog.line, LINK)
    hands.press(dialog.look_button)
    return dialog


def test_the_package_is_installed_for_everybody_once_its_domains_are_approved(hands: Hands) -> None:
    dialog = linked(hands)
    assert "Dialog Insight 1.4" in hands.words(dialog)
    assert "The package asks to contact: app.example.org" in hands.words(dialog)
    assert "nothing is installed and nothing is renamed" in hands.words(dialog)
    assert not dialog.accept_button.isEnabled()
    hands.tick(dialog.approve)
    hands.press(dialog.accept_button)
    [wish] = hands.wishes()
    assert wish.package is not None
    assert (wish.package.link, wish.package.admins_only, wish.package.approve_domains) == (LINK, False, True)
    assert "The package is installed in Acme (production)" in hands.words(dialog)
    hands.press(dialog.cancel_button)
    assert "advises against two integrations" in hands.words()


def test_it_may_be_for_administrators_only_and_a_password_is_asked_for_only_where_it_has_one(hands: Hands) -> None:
    assert not linked(hands).password.isVisible()
    hands.org.version = replace(hands.org.version, password=True, domains=None)
    dialog = hands.card.dialog
    assert isinstance(dialog, PackageDialog)
    hands.press(dialog.look_button)
    assert "Salesforce does not tell before the installation which addresses" in hands.words(dialog)
    hands.tick(dialog.admins)
    hands.tick(dialog.approve)
    assert not dialog.accept_button.isEnabled()
    QTest.keyClicks(dialog.password, "right")
    hands.press(dialog.accept_button)
    [wish] = hands.wishes()
    assert wish.package is not None
    assert (wish.package.admins_only, wish.package.password) == (True, "right")
    told = hands.store.facts.preparation
    assert told is not None
    assert told.wish.package is not None
    assert not told.wish.package.password, "no fact holds it"


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (DI_PACKAGE, "objects with their field mappings"),
        (replace(DI_PACKAGE, version_id="04t000000000002"), "This very version is installed already."),
        (replace(DI_PACKAGE, namespace="di", version=(2, 0, 0, 0)), "A newer version is installed already."),
    ],
)
def test_what_is_there_already_decides_what_can_be_done(hands: Hands, there: object, said: str) -> None:
    hands.org.packages = (there,)  # type: ignore[assignment]
    hands.look()
    dialog = linked(hands)
    assert said in hands.words(dialog)
    assert not dialog.accept_button.isEnabled()


def test_what_is_no_link_is_told_and_enter_looks_at_it(hands: Hands) -> None:
    dialog = hands.package()
    QTest.keyClicks(dialog.line, "https://example.org/")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    hands.settle()
    assert "This is no installation link of a Salesforce package." in hands.words(dialog)
    assert dialog.isVisible()


def test_a_package_that_is_refused_says_why_and_that_nothing_was_installed(hands: Hands) -> None:
    hands.workspace.errors["package"] = PackageRefused("No.", "Ask.", detail="Promo__c exists", reason="name_conflict")
    dialog = linked(hands)
    hands.tick(dialog.approve)
    hands.press(dialog.accept_button)
    assert "The package is not installed" in hands.words(dialog)
    assert "A name that the package needs is taken in this org; nothing was installed." in hands.words(dialog)
    assert hands.org.packages == ()


def test_a_notice_of_the_look_is_shown(hands: Hands) -> None:
    hands.workspace.told_notices = (Told("Contacts", "no_types", "Dialog Insight could not be asked.", "Test it."),)
    hands.look()
    assert "Dialog Insight could not be asked." in hands.words()


def test_a_right_that_will_be_missing_is_told_before_anything_is_tried(hands: Hands) -> None:
    message = "Salesforce does not let our user change its set-up: the right “Customize Application” is missing."
    hands.workspace.told_notices = (Told("prod", "right_deploy", message, "Ask."),)
    hands.look()
    hands.press(hands.card.warning.action)
    assert "Customize Application" in QGuiApplication.clipboard().text()
    assert "“Customize Application”" in hands.words(hands.review())


def test_what_our_user_may_not_see_is_neither_missing_nor_offered(hands: Hands) -> None:
    seen = hands.store.facts.prepared["prod"]
    unsure = tuple(replace(c, unsure=True) if c.state.value == "missing" else c for c in seen.components)
    hands.store.put("prepared", "prod", replace(seen, components=unsure))
    hands.settle()
    assert {row[3] for row in hands.rows()} == {"installed", "not seen"}
    assert hands.card.state.text() == "2 of 6 installed"
    assert not hands.card.review_button.isVisible()
    hands.card.table.selectRow(5)
    assert "only a user who may look at the set-up" in hands.card.why.text()
