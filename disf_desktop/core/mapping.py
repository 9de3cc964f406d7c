"""What is wrong in a mapping once both schemas are known, and the mapping made ready for a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from difflib import get_close_matches
from typing import Any

from disf_desktop.core.conversion import TEXTS, Converter, converter, default_of
from disf_desktop.core.errors import Problem, SettingsError
from disf_desktop.core.project import FieldPair, ObjectMapping, TransformName, WhenEmpty
from disf_desktop.core.refusals import Reason, Refusal, explain
from disf_desktop.core.schema import CONTACT_LIST, Field, FieldType, Schema
from disf_desktop.core.values import Bad, Canonicaliser, Value, canonicaliser
from disf_desktop.core.verdict import Answer, Ground
from disf_desktop.core.verdict import may_pair as may_pair

# What is wrong


def problems(
    mapping: ObjectMapping, source: Schema, target: Schema, at: str, zone: tzinfo = UTC
) -> tuple[Problem, ...]:
    """Give everything that both schemas show to be wrong in a mapping; `at` is its path, `integrations[0].mapping`."""
    return (*_pairs_problems(mapping, source, target, at, zone), *_unmapped(mapping, target, at))


def _pairs_problems(mapping: ObjectMapping, source: Schema, target: Schema, at: str, zone: tzinfo) -> Iterator[Problem]:
    for n, pair in enumerate(mapping.pairs):
        here = f"{at}.pairs[{n}]"
        from_field, to_field = source.find(pair.source), target.find(pair.target)
        if from_field is None:
            yield _unknown(pair.source, source, "the object", f"{here}.source")
        if to_field is None:
            yield _unknown(pair.target, target, "the table", f"{here}.target")
        if from_field is None or to_field is None:
            continue
        verdict = may_pair(from_field, to_field)
        if verdict.answer is Answer.NO:
            yield Problem(here, f"{pair.source} → {pair.target}: {verdict.message}", _WAYS_OUT[verdict.ground])
            continue
        yield from _transform_problems(pair, from_field, to_field, here)
        yield from _default_problems(pair, to_field, here, zone)


_WAYS_OUT = {
    Ground.UNSUPPORTED: "Pair a field that holds one value, such as the city of an address.",
    Ground.NO_WAY: "Pair it with a text field, or choose another source.",
    Ground.CONSENT: "Remove this pair; opt-ins have their own place.",
    Ground.READ_ONLY: "Pair a field that may be written.",
    Ground.ID_TOO_LONG: "Pair it with a text field of 18 characters or more.",
}


def _unknown(name: str, schema: Schema, what: str, at: str) -> Problem:
    by_fold = {n.casefold(): n for n in schema.fields}
    near = get_close_matches(name.casefold(), by_fold, n=1)
    advice = f"Did you mean “{by_fold[near[0]]}”?" if near else "Choose a field from the list."
    return Problem(at, f"There is no field “{name}” in {what} {schema.label or schema.name}.", advice)


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


def _unmapped(mapping: ObjectMapping, target: Schema, at: str) -> Iterator[Problem]:
    mapped = {p.target.casefold() for p in mapping.pairs}
    for field in target.fields.values():
        if _is_required(field, target) and field.creatable and field.name.casefold() not in mapped:
            yield Problem(
                f"{at}.pairs",
                f"Dialog Insight requires {field.label or field.name}, and nothing is paired with it.",
                f"Pair a field with {field.name}; without it every new record is refused.",
            )


def _is_email_of_the_person(field: Field, schema: Schema) -> bool:
    """Say whether this is EMail, which Dialog Insight requires of every contact (article 1000249343)."""
    return schema.name == CONTACT_LIST and field.name.casefold() == "email"


def _is_required(field: Field, schema: Schema) -> bool:
    return field.required or field.key or _is_email_of_the_person(field, schema)


# The mapping made ready


@dataclass(frozen=True, slots=True)
class FieldRefusal:
    """A refusal and the target field, by its name, that a record's value cannot enter."""

    field: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class CompiledMapping:
    """A mapping as lists of functions, in the order of its pairs.

    Names are spelt as the schemas spell them. `source_index` gives where the source of each target stands in `sources`;
    `labels` how a person knows the source of each target.
    """

    pairs: tuple[FieldPair, ...]
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    key_targets: tuple[str, ...]
    source_index: tuple[int, ...]
    labels: Mapping[str, str]
    readers: tuple[Canonicaliser, ...]
    creators: tuple[Converter, ...]
    updaters: tuple[Converter, ...]

    def read(self, raws: Sequence[Any]) -> tuple[Value | Bad, ...]:
        """Give the canonical values of a record, in the order of `sources`; one that cannot be read says why."""
        return tuple([read(raw) for read, raw in zip(self.readers, raws, strict=True)])

    def convert(
        self, values: Sequence[Value], creating: bool = True
    ) -> tuple[tuple[Value, ...], tuple[FieldRefusal, ...] | None]:
        """Give the image of a record, in the order of `targets`, and every refusal, None if there is none.

        A refused value is given as None. A required field without a value is refused; when not `creating`, it is not
        where the pair keeps the target's value when its source is empty. A pair to a `contact` field gives the Id.
        """
        steps = self.creators if creating else self.updaters
        image = tuple([convert(values[i]) for convert, i in zip(steps, self.source_index, strict=True)])
        if Refusal not in map(type, image):
            return image, None  # type: ignore[return-value]
        refusals = tuple(
            FieldRefusal(self.targets[i], value) for i, value in enumerate(image) if isinstance(value, Refusal)
        )
        return tuple([None if isinstance(value, Refusal) else value for value in image]), refusals


