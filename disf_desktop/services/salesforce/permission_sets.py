"""The permission set that lets people see what was made: what it gives, who has it, giving it to more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from disf_desktop.core.errors import UnexpectedAnswer
from disf_desktop.core.preparation import PERMISSION_SET, Grant, PermissionSetThere
from disf_desktop.services.salesforce import query
from disf_desktop.services.salesforce.errors import Refusal, read_refusal, refusal_of, without_addresses
from disf_desktop.services.salesforce.setup_refusals import Doing, setup_error
from disf_desktop.services.salesforce.tooling import checked_id, rows
from disf_desktop.services.salesforce.wire import Wire, read_json

IDS_A_QUERY: Final = 200
USERS_A_CALL: Final = 200
_HAD: Final = ("DUPLICATE_VALUE",)
_OF_ONE_USER: Final = (
    "FIELD_INTEGRITY_EXCEPTION",
    "FIELD_CUSTOM_VALIDATION_EXCEPTION",
    "LICENSE_LIMIT_EXCEEDED",
    "INVALID_CROSS_REFERENCE_KEY",
)
"""Refusals of one user, for whom the licence does not allow it; everybody else may still be given it."""


@dataclass(frozen=True, slots=True)
class User:
    """A user of the org; `username` is for the screen alone."""

    id: str
    username: str


@dataclass(frozen=True, slots=True)
class NotGiven:
    """A user who could not be given the permission set, in Salesforce's own words."""

    user: User
    detail: str


def permission_set(wire: Wire, base: str, user_id: str) -> PermissionSetThere | None:
    """Give our permission set as the org has it, or another one of its name; None where there is none."""
    found = rows(
        wire,
        base,
        "SELECT Id, Description, NamespacePrefix FROM PermissionSet "  # noqa: S608 - the name is our own
        f"WHERE Name = '{PERMISSION_SET}' AND NamespacePrefix = null",
    )
    if not found:
        return None
    known = checked_id(found[0].get("Id"))
    return PermissionSetThere(
        known,
        str(found[0].get("Description") or ""),
        tuple(_grants(wire, base, known)),
        assigned=bool(holders(wire, base, known, [user_id])),
        managed=bool(found[0].get("NamespacePrefix")),
    )


def _grants(wire: Wire, base: str, known: str) -> Iterator[Grant]:
    soql = (
        "SELECT SobjectType, Field, PermissionsRead, PermissionsEdit FROM FieldPermissions "  # noqa: S608 - an Id
        f"WHERE ParentId = {query.id_literal(known)}"
    )
    for row in rows(wire, base, soql):
        sobject, _, name = str(row.get("Field") or "").partition(".")
        if sobject and name and row.get("PermissionsRead"):
            yield Grant(sobject, name, bool(row.get("PermissionsEdit")))


def holders(wire: Wire, base: str, known: str, users: Sequence[str]) -> set[str]:
    """Give those of the users who have the permission set."""
    found: set[str] = set()
    for start in range(0, len(users), IDS_A_QUERY):
        listed = ",".join(query.id_literal(each) for each in users[start : start + IDS_A_QUERY])
        soql = (
            "SELECT AssigneeId FROM PermissionSetAssignment "  # noqa: S608 - Ids alone
            f"WHERE PermissionSetId = {query.id_literal(known)} AND AssigneeId IN ({listed})"
        )
        found.update(_long(row.get("AssigneeId")) for row in rows(wire, base, soql))
    return found


def give(wire: Wire, base: str, known: str, users: Sequence[User]) -> list[NotGiven]:
    """Give up to 200 users the permission set, and tell who could not have it; who has it already keeps it.

    Raises AccessRefused naming the right that our user lacks.
    """
    assert len(users) <= USERS_A_CALL
    refusals = [_give_one(wire, base, known, users[0])] if len(users) == 1 else _give_all(wire, base, known, users)
    found = []
    for user, refusal in zip(users, refusals, strict=True):
        if refusal is None or refusal.code in _HAD:
            continue
        if refusal.code not in _OF_ONE_USER:
            raise setup_error(refusal, Doing.ASSIGNING)
        found.append(NotGiven(user, f"{refusal.code} · {without_addresses(refusal.message)[:200]}"))
    return found


def _give_one(wire: Wire, base: str, known: str, user: User) -> Refusal | None:
    # A second assignment of the same user is refused as a duplicate, so it may be sent again.
    asked = {"AssigneeId": user.id, "PermissionSetId": known}
    path = f"{base}/sobjects/PermissionSetAssignment"
    reply = wire.send("POST", path, json=asked, repeatable=True, parse=read_json)
    return None if reply.ok else read_refusal(reply.status, reply.body)


def _give_all(wire: Wire, base: str, known: str, users: Sequence[User]) -> list[Refusal | None]:
    kind = {"type": "PermissionSetAssignment"}
    asked = [{"attributes": kind, "AssigneeId": user.id, "PermissionSetId": known} for user in users]
    reply = wire.send(
        "POST",
        f"{base}/composite/sobjects",
        json={"allOrNone": False, "records": asked},
        repeatable=True,
        parse=read_json,
    )
    if not reply.ok:
        raise setup_error(read_refusal(reply.status, reply.body), Doing.ASSIGNING)
    results = reply.parsed
    if not isinstance(results, list) or len(results) != len(users):
        raise UnexpectedAnswer("Salesforce does not tell of each user whether access was given.", "Prepare again.")
    return [None if _succeeded(each) else refusal_of(400, _errors(each)) for each in results]


def _succeeded(told: Any) -> bool:
    return isinstance(told, dict) and told.get("success") is True


def _errors(told: Any) -> list[dict[str, Any]]:
    """Give the errors of a row in the form of an error body, where the code has another name."""
    errors = told.get("errors") if isinstance(told, dict) else None
    listed = [each for each in errors if isinstance(each, dict)] if isinstance(errors, list) else []
    return [{"errorCode": each.get("statusCode"), "message": each.get("message")} for each in listed]


def take_from_all(wire: Wire, base: str, known: str) -> None:
    """Take the permission set from everybody: Salesforce does not let one go that somebody has."""
    soql = f"SELECT Id FROM PermissionSetAssignment WHERE PermissionSetId = {query.id_literal(known)}"  # noqa: S608
    for row in rows(wire, base, soql):
        path = f"{base}/sobjects/PermissionSetAssignment/{checked_id(row.get('Id'))}"
        reply = wire.send("DELETE", path, repeatable=True)
        if not reply.ok and reply.status != 404:
            raise setup_error(read_refusal(reply.status, reply.body), Doing.ASSIGNING)


def users_named(wire: Wire, base: str, names: Iterable[str]) -> dict[str, list[User]]:
    """Give the active users of each name: a user name, `profile:NAME` for those of a profile, or `all`."""
    return {name: [_user(row) for row in rows(wire, base, _users(name))] for name in dict.fromkeys(names)}


def _users(name: str) -> str:
    soql = "SELECT Id, Username FROM User WHERE IsActive = true"
    if name == "all":
        # The others, such as portal users and Salesforce's own, are under licences that cannot take it.
        return f"{soql} AND UserType = 'Standard' ORDER BY Username"
    if name.startswith("profile:"):
        profile = query.text_literal(name.removeprefix("profile:").strip())
        return f"{soql} AND Profile.Name = {profile} ORDER BY Username"
    return f"{soql} AND Username = {query.text_literal(name)}"


def _user(row: dict[str, Any]) -> User:
    return User(_long(row.get("Id")), str(row.get("Username") or ""))


def _long(told: object) -> str:
    return query.long_id(checked_id(told))
