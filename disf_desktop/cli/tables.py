"""Tables for a person: what a run did, what it would do, what waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from disf_desktop.cli.events import ConflictTold, ConsentEventTold, ConsentTold
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


_WAITING = {"set aside": "set_aside", "conflicts": "conflicts", "consents to review": "consent_review"}


def status_word(status: str | None) -> Text:
    """Give a status as a mark and a word; the colour is never the only sign."""
    word, style = _WORDS.get(status or "", (status or "not finished", "dim"))
    return Text(word, style=style)


def plain_table(title: str, *columns: str, numbers: Sequence[str] = ()) -> Table:
    """Make a table whose cells fold; those of `numbers` are at the right."""
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, justify="right" if column in numbers else "left", overflow="fold")
    return table


def summary_of(said: RunFinished) -> Table:
    """Give a row for each integration, and one for the whole where there are several."""
    numbers = ("read", "created", "updated", "unchanged", "set aside", "conflicts", "seconds", "calls")
    table = plain_table(f"Run {said.run}", "integration", "status", *numbers, numbers=numbers)
    for each in said.integrations:
        _summary_row(table, each.name, each)
    if len(said.integrations) != 1:
        table.add_section()
        _summary_row(table, "all", said.total)
    waiting, stood = said.total.outstanding, said.total.exposure
    captions = []
    if stood:
        captions.append(
            f"Exposure window, from the last look to the reply of a write: p95 {stood.p95_s:.1f} s, longest"
            f" {stood.longest_s:.1f} s, of {stood.writes:,} writes that both sides may edit"
        )
    if waiting:
        what = [f"{waiting.set_aside:,} set aside (disf set-aside FILE)" if waiting.set_aside else ""]
        what.append(f"{waiting.conflicts:,} conflicts (disf conflicts FILE)" if waiting.conflicts else "")
        what.append(
            f"{waiting.consent_review:,} consents to review (disf consent FILE)" if waiting.consent_review else ""
        )
        captions.insert(0, "Waiting for you: " + ", ".join(filter(None, what)))
    table.caption = "\n".join(captions) or None
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
    table = plain_table("The plan", "what", "count", numbers=("count",))
    for what, count in said.counts.items():
        table.add_row(what.replace("_", " "), f"{count:,}")
    for side, calls in said.calls_forecast.items():
        table.add_row(f"calls to {'Salesforce' if side is Side.SALESFORCE else 'Dialog Insight'}", f"{calls:,}")
    table.caption = f"Nothing was written. Plan {said.plan_hash}"
    table.caption_justify = "left"
    return table


_LEFT_ALONE = {"moved": "it changed meanwhile", "new": "not in the plan", "passed_over": "left as it is"}


def list_of_operations(operations: Sequence[OperationPlanned], title: str) -> Table:
    """Give writes that are not done, a line for each field that would change; why, where that is said."""
    table = plain_table(title, "integration", "what", "key", "field", "before", "after", "rule")
    for each in operations:
        side = "Salesforce" if each.side is Side.SALESFORCE else "Dialog Insight"
        why = f" ({_LEFT_ALONE.get(each.not_applied, each.not_applied)})" if each.not_applied else ""
        head = [shown(each.integration), f"{each.kind.replace('_', ' ')} in {side}{why}", shown(each.key)]
        for name, change in each.fields.items():
            table.add_row(*head, shown(name), _value(change.before), _value(change.after), change.rule)
            head = ["", "", ""]
    return table


def list_of_set_aside(records: Sequence[RecordSetAside]) -> Table:
    """Give records that wait for a person, each with its reason and what to do."""
    table = plain_table(
        "Set aside", "id", "integration", "key", "field", "why", "what to do", "tries", numbers=("id", "tries")
    )
    for r in records:
        table.add_row(str(r.id), *map(shown, (r.integration, r.key, r.field, r.message, r.what_to_do)), str(r.tries))
    return table


def list_of_conflicts(told: Sequence[ConflictTold]) -> Table:
    """Give fields that hold two values, and which one stands or was chosen."""
    columns = ("id", "integration", "key", "field", "Salesforce", "Dialog Insight", "rule", "stands", "since")
    table = plain_table("Conflicts", *columns, numbers=("id",))
    for each in told:
        r = each.record
        stands = (r.winner or "").replace("_", " ")
        if r.state == "waiting":
            stands = f"{r.chosen.replace('_', ' ')}, with the next sync" if r.chosen else "waits for you"
        elif r.state == "restored":
            stands = "put back"
        texts = (r.integration, r.key, r.field, _value(r.salesforce), _value(r.dialog_insight), r.rule, stands, r.at)
        table.add_row(str(r.id), *map(shown, texts))
    return table


def list_of_consents(told: Sequence[ConsentTold]) -> Table:
    """Give the consents that wait, with their age; the colour is never the only sign."""
    columns = ("what", "integration", "Salesforce", "contact", "purpose", "Dialog Insight says", "why", "since", "days")
    table = plain_table("Consents that wait", *columns, numbers=("days",))
    styles = {"amber": "yellow", "red": "red"}
    for each in told:
        w = each.waiting
        says = {True: "subscribed", False: "unsubscribed", None: "nothing"}[w.dialog_insight]
        what = "review" if w.kind == "review" else "opt-out that Dialog Insight lacks"
        why = " ".join(filter(None, (w.rule, w.detail)))
        row = (what, w.integration, w.salesforce_id, w.contact_id, w.purpose, says, why, w.since)
        mark = "" if each.urgency.value == "calm" else f" {each.urgency.value}"
        days = Text(f"{each.business_days}{mark}", style=styles.get(each.urgency.value, ""))
        table.add_row(*map(shown, row), days)
    return table


def list_of_consent_events(told: Sequence[ConsentEventTold]) -> Table:
    """Give the trail of a person's consents."""
    columns = ("event", "at", "purpose", "what", "Dialog Insight", "since", "before", "after", "rule", "run")
    table = plain_table("Trail of consents", *columns, numbers=("event", "run"))
    for each in told:
        r = each.record
        says = {True: "subscribed", False: "unsubscribed", None: ""}[r.dialog_insight]
        texts = (r.at, r.purpose, r.action, says, r.effective or "", r.before or "", r.after or "", r.rule)
        table.add_row(str(r.seq), *map(shown, texts), str(r.run or ""))
    return table


