"""The check of a file for Salesforce: beside what the org holds, by key or by reading the object whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disf_desktop.core.importing.recipe import ImportConsent, ImportMode
from disf_desktop.core.importing.rows import RowReason, RowState
from disf_desktop.core.refusals import Reason
from disf_desktop.core.schema import Side
from disf_desktop.engine.importing.look import (
    CALLS_OF_A_JOB,
    KEYS_A_CALL,
    calls_by_key,
    calls_in_pages,
    calls_read_whole,
)
from tests.engine.checking import PEOPLE, Checking
from tests.engine.fakes import with_field

Made = Callable[..., Checking]
NAMES = ("Ext__c", "LastName", "Email", "City__c")


@pytest.fixture
def file(tmp_path: Path) -> Made:
    def make(*rows: Sequence[str], names: Sequence[str] = NAMES, **more: Any) -> Checking:
        more.setdefault("key", ("Ext__c",))
        return Checking(tmp_path / "imports" / "one-1.sqlite", PEOPLE, names, rows, **more)

    return make


def test_rows_are_new_changed_or_unchanged_by_what_would_be_written(file: Made) -> None:
    checking = file(("X1", "Roy", "ANN@example.org", ""), ("x2", "Côté", "", "Laval"), ("x3", "Gagnon", "", "Québec "))
    same = checking.org.insert("Contact", Ext__c="x1", LastName="Roy", Email="ann@example.org", City__c="Paris")
    other = checking.org.insert("Contact", Ext__c="x2", LastName="Côté", City__c="Lyon")
    told = checking.run()
    counts = told.counts
    assert (counts.unchanged, counts.changed, counts.new, counts.refused) == (1, 1, 1, 0)
    assert counts.changed_known
    assert {row: (each.state, each.rid) for row, each in told.outcomes.items()} == {2: (RowState.UNCHANGED, same)}
    assert {row: each.rid for row, each in told.there.items()} == {3: other}
    assert told.checked.calls == {Side.SALESFORCE: 1, Side.DIALOG_INSIGHT: 0}
    assert counts.to_send == 2


def test_an_empty_cell_that_clears_is_a_change_where_something_is_there(file: Made) -> None:
    for clears, changed in (((), 0), (("City__c",), 1)):
        checking = file(("x1", "Roy", "", ""), clears=clears)
        checking.org.insert("Contact", Ext__c="x1", LastName="Roy", City__c="Paris")
        assert checking.run().counts.changed == changed


def test_what_the_mode_does_not_allow_is_refused_row_by_row(file: Made) -> None:
    rows = [("x1", "Roy", "", ""), ("x2", "Côté", "", ""), ("x3", "Gagnon", "", "")]
    expected = {
        ImportMode.UPSERT: {4: RowReason.SEVERAL_THERE},
        ImportMode.UPDATE: {3: RowReason.NOT_THERE, 4: RowReason.SEVERAL_THERE},
        ImportMode.CREATE: {2: RowReason.ALREADY_THERE, 4: RowReason.ALREADY_THERE},
    }
    for mode, codes in expected.items():
        checking = file(*rows, mode=mode)
        for key in ("x1", "x3", "X3"):
            checking.org.insert("Contact", Ext__c=key, LastName="Old")
        told = checking.run()
        assert told.codes == codes
        assert told.counts.rows == told.counts.refused + told.counts.to_send + told.counts.unchanged


def test_a_new_record_without_a_required_field_is_refused_and_one_that_is_there_is_not(file: Made) -> None:
    checking = file(("x1", "", "", "Laval"), ("x2", "", "", "Laval"))
    checking.org.insert("Contact", Ext__c="x1", LastName="Roy")
    told = checking.run()
    assert told.codes == {3: Reason.REQUIRED_MISSING}
    assert told.counts.changed == 1
    bare = file(("x1", "Laval"), ("x2", "Laval"), names=("Ext__c", "City__c"))
    bare.org.insert("Contact", Ext__c="x1", LastName="Roy")
    assert bare.run().codes == {3: Reason.REQUIRED_MISSING}


def test_rows_that_share_a_key_are_refused_and_not_asked_for(file: Made) -> None:
    checking = file(("x1", "Roy", "", ""), ("X1", "Roy", "", ""), ("x2", "Côté", "", ""), ("x3", "", "nobody", ""))
    told = checking.run()
    assert told.codes == {2: RowReason.DUPLICATE_KEY, 3: RowReason.DUPLICATE_KEY, 5: Reason.EMAIL}
    assert (told.counts.new, told.counts.refused) == (1, 3)


def test_a_corrected_row_is_held_beside_what_is_there_as_it_was_corrected(file: Made) -> None:
    checking = file(("x1", "Roy", "nobody", ""), ("x2", "Roy", "", ""))
    there = checking.org.insert("Contact", Ext__c="x1", LastName="Roy", Email="ann@example.org")
    assert checking.run().codes == {2: Reason.EMAIL}
    checking.correct(2, Email="ann@example.org")
    told = checking.run()
    assert (told.counts.unchanged, told.counts.new) == (1, 1)
    assert told.outcomes[2].rid == there


def test_a_field_that_minds_case_tells_capitals_apart(file: Made) -> None:
    checking = file(("x1", "Roy", "", ""), ("X2", "Roy", "", ""), ("y", "Roy", "", ""), ("Y", "Côté", "", ""))
    minding = with_field(PEOPLE, replace(PEOPLE.fields["Ext__c"], case_sensitive=True))
    checking.schema = checking.org.schemas["Contact"] = minding
    for key in ("x1", "x2"):
        checking.org.insert("Contact", Ext__c=key, LastName="Roy")
    counts = checking.run().counts
    assert (counts.unchanged, counts.new, counts.refused) == (1, 3, 0)


def test_records_named_by_their_id_are_asked_for_by_it(file: Made) -> None:
    checking = file(names=("Id", "LastName"), key=("Id",), mode=ImportMode.UPDATE)
    there = checking.org.insert("Contact", LastName="Roy")
    gone = checking.org.insert("Contact", LastName="Côté")
    checking.org.delete("Contact", gone)
    checking.source._rows = [(there, "Roy"), (gone, "Côté"), (there[:15], "Roy")]
    told = checking.run()
    assert told.counts.unchanged == 1
    assert told.codes == {3: RowReason.NOT_THERE, 4: RowReason.ID_OF_15}


def test_without_a_key_every_row_makes_a_record_and_nothing_is_asked(file: Made) -> None:
    checking = file(("Roy",), ("Roy",), ("",), names=("LastName",), key=(), mode=ImportMode.CREATE)
    told = checking.run()
    assert (told.counts.new, told.codes) == (2, {4: Reason.REQUIRED_MISSING})
    assert checking.org.calls == 0
    assert checking.source.readings == 1


@pytest.mark.parametrize(("counts_as", "in_pages", "by_job"), [(100, 1, 0), (90_000, 0, 1), (10_000_000, 0, 0)])
def test_the_object_is_read_whole_only_where_that_is_fewer_calls(
    file: Made, counts_as: int, in_pages: int, by_job: int
) -> None:
    rows = [(f"x{n}", "Roy" if n % 3 else "Côté", "", "") for n in range(3000)]
    checking = file(*rows, mode=ImportMode.UPDATE)
    checking.org.counts_as = counts_as
    for n in range(2998):
        checking.org.insert("Contact", Ext__c=f"X{n}", LastName="Roy")
    checking.org.insert("Contact", Ext__c="x5", LastName="Roy")
    checking.org.insert("Contact", Ext__c=None, LastName="Nobody")
    told = checking.run()
    assert (len(checking.org.windows) - checking.org.read_alls, checking.org.read_alls) == (in_pages, by_job)
    assert told.codes == {7: RowReason.SEVERAL_THERE, 3000: RowReason.NOT_THERE, 3001: RowReason.NOT_THERE}
    assert (told.counts.unchanged, told.counts.changed) == (1998 - 1, 1000)
    assert all(told.there[row] is not None for row, cells in enumerate(rows, 2) if cells[1] == "Côté" and row < 3000)


def test_reading_whole_is_chosen_by_calls_alone() -> None:
    assert (calls_by_key(200), calls_by_key(201)) == (1, 2)
    assert calls_read_whole(0) == CALLS_OF_A_JOB
    assert calls_by_key(KEYS_A_CALL * 40) > calls_read_whole(1_000_000)
    assert calls_by_key(KEYS_A_CALL * 30) < calls_read_whole(1_000_000)
    assert (calls_in_pages(0), calls_in_pages(1999), calls_in_pages(2000)) == (1, 1, 2)
    assert calls_in_pages(20_000) < calls_read_whole(20_000)
    assert calls_in_pages(40_000) > calls_read_whole(40_000)


def test_a_file_for_few_calls_asks_for_no_count(file: Made) -> None:
    checking = file(*[(f"x{n}", "Roy", "", "") for n in range(KEYS_A_CALL * 2)])
    assert checking.run().checked.calls[Side.SALESFORCE] == 2


def test_a_consent_decides_whether_a_row_writes_anything(file: Made) -> None:
    says = [("x1", "yes"), ("x2", "no"), ("x3", "yes"), ("x4", "no"), ("x5", ""), ("x6", "yes"), ("x7", "yes")]
    shown = {"x1": "out", "x2": "out", "x3": None, "x4": "in", "x5": None, "x6": "in"}
    rows = [(key, "Roy", said) for key, said in says]
    consent = ImportConsent(column="says", consent="News__c")
    checking = file(*rows, names=("Ext__c", "LastName", "says"), consents=[consent])
    ids = {key: checking.org.insert("Contact", Ext__c=key, LastName="Roy", News__c=word) for key, word in shown.items()}
    told = checking.run()
    unchanged = {row: (each.rid, each.code) for row, each in told.outcomes.items()}
    assert unchanged == {
        2: (ids["x1"], RowReason.CONSENT_UNPROVEN),
        3: (ids["x2"], ""),
        6: (ids["x5"], ""),
        7: (ids["x6"], ""),
    }
    assert (told.counts.changed, told.counts.new) == (2, 1)
    assert told.counts.consents == {
        "News__c yes": 4,
        "News__c no": 2,
        "News__c nothing": 1,
        "News__c unproven": 1,
    }
    assert told.notices == {}


PEOPLE_THERE = st.dictionaries(
    st.sampled_from("abcdef"), st.tuples(st.sampled_from(["Roy", "Côté"]), st.sampled_from([None, "Laval"])), max_size=6
)
ROWS = st.lists(
    st.tuples(st.sampled_from("aAbcdefg"), st.sampled_from(["Roy", " Côté ", ""]), st.sampled_from(["", "Laval"])),
    max_size=8,
)


@settings(max_examples=40)
@given(PEOPLE_THERE, ROWS, st.sampled_from(ImportMode))
def test_each_row_is_counted_once_and_an_unchanged_one_would_write_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    people: dict[str, tuple[str, str | None]],
    rows: list[tuple[str, str, str]],
    mode: ImportMode,
) -> None:
    path = tmp_path_factory.mktemp("law") / "one-1.sqlite"
    checking = Checking(path, PEOPLE, ("Ext__c", "LastName", "City__c"), rows, key=("Ext__c",), mode=mode)
    for key, (name, city) in people.items():
        checking.org.insert("Contact", Ext__c=key, LastName=name, City__c=city)
    told = checking.run()
    counts = told.counts
    assert counts.rows == len(rows) == counts.refused + counts.new + counts.changed + counts.unchanged
    assert counts.decided == 0
    assert len(told.refused) == counts.refused
    for row, outcome in told.outcomes.items():
        key, name, city = rows[row - 2]
        if outcome.state is RowState.UNCHANGED:
            held = people[key.casefold()]
            assert name.strip() in ("", held[0])
            assert city in ("", held[1])
