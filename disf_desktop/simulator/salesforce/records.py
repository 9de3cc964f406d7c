"""Saving and deleting records, with the refusals of the real service."""

# ruff: noqa: S608 -- the names in the SQL are those of the schema, the values are always parameters
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from disf_desktop.simulator.salesforce import permissions
from disf_desktop.simulator.salesforce.describe import Field, SObject
from disf_desktop.simulator.salesforce.errors import RecordError, unparsable
from disf_desktop.simulator.salesforce.ids import long_id
from disf_desktop.simulator.salesforce.stamps import stamp
from disf_desktop.simulator.salesforce.store import Org
from disf_desktop.simulator.salesforce.values import BadType, saved

SYSTEM = {"attributes"}


@dataclass
class RowLocks:
    """Records of one request that are locked by somebody else: every n-th."""

    every: int
    seen: int = 0

    def check(self, record_id: str | None) -> None:
        """Count a record; refuse it when its turn has come."""
        self.seen += 1
        if self.seen % self.every == 0:
            shown = f": {record_id}" if record_id else ""
            message = f"unable to obtain exclusive access to this record or 1 records{shown}"
            raise RecordError("UNABLE_TO_LOCK_ROW", message)


class Records:
    """The records of an org; a value of the wrong type refuses a record of a CSV, but breaks a JSON request."""

    def __init__(
        self,
        org: Org,
        locks: RowLocks | None = None,
        from_csv: bool = False,
        began: datetime | None = None,
        author: str | None = None,
    ) -> None:
        self._org = org
        self._db = org.db
        self._locks = locks
        self._from_csv = from_csv
        self._began = began
        self._author = author or org.credentials.user_id
        # A person sees all fields, the integration what is granted to its user.
        self._schema = org.schema if author else org.view
        self._checked = author is None

    def _stamp(self) -> str:
        """Return the stamp of a save: the time its transaction began, which is now unless it is a long one."""
        return stamp(self._began or self._org.now())

    def create(self, sobject: SObject, given: Mapping[str, Any]) -> str:
        """Insert a record; return its id."""
        if not sobject.attributes["createable"]:
            message = f"entity type {sobject.name} does not support create"
            raise RecordError("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", message)
        self._check_lock(None)
        values = self._values(sobject, given, "createable")
        # What the user does not see gets its default all the same.
        whole = self._org.schema[sobject.name]
        self._fill_defaults(whole, values)
        self._rewrite(whole, values, None)
        missing = [each.name for each in sobject.columns if each.required and values.get(each.name) is None]
        if missing:
            raise _required(missing)
        self._check_references(sobject, values)
        setup = sobject.name in permissions.OF_SETUP
        if setup:
            permissions.check_new(self._org, sobject.name, values, self._checked)
        self._check_unique(sobject, values, None)
        self._name(sobject, values)
        record_id = self._org.next_id(sobject.name)
        values |= {"Id": record_id, "CreatedDate": self._stamp(), "CreatedById": self._author, **self._stamps()}
        for each in sobject.columns:
            if each["autoNumber"]:
                values[each.name] = self._org.next_auto_number(sobject, each.name)
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        self._db.execute(f'INSERT INTO "{sobject.name}" ({names}) VALUES ({marks})', [*values.values()])
        if setup:
            self._org.customization.look()
        return record_id

    def update(self, sobject: SObject, record_id: object, given: Mapping[str, Any]) -> str:
        """Change a record; return its id in the long form."""
        known = self.writable(sobject, record_id)
        self._check_lock(known)
        values = self._values(sobject, given, "updateable")
        self._rewrite(sobject, values, known)
        emptied = [
            name
            for name, value in values.items()
            if value is None and (each := sobject.field(name)) and not each["nillable"]
        ]
        if emptied:
            raise _required(emptied)
        self._check_references(sobject, values)
        self._check_unique(sobject, values, known)
        if any(name in values for name in ("FirstName", "LastName")):
            row = self._db.execute(
                f'SELECT FirstName, LastName FROM "{sobject.name}" WHERE Id = ?', (known,)
            ).fetchone()
            names = {"FirstName": row[0], "LastName": row[1]} | values
            self._name(sobject, names)
            values["Name"] = names["Name"]
        if sobject.name in permissions.OF_SETUP:
            permissions.check_change(self._org, sobject.name, known, values, self._checked)
        self.put(sobject, known, values)
        if sobject.name in permissions.OF_SETUP:
            self._org.customization.look()
        return known

    def writable(self, sobject: SObject, record_id: object) -> str:
        """Return the long form of the id of a live record; a converted lead can no longer be written."""
        known = self._existing(sobject, record_id)
        if sobject.name == "Lead":
            self._refuse_converted(known)
        return known

    def put(self, sobject: SObject, record_id: str, values: Mapping[str, Any]) -> None:
        """Write columns unchecked, as only Salesforce itself may, and stamp the record."""
        values = {**values, **self._stamps()}
        assignments = ", ".join(f'"{name}" = ?' for name in values)
        self._db.execute(f'UPDATE "{sobject.name}" SET {assignments} WHERE Id = ?', [*values.values(), record_id])

    def _stamps(self) -> dict[str, Any]:
        now = self._stamp()
        return {"LastModifiedDate": now, "LastModifiedById": self._author, "SystemModstamp": now}

    def upsert(
        self, sobject: SObject, key: Field, value: Any, given: Mapping[str, Any], update_only: bool = False
    ) -> tuple[str, bool]:
        """Create or change the record with this external id; return its id and whether it was created."""
        found = self.matches(sobject, key, value)
        if len(found) > 1:
            ids = ", ".join(found)
            message = f"{key.label}: more than one record found for external id field: [{ids}]"
            raise RecordError("DUPLICATE_EXTERNAL_ID", message, [key.name], status=300)
        if found:
            return self.update(sobject, found[0], given), False
        if update_only:
            raise RecordError("NOT_FOUND", "The requested resource does not exist", status=404)
        return self.create(sobject, {**given, key.name: value}), True

    def matches(self, sobject: SObject, key: Field, value: Any) -> list[str]:
        """Return the ids of the live records whose external id is this value, without regard to case."""
        wanted = self._convert(key, value)
        if wanted is None:
            raise RecordError("MISSING_ARGUMENT", f"{key.name} not specified", [])
        collate = " COLLATE NOCASE" if isinstance(wanted, str) and not key["caseSensitive"] else ""
        rows = self._db.execute(
            f'SELECT Id FROM "{sobject.name}" WHERE "{key.name}" = ?{collate} AND "IsDeleted" = 0 ORDER BY Id',
            (wanted,),
        )
        return [row[0] for row in rows]

    def delete(self, sobject: SObject, record_id: object, hard: bool = False) -> str:
        """Put a record in the recycle bin, or away for good; return its id in the long form."""
        known = self._existing(sobject, record_id, gone_too=hard)
        self._check_lock(known)
        if not sobject.attributes["deletable"]:
            raise RecordError("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id")
        setup = sobject.name in permissions.OF_SETUP
        if setup:
            permissions.check_end(self._org, sobject.name, known, self._checked)
        if hard or setup:
            self._db.execute(f'DELETE FROM "{sobject.name}" WHERE Id = ?', (known,))
        else:
            self.put(sobject, known, {"IsDeleted": 1})
        self._db.execute('INSERT INTO "_deletion" VALUES (?, ?, ?)', (sobject.name, known, self._stamp()))
        if setup:
            self._org.customization.look()
        return known

    def undelete(self, sobject: SObject, record_id: object) -> str:
        """Take a record out of the recycle bin; return its id in the long form."""
        known = self._existing(sobject, record_id, gone_too=True)
        names = [each.name for each in sobject.columns if each["unique"]]
        columns = ", ".join(f'"{name}"' for name in ["IsDeleted", *names])
        deleted, *values = self._db.execute(f'SELECT {columns} FROM "{sobject.name}" WHERE Id = ?', (known,)).fetchone()
        if not deleted:
            raise RecordError("UNDELETE_FAILED", "Entity is not in the recycle bin", ["Id"])
        self._check_unique(sobject, dict(zip(names, values, strict=True)), known)
        # No longer the loser of a merge either.
        self.put(sobject, known, {"IsDeleted": 0} | ({"MasterRecordId": None} if sobject.has("MasterRecordId") else {}))
        self._db.execute('DELETE FROM "_deletion" WHERE sobject = ? AND id = ?', (sobject.name, known))
        return known

    def _existing(self, sobject: SObject, record_id: object, gone_too: bool = False) -> str:
        known = long_id(record_id)
        if known is None:
            raise RecordError(
                "MALFORMED_ID", f"{sobject.label_of('Id')}: id value of incorrect type: {record_id}", ["Id"]
            )
        row = self._db.execute(f'SELECT "IsDeleted" FROM "{sobject.name}" WHERE Id = ?', (known,)).fetchone()
        if row is None:
            raise RecordError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", status=404)
        if row[0] and not gone_too:
            raise RecordError("ENTITY_IS_DELETED", "entity is deleted", status=404)
        return known

    def _check_lock(self, record_id: str | None) -> None:
        if self._locks:
            self._locks.check(record_id)

    def _refuse_converted(self, record_id: str) -> None:
        converted = self._db.execute('SELECT IsConverted FROM "Lead" WHERE Id = ?', (record_id,)).fetchone()[0]
        if converted:
            raise RecordError("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead")

    def _values(self, sobject: SObject, given: Mapping[str, Any], permission: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        refused: list[str] = []
        for name, value in given.items():
            if name in SYSTEM:
                continue
            field = sobject.field(name)
            if field is None:
                reference = sobject.relationship(name)
                if reference is None:
                    message = f"No such column '{name}' on sobject of type {sobject.name}"
                    raise RecordError("INVALID_FIELD", message, [name])
                field, value = reference, self._looked_up(reference, value)
            if not field[permission] or not field.stored:
                refused.append(field.name)
                continue
            values[field.name] = self._convert(field, value)
        if refused:
            message = (
                f"Unable to create/update fields: {', '.join(refused)}. Please check the security settings of this"
                " field and verify that it is read/write for your profile or permission set."
            )
            raise RecordError("INVALID_FIELD_FOR_INSERT_UPDATE", message, refused)
        return values

    def _rewrite(self, sobject: SObject, values: dict[str, Any], known: str | None) -> None:
        """Run what triggers do before a save: on the whole record, also on what the client did not send."""
        for name, rewrite in self._org.rewrites.fields(sobject).items():
            sent = name in values
            text = values.get(name)
            if not sent and known:
                row = self._db.execute(f'SELECT "{name}" FROM "{sobject.name}" WHERE Id = ?', (known,)).fetchone()
                text = row[0]
            if text is not None and (sent or rewrite(text) != text):
                values[name] = rewrite(text)

    def _convert(self, field: Field, value: Any) -> Any:
        try:
            return saved(field, value)
        except BadType as bad:
            if self._from_csv:
                raise bad.as_record() from None
            raise unparsable(bad.as_json()) from None

    def _looked_up(self, reference: Field, given: Any) -> str | None:
        """Return the id behind `{"Account": {"Ext__c": "x"}}`."""
        if given is None:
            return None
        parent = self._schema.parent(reference)
        keys = {name: value for name, value in given.items() if name not in SYSTEM} if isinstance(given, dict) else {}
        if parent is None or len(keys) != 1:
            raise RecordError("INVALID_FIELD", f"Cannot use {reference['relationshipName']} to look up a record")
        name, value = next(iter(keys.items()))
        key = parent.field(name)
        if key is None or not (key["externalId"] or key["idLookup"]):
            message = f"Field name provided, {name} is not an External ID or indexed field for {parent.name}"
            raise RecordError("INVALID_FIELD", message)
        if not value:
            return None
        found = self.matches(parent, key, value)
        if len(found) != 1:
            message = f"Foreign key external ID: {value} not found for field {key.name} in entity {parent.name}"
            raise RecordError("INVALID_FIELD", message)
        return found[0]

    def _fill_defaults(self, sobject: SObject, values: dict[str, Any]) -> None:
        for each in sobject.columns:
            if values.get(each.name) is None and each["defaultValue"] is not None:
                values[each.name] = saved(each, each["defaultValue"])
        if sobject.has("OwnerId") and values.get("OwnerId") is None:
            values["OwnerId"] = self._author
        if sobject.has("IsDeleted"):
            values["IsDeleted"] = 0

    def _check_references(self, sobject: SObject, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            field = sobject.field(name)
            if field is None or field.type != "reference" or value in (None, self._org.credentials.user_id):
                continue
            parents = [each for each in map(self._org.schema.get, field.references) if each]
            if len(parents) < len(field.references):
                # Some objects it may lead to are not in this org: any id of theirs will do.
                continue
            parent = next((each for each in parents if each.prefix == value[:3]), None)
            if parent is None:
                message = f"{field.label}: id value of incorrect type: {value}"
                raise RecordError("FIELD_INTEGRITY_EXCEPTION", message, [name])
            row = self._db.execute(f'SELECT "IsDeleted" FROM "{parent.name}" WHERE Id = ?', (value,)).fetchone()
            if row is None:
                raise RecordError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", [name])
            if row[0]:
                raise RecordError("ENTITY_IS_DELETED", "entity is deleted", [name])

    def _check_unique(self, sobject: SObject, values: Mapping[str, Any], own_id: str | None) -> None:
        for name, value in values.items():
            field = sobject.field(name)
            if field is None or not field["unique"] or value is None:
                continue
            others = [each for each in self.matches(sobject, field, value) if each != own_id]
            if others:
                message = f"duplicate value found: {name} duplicates value on record with id: {others[0]}"
                raise RecordError("DUPLICATE_VALUE", message)

    @staticmethod
    def _name(sobject: SObject, values: dict[str, Any]) -> None:
        """Derive the full name of a person."""
        name = sobject.field("Name")
        if name and name["extraTypeInfo"] == "personname":
            values["Name"] = " ".join(each for each in (values.get("FirstName"), values.get("LastName")) if each)


def _required(names: list[str]) -> RecordError:
    return RecordError("REQUIRED_FIELD_MISSING", f"Required fields are missing: [{', '.join(names)}]", names)
