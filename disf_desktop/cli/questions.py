"""`check`, `status` and `set-aside`: questions to the project file, the services and the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import typer

from disf_desktop.cli.events import (
    CheckFinished,
    ProblemFound,
    SetAsideFinished,
    StatusTold,
    problem_as_error,
    with_file,
)
from disf_desktop.cli.face import Face
from disf_desktop.cli.runs import can_be_written
from disf_desktop.core.errors import SettingsError
from disf_desktop.core.events import Notice, Outstanding, RecordSetAside, RunStatus
from disf_desktop.core.history import Freshness, RunRecord, SetAsideRecord
from disf_desktop.core.moments import written
from disf_desktop.core.schema import Side
from disf_desktop.workspace import Workspace

_PAGE = 500


def check(face: Face, file: Path, *, offline: bool) -> int:
    """Say every problem; 1 where there is one, since a sync would fail too."""
    notices: Sequence[Notice] = ()
    try:
        workspace = face.open(file, "check")
        problems = workspace.check(offline=offline)
        if not problems and not offline:
            notices = workspace.ways_of_finding()
    except SettingsError as error:
        problems = error.problems
    for notice in notices:
        face.output.say(notice)
    for problem in problems:
        face.output.say(ProblemFound(replace(problem, what_to_do=with_file(problem.what_to_do, file))))
    face.output.say(CheckFinished(len(problems)))
    if face.given.json:
        # A failure always ends in its errors, so that a script need not know the verb.
        for p in problems:
            face.output.say(problem_as_error(p, file))
    return SettingsError.exit_code if problems else 0


def status(face: Face, file: Path) -> int:
    """Tell runs, watermarks and what waits; 3 where something does."""
    workspace = face.open(file, "status")
    history = workspace.status()
    out_of_scope, next_runs = workspace.out_of_scope(), workspace.next_runs()
    streams = {s.integration: s for s in history.streams if s.side == Side.SALESFORCE.value}
    integrations = []
    for integration in workspace.project.integrations:
        stream = streams.get(integration.name)
        waiting = history.outstanding_by_integration.get(integration.name, Outstanding())
        integrations.append(
            {
                "name": integration.name,
                "enabled": integration.enabled,
                "watermark": stream.watermark if stream else None,
                "read_at": stream.read_at if stream else None,
                "links": stream.links if stream else 0,
                "out_of_scope": out_of_scope.get(integration.name, 0),
                "freshness": _freshness(history.freshness.get(integration.name, Freshness())),
                "next": written(next_runs[integration.name]) if integration.name in next_runs else None,
                "outstanding": _waiting(waiting),
            }
        )
    face.output.say(
        StatusTold(
            {
                "project": {"id": workspace.project.id, "name": workspace.project.name, "file": str(workspace.path)},
                "ledger": str(workspace.ledger_path),
                "secrets": workspace.secrets_kept_in,
                "runs": [_run(r) for r in workspace.runs()],
                "integrations": integrations,
                "outstanding": _waiting(history.outstanding),
            }
        )
    )
    return RunStatus.NEEDS_YOU.exit_code if history.outstanding else 0


def set_aside(face: Face, file: Path, *, retry: Sequence[str], dismiss: Sequence[int], csv: Path | None) -> int:
    """Treat the records that wait, then list those that still do; 3 while there are any."""
    ids = _ids(retry)
    if csv is not None:
        can_be_written(csv, "--csv")
    workspace = face.open(file, "set-aside")
    exported = workspace.export_set_aside(csv) if csv is not None else 0
    dismissed = workspace.dismiss(dismiss) if dismiss else 0
    retried = workspace.retry(ids) if retry else 0
    for record in _all(workspace):
        face.output.say(_as_event(record))
    outstanding = workspace.status().outstanding.set_aside
    face.output.say(SetAsideFinished(outstanding, retried, dismissed, exported))
    return RunStatus.NEEDS_YOU.exit_code if outstanding else 0


def _ids(retry: Sequence[str]) -> list[int] | None:
    """Read the ids of --retry; None stands for all."""
    if "all" in retry:
        return None
    for word in retry:
        if not word.isdigit():
            raise typer.BadParameter(f"“{word}” is neither the id of a set-aside record nor all.", param_hint="--retry")
    return [int(word) for word in retry]


def _all(workspace: Workspace) -> Iterator[SetAsideRecord]:
    after = 0
    while page := workspace.set_aside(after=after, limit=_PAGE):
        yield from page
        after = page[-1].id


def _as_event(r: SetAsideRecord) -> RecordSetAside:
    return RecordSetAside(
        r.id, r.integration, Side(r.side), r.rid, r.field, r.code, r.message, r.what_to_do, r.first_seen, r.tries
    )


def _run(record: RunRecord) -> dict[str, Any]:
    return {
        "run": record.id,
        "started": record.started,
        "ended": record.ended,
        "status": record.status,
        "summary": dict(record.summary),
    }


def _freshness(freshness: Freshness) -> dict[str, Any]:
    return {"oldest_look": freshness.oldest_look, "never_looked": freshness.never_looked}


def _waiting(outstanding: Outstanding) -> Mapping[str, int]:
    return {
        "set_aside": outstanding.set_aside,
        "conflicts": outstanding.conflicts,
        "consent_review": outstanding.consent_review,
    }
