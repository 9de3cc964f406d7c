"""The six tabs' pages, each made when it is first looked at or when the window has nothing else to do: it shows
sooner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from disf_desktop.gui.desk import Desk
from disf_desktop.gui.models.facts import Store
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.tabs.base import TabPage

_PAUSE_MS = 150
"""Before each page that nobody has asked for yet, so that what a person does meanwhile comes first."""


def make(tab: Tab, desk: Desk, store: Store) -> TabPage:
    """Make a page; its modules are imported now."""
    match tab:
        case Tab.CONNECTIONS:
            from disf_desktop.gui.tabs.connections import ConnectionsTab

            return ConnectionsTab(desk, store)
        case Tab.PROJECTS:
            from disf_desktop.gui.tabs.projects import ProjectsTab

            return ProjectsTab(desk, store)
        case Tab.MAPPING:
            from disf_desktop.gui.tabs.mapping import MappingTab

            return MappingTab(desk, store)
        case Tab.OPT_INS:
            from disf_desktop.gui.tabs.optins import OptInsTab

            return OptInsTab(desk, store)
        case Tab.INTEGRATIONS:
            from disf_desktop.gui.tabs.integrations import IntegrationsTab

            return IntegrationsTab(desk, store)
        case Tab.ACTIVITY:
            from disf_desktop.gui.tabs.activity import ActivityTab

            return ActivityTab(desk, store)


class Pages(QStackedWidget):
    """Holds the pages in the order of the tabs. `idle` makes those that nobody has looked at yet."""

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__()
        self._desk, self._store = desk, store
        self._made: dict[Tab, TabPage] = {}
        for _ in Tab:
            self.addWidget(QWidget())
        self.idle = QTimer(self)
        self.idle.setSingleShot(True)
        self.idle.setInterval(_PAUSE_MS)
        self.idle.timeout.connect(self._make_one)

    @property
    def made(self) -> tuple[TabPage, ...]:
        """The pages that are there already."""
        return tuple(self._made.values())

    def page(self, tab: Tab) -> TabPage:
        """Give a page; it is made where it is not there yet."""
        page = self._made.get(tab)
        if page is None:
            number = list(Tab).index(tab)
            page = self._made[tab] = make(tab, self._desk, self._store)
            place = self.widget(number)
            assert place is not None, "there is a place for every tab"
            current = self.currentIndex()
            self.insertWidget(number, page)
            self.removeWidget(place)
            place.deleteLater()
            self.setCurrentIndex(current)
            page.retranslate()
        return page

    def make_soon(self) -> None:
        """Make the pages that are missing, one at a time, while nothing else is to be done."""
        if len(self._made) < len(Tab):
            self.idle.start()

    def _make_one(self) -> None:
        missing = [tab for tab in Tab if tab not in self._made]
        if missing:
            self.page(missing[0])
        self.make_soon()


class PageByTab(Mapping[Tab, TabPage]):
    """The pages by their tab, for who asks for one."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def __getitem__(self, tab: Tab) -> TabPage:
        return self._pages.page(tab)

    def __iter__(self) -> Iterator[Tab]:
        return iter(Tab)

    def __len__(self) -> int:
        return len(Tab)
