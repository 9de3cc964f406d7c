"""The window: header, six tabs with true marks, one sentence at the bottom, and the menus."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QMainWindow,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QSystemTrayIcon,
    QVBoxLayout,
    QWidget,
)

from disf_desktop.gui import languages, theme
from disf_desktop.gui.cards.error_notice import ErrorNotice
from disf_desktop.gui.cards.file_notice import FileNotice, RehearsalBand
from disf_desktop.gui.deeds.rehearsal import RECORDS
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.files import FileDialogs
from disf_desktop.gui.dialogs.leaving import Leaving
from disf_desktop.gui.header import Header
from disf_desktop.gui.import_entry import ImportEntry
from disf_desktop.gui.menus import PROGRAM_NAME, Menus
from disf_desktop.gui.models.facts import Keeping, Rehearsal, Store
from disf_desktop.gui.models.marks import Tab, tab_mark
from disf_desktop.gui.pages import PageByTab, Pages
from disf_desktop.gui.parts import Notice, Sentence, button, label, row
from disf_desktop.gui.settings import Settings
from disf_desktop.gui.start import Beginnings, StartPage
from disf_desktop.gui.tab_bar import MarkedTabs
from disf_desktop.gui.tabs.base import TabPage
from disf_desktop.gui.tray import Tray, Wishes
from disf_desktop.gui.words import story
from disf_desktop.gui.words.figures import counts


class Window(QMainWindow):
    """The main window. `closed` is emitted once, when the person has closed it and no run is left."""

    closed = Signal()

    def __init__(self, desk: Desk, store: Store, settings: Settings) -> None:
        super().__init__()
        self._desk, self._store, self._settings = desk, store, settings
        self._closing = False
        self.tray: Tray | None = None
        self._take_room()
        self.resize(1360, 860)
        self.setWindowIcon(QIcon(theme.icon_path("app")))
        self.leaving = Leaving(self, desk, store)
        self.files = FileDialogs(self, desk, store, settings, self.leaving.leave)
        self.imports = ImportEntry(self, desk, store, self._in_view)
        self._build()
        self.menus = Menus(self, desk, store, settings)
        theme.dress(self)
        store.changed.connect(self.render_facts)
        desk.opened.connect(self._opened)
        desk.told.connect(self._told)
        desk.look.connect(self._look)
        desk.came_back.connect(self.bring)
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda *_: self._restyle())
        if geometry := settings.geometry:
            self.restoreGeometry(QByteArray(geometry))
        if settings.tab in set(Tab):
            self.show_tab(Tab(settings.tab))
        self.retranslate()

    # construction

    def _build(self) -> None:
        self.header = Header(self._desk.history, self.preview, self.sync, self.imports.begin)
        self.header.name.renamed.connect(self.files.rename)
        self.tabs, self.stack = MarkedTabs(), Pages(self._desk, self._store)
        self.pages = PageByTab(self.stack)
        for _ in Tab:
            self.tabs.addTab("")
        self.tabs.currentChanged.connect(self._tab_changed)
        strip = QFrame()
        strip.setObjectName("tabs")
        strip.setLayout(row(self.tabs, None))
        strip.layout().setContentsMargins(18, 0, 18, 0)  # type: ignore[union-attr]

        self.band = RehearsalBand(self._desk.leave_rehearsal)
        self.notice, self.file_notice = ErrorNotice(self._desk.want_preparation), FileNotice(self._desk)
        self.notice.close_button.clicked.connect(self._desk.forget_notice)
        notices = QVBoxLayout()
        notices.setContentsMargins(18, 12, 18, 12)
        notices.setSpacing(8)
        notices.addWidget(self.file_notice)
        notices.addWidget(self.notice)
        self.copied_notice = Notice("ok")
        self.copied_notice.close_button.clicked.connect(self._desk.forget_copy)
        notices.addWidget(self.copied_notice)
        self._notice_room = QWidget()
        self._notice_room.setLayout(notices)

        self.start = StartPage(
            Beginnings(
                self._desk.rehearse,
                self._desk.leave_rehearsal,
                self.files.connect_accounts,
                self.files.ask_for_file,
                self._desk.open,
                RECORDS,
            )
        )
        self.body = QStackedWidget()
        self.body.addWidget(self.start)
        self.body.addWidget(self.stack)
        # Where room is short, the page scrolls; what is said above it is not cut.
        self.body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._tab_parts: tuple[QWidget, ...] = (self.header, strip)
        page = QWidget()
        page.setObjectName("page")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.header, strip, self.band, self._notice_room):
            layout.addWidget(part)
        layout.addWidget(self.body, 1)
        layout.addWidget(self._build_status())
        self.setCentralWidget(page)

    def _build_status(self) -> QFrame:
        self.sentence, self.calls = Sentence(), label("small")
        self.language_button = button("quiet")
        status = QFrame()
        status.setObjectName("status")
        line = row(self.sentence, self.calls, self.language_button, spacing=18)
        line.setStretch(0, 1)
        line.setContentsMargins(16, 1, 10, 1)
        status.setLayout(line)
        return status

    @property
    def sync_button(self) -> QPushButton:
        return self.header.sync_button

    @property
    def preview_button(self) -> QPushButton:
        return self.header.preview_button

    def put_into_tray(self, icon: QSystemTrayIcon) -> None:
        """Keep an icon beside the system's clock too, and go on there when asked."""
        self.tray = Tray(icon, self, self._desk, self._store, Wishes(self.bring, self.sync, self._quit_from_tray))

    # files

    @property
    def last_open(self) -> Path | None:
        """The project file that was open when the window was closed the last time."""
        return self._settings.last_open

    def open_file(self, path: Path) -> None:
        """Open a project file, once the one that is open can be let go."""
        self.leaving.leave(lambda: self._desk.open(path))

    def read_file_again(self) -> None:
        """Take the project as it now is in its file."""
        self.leaving.leave(self._desk.read_file_again)

    def close_file(self) -> None:
        """Close the project file and go back to the start."""
        if self._store.facts.rehearsal is not None:
            self._desk.leave_rehearsal()
        else:
            self.leaving.leave(self._desk.close_file)

    def _opened(self) -> None:
        facts = self._store.facts
        if facts.rehearsal is None:
            opened = facts.path if facts.project is not None else None
            if opened is not None:
                self._settings.remember(opened)
            self._settings.last_open = opened
        self.menus.fill_recent()
        if facts.project is not None and not facts.project.connections:
            self.show_tab(Tab.CONNECTIONS)
        if facts.project is not None:
            self.stack.make_soon()

    # language and look

    def set_language(self, language: languages.Language) -> None:
        """Speak another language at once, and remember it."""
        self._settings.language = language
        languages.speak(_application(), language)

    def set_appearance(self, appearance: theme.Appearance) -> None:
        """Change the colours at once, and remember the choice."""
        self._settings.appearance = appearance
        self._restyle()

    def set_text_size(self, size: int) -> None:
        """Change the size of all texts (per cent), and remember the choice."""
        self._settings.text_size = size
        self._restyle()

    def grow_text(self, steps: int) -> None:
        """Take the next larger or smaller size of text, as far as there is one."""
        sizes = theme.SIZES
        now = sizes.index(self._settings.text_size)
        self.set_text_size(sizes[max(0, min(len(sizes) - 1, now + steps))])

    def _take_room(self) -> None:
        """Stay wide enough for what is shown, as far as the screen is; larger texts need more."""
        self.setMinimumSize(min(theme.px(960), max(960, self.screen().availableGeometry().width())), 560)

    def _restyle(self) -> None:
        theme.apply(_application(), self._settings.appearance, self._settings.text_size)
        self._take_room()
        self.tabs.updateGeometry()
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._desk.retranslate_steps()
            self.retranslate()
        elif event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self._desk.look_at_file()  # folders of a network do not tell

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.menus.retranslate()
        self.tabs.setAccessibleName(self.tr("Parts of the project"))
        for page in self.stack.made:
            page.retranslate()
        if self.tray is not None:
            self.tray.render_facts()
        self.render_facts()

    # facts

    def render_facts(self) -> None:
        """Show the facts of now; the page that is seen first, the others when they are seen."""
        facts = self._store.facts
        shown = facts.project is not None
        for part in self._tab_parts:
            part.setVisible(shown)
        begins = shown and self.body.currentWidget() is self.start
        self.body.setCurrentIndex(1 if shown else 0)
        if begins:
            self.tabs.setFocus()  # else it would go to whatever comes after the first page
        self.setWindowTitle(self._title())
        integrations = facts.project.integrations if facts.project is not None else ()
        possible = any(i.enabled for i in integrations) and not facts.running
        self.header.show_facts(facts, possible)
        self.menus.show_facts(possible)
        self._render_tabs()
        self.band.show_facts(facts)
        self._render_notices()
        self.sentence.show_text(story.status_sentence(facts))
        self.calls.setText(story.calls_sentence(facts))
        self.language_button.setText("FR" if languages.is_french() else "EN")
        self.language_button.setAccessibleName(self.tr("Language"))
        if shown:
            self._current_page().render_facts()
        else:
            self.start.show_facts(facts, self._settings.recent)

    def _title(self) -> str:
        facts = self._store.facts
        doing = story.doing(facts.run) if facts.running and facts.run else ""
        file = facts.path.name if facts.path else ""
        if facts.rehearsal is Rehearsal.OPEN:
            file = self.tr("Rehearsal")
        name = " · ".join(part for part in (doing, file) if part)
        return f"{name} — {PROGRAM_NAME}" if name else PROGRAM_NAME

    def _render_tabs(self) -> None:
        facts = self._store.facts
        waiting = facts.history.outstanding
        for number, tab in enumerate(Tab):
            mark, name = tab_mark(facts, tab), story.tab_name(tab)
            count = waiting.consent_review + waiting.conflicts + waiting.set_aside if tab is Tab.ACTIVITY else 0
            said = " ".join(story.outstanding_said(waiting)) if count else story.mark_said(mark)
            self.tabs.show_tab(number, name, mark, said, f"{said} (Alt+{number + 1})", count)

    def _render_notices(self) -> None:
        facts = self._store.facts
        self.file_notice.show_facts(facts)
        error = facts.notice
        self.notice.show_error(error)
        copy = facts.copied_to
        said = self.tr("A copy without names is in “{0}”").format(copy.name) if copy is not None else ""
        self.copied_notice.show_text(said, details=str(copy) if copy is not None else "", look="ok")
        self.copied_notice.close_button.setText(self.tr("Close"))
        self.copied_notice.close_button.setVisible(True)
        notices = (error, copy, facts.save_error, facts.outside)
        self._notice_room.setVisible(any(told is not None for told in notices))

    # deeds

    def _current_page(self) -> TabPage:
        return self.pages[self._tab()]

    def _tab(self) -> Tab:
        return list(Tab)[self.tabs.currentIndex()]

    def _in_view(self) -> tuple[Tab, str]:
        """Give the tab that is shown, and the key of what is chosen there."""
        return self._tab(), getattr(getattr(self._current_page(), "list", None), "key", "")

    def _tab_changed(self, number: int) -> None:
        self.stack.setCurrentIndex(number)
        if self._store.facts.project is not None:
            self._current_page().render_facts()

    def show_tab(self, tab: Tab) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentIndex(list(Tab).index(tab))

    def bring(self, tab: Tab | None = None) -> None:
        """Bring the window before everything else, with a tab of it where one is wanted."""
        if tab is not None and self._store.facts.project is not None:
            self.show_tab(tab)
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def sync(self) -> None:
        """Start a run and bring its progress to the front."""
        self.show_tab(Tab.INTEGRATIONS)
        self.tabs.setFocus()
        self._desk.sync()

    def preview(self) -> None:
        """Start a preview and bring it to the front."""
        self.show_tab(Tab.ACTIVITY)
        self.tabs.setFocus()
        self._desk.preview()

    def _look(self, tab: str, wanted: str) -> None:
        self.show_tab(Tab(tab))
        if wanted:
            self.pages[Tab(tab)].look_at(wanted)

    def _told(self, done: str, count: int) -> None:
        said = getattr(counts, done)(count)
        for page in self.stack.made:
            page.tell(said)

    # the end

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closing:
            event.accept()
            return
        event.ignore()
        self._ask_to_close()

    def _ask_to_close(self) -> None:
        facts, background = self._store.facts, self.hide if self.tray is not None and self.isVisible() else None
        if facts.running:
            self.leaving.ask_during_run(self._close_for_good, background)
        elif facts.schedules.keeping is Keeping.ON and background is not None:
            self.leaving.ask_with_schedules(lambda: self.leaving.leave(self._close_for_good), background)
        else:
            self.leaving.leave(self._close_for_good)

    def _quit_from_tray(self) -> None:
        if self._store.facts.running or not self._store.facts.saved:
            self.bring()  # it will ask
        QTimer.singleShot(0, self, self._ask_to_close)

    def _close_for_good(self) -> None:
        if not self._closing:
            self._closing = True
            self._settings.geometry = bytes(self.saveGeometry().data())
            self._settings.tab = self._tab().value
            self._desk.give_up_sign_in()
            self._desk.leave()
            self._desk.end_rehearsal(now=True)
            if self.tray is not None:
                self.tray.icon.hide()
            self.hide()
            self.closed.emit()


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application


async def until_closed(window: Window) -> None:
    """Wait until the person closes the window."""
    done = asyncio.get_running_loop().create_future()
    window.closed.connect(lambda: None if done.done() else done.set_result(None))
    await done
