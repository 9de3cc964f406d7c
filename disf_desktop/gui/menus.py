"""The menus: files, edits, runs, view, help."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from disf_desktop.gui import theme
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.languages import Language
from disf_desktop.gui.models.facts import Store
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.settings import Settings
from disf_desktop.gui.tabs.base import put_hand_into
from disf_desktop.gui.words import story
from disf_desktop.gui.words.figures import number

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
        self._sizes: dict[int, QAction] = {}
        self._build_files()
        self._build_edits()
        self._build_runs()
        self._build_view()
        # What helps comes first, what the program is comes last.
        self.help_menu = self._menu(lambda: self.tr("&Help"))
        self._action(self.help_menu, lambda: self.tr("&Guide"), self.guide, QKeySequence.StandardKey.HelpContents)
        self._action(self.help_menu, lambda: self.tr("&Report a problem…"), self.report)
        self.help_menu.addSeparator()
        self._action(self.help_menu, lambda: self.tr("&About"), self.about)

    def guide(self) -> None:
        """Open the guide beside the window."""
        from disf_desktop.gui.dialogs.guide import show_guide

        show_guide(self._window)

    def _build_files(self) -> None:
        menu = self._menu(lambda: self.tr("&File"))
        files, keys = self._window.files, QKeySequence.StandardKey
        self._new = self._action(menu, lambda: self.tr("&New…"), files.ask_for_new, keys.New)
        self._open_other = self._action(menu, lambda: self.tr("&Open…"), files.ask_for_file, keys.Open)
        self._recent = self._menu(lambda: self.tr("Open &recent"), menu)
        menu.addSeparator()
        self._save_as = self._action(menu, lambda: self.tr("&Save as…"), files.ask_for_copy, keys.SaveAs)
        self._nameless = self._action(
            menu, lambda: self.tr("&Export a copy without names…"), files.ask_for_nameless_copy
        )
        menu.addSeparator()
        self._again = self._action(
            menu, lambda: self.tr("Read the file &again"), self._window.read_file_again, keys.Refresh
        )
        self._close = self._action(menu, self._close_text, self._window.close_file, keys.Close)
        menu.addSeparator()
        self._action(menu, lambda: self.tr("&Quit"), self._window.close, QKeySequence("Ctrl+Q"))

    def _close_text(self) -> str:
        rehearsing = self._store.facts.rehearsal is not None
        return self.tr("&Leave the rehearsal") if rehearsing else self.tr("&Close the project")

    def _build_edits(self) -> None:
        menu, history, keys = self._menu(lambda: self.tr("&Edit")), self._desk.history, QKeySequence.StandardKey
        self._undo = self._action(menu, self._undo_text, history.undo, keys.Undo)
        self._redo = self._action(menu, self._redo_text, history.redo, keys.Redo)
        menu.addSeparator()
        self._rename = self._action(menu, lambda: self.tr("Re&name the project…"), self._window.files.rename)

    def _undo_text(self) -> str:
        step = self._desk.history.undoText()
        return self.tr("&Undo: {0}").format(step.replace("&", "&&")) if step else self.tr("&Undo")

    def _redo_text(self) -> str:
        step = self._desk.history.redoText()
        return self.tr("&Redo: {0}").format(step.replace("&", "&&")) if step else self.tr("&Redo")

    def _show_steps(self) -> None:
        self._undo.setText(self._undo_text())
        self._redo.setText(self._redo_text())
        self._undo.setEnabled(self._desk.history.canUndo())
        self._redo.setEnabled(self._desk.history.canRedo())

    def _build_runs(self) -> None:
        menu = self._menu(lambda: self.tr("&Run"))
        self._preview = self._action(menu, lambda: self.tr("&Preview changes"), self._window.preview, "Ctrl+P")
        self._sync = self._action(menu, lambda: self.tr("&Sync now"), self._window.sync, "F9")
        self._compare = self._action(menu, lambda: self.tr("&Compare everything…"), self.ask_compare)
        menu.addSeparator()
        self._import = self._action(menu, lambda: self.tr("&Import a CSV file…"), self._window.imports.begin, "Ctrl+I")
        menu.addSeparator()
        self._pause = self._action(menu, self._pause_text, self._desk.pause_or_resume)
        self._stop = self._action(menu, lambda: self.tr("S&top after this batch"), self._desk.stop)

    def _go_to(self, tab: Tab) -> None:
        """Bring a tab to the front, and the hand into its page."""
        self._window.show_tab(tab)
        put_hand_into(self._window.pages[tab])

    def _build_view(self) -> None:
        menu = self._menu(lambda: self.tr("&View"))
        for place, tab in enumerate(Tab, 1):
            self._action(menu, partial(story.tab_name, tab), partial(self._go_to, tab), f"Alt+{place}")
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
        self._build_sizes(self._menu(lambda: self.tr("&Text size"), menu))

    def _build_sizes(self, menu: QMenu) -> None:
        keys, grow = QKeySequence.StandardKey, self._window.grow_text
        larger = self._action(menu, lambda: self.tr("&Larger"), partial(grow, 1), keys.ZoomIn)
        # Where the plus is above the equals sign, its key alone is enough.
        larger.setShortcuts([*larger.shortcuts(), QKeySequence("Ctrl+=")])
        self._action(menu, lambda: self.tr("&Smaller"), partial(grow, -1), keys.ZoomOut)
        self._action(menu, lambda: self.tr("&Normal"), partial(self._window.set_text_size, theme.SIZES[0]), "Ctrl+0")
        menu.addSeparator()
        texts: dict[int, Text] = {size: partial(self._size_text, size) for size in theme.SIZES}
        self._sizes = self._choices(menu, texts, self._window.set_text_size)

    @staticmethod
    def _size_text(size: int) -> str:
        return f"{number(size)} %"

    def _menu(self, text: Text, parent: QMenu | None = None) -> QMenu:
        menu = parent.addMenu("") if parent is not None else self._window.menuBar().addMenu("")
        self._texts.append((menu.setTitle, text))
        return menu

    def _action(self, menu: QMenu, text: Text, act: Callable[[], Any] | None, key: Any = None) -> QAction:
        action = QAction(self._window)
        if key is not None:
            action.setShortcuts(QKeySequence.keyBindings(key) if isinstance(key, QKeySequence.StandardKey) else [key])
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
        self._sizes[self._settings.text_size].setChecked(True)
        self.fill_recent()

    def show_facts(self, run_possible: bool) -> None:
        """Enable what can be done now."""
        facts = self._store.facts
        self._show_steps()
        holdable = facts.running and facts.run is not None and not facts.run.stopping
        self._sync.setEnabled(run_possible)
        self._preview.setEnabled(run_possible)
        self._compare.setEnabled(run_possible and bool(facts.standing.known))
        self._pause.setText(self._pause_text())
        self._pause.setEnabled(holdable)
        self._stop.setEnabled(holdable)
        free, open_now = not facts.running, facts.project is not None
        self._again.setEnabled(facts.path is not None and free)
        for action in (self._new, self._open_other):
            action.setEnabled(free)
        self._recent.setEnabled(free and bool(self._settings.recent))
        self._import.setEnabled(open_now)
        self._save_as.setEnabled(free and open_now and facts.rehearsal is None)
        self._nameless.setEnabled(open_now)
        self._rename.setEnabled(open_now)
        self._close.setText(self._close_text())
        self._close.setEnabled(open_now and (free or facts.rehearsal is not None))

    def fill_recent(self) -> None:
        """List the project files opened last."""
        self._recent.clear()
        recent = self._settings.recent
        for path in recent:
            self._recent.addAction(str(path).replace("&", "&&")).triggered.connect(partial(self._open, path))
        if recent:
            self._recent.addSeparator()
            self._recent.addAction(self.tr("&Clear the list")).triggered.connect(lambda *_: self._clear_recent())
        self._recent.setEnabled(bool(recent) and not self._store.facts.running)

    def _open(self, path: Any, *_: object) -> None:
        self._window.open_file(path)

    def _clear_recent(self) -> None:
        self._settings.forget_recent()
        self.fill_recent()
        self._window.render_facts()

    def _pause_text(self) -> str:
        run = self._store.facts.run
        return self.tr("R&esume") if run is not None and run.paused else self.tr("P&ause")

    def ask_compare(self) -> None:
        """Ask before everything is compared; its progress is on the tab of the integrations."""
        from disf_desktop.gui.dialogs.compare import CompareDialog

        self._window.show_tab(Tab.INTEGRATIONS)
        CompareDialog(self._window, self._desk, self._store.facts, None).open()

    def report(self) -> None:
        """Show what a report of a problem would hold."""
        from disf_desktop.gui.dialogs.report import show_report

        show_report(self._window, self._desk, self._store)

    def about(self) -> None:
        """Show what the program is, and the licences."""
        from disf_desktop.gui.dialogs.about import About

        About(self._window, PROGRAM_NAME).open()
