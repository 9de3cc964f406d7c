"""Plans the records that are before the planner, a page at a time; guards a plan that is too large.

Planning is for one side at a time: what Dialog Insight shows is planned for Salesforce, then what Salesforce shows for
Dialog Insight. A counting pass is made only where the number of linked records says that the guard could trip. No list
of records or operations is ever held.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final, Protocol

from disf_desktop.core.events import Event, GuardTripped, Progress, Stage
from disf_desktop.core.first_contact import plan_first_contact
from disf_desktop.core.guard import PlanHash, too_many_deletes, too_many_updates
from disf_desktop.core.journal import NewSetAside, PendingCount
from disf_desktop.core.mapping import FieldRefusal
from disf_desktop.core.observed import seen_of
from disf_desktop.core.operations import (
    Agree,
    Aside,
    Birth,
    Create,
    Decision,
    Filtered,
    Operation,
    Pending,
    Seen,
    Update,
)
from disf_desktop.core.plan import folded_key, plan_for
from disf_desktop.core.records import FoundRecord
from disf_desktop.core.refusals import Reason, Refusal, explain
from disf_desktop.core.schema import Side
from disf_desktop.core.suppression import identities
from disf_desktop.core.values import Value
from disf_desktop.engine.job import Prepared
from disf_desktop.engine.ledger_port import ErasedPeople

PAGE: Final = 1000
DELETED: Final = Reason.DELETED_IN_SALESFORCE.value


class Coming(Protocol):
    """Who knows which people a run creates before it comes to the rows that point to them."""

    def among(self, contacts_name: str, sf_ids: AbstractSet[str]) -> set[str]: ...


@dataclass(slots=True)
class PlannedPage:
    """The decisions of one page, by what is to be done with them."""

    creates: list[Create] = field(default_factory=list)
    births: list[Birth] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    agreed: list[Agree] = field(default_factory=list)
    aside: list[NewSetAside] = field(default_factory=list)
    filtered: list[Seen] = field(default_factory=list)
    put_away: list[Seen] = field(default_factory=list)
    """What set-aside records showed on the other side, which has nothing to do for them: it is not planned again."""
    arrived: dict[str, FoundRecord] = field(default_factory=dict)
    """What an import stored of records that meet it for the first time, by Salesforce Id."""
    follows: AbstractSet[str] = frozenset()
    """The Salesforce Ids of people whom the run creates before these rows, each in place of an idContact."""
    waits: int = 0

    def __len__(self) -> int:
        return len(self.agreed) + len(self.aside) + len(self.filtered) + self.waits + len(self.operations)

    @property
    def operations(self) -> list[Operation]:
        return [*self.creates, *self.births, *self.updates]

    def take(self, decision: Decision, prepared: Prepared) -> None:
        """Put a decision where it belongs."""
        match decision:
            case Create():
                self.creates.append(decision)
            case Birth():
                self.births.append(decision)
            case Update():
                self.updates.append(decision)
            case Agree():
                self.agreed.append(decision)
            case Aside():
                self.aside.append(in_words(decision, prepared))
            case Filtered(stays=True):
                self.waits += 1
            case Filtered():
                self.filtered.append(decision.seen)


def in_words(decision: Aside, prepared: Prepared) -> NewSetAside:
    """Say why a record cannot go: the first reason in full, the others counted."""
    first: FieldRefusal = decision.refusals[0]
    label = prepared.policy.mapping.label(first.field, decision.side)
    message, what_to_do = explain(first.refusal, label, decision.side)
    parameters = dict(first.refusal.figures)
    if len(decision.refusals) > 1:
        parameters["others"] = len(decision.refusals) - 1
    return NewSetAside(
        decision.rid,
        decision.side,
        first.field,
        str(first.refusal.code),
        message,
        what_to_do,
        parameters,
        target_rid=decision.target_rid,
    )


def planned_pages(
    prepared: Prepared, side: Side, *, of: Side | None = None, coming: Coming | None = None
) -> Iterator[PlannedPage]:
    """Plan for one side what a side shows (the other one, if not said), in order of the ids of that one.

    A row that points to somebody who is `coming` is planned with the person's Salesforce Id as its contact.
    """
    shown = of or side.other
    ledger, numbers, after = prepared.ledger, prepared.numbers, ""
    read = ledger.pending if shown is Side.SALESFORCE else ledger.pending_found
    promised: dict[str, None] = {}
    erased: ErasedPeople | None = None
    while page := read(numbers.integration, numbers.target, prepared.layout, after, PAGE):
        after = page[-1].rid if shown is Side.SALESFORCE else page[-1].target_rid or ""
        planned = PlannedPage()
        contacts = contacts_of(prepared, page)
        planned.follows = _coming_to(prepared, page, contacts, coming)
        known = {**contacts, **{rid: rid for rid in planned.follows}} if planned.follows else contacts
        for record in page:
            decision = plan_for(side, record, prepared.policy, known)
            planned.take(decision, prepared)
            if isinstance(decision, Aside) and not decision.more:
                planned.put_away.append(seen_of(record))
        if planned.updates or (planned.creates and not prepared.key_is_id):
            _keep_keys_apart(prepared, planned, promised)
        if planned.creates:
            erased = ledger.erased_people() if erased is None else erased
            _leave_the_erased(prepared, planned, erased)
            _meet_arrivals(prepared, planned, page, contacts)
        yield planned


def contacts_of(prepared: Prepared, records: Sequence[Pending]) -> dict[str, str]:
    """Look up the idContact of each person whom these records point to."""
    if not prepared.policy.contact_index:
        return {}
    target = prepared.ledger.target_number(prepared.job.contacts_name)
    return {} if target is None else prepared.ledger.contact_ids(target, sorted(_people_of(prepared, records)))


def _people_of(prepared: Prepared, records: Sequence[Pending]) -> set[str]:
    """Give the Salesforce Ids of the people whom these records point to."""
    policy = prepared.policy
    places = [policy.mapping.source_index[i] for i in policy.contact_index]
    return {str(v) for r in records if r.values is not None for place in places if (v := r.values[place])}


def _coming_to(
    prepared: Prepared, records: Sequence[Pending], contacts: Mapping[str, str], coming: Coming | None
) -> AbstractSet[str]:
    if coming is None or not prepared.policy.contact_index:
        return frozenset()
    return coming.among(prepared.job.contacts_name, _people_of(prepared, records) - contacts.keys())


def _leave_the_erased(prepared: Prepared, planned: PlannedPage, erased: ErasedPeople) -> None:
    """Set aside creates of people who were erased from Dialog Insight, in whatever record they come again (I19), but
    for those whom a person has pardoned, and those whom an import has brought back: they are there.

    A row of a custom table may bear an address of somebody; its key is nobody's."""
    if not erased:
        return
    people = {
        c.rid: identities(folded_key(c.key) if prepared.job.is_contacts else None, {**c.key, **c.fields})
        for c in planned.creates
    }
    found = erased.among(people)
    if not found:
        return
    keys = {create.rid: folded_key(create.key) for create in planned.creates}
    there = prepared.ledger.known_of(prepared.numbers.target, [keys[rid] for rid in found])
    pardoned = prepared.ledger.pardoned(prepared.numbers.integration, found)
    held = dict.fromkeys(rid for rid in found if rid not in pardoned and keys[rid] not in there)
    planned.creates = [create for create in planned.creates if create.rid not in held]
    why = (FieldRefusal("", Refusal(Reason.ERASED)),)
    planned.aside += [in_words(Aside(rid, why), prepared) for rid in held]


