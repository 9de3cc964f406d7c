"""A project file opened for use: every verb that a face may use. No Qt.

What only reads the ledger needs no lock; runs and a person's decisions hold it for their length.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from disf_desktop.core.errors import AuthorizationNeeded, Problem
from disf_desktop.core.events import Notice
from disf_desktop.core.project import DialogInsightConnection, SalesforceConnection
from disf_desktop.core.project_rules import problems_of
from disf_desktop.core.records import Window
from disf_desktop.core.schema import Schema
from disf_desktop.storage import project_file
from disf_desktop.workspace.answers import Answers
from disf_desktop.workspace.beside import Beside
from disf_desktop.workspace.connections import CLIENT_SECRET, KEY, REFRESH_TOKEN, Connections
from disf_desktop.workspace.consents import ConsentHistory
from disf_desktop.workspace.editing import Editing
from disf_desktop.workspace.facts import ConnectionFacts, ProjectFacts
from disf_desktop.workspace.fields import Fields
from disf_desktop.workspace.projects import Projects
from disf_desktop.workspace.runs import Runs
from disf_desktop.workspace.standing import StandingRun, Told, Wishes

if TYPE_CHECKING:
    from disf_desktop.workspace.sign_in import SignInStep

log = logging.getLogger(__name__)


class Workspace(Runs, Answers, ConsentHistory, Editing, Beside, Projects, Fields):
    """A project file opened for use. Every verb raises `DisfError`, and nothing else that is not our own mistake."""

    def run_schedule(
        self, wishes: Wishes, integration: str | None = None, *, once: bool = False, wait_for_first: bool = False
    ) -> Generator[Told, None, None]:
        """Keep the integrations running by their schedule, or only the one named, until the wishes say that it ends.

        What goes wrong is told as a value and tried again. With `once`, what is due now is run, and errors are raised.
        With `wait_for_first`, an integration begins to follow its schedule once somebody has run it.
        """
        standing = StandingRun(self, wishes, only=integration, wait_for_first=wait_for_first)
        yield from standing.once() if once else standing.go()

    def check(self, *, offline: bool = False) -> tuple[Problem, ...]:
        """Give everything that can be known before a run; with `offline`, without asking a service.

        What is wrong in drafts is told too. The schema by which an editor checks while one types is put beside the
        file, where that may be written.
        """
        with suppress(OSError):
            project_file.write_json_schema(self.path.absolute().parent)
        from disf_desktop.workspace.check import problems_of_files, problems_of_services

        missing = problems_of_files(self.project, self.path.parent)
        found = (*problems_of(self.project), *missing)
        if offline or missing:
            return found
        with self._connections(self._vault()) as connections:
            return (*found, *problems_of_services(self.project, connections, self.is_authorized, found))

    def ways_of_finding(self) -> tuple[Notice, ...]:
        """Say how changes in Dialog Insight are found where they matter, which depends on what the account accepts."""
        from disf_desktop.workspace.check import ways_of_finding

        with self._connections(self._vault()) as connections:
            return tuple(ways_of_finding(self.project, connections))

    # ------------------------------------------------------------------ connections

    def is_authorized(self, connection_id: str) -> bool:
        """Say whether there is a secret for the connection; whether it is still accepted, `test` says."""
        name = REFRESH_TOKEN if isinstance(self._connection(connection_id), SalesforceConnection) else KEY
        return bool(self._vault().get(connection_id, name))

    def sign_in(self, connection_id: str, cancel: threading.Event) -> Iterator[SignInStep]:
        """Sign in to Salesforce; the face opens the page that the first step names. Raises Stopped when cancelled."""
        from disf_desktop.services.sign_in import SignIn

        with self._connections(self._vault()) as connections:
            org = connections.org(self._salesforce(connection_id).id)
            yield from SignIn(org.oauth, org.tokens, cancel=cancel).steps()
        log.info("signed in: connection %s", connection_id)

    def store_key(self, connection_id: str, key: str) -> None:
        """Test a Dialog Insight key, then keep it. Raises what the test says, and keeps nothing, where it fails."""
        connection = self._connection(connection_id)
        assert isinstance(connection, DialogInsightConnection), "only Dialog Insight has keys"
        key = key.strip()
        if not key:
            raise AuthorizationNeeded("No key was given.", "Copy the key from Dialog Insight.", connection_id)
        vault = self._vault()
        with self._connections(vault) as connections:
            connections.account(connection_id, key=key).projects()
        vault.put(connection_id, KEY, key)
        log.info("key kept: connection %s", connection_id)

    def test(self, connection_id: str) -> ConnectionFacts:
        """Ask a service who we are there."""
        with self._connections(self._vault()) as connections:
            if isinstance(self._connection(connection_id), DialogInsightConnection):
                return ConnectionFacts(projects=self._listed(connections, connection_id))
            org = connections.org(connection_id)
            identity = org.identity()
            window = Window("Organization", ("Name", "OrganizationType"))
            page = next(iter(org.source.read(window)), None)
            name, edition = page.records[0].values if page is not None and page.records else ("", "")
            usage = org.source.limits().get("DailyApiRequests", {})
            allowed, remaining = usage.get("Max"), usage.get("Remaining")
            return ConnectionFacts(
                user=identity.username,
                org=str(name or ""),
                edition=str(edition or ""),
                api_version=org.source.api_version,
                calls_used=allowed - remaining if isinstance(allowed, int) and isinstance(remaining, int) else None,
                calls_allowed=allowed if isinstance(allowed, int) else None,
            )

    def disconnect(self, connection_id: str) -> None:
        """Have the service forget us where it can, and forget its secret."""
        vault = self._vault()
        if isinstance(self._connection(connection_id), DialogInsightConnection):
            vault.delete(connection_id, KEY)
            return
        try:
            with self._connections(vault) as connections:
                connections.org(connection_id).tokens.revoke()
        finally:
            # A service that does not answer must not keep a person from forgetting a secret here.
            vault.delete(connection_id, REFRESH_TOKEN)
            vault.delete(connection_id, CLIENT_SECRET)

    def projects_of(self, connection_id: str) -> tuple[ProjectFacts, ...]:
        """Give the Dialog Insight projects that the key may use."""
        with self._connections(self._vault()) as connections:
            return self._listed(connections, connection_id)

    @staticmethod
    def _listed(connections: Connections, connection_id: str) -> tuple[ProjectFacts, ...]:
        return tuple(ProjectFacts(p.id_project, p.name) for p in connections.account(connection_id).projects())

    # ------------------------------------------------------------------ schemas

    def salesforce_schema(self, connection_id: str, sobject: str, related: Sequence[str] = ()) -> Schema:
        """Read an object's fields, with the related ones named (`Account.Name`)."""
        with self._connections(self._vault()) as connections:
            return connections.org(self._salesforce(connection_id).id).source.describe(sobject, related)

    def dialog_insight_schema(self, destination_id: str, table: str) -> Schema:
        """Read the fields of a project's contact list; those of a custom table are the ones of the file."""
        destination = self.project.destination(destination_id)
        assert destination is not None, "a face names a destination of the file"
        with self._connections(self._vault()) as connections:
            return connections.target(destination, table).describe()

    def _salesforce(self, connection_id: str) -> SalesforceConnection:
        connection = self._connection(connection_id)
        assert isinstance(connection, SalesforceConnection), "only Salesforce has sign-ins and objects"
        return connection
