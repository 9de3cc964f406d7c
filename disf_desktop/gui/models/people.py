"""What the window knows of people's consents: the counts, and what was asked about one person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from disf_desktop.core.errors import DisfError
from disf_desktop.core.history import ConsentEventRecord, TamperedEvent
from disf_desktop.core.people import ConsentCount, PersonFound, PersonTrail

FINDING = "people/find"
CHECKING = "people/check"
"""Names of these questions among what is being asked."""


@dataclass(frozen=True, slots=True)
class TrailCheck:
    """What a check of the whole trail has found, and when (ISO 8601 UTC)."""

    at: str
    tampered: TamperedEvent | None = None


@dataclass(frozen=True, slots=True)
class PeopleFacts:
    """`found` is None until somebody was searched for by `searched`. `exported`: the name of the last file written of
    the trail, and how many entries it has."""

    counts: tuple[ConsentCount, ...] = ()
    searched: str = ""
    found: tuple[PersonFound, ...] | None = None
    trail: PersonTrail | None = None
    check: TrailCheck | None = None
    exported: tuple[str, int] | None = None
    error: DisfError | None = None

    def count(self, integration: str, purpose: str) -> ConsentCount | None:
        """Give how people answered to an opt-in that an integration carries, if that was read."""
        same = (c for c in self.counts if c.integration == integration)
        return next((c for c in same if c.purpose.casefold() == purpose.casefold()), None)


class Happened(StrEnum):
    """What a line of a person's history tells."""

    ANSWERED = "answered"
    SHOWN = "shown"  # Salesforce shows an opt-out
    SHOWN_NO_MORE = "shown_no_more"
    WRITTEN = "written"
    UNDER_WAY = "under_way"  # about to be written, or cut short there
    REVIEW = "review"
    REFUSED = "refused"
    MODIFIED = "modified"
    UNKNOWN = "unknown"
    NOT_SENT = "not_sent"
    INHERITED = "inherited"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A line of a person's history. `written_at` is when the answer was in Salesforce, None where it was not sent."""

    event: ConsentEventRecord
    happened: Happened
    written_at: str | None = None
    rule: str = ""

    @property
    def at(self) -> str:
        """When it happened: an answer when it was given, as far as that is known."""
        own = self.event.effective if self.happened is Happened.ANSWERED else None
        return own or self.event.at


_KINDS = {"in": True, "out": False, "neutral": None}
_OUT = ("out", "taken")
_TOLD = {
    "confirmed": Happened.WRITTEN,
    "refused": Happened.REFUSED,
    "modified": Happened.MODIFIED,
    "unknown": Happened.UNKNOWN,
    "not_sent": Happened.NOT_SENT,
    "review": Happened.REVIEW,
    "inherited": Happened.INHERITED,
    "observed": Happened.ANSWERED,
}


def history_lines(trail: PersonTrail) -> tuple[HistoryLine, ...]:
    """Tell a trail in lines, the newest first: a write stands with the answer that it carried over, an intent with what
    became of it."""
    settled = {event.operation for event in trail.events if event.operation is not None}
    lines: list[HistoryLine] = []
    open_answers: dict[str, int] = {}
    for event in reversed(trail.events):
        if event.action == "proven" or (event.action == "intended" and event.seq in settled):
            continue
        if event.action == "observed":
            open_answers[event.purpose] = len(lines)
        elif event.action == "confirmed":
            place = open_answers.get(event.purpose)
            if place is not None and lines[place].event.dialog_insight is _KINDS.get(event.source, ...):
                lines[place] = HistoryLine(lines[place].event, Happened.ANSWERED, event.at, event.rule)
                del open_answers[event.purpose]
                continue
        written_at = event.at if event.action == "confirmed" else None
        lines.append(HistoryLine(event, _happened(event), written_at, event.rule))
    return tuple(reversed(lines))


def _happened(event: ConsentEventRecord) -> Happened:
    if event.action == "seen":
        return Happened.SHOWN if event.after in _OUT else Happened.SHOWN_NO_MORE
    if event.action == "intended":
        return Happened.UNDER_WAY
    return _TOLD.get(event.action, Happened.OTHER)
