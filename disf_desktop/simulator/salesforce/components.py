"""The set-up of an org as metadata: which components there are, what one is made of, and the files they are kept in."""

# ruff: noqa: S608 -- the names in the SQL are those of the schema, the values are always parameters
from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from disf_desktop.simulator.salesforce.customization import PROFILES
from disf_desktop.simulator.salesforce.deployment import CRUD
from disf_desktop.simulator.salesforce.describe import SObject
from disf_desktop.simulator.salesforce.metadata import FOLDERS, SUFFIXES
from disf_desktop.simulator.salesforce.setup_objects import RIGHTS
from disf_desktop.simulator.salesforce.store import Org

SPACE = "http://soap.sforce.com/2006/04/metadata"
DEPLOYED = ("CustomField", "CustomObject", "PermissionSet", "Profile")
KINDS = (*DEPLOYED, "InstalledPackage")
_FOLDERS = FOLDERS | {"InstalledPackage": "installedPackages"}
_SUFFIXES = SUFFIXES | {"InstalledPackage": ".installedPackage"}
_PACKAGES = """SELECT p.NamespacePrefix, i.Id, i.CreatedDate, i.LastModifiedDate, v.MajorVersion, v.MinorVersion
FROM "InstalledSubscriberPackage" AS i JOIN "SubscriberPackage" AS p ON p.Id = i.SubscriberPackageId
JOIN "SubscriberPackageVersion" AS v ON v.Id = i.SubscriberPackageVersionId ORDER BY p.NamespacePrefix"""
Body = dict[str, Any]


def described() -> list[dict[str, Any]]:
    """Return what describeMetadata tells of the kinds of components."""
    children = {"CustomObject": ["CustomField"]}
    return [
        {
            "childXmlNames": children.get(kind),
            "directoryName": _FOLDERS[kind],
            "inFolder": False,
            "metaFile": False,
            "suffix": _SUFFIXES[kind].removeprefix("."),
            "xmlName": kind,
        }
        for kind in _FOLDERS
    ]


def listed(org: Org, kind: str) -> list[dict[str, Any]]:
    """Return what listMetadata tells of the components of a kind: their file properties."""
    return [properties(org, kind, full_name) for full_name in names(org, kind)]


def names(org: Org, kind: str) -> list[str]:
    """Return the full names of the components of a kind."""
    if kind == "CustomField":
        rows = org.db.execute('SELECT FullName FROM "CustomField" ORDER BY FullName')
        return [row[0] for row in rows]
    if kind == "CustomObject":
        return sorted(each.name for each in org.schema if each.attributes["layoutable"])
    if kind == "PermissionSet":
        rows = org.db.execute('SELECT Name FROM "PermissionSet" WHERE IsOwnedByProfile = 0 ORDER BY Name')
        return [row[0] for row in rows]
    if kind == "InstalledPackage":
        return [row[0] for row in org.db.execute(_PACKAGES)]
    # In metadata the standard profiles have names of their own.
    spelt = {name: full_name for full_name, name in PROFILES.items()}
    return sorted(spelt.get(name, name) for name in org.customization.profile_sets())


def properties(org: Org, kind: str, full_name: str) -> dict[str, Any]:
    """Return the file properties of a component that is there."""
    row = _row(org, kind, full_name)
    file = file_of(kind, full_name)
    known, told = org.credentials.user_id, dict(zip(("id", "created", "modified"), row, strict=True))
    by = org.db.execute('SELECT Name FROM "User" WHERE Id = ?', (known,)).fetchone()
    name = by[0] if by and by[0] else org.credentials.username
    return {
        "createdById": known,
        "createdByName": name,
        "createdDate": told["created"],
        "fileName": file,
        "fullName": full_name,
        "id": told["id"],
        "lastModifiedById": known,
        "lastModifiedByName": name,
        "lastModifiedDate": told["modified"],
        "manageableState": "unmanaged",
        "type": kind,
    }


def file_of(kind: str, full_name: str) -> str:
    """Return the path of the file that holds a component; a field lies in that of its object."""
    if kind == "CustomField":
        return file_of("CustomObject", full_name.partition(".")[0])
    return f"{_FOLDERS[kind]}/{full_name}{_SUFFIXES[kind]}"


def _row(org: Org, kind: str, full_name: str) -> tuple[str, str, str]:
    if kind == "InstalledPackage":
        package = next(row for row in org.db.execute(_PACKAGES).fetchall() if row[0] == full_name)
        return package[1], package[2], package[3]
    table, column, value = {
        "CustomField": ("CustomField", "FullName", full_name),
        "CustomObject": ("EntityDefinition", "QualifiedApiName", full_name),
        "PermissionSet": ("PermissionSet", "Name", full_name),
        "Profile": ("Profile", "Name", PROFILES.get(full_name, full_name)),
    }[kind]
    sql = f'SELECT Id, CreatedDate, LastModifiedDate FROM "{table}" WHERE "{column}" = ?'
    found: tuple[str, str, str] = org.db.execute(sql, (value,)).fetchone()
    return found


