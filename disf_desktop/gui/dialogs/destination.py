"""The dialog that adds a destination project: which one, what it is for, its key and the time zone of its dates."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from disf_desktop.core.edits import fresh_id, with_destination
from disf_desktop.core.project import DestinationProject, ProjectType
from disf_desktop.core.schema import Schema
from disf_desktop.gui.cards.choice import ChoiceCard
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.dialogs.fitted import FittedDialog
from disf_desktop.gui.inputs import Choice, Labelled, Picker
from disf_desktop.gui.models.destinations import accounts, twin_of, usual_zone
from disf_desktop.gui.models.facts import Facts, Store, connection_key, shown_project_key
from disf_desktop.gui.models.project_key import Key, KeyState, judge_key, keys_to_pick, proposed_key, type_of_key
from disf_desktop.gui.parts import label, row
from disf_desktop.gui.words.figures import counts
from disf_desktop.gui.words.translation import translate

LONGEST_NAME = 120


class DestinationDialog(FittedDialog):
    """Asks for a destination project. What the person has picked is kept here until the button is pressed; everything
    else follows the facts."""

    def __init__(self, parent: QWidget, desk: Desk, store: Store) -> None:
        super().__init__(parent, self._add, 820)
        self._desk, self._store = desk, store
        self._connection = ""
        self._id_project: int | None = None
        self._type: ProjectType | None = None
        self._key: Key | None = None
        self._zone: str | None = None
        self.made = ""
        """The id of the destination that was added."""
        self.connection, self.number = Picker(), Picker(searchable=True)
        self.key, self.zone = Picker(searchable=True), Picker(searchable=True)
        self._connection_input, self._number = Labelled(self.connection), Labelled(self.number)
        self._key_input, self._zone_input = Labelled(self.key), Labelled(self.zone)
        self.state = label("small", wrap=True)
        self.question = label("strong", wrap=True)
        self.types = {kind: ChoiceCard() for kind in ProjectType}
        cards = row(*self.types.values(), spacing=12)
        below = row(self._key_input, self._zone_input, spacing=14)
        for part in (self._key_input, self._zone_input):
            below.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        where = row(self._connection_input, self._number, spacing=14)
        for pair in (cards, below, where):
            pair.setStretch(0, 1)
            pair.setStretch(1, 1)
        self.put(where, self.state, self.question, cards, below)
        self.connection.picked.connect(self._pick_connection)
        self.number.picked.connect(self._pick_project)
        self.key.picked.connect(self._pick_key)
        self.zone.picked.connect(self._pick_zone)
        for kind, each in self.types.items():
            each.taken.connect(partial(self._pick_type, kind))
        store.changed.connect(self.render_facts)
        found = accounts(desk.project)
        if found:
            self._pick_connection(next((c.id for c in found if c.id in store.facts.tested), found[0].id))
        self.render_facts()
        self.number.setFocus()

    @property
    def _facts(self) -> Facts:
        return self._store.facts

    # what the person picks

    def _pick_connection(self, connection: str) -> None:
        self._connection, self._id_project, self._key, self._zone = connection, None, None, None
        if connection not in self._facts.tested and self._facts.authorized.get(connection):
            self._desk.test(connection)
        self.render_facts()

    def _pick_project(self, id_project: int) -> None:
        self._id_project, self._key = id_project, None
        if self._shown() is None:
            self._desk.read_project(self._connection, id_project)
        self.render_facts()

    def _pick_type(self, type: ProjectType) -> None:
        self._type, self._key = type, None
        self.render_facts()

    def _pick_key(self, key: Key) -> None:
        self._key = key
        self.render_facts()

    def _pick_zone(self, zone: str) -> None:
        self._zone = zone
        self.render_facts()

    # what follows from it

    def _shown(self) -> Schema | None:
        if self._id_project is None:
            return None
        return self._facts.shown_projects.get(shown_project_key(self._connection, self._id_project))

    def type_taken(self) -> ProjectType | None:
        """Give the type that the person took, else the one that the key of Dialog Insight can only be meant for."""
        shown = self._shown()
        return self._type or (type_of_key(shown, shown.key) if shown is not None else None)

    def key_taken(self) -> Key:
        """Give the key that the person took, else the one proposed."""
        shown, type = self._shown(), self.type_taken()
        if self._key is not None:
            return self._key
        return proposed_key(shown, type, shown.key) if shown is not None and type is not None else ()

    def zone_taken(self) -> str:
        """Give the time zone that the person took, else the usual one of the platform."""
        usual = next((usual_zone(c) for c in accounts(self._desk.project) if c.id == self._connection), "UTC")
        return self._zone or usual

    def render_facts(self) -> None:
        """Show what can be picked now, in the language of now."""
        if self._facts.project is None:
            self.reject()
            return
        self.say(
            self.tr("Add a destination project"),
            self.tr("A project of Dialog Insight that this file fills, or from which new people come."),
            self.tr("&Add the project"),
        )
        self._connection_input.show_text(self.tr("&Connection"))
        self.connection.show_choices([(c.id, c.name) for c in accounts(self._desk.project)], self._connection)
        self._number.show_text(self.tr("&Dialog Insight project"))
        self.number.show_choices(self._projects(), self._id_project)
        self._render_types()
        self._render_key()
        zones = dict.fromkeys((*self._facts.time_zones, self.zone_taken()))
        self._zone_input.show_text(self.tr("Time &zone of its dates"))
        self.zone.show_choices([(each, each) for each in zones], self.zone_taken())
        self.state.setText(self._said())
        self._render_error()
        ready = self._shown() is not None and self.type_taken() is not None and bool(self.key_taken())
        self.accept_button.setEnabled(ready)

    def _projects(self) -> list[Choice]:
        tested, project = self._facts.tested.get(self._connection), self._desk.project
        found = tested.projects if tested is not None else ()
        return [(p.id, f"{p.name} ({p.id})") for p in found if twin_of(project, self._connection, p.id) is None]

    def _render_types(self) -> None:
        self.question.setText(self.tr("Where do new people appear first?"))
        texts = {
            ProjectType.A: (
                self.tr("In Salesforce"),
                self.tr(
                    "Type A: contacts and leads are sent to this project. Changes and opt-ins can go back. Its key is "
                    "the Salesforce Id."
                ),
            ),
            ProjectType.B: (
                self.tr("In Dialog Insight"),
                self.tr(
                    "Type B: people who fill in a form here are created in Salesforce. Its key is the e-mail, since "
                    "they have no Salesforce Id yet."
                ),
            ),
        }
        for kind, each in self.types.items():
            each.show_choice(*texts[kind], kind is self.type_taken())
            each.setAutoExclusive(self.type_taken() is not None)  # none at all may be taken at first

    def _render_key(self) -> None:
        shown, type, key = self._shown(), self.type_taken(), self.key_taken()
        able = shown is not None and type is not None
        self.key.setEnabled(able)
        if shown is None or type is None:
            self._key_input.show_text(self.tr("Primary &key"))
            self.key.show_choices((), None)
            return
        self._key_input.show_text(self.tr("Primary &key"), self._key_said(shown, type, key))
        self.key.show_choices([(each, ", ".join(each)) for each in keys_to_pick(shown, type, shown.key)], key or None)

    def _key_said(self, shown: Schema, type: ProjectType, key: Key) -> str:
        if not key:
            return self.tr("No field looks like one for a Salesforce Id: pick the primary key.")
        state = judge_key(shown, type, key, shown.key)
        return {
            KeyState.SUITS: self.tr("As Dialog Insight says.") if shown.key == key else self.tr("It suits this type."),
            KeyState.OTHER_KEY: self.tr("Dialog Insight says that the key is {0}.").format(", ".join(shown.key)),
            KeyState.TOO_SHORT: self.tr("Too short: a Salesforce Id has 18 characters."),
            KeyState.NOT_TEXT: self.tr(
                "It holds no Salesforce Id. Pick another field, another type or another project."
            ),
            KeyState.NOT_EMAIL: self.tr("It is no e-mail. Pick another field, another type or another project."),
        }.get(state, "")

    def _said(self) -> str:
        """Say how far the reading is."""
        facts, shown = self._facts, self._shown()
        if not facts.authorized.get(self._connection):
            return self.tr("This account is not connected yet: give its key on the Connections tab.")
        if connection_key(self._connection) in facts.asking:
            return self.tr("Reading the projects of the account…")
        if self._id_project is None:
            if self._connection in facts.tested and not self._projects():
                return self.tr("Every project that the key reaches is in this file already.")
            return self.tr("Its fields are read as soon as you pick it.")
        if shown_project_key(self._connection, self._id_project) in facts.asking:
            return self.tr("Reading its fields…")
        if shown is None:
            return ""
        return self.tr("{0} and {1} read.").format(counts.fields(len(shown.fields)), counts.opt_ins(len(shown.optins)))

    def _render_error(self) -> None:
        facts = self._facts
        error = None
        if self._id_project is not None:
            error = facts.shown_project_errors.get(shown_project_key(self._connection, self._id_project))
        error = error or facts.connection_errors.get(self._connection)
        if error is None or self._shown() is not None:
            self.complain(None)
            return
        self.complain(error)

    def _add(self) -> bool:
        shown, type, key, project = self._shown(), self.type_taken(), self.key_taken(), self._desk.project
        if shown is None or type is None or not key or self._id_project is None:
            return False
        names = dict(self._names())
        name = names.get(self._id_project, str(self._id_project))[:LONGEST_NAME]
        self.made = fresh_id(name, (p.id for p in project.projects))
        destination = DestinationProject(
            id=self.made,
            connection=self._connection,
            id_project=self._id_project,
            name=name,
            type=type,
            key=key,
            time_zone=self.zone_taken(),
        )
        # The step outlives the dialog, so its words are not the dialog's.
        self._desk.edit(
            lambda: translate("ProjectSteps", "Add the project {0}").format(name),
            with_destination(project, destination),
        )
        return True

    def _names(self) -> list[tuple[int, str]]:
        tested = self._facts.tested.get(self._connection)
        return [(p.id, p.name) for p in (tested.projects if tested is not None else ())]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.render_facts()
