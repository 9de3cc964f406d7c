"""A project file, both services, and the shipped engine over the shipped ledger and the shipped services' parsers.

A process is what `Scene.process` opens: transports, tokens, ports, the ledger. What is kept between processes is the
ledger's file, the refresh token, and nothing else.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from disf_desktop.core.project import (
    ConflictPolicy,
    CustomTable,
    Deletes,
    DestinationProject,
    DialogInsightConnection,
    Direction,
    FieldPair,
    Finding,
    Integration,
    ObjectMapping,
    OptinPair,
    ProjectType,
    SalesforceConnection,
    TableField,
    Trigger,
)
from disf_desktop.core.schema import CONTACT_LIST, FieldType
from disf_desktop.engine.job import Job
from disf_desktop.engine.ports import DialogInsightTable
from disf_desktop.services.dialog_insight.client import DialogInsightAccount
from disf_desktop.services.oauth import REFRESH_TOKEN, Client, OAuth, TokenProvider
from disf_desktop.services.salesforce.rest import SalesforceOrg
from disf_desktop.services.salesforce.wire import SALESFORCE_TRANSIENT
from disf_desktop.services.transport import TRANSIENT, Transport
from disf_desktop.storage.database import Database, open_reader
from disf_desktop.storage.ledger import Ledger
from disf_desktop.workspace.exports import WatchedFolder
from tests.simulation.account import OPTIN, ROOT, ZONE, Account
from tests.simulation.exports import Exports
from tests.simulation.ground import EngineClock, Killed, Time, Trace
from tests.simulation.line import Line
from tests.simulation.org import ROOT as ORG
from tests.simulation.org import VERSION, Org

KEY: Final = bytes(range(32))
TITLE: Final = "Title"
"""The field that says, in some schedules, who is kept in step."""
CLOSED: Final = 8
"""Each so many-th process closes the ledger, however it ended."""
BOTH: Final = Direction.BOTH

PAIRS: Final = (
    FieldPair(source="Id", target="SalesforceID", key=True),
    FieldPair(source="LastName", target="LastName", direction=BOTH),
    FieldPair(source="Email", target="EMail", direction=BOTH),
    FieldPair(source="Phone", target="Phone", direction=BOTH, conflict=ConflictPolicy.DIALOG_INSIGHT_WINS),
    FieldPair(source="Title", target="Title", direction=BOTH, conflict=ConflictPolicy.NEWEST),
    FieldPair(source="Birthdate", target="Birth"),
    FieldPair(source="City__c", target="City", direction=BOTH, conflict=ConflictPolicy.ASK),
)
PEOPLE_PAIRS: Final = (
    FieldPair(source="Email", target="EMail", key=True),
    FieldPair(source="LastName", target="LastName"),
    FieldPair(source="Phone", target="Phone"),
    FieldPair(source="City__c", target="City"),
    FieldPair(source="Id", target="SalesforceID"),
)
ORDER_PAIRS: Final = (
    FieldPair(source="Number__c", target="Number", key=True),
    FieldPair(source="Contact__c", target="idContact"),
    FieldPair(source="City__c", target="City"),
)
NEWSLETTER: Final = OptinPair(optin=OPTIN, target="Newsletter__c", subscribed="Yes", unsubscribed="No")
FLAG: Final = "Gone"

FROM_SALESFORCE: Final = (Trigger.SALESFORCE_CREATED, Trigger.SALESFORCE_UPDATED, Trigger.SALESFORCE_DELETED)
_ORDERS: Final = CustomTable(
    id_table=987,
    code="ORDERS",
    key=("Number",),
    fields=(
        TableField(code="Number", length=20),
        TableField(code="idContact", type=FieldType.CONTACT),
        TableField(code="City", length=80),
    ),
)
_SALESFORCE: Final = SalesforceConnection(
    id="sf", name="Org", login_url=ORG, api_version=VERSION, call_ceiling_percent=80
)
_DIALOG_INSIGHT: Final = DialogInsightConnection(id="di", name="Account", root_url=ROOT, id_key=5335)
_PROJECT: Final = {
    "newsletter": DestinationProject(
        id="newsletter", connection="di", id_project=123456, name="Newsletter", type=ProjectType.A,
        key=("SalesforceID",), tables=(_ORDERS,),
    ),
    "forms": DestinationProject(
        id="forms", connection="di", id_project=123502, name="Web forms", type=ProjectType.B, key=("EMail",),
    ),
}  # fmt: skip


def _integration(name: str, sobject: str, project: str, table: str, pairs: Sequence[FieldPair], **more: Any) -> Any:
    mapping = ObjectMapping(pairs=tuple(pairs))
    return Integration(
        name=name, salesforce="sf", object=sobject, project=project, table=table, mapping=mapping, **more
    )


CONTACTS: Final = _integration(
    "Contacts", "Contact", "newsletter", CONTACT_LIST, PAIRS, optins=(NEWSLETTER,), deletes=Deletes(field=FLAG),
    triggers=(*FROM_SALESFORCE, Trigger.DIALOG_INSIGHT_UPDATED, Trigger.OPTIN_CHANGED),
)  # fmt: skip
BIRTHS: Final = _integration(
    "Web forms", "Contact", "forms", CONTACT_LIST, PEOPLE_PAIRS, external_id="DI_Contact_Id__c",
    triggers=(Trigger.DIALOG_INSIGHT_CREATED, Trigger.DIALOG_INSIGHT_UPDATED),
)  # fmt: skip
ORDERS: Final = _integration("Orders", "Order__c", "newsletter", "ORDERS", ORDER_PAIRS, triggers=FROM_SALESFORCE)


@dataclass
class Secrets:
    """The vault: what it holds outlives a process."""

    kept: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def put(self, name: str, value: str) -> None:
        self.kept[name] = value


@dataclass
class Commits:
    """Counts the commits of a ledger's connection, and kills the process at one: before it is on the disk, or after."""

    line: Line
    trace: Trace
    kill_before: int | None = None
    kill_after: int | None = None
    before: int = 0
    after: int = 0

    def committing(self) -> bool:
        """Be told by SQLite that a transaction is about to be committed; an exception takes it back."""
        if self.line.dead:
            raise Killed
        self.before += 1
        self._perhaps(self.before == self.kill_before, "before a commit")
        return False

    def committed(self, *_: object) -> int:
        self.after += 1
        self._perhaps(self.after == self.kill_after, "after a commit")
        return 0

    def _perhaps(self, now: bool, where: str) -> None:
        if now:
            self.line.dead = True
            self.trace.note("killed", where)
            raise Killed(where)


