"""The states of the Connections tab that need a hand to come to, for the checks of what is on screen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtWidgets import QMessageBox

from disf_desktop.core.addresses import PLATFORMS
from disf_desktop.core.errors import AccessRefused
from disf_desktop.core.project import Project
from disf_desktop.core.schema import Side
from disf_desktop.gui.models.facts import SigningIn, SignInStage
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.tabs.connection_add import AddConnection
from disf_desktop.gui.tabs.connection_recipe import BrowserErrors, RecipeDialog
from disf_desktop.gui.tabs.connections import ConnectionsTab
from disf_desktop.workspace.sign_in import AddressNotTaken
from disf_desktop.workspace.signing import KeyElsewhere
from tests.gui.rehearsal import Rehearsal


def connection_states(rehearsal: Rehearsal, settle: Callable[[], None]) -> Iterator[str]:
    """Bring the tab into each state, one after the other, and put everything back."""
    window, store = rehearsal.window, rehearsal.store
    page = window.pages[Tab.CONNECTIONS]
    assert isinstance(page, ConnectionsTab)
    window.show_tab(Tab.CONNECTIONS)

    def take(connection: str) -> None:
        page.list.choose(connection)
        window.render_facts()
        settle()

    take("prod")
    page.advanced.fold_button.click()
    page.remove_button.click()
    page.salesforce.address.line.setText("acme.example")
    page.salesforce.address.line.editingFinished.emit()
    known = store.facts.tested["prod"]
    store.put("tested", "prod", replace(known, clock_ahead_s=-900))
    settle()
    yield "a connection with everything said"
    store.put("tested", "prod", known)
    page.advanced.fold_button.click()
    page.disconnect_button.click()
    settle()
    yield "a question before it is disconnected"
    next(box for box in page.findChildren(QMessageBox) if box.isVisible()).reject()
    page.salesforce.recipe_button.click()
    [recipe] = page.findChildren(RecipeDialog)
    settle()
    yield "the recipe of an app"
    recipe.reject()
    take("sandbox")
    signing = SigningIn("sandbox", SignInStage.WAITING, "https://login.salesforce.com", since=time.monotonic())
    store.update(signing_in=signing)
    settle()
    page.sign_in.paste_button.click()
    refused = AddressNotTaken("Not this one.", "Paste another.", reason="another_sign_in")
    store.update(signing_in=replace(signing, not_taken=refused))
    settle()
    yield "a pasted address that is refused"
    page.sign_in.error_button.click()
    [errors] = window.findChildren(BrowserErrors)
    settle()
    yield "what the browser shows"
    errors.reject()
    store.update(signing_in=replace(signing, stage=SignInStage.IDENTIFIED, who="sync.user@acme.example"))
    settle()
    yield "a sign-in that is being tested"
    store.update(signing_in=None)
    blocked = AccessRefused("No.", "Ask.", "sandbox", "HTTP 400 · OAUTH_APP_BLOCKED", "app_blocked")
    before = store.facts.connection_errors.get("sandbox")
    store.put("connection_errors", "sandbox", blocked)
    settle()
    yield "an app that is blocked"
    store.put("connection_errors", "sandbox", before)
    take("di")
    store.put("connection_errors", "di", KeyElsewhere("Acme Canada", "France", PLATFORMS["France"], "di"))
    page.dialog_insight.address.picker.picked.emit("other")
    settle()
    yield "a key of the other platform"
    store.put("connection_errors", "di", None)
    page.dialog_insight.address.forget()
    page.add()
    [adding] = page.findChildren(AddConnection)
    settle()
    yield "adding an org"
    adding.service.picked.emit(Side.DIALOG_INSIGHT)
    adding.accept_button.click()
    settle()
    yield "adding an account"
    adding.reject()
    project = store.facts.project
    store.update(project=Project(id="11111111-2222", name="Empty"))
    settle()
    yield "no connection yet"
    store.update(project=project)
    settle()
    take("prod")
