"""Where the boxes and arrows of the diagram stand, at a width: a pure function of the flows and of how large texts are.

People born in Dialog Insight come from the left, those whom Salesforce sends go to the right, so the picture reads as
the data moves. An org is as tall as the projects beside it, so that its arrows are straight.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from disf_desktop.core.project import ProjectType
from disf_desktop.core.schema import Side
from disf_desktop.gui.models.flows import Flow, Flows, Place

BETWEEN = 128
"""The least room between two columns, for what the arrows say."""
NARROWEST, WIDEST_BETWEEN = 116, 250
SPACE = 18
"""Between two boxes, one below the other."""
LEAST_HEIGHT = 64
EDGE = 2
"""Room for the thick line around the one that is chosen."""
BEND = 14
"""How far from an org an arrow turns that goes to a project beside another one."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large texts are: the widest box, the height of a box and of a caption at a width."""

    wanted: float
    box: Callable[[Place, float], float]
    caption: Callable[[Flow, float], float]


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow as drawn: its points, the tip last, and the room for what it says, above its line."""

    flow: Flow
    points: tuple[QPointF, ...]
    room: QRectF


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole picture: the box of each place by its id, the arrows, and how tall it is."""

    boxes: dict[str, QRectF]
    arrows: tuple[Arrow, ...]
    height: int


def laid_out(flows: Flows, width: float, sizes: Sizes) -> Layout:
    """Lay a diagram out in a width."""
    columns = _Columns(flows, width - 2 * EDGE, sizes.wanted)
    boxes: dict[str, QRectF] = {}
    top = SPACE / 2
    for org, mine in _blocks(flows):
        sides = [[p for p in mine if columns.is_left(p)], [p for p in mine if not columns.is_left(p)]]
        heights = {p.id: _height(flows, p, columns, sizes) for p in mine}
        totals = [sum(heights[p.id] + SPACE for p in side) - SPACE if side else 0 for side in sides]
        own = max(LEAST_HEIGHT, sizes.box(org, columns.box)) if org is not None else 0
        block = max(own, *totals)
        for side, total in zip(sides, totals, strict=True):
            y = top + (block - total) / 2
            for place in side:
                boxes[place.id] = QRectF(columns.left_of(place), y, columns.box, heights[place.id])
                y += heights[place.id] + SPACE
        if org is not None:
            boxes[org.id] = QRectF(columns.middle, top, columns.box, block)
        top += block + SPACE
    arrows = tuple(arrow for place in flows.projects for arrow in _arrows_of(flows, place, boxes, columns, sizes))
    return Layout(boxes, arrows, round(top - SPACE / 2) if boxes else 0)


class _Columns:
    """The columns that are needed: the left one for people born in Dialog Insight, the right one for the others."""

    def __init__(self, flows: Flows, width: float, wanted: float) -> None:
        has_left = any(p.type is ProjectType.B for p in flows.projects)
        has_right = any(p.type is not ProjectType.B for p in flows.projects) or not has_left
        count = 1 + has_left + has_right
        gaps = count - 1
        self.box = max(NARROWEST, min(wanted, (width - gaps * BETWEEN) / count))
        self.gap = min(WIDEST_BETWEEN, (width - count * self.box) / gaps)
        left = (width - count * self.box - gaps * self.gap) / 2
        self.left = left + EDGE
        self.middle = self.left + (self.box + self.gap if has_left else 0)
        self.right = self.middle + self.box + self.gap

    @staticmethod
    def is_left(place: Place) -> bool:
        return place.type is ProjectType.B

    def left_of(self, place: Place) -> float:
        return self.left if self.is_left(place) else self.right

    @property
    def caption(self) -> float:
        return self.gap - BEND - 18


def _blocks(flows: Flows) -> list[tuple[Place | None, list[Place]]]:
    """Give each org with the projects beside it: those that it serves and no org before it; the rest comes last."""
    blocks: list[tuple[Place | None, list[Place]]] = []
    left = list(flows.projects)
    for org in flows.orgs:
        mine = [p for p in left if flows.between(org.id, p.id)]
        left = [p for p in left if p not in mine]
        blocks.append((org, mine))
    if left and len(blocks) == 1:
        blocks[0][1].extend(left)  # one org alone stands for all
        return blocks
    return [*blocks, (None, left)] if left else blocks


def _flows_of(flows: Flows, place: Place) -> list[Flow]:
    mine = [flow for flow in flows.arrows if flow.project == place.id]
    return sorted(mine, key=lambda flow: flow.away_from is Side.DIALOG_INSIGHT)


def _slot(flow: Flow, columns: _Columns, sizes: Sizes) -> float:
    return sizes.caption(flow, columns.caption) + 13


def _height(flows: Flows, place: Place, columns: _Columns, sizes: Sizes) -> float:
    slots = sum(_slot(flow, columns, sizes) for flow in _flows_of(flows, place))
    return max(LEAST_HEIGHT, sizes.box(place, columns.box), slots + 8)


def _arrows_of(flows: Flows, place: Place, boxes: dict[str, QRectF], columns: _Columns, sizes: Sizes) -> list[Arrow]:
    mine, box = _flows_of(flows, place), boxes[place.id]
    is_left = columns.is_left(place)
    y = box.center().y() - sum(_slot(flow, columns, sizes) for flow in mine) / 2
    made = []
    for flow in mine:
        slot, org = _slot(flow, columns, sizes), boxes[flow.org]
        line = y + slot - 7
        at_org, at_place = (org.left(), box.right()) if is_left else (org.right(), box.left())
        bend = at_org + (-BEND if is_left else BEND)
        from_y = line if org.top() + 6 < line < org.bottom() - 6 else org.center().y()
        points = [QPointF(at_org, from_y), QPointF(bend, from_y), QPointF(bend, line), QPointF(at_place, line)]
        if flow.away_from is Side.DIALOG_INSIGHT:
            points.reverse()
        room = QRectF(min(at_place, bend) + 4, y, abs(at_place - bend) - 8, slot - 10)
        made.append(Arrow(flow, tuple(points), room))
        y += slot
    return made
