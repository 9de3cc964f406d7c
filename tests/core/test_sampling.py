"""Real records through a pair: what they become, and what is counted."""

from __future__ import annotations

from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from disf_desktop.core.project import Direction, FieldPair, ProjectType, TransformName, WhenEmpty
from disf_desktop.core.records import RawValue
from disf_desktop.core.sampling import (
    Flow,
    Flows,
    Loss,
    Remedy,
    Sample,
    can_run,
    remedied,
    remedies,
    run_through,
    travelling,
)
from disf_desktop.core.schema import CONTACT_LIST, Field, FieldType, Schema, Side

TORONTO = ZoneInfo("America/Toronto")
F = FieldType


def of(type: FieldType, **members: object) -> Field:
    return Field("S", "S", type, **members)  # type: ignore[arg-type]


def to(type: FieldType, **members: object) -> Field:
    return Field("T", "T", type, **members)  # type: ignore[arg-type]


def schema(side: Side, field: Field) -> Schema:
    return Schema(side, CONTACT_LIST, "x", {field.name: field})


def through(source: Field, target: Field, *values: RawValue, pair: FieldPair | None = None, shown: int = 10) -> Flows:
    pair = pair or FieldPair(source="S", target="T")
    sample = Sample(("Other", "S"), tuple(("x", value) for value in values))
    return run_through(pair, source, target, schema(Side.DIALOG_INSIGHT, target), sample, TORONTO, shown)


DECIMALS = of(F.DECIMAL, precision=9, scale=2)


def test_decimals_that_do_not_fit_are_counted_with_the_worst_of_them() -> None:
    found = through(DECIMALS, to(F.INTEGER), Decimal("120.5"), Decimal("88.00"), Decimal("1.25"), None)
    assert (found.looked, found.filled, found.count) == (4, 3, 2)
    assert found.refused == (Loss("has_decimals", 2, (("decimals", 2), ("limit", 0))),) or found.refused[0].count == 2
    assert found.mended == ()


def test_what_a_transform_mends_is_counted_and_refused_no_more() -> None:
    pair = FieldPair(source="S", target="T", transform=(TransformName.ROUND,))
    found = through(DECIMALS, to(F.INTEGER), Decimal("120.50"), Decimal("88.00"), Decimal("3"), pair=pair)
    assert found.refused == ()
    assert [loss.count for loss in found.mended] == [1]
    assert [flow.stored for flow in found.shown] == ["121", "88", "3"]


def test_what_a_transform_does_not_mend_stays_refused() -> None:
    pair = FieldPair(source="S", target="T", transform=(TransformName.DIGITS,))
    found = through(of(F.PHONE), to(F.PHONE, length=10), "514 555 01234567", "514 555-0123", pair=pair)
    assert [(loss.code, loss.count) for loss in found.refused] == [("too_long", 2)]
    shorter = through(of(F.PHONE), to(F.PHONE, length=12), "514  555  0123", "514 555-0123", pair=pair)
    assert shorter.refused == ()
    assert [(loss.code, loss.count) for loss in shorter.mended] == [("too_long", 1)]


def test_texts_that_are_too_long_are_counted_with_the_longest() -> None:
    found = through(of(F.TEXT, length=40), to(F.TEXT, length=5), "abcdefg", "abc", "abcdefghij", "abcdef")
    (loss,) = found.refused
    assert (loss.code, loss.count, loss.figure("length"), loss.figure("limit")) == ("too_long", 3, 10, 5)


def test_an_empty_value_is_counted_where_a_value_is_required() -> None:
    found = through(of(F.TEXT), to(F.TEXT, required=True), None, "a", "")
    assert [(loss.code, loss.count) for loss in found.refused] == [("required_missing", 2)]
    assert through(of(F.TEXT), to(F.TEXT), None, "a").refused == ()
    default = FieldPair(source="S", target="T", default="none")
    found = through(of(F.TEXT), to(F.TEXT, required=True), None, "a", pair=default)
    assert found.refused == ()
    assert {flow.stored for flow in found.shown} == {"none", "a"}


def test_a_key_that_is_empty_is_said_to_be_the_key() -> None:
    found = through(of(F.TEXT), to(F.TEXT, key=True), None, pair=FieldPair(source="S", target="T", key=True))
    assert [loss.code for loss in found.refused] == ["key_missing"]


def test_a_moment_is_shown_as_dialog_insight_stores_it() -> None:
    found = through(of(F.DATETIME), to(F.DATETIME), "2026-11-02T19:10:00.000+0000")
    assert found.shown == (Flow("2026-11-02T19:10:00.000+0000", "2026.11.02 14:10:00"),)


@pytest.mark.parametrize(
    ("source", "target", "raw", "stored"),
    [
        (of(F.BOOLEAN), to(F.BOOLEAN), True, "true"),
        (of(F.CHOICES), to(F.CHOICES), "Music;Books", "Books|Music"),
        (of(F.TEXT), to(F.TEXT), None, ""),
        (of(F.INTEGER), to(F.TEXT), 12, "12"),
    ],
)
def test_a_value_is_shown_in_the_form_that_is_stored(source: Field, target: Field, raw: RawValue, stored: str) -> None:
    assert through(source, target, raw).shown == (Flow(raw, stored),)


