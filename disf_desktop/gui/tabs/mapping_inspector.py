"""The pair under the hand: how its values travel, what real records make of it, and everything that can be set."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from disf_desktop.core.errors import InOrg, Problem
from disf_desktop.core.project import ConflictPolicy, Direction, FieldPair, Integration, TransformName, WhenEmpty
from disf_desktop.core.sampling import Flows, Remedy, remedied
from disf_desktop.core.schema import Field
from disf_desktop.core.verdict import Ground, Verdict
from disf_desktop.gui.cards.inspecting import Cure, SampleCard, VerdictCard
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.inputs import Entry, Labelled, Picker, Segments
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.fields import title
from disf_desktop.gui.models.inspecting import WAYS, Inspected, inspected
from disf_desktop.gui.models.pairing import turned
from disf_desktop.gui.models.pairs import Level, mapping_problems, place_of
from disf_desktop.gui.models.samples import cures, fits, flows, left_after, reads, sample_key
from disf_desktop.gui.parts import Fact, button, column, label, say
from disf_desktop.gui.words.choices import ARROWS, conflict_rule, direction_short, when_empty
from disf_desktop.gui.words.field_words import field_type
from disf_desktop.gui.words.inspector_words import (
    default_choices,
    empty_help,
    left_said,
    loss_said,
    mended_said,
    remedy_said,
    rule_help,
    rules,
    transform_help,
    transform_name,
    transforms,
)
from disf_desktop.gui.words.problem_words import prepare_verb, problem_said
from disf_desktop.gui.words.verdicts import verdict

NO_DEFAULT = ""


class PairInspector(QWidget):
    """Shows one pair of a mapping and changes it. `other_wanted` is emitted when another field shall be chosen for it,
    `removed` when it was taken away."""

    other_wanted = Signal()
    removed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._integration, self._number = "", 0
        self.title, self.types = label("subtitle", wrap=True), label("small", wrap=True)
        self.verdict = VerdictCard()
        self.verdict.wanted.connect(self._cure)
        self.direction = Segments()
        self.direction.picked.connect(self._turn)
        self.transform, self.rule, self.empty, self.default_choice = Picker(), Picker(), Picker(), Picker()
        self.default = Entry()
        self.transform.picked.connect(self._transform)
        self.rule.picked.connect(self._rule)
        self.empty.picked.connect(self._empty)
        self.default.entered.connect(self._default)
        self.default_choice.picked.connect(self._default)
        self.direction_box, self.transform_box, self.rule_box = map(
            Labelled, (self.direction, self.transform, self.rule)
        )
        self.empty_box, self.default_box = Labelled(self.empty), Labelled(self.default)
        self.default_choice_box = Labelled(self.default_choice)
        for box in (self.direction_box, self.transform_box, self.rule_box, self.empty_box, self.default_box):
            box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # the help below wraps
        self.never_empty, self.hint = Fact(), label("muted", wrap=True)
        self.sample = SampleCard(self._read_sample)
        self.remove_button = button("danger", self._remove)
        self.setLayout(
            column(
                column(self.title, self.types, spacing=2),
                self.verdict,
                self.direction_box,
                self.transform_box,
                self.rule_box,
                self.empty_box,
                self.never_empty,
                self.default_box,
                self.default_choice_box,
                self.hint,
                self.sample,
                None,
                self.remove_button,
                spacing=14,
            )
        )

    # what is shown

    def show_pair(self, facts: Facts, integration: Integration, number: int) -> None:
        """Show a pair of a mapping as the facts have it."""
        self._integration, self._number = integration.name, number
        shown = inspected(facts, integration, number)
        through = flows(facts, integration, number)
        self.title.setText(f"{self._name(shown.source, shown.pair.source)} {ARROWS[shown.way]} {self._target(shown)}")
        self.types.setText(self._types(shown))
        self._show_verdict(facts, integration, shown, through)
        self._show_direction(shown)
        self._show_transform(shown)
        self._show_rules(shown)
        self._show_default(shown)
        marked = self.tr(
            "The program writes the Salesforce Id here: while this field is empty, the person has no Salesforce "
            "record yet."
        )
        say(self.hint, marked if shown.marker else "")
        self._show_sample(facts, integration, shown, through)
        self.remove_button.setText(self.tr("Remove pair"))
        self.remove_button.setAccessibleName(
            self.tr("Remove the pair {0} and {1}").format(shown.pair.source, shown.pair.target)
        )

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.sample.retranslate()

    @staticmethod
    def _name(field: Field | None, name: str) -> str:
        return title(field) if field is not None else name

    def _target(self, shown: Inspected) -> str:
        return self._name(shown.target, shown.pair.target)

    def _types(self, shown: Inspected) -> str:
        pair = shown.pair
        left = f"{pair.source} · {field_type(shown.source)}" if shown.source else pair.source
        right = f"{pair.target} · {field_type(shown.target)}" if shown.target else pair.target
        text = self.tr("Salesforce: {0}\nDialog Insight: {1}").format(left, right)
        return self.tr("{0} · primary key").format(text) if pair.key else text

    def _show_verdict(self, facts: Facts, integration: Integration, shown: Inspected, through: Flows | None) -> None:
        judged = shown.judged
        if judged.missing:
            text = self.tr("The service shows no field “{0}”. Choose another field, or remove the pair.")
            said = text.format(judged.missing)
            cures: list[Cure] = [(Remedy.OTHER_FIELD, remedy_said(Remedy.OTHER_FIELD, None), "")]
            if (in_org := self._to_prepare(facts, integration)) is not None:
                cures.append((in_org, prepare_verb(), self.tr("It is made, or shown to the connected user.")))
            self.verdict.show_verdict(self.tr("Cannot travel"), said, "err", cures)
        elif judged.verdict is None:
            unread = self.tr("The fields of one side were not read yet.")
            self.verdict.show_verdict(self.tr("Not checked yet"), unread, "warn")
        elif through is not None and judged.level is not Level.NO:
            self._show_loss(facts, integration, shown, through)
        elif judged.level is Level.LOSS and _mended(shown):
            said = transform_help(shown.pair.transform, shown.target)
            self.verdict.show_verdict(self.tr("Every value travels, some changed"), said, "ok")
        else:
            name, look = {
                Level.YES: (self.tr("Every value can travel"), "ok"),
                Level.LOSS: (self.tr("Some values may not travel"), "warn"),
                Level.NO: (self.tr("Cannot travel"), "err"),
            }[judged.level]
            codes = _CODES.get(judged.verdict.ground.value, ()) if judged.level is Level.LOSS else ()
            given = self._cures(facts, integration, shown, codes) if codes else ()
            self.verdict.show_verdict(name, verdict(judged.verdict), look, given)

    def _show_loss(self, facts: Facts, integration: Integration, shown: Inspected, through: Flows) -> None:
        """Say what real records lose, counted."""
        assert shown.judged.verdict is not None, "both sides were read"
        told = [loss_said(loss, through.looked) for loss in through.refused]
        told += [mended_said(loss, through.looked) for loss in through.mended]
        if through.refused:
            codes = tuple(loss.code for loss in through.refused)
            given = self._cures(facts, integration, shown, codes)
            self.verdict.show_verdict(self.tr("Some records would be set aside"), " ".join(told), "warn", given)
        elif through.mended:
            self.verdict.show_verdict(self.tr("Every value travels, some changed"), " ".join(told), "ok")
        elif shown.judged.level is Level.YES:
            self.verdict.show_verdict(self.tr("Every value can travel"), verdict(shown.judged.verdict), "ok")
        else:
            seen = self.tr("None of the sampled records lose anything. {0}").format(verdict(shown.judged.verdict))
            self.verdict.show_verdict(self.tr("Every sampled value travels"), seen, "ok")

    def _cures(
        self, facts: Facts, integration: Integration, shown: Inspected, codes: tuple[str, ...]
    ) -> tuple[Cure, ...]:
        def named(remedy: Remedy) -> Cure:
            left = None
            if remedied(shown.pair, remedy) != shown.pair:
                left = left_after(facts, integration, shown.number, remedy)
            return remedy, remedy_said(remedy, shown.target), left_said(left)

        given = cures(facts, integration, shown.number, codes)
        return tuple(named(remedy) for remedy in given)

    def _show_direction(self, shown: Inspected) -> None:
        names = {
            Direction.TO_DIALOG_INSIGHT: self.tr("→ to DI"),
            Direction.TO_SALESFORCE: self.tr("← to SF"),
            Direction.BOTH: self.tr("↔ both"),
        }
        able = [way for way in WAYS if way not in shown.against or way is shown.way]
        self.direction.show_choices([(way, names[way]) for way in WAYS], shown.way, able)
        reasons = {way: self._why(shown.against[way]) for way in WAYS if way not in able}
        for part, way in zip(self.direction.buttons, WAYS, strict=True):
            part.setToolTip(reasons.get(way, ""))
            part.setAccessibleName(direction_short(way))
            part.setAccessibleDescription(reasons.get(way, ""))
        # What is against both ways is what is against the one that cannot be; it is said once.
        self.direction_box.show_text(self.tr("Direction"), next(iter(reasons.values()), ""))

    @staticmethod
    def _why(against: Verdict | Problem) -> str:
        return verdict(against) if isinstance(against, Verdict) else problem_said(against)[0]

    def _show_transform(self, shown: Inspected) -> None:
        choices = transforms(shown.transforms, shown.pair.transform)
        self.transform.show_choices([(names, transform_name(names)) for names in choices], shown.pair.transform)
        self.transform_box.show_text(self.tr("Transform"), transform_help(shown.pair.transform, shown.target))
        self.transform_box.setVisible(
            shown.way.reaches_dialog_insight and not shown.pair.key and not shown.marker and len(choices) > 1
        )

    def _show_rules(self, shown: Inspected) -> None:
        assert shown.owned.conflict is not None, "owned() says the policy"
        chosen = shown.owned.conflict
        choices = [(rule, conflict_rule(rule)) for rule in rules(shown.way)]
        self.rule.show_choices(choices, chosen)
        self.rule_box.show_text(self.tr("When both sides changed"), rule_help(chosen))
        self.rule_box.setVisible(shown.decided)
        empties = [(choice, when_empty(choice)) for choice in WhenEmpty]
        self.empty.show_choices(empties, shown.pair.when_empty)
        self.empty_box.show_text(self.tr("When empty"), empty_help(shown.pair.when_empty, shown.way))
        self.empty_box.setVisible(shown.decided)
        never = self.tr("The record waits: a key is never empty")
        self.never_empty.show_text(self.tr("When empty"), never if shown.pair.key else "")

    def _show_default(self, shown: Inspected) -> None:
        given = shown.pair.default or NO_DEFAULT
        listed = default_choices(shown.target) if shown.target is not None else ()
        caption, help = self.tr("Sent instead of nothing"), self.tr("Leave it empty to send nothing.")
        self.default.show_text(given)
        if not self.default.hasFocus() or not self.default_box.isVisible():
            self.default_box.show_text(caption, help)
        self.default_box.setVisible(shown.takes_default and not listed)
        none = (NO_DEFAULT, self.tr("Nothing"))
        self.default_choice.show_choices([none, *((value, value) for value in listed)], given)
        self.default_choice_box.show_text(caption)
        self.default_choice_box.setVisible(shown.takes_default and bool(listed))

    def _show_sample(self, facts: Facts, integration: Integration, shown: Inspected, through: Flows | None) -> None:
        key = sample_key(integration)
        self.sample.show_sample(through, shown.source, self._name(shown.source, shown.pair.source))
        verb, sentence = self.tr("Look at real records"), ""
        if not shown.way.reaches_dialog_insight:
            verb, sentence = "", self.tr("This pair is filled from Dialog Insight; samples are read in Salesforce.")
        elif not reads(facts, integration, shown.number):
            verb, sentence = "", self.tr("Nothing can be sent through this pair yet.")
        elif through is not None:
            verb = self.tr("Look again")
        else:
            sentence = self.tr("One call to Salesforce reads the records changed last. They stay in memory only.")
        able = bool(facts.authorized.get(integration.salesforce))
        asking, error = key in facts.asking, facts.sample_errors.get(key)
        self.sample.show_reading(sentence, verb, asking, able, error if verb else None)

    # what a person does

    def _change(self, pair: FieldPair, said: Callable[[str], str]) -> None:
        """Put a pair in the place of the one shown, as a step named by what was changed, of which pair."""
        before = self._pair
        if pair != before:
            which = f"{before.source} – {before.target}"
            self._desk.change_pair(self._integration, self._number, pair, lambda: said(which))

    @property
    def _mapping(self) -> Integration:
        found = self._desk.project.integration(self._integration)
        assert found is not None, "a control that can be used shows a pair of the file"
        return found

    @property
    def _pair(self) -> FieldPair:
        """The pair as it now is, which may be newer than what is drawn."""
        return self._mapping.mapping.pairs[self._number]

    def _turn(self, way: Direction) -> None:
        self._change(turned(self._pair, way), lambda which: self.tr("Change the direction of {0}").format(which))

    def _transform(self, names: tuple[TransformName, ...]) -> None:
        changed = self._pair.model_copy(update={"transform": tuple(names)})
        self._change(changed, lambda which: self.tr("Change the transform of {0}").format(which))

    def _rule(self, rule: ConflictPolicy) -> None:
        changed = self._pair.model_copy(update={"conflict": rule})
        self._change(changed, lambda which: self.tr("Change who wins for {0}").format(which))

    def _empty(self, choice: WhenEmpty) -> None:
        changed = self._pair.model_copy(update={"when_empty": choice})
        self._change(changed, lambda which: self.tr("Change what empty does for {0}").format(which))

    def _default(self, text: str) -> None:
        changed = self._pair.model_copy(update={"default": text or None})
        if text and not fits(self._desk.facts, self._mapping, changed):
            refused = self.tr("“{0}” cannot stand in this field. Nothing was changed.").format(text)
            self.default.show_text(self._pair.default or NO_DEFAULT)
            self.default.setText(self._pair.default or NO_DEFAULT)
            self.default_box.show_text(self.tr("Sent instead of nothing"), refused)
            return
        self._change(changed, lambda which: self.tr("Change the default of {0}").format(which))

    def _to_prepare(self, facts: Facts, integration: Integration) -> InOrg | None:
        """Give the Salesforce field of the pair, where a preparation makes it or shows it."""
        at = f"{place_of(facts, integration)}.mapping.pairs[{self._number}].source"
        told = (p.in_org for p in mapping_problems(facts, integration) if p.path == at)
        return next((each for each in told if each is not None and not each.left_alone), None)

    def _cure(self, remedy: Remedy | InOrg) -> None:
        if isinstance(remedy, InOrg):
            self._desk.want_preparation(remedy.connection, (remedy.component,))
        elif remedy is Remedy.OTHER_FIELD:
            self.other_wanted.emit()
        elif remedy is Remedy.DEFAULT:
            (self.default if self.default_box.isVisible() else self.default_choice).setFocus()
        else:
            self._change(
                remedied(self._pair, remedy), lambda which: self.tr("Change the transform of {0}").format(which)
            )

    def _read_sample(self) -> None:
        self._desk.read_sample(self._integration)

    def _remove(self) -> None:
        self._desk.unpair(self._integration, self._number)
        self.removed.emit()


def _mended(shown: Inspected) -> bool:
    """Say whether the pair's transform mends what the two fields alone would refuse."""
    ground = shown.judged.verdict.ground if shown.judged.verdict is not None else None
    return ground in _MENDS and _MENDS[ground] in shown.pair.transform and shown.way is Direction.TO_DIALOG_INSIGHT


_MENDS = {Ground.MAY_HAVE_DECIMALS: TransformName.ROUND, Ground.MAY_BE_TOO_LONG: TransformName.CUT}
_CODES: dict[str, tuple[str, ...]] = {
    "may_have_decimals": ("has_decimals",),
    "may_be_too_long": ("too_long",),
}
"""What may be wrong with values, by the ground of the verdict, while no real record was looked at."""
