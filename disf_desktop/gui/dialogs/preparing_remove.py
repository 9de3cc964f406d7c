"""What this program made in an org is taken away: what each thing holds first, the name typed, then the removal."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget

from disf_desktop.core.preparation_events import ComponentTold, PrepareWish
from disf_desktop.core.project import SalesforceConnection
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.fitted import FittedDialog
from disf_desktop.gui.dialogs.preparing_lines import Lines
from disf_desktop.gui.dialogs.preparing_outcome import Outcome
from disf_desktop.gui.inputs import Labelled
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.preparing import Removal, is_asked_for
from disf_desktop.gui.parts import Notice, card, column, label, row
from disf_desktop.gui.tabs.connection_prepare_progress import PrepareProgress
from disf_desktop.gui.theme import px
from disf_desktop.gui.words.figures import counts
from disf_desktop.gui.words.preparation_refusal_words import explained
from disf_desktop.gui.words.preparation_words import component_said, purpose_said
from disf_desktop.gui.words.wording import error_details

WIDTH, TALLEST = 600, 220


class RemoveDialog(FittedDialog):
    """Counts first; its button takes away what is ticked, once the name of the connection is typed."""

    def __init__(self, parent: QWidget, desk: Desk, connection: SalesforceConnection) -> None:
        super().__init__(parent, self._accepted, px(WIDTH))
        self._desk, self._connection = desk, connection
        self._told: tuple[ComponentTold, ...] = ()
        self.boxes: dict[str, QCheckBox] = {}
        self._texts: dict[str, QLabel] = {}
        self._lines = Lines(10)
        self._frame = card(column(self._lines), margins=(1, 1, 1, 1))
        self.warning = Notice("err")
        self.line = QLineEdit()
        self.line.setMaxLength(200)
        self.line.textChanged.connect(lambda _: self.show_facts(desk.facts))
        self.typed = Labelled(self.line)
        self.review = QWidget()
        self.review.setLayout(column(self._frame, self.warning, self.typed, spacing=12))
        self.progress, self.outcome = PrepareProgress(desk), Outcome()
        self.put(self.review, self.progress, self.outcome)
        self.accept_button.setProperty("look", "danger")
        self.accept_button.setDefault(False)
        self.finished.connect(lambda _: desk.put_preparing_away())
        desk.forget_preparation()
        desk.count_before_removal(connection.id)
        self.show_facts(desk.facts)

    def show_facts(self, facts: Facts) -> None:
        """Show what was counted, then how the removal goes."""
        last = facts.preparation
        mine = last if last is not None and last.connection == self._connection.id else None
        removal = facts.prepare_asked.removal
        self.review.setVisible(mine is None)
        self.progress.show_preparation(mine if mine is not None and mine.under_way else None)
        self.outcome.show_preparation(mine if mine is not None and not mine.under_way else None)
        error = mine.error if mine is not None else removal.error if removal is not None else None
        if mine is None:
            self._show_review(removal)
        elif mine.under_way:
            self.say(self.tr("Removing from {0}").format(self._connection.name), "", "")
        else:
            done = self.tr("Removed from {0}") if mine.succeeded else self.tr("Nothing was removed from {0}")
            self.say(done.format(self._connection.name), "", "")
        self.accept_button.setVisible(mine is None)
        if mine is not None:
            self.cancel_button.setText(self.tr("Close"))
        if error is None:
            self.error.show_text("")
        else:
            told = explained(error)
            self.error.show_text(told.happened, told.what_to_do, error_details(error), "err")

    def _show_review(self, removal: Removal | None) -> None:
        counted = removal is not None and removal.counted
        going = removal.going if removal is not None else ()
        if going != self._told:
            self._fill(going)
        for each in going:
            self._say_line(each)
        ticked = self._ticked()
        holding = sum(each.records or 0 for each in going if each.component.id in ticked)
        if not counted:
            text = self.tr("Counting what the fields hold…") if removal is None or removal.error is None else ""
        elif not going:
            text = self.tr("This program made nothing in this org for this project file.")
        else:
            text = self.tr(
                "Only what this program made for this project file can be removed. Salesforce keeps deleted fields for "
                "15 days; an administrator can bring them back from there."
            )
        self._frame.setVisible(bool(going))
        self.typed.setVisible(bool(going))
        self.typed.show_text(self.tr("To confirm, type the &name of the connection: {0}").format(self._connection.name))
        self.line.setAccessibleName(self.tr("Name of the connection, to confirm"))
        happened = self.tr("What these fields hold goes with them: {0}.").format(counts.hold_a_value(holding))
        self.warning.show_text(happened if holding else "", look="err")
        verb = counts.remove_components(len(ticked)) if ticked else self.tr("Remove")
        self.say(self.tr("Remove from {0}").format(self._connection.name), text, verb)
        self.accept_button.setEnabled(bool(ticked) and self.line.text().strip() == self._connection.name)
        self._lines.fit(TALLEST)

    def _fill(self, going: tuple[ComponentTold, ...]) -> None:
        self._lines.clear()
        self._told, self.boxes, self._texts = going, {}, {}
        unused = [each for each in going if not is_asked_for(each.component)]
        for each in going:
            box, text = QCheckBox(), label("small", wrap=True)
            # What the file still asks for is begun with only where nothing is left over.
            box.setChecked(not unused or each in unused)
            box.toggled.connect(lambda _on: self.show_facts(self._desk.facts))
            text.setContentsMargins(px(24), 0, 0, 0)
            whole = QWidget()
            whole.setLayout(column(row(box, None), text, spacing=2))
            self.boxes[each.component.id], self._texts[each.component.id] = box, text
            self._lines.add(whole)

    def _say_line(self, told: ComponentTold) -> None:
        component = told.component
        self.boxes[component.id].setText(component_said(component).replace("&", "&&"))
        if told.records is None:
            held = ""
        else:
            held = counts.hold_a_value(told.records) if told.records else self.tr("no record holds a value")
        text = " · ".join(part for part in (purpose_said(component), held) if part)
        self._texts[component.id].setText(text)
        self.boxes[component.id].setAccessibleDescription(text)

    def _ticked(self) -> tuple[str, ...]:
        return tuple(id for id, box in self.boxes.items() if box.isChecked())

    def _accepted(self) -> bool:
        wish = PrepareWish(remove=self._ticked(), confirm=self.line.text().strip())
        self._desk.prepare(self._connection.id, wish)
        self.show_facts(self._desk.facts)
        return False
