"""The faults by name, and the words of those that are a fixed answer."""

from __future__ import annotations

from typing import Any

NAMES = {
    # Of the transport, on either service.
    "unavailable": "503 before anything is done; `retry_after` seconds, `status` (503)",
    "too_many": "429 before anything is done; `retry_after` seconds (1)",
    "error_after_apply": "everything is done, then 500; `status` (500), `retry_after` seconds",
    "reset_before": "the connection is reset before anything is done",
    "reset_in_request": "the connection is reset when a part of the request has come, and nothing is done",
    "reset_after_apply": "everything is done, then the connection is reset without a reply",
    "reset_in_reply": "everything is done, then the connection is reset half-way through the reply",
    "apply_later": "the connection is reset, and everything is done `seconds` (1) later",
    "delay": "everything is done `seconds` (1) late",
    "slow": "everything is done, then the reply comes in small parts over `seconds` (2)",
    "timeout_before": "the request is held for `seconds` (120), then the connection is reset; nothing is done",
    "timeout_after_apply": "everything is done, then the reply is held back for `seconds` (120)",
    "duplicate_delivery": "the request is served twice, the second reply is given",
    "partly_applied": "the first half of the records is done, then the whole call is refused",
    # What comes back is not what was done.
    "truncated": "everything is done, then half of the reply is sent as if it were whole",
    "html": "200 with an HTML page, nothing is done; with `apply` true everything is done first",
    "answer": "nothing is done, and the reply is `status` (200) with `body` (JSON or text); `apply` true: it is done",
    "wrong_charset": "everything is done, then the reply is written in ISO 8859-1 under the name of UTF-8",
    "wrong_date": "everything is done; the server's clock in the reply is `seconds` (93600) ahead, or behind below 0",
    "empty_list": "everything is done, then the reply has none of its records, ids or rows",
    "rows_missing": "everything is done, the results of the last `count` (1) records are missing",
    "rows_reversed": "everything is done, the results come in reverse order",
    "rows_repeated": "everything is done, the result of the first record comes twice",
    "rows_shuffled": "everything is done, the results come in an order of their own, the same in each run",
    # Of Salesforce.
    "expired_token": "Salesforce: 401 INVALID_SESSION_ID, as when a token has just expired",
    "revoked_grant": "Salesforce, call `token`: 400 invalid_grant, as when the access was taken back",
    "row_lock": "Salesforce: UNABLE_TO_LOCK_ROW on the records; `every` (1): on every n-th",
    "limit_exceeded": "Salesforce: 403 REQUEST_LIMIT_EXCEEDED; `kind` (daily) or concurrent",
    "late_commit": "Salesforce: a write is seen `seconds` (1) late, with the stamp of its beginning",
    "job_waits": "Salesforce, `ingest_patch` and `bulk_query_create`: the job waits `seconds` (2) for its turn",
    "job_fails": "Salesforce, `ingest_patch` and `bulk_query_create`: the job fails after `rows` (0), which stay done",
    "expired_locator": "Salesforce: 400 INVALID_QUERY_LOCATOR, as for a page asked for too late",
    "query_timeout": "Salesforce: 400 QUERY_TIMEOUT",
    "unknown_exception": "Salesforce: 500 UNKNOWN_EXCEPTION in the usual array",
    "server_unavailable": "Salesforce: 503 SERVER_UNAVAILABLE in the usual array",
    "api_disabled": "Salesforce: 403 API_DISABLED_FOR_ORG",
    "permission_lost": "Salesforce: 403 INSUFFICIENT_ACCESS, as when a permission was taken away a moment ago",
    # Of Dialog Insight.
    "quota": "Dialog Insight: the key has used up its calls",
    "forbidden": "Dialog Insight: a refusal in the usual envelope, but with HTTP `status` (403)",
    "all_or_nothing": "Dialog Insight: one bad record fails this whole call and nothing is stored",
    "refuse": "Dialog Insight: every n-th record (`every`, 1) is refused",
    "no_records": "Dialog Insight: a look-up finds nothing, whatever is there",
    "unseen": "Dialog Insight: a look-up does not find what was created in the last `seconds` (5)",
}
"""What each fault does: `GET {control}/faults` tells it."""

SCHEDULE = {
    "service": "salesforce or dialog_insight; either, when left out",
    "call": "the name of a call, as in the log of requests; any, when left out",
    "after": "how many calls are let through first (0)",
    "times": "how often it falls (1); null for ever",
    "each": "it falls on every n-th of the calls only (1)",
    "chance": "it falls on this share of the calls only, drawn from the seed (1)",
    "in_s": "it begins so many seconds from now (0)",
    "for_s": "it ends so many seconds after it began",
}
"""On which calls a fault falls: what a script says beside its name and its parameters."""


def _salesforce(code: str, message: str) -> list[dict[str, Any]]:
    return [{"message": message, "errorCode": code}]


ANSWERS: dict[str, tuple[int, Any]] = {
    "revoked_grant": (400, {"error": "invalid_grant", "error_description": "expired access/refresh token"}),
    "expired_locator": (400, _salesforce("INVALID_QUERY_LOCATOR", "invalid query locator")),
    "query_timeout": (400, _salesforce("QUERY_TIMEOUT", "Your query request was running for too long.")),
    "unknown_exception": (
        500,
        _salesforce(
            "UNKNOWN_EXCEPTION",
            "An unexpected error occurred. Please include this ErrorId if you contact support: 1234567890-12345 (-1)",
        ),
    ),
    "server_unavailable": (503, _salesforce("SERVER_UNAVAILABLE", "The server is temporarily unavailable.")),
    "api_disabled": (403, _salesforce("API_DISABLED_FOR_ORG", "The REST API is not enabled for this Organization.")),
    "permission_lost": (403, _salesforce("INSUFFICIENT_ACCESS", "insufficient access rights on object id")),
}
