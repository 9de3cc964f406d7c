"""Put the components of a package into the org, one by one, each with its result in the words of a deployment."""

# ruff: noqa: S608 -- the names in the SQL are those of the schema, the values are always parameters
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from disf_desktop.simulator.salesforce import custom_fields
from disf_desktop.simulator.salesforce.custom_fields import Metadata, Unreadable
from disf_desktop.simulator.salesforce.customization import PROFILES
from disf_desktop.simulator.salesforce.errors import RecordError
from disf_desktop.simulator.salesforce.metadata import Component
from disf_desktop.simulator.salesforce.permissions import check_end, field_problem
from disf_desktop.simulator.salesforce.setup_objects import RIGHTS
from disf_desktop.simulator.salesforce.stamps import stamp
from disf_desktop.simulator.salesforce.store import Org

Message = dict[str, Any]
CRUD = {
    "allowCreate": "PermissionsCreate",
    "allowRead": "PermissionsRead",
    "allowEdit": "PermissionsEdit",
    "allowDelete": "PermissionsDelete",
    "viewAllRecords": "PermissionsViewAllRecords",
    "modifyAllRecords": "PermissionsModifyAllRecords",
}


class Problem(Exception):
    """Why a component is refused."""


def deploy_one(org: Org, component: Component, gone: bool) -> Message:
    """Put a component in, or take it away; a refusal changes nothing and is told in the message."""
    outcome: Message = {"created": False, "changed": False, "deleted": False}
    try:
        if component.problem:
            raise Problem(component.problem)
        if "CustomizeApplication" not in org.customization.rights:
            raise Problem(
                "insufficient access rights on object id: Customize Application is needed to change the set-up"
            )
        with org.transaction():
            act = (_REMOVE if gone else _PUT)[component.type]
            outcome |= act(org, component)
    except (Problem, Unreadable) as refused:
        return message(org, component, False, outcome, str(refused), "Error")
    return message(org, component, True, outcome, outcome.pop("problem", None), outcome.pop("problemType", None))


def message(
    org: Org, component: Component, success: bool, outcome: Message, problem: str | None, kind: str | None
) -> Message:
    """Return the DeployMessage of a component."""
    return {
        "changed": False,
        "columnNumber": None,
        "componentType": component.type,
        "created": False,
        "createdDate": stamp(org.now()),
        "deleted": False,
        "fileName": component.file,
        "fullName": component.full_name,
        "id": None,
        "knownPackagingProblem": False,
        "lineNumber": None,
        "problem": problem,
        "problemType": kind,
        "success": success,
        "warning": kind == "Warning",
        **outcome,
    }


# Custom fields


def _put_field(org: Org, component: Component) -> Message:
    name, _, field_name = component.full_name.partition(".")
    sobject = org.schema.get(name)
    if sobject is None or not sobject.attributes["layoutable"]:
        raise Problem(f"Entity of type 'CustomObject' named '{name}' cannot be found")
    metadata = custom_fields.read(component.body)
    refused = custom_fields.problem(field_name, metadata)
    if refused:
        raise Problem(refused)
    standard = sobject.field(field_name)
    known = next(
        (each for each in org.customization.fields(sobject.name).items() if each[0].lower() == field_name.lower()), None
    )
    if known is None:
        assert standard is None, "a custom field without a definition"
        _check_limits(org, sobject.name, metadata, {})
        made = org.customization.add_field(sobject.name, field_name, metadata)
        return {"created": True, "changed": True, "id": made}
    spelled, (record_id, before) = known
    if before["type"] != metadata["type"]:
        raise Problem(f"Cannot change type due to existing data: {name}.{spelled} is {before['type']}")
    wanted = before | metadata
    _check_limits(org, sobject.name, wanted, before)
    _check_values(org, sobject.name, spelled, before, wanted)
    if wanted != before:
        org.customization.change_field(sobject.name, record_id, wanted)
    return {"changed": wanted != before, "id": record_id}


