"""Everything the window knows, as one frozen value, and the object that holds the latest one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from disf_desktop.core.doubt import LedgerStanding
from disf_desktop.core.errors import DisfError, Problem
from disf_desktop.core.events import GuardTripped, Notice, OperationPlanned, PreviewFinished, RunState
from disf_desktop.core.history import ConsentWaiting, History, RunRecord, SetAsideRecord
from disf_desktop.core.project import Integration, Project
from disf_desktop.core.schema import Field, Schema, Side
from disf_desktop.core.waiting import ConflictStory
from disf_desktop.gui.models.activity import ActivityFacts
from disf_desktop.gui.models.from_now import LateTick
from disf_desktop.gui.models.imports import ImportFacts
from disf_desktop.gui.models.ledger import Restoring
from disf_desktop.gui.models.people import PeopleFacts
from disf_desktop.gui.models.preparing import OrgPrepared, Preparation, PrepareAsked
from disf_desktop.gui.models.reports import ReportFacts

if TYPE_CHECKING:
    from disf_desktop.core.sampling import Sample
    from disf_desktop.core.suggest import Suggestion
    from disf_desktop.workspace import ConnectionFacts
    from disf_desktop.workspace.fields import ObjectFacts

SHOWN_OPERATIONS = 5000
"""How many operations of a preview the window holds; it counts them all."""


WRITES = frozenset({"create", "update", "delete", "opt_out", "opt_in", "neutral"})
"""The kinds of operations that write something."""


class RunKind(StrEnum):
    SYNC = "sync"
    PREVIEW = "preview"
    UNDO = "undo"
    FROM_NOW = "start-from-now"
    CHECK = "check"
    IMPORT = "import"

    @property
    def is_of_file(self) -> bool:
        """Say whether it is about a file that a person imports, and not about integrations."""
        return self in (RunKind.CHECK, RunKind.IMPORT)


@dataclass(frozen=True, slots=True)
class Run:
    """A run that this window has started, or that its schedule has (`by_schedule`). `waiting` is what it waits for
    before it begins: another run holds the ledger."""

    kind: RunKind
    integration: str | None
    state: RunState = field(default_factory=RunState)
    paused: bool = False
    stopping: bool = False
    errors: tuple[DisfError, ...] = ()
    exit_code: int | None = None
    by_schedule: bool = False
    waiting: DisfError | None = None

    @property
    def under_way(self) -> bool:
        return self.exit_code is None


class Why(StrEnum):
    """Why the window shows a plan that nobody asked for."""

    FIRST_RUN = "first_run"
    GUARD = "guard"


class Keeping(StrEnum):
    """What becomes of the schedules of the project file."""

    NONE = "none"  # no integration that is on has one, or none of them had its first run
    ON = "on"
    PAUSED = "paused"
    AGAIN = "again"  # what keeps them has ended; it is started again


@dataclass(frozen=True, slots=True)
class Schedules:
    """How the schedules are kept. `paused` is None until it was read; `next` says by name when an integration is due,
    None where it waits for a person; `error` is what went wrong last; `again_s` the seconds before the next try;
    `busy`: another run holds the ledger, so what is due waits for it."""

    keeping: Keeping = Keeping.NONE
    paused: bool | None = None
    next: Mapping[str, datetime | None] = field(default_factory=dict)
    error: DisfError | None = None
    again_s: int = 0
    busy: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What a preview said: the first operations, how many there were, by side and kind, and its end.

    `plan` is the file that holds it, once it is whole and may be sent. `why` says for what reason it is shown to a
    person who asked for something else, `about` which integrations that concerns. `of` is the project as it was then.
    """

    at: str
    operations: tuple[OperationPlanned, ...] = ()
    told: Mapping[tuple[Side, str], int] = field(default_factory=dict)
    finished: PreviewFinished | None = None
    integration: str | None = None
    plan: Path | None = None
    why: Why | None = None
    about: tuple[str, ...] = ()
    of: Project | None = None

    @property
    def count(self) -> int:
        """How many operations there were."""
        return sum(self.told.values())

    @property
    def planned(self) -> int:
        """How many records would be written; those that would be set aside are not among them."""
        return sum(n for (_, kind), n in self.told.items() if kind in WRITES) if self.finished else 0


