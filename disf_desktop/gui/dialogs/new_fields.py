"""The dialogs that name Salesforce fields which are not there yet: those of an opt-in, and the external id. They write
the names into the project; the review of the installation opens after that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from disf_desktop.core.optins import Member
from disf_desktop.core.preparation_names import NameWrong, name_wrong
from disf_desktop.core.preparation_wanted import EXTERNAL_ID_LENGTH
from disf_desktop.core.project import Integration, OptinPair, Trigger
from disf_desktop.gui.cards.choice import ChoiceCard
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.fitted import FittedDialog
from disf_desktop.gui.inputs import Entry, Labelled, Picker
from disf_desktop.gui.models.new_fields import (
    ANSWERS,
    BESIDE,
    MEMBERS,
    NewOptInFields,
    component_id,
    new_fields,
    proposed_external_id,
)
from disf_desktop.gui.parts import column, label, restyle, row
from disf_desktop.gui.words.figures import counts, number
from disf_desktop.gui.words.translation import translate


def name_wrong_said(wrong: NameWrong | None, sobject: str) -> str:
    """Say what is wrong with the name of a field that is to be made."""
    if wrong is None:
        return ""
    if wrong is NameWrong.TAKEN:
        return translate("NewFields", "{0} has a field of this name, or the project gives it another use.").format(
            sobject
        )
    return translate("NewFields", "Letters, digits and single underscores, a letter first, __c at the end.")


def what_follows() -> str:
    """Say when Salesforce is changed."""
    return translate("NewFields", "Salesforce is changed only once you have looked at what will be installed.")


class NewOptInDialog(FittedDialog):
    """Asks what the fields for an opt-in shall be and how they are called. `pair` is None where it goes nowhere yet;
    then `able` are the integrations that may carry it."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        opt_in: tuple[str, str],
        able: Sequence[Integration],
        pair: OptinPair | None = None,
        asked: Member = "target",
    ) -> None:
        """Make the dialog for an opt-in, given by its code and its name."""
        super().__init__(parent, self._install, 700)
        self._desk, self._able, self._pair, self._asked = desk, tuple(able), pair, asked
        self._code, self._name = opt_in
        self._integration = self._able[0]
        self.carrier, self.kinds = Picker(), (ChoiceCard(), ChoiceCard())
        self._carrier = Labelled(self.carrier)
        self.kind_caption = label("caption")
        self.words = {answer: Entry() for answer in ANSWERS}
        self._words = {answer: Labelled(each) for answer, each in self.words.items()}
        self.words_wrong = label("warn", wrap=True)
        self.names: dict[Member, Entry] = {member: Entry() for member in MEMBERS}
        self._names = {member: Labelled(each) for member, each in self.names.items()}
        self.boxes: dict[Member, QCheckBox] = {member: QCheckBox() for member in BESIDE}
        self.tick = QCheckBox()
        self.tick.hide()
        self._also = label("caption")
        self._build()
        self._fields = self._proposed()
        self.show_fields()

    def _build(self) -> None:
        cards = row(*self.kinds, spacing=12)
        words = row(*self._words.values(), spacing=12)
        for n in range(2):
            cards.setStretch(n, 1)
        for n in range(3):
            words.setStretch(n, 1)
        self._kind_part, self._words_part, self._beside_part = QWidget(), QWidget(), QWidget()
        self._kind_part.setLayout(column(self.kind_caption, cards, spacing=6))
        self._words_part.setLayout(column(words, self.words_wrong, spacing=4))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        for n, member in enumerate(BESIDE):
            grid.addWidget(self.boxes[member], 0, n)
            grid.addWidget(self._names[member], 1, n)
            grid.setColumnStretch(n, 1)
        self._beside_part.setLayout(column(self._also, grid, spacing=6))
        self.put(self._carrier, self._kind_part, self._words_part, self._names["target"], self._beside_part, self.tick)
        self.carrier.picked.connect(self._carry)
        for n, each in enumerate(self.kinds):
            each.taken.connect(partial(self._be, bool(n)))
        for answer, word in self.words.items():
            word.textEdited.connect(partial(self._write, answer))
        for member, line in self.names.items():
            line.textEdited.connect(partial(self._call, member))
        for member, box in self.boxes.items():
            box.toggled.connect(partial(self._want, member))

    def _proposed(self) -> NewOptInFields:
        found = new_fields(self._desk.facts, self._integration, self._code, self._pair, self._asked)
        assert found is not None, "it is asked only for objects that were read"
        return found

    # what the person does

    def _carry(self, name: str) -> None:
        self._integration = next(each for each in self._able if each.name == name)
        self._fields = replace(self._proposed(), words=self._fields.words)
        self.show_fields()

    def _be(self, picklist: bool) -> None:
        usual = {"subscribed": self.tr("Yes"), "unsubscribed": self.tr("No"), "neutral": ""}
        self._fields = replace(self._fields, words=(self._fields.words or usual) if picklist else None)
        self.show_fields()

    def _write(self, answer: str, word: str) -> None:
        self._fields = replace(self._fields, words={**(self._fields.words or {}), answer: word})
        self.show_fields()

    def _call(self, member: Member, name: str) -> None:
        self._fields = self._fields.named(member, name)
        self.show_fields()

    def _want(self, member: Member, wanted: bool) -> None:
        chosen = self._fields.wanted | {member} if wanted else self._fields.wanted - {member}
        self._fields = replace(self._fields, wanted=chosen)
        self.show_fields()

    def _install(self) -> bool:
        fields, integration = self._fields, self._desk.project.integration(self._integration.name)
        if not fields.ready or integration is None:
            return False
        now = next((each for each in integration.optins if each.optin == self._code), None)
        before = now or OptinPair(optin=self._code, target=fields.names.get("target", ""))
        ids = tuple(component_id(self._desk.facts, integration, name) for name in fields.chosen.values())
        tick = not self.tick.isHidden() and self.tick.isChecked()
        self._desk.name_new_fields(integration.name, fields.put_into(before), tick)
        self._desk.want_preparation(integration.salesforce, ids)
        return True

    # what is shown

    def show_fields(self) -> None:
        """Show what is proposed and what was written, in the language of now."""
        fields, sobject = self._fields, self._integration.object
        self._show_words_of_the_dialog(len(fields.chosen))
        self._carrier.show_text(self.tr("&Carried by"))
        self.carrier.show_choices([(i.name, f"{i.name} · {i.object}") for i in self._able], self._integration.name)
        self._carrier.setVisible(len(self._able) > 1)
        made = "target" in fields.names
        self._kind_part.setVisible(made)
        self._show_kinds(fields.words is not None)
        self._words_part.setVisible(made and fields.words is not None)
        self._show_answers(fields)
        self._show_name("target", self.tr("API na&me of the new field of {0}").format(sobject))
        self._names["target"].setVisible(made)
        self._also.setText(self.tr("Also record") if made else self.tr("New fields of {0}").format(sobject))
        for member in BESIDE:
            shown, wanted = member in fields.names, member in fields.wanted
            self.boxes[member].setVisible(shown)
            self._names[member].setVisible(shown)
            self.boxes[member].setChecked(wanted)
            self.names[member].setEnabled(wanted)
        self.boxes["date_target"].setText(self.tr("&Since when"))
        self.boxes["source_target"].setText(self.tr("From &where"))
        self._show_name("date_target", self.tr("API name of the date"))
        self._show_name("source_target", self.tr("API name of the source"))
        self._beside_part.setVisible(any(member in fields.names for member in BESIDE))
        missing = self._pair is None and Trigger.OPTIN_CHANGED not in self._integration.triggers
        self.tick.setText(
            self.tr("&Tick “Opt-in changed” of {0} too, so that they travel").format(self._integration.name)
        )
        if self.tick.isHidden() and missing:
            self.tick.setChecked(True)
        self.tick.setVisible(missing)
        self.accept_button.setEnabled(fields.ready)

    def _show_words_of_the_dialog(self, chosen: int) -> None:
        verb = counts.install_fields(chosen) if chosen else self.tr("&Install…")
        self.say(self.tr("Create fields for {0}").format(self._name), what_follows(), verb)

    def _show_kinds(self, picklist: bool) -> None:
        self.kind_caption.setText(self.tr("What shall the field be?"))
        texts = (
            (
                self.tr("A checkbox"),
                self.tr(
                    "Ticked for yes, not ticked for no. It suits where only a yes counts: not ticked can also mean "
                    "never asked."
                ),
            ),
            (
                self.tr("A picklist"),
                self.tr("A word for yes and one for no. It suits where Salesforce has to show who said no."),
            ),
        )
        for n, (each, (title, text)) in enumerate(zip(self.kinds, texts, strict=True)):
            each.show_choice(title, text, picklist is bool(n))

    def _show_answers(self, fields: NewOptInFields) -> None:
        captions = (self.tr("&Yes becomes"), self.tr("&No becomes"), self.tr("No &answer becomes"))
        for answer, caption in zip(ANSWERS, captions, strict=True):
            self._words[answer].show_text(caption)
            self.words[answer].show_text((fields.words or {}).get(answer, ""))
        self.words["neutral"].setPlaceholderText(self.tr("leave as it is"))
        said = self.tr("Give yes and no a word each; no two words may be the same.") if fields.words_wrong else ""
        self.words_wrong.setText(said)
        self.words_wrong.setVisible(bool(said))

    def _show_name(self, member: Member, caption: str) -> None:
        wrong = self._fields.wrong(member)
        self._names[member].show_text(caption, name_wrong_said(wrong, self._integration.object))
        restyle(self._names[member].help, "role", "warn")
        self.names[member].show_text(self._fields.names.get(member, ""))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_fields()


