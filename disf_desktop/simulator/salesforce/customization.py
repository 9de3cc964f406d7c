"""What an administrator makes of an org: its custom fields, who may see them, and what else set-up holds.

All of it lies in the store, in the tables of the objects of set-up; the two schemas are made from them: the whole one,
and the view of the user of the connection, to whom a field that nothing grants does not exist.
"""

# ruff: noqa: S608 -- the names in the SQL are those of the schema, the values are always parameters
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import orjson

from disf_desktop.simulator.salesforce.custom_fields import Metadata, field_of, metadata_of
from disf_desktop.simulator.salesforce.describe import Field, Schema, SObject
from disf_desktop.simulator.salesforce.ids import long_id
from disf_desktop.simulator.salesforce.offers import offer_version
from disf_desktop.simulator.salesforce.setup_objects import RIGHTS
from disf_desktop.simulator.salesforce.stamps import stamp

if TYPE_CHECKING:
    from disf_desktop.simulator.salesforce.store import Org

ADMINISTRATOR = "System Administrator"
# What a file of metadata calls a profile, and what the org calls it.
PROFILES = {"Admin": ADMINISTRATOR, "Standard": "Standard User", "MarketingProfile": "Marketing User"}
SETTINGS: dict[str, Any] = {
    "deploy": {"seconds": 0, "locked": False, "stall": False},
    "limits": {"external_ids": 25, "custom_fields": 800},
    # What a publisher offers to install, by the key of its version; none of it is installed at the start.
    "catalogue": {
        "04tQy0000000101": {
            "name": "Dialog Insight",
            "version": "1.4.0",
            "components": ["CustomObject DI_Destination_Project__c", "ApexClass DI_Transmission"],
            "sites": ["https://app.dialoginsight.example"],
        },
        "04tQy0000000201": {
            "name": "Dialog Insight",
            "version": "2.0.0",
            "components": [
                "CustomObject DI_Destination_Project__c",
                "ApexClass DI_Transmission",
                "ApexTrigger DI_Contact_Changes",
            ],
            "sites": ["https://app.dialoginsight.example"],
        },
    },
}
Grants = Mapping[str, tuple[bool, bool]]


