"""Deeds on destination projects: what a project shows, the header of a table's file. After each edit, undo or redo that
touches a project, its fields are read again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from disf_desktop.core.errors import DisfError, SchemaChanged
from disf_desktop.core.project import DestinationProject, Project
from disf_desktop.core.schema import CONTACT_LIST, Schema
from disf_desktop.gui.deeds.editing import EditDeeds
from disf_desktop.gui.deeds.schemas import SchemaDeeds
from disf_desktop.gui.models.facts import dialog_insight_key, shown_project_key


class ProjectDeeds(SchemaDeeds, EditDeeds):
    """What a person does with destination projects."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._seen: Project | None = None
        self.opened.connect(self._see_the_file)
        self.history.indexChanged.connect(lambda _index: self._read_what_changed())

    def _see_the_file(self) -> None:
        self._seen = self.facts.project
        if self._seen is not None and not self.facts.time_zones:
            self._bridge.spawn(self._read_time_zones())

    async def _read_time_zones(self) -> None:
        self._store.update(time_zones=await self._bridge.call(self.workspace.time_zones))

    def read_project(self, connection: str, id_project: int) -> None:
        """Read what Dialog Insight shows of a project, whether the file has it or not."""
        self._bridge.spawn(self._read_project(connection, id_project))

    async def _read_project(self, connection: str, id_project: int) -> None:
        verb = partial(self.workspace.project_fields, connection, id_project)
        await self._read("shown_projects", shown_project_key(connection, id_project), verb, "shown_project_errors")

    async def _read_schema(self, key: str, verb: Callable[[], Schema]) -> None:
        """Where a project does not have the key that the file names, read what it has, so that one can be picked."""
        await super()._read_schema(key, verb)
        if not isinstance(self.facts.schema_errors.get(key), SchemaChanged):
            return
        for destination in self.project.projects if self.facts.project is not None else ():
            if key == dialog_insight_key(destination.id, CONTACT_LIST):
                await self._read_project(destination.connection, destination.id_project)

    def _read_what_changed(self) -> None:
        """Read again what another project, key or table was put in the place of, and forget what is no longer true."""
        now, seen = self.facts.project, self._seen
        self._seen = now
        if now is None or seen is None or now.id != seen.id:
            return
        for destination in now.projects:
            was = seen.destination(destination.id)
            if was is not None and _asked_of(was) == _asked_of(destination):
                continue
            if was is not None and _asked_of(was)[:2] != _asked_of(destination)[:2]:
                self._store.put("schemas", dialog_insight_key(destination.id, CONTACT_LIST), None)
            self._read_destination(destination)

    def _read_destination(self, destination: DestinationProject) -> None:
        if not self.facts.authorized.get(destination.connection):
            return
        for table in (CONTACT_LIST, *(t.code for t in destination.tables)):
            verb = partial(self.workspace.fields_of, destination, table)
            self._bridge.spawn(self._read_schema(dialog_insight_key(destination.id, table), verb))

    def read_header(self, path: Path) -> None:
        """Read the header line of a CSV file; `header_read` gives it."""

        async def read() -> None:
            try:
                header = await self._bridge.call(self.workspace.csv_header, path)
            except DisfError as error:
                self.header_read.emit(error)
                return
            self.header_read.emit(header)

        self._bridge.spawn(read())


def _asked_of(destination: DestinationProject) -> tuple[object, ...]:
    """Give what the reading of a project depends on, the project itself first."""
    return (destination.connection, destination.id_project, destination.key, destination.tables)
