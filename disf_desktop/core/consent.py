"""Who may write a consent into Salesforce, and when: rules C1 to C11 (sync-semantics, section 5).

Everything here is a pure function over what is known and remembered (`core.consent_memory`). First match:

| Rule | When | What |
| --- | --- | --- |
| trigger | opt-in changes are not ticked | nothing |
| merge | an opt-out came by a merge, and no opt-in is provably later | opt out |
| C10 | Dialog Insight was not read in this ledger since it was made, restored or set up otherwise | look it up |
| C4 | Dialog Insight says 0, Salesforce is not opted out | opt out |
| C1 | another project that feeds the same field says 0 | opt out |
| neutral | no answer, Salesforce is empty, and a word is given for it | write the word |
| agreed | Salesforce says the same | nothing |
| C1 unread | another project that feeds the same field was not read | nothing, yet |
| unreadable | Salesforce holds a word that nobody gave a meaning | review |
| C5a, C6 | Salesforce is opted out, not provably by us and untouched since | review |
| C5 | no opt-out is known anywhere | opt in |
| C8 | no date and no “not before”; a tie; a local hour that may be two | review |
| C5b | the opt-in is not later than every opt-out known | review |
| C5c | it is not later than our own opt-out by more than the skew of the clocks and 60 s | review |
| C5 | none of these | opt in |

Moments are ISO 8601 UTC text in whole seconds; those of one service are compared as they are (C3), those of two with
the skew of their clocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from disf_desktop.core.consent_memory import Known, Shown, Shows, seconds
from disf_desktop.core.moments import BEHIND, instant
from disf_desktop.core.optins import CompiledOptin, Reading
from disf_desktop.core.refusals import Bad
from disf_desktop.core.values import Value

MARGIN_S: Final = 60.0
"""By how much more than the skew an opt-in must be later than our own opt-out (C5)."""

SETTLED_S: Final = 2.0
"""How old Salesforce's last change must be before a conditional write: its condition has whole seconds (C7)."""

AMBER_DAYS: Final = 2
RED_DAYS: Final = 5
"""Business days after which an opt-out that Dialog Insight does not have is urgent (C9), or a consent unread (C11)."""


class Rule(StrEnum):
    """Why something was decided; stable, for the trail and for translations."""

    TRIGGER = "trigger"
    INHERITED = "merge"
    NOT_READ = "C10"
    OPT_OUT = "C4"
    OTHER_OPT_OUT = "C1"
    NEUTRAL = "neutral"
    AGREED = "agreed"
    OTHER_NOT_READ = "C1 unread"
    UNREADABLE = "unreadable"
    FOREIGN = "C5a"
    UNPROVEN = "C6"
    FIRST_OPT_IN = "C5"
    OPT_IN = "C5 later"
    NO_DATE = "C8 no date"
    TIE = "C8 tie"
    OLDER = "C5b"
    TOO_CLOSE = "C5c"
    REFUSED = "refused"
    NOT_KEPT = "not kept"


class Kind(StrEnum):
    """What a write to Salesforce says."""

    OUT = "out"
    IN = "in"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class OwnWrite:
    """Our last write of a consent. `stamp` is the SystemModstamp of our save if it is `proven` (a confirmed reply, read
    back at once), else the one before it (C6)."""

    kind: Kind
    stamp: str
    proven: bool


@dataclass(frozen=True, slots=True)
class Fed:
    """What one project of Dialog Insight says for a Salesforce field; `valid`: read since reads count (C10)."""

    known: Known | None
    valid: bool


@dataclass(frozen=True, slots=True)
class Consent:
    """What the ledger knows of a person's consent: what a decision is made of, but for what Salesforce shows now.

    `others` feed the same Salesforce field of the same person; `own` are our last writes to it, through whichever
    project, `our_opt_out` the latest moment of an opt-out among them, by the clock of Salesforce.
    """

    fed: Fed
    shown: Shown | None = None
    others: tuple[Fed, ...] = ()
    own: tuple[OwnWrite, ...] = ()
    our_opt_out: str | None = None