class Customization:
    """The set-up of an org; `view` and `rights` are those of the user of the connection."""

    def __init__(self, org: Org, described: Iterable[SObject]) -> None:
        self._org = org
        self._described = [*described]
        self._touched = False
        self._changed = org.now().replace(microsecond=0)
        self.view: Schema = org.schema
        self.rights: frozenset[str] = frozenset(RIGHTS)

    @property
    def changed(self) -> datetime:
        """When the schema, or what the user may see of it, was last changed: whole seconds, later each time."""
        return self._changed

    def describe(self, described: Iterable[SObject]) -> None:
        """Take other descriptions of the objects, for the next `refresh`."""
        self._described = [*described]

    def begin(self) -> None:
        """Set the org up where it is new, and read what it holds."""
        if self._org.db.execute("SELECT 1 FROM \"_setting\" WHERE name = 'begun'").fetchone() is None:
            with self._org.transaction():
                self._fill()
                self.keep("begun", True)
        self.refresh()

    def _fill(self) -> None:
        everything = {f"Permissions{name}": 1 for name in RIGHTS}
        sets = []
        for name in PROFILES.values():
            profile = self.add("Profile", {"Name": name})
            owned = {"Name": f"X{profile}", "Label": f"X{profile}", "IsOwnedByProfile": 1, "ProfileId": profile}
            rights = everything if name == ADMINISTRATOR else {"PermissionsApiEnabled": 1}
            sets.append(self.add("PermissionSet", {**owned, **rights}))
        self.add("UserPermissionAccess", {})
        for key, offer in SETTINGS["catalogue"].items():
            offer_version(self._org, key, offer)
        for sobject in self._described:
            entity = self._add_entity(sobject)
            for field in sobject.columns:
                if field["custom"]:
                    self._add_row(sobject.name, entity, field.name, metadata_of(field))
                    for each in sets if field["permissionable"] else ():
                        self.grant(each, sobject.name, field.name)

    def _add_entity(self, sobject: SObject) -> str:
        made = self._org.next_id("EntityDefinition")
        custom = bool(sobject.attributes["custom"])
        values = {
            "Id": made,
            # A custom object is known to other objects of Tooling by an id, a standard one by its name.
            "DurableId": long_id("01I" + made[3:15]) if custom else sobject.name,
            "QualifiedApiName": sobject.name,
            "DeveloperName": sobject.name.removesuffix("__c"),
            "Label": sobject.attributes["label"],
            "PluralLabel": sobject.attributes["labelPlural"],
            "KeyPrefix": sobject.prefix,
            "PublisherId": "<local>" if custom else "System",
            "IsCustomizable": int(bool(sobject.attributes["layoutable"])),
            "IsQueryable": 1,
        }
        return self.add("EntityDefinition", values)

    def _add_row(self, sobject: str, entity: str, name: str, metadata: Metadata) -> str:
        durable = self._org.db.execute('SELECT DurableId FROM "EntityDefinition" WHERE Id = ?', (entity,)).fetchone()
        values = {
            "DeveloperName": name.removesuffix("__c"),
            "TableEnumOrId": durable[0],
            "EntityDefinitionId": entity,
            "ManageableState": "unmanaged",
            "FullName": f"{sobject}.{name}",
        }
        return self.add("CustomField", values | _told(metadata))

    def add(self, name: str, values: Mapping[str, Any]) -> str:
        """Insert a row of set-up unchecked; return its id."""
        sobject = self._org.object(name)
        user, now = self._org.credentials.user_id, stamp(self._org.now())
        row: dict[str, Any] = {each.name: 0 for each in sobject.columns if each.type == "boolean"}
        row |= {"Id": values.get("Id") or self._org.next_id(name), "CreatedDate": now, "CreatedById": user}
        row |= {"LastModifiedDate": now, "LastModifiedById": user, "SystemModstamp": now, "IsDeleted": 0} | dict(values)
        names, marks = ", ".join(f'"{each}"' for each in row), ", ".join("?" * len(row))
        self._org.db.execute(f'INSERT INTO "{name}" ({names}) VALUES ({marks})', [*row.values()])
        return str(row["Id"])

    def change(self, name: str, record_id: str, values: Mapping[str, Any]) -> None:
        """Change a row of set-up unchecked."""
        now = stamp(self._org.now())
        row = {**values, "LastModifiedDate": now, "SystemModstamp": now}
        row["LastModifiedById"] = self._org.credentials.user_id
        assignments = ", ".join(f'"{each}" = ?' for each in row)
        self._org.db.execute(f'UPDATE "{name}" SET {assignments} WHERE Id = ?', [*row.values(), record_id])

    # Settings of the simulation

    def setting(self, name: str) -> dict[str, Any]:
        """Return a setting of the side door, or its default."""
        found = self._org.db.execute('SELECT value FROM "_setting" WHERE name = ?', (name,)).fetchone()
        default: dict[str, Any] = SETTINGS[name]
        return {**default, **orjson.loads(found[0])} if found else default

    def keep(self, name: str, value: Any) -> None:
        """Remember a setting."""
        self._org.db.execute('INSERT OR REPLACE INTO "_setting" VALUES (?, ?)', (name, orjson.dumps(value).decode()))

    # Custom fields

    def fields(self, sobject: str) -> dict[str, tuple[str, Metadata]]:
        """Return id and metadata of the custom fields of an object, by name."""
        return {name: found for kind, name, *found in self._rows() if kind == sobject}  # type: ignore[misc]

    def _rows(self) -> Iterator[tuple[str, str, str, Metadata]]:
        for record_id, full_name, metadata in self._org.db.execute(
            'SELECT Id, FullName, Metadata FROM "CustomField" ORDER BY Id'
        ).fetchall():
            sobject, _, name = full_name.partition(".")
            yield sobject, name, record_id, orjson.loads(metadata)

    def add_field(self, sobject: str, name: str, metadata: Metadata) -> str:
        """Make a custom field; nobody sees it until it is granted, unless it is required."""
        entity = self._org.db.execute('SELECT Id FROM "EntityDefinition" WHERE QualifiedApiName = ?', (sobject,))
        self._org.add_column(sobject, field_of(name, metadata))
        made = self._add_row(sobject, entity.fetchone()[0], name, metadata)
        self.refresh()
        self._org.index(sobject)
        return made

    def change_field(self, sobject: str, record_id: str, metadata: Metadata) -> None:
        """Give a custom field another definition of the same type."""
        self.change("CustomField", record_id, _told(metadata))
        self.refresh()
        self._org.index(sobject)

    def remove_field(self, sobject: str, name: str) -> None:
        """Take a custom field away, with its values and all that was granted for it."""
        full_name = f"{sobject}.{name}"
        self._org.rewrites.forget(sobject, name)
        self._org.db.execute('DELETE FROM "CustomField" WHERE FullName = ?', (full_name,))
        self._org.db.execute('DELETE FROM "FieldPermissions" WHERE Field = ?', (full_name,))
        self._org.drop_column(sobject, name)
        self.refresh()

    # Permissions

    def profile_sets(self) -> dict[str, str]:
        """Return the id of the permission set that each profile owns, by the name of the profile."""
        found = self._org.db.execute(
            'SELECT p.Name, s.Id FROM "PermissionSet" AS s JOIN "Profile" AS p ON p.Id = s.ProfileId ORDER BY p.Id'
        )
        return dict(found.fetchall())

    def profile_of(self, user_id: str) -> str:
        """Return the id of a user's profile; a user without one is an administrator."""
        found = self._org.db.execute('SELECT ProfileId FROM "User" WHERE Id = ?', (user_id,)).fetchone()
        if found and found[0]:
            return str(found[0])
        administrator = self._org.db.execute('SELECT Id FROM "Profile" WHERE Name = ?', (ADMINISTRATOR,)).fetchone()
        return str(administrator[0])

    def sets_of(self, user_id: str) -> list[str]:
        """Return the ids of the permission sets of a user: the one of the profile and those assigned."""
        found = self._org.db.execute(
            'SELECT Id FROM "PermissionSet" WHERE ProfileId = ? UNION'
            ' SELECT PermissionSetId FROM "PermissionSetAssignment" WHERE AssigneeId = ? AND IsDeleted = 0',
            (self.profile_of(user_id), user_id),
        )
        return [row[0] for row in found]

    def grant(self, set_id: str, sobject: str, name: str, edit: bool = True, read: bool = True) -> bool:
        """Let who has a permission set read a field, or edit it too; return whether that was new."""
        full_name = f"{sobject}.{name}"
        wanted = (int(read or edit), int(edit))
        known = self._org.db.execute(
            'SELECT Id, PermissionsRead, PermissionsEdit FROM "FieldPermissions" WHERE ParentId = ? AND Field = ?',
            (set_id, full_name),
        ).fetchone()
        if known is None:
            if not wanted[0]:
                return False
            values = {"ParentId": set_id, "SobjectType": sobject, "Field": full_name}
            self.add("FieldPermissions", values | {"PermissionsRead": wanted[0], "PermissionsEdit": wanted[1]})
        elif known[1:] == wanted:
            return False
        elif wanted[0]:
            self.change("FieldPermissions", known[0], {"PermissionsRead": wanted[0], "PermissionsEdit": wanted[1]})
        else:
            self._org.db.execute('DELETE FROM "FieldPermissions" WHERE Id = ?', (known[0],))
        return True

    # The two schemas

    def refresh(self) -> None:
        """Make both schemas anew from the store."""
        rows: dict[str, dict[str, Metadata]] = {}
        for kind, name, _, metadata in self._rows():
            rows.setdefault(kind, {})[name] = metadata
        self._org.schema.replace([_with_custom(each, rows.get(each.name, {})) for each in self._described])
        self.look()

    def look(self) -> None:
        """Find out again what the user of the connection may do and see."""
        self._touched = True
        sets = self.sets_of(self._org.credentials.user_id)
        marks = ", ".join("?" * len(sets))
        columns = ", ".join(f"max(Permissions{name})" for name in RIGHTS)
        held = self._org.db.execute(f'SELECT {columns} FROM "PermissionSet" WHERE Id IN ({marks})', sets).fetchone()
        self.rights = frozenset(name for name, has in zip(RIGHTS, held, strict=True) if has)
        assignments = ", ".join(f"Permissions{name} = {int(name in self.rights)}" for name in RIGHTS)
        self._org.db.execute(f'UPDATE "UserPermissionAccess" SET {assignments}')
        found = self._org.db.execute(
            'SELECT Field, max(PermissionsRead), max(PermissionsEdit) FROM "FieldPermissions"'
            f" WHERE ParentId IN ({marks}) AND IsDeleted = 0 GROUP BY Field",
            sets,
        )
        grants = {name: (bool(read), bool(edit)) for name, read, edit in found}
        self.view = Schema([_seen(each, grants) for each in self._org.schema])
        if not self._org.in_transaction:
            self.settled()

    def rolled_back(self) -> None:
        """Forget what a transaction that came to nothing has changed."""
        if self._touched:
            self.refresh()

    def settled(self) -> None:
        """Note that the outermost transaction is over, and when it changed the schema."""
        if self._touched:
            self._touched = False
            # Whole seconds, and never twice the same: a client that asks whether anything changed has no finer clock.
            now = self._org.now().replace(microsecond=0)
            self._changed = max(now, self._changed + timedelta(seconds=1))


