"""Project files under the hand: new, open, copies, and what other programs do to them; over real files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMessageBox

from disf_desktop.app import open_workspace
from disf_desktop.core.project import Project
from disf_desktop.gui.bridge import Bridge
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.files import whole_name
from disf_desktop.gui.models.facts import Outside, Store
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.settings import Settings
from disf_desktop.gui.window import Window
from disf_desktop.storage import project_file
from disf_desktop.workspace import Places


class House:
    """A window over the real workspace, with nothing to connect to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "First.disf.yaml"
        project_file.save(self.file, Project(id="11111111-2222", name="First"))
        self.places = Places(folder / "profile", folder / "secrets.json")
        self.bridge, self.store = Bridge(), Store()
        self.settings = Settings(self.places.profile / "window.ini")
        self.desk = Desk(self.bridge, self.store, self.places, open_workspace)
        self.window = Window(self.desk, self.store, self.settings)
        self.window.show()

    async def until(self, seen: Callable[[], object]) -> None:
        """Wait until something is to be seen."""
        async with asyncio.timeout(15):
            while not seen():
                await asyncio.sleep(0.01)

    async def opened(self, file: Path | None = None) -> None:
        """Open a file and let everything be read."""
        path = file or self.file
        self.window.open_file(path)
        await self.until(lambda: self.store.facts.path == path and self.store.facts.ledger_read)
        await self.until(lambda: self.store.facts.secrets_kept_in)
        await self.until(lambda: not self.window.start.isVisible())  # the window is told a moment later

    def on_disk(self, file: Path | None = None) -> Project:
        return project_file.read(file or self.file)[0]

    def choose(self, text: str) -> None:
        """Choose an entry of the menus."""
        action = self.action(text)
        assert action.isEnabled(), text
        action.trigger()

    def action(self, text: str) -> QAction:
        return next(a for a in self.window.findChildren(QAction) if a.text().replace("&", "") == text)

    async def answer(self, path: Path) -> None:
        """Name a file in the dialog that is open, and accept it."""
        dialog = next(d for d in self.window.findChildren(QFileDialog) if d.isVisible())
        assert not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setDirectory(str(path.parent))
        dialog.selectFile(path.name)
        dialog.accept()
        await asyncio.sleep(0)

    def rename(self, name: str) -> None:
        self.desk.rename(name, lambda: f"Rename to {name}")

    async def close(self) -> None:
        await self.until(lambda: not self.bridge._tasks)
        self.window.close()
        await self.until(lambda: not self.bridge._tasks)
        self.window.deleteLater()
        self.store.deleteLater()


@asynccontextmanager
async def at_home(folder: Path) -> AsyncIterator[House]:
    """Give a window for the length of a test; what it has begun comes to its end within the test's own loop."""
    house = House(folder)
    try:
        yield house
    finally:
        await house.close()


