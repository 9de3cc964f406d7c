"""What happened to each person on both sides, from the histories of the services: what the checker judges by.

What it takes from the ledger is what a person can see there: conflicts with both their values, and what waits for
somebody. Values of people are unique, so that each can be followed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.engine.fakes import ENGINE, PERSON, Change, DialogInsightTable, Fault, Look, SalesforceOrg

FLAG = "Gone"
NEVER = 10**9
LOST = (Fault.UNKNOWN_BEFORE, Fault.UNKNOWN_AFTER, Fault.UNKNOWN_LATER)
"""After these nobody has heard what became of a write."""


@dataclass(frozen=True)
class KeptConflict:
    """A conflict as a person sees it; `waits` says that somebody is asked."""

    sf_id: str | None
    di_rid: str | None
    field: str
    sf: Any
    di: Any
    waits: bool


@dataclass(frozen=True)
class Decided:
    """A person decided a conflict of a field, at this place in the order of everything that happens."""

    sf_id: str | None
    di_rid: str | None
    field: str
    number: int


@dataclass(frozen=True)
class Pairing:
    """A Salesforce field and a Dialog Insight field that travel both ways."""

    source: str
    target: str


@dataclass(frozen=True)
class Person:
    """Somebody on both sides: the Salesforce Id and the idContact."""

    sf_id: str
    di_rid: str


@dataclass
class Histories:
    """All that happened to the contacts of an org and of a contact list, which a two-way integration ties together.

    `key` names the Dialog Insight field that holds the Salesforce Id. `waiting` are the ids of set-aside records.
    `chosen` are the decisions of people. `unsaved` are looks of runs that were killed before they
    could write them down, by their numbers. `whole` are the runs that came to their end: when each began and ended.
    """

    org: SalesforceOrg
    table: DialogInsightTable
    pairings: Sequence[Pairing]
    conflicts: Sequence[KeptConflict]
    waiting: frozenset[str]
    chosen: Sequence[Decided]
    unsaved: frozenset[int]
    whole: Sequence[tuple[int, int]]
    erased: Mapping[str, int] = field(default_factory=dict)
    """Whom somebody erased in Dialog Insight, by their Salesforce Id, and when."""
    births: DialogInsightTable | None = None
    """The people of a type B project, whose edits reach the same Salesforce records; what they write is theirs."""
    key: str = "SalesforceID"
    is_quiet: bool = False

    # -- who is who ------------------------------------------------------------------------------------------------

    def people(self) -> list[Person]:
        """Give everybody who ever was on both sides."""
        ids = dict.fromkeys((str(c.after[self.key]), c.rid) for c in self.table.history if c.after.get(self.key))
        came_late = {c.rid for c in self.table.history if self._came_late(c)}
        return [Person(sf_id, di_rid) for sf_id, di_rid in ids if di_rid not in came_late]

    def _came_late(self, change: Change) -> bool:
        """Say whether a lost create came after somebody had erased the contact: who is erased is left alone (I19)."""
        is_lost_create = change.author == ENGINE and change.before is None and change.late
        return is_lost_create and change.number > self.erased.get(str(change.after[self.key]), change.number)

    def lives(self, person: Person) -> bool:
        return person.sf_id in self.org.rows["Contact"] and person.di_rid in self.table.rows

    def is_nowhere(self, person: Person) -> bool:
        """Say whether both the record and the contact of a person are gone."""
        return person.sf_id not in self.org.rows["Contact"] and person.di_rid not in self.table.rows

    def here(self, person: Person) -> list[Change]:
        """Give the changes of a person in Salesforce."""
        return [c for c in self.org.history if c.rid == person.sf_id]

    def there(self, person: Person) -> list[Change]:
        return [c for c in self.table.history if c.rid == person.di_rid]

    def decided(self, person: Person) -> list[Decided]:
        return [each for each in self.chosen if each.sf_id == person.sf_id or each.di_rid == person.di_rid]

    def met(self, person: Person) -> int:
        """Give when the first run had ended in which the engine knew of the record, was told of the contact, and wrote
        to it or had done so: before it, an empty field says nothing (4.9).

        A record that was shown once is known by the end of the next whole run, which may have no reason to ask again.
        A contact may be shown long before: of a record that cannot be sent, or is deleted meanwhile.
        """
        told = [each.number for each in (*self.table.looks, *self.table.meetings) if each.rid == person.di_rid]
        sent = [c.number for c in self.table.sent for r in c.records if r.key.get(self.key) == person.sf_id]
        came = min((c.number for c in self.there(person) if c.author == ENGINE), default=NEVER)

        def is_met(begun: int, end: int) -> bool:
            wrote = came < end or any(begun < number < end for number in sent)
            return wrote and any(begun < number < end for number in told)

        there = next((end for begun, end in self.whole if is_met(begun, end)), NEVER)
        shown = min((look.number for look in self.org.looks if look.rid == person.sf_id), default=NEVER)
        return max(there, next((end for _, end in self.whole if shown < end), NEVER))

    def says_nothing(self, person: Person, pairing: Pairing, number: int) -> bool:
        """Say whether a field that was emptied at that place in the order of everything says nothing by it.

        So it is before both sides met, and beside a decision of the field: one made later, or one that was still to be
        carried out, as no run had come to its end meanwhile.
        """
        return number < self.met(person) or any(
            d.field == pairing.target and not any(d.number < begun and end < number for begun, end in self.whole)
            for d in self.decided(person)
        )

    def born(self, person: Person, name: str) -> list[Change]:
        """Give what people wrote into a field of the type B project that feeds the same Salesforce record."""
        if self.births is None:
            return []
        history = self.births.history
        own = {str(c.after.get("DI_Contact_Id__c")).rpartition(":")[2] for c in self.here(person)}
        tied = {c.rid: c.after[self.key] for c in history if c.after.get(self.key)}
        own |= {rid for rid, sf_id in tied.items() if sf_id == person.sf_id}
        # A run may be killed between what it writes to somebody known by the e-mail and the marker that says who it is.
        emails = {str(c.after.get("Email")).lower() for c in self.here(person)}
        own |= {c.rid for c in history if c.rid not in tied and str(c.after.get("EMail")).lower() in emails}
        return [c for c in history if c.rid in own and c.author == PERSON and name in c.changed]

    # -- what values are worth ---------------------------------------------------------------------------------------

    def corresponds(self, pairing: Pairing, sf: Any, di: Any) -> bool:
        """Say whether one of two values is what its service makes of the other."""
        if sf in (None, "", False) and di is None:
            return True
        return bool(di == self.as_there(pairing, sf) or sf == self.as_here(pairing, di))

    def as_there(self, pairing: Pairing, value: Any) -> Any:
        value = value.strip() if isinstance(value, str) else value
        return self.table._kept(pairing.target, value or None)

    def as_here(self, pairing: Pairing, value: Any) -> Any:
        return self.org._kept("Contact", pairing.source, value)

    def is_kept(self, person: Person, pairing: Pairing, sf: Any = ..., di: Any = ...) -> bool:
        """Say whether a conflict of this field keeps a value of one side."""
        return any(
            conflict.field == pairing.target
            and (conflict.sf_id == person.sf_id or conflict.di_rid == person.di_rid)
            and (sf is ... or (conflict.sf or None) == (sf or None))
            and (di is ... or (conflict.di or None) == (di or None))
            for conflict in self.conflicts
        )

    def asks(self, person: Person, pairing: Pairing) -> bool:
        return any(
            c.waits and c.field == pairing.target and (c.sf_id == person.sf_id or c.di_rid == person.di_rid)
            for c in self.conflicts
        )

    # -- what the engine knew ------------------------------------------------------------------------------------------

    def _was_seen(self, person: Person, name: str, is_here: bool, since: int, change: Change) -> bool:
        """Say whether the engine was shown what a person did before it wrote over it."""
        looks, rid = (self.org.looks, person.sf_id) if is_here else (self.table.looks, person.di_rid)
        return any(look.hides != name and self._counts(look, rid, since, change) for look in looks)

    def _counts(self, look: Look, rid: str, since: int, change: Change) -> bool:
        forgotten = change.late and look.number in self.unsaved
        return look.rid == rid and since < look.number < change.number and not forgotten

    def _looks_like_ours(self, person: Person, name: str, value: Any, number: int, *, is_here: bool) -> bool:
        """Say whether a write of this very value was lost before somebody chose it: nobody can tell it from that."""
        calls, rid = (self.org.sent, person.sf_id) if is_here else (self.table.sent, person.di_rid)
        lost = (c for c in calls if c.number < number and c.fault in LOST)
        return any(r.rid == rid and name in r.fields and r.fields[name] == value for c in lost for r in c.records)
