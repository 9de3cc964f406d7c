"""What ingest and query jobs of Bulk API 2.0 share: their information, their CSV dialect, their background work."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from disf_desktop.simulator.faults import Fault
from disf_desktop.simulator.salesforce.errors import ApiError, not_found
from disf_desktop.simulator.salesforce.ids import from_number, long_id
from disf_desktop.simulator.salesforce.stamps import stamp
from disf_desktop.simulator.salesforce.store import Org

DELIMITERS = {"COMMA": ",", "SEMICOLON": ";", "TAB": "\t", "PIPE": "|", "CARET": "^", "BACKQUOTE": "`"}
LINE_ENDINGS = {"LF": "\n", "CRLF": "\r\n"}
TERMINAL = ("JobComplete", "Failed", "Aborted")


@dataclass
class Job:
    """One job of either kind."""

    id: str
    kind: str
    operation: str
    object: str
    version: str
    created_by: str
    created: str
    delimiter: str = "COMMA"
    line_ending: str = "LF"
    state: str = "Open"
    touched: str = ""
    processed: int = 0
    failed: int = 0
    error: str = ""
    milliseconds: int = 0
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def separator(self) -> str:
        return DELIMITERS[self.delimiter]

    def body(self) -> dict[str, Any]:
        """Return the information about the job; counts and times only once it has run."""
        body: dict[str, Any] = {
            "id": self.id,
            "operation": self.operation,
            "object": self.object,
            "createdById": self.created_by,
            "createdDate": self.created,
            "systemModstamp": self.touched or self.created,
            "state": self.state,
            "concurrencyMode": "Parallel",
            "contentType": "CSV",
            "apiVersion": float(self.version),
            "jobType": self.kind,
            "lineEnding": self.line_ending,
            "columnDelimiter": self.delimiter,
            **self.extra,
        }
        if self.state not in ("Open", "UploadComplete"):
            body |= {"numberRecordsProcessed": self.processed, "retries": 0, "totalProcessingTime": self.milliseconds}
        if self.error:
            body["errorMessage"] = self.error
        return body


class Jobs:
    """The jobs of one kind, newest last, and the tasks that run them."""

    def __init__(self, org: Org, kind: str) -> None:
        self.org = org
        self._kind = kind
        self._jobs: dict[str, Job] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._count = int(org.now().timestamp() * 1000)

    def open(self, given: dict[str, Any], operation: str, name: str, version: str) -> Job:
        """Register a job; raise INVALIDJOB for a dialect there is not."""
        delimiter, ending = given.get("columnDelimiter", "COMMA"), given.get("lineEnding", "LF")
        if delimiter not in DELIMITERS or ending not in LINE_ENDINGS or given.get("contentType", "CSV") != "CSV":
            raise ApiError(400, "INVALIDJOB", "Unsupported contentType, columnDelimiter or lineEnding")
        self._count += 1
        made = long_id("750" + from_number(self._count, 12))
        assert made is not None
        now = stamp(self.org.now())
        job = Job(made, self._kind, operation, name, version, self.org.credentials.user_id, now, delimiter, ending)
        self._jobs[made] = job
        return job

    def get(self, given: str) -> Job:
        """Return a job by its id of either length; 404 when there is none."""
        job = self._jobs.get(long_id(given) or "")
        if job is None:
            raise not_found()
        return job

    def listing(self) -> dict[str, Any]:
        return {"done": True, "records": [each.body() for each in self._jobs.values()], "nextRecordsUrl": None}

    def forget(self, job: Job) -> None:
        """Remove a job; only one that is over."""
        if job.state not in TERMINAL:
            raise ApiError(400, "INVALIDJOBSTATE", f"Cannot delete a job in state {job.state}")
        del self._jobs[job.id]

    def move(self, job: Job, state: str) -> None:
        job.state = state
        job.touched = stamp(self.org.now())

    @staticmethod
    async def wait(fault: Fault | None) -> None:
        """Let a job wait for its turn: no time, unless a fault has it wait."""
        await asyncio.sleep(fault.number("seconds", 2) if fault and fault.name == "job_waits" else 0)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Run the work of a job in the background."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
