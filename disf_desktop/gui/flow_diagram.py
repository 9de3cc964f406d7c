"""The diagram of what flows, painted from the project file."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from disf_desktop.core.project import Trigger
from disf_desktop.gui.models.flows import Flow, Flows, Place
from disf_desktop.gui.theme import tokens

BOX = QSize(190, 70)
GAP = 22


class FlowDiagram(QWidget):
    """Orgs in blue at the left, projects in teal at the right, an arrow for each way that is in the file; one that
    is off is dotted."""

    def __init__(self) -> None:
        super().__init__()
        self._flows = Flows()
        self._chosen = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_flows(self, flows: Flows, chosen: str) -> None:
        """Show these flows, with one project drawn stronger."""
        self._flows, self._chosen = flows, chosen
        self.setFixedHeight(self.sizeHint().height())
        self.setAccessibleName(self.tr("What flows"))
        self.update()

    def sizeHint(self) -> QSize:
        boxes = max(len(self._flows.orgs), len(self._flows.projects), 1)
        return QSize(640, boxes * (BOX.height() + GAP) + GAP)

    def said(self) -> str:
        """Say the diagram in words."""
        names = {p.id: p.title for p in (*self._flows.orgs, *self._flows.projects)}
        sentences = [
            self.tr("{0} to {1}: {2}").format(names[a.source], names[a.target], self._caption(a))
            for a in self._flows.arrows
        ]
        return "; ".join(sentences) or self.tr("Nothing flows yet.")

    def _caption(self, arrow: Flow) -> str:
        words = []
        if Trigger.SALESFORCE_CREATED in arrow.triggers:
            words.append(self.tr("created"))
        if Trigger.SALESFORCE_UPDATED in arrow.triggers:
            words.append(self.tr("updated"))
        text = ", ".join(words)
        return text if arrow.enabled else self.tr("{0} (off)").format(text)

    def _below(self, place: Place) -> str:
        if place.type is None:
            return ", ".join(place.objects)
        return self.tr("type {0} · key: {1}").format(place.type.value, ", ".join(place.key))

    def _boxes(self) -> dict[str, QRectF]:
        width = max(BOX.width(), *(self._width_of(p) for p in (*self._flows.orgs, *self._flows.projects)), 0)
        between = min(260, max(150, self.width() - 2 * width - 40))
        left = (self.width() - 2 * width - between) / 2
        boxes: dict[str, QRectF] = {}
        for x, places in ((left, self._flows.orgs), (left + width + between, self._flows.projects)):
            used = len(places) * (BOX.height() + GAP) - GAP
            top = (self.height() - used) / 2
            for n, place in enumerate(places):
                boxes[place.id] = QRectF(x, top + n * (BOX.height() + GAP), width, BOX.height())
        return boxes

    def _width_of(self, place: Place) -> int:
        metrics = QFontMetrics(self.font())
        return max(metrics.horizontalAdvance(place.title) + 10, metrics.horizontalAdvance(self._below(place))) + 28

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        boxes = self._boxes()
        for arrow in self._flows.arrows:
            self._arrow(painter, boxes[arrow.source], boxes[arrow.target], arrow)
        for places, colour in ((self._flows.orgs, t.sf), (self._flows.projects, t.di)):
            for place in places:
                self._box(painter, boxes[place.id], place, colour)
        painter.end()

    def _box(self, painter: QPainter, box: QRectF, place: Place, colour: str) -> None:
        t = tokens()
        painter.setPen(QPen(QColor(colour), 2.5 if place.id == self._chosen else 1.4))
        painter.setBrush(QColor(t.surface))
        painter.drawRoundedRect(box, 6, 6)
        strong = QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        painter.setFont(strong)
        painter.setPen(QColor(t.ink))
        upper = box.adjusted(6, 4, -6, -box.height() / 2)
        painter.drawText(upper, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, place.title)
        small = QFont(self.font())
        small.setPixelSize(12)
        painter.setFont(small)
        painter.setPen(QColor(t.ink2))
        lower = box.adjusted(6, box.height() / 2 + 2, -6, -4)
        painter.drawText(lower, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self._below(place))

    def _arrow(self, painter: QPainter, source: QRectF, target: QRectF, arrow: Flow) -> None:
        t = tokens()
        start, end = QPointF(source.right(), source.center().y()), QPointF(target.left(), target.center().y())
        pen = QPen(QColor(t.ink2), 1.5)
        if not arrow.enabled:
            pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        bend = start.x() + (end.x() - start.x()) * 0.28
        points = [start, QPointF(bend, start.y()), QPointF(bend, end.y()), QPointF(end.x() - 6, end.y())]
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.ink2))
        painter.drawPolygon(QPolygonF([end, QPointF(end.x() - 10, end.y() - 5), QPointF(end.x() - 10, end.y() + 5)]))
        small = QFont(self.font())
        small.setPixelSize(12)
        painter.setFont(small)
        painter.setPen(QColor(t.ink2))
        room = QRectF(bend + 2, end.y() - 22, end.x() - bend - 12, 18)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self._caption(arrow))
