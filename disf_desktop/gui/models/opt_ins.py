"""One row for each opt-in of a project and each integration that brings it to Salesforce, and what can be picked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from disf_desktop.core import optins
from disf_desktop.core.errors import Problem
from disf_desktop.core.optin_edits import aimed, carriers, likely_field, taken_fields
from disf_desktop.core.preparation_names import names_in_use, optin_names
from disf_desktop.core.project import DestinationProject, Integration, OptinPair, Trigger
from disf_desktop.core.schema import CONTACT_LIST, Field, FieldType
from disf_desktop.gui.models.facts import Facts, dialog_insight_key
from disf_desktop.gui.models.pairs import optin_problems, place_of


@dataclass(frozen=True, slots=True)
class OptInRow:
    """An opt-in, and where it goes: `pair` is None where it goes nowhere, else `number` is its place among those of the
    integration. `opt_in` and `target` are None where the service was not read, or does not show them. `problems` are
    what a run would refuse in it."""

    code: str
    opt_in: Field | None
    integration: Integration | None = None
    pair: OptinPair | None = None
    target: Field | None = None
    number: int = -1
    problems: tuple[Problem, ...] = ()

    @property
    def id(self) -> str:
        """What tells the row from every other, whatever is edited."""
        return f"{self.code.casefold()}/{self.integration.name if self.integration is not None else ''}"

    @property
    def name(self) -> str:
        """How the service calls the opt-in; its code where that is not known."""
        return (self.opt_in.label if self.opt_in is not None else "") or self.code

    @property
    def checkbox(self) -> bool | None:
        """Say whether it is written to a checkbox, None while that is not known."""
        return None if self.target is None else self.target.type is FieldType.BOOLEAN

    @property
    def travels(self) -> bool:
        """Say whether the integration is on and carries opt-ins."""
        on = self.integration is not None and self.integration.enabled
        return on and self.integration is not None and Trigger.OPTIN_CHANGED in self.integration.triggers


def opt_in_rows(facts: Facts, destination: DestinationProject) -> tuple[OptInRow, ...]:
    """Give the rows in the service's order; an opt-in of the file that the service does not show comes last."""
    schema = facts.schemas.get(dialog_insight_key(destination.id, CONTACT_LIST))
    shown = {field.name.casefold(): field for field in (schema.optins if schema else ())}
    tied: dict[str, list[OptInRow]] = {}
    for integration in facts.project.integrations if facts.project else ():
        source = facts.source_schema(integration)
        for number, pair in enumerate(integration.optins if integration.project == destination.id else ()):
            folded = pair.optin.casefold()
            target = source.find(pair.target) if source is not None else None
            row = OptInRow(pair.optin, shown.get(folded), integration, pair, target, number)
            tied.setdefault(folded, []).append(row)
    rows = [row for code, field in shown.items() for row in tied.pop(code, [OptInRow(field.name, field)])]
    return (*rows, *(row for several in tied.values() for row in several))


def checked_rows(facts: Facts, destination: DestinationProject) -> tuple[OptInRow, ...]:
    """Give the same rows, each with what is wrong in it."""
    rows = opt_in_rows(facts, destination)
    found = {r.integration.name: optin_problems(facts, r.integration) for r in rows if r.integration is not None}
    return tuple(r if r.integration is None else replace(r, problems=_within(facts, r, found)) for r in rows)


def _within(facts: Facts, row: OptInRow, found: Mapping[str, tuple[Problem, ...]]) -> tuple[Problem, ...]:
    assert row.integration is not None, "only an opt-in of the file has problems"
    at = f"{place_of(facts, row.integration)}.optins[{row.number}]"
    return tuple(p for p in found[row.integration.name] if p.path == at or p.path.startswith(f"{at}."))


def receivers(facts: Facts, integration: Integration, member: optins.Member, number: int | None) -> tuple[Field, ...]:
    """Give the fields that a member of an opt-in may name: those that can hold it, and that nothing else has."""
    schema, project = facts.source_schema(integration), facts.project
    if schema is None or project is None:
        return ()
    taken = taken_fields(project, integration, number)
    if number is not None:
        own = integration.optins[number]
        mine = {"target": own.target, "date_target": own.date_target, "source_target": own.source_target}
        taken |= {name.casefold() for each, name in mine.items() if name is not None and each != member}
    return tuple(field for field in optins.receivers(schema, member) if field.name.casefold() not in taken)


@dataclass(frozen=True, slots=True)
class Choice:
    """An opt-in that may be added to an integration, the fields that may receive it, and the one that is proposed.
    `new` is the name of a checkbox that could be made for it; "" while the object is not read."""

    opt_in: Field
    fields: tuple[Field, ...]
    proposed: Field | None
    new: str = ""


def choices(facts: Facts, integration: Integration) -> tuple[Choice, ...]:
    """Give the opt-ins of the project that an integration does not carry yet."""
    schema = facts.target_schema(integration)
    carried = {pair.optin.casefold() for pair in integration.optins}
    left = [field for field in (schema.optins if schema else ()) if field.name.casefold() not in carried]
    fields = receivers(facts, integration, "target", None)
    source, project = facts.source_schema(integration), facts.project
    if source is None or project is None:
        return tuple(Choice(each, fields, None) for each in left)
    taken = set(names_in_use(project, integration.salesforce, source))
    found = []
    for each in left:
        names = optin_names(each.name, taken)
        taken |= {name.casefold() for name in names}
        found.append(Choice(each, fields, likely_field(each, fields), names.target))
    return tuple(found)


def able_carriers(facts: Facts, destination: DestinationProject) -> tuple[Integration, ...]:
    """Give the integrations of a project that do not carry every opt-in yet."""
    return tuple(i for i in carriers(facts.project, destination.id) if choices(facts, i)) if facts.project else ()


def aimed_at(pair: OptinPair, name: str, fields: Sequence[Field]) -> OptinPair:
    """Give an opt-in written to the field of that name."""
    field = next((f for f in fields if f.name == name), None)
    return pair.model_copy(update={"target": name}) if field is None else aimed(pair, field)


def carried_by(facts: Facts, row: OptInRow, to: Integration) -> OptinPair:
    """Give an opt-in as another integration may carry it: its own fields where the other object has them too."""
    assert row.pair is not None, "only an opt-in of the file is moved"
    free = receivers(facts, to, "target", None)
    schema = facts.source_schema(to)
    names = {f.name.casefold() for f in schema.fields.values()} if schema is not None else set()
    beside = {
        member: name if name is not None and (not names or name.casefold() in names) else None
        for member, name in (("date_target", row.pair.date_target), ("source_target", row.pair.source_target))
    }
    pair = row.pair.model_copy(update=beside)
    if not free or any(f.name.casefold() == pair.target.casefold() for f in free):
        return pair
    likely = likely_field(row.opt_in, free) if row.opt_in is not None else None
    return aimed(pair, likely) if likely is not None else pair
