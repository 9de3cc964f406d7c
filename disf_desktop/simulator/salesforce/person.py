"""A person at work in Salesforce itself: edits, deletes, merges and converts, with the checks of any other save."""

# ruff: noqa: S608 -- the names in the SQL are those of the schema, the values are always parameters
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from disf_desktop.simulator.salesforce.describe import SObject
from disf_desktop.simulator.salesforce.errors import RecordError
from disf_desktop.simulator.salesforce.ids import long_id
from disf_desktop.simulator.salesforce.records import Records
from disf_desktop.simulator.salesforce.stamps import stamp
from disf_desktop.simulator.salesforce.store import Org
from disf_desktop.simulator.salesforce.values import BadType, saved

_ADDRESS = ("Street", "City", "State", "PostalCode", "Country", "Latitude", "Longitude", "GeocodeAccuracy")
_NAME = ("Salutation", "FirstName", "LastName", "Title", "Description", "LeadSource", "OwnerId")
_CHANNELS = ("Email", "HasOptedOutOfEmail", "Phone", "MobilePhone", "DoNotCall", "Fax", "HasOptedOutOfFax")
TO_CONTACT = {name: name for name in (*_NAME, *_CHANNELS)} | {name: f"Mailing{name}" for name in _ADDRESS}
TO_ACCOUNT = {name: name for name in ("Phone", "Fax", "Website", "Industry", "AnnualRevenue", "NumberOfEmployees")}
TO_ACCOUNT |= {"Company": "Name", "OwnerId": "OwnerId"} | {name: f"Billing{name}" for name in _ADDRESS}
CONVERTED = "Closed - Converted"


