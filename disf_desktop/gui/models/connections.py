"""What the window makes of a connection of the project file. No Qt."""

from __future__ import annotations

from enum import StrEnum

from disf_desktop.core.addresses import PLATFORMS, PRODUCTION, SANDBOX
from disf_desktop.core.project import DialogInsightConnection, SalesforceConnection

AnyConnection = SalesforceConnection | DialogInsightConnection
Door = tuple[str | int | None, ...]


class Place(StrEnum):
    """Where a Salesforce connection signs in."""

    PRODUCTION = "production"
    SANDBOX = "sandbox"
    MY_DOMAIN = "my_domain"


LOGIN_URLS = {Place.PRODUCTION: PRODUCTION, Place.SANDBOX: SANDBOX}
OTHER = "other"
"""The platform of Dialog Insight that is none of the two."""


def place_of(login_url: str) -> Place:
    """Say which of the three an address of sign-in is."""
    return next((place for place, url in LOGIN_URLS.items() if url == login_url.rstrip("/")), Place.MY_DOMAIN)


def platform_of(root_url: str) -> str:
    """Name the platform of Dialog Insight of an address: `Canada`, `France` or `other`."""
    return next((name for name, url in PLATFORMS.items() if url.rstrip("/") == root_url.rstrip("/")), OTHER)


def door_of(connection: AnyConnection) -> Door:
    """Give what the answer of a test depends on: what was said through one door does not hold for another."""
    if isinstance(connection, SalesforceConnection):
        return (connection.login_url, connection.client_id, connection.api_version, connection.ca_file)
    return (connection.root_url, connection.id_key, connection.ca_file)


def changed(connection: AnyConnection, **members: object) -> AnyConnection:
    """Give the connection with other members, checked as those of a file are."""
    return type(connection).model_validate(connection.model_dump() | members)
