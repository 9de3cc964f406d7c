"""The part of the ledger that tells a look-up which has not caught up with our own last write (probe p8).

For a while after a save a service may go on showing a record as it was. What our write replaced would then look like
somebody's edit, and be written back over the newer value (promises I3, I5 and I6).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from disf_desktop.core.moments import BEHIND, instant
from disf_desktop.core.values import Value
from disf_desktop.storage.ledger_tables import Tables
from disf_desktop.storage.packing import unpack_map


class Behind(Tables):
    """Whether what Dialog Insight shows is what a recent write of ours replaced."""

    def is_behind(self, target: int, layout: int, rid: str, as_of: str, values: Sequence[Any]) -> bool:
        """Say whether a look that is true `as_of` a moment (of Dialog Insight) shows a linked record as it was before
        a write of ours that was confirmed not long ago. `values` follow the targets of the layout."""
        row = self._connection.execute(
            "SELECT id, written FROM link WHERE target = ? AND di_rid = ?", (target, rid)
        ).fetchone()
        return row is not None and is_soon_after(row[1], as_of) and self._shows_former(row[0], layout, values)

    def _shows_former(self, link: int, layout: int, values: Sequence[Any]) -> bool:
        """Say whether all that a write of ours changed is shown as a write of ours has found it.

        A person who puts all of it back is not told from that, and is heard of once the look is later.
        """
        shown: dict[str, Value] = dict(zip(self.targets_of(layout), values, strict=True))
        writes = [
            (unpack_map(before), unpack_map(after))
            for before, after in self._connection.execute(
                "SELECT before, after FROM op WHERE link = ? AND state = 'APPLIED' AND side = 'DI' ORDER BY id", (link,)
            )
        ]
        former: dict[str, list[Value]] = {}
        for before, _ in writes:
            for name, value in before.items():
                former.setdefault(name, []).append(value)
        now = {name: value for _, after in writes for name, value in after.items()}
        return any(
            all(name in shown and shown[name] in former[name] and shown[name] != now[name] for name in changed)
            for before, after in writes
            if (changed := [name for name, value in after.items() if value != before.get(name)])
        )


def is_soon_after(written: int | None, as_of: str) -> bool:
    """Say whether a look may be behind a write of ours (unix seconds of Dialog Insight)."""
    return written is not None and bool(as_of) and instant(as_of).timestamp() < written + BEHIND.total_seconds()
