"""A sign-in as a person sees it, on the real loop and with the sign-in in a real thread; and what an edit does to what
was tested."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from disf_desktop.core.addresses import SANDBOX
from disf_desktop.core.errors import AccessRefused
from disf_desktop.core.project import Project, SalesforceConnection
from disf_desktop.gui.bridge import Bridge
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.models.connections import changed
from disf_desktop.gui.models.facts import SigningIn, SignInStage, Store
from disf_desktop.gui.tabs.connection_recipe import BrowserErrors, RecipeDialog
from disf_desktop.gui.tabs.sign_in import SignInCard
from disf_desktop.workspace import ConnectionFacts, Places, Workspace
from tests.gui.fakes import FakeWorkspace

PAGE = "https://test.salesforce.com/services/oauth2/authorize?client_id=example"


class SlowDisk(FakeWorkspace):
    """Writes the file only when the test lets it; a test of a connection notes with which address it was made."""

    def __init__(self, path: Path, places: Places) -> None:
        super().__init__(path, places)
        self.may_write = threading.Event()
        self.asked_at: list[str] = []

    def save(self, project: Project, *, over_others: bool = False) -> None:
        self.may_write.wait(10)
        super().save(project, over_others=over_others)

    def test(self, connection: str) -> ConnectionFacts:
        found = self.project.connection(connection)
        assert found is not None
        self.asked_at.append(found.login_url if isinstance(found, SalesforceConnection) else found.root_url)
        return super().test(connection)


class Sitting:
    """A person in front of the card of a sign-in, with a desk behind it."""

    def __init__(self, folder: Path) -> None:
        self.workspace = SlowDisk(folder / "a.disf.yaml", Places(folder))
        self.bridge, self.store = Bridge(), Store()
        self.desk = Desk(
            self.bridge, self.store, Places(folder), lambda _path, _places: cast(Workspace, self.workspace)
        )
        self.pages: list[str] = []
        self.desk.browse.connect(self.pages.append)
        self.card = SignInCard(self.desk)
        self.store.changed.connect(self.show)

    def show(self) -> None:
        self.card.show_facts(self.store.facts.signing_in)

    async def until(self, seen: Callable[[], object]) -> None:
        """Wait until something is seen."""
        async with asyncio.timeout(10):
            while not seen():
                await asyncio.sleep(0.005)

    async def begun(self) -> None:
        """Open the file, and begin to sign in to the sandbox."""
        self.desk.open(self.workspace.path)
        await self.until(lambda: len(self.store.facts.tested) == 2 and not self.store.facts.asking)
        self.desk.sign_in("sandbox")
        await self.until(lambda: self.stage is SignInStage.WAITING and self.card.again_button.isVisible())

    @property
    def stage(self) -> SignInStage | None:
        current = self.store.facts.signing_in
        return current.stage if current is not None else None

    @property
    def ticks(self) -> list[str]:
        """What a screen reader hears of the four ticks."""
        return [label.accessibleName() for label in self.card.findChildren(QLabel) if label.accessibleName()]

    def words(self) -> str:
        return "\n".join(label.text() for label in self.card.findChildren(QLabel) if label.isVisible())


@pytest_asyncio.fixture
async def sitting(tmp_path: Path) -> AsyncIterator[Sitting]:
    made = Sitting(tmp_path)
    yield made
    made.desk.give_up_sign_in()
    made.workspace.may_write.set()
    await made.bridge.close()
    made.desk.deleteLater()  # its watch over the file would tell the next test that the folder is gone
    made.store.changed.disconnect(made.show)
    made.card.deleteLater()


def press(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.asyncio
async def test_the_ticks_fill_as_the_sign_in_goes(sitting: Sitting) -> None:
    await sitting.begun()
    assert sitting.ticks == [
        "Browser opened: done",
        "Access allowed: not yet",
        "User known: not yet",
        "Connection tested: not yet",
    ]
    assert "Waiting for your browser (" in sitting.words()
    back: list[bool] = []
    sitting.desk.came_back.connect(lambda: back.append(True))
    sitting.workspace.browser_is_back.set()
    await sitting.until(lambda: "sandbox" in sitting.store.facts.tested and sitting.stage is None)
    await sitting.until(lambda: sitting.card.isHidden())
    assert back == [True]
    assert sitting.store.facts.authorized["sandbox"]
    current = SigningIn("sandbox", SignInStage.IDENTIFIED, PAGE, who="sync.user@acme.example")
    sitting.store.update(signing_in=current)
    await sitting.until(lambda: "Signed in as sync.user@acme.example." in sitting.words())
    assert sitting.ticks[:3] == ["Browser opened: done", "Access allowed: done", "User known: done"]


@pytest.mark.asyncio
async def test_the_page_is_opened_again_or_copied(sitting: Sitting) -> None:
    await sitting.begun()
    press(sitting.card.again_button)
    assert sitting.pages == [PAGE, PAGE]
    press(sitting.card.copy_button)
    assert QGuiApplication.clipboard().text() == PAGE


@pytest.mark.asyncio
async def test_a_pasted_address_of_another_sign_in_is_refused_and_the_right_one_ends_it(sitting: Sitting) -> None:
    await sitting.begun()
    card = sitting.card
    assert not card.line.isVisible()
    press(card.paste_button)
    assert card.line.isVisible()
    assert not card.use_button.isEnabled()
    QTest.keyClicks(card.line, "http://localhost:17177/OauthRedirect?code=a&state=another")
    press(card.use_button)
    await sitting.until(lambda: "This address belongs to another sign-in." in sitting.words())
    assert sitting.stage is SignInStage.WAITING
    card.line.clear()
    QTest.keyClicks(card.line, "http://localhost:17177/OauthRedirect?code=a&state=mine")
    QTest.keyClick(card.line, Qt.Key.Key_Return)
    await sitting.until(lambda: "sandbox" in sitting.store.facts.tested)
    await sitting.until(lambda: sitting.card.isHidden())
    assert card.line.text() == "", "an address with a code in it does not stay on screen"


@pytest.mark.asyncio
async def test_a_sign_in_is_cancelled_and_another_one_gives_way(sitting: Sitting) -> None:
    await sitting.begun()
    press(sitting.card.cancel_button)
    await sitting.until(lambda: sitting.card.isHidden())
    assert sitting.workspace.deeds[-1] == ("give_up", "sandbox")
    sitting.desk.sign_in("sandbox")
    await sitting.until(lambda: sitting.stage is SignInStage.WAITING)
    sitting.desk.sign_in("prod")
    await sitting.until(lambda: sitting.stage is SignInStage.WAITING and sitting.workspace.deeds[-1][1] == "prod")
    assert sitting.workspace.deeds.count(("give_up", "sandbox")) == 2
    assert "sandbox" not in sitting.store.facts.connection_errors


@pytest.mark.asyncio
async def test_a_refusal_ends_the_sign_in_and_is_told_at_the_connection(sitting: Sitting) -> None:
    await sitting.begun()
    sitting.workspace.errors["sign_in"] = AccessRefused("No.", "Ask.", reason="denied")
    sitting.workspace.browser_is_back.set()
    await sitting.until(lambda: "sandbox" in sitting.store.facts.connection_errors)
    assert sitting.stage is None
    assert sitting.store.facts.connection_errors["sandbox"].reason == "denied"


@pytest.mark.asyncio
async def test_what_the_browser_shows_instead_is_explained(sitting: Sitting) -> None:
    await sitting.begun()
    press(sitting.card.error_button)
    [page] = sitting.card.findChildren(BrowserErrors)
    told = "\n".join(label.text() for label in page.findChildren(QLabel))
    for word in ("redirect_uri_mismatch", "OAUTH_APP_BLOCKED", "ten minutes"):
        assert word in told
    press(page.recipe_button)
    [recipe] = sitting.card.findChildren(RecipeDialog)
    press(recipe.close_button)
    press(page.close_button)
    await sitting.until(lambda: not sitting.card.findChildren(BrowserErrors))


@pytest.mark.asyncio
async def test_a_connection_is_asked_at_its_new_address_once_that_is_in_the_file(sitting: Sitting) -> None:
    sitting.desk.open(sitting.workspace.path)
    await sitting.until(lambda: len(sitting.store.facts.tested) == 2 and not sitting.store.facts.asking)
    sitting.workspace.asked_at.clear()
    org = sitting.desk.project.connection("prod")
    assert org is not None
    sitting.desk.change(lambda: "Move", changed(org, login_url=SANDBOX))
    sitting.desk.test("prod")
    await sitting.until(lambda: "prod" not in sitting.store.facts.tested)
    assert sitting.workspace.asked_at == [], "the workspace still has the address from before"
    sitting.workspace.may_write.set()
    await sitting.until(lambda: "prod" in sitting.store.facts.tested and not sitting.store.facts.asking)
    assert set(sitting.workspace.asked_at) == {SANDBOX}


@pytest.mark.asyncio
async def test_an_answer_that_comes_after_the_address_was_changed_is_not_shown(sitting: Sitting) -> None:
    sitting.desk.open(sitting.workspace.path)
    await sitting.until(lambda: len(sitting.store.facts.tested) == 2 and not sitting.store.facts.asking)
    known = replace(sitting.store.facts.tested["prod"], user="old.user@acme.example")
    gate = threading.Event()

    def answer() -> ConnectionFacts:
        gate.wait(10)
        return known

    asking = sitting.bridge.spawn(sitting.desk._ask("prod", answer))
    await sitting.until(lambda: sitting.store.facts.asking)
    org = sitting.desk.project.connection("prod")
    assert org is not None
    sitting.desk.change(lambda: "Move", changed(org, login_url=SANDBOX))
    await sitting.until(lambda: "prod" not in sitting.store.facts.tested)
    gate.set()
    await asking
    assert "prod" not in sitting.store.facts.tested
