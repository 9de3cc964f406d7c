"""The primary key that an account tells of a project, where it tells one; public sources do not promise it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def told_key(reply: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the fields that a reply to `Projects.Get` marks as primary key; () where it marks none."""
    info = reply.get("ProjectInfo")
    given = info.get("ProjectFields") if isinstance(info, dict) else None
    return key_among(given if isinstance(given, list) else ())


def key_among(given: Sequence[Any]) -> tuple[str, ...]:
    """Name those of a project's fields that are marked as primary key."""
    return tuple(
        str(each["Code"])
        for each in given
        if isinstance(each, dict) and each.get("isPrimaryKey") is True and each.get("Code")
    )
