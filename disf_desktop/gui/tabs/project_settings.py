"""The settings of a destination project: its name, which Dialog Insight project it is, its key, its time zone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QGridLayout

from disf_desktop.core.edits import with_destination
from disf_desktop.core.project import DestinationProject, Project, ProjectType
from disf_desktop.core.schema import Schema
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.inputs import Choice, Entry, Labelled, Picker
from disf_desktop.gui.models.destinations import twin_of
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.project_key import Key, KeyState, check_key, fields_shown, keys_to_pick, told_key
from disf_desktop.gui.parts import column, pill, row, say

LONGEST_NAME = 120
"""As the project file has it."""


def changed(desk: Desk, said: Callable[[], str], destination: DestinationProject) -> None:
    """Put a changed destination project into the file, as one step."""
    desk.edit(said, with_destination(desk.project, destination))


class SettingsCard(QFrame):
    """Four inputs; each is a step that can be undone."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._id = ""
        self.setProperty("card", "plain")
        self.name, self.number = Entry(), Picker(searchable=True)
        self.key, self.zone = Picker(searchable=True), Picker(searchable=True)
        self.name.setMaxLength(LONGEST_NAME)
        self._name, self._number = Labelled(self.name), Labelled(self.number)
        self._key, self._zone = Labelled(self.key), Labelled(self.zone)
        self.key_state = pill()
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        grid.addWidget(self._number, 0, 0)
        grid.addWidget(self._name, 0, 1)
        grid.addLayout(column(self._key, row(self.key_state, None), None, spacing=6), 1, 0)
        grid.addLayout(column(self._zone, None), 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setContentsMargins(16, 14, 16, 14)
        self.setLayout(grid)
        for before, after in ((self.number, self.name), (self.name, self.key), (self.key, self.zone)):
            self.setTabOrder(before, after)
        self.name.entered.connect(self._rename)
        self.number.picked.connect(self._choose_project)
        self.key.picked.connect(self._choose_key)
        self.zone.picked.connect(self._choose_zone)

    def show_destination(self, facts: Facts, destination: DestinationProject) -> None:
        """Show the settings of a destination project."""
        self._id = destination.id
        project = facts.project
        assert project is not None
        tested = facts.tested.get(destination.connection)
        ask = "" if tested is not None else self.tr("Connect the account to choose another project.")
        self._number.show_text(self.tr("&Dialog Insight project"), ask)
        self.number.show_choices(self._projects(facts, project, destination), destination.id_project)
        self._name.show_text(self.tr("&Name here"))
        self.name.show_text(destination.name)
        shown = fields_shown(facts, destination)
        self._key.show_text(self.tr("Primary &key"))
        self.key.show_choices(self._keys(shown, destination, told_key(facts, destination)), destination.key)
        self.key.setEnabled(shown is not None)
        state = check_key(facts, destination)
        look = {KeyState.SUITS: "ok", KeyState.UNREAD: "neutral"}.get(state, "warn")
        say(self.key_state, self.key_said(state, destination.type), look)
        self._zone.show_text(self.tr("Time &zone of its dates"))
        zones = dict.fromkeys((*facts.time_zones, destination.time_zone))
        self.zone.show_choices([(zone, zone) for zone in zones], destination.time_zone)

    @staticmethod
    def _projects(facts: Facts, project: Project, destination: DestinationProject) -> list[Choice]:
        """Give the projects that this one may be: none that the file serves already."""
        tested = facts.tested.get(destination.connection)
        found = {p.id: p.name for p in tested.projects} if tested is not None else {}
        own = destination.id_project
        found.setdefault(own, destination.name)
        return [
            (id, f"{name} ({id})")
            for id, name in found.items()
            if id == own or twin_of(project, destination.connection, id, destination.id) is None
        ]

    def _keys(self, shown: Schema | None, destination: DestinationProject, told: Key) -> list[Choice]:
        if shown is None:
            return [(destination.key, ", ".join(destination.key))]
        keys = keys_to_pick(shown, destination.type, told, destination.key)
        return [(key, self._key_name(shown, key, told)) for key in keys]

    def _key_name(self, shown: Schema, key: Key, told: Key) -> str:
        name = ", ".join(key)
        field = shown.find(key[0]) if len(key) == 1 else None
        if field is not None and field.label != field.name:
            name = f"{name} · {field.label}"
        return self.tr("{0} (the key in Dialog Insight)").format(name) if key == told else name

    def key_said(self, state: KeyState, type: ProjectType) -> str:
        """Say shortly what the check of the key found."""
        return {
            KeyState.UNREAD: self.tr("not checked yet"),
            KeyState.SUITS: self.tr("suits type {0}").format(type.value),
            KeyState.MISSING: self.tr("not in the project"),
            KeyState.OTHER_KEY: self.tr("not the key in Dialog Insight"),
            KeyState.TOO_SHORT: self.tr("too short for type {0}").format(type.value),
            KeyState.NOT_TEXT: self.tr("does not suit type {0}").format(type.value),
            KeyState.NOT_EMAIL: self.tr("does not suit type {0}").format(type.value),
        }[state]

    # edits

    def _destination(self) -> DestinationProject | None:
        return self._desk.project.destination(self._id)

    def _rename(self, name: str) -> None:
        destination = self._destination()
        if destination is None or not name:
            return
        old = destination.name
        changed(
            self._desk,
            lambda: self.tr("Rename {0} to {1}").format(old, name),
            destination.model_copy(update={"name": name}),
        )

    def _choose_project(self, id_project: int) -> None:
        destination = self._destination()
        if destination is None or id_project == destination.id_project:
            return
        tested = self._desk.facts.tested.get(destination.connection)
        names = {p.id: p.name for p in tested.projects} if tested is not None else {}
        # The name goes along where it was the service's own.
        named_so = destination.name == names.get(destination.id_project)
        name = (names.get(id_project) or destination.name)[:LONGEST_NAME] if named_so else destination.name
        old = destination.name
        changed(
            self._desk,
            lambda: self.tr("Let {0} be the project {1}").format(old, id_project),
            destination.model_copy(update={"id_project": id_project, "name": name}),
        )

    def _choose_key(self, key: Key) -> None:
        destination = self._destination()
        if destination is not None:
            take_key(self._desk, destination, key, self.step_of_key)

    def step_of_key(self, name: str, key: str) -> str:
        return self.tr("Make {1} the key of {0}").format(name, key)

    def _choose_zone(self, zone: str) -> None:
        destination = self._destination()
        if destination is None:
            return
        name = destination.name
        changed(
            self._desk,
            lambda: self.tr("Read the dates of {0} as {1}").format(name, zone),
            destination.model_copy(update={"time_zone": zone}),
        )


def take_key(desk: Desk, destination: DestinationProject, key: Key, step: Callable[[str, str], str]) -> None:
    """Give a destination project another primary key."""
    name, said = destination.name, ", ".join(key)
    changed(desk, lambda: step(name, said), destination.model_copy(update={"key": key}))
