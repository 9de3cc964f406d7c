"""What keeps a mapping from running: each problem with the button that goes to its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from disf_desktop.core.errors import Problem
from disf_desktop.gui.models.pairs import components_in
from disf_desktop.gui.parts import button, column, label, restyle, row, say, scrolled
from disf_desktop.gui.words.figures import counts
from disf_desktop.gui.words.problem_words import prepare_verb, problem_said

TALLEST = 210
"""The list takes no more of the canvas than this; it scrolls."""


def pair_of(problem: Problem) -> int | None:
    """Give the number of the pair that a problem is about."""
    found = re.search(r"\.mapping\.pairs\[(\d+)\]", problem.path)
    return int(found.group(1)) if found is not None else None


class ProblemList(QFrame):
    """The problems of a mapping. `wanted` gives the one whose place shall be shown; `closed`: the list is put away.
    `prepare` opens the review of what an org lacks, given its connection and the components to tick."""

    wanted = Signal(object)
    closed = Signal()

    def __init__(self, prepare: Callable[[str, tuple[str, ...]], Any]) -> None:
        super().__init__()
        self._prepare = prepare
        self.setProperty("card", "warn")
        self.title, self.text = label("warn", wrap=True), label("", wrap=True)
        self.close_button = button("quiet", self.closed.emit)
        self.prepare_button = button("", self._prepare_all)
        self.go_buttons: list[QPushButton] = []
        self._texts: list[QLabel] = []
        self._lines: list[QWidget] = []
        self._problems: tuple[Problem, ...] = ()
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 4, 0)
        self._list.setSpacing(6)
        inside = QWidget()
        inside.setLayout(self._list)
        self._area = scrolled(inside)
        self._area.setMaximumHeight(TALLEST)
        head = row(self.title, self.prepare_button, self.close_button)
        head.setStretch(0, 1)
        box = column(head, self.text, self._area, spacing=6)
        box.setContentsMargins(14, 8, 8, 10)
        self.setLayout(box)
        self.hide()

    def be_narrow(self, narrow: bool) -> None:
        """Leave the canvas its room in a small window."""
        self._area.setMaximumHeight(TALLEST // 3 if narrow else TALLEST)

    def show_problems(self, problems: tuple[Problem, ...], intro: str = "") -> None:
        """Show these problems; none hides the list."""
        self._fill(problems)
        restyle(self, "card", "warn")
        restyle(self.title, "role", "warn")
        self.title.setText(counts.problems_here(len(problems)))
        say(self.text, intro)
        self.setVisible(bool(problems))

    def show_good(self, title: str, text: str) -> None:
        """Say that nothing is wrong."""
        self._fill(())
        restyle(self, "card", "ok")
        restyle(self.title, "role", "ok")
        self.title.setText(title)
        say(self.text, text)
        self.setVisible(True)

    def _fill(self, problems: tuple[Problem, ...]) -> None:
        while len(self._lines) < len(problems):
            self._add_line()
        self._problems = problems
        for number, line in enumerate(self._lines):
            line.setVisible(number < len(problems))
        for number, problem in enumerate(problems):
            happened, what_to_do = problem_said(problem)
            self._texts[number].setText(f"{happened} {what_to_do}")
            self.go_buttons[number].setText(self.tr("Show"))
            self.go_buttons[number].setAccessibleName(self.tr("Show where: {0}").format(happened))
        self._area.setVisible(bool(problems))
        self.prepare_button.setText(prepare_verb())
        self.prepare_button.setVisible(components_in(problems) is not None)
        self.close_button.setText(self.tr("Close"))
        self.setAccessibleName(self.tr("Problems of this mapping"))

    def _add_line(self) -> None:
        number = len(self._lines)
        text, go = label("", wrap=True), button("", partial(self._go, number))
        line = QWidget()
        inside = row(text, go, spacing=8)
        inside.setStretch(0, 1)
        line.setLayout(inside)
        self._texts.append(text)
        self.go_buttons.append(go)
        self._lines.append(line)
        self._list.addWidget(line)

    def _prepare_all(self) -> None:
        found = components_in(self._problems)
        if found is not None:
            self._prepare(*found)

    def _go(self, number: int) -> None:
        self.wanted.emit(self._problems[number])
