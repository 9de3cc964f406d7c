"""The import wizard at the real window, and the files that a person brings to it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from disf_desktop.workspace import Places, Workspace
from tests.window.demo import NEWSLETTER, Demo
from tests.window.person import Thing, asked, at_the_window, eventually, simulator

Row = dict[str, str]

COLUMNS = {
    "Id Salesforce": ("SalesforceID", "Id"),
    "Courriel": ("EMail", "Email"),
    "Prénom": ("FirstName", "FirstName"),
    "Nom": ("LastName", "LastName"),
    "Cellulaire": ("Mobile", "MobilePhone"),
    "Naissance": ("BirthDate", "Birthdate"),
    "Ville": ("City", "MailingCity"),
    "Poste fixe": ("Phone", "Phone"),
}
"""The columns of the files here: the fields that they are for, and where Salesforce has the same. Nothing but a person
knows of the last one what it is for."""

CERTAIN = len(COLUMNS) - 1


def day(iso: str | None) -> str:
    """Write a day as a French spreadsheet does."""
    return "/".join(reversed(iso.split("-"))) if iso else ""


def row_of(contact: Mapping[str, Any]) -> Row:
    """Write a Salesforce contact as a row of a file."""
    cells = {column: contact[source] or "" for column, (_, source) in COLUMNS.items()}
    return cells | {"Naissance": day(contact["Birthdate"])}


def made_up(count: int) -> list[Row]:
    """Give people whom no service knows, with days that can be read two ways."""
    return [
        dict.fromkeys(COLUMNS, "")
        | {
            "Id Salesforce": f"003Zz{n:013d}",
            "Courriel": f"personne{n}@exemple.example",
            "Prénom": f"Zoé {n}",
            "Nom": f"L’Écuyer-{n}",
            "Naissance": f"{n % 12 + 1:02d}/{n % 11 + 1:02d}/{1950 + n % 50}",
        }
        for n in range(1, count + 1)
    ]


def write(path: Path, rows: Iterable[Row]) -> Path:
    """Write rows as French Excel does: semicolons, Windows-1252."""
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.DictWriter(file, list(COLUMNS), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(path: Path) -> list[Row]:
    """Read a file of results, as a spreadsheet would."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=csv.Sniffer().sniff(file.readline()).delimiter)
        file.seek(0)
        names = next(rows)
        return [dict(zip(names, cells, strict=True)) for cells in rows]


@contextmanager
def prepared(folder: Path, contacts: int) -> Iterator[dict[str, Any]]:
    """Start the services, with a project file whose mapping of contacts has the fields of `COLUMNS` and no others, so
    that a sync finds nothing else to send."""
    with simulator(folder, contacts) as ready:
        file = Path(ready["project_file"])
        project = yaml.safe_load(file.read_text(encoding="utf-8"))
        [integration] = [each for each in project["integrations"] if each["name"] == "Contacts"]
        integration.pop("optins")
        integration["triggers"].remove("optin_changed")
        fields = {field for field, _ in COLUMNS.values()}
        mapping = integration["mapping"]
        mapping["pairs"] = [each for each in mapping["pairs"] if each["target"] in fields]
        assert len(mapping["pairs"]) == len(fields)
        project["integrations"] = [integration]
        file.write_text(yaml.safe_dump(project, allow_unicode=True), encoding="utf-8")
        yield ready


@contextmanager
def at_the_wizard(folder: Path, ready: dict[str, Any], language: str = "en") -> Iterator[Wizard]:
    """Open the project file in the real window."""
    folder.mkdir(exist_ok=True)
    places = ("--profile", ready["profile"], "--secrets", ready["secrets"])
    with at_the_window(folder, ready["project_file"], *places, language=language) as (person, _):
        demo = Demo(person, ready)
        demo.is_idle()
        yield Wizard(demo)


