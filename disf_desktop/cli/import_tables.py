"""Tables for a person: what the check of a file found, and what became of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.table import Table

from disf_desktop.cli.output import shown
from disf_desktop.cli.tables import plain_table, status_word
from disf_desktop.core.events import Progress
from disf_desktop.core.importing.events import ImportChecked, ImportFinished, RowRefused
from disf_desktop.core.importing.rows import explain_row
from disf_desktop.core.schema import Side

_STAGES: Final = {
    "read": "reading the rows",
    "plan": "looking at what is there",
    "report": "finishing",
}
_SERVICES: Final = {Side.SALESFORCE: "Salesforce", Side.DIALOG_INSIGHT: "Dialog Insight"}


def stage_of_import(said: Progress) -> str:
    """Say what an import is at."""
    return _STAGES.get(said.stage.value, f"sending to {_SERVICES[said.side]}")


def list_of_refused(rows: Sequence[RowRefused], title: str) -> Table:
    """Give rows that are not in, each with its first reason and what to do."""
    table = plain_table(title, "row", "column", "why", "what to do", numbers=("row",))
    for each in rows:
        message, what_to_do = explain_row(each.problem)
        why = f"{message} {each.detail}".strip()
        table.add_row(f"{each.problem.row:,}", *map(shown, (each.problem.column, why, what_to_do)))
    return table


def checked_of(said: ImportChecked) -> Table:
    """Give the figures of a check, and its reasons by how many rows have them."""
    c = said.counts
    table = plain_table(f"The check of {c.rows:,} rows", "what", "rows", numbers=("rows",))
    figures = {
        "new": c.new,
        "changed": c.changed,
        "unchanged": c.unchanged,
        "decided when sent": c.decided,
        "refused": c.refused,
    }
    for what, count in figures.items():
        if count or what == "refused":
            table.add_row(what, f"{count:,}")
    for title, counts in (("", c.problems), ("shortened: ", c.cut), ("dates that can be read two ways: ", c.ambiguous)):
        for name, count in sorted(counts.items(), key=lambda item: -item[1]):
            table.add_row(f"  {title}{shown(name.replace('_', ' ') if not title else name)}", f"{count:,}")
    if c.back:
        table.add_row("  erased people who come back", f"{c.back:,}")
    for name, count in c.consents.items():
        table.add_row(f"  consent {shown(name)}", f"{count:,}")
    calls = ", ".join(f"{count:,} calls to {_SERVICES[side]}" for side, count in said.calls.items() if count)
    table.caption = f"Nothing was sent. Import {said.id}{f'; {calls}' if calls else ''}"
    table.caption_justify = "left"
    return table


def imported_of(said: ImportFinished) -> Table:
    """Give what became of the rows, and where the results are."""
    numbers = ("rows", "created", "updated", "unchanged", "refused", "failed", "left", "seconds", "calls")
    table = plain_table(f"Import {said.id}", "run", "status", *numbers, numbers=("run", *numbers))
    figures = (said.rows, said.created, said.updated, said.unchanged, said.refused, said.failed, said.left)
    calls = f"{said.calls.get(Side.SALESFORCE, 0):,} + {said.calls.get(Side.DIALOG_INSIGHT, 0):,}"
    counts = (f"{figure:,}" for figure in figures)
    table.add_row(str(said.run), status_word(said.status.value), *counts, f"{said.seconds:,.1f}", calls)
    told = [f"{shown(name)}: {shown(file)}" for name, file in said.results.items()]
    if said.left:
        told.insert(0, "Run the same command again to send the rows that are left.")
    if told:
        table.caption = "\n".join(told)
        table.caption_justify = "left"
    return table
