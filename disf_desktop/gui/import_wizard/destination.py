"""Where the rows go: a table of Dialog Insight or an object of Salesforce, what a row may do, and the key."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QLineEdit, QWidget

from disf_desktop.core.importing.recipe import ImportMode
from disf_desktop.core.project import SalesforceConnection
from disf_desktop.core.schema import CONTACT_LIST, Schema, Side
from disf_desktop.gui.deeds.imports import READING_TABLE
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.import_wizard.page import StepPage
from disf_desktop.gui.import_wizard.unfinished import UnfinishedNotice
from disf_desktop.gui.inputs import Choice, Labelled, Picker, Segments
from disf_desktop.gui.lists import EntryList
from disf_desktop.gui.models import imports as models
from disf_desktop.gui.models.entries import Entry, EntryModel
from disf_desktop.gui.models.facts import Store, objects_key
from disf_desktop.gui.models.imports import Step
from disf_desktop.gui.parts import Notice, card, column, label, pill, row, rule, say, scrolled
from disf_desktop.gui.words.import_words import mode_meaning, mode_said
from disf_desktop.gui.words.wording import error_details, error_said

USUAL = ("Contact", "Lead", "Account")
"""Objects that are listed before others of an org."""


class DestinationStep(StepPage):
    """The list of places at the left; at the right what becomes of a row there."""

    step = Step.DESTINATION

    def __init__(self, desk: Desk, store: Store) -> None:
        super().__init__(desk, store)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._render_list())
        self.list = EntryList(EntryModel(self))
        self.list.chosen.connect(desk.choose_destination)
        self.error = Notice("err")
        self.error.action.clicked.connect(lambda: desk.read_table_again())
        self.service, self.name, self.about = pill(), label("subtitle", wrap=True), label("muted", wrap=True)
        self.mode = Segments()
        self.mode.picked.connect(desk.choose_mode)
        self.mode_caption, self.mode_text = label("caption"), label("small", wrap=True)
        self.key = Picker()
        self.key.picked.connect(desk.choose_key)
        self.key_box = Labelled(self.key)
        self.key_caption, self.key_text = label("caption"), label("strong", wrap=True)
        self.key_why = label("small", wrap=True)
        self.key_shown = QWidget()
        self.key_shown.setLayout(column(self.key_caption, self.key_text, self.key_why, spacing=3))
        self.means = label("muted", wrap=True)
        self._read: set[str] = set()
        self.unfinished = UnfinishedNotice(desk)
        self._lay_out()

    def _lay_out(self) -> None:
        left = card(column(self.search, self.list, spacing=8), margins=(10, 10, 10, 10))
        content = QWidget()
        box = column(
            self.error,
            row(self.service, None),
            self.name,
            self.about,
            rule(),
            self.mode_caption,
            self.mode,
            self.mode_text,
            self.key_shown,
            self.key_box,
            rule(),
            self.means,
            None,
            spacing=9,
        )
        box.setContentsMargins(18, 14, 18, 14)
        content.setLayout(box)
        right = card(column(scrolled(content)), margins=(1, 1, 1, 1))
        beside = row(left, right, spacing=14)
        beside.setStretch(0, 3)
        beside.setStretch(1, 4)
        whole = column(self.unfinished, beside, spacing=10)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    @property
    def first_input(self) -> QWidget:
        return self.list

    def title(self) -> str:
        return self.tr("Where do the rows go?")

    def verb(self) -> tuple[str, bool]:
        project = self.facts.project
        assert project is not None, "a wizard is of a project file"
        return self.tr("&Next: the file"), models.is_done(project, self.drafted, self.step)

    def why_not(self) -> str:
        project = self.facts.project
        if project is not None and models.schema_now(self.drafted) is not None:
            return self.tr("Say how rows find their record.") if models.needs_key(project, self.drafted) else ""
        return self.tr("Reading the fields…") if READING_TABLE in self.facts.asking else ""

    def go_on(self) -> None:
        self.desk.go_to_step(Step.FILE)

    # the list

    def render_facts(self) -> None:
        self.unfinished.show_facts(self.facts)
        self._read_objects()
        self._render_list()
        self._render_place()

    def _read_objects(self) -> None:
        """Ask each org once which objects it has, for a person to choose from."""
        project = self.facts.project
        for connection in project.connections if project is not None else ():
            known = connection.id in self._read or objects_key(connection.id) in self.facts.objects
            if isinstance(connection, SalesforceConnection) and self.facts.authorized.get(connection.id) and not known:
                self._read.add(connection.id)
                self.desk.read_objects(connection.id)

    def _render_list(self) -> None:
        hint = self.tr("Search a table or an object")
        self.search.setPlaceholderText(hint)
        self.search.setAccessibleName(hint)
        self.list.setAccessibleName(self.tr("Tables and objects"))
        was = self.list.blockSignals(True)
        entries = tuple(self._entries())
        self.list.show_entries(entries)
        if any(each.key == self.drafted.draft.to for each in entries):
            self.list.choose(self.drafted.draft.to)
        else:
            self.list.let_go()
        self.list.blockSignals(was)

    def _entries(self) -> Iterator[Entry]:
        """Give the tables and objects that hold every word searched, below the name of their place."""
        words = self.search.text().casefold().split()
        for heading, places in self._places():
            kept = [each for each in places if all(w in f"{heading} {each.title} {each.key}".casefold() for w in words)]
            if kept:
                yield Entry(heading)
                yield from kept

    def _places(self) -> Iterator[tuple[str, list[Entry]]]:
        project = self.facts.project
        assert project is not None, "a wizard is of a project file"
        for place in project.projects:
            tables = [(CONTACT_LIST, self.tr("Contact list"), place.key)]
            tables += [(each.code, each.code, each.key) for each in place.tables]
            yield (
                f"Dialog Insight · {place.name}",
                [self._entry(f"{place.id}/{code}", name, ", ".join(key)) for code, name, key in tables],
            )
        for org in project.connections:
            if isinstance(org, SalesforceConnection):
                yield f"Salesforce · {org.name}", list(self._objects(org))

    def _entry(self, key: str, name: str, told: str) -> Entry:
        below = self.tr("rows are found by {0}").format(told) if told else ""
        return Entry(name, key, below, said=f"{name}, {below}")

    def _objects(self, org: SalesforceConnection) -> Iterator[Entry]:
        """Give the objects of an org: those in use first, then the usual ones, then the rest as far as it is read."""
        project = self.facts.project
        assert project is not None, "a wizard is of a project file"
        listed = {told.name: told for told in self.facts.objects.get(objects_key(org.id), ()) if told.queryable}
        used = [i.object for i in project.integrations if i.salesforce == org.id]
        rest = sorted(listed.values(), key=lambda told: (not told.custom, told.label.casefold()))
        for name in dict.fromkeys((*used, *USUAL, *(told.name for told in rest))):
            label = listed[name].label if name in listed else name
            yield Entry(label, f"{org.id}/{name}", "" if label == name else name)

    # the place under the hand

    def _render_place(self) -> None:
        project, facts = self.facts.project, self.drafted
        assert project is not None, "a wizard is of a project file"
        found, schema = models.destination(project, facts.draft), models.schema_now(facts)
        error = facts.schema_error if facts.schema_of != facts.draft.to else None
        if error is not None:
            self.error.show_text(*error_said(error), error_details(error), "err")
            self.error.action.setText(self.tr("&Try again"))
        else:
            self.error.show_text("")
        self.error.action.setVisible(error is not None)
        parts = (self.mode_caption, self.mode, self.mode_text, self.key_shown, self.key_box, self.means)
        for part in parts:
            part.setVisible(found is not None)
        if found is None:
            say(self.service, "")
            self.name.setText(self.tr("Choose a table or an object"))
            self.about.setText(
                self.tr("A project of Dialog Insight with its contact list and tables, or an org of Salesforce.")
            )
            return
        is_org = found.side is Side.SALESFORCE
        say(self.service, "Salesforce" if is_org else "Dialog Insight", "sf" if is_org else "di")
        place = found.org.name if found.org is not None else found.project.name if found.project is not None else ""
        what = schema.label or schema.name if schema is not None else found.table
        table = self.tr("Contact list") if found.is_contacts else what
        self.name.setText(f"{place} · {table}")
        self.about.setText(self._about(schema))
        self._render_mode(found.side)
        self._render_key(found.side, schema)
        self.means.setText(self._meaning(found.side))

    def _about(self, schema: Schema | None) -> str:
        if schema is not None:
            return self.tr("Nothing is sent before you have seen what the check finds.")
        return self.tr("Reading its fields…") if READING_TABLE in self.facts.asking else ""

    def _render_mode(self, side: Side) -> None:
        self.mode_caption.setText(self.tr("What a row may do"))
        mode = self.drafted.draft.mode
        self.mode.show_choices([(each, mode_said(each)) for each in ImportMode], mode)
        self.mode.setAccessibleName(self.mode_caption.text())
        creates_all = side is Side.SALESFORCE and not self.drafted.draft.key
        self.mode_text.setText(mode_meaning(mode, side, not creates_all))

    def _render_key(self, side: Side, schema: Schema | None) -> None:
        project, draft = self.facts.project, self.drafted.draft
        assert project is not None, "a wizard is of a project file"
        is_org = side is Side.SALESFORCE
        self.key_box.setVisible(is_org)
        self.key_shown.setVisible(not is_org)
        if not is_org:
            self.key_caption.setText(self.tr("Rows find their record by"))
            self.key_text.setText(", ".join(models.key_now(project, self.drafted)))
            self.key_why.setText(self.tr("The primary key of this table in Dialog Insight."))
            return
        possible = models.keys_possible(schema, draft.mode) if schema is not None else ()
        choices: list[Choice] = [((name,), self._key_said(schema, name)) for name in possible]
        if draft.mode is ImportMode.CREATE:
            choices.append(((), self.tr("Nothing: every row makes a record")))
        self.key.show_choices(choices, draft.key)
        why = ""
        if schema is not None and not choices:
            why = self.tr("This object has no external id. Let rows update only, by Id, or create only.")
        self.key_box.show_text(self.tr("Rows find their record &by"), why)
        self.key.setEnabled(bool(choices))

    @staticmethod
    def _key_said(schema: Schema | None, name: str) -> str:
        field = schema.find(name) if schema is not None else None
        return f"{field.label} ({name})" if field is not None and field.label != name else name

    def _meaning(self, side: Side) -> str:
        if side is Side.DIALOG_INSIGHT:
            return self.tr(
                "No consent is sent by an import: people who have not consented stay people who are not written to, "
                "and nobody becomes subscribed."
            )
        return self.tr(
            "Consents are careful here: a no in the file is always written, a yes only where nobody has said no."
        )
