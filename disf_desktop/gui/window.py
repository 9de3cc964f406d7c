"""The window: header, six tabs with true marks, one sentence at the bottom, and the menus."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from disf_desktop.gui import icons, languages, story, theme
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.figures import counts
from disf_desktop.gui.menus import PROGRAM_NAME, Menus
from disf_desktop.gui.models.facts import RunKind, Store
from disf_desktop.gui.models.marks import Tab, tab_mark
from disf_desktop.gui.parts import Notice, Sentence, button, label, row
from disf_desktop.gui.settings import Settings
from disf_desktop.gui.start import StartPage
from disf_desktop.gui.tab_bar import MarkedTabs
from disf_desktop.gui.tabs.activity import ActivityTab
from disf_desktop.gui.tabs.base import TabPage
from disf_desktop.gui.tabs.connections import ConnectionsTab
from disf_desktop.gui.tabs.integrations import IntegrationsTab
from disf_desktop.gui.tabs.mapping import MappingTab
from disf_desktop.gui.tabs.optins import OptInsTab
from disf_desktop.gui.tabs.projects import ProjectsTab
from disf_desktop.gui.wording import error_details, error_said


class Window(QMainWindow):
    """The main window. `closed` is emitted once, when the person has closed it and no run is left."""

    closed = Signal()

    def __init__(self, desk: Desk, store: Store, settings: Settings) -> None:
        super().__init__()
        self._desk, self._store, self._settings = desk, store, settings
        self._closing = False
        self.setMinimumSize(960, 560)
        self.resize(1360, 860)
        self.setWindowIcon(QIcon(theme.icon_path("app")))
        self.pages: dict[Tab, TabPage] = {
            Tab.CONNECTIONS: ConnectionsTab(desk, store),
            Tab.PROJECTS: ProjectsTab(desk, store),
            Tab.MAPPING: MappingTab(desk, store),
            Tab.OPT_INS: OptInsTab(desk, store),
            Tab.INTEGRATIONS: IntegrationsTab(desk, store),
            Tab.ACTIVITY: ActivityTab(desk, store),
        }
        self._build()
        self.menus = Menus(self, desk, store, settings)
        store.changed.connect(self.render_facts)
        desk.opened.connect(self._opened)
        desk.told.connect(self._told)
        QGuiApplication.styleHints().colorSchemeChanged.connect(
            lambda *_: self.set_appearance(self._settings.appearance)
        )
        if geometry := settings.geometry:
            self.restoreGeometry(QByteArray(geometry))
        self.retranslate()

    # construction

    def _build(self) -> None:
        self.name, self.direction = label("project"), label("muted")
        self.preview_button = button("", self.preview)
        self.sync_button = button("primary", self.sync)
        header = QFrame()
        header.setObjectName("header")
        header.setLayout(row(self.name, self.direction, None, self.preview_button, self.sync_button, spacing=12))
        header.layout().setContentsMargins(18, 10, 18, 8)  # type: ignore[union-attr]

        self.tabs = MarkedTabs()
        self.stack = QStackedWidget()
        for shown in self.pages.values():
            self.tabs.addTab("")
            self.stack.addWidget(shown)
        self.tabs.currentChanged.connect(self._tab_changed)
        strip = QFrame()
        strip.setObjectName("tabs")
        strip.setLayout(row(self.tabs, None))
        strip.layout().setContentsMargins(18, 0, 18, 0)  # type: ignore[union-attr]

        self.notice = Notice()
        self.notice.close_button.clicked.connect(self._desk.forget_notice)
        self._notice_room = QWidget()
        self._notice_room.setLayout(row(self.notice))
        self._notice_room.layout().setContentsMargins(18, 12, 18, 0)  # type: ignore[union-attr]

        self.start = StartPage(self.ask_for_file, self._desk.open)
        self.body = QStackedWidget()
        self.body.addWidget(self.start)
        self.body.addWidget(self.stack)

        self.sentence, self.calls = Sentence(), label("small")
        self.language_button = button("quiet")
        status = QFrame()
        status.setObjectName("status")
        line = row(self.sentence, self.calls, self.language_button, spacing=18)
        line.setStretch(0, 1)
        status.setLayout(line)
        status.layout().setContentsMargins(16, 1, 10, 1)  # type: ignore[union-attr]

        self._tab_parts: tuple[QWidget, ...] = (header, strip)
        page = QWidget()
        page.setObjectName("page")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (header, strip, self._notice_room):
            layout.addWidget(part)
        layout.addWidget(self.body, 1)
        layout.addWidget(status)
        self.setCentralWidget(page)

    def open_file(self, path: Path) -> None:
        """Open a project file."""
        self._desk.open(path)

    # language and look

    def set_language(self, language: languages.Language) -> None:
        """Speak another language at once, and remember it."""
        self._settings.language = language
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        languages.speak(application, language)

    def set_appearance(self, appearance: theme.Appearance) -> None:
        """Change the colours at once, and remember the choice."""
        self._settings.appearance = appearance
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme.apply(application, appearance)
        self.render_facts()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.menus.retranslate()
        self.tabs.setAccessibleName(self.tr("Parts of the project"))
        for page in self.pages.values():
            page.retranslate()
        self.render_facts()

    # facts

    def render_facts(self) -> None:
        """Show the facts of now; the page that is seen first, the others when they are seen."""
        facts = self._store.facts
        shown = facts.project is not None
        for part in self._tab_parts:
            part.setVisible(shown)
        self.body.setCurrentIndex(1 if shown else 0)
        doing = story.doing(facts.run) if facts.running and facts.run else ""
        name = " · ".join(part for part in (doing, facts.path.name if facts.path else "") if part)
        self.setWindowTitle(f"{name} — {PROGRAM_NAME}" if name else PROGRAM_NAME)
        self.name.setText(facts.project.name if facts.project else "")
        self.direction.setText("Salesforce ↔ Dialog Insight")
        self._render_tabs()
        self._render_buttons()
        self._render_notice()
        self.sentence.show_text(story.status_sentence(facts))
        self.calls.setText(story.calls_sentence(facts))
        self.language_button.setText("FR" if languages.is_french() else "EN")
        self.language_button.setAccessibleName(self.tr("Language"))
        if shown:
            self._current_page().render_facts()
        else:
            self.start.show_facts(facts, self._settings.recent)

    def _render_tabs(self) -> None:
        facts = self._store.facts
        for number, tab in enumerate(Tab):
            mark, name = tab_mark(facts, tab), story.tab_name(tab)
            said, waiting = story.mark_said(mark), story.outstanding_said(facts.history.outstanding)
            tip = f"{said}: {' '.join(waiting)}" if tab is Tab.ACTIVITY and waiting else said
            self.tabs.show_tab(number, name, mark, said, tip)

    def _render_buttons(self) -> None:
        facts = self._store.facts
        running, t = facts.running, theme.tokens()
        syncing = running and facts.run is not None and facts.run.kind is RunKind.SYNC
        self.sync_button.setText(self.tr("Syncing…") if syncing else self.tr("&Sync now"))
        self.sync_button.setIcon(icons.icon("sync", t.on_accent))
        self.preview_button.setText(self.tr("&Preview changes"))
        self.preview_button.setIcon(icons.icon("preview", t.ink2))
        possible = facts.project is not None and any(i.enabled for i in facts.project.integrations) and not running
        self.sync_button.setEnabled(possible)
        self.preview_button.setEnabled(possible)
        self.menus.show_facts(possible)

    def _render_notice(self) -> None:
        error = self._store.facts.notice
        self._notice_room.setVisible(error is not None)
        if error is not None:
            happened, what_to_do = error_said(error)
            self.notice.show_text(happened, what_to_do, error_details(error), "err")
            self.notice.close_button.setText(self.tr("Close"))
            self.notice.close_button.setVisible(True)

    # deeds

    def _current_page(self) -> TabPage:
        page = self.stack.currentWidget()
        assert isinstance(page, TabPage)
        return page

    def _tab_changed(self, number: int) -> None:
        self.stack.setCurrentIndex(number)
        self._current_page().render_facts()

    def show_tab(self, tab: Tab) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentIndex(list(Tab).index(tab))

    def sync(self) -> None:
        """Start a run and bring its progress to the front."""
        self._desk.sync()
        self.show_tab(Tab.INTEGRATIONS)
        self.tabs.setFocus()

    def preview(self) -> None:
        """Start a preview and bring it to the front."""
        self._desk.preview()
        self.show_tab(Tab.ACTIVITY)
        self.tabs.setFocus()

    def _opened(self) -> None:
        facts = self._store.facts
        if facts.project is not None and facts.path is not None:
            self._settings.remember(facts.path)
        self.menus.fill_recent()

    def _told(self, done: str, count: int) -> None:
        said = {
            "retried": counts.retried,
            "dismissed": counts.dismissed,
            "exported": counts.exported,
            "chosen": counts.chosen,
        }[done](count)
        for page in self.pages.values():
            page.tell(said)

    def ask_for_file(self) -> None:
        """Let the person choose a project file."""
        dialog = QFileDialog(self, self.tr("Open a project file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Project files (*.disf.yaml)"), self.tr("All files (*)")])
        if self._settings.recent:
            dialog.setDirectory(str(self._settings.recent[0].parent))
        dialog.fileSelected.connect(lambda name: self._desk.open(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # the end

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closing:
            event.accept()
            return
        event.ignore()
        if self._store.facts.running:
            self._ask_before_closing()
        else:
            self._close_for_good()

    def _ask_before_closing(self) -> None:
        box = QMessageBox(QMessageBox.Icon.Question, self.windowTitle(), self.tr("A run is under way."), parent=self)
        box.setInformativeText(self.tr("Nothing is lost when it stops: the next run goes on from there."))
        stop = box.addButton(self.tr("Stop and close"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self.tr("Let it go on"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.buttonClicked.connect(lambda chosen: self._stop_and_close() if chosen is stop else None)
        box.open()

    def _stop_and_close(self) -> None:
        def closed_when_ended() -> None:
            if not self._store.facts.running:
                self._close_for_good()

        self._store.changed.connect(closed_when_ended)
        self._desk.stop()
        closed_when_ended()

    def _close_for_good(self) -> None:
        if not self._closing:
            self._closing = True
            self._settings.geometry = bytes(self.saveGeometry().data())
            self._desk.give_up_sign_in()
            self.hide()
            self.closed.emit()


async def until_closed(window: Window) -> None:
    """Wait until the person closes the window."""
    done = asyncio.get_running_loop().create_future()
    window.closed.connect(lambda: None if done.done() else done.set_result(None))
    await done
