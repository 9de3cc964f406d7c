"""A town: both services in a process of their own, people who act on both sides, and the program started by commands.

People's acts carry words that occur once, and are noted with the order in which they happened: this, and what the
services hold in the end, is all that the checker knows.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import requests

from disf_desktop.storage.database import open_database
from disf_desktop.storage.ledger_schema import MIGRATIONS
from disf_desktop.storage.vault import ledger_key, open_vault
from tests.journeys.rehearsal import Change, Rehearsal, only, together
from tests.services.salesforce_simulator import Simulator

HOME: Final = Path(__file__).parents[2]
PATIENCE_S: Final = 120

SALESFORCE_EDITS: Final = {
    "FirstName": "f_FirstName", "LastName": "f_LastName", "Title": "f_JobTitle", "Phone": "f_Phone",
    "MobilePhone": "f_Mobile", "MailingPostalCode": "f_PostalCode",
}  # fmt: skip
"""Salesforce fields that people edit, and the Dialog Insight field that each is paired with."""
DIALOG_INSIGHT_EDITS: Final = {"f_Phone": "Phone", "f_Mobile": "MobilePhone", "f_PostalCode": "MailingPostalCode"}
TOPICS: Final = {
    "Newsletter": ("DI_Optin_Newsletter__c", True, False),
    "Promotions": ("DI_Optin_Promotions__c", "Yes", "No"),
}
"""Opt-ins, the Salesforce field of each, and how that field says yes and no."""


class Launcher:
    """The process from which commands are forked."""

    def __init__(self) -> None:
        surroundings = {k: v for k, v in os.environ.items() if not k.startswith("DISF_")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.launcher"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HOME,
            env=surroundings | {"PYTHONPATH": str(HOME), "PYTHONWARNINGS": "default"},
        )  # fmt: skip

    def ask(self, **order: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE_S)
        self._process.stdout.close()


@dataclass
class Command:
    """A command that was started; `code` is what it ended with, below zero for a signal."""

    launcher: Launcher
    pid: int
    folder: Path
    code: int | None = None

    def ended(self) -> bool:
        if self.code is None:
            self.code = self.launcher.ask(do="look", pid=self.pid)["code"]
        return self.code is not None

    def wait(self, seconds: float = PATIENCE_S) -> int:
        if self.code is None:
            self.code = self.launcher.ask(do="wait", pid=self.pid, seconds=seconds)["code"]
        if self.code is None:
            self.signal(9)
            raise AssertionError(f"it does not end\n{self.out[-2000:]}\n{self.err[-2000:]}")
        return self.code

    def signal(self, number: int) -> None:
        if not self.ended():
            os.kill(self.pid, number)

    @property
    def out(self) -> str:
        return self._said("out")

    @property
    def err(self) -> str:
        return self._said("err")

    def _said(self, name: str) -> str:
        with suppress(FileNotFoundError):
            return (self.folder / name).read_text(encoding="utf-8", errors="replace")
        return ""

    @property
    def events(self) -> list[dict[str, Any]]:
        """Give what was said; a last line that a kill cut is left out."""
        lines = self.out.split("\n")
        return [json.loads(line) for line in lines[:-1] if line]

    @property
    def points(self) -> dict[str, Any]:
        with suppress(FileNotFoundError):
            told: dict[str, Any] = json.loads((self.folder / "points").read_text(encoding="utf-8"))
            return told
        return {"met": None, "passed": {}}


@dataclass(frozen=True)
class Consent:
    """What a person answered: `topic` of a Salesforce record, yes or no, on which side."""

    rid: str
    topic: str
    yes: bool
    side: str


@dataclass
class History:
    """What people did, in order."""

    latest: dict[tuple[str, str], str] = field(default_factory=dict)
    """The newest word of a person in a Salesforce field of a record."""
    editor: dict[tuple[str, str], str] = field(default_factory=dict)
    """Who edits a field; the two sides do not edit the same one before they agree again."""
    consents: list[Consent] = field(default_factory=list)
    made: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)
    """Salesforce Ids of people whom somebody erased from Dialog Insight: nothing may make them again."""
    imported: dict[str, str] = field(default_factory=dict)
    """E-mail addresses of rows that were imported, and where to: `people` or `contacts`."""
    signed_up: dict[int, str] = field(default_factory=dict)
    """Who signed up in Dialog Insight: the number of the contact there, and the e-mail address."""
    acts: Counter[str] = field(default_factory=Counter)
    story: list[str] = field(default_factory=list)
    """All that happened, to be told when something is wrong."""

    def tell(self, rid: str) -> str:
        """Tell what happened to a record, and what else is of interest to it."""
        return "\n".join(line for line in self.story if rid in line or line.startswith("-"))


class Town:
    """One world at its seed, and its history."""

    def __init__(
        self,
        simulator: Simulator,
        folder: Path,
        launcher: Launcher,
        seed: str,
        *,
        kind: str = "dates",
        profile: Path | None = None,
        change: Change = lambda project: None,
    ) -> None:
        self.chance = random.Random(seed)
        self.folder = folder
        self.profile = profile or folder / "profile"
        self.launcher = launcher
        self.at = Rehearsal(simulator, folder, together(only("Contacts", "Web sign-ups"), change))
        simulator.control("dialog-insight/account", {"kind": kind})
        self.history = History()
        self.seed_rids = set(self.at.people())
        self.afterwards: list[Callable[[], object]] = []
        """What somebody still has to do of what was begun."""
        self.sign_ins = 0
        """How often somebody had to sign in again."""
        self._words = 0

    # -- the program ---------------------------------------------------------------------------------------------------

    @property
    def ledger(self) -> Path:
        return self.profile / str(self.at.project["id"]) / "ledger.sqlite"

    def start(self, *words: str, name: str = "run", profile: Path | None = None, **more: Any) -> Command:
        """Start `disf sync`, or the verb that is named; the file and the places are added."""
        verb, *rest = words or ("sync",)
        places = ["--profile", str(profile or self.profile), "--secrets", str(self.folder / "secrets.yaml"), "--json"]
        return self.begin(name, (verb, str(self.at.file), *rest, *places), **more)

    def begin(self, name: str, words: Sequence[str], **more: Any) -> Command:
        """Start a process with these words, and have it leave what it says in a folder of that name."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        for each in folder.iterdir():
            each.unlink()
        told = self.launcher.ask(do="start", words=words, folder=str(folder), **more)
        self.history.story.append(f"- started: {words[0]} {more or ''}")
        return Command(self.launcher, told["pid"], folder)

    def run(self, *words: str, **more: Any) -> Command:
        """Run to the end; anything but an honest end is an error."""
        command = self.start(*words, **more)
        if not self.ended_well(command):
            command = self.start(*words, **more)
            assert self.ended_well(command), command.out
        return self.allowed(command)

    def allowed(self, command: Command) -> Command:
        """Let a run go on where so much waited that the program asked."""
        guards = [each for each in command.events if each["event"] == "guard"]
        if guards:
            command = self.start("sync", "--approve", guards[0]["plan_hash"])
            assert self.ended_well(command), command.out
        return command

    def ended_well(self, command: Command) -> bool:
        """Wait for the end, and say whether it was a good one; after a lost sign-in a person signs in again."""
        code = command.wait()
        self.history.story.append(f"- ended: {code} {command.points['met'] or ''}")
        if code == 1 and command.events[-1].get("code") == "authorization":
            # Salesforce takes a refresh token once. Who is killed before the next one is stored has lost both.
            self.sign_in_again()
            return False
        assert code in (0, 3), f"{code}\n{command.out[-3000:]}\n{command.err[-3000:]}"
        assert command.err == "", command.err
        return True

    def sign_in_again(self) -> None:
        """Do what a person does when the program asks for a new sign-in."""
        self.sign_ins += 1
        command = self.start("connect", "salesforce-demo", "--no-browser", name="connect")
        until = time.monotonic() + PATIENCE_S
        while not (opened := [each for each in command.events if each["event"] == "open_url"]):
            assert time.monotonic() < until, command.err
            time.sleep(0.01)
        ready = self.at.simulator.ready
        with requests.Session() as browser:
            page = browser.get(opened[0]["url"], timeout=10)
            for more in ({k: ready[k] for k in ("username", "password")}, {"answer": "allow"}):
                form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
                page = browser.post(
                    f"{ready['salesforce_url']}/services/oauth2/authorize", {**form, **more}, timeout=10
                )
        assert command.wait() == 0, command.out

    def let_holds_pass(self) -> None:
        """Have it be long ago that the outcome of a write was not known: a hold waits 11 or 15 minutes."""
        self.make_old("UPDATE op SET hold = :then WHERE state = 'HOLD'")

    def make_old(self, *statements: str) -> None:
        """Have something that the ledger noted by this computer's clock be `:then`, long ago."""
        if not self.ledger.exists():
            return
        places = self.at.workspace.places
        key = ledger_key(open_vault(places.secrets, self.at.project["id"]), self.at.project["id"], make=False)
        connection = open_database(self.ledger, key, MIGRATIONS)
        for statement in statements:
            connection.execute(statement, {"then": "2001-01-01T00:00:00.000Z"} if ":then" in statement else None)
        connection.close()

    def until_quiet(self, runs: int = 2) -> int:
        """Run until so many runs after each other have written nothing; give how many runs it took."""
        while self.afterwards:
            self.afterwards.pop(0)()
        idle = 0
        for number in range(1, 16):
            self.at.writes()
            self.at.later()
            self.let_holds_pass()
            self.run()
            idle = 0 if self.at.writes() else idle + 1
            if idle == runs:
                self.history.editor.clear()
                return number
        raise AssertionError("it writes in every run")

    # -- people --------------------------------------------------------------------------------------------------------

    def word(self) -> str:
        self._words += 1
        return f"{self.chance.randrange(16**6):06x}{self._words}"

    def act(self, times: int = 1) -> None:
        """Let people do something, on either side."""
        deeds = (
            (self._edits_in_salesforce, 30), (self._edits_in_dialog_insight, 25), (self._answers, 20),
            (self._answers_in_salesforce, 5), (self.signs_up, 5), (self._edits_own_sign_up, 5), (self._makes, 5),
            (self._deletes, 2),
        )  # fmt: skip
        for _ in range(times):
            [deed] = self.chance.choices([d for d, _ in deeds], [weight for _, weight in deeds])
            deed()

    def answers_of(self, number: int) -> Any:
        """Give what Dialog Insight says of the opt-ins of somebody in the newsletter, oldest first."""
        return self.at.simulator.control(f"dialog-insight/projects/{self.at.newsletter}/contacts/{number}/optins")

    def linked(self) -> dict[str, Any] | None:
        """Choose somebody who is in the newsletter and lives in Salesforce."""
        people = self.at.people()
        there = [row for row in self.at.contacts().values() if row["f_SalesforceID"] in people]
        return self.chance.choice(there) if there else None

    def _may(self, rid: str, name: str, side: str) -> bool:
        return self.history.editor.setdefault((rid, name), side) == side

    def note(self, rid: str, name: str, word: str, act: str) -> None:
        self.history.latest[rid, name] = word
        self.tell(act, f"{rid} {name} {word}")

    def tell(self, act: str, what: str) -> None:
        self.history.acts[act] += 1
        self.history.story.append(f"{act}: {what}")

    def _edits_in_salesforce(self) -> None:
        # A name that its owner wrote in a web form is theirs.
        rid = self.chance.choice([each for each in self.at.people() if each in self.seed_rids | self.history.made])
        name = self.chance.choice(list(SALESFORCE_EDITS))
        if self._may(rid, name, "salesforce"):
            word = self.word()
            edit: dict[str, Any] = {name: word}
            self.at.in_salesforce(rid, **edit)
            self.note(rid, name, word, "edited in Salesforce")

    def _edits_in_dialog_insight(self) -> None:
        contact = self.linked()
        name, theirs = self.chance.choice(list(DIALOG_INSIGHT_EDITS.items()))
        if contact and self._may(contact["f_SalesforceID"], theirs, "dialog insight"):
            word = self.word()
            edit: dict[str, Any] = {name: word}
            self.at.in_dialog_insight(contact["idContact"], **edit)
            self.note(contact["f_SalesforceID"], theirs, word, "edited in Dialog Insight")

    def _answers(self) -> None:
        contact, topic, yes = self.linked(), self.chance.choice(list(TOPICS)), self.chance.random() < 0.5
        if contact:
            answer: dict[str, Any] = {f"optin_{topic}": int(yes)}
            self.at.in_dialog_insight(contact["idContact"], **answer)
            self.history.consents.append(Consent(contact["f_SalesforceID"], topic, yes, "dialog insight"))
            self.tell("said yes" if yes else "said no", f"{contact['f_SalesforceID']} {topic}")

    def _answers_in_salesforce(self) -> None:
        people, topic = self.at.people(), self.chance.choice(list(TOPICS))
        rid, (name, _, no) = self.chance.choice(list(people)), TOPICS[topic]
        if people[rid][name] == no:
            return  # a box that is unticked already tells nobody that it was meant
        answer: dict[str, Any] = {name: no}
        self.at.in_salesforce(rid, **answer)
        self.history.consents.append(Consent(rid, topic, False, "salesforce"))
        self.tell("said no in Salesforce", f"{rid} {topic}")

    def signs_up(self) -> None:
        email = f"{self.word()}@exemple.example"
        number = self.at.in_dialog_insight(
            project=self.at.web_forms, f_EMail=email, f_FirstName=self.word(), f_LastName=self.word(),
            optin_Newsletter=1,
        )  # fmt: skip
        self.history.signed_up[number] = email
        self.tell("signed up", f"{number} {email}")

    def _edits_own_sign_up(self) -> None:
        if signed_up := list(self.history.signed_up):
            number = self.chance.choice(signed_up)
            self.at.in_dialog_insight(number, project=self.at.web_forms, f_FirstName=self.word())
            self.tell("edited a sign-up", str(number))

    def _makes(self) -> None:
        rid = self.at.in_salesforce(FirstName=(word := self.word()), LastName=word, Email=f"{word}@exemple.example")
        self.history.made.add(rid)
        self.tell("made in Salesforce", rid)

    def _deletes(self) -> None:
        # Who signed up stays: what becomes of them is another story.
        rid = self.chance.choice([each for each in self.at.people() if each in self.seed_rids])
        self.at.delete_in_salesforce(rid)
        self.history.deleted.add(rid)
        self.tell("deleted in Salesforce", rid)


@contextmanager
def launched() -> Iterator[Launcher]:
    """Give a launcher, ended with the block."""
    launcher = Launcher()
    try:
        yield launcher
    finally:
        launcher.close()
