"""Where the rows of a file may go: `PROJECT/TABLE` or `ORG/OBJECT`, by the ids of the project file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from disf_desktop.core.errors import Problem
from disf_desktop.core.importing.recipe import FileForm
from disf_desktop.core.project import (
    DestinationProject,
    DialogInsightConnection,
    Project,
    SalesforceConnection,
)
from disf_desktop.core.schema import CONTACT_LIST, Side
from disf_desktop.core.target_names import account_of, target_name


@dataclass(frozen=True, slots=True)
class ImportDestination:
    """A table that receives rows: of a `project` in Dialog Insight, or of an `org`; one of the two is there.

    `table` is the code of the table as the project file writes it, or the name of the object as it was asked for.
    """

    place: str
    table: str
    project: DestinationProject | None = None
    account: DialogInsightConnection | None = None
    org: SalesforceConnection | None = None

    @property
    def to(self) -> str:
        return f"{self.place}/{self.table}"

    @property
    def side(self) -> Side:
        return Side.SALESFORCE if self.org is not None else Side.DIALOG_INSIGHT

    @property
    def is_contacts(self) -> bool:
        return self.project is not None and self.table == CONTACT_LIST

    @property
    def key(self) -> tuple[str, ...]:
        """Name the primary key of a table of Dialog Insight; Salesforce leaves the choice."""
        if self.project is None:
            return ()
        custom = self.project.table(self.table)
        return custom.key if custom is not None else self.project.key


def destinations(project: Project) -> Iterator[str]:
    """Name the tables that a file may go to; of an org, the objects that integrations name."""
    for destination in project.projects:
        yield f"{destination.id}/{CONTACT_LIST}"
        yield from (f"{destination.id}/{table.code}" for table in destination.tables)
    for connection in project.connections:
        if isinstance(connection, SalesforceConnection):
            used = (i.object for i in project.integrations if i.salesforce == connection.id)
            yield from (f"{connection.id}/{name}" for name in dict.fromkeys((*used, "Contact", "Lead", "Account")))


def find_destination(project: Project, to: str, at: str = "to") -> ImportDestination | Problem:
    """Give the table that `to` names, or what is wrong with it; `at` is its place in the project file."""
    place, _, table = to.partition("/")
    destination, org = project.destination(place), project.connection(place)
    if destination is not None and isinstance(org, SalesforceConnection):
        return Problem(
            at,
            f"“{place}” is the id of a destination project and of a Salesforce connection.",
            "Give one of the two another id in the project file.",
        )
    if isinstance(org, SalesforceConnection) and table.strip():
        return ImportDestination(place, table.strip(), org=org)
    if destination is not None:
        account = project.connection(destination.connection)
        codes = (CONTACT_LIST, *(each.code for each in destination.tables))
        code = next((each for each in codes if each.casefold() == table.strip().casefold()), None)
        if code is not None and isinstance(account, DialogInsightConnection):
            return ImportDestination(place, code, project=destination, account=account)
    there = ", ".join(destinations(project)) or "none: the file has no destination project and no Salesforce connection"
    return Problem(at, f"There is no destination “{to}”.", f"Name one of these: {there}")


def ledger_name(destination: ImportDestination) -> str:
    """Give how the ledger names a table of Dialog Insight; "" for an object of Salesforce."""
    project, account = destination.project, destination.account
    if project is None or account is None:
        return ""
    return target_name(account_of(account.root_url), project.id_project, destination.table)


def is_of_people(project: Project, destination: ImportDestination) -> bool:
    """Say whether each row is about a person: of a contact list, or of an object that feeds one, as contacts and leads
    do."""
    if destination.org is None:
        return destination.is_contacts
    sobject = destination.table.casefold()
    feeds = (
        each.salesforce == destination.place and each.object.casefold() == sobject and each.table == CONTACT_LIST
        for each in project.integrations
    )
    return sobject in ("contact", "lead") or any(feeds)


def zone_name(project: Project, destination: ImportDestination | None, form: FileForm) -> str:
    """Name the time zone of times without an offset: the one that was said, else the destination's, else the first
    destination project's, else UTC."""
    if form.time_zone is not None:
        return form.time_zone
    if destination is not None and destination.project is not None:
        return destination.project.time_zone
    return next((each.time_zone for each in project.projects), "UTC")
