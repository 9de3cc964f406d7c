"""The mapping made ready for a run, both ways."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from disf_desktop.core.conversion import Converter, converter, converter_back
from disf_desktop.core.errors import SettingsError
from disf_desktop.core.mapping_problems import external_id_problems as external_id_problems
from disf_desktop.core.mapping_problems import flag_problems as flag_problems
from disf_desktop.core.mapping_problems import is_email_of_the_person, is_required, owner
from disf_desktop.core.mapping_problems import problems as problems
from disf_desktop.core.project import Direction, FieldPair, ObjectMapping, ProjectType, WhenEmpty
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.core.values import Bad, Canonicaliser, Value, canonicaliser
from disf_desktop.core.verdict import may_pair as may_pair


@dataclass(frozen=True, slots=True)
class FieldRefusal:
    """A refusal and the field that a record's value cannot enter: of Dialog Insight on the way there, of Salesforce on
    the way back."""

    field: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class CompiledMapping:
    """A mapping as lists of functions, in the order of its pairs.

    `pairs` say their direction and their policy; names are spelt as the schemas spell them. `sources` and `targets` are
    those of the pairs, each once, then the extra ones that somebody asked for; the target of a pair has the place of
    the pair, its source the one that `source_index` gives. `forward` and `backward` tell which pairs reach Dialog
    Insight and which Salesforce; the functions of a pair that does not are None. `labels` gives for each target how a
    person knows its source, `source_labels` for each source how a person knows its target.
    """

    pairs: tuple[FieldPair, ...]
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    key_targets: tuple[str, ...]
    source_index: tuple[int, ...]
    labels: Mapping[str, str]
    source_labels: Mapping[str, str]
    readers: tuple[Canonicaliser, ...]
    creators: tuple[Converter | None, ...]
    updaters: tuple[Converter | None, ...]
    forward: tuple[bool, ...]
    backward: tuple[bool, ...]
    back_creators: tuple[Converter | None, ...]
    back: tuple[Converter | None, ...]

    def read(self, raws: Sequence[Any]) -> tuple[Value | Bad, ...]:
        """Give the canonical values of a record, in the order of `sources`; one that cannot be read says why."""
        return tuple([read(raw) for read, raw in zip(self.readers, raws, strict=True)])

    def convert(
        self, values: Sequence[Value], creating: bool = True
    ) -> tuple[tuple[Value, ...], tuple[FieldRefusal, ...] | None]:
        """Give the image of a Salesforce record in Dialog Insight, by pair, and every refusal, None if there is none.

        A refused value is given as None, and so is that of a pair that does not reach Dialog Insight. A required field
        without a value is refused; when not `creating`, it is not where the pair keeps the target's value when its
        source is empty. A pair to a `contact` field gives the Id.
        """
        steps = self.creators if creating else self.updaters
        image = tuple([convert and convert(values[i]) for convert, i in zip(steps, self.source_index, strict=True)])
        return self._sorted_out(image, Side.DIALOG_INSIGHT)

    def convert_back(
        self, found: Sequence[Value], creating: bool = False
    ) -> tuple[tuple[Value, ...], tuple[FieldRefusal, ...] | None]:
        """Give the image of a Dialog Insight record in Salesforce, by pair, and every refusal, None if there is none.

        `found` follows `targets`. A refused value is given as None, and so is that of a pair that does not reach
        Salesforce. A required field without a value is refused, as in `convert`; an empty checkbox is false there, and
        left to Salesforce when `creating`.
        """
        steps = self.back_creators if creating else self.back
        image = tuple([convert and convert(value) for convert, value in zip(steps, found[: len(steps)], strict=True)])
        return self._sorted_out(image, Side.SALESFORCE)

    def label(self, field: str, side: Side) -> str:
        """Say how a person knows the value that cannot enter `field` of `side`: by the field that it comes from."""
        labels = self.labels if side is Side.DIALOG_INSIGHT else self.source_labels
        return labels.get(field, field)

    def _sorted_out(
        self, image: tuple[Value | Refusal, ...], to: Side
    ) -> tuple[tuple[Value, ...], tuple[FieldRefusal, ...] | None]:
        if Refusal not in map(type, image):
            return image, None  # type: ignore[return-value]
        names = self.targets if to is Side.DIALOG_INSIGHT else [pair.source for pair in self.pairs]
        refusals = tuple(FieldRefusal(names[i], value) for i, value in enumerate(image) if isinstance(value, Refusal))
        return tuple([None if isinstance(value, Refusal) else value for value in image]), refusals


def compile(
    mapping: ObjectMapping,
    source: Schema,
    target: Schema,
    zone: tzinfo,
    at: str = "mapping",
    *,
    type: ProjectType = ProjectType.A,
    births: bool = False,
    consents: Collection[str] = (),
    extra_sources: Sequence[str] = (),
    extra_targets: Sequence[str] = (),
) -> CompiledMapping:
    """Make a mapping ready for a run; `zone` is the one of the Dialog Insight project, `type` its type.

    `births` and `consents` are those of `problems`. `extra_sources` and `extra_targets` are fields to observe besides
    those of the pairs; one that the schema does not have is left out. Raises SettingsError with every problem, if
    there is one.
    """
    type = owner(type, target)
    found = problems(mapping, source, target, at, zone, type=type, births=births, consents=consents)
    if found:
        raise SettingsError(found)
    fields = [(_known(source, pair.source), _known(target, pair.target)) for pair in mapping.pairs]
    pairs = tuple(
        pair.owned(type).model_copy(update={"source": from_field.name, "target": to_field.name})
        for pair, (from_field, to_field) in zip(mapping.pairs, fields, strict=True)
    )
    sources = {from_field.name: from_field for from_field, _ in fields} | _extra(source, extra_sources)
    targets = {to_field.name: to_field for _, to_field in fields} | _extra(target, extra_targets)
    index = {name: i for i, name in enumerate(sources)}
    there = [_forward(pair, *both, target, zone) for pair, both in zip(pairs, fields, strict=True)]
    back = [_backward(pair, *both, zone) for pair, both in zip(pairs, fields, strict=True)]
    return CompiledMapping(
        pairs=pairs,
        sources=tuple(sources),
        targets=tuple(targets),
        key_targets=tuple(pair.target for pair in pairs if pair.key),
        source_index=tuple(index[pair.source] for pair in pairs),
        labels={to_field.name: from_field.label or from_field.name for from_field, to_field in fields},
        source_labels=_source_labels(pairs, fields),
        readers=tuple(canonicaliser(field, source.side) for field in sources.values()),
        creators=tuple(creator for creator, _ in there),
        updaters=tuple(updater for _, updater in there),
        forward=tuple(_way(pair).reaches_dialog_insight for pair in pairs),
        backward=tuple(_way(pair).reaches_salesforce for pair in pairs),
        back_creators=tuple(creator for creator, _ in back),
        back=tuple(updater for _, updater in back),
    )


def _known(schema: Schema, name: str) -> Field:
    field = schema.find(name)
    assert field is not None, "problems() found every unknown field"
    return field


def _extra(schema: Schema, names: Iterable[str]) -> dict[str, Field]:
    found = (schema.find(name) for name in names)
    return {field.name: field for field in found if field is not None}


def _way(pair: FieldPair) -> Direction:
    assert pair.direction is not None, "owned() says the direction"
    return pair.direction


def _source_labels(pairs: Sequence[FieldPair], fields: Sequence[tuple[Field, Field]]) -> dict[str, str]:
    """Give the label of the target of each source: of the one that Salesforce receives, if there is one."""
    in_order = sorted(zip(pairs, fields, strict=True), key=lambda each: _way(each[0]).reaches_salesforce)
    return {from_field.name: to_field.label or to_field.name for _, (from_field, to_field) in in_order}


# Toward Dialog Insight

Both = tuple[Converter | None, Converter | None]
"""How a record that is created and one that is updated receive a value."""


def _forward(pair: FieldPair, source: Field, target: Field, schema: Schema, zone: tzinfo) -> Both:
    if not _way(pair).reaches_dialog_insight:
        return None, None
    convert = converter(source, target, pair, zone)
    if not (pair.key or is_required(target, schema)):
        return convert, convert
    is_key = pair.key or target.key or is_email_of_the_person(target, schema)
    full = _never_empty(convert, Refusal(Reason.KEY_MISSING if is_key else Reason.REQUIRED_MISSING))
    return full, convert if pair.when_empty is WhenEmpty.KEEP and not pair.key else full


def _never_empty(convert: Converter, missing: Refusal) -> Converter:
    def convert_full(value: Value) -> Value | Refusal:
        image = convert(value)
        return missing if image is None else image

    return convert_full


# Toward Salesforce


def _backward(pair: FieldPair, source: Field, target: Field, zone: tzinfo) -> Both:
    if not _way(pair).reaches_salesforce:
        return None, None
    convert = converter_back(target, source, zone)
    keeps = pair.when_empty is WhenEmpty.KEEP
    if source.required:
        full = _never_empty(convert, Refusal(Reason.REQUIRED_MISSING))
        return full, convert if keeps else full
    if source.type is FieldType.BOOLEAN and not keeps:
        return convert, _never_unknown(convert)
    return convert, convert


def _never_unknown(convert: Converter) -> Converter:
    """Give false where nothing is held: a checkbox of Salesforce is true or false."""

    def convert_known(value: Value) -> Value | Refusal:
        image = convert(value)
        return False if image is None else image

    return convert_known
