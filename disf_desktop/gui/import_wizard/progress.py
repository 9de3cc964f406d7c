"""How far a check or an import is: the bar, the rate, what is left, and the buttons that hold or stop it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QProgressBar

from disf_desktop.gui.desk import Desk
from disf_desktop.gui.models.facts import Facts, RunKind
from disf_desktop.gui.parts import button, column, label, pill, row, say
from disf_desktop.gui.words.figures import counts, duration, number

FINE = 1000
"""Steps of the bar; totals of millions would not fit its integers."""


class ProgressCard(QFrame):
    """Shown while a check or an import is under way."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self.title, self.state = label("subtitle"), pill()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.done, self.rate, self.left, self.calls = (label("small") for _ in range(4))
        self.note = label("muted", wrap=True)
        self.pause_button, self.stop_button = button("", desk.pause_or_resume), button("", desk.stop)
        box = column(
            row(self.title, self.state, None, self.pause_button, self.stop_button, spacing=8),
            self.bar,
            row(self.done, self.rate, self.left, None, self.calls, spacing=22),
            self.note,
            spacing=12,
        )
        box.setContentsMargins(20, 16, 20, 16)
        self.setLayout(box)

    def show_run(self, facts: Facts, estimate: int | None) -> None:
        """Show the run of the facts; `estimate` is how many rows there may be, while it does not say."""
        run = facts.run
        if run is None:
            return
        checking = run.kind is RunKind.CHECK
        self.title.setText(self.tr("Checking every row") if checking else self.tr("Sending the rows"))
        state = self.tr("Stopping…") if run.stopping else self.tr("Paused") if run.paused else ""
        say(self.state, state, "warn")
        self.pause_button.setText(self.tr("R&esume") if run.paused else self.tr("P&ause"))
        self.stop_button.setText(self.tr("S&top the check") if checking else self.tr("S&top after this batch"))
        for made in (self.pause_button, self.stop_button):
            made.setEnabled(not run.stopping)
        progress = run.state.progress
        total = progress.total if progress is not None and progress.total else estimate
        if progress is None or not total:
            self.bar.setRange(0, 0)
        else:
            self.bar.setRange(0, FINE)
            self.bar.setValue(min(FINE, FINE * progress.done // total))
        if progress is None:
            said = self.tr("Starting…")
        elif total is None:
            said = counts.rows(progress.done)
        else:
            said = self.tr("{0} of {1}").format(number(progress.done), counts.rows(max(total, progress.done)))
        say(self.done, said)
        self.bar.setAccessibleName(said)
        say(self.rate, self.tr("{0} rows/s").format(number(progress.rate)) if progress and progress.rate else "")
        eta = progress.eta_s if progress is not None and not run.paused else None
        say(self.left, self.tr("{0} left").format(duration(eta)) if eta is not None else "")
        say(self.calls, counts.calls_used(progress.calls) if progress is not None and progress.calls else "")
        self.note.setText(
            self.tr("Nothing is sent by the check. The file is only read.")
            if checking
            else self.tr(
                "You can close this window: the import goes on, and its progress is on the Integrations tab. If the "
                "program or the computer ends, choose the same file again: it goes on where it stopped, no row twice."
            )
        )
