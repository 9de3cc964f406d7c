"""The objects of set-up: those of the normal API (permission sets and what hangs on them) and those of Tooling."""

from __future__ import annotations

from typing import Any

from disf_desktop.simulator.salesforce.describe import Attributes, SObject, sobject_of

RIGHTS = {
    "ApiEnabled": "API Enabled",
    "ViewSetup": "View Setup and Configuration",
    "CustomizeApplication": "Customize Application",
    "ModifyMetadata": "Modify Metadata Through Metadata API Functions",
    "ModifyAllData": "Modify All Data",
    "ManageUsers": "Manage Users",
    "AssignPermissionSets": "Assign Permission Sets",
    "ManageProfilesPermissionsets": "Manage Profiles and Permission Sets",
    "InstallPackaging": "Download AppExchange Packages",
}


def _text(name: str, length: int = 80, **more: Any) -> Attributes:
    return {"name": name, "type": "string", "label": name, "length": length, "permissionable": False, **more}


def _flag(name: str, label: str = "", **more: Any) -> Attributes:
    return {"name": name, "type": "boolean", "label": label or name, "permissionable": False, **more}


def _link(name: str, to: str, relationship: str, **more: Any) -> Attributes:
    of = {"referenceTo": [to], "relationshipName": relationship, "permissionable": False}
    return {"name": name, "type": "reference", "label": name, **of, **more}


def _number(name: str) -> Attributes:
    return {"name": name, "type": "int", "label": name, "permissionable": False}


_MADE_BY_SALESFORCE: Attributes = {"createable": False, "updateable": False, "permissionable": False}
_GIVEN: Attributes = {"nillable": False}
_SYSTEM: list[Attributes] = [
    {"name": name, "type": kind, "label": name, "nillable": False, "defaultedOnCreate": True, **_MADE_BY_SALESFORCE}
    | more
    for name, kind, more in (
        ("CreatedDate", "datetime", {}),
        ("CreatedById", "reference", {"referenceTo": ["User"], "relationshipName": "CreatedBy"}),
        ("LastModifiedDate", "datetime", {}),
        ("LastModifiedById", "reference", {"referenceTo": ["User"], "relationshipName": "LastModifiedBy"}),
        ("SystemModstamp", "datetime", {}),
    )
]
_RIGHTS = [_flag(f"Permissions{name}", label) for name, label in RIGHTS.items()]
_CRUD = [
    _flag(f"Permissions{name}") for name in ("Create", "Read", "Edit", "Delete", "ViewAllRecords", "ModifyAllRecords")
]


def _object(name: str, prefix: str, fields: list[Attributes], **more: Any) -> SObject:
    key = {"name": "Id", "type": "id", "label": name + " ID"}
    flags = {"layoutable": False, "searchable": False, "triggerable": False, "undeletable": False, "mruEnabled": False}
    facts = {"name": name, "label": name, "labelPlural": name, "keyPrefix": prefix, **flags, **more}
    return sobject_of({**facts, "fields": [key, *fields, *_SYSTEM]})


def setup_objects() -> list[SObject]:
    """Return the objects of set-up that normal queries and records know."""
    children = {
        "PermissionSetAssignment.PermissionSetId": "Assignments",
        "FieldPermissions.ParentId": "FieldPerms",
        "ObjectPermissions.ParentId": "ObjectPerms",
    }
    read_only: Attributes = {"createable": False, "updateable": False, "deletable": False}
    return [
        _object("Profile", "00e", [_text("Name", **_MADE_BY_SALESFORCE), _text("Description", 255)], **read_only),
        _object(
            "PermissionSet",
            "0PS",
            [
                _text("Name", nillable=False, idLookup=True),
                _text("Label", nillable=False),
                _text("Description", 255),
                _text("NamespacePrefix", 15, **_MADE_BY_SALESFORCE),
                _flag("IsCustom", **_MADE_BY_SALESFORCE),
                _flag("IsOwnedByProfile", **_MADE_BY_SALESFORCE),
                _link("ProfileId", "Profile", "Profile", **_MADE_BY_SALESFORCE),
                *_RIGHTS,
            ],
            children=children,
        ),
        _object(
            "PermissionSetAssignment",
            "0Pa",
            [
                _link("AssigneeId", "User", "Assignee", updateable=False, **_GIVEN),
                _link("PermissionSetId", "PermissionSet", "PermissionSet", updateable=False, **_GIVEN),
                _flag("IsActive", defaultValue=True, **_MADE_BY_SALESFORCE),
            ],
            updateable=False,
        ),
        _object(
            "FieldPermissions",
            "01k",
            [
                _link("ParentId", "PermissionSet", "Parent", updateable=False, **_GIVEN),
                _text("SobjectType", updateable=False, **_GIVEN),
                _text("Field", 120, updateable=False, **_GIVEN),
                _flag("PermissionsRead"),
                _flag("PermissionsEdit"),
            ],
        ),
        _object(
            "ObjectPermissions",
            "110",
            [
                _link("ParentId", "PermissionSet", "Parent", updateable=False, **_GIVEN),
                _text("SobjectType", updateable=False, **_GIVEN),
                *_CRUD,
            ],
        ),
        _object("UserPermissionAccess", "0up", [{**each, **_MADE_BY_SALESFORCE} for each in _RIGHTS], **read_only),
    ]


