"""Bulk jobs of the Salesforce org in memory: filled once, worked off behind one's back, told of in three files."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from disf_desktop.core.errors import DisfError, ServiceUnavailable, UnexpectedAnswer
from disf_desktop.core.records import Failed, JobState, RecordOutcome, RowResult, Stored, Unprocessed, WriteRecord
from disf_desktop.core.schema import FieldType, Schema
from disf_desktop.core.values import Value
from tests.engine.ground import Fault

NULL = "#N/A"
KINDS = {"insert": "create", "update": "update", "upsert": "upsert"}


@dataclass(slots=True)
class ServerJob:
    """A job as Salesforce holds it."""

    sobject: str
    operation: str
    external_id: str | None
    state: JobState = JobState.OPEN
    polls: int = 1
    columns: tuple[str, ...] = ()
    rows: list[list[str]] = field(default_factory=list)
    results: list[RowResult] = field(default_factory=list)
    trouble: DisfError | None = None


@dataclass(slots=True)
class Jobs:
    """The jobs of an org, and what may go wrong with them.

    `fits` is how many rows fill a job, `leaves` says of a row, by its place in the upload, that the job does not come
    to it, `hides` how many results are kept back. `faults` are taken by uploads and closings, in their order.
    """

    by_path: dict[str, ServerJob] = field(default_factory=dict)
    made: int = 0
    fits: int = 1000
    takes: int = 1
    leaves: Callable[[int], bool] = lambda place: False
    hides: int = 0
    fails_whole: bool = False
    faults: list[Fault | None] = field(default_factory=list)
    random: random.Random = field(default_factory=lambda: random.Random(7))

    def fault(self) -> Fault | None:
        return self.faults.pop(0) if self.faults else None


class Saves(Protocol):
    """What a job needs of the org."""

    schemas: dict[str, Schema]
    jobs: Jobs

    def _called(self, name: str) -> None: ...
    def _one(self, sobject: str, kind: str, record: WriteRecord) -> RecordOutcome: ...


class BulkJob:
    """A job as the engine holds it (`engine.ports.BulkJob`)."""

    def __init__(self, org: Saves, path: str, sent: int | None = None) -> None:
        self._org = org
        self._sent = sent
        self.path = path

    @property
    def _held(self) -> ServerJob | None:
        return self._org.jobs.by_path.get(self.path)

    @property
    def _job(self) -> ServerJob:
        held = self._held
        if held is None:
            raise UnexpectedAnswer("There is no such job.", "Run again.")
        return held

    def cells(self, columns: Sequence[str], row: Mapping[str, Value]) -> list[str]:
        return [_cell(row[name]) if name in row else "" for name in columns]

    def upload(self, columns: Sequence[str], rows: Iterator[Mapping[str, Value]]) -> int:
        fault = self._org.jobs.fault()
        job = self._job
        assert job.state is JobState.OPEN
        assert not job.columns, "a job is filled once"
        try:
            self._org._called("upload")
            taken: list[list[str]] = []
            while len(taken) < self._org.jobs.fits and (row := next(rows, None)) is not None:
                taken.append(self.cells(columns, row))
                if fault is not None and len(taken) == 2:
                    raise ServiceUnavailable("The upload broke.", "Run again.")
        except BaseException:
            self._org.jobs.by_path.pop(self.path, None)
            raise
        job.columns, job.rows, self._sent = tuple(columns), taken, len(taken)
        return len(taken)

    def close(self) -> None:
        fault = self._org.jobs.fault()
        self._org._called("close")
        if fault is Fault.UNKNOWN_BEFORE:
            raise ServiceUnavailable("The reply did not come.", "Run again.")
        job = self._job
        assert job.state is JobState.OPEN
        job.state = JobState.WORKING
        if fault is not None:
            raise ServiceUnavailable("The reply did not come.", "Run again.")

    def abort(self) -> None:
        self._org._called("abort")
        assert self._job.state in (JobState.OPEN, JobState.WORKING)
        self._job.state = JobState.ABORTED

    def state(self) -> JobState:
        self._org._called("state")
        job = self._held
        if job is None:
            return JobState.GONE
        if job.state is JobState.WORKING:
            if job.polls == 0:
                self._work()
            job.polls = max(0, job.polls - 1)
        return job.state

    def ended(self) -> DisfError | None:
        self._org._called("ended")
        if self._job.state is JobState.WORKING:
            self._work()
        assert self._job.state in (JobState.ENDED, JobState.ABORTED), "nobody closes it any more"
        return self._job.trouble

    def outcomes(self) -> Iterator[RowResult]:
        self._org._called("outcomes")
        job = self._job
        shown = job.results[: len(job.results) - self._org.jobs.hides]
        yield from shown
        if self._sent is not None and len(shown) != self._sent:
            raise UnexpectedAnswer("The results do not add up.", "Run again.")

    def discard(self) -> None:
        self._org._called("discard")
        self._org.jobs.by_path.pop(self.path, None)

    def _work(self) -> None:
        job, jobs = self._job, self._org.jobs
        job.state = JobState.ENDED
        fields = self._org.schemas[job.sobject].fields
        stored: list[RowResult] = []
        failed: list[RowResult] = []
        left: list[RowResult] = []
        if jobs.fails_whole:
            job.trouble = ServiceUnavailable("A bulk job ended as Failed.", "Run again.")
        for place, cells in enumerate(job.rows):
            row = dict(zip(job.columns, cells, strict=True))
            if jobs.fails_whole or jobs.leaves(place):
                left.append(Unprocessed(row))
                continue
            values: dict[str, Value] = {
                name: _value(cell, fields[name].type) for name, cell in row.items() if cell != "" and name != "Id"
            }
            key = {}
            if job.operation == "upsert":
                assert job.external_id is not None
                key = {job.external_id: values.pop(job.external_id)}
            record = WriteRecord(place, key, values, row.get("Id") or None)
            outcome = self._org._one(job.sobject, KINDS[job.operation], record)
            rid, created = getattr(outcome, "rid", ""), getattr(outcome, "created", False)
            if rid:
                stored.append(Stored(rid, created, row))
            else:
                failed.append(Failed(getattr(outcome, "code", ""), getattr(outcome, "message", ""), row))
        for part in (stored, failed, left):
            jobs.random.shuffle(part)
            job.results += part


def _cell(value: Value) -> str:
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "true" if value else "false"
    text = ";".join(value) if isinstance(value, tuple) else str(value)
    if text == NULL:
        raise ValueError("a text equal to the sign for empty")
    return text


def _value(cell: str, kind: FieldType) -> Value:
    if cell == NULL:
        return None
    if kind is FieldType.BOOLEAN:
        return cell == "true"
    return int(cell) if kind is FieldType.INTEGER else cell
