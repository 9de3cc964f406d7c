"""The web services: `POST /webservices/ofc4/{service}.ashx?method={Method}`, JSON in, JSON out.

The answer is HTTP 200 with the envelope, whatever happened. A request is judged in the order that real traces show:
the key, its permissions, the parameters, the execution. Error codes and messages are ours; none is public.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count, islice
from typing import Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

import orjson
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

from disf_desktop.simulator.dialog_insight.account import Account
from disf_desktop.simulator.dialog_insight.clauses import MODIFIED, BadClause, FieldClause, read
from disf_desktop.simulator.dialog_insight.collection import Collection, Stored
from disf_desktop.simulator.dialog_insight.definitions import Field, Optin, Project
from disf_desktop.simulator.dialog_insight.merge import OPTIONS, Outcome
from disf_desktop.simulator.dialog_insight.values import Refused
from disf_desktop.simulator.faults import Call, Fault

ROOT = "/webservices/ofc4/"
SERVICES = {"contacts": "Contacts", "projects": "Projects", "relationaltables": "RelationalTables"}
CALLS = (
    "Contacts.Merge",
    "Contacts.Get",
    "Contacts.Delete",
    "Projects.List",
    "Projects.Get",
    "RelationalTables.Merge",
    "RelationalTables.Get",
    "RelationalTables.Delete",
)
_PATH = re.compile(re.escape(ROOT) + r"(\w+)\.ashx", re.IGNORECASE)
_CLOCK = ZoneInfo("America/Toronto")


class Failure(Exception):
    """A call that is refused as a whole."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def name_of(scope: Scope) -> str | None:
    """Name the call of a request, `other` when there is no such call; None for the control side door."""
    path = scope["path"]
    if path == "/simulator" or path.startswith("/simulator/"):
        return None
    service = _PATH.fullmatch(path)
    methods = parse_qs(scope["query_string"].decode("latin-1")).get("method", [""])
    call = f"{SERVICES.get(service[1].lower(), '')}.{methods[0]}" if service else ""
    return call if call in CALLS else "other"


class Request:
    """A call under way: its parameters (names in any case) and its trace."""

    def __init__(self, account: Account, call: Call, body: bytes) -> None:
        self.account = account
        self.call = call
        self.trace: list[str] = [f"Beginning request ({account.world.clock.now().astimezone(_CLOCK):%H:%M:%S})"]
        try:
            given = orjson.loads(body.removeprefix(b"\xef\xbb\xbf"))
        except orjson.JSONDecodeError as problem:
            raise Failure("InvalidRequest", f"The body is not JSON: {problem}") from None
        if not isinstance(given, dict):
            raise Failure("InvalidRequest", "The body is not a JSON object.")
        self._given = {name.lower(): value for name, value in given.items()}

    @property
    def fault(self) -> Fault | None:
        """The fault that the script puts on this call."""
        return self.call.fault

    def meets(self, fault: str) -> bool:
        """Tell whether this fault is on the call."""
        return self.fault is not None and self.fault.name == fault

    @property
    def knows_dates(self) -> bool:
        """Whether this call may ask for, and tells, modification dates: not to delete by, and not of custom tables."""
        return self.account.settings.kind == "dates" and self.call.name == "Contacts.Get"

    def note_members(self) -> None:
        """Count the names in the records of a merge, whatever becomes of the call."""
        records = self.get("Records")
        if not self.call.name.endswith(".Merge") or not isinstance(records, list):
            return
        met: Counter[str] = Counter()
        for record in records:
            for part, members in record.items() if isinstance(record, dict) else ():
                if isinstance(members, dict) and part.casefold() in ("id", "data"):
                    met.update(members.keys())
        for name, times in met.items():
            self.account.members_met[self.call.name, name] += times

    def get(self, name: str) -> Any:
        """Return a parameter, None when it is missing."""
        return self._given.get(name.lower())

    def number(self, name: str) -> int:
        """Return a whole number, given as such or as text."""
        value = self.get(name)
        if isinstance(value, str) and value.strip().isdigit():
            value = int(value)
        if type(value) is not int:
            raise Failure("InvalidRequest", f"{name} is missing or not a number.")
        return value

    def authenticate(self) -> None:
        """Check the key; spend one of its calls."""
        self.trace.append("Checking the access key")
        account, key = self.account, self.get("AuthKey")
        given = {name.lower(): value for name, value in key.items()} if isinstance(key, dict) else {}
        known = str(given.get("idkey", "")).strip() == str(account.definition.id_key)
        if not known or given.get("key") != account.definition.key or account.settings.key_state == "inactive":
            raise Failure("InvalidAuthKey", "The access key is unknown, wrong or inactive.")
        if account.settings.key_state == "expired":
            raise Failure("ExpiredAuthKey", "The access key has expired.")
        left = account.settings.allowed_calls
        if left == 0 or self.meets("quota"):
            raise Failure("QuotaExceeded", "The number of calls allowed for this key is used up.")
        if left is not None:
            account.set({"allowed_calls": left - 1})

    def permit(self, what: str) -> None:
        """Check that the key may use a call, a project or a table."""
        if what in self.account.settings.denied or self.meets("forbidden"):
            raise Failure("AccessDenied", f"This key has no permission for {what}.")

    def collection(self) -> Collection:
        """Return the contact list or the table that the call is about."""
        contacts = self.call.name.startswith("Contacts.")
        number = self.number("idProject" if contacts else "idTable")
        self.permit(f"{'project' if contacts else 'table'}:{number}")
        found = (self.account.contacts if contacts else self.account.tables).get(number)
        if found is None:
            raise Failure("AccessDenied", f"There is no {'project' if contacts else 'table'} {number} for this key.")
        return found

    @staticmethod
    def address(collection: Collection) -> str:
        """Return how the settings name the contact list or the table."""
        return f"{'project' if collection.is_contacts else 'table'}:{collection.of.id}"

    def unbuilt(self, collection: Collection) -> frozenset[str]:
        """Return the fields that were defined but are not built yet, under their names in web services."""
        start = f"{self.address(collection)}."
        found = (each for each in self.account.settings.unbuilt if each.startswith(start))
        return frozenset(collection.prefix + each.removeprefix(start) for each in found)

    def clause(self) -> FieldClause | None:
        """Return the clause of the call."""
        try:
            return read(self.get("Clause"), self.account.settings.strict, self.knows_dates)
        except BadClause as problem:
            raise Failure("InvalidRequest", str(problem)) from None