@dataclass(frozen=True, slots=True)
class Now:
    """What Salesforce shows now: the reading, the record's SystemModstamp, whether the field is empty."""

    reading: Reading
    stamp: str
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A linked person with consents that need a decision. `values` are those of the Salesforce fields that were asked,
    as they were read at `stamp`; None where they were not read in this form."""

    link: int
    rid: str
    target_rid: str | None
    consents: Mapping[str, Consent]
    stamp: str = ""
    values: Mapping[str, Value | Bad] | None = None
    present: bool = True
    in_scope: bool = True
    active: bool = True


# What is to be written down


@dataclass(frozen=True, slots=True)
class Intent:
    """A consent that is about to be written. `stamp` is the record's SystemModstamp, `at` the clock of Salesforce."""

    link: int
    rid: str
    target_rid: str | None
    purpose: str
    kind: Kind
    rule: Rule
    stamp: str
    at: str
    before: str
    after: str


class Outcome(StrEnum):
    """What became of an intent. MODIFIED: somebody saved the record first, so it was not written."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    MODIFIED = "modified"
    UNKNOWN = "unknown"
    NOT_SENT = "not_sent"


@dataclass(frozen=True, slots=True)
class Settled:
    """An intent by the number that it was given, and its outcome. `detail`: the service's words for a refusal."""

    op: int
    intent: Intent
    outcome: Outcome
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision that writes nothing: what is to be reviewed and why, or None."""

    link: int
    purpose: str
    review: Rule | None = None
    detail: str = ""


# The decision


@dataclass(frozen=True, slots=True)
class Write:
    """Write this into Salesforce. `since` is when it began in Dialog Insight, None if unknown."""

    kind: Kind
    rule: Rule
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing to write. With NOT_READ the contact must be looked up in Dialog Insight first."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class Review:
    """A person must look: Dialog Insight says subscribed, and it may not be written. Salesforce stays as it is."""

    rule: Rule


Decision = Write | Nothing | Review


def decide(consent: Consent, now: Now, pair: CompiledOptin, *, ticked: bool, skew_s: float) -> Decision:
    """Say what to write of a consent; `skew_s` is how far the clocks of both services may be apart.

    See the table above. Writing what was decided and deciding again gives nothing to write.
    """
    if not ticked:
        return Nothing(Rule.TRIGGER)
    known, inherited = consent.fed.known, consent.shown.inherited if consent.shown else None
    read = known is not None and consent.fed.valid and not known.look
    if inherited is not None and not (read and _opted_in_after(known, inherited, skew_s)):
        return _opt_out(now, pair, Rule.INHERITED, None)
    if known is None or not read:
        return Nothing(Rule.NOT_READ)
    if known.state is False:
        return _opt_out(now, pair, Rule.OPT_OUT, known.earliest)
    for other in consent.others:
        if other.valid and other.known is not None and other.known.state is False:
            return _opt_out(now, pair, Rule.OTHER_OPT_OUT, other.known.earliest)
    if known.state is None:
        untouched = now.empty and _shows(consent, now, pair) is Reading.NONE
        if pair.neutral is not None and untouched:
            return Write(Kind.NEUTRAL, Rule.NEUTRAL)
        return Nothing(Rule.AGREED)
    return _opt_in(consent, now, known, pair, skew_s)


def _opt_out(now: Now, pair: CompiledOptin, rule: Rule, since: str | None) -> Decision:
    """Opt out unless Salesforce says so already, as far as the field can say it (C4)."""
    says_so = now.reading is Reading.OPTED_OUT or (not pair.says_out and now.reading is Reading.NONE)
    return Nothing(Rule.AGREED) if says_so else Write(Kind.OUT, rule, since)


def _opt_in(consent: Consent, now: Now, known: Known, pair: CompiledOptin, skew_s: float) -> Decision:
    shows = _shows(consent, now, pair)
    if shows is Reading.OPTED_IN or (not pair.says_in and shows is Reading.NONE):
        return Nothing(Rule.AGREED)
    if any(other.known is None or not other.valid for other in consent.others):
        return Nothing(Rule.OTHER_NOT_READ)
    if shows is Reading.UNREADABLE:
        return Review(Rule.UNREADABLE)
    if shows is Reading.OPTED_OUT and not _is_ours(consent, now):
        return Review(Rule.UNPROVEN if any(w.kind is Kind.OUT for w in consent.own) else Rule.FOREIGN)
    last_out = consent.shown.last_out if consent.shown else None
    others = [o.known.opted_out for o in consent.others if o.known is not None and o.known.opted_out]
    if not (known.opted_out or others or last_out or consent.our_opt_out):
        return Write(Kind.IN, Rule.FIRST_OPT_IN, known.earliest)
    refused = _not_later(known, others, skew_s, last_out, consent.our_opt_out)
    return Review(refused) if refused is not None else Write(Kind.IN, Rule.OPT_IN, known.earliest)


def _shows(consent: Consent, now: Now, pair: CompiledOptin) -> Reading:
    """Say what Salesforce shows, given what it showed before: a field that is empty now may be somebody's opt-out.

    Our own opt-in may have arrived and been taken away again, unseen: then the record was saved since. An unticked
    plain checkbox that we unticked is an opt-out.
    """
    if now.reading is not Reading.NONE:
        return now.reading
    taken = consent.shown is not None and consent.shown.shows is Shows.TAKEN
    ours_gone = pair.says_in and any(w.kind is Kind.IN and w.stamp != seconds(now.stamp) for w in consent.own)
    unticked = not pair.says_out and any(w.kind is Kind.OUT for w in consent.own)
    return Reading.OPTED_OUT if taken or ours_gone or unticked else Reading.NONE


def _is_ours(consent: Consent, now: Now) -> bool:
    """Say whether the opt-out in Salesforce is provably ours: a confirmed reply, and no save since (C5a, C6)."""
    return any(w.kind is Kind.OUT and w.proven and w.stamp == seconds(now.stamp) for w in consent.own)


def _not_later(
    known: Known, others: Sequence[str], skew_s: float, last_out: str | None, our_opt_out: str | None
) -> Rule | None:
    """Give the rule by which the opt-in is not provably later than every opt-out known, None if it is."""
    begun = _begun(known)
    if begun is None:
        return Rule.NO_DATE
    moment, exclusive = begun
    for out in (known.opted_out, *others):
        # The read that showed an opt-out for the last time is itself before the opt-in; other opt-outs may be after it.
        strictly = not (exclusive and out == known.opted_out)
        if out is not None and (moment < out or (strictly and moment == out)):
            return Rule.TIE if moment == out else Rule.OLDER
    if our_opt_out is not None and not _later_by_far(begun, our_opt_out, skew_s):
        return Rule.TOO_CLOSE
    return Rule.OLDER if last_out is not None and not _later_by_far(begun, last_out, skew_s) else None


def _begun(known: Known) -> tuple[str, bool] | None:
    """Give the earliest moment at which the opt-in may have been made, and whether it was only after that moment.

    A date after the moment at which it was read is no date.
    """
    if known.earliest is not None and known.earliest <= known.as_of:
        return known.earliest, False
    return (known.not_before, True) if known.not_before is not None else None


def _opted_in_after(known: Known | None, moment: str, skew_s: float) -> bool:
    begun = _begun(known) if known is not None and known.state else None
    return begun is not None and _later_by_far(begun, moment, skew_s)


def _later_by_far(begun: tuple[str, bool], other: str, skew_s: float) -> bool:
    """Say whether what has begun in Dialog Insight is after a moment of Salesforce, whatever their clocks (C5c); a look
    that showed another state for the last time may have been behind."""
    moment, was_looked_at = begun
    margin = skew_s + MARGIN_S + (BEHIND.total_seconds() if was_looked_at else 0)
    return (instant(moment) - instant(other)).total_seconds() > margin


# Ages (C9, C11)


class Urgency(StrEnum):
    """How long something waits: amber from 2 business days, red from 5."""

    CALM = "calm"
    AMBER = "amber"
    RED = "red"


def business_days(since: date, until: date) -> int:
    """Count the days from Monday to Friday after `since`, up to and with `until`."""
    weeks, days = divmod((until - since).days, 7)
    if weeks < 0:
        return 0
    rest: Iterator[date] = (since + timedelta(days=n) for n in range(1, days + 1))
    return weeks * 5 + sum(each.weekday() < 5 for each in rest)


def urgency(since: str, now: str) -> Urgency:
    """Say how urgent something is that waits since a moment, by calendar days of UTC."""
    days = business_days(instant(since).date(), instant(now).date())
    return Urgency.RED if days >= RED_DAYS else Urgency.AMBER if days >= AMBER_DAYS else Urgency.CALM
