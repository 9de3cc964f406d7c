"""Set-aside records in a spreadsheet."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.history import SetAsideRecord
from disf_desktop.workspace.export import COLUMNS, as_csv, safe


def record(message: str) -> SetAsideRecord:
    moment = "2026-11-22T10:00:00Z"
    return SetAsideRecord(
        1, "Contacts", "dialog_insight", "003", "EMail", "email", message, "Repair it.", {}, "", moment, moment, 2
    )


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30))
def test_every_text_comes_back_and_none_is_a_formula(message: str) -> None:
    text = b"".join(as_csv([record(message)])).decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text, newline=""))
    assert row["message"].removeprefix("'") == message.removeprefix("'")
    assert row["message"][:1] not in tuple("=+-@") or not row["message"]


def test_no_record_still_gives_the_head() -> None:
    assert b"".join(as_csv([])).decode("utf-8-sig").strip() == ",".join(COLUMNS)


def test_a_number_stays_one() -> None:
    assert safe(17) == "17"
    assert safe(-17) == "'-17"
