"""The run under way: which step it is at, how far it is, and the buttons that hold or stop it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from disf_desktop.core.events import Stage
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.models.facts import Facts, Run, RunKind
from disf_desktop.gui.parts import button, column, label, pill, row, say
from disf_desktop.gui.words import story
from disf_desktop.gui.words.figures import counts, duration, number
from disf_desktop.gui.words.run_words import stop_said, waiting_said

FINE = 1000
"""Steps of the bar; totals of millions would not fit its integers."""

STAGES = tuple(Stage)
DONE, NOW, LATER = "✓", "●", "○"


class Steps(QWidget):
    """The steps of a run, each done, under way or to come: said by a sign and a word, not by colour alone."""

    def __init__(self) -> None:
        super().__init__()
        self.labels = [pill() for _ in STAGES]
        self.setLayout(row(*self.labels, spacing=6))

    def show_run(self, run: Run) -> None:
        """Show the steps of this run."""
        names = {
            Stage.READ: self.tr("Read"),
            Stage.PLAN: self.tr("Compare"),
            Stage.APPLY: self.tr("Take back") if run.kind is RunKind.UNDO else self.tr("Send"),
            Stage.REPORT: self.tr("Report"),
        }
        at = STAGES.index(run.state.progress.stage) if run.state.progress is not None else -1
        sends_nothing = run.kind in (RunKind.PREVIEW, RunKind.CHECK, RunKind.FROM_NOW)
        shown = [s for s in STAGES if not (sends_nothing and s is Stage.APPLY)]
        for n, (stage, part) in enumerate(zip(STAGES, self.labels, strict=True)):
            mark, look = (DONE, "ok") if n < at else (NOW, "sf") if n == at else (LATER, "neutral")
            say(part, f"{mark} {names[stage]}" if stage in shown else "", look)
        said = names[STAGES[at]] if at >= 0 else self.tr("Starting")
        text = self.tr("Step {0} of {1}: {2}")
        self.setAccessibleName(text.format(max(1, at + 1), len(shown), said))


class RunCard(QFrame):
    """Shown only while a run is under way."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self.title, self.stage = label("strong"), pill()
        self.steps = Steps()
        self.pause_button = button("", desk.pause_or_resume)
        self.stop_button = button("", desk.stop)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.done, self.rate, self.left = label("small"), label("small"), label("small")
        self.sent, self.unchanged, self.aside, self.calls = label("ok"), label("small"), label("err"), label("small")
        self.note = label("small", wrap=True)
        box = column(
            row(self.title, self.stage, None, self.pause_button, self.stop_button),
            row(self.steps, None),
            self.bar,
            row(self.done, self.rate, self.left, None, self.calls, spacing=22),
            row(self.sent, self.unchanged, self.aside, None, spacing=22),
            self.note,
        )
        box.setContentsMargins(16, 12, 16, 12)
        self.setLayout(box)

    def show_facts(self, facts: Facts) -> None:
        """Show the run of the facts, or nothing."""
        run = facts.run
        self.setVisible(facts.running)
        if run is None or not facts.running:
            return
        self.title.setText(story.run_title(run))
        if run.stopping:
            say(self.stage, self.tr("Stopping…"), "warn")
        elif run.paused:
            say(self.stage, self.tr("Paused"), "warn")
        elif run.waiting is not None:
            say(self.stage, self.tr("Waiting"), "warn")
        else:
            say(self.stage, self.tr("by its schedule") if run.by_schedule else "", "neutral")
        self.steps.show_run(run)
        self.pause_button.setText(self.tr("R&esume") if run.paused else self.tr("P&ause"))
        self.stop_button.setText(self.tr("S&top after this batch"))
        self.pause_button.setEnabled(not run.stopping)
        self.stop_button.setEnabled(not run.stopping)
        self._show_progress(run)
        self._show_figures(run)
        say(self.note, waiting_said() if run.waiting is not None else stop_said(run))

    def _show_progress(self, run: Run) -> None:
        progress = run.state.progress
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

    def _show_figures(self, run: Run) -> None:
        progress = run.state.progress
        sent, unchanged, calls = (progress.sent, progress.unchanged, progress.calls) if progress else (0, 0, 0)
        say(self.sent, counts.sent(sent) if sent else "")
        say(self.unchanged, counts.unchanged(unchanged) if unchanged else "")
        say(self.aside, counts.set_aside(run.state.set_aside) if run.state.set_aside else "")
        say(self.calls, counts.calls_used(calls) if calls else "")
