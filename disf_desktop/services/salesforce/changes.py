"""What the org says of changes since a moment: getUpdated and getDeleted, in one call.

Of getUpdated only `latestDateCovered` is wanted: while a long transaction runs it is when that one began, so nothing
that becomes visible later is older. Both calls ignore seconds and want more than a minute between their two ends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from disf_desktop.core.errors import AccessRefused, UnexpectedAnswer
from disf_desktop.core.records import Changes, Tombstone
from disf_desktop.services.salesforce import query
from disf_desktop.services.salesforce.errors import Refusal, error_of

AskTogether = Callable[[Sequence[str]], list[Any]]

UPDATED_REACH: Final = timedelta(hours=24)
"""How far back getUpdated is asked: longer than any transaction lasts, and few enough Ids in the answer."""
DELETED_REACH: Final = timedelta(days=15) - timedelta(minutes=15)
"""How far back Salesforce remembers deletes, less the time that asking may take."""
SHORTEST: Final = timedelta(minutes=2)

NOT_COVERED: Final = ("EXCEEDED_ID_LIMIT", "INVALID_REPLICATION_DATE", "INVALID_TYPE_FOR_OPERATION", "NOT_FOUND")
"""What both calls answer where they cannot say what changed, which is not an error: there is another way."""
TOO_FAR: Final = ("EXCEEDED_ID_LIMIT", "INVALID_REPLICATION_DATE")
"""What getDeleted answers where its log was cleared meanwhile, or holds too much: a later start may do."""


def ask(ask_together: AskTogether, sobject: str, since: datetime, now: datetime) -> Changes:
    """Give up to when every change of an object is visible, and what was deleted since, in the order of deletes.

    `now` is the server's. Where the log of deletes does not reach back to `since`, `deletes_from` is later. Raises
    DisfError where the org cannot answer at all.
    """
    latest = now - SHORTEST
    updated = _path(sobject, "updated", min(max(since, now - UPDATED_REACH), latest), now)
    start = _minute(min(max(since, now - DELETED_REACH), latest))
    answers = ask_together([updated, _path(sobject, "deleted", start, now)])
    covered = _covered(answers[0], sobject)
    log = answers[1]
    if isinstance(log, Refusal) and log.code in TOO_FAR:
        start, log = _log_that_is_left(ask_together, sobject, latest, now)
    if isinstance(log, Refusal):
        error = error_of(log, sobject)
        if log.code in NOT_COVERED or isinstance(error, AccessRefused):
            return Changes(covered)
        raise error
    told = _told(log, sobject)
    until = _moment(told, "latestDateCovered", sobject)
    return Changes(
        None if covered is None else min(covered, until),
        _tombstones(told, sobject),
        max(_moment(told, "earliestDateAvailable", sobject), start),
    )


def _log_that_is_left(ask_together: AskTogether, sobject: str, latest: datetime, now: datetime) -> tuple[datetime, Any]:
    """Ask for deletes from where the log begins, which an answer over the shortest span tells."""
    [short] = ask_together([_path(sobject, "deleted", latest, now)])
    if isinstance(short, Refusal):
        return latest, short
    # A part of a minute may be missing from the log.
    begins = _minute(_moment(_told(short, sobject), "earliestDateAvailable", sobject)) + timedelta(minutes=1)
    begins = max(begins, now - DELETED_REACH)
    if begins < latest:
        [log] = ask_together([_path(sobject, "deleted", begins, now)])
        if not isinstance(log, Refusal):
            return begins, log
    return latest, short


def _path(sobject: str, what: str, start: datetime, end: datetime) -> str:
    window = urlencode({"start": query.iso(start), "end": query.iso(end)})
    return f"sobjects/{query.checked(sobject)}/{what}/?{window}"


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _covered(answer: Any, sobject: str) -> datetime | None:
    if isinstance(answer, Refusal):
        if answer.code in NOT_COVERED:
            return None
        raise error_of(answer, sobject)
    return _moment(_told(answer, sobject), "latestDateCovered", sobject)


def _told(answer: Any, sobject: str) -> Mapping[str, Any]:
    if isinstance(answer, dict):
        return answer
    raise _strange(sobject)


def _moment(told: Mapping[str, Any], name: str, sobject: str) -> datetime:
    try:
        return query.moment_of(told[name])
    except (KeyError, TypeError, ValueError):
        pass
    raise _strange(sobject)


def _tombstones(told: Mapping[str, Any], sobject: str) -> tuple[Tombstone, ...]:
    """Give the deletes in their order; of a record that was deleted twice, the later one."""
    try:
        rows = [(query.stamp_of(row["deletedDate"]), query.long_id(row["id"])) for row in told["deletedRecords"]]
    except (KeyError, TypeError, ValueError):
        rows = None
    if rows is None:
        raise _strange(sobject)
    last = {rid: at for at, rid in sorted(rows)}
    return tuple(Tombstone(rid, at) for rid, at in sorted(last.items(), key=lambda each: (each[1], each[0])))


def _strange(sobject: str) -> UnexpectedAnswer:
    return UnexpectedAnswer(
        f"Salesforce does not say clearly what changed in {sobject}.", "Run again; if it lasts, report it.", sobject
    )
