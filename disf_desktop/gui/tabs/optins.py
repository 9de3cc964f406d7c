"""Opt-ins: the consents that each Dialog Insight project keeps, as the service shows them. They travel to Salesforce
only."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from disf_desktop.core.project import DestinationProject
from disf_desktop.core.schema import CONTACT_LIST
from disf_desktop.gui import story
from disf_desktop.gui.choices import optin_values
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.field_words import field_type
from disf_desktop.gui.figures import counts
from disf_desktop.gui.lists import EntryList, Grid
from disf_desktop.gui.models.entries import Entry, EntryModel
from disf_desktop.gui.models.facts import Store, dialog_insight_key
from disf_desktop.gui.models.fields import title
from disf_desktop.gui.models.marks import opt_ins_mark
from disf_desktop.gui.models.opt_ins import OptInRow, opt_in_rows
from disf_desktop.gui.models.pairs import optin_problems
from disf_desktop.gui.models.tables import Cell, Column, Look, TableModel
from disf_desktop.gui.parts import Notice, button, card, column, label, pill, row, say, scrolled, side_panel
from disf_desktop.gui.tabs.base import TabPage
from disf_desktop.gui.wording import error_details, error_said

NARROW = 1200
"""Below this width the kind of consent stands below the name of its opt-in."""


class OptInsTab(TabPage):
    """The opt-ins of the project under the hand."""

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__(desk, store)
        self._narrow = False
        self.list = EntryList(EntryModel(self))
        self.list.chosen.connect(lambda _key: self.render_facts())
        self.title, self.one_way = label("title"), pill()
        self.read_button = button("", lambda: self.desk.read_fields_again())
        self.text, self.rule = label("muted", wrap=True), label("muted", wrap=True)
        self.waiting = Notice("warn")
        self.error = Notice("warn")
        self.opt_ins = TableModel[OptInRow](
            (
                Column(lambda: self.tr("Opt-in in\nDialog Insight"), self._opt_in),
                Column(lambda: self.tr("Consent"), self._consent),
                Column(lambda: self.tr("→ Salesforce\nfield"), self._target),
                Column(lambda: self.tr("Yes / no / no\nanswer become"), self._values),
                Column(lambda: self.tr("Since when and\nfrom where, in"), self._beside),
                Column(lambda: self.tr("Integration"), self._travels),
            ),
            self,
        )
        self.table_view = Grid(self.opt_ins, stretch=2, fit_rows=True, row_height=50)
        self.empty = label("muted", wrap=True)
        self.empty.setContentsMargins(16, 14, 16, 14)
        self.table_card = card(column(self.table_view, self.empty, spacing=0), margins=(1, 1, 1, 1))
        page = QWidget()
        page.setLayout(
            column(
                row(self.title, self.one_way, None, self.read_button),
                self.text,
                self.error,
                self.waiting,
                self.table_card,
                self.rule,
                None,
                spacing=12,
            )
        )
        page.layout().setContentsMargins(18, 16, 18, 18)  # type: ignore[union-attr]
        whole = row(side_panel("side", column(self.list), 250), scrolled(page), spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _opt_in(self, r: OptInRow) -> Cell:
        consent = self._consent(r).text
        below = " · ".join(part for part in (r.code, consent) if part) if self._narrow else r.code
        return Cell(r.opt_in.label or r.code if r.opt_in else r.code, Look.STRONG, below, tip=consent)

    def _consent(self, r: OptInRow) -> Cell:
        said = {"explicit": self.tr("explicit"), "implied": self.tr("implied · expires")}
        text = said.get(r.opt_in.native_type.casefold(), "") if r.opt_in else ""
        return Cell(text, Look.PILL if text else Look.PLAIN)

    def _target(self, r: OptInRow) -> Cell:
        if r.pair is None or r.integration is None:
            return Cell(self.tr("not sent to Salesforce"), Look.MUTED)
        name = title(r.target) if r.target is not None else r.pair.target
        kind = f" · {field_type(r.target)}" if r.target is not None else ""
        below = f"{r.pair.target}{kind}"
        return Cell(name, Look.STRONG, below, tip=below)

    def _values(self, r: OptInRow) -> Cell:
        if r.pair is None:
            return Cell()
        text = optin_values(r.pair, r.checkbox)
        return Cell(text, Look.PLAIN, self.tr("inverted") if r.pair.inverted else "", tip=text)

    def _beside(self, r: OptInRow) -> Cell:
        names = [name for name in (r.pair.date_target, r.pair.source_target) if name] if r.pair else []
        if not names:
            return Cell(self.tr("not written") if r.pair else "", Look.MUTED)
        return Cell(names[0], Look.PLAIN, names[1] if len(names) > 1 else "", tip="\n".join(names))

    def _travels(self, r: OptInRow) -> Cell:
        if r.pair is None or r.integration is None:
            return Cell()
        if r.travels:
            below = self.tr("travels")
        else:
            below = self.tr("“Opt-in changed” not ticked") if r.integration.enabled else self.tr("off")
        return Cell(r.integration.name, Look.PLAIN, below, tip=below)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        if narrow is not self._narrow:
            self._narrow = narrow
            self.render_facts()
            self.opt_ins.retranslate()

    def retranslate(self) -> None:
        self.opt_ins.retranslate()

    def render_facts(self) -> None:
        project = self.facts.project
        if project is None:
            return
        self.list.setAccessibleName(self.tr("Destination projects"))
        self.list.show_entries(self._entries())
        self.read_button.setText(self.tr("&Read fields again"))
        destination = project.destination(self.list.key)
        asking = any(key.startswith("dialog_insight/") for key in self.facts.asking)
        able = destination is not None and bool(self.facts.authorized.get(destination.connection))
        self.read_button.setEnabled(able and not asking)
        if destination is None:
            return
        self.title.setText(self.tr("Opt-ins of {0}").format(destination.name))
        say(self.one_way, self.tr("Dialog Insight → Salesforce only"), "di")
        self.text.setText(
            self.tr(
                "Consent is recorded in Dialog Insight, so it only ever travels from Dialog Insight to Salesforce. "
                "Nothing that this program sends to Dialog Insight carries a consent."
            )
        )
        key = dialog_insight_key(destination.id, CONTACT_LIST)
        schema, error = self.facts.schemas.get(key), self.facts.schema_errors.get(key)
        if error is None:
            self.error.show_text("")
        else:
            happened, what_to_do = error_said(error)
            self.error.show_text(happened, what_to_do, error_details(error))
        opt_ins = opt_in_rows(self.facts, destination)
        self.opt_ins.show(opt_ins)
        told = any(self._consent(opt_in).text for opt_in in opt_ins)
        self.table_view.setColumnHidden(1, self._narrow or not told)  # what the service does not tell is not shown
        self._render_waiting(destination)
        say(self.rule, self._rule() if any(r.pair for r in opt_ins) else "")
        self.table_view.setAccessibleName(self.title.text())
        self.table_view.setVisible(bool(opt_ins))
        empty = (
            self.tr("This project has no opt-in.")
            if schema
            else self.tr("The opt-ins of this project were not read yet.")
        )
        say(self.empty, "" if opt_ins else empty)
        self.table_card.setVisible(bool(opt_ins) or error is None)

    def _rule(self) -> str:
        return self.tr(
            "An opt-out is always written. An opt-in is written only where Salesforce shows no opt-out, or where it is "
            "provably later; otherwise it waits for your review. An opt-out made in Salesforce stays there: it has to "
            "be entered in Dialog Insight too."
        )

    def _render_waiting(self, destination: DestinationProject) -> None:
        """Say what is wrong with the opt-ins, and how many consents wait for a person."""
        project = self.facts.project
        mine = [i for i in project.integrations if i.project == destination.id] if project else []
        problems = [p for i in mine for p in optin_problems(self.facts, i)]
        by_name = self.facts.history.outstanding_by_integration
        reviews = sum(by_name[i.name].consent_review for i in mine if i.name in by_name)
        if problems:
            details = "\n".join(f"{p.path}\n{p.message} {p.what_to_do}" for p in problems)
            text = self.tr("A run would be refused. Correct the project file, then read it again.")
            self.waiting.show_text(counts.problems(len(problems)), text, details)
        else:
            text = self.tr("Salesforce keeps its opt-outs until then. They are listed on the Activity tab.")
            self.waiting.show_text(counts.consents_wait(reviews) if reviews else "", text)

    def _entries(self) -> list[Entry]:
        project = self.facts.project
        assert project is not None
        entries: list[Entry] = [Entry(self.tr("Projects"))] if project.projects else []
        for destination in project.projects:
            schema = self.facts.schemas.get(dialog_insight_key(destination.id, CONTACT_LIST))
            below = counts.opt_ins(len(schema.optins)) if schema else self.tr("not read yet")
            mapped = sum(1 for r in opt_in_rows(self.facts, destination) if r.pair is not None)
            below = f"{below} · {counts.mapped(mapped)}" if mapped else below
            mark = opt_ins_mark(self.facts, destination)
            said = f"{destination.name}, {below}, {story.mark_said(mark)}"
            entries.append(Entry(destination.name, destination.id, below, mark, said))
        return entries
