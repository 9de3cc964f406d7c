"""Which backups stay, and how one comes back."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw
import pytest

from disf_desktop.core.errors import DiskFull, LedgerIsDamaged
from disf_desktop.storage.backups import Restored, back_up_daily, prune, restore
from disf_desktop.storage.database import close_database, open_database
from disf_desktop.storage.room import room_for
from tests.storage.conftest import KEY, MIGRATIONS, OTHER_KEY, add_person

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def _make(folder: Path, made: datetime, size: int = 10) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"ledger-{made:%Y-%m-%dT%H%M%SZ}.sqlite"
    path.write_bytes(b"x" * size)
    os.utime(path, (made.timestamp(), made.timestamp()))
    return path


def test_one_backup_a_day_is_made(ledger_path: Path, tmp_path: Path) -> None:
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    folder = tmp_path / "backups"
    first = back_up_daily(connection, folder, NOON)
    assert first is not None
    assert back_up_daily(connection, folder, NOON + timedelta(hours=11)) is None
    second = back_up_daily(connection, folder, NOON + timedelta(hours=13))
    assert {path.name for path in folder.iterdir()} == {
        "ledger-2026-11-22T120000Z.sqlite",
        "ledger-2026-11-23T010000Z.sqlite",
    }
    assert second is not None
    close_database(connection)


def test_seven_days_and_four_weeks_stay(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    for days in range(60):
        _make(folder, NOON - timedelta(days=days))
        _make(folder, NOON - timedelta(days=days, hours=3))
    prune(folder)
    kept = sorted((path.name[7:17] for path in folder.iterdir()), reverse=True)
    # 22 November 2026 is a Sunday, so the weeks end on the 22nd, 15th, 8th and 1st.
    assert kept == [*(f"2026-11-{d}" for d in range(22, 15, -1)), "2026-11-15", "2026-11-08", "2026-11-01"]
    assert all(path.name.endswith("T120000Z.sqlite") for path in folder.iterdir())


def test_backups_before_a_migration_and_strange_files_are_not_counted_as_days(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    _make(folder, NOON)
    (folder / "ledger-before-v3.sqlite").write_bytes(b"x")
    (folder / "notes.txt").write_text("mine")
    prune(folder)
    assert len(list(folder.iterdir())) == 3


def test_the_oldest_go_beyond_the_limit_in_bytes_and_the_newest_stays(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    for days in range(5):
        _make(folder, NOON - timedelta(days=days), size=1000)
    prune(folder, max_bytes=2500)
    assert sorted(path.name[7:17] for path in folder.iterdir()) == ["2026-11-21", "2026-11-22"]
    prune(folder, max_bytes=10)
    assert [path.name[7:17] for path in folder.iterdir()] == ["2026-11-22"]


def test_the_newest_sound_backup_takes_the_place_of_a_damaged_ledger(ledger_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    add_person(connection, "claire@example.org")
    good = back_up_daily(connection, folder, NOON - timedelta(days=1))
    assert good is not None
    torn = _make(folder, NOON)
    torn.write_bytes(good.read_bytes()[:5000])
    add_person(connection, "lost@example.org")
    # The log of the dead ledger must not be replayed over the backup.
    shutil.copyfile(f"{ledger_path}-wal", tmp_path / "wal")
    close_database(connection)
    shutil.copyfile(tmp_path / "wal", f"{ledger_path}-wal")
    damaged = bytearray(ledger_path.read_bytes())
    damaged[4096 * 2 + 100] ^= 1
    ledger_path.write_bytes(damaged)

    restored = restore(ledger_path, KEY, folder, NOON)
    again = open_database(ledger_path, KEY, MIGRATIONS)
    assert [row[0] for row in again.execute("SELECT email FROM person")] == ["claire@example.org"]
    close_database(again)
    aside = ledger_path.with_name("ledger.sqlite.aside-2026-11-22T120000Z")
    assert aside.read_bytes() == bytes(damaged)
    assert restored == Restored(good, aside)
    assert not list(ledger_path.parent.glob(".ledger*"))


def test_a_restore_that_is_killed_before_the_copy_is_prepared_leaves_the_ledger_in_its_place(
    ledger_path: Path, tmp_path: Path
) -> None:
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    back_up_daily(connection, tmp_path / "backups", NOON)
    close_database(connection)
    before = ledger_path.read_bytes()

    def killed(part: Path) -> None:
        assert part.exists()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(ledger_path, KEY, tmp_path / "backups", NOON, prepare=killed)
    assert ledger_path.read_bytes() == before
    assert [path.name for path in ledger_path.parent.iterdir() if path.is_file()] == ["ledger.sqlite"]


def test_what_a_killed_restore_left_does_no_harm_to_the_next_one(ledger_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    add_person(connection, "claire@example.org")
    older = back_up_daily(connection, folder, NOON - timedelta(days=1))
    add_person(connection, "zoe@example.org")
    newer = back_up_daily(connection, folder, NOON)
    close_database(connection)
    part = ledger_path.with_name(".ledger.sqlite.part")
    left = tmp_path / "left"

    def killed(copy: Path) -> None:
        opened = open_database(copy, KEY, MIGRATIONS)
        add_person(opened, "never@example.org")
        for ending in ("", "-wal"):
            shutil.copyfile(f"{copy}{ending}", f"{left}{ending}")
        close_database(opened)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(ledger_path, KEY, folder, NOON, chosen=newer, prepare=killed)
    # A process that is killed removes nothing.
    for ending in ("", "-wal"):
        shutil.copyfile(f"{left}{ending}", f"{part}{ending}")
    assert part.with_name(f"{part.name}-wal").stat().st_size

    def people(copy: Path) -> list[str]:
        opened = open_database(copy, KEY, MIGRATIONS)
        found = [str(row[0]) for row in opened.execute("SELECT email FROM person")]
        close_database(opened)
        return found

    seen: list[str] = []
    restored = restore(ledger_path, KEY, folder, NOON, chosen=older, prepare=lambda copy: seen.extend(people(copy)))
    assert restored is not None
    assert restored.backup == older
    assert seen == people(ledger_path) == ["claire@example.org"]
    assert not list(ledger_path.parent.glob(".ledger*"))


def test_a_backup_that_is_named_is_taken_although_a_newer_one_is_there(ledger_path: Path, tmp_path: Path) -> None:
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    older = back_up_daily(connection, tmp_path / "backups", NOON - timedelta(days=1))
    add_person(connection, "claire@example.org")
    back_up_daily(connection, tmp_path / "backups", NOON)
    close_database(connection)
    restore(ledger_path, KEY, tmp_path / "backups", NOON, chosen=older)
    again = open_database(ledger_path, KEY, MIGRATIONS)
    assert list(again.execute("SELECT email FROM person")) == []
    close_database(again)


def test_without_a_sound_backup_the_ledger_stays_where_it_is(ledger_path: Path, tmp_path: Path) -> None:
    connection = open_database(ledger_path, OTHER_KEY, MIGRATIONS)
    back_up_daily(connection, tmp_path / "backups", NOON)
    close_database(connection)
    before = ledger_path.read_bytes()
    assert restore(ledger_path, KEY, tmp_path / "backups", NOON) is None
    assert ledger_path.read_bytes() == before


def test_a_backup_of_a_damaged_ledger_is_refused_and_leaves_no_file(ledger_path: Path, tmp_path: Path) -> None:
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    for n in range(500):
        connection.execute("INSERT INTO person(email) VALUES (?)", (f"{n}@example.org" * 5,))
    close_database(connection)
    content = bytearray(ledger_path.read_bytes())
    content[6 * 4096 + 100] ^= 1
    ledger_path.write_bytes(content)
    opened = open_database(ledger_path, KEY, MIGRATIONS)
    with pytest.raises(LedgerIsDamaged):
        back_up_daily(opened, tmp_path / "backups", NOON)
    assert list((tmp_path / "backups").iterdir()) == []
    opened.close()


def test_a_backup_that_is_whole_but_makes_no_sense_is_refused(ledger_path: Path, tmp_path: Path) -> None:
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 0)
    connection.pragma("writable_schema", True)
    # Two tables on the same page: every page is as it was written, and the whole is damaged.
    connection.execute("UPDATE sqlite_schema SET rootpage = 2 WHERE type = 'table'")
    with pytest.raises(LedgerIsDamaged, match="fails its check"):
        back_up_daily(connection, tmp_path / "backups", NOON)
    assert list((tmp_path / "backups").iterdir()) == []
    connection.close()


def test_room_is_refused_where_there_is_not_enough(tmp_path: Path) -> None:
    room_for(tmp_path, 0)
    with pytest.raises(DiskFull, match="MB are needed") as told:
        room_for(tmp_path, 2**60)
    assert "Make room" in told.value.what_to_do
