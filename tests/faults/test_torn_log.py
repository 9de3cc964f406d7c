"""A ledger whose last writes never reached the disk, or reached it torn, opens as it was at some earlier moment.

The log of a real run, whose process was killed at its very end, is cut and spoilt at many places. What each leaves must
be a state that was once committed, in the order of history; and from any of them the next run brings both sides to
agreement. `DISF_CUTS` says from how many of them the run is tried (1 here).
"""

from __future__ import annotations

import os
import random
import shutil
import struct
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import pytest

from disf_desktop.storage.database import check, open_database
from disf_desktop.storage.ledger_schema import MIGRATIONS
from disf_desktop.storage.vault import ledger_key, open_vault
from tests.faults.checker import Checker
from tests.faults.conftest import few_lookups
from tests.faults.town import Launcher, Town
from tests.services.salesforce_simulator import Simulator

CUTS = int(os.environ.get("DISF_CUTS", "1"))
SEED = os.environ.get("DISF_SEED", "1")
OFFSETS = 200
_HEADER, _FRAME_HEADER = 32, 24


@dataclass
class Torn:
    """A ledger with its log as a killed run left them."""

    town: Town
    key: bytes
    log: bytes
    folder: Path

    @property
    def page(self) -> int:
        size: int = struct.unpack(">I", self.log[8:12])[0]
        return size

    def commits(self) -> list[int]:
        """Give the places in the log at which a transaction ends: its last frame tells the size of the database."""
        frame = _FRAME_HEADER + self.page
        ends = range(_HEADER, len(self.log) - frame + 1, frame)
        salt = self.log[16:24]
        frames = [(at + frame, self.log[at : at + _FRAME_HEADER]) for at in ends]
        return [end for end, head in frames if head[8:16] == salt and struct.unpack(">I", head[4:8])[0] > 0]

    def state(self, log: bytes, *, thorough: bool = False) -> str:
        """Open the ledger over this log as a run does, quick check and all; give a digest of all that it holds.

        Whatever has the digest of a state that was looked through thoroughly is as whole as that.
        """
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=0o700)
        copy = self.folder / "ledger.sqlite"
        shutil.copy(self.town.ledger, copy)
        copy.with_name("ledger.sqlite-wal").write_bytes(log)
        connection = open_database(copy, self.key, MIGRATIONS)
        try:
            if thorough:
                check(connection, thorough=True)
                assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            digest = blake2b(digest_size=16)
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"):
                for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2'):
                    digest.update(repr(row).encode())
            return digest.hexdigest()
        finally:
            connection.close()

    def put(self, log: bytes) -> None:
        """Have the next run find this log."""
        self.town.ledger.with_name("ledger.sqlite-wal").write_bytes(log)
        self.town.ledger.with_name("ledger.sqlite-shm").unlink(missing_ok=True)


@pytest.fixture(scope="module")
def torn(simulator: Simulator, launcher: Launcher, tmp_path_factory: pytest.TempPathFactory) -> Torn:
    folder = tmp_path_factory.mktemp("town")
    town = Town(simulator, folder, launcher, f"torn {SEED}", change=few_lookups)
    town.run()
    town.act(20)
    town.at.later()
    command = town.start(trouble={"place": "committed Ledger.finish_run", "count": 1})
    assert command.wait() == -9
    places = town.at.workspace.places
    key = ledger_key(open_vault(places.secrets, town.at.project["id"]), town.at.project["id"], make=False)
    return Torn(town, key, town.ledger.with_name("ledger.sqlite-wal").read_bytes(), folder / "torn")


def test_a_log_cut_or_spoilt_anywhere_opens_as_a_state_that_was_once_committed(torn: Torn) -> None:
    commits = torn.commits()
    assert len(commits) >= 15, "a run commits more often than that"
    history = [torn.state(b"", thorough=True), *(torn.state(torn.log[:end], thorough=True) for end in commits)]
    assert len(set(history)) >= 10, "few commits change nothing"
    chance = random.Random(f"cuts {SEED}")
    size = len(torn.log)
    for number in range(OFFSETS):
        # Around each end of a transaction, and anywhere.
        at = min(size, max(0, chance.choice([*commits, 0, _HEADER]) + chance.randrange(-30, 31)))
        at = at if number % 2 else chance.randrange(size)
        kept = sum(end <= at for end in commits)
        torn_at = torn.log[:at]
        for how, log in {
            "cut": torn_at,
            "zeros after": torn_at + bytes(size - at),
            "rubbish after": torn_at + chance.randbytes(min(size - at, 3 * torn.page)),
            "another page": torn_at + bytes([torn.log[at] ^ 0x40] if at < size else b"") + torn.log[at + 1 :],
        }.items():
            if how != "cut" and number % 4:
                continue
            told = f"DISF_SEED={SEED}: {how} at byte {at} of {size}"
            if how == "another page" and 0 < at < _HEADER:
                continue  # a spoilt head makes the whole log void; what else it says is told below
            assert torn.state(log) == history[kept], told
    spoilt_head = bytes([torn.log[9] ^ 0x40])
    assert torn.state(torn.log[:9] + spoilt_head + torn.log[10:]) == history[0]


def test_from_any_state_that_a_torn_log_leaves_the_next_run_brings_both_sides_to_agreement(torn: Torn) -> None:
    kept = torn.town.ledger.read_bytes()
    chance = random.Random(f"runs {SEED}")
    commits = torn.commits()
    for number in range(CUTS):
        at = chance.choice(commits[: len(commits) // 2] if number % 2 else commits) + chance.randrange(0, 200)
        torn.town.ledger.write_bytes(kept)
        torn.put(torn.log[:at])
        try:
            torn.town.until_quiet()
            Checker(torn.town).quiet()
        except BaseException as failure:
            failure.add_note(f"DISF_SEED={SEED}: the log is cut at byte {at} of {len(torn.log)}")
            raise
