"""The ground under the ledger: an encrypted SQLite database that survives crashes, full disks and wrong keys.

One connection, made by `open_database`, does every write and every checkpoint; the window reads through
`open_reader`. apsw's errors become ours here and nowhere else. Rules: sync-semantics, section 6.

The file is encrypted page by page (ChaCha20 and Poly1305, so a changed page is noticed) under a raw key: opening
costs a fifth of a millisecond, where a passphrase costs 25 to 120. A raw key leaves the 16 bytes of salt at the
head of the file unused, so they hold a fingerprint of the key: a wrong key is told from a damaged file.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

import apsw

from disf_desktop.core.errors import (
    DisfError,
    DiskFull,
    LedgerError,
    LedgerIsBusy,
    LedgerIsDamaged,
    LedgerIsNewer,
    VaultUnavailable,
)
from disf_desktop.storage.files import make_file, make_folder, sync_file, sync_folder
from disf_desktop.storage.room import MAKE_ROOM, OUT_OF_ROOM, room_for

APPLICATION_ID = 0x44495346
"""`DISF` in ASCII: what the file says it is."""

Migration = Callable[[apsw.Connection], object]

_OLDEST_SQLITE = (3, 51, 3)
_BUSY_MS = 5000
_FINGERPRINT_BYTES = 16
_STATEMENTS = 256
_RESTORE = "Close the program, put a backup of the ledger back (disf restore FILE), then run again."


class Database(apsw.Connection):
    """A connection to an encrypted database, which knows its own path and key."""

    def __init__(self, path: Path, key: bytes, flags: int) -> None:
        assert len(key) == 32, "the key of a ledger is 32 bytes"
        # A run of several integrations has more than a hundred statements, which is what is kept unasked.
        super().__init__(str(path), flags=flags, statementcachesize=_STATEMENTS)
        self.path = path
        self._key = key
        self.pragma("cipher", "chacha20")
        # A pragma takes no bound value; the statement is not kept in the cache, and nothing traces this connection.
        self.execute(f"PRAGMA key='raw:{key.hex()}{_fingerprint(key).hex()}'", can_cache=False).fetchall()
        self.set_busy_timeout(_BUSY_MS)
        # A name in double quotes that is no column is a mistake, not a text.
        self.config(apsw.SQLITE_DBCONFIG_DQS_DML, 0)
        self.config(apsw.SQLITE_DBCONFIG_DQS_DDL, 0)
        self.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)

    def backup_to(self, target: Path) -> None:
        """Copy the database as it now is to a new, checked, durable file; see `backup`."""
        part = target.with_name(f".{target.name}.part")
        part.unlink(missing_ok=True)
        try:
            make_file(part)
            copy = Database(part, self._key, apsw.SQLITE_OPEN_READWRITE)
            try:
                with ledger_errors(copy):
                    # The copy is worth nothing before it is whole, so it needs no journal and no wait for the disk.
                    copy.pragma("journal_mode", "memory")
                    copy.pragma("synchronous", "OFF")
                    with copy.backup("main", self, "main") as work:
                        work.step(-1)
                    # The header says WAL, as the original does; a backup is one file.
                    copy.pragma("journal_mode", "delete")
                    check(copy)
            finally:
                copy.close()
            sync_file(part)
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        sync_folder(target.parent)


def open_database(
    path: Path, key: bytes, migrations: Sequence[Migration], *, application_id: int = APPLICATION_ID
) -> Database:
    """Open the database for writing, made or brought to the newest version if need be.

    Step n of `migrations` (from 1) runs in one transaction with the version that it makes; before the first step over
    an existing file a backup is made in the folder `backups` beside it. What an earlier process left unfinished is
    checked first. Raises VaultUnavailable (the key is another one), LedgerIsNewer, LedgerIsDamaged, LedgerIsBusy,
    DiskFull. The caller holds the `RunLock`.
    """
    refuse_old_library(apsw.sqlite_lib_version())
    with _files_said(path):
        make_folder(path.parent)
        unclean = _was_left_open(path)
        # SQLite gives -wal and -shm the permissions of the file itself.
        make_file(path)
    connection = _connect(path, key, apsw.SQLITE_OPEN_READWRITE)
    try:
        with ledger_errors(connection):
            is_new = _recognise(connection, application_id, len(migrations))
            _set_writer_pragmas(connection)
            if unclean and not is_new:
                check(connection)
        _migrate(connection, migrations, application_id)
    except BaseException:
        connection.close()
        raise
    return connection


def open_reader(
    path: Path, key: bytes, *, version: int | None = None, application_id: int = APPLICATION_ID
) -> Database:
    """Open an existing database for reading only; nothing that this connection does can change what it holds.

    `version` is the newest one that the caller understands. Raises as `open_database` does. A connection opened for
    reading makes no checkpoint either: that is the writer's.
    """
    refuse_old_library(apsw.sqlite_lib_version())
    connection = _connect(path, key, apsw.SQLITE_OPEN_READONLY)
    try:
        with ledger_errors(connection):
            _recognise(connection, application_id, version)
            connection.pragma("query_only", True)
            _set_common_pragmas(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def close_database(connection: Database) -> None:
    """Close the writer's connection and leave an empty log, the sign of a clean end.

    A reader in the midst of a page may keep the log from being emptied; then the next opening checks the file once for
    nothing, which is harmless.
    """
    with contextlib.suppress(apsw.Error):
        connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
    connection.close()


@contextlib.contextmanager
def transaction(connection: apsw.Connection) -> Iterator[None]:
    """Do everything inside or nothing of it, durably. Do not nest, and do not wait for a network inside.

    Raises the errors of `ledger_errors`. A broken constraint is our own mistake and stays as it is.
    """
    with ledger_errors(connection):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            # SQLite has already rolled back after some failures, a full disk among them.
            if connection.in_transaction:
                with contextlib.suppress(apsw.Error):
                    connection.execute("ROLLBACK")
            raise


@contextlib.contextmanager
def ledger_errors(connection: apsw.Connection) -> Iterator[None]:
    """Turn apsw's errors into ours, for reads outside of a transaction too. A mistake in our SQL stays as it is."""
    try:
        yield
    except apsw.Error as error:
        where = str(connection.path) if isinstance(connection, Database) else ""
        ours = _in_our_words(error, connection.system_errno, where)
        if ours is None:
            raise
        raise ours from error


