"""`conflicts` and `consent`: what only a person can decide, and the proof of what was decided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import typer

from disf_desktop.cli.events import (
    ConflictsFinished,
    ConflictTold,
    ConsentEventTold,
    ConsentFinished,
    ConsentTold,
    ErrorSaid,
)
from disf_desktop.cli.face import Face
from disf_desktop.cli.runs import can_be_written
from disf_desktop.core.consent import business_days, urgency
from disf_desktop.core.events import RunStatus
from disf_desktop.core.history import ConflictRecord, ConsentWaiting
from disf_desktop.core.moments import instant, written
from disf_desktop.core.schema import Side
from disf_desktop.workspace import Workspace

_PAGE = 500
_TAKEN = re.compile(r"(\d+)=(salesforce|dialog_insight)")


def conflicts(
    face: Face, file: Path, *, take: Sequence[str], restore: Sequence[int], csv: Path | None, resolved_too: bool
) -> int:
    """Carry a person's choices, then list what still waits; 3 while anything does."""
    taken = dict(_taken(word) for word in take)
    if csv is not None:
        can_be_written(csv, "--csv")
    workspace = face.open(file, "conflicts")
    sides = {number: side for number, side in taken.items() if _decidable(workspace, number)}
    sides |= {number: _losing_side(workspace, number) for number in restore}
    chosen = workspace.choose(sides) if sides else 0
    exported = workspace.export_conflicts(csv, resolved_too=resolved_too) if csv is not None else 0
    for record in _all_conflicts(workspace, resolved_too=resolved_too):
        face.output.say(ConflictTold(record))
    waiting = workspace.status().outstanding.conflicts
    face.output.say(ConflictsFinished(waiting, chosen, exported))
    return RunStatus.NEEDS_YOU.exit_code if waiting else 0


def _taken(word: str) -> tuple[int, Side]:
    found = _TAKEN.fullmatch(word)
    if found is None:
        raise typer.BadParameter(
            f"“{word}” is not the number of a conflict and a side: 12=salesforce or 12=dialog_insight.",
            param_hint="--take",
        )
    return int(found[1]), Side(found[2])


def _decidable(workspace: Workspace, number: int) -> bool:
    """Say that a person may choose in a conflict; raise where that is not so."""
    record = _existing(workspace, number, "--take")
    if record.state != "waiting":
        raise typer.BadParameter(
            f"Conflict {number} is {record.state}; put the other value back with --restore {number}.",
            param_hint="--take",
        )
    return True


def _losing_side(workspace: Workspace, number: int) -> Side:
    record = _existing(workspace, number, "--restore")
    if record.state != "resolved" or record.winner is None:
        what_to_do = f"choose with --take {number}=salesforce" if record.state == "waiting" else "nothing is left to do"
        raise typer.BadParameter(f"Conflict {number} is {record.state}; {what_to_do}.", param_hint="--restore")
    return Side(record.winner).other


def _existing(workspace: Workspace, number: int, option: str) -> ConflictRecord:
    record = workspace.conflict(number)
    if record is None:
        raise typer.BadParameter(
            f"There is no conflict {number}; see them with disf conflicts FILE --all.", param_hint=option
        )
    return record


def _all_conflicts(workspace: Workspace, *, resolved_too: bool) -> Iterator[ConflictRecord]:
    after = 0
    while page := workspace.conflicts(resolved_too=resolved_too, after=after, limit=_PAGE):
        yield from page
        after = page[-1].id


def consent(face: Face, file: Path, *, person: str | None, export: Path | None, csv: Path | None, verify: bool) -> int:
    """List the consents that wait, or a person's trail; export and verify where asked. 1 where the trail is broken."""
    for path, option in ((export, "--export"), (csv, "--csv")):
        if path is not None:
            can_be_written(path, option)
    workspace = face.open(file, "consent")
    if person is not None and not workspace.is_known(person):
        raise typer.BadParameter(
            f"Nobody is known by “{person}”; give a Salesforce Id, an idContact or the key in Dialog Insight.",
            param_hint="--person",
        )
    exported = workspace.export_trail(export, person) if export is not None else 0
    exported += workspace.export_consents(csv) if csv is not None else 0
    counts = {"review": 0, "drift": 0}
    events = 0
    if person is None:
        now = written(datetime.now(UTC))
        for waiting in workspace.all_consents():
            counts[waiting.kind] += 1
            face.output.say(_told(waiting, now))
    else:
        for record in workspace.trail(person):
            events += 1
            face.output.say(ConsentEventTold(record))
    tampered = workspace.verify_trail() if verify else None
    verified = tampered is None if verify else None
    face.output.say(ConsentFinished(counts["review"], counts["drift"], events, exported, verified))
    if tampered is not None:
        face.output.say(
            ErrorSaid(
                "consent_trail",
                f"Event {tampered.seq} of the trail of consents is {tampered.what}.",
                "Keep the ledger as it is; compare it with a backup, and find out who had access to it.",
                f"consent_event {tampered.seq}",
            )
        )
        return RunStatus.FAILED.exit_code
    return RunStatus.NEEDS_YOU.exit_code if sum(counts.values()) else 0


def _told(waiting: ConsentWaiting, now: str) -> ConsentTold:
    days = business_days(instant(waiting.since).date(), instant(now).date())
    return ConsentTold(waiting, days, urgency(waiting.since, now))
