"""The journal in both directions: what becomes of what was sent, on the side that was written and on the other."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from disf_desktop.core.journal import OpenBatch, Shown
from disf_desktop.core.operations import Agree, Base, Pending, Presence, Seen, Update
from disf_desktop.core.records import Tombstone
from disf_desktop.core.schema import Side
from disf_desktop.storage.ledger import Ledger
from tests.storage.ledger_contents import (
    AT,
    DI,
    KEY,
    LATER,
    LATEST,
    SF,
    TAGS,
    agree,
    agreed,
    all_done,
    aside,
    base,
    birth,
    done,
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


@pytest.fixture
def ledger(ledger_path: Path) -> Iterator[Ledger]:
    with closing(Ledger.open(ledger_path, KEY)) as opened:
        yield opened


def changed_there(ledger: Ledger, run: int, name: str = "Anna") -> Pending:
    """The first person has another name in Dialog Insight."""
    see(ledger, run, ("1001", LATER, shown(1, name)))
    return ledger.pending_found(1, 1, 1, "", 1)[0]


def sent(ledger: Ledger, run: int, operation: Update) -> OpenBatch:
    return ledger.intend(run, 1, 1, 1, [operation], LATER)


def known(ledger: Ledger) -> Pending:
    """All that is known of the first person."""
    return ledger.of_links(1, 1, 1, [1])[0]


# -- to Salesforce -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("looked", [True, False], ids=["read back", "not read back"])
def test_a_change_that_reached_salesforce_is_nobodys_edit(ledger: Ledger, looked: bool) -> None:
    run = people(ledger)
    batch = sent(ledger, run, update(changed_there(ledger, run), "Ann", "Anna", SF))
    assert (batch.side, batch.kind, waiting(ledger)) == (SF, "update", ([], ["1001"]))
    see_it = Shown(LATEST, values(1, "Anna"), news=False) if looked else None
    ledger.settle(batch, 1, run, LATER, "", applied=[done(batch.operations[0], rid(1), shown=see_it)])
    assert waiting(ledger) == ([], [])
    record = known(ledger)
    assert (record.values, record.found, record.base) == (values(1, "Anna"), None, base(1, "Anna"))
    assert record.stamp == (LATEST if looked else AT)
    assert read(ledger, run, 1, "Anna", LATEST) == 0


def test_what_a_person_changed_under_our_hands_in_salesforce_is_planned(ledger: Ledger) -> None:
    run = people(ledger)
    batch = sent(ledger, run, update(changed_there(ledger, run), "Ann", "Anna", SF))
    news = Shown(LATEST, values(1, "Annie"), news=True)
    ledger.settle(batch, 1, run, LATER, "", applied=[done(batch.operations[0], rid(1), shown=news)])
    assert waiting(ledger) == ([rid(1)], [])
    assert known(ledger).values == values(1, "Annie")


def test_both_records_wait_while_the_other_side_has_something_to_do(ledger: Ledger) -> None:
    run = people(ledger)
    read(ledger, run, 1, "Ann", LATER)
    record = changed_there(ledger, run)
    both = replace(update(record, "Ann", "Anna", SF), more=True)
    batch = sent(ledger, run, both)
    assert ledger.open_batches(1)[0].operations[0].more
    ledger.settle(batch, 1, run, LATER, "", applied=all_done(batch, [rid(1)]))
    assert waiting(ledger)[1] == ["1001"]
    ledger.note_decisions(1, 1, 1, run, LATER, agreed=[agreed(known(ledger), base(1, "Anna"), more=True)])
    assert waiting(ledger)[1] == ["1001"]
    ledger.note_decisions(1, 1, 1, run, LATER, agreed=[agreed(known(ledger), base(1, "Anna"))])
    assert waiting(ledger) == ([], [])


def test_a_newer_observation_than_the_one_decided_on_stays_before_the_planner(ledger: Ledger) -> None:
    run = people(ledger)
    batch = sent(ledger, run, update(changed_there(ledger, run), "Ann", "Anna", SF))
    later = ledger.begin_run(LATEST)
    see(ledger, later, ("1001", LATEST, shown(1, "Annie")))
    read(ledger, later, 1, "Anne", LATEST)
    ledger.settle(batch, 1, later, LATEST, "", applied=all_done(batch, [rid(1)]))
    assert waiting(ledger) == ([rid(1)], ["1001"])
    record = known(ledger)
    assert (record.values, record.found) == (values(1, "Anne"), shown(1, "Annie"))


def test_a_record_deleted_while_its_outcome_was_unknown_is_still_planned(ledger: Ledger) -> None:
    run = people(ledger)
    read(ledger, run, 1, "Anna")
    batch = sent(ledger, run, update(ledger.pending(1, 1, 1, "", 1)[0], "Ann", "Anna"))
    later = ledger.begin_run(LATEST)
    ledger.store_tombstones(1, later, [Tombstone(rid(1), LATEST)])
    ledger.settle(batch, 1, later, LATEST, "", applied=all_done(batch, ["1001"]))
    assert [p.presence for p in ledger.pending(1, 1, 1, "", 10)] == [Presence.DELETED]


def test_what_was_seen_after_a_page_was_planned_stays_before_the_planner(ledger: Ledger) -> None:
    run = people(ledger)
    read(ledger, run, 1, "Bea")
    record = changed_there(ledger, run)
    read(ledger, run, 1, "Anne", LATEST)
    see(ledger, run, ("1001", LATEST, shown(1, "Annie")))
    seen = Seen(record.rid, values(1, "Bea"), record.target_rid, record.found)
    ledger.note_decisions(1, 1, 1, run, LATER, filtered=[seen], agreed=[replace(agreed(record, base(1)), seen=seen)])
    assert waiting(ledger) == ([rid(1)], ["1001"])


def test_an_edit_back_to_the_old_base_is_not_lost_while_that_base_is_about_to_move(ledger: Ledger) -> None:
    run = people(ledger)
    batch = sent(ledger, run, update(changed_there(ledger, run), "Ann", "Anna", SF))
    ledger.settle(batch, 1, run, LATER, "", held=batch.operations, held_until=LATEST)
    later = ledger.begin_run(LATEST)
    see(ledger, later, ("1001", LATEST, shown(1)))
    ledger.settle(batch, 1, later, LATEST, "", applied=all_done(batch, [rid(1)]))
    record = known(ledger)
    assert (record.base, record.found, waiting(ledger)) == (base(1, "Anna"), shown(1), ([], ["1001"]))


@pytest.mark.parametrize("first", list(Side))
def test_writes_that_cross_leave_nothing_that_looks_agreed_and_is_not(ledger: Ledger, first: Side) -> None:
    run = people(ledger)
    read(ledger, run, 1, "Bea")
    record = changed_there(ledger, run)
    held = sent(ledger, run, update(record, "x", "Bea" if first is DI else "Anna", first))
    ledger.settle(held, 1, run, LATER, "", held=held.operations, held_until=LATEST)
    crossing = sent(ledger, run, update(record, "x", "Anna" if first is DI else "Bea", first.other))
    for batch in (crossing, held):
        ledger.settle(batch, 1, run, LATER, "", applied=all_done(batch, [rid(1) if batch.side is SF else "1001"]))
    assert (known(ledger).values, waiting(ledger)[0]) == (values(1, "Anna"), [rid(1)] if first is DI else [])
    assert waiting(ledger)[1] == ([] if first is DI else ["1001"])
    assert known(ledger).found == (None if first is DI else shown(1, "Bea"))


# -- to Dialog Insight -------------------------------------------------------------------------------------------------


def drifted(ledger: Ledger, run: int) -> Pending:
    """Both sides changed another field of the first person; what Dialog Insight shows was looked at already."""
    theirs = shown(1, "Ann", ("green",))
    see(ledger, run, ("1001", LATER, theirs))
    ledger.note_decisions(1, 1, 1, run, LATER, filtered=[Seen(rid(1), None, "1001", theirs)])
    read(ledger, run, 1, "Anna")
    [record] = ledger.pending(1, 1, 1, "", 10)
    return record


def test_what_was_seen_before_a_write_is_not_taken_for_an_edit_after_it(ledger: Ledger) -> None:
    run = people(ledger)
    record = drifted(ledger, run)
    batch = sent(ledger, run, update(record, "Ann", "Anna"))
    ledger.settle(batch, 1, run, LATER, "", applied=all_done(batch, ["1001"]))
    after = known(ledger)
    assert (waiting(ledger), after.found) == (([], []), shown(1, "Anna", ("green",)))
    assert see(ledger, run, ("1001", LATER, shown(1, "Anna", ("green",)))) == 0


def test_what_was_seen_between_a_decision_and_its_write_keeps_the_edit_and_takes_the_write(ledger: Ledger) -> None:
    run = people(ledger)
    batch = sent(ledger, run, update(drifted(ledger, run), "Ann", "Anna"))
    later = ledger.begin_run(LATEST)
    see(ledger, later, ("1001", LATER, shown(1, "Ann", ("red",))))
    applied = replace(done(batch.operations[0], "1001"), as_of=LATEST)
    ledger.settle(batch, 1, later, LATEST, "", applied=[applied])
    assert (waiting(ledger), known(ledger).found) == (([], ["1001"]), shown(1, "Anna", ("red",)))


def test_what_the_service_shows_after_a_write_replaces_what_was_seen_before(ledger: Ledger) -> None:
    run = people(ledger)
    batch = sent(ledger, run, update(drifted(ledger, run), "Ann", "Anna"))
    same = Shown("", shown(1, "Anna"), news=False)
    ledger.settle(batch, 1, run, LATER, "", applied=[done(batch.operations[0], "1001", shown=same)])
    assert (waiting(ledger), known(ledger).found) == (([], []), None)


def test_what_a_person_changed_under_our_hands_in_dialog_insight_is_planned(ledger: Ledger) -> None:
    run = people(ledger)
    read(ledger, run, 1, "Anna")
    batch = sent(ledger, run, update(ledger.pending(1, 1, 1, "", 1)[0], "Ann", "Anna"))
    news = Shown(LATEST, shown(1, "Anna", ("green",)), news=True)
    ledger.settle(batch, 1, run, LATER, "", applied=[done(batch.operations[0], "1001", shown=news)])
    assert waiting(ledger) == ([], ["1001"])


def test_a_look_from_before_does_not_replace_a_newer_one(ledger: Ledger) -> None:
    run = people(ledger)
    batch = sent(ledger, run, update(changed_there(ledger, run), "Anna", "Ann"))
    later = ledger.begin_run(LATEST)
    see(ledger, later, ("1001", LATEST, shown(1, "Annie")))
    old = Shown(LATER, shown(1, "Ann"), news=False)
    ledger.settle(batch, 1, later, LATEST, "", applied=[done(batch.operations[0], "1001", shown=old)])
    assert (waiting(ledger), known(ledger).found) == (([], ["1001"]), shown(1, "Annie"))


def test_a_key_that_changed_in_place_is_the_links_key(ledger: Ledger) -> None:
    run = people(ledger)
    read(ledger, run, 1, "Anna")
    [record] = ledger.pending(1, 1, 1, "", 10)
    moved = replace(update(record, "Ann", "Anna"), base=Base(base(1).source, ("NEW@example.org", "Anna", TAGS, None)))
    batch = sent(ledger, run, moved)
    ledger.settle(batch, 1, run, LATER, "", applied=all_done(batch, ["1001"]))
    assert ledger.owners_of(1, [{"Key": "new@example.org"}, {"Key": rid(1)}]) == {"new@example.org": rid(1)}


# -- births ------------------------------------------------------------------------------------------------------------


def born(ledger: Ledger, run: int) -> OpenBatch:
    see(ledger, run, ("2001", LATER, birth(2001).found), unlinked=True)
    return ledger.intend(run, 1, 1, 1, [birth(2001)], LATER)


def test_a_person_born_in_dialog_insight_has_a_link_before_the_first_byte_leaves(ledger: Ledger) -> None:
    run = people(ledger)
    batch = born(ledger, run)
    assert (batch.kind, batch.side) == ("create", SF)
    assert ledger.open_batches(1) == [batch]
    assert rows(ledger, "SELECT sf_id, di_rid FROM link WHERE id = 4") == [(None, "2001")]


def test_a_record_that_was_made_in_salesforce_is_an_observation_and_its_base_names_the_batch(ledger: Ledger) -> None:
    run = people(ledger)
    batch = born(ledger, run)
    made = Shown(LATEST, (rid(7), "Zoé", TAGS, False), news=True)
    ledger.settle(batch, 1, run, LATER, "r", applied=[done(batch.operations[0], rid(7), shown=made)])
    assert waiting(ledger) == ([rid(7)], [])
    [record] = ledger.pending(1, 1, 1, "", 10)
    assert (record.link, record.target_rid, record.base, record.found) == (4, "2001", birth(2001).base, None)
    assert rows(ledger, "SELECT batch FROM base WHERE link = 4") == [(batch.id,)]
    assert rows(ledger, "SELECT count(*) FROM op") == [(0,)]
    assert see(ledger, run, ("2001", AT, (None, "Old", TAGS, None))) == 0, "an old photograph says nothing of it"


def test_a_birth_that_did_not_happen_leaves_its_person_before_the_planner(ledger: Ledger) -> None:
    run = people(ledger)
    batch = born(ledger, run)
    ledger.settle(batch, 1, run, LATER, "", dropped=batch.operations)
    assert waiting(ledger) == ([], ["2001"])
    assert rows(ledger, "SELECT count(*) FROM link") == [(3,)]
    again = ledger.intend(run, 1, 1, 1, [birth(2001)], LATER)
    assert [o.target_rid for o in again.operations] == ["2001"]


def test_a_person_who_cannot_enter_salesforce_is_set_aside_and_retried_from_dialog_insight(ledger: Ledger) -> None:
    run = people(ledger)
    batch = born(ledger, run)
    refused = replace(aside(9, side=SF), rid="2001")
    [event] = ledger.settle(batch, 1, run, LATER, "", aside=[refused])
    assert (waiting(ledger), ledger.open_batches(1)) == (([], []), [])
    assert ledger.retry([event.id]) == 1
    assert waiting(ledger) == ([], ["2001"])
    batch = ledger.intend(run, 1, 1, 1, [birth(2001)], LATER)
    ledger.settle(batch, 1, run, LATER, "", applied=all_done(batch, [rid(7)]))
    assert ledger.outstanding(1).set_aside == 0


def test_a_person_who_is_in_salesforce_already_is_adopted(ledger: Ledger) -> None:
    run = people(ledger)
    batch = born(ledger, run)
    operation = batch.operations[0]
    seen = Seen(rid(7), None, "2001", operation.found)
    assert operation.base is not None
    found = Agree(rid(7), operation.link, "2001", {}, operation.base, seen)
    ledger.settle(batch, 1, run, LATER, "", adopted=[found])
    assert (ledger.contact_ids(1, [rid(7)]), ledger.open_batches(1)) == ({rid(7): "2001"}, [])
    assert waiting(ledger) == ([], [])


def test_a_link_that_waits_for_its_salesforce_record_is_given_the_one_that_agrees(ledger: Ledger) -> None:
    run = people(ledger)
    born(ledger, run)
    ledger.note_decisions(1, 1, 1, run, LATER, agreed=[agree(7, "2001")])
    assert rows(ledger, "SELECT sf_id, di_rid FROM link WHERE id = 4") == [(rid(7), "2001")]


# -- uncertain outcomes ------------------------------------------------------------------------------------------------


def test_nothing_else_is_sent_for_a_link_and_side_while_something_may_arrive(ledger: Ledger) -> None:
    run = people(ledger)
    record = changed_there(ledger, run)
    batch = sent(ledger, run, update(record, "Ann", "Anna", SF))
    ledger.settle(batch, 1, run, LATER, "", held=batch.operations, held_until=LATEST)
    assert known(ledger).busy == frozenset({SF})
    [still] = ledger.open_batches(1)
    assert [(o.held_until, o.base, o.found) for o in still.operations] == [(LATEST, base(1, "Anna"), shown(1, "Anna"))]
    ledger.settle(still, 1, run, LATEST, "", applied=all_done(still, [rid(1)]))
    assert (known(ledger).busy, ledger.open_batches(1), waiting(ledger)) == (frozenset(), [], ([], []))


@pytest.mark.parametrize("side", list(Side))
def test_an_open_operation_moves_its_own_pairs_in_what_is_agreed_on_by_now(ledger: Ledger, side: Side) -> None:
    run = people(ledger)
    record = changed_there(ledger, run)
    batch = sent(ledger, run, update(record, "Ann", "Anna", side))
    ledger.settle(batch, 1, run, LATER, "", held=batch.operations, held_until=LATEST)
    [still] = ledger.open_batches(1)
    assert [(o.base, o.more) for o in still.operations] == [(base(1, "Anna"), False)], "nothing moved since"

    moved = Base((rid(1), "Ann", ("blue",)), shown(1, tags=("blue",)))
    ledger.note_decisions(1, 1, 1, run, LATER, agreed=[agreed(record, moved, more=True)])
    [still] = ledger.open_batches(1)
    both = Base((rid(1), "Anna", ("blue",)), shown(1, "Anna", ("blue",)))
    assert [(o.base, o.more) for o in still.operations] == [(both, True)]
    ledger.settle(still, 1, run, LATEST, "", applied=all_done(still, ["1001" if side is DI else rid(1)]))
    assert known(ledger).base == both


def test_what_was_decided_along_with_an_open_operation_is_decided_again(ledger: Ledger) -> None:
    """It may have been overtaken; what was seen then tells it as well now."""
    run = people(ledger)
    ledger.store_page(1, 1, run, [(rid(1), LATER, values(1, "Anna", ("blue",)))], None)
    record = ledger.pending(1, 1, 1, "", 1)[0]
    along = Base((rid(1), "Anna", ("blue",)), shown(1, "Anna"))
    sent(ledger, run, replace(update(record, "Ann", "Anna"), base=along))
    [left] = ledger.open_batches(1)
    assert [o.base for o in left.operations] == [base(1, "Anna")]
    ledger.settle(left, 1, run, LATEST, "", applied=all_done(left, ["1001"]))
    assert (waiting(ledger), known(ledger).base) == (([rid(1)], []), base(1, "Anna"))


def test_a_flag_that_is_still_open_stands_beside_what_was_agreed_on_since(ledger: Ledger) -> None:
    run = people(ledger)
    record = changed_there(ledger, run)
    flag = {"Deleted": True}
    bare = replace(
        update(record, "Ann", "Ann"),
        fields=flag,
        before={"Deleted": None},
        base=Base(base(1).source, shown(1, deleted=True)),
    )
    sent(ledger, run, bare)
    moved = Base((rid(1), "Anna", TAGS), (rid(1), "Anna", TAGS))
    ledger.note_decisions(1, 1, 1, run, LATER, agreed=[agreed(record, moved, more=True)])
    [left] = ledger.open_batches(1)
    assert left.operations[0].base == Base(moved.source, shown(1, "Anna", deleted=True))


def test_a_late_write_to_salesforce_goes_before_its_planner_where_dialog_insight_shows_no_news(ledger: Ledger) -> None:
    run = people(ledger)
    batch = sent(ledger, run, update(changed_there(ledger, run), "Ann", "Anna", SF))
    seen = {batch.operations[0].id: Shown(LATER, values(1, "Anne"), news=True)}
    ledger.settle(batch, 1, run, LATER, "", dropped=batch.operations, tried=batch.operations, shown=seen)
    see(ledger, run, ("1001", LATER, shown(1)))
    ledger.note_decisions(1, 1, 1, run, LATER, agreed=[agreed(known(ledger), base(1, "Anne"))])
    ledger.bring_back_late(1, 1, run)
    assert waiting(ledger) == ([], []), "nothing changed in Salesforce"
    read(ledger, run, 1, "Anna", LATEST)
    read(ledger, run, 2, "Bob", LATEST)
    ledger.bring_back_late(1, 1, run)
    assert waiting(ledger) == ([rid(1), rid(2)], ["1001"])
    [late] = ledger.pending_found(1, 1, 1, "", 10)
    assert (late.values, late.found, late.tried[SF, "Name"]) == (values(1, "Anna"), shown(1, "Anne"), ("Anna",))


def test_a_value_of_uncertain_fate_is_remembered_until_the_field_is_written(ledger: Ledger) -> None:
    run = people(ledger)
    record = changed_there(ledger, run)
    for name in ("Anna", "Annie"):
        batch = sent(ledger, run, update(record, "Ann", name, SF))
        ledger.settle(batch, 1, run, LATER, "", dropped=batch.operations, tried=batch.operations)
    assert sorted(map(str, known(ledger).tried[SF, "Name"])) == ["Anna", "Annie"]
    batch = sent(ledger, run, update(record, "Ann", "Anna", DI))
    ledger.settle(batch, 1, run, LATER, "", applied=all_done(batch, ["1001"]))
    assert len(known(ledger).tried[SF, "Name"]) == 2, "that was the other side"
    batch = sent(ledger, run, update(record, "Ann", "Anna", SF))
    ledger.settle(batch, 1, run, LATER, "", applied=all_done(batch, [rid(1)]))
    assert known(ledger).tried == {}


@pytest.mark.parametrize("came", [False, True])
def test_a_value_that_may_still_arrive_is_remembered_though_the_field_is_written(ledger: Ledger, came: bool) -> None:
    """It has come where the field held it though something else was agreed on."""
    run = people(ledger)
    record = changed_there(ledger, run)
    batch = sent(ledger, run, update(record, "Ann", "Annie", SF))
    ledger.settle(batch, 1, run, LATER, "", dropped=batch.operations, tried=batch.operations, arrives_until=LATEST)
    batch = sent(ledger, run, update(record, "Annie" if came else "Ann", "Anna", SF))
    ledger.settle(batch, 1, run, LATER, "", applied=all_done(batch, [rid(1)]), now=LATER)
    tried = "SELECT side, field, value FROM own_value"
    assert rows(ledger, tried) == ([] if came else [("SF", "Name", '"Annie"')])
    batch = sent(ledger, run, update(record, "Anna", "Bob", SF))
    ledger.settle(batch, 1, run, LATER, "", applied=all_done(batch, [rid(1)]), now=LATEST)
    assert rows(ledger, tried) == []


@pytest.mark.parametrize("side", list(Side))
def test_what_is_seen_of_a_dropped_operation_is_planned_anew(ledger: Ledger, side: Side) -> None:
    run = people(ledger)
    batch = sent(ledger, run, update(changed_there(ledger, run), "Ann", "Anna", side))
    there = values(1, "Else") if side is SF else shown(1, "Else")
    seen = {batch.operations[0].id: Shown(LATEST, there, news=True)}
    ledger.settle(batch, 1, run, LATER, "", dropped=batch.operations, shown=seen)
    assert waiting(ledger) == ([rid(1)] if side is SF else [], ["1001"])
    record = known(ledger)
    assert (record.values if side is SF else record.found) == there


def test_only_one_operation_is_open_for_a_link_and_side(ledger: Ledger) -> None:
    run = people(ledger)
    record = changed_there(ledger, run)
    sent(ledger, run, update(record, "Ann", "Anna", SF))
    sent(ledger, run, update(record, "Ann", "Anna", DI))
    with pytest.raises(Exception, match="UNIQUE"):
        sent(ledger, run, update(record, "Ann", "Annie", SF))


def test_a_batch_is_of_one_kind_and_to_one_side(ledger: Ledger) -> None:
    run = people(ledger)
    record = changed_there(ledger, run)
    with pytest.raises(AssertionError):
        ledger.intend(run, 1, 1, 1, [update(record, "Ann", "Anna", SF), birth(2001)], LATER)
    assert ledger.open_batches(1) == []


def test_a_kill_at_any_step_leaves_a_step_to_go_on_from(ledger: Ledger, ledger_path: Path, tmp_path: Path) -> None:
    run = people(ledger)
    copies: list[Path] = []

    def killed() -> None:
        copies.append(tmp_path / f"killed{len(copies)}")
        shutil.copytree(ledger_path.parent, copies[-1])

    record = changed_there(ledger, run)
    killed()
    batch = sent(ledger, run, update(record, "Ann", "Anna", SF))
    killed()
    ledger.settle(batch, 1, run, LATER, "", held=batch.operations, held_until=LATEST)
    killed()
    ledger.settle(batch, 1, run, LATER, "", applied=all_done(batch, [rid(1)]))
    killed()
    ends = []
    for copy in copies:
        with closing(Ledger.open(copy / ledger_path.name, KEY)) as found:
            again = found.begin_run(LATEST)
            for left in found.open_batches(1):
                found.settle(left, 1, again, LATEST, "", applied=all_done(left, [rid(1)]))
            for each in found.pending_found(1, 1, 1, "", 10):
                new = sent(found, again, update(each, "Ann", "Anna", SF))
                found.settle(new, 1, again, LATEST, "", applied=all_done(new, [rid(1)]))
            ends.append((waiting(found), known(found), found.open_batches(1)))
    assert ends == [ends[0]] * 4
    assert ends[0][0] == ([], [])
