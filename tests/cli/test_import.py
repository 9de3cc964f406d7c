"""`disf import` as a script meets it: files of people into Dialog Insight and Salesforce, and what is told of them."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from tests.cli.conftest import Desk, Told

NEWSLETTER = "newsletter/Contact"
ORG = "salesforce-demo/Contact"
TO_LIST = "Numéro=SalesforceID;Courriel=EMail;Prénom=FirstName;Nom=LastName;Naissance=BirthDate;Points=Points"
TO_ORG = "Matricule=Legacy_Id__c;Courriel=Email;Prénom=FirstName;Nom=LastName"
_CHECKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def record_id(number: int) -> str:
    short = f"003{number:012d}"
    checks = ("".join("1" if c.isupper() else "0" for c in reversed(short[i : i + 5])) for i in (0, 5, 10))
    return short + "".join(_CHECKS[int(bits, 2)] for bits in checks)


def person(number: int) -> dict[str, str]:
    return {
        "Numéro": record_id(8_000_000 + number),
        "Matricule": f"N{number:05d}",
        "Courriel": f"importee{number}@exemple.example",
        "Prénom": f"Hélène {number}",
        "Nom": "L’Écuyer",
        "Naissance": f"{number % 16 + 13}/02/1980",
        "Points": f"1 0{number % 100:02d},5",
    }


def people(folder: Path, count: int, /, name: str = "gens.csv", **changed: dict[int, str]) -> Path:
    """Write people as French Excel does; `changed` gives cells by column and number of the person."""
    rows = [person(n) for n in range(count)]
    for column, cells in changed.items():
        for number, text in cells.items():
            rows[number][column] = text
    file = folder / name
    with file.open("w", encoding="cp1252", newline="") as out:
        writer = csv.DictWriter(out, list(person(0)), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return file


def imported(disf: Desk, file: Path, *words: str, **more: Any) -> Told:
    return disf("import", str(file), *words, **more)


def to_list(disf: Desk, file: Path, *words: str) -> Told:
    return imported(disf, file, "--to", NEWSLETTER, "--columns", TO_LIST, *words)


def to_org(disf: Desk, file: Path, *words: str) -> Told:
    return imported(disf, file, "--to", ORG, "--columns", TO_ORG, *words)


def lines(disf: Desk, path: str) -> list[dict[str, Any]]:
    reply = requests.get(f"{disf.ready['control_url']}/{path}", timeout=30)
    reply.raise_for_status()
    return [json.loads(line) for line in reply.text.splitlines()]


def in_org(disf: Desk) -> dict[str, dict[str, Any]]:
    found = lines(disf, "salesforce/Contact.ndjson")
    return {each["Legacy_Id__c"]: each for each in found if (each["Legacy_Id__c"] or "").startswith("N")}


def calls(disf: Desk) -> int:
    return sum(each["count"] for each in disf.control("requests"))


def read(path: str | Path, delimiter: str = ";") -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


# Dialog Insight


def test_a_french_file_fills_a_contact_list_and_stays_as_it_was(disf: Desk) -> None:
    file = people(disf.folder, 30)
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    told = to_list(disf, file)
    assert told.code == 0
    done = told.the("import_finished")
    assert (done["status"], done["rows"], done["created"], done["refused"]) == ("success", 30, 30, 0)
    stored = {each["f_SalesforceID"]: each for each in disf.contacts()}
    zero = stored[record_id(8_000_000)]
    assert (zero["f_FirstName"], zero["f_LastName"], zero["f_EMail"]) == (
        "Hélène 0",
        "L’Écuyer",
        "importee0@exemple.example",
    )
    assert str(zero["f_BirthDate"]).startswith("1980.02.13")
    assert float(zero["f_Points"]) == 1000.5
    assert len(stored) == 30
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before
    assert not any(name.startswith(("optin", "dtoptin")) and value for name, value in zero.items())


def test_the_calls_told_are_the_requests_that_the_services_saw(disf: Desk) -> None:
    told = to_list(disf, people(disf.folder, 30))
    assert sum(told.the("import_finished")["calls"].values()) == calls(disf)


def test_columns_are_paired_by_their_names_and_what_is_left_out_is_told(disf: Desk) -> None:
    file = people(disf.folder, 5)
    file.write_bytes(file.read_bytes().replace("Numéro".encode("cp1252"), b"Id Salesforce"))
    told = imported(disf, file, "--to", NEWSLETTER, "--check")
    assert told.code == 0
    notices = {each["code"]: each["message"] for each in told.of("notice")}
    assert "Matricule" in notices["not_imported"]
    assert "cp1252" in notices["recognised"]
    assert "America/Toronto" in notices["recognised"]
    assert set(told.the("import_checked")["not_imported"]) >= {"Matricule"}


def test_a_check_sends_nothing_and_names_every_wrong_row(disf: Desk) -> None:
    wrong: dict[str, dict[int, str]] = {
        "Courriel": {3: "pas une adresse"},
        "Naissance": {7: "31/02/1980"},
        "Numéro": {9: person(8)["Numéro"]},
    }
    told = to_list(disf, people(disf.folder, 20, "gens.csv", **wrong), "--check")
    assert told.code == 3
    checked = told.the("import_checked")
    assert (checked["rows"], checked["refused"], checked["decided_when_sent"]) == (20, 4, 16)
    assert checked["problems"] == {"email": 1, "not_a_date": 1, "duplicate_key": 2}
    refused = {each["row"]: each for each in told.of("row_refused")}
    assert refused[5]["column"] == "Courriel"
    assert refused[9]["code"] == "not_a_date"
    assert refused[10]["figures"] == {"row": 11, "count": 2}
    assert not disf.contacts()
    assert not disf.writes()


def test_a_check_without_a_wrong_row_ends_well(disf: Desk) -> None:
    assert to_list(disf, people(disf.folder, 3), "--check").code == 0


def test_refused_rows_stay_behind_and_every_row_is_in_the_results(disf: Desk) -> None:
    file = people(disf.folder, 10, Courriel={3: "pas une adresse"}, Prénom={4: "=cmd|' /C calc'!A0"})
    told = to_list(disf, file, "--results", "out")
    assert told.code == 3
    done = told.the("import_finished")
    assert (done["created"], done["refused"], done["left"]) == (9, 1, 0)
    assert set(done["results"]) == {"results", "success", "error"}
    results = read(done["results"]["results"])
    assert [row["Courriel"] for row in results] == [row["Courriel"] for row in read_source(file)]
    assert [row["disf outcome"] for row in results].count("created") == 9
    assert results[3]["disf reason"]
    assert all(row["disf id"] for n, row in enumerate(results) if n != 3)
    assert results[4]["Prénom"].startswith("'=")
    assert [row["Courriel"] for row in read(done["results"]["error"])] == ["pas une adresse"]
    assert len(read(done["results"]["success"])) == 9


def read_source(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="cp1252", newline="") as source:
        return list(csv.DictReader(source, delimiter=";"))


def test_results_can_be_imported_again_and_our_own_columns_are_passed_over(disf: Desk) -> None:
    done = to_list(disf, people(disf.folder, 10), "--results", "out").the("import_finished")
    again = imported(
        disf, Path(done["results"]["results"]), "--to", NEWSLETTER, "--columns", TO_LIST, "--dates=day_first"
    )
    assert again.code == 0
    assert again.the("import_finished")["updated"] == 10
    assert again.the("import_checked")["not_imported"] == ["Matricule"]


def test_rows_go_into_a_custom_table_by_its_key(disf: Desk) -> None:
    disf("sync", "--integration", "Contacts")
    contact = next(each["idContact"] for each in disf.contacts())
    file = disf.folder / "commandes.csv"
    rows = [f"I{n};{contact};{n},50;0{n + 1}/01/2026;oui" for n in range(5)]
    file.write_text("\n".join(["Commande;Contact;Montant;Jour;Payée", *rows]), encoding="utf-8")
    pairs = "Commande=OrderNumber;Contact=idContact;Montant=Amount;Jour=OrderDate;Payée=Paid"
    told = imported(disf, file, "--to", "newsletter/ORDERS", "--columns", pairs, "--dates", "day_first")
    assert told.code == 0, told.out
    stored = lines(disf, f"dialog-insight/tables/{disf.ready['tables']['ORDERS']}/rows.ndjson")
    assert {each.get("f_OrderNumber", each.get("OrderNumber")) for each in stored} >= {f"I{n}" for n in range(5)}


def test_the_next_sync_sends_nothing_where_both_sides_say_the_same(disf: Desk) -> None:
    disf.only("Contacts")
    pairs = disf.project["integrations"][0]["mapping"]["pairs"]
    companies = {each["Id"]: each["Name"] for each in lines(disf, "salesforce/Account.ndjson")}
    file = disf.folder / "salesforce.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([pair["target"] for pair in pairs])
        for each in lines(disf, "salesforce/Contact.ndjson"):
            each["Account.Name"] = companies.get(each["AccountId"])
            values = [each[pair["source"]] for pair in pairs]
            writer.writerow(["" if v is None else str(v).lower() if isinstance(v, bool) else v for v in values])
    told = imported(disf, file, "--to", NEWSLETTER)
    assert (told.the("import_finished")["created"], told.code) == (297, 3)
    writes = disf.writes()
    synced = disf("sync").the("run_finished")
    assert disf.writes() == writes
    assert synced["dialog_insight"] == {"read": 0, "created": 0, "updated": 0, "deleted": 0}
    assert (synced["unchanged"], synced["salesforce"]["updated"], synced["conflicts"]) == (297, 0, 0)
    assert disf("status").the("status")["integrations"][0]["links"] == 297


# Salesforce


def test_contacts_are_made_and_changed_by_external_id(disf: Desk) -> None:
    file = people(disf.folder, 20)
    first = to_org(disf, file, "--key", "Legacy_Id__c")
    assert first.code == 0, first.out
    assert first.the("import_checked")["new"] == 20
    assert first.the("import_finished")["created"] == 20
    assert {each["FirstName"] for each in in_org(disf).values()} == {f"Hélène {n}" for n in range(20)}
    people(disf.folder, 20, Prénom={2: "Zoé"})
    second = to_org(disf, file, "--key", "Legacy_Id__c")
    checked = second.the("import_checked")
    assert (checked["new"], checked["changed"], checked["unchanged"], checked["changed_known"]) == (0, 1, 19, True)
    assert second.the("import_finished")["updated"] == 1
    assert in_org(disf)["N00002"]["FirstName"] == "Zoé"


def test_a_file_of_more_than_two_thousand_rows_goes_by_bulk(disf: Desk) -> None:
    told = to_org(disf, people(disf.folder, 2100), "--key", "Legacy_Id__c")
    assert (told.code, told.the("import_finished")["created"]) == (0, 2100)
    assert len(in_org(disf)) == 2100
    assert any("ingest" in each["call"].casefold() for each in disf.control("requests"))


def test_insert_only_makes_a_record_of_every_row_and_is_not_done_twice(disf: Desk) -> None:
    file = people(disf.folder, 12)
    told = to_org(disf, file, "--mode", "create")
    assert (told.code, told.the("import_finished")["created"]) == (0, 12)
    assert len(in_org(disf)) == 12
    again = to_org(disf, file, "--mode", "create")
    assert (again.code, again.the("error")["code"]) == (1, "imported_already")
    assert sum((each["Email"] or "").startswith("importee") for each in lines(disf, "salesforce/Contact.ndjson")) == 12
    assert to_org(disf, file, "--mode", "create", "--anew").code in (0, 3)


def test_update_only_refuses_rows_whose_record_is_not_there(disf: Desk) -> None:
    to_org(disf, people(disf.folder, 3), "--key", "Legacy_Id__c")
    told = to_org(disf, people(disf.folder, 5, Prénom={1: "Zoé"}), "--key", "Legacy_Id__c", "--mode", "update")
    assert told.code == 3
    done = told.the("import_finished")
    assert (done["created"], done["updated"], done["unchanged"], done["refused"]) == (0, 1, 2, 2)
    assert {each["code"] for each in told.of("row_refused")} == {"not_there"}
    assert len(in_org(disf)) == 3


def test_records_are_updated_by_their_own_id(disf: Desk) -> None:
    first = lines(disf, "salesforce/Contact.ndjson")[0]
    file = disf.folder / "ids.csv"
    file.write_text(f"Id,Titre\n{first['Id']},Reine\n{record_id(99)},Roi\n", encoding="utf-8")
    words = ("--to", ORG, "--columns", "Id=Id;Titre=Title", "--key", "Id", "--mode", "update")
    told = imported(disf, file, *words)
    assert told.the("import_finished")["updated"] == 1
    assert {each["row"] for each in told.of("row_refused")} == {3}
    assert lines(disf, "salesforce/Contact.ndjson")[0]["Title"] == "Reine"


# Recipes, and going on


def test_a_saved_recipe_is_used_for_a_file_of_the_same_shape(disf: Desk) -> None:
    columns = [{"column": "Numéro", "field": "SalesforceID"}, {"column": "Courriel", "field": "EMail"}]
    recipe = {"name": "Mensuel", "to": NEWSLETTER, "header": list(person(0)), "columns": columns}
    disf.project = disf.project | {"imports": [recipe]}
    told = imported(disf, people(disf.folder, 4), "--to", NEWSLETTER)
    assert told.code == 0
    assert "Mensuel" in next(each["message"] for each in told.of("notice") if each["code"] == "recipe_used")
    assert {each["f_FirstName"] for each in disf.contacts()} <= {None, ""}
    named = imported(disf, people(disf.folder, 5, "autres.csv"), "--recipe", "Mensuel", "--check")
    assert named.the("import_checked")["rows"] == 5


def test_columns_may_be_named_in_a_file(disf: Desk) -> None:
    pairs = {"Numéro": "SalesforceID", "Courriel": "EMail"}
    for name, text in {"c.yaml": yaml.safe_dump(pairs, allow_unicode=True), "c.json": json.dumps(pairs)}.items():
        (disf.folder / name).write_text(text, encoding="utf-8")
        told = imported(disf, people(disf.folder, 4), "--to", NEWSLETTER, "--columns", name, "--check")
        assert (told.code, told.the("import_checked")["rows"]) == (0, 4)


def test_a_check_that_is_kept_is_told_again_without_asking_for_the_rows_anew(disf: Desk) -> None:
    file = people(disf.folder, 10, Courriel={3: "pas une adresse"})
    first, second = to_list(disf, file, "--check"), to_list(disf, file, "--check")
    assert first.the("import_checked")["id"] == second.the("import_checked")["id"]
    assert [each["row"] for each in second.of("row_refused")] == [5]
    assert not second.of("progress")
    assert second.code == 3
    assert to_list(disf, file, "--check", "--anew").the("import_checked")["id"].endswith("-2")


def test_a_finished_import_begins_anew_and_the_history_has_both(disf: Desk) -> None:
    file = people(disf.folder, 3)
    first, second = to_list(disf, file).the("import_finished"), to_list(disf, file).the("import_finished")
    assert (first["created"], second["updated"]) == (3, 3)
    assert (first["id"].rpartition("-")[2], second["id"].rpartition("-")[2]) == ("1", "2")
    runs = disf("status").the("status")["runs"]
    assert [run["summary"]["import"]["id"] for run in runs] == [second["id"], first["id"]]


def test_an_import_leaves_no_name_of_a_person_behind_in_the_profile(disf: Desk) -> None:
    to_list(disf, people(disf.folder, 10, Courriel={3: "pas une adresse"}), "-v")
    for path in disf.profile.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"exemple.example" not in content
            assert "Hélène".encode() not in content
            assert b"gens.csv" not in content


# Wrong use


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--to"),
        (("--to", ORG, "--columns", TO_ORG), "Legacy_Id__c"),
        (("--to", NEWSLETTER, "--columns", "Courriel"), "Courriel=EMail"),
        (("--to", NEWSLETTER, "--encoding", "klingon"), "klingon"),
        (("--to", NEWSLETTER, "--delimiter", "%"), "semicolon"),
        (("--to", NEWSLETTER, "--time-zone", "Mars/Olympus"), "Mars"),
        (("--to", NEWSLETTER, "--mode", "merge"), "merge"),
        (("--to", NEWSLETTER, "--results", "a/b/c"), "--results"),
    ],
)
def test_wrong_use_is_said_with_what_would_be_right(disf: Desk, words: tuple[str, ...], said: str) -> None:
    told = imported(disf, people(disf.folder, 2), *words)
    assert (told.code, told.the("error")["code"]) == (2, "usage")
    assert said in told.the("error")["message"]


def test_a_file_that_is_not_there_is_wrong_use(disf: Desk) -> None:
    assert imported(disf, disf.folder / "nothing.csv", "--to", NEWSLETTER).code == 2


def test_a_destination_that_is_not_there_lists_those_there_are(disf: Desk) -> None:
    told = imported(disf, people(disf.folder, 2), "--to", "nowhere/Contact")
    assert (told.code, told.the("error")["code"]) == (1, "settings")
    assert "newsletter/ORDERS" in told.the("error")["what_to_do"]


def test_dates_that_can_be_read_two_ways_are_asked_about(disf: Desk) -> None:
    days = {n: f"0{n + 1}/02/1980" for n in range(5)}
    told = to_list(disf, people(disf.folder, 5, Naissance=days))
    assert told.code == 1
    error = told.the("error")
    assert "Naissance" in error["message"]
    assert "--dates" in error["what_to_do"]
    assert to_list(disf, people(disf.folder, 5, Naissance=days), "--dates", "month_first").code == 0
    assert {str(each["f_BirthDate"])[:10] for each in disf.contacts()} == {f"1980.0{n + 1}.02" for n in range(5)}


def test_a_key_that_no_column_fills_and_a_field_that_is_not_there_are_problems(disf: Desk) -> None:
    told = imported(disf, people(disf.folder, 2), "--to", NEWSLETTER, "--columns", "Courriel=EMail;Nom=LastNom")
    messages = " ".join(each["message"] for each in told.of("error"))
    assert told.code == 1
    assert "SalesforceID" in messages
    assert "LastNom" in messages


def test_no_consent_is_sent_to_dialog_insight(disf: Desk) -> None:
    pairs = f"{TO_LIST};Points=optin_Newsletter"
    told = imported(disf, people(disf.folder, 2), "--to", NEWSLETTER, "--columns", pairs)
    assert told.code == 1
    assert not disf.contacts()


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\xff" * 400, b"%PDF-1.7 not a table"])
def test_a_file_that_holds_no_rows_is_refused_clearly(disf: Desk, content: bytes) -> None:
    file = disf.folder / "what.csv"
    file.write_bytes(content)
    told = imported(disf, file, "--to", NEWSLETTER)
    assert told.code == 1
    assert told.of("error")


def test_the_check_of_the_project_file_knows_its_recipes(disf: Desk) -> None:
    disf.project = disf.project | {"imports": [{"name": "Vieux", "to": "gone/Contact"}]}
    told = disf("check", "--offline")
    assert [each["path"] for each in told.of("problem")] == ["imports[0].to"]
    assert disf("sync", "--integration", "Contacts").code == 3


# For people


def test_people_get_tables(disf: Desk) -> None:
    told = imported(
        disf,
        people(disf.folder, 10, Courriel={3: "pas une adresse"}),
        *("--to", NEWSLETTER, "--columns", TO_LIST, "--results", "out"),
        json=False,
    )
    assert told.code == 3
    assert "Courriel is not an e-mail address." in told.out
    assert "The check of 10 rows" in told.out
    assert "results.csv" in told.out
    assert "sending to Dialog Insight" in told.err
