"""The part of the ledger that knows what imports stored in Dialog Insight (arrivals).

Of a record that no link knows, the arrival is kept until it is tied: who would create it takes it for a first contact.
Of one that is linked it is a look at Dialog Insight like any other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from disf_desktop.core.operations import ABSENT, LinkState
from disf_desktop.core.plan import folded_key
from disf_desktop.core.records import Arrival, FoundRecord
from disf_desktop.core.values import Value
from disf_desktop.storage.ledger_found import seconds
from disf_desktop.storage.ledger_journal import Journal
from disf_desktop.storage.ledger_known import known_of
from disf_desktop.storage.packing import pack, pack_list, unpack

_ACTIVE: Final = int(LinkState.ACTIVE)
_ERASED: Final = int(LinkState.ERASED)

_LINKS: Final = (
    "SELECT l.id, l.di_key, l.di_rid, l.state, l.checked, i.id, b.layout, b.di, d.layout, d.vals, s.layout"
    " FROM link l LEFT JOIN integration i ON i.id = l.integration AND i.target = l.target"
    " LEFT JOIN base b ON b.link = l.id"
    " LEFT JOIN seen d ON d.integration = i.id AND d.side = 'DI' AND d.rid = l.di_rid"
    " LEFT JOIN stream s ON s.integration = i.id AND s.side = 'SF'"
)


@dataclass(frozen=True, slots=True)
class _Linked:
    """A link with what is known of its record. `integration` is None where that writes to another table by now."""

    number: int
    key: str
    rid: str | None
    state: int
    checked: int | None
    integration: int | None
    base_layout: int | None
    base: str | None
    seen_layout: int | None
    seen: str | None
    read_layout: int | None

    @property
    def layout(self) -> int | None:
        """Give the order in which the link's integration packs what it sees."""
        return self.read_layout or self.seen_layout or self.base_layout


