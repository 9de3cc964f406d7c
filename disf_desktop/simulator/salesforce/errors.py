"""Refusals: of a whole request (`ApiError`) and of one record (`RecordError`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ApiError(Exception):
    """A request that is answered with an error body."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        fields: list[str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.message = message
        self.fields = fields
        self.extra = extra or {}

    def body(self) -> list[dict[str, Any]]:
        """Return the JSON array that Salesforce answers with."""
        error: dict[str, Any] = {**self.extra, "message": self.message, "errorCode": self.code}
        if self.fields is not None:
            error["fields"] = self.fields
        return [error]


class RecordError(Exception):
    """A record that is refused; a request for this record alone answers `status`, and tells the `extra` too."""

    def __init__(
        self,
        code: str,
        message: str,
        fields: list[str] | None = None,
        status: int = 400,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.fields = fields or []
        self.status = status
        self.extra = extra

    def as_result(self) -> dict[str, Any]:
        """Return the error of a Collections result, where the key is `statusCode`."""
        return {"statusCode": self.code, "message": self.message, "fields": self.fields}

    def as_request(self) -> ApiError:
        """Return the error of a request for one record, where the key is `errorCode`."""
        # Of a duplicate the real service names no fields, but what it was found to be like.
        return ApiError(self.status, self.code, self.message, None if self.extra else self.fields, self.extra)


def not_found(message: str = "The requested resource does not exist") -> ApiError:
    return ApiError(404, "NOT_FOUND", message)


def malformed(message: str) -> ApiError:
    return ApiError(400, "MALFORMED_QUERY", message)


def unparsable(message: str) -> ApiError:
    return ApiError(400, "JSON_PARSER_ERROR", message)
