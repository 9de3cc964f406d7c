"""The check of a file for Dialog Insight: every row read, wrong ones kept, shared keys refused, nothing guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disf_desktop.core.events import Stage
from disf_desktop.core.importing.events import MOST_TOLD
from disf_desktop.core.importing.file_form import Swallowed
from disf_desktop.core.importing.recipe import ImportConsent, ImportMode
from disf_desktop.core.importing.rows import RowReason, RowState
from disf_desktop.core.records import Arrival
from disf_desktop.core.refusals import Reason
from disf_desktop.core.schema import Side
from disf_desktop.engine.importing.twins import Twins
from disf_desktop.storage.importing.book import ImportBook
from disf_desktop.storage.ledger import Ledger
from tests.engine.checking import CONTACTS, KEY, Checking

Made = Callable[..., Checking]
NAMES = ("Code", "EMail", "FirstName", "Points")


@pytest.fixture
def file(tmp_path: Path) -> Made:
    def make(*rows: Sequence[str], names: Sequence[str] = NAMES, **more: Any) -> Checking:
        return Checking(tmp_path / "imports" / "one-1.sqlite", CONTACTS, names, rows, **more)

    return make


def mail(n: int) -> str:
    return f"person{n}@example.org"


def test_a_file_without_a_fault_is_decided_when_it_is_sent(file: Made) -> None:
    checking = file(("1", mail(1), "Zoé", "3"), ("2", mail(2), "", ""))
    told = checking.run()
    assert (told.counts.rows, told.counts.decided, told.counts.to_send) == (2, 2, 2)
    assert not told.counts.changed_known
    assert told.refused == {}
    assert checking.source.readings == 1, "nothing asks for a second look"
    assert told.checked.calls == {Side.SALESFORCE: 0, Side.DIALOG_INSIGHT: 0}
    assert (told.checked.id, told.checked.not_imported) == ("members-1", ("Spare",))


def test_wrong_rows_are_kept_with_their_cells_and_all_their_problems(file: Made) -> None:
    told = file(("1", "nobody", "Zoé", "x"), ("2", mail(2), "Luc", "3"), ("", mail(3), "", "")).run()
    assert {row: [(p.column, p.code) for p in found] for row, found in told.refused.items()} == {
        2: [("EMail", Reason.EMAIL), ("Points", Reason.NOT_A_NUMBER)],
        4: [("Code", Reason.KEY_MISSING)],
    }
    assert told.cells[2] == ("1", "nobody", "Zoé", "x")
    assert [event.problem.row for event in told.told] == [2, 4]
    assert told.counts.problems == {Reason.EMAIL: 1, Reason.KEY_MISSING: 1}
    assert (told.counts.refused, told.counts.decided) == (2, 1)
    assert {row: each.state for row, each in told.outcomes.items()} == {2: RowState.REFUSED, 4: RowState.REFUSED}


def test_no_row_is_lost_or_shifted_beside_ragged_ones(file: Made) -> None:
    told = file(
        ("1", mail(1), "Zoé"),
        ("2", mail(2), "Luc", "3", "more"),
        Swallowed(["3", mail(3), "a\nb\nc", "4"], 3),
        ("4", mail(4), "Guy", "5", ""),
    ).run()
    assert told.codes == {2: RowReason.SHORT_ROW, 3: RowReason.LONG_ROW, 4: RowReason.UNCLOSED_QUOTE}
    assert told.counts.decided == 1


def test_rows_that_share_a_key_are_all_refused_each_told_of_another(file: Made) -> None:
    checking = file(("A1", mail(1), "", ""), ("b", mail(2), "", ""), ("a1 ", mail(3), "", ""), ("A1", mail(4), "", ""))
    told = checking.run()
    found = {row: dict(problems[0].figures) for row, problems in told.refused.items()}
    assert found == {2: {"row": 4, "count": 3}, 4: {"row": 2, "count": 3}, 5: {"row": 2, "count": 3}}
    assert set(told.codes.values()) == {RowReason.DUPLICATE_KEY}
    assert (told.counts.decided, told.counts.refused) == (1, 3)
    assert told.cells[4] == ("a1 ", mail(3), "", "")
    assert checking.source.readings == 2


def test_a_wrong_row_takes_no_other_with_the_same_key_along(file: Made) -> None:
    told = file(("1", "nobody", "", ""), ("1", mail(2), "", "")).run()
    assert told.codes == {2: Reason.EMAIL}


def test_a_corrected_cell_is_checked_in_place_of_the_one_in_the_file(file: Made) -> None:
    checking = file(("1", "nobody", "Zoé", ""), ("2", mail(2), "", ""))
    assert checking.run().codes == {2: Reason.EMAIL}
    checking.correct(2, EMail=mail(1))
    assert checking.run().refused == {}
    checking.correct(2, Code="2")
    told = checking.run()
    assert set(told.codes.values()) == {RowReason.DUPLICATE_KEY}
    assert set(told.refused) == {2, 3}


def test_a_second_check_forgets_what_the_first_one_found(file: Made) -> None:
    checking = file(("1", "nobody", "", ""))
    first, second = checking.run(), checking.run()
    assert first.counts == second.counts
    assert len(second.refused) == 1


def test_what_the_ledger_knows_is_told_and_the_rest_is_decided_when_sent(file: Made, tmp_path: Path) -> None:
    def known(code: str, **values: str | int) -> Arrival:
        return Arrival({"Code": code}, f"10{code}", {"Code": code, **values})

    with closing(Ledger.open(tmp_path / "ledger.sqlite", KEY)) as ledger:
        run = ledger.begin_run("2026-03-02T10:00:00Z")
        target = ledger.target_for("example/1/Contact")
        arrivals = [
            known("1", EMail=mail(1), FirstName="Zoé", Points=3),
            known("2", EMail=mail(2), FirstName="Luc", Points=4),
            known("3", EMail=mail(3)),
            known("4", EMail=mail(4), FirstName="Guy", Points=5),
        ]
        ledger.note_arrivals(target, run, arrivals, "2026-03-02T10:00:00Z")
        rows = [
            ("1", mail(1).upper(), "Zoé", ""),
            ("2", mail(2), "Lucie", ""),
            ("3", mail(3), "Anne", ""),
            ("4", mail(4), "Guy", "5"),
            ("4", mail(4), "Guy", "6"),
            ("5", mail(5), "Marc", ""),
        ]
        told = file(*rows, ledger=ledger).run()
        counts = told.counts
        assert (counts.unchanged, counts.changed, counts.decided, counts.refused) == (1, 1, 2, 2)
        assert all(each.state is RowState.REFUSED for each in told.outcomes.values()), "the ledger may be old: all go"
        assert counts.to_send == 4
        created = file(*rows, ledger=ledger, mode=ImportMode.CREATE).run().counts
        assert (created.decided, created.unchanged, created.changed) == (4, 0, 0)


def test_consents_are_counted_and_never_sent_and_what_they_miss_is_said(file: Made) -> None:
    rows = [("1", mail(1), "oui"), ("2", mail(2), "0"), ("3", mail(3), ""), ("4", mail(4), "1"), ("4", mail(5), "1")]
    consent = ImportConsent(column="says", consent="Newsletter")
    told = file(*rows, names=("Code", "EMail", "says"), consents=[consent]).run()
    assert told.counts.consents == {"Newsletter yes": 1, "Newsletter no": 1, "Newsletter nothing": 1}
    assert set(told.notices) == {"consents_beside", "consents_without_date", "consents_without_source"}
    proven = consent.model_copy(update={"since": "2026-01-05", "source": "Fair"})
    assert set(file(*rows, names=("Code", "EMail", "says"), consents=[proven]).run().notices) == {"consents_beside"}


def test_the_first_refused_rows_are_told_and_all_are_counted_and_kept(file: Made) -> None:
    rows = [(str(n), "nobody", "", "") for n in range(MOST_TOLD + 300)]
    told = file(*rows).run()
    assert [event.problem.row for event in told.told] == list(range(2, MOST_TOLD + 2))
    assert told.counts.refused == len(told.refused) == MOST_TOLD + 300


def test_progress_is_told_at_most_ten_times_a_second(file: Made) -> None:
    checking = file(*[(str(n), mail(n), "", "") for n in range(3000)])
    told = checking.run()
    assert [(p.stage, p.done) for p in told.progress] == [(Stage.READ, 256), (Stage.READ, 3000)], "time stood still"
    assert {p.integration for p in told.progress} == {"Members"}


@given(st.lists(st.sampled_from(["a", "A", "b", "b ", "c", "d", ""]), max_size=12), st.integers(1, 5))
@settings(max_examples=40)
def test_every_row_is_counted_once_and_shared_keys_are_found_whatever_their_number(
    tmp_path_factory: pytest.TempPathFactory, codes: list[str], at_once: int
) -> None:
    path = tmp_path_factory.mktemp("law") / "one-1.sqlite"
    told = Checking(path, CONTACTS, NAMES, [(code, mail(1), "", "") for code in codes]).run()
    folded = [code.strip().casefold() for code in codes]
    times = Counter(folded)
    expected = {n for n, key in enumerate(folded, 2) if not key or times[key] > 1}
    assert set(told.refused) == expected
    counts = told.counts
    assert counts.rows == len(codes) == counts.decided + counts.refused
    with ImportBook.open(path, KEY) as book:
        twins = Twins(book, at_once)
        found = {row: twin for row in range(1, len(codes) + 3) if (twin := twins.of(row)) is not None}
    shared = {n: key for n, key in enumerate(folded, 2) if key and times[key] > 1}
    assert found.keys() == shared.keys()
    for row, (other, count) in found.items():
        assert other != row
        assert shared[other] == shared[row]
        assert count == times[shared[row]]


def test_a_file_that_breaks_off_leaves_no_finished_check(file: Made, tmp_path: Path) -> None:
    checking = file(("1", mail(1), "", ""))
    checking.run()

    class Torn(Exception):
        pass

    def torn() -> Iterator[tuple[int, list[str]]]:
        yield 2, ["1", mail(1), "", ""]
        raise Torn

    checking.source.rows = torn  # type: ignore[method-assign]
    with pytest.raises(Torn):
        checking.run()
    with ImportBook.open(checking.path, KEY) as book:
        assert book.checked is None
