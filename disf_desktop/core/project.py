"""The project file as frozen values: what the person chose.

What is wrong without asking a service is said by `core.project_rules`, what needs the services' schemas by
`core.mapping`. Every model refuses unknown members, so that a misspelt setting is said and not ignored. A pair's
`source` is always the Salesforce field and its `target` always the Dialog Insight field.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Discriminator, Field, field_validator, model_validator

from disf_desktop.core.choices import Trigger as Trigger
from disf_desktop.core.chosen import Chosen as _Model
from disf_desktop.core.chosen import Identifier as Identifier
from disf_desktop.core.chosen import Name as Name
from disf_desktop.core.chosen import TransformName as TransformName
from disf_desktop.core.chosen import WhenEmpty as WhenEmpty
from disf_desktop.core.importing.recipe import ImportRecipe
from disf_desktop.core.schema import CONTACT_LIST, FieldType

CURRENT_VERSION = 1
"""The version of project files that this program writes and reads."""


def _service_address(address: str) -> str:
    """Refuse an address that would send secrets in the clear: http is only for a loopback address in numbers."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("write the whole address, beginning with https://")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("an address holds no user name, password or question mark")
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "::1"):
        raise ValueError("use https://; plain http is only for 127.0.0.1")
    return address


class SalesforceConnection(_Model):
    """An org, and the External Client App of the customer by which we sign in."""

    kind: Literal["salesforce"] = "salesforce"
    id: Identifier
    name: Name
    login_url: str = "https://login.salesforce.com"
    client_id: str = ""
    api_version: Annotated[str, Field(pattern=r"^\d{2,3}\.0$")] | None = None
    ca_file: str | None = None
    batch_size: Annotated[int, Field(ge=1, le=200)] = 200
    concurrency: Annotated[int, Field(ge=1, le=8)] = 2
    timeout_s: Annotated[int, Field(ge=5, le=600)] = 120
    call_ceiling_percent: Annotated[int, Field(ge=1, le=100)] = 80
    """Share of the org's own allowance of a day beyond which nothing more is asked."""
    calls_per_day: Annotated[int, Field(ge=1)] | None = None
    """This program's own allowance of a day; 200 of it are kept for consents."""

    _check_address = field_validator("login_url")(_service_address)


class DialogInsightConnection(_Model):
    """A Dialog Insight account: the root address of its web services and the number of our key."""

    kind: Literal["dialog_insight"] = "dialog_insight"
    id: Identifier
    name: Name
    root_url: str = "https://app.dialoginsight.com/webservices/ofc4/"
    id_key: Annotated[int, Field(gt=0)]
    ca_file: str | None = None
    batch_size: Annotated[int, Field(ge=1, le=1000)] = 200
    concurrency: Annotated[int, Field(ge=1, le=8)] = 1
    timeout_s: Annotated[int, Field(ge=5, le=600)] = 60

    _check_address = field_validator("root_url")(_service_address)


Connection = Annotated[SalesforceConnection | DialogInsightConnection, Discriminator("kind")]


class ProjectType(StrEnum):
    """A: people come from Salesforce, key the Salesforce id. B: people are born in Dialog Insight, key the e-mail."""

    A = "A"
    B = "B"


class TableField(_Model):
    """A field of a custom table, which no web service lists: the person says it once."""

    code: Name
    type: FieldType = FieldType.TEXT
    length: Annotated[int, Field(ge=0)] = 0
    precision: Annotated[int, Field(ge=0)] = 0
    scale: Annotated[int, Field(ge=0)] = 0
    required: bool = False


class CustomTable(_Model):
    """A relational table of a Dialog Insight project, addressed by its number."""

    id_table: Annotated[int, Field(gt=0)]
    code: Name
    key: Annotated[tuple[Name, ...], Field(min_length=1)]
    fields: Annotated[tuple[TableField, ...], Field(min_length=1)]


