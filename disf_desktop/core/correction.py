"""The correction of one value in Salesforce, on account of which a record waits: may it be made, and is a new value
good on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from typing import Any

from disf_desktop.core.conversion import converter
from disf_desktop.core.fitting import fit
from disf_desktop.core.history import SetAsideRecord
from disf_desktop.core.project import FieldPair, Integration
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.core.values import Value, canonical, canonicaliser
from disf_desktop.core.verdict import is_consent_field


class WhyNot(StrEnum):
    """Why a value is not corrected in Salesforce from here."""

    NO_FIELD = "no_field"  # the reason concerns no one field, or it has no pair any more
    LIVES_THERE = "lives_there"  # the value comes from Dialog Insight
    NO_RECORD = "no_record"  # nobody in Salesforce, or no longer
    CONSENT = "consent"
    RELATED = "related"  # it belongs to another record: Account.Name
    READ_ONLY = "read_only"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Correction:
    """What may be corrected: `value` is what Salesforce holds at `stamp` in `field` of the record `rid`; `target` is
    the Dialog Insight field that does not take it. With `why_not`, nothing may, and the rest is as far as known."""

    aside: int
    integration: str
    sobject: str
    rid: str
    why_not: WhyNot | None = None
    field: Field | None = None
    target: Field | None = None
    value: Value = None
    stamp: str = ""
    requires: bool = False
    """Whether an empty value is refused."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A value that `side` would not take."""

    side: Side
    refusal: Refusal


def pair_of(integration: Integration, record: SetAsideRecord) -> FieldPair | None:
    """Give the pair through which the value comes that a record waits for."""
    name = record.field.casefold()
    toward = record.side == Side.DIALOG_INSIGHT.value
    named = ((pair.target if toward else pair.source, pair) for pair in integration.mapping.pairs)
    return next((pair for each, pair in named if name and each.casefold() == name), None)


def judged(
    integration: Integration, record: SetAsideRecord, consents: frozenset[str], source: Schema, target: Schema
) -> Correction:
    """Say what may be corrected of a record, without its value of now."""
    pair = pair_of(integration, record)
    is_id = isinstance(canonical(record.rid, FieldType.ID), str)
    field = source.find(pair.source) if pair is not None else None
    to = target.find(pair.target) if pair is not None else None
    why_not: WhyNot | None = None
    if record.side == Side.SALESFORCE.value:
        why_not = WhyNot.LIVES_THERE
    elif not is_id:
        why_not = WhyNot.NO_RECORD
    elif pair is None or field is None or to is None:
        why_not = WhyNot.NO_FIELD
    elif "." in field.name:
        why_not = WhyNot.RELATED
    elif is_consent_field(field.name, consents):
        why_not = WhyNot.CONSENT
    elif not field.updatable or field.calculated or field.type is FieldType.ID:
        why_not = WhyNot.READ_ONLY
    elif field.type is FieldType.UNSUPPORTED:
        why_not = WhyNot.UNSUPPORTED
    requires = pair is not None and (pair.key or (to is not None and to.required))
    return Correction(
        record.id, integration.name, integration.object, record.rid, why_not, field, to, requires=requires
    )


def judge(typed: Any, correction: Correction, pair: FieldPair, zone: tzinfo) -> Value | NotTaken:
    """Give the canonical form of what a person typed, or say which side would not take it and why."""
    field, target = correction.field, correction.target
    assert field is not None, "only what may be corrected is judged"
    assert target is not None, "only what may be corrected is judged"
    value = canonicaliser(field, Side.SALESFORCE)(typed)
    if isinstance(value, Refusal):
        return NotTaken(Side.SALESFORCE, value)
    if value is None:
        if field.required:
            return NotTaken(Side.SALESFORCE, Refusal(Reason.REQUIRED_MISSING))
        missing = Refusal(Reason.KEY_MISSING if pair.key else Reason.REQUIRED_MISSING)
        return NotTaken(Side.DIALOG_INSIGHT, missing) if correction.requires else None
    fitting = fit(field, Side.SALESFORCE)
    fitted = value if fitting is None else fitting(value)
    if isinstance(fitted, Refusal):
        return NotTaken(Side.SALESFORCE, fitted)
    image = converter(field, target, pair, zone)(fitted)
    return NotTaken(Side.DIALOG_INSIGHT, image) if isinstance(image, Refusal) else fitted
