"""Files of rows on their way into a rehearsal, by the workspace's own verbs, and what was told of them."""

from __future__ import annotations

import csv
import io
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from disf_desktop.core.errors import DisfError, Stopped
from disf_desktop.core.importing.events import ImportChecked, ImportEvent, ImportFinished, RowRefused
from disf_desktop.core.importing.recipe import FileForm, ImportConsent, ImportMode, ImportRecipe
from disf_desktop.core.importing.wish import ImportWish
from tests.journeys.rehearsal import Rehearsal, integration

NEWSLETTER = "newsletter/Contact"
WEB_FORMS = "web-forms/Contact"
ORDERS = "newsletter/ORDERS"
ORG = "salesforce-demo/Contact"

_CHECKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"

Row = Mapping[str, str]


def record_id(number: int) -> str:
    """Give the Id of a Contact that no org has, with its right check letters."""
    short = f"003{number:012d}"
    checks = ("".join("1" if c.isupper() else "0" for c in reversed(short[i : i + 5])) for i in (0, 5, 10))
    return short + "".join(_CHECKS[int(bits, 2)] for bits in checks)


def newcomer(number: int) -> dict[str, str]:
    """Give a row about somebody whom nobody knows."""
    return {
        "SalesforceID": record_id(7_000_000 + number),
        "Matricule": f"M{number:06d}",
        "Courriel": f"importee{number}@exemple.example",
        "Prénom": f"Zoé {number}",
        "Nom": f"L’Écuyer-{number}",
    }


def newcomers(count: int) -> list[dict[str, str]]:
    return [newcomer(n) for n in range(count)]


TO_LIST = {"SalesforceID": "SalesforceID", "Courriel": "EMail", "Prénom": "FirstName", "Nom": "LastName"}
TO_FORMS = {"Courriel": "EMail", "Prénom": "FirstName", "Nom": "LastName"}
TO_ORG = {"Matricule": "Legacy_Id__c", "Courriel": "Email", "Prénom": "FirstName", "Nom": "LastName"}


def table(path: Path, rows: Iterable[Row], *, encoding: str = "cp1252", delimiter: str = ";") -> Path:
    """Write rows as French Excel does."""
    rows = list(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def read(path: str | Path, delimiter: str = ";") -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def exported(story: Rehearsal, name: str = "Contacts") -> list[dict[str, str]]:
    """Give what Salesforce exports for an integration: its source fields, written as Data Loader writes them."""
    taken = integration(story.project, name)
    companies = {rid: row["Name"] for rid, row in story.people("Account").items()}
    rows = []
    for record in story.people(taken["object"]).values():
        held = record | {"Account.Name": companies.get(record.get("AccountId") or "")}
        rows.append({pair["source"]: _cell(held[pair["source"]]) for pair in taken["mapping"]["pairs"]})
    return rows


def paired(story: Rehearsal, name: str = "Contacts") -> dict[str, str]:
    """Give the fields of Dialog Insight by the columns of such an export."""
    return {pair["source"]: pair["target"] for pair in integration(story.project, name)["mapping"]["pairs"]}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


class AtOnce(threading.Event):
    """A stop that nobody asks for and that no pause waits for: what is tried again is tried again at once."""

    def wait(self, timeout: float | None = None) -> bool:
        return self.is_set()


@dataclass
class Told:
    """What an import told, and the error that broke it, if one did."""

    events: list[ImportEvent] = field(default_factory=list)
    error: DisfError | None = None

    @property
    def checked(self) -> ImportChecked:
        [found] = [event for event in self.events if isinstance(event, ImportChecked)]
        return found

    @property
    def finished(self) -> ImportFinished:
        [found] = [event for event in self.events if isinstance(event, ImportFinished)]
        return found

    @property
    def refused(self) -> dict[int, str]:
        """Give why rows were refused, by their numbers."""
        return {event.problem.row: event.problem.code for event in self.events if isinstance(event, RowRefused)}

    @property
    def rows(self) -> tuple[int, int, int, int, int, int]:
        """Give the rows created, updated, unchanged, refused, failed, and still to be sent."""
        f = self.finished
        assert f.rows == f.created + f.updated + f.unchanged + f.refused + f.failed + f.left
        return f.created, f.updated, f.unchanged, f.refused, f.failed, f.left


def recipe(
    story: Rehearsal,
    file: Path,
    to: str,
    columns: Mapping[str, str] | None,
    *,
    key: str = "",
    mode: ImportMode | None = None,
    form: FileForm | None = None,
    consents: Sequence[ImportConsent] = (),
) -> ImportRecipe:
    """Plan an import as the command line does; consents are chosen in the wizard, or stand in the project file."""
    wish = ImportWish(to, None, (key,) if key else (), columns, mode, form or FileForm())
    planned = story.workspace.plan_import(file, wish).recipe
    return planned.model_copy(update={"consents": tuple(consents)})


def taken(events: Generator[ImportEvent, None, None], stop_at: Callable[[ImportEvent], bool] = lambda _: False) -> Told:
    """Take every event; throw `Stopped` in at the first one for which `stop_at` says so."""
    told, stopping = Told(), False
    try:
        event = next(events)
        while True:
            told.events.append(event)
            if not stopping and stop_at(event):
                stopping = True
                event = events.throw(Stopped("Stopped on request.", "Run again to go on."))
            else:
                event = next(events)
    except StopIteration:
        pass
    except DisfError as error:
        told.error = error
    return told


def imported(
    story: Rehearsal,
    file: Path,
    to: str,
    columns: Mapping[str, str] | None,
    *,
    check: bool = False,
    anew: bool = False,
    results: Path | None = None,
    stop: threading.Event | None = None,
    **more: Any,
) -> Told:
    """Check a file and send it, or check it alone."""
    chosen = recipe(story, file, to, columns, **more)
    if check:
        return taken(story.workspace.check_file(file, chosen, anew=anew))
    return taken(story.workspace.import_file(file, chosen, results=results, anew=anew, stop=stop))


def calls(story: Rehearsal) -> Counter[str]:
    """Count the requests since the last time, by call."""
    seen = story.simulator.control("requests")
    story.simulator.control("requests", method="DELETE")
    return Counter({each["call"]: each["count"] for each in seen})


def fault(story: Rehearsal, name: str, call: str, service: str = "dialog_insight", **more: Any) -> None:
    story.simulator.control("faults", [{"fault": name, "service": service, "call": call, **more}])


def healed(story: Rehearsal) -> None:
    story.simulator.control("faults", [])


def addresses(story: Rehearsal) -> Counter[str]:
    """Count our newcomers in the contact list, by e-mail address."""
    return Counter(each["f_EMail"] for each in story.contacts().values() if each["f_EMail"].startswith("importee"))


def in_org(story: Rehearsal) -> dict[str, dict[str, Any]]:
    """Give our newcomers in Salesforce, by their number."""
    found = [each for each in story.people().values() if (each["Email"] or "").startswith("importee")]
    by_number = {each["Legacy_Id__c"] or each["Id"]: each for each in found}
    assert len(by_number) == len(found), "somebody is there twice"
    return by_number
