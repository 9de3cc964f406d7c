"""Backups of the ledger, and the way back to one of them, as a face holds it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from disf_desktop.core.errors import LedgerError, LedgerIsBusy, LedgerIsDamaged
from disf_desktop.storage.lock import RunLock
from disf_desktop.workspace import Places, Workspace
from tests.workspace.test_workspace import PROJECT

AT = "2026-03-02T10:00:00Z"


class Kept(Workspace):
    """A workspace with a ledger that was opened on some days, as runs do."""

    def use(self, *, days_ago: int = 0) -> dict[str, Any]:
        """Open the ledger for writing; give what it says of itself."""
        with RunLock(self.places.lock(self.project.id)) as lock, self._ledger(self._vault(), lock) as ledger:
            ledger.begin_run(AT)
            if days_ago:
                ledger.back_up(self._backups, datetime.now(UTC) - timedelta(days=days_ago))
            return dict(ledger._connection.execute("SELECT k, v FROM meta"))

    def damage(self) -> None:
        content = bytearray(self.ledger_path.read_bytes())
        content[4096 * 3 + 100] ^= 1
        self.ledger_path.write_bytes(content)

    def asides(self) -> list[Path]:
        found = self.ledger_path.parent.glob("ledger.sqlite.aside-*")
        return [path for path in found if not path.name.endswith("-wal")]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    path = tmp_path / "essai.disf.yaml"
    path.write_text(yaml.safe_dump(PROJECT), encoding="utf-8")
    workspace = Kept(path, Places(tmp_path / "profile", tmp_path / "secrets.yaml"))
    workspace.use(days_ago=2)
    workspace.use()
    return workspace


def test_backups_are_listed_with_the_newest_first(kept: Kept) -> None:
    newest, oldest = kept.backups()
    assert newest.path.name > oldest.path.name
    assert newest.size > 0


def test_a_sound_ledger_is_not_replaced_unless_a_backup_is_named(kept: Kept) -> None:
    with pytest.raises(LedgerError, match="sound"):
        kept.restore()
    assert kept.asides() == []
    oldest = kept.backups()[-1]
    assert kept.restore(oldest.path.name).backup == oldest.path
    assert len(kept.asides()) == 1


def test_a_backup_that_is_not_there_is_told_and_nothing_is_moved(kept: Kept) -> None:
    with pytest.raises(LedgerError, match="no backup"):
        kept.restore("ledger-none.sqlite")
    assert kept.asides() == []


def test_a_damaged_ledger_gives_way_to_the_newest_backup_that_is_sound(kept: Kept) -> None:
    kept.damage()
    newest, oldest = kept.backups()
    newest.path.write_bytes(newest.path.read_bytes()[:5000])
    restored = kept.restore()
    assert restored.backup == oldest.path
    assert [restored.aside] == kept.asides()


def test_what_came_back_is_checked_anew_and_only_once(kept: Kept) -> None:
    epoch = int(kept.use()["epoch"])
    kept.damage()
    kept.restore()
    first = kept.use()
    assert first["restored_from"].startswith("a backup, ")
    assert int(first["epoch"]) > epoch
    assert kept.use()["restored_from"] == first["restored_from"]


def test_a_file_that_is_another_ledgers_is_no_backup_of_this_one(kept: Kept) -> None:
    kept.damage()
    for each in kept.backups():
        each.path.unlink()
    other = Path(__file__).parents[1] / "storage" / "fixtures" / "ledger-v2.sqlite"
    shutil.copyfile(other, kept.ledger_path.parent / "backups" / "ledger-2026-01-01T000000Z.sqlite")
    with pytest.raises(LedgerIsDamaged):
        kept.restore()
    assert kept.asides() == []


def test_without_a_sound_backup_the_ledger_stays_until_a_person_wants_to_begin_anew(kept: Kept) -> None:
    kept.damage()
    shutil.rmtree(kept.ledger_path.parent / "backups")
    with pytest.raises(LedgerIsDamaged, match="no sound backup") as told:
        kept.restore()
    assert "--anew" in told.value.what_to_do
    restored = kept.restore(anew=True)
    assert restored.backup is None
    assert not kept.ledger_path.exists()
    assert "restored_from" not in kept.use()


def test_a_ledger_that_somebody_put_back_by_hand_is_not_believed(kept: Kept) -> None:
    before = kept.ledger_path.read_bytes()
    kept.use()
    kept.ledger_path.write_bytes(before)
    assert kept.use()["restored_from"].startswith("an older file, ")


def test_nothing_is_restored_while_a_run_holds_the_ledger(kept: Kept) -> None:
    kept.damage()
    with RunLock(kept.places.lock(kept.project.id)), pytest.raises(LedgerIsBusy):
        kept.restore()


def test_the_computer_is_noted_without_its_name(kept: Kept) -> None:
    noted = kept.use().get("computer", "")
    assert noted == "" or (len(noted) == 32 and isinstance(int(noted, 16), int))


def test_a_ledger_that_is_gone_comes_back_from_its_backup(kept: Kept) -> None:
    kept.ledger_path.unlink()
    newest = kept.backups()[0]
    restored = kept.restore()
    assert (restored.backup, restored.aside) == (newest.path, None)
    with pytest.raises(LedgerError):
        kept.restore()
