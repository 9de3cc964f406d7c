"""A standing run, on a clock of its own and a project whose runs are told beforehand."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Generator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from disf_desktop.core.errors import AuthorizationNeeded, DisfError, LedgerIsBusy, ServiceUnavailable, Stopped
from disf_desktop.core.events import Event, Progress, RunFinished, RunStatus, Stage, Summary
from disf_desktop.core.history import History
from disf_desktop.core.moments import written
from disf_desktop.core.project import Project
from disf_desktop.core.schedule import NextRun, Reading, Timetable
from disf_desktop.core.schema import Side
from disf_desktop.storage import project_file
from disf_desktop.workspace.clock import ComputersZone, look_at_clocks
from disf_desktop.workspace.standing import BUSY_S, StandingRun, Told, Wishes

START = datetime(2026, 6, 10, 14, 0, tzinfo=UTC)
ORGS = ("org", "other")


def members(**schedules: dict[str, Any] | None) -> dict[str, Any]:
    """Give a project file whose integrations have these schedules; that of Leads is in another org."""

    def integration(name: str, schedule: dict[str, Any] | None) -> dict[str, Any]:
        org = "other" if name == "Leads" else "org"
        body: dict[str, Any] = {"name": name, "salesforce": org, "object": name, "project": "news"}
        body["mapping"] = {"pairs": [{"source": "Id", "target": "SalesforceID", "key": True}]}
        return body | ({} if schedule is None else {"schedule": schedule})

    di = {"id": "di", "kind": "dialog_insight", "name": "DI", "root_url": "https://di.example.org/ofc4/", "id_key": 7}
    orgs = [{"id": name, "kind": "salesforce", "name": name} for name in ORGS]
    news = {"id": "news", "connection": "di", "id_project": 12, "name": "News", "type": "A", "key": ["SalesforceID"]}
    named = [integration(name, schedule) for name, schedule in schedules.items()]
    return {
        "version": 1,
        "id": "0f3f1c1e-standing",
        "name": "Essai",
        "connections": [*orgs, di],
        "projects": [news],
        "integrations": named,
    }


class World(Wishes):
    """A project file, its runs, and a clock that goes on while somebody waits."""

    def __init__(self, path: Path, **schedules: dict[str, Any] | None) -> None:
        super().__init__()
        self.path = path
        self.save(members(**schedules))
        self.project: Project = project_file.load(path)
        self.true = START
        self.runs: list[tuple[int, tuple[str, ...]]] = []
        self.last_runs: dict[str, str] = {}
        self.troubles: list[DisfError | None] = []
        self.secrets = dict.fromkeys((*ORGS, "di"), b"first")
        self.plans: list[tuple[timedelta, Callable[[], object]]] = []
        self.began = threading.get_ident()

    # the project file

    def save(self, content: dict[str, Any] | str) -> None:
        text = content if isinstance(content, str) else json.dumps(content)
        self.path.write_text(text, encoding="utf-8")

    def reload(self) -> None:
        self.project = project_file.load(self.path)

    def status(self) -> History:
        return History(last_runs=self.last_runs)

    def secret_mark(self, connection_id: str) -> bytes:
        return self.secrets[connection_id]

    def sync(self, integration: Sequence[str], *, stop: threading.Event | None = None) -> Generator[Event, None, None]:
        trouble = self.troubles.pop(0) if self.troubles else None
        if isinstance(trouble, LedgerIsBusy):
            raise trouble
        self.runs.append((self.minutes, tuple(integration)))
        summaries = [Summary(name) for name in integration]
        try:
            yield Progress(integration[0], Stage.READ, Side.SALESFORCE, 0)
        except Stopped as stopped:
            yield RunFinished(len(self.runs), Summary(status=RunStatus.STOPPED), ())
            raise stopped
        if trouble is not None:
            # A run that breaks comes to no other integration.
            summaries = [Summary(integration[0], RunStatus.FAILED)]
        self.last_runs |= {each.name: written(self.true) for each in summaries}
        yield RunFinished(len(self.runs), Summary(), tuple(summaries))
        if trouble is not None:
            raise trouble

    # the clock

    @property
    def minutes(self) -> int:
        return int((self.true - START).total_seconds() // 60)

    def look(self) -> Reading:
        return Reading(self.true, (self.true - START).total_seconds())

    def wait(self, seconds: float) -> None:
        self.true += timedelta(seconds=seconds)
        due = [plan for plan in self.plans if START + plan[0] <= self.true]
        for plan in due:
            self.plans.remove(plan)
            plan[1]()

    def at(self, minutes: float, do: Callable[[], object]) -> None:
        """Do something when so many minutes have passed."""
        self.plans.append((timedelta(minutes=minutes), do))

    def standing(self, only: str | None = None, wait_for_first: bool = False) -> StandingRun:
        return StandingRun(self, self, only=only, wait_for_first=wait_for_first, look=self.look, zone=UTC)

    def live(self, minutes: float, only: str | None = None, wait_for_first: bool = False) -> list[Told]:
        """Let it stand for so long, and give what it said."""
        self.at(minutes, self.end)
        return list(self.standing(only, wait_for_first).go())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "essai.disf.yaml"


EVERY_5 = {"every_minutes": 5}


def errors(told: Sequence[Told]) -> list[DisfError]:
    return [each for each in told if isinstance(each, DisfError)]


def nexts(told: Sequence[Told], name: str) -> list[str | None]:
    return [each.as_json()["next"] for each in told if isinstance(each, NextRun) and each.integration == name]


def test_an_interval_runs_at_once_and_then_by_its_time(path: Path) -> None:
    world = World(path, Contacts=EVERY_5, Orders=None)
    told = world.live(11)
    assert world.runs == [(0, ("Contacts",)), (5, ("Contacts",)), (10, ("Contacts",))]
    assert nexts(told, "Contacts") == [
        "2026-06-10T14:00:00Z",
        "2026-06-10T14:05:00Z",
        "2026-06-10T14:10:00Z",
        "2026-06-10T14:15:00Z",
    ]
    assert nexts(told, "Orders") == []


def test_an_integration_that_ran_lately_waits_for_its_time(path: Path) -> None:
    world = World(path, Contacts=EVERY_5)
    world.last_runs["Contacts"] = "2026-06-10T13:58:00Z"
    world.live(7)
    assert world.runs == [(3, ("Contacts",))]


def test_what_is_due_together_is_one_run_in_the_order_of_the_file(path: Path) -> None:
    world = World(path, Leads=EVERY_5, Contacts={"every_minutes": 10}, Orders={"at": ["14:05"]})
    world.live(6)
    assert world.runs == [(0, ("Leads", "Contacts")), (5, ("Leads", "Orders"))]


def test_only_the_integration_that_is_named_runs_though_it_is_switched_off(path: Path) -> None:
    world = World(path, Contacts=EVERY_5, Leads=EVERY_5)
    content = members(Contacts=EVERY_5, Leads=EVERY_5)
    content["integrations"][1]["enabled"] = False
    world.save(content)
    world.reload()
    world.live(1, only="Leads")
    assert world.runs == [(0, ("Leads",))]
    world = World(path, Contacts=EVERY_5, Leads=EVERY_5)
    world.save(content)
    world.reload()
    world.live(1)
    assert world.runs == [(0, ("Contacts",))]


def test_a_run_of_somebody_else_meanwhile_counts(path: Path) -> None:
    world = World(path, Contacts=EVERY_5)
    world.at(4, lambda: world.last_runs.update(Contacts=written(world.true)))
    world.live(10)
    assert world.runs == [(0, ("Contacts",)), (9, ("Contacts",))]


def test_a_failing_run_is_told_and_tried_again_at_its_time(path: Path) -> None:
    world = World(path, Contacts=EVERY_5)
    trouble = ServiceUnavailable("It does not answer.", "Wait.")
    world.troubles = [trouble]
    told = world.live(6)
    assert errors(told) == [trouble]
    assert world.runs == [(0, ("Contacts",)), (5, ("Contacts",))]


def test_what_a_broken_run_did_not_come_to_runs_next(path: Path) -> None:
    world = World(path, Contacts=EVERY_5, Leads=EVERY_5)
    world.troubles = [ServiceUnavailable("It does not answer.", "Wait.")]
    world.live(1)
    assert world.runs == [(0, ("Contacts", "Leads")), (0, ("Leads",))]


def test_a_busy_ledger_is_told_once_and_tried_again(path: Path) -> None:
    world = World(path, Contacts=EVERY_5)
    world.troubles = [LedgerIsBusy("Another run holds the ledger.", "Wait.") for _ in range(8)]
    told = world.live(4)
    assert [error.code for error in errors(told)] == ["busy"]
    assert [minute for minute, _ in world.runs] == [int(8 * BUSY_S // 60)]
    world.troubles = [LedgerIsBusy("Another run holds the ledger.", "Wait.")]


def test_a_connection_without_a_sign_in_rests_until_its_secret_is_another(path: Path) -> None:
    world = World(path, Contacts=EVERY_5, Leads=EVERY_5)
    world.troubles = [AuthorizationNeeded("Nobody has signed in.", "Sign in.", "org")]
    world.at(12, lambda: world.secrets.update(org=b"second"))
    told = world.live(14)
    assert world.runs[:2] == [(0, ("Contacts", "Leads")), (0, ("Leads",))]
    assert [names for _, names in world.runs[2:]] == [("Leads",), ("Leads",), ("Contacts",)]
    [error] = errors(told)
    assert error.code == "authorization"
    assert "Sign in." in error.what_to_do
    assert None in nexts(told, "Contacts")


def test_a_sign_in_that_does_not_say_for_which_connection_is_that_of_the_integration_that_failed(path: Path) -> None:
    world = World(path, Leads=EVERY_5, Contacts=EVERY_5)
    world.troubles = [AuthorizationNeeded("Nobody has signed in to Salesforce.", "Sign in.")]
    world.live(6)
    assert world.runs == [(0, ("Leads", "Contacts")), (0, ("Contacts",)), (5, ("Contacts",))]


def test_a_changed_project_file_lets_everything_try_again(path: Path) -> None:
    world = World(path, Contacts=EVERY_5)
    world.troubles = [AuthorizationNeeded("Nobody has signed in.", "Sign in.", "org")]
    world.at(7, lambda: world.save(members(Contacts={"every_minutes": 6})))
    world.live(9)
    assert [minute for minute, _ in world.runs] == [0, 7]


def test_a_changed_schedule_is_kept_to_and_one_that_is_gone_is_told(path: Path) -> None:
    world = World(path, Contacts=EVERY_5, Leads=EVERY_5)
    world.at(1, lambda: world.save(members(Contacts={"every_minutes": 2}, Leads=None)))
    told = world.live(5)
    assert world.runs == [(0, ("Contacts", "Leads")), (2, ("Contacts",)), (4, ("Contacts",))]
    assert nexts(told, "Leads")[-1] is None


def test_a_project_file_with_a_mistake_is_told_and_the_old_one_goes_on(path: Path) -> None:
    world = World(path, Contacts=EVERY_5)
    world.at(1, lambda: world.save("version: 1\nname: ["))
    world.at(7, lambda: world.save(members(Contacts={"every_minutes": 1})))
    told = world.live(8.5)
    assert [error.code for error in errors(told)] == ["settings"]
    assert [minute for minute, _ in world.runs] == [0, 5, 7, 8]


def test_a_project_file_that_is_gone_is_told_and_goes_on(path: Path) -> None:
    world = World(path, Contacts=EVERY_5)
    world.at(1, path.unlink)
    told = world.live(6)
    assert [error.code for error in errors(told)] == ["settings"]
    assert len(world.runs) == 2


def test_another_project_put_in_its_place_is_not_run(path: Path) -> None:
    world = World(path, Contacts=EVERY_5)
    world.at(1, lambda: world.save(members(Leads=EVERY_5) | {"id": "99999999-other"}))
    told = world.live(6)
    assert [error.where for error in errors(told)] == ["id"]
    assert world.runs == [(0, ("Contacts",)), (5, ("Contacts",))]


def test_a_person_may_ask_for_a_run_now(path: Path) -> None:
    world = World(path, Contacts=EVERY_5, Orders=None, Leads={"at": ["03:00"]})
    world.at(1, lambda: world.run("Orders"))
    world.at(2, lambda: world.run(None))
    world.at(3, lambda: world.run("Nobody"))
    told = world.live(4)
    assert world.runs == [(0, ("Contacts",)), (1, ("Orders",)), (2, ("Contacts", "Orders", "Leads"))]
    assert ["Nobody" in error.message for error in errors(told)] == [True]


def test_who_asks_for_a_run_means_the_file_of_now(path: Path) -> None:
    world = World(path, Contacts=EVERY_5, Leads={"at": ["03:00"]})

    def switch_off_and_ask() -> None:
        content = members(Contacts=EVERY_5, Leads={"at": ["03:00"]})
        content["integrations"][0]["enabled"] = False
        world.save(content)
        world.run(None)

    world.at(1, switch_off_and_ask)
    world.live(2)
    assert world.runs == [(0, ("Contacts",)), (1, ("Leads",))]


def test_an_integration_that_never_ran_waits_for_somebody_to_run_it_where_asked_to(path: Path) -> None:
    world = World(path, Contacts=EVERY_5, Leads=EVERY_5)
    world.last_runs["Contacts"] = "2026-06-10T13:57:00Z"
    world.at(4, lambda: world.last_runs.update(Leads=written(world.true)))
    told = world.live(10, wait_for_first=True)
    assert world.runs == [(2, ("Contacts",)), (7, ("Contacts",)), (9, ("Leads",))]
    assert nexts(told, "Leads")[:2] == [None, "2026-06-10T14:09:00Z"]


def test_a_first_run_that_a_person_asks_for_is_made_and_the_schedule_goes_on_from_there(path: Path) -> None:
    world = World(path, Contacts=EVERY_5)
    world.at(2, lambda: world.run("Contacts"))
    world.live(8, wait_for_first=True)
    assert [minute for minute, _ in world.runs] == [2, 7]


def test_once_leaves_alone_what_waits_for_its_first_run(path: Path) -> None:
    world = World(path, Contacts=EVERY_5, Leads=EVERY_5)
    world.last_runs["Contacts"] = "2026-06-10T13:00:00Z"
    list(world.standing(wait_for_first=True).once())
    assert world.runs == [(0, ("Contacts",))]


def test_a_person_who_asks_is_believed_about_the_sign_in(path: Path) -> None:
    world = World(path, Contacts=EVERY_5)
    world.troubles = [AuthorizationNeeded("Nobody has signed in.", "Sign in.", "org")]
    world.at(1, lambda: world.run("Contacts"))
    world.live(7)
    assert [minute for minute, _ in world.runs] == [0, 1, 6]


def test_no_run_begins_while_paused_and_a_late_one_is_made_up_for_once(path: Path) -> None:
    world = World(path, Contacts=EVERY_5)
    world.at(1, world.pause)
    world.at(17, world.resume)
    world.live(18)
    assert [minute for minute, _ in world.runs] == [0, 17]


def test_a_stop_thrown_in_reaches_the_run_and_its_last_word_is_heard(path: Path) -> None:
    world = World(path, Contacts=EVERY_5)
    events = world.standing().go()
    assert isinstance(next(events), NextRun)
    assert isinstance(next(events), Progress)
    last = events.throw(Stopped("Stopped.", "Run again."))
    assert isinstance(last, RunFinished)
    assert last.total.status is RunStatus.STOPPED
    assert list(events) == []


def test_once_runs_what_is_due_and_what_never_ran(path: Path) -> None:
    world = World(path, Contacts=EVERY_5, Leads=EVERY_5, Orders={"at": ["03:00"]}, Forms=None)
    world.last_runs["Leads"] = written(START - timedelta(minutes=2))
    assert isinstance(list(world.standing().once())[-1], RunFinished)
    assert world.runs == [(0, ("Contacts", "Orders"))]
    assert list(world.standing().once()) == []


def test_once_raises_what_a_sync_raises(path: Path) -> None:
    world = World(path, Contacts=EVERY_5)
    world.troubles = [LedgerIsBusy("Another run holds the ledger.", "Wait.")]
    with pytest.raises(LedgerIsBusy):
        list(world.standing().once())


def test_the_end_is_heard_by_whoever_waits_and_by_every_later_run() -> None:
    wishes = Wishes()
    stop = wishes.begin()
    waiting = threading.Thread(target=wishes.wait, args=(60,))
    waiting.start()
    wishes.end()
    waiting.join(10)
    assert not waiting.is_alive()
    assert stop.is_set()
    assert wishes.begin().is_set()


def test_a_wish_wakes_whoever_waits() -> None:
    wishes = Wishes()
    waiting = threading.Thread(target=wishes.wait, args=(60,))
    waiting.start()
    wishes.run("Contacts")
    waiting.join(10)
    assert not waiting.is_alive()
    assert wishes.taken() == ["Contacts"]
    assert wishes.taken() == []


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows cannot be told another zone for one process")
def test_the_computers_zone_has_its_changes_of_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/Toronto")
    try:
        look_at_clocks()
        began = Reading(datetime(2026, 3, 8, 5, 0, tzinfo=UTC), 0.0)
        table = Timetable(ComputersZone(), began)
        schedules = {f"at {at}": at for at in ("01:30", "02:30", "03:30")}
        standing = members(**{name: {"at": [at]} for name, at in schedules.items()})
        project, problems = project_file.project_of(standing)
        assert not problems
        table.follow({each.name: each.schedule for each in project.integrations if each.schedule is not None})
        told = [table.next(name, began).isoformat() for name in schedules]
    finally:
        monkeypatch.undo()
        look_at_clocks()
    assert told == ["2026-03-08T06:30:00+00:00", "2026-03-08T07:00:00+00:00", "2026-03-08T07:30:00+00:00"]
    assert os.environ.get("TZ") != "America/Toronto"
