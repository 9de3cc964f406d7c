"""What an org has of what a project needs, asked of its describes, its set-up and its permission sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from disf_desktop.core.errors import AccessRefused, DisfError, SchemaChanged
from disf_desktop.core.events import Notice
from disf_desktop.core.preparation import (
    Component,
    ComponentKind,
    OrgSeen,
    components,
    names_to_look_up,
    objects_of,
)
from disf_desktop.core.preparation_package import InstalledPackage, served_by_us
from disf_desktop.core.preparation_wanted import Purpose, wanted_fields
from disf_desktop.core.project import Project
from disf_desktop.core.schema import Schema
from disf_desktop.services.salesforce.batch import ask_together
from disf_desktop.services.salesforce.descriptions import Descriptions
from disf_desktop.services.salesforce.packages import installed_packages
from disf_desktop.services.salesforce.permission_sets import permission_set
from disf_desktop.services.salesforce.rest import SalesforceOrg
from disf_desktop.services.salesforce.tooling import fields_there
from disf_desktop.workspace.connections import Connections


@dataclass(frozen=True, slots=True)
class Look:
    """An org as it was seen, and what that means for the project. `notices` are for a person to know.

    `refused` tells why it is not known of some components whether they are there; nothing may be changed then.
    """

    seen: OrgSeen
    components: tuple[Component, ...]
    packages: tuple[InstalledPackage, ...] = ()
    notices: tuple[Notice, ...] = ()
    refused: AccessRefused | None = None


class Looker:
    """Looks at one org for one project.

    The set-up is always asked before anything is said for certain to be missing: a field that is only hidden must never
    be made again.
    """

    def __init__(self, project: Project, connection_id: str, connections: Connections, user_id: str) -> None:
        self._project = project
        self._connection_id = connection_id
        self._connections = connections
        self._user_id = user_id
        self._tables: dict[str, Schema] = {}
        self._notices: dict[str, Notice] = {}

    @property
    def _org(self) -> SalesforceOrg:
        return self._connections.org(self._connection_id).source

    def look(self) -> Look:
        """Look at the org as it is now."""
        wire, base = self._org.wire, self._org.base
        refused: AccessRefused | None = None
        seen = OrgSeen(self._schemas())
        try:
            seen = replace(seen, permission_set=permission_set(wire, base, self._user_id))
            seen = replace(seen, fields=fields_there(wire, base, self._names(seen)))
        except AccessRefused as error:
            refused = error
        seen = replace(seen, tables=self._tables_for(seen), whole=refused is None)
        found = components(self._project, self._connection_id, seen)
        # To a user who sees every field that is needed, the set-up has nothing to say that could be missing.
        unsure = any(each.unsure and each.kind is ComponentKind.FIELD for each in found)
        notices = tuple(self._notices.values())
        return Look(seen, found, self._packages(), notices, refused if unsure else None)

    def _names(self, seen: OrgSeen) -> tuple[tuple[str, str], ...]:
        return names_to_look_up(self._project, self._connection_id, seen)

    def visible(self, wanted: Mapping[str, frozenset[str]]) -> bool:
        """Say whether the describes, asked for again, show all the fields wanted by object."""
        schemas = {name.casefold(): schema for name, schema in self._schemas().items()}
        for sobject, names in wanted.items():
            schema = schemas.get(sobject.casefold())
            if schema is None or any(schema.find(name) is None for name in names):
                return False
        return True

    def _schemas(self) -> dict[str, Schema]:
        """Give the describes of the objects that are there, asked for anew."""
        descriptions = Descriptions(lambda paths: ask_together(self._org.wire, self._org.base, paths))
        found = {}
        for name in objects_of(self._project, self._connection_id):
            try:
                found[name] = descriptions.schema(name)
            except SchemaChanged:
                continue
        return found

    def _tables_for(self, seen: OrgSeen) -> Mapping[str, Schema]:
        """Give the Dialog Insight tables from which the types of fields that are not there come."""
        for integration in self._lacking(seen):
            if integration in self._tables:
                continue
            try:
                table = self._table(integration)
            except DisfError as error:
                message = f"Dialog Insight could not be asked what the fields are that pairs name: {error.message}"
                self._notices[integration] = Notice(integration, "no_types", message, error.what_to_do)
                continue
            if table is not None:
                self._notices.pop(integration, None)
                self._tables[integration] = table
        return self._tables

    def _lacking(self, seen: OrgSeen) -> Iterator[str]:
        """Name the integrations of which a pair names a field that the describe does not show, each once."""
        told: set[str] = set()
        for each in wanted_fields(self._project, self._connection_id, {}):
            schema = seen.schema(each.sobject)
            lacking = schema is not None and schema.find(each.name) is None
            if each.purpose is Purpose.PAIR and lacking and each.integration not in told:
                told.add(each.integration)
                yield each.integration

    def _table(self, name: str) -> Schema | None:
        integration = self._project.integration(name)
        destination = self._project.destination(integration.project) if integration is not None else None
        if integration is None or destination is None:
            return None
        return self._connections.target(destination, integration.table).describe()

    def _packages(self) -> tuple[InstalledPackage, ...]:
        """Give the packages of the org; none where it does not tell, which stops nothing."""
        try:
            return installed_packages(self._org.wire, self._org.base)
        except DisfError:
            return ()


def two_integrations(project: Project, connection_id: str, packages: tuple[InstalledPackage, ...]) -> Notice | None:
    """Warn where Dialog Insight's own package may serve a project that we serve too."""
    served = served_by_us(project, connection_id)
    found = next((each for each in packages if each.is_dialog_insight), None)
    if found is None or not served:
        return None
    return Notice(
        connection_id,
        "two_integrations",
        f"The package “{found.name}” {found.version_text} is installed in this org, and may serve "
        f"{', '.join(served)} too. Dialog Insight advises against two integrations in one project.",
        "See in Salesforce, under DI Destination Projects, that none of them is active there.",
    )
