"""What the import of a file is measured beside, each in a process of its own: `look FILE`, `library READY FILE KEY`."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter


class _Plain(HTTPAdapter):
    """Speaks http where simple-salesforce insists on https: the simulator is on this machine."""

    def send(self, request: requests.PreparedRequest, *given: Any, **named: Any) -> requests.Response:
        request.url = (request.url or "").replace("https://", "http://", 1)
        return super().send(request, *given, **named)


def look(path: str) -> dict[str, Any]:
    """Recognise a file."""
    from disf_desktop.core.importing.recipe import FileForm
    from disf_desktop.storage.importing.table_file import recognise

    began = time.monotonic()
    found = recognise(Path(path), FileForm(), time_zone="America/Toronto")
    return {"s": time.monotonic() - began, "rows": len(found.rows), "encoding": found.form.encoding}


def library(ready: str, path: str, key: str) -> dict[str, Any]:
    """Upsert a file of contacts by simple-salesforce's bulk loader, and take its results."""
    from simple_salesforce.api import Salesforce

    given = json.loads(ready)
    session = requests.Session()
    session.trust_env = False
    session.mount("https://127.0.0.1", _Plain())
    address = given["salesforce_url"].replace("http:", "https:")
    salesforce = Salesforce(session_id=given["access_token"], instance_url=address, session=session, version="60.0")
    began = time.monotonic()
    loader: Any = getattr(salesforce.bulk2, "Contact")  # noqa: B009 - its types know no objects
    jobs = loader.upsert(csv_file=path, external_id_field=key)
    for job in jobs:
        loader.get_successful_records(job["job_id"])
        loader.get_failed_records(job["job_id"])
    stored = sum(job["numberRecordsProcessed"] - job["numberRecordsFailed"] for job in jobs)
    return {"s": time.monotonic() - began, "stored": stored}


WAYS: dict[str, Callable[..., dict[str, Any]]] = {"look": look, "library": library}

if __name__ == "__main__":
    print(json.dumps(WAYS[sys.argv[1]](*sys.argv[2:])))
