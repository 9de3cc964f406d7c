"""Bulk API 2.0: jobs, and large writes. A write's job is made, filled once, closed, polled; then its three result files
must add up to what was sent. Large queries are in `bulk_reads`.
"""

from __future__ import annotations

import csv
import io
import math
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from disf_desktop.core.errors import DisfError, ServiceUnavailable, Stopped, UnexpectedAnswer
from disf_desktop.core.records import (
    Failed,
    JobState,
    RowResult,
    Stored,
    Unprocessed,
)
from disf_desktop.core.values import Value
from disf_desktop.services.salesforce.errors import Refusal, error_of, raise_unless_ok
from disf_desktop.services.salesforce.results import ResultFile
from disf_desktop.services.salesforce.wire import Wire, read_json
from disf_desktop.services.transport import Clock, ReplyLost

LARGEST_UPLOAD = 95_000_000
"""In bytes: Salesforce takes 150 MB once coded in base64, which is 100 MB as they are."""
NULL = "#N/A"
"""How a cell says "make it empty"; an empty cell says "leave it as it is"."""

_SHORTEST_S = 0.5

FINAL = ("JobComplete", "Failed", "Aborted")
_STATES = {
    "Open": JobState.OPEN,
    "JobComplete": JobState.ENDED,
    "Failed": JobState.ENDED,
    "Aborted": JobState.ABORTED,
}


class Job:
    """A job of the Bulk API, of either kind; `path` is `…/jobs/query/ID` or `…/jobs/ingest/ID`."""

    def __init__(self, wire: Wire, path: str, *, clock: Clock, stop: threading.Event, where: str = "") -> None:
        self.wire = wire
        self._clock = clock
        self._stop = stop
        self._where = where
        self.path = path

    def info(self) -> dict[str, Any]:
        reply = self.wire.send("GET", self.path, repeatable=True, parse=read_json)
        told = raise_unless_ok(reply, self._where).parsed
        if not isinstance(told, dict) or not isinstance(told.get("state"), str):
            raise UnexpectedAnswer("Salesforce does not say how a job stands.", "Run again.", self._where)
        return told

    def state(self) -> JobState:
        """Ask once how the job stands."""
        reply = self.wire.send("GET", self.path, repeatable=True, parse=read_json)
        if reply.status == 404:
            return JobState.GONE
        told = raise_unless_ok(reply, self._where).parsed
        said = told.get("state") if isinstance(told, dict) else None
        return _STATES.get(str(said), JobState.WORKING)

    def wait(self, rows: int | None = None) -> dict[str, Any]:
        """Poll until the job has ended: at 0.2 s, then from 1 s, half as long again each time, to 15 s.

        Of a job of so many `rows`, Salesforce tells how many it has done: it is asked again when it should have ended,
        if that is sooner.
        """
        began = self._clock.monotonic()
        pause, left = 0.2, math.inf
        while True:
            self._pause(min(pause, left))
            told = self.info()
            if told["state"] in FINAL:
                return told
            pause = 1.0 if pause < 1 else min(15.0, pause * 1.5)
            left = seconds_left(self._clock.monotonic() - began, told.get("numberRecordsProcessed"), rows)

    def results(self, name: str, **parameters: str) -> ResultFile:
        """Give a result file of the job, yet to be read."""
        return ResultFile(
            lambda: self.wire.send(
                "GET",
                f"{self.path}/{name}",
                query=parameters,
                headers={"Accept": "text/csv"},
                repeatable=True,
                stream=True,
            ),
            self._where,
        )

    def set_state(self, state: str) -> None:
        """Close or abort the job. A lost answer is settled by looking."""
        try:
            reply = self.wire.send("PATCH", self.path, json={"state": state}, repeatable=False)
        except ReplyLost:
            if self.info()["state"] != "Open":
                return
            reply = self.wire.send("PATCH", self.path, json={"state": state}, repeatable=False)
        raise_unless_ok(reply, self._where)

    def discard(self, *, abort: bool) -> None:
        """Delete the job, after stopping it where needed. A failure harms nobody: Salesforce does it in a week."""
        try:
            if abort:
                self.wire.send("PATCH", self.path, json={"state": "Aborted"}, repeatable=False)
            self.wire.send("DELETE", self.path, repeatable=False)
        except DisfError:
            return

    def _pause(self, seconds: float) -> None:
        left = seconds
        while left > 0:
            if self._stop.is_set():
                raise Stopped("The run was stopped on request.", "Run again to go on.")
            step = min(left, 0.5)
            self._clock.sleep(step)
            left -= step


