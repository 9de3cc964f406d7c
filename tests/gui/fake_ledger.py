"""The part of the in-memory workspace that plays the ledger: what waits, what runs changed, what a plan holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from disf_desktop.core.correction import Correction, WhyNot
from disf_desktop.core.doubt import Doubt, LedgerStanding
from disf_desktop.core.errors import DisfError
from disf_desktop.core.events import OperationPlanned
from disf_desktop.core.history import ConflictRecord, ConsentWaiting, RunRecord, SetAsideRecord
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.core.values import Value
from disf_desktop.core.waiting import (
    AsideCause,
    AsideWanted,
    ConflictGroup,
    ConflictStory,
    ConflictsWanted,
    PlanPage,
    PlanWanted,
    RunChange,
    UndoForecast,
)
from disf_desktop.storage.backups import Backup, Restored

PEOPLE = {
    "0035g00000A1xYzAAJ": {"FirstName": "Marie", "LastName": "Côté", "Email": "marie.cote@acme"},
    "0035g00000B7xYzAAJ": {"FirstName": "John", "LastName": "Smith", "LeadSource": "Trade show Montréal"},
}


def run_changes() -> tuple[RunChange, ...]:
    """Give three updates of a run: two to Dialog Insight, one to Salesforce."""
    there, back = Side.DIALOG_INSIGHT, Side.SALESFORCE
    marie, john = PEOPLE
    return (
        RunChange(1, "Contacts", there, marie, "4711", {"City": "Laval"}, {"City": "Montréal"}, values=PEOPLE[marie]),
        RunChange(
            2,
            "Contacts",
            there,
            john,
            "4712",
            {"Points": 121, "Source": None},
            {"Points": 140, "Source": "Web"},
            frozenset({"Points"}),
            PEOPLE[john],
        ),
        RunChange(3, "Contacts", back, john, "4712", {"MobilePhone": "514 555-0101"}, {"MobilePhone": "438 555-0199"}),
    )


def standing() -> LedgerStanding:
    """Give a ledger that is believed, in which contacts were compared two days ago."""
    at = (datetime.now(UTC) - timedelta(days=2, hours=1)).isoformat()[:19] + "Z"
    return LedgerStanding(compared={"Contacts": at, "Leads": at}, known=frozenset({"Contacts", "Leads"}))


def backups() -> list[Backup]:
    """Give three backups, the newest first."""
    now = datetime.now(UTC)
    return [
        Backup(Path(f"ledger-{n}.sqlite"), now - timedelta(days=days, hours=2), size)
        for n, (days, size) in enumerate(((1, 12_900_000), (2, 12_600_000), (9, 9_100_000)))
    ]


class FakeLedger:
    """Plays the verbs that ask the ledger and those by which a person decides; `deeds` tells which were called."""

    deeds: list[tuple[Any, ...]]
    errors: dict[str, DisfError]
    told_runs: tuple[RunRecord, ...]
    told_set_aside: tuple[SetAsideRecord, ...]
    told_conflicts: tuple[ConflictRecord, ...]
    told_consents: tuple[ConsentWaiting, ...]

    def __init__(self) -> None:
        super().__init__()
        self.told_resolved: tuple[ConflictRecord, ...] = ()
        self.told_changes = run_changes()
        self.told_plan: tuple[OperationPlanned, ...] = ()
        self.told_why_not: WhyNot | None = None
        self.told_standing = standing()
        self.told_backups = backups()

    # the ledger as a whole

    def ledger_standing(self) -> LedgerStanding:
        if "ledger" in self.errors:
            raise self.errors["ledger"]
        return self.told_standing

    def backups(self) -> list[Backup]:
        self.deeds.append(("backups",))
        if "backups" in self.errors:
            raise self.errors["backups"]
        return self.told_backups

    def restore(self, name: str | None = None, *, anew: bool = False) -> Restored:
        """Put a backup back, after which the ledger is sound and in doubt."""
        self.deeds.append(("restore", name, anew))
        if name is not None and f"restore {name}" in self.errors:
            raise self.errors[f"restore {name}"]
        self.errors.pop("ledger", None)
        self.told_standing = LedgerStanding() if anew else LedgerStanding(Doubt.BACKUP, "2026-11-20T10:00:00Z")
        found = next((each.path for each in self.told_backups if each.path.name == name), None)
        return Restored(found, None)

    def runs(self, limit: int = 50) -> tuple[RunRecord, ...]:
        return self.told_runs[:limit]

    # set aside

    def set_aside(
        self, *, integration: str | None = None, after: int = 0, limit: int = 200, wanted: AsideWanted | None = None
    ) -> tuple[SetAsideRecord, ...]:
        w = wanted or AsideWanted()
        return tuple(r for r in self.told_set_aside if r.id > after and _asked(r, w))[:limit]

    def set_aside_causes(self) -> tuple[AsideCause, ...]:
        found = Counter((r.integration, r.side, r.code, r.field) for r in self.told_set_aside)
        return tuple(AsideCause(*cause, n) for cause, n in found.most_common())

    def retry(self, ids: Sequence[int] | None) -> int:
        self.deeds.append(("retry", ids))
        chosen = [r.id for r in self.told_set_aside] if ids is None else ids
        self.told_set_aside = tuple(replace(r, again=r.again or r.id in chosen) for r in self.told_set_aside)
        return len(chosen)

    def retry_wanted(self, wanted: AsideWanted) -> int:
        self.deeds.append(("retry_wanted", wanted))
        return len(self.set_aside(wanted=wanted))

    def dismiss(self, ids: Sequence[int]) -> int:
        self.deeds.append(("dismiss", list(ids)))
        self.told_set_aside = tuple(r for r in self.told_set_aside if r.id not in ids)
        return len(ids)

    def export_set_aside(self, path: Path, wanted: AsideWanted | None = None) -> int:
        self.deeds.append(("export", path, wanted))
        return len(self.set_aside(wanted=wanted, limit=1_000_000))

    def record_address(self, integration: str, rid: str) -> str:
        return f"https://acme.my.salesforce.com/{rid}"

    def correction(self, aside: int) -> Correction:
        if "correction" in self.errors:
            raise self.errors["correction"]
        record = next(r for r in self.told_set_aside if r.id == aside)
        if record.side == Side.SALESFORCE.value:
            return Correction(aside, "Contacts", "Contact", record.rid, WhyNot.LIVES_THERE)
        source = Field("LeadSource", "Lead Source", FieldType.TEXT, 40)
        target = Field("Source", "Source", FieldType.TEXT, 10)
        at = "2026-11-22T10:00:00Z"
        value = "Trade show Montréal"
        return Correction(aside, "Contacts", "Contact", record.rid, self.told_why_not, source, target, value, at)

    def correct(self, correction: Correction, value: Value) -> int:
        if "correct" in self.errors:
            raise self.errors["correct"]
        self.deeds.append(("correct", correction.aside, value))
        aside = correction.aside
        self.told_set_aside = tuple(replace(r, again=r.again or r.id == aside) for r in self.told_set_aside)
        return 1

    # conflicts

    def conflict_stories(
        self, wanted: ConflictsWanted, *, after: int = 0, limit: int = 200
    ) -> tuple[ConflictStory, ...]:
        at = (datetime.now(UTC) - timedelta(hours=3)).isoformat()
        told = self.told_resolved if wanted.resolved else self.told_conflicts
        found = [
            ConflictStory(r, PEOPLE.get(r.key, {}), ("Lévis", "Lévis"), at, at)
            for r in told
            if r.id > after and wanted.integration in (None, r.integration) and wanted.field in (None, r.field)
            if wanted.text.casefold() in f"{r} {PEOPLE.get(r.key)}".casefold()
        ]
        return tuple(found[:limit])

    def conflict_groups(self) -> tuple[ConflictGroup, ...]:
        waiting = Counter((r.integration, r.field, r.rule) for r in self.told_conflicts if r.waits)
        resolved = Counter((r.integration, r.field, r.rule) for r in self.told_resolved)
        return tuple(ConflictGroup(*k, waiting[k], resolved[k]) for k in dict.fromkeys((*waiting, *resolved)))

    def choose(self, sides: Mapping[int, Side]) -> int:
        self.deeds.append(("choose", dict(sides)))
        self.told_conflicts = tuple(
            replace(r, chosen=sides[r.id].value) if r.id in sides else r for r in self.told_conflicts
        )
        return len(sides)

    def choose_alike(self, group: ConflictGroup, side: Side) -> int:
        alike = [r for r in self.told_conflicts if r.waits and (r.field, r.rule) == (group.field, group.rule)]
        self.deeds.append(("choose_alike", group.field, side))
        self.told_conflicts = tuple(replace(r, chosen=side.value) if r in alike else r for r in self.told_conflicts)
        return len(alike)

    def export_conflicts(self, path: Path, *, resolved_too: bool = False) -> int:
        self.deeds.append(("export_conflicts", path, resolved_too))
        return len(self.told_conflicts)

    # consents

    def consents(self, *, drift: bool = False, skip: int = 0, limit: int = 200) -> Sequence[ConsentWaiting]:
        return [r for r in self.told_consents if (r.kind == "drift") is drift][skip : skip + limit]

    # the past

    def run_changes(self, run: int, *, after: int = 0, limit: int = 200) -> tuple[RunChange, ...]:
        return tuple(c for c in self.told_changes if c.id > after)[:limit]

    def export_run_changes(self, run: int, path: Path) -> int:
        self.deeds.append(("export_run_changes", run, path))
        return len(self.told_changes)

    def undo_forecast(self, run: int) -> UndoForecast:
        if "undo" in self.errors:
            raise self.errors["undo"]
        return UndoForecast({Side.SALESFORCE: 34, Side.DIALOG_INSIGHT: 1040}, 1100, 2, 118, 12)

    def plan_page(self, plan: Path, wanted: PlanWanted, place: int | None, skip: int = 0) -> PlanPage:
        first = skip if place is None else place
        found = [each for each in self.told_plan[first : first + 500] if wanted.takes(each)]
        end = first + 500
        return PlanPage(tuple(found), end if end < len(self.told_plan) else None)

    def export_plan(self, plan: Path, path: Path, told: Sequence[OperationPlanned] = ()) -> int:
        self.deeds.append(("export_plan", plan, path, len(told)))
        return len(self.told_plan) + len(told)


def _asked(record: SetAsideRecord, wanted: AsideWanted) -> bool:
    same = all(
        asked in (None, told)
        for asked, told in (
            (wanted.integration, record.integration),
            (wanted.side, record.side),
            (wanted.code, record.code),
            (wanted.field, record.field),
        )
    )
    return same and wanted.text.casefold() in f"{record.rid} {record.field} {record.message} {record.values}".casefold()
