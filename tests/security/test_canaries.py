"""Values that occur nowhere else, hunted in everything that the program leaves behind and says after a hard day.

Secrets belong in the secrets file and in requests to their service. What people wrote belongs in the encrypted ledger,
and on the screen of whoever asked to see it; never in a log, in words about an error, in the project file, in the list
of processes, or in the stream of a sync.
"""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.faults.town import HOME, PATIENCE_S, Command, Launcher, Town
from tests.services.salesforce_simulator import Simulator

FIRST, LAST, TOWN_OF = "Canarine", "Serinette-Ouimet", "Saint-Canari"
PHONE, ADDRESS, LONG = "514 555-0177", "canarine.serinette@exemple.example", "Titre de canari " * 7
PERSONAL = (FIRST, LAST, TOWN_OF, PHONE, ADDRESS, LONG.strip())
"""What people wrote, in fields that travel, in some that are refused, and in one that both sides changed."""


class Day:
    """A hard day: everything that goes wrong, and all that was said meanwhile."""

    def __init__(self, simulator: Simulator, launcher: Launcher, folder: Path) -> None:
        def asks(project: dict[str, Any]) -> None:
            for each in project["connections"]:
                each["timeout_s"] = 5

        self.town = Town(simulator, folder, launcher, "canaries", change=asks)
        self.ready = simulator.ready
        self.secrets: set[str] = {self.ready["key"], self.ready["password"]}
        self.said: list[tuple[str, str, str]] = []
        """Verb, standard output, standard error."""

    def do(self, *words: str, codes: tuple[int, ...] = (0, 3), **more: Any) -> Command:
        self._note_secrets()
        command = self.town.start(*words, umask=0, **more)
        assert command.wait() in codes, command.out + command.err
        self._note_secrets()
        self.said.append((words[0], command.out, command.err))
        return command

    def _note_secrets(self) -> None:
        kept = yaml.safe_load((self.town.folder / "secrets.yaml").read_text(encoding="utf-8"))
        # The ledger's key is there too: in hexadecimal, in base 64, whatever it is, it is a text of this file.
        self.secrets |= {
            value for one in kept.values() for value in (one.values() if isinstance(one, dict) else [one]) if value
        }

    @property
    def access_tokens(self) -> str:
        """How every access token begins."""
        [org] = self.town.at.people("Organization")
        return org[:15] + "!"

    def live(self) -> None:
        at, do = self.town.at, self.do
        do("sync")
        first, second, third, fourth = at.valid(4)
        at.in_salesforce(first, FirstName=FIRST, LastName=LAST, Email=ADDRESS, MailingCity=TOWN_OF)
        at.in_salesforce(second, Title=LONG, LastName=LAST)
        at.in_salesforce(fourth, Email=None, LastName=LAST)
        at.in_salesforce(third, Phone=PHONE)
        number = at.contact_of(third)["idContact"]
        at.in_dialog_insight(number, f_Phone="514 555-0178", f_City=f"{TOWN_OF}-sur-Mer")
        at.in_salesforce(third, MailingCity=TOWN_OF)
        at.later()
        do("preview", "--save", str(self.town.folder / "plan.disf"))
        for name, call in (("html", "Contacts.Merge"), ("reset_after_apply", "Contacts.Merge")):
            at.simulator.control("faults", [{"fault": name, "service": "dialog_insight", "call": call, "times": 9}])
            do("sync", "-v", codes=(0, 1, 3))
            at.simulator.control("faults", [])
        at.simulator.control(
            "faults", [{"fault": "expired_token", "service": "salesforce", "call": "query", "times": 1}]
        )
        do("sync", "-v", codes=(0, 1, 3))
        at.simulator.control("faults", [])
        do("sync", trouble={"place": "committed", "count": 9}, codes=(-9,))
        at.in_salesforce(first, MobilePhone=PHONE)
        crash = {"place": "commit", "count": 7, "how": "crash", "text": f"{FIRST} {ADDRESS} {self.ready['key']}"}
        for verbose in ([], ["-v"]):
            do("sync", *verbose, trouble=crash, codes=(1,))
        do("sync")
        do("status")
        do("set-aside")
        do("conflicts")
        do("consent")
        made = self.town.folder / "made"
        made.mkdir()
        do("set-aside", "--csv", str(made / "aside.csv"))
        do("conflicts", "--csv", str(made / "conflicts.csv"))
        do("consent", "--export", str(made / "trail.json"))
        rows = made / "rows.csv"
        rows.write_text(f"Courriel,Nom,Prénom\n{ADDRESS},{LAST},{FIRST}\nrien,{LAST},{FIRST}\n", encoding="utf-8")
        columns = "Courriel=Email;Nom=LastName;Prénom=FirstName"
        to = ["--to", "salesforce-demo/Contact", "--columns", columns, "--mode", "create"]
        do("import", str(rows), *to, "--results", str(made / "results"), codes=(0, 3))
        rows.chmod(0o600)
        do("check", "-v", codes=(0, 1, 3))
        self.town.ledger.with_name("ledger.sqlite-wal").unlink(missing_ok=True)


