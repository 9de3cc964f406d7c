"""The same events for a person: a progress bar while a run goes on, tables for what came out."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.text import Text

from disf_desktop.cli.events import (
    BackupTold,
    CheckFinished,
    ConflictsFinished,
    ConflictTold,
    Connected,
    ConsentEventTold,
    ConsentFinished,
    ConsentTold,
    ErrorSaid,
    OpenUrl,
    ProblemFound,
    RestoreFinished,
    Said,
    ScheduleFinished,
    SetAsideFinished,
    StatusTold,
)
from disf_desktop.cli.import_tables import checked_of, imported_of, list_of_refused, stage_of_import
from disf_desktop.cli.output import Pace, leave_quietly, shown
from disf_desktop.cli.preparing_tables import access_told, finished_told, package_told, table_of
from disf_desktop.cli.tables import (
    list_of_conflicts,
    list_of_consent_events,
    list_of_consents,
    list_of_operations,
    list_of_set_aside,
    preview_of,
    status_of,
    summary_of,
)
from disf_desktop.core.events import (
    ConflictFound,
    GuardTripped,
    Notice,
    OperationPlanned,
    PreviewFinished,
    Progress,
    RecordSetAside,
    RunFinished,
)
from disf_desktop.core.importing.events import ImportChecked, ImportFinished, RowRefused
from disf_desktop.core.preparation_events import (
    AccessGiven,
    ComponentFailed,
    ComponentInstalled,
    ComponentRemoved,
    ComponentTold,
    PackageTold,
    PrepareFinished,
)
from disf_desktop.core.schedule import NextRun

WIDTH_OF_FILES = 140
"""Columns where the output is no terminal: wide enough for a table, since nothing scrolls there."""

SHOWN = 25
"""How many records of a kind are listed; --json lists all."""

_STAGES = {
    ("read", "salesforce"): "reading Salesforce",
    ("read", "dialog_insight"): "reading Dialog Insight",
    ("plan", "dialog_insight"): "planning",
    ("plan", "salesforce"): "planning",
    ("apply", "dialog_insight"): "writing to Dialog Insight",
    ("apply", "salesforce"): "writing to Salesforce",
    ("report", "dialog_insight"): "finishing",
    ("report", "salesforce"): "finishing",
}


class Screen:
    """Progress and errors on standard error, answers on standard output; colours only on a terminal."""

    def __init__(self, *, lists_all: bool = False, imports: bool = False) -> None:
        self.reader_left: Callable[[], None] = lambda: None
        self._out = _console(sys.stdout)
        self._err = _console(sys.stderr)
        self._lists_all = lists_all
        self._title = _title_of_import if imports else _title
        self._gone = False
        self._bar: Bar | None = None
        self._tasks: dict[tuple[str, str, str], TaskID] = {}
        self._pace = Pace(every_s=0.125 if self._err.is_terminal else 5.0)
        self._stage: tuple[str, str, str] | None = None
        self._line = ""
        self._set_aside: list[RecordSetAside] = []
        self._operations: list[OperationPlanned] = []
        self._conflicts: list[ConflictTold] = []
        self._consents: list[ConsentTold] = []
        self._trail: list[ConsentEventTold] = []
        self._refused: list[RowRefused] = []
        self._components: list[ComponentTold] = []
        self._counts: Counter[str] = Counter()

    def say(self, said: Said) -> None:
        if self._gone:
            return
        try:
            self._show(said)
        except OSError as error:
            self._gone = True
            leave_quietly(error, sys.stdout)
            self.reader_left()

    def note(self, text: str) -> None:
        if self._gone:
            return
        try:
            self._err.print(Text(shown(text)), soft_wrap=True)
        except OSError as error:
            leave_quietly(error, sys.stderr)

    def close(self) -> None:
        self._end_bar()
        try:
            self._out.file.flush()
        except OSError as error:
            leave_quietly(error, sys.stdout)

    def _show(self, said: Said) -> None:
        if not isinstance(said, ComponentTold):
            # They are told as they are before anything is changed.
            self._list_components()
        match said:
            case Progress():
                self._progress(said)
            case RecordSetAside():
                self._counts["set_aside"] += 1
                if self._lists_all or len(self._set_aside) < SHOWN:
                    self._set_aside.append(said)
            case OperationPlanned():
                self._counts["operation"] += 1
                if len(self._operations) < SHOWN:
                    self._operations.append(said)
            case RowRefused():
                self._counts["refused"] += 1
                if len(self._refused) < SHOWN:
                    self._refused.append(said)
            case ConflictFound():
                self._counts["conflict"] += 1
            case ConflictTold():
                self._conflicts.append(said)
            case ConsentTold():
                self._consents.append(said)
            case ConsentEventTold():
                self._trail.append(said)
            case ComponentTold():
                self._components.append(said)
            case _:
                self._end_bar()
                self._answer(said)

    def _answer(self, said: Said) -> None:
        match said:
            case GuardTripped():
                self._warn(f"{said.integration}: nothing was sent. {said.reason}")
                self._plain(f"Look at it with `disf preview`, then allow it with --approve {said.plan_hash}.")
            case RunFinished():
                self._list_operations("Left alone")
                self._list_set_aside()
                self._out.print(summary_of(said))
            case PreviewFinished():
                self._list_operations("Would be written")
                self._list_set_aside()
                self._out.print(preview_of(said))
            case ImportChecked():
                self._list_refused("Refused")
                self._out.print(checked_of(said))
            case ImportFinished():
                self._list_refused("Refused by the service")
                self._out.print(imported_of(said))
            case Notice():
                self.note(f"{said.integration}: {said.message}")
                self.note(f"  {said.what_to_do}")
            case NextRun():
                self.note(_next_told(said))
            case ScheduleFinished():
                self.note(f"Ended after {_count(said.runs, 'run')}.")
            case ConflictsFinished():
                if self._conflicts:
                    self._out.print(list_of_conflicts(self._conflicts))
                self._plain(_conflicts_told(said))
            case ConsentFinished():
                if self._consents:
                    self._out.print(list_of_consents(self._consents))
                if self._trail:
                    self._out.print(list_of_consent_events(self._trail))
                self._plain(_consents_told(said))
            case ProblemFound():
                self._out.print(
                    Text.assemble((f"{said.problem.path or 'project file'}: ", "bold"), shown(said.problem.message)),
                    soft_wrap=True,
                )
                self._plain(f"  {said.problem.what_to_do}")
            case CheckFinished():
                self._plain("No problem found." if not said.problems else f"{_count(said.problems, 'problem')} found.")
            case SetAsideFinished():
                self._list_set_aside()
                self._plain(_set_aside_told(said))
            case OpenUrl():
                self._plain("Sign in here, in a browser on this computer:")
                self._out.print(Text(said.url), soft_wrap=True)
            case Connected():
                self._plain(f"Connected. {_facts_told(said.facts)}")
            case StatusTold():
                for part in status_of(said.body):
                    self._out.print(part)
            case ComponentInstalled():
                self.note(f"Installed: {said.id}")
            case ComponentRemoved():
                self.note(f"Removed: {said.id}")
            case ComponentFailed():
                self.note(f"{said.id}: {said.message} {said.what_to_do}")
                self.note(f"  Salesforce said: {said.detail}")
            case BackupTold() | RestoreFinished():
                self._plain(said.in_words())
            case PackageTold():
                self._plain(package_told(said))
            case AccessGiven():
                self._plain(access_told(said))
            case PrepareFinished():
                self._plain(finished_told(said))
            case ErrorSaid():
                self._err.print(
                    Text.assemble(
                        ("Error", "bold red"),
                        f" ({said.code}): ",
                        shown(said.message),
                        f" [{shown(said.where)}]" if said.where else "",
                    ),
                    soft_wrap=True,
                )
                self.note(f"  {said.what_to_do}")
                if said.detail:
                    self.note(f"  The service said: {said.detail}")
            case _:
                raise AssertionError(f"nothing is shown of {type(said).__name__}")

    def _plain(self, text: str) -> None:
        self._out.print(Text(shown(text)), soft_wrap=True)

    def _warn(self, text: str) -> None:
        self._out.print(Text(shown(text), style="bold yellow"), soft_wrap=True)

    # ------------------------------------------------------------------ progress

    def _progress(self, said: Progress) -> None:
        stage = (said.integration, said.stage.value, said.side.value)
        if not self._err.is_terminal:
            line, ended = _line_of(said, self._title(said)), said.total is not None and said.done >= said.total
            if line != self._line and (stage != self._stage or ended or self._pace.may_pass()):
                self._stage, self._line = stage, line
                self.note(line)
            return
        if self._bar is None:
            self._bar = Bar(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[speed]}"),
                TimeRemainingColumn(compact=True),
                console=self._err,
                transient=True,
                refresh_per_second=8,
            )
            self._bar.start()
        if stage not in self._tasks:
            for task in self._tasks.values():
                self._bar.update(task, visible=False)
            self._tasks[stage] = self._bar.add_task(self._title(said), total=None, speed="")
        self._bar.update(self._tasks[stage], completed=said.done, total=said.total, speed=_speed(said), visible=True)

    def _end_bar(self) -> None:
        if self._bar is not None:
            self._bar.stop()
        self._bar, self._tasks, self._stage = None, {}, None

    # ------------------------------------------------------------------ lists

    def _list_set_aside(self) -> None:
        if self._set_aside:
            self._out.print(list_of_set_aside(self._set_aside))
        self._rest(self._counts.pop("set_aside", 0) - len(self._set_aside), "record set aside", "records set aside")
        self._set_aside = []

    def _list_components(self) -> None:
        if self._components:
            self._out.print(table_of(self._components))
        self._components = []

    def _list_refused(self, title: str) -> None:
        if self._refused:
            self._out.print(list_of_refused(self._refused, title))
        self._rest(self._counts.pop("refused", 0) - len(self._refused), "row", "rows")
        self._refused = []

    def _list_operations(self, title: str) -> None:
        if self._operations:
            self._out.print(list_of_operations(self._operations, title))
        self._rest(self._counts.pop("operation", 0) - len(self._operations), "operation", "operations")
        self._operations = []

    def _rest(self, more: int, one: str, many: str) -> None:
        if more > 0:
            self._plain(f"… and {more:,} more {one if more == 1 else many} (--json lists all).")


def _console(file: Any) -> Console:
    console = Console(file=file, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = WIDTH_OF_FILES
    return console


def _title(said: Progress) -> str:
    return f"{shown(said.integration)}: {_STAGES[said.stage.value, said.side.value]}"


def _title_of_import(said: Progress) -> str:
    return f"{shown(said.integration)}: {stage_of_import(said)}"


def _speed(said: Progress) -> str:
    return f"{said.rate:,.0f}/s" if said.rate else ""


def _line_of(said: Progress, title: str) -> str:
    of = "" if said.total is None else f" of {said.total:,}"
    left = "" if not said.eta_s else f", {time.strftime('%H:%M:%S', time.gmtime(said.eta_s))} left"
    speed = f", {_speed(said)}" if said.rate else ""
    return f"{title} {said.done:,}{of}{speed}{left}"


def _count(number: int, one: str) -> str:
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def _facts_told(facts: Mapping[str, Any]) -> str:
    """Give what a connection tells of itself, as words; the projects of an account by name and number."""
    if "projects" in facts:
        return "Projects: " + ", ".join(f"{p['name']} ({p['id']})" for p in facts["projects"])
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in facts.items() if value not in (None, ""))


def _set_aside_told(said: SetAsideFinished) -> str:
    done = [
        *([f"{_count(said.retried, 'record')} will be tried again by the next sync."] if said.retried else []),
        *([f"{_count(said.dismissed, 'record')} dismissed, until the source changes."] if said.dismissed else []),
        *([f"{_count(said.exported, 'record')} written."] if said.exported else []),
    ]
    waits = f"{_count(said.outstanding, 'record')} set aside." if said.outstanding else "Nothing is set aside."
    return " ".join([*done, waits])


def _next_told(said: NextRun) -> str:
    if said.next is None:
        return f"{said.integration}: does not run by itself for now."
    return f"{said.integration}: runs next at {said.next.astimezone():%Y-%m-%d %H:%M:%S}."


def _conflicts_told(said: ConflictsFinished) -> str:
    done = [
        *([f"{_count(said.chosen, 'choice')} noted, for the next sync."] if said.chosen else []),
        *([f"{_count(said.exported, 'conflict')} written."] if said.exported else []),
    ]
    waits = f"{_count(said.waiting, 'conflict')} waiting for you." if said.waiting else "No conflict waits for you."
    return " ".join([*done, waits])


def _consents_told(said: ConsentFinished) -> str:
    done = [
        *([f"{_count(said.reviews, 'consent')} to review."] if said.reviews else []),
        *([f"{_count(said.drift, 'opt-out')} that Dialog Insight lacks."] if said.drift else []),
        *([f"{_count(said.events, 'event')}."] if said.events else []),
        *([f"{_count(said.exported, 'line')} written."] if said.exported else []),
        *(["The trail is as it was written."] if said.verified else []),
        *(["The trail is broken."] if said.verified is False else []),
    ]
    return " ".join(done) or "No consent waits for you."
