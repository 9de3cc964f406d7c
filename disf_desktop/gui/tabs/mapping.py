"""Object mapping: the list of mappings, the canvas or its table, and at the right what is under the hand."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QWidget

from disf_desktop.core.edits import key_of, takers_of
from disf_desktop.core.errors import Problem
from disf_desktop.core.project import Integration, SalesforceConnection
from disf_desktop.core.schema import Side
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.mapping_canvas.canvas import Canvas
from disf_desktop.gui.mapping_canvas.mapping_pairing import MappingPairing
from disf_desktop.gui.mapping_canvas.pair_table import PairTable
from disf_desktop.gui.mapping_canvas.partners import PartnerDialog
from disf_desktop.gui.models.checking import problems_shown
from disf_desktop.gui.models.facts import Store
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.models.pairing import open_suggestions
from disf_desktop.gui.models.pairs import schema_keys
from disf_desktop.gui.parts import Notice, button, card, column, label, row, scrolled, side_panel
from disf_desktop.gui.tabs.base import TabPage
from disf_desktop.gui.tabs.mapping_check import ProblemList, pair_of
from disf_desktop.gui.tabs.mapping_dialogs import AddMapping, DuplicateMapping, RenameMapping
from disf_desktop.gui.tabs.mapping_head import MappingHead
from disf_desktop.gui.tabs.mapping_inspector import PairInspector
from disf_desktop.gui.tabs.mapping_list import MappingList
from disf_desktop.gui.tabs.mapping_settings import MappingSettings
from disf_desktop.gui.theme import px
from disf_desktop.gui.words.wording import error_details, error_said

NARROW = 1270
"""Below this width the panels beside the canvas give some of theirs to it."""
NEW = "new"
"""What another tab asks for when a new mapping is wanted here."""
WIDE = 1500
"""From this width on the inspector takes some of what is left."""


class MappingTab(TabPage):
    """The list of mappings, the canvas, and the inspector. What is under the hand: a mapping, perhaps one of its pairs,
    and whether its problems are listed."""

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__(desk, store)
        self._pair: int | None = None
        self._shown = self._listed = self._asked = ""
        self._to_point = False
        self.mappings = MappingList()
        self.list = self.mappings.list
        self.head = MappingHead(self._suggest, self._check, self._switch_on_or_off, self._switch_views)
        self.error, self.said = Notice("warn"), Notice("ok")
        self.problems = ProblemList(desk.want_preparation)
        self.canvas, self.table = Canvas(), PairTable()
        self.views = QStackedWidget()
        self.views.addWidget(self.canvas)
        self.views.addWidget(self.table)
        self.pair, self.settings = PairInspector(desk), MappingSettings(desk)
        self.whole_button = button("quiet", lambda: self._pair_chosen(-1))
        self.read_button = button("", self._read_again)
        self.dialog: QWidget | None = None
        self._pages = QStackedWidget()
        self._pages.addWidget(self._mapping_page())
        self._pages.addWidget(self._start_page())
        self.setLayout(row(self._pages))
        self._connect()

    # construction

    def _mapping_page(self) -> QWidget:
        page = QWidget()
        box = column(self.head, self.error, self.said, self.problems, self.views, spacing=12)
        box.setContentsMargins(18, 16, 18, 18)
        box.setStretch(4, 1)
        page.setLayout(box)
        content = QWidget()
        content.setLayout(column(row(self.whole_button, None), self.pair, self.settings, self.read_button, None))
        self._area = scrolled(content)
        self.inspector = side_panel("inspector", column(self._area), 292)
        self.side = side_panel("side", column(self.mappings), 250)
        whole = QWidget()
        inside = row(self.side, page, self.inspector, spacing=0)
        inside.setStretch(1, 1)
        whole.setLayout(inside)
        return whole

    def _start_page(self) -> QWidget:
        self.start_title, self.start_text = label("title", wrap=True), label("muted", wrap=True)
        self.start_button = button("primary", self._start)
        inside = column(self.start_title, self.start_text, row(self.start_button, None), spacing=12)
        frame = card(inside, margins=(26, 22, 26, 22))
        frame.setFixedWidth(620)
        page = QWidget()
        page.setLayout(column(None, row(None, frame, None), None, None))
        return page

    def _connect(self) -> None:
        self.list.chosen.connect(lambda _key: self.render_facts())
        self.mappings.add_wanted.connect(self.add)
        self.mappings.rename_wanted.connect(self.rename)
        self.mappings.duplicate_wanted.connect(self.duplicate)
        self.mappings.remove_wanted.connect(self.remove)
        self.canvas.pair_chosen.connect(self._pair_chosen)
        self.table.pair_chosen.connect(self._pair_chosen)
        self.pair.other_wanted.connect(self._choose_other)
        self.pair.removed.connect(lambda: self._pair_chosen(-1))
        self.problems.wanted.connect(self._go_to)
        self.problems.closed.connect(self._close_list)

    @property
    def title(self) -> QLabel:
        return self.head.title

    @property
    def table_button(self) -> QPushButton:
        return self.head.table_button

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(NARROW)
        self.side.setFixedWidth(190 if narrow else 250)
        self.inspector.setFixedWidth(258 if narrow else 336 if self.width() >= px(WIDE) else 292)
        self.problems.be_narrow(narrow)
        self.canvas.be_narrow(narrow)
        self.table.be_narrow(narrow)

    def retranslate(self) -> None:
        self.canvas.retranslate()
        self.table.retranslate()
        self.pair.retranslate()

    # what is shown

    def render_facts(self) -> None:
        project = self.facts.project
        if project is None:
            return
        self._pages.setCurrentIndex(0 if project.integrations else 1)
        if not project.integrations:
            self._render_start()
            return
        self.mappings.show_facts(self.facts)
        integration = project.integration(self.list.key)
        if integration is None:
            return
        if self.list.key != self._shown:
            self._shown, self._pair, self._listed, self._asked = self.list.key, None, "", ""
        if self._pair is not None and self._pair >= len(integration.mapping.pairs):
            self._pair = None
        self.head.show_mapping(self.facts, integration)
        self._render_notices(integration)
        view = self.table if self.head.table_button.isChecked() else self.canvas
        view.show_pairing(MappingPairing(self.desk, integration.name), self._pair)
        self._render_inspector(integration)
        self._point_at_suggestion(integration)

    def _point_at_suggestion(self, integration: Integration) -> None:
        """Put the hand on the first pair that was asked for, once it is there, so that Enter accepts it."""
        proposed = open_suggestions(self.facts, integration)
        if self._to_point and proposed and integration.name == self._asked:
            self._to_point = False
            if not self.head.table_button.isChecked():
                self.canvas.left.choose(proposed[0].source)
                self.canvas.left.setFocus()

    def _render_start(self) -> None:
        self.start_title.setText(self.tr("Say which Salesforce field goes into which Dialog Insight field"))
        self.start_text.setText(
            self.tr(
                "A mapping ties an object of Salesforce, such as Contact, to the contact list or a custom table of a "
                "Dialog Insight project. You draw a line from each field to its counterpart; nothing moves before you "
                "activate it."
            )
        )
        self.start_button.setText(
            {
                None: self.tr("Add a mapping"),
                Tab.CONNECTIONS: self.tr("Add a Salesforce connection first"),
                Tab.PROJECTS: self.tr("Add a destination project first"),
            }[self._needed()]
        )

    def _needed(self) -> Tab | None:
        """Give the tab where what a mapping stands on is made, None where everything is there."""
        project = self.desk.project
        if not any(isinstance(c, SalesforceConnection) for c in project.connections):
            return Tab.CONNECTIONS
        return None if project.projects else Tab.PROJECTS

    def _render_notices(self, integration: Integration) -> None:
        keys = schema_keys(integration)
        errors = [self.facts.schema_errors[key] for key in keys if key in self.facts.schema_errors]
        if errors:
            self.error.show_text(*error_said(errors[0]), error_details(errors[0]))
        else:
            self.error.show_text("")
        proposed = self.facts.suggestions.get(integration.name)
        if self._asked == integration.name and proposed is not None and not open_suggestions(self.facts, integration):
            text = self.tr("Nothing that is left on both sides is alike enough. Drag a field onto its counterpart.")
            self.said.show_text(self.tr("No pair to suggest"), text, look="ok")
        else:
            self.said.show_text("")
        self._render_problems(integration)

    def _render_problems(self, integration: Integration) -> None:
        found = problems_shown(self.facts, integration)
        if not self._listed:
            self.problems.hide()
        elif found:
            self.problems.show_problems(found)
        elif self.facts.checked is self.facts.project:
            self.problems.show_good(
                self.tr("Nothing stands in the way"),
                self.tr("The file, both connections and every field were looked at."),
            )
        else:
            self.problems.hide()

    def _render_inspector(self, integration: Integration) -> None:
        chosen = self._pair is not None
        self.whole_button.setVisible(chosen)
        self.whole_button.setText(self.tr("‹ The mapping as a whole"))
        for part, seen in ((self.pair, chosen), (self.settings, not chosen)):
            if part.isHidden() is seen:
                part.setVisible(seen)
        asking = any(key in self.facts.asking for key in schema_keys(integration))
        self.read_button.setVisible(not chosen)
        self.read_button.setText(self.tr("&Read fields again"))
        self.read_button.setEnabled(not asking and any(self.facts.authorized.values()))
        if self._pair is not None:
            self.pair.show_pair(self.facts, integration, self._pair)
        else:
            self.settings.show_mapping(self.facts, integration)
        # What wraps gives its height only once it has its width; the panel measures again then.
        QCoreApplication.postEvent(self._area, QEvent(QEvent.Type.LayoutRequest))

    # what is under the hand

    @property
    def _integration(self) -> Integration:
        found = self.desk.project.integration(self._shown)
        assert found is not None, "a mapping of the file is shown"
        return found

    def _switch_views(self) -> None:
        self.views.setCurrentIndex(int(self.head.table_button.isChecked()))
        self.render_facts()

    def _pair_chosen(self, number: int) -> None:
        self._pair = number if number >= 0 else None
        self.render_facts()
        self._area.verticalScrollBar().setValue(0)

    def _show_mapping(self, name: str) -> None:
        self.render_facts()
        self.list.choose(name)
        self.render_facts()

    def look_at(self, wanted: str) -> None:
        """Show the mapping of that name; with a field behind it (`NAME/FIELD`), the pair of that field. `new` asks for
        a new one."""
        project = self.desk.project
        names = [i.name for i in project.integrations if wanted == i.name or wanted.startswith(f"{i.name}/")]
        if not names:
            if wanted == NEW and self._needed() is None:
                self.add()
            return
        name = max(names, key=len)
        self._show_mapping(name)
        field = wanted[len(name) + 1 :].casefold()
        ends = [(p.source.casefold(), p.target.casefold()) for p in self._integration.mapping.pairs]
        number = next((n for n, pair in enumerate(ends) if field in pair), None)
        if number is not None and not self.head.table_button.isChecked():
            self.canvas.choose(number)
        elif number is not None:
            self._pair_chosen(number)

    # the list

    def add(self) -> AddMapping:
        """Ask for a new mapping."""
        dialog = AddMapping(self.window(), self.desk, self._store)
        dialog.accepted.connect(lambda: self._show_mapping(dialog.made))
        self.dialog = dialog
        dialog.open()
        return dialog

    def rename(self, name: str) -> RenameMapping:
        """Ask for another name."""
        dialog = RenameMapping(self.window(), self.desk, self._store, name)
        dialog.accepted.connect(lambda: self._show_mapping(dialog.made))
        self.dialog = dialog
        dialog.open()
        return dialog

    def duplicate(self, name: str) -> DuplicateMapping:
        """Ask where a copy shall serve."""
        dialog = DuplicateMapping(self.window(), self.desk, self._store, name)
        dialog.accepted.connect(lambda: self._show_mapping(dialog.made))
        self.dialog = dialog
        dialog.open()
        return dialog

    def remove(self, name: str) -> None:
        """Take a mapping away; undo brings it back."""
        self.desk.remove_mapping(name)

    def _start(self) -> None:
        needed = self._needed()
        if needed is None:
            self.add()
        else:
            self.desk.look.emit(needed.value, "")

    # the head

    def _suggest(self) -> None:
        self._asked, self._to_point = self._shown, True
        self.desk.suggest(self._shown)

    def _check(self) -> None:
        self._listed = self._shown
        self.desk.check()

    def _switch_on_or_off(self) -> None:
        integration = self._integration
        name, on = integration.name, not integration.enabled

        def said() -> str:
            return self.tr("Activate {0}").format(name) if on else self.tr("Pause {0}").format(name)

        refused = self.desk.set_enabled(name, on, said)
        self._listed = name if refused else ""
        self.render_facts()

    def _read_again(self) -> None:
        self.desk.read_fields_again()

    def _close_list(self) -> None:
        self._listed = ""
        self.render_facts()

    def _go_to(self, problem: Problem) -> None:
        """Go to the place that a problem is about."""
        at, number = problem.path, pair_of(problem)
        if number is not None and not self.head.table_button.isChecked():
            self.canvas.choose(number)
        elif number is not None:
            self._pair_chosen(number)
        elif ".mapping" in at:
            (self.canvas.left_search if not self.head.table_button.isChecked() else self.table.grid).setFocus()
        elif at.startswith("connections"):
            self.desk.look.emit(Tab.CONNECTIONS.value, "")
        elif at.startswith("projects"):
            self.desk.look.emit(Tab.PROJECTS.value, self._integration.project)
        elif ".optins" in at:
            self.desk.look.emit(Tab.OPT_INS.value, self._integration.project)
        elif ".triggers" in at or ".schedule" in at:
            self.desk.look.emit(Tab.INTEGRATIONS.value, self._shown)
        else:
            self._pair_chosen(-1)
            self.settings.point_at(at)

    # the pair

    def _choose_other(self) -> None:
        """Ask for another field in the place of one of a pair: of Dialog Insight, or of the one that is gone."""
        number = self._pair
        assert number is not None, "the pair is under the hand"
        pair, source = self._integration.mapping.pairs[number], self.facts.source_schema(self._integration)
        gone = source is not None and "." not in pair.source and source.find(pair.source) is None
        side, name = (Side.DIALOG_INSIGHT, pair.target) if gone else (Side.SALESFORCE, pair.source)
        pairing = MappingPairing(self.desk, self._integration.name)
        dialog = PartnerDialog(self.window(), pairing, side, name, lambda other: self._put_other(number, side, other))
        self.dialog = dialog
        dialog.open()

    def _put_other(self, number: int, side: Side, other: str) -> None:
        integration = self._integration
        pair = integration.mapping.pairs[number]
        if side is Side.SALESFORCE and takers_of(integration, other):
            self.canvas.acts.pair(pair.source, other, self.inspector.mapToGlobal(QPoint(0, 60)))
            return
        key = {name.casefold() for name in key_of(self.desk.project, integration)}
        changes = {"target": other, "key": other.casefold() in key} if side is Side.SALESFORCE else {"source": other}
        changed = pair.model_copy(update=changes)
        self.desk.change_pair(
            integration.name,
            number,
            changed,
            lambda: self.tr("Pair {0} with {1} instead").format(changed.source, changed.target),
        )