def _meet_arrivals(
    prepared: Prepared, planned: PlannedPage, page: Sequence[Pending], contacts: Mapping[str, str]
) -> None:
    """Decide about records that an import has stored already as about any that exists, without asking (4.9).

    Where the import's reply did not show a mapped field, nobody knows what is there: the insert is tried, and refused.
    """
    found = prepared.ledger.arrivals(prepared.numbers.target, [create.key for create in planned.creates])
    if not found:
        return
    records = {record.rid: record for record in page}
    targets = frozenset(prepared.policy.mapping.targets)
    creates, planned.creates = planned.creates, []
    for create in creates:
        arrival = found.get(folded_key(create.key))
        if arrival is None or not targets <= arrival.values.keys():
            planned.creates.append(create)
            continue
        decision = plan_first_contact(records[create.rid], prepared.policy, contacts, arrival)
        if not isinstance(decision, Aside):
            planned.arrived[create.rid] = arrival
        planned.take(decision, prepared)


def _keep_keys_apart(prepared: Prepared, planned: PlannedPage, promised: dict[str, None]) -> None:
    """Set aside an operation whose key another record has: two records for one key are a person's decision (4.9).

    The journal knows the keys of every create that was sent; `promised` are, in order, those of the last creates, which
    may still wait for their batch to fill.
    """
    renamed = {id(u): key for u in planned.updates if (key := _new_key(u)) is not None}
    creates = [] if prepared.key_is_id else planned.creates
    if not creates and not renamed:
        return
    owners = prepared.ledger.owners_of(prepared.numbers.target, [*(c.key for c in creates), *renamed.values()])

    def is_taken(rid: str, folded: str) -> bool:
        return owners.get(folded, rid) != rid or folded in promised

    kept: list[Create] = []
    for create in creates:
        folded = folded_key(create.key)
        if is_taken(create.rid, folded):
            planned.aside.append(_taken(create.rid, create.key, prepared))
        else:
            promised[folded] = None
            kept.append(create)
    if not prepared.key_is_id:
        planned.creates = kept
    for update in [u for u in planned.updates if id(u) in renamed]:
        folded = folded_key(renamed[id(update)])
        if is_taken(update.rid, folded):
            planned.updates.remove(update)
            planned.aside.append(_taken(update.rid, update.key, prepared))
        else:
            promised[folded] = None
    for folded in tuple(promised)[: -prepared.job.batch_size]:
        del promised[folded]


