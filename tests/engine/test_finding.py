"""How changes of Dialog Insight are found: by turns, by date, by marker, by export; and what is never concluded."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from disf_desktop.core.events import RunStatus
from disf_desktop.core.records import Capabilities
from tests.engine.fakes import ExportFolder
from tests.engine.world import Told, World

BY_DATE = Capabilities(changed_since=True)


def loaded(world: World, number: int, **settings: Any) -> list[str]:
    """Load contacts; give their numbers in Dialog Insight."""
    world.batch_size = 50
    rids = [world.contact(LastName=f"N{n:02}") for n in range(number)]
    world.run(world.two_way_job(**settings))
    world.clock.advance(600)
    world.contacts.looked_up.clear()
    return [world.contacts.id_of(SalesforceID=rid) for rid in rids]


def run(world: World, **settings: Any) -> Told:
    world.clock.advance(60)
    return world.run(world.two_way_job(**settings))


def name_here(world: World, number: str) -> Any:
    return world.org.row("Contact", str(world.contacts.rows[number]["SalesforceID"]))["LastName"]


def test_linked_people_are_looked_up_by_turns_within_the_budget_of_a_run(world: World) -> None:
    numbers = loaded(world, 10, lookups=0)
    turns = []
    for _ in range(5):
        run(world, lookups=2)
        turns.append(list(world.contacts.looked_up))
        world.contacts.looked_up.clear()
    assert [len(turn) for turn in turns] == [2] * 5
    assert sorted(number for turn in turns for number in turn) == sorted(numbers)


def test_an_edit_is_found_when_its_turn_comes(world: World) -> None:
    numbers = loaded(world, 6, lookups=0)
    world.contacts.edit(numbers[5], LastName="Edited")
    for _ in range(3):
        run(world, lookups=2)
    assert name_here(world, numbers[5]) == "Edited"


def test_a_question_has_its_turn_first(world: World) -> None:
    numbers = loaded(world, 6)
    rid = str(world.contacts.rows[numbers[4]]["SalesforceID"])
    world.org.update("Contact", rid, City__c="Laval")
    world.contacts.edit(numbers[4], City="Lévis")
    run(world)
    world.contacts.looked_up.clear()
    for _ in range(2):
        run(world, lookups=2)
    assert world.contacts.looked_up.count(numbers[4]) == 2


def test_somebody_not_found_is_suspect_and_erased_at_a_second_look_three_minutes_later(world: World) -> None:
    numbers = loaded(world, 3)
    world.contacts.remove(numbers[1])
    for _ in range(3):
        run(world)
        assert world.rows("SELECT suspect, state FROM link WHERE di_rid = ?", numbers[1]) == [(1, 0)]
    run(world)
    assert world.rows("SELECT suspect, state FROM link WHERE di_rid = ?", numbers[1]) == [(1, 2)]
    world.contacts.looked_up.clear()
    run(world)
    assert numbers[1] not in world.contacts.looked_up


def test_somebody_who_answers_no_record_for_a_while_is_not_erased(world: World) -> None:
    numbers = loaded(world, 3)
    world.contacts.hides = lambda number: number == numbers[1]
    run(world)
    world.contacts.hides = lambda number: False
    run(world)
    assert world.rows("SELECT suspect, state FROM link WHERE di_rid = ?", numbers[1]) == [(0, 0)]


def test_ten_misses_in_a_row_conclude_nothing(world: World) -> None:
    numbers = loaded(world, 12)
    world.contacts.hides = lambda number: True
    for _ in range(3):
        assert run(world).error is None
        world.contacts.looked_up.clear()
    assert world.rows("SELECT count(*) FROM link WHERE suspect = 1 OR state <> 0") == [(0,)]
    world.contacts.hides = lambda number: False
    world.contacts.edit(numbers[0], LastName="There")
    run(world)
    assert name_here(world, numbers[0]) == "There"


def test_an_account_that_tells_dates_is_asked_for_what_changed(world: World) -> None:
    world.contacts.accepts = BY_DATE
    numbers = loaded(world, 6, lookups=0)
    world.clock.advance(86400)
    run(world, lookups=0)
    world.contacts.edit(numbers[3], LastName="Edited")
    told = run(world, lookups=0)
    assert told.status is RunStatus.SUCCESS
    assert name_here(world, numbers[3]) == "Edited"
    assert world.contacts.looked_up == []


def test_what_an_account_accepts_is_asked_once_a_week(world: World) -> None:
    calls: list[str] = []
    world.contacts.before_call = calls.append
    loaded(world, 1)
    run(world)
    assert calls.count("probe") == 1
    world.clock.advance(8 * 86400)
    run(world)
    assert calls.count("probe") == 2


def test_an_export_is_read_once_and_what_changed_in_it_travels(world: World) -> None:
    folder = ExportFolder()
    numbers = loaded(world, 3, lookups=0)
    world.contacts.edit(numbers[0], LastName="Edited")
    world.clock.advance(60)
    folder.files.append(world.contacts.photograph("one"))
    run(world, lookups=0, exports=folder)
    assert name_here(world, numbers[0]) == "Edited"
    mark = len(world.org.sent)
    for _ in range(2):
        run(world, lookups=0, exports=folder)
    assert len(world.org.sent) == mark


def test_an_old_export_says_nothing_of_what_was_written_after_it(world: World) -> None:
    folder = ExportFolder()
    numbers = loaded(world, 2, lookups=0)
    old = world.contacts.photograph("old")
    world.clock.advance(600)
    rid = str(world.contacts.rows[numbers[0]]["SalesforceID"])
    world.org.update("Contact", rid, LastName="Newer")
    run(world, lookups=0)
    assert world.contacts.rows[numbers[0]]["LastName"] == "Newer"
    folder.files.append(old)
    told = run(world, lookups=0, exports=folder)
    assert told.conflicts == []
    assert (name_here(world, numbers[0]), world.contacts.rows[numbers[0]]["LastName"]) == ("Newer", "Newer")


def test_two_exports_in_the_wrong_order_end_with_the_newer_one(world: World) -> None:
    folder = ExportFolder()
    numbers = loaded(world, 1, lookups=0)
    world.contacts.edit(numbers[0], LastName="First")
    world.clock.advance(60)
    first = world.contacts.photograph("first")
    world.clock.advance(60)
    world.contacts.edit(numbers[0], LastName="Second")
    world.clock.advance(60)
    folder.files.append(world.contacts.photograph("second"))
    run(world, lookups=0, exports=folder)
    folder.files.append(first)
    run(world, lookups=0, exports=folder)
    assert name_here(world, numbers[0]) == "Second"


def test_an_export_that_is_not_whole_says_nothing_and_does_not_stop_the_run(world: World) -> None:
    folder = ExportFolder()
    numbers = loaded(world, 2, lookups=0)
    world.contacts.edit(numbers[0], LastName="Edited")
    world.clock.advance(60)
    folder.files.append(replace(world.contacts.photograph("half"), whole=False))
    world.contact(LastName="New")
    told = run(world, lookups=0, exports=folder)
    assert told.error is None
    assert name_here(world, numbers[0]) == "N00"
    assert len(world.contacts.rows) == 3


def test_who_is_missing_in_an_export_is_not_gone(world: World) -> None:
    folder = ExportFolder()
    numbers = loaded(world, 3, lookups=0)
    world.clock.advance(60)
    whole = world.contacts.photograph("some")
    folder.files.append(replace(whole, found=whole.found[:1]))
    run(world, lookups=0, exports=folder)
    assert world.rows("SELECT count(*) FROM link WHERE suspect = 1 OR state <> 0") == [(0,)]
    assert len(numbers) == 3
