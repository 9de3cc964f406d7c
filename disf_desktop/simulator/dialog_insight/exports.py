"""The administrator's exports: photographs of a project as CSV files in a folder.

The format is ours, after what is known of import files: UTF-8, commas, CRLF, quoting of RFC 4180, dates with dots,
truths as 1 and 0, nothing for what is empty. The last line, `#rows,<count>`, tells a whole file from half of one. A
file's modification time is that of its photograph, whatever its name claims.
"""

from __future__ import annotations

import asyncio
import csv
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from disf_desktop.simulator.dialog_insight.account import Account, NotFound
from disf_desktop.simulator.dialog_insight.clauses import MODIFIED
from disf_desktop.simulator.dialog_insight.collection import Collection, Stored

FAULTS = {
    "halved": "each file ends in its middle, without the last line",
    "stale": "the photograph before this one comes again, under the name of now",
    "repeated": "the file comes twice, the second time under the name of a second later",
    "swapped": "this photograph comes under the name of the one before, and that one under the name of now",
}
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Photograph:
    """A project as it was: a file of the simulator's own, the name it should have, its second (UTC), its rows."""

    path: Path
    name: str
    as_of: datetime
    rows: int


class Exports:
    """The exports of an account, and the last photograph of each project, for the faults that bring it back."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._last: dict[int, Photograph] = {}
        self._latest_name: dict[int, datetime] = {}
        self._numbers = count(1)
        self._turn = asyncio.Lock()
        self.clear()

    def clear(self) -> None:
        """Forget the photographs, those of an earlier process too."""
        self._last.clear()
        self._latest_name.clear()
        for left in self._account.path.parent.glob(f"{self._account.path.name}.photograph-*"):
            left.unlink()

    async def export(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Export a project: `project`, `folder` (absolute; made when missing), `name`, `faults` (of FAULTS).

        Returns `file`, with the `rows` and `as_of` of its photograph, and all `files`, in the order written. Names
        are to the second: a second export waits for the next one. Raises NotFound, or ValueError with what is not
        understood or could not be written.
        """
        collection, folder, name, faults = self._read(given)
        async with self._turn:
            now = await self._second_without_file(collection.of.id)
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                delivered = self._deliver(collection, folder, name, faults, now)
            except OSError as problem:
                raise ValueError(f"The export cannot be written to {folder}: {problem.strerror}.") from None
        written, photograph = delivered[0]
        return {
            "file": str(written),
            "rows": photograph.rows,
            "as_of": photograph.as_of.isoformat(),
            "files": [str(path) for path, _ in delivered],
        }

    def _read(self, given: Mapping[str, Any]) -> tuple[Collection, Path, str | None, set[str]]:
        if self._account.settings.kind != "export":
            raise ValueError("Nobody exports the projects of this account: set its `kind` to `export`.")
        if unknown := given.keys() - {"project", "folder", "name", "faults"}:
            raise ValueError(f"An export has no {', '.join(sorted(unknown))}.")
        project, folder, name = given.get("project"), given.get("folder"), given.get("name")
        if type(project) is not int or project not in self._account.contacts:
            raise NotFound(f"There is no project {project}.")
        if not isinstance(folder, str) or not Path(folder).is_absolute():
            raise ValueError("`folder` is the absolute path of a folder.")
        if name is not None and (
            not isinstance(name, str) or not name or Path(name).name != name or name.startswith(".")
        ):
            raise ValueError("`name` is the name of a file, without its folder; not of a hidden one.")
        faults = given.get("faults") or []
        if not isinstance(faults, list) or not all(isinstance(each, str) and each in FAULTS for each in faults):
            raise ValueError(f"`faults` is a list of some of: {', '.join(FAULTS)}.")
        if len({*faults} - {"halved"}) > 1:
            raise ValueError("Only `halved` goes together with another fault.")
        if {"stale", "swapped"} & {*faults} and project not in self._last:
            raise ValueError("There is no earlier photograph of this project: export it once before.")
        return self._account.contacts[project], Path(folder), name, {*faults}

    async def _second_without_file(self, project: int) -> datetime:
        clock, latest = self._account.world.clock, self._latest_name.get(project)
        while latest and timedelta() <= latest - (now := clock.now()).replace(microsecond=0) <= SECOND:
            await asyncio.sleep(1 - now.microsecond / 1e6)
        return clock.now().replace(microsecond=0)

    def _deliver(
        self, collection: Collection, folder: Path, name: str | None, faults: set[str], now: datetime
    ) -> list[tuple[Path, Photograph]]:
        project = collection.of.id
        earlier = self._last.get(project)
        usual = name or _name(project, now)
        self._latest_name[project] = now
        if "stale" in faults and earlier:
            deliveries = [(usual, earlier)]
        else:
            fresh = self._last[project] = self._take(collection, usual, now)
            deliveries = [(usual, fresh)]
            if "repeated" in faults:
                self._latest_name[project] = now + SECOND
                deliveries.append((_name(project, now + SECOND), fresh))
            elif "swapped" in faults and earlier:
                deliveries = [(earlier.name, fresh), (usual, earlier)]
        try:
            for file, photograph in deliveries:
                _copy(photograph, folder / file, half="halved" in faults)
        finally:
            if earlier and earlier is not self._last[project]:
                earlier.path.unlink()
        return [(folder / file, photograph) for file, photograph in deliveries]

    def _take(self, collection: Collection, name: str, now: datetime) -> Photograph:
        # In one go, without a pause for other requests: all rows are of one moment.
        of_account = self._account.path
        path = of_account.with_name(f"{of_account.name}.photograph-{next(self._numbers)}")
        header, rows = _header(collection), 0
        try:
            with os.fdopen(_create(path), "w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\r\n")
                writer.writerow(header)
                for stored in collection.all():
                    writer.writerow(_row(collection, stored, header))
                    rows += 1
                writer.writerow(["#rows", rows])
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return Photograph(path, name, now, rows)


def _name(project: int, second: datetime) -> str:
    return f"contacts-{project}-{second:%Y%m%d-%H%M%S}.csv"


def _header(collection: Collection) -> list[str]:
    optins = [f"{prefix}_{code}" for prefix in ("optin", "dtOptin") for code in collection.optins]
    return ["idContact", *collection.empty, *optins, MODIFIED]


def _row(collection: Collection, stored: Stored, header: list[str]) -> Iterator[Any]:
    shown = collection.shown(stored) | {MODIFIED: collection.local(stored.modified)}
    return (_cell(shown[name]) for name in header)


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    # Never with an exponent.
    return f"{Decimal(repr(value)):f}" if isinstance(value, float) else value


def _create(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)


def _copy(photograph: Photograph, to: Path, *, half: bool) -> None:
    """Put a photograph into a folder, whole (or cut on purpose) as soon as it has its name."""
    partial = to.with_name(f".{to.name}.partial")
    left = photograph.path.stat().st_size // (2 if half else 1)
    try:
        with photograph.path.open("rb") as source, os.fdopen(_create(partial), "wb") as file:
            while part := source.read(min(left, 1 << 20)):
                left -= file.write(part)
        stamp = photograph.as_of.timestamp()
        os.utime(partial, (stamp, stamp))
        partial.replace(to)
    finally:
        partial.unlink(missing_ok=True)
