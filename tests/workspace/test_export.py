"""What waits, conflicts and the trail of consents, in a spreadsheet or for an auditor."""

from __future__ import annotations

import csv
import io
import json
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.errors import LedgerError
from disf_desktop.core.events import FieldChange, OperationPlanned
from disf_desktop.core.history import ConflictRecord, ConsentEventRecord, ConsentWaiting, SetAsideRecord
from disf_desktop.core.schema import Side
from disf_desktop.core.waiting import RunChange
from disf_desktop.workspace.export import (
    CHANGE_COLUMNS,
    CONFLICT_COLUMNS,
    EVENT_COLUMNS,
    PLAN_COLUMNS,
    SET_ASIDE_COLUMNS,
    WAITING_COLUMNS,
    as_csv,
    as_json,
    changes_as_csv,
    conflicts_as_csv,
    events_as_csv,
    operations_as_csv,
    safe,
    waiting_as_csv,
    write_file,
)

AT = "2026-11-22T10:00:00Z"
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)


def record(message: str) -> SetAsideRecord:
    return SetAsideRecord(
        1, "Contacts", "dialog_insight", "003", "EMail", "email", message, "Repair it.", {}, "", AT, AT, 2
    )


def conflict(salesforce: object, dialog_insight: object) -> ConflictRecord:
    return ConflictRecord(
        4, "Contacts", "003A", "Phone", salesforce, dialog_insight, "ask", None, "waiting", AT, "salesforce"
    )


def event(source: str) -> ConsentEventRecord:
    return ConsentEventRecord(
        7, AT, 3, "003A", "11", "News", "observed", True, AT, None, source, None, "in", "C5", None, ""
    )


def rows(lines: Iterable[bytes]) -> list[dict[str, str]]:
    text = b"".join(lines).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def is_no_formula(cell: str) -> bool:
    return not cell.startswith(("=", "+", "-", "@"))


@given(TEXTS)
def test_every_text_comes_back_and_none_is_a_formula(message: str) -> None:
    [row] = rows(as_csv([record(message)]))
    assert row["message"].removeprefix("'") == message.removeprefix("'")
    assert is_no_formula(row["message"])
    assert row["key"] == "003"


@given(TEXTS, TEXTS)
def test_both_values_of_a_conflict_come_back_and_none_is_a_formula(one: str, other: str) -> None:
    [row] = rows(conflicts_as_csv([conflict(one, (other, "b"))]))
    assert row["salesforce"].removeprefix("'") == one.removeprefix("'")
    assert row["dialog_insight"].removeprefix("'") == f"{other};b".removeprefix("'")
    assert is_no_formula(row["salesforce"])
    assert is_no_formula(row["dialog_insight"])
    assert (row["winner"], row["chosen"]) == ("", "salesforce")


@given(TEXTS)
def test_the_trail_comes_back_and_none_of_it_is_a_formula(source: str) -> None:
    [row] = rows(events_as_csv([event(source)]))
    assert row["source"].removeprefix("'") == source.removeprefix("'")
    assert is_no_formula(row["source"])
    assert (row["seq"], row["dialog_insight"], row["before"]) == ("7", "True", "")


def test_a_consent_that_waits_is_a_row() -> None:
    [row] = rows(waiting_as_csv([ConsentWaiting("drift", "Contacts", "003A", "11", "News", AT, None, AT)]))
    assert (row["kind"], row["salesforce_id"], row["dialog_insight"], row["as_of"]) == ("drift", "003A", "", AT)


@given(TEXTS, TEXTS)
def test_each_field_of_a_plan_is_a_row_and_none_is_a_formula(before: str, after: str) -> None:
    fields = {
        "City": FieldChange(before, after, "changed_in_salesforce"),
        "Tags": FieldChange(None, ("=a", "b"), "ask"),
    }
    first, second = rows(
        operations_as_csv([OperationPlanned("Contacts", Side.DIALOG_INSIGHT, "update", "003", fields)])
    )
    assert (first["key"], first["kind"], first["side"], first["rule"]) == (
        "003",
        "update",
        "dialog_insight",
        "changed_in_salesforce",
    )
    assert (first["before"].removeprefix("'"), first["after"].removeprefix("'")) == (
        before.removeprefix("'"),
        after.removeprefix("'"),
    )
    assert is_no_formula(first["before"])
    assert is_no_formula(first["after"])
    assert (second["field"], second["before"], second["after"]) == ("Tags", "", "'=a;b")


@given(TEXTS, TEXTS)
def test_each_field_that_a_run_changed_is_a_row_and_none_is_a_formula(before: str, after: str) -> None:
    change = RunChange(3, "Contacts", Side.SALESFORCE, "003", "11", {"City": before}, {"City": after, "Zip": None})
    first, second = rows(changes_as_csv([change]))
    assert (first["salesforce_id"], first["contact_id"], first["side"]) == ("003", "11", "salesforce")
    assert (first["before"].removeprefix("'"), first["after"].removeprefix("'")) == (
        before.removeprefix("'"),
        after.removeprefix("'"),
    )
    assert is_no_formula(first["before"])
    assert is_no_formula(first["after"])
    assert (second["field"], second["before"], second["after"]) == ("Zip", "", "")


@given(st.lists(TEXTS, max_size=3))
def test_the_trail_as_json_is_a_list_of_events(sources: list[str]) -> None:
    events = json.loads(b"".join(as_json(map(event, sources))))
    assert [each["source"] for each in events] == sources
    assert all(set(each) == set(EVENT_COLUMNS) for each in events)


def test_no_record_still_gives_the_head() -> None:
    heads = [
        (as_csv([]), SET_ASIDE_COLUMNS),
        (conflicts_as_csv([]), CONFLICT_COLUMNS),
        (waiting_as_csv([]), WAITING_COLUMNS),
        (events_as_csv([]), EVENT_COLUMNS),
        (operations_as_csv([]), PLAN_COLUMNS),
        (changes_as_csv([]), CHANGE_COLUMNS),
    ]
    for lines, columns in heads:
        assert b"".join(lines).decode("utf-8-sig").strip() == ",".join(columns)


def test_a_number_stays_one() -> None:
    assert safe(17) == "17"
    assert safe(-17) == "'-17"


def test_a_file_is_for_its_owner_alone_and_says_how_many_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("before", encoding="utf-8")
    path.chmod(0o644)
    assert write_file(path, as_csv, [record("a"), record("b")]) == 2
    assert len(rows([path.read_bytes()])) == 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("before", encoding="utf-8")

    def broken() -> Iterator[SetAsideRecord]:
        yield record("a")
        raise LedgerError("The ledger is gone.", "Look for it.")

    with pytest.raises(LedgerError, match="gone"):
        write_file(path, as_csv, broken())
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="cannot be written"):
        write_file(tmp_path / "nowhere" / "out.csv", as_csv, [])
