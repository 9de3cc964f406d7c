"""Which field a column of a file fills: proposed by what both are called and by what the cells look like.

Names are read as for the pairs of a mapping (`core.suggest`): exact, folded, by label, by meaning in both languages.
What the cells look like may take a proposal away or make it less sure; alone it makes one for e-mail addresses only,
where one column and one field hold them. A consent is never proposed: it has its own question.

What is certain may be taken without a person looking: the same name or the same meaning, cells that the field holds,
and no other column or field that comes close.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from disf_desktop.core.importing.file_form import RESULT_COLUMNS, CellKind, ColumnSeen
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.core.suggest import (
    BY_THE_SYSTEM,
    DOUBTFUL,
    MARGIN,
    Evidence,
    FieldWords,
    same_meaning,
    words_of_fields,
)
from disf_desktop.core.synonyms import folded, own_words
from disf_desktop.core.verdict import is_consent_field

LEAST: Final = 0.5
"""A column with a lower score is not proposed."""


@dataclass(frozen=True, slots=True)
class ColumnSuggestion:
    """A column and the field that it may fill, 0 to 1 how sure, and why."""

    column: str
    field: str
    score: float
    certain: bool
    evidence: Evidence


def suggest_columns(
    columns: Sequence[ColumnSeen], schema: Schema, consents: Collection[str] = ()
) -> tuple[ColumnSuggestion, ...]:
    """Propose fields for columns, each of both once, in the order of the columns.

    `consents` names Salesforce fields that opt-ins of the project file are written to.
    """
    own = own_words((schema.name, schema.label))
    fields = [words for words in words_of_fields(schema, own) if _can_be_filled(words.field, schema, consents)]
    read = words_of_fields(_as_schema(columns, schema.side), own)
    seen = {column.name: column for column in columns}
    found = [
        suggestion
        for words in read
        for suggestion in _candidates(words, seen[words.field.name], fields, schema)
        if suggestion.score >= LEAST
    ]
    taken = _one_to_one([*found, *_by_addresses(columns, fields)])
    return tuple(taken[column.name] for column in columns if column.name in taken)


def _as_schema(columns: Sequence[ColumnSeen], side: Side) -> Schema:
    """Give the columns as the fields of a table; those that an earlier import has added are left out."""
    named = (each.name for each in columns if each.name.casefold() not in RESULT_COLUMNS)
    return Schema(side.other, "", "", {name: Field(name, name, FieldType.TEXT) for name in named})


def _can_be_filled(field: Field, schema: Schema, consents: Collection[str]) -> bool:
    if schema.side is Side.SALESFORCE:
        if field.type is FieldType.ID:
            return True
        if is_consent_field(field.name, consents) or field.name.casefold() in BY_THE_SYSTEM:
            return False
    return not field.calculated and (field.creatable or field.updatable) and "." not in field.name


def _candidates(
    words: FieldWords, column: ColumnSeen, fields: Sequence[FieldWords], schema: Schema
) -> Iterator[ColumnSuggestion]:
    for other in fields:
        evidence = _evidence(words, column, other, schema)
        if evidence is None:
            continue
        score, sure, why = evidence
        fits = _fits(column, other.field)
        if fits is None:
            continue
        yield ColumnSuggestion(column.name, other.field.name, round(score - fits, 3), sure and not fits, why)


def _evidence(
    words: FieldWords, column: ColumnSeen, other: FieldWords, schema: Schema
) -> tuple[float, bool, Evidence] | None:
    field = other.field
    if field.type is FieldType.ID:
        named = "=salesforce_id" in words.of_name or words.name in ("id", "recordid", f"{folded(schema.name)}id")
        return (1.0, True, Evidence.RECORD_ID) if named else None
    if words.name in (folded(field.name), other.name):
        exact = column.name == field.name or not other.of_name & DOUBTFUL
        return 1.0, exact, Evidence.SAME_NAME
    if field.key and column.kind is CellKind.RECORD_ID and "=salesforce_id" in other.of_name | other.of_label:
        named = "=salesforce_id" in words.of_name or words.name in ("id", "contactid", "leadid")
        return (0.95 if named else 0.9), named, Evidence.RECORD_ID
    if words.name and words.name == other.label:
        return 0.97, not other.of_label & DOUBTFUL, Evidence.SAME_LABEL
    cost = same_meaning(words, other)
    if cost is None:
        return None
    doubtful = (words.of_name | other.of_name | other.of_label) & DOUBTFUL
    return 0.92 - cost, not doubtful and cost < 0.1, Evidence.SAME_MEANING


_KINDS: Final[Mapping[FieldType, frozenset[CellKind]]] = {
    FieldType.EMAIL: frozenset({CellKind.EMAIL}),
    FieldType.DATE: frozenset({CellKind.DATE}),
    FieldType.DATETIME: frozenset({CellKind.DATE}),
    FieldType.INTEGER: frozenset({CellKind.NUMBER}),
    FieldType.DECIMAL: frozenset({CellKind.NUMBER}),
    FieldType.CONTACT: frozenset({CellKind.NUMBER}),
    FieldType.BOOLEAN: frozenset({CellKind.TRUTH, CellKind.NUMBER}),
    FieldType.ID: frozenset({CellKind.RECORD_ID}),
    FieldType.REFERENCE: frozenset({CellKind.RECORD_ID}),
}
"""What the cells look like that these fields hold; other fields hold any text."""


def _fits(column: ColumnSeen, field: Field) -> float | None:
    """Give what the cells take from a proposal, 0 where they look like what the field holds, None where never."""
    kinds = _KINDS.get(field.type)
    if column.kind is CellKind.EMPTY:
        return 0.0 if kinds is None else 0.05
    if kinds is not None and column.kind not in kinds:
        # A few wrong cells make a column a text; of the others nothing can be an address or a day.
        few = column.kind is CellKind.TEXT or (column.kind is CellKind.NUMBER and field.type in _SERIALS)
        return 0.3 if few else None
    if kinds is None and column.kind is CellKind.EMAIL and field.type is not FieldType.LONG_TEXT:
        return 0.1 if field.key or field.external_id or field.type is FieldType.TEXT else 0.4
    return 0.0


_SERIALS: Final = frozenset({FieldType.DATE, FieldType.DATETIME})
"""Days that Excel has counted are numbers."""


def _by_addresses(columns: Sequence[ColumnSeen], fields: Sequence[FieldWords]) -> Iterator[ColumnSuggestion]:
    holding = [column for column in columns if column.kind is CellKind.EMAIL]
    receiving = [words.field for words in fields if words.field.type is FieldType.EMAIL]
    if len(holding) == 1 and len(receiving) == 1:
        yield ColumnSuggestion(holding[0].name, receiving[0].name, 0.85, True, Evidence.ADDRESSES)


def _one_to_one(candidates: Sequence[ColumnSuggestion]) -> dict[str, ColumnSuggestion]:
    """Take the best of what is left, again and again; one that has a rival close behind is not certain."""
    taken: dict[str, ColumnSuggestion] = {}
    filled: set[str] = set()
    for each in sorted(candidates, key=lambda each: -each.score):
        if each.column in taken or each.field in filled:
            continue
        rivals = [
            other
            for other in candidates
            if (other.column, other.field) != (each.column, each.field)
            and each.score - MARGIN <= other.score
            and (
                (other.column == each.column and other.field not in filled)
                or (other.field == each.field and other.column not in taken)
            )
        ]
        certain = each.certain and not rivals
        taken[each.column] = each if certain is each.certain else _unsure(each)
        filled.add(each.field)
    return taken


def _unsure(each: ColumnSuggestion) -> ColumnSuggestion:
    return ColumnSuggestion(each.column, each.field, each.score, False, each.evidence)
