"""A request as the handlers see it, and their reply; a composite makes requests of its own this way."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.datastructures import Headers

from disf_desktop.simulator.faults import Fault
from disf_desktop.simulator.salesforce.describe import SObject
from disf_desktop.simulator.salesforce.errors import ApiError, not_found, unparsable
from disf_desktop.simulator.salesforce.query import Queries
from disf_desktop.simulator.salesforce.recent import Recent
from disf_desktop.simulator.salesforce.records import Records, RowLocks
from disf_desktop.simulator.salesforce.store import Org

JSON = "application/json;charset=UTF-8"


@dataclass
class Reply:
    """What goes back: `content` is JSON to be, bytes or text, or None for no body."""

    status: int = 200
    content: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    records: int = 0

    def body(self) -> bytes:
        if self.content is None:
            return b""
        if isinstance(self.content, bytes):
            return self.content
        return self.content.encode() if isinstance(self.content, str) else orjson.dumps(self.content)


@dataclass
class Exchange:
    """One request; `segments` are the parts of the path that its route left open."""

    org: Org
    queries: Queries
    method: str
    version: str
    base: str
    query: Mapping[str, str]
    headers: Headers
    body: bytes = b""
    fault: Fault | None = None
    stream: AsyncIterator[bytes] | None = None
    token: str = ""
    inner: Any = None
    began: datetime | None = None
    recent: Recent | None = None

    def __post_init__(self) -> None:
        locked = self.fault is not None and self.fault.name == "row_lock"
        self.locks = RowLocks(int(self.fault.number("every", 1))) if locked and self.fault else None

    @property
    def records(self) -> Records:
        told = self.headers.get("sforce-duplicate-rule-header", "").replace(" ", "").lower()
        insists = "allowsave=true" in told.split(";")
        return Records(self.org, self.locks, began=self.began, allow_duplicates=insists, version=self.version)

    @property
    def number(self) -> float:
        """The version of the API as a number."""
        return float(self.version)

    def json(self, kind: type = dict) -> Any:
        """Return the body as JSON of the kind expected."""
        media = self.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
        if media != "application/json":
            message = f"Content-Type header specified in HTTP request is not supported: {media}"
            raise ApiError(415, "UNSUPPORTED_MEDIA_TYPE", message)
        return json_object(self.body, kind)

    def form(self) -> dict[str, str]:
        """Return the fields of a form, or of the query where there is no body."""
        given = dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))
        return {**self.query, **given}

    def sobject(self, name: str) -> SObject:
        """Return the object named in a path; 404 when the org has none."""
        known = self.org.view.get(name)
        if known is None:
            raise not_found()
        return known

    def viewed(self, sobject: SObject, record_id: str) -> None:
        """Count a record among those viewed lately, if the client wants it to be."""
        if self.recent and self.headers.get("sforce-mru", "").replace(" ", "").lower() == "updatemru=true":
            self.recent.see(sobject, record_id)

    def moment(self, header: str) -> datetime | None:
        """Return the time in a conditional header."""
        try:
            found = parsedate_to_datetime(self.headers[header])
        except (KeyError, ValueError):
            return None
        return found if found.tzinfo else found.replace(tzinfo=UTC)


def json_object(body: bytes, kind: type = dict) -> Any:
    """Read JSON of the kind expected; 400 when it is none."""
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise unparsable(f"{error.msg} at [line:{error.lineno}, column:{error.colno}]") from None
    if not isinstance(given, kind):
        raise unparsable(
            "The HTTP entity body is required, but this is not the kind of JSON expected at [line:1, column:1]"
        )
    return given


def http_date(moment: datetime) -> str:
    """Write a moment as HTTP headers do."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def inflated(body: bytes) -> bytes:
    """Undo gzip; 400 when it is none."""
    try:
        return zlib.decompress(body, wbits=31)
    except zlib.error:
        raise ApiError(400, "INVALID_CONTENT_ENCODING", "The request body is not valid gzip") from None
