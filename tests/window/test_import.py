"""A file brought into Dialog Insight at the real window: read, paired, checked, corrected, sent, and not sent twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.window.person import Person, at_a_screen, eventually
from tests.window.wizard import COLUMNS, Wizard, at_the_wizard, made_up, prepared, read, row_of, write

SLOW = {"fault": "delay", "service": "dialog_insight", "call": "Contacts.Merge", "seconds": 1, "times": None}
MANY = 3000


def arrived(wizard: Wizard) -> Counter[str]:
    """Count whom Dialog Insight holds, by e-mail address."""
    return Counter(each["f_EMail"] for each in wizard.demo.contacts())


@pytest.mark.x11
@at_a_screen
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_file_of_french_excel_is_corrected_and_sent_and_the_next_sync_sends_nothing(
    tmp_path: Path, language: str
) -> None:
    with prepared(tmp_path, 40) as ready, at_the_wizard(tmp_path, ready, language) as wizard:
        person, demo = wizard.person, wizard.demo
        people = demo.people()
        rows = [row_of(each) for each in people.values()]
        assert any("é" in each["Prénom"] for each in rows)
        without_dot, no_such_day = rows[3], next(each for each in rows[5:] if each["Naissance"])
        address, birth = without_dot["Courriel"], no_such_day["Naissance"]
        without_dot["Courriel"], no_such_day["Naissance"] = "personne@bureau", "31/02/1985"
        file = write(tmp_path / "clients.csv", rows)

        wizard.begin()
        wizard.destined()
        wizard.choose(file)
        for name, choice in (
            ("Encoding", "Windows-1252 (Windows, Western)"),
            ("Between cells", "semicolon"),
            ("Dates", "Day first: 31/12/1990"),
        ):
            assert person.see(name, kind="pick")["text"] in person.words(choice)
        person.click("Next: the columns", kind="button")
        wizard.press(f"{len(COLUMNS) - 1} ")  # the button says how many are certain
        columns = person.words("Columns of the file")
        person.drag(
            person.see("Poste fixe", own=True, kind="cell", view=columns), person.see("Phone", own=True, kind="cell")
        )
        wizard.press("40")
        wizard.at("Check before anything is sent")
        assert wizard.figure("Rows to correct") == 2
        assert not demo.contacts(), "a check sends nothing"
        wizard.stand_on("personne@bureau")
        person.key("F2", "ctrl+a")
        person.type(address)
        person.key("Return")
        wizard.verb("39")
        wizard.stand_on("31/02/1985")
        person.type(birth)  # what is typed takes the place of what is there
        person.key("Return")
        person.see("Every row can be sent")
        wizard.press("40")
        wizard.at("Every row has arrived")
        assert (wizard.figure("Created"), wizard.figure("Refused"), wizard.figure("To correct")) == (40, 0, 0)

        contacts = demo.contacts()
        assert {each["f_SalesforceID"] for each in contacts} == set(people)
        for contact in contacts:
            there = people[contact["f_SalesforceID"]]
            for field, source in COLUMNS.values():
                held = contact[f"f_{field}"] or ""
                assert (held[:10].replace(".", "-") if field == "BirthDate" else held) == (there[source] or ""), field

        person.click("Close", kind="button")
        demo.is_idle()
        demo.later()
        written = wizard.calls()["dialog_insight", "Contacts.Merge"]
        person.click("Sync now", kind="button")
        eventually(lambda: ran(wizard) is not None, "the end of the sync")
        assert ran(wizard) == (0, 0), "nothing is created or updated on either side"
        assert wizard.calls()["dialog_insight", "Contacts.Merge"] == written
        assert (demo.contacts(), demo.people()) == (contacts, people)
        person.key("ctrl+q")


def ran(wizard: Wizard) -> tuple[int, int] | None:
    """Give what the last sync has created and updated on both sides together; None where none came to its end."""
    for run in wizard.workspace.runs():
        if run.summary.get("event") == "run_finished" and "import" not in run.summary:
            sides = [run.summary[side] for side in ("salesforce", "dialog_insight")]
            return sum(each["created"] for each in sides), sum(each["updated"] for each in sides)
    return None


@pytest.mark.x11
@at_a_screen
def test_an_import_is_stopped_and_goes_on_with_the_rest(tmp_path: Path) -> None:
    with prepared(tmp_path, 40) as ready, at_the_wizard(tmp_path, ready) as wizard:
        person, demo, rows = wizard.person, wizard.demo, made_up(MANY)
        wizard.checked(write(tmp_path / "many.csv", rows))
        demo.tell("faults", [SLOW])
        wizard.press("3,000")
        wizard.at("The import is under way")
        eventually(demo.contacts, "the first of them")
        person.click("Pause", kind="button")
        person.see("Paused", kind="label")
        person.click("Resume", kind="button")
        person.click("Stop after this batch", kind="button")
        wizard.at("The import was stopped")
        so_far, left = sum(arrived(wizard).values()), wizard.figure("Left to send")
        assert 0 < so_far < MANY
        assert so_far + left == MANY
        demo.tell("faults", [])
        wizard.press(f"{left:,}")
        wizard.at("Every row has arrived")
        assert arrived(wizard) == Counter(each["Courriel"] for each in rows)
        assert wizard.figure("Created") == MANY


@pytest.mark.x11
@at_a_screen
def test_an_import_outlives_its_wizard_and_is_taken_up_again_after_the_program_has_ended(tmp_path: Path) -> None:
    rows = made_up(MANY)
    file = write(tmp_path / "many.csv", rows)
    with prepared(tmp_path, 40) as ready:
        with at_the_wizard(tmp_path, ready) as wizard:
            person, demo = wizard.person, wizard.demo
            wizard.checked(file)
            demo.tell("faults", [SLOW])
            wizard.press("3,000")
            eventually(demo.contacts, "the first of them")
            person.click("Close", kind="button")
            before = sum(arrived(wizard).values())
            eventually(lambda: sum(arrived(wizard).values()) > before, "others, while the wizard is closed")
            person.click("Importing…", kind="button")
            wizard.at("The import is under way")
            person.click("Close", kind="button")
            person.gone("The import is under way")
            person.key("ctrl+q")
            person.click("Stop and close", kind="button")
            person.has_left()
            so_far = sum(arrived(wizard).values())
            assert before < so_far < MANY
            demo.tell("faults", [])
        with at_the_wizard(tmp_path / "again", ready) as wizard:
            wizard.checked(file)
            wizard.press(f"{MANY - so_far:,}")
            wizard.at("Every row has arrived")
            assert arrived(wizard) == Counter(each["Courriel"] for each in rows)


@pytest.mark.x11
@at_a_screen
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_file_is_imported_by_the_keyboard_alone_and_its_results_are_kept(tmp_path: Path, language: str) -> None:
    rows = made_up(12)
    rows[4]["Courriel"], rows[7]["Courriel"] = "personne5", "personne8"
    rows[9]["Nom"] = "=1+2"
    file = write(tmp_path / "gens.csv", rows)
    folder = tmp_path / "results"
    folder.mkdir()
    with prepared(tmp_path, 40) as ready, at_the_wizard(tmp_path, ready, language) as wizard:
        person = wizard.person
        press(person, "Import CSV…")
        hand_in(person, "Tables and objects")
        person.key("Home")
        person.see("Next: the file", kind="button", enabled=True)
        person.key("Return")
        wizard.at("Which file?")
        press(person, "Choose a file…")
        wizard.name("Choose the file to import", file)
        press(person, "Day first: 31/12/1990")
        press(person, "Next: the columns")
        wizard.at("Which column fills which field?")
        hand_in(person, "Columns of the file")
        person.key("Return")  # takes what is proposed under the hand
        person.part(f"{len(COLUMNS) - 2} ", kind="button", enabled=True)
        person.key("shift+Return")  # takes all that is certain
        press_part(person, "12 ")
        wizard.at("Check before anything is sent")
        wizard.stand_on("personne5")
        person.key("F2", "End")
        person.type("@exemple.example")
        person.key("Return")
        wizard.verb("11")
        press_part(person, "11 ")
        wizard.at("The import has ended; some rows need you")
        press(person, "Save the results…")
        wizard.name("The folder for the results", folder)
        person.see("The results are saved")
        person.key("Escape")
        person.gone("The import has ended; some rows need you")

        kept = {each["Courriel"]: each for each in read(folder / "results.csv")}
        contacts = {each["f_EMail"]: each for each in wizard.demo.contacts()}
        assert len(kept) == 12
        assert contacts.keys() == kept.keys() - {"personne8"}
        told = set(next(iter(kept.values()))) - set(COLUMNS)
        for address, contact in contacts.items():
            assert str(contact["idContact"]) in {kept[address][name] for name in told}
            assert contact["f_FirstName"] == kept[address]["Prénom"]
            assert kept[address]["Nom"].lstrip("'") == contact["f_LastName"]
        assert kept["personne10@exemple.example"]["Nom"] == "'=1+2", "no formula in a spreadsheet"
        assert [each["Courriel"] for each in read(folder / "error.csv")] == ["personne8"]
        assert len(read(folder / "success.csv")) == 11


def press(person: Person, button: str) -> None:
    """Come to a button by the keyboard, and press it."""
    person.tab_to(button, kind="button", enabled=True)
    person.key("space")


def press_part(person: Person, part: str) -> None:
    """Come to a button by the keyboard that says how many, and press it."""
    person.part(part, kind="button", enabled=True)
    for _ in range(40):
        if any(part in each["text"] for each in person.all(kind="button", focus=True)):
            person.key("space")
            return
        person.key("Tab")
    raise AssertionError(f"Tab never came to …{part}…")


def hand_in(person: Person, view: str) -> None:
    """Wait until the keyboard is in a list, where a step begins."""
    eventually(lambda: person.all(kind="cell", view=person.words(view), focus=True), f"the hand in {view}")
