"""The events of a run, read back from the JSON lines of the command line.

The form is the one that scripts rely on. An event or a member that we do not know is left aside: adding is allowed
there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from disf_desktop.core.errors import DisfError, InOrg, Problem, SettingsError
from disf_desktop.core.events import (
    ConflictFound,
    Event,
    FieldChange,
    GuardTripped,
    Notice,
    OperationPlanned,
    Outstanding,
    PreviewFinished,
    Progress,
    RecordSetAside,
    RunFinished,
    RunStatus,
    SideCounts,
    Stage,
    Summary,
)
from disf_desktop.core.importing.events import ImportChecked, ImportFinished, RowRefused
from disf_desktop.core.importing.rows import CheckCounts, RowProblem
from disf_desktop.core.schedule import NextRun
from disf_desktop.core.schema import Side


class Unreadable(ValueError):
    """A line that is not what the command line promises."""


Said = Event | RowRefused | ImportChecked | ImportFinished | NextRun | DisfError
"""What a line may be."""


def read_line(line: bytes) -> Said | None:
    """Read one line: an event, an error that the command line says, or None for an event that we do not know."""
    try:
        body = json.loads(line)
        match body["event"]:
            case "progress":
                return _progress(body)
            case "set_aside":
                return _set_aside(body)
            case "operation":
                return _operation(body)
            case "conflict":
                members = ("integration", "key", "field", "salesforce", "dialog_insight", "rule")
                return ConflictFound(*(body[m] for m in members))
            case "guard":
                return GuardTripped(body["integration"], body["reason"], body["plan_hash"], body["counts"])
            case "notice":
                return Notice(body["integration"], body["code"], body["message"], body["what_to_do"])
            case "preview_finished":
                return PreviewFinished(body["plan_hash"], body["counts"], _by_side(body["calls_forecast"]))
            case "run_finished":
                return RunFinished(body["run"], summary(body), tuple(summary(i) for i in body["integrations"]))
            case "row_refused":
                return _row_refused(body)
            case "import_checked":
                return _import_checked(body)
            case "import_finished":
                return _import_finished(body)
            case "schedule":
                due = body["next"]
                return NextRun(body["integration"], None if due is None else datetime.fromisoformat(due))
            case "error":
                return read_error(body)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"{type(error).__name__} in a line of {len(line)} bytes") from error
    return None


def read_error(body: Mapping[str, Any]) -> DisfError:
    """Give an error with the code that the command line gave it; a problem of the file comes as one."""
    if body["code"] == SettingsError.code:
        told = body.get("in_org")
        in_org = InOrg(str(told["connection"]), str(told["component"]), bool(told["left_alone"])) if told else None
        return SettingsError((Problem(body.get("where", ""), body["message"], body.get("what_to_do", ""), in_org),))
    error = DisfError(body["message"], body.get("what_to_do", ""), body.get("where", ""), body.get("detail", ""))
    error.code = str(body["code"])
    return error


def summary(body: Mapping[str, Any]) -> Summary:
    """Give the figures of a run or of an integration, from the event or from the ledger's record of it."""
    outstanding = body.get("outstanding", {})
    return Summary(
        name=body.get("name", ""),
        status=RunStatus(body["status"]),
        seconds=float(body["seconds"]),
        sides={
            s: SideCounts(*(int(body[s.value][m]) for m in ("read", "created", "updated", "deleted"))) for s in Side
        },
        unchanged=int(body["unchanged"]),
        set_aside=int(body["set_aside"]),
        conflicts=int(body["conflicts"]),
        calls=_by_side(body["calls"]),
        outstanding=Outstanding(*(int(outstanding.get(m, 0)) for m in ("set_aside", "conflicts", "consent_review"))),
    )


@dataclass(frozen=True, slots=True)
class StoodOpen:
    """For how many seconds records stood open whose fields travel both ways, from the last look to the reply of the
    write: what 95 of 100 `writes` did not exceed, and the longest."""

    writes: int
    p95_s: float
    longest_s: float


def stood_open(body: Mapping[str, Any]) -> StoodOpen | None:
    """Give that of a run, from the event or from the ledger's record of it; None where no such field was written."""
    told = body.get("exposure")
    return StoodOpen(int(told["writes"]), float(told["p95_s"]), float(told["max_s"])) if told else None


def _by_side(body: Mapping[str, Any]) -> dict[Side, int]:
    return {side: int(body.get(side.value, 0)) for side in Side}


def _progress(body: Mapping[str, Any]) -> Progress:
    return Progress(
        body["integration"],
        Stage(body["stage"]),
        Side(body["side"]),
        body["done"],
        body["total"],
        body["rate"],
        body["eta_s"],
        *(int(body.get(member, 0)) for member in ("sent", "unchanged", "calls")),
    )


def _set_aside(body: Mapping[str, Any]) -> RecordSetAside:
    members = ("key", "field", "code", "message", "what_to_do", "first_seen", "tries")
    return RecordSetAside(body["id"], body["integration"], Side(body["side"]), *(body[m] for m in members))


def _operation(body: Mapping[str, Any]) -> OperationPlanned:
    fields = {n: FieldChange(c["before"], c["after"], c["rule"]) for n, c in body["fields"].items()}
    same = body["integration"], Side(body["side"]), body["kind"], body["key"]
    return OperationPlanned(*same, fields, body.get("not_applied", ""))


def _row_refused(body: Mapping[str, Any]) -> RowRefused:
    figures = tuple((str(name), int(n)) for name, n in body.get("figures", {}).items())
    problem = RowProblem(int(body["row"]), body["column"], body["field"], body["code"], figures)
    return RowRefused(problem, body.get("detail", ""))


def _import_checked(body: Mapping[str, Any]) -> ImportChecked:
    rows: dict[str, Any] = {m: int(body[m]) for m in ("rows", "new", "changed", "unchanged", "refused")}
    tallies: dict[str, Any] = {m: {str(name): int(n) for name, n in body.get(m, {}).items()} for m in _TALLIES}
    counts = CheckCounts(
        **rows,
        **tallies,
        decided=int(body["decided_when_sent"]),
        back=int(body.get("brought_back", 0)),
        sent=int(body.get("sent_before", 0)),
        changed_known=bool(body.get("changed_known", True)),
    )
    return ImportChecked(body["id"], counts, tuple(body.get("not_imported", ())), _by_side(body["calls"]))


_TALLIES = ("problems", "cut", "ambiguous", "consents")


def _import_finished(body: Mapping[str, Any]) -> ImportFinished:
    members = ("rows", "created", "updated", "unchanged", "refused", "failed", "left")
    rows: dict[str, Any] = {m: int(body[m]) for m in members}
    return ImportFinished(
        id=body["id"],
        run=int(body["run"]),
        status=RunStatus(body["status"]),
        seconds=float(body["seconds"]),
        calls=_by_side(body["calls"]),
        results={str(what): str(path) for what, path in body.get("results", {}).items()},
        **rows,
    )
