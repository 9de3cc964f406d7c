"""What would be written for each answer of Dialog Insight, whatever Salesforce shows: asked of the core's own rules, on
made-up moments."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from disf_desktop.core import optins
from disf_desktop.core.consent import Consent, Decision, Fed, Kind, Now, OwnWrite, Write, decide
from disf_desktop.core.consent_memory import Known, Shown, Shows
from disf_desktop.core.optins import CompiledOptin
from disf_desktop.core.project import DestinationProject, OptinPair
from disf_desktop.core.schema import Schema
from disf_desktop.core.values import Value

BEFORE, OUT_AT, LATER, READ_AT = (f"2026-01-0{day}T12:00:00Z" for day in (1, 2, 3, 4))
"""Somebody subscribed, opted out, subscribed again; then Dialog Insight was read."""

OTHER_WORD = "?"


class Says(StrEnum):
    """What Dialog Insight says of a person."""

    YES = "yes"  # since later than any opt-out
    UNDATED = "undated"  # yes, and nobody knows since when
    NO = "no"
    NEUTRAL = "neutral"


class Shape(StrEnum):
    """What Salesforce shows of a person, and by whom it came to be so."""

    THEIR_OUT = "their_out"
    OUR_OUT = "our_out"
    IN = "in"
    NOTHING = "nothing"
    OTHER_WORD = "other_word"


@dataclass(frozen=True, slots=True)
class Case:
    """One answer before one state of Salesforce: what the rules decide, and what the field then receives."""

    says: Says
    shape: Shape
    shown: Value
    decision: Decision
    writes: Value = None


def shapes(pair: CompiledOptin) -> tuple[tuple[Shape, Value], ...]:
    """Give what the field of an opt-in can show; a checkbox is never empty, and holds no other word."""
    cleared: Value = pair.out if isinstance(pair.out, bool) else None
    if isinstance(pair.out, bool):
        shown = [(Shape.THEIR_OUT, pair.out), (Shape.OUR_OUT, pair.out)]
        if pair.says_in:
            return (*shown, (Shape.IN, pair.subscribed), (Shape.NOTHING, cleared))
        return (*shown, (Shape.NOTHING, pair.subscribed))
    words = ((Shape.THEIR_OUT, pair.out), (Shape.OUR_OUT, pair.out), (Shape.IN, pair.subscribed))
    return (*words, (Shape.NOTHING, cleared), (Shape.OTHER_WORD, OTHER_WORD))


def truth(pair: CompiledOptin, *, ticked: bool) -> tuple[tuple[Case, ...], ...]:
    """Give a row for each thing that Salesforce may show, with a case for each answer, in the order of `Says`."""
    return tuple(tuple(_case(pair, says, shape, shown, ticked) for says in Says) for shape, shown in shapes(pair))


def _case(pair: CompiledOptin, says: Says, shape: Shape, shown: Value, ticked: bool) -> Case:
    now = Now(pair.read(shown), OUT_AT, empty=shown is None)
    decision = decide(_consent(pair, says, shape), now, pair, ticked=ticked, skew_s=2.0)
    if not isinstance(decision, Write):
        return Case(says, shape, shown, decision)
    state = {Kind.OUT: False, Kind.IN: True, Kind.NEUTRAL: None}[decision.kind]
    return Case(says, shape, shown, decision, pair.write(state, decision.since)[pair.target])


def _consent(pair: CompiledOptin, says: Says, shape: Shape) -> Consent:
    """Make up what the ledger would know of such a person."""
    out_there = OUT_AT if shape is Shape.OUR_OUT else None
    known = {
        Says.YES: Known(True, LATER, LATER, READ_AT, opted_out=out_there, read_at=READ_AT),
        Says.UNDATED: Known(True, None, None, READ_AT, opted_out=out_there, read_at=READ_AT),
        Says.NO: Known(False, LATER, LATER, READ_AT, opted_out=LATER, read_at=READ_AT),
        Says.NEUTRAL: Known(None, None, None, READ_AT, read_at=READ_AT),
    }[says]
    fed = Fed(known, valid=True)
    if shape is Shape.OUR_OUT:
        own = (OwnWrite(Kind.OUT, OUT_AT, proven=True),)
        return Consent(fed, Shown(Shows.OUT, OUT_AT, OUT_AT, last_out=OUT_AT), own=own, our_opt_out=OUT_AT)
    if shape is Shape.THEIR_OUT:
        shows = Shows.OUT if pair.says_out else Shows.TAKEN
        return Consent(fed, Shown(shows, OUT_AT, OUT_AT, last_out=OUT_AT))
    return Consent(fed, Shown(Shows.IN, BEFORE, BEFORE) if shape is Shape.IN else None)


def compiled(
    pair: OptinPair, source: Schema | None, target: Schema | None, destination: DestinationProject
) -> CompiledOptin | None:
    """Make an opt-in ready as a run would; None while a side is not read, or something is wrong with it."""
    if source is None or target is None or optins.problems((pair,), source, target, ""):
        return None
    zone = ZoneInfo(destination.time_zone)
    return optins.compile((pair,), source, target, zone=zone, project=destination.name)[_code(pair, target)]


def _code(pair: OptinPair, target: Schema) -> str:
    return next(each.name for each in target.optins if each.name.casefold() == pair.optin.casefold())
