"""The verbs on connections: sign in, keep a key, test, count the calls, disconnect."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from disf_desktop.core.addresses import PLATFORMS
from disf_desktop.core.errors import AccessRefused, AuthorizationNeeded
from disf_desktop.core.project import DialogInsightConnection, SalesforceConnection
from disf_desktop.core.records import Window
from disf_desktop.workspace.connections import CLIENT_SECRET, KEY, REFRESH_TOKEN, Connections, Org
from disf_desktop.workspace.facts import ConnectionFacts, ProjectFacts
from disf_desktop.workspace.opened import OpenedProject

if TYPE_CHECKING:
    from disf_desktop.services.transport import Transport
    from disf_desktop.workspace.sign_in import SignIn

log = logging.getLogger(__name__)


class KeyElsewhere(AccessRefused):
    """The key is good, but on the other platform of Dialog Insight: `platform` at `root_url`."""

    def __init__(self, name: str, platform: str, root_url: str, where: str) -> None:
        super().__init__(
            f"The key is valid, but on the platform of {platform}; {name} names another one.",
            f"Change root_url of the connection to {root_url}.",
            where,
            reason="key_elsewhere",
        )
        self.platform = platform
        self.root_url = root_url


class Signing(OpenedProject):
    """Opens the doors of both services. `platforms` of Dialog Insight are where a refused key is looked for."""

    platforms: Mapping[str, str] = PLATFORMS

    def is_authorized(self, connection_id: str) -> bool:
        """Say whether there is a secret for the connection; whether it is still accepted, `test` says."""
        name = REFRESH_TOKEN if isinstance(self._connection(connection_id), SalesforceConnection) else KEY
        return bool(self._vault().get(connection_id, name))

    def sign_in(self, connection_id: str) -> SignIn:
        """Give a sign-in to Salesforce; its `steps` carry it out, and end with the permission stored."""
        from disf_desktop.workspace.sign_in import SignIn

        return SignIn(self._connections(self._vault()), self._salesforce(connection_id).id)

    def store_key(self, connection_id: str, key: str) -> None:
        """Test a Dialog Insight key, then keep it. Raises what the test says, and keeps nothing, where it fails.

        Raises KeyElsewhere for a key of the other platform.
        """
        connection = self._connection(connection_id)
        assert isinstance(connection, DialogInsightConnection), "only Dialog Insight has keys"
        key = key.strip()
        if not key:
            raise AuthorizationNeeded(
                "No key was given.", "Copy the key from Dialog Insight.", connection_id, reason="no_key"
            )
        vault = self._vault()
        with self._connections(vault) as connections:
            self._recognised(connections, connection, key)
        vault.put(connection_id, KEY, key)
        log.info("key kept: connection %s", connection_id)

    def test(self, connection_id: str) -> ConnectionFacts:
        """Ask a service who we are there."""
        connection = self._connection(connection_id)
        with self._connections(self._vault()) as connections:
            if isinstance(connection, DialogInsightConnection):
                kept = connections.key(connection_id)
                listed, transport = self._recognised(connections, connection, kept)
                return ConnectionFacts(projects=listed, clock_ahead_s=_ahead(transport))
            org = connections.org(connection_id)
            identity = org.identity()
            window = Window("Organization", ("Name", "OrganizationType", "IsSandbox"))
            page = next(iter(org.source.read(window)), None)
            name, edition, sandbox = page.records[0].values if page is not None and page.records else ("", "", None)
            known = ConnectionFacts(
                user=identity.username,
                org=str(name or ""),
                org_id=identity.organization_id,
                edition=str(edition or ""),
                is_sandbox=sandbox if isinstance(sandbox, bool) else None,
                api_version=org.source.api_version,
                clock_ahead_s=_ahead(org.transport),
            )
            return _with_calls(known, org)

    def count_calls(self, connection_id: str, known: ConnectionFacts) -> ConnectionFacts:
        """Ask an org alone how many calls it has used, where the rest is `known` already."""
        with self._connections(self._vault()) as connections:
            return _with_calls(known, connections.org(self._salesforce(connection_id).id))

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

    def _recognised(
        self, connections: Connections, connection: DialogInsightConnection, key: str
    ) -> tuple[tuple[ProjectFacts, ...], Transport]:
        """Give the projects that a key may use, and what they came by. Raises KeyElsewhere where the other platform
        knows it."""
        from disf_desktop.services.dialog_insight.client import recognise

        opened: list[Transport] = []

        def open_transport(root_url: str) -> Transport:
            opened.append(connections.transport_to(connection.model_copy(update={"root_url": root_url})))
            return opened[-1]

        found = recognise(connection, key, open_transport, self.platforms)
        if found.root_url != connection.root_url:
            raise KeyElsewhere(connection.name, found.platform, found.root_url, connection.id)
        return tuple(ProjectFacts(p.id_project, p.name) for p in found.projects), opened[0]


def _with_calls(known: ConnectionFacts, org: Org) -> ConnectionFacts:
    usage = org.source.limits().get("DailyApiRequests", {})
    allowed, remaining = usage.get("Max"), usage.get("Remaining")
    return replace(
        known,
        calls_used=allowed - remaining if isinstance(allowed, int) and isinstance(remaining, int) else None,
        calls_allowed=allowed if isinstance(allowed, int) else None,
    )


def _ahead(transport: Transport) -> int:
    """Give by how many seconds this computer's clock is ahead of the service's; the service tells whole seconds."""
    theirs = transport.server_now()
    return 0 if theirs is None else round((datetime.now(UTC) - theirs).total_seconds())
