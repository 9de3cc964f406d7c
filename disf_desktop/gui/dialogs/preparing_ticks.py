"""What would be made in an org, a line each with its definition; what is in conflict cannot be ticked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QWidget

from disf_desktop.core.preparation import Component, ComponentKind
from disf_desktop.gui.dialogs.preparing_lines import Lines
from disf_desktop.gui.models.preparing import conflicting, lacking
from disf_desktop.gui.parts import column, label, pill, row, say
from disf_desktop.gui.theme import px
from disf_desktop.gui.words.preparation_words import component_said, definition_said, purpose_said, reason_said

TALLEST, TALLEST_BESIDE_PEOPLE = 232, 118
"""Of the list; more lines scroll."""


class ComponentTicks(QFrame):
    """The lines. `changed` comes with each tick of the person."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._components: tuple[Component, ...] = ()
        self._left_out: set[str] = set()
        self._only: frozenset[str] | None = None
        self._tallest = TALLEST
        self.boxes: dict[str, QCheckBox] = {}
        self._texts: dict[str, QLabel] = {}
        self._left: list[tuple[Component, QLabel, QLabel, QLabel]] = []
        self._lines = Lines(12)
        outside = column(self._lines)
        outside.setContentsMargins(1, 1, 1, 1)
        self.setLayout(outside)

    @property
    def ticked(self) -> frozenset[str]:
        """What an installation would touch; access is kept ticked with every field."""
        return frozenset(id for id, box in self.boxes.items() if box.isChecked())

    def tick_only(self, ids: Iterable[str]) -> None:
        """Begin with these ticked; all that lacks, where there is none."""
        self._only = frozenset(ids) or None

    def give_way(self, wanted: bool) -> None:
        """Leave room for the people that are picked below."""
        self._tallest = TALLEST_BESIDE_PEOPLE if wanted else TALLEST

    def show_components(self, components: Sequence[Component]) -> None:
        """Show what an org lacks, and what is in conflict there."""
        fresh = (*lacking(components), *conflicting(components))
        if fresh != self._components:
            self._fill(fresh)
        for each in lacking(self._components):
            self.boxes[each.id].setText(component_said(each).replace("&", "&&"))
            self._texts[each.id].setText(f"{definition_said(each)}\n{purpose_said(each)}")
            self.boxes[each.id].setAccessibleDescription(self._texts[each.id].text())
        for component, name, mark, why in self._left:
            name.setText(component_said(component))
            say(mark, self.tr("left as it is"), "warn")
            why.setText(reason_said(component))
        self._lock_access()
        self._lines.fit(self._tallest)

    def _fill(self, components: tuple[Component, ...]) -> None:
        self._lines.clear()
        self._components, self.boxes, self._texts, self._left = components, {}, {}, []
        for each in lacking(components):
            box, text = QCheckBox(), label("small", wrap=True)
            box.setChecked(self._wanted(each))
            box.toggled.connect(lambda on, id=each.id: self._toggled(id, on))
            text.setContentsMargins(px(24), 0, 0, 0)
            self.boxes[each.id], self._texts[each.id] = box, text
            self._lines.add(_line(box, text))
        for each in conflicting(components):
            name, mark, why = label("strong"), pill(), label("small", wrap=True)
            self._left.append((each, name, mark, why))
            whole = QWidget()
            whole.setLayout(column(row(name, mark, None), why, spacing=3))
            self._lines.add(whole)

    def _wanted(self, component: Component) -> bool:
        return (self._only is None or component.id in self._only) and component.id not in self._left_out

    def _toggled(self, id: str, on: bool) -> None:
        (self._left_out.discard if on else self._left_out.add)(id)
        self._lock_access()
        self.changed.emit()

    def _lock_access(self) -> None:
        """Keep the permission set ticked as long as a field is: nobody would see the field without."""
        fields = [b for each in lacking(self._components) if _is_field(each) and (b := self.boxes[each.id]).isChecked()]
        for each in lacking(self._components):
            if not _is_field(each):
                box = self.boxes[each.id]
                was = box.blockSignals(True)
                box.setChecked(bool(fields) or self._wanted(each))
                box.blockSignals(was)
                box.setEnabled(not fields)


def _is_field(component: Component) -> bool:
    return component.kind is ComponentKind.FIELD


def _line(box: QCheckBox, text: QLabel) -> QWidget:
    whole = QWidget()
    box.setCursor(Qt.CursorShape.PointingHandCursor)
    whole.setLayout(column(box, text, spacing=2))
    return whole
