"""File-based deployments: taken in over REST, worked off in the background, asked about, cancelled."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Iterable
from typing import Any

import orjson

from disf_desktop.simulator.salesforce.deployment import Message, deploy_one, message
from disf_desktop.simulator.salesforce.errors import ApiError
from disf_desktop.simulator.salesforce.ids import from_number, long_id
from disf_desktop.simulator.salesforce.metadata import MANIFEST, BadPackage, Component, Package, read_package
from disf_desktop.simulator.salesforce.multipart import parts_of
from disf_desktop.simulator.salesforce.permissions import refused_use
from disf_desktop.simulator.salesforce.stamps import stamp
from disf_desktop.simulator.salesforce.store import Org
from disf_desktop.simulator.salesforce.wire import Exchange, Reply

TICK_S = 0.02
OPTIONS: dict[str, Any] = {
    "allowMissingFiles": False,
    "autoUpdatePackage": False,
    "checkOnly": False,
    "ignoreWarnings": False,
    "performRetrieve": False,
    "purgeOnDelete": False,
    "rollbackOnError": False,
    "runTests": None,
    "singlePackage": False,
    "testLevel": None,
}
LOCKED_CODE = "ALREADY_IN_PROCESS"
LOCKED = (
    "The changes you requested require salesforce.com to temporarily lock your organization's administration setup. "
    "However, the administration setup has already been locked by another change. Please wait for the previous action "
    "to finish, then try again later."
)
Result = dict[str, Any]


class _Cancelled(Exception):
    """Somebody wants this deployment no more."""


class _Gone(Exception):
    """The org went back to its seed: this deployment never was."""


class _Undo(Exception):
    """Take back what was deployed for a trial, or beside what failed."""


class Deploys:
    """The deployments of an org: one at a time, the others wait; they outlast a restart."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._last = 0
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._turn: asyncio.Lock | None = None

    # REST

    async def create(self, exchange: Exchange) -> Reply:
        parts = parts_of(exchange.headers.get("content-type", ""), exchange.body)
        told, content = parts.get("json", parts.get("entity_content")), parts.get("file")
        try:
            given = orjson.loads(told) if told is not None else None
        except orjson.JSONDecodeError:
            given = None
        options = given.get("deployOptions") if isinstance(given, dict) else None
        if not isinstance(options, dict) or content is None:
            message = "A multipart request with the parts json (its deployOptions) and file (a zip) is required"
            raise ApiError(400, "INVALID_INPUT", message)
        unknown = set(options) - set(OPTIONS)
        if unknown:
            raise ApiError(400, "JSON_PARSER_ERROR", f'Unrecognized field "{min(unknown)}" of DeployOptions')
        result = self.start(options, content)
        return Reply(201, self._body(exchange, result, details=False) | {"deployOptions": OPTIONS | options})

    async def status(self, exchange: Exchange, deploy_id: str) -> Reply:
        result = self.result(deploy_id)
        details = exchange.query.get("includeDetails", "").lower() == "true"
        return Reply(content=self._body(exchange, result, details))

    async def patch(self, exchange: Exchange, deploy_id: str) -> Reply:
        wanted = exchange.json().get("deployResult")
        if not isinstance(wanted, dict) or wanted.get("status") != "Canceling":
            raise ApiError(400, "INVALID_INPUT", "The only change of a deployment is to the status Canceling")
        return Reply(202, self._body(exchange, self.cancel(deploy_id), details=False))

    def _body(self, exchange: Exchange, result: Result, details: bool) -> dict[str, Any]:
        shown = result if details else {**result, "details": None}
        address = f"{exchange.base}/services/data/v{exchange.version}/metadata/deployRequest/{result['id']}"
        return {"id": result["id"], "validatedDeployRequestId": None, "url": address, "deployResult": shown}

    # What REST and SOAP share

    def start(self, options: dict[str, Any], content: bytes) -> Result:
        """Take a deployment in; raise INSUFFICIENT_ACCESS for a user who may not deploy."""
        refusal = refused_use(self._org)
        if refusal:
            raise refusal
        if options.get("testLevel") == "NoTestRun" and not self._is_sandbox():
            raise ApiError(
                400, "INVALID_OPERATION", "testLevel of NoTestRun cannot be used in production organizations"
            )
        self._last = max(self._last + 1, int(self._org.now().timestamp() * 1000))
        made = long_id("0Af" + from_number(self._last, 12))
        assert made is not None
        now, by = stamp(self._org.now()), self._org.credentials.user_id
        result: Result = {
            "id": made,
            "status": "Pending",
            "done": False,
            "success": False,
            "checkOnly": bool(options.get("checkOnly")),
            "ignoreWarnings": bool(options.get("ignoreWarnings")),
            "rollbackOnError": bool(options.get("rollbackOnError")),
            **dict.fromkeys(("numberComponentErrors", "numberComponentsDeployed", "numberComponentsTotal"), 0),
            **dict.fromkeys(("numberTestErrors", "numberTestsCompleted", "numberTestsTotal"), 0),
            "runTestsEnabled": False,
            "createdBy": by,
            "createdByName": self._name_of(by),
            "createdDate": now,
            "lastModifiedDate": now,
            **dict.fromkeys(("startDate", "completedDate", "stateDetail", "canceledBy", "canceledByName")),
            **dict.fromkeys(("errorStatusCode", "errorMessage")),
            "details": _details([]),
        }
        values = (made, orjson.dumps(result).decode(), orjson.dumps(options).decode(), content)
        self._org.db.execute('INSERT INTO "_deploy" VALUES (?, ?, ?, ?)', values)
        self._org.customization.add("DeployRequest", {"Id": made, **_told(result)})
        self._wake()
        return result

    def result(self, deploy_id: str) -> Result:
        """Return a deployment as it stands; 404 when there is none."""
        self._wake()
        found = self._find(long_id(deploy_id) or "")
        if found is None:
            raise ApiError(404, "INVALID_CROSS_REFERENCE_KEY", f"invalid cross reference id: {deploy_id}")
        return found

    def cancel(self, deploy_id: str) -> Result:
        """Ask a deployment to stop before anything of it is kept; 400 when it is over."""
        result = self.result(deploy_id)
        if result["done"]:
            raise ApiError(400, "INVALID_OPERATION", f"The deployment is over already: {result['status']}")
        by = self._org.credentials.user_id
        result |= {"status": "Canceling", "canceledBy": by, "canceledByName": self._name_of(by)}
        self._keep(result)
        return result

    def _find(self, deploy_id: str) -> Result | None:
        row = self._org.db.execute('SELECT result FROM "_deploy" WHERE id = ?', (deploy_id,)).fetchone()
        return orjson.loads(row[0]) if row else None

    def _keep(self, result: Result) -> None:
        result["lastModifiedDate"] = stamp(self._org.now())
        if result["done"]:
            result["completedDate"] = result["lastModifiedDate"]
        sql = 'UPDATE "_deploy" SET result = ?, zip = CASE WHEN ? THEN NULL ELSE zip END WHERE id = ?'
        self._org.db.execute(sql, (orjson.dumps(result).decode(), result["done"], result["id"]))
        self._org.customization.change("DeployRequest", result["id"], _told(result))

    def _name_of(self, user_id: str) -> str:
        row = self._org.db.execute('SELECT Name, Username FROM "User" WHERE Id = ?', (user_id,)).fetchone()
        return str(row[0] or row[1]) if row else ""

    def _is_sandbox(self) -> bool:
        row = self._org.db.execute('SELECT IsSandbox FROM "Organization"').fetchone()
        return bool(row and row[0])

    # The work

    def _wake(self) -> None:
        """Go on with what is not over: also with what a former process has left."""
        self._turn = self._turn or asyncio.Lock()
        for deploy_id, content, options in self._org.db.execute(
            'SELECT id, zip, options FROM "_deploy" WHERE zip IS NOT NULL ORDER BY id'
        ).fetchall():
            if deploy_id not in self._tasks:
                self._begin(deploy_id, self._run(deploy_id, content, orjson.loads(options)))

    def _begin(self, deploy_id: str, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks[deploy_id] = task
        task.add_done_callback(lambda _: self._tasks.pop(deploy_id, None))

    async def _run(self, deploy_id: str, content: bytes, options: dict[str, Any]) -> None:
        assert self._turn
        try:
            while self._turn.locked():
                await self._wait(deploy_id, TICK_S)
            async with self._turn:
                await self._wait(deploy_id, 0)
                await self._work(deploy_id, content, bool(options.get("rollbackOnError")))
        except _Cancelled:
            self._finish(deploy_id, {"status": "Canceled"})
        except BadPackage as bad:
            refused = Component("", bad.file, bad.file)
            failure = message(self._org, refused, False, {}, bad.problem, "Error")
            self._finish(deploy_id, {"status": "Failed"} | _counted([failure], 0))
        except _Gone:
            return

    async def _work(self, deploy_id: str, content: bytes, rollback: bool) -> None:
        settings = self._org.customization.setting("deploy")
        if settings["locked"]:
            self._finish(deploy_id, {"status": "Failed", "errorStatusCode": LOCKED_CODE, "errorMessage": LOCKED})
            return
        self._note(deploy_id, {"status": "InProgress", "startDate": stamp(self._org.now())})
        package = read_package(content)
        components = [each for each, _ in package]
        check_only = self._now(deploy_id)["checkOnly"]
        messages = self._deploy(package, keep=False, rollback=rollback)
        self._note(deploy_id, {"numberComponentsTotal": len(components)})
        for done in range(len(components) + 1):
            await self._wait(deploy_id, settings["seconds"] / (len(components) + 1))
            progress = _counted(messages[:done], len(components))
            kind = components[min(done, len(components) - 1)].type if components else ""
            self._note(deploy_id, {**progress, "stateDetail": f"Processing Type: {kind}"})
        while self._org.customization.setting("deploy")["stall"]:
            await self._wait(deploy_id, TICK_S)
        # Nothing of a deployment is seen before all of it.
        messages = self._deploy(package, keep=not check_only, rollback=rollback)
        failed = sum(not each["success"] for each in messages)
        partial = failed and not rollback and failed < len(messages)
        status = "SucceededPartial" if partial else "Failed" if failed else "Succeeded"
        listing = Component("", MANIFEST, MANIFEST)
        around = [message(self._org, listing, True, {"changed": True}, None, None)] if not failed else []
        outcome = _counted(messages, len(components)) | {"details": _details([*around, *messages])}
        self._finish(deploy_id, {**outcome, "status": status, "success": not failed, "stateDetail": None})

    def _deploy(self, package: Package, keep: bool, rollback: bool) -> list[Message]:
        messages: list[Message] = []
        try:
            with self._org.transaction():
                messages += [deploy_one(self._org, each, gone) for each, gone in package]
                if not keep or (rollback and not all(each["success"] for each in messages)):
                    raise _Undo
        except _Undo:
            pass
        return messages

    def _now(self, deploy_id: str) -> Result:
        found = self._find(deploy_id)
        if found is None:
            raise _Gone
        return found

    def _note(self, deploy_id: str, news: Result) -> None:
        self._keep(self._now(deploy_id) | news)

    def _finish(self, deploy_id: str, news: Result) -> None:
        self._note(deploy_id, {"success": False, **news, "done": True})

    async def _wait(self, deploy_id: str, seconds: float) -> None:
        """Let others work; raise when the deployment was cancelled, or the org reset."""
        until = time.monotonic() + seconds
        while True:
            left = until - time.monotonic()
            await asyncio.sleep(max(0.0, min(TICK_S, left)))
            if self._now(deploy_id)["status"] == "Canceling":
                raise _Cancelled
            if left <= TICK_S:
                return


def _told(result: Result) -> dict[str, Any]:
    """Return the columns of DeployRequest that a result says."""
    names = ("status", "checkOnly", "rollbackOnError", "startDate", "completedDate", "errorStatusCode", "errorMessage")
    counts = ("numberComponentsTotal", "numberComponentsDeployed", "numberComponentErrors")
    return {name[0].upper() + name[1:]: result.get(name) for name in (*names, *counts)}


def _counted(messages: Iterable[Message], total: int) -> Result:
    listed = [*messages]
    failed = sum(not each["success"] for each in listed)
    counts = {"numberComponentErrors": failed, "numberComponentsDeployed": len(listed) - failed}
    return {**counts, "numberComponentsTotal": total, "details": _details(listed)}


def _details(messages: Iterable[Message]) -> dict[str, Any]:
    listed = [*messages]
    return {
        "componentFailures": [each for each in listed if not each["success"]],
        "componentSuccesses": [each for each in listed if each["success"]],
        "retrieveResult": None,
        "runTestResult": {"numFailures": 0, "numTestsRun": 0, "totalTime": 0.0, "successes": [], "failures": []},
    }