def seconds_left(waited: float, done: object, rows: int | None) -> float:
    """Estimate for how long a job will go on that has done so many of its rows: not less than half a second, and
    endless where it does not tell, or has done them all and still goes on."""
    if rows is None or not isinstance(done, int) or not 0 < done < rows:
        return math.inf
    return max(_SHORTEST_S, waited * (rows - done) / done)


def made(wire: Wire, path: str, request: Mapping[str, object], clock: Clock, stop: threading.Event, where: str) -> Job:
    """Make a job of either kind; `path` is `…/jobs/query` or `…/jobs/ingest`."""
    # Asking twice, after a lost answer, leaves a job without rows or without a reader: nothing is changed by it.
    reply = wire.send("POST", path, json=request, repeatable=True, parse=read_json)
    told = raise_unless_ok(reply, where).parsed
    if not isinstance(told, dict) or not str(told.get("id", "")).isalnum():
        raise UnexpectedAnswer("Salesforce made a job without saying which.", "Run again.", where)
    return Job(wire, f"{path}/{told['id']}", clock=clock, stop=stop, where=where)


def failed(told: Mapping[str, Any], where: str) -> DisfError:
    """Give the error of a job that did not complete: `errorMessage` is `CODE: words`, more or less."""
    said = str(told.get("errorMessage") or "")
    code, _, words = said.partition(":")
    known = error_of(Refusal(0, code.strip().upper(), words.strip()), where)
    if not isinstance(known, UnexpectedAnswer):
        return known
    return ServiceUnavailable(
        f"A bulk job ended as {told.get('state')}.", "Run again; if it lasts, report it.", where, known.detail
    )