@pytest.fixture(scope="module")
def day(simulator: Simulator, launcher: Launcher, tmp_path_factory: pytest.TempPathFactory) -> Day:
    day = Day(simulator, launcher, tmp_path_factory.mktemp("day"))
    day.live()
    return day


def test_the_day_was_as_hard_as_it_was_meant_to_be(day: Day) -> None:
    told = "".join(out for _, out, _ in day.said)
    assert '"code":"crash"' in told
    aside = [json.loads(line) for verb, out, _ in day.said if verb == "set-aside" for line in out.splitlines()]
    assert len(aside) >= 2, "somebody was refused"
    assert any(PHONE in out for verb, out, _ in day.said if verb in ("preview", "conflicts")), (
        "who asks is shown values"
    )


def test_no_secret_is_anywhere_but_in_the_secrets_file(day: Day) -> None:
    assert len(day.secrets) >= 5, "a refresh token that changes, a key, a password, the key of the ledger"
    folder = day.town.folder
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in ("secrets.yaml", "ballast"):
            content = path.read_bytes()
            for secret in (*day.secrets, day.access_tokens):
                assert secret.encode() not in content, f"a secret is in {path.relative_to(folder)}"
    for verb, out, err in day.said:
        for secret in (*day.secrets, day.access_tokens):
            assert secret not in out + err, f"a secret was said by {verb}"


def test_what_people_wrote_is_in_no_log_no_ledger_file_and_no_project_file(day: Day) -> None:
    profile = day.town.profile
    logs = list(profile.rglob("*.log"))
    assert logs, "there is a log to look into"
    assert any(b"run" in each.read_bytes() for each in logs)
    for path in (*profile.rglob("*"), day.town.at.file):
        if path.is_file() and path.name != "ballast":
            content = path.read_bytes()
            for value in PERSONAL:
                assert value.encode() not in content, f"{value!r} is in {path.name}"
                assert value.encode("utf-16-le") not in content


def test_words_about_errors_and_the_figures_of_a_sync_hold_nothing_that_people_wrote(day: Day) -> None:
    """Only a conflict tells both its values, to whoever started the sync: it is how a person sees what stood."""
    for verb, out, err in day.said:
        shown = verb in ("preview", "conflicts", "consent", "set-aside", "import")
        lines = [line for line in out.splitlines() if not line.startswith('{"event":"conflict"')]
        for value in PERSONAL:
            assert value not in err, f"{verb} said {value!r} on standard error"
            assert shown or not [line for line in lines if value in line], f"{verb} told {value!r}"
            assert not [line for line in lines if line.startswith('{"event":"error"') and value in line], verb


def test_every_file_and_folder_is_for_its_owner_alone_whatever_the_umask(day: Day) -> None:
    made = [*day.town.profile.rglob("*"), day.town.profile, day.town.folder / "plan.disf"]
    made += (day.town.folder / "made").rglob("*")
    assert len(made) > 14
    for path in made:
        wanted = 0o700 if path.is_dir() else 0o600
        assert oct(stat.S_IMODE(path.stat().st_mode)) == oct(wanted), path


def test_the_list_of_processes_shows_no_secret_and_nobody(day: Day) -> None:
    if not Path("/proc/self/environ").exists():
        pytest.skip("what a process shows to others is read in Linux's /proc")
    at = day.town.at
    at.writes()
    at.simulator.control("faults", [{"fault": "delay", "service": "salesforce", "seconds": 1, "times": 20}])
    line = [sys.executable, "-m", "disf_desktop.cli", "sync", str(at.file), "--profile", str(day.town.profile)]
    line += ["--secrets", str(day.town.folder / "secrets.yaml"), "--json"]
    process = subprocess.Popen(
        line,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=day.town.folder,
        env=os.environ | {"PYTHONPATH": str(HOME)},
    )
    try:
        until = time.monotonic() + PATIENCE_S
        while not any(each["service"] == "salesforce" for each in at.simulator.control("requests")):
            assert time.monotonic() < until
            time.sleep(0.02)
        shown = b"".join(Path(f"/proc/{process.pid}/{name}").read_bytes() for name in ("cmdline", "environ"))
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()
        assert children == [], "a sync starts no program"
    finally:
        at.simulator.control("faults", [])
        process.communicate(timeout=PATIENCE_S)
    assert b"sync" in shown
    for value in (*day.secrets, day.access_tokens, *PERSONAL):
        assert value.encode() not in shown


def test_the_network_is_touched_toward_the_configured_hosts_only(day: Day) -> None:
    command = day.town.run()
    told = command.points
    ports = {day.ready[name].rpartition(":")[2] for name in ("salesforce_url", "dialog_insight_url")}
    assert set(told["connected"]) == {f"('127.0.0.1', {port})" for port in ports}
    assert not [each for each in told["asked"] if not each.startswith("socket.getaddrinfo 127.0.0.1")]
