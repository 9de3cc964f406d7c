"""Jobs and batches of Bulk API 1.0, and what is told of them."""

from __future__ import annotations

import asyncio
from array import array
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from disf_desktop.simulator.salesforce.plan import Plan


@dataclass
class Batch:
    """One batch; `found` are the rows of a query."""

    id: str
    job_id: str
    created: str
    state: str = "Queued"
    touched: str = ""
    message: str | None = None
    processed: int = 0
    failed: int = 0
    milliseconds: int = 0
    result_id: str = ""
    plan: Plan | None = None
    found: array[int] = field(default_factory=lambda: array("q"))

    def told(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "jobId": self.job_id,
            "state": self.state,
            "stateMessage": self.message,
            "createdDate": self.created,
            "systemModstamp": self.touched or self.created,
            "numberRecordsProcessed": self.processed,
            "numberRecordsFailed": self.failed,
            "totalProcessingTime": self.milliseconds,
            "apiActiveProcessingTime": self.milliseconds,
            "apexProcessingTime": 0,
        }


@dataclass
class Job:
    """One job and its batches, in their order."""

    id: str
    operation: str
    object: str
    created_by: str
    created: str
    version: str
    content: str
    concurrency: str
    key: str | None
    pk_chunk: int = 0
    state: str = "Open"
    touched: str = ""
    batches: list[Batch] = field(default_factory=list)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def told(self) -> dict[str, Any]:
        counted = Counter(each.state for each in self.batches)
        spent = sum(each.milliseconds for each in self.batches)
        return {
            "id": self.id,
            "operation": self.operation,
            "object": self.object,
            "createdById": self.created_by,
            "createdDate": self.created,
            "systemModstamp": self.touched or self.created,
            "state": self.state,
            "externalIdFieldName": self.key,
            "concurrencyMode": self.concurrency,
            "contentType": self.content,
            "numberBatchesQueued": counted["Queued"],
            "numberBatchesInProgress": counted["InProgress"],
            "numberBatchesCompleted": counted["Completed"],
            "numberBatchesFailed": counted["Failed"],
            "numberBatchesTotal": len(self.batches),
            "numberRecordsProcessed": sum(each.processed for each in self.batches),
            "numberRetries": 0,
            "apiVersion": float(self.version),
            "numberRecordsFailed": sum(each.failed for each in self.batches),
            "totalProcessingTime": spent,
            "apiActiveProcessingTime": spent,
            "apexProcessingTime": 0,
        }
