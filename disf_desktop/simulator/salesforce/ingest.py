"""Bulk API 2.0 ingest: a CSV is uploaded once, worked off in the background, and answered with three CSVs."""

from __future__ import annotations

import asyncio
import csv
import random
import shutil
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from disf_desktop.simulator.salesforce.describe import Field, SObject
from disf_desktop.simulator.salesforce.errors import ApiError, RecordError
from disf_desktop.simulator.salesforce.jobs import LINE_ENDINGS, TERMINAL, Job, Jobs
from disf_desktop.simulator.salesforce.multipart import parts_of
from disf_desktop.simulator.salesforce.records import Records, RowLocks
from disf_desktop.simulator.salesforce.rest import external_id
from disf_desktop.simulator.salesforce.store import Org
from disf_desktop.simulator.salesforce.wire import Exchange, Reply, json_object

OPERATIONS = ("insert", "update", "upsert", "delete", "hardDelete")
CHUNK = 200
BATCH = 10_000
LARGEST_UPLOAD = 150 * 1024 * 1024
LARGEST_PART = 100_000
NULL = "#N/A"
TIMED_OUT = "InternalServerError : Batch failed to complete in time: it was retried too often"
RESULTS = ("successful", "failed", "unprocessed")


class _Unreadable(Exception):
    """A file that cannot be worked off; the message becomes the job's."""


