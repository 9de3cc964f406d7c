"""A report of a problem says enough to help, and nothing of anybody: seeded with people and secrets everywhere."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop import __version__
from disf_desktop.core.errors import LedgerError
from disf_desktop.storage.database import Database, close_database, open_database, transaction
from disf_desktop.storage.ledger_schema import MIGRATIONS
from disf_desktop.storage.vault import ledger_key, open_vault
from disf_desktop.workspace import Places, Workspace
from disf_desktop.workspace.connections import KEY, REFRESH_TOKEN
from disf_desktop.workspace.report import LARGEST_LOG, ProblemReport, bare_report, save_report
from disf_desktop.workspace.scanner import Scanner
from tests.workspace.test_workspace import PROJECT

AT = "2026-11-02T14:10:00Z"
TOKEN = "5Aep861.example/token+with=signs"
API_KEY = "k3y-0f"
RID = "0035g00000A1xYzAAJ"
OTHER_RID = "0035g00000B7xYz"
PERSON = {
    "first": "Élodie",
    "last": "Tremblay-Côté",
    "email": "elodie.tremblay@exemple.ca",
    "phone": "+1 (514) 555-0142",
    "city": "Rivière-du-Loup",
    "contact": "48213",
}
LOSER, WINNER = "Boulevard Charest", "Chemin Sainte-Foy"
SAID = (
    f"I synced {PERSON['first']} {PERSON['last']} <{PERSON['email']}>, phone {PERSON['phone']} / 514-555-0142, record "
    f"{RID} and {OTHER_RID}, idContact {PERSON['contact']}, from {PERSON['city']}; {LOSER} or {WINNER}. "
    f"The token is {TOKEN}, key {API_KEY}. Bearer abc.def access_token=zzz99 00D000000000001!AQ.x"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    project: dict[str, Any] = orjson.loads(orjson.dumps(PROJECT))
    project["name"] = "Acme Infolettre"
    org = {"name": "Acme production", "client_id": "3MVG9EXAMPLE", "login_url": "https://acme.my.salesforce.com"}
    project["connections"][0] |= org
    project["integrations"][0] |= {"name": "Abonnés", "filter": "LastName = 'Gagnon'"}
    project["integrations"][0]["mapping"]["pairs"].append({"source": "City", "target": "City", "default": "Saint-Tite"})
    path = tmp_path / "acme.disf.yaml"
    path.write_text(yaml.safe_dump(project), encoding="utf-8")
    made = Workspace(path, Places(tmp_path / "profile", tmp_path / "secrets.yaml"))
    vault = open_vault(made.places.secrets, made.project.id)
    vault.put("org", REFRESH_TOKEN, TOKEN)
    vault.put("di", KEY, API_KEY)
    return made


def insert(ledger: Database, table: str, **row: Any) -> None:
    ledger.execute(f"INSERT INTO {table}({', '.join(row)}) VALUES({', '.join('?' * len(row))})", tuple(row.values()))


@pytest.fixture
def ledger(workspace: Workspace) -> Iterator[Database]:
    """A ledger that has set a person aside, and kept both values of a conflict."""
    workspace.ledger_path.parent.mkdir(parents=True)
    key = ledger_key(open_vault(workspace.places.secrets, workspace.project.id), workspace.project.id, make=True)
    made = open_database(workspace.ledger_path, key, MIGRATIONS)
    with transaction(made):
        insert(made, "target", id=1, name="di.example.org/12/Contact")
        insert(made, "integration", id=1, name="Abonnés", target=1, settings=b"")
        names = ["Id", "FirstName", "LastName", "Email", "Phone", "City", "Agreed"]
        insert(made, "layout", id=1, fields=orjson.dumps({"source": names, "target": [], "pairs": []}).decode())
        told = (PERSON["first"], PERSON["last"], PERSON["email"], PERSON["phone"], PERSON["city"])
        packed = orjson.dumps([RID, *told, True]).decode()
        row = {"integration": 1, "stamp": AT, "layout": 1, "run": 1}
        insert(made, "seen", side="SF", rid=RID, vals=packed, pending=0, **row)
        insert(made, "link", id=1, target=1, integration=1, sf_id=RID, di_key="key", di_rid=PERSON["contact"])
        code = {"field": "EMail", "code": "email", "message": f"{PERSON['email']} is none.", "what_to_do": "Mend."}
        when = {"first_seen": AT, "last_seen": AT, "tries": 1, "run": 1, "state": "waiting"}
        rest = {"parameters": "{}", "request_id": "", **code, **when}
        insert(made, "set_aside", id=900_000, integration=1, side="dialog_insight", rid=RID, **rest)
        values = {"sf": orjson.dumps(LOSER).decode(), "di": orjson.dumps(WINNER).decode()}
        more = {"rule": "ask", "winner": None, "state": "waiting", "at": AT, "field": "Street"}
        insert(made, "conflict", id=1, run=1, link=1, integration=1, **values, **more)
        summary = {"event": "run_finished", "set_aside": 1, "secret": SAID, "calls": {"salesforce": 9, "by": SAID}}
        summary["integrations"] = [{"name": "Abonnés", "status": "partial", "unchanged": 96, "about": SAID}]
        insert(made, "run", id=1, started=AT, ended=AT, status="partial", summary=orjson.dumps(summary).decode())
    yield made
    close_database(made)


def log_of(workspace: Workspace, text: str, name: str = "20261102T141000Z-sync-77.log") -> None:
    folder = workspace.places.log(workspace.project.id)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def whole(report: ProblemReport) -> str:
    return "\n".join(f"== {part.name}\n{part.text}" for part in report.parts)


def part(report: ProblemReport, name: str) -> str:
    return next(each.text for each in report.parts if each.name == name)


FORBIDDEN = (
    TOKEN, API_KEY, "zzz99", "abc.def", "AQ.x", "3MVG9EXAMPLE", RID, OTHER_RID, PERSON["email"], "exemple.ca", "Élodie",
    "Tremblay", "Côté", "555-0142", "(514)", "0142", "Rivière", "Loup", PERSON["contact"], "Boulevard", "Charest",
    "Sainte", "Acme", "acme", "Gagnon", "Saint-Tite", "Abonnés", "Infolettre",
)  # fmt: skip


def test_nothing_of_anybody_is_in_a_report_that_was_seeded_everywhere(workspace: Workspace, ledger: Database) -> None:
    log_of(workspace, f"{AT} INFO disf_desktop: run 7 of Abonnés began\n{AT} WARNING requests: {SAID}\n" * 3)
    (workspace.places.profile / "window.ini").write_text(
        f"[General]\nlanguage=fr\ntext_size=125\nrecent={workspace.path}\ntab={PERSON['email']}\n", encoding="utf-8"
    )
    report = workspace.problem_report(SAID, [SAID, f"[email] {SAID}"], {"Qt": "6.11.3"})
    text = whole(report)
    assert [word for word in FORBIDDEN if word in text] == []
    assert str(workspace.path.parent) not in text
    assert report.taken > 50


def test_a_report_says_what_helps(workspace: Workspace, ledger: Database) -> None:
    log_of(workspace, f"{AT} INFO disf_desktop.engine: run 7 of Abonnés began, 31020 of 50000\n")
    report = workspace.problem_report("It stopped after the preview.", [], {"Qt": "6.11.3"})
    assert [each.name for each in report.parts] == [
        "what-happened.txt",
        "versions.txt",
        "settings.txt",
        "project.disf.yaml",
        "figures.json",
        "log/20261102T141000Z-sync-77.log",
    ]
    assert "It stopped after the preview." in part(report, "what-happened.txt")
    versions = part(report, "versions.txt")
    assert f"program: {__version__}\n" in versions
    assert "Qt: 6.11.3\n" in versions
    assert "requests: 2." in versions
    log = part(report, "log/20261102T141000Z-sync-77.log")
    assert log == f"{AT} INFO disf_desktop.engine: run 7 of Integration 1 began, 31020 of 50000\n"
    project = yaml.safe_load(part(report, "project.disf.yaml"))
    assert project["integrations"][0]["mapping"]["pairs"][0] == {"source": "Id", "target": "SalesforceID", "key": True}
    figures = orjson.loads(part(report, "figures.json"))
    assert figures["set_aside"] == {"Integration 1 / dialog_insight / email": 1}
    [run] = figures["runs"]
    assert (run["run"], run["status"], run["calls"]) == (1, "partial", {"salesforce": 9})
    assert run["integrations"] == [{"name": "Integration 1", "status": "partial", "unchanged": 96}]


def test_a_person_is_taken_out_however_late_the_ledger_met_them(workspace: Workspace, ledger: Database) -> None:
    """Records are counted, not numbered: a ledger in long use has high numbers."""
    report = workspace.problem_report("Rivière", [], {})
    assert "Rivière" not in part(report, "what-happened.txt")


def test_only_the_end_of_a_long_log_is_taken_and_whole_lines_of_it(workspace: Workspace) -> None:
    line = f"{AT} INFO disf_desktop: a line that is like every other\n"
    log_of(workspace, line * 10_000)
    report = workspace.problem_report("", [], {})
    log = part(report, "log/20261102T141000Z-sync-77.log")
    assert LARGEST_LOG - 2 * len(line) < len(log) <= LARGEST_LOG
    assert set(log.splitlines()) == {line.rstrip()}


def test_the_newest_logs_are_taken_first(workspace: Workspace) -> None:
    for n in range(20):
        log_of(workspace, f"log {n}\n", f"202611{n + 1:02}T141000Z-sync-7.log")
    report = workspace.problem_report("", [], {})
    logs = [each.name for each in report.parts if each.name.startswith("log/")]
    assert len(logs) == 12
    assert logs[0] == "log/20261120T141000Z-sync-7.log"


def test_a_vault_that_does_not_open_stops_no_report(workspace: Workspace) -> None:
    assert workspace.places.secrets is not None
    workspace.places.secrets.write_text("this is no secrets file: [", encoding="utf-8")
    report = workspace.problem_report("It does not start.", [], {})
    assert "The vault could not be read: vault" in part(report, "what-happened.txt")


def test_without_a_project_file_there_is_a_report_too(tmp_path: Path) -> None:
    report = bare_report(Places(tmp_path), "It does not open ann@example.org", ["[settings] No."], {"Qt": "6"})
    assert [each.name for each in report.parts] == ["what-happened.txt", "versions.txt", "settings.txt"]
    assert "ann@example.org" not in whole(report)
    assert "[settings] No." in whole(report)


def test_a_report_is_written_whole_for_its_owner_alone(workspace: Workspace, tmp_path: Path) -> None:
    report = workspace.problem_report("Words.", [], {})
    file = tmp_path / "report.zip"
    assert save_report(report, file) == len(report.parts)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with zipfile.ZipFile(file) as archive:
        assert {n: archive.read(n).decode() for n in archive.namelist()} == {p.name: p.text for p in report.parts}
    assert [each.name for each in tmp_path.iterdir() if "part" in each.name] == []
    with pytest.raises(LedgerError):
        save_report(report, tmp_path / "nowhere" / "report.zip")


# The scanner


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("2026-11-02T14:10:00Z run 7, 31020 of 50000 in 6.1 s", None),
        ("Linux 5.15.0-1052-aws x86_64, PySide6 6.11.3", None),
        ("target: DI_Optin_Newsletter_Consent_Source_Of_Contact__c", None),
        ("l'envoi n'a pas abouti, c'est l'étape 2", None),
        ("transform: [lower]  key: true  code: Orders", None),
        ("call +33 6 12 34 56 78 now", "call <number> now"),
        ("a0B5g00000A1xYz", "<id>"),
        ("refused 'Marie' for you", "refused '…' for you"),
        ("https://acme.my.salesforce.com/services", "https://<org>.salesforce.com/services"),
        ("?key=abc&code=d3f", "?key=<secret>&code=<secret>"),
        ("a secret.\n\nversion: 1, the token was refused", None),
        ('{"access_token": "abc", "sid" : 9}', '{"access_token": "<secret>", "sid" : <secret>}'),
        ("password hunter2 and token: abc", "password <secret> and token: <secret>"),
        ("contact 4711 and rid: 12", "contact <id> and rid: <id>"),
        ("x1" * 23, "<long>"),
    ],
)
def test_what_looks_like_a_person_is_taken_out_and_the_rest_stays(text: str, clean: str | None) -> None:
    assert Scanner().clean(text) == (text if clean is None else clean)


def test_a_home_folder_is_not_told() -> None:
    scanner = Scanner(home=Path("/home/mtremblay"))
    assert scanner.clean("at /home/mtremblay/x.log by mtremblay") == "at ~/x.log by <user>"


@given(st.text(min_size=4, max_size=40).filter(lambda s: s.strip() == s and not s.isspace()))
def test_a_known_secret_never_stays_whatever_it_is(secret: str) -> None:
    cleaned = Scanner(secrets=[secret]).clean(f"before {secret} after")
    assert cleaned.count("<secret>") >= 1 or secret not in cleaned


@given(st.lists(st.text(st.characters(categories=["Lu", "Ll"]), min_size=3, max_size=12), min_size=1, max_size=4))
def test_no_word_of_a_known_value_stays(words: list[str]) -> None:
    value = " ".join(words)
    cleaned = Scanner(values=[value]).clean(f"1 {value.upper()} 2 {value} 3").replace("<value>", "")
    left = {word.casefold() for word in cleaned.split()}
    assert not left & {word.casefold() for word in words}
