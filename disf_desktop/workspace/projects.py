"""The verbs about Dialog Insight projects that a person chooses among: their fields, time zones, custom tables."""

from __future__ import annotations

import zoneinfo
from pathlib import Path
from typing import Final

from disf_desktop.core.csv_header import CsvHeader, read_header
from disf_desktop.core.errors import DisfError
from disf_desktop.core.project import DestinationProject
from disf_desktop.core.schema import Schema
from disf_desktop.workspace.opened import OpenedProject

HEADER_BYTES: Final = 65_536
"""How much of a CSV file is read at most to find its header line."""


class FileUnreadable(DisfError):
    """A file that a person named cannot be read, or is not what it should be."""

    code = "file_unreadable"


class Projects(OpenedProject):
    """Questions about Dialog Insight projects, whether the project file has them or not."""

    def project_fields(self, connection_id: str, id_project: int) -> Schema:
        """Read the contact list of a project, opt-ins included; its key is the one that the service tells, or none."""
        from disf_desktop.services.dialog_insight.schema import contact_list_schema
        from disf_desktop.services.dialog_insight.told_key import told_key

        with self._connections(self._vault()) as connections:
            reply = connections.account(connection_id).read("Projects.Get", {"idProject": id_project})
        return contact_list_schema(reply, id_project, told_key(reply), "en")

    def fields_of(self, destination: DestinationProject, table: str) -> Schema:
        """Read the fields of a table of a destination project, as a run would, even if the file has another one yet.

        Those of a custom table are the ones that the project names.
        """
        with self._connections(self._vault()) as connections:
            return connections.target(destination, table).describe()

    @staticmethod
    def time_zones() -> tuple[str, ...]:
        """Name the time zones of the world that name a place, as this computer knows them."""
        return tuple(sorted(name for name in zoneinfo.available_timezones() if "/" in name or name == "UTC"))

    @staticmethod
    def csv_header(path: Path) -> CsvHeader:
        """Read the header line of a CSV file, and nothing else of it. Raises FileUnreadable."""
        try:
            with path.open("rb") as file:
                start = file.readline(HEADER_BYTES)
        except OSError as error:
            raise FileUnreadable(
                f"{path.name} cannot be opened.", "Choose another file, or look at its rights.", str(path), str(error)
            ) from None
        header = read_header(_decoded(start))
        if not header.names:
            raise FileUnreadable(
                f"{path.name} does not begin with a line of column names.",
                "Choose a CSV file whose first line names its columns.",
                str(path),
            )
        return header


def _decoded(start: bytes) -> str:
    """Decode the line: by its mark, else as UTF-8, else as Windows writes it in the West, which knows every byte."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        # A line of UTF-16 ends inside of its line feed.
        return start[: len(start) & ~1].decode("utf-16", "replace")
    try:
        return start.decode("utf-8-sig")
    except UnicodeDecodeError:
        return start.decode("cp1252", "replace")