def tooling_objects() -> list[SObject]:
    """Return the objects that only the Tooling API knows."""
    read_only = {"createable": False, "updateable": False, "deletable": False}
    return [
        _object(
            "CustomField",
            "00N",
            [
                _text("DeveloperName"),
                _text("TableEnumOrId"),
                _link("EntityDefinitionId", "EntityDefinition", "EntityDefinition"),
                _text("NamespacePrefix", 15),
                _text("ManageableState"),
                _text("FullName", 255),
                _text("InlineHelpText", 510),
                _text("Description", 1_000),
                _number("Length"),
                _text("Metadata", 100_000, filterable=False),
            ],
            **read_only,
        ),
        _object(
            "EntityDefinition",
            "4ie",
            [
                _text("DurableId"),
                _text("QualifiedApiName"),
                _text("DeveloperName"),
                _text("Label"),
                _text("PluralLabel"),
                _text("KeyPrefix", 3),
                _text("NamespacePrefix", 15),
                _text("PublisherId"),
                _flag("IsCustomizable"),
                _flag("IsQueryable"),
            ],
            **read_only,
        ),
        _object(
            "SubscriberPackage",
            "033",
            [_text("Name", 255), _text("NamespacePrefix", 15), _text("Description", 255)],
            **read_only,
        ),
        _object(
            "SubscriberPackageVersion",
            "04t",
            [
                _link("SubscriberPackageId", "SubscriberPackage", "SubscriberPackage"),
                _text("Name", 255),
                *map(_number, ("MajorVersion", "MinorVersion", "PatchVersion", "BuildNumber")),
                _flag("IsPasswordProtected"),
                _flag("IsManaged"),
                _text("Package2ContainerOptions", 40),
                _flag("IsDeprecated"),
                _flag("IsBeta"),
                _text("ReleaseState", 40),
                # What it would reach in other places, of which the person who installs it is asked.
                _text("RemoteSiteSettings", 100_000, filterable=False),
                _text("CspTrustedSites", 100_000, filterable=False),
            ],
            **read_only,
        ),
        _object(
            "InstalledSubscriberPackage",
            "0A3",
            [
                _link("SubscriberPackageId", "SubscriberPackage", "SubscriberPackage"),
                _link("SubscriberPackageVersionId", "SubscriberPackageVersion", "SubscriberPackageVersion"),
            ],
            **read_only,
        ),
        _object(
            "DeployRequest",
            "0Af",
            [
                _text("Status", 40),
                _flag("CheckOnly"),
                _flag("RollbackOnError"),
                {"name": "StartDate", "type": "datetime", "label": "StartDate", "permissionable": False},
                {"name": "CompletedDate", "type": "datetime", "label": "CompletedDate", "permissionable": False},
                _text("ErrorStatusCode", 255),
                _text("ErrorMessage", 4_000),
                *map(_number, ("NumberComponentsTotal", "NumberComponentsDeployed", "NumberComponentErrors")),
            ],
            **read_only,
        ),
        _object(
            "PackageInstallRequest",
            "0Hf",
            [
                _text("SubscriberPackageVersionKey", 18),
                _text("NameConflictResolution", 40),
                _text("SecurityType", 40),
                _flag("EnableRss"),
                _text("UpgradeType", 40),
                _text("Status", 40),
                _text("Errors", 100_000, filterable=False),
            ],
            deletable=False,
        ),
    ]