def _new_key(update: Update) -> dict[str, Value] | None:
    """Give the key that a record will have, where an update changes it."""
    if update.side is not Side.DIALOG_INSIGHT or not any(name in update.fields for name in update.key):
        return None
    return {name: update.fields.get(name, value) for name, value in update.key.items()}


def _taken(rid: str, key: Mapping[str, Value], prepared: Prepared) -> NewSetAside:
    return in_words(Aside(rid, tuple(FieldRefusal(name, Refusal(Reason.KEY_TAKEN)) for name in key)), prepared)


@dataclass(slots=True)
class _Sum:
    """What a plan would do, counted."""

    digest: PlanHash = field(default_factory=PlanHash)
    creates: int = 0
    updates: int = 0
    deletes: int = 0

    def add(self, page: PlannedPage) -> None:
        for operation in page.operations:
            self.digest.add(operation)
        self.creates += len(page.creates) + len(page.births)
        flagged = sum(1 for u in page.updates if DELETED in u.rules.values())
        self.deletes += flagged + sum(1 for a in page.aside if a.code == Reason.DELETED_IN_SALESFORCE.value)
        # The first contact with what an import has stored changes nobody who is tied.
        self.updates += sum(1 for u in page.updates if u.rid not in page.arrived) - flagged


def guard(prepared: Prepared, counts: PendingCount, approve: str | None) -> Iterator[Event]:
    """Stop a plan that would change too many existing records unasked; nothing is yielded when it may go on."""
    could = too_many_updates(counts.linked + counts.found, counts.links)
    if not could and not too_many_deletes(counts.deleted, counts.links):
        return
    total, done = _Sum(), 0
    for side in (Side.SALESFORCE, Side.DIALOG_INSIGHT):
        for page in planned_pages(prepared, side):
            total.add(page)
            done += len(page)
            told = planning_progress(prepared, side, done, counts.total + counts.found)
            if told:
                yield told
    reason = ""
    if too_many_deletes(total.deletes, counts.links):
        reason = f"This run would carry over {total.deletes} deletes, of {counts.links} records that are tied together."
    elif too_many_updates(total.updates, counts.links):
        reason = f"This run would change {total.updates} of the {counts.links} records that are tied together."
    if reason and approve != total.digest.hexdigest():
        prepared.tally.guarded = True
        figures = {"create": total.creates, "update": total.updates, "delete": total.deletes, "links": counts.links}
        yield GuardTripped(prepared.name, reason, total.digest.hexdigest(), figures)


def planning_progress(prepared: Prepared, side: Side, done: int, total: int) -> Progress | None:
    return prepared.tally.progress(prepared.name, Stage.PLAN, side, done, total)
