"""Schemas, pairs, policies and records by which the planner is judged.

A contact list with one pair of each kind: the key, pairs that travel one way or both, a lossy one, a date, an address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from disf_desktop.core.guard import PlanHash
from disf_desktop.core.mapping import FieldRefusal
from disf_desktop.core.mapping import compile as compile_mapping
from disf_desktop.core.operations import (
    Agree,
    Aside,
    Base,
    Decision,
    Filtered,
    Operation,
    Pending,
    Update,
)
from disf_desktop.core.plan import plan_for
from disf_desktop.core.policy import Policy, policy_of
from disf_desktop.core.project import (
    ConflictPolicy,
    Deletes,
    Direction,
    FieldPair,
    Integration,
    ObjectMapping,
    ProjectType,
    Trigger,
    WhenEmpty,
)
from disf_desktop.core.schema import CONTACT_LIST, Field, FieldType, Schema, Side

TORONTO = ZoneInfo("America/Toronto")
SF, DI = Side.SALESFORCE, Side.DIALOG_INSIGHT

ID = "003000000000001AAA"
OTHER = "003000000000002AAA"
RID = "1001"
LINK = 7
STAMP = "2026-07-14T10:00:00Z"

ALL = (
    Trigger.SALESFORCE_CREATED,
    Trigger.SALESFORCE_UPDATED,
    Trigger.SALESFORCE_DELETED,
    Trigger.DIALOG_INSIGHT_UPDATED,
)
"""What may be ticked in a type A project."""
BIRTHS = (Trigger.DIALOG_INSIGHT_CREATED, Trigger.DIALOG_INSIGHT_UPDATED)
"""What may be ticked in a type B project."""
EXTERNAL_ID = "External__c"


def schema(side: Side, name: str, *fields: Field) -> Schema:
    return Schema(side, name, name, {f.name: f for f in fields})


SOURCE = schema(
    SF,
    "Contact",
    Field("Id", "Id", FieldType.ID, updatable=False, creatable=False),
    Field("Name", "Name", FieldType.TEXT, length=20),
    Field("Phone", "Phone", FieldType.PHONE, length=20),
    Field("Level", "Level", FieldType.CHOICE),
    Field("Born", "Born", FieldType.DATE),
    Field("Whose", "Whose", FieldType.REFERENCE),
    Field("Email", "Email", FieldType.EMAIL, length=80),
    Field("Last", "Last", FieldType.TEXT, length=20, required=True),
    Field("Ready", "Ready", FieldType.BOOLEAN),
    Field("Size", "Size", FieldType.INTEGER, precision=2),
    Field("When", "When", FieldType.DATETIME),
)
FIELDS = (
    Field("Key", "Key", FieldType.TEXT, key=True, length=18),
    Field("F_Name", "Name", FieldType.TEXT, length=10),
    Field("F_Nick", "Nick", FieldType.TEXT, length=10),
    Field("F_Phone", "Phone", FieldType.TEXT),
    Field("F_Level", "Level", FieldType.CHOICE, choices=("Gold", "Silver"), restricted=True),
    Field("F_Born", "Born", FieldType.DATE),
    Field("F_Other", "Other", FieldType.TEXT),
    Field("F_Whose", "Whose", FieldType.CONTACT),
    Field("F_Mail", "Mail", FieldType.EMAIL, length=100),
    Field("F_Last", "Last", FieldType.TEXT),
    Field("F_Ready", "Ready", FieldType.BOOLEAN),
    Field("F_Size", "Size", FieldType.INTEGER),
    Field("F_When", "When", FieldType.DATETIME),
    Field("F_Marker", "Marker", FieldType.TEXT, length=18),
    Field("F_Gone", "Gone", FieldType.TEXT, length=60),
    Field("F_GoneOn", "Gone on", FieldType.DATE),
    Field("F_GoneAt", "Gone at", FieldType.DATETIME),
    Field("F_IsGone", "Is gone", FieldType.BOOLEAN),
)
TARGET = schema(DI, CONTACT_LIST, *FIELDS)
TABLE = schema(DI, "Orders", *FIELDS)


def pair(source: str, target: str, direction: Direction | None = None, **members: Any) -> FieldPair:
    return FieldPair(source=source, target=target, direction=direction, **members)


def both(source: str, target: str, conflict: ConflictPolicy | None = None, **members: Any) -> FieldPair:
    return pair(source, target, Direction.BOTH, conflict=conflict, **members)


def back(source: str, target: str, **members: Any) -> FieldPair:
    return pair(source, target, Direction.TO_SALESFORCE, **members)


KEY = pair("Id", "Key", key=True)
NAME = pair("Name", "F_Name")
PHONE = pair("Phone", "F_Phone", conflict=ConflictPolicy.DIALOG_INSIGHT_WINS)
LEVEL = pair("Level", "F_Level", when_empty=WhenEmpty.KEEP, conflict=ConflictPolicy.FIRST_NON_EMPTY)
BORN = pair("Born", "F_Born", default="1970-01-01")
WHOSE = pair("Whose", "F_Whose")
PAIRS = (KEY, NAME, PHONE, LEVEL, BORN)
"""A mapping that travels to Dialog Insight only."""

MARKER = pair("Id", "F_Marker")
MAIL = pair("Email", "F_Mail", key=True)
BORN_THERE = (MAIL, MARKER, pair("Last", "F_Last"), pair("Phone", "F_Phone"))
"""A mapping of people who are born in Dialog Insight; every pair but the marker travels to Salesforce."""


def policy(
    *pairs: FieldPair,
    triggers: Iterable[Trigger] = ALL,
    type: ProjectType = ProjectType.A,
    source: Schema = SOURCE,
    target: Schema = TARGET,
    deletes: Deletes | None = None,
) -> Policy:
    """Compile these pairs and make them ready as the engine does."""
    deletes = deletes or Deletes()
    mapping = ObjectMapping(pairs=pairs or PAIRS)
    triggers = tuple(triggers)
    integration = Integration(
        name="People",
        salesforce="org",
        object="Contact",
        project="di",
        table=target.name,
        triggers=triggers,
        external_id=EXTERNAL_ID,
        deletes=deletes,
        mapping=mapping,
    )
    compiled = compile_mapping(
        mapping,
        source,
        target,
        TORONTO,
        type=type,
        births=Trigger.DIALOG_INSIGHT_CREATED in triggers,
        extra_targets=() if deletes.field is None else (deletes.field,),
    )
    return policy_of(compiled, integration, target, type, TORONTO, id_project=42)


def births(*pairs: FieldPair, triggers: Iterable[Trigger] = BIRTHS) -> Policy:
    """Give the policy of a type B project."""
    return policy(*(pairs or BORN_THERE), triggers=triggers, type=ProjectType.B)


USUAL = policy()


def linked(
    values: Sequence[Any] | None,
    source: Sequence[Any],
    target: Sequence[Any],
    found: Sequence[Any] | None = None,
    **more: Any,
) -> Pending:
    """Give a linked record: what Salesforce shows, what both agreed on, what Dialog Insight shows if it differs."""
    return Pending(
        ID,
        None if values is None else tuple(values),
        LINK,
        RID,
        Base(tuple(source), tuple(target)),
        None if found is None else tuple(found),
        **more,
    )


def one(plan: Policy, source: Any, target: Any, base: tuple[Any, Any] | None = None, **more: Any) -> Pending:
    """Give a linked record of a mapping with a key and one more pair, of which only that pair matters.

    `base` is what was agreed on of it: where it is not said, that is what both sides show.
    """
    agreed = (source, target) if base is None else base
    assert len(plan.pairs) == 2
    return linked((ID, source), (ID, agreed[0]), (ID, agreed[1]), (ID, target), stamp=STAMP, as_of=STAMP, **more)


def decided(side: Side, record: Pending, plan: Policy = USUAL, contacts: Mapping[str, str] | None = None) -> Decision:
    return plan_for(side, record, plan, contacts or {})


def update(side: Side, record: Pending, plan: Policy = USUAL, contacts: Mapping[str, str] | None = None) -> Update:
    """Plan a record of which an update to that side must come."""
    decision = decided(side, record, plan, contacts)
    assert isinstance(decision, Update), decision
    assert decision.side is side
    assert decision.fields.keys() == decision.before.keys() == decision.rules.keys()
    return decision


def agree(side: Side, record: Pending, plan: Policy = USUAL, contacts: Mapping[str, str] | None = None) -> Agree:
    """Plan a record that needs nothing on that side."""
    decision = decided(side, record, plan, contacts)
    assert isinstance(decision, Agree), decision
    return decision


def aside(side: Side, record: Pending, plan: Policy = USUAL, contacts: Mapping[str, str] | None = None) -> Aside:
    """Plan a record that cannot enter that side."""
    decision = decided(side, record, plan, contacts)
    assert isinstance(decision, Aside), decision
    assert decision.side is side
    return decision


def filtered(side: Side, record: Pending, plan: Policy = USUAL, *, stays: bool) -> None:
    """Plan a record that is left alone on that side, and see whether it stays before the planner."""
    decision = decided(side, record, plan)
    assert isinstance(decision, Filtered), decision
    assert decision.stays is stays
    assert decision.seen.values == record.values
    assert decision.seen.found == record.found


def said(refusals: Iterable[FieldRefusal]) -> list[tuple[str, str]]:
    return [(r.field, r.refusal.code) for r in refusals]


def fingerprint(*operations: Operation) -> str:
    digest = PlanHash()
    for operation in operations:
        digest.add(operation)
    return digest.hexdigest()


def carried_out(decision: Update | Agree, record: Pending, plan: Policy) -> Pending:
    """Give the record once a decision is carried out by services that store exactly what they are sent.

    As the ledger does: the base moves, what was written is shown, a choice that was carried out is closed, and a
    question that was noted waits.
    """
    mapping = plan.mapping
    values = None if record.values is None else list(record.values)
    found = list(record.found) if record.found is not None else None
    if isinstance(decision, Update):
        if decision.side is SF:
            assert values is not None
            for name, value in decision.fields.items():
                values[mapping.sources.index(name)] = value
        elif found is not None:
            for name, value in decision.fields.items():
                found[mapping.targets.index(name)] = value
    waiting = record.waiting.union(c.field for c in decision.conflicts if c.winner is None) - {*decision.closes}
    return replace(
        record,
        values=None if values is None else tuple(values),
        found=None if found is None else tuple(found),
        target_rid=decision.target_rid,
        link=decision.link or LINK,
        base=decision.base,
        waiting=waiting,
        choices={name: choice for name, choice in record.choices.items() if name not in decision.closes},
    )
