"""Real records through a pair: what each value becomes in Dialog Insight, and how many cannot go, or are changed.

The conversion is the pair's own, as a run compiles it. What a transform mends is counted too, so that a person sees
what it does. Samples hold personal data: they are kept in memory only, and no text made of them may reach a log.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from enum import StrEnum
from functools import cached_property

from disf_desktop.core.conversion import Converter, converter
from disf_desktop.core.mapping_problems import is_email_of_the_person, is_required, problems
from disf_desktop.core.moments import to_local
from disf_desktop.core.project import Direction, FieldPair, ObjectMapping, ProjectType, TransformName, WhenEmpty
from disf_desktop.core.records import RawValue
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.core.values import SEPARATOR, Value, canonicaliser
from disf_desktop.core.verdict import Answer, may_pair

SHOWN = 10
"""How many real records are shown; all of them are counted."""


@dataclass(frozen=True, eq=False)
class Sample:
    """Some records of an object as Salesforce gave them: raw values in the order of `fields`."""

    fields: tuple[str, ...]
    rows: Sequence[tuple[RawValue, ...]] = field(repr=False)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {name.casefold(): n for n, name in enumerate(self.fields)}

    def has(self, name: str) -> bool:
        """Say whether the field was read."""
        return name.casefold() in self._places

    def values(self, name: str) -> tuple[RawValue, ...]:
        """Give the raw values of a field that was read."""
        place = self._places[name.casefold()]
        return tuple([row[place] for row in self.rows])


@dataclass(frozen=True, slots=True)
class Flow:
    """One value on its way: as Salesforce gave it, as Dialog Insight will hold it, or why it cannot."""

    raw: RawValue = field(repr=False)
    stored: str = field(repr=False)
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """How many values are refused for one reason; `worst` has the figures of the worst of them."""

    code: str
    count: int
    worst: tuple[tuple[str, int], ...] = ()

    def figure(self, name: str) -> int | None:
        """Give one of the figures."""
        return dict(self.worst).get(name)


@dataclass(frozen=True, slots=True)
class Flows:
    """What a sample shows of a pair: `looked` records, of which `filled` have a value; `refused` by reason, the most
    frequent first; `mended`, what would be refused but for the pair's transform. `shown` are a few of them."""

    looked: int
    filled: int
    refused: tuple[Loss, ...]
    mended: tuple[Loss, ...]
    shown: tuple[Flow, ...]

    @property
    def count(self) -> int:
        """How many records would be set aside because of this pair."""
        return sum(loss.count for loss in self.refused)


class Remedy(StrEnum):
    """What may be done at the pair about values that cannot go."""

    ROUND = "round"
    CUT = "cut"
    DIGITS = "digits"
    DEFAULT = "default"
    KEEP = "keep"  # keep the target's value where the source is empty
    OTHER_FIELD = "other_field"


def run_through(
    pair: FieldPair, source: Field, target: Field, schema: Schema, sample: Sample, zone: tzinfo, shown: int = SHOWN
) -> Flows:
    """Send the sample through a pair toward Dialog Insight; `schema` is the one of the target, `zone` of its project.

    The pair must be one that can be made (`can_run`), and its source must have been read.
    """
    read = canonicaliser(source, Side.SALESFORCE)
    convert = converter(source, target, pair, zone)
    exact = converter(source, target, pair.model_copy(update={"transform": ()}), zone) if pair.transform else convert
    required = _missing(pair, target, schema)
    write = _writer(target, zone)
    refused, mended = _Losses(), _Losses()
    filled, flows = 0, []
    for raw in sample.values(source.name):
        value = read(raw)
        filled += value is not None
        image = _image(value, convert, required)
        if isinstance(image, Refusal):
            refused.add(image)
        elif exact is not convert and not isinstance(value, Refusal):
            as_it_is = exact(value)
            if isinstance(as_it_is, Refusal):
                mended.add(as_it_is)
        flows.append((raw, image))
    chosen = _telling(flows, shown)
    return Flows(
        len(flows),
        filled,
        refused.counted(),
        mended.counted(),
        tuple(Flow(raw, "", image) if isinstance(image, Refusal) else Flow(raw, write(image)) for raw, image in chosen),
    )


def travelling(source: Field, target: Field, sample: Sample, zone: tzinfo, most: int = 400) -> tuple[int, int] | None:
    """Say how many filled values of a field were looked at, and how many of them the other field can hold; None where
    it was not read."""
    if not sample.has(source.name) or may_pair(source, target).answer is Answer.NO:
        return None
    read = canonicaliser(source, Side.SALESFORCE)
    convert = converter(source, target, FieldPair(source=source.name, target=target.name), zone)
    values = [value for raw in sample.values(source.name) if (value := read(raw)) is not None][:most]
    return len(values), sum(type(_image(value, convert, None)) is not Refusal for value in values)


