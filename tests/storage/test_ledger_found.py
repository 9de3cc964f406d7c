"""What Dialog Insight shows, in the ledger: kept only while it is not what both sides agreed on, and never set back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from disf_desktop.core.journal import Checkable
from disf_desktop.core.operations import LinkState, Seen
from disf_desktop.core.schema import Side
from disf_desktop.storage.ledger import Ledger
from tests.storage.ledger_contents import (
    AT,
    DI,
    KEY,
    LATER,
    LATEST,
    PAIRS,
    SF,
    SOURCES,
    TARGETS,
    agreed,
    base,
    birth,
    done,
    everything,
    people,
    read,
    rid,
    rows,
    see,
    shown,
    update,
    values,
    waiting,
)

OLD = "2026-03-01T10:00:00Z"


@pytest.fixture
def ledger(ledger_path: Path) -> Iterator[Ledger]:
    with closing(Ledger.open(ledger_path, KEY)) as opened:
        yield opened


def drift(ledger: Ledger) -> list[tuple[str, str]]:
    return [tuple(row) for row in rows(ledger, "SELECT rid, stamp FROM seen WHERE side = 'DI' ORDER BY rid")]


def test_what_is_as_agreed_leaves_no_row_and_nothing_to_plan(ledger: Ledger) -> None:
    run = people(ledger)
    assert see(ledger, run, ("1001", LATER, shown(1)), ("1002", LATER, shown(2))) == 0
    assert (waiting(ledger), drift(ledger)) == (([], []), [])


def test_what_differs_goes_before_the_planner_once_and_again_when_it_changes(ledger: Ledger) -> None:
    run = people(ledger)
    assert see(ledger, run, ("1001", LATER, shown(1, "Anna")), ("1002", LATER, shown(2))) == 1
    [record] = ledger.pending_found(1, 1, 1, "", 10)
    assert (record.rid, record.values, record.target_rid, record.found) == (
        rid(1), values(1), "1001", shown(1, "Anna"),
    )  # fmt: skip
    assert (record.stamp, record.as_of, record.base, record.link) == (AT, LATER, base(1), 1)
    ledger.note_decisions(1, 1, 1, run, LATER, filtered=[Seen(rid(1), values(1), "1001", shown(1, "Anna"))])
    assert see(ledger, run, ("1001", LATEST, shown(1, "Anna"))) == 0
    assert (waiting(ledger), drift(ledger)) == (([], []), [("1001", LATEST)])
    assert see(ledger, run, ("1001", LATEST, shown(1, "Annie"))) == 1
    assert waiting(ledger) == ([], ["1001"])


def test_a_record_that_is_as_agreed_again_is_forgotten_and_its_other_side_is_planned_anew(ledger: Ledger) -> None:
    run = people(ledger)
    see(ledger, run, ("1001", LATER, shown(1, "Anna")))
    ledger.note_decisions(1, 1, 1, run, LATER, filtered=[Seen(rid(1), values(1), "1001", shown(1, "Anna"))])
    assert see(ledger, run, ("1001", LATEST, shown(1))) == 1
    assert (waiting(ledger), drift(ledger)) == (([rid(1)], []), [])


def test_an_observation_never_goes_backwards(ledger: Ledger) -> None:
    run = people(ledger)
    see(ledger, run, ("1001", LATER, shown(1, "Anna")))
    assert see(ledger, run, ("1001", AT, shown(1)), ("1001", "", shown(1))) == 0
    assert ledger.pending_found(1, 1, 1, "", 10)[0].found == shown(1, "Anna")
    assert see(ledger, run, ("1001", LATER, shown(1, "Annie"))) == 1
    assert ledger.pending_found(1, 1, 1, "", 10)[0].found == shown(1, "Annie")


def test_an_observation_whose_moment_nobody_knows_counts_only_where_nothing_is_known(ledger: Ledger) -> None:
    run = people(ledger)
    assert see(ledger, run, ("1001", "", shown(1, "Anna"))) == 1
    assert see(ledger, run, ("1002", LATER, shown(2)), ("1002", "", shown(2, "Old"))) == 0
    assert waiting(ledger) == ([], ["1001"])
    assert see(ledger, run, ("1001", OLD, shown(1, "Annie"))) == 1


def test_an_old_photograph_says_nothing_of_what_was_looked_at_or_agreed_on_since(ledger: Ledger) -> None:
    run = people(ledger)
    see(ledger, run, ("1001", LATER, shown(1)), ("1002", LATER, shown(2, "Anna")))
    [record] = ledger.pending_found(1, 1, 1, "", 10)
    ledger.note_decisions(1, 1, 1, run, LATER, agreed=[agreed(record, base(2, "Ann", "Anna"))])
    assert see(ledger, run, ("1001", AT, shown(1, "Old")), ("1002", AT, shown(2))) == 0
    assert waiting(ledger) == ([], [])


def test_an_old_photograph_says_nothing_of_what_was_written_since(ledger: Ledger) -> None:
    run = people(ledger)
    read(ledger, run, 1, "Anna")
    [record] = ledger.pending(1, 1, 1, "", 10)
    batch = ledger.intend(run, 1, 1, 1, [update(record, "Ann", "Anna")], LATER)
    applied = done(batch.operations[0], "1001")
    ledger.settle(
        batch, 1, run, LATER, "r", applied=[type(applied)(applied.operation, "1001", applied.base, None, LATER)]
    )
    assert see(ledger, run, ("1001", AT, shown(1)), ("1001", "", shown(1))) == 0
    assert waiting(ledger) == ([], [])
    assert see(ledger, run, ("1001", LATEST, shown(1))) == 1


def test_several_observations_of_one_record_in_a_page_leave_the_last(ledger: Ledger) -> None:
    run = people(ledger)
    see(ledger, run, ("1001", AT, shown(1, "Anna")), ("1001", LATER, shown(1)), ("1001", LATEST, shown(1, "Annie")))
    assert ledger.pending_found(1, 1, 1, "", 10)[0].found == shown(1, "Annie")
    see(ledger, run, ("1002", AT, shown(2, "Anna")), ("1002", LATER, shown(2)))
    assert waiting(ledger)[1] == ["1001"]


def test_only_who_may_be_born_is_kept_without_a_link(ledger: Ledger) -> None:
    run = people(ledger)
    stranger = ("2001", LATER, (None, "Zoé", None, None))
    assert see(ledger, run, stranger) == 0
    assert see(ledger, run, stranger, unlinked=True) == 1
    [record] = ledger.pending_found(1, 1, 1, "", 10)
    assert (record.rid, record.link, record.values, record.target_rid) == ("", None, None, "2001")
    ledger.intend(run, 1, 1, 1, [birth(2001)], LATER)
    [record] = ledger.pending_found(1, 1, 1, "", 10)
    assert (record.rid, record.link, record.values, record.base) == ("", 4, None, None)
    assert record.busy == frozenset({SF})


def test_a_record_of_another_integration_is_passed_over(ledger: Ledger) -> None:
    run = people(ledger)
    other = ledger.register("Leads", "example/1/Contact", b"").integration
    assert ledger.store_found(other, 1, 1, run, [("1001", LATER, shown(1, "Anna"))], LATER, unlinked=True) == 0
    assert drift(ledger) == []


def test_what_nobody_fed_counts_as_empty_only_where_no_pair_feeds_it(ledger: Ledger) -> None:
    run = people(ledger)
    layout = ledger.layout((*SOURCES, "City"), (*TARGETS[:3], "City", "Deleted", "Note"), (*PAIRS, "City"))

    def found(as_of: str, city: str | None, note: str | None) -> int:
        seen = (*shown(1)[:3], city, None, note)
        return ledger.store_found(1, 1, layout, run, [("1001", as_of, seen)], LATER)

    assert found(LATER, None, None) == 1, "a new pair has no base, so it has to be looked at"
    [record] = ledger.pending_found(1, 1, layout, "", 10)
    assert record.base is not None
    with_city = type(record.base)((*base(1).source, "Laval"), (*shown(1)[:3], "Laval"))
    ledger.note_decisions(1, 1, layout, run, LATER, agreed=[agreed(record, with_city)])
    assert found(LATEST, "Laval", None) == 1, "it is back to what was agreed"
    assert found(LATEST, "Laval", "x") == 1
    assert drift(ledger) == [("1001", LATEST)]


def test_what_was_seen_before_the_mapping_changed_is_given_as_far_as_it_goes(ledger: Ledger) -> None:
    run = people(ledger)
    see(ledger, run, ("1001", LATER, shown(1, "Anna")))
    fewer = ledger.layout(("Id", "Name"), ("Name", "Key"), ("Name", "Id"))
    more = ledger.layout((*SOURCES, "City"), (*TARGETS[:3], "City"), (*PAIRS, "City"))
    ledger.store_page(1, fewer, run, [(rid(1), LATER, (rid(1), "Ann"))], None)
    assert ledger.pending(1, 1, fewer, "", 10)[0].found == ("Anna", rid(1))
    ledger.store_page(1, more, run, [(rid(1), LATER, (*values(1), "Laval"))], None)
    assert ledger.pending(1, 1, more, "", 10)[0].found is None
    assert ledger.pending_found(1, 1, more, "", 10) == []
    assert ledger.to_check(1, 1, 2)[0].target_rid == "1001", "it is the first to be looked up again"


# -- whom to look up ---------------------------------------------------------------------------------------------------


def checked(ledger: Ledger, limit: int) -> list[str]:
    return [each.target_rid for each in ledger.to_check(1, 1, limit)]


def test_those_not_seen_for_longest_are_looked_up_first(ledger: Ledger) -> None:
    run = people(ledger)
    assert ledger.to_check(1, 1, 1) == [Checkable(1, "1001", rid(1))]
    ledger.store_found(1, 1, 1, run, [("1001", AT, shown(1))], LATEST)
    ledger.store_found(1, 1, 1, run, [("1002", AT, shown(2))], LATER)
    assert checked(ledger, 9) == ["1003", "1002", "1001"]
    ledger.store_found(1, 1, 1, run, [("1001", LATER, shown(1))], AT)
    assert checked(ledger, 9) == ["1003", "1002", "1001"], "a look is never taken back"
    ledger.close_links(1, [rid(3)])
    assert checked(ledger, 9) == ["1002", "1001"]


def test_those_that_a_person_waits_for_take_half_of_the_places_at_most(ledger: Ledger) -> None:
    run = people(ledger, 9)
    for n in range(1, 10):
        ledger.store_found(1, 1, 1, run, [(str(1000 + n), AT, shown(n))], f"2026-03-02T10:00:0{n}Z")
    see(ledger, run, *((str(1000 + n), LATER, shown(n, "Anna")) for n in (7, 8, 9)))
    assert checked(ledger, 4) == ["1007", "1008", "1001", "1002"]
    assert sorted(checked(ledger, 20)) == [str(1000 + n) for n in range(1, 10)]


def test_a_record_that_is_missing_twice_is_erased_and_shows_nothing_any_more(ledger: Ledger) -> None:
    run = people(ledger)
    see(ledger, run, ("1001", LATER, shown(1, "Anna")))
    assert ledger.note_missing([1, 2], LATER) == []
    see(ledger, run, ("1002", LATEST, shown(2)))
    assert ledger.note_missing([1, 2], LATEST) == [1]
    assert (waiting(ledger), checked(ledger, 9)) == (([], []), ["1003", "1002"])
    assert ledger.contact_ids(1, [rid(1), rid(2)]) == {rid(2): "1002"}
    read(ledger, run, 1, "Annie")
    assert ledger.pending(1, 1, 1, "", 10)[0].state is LinkState.ERASED
    assert ledger.note_missing([1], LATEST) == [] == ledger.note_missing([], LATEST)


def test_an_erased_record_that_is_found_again_lives_on(ledger: Ledger) -> None:
    run = people(ledger)
    ledger.note_missing([1], AT)
    ledger.note_missing([1], LATER)
    assert see(ledger, run, ("1001", AT, shown(1)), ("1001", "", shown(1))) == 0
    assert rows(ledger, "SELECT state FROM link WHERE id = 1") == [(2,)], "an old photograph does not bring it back"
    assert "1001" not in checked(ledger, 9)
    read(ledger, run, 1, "Anna")
    assert checked(ledger, 9)[0] == "1001", "a person asked for it, so it is looked up"
    see(ledger, run, ("1001", LATEST, shown(1, "Annie")))
    [record] = ledger.pending_found(1, 1, 1, "", 10)
    assert (record.state, record.found) == (LinkState.ACTIVE, shown(1, "Annie"))


def test_a_page_of_observations_is_all_or_nothing(ledger: Ledger) -> None:
    run = people(ledger)
    before = everything(ledger)
    with pytest.raises(TypeError):
        see(ledger, run, ("1001", LATER, shown(1, "Anna")), ("1002", LATER, (object(), "Ann", None, None)))
    assert everything(ledger) == before


def test_what_a_page_knows_of_both_sides_is_the_same_from_either_side(ledger: Ledger) -> None:
    run = people(ledger)
    read(ledger, run, 1, "Anna")
    see(ledger, run, ("1001", LATER, shown(1, "Annie")))
    assert ledger.pending(1, 1, 1, "", 10) == ledger.pending_found(1, 1, 1, "", 10)
    [record] = ledger.pending(1, 1, 1, "", 10)
    batch = ledger.intend(run, 1, 1, 1, [update(record, "Anne", "Anna", DI)], LATER)
    ledger.intend(run, 1, 1, 1, [update(record, "Anne", "Annie", SF)], LATER)
    ledger.settle(batch, 1, run, LATER, "", held=batch.operations, held_until=LATEST)
    assert [p.busy for p in ledger.pending(1, 1, 1, "", 10)] == [frozenset(Side)]
    assert ledger.pending(1, 1, 1, "", 10) == ledger.pending_found(1, 1, 1, "", 10)
