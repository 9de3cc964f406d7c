"""An in-memory workspace with the shape of the real one, for what is on screen. What it tells is made up, and only
here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from disf_desktop.core.csv_header import CsvHeader, read_header
from disf_desktop.core.errors import Problem
from disf_desktop.core.events import Outstanding
from disf_desktop.core.history import (
    AuditRecord,
    ConflictRecord,
    ConsentWaiting,
    Freshness,
    History,
    RunRecord,
    SetAsideRecord,
)
from disf_desktop.core.project import DestinationProject, Project
from disf_desktop.core.refusals import Reason, Refusal, explain
from disf_desktop.core.schema import CONTACT_LIST, Field, FieldType, Schema, Side
from disf_desktop.gui.models.facts import Facts, dialog_insight_key, salesforce_key
from disf_desktop.workspace import Places
from tests.gui.fake_connections import FakeConnections
from tests.gui.fake_imports import COUNTS, FakeImports, refused_rows
from tests.gui.fake_ledger import PEOPLE, FakeLedger
from tests.gui.fake_people import FakePeople
from tests.gui.fake_preparing import FakePreparing
from tests.gui.fake_samples import FakeSamples
from tests.gui.made_up import contact_fields, list_fields
from tests.gui.made_up import project as made_up_project

F = FieldType


def summary(
    name: str = "", status: str = "success", created: int = 0, updated: int = 0, aside: int = 0, **more: Any
) -> dict[str, Any]:
    """Give the members of a run's figures."""
    nothing = {"read": 0, "created": 0, "updated": 0, "deleted": 0}
    return {
        "name": name,
        "status": status,
        "seconds": 6.1,
        "salesforce": nothing | {"read": created + updated + aside + 96, "updated": updated // 30},
        "dialog_insight": nothing | {"created": created, "updated": updated, "deleted": updated // 500},
        "unchanged": 96,
        "set_aside": aside,
        "conflicts": 0,
        "calls": {"salesforce": 9, "dialog_insight": 12},
        "outstanding": {"set_aside": aside, "conflicts": 0, "consent_review": 0},
    } | more


def runs(count: int = 14, now: datetime | None = None) -> tuple[RunRecord, ...]:
    """Give the story of some runs, the newest first; the newest one set records aside."""
    now, told = now or datetime.now(UTC), []
    for n in range(count):
        at = now - timedelta(minutes=15 * n if n < 6 else 1440 + 30 * n)
        aside = 3 if n == 0 else 0
        status = "partial" if aside else "failed" if n == 4 else "success"
        contacts = summary("Contacts", status, created=118 + n * 7, updated=1040 - n * 31, aside=aside)
        parts = [contacts, summary("Leads", "success", created=n)]
        total = summary("", status, created=118 + n * 8, updated=1040 - n * 31, aside=aside, integrations=parts)
        ended = (at + timedelta(seconds=6)).isoformat()
        told.append(RunRecord(count - n, at.isoformat(), ended, status, total))
    return tuple(told)


def set_aside() -> tuple[SetAsideRecord, ...]:
    """Give four records that wait, each for another reason; the last one cannot enter Salesforce."""
    at = (datetime.now(UTC) - timedelta(minutes=3)).isoformat()
    there, back = Side.DIALOG_INSIGHT, Side.SALESFORCE
    rows: list[tuple[int, str, str, Side, Reason, dict[str, int]]] = [
        (1, "0035g00000A1xYzAAJ", "EMail", there, Reason.EMAIL, {}),
        (2, "0035g00000B7xYzAAJ", "Source", there, Reason.TOO_LONG, {"length": 19, "limit": 10}),
        (3, "0035g00000C9xYzAAJ", "SalesforceID", there, Reason.KEY_MISSING, {}),
        (4, "0035g00000D2xYzAAJ", "MailingCity", back, Reason.TOO_LONG, {"length": 44, "limit": 40}),
    ]
    return tuple(
        SetAsideRecord(
            n,
            "Contacts",
            side.value,
            rid,
            name,
            code.value,
            *explain(Refusal(code, tuple(figures.items())), name, side),
            figures,
            "",
            at,
            at,
            1,
            PEOPLE.get(rid, {}),
        )
        for n, rid, name, side, code, figures in rows
    )


def conflicts() -> tuple[ConflictRecord, ...]:
    """Give two values that changed on both sides; of the second one a person has chosen already."""
    at = (datetime.now(UTC) - timedelta(hours=2)).isoformat()
    rows = [
        (7, "0035g00000A1xYzAAJ", "City", "Montréal", "Laval", None),
        (8, "0035g00000B7xYzAAJ", "City", "Québec", None, "salesforce"),
    ]
    return tuple(
        ConflictRecord(n, "Contacts", key, name, ours, theirs, "ask", None, "waiting", at, chosen)
        for n, key, name, ours, theirs, chosen in rows
    )


def consents() -> tuple[ConsentWaiting, ...]:
    """Give a consent to review, and an opt-out that Dialog Insight does not have."""
    at = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    return (
        ConsentWaiting(
            "review", "Contacts", "0035g00000A1xYzAAJ", "4711", "Newsletter", at, True, at, "C5a", effective=at
        ),
        ConsentWaiting("drift", "Contacts", "0035g00000B7xYzAAJ", "4712", "Promotions", at, None, at),
    )


class FakeProcess(QObject):
    """A run that says only what a test has it say; `lines` tells what was said to it."""

    said = Signal(object)
    complained = Signal(object)
    ended = Signal(int)

    def __init__(self, command: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self.command = list(command)
        self.lines: list[str] = []

    def start(self) -> None:
        self.lines.append("start")

    def pause(self) -> None:
        self.lines.append("pause")

    def resume(self) -> None:
        self.lines.append("resume")

    def run(self, integration: str | None = None) -> None:
        self.lines.append(f"run {integration}" if integration else "run")

    def cancel(self) -> None:
        self.lines.append("cancel")

    @property
    def cancelled(self) -> bool:
        return "cancel" in self.lines


class FakeWorkspace(FakeLedger, FakePeople, FakeConnections, FakeSamples, FakeImports, FakePreparing):
    """Has the verbs of the real workspace that the window calls; `deeds` tells which were called."""

    def __init__(self, path: Path, places: Places) -> None:
        super().__init__()
        self.path = path
        self.places = places
        self.project = made_up_project()
        self.secrets_kept_in = "Windows Credential Manager"
        self.deeds: list[tuple[Any, ...]] = []
        self.told_runs = runs()
        self.told_next_runs: dict[str, datetime] = {}
        self.changed_outside = False
        self.told_set_aside = set_aside()
        self.told_conflicts: tuple[ConflictRecord, ...] = ()
        self.told_consents: tuple[ConsentWaiting, ...] = ()
        self.schedules_paused = False
        self.told_last_runs: dict[str, str] = {}
        self.told_ticked: dict[str, frozenset[str]] = {}
        self.told_audits: dict[str, AuditRecord] = {}
        self.told_problems: tuple[Problem, ...] = ()
        self.told_refused, self.told_counts = refused_rows(), COUNTS

    def save(self, project: Project, *, over_others: bool = False) -> None:
        if "save" in self.errors and not over_others:
            raise self.errors["save"]
        self.project = project
        self.deeds.append(("save", project))

    def place_for_plan(self) -> Path:
        return self.places.profile / "shown.plan"

    def forget_plan(self) -> None:
        self.deeds.append(("forget_plan",))

    def pause_schedules(self, paused: bool) -> None:
        self.schedules_paused = paused

    def changed_by_others(self) -> bool:
        return self.changed_outside

    def save_as(self, path: Path) -> None:
        self.deeds.append(("save_as", path))

    def export_without_names(self, path: Path) -> None:
        self.deeds.append(("export_without_names", path))

    def check(self, *, offline: bool = False) -> tuple[Problem, ...]:
        self.deeds.append(("check", offline))
        return () if offline else self.told_problems

    def salesforce_schema(self, connection: str, sobject: str, related: Sequence[str] = ()) -> Schema:
        if sobject == "Order__c":
            found = [
                Field("Name", "Order Number", F.TEXT, 30),
                Field("Total__c", "Total", F.DECIMAL, precision=12, scale=2),
            ]
            return Schema(Side.SALESFORCE, sobject, "Order", {f.name: f for f in found})
        fields = self._fields_left(connection, sobject, contact_fields(74))
        return Schema(Side.SALESFORCE, sobject, sobject, fields)

    def related_fields(self, connection: str, sobject: str, relationship: str) -> tuple[Field, ...]:
        self.deeds.append(("related_fields", sobject, relationship))
        if "related" in self.errors:
            raise self.errors["related"]
        told = [("Name", "Name", F.TEXT), ("Industry", "Industry", F.CHOICE), ("Phone", "Phone", F.PHONE)]
        title = {"Account": "Account Name", "ReportsTo": "Reports To"}.get(relationship, relationship)
        return tuple(
            Field(f"{relationship}.{n}", f"{title} ▸ {label}", kind, 80, creatable=False, updatable=False)
            for n, label, kind in told
        )

    def fields_of(self, destination: DestinationProject, table: str) -> Schema:
        self.deeds.append(("fields_of", destination.id_project, table))
        found = destination.table(table)
        if found is None:
            shown = self.project_fields(destination.connection, destination.id_project)
            fields = {n: replace(f, key=n in destination.key) for n, f in shown.fields.items()}
            return replace(shown, fields=fields)
        fields = {f.code: Field(f.code, f.code, f.type, f.length, key=f.code in found.key) for f in found.fields}
        return Schema(Side.DIALOG_INSIGHT, table, table, fields)

    def project_fields(self, connection: str, id_project: int) -> Schema:
        """Tell the key of project 123777 alone."""
        self.deeds.append(("project_fields", connection, id_project))
        if f"project {id_project}" in self.errors:
            raise self.errors[f"project {id_project}"]
        told = ("EMail",) if id_project == 123777 else ()
        fields = {n: replace(f, key=n in told) for n, f in list_fields(19).items()}
        opt_ins = (
            Field("Newsletter", "Newsletter", F.BOOLEAN, native_type="explicit"),
            Field("Promotions", "Promotions", F.BOOLEAN, native_type="explicit"),
            Field("Casl", "Business relation", F.BOOLEAN, native_type="implied"),
        )
        return Schema(Side.DIALOG_INSIGHT, CONTACT_LIST, "Contact", fields, opt_ins)

    def time_zones(self) -> tuple[str, ...]:
        return ("America/Halifax", "America/Toronto", "America/Vancouver", "Europe/Brussels", "Europe/Paris", "UTC")

    def csv_header(self, path: Path) -> CsvHeader:
        self.deeds.append(("csv_header", path))
        if "csv" in self.errors:
            raise self.errors["csv"]
        return read_header("key_InvoiceNumber;idContact;Amount")

    def status(self) -> History:
        waiting = Outstanding(len(self.told_set_aside), len(self.told_conflicts), len(self.consents()))
        by_name = {"Contacts": waiting} if waiting else {}
        looked = Freshness((datetime.now(UTC) - timedelta(hours=3)).isoformat(), 12)
        return History(
            waiting, by_name, (), {"Contacts": looked}, self.told_last_runs, self.told_ticked, self.told_audits
        )

    def next_runs(self) -> Mapping[str, datetime]:
        return dict(self.told_next_runs)


def known() -> Facts:
    """Give facts in which everything is connected, read and done."""
    workspace = FakeWorkspace(Path("a.disf.yaml"), Places(Path("p")))
    project = workspace.project
    schemas = {
        salesforce_key(i.salesforce, i.object): workspace.salesforce_schema(i.salesforce, i.object)
        for i in project.integrations
    }
    for p in project.projects:
        for table in ("Contact", *(t.code for t in p.tables)):
            schemas[dialog_insight_key(p.id, table)] = workspace.fields_of(p, table)
    return Facts(
        project=project,
        authorized={c.id: True for c in project.connections},
        tested={c.id: workspace.test(c.id) for c in project.connections},
        schemas=schemas,
        runs=runs()[1:4],
    )
