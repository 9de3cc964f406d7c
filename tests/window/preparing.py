"""The real window over an org that lacks what its project asks for people born in Dialog Insight, and their opt-ins."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from disf_desktop.core.preparation_events import PrepareWish
from disf_desktop.workspace import Places, Workspace
from tests.window.demo import Demo
from tests.window.person import Thing, asked, at_the_window, eventually, simulator, told

CONTACTS = 60
WEB_FORMS, SIGN_UPS = "Web forms", "Web sign-ups"
CONNECTION, ORG = "salesforce-demo", "Rehearsal org"
KEY = "DI_Contact_Id__c"
OPT_IN, SINCE, WHERE = "DI_Optin_Newsletter__c", "DI_Optin_Newsletter_Date__c", "DI_Optin_Newsletter_Source__c"
MADE = (KEY, OPT_IN, SINCE, WHERE)
OTHERS = ("DI_Optin_Promotions__c",)
PERMISSION_SET = "Dialog Insight sync"
PACKAGE = "04t5g000000Made"
LINK = f"https://login.salesforce.com/packaging/installPackage.apexp?p0={PACKAGE}"
OFFER = {"key": PACKAGE, "name": "Dialog Insight", "version": "1.4.0", "sites": ["https://app.example.com"]}

Project = dict[str, Any]


def naming(integration: Project) -> None:
    """Have the project ask for all the fields, and switch it on."""
    integration["enabled"] = True


def bare(integration: Project) -> None:
    """Have the project name no field yet."""
    del integration["external_id"], integration["optins"]


class Preparing(Demo):
    """The person at the window, and the set-up of the org."""

    def setup(self) -> dict[str, Any]:
        """Give the whole set-up of the org."""
        [told] = asked(f"{self.ready['control_url']}/salesforce-setup")
        return told

    def arrange(self, **what: Any) -> None:
        """Have the org set up otherwise."""
        self.tell("salesforce-setup", what)

    # what the person sees

    def said(self, template: str, *values: str) -> str:
        """Give a text of the program that names something, in the person's language."""
        [words] = self.person.words(template)
        return words.format(*values) if values else words

    def ticks(self) -> dict[str, bool]:
        """Give each component that the review offers, with its tick, from the first line to the last."""
        self.person.see(
            "All of it is checked by Salesforce first; if one thing is refused, nothing is made. What is there already "
            "stays as it is."
        )
        found: dict[str, bool] = {}

        def last() -> bool:
            lines = self._lines()
            found.update({self._name(each): each["ticked"] for each in lines})
            if lines and PERMISSION_SET not in found:
                self.wheel(lines[-1])
            return PERMISSION_SET in found

        eventually(last, "the last line of the review")
        return found

    def _lines(self) -> list[Thing]:
        title = frozenset({self.said("Install in {0}", ORG)})
        return [each for each in self.person.all(kind="button", window=title) if self._name(each)]

    @staticmethod
    def _name(line: Thing) -> str:
        return next((each for each in (*MADE, PERMISSION_SET) if line["text"].startswith(each)), "")

    def tick(self, name: str) -> None:
        """Tick a component that the review offers, or take its tick away."""

        def found() -> Thing | None:
            lines = self._lines()
            self.wheel(lines[0], down=False)
            return next((each for each in lines if self._name(each) == name), None)

        eventually(found, f"the line of {name}")
        [line] = [each for each in self._lines() if self._name(each) == name]
        self._tick_at(line["place"])

    def agree(self, to: str) -> None:
        """Tick a box by its text."""
        self._tick_at(self._still(self.said(to)))

    def _tick_at(self, place: list[int]) -> None:
        self.person.click_at(place[0] + 9, place[1] + place[3] // 2)

    def wheel(self, over: Thing, *, down: bool = True) -> None:
        """Turn the wheel of the mouse above something."""
        x, y = self.person.middle(over)
        self.person.do("mousemove", str(x), str(y), "click", "--repeat", "3", "--delay", "30", "5" if down else "4")

    @property
    def _page(self) -> Thing:
        """A place of the page that scrolls."""
        x, y = self.person.middle(self.person.see("Sync now", kind="button"))
        return {"place": [x - 300, y + 350, 0, 0]}

    def back_to_the_top(self) -> None:
        """Turn the wheel back until the page begins where it does."""
        for _ in range(5):
            self.wheel(self._page, down=False)

    def come_to(self, button: str) -> None:
        """Turn the wheel over the page until a button is in sight, and press it; the page grows while it is filled."""
        person, named = self.person, self.person.words(button)

        def pressed() -> bool:
            seen = person.all(named, kind="button")
            if not seen:
                self.wheel(self._page)
            elif seen[0]["enabled"] and person.rests(seen[0]):
                person.click_thing(seen[0])
                return True
            return False

        eventually(pressed, button)

    def press(self, part: str) -> None:
        """Press the button of the dialog whose text holds this: a count, mostly."""
        self.person.click_thing({"place": self._still(part)})

    def _still(self, part: str) -> list[int]:
        """Give the place of a button once the dialog has stopped growing."""
        places: list[list[int]] = [[]]

        def still() -> bool:
            places.append(self.person.part(part, kind="button", enabled=True)["place"])
            return places[-1] == places[-2]

        eventually(still, f"a button …{part}… that stays where it is")
        return places[-1]

    def put_away(self, title: str) -> None:
        """Close the dialog of this title."""
        self.person.see(title, own=True, kind="label")
        self.person.key("Escape")
        self.person.gone(title, own=True, kind="label")

    # what the services hold

    def field(self, name: str) -> dict[str, Any] | None:
        """Give a custom field of contacts, whole."""
        return next((f for f in self.setup()["fields"] if (f["object"], f["name"]) == ("Contact", name)), None)

    def assigned(self) -> list[str]:
        """Name the users who have our permission set."""
        [ours] = [each for each in self.setup()["permission_sets"] if each["label"] == PERMISSION_SET]
        return list(ours["assigned"])

    def looks(self) -> int:
        """Count how often the set-up was looked at."""
        calls: Any = asked(f"{self.ready['control_url']}/requests")[0]
        return sum(each["count"] for each in calls if each["call"] == "tooling_query")

    def deploys(self) -> list[bool]:
        """Give for each deploy whether it was a trial."""
        return [each["checkOnly"] for each in self.setup()["deploys"]]

    def noted(self) -> bool:
        """Say whether the profile remembers a deploy that goes on."""
        notes = Path(self.ready["profile"]).glob("*/prepare-*.json")
        return any(json.loads(each.read_bytes())["id"] == self.setup()["deploys"][-1]["id"] for each in notes)

    def made(self) -> dict[str, Any]:
        """Give all that an installation makes, without the ids and the moments that differ from one to the next."""
        setup = self.setup()
        fields = [each for each in setup["fields"] if each["object"] == "Contact" and each["name"] in MADE]
        lasting = ("object", "name", "visible", "editable", "metadata")
        ours = [each for each in setup["permission_sets"] if each["label"] == PERMISSION_SET]
        return {
            "fields": {each["name"]: {part: each[part] for part in lasting} for each in fields},
            "access": [{part: each[part] for part in ("name", "description", "fields", "assigned")} for each in ours],
        }

    def installed(self, users: tuple[str, ...] = ()) -> None:
        """Have everything installed without anybody's disturbing it, beside the window."""
        places = Places.find(Path(self.ready["profile"]), Path(self.ready["secrets"]))
        assert list(Workspace(self.file, places).prepare(CONNECTION, PrepareWish(install=(), users=users)))

    def signed_up(self) -> list[dict[str, Any]]:
        """Give who is in the project of Dialog Insight where people are born."""
        path = f"dialog-insight/projects/{self.ready['projects'][WEB_FORMS]}/contacts.ndjson"
        return asked(f"{self.ready['control_url']}/{path}")

    def born(self) -> dict[str, dict[str, Any]]:
        """Give who came to Salesforce from Dialog Insight, by the external id."""
        return {row[KEY]: row for row in self.people().values() if row.get(KEY)}


@contextmanager
def services(folder: Path, arranged: Callable[[Project], None]) -> Iterator[dict[str, Any]]:
    """Start the services: an org that lacks all of ours, and one integration for people born in Dialog Insight."""
    with simulator(folder, CONTACTS) as ready:
        file = Path(ready["project_file"])
        project = yaml.safe_load(file.read_text(encoding="utf-8"))
        project["integrations"] = [each for each in project["integrations"] if each["name"] == SIGN_UPS]
        project["projects"] = [each for each in project["projects"] if each["name"] == WEB_FORMS]
        # Everybody is looked up in each run, so that nobody's opt-in waits for a turn.
        project["projects"][0]["finding"] = {"lookups_per_run": 1000}
        arranged(project["integrations"][0])
        file.write_text(yaml.safe_dump(project, allow_unicode=True), encoding="utf-8")
        empty(ready)
        yield ready


def empty(ready: dict[str, Any]) -> None:
    """Take all of ours out of the org, as a fresh one is."""
    gone = [{"object": "Contact", "name": name, "remove": True} for name in (*MADE, *OTHERS)]
    told(f"{ready['control_url']}/salesforce-setup", {"fields": gone})


@contextmanager
def at_the_org(folder: Path, ready: dict[str, Any], language: str = "en") -> Iterator[Preparing]:
    """Open the project file in the real window."""
    folder.mkdir(exist_ok=True)
    places = ("--profile", ready["profile"], "--secrets", ready["secrets"])
    with at_the_window(folder, ready["project_file"], *places, language=language) as (person, _):
        yield Preparing(person, ready)