class Person:
    """The person who uses the org in a browser: the first active user who is not the integration."""

    def __init__(self, org: Org) -> None:
        self._org = org
        found = org.db.execute(
            "SELECT Id FROM User WHERE Id <> ? AND IsActive = 1 ORDER BY Id LIMIT 1", (org.credentials.user_id,)
        ).fetchone()
        assert found, "the org has no user but the integration"
        self._records = Records(org, author=found[0])

    def save(self, sobject: SObject, record_id: object, values: Mapping[str, Any]) -> str:
        """Change a record, or create one where there is no id; return its id."""
        with self._org.transaction():
            if record_id is None:
                return self._records.create(sobject, values)
            return self._records.update(sobject, record_id, values)

    def delete(self, sobject: SObject, record_id: object) -> str:
        """Put a record in the recycle bin."""
        with self._org.transaction():
            return self._records.delete(sobject, record_id)

    def undelete(self, sobject: SObject, record_id: object) -> str:
        """Take a record out of the recycle bin; refused when its unique values were given away meanwhile."""
        with self._org.transaction():
            return self._records.undelete(sobject, record_id)

    def itself(self, sobject: SObject, ids: Sequence[str] | None, values: Mapping[str, Any], stamp_too: bool) -> int:
        """Change live records as Salesforce itself does, by a formula or a job of its own; return how many.

        Nobody is said to have modified them. With `stamp_too` their `SystemModstamp` is now, else not even that moves.
        """
        columns: dict[str, Any] = {}
        for name, value in values.items():
            field = sobject.field(name)
            if field is None or not field.stored or field.type == "id":
                raise RecordError("INVALID_FIELD", f"No such column '{name}' on sobject of type {sobject.name}", [name])
            try:
                columns[field.name] = saved(field, value)
            except BadType as bad:
                raise bad.as_record() from None
        if stamp_too:
            columns["SystemModstamp"] = stamp(self._org.now())
        if not columns:
            return 0
        assignments = ", ".join(f'"{name}" = ?' for name in columns)
        chosen = "" if ids is None else " AND Id IN (SELECT value FROM json_each(?))"
        parameters = [*columns.values(), *([] if ids is None else [orjson.dumps([*map(long_id, ids)]).decode()])]
        with self._org.transaction():
            found = self._org.db.execute(
                f'UPDATE "{sobject.name}" SET {assignments} WHERE IsDeleted = 0{chosen}', parameters
            )
        return found.rowcount

    def merge(self, sobject: SObject, master_id: object, loser_id: object) -> str:
        """Delete the loser in favour of the master, who takes over what pointed at it and keeps its own values."""
        if not sobject.attributes["mergeable"]:
            raise RecordError("INVALID_OPERATION", f"entity type {sobject.name} does not support merge")
        with self._org.transaction():
            master = self._records.writable(sobject, master_id)
            loser = self._records.writable(sobject, loser_id)
            if master == loser:
                raise RecordError("INVALID_OPERATION", "a record cannot be merged with itself", ["Id"])
            # First of all: what still hangs on the loser would go with it.
            self._reparent(sobject, loser, master)
            self._records.delete(sobject, loser)
            self._records.put(sobject, loser, {"MasterRecordId": master})
            self._records.put(sobject, master, {})
        return master

    def _reparent(self, sobject: SObject, loser: str, master: str) -> None:
        for child in self._org.schema:
            for field in child.columns:
                # What only Salesforce writes stays: the master of an earlier merge, the contact a lead became.
                if sobject.name in field.references and field["updateable"]:
                    found = self._org.db.execute(
                        f'SELECT Id FROM "{child.name}" WHERE "{field.name}" = ? AND IsDeleted = 0', (loser,)
                    ).fetchall()
                    for (record_id,) in found:
                        # Nobody reports to himself.
                        self._records.put(child, record_id, {field.name: master if record_id != master else None})

    def convert(self, lead_id: object, contact_id: object = None, account_id: object = None) -> tuple[str, str, str]:
        """Convert a lead; return the ids of the lead, its contact and its account.

        Both are made of the lead where none is given; of an existing contact only empty fields are filled.
        """
        schema = self._org.schema
        lead, contact, account = schema["Lead"], schema["Contact"], schema["Account"]
        with self._org.transaction():
            known = self._records.writable(lead, lead_id)
            row = self._row(lead, known)
            into_contact = TO_CONTACT | {each.name: each.name for each in lead.columns if each["custom"]}
            values = _mapped(contact, row, into_contact)
            existing = self._row(contact, self._records.writable(contact, contact_id)) if contact_id else None
            own_account = existing and existing["AccountId"]
            if account_id:
                account_id = self._records.writable(account, account_id)
                if own_account not in (None, account_id):
                    raise RecordError("INVALID_ID_FIELD", "the contact belongs to another account", ["AccountId"])
            account_id = account_id or own_account
            account_id = account_id or self._records.create(account, _mapped(account, row, TO_ACCOUNT))
            values["AccountId"] = account_id
            if existing:
                empty = {name: value for name, value in values.items() if existing[name] is None}
                made = self._records.update(contact, existing["Id"], empty) if empty else str(existing["Id"])
            else:
                made = self._records.create(contact, values)
            outcome = {
                "IsConverted": 1,
                "ConvertedContactId": made,
                "ConvertedAccountId": account_id,
                "ConvertedDate": self._org.now().date().isoformat(),
                "Status": CONVERTED,
            }
            self._records.put(lead, known, outcome)
        return known, made, str(account_id)

    def _row(self, sobject: SObject, record_id: str) -> dict[str, Any]:
        """Return the fields of a record as a client would send them."""
        names = [each.name for each in sobject.columns]
        columns = ", ".join(f'"{name}"' for name in names)
        found = self._org.db.execute(f'SELECT {columns} FROM "{sobject.name}" WHERE Id = ?', (record_id,)).fetchone()
        return {
            each.name: bool(value) if each.type == "boolean" else value
            for each, value in zip(sobject.columns, found, strict=True)
        }


def _mapped(sobject: SObject, row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of a lead under the names they have in another object, as far as it has them."""
    return {
        target: row[source] for source, target in names.items() if row.get(source) is not None and sobject.has(target)
    }
