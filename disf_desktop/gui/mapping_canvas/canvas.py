"""Both lists with the strip between them, and the pair under the hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from disf_desktop.core.project import Direction
from disf_desktop.core.schema import Side
from disf_desktop.core.suggest import Suggestion
from disf_desktop.gui.mapping_canvas.acts import PairActs
from disf_desktop.gui.mapping_canvas.coverage import Footer
from disf_desktop.gui.mapping_canvas.field_list import FieldList, KeepButton, SearchLine
from disf_desktop.gui.mapping_canvas.pairing import Bond, Pairing
from disf_desktop.gui.mapping_canvas.sides import Sides, states
from disf_desktop.gui.mapping_canvas.strip import Line, Strip
from disf_desktop.gui.models.fields import States
from disf_desktop.gui.models.pairing import Coverage
from disf_desktop.gui.models.pairs import Judgement, Level
from disf_desktop.gui.parts import Notice, button, column, label, pill, row, rule, say


class Canvas(QFrame):
    """Shows the pairs of one pairing, and makes them; the source's end stands at the left. `pair_chosen` gives the
    number of a pair, or -1 for a field that has none."""

    pair_chosen = Signal(int)

    def __init__(self, source: Side = Side.SALESFORCE, *, of_file: bool = False) -> None:
        super().__init__()
        self.setProperty("card", "plain")
        self.acts = PairActs(self)
        self._ends, self._of_file = (source, source.other), of_file
        self._pairing: Pairing | None = None
        self._seen: tuple[object, ...] = ()
        self._pairs: tuple[Bond, ...] = ()
        self._proposed: tuple[Suggestion, ...] = ()
        self._lines: tuple[Line, ...] = ()
        self._coverage = Coverage()
        self._judged: tuple[Judgement, ...] = ()
        self._number: int | None = None
        self._hands, self._hints = ["", ""], ["", ""]
        self._sides = Sides()
        self._opened: dict[str, set[str]] = {}
        self._refusing: dict[Side, frozenset[str]] = {}
        self._told = ""
        self._narrow = False
        self._build()
        self._connect()

    def _build(self) -> None:
        source, target = self._ends
        self.left, self.right = FieldList(source, of_file=self._of_file), FieldList(target)
        self.lists = {view.side: view for view in (self.left, self.right)}
        self.left_search, self.right_search = SearchLine(self.left), SearchLine(self.right)
        self.left_keep, self.right_keep = KeepButton(self.left), KeepButton(self.right)
        self.strip = Strip(self.left, self.right)
        self.left_pill, self.right_pill = pill(), pill()
        self.left_name, self.right_name = label("strong"), label("strong")
        self.left_count, self.right_count = label("small"), label("small")
        self.key_notice = Notice("warn")
        self.key_notice.action.clicked.connect(lambda *_: self.acts.pair_key())
        self.pair_button = button("", self._pair_hands)
        self.footer = Footer()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        left_head = self._head(self.left_pill, self.left_name, self.left_count, self.left_search, self.left_keep)
        right_head = self._head(self.right_pill, self.right_name, self.right_count, self.right_search, self.right_keep)
        between = QWidget()
        between.setLayout(column(None, row(self.pair_button)))
        between.layout().setContentsMargins(4, 10, 4, 10)  # type: ignore[union-attr]
        for part, place in ((left_head, 0), (between, 1), (right_head, 2)):
            grid.addWidget(part, 0, place)
        grid.addWidget(rule(), 1, 0, 1, 3)
        grid.addWidget(self.left, 2, 0)
        grid.addWidget(self.strip, 2, 1)
        grid.addWidget(self.right, 2, 2)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(2, 5)
        grid.setRowStretch(2, 1)
        whole = column(self.key_notice, grid, rule(), self.footer, spacing=0)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    @staticmethod
    def _head(tag: QWidget, name: QWidget, count: QWidget, search: QWidget, keep: QWidget) -> QWidget:
        made = QWidget()
        line = row(search, keep, spacing=6)
        line.setStretch(0, 1)
        made.setLayout(column(row(tag, name, count, None, spacing=8), line, spacing=8))
        made.layout().setContentsMargins(12, 10, 12, 10)  # type: ignore[union-attr]
        return made

    def _connect(self) -> None:
        order = (
            self.left_search, self.left_keep, self.left, self.right_search, self.right_keep, self.right,
            self.pair_button, self.footer.accept_button, self.footer.dismiss_button, self.footer.certain_button,
        )  # fmt: skip
        for one, other in pairwise(order):
            QWidget.setTabOrder(one, other)
        for end, view in enumerate((self.left, self.right)):
            view.field_chosen.connect(partial(self._field_chosen, end))
            view.dragging.connect(partial(self._dragging, view.side))
            view.key_pressed.connect(partial(self._key, view.side))
        self.left.judge = lambda target, source: self.acts.judge(source, target)
        self.right.judge = self.acts.judge
        self.left.dropped.connect(lambda target, source: self._dropped(source, target, self.left, source))
        self.right.dropped.connect(lambda source, target: self._dropped(source, target, self.right, target))
        self.left.opened.connect(self._open)
        self.strip.words = self._line_words
        self.strip.line_chosen.connect(self._line_chosen)
        self.strip.turn_wanted.connect(self._line_turned)
        for keep in (self.left_keep, self.right_keep):
            keep.picked.connect(self._keep_words)
        self.acts.told.connect(self._tell)
        self.acts.made.connect(self.pair_chosen)
        self.footer.accept_wanted.connect(lambda: self._with_suggestion(self.acts.accept))
        self.footer.dismiss_wanted.connect(lambda: self._with_suggestion(self.acts.dismiss))
        self.footer.accept_certain_wanted.connect(self.acts.accept_certain)
        shortcut = QShortcut(QKeySequence("Ctrl+L"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._pair_hands)

    def be_narrow(self, narrow: bool) -> None:
        """Take less room beside the fields themselves."""
        self._narrow = narrow
        self.strip.setFixedWidth(90 if narrow else 160)
        for count in (self.left_count, self.right_count):
            count.setVisible(not narrow)
        for keep in (self.left_keep, self.right_keep):
            keep.be_narrow(narrow)
        self._show_hints()
        self._seen = ()

    def show_pairing(self, pairing: Pairing, chosen: int | None) -> None:
        """Show the pairs, one of them chosen; while an end is not read, its paired fields alone."""
        assert pairing.ends == self._ends, "a canvas is made for two ends"
        seen = pairing.made_of
        if self._pairing is None or pairing.name != self._pairing.name:
            self._hands, self._told = ["", ""], ""
        self._pairing, self._number = pairing, chosen
        self.acts.show(pairing)
        if len(seen) != len(self._seen) or any(a is not b for a, b in zip(seen, self._seen, strict=True)):
            self._seen = seen
            self._show_all(pairing)
        self.strip.show_lines(self._lines, self._number)
        self._show_hands()

    def _show_all(self, pairing: Pairing) -> None:
        self._pairs, self._judged = pairing.pairs, pairing.judged
        self._proposed, self._coverage = pairing.suggestions, pairing.coverage
        self._lines = self._lines_now()
        self._sides.keep_order(pairing, self._pairs)
        self._show_fields()
        self._show_words(pairing)
        self._show_key(pairing)

    def _show_words(self, pairing: Pairing) -> None:
        heads = (
            (self.left, self.left_pill, self.left_name, self.left_count, self.left_search, self.left_keep),
            (self.right, self.right_pill, self.right_name, self.right_count, self.right_search, self.right_keep),
        )
        all_words = [pairing.words(side) for side in self._ends]
        for words, (view, tag, name, count, search, keep) in zip(all_words, heads, strict=True):
            say(tag, words.pill, words.look)
            name.setText(words.name)
            count.setText(words.count)
            keep.retranslate()
            search.setToolTip(words.search)
            search.setAccessibleName(words.search)
            view.setAccessibleName(words.fields)
            view.setAccessibleDescription(
                self.tr("M chooses a partner, Ctrl+L pairs both fields chosen, Delete removes the pair.")
            )
            view.nothing = self.tr("No field is like this. Change the search or the filter.")
        self.pair_button.setText(self.tr("Pair"))
        self._hints = [words.search_short for words in all_words]
        self._show_hints()

    def _show_hints(self) -> None:
        """Say in each line what is searched there, as far as there is room."""
        lines = ((self.left_search, self.left_keep), (self.right_search, self.right_keep))
        for hint, (search, keep) in zip(self._hints, lines, strict=True):
            is_short = self._narrow or keep.text() != ""
            search.setPlaceholderText(self.tr("Search") if is_short else hint)

    def _keep_words(self) -> None:
        if self._pairing is not None:
            self._show_words(self._pairing)

    def _show_key(self, pairing: Pairing) -> None:
        missing, found = pairing.missing_key, pairing.key_offer
        if not missing or self._of_file:  # of a file, the wizard says it beside the button that goes on
            self.key_notice.show_text("")
            return
        text = self.tr("No record can be found again without it: {0} has no pair yet.").format(", ".join(missing))
        self.key_notice.show_text(self.tr("The primary key comes first"), text)
        self.key_notice.action.setVisible(found is not None)
        if found is not None:
            words = self.tr("Pair {0} with {1}").format(found.source, found.target)
            self.key_notice.action.setText(words)

    def _show_fields(self) -> None:
        """Hand both lists their fields, and what is known of each."""
        assert self._pairing is not None
        opened = self._opened.get(self._pairing.name, set())
        for side, view in self.lists.items():
            rows = self._sides.rows(self._pairing, side, self._pairs, opened)
            view.fields.show(rows, self._states(side))

    def _states(self, side: Side) -> States:
        assert self._pairing is not None
        known = states(self._pairing, side, self._pairs, self._judged, self._proposed)
        return replace(known, refusing=self._refusing.get(side, frozenset()))

    def _lines_now(self) -> tuple[Line, ...]:
        lines = [
            Line(p.source, p.target, p.way, j.level, p.key, p.transformed, gone=bool(j.missing))
            for p, j in zip(self._pairs, self._judged, strict=True)
        ]
        to = Direction.TO_DIALOG_INSIGHT  # a dotted line has no head
        return (*lines, *(Line(s.source, s.target, to, Level.UNREAD, suggested=True) for s in self._proposed))

    def _show_hands(self) -> None:
        """Show what can be done with the fields chosen on both sides."""
        if self._pairing is None:
            return
        source, target = self.left.name, self.right.name
        if source and target:
            may, said = self.acts.judge(source, target)
        else:
            may, said = False, self.tr("Choose a field on each side.")
        self.pair_button.setEnabled(may)
        self.pair_button.setToolTip(f"{said} (Ctrl+L)" if may else said)
        self.pair_button.setAccessibleDescription(said)
        self.footer.show_coverage(self._coverage, self._told)
        here = self._suggested_here()
        titles = ""
        if here is not None:
            ends = zip(self._ends, (here.source, here.target), strict=True)
            titles = " ↔ ".join(self.acts.title(side, name) for side, name in ends)
        self.footer.show_suggestions(self._proposed, here, titles)

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self._seen = ()
        self._told = ""
        self.left.fields.retranslate()
        self.right.fields.retranslate()

    def choose(self, number: int) -> None:
        """Put the hand on a pair."""
        pair = self._pairs[number]
        self._hands = [pair.source, pair.target]
        self._quietly(self.left, pair.source)
        self._quietly(self.right, pair.target)
        self.pair_chosen.emit(number)

    def _line_chosen(self, number: int) -> None:
        if number < len(self._pairs):
            self.choose(number)
        else:
            given = self._proposed[number - len(self._pairs)]
            self._quietly(self.right, given.target)
            self._hands = [given.source, given.target]
            self._quietly(self.left, given.source)
            self.pair_chosen.emit(-1)
        self.left.setFocus()

    def _line_turned(self, number: int) -> None:
        if number < len(self._pairs):
            self.acts.turn(number)
        else:
            self.acts.accept(self._proposed[number - len(self._pairs)])

    def _number_of(self, end: int, name: str) -> int | None:
        folded = name.casefold()
        ends = ((p.source, p.target)[end].casefold() for p in self._pairs)
        return next((number for number, each in enumerate(ends) if each == folded), None)

    def _field_chosen(self, end: int, name: str) -> None:
        """Follow to the other end of the pair. A field without one waits for its partner, and keeps a field that was
        chosen for it on the other side."""
        number, other = self._number_of(end, name), 1 - end
        view, waiting = (self.left, self.right)[other], self._hands[other]
        self._hands[end] = name
        kept = bool(waiting) and (number is None or self._number_of(other, waiting) is None)
        if not kept:
            self._hands[other] = ""
            if number is None:
                view.let_go()
            else:
                self._quietly(view, (self._pairs[number].source, self._pairs[number].target)[other])
        self._told = ""
        self.pair_chosen.emit(-1 if number is None else number)
        self._show_hands()

    @staticmethod
    def _quietly(view: FieldList, name: str) -> None:
        was = view.blockSignals(True)
        view.choose(name)
        view.blockSignals(was)

    def _suggested_here(self) -> Suggestion | None:
        for side in self._ends:
            name = self.lists[side].name
            found = self.acts.suggestion_for(side, name) if name else None
            if found is not None:
                return found
        return None

    def _with_suggestion(self, act: Callable[[Suggestion], None]) -> None:
        found = self._suggested_here()
        if found is not None:
            act(found)

    def _tell(self, why: str) -> None:
        self._told = why
        self._show_hands()

    def _pair_hands(self) -> None:
        """Pair the fields chosen on both sides."""
        if self.left.name and self.right.name:
            self.acts.pair(self.left.name, self.right.name, self.right.place_of(self.right.name))

    def _key(self, side: Side, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        view = self.lists[side]
        if key == Qt.Key.Key_M:
            self.acts.choose_partner(side, view.name, lambda: view.place_of(view.name))
            return
        suggested = self.acts.suggestion_for(side, view.name)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if modifiers & Qt.KeyboardModifier.ShiftModifier:
                self.acts.accept_certain()
            elif suggested is not None:
                self.acts.accept(suggested)
        elif key == Qt.Key.Key_Escape or (key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and suggested is not None):
            if suggested is not None:
                self.acts.dismiss(suggested)
        elif self._number is not None and view.name:
            self.acts.remove(self._number)

    def _dragging(self, side: Side, name: str) -> None:
        """Grey what the field in the hand may not be dropped on."""
        there = self.lists[side.other]
        if name:
            others = (f.name for f in there.fields.fields)
            offers = {o: self.acts.offer(*self.acts.pairing.in_order(side, name, o)) for o in others}
            self._refusing = {side.other: frozenset(o.casefold() for o, told in offers.items() if not told.possible)}
        else:
            self._refusing = {}
        there.fields.show(there.fields.rows, self._states(side.other))

    def _dropped(self, source: str, target: str, view: FieldList, here: str) -> None:
        self.acts.pair(source, target, view.place_of(here))

    def _open(self, name: str, wanted: bool) -> None:
        """List the fields of the record that a lookup leads to, or put them away."""
        assert self._pairing is not None
        field = self._pairing.find(self._pairing.source, name)
        if field is None or not self._pairing.opens(field):
            return
        opened = self._opened.setdefault(self._pairing.name, set())
        if wanted:
            opened.add(field.relationship)
            self.acts.read_related(field.relationship)
        else:
            opened.discard(field.relationship)
        self._show_fields()

    def _line_words(self, number: int) -> str:
        if number >= len(self._pairs):
            return self.acts.suggestion_words(self._proposed[number - len(self._pairs)])
        return self.acts.pair_words(self._pairs[number], number)