def test_what_is_shown_tells_most_refused_ones_first_each_value_once_and_one_empty() -> None:
    values: list[RawValue] = ["ok"] * 50 + [None] * 50 + [f"fine {n}" for n in range(50)] + ["far too long for it"] * 9
    found = through(of(F.TEXT), to(F.TEXT, length=8), *values, shown=6)
    assert found.looked == 159
    assert [flow.raw for flow in found.shown] == ["far too long for it", "ok", "fine 0", "fine 1", "fine 2", None]
    assert found.shown[0].refusal is not None


def test_the_values_of_a_sample_are_not_in_its_text() -> None:
    sample = Sample(("Email",), (("claire@example.org",),))
    found = through(of(F.TEXT), to(F.TEXT), "claire@example.org")
    assert "claire" not in f"{sample!r}{found!r}"


def test_a_sample_knows_its_fields_in_any_case() -> None:
    sample = Sample(("Email",), (("a@example.org",), (None,)))
    assert sample.has("EMAIL")
    assert not sample.has("Phone")
    assert sample.values("email") == ("a@example.org", None)


def test_how_many_values_another_field_can_hold_is_counted_over_the_filled_ones() -> None:
    sample = Sample(("S",), (("a@example.org",), ("no address",), (None,)))
    assert travelling(of(F.TEXT), to(F.EMAIL), sample, TORONTO) == (2, 1)
    assert travelling(of(F.TEXT), to(F.TEXT), sample, TORONTO) == (2, 2)
    assert travelling(Field("Unread", "", F.TEXT), to(F.EMAIL), sample, TORONTO) is None
    assert travelling(of(F.BOOLEAN), to(F.DATE), sample, TORONTO) is None


def runs(pair: FieldPair, source: Field, target: Field, type: ProjectType = ProjectType.A) -> bool:
    return can_run(pair, schema(Side.SALESFORCE, source), schema(Side.DIALOG_INSIGHT, target), type, TORONTO)


def test_values_go_through_a_pair_only_where_nothing_is_wrong_in_it() -> None:
    pair = FieldPair(source="S", target="T")
    assert runs(pair, of(F.TEXT), to(F.TEXT))
    assert not runs(pair, of(F.BOOLEAN), to(F.DATE))
    assert not runs(pair, of(F.TEXT), to(F.TEXT), ProjectType.B)  # it is filled from Dialog Insight
    assert runs(pair.model_copy(update={"direction": Direction.BOTH}), of(F.TEXT), to(F.TEXT))
    assert not runs(pair.model_copy(update={"transform": (TransformName.ROUND,)}), of(F.TEXT), to(F.TEXT))
    assert not runs(pair.model_copy(update={"default": "x"}), of(F.TEXT), to(F.DATE))
    assert not runs(FieldPair(source="S", target="Gone"), of(F.TEXT), to(F.TEXT))


def cures(code: str, source: Field, target: Field, key: bool = False) -> tuple[Remedy, ...]:
    pair = FieldPair(source="S", target="T", key=key)
    schemas = schema(Side.SALESFORCE, source), schema(Side.DIALOG_INSIGHT, target)
    return remedies(pair, *schemas, ProjectType.A, TORONTO, [code])


def test_only_remedies_that_make_sense_are_offered() -> None:
    other = Remedy.OTHER_FIELD
    assert cures("has_decimals", DECIMALS, to(F.INTEGER)) == (Remedy.ROUND, other)
    assert cures("too_long", of(F.TEXT), to(F.TEXT, length=20)) == (Remedy.CUT, other)
    assert cures("too_long", of(F.PHONE), to(F.PHONE, length=20)) == (Remedy.DIGITS, Remedy.CUT, other)
    assert cures("too_long", of(F.TEXT), to(F.EMAIL, length=20)) == (other,)
    assert cures("email", of(F.TEXT), to(F.EMAIL)) == (other,)
    assert cures("required_missing", of(F.TEXT), to(F.TEXT)) == (Remedy.DEFAULT, other)
    assert cures("too_long", of(F.TEXT), to(F.TEXT, length=20), key=True) == (other,)


def test_a_remedy_that_is_taken_already_is_not_offered_again() -> None:
    cut = FieldPair(source="S", target="T", transform=(TransformName.CUT,))
    schemas = schema(Side.SALESFORCE, of(F.TEXT)), schema(Side.DIALOG_INSIGHT, to(F.TEXT, length=9))
    assert remedies(cut, *schemas, ProjectType.A, TORONTO, ["too_long"]) == (Remedy.OTHER_FIELD,)


def test_a_remedy_is_a_pair_that_has_it_once() -> None:
    pair = FieldPair(source="S", target="T", transform=(TransformName.LOWER,))
    cut = remedied(pair, Remedy.CUT)
    assert cut.transform == (TransformName.LOWER, TransformName.CUT)
    assert remedied(cut, Remedy.CUT) is cut
    assert remedied(pair, Remedy.KEEP).when_empty is WhenEmpty.KEEP
    assert remedied(pair, Remedy.OTHER_FIELD) is pair
