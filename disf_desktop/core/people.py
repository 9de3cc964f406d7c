"""What a ledger tells of people and of what they answered, as frozen values that a window may hold."""

from __future__ import annotations

from dataclasses import dataclass

from disf_desktop.core.history import ConsentEventRecord


@dataclass(frozen=True, slots=True)
class ConsentCount:
    """How many linked people of an integration said yes, said no, or gave no answer to an opt-in, as Dialog Insight was
    last read; `unread` were never looked at. `written`: of how many the answer was written to Salesforce, ever.
    `last_read` is when somebody was looked at last, ISO 8601 UTC."""

    integration: str
    purpose: str
    yes: int
    no: int
    neutral: int
    unread: int
    written: int
    last_read: str | None = None


@dataclass(frozen=True, slots=True)
class PersonFound:
    """A linked person by the number of the link. `name` is what Salesforce showed of the fields that were searched."""

    link: int
    salesforce_id: str
    contact_id: str
    name: str = ""

    @property
    def key(self) -> str:
        """By what the person's trail is asked for."""
        return self.salesforce_id or self.contact_id


@dataclass(frozen=True, slots=True)
class PersonTrail:
    """The newest entries of a person's trail, the newest first, and how many there are in all."""

    person: PersonFound
    events: tuple[ConsentEventRecord, ...]
    count: int
