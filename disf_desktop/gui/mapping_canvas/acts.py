"""What a hand does to pairs, alike on the canvas and in the table: every gesture comes here, then goes to the desk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from disf_desktop.core.schema import Side
from disf_desktop.core.suggest import Suggestion
from disf_desktop.gui.mapping_canvas.pairing import Bond, Offered, Pairing
from disf_desktop.gui.mapping_canvas.partners import FieldDialog, PartnerDialog, TargetDialog
from disf_desktop.gui.words.choices import ARROWS, direction_short
from disf_desktop.gui.words.verdicts import suggestion_said


class PairActs(QObject):
    """Pairs, replaces, removes, turns, accepts. `made` gives the number of a pair that was made, -1 once one is gone;
    `told` gives why something was not done, or an empty text once
    something was. `question` is the last *replace or keep*, `dialog` the last list of partners."""

    told = Signal(str)
    made = Signal(int)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._pairing: Pairing | None = None
        self.question: QMenu | None = None
        self.dialog: FieldDialog | None = None

    def show(self, pairing: Pairing) -> None:
        """Work on this pairing from now on."""
        self._pairing = pairing

    @property
    def pairing(self) -> Pairing:
        assert self._pairing is not None, "a view shows a pairing"
        return self._pairing

    # pairing

    def offer(self, source: str, target: str) -> Offered:
        """Say what becomes of two fields put together."""
        return self.pairing.offer(source, target)

    def judge(self, source: str, target: str) -> tuple[bool, str]:
        """Say whether two fields may be paired, and what a person should know of it."""
        found = self.offer(source, target)
        said = found.said
        if found.taken and found.possible:
            said = self.tr("{0} receives {1} already: you will be asked. {2}").format(
                self.title(self.pairing.target, target), ", ".join(found.taken), said
            )
        elif found.only is not None:
            said = self.tr("Travels {0} only. {1}").format(direction_short(found.only), said)
        return found.possible, said

    def pair(self, source: str, target: str, at: QPoint) -> None:
        """Pair two fields; where the target is taken, ask whether to replace what it has, at a place of the screen."""
        found = self.offer(source, target)
        if not found.possible:
            self._refuse(found.said, at)
        elif found.taken:
            self._ask(source, target, found.taken, at)
        else:
            self._pair(source, target)

    def pair_key(self) -> None:
        """Pair the primary key with the one field that it can be."""
        found = self.pairing.key_offer
        if found is not None:
            self._pair(found.source, found.target)

    def _pair(self, source: str, target: str) -> None:
        number = self.pairing.pair(source, target)
        self.told.emit("")
        self.made.emit(number)

    def _refuse(self, why: str, at: QPoint) -> None:
        QToolTip.showText(at, why, self._widget)
        self.told.emit(why)

    def _ask(self, source: str, target: str, taken: tuple[str, ...], at: QPoint) -> None:
        """Ask *replace or keep*, beside the hand."""
        old = ", ".join(self.title(self.pairing.source, name) for name in taken)
        menu = QMenu(self._widget)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        target_title = self.title(self.pairing.target, target)
        head = menu.addAction(self.tr("{0} receives {1} already.").format(target_title, old))
        head.setEnabled(False)
        menu.addSeparator()
        replace = menu.addAction(self.tr("&Replace it by {0}").format(self.title(self.pairing.source, source)))
        replace.triggered.connect(lambda *_: self._pair(source, target))
        keep = menu.addAction(self.tr("&Keep {0}").format(old))
        menu.setDefaultAction(keep)
        menu.setAccessibleName(head.text())
        menu.setActiveAction(keep)
        self.question = menu
        menu.destroyed.connect(self._forget_question)
        menu.popup(at)

    def _forget_question(self) -> None:
        self.question = None

    def title(self, side: Side, name: str) -> str:
        """Give how a person knows a field of a side."""
        return self.pairing.title(side, name)

    def add(self) -> None:
        """Ask for a target without a pair, then for the source that it goes with."""

        def chosen(target: str) -> None:
            self.choose_partner(self.pairing.target, target, None)

        self.dialog = TargetDialog(self._widget.window(), self.pairing, chosen)
        self.dialog.open()

    def choose_partner(self, side: Side, name: str, at: Callable[[], QPoint] | None) -> None:
        """Show the fields that a field could be paired with, the best first.

        A target that is taken is asked about at a place of the screen; without one, the choice itself says so.
        """

        def chosen(other: str) -> None:
            source, target = self.pairing.in_order(side, name, other)
            if at is None:
                self._pair(source, target)
            else:
                self.pair(source, target, at())

        self.dialog = PartnerDialog(self._widget.window(), self.pairing, side, name, chosen)
        self.dialog.open()

    # pairs that are there

    def remove(self, number: int) -> None:
        """Take a pair away."""
        self.pairing.remove(number)
        self.told.emit("")
        self.made.emit(-1)

    def turn(self, number: int) -> None:
        """Let a pair travel the next way that it may."""
        done = self.pairing.turn(number)
        self.told.emit("" if done else self.tr("This pair can travel this way only."))

    # suggestions

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What is proposed and not paired yet."""
        return self.pairing.suggestions

    def suggestion_for(self, side: Side, name: str) -> Suggestion | None:
        """Give what is proposed for a field."""
        folded = name.casefold()
        ends = ((each, self.pairing.of(each, side)[0]) for each in self.suggestions)
        return next((each for each, end in ends if end.casefold() == folded), None)

    def accept(self, chosen: Suggestion) -> None:
        """Pair what is proposed."""
        self.pairing.accept([chosen])

    def accept_certain(self) -> None:
        """Pair all that is certain, in one step."""
        certain = [each for each in self.suggestions if each.certain]
        if certain:
            self.pairing.accept(certain)

    def dismiss(self, unwanted: Suggestion) -> None:
        """Propose this pair no more."""
        self.pairing.dismiss(unwanted)

    def read_related(self, relationship: str) -> None:
        """Read the fields of the record that a lookup leads to."""
        self.pairing.read_related(relationship)

    # words

    def pair_words(self, pair: Bond, number: int) -> str:
        """Say a pair: its fields, the way, and whether its values may travel."""
        return f"{self._ends_said(pair, ARROWS[pair.way])}\n{direction_short(pair.way)}\n{self.pairing.why(number)}"

    def suggestion_words(self, given: Suggestion) -> str:
        """Say what is proposed, and why."""
        other = self.title(self.pairing.target, given.target)
        return f"{self._ends_said(given, '↔')}\n{suggestion_said(given, other)}"

    def _ends_said(self, pair: Bond | Suggestion, arrow: str) -> str:
        source, target = (self.title(side, self.pairing.of(pair, side)[0]) for side in self.pairing.ends)
        return f"{source} {arrow} {target}"
