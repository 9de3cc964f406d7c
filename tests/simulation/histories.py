"""What happened to each person on both sides, from the full histories of the services: what the checker judges by.

What it takes from the ledger is what a person can see there: conflicts with both their values, and what waits for
somebody. Values of people are new each time, so that each can be followed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Self

import orjson

from tests.simulation.account import Account, Shelf
from tests.simulation.ground import PERSON, Change, Look, Violation
from tests.simulation.org import Org
from tests.simulation.scene import PAIRS, TITLE, Scene

if TYPE_CHECKING:
    from tests.simulation.people import Decided, People
    from tests.simulation.runs import Runs

KEY: Final = "SalesforceID"
EXTERNAL_ID: Final = "DI_Contact_Id__c"
CONSENT: Final = "Newsletter__c"
BOTH_WAYS: Final = tuple((p.source, p.target) for p in PAIRS if not p.key and p.source != "Birthdate")
ONE_WAY: Final = (("Birthdate", "Birth"),)

NEVER: Final = 10**9

Pair = tuple[str, str]


@dataclass(frozen=True)
class Kept:
    """A conflict as a person sees it; `waits` says that somebody is asked."""

    sf_id: str | None
    di_rid: str | None
    field: str
    sf: Any
    di: Any
    waits: bool


@dataclass(frozen=True)
class Person:
    """Somebody on both sides, with all that happened to them there."""

    sf_id: str
    di_rid: str
    here: tuple[Change, ...]
    there: tuple[Change, ...]
    former: tuple[Change, ...]
    """What happened to contacts of the same record before this one was made: to whoever was erased meanwhile."""
    born: tuple[Change, ...]
    """What people did to the same person in the project of those who are born in Dialog Insight."""
    met: int
    """When the engine knew this person on both sides: before it, an empty field says nothing (4.9)."""


def broken(promise: str, *words: object) -> Violation:
    return Violation(f"{promise}: " + " ".join(str(word) for word in words))


@dataclass
class Histories:
    """All that happened in a scene."""

    org: Org
    account: Account
    contacts: Shelf
    forms: Shelf
    conflicts: Sequence[Kept]
    waiting: frozenset[str]
    chosen: Sequence[Decided]
    unsaved: frozenset[int]
    erased: dict[str, int]
    with_orders: bool
    whole: Sequence[tuple[int, int]]
    filters: bool
    in_one_second: bool
    is_quiet: bool = False
    blind: int = 0
    with_ourselves: int = 0
    """Conflicts of a person with a value that only the engine ever wrote on that side."""
    _looks: dict[str, list[Look]] = field(default_factory=dict)

    @classmethod
    def of(cls, scene: Scene, people: People, runs: Runs) -> Self:
        kept = scene.rows(
            "SELECT l.sf_id, coalesce(l.di_rid, o.rid), c.field, c.sf, c.di, c.state FROM conflict c"
            " LEFT JOIN link l ON l.id = c.link LEFT JOIN op o ON o.link = c.link AND l.id IS NULL"
            " WHERE c.integration = (SELECT id FROM integration WHERE name = 'Contacts')"
        )
        aside = scene.rows("SELECT rid, target_rid FROM set_aside WHERE state = 'waiting'")
        conflicts = [
            Kept(sf_id, di_rid, name, orjson.loads(sf), orjson.loads(di), state == "waiting")
            for sf_id, di_rid, name, sf, di, state in kept
        ]
        waiting = frozenset(rid for row in aside for rid in row if rid)
        histories = cls(
            scene.org,
            scene.account,
            people.contacts,
            people.forms,
            conflicts,
            waiting,
            people.chosen,
            frozenset(runs.unsaved),
            people.erased,
            "orders" not in people.without,
            runs.whole,
            scene.filters,
            scene.in_one_second,
        )
        for look in (*scene.org.looks, *scene.account.looks):
            histories._looks.setdefault(look.rid, []).append(look)
        return histories

    # -- who is who ----------------------------------------------------------------------------------------------------

    @cached_property
    def people(self) -> list[Person]:
        """Give everybody who ever was on both sides; whom a create that came after the erasure made is nobody (I19)."""
        late = {c.rid for c in self.contacts.history if c.before is None and c.late and c.after.get(KEY) in self.erased}
        ids = dict.fromkeys(
            (str(c.after[KEY]), c.rid) for c in self.contacts.history if c.after.get(KEY) and c.rid not in late
        )
        return [self._person(sf_id, di_rid) for sf_id, di_rid in ids]

    def _person(self, sf_id: str, di_rid: str) -> Person:
        here = tuple(c for c in self.org.history if c.rid == sf_id)
        own = {str(c.after.get(EXTERNAL_ID)).rpartition(":")[2] for c in here}
        own |= {c.rid for c in self.forms.history if c.after.get(KEY) == sf_id}
        born = tuple(c for c in self.forms.history if c.rid in own and c.author == PERSON)
        there = tuple(c for c in self.contacts.history if c.rid == di_rid)
        former = tuple(
            c for c in self.contacts.history
            if c.rid != di_rid and (c.after or c.before or {}).get(KEY) == sf_id and c.number < there[0].number
        )  # fmt: skip
        return Person(sf_id, di_rid, here, there, former, born, self._met(sf_id, di_rid))

    def _met(self, sf_id: str, di_rid: str) -> int:
        """Give when the first run had ended in which the engine was told of the contact, and knew of the record too.

        A record that was shown once is known by the end of the next whole run, which may have no reason to ask again.
        """
        told = [meeting.number for meeting in self.account.meetings if meeting.rid == di_rid]
        there = next((end for begun, end in self.whole if any(begun < number < end for number in told)), NEVER)
        shown = min((look.number for look in self._looks.get(sf_id, ())), default=NEVER)
        return max(there, next((end for _, end in self.whole if shown < end), NEVER))

    def lives(self, person: Person) -> bool:
        return person.sf_id in self.org.rows["Contact"] and int(person.di_rid) in self.contacts.rows

    def is_in_scope(self, sf_id: str) -> bool:
        """Say whether a contact is one that is kept in step, as it is or as it was when it went away."""
        row = self.org.rows["Contact"].get(sf_id) or self.org.bin["Contact"].get(sf_id)
        return not self.filters or row is None or row.values[TITLE] is not None

    def outside_since(self, person: Person, number: int) -> int | None:
        """Give since when somebody who is there was outside of the filter at a place in the order; None if inside."""
        since = None
        for change in person.here:
            if change.number > number:
                break
            if change.after.get(TITLE) is not None or change.what in ("deleted", "merged"):
                since = None
            elif since is None:
                since = change.number
        return since

    def was_in_scope(self, sf_id: str, number: int) -> bool:
        """Say whether a contact was ever kept in step before that place in the order of everything."""
        return any(c.rid == sf_id and c.number < number and c.after.get(TITLE) is not None for c in self.org.history)

    def _is_aside(self, person: Person) -> bool:
        return not self.waiting.isdisjoint((person.sf_id, person.di_rid))

    # -- what values are worth -----------------------------------------------------------------------------------------

    def as_there(self, pair: Pair, value: Any) -> Any:
        if pair == ONE_WAY[0]:
            return value.replace("-", ".") if value else None
        return self.account.kept(pair[1], value.strip() if isinstance(value, str) else value)

    def as_here(self, pair: Pair, value: Any) -> Any:
        return self.org.kept(pair[0], value)

    def corresponds(self, pair: Pair, sf: Any, di: Any) -> bool:
        """Say whether one of two values is what its service makes of the other."""
        return bool(di == self.as_there(pair, sf) or sf == self.as_here(pair, di))

    def _of_this(self, person: Person, pair: Pair) -> list[Kept]:
        return [
            c for c in self.conflicts
            if c.field == pair[1] and (c.sf_id == person.sf_id or c.di_rid == person.di_rid)
        ]  # fmt: skip

    def is_kept(self, person: Person, pair: Pair, value: Any, *, is_here: bool) -> bool:
        return any((c.sf if is_here else c.di) == value for c in self._of_this(person, pair))

    def _decided_after(self, person: Person, pair: Pair, number: int) -> bool:
        return any(
            d.field == pair[1] and d.number > number and (d.sf_id == person.sf_id or d.di_rid == person.di_rid)
            for d in self.chosen
        )

    def _was_seen(self, person: Person, since: int, change: Change, *, is_here: bool) -> bool:
        """Say whether the engine was shown what a person did before it wrote over it."""
        return any(
            since < look.number < change.number and not (change.late and look.number in self.unsaved)
            for look in self._looks.get(person.sf_id if is_here else person.di_rid, ())
        )

    def _is_theirs(self, person: Person, pair: Pair, value: Any, *, is_here: bool) -> bool:
        """Say whether a value that came to Salesforce is one that a person wrote where people are born, or came from
        there by way of Salesforce: that field of Salesforce belongs to them (I2), whenever it arrives."""
        written = [self.as_here(pair, c.changed[pair[1]][1]) for c in person.born if pair[1] in c.changed]
        return value in (written if is_here else [self.as_there(pair, each) for each in written])
