"""The question what a column tells of people's consent: to what, since when, and where it was given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QWidget

from disf_desktop.core.importing.file_form import CellKind
from disf_desktop.core.importing.recipe import ImportConsent
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.gui.dialogs.dialog import Dialog
from disf_desktop.gui.inputs import Choice, Entry, Labelled, Picker, Segments
from disf_desktop.gui.models import imports as models
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.fields import title
from disf_desktop.gui.parts import row
from disf_desktop.gui.words.field_words import field_type

UNKNOWN, ONE_FOR_ALL = "unknown", "one"
"""Besides the columns: what may be known of the date, or of the source, of a consent."""

COLUMN = "column "


class ConsentDialog(Dialog):
    """Asks, and hands the answer to `put`."""

    def __init__(
        self,
        parent: QWidget,
        facts: Facts,
        name: str,
        before: ImportConsent | None,
        put: Callable[[ImportConsent], Any],
    ) -> None:
        super().__init__(parent, self._take)
        self._put = put
        assert facts.project is not None, "a wizard is of a project file"
        assert facts.imports.recognised is not None, "a column is of a file that was read"
        self._columns = facts.imports.recognised.columns
        self._targets = models.consent_targets(facts.project, facts.imports)
        self._schema = models.schema_now(facts.imports)
        self._is_org = models.side_of(facts.project, facts.imports.draft) is Side.SALESFORCE
        self.column, self.consent, self.since, self.source = (Picker() for _ in range(4))
        self.since_field, self.source_field = Picker(), Picker()
        self.meaning, self.date, self.text_of_source = Segments(), QDateEdit(), Entry()
        self.date.setDisplayFormat("yyyy-MM-dd")
        self.date.setMaximumDate(QDate.currentDate())
        self.date.setCalendarPopup(True)
        line = self.date.lineEdit()
        assert line is not None, "a day is typed in too"
        line.setTextMargins(9, 0, 9, 0)  # a style sheet's padding does not reach the text of a date
        self.column_box, self.consent_box = Labelled(self.column), Labelled(self.consent)
        self.meaning_box = Labelled(self.meaning)
        self.since_box, self.source_box = Labelled(self.since), Labelled(self.source)
        self.since_field_box, self.source_field_box = Labelled(self.since_field), Labelled(self.source_field)
        self.put(
            row(self.column_box, self.consent_box, spacing=12),
            self.meaning_box,
            self.since_box,
            self.date,
            self.source_box,
            self.text_of_source,
            self.since_field_box,
            self.source_field_box,
        )
        self.setMinimumWidth(600)
        self._inverted = before.inverted if before is not None else False
        self._fill(name, before)
        for picker in (self.since, self.source, self.column, self.consent):
            picker.picked.connect(lambda _: self._render())
        self.meaning.picked.connect(self._pick_meaning)
        self._render()

    def _fill(self, name: str, before: ImportConsent | None) -> None:
        columns: list[Choice] = [(each.name, each.name) for each in self._columns]
        likely = before.column if before is not None else name
        self.column.show_choices(columns, likely or None)
        targets = [(each.name, title(each)) for each in self._targets]
        only = targets[0][0] if len(targets) == 1 else None
        self.consent.show_choices(targets, before.consent if before is not None else only)
        dated = [each for each in self._columns if each.kind in (CellKind.DATE, CellKind.EMPTY)]
        self.since.show_choices(
            [
                (UNKNOWN, self.tr("Not known")),
                (ONE_FOR_ALL, self.tr("One date for the whole file")),
                *((COLUMN + each.name, self.tr("The column {0}").format(each.name)) for each in dated),
            ],
            _kept(before.since, before.since_column) if before is not None else UNKNOWN,
        )
        self.source.show_choices(
            [
                (UNKNOWN, self.tr("Not known")),
                (ONE_FOR_ALL, self.tr("One text for the whole file")),
                *((COLUMN + each.name, self.tr("The column {0}").format(each.name)) for each in self._columns),
            ],
            _kept(before.source, before.source_column) if before is not None else UNKNOWN,
        )
        said = QDate.fromString(before.since, "yyyy-MM-dd") if before is not None and before.since else None
        self.date.setDate(said or QDate.currentDate())
        self.text_of_source.show_text(before.source or "" if before is not None else "")
        self._fill_fields(before)

    def _fill_fields(self, before: ImportConsent | None) -> None:
        fields = [
            f
            for f in (self._schema.fields.values() if self._schema is not None else ())
            if f.updatable and "." not in f.name
        ]
        none: Choice = (None, self.tr("No field"))
        dates = [f for f in fields if f.type in (FieldType.DATE, FieldType.DATETIME)]
        texts = [f for f in fields if f.type in (FieldType.TEXT, FieldType.LONG_TEXT)]
        self.since_field.show_choices([none, *map(_choice, dates)], before.since_field if before is not None else None)
        self.source_field.show_choices(
            [none, *map(_choice, texts)], before.source_field if before is not None else None
        )

    def _render(self) -> None:
        asked = self.tr("What does {0} tell?").format(self.column.value or self.tr("this column"))
        self.say(asked, "", self.tr("&Keep this"))
        self.column_box.show_text(self.tr("&Column of the file"), self._samples())
        what = self.tr("C&onsent of Salesforce") if self._is_org else self.tr("&Opt-in of Dialog Insight")
        self.consent_box.show_text(what)
        self.meaning_box.show_text(self.tr("A yes in the column means"))
        self.meaning.show_choices(
            ((False, self.tr("the person wants it")), (True, self.tr("the person does not want it"))), self._inverted
        )
        self.since_box.show_text(self.tr("&Since when"))
        self.date.setVisible(self.since.value == ONE_FOR_ALL)
        self.date.setAccessibleName(self.tr("Since this day"))
        self.source_box.show_text(self.tr("&Where it was given"))
        self.text_of_source.setVisible(self.source.value == ONE_FOR_ALL)
        hint = self.tr("For example: registration at the fair")
        self.text_of_source.setPlaceholderText(hint)
        self.text_of_source.setAccessibleName(self.tr("Where it was given"))
        self.since_field_box.show_text(self.tr("Salesforce field for the &date"))
        self.source_field_box.show_text(self.tr("Salesforce field for the so&urce"))
        for box in (self.since_field_box, self.source_field_box):
            box.setVisible(self._is_org)
        unproven = not self._is_org and (self.since.value == UNKNOWN or self.source.value == UNKNOWN)
        self.source_box.show_text(
            self.tr("&Where it was given"),
            self.tr("Without a date and a source, nobody will be subscribed by this.") if unproven else "",
        )
        self.accept_button.setEnabled(self.column.value is not None and self.consent.value is not None)

    def _samples(self) -> str:
        seen = next((each for each in self._columns if each.name == self.column.value), None)
        return ", ".join(seen.samples[:4]) if seen is not None else ""

    def _pick_meaning(self, inverted: bool) -> None:
        self._inverted = inverted
        self._render()

    def _take(self) -> bool:
        since, source = self.since.value, self.source.value
        told = self.text_of_source.text().strip()
        if source == ONE_FOR_ALL and not told:
            self.refuse(self.tr("The source is empty."), self.tr("Write it, or choose “Not known”."))
            return False
        self._put(
            ImportConsent(
                column=self.column.value,
                consent=self.consent.value,
                since=self.date.date().toString("yyyy-MM-dd") if since == ONE_FOR_ALL else None,
                since_column=_column(since),
                source=told if source == ONE_FOR_ALL else None,
                source_column=_column(source),
                inverted=self._inverted,
                since_field=self.since_field.value if self._is_org else None,
                source_field=self.source_field.value if self._is_org else None,
            )
        )
        return True


def _kept(one: str | None, name: str | None) -> str:
    return ONE_FOR_ALL if one else COLUMN + name if name else UNKNOWN


def _column(value: str) -> str | None:
    return value.removeprefix(COLUMN) if value.startswith(COLUMN) else None


def _choice(field: Field) -> Choice:
    return field.name, f"{title(field)} · {field_type(field)}"
