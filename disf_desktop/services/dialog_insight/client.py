"""Dialog Insight's web services: the projects of an account, its contact lists, its custom tables.

One JSON object each way; the key travels in each body, so no body is ever logged or shown. Codes of errors are opaque:
they are shown as they came, with the number of the request, and nothing branches on them (reference/dialog-insight.md,
sections 3, 14 and 21).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from disf_desktop.core.addresses import PLATFORMS
from disf_desktop.core.errors import (
    AccessRefused,
    AuthorizationNeeded,
    DisfError,
    LimitReached,
    ServiceUnavailable,
    UnexpectedAnswer,
)
from disf_desktop.core.moments import written
from disf_desktop.core.project import CustomTable as TableSettings
from disf_desktop.core.project import DestinationProject, DialogInsightConnection
from disf_desktop.core.records import NotSent, Refused, Unknown
from disf_desktop.core.schema import Schema
from disf_desktop.services.dialog_insight.schema import contact_list_schema
from disf_desktop.services.dialog_insight.tables import ContactList, CustomTable
from disf_desktop.services.dialog_insight.wire import Members, parse, records_of, request_id, serialise, words
from disf_desktop.services.transport import TRANSIENT, NothingSent, Reply, ReplyLost, Transport

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
            for each in records_of(reply)
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

    def server_now(self) -> datetime:
        """Give the server's clock: the last HTTP Date plus the monotonic time since."""
        now = self._transport.server_now()
        if now is None:
            self.projects()
            now = self._transport.server_now()
        if now is None:
            raise UnexpectedAnswer("Dialog Insight answered without a date.", "Check what stands between it and us.")
        return now

    def as_of(self) -> str:
        """Give the server's clock as it is known without asking, as UTC text; "" before the first answer.

        Said of a reply before its request is sent, it is never later than what the reply shows: a change that a slow
        reply does not show yet is newer (sync-semantics 4.2b).
        """
        now = self._transport.server_now()
        return "" if now is None else written(now)

    def read(self, method: str, members: Members) -> Members:
        """Ask something that changes nothing, and give the whole reply.

        Raises AccessRefused for any refusal in an envelope, which the service's own words explain; AuthorizationNeeded,
        LimitReached, ServiceUnavailable and UnexpectedAnswer by the HTTP status.
        """
        reply, envelope = self._ask(method, members)
        if envelope is None or not reply.ok or not envelope["Success"]:
            raise self._refusal(method, reply, envelope)
        return envelope

    def read_if_accepted(self, method: str, members: Members) -> Members | None:
        """Ask something that the account may not understand; None where its own envelope refuses it.

        An envelope that comes with a server error (HTTP 500) refuses too. Everything else raises, as `read` does.
        """
        reply, envelope = self._ask(method, members)
        if envelope is None or reply.status in {401, *TRANSIENT} or (envelope["Success"] and not reply.ok):
            raise self._refusal(method, reply, envelope)
        return envelope if envelope["Success"] else None

    def _ask(self, method: str, members: Members) -> tuple[Reply, Members | None]:
        reply = self._transport.send(
            "POST", self._url(method), repeatable=True, headers=_HEADERS, body=self._body(members), parse=parse
        )
        return reply, reply.parsed if reply.ok else _envelope(reply)

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
            return Refused(code, message, request_id(envelope))
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
        detail = f"{method}, HTTP {reply.status}, request {request_id(envelope or {}) or 'unknown'}"
        if said:
            detail = f"{said} ({detail})"
        where = self.connection.name
        if reply.status == 401:
            return AuthorizationNeeded(
                f"{where} does not accept the key.", _ABOUT_THE_KEY, self.connection.id, detail, "key_refused"
            )
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
            "key_refused",
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
