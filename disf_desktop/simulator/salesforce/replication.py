"""getUpdated and getDeleted."""

# ruff: noqa: S608 -- the names in the SQL are those of the schema, the values are always parameters
from __future__ import annotations

from datetime import datetime, timedelta

from disf_desktop.simulator.salesforce.errors import ApiError
from disf_desktop.simulator.salesforce.stamps import parse_stamp, stamp
from disf_desktop.simulator.salesforce.wire import Exchange, Reply

UPDATED_REACH = timedelta(days=30)
DELETED_REACH = timedelta(days=15)
SHORTEST = timedelta(minutes=1)
MOST_IDS = 600_000


async def updated(exchange: Exchange, name: str) -> Reply:
    sobject = exchange.sobject(name)
    start, end = _window(exchange, UPDATED_REACH)
    rows = exchange.org.db.execute(
        f'SELECT Id FROM "{sobject.name}" WHERE SystemModstamp BETWEEN ? AND ? AND IsDeleted = 0 LIMIT {MOST_IDS + 1}',
        (start, end),
    ).fetchall()
    _refuse_too_many(len(rows))
    seen = [row[0] for row in rows if exchange.org.rules.sees(sobject, row[0])]
    return Reply(content={"ids": seen, "latestDateCovered": end}, records=len(seen))


async def deleted(exchange: Exchange, name: str) -> Reply:
    sobject = exchange.sobject(name)
    start, end = _window(exchange, DELETED_REACH)
    rows = exchange.org.db.execute(
        f'SELECT id, at FROM "_deletion" WHERE sobject = ? AND at BETWEEN ? AND ? ORDER BY at LIMIT {MOST_IDS + 1}',
        (sobject.name, start, end),
    ).fetchall()
    _refuse_too_many(len(rows))
    body = {
        "deletedRecords": [{"id": record_id, "deletedDate": at} for record_id, at in rows],
        "earliestDateAvailable": stamp(exchange.org.now() - DELETED_REACH),
        "latestDateCovered": end,
    }
    return Reply(content=body, records=len(rows))


def _refuse_too_many(count: int) -> None:
    if count > MOST_IDS:
        raise ApiError(400, "EXCEEDED_ID_LIMIT", f"Too many ids: more than {MOST_IDS}")


def _window(exchange: Exchange, reach: timedelta) -> tuple[str, str]:
    """Return both ends, whole seconds; the end is held back to what is covered."""
    start, end = (_moment(exchange, name) for name in ("start", "end"))
    now = exchange.org.now()
    if end - start < SHORTEST:
        raise _invalid("The endDate must be at least one minute greater than the startDate")
    if start < now - reach:
        raise _invalid(f"startDate: {stamp(start)} is before the earliest date available: {stamp(now - reach)}")
    if start > now:
        raise _invalid("startDate cannot be in the future")
    return stamp(start), stamp(min(end, exchange.org.covered_until()))


def _moment(exchange: Exchange, name: str) -> datetime:
    # An offset whose + was not encoded arrives with a space.
    found = parse_stamp(exchange.query.get(name, "").strip().replace(" ", "+"))
    if found is None:
        raise _invalid(f"{name}: a date and time is required")
    return found.replace(microsecond=0)


def _invalid(message: str) -> ApiError:
    return ApiError(400, "INVALID_REPLICATION_DATE", message)
