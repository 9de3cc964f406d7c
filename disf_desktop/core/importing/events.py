"""What the import of a file says, besides `progress` and `notice` (`core.events`), and where it stands after each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, assert_never

from disf_desktop.core.events import Notice, Progress, RunStatus
from disf_desktop.core.importing.rows import CheckCounts, RowProblem, explain_row
from disf_desktop.core.schema import Side

MOST_TOLD = 1000
"""How many refused rows are told one by one; all are counted, and kept for the files."""


@dataclass(frozen=True, slots=True)
class RowRefused:
    """A row that is not sent, or that the service refused (`code` `service`, with its words in `detail`)."""

    problem: RowProblem
    detail: str = ""

    def as_json(self) -> dict[str, Any]:
        p = self.problem
        message, what_to_do = explain_row(p)
        body = {
            "event": "row_refused",
            "row": p.row,
            "column": p.column,
            "field": p.field,
            "code": p.code,
            "figures": dict(p.figures),
            "message": message,
            "what_to_do": what_to_do,
        }
        return body | ({"detail": self.detail} if self.detail else {})


@dataclass(frozen=True, slots=True)
class ImportChecked:
    """The end of a check; nothing was sent. `id` names the import, for what is asked of it later."""

    id: str
    counts: CheckCounts
    not_imported: tuple[str, ...]
    """Columns that fill no field."""
    calls: Mapping[Side, int]

    def as_json(self) -> dict[str, Any]:
        c = self.counts
        return {
            "event": "import_checked",
            "id": self.id,
            "rows": c.rows,
            "new": c.new,
            "changed": c.changed,
            "unchanged": c.unchanged,
            "decided_when_sent": c.decided,
            "refused": c.refused,
            "problems": dict(c.problems),
            "cut": dict(c.cut),
            "ambiguous": dict(c.ambiguous),
            "consents": dict(c.consents),
            "changed_known": c.changed_known,
            "brought_back": c.back,
            "sent_before": c.sent,
            "not_imported": list(self.not_imported),
            "calls": {side.value: n for side, n in self.calls.items()},
        }


@dataclass(frozen=True, slots=True)
class ImportFinished:
    """The end of an import, whatever its status. `refused` were never sent, `failed` the service refused, `left` are
    still to be sent (after a stop). `results` names the files that were written, by what they hold."""

    id: str
    run: int
    status: RunStatus
    seconds: float
    rows: int
    created: int
    updated: int
    unchanged: int
    refused: int
    failed: int
    left: int
    calls: Mapping[Side, int]
    results: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "event": "import_finished",
            "id": self.id,
            "run": self.run,
            "status": self.status.value,
            "seconds": round(self.seconds, 3),
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "failed": self.failed,
            "left": self.left,
            "calls": {side.value: n for side, n in self.calls.items()},
            "results": dict(self.results),
        }


ImportEvent = Progress | Notice | RowRefused | ImportChecked | ImportFinished


@dataclass(frozen=True, slots=True)
class ImportState:
    """What is known of an import from its events so far: a fold, so a window needs only the last one."""

    progress: Progress | None = None
    refused: int = 0
    notices: tuple[Notice, ...] = ()
    checked: ImportChecked | None = None
    finished: ImportFinished | None = None

    def after(self, event: ImportEvent) -> ImportState:
        """Give the state after `event`."""
        match event:
            case Progress():
                return replace(self, progress=event)
            case Notice():
                return replace(self, notices=(*self.notices, event))
            case RowRefused():
                return replace(self, refused=self.refused + 1)
            case ImportChecked():
                return replace(self, checked=event)
            case ImportFinished():
                return replace(self, finished=event)
            case _:
                assert_never(event)