class NewExternalIdDialog(FittedDialog):
    """Asks how the field is called that keeps people born in Dialog Insight from being created twice."""

    def __init__(self, parent: QWidget, desk: Desk, integration: Integration) -> None:
        super().__init__(parent, self._install, 560)
        self._desk, self._integration = desk, integration
        found = proposed_external_id(desk.facts, integration)
        assert found is not None, "it is asked only for an object that was read"
        self._field, self._taken = found
        self.name = Entry()
        self._labelled, self.what = Labelled(self.name), label("", wrap=True)
        self.put(self.what, self._labelled)
        self.name.textEdited.connect(self._call)
        self.show_fields()

    def _call(self, name: str) -> None:
        self._field = name.strip()
        self.show_fields()

    def show_fields(self) -> None:
        """Show the name, in the language of now."""
        title = self.tr("Create the external ID of {0}").format(self._integration.object)
        self.say(title, what_follows(), counts.install_fields(1))
        self.what.setText(
            self.tr(
                "A text field of {0} characters, External ID and Unique. It holds who somebody is in Dialog Insight, "
                "so that nobody is created twice; only this program fills it."
            ).format(number(EXTERNAL_ID_LENGTH))
        )
        wrong = name_wrong(self._field, self._taken)
        caption = self.tr("API na&me of the new field of {0}").format(self._integration.object)
        self._labelled.show_text(caption, name_wrong_said(wrong, self._integration.object))
        restyle(self._labelled.help, "role", "warn")
        self.name.show_text(self._field)
        self.accept_button.setEnabled(wrong is None)

    def _install(self) -> bool:
        integration = self._desk.project.integration(self._integration.name)
        if integration is None or name_wrong(self._field, self._taken) is not None:
            return False
        changed = integration.model_copy(update={"external_id": self._field})
        # The step outlives the dialog, so its words are not the dialog's.
        self._desk.change_mapping(
            lambda: translate("NewFields", "Name a new external id for {0}").format(changed.name), changed
        )
        self._desk.want_preparation(changed.salesforce, (component_id(self._desk.facts, changed, self._field),))
        return True

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.show_fields()