def compile(
    mapping: ObjectMapping, source: Schema, target: Schema, zone: tzinfo, at: str = "mapping"
) -> CompiledMapping:
    """Make a mapping ready for a run; `zone` is the one of the Dialog Insight project.

    Raises SettingsError with every problem, if there is one.
    """
    found = problems(mapping, source, target, at, zone)
    if found:
        raise SettingsError(found)
    fields = [(_known(source, pair.source), _known(target, pair.target)) for pair in mapping.pairs]
    sources = {from_field.name: from_field for from_field, _ in fields}
    index = {name: i for i, name in enumerate(sources)}
    creators, updaters = [], []
    for pair, (from_field, to_field) in zip(mapping.pairs, fields, strict=True):
        convert = converter(from_field, to_field, pair, zone)
        full = _never_empty(convert, pair, to_field, target)
        creators.append(full)
        updaters.append(convert if pair.when_empty is WhenEmpty.KEEP and not pair.key else full)
    return CompiledMapping(
        pairs=tuple(
            pair.model_copy(update={"source": from_field.name, "target": to_field.name})
            for pair, (from_field, to_field) in zip(mapping.pairs, fields, strict=True)
        ),
        sources=tuple(sources),
        targets=tuple(to_field.name for _, to_field in fields),
        key_targets=tuple(to_field.name for pair, (_, to_field) in zip(mapping.pairs, fields, strict=True) if pair.key),
        source_index=tuple(index[from_field.name] for from_field, _ in fields),
        labels={to_field.name: from_field.label or from_field.name for from_field, to_field in fields},
        readers=tuple(canonicaliser(from_field, source.side) for from_field in sources.values()),
        creators=tuple(creators),
        updaters=tuple(updaters),
    )


def _known(schema: Schema, name: str) -> Field:
    field = schema.find(name)
    assert field is not None, "problems() found every unknown field"
    return field


def _never_empty(convert: Converter, pair: FieldPair, target: Field, schema: Schema) -> Converter:
    """Refuse an empty image where Dialog Insight could not tell who this is, or requires a value."""
    if not (pair.key or _is_required(target, schema)):
        return convert
    is_key = pair.key or target.key or _is_email_of_the_person(target, schema)
    missing = Refusal(Reason.KEY_MISSING if is_key else Reason.REQUIRED_MISSING)

    def convert_full(value: Value) -> Value | Refusal:
        image = convert(value)
        return missing if image is None else image

    return convert_full
