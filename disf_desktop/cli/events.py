"""What the verbs say besides a run's own events (`core.events`), each with its JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from disf_desktop.core.errors import DisfError, Problem, SettingsError


class Said(Protocol):
    """Anything that has a line in the JSON output."""

    def as_json(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class ErrorSaid:
    """One reason why the verb failed; `detail` holds the service's own words where there are any."""

    code: str
    message: str
    what_to_do: str
    where: str = ""
    detail: str = ""

    def as_json(self) -> dict[str, Any]:
        body = {
            "event": "error",
            "code": self.code,
            "message": self.message,
            "what_to_do": self.what_to_do,
            "where": self.where,
        }
        return body | ({"detail": self.detail} if self.detail else {})


def errors_of(error: DisfError) -> tuple[ErrorSaid, ...]:
    """Give what to say of an error: one for each problem of a project file, one for anything else."""
    if isinstance(error, SettingsError):
        return tuple(ErrorSaid(error.code, p.message, p.what_to_do, p.path) for p in error.problems)
    return (ErrorSaid(error.code, error.message, error.what_to_do, error.where, error.detail),)


@dataclass(frozen=True, slots=True)
class ProblemFound:
    """Something that would stop or hurt a run."""

    problem: Problem

    def as_json(self) -> dict[str, Any]:
        p = self.problem
        return {"event": "problem", "path": p.path, "message": p.message, "what_to_do": p.what_to_do}


@dataclass(frozen=True, slots=True)
class CheckFinished:
    problems: int

    def as_json(self) -> dict[str, Any]:
        return {"event": "check_finished", "problems": self.problems}


@dataclass(frozen=True, slots=True)
class SetAsideFinished:
    """The end of a list of set-aside records; `outstanding` counts those that still wait, over all integrations."""

    outstanding: int
    retried: int = 0
    dismissed: int = 0
    exported: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "event": "set_aside_finished",
            "outstanding": self.outstanding,
            "retried": self.retried,
            "dismissed": self.dismissed,
            "exported": self.exported,
        }


@dataclass(frozen=True, slots=True)
class OpenUrl:
    """The address at which a person signs in; it holds no secret, and is good for one sign-in."""

    url: str

    def as_json(self) -> dict[str, Any]:
        return {"event": "open_url", "url": self.url}


@dataclass(frozen=True, slots=True)
class Connected:
    """A connection that answered; `facts` is what it tells of itself."""

    connection: str
    facts: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"event": "connected", "connection": self.connection} | dict(self.facts)


@dataclass(frozen=True, slots=True)
class StatusTold:
    """The answer of `status`."""

    body: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"event": "status"} | dict(self.body)
