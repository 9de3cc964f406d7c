"""Before a run is taken back: in how many records, and what cannot be."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from disf_desktop.core.history import RunRecord
from disf_desktop.core.schema import Side
from disf_desktop.core.waiting import UndoForecast
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.dialog import Dialog
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.parts import FigureCards, label, say
from disf_desktop.gui.words.figures import counts, moment, number
from disf_desktop.gui.words.story import SERVICE_NAMES


class UndoDialog(Dialog):
    """Counts first; its button starts the run that takes the other one back."""

    def __init__(self, parent: QWidget, desk: Desk, record: RunRecord) -> None:
        super().__init__(parent, self._go)
        self._desk, self._record = desk, record
        self.figures = FigureCards()
        self.back, self.stays = label("", wrap=True), label("muted", wrap=True)
        self.put(self.figures, self.back, self.stays)
        self.finished.connect(lambda _: desk.forget_undo())
        desk.ask_undo(record.id)

    def show_facts(self, facts: Facts) -> None:
        """Show what was counted."""
        told = facts.activity.undoing
        forecast = told.forecast if told is not None and told.run == self._record.id else None
        error = told.error if told is not None else None
        total = forecast.total if forecast is not None else 0
        if forecast is None:
            text = "" if error is not None else self.tr("Counting what would be taken back…")
        elif not total:
            text = self.tr("There is nothing of this run to take back.")
        else:
            text = self.tr(
                "Fields that somebody has edited since stay as they are; a run of its own takes back the rest."
            )
        verb = counts.take_back(total) if total else self.tr("Take back")
        self.say(self.tr("Undo the sync of {0}").format(moment(self._record.started)), text, verb)
        self.complain(error)
        self.accept_button.setEnabled(total > 0 and not facts.running)
        self._show_forecast(forecast)

    def _show_forecast(self, forecast: UndoForecast | None) -> None:
        if forecast is None:
            self.figures.show_figures(())
            say(self.back, "")
            say(self.stays, "")
            return
        figures = [(f"→ {SERVICE_NAMES[side]}", number(forecast.records.get(side, 0))) for side in Side]
        self.figures.show_figures(figures if forecast.total else ())
        say(self.back, counts.fields_back(forecast.fields) if forecast.fields else "")
        told = (
            (forecast.moved, counts.moved_stay),
            (forecast.created, counts.created_stay),
            (forecast.consents, counts.consents_stay),
        )
        stays = [tell(n) for n, tell in told if n]
        if forecast.gone:
            names = ", ".join(forecast.gone)
            stays.append(self.tr("What {0} wrote stays: the project file does not have it any more.").format(names))
        say(self.stays, "\n".join(stays))

    def _go(self) -> bool:
        self._desk.undo_run(self._record.id)
        return True
