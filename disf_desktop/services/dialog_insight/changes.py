"""What an account lets us ask of its changes, and how (architecture, section 5; sync-semantics 4.2b).

Public sources show a look-up by equality and nothing else. Whether an empty value may be asked for, and whether a date
of modification, is found out by asking: see `Changes.probe`. The field and the operator of the date clause are
assumptions of ours, and nobody's facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

from disf_desktop.core.errors import UnexpectedAnswer
from disf_desktop.core.moments import moment_reader, to_local, written
from disf_desktop.core.records import Capabilities, FoundRecord
from disf_desktop.services.dialog_insight.wire import CONTACT_NUMBER, Members, clause

MODIFIED = "dtModified"
"""Assumption: the field of a contact that holds when it was modified, in the project's time and without offset."""

AT_OR_AFTER = "GreaterOrEqual"
"""Assumption: the operator of a clause that finds that moment and what is later."""

NOBODY = 0
"""A number that no contact has."""

_NEVER_YET = timedelta(days=2)  # a moment that is in the future on every clock and in every zone
_EARLIER = [timedelta(days=4**step) for step in range(7)]  # up to eleven years
_LONGEST_SHIFT = timedelta(hours=3)  # no clock was ever put back by more
_EARLIEST = "1900.01.01 00:00:00"

Clause = Members


@dataclass(frozen=True, slots=True)
class Answer:
    """The flat records of a reply, true at `as_of`, and the service's number of the call."""

    records: Sequence[Mapping[str, Any]]
    as_of: str
    request_id: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A contact as modified at `wall`, the project's time as text, which sorts as time does."""

    wall: str
    found: FoundRecord

    @property
    def number(self) -> int:
        return int(self.found.rid)


class Changes:
    """The contact list of a project, asked for what changed.

    `get` answers a clause; `get_if_accepted` gives None where the account refuses it; `found` reads a flat record.
    """

    def __init__(
        self,
        get: Callable[[Clause], Answer],
        get_if_accepted: Callable[[Clause], Answer | None],
        found: Callable[[Mapping[str, Any], str], FoundRecord | None],
        zone: tzinfo,
    ) -> None:
        self._get = get
        self._get_if_accepted = get_if_accepted
        self._found = found
        self._zone = zone
        self._read_moment = moment_reader(zone)

    def probe(self, nobody: Clause, now: datetime) -> Capabilities:
        """Ask for what is surely not there: `nobody`, whose key is empty, and who was modified after `now`.

        A clause that is refused, or that is answered with somebody (so it was not understood), is not accepted. Where
        even a plain look-up is refused, nothing is concluded: its refusal is raised, as any failure is.
        """
        future = clause(MODIFIED, to_local(written(now + _NEVER_YET), self._zone), AT_OR_AFTER)
        accepted = [
            answer is not None and not answer.records for answer in map(self._get_if_accepted, (nobody, future))
        ]
        if not all(accepted):
            self._get(clause(CONTACT_NUMBER, NOBODY))
        return Capabilities(empty_lookup=accepted[0], changed_since=accepted[1])

    def since(self, moment: datetime) -> Iterator[Sequence[FoundRecord]]:
        """Give the contacts modified at a moment or later, in pages, in the order of their modification.

        How many contacts a reply holds at most is the service's secret; so a reply leads to the next one, which begins
        with the last moment of this one. Where a second fills a reply, what is left out of it cannot be asked for:
        reading goes on after it, and UnexpectedAnswer is raised at the end. It is raised at once where replies are not
        in the order of the modification.
        """
        wall = self._lowest_wall(moment)
        given: set[int] = set()
        longest = crowded = 0
        while True:
            rows = self._rows(wall)
            if page := [row.found for row in rows if row.wall != wall or row.number not in given]:
                yield page
            if not rows or len(rows) < longest:
                break
            longest = len(rows)
            if rows[-1].wall != wall:
                wall = rows[-1].wall
                given = {row.number for row in rows if row.wall == wall}
            elif self._is_full(rows):
                crowded += 1
                wall, given = _next_second(wall), set()
            else:
                break
        if crowded:
            raise _not_pageable(f"{longest} contacts or more were modified in one second, {crowded} times")

    def _lowest_wall(self, moment: datetime) -> str:
        """Give the earliest local time of this moment and all later ones: autumn puts the clock back."""
        local, later = moment.astimezone(self._zone), (moment + _LONGEST_SHIFT).astimezone(self._zone)
        back = (local.utcoffset() or timedelta()) - (later.utcoffset() or timedelta())
        return _wall(local - max(timedelta(), back))

    def _rows(self, wall: str) -> list[_Row]:
        answer = self._get(clause(MODIFIED, wall, AT_OR_AFTER))
        rows = []
        for each in answer.records:
            at, found = self._read_moment(each.get(MODIFIED)), self._found(each, answer.as_of)
            if type(at) is not str or found is None:
                raise _not_pageable(f"a contact came without {MODIFIED} or {CONTACT_NUMBER}, {answer.request_id}")
            rows.append(_Row(to_local(at, self._zone), found))
        walls = [row.wall for row in rows]
        if walls != sorted(walls) or (rows and walls[0] < wall):
            raise _not_pageable(f"contacts came in another order than that of {MODIFIED}, request {answer.request_id}")
        return rows

    def _is_full(self, rows: Sequence[_Row]) -> bool:
        """Say whether a reply, of one second and nothing later, leaves contacts of that second out.

        A longer reply shows that it does not, one that is not longer and yet holds something earlier that it does. So
        earlier and earlier moments are asked for, until there is something to compare with.
        """
        wall = rows[0].wall
        for earlier in _EARLIER:
            others = self._rows(max(_EARLIEST, _wall(_naive(wall) - earlier)))
            if len(others) > len(rows):
                return False
            if any(row.wall != wall for row in others):
                return True
        if self._rows(_next_second(wall)):
            # They should have come with the reply, unless they were modified since: then they come with it now.
            return len(self._rows(wall)) <= len(rows)
        # All contacts are of one second: they came together, so one that is left out has the next number.
        answer = self._get(clause(CONTACT_NUMBER, max(row.number for row in rows) + 1))
        return any(self._found(each, answer.as_of) for each in answer.records)


def _wall(local: datetime) -> str:
    return f"{local:%Y.%m.%d %H:%M:%S}"


def _naive(wall: str) -> datetime:
    return datetime.strptime(wall, "%Y.%m.%d %H:%M:%S")  # noqa: DTZ007 - what a clock on a wall shows


def _next_second(wall: str) -> str:
    return _wall(_naive(wall) + timedelta(seconds=1))


def _not_pageable(why: str) -> UnexpectedAnswer:
    return UnexpectedAnswer(
        "Dialog Insight does not give the changed contacts in a way in which all of them can be read.",
        "Nothing is missed for good: look-ups and exports find them. Ask Dialog Insight about the clause on dates.",
        detail=why,
    )
