"""The head of a mapping: its name, its state, where it goes, and what can be done with the whole of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum, auto

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QWidget

from disf_desktop.core.project import Integration
from disf_desktop.gui.deeds.mappings import CHECKING
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.marks import Mark, mapping_mark
from disf_desktop.gui.models.pairs import both_schemas, schema_keys
from disf_desktop.gui.parts import button, label, pill, row, say
from disf_desktop.gui.words import story


class MappingHead(QWidget):
    """Shows which mapping is under the hand, with *Suggest pairs*, *Check*, *Activate* or *Pause*, and the table."""

    def __init__(
        self,
        suggest: Callable[[], None],
        check: Callable[[], None],
        activate: Callable[[], None],
        switch: Callable[[], None],
    ) -> None:
        super().__init__()
        self.title, self.state, self.place = label("title"), pill(), label("muted")
        self.suggest_button, self.check_button = button("", suggest), button("", check)
        self.activate_button, self.table_button = button("", activate), button("", switch)
        self.table_button.setCheckable(True)
        self._said = row(self.title, self.state, self.place, None)
        self._acts = row(
            self.suggest_button, self.check_button, self.activate_button, self.table_button, None, spacing=8
        )
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(10)
        self._box.addLayout(self._said, 1)
        self._box.addLayout(self._acts)
        self.setLayout(self._box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:  # a text has changed its length
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Put the buttons below the name where there is no room beside it, whatever is said: else the fields would
        move under the hand as soon as they are read."""
        needed = self._said.sizeHint().width() + self._box.spacing() + self._acts.sizeHint().width()
        needed += _growth(self.state, self._states().values()) + _growth(self.check_button, self._checks())
        way = QBoxLayout.Direction.TopToBottom if needed > self.width() else QBoxLayout.Direction.LeftToRight
        if way is not self._box.direction():
            self._box.setDirection(way)

    def show_mapping(self, facts: Facts, integration: Integration) -> None:
        """Show a mapping as the facts have it."""
        assert facts.project is not None, "a mapping is of a project file"
        self.title.setText(story.integration_title(facts.project, integration))
        self.place.setText(story.integration_place(facts.project, integration))
        self.place.setToolTip(self.place.text())
        self._show_state(facts, integration)
        read = both_schemas(facts, integration) is not None
        self.suggest_button.setText(self.tr("Su&ggest pairs"))
        self.suggest_button.setEnabled(read)
        self.suggest_button.setToolTip("" if read else self.tr("The fields of both services are not read yet."))
        checking = CHECKING in facts.asking
        self.check_button.setText(self._checks()[checking])
        self.check_button.setEnabled(not checking)
        self.check_button.setToolTip(self.tr("Find everything that can be known before a run"))
        self.activate_button.setText(self.tr("Pa&use") if integration.enabled else self.tr("Acti&vate"))
        self.activate_button.setAccessibleDescription(
            self.tr("Runs leave {0} out").format(integration.name)
            if integration.enabled
            else self.tr("Runs carry out {0}").format(integration.name)
        )
        self.table_button.setText(self.tr("As a &table"))

    def _checks(self) -> tuple[str, str]:
        return self.tr("&Check"), self.tr("Checking…")

    def _states(self) -> dict[_State, str]:
        return {
            _State.READING: self.tr("Reading…"),
            _State.NEEDS_YOU: self.tr("Needs you"),
            _State.DRAFT: self.tr("Draft"),
            _State.UNCHECKED: self.tr("Not checked yet"),
            _State.ACTIVE: self.tr("Active"),
        }

    def _show_state(self, facts: Facts, integration: Integration) -> None:
        state = _state_of(facts, integration)
        look = {_State.NEEDS_YOU: "warn", _State.ACTIVE: "ok"}.get(state, "neutral")
        say(self.state, self._states()[state], look)


class _State(Enum):
    READING = auto()
    NEEDS_YOU = auto()
    DRAFT = auto()
    UNCHECKED = auto()
    ACTIVE = auto()


def _state_of(facts: Facts, integration: Integration) -> _State:
    if any(key in facts.asking for key in schema_keys(integration)):
        return _State.READING
    mark = mapping_mark(facts, integration)
    if mark is Mark.NEEDS_YOU:
        return _State.NEEDS_YOU
    if not integration.enabled:
        return _State.DRAFT
    return _State.UNCHECKED if mark is Mark.NOT_STARTED else _State.ACTIVE


def _growth(part: QLabel | QPushButton, texts: Iterable[str]) -> int:
    """Give by how much a part grows at most, in pixels, when it says another of these texts."""
    metrics = part.fontMetrics()
    now, *others = (metrics.horizontalAdvance(text.replace("&", "")) for text in (part.text(), *texts))
    return max(0, *(other - now for other in others))