def body(org: Org, kind: str, full_name: str) -> Body | None:
    """Return the members of a component, or None when there is no such one."""
    if kind == "CustomField":
        sobject, _, name = full_name.partition(".")
        known = org.customization.fields(sobject).get(name)
        return None if known is None else {"fullName": full_name, **known[1]}
    if full_name not in names(org, kind):
        return None
    if kind == "InstalledPackage":
        package = next(row for row in org.db.execute(_PACKAGES).fetchall() if row[0] == full_name)
        return {"fullName": full_name, "activateRSS": False, "versionNumber": f"{package[4]}.{package[5]}"}
    if kind == "CustomObject":
        return _object(org, org.schema[full_name])
    if kind == "PermissionSet":
        row = org.db.execute(
            'SELECT Id, Label, Description FROM "PermissionSet" WHERE Name = ?', (full_name,)
        ).fetchone()
        own: Body = {"description": row[2], "hasActivationRequired": False, "label": row[1]}
        return {"fullName": full_name} | own | _permissions(org, row[0])
    set_id = org.customization.profile_sets()[PROFILES.get(full_name, full_name)]
    return {"fullName": full_name, "custom": False, "userLicense": "Salesforce"} | _permissions(org, set_id)


def _object(org: Org, sobject: SObject) -> Body:
    fields = [
        {"fullName": name, **known} for name, (_, known) in sorted(org.customization.fields(sobject.name).items())
    ]
    members: Body = {"fullName": sobject.name, "fields": fields, "sharingModel": "ReadWrite"}
    if sobject.attributes["custom"]:
        name = sobject.field("Name")
        kind = "AutoNumber" if name and name["autoNumber"] else "Text"
        named = {"label": name.label if name else "Name", "type": kind}
        if kind == "AutoNumber":
            named["displayFormat"] = "O-{00000}"
        members |= {"deploymentStatus": "Deployed", "label": sobject.attributes["label"], "nameField": named}
        members["pluralLabel"] = sobject.attributes["labelPlural"]
    return members


def _permissions(org: Org, set_id: str) -> Body:
    fields = org.db.execute(
        'SELECT PermissionsEdit, Field, PermissionsRead FROM "FieldPermissions" WHERE ParentId = ? ORDER BY Field',
        (set_id,),
    )
    columns = ", ".join(CRUD.values())
    objects = org.db.execute(
        f'SELECT SobjectType, {columns} FROM "ObjectPermissions" WHERE ParentId = ? ORDER BY SobjectType', (set_id,)
    )
    rights = ", ".join(f'"Permissions{name}"' for name in RIGHTS)
    held = org.db.execute(f'SELECT {rights} FROM "PermissionSet" WHERE Id = ?', (set_id,)).fetchone()
    return {
        "fieldPermissions": [
            {"editable": bool(edit), "field": name, "readable": bool(read)} for edit, name, read in fields.fetchall()
        ],
        "objectPermissions": [
            {"object": name, **{member: bool(flag) for member, flag in zip(CRUD, flags, strict=True)}}
            for name, *flags in objects.fetchall()
        ],
        "userPermissions": [
            {"enabled": True, "name": name} for name, held_one in zip(RIGHTS, held, strict=True) if held_one
        ],
    }


def written(kind: str, members: Mapping[str, Any]) -> str:
    """Write the file of a component, or of an object with some of its fields."""
    shown = {name: value for name, value in members.items() if name != "fullName"}
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{kind} xmlns="{SPACE}">\n{_lines(shown, 1)}</{kind}>\n'


def _lines(members: Mapping[str, Any], depth: int) -> str:
    """Write members in the order of the alphabet, one a line, the full name of a part first."""
    lines, indent = [], "    " * depth
    for name in sorted(members, key=lambda each: (each != "fullName", each)):
        value = members[name]
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, Mapping):
                lines.append(f"{indent}<{name}>\n{_lines(each, depth + 1)}{indent}</{name}>\n")
            elif each is not None:
                text = str(each).lower() if isinstance(each, bool) else escape(str(each))
                lines.append(f"{indent}<{name}>{text}</{name}>\n")
    return "".join(lines)


def manifest(wanted: Mapping[str, list[str]], version: str) -> str:
    """Write the package.xml that names these components."""
    types = [{"members": sorted(found), "name": kind} for kind, found in sorted(wanted.items()) if found]
    return written("Package", {"types": types, "version": version})