class SignInStage(StrEnum):
    """How far a sign-in has come."""

    STARTING = "starting"
    BROWSER = "browser"  # the page was given to the system's browser
    WAITING = "waiting"  # the person signs in there
    RECEIVED = "received"  # the browser has come back
    IDENTIFIED = "identified"  # the permission is stored, and Salesforce has said whose it is


@dataclass(frozen=True, slots=True)
class SigningIn:
    """A sign-in under way: the connection, how far it is, and the page that the browser was given; who signed in, why a
    pasted address was not taken, and since when it goes on (monotonic seconds)."""

    connection: str
    stage: SignInStage = SignInStage.STARTING
    page: str = ""
    who: str = ""
    not_taken: DisfError | None = None
    since: float = 0.0


class Rehearsal(StrEnum):
    """How far a rehearsal with made-up people is: its services start, or its project file is open."""

    STARTING = "starting"
    OPEN = "open"


class Outside(StrEnum):
    """What another program did to the project file while it was open here."""

    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is on screen follows from this. Keys of `schemas` and `schema_errors` come from `salesforce_key` and
    `dialog_insight_key`; a key in `asking` is being asked at the moment. `told` is what the last run gave notice of;
    `late_ticks`: triggers ticked here after their integration had run, of which a person was not heard yet;
    `carried_ticks` those of which nothing is asked before another run, with when the integration last ran by then.
    `shown_projects` are contact lists as Dialog Insight shows them, with the key that it tells itself, in the file or
    not, by `shown_project_key`. `suggestions` are proposed pairs, by integration. `saved`: the project is in its file
    as it is here. `next_runs`: when integrations with a schedule are due, by name.
    `objects` are those of an org, by `objects_key`; `samples` real records, by `sample_key`; `tried_filters` what was
    tried last, by mapping, and why it was refused; `checked` is the project that both services were asked about last.
    `outside`: what another program did to that file; `copied_to`: where a copy of it was put for others to see.
    `ledger_read`: the past of this project is known; `standing`: whether it may be believed; `restoring`: the way back
    to a backup, while a person looks at it; `closed_audits`: the runs whose doubtful comparison a person has taken note
    of. `prepared` and `prepare_errors` tell of orgs by connection,
    `preparation` of the one under way or just ended.
    """

    path: Path | None = None
    project: Project | None = None
    open_error: DisfError | None = None
    secrets_kept_in: str = ""
    problems: tuple[Problem, ...] = ()
    authorized: Mapping[str, bool] = field(default_factory=dict)
    tested: Mapping[str, ConnectionFacts] = field(default_factory=dict)
    connection_errors: Mapping[str, DisfError] = field(default_factory=dict)
    signing_in: SigningIn | None = None
    schemas: Mapping[str, Schema] = field(default_factory=dict)
    schema_errors: Mapping[str, DisfError] = field(default_factory=dict)
    shown_projects: Mapping[str, Schema] = field(default_factory=dict)
    shown_project_errors: Mapping[str, DisfError] = field(default_factory=dict)
    time_zones: tuple[str, ...] = ()
    asking: frozenset[str] = frozenset()
    suggestions: Mapping[str, tuple[Suggestion, ...]] = field(default_factory=dict)
    related: Mapping[str, tuple[Field, ...]] = field(default_factory=dict)
    objects: Mapping[str, tuple[ObjectFacts, ...]] = field(default_factory=dict)
    samples: Mapping[str, Sample] = field(default_factory=dict, repr=False)
    sample_errors: Mapping[str, DisfError] = field(default_factory=dict)
    tried_filters: Mapping[str, tuple[str, DisfError | None]] = field(default_factory=dict)
    checked: Project | None = None
    history: History = field(default_factory=History)
    runs: tuple[RunRecord, ...] = ()
    next_runs: Mapping[str, datetime] = field(default_factory=dict)
    set_aside: tuple[SetAsideRecord, ...] = ()
    conflicts: tuple[ConflictStory, ...] = ()
    consents: tuple[ConsentWaiting, ...] = ()
    people: PeopleFacts = field(default_factory=PeopleFacts)
    report: ReportFacts = field(default_factory=ReportFacts)
    activity: ActivityFacts = field(default_factory=ActivityFacts)
    ledger_error: DisfError | None = None
    run: Run | None = None
    schedules: Schedules = field(default_factory=Schedules)
    preview: Preview | None = None
    guard: GuardTripped | None = None
    told: tuple[Notice, ...] = ()
    late_ticks: tuple[LateTick, ...] = ()
    carried_ticks: Mapping[LateTick, str] = field(default_factory=dict)
    notice: DisfError | None = None
    saved: bool = True
    save_error: DisfError | None = None
    outside: Outside | None = None
    copied_to: Path | None = None
    rehearsal: Rehearsal | None = None
    ledger_read: bool = False
    standing: LedgerStanding = field(default_factory=LedgerStanding)
    closed_audits: frozenset[int] = frozenset()
    restoring: Restoring | None = None
    imports: ImportFacts = field(default_factory=ImportFacts)
    prepared: Mapping[str, OrgPrepared] = field(default_factory=dict)
    prepare_errors: Mapping[str, DisfError] = field(default_factory=dict)
    preparation: Preparation | None = None
    prepare_asked: PrepareAsked = field(default_factory=PrepareAsked)

    @property
    def running(self) -> bool:
        return self.run is not None and self.run.under_way

    def source_schema(self, integration: Integration) -> Schema | None:
        return self.schemas.get(salesforce_key(integration.salesforce, integration.object))

    def target_schema(self, integration: Integration) -> Schema | None:
        return self.schemas.get(dialog_insight_key(integration.project, integration.table))


def is_preview(record: RunRecord) -> bool:
    """Say whether a run of the ledger only planned."""
    return record.summary.get("event") == "preview_finished"


def is_import(record: RunRecord) -> bool:
    """Say whether a run of the ledger brought the rows of a file somewhere."""
    return "import" in record.summary


def is_undo(record: RunRecord) -> bool:
    """Say whether a run of the ledger took an earlier one back."""
    return "undo" in record.summary


def is_from_now(record: RunRecord) -> bool:
    """Say whether a run of the ledger started a trigger from now."""
    return "from_now" in record.summary


def ran_before(facts: Facts, name: str) -> bool:
    """Say whether an integration ever ran to the end of a run; previews do not count."""
    if name in facts.history.last_runs:
        return True
    return any(
        summary.get("name") == name
        for run in facts.runs
        if not is_preview(run)
        for summary in run.summary.get("integrations", ())
    )


def last_sync(facts: Facts) -> RunRecord | None:
    """Give the last run that ended, and was neither a preview nor the import of a file."""
    runs = (r for r in facts.runs if r.status is not None and not is_preview(r))
    return next((r for r in runs if not is_import(r)), None)


def last_ended(facts: Facts) -> RunRecord | None:
    """Give the last run that ended and may have sent something: a sync, or the import of a file."""
    return next((r for r in facts.runs if r.status is not None and not is_preview(r)), None)


def salesforce_key(connection: str, sobject: str) -> str:
    """Name the schema of a Salesforce object among the facts."""
    return f"salesforce/{connection}/{sobject}"


def dialog_insight_key(project: str, table: str) -> str:
    """Name the schema of a Dialog Insight table among the facts."""
    return f"dialog_insight/{project}/{table}"


def shown_project_key(connection: str, id_project: int) -> str:
    """Name a Dialog Insight project among what its account shows."""
    return f"project/{connection}/{id_project}"


def objects_key(connection: str) -> str:
    """Name the list of an org's objects among the facts."""
    return f"objects/{connection}"


def connection_key(connection: str) -> str:
    """Name the test of a connection among what is being asked."""
    return f"connection/{connection}"


class Store(QObject):
    """Holds the facts. `changed` comes once for all the changes of a moment, so a flood of events draws only a few
    times."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None, pause_ms: int = 40) -> None:
        super().__init__(parent)
        self.facts = Facts()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause_ms)
        self._timer.timeout.connect(self.changed)

    def update(self, **changes: Any) -> None:
        """Replace some members, and tell everybody soon."""
        self.facts = replace(self.facts, **changes)
        if not self._timer.isActive():
            self._timer.start()

    def put(self, member: str, key: str, value: Any) -> None:
        """Set one entry of a mapping member; None takes it away."""
        entries = dict(getattr(self.facts, member))
        if value is None:
            entries.pop(key, None)
        else:
            entries[key] = value
        self.update(**{member: entries})

    @contextmanager
    def asking(self, key: str) -> Iterator[None]:
        """Note that something is being asked, as long as it lasts."""
        self.update(asking=self.facts.asking | {key})
        try:
            yield
        finally:
            self.update(asking=self.facts.asking - {key})
