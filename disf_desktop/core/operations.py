"""What the planner looks at and what it decides, as frozen values.

A pair's place is its number in the mapping. `values` of a Salesforce record follow the mapping's sources, what Dialog
Insight shows its targets; a base follows the pairs on both sides (several pairs may share one source).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from disf_desktop.core.mapping import FieldRefusal
from disf_desktop.core.project import ConflictPolicy
from disf_desktop.core.refusals import Bad
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value


class Absent:
    """The base of a pair that did not exist when the base was stored."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent()
BaseValue = Value | Absent


class Presence(IntEnum):
    """How a Salesforce record is there."""

    PRESENT = 0
    DELETED = 1
    OUT_OF_SCOPE = 2
    VANISHED = 3
    """Salesforce neither shows it nor remembers that it was deleted: nothing is made of it until it is shown again."""


class LinkState(IntEnum):
    """Whether a link is alive."""

    ACTIVE = 0
    CLOSED = 1
    """Its Salesforce record was merged into another one, or is a converted lead."""
    ERASED = 2
    """Its record is gone from Dialog Insight; nothing makes it again unasked (promise I19)."""


@dataclass(frozen=True, slots=True)
class Base:
    """What both sides last agreed on: pairs of values known to correspond, in the order of the pairs.

    `target` may go on after the pairs, with the target fields that no source feeds (the flag of a delete).
    """

    source: tuple[BaseValue, ...]
    target: tuple[BaseValue, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person decided of a conflict: the field's value on `side` is `value`, and so it shall be on both.

    `kept` holds the values that the conflict keeps: what is there besides came after it.
    """

    side: Side
    value: Value
    conflict: int
    kept: tuple[Value, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """What the engine wrote to a side of a record not long ago: the fields by name."""

    side: Side
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Pending:
    """Somebody or something that may need a write, with all that the ledger knows.

    `rid` is the Salesforce Id, "" where no Salesforce record is known yet; `values` is None where none was seen.
    `link` and `target_rid` are the ledger's number of the link and the record's id in Dialog Insight. `found` is what
    Dialog Insight was seen to hold, None where that is what the base says (or nobody looked). `stamp` is the
    SystemModstamp, of a deleted record the moment of the delete; `as_of` the moment for which `found` is true, `since`
    the last look before that, which showed something else.
    `waiting` names the targets that wait for a person's choice. `tried` holds values that we attempted and whose fate
    was uncertain, by side and target. `busy` names the sides on which an earlier write may still arrive; `under_way`
    gives what it brings, by side and field, beside what was there before. `sent` are the writes of the last day, the
    oldest first.
    """

    rid: str
    values: tuple[Value | Bad, ...] | None
    link: int | None = None
    target_rid: str | None = None
    base: Base | None = None
    found: tuple[Value | Bad, ...] | None = None
    presence: Presence = Presence.PRESENT
    state: LinkState = LinkState.ACTIVE
    stamp: str = ""
    as_of: str = ""
    choices: Mapping[str, Choice] = field(default_factory=dict)
    waiting: frozenset[str] = frozenset()
    tried: Mapping[tuple[Side, str], tuple[Value, ...]] = field(default_factory=dict)
    busy: frozenset[Side] = frozenset()
    since: str = ""
    sent: tuple[Sent, ...] = ()
    under_way: Mapping[tuple[Side, str], tuple[Value, Value]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """The observations that a decision was made of: it stands while they are still what was seen last."""

    rid: str
    values: tuple[Value | Bad, ...] | None
    target_rid: str | None = None
    found: tuple[Value | Bad, ...] | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both sides changed, or that differs on first contact; both values are kept.

    `winner` is the side whose value stands, None while a person is asked. `salesforce` is in Salesforce's form,
    `dialog_insight` in Dialog Insight's.
    """

    field: str
    salesforce: Value
    dialog_insight: Value
    rule: ConflictPolicy
    winner: Side | None


@dataclass(frozen=True, slots=True)
class Create:
    """Insert a record into Dialog Insight. `fields` holds no empty value and no key. `source` is what was seen."""

    rid: str
    key: Mapping[str, Value]
    fields: Mapping[str, Value]
    source: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Birth:
    """Insert a Salesforce record for a person born in Dialog Insight (`target_rid` is its idContact).

    `key` is the external id and its value; `target_key` the person's key in Dialog Insight; `match` the Salesforce
    field and value by which the person may be there already. `base` is what both sides agree on once it is done.
    """

    target_rid: str
    key: Mapping[str, Value]
    target_key: Mapping[str, Value]
    fields: Mapping[str, Value]
    found: tuple[Value, ...]
    base: Base
    link: int | None = None
    match: tuple[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """Change the named fields of a linked record on `side`.

    `before` is what that side is believed to hold, `rules` says for each field why. `base` is what both sides agree on
    once it is done. `more` says that something is left to do on the other side. `closes` names the targets whose
    choice by a person is carried out by it.
    """

    side: Side
    rid: str
    link: int | None
    target_rid: str
    key: Mapping[str, Value]
    fields: Mapping[str, Value]
    before: Mapping[str, Value]
    rules: Mapping[str, str]
    base: Base
    seen: Seen
    conflicts: tuple[Conflict, ...] = ()
    more: bool = False
    closes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agree:
    """Nothing to write on the side that is planned: the base moves, conflicts and questions are written down."""

    rid: str
    link: int | None
    target_rid: str
    key: Mapping[str, Value]
    base: Base
    seen: Seen
    conflicts: tuple[Conflict, ...] = ()
    more: bool = False
    closes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """The record cannot enter `side`, for these reasons. `more` says that the other side is not affected by that."""

    rid: str
    refusals: tuple[FieldRefusal, ...]
    side: Side = Side.DIALOG_INSIGHT
    target_rid: str | None = None
    more: bool = False


@dataclass(frozen=True, slots=True)
class Filtered:
    """A change that is observed and not carried out: its trigger is not ticked, it is out of scope, it must wait."""

    seen: Seen
    stays: bool = False
    """Whether it stays before the planner: what holds it back passes by itself."""


Operation = Create | Birth | Update
Decision = Operation | Agree | Aside | Filtered