def _list(request: Request) -> dict[str, Any]:
    return {"Records": [{"idProject": each.id, "ProjectName": each.name} for each in request.account.projects.values()]}


def _get_project(request: Request) -> dict[str, Any]:
    number = request.number("idProject")
    request.permit(f"project:{number}")
    project = request.account.projects.get(number)
    if project is None:
        raise Failure("AccessDenied", f"There is no project {number} for this key.")
    keyed = request.account.settings.tells_primary_key
    return {
        "ProjectInfo": {
            "idProject": project.id,
            "ProjectName": project.name,
            "ProjectFields": [_field(each, project, keyed) for each in project.fields],
            "OptinFields": [_optin(each) for each in project.optins],
        }
    }


def _field(field: Field, project: Project, keyed: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"Code": field.code, "DataType": field.type, "isRequired": field.required}
    if field.length is not None:
        told["MaxLength"] = field.length
    if keyed:
        told["isPrimaryKey"] = field.code in project.key
    if field.values:
        told["Values"] = list(field.values)
    return told | {"Labels": [{"Culture": culture, "Value": text} for culture, text in field.labels.items()]}


def _optin(optin: Optin) -> dict[str, Any]:
    return {
        "Code": optin.code,
        "isImplied": optin.implied,
        "Labels": [{"Culture": culture, "Value": text} for culture, text in optin.labels.items()],
    }


def _merge(request: Request) -> dict[str, Any]:
    collection = request.collection()
    records, options = request.get("Records"), request.get("MergeOptions")
    settings = request.account.settings
    if request.address(collection) in settings.unbuilt:
        raise Failure("NotBuilt", "The fields were defined, but the list was not built since.")
    if not isinstance(records, list):
        raise Failure("InvalidRequest", "Records is missing or not an array.")
    if settings.most_records is not None and len(records) > settings.most_records:
        raise Failure("InvalidRequest", f"Records: at most {settings.most_records} are taken in one call.")
    if not isinstance(options, dict | None):
        raise Failure("InvalidRequest", "MergeOptions is not an object.")
    unknown = [name for name in options or () if name not in OPTIONS]
    if unknown and settings.strict:
        raise Failure("InvalidRequest", f"MergeOptions: there is no option {', '.join(unknown)}.")
    request.call.records = len(records)
    every = int(request.fault.number("every", 1)) if request.fault and request.fault.name == "refuse" else 0
    outcome = request.account.merge(
        collection,
        records,
        options or {},
        all_or_nothing=request.meets("all_or_nothing"),
        refuse_every=every,
        unbuilt=request.unbuilt(collection),
    )
    request.trace += _story(outcome, len(records))
    cancelled = outcome.errors > 0 and (request.meets("all_or_nothing") or settings.all_or_nothing)
    refusal = {
        "Success": False,
        "ErrorCode": "InvalidRecords",
        "ErrorMessage": f"{outcome.errors} records are not valid; nothing was stored.",
    }
    return (refusal if cancelled else {}) | {
        "CreatedRecords": len(outcome.created),
        "UpdatedRecords": outcome.count_updated,
        "Records": outcome.results,
    }