def backup(connection: Database, target: Path) -> None:
    """Copy the database to `target` under the same key: a new file, checked, on the disk, then named.

    Raises DiskFull where there is no room for it, LedgerIsDamaged where the copy fails its check.
    """
    with _files_said(target):
        make_folder(target.parent)
        with ledger_errors(connection):
            size = int(connection.pragma("page_count")) * int(connection.pragma("page_size"))
        room_for(target.parent, size)
        connection.backup_to(target)


def check(connection: Database, *, thorough: bool = False) -> None:
    """Look through the whole file; raise LedgerIsDamaged if something is wrong. `thorough` compares the indexes too."""
    with ledger_errors(connection):
        result = connection.execute(f"PRAGMA {'integrity_check' if thorough else 'quick_check'}(1)").get
    if result != "ok":
        raise LedgerIsDamaged("The ledger fails its check.", _RESTORE, where=str(connection.path), detail=str(result))


def refuse_old_library(version: str) -> None:
    """Refuse an SQLite older than 3.51.3, in which two connections can damage a database in WAL mode."""
    if tuple(int(part) for part in version.split(".")[:3]) < _OLDEST_SQLITE:
        raise LedgerError(
            f"SQLite {version} can damage a ledger that two processes use at once.",
            "Install apsw-sqlite3mc 3.51.3 or newer.",
        )


def _fingerprint(key: bytes) -> bytes:
    return blake2b(b"fingerprint", key=key, digest_size=_FINGERPRINT_BYTES, person=b"disf-ledger").digest()


