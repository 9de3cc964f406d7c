"""Opt-ins: the consents that each Dialog Insight project keeps, and the Salesforce field that each is written to. They
travel to Salesforce only."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from disf_desktop.core.optin_edits import carriers
from disf_desktop.core.people import ConsentCount
from disf_desktop.core.project import DestinationProject
from disf_desktop.core.schema import CONTACT_LIST
from disf_desktop.gui.cards.consent_history import ConsentHistory
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.new_fields import NewOptInDialog
from disf_desktop.gui.lists import EntryList, Grid
from disf_desktop.gui.models.entries import Entry, EntryModel
from disf_desktop.gui.models.facts import Store, dialog_insight_key
from disf_desktop.gui.models.fields import title
from disf_desktop.gui.models.marks import Mark, Tab, opt_ins_mark
from disf_desktop.gui.models.new_fields import can_carry, is_missing
from disf_desktop.gui.models.opt_ins import OptInRow, able_carriers, checked_rows, opt_in_rows
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import EmptyPage, Notice, button, card, column, label, pill, row, say, scrolled, side_panel
from disf_desktop.gui.tabs.base import TabPage
from disf_desktop.gui.tabs.optin_add import AddOptIns
from disf_desktop.gui.tabs.optin_editor import OptInEditor
from disf_desktop.gui.tabs.optin_reviews import ReviewsPage
from disf_desktop.gui.tabs.optin_truth import TruthCard
from disf_desktop.gui.theme import px
from disf_desktop.gui.words import story
from disf_desktop.gui.words.choices import optin_values
from disf_desktop.gui.words.field_words import field_type
from disf_desktop.gui.words.figures import counts, moment_soon, number
from disf_desktop.gui.words.wording import error_details, error_said

NARROW = 1200
"""Below this width the panels at both sides give some of theirs, and the table shows less."""

REVIEWS = "/reviews"
"""The entry of the list that shows the consents that wait; no project has such an id."""


class OptInsTab(TabPage):
    """The list of projects, the opt-ins of the one under the hand with an editor, and a person's history."""

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__(desk, store)
        self._narrow = False
        self._hand: dict[str, str] = {}
        self.list = EntryList(EntryModel(self))
        self.list.chosen.connect(lambda _key: self.render_facts())
        self.opt_ins = TableModel[OptInRow](
            (
                Column(lambda: self.tr("Opt-in in\nDialog Insight"), self._opt_in),
                Column(lambda: self.tr("→ Salesforce\nfield"), self._target),
                Column(lambda: self.tr("Yes / no / no\nanswer become"), self._values),
                Column(lambda: self.tr("People"), self._people),
            ),
            self,
        )
        self.table_view = Grid(self.opt_ins, stretch=1, fit_rows=True, row_height=50)
        self.table_view.selectionModel().currentRowChanged.connect(self._moved)
        self.editor, self.truth, self.reviews = OptInEditor(desk), TruthCard(), ReviewsPage(desk)
        self.history = ConsentHistory(desk)
        self.stack = QStackedWidget()
        self.stack.addWidget(scrolled(self._project_page()))
        self.stack.addWidget(self.reviews)
        self.nothing = EmptyPage(lambda: desk.look.emit(Tab.PROJECTS.value, ""))
        self.stack.addWidget(self.nothing)
        self.side = side_panel("side", column(self.list), 250)
        self.inspector = side_panel("inspector", column(scrolled(self.history)), 320)
        whole = row(self.side, self.stack, self.inspector, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _project_page(self) -> QWidget:
        self.title, self.one_way = label("title"), pill()
        self.why_button = button("quiet", self._say_why)
        self.add_button = button("", self.ask_which)
        self.read_button = button("quiet", lambda: self.desk.read_fields_again())
        self.text, self.why = label("muted", wrap=True), label("small", wrap=True)
        self.why.hide()
        self.error, self.waiting, self.missing = Notice("warn"), Notice("warn"), Notice("warn")
        self.waiting.action.clicked.connect(self._show_reviews)
        self.missing.action.clicked.connect(self._ask_for_chosen)
        self.create_button = button("", self._create_for_chosen)
        line = self.missing.layout()
        assert isinstance(line, QBoxLayout)
        line.addWidget(self.create_button)
        self.empty, self.counted = label("muted", wrap=True), label("small", wrap=True)
        self.empty.setContentsMargins(16, 14, 16, 14)
        self.table_card = card(column(self.table_view, self.empty, spacing=0), margins=(1, 1, 1, 1))
        foot = row(self.counted, None, self.read_button, spacing=8)
        foot.setStretch(0, 100)
        page = QWidget()
        page.setLayout(
            column(
                row(self.title, None, self.add_button, spacing=8),
                row(self.one_way, self.why_button, None, spacing=8),
                self.text,
                self.why,
                self.error,
                self.waiting,
                self.table_card,
                foot,
                self.missing,
                self.editor,
                self.truth,
                None,
                spacing=12,
            )
        )
        page.layout().setContentsMargins(18, 16, 18, 18)  # type: ignore[union-attr]
        return page

    # what the person does

    @property
    def destination(self) -> DestinationProject | None:
        """The project under the hand."""
        return self.facts.project.destination(self.list.key) if self.facts.project is not None else None

    @property
    def chosen(self) -> OptInRow | None:
        """The opt-in under the hand; the first where none is."""
        rows, hand = self.opt_ins.rows, self._hand.get(self.list.key, "/")
        same = (r for r in rows if r.id == hand)
        alike = (r for r in rows if r.code.casefold() == hand.rpartition("/")[0])
        return next(same, next(alike, rows[0] if rows else None))

    def choose(self, code: str) -> None:
        """Put the hand on an opt-in."""
        found = next((n for n, r in enumerate(self.opt_ins.rows) if r.code == code), None)
        if found is not None:
            self.table_view.selectRow(found)

    def _moved(self, *_: object) -> None:
        index = self.table_view.currentIndex()
        if index.isValid() and index.row() < len(self.opt_ins.rows):
            self._hand[self.list.key] = self.opt_ins.row(index).id
            self._render_chosen()

    def ask_which(self) -> None:
        """Ask which opt-ins to add."""
        self._ask("")

    def _ask_for_chosen(self) -> None:
        self._ask(self.chosen.code if self.chosen is not None else "")

    def _ask(self, code: str) -> None:
        destination = self.destination
        if destination is not None and able_carriers(self.facts, destination):
            AddOptIns(self, self.desk, destination, code).open()

    def _create_for_chosen(self) -> None:
        destination, chosen = self.destination, self.chosen
        if destination is not None and chosen is not None and (able := can_carry(self.facts, destination, chosen.code)):
            NewOptInDialog(self, self.desk, (chosen.code, chosen.name), able).open()

    def _say_why(self) -> None:
        self.why.setVisible(not self.why.isVisibleTo(self))

    def _show_reviews(self) -> None:
        self.list.choose(REVIEWS)
        self.render_facts()

    def tell(self, text: str) -> None:
        self.reviews.tell(text)

    # what is shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(NARROW)
        if narrow is not self._narrow:
            self._narrow = narrow
            self.side.setFixedWidth(190 if narrow else 250)
            self.inspector.setFixedWidth(264 if narrow else 320)
            self.reviews.be_narrow(narrow)
            self.render_facts()

    def retranslate(self) -> None:
        for part in (self.opt_ins, self.truth, self.reviews, self.history):
            part.retranslate()

    def render_facts(self) -> None:
        project = self.facts.project
        if project is None:
            return
        self.list.setAccessibleName(self.tr("Destination projects"))
        self.list.show_entries(self._entries())
        for panel in (self.side, self.inspector):
            panel.setVisible(bool(self.list.key))
        self.history.show_facts(self.facts)
        if self.list.key == REVIEWS:
            self.reviews.show_facts(self.facts)
            self.stack.setCurrentWidget(self.reviews)
            return
        self.stack.setCurrentIndex(0)
        destination = self.destination
        self.stack.setVisible(True)
        if destination is None:
            self._render_nothing()
            return
        self._render_head(destination)
        rows = checked_rows(self.facts, destination)
        self.opt_ins.show(rows)
        self.table_view.setColumnHidden(2, self._narrow)
        self.table_view.setAccessibleName(self.title.text())
        self.table_view.setVisible(bool(rows))
        self._select()
        self._render_state(destination, rows)
        self._render_chosen()

    def _render_nothing(self) -> None:
        """Say what this tab is for, before there is a project."""
        self.nothing.show_text(
            self.tr("No opt-in yet"),
            self.tr(
                "Here you say in which Salesforce field each consent of Dialog Insight is recorded. Add a destination "
                "project first."
            ),
            self.tr("Go to the destination projects"),
        )
        self.stack.setCurrentWidget(self.nothing)

    def _render_head(self, destination: DestinationProject) -> None:
        self.title.setText(self.tr("Opt-ins of {0}").format(destination.name))
        say(self.one_way, self.tr("Dialog Insight → Salesforce only"), "di")
        self.why_button.setText(self.tr("Why &one way?"))
        self.why_button.show()
        self.text.setText(
            self.tr(
                "Consent is recorded in Dialog Insight, so it is never written from Salesforce. An opt-in without an "
                "answer leaves Salesforce as it is."
            )
        )
        self.why.setText(self._why())
        self.one_way.setToolTip(self._why())
        self.read_button.setText(self.tr("&Read fields again"))
        asking = any(key.startswith("dialog_insight/") for key in self.facts.asking)
        self.read_button.setEnabled(bool(self.facts.authorized.get(destination.connection)) and not asking)
        self.read_button.show()
        self.add_button.setText(self.tr("A&dd opt-ins…"))
        self.add_button.setEnabled(bool(able_carriers(self.facts, destination)))
        self.add_button.show()
        key = dialog_insight_key(destination.id, CONTACT_LIST)
        error = self.facts.schema_errors.get(key)
        if error is None:
            self.error.show_text("")
        else:
            happened, what_to_do = error_said(error)
            self.error.show_text(happened, what_to_do, error_details(error))

    def _why(self) -> str:
        return self.tr(
            "A person gives or withdraws consent in Dialog Insight, which keeps the proof of it. Nothing that this "
            "program sends there carries a consent. An opt-out is always written to Salesforce. An opt-in is written "
            "only where Salesforce shows no opt-out, or where it is provably later; otherwise it waits for your "
            "review. An opt-out made in Salesforce stays there: it has to be entered in Dialog Insight too."
        )

    def _select(self) -> None:
        """Keep the hand where it is, whatever was edited."""
        chosen = self.chosen
        if chosen is None:
            return
        place = next(n for n, r in enumerate(self.opt_ins.rows) if r.id == chosen.id)
        if self.table_view.currentIndex().row() != place:
            was = self.table_view.selectionModel().blockSignals(True)
            self.table_view.selectRow(place)
            self.table_view.selectionModel().blockSignals(was)
            self.table_view.viewport().update()

    def _render_state(self, destination: DestinationProject, rows: tuple[OptInRow, ...]) -> None:
        """Say how many consents wait, when people were read last, and what an empty table means."""
        by_name = self.facts.history.outstanding_by_integration
        mine = carriers(self.desk.project, destination.id)
        reviews = sum(by_name[i.name].consent_review for i in mine if i.name in by_name)
        text = self.tr("Salesforce keeps its opt-outs until then.")
        self.waiting.action.setText(self.tr("Review"))
        self.waiting.action.setVisible(True)
        self.waiting.show_text(counts.consents_wait(reviews) if reviews else "", text)
        names = {i.name for i in mine}
        read = max(
            (c.last_read for c in self.facts.people.counts if c.last_read and c.integration in names), default=""
        )
        said = self.tr("People as last read: {0}").format(moment_soon(read)) if read else ""
        say(self.counted, said if any(r.pair for r in rows) else "")
        key = dialog_insight_key(destination.id, CONTACT_LIST)
        self.table_card.setVisible(bool(rows) or key not in self.facts.schema_errors)
        if rows:
            say(self.empty, "")
        elif key in self.facts.schemas:
            say(
                self.empty,
                self.tr("This project has no opt-in. Create one in Dialog Insight, then read the fields again."),
            )
        else:
            say(self.empty, self.tr("The opt-ins of this project were not read yet."))

    def _render_chosen(self) -> None:
        """Show the opt-in under the hand: its editor, or how to send it."""
        destination, chosen = self.destination, self.chosen
        if destination is None:
            return
        self.editor.show_row(self.facts, destination, chosen)
        self.truth.show_row(self.facts, destination, chosen)
        untied = chosen is not None and chosen.pair is None
        if chosen is None or not untied:
            self.missing.show_text("")
            return
        if all(r.pair is None for r in self.opt_ins.rows):
            happened = counts.none_connected(len(self.opt_ins.rows))
            text = self.tr("Until then, Salesforce will not know who unsubscribed.")
        else:
            happened = self.tr("{0} is not sent to Salesforce.").format(chosen.name)
            text = self.tr("Until then, Salesforce will not know who unsubscribed from it.")
        able = able_carriers(self.facts, destination)
        if not carriers(self.desk.project, destination.id):
            text = self.tr("Nothing ties this project to Salesforce yet: add a mapping of its contacts first.")
        elif not able:
            text = self.tr("The fields of Salesforce were not read yet: connect it, then read the fields again.")
        self.missing.action.setText(self.tr("Choose its fie&ld…"))
        self.missing.action.setVisible(bool(able))
        self.create_button.setText(self.tr("Create field…"))
        self.create_button.setVisible(bool(can_carry(self.facts, destination, chosen.code)))
        self.missing.show_text(happened, text)

    def _entries(self) -> list[Entry]:
        project = self.facts.project
        assert project is not None
        entries: list[Entry] = []
        if self.facts.consents:
            below, name = counts.consents(len(self.facts.consents)), self.tr("Consents to review")
            entries += [
                Entry(self.tr("Waits for you")),
                Entry(name, REVIEWS, below, Mark.NEEDS_YOU, f"{name}, {below}"),
            ]
        told = []
        for destination in project.projects:
            schema = self.facts.schemas.get(dialog_insight_key(destination.id, CONTACT_LIST))
            below = counts.opt_ins(len(schema.optins)) if schema else self.tr("not read yet")
            mapped = len({r.code.casefold() for r in opt_in_rows(self.facts, destination) if r.pair is not None})
            below = f"{below} · {counts.mapped(mapped)}" if mapped else below
            mark = opt_ins_mark(self.facts, destination)
            said = f"{destination.name}, {below}, {story.mark_said(mark)}"
            told.append(Entry(destination.name, destination.id, below, mark, said))
        return [Entry(self.tr("Projects")), *told, *entries] if told else entries

    # the cells of a row

    def _opt_in(self, r: OptInRow) -> Cell:
        said = {"explicit": self.tr("explicit"), "implied": self.tr("implied · expires")}
        kind = said.get(r.opt_in.native_type.casefold(), "") if r.opt_in else ""
        below = " · ".join(part for part in (r.code if r.code != r.name else "", kind) if part)
        return Cell(r.name, Look.STRONG, below, tip="\n".join(part for part in (r.name, r.code, kind) if part))

    def _target(self, r: OptInRow) -> Cell:
        if r.pair is None or r.integration is None:
            return Cell(self.tr("not mapped yet"), Look.PILL_WARN)
        name = title(r.target) if r.target is not None else r.pair.target
        kind = field_type(r.target) if r.target is not None else ""
        state = "" if r.travels else self.tr("does not travel")
        if is_missing(self.facts, r.integration, r.pair.target):
            state = self.tr("not in Salesforce yet")
        below = " · ".join(part for part in (state, r.integration.object, kind) if part)
        icon = "needs_you" if r.problems else ""
        tip = "\n".join((name, r.pair.target, r.integration.name, below))
        return Cell(name, Look.STRONG, below, icon, tip=tip)

    def _values(self, r: OptInRow) -> Cell:
        if r.pair is None:
            return Cell()
        text = optin_values(r.pair, r.checkbox)
        return Cell(text, Look.PLAIN, self.tr("inverted") if r.pair.inverted else "", tip=text)

    def _people(self, r: OptInRow) -> Cell:
        count = self.facts.people.count(r.integration.name, r.code) if r.integration is not None else None
        if r.pair is None or count is None:
            return Cell(self.tr("not read yet") if r.pair is not None else "", Look.MUTED)
        text = self.tr("{0} yes · {1} no").format(number(count.yes), number(count.no))
        written = self.tr("{0} written").format(number(count.written))
        none = self.tr("{0} no answer").format(number(count.neutral))
        return Cell(text, Look.PLAIN, f"{none} · {written}", tip=self._counted(count))

    def _counted(self, count: ConsentCount) -> str:
        told = (
            (self.tr("Yes: {0}"), count.yes),
            (self.tr("No: {0}"), count.no),
            (self.tr("No answer: {0}"), count.neutral),
            (self.tr("Not read yet: {0}"), count.unread),
            (self.tr("Written to Salesforce: {0}"), count.written),
        )
        return "\n".join(text.format(number(figure)) for text, figure in told)
