"""What an org makes of saves by itself: validation rules, duplicate rules, sharing, locked rows, full storage.

All of it is set through the side door, and none is there at the start. A condition is written as in the WHERE of a
query. Like triggers (`rewrites`), rules are not kept in the store: a restart begins without them.
"""

# ruff: noqa: S608 -- the names in the SQL are those of the schema, the values are always parameters
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from disf_desktop.simulator.salesforce import soql
from disf_desktop.simulator.salesforce.conditions import Conditions
from disf_desktop.simulator.salesforce.describe import SObject
from disf_desktop.simulator.salesforce.errors import ApiError, RecordError
from disf_desktop.simulator.salesforce.ids import long_id
from disf_desktop.simulator.salesforce.operands import Question, Tables

if TYPE_CHECKING:
    from disf_desktop.simulator.salesforce.store import Org

GIVEN = {"validation", "duplicates", "hidden", "read_only", "locked", "storage"}
VALIDATION = {"object", "when", "message", "field"}
DUPLICATES = {"object", "name", "match", "action", "message"}
ALERT = "Use one of these records?"
NO_ACCESS = "insufficient access rights on object id"


@dataclass(frozen=True, slots=True)
class Validation:
    """A rule that refuses what its condition is true of."""

    condition: str
    message: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Duplicates:
    """A rule that finds records alike in all of `match`: it blocks them, or alerts unless the client insists."""

    name: str
    match: tuple[str, ...]
    blocks: bool
    message: str


@dataclass(slots=True)
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


