"""The run under way: what it does, how far it is, and the buttons that hold or stop it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QProgressBar

from disf_desktop.gui import story
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.figures import counts, duration, number
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.parts import button, column, label, pill, row, say

FINE = 1000
"""Steps of the bar; totals of millions would not fit its integers."""


class RunCard(QFrame):
    """Shown only while a run is under way."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self._desk = desk
        self._paused = False
        self.title, self.stage = label("strong"), pill()
        self.pause_button = button("", self._pause_or_resume)
        self.stop_button = button("", desk.stop)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.done, self.rate, self.left, self.aside = label("small"), label("small"), label("small"), label("small")
        box = column(
            row(self.title, self.stage, None, self.pause_button, self.stop_button),
            self.bar,
            row(self.done, self.rate, self.left, self.aside, None, spacing=30),
        )
        box.setContentsMargins(16, 12, 16, 12)
        self.setLayout(box)

    def _pause_or_resume(self) -> None:
        if self._paused:
            self._desk.resume()
        else:
            self._desk.pause()

    def show_facts(self, facts: Facts) -> None:
        """Show the run of the facts, or nothing."""
        run = facts.run
        self.setVisible(facts.running)
        if run is None or not facts.running:
            return
        progress, self._paused = run.state.progress, run.paused
        self.title.setText(story.run_title(run))
        if run.stopping:
            say(self.stage, self.tr("Stopping…"), "warn")
        elif run.paused:
            say(self.stage, self.tr("Paused"), "warn")
        else:
            say(self.stage, story.stage_said(run), "sf")
        self.pause_button.setText(self.tr("R&esume") if run.paused else self.tr("P&ause"))
        self.stop_button.setText(self.tr("S&top after this batch"))
        self.pause_button.setEnabled(not run.stopping)
        self.stop_button.setEnabled(not run.stopping)
        total = progress.total if progress else None
        if progress is None or not total:
            self.bar.setRange(0, 0)
        else:
            self.bar.setRange(0, FINE)
            self.bar.setValue(min(FINE, FINE * progress.done // total))
        if progress is None:
            done = ""
        elif total is None:
            done = counts.records(progress.done)
        else:
            done = self.tr("{0} of {1}").format(number(progress.done), counts.records(total))
        say(self.done, done)
        self.bar.setAccessibleName(done or self.title.text())
        say(self.rate, self.tr("{0} records/s").format(number(progress.rate)) if progress and progress.rate else "")
        eta = progress.eta_s if progress and not run.paused else None
        say(self.left, self.tr("{0} left").format(duration(eta)) if eta is not None else "")
        say(self.aside, counts.set_aside(run.state.set_aside) if run.state.set_aside else "")
