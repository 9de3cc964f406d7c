"""What imports stored, in the ledger: kept by key until it is tied, seen where it is tied already, never set back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disf_desktop.core.errors import LedgerIsBusy
from disf_desktop.core.operations import LinkState
from disf_desktop.core.plan import folded_key
from disf_desktop.core.records import Arrival, FoundRecord
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.core.values import Value
from disf_desktop.storage.ledger import Ledger
from disf_desktop.storage.ledger_view import LedgerView
from tests.storage.ledger_contents import (
    AT,
    KEY,
    LATER,
    LATEST,
    PAIRS,
    SOURCES,
    TAGS,
    TARGETS,
    agree,
    aside,
    birth,
    create,
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

TABLE = "example/1/Contact"


@pytest.fixture
def ledger(ledger_path: Path) -> Iterator[Ledger]:
    with closing(Ledger.open(ledger_path, KEY)) as opened:
        yield opened


def arrival(number: int, name: str = "Ann", *, rid_there: str | None = None, **more: Any) -> Arrival:
    """The person of that number, as a whole reply shows it."""
    known: dict[str, Value] = dict(zip(TARGETS, shown(number, name), strict=True))
    return Arrival({"Key": rid(number)}, rid_there or str(1000 + number), {**known, **more})


def note(ledger: Ledger, run: int, *arrivals: Arrival, as_of: str = LATEST) -> None:
    ledger.note_arrivals(ledger.target_for(TABLE), run, arrivals, as_of)


def kept(ledger: Ledger, *numbers: int) -> dict[int, tuple[str, str]]:
    """Give the id and the moment of each arrival with the key of one of these people."""
    target = ledger.target_for(TABLE)
    found = ledger.arrivals(target, [{"Key": rid(n)} for n in numbers])
    keys = {folded_key({"Key": rid(n)}): n for n in numbers}
    return {keys[key]: (record.rid, record.as_of) for key, record in found.items()}


# -- records that no link knows ----------------------------------------------------------------------------------------


def test_arrivals_of_several_replies_are_noted_together_or_not_at_all(ledger: Ledger) -> None:
    run = ledger.begin_run(AT)
    with suppress(ZeroDivisionError), ledger.together():
        note(ledger, run, arrival(1))
        raise ZeroDivisionError
    assert kept(ledger, 1, 2) == {}
    with ledger.together():
        note(ledger, run, arrival(1), as_of=LATER)
        note(ledger, run, arrival(2), as_of=LATEST)
    assert kept(ledger, 1, 2) == {1: ("1001", LATER), 2: ("1002", LATEST)}


def test_a_table_has_one_number_whoever_writes_to_it_first(ledger: Ledger) -> None:
    number = ledger.target_for(TABLE)
    assert ledger.target_for(TABLE) == number
    assert ledger.register("Contacts", TABLE, b"").target == number
    assert ledger.target_for("example/2/Contact") != number


def test_an_arrival_is_found_by_its_key_in_any_case_with_what_the_reply_showed(ledger: Ledger) -> None:
    run = ledger.begin_run(AT)
    target = ledger.target_for(TABLE)
    unreadable = Refusal(Reason.UNREADABLE)
    given: dict[str, Any] = {"EMail": "ann@example.org", "Age": 7, "Tags": TAGS, "Born": None, "Level": unreadable}
    ledger.note_arrivals(target, run, [Arrival({"EMail": "Ann@example.org "}, "7", given)], LATER)
    expected = FoundRecord("7", given, as_of=LATER)
    assert ledger.arrivals(target, [{"EMail": "ANN@example.org"}]) == {"ann@example.org": expected}
    assert ledger.arrivals(target, [{"EMail": "zoe@example.org"}]) == {}
    assert ledger.arrivals(target + 1, [{"EMail": "ann@example.org"}]) == {}
    assert ledger.arrivals(target, []) == {}


def test_what_a_reply_did_not_show_is_unknown_and_what_is_empty_is_known(ledger: Ledger) -> None:
    run = ledger.begin_run(AT)
    note(ledger, run, Arrival({"Key": "a"}, "1", {"Name": None}), Arrival({"Key": "b"}, "2", {"Tags": TAGS}))
    found = ledger.arrivals(1, [{"Key": "a"}, {"Key": "b"}])
    assert (found["a"].values, found["b"].values) == ({"Name": None}, {"Tags": TAGS})


def test_replies_that_show_different_fields_share_a_few_layouts(ledger: Ledger) -> None:
    run = ledger.begin_run(AT)
    for n in range(60):
        note(ledger, run, Arrival({"Key": str(n)}, str(n), {f"F{n % 7}": n, f"F{n % 5}": n}))
    assert ledger.arrivals(1, [{"Key": "41"}])["41"].values == {"F6": 41, "F1": 41}
    assert rows(ledger, "SELECT count(*) <= 7 FROM layout") == [(1,)]


def test_the_newer_of_two_arrivals_with_a_key_or_a_number_stands(ledger: Ledger) -> None:
    run = ledger.begin_run(AT)
    note(ledger, run, arrival(1, "Anna"), as_of=LATER)
    note(ledger, run, arrival(1, "Old", rid_there="9"), as_of=AT)
    assert kept(ledger, 1) == {1: ("1001", LATER)}
    note(ledger, run, arrival(2, rid_there="1001"), as_of=LATEST)
    assert kept(ledger, 1, 2) == {2: ("1001", LATEST)}
    note(ledger, run, arrival(2, "Same moment", rid_there="1001"), as_of=LATEST)
    assert ledger.arrivals(1, [{"Key": rid(2)}])[rid(2).lower()].values["Name"] == "Same moment"


def test_the_last_of_two_arrivals_in_one_call_stands(ledger: Ledger) -> None:
    run = ledger.begin_run(AT)
    note(ledger, run, arrival(1, "First"), arrival(1, "Second"), arrival(3, rid_there="5"), arrival(4, rid_there="5"))
    assert ledger.arrivals(1, [{"Key": rid(1)}])[rid(1).lower()].values["Name"] == "Second"
    assert kept(ledger, 3, 4) == {4: ("5", LATEST)}


_NOTED = st.lists(
    st.tuples(st.integers(1, 4), st.integers(1, 4), st.sampled_from([AT, LATER, LATEST])), min_size=1, max_size=12
)


@settings(max_examples=30, deadline=None)
@given(noted=_NOTED)
def test_however_arrivals_come_a_key_has_one_record_and_a_record_one_key_and_none_goes_back(
    noted: list[tuple[int, int, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    expected: dict[int, tuple[str, str]] = {}
    with closing(Ledger.open(tmp_path_factory.mktemp("ledger") / "l.sqlite", KEY)) as ledger:
        run = ledger.begin_run(AT)
        for number, there, as_of in noted:
            note(ledger, run, arrival(number, rid_there=str(there)), as_of=as_of)
            rivals = {n: v for n, v in expected.items() if n == number or v[0] == str(there)}
            if all(moment <= as_of for _, moment in rivals.values()):
                expected = {n: v for n, v in expected.items() if n not in rivals}
                expected[number] = (str(there), as_of)
            assert kept(ledger, 1, 2, 3, 4) == expected


def test_another_run_that_took_the_ledger_over_leaves_nothing_to_note(ledger: Ledger, ledger_path: Path) -> None:
    run = ledger.begin_run(AT)
    with closing(Ledger.open(ledger_path, KEY)) as other:
        other.begin_run(AT)
        with pytest.raises(LedgerIsBusy):
            note(ledger, run, arrival(1))
        assert kept(other, 1) == {}


def test_what_was_imported_long_ago_is_let_go(ledger: Ledger) -> None:
    run = ledger.begin_run(AT)
    note(ledger, run, arrival(1), as_of=AT)
    note(ledger, run, arrival(2), as_of=LATEST)
    ledger.prune(LATER)
    assert set(kept(ledger, 1, 2)) == {2}


# -- used up -----------------------------------------------------------------------------------------------------------


def test_an_arrival_goes_away_with_the_decision_that_ties_its_record(ledger: Ledger) -> None:
    run = people(ledger, 1)
    note(ledger, run, arrival(2), arrival(3))
    read(ledger, run, 2)
    looks = [("1002", LATEST, shown(2))]
    ledger.note_decisions(1, 1, 1, run, LATER, agreed=[agree(2, "1002")], shown=looks)
    assert set(kept(ledger, 2, 3)) == {3}
    assert waiting(ledger) == ([], [])
    assert see(ledger, run, ("1002", LATER, shown(2, "Old"))) == 0, "an older photograph says nothing"


def test_an_arrival_goes_away_when_its_record_is_tied_under_another_key(ledger: Ledger) -> None:
    run = people(ledger, 1)
    note(ledger, run, arrival(2, rid_there="1003"), arrival(4))
    read(ledger, run, 3)
    ledger.note_decisions(1, 1, 1, run, LATER, agreed=[agree(3, "1003")])
    assert set(kept(ledger, 2, 3, 4)) == {4}


def test_a_record_that_an_import_showed_when_it_was_tied_is_not_the_first_to_be_looked_up(ledger: Ledger) -> None:
    run = people(ledger, 1)
    see(ledger, run, ("1001", LATER, shown(1)))
    note(ledger, run, arrival(2))
    read(ledger, run, 2)
    ledger.note_decisions(1, 1, 1, run, LATER, agreed=[agree(2, "1002")], shown=[("1002", LATEST, shown(2))])
    assert [each.target_rid for each in ledger.to_check(1, 1, 2)] == ["1001", "1002"]


def test_what_an_import_shows_besides_what_is_agreed_on_is_planned(ledger: Ledger) -> None:
    run = people(ledger, 1)
    note(ledger, run, arrival(2, "Anna"))
    read(ledger, run, 2)
    looks = [("1002", LATEST, shown(2, "Anna"))]
    ledger.note_decisions(1, 1, 1, run, LATER, agreed=[agree(2, "1002")], shown=looks)
    assert waiting(ledger) == ([], ["1002"])


def test_an_arrival_goes_away_when_its_record_is_adopted_or_born_or_created_otherwise(ledger: Ledger) -> None:
    run = people(ledger, 1)
    for n in (2, 4):
        read(ledger, run, n)
    note(ledger, run, arrival(2), arrival(4, rid_there="4711"), Arrival({"Key": "2001@example.org"}, "2001", {}))
    see(ledger, run, ("2001", LATEST, (None, "Zoé", TAGS, None)), unlinked=True)
    ledger.intend(run, 1, 1, 1, [birth(2001)], LATER)
    assert ledger.arrivals(1, [{"Key": "2001@example.org"}]) == {}
    batch = ledger.intend(run, 1, 1, 1, [create(2), create(4)], LATER)
    second, fourth = batch.operations
    assert set(kept(ledger, 2, 4)) == {2, 4}, "what is on its way may be dropped"
    adopted = agree(2, "1002")
    link = second.link
    ledger.settle(batch, 1, run, LATER, "r", adopted=[type(adopted)(**{**_fields(adopted), "link": link})])
    assert set(kept(ledger, 2, 4)) == {4}
    ledger.settle(batch, 1, run, LATER, "r", applied=[done(fourth, "1004")])
    assert kept(ledger, 2, 4) == {}, "the key has another record than the imported one by now"


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def test_a_create_that_is_dropped_leaves_the_arrival_to_its_next_planning(ledger: Ledger) -> None:
    run = people(ledger, 1)
    read(ledger, run, 2)
    batch = ledger.intend(run, 1, 1, 1, [create(2)], LATER)
    note(ledger, run, arrival(2))
    ledger.settle(batch, 1, run, LATER, "", dropped=batch.operations)
    assert kept(ledger, 2) == {2: ("1002", LATEST)}


# -- records that a link knows -----------------------------------------------------------------------------------------


def test_an_arrival_of_a_linked_record_is_a_look_at_dialog_insight(ledger: Ledger) -> None:
    run = people(ledger)
    note(ledger, run, arrival(1, "Anna"), arrival(2), arrival(3, "Annie"))
    assert kept(ledger, 1, 2, 3) == {}
    assert waiting(ledger) == ([], ["1001", "1003"])
    first = ledger.pending_found(1, 1, 1, "", 10)[0]
    assert (first.found, first.as_of) == (shown(1, "Anna"), LATEST)
    assert see(ledger, run, ("1002", LATER, shown(2, "Old"))) == 0


def test_an_arrival_says_of_a_linked_record_what_it_shows_and_leaves_the_rest_as_it_was_known(ledger: Ledger) -> None:
    run = people(ledger)
    see(ledger, run, ("1001", LATER, shown(1, "Anna", deleted="gone")))
    note(ledger, run, *(Arrival({"Key": rid(n)}, str(1000 + n), {"Tags": ("red",)}) for n in (1, 2)))
    first, second = ledger.pending_found(1, 1, 1, "", 10)
    assert first.found == shown(1, "Anna", ("red",), "gone")
    assert second.found == shown(2, "Ann", ("red",))


def test_an_arrival_older_than_what_was_seen_of_a_linked_record_is_passed_over(ledger: Ledger) -> None:
    run = people(ledger)
    see(ledger, run, ("1001", LATEST, shown(1, "Anna")))
    see(ledger, run, ("1002", LATEST, shown(2)))
    note(ledger, run, arrival(1, "Old"), arrival(2, "Old"), as_of=LATER)
    assert [p.found for p in ledger.pending_found(1, 1, 1, "", 10)] == [shown(1, "Anna")]


def test_each_linked_record_is_seen_as_its_own_integration_packs_it(ledger: Ledger) -> None:
    run = people(ledger, 1)
    leads = ledger.register("Leads", TABLE, b"")
    layout = ledger.layout(("Id", "Email"), ("Key", "Mail"), ("Id", "Email"))
    ledger.start_reading(leads.integration, AT, layout, b"", anew=True)
    batch = ledger.intend(run, leads.integration, leads.target, layout, [create(2)], LATER)
    ledger.settle(batch, leads.integration, run, LATER, "r", applied=[done(batch.operations[0], "1002")])
    ledger._connection.execute("""UPDATE base SET sf = '["k","m"]', di = '["k","m"]' WHERE link = 2""")
    note(ledger, run, arrival(1, "Anna"), arrival(2, Mail="ann@example.org"))
    packed = rows(ledger, "SELECT integration, rid, layout, vals FROM seen WHERE side = 'DI' ORDER BY rid")
    assert [row[:3] for row in packed] == [(1, "1001", 1), (leads.integration, "1002", layout)]
    assert packed[1][3] == f'["{rid(2)}","ann@example.org"]'


def test_a_linked_record_of_which_a_part_is_not_known_is_looked_up_first(ledger: Ledger) -> None:
    run = people(ledger)
    wider = ledger.layout((*SOURCES, "Phone"), (*TARGETS[:3], "Phone", "Deleted"), (*PAIRS, "Phone"))
    ledger.start_reading(1, LATER, wider, b"", anew=True)
    see(ledger, run, *((str(1000 + n), LATER, shown(n)) for n in (1, 2, 3)))
    note(ledger, run, arrival(3, "Anna"))
    assert waiting(ledger) == ([], [])
    assert ledger.to_check(1, 1, 1)[0].target_rid == "1003"
    note(ledger, run, arrival(3, "Anna", Phone="514"))
    assert [p.target_rid for p in ledger.pending_found(1, 1, wider, "", 10)] == ["1003"]


def test_an_arrival_of_a_closed_link_leaves_nothing(ledger: Ledger) -> None:
    run = people(ledger)
    ledger.close_links(1, [rid(1)])
    note(ledger, run, arrival(1, "Anna"))
    assert (kept(ledger, 1), waiting(ledger)) == ({}, ([], []))


def test_a_link_of_an_integration_that_left_the_table_is_seen_by_nobody(ledger: Ledger) -> None:
    run = people(ledger)
    ledger.register("Contacts", "example/2/Contact", b"settings")
    note(ledger, run, arrival(1, "Anna"))
    assert rows(ledger, "SELECT * FROM seen") == []
    assert kept(ledger, 1) == {}


# -- records that are gone, or have another number ---------------------------------------------------------------------


def erase(ledger: Ledger, link: int, at: str = LATER) -> None:
    ledger.note_missing([link], AT)
    assert ledger.note_missing([link], at) == [link]


def state_of(ledger: Ledger, link: int) -> tuple[Any, ...]:
    return rows(ledger, "SELECT state, di_rid, suspect FROM link WHERE id = ?", link)[0]


@pytest.mark.parametrize("number", ["1001", "4711"])
def test_an_erased_person_who_is_imported_again_is_back(ledger: Ledger, number: str) -> None:
    run = people(ledger)
    erase(ledger, 1)
    note(ledger, run, arrival(1, "Anna", rid_there=number))
    assert state_of(ledger, 1) == (LinkState.ACTIVE, number, 0)
    assert (kept(ledger, 1), waiting(ledger)) == ({}, ([rid(1)], [number]))
    assert ledger.pending_found(1, 1, 1, "", 10)[0].found == shown(1, "Anna")


@pytest.mark.parametrize("number", ["1001", "4711"])
def test_an_import_from_before_the_erasure_was_found_leaves_it(ledger: Ledger, number: str) -> None:
    run = people(ledger)
    erase(ledger, 1, LATEST)
    note(ledger, run, arrival(1, rid_there=number), as_of=LATER)
    assert state_of(ledger, 1) == (LinkState.ERASED, "1001", 1)
    assert waiting(ledger) == ([], [])


def test_an_erased_person_of_whom_a_part_is_not_known_sleeps_on_until_a_look(ledger: Ledger) -> None:
    run = people(ledger)
    wider = ledger.layout((*SOURCES, "Phone"), (*TARGETS[:3], "Phone", "Deleted"), (*PAIRS, "Phone"))
    ledger.start_reading(1, LATER, wider, b"", anew=True)
    erase(ledger, 1)
    note(ledger, run, arrival(1, rid_there="4711"))
    assert see(ledger, run, ("4711", AT, shown(1))) == 0, "a photograph from before the erasure wakes nobody"
    assert state_of(ledger, 1)[:2] == (LinkState.ERASED, "4711")
    see(ledger, run, ("4711", LATEST, shown(1, "Anna")))
    assert state_of(ledger, 1)[:2] == (LinkState.ACTIVE, "4711")


def test_an_imported_record_with_the_key_of_a_living_link_waits_until_a_look_tells(ledger: Ledger) -> None:
    run = people(ledger)
    see(ledger, run, *((str(1000 + n), LATER, shown(n)) for n in (1, 2, 3)))
    note(ledger, run, arrival(2, "Anna", rid_there="4711"))
    assert state_of(ledger, 2) == (LinkState.ACTIVE, "1002", 0)
    assert kept(ledger, 2) == {2: ("4711", LATEST)}
    assert [each.link for each in ledger.to_check(1, 1, 1)] == [2]
    assert ledger.take_over(2, run)
    assert state_of(ledger, 2) == (LinkState.ACTIVE, "4711", 0)
    assert (kept(ledger, 2), waiting(ledger)) == ({}, ([], ["4711"]))
    assert not ledger.take_over(2, run)
    assert not ledger.take_over(1, run)


def test_a_record_that_was_imported_anew_replaces_what_was_seen_of_the_one_before(ledger: Ledger) -> None:
    run = people(ledger)
    see(ledger, run, ("1002", LATER, shown(2, "Old", deleted="gone")))
    note(ledger, run, arrival(2, rid_there="4711"))
    assert ledger.take_over(2, run)
    assert rows(ledger, "SELECT rid FROM seen WHERE side = 'DI'") == []


# -- what is believed --------------------------------------------------------------------------------------------------


def test_what_was_seen_last_is_believed_else_what_is_agreed_on_else_what_was_imported(
    ledger: Ledger, ledger_path: Path
) -> None:
    run = people(ledger)
    see(ledger, run, ("1001", LATER, shown(1, "Anna", deleted="gone")))
    read(ledger, run, 5)
    ledger.intend(run, 1, 1, 1, [create(5)], LATER)
    ledger.note_decisions(1, 1, 1, run, LATER, aside=[aside(5)])
    note(ledger, run, Arrival({"Key": rid(4)}, "1004", {"Name": "Guy"}))
    erase(ledger, 3)
    keys = [rid(n).lower() for n in range(1, 7)]
    expected: dict[str, Any] = {
        keys[0]: dict(zip(TARGETS, shown(1, "Anna", deleted="gone"), strict=True)),
        keys[1]: dict(zip(TARGETS, shown(2), strict=True)),
        keys[3]: {"Name": "Guy"},
    }
    assert ledger.known_of(1, keys) == expected
    assert ledger.known_of(1, []) == ledger.known_of(2, keys) == {}
    with LedgerView.open(ledger_path, KEY) as view:
        assert view is not None
        assert view.target_number("example/9/Contact") is None
        target = view.target_number(TABLE)
        assert target is not None
        assert view.known_of(target, keys) == expected


def test_what_nobody_could_read_or_never_saw_is_not_believed(ledger: Ledger) -> None:
    run = people(ledger)
    see(ledger, run, ("1001", LATER, (rid(1), Refusal(Reason.UNREADABLE), TAGS, None)))
    note(ledger, run, Arrival({"Key": rid(4)}, "1004", {"Name": Refusal(Reason.UNREADABLE)}))  # type: ignore[dict-item]
    first, fourth = rid(1).lower(), rid(4).lower()
    known = ledger.known_of(1, [first, fourth])
    assert known[fourth] == {}
    assert known[first] == {"Key": rid(1), "Tags": TAGS, "Deleted": None}


def test_a_key_that_an_import_gave_to_another_record_is_believed_of_that_one(ledger: Ledger) -> None:
    run = people(ledger)
    note(ledger, run, arrival(2, "Anna", rid_there="4711"))
    assert ledger.known_of(1, [rid(2).lower()])[rid(2).lower()]["Name"] == "Anna"
    assert values(2)[1] == "Ann"
