"""The guide: a window of its own with contents, a search line and the pages in the language of now.

Pages are Markdown files of `resources/guide`, one folder a language, named alike in both. A page is asked for by its
name (`opt-ins`), a part of it by the code that stands in its heading (`errors#limit`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QImage,
    QKeyEvent,
    QPainter,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QTextBrowser, QTextEdit, QWidget

from disf_desktop.gui import languages
from disf_desktop.gui.parts import button, column, label, row
from disf_desktop.gui.theme import tokens
from disf_desktop.gui.words.translation import translate
from disf_desktop.resources import resource

FIRST = "first-sync"
NAME = Qt.ItemDataRole.UserRole
PICTURE = "\ufffc"
"""What stands in a text where a picture is."""
_COLOUR = re.compile(r'\b(fill|stroke)="([a-z]\w*)"')


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the guide: its name, its title, and its text as Markdown."""

    name: str
    title: str
    text: str


@lru_cache(maxsize=4)
def pages(language: str) -> tuple[Page, ...]:
    """Give the pages of a language (`en`, `fr`) in their order."""
    return tuple(_read(path) for path in sorted(resource("guide", language).glob("*.md")))


def _read(path: Path) -> Page:
    text = path.read_text(encoding="utf-8")
    return Page(path.stem.partition("-")[2], text.partition("\n")[0].removeprefix("#").strip(), text)


def found(all_pages: Sequence[Page], words: str) -> tuple[Page, ...]:
    """Give the pages that have each of these words, in any case of letters and with or without accents."""
    wanted = _plain(words).split()
    return tuple(page for page in all_pages if all(word in _plain(page.text) for word in wanted))


@lru_cache(maxsize=64)
def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def picture_words() -> dict[str, str]:
    """Give what is written in the pictures, in the language of now."""
    return {
        "forms": translate("Guide", "Your forms"),
        "letters": translate("Guide", "Your newsletters"),
        "type_a": translate("Guide", "type A"),
        "type_b": translate("Guide", "type B"),
        "key_a": translate("Guide", "key: the Salesforce Id"),
        "key_b": translate("Guide", "key: the e-mail"),
        "created": translate("Guide", "people are created"),
        "sent": translate("Guide", "people and changes"),
        "back": translate("Guide", "changes and opt-ins"),
        "kept": translate("Guide", "keeps what was said"),
        "told": translate("Guide", "is told"),
        "optins": translate("Guide", "opt-ins"),
        "never": translate("Guide", "never"),
    }


class GuideBrowser(QTextBrowser):
    """Shows a page; its pictures have the words and the colours of now."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(26)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        path = name.toString() if isinstance(name, QUrl) else name
        if kind == QTextDocument.ResourceType.ImageResource.value and path.endswith(".svg"):
            return self._picture(resource("guide", path.rpartition("/")[2]))
        return super().loadResource(kind, QUrl(path))

    def _picture(self, path: Path) -> QImage:
        colours = asdict(tokens())
        drawing = _COLOUR.sub(
            lambda at: f'{at[1]}="{colours.get(at[2], at[2])}"', path.read_text(encoding="utf-8")
        ).format(family=self.font().family(), **picture_words())
        renderer = QSvgRenderer(QByteArray(drawing.encode()))
        room = self.viewport().width() - 2 * self.document().documentMargin() - 4
        size = renderer.defaultSize().toSizeF()
        size *= min(1.0, max(200.0, room) / size.width())
        density = max(2.0, self.devicePixelRatioF())
        image = QImage((size * density).toSize(), QImage.Format.Format_ARGB32)
        image.setDevicePixelRatio(density)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter, QRectF(QPointF(0, 0), size))
        painter.end()
        return image

    def show_page(self, page: Page) -> None:
        """Show a page from its beginning."""
        self.document().clear()
        self.setMarkdown(page.text)
        self._give_room()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.setAccessibleName(page.title)

    def _give_room(self) -> None:
        """Put room between lines and around headings, which Markdown says nothing of."""
        block = self.document().begin()
        while block.isValid():
            cursor, level = QTextCursor(block), block.blockFormat().headingLevel()
            shape = QTextBlockFormat()
            height = 100 if PICTURE in block.text() else 128
            shape.setLineHeight(height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            shape.setTopMargin({0: 4, 1: 0, 2: 20}.get(level, 12) if block.textList() is None else 2)
            shape.setBottomMargin({0: 8, 1: 10}.get(level, 4) if block.textList() is None else 2)
            cursor.mergeBlockFormat(shape)
            block = block.next()

    def go_to(self, code: str) -> bool:
        """Bring the heading with a code to the top; say whether there is one."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and code in block.text().split():
                cursor = QTextCursor(block)
                self.moveCursor(QTextCursor.MoveOperation.End)
                self.setTextCursor(cursor)
                self.verticalScrollBar().setValue(self.verticalScrollBar().value() + self.cursorRect(cursor).top() - 12)
                return True
            block = block.next()
        return False

    def mark(self, words: str) -> int:
        """Mark each place where one of these words stands, bring the first one into sight; give how many there are."""
        marks: list[Any] = []
        for word in words.split():
            cursor = self.document().find(word)
            while not cursor.isNull():
                selection = QTextEdit.ExtraSelection()
                selection.cursor = cursor
                selection.format.setBackground(QColor(tokens().warn_soft))
                selection.format.setProperty(QTextFormat.Property.FontWeight, 600)
                marks.append(selection)
                cursor = self.document().find(word, cursor)
        self.setExtraSelections(marks)
        if marks:
            first = min((mark.cursor for mark in marks), key=lambda cursor: cursor.position())
            place = QTextCursor(first)
            place.clearSelection()
            self.setTextCursor(place)
            self.ensureCursorVisible()
        return len(marks)