class Finding(_Model):
    """How changes of Dialog Insight are found, besides what the account itself allows (architecture, section 5).

    `lookups_per_run` linked people are looked up in each run, those not seen for longest first. CSV exports of the
    project that appear in `export_folder` are read.
    """

    lookups_per_run: Annotated[int, Field(ge=0, le=100_000)] = 200
    export_folder: str | None = None


class DestinationProject(_Model):
    """A Dialog Insight project that we serve. `time_zone` is the one of its dates, which carry no offset."""

    id: Identifier
    connection: str
    id_project: Annotated[int, Field(gt=0)]
    name: Name
    type: ProjectType
    key: Annotated[tuple[Name, ...], Field(min_length=1)]
    time_zone: str = "America/Toronto"
    tables: tuple[CustomTable, ...] = ()
    finding: Finding = Finding()

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("use a name such as America/Toronto or Europe/Paris") from None
        return name

    def table(self, code: str) -> CustomTable | None:
        """Give the custom table of that code; the contact list is not one."""
        return next((t for t in self.tables if t.code == code), None)


class Direction(StrEnum):
    """Which way a pair may travel."""

    TO_DIALOG_INSIGHT = "to_dialog_insight"
    TO_SALESFORCE = "to_salesforce"
    BOTH = "both"

    @property
    def reaches_dialog_insight(self) -> bool:
        return self is not Direction.TO_SALESFORCE

    @property
    def reaches_salesforce(self) -> bool:
        return self is not Direction.TO_DIALOG_INSIGHT


class ConflictPolicy(StrEnum):
    """Who stands when a field holds two different values and nobody knows which came first."""

    SALESFORCE_WINS = "salesforce_wins"
    DIALOG_INSIGHT_WINS = "dialog_insight_wins"
    NEWEST = "newest"  # approximate: it compares the stamps of two clocks, of whole records
    ASK = "ask"  # the field waits for a person, with the latest values of both sides
    FIRST_NON_EMPTY = "first_non_empty"  # Salesforce, unless it is empty


class FieldPair(_Model):
    """A Salesforce field (`source`) and a Dialog Insight field (`target`), whichever way they travel.

    `default` is what Dialog Insight receives where the Salesforce field is empty. Without a `direction` a pair travels
    the way of its project's type; without a `conflict` policy the owner's value stands (see `owned`).
    """

    source: Name
    target: Name
    direction: Direction | None = None
    key: bool = False
    transform: tuple[TransformName, ...] = ()
    when_empty: WhenEmpty = WhenEmpty.CLEAR
    default: str | None = None
    conflict: ConflictPolicy | None = None

    def owned(self, type: ProjectType) -> FieldPair:
        """Give the pair with its direction and its policy said.

        People of a type A project come from Salesforce, those of type B from Dialog Insight (sync-semantics 4.4: the
        owner of a field decides, not the time). The Id is never anybody else's than Salesforce's.
        """
        from_salesforce = type is ProjectType.A or self.source.casefold() == "id"
        direction = self.direction or (Direction.TO_DIALOG_INSIGHT if from_salesforce else Direction.TO_SALESFORCE)
        conflict = self.conflict or (
            ConflictPolicy.SALESFORCE_WINS if direction.reaches_dialog_insight else ConflictPolicy.DIALOG_INSIGHT_WINS
        )
        return self.model_copy(update={"direction": direction, "conflict": conflict})


class ObjectMapping(_Model):
    """The pairs of one Salesforce object and one Dialog Insight table, the primary key first; none in a draft."""

    pairs: tuple[FieldPair, ...] = ()

    @property
    def key_pairs(self) -> tuple[FieldPair, ...]:
        return tuple(p for p in self.pairs if p.key)

    @property
    def sources(self) -> tuple[str, ...]:
        """Names of the Salesforce fields, each once, in the order of the pairs."""
        return tuple(dict.fromkeys(p.source for p in self.pairs))


