"""The part of the ledger that holds what Dialog Insight shows, as long as that is not what both sides agreed on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from disf_desktop.core.journal import Checkable, Shown
from disf_desktop.core.moments import BEHIND, instant, written
from disf_desktop.core.operations import ABSENT, Base, BaseValue, LinkState
from disf_desktop.core.refusals import Bad
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value
from disf_desktop.storage.ledger_behind import Behind, is_soon_after
from disf_desktop.storage.ledger_layouts import Layout, realigned, shows
from disf_desktop.storage.ledger_observations import Observations
from disf_desktop.storage.packing import pack, pack_list, unpack

_ACTIVE: Final = int(LinkState.ACTIVE)
_ERASED: Final = int(LinkState.ERASED)

_UPSERT: Final = (
    "INSERT INTO seen(integration, side, rid, stamp, layout, vals, pending, run, since)"
    " VALUES(?,'DI',?,?,?,?,?,?,?)"
    " ON CONFLICT(integration, side, rid) DO UPDATE SET stamp = excluded.stamp, layout = excluded.layout,"
    " vals = excluded.vals, pending = max(pending, excluded.pending), run = excluded.run,"
    " since = iif(excluded.vals IS NOT vals, excluded.since, since)"
)


@dataclass(slots=True)
class _Linked:
    """The link of a record that was found; `chosen` says that a person's choice is to be carried out."""

    number: int
    integration: int
    sf_id: str | None
    state: int
    checked: int | None
    as_of: int | None
    written: int | None
    chosen: int
    under_way: int
    layout: int | None
    base_sf: str | None
    base_di: str | None


@dataclass(frozen=True, slots=True)
class _Stored:
    """What Dialog Insight was seen to show until now."""

    as_of: str
    layout: int
    values: str
    since: str | None = None


@dataclass(slots=True)
class _FoundPage:
    """What a page of observations changes: rows by record, Salesforce Ids of those that are as agreed again by record,
    as of when links were looked at, and Salesforce Ids of those that are back by link."""

    upserts: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    agreed: dict[str, str | None] = field(default_factory=dict)
    looked: dict[int, int] = field(default_factory=dict)
    back: dict[int, str | None] = field(default_factory=dict)
    news: int = 0


