"""The verbs of the workspace about people and their consents, over made-up ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from disf_desktop.core.errors import DisfError
from disf_desktop.core.history import ConsentEventRecord, TamperedEvent
from disf_desktop.core.people import ConsentCount, PersonFound, PersonTrail
from disf_desktop.core.project import Project
from disf_desktop.storage import project_file
from disf_desktop.workspace import Places, Workspace
from disf_desktop.workspace.report import ProblemReport

MARIE = PersonFound(1, "0035g00000A1xYzAAJ", "4711", "Marie Côté marie.cote@exemple.ca")
YES_AT, NO_AT = "2025-03-18T13:02:00Z", "2026-11-02T14:10:00Z"
MARIO = PersonFound(2, "0035g00000B7xYzAAJ", "4712", "Mario Roy mario@exemple.ca")


def event(seq: int, action: str, at: str, **more: Any) -> ConsentEventRecord:
    """Give an entry of a trail, of Marie's newsletter unless it says otherwise."""
    blank = ConsentEventRecord(
        seq, at, 1, MARIE.salesforce_id, "4711", "Newsletter", action, None, None, None, "", None, None, "", None, ""
    )
    return replace(blank, **more)


def trail() -> tuple[ConsentEventRecord, ...]:
    """Give a trail, the newest entry first: a yes and a no, both written, and a yes that waits for a review."""
    told = (
        event(1, "observed", "2025-03-18T13:10:00Z", effective=YES_AT, dialog_insight=True, source="read"),
        event(2, "intended", "2025-03-18T13:15:00Z", source="in", rule="C5"),
        event(3, "confirmed", "2025-03-18T13:15:02Z", source="in", rule="C5", operation=2, request_id="4pQ"),
        event(4, "observed", "2026-11-02T14:11:00Z", effective=NO_AT, dialog_insight=False, source="export"),
        event(5, "intended", "2026-11-02T14:11:05Z", source="out", rule="C4"),
        event(6, "confirmed", "2026-11-02T14:11:06Z", source="out", rule="C4", operation=5),
        event(7, "proven", "2026-11-02T14:11:07Z"),
        event(8, "seen", "2026-11-10T09:00:00Z", source="salesforce", before="none", after="out", contact_id=""),
        event(9, "observed", "2026-11-12T10:00:00Z", dialog_insight=True, source="read"),
        event(10, "review", "2026-11-12T10:00:01Z", rule="C5a"),
    )  # fmt: skip
    return tuple(reversed(told))


class FakePeople:
    """Answers about people; `deeds` tells what was asked."""

    places: Places
    project: Project
    deeds: list[tuple[Any, ...]]
    errors: dict[str, DisfError]
    told_tampered: TamperedEvent | None = None

    def consent_counts(self) -> tuple[ConsentCount, ...]:
        at = (datetime.now(UTC) - timedelta(minutes=3)).isoformat()
        return (
            ConsentCount("Contacts", "Newsletter", 18_402, 2_118, 480, 12, 20_011, at),
            ConsentCount("Contacts", "Promotions", 9_077, 11_300, 623, 12, 0, at),
        )

    def find_people(self, text: str, limit: int = 20) -> tuple[PersonFound, ...]:
        self.deeds.append(("find_people", text))
        if "people" in self.errors:
            raise self.errors["people"]
        asked = text.casefold()
        return tuple(p for p in (MARIE, MARIO) if asked in p.name.casefold() or text in (p.salesforce_id, p.contact_id))

    def person_trail(self, person: PersonFound, limit: int = 500) -> PersonTrail:
        told = trail() if person.salesforce_id == MARIE.salesforce_id else ()
        return PersonTrail(person, told, len(told))

    def verify_trail(self) -> TamperedEvent | None:
        self.deeds.append(("verify_trail",))
        return self.told_tampered

    def export_trail(self, path: Path, person: str | None = None) -> int:
        self.deeds.append(("export_trail", path, person))
        return 10

    def problem_report(self, told: str, errors: Sequence[str], versions: Mapping[str, str]) -> ProblemReport:
        """Make the real report, over the made-up project file and no ledger."""
        places, project = self.places, self.project
        path = places.profile / "report.disf.yaml"
        project_file.save(path, project)
        secrets = places.profile / "no-secrets.yaml"
        return Workspace(path, replace(places, secrets=secrets)).problem_report(told, errors, versions)

    def export_consents(self, path: Path) -> int:
        self.deeds.append(("export_consents", path))
        return 2
