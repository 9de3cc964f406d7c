"""The real program, with eyes for a test: `python -m tests.window.eyes [what disf-desktop takes]`.

A line on standard input asks what is on screen; the answer is one JSON line on standard output: every text, button,
input and row that a person sees, with its place. Nothing is operated from here: hands are real (`tests.window.person`).
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QTextBrowser,
    QTreeView,
    QWidget,
)

Thing = dict[str, Any]


def thing(
    kind: str, text: str, widget: QWidget, box: QRect | None = None, sight: QRect | None = None, **more: Any
) -> Thing | None:
    """Describe something that is seen: its texts, and its place on the screen; None where it is out of sight. `sight`
    is what is seen of the widget, where that is known."""
    seen = (box or widget.rect()) & widget.rect()
    area = (sight or widget.visibleRegion().boundingRect()) & seen
    if area.isEmpty():
        return None
    corner = widget.mapToGlobal(QPoint(0, 0)) + area.topLeft()
    return {
        "kind": kind,
        "text": text.replace("&&", "\0").replace("&", "").replace("\0", "&"),
        "name": widget.accessibleName(),
        "place": [corner.x(), corner.y(), area.width(), area.height()],
        "enabled": widget.isEnabled(),
        "focus": widget.hasFocus(),
        "window": widget.window().windowTitle(),
    } | more


def rows(view: QAbstractItemView) -> Iterator[Thing | None]:
    """Describe each cell of a list, a table or a tree that is in sight."""
    model = view.model()
    viewport, root = view.viewport(), view.rootIndex()
    sight = viewport.visibleRegion().boundingRect()
    if sight.isEmpty():
        return
    columns, downward = _columns(view), not (isinstance(view, QListView) and view.isWrapping())
    chosen = view.selectionModel()
    first = view.indexAt(sight.topLeft())
    for row in range(first.row() if downward and first.isValid() else 0, min(model.rowCount(root), 1200)):
        for column in range(columns):
            index = model.index(row, column, root)
            box = view.visualRect(index)
            if downward and box.isValid() and box.top() > sight.bottom():
                return  # and so are all that follow
            if not box.isValid() or not box.intersects(sight):
                continue
            state = index.data(Qt.ItemDataRole.CheckStateRole)
            yield thing(
                "cell",
                str(index.data(Qt.ItemDataRole.DisplayRole) or ""),
                viewport,
                box,
                sight,
                said=str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""),
                view=view.accessibleName(),
                row=row,
                column=column,
                chosen=chosen is not None and chosen.isSelected(index),
                ticked=None if state is None else Qt.CheckState(state) == Qt.CheckState.Checked,
                enabled=bool(index.flags() & Qt.ItemFlag.ItemIsEnabled),
            )


def _columns(view: QAbstractItemView) -> int:
    if isinstance(view, QListView):
        return 1
    if isinstance(view, QTableView):
        return view.horizontalHeader().count()
    return view.header().count() if isinstance(view, QTreeView) else 1


def shown(widget: QWidget) -> Iterator[QWidget]:
    """Give a widget, and what is shown of its window within it; what is below something hidden is not gone through."""
    yield widget
    for child in widget.children():
        if isinstance(child, QWidget) and not child.isHidden() and not child.isWindow():
            yield from shown(child)


def things(widget: QWidget) -> Iterator[Thing | None]:
    """Describe what a widget shows by itself."""
    match widget:
        case QMenu() | QMenuBar():
            for action in widget.actions():
                if action.isVisible() and not action.isSeparator():
                    box = widget.actionGeometry(action)
                    yield thing("menu", action.text(), widget, box, enabled=action.isEnabled())
        case QTabBar():
            for n in range(widget.count()):
                yield thing("tab", widget.tabText(n), widget, widget.tabRect(n), chosen=n == widget.currentIndex())
        case QAbstractButton():
            yield thing("button", widget.text(), widget, ticked=widget.isChecked())
        case QComboBox():
            yield thing("pick", widget.currentText(), widget)
        case QLineEdit() if not isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox):
            yield thing("line", widget.text(), widget)
        case QAbstractSpinBox():
            yield thing("number", widget.text(), widget)
        case QTextBrowser() | QPlainTextEdit():
            yield thing("page", widget.toPlainText(), widget)
        case QLabel() if widget.text():
            yield thing("label", widget.text(), widget)
        case QAbstractItemView():
            yield from rows(widget)
        case _:
            if widget.accessibleName():
                yield thing("area", "", widget)


class Eyes(QObject):
    """Answers in the thread of the window."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.asked.connect(self.look, Qt.ConnectionType.QueuedConnection)

    @Slot(str)
    def look(self, question: str) -> None:
        """Say everything that is on screen now; `picture PATH` keeps it as a picture too."""
        if question.startswith("picture "):
            QGuiApplication.primaryScreen().grabWindow(0).save(question.removeprefix("picture "))
        answer: dict[str, Any] = {"error": "the eyes failed: see the log"}
        try:
            QGuiApplication.sync()  # what the hands did before is done, and what came of it at once
            answer = self._seen()
        finally:
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()

    @staticmethod
    def _seen() -> dict[str, Any]:
        windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        found = [each for window in windows for widget in shown(window) for each in things(widget) if each is not None]
        modal = QApplication.activeModalWidget()
        popup = QApplication.activePopupWidget()
        return {
            "things": found,
            "modal": modal.windowTitle() if modal else None,
            "popup": popup is not None,
            "titles": [each.windowTitle() for each in windows if each.windowTitle()],
        }

    def listen(self) -> None:
        """Wait for questions."""
        for question in sys.stdin:
            self.asked.emit(question.strip())


def main() -> int:
    """Run the program as `disf-desktop` would, with eyes."""
    application = QApplication(sys.argv[:1])
    eyes = Eyes()
    threading.Thread(target=eyes.listen, daemon=True).start()
    from disf_desktop import app

    code = app.main(sys.argv[1:])
    del application
    return code


if __name__ == "__main__":
    sys.exit(main())
