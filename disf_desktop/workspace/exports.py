"""The folder of a destination project in which exports of Dialog Insight appear, as a run reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from disf_desktop.core.moments import written
from disf_desktop.core.records import FoundRecord
from disf_desktop.core.schema import Schema

if TYPE_CHECKING:
    from disf_desktop.services.dialog_insight.export import ExportFile


@dataclass(frozen=True, slots=True)
class WatchedExport:
    """One file of the folder; it is judged whole before its first record is given."""

    file: ExportFile
    zone: tzinfo

    @property
    def keys(self) -> tuple[str, ...]:
        """What tells this file, and its content, from others."""
        return self.file.keys

    @property
    def as_of(self) -> str:
        return self.file.as_of

    def records(self, schema: Schema) -> Iterator[FoundRecord]:
        from disf_desktop.services.dialog_insight.export import read_export

        return iter(read_export(self.file, schema, self.zone))


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """The folder that a destination project names; `zone` is the one of the project's dates.

    `server_now` is the clock of Dialog Insight: no photograph is later, whatever this computer made of its file.
    """

    folder: Path
    id_project: int
    zone: tzinfo
    server_now: Callable[[], datetime]

    def waiting(self, was_read: Callable[[str], bool]) -> Sequence[WatchedExport]:
        """Give the files that may be exports of the project and were not read yet, the oldest photograph first."""
        from disf_desktop.services.dialog_insight.export import exports_in

        files = exports_in(self.folder, self.id_project, was_read)
        if not files:
            return []
        now = written(self.server_now())
        return [WatchedExport(replace(file, as_of=min(file.as_of, now)), self.zone) for file in files]
