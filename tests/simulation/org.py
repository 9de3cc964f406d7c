"""A small Salesforce org behind HTTP: what the program asks of one, people who work in it, and all that happened.

It shares no code with the program. Stamps are whole seconds of its own clock; a save inside a long transaction is
stamped when it was made and visible when it commits; saves trim, put e-mails in lower case and run a trigger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any, Final
from urllib.parse import parse_qsl, unquote

import orjson

from tests.simulation import soql
from tests.simulation.ground import ENGINE, PERSON, Change, Look, Reply, Request, Time, http_date, stamped
from tests.simulation.org_objects import OBJECTS, error, iso, same, shown

ROOT: Final = "https://127.0.0.1:7001"
VERSION: Final = "68.0"
KEPT: Final = timedelta(days=15)
PREFIX: Final = {"Contact": "003", "Order__c": "801"}


@dataclass(slots=True)
class Row:
    """A record as everybody sees it, and its SystemModstamp."""

    stamp: datetime
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Hidden:
    """A save in a transaction that is still open; nobody else may save the record."""

    rid: str
    stamp: datetime
    values: Mapping[str, Any]


class Refused(Exception):
    """The whole call is refused, with a status and a code."""

    def __init__(self, status: int, code: str, message: str = "It is refused") -> None:
        super().__init__(code)
        self.status, self.code, self.message = status, code, message


@dataclass
class Org:
    """An org and the people in it. `skew` is how wrong its clock is."""

    time: Time
    skew: timedelta = timedelta(0)
    page_size: int = 2
    covers: bool = True
    lowers_emails: bool = False
    rewrites_phones: bool = False
    tells_undeleted: bool = False
    titles: bool = False
    """Whether most people have a title from the day they come."""
    rows: dict[str, dict[str, Row]] = field(default_factory=lambda: {name: {} for name in OBJECTS})
    bin: dict[str, dict[str, Row]] = field(default_factory=lambda: {name: {} for name in OBJECTS})
    deleted: dict[str, dict[str, datetime]] = field(default_factory=lambda: {name: {} for name in OBJECTS})
    masters: dict[str, str] = field(default_factory=dict)
    hidden: list[Hidden] = field(default_factory=list)
    history: list[Change] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    calls: int = 0
    writes: int = 0
    late: bool = False
    # -- how it is disturbed
    lost_fields: set[str] = field(default_factory=set)
    validation: Callable[[Mapping[str, Any]], bool] = lambda values: False
    closed_to_us: bool = False
    lost_choice: str = ""
    noticed: Counter[str] = field(default_factory=Counter)
    used: int = 100
    allowed: int = 15_000
    # -- who may come in
    access: set[str] = field(default_factory=set)
    refresh: str = "refresh-0"
    rotates: bool = True
    revoked: bool = False
    _made: int = 0
    _granted: int = 0

    # -- people ------------------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        return self.time.now + self.skew

    def insert(self, table: str, author: str = PERSON, **values: Any) -> str:
        self._made += 1
        rid = f"{PREFIX[table]}{self._made:012d}AAA"
        empty = {name: None for name, _, _ in OBJECTS[table]}
        if self.titles and author == PERSON and table == "Contact" and self._made % 4:
            values = {"Title": f"Title of {self._made}", **values}
        saved = {**empty, **self._saved(author, values), "Id": rid}
        self.rows[table][rid] = Row(self._stamp(), saved)
        self._note(author, table, rid, None, saved)
        return rid

    def save(
        self, table: str, rid: str, values: Mapping[str, Any], author: str = PERSON, stamp: datetime | None = None
    ) -> None:
        row = self.rows[table][rid]
        saved = {**row.values, **self._saved(author, values)}
        self.rows[table][rid] = Row(stamp or self._stamp(), saved)
        self._note(author, table, rid, row.values, saved)

    def begin_late(self, rid: str, values: Mapping[str, Any]) -> None:
        self.hidden.append(Hidden(rid, self._stamp(), values))

    def commit_late(self) -> None:
        late = self.hidden.pop(0)
        self.save("Contact", late.rid, late.values, stamp=late.stamp)

    def delete(self, table: str, rid: str, what: str = "deleted") -> None:
        row = self.rows[table].pop(rid)
        self.bin[table][rid] = row
        self.deleted[table][rid] = self._stamp()
        self._note(PERSON, table, rid, row.values, {}, what)

    def undelete(self, table: str, rid: str) -> None:
        row = self.bin[table].pop(rid)
        if not self.tells_undeleted:
            del self.deleted[table][rid]
        self.rows[table][rid] = Row(self._stamp(), row.values)
        self._note(PERSON, table, rid, {}, row.values, "undeleted")

    def merge(self, master: str, loser: str, values: Mapping[str, Any]) -> None:
        self.delete("Contact", loser, "merged")
        self.masters[loser] = master
        self.save("Contact", master, values)

    def is_locked(self, rid: str) -> bool:
        return any(each.rid == rid for each in self.hidden)

    def free(self, table: str = "Contact") -> list[str]:
        """Give the records that nobody is saving just now."""
        return [rid for rid in self.rows[table] if not self.is_locked(rid)]

    def _saved(self, author: str, values: Mapping[str, Any]) -> dict[str, Any]:
        kept = {name: self.kept(name, value) for name, value in values.items()}
        if author == ENGINE and kept != values:
            self.noticed["rewritten_by_salesforce"] += 1
        return kept

    def kept(self, name: str, value: Any) -> Any:
        """Give what a save makes of a value."""
        if isinstance(value, str):
            value = value.strip() or None
            if value and self.lowers_emails and name == "Email":
                value = value.lower()
            if value and self.rewrites_phones and name == "Phone" and value[3:4] == " ":
                value = f"({value[:3]}) {value[4:]}"
        return value

    def _note(
        self, author: str, table: str, rid: str, before: Mapping[str, Any] | None, after: Mapping[str, Any],
        what: str = "saved",
    ) -> None:  # fmt: skip
        change = Change(author, table, rid, before, after, self.time.tick(), what, self.late)
        self.history.append(change)

    def _stamp(self) -> datetime:
        return self.now().replace(microsecond=0)

    # -- the service ---------------------------------------------------------------------------------------------------

    def answer(self, request: Request) -> Reply:
        self.calls += 1
        self.used += 1
        try:
            reply = self._answer(request)
        except Refused as refusal:
            reply = _json([{"errorCode": refusal.code, "message": refusal.message}], refusal.status)
        except soql.Misread as misread:
            reply = _json([{"errorCode": "MALFORMED_QUERY", "message": str(misread)}], 400)
        reply.headers["Date"] = http_date(self.now())
        reply.headers["Sforce-Limit-Info"] = f"api-usage={self.used}/{self.allowed}"
        return reply

    def _answer(self, request: Request) -> Reply:
        if request.path == "/services/oauth2/token":
            return self._token(dict(parse_qsl(request.body.decode())))
        if request.path == "/services/data/":
            return _json([{"version": VERSION, "url": f"/services/data/v{VERSION}", "label": "now"}])
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self.access:
            raise Refused(401, "INVALID_SESSION_ID", "Session expired or invalid")
        if self.closed_to_us:
            raise Refused(403, "INSUFFICIENT_ACCESS", "The user may not")
        if self.used >= self.allowed:
            raise Refused(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
        path = request.path.removeprefix(f"/services/data/v{VERSION}/")
        if path == "composite/batch":
            return self._batch(orjson.loads(request.body))
        if path in ("query", "queryAll", "query/", "queryAll/"):
            return self._query(request.query["q"], path.startswith("queryAll"))
        if path.startswith("composite/sobjects") and request.method in ("POST", "PATCH"):
            return self._collection(request.method, path, orjson.loads(request.body))
        if path.startswith("sobjects/") and request.method == "PATCH":
            return self._patch(path, request)
        return _json(self._get(path, request.query))

    def _token(self, form: Mapping[str, str]) -> Reply:
        if self.revoked or form.get("refresh_token") != self.refresh:
            return _json({"error": "invalid_grant", "error_description": "expired access/refresh token"}, 400)
        return _json(self.grant())

    def grant(self) -> dict[str, str]:
        """Let somebody in: an access token, and a new refresh token in the place of the one that is used up."""
        self._granted += 1
        access = f"access-{self._granted}"
        self.access.add(access)
        told = {"access_token": access, "instance_url": ROOT, "scope": "api"}
        if self.rotates:
            self.refresh = told["refresh_token"] = f"refresh-{self._granted}"
        return told

    def _batch(self, asked: Mapping[str, Any]) -> Reply:
        results = []
        for each in asked["batchRequests"]:
            path, _, query = each["url"].removeprefix(f"v{VERSION}/").partition("?")
            try:
                results.append({"statusCode": 200, "result": self._get(path, dict(parse_qsl(query)))})
            except Refused as refusal:
                told = [{"errorCode": refusal.code, "message": refusal.message}]
                results.append({"statusCode": refusal.status, "result": told})
        return _json({"hasErrors": any(r["statusCode"] != 200 for r in results), "results": results})

    def _get(self, path: str, query: Mapping[str, str]) -> Any:
        parts = path.strip("/").split("/")
        match parts:
            case ["sobjects", table, "describe"]:
                return self._describe(table)
            case ["sobjects", table, "updated"]:
                hidden = [late.stamp for late in self.hidden] if table == "Contact" else []
                if not self.covers:
                    raise Refused(400, "INVALID_TYPE_FOR_OPERATION", "not replicateable")
                return {"ids": [], "latestDateCovered": iso(min(hidden, default=self._stamp()))}
            case ["sobjects", table, "deleted"]:
                return self._deleted(table, query["start"])
            case ["limits", "recordCount"]:
                names = query["sObjects"].split(",")
                return {"sObjects": [{"name": name, "count": len(self.rows[name])} for name in names]}
        raise Refused(404, "NOT_FOUND", "The requested resource does not exist")

    def _deleted(self, table: str, start: str) -> Any:
        now = self.now()
        since = datetime.fromisoformat(start.replace("Z", "+00:00"))
        if since < now - KEPT:
            raise Refused(400, "INVALID_REPLICATION_DATE", "startDate before org replication enabled date")
        told = [
            {"id": rid, "deletedDate": iso(at)}
            for rid, at in self.deleted[table].items()
            if at >= since.replace(second=0) and at >= now - KEPT
        ]
        earliest = (now - KEPT).replace(microsecond=0)
        return {"deletedRecords": told, "earliestDateAvailable": iso(earliest), "latestDateCovered": iso(now)}

    def _describe(self, table: str) -> Any:
        if table not in OBJECTS:
            raise Refused(404, "NOT_FOUND", "The requested resource does not exist")
        fields = []
        for name, native, more in OBJECTS[table]:
            if name in self.lost_fields:
                continue
            told = {"name": name, "label": name, "type": native, "createable": True, "updateable": True,
                    "nillable": True, **more}  # fmt: skip
            told["picklistValues"] = [{"value": v, "active": v != self.lost_choice} for v in told.pop("values", ())]
            fields.append(told)
        return {"name": table, "label": table, "replicateable": True, "fields": fields}

    # -- reading -------------------------------------------------------------------------------------------------------

    def _query(self, text: str, deleted_too: bool) -> Reply:
        query = soql.parse(text)
        lost = {*query.fields} & self.lost_fields
        if lost:
            raise Refused(400, "INVALID_FIELD", f"No such column '{min(lost)}' on entity '{query.of}'")
        live = [(row, False) for row in self.rows[query.of].values()]
        if deleted_too:
            live += [(row, True) for row in self.bin[query.of].values()]
        seen = [
            {**row.values, "SystemModstamp": stamped(row.stamp), "IsDeleted": gone,
             "MasterRecordId": self.masters.get(row.values["Id"])}
            for row, gone in live
        ]  # fmt: skip
        found = sorted((row for row in seen if query.test(row)), key=lambda row: (row["SystemModstamp"], row["Id"]))
        if query.counts:
            return _json({"totalSize": len(found), "done": True, "records": []})
        found = found[: query.limit]
        page = found[: self.page_size]
        if len({row["SystemModstamp"] for row in found[: self.page_size + 1]}) == 1 and len(page) < len(found):
            self.noticed["more_equal_stamps_than_a_page"] += 1
        records = [
            {"attributes": {"type": query.of}, **{name: shown(row, name) for name in query.fields}} for row in page
        ]
        reply = _json({"totalSize": len(found), "done": len(page) == len(found), "records": records})
        reply.shown = tuple(row["Id"] for row in page)
        return reply

    # -- writing -------------------------------------------------------------------------------------------------------

    def _collection(self, method: str, path: str, body: Mapping[str, Any]) -> Reply:
        self.writes += 1
        upsert = path.split("/")[2:]
        results = []
        for each in body["records"]:
            table = each["attributes"]["type"]
            values = {name: value for name, value in each.items() if name not in ("attributes", "id")}
            if method == "POST":
                results.append(self._create(table, values))
            elif upsert:
                results.append(self._upsert(table, upsert[1], values))
            else:
                results.append(self._update(table, each["id"], values))
        return _json(results)

    def _patch(self, path: str, request: Request) -> Reply:
        self.writes += 1
        _, table, rid = path.split("/")
        since = request.headers.get("If-Unmodified-Since")
        row = self.rows[table].get(rid)
        if row is None:
            raise Refused(404, "ENTITY_IS_DELETED", "entity is deleted")
        if since and row.stamp > parsedate_to_datetime(since).astimezone(UTC):
            raise Refused(412, "PRECONDITION_FAILED", "Entity has been modified")
        told = self._update(table, rid, orjson.loads(request.body))
        if not told["success"]:
            raise Refused(400, told["errors"][0]["statusCode"], told["errors"][0]["message"])
        return Reply(204, b"")

    def _create(self, table: str, values: Mapping[str, Any]) -> dict[str, Any]:
        refusal = self._refusal(table, None, values)
        if refusal is not None:
            return refusal
        return {"id": self.insert(table, ENGINE, **values), "success": True, "errors": []}

    def _update(self, table: str, rid: str, values: Mapping[str, Any]) -> dict[str, Any]:
        refusal = self._refusal(table, rid, values)
        if refusal is not None:
            return refusal
        self.save(table, rid, values, ENGINE)
        return {"id": rid, "success": True, "errors": []}

    def _upsert(self, table: str, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
        found = [rid for rid, row in self.rows[table].items() if same(row.values.get(name), values[name])]
        if len(found) > 1:
            return error("MULTIPLE_CHOICES", name)
        told = self._update(table, found[0], values) if found else self._create(table, values)
        return {**told, "created": not found}

    def _refusal(self, table: str, rid: str | None, values: Mapping[str, Any]) -> dict[str, Any] | None:
        if rid is not None and rid not in self.rows[table]:
            return error("ENTITY_IS_DELETED", "")
        if rid is not None and self.is_locked(rid):
            return error("UNABLE_TO_LOCK_ROW", "")
        for name, native, more in OBJECTS[table]:
            value = values.get(name)
            if name in values and name in self.lost_fields:
                return error("INVALID_FIELD_FOR_INSERT_UPDATE", name)
            if not more.get("nillable", True) and name != "Id" and not value and (rid is None or name in values):
                return error("REQUIRED_FIELD_MISSING", name)
            if isinstance(value, str) and len(value) > more.get("length", 999):
                return error("STRING_TOO_LONG", name)
            if native == "email" and value and ("@" not in value or " " in value.strip()):
                return error("INVALID_EMAIL_ADDRESS", name)
            if more.get("restrictedPicklist") and value and (value not in more["values"] or value == self.lost_choice):
                return error("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", name)
            if more.get("unique") and value and self._has(table, name, value, rid):
                return error("DUPLICATE_VALUE", name)
        held = self.rows[table][rid].values if rid is not None else {}
        return error("FIELD_CUSTOM_VALIDATION_EXCEPTION", "") if self.validation({**held, **values}) else None

    def _has(self, table: str, name: str, value: Any, but: str | None) -> bool:
        return any(same(row.values.get(name), value) for rid, row in self.rows[table].items() if rid != but)


def _json(told: Any, status: int = 200) -> Reply:
    return Reply(status, orjson.dumps(told), {"Content-Type": "application/json;charset=UTF-8"})


def request_of(method: str, url: str, headers: Mapping[str, str], body: bytes) -> Request:
    """Take a request apart as a server does."""
    path, query = _taken_apart(url)
    return Request(method, path, dict(query), headers, body)


@lru_cache(maxsize=256)
def _taken_apart(url: str) -> tuple[str, list[tuple[str, str]]]:
    _, _, rest = url.partition("://")
    _, slash, path = rest.partition("/")
    path, _, query = (slash + path).partition("?")
    return unquote(path), parse_qsl(query, keep_blank_values=True)
