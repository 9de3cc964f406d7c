"""Bulk API 1.0: jobs made of batches, which are worked off in the background and keep the order of their records."""

from __future__ import annotations

import asyncio
import shutil
import time
from array import array
from itertools import islice
from pathlib import Path

from disf_desktop.simulator.salesforce import bulk_v1_wire as dialect
from disf_desktop.simulator.salesforce.bulk_v1_jobs import Batch, Job
from disf_desktop.simulator.salesforce.bulk_v1_wire import Outcome, Unreadable
from disf_desktop.simulator.salesforce.bulk_v1_work import Work
from disf_desktop.simulator.salesforce.errors import ApiError, RecordError
from disf_desktop.simulator.salesforce.ids import from_number, long_id
from disf_desktop.simulator.salesforce.plan import Plan
from disf_desktop.simulator.salesforce.query import Queries
from disf_desktop.simulator.salesforce.records import RowLocks
from disf_desktop.simulator.salesforce.rest import external_id
from disf_desktop.simulator.salesforce.stamps import stamp
from disf_desktop.simulator.salesforce.store import Org
from disf_desktop.simulator.salesforce.wire import Exchange, Reply

QUERIES = ("query", "queryAll")
OPERATIONS = ("insert", "update", "upsert", "delete", "hardDelete", *QUERIES)
CHUNK = 200
MOST_RECORDS = 10_000
LARGEST_BATCH = 10_000_000
DEFAULT_PK_CHUNK, MOST_PK_CHUNK = 100_000, 250_000
WAITING = ("Queued", "InProgress")


