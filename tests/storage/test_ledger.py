"""The ledger on a real file: what is written is read, each method is all or nothing, one writer at a time."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.errors import LedgerIsBusy
from disf_desktop.core.events import Outstanding
from disf_desktop.core.journal import PendingCount
from disf_desktop.core.operations import ABSENT, Base, Seen
from disf_desktop.core.records import FoundRecord, Position
from disf_desktop.core.refusals import Reason, Refusal
from disf_desktop.storage.ledger import Ledger
from disf_desktop.storage.ledger_view import LedgerView
from disf_desktop.storage.packing import pack, unpack
from tests.storage.ledger_contents import (
    AT,
    KEY,
    LATER,
    LATEST,
    PAIRS,
    SF,
    SOURCES,
    TAGS,
    TARGETS,
    agree,
    all_done,
    aside,
    base,
    bring,
    create,
    done,
    everything,
    fill,
    rid,
    rows,
    update,
    values,
)


@pytest.fixture
def ledger(ledger_path: Path) -> Iterator[Ledger]:
    with closing(Ledger.open(ledger_path, KEY)) as opened:
        yield opened


# -- every table ------------------------------------------------------------------------------------------------------


NOT_FILLED = {
    "sf_opt_out", "consent_segment", "consent_early", "suppression", "calmed", "pardoned", "scanned", "sent_twice"
}  # fmt: skip
"""Tables that other tests fill: those of consents, of audits, of the fuse, of late writes, of erased people."""


def test_every_table_is_written_by_a_run_and_read_by_a_method(ledger: Ledger, ledger_path: Path) -> None:
    fill(ledger)
    bring(ledger)
    contents = {name: found for name, found in everything(ledger).items() if name not in NOT_FILLED}
    assert [name for name, found in contents.items() if not found] == []
    [record] = [p for p in ledger.pending(1, 1, 1, "", 10) if p.rid == rid(3)]
    read_by_methods: dict[str, object] = {
        "meta": ledger.begin_run(LATER),
        "layout": ledger.targets_of(1),
        "target": ledger.target_number("example/1/Contact"),
        "integration": ledger.register("Contacts", "example/1/Contact", b"settings").integration,
        "stream": ledger.stream(1).watermark,
        "seen": [p.rid for p in ledger.pending(1, 1, 1, "", 10)],
        "link": ledger.contact_ids(1, [rid(1)]),
        "base": record.base,
        "arrival": ledger.arrivals(1, [{"Key": rid(7)}]),
        "batch": [(b.kind, b.side.value) for b in ledger.open_batches(1)],
        "op": [o.rid for b in ledger.open_batches(1) for o in b.operations],
        "choice": [(name, choice.side, choice.value, choice.conflict) for name, choice in record.choices.items()],
        "own_value": dict(record.tried),
        "set_aside": ledger.outstanding(1).set_aside,
        "run": ledger.calls_since(AT),
        "conflict": ledger.choose({1: SF}),
    }
    assert read_by_methods == {
        "meta": 4, "layout": TARGETS, "target": 1, "integration": 1, "stream": AT, "seen": [rid(3), rid(6)],
        "link": {rid(1): "1001"}, "base": base(3, "Ann", "Anne"),
        "arrival": {rid(7).lower(): FoundRecord("1007", {"Key": rid(7), "Name": "Guy", "Tags": TAGS}, as_of=LATEST)},
        "batch": [("create", "salesforce"), ("update", "salesforce"), ("create", "dialog_insight")],
        "op": ["", rid(3), rid(6)], "choice": [("Name", SF, "Ann", 1)], "own_value": {(SF, "Name"): ("Annie",)},
        "set_aside": 2, "run": {"salesforce": 2, "dialog_insight": 3}, "conflict": 1,
    }  # fmt: skip
    with LedgerView.open(ledger_path, KEY) as view:
        assert view is not None
        assert [run.status for run in view.runs(10)] == [None, "success", None, "partial"]
    of_consents = {name for name in contents if name.startswith("consent")} | {"sqlite_sequence"}
    assert set(read_by_methods) == set(contents) - of_consents


def test_the_base_of_a_record_is_given_with_it(ledger: Ledger) -> None:
    fill(ledger)
    run = ledger.begin_run(LATER)
    ledger.store_page(1, 1, run, [(rid(1), LATER, values(1, "Annie"))], None)
    pending = ledger.pending(1, 1, 1, "", 10)[0]
    assert (pending.rid, pending.link, pending.target_rid, pending.stamp) == (rid(1), 1, "1001", LATER)
    assert pending.base == base(1, "Anna")
    assert pending.values == values(1, "Annie")


def test_a_base_of_another_mapping_is_given_in_the_order_of_this_one(ledger: Ledger) -> None:
    fill(ledger)
    run = ledger.begin_run(LATER)
    order = (("Tags__c", "Id", "City"), ("Key", "City", "Tags"), ("Id", "City", "Tags__c"))
    layout = ledger.layout(*order)
    assert layout == ledger.layout(*order) != 1
    ledger.store_page(1, layout, run, [(rid(1), AT, (("red",), rid(1), "Laval"))], None)
    assert [p.rid for p in ledger.pending(1, 1, layout, "", 10)] == []
    ledger.store_page(1, layout, run, [(rid(1), LATER, (("red",), rid(1), "Laval"))], None)
    [pending] = ledger.pending(1, 1, layout, "", 10)
    assert pending.base == Base((rid(1), ABSENT, ("blue", "red")), (rid(1), ABSENT, ("blue", "red")))
    assert ledger.pair_places(layout) == (1, 2, 0)


def test_pending_records_come_in_order_of_their_id_a_page_at_a_time(ledger: Ledger) -> None:
    run = ledger.begin_run(AT)
    numbers = ledger.register("Contacts", "example/1/Contact", b"")
    layout = ledger.layout(SOURCES, TARGETS, PAIRS)
    ledger.store_page(numbers.integration, layout, run, [(rid(n), AT, values(n)) for n in (5, 3, 1, 4, 2)], None)
    after, pages = "", []
    while page := ledger.pending(numbers.integration, numbers.target, layout, after, 2):
        pages.append([p.rid for p in page])
        after = page[-1].rid
    assert pages == [[rid(1), rid(2)], [rid(3), rid(4)], [rid(5)]]
    assert ledger.pending_count(numbers.integration, numbers.target, layout) == PendingCount(5, 0, 0)


# -- observations ----------------------------------------------------------------------------------------------------


def test_only_what_says_something_new_counts_and_nothing_goes_backwards(ledger: Ledger) -> None:
    run = ledger.begin_run(AT)
    ledger.register("Contacts", "example/1/Contact", b"")
    layout = ledger.layout(SOURCES, TARGETS, PAIRS)

    def store(stamp: str, name: str) -> int:
        return ledger.store_page(1, layout, run, [(rid(1), stamp, values(1, name))], None)

    assert store(LATER, "Anna") == 1
    assert store(LATER, "Anna") == 0
    assert store(AT, "Ann") == 0
    assert store(LATER, "Annie") == 1
    [pending] = ledger.pending(1, 1, layout, "", 10)
    assert pending.values == values(1, "Annie")


def test_a_watermark_moves_when_a_reading_ends_and_a_position_holds_until_then(ledger: Ledger) -> None:
    run = ledger.begin_run(AT)
    ledger.register("Contacts", "example/1/Contact", b"")
    layout = ledger.layout(SOURCES, TARGETS, PAIRS)
    assert ledger.stream(1).watermark is None
    ledger.start_reading(1, AT, layout, b"f", anew=True)
    ledger.store_page(1, layout, run, [], Position(AT, rid(1)))
    state = ledger.stream(1)
    assert (state.watermark, state.hi, state.position, state.layout) == (None, AT, Position(AT, rid(1)), layout)
    assert state.fingerprint == b"f"
    ledger.finish_reading(1, AT)
    state = ledger.stream(1)
    assert (state.watermark, state.hi, state.position) == (AT, None, None)
    ledger.start_reading(1, LATER, layout, b"f", anew=False)
    assert ledger.stream(1).watermark == AT
    ledger.start_reading(1, LATER, layout, b"g", anew=True)
    assert ledger.stream(1).watermark is None


VALUES = st.lists(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1).map(tuple)
    | st.sampled_from([Refusal(reason) for reason in Reason])
    | st.just(ABSENT)
)


@given(VALUES)
def test_values_come_out_as_they_went_in(packed: list[Any]) -> None:
    found = unpack(pack(packed))
    assert found == tuple(packed)
    assert [type(value) for value in found] == [type(value) for value in packed]


def test_what_is_no_value_is_not_packed() -> None:
    with pytest.raises(TypeError):
        pack([object()])  # type: ignore[arg-type]


# -- the journal -----------------------------------------------------------------------------------------------------


def test_an_open_batch_comes_back_as_it_was_intended(ledger: Ledger) -> None:
    fill(ledger)
    run = ledger.begin_run(LATER)
    ledger.store_page(1, 1, run, [(rid(1), LATER, values(1, "Annie"))], None)
    pending = ledger.pending(1, 1, 1, "", 10)[0]
    intended = ledger.intend(run, 1, 1, 1, [update(pending, "Anna", "Annie", more=True)], LATER)
    born, held, left, found = ledger.open_batches(1)
    assert found == intended
    assert (left.kind, [o.rid for o in left.operations]) == ("create", [rid(6)])
    assert left.operations[0].fields == {"Name": "Ann", "Tags": ("blue", "red")}
    assert [(o.rid, o.target_rid, o.found, o.source) for o in born.operations] == [
        ("", "2001", (None, "Zoé", ("blue", "red"), None), None)
    ]
    assert [o.held_until for o in held.operations] == [LATEST]
    assert ledger.open_batches(99) == []


def test_a_batch_closes_when_its_last_operation_is_settled(ledger: Ledger) -> None:
    run = ledger.begin_run(AT)
    ledger.register("Contacts", "example/1/Contact", b"")
    layout = ledger.layout(SOURCES, TARGETS, PAIRS)
    ledger.store_page(1, layout, run, [(rid(n), AT, values(n)) for n in (1, 2, 3)], None)
    batch = ledger.intend(run, 1, 1, layout, [create(1), create(2), create(3)], AT)
    one, two, three = batch.operations
    ledger.settle(batch, 1, run, AT, "r1", applied=[done(one, "1001")])
    assert [o.rid for o in ledger.open_batches(1)[0].operations] == [rid(2), rid(3)]
    ledger.settle(batch, 1, run, AT, "r2", aside=[aside(2)], dropped=[three])
    assert ledger.open_batches(1) == []
    assert rows(ledger, "SELECT state, request_id, size FROM batch") == [("DONE", "r2", 3)]
    assert [p.rid for p in ledger.pending(1, 1, layout, "", 10)] == [rid(3)]
    assert rows(ledger, "SELECT sf_id, di_rid FROM link") == [(rid(1), "1001")]
    assert rows(ledger, "SELECT count(*) FROM op") == [(0,)]
    assert two.rid == rid(2)


def test_an_applied_update_keeps_what_it_changed_and_no_more(ledger: Ledger) -> None:
    fill(ledger)
    assert rows(ledger, "SELECT * FROM op WHERE state = 'APPLIED'") == [
        (1, 2, 1, "DI", rid(1), None, '{"Name":"Anna"}', '{"Name":"Ann"}', *[None] * 4, 1, 0, None, None, "APPLIED")
    ]


def test_a_link_takes_its_key_when_it_is_intended(ledger: Ledger) -> None:
    fill(ledger)
    assert ledger.owners_of(1, [{"Key": rid(6).lower()}, {"Key": rid(9)}]) == {rid(6).casefold(): rid(6)}
    assert ledger.owners_of(1, []) == {}
    assert ledger.contact_ids(1, [rid(1), rid(6), rid(9)]) == {rid(1): "1001"}
    assert (ledger.owner_of(1, "1001"), ledger.owner_of(1, "7"), ledger.owner_of(2, "1001")) == (rid(1), None, None)
    assert (ledger.target_number("example/1/Contact"), ledger.target_number("other")) == (1, None)


def test_two_records_cannot_have_one_key_nor_one_other_side(ledger: Ledger) -> None:
    fill(ledger)
    run = ledger.begin_run(LATER)
    before = everything(ledger)
    double = agree(7, "1001")
    with pytest.raises(apsw.ConstraintError):
        ledger.note_decisions(1, 1, 1, run, LATER, agreed=[double])
    with pytest.raises(apsw.ConstraintError):
        ledger.intend(run, 1, 1, 1, [create(8), create(9), create(9)], LATER)
    assert everything(ledger) == before


# -- registering -----------------------------------------------------------------------------------------------------


def test_new_settings_put_every_record_before_the_planner_again(ledger: Ledger) -> None:
    fill(ledger)
    run = ledger.begin_run(LATER)
    batch = ledger.open_batches(1)[2]
    ledger.settle(batch, 1, run, LATER, "", applied=all_done(batch, ["1006"]))
    assert ledger.register("Contacts", "example/1/Contact", b"settings").integration == 1
    assert ledger.pending_count(1, 1, 1) == PendingCount(1, 1, 4, 2)
    ledger.register("Contacts", "example/1/Contact", b"other")
    assert ledger.pending_count(1, 1, 1) == PendingCount(6, 3, 4, 2)


def test_another_table_makes_an_integration_start_over_and_leaves_the_links_of_the_old_one(ledger: Ledger) -> None:
    fill(ledger)
    ledger.begin_run(LATER)
    numbers = ledger.register("Contacts", "example/2/Contact", b"settings")
    assert (numbers.integration, numbers.target) == (1, 2)
    assert ledger.pending_count(1, 2, 1) == PendingCount(0, 0, 0)
    assert ledger.stream(1).watermark is None
    assert ledger.open_batches(1) == []
    assert ledger.contact_ids(1, [rid(1)]) == {rid(1): "1001"}
    assert ledger.outstanding(1) == Outstanding()
    assert rows(ledger, "SELECT * FROM choice UNION ALL SELECT * FROM own_value") == []
    assert rows(ledger, "SELECT sf_id FROM link ORDER BY id") == [(rid(1),), (rid(3),)]


# -- set aside -------------------------------------------------------------------------------------------------------


def test_set_aside_records_are_retried_or_dismissed_by_their_number(ledger: Ledger, ledger_path: Path) -> None:
    fill(ledger)
    with LedgerView.open(ledger_path, KEY) as view:
        assert view is not None
        first, second = view.set_aside("Contacts", 0, 10)
        assert view.set_aside("Other", 0, 10) == ()
        assert view.set_aside(None, first.id, 10) == (second,)
        assert [record.id for record in view.set_aside(None, 0, 1)] == [first.id]
    assert (first.rid, first.code, first.parameters, first.request_id) == (rid(2), "31", {"length": 3}, "r9")
    assert first.values == {"Id": rid(2), "Name": "Ann", "Tags__c": ("blue", "red"), "IsConverted": False}
    assert second.values == {"Id": rid(5), "Name": None, "Tags__c": None, "IsConverted": False}
    assert [first.again, second.again] == [False, False]
    assert ledger.retry([first.id, 99]) == 1
    with LedgerView.open(ledger_path, KEY) as view:
        assert view is not None
        assert [record.again for record in view.set_aside(None, 0, 10)] == [True, False]
    assert ledger.dismiss([first.id]) == 1
    assert ledger.retry([first.id]) == 0
    assert ledger.retry(None) == 1
    assert ledger.outstanding(1).set_aside == 1


def test_records_that_wait_for_their_contact_are_released_and_no_others(ledger: Ledger) -> None:
    fill(ledger)
    run = ledger.begin_run(LATER)
    ledger.note_decisions(1, 1, 1, run, LATER, aside=[aside(4, "parent_missing"), aside(6, "31")])
    assert [p.rid for p in ledger.pending(1, 1, 1, "", 10)] == [rid(3)]
    ledger.release_blocked(1)
    assert [p.rid for p in ledger.pending(1, 1, 1, "", 10)] == [rid(3), rid(4)]


# -- all or nothing ----------------------------------------------------------------------------------------------------


class Burst(Exception):
    pass


class Bursting(list[Any]):
    """A list that breaks while it is walked through, after its last element."""

    def __iter__(self) -> Iterator[Any]:
        yield from super().__iter__()
        raise Burst


def _store(ledger: Ledger, run: int) -> object:
    page = Bursting([(rid(1), LATER, values(1, "Zoé")), (rid(9), LATER, values(9))])
    return ledger.store_page(1, 1, run, page, Position(LATER, rid(9)))


def _note(ledger: Ledger, run: int) -> object:
    filtered = [Seen(rid(1), values(1, "Anna"))]
    return ledger.note_decisions(
        1, 1, 1, run, LATER, agreed=[agree(4, "1004")], filtered=filtered, aside=Bursting([aside(6)])
    )


def _intend(ledger: Ledger, run: int) -> object:
    return ledger.intend(run, 1, 1, 1, Bursting([create(4)]), LATER)


def _settle(ledger: Ledger, run: int) -> object:
    batch = ledger.open_batches(1)[2]
    applied = all_done(batch, ["1006"])
    return ledger.settle(batch, 1, run, LATER, "r9", applied=applied, aside=Bursting([aside(4)]))


@pytest.mark.parametrize("method", [_store, _note, _intend, _settle])
def test_a_method_that_breaks_in_the_middle_leaves_nothing_of_itself(
    ledger: Ledger, method: Callable[[Ledger, int], object]
) -> None:
    fill(ledger)
    run = ledger.begin_run(LATER)
    before = everything(ledger)
    with pytest.raises(Burst):
        method(ledger, run)
    assert everything(ledger) == before


def test_what_a_method_has_given_back_is_on_the_disk_whatever_becomes_of_the_process(
    ledger: Ledger, ledger_path: Path, tmp_path: Path
) -> None:
    fill(ledger)
    copy = tmp_path / "copy"
    shutil.copytree(ledger_path.parent, copy)
    with closing(Ledger.open(copy / ledger_path.name, KEY)) as found:
        assert everything(found) == everything(ledger)


def test_who_held_the_ledger_before_can_commit_no_more(ledger: Ledger, ledger_path: Path) -> None:
    fill(ledger)
    run = ledger.begin_run(LATER)
    batch = ledger.open_batches(1)[0]
    with closing(Ledger.open(ledger_path, KEY)) as newer:
        newer.begin_run(LATER)
        before = everything(newer)
        attempts: list[Callable[[], object]] = [
            lambda: ledger.start_reading(1, LATER, 1, b"", anew=True),
            lambda: ledger.store_page(1, 1, run, [(rid(9), LATER, values(9))], None),
            lambda: ledger.finish_reading(1, LATER),
            lambda: ledger.note_decisions(1, 1, 1, run, LATER, filtered=[Seen(rid(6), values(6))]),
            lambda: ledger.intend(run, 1, 1, 1, [create(4)], LATER),
            lambda: ledger.settle(batch, 1, run, LATER, "", dropped=batch.operations),
        ]
        for attempt in attempts:
            with pytest.raises(LedgerIsBusy):
                attempt()
        assert everything(newer) == before


def test_a_reader_sees_what_is_committed_while_the_writer_writes(ledger: Ledger, ledger_path: Path) -> None:
    fill(ledger)
    run = ledger.begin_run(LATER)
    seen: list[int] = []

    def page() -> Iterator[tuple[str, str, Any]]:
        yield rid(7), LATER, values(7)
        with LedgerView.open(ledger_path, KEY) as view:
            assert view is not None
            seen.append(len(view.set_aside(None, 0, 10)))
        yield rid(8), LATER, values(8)

    ledger.store_page(1, 1, run, page(), None)
    assert seen == [2]
    with LedgerView.open(ledger_path, KEY) as view:
        assert view is not None
        ledger.dismiss([view.set_aside(None, 0, 10)[0].id])
        assert len(view.set_aside(None, 0, 10)) == 1


def test_there_is_nothing_to_see_before_the_first_run(ledger_path: Path) -> None:
    with LedgerView.open(ledger_path, KEY) as view:
        assert view is None