class Ingest:
    """A job that writes rows. Its `path` is to be kept before `upload`, so that a killed program can find it again."""

    def __init__(self, job: Job, *, sent: int | None = None, times: Collection[str] = ()) -> None:
        self.job = job
        self._sent = sent
        self._times = frozenset(times)

    @classmethod
    def create(
        cls,
        wire: Wire,
        base: str,
        sobject: str,
        operation: str,
        *,
        external_id: str | None = None,
        times: Collection[str] = (),
        clock: Clock,
        stop: threading.Event,
    ) -> Ingest:
        """Make a job. `operation` is insert, update, upsert (by `external_id`), delete or hardDelete.

        `times` names the fields that hold a time of day, which has a form of its own.
        """
        request = {"object": sobject, "operation": operation, "contentType": "CSV", "lineEnding": "CRLF"}
        if external_id is not None:
            request["externalIdFieldName"] = external_id
        return cls(made(wire, f"{base}/jobs/ingest", request, clock, stop, sobject), times=times)

    @property
    def path(self) -> str:
        return self.job.path

    def upload(self, columns: Sequence[str], rows: Iterator[Mapping[str, Value]]) -> int:
        """Send rows until they end or the job is full; give how many went. The iterator keeps the rest for another job.

        A column that a row does not have leaves the field as it is; None empties it. Nothing is processed before
        `close`, so after any error here the job is aborted and its rows may go in a new one.
        """
        counter = Counter()
        pieces = csv_pieces(columns, rows, counter, self.cells)

        def body() -> Iterator[bytes]:
            # A token may be refused after rows were taken: they cannot be given twice, and an empty job must not pass.
            if counter.begun:
                raise ServiceUnavailable("The upload of a bulk job was broken off.", "Run again: its rows go anew.")
            return pieces

        try:
            # The same generator for each try: it is only begun once bytes can leave.
            reply = self.job.wire.send(
                "PUT",
                f"{self.path}/batches",
                headers={"Content-Type": "text/csv; charset=UTF-8"},
                body=body,
                repeatable=False,
            )
            raise_unless_ok(reply)
        except BaseException:
            self.job.discard(abort=True)
            raise
        self._sent = counter.rows
        return counter.rows

    def cells(self, columns: Sequence[str], row: Mapping[str, Value]) -> list[str]:
        """Give a row as the cells that are sent, and that come back with its result."""
        cells = cells_of(columns, row)
        if self._times:
            timed = {n for n, name in enumerate(columns) if name in self._times and row.get(name) is not None}
            return [f"{cell}.000Z" if n in timed else cell for n, cell in enumerate(cells)]
        return cells

    def state(self) -> JobState:
        """Ask once how the job stands."""
        return self.job.state()

    def abort(self) -> None:
        """Give an open job up: nothing of it is stored."""
        self.job.set_state("Aborted")

    def close(self) -> None:
        """Let Salesforce begin: from here on rows may be stored."""
        self.job.set_state("UploadComplete")

    def wait(self) -> dict[str, Any]:
        """Wait until the job has ended, in whatever state: rows may be stored even in one that failed."""
        return self.job.wait(self._sent)

    def ended(self) -> DisfError | None:
        """Wait until the job has ended; give what kept it from coming to its end, if something did."""
        told = self.wait()
        return None if told["state"] == "JobComplete" else failed(told, "")

    def outcomes(self) -> Iterator[RowResult]:
        """Give what became of each row, in no order. Raises UnexpectedAnswer at the end if they do not add up."""
        count = 0
        for row in self._rows("successfulResults"):
            count += 1
            yield Stored(row.pop("sf__Id", ""), row.pop("sf__Created", "") == "true", row)
        for row in self._rows("failedResults"):
            count += 1
            row.pop("sf__Id", None)
            code, _, message = row.pop("sf__Error", "").partition(":")
            yield Failed(code, message, row)
        for row in self._rows("unprocessedrecords"):
            count += 1
            yield Unprocessed(row)
        if self._sent is not None and count != self._sent:
            raise UnexpectedAnswer(
                f"A bulk job was sent {self._sent} rows and tells of {count}.",
                "Run again: what is not told of is looked at first.",
            )

    def discard(self) -> None:
        """Delete the job, once its results are safely stored."""
        self.job.discard(abort=False)

    def _rows(self, name: str) -> Iterator[dict[str, str]]:
        results = self.job.results(name)
        for row in results.rows():
            yield dict(zip(results.header, row, strict=True))


@dataclass(slots=True)
class Counter:
    """How many rows were taken from an iterator, and whether anybody has begun to."""

    rows: int = 0
    begun: bool = False


def cell_of(value: Value) -> str:
    """Give a value as a cell. Raises ValueError for the text that Bulk API cannot carry: its sign for empty."""
    if type(value) is str and value != NULL:
        return value
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "true" if value else "false"
    text = ";".join(value) if isinstance(value, tuple) else str(value)
    if text == NULL:
        raise ValueError("a text equal to Bulk API's sign for empty goes through the REST API")
    return text


def cells_of(columns: Sequence[str], row: Mapping[str, Value]) -> list[str]:
    """Give a row as cells; a column that it does not have is an empty one."""
    return [cell_of(row[name]) if name in row else "" for name in columns]


def csv_pieces(
    columns: Sequence[str],
    rows: Iterator[Mapping[str, Value]],
    counter: Counter,
    cells: Callable[[Sequence[str], Mapping[str, Value]], list[str]] = cells_of,
) -> Iterator[bytes]:
    """Give rows as pieces of CSV, until they end or make a full upload."""
    counter.begun = True
    text = io.StringIO(newline="")
    # Not LF: csv would then leave a lone carriage return inside a cell unquoted, which ends the row for other readers.
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    sent = 0
    # The room is looked at before a row is taken, so that the iterator loses none.
    while sent + text.tell() < LARGEST_UPLOAD and (row := next(rows, None)) is not None:
        writer.writerow(cells(columns, row))
        counter.rows += 1
        if text.tell() > 65_536:
            piece = text.getvalue().encode()
            sent += len(piece)
            yield piece
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()