class Found(Observations, Behind):
    """What Dialog Insight shows. A record that is as the base says has no row."""

    def store_found(
        self,
        integration: int,
        target: int,
        layout: int,
        run: int,
        found: Sequence[tuple[str, str, Sequence[Value | Bad]]],
        at: str,
        *,
        unlinked: bool = False,
    ) -> int:
        """Store what Dialog Insight shows, `(rid, as_of, values)`; give how many differ from what was known.

        A record whose link belongs to another integration is passed over, and so is one whose link is closed; an
        unlinked one is stored only where `unlinked` says so. One that is as the base says leaves nothing to plan, and
        if it was not so before, its Salesforce record is planned anew. An observation never goes backwards; one whose
        moment nobody knows ("") never replaces another, and one that has not caught up with our own last write says
        nothing. A difference that was looked at once stays out of the plan until it changes. Links that were found are
        noted as checked `at`, and are not suspect.
        """
        if not found:
            return 0
        with self._writing():
            self._check_epoch()
            return self._see_found(integration, target, layout, run, found, at, unlinked=unlinked)

    def _see_found(
        self,
        integration: int,
        target: int,
        layout: int,
        run: int,
        found: Sequence[tuple[str, str, Sequence[Value | Bad]]],
        at: str | None,
        *,
        unlinked: bool = False,
    ) -> int:
        """Store what Dialog Insight shows, as a piece of a transaction; without `at`, looked at when it was true."""
        c, rids = self._connection, pack_list([rid for rid, _, _ in found])
        page = self._sorted(
            integration, layout, run, found, self._links_found(target, rids), self._stored(integration, rids),
            unlinked=unlinked,
        )  # fmt: skip
        stored = (each for each in found if each[0] in page.upserts or each[0] in page.agreed)
        self._keep_gone_over(integration, Side.DIALOG_INSIGHT, layout, run, stored)
        c.executemany(_UPSERT, page.upserts.values())
        c.executemany(
            "DELETE FROM seen WHERE integration = ? AND side = 'DI' AND rid = ?",
            ((integration, rid) for rid in page.agreed),
        )
        c.executemany("UPDATE link SET state = 0 WHERE id = ?", ((number,) for number in page.back))
        for sf_id in (*page.agreed.values(), *page.back.values()):
            self._record_before_planner(integration, sf_id, run)
        moment = None if at is None else seconds(at)
        c.executemany(
            "UPDATE link SET checked = max(coalesce(checked, 0), ?), as_of = ?, suspect = 0 WHERE id = ?",
            ((as_of if moment is None else moment, as_of, number) for number, as_of in page.looked.items()),
        )
        return page.news

    def _sorted(
        self,
        integration: int,
        layout: int,
        run: int,
        found: Sequence[tuple[str, str, Sequence[Value | Bad]]],
        links: Mapping[str, _Linked],
        stored: dict[str, _Stored],
        *,
        unlinked: bool,
    ) -> _FoundPage:
        """Compare observations with what was known, one after the other."""
        page, order = _FoundPage(), self._layout(layout)
        for rid, as_of, values in found:
            link, known = links.get(rid), stored.get(rid)
            passed_over = not unlinked if link is None else link.integration != integration
            if passed_over or (known is not None and as_of < known.as_of):
                continue
            since = known.as_of if known is not None else None
            if link is not None:
                if known is None and link.as_of is not None:
                    since = _text(link.as_of)
                # Of a closed link only what an open write of ours may still go over matters (promise I2).
                matters = link.state == _ACTIVE or (link.state != _ERASED and link.under_way) or _is_back(link, as_of)
                if not matters:
                    continue
                if not _may_replace(link, as_of) or self._has_not_caught_up(link, as_of, layout, values):
                    continue
                if link.state == _ERASED:
                    page.back[link.number] = link.sf_id
                if as_of:
                    page.looked[link.number] = link.as_of = seconds(as_of)
            packed = pack(values)
            # A choice is carried out on both sides, so what is shown stays before the planner until it is; and a base
            # that an open operation is about to move is not what the record has to be compared with.
            stays = link is not None and (link.chosen or (link.under_way and known is not None))
            if link is not None and not stays and self._as_agreed(link, packed, values, layout, order):
                if known is not None:
                    del stored[rid]
                    page.upserts.pop(rid, None)
                    page.agreed[rid] = link.sf_id
                    page.news += 1
                continue
            changed = known is None or known.values != packed or known.layout != layout
            page.news += changed
            before = page.upserts.get(rid)
            pending = changed or (before is not None and bool(before[5]))
            if known is not None and not changed:
                since = known.since
            page.upserts[rid] = (integration, rid, as_of, layout, packed, pending, run, since)
            page.agreed.pop(rid, None)
            stored[rid] = _Stored(as_of, layout, packed, since)
        return page

    def to_check(self, integration: int, target: int, limit: int) -> list[Checkable]:
        """Give links to look up: those that a person waits for first, then those not seen for longest.

        Somebody waits for the answer to a choice or a conflict, for what was seen and not planned yet, for a consent to
        review, and for a record that came back after it was erased. They take half of the places at most, so that
        every link has its turn.
        """
        first = self._all(
            "SELECT l.id, l.di_rid, coalesce(l.sf_id, '') FROM link l WHERE l.id IN ("
            " SELECT link FROM choice UNION SELECT link FROM conflict WHERE state = 'waiting'"
            " UNION SELECT link FROM consent_state WHERE review IS NOT NULL"
            " UNION SELECT m.id FROM seen d JOIN link m ON m.target = ?2 AND m.di_rid = d.rid"
            "  WHERE d.integration = ?1 AND d.side = 'DI' AND d.pending = 1"
            " UNION SELECT e.id FROM link e JOIN seen s ON s.integration = e.integration AND s.side = 'SF'"
            "  AND s.rid = e.sf_id AND s.pending = 1 WHERE e.integration = ?1 AND e.state = 2)"
            " AND l.integration = ?1 AND l.target = ?2 AND l.state <> 1 AND l.di_rid IS NOT NULL"
            " ORDER BY coalesce(l.checked, 0), l.id LIMIT ?3",
            (integration, target, (limit + 1) // 2),
        )
        others = self._all(
            "SELECT id, di_rid, coalesce(sf_id, '') FROM link WHERE integration = ? AND target = ? AND state = 0"
            " AND di_rid IS NOT NULL ORDER BY checked LIMIT ?",
            (integration, target, limit),
        )
        return [Checkable(*row) for row in dict.fromkeys((*first, *others))][:limit]

    def linked_after(self, integration: int, target: int, after: int, limit: int) -> list[Checkable]:
        """Give the next links that are alive, in order of their number, from the one after `after`."""
        rows = self._all(
            "SELECT id, di_rid, coalesce(sf_id, '') FROM link WHERE integration = ? AND target = ? AND state = 0"
            " AND di_rid IS NOT NULL AND id > ? ORDER BY id LIMIT ?",
            (integration, target, after, limit),
        )
        return [Checkable(*row) for row in rows]

    def note_there(self, links: Sequence[int], at: str) -> None:
        """Note that look-ups found these: they are not suspect."""
        if not links:
            return
        with self._writing() as c:
            self._check_epoch()
            c.execute(
                "UPDATE link SET suspect = 0, checked = ? WHERE id IN (SELECT value FROM json_each(?))",
                (seconds(at), pack_list(links)),
            )

    def note_missing(self, links: Sequence[int], at: str) -> list[int]:
        """Note that look-ups found nothing: a link becomes suspect, and at the second time erased. Give the erased.

        The second look counts once it is so much later that it cannot be behind a save that made the record.
        """
        if not links:
            return []
        with self._writing() as c:
            self._check_epoch()
            rows = self._all(
                "UPDATE link SET state = iif(suspect = 1 AND ?1 - checked >= ?2, 2, 0), suspect = 1,"
                " checked = iif(suspect = 1 AND ?1 - checked BETWEEN 0 AND ?2 - 1, checked, ?1) WHERE state = 0"
                " AND id IN (SELECT value FROM json_each(?3)) RETURNING id, state, integration, di_rid",
                (seconds(at), int(BEHIND.total_seconds()), pack_list(links)),
            )
            erased = [row for row in rows if row[1] == _ERASED]
            c.executemany(
                "DELETE FROM seen WHERE integration = ? AND side = 'DI' AND rid = ?", (row[2:] for row in erased)
            )
        return [row[0] for row in erased]

    # -- pieces of the transactions of others -------------------------------------------------------------------------

    def _links_found(self, target: int, rids: str) -> dict[str, _Linked]:
        return {
            row[0]: _Linked(*row[1:])
            for row in self._connection.execute(
                "SELECT l.di_rid, l.id, l.integration, l.sf_id, l.state, l.checked, l.as_of, l.written,"
                " EXISTS (SELECT 1 FROM choice WHERE choice.link = l.id),"
                " EXISTS (SELECT 1 FROM op WHERE op.link = l.id AND op.state IN ('INTENT','HOLD')),"
                " b.layout, b.sf, b.di"
                " FROM link l LEFT JOIN base b ON b.link = l.id"
                " WHERE l.target = ? AND l.di_rid IN (SELECT value FROM json_each(?))",
                (target, rids),
            )
        }

    def _stored(self, integration: int, rids: str) -> dict[str, _Stored]:
        return {
            row[0]: _Stored(*row[1:])
            for row in self._connection.execute(
                "SELECT rid, stamp, layout, vals, since FROM seen WHERE integration = ? AND side = 'DI'"
                " AND rid IN (SELECT value FROM json_each(?))",
                (integration, rids),
            )
        }

    def _has_not_caught_up(self, link: _Linked, as_of: str, layout: int, values: Sequence[Value | Bad]) -> bool:
        """Say whether a look shows what our own last write replaced."""
        return is_soon_after(link.written, as_of) and self._shows_former(link.number, layout, values)

    def _as_agreed(self, link: _Linked, packed: str, values: Sequence[Value | Bad], layout: int, order: Layout) -> bool:
        if link.base_di is None or link.base_sf is None or link.layout is None:
            return False
        if link.layout == layout and packed == link.base_di:
            return True
        target = self._base_in(link.base_sf, link.base_di, link.layout, layout).target
        return shows(values, target, order.unpaired())

    def _base_in(self, sf: str, di: str, stored: int, layout: int) -> Base:
        """Give a stored base in the order of a layout."""
        base = Base(unpack(sf), unpack(di))
        return base if stored == layout else realigned(base, self._layout(stored), self._layout(layout))

    def _show_found(
        self,
        integration: int,
        layout: int,
        run: int,
        rid: str,
        shown: Shown,
        base: Sequence[BaseValue] | None,
        seen: Sequence[Value | Bad] | None,
        *,
        pending: bool,
    ) -> None:
        """Store what Dialog Insight shows of a record after a write, unless something newer is known of it.

        `base` is what was agreed on, None where nothing was. `seen` is what it showed before: the write makes that
        old, whenever it was.
        """
        known = self._stored(integration, pack_list([rid])).get(rid)
        is_seen = known is not None and known.layout == layout and seen is not None and known.values == pack(seen)
        if known is not None and shown.stamp < known.as_of and not is_seen:
            return
        self._keep_gone_over(integration, Side.DIALOG_INSIGHT, layout, run, [(rid, None, shown.values)])
        self._connection.execute(
            "DELETE FROM seen WHERE integration = ? AND side = 'DI' AND rid = ?", (integration, rid)
        )
        as_of = shown.stamp if known is None else max(shown.stamp, known.as_of)
        self._as_of(integration, rid, as_of)
        if base is not None and not pending and shows(shown.values, base, self._layout(layout).unpaired()):
            return
        self._connection.execute(_UPSERT, (integration, rid, as_of, layout, pack(shown.values), pending, run, None))

    def _forget_found(self, integration: int, layout: int, rid: str, found: Sequence[Value | Bad]) -> None:
        """Let go of what Dialog Insight was seen to show, now that it is what both sides agree on."""
        row = self._connection.execute(
            "DELETE FROM seen WHERE integration = ? AND side = 'DI' AND rid = ? AND layout = ? AND vals = ?"
            " AND pending = 0 RETURNING stamp",
            (integration, rid, layout, pack(found)),
        ).fetchone()
        if row is not None:
            self._as_of(integration, rid, row[0])

    def _as_of(self, integration: int, rid: str, moment: str) -> None:
        """Note that what is known of a linked record of Dialog Insight is true for this moment."""
        if moment:
            self._connection.execute(
                "UPDATE link SET as_of = max(coalesce(as_of, 0), ?) WHERE di_rid = ?"
                " AND target = (SELECT target FROM integration WHERE id = ?)",
                (seconds(moment), rid, integration),
            )

    def _found_before_planner(self, integration: int, rid: str | None, run: int) -> int:
        """Put a record of Dialog Insight before the planner, as it was last seen or agreed on; give how many."""
        c = self._connection
        c.execute(
            "UPDATE seen SET pending = 1, run = ? WHERE integration = ? AND side = 'DI' AND rid = ?",
            (run, integration, rid),
        )
        if c.changes():
            return 1
        row = c.execute(
            "SELECT b.sf, b.di, b.layout, coalesce(s.layout, b.layout) FROM integration i"
            " JOIN link l ON l.target = i.target AND l.di_rid = ?2 AND l.integration = i.id"
            " JOIN base b ON b.link = l.id LEFT JOIN stream s ON s.integration = i.id AND s.side = 'SF'"
            " WHERE i.id = ?1",
            (integration, rid),
        ).fetchone()
        if row is None:
            return 0
        sf, di, stored, layout = row
        base = self._base_in(sf, di, stored, layout).target
        values: list[Value] = [None if value is ABSENT else value for value in base]  # type: ignore[misc]
        self._keep_found(integration, layout, run, rid, values)
        return 1

    def _keep_found(self, integration: int, layout: int, run: int, rid: str | None, values: Sequence[Value]) -> None:
        """Put what Dialog Insight was last known to hold before the planner, as of a moment that nobody noted."""
        missing = [None] * (len(self._layout(layout).targets) - len(values))
        self._connection.execute(_UPSERT, (integration, rid, "", layout, pack([*values, *missing]), True, run, None))


def _is_back(link: _Linked, as_of: str) -> bool:
    """Say whether an erased record was seen after it was found to be gone."""
    return link.state == _ERASED and bool(as_of) and seconds(as_of) > (link.checked or 0)


def _may_replace(link: _Linked, as_of: str) -> bool:
    """Say whether an observation is not older than what is known, be that a write of ours: the base is as new."""
    return link.as_of is None or (bool(as_of) and seconds(as_of) >= link.as_of)


@lru_cache(maxsize=1024)
def seconds(moment: str) -> int:
    """Give a moment (ISO 8601 UTC) in unix seconds."""
    return int(instant(moment).timestamp())


def _text(moment: int) -> str:
    return written(datetime.fromtimestamp(moment, UTC))
