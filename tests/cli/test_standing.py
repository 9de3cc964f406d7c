"""`run`, and the conflicts that it meets, against both services."""

from __future__ import annotations

import json
import queue
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests
import yaml

from disf_desktop.storage.lock import RunLock
from tests.cli.conftest import PATIENCE_S, Desk
from tests.cli.contract import EVENT
from tests.cli.test_plans import act, first_sync
from tests.starting import Started

Event = dict[str, Any]


class Standing:
    """A standing run as a process: its events as they come, and its standard input."""

    def __init__(self, process: Started) -> None:
        self.process = process
        self.events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            event = json.loads(line)
            EVENT.validate_python(event)
            self.events.put(event)
        self.events.put(None)

    def until(self, wanted: Callable[[Event], bool]) -> Event:
        """Wait for an event, and give it."""
        while (event := self.events.get(timeout=PATIENCE_S)) is not None:
            if wanted(event):
                return event
        raise AssertionError("it ended before that")

    def named(self, name: str) -> Event:
        return self.until(lambda event: bool(event["event"] == name))

    def say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def ended(self) -> tuple[int, list[Event]]:
        """Wait for the end; give the exit code and what was still said."""
        code = self.process.wait(PATIENCE_S)
        rest = []
        while (event := self.events.get(timeout=PATIENCE_S)) is not None:
            rest.append(event)
        return code, rest


def schedule(disf: Desk, **schedules: dict[str, Any]) -> None:
    project = disf.project
    for integration in project["integrations"]:
        if integration["name"] in schedules:
            integration["schedule"] = schedules[integration["name"]]
    disf.project = project


@contextmanager
def standing(disf: Desk, *words: str) -> Iterator[Standing]:
    process = disf.start("run", str(disf.file), *disf.places, "--json", *words, stdin=subprocess.PIPE)
    yield Standing(process)


EVERY_HOUR = {"every_minutes": 60}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_runs_at_once_tells_the_next_time_and_ends_when_asked(disf: Desk, number: signal.Signals) -> None:
    disf.only("Leads")
    schedule(disf, Leads=EVERY_HOUR)
    with standing(disf) as run:
        assert run.named("schedule")["integration"] == "Leads"
        assert run.named("run_finished")["dialog_insight"]["created"] > 0
        assert run.named("schedule")["next"] > "2026"
        run.process.send_signal(number)
        code, rest = run.ended()
    assert (code, rest) == (4, [{"event": "schedule_finished", "runs": 1}])
    assert disf("run", "--once").the("schedule_finished")["runs"] == 0


def test_between_its_runs_another_command_may_run(disf: Desk) -> None:
    disf.only("Leads")
    schedule(disf, Leads=EVERY_HOUR)
    with standing(disf) as run:
        run.named("run_finished")
        run.named("schedule")
        assert disf("sync").the("run_finished")["run"] == 2
        run.process.terminate()
        assert run.ended()[0] == 4


def test_lines_on_standard_input_ask_for_a_run_and_their_end_ends_it(disf: Desk) -> None:
    disf.only("Contacts", "Leads")
    schedule(disf, Leads=EVERY_HOUR)
    with standing(disf, "--control", "stdin") as run:
        assert [each["name"] for each in run.named("run_finished")["integrations"]] == ["Leads"]
        run.say("run Contacts")
        assert [each["name"] for each in run.named("run_finished")["integrations"]] == ["Contacts"]
        run.say("pause")
        run.say("run")
        run.say("resume")
        assert len(run.named("run_finished")["integrations"]) == 2
        assert run.process.stdin is not None
        run.process.stdin.close()
        code, rest = run.ended()
    assert (code, rest[-1]) == (4, {"event": "schedule_finished", "runs": 3})


def test_a_ledger_that_another_run_holds_is_told_and_waited_for(disf: Desk) -> None:
    disf.only("Leads")
    schedule(disf, Leads=EVERY_HOUR)
    with RunLock(disf.ledger.with_name("ledger.lock")):
        assert disf("run", "--once").code == 5
        with standing(disf) as run:
            assert run.named("error")["code"] == "busy"
            run.process.terminate()
            assert run.ended()[0] == 4


