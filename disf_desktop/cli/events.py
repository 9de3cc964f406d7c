"""What the verbs say besides a run's own events (`core.events`), each with its JSON form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from disf_desktop.core.errors import DisfError, InOrg, Problem, SettingsError
from disf_desktop.core.history import ConflictRecord, ConsentEventRecord, ConsentWaiting

if TYPE_CHECKING:
    from disf_desktop.core.consent import Urgency


class Said(Protocol):
    """Anything that has a line in the JSON output."""

    def as_json(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class ErrorSaid:
    """One reason why the verb failed; `detail` holds the service's own words where there are any."""

    code: str
    message: str
    what_to_do: str
    where: str = ""
    detail: str = ""
    in_org: InOrg | None = None

    def as_json(self) -> dict[str, Any]:
        body = {
            "event": "error",
            "code": self.code,
            "message": self.message,
            "what_to_do": self.what_to_do,
            "where": self.where,
        }
        return body | ({"detail": self.detail} if self.detail else {}) | _in_org(self.in_org)


def _in_org(told: InOrg | None) -> dict[str, Any]:
    return {"in_org": asdict(told)} if told is not None else {}


def errors_of(error: DisfError, file: Path | None = None) -> tuple[ErrorSaid, ...]:
    """Give what to say of an error: one for each problem of a project file, one for anything else. `file` is the
    project file as it was given on the command line."""
    if isinstance(error, SettingsError):
        return tuple(problem_as_error(p, file) for p in error.problems)
    way_out = with_file(error.what_to_do, file)
    return (ErrorSaid(error.code, error.message, way_out, error.where, error.detail),)


def problem_as_error(problem: Problem, file: Path | None = None) -> ErrorSaid:
    """Give what to say of a problem that ends the verb."""
    way_out = with_file(problem.what_to_do, file)
    return ErrorSaid(SettingsError.code, problem.message, way_out, problem.path, in_org=problem.in_org)


def with_file(what_to_do: str, file: Path | None) -> str:
    """Name the project file in the commands of an advice, so that they can be pasted."""
    if file is None:
        return what_to_do
    named = f'"{file}"' if " " in str(file) else str(file)
    return re.sub(r"\b(disf [a-z-]+) FILE\b", lambda found: f"{found[1]} {named}", what_to_do)


@dataclass(frozen=True, slots=True)
class ProblemFound:
    """Something that would stop or hurt a run."""

    problem: Problem

    def as_json(self) -> dict[str, Any]:
        p = self.problem
        body = {"event": "problem", "path": p.path, "message": p.message, "what_to_do": p.what_to_do}
        return body | _in_org(p.in_org)


@dataclass(frozen=True, slots=True)
class CheckFinished:
    problems: int

    def as_json(self) -> dict[str, Any]:
        return {"event": "check_finished", "problems": self.problems}


@dataclass(frozen=True, slots=True)
class SetAsideFinished:
    """The end of a list of set-aside records; `outstanding` counts those that still wait, over all integrations."""

    outstanding: int
    retried: int = 0
    dismissed: int = 0
    exported: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "event": "set_aside_finished",
            "outstanding": self.outstanding,
            "retried": self.retried,
            "dismissed": self.dismissed,
            "exported": self.exported,
        }


@dataclass(frozen=True, slots=True)
class ConflictTold:
    """A conflict in a list: what a run says of it, and number, winner, state, date, a person's choice."""

    record: ConflictRecord

    def as_json(self) -> dict[str, Any]:
        return {"event": "conflict"} | asdict(self.record)


@dataclass(frozen=True, slots=True)
class ConflictsFinished:
    """The end of a list of conflicts; `waiting` counts those in which a person has still to choose."""

    waiting: int
    chosen: int = 0
    exported: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "event": "conflicts_finished",
            "waiting": self.waiting,
            "chosen": self.chosen,
            "exported": self.exported,
        }


@dataclass(frozen=True, slots=True)
class ConsentTold:
    """A consent that waits for a person, and for how long."""

    waiting: ConsentWaiting
    business_days: int
    urgency: Urgency

    def as_json(self) -> dict[str, Any]:
        age = {"business_days": self.business_days, "urgency": self.urgency.value}
        return {"event": "consent"} | asdict(self.waiting) | age


@dataclass(frozen=True, slots=True)
class ConsentEventTold:
    """One entry of the trail of consents."""

    record: ConsentEventRecord

    def as_json(self) -> dict[str, Any]:
        return {"event": "consent_event"} | asdict(self.record)


@dataclass(frozen=True, slots=True)
class ConsentFinished:
    """The end of `consent`. `verified` is None where the trail was not to be verified; a failure is an error."""

    reviews: int = 0
    drift: int = 0
    events: int = 0
    exported: int = 0
    verified: bool | None = None

    def as_json(self) -> dict[str, Any]:
        return {"event": "consent_finished"} | asdict(self)


@dataclass(frozen=True, slots=True)
class ScheduleFinished:
    """The end of a standing run, after so many runs."""

    runs: int

    def as_json(self) -> dict[str, Any]:
        return {"event": "schedule_finished", "runs": self.runs}


@dataclass(frozen=True, slots=True)
class OpenUrl:
    """The address at which a person signs in; it holds no secret, and is good for one sign-in."""

    url: str

    def as_json(self) -> dict[str, Any]:
        return {"event": "open_url", "url": self.url}


@dataclass(frozen=True, slots=True)
class Connected:
    """A connection that answered; `facts` is what it tells of itself."""

    connection: str
    facts: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"event": "connected", "connection": self.connection} | dict(self.facts)


@dataclass(frozen=True, slots=True)
class BackupTold:
    """A backup of the ledger in a list; `size` in bytes."""

    name: str
    made: str
    size: int

    def as_json(self) -> dict[str, Any]:
        return {"event": "backup"} | asdict(self)

    def in_words(self) -> str:
        return f"{self.name}  {self.made}  {self.size / 2**20:.1f} MB"


@dataclass(frozen=True, slots=True)
class RestoreFinished:
    """The end of `restore`: how many backups there are, and if one was put back, or none wanted (""), which one stands
    in the place of the ledger now, and where the ledger of before is kept ("": there was none)."""

    backups: int
    restored: bool = False
    backup: str = ""
    aside: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"event": "restore_finished"} | asdict(self)

    def in_words(self) -> str:
        if not self.restored:
            return f"{self.backups} backups."
        kept = f" The ledger of before is kept: {self.aside}" if self.aside else ""
        if not self.backup:
            return f"The next run meets everybody for the first time.{kept}"
        return f"Restored: {self.backup}. The next run compares everything anew.{kept}"


@dataclass(frozen=True, slots=True)
class StatusTold:
    """The answer of `status`."""

    body: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"event": "status"} | dict(self.body)
