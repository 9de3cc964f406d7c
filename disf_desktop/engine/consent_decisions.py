"""Decides the consents of a run's people (`core.consent`) of what the ledger knows and Salesforce shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from disf_desktop.core.consent import Decision, Judged, Kind, Nothing, Now, Review, Subscriber, Write, decide
from disf_desktop.core.events import FieldChange
from disf_desktop.core.optins import Reading
from disf_desktop.core.project import Trigger
from disf_desktop.core.refusals import Bad
from disf_desktop.core.values import Value
from disf_desktop.engine.consent_notes import ledger_of
from disf_desktop.engine.job import Prepared

PAGE: Final = 200
"""People who are decided at once: as many as Salesforce reads or takes in one call."""

CLOCKS_S: Final = 2.0
"""How far a clock that is known by its answers may be off, in seconds, besides the difference seen."""

KINDS: Final = {Kind.OUT: "opt_out", Kind.IN: "opt_in", Kind.NEUTRAL: "neutral"}
"""How events name what a write says."""


def is_ticked(prepared: Prepared) -> bool:
    """Say whether consents are written at all; what both sides show is stored in any case."""
    return Trigger.OPTIN_CHANGED in prepared.job.integration.triggers


def skew_of(prepared: Prepared) -> float:
    """Say how far the clocks of both services may be apart, in seconds."""
    apart = prepared.job.source.server_now() - prepared.job.target.server_now()
    return abs(apart.total_seconds()) + CLOCKS_S


def decisions(
    prepared: Prepared, person: Subscriber, stamp: str, values: Mapping[str, Value | Bad], skew_s: float
) -> dict[str, Decision]:
    """Decide every consent of a person, given what Salesforce shows of it.

    A person who is out of scope, or gone from Dialog Insight, is opted out where that is called for, never in.
    """
    found: dict[str, Decision] = {}
    for code, consent in person.consents.items():
        pair = prepared.optins[code]
        value = values[pair.target]
        now = Now(pair.read(value), stamp, empty=value is None)
        decision = decide(consent, now, pair, ticked=is_ticked(prepared), skew_s=skew_s)
        if isinstance(decision, Write) and decision.kind is not Kind.OUT and not (person.in_scope and person.active):
            decision = Nothing(decision.rule)
        found[code] = decision
    return found


def judged(person: Subscriber, decided: Mapping[str, Decision]) -> list[Judged]:
    """Give the decisions that write nothing, to be stored."""
    return [
        Judged(person.link, code, decision.rule if isinstance(decision, Review) else None)
        for code, decision in decided.items()
        if not isinstance(decision, Write)
    ]


def pages(prepared: Prepared, size: int = PAGE) -> Iterator[list[Subscriber]]:
    """Give the people whose consents need a decision; those who are deleted in Salesforce are let go."""
    ledger, numbers, after = ledger_of(prepared), prepared.numbers, 0
    sources = prepared.optins.sources
    while page := ledger.consents_to_decide(numbers.integration, numbers.target, prepared.layout, sources, after, size):
        after = page[-1].link
        gone = [Judged(person.link, code) for person in page if not person.present for code in person.consents]
        ledger.note_judged(prepared.run, gone, prepared.at())
        yield [person for person in page if person.present]


def changes(
    prepared: Prepared, decided: Mapping[str, Decision], values: Mapping[str, Value | Bad]
) -> Iterator[tuple[Kind, dict[str, FieldChange]]]:
    """Give by kind the Salesforce fields that decisions write, with the value that is there where it is read."""
    for kind in Kind:
        fields: dict[str, FieldChange] = {}
        for code, decision in decided.items():
            if isinstance(decision, Write) and decision.kind is kind:
                for name, after in written_fields(prepared, code, decision).items():
                    before = values.get(name)
                    shown = None if isinstance(before, Bad) else before
                    fields[name] = FieldChange(shown, after, decision.rule.value)
        if fields:
            yield kind, fields


def written_fields(prepared: Prepared, code: str, write: Write) -> dict[str, Value]:
    """Give the Salesforce fields of a write."""
    state = {Kind.OUT: False, Kind.IN: True, Kind.NEUTRAL: None}[write.kind]
    return prepared.optins[code].write(state, write.since)


def reads_as(prepared: Prepared, code: str, values: Mapping[str, Value | Bad]) -> Reading:
    """Say what values that were read mean for an opt-in."""
    pair = prepared.optins[code]
    return pair.read(values[pair.target])
