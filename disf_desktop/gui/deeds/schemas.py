"""Deeds that read fields: of every object and table that is used."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from disf_desktop.core.project import Integration
from disf_desktop.core.schema import CONTACT_LIST, Schema
from disf_desktop.gui.deeds.base import Deeds
from disf_desktop.gui.models.facts import dialog_insight_key, salesforce_key


class SchemaDeeds(Deeds):
    """What is asked of the services about their fields."""

    def read_fields_again(self, connection: str | None = None) -> None:
        """Read the fields of every object and table that is used, or of those of one connection."""
        project = self.workspace.project
        wanted: dict[str, Callable[[], Schema]] = {}
        for integration in project.integrations:
            if connection in (None, integration.salesforce) and self.facts.authorized.get(integration.salesforce):
                wanted[salesforce_key(integration.salesforce, integration.object)] = self._describe(integration)
        for destination in project.projects:
            if connection in (None, destination.connection) and self.facts.authorized.get(destination.connection):
                for table in (CONTACT_LIST, *(t.code for t in destination.tables)):
                    key = dialog_insight_key(destination.id, table)
                    wanted[key] = partial(self.workspace.fields_of, destination, table)
        for key, verb in wanted.items():
            self._bridge.spawn(self._read_schema(key, verb))

    def _describe(self, integration: Integration) -> Callable[[], Schema]:
        project = self.workspace.project
        same = [
            i for i in project.integrations if (i.salesforce, i.object) == (integration.salesforce, integration.object)
        ]
        related = tuple(dict.fromkeys(s for i in same for s in i.mapping.sources if "." in s))
        return partial(self.workspace.salesforce_schema, integration.salesforce, integration.object, related)

    async def _read_schema(self, key: str, verb: Callable[[], Schema]) -> None:
        await self._read("schemas", key, verb, "schema_errors")
