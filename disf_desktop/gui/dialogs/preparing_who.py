"""Who may see and edit the fields that are made: our own user alone, everybody, or people that are picked."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QListWidget, QListWidgetItem, QRadioButton, QWidget

from disf_desktop.gui.desk import Desk
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.preparing import people_key
from disf_desktop.gui.parts import column, label, say
from disf_desktop.gui.theme import px
from disf_desktop.gui.words.preparation_refusal_words import explained
from disf_desktop.workspace.preparing_people import OrgPerson

PAUSE_MS = 300
"""After the last letter, before the org is asked."""
NOBODY, ALL, SOME = range(3)
WISH = Qt.ItemDataRole.UserRole


class WhoMaySee(QWidget):
    """Three choices; the third has a list of profiles and people, found by a part of their name."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._connection = ""
        self._picked: dict[str, OrgPerson] = {}
        self._found: tuple[OrgPerson, ...] | None = None
        self._shown: tuple[OrgPerson, ...] = ()
        self.title = label("caption")
        self.choices = tuple(QRadioButton() for _ in range(3))
        self._group = QButtonGroup(self)
        for number, each in enumerate(self.choices):
            self._group.addButton(each, number)
        self.choices[NOBODY].setChecked(True)
        self._group.idToggled.connect(self._chosen)
        self.line = QLineEdit()
        self.line.setMaxLength(80)
        self.line.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setFixedHeight(px(124))
        self.list.itemChanged.connect(self._ticked)
        self.said = label("small", wrap=True)
        self.room = QWidget()
        inside = column(self.line, self.list, self.said, spacing=6)
        inside.setContentsMargins(px(24), 0, 0, 0)
        self.room.setLayout(inside)
        self.room.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._find)
        self.line.textEdited.connect(lambda _text: self._pause.start())
        self.line.returnPressed.connect(self._find)
        self.setLayout(column(self.title, *self.choices, self.room, spacing=6))

    @property
    def users(self) -> tuple[str, ...]:
        """Whom the person has chosen, as a wish names them; the user of the connection is always among them."""
        match self._group.checkedId():
            case 1:
                return ("all",)
            case 2:
                return tuple(self._picked)
        return ()

    @property
    def is_answered(self) -> bool:
        """Whether the question is answered: who picks people has picked one."""
        return self._group.checkedId() != SOME or bool(self._picked)

    def show_facts(self, facts: Facts, connection: str, user: str) -> None:
        """Show whom an org has; `user` is the one of the connection."""
        self._connection = connection
        self.title.setText(self.tr("Who may see and edit the fields"))
        only = self.tr("Only the user of this connection ({0})").format(user) if user else self.tr("Only our own user")
        texts = (only, self.tr("All active users"), self.tr("Profiles or people that I pick"))
        for each, text in zip(self.choices, texts, strict=True):
            each.setText(text.replace("&", "&&"))
        self.line.setPlaceholderText(self.tr("Find a profile or a person"))
        self.line.setAccessibleName(self.tr("Find a profile or a person"))
        self.list.setAccessibleName(self.tr("Profiles and people of the org"))
        told = facts.prepare_asked.people
        people = told.people if told is not None and told.connection == connection else ()
        self._fill(people)
        self._render_said(facts, people)

    def _render_said(self, facts: Facts, people: tuple[OrgPerson, ...]) -> None:
        told = facts.prepare_asked.people
        if told is not None and told.error is not None:
            happened = explained(told.error)
            say(self.said, f"{happened.happened} {happened.what_to_do}", "err")
        elif people_key(self._connection) in facts.asking:
            say(self.said, self.tr("Looking…"), "small")
        elif told is not None and not people:
            say(self.said, self.tr("Nobody in this org has such a name."), "small")
        elif not self._picked:
            say(self.said, self.tr("Tick at least one."), "small")
        else:
            names = ", ".join(each.name for each in self._picked.values())
            say(self.said, self.tr("Picked: {0}").format(names), "small")

    def _fill(self, people: tuple[OrgPerson, ...]) -> None:
        """Show those who are picked first, then those who were found; a tick moves nobody."""
        if people is self._found:
            return
        self._found = people
        self._shown = wanted = (*self._picked.values(), *(each for each in people if each.wish not in self._picked))
        was = self.list.blockSignals(True)
        self.list.clear()
        for each in wanted:
            about = self.tr("profile") if each.is_profile else each.about
            item = QListWidgetItem(f"{each.name} · {about}")
            item.setData(WISH, each.wish)
            item.setSizeHint(QSize(0, px(27)))
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if each.wish in self._picked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(was)

    def _chosen(self, number: int, on: bool) -> None:
        if on:
            self.room.setVisible(number == SOME)
            if number == SOME and self._desk.facts.prepare_asked.people is None:
                self._find()
            self.changed.emit()

    def _find(self) -> None:
        self._pause.stop()
        self._desk.find_people(self._connection, self.line.text().strip())

    def _ticked(self, item: QListWidgetItem) -> None:
        person = next(each for each in self._shown if each.wish == item.data(WISH))
        if item.checkState() is Qt.CheckState.Checked:
            self._picked[person.wish] = person
        else:
            self._picked.pop(person.wish, None)
        self.changed.emit()
