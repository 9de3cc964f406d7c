"""Death in the midst of a write, and a disk that is really full. Each writer is a process of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from disf_desktop.core.errors import DiskFull
from disf_desktop.storage.database import backup, close_database, open_database, open_reader, transaction
from disf_desktop.storage.room import BALLAST_BYTES, Ballast
from tests.storage.conftest import KEY, MIGRATIONS, add_person

WRITER = """
import sys
from pathlib import Path
from disf_desktop.storage.database import open_database, transaction
from tests.storage.conftest import KEY, MIGRATIONS, add_person

connection = open_database(Path(sys.argv[1]), KEY, MIGRATIONS)
for n in range(int(sys.argv[2])):
    add_person(connection, f"{n}@example.org")
with transaction(connection):
    for n in range(5000):
        connection.execute("INSERT INTO person(email) VALUES (?)", (f"never{n}@example.org",))
    # Let what is not committed reach the disk too, as it does in a large transaction.
    connection.cache_flush()
    print("in the midst", flush=True)
    sys.stdin.readline()
"""

MIGRATING = """
import sys
from pathlib import Path
from disf_desktop.storage.database import open_database
from tests.storage.conftest import KEY, MIGRATIONS

def slow(connection):
    connection.execute("CREATE TABLE later(x TEXT) STRICT")
    connection.execute("UPDATE person SET email = upper(email)")
    connection.cache_flush()
    print("in the midst", flush=True)
    sys.stdin.readline()

open_database(Path(sys.argv[1]), KEY, [*MIGRATIONS, slow])
"""


def _kill_in_the_midst(program: str, *arguments: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin
    assert process.stdout
    with process.stdin, process.stdout:
        assert process.stdout.readline() == "in the midst\n"
        process.kill()
        process.wait(timeout=20)


def test_a_writer_that_is_killed_loses_nothing_committed_and_keeps_nothing_else(ledger_path: Path) -> None:
    _kill_in_the_midst(WRITER, str(ledger_path), "25")
    log = ledger_path.with_name("ledger.sqlite-wal")
    # The unfinished transaction did reach the disk; only its commit did not.
    assert log.stat().st_size > 100 * 1024
    again = open_database(ledger_path, KEY, MIGRATIONS)
    emails = [row[0] for row in again.execute("SELECT email FROM person ORDER BY id")]
    assert emails == [f"{n}@example.org" for n in range(25)]
    close_database(again)
    assert not log.exists()


def test_the_window_reads_on_after_a_writer_was_killed(ledger_path: Path) -> None:
    close_database(open_database(ledger_path, KEY, MIGRATIONS))
    _kill_in_the_midst(WRITER, str(ledger_path), "3")
    reader = open_reader(ledger_path, KEY)
    assert reader.execute("SELECT count(*) FROM person").get == 3
    reader.close()


def test_a_migration_that_is_killed_happens_whole_the_next_time(ledger_path: Path) -> None:
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    add_person(connection, "claire@example.org")
    close_database(connection)
    _kill_in_the_midst(MIGRATING, str(ledger_path))
    again = open_database(ledger_path, KEY, MIGRATIONS)
    assert again.pragma("user_version") == len(MIGRATIONS)
    assert again.execute("SELECT email FROM person").get == "claire@example.org"
    assert again.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'later'").get == 0
    close_database(again)
    newer = open_database(ledger_path, KEY, [*MIGRATIONS, lambda c: c.execute("CREATE TABLE later(x TEXT) STRICT")])
    assert newer.pragma("user_version") == len(MIGRATIONS) + 1
    close_database(newer)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a file system of 24 MB of its own."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if sys.platform != "linux" or os.getuid() != 0 or not mount or not umount:
        pytest.skip("only the superuser of a Linux system can mount a small disk; the size limit is tested everywhere")
    mounted = subprocess.run([mount, "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"this system does not let a small disk be mounted: {mounted.stderr.strip()}")
    yield folder
    # Lazily, so that a test that failed with a file open leaves no disk behind.
    subprocess.run([umount, "--lazy", folder], check=True)


def _fill(folder: Path) -> Path:
    """Take the last byte of the disk."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (2**16, 2**12, 2**8, 1):
            with contextlib.suppress(OSError):
                while True:
                    file.write(b"x" * size)
    return filler


