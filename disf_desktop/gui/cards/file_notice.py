"""What a person should know of the project file itself, and the band of a rehearsal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QBoxLayout, QFrame

from disf_desktop.gui.desk import Desk
from disf_desktop.gui.models.facts import Facts, Outside, Rehearsal
from disf_desktop.gui.parts import Notice, button, label, row
from disf_desktop.gui.words.wording import error_details, error_said

FILE_CHANGED = "file_changed"


class FileNotice(Notice):
    """Says that the file could not be written, or that another program has changed it, and offers what helps."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._act: Callable[[], Any] = desk.read_file_again
        self.action.clicked.connect(lambda: self._act())
        self.over_button = button("", desk.write_again)
        self.over_button.setVisible(False)
        line = self.layout()
        assert isinstance(line, QBoxLayout)
        line.addWidget(self.over_button)

    def show_facts(self, facts: Facts) -> None:
        """Show the facts of now, in the language of now; nothing where all is well."""
        name = facts.path.name if facts.path else ""
        error = facts.save_error
        conflict = error is not None and error.code == FILE_CHANGED
        self.over_button.setVisible(conflict)
        self.over_button.setText(self.tr("Write over it"))
        if conflict:
            self._say(
                self.tr("“{0}” was changed by another program").format(name),
                self.tr("The last changes made here are not in the file. Reading it again loses them."),
                self.tr("Read the file again"),
                self._desk.read_file_again,
            )
        elif error is not None:
            title = self.tr("The last changes are not in “{0}”").format(name)
            happened, what_to_do = error_said(error)
            body, again = f"{happened} {what_to_do}", self.tr("Write it again")
            self._say(title, body, again, self._desk.save_again, error_details(error))
        elif facts.outside is Outside.CHANGED:
            self._say(
                self.tr("“{0}” was changed by another program").format(name),
                self.tr("What is on screen is what it held before."),
                self.tr("Read the file again"),
                self._desk.read_file_again,
            )
        elif facts.outside is Outside.GONE:
            self._say(
                self.tr("“{0}” is no longer in its folder").format(name),
                self.tr("Another program has moved or removed it. The next change made here writes it anew."),
                self.tr("Write it again"),
                self._desk.write_again,
            )
        else:
            self.show_text("")
        self.action.setEnabled(not facts.running)
        self.over_button.setEnabled(not facts.running)

    def _say(self, title: str, body: str, verb: str, act: Callable[[], Any], details: str = "") -> None:
        self.show_text(title, body, details)
        self._act = act
        self.action.setText(verb)
        self.action.setVisible(True)


class RehearsalBand(QFrame):
    """Says all the time that what is on screen is a rehearsal, and leads out of it."""

    def __init__(self, leave: Callable[[], Any]) -> None:
        super().__init__()
        self.setObjectName("band")
        self.text = label("strong", wrap=True)
        self.leave_button = button("", leave)
        line = row(self.text, self.leave_button, spacing=12)
        line.setStretch(0, 1)
        line.setContentsMargins(18, 5, 18, 5)
        self.setLayout(line)
        self.setVisible(False)

    def show_facts(self, facts: Facts) -> None:
        """Show the band while a rehearsal is open."""
        self.text.setText(self.tr("Rehearsal with made-up people: nothing leaves this computer"))
        self.leave_button.setText(self.tr("Leave the rehearsal"))
        self.setVisible(facts.rehearsal is Rehearsal.OPEN)
