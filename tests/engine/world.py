"""A small world to run the engine in: an org, a contact list, a table of orders, and a real ledger file."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from disf_desktop.core.errors import DisfError, Stopped
from disf_desktop.core.events import (
    ConflictFound,
    Event,
    GuardTripped,
    OperationPlanned,
    PreviewFinished,
    RecordSetAside,
    RunFinished,
    RunStatus,
    Summary,
)
from disf_desktop.core.history import History
from disf_desktop.core.project import (
    ConflictPolicy,
    CustomTable,
    Deletes,
    DestinationProject,
    Direction,
    FieldPair,
    Finding,
    Integration,
    ObjectMapping,
    OptinPair,
    ProjectType,
    TableField,
    Trigger,
    WhenEmpty,
)
from disf_desktop.core.records import WriteRecord
from disf_desktop.core.schema import CONTACT_LIST, Field, FieldType, Schema, Side
from disf_desktop.core.values import Value
from disf_desktop.engine.from_now import start_from_now
from disf_desktop.engine.job import Job
from disf_desktop.engine.ports import DialogInsightTable as DialogInsightPort
from disf_desktop.engine.ports import Ledger as LedgerPort
from disf_desktop.engine.ports import SalesforceOrg as SalesforcePort
from disf_desktop.engine.ports import SavedPlan
from disf_desktop.engine.run import preview, run
from disf_desktop.engine.undo import undo
from disf_desktop.storage.ledger import Ledger
from disf_desktop.storage.ledger_view import LedgerView
from tests.engine.fakes import (
    DialogInsightTable,
    ExportFolder,
    FakeClock,
    InlineExecutor,
    SalesforceOrg,
    schema_of,
)

KEY = bytes(range(32))

CONTACT = schema_of(
    Side.SALESFORCE,
    "Contact",
    Field("Id", "Contact ID", FieldType.ID, length=18),
    Field("LastName", "Last Name", FieldType.TEXT, length=80, required=True),
    Field("Email", "Email", FieldType.EMAIL, length=80),
    Field("Phone", "Phone", FieldType.PHONE, length=40),
    Field("Title", "Title", FieldType.TEXT, length=128),
    Field("Birthdate", "Birthdate", FieldType.DATE),
    Field("Level__c", "Level", FieldType.CHOICE, length=255),
    Field("City__c", "City", FieldType.TEXT, length=80),
    Field("Loyal__c", "Loyal", FieldType.BOOLEAN),
    Field("DI_Contact_Id__c", "DI contact", FieldType.TEXT, length=40, unique=True, external_id=True),
    Field("Newsletter__c", "Newsletter", FieldType.CHOICE, choices=("Yes", "No"), restricted=True),
    Field("Newsletter_Date__c", "Newsletter since", FieldType.DATETIME),
    Field("HasOptedOutOfEmail", "Email Opt Out", FieldType.BOOLEAN),
)

LEAD = Schema(
    Side.SALESFORCE,
    "Lead",
    "Lead",
    {
        **CONTACT.fields,
        "IsConverted": Field("IsConverted", "Converted", FieldType.BOOLEAN, creatable=False, updatable=False),
        "ConvertedContactId": Field(
            "ConvertedContactId", "Converted Contact ID", FieldType.REFERENCE, creatable=False, updatable=False
        ),
    },
)

ORDER = schema_of(
    Side.SALESFORCE,
    "Order__c",
    Field("Id", "Record ID", FieldType.ID, length=18),
    Field("Number__c", "Number", FieldType.TEXT, length=20),
    Field("Contact__c", "Contact", FieldType.REFERENCE, length=18, reference_to=("Contact",), relationship="Contact"),
    Field("Total__c", "Total", FieldType.DECIMAL, precision=10, scale=2),
    Field("Email__c", "E-mail", FieldType.EMAIL, length=80),
)

CONTACTS = schema_of(
    Side.DIALOG_INSIGHT,
    CONTACT_LIST,
    Field("SalesforceID", "Salesforce ID", FieldType.TEXT, length=18, key=True),
    Field("LastName", "Last name", FieldType.TEXT),
    Field("EMail", "E-mail", FieldType.EMAIL, length=100),
    Field("Phone", "Phone", FieldType.TEXT),
    Field("Title", "Title", FieldType.TEXT),
    Field("Birth", "Birth", FieldType.DATE),
    Field("Level", "Level", FieldType.CHOICE, choices=("Gold", "Silver"), restricted=True),
    Field("City", "City", FieldType.TEXT),
    Field("Loyal", "Loyal", FieldType.BOOLEAN),
    Field("Gone", "Gone from Salesforce", FieldType.TEXT, length=80),
    Field("GoneOn", "Gone on", FieldType.DATE),
    optins=(Field("Newsletter", "Newsletter", FieldType.BOOLEAN), Field("Promotions", "Promotions", FieldType.BOOLEAN)),
)

PEOPLE = schema_of(
    Side.DIALOG_INSIGHT,
    CONTACT_LIST,
    Field("EMail", "E-mail", FieldType.EMAIL, length=100, key=True),
    Field("LastName", "Last name", FieldType.TEXT),
    Field("Phone", "Phone", FieldType.TEXT),
    Field("City", "City", FieldType.TEXT),
    Field("SalesforceID", "Salesforce ID", FieldType.TEXT, length=18),
    optins=(Field("Newsletter", "Newsletter", FieldType.BOOLEAN),),
)

ORDERS = schema_of(
    Side.DIALOG_INSIGHT,
    "ORDERS",
    Field("Number", "Number", FieldType.TEXT, length=20, key=True),
    Field("idContact", "Contact", FieldType.CONTACT),
    Field("Total", "Total", FieldType.DECIMAL, precision=10, scale=2),
    Field("EMail", "E-mail", FieldType.EMAIL, length=100),
)

KEY_PAIR = FieldPair(source="Id", target="SalesforceID", key=True)

PAIRS = (
    KEY_PAIR,
    FieldPair(source="LastName", target="LastName"),
    FieldPair(source="Email", target="EMail"),
    FieldPair(source="Phone", target="Phone", conflict=ConflictPolicy.DIALOG_INSIGHT_WINS),
    FieldPair(source="Title", target="Title", when_empty=WhenEmpty.KEEP),
    FieldPair(source="Birthdate", target="Birth"),
    FieldPair(source="Level__c", target="Level", conflict=ConflictPolicy.FIRST_NON_EMPTY),
)

BOTH = Direction.BOTH
BOTH_PAIRS = (
    KEY_PAIR,
    FieldPair(source="LastName", target="LastName", direction=BOTH),
    FieldPair(source="Email", target="EMail", direction=BOTH),
    FieldPair(source="Phone", target="Phone", direction=BOTH, conflict=ConflictPolicy.DIALOG_INSIGHT_WINS),
    FieldPair(source="Title", target="Title", direction=BOTH, conflict=ConflictPolicy.NEWEST),
    FieldPair(source="Birthdate", target="Birth"),
    FieldPair(source="Level__c", target="Level", direction=BOTH, conflict=ConflictPolicy.FIRST_NON_EMPTY),
    FieldPair(source="City__c", target="City", direction=BOTH, conflict=ConflictPolicy.ASK),
)

PEOPLE_PAIRS = (
    FieldPair(source="Email", target="EMail", key=True),
    FieldPair(source="LastName", target="LastName"),
    FieldPair(source="Phone", target="Phone"),
    FieldPair(source="City__c", target="City"),
    FieldPair(source="Id", target="SalesforceID"),
)

OPTINS = (
    OptinPair(
        optin="Newsletter",
        target="Newsletter__c",
        subscribed="Yes",
        unsubscribed="No",
        date_target="Newsletter_Date__c",
    ),
    OptinPair(optin="Promotions", target="HasOptedOutOfEmail", inverted=True),
)

FROM_SALESFORCE = (Trigger.SALESFORCE_CREATED, Trigger.SALESFORCE_UPDATED, Trigger.SALESFORCE_DELETED)
BOTH_WAYS = (*FROM_SALESFORCE, Trigger.DIALOG_INSIGHT_UPDATED)
BIRTHS = (Trigger.DIALOG_INSIGHT_CREATED, Trigger.DIALOG_INSIGHT_UPDATED)

ORDER_PAIRS = (
    FieldPair(source="Number__c", target="Number", key=True),
    FieldPair(source="Contact__c", target="idContact"),
    FieldPair(source="Total__c", target="Total"),
)

NEWSLETTER = DestinationProject(
    id="newsletter",
    connection="di",
    id_project=123456,
    name="Newsletter",
    type=ProjectType.A,
    key=("SalesforceID",),
    tables=(
        CustomTable(
            id_table=987,
            code="ORDERS",
            key=("Number",),
            fields=(TableField(code="Number", length=20), TableField(code="idContact", type=FieldType.CONTACT)),
        ),
    ),
)


WEB_FORMS = DestinationProject(
    id="web-forms", connection="di", id_project=123502, name="Web forms", type=ProjectType.B, key=("EMail",)
)


class Killed(BaseException):
    """The process ends here. No code of ours may catch it."""


READS = frozenset(
    (
        "integration_number",
        "recall",
        "targets_of",
        "pair_places",
        "stream",
        "to_check",
        "pending_count",
        "pending",
        "pending_found",
        "owners_of",
        "contact_ids",
        "newcomers",
        "owner_of",
        "target_number",
        "arrivals",
        "known_of",
        "open_batches",
        "outstanding",
        "known_records",
        "erased_people",
        "pardoned",
        "linked_after",
        "count_not_scanned",
        "not_scanned",
    )
)
"""What only looks; everything else that a run asks of its ledger is a commit."""


class MortalLedger:
    """A ledger whose process is killed at its n-th commit: before it is on the disk, or right after."""

    def __init__(self, ledger: Ledger, at: int, *, after: bool, only: str = "") -> None:
        self._ledger = ledger
        self._left = at
        self._after = after
        self._only = only
        self._dead = False
        self.killed_in = ""

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._ledger, name)

        def mortal(*arguments: Any, **named: Any) -> Any:
            if self._dead:
                raise Killed
            if name in READS or (self._only and name != self._only):
                return method(*arguments, **named)
            self._left -= 1
            if self._left > 0:
                return method(*arguments, **named)
            self._dead, self.killed_in = True, name
            if self._after:
                method(*arguments, **named)
            raise Killed

        return mortal


@dataclass
class Told:
    """What a run told, and how it ended."""

    events: list[Event] = field(default_factory=list)
    error: DisfError | None = None
    killed: bool = False

    def of(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def finished(self) -> RunFinished:
        [finished] = self.of(RunFinished)
        assert isinstance(finished, RunFinished)
        return finished

    @property
    def total(self) -> Summary:
        return self.finished.total

    @property
    def status(self) -> RunStatus:
        return self.total.status

    @property
    def set_aside(self) -> list[RecordSetAside]:
        return self.of(RecordSetAside)

    @property
    def conflicts(self) -> list[ConflictFound]:
        return self.of(ConflictFound)

    @property
    def operations(self) -> list[OperationPlanned]:
        return self.of(OperationPlanned)

    @property
    def guard(self) -> GuardTripped:
        [guard] = self.of(GuardTripped)
        assert isinstance(guard, GuardTripped)
        return guard

    @property
    def previewed(self) -> PreviewFinished:
        [finished] = self.of(PreviewFinished)
        assert isinstance(finished, PreviewFinished)
        return finished


def told(events: Generator[Event, None, None], stop_at: Callable[[Event], bool] = lambda event: False) -> Told:
    """Take every event of a run; throw `Stopped` into it at the first one for which `stop_at` says so."""
    story, stopping = Told(), False
    try:
        event = next(events)
        while True:
            story.events.append(event)
            if not stopping and stop_at(event):
                stopping = True
                event = events.throw(Stopped("Stopped on request.", "Run again to go on."))
            else:
                event = next(events)
    except StopIteration:
        pass
    except DisfError as error:
        story.error = error
    except Killed:
        story.killed = True
    return story


class World:
    """Both services and the path of a ledger; each verb opens the ledger, acts, and closes it."""

    def __init__(self, folder: Path, *, page_size: int = 3, batch_size: int = 2) -> None:
        self.clock = FakeClock()
        self.org = SalesforceOrg(self.clock, (CONTACT, LEAD, ORDER), page_size=page_size)
        self.contacts = DialogInsightTable(CONTACTS, clock=self.clock)
        # Numbers of contacts are those of an account: two projects never share one.
        self.people = DialogInsightTable(PEOPLE, clock=self.clock, first_number=6001)
        self.orders = DialogInsightTable(ORDERS, clock=self.clock)
        self.path = folder / "ledger.sqlite"
        self.batch_size = batch_size
        self.workers: Executor = InlineExecutor()
        self.account = "example/5335"

    # -- jobs ----------------------------------------------------------------------------------------------------

    def job(
        self,
        pairs: Sequence[FieldPair] = PAIRS,
        *,
        name: str = "Contacts",
        sobject: str = "Contact",
        table: str = CONTACT_LIST,
        triggers: Sequence[Trigger] = FROM_SALESFORCE,
        source: SalesforcePort | None = None,
        target: DialogInsightPort | None = None,
        destination: DestinationProject = NEWSLETTER,
        concurrency: int = 1,
        optins: Sequence[OptinPair] = (),
        condition: str | None = None,
        deletes: Deletes | None = None,
        external_id: str | None = None,
        lookups: int = 200,
        exports: ExportFolder | None = None,
        audit: bool = False,
    ) -> Job:
        integration = Integration(
            name=name,
            salesforce="sf",
            object=sobject,
            project=destination.id,
            table=table,
            triggers=tuple(triggers),
            filter=condition,
            external_id=external_id,
            deletes=deletes or Deletes(),
            optins=tuple(optins),
            mapping=ObjectMapping(pairs=tuple(pairs)),
        )
        home = self.contacts if table == CONTACT_LIST else self.orders
        finding = Finding(lookups_per_run=lookups)
        return Job(
            integration, destination.model_copy(update={"finding": finding}), source or self.org, target or home,
            self.account, "integrations[0]", batch_size=self.batch_size, org_batch_size=self.batch_size,
            concurrency=concurrency, exports=exports, audit=audit,
        )  # fmt: skip

    def two_way_job(self, pairs: Sequence[FieldPair] = BOTH_PAIRS, **more: Any) -> Job:
        """Give an integration of type A whose fields travel both ways."""
        return self.job(pairs, **{"triggers": BOTH_WAYS, **more})

    def birth_job(self, pairs: Sequence[FieldPair] = PEOPLE_PAIRS, **more: Any) -> Job:
        """Give an integration of type B: people are born in Dialog Insight."""
        settings = {
            "name": "Web forms",
            "triggers": BIRTHS,
            "destination": WEB_FORMS,
            "target": self.people,
            "external_id": "DI_Contact_Id__c",
        }
        return self.job(pairs, **{**settings, **more})

    def order_job(self, pairs: Sequence[FieldPair] = ORDER_PAIRS, **more: Any) -> Job:
        return self.job(pairs, **{"name": "Orders", "sobject": "Order__c", "table": "ORDERS", **more})

    # -- verbs -----------------------------------------------------------------------------------------------------

    def run(
        self,
        *jobs: Job,
        approve: str | None = None,
        plan: SavedPlan | None = None,
        stop_at: Callable[[Event], bool] = lambda event: False,
        kill: Callable[[Ledger], MortalLedger] | None = None,
    ) -> Told:
        with closing(Ledger.open(self.path, KEY)) as ledger:
            port: LedgerPort = kill(ledger) if kill else ledger
            chosen = jobs or (self.job(),)
            return told(run(chosen, port, self.clock, self.workers, approve=approve, plan=plan), stop_at)

    def preview(self, *jobs: Job, stop_at: Callable[[Event], bool] = lambda event: False) -> Told:
        with closing(Ledger.open(self.path, KEY)) as ledger:
            return told(preview(jobs or (self.job(),), ledger, self.clock, self.workers), stop_at)

    def retry(self, *ids: int) -> int:
        with closing(Ledger.open(self.path, KEY)) as ledger:
            return ledger.retry(ids or None)

    def dismiss(self, *ids: int) -> int:
        with closing(Ledger.open(self.path, KEY)) as ledger:
            return ledger.dismiss(ids)

    def choose(self, sides: Mapping[int, Side]) -> int:
        """Let a person say of conflicts whose value shall be on both sides."""
        with closing(Ledger.open(self.path, KEY)) as ledger:
            return ledger.choose(sides)

    def undo(self, number: int, *jobs: Job) -> Told:
        with closing(Ledger.open(self.path, KEY)) as ledger:
            return told(undo(jobs or (self.job(),), ledger, self.clock, self.workers, run=number))

    def from_now(self, job: Job, trigger: Trigger) -> Told:
        with closing(Ledger.open(self.path, KEY)) as ledger:
            return told(start_from_now((job,), ledger, self.clock, self.workers, trigger=trigger))

    # -- what is kept ------------------------------------------------------------------------------------------------

    def rows(self, sql: str, *bindings: Any) -> list[tuple[Any, ...]]:
        """Look into the ledger's file."""
        with closing(Ledger.open(self.path, KEY)) as ledger:
            return list(ledger._connection.execute(sql, bindings))

    def waiting(self) -> dict[str, str]:
        """Give the code of each record that waits, by its Salesforce Id."""
        with LedgerView.open(self.path, KEY) as view:
            assert view is not None
            return {record.rid: record.code for record in view.set_aside(None, 0, 1000)}

    def history(self) -> History:
        """Give what the window knows of the ledger."""
        with LedgerView.open(self.path, KEY) as view:
            assert view is not None
            return view.history()

    def kept_of(self, number: int) -> Mapping[str, Any]:
        """Give what the ledger keeps of a run."""
        with LedgerView.open(self.path, KEY) as view:
            record = view.run(number) if view is not None else None
            assert record is not None
            return record.summary

    def contact(self, **values: Any) -> str:
        """Make a contact in Salesforce that every mapping of the tests accepts."""
        return self.org.insert("Contact", **{"LastName": "Tremblay", "Email": "ann@example.org", **values})

    def sent_since(self, mark: int, table: DialogInsightTable | None = None) -> list[WriteRecord]:
        return [record for call in (table or self.contacts).sent[mark:] for record in call.records]

    def in_contacts(self, rid: str) -> dict[str, Value]:
        row = self.contacts.row_of(SalesforceID=rid)
        assert row is not None, f"{rid} is not in Dialog Insight"
        return {name: value for name, value in row.items() if value is not None}


def killed_at(number: int, *, after: bool = False, only: str = "") -> Callable[[Ledger], MortalLedger]:
    """Kill the process at the n-th commit of the ledger (of the method `only`): before it, or right `after`."""
    return lambda ledger: MortalLedger(ledger, number, after=after, only=only)
