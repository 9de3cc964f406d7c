"""What a connection that answered tells of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """A Dialog Insight project that the key may use."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class ConnectionFacts:
    """For Salesforce: who we are there, and the org's calls in 24 hours. For Dialog Insight: its projects.

    `clock_ahead_s` is by how much this computer's clock is ahead of the service's.
    """

    user: str = ""
    org: str = ""
    edition: str = ""
    api_version: str = ""
    calls_used: int | None = None
    calls_allowed: int | None = None
    projects: tuple[ProjectFacts, ...] = ()
    org_id: str = ""
    is_sandbox: bool | None = None
    clock_ahead_s: int = 0

    def as_json(self) -> Mapping[str, Any]:
        """Give what is known, without the members that the other service has."""
        if self.projects or not self.user:
            return {"projects": [{"id": p.id, "name": p.name} for p in self.projects]}
        return {
            "user": self.user,
            "org": self.org,
            "edition": self.edition,
            "api_version": self.api_version,
            "calls_used": self.calls_used,
            "calls_allowed": self.calls_allowed,
        }