class Wizard:
    """The hands and the eyes of a person at the wizard."""

    def __init__(self, demo: Demo) -> None:
        self.demo, self.person = demo, demo.person

    @property
    def workspace(self) -> Workspace:
        """What the profile holds, read beside the window."""
        ready = self.demo.ready
        return Workspace(self.demo.file, Places.find(Path(ready["profile"]), Path(ready["secrets"])))

    def words(self, text: str) -> str:
        """Give a text of the program in the person's language."""
        [word] = self.person.words(text)
        return word

    def begin(self) -> None:
        """Open it."""
        self.person.click("Import CSV…", kind="button")
        self.at("Where do the rows go?")

    def at(self, title: str) -> None:
        """Wait for a step."""
        self.person.see(title, kind="label")

    def destined(self) -> None:
        """Choose the contact list of the Newsletter project, and go on."""
        place = self.person.all(self.person.words("Contact list"), kind="cell")[0]
        assert "SalesforceID" in place["said"], "the first project is the Newsletter"
        self.person.click_thing(place)
        self.person.part(f"{NEWSLETTER} · ", kind="label")
        self.person.click("Next: the file", kind="button")

    def choose(self, file: Path) -> None:
        """Choose the file in the picker, by its path."""
        self.person.click("Choose a file…", kind="button")
        self.name("Choose the file to import", file)
        self.at("Is the file read as it should be?")

    def name(self, picker: str, path: Path) -> None:
        """Say which file or folder in a picker."""
        titles = self.person.words(picker)
        eventually(lambda: self.person.all(kind="line", focus=True, window=titles), f"the picker {titles}")
        self.person.key("ctrl+a")
        self.person.type(str(path))
        self.person.key("Return")
        eventually(lambda: not self.person.all(window=titles), f"the end of {titles}")

    def verb(self, part: str) -> Thing:
        """Wait for a button that can be used, by a part of its text: a count, mostly."""
        return self.person.part(part, kind="button", enabled=True)

    def press(self, part: str) -> None:
        """Press it."""
        self.person.click_thing(self.verb(part))

    def checked(self, file: Path) -> None:
        """Come from the start to what the check of a file has found, by what is proposed."""
        self.begin()
        self.destined()
        self.choose(file)
        if self.person.sees("How are the dates of this file written?"):
            self.person.click("Day first: 31/12/1990", kind="button")
        known = self.person.sees("The same columns as last time")
        self.person.click("Next: the columns", kind="button")
        self.at("Which column fills which field?")
        if not known:
            self.press(f"{CERTAIN} ")
        self.person.click_thing(self.verb(self._rows_said(file)))
        self.at("Check before anything is sent")

    @staticmethod
    def _rows_said(file: Path) -> str:
        return str(len(file.read_bytes().splitlines()) - 1)[-3:]

    def figure(self, caption: str) -> int:
        """Read a figure by its caption."""
        words = self.person.words(caption)

        def look() -> list[str]:
            names = (each["name"] for each in self.person.look()["things"])
            return [name for name in names if any(name.startswith(f"{word}:") for word in words)]

        name = eventually(look, f"the figure {words}")[0]
        return int("".join(c for c in name.rpartition(":")[2] if c.isdigit()))

    def stand_on(self, cell: str) -> None:
        """Bring the hand to a cell of the table, by the arrows."""
        place = self.person.see(cell, own=True, kind="cell")
        while True:
            [now] = [e for e in self.person.look()["things"] if e.get("chosen") and e.get("view") == place["view"]] or [
                {"row": -1, "column": 0}
            ]
            down, right = place["row"] - now["row"], place["column"] - now["column"]
            if not down and not right:
                return
            steps = ["Down" if down > 0 else "Up"] * abs(down) + ["Right" if right > 0 else "Left"] * abs(right)
            self.person.key(*steps[:20])

    def calls(self) -> dict[tuple[str, str], int]:
        """Count the records that were written to each service, by call."""
        told: list[Any] = asked(f"{self.demo.ready['control_url']}/requests")
        return {(each["service"], each["call"]): each["records"] for each in told[0]}
