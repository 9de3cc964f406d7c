"""`Merge`: insert and update records, one result for each.

Validate every record, match on the primary key or on `idContact`, then apply the options. Nothing is written here
before all is decided; the caller holds the transaction. Statuses and messages are ours: no public source shows a
failing one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from disf_desktop.simulator.dialog_insight.collection import Collection, OptinState, Stored, accept_number
from disf_desktop.simulator.dialog_insight.values import Refused, boolean, moment

OPTIONS = (
    "AllowInsert",
    "AllowUpdate",
    "SkipDuplicateRecords",
    "SkipUnmatchedRecords",
    "ReturnRecordsOnSuccess",
    "ReturnRecordsOnError",
    "FieldOptions",
)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of an opt-in, for the history."""

    contact: int
    code: str
    state: OptinState


@dataclass(slots=True)
class Outcome:
    """What a merge has decided and done."""

    results: list[dict[str, Any]] = field(default_factory=list)
    created: list[Stored] = field(default_factory=list)
    updated: dict[int, Stored] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    count_updated: int = 0
    matched: int = 0
    duplicates: int = 0
    already_there: int = 0
    emails_changed: int = 0
    errors: int = 0

    def cancel(self) -> None:
        """Turn what was decided into nothing done, as when one bad record fails them all."""
        for result in self.results:
            if result["Status"] in ("Created", "Updated"):
                result |= {"IdRecord": 0, "Status": "Cancelled", "Record": None}
        self.created, self.updated, self.changes = [], {}, []
        self.count_updated = self.emails_changed = 0


@dataclass(slots=True)
class Given:
    """A record of the request, read: what identifies it, its values, its opt-ins; or why it is refused."""

    id: int | None = None
    key: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    optins: dict[str, OptinState] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


class Reader:
    """Read the records of a request for one collection."""

    def __init__(self, collection: Collection, at: str, *, strict: bool, source: str = "web service") -> None:
        """`at` is when an opt-in without a date of its own takes effect, in the project's time."""
        self._of = collection
        self._strict = strict
        self._source = source
        self._at = at

    def read(self, record: Any) -> Given:
        """Read one `{"ID": …, "Data": …}`."""
        given = Given()
        if not isinstance(record, dict):
            given.problems.append("a record is an object with ID and Data")
            return given
        if "ID" not in record or "Data" not in record:
            record = {("ID" if name.casefold() == "id" else name.capitalize()): each for name, each in record.items()}
        identity, data = record.get("ID"), record.get("Data")
        if not isinstance(identity, dict) or not isinstance(data, dict | None):
            given.problems.append("a record is an object with ID and Data")
            return given
        self._identify(identity, given)
        if data:
            self.values(data, given)
        return given

    def person(self, data: Mapping[str, Any], contact: int | None) -> Given:
        """Read what a person enters on a screen: the contact is known, or its key is among the values."""
        given = Given(id=contact)
        self.values(data, given)
        if contact is None:
            missing = [name for name in self._of.key_names if given.values.get(name) is None]
            if missing:
                given.problems.append(f"{', '.join(missing)}: required")
            else:
                given.key = self._of.key_of(given.values)
        return given

    def _identify(self, identity: dict[str, Any], given: Given) -> None:
        of = self._of
        key_values: dict[str, Any] = {}
        try:
            if of.is_contacts and (number := identity.get("idContact")) is not None:
                given.id = accept_number(number)
                if given.id is None:
                    given.problems.append("ID: idContact is empty")
                return
            for name, value in identity.items():
                known = of.key_fields.get(name)
                if known is None:
                    known = next((to for key, to in of.key_fields.items() if key.casefold() == name.casefold()), None)
                if known is not None:
                    key_values[known] = of.accepts[known](value)
                elif self._strict:
                    given.problems.append(f"ID: {name} is not part of the primary key")
        except Refused as refusal:
            given.problems.append(f"ID: {refusal}")
            return
        missing = [name for name in of.key_names if key_values.get(name) is None]
        if missing:
            given.problems.append(f"ID: {', '.join(missing)} is empty")
        else:
            given.key = of.key_of(key_values)
            given.values.update(key_values)

    def values(self, data: Mapping[str, Any], given: Given) -> None:
        """Read the values of a record into `given`; what is refused is told in its problems."""
        accepts, values = self._of.accepts, given.values
        others: list[str] = []
        for name, value in data.items():
            accept = accepts.get(name)
            if accept is None:
                others.append(name)
                continue
            try:
                values[name] = accept(value)
            except Refused as refusal:
                given.problems.append(f"{name}: {refusal}")
        if others:
            self._others(others, data, given)

    def _others(self, names: Sequence[str], data: Mapping[str, Any], given: Given) -> None:
        """Read opt-ins, their dates, and fields written in another case."""
        of = self._of
        dates: dict[str, str | None] = {}
        for name in names:
            folded = name.casefold()
            try:
                if (code := of.folded_optins.get(folded)) is not None:
                    state = boolean(data[name])
                    if state is not None:
                        given.optins[code] = [int(state), self._at, self._source]
                elif (code := of.folded_dates.get(folded)) is not None:
                    dates[code] = moment(data[name])
                elif (known := of.folded_names.get(folded)) is not None:
                    given.values[known] = of.accepts[known](data[name])
                elif self._strict:
                    given.problems.append(f"{name}: there is no such field")
            except Refused as refusal:
                given.problems.append(f"{name}: {refusal}")
        for code, effective in dates.items():
            if effective is not None and code in given.optins:
                given.optins[code][1] = effective


