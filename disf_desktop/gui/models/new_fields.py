"""Salesforce fields that are to be made: names proposed, names that a person writes, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from disf_desktop.core.optin_edits import carriers
from disf_desktop.core.optins import Member
from disf_desktop.core.preparation_names import (
    NameWrong,
    OptinNames,
    external_id_name,
    name_wrong,
    names_in_use,
    optin_names,
)
from disf_desktop.core.project import DestinationProject, Integration, OptinPair
from disf_desktop.gui.models.facts import Facts

BESIDE: tuple[Member, ...] = ("date_target", "source_target")
MEMBERS: tuple[Member, ...] = ("target", *BESIDE)
ANSWERS = ("subscribed", "unsubscribed", "neutral")


@dataclass(frozen=True, slots=True)
class NewOptInFields:
    """Fields to be made for an opt-in: `names` by the member of its pair that they are for, of which `wanted` are
    ticked. `words` are what a picklist offers, by answer; None for a checkbox. `taken` are names in use, folded."""

    names: Mapping[Member, str]
    wanted: frozenset[Member]
    words: Mapping[str, str] | None = None
    taken: frozenset[str] = field(default_factory=frozenset)

    @property
    def chosen(self) -> dict[Member, str]:
        """Give the names that are ticked, in the order of the pair."""
        return {member: self.names[member] for member in MEMBERS if member in self.wanted and member in self.names}

    def named(self, member: Member, name: str) -> NewOptInFields:
        """Give the same with another name."""
        return replace(self, names={**self.names, member: name.strip()})

    def wrong(self, member: Member) -> NameWrong | None:
        """Say what is wrong with a name that is ticked."""
        chosen = self.chosen
        if member not in chosen:
            return None
        others = {name.casefold() for each, name in chosen.items() if each != member}
        return name_wrong(chosen[member], self.taken | others)

    @property
    def words_wrong(self) -> bool:
        """Say whether a picklist could not tell yes, no and no answer apart by these words."""
        if self.words is None or "target" not in self.wanted:
            return False
        given = {answer: word.strip().casefold() for answer, word in self.words.items()}
        said = [word for word in given.values() if word]
        return not (given["subscribed"] and given["unsubscribed"]) or len(set(said)) < len(said)

    @property
    def ready(self) -> bool:
        """Say whether the fields can be asked for."""
        return bool(self.chosen) and not self.words_wrong and not any(map(self.wrong, self.chosen))

    def put_into(self, pair: OptinPair) -> OptinPair:
        """Give the opt-in that is written to these fields."""
        update: dict[str, object] = {str(member): name for member, name in self.chosen.items()}
        if "target" in self.wanted:
            words = self.words or {}
            update |= {answer: words.get(answer, "").strip() or None for answer in ANSWERS} | {"inverted": False}
        return pair.model_copy(update=update)


def new_fields(
    facts: Facts, integration: Integration, code: str, pair: OptinPair | None, asked: Member
) -> NewOptInFields | None:
    """Propose the fields to be made where a person asks for the one of a member; what is not recorded yet comes with
    it. `pair` is None for an opt-in that goes nowhere. None while the object is not read."""
    schema, project = facts.source_schema(integration), facts.project
    if schema is None or project is None:
        return None
    taken = names_in_use(project, integration.salesforce, schema)
    proposed: OptinNames = optin_names(code, taken)
    free = {member for member in BESIDE if pair is None or getattr(pair, member) is None}
    names = {member: getattr(proposed, member) for member in MEMBERS if member == asked or member in free}
    words = {answer: (getattr(pair, answer) or "") if pair is not None else "" for answer in ANSWERS}
    return NewOptInFields(names, frozenset(names), words if words["subscribed"] else None, taken)


def component_id(facts: Facts, integration: Integration, name: str) -> str:
    """Give the id that a field has among the components of its org."""
    schema = facts.source_schema(integration)
    return f"{schema.name if schema is not None else integration.object}.{name}"


def is_missing(facts: Facts, integration: Integration, name: str | None) -> bool:
    """Say whether Salesforce does not show a custom field that the file names, as far as the object was read."""
    schema = facts.source_schema(integration)
    custom = name is not None and name.casefold().endswith("__c") and "." not in name
    return custom and schema is not None and name is not None and schema.find(name) is None


def can_carry(facts: Facts, destination: DestinationProject, code: str) -> tuple[Integration, ...]:
    """Give the integrations whose object was read and that do not carry an opt-in yet."""
    if facts.project is None:
        return ()
    return tuple(
        each
        for each in carriers(facts.project, destination.id)
        if facts.source_schema(each) is not None
        and not any(pair.optin.casefold() == code.casefold() for pair in each.optins)
    )


def proposed_external_id(facts: Facts, integration: Integration) -> tuple[str, frozenset[str]] | None:
    """Propose the name of the external id, with the names in use, folded; None while the object is not read."""
    schema, project = facts.source_schema(integration), facts.project
    if schema is None or project is None:
        return None
    taken = names_in_use(project, integration.salesforce, schema)
    return external_id_name(taken), taken
