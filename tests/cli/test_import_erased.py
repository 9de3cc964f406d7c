"""`disf import` of a file with people who were erased from Dialog Insight: never unasked, told with their number."""

from __future__ import annotations

import csv
from contextlib import closing
from pathlib import Path

from disf_desktop.storage.database import open_database
from disf_desktop.storage.ledger_schema import MIGRATIONS
from disf_desktop.storage.vault import ledger_key, open_vault
from tests.cli.conftest import Desk, Told
from tests.cli.test_import import NEWSLETTER, TO_LIST, person


def written(folder: Path, *addresses: str) -> Path:
    """Write a file of people who are known by these addresses alone: their numbers are new."""
    file = folder / "gens.csv"
    with file.open("w", encoding="cp1252", newline="") as out:
        writer = csv.DictWriter(out, list(person(0)), delimiter=";")
        writer.writeheader()
        writer.writerows(person(n) | {"Courriel": address} for n, address in enumerate(addresses))
    return file


def imported(disf: Desk, file: Path, *words: str, json: bool = True) -> Told:
    return disf("import", str(file), "--to", NEWSLETTER, "--columns", TO_LIST, *words, json=json)


def addresses(disf: Desk) -> list[str]:
    return [each["f_EMail"] for each in disf.contacts()]


def looked_for_twice(disf: Desk) -> None:
    """Let two looks find nobody, the second one so much later that it cannot be behind a save."""
    disf("sync", "--audit")
    project = str(disf.project["id"])
    key = ledger_key(open_vault(disf.secrets, project), project, make=False)
    with closing(open_database(disf.ledger, key, MIGRATIONS)) as ledger:
        ledger.execute("UPDATE link SET checked = checked - 600 WHERE suspect = 1")
    disf("sync", "--audit")


def test_who_was_erased_in_dialog_insight_comes_back_by_a_file_only_when_somebody_asks(disf: Desk) -> None:
    disf.only("Contacts")
    assert disf("sync").code in (0, 2, 3)
    gone = disf.contacts()[0]
    project = disf.ready["projects"]["Newsletter"]
    disf.control(f"dialog-insight/projects/{project}/contacts", {"idContact": gone["idContact"], "delete": True})
    looked_for_twice(disf)
    file = written(disf.folder, "neuve@exemple.example", gone["f_EMail"].upper())

    checked = imported(disf, file, "--check")
    assert checked.code == 3
    assert checked.the("import_checked")["problems"] == {"erased": 1}
    [refused] = checked.of("row_refused")
    assert (refused["row"], refused["column"], refused["code"]) == (3, "Courriel", "erased")
    [notice] = [each for each in checked.of("notice") if each["code"] == "erased"]
    assert "1" in notice["message"]
    assert "--bring-back" in notice["what_to_do"]

    unasked = imported(disf, file).the("import_finished")
    assert (unasked["created"], unasked["refused"]) == (1, 1)
    assert addresses(disf).count("neuve@exemple.example") == 1
    assert gone["f_EMail"] not in map(str.lower, addresses(disf))

    asked = imported(disf, file, "--bring-back")
    assert asked.code == 0
    assert asked.the("import_checked")["brought_back"] == 1
    assert [each["code"] for each in asked.of("notice")][-1] == "brought_back"
    assert gone["f_EMail"] in map(str.lower, addresses(disf))


def test_a_person_at_the_terminal_reads_who_is_not_sent_and_how_to_ask(disf: Desk) -> None:
    disf.only("Contacts")
    disf("sync")
    gone = disf.contacts()[0]
    project = disf.ready["projects"]["Newsletter"]
    disf.control(f"dialog-insight/projects/{project}/contacts", {"idContact": gone["idContact"], "delete": True})
    looked_for_twice(disf)
    told = imported(disf, written(disf.folder, gone["f_EMail"]), "--check", json=False)
    said = " ".join((told.out + told.err).split())
    assert "erased" in said
    assert "--bring-back" in said
