"""Before a value is chosen: what both sides hold, what both will hold, and whether the same is meant for others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QWidget

from disf_desktop.core.schema import Side
from disf_desktop.core.waiting import ConflictGroup, ConflictStory
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.dialog import Dialog
from disf_desktop.gui.lists import Grid
from disf_desktop.gui.models.names import name_of
from disf_desktop.gui.models.operations import plain
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import card, column
from disf_desktop.gui.words.figures import counts
from disf_desktop.gui.words.story import SERVICE_NAMES


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What becomes of one side of a conflict."""

    id: str
    name: str
    side: Side
    now: str
    will_be: str


class ConflictDialog(Dialog):
    """Shows the outcome of a choice on both sides. Nothing is noted before its button is taken."""

    def __init__(
        self, parent: QWidget, desk: Desk, stories: Sequence[ConflictStory], side: Side, alike: ConflictGroup | None
    ) -> None:
        super().__init__(parent, self._go)
        self._desk, self._side = desk, side
        self._stories, self._group = tuple(stories), alike
        self.outcomes = TableModel[_Outcome](
            (
                Column(lambda: self.tr("Record"), lambda o: Cell(o.name, Look.STRONG, tip=o.name)),
                Column(lambda: self.tr("Service"), self._service),
                Column(lambda: self.tr("Now"), self._now),
                Column(lambda: self.tr("Will be"), self._will_be),
            ),
            self,
        )
        self.table = Grid(self.outcomes, stretch=3, row_height=34)
        self.table.setMinimumHeight(150)
        self.also = QCheckBox()
        self.also.toggled.connect(lambda _: self._say_all())
        self.put(card(column(self.table), margins=(1, 1, 1, 1)), self.also)
        self.setMinimumWidth(620)
        self._say_all()

    @property
    def _others(self) -> int:
        """How many values there are besides that may be settled with this one."""
        return self._group.waiting - 1 if self._group is not None else 0

    def _say_all(self) -> None:
        restoring = any(story.conflict.state == "resolved" for story in self._stories)
        number = len(self._stories) + (self._others if self.also.isChecked() else 0)
        name = SERVICE_NAMES[self._side]
        title = self.tr("Restore the value of {0}") if restoring else self.tr("Keep the value of {0}")
        self.say(
            title.format(name),
            self.tr("The next run writes it, in the form that each side stores."),
            counts.restore_values(number) if restoring else counts.keep_values(number),
        )
        self.also.setText(counts.same_for_others(self._others))
        self.also.setVisible(self._others > 0)
        self.table.setAccessibleName(self.tr("What both sides will hold"))
        self.outcomes.show([outcome for story in self._stories for outcome in self._outcomes(story)])

    def _outcomes(self, story: ConflictStory) -> list[_Outcome]:
        record = story.conflict
        name = f"{name_of(story.values) or record.key} · {record.field}"
        held = {Side.SALESFORCE: plain(record.salesforce), Side.DIALOG_INSIGHT: plain(record.dialog_insight)}
        if record.state == "resolved":  # both hold the value that won
            held = dict.fromkeys(Side, held[self._side.other])
        kept = plain(record.salesforce if self._side is Side.SALESFORCE else record.dialog_insight)
        return [_Outcome(f"{story.id}{side}", name, side, held[side], kept) for side in Side]

    def _service(self, o: _Outcome) -> Cell:
        return Cell(SERVICE_NAMES[o.side], Look.PILL_SF if o.side is Side.SALESFORCE else Look.PILL_DI)

    def _now(self, o: _Outcome) -> Cell:
        same = o.now == o.will_be
        return Cell(o.now or "—", Look.CODE if same else Look.GONE, tip=o.now)

    def _will_be(self, o: _Outcome) -> Cell:
        if o.now == o.will_be:
            return Cell(self.tr("stays as it is"), Look.MUTED)
        return Cell(o.will_be or "—", Look.NEW, tip=o.will_be)

    def _go(self) -> bool:
        if self._group is not None and self.also.isVisibleTo(self) and self.also.isChecked():
            self._desk.choose_alike(self._group, self._side)
        else:
            self._desk.choose([story.id for story in self._stories], self._side)
        return True