class IngestJobs:
    """The ingest jobs of an org; their files lie in `jobs` beside its store."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._jobs = Jobs(org, "V2Ingest")
        self._folder = org.folder / "jobs"
        # Jobs do not outlast a restart, and neither do their files.
        shutil.rmtree(self._folder, ignore_errors=True)

    async def create(self, exchange: Exchange) -> Reply:
        """Open a job; one that comes with its data, as a body of two parts, is started at once."""
        parts = parts_of(exchange.headers.get("content-type", ""), exchange.body)
        if not parts:
            return Reply(content=self._open(exchange, exchange.json()).body())
        if set(parts) != {"job", "content"} or len(parts["content"]) > LARGEST_PART:
            raise ApiError(400, "INVALIDJOB", f"InvalidJob : A job and its content, at most {LARGEST_PART} characters")
        job = self._open(exchange, json_object(parts["job"]))
        self._folder.mkdir(exist_ok=True)
        self._file(job, "input").write_bytes(parts["content"].removesuffix(b"\r\n"))
        self._jobs.move(job, "UploadComplete")
        self._jobs.start(self._run(job, exchange))
        return Reply(content=job.body())

    def _open(self, exchange: Exchange, given: dict[str, Any]) -> Job:
        operation = given.get("operation")
        sobject = self._org.view.get(str(given.get("object", "")))
        if operation not in OPERATIONS:
            raise ApiError(400, "INVALIDJOB", f"InvalidJob : Invalid operation: {operation}")
        if sobject is None:
            raise ApiError(400, "INVALIDENTITY", f"InvalidEntity : Unable to find object: {given.get('object')}")
        key = str(given.get("externalIdFieldName") or "")
        if (operation == "upsert") != bool(key):
            raise ApiError(400, "INVALIDJOB", "InvalidJob : External ID is required for upsert, and only for upsert")
        if key and key.lower() != "id":
            external_id(sobject, key)
        job = self._jobs.open(given, operation, sobject.name, exchange.version)
        if key:
            job.extra["externalIdFieldName"] = key
        job.extra["contentUrl"] = f"services/data/v{exchange.version}/jobs/ingest/{job.id}/batches"
        return job

    async def upload(self, exchange: Exchange, job_id: str) -> Reply:
        job = self._jobs.get(job_id)
        path = self._file(job, "input")
        if job.state != "Open" or path.exists():
            raise ApiError(400, "INVALIDJOBSTATE", f"Cannot upload: the job is {job.state} or has its data already")
        if exchange.headers.get("content-type", "").partition(";")[0].strip().lower() != "text/csv":
            raise ApiError(415, "UNSUPPORTED_MEDIA_TYPE", "Content-Type must be text/csv")
        self._folder.mkdir(exist_ok=True)
        part = path.with_suffix(".part")
        inflate = zlib.decompressobj(wbits=31) if exchange.headers.get("content-encoding", "") == "gzip" else None
        size = 0
        assert exchange.stream is not None
        with part.open("wb") as file:
            async for chunk in exchange.stream:
                size += len(chunk)
                if size > LARGEST_UPLOAD:
                    raise ApiError(413, "REQUEST_ENTITY_TOO_LARGE", "Maximum size of the data of a job is 150 MB")
                file.write(inflate.decompress(chunk) if inflate else chunk)
        part.rename(path)
        return Reply(201)

    async def patch(self, exchange: Exchange, job_id: str) -> Reply:
        job = self._jobs.get(job_id)
        state = exchange.json().get("state")
        if state == "Aborted" and job.state not in TERMINAL:
            self._jobs.move(job, "Aborted")
        elif state == "UploadComplete" and job.state == "Open":
            self._jobs.move(job, "UploadComplete")
            self._jobs.start(self._run(job, exchange))
        else:
            raise ApiError(400, "INVALIDJOBSTATE", f"Invalid job state transition: {job.state} to {state}")
        return Reply(content=job.body())

    async def info(self, exchange: Exchange, job_id: str) -> Reply:
        job = self._jobs.get(job_id)
        body = job.body()
        if "numberRecordsProcessed" in body:
            body |= {"numberRecordsFailed": job.failed, "apiActiveProcessingTime": job.milliseconds}
            body["apexProcessingTime"] = 0
        return Reply(content=body)

    async def listed(self, exchange: Exchange) -> Reply:
        return Reply(content=self._jobs.listing())

    async def delete(self, exchange: Exchange, job_id: str) -> Reply:
        job = self._jobs.get(job_id)
        self._jobs.forget(job)
        for each in ("input", *RESULTS):
            self._file(job, each).unlink(missing_ok=True)
        return Reply(204)

    async def successful(self, exchange: Exchange, job_id: str) -> Reply:
        return self._results(job_id, "successful")

    async def failed(self, exchange: Exchange, job_id: str) -> Reply:
        return self._results(job_id, "failed")

    async def unprocessed(self, exchange: Exchange, job_id: str) -> Reply:
        return self._results(job_id, "unprocessed")

    def _results(self, job_id: str, which: str) -> Reply:
        job = self._jobs.get(job_id)
        path = self._file(job, which)
        body = path.read_bytes() if path.exists() else b""
        # Without a charset, as the real service answers: a client must know that it is UTF-8.
        return Reply(content=body, headers={"Content-Type": "text/csv"})

    def _file(self, job: Job, which: str) -> Path:
        return self._folder / f"{job.id}.{which}.csv"

    async def _run(self, job: Job, exchange: Exchange) -> None:
        """Work off the file in chunks, letting other requests in between; an abort leaves the rest unprocessed."""
        born = self._org.generation
        await self._jobs.wait(exchange.fault)
        if job.state != "UploadComplete":
            return
        fault = exchange.fault
        most = int(fault.number("rows", 0)) if fault and fault.name == "job_fails" else None
        self._jobs.move(job, "InProgress")
        began = time.monotonic()
        try:
            with ExitStack() as stack:
                source = stack.enter_context(self._source(job))
                work = _Work(self._org, job, source, exchange.locks)
                outputs = {each: stack.enter_context(self._output(job, each)) for each in RESULTS}
                work.begin(outputs)
                while work.chunk(aborted=job.state == "Aborted", most=most):
                    await asyncio.sleep(0)
                    if self._org.generation != born:
                        # The org is back at its seed: what a job of another time would do, is not wanted there.
                        return
                work.flush()
                if most is not None:
                    raise _Unreadable(TIMED_OUT)
        except _Unreadable as error:
            job.error = str(error)
            self._jobs.move(job, "Failed")
        job.milliseconds = int((time.monotonic() - began) * 1000)
        if job.state == "InProgress":
            self._jobs.move(job, "JobComplete")

    def _source(self, job: Job) -> TextIO:
        path = self._file(job, "input")
        if not path.exists():
            raise _Unreadable("InvalidBatch : No data was uploaded")
        return path.open(encoding="utf-8", newline="")

    def _output(self, job: Job, which: str) -> TextIO:
        return self._file(job, which).open("w", encoding="utf-8", newline="")


class _Work:
    """The working-off of one file: reads, applies, and writes the results in no particular order."""

    def __init__(self, org: Org, job: Job, source: TextIO, locks: RowLocks | None) -> None:
        self._org = org
        self._job = job
        self._records = Records(org, locks, from_csv=True)
        self._sobject: SObject = org.view[job.object]
        self._reader = csv.reader(source, delimiter=job.separator, strict=True)
        self._check_line_ending(source)
        self._header = next(self._reader, [])
        self._targets = [self._target(name) for name in self._header]
        self._key = self._find_key()
        # A plain column has one name, however its header spells it; one that looks a parent up has none.
        self._names = [
            field.name if field and not key and place != self._key else None
            for place, (field, key) in enumerate(self._targets)
        ]
        self._lookups = [place for place, (_, key) in enumerate(self._targets) if key]
        self._keyed = self._keyed_columns()
        self._rows = self._read()
        self._results: dict[str, list[list[str]]] = {each: [] for each in RESULTS}
        self._writers: dict[str, Any] = {}
        self._broken = ""
        # The order is the same in every run, and never the order of the file.
        self._random = random.Random(org.world.seed)  # noqa: S311 -- no secret hangs on it

    def _check_line_ending(self, source: TextIO) -> None:
        first = source.readline()
        source.seek(0)
        found = "CRLF" if first.endswith("\r\n") else "LF"
        if first.endswith("\n") and found != self._job.line_ending:
            setting = self._job.line_ending
            raise _Unreadable(
                f"ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is {setting}"
            )

    def _target(self, name: str) -> tuple[Field | None, str]:
        """Return the field of a column, or a reference field and the name of the key it is looked up by."""
        field = self._sobject.field(name)
        if field:
            return field, ""
        relationship, _, key = name.partition(".")
        reference = self._sobject.relationship(relationship)
        parent = self._org.view.parent(reference) if reference and key else None
        if reference is None or parent is None or not parent.has(key):
            raise _Unreadable(f"InvalidBatch : Field name not found : {name}")
        return reference, key

    def _find_key(self) -> int | None:
        operation = self._job.operation
        if operation == "insert":
            return None
        wanted = self._job.extra.get("externalIdFieldName", "Id") if operation == "upsert" else "Id"
        names = [each.lower() for each in self._header]
        if operation in ("delete", "hardDelete") and names != ["id"]:
            raise _Unreadable(f"InvalidBatch : The '{operation}' batch must contain only one column, Id")
        if wanted.lower() not in names:
            raise _Unreadable(f"InvalidBatch : The '{operation}' batch must contain the column {wanted}")
        return names.index(wanted.lower())

    def _keyed_columns(self) -> dict[Field, int]:
        """Return the columns whose values nobody else may hold: who holds them is looked up a chunk at a time."""
        if self._job.operation not in ("insert", "upsert"):
            return {}
        return {
            field: place
            for place, (field, key) in enumerate(self._targets)
            if field and not key and field["unique"] and field.type == "string" and not field["caseSensitive"]
        }

    def _read(self) -> Iterator[list[str]]:
        try:
            for row in self._reader:
                if row:
                    yield row
        except (csv.Error, UnicodeDecodeError) as error:
            self._broken = f"InvalidBatch : Failed to parse the CSV: {error}"

    def begin(self, outputs: dict[str, TextIO]) -> None:
        """Write the headers of the results."""
        heads = {"successful": ["sf__Id", "sf__Created"], "failed": ["sf__Id", "sf__Error"], "unprocessed": []}
        for which, file in outputs.items():
            writer = csv.writer(
                file,
                delimiter=self._job.separator,
                lineterminator=LINE_ENDINGS[self._job.line_ending],
                quoting=csv.QUOTE_ALL,
            )
            writer.writerow(heads[which] + self._header)
            self._writers[which] = writer

    def chunk(self, aborted: bool, most: int | None = None) -> bool:
        """Apply up to 200 rows, `most` rows in all; return whether there may be more."""
        rows = list(islice(self._rows, CHUNK))
        left = len(rows) if most is None else max(0, most - self._job.processed)
        left = 0 if aborted else left
        self._apply(rows[:left])
        self._results["unprocessed"] += rows[left:]
        if sum(map(len, self._results.values())) >= BATCH:
            self.flush()
        if not rows and self._broken:
            self.flush()
            raise _Unreadable(self._broken)
        return bool(rows)

    def _apply(self, rows: list[list[str]]) -> None:
        repeated: set[str] = set()
        if self._job.operation == "upsert" and self._key is not None:
            at = self._key
            counted = Counter(row[at].casefold() for row in rows if len(row) == len(self._header))
            repeated = {value for value, count in counted.items() if count > 1 and value}
        with self._org.transaction():
            whole = [row for row in rows if len(row) == len(self._header)]
            keyed = {field: {row[at] for row in whole} for field, at in self._keyed.items()}
            self._records.begin(self._sobject, keyed)
            for row in rows:
                self._job.processed += 1
                try:
                    made, created = self._one(row, repeated)
                except RecordError as error:
                    self._job.failed += 1
                    names = ",".join(error.fields)
                    known = row[self._key] if self._key is not None and self._job.operation != "upsert" else ""
                    self._results["failed"].append([known, f"{error.code}:{error.message}:{names} --", *row])
                else:
                    self._results["successful"].append([made, str(created).lower(), *row])

    def _one(self, row: list[str], repeated: set[str]) -> tuple[str, bool]:
        if len(row) != len(self._header):
            message = f"The row has {len(row)} cells, the header {len(self._header)}"
            raise RecordError("INVALID_NUMBER_OF_COLUMNS", message)
        operation, key = self._job.operation, self._key
        if key is None:
            return self._records.create(self._sobject, self._values(row)), True
        identity = row[key].strip()
        if not identity:
            raise RecordError("MISSING_ARGUMENT", f"{self._header[key]} not specified")
        if operation in ("delete", "hardDelete"):
            return self._records.delete(self._sobject, identity, hard=operation == "hardDelete"), False
        field = self._targets[key][0]
        if operation == "update" or field is None or field.type == "id":
            return self._records.update(self._sobject, identity, self._values(row)), False
        if identity.casefold() in repeated:
            raise RecordError("DUPLICATE_VALUE", f"Duplicate external id specified: {identity}", [field.name])
        return self._records.upsert(self._sobject, field, identity, self._values(row))

    def _values(self, row: list[str]) -> dict[str, Any]:
        """Return what a row says: an empty cell says nothing, `#N/A` says null."""
        values: dict[str, Any] = {}
        for name, cell in zip(self._names, row, strict=True):
            if cell and name:
                values[name] = None if cell == NULL else cell
        for place in self._lookups:
            field, key = self._targets[place]
            cell = row[place]
            if cell and field:
                values[field["relationshipName"]] = None if cell == NULL else {key: cell}
        return values

    def flush(self) -> None:
        """Write the results so far, shuffled."""
        for which, rows in self._results.items():
            self._random.shuffle(rows)
            self._writers[which].writerows(rows)
            rows.clear()
