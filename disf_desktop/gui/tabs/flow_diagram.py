"""The diagram of what flows, painted from the project file; a click on a project goes to it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from disf_desktop.core.project import ProjectType, Trigger
from disf_desktop.gui.models.flows import Flow, Flows, Place
from disf_desktop.gui.tabs.flow_layout import Arrow, Layout, Sizes, laid_out
from disf_desktop.gui.theme import px, tokens

SMALL = 12
"""Height of the small letters, in pixels."""

WRAPPED = int(Qt.TextFlag.TextWordWrap)


class FlowDiagram(QWidget):
    """Projects where people are born at the left, orgs in the middle, projects that are served at the right, and an
    arrow for each way that is in the file; one that is off is dotted. `project_clicked` gives the id of a project."""

    project_clicked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._flows = Flows()
        self._chosen = ""
        self._layout = Layout({}, (), 0)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_flows(self, flows: Flows, chosen: str) -> None:
        """Show these flows, with one project drawn stronger."""
        self._flows, self._chosen = flows, chosen
        self.setAccessibleName(self.tr("What flows"))
        self.setAccessibleDescription(self.said())
        self._arrange()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, self._layout.height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        small, strong = self._small(), self._strong()

        def wrapped(font: QFont, text: str, width: float) -> int:
            room = QRect(0, 0, max(20, int(width)), 9999)
            return QFontMetrics(font).boundingRect(room, WRAPPED, text).height() if text else 0

        sizes = Sizes(
            wanted=max((self._width_of(p) for p in (*self._flows.orgs, *self._flows.projects)), default=0),
            box=lambda place, width: (
                wrapped(strong, place.title, width - 20) + wrapped(small, self._below(place), width - 20) + 26
            ),
            caption=lambda flow, width: wrapped(small, self._caption(flow), width),
        )
        self._layout = laid_out(self._flows, self.width(), sizes)
        if self.height() != self._layout.height:
            self.setFixedHeight(self._layout.height)

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(px(SMALL))
        return font

    def _strong(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _width_of(self, place: Place) -> int:
        title = QFontMetrics(self._strong()).horizontalAdvance(place.title)
        return max(title, QFontMetrics(self._small()).horizontalAdvance(self._below(place))) + 32

    # words

    def said(self) -> str:
        """Say the diagram in words."""
        names = {p.id: p.title for p in (*self._flows.orgs, *self._flows.projects)}
        sentences = [
            self.tr("{0} to {1}: {2}").format(names[a.source], names[a.target], self._caption(a))
            for a in self._flows.arrows
        ]
        return "; ".join(sentences) or self.tr("Nothing flows yet.")

    def _caption(self, arrow: Flow) -> str:
        words = {
            Trigger.SALESFORCE_CREATED: self.tr("created"),
            Trigger.SALESFORCE_UPDATED: self.tr("updated"),
            Trigger.SALESFORCE_DELETED: self.tr("deleted"),
            Trigger.DIALOG_INSIGHT_CREATED: self.tr("created"),
            Trigger.DIALOG_INSIGHT_UPDATED: self.tr("updated"),
            Trigger.OPTIN_CHANGED: self.tr("opt-ins"),
        }
        text = ", ".join(word for kind, word in words.items() if kind in arrow.triggers)
        return text if arrow.enabled else self.tr("{0} (off)").format(text)

    def _below(self, place: Place) -> str:
        if place.type is None:
            return ", ".join(place.objects)
        return self.tr("type {0} · key: {1}").format(place.type.value, ", ".join(place.key) or "—")

    # the mouse

    def project_at(self, where: QPointF) -> str:
        """Give the id of the project whose box is there, "" where there is none."""
        ids = {place.id for place in self._flows.projects}
        return next((id for id, box in self._layout.boxes.items() if id in ids and box.contains(where)), "")

    def box_of(self, id: str) -> QRectF:
        """Give where a box is drawn."""
        return self._layout.boxes[id]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self.project_at(event.position())
        able = bool(found) and found != self._chosen
        self.setCursor(Qt.CursorShape.PointingHandCursor if able else Qt.CursorShape.ArrowCursor)
        names = {place.id: place.title for place in self._flows.projects}
        self.setToolTip(self.tr("Show {0}").format(names[found]) if able else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = self.project_at(event.position())
        if found and event.button() is Qt.MouseButton.LeftButton:
            self.project_clicked.emit(found)

    # the picture

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for arrow in self._layout.arrows:
            self._arrow(painter, arrow)
        for place in (*self._flows.orgs, *self._flows.projects):
            self._box(painter, self._layout.boxes[place.id], place, t.sf if place.type is None else t.di)
        painter.end()

    def _box(self, painter: QPainter, box: QRectF, place: Place, colour: str) -> None:
        t = tokens()
        chosen = place.id == self._chosen
        painter.setPen(QPen(QColor(colour), 2.5 if chosen else 1.4))
        soft = t.sf_soft if place.type is None else t.di_soft
        painter.setBrush(QColor(soft if chosen else t.surface))
        painter.drawRoundedRect(box, 7, 7)
        inside = box.adjusted(10, 0, -10, 0)
        title, below = (self._strong(), place.title, t.ink), (self._small(), self._below(place), t.ink2)
        heights = [
            QFontMetrics(font).boundingRect(QRect(0, 0, int(inside.width()), 9999), WRAPPED, text).height()
            for font, text, _ in (title, below)
        ]
        top = box.center().y() - (sum(heights) + 3) / 2
        for (font, text, ink), height in zip((title, below), heights, strict=True):
            painter.setFont(font)
            painter.setPen(QColor(ink))
            flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop) | WRAPPED
            painter.drawText(QRectF(inside.left(), top, inside.width(), height + 2), flags, text)
            top += height + 3

    def _arrow(self, painter: QPainter, arrow: Arrow) -> None:
        ink = QColor(tokens().ink2)
        pen = QPen(ink, 1.5)
        if not arrow.flow.enabled:
            pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        tip, before = arrow.points[-1], arrow.points[-2]
        back = -10.0 if tip.x() > before.x() else 10.0
        painter.drawPolyline(QPolygonF([*arrow.points[:-1], tip + QPointF(back * 0.6, 0)]))  # it ends in its head
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        head = [tip, QPointF(tip.x() + back, tip.y() - 5), QPointF(tip.x() + back, tip.y() + 5)]
        painter.drawPolygon(QPolygonF(head))
        painter.setFont(self._small())
        painter.setPen(ink)
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom) | WRAPPED
        painter.drawText(arrow.room, flags, self._caption(arrow.flow))


def example(forms: str, letters: str) -> Flows:
    """Give the picture of both types, for who has no project yet; the names are in the language of now."""
    from disf_desktop.core.schema import Side

    created, updated, optins = Trigger.SALESFORCE_CREATED, Trigger.SALESFORCE_UPDATED, Trigger.OPTIN_CHANGED
    born, changed = Trigger.DIALOG_INSIGHT_CREATED, Trigger.DIALOG_INSIGHT_UPDATED
    return Flows(
        (Place("org", "Salesforce", ("Contact", "Lead")),),
        (
            Place("b", forms, type=ProjectType.B, key=("EMail",)),
            Place("a", letters, type=ProjectType.A, key=("SalesforceID",)),
        ),
        (
            Flow("org", "b", Side.DIALOG_INSIGHT, frozenset({born, optins}), True),
            Flow("org", "a", Side.SALESFORCE, frozenset({created, updated}), True),
            Flow("org", "a", Side.DIALOG_INSIGHT, frozenset({changed, optins}), True),
        ),
    )