def merge(
    collection: Collection,
    parents: Collection | None,
    records: Sequence[Any],
    options: Mapping[str, Any],
    *,
    strict: bool,
    now: int,
    refuse_every: int = 0,
    key_change: bool = True,
    unbuilt: frozenset[str] = frozenset(),
) -> Outcome:
    """Decide what becomes of each record; write nothing. `parents` are the contacts that a table's rows belong to."""
    reader = Reader(collection, collection.local(now), strict=strict)
    given = [reader.read(record) for record in records]
    for number, each in enumerate(given, 1):
        each.problems += [f"{name}: the field is not built" for name in unbuilt & each.values.keys()]
        if refuse_every and number % refuse_every == 0:
            each.problems.append("refused on purpose")
    if parents is not None and collection.parent:
        _check_parents(collection.parent, parents, given)
    return settle(collection, given, records, options, now, key_change=key_change)


def settle(
    collection: Collection,
    given: Sequence[Given],
    records: Sequence[Any],
    options: Mapping[str, Any],
    now: int,
    *,
    key_change: bool = True,
) -> Outcome:
    """Match what was read with what is stored, and apply the options; `records` are echoed in the results."""
    return _Settling(collection, options, now, given, key_change).run(records)


def _check_parents(name: str, parents: Collection, given: Sequence[Given]) -> None:
    wanted = {each.values[name] for each in given if each.values.get(name) is not None}
    existing = parents.existing(list(wanted))
    for each in given:
        parent = each.values.get(name)
        if parent is not None and parent not in existing:
            each.problems.append(f"{name}: there is no contact {parent}")