def _was_left_open(path: Path) -> bool:
    """Say whether the last writer went without closing: only then its log still holds something."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _connect(path: Path, key: bytes, flags: int) -> Database:
    with _files_said(path):
        with path.open("rb") as file:
            head = file.read(_FINGERPRINT_BYTES)
        if head and head != _fingerprint(key):
            raise VaultUnavailable(
                "The key in the vault does not open this ledger.",
                "Use the keyring or the secrets file with which the ledger was made. If that key is lost, move "
                "the ledger away: the next run meets everyone for the first time.",
                where=str(path),
            )
        try:
            return Database(path, key, flags)
        except apsw.Error as error:
            raise (_in_our_words(error, None, str(path)) or error) from error


def _recognise(connection: Database, application_id: int, newest: int | None) -> bool:
    """Make sure that this is one of our databases, and not one from the future; say whether it is still empty."""
    found = int(connection.pragma("application_id"))
    version = int(connection.pragma("user_version"))
    if found == 0 and version == 0 and connection.execute("SELECT count(*) FROM sqlite_schema").get == 0:
        return True
    if found != application_id:
        raise LedgerIsDamaged("This file is a database, but not a ledger.", _RESTORE, where=str(connection.path))
    if newest is not None and version > newest:
        raise LedgerIsNewer(
            f"A newer version of this program wrote the ledger (version {version}; this one knows {newest}).",
            "Install the newer program on this computer too.",
            where=str(connection.path),
        )
    return False


def _set_common_pragmas(connection: Database) -> None:
    connection.pragma("trusted_schema", False)
    connection.pragma("cell_size_check", True)
    connection.pragma("mmap_size", 0)
    # A sort that spills must not leave a person's data on the disk in the clear.
    connection.pragma("temp_store", "MEMORY")


def _set_writer_pragmas(connection: Database) -> None:
    mode = connection.pragma("journal_mode", "wal")
    if mode != "wal":
        raise LedgerError(
            "The ledger's folder cannot hold a write-ahead log.",
            "Choose a profile folder on a disk of this computer.",
            where=str(connection.path),
            detail=f"journal_mode is {mode}",
        )
    connection.pragma("synchronous", "FULL")
    connection.pragma("fullfsync", True)
    connection.pragma("checkpoint_fullfsync", True)
    connection.pragma("foreign_keys", True)
    connection.pragma("secure_delete", True)
    # One large transaction must not leave a large log for ever.
    connection.pragma("journal_size_limit", 64 * 2**20)
    connection.pragma("cache_size", -32 * 1024)
    _set_common_pragmas(connection)


def _migrate(connection: Database, migrations: Sequence[Migration], application_id: int) -> None:
    with ledger_errors(connection):
        version = int(connection.pragma("user_version"))
    if 0 < version < len(migrations):
        backup(connection, connection.path.parent / "backups" / f"ledger-before-v{version + 1}.sqlite")
    for number, step in enumerate(migrations[version:], start=version + 1):
        with transaction(connection):
            if number == 1:
                connection.pragma("application_id", application_id)
            step(connection)
            connection.pragma("user_version", number)


@contextlib.contextmanager
def _files_said(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in OUT_OF_ROOM:
            raise DiskFull("The disk is full.", MAKE_ROOM, where=str(path)) from error
        raise LedgerError(
            f"The ledger's file cannot be used: {error.strerror}.",
            "Look at the folder and its permissions; it must be yours alone.",
            where=str(path),
        ) from error


def _in_our_words(error: apsw.Error, system_errno: int | None, where: str) -> DisfError | None:
    """Give our error for one of apsw's; None for what only a mistake of ours explains."""
    detail = f"SQLite {getattr(error, 'extendedresult', 0)}: {error}"
    if isinstance(error, apsw.FullError) or (isinstance(error, apsw.IOError) and system_errno in OUT_OF_ROOM):
        return DiskFull("The disk is full; the last change was taken back.", MAKE_ROOM, where, detail)
    if isinstance(error, apsw.CorruptError | apsw.NotADBError):
        return LedgerIsDamaged("The ledger is damaged.", _RESTORE, where, detail)
    if isinstance(error, apsw.IOError):
        return LedgerError(
            "The disk does not let the ledger be read or written.", "Look at the disk, then run again.", where, detail
        )
    if isinstance(error, apsw.BusyError | apsw.LockedError):
        return LedgerIsBusy("Another program holds the ledger.", "Wait until it has finished.", where, detail)
    if isinstance(error, apsw.ReadOnlyError | apsw.CantOpenError | apsw.PermissionsError):
        return LedgerError(
            "The ledger may not be written here.",
            "Look at the permissions of its folder, and that the disk is not read-only.",
            where,
            detail,
        )
    return None
