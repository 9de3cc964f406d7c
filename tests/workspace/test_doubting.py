"""Whether the ledger may be believed, as a person is told between two runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from disf_desktop.core.doubt import Doubt, LedgerStanding
from disf_desktop.core.errors import LedgerIsDamaged
from disf_desktop.core.moments import written
from disf_desktop.storage.ledger import Ledger
from disf_desktop.storage.lock import RunLock
from disf_desktop.storage.this_computer import this_computer
from disf_desktop.storage.vault import ledger_key
from disf_desktop.workspace import Places
from tests.workspace.test_restoring import AT, Kept
from tests.workspace.test_workspace import PROJECT

WEEK = timedelta(days=7)


class Doubted(Kept):
    """A workspace whose ledger knows one integration that has read Salesforce."""

    @contextmanager
    def alone(self) -> Iterator[Ledger]:
        """Open the ledger for writing, and nothing more."""
        key = ledger_key(self._vault(), self.project.id, make=False)
        with RunLock(self.places.lock(self.project.id)) as lock:
            ledger = Ledger.open(self.ledger_path, key, lock)
            try:
                yield ledger
            finally:
                ledger.close()

    def read_once(self, name: str) -> None:
        with self.alone() as ledger:
            ledger.register(name, "example/1/Contact", b"settings")
            ledger._connection.execute("INSERT INTO stream(integration, side, wm) VALUES(1, 'SF', ?)", (AT,))

    def compare(self, at: datetime) -> None:
        with self.alone() as ledger:
            ledger.remember("audit/1", written(at), written(at + WEEK))


@pytest.fixture
def kept(tmp_path: Path) -> Doubted:
    path = tmp_path / "essai.disf.yaml"
    path.write_text(yaml.safe_dump(PROJECT), encoding="utf-8")
    workspace = Doubted(path, Places(tmp_path / "profile", tmp_path / "secrets.yaml"))
    assert workspace.ledger_standing() == LedgerStanding(), "nothing ever ran"
    workspace.use(days_ago=2)
    workspace.use()
    workspace.read_once(name(workspace))
    return workspace


def name(workspace: Kept) -> str:
    return workspace.project.integrations[0].name


def now() -> datetime:
    return datetime.now(UTC)


def test_a_ledger_that_was_compared_lately_is_believed_and_says_when(kept: Doubted) -> None:
    at = now() - timedelta(days=2)
    kept.compare(at)
    told = kept.ledger_standing()
    assert (told.doubt, told.since) == (None, "")
    assert told.compared == {name(kept): written(at)}
    assert not told.is_due(name(kept))


def test_what_was_compared_too_long_ago_is_due(kept: Doubted) -> None:
    kept.compare(now() - timedelta(days=8))
    told = kept.ledger_standing()
    assert told.doubt is None
    assert told.is_due(name(kept))
    assert not told.is_due("One that never read anything")


def test_a_restored_ledger_is_in_doubt_until_everything_was_compared_since(kept: Doubted) -> None:
    kept.compare(now() - timedelta(hours=1))
    kept.use(days_ago=1)
    backup = kept.backups()[0].path.name
    kept.use()
    kept.restore(backup)
    told = kept.ledger_standing()
    assert told.doubt is Doubt.BACKUP
    assert abs(now() - datetime.fromisoformat(told.since)) < timedelta(minutes=5)


def test_the_doubt_ends_with_the_comparison(kept: Doubted) -> None:
    since = now() - timedelta(hours=1)
    with kept.alone() as ledger:
        ledger.distrust(f"another computer, {written(since)}")
    assert kept.ledger_standing().doubt is Doubt.COMPUTER
    assert kept.ledger_standing().is_due(name(kept))
    kept.compare(since - timedelta(minutes=1))
    assert kept.ledger_standing().doubt is Doubt.COMPUTER
    kept.compare(since + timedelta(minutes=1))
    assert kept.ledger_standing().doubt is None


def test_a_ledger_put_back_by_hand_is_noticed_before_the_next_run(kept: Doubted) -> None:
    older = kept.ledger_path.read_bytes()
    kept.use()
    kept.ledger_path.write_bytes(older)
    assert kept.ledger_standing().doubt is Doubt.OLDER


def test_a_profile_from_another_computer_is_noticed_before_the_next_run(kept: Doubted) -> None:
    with kept.alone() as ledger:
        ledger._connection.execute("INSERT OR REPLACE INTO meta VALUES('computer', 'another one')")
    told = kept.ledger_standing()
    assert told.doubt is (Doubt.COMPUTER if this_computer() else None), "a system without a fingerprint tells nothing"


def test_a_damaged_ledger_is_said_to_be_so(kept: Doubted) -> None:
    content = kept.ledger_path.read_bytes()
    kept.ledger_path.write_bytes(content[:4096] + bytes(len(content) - 4096))
    with pytest.raises(LedgerIsDamaged):
        kept.ledger_standing()
