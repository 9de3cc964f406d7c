"""The folder of a project's exports, as a run sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path

from disf_desktop.core.records import FoundRecord
from disf_desktop.core.schema import Schema
from disf_desktop.services.dialog_insight.export import ExportFile, exports_in, read_export


@dataclass(frozen=True, slots=True)
class WatchedExport:
    """One file of the folder; satisfies `engine.ports.Export`."""

    file: ExportFile
    zone: tzinfo

    @property
    def keys(self) -> tuple[str, ...]:
        return self.file.keys

    @property
    def as_of(self) -> str:
        return self.file.as_of

    def records(self, schema: Schema) -> Iterator[FoundRecord]:
        """Judge the file whole, then give its records."""
        return iter(read_export(self.file, schema, self.zone))


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """A folder in which exports of one project appear; satisfies `engine.ports.ExportFolder`."""

    folder: Path
    id_project: int
    zone: tzinfo

    def waiting(self, was_read: Callable[[str], bool]) -> Sequence[WatchedExport]:
        """Give the files that were not read yet, the oldest photograph first."""
        return [WatchedExport(file, self.zone) for file in exports_in(self.folder, self.id_project, was_read)]