class Guide(QWidget):
    """The window of the guide. It stays open beside the other one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name, self._been = FIRST, list[str]()
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.contents = QListWidget()
        self.contents.setFrameShape(QFrame.Shape.NoFrame)
        self.contents.setWordWrap(True)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.setSpacing(4)
        self.nothing = label("small", wrap=True)
        self.back_button = button("quiet", self._back)
        self.browser = GuideBrowser()
        side = QFrame()
        side.setObjectName("side")
        side.setFixedWidth(270)
        inside = column(self.search, self.nothing, self.contents, row(self.back_button, None), spacing=8)
        inside.setContentsMargins(12, 14, 12, 10)
        side.setLayout(inside)
        whole = row(side, self.browser, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.setMinimumSize(720, 440)
        self.resize(980, 700)
        self.search.textChanged.connect(lambda _text: self._look_for())
        self.search.returnPressed.connect(self.browser.setFocus)
        self.contents.currentItemChanged.connect(lambda item, _before: self._chosen(item))
        self.browser.anchorClicked.connect(self._follow)
        self.retranslate()

    @property
    def page(self) -> Page:
        """The page that is shown."""
        mine = self._pages()
        return next((page for page in mine if page.name == self._name), mine[0])

    @staticmethod
    def _pages() -> tuple[Page, ...]:
        return pages("fr" if languages.is_french() else "en")

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.setWindowTitle(self.tr("Guide"))
        self.search.setPlaceholderText(self.tr("Search the guide"))
        self.search.setAccessibleName(self.tr("Search the guide"))
        self.contents.setAccessibleName(self.tr("Pages of the guide"))
        self.nothing.setText(self.tr("No page has all of these words."))
        self.back_button.setText(self.tr("&Back"))
        self._fill()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() is QEvent.Type.PaletteChange:
            self._show()

    def show_page(self, page: str) -> None:
        """Show a page by its name, or a part of it: `errors#limit`. An unknown one leads to the first page."""
        name, _, code = page.partition("#")
        known = {each.name for each in self._pages()}
        name = name if name in known else FIRST
        if name != self._name:
            self._been.append(self._name)
            self._name = name
        self.search.clear()
        self._fill()
        self._show()
        if code:
            self.browser.go_to(code)

    def _fill(self) -> None:
        """List the pages that have the words searched for."""
        shown = found(self._pages(), self.search.text())
        was = self.contents.blockSignals(True)
        self.contents.clear()
        for page in shown:
            item = QListWidgetItem(page.title)
            item.setData(NAME, page.name)
            self.contents.addItem(item)
            if page.name == self._name:
                self.contents.setCurrentItem(item)
        self.contents.blockSignals(was)
        self.nothing.setVisible(not shown)
        self.browser.mark(self.search.text())

    def _show(self) -> None:
        self.browser.show_page(self.page)
        self.back_button.setEnabled(bool(self._been))
        self.browser.mark(self.search.text())

    def _look_for(self) -> None:
        """Stay on the page that is shown if it has the words, else go to the first one that has."""
        shown = found(self._pages(), self.search.text())
        if shown and self.page not in shown:
            self._name = shown[0].name
            self._show()
        self._fill()

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(NAME) != self._name:
            self._been.append(self._name)
            self._name = item.data(NAME)
            self._show()

    def _follow(self, link: QUrl) -> None:
        if link.scheme() in ("http", "https"):
            QDesktopServices.openUrl(link)
        else:
            self.show_page(link.toString())

    def _back(self) -> None:
        if self._been:
            self._name = self._been.pop()
            self._fill()
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


def show_guide(parent: QWidget, page: str = "") -> Guide:
    """Open the guide beside the window, or bring it to the front, at a page (`opt-ins`, `errors#limit`)."""
    window = parent.window()
    guide = next((each for each in window.findChildren(Guide) if each.isVisible()), None) or Guide(window)
    guide.show()
    if page:
        guide.show_page(page)  # once it has its size, a part of a page can be brought to the top
    guide.raise_()
    guide.activateWindow()
    return guide