def can_run(pair: FieldPair, source: Schema, target: Schema, type: ProjectType, zone: tzinfo) -> bool:
    """Say whether the pair reaches Dialog Insight and nothing is wrong in itself, so that values can go through it."""
    owned = pair.owned(type)
    if owned.direction is Direction.TO_SALESFORCE:
        return False
    there = owned.model_copy(update={"direction": Direction.TO_DIALOG_INSIGHT, "conflict": None})
    found = problems(ObjectMapping(pairs=(there,)), source, target, "mapping", zone, type=type)
    return not any(problem.path.startswith("mapping.pairs[0]") for problem in found)


def remedies(
    pair: FieldPair, source: Schema, target: Schema, type: ProjectType, zone: tzinfo, codes: Sequence[str]
) -> tuple[Remedy, ...]:
    """Give what may be done about these reasons, by what makes sense for the two fields; the best one first."""
    wanted = [remedy for code in codes for remedy in _REMEDIES.get(code, ())]
    field = source.find(pair.source)
    if field is None or field.type is not FieldType.PHONE:
        wanted = [remedy for remedy in wanted if remedy is not Remedy.DIGITS]
    able = [
        remedy
        for remedy in dict.fromkeys(wanted)
        if not pair.key
        and (remedy is Remedy.DEFAULT or remedied(pair, remedy) != pair)
        and can_run(remedied(pair, remedy), source, target, type, zone)
    ]
    return (*able, Remedy.OTHER_FIELD)


def remedied(pair: FieldPair, remedy: Remedy) -> FieldPair:
    """Give the pair with a remedy; the same where the remedy is not one of the pair's own."""
    if remedy is Remedy.KEEP:
        return pair.model_copy(update={"when_empty": WhenEmpty.KEEP})
    name = _TRANSFORM_OF.get(remedy)
    if name is None or name in pair.transform:
        return pair
    return pair.model_copy(update={"transform": (*pair.transform, name)})


_TRANSFORM_OF = {
    Remedy.ROUND: TransformName.ROUND,
    Remedy.CUT: TransformName.CUT,
    Remedy.DIGITS: TransformName.DIGITS,
}
_REMEDIES: dict[str, tuple[Remedy, ...]] = {
    Reason.HAS_DECIMALS: (Remedy.ROUND,),
    Reason.TOO_LONG: (Remedy.DIGITS, Remedy.CUT),
    Reason.REQUIRED_MISSING: (Remedy.DEFAULT,),
}


def _missing(pair: FieldPair, target: Field, schema: Schema) -> Refusal | None:
    """Give why an empty value is refused, None where it is not."""
    if not (pair.key or is_required(target, schema)):
        return None
    is_key = pair.key or target.key or is_email_of_the_person(target, schema)
    return Refusal(Reason.KEY_MISSING if is_key else Reason.REQUIRED_MISSING)


def _image(value: Value | Refusal, convert: Converter, required: Refusal | None) -> Value | Refusal:
    if isinstance(value, Refusal):
        return value
    image = convert(value)
    return required if image is None and required is not None else image


class _Losses:
    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._worst: dict[str, tuple[tuple[str, int], ...]] = {}

    def add(self, refusal: Refusal) -> None:
        code = str(refusal.code)
        self._counts[code] += 1
        self._worst[code] = max(self._worst.get(code, ()), refusal.figures)

    def counted(self) -> tuple[Loss, ...]:
        return tuple(Loss(code, count, self._worst[code]) for code, count in self._counts.most_common())


def _telling(flows: Sequence[tuple[RawValue, Value | Refusal]], most: int) -> list[tuple[RawValue, Value | Refusal]]:
    """Choose what tells most: some that cannot go, each different value once, and one that is empty."""
    groups: tuple[dict[str, tuple[RawValue, Value | Refusal]], ...] = ({}, {}, {})
    for raw, image in flows:
        group = groups[0] if isinstance(image, Refusal) else groups[2] if raw is None or raw == "" else groups[1]
        if len(group) < most:
            group.setdefault(repr(raw), (raw, image))
    lost, went, empty = (list(group.values()) for group in groups)
    lost, empty = lost[: max(1, most // 3)], empty[:1]
    room = most - len(lost) - len(empty)
    return [*lost, *went[:room], *empty]


def _writer(target: Field, zone: tzinfo) -> Callable[[Value], str]:
    """Give how a value of the target is written where a person reads it in Dialog Insight; "" for none."""

    def write(value: Value) -> str:
        if value is None:
            return ""
        if isinstance(value, tuple):
            return SEPARATOR[Side.DIALOG_INSIGHT].join(value)
        if target.type is FieldType.DATETIME:
            return to_local(str(value), zone)
        return str(value).lower() if isinstance(value, bool) else str(value)

    return write
