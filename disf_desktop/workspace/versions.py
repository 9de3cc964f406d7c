"""Remembers which API version an org offers, so that a run that finds nothing to do does not ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from disf_desktop.core.moments import written
from disf_desktop.storage.ledger import Ledger

if TYPE_CHECKING:
    from disf_desktop.services.salesforce.rest import SalesforceOrg

TRUSTED_FOR: Final = timedelta(days=7)
"""Orgs move to a newer version three times a year and keep the older ones for years."""


def recall_versions(orgs: Mapping[str, SalesforceOrg], ledger: Ledger, now: datetime) -> None:
    """Tell each org, by the id of its connection, the version that it offered lately."""
    for connection, org in orgs.items():
        org.assume_version(ledger.recall(_name(connection), written(now)))


def remember_versions(orgs: Mapping[str, SalesforceOrg], ledger: Ledger, now: datetime) -> None:
    """Note the versions that were found by asking; one that was recalled keeps its date."""
    for connection, org in orgs.items():
        if org.known_version and ledger.recall(_name(connection), written(now)) != org.known_version:
            ledger.remember(_name(connection), org.known_version, written(now + TRUSTED_FOR))


def _name(connection: str) -> str:
    return f"api_version/{connection}"
