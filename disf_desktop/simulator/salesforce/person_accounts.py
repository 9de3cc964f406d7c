"""Person accounts: an account that is a person, and the contact that stands for it, of which nobody writes but it.

They are off at the start, as in most orgs, and switched on through the side door; a reset switches them off. Custom
fields of contacts are not shown on accounts (`__pc`), nor can the kind of an account be changed.
"""

# ruff: noqa: S608 -- the names in the SQL are those of the schema, the values are always parameters
from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from disf_desktop.simulator.salesforce.describe import Field, SObject, expand
from disf_desktop.simulator.salesforce.errors import RecordError
from disf_desktop.simulator.salesforce.saving import change, insertion

if TYPE_CHECKING:
    from disf_desktop.simulator.salesforce.store import Org

SETTING = "person_accounts"
STAMPS = ("CreatedById", "CreatedDate", "LastModifiedById", "LastModifiedDate", "SystemModstamp", "OwnerId")
SHARED = ("FirstName", "LastName", "Salutation", "Phone", "Fax")


class PersonAccounts:
    """The person accounts of an org; `facts` is the file of the fields that they add."""

    def __init__(self, org: Org, facts: Path) -> None:
        self._org = org
        given = orjson.loads(facts.read_bytes())
        self._fields: dict[str, list[Field]] = {
            name: [expand(each) for each in fields] for name, fields in given.items()
        }
        self._names = {each.name for each in self._fields["Account"]}
        self.on = False

    def look(self) -> None:
        """Find out in the store whether they are switched on."""
        found = self._org.db.execute('SELECT 1 FROM "_setting" WHERE name = ?', (SETTING,)).fetchone()
        self.on = found is not None

    def described(self, objects: Iterable[SObject]) -> list[SObject]:
        """Return the objects as they are described, with the fields of persons where there are such accounts."""
        if not self.on:
            return [*objects]
        return [self._with_persons(each) if each.name in self._fields else each for each in objects]

    def _with_persons(self, sobject: SObject) -> SObject:
        # The name of a company may be missing where a person has one.
        own = (
            Field(each.attributes | {"nillable": True}) if (sobject.name, each.name) == ("Account", "Name") else each
            for each in sobject.fields
        )
        return sobject.with_fields([*own, *self._fields[sobject.name]])

    def switch_on(self) -> None:
        """Give accounts the fields of persons, for good."""
        if self.on:
            return
        with self._org.transaction():
            for name, fields in self._fields.items():
                for each in fields:
                    if each.stored:
                        self._org.add_column(name, each)
            self._org.customization.keep(SETTING, True)
        self._org.describe()
        self._org.customization.refresh()

    def prepare(self, values: dict[str, Any]) -> None:
        """Make a new account what its names say: a person by a last name, a company by a name."""
        if not self.on:
            return
        if values.get("LastName") is None:
            self._refuse({name for name in values.keys() & self._names if values[name] not in (None, 0)})
            if values.get("Name") is None:
                raise RecordError("REQUIRED_FIELD_MISSING", "Required fields are missing: [Name]", ["Name"])
            return
        self._refuse(values.keys() & {"Name"})
        values["Name"] = _full_name(values)
        values["IsPersonAccount"] = 1

    def change(self, account: str, values: dict[str, Any]) -> None:
        """Refuse a change of what an account is not; keep the name of a person in one."""
        if not self.on:
            return
        row = self._row(account)
        if not row["IsPersonAccount"]:
            self._refuse(values.keys() & self._names)
        else:
            self._refuse(values.keys() & {"Name"})
            if values.get("LastName", row["LastName"]) is None:
                raise RecordError("REQUIRED_FIELD_MISSING", "Required fields are missing: [LastName]", ["LastName"])
            values["Name"] = _full_name({**row, **values})

    def follow(self, account: str) -> None:
        """Have the contact of a person say what its account says."""
        if not self.on or not (row := self._row(account))["IsPersonAccount"]:
            return
        contact = self._org.schema["Contact"]
        values = {name: row[name] for name in (*SHARED, "Name", *STAMPS)}
        for name in self._names:
            field = contact.field(name.removeprefix("Person"))
            if name.startswith("Person") and name != "PersonContactId" and field and field.stored:
                values[field.name] = row[name]
        if row["PersonContactId"] is None:
            made = self._org.next_id("Contact")
            values = {each.name: 0 for each in contact.columns if each.type == "boolean"} | values
            values |= {"Id": made, "AccountId": account, "IsPersonAccount": 1}
            self._org.db.execute(insertion("Contact", tuple(values)), [*values.values()])
            self._org.db.execute('UPDATE "Account" SET PersonContactId = ? WHERE Id = ?', (made, account))
        else:
            self._org.db.execute(change("Contact", tuple(values)), [*values.values(), row["PersonContactId"]])

    def refuse_contact(self, contact: str) -> None:
        """Refuse to write a contact that stands for an account: it is the account that is written."""
        if self.on:
            found = self._org.db.execute('SELECT IsPersonAccount FROM "Contact" WHERE Id = ?', (contact,)).fetchone()
            if found and found[0]:
                message = "a contact of a person account is changed and deleted through its account"
                raise RecordError("INSUFFICIENT_ACCESS_OR_READONLY", message)

    def _row(self, account: str) -> dict[str, Any]:
        names = [each.name for each in self._org.schema["Account"].columns]
        columns = ", ".join(f'"{name}"' for name in names)
        found = self._org.db.execute(f'SELECT {columns} FROM "Account" WHERE Id = ?', (account,)).fetchone()
        return dict(zip(names, found, strict=True))

    @staticmethod
    def _refuse(names: Iterable[str]) -> None:
        refused = sorted(names)
        if refused:
            message = f"Account: bad field names on insert/update call: {', '.join(refused)}"
            raise RecordError("INVALID_FIELD_FOR_INSERT_UPDATE", message, refused)


def _full_name(values: Mapping[str, Any]) -> str:
    return " ".join(each for each in (values.get("FirstName"), values.get("LastName")) if each)
