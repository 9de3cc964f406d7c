"""Looks at a window as a critical person would: cut texts, overlaps, texts not translated, things without a name."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from PySide6.QtCore import QLocale, QRect, Qt, QTranslator
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QStackedWidget,
    QTableView,
    QWidget,
)

from disf_desktop.gui.lists import EntryList
from disf_desktop.gui.models.entries import HEADING
from disf_desktop.gui.parts import Sentence
from disf_desktop.gui.tab_bar import MarkedTabs

LONGEST_WORD = 18
"""Letters that a word of the pseudo-language gains at most; a language is not longer by one endless word."""

OPEN, CLOSE = "⟦", "⟧"

NAMES = (
    "Salesforce",
    "Dialog Insight",
    "Dialog Insight sync",
    "Acme",
    "Newsletter",
    "Web forms",
    "Contact",
    "Lead",
    "Order",
    "ORDERS",
    "Leads",
    "America/Toronto",
    "EMail",
    "English",
    "Français",
    "Enterprise Edition",
    "Inc.",
    "newsletter",
    "Windows Credential Manager",
    "00D5g000004XyZ1EAK",
    "Canada",
    "Web sign-ups",
    "Loyalty Points",
    "Points",
    "Salesforce does not answer.",
    "Wait, then try again.",  # the engine's own words, which English uses
    "EMail is not an e-mail address.",
    "Newsletter_Audience__c = true",
    "Mailing City ↔ City",
    "Contacts · An export is not whole.",
    "Export it again.",
    "(production)",
    "(full sandbox)",
    "Infolettre",
    "Courriel → E-mail",
    "non, oui",
)
"""Words that are names, and stay as they are in every language."""


class Pseudo(QTranslator):
    """A language that is longer, accented and marked: what does not carry the mark was not translated."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        text = source.translate(str.maketrans("aeiouAEIOUcn", "àéîôûÀÉÎÔÛçñ")).replace("%Lñ", str(n))
        for name in ("field", "length", "limit", "count", "decimals"):  # names of figures are not words
            text = text.replace("{" + name.translate(str.maketrans("aeioucn", "àéîôûçñ")) + "}", "{" + name + "}")
        longer = " ".join(wrap("~" * (len(source) // 3), LONGEST_WORD))
        return f"{OPEN}{text}{longer}{CLOSE}"

    def isEmpty(self) -> bool:
        return False


def findings(window: QWidget) -> list[str]:
    """Give what is wrong on screen, each with the thing it is about."""
    shown = [w for w in _visible(window, into_qt=False) if not isinstance(w, QScrollBar) and not _is_of_qt(w)]
    found: list[str] = []
    for widget in shown:
        found += _cut(widget)
        found += _unnamed(widget)
        found += _idle(widget)
    found += _overlaps(shown)
    found += _mnemonics(shown)
    return found


def untranslated(window: QWidget) -> list[str]:
    """Give the visible texts that do not carry the mark of the pseudo-language."""
    found = []
    for widget in _visible(window, into_qt=True):
        found += [t for t in _texts(widget) if OPEN not in t and any(c.isalpha() for c in t) and not _is_data(t)]
    return found


def _visible(window: QWidget, into_qt: bool) -> Iterator[QWidget]:
    """Give what is on screen within a window, and in each window that belongs to it, wherever that hangs; what is
    below something hidden is not gone through, nor what Qt's own parts are made of where that is not wanted."""
    yield from _below(window, into_qt)
    for other in QApplication.topLevelWidgets():
        if other is not window and not other.isHidden() and _belongs(other, window, into_qt):
            yield other
            yield from _below(other, into_qt)


def _below(parent: QWidget, into_qt: bool) -> Iterator[QWidget]:
    if not into_qt and isinstance(parent, _OF_QT):
        return
    for child in parent.children():
        if isinstance(child, QWidget) and not child.isHidden() and not child.isWindow():
            yield child
            yield from _below(child, into_qt)


_OF_QT = (QLineEdit, QScrollBar, QAbstractItemView)
"""What Qt makes of parts of its own."""


def _belongs(other: QWidget, window: QWidget, into_qt: bool) -> bool:
    parent = other.parentWidget()
    while parent is not None and parent is not window and (into_qt or not isinstance(parent, _OF_QT)):
        parent = parent.parentWidget()
    return parent is window


def _is_data(text: str) -> bool:
    if QLocale().toDate(text, QLocale.FormatType.LongFormat).isValid():
        return True  # shortly after midnight, the made-up runs reach back to the day before yesterday
    plain = text.replace("&", "")
    for name in sorted(NAMES, key=len, reverse=True):
        plain = plain.replace(name, "")
    words = [w for w in plain.replace("_", " ").split() if any(c.isalpha() for c in w)]
    return not words or any(c in text for c in "@/\\") or " " not in text.strip()


def _texts(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, MarkedTabs):
        yield from (widget.tabText(n) for n in range(widget.count()))
    if isinstance(widget, EntryList):
        rows = [widget.model().index(n, 0) for n in range(widget.model().rowCount())]
        yield from (index.data() for index in rows if index.data(HEADING))
    if isinstance(widget, QHeaderView) and widget.model() is not None:
        for n in range(widget.count()):
            yield str(widget.model().headerData(n, widget.orientation()) or "")


def _is_of_qt(widget: QWidget) -> bool:
    return widget.objectName().startswith("qt_")


def _called(widget: QWidget) -> str:
    text = next((t for t in _texts(widget) if t), "") or widget.accessibleName()
    return f"{type(widget).__name__} “{text}”"


def _cut(widget: QWidget) -> list[str]:
    if isinstance(widget, Sentence):
        return [] if widget.toolTip() == widget.text() else [f"cut without a tip: {_called(widget)}"]
    if isinstance(widget, QLabel | QPushButton) and not (isinstance(widget, QLabel) and not widget.text()):
        if isinstance(widget, QLabel) and widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            return [f"cut below: {_called(widget)}"] if needed > widget.height() + 1 else []
        needed_size = widget.sizeHint()
        if needed_size.width() > widget.width() + 1 or needed_size.height() > widget.height() + 1:
            return [f"cut: {_called(widget)} needs {needed_size.width()}, has {widget.width()}"]
    if isinstance(widget, QLineEdit):
        room = widget.width() - 24
        if widget.fontMetrics().horizontalAdvance(widget.placeholderText()) > room:
            return [f"cut: the hint of {_called(widget)}"]
    if isinstance(widget, MarkedTabs):
        wide = sum(widget.tabSizeHint(n).width() for n in range(widget.count()))
        return [f"cut: tabs need {wide}, have {widget.width()}"] if wide > widget.width() + 1 else []
    if isinstance(widget, QTableView):
        return _cut_heads(widget)
    if isinstance(widget, QScrollArea):
        page, room = widget.widget(), widget.viewport().width()
        return [f"cut: a page is {page.width()} wide, its room {room}"] if page and page.width() > room + 1 else []
    return []


def _cut_heads(table: QTableView) -> list[str]:
    header = table.horizontalHeader()
    wide = sum(header.sectionSize(n) for n in range(header.count()))
    scrolls = bool(table.property("scrolls"))  # a file has as many columns as it has
    too_wide = wide > table.viewport().width() + 1 and not scrolls
    found = [f"a table is wider than its room: {_called(table)}"] if too_wide else []
    for n in range(header.count()):
        if header.sectionSizeHint(n) > header.sectionSize(n) + 1:
            found.append(f"cut: the head “{table.model().headerData(n, Qt.Orientation.Horizontal)}”")
    return found


def _unnamed(widget: QWidget) -> list[str]:
    stops = Qt.FocusPolicy.TabFocus
    if not (widget.focusPolicy() & stops) or not widget.isEnabled():
        return []
    if isinstance(widget, QLabel) or (
        isinstance(widget, QAbstractScrollArea) and not isinstance(widget, QAbstractItemView)
    ):
        return []
    interface = QAccessible.queryAccessibleInterface(widget)
    name = interface.text(QAccessible.Text.Name) if interface is not None else ""
    return [] if name.strip() else [f"no name for a screen reader: {_called(widget)}"]


def _idle(widget: QWidget) -> list[str]:
    if not isinstance(widget, QPushButton) or widget.menu() is not None:
        return []
    works = widget.receivers("2clicked(bool)") or widget.receivers("2clicked()")
    return [] if works else [f"does nothing: {_called(widget)}"]


def _overlaps(shown: list[QWidget]) -> list[str]:
    found = []
    families: dict[QWidget, list[QWidget]] = {}
    for widget in shown:
        parent = widget.parentWidget()
        if parent is not None and not widget.isWindow() and not isinstance(parent, QStackedWidget | QScrollArea):
            families.setdefault(parent, []).append(widget)
    for parent, children in families.items():
        for n, one in enumerate(children):
            inside = parent.rect().adjusted(-2, -2, 2, 2)
            if not inside.contains(one.geometry()) and not isinstance(parent.parentWidget(), QScrollArea):
                found.append(
                    f"outside of its parent: {_called(one)} {one.geometry().getRect()} in {parent.rect().getRect()}"
                )
            for other in children[n + 1 :]:
                common: QRect = one.geometry().intersected(other.geometry())
                if common.width() > 2 and common.height() > 2:
                    found.append(f"overlap: {_called(one)} and {_called(other)}")
    return found


def _mnemonics(shown: list[QWidget]) -> list[str]:
    used: dict[tuple[QWidget, str], str] = {}
    found = []
    for widget in shown:
        if not isinstance(widget, QPushButton) or not widget.isEnabled():
            continue
        text = widget.text().replace("&&", "")
        if "&" in text:
            letter = text[text.index("&") + 1].casefold()
            place = (widget.window(), letter)
            if place in used:
                found.append(f"Alt+{letter} twice: “{used[place]}” and “{text}”")
            used[place] = text
    return found
