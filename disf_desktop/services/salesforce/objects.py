"""The objects of an org, as its global describe lists them: one call, whatever their number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from disf_desktop.core.errors import UnexpectedAnswer
from disf_desktop.services.salesforce.errors import raise_unless_ok
from disf_desktop.services.salesforce.wire import Wire, read_json


def listed(wire: Wire, base: str) -> tuple[Mapping[str, Any], ...]:
    """Give what the org tells of each object: `name`, `label`, `custom`, `queryable` and more.

    Raises what a refusal means, and UnexpectedAnswer where no list comes.
    """
    reply = wire.send("GET", f"{base}/sobjects", query={}, repeatable=True, parse=read_json)
    told = raise_unless_ok(reply).parsed
    objects = told.get("sobjects") if isinstance(told, dict) else None
    if isinstance(objects, list) and all(
        isinstance(each, dict) and isinstance(each.get("name"), str) for each in objects
    ):
        return tuple(objects)
    raise UnexpectedAnswer("Salesforce does not list its objects as expected.", "Run again; if it lasts, report it.")
