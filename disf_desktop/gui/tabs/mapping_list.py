"""The panel at the left of the mapping tab: the mappings with their marks, and what can be done with one."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from disf_desktop.core.project import Integration
from disf_desktop.gui.lists import EntryList
from disf_desktop.gui.models.entries import Entry, EntryModel
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.marks import Mark, mapping_mark
from disf_desktop.gui.models.pairing import missing_key
from disf_desktop.gui.models.pairs import mapping_problems
from disf_desktop.gui.parts import button, column, label, row
from disf_desktop.gui.words import story
from disf_desktop.gui.words.figures import counts


class MappingList(QWidget):
    """The mappings, *Add mapping*, and a menu for the one under the hand.

    `add_wanted`, `rename_wanted`, `duplicate_wanted` and `remove_wanted` tell what the person wants; the last three
    with the name of the mapping.
    """

    add_wanted = Signal()
    rename_wanted = Signal(str)
    duplicate_wanted = Signal(str)
    remove_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.list = EntryList(EntryModel(self))
        self.add_button = button("quiet", self.add_wanted.emit)
        self.menu = QMenu(self)
        self.menu_button = button("quiet")
        self.menu_button.setMenu(self.menu)
        self.rename = self._action(self.rename_wanted, QKeySequence(Qt.Key.Key_F2))
        self.duplicate = self._action(self.duplicate_wanted, QKeySequence("Ctrl+D"))
        self.menu.addSeparator()
        self.remove = self._action(self.remove_wanted, QKeySequence(Qt.Key.Key_Delete))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._context_menu)
        self.hint = label("small", wrap=True)
        self.hint.setContentsMargins(9, 6, 4, 0)
        box = column(self.list, row(self.add_button, None), row(self.menu_button, None), self.hint, spacing=4)
        box.setStretch(0, 1)
        self.setLayout(box)

    def _action(self, wanted: SignalInstance, keys: QKeySequence) -> QAction:
        action = QAction(self.list)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: wanted.emit(self.list.key) if self.list.key else None)
        self.list.addAction(action)
        self.menu.addAction(action)
        return action

    def show_facts(self, facts: Facts) -> None:
        """Show the mappings of the facts."""
        assert facts.project is not None, "mappings are of a project file"
        self.list.setAccessibleName(self.tr("Mappings"))
        entries = [self._entry(facts, integration) for integration in facts.project.integrations]
        self.list.show_entries([Entry(self.tr("Mappings")), *entries] if entries else [])
        self.add_button.setText(self.tr("+ Add &mapping"))
        self.menu_button.setText(self.tr("Mapping actions"))
        self.rename.setText(self.tr("Rename…"))
        self.duplicate.setText(self.tr("Duplicate to another project…"))
        self.remove.setText(self.tr("Remove mapping"))
        self.hint.setText(self.tr("Drag a field onto its counterpart, or press M on a field and choose where it goes."))
        for part in (self.menu_button, self.hint):
            part.setVisible(bool(entries))

    def _entry(self, facts: Facts, integration: Integration) -> Entry:
        assert facts.project is not None, "a mapping is of a project file"
        mark = mapping_mark(facts, integration)
        below = counts.pairs(len(integration.mapping.pairs))
        if missing_key(facts.project, integration):
            below = self.tr("primary key not mapped")
        elif mark is Mark.NEEDS_YOU and (found := len(mapping_problems(facts, integration))):
            below = f"{below} · {counts.to_correct(found)}"
        state = self.tr("active") if integration.enabled else self.tr("draft")
        below = f"{below} · {state}"
        name = story.integration_title(facts.project, integration)
        said = f"{integration.name}, {name}, {below}, {story.mark_said(mark)}"
        shown = Mark.NOT_STARTED if not integration.enabled and mark is Mark.DONE else mark
        return Entry(name, integration.name, f"{integration.name} · {below}", shown, said)

    def _context_menu(self, at: QPoint) -> None:
        if self.list.indexAt(at).data() is not None and self.list.key:
            self.menu.popup(self.list.viewport().mapToGlobal(at))