@pytest.fixture(autouse=True)
def no_native_dialog(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let Qt draw its own dialogs everywhere."""
    from PySide6.QtCore import QCoreApplication, Qt

    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, True)
    yield
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, False)


@pytest.mark.asyncio
async def test_connecting_ones_accounts_makes_a_file_and_shows_its_connections(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        house.window.show_tab(Tab.ACTIVITY)
        house.window.start.connect_card.button.click()
        await house.answer(house.folder / "Été 2026")
        made = house.folder / "Été 2026.disf.yaml"
        await house.until(lambda: house.store.facts.path == made)
        assert house.on_disk(made).name == "Été 2026"
        assert list(Tab)[house.window.tabs.currentIndex()] is Tab.CONNECTIONS
        assert house.settings.recent[0] == made
        assert house.settings.last_open == made


@pytest.mark.asyncio
async def test_a_new_file_takes_the_place_of_the_one_that_was_open(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.opened()
        house.rename("Renamed")
        house.choose("New…")
        await house.answer(house.folder / "Second.disf.yaml")
        await house.until(lambda: house.store.facts.path == house.folder / "Second.disf.yaml")
        assert house.on_disk().name == "Renamed"  # the last edit went where it belongs
        assert not house.desk.history.canUndo()


@pytest.mark.asyncio
async def test_a_file_is_chosen_to_be_opened(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        house.choose("Open…")
        await house.answer(house.file)
        await house.until(lambda: house.store.facts.project)
        assert house.store.facts.project is not None
        assert house.store.facts.project.name == "First"


@pytest.mark.asyncio
async def test_a_new_file_in_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        house.desk.create_file(house.folder / "gone" / "New.disf.yaml", "New")
        await house.until(lambda: house.store.facts.notice)
        assert house.store.facts.project is None


@pytest.mark.asyncio
async def test_a_copy_is_saved_and_gone_on_with(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.opened()
        house.choose("Save as…")
        await house.answer(house.folder / "Copy.disf.yaml")
        copy = house.folder / "Copy.disf.yaml"
        await house.until(lambda: house.store.facts.path == copy)
        assert house.on_disk(copy).id != house.on_disk().id


@pytest.mark.asyncio
async def test_a_copy_without_names_is_written_and_the_project_stays_open(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.opened()
        house.choose("Export a copy without names…")
        copy = house.folder / "Shown.disf.yaml"
        await house.answer(copy)
        await house.until(copy.exists)
        assert house.on_disk(copy).name == "Project file"
        assert house.store.facts.path == house.file
        await house.until(house.window.copied_notice.isVisible)
        house.window.copied_notice.close_button.click()
        await house.until(lambda: not house.window.copied_notice.isVisible())


@pytest.mark.asyncio
async def test_a_closed_project_leads_back_to_the_start_and_stays_closed(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.opened()
        remembered = [house.settings.last_open]
        house.choose("Close the project")
        await house.until(house.window.start.isVisible)
        assert house.store.facts.project is None
        remembered.append(house.settings.last_open)
        assert remembered == [house.file, None]
        assert house.settings.recent == (house.file,)


def changed_by_another(house: House, name: str) -> None:
    project_file.save(house.file, house.on_disk().model_copy(update={"name": name}))


@pytest.mark.asyncio
async def test_a_change_by_another_program_is_told_and_read(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.opened()
        house.rename("Mine")
        await house.until(lambda: house.store.facts.saved)
        await asyncio.sleep(0.5)
        assert house.store.facts.outside is None  # what is written here is no news
        changed_by_another(house, "Theirs")
        await house.until(lambda: house.store.facts.outside is Outside.CHANGED)
        await house.until(house.window.file_notice.isVisible)
        house.window.file_notice.action.click()
        await house.until(lambda: house.store.facts.project and house.store.facts.project.name == "Theirs")
        await house.until(lambda: not house.window.file_notice.isVisible())
        changed_by_another(house, "Theirs again")  # the file that replaced the first is watched too
        await house.until(lambda: house.store.facts.outside is Outside.CHANGED)


@pytest.mark.asyncio
async def test_two_changes_at_once_are_a_persons_choice(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.opened()
        changed_by_another(house, "Theirs")
        house.rename("Mine")
        await house.until(lambda: house.store.facts.save_error)
        assert house.on_disk().name == "Theirs"
        await house.until(house.window.file_notice.over_button.isVisible)
        house.window.file_notice.over_button.click()
        await house.until(lambda: house.store.facts.saved)
        assert house.on_disk().name == "Mine"
        await house.until(lambda: not house.window.file_notice.isVisible())


@pytest.mark.asyncio
async def test_a_file_that_was_moved_away_is_written_again(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.opened()
        house.file.rename(house.folder / "elsewhere.disf.yaml")
        await house.until(lambda: house.store.facts.outside is Outside.GONE)
        await house.until(house.window.file_notice.isVisible)
        house.window.file_notice.action.click()
        await house.until(house.file.exists)
        assert house.on_disk().name == "First"


@pytest.mark.asyncio
async def test_the_last_of_several_quick_changes_is_written_before_another_file_is_opened(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.opened()
        other = house.folder / "Other.disf.yaml"
        project_file.save(other, Project(id="11111111-3333", name="Other"))
        for name in ("One", "Two", "Three"):
            house.rename(name)
            await asyncio.sleep(0.001)
        house.window.open_file(other)
        await house.until(lambda: house.store.facts.path == other)
        assert house.on_disk().name == "Three"


@pytest.mark.asyncio
async def test_a_project_with_unwritten_changes_is_not_left_unasked(tmp_path: Path) -> None:
    async with at_home(tmp_path) as house:
        await house.opened()
        changed_by_another(house, "Theirs")
        house.rename("Mine")
        await house.until(lambda: house.store.facts.save_error)
        other = house.folder / "Other.disf.yaml"
        project_file.save(other, Project(id="11111111-3333", name="Other"))
        house.window.open_file(other)
        box = next(b for b in house.window.findChildren(QMessageBox) if b.isVisible())
        assert house.store.facts.path == house.file
        next(b for b in box.buttons() if b.text().replace("&", "") == "Close without them").click()
        await house.until(lambda: house.store.facts.path == other)
        assert house.on_disk().name == "Theirs"


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("Acme", "Acme.disf.yaml"),
        ("Acme.disf.yaml", "Acme.disf.yaml"),
        ("Acme.yaml", "Acme.disf.yaml"),
        ("Acme.disf", "Acme.disf.yaml"),
        ("v1.2", "v1.2.disf.yaml"),
    ],
)
def test_a_file_gets_the_ending_of_project_files(typed: str, whole: str) -> None:
    assert whole_name(Path(typed)) == Path(whole)