class Arrivals(Journal):
    """What imports stored, by key."""

    def target_for(self, name: str) -> int:
        """Give the number of a Dialog Insight table, made where it is new."""
        known = self.target_number(name)
        if known is not None:
            return known
        with self._writing() as c:
            c.execute("INSERT INTO target(name) VALUES(?)", (name,))
            return c.last_insert_rowid()

    def note_arrivals(self, target: int, run: int, arrivals: Sequence[Arrival], as_of: str) -> None:
        """Note what an import stored, as the reply shows it; `as_of` is the moment of the reply, by the server's clock.

        A linked record is seen to hold it, and what differs from the base is planned. It never goes backwards.
        """
        if not arrivals:
            return
        layout, names = self._arrival_layout(target, arrivals)
        last = {folded_key(each.key): each for each in arrivals}
        with self._writing() as c:
            self._check_epoch()
            by_rid = {link.rid: link for link in self._links_by("di_rid", target, [a.rid for a in last.values()])}
            by_key = {link.key: link for link in self._links_by("di_key", target, list(last))}
            shown: list[tuple[_Linked, Arrival]] = []
            rows: list[tuple[Any, ...]] = []
            for key, arrival in last.items():
                link = by_rid.get(arrival.rid)
                if link is None and (former := by_key.get(key)) is not None:
                    link = self._taken_up(former, arrival, as_of)
                if link is not None:
                    shown.append((link, arrival))
                else:
                    values = [arrival.values.get(name, ABSENT) for name in names]
                    rows.append((target, key, arrival.rid, layout, pack(values), as_of))
            # A record has one key and a key one record: whatever is newer takes the place of both.
            c.executemany(
                "INSERT OR REPLACE INTO arrival SELECT ?1, ?2, ?3, ?4, ?5, ?6"
                " WHERE NOT EXISTS (SELECT 1 FROM arrival WHERE target = ?1 AND di_key = ?2 AND as_of > ?6)"
                " AND NOT EXISTS (SELECT 1 FROM arrival WHERE target = ?1 AND di_rid = ?3 AND as_of > ?6)",
                rows,
            )
            self._see_arrivals(target, run, shown, as_of)

    def arrivals(self, target: int, keys: Sequence[Mapping[str, Value]]) -> dict[str, FoundRecord]:
        """Give the arrivals with these keys, by folded key, as records that were found in Dialog Insight.

        A field that the reply did not show is left out.
        """
        if not keys or not self._any("arrival WHERE target = ?", (target,)):
            return {}
        found: dict[str, FoundRecord] = {}
        for key, rid, layout, vals, as_of in self._connection.execute(
            "SELECT di_key, di_rid, layout, vals, as_of FROM arrival WHERE target = ?"
            " AND di_key IN (SELECT value FROM json_each(?))",
            (target, pack_list([folded_key(key) for key in keys])),
        ):
            shown = zip(self.targets_of(layout), unpack(vals), strict=True)
            found[key] = FoundRecord(rid, {n: v for n, v in shown if v is not ABSENT}, as_of=as_of)
        return found

    def take_over(self, link: int, run: int) -> bool:
        """Tie a link whose record is gone to the one that an import stored under its key since, and see what that
        holds; False where there is none."""
        row = self._connection.execute(
            "SELECT a.target, a.di_rid, a.layout, a.vals, a.as_of FROM link l JOIN arrival a ON a.target = l.target"
            " AND a.di_key = l.di_key AND a.di_rid <> l.di_rid WHERE l.id = ? AND l.state = 0",
            (link,),
        ).fetchone()
        if row is None:
            return False
        target, rid, layout, vals, as_of = row
        shown = zip(self.targets_of(layout), unpack(vals), strict=True)
        arrival = Arrival({}, rid, {name: value for name, value in shown if value is not ABSENT})
        with self._writing():
            self._check_epoch()
            [known] = self._links_by("id", target, [link])
            self._give_number(known, rid)
            self._see_arrivals(target, run, [(known, arrival)], as_of)
        return True

    def known_of(self, target: int, folded_keys: Sequence[str]) -> dict[str, Mapping[str, Value]]:
        """Give what Dialog Insight is believed to hold, by folded key: values by field code; see `ledger_known`."""
        return known_of(self._connection, target, folded_keys)

    # -- pieces of the transactions ----------------------------------------------------------------------------------

    def _arrival_layout(self, target: int, arrivals: Sequence[Arrival]) -> tuple[int, tuple[str, ...]]:
        """Give an order that has every field of these arrivals: the last one of the table, made longer where needed.

        Replies may show one field more or less; a layout for each of them would be a table of its own.
        """
        number, names = self._arrival_layouts.get(target, (0, ()))
        new = {name for each in arrivals for name in each.values}.difference(names)
        if new or not number:
            names = tuple(sorted(new.union(names)))
            number = self.layout((), names, ())
            self._arrival_layouts[target] = number, names
        return number, names

    def _links_by(self, column: str, target: int, values: Sequence[str] | Sequence[int]) -> list[_Linked]:
        among = pack_list(values)
        where = f" WHERE l.target = ? AND l.{column} IN (SELECT value FROM json_each(?))"  # noqa: S608
        return [_Linked(*row) for row in self._connection.execute(_LINKS + where, (target, among))]

    def _taken_up(self, link: _Linked, arrival: Arrival, as_of: str) -> _Linked | None:
        """Give the link whose key an arrival has, if that record is the link's by now; else look at the link's first.

        An erased person who was imported again by hand is back, under another number. A living link's record may have
        been given another key there, or be gone: only a look can tell.
        """
        if link.rid is None or link.state not in (_ACTIVE, _ERASED):
            return None
        c = self._connection
        if link.state == _ACTIVE:
            c.execute("UPDATE link SET checked = NULL WHERE id = ?", (link.number,))
            return None
        if seconds(as_of) <= (link.checked or 0):
            return None
        self._give_number(link, arrival.rid)
        return link

    def _give_number(self, link: _Linked, rid: str) -> None:
        """Tie a link to another record of Dialog Insight; what was seen of the former one is not true of it."""
        c = self._connection
        c.execute("DELETE FROM seen WHERE integration = ? AND side = 'DI' AND rid = ?", (link.integration, link.rid))
        c.execute("UPDATE link SET di_rid = ?, suspect = 0, as_of = NULL WHERE id = ?", (rid, link.number))

    def _see_arrivals(self, target: int, run: int, shown: Iterable[tuple[_Linked, Arrival]], as_of: str) -> None:
        """Store what linked records are seen to hold, each as its own integration packs it."""
        pages: defaultdict[tuple[int, int], list[tuple[str, str, tuple[Any, ...]]]] = defaultdict(list)
        unsure: list[int] = []
        for link, arrival in shown:
            values = self._merged(link, arrival)
            if link.integration is None or link.layout is None or values is None:
                unsure.append(link.number)
            else:
                pages[link.integration, link.layout].append((arrival.rid, as_of, values))
        for (integration, layout), page in pages.items():
            self._see_found(integration, target, layout, run, page, None)
        # What cannot be told from the reply alone is looked up first.
        self._connection.executemany(
            "UPDATE link SET checked = NULL WHERE id = ? AND state = 0", ((number,) for number in unsure)
        )

    def _merged(self, link: _Linked, arrival: Arrival) -> tuple[Any, ...] | None:
        """Give what a linked record holds by now, in its integration's order; None where a part of it is not known."""
        if link.layout is None:
            return None
        known: dict[str, Any] = {}
        if link.base is not None and link.base_layout is not None:
            order = self._layout(link.base_layout)
            known = dict.fromkeys(order.targets[len(order.targets) - order.unpaired() :])
            known.update(zip(order.targets, unpack(link.base), strict=False))
        if link.seen is not None and link.seen_layout is not None:
            known.update(zip(self.targets_of(link.seen_layout), unpack(link.seen), strict=True))
        known.update(arrival.values)
        values = tuple([known.get(name, ABSENT) for name in self.targets_of(link.layout)])
        return None if ABSENT in values else values