def test_a_stop_in_the_midst_of_a_run_is_clean_and_the_next_goes_on_there(disf: Desk) -> None:
    disf.only("Contacts", batch_size=10)
    schedule(disf, Contacts=EVERY_HOUR)
    disf.fault("delay", "Contacts.Merge", seconds=0.2, times=None)
    with standing(disf) as run:
        run.until(lambda event: event.get("stage") == "apply" and event["done"] > 0)
        run.process.terminate()
        code, rest = run.ended()
    assert code == 4
    stopped = next(event for event in rest if event["event"] == "run_finished")
    assert stopped["status"] == "stopped"
    created = stopped["dialog_insight"]["created"]
    disf.control("faults", [])
    assert 0 < created < 297
    assert disf("sync").the("run_finished")["dialog_insight"]["created"] == 297 - created


def test_without_a_sign_in_it_rests_until_somebody_signs_in(disf: Desk) -> None:
    disf.only("Leads")
    schedule(disf, Leads=EVERY_HOUR)
    disf.write_secrets(key=disf.ready["key"])
    with standing(disf, "--control", "stdin") as run:
        assert run.named("error")["code"] == "authorization"
        assert run.named("schedule")["next"] is None
        secrets = yaml.safe_load(disf.secrets.read_text(encoding="utf-8"))  # the key of the ledger is in it by now
        secrets["salesforce-demo"] = {"refresh_token": disf.ready["refresh_token"]}
        disf.secrets.write_text(yaml.safe_dump(secrets), encoding="utf-8")
        run.say("run Leads")
        assert run.named("run_finished")["status"] == "partial"
        run.say("cancel")
        assert run.ended()[0] == 4


def test_once_runs_what_is_due_and_its_exit_code_is_that_of_the_run(disf: Desk) -> None:
    disf.only("Leads", "Contacts")
    schedule(disf, Leads={"at": ["03:00"]})
    told = disf("run", "--once")
    assert told.code == 3
    assert [each["name"] for each in told.the("run_finished")["integrations"]] == ["Leads"]
    again = disf("run", "--once")
    assert (again.code, again.of("run_finished")) == (0, [])


def test_a_person_is_asked_chooses_and_the_next_sync_carries_it_out(disf: Desk) -> None:
    first_sync(disf)
    one, two = sorted(disf.contacts(), key=lambda contact: int(contact["idContact"]))[:2]
    for person, city in ((one, "Lévis"), (two, "Magog")):
        disf.control("salesforce/Contact", {"Id": person["f_SalesforceID"], "set": {"MailingCity": city}})
        act(disf, idContact=person["idContact"], set={"f_City": "Laval"})
    asked = disf("sync")
    assert asked.the("run_finished")["outstanding"]["conflicts"] == 2
    assert {each["field"] for each in asked.of("conflict")} == {"City"}

    listed = {each["key"]: each for each in disf("conflicts").of("conflict")}
    here, there = listed[one["f_SalesforceID"]], listed[two["f_SalesforceID"]]
    assert (here["salesforce"], here["dialog_insight"], here["rule"]) == ("Lévis", "Laval", "ask")
    told = disf("conflicts", "--take", f"{here['id']}=salesforce", f"{there['id']}=dialog_insight")
    assert (told.code, told.the("conflicts_finished")["waiting"]) == (0, 0)
    done = disf("sync").the("run_finished")
    assert done["outstanding"]["conflicts"] == 0

    def cities() -> tuple[dict[str, Any], dict[str, Any]]:
        people = {each["f_SalesforceID"]: each["f_City"] for each in disf.contacts()}
        return people, {each["Id"]: each["MailingCity"] for each in records(disf, "Contact")}

    in_dialog_insight, in_salesforce = cities()
    for person, city in ((one, "Lévis"), (two, "Laval")):
        assert in_dialog_insight[person["f_SalesforceID"]] == in_salesforce[person["f_SalesforceID"]] == city

    put_back = disf("conflicts", "--restore", str(here["id"]), "--all")
    assert put_back.the("conflicts_finished")["chosen"] == 1
    disf("sync")
    in_dialog_insight, in_salesforce = cities()
    assert in_dialog_insight[one["f_SalesforceID"]] == in_salesforce[one["f_SalesforceID"]] == "Laval"
    states = {each["id"]: each["state"] for each in disf("conflicts", "--all").of("conflict")}
    assert states == {here["id"]: "restored", there["id"]: "resolved"}


def records(disf: Desk, sobject: str) -> list[dict[str, Any]]:
    reply = requests.get(f"{disf.ready['control_url']}/salesforce/{sobject}.ndjson", timeout=30)
    reply.raise_for_status()
    return [json.loads(line) for line in reply.text.splitlines()]
