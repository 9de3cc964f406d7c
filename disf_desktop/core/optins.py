"""Opt-in pairs: what is wrong with them once both schemas are known, and what they write to and read from Salesforce.

Three kinds of Salesforce field hold an opt-in, and they do not say the same:

| Field | subscribed | unsubscribed | no answer |
| --- | --- | --- | --- |
| checkbox, inverted (Email Opt Out) | false | **true** | false |
| checkbox | **true** | false | false |
| picklist or text | its word | its word | empty, or its word |

A checkbox is never empty, so each kind of it says one thing only (in bold). An unticked *inverted* one is no opt-in,
but there is nothing to write for one either. An unticked *plain* one cannot be told from “never asked”: by itself it is
no opt-out, so an opt-in of Dialog Insight may tick it on first contact. From then on the ledger remembers that it was
ticked; one that is unticked afterwards is a person's opt-out, and the same opt-in never ticks it again (see
`core.consent`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from difflib import get_close_matches
from enum import StrEnum
from typing import Final, Literal
from unicodedata import normalize

from disf_desktop.core.errors import Problem, SettingsError
from disf_desktop.core.moments import instant
from disf_desktop.core.project import OptinPair
from disf_desktop.core.refusals import Bad
from disf_desktop.core.schema import Field, FieldType, Schema
from disf_desktop.core.values import Value

ORIGIN: Final = "Dialog Insight"
"""What a `source_target` receives at least; the name of the project follows where there is room."""

_WORDED: Final = frozenset({FieldType.CHOICE, FieldType.TEXT})
_ORIGINS: Final = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})
_DATES: Final = frozenset({FieldType.DATE, FieldType.DATETIME})

Member = Literal["target", "date_target", "source_target"]
"""A member of an opt-in pair that names a Salesforce field."""


class Reading(StrEnum):
    """What a Salesforce field says of a consent. UNREADABLE is a word that nobody gave a meaning."""

    OPTED_OUT = "out"
    OPTED_IN = "in"
    NONE = "none"
    UNREADABLE = "unreadable"


# What is wrong


def problems(
    optins: Sequence[OptinPair], salesforce_schema: Schema, dialog_insight_schema: Schema, at: str
) -> tuple[Problem, ...]:
    """Give everything that is wrong in opt-in pairs; `at` is their path, `integrations[0].optins`."""
    return tuple(_problems(optins, salesforce_schema, dialog_insight_schema, at))


def _problems(optins: Sequence[OptinPair], salesforce: Schema, dialog_insight: Schema, at: str) -> Iterator[Problem]:
    used: set[str] = set()
    codes: set[str] = set()
    for n, pair in enumerate(optins):
        here = f"{at}[{n}]"
        if pair.optin.casefold() in codes:
            yield Problem(f"{here}.optin", f"“{pair.optin}” is used twice.", "Keep one pair for each opt-in.")
        codes.add(pair.optin.casefold())
        if _optin(dialog_insight, pair.optin) is None:
            yield _unknown_optin(pair.optin, dialog_insight, f"{here}.optin")
        for member in ("target", "date_target", "source_target"):
            name = getattr(pair, member)
            if name is None:
                continue
            if name.casefold() in used:
                yield Problem(
                    f"{here}.{member}",
                    f"{name} is written by another opt-in pair, or twice by this one.",
                    "Give each consent its own field; consents for several purposes are never made one.",
                )
            used.add(name.casefold())
            field = salesforce.find(name)
            if field is None:
                yield _unknown_field(name, salesforce, f"{here}.{member}")
            elif not _is_writable(field):
                yield Problem(
                    f"{here}.{member}",
                    f"{field.label or field.name} cannot be written in Salesforce.",
                    "Choose a field of the object itself that the connected user may edit, and no formula.",
                )
            else:
                yield from _CHECKS[member](pair, field, f"{here}.{member}")


def receivers(salesforce_schema: Schema, member: Member) -> tuple[Field, ...]:
    """Give the fields of an object that can be the `target`, `date_target` or `source_target` of an opt-in."""
    fits = _FITS[member]
    return tuple(field for field in salesforce_schema.fields.values() if _is_writable(field) and fits(field))


def _is_writable(field: Field) -> bool:
    return "." not in field.name and not field.calculated and field.updatable


def _holds_origin(field: Field) -> bool:
    return field.type in _ORIGINS and not 0 < field.length < len(ORIGIN)


def _optin(schema: Schema, code: str) -> Field | None:
    return next((each for each in schema.optins if each.name.casefold() == code.casefold()), None)


def _unknown_optin(code: str, schema: Schema, at: str) -> Problem:
    known = {each.name.casefold(): each.name for each in schema.optins}
    near = get_close_matches(code.casefold(), known, n=1)
    advice = f"Did you mean “{known[near[0]]}”?" if near else "Choose an opt-in from the list."
    if not known:
        advice = "Create the opt-in in Dialog Insight, or choose the project that has it."
    return Problem(at, f"There is no opt-in “{code}” in {schema.label or schema.name}.", advice)


def _unknown_field(name: str, schema: Schema, at: str) -> Problem:
    known = {each.casefold(): each for each in schema.fields}
    near = get_close_matches(name.casefold(), known, n=1)
    advice = f"Did you mean “{known[near[0]]}”?" if near else "Choose a field from the list."
    return Problem(at, f"There is no field “{name}” in the object {schema.label or schema.name}.", advice)


def _target_problems(pair: OptinPair, field: Field, at: str) -> Iterator[Problem]:
    name = field.label or field.name
    words = {"subscribed": pair.subscribed, "unsubscribed": pair.unsubscribed, "neutral": pair.neutral}
    beside = at.removesuffix(".target")
    if field.type is FieldType.BOOLEAN:
        for member, word in words.items():
            if word is not None:
                yield Problem(
                    f"{beside}.{member}",
                    f"{name} is a checkbox: it is ticked or not, and holds no word.",
                    "Take the word away; say inverted: true if ticked means unsubscribed.",
                )
    elif field.type in _WORDED:
        if pair.inverted:
            yield Problem(f"{beside}.inverted", f"{name} is no checkbox.", "Take inverted away; the words say it.")
        for member in ("subscribed", "unsubscribed"):
            if not _word(words[member]):
                yield Problem(f"{beside}.{member}", f"{name} needs a word for {member}.", "Write the word it receives.")
        yield from _word_problems(words, field, beside)
    else:
        yield Problem(
            at, f"{name} cannot hold a consent.", "Choose a checkbox, a picklist with one value, or a text field."
        )


def _word_problems(words: Mapping[str, str | None], field: Field, beside: str) -> Iterator[Problem]:
    name, seen = field.label or field.name, set()
    for member, given in words.items():
        word = _word(given)
        folded = word.casefold()
        if not folded:
            if given is not None and member == "neutral":
                yield Problem(f"{beside}.{member}", "The word is empty.", "Write a word, or take neutral away.")
            continue
        if folded in seen:
            yield Problem(
                f"{beside}.{member}", f"“{word}” is given two meanings.", "Write a different word for each answer."
            )
        seen.add(folded)
        if field.restricted and word not in field.choices:
            near = get_close_matches(word, field.choices, n=1, cutoff=0.0)
            advice = f"Did you mean “{near[0]}”?" if near else "Add the word to the list in Salesforce."
            yield Problem(f"{beside}.{member}", f"{name} does not accept “{word}”.", advice)
        if 0 < field.length < len(word):
            yield Problem(
                f"{beside}.{member}",
                f"{name} holds {field.length} characters; “{word}” is longer.",
                "Write a shorter word, or lengthen the field in Salesforce.",
            )


def _date_problems(_pair: OptinPair, field: Field, at: str) -> Iterator[Problem]:
    if field.type not in _DATES:
        yield Problem(at, f"{field.label or field.name} is no date.", "Choose a date, or a date with time.")


def _source_problems(_pair: OptinPair, field: Field, at: str) -> Iterator[Problem]:
    if not _holds_origin(field):
        yield Problem(
            at,
            f"{field.label or field.name} cannot hold where a consent comes from.",
            f"Choose a text field of {len(ORIGIN)} characters or more.",
        )


_FITS: Final[Mapping[Member, Callable[[Field], bool]]] = {
    "target": lambda field: field.type is FieldType.BOOLEAN or field.type in _WORDED,
    "date_target": lambda field: field.type in _DATES,
    "source_target": _holds_origin,
}
_CHECKS: Final = {"target": _target_problems, "date_target": _date_problems, "source_target": _source_problems}


# Made ready for a run


@dataclass(frozen=True, slots=True)
class CompiledOptin:
    """An opt-in pair ready for a run; names are spelt as the schemas spell them.

    `out`, `subscribed` and `neutral` are the values that the Salesforce field receives; `neutral` is None where none is
    written. `says_out` and `says_in` tell what the field can show at all (see above).
    """

    code: str
    target: str
    out: Value
    subscribed: Value
    neutral: Value
    says_out: bool
    says_in: bool
    date_target: str | None = None
    date_only: bool = False
    source_target: str | None = None
    source: str = ORIGIN
    zone: tzinfo = UTC

    def read(self, value: Value | Bad) -> Reading:
        """Say what the canonical value of the Salesforce field means. Words count in any case of letters."""
        if isinstance(self.out, bool):
            if value is True:
                return Reading.OPTED_OUT if self.says_out else Reading.OPTED_IN
            return Reading.NONE if value is False or value is None else Reading.UNREADABLE
        if value is None:
            return Reading.NONE
        if not isinstance(value, str):
            return Reading.UNREADABLE
        word = value.strip().casefold()
        if word == _folded(self.out):
            return Reading.OPTED_OUT
        if word == _folded(self.subscribed):
            return Reading.OPTED_IN
        return Reading.NONE if self.neutral is not None and word == _folded(self.neutral) else Reading.UNREADABLE

    def write(self, state: bool | None, since: str | None) -> dict[str, Value]:
        """Give the Salesforce fields for a state of Dialog Insight; `since` is when, as UTC text, None if unknown.

        A date that is not known empties its field: the one there belongs to another answer.
        """
        assert state is not None or self.neutral is not None, "neutral is written only where a word is given"
        fields = {self.target: self.neutral if state is None else self.subscribed if state else self.out}
        if self.date_target is not None:
            fields[self.date_target] = None if since is None else self._date(since)
        if self.source_target is not None:
            fields[self.source_target] = self.source
        return fields

    def _date(self, since: str) -> str:
        if self.date_only:
            return instant(since).astimezone(self.zone).date().isoformat()
        return since[:19] + "Z"


def _word(text: str | None) -> str:
    """Give a word in its canonical form."""
    return normalize("NFC", text or "").strip()


def _folded(value: Value) -> str:
    return str(value).casefold()


@dataclass(frozen=True, slots=True)
class CompiledOptins:
    """The opt-in pairs of an integration, by the opt-in's code."""

    pairs: Mapping[str, CompiledOptin]

    def __bool__(self) -> bool:
        return bool(self.pairs)

    def __getitem__(self, code: str) -> CompiledOptin:
        return self.pairs[code]

    @property
    def sources(self) -> tuple[str, ...]:
        """Name the Salesforce fields that a run reads."""
        return tuple(pair.target for pair in self.pairs.values())

    def readings(self, values: Mapping[str, Value | Bad]) -> dict[str, Reading]:
        """Say by opt-in what the canonical values of a Salesforce record mean, of the fields that are given."""
        return {code: pair.read(values[pair.target]) for code, pair in self.pairs.items() if pair.target in values}