class BulkV1:
    """The jobs of Bulk API 1.0 of an org; what came and went lies in `batches` beside its store."""

    def __init__(self, org: Org, queries: Queries) -> None:
        self._org = org
        self._queries = queries
        self._jobs: dict[str, Job] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._count = int(org.now().timestamp() * 1000)
        self._folder = org.folder / "batches"
        shutil.rmtree(self._folder, ignore_errors=True)

    async def create(self, exchange: Exchange) -> Reply:
        try:
            given = dialect.told_in(exchange.body, speaks_json(exchange))
        except Unreadable as bad:
            raise _refusal("InvalidJob", str(bad)) from None
        job = self._opened(given, exchange)
        self._jobs[job.id] = job
        return self._told(exchange, job, 201)

    def _opened(self, given: dict[str, str], exchange: Exchange) -> Job:
        operation, content = given.get("operation", ""), given.get("contentType", "XML").upper()
        if operation not in OPERATIONS:
            raise _refusal("InvalidJob", f"Invalid operation: {operation}")
        if content not in dialect.MEDIA:
            raise _refusal("InvalidJob", f"Unsupported content type: {content}")
        sobject = self._org.view.get(given.get("object", ""))
        if sobject is None:
            raise _refusal("InvalidEntity", f"Unable to find object: {given.get('object', '')}")
        key = given.get("externalIdFieldName")
        if operation == "upsert":
            if not key:
                message = f"External ID was blank for {sobject.name}. An External ID must be specified for upsert."
                raise _refusal("InvalidJob", message)
            if key.lower() != "id":
                try:
                    key = external_id(sobject, key).name
                except ApiError:
                    message = f"Field name provided, {key} does not match an External ID for {sobject.name}"
                    raise _refusal("InvalidJob", message) from None
        # Some clients send the number of the mode, as its place in the list.
        serial = given.get("concurrencyMode", "").lower() in ("serial", "1")
        return Job(
            self._id("750"),
            operation,
            sobject.name,
            self._org.credentials.user_id,
            stamp(self._org.now()),
            exchange.version,
            content,
            "Serial" if serial else "Parallel",
            key if operation == "upsert" else None,
            _pk_chunk(exchange.headers.get("sforce-enable-pkchunking", "")),
        )

    async def info(self, exchange: Exchange, job_id: str) -> Reply:
        job = self._job(job_id)
        body, media = dialect.document("jobInfo", job.told(), speaks_json(exchange, job))
        return Reply(200, body, {"Content-Type": media})

    async def change(self, exchange: Exchange, job_id: str) -> Reply:
        """Close or abort a job; the batches of an aborted one that have not begun are never worked off."""
        job = self._job(job_id)
        try:
            state = dialect.told_in(exchange.body, speaks_json(exchange)).get("state", "")
        except Unreadable as bad:
            raise _refusal("InvalidJob", str(bad)) from None
        if state not in ("Closed", "Aborted") or job.state != "Open":
            raise _refusal("InvalidJobState", f"Invalid job state transition: {job.state} to {state}")
        job.state, job.touched = state, stamp(self._org.now())
        if state == "Aborted":
            for each in job.batches:
                if each.state == "Queued":
                    self._move(each, "Not Processed")
        return self._told(exchange, job)

    async def add(self, exchange: Exchange, job_id: str) -> Reply:
        """Take a batch in, and begin to work it off."""
        job = self._job(job_id)
        if job.state != "Open":
            raise _refusal("InvalidJobState", f"Job is not open: it is {job.state}")
        if len(exchange.body) > LARGEST_BATCH:
            raise _refusal("ClientInputError", "Failed to read request. Exceeded max size limit of 10000000")
        batch = self._added(job, exchange.body)
        task = asyncio.get_running_loop().create_task(self._run(job, batch, exchange.locks))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        body, media = dialect.document("batchInfo", batch.told(), speaks_json(exchange, job))
        return Reply(201, body, {"Content-Type": media})

    def _added(self, job: Job, body: bytes) -> Batch:
        batch = Batch(self._id("751"), job.id, stamp(self._org.now()))
        job.batches.append(batch)
        self._folder.mkdir(exist_ok=True)
        self._file(batch, "request").write_bytes(body)
        return batch

    async def batches(self, exchange: Exchange, job_id: str) -> Reply:
        job = self._job(job_id)
        told = (each.told() for each in job.batches)
        body, media = dialect.documents("batchInfoList", "batchInfo", told, speaks_json(exchange, job))
        return Reply(200, body, {"Content-Type": media})

    async def batch(self, exchange: Exchange, job_id: str, batch_id: str) -> Reply:
        job, batch = self._batch(job_id, batch_id)
        body, media = dialect.document("batchInfo", batch.told(), speaks_json(exchange, job))
        return Reply(200, body, {"Content-Type": media})

    async def request(self, exchange: Exchange, job_id: str, batch_id: str) -> Reply:
        """Return a batch as it was sent."""
        job, batch = self._batch(job_id, batch_id)
        return Reply(200, self._file(batch, "request").read_bytes(), {"Content-Type": dialect.MEDIA[job.content]})

    async def result(self, exchange: Exchange, job_id: str, batch_id: str) -> Reply:
        """Return what became of the records, or the ids of the results of a query."""
        job, batch = self._completed(job_id, batch_id)
        if job.operation in QUERIES:
            # Told in XML by a job that writes CSV.
            body, media = dialect.result_list([batch.result_id], job.content == "JSON")
            return Reply(200, body, {"Content-Type": media})
        body = self._file(batch, "result").read_bytes()
        return Reply(200, body, {"Content-Type": dialect.MEDIA[job.content]}, records=batch.processed)

    async def records(self, exchange: Exchange, job_id: str, batch_id: str, result_id: str) -> Reply:
        """Return the records that a query found."""
        job, batch = self._completed(job_id, batch_id)
        if batch.plan is None or long_id(result_id) != batch.result_id:
            raise _refusal("InvalidBatch", f"Unable to find result {result_id}")
        rows = self._queries.read(batch.plan, batch.found)
        found = self._queries.records(batch.plan, rows, job.version)
        body = dialect.found(job.content, batch.plan.shape, found)
        return Reply(200, body, {"Content-Type": dialect.MEDIA[job.content]}, records=len(found))

    def _told(self, exchange: Exchange, job: Job, status: int = 200) -> Reply:
        body, media = dialect.document("jobInfo", job.told(), speaks_json(exchange))
        return Reply(status, body, {"Content-Type": media})

    def _id(self, prefix: str) -> str:
        self._count += 1
        made = long_id(prefix + from_number(self._count, 12))
        assert made is not None
        return made

    def _job(self, given: str) -> Job:
        job = self._jobs.get(long_id(given) or "")
        if job is None:
            raise _refusal("InvalidJob", f"Unable to find job {given}")
        return job

    def _batch(self, job_id: str, batch_id: str) -> tuple[Job, Batch]:
        job, wanted = self._job(job_id), long_id(batch_id)
        for each in job.batches:
            if each.id == wanted:
                return job, each
        raise _refusal("InvalidBatch", f"Unable to find batch {batch_id}")

    def _completed(self, job_id: str, batch_id: str) -> tuple[Job, Batch]:
        job, batch = self._batch(job_id, batch_id)
        if batch.state != "Completed":
            raise _refusal("InvalidBatch", "Batch not completed")
        return job, batch

    def _file(self, batch: Batch, which: str) -> Path:
        return self._folder / f"{batch.id}.{which}"

    def _move(self, batch: Batch, state: str) -> None:
        batch.state, batch.touched = state, stamp(self._org.now())

    async def _run(self, job: Job, batch: Batch, locks: RowLocks | None) -> None:
        async with job.turn:
            if batch.state != "Queued":
                return
            self._move(batch, "InProgress")
            began = time.monotonic()
            body = self._file(batch, "request").read_bytes()
            try:
                if job.operation in QUERIES:
                    state = self._find(job, batch, body)
                else:
                    state = await self._work_off(job, batch, body, locks)
            except Unreadable as bad:
                batch.message, state = str(bad), "Failed"
            batch.milliseconds = int((time.monotonic() - began) * 1000)
            self._move(batch, state)

    def _find(self, job: Job, batch: Batch, body: bytes) -> str:
        """Run a query; with PK chunking its rows go to batches of their own, and this one has none."""
        try:
            plan = self._queries.plan(body.decode("utf-8", "replace").strip(), job.operation == "queryAll")
            _check(plan, job.object)
            found = self._queries.row_numbers(plan)
        except ApiError as error:
            raise Unreadable(f"InvalidBatch : Failed to process query: {error.code}: {error.message}") from None
        pieces = [found[at : at + job.pk_chunk] for at in range(0, len(found), job.pk_chunk)] if job.pk_chunk else []
        for piece in pieces:
            more = self._added(job, body)
            self._hold(more, plan, piece)
            self._move(more, "Completed")
        if job.pk_chunk:
            return "Not Processed"
        self._hold(batch, plan, found)
        return "Completed"

    def _hold(self, batch: Batch, plan: Plan, found: array[int]) -> None:
        batch.plan, batch.found, batch.processed, batch.result_id = plan, found, len(found), self._id("752")

    async def _work_off(self, job: Job, batch: Batch, body: bytes, locks: RowLocks | None) -> str:
        given = dialect.read_batch(job.content, body)
        work = Work(self._org, job, locks)
        records = list(islice(given, MOST_RECORDS + 1))
        if len(records) > MOST_RECORDS:
            raise Unreadable(f"InvalidBatch : The batch has more than {MOST_RECORDS} records")
        work.check_names(records)
        outcomes: list[Outcome] = []
        for start in range(0, len(records), CHUNK):
            told = work.apply(records[start : start + CHUNK])
            outcomes += told
            batch.processed = len(outcomes)
            batch.failed += sum(isinstance(each, RecordError) for each in told)
            await asyncio.sleep(0)
        self._file(batch, "result").write_bytes(dialect.outcomes(job.content, outcomes))
        return "Completed"


