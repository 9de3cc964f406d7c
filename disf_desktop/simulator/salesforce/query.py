"""Run compiled queries: pages of records, locators, aggregates."""

# ruff: noqa: S608 -- the names in the SQL are those of the schema, the values are always parameters
from __future__ import annotations

import sqlite3
from array import array
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

import orjson

from disf_desktop.simulator.salesforce import soql
from disf_desktop.simulator.salesforce.compiler import compile_query
from disf_desktop.simulator.salesforce.describe import Schema
from disf_desktop.simulator.salesforce.errors import ApiError
from disf_desktop.simulator.salesforce.ids import from_number, long_id
from disf_desktop.simulator.salesforce.operands import Question
from disf_desktop.simulator.salesforce.plan import Child, Plan, Shape
from disf_desktop.simulator.salesforce.store import Org

PAGE = 2_000
SMALLEST_PAGE = 200
LOCATOR_LIFE = timedelta(days=2)
MOST_LOCATORS = 50
TOO_MANY_GROUPS = "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch"
Record = dict[str, Any]


@dataclass
class _Open:
    """A query that has more pages: which rows it found, in order. The rows themselves are read when asked for."""

    plan: Plan
    rows: array[int]
    size: int
    opened: datetime


class Queries:
    """The queries of an org, and the locators of those that are not read to their end."""

    def __init__(self, org: Org, tooling: bool = False) -> None:
        self._org = org
        self._tooling = tooling
        self._root = "tooling/" if tooling else ""
        self._open: OrderedDict[str, _Open] = OrderedDict()
        self._count = 0

    @property
    def _schema(self) -> Schema:
        return self._org.tooling if self._tooling else self._org.view

    def plan(self, text: str, include_deleted: bool) -> Plan:
        """Parse and compile."""
        if include_deleted:
            self._org.bin.let_go()
        question = Question(
            self._schema, self._org.now(), text, include_deleted, self._org.rules.hidden, self._org.credentials.user_id
        )
        return compile_query(question, soql.parse(text))

    def run(self, text: str, verb: str, version: str, size: int = PAGE) -> Record:
        """Return the first page of a query; `verb` is `query` or `queryAll`."""
        plan = self.plan(text, include_deleted=verb == "queryAll")
        if plan.count_only:
            count = self._org.db.execute(plan.select(), plan.parameters).fetchone()[0]
            count = max(0, count - (plan.offset or 0))
            count = count if plan.limit is None else min(count, plan.limit)
            return {"totalSize": count, "done": True, "records": []}
        if plan.aggregate is not None:
            return self._aggregate(plan)
        if plan.limit is not None and plan.limit <= size:
            statement = f"{plan.select()} LIMIT {plan.limit} OFFSET {plan.offset or 0}"
            rows = self._org.db.execute(statement, plan.parameters).fetchall()
            return {"totalSize": len(rows), "done": True, "records": self.records(plan, rows, version, size)}
        opened = _Open(plan, self.row_numbers(plan), size, self._org.now())
        key = self._keep(opened) if len(opened.rows) > size else ""
        return self._page(key, opened, 0, version)

    def more(self, locator: str, version: str) -> Record:
        """Return the page a locator names; locators stay readable for two days."""
        key, _, place = locator.rpartition("-")
        opened = self._open.get(key)
        if opened is None or not place.isdigit() or self._org.now() - opened.opened > LOCATOR_LIFE:
            raise ApiError(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
        start = int(place)
        if not 0 < start < len(opened.rows):
            raise ApiError(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
        return self._page(key, opened, start, version)

    def row_numbers(self, plan: Plan) -> array[int]:
        """Return the row numbers a query finds, eight bytes each."""
        limit = -1 if plan.limit is None else plan.limit
        found = self._org.db.execute(
            f"{plan.select('t0.rowid')} LIMIT {limit} OFFSET {plan.offset or 0}", plan.parameters
        )
        return array("q", (row[0] for row in found))

    def read(self, plan: Plan, numbers: array[int]) -> list[tuple[Any, ...]]:
        """Return the columns of some rows in the order given; rows that are gone since are left out."""
        chosen = orjson.dumps(numbers.tolist()).decode()
        found = self._org.db.execute(
            f"SELECT t0.rowid, {', '.join(plan.columns)} FROM {plan.tables}"
            " WHERE t0.rowid IN (SELECT value FROM json_each(?))",
            (chosen,),
        )
        rows = {row[0]: row[1:] for row in found}
        return [rows[number] for number in numbers if number in rows]

    def _keep(self, opened: _Open) -> str:
        self._count += 1
        made = long_id("01g" + from_number(self._count, 12))
        assert made is not None
        self._open[made] = opened
        if len(self._open) > MOST_LOCATORS:
            self._open.popitem(last=False)
        return made

    def _page(self, key: str, opened: _Open, start: int, version: str) -> Record:
        end = start + opened.size
        try:
            rows = self.read(opened.plan, opened.rows[start:end])
        except sqlite3.OperationalError:
            # A field was taken away while its values were being read.
            raise ApiError(400, "INVALID_QUERY_LOCATOR", "invalid query locator") from None
        reply: Record = {"totalSize": len(opened.rows), "done": end >= len(opened.rows)}
        if not reply["done"]:
            reply["nextRecordsUrl"] = f"/services/data/v{version}/{self._root}query/{key}-{end}"
        reply["records"] = self.records(opened.plan, rows, version, opened.size)
        return reply

    def _aggregate(self, plan: Plan) -> Record:
        assert plan.aggregate is not None
        limit = PAGE + 1 if plan.limit is None else plan.limit
        rows = self._org.db.execute(
            f"{plan.select()} LIMIT {limit} OFFSET {plan.offset or 0}", plan.parameters
        ).fetchall()
        if len(rows) > PAGE:
            raise ApiError(400, "EXCEEDED_ID_LIMIT", TOO_MANY_GROUPS)
        records: list[Record] = []
        for row in rows:
            record: Record = {"attributes": {"type": "AggregateResult"}}
            for (name, kind), value in zip(plan.aggregate, row, strict=True):
                record[name] = bool(value) if kind == "boolean" and value is not None else value
            records.append(record)
        return {"totalSize": len(records), "done": True, "records": records}

    def records(self, plan: Plan, rows: list[tuple[Any, ...]], version: str, size: int = PAGE) -> list[Record]:
        """Make records of rows, parents nested, children attached."""
        root = f"/services/data/v{version}/{self._root}sobjects/"
        built = _build(plan.shape, rows, root)
        for child in plan.shape.children:
            self._attach(child, built, [row[plan.shape.id_place] for row in rows], version, size)
        return built

    def _attach(self, child: Child, records: list[Record], ids: list[str], version: str, size: int) -> None:
        plan = child.plan
        reference = plan.columns[-1]
        parameters = [*plan.parameters, orjson.dumps(ids).decode()]
        chosen = f" AND {reference} IN (SELECT value FROM json_each(?{len(parameters)}))"
        numbered = plan.select(f"{', '.join(plan.columns)}, t0.rowid", chosen)
        of_parent: dict[str, list[tuple[Any, ...]]] = {}
        for row in self._org.db.execute(numbered, parameters):
            of_parent.setdefault(row[-2], []).append(row)
        for record, parent in zip(records, ids, strict=True):
            found = of_parent.get(parent, [])[plan.offset or 0 :][: plan.limit]
            record[child.name] = self._children(plan, found, version, size) if found else None

    def _children(self, plan: Plan, found: list[tuple[Any, ...]], version: str, size: int) -> Record:
        """Return the first page of the children of one record; more of them have a locator of their own."""
        reply: Record = {"totalSize": len(found), "done": len(found) <= size}
        if not reply["done"]:
            key = self._keep(_Open(plan, array("q", (row[-1] for row in found)), size, self._org.now()))
            reply["nextRecordsUrl"] = f"/services/data/v{version}/{self._root}query/{key}-{size}"
        reply["records"] = self.records(plan, found[:size], version, size)
        return reply


def _build(shape: Shape, rows: list[tuple[Any, ...]], root: str) -> list[Record]:
    """Make one record of each row; the commonest shape (a flat one) takes the shortest way."""
    kind = shape.sobject.name
    base = f"{root}{kind}/"
    at = shape.id_place
    # Two places at least, so that the getter always gives a tuple; `zip` lets the spare ones go.
    pick = itemgetter(*(place for _, place, _ in shape.columns), at, at)
    names = [name for name, _, _ in shape.columns]
    booleans = [name for name, _, type_ in shape.columns if type_ == "boolean"]
    records: list[Record] = []
    for row in rows:
        record: Record = {"attributes": {"type": kind, "url": base + row[at]}}
        record.update(zip(names, pick(row), strict=False))
        for name in booleans:
            record[name] = bool(record[name])
        records.append(record)
    if shape.addresses:
        for record, row in zip(records, rows, strict=True):
            record["attributes"]["url"] = f"{root}{shape.addresses[row[at][:3]]}/{row[at]}"
    for name, parts in shape.compounds:
        for record, row in zip(records, rows, strict=True):
            values = {part: row[place] for part, place in parts}
            record[name] = values if any(value is not None for value in values.values()) else None
    for relationship, parent in shape.parents.items():
        there = [row for row in rows if row[parent.id_place] is not None]
        built = iter(_build(parent, there, root))
        for record, row in zip(records, rows, strict=True):
            record[relationship] = next(built) if row[parent.id_place] is not None else None
    for relationship, kinds in shape.kinds.items():
        for record, row in zip(records, rows, strict=True):
            kind_of = next((each for each in kinds if row[each.id_place] is not None), None)
            record[relationship] = _build(kind_of, [row], root)[0] if kind_of else None
    for name, convert in shape.converted:
        for record in records:
            record[name] = convert(record[name])
    return records


def page_size(header: str | None) -> int:
    """Read `Sforce-Query-Options: batchSize=n`; a hint, held between 200 and 2,000."""
    name, _, number = (header or "").replace(" ", "").partition("=")
    if name.lower() == "batchsize" and number.isdigit():
        return max(SMALLEST_PAGE, min(PAGE, int(number)))
    return PAGE
