"""What is seen while no project file is open: why the last one would not open, and how to open one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from disf_desktop.core.errors import SettingsError
from disf_desktop.gui import icons
from disf_desktop.gui.lists import Grid
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import Notice, button, card, column, label, row, say
from disf_desktop.gui.theme import tokens
from disf_desktop.gui.wording import error_details, error_said


class StartPage(QWidget):
    """The first page: open a file, or take one of the recent ones."""

    def __init__(self, ask_for_file: Callable[[], None], open_file: Callable[[Path], Any]) -> None:
        super().__init__()
        self._open_file = open_file
        self._recent: tuple[Path, ...] = ()
        self.title, self.text = label("title"), label("muted", wrap=True)
        self.open_button = button("primary", ask_for_file)
        self.error = Notice("err")
        self.problems = TableModel[Any](
            (
                Column(lambda: self.tr("Where"), lambda p: Cell(p.path, Look.CODE)),
                Column(lambda: self.tr("What is wrong"), lambda p: Cell(p.message, tip=p.message)),
                Column(lambda: self.tr("What to do"), lambda p: Cell(p.what_to_do, tip=p.what_to_do)),
            ),
            self,
        )
        self.problem_table = Grid(self.problems, stretch=1)
        self.problem_card = card(column(self.problem_table), margins=(1, 1, 1, 1))
        self.recent_title = label("caption")
        self._recent_room = column(spacing=2)
        box = column(
            self.title, self.text, row(self.open_button, None), self.recent_title, self._recent_room, spacing=12
        )
        frame = card(box, margins=(28, 26, 28, 26))
        frame.setMaximumWidth(640)
        page = column(self.error, self.problem_card, row(None, frame, None), None, spacing=14)
        page.setContentsMargins(40, 40, 40, 20)
        self.setLayout(page)

    def show_facts(self, facts: Facts, recent: Sequence[Path]) -> None:
        """Show the error of the last opening, and the recent files."""
        self.title.setText(self.tr("Open a project file"))
        self.text.setText(
            self.tr(
                "A project file says which Salesforce org and which Dialog Insight "
                "account are connected, and what moves between them. "
                "It holds no password."
            )
        )
        self.open_button.setText(self.tr("&Open…"))
        self.open_button.setIcon(icons.icon("open", tokens().on_accent))
        error = facts.open_error
        several = isinstance(error, SettingsError) and bool(facts.problems)
        if error is None:
            self.error.show_text("")
        else:
            happened, what_to_do = error_said(error)
            name = facts.path.name if facts.path else ""
            title = self.tr("“{0}” cannot be opened").format(name)
            details = "" if several else error_details(error)
            self.error.show_text(title, "" if several else f"{happened} {what_to_do}", details, "err")
        self.problems.show(facts.problems if several else ())
        self.problem_card.setVisible(several)
        self._show_recent(tuple(recent))

    def _show_recent(self, recent: tuple[Path, ...]) -> None:
        say(self.recent_title, self.tr("Opened recently") if recent else "")
        if recent == self._recent:
            return
        self._recent = recent
        while self._recent_room.count():
            item = self._recent_room.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.deleteLater()
        for path in recent:
            link = button("quiet", partial(self._open_file, path))
            link.setText(path.name.replace("&", "&&"))
            link.setToolTip(str(path))
            link.setAccessibleDescription(str(path))
            self._recent_room.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
