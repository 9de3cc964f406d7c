"""Plans the records that are before the planner, a page at a time; guards a plan that is too large.

Planning is for one side at a time: what Dialog Insight shows is planned for Salesforce, then what Salesforce shows for
Dialog Insight. A counting pass is made only where the number of linked records says that the guard could trip. No list
of records or operations is ever held.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Final

from disf_desktop.core.events import Event, FieldChange, GuardTripped, OperationPlanned, Progress, Stage
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
from disf_desktop.core.values import Value
from disf_desktop.engine.job import Prepared
from disf_desktop.engine.judge import two_way_targets

PAGE: Final = 1000
DELETED: Final = Reason.DELETED_IN_SALESFORCE.value


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


def planned_pages(prepared: Prepared, side: Side, *, of: Side | None = None) -> Iterator[PlannedPage]:
    """Plan for one side what a side shows (the other one, if not said), in order of the ids of that one."""
    shown = of or side.other
    ledger, numbers, after = prepared.ledger, prepared.numbers, ""
    read = ledger.pending if shown is Side.SALESFORCE else ledger.pending_found
    promised: dict[str, None] = {}
    while page := read(numbers.integration, numbers.target, prepared.layout, after, PAGE):
        after = page[-1].rid if shown is Side.SALESFORCE else page[-1].target_rid or ""
        planned = PlannedPage()
        contacts = contacts_of(prepared, page)
        for record in page:
            decision = plan_for(side, record, prepared.policy, contacts)
            planned.take(decision, prepared)
            if isinstance(decision, Aside) and not decision.more:
                planned.put_away.append(seen_of(record))
        if planned.updates or (planned.creates and not prepared.key_is_id):
            _keep_keys_apart(prepared, planned, promised)
        if planned.creates:
            _meet_arrivals(prepared, planned, page, contacts)
        yield planned


def contacts_of(prepared: Prepared, records: Sequence[Pending]) -> dict[str, str]:
    """Look up the idContact of each person whom these records point to."""
    policy = prepared.policy
    if not policy.contact_index:
        return {}
    target = prepared.ledger.target_number(prepared.job.contacts_name)
    if target is None:
        return {}
    places = [policy.mapping.source_index[i] for i in policy.contact_index]
    wanted = {str(v) for r in records if r.values is not None for place in places if (v := r.values[place])}
    return prepared.ledger.contact_ids(target, sorted(wanted))


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
            told = _planning(prepared, side, done, counts.total + counts.found)
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


def show(prepared: Prepared, digest: PlanHash) -> Iterator[Event]:
    """Tell every operation of the plan, and carry out none."""
    counts = prepared.ledger.pending_count(prepared.numbers.integration, prepared.numbers.target, prepared.layout)
    done, planned, two_way = 0, prepared.tally.planned, two_way_targets(prepared)
    for side in (Side.SALESFORCE, Side.DIALOG_INSIGHT):
        for page in planned_pages(prepared, side):
            for operation in page.operations:
                digest.add(operation)
                yield told_of(prepared, operation)
            for aside in page.aside:
                refused = {aside.field: FieldChange(None, None, aside.code)}
                yield OperationPlanned(prepared.name, aside.side, "set_aside", aside.rid, refused)
            planned["create"] += len(page.creates) + len(page.births)
            planned["update"] += len(page.updates)
            if side is Side.SALESFORCE:
                planned[f"writes to {side.value}"] += len(page.operations)
            else:
                planned["creates there"] += len(page.creates)
                planned["updates there"] += len(page.updates)
                planned["looks there"] += sum(1 for u in page.updates if not two_way.isdisjoint(u.fields))
            planned["set_aside"] += len(page.aside)
            planned["unchanged"] += len(page.agreed) + len(page.filtered)
            done += len(page)
            progress = _planning(prepared, side, done, counts.total + counts.found)
            if progress:
                yield progress


def admit(prepared: Prepared, page: PlannedPage) -> Iterator[Event]:
    """Keep of a page what the saved plan holds, if the run was given one, and tell what is left alone and why.

    The number that a birth brings back is part of that birth, though no plan could know it.
    """
    plan = prepared.plan
    if plan is None:
        return
    for operations in (page.creates, page.births, page.updates):
        kept = []
        for operation in operations:
            told = told_of(prepared, operation)
            before = {name: change.before for name, change in told.fields.items()}
            after = {name: change.after for name, change in told.fields.items()}
            answer = plan.judge(told.integration, told.side, told.kind, told.key, before, after)
            if answer == "admitted" or _is_marker(prepared, operation):
                kept.append(operation)
            else:
                yield replace(told, not_applied=str(answer))
        operations[:] = kept  # type: ignore[assignment]


def _is_marker(prepared: Prepared, operation: Operation) -> bool:
    marker = prepared.policy.marker
    if marker is None or not isinstance(operation, Update):
        return False
    return operation.side is Side.DIALOG_INSIGHT and set(operation.fields) == {prepared.policy.pairs[marker].target}


def forecast_of(prepared: Prepared) -> dict[Side, int]:
    """Give about how many calls applying a shown plan takes: a look, a write and a read back for each batch to
    Salesforce, and a look for each update of a field that people may edit in Dialog Insight too."""
    planned, job = prepared.tally.planned, prepared.job
    back = ceil(planned[f"writes to {Side.SALESFORCE.value}"] / job.org_batch_size)
    there = sum(ceil(planned[f"{kind}s there"] / job.batch_size) for kind in ("create", "update"))
    return {Side.SALESFORCE: 3 * back, Side.DIALOG_INSIGHT: there + planned["looks there"]}


def told_of(prepared: Prepared, operation: Operation) -> OperationPlanned:
    """Say an operation as a preview shows it."""
    match operation:
        case Create(rid=rid, key=key, fields=fields):
            made = {n: FieldChange(None, v, "created_in_salesforce") for n, v in {**key, **fields}.items()}
            return OperationPlanned(prepared.name, Side.DIALOG_INSIGHT, "create", rid, made)
        case Birth(target_rid=rid, key=key, fields=fields):
            made = {n: FieldChange(None, v, "created_in_dialog_insight") for n, v in {**key, **fields}.items()}
            return OperationPlanned(prepared.name, Side.SALESFORCE, "create", rid, made)
        case Update(side=side, rid=rid, fields=fields, before=before, rules=rules):
            changed = {n: FieldChange(before[n], v, rules[n]) for n, v in fields.items()}
            return OperationPlanned(prepared.name, side, "update", rid, changed)


def _planning(prepared: Prepared, side: Side, done: int, total: int) -> Progress | None:
    return prepared.tally.progress(prepared.name, Stage.PLAN, side, done, total)
