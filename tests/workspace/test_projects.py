"""What can be asked about Dialog Insight projects that a person chooses among."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from disf_desktop.workspace import Workspace
from disf_desktop.workspace.projects import HEADER_BYTES, FileUnreadable


def test_every_time_zone_that_is_offered_can_be_used() -> None:
    zones = Workspace.time_zones()
    assert {"America/Toronto", "Europe/Paris", "UTC"} <= set(zones)
    assert list(zones) == sorted(zones)
    for name in zones:
        ZoneInfo(name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_header_is_read_in_the_encodings_that_spreadsheets_write(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "commandes.csv"
    file.write_text("Numéro;Montant\r\nA1;12,50\r\n", encoding=encoding, newline="")
    header = Workspace.csv_header(file)
    assert header.names == ("Numéro", "Montant")
    assert header.delimiter == ";"


def test_only_the_first_line_of_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "large.csv"
    file.write_bytes(b"A,B\n" + b"\xff\x00rubbish" * 100_000)
    assert Workspace.csv_header(file).names == ("A", "B")
    file.write_bytes(b"A," * HEADER_BYTES)
    assert len(Workspace.csv_header(file).names) == HEADER_BYTES // 2


def test_a_file_that_is_no_csv_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=r"missing\.csv cannot be opened"):
        Workspace.csv_header(tmp_path / "missing.csv")
    with pytest.raises(FileUnreadable, match="cannot be opened"):
        Workspace.csv_header(tmp_path)
    empty = tmp_path / "empty.csv"
    empty.touch()
    with pytest.raises(FileUnreadable, match="does not begin with a line of column names"):
        Workspace.csv_header(empty)
