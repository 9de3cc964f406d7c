"""The custom fields that a project file asks for in an org: what each is for, and how it would be made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from disf_desktop.core.preparation_spec import FieldKind, FieldSpec, spec_for
from disf_desktop.core.project import DestinationProject, Direction, Integration, OptinPair, Project, ProjectType
from disf_desktop.core.schema import CONTACT_LIST, Field, Schema

EXTERNAL_ID_LENGTH: Final = 64
SOURCE_LENGTH: Final = 80


class Purpose(StrEnum):
    """What a component is for."""

    EXTERNAL_ID = "external_id"
    OPTIN = "optin"
    OPTIN_DATE = "optin_date"
    OPTIN_SOURCE = "optin_source"
    PAIR = "pair"
    ACCESS = "access"
    UNUSED = "unused"  # made for the file, which asks for it no more


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field that one place of the file asks for.

    `about` is the opt-in's code or the Dialog Insight field. `spec` is None where it is not known how the field would
    be made. Of an opt-in, `optin` is its pair; of a field that a pair names, `partner` is the Dialog Insight field,
    where that could be read, and `direction` the way of the pair. `place` is where in the integration it is asked for,
    `optins[0].target`.
    """

    integration: str
    sobject: str
    name: str
    purpose: Purpose
    about: str = ""
    spec: FieldSpec | None = None
    optin: OptinPair | None = None
    partner: Field | None = None
    direction: Direction = Direction.TO_SALESFORCE
    place: str = ""

    @property
    def written(self) -> bool:
        """Whether runs write the field in Salesforce."""
        return self.direction.reaches_salesforce


def wanted_fields(project: Project, connection_id: str, tables: Mapping[str, Schema]) -> Iterator[Wanted]:
    """Give the fields that a project's integrations with an org ask for, drafts included, the standard ones left out.

    `tables` are the Dialog Insight tables by the name of the integration, as far as they could be read.
    """
    for integration in project.integrations:
        if integration.salesforce == connection_id:
            destination = project.destination(integration.project)
            for each in wanted_of(integration, destination, tables.get(integration.name)):
                # No standard field is an external id that could be given here; a name without __c is a mistake.
                if each.purpose is Purpose.EXTERNAL_ID or each.name.casefold().endswith("__c"):
                    yield each


def wanted_of(
    integration: Integration, destination: DestinationProject | None, table: Schema | None
) -> Iterator[Wanted]:
    """Give the fields of its object that one integration names, standard ones too."""
    if integration.external_id is not None:
        yield Wanted(
            integration.name,
            integration.object,
            integration.external_id,
            Purpose.EXTERNAL_ID,
            spec=FieldSpec(FieldKind.TEXT, EXTERNAL_ID_LENGTH, external_id=True, unique=True),
            place="external_id",
        )
    for n, optin in enumerate(integration.optins):
        yield from _of_optin(integration, optin, f"optins[{n}]")
    type = destination.type if destination is not None and integration.table == CONTACT_LIST else ProjectType.A
    for n, pair in enumerate(integration.mapping.pairs):
        if "." in pair.source:
            continue
        partner = table.find(pair.target) if table is not None else None
        yield Wanted(
            integration.name,
            integration.object,
            pair.source,
            Purpose.PAIR,
            pair.target,
            spec_for(partner) if partner is not None else None,
            partner=partner,
            direction=pair.owned(type).direction or Direction.TO_DIALOG_INSIGHT,
            place=f"mapping.pairs[{n}].source",
        )


def _of_optin(integration: Integration, pair: OptinPair, place: str) -> Iterator[Wanted]:
    words = words_of(pair)
    fields = (
        ("target", Purpose.OPTIN, FieldSpec(FieldKind.PICKLIST, words=words) if words else _CHECKBOX),
        ("date_target", Purpose.OPTIN_DATE, FieldSpec(FieldKind.DATETIME)),
        ("source_target", Purpose.OPTIN_SOURCE, FieldSpec(FieldKind.TEXT, SOURCE_LENGTH)),
    )
    for member, purpose, spec in fields:
        name: str | None = getattr(pair, member)
        if name is not None:
            at = f"{place}.{member}"
            yield Wanted(integration.name, integration.object, name, purpose, pair.optin, spec, pair, place=at)


_CHECKBOX: Final = FieldSpec(FieldKind.CHECKBOX)


def words_of(pair: OptinPair) -> tuple[str, ...]:
    """Give the words that an opt-in pair writes; none where it is for a checkbox."""
    words = (word.strip() for word in (pair.subscribed, pair.unsubscribed, pair.neutral) if word is not None)
    return tuple(word for word in words if word)