def _told(metadata: Metadata) -> dict[str, Any]:
    """Return the columns of CustomField that the metadata says."""
    return {
        "InlineHelpText": metadata.get("inlineHelpText"),
        "Description": metadata.get("description"),
        "Length": metadata.get("length"),
        "Metadata": orjson.dumps(metadata).decode(),
    }


def _with_custom(sobject: SObject, wanted: Mapping[str, Metadata]) -> SObject:
    """Return an object with the custom fields of the store; one that is as it was described stays that field."""
    kept = [each for each in sobject.fields if not each["custom"] or not each.stored or each.name in wanted]
    fields = {each.name: each for each in kept}
    for name, metadata in wanted.items():
        if name not in fields or metadata_of(fields[name]) != metadata:
            fields[name] = field_of(name, metadata)
    same = len(fields) == len(sobject.fields) and all(map(lambda a, b: a is b, fields.values(), sobject.fields))
    return sobject if same else sobject.with_fields(fields.values())


def _seen(sobject: SObject, grants: Grants) -> SObject:
    """Return an object with what the grants leave of it: read-only fields, or none."""
    fields: list[Field] = []
    for each in sobject.fields:
        read, edit = (True, True)
        if each["custom"] and each["permissionable"]:
            read, edit = grants.get(f"{sobject.name}.{each.name}", (False, False))
        if read:
            fields.append(each if edit else Field(each.attributes | {"createable": False, "updateable": False}))
    same = len(fields) == len(sobject.fields) and all(map(lambda a, b: a is b, fields, sobject.fields))
    return sobject if same else sobject.with_fields(fields)
