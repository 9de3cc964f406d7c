"""What is seen while no project file is open: rehearse or begin, the recent files, and why the last one would not
open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from disf_desktop.core.errors import SettingsError
from disf_desktop.gui import icons
from disf_desktop.gui.lists import Grid
from disf_desktop.gui.models.facts import Facts, Rehearsal
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import Notice, Sentence, button, card, column, label, row, say, scrolled
from disf_desktop.gui.theme import tokens
from disf_desktop.gui.words.figures import counts
from disf_desktop.gui.words.problem_words import problem_said
from disf_desktop.gui.words.wording import error_details, error_said


@dataclass(frozen=True, slots=True)
class Beginnings:
    """What a person may do from the first page."""

    rehearse: Callable[[], Any]
    give_up: Callable[[], Any]
    connect: Callable[[], Any]
    ask_for_file: Callable[[], Any]
    open: Callable[[Path], Any]
    rehearsal_size: int


class BigCard(QFrame):
    """One of the ways to begin: a drawing, what it is, and the button that does it."""

    def __init__(self, icon: str, look: str, act: Callable[[], Any]) -> None:
        super().__init__()
        self._icon = icon
        self.setProperty("card", "plain")
        self.drawing: QLabel = label()
        self.title, self.text = label("title", wrap=True), label("muted", wrap=True)
        self.button: QPushButton = button(look, act)
        box: QVBoxLayout = column(self.drawing, self.title, self.text, None, row(self.button, None), spacing=10)
        box.setContentsMargins(24, 22, 24, 22)
        self.setLayout(box)

    def show_text(self, title: str, text: str, verb: str) -> None:
        """Fill the card."""
        self.drawing.setPixmap(icons.pixmap(self._icon, tokens().link, 32))
        self.title.setText(title)
        self.text.setText(text)
        self.button.setText(verb)
        self.button.setAccessibleDescription(text)


class StartPage(QWidget):
    """The first page."""

    def __init__(self, beginnings: Beginnings) -> None:
        super().__init__()
        self._beginnings = beginnings
        self._recent: tuple[Path, ...] = ()
        self.title, self.text = label("title"), label("muted", wrap=True)
        self.error = Notice("err")
        self.problems = TableModel[Any](
            (
                Column(lambda: self.tr("Where"), lambda p: Cell(p.path, Look.CODE)),
                Column(lambda: self.tr("What is wrong"), lambda p: Cell(problem_said(p)[0], tip=problem_said(p)[0])),
                Column(lambda: self.tr("What to do"), lambda p: Cell(problem_said(p)[1], tip=problem_said(p)[1])),
            ),
            self,
        )
        self.problem_table = Grid(self.problems, stretch=1)
        self.problem_card = card(column(self.problem_table), margins=(1, 1, 1, 1))
        self.rehearse_card = BigCard("rehearse", "", beginnings.rehearse)
        self.connect_card = BigCard("connect", "primary", beginnings.connect)
        cards = row(self.rehearse_card, self.connect_card, spacing=16)
        cards.setStretch(0, 1)
        cards.setStretch(1, 1)
        self.cards = QWidget()
        self.cards.setLayout(cards)
        self._build_starting()
        self.open_button = button("", beginnings.ask_for_file)
        self.recent_title = label("subtitle")
        self._recent_room = column(spacing=0)
        self.recent_card = card(self._recent_room, margins=(8, 6, 8, 6))
        self._lay_out()

    def _build_starting(self) -> None:
        self.starting_title, self.starting_text = label("title", wrap=True), label("muted", wrap=True)
        progress = QProgressBar()
        progress.setRange(0, 0)
        progress.setTextVisible(False)
        self.progress = progress
        self.cancel_button = button("", self._beginnings.give_up)
        parts = column(self.starting_title, self.starting_text, progress, row(self.cancel_button, None), spacing=12)
        self.starting = card(parts, margins=(24, 22, 24, 22))

    def _lay_out(self) -> None:
        inner = column(
            self.error,
            self.problem_card,
            self.title,
            self.text,
            self.cards,
            self.starting,
            row(self.recent_title, None, self.open_button),
            self.recent_card,
            None,
            spacing=14,
        )
        middle = QWidget()
        middle.setMaximumWidth(880)
        middle.setLayout(inner)
        across = row(None, middle, None)
        across.setStretch(1, 100)
        page = QWidget()
        page.setLayout(across)
        across.setContentsMargins(36, 28, 36, 20)
        whole = column(scrolled(page))
        self.setLayout(whole)

    def show_facts(self, facts: Facts, recent: Sequence[Path]) -> None:
        """Show the ways to begin, the error of the last opening, and the recent files, in the language of now."""
        starting = facts.rehearsal is Rehearsal.STARTING
        self.title.setText(self.tr("Keep Salesforce and Dialog Insight in step"))
        self.text.setText(
            self.tr(
                "A project file says which Salesforce org and which Dialog Insight "
                "account are connected, and what moves between them. "
                "It holds no password."
            )
        )
        self._show_cards()
        self.cards.setVisible(not starting)
        self.starting.setVisible(starting)
        self.open_button.setText(self.tr("&Open…"))
        self.open_button.setAccessibleName(self.tr("Open a project file"))
        self.open_button.setIcon(icons.icon("open", tokens().ink2))
        self.open_button.setVisible(not starting)
        self._show_error(facts)
        self._show_recent(() if starting else tuple(recent))

    def _show_cards(self) -> None:
        people = counts.people(self._beginnings.rehearsal_size)
        self.rehearse_card.show_text(
            self.tr("Try it without risk"),
            self.tr(
                "Both services are simulated on this computer, with {0} made up for it, some of them with mistakes to "
                "repair. Nothing leaves this computer."
            ).format(people),
            self.tr("&Rehearse with sample data"),
        )
        self.connect_card.show_text(
            self.tr("Set up your own"),
            self.tr(
                "Choose where the new project file goes, sign in to Salesforce, and give a key of Dialog Insight. "
                "Nothing is sent before you have seen it."
            ),
            self.tr("&Connect my accounts…"),
        )
        self.starting_title.setText(self.tr("The rehearsal is starting"))
        self.starting_text.setText(self.tr("Both services are being simulated, and {0} made up.").format(people))
        self.progress.setAccessibleName(self.starting_title.text())
        self.cancel_button.setText(self.tr("Cancel"))

    def _show_error(self, facts: Facts) -> None:
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
        self.problem_table.setAccessibleName(self.tr("What is wrong"))
        self.problem_card.setVisible(several)

    def _show_recent(self, recent: tuple[Path, ...]) -> None:
        say(self.recent_title, self.tr("Opened recently") if recent else "")
        self.recent_card.setVisible(bool(recent))
        if recent == self._recent:
            return
        self._recent = recent
        while self._recent_room.count():
            item = self._recent_room.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for path in recent:
            self._recent_room.addWidget(self._recent_line(path))

    def _recent_line(self, path: Path) -> QWidget:
        link, place = button("quiet", partial(self._beginnings.open, path)), Sentence()
        link.setText(path.name.replace("&", "&&"))
        link.setAccessibleDescription(str(path))
        place.show_text(str(path.parent))
        line = QWidget()
        box = row(link, place, spacing=10)
        box.setStretch(1, 1)
        box.setAlignment(link, Qt.AlignmentFlag.AlignLeft)
        line.setLayout(box)
        return line
