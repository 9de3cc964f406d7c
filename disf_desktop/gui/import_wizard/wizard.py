"""The wizard's frame: the steps at the left, the one that is shown, and what leads on below it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QStackedWidget, QWidget

from disf_desktop.gui.desk import Desk
from disf_desktop.gui.import_wizard.check import CheckStep
from disf_desktop.gui.import_wizard.columns import ColumnsStep
from disf_desktop.gui.import_wizard.destination import DestinationStep
from disf_desktop.gui.import_wizard.dropping import file_of, rows_of
from disf_desktop.gui.import_wizard.file import FileStep
from disf_desktop.gui.import_wizard.page import StepPage
from disf_desktop.gui.import_wizard.rail import StepRail
from disf_desktop.gui.import_wizard.result import ResultStep
from disf_desktop.gui.import_wizard.sending import ImportStep
from disf_desktop.gui.models.facts import RunKind, Store
from disf_desktop.gui.models.imports import Step, is_done, reachable
from disf_desktop.gui.parts import Sentence, button, column, label, row, rule
from disf_desktop.gui.theme import px

LEAST, MOST = QSize(936, 600), QSize(1240, 820)
RAIL = 186


class ImportWizard(QDialog):
    """Brings the rows of a file into a table, in six steps. Closing it forgets nothing, and stops no import."""

    def __init__(self, parent: QWidget, desk: Desk, store: Store) -> None:
        super().__init__(parent)
        self._desk, self._store = desk, store
        self._shown: tuple[Step, int] | None = None
        self.setAcceptDrops(True)
        self.rail = StepRail()
        self.rail.wanted.connect(desk.go_to_step)
        self.title, self.subtitle = label("title", wrap=True), Sentence()
        self.pages: dict[Step, StepPage] = {
            Step.DESTINATION: DestinationStep(desk, store),
            Step.FILE: FileStep(desk, store),
            Step.COLUMNS: ColumnsStep(desk, store),
            Step.CHECK: CheckStep(desk, store),
            Step.IMPORT: ImportStep(desk, store),
            Step.RESULT: ResultStep(desk, store),
        }
        self.stack = QStackedWidget()
        for page in self.pages.values():
            self.stack.addWidget(page)
        self.why_not = Sentence()
        self.back_button = button("", self._back)
        self.cancel_button = button("", self.reject)
        self.next_button = button("primary", self._go_on)
        self._lay_out()
        self.next_button.setDefault(True)  # once it is in the dialog: whose default it is
        self._set_keys()
        store.changed.connect(self.render_facts)
        self._take_room()
        self.render_facts()

    def _lay_out(self) -> None:
        extras = [page.extra_button for page in self.pages.values() if page.extra_button is not None]
        footer = row(*extras, self.why_not, self.back_button, self.cancel_button, self.next_button, spacing=8)
        footer.setStretch(len(extras), 1)
        footer.setContentsMargins(22, 12, 22, 12)
        inside = column(self.title, self.subtitle, spacing=4)
        inside.addSpacing(8)
        inside.addWidget(self.stack, 1)
        inside.setContentsMargins(22, 16, 22, 12)
        main = QFrame()
        main.setObjectName("wizard")
        box = column(inside, rule(), footer, spacing=0)
        box.setStretch(0, 1)
        main.setLayout(box)
        whole = row(self.rail, main, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _set_keys(self) -> None:
        keys = QKeySequence.StandardKey
        for key, act in (
            ("Alt+Left", self._back),
            ("Alt+Right", self._go_on_if_possible),
            (keys.Undo, self._desk.import_steps.undo),
            (keys.Redo, self._desk.import_steps.redo),
            (keys.Paste, self._paste),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(act)

    def _take_room(self) -> None:
        """Take most of the window, and no more than is good to look at."""
        self.rail.setFixedWidth(px(RAIL))
        parent = self.parentWidget()
        room = parent.window().size() if parent is not None else MOST
        least = QSize(max(px(LEAST.width()), LEAST.width()), max(px(LEAST.height()), LEAST.height()))
        least = least.boundedTo(QSize(max(LEAST.width(), room.width()), max(LEAST.height(), room.height())))
        most = QSize(px(MOST.width()), px(MOST.height()))
        self.setMinimumSize(least)
        self.resize(QSize(room.width() - 120, room.height() - 100).boundedTo(most).expandedTo(least))

    # facts

    @property
    def page(self) -> StepPage:
        """The step that is shown."""
        return self.pages[self._store.facts.imports.step]

    def render_facts(self) -> None:
        """Show the facts of now, in the language of now."""
        facts = self._store.facts
        if facts.project is None or not facts.imports.begun:
            self.hide()
            return
        if not self.isVisible() and self._shown is not None:
            return  # what nobody sees is drawn when it is opened
        page, step = self.page, facts.imports.step
        self.setWindowTitle(self.tr("Import a file"))
        done = {each for each in Step if is_done(facts.project, facts.imports, each)}
        busy = facts.running and facts.run is not None and facts.run.kind.is_of_file
        able = {each for each in Step if not busy and reachable(facts.project, facts.imports, each)}
        self.rail.show_steps(step, {each for each in done if each.number < step.number or each in able}, able)
        page.render_facts()
        self.title.setText(page.title())
        self.subtitle.show_text(page.subtitle())
        self.subtitle.setVisible(bool(page.subtitle()))
        self._render_footer(page, busy)
        self.stack.setCurrentWidget(page)
        if (step, page.stage) != self._shown:
            self._shown = (step, page.stage)
            self._focus()

    def _focus(self) -> None:
        """Put the keyboard where the step begins."""
        wanted = self.page.first_input
        (self.next_button if wanted is self.page else wanted).setFocus()

    def _render_footer(self, page: StepPage, busy: bool) -> None:
        facts = self._store.facts
        text, able = page.verb()
        self.next_button.setText(text)
        self.next_button.setEnabled(able)
        self.next_button.setVisible(bool(text))
        self.why_not.show_text("" if able or busy else page.why_not())
        self.back_button.setText(self.tr("&Back"))
        before = list(Step)[max(0, page.step.number - 1)]
        goes_back = Step.DESTINATION is not page.step and page.step.number < Step.IMPORT.number
        assert facts.project is not None, "a wizard is of a project file"
        self.back_button.setVisible(goes_back and (busy or reachable(facts.project, facts.imports, before)))
        self.back_button.setEnabled(not busy)
        importing = busy and facts.run is not None and facts.run.kind is RunKind.IMPORT
        over = page.step in (Step.IMPORT, Step.RESULT)
        self.cancel_button.setText(self.tr("&Close") if over or importing else self.tr("Cancel"))
        self.cancel_button.setToolTip(
            self.tr("The import goes on; this window can be opened again.") if importing else ""
        )
        for each in self.pages.values():
            if each.extra_button is not None:
                each.extra_button.setVisible(each is page and bool(each.extra_button.text()))

    def retranslate(self) -> None:
        """Say everything again, in the language of now."""
        for page in self.pages.values():
            page.retranslate()
        self.render_facts()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() is QEvent.Type.StyleChange:
            self._take_room()

    # what the person does

    def bring(self) -> None:
        """Show the wizard, or bring it to the front."""
        if not self.isVisible():
            self._shown = None
            self._take_room()
            self.open()
        self.render_facts()
        self._focus()
        self.raise_()

    def _go_on(self) -> None:
        self.page.go_on()
        self.render_facts()

    def _go_on_if_possible(self) -> None:
        if self.next_button.isEnabled() and self.page.step.number < Step.COLUMNS.number:
            self._go_on()
        else:
            self._look_at(1)

    def _back(self) -> None:
        self._look_at(-1)

    def _look_at(self, way: int) -> None:
        number = self.page.step.number + way
        if self.back_button.isEnabled() and 0 <= number < len(Step):
            self._desk.go_to_step(list(Step)[number])
            self.render_facts()

    def reject(self) -> None:
        """Close; a check is given up, an import goes on."""
        run = self._store.facts.run
        if run is not None and run.under_way and run.kind is RunKind.CHECK:
            self._desk.stop()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and (isinstance(self.focusWidget(), QLineEdit) or self.page.step.number >= Step.COLUMNS.number):
            return  # it ends what is typed, accepts or corrects, and no more; the button itself hears it
        super().keyPressEvent(event)

    # files from elsewhere

    def _paste(self) -> None:
        if self.page.step in (Step.DESTINATION, Step.FILE):
            self.take(QGuiApplication.clipboard().mimeData())

    def take(self, data: QMimeData) -> bool:
        """Take a file, or rows that were copied from a spreadsheet; say whether it was one of both."""
        file, rows = file_of(data), rows_of(data)
        if self._store.facts.running or self.page.step.number > Step.COLUMNS.number:
            return False
        if file is not None:
            self._desk.choose_file(file)
        elif rows:
            self._desk.paste_rows(rows)
        else:
            return False
        self._desk.go_to_step(Step.FILE)
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if file_of(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.take(event.mimeData()):
            event.acceptProposedAction()