def _check_limits(org: Org, sobject: str, metadata: Metadata, before: Metadata) -> None:
    limits = org.customization.setting("limits")
    fields = [known for _, known in org.customization.fields(sobject).values()]
    if not before and len(fields) >= limits["custom_fields"]:
        raise Problem(
            f"The maximum number of custom fields ({limits['custom_fields']}) has been reached for this object"
        )
    external = sum(bool(each.get("externalId")) for each in fields)
    if metadata.get("externalId") and not before.get("externalId") and external >= limits["external_ids"]:
        raise Problem(f"The maximum number of external ID fields ({limits['external_ids']}) has been reached")


def _check_values(org: Org, sobject: str, name: str, before: Metadata, wanted: Metadata) -> None:
    """Refuse a change that the values of the field do not allow."""
    if wanted.get("unique") and not before.get("unique"):
        collate = "" if wanted.get("caseSensitive") else " COLLATE NOCASE"
        twice = org.db.execute(
            f'SELECT 1 FROM "{sobject}" WHERE "{name}" IS NOT NULL AND IsDeleted = 0'
            f' GROUP BY "{name}"{collate} HAVING count(*) > 1 LIMIT 1'
        ).fetchone()
        if twice:
            raise Problem("Cannot make this field unique: there are duplicate values in existing records")
    if wanted["type"] == "Text" and wanted["length"] < before["length"]:
        longest = org.db.execute(f'SELECT max(length("{name}")) FROM "{sobject}"').fetchone()[0] or 0
        if longest > wanted["length"]:
            raise Problem("Cannot reduce the length of this field below that of its existing values")


def _remove_field(org: Org, component: Component) -> Message:
    sobject, _, name = component.full_name.partition(".")
    known = org.customization.fields(sobject).get(name)
    if known is None:
        return _nothing_there("CustomField", component.full_name)
    if known[1]["type"] == "Lookup":
        raise Problem("This custom field is referenced elsewhere in salesforce.com")
    org.customization.remove_field(sobject, name)
    return {"deleted": True, "id": known[0]}


def _nothing_there(kind: str, name: str) -> Message:
    return {"problem": f"No {kind} named: {name} found", "problemType": "Warning"}


# Permission sets and profiles


def _put_set(org: Org, component: Component) -> Message:
    body = component.body
    if not custom_fields.NAME.fullmatch(component.full_name) or len(component.full_name) > 80:
        raise Problem(f"The permission set name '{component.full_name}' is not a valid developer name")
    if not body.get("label"):
        raise Problem("Required field is missing: label")
    _refuse_unknown(body, "PermissionSet", {"label", "description", "license", "hasActivationRequired"})
    known = org.db.execute(
        'SELECT Id, Label, Description FROM "PermissionSet" WHERE Name = ? COLLATE NOCASE', (component.full_name,)
    ).fetchone()
    told = {"Label": body["label"], "Description": body.get("description") or None}
    if known is None:
        made = org.customization.add("PermissionSet", {"Name": component.full_name, "IsCustom": 1, **told})
        _put_permissions(org, made, body)
        return {"created": True, "changed": True, "id": made}
    changed = known[1:] != (told["Label"], told["Description"])
    if changed:
        org.customization.change("PermissionSet", known[0], told)
    return {"changed": _put_permissions(org, known[0], body) or changed, "id": known[0]}


def _put_profile(org: Org, component: Component) -> Message:
    _refuse_unknown(component.body, "Profile", {"custom", "userLicense", "description"})
    owned = org.customization.profile_sets().get(PROFILES.get(component.full_name, component.full_name))
    if owned is None:
        raise Problem(f"In field: fullName - no Profile named {component.full_name} found")
    return {"changed": _put_permissions(org, owned, component.body), "id": owned}


