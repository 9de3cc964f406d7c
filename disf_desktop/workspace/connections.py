"""The services of a project, made from its connections and the vault: the ports that a run is handed.

A connection is made once and shared by all integrations that use it: one session, one token, one count of calls.
The libraries behind them take a third of a second to load, so they are loaded when the first one is made.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from disf_desktop import __version__
from disf_desktop.core.errors import AuthorizationNeeded
from disf_desktop.core.project import (
    DestinationProject,
    DialogInsightConnection,
    Integration,
    Project,
    SalesforceConnection,
)
from disf_desktop.core.project_rules import consent_fields
from disf_desktop.core.schema import CONTACT_LIST
from disf_desktop.core.target_names import account_of
from disf_desktop.storage.vault import Vault
from disf_desktop.workspace.clock import RunClock
from disf_desktop.workspace.exports import WatchedFolder
from disf_desktop.workspace.places import Places

if TYPE_CHECKING:
    from disf_desktop.engine.job import Job
    from disf_desktop.engine.ports import DialogInsightTable
    from disf_desktop.services.dialog_insight.client import DialogInsightAccount
    from disf_desktop.services.oauth import Identity, OAuth, TokenProvider
    from disf_desktop.services.salesforce.rest import SalesforceOrg
    from disf_desktop.services.transport import Transport

REFRESH_TOKEN = "refresh_token"  # noqa: S105 - a name, not a secret
KEY = "key"
CLIENT_SECRET = "client_secret"  # noqa: S105 - a name, not a secret
USER_AGENT = f"disf-desktop/{__version__}"


@dataclass(frozen=True, slots=True)
class OneSecret:
    """The vault as one connection sees it."""

    vault: Vault
    connection_id: str

    def get(self, name: str) -> str | None:
        return self.vault.get(self.connection_id, name)

    def put(self, name: str, value: str) -> None:
        self.vault.put(self.connection_id, name, value)


@dataclass(frozen=True, slots=True)
class Org:
    """A Salesforce connection ready for use."""

    transport: Transport
    oauth: OAuth
    tokens: TokenProvider
    source: SalesforceOrg

    def identity(self) -> Identity:
        """Ask who we are there."""
        from disf_desktop.services.oauth import Grant

        return self.oauth.identity(Grant(self.tokens.current(), self.tokens.instance_url))


class Connections:
    """The connections of one project file, made when first asked for; close it to drop their sessions."""

    def __init__(
        self, project: Project, folder: Path, places: Places, vault: Vault, *, stop: threading.Event | None = None
    ) -> None:
        self._project = project
        self._folder = folder
        self._places = places
        self._vault = vault
        self._stop = stop or threading.Event()
        self._clock = RunClock(self._stop)
        self._orgs: dict[str, Org] = {}
        self._accounts: dict[str, DialogInsightAccount] = {}
        self._closers: list[Callable[[], None]] = []

    def __enter__(self) -> Connections:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        while self._closers:
            self._closers.pop()()

    def org(self, connection_id: str) -> Org:
        """Give a Salesforce connection; nothing is asked of it yet."""
        if connection_id not in self._orgs:
            connection = self._project.connection(connection_id)
            assert isinstance(connection, SalesforceConnection), "a checked project names its connections"
            self._orgs[connection_id] = self._make_org(connection)
        return self._orgs[connection_id]

    def job(self, integration: Integration) -> Job:
        """Give what a run needs for one integration."""
        from disf_desktop.engine.job import Job

        project = self._project
        destination = project.destination(integration.project)
        assert destination is not None, "a checked project names its destinations"
        connection = project.connection(destination.connection)
        assert isinstance(connection, DialogInsightConnection), "a checked project names its connections"
        org = project.connection(integration.salesforce)
        assert isinstance(org, SalesforceConnection), "a checked project names its connections"
        return Job(
            integration=integration,
            destination=destination,
            source=self.org(integration.salesforce).source,
            target=self.target(destination, integration.table),
            account=account_of(connection.root_url),
            at=f"integrations[{project.integrations.index(integration)}]",
            batch_size=connection.batch_size,
            concurrency=connection.concurrency,
            org_batch_size=org.batch_size,
            consents=tuple(sorted(consent_fields(project))),
            calls_per_day=org.calls_per_day,
            exports=self._exports(destination) if integration.table == CONTACT_LIST else None,
        )

    def _exports(self, destination: DestinationProject) -> WatchedFolder | None:
        """Give the folder where exports of a project appear; a relative one is beside the project file."""
        named = destination.finding.export_folder
        if named is None:
            return None
        folder = self._folder / Path(named).expanduser()
        server_now = self.account(destination.connection).server_now
        return WatchedFolder(folder, destination.id_project, ZoneInfo(destination.time_zone), server_now)

    def _make_org(self, connection: SalesforceConnection) -> Org:
        from disf_desktop.services.oauth import Client, OAuth, TokenProvider
        from disf_desktop.services.salesforce.rest import SalesforceOrg
        from disf_desktop.services.salesforce.wire import SALESFORCE_TRANSIENT
        from disf_desktop.services.transport import Transport

        transport = Transport(
            [connection.login_url],
            timeout_s=connection.timeout_s,
            ca_file=self._ca_file(connection.ca_file),
            user_agent=USER_AGENT,
            transient=SALESFORCE_TRANSIENT,
            clock=self._clock,
        )
        self._closers.append(transport.close)
        secrets = OneSecret(self._vault, connection.id)
        client = Client(connection.login_url, connection.client_id, secrets.get(CLIENT_SECRET))
        oauth = OAuth(client, transport)
        lock = self._places.profile / "tokens" / f"{connection.id}.lock"
        tokens = TokenProvider(oauth, secrets, lock, clock=self._clock)
        source = SalesforceOrg(connection, transport, tokens, clock=self._clock, stop=self._stop)
        return Org(transport, oauth, tokens, source)

    def account(self, connection_id: str) -> DialogInsightAccount:
        """Give a Dialog Insight connection, with the key that is kept. Raises AuthorizationNeeded where none is."""
        from disf_desktop.services.dialog_insight.client import DialogInsightAccount

        if connection_id not in self._accounts:
            connection = self._dialog_insight(connection_id)
            transport = self.transport_to(connection)
            self._accounts[connection_id] = DialogInsightAccount(connection, self.key(connection_id), transport)
        return self._accounts[connection_id]

    def key(self, connection_id: str) -> str:
        """Give the key that is kept for a Dialog Insight connection. Raises AuthorizationNeeded where none is."""
        kept = self._vault.get(connection_id, KEY)
        if not kept:
            raise AuthorizationNeeded(
                f"There is no key for {self._dialog_insight(connection_id).name} yet.",
                f"Give it: disf connect FILE {connection_id}",
                where=connection_id,
                reason="no_key",
            )
        return kept

    def _dialog_insight(self, connection_id: str) -> DialogInsightConnection:
        connection = self._project.connection(connection_id)
        assert isinstance(connection, DialogInsightConnection), "a checked project names its connections"
        return connection

    def target(self, destination: DestinationProject, table: str) -> DialogInsightTable:
        """Give the contact list of a project, or one of its custom tables, as a run writes it."""
        account = self.account(destination.connection)
        if table == CONTACT_LIST:
            return account.contact_list(destination)
        custom = destination.table(table)
        assert custom is not None, "a checked project names its tables"
        return account.custom_table(destination, custom)

    def transport_to(self, connection: DialogInsightConnection) -> Transport:
        """Give a transport to the address of a Dialog Insight connection; it may differ from the one in the file."""
        from disf_desktop.services.transport import Transport

        transport = Transport(
            [connection.root_url],
            timeout_s=connection.timeout_s,
            ca_file=self._ca_file(connection.ca_file),
            user_agent=USER_AGENT,
            clock=self._clock,
        )
        self._closers.append(transport.close)
        return transport

    def _ca_file(self, named: str | None) -> str | None:
        """Give the path of a certificate file; a relative one is beside the project file."""
        return None if named is None else str(self._folder / Path(named).expanduser())
