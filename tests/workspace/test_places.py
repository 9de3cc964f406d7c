"""Where things live."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from disf_desktop.workspace import Places


def test_a_named_place_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DISF_PROFILE", str(tmp_path / "environment"))
    monkeypatch.setenv("DISF_SECRETS", str(tmp_path / "secrets.yaml"))
    assert Places.find(tmp_path / "named", tmp_path / "s.json") == Places(tmp_path / "named", tmp_path / "s.json")
    assert Places.find() == Places(tmp_path / "environment", tmp_path / "secrets.yaml")


def test_without_a_word_it_is_the_users_data_folder_and_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISF_PROFILE", "")
    monkeypatch.delenv("DISF_SECRETS", raising=False)
    places = Places.find()
    assert places.profile.is_absolute()
    assert places.profile.name == "disf_desktop"
    assert places.secrets is None


def test_a_relative_place_is_made_whole_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert Places.find(Path("p"), Path("s.yaml")) == Places(tmp_path / "p", tmp_path / "s.yaml")


def test_the_ledger_is_named_by_the_projects_id(tmp_path: Path) -> None:
    places = Places(tmp_path)
    assert places.ledger("some-project") == tmp_path / "some-project" / "ledger.sqlite"
    assert places.lock("some-project").parent == places.log("some-project").parent == tmp_path / "some-project"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has access lists instead, which a profile brings along")
def test_the_profile_is_its_owners_alone_with_every_folder_above_it_that_was_missing(tmp_path: Path) -> None:
    was = os.umask(0)
    try:
        Places(tmp_path / "above" / "profile").make()
    finally:
        os.umask(was)
    for folder in (tmp_path / "above", tmp_path / "above" / "profile"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has access lists instead, which a profile brings along")
def test_a_folder_that_somebody_names_as_the_profile_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    Places(tmp_path).make()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
