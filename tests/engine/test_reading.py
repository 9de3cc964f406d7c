"""How far Salesforce is observed: nothing that may still become visible is ever passed over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from disf_desktop.core.errors import ServiceUnavailable
from disf_desktop.core.events import RunStatus
from disf_desktop.core.schema import Side
from tests.engine.fakes import START, FakeClock, stamped
from tests.engine.world import World, killed_at


def watermark(world: World) -> str | None:
    [(wm,)] = world.rows("SELECT wm FROM stream")
    assert wm is None or isinstance(wm, str)
    return wm


def test_the_watermark_stays_behind_the_clock_of_the_server_whatever_ours_says(world: World) -> None:
    for skew in (timedelta(days=-1), timedelta(days=1)):
        world.clock.skew = skew
        world.contact()
        world.clock.advance(3600)
        world.run()
        assert watermark(world) == stamped(world.clock.server - timedelta(seconds=5))


def test_a_change_that_commits_late_under_an_old_stamp_is_not_missed(world: World) -> None:
    ann = world.contact(LastName="Ann")
    world.run()
    world.clock.advance(600)
    late = world.org.begin_late("Contact", ann, LastName="Anna")
    for _ in range(5):
        world.clock.advance(600)
        world.contact()
        world.run()
    assert watermark(world) == stamped(late.stamp)
    world.org.commit_late(late)
    world.run()
    assert world.in_contacts(ann)["LastName"] == "Anna"
    world.clock.advance(600)
    world.run()
    assert watermark(world) == stamped(world.clock.server - timedelta(seconds=5))


def test_an_object_whose_coverage_nobody_tells_is_read_again_for_half_an_hour(world: World) -> None:
    world.org.covers = False
    ann = world.contact(LastName="Ann")
    world.run()
    world.clock.advance(600)
    late = world.org.begin_late("Contact", ann, LastName="Anna")
    world.clock.advance(600)
    world.run()
    world.clock.advance(600)
    world.org.commit_late(late)
    world.run()
    assert world.in_contacts(ann)["LastName"] == "Anna"


def test_each_reading_looks_a_minute_back_over_its_watermark(world: World) -> None:
    world.contact()
    world.clock.advance(600)
    world.run()
    vouched = world.clock.server - timedelta(seconds=5)
    world.clock.advance(600)
    world.run()
    assert world.org.windows[-1].since == stamped(vouched - timedelta(seconds=60))


def test_the_watermark_never_goes_back(world: World) -> None:
    ann = world.contact(LastName="Ann")
    world.clock.advance(3600)
    world.run()
    before = watermark(world)
    assert before is not None
    late = world.org.begin_late("Contact", ann, LastName="Anna")
    late.stamp = START
    world.clock.advance(60)
    world.run()
    after = watermark(world)
    assert after is not None
    assert after >= before


def test_the_watermark_does_not_move_before_the_last_page_is_stored(world: World) -> None:
    for n in range(10):
        world.contact(LastName=f"N{n}")
    world.org.before_page = _fails_at(3)
    told = world.run()
    assert isinstance(told.error, ServiceUnavailable)
    assert told.status is RunStatus.FAILED
    assert watermark(world) is None
    assert world.contacts.sent == []


def _fails_at(page: int) -> Callable[[int], None]:
    def before(number: int) -> None:
        if number == page:
            raise ServiceUnavailable("Salesforce does not answer.", "Run again later.")

    return before


def test_a_read_that_broke_off_goes_on_from_its_position(world: World) -> None:
    rids = []
    for n in range(10):
        rids.append(world.contact(LastName=f"N{n}"))
        world.clock.advance(1)
    world.clock.advance(600)
    world.org.before_page = _fails_at(3)
    world.run()
    world.org.before_page = lambda number: None
    told = world.run()
    assert told.status is RunStatus.SUCCESS
    position = world.org.windows[-1].position
    assert position is not None
    assert position.rid == rids[5]
    assert told.total.sides[Side.SALESFORCE].read == 4
    assert len(world.contacts.rows) == 10


def test_a_change_behind_the_position_of_a_broken_read_is_read_by_the_next_run(world: World) -> None:
    rids = []
    for n in range(10):
        rids.append(world.contact(LastName=f"N{n}"))
        world.clock.advance(1)
    late = world.org.begin_late("Contact", rids[0], LastName="Late")
    late.stamp = START + timedelta(seconds=2)
    world.clock.advance(600)
    world.org.before_page = _fails_at(3)
    world.run()
    world.org.before_page = lambda number: None
    world.org.commit_late(late)
    world.clock.advance(600)
    world.run()
    world.run()
    assert world.in_contacts(rids[0])["LastName"] == "Late"


def test_a_broken_bulk_read_begins_again(world: World) -> None:
    for n in range(10):
        world.contact(LastName=f"N{n}")
    world.org.counts_as = 50_000
    world.org.before_page = _fails_at(3)
    world.run()
    assert watermark(world) is None
    world.org.before_page = lambda number: None
    told = world.run()
    assert told.status is RunStatus.SUCCESS
    assert world.org.read_alls == 2
    assert world.org.windows[-1].position is None
    assert len(world.contacts.rows) == 10


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_read_killed_at_a_page_goes_on(world: World, number: int) -> None:
    for n in range(8):
        world.contact(LastName=f"N{n}")
    assert world.run(kill=killed_at(number, only="store_page")).killed
    told = world.run()
    assert told.status is RunStatus.SUCCESS
    assert told.total.sides[Side.SALESFORCE].read == 8 - 3 * (number - 1)
    assert len(world.contacts.rows) == 8


def test_more_records_with_one_stamp_than_a_page_holds_are_all_read(world: World) -> None:
    for n in range(11):
        world.contact(LastName=f"N{n}")
    assert len({row.stamp for row in world.org.rows["Contact"].values()}) == 1
    world.run()
    assert len(world.contacts.rows) == 11


def test_a_record_saved_while_its_pages_are_read_is_taken_as_it_is_then(world: World) -> None:
    rids = []
    for n in range(9):
        rids.append(world.contact(LastName=f"N{n}"))
        world.clock.advance(1)
    world.clock.advance(60)

    def saves_during(number: int) -> None:
        if number == 2:
            world.org.update("Contact", rids[0], LastName="Again")
            world.org.update("Contact", rids[8], LastName="Moved")

    world.org.before_page = saves_during
    world.run()
    world.org.before_page = lambda number: None
    assert world.in_contacts(rids[0])["LastName"] == "Again"
    assert world.in_contacts(rids[8])["LastName"] == "Moved"
    assert world.contacts.sent[-1].kind == "create"


def test_an_observation_never_goes_backwards(world: World) -> None:
    ann = world.contact(LastName="Ann")
    world.run()
    world.clock.advance(600)
    world.org.update("Contact", ann, LastName="Anna")
    world.run()
    row = world.org.rows["Contact"][ann]
    row.stamp -= timedelta(seconds=30)
    row.values = {**row.values, "LastName": "Ann"}
    world.clock.advance(5)
    mark = len(world.contacts.sent)
    world.run()
    assert world.contacts.sent[mark:] == []


def test_a_long_pause_asks_for_coverage_no_further_back_than_salesforce_remembers(world: World) -> None:
    world.contact()
    world.run()
    world.clock.advance(90 * 86400)
    world.contact()
    assert world.run().status is RunStatus.SUCCESS
    assert max(world.org.looked_back) <= timedelta(days=29)
    assert len(world.contacts.rows) == 2


def test_the_clock_of_the_tests_is_the_servers() -> None:
    clock = FakeClock(timedelta(hours=26))
    clock.sleep(1.5)
    assert clock.monotonic() == 1.5
    assert clock.now() - clock.server == timedelta(hours=26)
