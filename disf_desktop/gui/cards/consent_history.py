"""A person's consent history: every answer, where it came from, by which rule it was or was not written to Salesforce,
and whether anybody has changed the trail since."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from disf_desktop.core.people import PersonFound
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.inputs import Labelled, Picker
from disf_desktop.gui.lists import Grid
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.people import CHECKING, FINDING, Happened, HistoryLine, PeopleFacts, history_lines
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import Notice, button, card, column, label, row, say
from disf_desktop.gui.words.figures import clock, counts, moment, number, short_day
from disf_desktop.gui.words.reasons import rule_said
from disf_desktop.gui.words.wording import error_details, error_said

_NEED_YOU = (Happened.REVIEW, Happened.REFUSED, Happened.UNKNOWN)


class ConsentHistory(QWidget):
    """Looks for a person, and shows what is known of this person's consents."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._facts = PeopleFacts()
        self.title, self.text = label("subtitle"), label("muted", wrap=True)
        self.search, self.find_button = QLineEdit(), button("", self._find)
        self.search.returnPressed.connect(self._find)
        self.picker = Picker()
        self.picker.picked.connect(self._choose)
        self.people = Labelled(self.picker)
        self.person = label("strong", wrap=True, selectable=True)
        self.ids = label("small", wrap=True, selectable=True)
        self.error = Notice("err")
        self.lines = TableModel[HistoryLine](
            (
                Column(lambda: self.tr("When"), lambda line: Cell(short_day(line.at), Look.PLAIN, clock(line.at))),
                Column(lambda: self.tr("Answer"), self._what),
            ),
            self,
        )
        self.table = Grid(self.lines, stretch=1, row_height=46)
        self.table.setMinimumHeight(190)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._explain())
        self._frame = card(column(self.table), margins=(1, 1, 1, 1))
        self.detail = label("small", wrap=True, selectable=True)
        self.export_button, self.check_button = button("", self._ask_where), button("", desk.check_trail)
        self.exported, self.checked = label("small", wrap=True), Notice("ok")
        line = row(self.search, self.find_button, spacing=6)
        line.setStretch(0, 1)
        parts = (self.title, line, self.text, self.error, self.people, self.person, self.ids, self._frame, self.detail)
        box = column(*parts, self.export_button, self.exported, self.check_button, self.checked, None, spacing=9)
        self.setLayout(box)

    # what the person does

    def _find(self) -> None:
        text = self.search.text().strip()
        if text:
            self._desk.find_person(text)

    def _choose(self, person: PersonFound) -> None:
        self._desk.show_person(person)

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Export the consent history"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.setNameFilters([self.tr("JSON files (*.json)"), self.tr("CSV files (*.csv)")])
        dialog.fileSelected.connect(lambda name: self._export(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _export(self, path: Path) -> None:
        trail = self._facts.trail
        self._desk.export_trail(path, trail.person.key if trail is not None else None)

    # what is shown

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        self.lines.retranslate()

    def show_facts(self, facts: Facts) -> None:
        """Show who was found, and the history of the one who is chosen."""
        people = self._facts = facts.people
        self.title.setText(self.tr("Consent history"))
        self.search.setPlaceholderText(self.tr("Name, e-mail or Id"))
        self.search.setAccessibleName(self.tr("Name, e-mail, Salesforce Id, idContact or key of a person"))
        self.find_button.setText(self.tr("&Find"))
        self.find_button.setEnabled(FINDING not in facts.asking)
        self._show_found(people)
        self._show_error(people)
        trail = people.trail
        lines = history_lines(trail) if trail is not None else ()
        self.lines.show(lines)
        self._frame.setVisible(bool(lines))
        self.table.setAccessibleName(self.title.text())
        say(self.person, trail.person.name if trail is not None else "")
        say(self.ids, self._ids(trail.person) if trail is not None else "")
        self._explain()
        self._show_checks(facts)

    def _show_found(self, people: PeopleFacts) -> None:
        found = people.found
        several = found is not None and len(found) > 1
        self.people.setVisible(several)
        if several and found is not None:
            self.people.show_text(counts.people_found(len(found)))
            named = [(each, each.name or each.key) for each in found]
            self.picker.show_choices(named, people.trail.person if people.trail is not None else None)
        if found is None:
            say(
                self.text,
                self.tr(
                    "Find a person to see every answer, where it came from, by which rule, and when it was written to "
                    "Salesforce."
                ),
            )
        elif not found:
            say(self.text, self.tr("Nobody who is linked is found by “{0}”.").format(people.searched))
        elif people.trail is not None and not people.trail.events:
            say(self.text, self.tr("No answer of this person was read yet."))
        else:
            say(self.text, self.tr("Choose one of them.") if people.trail is None else "")

    def _show_error(self, people: PeopleFacts) -> None:
        if people.error is None:
            self.error.show_text("")
            return
        happened, what_to_do = error_said(people.error)
        self.error.show_text(happened, what_to_do, error_details(people.error), "err")

    def _show_checks(self, facts: Facts) -> None:
        people = facts.people
        alone = people.trail is not None
        self.export_button.setText(self.tr("E&xport this history…") if alone else self.tr("E&xport everybody’s…"))
        if people.exported is None:
            say(self.exported, "")
        else:
            name, many = people.exported
            say(self.exported, counts.entries_exported(many).format(name))
        self.check_button.setText(self.tr("Chec&k for changes"))
        self.check_button.setToolTip(self.tr("Computes the trail’s chain of hashes anew, of everybody"))
        self.check_button.setEnabled(CHECKING not in facts.asking)
        if people.check is None:
            self.checked.show_text("")
        elif people.check.tampered is None:
            text = self.tr("Checked at {0}: every entry is as it was written.").format(clock(people.check.at))
            self.checked.show_text(self.tr("Nothing was changed"), text, look="ok")
        else:
            said = {"missing": self.tr("Entry {0} is missing."), "changed": self.tr("Entry {0} was changed.")}
            found = people.check.tampered
            what = said.get(found.what, "{0}").format(number(found.seq))
            text = self.tr("Keep the file of the ledger as it is, and restore a backup. Ask who had access to it.")
            self.checked.show_text(what, text, look="err")

    def _ids(self, person: PersonFound) -> str:
        if person.salesforce_id and person.contact_id:
            return self.tr("{0} · idContact {1}").format(person.salesforce_id, person.contact_id)
        return person.key

    # a line

    def _answer(self, answer: bool | None) -> str:
        return {True: self.tr("yes"), False: self.tr("no"), None: self.tr("no answer")}[answer]

    def _what(self, line: HistoryLine) -> Cell:
        text = {
            Happened.ANSWERED: self._answer(line.event.dialog_insight),
            Happened.SHOWN: self.tr("opted out in Salesforce"),
            Happened.SHOWN_NO_MORE: self.tr("no opt-out in Salesforce"),
            Happened.WRITTEN: self.tr("written"),
            Happened.UNDER_WAY: self.tr("about to be written"),
            Happened.REVIEW: self.tr("waits for review"),
            Happened.REFUSED: self.tr("refused by Salesforce"),
            Happened.MODIFIED: self.tr("not written"),
            Happened.UNKNOWN: self.tr("no reply"),
            Happened.NOT_SENT: self.tr("not sent"),
            Happened.INHERITED: self.tr("opt-out of a merge"),
        }.get(line.happened, line.event.action)
        below, icon = line.event.purpose, "needs_you" if line.happened in _NEED_YOU else ""
        if line.written_at is not None:
            below, icon = self.tr("{0} · sent {1}").format(below, clock(line.written_at)), "done"
        look = Look.STRONG if line.happened is Happened.ANSWERED else Look.PLAIN
        return Cell(text, look, below, icon, tip=self._told(line))

    def _explain(self) -> None:
        index = self.table.currentIndex()
        shown = index.isValid() and index.row() < len(self.lines.rows)
        say(self.detail, self._told(self.lines.row(index)) if shown else "")

    def _told(self, line: HistoryLine) -> str:
        """Tell a line in whole sentences."""
        event, parts = line.event, [self._happened(line)]
        if line.happened is Happened.ANSWERED:
            parts.append(self._read(line))
        if line.written_at is not None and line.happened is Happened.ANSWERED:
            parts.append(self.tr("Written to Salesforce on {0}.").format(moment(line.written_at)))
        if line.rule:
            parts.append(self.tr("Rule: {0}.").format(rule_said(line.rule)))
        if event.request_id:
            parts.append(self.tr("Request {0}.").format(event.request_id))
        # In English a time may end with a full stop of its own (2:10 p.m.).
        return " ".join(part for part in parts if part).replace("..", ".")

    def _read(self, line: HistoryLine) -> str:
        said = self.tr("Read in an export on {0}.") if line.event.source == "export" else self.tr("Read on {0}.")
        return said.format(moment(line.event.at))

    def _happened(self, line: HistoryLine) -> str:
        event, at = line.event, moment(line.at)
        if line.happened is Happened.ANSWERED:
            answer = self._answer(event.dialog_insight)
            if event.effective is None:
                return self.tr("Dialog Insight says {0}, and not since when.").format(answer)
            return self.tr("Dialog Insight says {0} since {1}.").format(answer, at)
        said = {
            Happened.SHOWN: self.tr("On {0}, Salesforce showed an opt-out that somebody made there."),
            Happened.SHOWN_NO_MORE: self.tr("On {0}, Salesforce showed no opt-out any more."),
            Happened.WRITTEN: self.tr("Written to Salesforce on {0}."),
            Happened.UNDER_WAY: self.tr("On {0} it was about to be written; the next run finds out what became of it."),
            Happened.REVIEW: self.tr("Since {0} it waits for a person’s review; Salesforce stays as it is."),
            Happened.REFUSED: self.tr("Salesforce refused it on {0}."),
            Happened.MODIFIED: self.tr("On {0} somebody saved the record first, so nothing was written."),
            Happened.UNKNOWN: self.tr("On {0} no reply came; a person is taken for its author, to be safe."),
            Happened.NOT_SENT: self.tr("On {0} it was not sent."),
            Happened.INHERITED: self.tr("On {0} an opt-out came from a record that was merged into this one."),
        }.get(line.happened, f"{event.action} {{0}}")
        return said.format(at)
