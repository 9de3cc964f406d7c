"""When an integration runs by itself: by hand, every so many minutes, or at hours of the day."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QLocale, QTime, Signal
from PySide6.QtWidgets import QTimeEdit, QWidget

from disf_desktop.core.project import Schedule
from disf_desktop.gui.dialogs.dialog import Dialog
from disf_desktop.gui.inputs import Labelled, Number, Segments
from disf_desktop.gui.parts import button, column, label, row
from disf_desktop.gui.words.choices import schedule

LEAST_MINUTES, MOST_MINUTES = 1, 10_080
USUAL_MINUTES = 15
USUAL_HOUR = "08:00"
MOST_HOURS = 24


class Kind(StrEnum):
    BY_HAND = "by_hand"
    EVERY = "every"
    AT = "at"


class Hour(QWidget):
    """An hour of the day, and the button that takes it away."""

    changed = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.time = QTimeEdit()
        self.time.timeChanged.connect(lambda _: self.changed.emit())
        self.remove = button("quiet", self.removed.emit)
        self.setLayout(row(self.time, self.remove, None))

    def show_hour(self, at: str, number: int, alone: bool) -> None:
        """Show an hour (HH:MM); the only one cannot be taken away."""
        self.time.blockSignals(True)
        self.time.setDisplayFormat(QLocale().timeFormat(QLocale.FormatType.ShortFormat))
        self.time.setTime(QTime.fromString(at, "HH:mm"))
        self.time.blockSignals(False)
        self.time.setAccessibleName(self.tr("Hour {0}").format(number))
        self.remove.setText(self.tr("Remove"))
        self.remove.setAccessibleName(self.tr("Remove hour {0}").format(number))
        self.remove.setVisible(not alone)

    @property
    def at(self) -> str:
        return self.time.time().toString("HH:mm")


class ScheduleDialog(Dialog):
    """Asks for a schedule; `then` is given it, None for by hand."""

    def __init__(
        self, parent: QWidget, name: str, now: Schedule | None, then: Callable[[Schedule | None], object]
    ) -> None:
        super().__init__(parent, self._answer)
        self._then = then
        self.kind = Kind.BY_HAND if now is None else Kind.AT if now.every_minutes is None else Kind.EVERY
        self.segments = Segments()
        self.segments.picked.connect(self._pick)
        self.minutes = Number(LEAST_MINUTES, MOST_MINUTES)
        self.minutes.show_number((now.every_minutes if now else None) or USUAL_MINUTES)
        self.minutes.entered.connect(lambda _: self.show_choice())
        self.every = Labelled(self.minutes)
        self.hours: list[Hour] = []
        self._hours_room = column(spacing=6)
        self.add = button("quiet", self._add)
        self.at = QWidget()
        self.hours_title = label("caption")
        self.at.setLayout(column(self.hours_title, self._hours_room, row(self.add, None), spacing=6))
        self.sentence = label("strong", wrap=True)
        self.put(self.segments, self.every, self.at, self.sentence)
        self.say(
            self.tr("When “{0}” runs").format(name),
            self.tr("It runs by itself while this file is open here, or where “disf run” keeps it."),
            self.tr("&Set the schedule"),
        )
        for at in (now.at if now is not None else ()) or (USUAL_HOUR,):
            self._put_hour(at)
        self.show_choice()

    def _pick(self, kind: Kind) -> None:
        self.kind = kind
        self.show_choice()

    def _add(self) -> None:
        last = QTime.fromString(self.hours[-1].at, "HH:mm")
        self._put_hour(last.addSecs(4 * 3600).toString("HH:mm"))
        self.hours[-1].time.setFocus()
        self.show_choice()

    def _put_hour(self, at: str) -> None:
        made = Hour()
        made.show_hour(at, len(self.hours) + 1, alone=False)
        made.changed.connect(self.show_choice)
        made.removed.connect(lambda: self._remove(made))
        self.hours.append(made)
        self._hours_room.addWidget(made)

    def _remove(self, hour: Hour) -> None:
        self.hours.remove(hour)
        self._hours_room.removeWidget(hour)
        hour.deleteLater()
        self.hours[-1].time.setFocus()
        self.show_choice()

    @property
    def schedule(self) -> Schedule | None:
        """The schedule as it is chosen now; hours in their order, each once."""
        if self.kind is Kind.BY_HAND:
            return None
        if self.kind is Kind.EVERY:
            self.minutes.interpretText()  # what was typed counts, though the hand is still in the field
            return Schedule(every_minutes=self.minutes.value())
        return Schedule(at=tuple(sorted({hour.at for hour in self.hours})))

    def show_choice(self) -> None:
        """Show what is chosen, as inputs and as a sentence."""
        choices = (
            (Kind.BY_HAND, self.tr("By hand")),
            (Kind.EVERY, self.tr("Every so many minutes")),
            (Kind.AT, self.tr("At hours of the day")),
        )
        self.segments.show_choices(choices, self.kind)
        self.segments.setAccessibleName(self.tr("Kind of schedule"))
        self.every.show_text(self.tr("&Minutes between two runs"))
        self.every.setVisible(self.kind is Kind.EVERY)
        self.hours_title.setText(self.tr("Hours, by the clock of this computer"))
        self.add.setText(self.tr("&Add an hour"))
        self.add.setEnabled(len(self.hours) < MOST_HOURS)
        self.at.setVisible(self.kind is Kind.AT)
        for n, hour in enumerate(self.hours, 1):
            hour.show_hour(hour.at, n, alone=len(self.hours) == 1)
        self.sentence.setText(schedule(self.schedule))

    def _answer(self) -> bool:
        self._then(self.schedule)
        return True
