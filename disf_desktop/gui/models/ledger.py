"""What is the matter with what the program remembers, and the backups of it. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from disf_desktop.core.errors import DisfError
from disf_desktop.core.history import AuditRecord, RunRecord, StreamRecord

if TYPE_CHECKING:
    from disf_desktop.gui.models.facts import Facts

DAMAGED = "ledger_damaged"
"""The code of the error for which a backup helps."""


@dataclass(frozen=True, slots=True)
class BackupShown:
    """A backup: its name, when it was made (ISO 8601), its size in bytes."""

    name: str
    made: str
    size: int


@dataclass(frozen=True, slots=True)
class Restoring:
    """The way back to a backup: those that there are, None until they were read; `working` while one is put back,
    `error` why it could not be, `done` once it is."""

    backups: tuple[BackupShown, ...] | None = None
    working: bool = False
    error: DisfError | None = None
    done: bool = False


def ledger_trouble(facts: Facts) -> DisfError | None:
    """Give why the ledger cannot be used: it was looked at in vain, or the last run of integrations found damage."""
    if facts.ledger_error is not None:
        return facts.ledger_error
    run = facts.run
    if run is None or run.kind.is_of_file:
        return None
    return next((error for error in run.errors if error.code == DAMAGED), None)


def doubtful_audits(facts: Facts) -> tuple[str, ...]:
    """Name the integrations whose last comparison of everything allowed no conclusion; not those that were closed."""
    audits, closed = facts.history.audits, facts.closed_audits
    names = [each.name for each in facts.project.integrations] if facts.project is not None else []
    return tuple(n for n in names if n in audits and audits[n].doubtful and audits[n].run not in closed)


def audits_of(record: RunRecord) -> tuple[tuple[str, AuditRecord], ...]:
    """Give what a run has found when it compared everything, by integration."""

    def found(each: Mapping[str, Any]) -> AuditRecord:
        changed, deleted, vanished = (int(each[what]) for what in ("changed", "deleted", "vanished"))
        at = record.ended or record.started
        return AuditRecord(record.id, at, changed, deleted, vanished, bool(each["doubtful"]))

    return tuple((str(each["name"]), found(each)) for each in record.summary.get("audits", ()))


def people_known(streams: Iterable[StreamRecord], names: Iterable[str]) -> int:
    """Count the people and rows that some integrations have tied together."""
    wanted, links = set(names), dict[str, int]()
    for stream in streams:
        if stream.integration in wanted:
            links[stream.integration] = max(stream.links, links.get(stream.integration, 0))
    return sum(links.values())
