"""A small Dialog Insight account behind HTTP: contact lists of projects and a table of rows, people who work in it, and
all that happened. It shares no code with the program.

Values are kept as they travel: texts, dates with dots in the project's own time. The service trims, cuts what is too
long without saying so, and puts e-mails in lower case.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

from tests.simulation.ground import ENGINE, PERSON, Answered, Change, Look, Reply, Request, Time, http_date

ROOT: Final = "https://127.0.0.1:7002/webservices/"
ZONE: Final = ZoneInfo("America/Toronto")
CUT: Final = 12
OPTIN: Final = "Newsletter"

_CONSENT = re.compile(rb"optin_|newsletter|promotions", re.IGNORECASE)


@dataclass
class Shelf:
    """A contact list or a table. `key` is its primary key, `fields` its codes with their data types."""

    name: str
    key: str
    fields: Mapping[str, str]
    contacts: bool = True
    rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    optins: dict[int, tuple[bool | None, datetime]] = field(default_factory=dict)
    modified: dict[int, datetime] = field(default_factory=dict)
    history: list[Change] = field(default_factory=list)
    wanted: set[str] = field(default_factory=set)
    """The keys of which a create arrived."""

    def by_key(self, value: Any) -> int | None:
        wanted = _folded(value)
        return next((number for number, row in self.rows.items() if _folded(row.get(self.key)) == wanted), None)


def contact_lists() -> dict[int, Shelf]:
    """Give the two projects of the account, by number."""
    texts = {"LastName": "text", "EMail": "email", "Phone": "phone", "City": "text", "SalesforceID": "text(18)"}
    people = {**texts, "Title": "text", "Birth": "date", "Gone": "text(80)"}
    return {
        123456: Shelf("Newsletter", "SalesforceID", people),
        123502: Shelf("Web forms", "EMail", texts),
    }


@dataclass(frozen=True, slots=True)
class Behind:
    """What look-ups show of a contact until a moment; `row` is None where it was not there."""

    row: Mapping[str, Any] | None
    optin: tuple[bool | None, datetime] | None
    modified: datetime | None
    until: datetime
    number: int


@dataclass
class Account:
    """An account and the people in it. `skew` is how wrong its clock is.

    `lag` is how many seconds a look-up goes on showing a contact as it was before a save; the reply to the save itself
    shows it at once.
    """

    time: Time
    skew: timedelta = timedelta(0)
    lag: int = 0
    accepts_empty: bool = True
    accepts_dates: bool = False
    lists: dict[int, Shelf] = field(default_factory=contact_lists)
    tables: dict[int, Shelf] = field(
        default_factory=lambda: {
            987: Shelf("ORDERS", "Number", {"Number": "text", "idContact": "contact", "City": "text"}, contacts=False)
        }
    )
    answers: list[Answered] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    meetings: list[Look] = field(default_factory=list)
    """When the engine was told that a record is there: by a look-up, or as the outcome of a write."""
    calls: int = 0
    writes: int = 0
    late: bool = False
    # -- how it is disturbed
    lost_fields: set[str] = field(default_factory=set)
    ever_lost: set[str] = field(default_factory=set)
    validation: Callable[[Mapping[str, Any]], bool] = lambda values: False
    closed_to_us: bool = False
    says_what_is_stored: bool = True
    all_or_nothing: bool = False
    hidden: set[int] = field(default_factory=set)
    half_refused: bool = False
    noticed: Counter[str] = field(default_factory=Counter)
    consents_seen: list[str] = field(default_factory=list)
    page: int = 3
    lagged: int = 0
    """How often a look-up showed a contact as it was."""
    shown_from: dict[str, int] = field(default_factory=dict)
    """Of what the last reply showed as it was: the number of the change that it did not show yet."""
    _behind: dict[tuple[str, int], Behind] = field(default_factory=dict)
    _made: int = 1000
    _requests: int = 0

    # -- people ------------------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        return self.time.now + self.skew

    def add(self, shelf: Shelf, values: Mapping[str, Any], author: str = PERSON) -> int:
        self._made += 1
        stored = {**dict.fromkeys(shelf.fields), **self._saved(author, values)}
        shelf.rows[self._made] = stored
        self._note(author, shelf, self._made, None, stored)
        return self._made

    def edit(self, shelf: Shelf, number: int, values: Mapping[str, Any], author: str = PERSON) -> None:
        before = shelf.rows[number]
        after = {**before, **self._saved(author, values)}
        shelf.rows[number] = after
        if after != before:
            self._note(author, shelf, number, before, after)

    def remove(self, shelf: Shelf, number: int) -> None:
        before = shelf.rows.pop(number)
        shelf.optins.pop(number, None)
        self._note(PERSON, shelf, number, before, {}, "deleted")

    def say(self, shelf: Shelf, number: int, state: bool | None) -> None:
        """Let a person subscribe, unsubscribe, or take the answer back."""
        self._fall_behind(shelf, number, shelf.rows[number])
        shelf.optins[number] = (state, self.now())
        shelf.modified[number] = self.now()
        self.answers.append(Answered(str(number), state, self.time.tick()))

    def _saved(self, author: str, values: Mapping[str, Any]) -> dict[str, Any]:
        kept = {name: self.kept(name, value) for name, value in values.items()}
        if author == ENGINE and kept != values:
            self.noticed["rewritten_by_dialog_insight"] += 1
        return kept

    def kept(self, name: str, value: Any) -> Any:
        if isinstance(value, str):
            value = value.lower() if name == "EMail" else value
            value = value[:CUT] if name == "LastName" else value
            return value.rstrip() or None
        return value

    def _note(
        self, author: str, shelf: Shelf, number: int, before: Mapping[str, Any] | None, after: Mapping[str, Any],
        what: str = "saved",
    ) -> None:  # fmt: skip
        self._fall_behind(shelf, number, before)
        shelf.modified[number] = self.now()
        shelf.history.append(
            Change(author, shelf.name, str(number), before, dict(after), self.time.tick(), what, self.late)
        )

    def _fall_behind(self, shelf: Shelf, number: int, before: Mapping[str, Any] | None) -> None:
        if self.lag and shelf.contacts and self._shown(shelf, number) is None:
            self._behind[shelf.name, number] = Behind(
                before, shelf.optins.get(number), shelf.modified.get(number),
                self.time.now + timedelta(seconds=self.lag), self.time.tick(),
            )  # fmt: skip

    def _shown(self, shelf: Shelf, number: int) -> Behind | None:
        """Give what a look-up shows in the place of a contact as it is, if it is behind."""
        behind = self._behind.get((shelf.name, number)) if self.lag else None
        return behind if behind is not None and self.time.now < behind.until else None

    # -- the service ---------------------------------------------------------------------------------------------------

    def answer(self, request: Request) -> Reply:
        self.calls += 1
        self._requests += 1
        asked = orjson.loads(request.body)
        service = request.path.rpartition("/")[2].removesuffix(".ashx")
        method = f"{service}.{request.query['method'].lower()}"
        shown: tuple[str, ...] = ()
        stored: tuple[str, ...] = ()
        if method != "projects.get" and (named := _CONSENT.search(request.body)):
            self.consents_seen.append(named[0].decode())
        if self.closed_to_us:
            told = self._refused("This key may not do that.")
        elif method == "projects.get":
            told = self._project(asked["idProject"])
        elif method == "projects.list":
            told = {
                "Success": True,
                "Records": [{"idProject": n, "ProjectName": s.name} for n, s in self.lists.items()],
            }
        else:
            shelf = self.lists[asked["idProject"]] if service == "contacts" else self.tables[asked["idTable"]]
            if method.endswith(".merge"):
                self.writes += 1
                told = self._merge(shelf, asked["Records"], asked["MergeOptions"])
                stored = tuple(str(row["IdRecord"]) for row in told.get("Records", ()) if row["IdRecord"])
            else:
                told, shown = self._get(shelf, asked["Clause"])
        told = {"ErrorCode": None, "ErrorMessage": None, **told, "idRequest": self._requests}
        head = {"Date": http_date(self.now())}
        return Reply(
            200, orjson.dumps(told), {"Content-Type": "application/json; charset=utf-8", **head}, shown, stored
        )

    def _refused(self, message: str) -> dict[str, Any]:
        return {"Success": False, "ErrorCode": "1042", "ErrorMessage": message}

    def _project(self, number: int) -> dict[str, Any]:
        shelf = self.lists[number]
        fields = [
            {"Code": code, "DataType": native, "Labels": [{"Culture": "en", "Value": code}], "isRequired": False}
            for code, native in shelf.fields.items()
            if code not in self.lost_fields
        ]
        return {
            "Success": True,
            "ProjectInfo": {"ProjectName": shelf.name, "ProjectFields": fields, "OptinFields": [{"Code": OPTIN}]},
        }

    # -- reading -------------------------------------------------------------------------------------------------------

    def _get(self, shelf: Shelf, clause: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
        shelf = self._as_looked_at(shelf)
        name, value = clause["Field"]["Name"], clause["ComparisonValue"]
        if clause["TypeOperator"] != "Equal":
            if not self.accepts_dates or name != "dtModified":
                return self._refused("Unknown operator."), ()
            found = sorted((at, n) for n, at in shelf.modified.items() if n in shelf.rows and self.local(at) >= value)
            numbers = [number for _, number in found][: self.page]
        elif name == "idContact" and shelf.contacts:
            numbers = [value] if value in shelf.rows else []
        elif value == "" and not self.accepts_empty:
            return self._refused("A value is required."), ()
        else:
            code = name.removeprefix("f_") if shelf.contacts else name
            numbers = [n for n, row in shelf.rows.items() if _folded(row.get(code)) == _folded(value)]
        numbers = [number for number in numbers if number not in self.hidden]
        records = [self._flat(shelf, number) for number in numbers]
        asked = {*numbers, value} if name == "idContact" else numbers
        behind = {str(n): shown.number for n in asked if (shown := self._shown(shelf, n)) is not None}
        self.lagged += len(behind)
        self.shown_from = behind
        return {"Success": True, "Records": records}, tuple(map(str, numbers))

    def _as_looked_at(self, shelf: Shelf) -> Shelf:
        """Give a list as look-ups show it."""
        if not self.lag:
            return shelf
        seen = replace(shelf, rows={**shelf.rows}, optins={**shelf.optins}, modified={**shelf.modified})
        for name, number in self._behind:
            behind = self._shown(shelf, number) if name == shelf.name else None
            if behind is None:
                continue
            for known in (seen.rows, seen.optins, seen.modified):
                known.pop(number, None)
            if behind.row is not None:
                seen.rows[number] = dict(behind.row)
            if behind.optin is not None:
                seen.optins[number] = behind.optin
            if behind.modified is not None:
                seen.modified[number] = behind.modified
        return seen

    def _flat(self, shelf: Shelf, number: int) -> dict[str, Any]:
        prefix = "f_" if shelf.contacts else ""
        told = {prefix + code: value for code, value in shelf.rows[number].items() if code not in self.lost_fields}
        if shelf.contacts:
            state, since = shelf.optins.get(number, (None, None))
            told["idContact"] = number
            told[f"optin_{OPTIN}"] = None if state is None else int(state)
            told[f"dtOptin_{OPTIN}"] = None if since is None else self.local(since)
            told["dtModified"] = self.local(shelf.modified[number])
        return told

    def local(self, moment: datetime) -> str:
        """Give a moment as the project's clock on the wall shows it."""
        return moment.astimezone(ZONE).strftime("%Y.%m.%d %H:%M:%S")

    # -- writing -------------------------------------------------------------------------------------------------------

    def _merge(self, shelf: Shelf, records: Sequence[Mapping[str, Any]], options: Mapping[str, Any]) -> dict[str, Any]:
        prefix = "key_f_" if shelf.contacts else "key_"
        for each in records:
            key = each["ID"].get(prefix + shelf.key)
            if options["AllowInsert"] and key is not None:
                shelf.wanted.add(str(key))
        if self.half_refused:
            self.half_refused = False
            for each in records[: len(records) // 2]:
                self._one(shelf, each, options)
            return self._refused("The call was given up.")
        if self.all_or_nothing and any(self._refusal(shelf, each, options) for each in records):
            return self._refused("A record is not valid; nothing was stored.")
        rows = [self._one(shelf, each, options) for each in records]
        return {
            "Success": True,
            "Records": rows,
            "CreatedRecords": sum(row["Status"] == "Created" for row in rows),
            "UpdatedRecords": sum(row["Status"] == "Updated" for row in rows),
        }

    def _target(self, shelf: Shelf, record: Mapping[str, Any]) -> int | None:
        if "idContact" in record["ID"]:
            number = record["ID"]["idContact"]
            return number if number in shelf.rows else None
        prefix = "key_f_" if shelf.contacts else "key_"
        return shelf.by_key(record["ID"][prefix + shelf.key])

    def _refusal(self, shelf: Shelf, record: Mapping[str, Any], options: Mapping[str, Any]) -> str:
        found = self._target(shelf, record)
        values = self._values(shelf, record)
        if found is None and not options["AllowInsert"]:
            return "NotFound"
        if found is not None and not options["AllowUpdate"]:
            return "AlreadyThere"
        if found is None and "idContact" in record["ID"]:
            return "NotFound"
        if any(name in self.lost_fields for name in values):
            return "UnknownField"
        owner = shelf.by_key(values[shelf.key]) if shelf.key in values else found
        if owner not in (None, found):
            return "KeyTaken"
        return "NotValid" if self.validation(values) else ""

    def _values(self, shelf: Shelf, record: Mapping[str, Any]) -> dict[str, Any]:
        data = record.get("Data") or {}
        prefix = "f_" if shelf.contacts else ""
        return {name.removeprefix(prefix): None if value == "" else value for name, value in data.items()}

    def _one(self, shelf: Shelf, record: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
        echo = {"ID": record["ID"], "ValidationResult": "OK", "Message": ""}
        refusal = self._refusal(shelf, record, options)
        if refusal:
            return {**echo, "IdRecord": 0, "Status": "Error", "ValidationResult": refusal, "Message": refusal}
        number, values = self._target(shelf, record), self._values(shelf, record)
        status = "Updated"
        if number is None:
            prefix = "key_f_" if shelf.contacts else "key_"
            key = {shelf.key: record["ID"][prefix + shelf.key]}
            number, status = self.add(shelf, {**values, **key}, ENGINE), "Created"
        else:
            self.edit(shelf, number, values, ENGINE)
        stored = self._flat(shelf, number) if self.says_what_is_stored else None
        return {**echo, "IdRecord": number, "Status": status, "Record": stored}


def _folded(value: Any) -> str:
    return "" if value is None else str(value).rstrip().casefold()
