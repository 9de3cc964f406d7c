"""Dialog Insight's web services: the projects of an account, its contact lists, its custom tables.

One JSON object each way; the key travels in each body, so no body is ever logged or shown. Codes of errors are opaque:
they are shown as they came, with the number of the request, and nothing branches on them (reference/dialog-insight.md,
sections 3, 14 and 21).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from disf_desktop.core.errors import (
    AccessRefused,
    AuthorizationNeeded,
    DisfError,
    LimitReached,
    ServiceUnavailable,
    UnexpectedAnswer,
)
from disf_desktop.core.project import CustomTable as TableSettings
from disf_desktop.core.project import DestinationProject, DialogInsightConnection
from disf_desktop.core.records import FoundRecord, NotSent, Refused, Unknown, WriteRecord, WriteReply, WriteResult
from disf_desktop.core.schema import Schema, Side
from disf_desktop.core.values import Value
from disf_desktop.services.dialog_insight.schema import contact_list_schema, custom_table_schema
from disf_desktop.services.dialog_insight.wire import Layout, Members, merge_options, parse, serialise, words
from disf_desktop.services.transport import NothingSent, Reply, ReplyLost, Transport

PLATFORMS = {
    "Canada": "https://app.dialoginsight.com/webservices/ofc4/",
    "France": "https://app.mydialoginsight.com/webservices/ofc4/",
}
"""The two platforms. A key is known to one of them only (article 1000330259)."""

_HEADERS = {"Content-Type": "application/json; charset=utf-8"}
_ABOUT_THE_KEY = (
    "In Dialog Insight, look at the key (Users, Web Services): its number and text, that it is active and not expired, "
    "that it may be used from this network address, for this project and these calls, and that calls are left."
)


@dataclass(frozen=True, slots=True)
class ProjectSummary:
    """A project of the account, as `Projects.List` names it."""

    id_project: int
    name: str


class DialogInsightAccount:
    """An account, reached with one key through one transport. Threads may share it.

    `language` (`fr`, `en`) chooses among the labels of fields.
    """

    def __init__(
        self, connection: DialogInsightConnection, key: str, transport: Transport, *, language: str = "en"
    ) -> None:
        self.connection = connection
        self._root = connection.root_url.rstrip("/") + "/"
        self._key = key
        self._transport = transport
        self._language = language

    @property
    def calls(self) -> int:
        return self._transport.calls

    def projects(self) -> tuple[ProjectSummary, ...]:
        """List the projects that the key may see; the cheapest call, and so the test of a connection."""
        reply = self.read("Projects.List", {})
        return tuple(
            ProjectSummary(each["idProject"], str(each.get("ProjectName") or each["idProject"]))
            for each in _records(reply)
            if isinstance(each, dict) and type(each.get("idProject")) is int
        )

    def project(self, id_project: int, key: Sequence[str] = ()) -> Schema:
        """Describe the contact list of a project, opt-ins included; `key` is its primary key, which no call tells."""
        reply = self.read("Projects.Get", {"idProject": id_project})
        return contact_list_schema(reply, id_project, key, self._language)

    def contact_list(self, destination: DestinationProject) -> ContactList:
        """Give the contact list of a project, as a run writes it."""
        return ContactList(self, destination)

    def custom_table(self, destination: DestinationProject, table: TableSettings) -> CustomTable:
        """Give a custom table of a project, as a run writes it."""
        return CustomTable(self, destination, table)

    def read(self, method: str, members: Members) -> Members:
        """Ask something that changes nothing, and give the whole reply.

        Raises AccessRefused for any refusal in an envelope, which the service's own words explain; AuthorizationNeeded,
        LimitReached, ServiceUnavailable and UnexpectedAnswer by the HTTP status.
        """
        reply = self._transport.send(
            "POST", self._url(method), repeatable=True, headers=_HEADERS, body=self._body(members), parse=parse
        )
        envelope = reply.parsed if reply.ok else _envelope(reply)
        if envelope is None or not reply.ok or not envelope["Success"]:
            raise self._refusal(method, reply, envelope)
        return dict(envelope)

    def write(self, method: str, members: Members) -> Members | NotSent | Unknown | Refused:
        """Change something, once; give the whole reply, or what is known of its outcome."""
        body = self._body(members)
        try:
            reply = self._transport.send("POST", self._url(method), repeatable=False, headers=_HEADERS, body=body)
        except NothingSent as failure:
            return NotSent(failure)
        except ReplyLost as failure:
            return Unknown(failure)
        envelope = _envelope(reply)
        if reply.status == 429:
            return NotSent(self._refusal(method, reply, envelope))
        if envelope is None:
            return Unknown(self._refusal(method, reply, envelope) if reply.status >= 500 else reply.unreadable())
        if not envelope["Success"]:
            code, message = self._say(envelope.get("ErrorCode")), self._say(envelope.get("ErrorMessage"))
            return Refused(code, message, _request_id(envelope))
        return envelope if reply.ok else Unknown(self._refusal(method, reply, envelope))

    def _url(self, method: str) -> str:
        service, _, name = method.partition(".")
        return f"{self._root}{service.lower()}.ashx?method={name}"

    def _body(self, members: Members) -> bytes:
        # The key comes first, as Dialog Insight advises (article 1000330262).
        return serialise({"AuthKey": {"idKey": self.connection.id_key, "Key": self._key}, **members})

    def _say(self, said: object) -> str:
        """Give the service's words as they came, but for our key, which they may repeat."""
        text = words(said)
        return text.replace(self._key, "…") if self._key else text

    def _refusal(self, method: str, reply: Reply, envelope: Members | None) -> DisfError:
        said = ""
        if envelope is not None:
            code, message = self._say(envelope.get("ErrorCode")), self._say(envelope.get("ErrorMessage"))
            said = ": ".join(part for part in (code, message) if part)
        detail = f"{method}, HTTP {reply.status}, request {_request_id(envelope or {}) or 'unknown'}"
        if said:
            detail = f"{said} ({detail})"
        where = self.connection.name
        if reply.status == 401:
            return AuthorizationNeeded(f"{where} does not accept the key.", _ABOUT_THE_KEY, self.connection.id, detail)
        if reply.status == 429:
            return LimitReached(
                f"{where} accepts no more calls for now.", "Wait, then run again.", self.connection.id, detail
            )
        if reply.status >= 500:
            return ServiceUnavailable(
                f"{where} cannot answer for now.", "Wait, then run again.", self.connection.id, detail
            )
        if envelope is None and reply.status != 403:
            return reply.unreadable()
        return AccessRefused(
            f"{where} refused the call{f', saying: {said}' if said else ''}.",
            _ABOUT_THE_KEY,
            self.connection.id,
            detail,
        )


