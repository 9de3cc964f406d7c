"""Bulk API 2.0 query: the rows are found in the background, and read page by page as CSV."""

from __future__ import annotations

import base64
import binascii
import csv
import io
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from disf_desktop.simulator.faults import Fault
from disf_desktop.simulator.salesforce.errors import ApiError
from disf_desktop.simulator.salesforce.jobs import LINE_ENDINGS, TERMINAL, Job, Jobs
from disf_desktop.simulator.salesforce.plan import Plan, Shape
from disf_desktop.simulator.salesforce.query import Queries
from disf_desktop.simulator.salesforce.store import Org
from disf_desktop.simulator.salesforce.wire import Exchange, Reply

DEFAULT_PAGE = 50_000


@dataclass
class _Found:
    plan: Plan
    rows: array[int]


class QueryJobs:
    """The query jobs of an org."""

    def __init__(self, org: Org, queries: Queries) -> None:
        self._org = org
        self._queries = queries
        self._jobs = Jobs(org, "V2Query")
        self._found: dict[str, _Found] = {}

    async def create(self, exchange: Exchange) -> Reply:
        given = exchange.json()
        operation, text = given.get("operation"), given.get("query")
        if operation not in ("query", "queryAll") or not isinstance(text, str):
            raise ApiError(400, "INVALIDJOB", f"InvalidJob : Invalid operation or query: {operation}")
        plan = self._queries.plan(text, include_deleted=operation == "queryAll")
        _check(plan)
        job = self._jobs.open(given, operation, plan.sobject.name, exchange.version)
        self._jobs.move(job, "UploadComplete")
        self._jobs.start(self._run(job, plan, exchange.fault))
        return Reply(content=job.body())

    async def _run(self, job: Job, plan: Plan, fault: Fault | None) -> None:
        await self._jobs.wait(fault)
        if job.state != "UploadComplete":
            return
        self._jobs.move(job, "InProgress")
        if fault and fault.name == "job_fails":
            job.error = "InternalServerError : Retries exceeded"
            self._jobs.move(job, "Failed")
            return
        began = time.monotonic()
        found = _Found(plan, self._queries.row_numbers(plan))
        self._found[job.id] = found
        job.processed = len(found.rows)
        job.milliseconds = int((time.monotonic() - began) * 1000)
        self._jobs.move(job, "JobComplete")

    async def info(self, exchange: Exchange, job_id: str) -> Reply:
        return Reply(content=self._jobs.get(job_id).body())

    async def listed(self, exchange: Exchange) -> Reply:
        return Reply(content=self._jobs.listing())

    async def patch(self, exchange: Exchange, job_id: str) -> Reply:
        job = self._jobs.get(job_id)
        state = exchange.json().get("state")
        if state != "Aborted" or job.state in TERMINAL:
            raise ApiError(400, "INVALIDJOBSTATE", f"Invalid job state transition: {job.state} to {state}")
        self._jobs.move(job, "Aborted")
        return Reply(content=job.body())

    async def delete(self, exchange: Exchange, job_id: str) -> Reply:
        job = self._jobs.get(job_id)
        self._jobs.forget(job)
        self._found.pop(job.id, None)
        return Reply(204)

    async def results(self, exchange: Exchange, job_id: str) -> Reply:
        job = self._jobs.get(job_id)
        if exchange.version != job.version:
            raise ApiError(409, "API_VERSION_MISMATCH", f"The job was created with API version {job.version}")
        if job.state != "JobComplete":
            raise ApiError(400, "INVALIDJOBSTATE", f"Results are not available: the job is {job.state}")
        found = self._found[job.id]
        start = _place(exchange.query.get("locator"))
        size = _number(exchange.query.get("maxRecords"), DEFAULT_PAGE)
        if start > len(found.rows):
            raise ApiError(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
        rows = self._queries.read(found.plan, found.rows[start : start + size])
        end = start + size
        headers = {
            "Content-Type": "text/csv",
            "Sforce-NumberOfRecords": str(len(rows)),
            "Sforce-Locator": _locator(end) if end < len(found.rows) else "null",
        }
        return Reply(content=_csv(job, found.plan, rows), headers=headers, records=len(rows))


def _check(plan: Plan) -> None:
    """Refuse what a bulk query cannot do."""
    unsupported = (
        plan.aggregate is not None
        or plan.count_only
        or plan.offset is not None
        or plan.shape.children
        or plan.shape.kinds
    )
    if unsupported:
        raise ApiError(
            400,
            "API_ERROR",
            "Aggregate functions, GROUP BY, OFFSET, TYPEOF and nested queries are not supported in Bulk Query",
        )
    if _compounds(plan.shape):
        raise ApiError(400, "API_ERROR", "Selecting compound data not supported in Bulk Query")


def _compounds(shape: Shape) -> bool:
    return bool(shape.compounds) or any(map(_compounds, shape.parents.values()))


def _columns(shape: Shape, prefix: str = "") -> list[tuple[str, int, str]]:
    """Return name, place and type of every column, those of parents after those of the record."""
    own = [(prefix + name, place, kind) for name, place, kind in shape.columns]
    return own + [each for name, parent in shape.parents.items() for each in _columns(parent, f"{prefix}{name}.")]


def _converted(shape: Shape, prefix: str = "") -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """Yield what is made of the values of some columns, by the name of the column."""
    yield from ((prefix + name, convert) for name, convert in shape.converted)
    for name, parent in shape.parents.items():
        yield from _converted(parent, f"{prefix}{name}.")


def _csv(job: Job, plan: Plan, rows: Sequence[Sequence[Any]]) -> str:
    columns = _columns(plan.shape)
    file = io.StringIO(newline="")
    writer = csv.writer(
        file, delimiter=job.separator, lineterminator=LINE_ENDINGS[job.line_ending], quoting=csv.QUOTE_ALL
    )
    writer.writerow([name for name, _, _ in columns])
    booleans = {place for _, place, kind in columns if kind == "boolean"}
    places = [place for _, place, _ in columns]
    if converted := dict(_converted(plan.shape)):
        rows = [[converted[name](row[at]) if name in converted else row[at] for name, at, _ in columns] for row in rows]
        booleans, places = {n for n, at in enumerate(places) if at in booleans}, list(range(len(places)))
    if booleans:
        shown = {1: "true", 0: "false", None: ""}
        writer.writerows([shown[row[at]] if at in booleans else row[at] for at in places] for row in rows)
    else:
        writer.writerows([row[at] for at in places] for row in rows)
    return file.getvalue()


def _locator(place: int) -> str:
    return base64.urlsafe_b64encode(str(place).encode()).decode().rstrip("=")


def _place(locator: str | None) -> int:
    if not locator:
        return 0
    try:
        return int(base64.urlsafe_b64decode(locator + "=" * (-len(locator) % 4)))
    except (ValueError, binascii.Error):
        raise ApiError(400, "INVALID_QUERY_LOCATOR", "invalid query locator") from None


def _number(given: str | None, default: int) -> int:
    return max(1, int(given)) if given and given.isdigit() else default
