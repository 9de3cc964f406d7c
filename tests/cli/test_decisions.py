"""`conflicts`, `consent`, `undo` and `status` over a ledger that was written by hand; no service is asked."""

from __future__ import annotations

import csv
import json
import stat
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from disf_desktop.core.moments import written
from disf_desktop.storage.consent_trail import Action, Person, Trail
from disf_desktop.storage.database import Database, close_database, open_database, transaction
from disf_desktop.storage.ledger_schema import MIGRATIONS
from disf_desktop.storage.vault import ledger_key, open_vault
from tests.cli.conftest import Desk, finished
from tests.workspace.test_standing import members

AT = "2026-11-02T14:10:00Z"


def add(connection: Database, table: str, **row: Any) -> None:
    places = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO {table}({', '.join(row)}) VALUES({places})", tuple(row.values()))


def conflict(connection: Database, number: int, **more: Any) -> None:
    row = {"id": number, "run": 1, "link": 1, "integration": 1, "field": "Phone", "sf": '"438"', "di": '"819"'}
    state = {"rule": "ask", "winner": None, "state": "waiting", "at": AT}
    add(connection, "conflict", **(row | state | more))


class Shelf(Desk):
    """A project file with a ledger of two linked people, and nothing behind it."""

    def fill(self) -> Database:
        """Open the ledger for a test to write in."""
        project = str(self.project["id"])
        key = ledger_key(open_vault(self.secrets, project), project, make=not self.ledger.exists())
        self.ledger.parent.mkdir(parents=True, exist_ok=True)
        return open_database(self.ledger, key, MIGRATIONS)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    file = tmp_path / "made.yaml"
    file.write_text(json.dumps(members(Contacts={"every_minutes": 5}, Leads=None)), encoding="utf-8")
    folder = tmp_path / "desk"
    folder.mkdir()
    made = Shelf({"project_file": str(file), "refresh_token": "x", "key": "y"}, folder)
    ledger = made.fill()
    with transaction(ledger):
        add(ledger, "target", id=1, name="di.example.org/12/Contact")
        add(ledger, "integration", id=1, name="Contacts", target=1, settings=b"")
        for n in (1, 2):
            add(
                ledger,
                "link",
                id=n,
                target=1,
                integration=1,
                sf_id=f"003{n}",
                di_key=f"ann{n}@example.org",
                di_rid=f"1{n}",
            )
    close_database(ledger)
    yield made
    for process in made.started:
        if process.poll() is None:
            process.kill()
            process.communicate()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def write(shelf: Shelf, rows: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    ledger = shelf.fill()
    with transaction(ledger):
        for number, more in rows:
            conflict(ledger, number, **more)
    close_database(ledger)


# ------------------------------------------------------------------------------------------ conflicts


def test_without_a_conflict_nothing_waits(shelf: Shelf) -> None:
    told = shelf("conflicts")
    assert (told.code, told.events) == (
        0,
        [{"event": "conflicts_finished", "waiting": 0, "chosen": 0, "exported": 0}],
    )


def test_a_conflict_that_waits_is_listed_and_taken(shelf: Shelf) -> None:
    write(shelf, [(1, {}), (2, {"link": 2, "field": "City", "sf": '"Laval"', "di": "null"})])
    told = shelf("conflicts")
    assert told.code == 3
    assert told.of("conflict")[0] == {
        "event": "conflict",
        "id": 1,
        "integration": "Contacts",
        "key": "0031",
        "field": "Phone",
        "salesforce": "438",
        "dialog_insight": "819",
        "rule": "ask",
        "winner": None,
        "state": "waiting",
        "at": AT,
        "chosen": None,
    }
    one = shelf("conflicts", "--take", "1=dialog_insight")
    assert (one.code, one.the("conflicts_finished")["chosen"], one.the("conflicts_finished")["waiting"]) == (3, 1, 1)
    assert [each["chosen"] for each in one.of("conflict")] == ["dialog_insight", None]
    other = shelf("conflicts", "--take", "1=salesforce", "2=salesforce")
    assert (other.code, other.the("conflicts_finished")["chosen"]) == (0, 2)
    assert [each["chosen"] for each in other.of("conflict")] == ["salesforce", "salesforce"]
    assert shelf("status").code == 0


def test_the_value_that_lost_is_put_back(shelf: Shelf) -> None:
    now = written(datetime.now(UTC))
    write(shelf, [(1, {"state": "resolved", "winner": "salesforce", "at": now, "rule": "salesforce_wins"})])
    assert shelf("conflicts").of("conflict") == []
    assert [each["winner"] for each in shelf("conflicts", "--all").of("conflict")] == ["salesforce"]
    told = shelf("conflicts", "--restore", "1", "--all")
    assert (told.code, told.the("conflicts_finished")["chosen"]) == (0, 1)
    assert [each["chosen"] for each in told.of("conflict")] == ["dialog_insight"]


def test_a_conflict_resolved_long_ago_is_not_listed(shelf: Shelf) -> None:
    old = written(datetime.now(UTC) - timedelta(days=91))
    write(shelf, [(1, {"state": "resolved", "winner": "salesforce", "at": old})])
    assert shelf("conflicts", "--all").of("conflict") == []


@pytest.mark.parametrize(
    "words",
    [
        ("--take", "9=salesforce"),
        ("--take", "1"),
        ("--take", "1=nobody"),
        ("--take", "2=salesforce"),  # it was resolved
        ("--restore", "9"),
        ("--restore", "1"),  # it waits
        ("--restore", "3"),  # it is restored
        ("--restore", "one"),
        ("--csv", "nowhere/out.csv"),
    ],
)
def test_a_choice_that_cannot_be_made_is_wrong_use_and_changes_nothing(shelf: Shelf, words: tuple[str, ...]) -> None:
    resolved = {"state": "resolved", "winner": "salesforce"}
    write(shelf, [(1, {}), (2, resolved), (3, resolved | {"state": "restored"})])
    told = shelf("conflicts", *words, "--take", "1=salesforce")
    assert told.code == 2
    assert told.the("error")["code"] == "usage"
    assert [each["chosen"] for each in shelf("conflicts").of("conflict")] == [None]


def test_conflicts_are_exported_for_their_owner_alone(shelf: Shelf) -> None:
    write(shelf, [(1, {"sf": '"=1+1"'}), (2, {"field": "City", "state": "resolved", "winner": "salesforce"})])
    out = shelf.folder / "conflicts.csv"
    assert shelf("conflicts", "--csv", str(out)).the("conflicts_finished")["exported"] == 1
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert [(row["id"], row["salesforce"]) for row in csv.DictReader(file)] == [("1", "'=1+1")]
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_person_reads_conflicts_in_a_table(shelf: Shelf) -> None:
    write(shelf, [(1, {})])
    told = shelf("conflicts", json=False)
    assert "waits for you" in told.out
    assert "1 conflict waiting for you." in told.out


# ------------------------------------------------------------------------------------------ consents


def write_consents(shelf: Shelf) -> None:
    """Write a review of a person, an opt-out that Dialog Insight lacks of the other, and a trail of three events."""
    ledger = shelf.fill()
    with transaction(ledger):
        add(ledger, "consent_feed", integration=1, purpose="News", field="org/contact/optout", keeps_neutral=0)
        state = {"purpose": "News", "di": 1, "earliest": AT, "as_of": AT}
        add(ledger, "consent_state", link=1, review="C5b", review_since=AT, **state)
        add(ledger, "consent_state", link=2, **state)
        since = written(datetime.now(UTC) - timedelta(days=1))
        add(ledger, "sf_opt_out", integration=1, rid="0032", purpose="News", shows="out", since=since, stamp=since)
        trail = Trail(ledger, AT, 1)
        trail.add(Person(1, "0031", "11"), "News", Action.OBSERVED, di=True, effective=AT, source="look-up")
        trail.add(Person(2, "0032", "12"), "News", Action.OBSERVED, di=True)
        trail.add(Person(1, "0031", "11"), "News", Action.REVIEW, rule="C5b")
    close_database(ledger)


def test_consents_that_wait_are_listed_with_their_age(shelf: Shelf) -> None:
    write_consents(shelf)
    told = shelf("consent")
    assert told.code == 3
    review, drift = told.of("consent")
    assert (review["kind"], review["salesforce_id"], review["rule"], review["urgency"]) == (
        "review",
        "0031",
        "C5b",
        "red",
    )
    assert (drift["kind"], drift["contact_id"], drift["urgency"]) == ("drift", "12", "calm")
    assert told.the("consent_finished") == {
        "event": "consent_finished",
        "reviews": 1,
        "drift": 1,
        "events": 0,
        "exported": 0,
        "verified": None,
    }
    assert shelf("status").the("status")["outstanding"]["consent_review"] == 1


def test_a_persons_trail_is_shown_by_any_of_their_keys(shelf: Shelf) -> None:
    write_consents(shelf)
    for key in ("0031", "11", "Ann1@Example.org"):
        told = shelf("consent", "--person", key)
        assert (told.code, [each["action"] for each in told.of("consent_event")]) == (0, ["observed", "review"])
        assert told.of("consent") == []
    nobody = shelf("consent", "--person", "0039")
    assert (nobody.code, nobody.the("error")["code"]) == (2, "usage")


def test_the_trail_is_exported_and_verified(shelf: Shelf) -> None:
    write_consents(shelf)
    out, table, waiting = (shelf.folder / name for name in ("trail.json", "trail.csv", "waiting.csv"))
    told = shelf("consent", "--export", str(out), "--csv", str(waiting), "--verify")
    assert (told.the("consent_finished")["exported"], told.the("consent_finished")["verified"]) == (5, True)
    events = json.loads(out.read_text(encoding="utf-8"))
    assert [each["seq"] for each in events] == [1, 2, 3]
    assert shelf("consent", "--person", "12", "--export", str(table)).the("consent_finished")["exported"] == 1
    with table.open(encoding="utf-8-sig", newline="") as file:
        assert [row["salesforce_id"] for row in csv.DictReader(file)] == ["0032"]
    with waiting.open(encoding="utf-8-sig", newline="") as file:
        assert [row["kind"] for row in csv.DictReader(file)] == ["review", "drift"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in (out, table, waiting)} == {0o600}


def test_a_trail_that_somebody_changed_is_a_failure_that_names_the_event(shelf: Shelf) -> None:
    write_consents(shelf)
    ledger = shelf.fill()
    with transaction(ledger):
        ledger.execute("DROP TRIGGER consent_event_update")
        ledger.execute("UPDATE consent_event SET di = 0 WHERE seq = 2")
    close_database(ledger)
    told = shelf("consent", "--verify")
    assert told.code == 1
    assert told.the("consent_finished")["verified"] is False
    assert (told.the("error")["code"], told.the("error")["where"]) == ("consent_trail", "consent_event 2")


def test_a_person_reads_consents_in_tables(shelf: Shelf) -> None:
    write_consents(shelf)
    told = shelf("consent", json=False)
    assert "opt-out that Dialog Insight lacks" in told.out
    assert "red" in told.out
    assert "Trail of consents" in shelf("consent", "--person", "0031", json=False).out


# ------------------------------------------------------------------------------------------ others


def test_status_tells_freshness_scope_and_the_next_run(shelf: Shelf) -> None:
    ledger = shelf.fill()
    with transaction(ledger):
        ledger.execute("UPDATE link SET checked = 1790000000 WHERE id = 1")
        add(
            ledger,
            "seen",
            integration=1,
            side="SF",
            rid="0039",
            stamp=AT,
            layout=1,
            vals="[]",
            pending=0,
            run=1,
            presence=2,
        )
    close_database(ledger)
    contacts, leads = shelf("status").the("status")["integrations"]
    assert contacts["freshness"] == {"oldest_look": "2026-09-21T14:13:20Z", "never_looked": 1}
    assert contacts["out_of_scope"] == 1
    assert contacts["next"] is not None
    assert leads["next"] is None


def test_a_run_that_never_was_cannot_be_taken_back(shelf: Shelf) -> None:
    told = shelf("undo", "7")
    assert (told.code, told.the("error")["code"]) == (2, "usage")
    assert "There is no run 7" in told.the("error")["message"]


def test_a_project_without_a_schedule_is_not_kept_running(shelf: Shelf) -> None:
    assert shelf("run", "--integration", "Leads").code == 2
    shelf.project = members(Contacts=None)
    assert shelf("run").code == 2


def test_a_plan_of_elsewhere_or_none_at_all_is_wrong_use(shelf: Shelf) -> None:
    other = shelf.folder / "notes.txt"
    other.write_text("no plan", encoding="utf-8")
    for path in (other, shelf.folder / "nowhere"):
        told = shelf("sync", "--plan", str(path))
        assert (told.code, told.the("error")["code"]) == (2, "plan")
    assert shelf("preview", "--save", str(shelf.folder / "nowhere" / "plan")).code == 2


def test_a_ledger_of_an_older_version_is_brought_up_to_date_by_a_look(tmp_path: Path, shelf: Shelf) -> None:
    project = str(shelf.project["id"])
    key = ledger_key(open_vault(shelf.secrets, project), project, make=False)
    for old in shelf.ledger.parent.glob("ledger.sqlite*"):
        old.unlink()
    close_database(open_database(shelf.ledger, key, MIGRATIONS[:1]))
    assert shelf("conflicts").code == 0
    assert finished(shelf.start("status", str(shelf.file), *shelf.places, "--json")).code == 0