class _Table:
    """What the contact list and a custom table have in common; satisfies `engine.ports.DialogInsightTarget`."""

    side = Side.DIALOG_INSIGHT

    def __init__(
        self,
        account: DialogInsightAccount,
        service: str,
        address: Members,
        ask_schema: Callable[[], Schema],
        make_layout: Callable[[Schema], Layout],
    ) -> None:
        self._account = account
        self._service = service
        self._address = address
        self._ask_schema = ask_schema
        self._make_layout = make_layout
        self._layout: Layout | None = None

    @property
    def calls(self) -> int:
        return self._account.calls

    def describe(self) -> Schema:
        """Give the fields as they are now; from here on, records are written by them."""
        schema = self._ask_schema()
        self._layout = self._make_layout(schema)
        return schema

    def write(self, kind: str, records: Sequence[WriteRecord]) -> WriteResult:
        """Send one batch: `create` is insert-only, `update` update-only. Never raises for an outcome."""
        layout = self._known_layout()
        reply = self._account.write(
            f"{self._service}.Merge",
            {
                **self._address,
                "Records": [layout.record(record) for record in records],
                "MergeOptions": merge_options(kind),
            },
        )
        if not isinstance(reply, dict):
            return reply
        rows = reply.get("Records")
        if not isinstance(rows, list):
            return Unknown(_shapeless(reply))
        return WriteReply(layout.outcomes(kind, records, rows), _request_id(reply))

    def find(self, key: Mapping[str, Value]) -> FoundRecord | None:
        """Look one record up by its whole key: asked by its first field, compared here by all of them."""
        layout = self._known_layout()
        first = next(iter(key))
        clause = layout.clause(first, key[first])
        reply = self._account.read(f"{self._service}.Get", {**self._address, "Clause": clause, "Tag": None})
        records = [(each, layout.values(each)) for each in _records(reply) if isinstance(each, dict)]
        found = [(each, values) for each, values in records if layout.has_key(values, key)]
        number = layout.number(*found[0]) if found else None
        if len(found) > 1 or (len(key) == 1 and len(found) != len(records)) or (found and number is None):
            raise UnexpectedAnswer(
                "Dialog Insight answered a look-up by key with another record than the one asked for, or with several.",
                "Look at the primary key of the project; if it is right, ask Dialog Insight with the request's number.",
                where=self._account.connection.id,
                detail=f"{len(records)} records, {len(found)} with the key, request {_request_id(reply)}",
            )
        return None if number is None else FoundRecord(number, found[0][1])

    def _known_layout(self) -> Layout:
        if self._layout is None:
            self.describe()
        assert self._layout is not None, "describe() makes it"
        return self._layout


