"""The dialog that adds opt-ins to an integration: several at once, each with the Salesforce field that receives it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from disf_desktop.core.optin_edits import aimed
from disf_desktop.core.project import DestinationProject, Integration, OptinPair, Trigger
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.dialog import Dialog
from disf_desktop.gui.dialogs.new_fields import what_follows
from disf_desktop.gui.inputs import Labelled, Picker
from disf_desktop.gui.models.fields import title
from disf_desktop.gui.models.new_fields import component_id
from disf_desktop.gui.models.opt_ins import Choice, able_carriers, choices
from disf_desktop.gui.parts import label, scrolled
from disf_desktop.gui.words.field_words import field_type
from disf_desktop.gui.words.figures import counts


class AddOptIns(Dialog):
    """Asks which opt-ins an integration shall carry, and where each goes."""

    def __init__(self, parent: QWidget, desk: Desk, destination: DestinationProject, code: str = "") -> None:
        super().__init__(parent, self._add)
        self._desk, self._destination = desk, destination
        self._able = able_carriers(desk.facts, destination)
        self._integration: Integration = self._able[0]
        self._choices: tuple[Choice, ...] = ()
        self.boxes: list[QCheckBox] = []
        self.pickers: list[Picker] = []
        self.carrier = Labelled(Picker())
        self.carrier_picker.picked.connect(self._carry)
        self.tick = QCheckBox()
        self._page = QWidget()
        self._grid = QGridLayout()
        self._heads = (label("caption"), label("caption"))
        self._page.setLayout(self._grid)
        self._area = scrolled(self._page)
        self.put(self.carrier, self._area, self.tick)
        self.setMinimumWidth(620)
        self._carry(self._able[0].name, code)

    @property
    def carrier_picker(self) -> Picker:
        assert isinstance(self.carrier.widget, Picker)
        return self.carrier.widget

    def _carry(self, name: str, code: str = "") -> None:
        """Show the opt-ins that this integration does not carry yet."""
        self._integration = next(i for i in self._able if i.name == name)
        self._choices = choices(self._desk.facts, self._integration)
        self.carrier.show_text(self.tr("&Carried by"))
        names = [(i.name, f"{i.name} · {i.object}") for i in self._able]
        self.carrier_picker.show_choices(names, self._integration.name)
        self.carrier.setVisible(len(self._able) > 1)
        missing = Trigger.OPTIN_CHANGED not in self._integration.triggers
        self.tick.setText(self.tr("&Tick “Opt-in changed” of {0} too, so that they travel").format(name))
        self.tick.setVisible(missing)
        self.tick.setChecked(missing)
        self._fill(code)
        self._say()

    def _fill(self, code: str) -> None:
        for old in (*self.boxes, *self.pickers):
            self._grid.removeWidget(old)
            old.deleteLater()
        self.boxes, self.pickers = [], []
        for place, head in enumerate(self._heads):
            self._grid.addWidget(head, 0, place)
        self._heads[0].setText(self.tr("Opt-in in Dialog Insight"))
        self._heads[1].setText(self.tr("Salesforce field of {0}").format(self._integration.object))
        for n, choice in enumerate(self._choices, 1):
            opt_in = choice.opt_in
            box, picker = QCheckBox(self._named(opt_in.label, opt_in.name)), Picker(searchable=True)
            box.setChecked(opt_in.name == code)
            box.toggled.connect(self._say)
            fields = [(f.name, " · ".join(dict.fromkeys((title(f), f.name, field_type(f))))) for f in choice.fields]
            if choice.new:
                fields.append((choice.new, self.tr("{0} · new checkbox").format(choice.new)))
            picker.show_choices(fields, choice.proposed.name if choice.proposed is not None else None)
            picker.setAccessibleName(self.tr("Salesforce field of the opt-in {0}").format(opt_in.label or opt_in.name))
            line = picker.lineEdit()
            if line is not None:
                line.setPlaceholderText(self.tr("Choose a field"))
            picker.picked.connect(lambda _field, box=box: box.setChecked(True))
            picker.picked.connect(lambda _field: self._say())
            self._grid.addWidget(box, n, 0)
            self._grid.addWidget(picker, n, 1)
            self.boxes.append(box)
            self.pickers.append(picker)
        self._grid.setColumnStretch(1, 1)
        self._area.setMinimumHeight(min(320, self._page.sizeHint().height() + 4))

    def _named(self, name: str, code: str) -> str:
        text = self.tr("{0} · {1}").format(name, code) if name and name != code else code
        return text.replace("&", "&&")

    def _taken(self) -> list[tuple[Choice, str | None]]:
        together = zip(self._choices, self.boxes, self.pickers, strict=True)
        return [(choice, picker.value) for choice, box, picker in together if box.isChecked()]

    def _say(self, *_: object) -> None:
        taken = self._taken()
        text = self.tr("Each opt-in is written to a Salesforce field of its own, and never the other way.")
        if _new_names(taken):
            text = f"{text} {what_follows()}"
        verb = counts.add_opt_ins(len(taken)) if taken else self.tr("Add opt-ins")
        self.say(self.tr("Add opt-ins of {0}").format(self._destination.name), text, verb)
        self.accept_button.setEnabled(bool(taken))
        self.complain(None)

    def _add(self) -> bool:
        taken = self._taken()
        without = [choice.opt_in.label or choice.opt_in.name for choice, name in taken if name is None]
        if without:
            what_to_do = self.tr("Choose a checkbox, a list or a text field of {0}.").format(self._integration.object)
            self.refuse(self.tr("No Salesforce field is chosen for {0}.").format(", ".join(without)), what_to_do)
            return False
        names = [name for _, name in taken]
        if len(set(names)) < len(names):
            what_to_do = self.tr("Give each consent its own field; consents for several purposes are never made one.")
            self.refuse(self.tr("Two opt-ins would be written to the same field."), what_to_do)
            return False
        self._desk.add_opt_ins(
            self._integration.name, _pairs(taken), not self.tick.isHidden() and self.tick.isChecked()
        )
        if new := _new_names(taken):
            ids = tuple(component_id(self._desk.facts, self._integration, name) for name in new)
            self._desk.want_preparation(self._integration.salesforce, ids)
        return True


def _new_names(taken: Sequence[tuple[Choice, str | None]]) -> list[str]:
    """Name the fields that have to be made."""
    return [choice.new for choice, name in taken if name is not None and name == choice.new]


def _pairs(taken: Sequence[tuple[Choice, str | None]]) -> list[OptinPair]:
    pairs = []
    for choice, name in taken:
        assert name is not None, "an opt-in without a field is refused"
        pair = OptinPair(optin=choice.opt_in.name, target=name)
        field = next((f for f in choice.fields if f.name == name), None)
        pairs.append(aimed(pair, field) if field is not None else pair)
    return pairs
