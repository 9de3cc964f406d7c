"""What Salesforce shows, in the ledger: scope, deletes, merges and conversions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from disf_desktop.core.journal import PendingCount
from disf_desktop.core.operations import LinkState, Presence, Seen
from disf_desktop.core.records import Tombstone
from disf_desktop.storage.ledger import Ledger
from tests.storage.ledger_contents import (
    AT,
    KEY,
    LATER,
    LATEST,
    PAIRS,
    SOURCES,
    TARGETS,
    base,
    birth,
    done,
    people,
    read,
    rid,
    rows,
    see,
    shown,
    values,
    waiting,
)


@pytest.fixture
def ledger(ledger_path: Path) -> Iterator[Ledger]:
    with closing(Ledger.open(ledger_path, KEY)) as opened:
        yield opened


def presence(ledger: Ledger, number: int) -> list[tuple[Presence, bool]]:
    found = rows(ledger, "SELECT presence, pending FROM seen WHERE side = 'SF' AND rid = ?", rid(number))
    return [(Presence(each), bool(pending)) for each, pending in found]


def looked_at(ledger: Ledger, run: int) -> None:
    """Decide on everybody, so that nobody is before the planner."""
    seen = [Seen(p.rid, p.values) for p in ledger.pending(1, 1, 1, "", 100)]
    ledger.note_decisions(1, 1, 1, run, LATER, filtered=seen)


# -- scope -------------------------------------------------------------------------------------------------------------


def test_who_leaves_the_filter_is_planned_once_and_again_on_coming_back(ledger: Ledger) -> None:
    run = people(ledger)
    assert read(ledger, run, 1, out_of_scope={rid(1)}) == 1
    assert presence(ledger, 1) == [(Presence.OUT_OF_SCOPE, True)]
    looked_at(ledger, run)
    assert read(ledger, run, 1, out_of_scope={rid(1)}) == 0
    assert read(ledger, run, 1) == 1
    assert [p.presence for p in ledger.pending(1, 1, 1, "", 10)] == [Presence.PRESENT]


def test_a_reading_may_find_out_afterwards_who_satisfies_the_filter(ledger: Ledger) -> None:
    run = people(ledger)
    assert read(ledger, run, 1, out_of_scope=None) + read(ledger, run, 2, out_of_scope=None) == 2
    ledger.bring_into_scope(1, [rid(2), rid(9)])
    assert presence(ledger, 1) == [(Presence.OUT_OF_SCOPE, True)]
    assert presence(ledger, 2) == [(Presence.PRESENT, True)]
    looked_at(ledger, run)
    ledger.bring_into_scope(1, [rid(2)])
    assert presence(ledger, 2) == [(Presence.PRESENT, False)]


# -- deletes -----------------------------------------------------------------------------------------------------------


def test_a_known_record_that_was_deleted_is_planned_with_the_moment_of_its_delete(ledger: Ledger) -> None:
    run = people(ledger)
    gone = [Tombstone(rid(1), LATER), Tombstone(rid(9), LATER)]
    assert ledger.store_tombstones(1, run, gone) == [rid(1)]
    [record] = ledger.pending(1, 1, 1, "", 10)
    assert (record.presence, record.stamp, record.values) == (Presence.DELETED, LATER, values(1))
    assert ledger.pending_count(1, 1, 1) == PendingCount(1, 1, 3, 0, 1)
    looked_at(ledger, run)
    assert ledger.store_tombstones(1, run, gone) == []
    assert presence(ledger, 1) == [(Presence.DELETED, False)]


def test_a_record_that_was_read_after_its_delete_is_there(ledger: Ledger) -> None:
    run = people(ledger)
    read(ledger, run, 1, "Anna", LATEST)
    assert ledger.store_tombstones(1, run, [Tombstone(rid(1), LATER)]) == []
    assert presence(ledger, 1) == [(Presence.PRESENT, True)]


def test_a_deleted_record_comes_back_by_a_later_reading_only(ledger: Ledger) -> None:
    run = people(ledger)
    ledger.store_tombstones(1, run, [Tombstone(rid(1), LATER)])
    looked_at(ledger, run)
    assert read(ledger, run, 1, "Anna", AT) + read(ledger, run, 1, "Anna", LATER) == 0
    assert read(ledger, run, 1, "Ann", LATEST) == 1
    assert presence(ledger, 1) == [(Presence.PRESENT, True)]


def test_a_record_deleted_twice_is_not_brought_back_by_what_was_read_in_between(ledger: Ledger) -> None:
    run = people(ledger)
    assert ledger.store_tombstones(1, run, [Tombstone(rid(1), AT)]) == [rid(1)]
    assert ledger.store_tombstones(1, run, [Tombstone(rid(1), LATEST)]) == []
    assert read(ledger, run, 1, "Ann", LATER) == 0
    assert presence(ledger, 1) == [(Presence.DELETED, True)]


# -- merges and conversions --------------------------------------------------------------------------------------------


def links(ledger: Ledger) -> list[tuple[object, ...]]:
    return rows(ledger, "SELECT id, state, merged_into FROM link ORDER BY id")


@pytest.mark.parametrize(
    "merges", [[(rid(1), rid(2)), (rid(2), rid(3))], [(rid(2), rid(3)), (rid(1), rid(2))]], ids=["in turn", "backwards"]
)
def test_merges_lead_to_the_record_at_the_end_of_their_chain(ledger: Ledger, merges: list[tuple[str, str]]) -> None:
    people(ledger)
    ledger.note_merges(1, 1, [*merges, (rid(8), rid(9))])
    assert links(ledger) == [(1, 1, 3), (2, 1, 3), (3, 0, None)]


def test_merges_in_a_circle_end(ledger: Ledger) -> None:
    people(ledger)
    ledger.note_merges(1, 1, [(rid(1), rid(2)), (rid(2), rid(1))])
    assert [state for _, state, _ in links(ledger)] == [1, 1, 0]


def test_a_merge_into_a_record_that_nobody_tied_closes_the_link(ledger: Ledger) -> None:
    people(ledger)
    ledger.note_merges(1, 1, [(rid(1), rid(7))])
    assert links(ledger)[0] == (1, 1, None)


def test_nothing_of_dialog_insight_is_kept_for_a_closed_link(ledger: Ledger) -> None:
    run = people(ledger)
    ledger.close_links(1, [rid(1)])
    assert see(ledger, run, ("1001", LATER, shown(1, "Anna"))) == 0
    read(ledger, run, 1, "Anna")
    assert [p.state for p in ledger.pending(1, 1, 1, "", 10)] == [LinkState.CLOSED]


def test_a_converted_leads_record_goes_on_as_the_contacts(ledger: Ledger) -> None:
    run = people(ledger)
    see(ledger, run, ("1001", LATER, shown(1, "Anna")))
    other = ledger.register("Others", "example/1/Contact", b"").integration
    layout = ledger.layout(SOURCES, TARGETS, PAIRS)
    ledger.store_page(other, layout, run, [(rid(7), LATER, values(7))], None)
    assert ledger.move_link(1, rid(1), rid(7), other)
    assert ledger.contact_ids(1, [rid(1), rid(7)]) == {rid(7): "1001"}
    assert waiting(ledger) == ([], []), "what was seen belonged to the mapping of before"
    [record] = ledger.pending(other, 1, layout, "", 10)
    assert (record.rid, record.link, record.base) == (rid(7), 1, base(1))
    assert [each.target_rid for each in ledger.to_check(other, 1, 9)] == ["1001"]
    assert see(ledger, run, ("1001", LATEST, shown(1, "Annie"))) == 0


def test_a_record_that_is_tied_to_its_own_keeps_it(ledger: Ledger) -> None:
    people(ledger)
    assert not ledger.move_link(1, rid(1), rid(2), 1)
    assert not ledger.move_link(1, rid(8), rid(9), 1)
    assert ledger.contact_ids(1, [rid(1), rid(2)]) == {rid(1): "1001", rid(2): "1002"}


def test_a_key_is_taken_by_a_person_without_a_salesforce_record_too(ledger: Ledger) -> None:
    run = people(ledger)
    batch = ledger.intend(run, 1, 1, 1, [birth(2001)], LATER)
    key = {"Key": "2001@EXAMPLE.org "}
    assert ledger.owners_of(1, [key]) == {"2001@example.org": ""}
    assert ledger.owner_of(1, "2001") is None
    ledger.settle(batch, 1, run, LATER, "r", applied=[done(batch.operations[0], rid(7))])
    assert ledger.owners_of(1, [key]) == {"2001@example.org": rid(7)}
    assert ledger.owner_of(1, "2001") == rid(7)
