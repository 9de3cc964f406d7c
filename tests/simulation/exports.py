"""Exports of a contact list that appear in a folder: photographs, sometimes stale, halved, repeated or swapped."""

from __future__ import annotations

import csv
import io
import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from tests.simulation.account import OPTIN, ZONE, Account, Shelf
from tests.simulation.ground import Trace


@dataclass
class Exports:
    """The folder that the program watches, and the person who exports into it."""

    folder: Path
    account: Account
    shelf: Shelf
    project: int
    trace: Trace
    _last: tuple[datetime, bytes] | None = None
    _names: set[str] = field(default_factory=set)

    def export(self, fault: str = "") -> None:
        """Put a photograph of the contacts into the folder, or what a fault makes of it."""
        before, now = self._last, self.account.now().replace(microsecond=0)
        self._last = now, self._photograph()
        if fault in ("export_stale", "exports_swapped") and before is None:
            fault = ""
        if fault:
            self.trace.fault(fault)
        if fault == "export_stale" and before is not None:
            # The photograph before this one comes again, under the name of now.
            self._put(before[1], now, before[0])
        elif fault == "exports_swapped" and before is not None:
            self._put(self._last[1], before[0], now)
            self._put(before[1], now, before[0])
        elif fault == "export_halved":
            self._put(self._last[1][: len(self._last[1]) // 2], now, now)
        else:
            self._put(self._last[1], now, now)
        if fault == "export_repeated":
            self._put(self._last[1], now + timedelta(seconds=1), now)

    def _put(self, content: bytes, named: datetime, taken: datetime) -> None:
        name = f"contacts-{self.project}-{named.astimezone(ZONE):%Y%m%d-%H%M%S}.csv"
        if name in self._names:
            return
        self._names.add(name)
        self.folder.mkdir(exist_ok=True)
        path = self.folder / name
        path.write_bytes(content)
        os.utime(path, (taken.timestamp(), taken.timestamp()))

    def _photograph(self) -> bytes:
        text = io.StringIO()
        table = csv.writer(text)
        codes = list(self.shelf.fields)
        table.writerow(["idContact", *(f"f_{code}" for code in codes), f"optin_{OPTIN}", f"dtOptin_{OPTIN}"])
        for number, row in self.shelf.rows.items():
            state, since = self.shelf.optins.get(number, (None, None))
            told = ["" if state is None else int(state), "" if since is None else self.account.local(since)]
            table.writerow([number, *("" if row[code] is None else row[code] for code in codes), *told])
        table.writerow(["#rows", len(self.shelf.rows)])
        return text.getvalue().encode()
