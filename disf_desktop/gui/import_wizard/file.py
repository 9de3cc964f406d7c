"""The file: chosen, dropped or pasted; how it is written, each part with its why and correctable; its first rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QStackedWidget, QWidget

from disf_desktop.core.importing.file_form import Aspect, Recognised
from disf_desktop.core.importing.recipe import DateOrder, DecimalMark
from disf_desktop.gui.deeds.imports import READING_FILE
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.import_wizard.dropping import file_of, rows_of
from disf_desktop.gui.import_wizard.page import StepPage
from disf_desktop.gui.import_wizard.rows_table import RowsModel, RowsTable
from disf_desktop.gui.inputs import Choice, Labelled, Picker
from disf_desktop.gui.models import imports as models
from disf_desktop.gui.models.facts import Store
from disf_desktop.gui.models.imports import Step
from disf_desktop.gui.parts import Notice, Sentence, button, card, column, label, row
from disf_desktop.gui.theme import px
from disf_desktop.gui.words.figures import counts, number
from disf_desktop.gui.words.import_words import (
    DELIMITERS,
    aspect_said,
    dates_said,
    decimal_said,
    delimiter_said,
    encoding_place,
    encoding_said,
    finding_said,
)
from disf_desktop.gui.words.wording import error_details, error_said

ACROSS = 3
"""Pickers beside each other."""

MEMBERS = {
    Aspect.ENCODING: "encoding",
    Aspect.DELIMITER: "delimiter",
    Aspect.HEADER: "header",
    Aspect.SHEET: "sheet",
    Aspect.DATES: "dates",
    Aspect.DECIMAL: "decimal",
}
"""How a person's own word on each is kept (core.importing.recipe.FileForm)."""


class Question(Notice):
    """A question with two answers."""

    def __init__(self) -> None:
        super().__init__("warn")
        self.other = button()
        self.other.setVisible(False)
        inside = self.layout()
        assert inside is not None, "a notice has its parts in a line"
        inside.addWidget(self.other)