class _Settling:
    """One merge under way: what is stored under the keys and numbers it touches, and the outcome so far."""

    def __init__(
        self, collection: Collection, options: Mapping[str, Any], now: int, given: Sequence[Given], key_change: bool
    ) -> None:
        self._of = collection
        self._options = options
        self._now = now
        self._key_change = key_change
        self._given = given
        self._by_key = collection.by_key([each.key for each in given if each.key is not None])
        self._by_id = {each.id: each for each in self._by_key.values()}
        asked = [each.id for each in given if each.id is not None and each.id not in self._by_id]
        for stored in collection.by_id(asked).values():
            self._by_id[stored.id] = stored
            self._by_key[stored.key] = stored
        self._touched: set[int] = set()
        self._outcome = Outcome()

    def run(self, records: Sequence[Any]) -> Outcome:
        on_success = bool(self._options.get("ReturnRecordsOnSuccess"))
        on_error = bool(self._options.get("ReturnRecordsOnError"))
        for record, given in zip(records, self._given, strict=True):
            status, validation, message, stored = self._decide(given)
            failed = status == "Error"
            self._outcome.errors += failed
            back = on_error if failed else on_success
            self._outcome.results.append(
                {
                    "IdRecord": stored.id if stored is not None and not failed else 0,
                    "Status": status,
                    "ValidationResult": validation,
                    "Message": message,
                    "ID": record.get("ID") if isinstance(record, dict) else None,
                    "Data": record.get("Data") if back and isinstance(record, dict) else None,
                    "Record": self._of.shown(stored) if back and stored is not None else None,
                }
            )
        return self._outcome

    def _decide(self, given: Given) -> tuple[str, str, str | None, Stored | None]:
        stored = self._by_id.get(given.id) if given.id is not None else self._by_key.get(given.key or "")
        if given.problems:
            return "Error", "InvalidData", "; ".join(given.problems), stored
        if stored is not None and stored.id in self._touched:
            self._outcome.duplicates += 1
            return self._skip("SkipDuplicateRecords", "Duplicate", "the same record is twice in this call", stored)
        if stored is None:
            if given.id is not None or not self._options.get("AllowInsert"):
                return self._skip("SkipUnmatchedRecords", "Unmatched", "no record has this key", None)
            return self._insert(given)
        self._outcome.matched += 1
        if not self._options.get("AllowUpdate"):
            self._outcome.already_there += 1
            return self._skip("SkipDuplicateRecords", "Duplicate", "a record with this key is there already", stored)
        return self._update(given, stored)

    def _skip(
        self, option: str, validation: str, message: str, stored: Stored | None
    ) -> tuple[str, str, str | None, Stored | None]:
        if self._options.get(option):
            return "Skipped", "OK", None, stored
        return "Error", validation, message, stored

    def _insert(self, given: Given) -> tuple[str, str, str | None, Stored | None]:
        values = {name: value for name, value in given.values.items() if value is not None}
        missing = [name for name in self._of.required if name not in values]
        if missing:
            return "Error", "InvalidData", f"{', '.join(missing)}: required", None
        key = self._of.key_of(values)
        if key != given.key and (other := self._stored_under(key)) is not None:
            return "Error", "Duplicate", "another record has this key", other
        stored = Stored(self._of.new_id(), key, values, given.optins, created=self._now, modified=self._now)
        self._keep(stored)
        self._outcome.created.append(stored)
        self._changed(stored.id, given.optins)
        return "Created", "OK", None, stored

    def _update(self, given: Given, stored: Stored) -> tuple[str, str, str | None, Stored | None]:
        missing = [name for name in self._of.required if name in given.values and given.values[name] is None]
        if missing:
            return "Error", "InvalidData", f"{', '.join(missing)}: required", stored
        values = {name: value for name, value in (stored.values | given.values).items() if value is not None}
        key = self._of.key_of(values)
        if key != stored.key and not self._key_change:
            return "Error", "InvalidData", f"{', '.join(self._of.key_names)}: cannot be changed", stored
        if key != stored.key and (other := self._stored_under(key)) is not None:
            return "Error", "Duplicate", "another record has this key", other
        optins = {code: state for code, state in given.optins.items() if stored.optins.get(code, [None])[0] != state[0]}
        if values != stored.values or optins:
            self._outcome.emails_changed += self._of.email is not None and (
                values.get(self._of.email) != stored.values.get(self._of.email)
            )
            self._by_key.pop(stored.key, None)
            stored.key, stored.values, stored.optins = key, values, stored.optins | optins
            stored.modified = self._now
            self._outcome.updated[stored.id] = stored
            self._changed(stored.id, optins)
        self._keep(stored)
        self._outcome.count_updated += 1
        return "Updated", "OK", None, stored

    def _stored_under(self, key: str) -> Stored | None:
        here = self._by_key.get(key)
        if here is not None:
            return here
        found = self._of.by_key([key]).get(key)
        # What this call has moved away from the key is no longer there.
        return None if found is None or found.id in self._touched else found

    def _keep(self, stored: Stored) -> None:
        self._by_key[stored.key] = stored
        self._by_id[stored.id] = stored
        self._touched.add(stored.id)

    def _changed(self, contact: int, optins: Mapping[str, OptinState]) -> None:
        self._outcome.changes.extend(Change(contact, code, state) for code, state in optins.items())
