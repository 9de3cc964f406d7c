"""What every tab has in common: it shows the facts when they change and it is seen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from disf_desktop.gui.desk import Desk
from disf_desktop.gui.models.facts import Facts, Store


def put_hand_into(page: QWidget) -> None:
    """Give the focus to the first part of a page that the Tab key would come to, unless it is in the page already."""
    at = QApplication.focusWidget()
    if at is not None and page.isAncestorOf(at):
        return
    part = page.nextInFocusChain()
    while part is not None and part is not page:
        able = part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisibleTo(page) and part.isEnabledTo(page)
        if able and page.isAncestorOf(part):
            part.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        part = part.nextInFocusChain()


class TabPage(QWidget):
    """A tab. It keeps what is under the hand, and nothing else; everything shown comes from the facts at each
    drawing."""

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__()
        self.desk = desk
        self._store = store

    @property
    def facts(self) -> Facts:
        return self._store.facts

    def render_facts(self) -> None:
        """Show the facts of now, in the language of now."""

    def retranslate(self) -> None:
        """Tell the models that the language has changed; `render_facts` follows."""

    def tell(self, text: str) -> None:
        """Show what a deed has done, where this tab has a place for it."""

    def look_at(self, wanted: str) -> None:
        """Put what somebody asked for from elsewhere under the hand, where this tab has it."""
