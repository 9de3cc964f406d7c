"""When integrations run by themselves: hours of the day over changes of the clock, intervals, sleeps, wrong clocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from disf_desktop.core.project import Schedule
from disf_desktop.core.schedule import NextRun, Reading, Timetable, moment_of, next_of_day

TORONTO = ZoneInfo("America/Toronto")
ZONES = st.sampled_from(
    [
        TORONTO,
        ZoneInfo("Europe/Paris"),
        ZoneInfo("America/St_Johns"),
        ZoneInfo("Australia/Lord_Howe"),  # half an hour
        ZoneInfo("Pacific/Apia"),  # once left out a whole day
        timezone(timedelta(hours=-4)),
        UTC,
    ]
)
DAYS = st.dates(date(2009, 1, 1), date(2028, 1, 1))
CLOCKS = st.times().map(lambda t: t.replace(second=0, microsecond=0))
HOURS = st.lists(CLOCKS.map(lambda t: t.strftime("%H:%M")), min_size=1, max_size=4)
MINUTE = timedelta(minutes=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass
class World:
    """A computer: the true time, a wall clock that may be wrong, a monotonic clock that stands still in a sleep."""

    true: datetime
    error: timedelta = timedelta()
    monotonic: float = 100.0
    runs: list[tuple[datetime, tuple[str, ...]]] = field(default_factory=list)

    def now(self) -> Reading:
        return Reading(self.true + self.error, self.monotonic)

    def pass_time(self, by: timedelta) -> None:
        self.true += by
        self.monotonic += by.total_seconds()

    def sleep(self, by: timedelta) -> None:
        self.true += by

    def look(self, timetable: Timetable) -> None:
        due = timetable.due(self.now())
        if due:
            timetable.ran(due, self.now())
            self.runs.append((self.true, due))

    def live(self, timetable: Timetable, length: timedelta, step: timedelta = MINUTE) -> None:
        until = self.true + length
        while self.true < until:
            self.look(timetable)
            self.pass_time(step)

    @property
    def moments(self) -> list[datetime]:
        return [moment for moment, _ in self.runs]


def timetable(world: World, schedules: Mapping[str, Schedule], zone: tzinfo = TORONTO) -> Timetable:
    made = Timetable(zone, world.now())
    made.follow(schedules)
    return made


EVERY_5 = {"Contacts": Schedule(every_minutes=5)}


# ---------------------------------------------------------------------------------------------- hours of the day


def test_a_time_that_spring_leaves_out_is_the_moment_right_after_the_gap() -> None:
    assert moment_of(date(2026, 3, 8), time(2, 30), TORONTO) == utc("2026-03-08T07:00:00")
    assert moment_of(date(2026, 3, 8), time(2, 0), TORONTO) == utc("2026-03-08T07:00:00")
    assert moment_of(date(2026, 3, 8), time(3, 0), TORONTO) == utc("2026-03-08T07:00:00")
    assert moment_of(date(2026, 3, 8), time(1, 59), TORONTO) == utc("2026-03-08T06:59:00")


def test_a_time_that_autumn_repeats_is_the_first_of_the_two() -> None:
    assert moment_of(date(2026, 11, 1), time(1, 30), TORONTO) == utc("2026-11-01T05:30:00")
    assert next_of_day(["01:30"], utc("2026-11-01T05:30:00"), TORONTO) == utc("2026-11-02T06:30:00")


def test_a_day_that_a_zone_leaves_out_runs_right_after() -> None:
    apia = ZoneInfo("Pacific/Apia")
    assert moment_of(date(2011, 12, 30), time(10, 0), apia) == moment_of(date(2011, 12, 31), time(0, 0), apia)


@given(DAYS, CLOCKS, ZONES)
@example(date(2026, 3, 8), time(2, 30), TORONTO)
@example(date(2026, 11, 1), time(1, 30), TORONTO)
def test_a_clock_on_the_wall_shows_the_time_or_has_just_jumped_over_it(day: date, clock: time, zone: tzinfo) -> None:
    moment = moment_of(day, clock, zone)
    shown = datetime.combine(day, clock)
    there = moment.astimezone(zone).replace(tzinfo=None)
    just_before = (moment - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
    assert just_before < shown <= there
    if there != shown:
        assert there - just_before > timedelta(seconds=1), "only a gap excuses a later time"


@given(HOURS, DAYS, CLOCKS, ZONES)
def test_the_next_moment_is_after_the_last_and_nothing_lies_between(
    at: list[str], day: date, clock: time, zone: tzinfo
) -> None:
    after = moment_of(day, clock, zone)
    found = next_of_day(at, after, zone)
    assert found > after
    assert found - after <= timedelta(hours=50)
    local = after.astimezone(zone).date()
    others = {moment_of(local + timedelta(days=n), time.fromisoformat(text), zone) for text in at for n in range(-2, 4)}
    assert found in others
    assert not any(after < other < found for other in others)


@pytest.mark.parametrize("change", ["2026-03-08", "2026-11-01"])
@given(st.lists(st.sampled_from(["01:00", "01:30", "02:00", "02:30", "03:00", "23:45"]), min_size=1, unique=True))
def test_every_hour_around_a_change_of_the_clock_runs_exactly_once(change: str, at: list[str]) -> None:
    days = [date.fromisoformat(change) + timedelta(days=n) for n in range(-3, 4)]
    begun, end = (moment_of(day, time(12, 0), TORONTO) for day in (days[0], days[-1]))
    world = World(begun)
    table = timetable(world, {"Contacts": Schedule(at=tuple(at))})
    while (due := table.next("Contacts", world.now())) < end:
        world.pass_time(due - world.true)
        world.look(table)
    expected = {moment_of(day, time.fromisoformat(text), TORONTO) for day in days for text in at}
    assert world.moments == sorted(moment for moment in expected if begun < moment < end)


def test_an_hour_missed_while_nothing_ran_is_made_up_for_once() -> None:
    world = World(utc("2026-06-10T14:00:00"))
    table = timetable(world, {"Contacts": Schedule(at=("02:00", "12:00"))})
    table.ran_elsewhere("Contacts", utc("2026-06-07T06:00:00"), world.now())
    world.look(table)
    world.look(table)
    assert len(world.runs) == 1
    assert table.next("Contacts", world.now()) == utc("2026-06-10T16:00:00")


def test_an_hour_that_passed_before_anything_ever_ran_is_not_made_up_for() -> None:
    world = World(utc("2026-06-10T14:00:00"))
    table = timetable(world, {"Contacts": Schedule(at=("02:00",))})
    assert table.due(world.now()) == ()
    assert table.next("Contacts", world.now()) == utc("2026-06-11T06:00:00")


# ---------------------------------------------------------------------------------------------- intervals


def test_an_interval_that_never_ran_is_due_at_once_and_one_that_ran_lately_is_not() -> None:
    world = World(utc("2026-06-10T14:00:00"))
    table = timetable(world, EVERY_5 | {"Leads": Schedule(every_minutes=5)})
    table.ran_elsewhere("Leads", utc("2026-06-10T13:57:00"), world.now())
    assert table.due(world.now()) == ("Contacts",)
    assert table.next("Leads", world.now()) == utc("2026-06-10T14:02:00")


def test_what_is_due_together_runs_together() -> None:
    world = World(utc("2026-06-10T15:59:00"))
    table = timetable(world, EVERY_5 | {"Leads": Schedule(every_minutes=10), "Orders": Schedule(at=("12:00",))})
    world.live(table, timedelta(minutes=12))
    together = [names for _, names in world.runs]
    assert together == [("Contacts", "Leads"), ("Orders",), ("Contacts",), ("Contacts", "Leads")]


@given(st.integers(1, 90), st.lists(st.integers(0, 60), max_size=80))
def test_with_true_clocks_an_interval_is_kept_and_never_undercut(every: int, steps: list[int]) -> None:
    world = World(utc("2026-06-10T14:00:00"))
    table = timetable(world, {"Contacts": Schedule(every_minutes=every)})
    for step in steps:
        world.look(table)
        world.pass_time(timedelta(minutes=step))
    for earlier, later in zip(world.moments, world.moments[1:], strict=False):
        assert timedelta(minutes=every) <= later - earlier < timedelta(minutes=every + 61)


STEPS = st.lists(
    st.tuples(st.sampled_from(["live", "set", "sleep"]), st.integers(-4000, 4000)),
    min_size=1,
    max_size=8,
)


@given(STEPS, st.integers(1, 60))
@example([("live", 100), ("set", -2000), ("live", 300)], 5)
@example([("set", 3000), ("live", 20), ("set", -3000), ("live", 300)], 5)
def test_whatever_the_wall_clock_does_an_interval_never_starves(steps: list[tuple[str, int]], every: int) -> None:
    world = World(utc("2026-06-10T14:00:00"))
    table = timetable(world, {"Contacts": Schedule(every_minutes=every)})
    awake_since_run = timedelta()
    for what, minutes in steps:
        if what == "set":
            world.error = timedelta(minutes=minutes)
        elif what == "sleep":
            world.sleep(timedelta(minutes=abs(minutes)))
        else:
            for _ in range(abs(minutes) // 10):
                before = len(world.runs)
                world.look(table)
                awake_since_run = timedelta() if len(world.runs) > before else awake_since_run
                world.pass_time(MINUTE)
                awake_since_run += MINUTE
                assert awake_since_run <= timedelta(minutes=every) + MINUTE


@given(STEPS)
@example([("set", 4000), ("live", 20), ("set", 0), ("live", 4000)])
def test_whatever_the_wall_clock_did_an_hour_of_the_day_comes_within_a_day_once_it_is_right(
    steps: list[tuple[str, int]],
) -> None:
    world = World(utc("2026-06-10T14:00:00"))
    table = timetable(world, {"Contacts": Schedule(at=("02:00",))})
    for what, minutes in steps:
        if what == "set":
            world.error = timedelta(minutes=minutes)
        elif what == "sleep":
            world.sleep(timedelta(minutes=abs(minutes)))
        else:
            world.live(table, timedelta(minutes=abs(minutes) // 10), timedelta(minutes=10))
    world.error = timedelta()
    right_since = world.true
    world.live(table, timedelta(days=1, minutes=20), timedelta(minutes=10))
    assert any(moment >= right_since for moment in world.moments)


def test_a_clock_that_was_wrong_at_the_start_holds_no_hour_up() -> None:
    world = World(utc("2026-06-10T14:00:00"), error=timedelta(days=30))
    table = timetable(world, {"Contacts": Schedule(at=("02:00",))})
    world.look(table)
    world.error = timedelta()
    world.live(table, timedelta(days=1), timedelta(minutes=10))
    assert world.moments == [utc("2026-06-11T06:00:00")]


@given(st.integers(6, 100_000))
def test_a_sleep_of_any_length_is_made_up_for_by_one_run(minutes: int) -> None:
    world = World(utc("2026-06-10T14:00:00"))
    table = timetable(world, EVERY_5)
    world.look(table)
    world.sleep(timedelta(minutes=minutes))
    for _ in range(4):
        world.look(table)
        world.pass_time(MINUTE)
    assert len(world.runs) == 2


def test_a_clock_corrected_by_seconds_does_not_make_an_hour_run_twice() -> None:
    world = World(utc("2026-06-10T05:59:00"))
    table = timetable(world, {"Contacts": Schedule(at=("02:00",))})
    world.live(table, timedelta(minutes=2), timedelta(seconds=10))
    world.error = timedelta(seconds=-90)
    world.live(table, timedelta(minutes=10), timedelta(seconds=10))
    assert len(world.runs) == 1


# ---------------------------------------------------------------------------------------------- runs of others


def test_a_run_of_somebody_else_counts_and_an_older_one_is_no_news() -> None:
    world = World(utc("2026-06-10T14:00:00"))
    table = timetable(world, EVERY_5)
    world.look(table)
    assert not table.ran_elsewhere("Contacts", world.now().wall - timedelta(hours=1), world.now())
    world.pass_time(timedelta(minutes=5))
    assert table.ran_elsewhere("Contacts", world.now().wall - 2 * MINUTE, world.now())
    assert not table.ran_elsewhere("Contacts", world.now().wall - 2 * MINUTE, world.now())
    assert table.due(world.now()) == ()
    assert table.next("Contacts", world.now()) == world.now().wall + 3 * MINUTE


def test_a_run_that_the_ledger_says_lies_in_the_future_holds_nothing_up() -> None:
    world = World(utc("2026-06-10T14:00:00"))
    table = timetable(world, EVERY_5)
    table.ran_elsewhere("Contacts", utc("2027-01-01T00:00:00"), world.now())
    world.live(table, timedelta(minutes=12))
    assert len(world.runs) == 2


def test_a_changed_schedule_counts_from_the_last_run_and_one_that_is_gone_is_never_due() -> None:
    world = World(utc("2026-06-10T14:00:00"))
    table = timetable(world, EVERY_5)
    world.look(table)
    world.pass_time(timedelta(minutes=20))
    table.follow({"Contacts": Schedule(every_minutes=30)})
    assert table.next("Contacts", world.now()) == world.now().wall + timedelta(minutes=10)
    table.follow({})
    assert table.due(world.now()) == ()


@pytest.mark.parametrize(
    ("next_run", "told"),
    [
        (NextRun("Contacts", utc("2026-06-10T14:00:00")), "2026-06-10T14:00:00Z"),
        (NextRun("Contacts", None), None),
    ],
)
def test_the_next_run_is_told_in_utc(next_run: NextRun, told: str | None) -> None:
    assert next_run.as_json() == {"event": "schedule", "integration": "Contacts", "next": told}
