"""The book of an import: the check, the batches, and what is told of both."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from random import Random

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disf_desktop.core.errors import DiskFull, LedgerError, LedgerIsDamaged, LedgerIsNewer, VaultUnavailable
from disf_desktop.core.importing.file_form import Container, KnownForm
from disf_desktop.core.importing.recipe import DateOrder, DecimalMark, ImportColumn, ImportRecipe
from disf_desktop.core.importing.rows import CheckCounts, RowOutcome, RowProblem, RowReason, RowState, There
from disf_desktop.engine.importing.ports import ImportBook as Promised
from disf_desktop.storage.database import close_database, open_database, transaction
from disf_desktop.storage.importing.book import ImportBook
from disf_desktop.storage.importing.book_schema import BOOK_ID, MIGRATIONS
from disf_desktop.storage.importing.book_view import BookFacts, list_imports, open_reader, pack_facts
from tests.storage.conftest import KEY, OTHER_KEY
from tests.storage.conftest import MIGRATIONS as OTHER_MIGRATIONS

NAMES = ("Email", "Name", "Phone")
FORM = KnownForm(
    Container.TEXT, "cp1252", ";", 1, NAMES, dates=DateOrder.DAY_FIRST, decimal=DecimalMark.COMMA, time_zone="UTC"
)
RECIPE = ImportRecipe(
    name="Members", to="loyalty/contacts", key=("f_EMail",), columns=(ImportColumn(column="Email", field="f_EMail"),)
)
FACTS = BookFacts("members.csv", "ab" * 32, 1234, FORM, RECIPE, "{}", "2026-03-01T10:00:00Z")


def problem(row: int, column: str = "Email", field: str = "f_EMail", code: str = "email") -> RowProblem:
    return RowProblem(row, column, field, code)


def twin(row: int, other: int, count: int = 2) -> RowProblem:
    return RowProblem(row, "Email", "f_EMail", RowReason.DUPLICATE_KEY, (("row", other), ("count", count)))


def created(row: int) -> RowOutcome:
    return RowOutcome(row, RowState.CREATED, f"id{row}")


def _found(book: ImportBook) -> CheckCounts | None:
    return book.checked


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "imports" / "members-1.sqlite"


@pytest.fixture
def book(path: Path) -> Iterator[ImportBook]:
    with ImportBook.open(path, KEY) as opened:
        opened.note_facts(FACTS)
        opened.begin_check("settings")
        yield opened


def test_the_book_is_what_the_check_and_the_import_were_promised(book: ImportBook) -> None:
    promised: Promised = book
    assert promised.checked is None
    assert promised.open_batches() == []


def test_a_book_is_for_its_owner_alone_and_unreadable_without_its_key(path: Path) -> None:
    with ImportBook.open(path, KEY) as book:
        book.begin_check("")
        book.refuse([(2, ["claire@example,org"], [problem(2)])])
        kept = b"".join(file.read_bytes() for file in path.parent.iterdir())
        assert b"claire" not in kept
        if os.name == "posix":
            assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}
    with pytest.raises(VaultUnavailable):
        ImportBook.open(path, OTHER_KEY)
    with pytest.raises(VaultUnavailable):
        open_reader(path, OTHER_KEY)


def test_a_book_of_a_newer_program_is_refused(path: Path) -> None:
    close_database(open_database(path, KEY, [*MIGRATIONS, lambda c: None], application_id=BOOK_ID))
    with pytest.raises(LedgerIsNewer, match="book of this import"):
        ImportBook.open(path, KEY)
    with pytest.raises(LedgerIsNewer, match="book of this import"):
        open_reader(path, KEY)


def test_a_setting_that_only_a_newer_program_knows_is_said_to_be_one(book: ImportBook) -> None:
    known = orjson.loads(pack_facts(FACTS))
    for odd in ({"recipe": known["recipe"] | {"new": 1}}, {"form": known["form"] | {"decimal": "new"}}, {"new": 1}):
        with transaction(book._connection):
            book._set_meta("facts", known | odd)
        with pytest.raises(LedgerIsNewer, match="book of this import"):
            assert book.facts
    assert list_imports(book.path.parent, KEY)[0].status == "ledger_newer"


def test_a_full_disk_takes_a_step_back_whole_and_the_next_attempt_goes_on(book: ImportBook) -> None:
    number = book.intend("upsert", range(2, 500))
    pages = book._connection.pragma("page_count")
    book._connection.pragma("max_page_count", pages + 2)
    outcomes = [RowOutcome(row, RowState.FAILED, "", "service", "x" * 500) for row in range(2, 500)]
    with pytest.raises(DiskFull):
        book.settle(number, outcomes)
    assert book.tally() == {RowState.SENT: 498}
    assert book.open_batches()[0].rows == tuple(range(2, 500))
    book._connection.pragma("max_page_count", pages + 1000)
    book.settle(number, outcomes)
    assert book.tally() == {RowState.FAILED: 498}


def test_a_ledger_is_not_taken_for_a_book(path: Path) -> None:
    close_database(open_database(path, KEY, OTHER_MIGRATIONS))
    with pytest.raises(LedgerIsDamaged, match="book of this import"):
        ImportBook.open(path, KEY)
    with pytest.raises(LedgerIsDamaged, match="book of this import"):
        open_reader(path, KEY)


def test_a_book_that_is_not_there_is_said_and_not_made_by_a_reader(path: Path) -> None:
    with pytest.raises(LedgerError, match="not there"):
        open_reader(path, KEY)
    assert not path.exists()


def test_a_reader_sees_what_the_writer_has_written_meanwhile(book: ImportBook) -> None:
    with open_reader(book.path, KEY) as reader:
        assert reader.tally() == {}
        book.put([RowOutcome(2, RowState.UNCHANGED, "003")])
        assert reader.tally() == {RowState.UNCHANGED: 1}
        assert reader.key_hash("a") == book.key_hash("a")
        assert reader.facts == FACTS


# -- the check --------------------------------------------------------------------------------------------------------


def test_hashes_differ_from_book_to_book_and_stay_in_one(book: ImportBook, path: Path) -> None:
    with ImportBook.open(path.with_name("other-1.sqlite"), KEY) as other:
        assert other.key_hash("claire@example.org") != book.key_hash("claire@example.org")
    assert len(book.key_hash("claire@example.org")) == 16
    assert book.key_hash("\ud800") != book.key_hash("?")


def test_keys_that_come_more_than_once_are_told_with_all_their_rows(book: ImportBook) -> None:
    a, b, c = (book.key_hash(text) for text in "abc")
    book.add_keys([(a, 9), (b, 3), (c, 4), (a, 2), (b, 5)])
    book.add_keys(iter([(a, 12)]))
    assert sorted(map(tuple, book.duplicates())) == [(2, 9, 12), (3, 5)]


@settings(max_examples=40)
@given(keys=st.lists(st.integers(0, 8), max_size=60))
def test_duplicates_are_the_rows_whose_key_another_row_has(
    keys: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with ImportBook.open(tmp_path_factory.mktemp("law") / "a-1.sqlite", KEY) as book:
        book.add_keys((book.key_hash(str(key)), row) for row, key in enumerate(keys, 2))
        expected = {key: tuple(row for row, other in enumerate(keys, 2) if other == key) for key in keys}
        assert sorted(map(tuple, book.duplicates())) == sorted(rows for rows in expected.values() if len(rows) > 1)
        hashes = {book.key_hash(str(key)): rows[0] for key, rows in expected.items()}
        assert book.rows_of([*hashes, book.key_hash("nobody")]) == hashes


def test_a_key_that_nearly_every_row_has_is_told_with_all_of_them(book: ImportBook) -> None:
    same = book.key_hash("Canada")
    rows = [*range(40_000, 60_000), *range(2, 40_000)]
    book.add_keys([(same, row) for row in rows])
    book.add_keys([(book.key_hash("France"), 60_000)])
    (found,) = book.duplicates()
    assert list(found) == sorted(rows)


def test_rows_can_be_refused_while_duplicates_are_told(book: ImportBook) -> None:
    keys = [book.key_hash(str(n // 2)) for n in range(400)]
    book.add_keys(zip(keys, range(400), strict=True))
    for first, second in book.duplicates():
        book.refuse([(row, ["x"], [twin(row, first + second - row)]) for row in (first, second)])
    assert book.tally() == {RowState.REFUSED: 400}


def test_records_that_are_there_are_found_by_row_and_two_of_them_are_told_apart(book: ImportBook) -> None:
    one, two = There("003A", ("claire", None, ("a", "b"))), There("003B", ("luc", 1, True))
    book.add_there([(2, one), (3, one), (3, two), (4, two)])
    book.add_there([(4, two), (9, one)])
    assert book.there(2, 8) == {2: one, 3: None, 4: two}


def test_a_check_that_is_begun_anew_forgets_what_the_last_one_found_but_no_correction(book: ImportBook) -> None:
    book.add_keys([(book.key_hash("a"), 2), (book.key_hash("a"), 3)])
    book.rows_of([book.key_hash("a")])
    book.refuse([(4, ["bad", "Luc"], [problem(4)])])
    book.correct(4, {"Email": "luc@example.org"})
    book.put([RowOutcome(5, RowState.UNCHANGED)])
    book.add_there([(5, There("003", ()))])
    book.finish_check(CheckCounts(rows=4, problems={"email": 1}))
    assert _found(book) == CheckCounts(rows=4, problems={"email": 1})
    book.begin_check("other settings")
    assert book.settings == "other settings"
    assert _found(book) is None
    assert book.tally() == {}
    assert list(book.duplicates()) == []
    assert book.rows_of([book.key_hash("a")]) == {}
    assert book.refused_rows(None, 0, 10) == []
    assert book.problem_counts() == {}
    assert book.there(0, 100) == {}
    assert book.corrections() == {4: {"Email": "luc@example.org"}}
    assert book.facts == FACTS


def test_refused_rows_are_given_by_pages_and_by_any_of_their_problems(book: ImportBook) -> None:
    for row in range(2, 12):
        found = (
            [problem(row)] if row % 2 else [problem(row), RowProblem(row, "Name", "f_Name", "too_long", (("n", 9),))]
        )
        book.refuse([(row, [f"bad{row}", "n", "p"], found)])
    assert book.problem_counts() == {"email": 10, "too_long": 5}
    assert [each.row for each in book.refused_rows(None, 0, 4)] == [2, 3, 4, 5]
    assert [each.row for each in book.refused_rows("too_long", 4, 2)] == [6, 8]
    shown = book.refused_rows("too_long", 9, 5)[0]
    assert shown.cells == {"Email": "bad10", "Name": "n", "Phone": "p"}
    assert shown.problems == (problem(10), RowProblem(10, "Name", "f_Name", "too_long", (("n", 9),)))
    assert book.outcomes(10, 10)[10] == RowOutcome(10, RowState.REFUSED, code="email", field="f_EMail")


def test_a_row_that_is_refused_twice_keeps_both_reasons(book: ImportBook) -> None:
    book.refuse([(2, ["a"], [problem(2)])])
    book.refuse([(2, ["a"], [twin(2, 3)])])
    assert book.problems(0, 9) == {2: (problem(2), twin(2, 3))}
    assert book.problem_counts() == {"email": 1, "duplicate_key": 1}
    assert book.tally() == {RowState.REFUSED: 1}


def test_the_cells_of_ragged_rows_all_have_a_name(book: ImportBook) -> None:
    book.refuse([(2, ["a"], [problem(2)]), (3, ["a", "b", "c", "d", "e"], [problem(3)])])
    short, long = book.refused_rows(None, 0, 9)
    assert short.cells == {"Email": "a", "Name": "", "Phone": ""}
    assert long.cells == {"Email": "a", "Name": "b", "Phone": "c", "Column 4": "d", "Column 5": "e"}


# -- batches ----------------------------------------------------------------------------------------------------------


def test_a_batch_is_open_until_the_last_of_its_rows_is_settled(book: ImportBook) -> None:
    first, second = book.intend("upsert", [4, 2, 3]), book.intend("create", [7], job="/jobs/1")
    assert book.states(2, 9) == dict.fromkeys([2, 3, 4, 7], RowState.SENT)
    book.settle(first, [created(2)])
    one, other = book.open_batches()
    assert (one.number, one.kind, one.job, one.rows, one.sealed) == (first, "upsert", "", (4, 3), False)
    assert (other.number, other.kind, other.job, other.rows) == (second, "create", "/jobs/1", (7,))
    book.settle(first, [RowOutcome(3, RowState.FAILED, "", "INVALID", "No such thing", "f_Name")], again=[4])
    assert [each.number for each in book.open_batches()] == [second]
    assert book.states(0, 9) == {2: RowState.CREATED, 3: RowState.FAILED, 7: RowState.SENT}
    assert book.outcomes(3, 3) == {3: RowOutcome(3, RowState.FAILED, "", "INVALID", "No such thing", "f_Name")}
    assert book.tally() == {RowState.CREATED: 1, RowState.FAILED: 1, RowState.SENT: 1}


def test_what_is_written_together_is_there_whole_or_not_at_all(book: ImportBook) -> None:
    number = book.intend("upsert", [2, 3])
    with suppress(ZeroDivisionError), book.together():
        book.settle(number, [RowOutcome(2, RowState.CREATED, "7")])
        book.intend("upsert", [4])
        raise ZeroDivisionError
    assert [batch.rows for batch in book.open_batches()] == [(2, 3)]
    with book.together():
        book.settle(number, [RowOutcome(2, RowState.CREATED, "7")])
        book.intend("upsert", [4])
    assert [batch.rows for batch in book.open_batches()] == [(3,), (4,)]
    assert book.tally() == {RowState.CREATED: 1, RowState.SENT: 2}


def test_a_row_is_never_in_two_batches_nor_sent_again_once_it_was_stored(book: ImportBook) -> None:
    number = book.intend("upsert", [2, 3])
    with pytest.raises(Exception, match="UNIQUE"):
        book.intend("upsert", [3, 4])
    book.settle(number, [created(2), created(3)])
    with pytest.raises(Exception, match="UNIQUE"):
        book.intend("upsert", [3])
    assert book.tally() == {RowState.CREATED: 2}
    assert book.open_batches() == []


def test_a_row_is_settled_only_by_the_batch_that_sent_it(book: ImportBook) -> None:
    number, other = book.intend("upsert", [2]), book.intend("upsert", [3])
    with pytest.raises(AssertionError):
        book.settle(number, [created(2), created(3)])
    assert book.states(0, 9) == {2: RowState.SENT, 3: RowState.SENT}
    book.settle(other, [created(3)])


def test_the_rows_of_a_job_come_in_pages_and_it_is_known_whether_it_has_them_all(book: ImportBook) -> None:
    number = book.intend("create", [], job="/jobs/1")
    assert book.intend("create", [2, 3], job="/jobs/1") == number
    assert book.intend("create", [4], job="/jobs/1") == number
    assert book.intend("create", [5], job="/jobs/2") != number
    assert [(each.rows, each.sealed) for each in book.open_batches()] == [((2, 3, 4), False), ((5,), False)]
    book.seal(number)
    assert book.open_batches()[0].sealed


def test_a_job_without_rows_is_closed_by_being_settled(book: ImportBook) -> None:
    number = book.intend("create", [], job="/jobs/1")
    book.settle(number, [])
    assert book.open_batches() == []


def test_rows_with_the_same_content_are_each_given_once(book: ImportBook) -> None:
    same, alone, never = (book.key_hash(text) for text in ("same", "alone", "never"))
    number = book.intend("create", [2, 3, 4, 5], job="/jobs/1")
    book.match_by(number, [(same, 4), (same, 2), (alone, 3), (same, 5)])
    assert book.matched(number, [same, never, alone]) == [2, None, 3]
    assert book.matched(number, [same, same, same]) == [4, 5, None]


@settings(max_examples=40)
@given(
    contents=st.lists(st.integers(0, 3), min_size=1, max_size=12),
    shuffled=st.randoms(use_true_random=False),
    cuts=st.lists(st.integers(0, 12)),
)
def test_however_results_come_in_pages_every_row_is_given_once(
    contents: list[int], shuffled: Random, cuts: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with ImportBook.open(tmp_path_factory.mktemp("law") / "a-1.sqlite", KEY) as book:
        hashes = {row: book.key_hash(str(content)) for row, content in enumerate(contents, 2)}
        number = book.intend("create", list(hashes), job="/jobs/1")
        book.match_by(number, [(hashed, row) for row, hashed in hashes.items()])
        results = list(hashes.values())
        shuffled.shuffle(results)
        edges = [0, *sorted(min(cut, len(results)) for cut in cuts), len(results)]
        given_rows = [row for a, b in pairwise(edges) for row in book.matched(number, results[a:b])]
        assert [hashes[row] for row in given_rows if row is not None] == results
        assert sorted(row for row in given_rows if row is not None) == list(hashes)


def test_results_that_are_read_again_give_the_same_rows_again(book: ImportBook, path: Path) -> None:
    same = book.key_hash("same")
    number = book.intend("create", [2, 3, 4], job="/jobs/1")
    book.match_by(number, [(same, 2), (same, 3), (same, 4)])
    assert book.matched(number, [same, same]) == [2, 3]
    book.settle(number, [RowOutcome(2, RowState.CREATED, "A"), RowOutcome(3, RowState.CREATED, "B")])
    book.open_batches()
    # The service gives them in another order this time.
    assert book.matched(number, [same, same, same]) == [2, 3, 4]
    book.settle(number, [RowOutcome(row, RowState.CREATED, rid) for row, rid in ((2, "B"), (3, "C"), (4, "A"))])
    assert {each.rid for each in book.outcomes(2, 4).values()} == {"A", "B", "C"}
    assert book.tally() == {RowState.CREATED: 3}
    assert book.open_batches() == []


def test_a_check_does_not_begin_while_it_is_not_known_what_became_of_a_batch(book: ImportBook) -> None:
    book.intend("upsert", [2])
    with pytest.raises(AssertionError):
        book.begin_check("")
    assert [each.rows for each in book.open_batches()] == [(2,)]


def test_a_settled_row_is_not_let_go_by_a_reply_that_comes_again(book: ImportBook) -> None:
    number = book.intend("upsert", [2, 3])
    book.settle(number, [created(2)], again=[2])
    book.settle(number, [], again=[2, 3])
    assert book.states(0, 9) == {2: RowState.CREATED}
    assert book.open_batches() == []


# -- corrections ------------------------------------------------------------------------------------------------------


def test_a_corrected_row_shows_its_new_text_and_goes_when_it_is_right(book: ImportBook) -> None:
    book.refuse([(2, ["bad", "Luc", ""], [problem(2)])])
    book.correct(2, {"Email": "luc@example"})
    book.correct(2, {"Name": "Lucie"})
    shown = book.refused_row(2)
    assert shown is not None
    assert shown.cells == {"Email": "luc@example", "Name": "Lucie", "Phone": ""}
    assert shown.corrected == {"Email", "Name"}
    book.correct(2, {"Name": "Luc"})
    assert book.corrections() == {2: {"Email": "luc@example"}}
    assert book.still_refused(2, [problem(2, code="too_long")]) == []
    assert book.problem_counts() == {"too_long": 1}
    assert book.outcomes(2, 2)[2].code == "too_long"
    assert book.clear_refusal(2, book.key_hash("luc")) == []
    assert book.refused_row(2) is None
    assert book.tally() == {}
    assert book.problem_counts() == {}
    assert book.rows_of([book.key_hash("luc")]) == {book.key_hash("luc"): 2}
    assert book.corrections() == {2: {"Email": "luc@example"}}


def test_the_last_copy_of_a_key_is_freed_when_the_others_get_another_key(book: ImportBook) -> None:
    same = book.key_hash("same")
    book.add_keys([(same, 2), (same, 3), (same, 4)])
    book.refuse([(2, ["s"], [twin(2, 3, 3)]), (3, ["s"], [problem(3), twin(3, 2, 3)]), (4, ["s"], [twin(4, 2, 3)])])
    assert book.clear_refusal(2, book.key_hash("new")) == []
    assert book.problems(0, 9) == {3: (problem(3), twin(3, 4)), 4: (twin(4, 3),)}
    assert book.still_refused(4, [problem(4)], book.key_hash("newer")) == []
    assert book.problems(0, 9) == {3: (problem(3),), 4: (problem(4),)}
    assert book.rows_of([book.key_hash("newer")]) == {}
    assert book.rows_sharing(same) == [3]


def test_a_row_that_was_refused_for_its_twin_alone_may_be_sent_when_the_twin_goes(book: ImportBook) -> None:
    same = book.key_hash("same")
    book.add_keys([(same, 2), (same, 3)])
    book.refuse([(2, ["s"], [twin(2, 3)]), (3, ["s"], [twin(3, 2)])])
    assert book.still_refused(2, [twin(2, 3), problem(2)], same) == []
    assert book.clear_refusal(2, book.key_hash("new")) == [3]
    assert book.refused_rows(None, 0, 9) == []
    assert book.states(0, 9) == {}


# -- the history ------------------------------------------------------------------------------------------------------


def test_the_history_lists_imports_the_latest_first_and_says_which_book_is_unreadable(
    book: ImportBook, path: Path
) -> None:
    book.put([RowOutcome(2, RowState.UNCHANGED)])
    book.finish_check(CheckCounts(rows=1, unchanged=1))
    with ImportBook.open(path.with_name("members-2.sqlite"), KEY) as second:
        second.note_facts(FACTS)
        second.note_facts(
            BookFacts(
                "members.csv", "cd" * 32, 99, FORM, RECIPE, "{}", "2026-03-02T10:00:00Z", "2026-03-02T10:01:00Z", 7,
                "completed",
            )
        )  # fmt: skip
    path.with_name("broken-1.sqlite").write_bytes(b"x" * 5000)
    path.with_name("members-3.csv").write_bytes(b"a staged copy")
    latest, first, broken = list_imports(path.parent, KEY)
    assert (latest.id, latest.number, latest.status, latest.run) == ("members", 2, "completed", 7)
    assert (first.number, first.status, first.finished, first.run) == (1, "", "", None)
    assert (first.file, first.size, first.recipe, first.to) == ("members.csv", 1234, "Members", "loyalty/contacts")
    assert first.counts == CheckCounts(rows=1, unchanged=1)
    assert first.tally == {RowState.UNCHANGED: 1}
    assert (broken.id, broken.status, broken.counts) == ("broken", "vault", None)
