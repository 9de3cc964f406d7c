"""A dialog as tall as what it says at its width. Qt would leave room for texts wrapped at the narrowest width."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QWidget

from disf_desktop.gui.dialogs.dialog import Dialog


class FittedDialog(Dialog):
    """A dialog of a width of its own, which follows its texts in height."""

    def __init__(self, parent: QWidget, accept_with: Callable[[], Any], width: int) -> None:
        super().__init__(parent, accept_with)
        layout = self.layout()
        assert layout is not None, "a dialog has a layout"
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumWidth(width)
        self.resize(width, self.height())

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        assert layout is not None, "a dialog has a layout"
        needed = layout.totalHeightForWidth(self.width())
        if needed > 0:
            self.setMinimumHeight(needed)
            self.resize(self.width(), needed)
