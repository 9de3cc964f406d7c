"""The desk over a real ledger that is damaged: it is noticed, a real backup is put back, and the doubt is told."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from disf_desktop.core.doubt import Doubt
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.models.facts import Store
from disf_desktop.gui.models.ledger import DAMAGED, ledger_trouble
from disf_desktop.workspace import Places
from tests.gui.rehearsal import AtOnce
from tests.workspace.test_doubting import Doubted
from tests.workspace.test_workspace import PROJECT


class Office:
    """A desk over a ledger with two backups, of which the later one knows an integration."""

    def __init__(self, folder: Path) -> None:
        path, places = folder / "essai.disf.yaml", Places(folder / "profile", folder / "secrets.yaml")
        path.write_text(yaml.safe_dump(PROJECT), encoding="utf-8")
        self.workspace = Doubted(path, places)
        self.workspace.use(days_ago=2)
        self.workspace.read_once(self.workspace.project.integrations[0].name)
        self.workspace.use(days_ago=1)
        self.store = Store(pause_ms=0)
        self.desk = Desk(AtOnce(), self.store, places, lambda _path, _places: self.workspace)
        self.desk.open(path)

    def damage(self) -> None:
        content = self.workspace.ledger_path.read_bytes()
        self.workspace.ledger_path.write_bytes(content[:4096] + bytes(len(content) - 4096))
        self.desk.read_ledger_again()


def trouble(office: Office) -> str:
    """Give the code of what is the matter, "" where nothing is."""
    error = ledger_trouble(office.store.facts)
    return "" if error is None else error.code


def doubt(office: Office) -> Doubt | None:
    return office.store.facts.standing.doubt


@pytest.fixture
def office(tmp_path: Path, qapp: object) -> Office:
    return Office(tmp_path)


def test_a_real_backup_comes_back_and_is_in_doubt_until_everything_was_compared(office: Office) -> None:
    assert trouble(office) == ""
    assert doubt(office) is None
    office.damage()
    assert trouble(office) == DAMAGED
    office.desk.ask_backups()
    told = office.store.facts.restoring
    assert told is not None
    assert told.backups is not None
    newest, *_, oldest = told.backups
    assert newest.made > oldest.made
    office.desk.restore_ledger(newest.name)
    done = office.store.facts.restoring
    assert done is not None
    assert (done.done, done.error) == (True, None)
    assert trouble(office) == ""
    assert doubt(office) is Doubt.BACKUP
    assert len(office.workspace.asides()) == 1


def test_a_new_beginning_leaves_no_ledger_and_keeps_the_damaged_one_beside(office: Office) -> None:
    office.damage()
    office.desk.ask_backups()
    office.desk.restore_ledger(None)
    assert trouble(office) == ""
    assert doubt(office) is None
    assert not office.workspace.ledger_path.exists()
    assert len(office.workspace.asides()) == 1


def test_a_backup_that_is_damaged_too_stays_where_it_is(office: Office) -> None:
    newest = office.workspace.backups()[0].path
    newest.write_bytes(bytes(8192))
    office.damage()
    office.desk.ask_backups()
    office.desk.restore_ledger(newest.name)
    told = office.store.facts.restoring
    assert told is not None
    assert told.error is not None
    assert (told.error.code, told.done) == (DAMAGED, False)
    assert office.workspace.asides() == []
    office.desk.restore_ledger(office.workspace.backups()[1].path.name)
    assert trouble(office) == ""
