"""Plans the records that are before the planner, a page at a time; guards a plan that is too large.

Two passes by cursor at most: one that only counts, when the number of linked records says that the guard could trip,
and the one that applies. No list of records or operations is ever held.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from disf_desktop.core.events import Event, FieldChange, GuardTripped, OperationPlanned, Progress, Stage
from disf_desktop.core.journal import NewSetAside, PendingCount
from disf_desktop.core.mapping import FieldRefusal
from disf_desktop.core.plan import (
    Agree,
    Aside,
    Create,
    Decision,
    Filtered,
    Pending,
    PlanHash,
    Update,
    folded_key,
    plan_record,
    too_many_updates,
)
from disf_desktop.core.refusals import Reason, Refusal, explain
from disf_desktop.core.schema import Side
from disf_desktop.engine.job import Prepared

PAGE: Final = 1000


@dataclass(slots=True)
class PlannedPage:
    """The decisions of one page, by what is to be done with them."""

    creates: list[Create] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)
    agreed: list[Agree] = field(default_factory=list)
    aside: list[NewSetAside] = field(default_factory=list)
    filtered: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.creates) + len(self.updates) + len(self.agreed) + len(self.aside) + len(self.filtered)

    def take(self, decision: Decision, prepared: Prepared) -> None:
        """Put a decision where it belongs."""
        match decision:
            case Create():
                self.creates.append(decision)
            case Update():
                self.updates.append(decision)
            case Agree():
                self.agreed.append(decision)
            case Aside():
                self.aside.append(in_words(decision, prepared))
            case Filtered():
                self.filtered.append(decision.rid)


def in_words(decision: Aside, prepared: Prepared) -> NewSetAside:
    """Say why a record cannot go: the first reason in full, the others counted."""
    first: FieldRefusal = decision.refusals[0]
    message, what_to_do = explain(first.refusal, prepared.policy.mapping.labels[first.field])
    parameters = dict(first.refusal.figures)
    if len(decision.refusals) > 1:
        parameters["others"] = len(decision.refusals) - 1
    return NewSetAside(
        decision.rid, Side.DIALOG_INSIGHT, first.field, str(first.refusal.code), message, what_to_do, parameters
    )


def planned_pages(prepared: Prepared) -> Iterator[PlannedPage]:
    """Plan everything that is before the planner, in order of Id."""
    ledger, numbers, after = prepared.ledger, prepared.numbers, ""
    promised: dict[str, None] = {}
    while page := ledger.pending(numbers.integration, numbers.target, prepared.layout, after, PAGE):
        after = page[-1].rid
        planned = PlannedPage()
        contacts = contacts_of(prepared, page)
        for record in page:
            planned.take(plan_record(record, prepared.policy, contacts), prepared)
        if not prepared.key_is_id and planned.creates:
            _keep_keys_apart(prepared, planned, promised)
        yield planned


def contacts_of(prepared: Prepared, records: Sequence[Pending]) -> dict[str, str]:
    """Look up the idContact of each person whom these records point to."""
    policy = prepared.policy
    if not policy.contact_index:
        return {}
    target = prepared.ledger.target_number(prepared.job.contacts_name)
    if target is None:
        return {}
    wanted = {str(v) for r in records for i in policy.contact_index if (v := r.values[policy.mapping.source_index[i]])}
    return prepared.ledger.contact_ids(target, sorted(wanted))


def _keep_keys_apart(prepared: Prepared, planned: PlannedPage, promised: dict[str, None]) -> None:
    """Set aside a create whose key another record has: two records for one key are a person's decision (4.9).

    The journal knows the keys of every create that was sent; `promised` are, in order, those of the last creates, which
    may still wait for their batch to fill.
    """
    owners = prepared.ledger.owners_of(prepared.numbers.target, [c.key for c in planned.creates])
    kept: list[Create] = []
    for create in planned.creates:
        folded = folded_key(create.key)
        if owners.get(folded, create.rid) != create.rid or folded in promised:
            refusals = tuple(FieldRefusal(name, Refusal(Reason.KEY_TAKEN)) for name in create.key)
            planned.aside.append(in_words(Aside(create.rid, refusals), prepared))
        else:
            promised[folded] = None
            kept.append(create)
    planned.creates = kept
    for folded in tuple(promised)[: -prepared.job.batch_size]:
        del promised[folded]


def guard(prepared: Prepared, counts: PendingCount, approve: str | None) -> Iterator[Event]:
    """Stop a plan that would change too many existing records unasked; nothing is yielded when it may go on."""
    if not too_many_updates(counts.linked, counts.links):
        return
    digest, creates, updates, done = PlanHash(), 0, 0, 0
    for page in planned_pages(prepared):
        for create in page.creates:
            digest.add(create)
        for update in page.updates:
            digest.add(update)
        creates, updates, done = creates + len(page.creates), updates + len(page.updates), done + len(page)
        told = _planning(prepared, done, counts.total)
        if told:
            yield told
    if too_many_updates(updates, counts.links) and approve != digest.hexdigest():
        prepared.tally.guarded = True
        yield GuardTripped(
            prepared.name,
            f"This run would change {updates} of the {counts.links} records that are tied together.",
            digest.hexdigest(),
            {"create": creates, "update": updates, "links": counts.links},
        )


def show(prepared: Prepared, digest: PlanHash) -> Iterator[Event]:
    """Tell every operation of the plan, and carry out none."""
    counts = prepared.ledger.pending_count(prepared.numbers.integration, prepared.numbers.target, prepared.layout)
    done, planned = 0, prepared.tally.planned
    for page in planned_pages(prepared):
        for create in page.creates:
            digest.add(create)
            fields = {
                n: FieldChange(None, v, "created_in_salesforce") for n, v in {**create.key, **create.fields}.items()
            }
            yield OperationPlanned(prepared.name, Side.DIALOG_INSIGHT, "create", create.rid, fields)
        for update in page.updates:
            digest.add(update)
            fields = {n: FieldChange(update.before[n], v, update.rules[n]) for n, v in update.fields.items()}
            yield OperationPlanned(prepared.name, Side.DIALOG_INSIGHT, "update", update.rid, fields)
        for aside in page.aside:
            refused = {aside.field: FieldChange(None, None, aside.code)}
            yield OperationPlanned(prepared.name, aside.side, "set_aside", aside.rid, refused)
        planned["create"] += len(page.creates)
        planned["update"] += len(page.updates)
        planned["set_aside"] += len(page.aside)
        planned["unchanged"] += len(page.agreed) + len(page.filtered)
        done += len(page)
        told = _planning(prepared, done, counts.total)
        if told:
            yield told


def _planning(prepared: Prepared, done: int, total: int) -> Progress | None:
    return prepared.tally.progress(prepared.name, Stage.PLAN, Side.DIALOG_INSIGHT, done, total)
