"""How the ledger names a Dialog Insight table, alike for whatever writes to it: integrations and imports."""

from __future__ import annotations

from urllib.parse import urlsplit


def account_of(root_url: str) -> str:
    """Tell one platform from another by the address of a connection.

    Projects are numbered over a whole platform, so two keys of one account share what they write to.
    """
    return urlsplit(root_url).hostname or ""


def target_name(account: str, id_project: int, table: str) -> str:
    """Name a table of a project (`Contact` is its contact list), over everything that writes to it."""
    return f"{account}/{id_project}/{table}"
