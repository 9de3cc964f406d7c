"""Tables for a person: what a run did, what it would do, what waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from disf_desktop.cli.output import shown
from disf_desktop.core.events import OperationPlanned, PreviewFinished, RecordSetAside, RunFinished, Summary
from disf_desktop.core.schema import Side

_WORDS = {
    "success": ("✓ success", "green"),
    "partial": ("⚠ partial", "yellow"),
    "needs_you": ("⚠ needs you", "yellow"),
    "failed": ("✗ failed", "red"),
    "stopped": ("■ stopped", "yellow"),
}


def status_word(status: str | None) -> Text:
    """Give a status as a mark and a word; the colour is never the only sign."""
    word, style = _WORDS.get(status or "", (status or "not finished", "dim"))
    return Text(word, style=style)


def _table(title: str, *columns: str, numbers: Sequence[str] = ()) -> Table:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, justify="right" if column in numbers else "left", overflow="fold")
    return table


def summary_of(said: RunFinished) -> Table:
    """Give a row for each integration, and one for the whole where there are several."""
    numbers = ("read", "created", "updated", "unchanged", "set aside", "conflicts", "seconds", "calls")
    table = _table(f"Run {said.run}", "integration", "status", *numbers, numbers=numbers)
    for each in said.integrations:
        _summary_row(table, each.name, each)
    if len(said.integrations) != 1:
        table.add_section()
        _summary_row(table, "all", said.total)
    waiting = said.total.outstanding
    if waiting:
        what = [f"{waiting.set_aside:,} set aside (disf set-aside FILE)" if waiting.set_aside else ""]
        what.append(f"{waiting.conflicts:,} conflicts" if waiting.conflicts else "")
        what.append(f"{waiting.consent_review:,} consents to review" if waiting.consent_review else "")
        table.caption = "Waiting for you: " + ", ".join(filter(None, what))
        table.caption_justify = "left"
    return table


def _summary_row(table: Table, name: str, figures: Summary) -> None:
    sides = figures.sides.values()
    table.add_row(
        shown(name),
        status_word(figures.status.value),
        f"{sum(s.read for s in sides):,}",
        f"{sum(s.created for s in sides):,}",
        f"{sum(s.updated for s in sides):,}",
        f"{figures.unchanged:,}",
        f"{figures.set_aside:,}",
        f"{figures.conflicts:,}",
        f"{figures.seconds:,.1f}",
        f"{figures.calls[Side.SALESFORCE]:,} + {figures.calls[Side.DIALOG_INSIGHT]:,}",
    )


def preview_of(said: PreviewFinished) -> Table:
    """Give the counts of a plan, its cost in calls and its hash."""
    table = _table("The plan", "what", "count", numbers=("count",))
    for what, count in said.counts.items():
        table.add_row(what.replace("_", " "), f"{count:,}")
    for side, calls in said.calls_forecast.items():
        table.add_row(f"calls to {'Salesforce' if side is Side.SALESFORCE else 'Dialog Insight'}", f"{calls:,}")
    table.caption = f"Nothing was written. Plan {said.plan_hash}"
    table.caption_justify = "left"
    return table


def list_of_operations(operations: Sequence[OperationPlanned]) -> Table:
    """Give the writes of a plan, a line for each field that changes."""
    table = _table("Would be written", "integration", "what", "key", "field", "before", "after", "rule")
    for each in operations:
        head = [shown(each.integration), each.kind, shown(each.key)]
        for name, change in each.fields.items():
            table.add_row(*head, shown(name), _value(change.before), _value(change.after), change.rule)
            head = ["", "", ""]
    return table


def list_of_set_aside(records: Sequence[RecordSetAside]) -> Table:
    """Give records that wait for a person, each with its reason and what to do."""
    table = _table(
        "Set aside", "id", "integration", "key", "field", "why", "what to do", "tries", numbers=("id", "tries")
    )
    for r in records:
        table.add_row(str(r.id), *map(shown, (r.integration, r.key, r.field, r.message, r.what_to_do)), str(r.tries))
    return table


def status_of(body: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Give what `status` tells: the streams, the last runs, what waits."""
    streams = _table(
        shown(body["project"]["name"]),
        "integration",
        "changes seen up to",
        "last read",
        "linked",
        "set aside",
        numbers=("linked", "set aside"),
    )
    for each in body["integrations"]:
        streams.add_row(
            shown(each["name"]),
            each["watermark"] or "never read",
            each["read_at"] or "",
            f"{each['links']:,}",
            f"{each['outstanding']['set_aside']:,}",
        )
    yield streams
    runs = _table("Last runs", "run", "started", "ended", "status", numbers=("run",))
    for run in body["runs"][:10]:
        runs.add_row(str(run["run"]), run["started"], run["ended"] or "", status_word(run["status"]))
    yield runs if body["runs"] else Text("No run yet.")
    waiting = body["outstanding"]["set_aside"]
    yield Text(f"{waiting:,} set aside: disf set-aside FILE" if waiting else "Nothing waits for you.")


def _value(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, tuple | list):
        return shown("; ".join(map(str, value)))
    return shown(str(value))
