"""Salesforce: its REST API and its Bulk API 2.0, as ports of a run."""

from __future__ import annotations

from disf_desktop.core.project import SalesforceConnection
from disf_desktop.services.salesforce.wire import SALESFORCE_TRANSIENT
from disf_desktop.services.transport import Clock, Transport


def transport_of(connection: SalesforceConnection, *, clock: Clock | None = None) -> Transport:
    """Give a transport that may contact the login host of a connection; the org's own is added by its tokens."""
    return Transport(
        [connection.login_url],
        timeout_s=connection.timeout_s,
        ca_file=connection.ca_file,
        transient=SALESFORCE_TRANSIENT,
        clock=clock,
    )
