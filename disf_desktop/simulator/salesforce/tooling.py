"""The Tooling API, as far as set-up is looked at and packages are installed."""

from __future__ import annotations

from typing import Any

import orjson

from disf_desktop.simulator.salesforce.errors import ApiError, malformed, not_found
from disf_desktop.simulator.salesforce.ids import long_id
from disf_desktop.simulator.salesforce.packages import PackageInstalls
from disf_desktop.simulator.salesforce.plan import Plan
from disf_desktop.simulator.salesforce.query import Queries
from disf_desktop.simulator.salesforce.query_columns import columns
from disf_desktop.simulator.salesforce.store import Org
from disf_desktop.simulator.salesforce.wire import Exchange, Reply

# What can only be asked for one row at a time, for it is dear to make.
ONE_ROW = frozenset({"Metadata", "FullName"})
OBJECTS = frozenset({"Metadata", "Errors", "RemoteSiteSettings", "CspTrustedSites"})
# Who may not look at set-up does not know these objects.
FOR_ALL = frozenset({"DeployRequest", "EntityDefinition", "PackageInstallRequest"})


class Tooling:
    """Queries and records of the objects of Tooling."""

    def __init__(self, org: Org, installs: PackageInstalls) -> None:
        self._org = org
        self._queries = Queries(org, tooling=True)
        self._installs = installs

    async def query(self, exchange: Exchange) -> Reply:
        text = exchange.query.get("q")
        if not text:
            raise malformed("A query string has to be specified")
        plan = self._queries.plan(text, include_deleted=False)
        self._check(plan)
        if exchange.query.get("columns", "").lower() == "true":
            return Reply(content=columns(self._org.tooling, text))
        body = self._queries.run(text, "query", exchange.version)
        if self._dear(plan) and body["totalSize"] > 1:
            raise malformed(
                "When retrieving results with Metadata or FullName fields, the query qualifications must specify no "
                f"more than one row for retrieval. Result size: {body['totalSize']}"
            )
        return self._page(body)

    async def query_more(self, exchange: Exchange, locator: str) -> Reply:
        return self._page(self._queries.more(locator, exchange.version))

    def _page(self, body: dict[str, Any]) -> Reply:
        for record in body["records"]:
            _open(record)
        entity = {"entityTypeName": None, "queryLocator": None, "size": len(body["records"])}
        return Reply(content=body | entity, records=len(body["records"]))

    def _check(self, plan: Plan) -> None:
        name = plan.sobject.name
        if name not in FOR_ALL and "ViewSetup" not in self._org.customization.rights:
            raise ApiError(400, "INVALID_TYPE", f"sObject type '{name}' is not supported.")

    @staticmethod
    def _dear(plan: Plan) -> bool:
        return plan.sobject.name == "CustomField" and any(name in ONE_ROW for name, _, _ in plan.shape.columns)

    async def describe_global(self, exchange: Exchange) -> Reply:
        body = self._org.tooling.global_body(exchange.version)
        return Reply(content=body)

    async def describe(self, exchange: Exchange, name: str) -> Reply:
        sobject = self._org.tooling.get(name)
        if sobject is None:
            raise not_found()
        return Reply(content=self._org.tooling.describe_body(sobject, exchange.version, exchange.base))

    async def create(self, exchange: Exchange, name: str) -> Reply:
        if name.lower() != "packageinstallrequest":
            raise ApiError(400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", f"entity type {name} cannot be created here")
        made = self._installs.request(exchange.json())
        return Reply(201, {"id": made, "success": True, "errors": [], "warnings": [], "infos": []}, records=1)

    async def retrieve(self, exchange: Exchange, name: str, record_id: str) -> Reply:
        sobject = self._org.tooling.get(name)
        known = long_id(record_id)
        if sobject is None or known is None or known[:3] != sobject.prefix:
            raise not_found()
        self._installs.wake()
        text = f"SELECT FIELDS(ALL) FROM {sobject.name} WHERE Id = '{known}' LIMIT 1"  # noqa: S608 - SOQL, of checked parts
        self._check(self._queries.plan(text, include_deleted=False))
        found = self._queries.run(text, "query", exchange.version)["records"]
        if not found:
            raise not_found()
        return Reply(content=_open(found[0]), records=1)


def _open(record: dict[str, Any]) -> dict[str, Any]:
    """Turn the texts that hold an object into that object."""
    for name, value in record.items():
        if name in OBJECTS and isinstance(value, str):
            record[name] = orjson.loads(value)
        elif isinstance(value, dict) and name != "attributes":
            _open(value)
    return record
