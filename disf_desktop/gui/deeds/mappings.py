"""Deeds on whole mappings: made, named, copied, removed; pairs proposed, real records looked at, all of it checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from disf_desktop.core import edits
from disf_desktop.core.errors import DisfError
from disf_desktop.core.project import Integration
from disf_desktop.core.schema import Field, FieldType, Schema
from disf_desktop.gui.deeds.editing import Said
from disf_desktop.gui.deeds.pairing import PairDeeds
from disf_desktop.gui.deeds.schemas import SchemaDeeds
from disf_desktop.gui.models.facts import objects_key
from disf_desktop.gui.models.pairing import related_key
from disf_desktop.gui.models.pairs import both_schemas, schema_keys

if TYPE_CHECKING:
    from disf_desktop.core.suggest import Suggestion, Travels

translate = QCoreApplication.translate

COMPANY = "Account.Name"
"""The one related field that is proposed unasked: the company of a contact."""


class MappingDeeds(SchemaDeeds, PairDeeds):
    """What a person does in the list of mappings and at the head of one."""

    # the list

    def add_mapping(self, integration: Integration) -> None:
        """Add a mapping as a draft, read the fields of both its sides, and propose pairs."""
        after = edits.with_integration(self.project, integration)
        self.edit(lambda: translate("Mappings", "Add the mapping {0}").format(integration.name), after)
        self.read_mapping(integration.name, self.suggest)

    def rename_mapping(self, name: str, fresh: str) -> None:
        """Give a mapping another name; what the ledger knows of it follows the name, so a run starts anew."""
        renamed = self._integration(name).model_copy(update={"name": fresh})
        self.edit(
            lambda: translate("Mappings", "Rename {0} to {1}").format(name, fresh),
            edits.with_integration(self.project, renamed, name),
        )

    def duplicate_mapping(self, name: str, destination: str, table: str, made: str) -> None:
        """Copy a mapping to another project, as a draft called `made`."""
        after, given = edits.duplicated(self.project, name, destination, table)
        copy = after.integration(given)
        assert copy is not None, "the copy is in the project"
        after = edits.with_integration(after, copy.model_copy(update={"name": made}), given)
        self.edit(lambda: translate("Mappings", "Duplicate {0} as {1}").format(name, made), after)
        self.read_mapping(made)

    def remove_mapping(self, name: str) -> None:
        """Take a mapping away; undo brings it back."""
        self.edit(
            lambda: translate("Mappings", "Remove the mapping {0}").format(name),
            edits.without_integration(self.project, name),
        )

    def change_mapping(self, said: Said, integration: Integration) -> None:
        """Put a mapping in the place of the one of its name: its filter, its deletes, its external id."""
        self.edit(said, edits.with_integration(self.project, integration))

    # what is read

    def read_objects(self, connection: str) -> None:
        """Read which objects an org has, unless that is known."""
        key = objects_key(connection)
        if key not in self.facts.objects and key not in self.facts.asking:
            self._bridge.spawn(self._read("objects", key, partial(self.workspace.objects, connection), "schema_errors"))

    def read_mapping(self, name: str, then: Callable[[str], None] | None = None) -> None:
        """Read the fields of both sides of a mapping where they are not known, and do something when they are."""
        self._bridge.spawn(self._read_mapping(name, then))

    async def _read_mapping(self, name: str, then: Callable[[str], None] | None) -> None:
        integration, workspace = self._integration(name), self.workspace
        destination = self.project.destination(integration.project)
        source, target = schema_keys(integration)
        if source not in self.facts.schemas and self.facts.authorized.get(integration.salesforce):
            await self._read_schema(source, self._describe(integration))
        if (
            destination is not None
            and target not in self.facts.schemas
            and self.facts.authorized.get(destination.connection)
        ):
            await self._read_schema(target, partial(workspace.fields_of, destination, integration.table))
        if then is not None and self.facts.project is not None and self.facts.project.integration(name) is not None:
            then(name)

    def read_sample(self, name: str) -> None:
        """Look at real records of a mapping's object, in one call; they stay in memory, until another file opens."""
        from disf_desktop.gui.models.samples import sample_fields, sample_key

        integration = self._integration(name)
        key = sample_key(integration)
        if key not in self.facts.asking:
            fields, of = sample_fields(self.facts, integration), (integration.salesforce, integration.object)
            verb = partial(self.workspace.sample, *of, fields, integration.filter)
            self._bridge.spawn(self._read("samples", key, verb, "sample_errors"))

    # what is proposed

    def suggest(self, name: str) -> None:
        """Propose pairs for what is not paired yet in a mapping; nothing where a side was not read."""
        self._bridge.spawn(self._suggest(name))

    async def _suggest(self, name: str) -> None:
        from disf_desktop.core.suggest import suggestions  # loaded by the first one who suggests

        integration = self._integration(name)
        schemas = both_schemas(self.facts, integration)
        if schemas is None:
            return
        source, target = await self._with_company(integration, schemas[0]), schemas[1]
        project = self.project
        found: tuple[Suggestion, ...] = await self._bridge.call(
            partial(suggestions, project, self._integration(name), source, target, self._travels(integration))
        )
        if self.facts.project is project:
            self._store.put("suggestions", name, found)

    async def _with_company(self, integration: Integration, source: Schema) -> Schema:
        """Know the name of a contact's account too, where it is not paired yet."""
        lookup = next((f for f in source.fields.values() if f.relationship == "Account"), None)
        if lookup is None or lookup.type is not FieldType.REFERENCE or source.find(COMPANY) is not None:
            return source
        key = related_key(integration, lookup.relationship)
        if key not in self.facts.related and self.facts.authorized.get(integration.salesforce):
            await self._read_related(key, integration, lookup.relationship)
        related: tuple[Field, ...] = self.facts.related.get(key, ())
        company = {field.name: field for field in related if field.name == COMPANY}
        return replace(source, fields={**source.fields, **company})

    def _travels(self, integration: Integration) -> Travels | None:
        from disf_desktop.core.sampling import travelling
        from disf_desktop.gui.models.samples import sample_key, zone_of

        sample = self.facts.samples.get(sample_key(integration))
        zone = zone_of(self.project, integration)
        if sample is None or zone is None:
            return None
        return lambda source, target: travelling(source, target, sample, zone)

    def forget_suggestions(self, name: str) -> None:
        """Take the proposed pairs of a mapping away."""
        self._store.put("suggestions", name, None)

    # what can be known before a run

    def check(self) -> None:
        """Find everything that can be known before a run, in the file and of both services."""
        if CHECKING not in self.facts.asking:
            self._bridge.spawn(self._check())

    async def _check(self) -> None:
        workspace, project = self.workspace, self.project
        with self._store.asking(CHECKING):
            try:
                found = await self._bridge.call(workspace.check)
            except DisfError as error:
                self._store.update(notice=error)
                return
        if workspace is self._workspace and self.facts.project is project:
            self._store.update(problems=found, checked=project)

    def try_filter(self, name: str, condition: str) -> None:
        """Ask Salesforce whether it understands a condition; the answer is among the facts, by mapping."""
        self._bridge.spawn(self._try_filter(self._integration(name), condition))

    async def _try_filter(self, integration: Integration, condition: str) -> None:
        workspace, key = self.workspace, f"filter/{integration.name}"
        error: DisfError | None = None
        with self._store.asking(key):
            try:
                await self._bridge.call(workspace.try_filter, integration.salesforce, integration.object, condition)
            except DisfError as found:
                error = found
        if workspace is self._workspace:
            self._store.put("tried_filters", integration.name, (condition, error))


CHECKING = "check"
"""What is asked while everything is being checked."""
