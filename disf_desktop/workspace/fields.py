"""The verbs that look around in an org: its objects, and the fields that a lookup leads to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from disf_desktop.core.errors import SchemaChanged
from disf_desktop.core.schema import Field, Schema
from disf_desktop.workspace.opened import OpenedProject


@dataclass(frozen=True, slots=True)
class ObjectFacts:
    """An object of an org. `queryable`: its records can be read."""

    name: str
    label: str
    custom: bool
    queryable: bool


class Fields(OpenedProject):
    """What an org has, for a person to choose from."""

    def objects(self, connection_id: str) -> tuple[ObjectFacts, ...]:
        """List the objects of an org, in its own order."""
        from disf_desktop.services.salesforce.objects import listed

        with self._connections(self._vault()) as connections:
            source = connections.org(self._salesforce(connection_id).id).source
            return tuple(
                ObjectFacts(
                    told["name"],
                    str(told.get("label") or told["name"]),
                    bool(told.get("custom")),
                    bool(told.get("queryable")),
                )
                for told in listed(source.wire, source.base)
            )

    def salesforce_schema(self, connection_id: str, sobject: str, related: Sequence[str] = ()) -> Schema:
        """Read an object's fields, with the related ones named (`Account.Name`)."""
        with self._connections(self._vault()) as connections:
            return connections.org(self._salesforce(connection_id).id).source.describe(sobject, related)

    def related_fields(self, connection_id: str, sobject: str, relationship: str) -> tuple[Field, ...]:
        """Give the fields of the record that a lookup leads to, as they are read through it: `Account.Name`.

        Of a lookup that may lead to several objects, those of the probable one are given. Raises SchemaChanged where
        the object has no such lookup.
        """
        from disf_desktop.services.salesforce.describe import related_field
        from disf_desktop.services.salesforce.descriptions import guess

        with self._connections(self._vault()) as connections:
            source = connections.org(self._salesforce(connection_id).id).source
            own, folded = source.describe(sobject), relationship.casefold()
            lookup = next((f for f in own.fields.values() if f.relationship.casefold() == folded), None)
            if lookup is None or not lookup.reference_to:
                raise SchemaChanged(
                    f"{sobject} has no lookup called {relationship}.", "Read the fields again.", connection_id
                )
            probable = (guess(relationship) or sobject).casefold()
            parents = sorted(lookup.reference_to, key=lambda parent: parent.casefold() != probable)
            return tuple(related_field(lookup, field) for field in source.describe(parents[0]).fields.values())