def _story(outcome: Outcome, records: int) -> list[str]:
    return [
        f"\tRecords count: {records}",
        f"\tRecords candidates for insert: {records - outcome.matched - outcome.already_there}",
        f"\tRecords candidates for update: {outcome.matched}",
        f"\tRecords bulked: {records}",
        f"\tRecords matched by PK: {outcome.matched}",
        f"\tRecords dupes, source versus source: {outcome.duplicates}",
        f"\tRecords dupes, source versus target: {outcome.already_there}",
        f"\tRecords updated: {outcome.count_updated}",
        f"\tRecords created: {len(outcome.created)}",
        f"\tEMails changed: {outcome.emails_changed}",
        f"\tOptins field changed: {len(outcome.changes)}",
    ]


def _matches(request: Request, collection: Collection, clause: FieldClause | None, most: int) -> Iterator[Stored]:
    settings = request.account.settings
    if clause is None:
        return islice(collection.all(), None if most < 0 else most)
    try:
        if clause.since:
            return collection.since(clause.value, settings.most_rows if most < 0 else min(most, settings.most_rows))
        return collection.where(clause.name, clause.value, most, empty=settings.kind != "no_empty")
    except Refused as refusal:
        raise Failure("InvalidRequest", f"Clause: {refusal}.") from None


def _get(request: Request) -> dict[str, Any]:
    collection = request.collection()
    clause = request.clause()
    most = request.number("MaxRows") if request.get("MaxRows") is not None else -1
    if request.meets("no_records"):
        return {"Records": []}
    records = []
    unseen = request.account.now() - (request.fault.number("seconds", 5) if request.fault else 0)
    for each in _matches(request, collection, clause, most):
        if request.meets("unseen") and each.created >= unseen:
            continue
        shown = collection.shown(each)
        if request.knows_dates:
            shown[MODIFIED] = collection.local(each.modified)
        records.append(shown)
    request.call.records = len(records)
    return {"Records": records}


def _delete(request: Request) -> dict[str, Any]:
    collection = request.collection()
    clause = request.clause()
    most = request.number("MaxRows")
    ids = [each.id for each in _matches(request, collection, clause, most + 1)]
    if len(ids) > most:
        raise Failure("InvalidRequest", f"More than {most} records match; none was deleted.")
    request.account.delete(collection, ids)
    request.call.records = len(ids)
    return {"DeletedRecords": len(ids)}


_HANDLERS: dict[str, Callable[[Request], dict[str, Any]]] = {
    "Contacts.Merge": _merge,
    "Contacts.Get": _get,
    "Contacts.Delete": _delete,
    "Projects.List": _list,
    "Projects.Get": _get_project,
    "RelationalTables.Merge": _merge,
    "RelationalTables.Get": _get,
    "RelationalTables.Delete": _delete,
}


def create_app(account: Account) -> ASGIApp:
    """Return the service; the fault layer around it sets `scope["call"]`."""
    numbers = count(18_945_356)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        body = await _read(receive)
        call: Call = scope.get("call") or Call("dialog_insight", name_of(scope) or "other")
        status, answer = _answer(account, scope, call, body, next(numbers))
        headers = [
            (b"content-type", b"application/json; charset=utf-8"),
            (b"cache-control", b"private"),
            (b"content-length", str(len(answer)).encode()),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    return app


async def _read(receive: Receive) -> bytes:
    parts = []
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def _answer(account: Account, scope: Scope, call: Call, body: bytes, number: int) -> tuple[int, bytes]:
    envelope: dict[str, Any] = {"Success": True, "ErrorCode": None, "ErrorMessage": None}
    trace: list[str] = []
    status = 200
    try:
        if scope["method"] != "POST":
            raise Failure("InvalidRequest", "POST is expected.")
        request = Request(account, call, body)
        trace = request.trace
        request.note_members()
        request.authenticate()
        handler = _HANDLERS.get(call.name)
        if handler is None:
            raise Failure("UnknownMethod", "There is no such service or method.")
        request.permit(call.name)
        trace.append(f"Targeted service: {call.name}")
        envelope |= handler(request)
    except Failure as failure:
        envelope |= {"Success": False, "ErrorCode": failure.code, "ErrorMessage": str(failure)}
        if call.fault is not None and call.fault.name == "forbidden":
            status = int(call.fault.number("status", 403))
    call.error = not envelope["Success"]
    trace.append("Request completed")
    envelope |= {"idRequest": number, "Trace": "\r\n".join(trace)}
    return status, orjson.dumps(envelope)
