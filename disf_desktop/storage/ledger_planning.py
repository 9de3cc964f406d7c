"""The part of the ledger that the planner reads: who is before it, with all that is known of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from disf_desktop.core.fuse import ALTERNATING
from disf_desktop.core.journal import PendingCount
from disf_desktop.core.operations import Choice, LinkState, Pending, Presence, Sent
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value
from disf_desktop.storage.ledger_found import Found
from disf_desktop.storage.ledger_layouts import in_order
from disf_desktop.storage.ledger_tables import SIDES
from disf_desktop.storage.packing import pack_list, unpack, unpack_map, unpack_value

_PRESENCES: Final = tuple(Presence)
_STATES: Final = tuple(LinkState)
_ACTIVE: Final = LinkState.ACTIVE

_NO_CHOICES: Final[Mapping[str, Choice]] = MappingProxyType({})
_NOTHING_TRIED: Final[Mapping[tuple[Side, str], tuple[Value, ...]]] = MappingProxyType({})
_NOTHING_UNDER_WAY: Final[Mapping[tuple[Side, str], tuple[Value, Value]]] = MappingProxyType({})
_NONE_WAITING: Final[frozenset[str]] = frozenset()
_NONE_BUSY: Final[frozenset[Side]] = frozenset()
_NOT_FOUND: Final[tuple[tuple[Any, ...] | None, str, str]] = (None, "", "")


@dataclass(slots=True)
class _Known:
    """What is known of the links of a page besides their base. Nearly always nothing."""

    choices: dict[int, dict[str, Choice]] = field(default_factory=dict)
    waiting: dict[int, frozenset[str]] = field(default_factory=dict)
    tried: dict[int, dict[tuple[Side, str], tuple[Value, ...]]] = field(default_factory=dict)
    busy: dict[int, frozenset[Side]] = field(default_factory=dict)
    sent: dict[int, tuple[Sent, ...]] = field(default_factory=dict)
    under_way: dict[int, dict[tuple[Side, str], tuple[Value, Value]]] = field(default_factory=dict)


class Planning(Found):
    """The records before the planner, a page at a time."""

    def pending_count(self, integration: int, target: int, layout: int) -> PendingCount:
        """Count what waits for the planner on both sides, how much of it is linked or deleted, and all links."""
        total, linked, deleted = self._one(
            "SELECT count(*), count(l.di_rid), count(nullif(s.presence <> 1, 1)) FROM seen s"
            " LEFT JOIN link l ON l.target = ? AND l.sf_id = s.rid"
            " WHERE s.integration = ? AND s.side = 'SF' AND s.pending = 1 AND s.layout = ?",
            (target, integration, layout),
        )
        links = self._one(
            "SELECT count(*) FROM link WHERE integration = ? AND target = ? AND state = 0 AND di_rid IS NOT NULL",
            (integration, target),
        )[0]
        found = self._one(
            "SELECT count(*) FROM seen WHERE integration = ? AND side = 'DI' AND pending = 1 AND layout = ?",
            (integration, layout),
        )[0]
        return PendingCount(total, linked, links, found, deleted)

    def pending(self, integration: int, target: int, layout: int, after: str, limit: int) -> list[Pending]:
        """Give the next Salesforce records before the planner, in order of Id, with all that is known of each."""
        rows = self._all(
            "SELECT s.rid, s.vals, s.stamp, s.presence, l.id, l.di_rid, l.state, b.layout, b.sf, b.di FROM seen s"
            " LEFT JOIN link l ON l.target = ? AND l.sf_id = s.rid LEFT JOIN base b ON b.link = l.id"
            " WHERE s.integration = ? AND s.side = 'SF' AND s.pending = 1 AND s.rid > ? AND s.layout = ?"
            " ORDER BY s.rid LIMIT ?",
            (target, integration, after, layout, limit),
        )
        found = self._found_of(integration, layout, [row[5] for row in rows if row[5] is not None])
        known = self._known([row[4] for row in rows if row[4] is not None])
        page = []
        for rid, vals, stamp, presence, link, di_rid, state, base_layout, sf, di in rows:
            if link is None:
                page.append(
                    Pending(
                        rid, unpack(vals), None, None, None, None, _PRESENCES[presence], _ACTIVE, stamp, "",
                        _NO_CHOICES, _NONE_WAITING, _NOTHING_TRIED, _NONE_BUSY,
                    )
                )  # fmt: skip
                continue
            base = self._base_in(sf, di, base_layout, layout) if sf is not None else None
            shown, as_of, since = found.get(di_rid, _NOT_FOUND)
            page.append(
                Pending(
                    rid, unpack(vals), link, di_rid, base, shown, _PRESENCES[presence], _STATES[state], stamp, as_of,
                    *_besides(known, link), since, *_written(known, link),
                )
            )  # fmt: skip
        return page

    def pending_found(self, integration: int, target: int, layout: int, after: str, limit: int) -> list[Pending]:
        """Give the next records of Dialog Insight before the planner, in order of their id, with all that is known."""
        rows = self._all(
            "SELECT d.rid, d.vals, d.stamp, l.id, coalesce(l.sf_id, ''), coalesce(l.state, 0), b.layout, b.sf, b.di,"
            " iif(s.layout = d.layout, s.vals, NULL), coalesce(s.stamp, ''), coalesce(s.presence, 0),"
            " coalesce(d.since, '') FROM seen d"
            " LEFT JOIN link l ON l.target = ?1 AND l.di_rid = d.rid LEFT JOIN base b ON b.link = l.id"
            " LEFT JOIN seen s ON s.integration = ?2 AND s.side = 'SF' AND s.rid = l.sf_id"
            " WHERE d.integration = ?2 AND d.side = 'DI' AND d.pending = 1 AND d.rid > ?3 AND d.layout = ?4"
            " ORDER BY d.rid LIMIT ?5",
            (target, integration, after, layout, limit),
        )
        return self._of_rows(rows, layout)

    def newcomers(self, integration: int, target: int, layout: int, sf_ids: Sequence[str]) -> set[str]:
        """Give those of these Salesforce records that are before the planner and were never in Dialog Insight."""
        if not sf_ids:
            return set()
        rows = self._all(
            "SELECT s.rid FROM seen s LEFT JOIN link l ON l.target = ? AND l.sf_id = s.rid"
            " WHERE s.integration = ? AND s.side = 'SF' AND s.rid IN (SELECT value FROM json_each(?))"
            " AND s.pending = 1 AND s.presence = 0 AND s.layout = ? AND l.di_rid IS NULL AND coalesce(l.state, 0) = 0"
            " AND NOT EXISTS (SELECT 1 FROM op WHERE link = l.id AND state IN ('INTENT','HOLD'))",
            (target, integration, pack_list(sf_ids), layout),
        )
        return {rid for (rid,) in rows}

    def _of_rows(self, rows: Sequence[tuple[Any, ...]], layout: int) -> list[Pending]:
        """Make values of rows in the order of `pending_found`."""
        known = self._known([row[3] for row in rows if row[3] is not None])
        page = []
        for row in rows:
            di_rid, shown, as_of, link, rid, state, base_layout, sf, di, vals, stamp, presence, since = row
            base = self._base_in(sf, di, base_layout, layout) if sf is not None else None
            values = unpack(vals) if vals is not None else None
            found = unpack(shown) if shown is not None else None
            page.append(
                Pending(
                    rid, values, link, di_rid, base, found, _PRESENCES[presence], _STATES[state], stamp,
                    as_of, *_besides(known, link), since, *_written(known, link),
                )
            )  # fmt: skip
        return page

    # -- what is known of the records of a page -----------------------------------------------------------------------

    def _found_of(
        self, integration: int, layout: int, rids: Sequence[str]
    ) -> dict[str, tuple[tuple[Any, ...] | None, str, str]]:
        """Give what Dialog Insight was seen to show of these records, and when, as far as this layout can say it."""
        if not rids or not self._any("seen WHERE integration = ? AND side = 'DI'", (integration,)):
            return {}
        found: dict[str, tuple[tuple[Any, ...] | None, str, str]] = {}
        for rid, known in self._stored(integration, pack_list(rids)).items():
            values: tuple[Any, ...] | None = unpack(known.values)
            if known.layout != layout:
                values = in_order(unpack(known.values), self.targets_of(known.layout), self.targets_of(layout))
            if values is not None:
                found[rid] = (values, known.as_of, known.since or "")
        return found

    def _known(self, links: Sequence[int]) -> _Known | None:
        """Give choices, questions, own values, open operations and the writes of the last day of these links; None
        where there are none at all.

        Where nothing was written to Salesforce in a day, no field went to and fro, and no write is given.
        """
        if not links:
            return None
        chosen, asked, tried, opened, back = self._one(
            "SELECT EXISTS (SELECT 1 FROM choice), EXISTS (SELECT 1 FROM conflict WHERE state = 'waiting'),"
            " EXISTS (SELECT 1 FROM own_value), EXISTS (SELECT 1 FROM op WHERE state IN ('INTENT','HOLD')),"
            " EXISTS (SELECT 1 FROM batch WHERE id >= ? AND side = 'SF' AND kind = 'update')",
            (self._a_day_ago,),
        )
        if not (chosen or asked or tried or opened or back):
            return None
        among = pack_list(links)
        known = _Known()
        if chosen:
            chosen = (
                "link, field, side, value, conflict, (SELECT sf FROM conflict x WHERE x.id = conflict),"
                " (SELECT di FROM conflict x WHERE x.id = conflict) FROM choice"
            )
            for link, name, side, value, number, *kept in self._among(chosen, among):
                held = tuple([unpack_value(each) for each in kept if each is not None])
                known.choices.setdefault(link, {})[name] = Choice(SIDES[side], unpack_value(value), number, held)
        if asked:
            names = defaultdict(set)
            for link, name in self._among("link, field FROM conflict", among, "state = 'waiting'"):
                names[link].add(name)
            known.waiting = {link: frozenset(each) for link, each in names.items()}
        if tried:
            for link, side, name, value in self._among("link, side, field, value FROM own_value", among):
                values = known.tried.setdefault(link, {})
                values[SIDES[side], name] = (*values.get((SIDES[side], name), ()), unpack_value(value))
        if opened:
            sides = defaultdict(set)
            open_ones = self._among("link, side, after, before FROM op", among, "state IN ('INTENT','HOLD')")
            for link, code, after, before in open_ones:
                sides[link].add(SIDES[code])
                there = unpack_map(before)
                known.under_way.setdefault(link, {}).update(
                    ((SIDES[code], name), (value, there.get(name))) for name, value in unpack_map(after).items()
                )
            known.busy = {link: frozenset(each) for link, each in sides.items()}
        if back:
            known.sent = self._sent_lately(among)
        return known

    def _sent_lately(self, links: str) -> dict[int, tuple[Sent, ...]]:
        """Give the updates that were written in the last day, of those links that had several; see `core.fuse`."""
        written = defaultdict(list)
        for link, side, after in self._connection.execute(
            "SELECT o.link, o.side, o.after FROM op o LEFT JOIN calmed c ON c.link = o.link WHERE o.state = 'APPLIED'"
            " AND o.link IN (SELECT value FROM json_each(?)) AND o.batch >= ? AND o.batch > coalesce(c.batch, 0)"
            " ORDER BY o.id",
            (links, self._a_day_ago),
        ):
            written[link].append(Sent(SIDES[side], unpack_map(after)))
        return {link: tuple(each) for link, each in written.items() if len(each) >= ALTERNATING}

    def _among(self, what: str, links: str, condition: str = "1") -> Iterator[tuple[Any, ...]]:
        return self._connection.execute(
            f"SELECT {what} WHERE {condition} AND link IN (SELECT value FROM json_each(?))",  # noqa: S608
            (links,),
        )


def _written(
    known: _Known | None, link: int | None
) -> tuple[tuple[Sent, ...], Mapping[tuple[Side, str], tuple[Value, Value]]]:
    if known is None or link is None:
        return (), _NOTHING_UNDER_WAY
    return known.sent.get(link, ()), known.under_way.get(link, _NOTHING_UNDER_WAY)


def _besides(
    known: _Known | None, link: int | None
) -> tuple[Mapping[str, Choice], frozenset[str], Mapping[tuple[Side, str], tuple[Value, ...]], frozenset[Side]]:
    if known is None or link is None:
        return _NO_CHOICES, _NONE_WAITING, _NOTHING_TRIED, _NONE_BUSY
    return (
        known.choices.get(link, _NO_CHOICES),
        known.waiting.get(link, _NONE_WAITING),
        known.tried.get(link, _NOTHING_TRIED),
        known.busy.get(link, _NONE_BUSY),
    )
