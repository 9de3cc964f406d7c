"""What is asked for a mapping: a new one, another name, a copy in another project."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QWidget

from disf_desktop.core.drafts import draft
from disf_desktop.core.edits import fresh_name
from disf_desktop.core.project import Integration, Project, SalesforceConnection
from disf_desktop.core.schema import CONTACT_LIST
from disf_desktop.gui.deeds.mappings import MappingDeeds
from disf_desktop.gui.dialogs.dialog import Dialog
from disf_desktop.gui.inputs import Choice, Entry, Labelled, Picker
from disf_desktop.gui.models.facts import Store, objects_key

PEOPLE = ("Contact", "Lead")
"""Objects that hold people: they come first, and go to a contact list."""


class _About(Dialog):
    """A dialog about mappings that follows the facts while it is open."""

    def __init__(self, parent: QWidget, desk: MappingDeeds, store: Store, take: Callable[[], bool]) -> None:
        super().__init__(parent, take)
        self._desk, self._store = desk, store
        self.made = ""
        store.changed.connect(self.render_facts)

    @property
    def _project(self) -> Project:
        return self._desk.project

    def render_facts(self) -> None:
        """Show the facts of now."""

    def _taken(self, name: str, own: str = "") -> bool:
        """Say whether another mapping has this name, in any case of letters; then say so to the person."""
        folded = name.casefold()
        others = (i.name for i in self._project.integrations if i.name != own)
        if not any(folded == other.casefold() for other in others):
            return False
        self.refuse(self.tr("There is a mapping called “{0}” already.").format(name), self.tr("Take another name."))
        return True


def tables_of(project: Project, destination: str, contact_list: str) -> list[Choice]:
    """Give the contact list of a project and its custom tables, to choose from."""
    found = project.destination(destination)
    custom = [(table.code, table.code) for table in found.tables] if found is not None else []
    return [(CONTACT_LIST, contact_list), *custom]


class AddMapping(_About):
    """Asks for a new mapping: an object of an org, and where its records go."""

    def __init__(self, parent: QWidget, desk: MappingDeeds, store: Store) -> None:
        super().__init__(parent, desk, store, self._take)
        self.org, self.sobject, self.destination, self.table = Picker(), Picker(searchable=True), Picker(), Picker()
        self.name = Entry()
        self._org, self._sobject, self._destination, self._table, self._named = "", "", "", CONTACT_LIST, ""
        self.org_box, self.object_box = Labelled(self.org), Labelled(self.sobject)
        self.destination_box, self.table_box = Labelled(self.destination), Labelled(self.table)
        self.name_box = Labelled(self.name)
        self.put(self.org_box, self.object_box, self.destination_box, self.table_box, self.name_box)
        self.org.picked.connect(self._pick_org)
        self.sobject.picked.connect(self._pick_object)
        self.destination.picked.connect(self._pick_destination)
        self.table.picked.connect(self._pick_table)
        self.name.entered.connect(self._name_it)
        orgs = [c.id for c in self._project.connections if isinstance(c, SalesforceConnection)]
        authorized = [id for id in orgs if desk.facts.authorized.get(id)]
        if orgs:
            self._pick_org((authorized or orgs)[0])
        if self._project.projects:
            self._pick_destination(self._project.projects[0].id)
        self.render_facts()

    def render_facts(self) -> None:
        facts = self._desk.facts
        if facts.project is None:
            return
        self.say(
            self.tr("Add a mapping"),
            self.tr("A mapping ties an object of Salesforce to a table of Dialog Insight. It starts as a draft."),
            self.tr("Add mapping"),
        )
        orgs = [(c.id, c.name) for c in facts.project.connections if isinstance(c, SalesforceConnection)]
        self.org.show_choices(orgs, self._org)
        self.org_box.show_text(self.tr("&Salesforce connection"))
        self.sobject.show_choices(self._objects(), self._sobject)
        self.object_box.show_text(self.tr("&Object"), self._about_objects())
        self.destination.show_choices([(p.id, p.name) for p in facts.project.projects], self._destination)
        self.destination_box.show_text(self.tr("Destination &project"))
        self.table.show_choices(tables_of(facts.project, self._destination, self.tr("Contact list")), self._table)
        self.table_box.show_text(self.tr("&Table"), self._about_table())
        self.name.show_text(self._named or self._proposed())
        self.name_box.show_text(self.tr("&Name"))
        self.accept_button.setEnabled(bool(self._org and self._sobject and self._destination))

    def _objects(self) -> list[Choice]:
        """Give the objects of the org that can be read: people first, then those of its own, then the rest."""
        found = [told for told in self._desk.facts.objects.get(objects_key(self._org), ()) if told.queryable]
        first = [told for name in PEOPLE for told in found if told.name == name]
        rest = sorted((told for told in found if told not in first), key=lambda t: (not t.custom, t.label.casefold()))
        return [
            (told.name, told.label if told.label == told.name else f"{told.label} ({told.name})")
            for told in (*first, *rest)
        ]

    def _about_objects(self) -> str:
        facts = self._desk.facts
        key = objects_key(self._org)
        if key in facts.asking:
            return self.tr("Reading the objects of this org…")
        if not facts.authorized.get(self._org):
            return self.tr("Connect this org first, on the Connections tab.")
        if key in facts.schema_errors:
            return self.tr("The objects could not be read. Test the connection, then try again.")
        if self._sobject and self._sobject not in PEOPLE:
            return self.tr("This object holds no people; it goes to a custom table.")
        return ""

    def _about_table(self) -> str:
        project = self._project.destination(self._destination)
        if self._sobject and self._sobject not in PEOPLE and self._table == CONTACT_LIST:
            if project is not None and not project.tables:
                return self.tr("This project has no custom table yet; add one on the Destination projects tab.")
            return self.tr("Choose the custom table that holds these rows.")
        return ""

    def _proposed(self) -> str:
        """Propose a name: the plural of what moves, or what it is called."""
        if not self._sobject:
            return ""
        known = self._desk.facts.objects.get(objects_key(self._org), ())
        told = next((t for t in known if t.name == self._sobject), None)
        stem = told.label if told is not None else self._sobject
        return fresh_name(stem, (i.name for i in self._project.integrations))

    def _pick_org(self, id: str) -> None:
        if id != self._org:
            self._org, self._sobject = id, ""
        if self._desk.facts.authorized.get(id):
            self._desk.read_objects(id)
        self.render_facts()

    def _pick_object(self, name: str) -> None:
        self._sobject = name
        found = self._project.destination(self._destination)
        if found is not None and found.tables and name not in PEOPLE:
            self._table = found.tables[0].code
        elif name in PEOPLE:
            self._table = CONTACT_LIST
        self.render_facts()

    def _pick_destination(self, id: str) -> None:
        self._destination, self._table = id, CONTACT_LIST
        if self._sobject:
            self._pick_object(self._sobject)
        self.render_facts()

    def _pick_table(self, code: str) -> None:
        self._table = code
        self.render_facts()

    def _name_it(self, text: str) -> None:
        self._named = text
        self.render_facts()

    def _take(self) -> bool:
        name = self.name.text().strip() or self._proposed()
        if self._taken(name):
            return False
        same = _same(self._project.integrations, self._org, self._sobject, self._destination, self._table)
        if same is not None:
            self.refuse(
                self.tr("“{0}” ties this object to this table already.").format(same),
                self.tr("One mapping carries every field; choose another object or table."),
            )
            return False
        self.made = name
        made = draft(self._project, name, self._org, self._sobject, self._destination, self._table)
        self._desk.add_mapping(made)
        return True


class RenameMapping(_About):
    """Asks for another name."""

    def __init__(self, parent: QWidget, desk: MappingDeeds, store: Store, name: str) -> None:
        super().__init__(parent, desk, store, self._take)
        self._name = name
        self.name = Entry()
        self.name_box = Labelled(self.name)
        self.put(self.name_box)
        self.name.show_text(name)
        self.name.selectAll()
        self.render_facts()

    def render_facts(self) -> None:
        self.say(self.tr("Rename the mapping"), "", self.tr("Rename"))
        self.name_box.show_text(self.tr("&Name"), self._about_runs())

    def _about_runs(self) -> str:
        """Warn where the ledger knows the mapping by its name."""
        ran = any(
            summary.get("name") == self._name
            for run in self._desk.facts.runs
            for summary in run.summary.get("integrations", ())
        )
        return self.tr("Its past runs stay under the old name, and the next run reads everything again.") if ran else ""

    def _take(self) -> bool:
        name = self.name.text().strip()
        if not name:
            self.refuse(self.tr("A mapping has a name."))
            return False
        if self._taken(name, self._name):
            return False
        self.made = name
        if name != self._name:
            self._desk.rename_mapping(self._name, name)
        return True


class DuplicateMapping(_About):
    """Asks in which other project, or table, a copy shall serve."""

    def __init__(self, parent: QWidget, desk: MappingDeeds, store: Store, name: str) -> None:
        super().__init__(parent, desk, store, self._take)
        self._name = name
        self.destination, self.table, self.name = Picker(), Picker(), Entry()
        self.destination_box, self.table_box = Labelled(self.destination), Labelled(self.table)
        self.name_box = Labelled(self.name)
        self.put(self.destination_box, self.table_box, self.name_box)
        original = self._original
        others = [p.id for p in self._project.projects if p.id != original.project]
        self._destination, self._table = others[0] if others else original.project, original.table
        self._fit_table()
        self.destination.picked.connect(self._pick_destination)
        self.table.picked.connect(self._pick_table)
        self.name.show_text(fresh_name(name, (i.name for i in self._project.integrations)))
        self.render_facts()

    @property
    def _original(self) -> Integration:
        found = self._project.integration(self._name)
        assert found is not None, "a mapping of the file is duplicated"
        return found

    def render_facts(self) -> None:
        facts = self._desk.facts
        if facts.project is None or facts.project.integration(self._name) is None:
            return
        self.say(
            self.tr("Duplicate {0}").format(self._name),
            self.tr("The copy starts as a draft, with the same pairs and settings."),
            self.tr("Duplicate"),
        )
        self.destination.show_choices([(p.id, p.name) for p in facts.project.projects], self._destination)
        self.destination_box.show_text(self.tr("Destination &project"))
        self.table.show_choices(tables_of(facts.project, self._destination, self.tr("Contact list")), self._table)
        self.table_box.show_text(self.tr("&Table"))
        self.name_box.show_text(self.tr("&Name"))

    def _fit_table(self) -> None:
        known = {code for code, _ in tables_of(self._project, self._destination, "")}
        self._table = self._table if self._table in known else CONTACT_LIST

    def _pick_destination(self, id: str) -> None:
        self._destination = id
        self._fit_table()
        self.render_facts()

    def _pick_table(self, code: str) -> None:
        self._table = code
        self.render_facts()

    def _take(self) -> bool:
        name, original = self.name.text().strip() or self._name, self._original
        if self._taken(name):
            return False
        same = _same(self._project.integrations, original.salesforce, original.object, self._destination, self._table)
        if same is not None:
            self.refuse(
                self.tr("“{0}” ties this object to this table already.").format(same),
                self.tr("Choose another project or table for the copy."),
            )
            return False
        self.made = name
        self._desk.duplicate_mapping(self._name, self._destination, self._table, name)
        return True


def _same(
    integrations: Iterable[Integration], salesforce: str, sobject: str, destination: str, table: str
) -> str | None:
    """Name the mapping that ties this object to this table already."""
    wanted = (salesforce, sobject.casefold(), destination, table)
    return next(
        (i.name for i in integrations if (i.salesforce, i.object.casefold(), i.project, i.table) == wanted), None
    )