def _refuse_unknown(body: Mapping[str, Any], kind: str, known: set[str]) -> None:
    unknown = set(body) - known - {"fullName", "fieldPermissions", "objectPermissions", "userPermissions"}
    if unknown:
        where = "{http://soap.sforce.com/2006/04/metadata}" + min(unknown)
        raise Problem(f"Error parsing file: Element {where} invalid at this location in type {kind}")


def _put_permissions(org: Org, set_id: str, body: Mapping[str, Any]) -> bool:
    """Add what a file says to a permission set; what it leaves out stays as it is. Return whether anything changed."""
    changed = False
    for each in _listed(body, "fieldPermissions"):
        full_name = str(each.get("field", ""))
        refused = field_problem(org, full_name)
        if refused:
            raise Problem(refused)
        sobject, _, name = full_name.partition(".")
        known = org.schema[sobject]
        field = known.field(name)
        assert field
        read, edit = _true(each, "readable"), _true(each, "editable")
        if edit and not read:
            raise Problem(f"Field permission of {full_name} must be readable to be editable")
        changed |= org.customization.grant(set_id, known.name, field.name, edit, read)
    for each in _listed(body, "objectPermissions"):
        changed |= _put_object(org, set_id, each)
    for each in _listed(body, "userPermissions"):
        name = str(each.get("name", ""))
        if name not in RIGHTS:
            raise Problem(f"Unknown user permission: {name}")
        wanted = int(_true(each, "enabled"))
        column = f"Permissions{name}"
        held = org.db.execute(f'SELECT "{column}" FROM "PermissionSet" WHERE Id = ?', (set_id,)).fetchone()[0]
        if held != wanted:
            org.customization.change("PermissionSet", set_id, {column: wanted})
            changed = True
    if changed:
        org.customization.look()
    return changed


def _put_object(org: Org, set_id: str, each: Mapping[str, Any]) -> bool:
    sobject = org.schema.get(str(each.get("object", "")))
    if sobject is None:
        raise Problem(f"In field: object - no CustomObject named {each.get('object')} found")
    wanted = {column: int(_true(each, member)) for member, column in CRUD.items()}
    columns = ", ".join(wanted)
    known = org.db.execute(
        f'SELECT Id, {columns} FROM "ObjectPermissions" WHERE ParentId = ? AND SobjectType = ?', (set_id, sobject.name)
    ).fetchone()
    if known is None:
        org.customization.add("ObjectPermissions", {"ParentId": set_id, "SobjectType": sobject.name, **wanted})
    elif known[1:] != tuple(wanted.values()):
        org.customization.change("ObjectPermissions", known[0], wanted)
    else:
        return False
    return True


def _remove_set(org: Org, component: Component) -> Message:
    known = org.db.execute('SELECT Id FROM "PermissionSet" WHERE Name = ?', (component.full_name,)).fetchone()
    if known is None:
        return _nothing_there("PermissionSet", component.full_name)
    try:
        check_end(org, "PermissionSet", known[0], checked=False)
    except RecordError as refused:
        raise Problem(refused.message) from None
    org.db.execute('DELETE FROM "PermissionSet" WHERE Id = ?', known)
    return {"deleted": True, "id": known[0]}


def _listed(body: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    given = body.get(name, [])
    return [each for each in (given if isinstance(given, list) else [given]) if isinstance(each, Mapping)]


def _true(body: Mapping[str, Any], name: str) -> bool:
    return body.get(name) == "true"


def _refuse_removal(_: Org, component: Component) -> Message:
    raise Problem(f"Cannot delete a component of type {component.type}: {component.full_name}")


def _refuse_object(_: Org, component: Component) -> Message:
    raise Problem(f"Nothing to deploy for {component.full_name}")


_PUT = {"CustomField": _put_field, "PermissionSet": _put_set, "Profile": _put_profile, "CustomObject": _refuse_object}
_REMOVE = {
    "CustomField": _remove_field,
    "PermissionSet": _remove_set,
    "Profile": _refuse_removal,
    "CustomObject": _refuse_removal,
}
