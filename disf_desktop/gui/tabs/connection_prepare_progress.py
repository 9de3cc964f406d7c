"""How far the preparation of an org is: four ticks that fill, what is being done, and a button to wait no longer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QWidget

from disf_desktop.gui import icons
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.models.marks import Mark
from disf_desktop.gui.models.preparing import Preparation, PrepareStep
from disf_desktop.gui.parts import button, column, label, row, say
from disf_desktop.gui.words.figures import counts, number
from disf_desktop.gui.words.preparation_words import doing_said, step_said


class PrepareProgress(QWidget):
    """Shown while a preparation is under way, on the panel and in its dialog alike."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._ticks: list[tuple[QLabel, QLabel]] = []
        steps = QGridLayout()
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setHorizontalSpacing(18)
        steps.setVerticalSpacing(6)
        for n in range(len(PrepareStep)):
            tick, name = QLabel(), label("muted")
            tick.setAlignment(Qt.AlignmentFlag.AlignVCenter)
            holder = QWidget()
            holder.setLayout(row(tick, name, None, spacing=7))
            steps.addWidget(holder, n // 2, n % 2)
            self._ticks.append((tick, name))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.doing, self.calls = label("strong", wrap=True), label("small")
        self.note = label("muted", wrap=True)
        self.stop_button = button("", desk.stop_preparing)
        above = row(self.doing, self.stop_button, spacing=12)
        above.setStretch(0, 1)
        self.setLayout(column(above, self.bar, steps, self.calls, self.note, spacing=10))

    def show_preparation(self, preparation: Preparation | None) -> None:
        """Show how far a preparation is; None hides the whole."""
        self.setVisible(preparation is not None)
        if preparation is None:
            return
        said = self.tr("Stopping…") if preparation.stopping else doing_said(preparation.step)
        self.doing.setText(said)
        progress = preparation.progress
        if progress is None or not progress.total:
            self.bar.setRange(0, 0)
        else:
            self.bar.setRange(0, progress.total)
            self.bar.setValue(min(progress.done, progress.total))
            of = self.tr("{0} of {1}").format(number(progress.done), number(progress.total))
            said = f"{said} {of}"
        self.bar.setAccessibleName(said)
        say(self.calls, counts.calls_used(progress.calls) if progress is not None and progress.calls else "")
        self._render_ticks(preparation)
        self.stop_button.setText(self.tr("St&op waiting"))
        self.stop_button.setEnabled(not preparation.stopping)
        self.note.setText(
            self.tr(
                "This may take some minutes. You can go on working, or close the program: Salesforce goes on by "
                "itself, and the program follows it when it is opened again."
            )
        )

    def _render_ticks(self, preparation: Preparation) -> None:
        wish = preparation.wish
        shown = 2 if wish.remove is not None or wish.package is not None else len(PrepareStep)
        for step, (tick, name) in zip(PrepareStep, self._ticks, strict=True):
            done = preparation.step > step
            tick.setPixmap(icons.mark_pixmap(Mark.DONE if done else Mark.NOT_STARTED))
            said = step_said(step)
            name.setText(said)
            name.setAccessibleName(self.tr("{0}: done").format(said) if done else self.tr("{0}: not yet").format(said))
            for part in (tick, name):
                part.setVisible(step < shown)
