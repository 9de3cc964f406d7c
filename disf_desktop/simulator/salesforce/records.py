"""Saving and deleting records, with the refusals of the real service."""

# ruff: noqa: S608 -- the names in the SQL are those of the schema, the values are always parameters
from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from disf_desktop.simulator.salesforce import permissions
from disf_desktop.simulator.salesforce.describe import Field, SObject
from disf_desktop.simulator.salesforce.errors import RecordError, unparsable
from disf_desktop.simulator.salesforce.ids import long_id
from disf_desktop.simulator.salesforce.rules import RowLocks as RowLocks
from disf_desktop.simulator.salesforce.saving import Holders, change, facts_of, insertion
from disf_desktop.simulator.salesforce.stamps import stamp
from disf_desktop.simulator.salesforce.store import Org
from disf_desktop.simulator.salesforce.values import BadType, saved

SYSTEM = {"attributes"}


class Records:
    """The records of an org; a value of the wrong type refuses a record of a CSV, but breaks a JSON request."""

    def __init__(
        self,
        org: Org,
        locks: RowLocks | None = None,
        from_csv: bool = False,
        began: datetime | None = None,
        author: str | None = None,
        allow_duplicates: bool = False,
        version: str = "68.0",
    ) -> None:
        """`allow_duplicates` is what a client says to a rule that only alerts; `version` is that of its addresses."""
        self._org = org
        self._db = org.db
        self._locks = locks
        self._from_csv = from_csv
        self._began = began
        self._author = author or org.credentials.user_id
        self._allow_duplicates = allow_duplicates
        self._version = version
        # A person sees all fields, the integration what is granted to its user.
        self._schema = org.schema if author else org.view
        self._checked = author is None
        self._held = Holders()
        self._moment = ""

    def begin(self, sobject: SObject, values: Mapping[Field, Collection[str]]) -> None:
        """Begin a transaction of many saves, with one stamp; who holds these unique values is found out at once."""
        self._moment = stamp(self._began or self._org.now())
        self._held.look_up(self._db, sobject, values)

    def _stamp(self) -> str:
        """Return the stamp of a save: the time its transaction began, which is now unless it is a long one."""
        return self._moment or stamp(self._began or self._org.now())

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
        if sobject.name == "Account":
            self._org.persons.prepare(values)
        missing = [name for name in facts_of(sobject).required if values.get(name) is None]
        if missing:
            raise _required(missing)
        self._check_references(sobject, values)
        setup = sobject.name in permissions.OF_SETUP
        if setup:
            permissions.check_new(self._org, sobject.name, values, self._checked)
        self._check_unique(sobject, values, None)
        self._org.rules.take_room()
        self._name(sobject, values)
        record_id = self._org.next_id(sobject.name)
        stamps = self._stamps()
        values |= {"Id": record_id, "CreatedDate": stamps["SystemModstamp"], "CreatedById": self._author, **stamps}
        for name in facts_of(sobject).automatic:
            values[name] = self._org.next_auto_number(sobject, name)
        self._save(sobject, record_id, insertion(sobject.name, tuple(values)), [*values.values()])
        self._held.created(values)
        if sobject.name == "Account":
            self._org.persons.follow(record_id)
        if setup:
            self._org.customization.look()
        return record_id

    def update(self, sobject: SObject, record_id: object, given: Mapping[str, Any]) -> str:
        """Change a record; return its id in the long form."""
        return self._update(sobject, self.writable(sobject, record_id), given)

    def _update(self, sobject: SObject, known: str, given: Mapping[str, Any]) -> str:
        self._check_lock(known)
        values = self._values(sobject, given, "updateable")
        self._rewrite(sobject, values, known)
        firm = facts_of(sobject).firm
        emptied = [name for name, value in values.items() if value is None and name in firm]
        if emptied:
            raise _required(emptied)
        self._check_references(sobject, values)
        self._check_unique(sobject, values, known)
        if sobject.name == "Account":
            self._org.persons.change(known, values)
        elif "FirstName" in values or "LastName" in values:
            names = values
            if "FirstName" not in values or "LastName" not in values:
                row = self._db.execute(f'SELECT FirstName, LastName FROM "{sobject.name}" WHERE Id = ?', (known,))
                names = dict(zip(("FirstName", "LastName"), row.fetchone(), strict=True)) | values
            self._name(sobject, names)
            values["Name"] = names["Name"]
        if sobject.name in permissions.OF_SETUP:
            permissions.check_change(self._org, sobject.name, known, values, self._checked)
        written = {**values, **self._stamps()}
        self._save(sobject, known, change(sobject.name, tuple(written)), [*written.values(), known])
        self._held.updated(values)
        if sobject.name == "Account":
            self._org.persons.follow(known)
        if sobject.name in permissions.OF_SETUP:
            self._org.customization.look()
        return known

    def _save(self, sobject: SObject, record_id: str, statement: str, values: list[Any]) -> None:
        """Write a record; where the org has rules for the object, it is judged as it is then, or nothing is written."""
        if not self._org.rules.concern(sobject):
            self._db.execute(statement, values)
            return
        with self._org.transaction():
            self._db.execute(statement, values)
            self._org.rules.judge(sobject, record_id, self._version, self._allow_duplicates)

    def writable(self, sobject: SObject, record_id: object) -> str:
        """Return the long form of the id of a live record; a converted lead can no longer be written."""
        known = self._existing(sobject, record_id)
        if self._checked:
            self._org.rules.check_access(sobject, known)
        if sobject.name == "Lead":
            self._refuse_converted(known)
        elif sobject.name == "Contact":
            self._org.persons.refuse_contact(known)
        return known

    def put(self, sobject: SObject, record_id: str, values: Mapping[str, Any]) -> None:
        """Write columns unchecked, as only Salesforce itself may, and stamp the record."""
        values = {**values, **self._stamps()}
        self._db.execute(change(sobject.name, tuple(values)), [*values.values(), record_id])

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
            return self._update(sobject, self._of_match(sobject, found[0]), given), False
        if update_only:
            raise RecordError("NOT_FOUND", "The requested resource does not exist", status=404)
        return self.create(sobject, {**given, key.name: value}), True

    def matches(self, sobject: SObject, key: Field, value: Any) -> list[str]:
        """Return the ids of the live records whose external id is this value, without regard to case."""
        wanted = self._convert(key, value)
        if wanted is None:
            raise RecordError("MISSING_ARGUMENT", f"{key.name} not specified", [])
        return self._holding(sobject, key, wanted)

    def _holding(self, sobject: SObject, key: Field, wanted: Any) -> list[str]:
        held = self._held.of(key, wanted)
        if held is not None:
            return held
        collate = " COLLATE NOCASE" if isinstance(wanted, str) and not key["caseSensitive"] else ""
        rows = self._db.execute(
            f'SELECT Id FROM "{sobject.name}" WHERE "{key.name}" = ?{collate} AND "IsDeleted" = 0 ORDER BY Id',
            (wanted,),
        )
        return [row[0] for row in rows]

    def _of_match(self, sobject: SObject, found: str) -> str:
        """Return the id of a record that was found alive, where it may be written too."""
        special = sobject.name == "Lead" or self._org.rules.given or self._org.persons.on
        return self.writable(sobject, found) if special else found

    def delete(self, sobject: SObject, record_id: object, hard: bool = False) -> str:
        """Put a record in the recycle bin, or away for good; return its id in the long form."""
        known = self._existing(sobject, record_id, gone_too=hard)
        self._check_lock(known)
        if self._checked:
            self._org.rules.check_access(sobject, known)
        if sobject.name == "Contact":
            self._org.persons.refuse_contact(known)
        if not sobject.attributes["deletable"]:
            raise RecordError("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id")
        setup = sobject.name in permissions.OF_SETUP
        if setup:
            permissions.check_end(self._org, sobject.name, known, self._checked)
        along: list[tuple[SObject, str]] = []
        if not setup:
            self._org.bin.refuse_held(sobject, known)
            along = [*self._org.bin.going_along(sobject, known)]
        for each, gone in [(sobject, known), *along]:
            self._remove(each, gone, hard or setup)
        if setup:
            self._org.customization.look()
        return known

    def _remove(self, sobject: SObject, record_id: str, for_good: bool) -> None:
        if for_good:
            self._db.execute(f'DELETE FROM "{sobject.name}" WHERE Id = ?', (record_id,))
        else:
            self.put(sobject, record_id, {"IsDeleted": 1})
        self._db.execute('INSERT INTO "_deletion" VALUES (?, ?, ?)', (sobject.name, record_id, self._stamp()))

    def undelete(self, sobject: SObject, record_id: object) -> str:
        """Take a record out of the recycle bin; return its id in the long form."""
        known = self._existing(sobject, record_id, gone_too=True)
        names = [each.name for each in sobject.columns if each["unique"]]
        columns = ", ".join(f'"{name}"' for name in ["IsDeleted", *names])
        deleted, *values = self._db.execute(f'SELECT {columns} FROM "{sobject.name}" WHERE Id = ?', (known,)).fetchone()
        if not deleted:
            raise RecordError("UNDELETE_FAILED", "Entity is not in the recycle bin", ["Id"])
        self._check_unique(sobject, dict(zip(names, values, strict=True)), known)
        for each, back in [(sobject, known), *self._org.bin.coming_along(sobject, known)]:
            # No longer the loser of a merge either.
            unmerged: dict[str, Any] = {"MasterRecordId": None} if each.has("MasterRecordId") else {}
            self.put(each, back, {"IsDeleted": 0, **unmerged})
            self._db.execute('DELETE FROM "_deletion" WHERE sobject = ? AND id = ?', (each.name, back))
        return known

    def _existing(self, sobject: SObject, record_id: object, gone_too: bool = False) -> str:
        known = long_id(record_id)
        if known is None:
            raise RecordError(
                "MALFORMED_ID", f"{sobject.label_of('Id')}: id value of incorrect type: {record_id}", ["Id"]
            )
        self._org.bin.let_go()
        row = self._db.execute(f'SELECT "IsDeleted" FROM "{sobject.name}" WHERE Id = ?', (known,)).fetchone()
        if row is None or (self._checked and not self._org.rules.sees(sobject, known)):
            raise RecordError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", status=404)
        if row[0] and not gone_too:
            raise RecordError("ENTITY_IS_DELETED", "entity is deleted", status=404)
        return known

    def _check_lock(self, record_id: str | None) -> None:
        if self._locks:
            self._locks.check(record_id)
        if record_id:
            self._org.rules.check_lock(record_id)

    def _refuse_converted(self, record_id: str) -> None:
        converted = self._db.execute('SELECT IsConverted FROM "Lead" WHERE Id = ?', (record_id,)).fetchone()[0]
        if converted:
            raise RecordError("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead")

    def _values(self, sobject: SObject, given: Mapping[str, Any], permission: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        refused: list[str] = []
        facts = facts_of(sobject)
        savers = facts.createable if permission == "createable" else facts.updateable
        try:
            for name, value in given.items():
                save = savers.get(name)
                if save is not None:
                    values[name] = save(value)
                elif name not in SYSTEM:
                    self._rarer(sobject, name, value, permission, values, refused)
        except BadType as bad:
            raise self._of_wrong_type(bad) from None
        if refused:
            message = (
                f"Unable to create/update fields: {', '.join(refused)}. Please check the security settings of this"
                " field and verify that it is read/write for your profile or permission set."
            )
            raise RecordError("INVALID_FIELD_FOR_INSERT_UPDATE", message, refused)
        return values

    def _rarer(
        self, sobject: SObject, name: str, value: Any, permission: str, values: dict[str, Any], refused: list[str]
    ) -> None:
        """Take a value whose name is in another case, is that of a relationship, or is no field to be written."""
        field = sobject.field(name)
        if field is None:
            reference = sobject.relationship(name)
            if reference is None:
                message = f"No such column '{name}' on sobject of type {sobject.name}"
                raise RecordError("INVALID_FIELD", message, [name])
            field, value = reference, self._looked_up(reference, value)
        if not field.attributes[permission] or not field.stored:
            refused.append(field.name)
            return
        values[field.name] = saved(field, value)

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
            raise self._of_wrong_type(bad) from None

    def _of_wrong_type(self, bad: BadType) -> Exception:
        return bad.as_record() if self._from_csv else unparsable(bad.as_json())

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
        facts = facts_of(sobject)
        for name, value in facts.defaults:
            if values.get(name) is None:
                values[name] = value
        if facts.has_owner and values.get("OwnerId") is None:
            values["OwnerId"] = self._author
        if facts.has_bin:
            values["IsDeleted"] = 0

    def _check_references(self, sobject: SObject, values: Mapping[str, Any]) -> None:
        for name, field in facts_of(sobject).references.items():
            value = values.get(name)
            if value is None or value == self._org.credentials.user_id:
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
        for name, field in facts_of(sobject).unique.items():
            value = values.get(name)
            if value is None:
                continue
            others = [each for each in self._holding(sobject, field, value) if each != own_id]
            if others:
                message = f"duplicate value found: {name} duplicates value on record with id: {others[0]}"
                raise RecordError("DUPLICATE_VALUE", message)

    @staticmethod
    def _name(sobject: SObject, values: dict[str, Any]) -> None:
        """Derive the full name of a person."""
        if facts_of(sobject).is_person:
            first, last = values.get("FirstName"), values.get("LastName")
            values["Name"] = f"{first} {last}" if first and last else first or last or ""


def _required(names: list[str]) -> RecordError:
    return RecordError("REQUIRED_FIELD_MISSING", f"Required fields are missing: [{', '.join(names)}]", names)
