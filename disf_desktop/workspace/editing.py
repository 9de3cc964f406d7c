"""The verbs that write project files: a new one, a change, a copy."""

from __future__ import annotations

import uuid
from pathlib import Path

from disf_desktop.core.errors import DisfError
from disf_desktop.core.importing.recipe import ImportRecipe
from disf_desktop.core.project import Project
from disf_desktop.storage import project_file
from disf_desktop.storage.vault import open_vault
from disf_desktop.workspace.connections import CLIENT_SECRET, KEY, REFRESH_TOKEN
from disf_desktop.workspace.opened import OpenedProject
from disf_desktop.workspace.places import Places

SUFFIX = ".disf.yaml"


class FileChanged(DisfError):
    """Somebody else has changed the project file since it was read."""

    code = "file_changed"


def create(path: Path, name: str) -> None:
    """Write an empty project file. Raises SettingsError where it cannot be written."""
    project_file.save(path, Project(id=uuid.uuid4().hex, name=name))


class Editing(OpenedProject):
    """Writes the open project file, and copies of it."""

    def __init__(self, path: Path, places: Places, *, unfinished: bool = False) -> None:
        super().__init__(path, places, unfinished=unfinished)
        self._written = project_file.content_mark(path)

    def save(self, project: Project, *, over_others: bool = False) -> None:
        """Write the project into its file, and work with it from now on.

        Raises FileChanged where the file is no longer what was read or written last, unless `over_others`, and
        SettingsError where it cannot be written; then the file is as it was, and what is worked with is the new one.
        """
        assert project.id == self.project.id, "the id of a project file never changes"
        self.project = project
        if not over_others and project_file.content_mark(self.path) not in (self._written, None):
            raise FileChanged(
                f"{self.path.name} was changed by another program.",
                "Read it again and lose the last edits made here, or write over it.",
                str(self.path),
            )
        project_file.save(self.path, project)
        self._written = project_file.content_mark(self.path)

    def changed_by_others(self) -> bool:
        """Say whether the file is no longer what was read or written last."""
        return project_file.content_mark(self.path) != self._written

    def save_as(self, path: Path) -> None:
        """Write a copy of the project under another name, with an id and so a ledger of its own, connected as this one.

        Its first run meets everybody for the first time.
        """
        copy = self.project.model_copy(update={"id": uuid.uuid4().hex, "name": path.name.removesuffix(SUFFIX)})
        project_file.save(path, copy)
        here, there = self._vault(), open_vault(self.places.secrets, copy.id)
        if self.places.secrets is not None:
            return  # one secrets file serves every project
        for connection in self.project.connections:
            for name in (REFRESH_TOKEN, CLIENT_SECRET, KEY):
                secret = here.get(connection.id, name)
                if secret is not None:
                    there.put(connection.id, name, secret)

    def export_without_names(self, path: Path) -> None:
        """Write a copy that may be shown to others: fields, pairs and settings, and no name, address or number."""
        project_file.save(path, without_names(self.project))


def without_names(project: Project) -> Project:
    """Replace what tells whose project this is: names, addresses, client ids, numbers, folders, filters' words."""
    connections = []
    for n, connection in enumerate(project.connections, 1):
        common = {"name": f"Connection {n}", "ca_file": None}
        if connection.kind == "salesforce":
            own: dict[str, object] = {"login_url": "https://login.salesforce.com", "client_id": ""}
        else:
            own = {"id_key": n}
        connections.append(connection.model_copy(update=common | own))
    destinations = [
        destination.model_copy(
            update={
                "name": f"Project {n}",
                "id_project": n,
                "finding": destination.finding.model_copy(update={"export_folder": None}),
            }
        )
        for n, destination in enumerate(project.projects, 1)
    ]
    integrations = [
        integration.model_copy(update={"name": f"Integration {n}", "filter": None})
        for n, integration in enumerate(project.integrations, 1)
    ]
    return project.model_copy(
        update={
            "id": "0" * 32,
            "name": "Project file",
            "connections": tuple(connections),
            "projects": tuple(destinations),
            "integrations": tuple(integrations),
            "imports": tuple(_nameless_recipe(recipe, n) for n, recipe in enumerate(project.imports, 1)),
        }
    )


def _nameless_recipe(recipe: ImportRecipe, number: int) -> ImportRecipe:
    """Replace what a file of a person calls its columns, and where consents were given."""
    named = [recipe_column.column for recipe_column in recipe.columns]
    for each in recipe.consents:
        named += filter(None, (each.column, each.since_column, each.source_column))
    called = {name: f"Column {n}" for n, name in enumerate(dict.fromkeys(named), 1)}
    consents = tuple(
        each.model_copy(
            update={
                "column": called[each.column],
                "since_column": called.get(each.since_column or ""),
                "source_column": called.get(each.source_column or ""),
                "source": None,
            }
        )
        for each in recipe.consents
    )
    columns = tuple(each.model_copy(update={"column": called[each.column]}) for each in recipe.columns)
    new = {"name": f"Import {number}", "header": (), "columns": columns, "consents": consents}
    return recipe.model_copy(update=new | {"form": recipe.form.model_copy(update={"sheet": None})})
