"""Which backups of the ledger to keep, and how one comes back."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from disf_desktop.core.errors import DisfError
from disf_desktop.storage.database import Database, backup, check, open_reader
from disf_desktop.storage.files import make_file, sync_file, sync_folder

DAILY, WEEKLY = 7, 4
MAX_BYTES = 4 * 2**30

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


def restore(path: Path, key: bytes, folder: Path, now: datetime) -> Path | None:
    """Put the newest sound backup in the place of a damaged ledger, which is kept aside; give the backup's path.

    Without a sound one it gives None, and the place is empty: the next run meets everyone for the first time. The
    caller holds the `RunLock`, and must read both services again before it writes anything (sync-semantics C10).
    """
    aside = path.with_name(f"{path.name}.damaged-{now.strftime(_STAMP)}")
    # The log belongs to the damaged file: replayed over a backup it would damage that one too.
    for ending in ("", "-wal"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).replace(aside.with_name(aside.name + ending))
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    for candidate in _newest_first(folder):
        if _is_sound(candidate, key):
            part = path.with_name(f".{path.name}.part")
            make_file(part)
            shutil.copyfile(candidate, part)
            sync_file(part)
            part.replace(path)
            sync_folder(path.parent)
            return candidate
    return None


def _is_sound(candidate: Path, key: bytes) -> bool:
    try:
        connection = open_reader(candidate, key)
    except DisfError:
        return False
    try:
        check(connection)
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