class Rules:
    """The rules of an org; `given` is what the side door was told, by kind."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self.clear()

    def clear(self) -> None:
        """Forget all rules."""
        self.given: dict[str, Any] = {}
        self._validation: dict[str, list[Validation]] = {}
        self._duplicates: dict[str, list[Duplicates]] = {}
        self._hidden: dict[str, soql.Condition] = {}
        self._read_only: dict[str, str] = {}
        self._locked: dict[str, float] = {}
        self.storage: int | None = None

    def set(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Put these kinds of rules in the place of the former ones of their kind; return all that hold.

        `validation`: `[{"object", "when", "message", "field"?}]`; `duplicates`: `[{"object", "match": [fields],
        "name"?, "action"?: "block" | "alert", "message"?}]`; `hidden`, `read_only`: `{object: condition}`, which
        records the user of the connection does not see, or may not write; `locked`: `{id: seconds}`; `storage`: how
        many records there is room for, null for any number. Raises ValueError with what is wrong; nothing is changed
        then.
        """
        unknown = set(given) - GIVEN
        if unknown:
            raise ValueError(f"Not known here: {', '.join(sorted(unknown))}. Known: {', '.join(sorted(GIVEN))}.")
        made = {name: getattr(self, f"_read_{name}")(value) for name, value in given.items()}
        for name, value in made.items():
            setattr(self, name if name == "storage" else f"_{name}", value)
        self.given |= given
        return self.given

    # What the side door says

    def _object(self, name: Any) -> SObject:
        known = self._org.schema.get(name) if isinstance(name, str) else None
        if known is None:
            raise ValueError(f"There is no object {name}.")
        return known

    def _condition(self, sobject: SObject, text: Any) -> soql.Condition:
        """Read a condition, and have it compiled once: what is wrong with it is told now."""
        if not isinstance(text, str):
            raise ValueError("A condition is a text, as in the WHERE of a query.")
        try:
            query = soql.parse(f"SELECT Id FROM {sobject.name} WHERE {text}")
            assert query.where is not None
            self._compiled(sobject, query.where)
        except ApiError as wrong:
            raise ValueError(f"{text}: {wrong.message.strip()}") from None
        return query.where

    def _compiled(self, sobject: SObject, condition: soql.Condition) -> tuple[str, str, list[Any]]:
        question = Question(self._org.schema, self._org.now(), "", include_deleted=True)
        tables = Tables(question, sobject, None)
        conditions = Conditions(question, tables, [])
        sql = conditions.sql(condition)
        return tables.sql, sql, conditions.parameters

    def _read_validation(self, given: Any) -> dict[str, list[Validation]]:
        rules: dict[str, list[Validation]] = {}
        for each in _told(given, VALIDATION):
            sobject, field = self._object(each.get("object")), each.get("field")
            self._condition(sobject, each.get("when"))
            if field is not None and not sobject.has(str(field)):
                raise ValueError(f"{sobject.name} has no field {field}.")
            message = str(each.get("message", "The record is not valid."))
            rules.setdefault(sobject.name, []).append(Validation(each["when"], message, field))
        return rules

    def _read_duplicates(self, given: Any) -> dict[str, list[Duplicates]]:
        rules: dict[str, list[Duplicates]] = {}
        for each in _told(given, DUPLICATES):
            sobject, match = self._object(each.get("object")), each.get("match")
            fields = [sobject.field(name) for name in match] if isinstance(match, list) and match else [None]
            names = tuple(field.name for field in fields if field and field.stored)
            action = each.get("action", "block")
            if len(names) < len(fields) or action not in ("block", "alert"):
                raise ValueError("A duplicate rule has fields to `match`, and the `action` block or alert.")
            name = str(each.get("name", f"Standard_{sobject.name}_Duplicate_Rule"))
            rule = Duplicates(name, names, action == "block", str(each.get("message", ALERT)))
            rules.setdefault(sobject.name, []).append(rule)
        return rules

    def _read_hidden(self, given: Any) -> dict[str, soql.Condition]:
        return {
            (known := self._object(name)).name: self._condition(known, text) for name, text in _mapping(given).items()
        }

    def _read_read_only(self, given: Any) -> dict[str, str]:
        self._read_hidden(given)
        return {self._object(name).name: text for name, text in given.items()}

    def _read_locked(self, given: Any) -> dict[str, float]:
        now = self._org.now().timestamp()
        ids = {long_id(name): seconds for name, seconds in _mapping(given).items()}
        if None in ids or not all(type(each) in (int, float) for each in ids.values()):
            raise ValueError("`locked` is an object of seconds by id.")
        return {str(name): now + seconds for name, seconds in ids.items()}

    def _read_storage(self, given: Any) -> int | None:
        if given is not None and (type(given) is not int or given < 0):
            raise ValueError("`storage` is a whole number, zero or more, or null.")
        return given

    # What comes of them

    def concern(self, sobject: SObject) -> bool:
        """Tell whether a save of this object has to be judged."""
        return sobject.name in self._validation or sobject.name in self._duplicates

    def hidden(self, sobject: SObject) -> soql.Condition | None:
        """Return the condition of the records that the user of the connection does not see."""
        return self._hidden.get(sobject.name)

    def sees(self, sobject: SObject, record_id: str) -> bool:
        """Tell whether the user of the connection sees a record."""
        condition = self._hidden.get(sobject.name)
        return condition is None or not self._true(sobject, condition, record_id)

    def check_access(self, sobject: SObject, record_id: str) -> None:
        """Refuse a write to a record that the user of the connection may only read."""
        text = self._read_only.get(sobject.name)
        if text is not None and self._true(sobject, self._condition(sobject, text), record_id):
            raise RecordError("INSUFFICIENT_ACCESS_OR_READONLY", NO_ACCESS, status=403)

    def check_lock(self, record_id: str) -> None:
        """Refuse a write to a record that somebody holds."""
        until = self._locked.get(record_id)
        if until is not None and until > self._org.now().timestamp():
            message = f"unable to obtain exclusive access to this record or 1 records: {record_id}"
            raise RecordError("UNABLE_TO_LOCK_ROW", message)

    def take_room(self) -> None:
        """Count a new record; refuse it when the storage is full."""
        if self.storage is not None:
            if not self.storage:
                raise RecordError("STORAGE_LIMIT_EXCEEDED", "storage limit exceeded")
            self.storage -= 1

    def judge(self, sobject: SObject, record_id: str, version: str, allow_duplicates: bool) -> None:
        """Refuse a record, as it would be saved, that breaks a rule; the caller undoes the save."""
        for rule in self._validation.get(sobject.name, ()):
            if self._true(sobject, self._condition(sobject, rule.condition), record_id):
                fields = [rule.field] if rule.field else []
                raise RecordError("FIELD_CUSTOM_VALIDATION_EXCEPTION", rule.message, fields)
        for each in self._duplicates.get(sobject.name, ()):
            if each.blocks or not allow_duplicates:
                found = self._alike(sobject, record_id, each)
                if found:
                    result = _duplicate_result(sobject, each, found, version)
                    raise RecordError("DUPLICATES_DETECTED", each.message, extra={"duplicateResult": result})

    def _true(self, sobject: SObject, condition: soql.Condition, record_id: str) -> bool:
        tables, sql, parameters = self._compiled(sobject, condition)
        statement = f'SELECT 1 FROM {tables} WHERE t0."Id" = ?{len(parameters) + 1} AND ({sql})'
        return self._org.db.execute(statement, [*parameters, record_id]).fetchone() is not None

    def _alike(self, sobject: SObject, record_id: str, rule: Duplicates) -> list[str]:
        same = " AND ".join(f'other."{name}" = own."{name}" COLLATE NOCASE' for name in rule.match)
        found = self._org.db.execute(
            f'SELECT other.Id FROM "{sobject.name}" AS own JOIN "{sobject.name}" AS other ON {same}'
            " WHERE own.Id = ? AND other.Id <> own.Id AND other.IsDeleted = 0 ORDER BY other.Id LIMIT 100",
            (record_id,),
        )
        return [row[0] for row in found]


def _told(given: Any, names: set[str]) -> Iterator[Mapping[str, Any]]:
    if not isinstance(given, list):
        raise ValueError("A list of rules is expected.")
    for each in given:
        unknown = set(_mapping(each)) - names
        if unknown:
            raise ValueError(f"A rule has no {', '.join(sorted(unknown))}. It has: {', '.join(sorted(names))}.")
        yield each


def _mapping(given: Any) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise ValueError("A JSON object is expected.")
    return given


def _duplicate_result(sobject: SObject, rule: Duplicates, ids: list[str], version: str) -> dict[str, Any]:
    root = f"/services/data/v{version}/sobjects/{sobject.name}/"
    records = [
        {
            "additionalInformation": [],
            "fieldDiffs": [],
            "matchConfidence": 100.0,
            "record": {"attributes": {"type": sobject.name, "url": root + each}, "Id": each},
        }
        for each in ids
    ]
    match = {
        "entityType": sobject.name,
        "errors": [],
        "matchEngine": "ExactMatchEngine",
        "matchRecords": records,
        "rule": rule.name.replace("Duplicate_Rule", "Match_Rule_v1_0"),
        "size": len(ids),
        "success": True,
    }
    return {
        "allowSave": not rule.blocks,
        "duplicateRule": rule.name,
        "duplicateRuleEntityType": sobject.name,
        "errorMessage": rule.message,
        "matchResults": [match],
    }
