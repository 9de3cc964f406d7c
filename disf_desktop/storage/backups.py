"""Which backups of the ledger to keep, and how one comes back."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from disf_desktop.core.errors import DisfError
from disf_desktop.storage.database import Database, backup, check, open_reader
from disf_desktop.storage.files import make_file, sync_file, sync_folder

DAILY, WEEKLY = 7, 4
MAX_BYTES = 4 * 2**30


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a ledger: its file, when it was made, its size in bytes."""

    path: Path
    made: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Restored:
    """The backup that stands in the place of a ledger now, and where the one before is kept; None for none."""

    backup: Path | None
    aside: Path | None


_STAMP = "%Y-%m-%dT%H%M%SZ"
_PREFIX = "ledger-"


def back_up_daily(connection: Database, folder: Path, now: datetime, max_bytes: int = MAX_BYTES) -> Path | None:
    """Make today's backup unless there is one, then let go of those no longer wanted; give the new one's path.

    `now` is UTC. Raises what `backup` raises; then the older ones are still there.
    """
    assert now.utcoffset() is not None, "the moment of a backup has a zone"
    if any(made.date() == now.date() for _, made in _dated(folder)):
        return None
    target = folder / f"{_PREFIX}{now.strftime(_STAMP)}.sqlite"
    backup(connection, target)
    prune(folder, max_bytes)
    return target


def prune(folder: Path, max_bytes: int = MAX_BYTES) -> None:
    """Keep the newest backup of each of the last 7 days and 4 weeks, and those made before a migration.

    Beyond `max_bytes` the oldest go too, whatever they are; the newest always stays.
    """
    dated = sorted(_dated(folder), key=lambda pair: pair[1], reverse=True)
    for path in {path for path, _ in dated} - wanted(dated):
        path.unlink()
    kept = _newest_first(folder)
    total = 0
    for path in kept:
        total += path.stat().st_size
        if total > max_bytes and path != kept[0]:
            path.unlink()


def wanted(dated: Sequence[tuple[Path, datetime]]) -> set[Path]:
    """Give those to keep out of backups with their moments, the newest first."""
    days: dict[object, Path] = {}
    weeks: dict[object, Path] = {}
    for path, made in dated:
        day, week = made.date(), made.isocalendar()[:2]
        if len(days) < DAILY:
            days.setdefault(day, path)
        if len(weeks) < WEEKLY:
            weeks.setdefault(week, path)
    return {*days.values(), *weeks.values()}


def restore(
    path: Path,
    key: bytes,
    folder: Path,
    now: datetime,
    *,
    chosen: Path | None = None,
    prepare: Callable[[Path], None] = lambda part: None,
) -> Restored | None:
    """Put the newest sound backup, or the `chosen` one, in the place of the ledger, which is kept aside.

    None where there is no sound backup: then nothing was moved. `prepare` is given the copy before it is in its place;
    it must see to it that everything is read again before anything is written (sync-semantics C10). The caller holds
    the `RunLock`.
    """
    candidates = _newest_first(folder) if chosen is None else [chosen]
    candidate = next((each for each in candidates if is_sound(each, key)), None)
    if candidate is None:
        return None
    part = path.with_name(f".{path.name}.part")
    # A killed restore may have left one: its log, replayed over this copy, would damage it.
    _remove(part)
    try:
        make_file(part)
        shutil.copyfile(candidate, part)
        prepare(part)
        sync_file(part)
        aside = put_aside(path, now, keep=True)
        part.replace(path)
    finally:
        _remove(part)
    sync_folder(path.parent)
    return Restored(candidate, aside)


def _remove(copy: Path) -> None:
    """Remove a database with its log."""
    for ending in ("-wal", "-shm", ""):
        copy.with_name(copy.name + ending).unlink(missing_ok=True)


def put_aside(path: Path, now: datetime, *, keep: bool = False) -> Path | None:
    """Keep a ledger under another name; give the name, None where there was none.

    Its place is empty then. With `keep` it still has its former name too, as far as the file system can do that, so
    that a kill before another one takes the place leaves a ledger there.
    """
    aside = path.with_name(f"{path.name}.aside-{now.strftime(_STAMP)}")
    there = path.exists()
    if there:
        linked = False
        if keep:
            with contextlib.suppress(OSError):
                os.link(path, aside)
                linked = True
        if not linked:
            path.replace(aside)
    # The log belongs to the file that goes: replayed over another one it would damage that too.
    with contextlib.suppress(FileNotFoundError):
        path.with_name(f"{path.name}-wal").replace(aside.with_name(f"{aside.name}-wal"))
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    return aside if there else None


def listed(folder: Path) -> list[Backup]:
    """Give the backups, the newest first."""
    found = []
    for path in _newest_first(folder):
        told = path.stat()
        found.append(Backup(path, datetime.fromtimestamp(told.st_mtime, UTC), told.st_size))
    return found


def is_sound(candidate: Path, key: bytes, *, thorough: bool = False) -> bool:
    """Say whether a ledger opens under this key and passes its check."""
    try:
        connection = open_reader(candidate, key)
    except DisfError:
        return False
    try:
        check(connection, thorough=thorough)
    except DisfError:
        return False
    finally:
        connection.close()
    return True


def _newest_first(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{_PREFIX}*.sqlite"), key=lambda path: path.stat().st_mtime, reverse=True)


def _dated(folder: Path) -> Iterator[tuple[Path, datetime]]:
    for path in folder.glob(f"{_PREFIX}*.sqlite"):
        with contextlib.suppress(ValueError):
            yield path, datetime.strptime(path.stem.removeprefix(_PREFIX), _STAMP).replace(tzinfo=UTC)