def test_a_full_disk_takes_back_the_change_and_says_so(small_disk: Path) -> None:
    path = small_disk / "ledger.sqlite"
    connection = open_database(path, KEY, MIGRATIONS)
    add_person(connection, "before@example.org")
    filler = _fill(small_disk)
    with pytest.raises(DiskFull, match="taken back") as told, transaction(connection):
        connection.executemany("INSERT INTO person(email) VALUES (?)", ((f"{n}@example.org",) for n in range(9000)))
    assert "Make room" in told.value.what_to_do
    assert not connection.in_transaction
    assert connection.execute("SELECT count(*) FROM person").get == 1
    filler.unlink()
    add_person(connection, "after@example.org")
    close_database(connection)
    again = open_database(path, KEY, MIGRATIONS)
    assert [row[0] for row in again.execute("SELECT email FROM person")] == ["before@example.org", "after@example.org"]
    close_database(again)


def test_the_ballast_lets_the_last_outcome_be_written_on_a_full_disk(small_disk: Path) -> None:
    connection = open_database(small_disk / "ledger.sqlite", KEY, MIGRATIONS)
    ballast = Ballast(small_disk / "ballast")
    ballast.lay()
    assert ballast.path.stat().st_size == BALLAST_BYTES
    _fill(small_disk)

    def outcome() -> int:
        with transaction(connection):
            connection.executemany("INSERT INTO person(email) VALUES (?)", ((f"{n}@example.org",) for n in range(9000)))
            return connection.changes()

    assert ballast.spend_on(outcome) == 1
    assert ballast.spent
    assert not ballast.path.exists()
    assert connection.execute("SELECT count(*) FROM person").get == 9000
    close_database(connection)


def test_a_full_disk_without_ballast_stays_a_full_disk(small_disk: Path) -> None:
    ballast = Ballast(small_disk / "ballast")

    def no_room() -> None:
        raise DiskFull("The disk is full.", "Make room.")

    with pytest.raises(DiskFull):
        ballast.spend_on(no_room)
    ballast.lay()
    with pytest.raises(DiskFull):
        ballast.spend_on(no_room)
    assert ballast.spent


def test_a_backup_is_not_begun_where_it_would_fill_the_disk(small_disk: Path) -> None:
    connection = open_database(small_disk / "ledger.sqlite", KEY, MIGRATIONS)
    with pytest.raises(DiskFull, match="MB are needed"):
        backup(connection, small_disk / "backups" / "copy.sqlite")
    assert list((small_disk / "backups").iterdir()) == []
    close_database(connection)


def test_a_ballast_that_does_not_fit_leaves_nothing_behind(small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(b"x" * 12 * 2**20)
    with pytest.raises(DiskFull, match="too full to begin"):
        Ballast(small_disk / "ballast").lay()
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


LIMITED = """
import resource, signal, sys
from pathlib import Path
from disf_desktop.core.errors import DiskFull
from disf_desktop.storage.database import open_database, transaction
from tests.storage.conftest import KEY, MIGRATIONS, add_person

connection = open_database(Path(sys.argv[1]), KEY, MIGRATIONS)
add_person(connection, "before@example.org")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    with transaction(connection):
        connection.executemany("INSERT INTO person(email) VALUES (?)", ((f"{n}@example.org",) for n in range(9000)))
except DiskFull as error:
    print(error.message, connection.execute("SELECT count(*) FROM person").get)
"""


@pytest.mark.skipif("sys.platform == 'win32'", reason="Windows has no limit on the size of a process's files")
def test_a_limit_on_the_size_of_files_is_a_full_disk_too(ledger_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(ledger_path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "The disk is full; the last change was taken back. 1\n"