def speaks_json(exchange: Exchange, job: Job | None = None) -> bool:
    """Whether a client is answered in JSON: as it asks; else about a job as that job does, or as it speaks itself."""
    media = exchange.headers.get("accept", "").lower()
    if "json" in media or "xml" in media:
        return "json" in media
    if job is not None:
        return job.content == "JSON"
    return "json" in exchange.headers.get("content-type", "").lower()


def refused(exchange: Exchange, error: ApiError) -> Reply:
    """Answer with an error of this API, which has its own names and shape."""
    names = {
        "INVALID_SESSION_ID": ("InvalidSessionId", "Invalid session id"),
        "NOT_FOUND": ("InvalidUrl", "Invalid URL"),
    }
    names |= {"REQUEST_LIMIT_EXCEEDED": ("ExceededQuota", error.message)}
    names |= {"UNSUPPORTED_API_VERSION": ("InvalidVersion", error.message)}
    code, message = names.get(error.code, (error.code, error.message))
    told = {"exceptionCode": code, "exceptionMessage": message}
    body, media = dialect.document("error", told, speaks_json(exchange))
    return Reply(400 if error.status in (401, 410) else error.status, body, {"Content-Type": media})


def _refusal(code: str, message: str) -> ApiError:
    return ApiError(400, code, message)


def _check(plan: Plan, name: str) -> None:
    """Refuse what a bulk query cannot do."""
    kind = ""
    if plan.aggregate is not None or plan.count_only:
        kind = "Aggregate Relationships"
    elif plan.shape.children:
        kind = "Nested queries"
    elif plan.offset is not None:
        kind = "OFFSET"
    elif plan.shape.compounds:
        kind = "Selecting compound data"
    if kind:
        raise ApiError(400, "FUNCTIONALITY_NOT_ENABLED", f"{kind} not supported in Bulk Query")
    if plan.sobject.name != name:
        raise ApiError(400, "INVALID_TYPE", f"The job is for {name}, the query for {plan.sobject.name}")


def _pk_chunk(header: str) -> int:
    """Read `Sforce-Enable-PKChunking: chunkSize=50000; startRow=…`, TRUE or FALSE; return the size, 0 for none."""
    parts = [each.strip() for each in header.split(";")]
    if parts[0].lower() in ("", "false"):
        return 0
    for part in parts:
        name, _, value = part.partition("=")
        if name.strip().lower() == "chunksize" and value.strip().isdigit():
            return max(1, min(MOST_PK_CHUNK, int(value)))
    return DEFAULT_PK_CHUNK
