"""Our own small drawings, recoloured from the tokens and drawn at the size and density asked for."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from disf_desktop.core.schema import FieldType
from disf_desktop.gui.models.marks import Mark
from disf_desktop.gui.theme import Tokens, icon_path, tokens

FIELD_ICONS: dict[FieldType, str] = {
    FieldType.ID: "key",
    FieldType.REFERENCE: "link",
    FieldType.CONTACT: "link",
    FieldType.TEXT: "text",
    FieldType.LONG_TEXT: "text",
    FieldType.EMAIL: "email",
    FieldType.PHONE: "phone",
    FieldType.URL: "link",
    FieldType.CHOICE: "choice",
    FieldType.CHOICES: "choice",
    FieldType.BOOLEAN: "boolean",
    FieldType.INTEGER: "number",
    FieldType.DECIMAL: "number",
    FieldType.DATE: "date",
    FieldType.DATETIME: "date",
    FieldType.TIME: "date",
    FieldType.UNSUPPORTED: "unsupported",
}


ICON = QSize(20, 16)
"""The size of an icon on a button."""


@lru_cache(maxsize=64)
def _renderer(name: str, colour: str, cutout: str) -> QSvgRenderer:
    drawing = Path(icon_path(name)).read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).replace("cutout", cutout).encode()))


def draw(painter: QPainter, name: str, box: QRectF, colour: str) -> None:
    """Paint an icon into a box."""
    _renderer(name, colour, tokens().mark_ink).render(painter, box)


@lru_cache(maxsize=256)
def _pixmap(name: str, colour: str, cutout: str, size: int, density: float) -> QPixmap:
    pixmap = QPixmap(round(size * density), round(size * density))
    pixmap.setDevicePixelRatio(density)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, colour, cutout).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def pixmap(name: str, colour: str, size: int = 16) -> QPixmap:
    """Give an icon in one colour, sharp on the densest screen there is."""
    density = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    return _pixmap(name, colour, tokens().mark_ink, size, density)


def icon(name: str, colour: str) -> QIcon:
    """Give an icon for a button, with the room that keeps it off the text; greyed where the button is disabled."""
    result = QIcon()
    for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, tokens().ink3)):
        drawing = pixmap(name, ink)
        density = drawing.devicePixelRatio()
        roomy = QPixmap(round(ICON.width() * density), round(ICON.height() * density))
        roomy.setDevicePixelRatio(density)
        roomy.fill(Qt.GlobalColor.transparent)
        painter = QPainter(roomy)
        painter.drawPixmap(0, 0, drawing)
        painter.end()
        result.addPixmap(roomy, mode)
    return result


def mark_colour(mark: Mark, t: Tokens) -> str:
    """Give the colour of a mark; its shape says the same to who sees no colour."""
    return {Mark.DONE: t.ok, Mark.NEEDS_YOU: t.warn, Mark.NOT_STARTED: t.ink3}[mark]


def mark_pixmap(mark: Mark, size: int = 16) -> QPixmap:
    """Give the drawing of a mark: a tick, an exclamation mark or an empty ring."""
    return pixmap(mark.value, mark_colour(mark, tokens()), size)
