"""The rules of set-up for records: who may write permission sets and what hangs on them, and what is refused."""

# ruff: noqa: S608 -- the names in the SQL are those of the schema, the values are always parameters
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from disf_desktop.simulator.salesforce.errors import ApiError, RecordError

if TYPE_CHECKING:
    from disf_desktop.simulator.salesforce.store import Org

# Any one of these rights is enough to write the object.
NEEDED = {
    "PermissionSetAssignment": ("AssignPermissionSets", "ManageUsers"),
    "PermissionSet": ("ManageProfilesPermissionsets", "ManageUsers"),
    "FieldPermissions": ("ManageProfilesPermissionsets", "ManageUsers"),
    "ObjectPermissions": ("ManageProfilesPermissionsets", "ManageUsers"),
}
OF_SETUP = frozenset(NEEDED)


def check_new(org: Org, name: str, values: Mapping[str, Any], checked: bool) -> None:
    """Refuse a new row of set-up that the user may not make, that is there already, or that grants nothing."""
    if checked:
        _check_rights(org, name, "create")
    if name == "PermissionSetAssignment":
        _check_assignment(org, values["AssigneeId"], values["PermissionSetId"])
    elif name == "FieldPermissions":
        _check_field(org, values)
        _refuse_second(org, name, "ParentId", "Field", values)
    elif name == "ObjectPermissions":
        _refuse_second(org, name, "ParentId", "SobjectType", values)
    elif org.db.execute('SELECT 1 FROM "PermissionSet" WHERE Name = ? COLLATE NOCASE', (values["Name"],)).fetchone():
        message = "That name is already taken. Enter a unique permission set name."
        raise RecordError("DUPLICATE_DEVELOPER_NAME", message, ["Name"])


def check_change(org: Org, name: str, record_id: str, values: Mapping[str, Any], checked: bool) -> None:
    """Refuse a change of set-up that the user may not make."""
    if checked:
        _check_rights(org, name, "update")
    if name == "FieldPermissions":
        row = org.db.execute(
            'SELECT Field, SobjectType, PermissionsRead, PermissionsEdit FROM "FieldPermissions" WHERE Id = ?',
            (record_id,),
        ).fetchone()
        known = dict(zip(("Field", "SobjectType", "PermissionsRead", "PermissionsEdit"), row, strict=True))
        _check_field(org, {**known, **values})


def check_end(org: Org, name: str, record_id: str, checked: bool) -> None:
    """Refuse the removal of a permission set that is in use; what hangs on one that goes, goes with it."""
    if checked:
        _check_rights(org, name, "delete")
    if name != "PermissionSet":
        return
    row = org.db.execute('SELECT IsOwnedByProfile FROM "PermissionSet" WHERE Id = ?', (record_id,)).fetchone()
    if row[0]:
        raise RecordError("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id")
    if org.db.execute('SELECT 1 FROM "PermissionSetAssignment" WHERE PermissionSetId = ?', (record_id,)).fetchone():
        message = "This permission set is assigned to users. Remove its assignments before it is deleted."
        raise RecordError("DELETE_FAILED", message)
    for hanging in ("FieldPermissions", "ObjectPermissions"):
        org.db.execute(f'DELETE FROM "{hanging}" WHERE ParentId = ?', (record_id,))


def refused_use(org: Org) -> ApiError | None:
    """Return the refusal of the Metadata API for a user who may not use it."""
    if org.customization.rights & {"ModifyMetadata", "ModifyAllData"}:
        return None
    message = "use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions"
    return ApiError(403, "INSUFFICIENT_ACCESS", message)


def _check_rights(org: Org, name: str, verb: str) -> None:
    if org.customization.rights.isdisjoint(NEEDED[name]):
        if verb == "create":
            message = "insufficient access rights on cross-reference id"
            raise RecordError("INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", message, status=403)
        raise RecordError("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id", status=403)


def _check_assignment(org: Org, user: str, permission_set: str) -> None:
    owned = org.db.execute('SELECT IsOwnedByProfile FROM "PermissionSet" WHERE Id = ?', (permission_set,)).fetchone()
    if owned[0]:
        message = "Permission set assignments can't be made to a permission set that a profile owns"
        raise RecordError("FIELD_INTEGRITY_EXCEPTION", message, ["PermissionSetId"])
    active, kind = org.db.execute('SELECT IsActive, UserType FROM "User" WHERE Id = ?', (user,)).fetchone() or (1, None)
    if not active:
        message = "Cannot assign a permission set to an inactive user."
        raise RecordError("INACTIVE_OWNER_OR_USER", message, ["AssigneeId"])
    if kind not in (None, "Standard"):
        message = "Can't assign permission set to user. The user license doesn't allow its permissions."
        raise RecordError("FIELD_INTEGRITY_EXCEPTION", message, ["PermissionSetId"])
    known = org.db.execute(
        'SELECT 1 FROM "PermissionSetAssignment" WHERE AssigneeId = ? AND PermissionSetId = ? AND IsDeleted = 0',
        (user, permission_set),
    ).fetchone()
    if known:
        message = f"Duplicate PermissionSetAssignment. Assignee: {user[:15]}; Permission Set: {permission_set[:15]}"
        raise RecordError("DUPLICATE_VALUE", message, ["AssigneeId", "PermissionSetId"])


def field_problem(org: Org, full_name: str) -> str | None:
    """Say why field-level security cannot be set for a field, in the words of a deployment; None when it can."""
    sobject, _, name = full_name.partition(".")
    known = org.schema.get(sobject)
    field = known.field(name) if known else None
    if field is None:
        return f"In field: field - no CustomField named {full_name} found"
    if not field["permissionable"]:
        return f"You cannot deploy to a required field: {full_name}"
    return None


def _check_field(org: Org, values: Mapping[str, Any]) -> None:
    if field_problem(org, values["Field"]) or values["Field"].partition(".")[0] != values["SobjectType"]:
        message = f"Field Name: bad value for restricted picklist field: {values['Field']}"
        raise RecordError("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message, ["Field"])
    if not values.get("PermissionsRead"):
        message = "Field permission must enable at least read access"
        raise RecordError("FIELD_INTEGRITY_EXCEPTION", message, ["PermissionsRead"])


def _refuse_second(org: Org, name: str, parent: str, key: str, values: Mapping[str, Any]) -> None:
    found = org.db.execute(
        f'SELECT Id FROM "{name}" WHERE "{parent}" = ? AND "{key}" = ?', (values[parent], values[key])
    ).fetchone()
    if found:
        message = f"duplicate value found: <unknown> duplicates value on record with id: {found[0]}"
        raise RecordError("DUPLICATE_VALUE", message)
