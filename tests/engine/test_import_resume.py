"""An import that is killed at any step goes on: every row ends in the service once, and is accounted for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from disf_desktop.core.events import RunStatus
from disf_desktop.core.importing.recipe import ImportMode
from disf_desktop.core.importing.rows import RowReason, RowState
from disf_desktop.core.records import JobState
from tests.engine.fakes import Fault
from tests.engine.import_world import LOOSE, OWN, Death, Import, ImportWorld, Rows

STORED = {RowState.CREATED, RowState.UPDATED}
MOST_STEPS = 400


def keyed(key: str, *numbers: int) -> Rows:
    more = {"EMail": "p@example.org"} if key == "SalesforceID" else {}
    return [{key: f"K{n}", "LastName": f"Person {n}", **more} for n in numbers]


def nameless(*numbers: int) -> Rows:
    return [{"LastName": f"Person {n % 3}", "Title": f"Title {n % 3}"} for n in numbers]


def at_every_step(
    folder: Path,
    make: Callable[[ImportWorld], Import],
    prove: Callable[[ImportWorld, Import], None],
    *,
    after: bool,
    then: Callable[[ImportWorld], None] = lambda world: None,
) -> int:
    """Kill an import at each of its steps, let it be run again, and prove what came of it; give how many there were."""
    for step in range(1, MOST_STEPS):
        world = ImportWorld(folder / f"{step}")
        file = make(world)
        first = file.run(death=Death(step, after=after))
        if not first.killed:
            assert first.finished.left == 0
            return step - 1
        then(world)
        second = file.run()
        assert second.error is None, (step, second.error)
        told = second.finished
        assert (told.left, told.failed, told.status) == (0, 0, RunStatus.SUCCESS), step
        assert set(file.states().values()) <= STORED, step
        assert file.open_batches() == 0, step
        prove(world, file)
    raise AssertionError("an import comes to its end")


def once_there(world: ImportWorld, file: Import) -> None:
    assert sorted(str(row["SalesforceID"]) for row in world.table.rows.values()) == ["K1", "K2", "K3", "K4", "K5"]
    assert all(row["LastName"] == f"Person {str(row['SalesforceID'])[1:]}" for row in world.table.rows.values())
    rids = {world.table.id_of(SalesforceID=f"K{n}"): n + 1 for n in range(1, 6)}
    assert {outcome.rid: row for row, outcome in file.outcomes().items()} == rids
    arrived = {rid for _, rid in world.ledger_rows("SELECT di_key, di_rid FROM arrival")}
    assert arrived == set(rids)


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("mode", [ImportMode.UPSERT, ImportMode.CREATE])
def test_every_row_is_in_dialog_insight_once_after_a_kill_at_any_step(
    tmp_path: Path, mode: ImportMode, after: bool
) -> None:
    def make(world: ImportWorld) -> Import:
        world.table.faults.extend([None, Fault.UNKNOWN_AFTER])
        return world.there(keyed("SalesforceID", 1, 2, 3, 4, 5), mode=mode)

    assert at_every_step(tmp_path, make, once_there, after=after) > 10


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(("key", "mode"), [(OWN, ImportMode.CREATE), (LOOSE, ImportMode.UPSERT)])
def test_every_row_is_in_salesforce_once_after_a_kill_at_any_step(
    tmp_path: Path, key: str, mode: ImportMode, after: bool
) -> None:
    def make(world: ImportWorld) -> Import:
        world.org.faults.extend([None, Fault.UNKNOWN_AFTER])
        return world.here(keyed(key, 1, 2, 3, 4, 5), key, mode=mode)

    def prove(world: ImportWorld, file: Import) -> None:
        found = world.people(key)
        assert {name: [row["LastName"] for row in rows] for name, rows in found.items()} == {
            f"K{n}": [f"Person {n}"] for n in range(1, 6)
        }
        assert [o.rid for o in file.outcomes().values()] == [found[f"K{n}"][0]["Id"] for n in range(1, 6)]

    assert at_every_step(tmp_path, make, prove, after=after) > 10


@pytest.mark.parametrize(
    ("key", "mode", "after"),
    [
        (OWN, ImportMode.UPSERT, False),
        (OWN, ImportMode.CREATE, True),
        ("", ImportMode.CREATE, False),
        ("", ImportMode.CREATE, True),
    ],
)
def test_every_row_of_bulk_jobs_is_in_salesforce_once_after_a_kill_at_any_step(
    tmp_path: Path, key: str, mode: ImportMode, after: bool
) -> None:
    def make(world: ImportWorld) -> Import:
        world.threads, world.bulk_above = True, 2
        world.org.jobs.fits = 3
        world.org.jobs.leaves = lambda place: world.org.jobs.made == 1 and place == 2
        rows = keyed(key, *range(1, 6)) if key else nameless(*range(5))
        return world.here(rows, key, mode=mode)

    def prove(world: ImportWorld, file: Import) -> None:
        stored = [row.values for row in world.org.rows["Contact"].values()]
        wanted = [f"Person {n}" for n in range(1, 6)] if key else [f"Person {n % 3}" for n in range(5)]
        assert sorted(row["LastName"] for row in stored) == sorted(wanted)
        assert sorted(o.rid for o in file.outcomes().values()) == sorted(row["Id"] for row in stored)

    assert at_every_step(tmp_path, make, prove, after=after) > 20


# -- bulk jobs in each state at the kill -----------------------------------------------------------------------------


def killed_in(folder: Path, method: str, *, after: bool, key: str = "") -> tuple[ImportWorld, Import]:
    """Give an import that was killed at a call of a job, before it was carried out or right after."""
    for step in range(1, MOST_STEPS):
        world = ImportWorld(folder / f"{step}")
        world.threads, world.bulk_above = True, 2
        file = world.here(keyed(key, 1, 2, 3, 4, 5) if key else nameless(*range(5)), key, mode=ImportMode.CREATE)
        last: list[str] = []

        class Watched(Death):
            def of(self, held: object, *, silent: tuple[str, ...] = ()) -> object:  # type: ignore[override]
                mortal = super().of(held, silent=silent)
                return _Noting(mortal, last)  # noqa: B023

        if not file.run(death=Watched(step, after=after)).killed:
            break
        if last and last[-1] == method:
            return world, file
    raise AssertionError(f"no step is {method}")


class _Noting:
    def __init__(self, held: object, last: list[str]) -> None:
        self._held = held
        self._last = last

    def __getattr__(self, name: str) -> object:
        value = getattr(self._held, name)
        if callable(value):
            self._last.append(name)
        return value


def states(world: ImportWorld) -> list[JobState]:
    return [job.state for job in world.org.jobs.by_path.values()]


@pytest.mark.parametrize(
    ("method", "after", "state"),
    [
        ("intend", True, JobState.OPEN),
        ("seal", False, JobState.OPEN),
        ("close", False, JobState.OPEN),
        ("close", True, JobState.WORKING),
        ("ended", True, JobState.ENDED),
    ],
)
def test_a_job_is_found_again_in_whatever_state_it_is(
    tmp_path: Path, method: str, after: bool, state: JobState
) -> None:
    world, file = killed_in(tmp_path, method, after=after)
    assert states(world) == [state]
    told = file.run().finished
    assert (told.created, told.left, len(world.org.rows["Contact"])) == (5, 0, 5)
    assert world.org.jobs.made == (1 if method in ("close", "ended") else 2)
    assert states(world) == []


@pytest.mark.parametrize("key", [OWN, LOOSE, ""])
def test_what_a_forgotten_job_has_done_is_found_out_or_told_to_a_person(tmp_path: Path, key: str) -> None:
    world, file = killed_in(tmp_path, "ended", after=True, key=key)
    world.org.jobs.by_path.clear()
    story = file.run()
    told = story.finished
    assert told.left == 0
    assert len(world.org.rows["Contact"]) == 5, "none is made twice"
    if key == OWN:
        assert {outcome.code for outcome in file.outcomes().values()} == {RowReason.ALREADY_THERE}
    else:
        assert {outcome.code for outcome in file.outcomes().values()} == {RowReason.OUTCOME_UNKNOWN}
        assert [each.problem.code for each in story.refused] == [RowReason.OUTCOME_UNKNOWN] * 5


def test_a_job_that_was_given_up_with_its_program_stores_nothing_twice(tmp_path: Path) -> None:
    world, file = killed_in(tmp_path, "seal", after=False)
    [job] = world.org.jobs.by_path.values()
    job.state = JobState.ABORTED
    told = file.run().finished
    assert (told.created, len(world.org.rows["Contact"])) == (5, 5)


def test_a_job_that_an_administrator_gave_up_is_done_again_where_that_harms_nobody(tmp_path: Path) -> None:
    world, file = killed_in(tmp_path, "close", after=True, key=OWN)
    [job] = world.org.jobs.by_path.values()
    job.state = JobState.ABORTED
    told = file.run().finished
    assert (told.created, told.left, len(world.org.rows["Contact"])) == (5, 0, 5)


# -- and again -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("after", [False, True])
def test_an_import_that_is_killed_again_and_again_comes_to_its_end(tmp_path: Path, after: bool) -> None:
    for steps in (11, 17, 23):
        world = ImportWorld(tmp_path / f"{steps}")
        world.table.faults.extend([Fault.UNKNOWN_AFTER, None, Fault.HALF_UNACCOUNTED])
        file = world.there(keyed("SalesforceID", 1, 2, 3, 4, 5), mode=ImportMode.CREATE)
        for _ in range(60):
            if not file.run(death=Death(steps, after=after)).killed:
                break
        else:
            raise AssertionError("it never ends")
        once_there(world, file)


def test_a_batch_that_is_carried_out_long_after_the_kill_doubles_nothing(tmp_path: Path) -> None:
    world = ImportWorld(tmp_path)
    world.table.faults.append(Fault.UNKNOWN_LATER)
    file = world.there(keyed("SalesforceID", 1, 2, 3, 4, 5), mode=ImportMode.CREATE)
    assert file.run(death=Death(6, after=True)).killed
    told = file.run().finished
    world.clock.advance(3600)
    assert (told.created, told.left) == (5, 0)
    once_there(world, file)
