"""What a hand does to pairs, alike on the canvas and in the table: every gesture comes here, then goes to the desk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from disf_desktop.core.project import FieldPair, Integration
from disf_desktop.core.schema import Side
from disf_desktop.core.suggest import Suggestion
from disf_desktop.gui.deeds.pairing import PairDeeds
from disf_desktop.gui.mapping_canvas.partners import FieldDialog, PartnerDialog, TargetDialog
from disf_desktop.gui.models.directions import way_of_pair
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.fields import title
from disf_desktop.gui.models.pairing import (
    Offer,
    key_offer,
    next_way,
    offer,
    open_suggestions,
    source_field,
    turned,
)
from disf_desktop.gui.models.pairs import Judgement
from disf_desktop.gui.words.choices import ARROWS, direction_short
from disf_desktop.gui.words.verdicts import offer_said, suggestion_said, verdict


class PairActs(QObject):
    """Pairs, replaces, removes, turns, accepts. `made` gives the number of a pair that was made, -1 once one is gone;
    `told` gives why something was not done, or an empty text once
    something was. `question` is the last *replace or keep*, `dialog` the last list of partners."""

    told = Signal(str)
    made = Signal(int)

    def __init__(self, desk: PairDeeds, widget: QWidget) -> None:
        super().__init__(widget)
        self._desk, self._widget = desk, widget
        self._name = ""
        self.question: QMenu | None = None
        self.dialog: FieldDialog | None = None

    def show(self, integration: Integration) -> None:
        """Work on this integration from now on."""
        self._name = integration.name

    @property
    def facts(self) -> Facts:
        return self._desk.facts

    @property
    def integration(self) -> Integration:
        found = self._desk.project.integration(self._name)
        assert found is not None, "a view shows an integration of the file"
        return found

    # pairing

    def offer(self, source: str, target: str) -> Offer:
        """Say what becomes of two fields put together."""
        return offer(self.facts, self.integration, source, target)

    def judge(self, source: str, target: str) -> tuple[bool, str]:
        """Say whether two fields may be paired, and what a person should know of it."""
        found = self.offer(source, target)
        said = offer_said(found)
        if found.taken and found.possible:
            taken = ", ".join(pair.source for pair in found.taken)
            said = self.tr("{0} receives {1} already: you will be asked. {2}").format(
                self.title(Side.DIALOG_INSIGHT, target), taken, said
            )
        elif found.pair.direction is not None:
            said = self.tr("Travels {0} only. {1}").format(direction_short(found.way), said)
        return found.possible, said

    def pair(self, source: str, target: str, at: QPoint) -> None:
        """Pair two fields; where the target is taken, ask whether to replace what it has, at a place of the screen."""
        found = self.offer(source, target)
        if not found.possible:
            self._refuse(offer_said(found), at)
        elif found.taken:
            self._ask(source, target, found.taken, at)
        else:
            self._pair(source, target)

    def pair_key(self) -> None:
        """Pair the primary key with the one field that it can be."""
        found = key_offer(self.facts, self.integration)
        if found is not None:
            self._pair(found.pair.source, found.pair.target)

    def _pair(self, source: str, target: str) -> None:
        self._desk.pair(self._name, source, target, replace=True)
        pairs = ((p.source.casefold(), p.target.casefold()) for p in self.integration.mapping.pairs)
        wanted = (source.casefold(), target.casefold())
        self.told.emit("")
        self.made.emit(next((number for number, ends in enumerate(pairs) if ends == wanted), -1))

    def _refuse(self, why: str, at: QPoint) -> None:
        QToolTip.showText(at, why, self._widget)
        self.told.emit(why)

    def _ask(self, source: str, target: str, taken: tuple[FieldPair, ...], at: QPoint) -> None:
        """Ask *replace or keep*, beside the hand."""
        old = ", ".join(self.title(Side.SALESFORCE, pair.source) for pair in taken)
        menu = QMenu(self._widget)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        target_title = self.title(Side.DIALOG_INSIGHT, target)
        head = menu.addAction(self.tr("{0} receives {1} already.").format(target_title, old))
        head.setEnabled(False)
        menu.addSeparator()
        replace = menu.addAction(self.tr("&Replace it by {0}").format(self.title(Side.SALESFORCE, source)))
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
        schema = self.facts.target_schema(self.integration)
        if side is Side.SALESFORCE:
            field = source_field(self.facts, self.integration, name)
        else:
            field = schema.find(name) if schema is not None else None
        return title(field) if field is not None else name

    def add(self) -> None:
        """Ask for a Dialog Insight field without a pair, then for the Salesforce field that it goes with."""

        def chosen(target: str) -> None:
            self.choose_partner(Side.DIALOG_INSIGHT, target, None)

        self.dialog = TargetDialog(self._widget.window(), self.facts, self.integration, chosen)
        self.dialog.open()

    def choose_partner(self, side: Side, name: str, at: Callable[[], QPoint] | None) -> None:
        """Show the fields that a field could be paired with, the best first.

        A target that is taken is asked about at a place of the screen; without one, the choice itself says so.
        """

        def chosen(other: str) -> None:
            source, target = (name, other) if side is Side.SALESFORCE else (other, name)
            if at is None:
                self._pair(source, target)
            else:
                self.pair(source, target, at())

        self.dialog = PartnerDialog(self._widget.window(), self.facts, self.integration, side, name, chosen)
        self.dialog.open()

    # pairs that are there

    def remove(self, number: int) -> None:
        """Take a pair away."""
        self._desk.unpair(self._name, number)
        self.told.emit("")
        self.made.emit(-1)

    def turn(self, number: int) -> None:
        """Let a pair travel the next way that it may."""
        way = next_way(self.facts, self.integration, number)
        if way is None:
            self.told.emit(self.tr("This pair can travel this way only."))
            return
        pair = self.integration.mapping.pairs[number]
        self._desk.change_pair(
            self._name,
            number,
            turned(pair, way),
            lambda: self.tr("Let {0} and {1} travel {2}").format(pair.source, pair.target, direction_short(way)),
        )
        self.told.emit("")

    # suggestions

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What is proposed and not paired yet."""
        return open_suggestions(self.facts, self.integration)

    def suggestion_for(self, side: Side, name: str) -> Suggestion | None:
        """Give what is proposed for a field."""
        folded = name.casefold()
        ends = ((each, each.source if side is Side.SALESFORCE else each.target) for each in self.suggestions)
        return next((each for each, end in ends if end.casefold() == folded), None)

    def accept(self, chosen: Suggestion) -> None:
        """Pair what is proposed."""
        self._desk.accept(self._name, [chosen])

    def accept_certain(self) -> None:
        """Pair all that is certain, in one step."""
        certain = [each for each in self.suggestions if each.certain]
        if certain:
            self._desk.accept(self._name, certain)

    def dismiss(self, unwanted: Suggestion) -> None:
        """Propose this pair no more."""
        self._desk.dismiss_suggestion(self._name, unwanted)

    def read_related(self, relationship: str) -> None:
        """Read the fields of the record that a lookup leads to."""
        self._desk.read_related(self._name, relationship)

    # words

    def pair_words(self, pair: FieldPair, judged: Judgement) -> str:
        """Say a pair that knows its direction: its fields, the way, and whether its values may travel."""
        way = way_of_pair(pair)
        ends = (self.title(Side.SALESFORCE, pair.source), self.title(Side.DIALOG_INSIGHT, pair.target))
        if judged.missing:
            why = self.tr("The service shows no field {0} any more.").format(judged.missing)
        else:
            why = verdict(judged.verdict) if judged.verdict is not None else self.tr("Not checked yet.")
        return f"{ends[0]} {ARROWS[way]} {ends[1]}\n{direction_short(way)}\n{why}"

    def suggestion_words(self, given: Suggestion) -> str:
        """Say what is proposed, and why."""
        ends = (self.title(Side.SALESFORCE, given.source), self.title(Side.DIALOG_INSIGHT, given.target))
        return f"{ends[0]} ↔ {ends[1]}\n{suggestion_said(given, ends[1])}"