def status_of(body: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Give what `status` tells: the streams, the last runs, what waits."""
    streams = plain_table(
        shown(body["project"]["name"]),
        "integration",
        "changes seen up to",
        "last read",
        "linked",
        "oldest look",
        "next run",
        *_WAITING,
        numbers=("linked", *_WAITING),
    )
    for each in body["integrations"]:
        streams.add_row(
            shown(each["name"]),
            each["watermark"] or "never read",
            each["read_at"] or "",
            f"{each['links']:,}",
            each["freshness"]["oldest_look"] or "",
            each["next"] or "by hand",
            *(f"{each['outstanding'][name]:,}" for name in _WAITING.values()),
        )
    yield streams
    runs = plain_table("Last runs", "run", "started", "ended", "status", numbers=("run",))
    for run in body["runs"][:10]:
        runs.add_row(str(run["run"]), run["started"], run["ended"] or "", status_word(run["status"]))
    yield runs if body["runs"] else Text("No run yet.")
    verbs = {"set_aside": "set-aside", "conflicts": "conflicts", "consent_review": "consent"}
    waiting = [(body["outstanding"][name], what, verbs[name]) for what, name in _WAITING.items()]
    for count, what, verb in waiting:
        if count:
            yield Text(f"{count:,} {what}: disf {verb} FILE")
    if not any(count for count, _, _ in waiting):
        yield Text("Nothing waits for you.")


def _value(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, tuple | list):
        return shown("; ".join(map(str, value)))
    return shown(str(value))
