"""Deploys through the REST form of the Metadata API: begin one, ask how it stands.

A deploy is never begun twice for one wish: whoever begins one remembers its id before anything else, and where the
answer was lost, looks for it among those that the org began since.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
from urllib3.fields import RequestField
from urllib3.filepost import encode_multipart_formdata

from disf_desktop.core.errors import AccessRefused, SchemaChanged, UnexpectedAnswer
from disf_desktop.core.moments import written
from disf_desktop.services.salesforce import query
from disf_desktop.services.salesforce.setup_refusals import Doing, raise_unless_set_up
from disf_desktop.services.salesforce.tooling import checked_id, tooling_rows
from disf_desktop.services.salesforce.wire import Wire, read_json

OPTIONS: Final[Mapping[str, object]] = {
    "allowMissingFiles": False,
    "autoUpdatePackage": False,
    "ignoreWarnings": True,
    "performRetrieve": False,
    "purgeOnDelete": False,
    "rollbackOnError": True,
    "singlePackage": True,
}
"""No level of tests is named: the org then runs those it requires, none for fields, and a production org refuses
`NoTestRun`."""
MOST_BEGUN: Final = 10
SUCCEEDED: Final = "Succeeded"


@dataclass(frozen=True, slots=True)
class Failure:
    """A component that a deploy could not make or take away; `problem` is in Salesforce's own words."""

    kind: str
    name: str
    problem: str


@dataclass(frozen=True, slots=True)
class DeployStatus:
    """How a deploy stands. `code` and `message` say why it failed as a whole, where it did."""

    id: str
    done: bool
    success: bool
    status: str
    deployed: int
    total: int
    failures: tuple[Failure, ...] = ()
    code: str = ""
    message: str = ""


def begin(wire: Wire, base: str, archive: bytes, *, check_only: bool) -> str:
    """Begin a deploy of a zip and give its id; with `check_only` it is only tried.

    Raises AccessRefused naming the right, ServiceUnavailable where another deploy is under way, and what a transport
    raises: after a ReplyLost it is unknown whether a deploy was begun.
    """
    options = orjson.dumps({"deployOptions": {**OPTIONS, "checkOnly": check_only}}).decode()
    parts = (
        _part("json", options.encode(), "application/json"),
        _part("file", archive, "application/zip", "deploy.zip"),
    )
    body, content_type = encode_multipart_formdata(parts)
    reply = wire.send(
        "POST",
        f"{base}/metadata/deployRequest",
        headers={"Content-Type": content_type},
        body=body,
        repeatable=False,
        parse=read_json,
    )
    told = raise_unless_set_up(reply, Doing.DEPLOYING).parsed
    return checked_id(told.get("id") if isinstance(told, dict) else None)


def _part(name: str, content: bytes, kind: str, filename: str | None = None) -> RequestField:
    part = RequestField(name, content, filename)
    part.make_multipart(content_type=kind)
    return part


def status(wire: Wire, base: str, deploy: str) -> DeployStatus | None:
    """Say how a deploy stands; None where the org knows none of this id."""
    try:
        reply = wire.send(
            "GET",
            f"{base}/metadata/deployRequest/{checked_id(deploy)}",
            query={"includeDetails": "true"},
            repeatable=True,
            parse=read_json,
        )
        told = raise_unless_set_up(reply, Doing.DEPLOYING).parsed
    except SchemaChanged:
        return None
    result = told.get("deployResult") if isinstance(told, dict) else None
    if not isinstance(result, dict) or not isinstance(result.get("done"), bool):
        raise _strange()
    return _status(deploy, result)


def begun_since(wire: Wire, base: str, user_id: str, since: datetime, *, check_only: bool) -> list[str]:
    """Give the deploys that our user began since a moment, the latest first; none where the org does not tell."""
    soql = (
        f"SELECT Id FROM DeployRequest WHERE CreatedById = {query.id_literal(user_id)} "  # noqa: S608 - both are checked
        f"AND CheckOnly = {str(check_only).lower()} AND CreatedDate >= {written(since)} "
        f"ORDER BY CreatedDate DESC LIMIT {MOST_BEGUN}"
    )
    try:
        return [checked_id(each.get("Id")) for each in tooling_rows(wire, base, soql)]
    except (SchemaChanged, AccessRefused, UnexpectedAnswer):
        return []


def _status(deploy: str, told: Mapping[str, Any]) -> DeployStatus:
    details = told.get("details")
    failures = details.get("componentFailures") if isinstance(details, dict) else None
    return DeployStatus(
        deploy,
        bool(told["done"]),
        bool(told.get("success")) and str(told.get("status")) == SUCCEEDED,
        str(told.get("status") or ""),
        _number(told.get("numberComponentsDeployed")),
        _number(told.get("numberComponentsTotal")),
        # One that is alone comes without its list, as in the XML that this was made from.
        tuple(_failure(each) for each in (failures if isinstance(failures, list) else [failures]) if each),
        str(told.get("errorStatusCode") or ""),
        str(told.get("errorMessage") or ""),
    )


def _failure(told: Any) -> Failure:
    if not isinstance(told, dict):
        raise _strange()
    return Failure(*(str(told.get(name) or "") for name in ("componentType", "fullName", "problem")))


def _number(told: Any) -> int:
    return told if isinstance(told, int) and not isinstance(told, bool) and told >= 0 else 0


def _strange() -> UnexpectedAnswer:
    return UnexpectedAnswer(
        "Salesforce does not tell of a deploy as expected.", "Prepare again: it looks first at what is there."
    )