class FileStep(StepPage):
    """Before a file is there: how to give one. Then how it is read, and its first rows."""

    step = Step.FILE

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__(desk, store)
        self.dialog: QFileDialog | None = None
        self.rows = RowsModel(self)
        self.table = RowsTable(self.rows)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._build_start())
        self.stack.addWidget(self._build_form())
        self.setLayout(column(self.stack))

    def _build_start(self) -> QWidget:
        self.start_title, self.start_text = label("subtitle", wrap=True), label("muted", wrap=True)
        for text in (self.start_title, self.start_text):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.start_text.setFixedWidth(px(460))
        self.choose_button = button("primary", self._ask_for_file)
        self.paste_button = button("", self._paste)
        self.start_error = Notice("err")
        self.start_error.action.clicked.connect(self._ask_for_file)
        inside = column(
            None,
            self.start_title,
            row(None, self.start_text, None),
            row(None, self.choose_button, self.paste_button, None, spacing=8),
            None,
            spacing=14,
        )
        area = card(inside, "drop", margins=(40, 30, 40, 30))
        page = QWidget()
        page.setLayout(column(self.start_error, area, spacing=12))
        return page

    def _build_form(self) -> QWidget:
        self.name = Sentence()
        self.name.setProperty("role", "strong")
        self.other_button = button("", self._ask_for_file)
        self.other_paste_button = button("quiet", self._paste)
        head = row(self.name, self.other_paste_button, self.other_button, spacing=8)
        head.setStretch(0, 1)
        self.error, self.question = Notice("err"), Question()
        self.error.action.clicked.connect(self._ask_for_file)
        self.day_button, self.month_button = self.question.action, self.question.other
        self.day_button.clicked.connect(lambda: self.desk.say_form(dates=DateOrder.DAY_FIRST))
        self.month_button.clicked.connect(lambda: self.desk.say_form(dates=DateOrder.MONTH_FIRST))
        self.pickers: dict[Aspect, Picker] = {aspect: Picker() for aspect in Aspect}
        self.boxes: dict[Aspect, Labelled] = {aspect: Labelled(self.pickers[aspect]) for aspect in Aspect}
        for aspect, picker in self.pickers.items():
            picker.picked.connect(partial(self._say, aspect))
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(8)
        for n in range(ACROSS):
            self._grid.setColumnStretch(n, 1)
        self._placed: tuple[Aspect, ...] = ()
        framed = card(column(self.table), margins=(1, 1, 1, 1))
        framed.setMinimumHeight(px(110))
        self.fill = QCheckBox()
        self.fill.clicked.connect(lambda on: self.desk.say_form(fill_short_rows=on))
        page = QWidget()
        box = column(head, self.error, self.question, self._grid, self.fill, framed, spacing=8)
        box.setStretch(5, 1)
        page.setLayout(box)
        return page

    @property
    def first_input(self) -> QWidget:
        if self.stack.currentIndex() == 0:
            return self.choose_button
        return self.day_button if self.day_button.isVisibleTo(self) else self.pickers[self._aspects()[0]]

    @property
    def stage(self) -> int:
        read = self.drafted.recognised is not None
        return self.stack.currentIndex() + 2 * models.asks_dates(self.drafted) + 4 * read

    def _aspects(self) -> tuple[Aspect, ...]:
        return models.finding_aspects(self.drafted) or (Aspect.ENCODING,)

    def title(self) -> str:
        if self.drafted.recognised is None:
            return self.tr("Which file?")
        return self.tr("Is the file read as it should be?")

    def verb(self) -> tuple[str, bool]:
        project = self.facts.project
        assert project is not None, "a wizard is of a project file"
        return self.tr("&Next: the columns"), models.is_done(project, self.drafted, self.step)

    def why_not(self) -> str:
        if READING_FILE in self.facts.asking:
            return self.tr("Reading the first rows…")
        return self.tr("Say first how its dates are written.") if models.asks_dates(self.drafted) else ""

    def go_on(self) -> None:
        self.desk.go_to_step(Step.COLUMNS)

    # what is shown

    def retranslate(self) -> None:
        self.rows.retranslate()

    def render_facts(self) -> None:
        facts = self.drafted
        self._render_start()
        found = facts.recognised
        chosen = facts.file is not None and (found is not None or facts.file_error is None)
        self.stack.setCurrentIndex(1 if chosen else 0)
        if found is not None:
            self._render_head(found)
            self._render_question(found)
            self._place_pickers(models.finding_aspects(facts))
            for aspect in self._placed:
                self._render_picker(aspect, found)
            self.fill.setText(self.tr("&Rows that are too short: take the missing last cells as empty"))
            self.fill.setChecked(found.form.fill_short_rows)
            self.rows.show_rows(found.form.names, found.rows)
            self.table.setAccessibleName(self.tr("The first rows of the file"))
        elif chosen:
            self.name.show_text(self._file_name())
            self.rows.show_rows((), ())
            self.error.show_text("")
            self.question.show_text("")
            self._place_pickers(())

    def _render_start(self) -> None:
        self.start_title.setText(self.tr("Drop a file here"))
        self.start_text.setText(
            self.tr(
                "CSV or text from any program, an Excel workbook (.xlsx), or a .zip with one such text. Rows copied "
                "from a spreadsheet can be pasted. The file itself is never changed."
            )
        )
        self.choose_button.setText(self.tr("&Choose a file…"))
        self.paste_button.setText(self.tr("&Paste rows"))
        self.paste_button.setEnabled(self._can_paste())
        self.other_button.setText(self.tr("&Choose another file…"))
        self.other_paste_button.setText(self.tr("&Paste rows"))
        self.other_paste_button.setEnabled(self._can_paste())
        error = self.drafted.file_error
        if error is None:
            self.start_error.show_text("")
        else:
            self.start_error.show_text(*error_said(error), error_details(error), "err")
            self.start_error.action.setText(self.tr("Choose &another file…"))
        self.start_error.action.setVisible(error is not None)

    def _file_name(self) -> str:
        file = self.drafted.file
        return self.tr("Pasted rows") if self.drafted.pasted or file is None else file.name

    def _render_head(self, found: Recognised) -> None:
        parts = [self._file_name(), counts.columns(len(found.form.names))]
        if found.estimated_rows is not None:
            parts.append(counts.about_rows(found.estimated_rows))
        if found.size:
            parts.append(self.tr("{0} KB").format(number(max(1, round(found.size / 1000)))))
        self.name.show_text(" · ".join(parts))

    def _render_question(self, found: Recognised) -> None:
        asks = models.asks_dates(self.drafted)
        for answer in (self.day_button, self.month_button):
            answer.setVisible(asks)
        self.day_button.setText(dates_said(DateOrder.DAY_FIRST))
        self.month_button.setText(dates_said(DateOrder.MONTH_FIRST))
        taken = self.drafted.taken_from
        error = self.drafted.file_error
        if error is not None:
            self.error.show_text(*error_said(error), error_details(error), "err")
        else:
            self.error.show_text("")
        self.error.action.setVisible(False)
        if asks:
            why = " ".join(finding_said(each) for each in found.findings if each.aspect is Aspect.DATES)
            self.question.show_text(self.tr("How are the dates of this file written?"), why)
        elif taken:
            text = self.tr("The columns go where those of “{0}” went; look at them at the next step.").format(taken)
            self.question.show_text(self.tr("The same columns as last time"), text, look="ok")
        else:
            self.question.show_text("")

    # the pickers

    def _place_pickers(self, aspects: tuple[Aspect, ...]) -> None:
        if aspects == self._placed:
            return
        for box in self.boxes.values():
            self._grid.removeWidget(box)
            box.setVisible(False)
        for n, aspect in enumerate(aspects):
            self._grid.addWidget(self.boxes[aspect], n // ACROSS, n % ACROSS, Qt.AlignmentFlag.AlignTop)
            self.boxes[aspect].setVisible(True)
        self._placed = aspects
        before: QWidget = self.other_button
        for aspect in aspects:
            QWidget.setTabOrder(before, self.pickers[aspect])
            before = self.pickers[aspect]
        QWidget.setTabOrder(before, self.fill)
        QWidget.setTabOrder(self.fill, self.table)

    def _render_picker(self, aspect: Aspect, found: Recognised) -> None:
        told = [each for each in found.findings if each.aspect is aspect]
        why = " ".join(filter(None, map(finding_said, told)))
        sure = all(each.sure for each in told)
        self.boxes[aspect].show_text(aspect_said(aspect), why if sure else f"▲ {why}")
        now, choices = self._choices(aspect, found)
        self.pickers[aspect].show_choices(choices, now)

    def _choices(self, aspect: Aspect, found: Recognised) -> tuple[Any, Sequence[Choice]]:
        """Give what was taken, and everything that it may be, in an order that stays whatever is taken."""
        form, others = found.form, found.alternatives.get(aspect, ())
        match aspect:
            case Aspect.ENCODING:
                names = sorted({form.encoding, *others}, key=encoding_place)
                return form.encoding, [(name, encoding_said(name)) for name in names]
            case Aspect.DELIMITER:
                signs = dict.fromkeys((*DELIMITERS, form.delimiter))
                return form.delimiter, [(sign, delimiter_said(sign)) for sign in signs]
            case Aspect.HEADER:
                rows = sorted({form.header, *(int(each) for each in others)})
                return form.header, [(each, self._header_said(each)) for each in rows]
            case Aspect.SHEET:
                return form.sheet, [(name, name) for name in sorted((form.sheet, *others))]
            case Aspect.DATES:
                return form.dates, [(order, dates_said(order)) for order in DateOrder]
            case Aspect.DECIMAL:
                return form.decimal, [(mark, decimal_said(mark)) for mark in DecimalMark]

    def _header_said(self, header: int) -> str:
        return self.tr("Row {0}").format(number(header)) if header else self.tr("No row: by their place")

    def _say(self, aspect: Aspect, value: Any) -> None:
        self.desk.say_form(**{MEMBERS[aspect]: value})

    # files

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose the file to import"), str(self.folder))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Files of rows (*.csv *.txt *.tsv *.tab *.xlsx *.zip)"), self.tr("All files (*)")]
        )
        dialog.fileSelected.connect(lambda name: self.desk.choose_file(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog = dialog
        dialog.open()

    def _can_paste(self) -> bool:
        data = QGuiApplication.clipboard().mimeData()
        return bool(rows_of(data)) or file_of(data) is not None

    def _paste(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        file = file_of(data)
        if file is not None:
            self.desk.choose_file(file)
        elif text := rows_of(data):
            self.desk.paste_rows(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isVisible():
            self.paste_button.setEnabled(self._can_paste())
            self.other_paste_button.setEnabled(self._can_paste())