class ContactList(_Table):
    """The contact list of a project; a record's id is its idContact."""

    def __init__(self, account: DialogInsightAccount, destination: DestinationProject) -> None:
        zone = ZoneInfo(destination.time_zone)
        super().__init__(
            account,
            "Contacts",
            {"idProject": destination.id_project},
            lambda: account.project(destination.id_project, destination.key),
            lambda schema: Layout(schema, zone, contacts=True),
        )


class CustomTable(_Table):
    """A custom table of a project, as the project file describes it; a record's id is its folded primary key.

    `Merge` gives the number of a row and `Get` does not, so the number cannot serve.
    """

    def __init__(self, account: DialogInsightAccount, destination: DestinationProject, table: TableSettings) -> None:
        zone = ZoneInfo(destination.time_zone)
        super().__init__(
            account,
            "RelationalTables",
            {"idTable": table.id_table},
            lambda: custom_table_schema(table),
            lambda schema: Layout(schema, zone, contacts=False),
        )


@dataclass(frozen=True, slots=True)
class Recognised:
    """Where a key is known, and what it may see there; `platform` is `Canada`, `France`, or "" for another address."""

    root_url: str
    platform: str
    projects: tuple[ProjectSummary, ...]


def recognise(
    connection: DialogInsightConnection,
    key: str,
    open_transport: Callable[[str], Transport],
    platforms: Mapping[str, str] = PLATFORMS,
) -> Recognised:
    """Find out on which platform a key is known, by trying: first the connection's own, then the other.

    Only a key that its own platform refuses is shown to the other, and only where the connection names one of the two.
    `open_transport` makes a transport for a root address. Raises the error of the connection's own platform.
    """
    names = {root: name for name, root in platforms.items()}
    try:
        return _try(connection, key, open_transport, names)
    except (AccessRefused, AuthorizationNeeded) as refusal:
        if connection.root_url not in names:
            raise
        for other in names:
            if other == connection.root_url:
                continue
            try:
                return _try(connection.model_copy(update={"root_url": other}), key, open_transport, names)
            except DisfError:
                continue
        raise refusal from None


def _try(
    connection: DialogInsightConnection,
    key: str,
    open_transport: Callable[[str], Transport],
    names: Mapping[str, str],
) -> Recognised:
    root = connection.root_url
    transport = open_transport(root)
    try:
        return Recognised(root, names.get(root, ""), DialogInsightAccount(connection, key, transport).projects())
    finally:
        transport.close()


def _envelope(reply: Reply) -> Members | None:
    try:
        return parse(reply.body)
    except ValueError:
        return None


def _records(reply: Members) -> list[Any]:
    records = reply.get("Records")
    if not isinstance(records, list):
        raise _shapeless(reply)
    return records


def _request_id(envelope: Members) -> str:
    return words(envelope.get("idRequest"))


def _shapeless(reply: Members) -> UnexpectedAnswer:
    return UnexpectedAnswer(
        "Dialog Insight answered without the records that were asked for.",
        "Try again; if it stays so, ask Dialog Insight with the number of the request.",
        detail=f"request {_request_id(reply)}",
    )
