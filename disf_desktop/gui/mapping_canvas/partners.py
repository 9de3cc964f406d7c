"""The list of possible partners of a field, the best first, to search in and to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from disf_desktop.core.schema import Field, Side
from disf_desktop.core.synonyms import bare, meaning
from disf_desktop.gui.dialogs.dialog import Dialog
from disf_desktop.gui.lists import EntryList
from disf_desktop.gui.mapping_canvas.pairing import Offered, Pairing
from disf_desktop.gui.models.entries import Entry, EntryModel
from disf_desktop.gui.models.fields import title
from disf_desktop.gui.models.marks import Mark
from disf_desktop.gui.models.pairs import Level
from disf_desktop.gui.words.field_words import field_type


class Group(StrEnum):
    """How good a partner is, the best first."""

    SUGGESTED = "suggested"
    WHOLE = "whole"
    WITH_LOSS = "with_loss"
    TAKEN = "taken"
    UNREAD = "unread"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Partner:
    """A field of the other side, what becomes of both together, and how alike they are, 0 to 1."""

    field: Field
    offer: Offered
    likeness: float
    suggested: bool = False

    @property
    def group(self) -> Group:
        if not self.offer.possible:
            return Group.REFUSED if self.offer.level is Level.NO else Group.UNREAD
        if self.offer.taken:
            return Group.TAKEN
        if self.suggested:
            return Group.SUGGESTED
        return Group.WHOLE if self.offer.level is Level.YES else Group.WITH_LOSS


def partners(pairing: Pairing, side: Side, name: str) -> tuple[Partner, ...]:
    """Give the fields that a field of `side` could be paired with, the best first, then those it cannot be."""
    own, there = pairing.find(side, name), pairing.fields(side.other)
    if own is None or there is None:
        return ()
    words, scores = _meaning(own), _scores(pairing, side, name)
    found = []
    for field in there.values():
        score = scores.get(field.name.casefold())
        likeness = score or _likeness(words, _meaning(field))
        offered = pairing.offer(*pairing.in_order(side, name, field.name))
        found.append(Partner(field, offered, likeness, score is not None))
    return tuple(sorted(found, key=_order))


def _order(each: Partner) -> tuple[int, float]:
    return (list(Group).index(each.group), -each.likeness)


def _scores(pairing: Pairing, side: Side, name: str) -> Mapping[str, float]:
    ends = ((*pairing.of(each, side), each.score) for each in pairing.suggestions)
    return {there.casefold(): score for here, there, score in ends if here.casefold() == name.casefold()}


def _meaning(field: Field) -> frozenset[str]:
    return meaning(bare(field.name.rpartition(".")[2])) | meaning(field.label)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    both = one | other
    return len(one & other) / len(both) if both else 0.0


class FieldDialog(Dialog):
    """A list of fields to search in and to take one of. `choose` is called with the name of the one taken."""

    def __init__(self, parent: QWidget, choose: Callable[[str], None]) -> None:
        super().__init__(parent, self._take)
        self._choose = choose
        self.search = _Search(self)
        self.list = EntryList(EntryModel(self))
        self.list.setMinimumHeight(320)
        self.list.chosen.connect(lambda _key: self._show_whether())
        self.list.doubleClicked.connect(lambda *_: self.accept_button.click())
        self.search.textChanged.connect(lambda *_: self.fill())
        self.put(self.search, self.list)
        self.search.setPlaceholderText(self.tr("Search label, code or type"))
        self.search.setAccessibleName(self.tr("Search label, code or type"))

    def fill(self) -> None:
        """List what holds every word searched."""
        words = self.search.text().casefold().split()
        self.list.show_entries(list(self.entries(lambda text: all(word in text.casefold() for word in words))))
        self._show_whether()

    def entries(self, kept: Callable[[str], bool]) -> Iterator[Entry]:
        """Give the entries whose text is kept."""
        raise AssertionError("a dialog has entries of its own")

    def is_possible(self, name: str) -> bool:
        """Say whether this one may be taken."""
        return bool(name)

    def _show_whether(self) -> None:
        self.accept_button.setEnabled(self.is_possible(self.list.key))

    def _take(self) -> bool:
        if not self.is_possible(self.list.key):
            return False
        self._choose(self.list.key)
        return True


class PartnerDialog(FieldDialog):
    """Asks which field goes with the one given; those that cannot are listed with the reason."""

    def __init__(self, parent: QWidget, pairing: Pairing, side: Side, name: str, choose: Callable[[str], None]) -> None:
        super().__init__(parent, choose)
        self._partners = partners(pairing, side, name)
        self._about = partial(pairing.sample, side.other)
        self.say(pairing.words(side.other).partner.format(pairing.title(side, name)), "", self.tr("Pair"))
        self.list.setAccessibleName(self.tr("Possible fields, the best first"))
        self.fill()
        self.search.setFocus()

    def entries(self, kept: Callable[[str], bool]) -> Iterator[Entry]:
        """Give what is kept below a heading for each answer."""
        heads = {
            Group.SUGGESTED: self.tr("Suggested"),
            Group.WHOLE: self.tr("Every value can travel"),
            Group.WITH_LOSS: self.tr("Some values may not travel"),
            Group.TAKEN: self.tr("Already receives another field"),
            Group.UNREAD: self.tr("Not checked yet"),
            Group.REFUSED: self.tr("Cannot be paired"),
        }
        marks = {Level.YES: Mark.DONE, Level.LOSS: Mark.NEEDS_YOU}
        last: Group | None = None
        for each in self._partners:
            field, level = each.field, each.offer.level
            if not kept(_searched(field)):
                continue
            if each.group is not last:
                last = each.group
                yield Entry(heads[last])
            about = self._about(field.name) or f"{field.name} · {field_type(field)}"
            why = "" if level is Level.YES else each.offer.said
            if each.offer.taken:
                taken = ", ".join(each.offer.taken)
                why = self.tr("Receives {0} already.").format(taken)
            below = "\n".join(part for part in (about, why) if part)
            mark = marks.get(level, Mark.NOT_STARTED)
            yield Entry(title(field), field.name, below, mark, f"{title(field)}, {about}, {why or heads[each.group]}")

    def is_possible(self, name: str) -> bool:
        """Say whether this one may be paired with the field given."""
        return any(each.field.name == name and each.offer.possible for each in self._partners)


class TargetDialog(FieldDialog):
    """Asks which target a new pair is for: those without one, what is required first."""

    def __init__(self, parent: QWidget, pairing: Pairing, choose: Callable[[str], None]) -> None:
        super().__init__(parent, choose)
        taken = {pair.target.casefold() for pair in pairing.pairs}
        known = pairing.fields(pairing.target) or {}
        self._needed = pairing.required(pairing.target)
        free = [field for field in known.values() if field.name.casefold() not in taken]
        self._fields = sorted(free, key=lambda field: field.name.casefold() not in self._needed)
        asked, text, listed = pairing.add_words
        self.say(asked, text, self.tr("Next"))
        self.list.setAccessibleName(listed)
        self.fill()
        self.search.setFocus()

    def entries(self, kept: Callable[[str], bool]) -> Iterator[Entry]:
        """Give what is kept; required fields carry a mark."""
        for field in self._fields:
            if kept(_searched(field)):
                needed = field.name.casefold() in self._needed
                about = f"{field.name} · {field_type(field)}" + (f" · {self.tr('required')}" if needed else "")
                mark = Mark.NEEDS_YOU if needed else Mark.NOT_STARTED
                yield Entry(title(field), field.name, about, mark, f"{title(field)}, {about}")


def _searched(field: Field) -> str:
    return f"{title(field)} {field.label} {field.name} {field_type(field)}"


class _Search(QLineEdit):
    """The line above the list; the arrows move in the list while one types."""

    def __init__(self, dialog: FieldDialog) -> None:
        super().__init__()
        self._dialog = dialog
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        view, model = self._dialog.list, self._dialog.list.model()
        row = view.currentIndex().row() + step
        while 0 <= row < model.rowCount():
            if model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsSelectable:
                view.setCurrentIndex(model.index(row, 0))
                return
            row += step
