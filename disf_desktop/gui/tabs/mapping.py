"""Object mapping: the pairs of each integration on the canvas, and the pair under the hand in words."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from disf_desktop.core.project import FieldPair, Integration
from disf_desktop.core.schema import Field
from disf_desktop.gui import story
from disf_desktop.gui.choices import ARROWS, conflict_meaning, conflict_rule, direction, transform, when_empty
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.field_words import field_type
from disf_desktop.gui.figures import counts
from disf_desktop.gui.lists import EntryList
from disf_desktop.gui.mapping_canvas.canvas import Canvas
from disf_desktop.gui.mapping_canvas.pair_table import PairTable
from disf_desktop.gui.models.directions import is_marker, owned_pairs, way_of_pair
from disf_desktop.gui.models.entries import Entry, EntryModel
from disf_desktop.gui.models.facts import Store
from disf_desktop.gui.models.fields import title
from disf_desktop.gui.models.marks import Mark, mapping_mark
from disf_desktop.gui.models.pairs import Level, judge, mapping_problems, schema_keys
from disf_desktop.gui.parts import Fact, Notice, button, column, label, pill, row, say, scrolled, side_panel
from disf_desktop.gui.tabs.base import TabPage
from disf_desktop.gui.verdicts import verdict
from disf_desktop.gui.wording import error_details, error_said

NARROW = 1180
"""Below this width the panels beside the canvas give some of theirs to it."""


class MappingTab(TabPage):
    """The list of mappings, the canvas, and the inspector."""

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__(desk, store)
        self._pair: int | None = None
        self._shown = ""
        self.list = EntryList(EntryModel(self))
        self.list.chosen.connect(lambda _key: self.render_facts())
        self.title, self.state, self.place = label("title"), pill(), label("muted")
        self.read_button = button("", lambda: self.desk.read_fields_again())
        self.error = Notice("warn")
        self.canvas = Canvas(desk)
        self.canvas.pair_chosen.connect(self._pair_chosen)
        self.table = PairTable(desk)
        self.table.pair_chosen.connect(self._pair_chosen)
        self.table_button = button("", self._switch)
        self.table_button.setCheckable(True)
        self.views = QStackedWidget()
        self.views.addWidget(self.canvas)
        self.views.addWidget(self.table)
        page = QWidget()
        head = row(self.title, self.state, self.place, None, self.table_button, self.read_button)
        box = column(head, self.error, self.views, spacing=12)
        box.setContentsMargins(18, 16, 18, 18)
        box.setStretch(2, 1)
        page.setLayout(box)
        self.inspector = self._inspector()
        self.side = side_panel("side", column(self.list), 250)
        whole = row(self.side, page, self.inspector, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _inspector(self) -> QWidget:
        self.pair_title, self.pair_types = label("subtitle", wrap=True), label("small", wrap=True)
        self.verdict = Notice("warn")
        self.pair_facts = [Fact() for _ in range(5)]
        self.rule_meaning = label("small", wrap=True)
        self.hint = label("muted", wrap=True)
        content = QWidget()
        content.setLayout(
            column(
                column(self.pair_title, self.pair_types, spacing=2),
                self.verdict,
                *self.pair_facts[:4],
                column(self.pair_facts[4], self.rule_meaning, spacing=3),
                self.hint,
                None,
                spacing=14,
            )
        )
        return side_panel("inspector", column(scrolled(content)), 292)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self.side.setFixedWidth(190 if narrow else 250)
        self.inspector.setFixedWidth(230 if narrow else 292)
        self.place.setVisible(not narrow)
        self.canvas.be_narrow(narrow)
        self.table.be_narrow(narrow)

    def _switch(self) -> None:
        self.views.setCurrentIndex(int(self.table_button.isChecked()))
        self.render_facts()

    def _pair_chosen(self, number: int) -> None:
        self._pair = number if number >= 0 else None
        self.render_facts()

    def retranslate(self) -> None:
        self.canvas.retranslate()
        self.table.retranslate()

    def render_facts(self) -> None:
        project = self.facts.project
        if project is None:
            return
        self.list.setAccessibleName(self.tr("Mappings"))
        self.list.show_entries(self._entries())
        integration = project.integration(self.list.key)
        self.read_button.setText(self.tr("&Read fields again"))
        self.table_button.setText(self.tr("As a &table"))
        self.views.setVisible(integration is not None)
        if integration is None:
            return
        if self.list.key != self._shown:
            self._shown, self._pair = self.list.key, None
        asking = any(key in self.facts.asking for key in schema_keys(integration))
        self.read_button.setEnabled(not asking and any(self.facts.authorized.values()))
        self._render_head(integration, asking)
        if self._pair is not None and self._pair >= len(integration.mapping.pairs):
            self._pair = None
        (self.table if self.table_button.isChecked() else self.canvas).show_mapping(self.facts, integration, self._pair)
        self._render_pair(integration)

    def _entries(self) -> list[Entry]:
        assert self.facts.project is not None
        entries = [Entry(self.tr("Mappings"))] if self.facts.project.integrations else []
        for integration in self.facts.project.integrations:
            mark = mapping_mark(self.facts, integration)
            below = counts.pairs(len(integration.mapping.pairs))
            if mark is Mark.NEEDS_YOU:
                found = len(mapping_problems(self.facts, integration))
                below = f"{below} · {counts.to_correct(found)}" if found else f"{below} · {story.mark_said(mark)}"
            name = story.integration_title(self.facts.project, integration)
            said = f"{integration.name}, {name}, {below}, {story.mark_said(mark)}"
            entries.append(Entry(name, integration.name, f"{integration.name} · {below}", mark, said))
        return entries

    def _render_head(self, integration: Integration, asking: bool) -> None:
        assert self.facts.project is not None
        self.title.setText(story.integration_title(self.facts.project, integration))
        self.place.setText(story.integration_place(self.facts.project, integration))
        mark = mapping_mark(self.facts, integration)
        if asking:
            say(self.state, self.tr("Reading…"), "neutral")
        elif mark is Mark.DONE:
            say(self.state, self.tr("Checked"), "ok")
        elif mark is Mark.NEEDS_YOU:
            say(self.state, self.tr("Needs you"), "warn")
        else:
            say(self.state, self.tr("Not checked yet"), "neutral")
        errors = [self.facts.schema_errors[key] for key in schema_keys(integration) if key in self.facts.schema_errors]
        problems = mapping_problems(self.facts, integration)
        if errors:
            happened, what_to_do = error_said(errors[0])
            self.error.show_text(happened, what_to_do, error_details(errors[0]))
        elif problems:
            details = "\n".join(f"{p.path}\n{p.message} {p.what_to_do}" for p in problems)
            text = self.tr("A run of this mapping would be refused. Correct the project file, then read it again.")
            self.error.show_text(counts.problems(len(problems)), text, details)
        else:
            self.error.show_text("")

    def _render_pair(self, integration: Integration) -> None:
        project = self.facts.project
        assert project is not None
        pair = owned_pairs(project, integration)[self._pair] if self._pair is not None else None
        for part in (self.pair_types, *self.pair_facts):
            part.setVisible(pair is not None)
        if pair is None:
            self.pair_title.setText(self.tr("No pair chosen"))
            say(self.hint, self.tr("Choose a field or a line to see how its values travel."))
            say(self.rule_meaning, "")
            self.verdict.show_text("")
            return
        schemas = (self.facts.source_schema(integration), self.facts.target_schema(integration))
        source = schemas[0].find(pair.source) if schemas[0] else None
        target = schemas[1].find(pair.target) if schemas[1] else None
        way, marker = way_of_pair(pair), is_marker(project, integration, pair)
        self.pair_title.setText(
            f"{title(source) if source else pair.source} {ARROWS[way]} {title(target) if target else pair.target}"
        )
        self.pair_types.setText(self._types(pair, source, target))
        self._render_verdict(integration, pair)
        shown, change, empty, default, both = self.pair_facts
        shown.show_text(self.tr("Direction"), direction(way))
        change.show_text(self.tr("Transform"), transform(pair) if way.reaches_dialog_insight else "")
        self._render_rules(pair, marker, empty, default, both)
        marked = self.tr(
            "The program writes the Salesforce Id here: while this field is empty, the person has no Salesforce "
            "record yet."
        )
        say(self.hint, marked if marker else "")

    def _render_rules(self, pair: FieldPair, marker: bool, empty: Fact, default: Fact, both: Fact) -> None:
        assert pair.conflict is not None, "owned() says the policy"
        never = self.tr("The record waits: a key is never empty")
        empty.show_text(self.tr("When empty"), "" if marker else never if pair.key else when_empty(pair.when_empty))
        default.show_text(self.tr("Sent instead of nothing"), pair.default or "")
        decided = not pair.key and not marker
        both.show_text(self.tr("When both sides changed"), conflict_rule(pair.conflict) if decided else "")
        say(self.rule_meaning, conflict_meaning(pair.conflict) if decided else "")

    def _types(self, pair: FieldPair, source: Field | None, target: Field | None) -> str:
        left = f"{pair.source} · {field_type(source)}" if source else pair.source
        right = f"{pair.target} · {field_type(target)}" if target else pair.target
        text = self.tr("Salesforce: {0}\nDialog Insight: {1}").format(left, right)
        return self.tr("{0} · primary key").format(text) if pair.key else text

    def _render_verdict(self, integration: Integration, pair: FieldPair) -> None:
        judged = judge(self.facts, integration, pair)
        if judged.missing:
            text = self.tr("The service shows no field “{0}”. Correct the name in the project file.").format(
                judged.missing
            )
            self.verdict.show_text(self.tr("Cannot travel"), text, look="err")
        elif judged.verdict is None:
            self.verdict.show_text(self.tr("Not checked yet"), self.tr("The fields of one side were not read yet."))
        else:
            titles = {
                Level.YES: (self.tr("Every value can travel"), "ok"),
                Level.LOSS: (self.tr("Some values may not travel"), "warn"),
                Level.NO: (self.tr("Cannot travel"), "err"),
            }
            name, look = titles[judged.level]
            self.verdict.show_text(name, verdict(judged.verdict), look=look)
