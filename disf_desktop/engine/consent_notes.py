"""What both sides show of consents, stored as it is read; and the records read again before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b

from disf_desktop.core.consent import Subscriber
from disf_desktop.core.moments import written
from disf_desktop.core.records import FoundRecord, SourceRecord
from disf_desktop.core.refusals import Bad
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Canonicaliser, Value, canonicaliser
from disf_desktop.engine.consent_ledger import ConsentLedger
from disf_desktop.engine.job import Prepared


def ledger_of(prepared: Prepared) -> ConsentLedger:
    """Give the ledger as consents know it."""
    return prepared.ledger


def register(prepared: Prepared, now: str) -> None:
    """Note what the opt-ins feed; `now` is the clock of Dialog Insight. To be called before anything is noted."""
    job, optins = prepared.job, prepared.optins
    feeds = {
        code: (f"{job.integration.salesforce}/{job.integration.object}/{pair.target}".casefold(), bool(pair.neutral))
        for code, pair in optins.pairs.items()
    }
    settings = blake2b(repr((sorted(feeds.items()), job.integration.optins)).encode(), digest_size=16).digest()
    ledger_of(prepared).register_optins(prepared.numbers.integration, feeds, settings, now, prepared.at())


def note_optins(prepared: Prepared, found: Sequence[FoundRecord], *, photograph: bool = False) -> None:
    """Store the opt-ins that Dialog Insight shows; a `photograph` is an export, which counts by effective dates."""
    if not prepared.optins or not found:
        return
    moments = [each.as_of for each in found if each.as_of and not photograph]
    register(prepared, min(moments) if moments else written(prepared.job.target.server_now()))
    ledger_of(prepared).note_optins(
        prepared.numbers.integration,
        prepared.numbers.target,
        prepared.run,
        [(each.rid, each.optins, each.as_of) for each in found if each.rid and each.optins],
        prepared.at(),
        photograph=photograph,
        unlinked=prepared.policy.births,
    )


def note_opt_outs(prepared: Prepared, records: Sequence[tuple[str, str, Sequence[Value | Bad]]]) -> None:
    """Store what Salesforce records show, `(rid, stamp, values)` in the order of the run's sources."""
    if not prepared.optins or not records:
        return
    places = {name: prepared.sources.index(name) for name in prepared.optins.sources}
    _note_readings(
        prepared, [(rid, stamp, {name: values[n] for name, n in places.items()}) for rid, stamp, values in records]
    )


def _note_readings(prepared: Prepared, shown: Sequence[tuple[str, str, Mapping[str, Value | Bad]]]) -> None:
    readings = [(rid, stamp, prepared.optins.readings(values)) for rid, stamp, values in shown]
    ledger_of(prepared).note_opt_outs(prepared.numbers.integration, prepared.run, readings, prepared.at())


def inherit_opt_outs(prepared: Prepared, merges: Sequence[tuple[str, str]]) -> None:
    """Let an opt-out of a record that was merged, `(loser, master)`, count for the record that is left."""
    if prepared.optins and merges:
        ledger_of(prepared).inherit_opt_outs(prepared.numbers.integration, prepared.run, merges, prepared.at())


def canonical(prepared: Prepared, record: SourceRecord) -> dict[str, Value | Bad]:
    """Give the canonical values of a record that was read for the fields of the opt-ins."""
    readers = _readers(prepared)
    return {name: reader(raw) for (name, reader), raw in zip(readers.items(), record.values, strict=True)}


def _readers(prepared: Prepared) -> dict[str, Canonicaliser]:
    fields = prepared.source_schema.fields
    return {name: canonicaliser(fields[name], Side.SALESFORCE) for name in prepared.optins.sources}


def read_again(prepared: Prepared, people: Sequence[Subscriber]) -> dict[str, SourceRecord]:
    """Read the records of people now (up to 200); a call to Salesforce."""
    prepared.afford(consent=True)
    job = prepared.job
    return job.source.read_by_id(job.integration.object, prepared.optins.sources, [person.rid for person in people])


def note_read(prepared: Prepared, records: Mapping[str, SourceRecord]) -> dict[str, dict[str, Value | Bad]]:
    """Store what was read again, and give it by Id."""
    values = {rid: canonical(prepared, record) for rid, record in records.items()}
    _note_readings(prepared, [(rid, records[rid].stamp, each) for rid, each in values.items()])
    return values
