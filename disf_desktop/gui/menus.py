"""The menus: files, runs, view, help."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMessageBox

from disf_desktop.gui import story, theme
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.languages import Language
from disf_desktop.gui.models.facts import Store
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.settings import Settings

if TYPE_CHECKING:
    from disf_desktop.gui.window import Window

PROGRAM_NAME = "Dialog Insight for Salesforce"

Text = Callable[[], str]


class Menus(QObject):
    """The menu bar of the window; every text is asked again at each change of language."""

    def __init__(self, window: Window, desk: Desk, store: Store, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._desk, self._store, self._settings = window, desk, store, settings
        self._texts: list[tuple[Callable[[str], Any], Text]] = []
        self._languages: dict[Language, QAction] = {}
        self._looks: dict[theme.Appearance, QAction] = {}
        self._build_files()
        self._build_runs()
        self._build_view()
        help_menu = self._menu(lambda: self.tr("&Help"))
        self._action(help_menu, lambda: self.tr("&About"), self._about)

    def _build_files(self) -> None:
        menu = self._menu(lambda: self.tr("&File"))
        self._action(menu, lambda: self.tr("&Open…"), self._window.ask_for_file, QKeySequence.StandardKey.Open)
        self._recent = self._menu(lambda: self.tr("Open &recent"), menu)
        again, refresh = self._desk.read_file_again, QKeySequence.StandardKey.Refresh
        self._again = self._action(menu, lambda: self.tr("Read the file &again"), again, refresh)
        menu.addSeparator()
        self._action(menu, lambda: self.tr("&Quit"), self._window.close, QKeySequence("Ctrl+Q"))

    def _build_runs(self) -> None:
        menu = self._menu(lambda: self.tr("&Run"))
        self._preview = self._action(menu, lambda: self.tr("&Preview changes"), self._window.preview, "Ctrl+P")
        self._sync = self._action(menu, lambda: self.tr("&Sync now"), self._window.sync, "Ctrl+S")
        menu.addSeparator()
        self._pause = self._action(menu, self._pause_text, self._pause_or_resume)
        self._stop = self._action(menu, lambda: self.tr("S&top after this batch"), self._desk.stop)

    def _build_view(self) -> None:
        menu = self._menu(lambda: self.tr("&View"))
        for number, tab in enumerate(Tab):
            self._action(menu, partial(story.tab_name, tab), partial(self._window.show_tab, tab), f"Alt+{number + 1}")
        menu.addSeparator()
        languages = self._menu(lambda: self.tr("&Language"), menu)
        names: dict[Language, Text] = {
            Language.SYSTEM: lambda: self.tr("As the &system"),
            Language.ENGLISH: lambda: "&English",
            Language.FRENCH: lambda: "&Français",
        }
        self._languages = self._choices(languages, names, self._window.set_language)
        self._window.language_button.setMenu(languages)
        looks: dict[theme.Appearance, Text] = {
            theme.Appearance.SYSTEM: lambda: self.tr("As the &system"),
            theme.Appearance.LIGHT: lambda: self.tr("&Light"),
            theme.Appearance.DARK: lambda: self.tr("&Dark"),
        }
        appearance = self._menu(lambda: self.tr("&Appearance"), menu)
        self._looks = self._choices(appearance, looks, self._window.set_appearance)

    def _menu(self, text: Text, parent: QMenu | None = None) -> QMenu:
        menu = parent.addMenu("") if parent is not None else self._window.menuBar().addMenu("")
        self._texts.append((menu.setTitle, text))
        return menu

    def _action(self, menu: QMenu, text: Text, act: Callable[[], Any] | None, key: Any = None) -> QAction:
        action = QAction(self._window)
        if key is not None:
            action.setShortcut(QKeySequence(key))
        if act is not None:
            action.triggered.connect(lambda *_: act())
        menu.addAction(action)
        self._texts.append((action.setText, text))
        return action

    def _choices(self, menu: QMenu, texts: dict[Any, Text], choose: Callable[[Any], None]) -> dict[Any, QAction]:
        group = QActionGroup(self)
        actions = {}
        for value, text in texts.items():
            action = self._action(menu, text, partial(choose, value))
            action.setCheckable(True)
            group.addAction(action)
            actions[value] = action
        return actions

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        for put, text in self._texts:
            put(text())
        self._languages[self._settings.language].setChecked(True)
        self._looks[self._settings.appearance].setChecked(True)
        self.fill_recent()

    def show_facts(self, run_possible: bool) -> None:
        """Enable what can be done now."""
        facts = self._store.facts
        holdable = facts.running and facts.run is not None and not facts.run.stopping
        self._sync.setEnabled(run_possible)
        self._preview.setEnabled(run_possible)
        self._pause.setText(self._pause_text())
        self._pause.setEnabled(holdable)
        self._stop.setEnabled(holdable)
        self._again.setEnabled(facts.path is not None and not facts.running)

    def fill_recent(self) -> None:
        """List the project files opened last."""
        self._recent.clear()
        recent = self._settings.recent
        for path in recent:
            self._recent.addAction(str(path).replace("&", "&&")).triggered.connect(partial(self._open, path))
        self._recent.setEnabled(bool(recent))

    def _open(self, path: Any, *_: object) -> None:
        self._desk.open(path)

    def _pause_text(self) -> str:
        run = self._store.facts.run
        return self.tr("R&esume") if run is not None and run.paused else self.tr("P&ause")

    def _pause_or_resume(self) -> None:
        run = self._store.facts.run
        if run is not None and run.paused:
            self._desk.resume()
        else:
            self._desk.pause()

    def _about(self) -> None:
        from disf_desktop import __version__

        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("About"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"{PROGRAM_NAME} {__version__}")
        box.setInformativeText(
            self.tr("Keeps Salesforce and Dialog Insight in step. Apache License 2.0; Qt under the LGPL, version 3.")
        )
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()
