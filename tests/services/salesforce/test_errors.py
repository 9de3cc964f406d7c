"""Every foreign error becomes one of ours, by code or else by status, and keeps no secret and no address."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from typing import Any

import pytest
import simple_salesforce.exceptions as library
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.errors import (
    AccessRefused,
    AuthorizationNeeded,
    DisfError,
    LimitReached,
    SchemaChanged,
    ServiceUnavailable,
    UnexpectedAnswer,
)
from disf_desktop.services.salesforce.errors import (
    CODES,
    Refusal,
    asked,
    error_of,
    read_refusal,
    without_addresses,
)

CANARY = "canary-7d40"
URL = f"https://org.example/services/data/v68.0/query?q={CANARY}"


def foreign_errors() -> list[BaseException]:
    """Give one of each exception class of the library, found by looking, so that a new one is not missed."""
    found: list[BaseException] = []
    for _, kind in inspect.getmembers(library, inspect.isclass):
        if not issubclass(kind, Exception) or kind.__module__ != library.__name__:
            continue
        if issubclass(kind, library.SalesforceAuthenticationFailed):
            found.append(kind("invalid_grant", CANARY))
        elif issubclass(kind, library.SalesforceError):
            content: Any = [{"errorCode": "X", "message": "no"}]
            found.append(kind(URL, 400, "Contact", content))
        else:
            found.append(kind(CANARY))
    return found


def raising(error: BaseException) -> Callable[[], None]:
    def call() -> None:
        raise error

    return call


@pytest.mark.parametrize("foreign", foreign_errors(), ids=lambda e: type(e).__name__)
def test_each_exception_of_the_library_becomes_ours(foreign: BaseException) -> None:
    with pytest.raises(DisfError) as caught:
        asked(raising(foreign), "Contact")
    error = caught.value
    assert error.where == "Contact"
    assert error.what_to_do
    if not isinstance(foreign, library.SalesforceAuthenticationFailed):
        assert CANARY not in f"{error!r} {error} {error.detail} {error.what_to_do}"
    assert error.__cause__ is None
    assert error.__context__ is None


def test_the_library_has_the_exceptions_that_we_know() -> None:
    assert len(foreign_errors()) == 11


@pytest.mark.parametrize("slip", [KeyError(CANARY), TypeError(CANARY), IndexError(CANARY), ValueError(CANARY)])
def test_a_slip_of_the_library_over_a_strange_body_is_an_unexpected_answer(slip: Exception) -> None:
    with pytest.raises(UnexpectedAnswer) as caught:
        asked(raising(slip))
    assert CANARY not in f"{caught.value} {caught.value.detail}"


def test_our_own_errors_pass_through_the_library_untouched() -> None:
    ours = LimitReached("used up", "wait")
    with pytest.raises(LimitReached) as caught:
        asked(raising(ours))
    assert caught.value is ours


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, [{"errorCode": "INVALID_SESSION_ID", "message": "Session expired or invalid"}], AuthorizationNeeded),
        (403, [{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": "TotalRequests Limit exceeded."}], LimitReached),
        (403, [{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": "ConcurrentRequests Limit"}], ServiceUnavailable),
        (503, [{"errorCode": "SERVER_UNAVAILABLE", "message": ""}], ServiceUnavailable),
        (500, [{"errorCode": "UNKNOWN_EXCEPTION", "message": "ErrorId 1"}], ServiceUnavailable),
        (400, [{"errorCode": "QUERY_TIMEOUT", "message": ""}], ServiceUnavailable),
        (400, [{"errorCode": "INVALID_FIELD", "message": "No such column"}], SchemaChanged),
        (400, [{"errorCode": "INVALID_TYPE", "message": ""}], SchemaChanged),
        (400, [{"errorCode": "MALFORMED_QUERY", "message": ""}], SchemaChanged),
        (404, [{"errorCode": "NOT_FOUND", "message": ""}], SchemaChanged),
        (403, [{"errorCode": "API_DISABLED_FOR_ORG", "message": ""}], AccessRefused),
        (403, [{"errorCode": "INSUFFICIENT_ACCESS", "message": ""}], AccessRefused),
        (400, [{"errorCode": "STORAGE_LIMIT_EXCEEDED", "message": ""}], LimitReached),
        (410, [{"errorCode": "UNSUPPORTED_API_VERSION", "message": ""}], UnexpectedAnswer),
        (400, {"exceptionCode": "InvalidEntity", "exceptionMessage": ""}, SchemaChanged),
        (400, [{"errorCode": "SOMETHING_NEW", "message": ""}], UnexpectedAnswer),
        (403, "Bad_OAuth_Token", AuthorizationNeeded),
        (403, "<html>proxy</html>", AccessRefused),
        (429, "", LimitReached),
        (420, "", ServiceUnavailable),
        (502, "<html>", ServiceUnavailable),
        (302, "", UnexpectedAnswer),
    ],
)
def test_a_refusal_has_the_meaning_of_its_code(status: int, body: object, kind: type[DisfError]) -> None:
    raw = body if isinstance(body, str) else json.dumps(body)
    error = error_of(read_refusal(status, raw.encode()), "Contact")
    assert type(error) is kind
    assert f"HTTP {status}" in error.detail


def test_codes_and_words_are_shown_as_they_came() -> None:
    body = [
        {"errorCode": "INVALID_FIELD", "message": "No such column 'Foo__c' on entity 'Contact'", "fields": ["Foo__c"]}
    ]
    refusal = read_refusal(400, json.dumps(body).encode())
    assert refusal.fields == ("Foo__c",)
    assert error_of(refusal).detail == "HTTP 400 · INVALID_FIELD · No such column 'Foo__c' on entity 'Contact'"


@pytest.mark.parametrize(
    "message", ["This session is not valid for use with the REST API", "Connected app is not attached to Agent"]
)
def test_two_refusals_are_not_cured_by_a_new_token(message: str) -> None:
    body = json.dumps([{"errorCode": "INVALID_SESSION_ID", "message": message}]).encode()
    assert not read_refusal(401, body).is_stale_session
    assert read_refusal(401, b'[{"errorCode":"INVALID_SESSION_ID","message":"Session expired"}]').is_stale_session


def test_an_address_quoted_by_the_service_is_masked() -> None:
    said = "duplicate value found: Email duplicates value (zoe.tremblay@example.org) on 'x@y.example'"
    assert "@example.org" not in without_addresses(said)
    assert "zoe" not in without_addresses(said)
    assert "duplicate value found: Email" in without_addresses(said)


@given(st.integers(200, 599), st.binary(max_size=200))
def test_no_body_is_too_strange_to_be_refused_properly(status: int, body: bytes) -> None:
    assert isinstance(error_of(read_refusal(status, body)), DisfError)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["errorCode", "message", "fields", "error", "x"]), inner, max_size=4)
        ),
    )
)
def test_no_json_is_too_strange_to_be_refused_properly(told: object) -> None:
    assert isinstance(error_of(read_refusal(400, json.dumps(told).encode("utf-8", "replace"))), DisfError)


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (401, "INVALID_SESSION_ID", "access_ended"),
        (403, "API_DISABLED_FOR_ORG", "api_disabled"),
        (403, "API_CURRENTLY_DISABLED", "api_disabled"),
        (403, "INSUFFICIENT_ACCESS", "no_right"),
        (403, "OAUTH_APP_BLOCKED", "app_blocked"),
        (410, "UNSUPPORTED_API_VERSION", "version_retired"),
        (503, "SERVER_UNAVAILABLE", "busy"),
        (403, "REQUEST_LIMIT_EXCEEDED", ""),
    ],
)
def test_what_a_person_mends_in_different_ways_has_a_reason_of_its_own(status: int, code: str, reason: str) -> None:
    assert error_of(Refusal(status, code, "")).reason == reason


def test_every_meaning_says_what_to_do() -> None:
    assert all(meaning.message and meaning.what_to_do for meaning in CODES.values())