def compile(
    optins: Sequence[OptinPair],
    salesforce_schema: Schema,
    dialog_insight_schema: Schema,
    at: str = "optins",
    *,
    zone: tzinfo = UTC,
    project: str = "",
) -> CompiledOptins:
    """Make opt-in pairs ready for a run. Raises SettingsError with every problem.

    `zone` is the one of the Dialog Insight project, in which a day is counted; `project` its name.
    """
    found = problems(optins, salesforce_schema, dialog_insight_schema, at)
    if found:
        raise SettingsError(found)
    compiled = [_compiled(pair, salesforce_schema, dialog_insight_schema, zone, project) for pair in optins]
    return CompiledOptins({each.code: each for each in compiled})


def _compiled(pair: OptinPair, salesforce: Schema, dialog_insight: Schema, zone: tzinfo, project: str) -> CompiledOptin:
    optin, target = _optin(dialog_insight, pair.optin), salesforce.find(pair.target)
    assert optin is not None, "problems() found every unknown opt-in"
    assert target is not None, "problems() found every unknown field"
    dated = salesforce.find(pair.date_target) if pair.date_target is not None else None
    told = salesforce.find(pair.source_target) if pair.source_target is not None else None
    checkbox = target.type is FieldType.BOOLEAN
    source = f"{ORIGIN}, {project}" if project else ORIGIN
    return CompiledOptin(
        code=optin.name,
        target=target.name,
        out=pair.inverted if checkbox else _word(pair.unsubscribed),
        subscribed=not pair.inverted if checkbox else _word(pair.subscribed),
        neutral=None if checkbox or pair.neutral is None else _word(pair.neutral),
        says_out=not checkbox or pair.inverted,
        says_in=not checkbox or not pair.inverted,
        date_target=dated.name if dated is not None else None,
        date_only=dated is not None and dated.type is FieldType.DATE,
        source_target=told.name if told is not None else None,
        source=source[: told.length].strip() if told is not None and told.length else source,
        zone=zone,
    )
