"""The connections tab under the hand: every control operated, and its effect read in the project file, the facts or the
deeds of the workspace."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from disf_desktop.core.addresses import PLATFORMS, PRODUCTION, SANDBOX
from disf_desktop.core.errors import AccessRefused, AuthorizationNeeded, DisfError, ServiceUnavailable
from disf_desktop.core.project import DialogInsightConnection, Project, SalesforceConnection
from disf_desktop.gui import languages
from disf_desktop.gui.models.facts import Run, RunKind
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.tabs.connection_add import AddConnection
from disf_desktop.gui.tabs.connection_recipe import RecipeDialog
from disf_desktop.gui.tabs.connections import ConnectionsTab
from disf_desktop.gui.words.connection_words import REASONS, Mend, explained, for_the_administrator, mend_said
from disf_desktop.workspace import ConnectionFacts
from disf_desktop.workspace.sign_in import CALLBACKS
from tests.gui.rehearsal import Rehearsal
from tests.gui.rest import at_rest


class Person:
    """A person on the connections tab, with mouse and keyboard."""

    def __init__(self, rehearsal: Rehearsal, qtbot: QtBot) -> None:
        self.rehearsal, self.qtbot = rehearsal, qtbot
        self.desk, self.store, self.workspace = rehearsal.desk, rehearsal.store, rehearsal.workspace
        page = rehearsal.window.pages[Tab.CONNECTIONS]
        assert isinstance(page, ConnectionsTab)
        self.page = page
        rehearsal.window.show_tab(Tab.CONNECTIONS)
        self.settle()

    def settle(self) -> None:
        at_rest()

    def take(self, connection: str) -> None:
        """Put the hand on a connection of the list."""
        self.page.list.choose(connection)
        self.rehearsal.window.render_facts()

    def salesforce(self, id: str = "prod") -> SalesforceConnection:
        found = self.desk.project.connection(id)
        assert isinstance(found, SalesforceConnection)
        return found

    def account(self) -> DialogInsightConnection:
        found = self.desk.project.connection("di")
        assert isinstance(found, DialogInsightConnection)
        return found

    def type(self, line: QLineEdit, text: str) -> None:
        """Write a text in the place of what stands in a line, and leave it with Enter."""
        line.setFocus()
        line.selectAll()
        QTest.keyClick(line, Qt.Key.Key_Delete)
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.settle()

    def count(self, box: QSpinBox, number: int) -> None:
        """Write a number."""
        box.setFocus()
        box.selectAll()
        QTest.keyClicks(box, str(number))
        QTest.keyClick(box, Qt.Key.Key_Return)
        self.settle()

    def pick(self, picker: QComboBox, row: int) -> None:
        """Pick a row of a list with the keyboard."""
        picker.setFocus()
        QTest.keyClick(picker, Qt.Key.Key_Home if row == 0 else Qt.Key.Key_Down)
        while picker.currentIndex() < row:
            QTest.keyClick(picker, Qt.Key.Key_Down)
        assert picker.currentIndex() == row
        self.settle()

    def press(self, button: QAbstractButton) -> None:
        """Press a button that is there."""
        assert button.isVisible()
        assert button.isEnabled()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def words(self) -> str:
        labels = [w.text() for w in self.page.findChildren(QLabel) if w.isVisibleTo(self.page)]
        buttons = [w.text() for w in self.page.findChildren(QAbstractButton) if w.isVisibleTo(self.page)]
        return "\n".join(text.replace("&", "") for text in (*labels, *buttons))

    def below(self, connection: str) -> str:
        """Give what stands below a name of the list."""
        model = self.page.list.model()
        row = next(n for n in range(model.rowCount()) if model.index(n, 0).data() == connection)
        return str(model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole))

    def box(self) -> QMessageBox:
        """Give the question that is asked."""
        return next(b for b in self.page.findChildren(QMessageBox) if b.isVisible())

    def answer(self, text: str) -> None:
        """Answer the question by a button."""
        self.press(next(b for b in self.box().buttons() if b.text().replace("&", "") == text))

    def deeds(self, name: str) -> list[str]:
        return [deed[1] for deed in self.workspace.deeds if deed[0] == name]


@pytest.fixture
def person(rehearsal: Rehearsal, qtbot: QtBot) -> Person:
    return Person(rehearsal, qtbot)


# settings


def test_a_connection_is_renamed_where_its_name_stands_and_undo_names_it_back(person: Person) -> None:
    person.type(person.page.salesforce.name, "Acme (Quebec)")
    assert person.salesforce().name == "Acme (Quebec)"
    assert person.workspace.project.connection("prod") == person.salesforce(), "it is in the file too"
    assert person.desk.history.undoText() == "Rename Acme (production) to Acme (Quebec)"
    person.desk.history.undo()
    person.settle()
    assert person.page.salesforce.name.text() == "Acme (production)"


def test_a_name_cannot_be_emptied(person: Person) -> None:
    person.type(person.page.salesforce.name, " ")
    assert person.salesforce().name == "Acme (production)"
    assert person.page.salesforce.name.text() == "Acme (production)"
    person.take("di")
    person.type(person.page.dialog_insight.name, "")
    assert person.account().name == "Acme Canada"


def test_where_to_sign_in_is_picked(person: Person) -> None:
    address = person.page.salesforce.address
    person.pick(address.picker, 0)
    assert person.salesforce().login_url == PRODUCTION
    assert not address.line.isVisible()
    person.pick(address.picker, 1)
    assert person.salesforce().login_url == SANDBOX
    assert person.desk.history.undoText() == "Change where Acme (production) signs in"


def test_any_page_of_the_org_becomes_the_address_to_sign_in_at(person: Person) -> None:
    person.take("sandbox")
    address = person.page.salesforce.address
    person.pick(address.picker, 2)
    assert address.line.hasFocus()
    assert person.salesforce("sandbox").login_url == SANDBOX, "nothing is changed before an address is there"
    person.type(address.line, "https://acme--full.sandbox.lightning.force.com/lightning/page/home")
    assert person.salesforce("sandbox").login_url == "https://acme--full.sandbox.my.salesforce.com"
    assert address.line.text() == "acme--full.sandbox.my.salesforce.com"


def test_an_address_of_no_org_is_refused_and_stays_to_be_corrected(person: Person) -> None:
    address = person.page.salesforce.address
    person.type(address.line, "acme.example")
    assert person.salesforce().login_url == "https://acme.my.salesforce.com"
    assert address.line.text() == "acme.example"
    assert "This is not the address of an org." in person.words()
    person.take("sandbox")
    person.take("prod")
    assert "This is not the address of an org." not in person.words()


def test_the_client_id_is_changed_and_without_one_nobody_is_sent_to_a_page_that_refuses(person: Person) -> None:
    person.take("sandbox")
    person.type(person.page.salesforce.client_id, "3MVG9 EXAMPLE new")
    assert person.salesforce("sandbox").client_id == "3MVG9EXAMPLEnew"
    assert person.page.authorize_button.isEnabled()
    person.type(person.page.salesforce.client_id, "")
    assert not person.page.authorize_button.isEnabled()
    assert "Give the client ID of your org's own app" in person.words()


def test_the_platform_is_picked_or_given_by_its_address(person: Person) -> None:
    person.take("di")
    address = person.page.dialog_insight.address
    person.pick(address.picker, 1)
    assert person.account().root_url == PLATFORMS["France"]
    person.pick(address.picker, 2)
    person.type(address.line, "http://di.example.org")
    assert person.account().root_url == PLATFORMS["France"]
    assert "This is not a whole address that begins with https://." in person.words()
    person.type(address.line, "di.example.org")
    assert person.account().root_url == "https://di.example.org/webservices/ofc4/"


def test_the_key_number_is_changed_in_figures_only(person: Person) -> None:
    person.take("di")
    person.type(person.page.dialog_insight.id_key, "0a42b")
    assert person.account().id_key == 42
    assert person.desk.history.undoText() == "Change the key number of Acme Canada"


def test_both_ceilings_of_calls_are_changed(person: Person) -> None:
    person.count(person.page.usage.percent, 40)
    person.count(person.page.usage.per_day, 0)
    assert person.salesforce().call_ceiling_percent == 40
    assert person.salesforce().calls_per_day is None
    assert "1,880 of 100,000 (this program stops at 40,000)" in person.words()
    person.count(person.page.usage.per_day, 12000)
    assert person.salesforce().calls_per_day == 12000


def test_the_advanced_settings_are_folded_away_and_changed_there(person: Person, tmp_path: Path) -> None:
    advanced = person.page.advanced
    assert not advanced.batch.isVisible()
    person.press(advanced.fold_button)
    person.count(advanced.batch, 50)
    person.count(advanced.concurrency, 4)
    person.count(advanced.timeout, 30)
    person.press(advanced.choose_button)
    dialog = next(d for d in advanced.findChildren(QFileDialog) if d.isVisible())
    dialog.fileSelected.emit(str(tmp_path / "company.pem"))
    dialog.reject()
    person.settle()
    changed = person.salesforce()
    assert (changed.batch_size, changed.concurrency, changed.timeout_s) == (50, 4, 30)
    assert changed.ca_file == "company.pem", "a file beside the project file moves with it"
    person.press(advanced.clear_button)
    assert person.salesforce().ca_file is None
    person.press(advanced.fold_button)
    assert not advanced.batch.isVisible()


# what was tested


def test_a_changed_address_is_tested_again_and_so_is_one_that_is_undone(person: Person) -> None:
    person.workspace.deeds.clear()
    person.pick(person.page.salesforce.address.picker, 0)
    assert person.deeds("test") == ["prod"]
    person.workspace.errors["prod"] = ServiceUnavailable("No.", "Wait.", reason="unreachable")
    person.desk.history.undo()
    person.settle()
    assert person.deeds("test") == ["prod", "prod"]
    assert "prod" not in person.store.facts.tested
    assert person.below("Acme (production)") == "not reached"


def test_a_new_name_or_ceiling_spends_no_call(person: Person) -> None:
    person.workspace.deeds.clear()
    person.type(person.page.salesforce.name, "Another name")
    person.count(person.page.usage.percent, 50)
    assert person.deeds("test") == []
    assert "prod" in person.store.facts.tested


def test_a_test_is_made_when_it_is_asked_for(person: Person) -> None:
    person.workspace.deeds.clear()
    person.press(person.page.test_button)
    assert person.workspace.deeds == [("test", "prod")]


def test_after_a_run_only_the_calls_of_the_orgs_are_counted(person: Person) -> None:
    person.workspace.deeds.clear()
    person.desk.count_calls_again()
    person.settle()
    assert person.workspace.deeds == [("count_calls", "prod")]
    assert "1,889 of 100,000" in person.words()
    person.store.update(run=Run(RunKind.SYNC, None, errors=(AuthorizationNeeded("No.", "Sign in."),), exit_code=1))
    person.desk.count_calls_again()
    assert set(person.deeds("test")) == {"prod", "di"}, "after trouble everything is asked"


def test_what_the_org_told_is_shown_with_the_kind_of_org(person: Person) -> None:
    told = person.words()
    for part in (
        "sync.user@acme.example",
        "Acme Inc. · 00D5g000004XyZ1EAK",
        "Enterprise Edition · production",
        "66.0",
        "Windows Credential Manager",
        "system keyring",
    ):
        assert part in told


def test_a_clock_that_is_off_is_said(person: Person) -> None:
    known = person.store.facts.tested["prod"]
    assert "The clock of this computer" not in person.words()
    for ahead, word in ((400, "6 min 40 s ahead"), (-400, "6 min 40 s behind"), (90, "")):
        told = ConnectionFacts(known.user, calls_used=1, calls_allowed=10, clock_ahead_s=ahead)
        person.store.put("tested", "prod", told)
        person.settle()
        assert (word in person.words()) if word else ("The clock of this computer" not in person.words())


# adding and removing


def add(person: Person, button: QAbstractButton | None = None) -> AddConnection:
    person.press(button or person.page.add_button)
    return next(d for d in person.page.findChildren(AddConnection) if d.isVisible())


def test_an_org_is_added_with_what_is_needed_only(person: Person) -> None:
    dialog = add(person)
    assert dialog.name.text() == "Salesforce"
    person.type(dialog.name, "")
    assert dialog.isVisible(), "without a name nothing is added"
    assert "The connection has no name yet." in [w.text() for w in dialog.findChildren(QLabel)]
    dialog.name.setFocus()
    QTest.keyClicks(dialog.name, "Acme France")
    person.pick(dialog.sign_in_at.picker, 2)
    person.press(dialog.accept_button)
    assert "The address is not right yet." in [w.text() for w in dialog.findChildren(QLabel)]
    dialog.sign_in_at.line.setFocus()
    QTest.keyClicks(dialog.sign_in_at.line, "acme-fr")
    dialog.client_id.setFocus()
    QTest.keyClicks(dialog.client_id, "3MVG9EXAMPLEfr")
    person.press(dialog.accept_button)
    made = person.salesforce("acme-france")
    assert (made.name, made.login_url, made.client_id) == (
        "Acme France",
        "https://acme-fr.my.salesforce.com",
        "3MVG9EXAMPLEfr",
    )
    assert person.page.title.text() == "Acme France"
    assert person.desk.history.undoText() == "Add the connection Acme France"
    assert person.store.facts.authorized["acme-france"] is False
    person.desk.history.undo()
    person.settle()
    assert person.desk.project.connection("acme-france") is None


def test_an_account_is_added_with_its_key_which_is_tried_at_once(person: Person) -> None:
    dialog = add(person)
    person.press(dialog.service.buttons[1])
    person.pick(dialog.platform.picker, 1)
    person.press(dialog.accept_button)
    assert "The key number is missing." in [w.text() for w in dialog.findChildren(QLabel)]
    dialog.id_key.setFocus()
    QTest.keyClicks(dialog.id_key, "77")
    dialog.key.setFocus()
    QTest.keyClicks(dialog.key, "french")
    assert dialog.key.echoMode() is QLineEdit.EchoMode.Password
    person.press(dialog.accept_button)
    made = person.desk.project.connection("dialog-insight")
    assert isinstance(made, DialogInsightConnection)
    assert (made.root_url, made.id_key) == (PLATFORMS["France"], 77)
    assert person.store.facts.authorized["dialog-insight"]
    assert "What this key may use: 3 projects" in person.words()
    assert "french" not in repr(person.store.facts)


def test_a_new_connection_does_not_take_the_secret_of_one_that_was_removed(person: Person) -> None:
    person.workspace.authorized["salesforce"] = True  # left behind by an earlier connection of that id
    dialog = add(person)
    person.press(dialog.accept_button)
    assert ("disconnect", "salesforce") in person.workspace.deeds
    assert ("test", "salesforce") not in person.workspace.deeds
    assert person.store.facts.authorized["salesforce"] is False


def test_a_dialog_that_is_left_adds_nothing(person: Person) -> None:
    before = person.desk.project
    person.press(add(person).cancel_button)
    assert person.desk.project is before


def test_a_project_without_connections_says_what_they_are_and_adds_the_first(person: Person) -> None:
    person.workspace.project = Project(id="11111111-2222", name="Empty")
    person.rehearsal.open()
    person.settle()
    assert "No connection yet" in person.words()
    assert not person.page.list.isVisible()
    person.press(add(person, person.page.start_button).accept_button)
    assert person.page.list.isVisible()
    assert person.page.title.text() == "Salesforce"


def test_a_connection_in_use_is_not_removed_and_its_users_are_named(person: Person) -> None:
    person.press(person.page.remove_button)
    assert person.salesforce()
    assert "Remove these first, or let them use another connection: Contacts, Leads, Orders, Web sign-ups." in (
        person.words()
    )
    person.take("sandbox")
    assert "Remove these first" not in person.words()


def test_a_connection_that_nobody_uses_is_removed_and_undo_brings_it_back(person: Person) -> None:
    person.take("sandbox")
    person.press(person.page.remove_button)
    assert person.desk.project.connection("sandbox") is None
    assert not person.deeds("disconnect")
    person.desk.history.undo()
    person.settle()
    assert person.salesforce("sandbox")
    assert person.below("Acme (full sandbox)") == "not authorized yet"


def authorized_sandbox(person: Person) -> None:
    person.workspace.authorized["sandbox"] = True
    person.workspace.errors.clear()
    person.rehearsal.open()
    person.take("sandbox")
    person.settle()


def test_removing_an_authorized_connection_asks_what_becomes_of_that(person: Person) -> None:
    authorized_sandbox(person)
    person.press(person.page.remove_button)
    person.answer("Cancel")
    assert person.salesforce("sandbox")
    person.press(person.page.remove_button)
    person.answer("Disconnect and remove")
    assert person.deeds("disconnect") == ["sandbox"]
    assert person.desk.project.connection("sandbox") is None


def test_a_connection_may_be_removed_with_its_authorization_kept(person: Person) -> None:
    authorized_sandbox(person)
    person.press(person.page.remove_button)
    person.answer("Remove only")
    assert not person.deeds("disconnect")
    person.desk.history.undo()
    person.settle()
    assert person.page.state.text() == "Connected"


def test_a_connection_that_cannot_be_disconnected_is_not_removed_either(person: Person) -> None:
    authorized_sandbox(person)
    person.workspace.errors["disconnect"] = ServiceUnavailable("No.", "Wait.", reason="unreachable")
    person.press(person.page.remove_button)
    person.answer("Disconnect and remove")
    assert person.salesforce("sandbox")
    assert "The address could not be reached." in person.words()


def test_disconnecting_asks_first_because_it_cannot_be_undone(person: Person) -> None:
    person.press(person.page.disconnect_button)
    assert not person.deeds("disconnect")
    assert "Salesforce withdraws its authorization" in person.box().informativeText()
    person.answer("Stay connected")
    assert not person.deeds("disconnect")
    person.press(person.page.disconnect_button)
    person.answer("Disconnect")
    assert person.deeds("disconnect") == ["prod"]
    assert person.page.state.text() == "Not authorized"


# keys


def test_a_key_goes_to_the_workspace_and_leaves_the_screen(person: Person) -> None:
    person.take("di")
    entry = person.page.key_entry
    assert not entry.save.isEnabled()
    entry.line.setFocus()
    QTest.keyClicks(entry.line, "secret-key")
    person.press(entry.save)
    assert person.deeds("store_key") == ["di"]
    assert entry.line.text() == ""
    assert "secret-key" not in repr(person.store.facts)


def test_a_refused_key_is_explained_with_what_to_look_at(person: Person) -> None:
    person.take("di")
    person.type(person.page.key_entry.line, "wrong")
    told = person.words()
    assert "Dialog Insight refuses this key." in told
    assert "whether it is active and not expired" in told
    person.press(person.page.trouble.mend_button)
    assert person.page.key_entry.line.hasFocus()


def test_a_key_of_the_other_platform_is_recognised_and_one_button_goes_there(person: Person) -> None:
    person.take("di")
    person.type(person.page.key_entry.line, "french")
    assert "The key is valid, but on the French platform." in person.words()
    assert person.page.trouble.mend_button.text() == "Use the French platform"
    person.workspace.deeds.clear()
    person.press(person.page.trouble.mend_button)
    assert person.account().root_url == PLATFORMS["France"]
    assert person.deeds("store_key") == ["di"], "the key that was typed is kept there, without typing it again"
    assert person.deeds("test") == ["di"]
    assert person.page.state.text() == "Connected"
    assert person.desk.history.undoText() == "Change the platform of Acme Canada"


# sign-in


def test_a_sign_in_that_comes_back_connects(person: Person) -> None:
    person.take("sandbox")
    person.workspace.errors.clear()
    person.workspace.browser_is_back.set()
    pages: list[str] = []
    person.desk.browse.connect(pages.append)
    person.press(person.page.authorize_button)
    assert pages == ["https://test.salesforce.com/services/oauth2/authorize?client_id=example"]
    assert person.page.state.text() == "Connected"
    assert not person.page.sign_in.isVisible()


def test_a_blocked_app_is_explained_to_the_person_and_to_the_administrator(person: Person) -> None:
    person.take("sandbox")
    person.workspace.browser_is_back.set()
    person.workspace.errors["sign_in"] = AccessRefused(
        "Salesforce does not let this user use the app.",
        "Ask an administrator.",
        detail="HTTP 400 · OAUTH_APP_BLOCKED",
        reason="app_blocked",
    )
    person.press(person.page.authorize_button)
    assert person.below("Acme (full sandbox)") == "app blocked · ask an administrator"
    trouble = person.page.trouble
    person.press(trouble.copy_button)
    sent = QGuiApplication.clipboard().text()
    for part in ("https://test.salesforce.com", "3MVG9EXAMPLEtT2y", "External Client App Manager", "OAUTH_APP_BLOCKED"):
        assert part in sent
    assert not trouble.details.isVisible()
    person.press(trouble.details_button)
    assert "OAUTH_APP_BLOCKED" in trouble.details.text()
    assert trouble.details.isVisible()
    person.workspace.errors.clear()
    person.press(trouble.mend_button)
    assert person.deeds("sign_in") == ["sandbox", "sandbox"]
    assert person.page.state.text() == "Connected"


def test_the_recipe_gives_each_callback_address_to_the_clipboard(person: Person) -> None:
    person.press(person.page.salesforce.recipe_button)
    dialog = next(d for d in person.page.findChildren(RecipeDialog) if d.isVisible())
    copied = []
    for button in dialog.copy_buttons:
        button.click()
        copied.append(QGuiApplication.clipboard().text())
    assert tuple(copied) == CALLBACKS
    dialog.copy_all.click()
    whole = QGuiApplication.clipboard().text()
    for part in (*CALLBACKS, "refresh_token", "PKCE", "☐ Require Secret for Web Server Flow"):
        assert part in whole
    person.press(dialog.close_button)
    assert not person.page.findChildren(RecipeDialog)


# trouble


def shown(person: Person, connection: str, error: DisfError) -> None:
    person.take(connection)
    person.store.put("connection_errors", connection, error)
    person.settle()


def test_each_button_does_what_it_says(person: Person) -> None:
    page = person.page

    def press() -> None:
        person.press(page.trouble.mend_button)

    shown(person, "prod", AccessRefused("No.", "Do.", reason="client_unknown"))
    press()
    assert page.salesforce.client_id.hasFocus()
    shown(person, "prod", AccessRefused("No.", "Do.", reason="own_ceiling"))
    press()
    assert page.usage.percent.hasFocus()
    shown(person, "prod", ServiceUnavailable("No.", "Do.", reason="untrusted"))
    press()
    assert page.advanced.choose_button.hasFocus()
    shown(person, "prod", AccessRefused("No.", "Do.", reason="callback_missing"))
    press()
    dialog = next(d for d in page.findChildren(RecipeDialog) if d.isVisible())
    person.press(dialog.close_button)
    person.press(page.trouble.copy_button)
    assert CALLBACKS[2] in QGuiApplication.clipboard().text()
    person.workspace.deeds.clear()
    shown(person, "prod", ServiceUnavailable("No.", "Do.", reason="late"))
    press()
    assert person.deeds("test") == ["prod"]
    assert not page.trouble.isVisible()


def test_a_retired_version_is_taken_out_of_the_file(person: Person) -> None:
    pinned = person.salesforce().model_copy(update={"api_version": "30.0"})
    person.desk.change(lambda: "Pin", pinned)
    person.settle()
    shown(person, "prod", AccessRefused("No.", "Do.", reason="version_retired"))
    person.press(person.page.trouble.mend_button)
    assert person.salesforce().api_version is None
    assert person.page.state.text() == "Connected"


def test_every_reason_is_explained_in_both_languages(qapp: QApplication) -> None:
    org = SalesforceConnection(id="org", name="Org")
    for reason in REASONS:
        error = AccessRefused("The engine's own words.", "Its own advice.", reason=reason)
        languages.speak(qapp, languages.Language.ENGLISH)
        english = explained(error, org)
        languages.speak(qapp, languages.Language.FRENCH)
        french = explained(error, org)
        assert french.mend is english.mend
        for one, other in zip(english[:3], french[:3], strict=True):
            assert one != other, one
        assert english.happened.endswith(".")
        assert english.what_to_do.endswith(".")
        assert mend_said(english.mend, error) != mend_said(Mend.RECIPE, error) or english.mend is Mend.RECIPE


def test_an_error_without_a_reason_is_said_by_its_code_and_can_be_mended(person: Person) -> None:
    assert explained(AuthorizationNeeded("No.", "Do."), person.salesforce()).mend is Mend.AUTHORIZE
    assert explained(AuthorizationNeeded("No.", "Do."), person.account()).mend is Mend.KEY
    assert explained(ServiceUnavailable("No.", "Do."), person.account()).mend is Mend.TEST
    assert "5335" in for_the_administrator(AccessRefused("No.", "Do.", detail="why"), person.account())


def test_every_control_has_a_name_for_a_screen_reader(person: Person) -> None:
    for connection in ("prod", "di"):
        person.take(connection)
        inputs = [w for kind in (QLineEdit, QComboBox, QSpinBox) for w in person.page.findChildren(kind)]
        named = [w for w in inputs if w.isVisible() and not w.objectName().startswith("qt_")]
        assert named
        assert not [w for w in named if isinstance(w, QWidget) and not w.accessibleName()]