class OptinPair(_Model):
    """An opt-in of Dialog Insight, by its code, and the Salesforce field that it is written to, never the other way.

    A checkbox receives true for subscribed (`inverted`: true for unsubscribed, as Email Opt Out is meant); a picklist
    or a text receives the words given. Neutral is written only where a word is given for it. `date_target` receives
    since when, `source_target` where the change was seen.
    """

    optin: Name
    target: Name
    inverted: bool = False
    subscribed: str | None = None
    unsubscribed: str | None = None
    neutral: str | None = None
    date_target: Name | None = None
    source_target: Name | None = None

    @property
    def salesforce_fields(self) -> tuple[str, ...]:
        """Names of the Salesforce fields that this pair writes."""
        return tuple(name for name in (self.target, self.date_target, self.source_target) if name is not None)


class OnDelete(StrEnum):
    """What a delete in Salesforce does in Dialog Insight (sync-semantics 4.10); nothing is ever deleted there."""

    FLAG = "flag"  # write the field mapped for it; without one, report
    IGNORE = "ignore"


class Deletes(_Model):
    """What becomes of people and rows whose Salesforce record is deleted.

    `field` is the Dialog Insight field that says so: a date receives the day, a true/false field true, a text the words
    of `text`, in which {date} is the day.
    """

    on_delete: OnDelete = OnDelete.FLAG
    field: Name | None = None
    text: str = "deleted in Salesforce on {date}"


class Schedule(_Model):
    """When an integration runs by itself: every so many minutes, or at hours of the day (local, HH:MM)."""

    every_minutes: Annotated[int, Field(ge=1, le=10_080)] | None = None
    at: tuple[Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")], ...] = ()

    @model_validator(mode="after")
    def _one_of_both(self) -> Schedule:
        if (self.every_minutes is None) == (not self.at):
            raise ValueError("say either every_minutes or at")
        return self


class Integration(_Model):
    """What moves between an object of an org and a table of a destination project, when its triggers fire.

    `filter` is a SOQL condition: records that do not satisfy it are out of scope. `external_id` is the Salesforce field
    (external id, unique) that holds `idProject:idContact` of people born in Dialog Insight. Without a `schedule` it
    runs by hand. One that is not `enabled` may be a draft: what is wrong in it stops nothing but itself.
    """

    name: Name
    enabled: bool = True
    salesforce: str
    object: Name
    project: str
    table: Name = CONTACT_LIST
    triggers: tuple[Trigger, ...] = (
        Trigger.SALESFORCE_CREATED,
        Trigger.SALESFORCE_UPDATED,
    )
    filter: Annotated[str, Field(min_length=1, max_length=4000)] | None = None
    external_id: Name | None = None
    deletes: Deletes = Deletes()
    optins: tuple[OptinPair, ...] = ()
    schedule: Schedule | None = None
    mapping: ObjectMapping = ObjectMapping()


class Project(_Model):
    """A whole project file. `id` is made once and names the folder of its ledger."""

    version: Literal[1] = 1
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{8,64}$")]
    name: Name
    connections: tuple[Connection, ...] = ()
    projects: tuple[DestinationProject, ...] = ()
    integrations: tuple[Integration, ...] = ()
    imports: tuple[ImportRecipe, ...] = ()
    """How files were imported, for the next one of the same shape."""

    def connection(self, id: str) -> SalesforceConnection | DialogInsightConnection | None:
        return next((c for c in self.connections if c.id == id), None)

    def destination(self, id: str) -> DestinationProject | None:
        return next((p for p in self.projects if p.id == id), None)

    def integration(self, name: str) -> Integration | None:
        return next((i for i in self.integrations if i.name == name), None)

    def recipe(self, name: str) -> ImportRecipe | None:
        return next((r for r in self.imports if r.name == name), None)


def is_consent_name(name: str) -> bool:
    """Say whether a Dialog Insight name speaks of consent, with or without its prefix (promise I8)."""
    folded = name.casefold()
    return folded.startswith(("optin_", "dtoptin_", "f_optin_", "f_dtoptin_")) or folded in (
        "hastrackingconsent",
        "dttrackingconsent",
    )
