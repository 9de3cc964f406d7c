"""Consents in a run: what both sides show is stored, decided by `core.consent`, and written by `engine.consent_writes`.

Opt-outs go first, in batches; opt-ins and neutral answers one person at a time. Before anything is written, the record
is read again, and for an opt-in the contact is looked up again in Dialog Insight; the decision is made anew of that.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor

from disf_desktop.core.events import Event, OperationPlanned
from disf_desktop.core.moments import written
from disf_desktop.core.schema import Side
from disf_desktop.engine.consent_decisions import KINDS, changes, decisions, is_ticked, pages, skew_of
from disf_desktop.engine.consent_notes import inherit_opt_outs as inherit_opt_outs
from disf_desktop.engine.consent_notes import ledger_of, note_read, read_again, register
from disf_desktop.engine.consent_notes import note_opt_outs as note_opt_outs
from disf_desktop.engine.consent_notes import note_optins as note_optins
from disf_desktop.engine.consent_writes import ConsentWriter
from disf_desktop.engine.job import Prepared


def consent_pass(prepared: Prepared, workers: Executor) -> Iterator[Event]:
    """Write what both sides call for: opt-outs first, then the rest."""
    if not prepared.optins:
        return
    now = written(prepared.job.target.server_now())
    register(prepared, now)
    ledger_of(prepared).adopt_early_optins(
        prepared.numbers.integration, prepared.numbers.target, prepared.run, prepared.at()
    )
    if is_ticked(prepared):
        with prepared.job.source.reserved():
            yield from ConsentWriter(prepared, workers, skew_of(prepared)).write_all()


def show(prepared: Prepared) -> Iterator[Event]:
    """Tell what a run would write of consents, and write nothing."""
    if not prepared.optins or not is_ticked(prepared):
        return
    skew_s = skew_of(prepared)
    for page in pages(prepared):
        unseen = [person for person in page if person.values is None]
        fresh = note_read(prepared, read_again(prepared, unseen)) if unseen else {}
        for person in page:
            values = person.values if person.values is not None else fresh.get(person.rid)
            if values is None:
                continue
            decided = decisions(prepared, person, person.stamp, values, skew_s)
            for kind, fields in changes(prepared, decided, values):
                yield OperationPlanned(prepared.name, Side.SALESFORCE, KINDS[kind], person.rid, fields)
