"""The program's place beside the system's clock: how things stand, and a word when that changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from disf_desktop.gui import icons, theme
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.models.alerts import Alert, Standing, alert, standing
from disf_desktop.gui.models.facts import Facts, Store
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.words import story

SIZE = 64
BADGE = 34


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person may want from the tray: the window, with a tab of it or none, a sync, and the end."""

    show: Callable[[Tab | None], Any]
    sync: Callable[[], Any]
    quit: Callable[[], Any]


class Tray(QObject):
    """Keeps the icon, its tip and its menu true, and notifies of a change while nobody looks at the window."""

    def __init__(self, icon: QSystemTrayIcon, window: QWidget, desk: Desk, store: Store, wishes: Wishes) -> None:
        super().__init__(window)
        self.icon = icon
        icon.setParent(self)
        self._window, self._desk, self._store, self._wishes = window, desk, store, wishes
        self._standing: Standing | None = None
        self._tab: Tab | None = None
        self._drawn: object = None
        self.menu = QMenu(window)
        self.open_action = self._action(lambda: wishes.show(None))
        self.sync_action = self._action(wishes.sync)
        self.pause_action = self._action(desk.pause_or_resume)
        self.menu.addSeparator()
        self.quit_action = self._action(wishes.quit)
        icon.setContextMenu(self.menu)
        icon.activated.connect(self._activated)
        icon.messageClicked.connect(lambda: wishes.show(self._tab))
        store.changed.connect(self.render_facts)
        desk.opened.connect(self._forget)
        self.render_facts()
        icon.show()

    def _action(self, act: Callable[[], Any]) -> QAction:
        action = QAction(self)
        action.triggered.connect(lambda *_: act())
        self.menu.addAction(action)
        return action

    def render_facts(self) -> None:
        """Show the facts of now, in the language of now."""
        facts = self._store.facts
        self.open_action.setText(self.tr("&Open"))
        self.sync_action.setText(self.tr("&Sync now"))
        paused = facts.run is not None and facts.run.paused
        self.pause_action.setText(self.tr("&Resume") if paused else self.tr("&Pause"))
        self.quit_action.setText(self.tr("&Quit"))
        holdable = facts.running and facts.run is not None and not facts.run.stopping
        possible = facts.project is not None and any(i.enabled for i in facts.project.integrations)
        self.sync_action.setEnabled(possible and not facts.running)
        self.pause_action.setEnabled(holdable)
        name = facts.project.name if facts.project is not None else self._window.windowTitle()
        self.icon.setToolTip(f"{name}\n{story.status_sentence(facts)}")
        self._draw(facts)
        self._notify(facts)

    def _draw(self, facts: Facts) -> None:
        shown = ("sync" if facts.running else standing(facts), theme.tokens())
        if shown != self._drawn:
            self._drawn = shown
            self.icon.setIcon(marked_icon("sync" if facts.running else _mark(facts)))

    def _notify(self, facts: Facts) -> None:
        told = alert(self._standing, facts)
        self._standing = standing(facts) or self._standing
        if told is not None and not (self._window.isActiveWindow() and self._window.isVisible()):
            self._tab = told.tab
            name = facts.project.name if facts.project is not None else ""
            look = QSystemTrayIcon.MessageIcon
            kind = look.Information if told.standing is Standing.FINE else look.Warning
            self.icon.showMessage(name, self._said(told, facts), kind)

    def _said(self, told: Alert, facts: Facts) -> str:
        if told.standing is Standing.FINE:
            return self.tr("All is well again.")
        if told.standing is Standing.FAILED:
            return self.tr("The last run failed. Open the window to see why.")
        return " ".join(story.what_needs_you(facts)) or self.tr("A run stopped: it would change more than usual.")

    def _forget(self) -> None:
        """Begin anew with another project file: how it stands is no change."""
        self._standing = None

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self._wishes.show(None)


def _mark(facts: Facts) -> str | None:
    now = standing(facts)
    return now.value if now in (Standing.NEEDS_YOU, Standing.FAILED) else None


def marked_icon(mark: str | None) -> QIcon:
    """Draw the program's icon, with a mark at its lower right corner where there is one to show."""
    drawing = QPixmap(SIZE, SIZE)
    drawing.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawing)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    icons.draw(painter, "app", QRectF(0, 0, SIZE, SIZE), theme.SALESFORCE)
    if mark is not None:
        box = QRectF(SIZE - BADGE, SIZE - BADGE, BADGE, BADGE)
        light = theme.LIGHT
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#ffffff"))
        painter.drawEllipse(box)
        inside = box.adjusted(2, 2, -2, -2)
        if mark == "sync":
            icons.draw(painter, "sync", inside.adjusted(3, 3, -3, -3), light.accent)
        else:
            painter.setBrush(QColor(light.err if mark == "failed" else light.warn))
            painter.drawEllipse(inside)
            _paint_sign(painter, mark, inside.center())
    painter.end()
    return QIcon(drawing)


def _paint_sign(painter: QPainter, mark: str, middle: QPointF) -> None:
    """Paint a cross, or an exclamation mark: the shape says what the colour says."""
    painter.setPen(QPen(QColor("#ffffff"), 5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    if mark == "failed":
        painter.drawLine(middle + QPointF(-6, -6), middle + QPointF(6, 6))
        painter.drawLine(middle + QPointF(-6, 6), middle + QPointF(6, -6))
    else:
        painter.drawLine(middle + QPointF(0, -8), middle + QPointF(0, 1))
        painter.drawPoint(middle + QPointF(0, 8))
