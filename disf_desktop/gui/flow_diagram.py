"""The diagram of what flows, painted from the project file."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from disf_desktop.core.project import Trigger
from disf_desktop.core.schema import Side
from disf_desktop.gui.models.flows import Flow, Flows, Place
from disf_desktop.gui.theme import tokens

BOX = QSize(170, 72)
GAP = 22


class FlowDiagram(QWidget):
    """Orgs in blue at the left, projects in teal at the right, an arrow for each way that is in the file; one that
    is off is dotted. An org is as tall as the projects beside it, so that its arrows are straight."""

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
        boxes = max(1, sum(max(1, len(mine)) for _, mine in self._rows()))
        return QSize(640, boxes * (BOX.height() + GAP))

    def _rows(self) -> list[tuple[Place | None, list[Place]]]:
        """Give each org with the projects beside it: those that it serves and no org before it; the rest comes last."""
        rows: list[tuple[Place | None, list[Place]]] = []
        left = list(self._flows.projects)
        for org in self._flows.orgs:
            mine = [p for p in left if self._flows.between(org.id, p.id)]
            left = [p for p in left if p not in mine]
            rows.append((org, mine))
        return [*rows, (None, left)] if left else rows

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
        return self.tr("type {0} · key: {1}").format(place.type.value, ", ".join(place.key))

    def _boxes(self) -> dict[str, QRectF]:
        width = max(BOX.width(), *(self._width_of(p) for p in (*self._flows.orgs, *self._flows.projects)), 0)
        between = min(300, max(150, self.width() - 2 * width - 4))
        left = (self.width() - 2 * width - between) / 2
        boxes: dict[str, QRectF] = {}
        top, step = GAP / 2, BOX.height() + GAP
        for org, mine in self._rows():
            for n, place in enumerate(mine):
                boxes[place.id] = QRectF(left + width + between, top + n * step, width, BOX.height())
            rows = max(1, len(mine))
            if org is not None:
                boxes[org.id] = QRectF(left, top, width, rows * step - GAP)
            top += rows * step
        return boxes

    def _width_of(self, place: Place) -> int:
        metrics = QFontMetrics(self.font())
        return max(metrics.horizontalAdvance(place.title) + 10, metrics.horizontalAdvance(self._below(place))) + 28

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        boxes = self._boxes()
        for arrow in self._flows.arrows:
            beside = len(self._flows.between(arrow.org, arrow.project)) > 1
            self._arrow(painter, boxes[arrow.org], boxes[arrow.project], arrow, beside)
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
        middle = box.center().y()
        upper = QRectF(box.left() + 6, middle - 31, box.width() - 12, 30)
        painter.drawText(upper, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, place.title)
        small = QFont(self.font())
        small.setPixelSize(12)
        painter.setFont(small)
        painter.setPen(QColor(t.ink2))
        lower = QRectF(box.left() + 6, middle + 3, box.width() - 12, 24)
        painter.drawText(lower, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self._below(place))

    def _arrow(self, painter: QPainter, org: QRectF, project: QRectF, arrow: Flow, beside: bool) -> None:
        """Draw an arrow; of two, the one to Dialog Insight is the upper one, and what it says stands above it."""
        t, forward = tokens(), arrow.away_from is Side.SALESFORCE
        y = project.center().y() + ((-13 if forward else 13) if beside else 8)
        pen = QPen(QColor(t.ink2), 1.5)
        if not arrow.enabled:
            pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        from_y = y if org.top() < y < org.bottom() else org.center().y() + y - project.center().y()
        bend = org.right() + 30
        points = [QPointF(org.right(), from_y), QPointF(bend, from_y), QPointF(bend, y), QPointF(project.left(), y)]
        tip, back = (points[-1], -10) if forward else (points[0], 10)
        points[-1 if forward else 0] = tip + QPointF(back * 0.6, 0)  # the line ends inside of its head
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.ink2))
        base = tip.x() + back
        painter.drawPolygon(QPolygonF([tip, QPointF(base, tip.y() - 5), QPointF(base, tip.y() + 5)]))
        small = QFont(self.font())
        small.setPixelSize(12)
        painter.setFont(small)
        painter.setPen(QColor(t.ink2))
        above = forward or not beside
        room = QRectF(bend - 20, y - 21 if above else y + 4, project.left() - bend + 10, 18)
        text = painter.fontMetrics().elidedText(self._caption(arrow), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
