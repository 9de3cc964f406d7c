"""What is known of a consent from each side, folded from observations that may arrive late, twice or in any order.

`observe` folds what Dialog Insight shows, `remember` what Salesforce shows. Moments are ISO 8601 UTC text in whole
seconds. `core.consent` decides by it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from disf_desktop.core.optins import Reading
from disf_desktop.core.records import OptinState


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one opt-in in one project of Dialog Insight.

    `state` began between `earliest` and `latest` (None: no date) and was true at `as_of`. `not_before`: the last moment
    at which another state was seen. `opted_out`: the latest moment at which any opt-out seen may have been made.
    `read_at`: when it was last read, "" never. `look`: it must be looked up before it is believed.
    """

    state: bool | None = None
    earliest: str | None = None
    latest: str | None = None
    as_of: str = ""
    not_before: str | None = None
    opted_out: str | None = None
    read_at: str = ""
    look: bool = False


class Shows(StrEnum):
    """What a Salesforce record shows, given what it showed before. TAKEN: somebody took an opt-in away."""

    OUT = "out"
    IN = "in"
    NONE = "none"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Shown:
    """What is remembered of a Salesforce record's consent, by SystemModstamp.

    It `shows` this `since`, and was last seen at `stamp`. `last_out`: when it last showed an opt-out; `inherited`: the
    latest moment of an opt-out that came by a merge.
    """

    shows: Shows
    since: str
    stamp: str
    last_out: str | None = None
    inherited: str | None = None


def observe(known: Known | None, seen: OptinState, as_of: str, *, photograph: bool = False) -> Known | None:
    """Fold an observation into what is known; None where there is nothing to say (neutral, and never anything else).

    A later observation replaces an earlier one; of two at one moment the opt-out stands. An earlier one only tells
    since when the state can be. A `photograph` (an export, or an observation of which nobody knows the moment) counts
    by its effective date only: an opt-out dated after the last read stands; anything else that is not as known must be
    looked up (4.2b), unless an opt-out is known already.
    """
    if photograph or not as_of:
        return _from_photograph(known, seen, as_of)
    if known is None or not known.as_of:
        if known is None and seen.state is None:
            return None
        before = known or Known()
        fresh = Known(seen.state, seen.earliest, seen.latest, as_of, None, before.opted_out, as_of)
        return replace(fresh, opted_out=_latest(before.opted_out, _opted_out(seen, as_of)))
    outs = _latest(known.opted_out, _opted_out(seen, as_of))
    if as_of < known.as_of:
        differs = seen.state is not known.state
        return replace(
            known, opted_out=outs, not_before=_latest(known.not_before, as_of) if differs else known.not_before
        )
    if as_of == known.as_of:
        winner = min((_weight(known), _weight(seen)))
        if winner == _weight(known):
            return replace(known, opted_out=outs, read_at=_later(known.read_at, as_of), look=False)
        not_before = known.not_before
    else:
        not_before = known.not_before if seen.state is known.state else known.as_of
    return Known(seen.state, seen.earliest, seen.latest, as_of, not_before, outs, _later(known.read_at, as_of))


def _from_photograph(known: Known | None, seen: OptinState, as_of: str) -> Known | None:
    if seen.state is None:
        return known
    before = known or Known()
    look = before.look or (before.state is not False and seen.state is not before.state)
    if seen.state is False and seen.earliest is not None:
        before = replace(before, opted_out=_latest(before.opted_out, seen.latest))
        if seen.earliest > before.as_of:
            return replace(
                before,
                state=False,
                earliest=seen.earliest,
                latest=seen.latest,
                as_of=seen.earliest,
                not_before=before.not_before if before.state is False else before.as_of or None,
                read_at=_later(before.read_at, as_of),
            )
    return replace(before, look=look)


def _opted_out(seen: OptinState, as_of: str) -> str | None:
    """Give the latest moment at which the opt-out seen may have been made; without a date, that of the read."""
    return (seen.latest or as_of) if seen.state is False else None


def _weight(state: Known | OptinState) -> tuple[int, str]:
    """Order states seen at one moment: an opt-out before no answer before an opt-in; of two alike the one that makes an
    opt-in harder."""
    if state.state is False:
        return 0, ""
    return (1, "") if state.state is None else (2, state.earliest or "")


def _latest(*moments: str | None) -> str | None:
    return max((each for each in moments if each), default=None)


def _later(one: str, other: str) -> str:
    return max(one, other)


def remember(shown: Shown | None, reading: Reading, stamp: str) -> Shown | None:
    """Fold what a Salesforce record shows at `stamp` into what is remembered; None where there is nothing to say.

    An opt-in that is gone without an opt-out in its place was taken away by somebody, and stays so until the field says
    something else. An unreadable word changes nothing.
    """
    stamp = seconds(stamp)
    if shown is not None and stamp < shown.stamp:
        out = reading is Reading.OPTED_OUT
        return replace(shown, last_out=_latest(shown.last_out, stamp)) if out else shown
    if shown is None:
        if reading is Reading.OPTED_OUT:
            return Shown(Shows.OUT, stamp, stamp, last_out=stamp)
        return Shown(Shows.IN, stamp, stamp) if reading is Reading.OPTED_IN else None
    now = _AFTER[reading].get(shown.shows, shown.shows)
    out_now = now is Shows.OUT or (now is Shows.TAKEN and shown.shows is Shows.IN)
    return replace(
        shown,
        shows=now,
        since=shown.since if now is shown.shows else stamp,
        stamp=stamp,
        last_out=stamp if out_now else shown.last_out,
    )


_AFTER: Final[dict[Reading, dict[Shows, Shows]]] = {
    Reading.OPTED_OUT: dict.fromkeys(Shows, Shows.OUT),
    Reading.OPTED_IN: dict.fromkeys(Shows, Shows.IN),
    Reading.NONE: {Shows.OUT: Shows.NONE, Shows.IN: Shows.TAKEN},
    Reading.UNREADABLE: {},
}
"""What a record shows after a reading, by what it showed; what is not named stays."""


def inherit(shown: Shown | None, opted_out: str) -> Shown:
    """Note that a record that was opted out by `opted_out` was merged into this one: an opt-in is not inherited."""
    moment = seconds(opted_out)
    before = shown or Shown(Shows.NONE, moment, "")
    return replace(before, inherited=_latest(before.inherited, moment))


def seconds(moment: str) -> str:
    """Give a moment in whole seconds, as all moments here are written."""
    return moment[:19] + "Z" if moment else moment
