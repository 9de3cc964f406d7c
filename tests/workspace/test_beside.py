"""What the window keeps beside the ledger."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from disf_desktop.core.errors import LedgerError
from disf_desktop.storage import project_file
from disf_desktop.workspace import Places, Workspace
from tests.gui.made_up import project


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    path = tmp_path / "a.disf.yaml"
    project_file.save(path, project())
    return Workspace(path, Places(tmp_path / "profile"))


def test_the_place_for_a_plan_is_a_folder_for_its_owner_alone_and_empty(workspace: Workspace) -> None:
    place = workspace.place_for_plan()
    assert place.parent == workspace.places.folder(workspace.project.id)
    if os.name == "posix":
        assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    place.write_text("an older plan")
    assert workspace.place_for_plan() == place
    assert not place.exists()


def test_a_plan_is_forgotten_and_where_there_is_none_nothing_happens(workspace: Workspace) -> None:
    workspace.forget_plan()
    place = workspace.place_for_plan()
    place.write_text("a plan")
    workspace.forget_plan()
    assert not place.exists()


def test_that_the_schedules_are_paused_is_known_the_next_time(workspace: Workspace) -> None:
    assert not workspace.schedules_paused
    workspace.pause_schedules(True)
    workspace.pause_schedules(True)
    again = Workspace(workspace.path, workspace.places)
    assert again.schedules_paused
    again.pause_schedules(False)
    assert not workspace.schedules_paused


def test_a_profile_that_is_no_folder_is_said_in_plain_words(workspace: Workspace) -> None:
    workspace.places.profile.write_text("in the way")
    with pytest.raises(LedgerError) as told:
        workspace.pause_schedules(True)
    assert "profile folder" in told.value.what_to_do
