"""What a preview tells of a plan, and what a saved plan admits of the one that is made anew."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import combinations
from math import ceil
from typing import Final

from disf_desktop.core.events import Event, FieldChange, OperationPlanned
from disf_desktop.core.guard import PlanHash
from disf_desktop.core.operations import Birth, Create, Operation, Seen, Update
from disf_desktop.core.schema import Side
from disf_desktop.engine.decide import PlannedPage, planned_pages, planning_progress
from disf_desktop.engine.job import Prepared
from disf_desktop.engine.judge import two_way_targets
from disf_desktop.engine.newcomers import Newcomers, Refused
from disf_desktop.engine.ports import SavedPlan

FOLLOWS: Final = "follows_contact"
"""The rule of a field that points to a person whom the same run creates: the Salesforce Id stands for the idContact."""


def show(prepared: Prepared, digest: PlanHash, newcomers: Newcomers) -> Iterator[Event]:
    """Tell every operation of the plan, and carry out none. The people it would create are `newcomers` from then on."""
    refused = Refused()
    counts = prepared.ledger.pending_count(prepared.numbers.integration, prepared.numbers.target, prepared.layout)
    done, planned, two_way = 0, prepared.tally.planned, two_way_targets(prepared)
    for side in (Side.SALESFORCE, Side.DIALOG_INSIGHT):
        for page in planned_pages(prepared, side, coming=newcomers):
            for operation in page.operations:
                digest.add(operation)
                yield told_of(prepared, operation, page.follows)
            refused.note(page)
            for aside in page.aside:
                why = {aside.field: FieldChange(None, None, aside.code)}
                yield OperationPlanned(prepared.name, aside.side, "set_aside", aside.rid, why)
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
            progress = planning_progress(prepared, side, done, counts.total + counts.found)
            if progress:
                yield progress
    newcomers.expect(prepared, refused)


def admit(prepared: Prepared, page: PlannedPage) -> Iterator[Event]:
    """Keep of a page what the saved plan holds, if the run was given one, and tell what is left alone and why.

    The number that a birth brings back is part of that birth, though no plan could know it. A row may stand in the plan
    with the Salesforce Id of a person who had no contact then.
    """
    plan = prepared.plan
    if plan is None:
        return
    for operations in (page.creates, page.births, page.updates):
        kept = []
        for operation in operations:
            answer = _answer_of(plan, prepared, operation)
            if answer == "admitted" or _is_marker(prepared, operation):
                kept.append(operation)
            else:
                prepared.tally.unplanned += 1
                yield replace(told_of(prepared, operation), not_applied=answer)
        operations[:] = kept  # type: ignore[assignment]


def _answer_of(plan: SavedPlan, prepared: Prepared, operation: Operation) -> str:
    """Say what the plan holds of an operation, as it is now or as it was before a person it points to had a contact."""

    def judged(told: OperationPlanned) -> str:
        before = {name: change.before for name, change in told.fields.items()}
        after = {name: change.after for name, change in told.fields.items()}
        return str(plan.judge(told.integration, told.side, told.kind, told.key, before, after))

    told = told_of(prepared, operation)
    answer = judged(told)
    if answer == "admitted" or not prepared.policy.contact_index:
        return answer
    earlier = _before_its_contact(prepared, operation, told)
    return next((each for each in map(judged, earlier) if each == "admitted"), answer)


def _before_its_contact(prepared: Prepared, operation: Operation, told: OperationPlanned) -> Iterator[OperationPlanned]:
    """Give an operation as a preview showed it before some of its people had a contact: by their Salesforce Ids."""
    match operation:
        case Create(source=values):
            pass
        case Update(side=Side.DIALOG_INSIGHT, seen=Seen(values=tuple(values))):
            pass
        case _:
            return
    mapping = prepared.policy.mapping
    people = {mapping.pairs[i].target: values[mapping.source_index[i]] for i in prepared.policy.contact_index}
    named = [name for name, rid in people.items() if rid and name in told.fields]
    for many in range(1, len(named) + 1):
        for names in combinations(named, many):
            changed = {name: replace(told.fields[name], after=str(people[name])) for name in names}
            yield replace(told, fields={**told.fields, **changed})


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


def told_of(prepared: Prepared, operation: Operation, follows: AbstractSet[str] = frozenset()) -> OperationPlanned:
    """Say an operation as a preview shows it; `follows` are people whom the run creates before it."""
    match operation:
        case Create(rid=rid, key=key, fields=fields):
            made = {n: FieldChange(None, v, "created_in_salesforce") for n, v in {**key, **fields}.items()}
            told = OperationPlanned(prepared.name, Side.DIALOG_INSIGHT, "create", rid, made)
        case Birth(target_rid=rid, key=key, fields=fields):
            made = {n: FieldChange(None, v, "created_in_dialog_insight") for n, v in {**key, **fields}.items()}
            return OperationPlanned(prepared.name, Side.SALESFORCE, "create", rid, made)
        case Update(side=side, rid=rid, fields=fields, before=before, rules=rules):
            changed = {n: FieldChange(before[n], v, rules[n]) for n, v in fields.items()}
            told = OperationPlanned(prepared.name, side, "update", rid, changed)
    if not follows or told.side is not Side.DIALOG_INSIGHT:
        return told
    pointing = {prepared.policy.pairs[i].target for i in prepared.policy.contact_index}
    following = {n: replace(c, rule=FOLLOWS) for n, c in told.fields.items() if n in pointing and c.after in follows}
    return replace(told, fields={**told.fields, **following})
