"""Many values at once are what each of them is alone."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from disf_desktop.core.page_values import page_canonicaliser
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.core.values import canonicaliser

ZONE = ZoneInfo("America/Toronto")
TEXTS = st.text(st.sampled_from("aZé9 ,;|\u0301\u0327\r\n\0\ud800\x1f\u00a0-.:T"), max_size=6) | st.sampled_from(
    ["2026-01-31", "2026-13-01", "31.12.2026", "2026-01-31T10:00:00Z", "true", "12", "1.50", "003000000000001AAA"]
)
RAW = (
    st.none()
    | TEXTS
    | st.booleans()
    | st.integers(-5, 5)
    | st.sampled_from([Decimal("1.50"), Decimal("NaN")])
    | st.lists(TEXTS, max_size=2)
)


@pytest.mark.parametrize("side", list(Side))
@given(type=st.sampled_from(FieldType), raws=st.lists(TEXTS | st.none(), max_size=6) | st.lists(RAW, max_size=6))
@example(type=FieldType.TEXT, raws=["e", "\u0301"])
@example(type=FieldType.TEXT, raws=["é", "\ud800"])
@example(type=FieldType.TEXT, raws=["a", "", None, " "])
@example(type=FieldType.TEXT, raws=["a", 0, False, []])
@example(type=FieldType.DATE, raws=["2026-01-31", "2026-01-31", "x", "x"])
def test_a_page_is_read_as_its_values_one_by_one(type: FieldType, raws: Sequence[Any], side: Side) -> None:
    field = Field("Field", "", type)
    one, page = canonicaliser(field, side, ZONE), page_canonicaliser(field, side, ZONE)
    alone = [None if raw is None else one(raw) for raw in raws]
    assert [(v, v.__class__) for v in page(raws)] == [(v, v.__class__) for v in alone]
    assert list(page(raws)) == alone, "what was remembered is the same again"