@cache
def _new_ledger() -> bytes:
    """Give the file of a ledger that nothing was written to."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.sqlite"
        Ledger.open(path, KEY).close()
        return path.read_bytes()


@dataclass
class Process:
    """One process of the program: everything that is lost when it ends."""

    org: SalesforceOrg
    account: DialogInsightAccount
    tokens: TokenProvider
    ledger: Ledger
    ended_well: bool = False


@dataclass
class Scene:
    """What a schedule plays in. `kinds` are the integrations beside that of the contacts."""

    folder: Path
    rng: random.Random
    trace: Trace
    time: Time
    org: Org
    account: Account
    integrations: tuple[Integration, ...]
    batch_size: int = 2
    lookups: int = 50
    calls_per_day: int | None = None
    exports: Exports | None = None
    begins_with_a_ledger: bool = True
    filters: bool = False
    in_one_second: bool = False
    secrets: Secrets = field(default_factory=Secrets)
    clock: EngineClock = field(init=False)
    line: Line = field(init=False)
    _open: Ledger | None = None
    _reader: Database | None = None
    _left_open: Database | None = None
    _processes: int = 0

    def __post_init__(self) -> None:
        if self.begins_with_a_ledger:
            # One that the ledger made itself: to make it anew each time takes a tenth of a schedule.
            self.path.write_bytes(_new_ledger())
            self.path.chmod(0o600)
        self.clock = EngineClock(self.time)
        self.line = Line(self.time, self.org, self.account, self.trace, self.rng)
        self.sign_in()

    def narrow(self) -> None:
        """Keep only contacts with a title in step."""
        self.filters = self.org.titles = True
        self.integrations = tuple(
            each.model_copy(update={"filter": f"{TITLE} != null"}) if each is CONTACTS else each
            for each in self.integrations
        )

    def scope_changes(self) -> int:
        """Say how often a contact that was there already came into the scope of its integration, or left it."""
        changes = [c.changed[TITLE] for c in self.org.history if c.before and TITLE in c.changed]
        return sum((before is None) != (after is None) for before, after in changes) if self.filters else 0

    @property
    def path(self) -> Path:
        return self.folder / "ledger.sqlite"

    def sign_in(self) -> None:
        """Let a person sign in to Salesforce."""
        self.org.revoked = self.line.lost_token = False
        self.org.grant()
        self.secrets.put(REFRESH_TOKEN, self.org.refresh)

    @property
    def is_locked_out(self) -> bool:
        """Whether only a person can help: the grant is revoked, or a renewal of it was lost on its way."""
        return self.org.revoked or self.line.lost_token

    @contextmanager
    def process(self, *, kill_before: int | None = None, kill_after: int | None = None) -> Iterator[Process]:
        """Start the program over what the last process left, and let go of everything at the end.

        It is killed at its n-th commit, before or after it.
        """
        org_line = self._transport(_SALESFORCE.login_url, SALESFORCE_TRANSIENT)
        account_line = self._transport(ROOT, TRANSIENT)
        oauth = OAuth(Client(_SALESFORCE.login_url, "client"), org_line)
        tokens = TokenProvider(oauth, self.secrets, self.folder / "tokens.lock", clock=self.clock)
        org = SalesforceOrg(_SALESFORCE, org_line, tokens, clock=self.clock)
        account = DialogInsightAccount(_DIALOG_INSIGHT, "key", account_line)
        ledger = self._ledger()
        commits = Commits(self.line, self.trace, kill_before, kill_after)
        ledger._connection.set_commit_hook(commits.committing)
        ledger._connection.set_wal_hook(commits.committed)
        before, self._open = self._open, ledger
        process = Process(org, account, tokens, ledger)
        try:
            yield process
        finally:
            self._open = before
            self._leave(ledger, process)
            self.line.dead = False
            org_line.close()
            account_line.close()

    def _ledger(self) -> Ledger:
        """Open the ledger; most processes take over the file as one that ended well left it open.

        Opening and learning the statements anew takes a fifth of a schedule, and tells nothing where nothing happened.
        """
        connection, self._left_open = self._left_open, None
        return Ledger.open(self.path, KEY) if connection is None else Ledger(connection, None, None)

    def _leave(self, ledger: Ledger, process: Process) -> None:
        self._processes += 1
        connection = ledger._connection
        is_alone = self._open is None and self._left_open is None
        if process.ended_well and is_alone and self._processes % CLOSED and not connection.in_transaction:
            connection.set_commit_hook(None)
            connection.set_wal_hook(None)
            self._left_open = connection
        else:
            ledger.close()

    def _transport(self, url: str, transient: Collection[int]) -> Transport:
        return Transport([url], timeout_s=30, transient=transient, clock=self.clock, exchanges=self.line)

    def written(self) -> tuple[int, int]:
        """Give how many requests that write came to each service."""
        return self.org.writes, self.account.writes

    def rows(self, sql: str, *bindings: Any) -> list[tuple[Any, ...]]:
        """Look into the ledger: what a person can see there."""
        if self._open is not None:
            return list(self._open._connection.execute(sql, bindings))
        if self._left_open is not None:
            return list(self._left_open.execute(sql, bindings))
        if not self.path.exists():
            return []
        if self._reader is None:
            self._reader = open_reader(self.path, KEY)
        return list(self._reader.execute(sql, bindings))

    def close(self) -> None:
        for each in (self._left_open, self._reader):
            if each is not None:
                each.close()

    def jobs(self, process: Process) -> list[Job]:
        return [self._job(each, process, place) for place, each in enumerate(self.integrations)]

    def _job(self, integration: Integration, process: Process, place: int) -> Job:
        destination = _PROJECT[integration.project]
        destination = destination.model_copy(update={"finding": Finding(lookups_per_run=self.lookups)})
        table: DialogInsightTable = (
            process.account.contact_list(destination)
            if integration.table == CONTACT_LIST
            else process.account.custom_table(destination, _ORDERS)
        )
        return Job(
            integration, destination, process.org, table, "account.example/5335", f"integrations[{place}]",
            batch_size=self.batch_size, org_batch_size=self.batch_size, calls_per_day=self.calls_per_day,
            exports=self._watched(process) if integration.name == "Contacts" else None,
        )  # fmt: skip

    def _watched(self, process: Process) -> WatchedFolder | None:
        if self.exports is None or not self.exports.folder.exists():
            return None
        return WatchedFolder(self.exports.folder, self.exports.project, ZONE, process.account.server_now)
