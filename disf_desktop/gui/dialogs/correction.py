"""The small form that corrects one value in Salesforce, on account of which a record waits."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from disf_desktop.core.correction import Correction, NotTaken, WhyNot, judge, pair_of
from disf_desktop.core.errors import DisfError
from disf_desktop.core.history import SetAsideRecord
from disf_desktop.core.refusals import explain
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.core.values import Value
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.dialog import Dialog
from disf_desktop.gui.inputs import Labelled, Picker
from disf_desktop.gui.models.activity import CORRECTING, Correcting
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.names import name_of
from disf_desktop.gui.models.operations import plain
from disf_desktop.gui.parts import label
from disf_desktop.gui.theme import monospace
from disf_desktop.gui.words.figures import counts, number
from disf_desktop.gui.words.story import SERVICE_NAMES
from disf_desktop.gui.words.translation import translate
from disf_desktop.gui.words.wording import REFUSALS, in_english

MOST_TYPED = 10_000
"""More characters than any field that is corrected by hand."""


class CorrectionDialog(Dialog):
    """Reads the record anew when it opens; writes one field, and nothing where somebody saved the record meanwhile."""

    def __init__(self, parent: QWidget, desk: Desk, record: SetAsideRecord) -> None:
        super().__init__(parent, self._go)
        self._desk, self._record = desk, record
        self._shown: Correction | None = None
        self.line, self.picker = QLineEdit(), Picker()
        self.line.setMaxLength(MOST_TYPED)
        self.typed, self.picked = Labelled(self.line), Labelled(self.picker)
        self.line.textEdited.connect(lambda _: self._changed())
        self.picker.picked.connect(self._picked)
        self._choice: Value = None
        self.captions = [label("caption"), label("caption")]
        self._error: DisfError | None = None
        self.now, self.will_be = label("err", wrap=True, selectable=True), label("ok", wrap=True, selectable=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setColumnStretch(1, 1)
        for n, (caption, value) in enumerate(zip(self.captions, (self.now, self.will_be), strict=True)):
            font = monospace()
            font.setStrikeOut(value is self.now)
            value.setFont(font)
            grid.addWidget(caption, n, 0)
            grid.addWidget(value, n, 1)
        self.form = QWidget()
        self.form.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        self.put(self.typed, self.picked, self.form)
        self.finished.connect(lambda _: desk.forget_correction())
        desk.ask_correction(record.id)

    # facts

    def show_facts(self, facts: Facts) -> None:
        """Show how far the correction is."""
        told = facts.activity.correcting
        if told is None or told.aside != self._record.id:
            told = Correcting(self._record.id)
        if told.done:
            self.accept()
            return
        found = told.correction
        self.say(self._title(found), self._explained(told), self._verb(found))
        able = found is not None and found.why_not is None
        self.form.setVisible(able)
        self._show_input(found if able else None)
        busy = CORRECTING in facts.asking
        self.line.setReadOnly(busy)
        self.picker.setEnabled(not busy)
        self.accept_button.setEnabled(
            found is not None and not busy and (found.why_not is None or self._can_open(found.why_not))
        )
        if told.error is not self._error:
            self._error = told.error
            self.complain(told.error)
        self._say_outcome()

    def _title(self, found: Correction | None) -> str:
        name = name_of(self._record.values) or self._record.rid
        if found is None or found.field is None:
            return self.tr("Correct {0} in Salesforce").format(name)
        return self.tr("Correct {0} of {1} in Salesforce").format(found.field.label, name)

    def _verb(self, found: Correction | None) -> str:
        if found is not None and found.why_not is not None and self._can_open(found.why_not):
            return self.tr("Open in Salesforce")
        return self.tr("Write to Salesforce and retry")

    @staticmethod
    def _can_open(why: WhyNot) -> bool:
        return why not in (WhyNot.NO_RECORD, WhyNot.LIVES_THERE)

    def _explained(self, told: Correcting) -> str:
        if told.correction is None:
            return "" if told.error is not None else self.tr("Reading the record in Salesforce…")
        found = told.correction
        if found.why_not is not None:
            return self._why_not(found.why_not)
        assert found.field is not None, "what may be corrected is known"
        accepted = [self._accepted(found.field, Side.SALESFORCE)]
        if found.target is not None:
            accepted.append(self._accepted(found.target, Side.DIALOG_INSIGHT))
        return " ".join(part for part in accepted if part)

    def _why_not(self, why: WhyNot) -> str:
        return {
            WhyNot.NO_FIELD: self.tr("What keeps this record is not the value of one mapped field. Look at it there."),
            WhyNot.LIVES_THERE: self.tr("This value comes from Dialog Insight. Correct it there, then retry."),
            WhyNot.NO_RECORD: self.tr("This person has no record in Salesforce, or no longer has one."),
            WhyNot.CONSENT: self.tr(
                "This field holds a consent. Consents are only ever changed by the person, in Dialog Insight."
            ),
            WhyNot.RELATED: self.tr("This value belongs to another record. Correct it in that record."),
            WhyNot.READ_ONLY: self.tr(
                "Salesforce does not let this field be written: it is computed there, or your user may not edit it."
            ),
            WhyNot.UNSUPPORTED: self.tr("Values of this kind are corrected in Salesforce itself."),
        }[why]

    def _accepted(self, field: Field, side: Side) -> str:
        """Say what a side takes."""
        name = SERVICE_NAMES[side]
        if field.type is FieldType.EMAIL:
            return self.tr("{0} takes an e-mail address.").format(name)
        if field.type in (FieldType.INTEGER, FieldType.DECIMAL):
            if field.precision:
                return self.tr("{0} takes a number of up to {1} digits, {2} of them decimals.").format(
                    name, number(field.precision), number(field.scale)
                )
            return self.tr("{0} takes a number.").format(name)
        if field.type is FieldType.DATE:
            return self.tr("{0} takes a date, written YYYY-MM-DD.").format(name)
        if field.type is FieldType.DATETIME:
            return self.tr("{0} takes a date and time, written YYYY-MM-DDTHH:MM:SSZ.").format(name)
        if field.length:
            return self.tr("{0} takes up to {1}.").format(name, counts.characters(field.length))
        return ""

    def _show_input(self, found: Correction | None) -> None:
        listed = _choices(found.field) if found is not None and found.field is not None else ()
        self.typed.setVisible(found is not None and not listed)
        self.picked.setVisible(bool(listed))
        if found is None or found.field is None:
            return
        for each in (self.typed, self.picked):
            each.show_text(found.field.label)
        if found != self._shown:
            self._shown, self._choice = found, found.value
            self.line.setText(plain(found.value))
            self.line.selectAll()
            (self.picker if listed else self.line).setFocus()
        if listed:
            choices = [(value, self._listed(value)) for value in listed]
            self.picker.show_choices(choices, self._choice)

    def _listed(self, value: Value) -> str:
        return {True: self.tr("yes"), False: self.tr("no")}[value] if isinstance(value, bool) else str(value)

    # what the person does

    def _picked(self, value: Value) -> None:
        self._choice = value
        self._changed()

    def _changed(self) -> None:
        self.refuse("")
        self._say_outcome()

    @property
    def _typed_value(self) -> Value:
        return self._choice if self.picked.isVisibleTo(self) else self.line.text().strip()

    def _say_outcome(self) -> None:
        for caption, text in zip(self.captions, (self.tr("Now"), self.tr("Will be")), strict=True):
            caption.setText(text)
        if self._shown is not None:
            self.now.setText(plain(self._shown.value) or "—")
            self.will_be.setText(plain(self._typed_value) or "—")

    def _go(self) -> bool:
        found = self._desk.facts.activity.correcting
        correction = found.correction if found is not None else None
        if correction is None:
            return False
        if correction.why_not is not None:
            self._desk.open_in_salesforce(self._record.integration, self._record.rid)
            return True
        judged = self._judged(correction)
        if isinstance(judged, NotTaken):
            assert correction.field is not None, "what may be corrected is known"
            self.refuse(_not_taken(judged, correction.field.label))
        elif judged == correction.value:
            self.refuse(self.tr("This is the value that is there now."))
        else:
            self._desk.correct(correction, judged)
        return False  # it closes when Salesforce has taken the value

    def _judged(self, correction: Correction) -> Value | NotTaken:
        project = self._desk.facts.project
        integration = project.integration(correction.integration) if project is not None else None
        assert project is not None, "a record waits for a project file"
        assert integration is not None, "what may be corrected has an integration"
        pair, destination = pair_of(integration, self._record), project.destination(integration.project)
        assert pair is not None, "what may be corrected has a pair"
        assert destination is not None, "an integration that ran has its project"
        return judge(self._typed_value, correction, pair, ZoneInfo(destination.time_zone))


def _choices(field: Field) -> tuple[Value, ...]:
    if field.type is FieldType.BOOLEAN:
        return (True, False)
    return field.choices if field.type is FieldType.CHOICE and field.restricted else ()


def _not_taken(told: NotTaken, name: str) -> str:
    """Say why a side would not take a value."""
    happened, _ = explain(told.refusal, name, told.side)
    known = REFUSALS.get((str(told.refusal.code), told.side))
    if known is None or in_english():
        return happened
    figures = {key: number(value) for key, value in told.refusal.figures}
    return translate("Refusals", known[0]).format(field=name, **figures)
