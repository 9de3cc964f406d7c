"""The project file as frozen values: what the person chose.

Everything here can be checked without a service; what needs the services' schemas is in `core.mapping`. Every model
refuses unknown members, so that a misspelt setting is said and not ignored. A pair's `source` is always the
Salesforce field and its `target` always the Dialog Insight field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Discriminator, Field, field_validator

from disf_desktop.core.errors import Problem
from disf_desktop.core.schema import CONTACT_LIST, FieldType

CURRENT_VERSION = 1
"""The version of project files that this program writes and reads."""

Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
Name = Annotated[str, Field(min_length=1, max_length=120)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


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


class Trigger(StrEnum):
    """What makes an operation. A trigger that is not ticked filters operations, never observations."""

    SALESFORCE_CREATED = "salesforce_created"
    SALESFORCE_UPDATED = "salesforce_updated"


class TransformName(StrEnum):
    """Changes that a person may ask for on the way; everything else is an exact conversion by type."""

    CUT = "cut"  # shorten text to the length of the target
    ROUND = "round"  # a number to the scale of the target, half up
    LOWER = "lower"
    DIGITS = "digits"  # keep digits, +, - and parentheses of a phone number


class WhenEmpty(StrEnum):
    """What an empty source does to the target in an update."""

    CLEAR = "clear"
    KEEP = "keep"


class ConflictPolicy(StrEnum):
    """Who stands when a field holds two different values and nobody knows which came first."""

    SALESFORCE_WINS = "salesforce_wins"
    DIALOG_INSIGHT_WINS = "dialog_insight_wins"
    FIRST_NON_EMPTY = "first_non_empty"


class FieldPair(_Model):
    """A Salesforce field and the Dialog Insight field that receives it. `default` is sent where the source is empty."""

    source: Name
    target: Name
    key: bool = False
    transform: tuple[TransformName, ...] = ()
    when_empty: WhenEmpty = WhenEmpty.CLEAR
    default: str | None = None
    conflict: ConflictPolicy = ConflictPolicy.SALESFORCE_WINS


class ObjectMapping(_Model):
    """The pairs of one Salesforce object and one Dialog Insight table, the primary key first."""

    pairs: Annotated[tuple[FieldPair, ...], Field(min_length=1)]

    @property
    def key_pairs(self) -> tuple[FieldPair, ...]:
        return tuple(p for p in self.pairs if p.key)

    @property
    def sources(self) -> tuple[str, ...]:
        """Names of the Salesforce fields, each once, in the order of the pairs."""
        return tuple(dict.fromkeys(p.source for p in self.pairs))


class Integration(_Model):
    """What moves: an object of an org to a table of a destination project, when its triggers fire."""

    name: Name
    enabled: bool = True
    salesforce: str
    object: Name
    project: str
    table: Name = CONTACT_LIST
    triggers: Annotated[tuple[Trigger, ...], Field(min_length=1)] = (
        Trigger.SALESFORCE_CREATED,
        Trigger.SALESFORCE_UPDATED,
    )
    mapping: ObjectMapping


class Project(_Model):
    """A whole project file. `id` is made once and names the folder of its ledger."""

    version: Literal[1] = 1
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{8,64}$")]
    name: Name
    connections: tuple[Connection, ...] = ()
    projects: tuple[DestinationProject, ...] = ()
    integrations: tuple[Integration, ...] = ()

    def connection(self, id: str) -> SalesforceConnection | DialogInsightConnection | None:
        return next((c for c in self.connections if c.id == id), None)

    def destination(self, id: str) -> DestinationProject | None:
        return next((p for p in self.projects if p.id == id), None)

    def integration(self, name: str) -> Integration | None:
        return next((i for i in self.integrations if i.name == name), None)


def is_consent_name(name: str) -> bool:
    """Say whether a Dialog Insight name speaks of consent, with or without its prefix (promise I8)."""
    folded = name.casefold()
    return folded.startswith(("optin_", "dtoptin_", "f_optin_", "f_dtoptin_")) or folded in (
        "hastrackingconsent",
        "dttrackingconsent",
    )


def problems_of(project: Project) -> tuple[Problem, ...]:
    """Give everything that is wrong in a project and can be known without asking a service."""
    return (
        *_repeated("connections", "id", (c.id for c in project.connections)),
        *_repeated("projects", "id", (p.id for p in project.projects)),
        *_repeated("integrations", "name", (i.name for i in project.integrations)),
        *_destination_problems(project),
        *_integration_problems(project),
    )


def _repeated(collection: str, member: str, values: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for n, value in enumerate(values):
        folded = value.casefold()
        if folded in seen:
            yield Problem(f"{collection}[{n}].{member}", f"“{value}” is used twice.", "Give each one its own.")
        seen.add(folded)


def _destination_problems(project: Project) -> Iterator[Problem]:
    for n, destination in enumerate(project.projects):
        at = f"projects[{n}]"
        connection = project.connection(destination.connection)
        if not isinstance(connection, DialogInsightConnection):
            yield Problem(
                f"{at}.connection",
                f"There is no Dialog Insight connection “{destination.connection}”.",
                "Name one of the connections of this file, of kind dialog_insight.",
            )
        yield from _repeated(f"{at}.tables", "code", (t.code for t in destination.tables))
        for m, table in enumerate(destination.tables):
            codes = {f.code for f in table.fields}
            for k, code in enumerate(table.key):
                if code not in codes:
                    yield Problem(
                        f"{at}.tables[{m}].key[{k}]",
                        f"The key “{code}” is not among the fields of the table {table.code}.",
                        "Add the field to the table, or name another key.",
                    )
            if table.code == CONTACT_LIST:
                yield Problem(
                    f"{at}.tables[{m}].code",
                    f"“{CONTACT_LIST}” is the contact list itself.",
                    "Give the custom table its own code, as Dialog Insight shows it.",
                )


def _integration_problems(project: Project) -> Iterator[Problem]:
    served: dict[tuple[str, str, str, str], str] = {}
    for n, integration in enumerate(project.integrations):
        at = f"integrations[{n}]"
        if not isinstance(project.connection(integration.salesforce), SalesforceConnection):
            yield Problem(
                f"{at}.salesforce",
                f"There is no Salesforce connection “{integration.salesforce}”.",
                "Name one of the connections of this file, of kind salesforce.",
            )
        destination = project.destination(integration.project)
        if destination is None:
            yield Problem(
                f"{at}.project",
                f"There is no destination project “{integration.project}”.",
                "Name one of the projects of this file by its id.",
            )
        else:
            yield from _table_problems(at, integration, destination)
        target = (integration.salesforce, integration.object.casefold(), integration.project, integration.table)
        if target in served:
            yield Problem(
                f"{at}.object",
                f"“{served[target]}” already ties {integration.object} to this table.",
                "Keep one integration for each object and table; it can carry every field.",
            )
        served[target] = integration.name
        yield from _pair_problems(f"{at}.mapping", integration.mapping)


def _table_problems(at: str, integration: Integration, destination: DestinationProject) -> Iterator[Problem]:
    keys = tuple(p.target for p in integration.mapping.key_pairs)
    if integration.table != CONTACT_LIST:
        table = destination.table(integration.table)
        if table is None:
            yield Problem(
                f"{at}.table",
                f"The project {destination.name} has no custom table “{integration.table}” in this file.",
                f"Add the table to the project, or write {CONTACT_LIST} for its contact list.",
            )
        else:
            yield from _key_problems(at, table.key, keys, f"the table {table.code}")
        return
    if destination.type is ProjectType.B:
        yield Problem(
            f"{at}.project",
            f"{destination.name} is of type B: its contacts are born in Dialog Insight, not received from Salesforce.",
            "Choose a project of type A, or a custom table.",
        )
        return
    yield from _key_problems(at, destination.key, keys, f"the project {destination.name}")
    for m, pair in enumerate(integration.mapping.pairs):
        if pair.key and pair.source.casefold() != "id":
            yield Problem(
                f"{at}.mapping.pairs[{m}].source",
                "The key of a type A project is the Salesforce record Id; an e-mail or a name may repeat or change.",
                "Use Id as the source of the key.",
            )


def _key_problems(at: str, key: tuple[str, ...], paired: tuple[str, ...], what: str) -> Iterator[Problem]:
    missing = [k for k in key if k not in paired]
    if missing:
        yield Problem(
            f"{at}.mapping.pairs",
            f"The primary key of {what} is not mapped: {', '.join(missing)}.",
            "Add a pair for it with key: true; without it no record can be found again.",
        )
    for code in paired:
        if code not in key:
            yield Problem(
                f"{at}.mapping.pairs",
                f"{code} is marked as key, but it is not the primary key of {what}.",
                "Take key: true away from that pair.",
            )


def _pair_problems(at: str, mapping: ObjectMapping) -> Iterator[Problem]:
    yield from _repeated(f"{at}.pairs", "target", (p.target for p in mapping.pairs))
    for n, pair in enumerate(mapping.pairs):
        if is_consent_name(pair.target):
            yield Problem(
                f"{at}.pairs[{n}].target",
                f"{pair.target} is a consent. Consents travel from Dialog Insight to Salesforce only.",
                "Remove this pair; opt-ins have their own place.",
            )
        if pair.key and (pair.default is not None or pair.transform):
            yield Problem(
                f"{at}.pairs[{n}]",
                "A key is sent exactly as it is: it takes no default and no transform.",
                "Remove the default and the transform of this pair.",
            )
