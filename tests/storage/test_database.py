"""The ground under the ledger, on real files."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import apsw
import pytest

from disf_desktop.core.errors import LedgerError, LedgerIsBusy, LedgerIsDamaged, LedgerIsNewer, VaultUnavailable
from disf_desktop.storage.database import (
    APPLICATION_ID,
    Database,
    backup,
    check,
    close_database,
    ledger_errors,
    open_database,
    open_reader,
    refuse_old_library,
    transaction,
)
from tests.storage.conftest import KEY, MIGRATIONS, OTHER_KEY, add_person


def test_what_is_written_is_there_again_under_the_same_key(ledger_path: Path) -> None:
    first = open_database(ledger_path, KEY, MIGRATIONS)
    add_person(first, "claire@example.org")
    close_database(first)
    again = open_database(ledger_path, KEY, MIGRATIONS)
    assert again.execute("SELECT email FROM person").get == "claire@example.org"
    close_database(again)


def test_no_byte_of_a_person_is_readable_on_the_disk(ledger_path: Path) -> None:
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    add_person(connection, "claire@example.org")
    backup(connection, ledger_path.parent / "backups" / "copy.sqlite")
    files = [path for path in ledger_path.parent.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"ledger.sqlite", "ledger.sqlite-wal", "copy.sqlite"}
    for path in files:
        content = path.read_bytes()
        assert b"example.org" not in content, path.name
        assert b"CREATE TABLE" not in content, path.name
    close_database(connection)


def test_the_pragmas_of_the_writer_are_the_ones_of_the_design(ledger_path: Path) -> None:
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    told = {
        name: connection.pragma(name)
        for name in (
            "journal_mode", "synchronous", "fullfsync", "checkpoint_fullfsync", "foreign_keys", "busy_timeout",
            "trusted_schema", "cell_size_check", "mmap_size", "secure_delete", "temp_store", "application_id",
            "user_version",
        )
    }  # fmt: skip
    assert told == {
        "journal_mode": "wal",
        "synchronous": 2,
        "fullfsync": 1,
        "checkpoint_fullfsync": 1,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
        "secure_delete": 1,
        "temp_store": 2,
        "application_id": APPLICATION_ID,
        "user_version": len(MIGRATIONS),
    }
    close_database(connection)


def test_a_misspelt_column_in_double_quotes_is_a_mistake_and_not_a_text(ledger_path: Path) -> None:
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    with pytest.raises(apsw.SQLError):
        connection.execute('SELECT "emial" FROM person').fetchall()
    close_database(connection)


@pytest.mark.skipif("os.name == 'nt'", reason="Windows protects files by access lists, not by permission bits")
@pytest.mark.parametrize("umask", [0o000, 0o777])
def test_only_the_owner_may_touch_the_files_whatever_the_umask(ledger_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        connection = open_database(ledger_path, KEY, MIGRATIONS)
        add_person(connection, "claire@example.org")
        backup(connection, ledger_path.parent / "backups" / "copy.sqlite")
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in ledger_path.parent.rglob("*")}
    assert modes == {
        "ledger.sqlite": 0o600,
        "ledger.sqlite-wal": 0o600,
        "ledger.sqlite-shm": 0o600,
        "backups": 0o700,
        "copy.sqlite": 0o600,
    }
    assert stat.S_IMODE(ledger_path.parent.stat().st_mode) == 0o700
    close_database(connection)


@pytest.mark.skipif("os.name == 'nt'", reason="Windows protects files by access lists, not by permission bits")
def test_a_ledger_that_others_could_read_is_tightened(ledger_path: Path) -> None:
    close_database(open_database(ledger_path, KEY, MIGRATIONS))
    ledger_path.chmod(0o644)
    ledger_path.parent.chmod(0o755)
    close_database(open_database(ledger_path, KEY, MIGRATIONS))
    assert stat.S_IMODE(ledger_path.stat().st_mode) == 0o600
    assert stat.S_IMODE(ledger_path.parent.stat().st_mode) == 0o700


def test_a_symbolic_link_in_the_place_of_the_ledger_is_refused(ledger_path: Path, tmp_path: Path) -> None:
    ledger_path.parent.mkdir()
    ledger_path.symlink_to(tmp_path / "elsewhere.sqlite")
    with pytest.raises(LedgerError, match="cannot be used"):
        open_database(ledger_path, KEY, MIGRATIONS)
    assert not (tmp_path / "elsewhere.sqlite").exists()


def test_a_wrong_key_is_told_from_damage_and_leaves_the_file_alone(ledger_path: Path) -> None:
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    add_person(connection, "claire@example.org")
    close_database(connection)
    before = ledger_path.read_bytes()
    with pytest.raises(VaultUnavailable, match="key in the vault does not open") as told:
        open_database(ledger_path, OTHER_KEY, MIGRATIONS)
    assert "secrets file" in told.value.what_to_do
    assert OTHER_KEY.hex() not in repr(told.value) + str(told.value.args) + told.value.detail
    with pytest.raises(VaultUnavailable):
        open_reader(ledger_path, OTHER_KEY)
    assert ledger_path.read_bytes() == before


@pytest.mark.parametrize("at", [100, 4096 + 50, 3 * 4096 + 2000])
def test_a_changed_byte_in_any_page_is_damage(ledger_path: Path, at: int) -> None:
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    with transaction(connection):
        connection.executemany("INSERT INTO person(email) VALUES (?)", ((f"{n}@example.org",) for n in range(2000)))
    close_database(connection)
    content = bytearray(ledger_path.read_bytes())
    content[at] ^= 1
    ledger_path.write_bytes(content)
    with pytest.raises(LedgerIsDamaged):
        check(open_database(ledger_path, KEY, MIGRATIONS))


def test_a_file_that_is_no_ledger_is_refused_and_kept(ledger_path: Path) -> None:
    other = open_database(ledger_path, KEY, MIGRATIONS, application_id=0x12345678)
    close_database(other)
    with pytest.raises(LedgerIsDamaged, match="not a ledger"):
        open_database(ledger_path, KEY, MIGRATIONS)
    with pytest.raises(LedgerIsDamaged, match="not a ledger"):
        open_reader(ledger_path, KEY)


def test_a_ledger_of_a_newer_program_refuses_kindly(ledger_path: Path) -> None:
    close_database(
        open_database(ledger_path, KEY, [*MIGRATIONS, lambda c: c.execute("CREATE TABLE later(x TEXT) STRICT")])
    )
    with pytest.raises(LedgerIsNewer, match="newer version") as told:
        open_database(ledger_path, KEY, MIGRATIONS)
    assert "Install" in told.value.what_to_do
    with pytest.raises(LedgerIsNewer):
        open_reader(ledger_path, KEY, version=len(MIGRATIONS))


def test_a_migration_keeps_a_backup_of_the_state_before(ledger_path: Path) -> None:
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    add_person(connection, "claire@example.org")
    close_database(connection)
    assert not (ledger_path.parent / "backups").exists()
    newer = open_database(ledger_path, KEY, [*MIGRATIONS, lambda c: c.execute("DROP TABLE person")])
    close_database(newer)
    kept = open_reader(ledger_path.parent / "backups" / f"ledger-before-v{len(MIGRATIONS) + 1}.sqlite", KEY)
    assert kept.execute("SELECT email FROM person").get == "claire@example.org"
    assert kept.pragma("user_version") == len(MIGRATIONS)
    kept.close()


def test_a_migration_that_fails_leaves_version_and_tables_as_they_were(ledger_path: Path) -> None:
    close_database(open_database(ledger_path, KEY, MIGRATIONS))

    def half(connection: apsw.Connection) -> None:
        connection.execute(
            "CREATE TABLE half(x TEXT) STRICT; INSERT INTO half VALUES ('a'); INSERT INTO nowhere VALUES (1)"
        )

    with pytest.raises(apsw.SQLError):
        open_database(ledger_path, KEY, [*MIGRATIONS, half])
    again = open_database(ledger_path, KEY, MIGRATIONS)
    assert again.pragma("user_version") == len(MIGRATIONS)
    assert again.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").get == 0
    close_database(again)


def test_a_transaction_is_all_or_nothing(ledger_path: Path) -> None:
    connection = open_database(ledger_path, KEY, MIGRATIONS)

    def fail() -> None:
        with transaction(connection):
            connection.execute("INSERT INTO person(email) VALUES ('a@example.org')")
            raise KeyError("our own mistake")

    with pytest.raises(KeyError):
        fail()
    assert connection.execute("SELECT count(*) FROM person").get == 0
    assert not connection.in_transaction
    close_database(connection)


def test_a_broken_constraint_stays_our_own_mistake(ledger_path: Path) -> None:
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    add_person(connection, "claire@example.org")
    with pytest.raises(apsw.ConstraintError):
        add_person(connection, "claire@example.org")
    close_database(connection)


def test_a_second_writer_is_told_that_the_ledger_is_busy(ledger_path: Path) -> None:
    first = open_database(ledger_path, KEY, MIGRATIONS)
    second = open_database(ledger_path, KEY, MIGRATIONS)
    second.set_busy_timeout(20)
    with transaction(first):
        first.execute("INSERT INTO person(email) VALUES ('a@example.org')")
        with pytest.raises(LedgerIsBusy):
            add_person(second, "b@example.org")
    add_person(second, "b@example.org")
    assert first.execute("SELECT count(*) FROM person").get == 2
    close_database(first)
    close_database(second)


def test_a_reader_sees_what_is_committed_and_can_change_nothing(ledger_path: Path) -> None:
    writer = open_database(ledger_path, KEY, MIGRATIONS)
    add_person(writer, "a@example.org")
    reader = open_reader(ledger_path, KEY)
    with transaction(writer):
        writer.execute("INSERT INTO person(email) VALUES ('b@example.org')")
        assert reader.execute("SELECT count(*) FROM person").get == 1
    assert reader.execute("SELECT count(*) FROM person").get == 2
    with pytest.raises(LedgerError, match="may not be written"), ledger_errors(reader):
        reader.execute("DELETE FROM person")
    assert reader.pragma("query_only") == 1
    reader.close()
    close_database(writer)


def test_a_reader_leaves_the_log_of_a_dead_writer_for_the_next_writer(ledger_path: Path, tmp_path: Path) -> None:
    writer = open_database(ledger_path, KEY, MIGRATIONS)
    add_person(writer, "a@example.org")
    # What a killed writer leaves is the file and its log.
    dead = tmp_path / "dead" / "ledger.sqlite"
    dead.parent.mkdir()
    for ending in ("", "-wal"):
        shutil.copyfile(f"{ledger_path}{ending}", f"{dead}{ending}")
    close_database(writer)
    log = Path(f"{dead}-wal").read_bytes()
    reader = open_reader(dead, KEY)
    assert reader.execute("SELECT email FROM person").get == "a@example.org"
    reader.close()
    assert Path(f"{dead}-wal").read_bytes() == log


def test_a_clean_end_leaves_an_empty_log_even_while_the_window_reads(ledger_path: Path) -> None:
    writer = open_database(ledger_path, KEY, MIGRATIONS)
    add_person(writer, "a@example.org")
    reader = open_reader(ledger_path, KEY)
    assert reader.execute("SELECT count(*) FROM person").get == 1
    close_database(writer)
    assert Path(f"{ledger_path}-wal").stat().st_size == 0
    assert reader.execute("SELECT count(*) FROM person").get == 1
    reader.close()


def test_a_clean_end_leaves_no_log_and_an_unclean_one_is_checked(ledger_path: Path, tmp_path: Path) -> None:
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    with transaction(connection):
        connection.executemany("INSERT INTO person(email) VALUES (?)", ((f"{n}@example.org",) for n in range(2000)))
    connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    add_person(connection, "last@example.org")
    dead = tmp_path / "dead" / "ledger.sqlite"
    dead.parent.mkdir()
    for ending in ("", "-wal"):
        shutil.copyfile(f"{ledger_path}{ending}", f"{dead}{ending}")
    close_database(connection)
    assert not Path(f"{ledger_path}-wal").exists()
    # Damage a page that opening alone does not read: only the check after an unclean end finds it.
    for path in (dead, ledger_path):
        content = bytearray(path.read_bytes())
        content[10 * 4096 + 2000] ^= 1
        path.write_bytes(content)
    with pytest.raises(LedgerIsDamaged):
        open_database(dead, KEY, MIGRATIONS)
    close_database(open_database(ledger_path, KEY, MIGRATIONS))


def test_a_log_cut_anywhere_opens_as_a_prefix_of_what_was_committed(ledger_path: Path, tmp_path: Path) -> None:
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    for n in range(30):
        with transaction(connection):
            connection.execute("INSERT INTO person(email) VALUES (?)", (f"{n}@example.org",))
            connection.execute("INSERT INTO person(email) VALUES (?)", (f"{n}@example.com",))
    whole, log = ledger_path.read_bytes(), Path(f"{ledger_path}-wal").read_bytes()
    close_database(connection)
    assert len(log) > 20 * 4096
    lengths = set()
    for number, cut in enumerate([*range(0, len(log), 2003), len(log)]):
        torn = tmp_path / f"torn{number}" / "ledger.sqlite"
        torn.parent.mkdir()
        torn.write_bytes(whole)
        Path(f"{torn}-wal").write_bytes(log[:cut])
        opened = open_database(torn, KEY, MIGRATIONS)
        emails = [row[0] for row in opened.execute("SELECT email FROM person ORDER BY id")]
        expected = [f"{n}@example.{end}" for n in range(len(emails) // 2) for end in ("org", "com")]
        assert emails == expected, f"log cut at {cut}"
        lengths.add(len(emails))
        close_database(opened)
        shutil.rmtree(torn.parent)
    assert lengths == set(range(0, 61, 2))


def test_a_backup_is_whole_although_the_writer_is_in_the_midst_of_its_work(ledger_path: Path) -> None:
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    with transaction(connection):
        connection.executemany("INSERT INTO person(email) VALUES (?)", ((f"{n}@example.org",) for n in range(3000)))
    target = ledger_path.parent / "backups" / "copy.sqlite"
    backup(connection, target)
    add_person(connection, "later@example.org")
    assert [path.name for path in target.parent.iterdir()] == ["copy.sqlite"]
    copy = open_reader(target, KEY)
    assert copy.execute("SELECT count(*) FROM person").get == 3000
    assert copy.pragma("journal_mode") == "delete"
    copy.close()
    close_database(connection)


def test_an_old_sqlite_is_refused() -> None:
    for version in ("3.7.0", "3.45.1", "3.51.2"):
        with pytest.raises(LedgerError, match=version):
            refuse_old_library(version)
    for version in ("3.51.3", "3.54.0", "4.0.0"):
        refuse_old_library(version)


def test_a_connection_says_nothing_of_its_key(ledger_path: Path) -> None:
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    assert isinstance(connection, Database)
    assert KEY.hex() not in repr(connection) + str(connection)
    close_database(connection)
