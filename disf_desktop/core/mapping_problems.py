"""What is wrong in a mapping, and in what belongs to it, once the schemas of both services are known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, tzinfo
from difflib import get_close_matches

from disf_desktop.core.conversion import TEXTS, default_of
from disf_desktop.core.errors import Problem
from disf_desktop.core.fitting import length_of
from disf_desktop.core.project import (
    Deletes,
    Direction,
    FieldPair,
    Integration,
    ObjectMapping,
    OnDelete,
    ProjectType,
    TransformName,
    Trigger,
    is_consent_name,
)
from disf_desktop.core.refusals import Refusal, explain
from disf_desktop.core.schema import CONTACT_LIST, Field, FieldType, Schema, Side
from disf_desktop.core.verdict import Answer, Ground, Verdict, may_pair


def problems(
    mapping: ObjectMapping,
    source: Schema,
    target: Schema,
    at: str,
    zone: tzinfo = UTC,
    *,
    type: ProjectType = ProjectType.A,
    births: bool = False,
    consents: Collection[str] = (),
) -> tuple[Problem, ...]:
    """Give everything that both schemas show to be wrong in a mapping; `at` is its path, `integrations[0].mapping`.

    `type` is the one of the Dialog Insight project, `zone` that of its dates. `births`: people born in Dialog Insight
    are created in Salesforce. `consents` names Salesforce fields that opt-ins are written to.
    """
    type = owner(type, target)
    pairs = [pair.owned(type) for pair in mapping.pairs]
    found = [*_pairs_problems(pairs, source, target, at, zone, consents)]
    if type is ProjectType.A:
        found += _unmapped(pairs, target, at)
    if births:
        found += _not_for_births(pairs, source, at)
        found += _unmapped_in_salesforce(pairs, source, at)
    return tuple(found)


def owner(type: ProjectType, target: Schema) -> ProjectType:
    """Say whose the records of a table are: rows of a custom table come from Salesforce in a project of any type."""
    return type if target.name == CONTACT_LIST else ProjectType.A


def _pairs_problems(
    pairs: Iterable[FieldPair], source: Schema, target: Schema, at: str, zone: tzinfo, consents: Collection[str]
) -> Iterator[Problem]:
    for n, pair in enumerate(pairs):
        here = f"{at}.pairs[{n}]"
        from_field, to_field = source.find(pair.source), target.find(pair.target)
        if from_field is None:
            yield _unknown(pair.source, source, f"{here}.source")
        if to_field is None:
            yield _unknown(pair.target, target, f"{here}.target")
        if from_field is None or to_field is None:
            continue
        verdict = may_pair(from_field, to_field, _way(pair), consents)
        if verdict.answer is Answer.NO:
            yield Problem(
                here, f"{pair.source} {_ARROWS[_way(pair)]} {pair.target}: {verdict.message}", way_out(verdict)
            )
            continue
        if _way(pair).reaches_dialog_insight:
            yield from _transform_problems(pair, from_field, to_field, here)
            yield from _default_problems(pair, to_field, here, zone)


def _way(pair: FieldPair) -> Direction:
    assert pair.direction is not None, "owned() says the direction"
    return pair.direction


_ARROWS = {Direction.TO_DIALOG_INSIGHT: "→", Direction.TO_SALESFORCE: "←", Direction.BOTH: "↔"}

_WAYS_OUT = {
    Ground.UNSUPPORTED: "Pair a field that holds one value, such as the city of an address.",
    Ground.NO_WAY: "Pair it with a text field, or choose another source.",
    Ground.CONSENT: "Remove this pair; opt-ins have their own place.",
    Ground.READ_ONLY: "Pair a field that may be written.",
    Ground.ID_TOO_LONG: "Pair it with a text field of 18 characters or more.",
    Ground.RECORD_ID: "Let this pair travel to Dialog Insight only.",
    Ground.LOOKUP: "Let this pair travel to Dialog Insight only.",
    Ground.RELATED: "Let this pair travel to Dialog Insight only.",
}


def way_out(verdict: Verdict) -> str:
    """Say what to do about a pair that may not be made."""
    return _WAYS_OUT[verdict.ground]


def _unknown(name: str, schema: Schema, at: str) -> Problem:
    by_fold = {n.casefold(): n for n in schema.fields}
    near = get_close_matches(name.casefold(), by_fold, n=1)
    advice = f"Did you mean “{by_fold[near[0]]}”?" if near else "Choose a field from the list."
    called = schema.label or schema.name
    if schema.side is Side.SALESFORCE:
        return Problem(at, f"There is no field “{name}” in the object {called}.", advice)
    return Problem(at, f"There is no field “{name}” in the table {called}.", advice)


_WRITTEN_AS_TEXT = TEXTS | {FieldType.CHOICE, FieldType.CHOICES}
_ANY_TEXT = TEXTS - {FieldType.EMAIL}

_TRANSFORMS: dict[TransformName, tuple[Callable[[Field, Field], bool], str]] = {
    TransformName.CUT: (
        lambda source, target: source.type in _WRITTEN_AS_TEXT and target.type in _ANY_TEXT and target.length > 0,
        "Only a text can be cut, to a text field with a length.",
    ),
    TransformName.ROUND: (
        lambda source, target: (
            source.type in (FieldType.DECIMAL, FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CHOICE)
            and (target.type is FieldType.INTEGER or (target.type is FieldType.DECIMAL and bool(target.precision)))
        ),
        "Only a number can be rounded, to a number field that says its decimals.",
    ),
    TransformName.LOWER: (
        lambda source, target: source.type in _WRITTEN_AS_TEXT and target.type in TEXTS,
        "Only a text can be put in lower case.",
    ),
    TransformName.DIGITS: (
        lambda source, target: source.type in TEXTS and target.type in _ANY_TEXT,
        "Only a text can be reduced to its digits.",
    ),
}


def _transform_problems(pair: FieldPair, source: Field, target: Field, at: str) -> Iterator[Problem]:
    for n, name in enumerate(pair.transform):
        makes_sense, message = _TRANSFORMS[name]
        if not makes_sense(source, target):
            yield Problem(f"{at}.transform[{n}]", message, "Take this transform away, or pair other fields.")


def _default_problems(pair: FieldPair, target: Field, at: str, zone: tzinfo) -> Iterator[Problem]:
    if pair.default is None:
        return
    if target.type is FieldType.CONTACT:
        yield Problem(f"{at}.default", "A link to a contact takes no default.", "Remove the default.")
        return
    default = default_of(target, pair, zone)
    if type(default) is Refusal:
        message, _ = explain(default, f"The default of {pair.target}")
        yield Problem(f"{at}.default", message, "Write a default that the Dialog Insight field holds.")


# What a new record needs


def _unmapped(pairs: Iterable[FieldPair], target: Schema, at: str) -> Iterator[Problem]:
    mapped = {p.target.casefold() for p in pairs if _way(p).reaches_dialog_insight}
    for field in target.fields.values():
        if is_required(field, target) and field.creatable and field.name.casefold() not in mapped:
            yield Problem(
                f"{at}.pairs",
                f"Dialog Insight requires {field.label or field.name}, and nothing is paired with it.",
                f"Pair a field with {field.name}; without it every new record is refused.",
            )


def _unmapped_in_salesforce(pairs: Iterable[FieldPair], source: Schema, at: str) -> Iterator[Problem]:
    mapped = {p.source.casefold() for p in pairs if _way(p).reaches_salesforce}
    for field in source.fields.values():
        if field.required and not field.external_id and field.name.casefold() not in mapped:
            yield Problem(
                f"{at}.pairs",
                f"Salesforce requires {field.label or field.name}, and nothing is paired with it.",
                f"Pair a Dialog Insight field with {field.name}; without it nobody can be created in {source.label}.",
            )


def _not_for_births(pairs: Iterable[FieldPair], source: Schema, at: str) -> Iterator[Problem]:
    for n, pair in enumerate(pairs):
        field = source.find(pair.source)
        if field is not None and _way(pair).reaches_salesforce and field.updatable and not field.creatable:
            yield Problem(
                f"{at}.pairs[{n}].source",
                f"Salesforce does not let {field.label or field.name} be filled in a new record.",
                "Pair a field that may be written in a new record, or do not create people in Salesforce.",
            )


def is_email_of_the_person(field: Field, schema: Schema) -> bool:
    """Say whether this is EMail, which Dialog Insight requires of every contact (article 1000249343)."""
    return schema.name == CONTACT_LIST and field.name.casefold() == "email"


def is_required(field: Field, schema: Schema) -> bool:
    """Say whether Dialog Insight refuses a new record of this table without a value in this field."""
    return field.required or field.key or is_email_of_the_person(field, schema)


# What belongs to a mapping

EXTERNAL_ID_LENGTH = 40
"""Room for `<idProject>:<idContact>`, two whole numbers of up to 19 digits and a colon."""


def external_id_problems(integration: Integration, source: Schema, at: str) -> tuple[Problem, ...]:
    """Give what is wrong with the field that keeps people born in Dialog Insight from being created twice.

    `at` is the path of the integration.
    """
    if Trigger.DIALOG_INSIGHT_CREATED not in integration.triggers or integration.external_id is None:
        return ()
    here, field = f"{at}.external_id", source.find(integration.external_id)
    if field is None:
        return (_unknown(integration.external_id, source, here),)
    label = field.label or field.name
    advice = f"Choose a text field of {EXTERNAL_ID_LENGTH} characters, marked External ID and Unique, made for this."
    if field.type is not FieldType.TEXT or field.calculated:
        return (Problem(here, f"{label} is not a text field.", advice),)
    found = []
    if field.length < EXTERNAL_ID_LENGTH:
        found.append(f"{label} has room for {field.length} characters; {EXTERNAL_ID_LENGTH} are needed.")
    if not (field.external_id and field.unique):
        found.append(f"{label} is not an external id with unique values: a person could be created twice.")
    if not field.creatable:
        found.append(f"Salesforce does not let {label} be filled in a new record.")
    return tuple(Problem(here, message, advice) for message in found)


_FLAG_ADVICE = "Choose a text, a date or a true/false field made for this, or leave it out: deletes are then reported."


def flag_name_problems(deletes: Deletes, mapping: ObjectMapping, at: str) -> tuple[Problem, ...]:
    """Give what the name alone shows to be wrong with the field for deletes; `at` is the path of `deletes`."""
    if deletes.field is None:
        return ()
    if is_consent_name(deletes.field):
        message = f"{deletes.field} is a consent. No consent is ever written to Dialog Insight."
    elif deletes.field.casefold() in {pair.target.casefold() for pair in mapping.pairs}:
        message = f"{deletes.field} is paired with a Salesforce field already."
    else:
        return ()
    return (Problem(f"{at}.field", message, _FLAG_ADVICE),)


_FLAGS = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.DATE, FieldType.DATETIME, FieldType.BOOLEAN)


def flag_problems(deletes: Deletes, mapping: ObjectMapping, target: Schema, at: str) -> tuple[Problem, ...]:
    """Give what is wrong with the Dialog Insight field that says that a record was deleted in Salesforce.

    `at` is the path of `deletes`.
    """
    if deletes.on_delete is not OnDelete.FLAG or deletes.field is None:
        return ()
    if by_name := flag_name_problems(deletes, mapping, at):
        return by_name
    here, field = f"{at}.field", target.find(deletes.field)
    if field is None:
        return (_unknown(deletes.field, target, here),)
    label = field.label or field.name
    if field.type not in _FLAGS:
        return (Problem(here, f"{label} cannot say that a record is deleted.", _FLAG_ADVICE),)
    if field.calculated or not field.updatable:
        return (Problem(here, f"Dialog Insight does not let {label} be written.", _FLAG_ADVICE),)
    length = length_of(deletes.text.replace("{date}", "2026-11-02"))
    if field.type in (FieldType.TEXT, FieldType.LONG_TEXT) and 0 < field.length < length:
        return (
            Problem(
                f"{at}.text",
                f"The text has {length} characters with its date; {label} holds {field.length}.",
                "Write a shorter text, or choose a longer field.",
            ),
        )
    return ()
