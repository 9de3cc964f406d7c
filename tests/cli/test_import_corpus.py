"""`disf import … --check --json` over every nasty file: rightly read or clearly refused, and no row is lost.

The command's own runner is called in this process: a process for each file would take minutes.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from disf_desktop.cli.program import run
from disf_desktop.core.importing.file_form import Swallowed
from tests.cli.conftest import Desk
from tests.cli.contract import EVENT
from tests.storage.corpus import NAMES, PEOPLE, TEXTS, Nasty
from tests.storage.corpus_containers import CONTAINERS

CORPUS = (*TEXTS, *CONTAINERS)
FIELDS = ("EMail", "FirstName", "LastName", "Comment")
TELLING = 6
"""Cells shorter than this may stand in an honest sentence by chance."""


@pytest.fixture(scope="module")
def desk(simulated: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(simulated, tmp_path_factory.mktemp("desk"))
    desk.control("reset", {})
    desk.control("requests", method="DELETE")
    return desk


def words_for(desk: Desk, nasty: Nasty, folder: Path) -> list[str]:
    file = folder / f"file{nasty.suffix}"
    file.write_bytes(nasty.data)
    columns = folder / "columns.json"
    columns.write_text(json.dumps(dict(zip(nasty.names, FIELDS, strict=False))), encoding="utf-8")
    said = nasty.said
    words = ["import", str(desk.file), str(file), "--to", "web-forms/Contact", "--columns", str(columns)]
    for name in ("encoding", "delimiter", "header", "sheet"):
        value = getattr(said, name)
        words += [] if value is None else [f"--{name}", str(value)]
    return [*words, "--check", *desk.places, "--json"]


def texts_of(nasty: Nasty) -> set[str]:
    """Give the cells that must not be told to anybody."""
    rows = [row for _, row in nasty.rows] or [list(row) for row in PEOPLE]
    cells = {cell for row in rows[:200] for cell in row}
    # What names a column may be said; a number may be a figure.
    return {cell[:80] for cell in cells if len(cell) >= TELLING and not cell.isdecimal()} - set(nasty.names)


def expected(nasty: Nasty) -> dict[int, str]:
    """Give the rows of which it is plain what a check must say, and that: `fine`, or the code of the refusal."""
    width = len(nasty.names)
    keys = Counter(row[0] for _, row in nasty.rows if len(row) == width and not isinstance(row, Swallowed))
    found: dict[int, str] = {}
    for number, row in nasty.rows:
        if isinstance(row, Swallowed):
            found[number] = "unclosed_quote"
        elif len(row) < width:
            found[number] = "short_row"
        elif len(row) > width:
            found[number] = "long_row"
        elif nasty.names == NAMES and tuple(row) in PEOPLE:
            found[number] = "fine" if keys[row[0]] == 1 else "duplicate_key"
    return found


@pytest.mark.parametrize("nasty", CORPUS, ids=lambda nasty: nasty.name)
def test_a_nasty_file_is_checked_or_refused_clearly_and_loses_no_row(
    nasty: Nasty, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(words_for(desk, nasty, tmp_path))
    told = capsys.readouterr()
    events = [json.loads(line) for line in told.out.splitlines()]
    for event in events:
        EVENT.validate_python(event)
    assert "Traceback" not in told.out + told.err
    errors = [event for event in events if event["event"] == "error"]
    checked = [event for event in events if event["event"] == "import_checked"]
    said = "\n".join([*(line for event in (*errors, *events) for line in words_said(event)), told.err])
    assert not [cell for cell in texts_of(nasty) if cell in said]
    if nasty.refused or nasty.broken:
        assert not checked
        [error] = errors
        wrong_use = nasty.said.encoding == "klingon"
        assert (code, error["code"]) == (
            (2, "usage") if wrong_use else (1, "file" if nasty.refused else "unexpected_answer")
        )
        assert error["message"].endswith(".")
        return
    assert not errors
    [found] = checked
    kinds = ("new", "changed", "unchanged", "decided_when_sent", "refused")
    assert found["rows"] == len(nasty.rows) == sum(found[kind] for kind in kinds)
    assert sum(found["problems"].values()) == found["refused"]
    assert code == (3 if found["refused"] else 0)
    refused = {event["row"]: event["code"] for event in events if event["event"] == "row_refused"}
    if found["refused"] < 1000:
        assert len(refused) == found["refused"]
        assert {row: refused.get(row, "fine") for row in expected(nasty)} == expected(nasty)


def words_said(event: dict[str, Any]) -> list[str]:
    return [str(event[name]) for name in ("message", "what_to_do", "where", "detail") if name in event]


def test_nothing_was_sent_for_any_of_them(desk: Desk) -> None:
    assert desk.writes() == 0
