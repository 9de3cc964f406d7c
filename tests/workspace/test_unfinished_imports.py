"""Imports that have rows left, as a face lists them after a restart, and goes on with them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from disf_desktop.core.importing.recipe import FileForm
from disf_desktop.gui.models.imports import draft_of
from disf_desktop.workspace import Workspace
from tests.services.salesforce_simulator import Simulator, running
from tests.workspace import test_importing as importing
from tests.workspace.test_importing import checked, people, sent

workspace = importing.workspace


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with running(tmp_path_factory.mktemp("simulator"), records=20) as simulator:
        yield simulator


def left_open(workspace: Workspace, folder: Path) -> Path:
    """Import a file but for one row, which is put right afterwards."""
    file = people(folder, Courriel={1: "non"})
    first = sent(workspace, file)
    assert workspace.unfinished_imports() == (), "what is refused is not left"
    assert workspace.correct_row(first.id, 3, {"Courriel": "zoe1@exemple.example"}) is None
    return file


def test_only_what_was_begun_and_has_rows_left_is_listed(workspace: Workspace, tmp_path: Path) -> None:
    assert workspace.unfinished_imports() == ()
    checked(workspace, people(tmp_path, count=3))
    assert workspace.unfinished_imports() == (), "nothing of it was sent"
    file = left_open(workspace, tmp_path)
    [told] = workspace.unfinished_imports()
    assert (told.path, told.rows, told.left, told.pasted, told.changed) == (file.absolute(), 6, 1, False, False)


def test_it_goes_on_with_what_was_chosen_and_is_listed_no_more(workspace: Workspace, tmp_path: Path) -> None:
    left_open(workspace, tmp_path)
    [told] = workspace.unfinished_imports()
    seen = workspace.recognise_file(told.path, told.recipe.form, told.recipe.to)
    again = draft_of(told.recipe).recipe("Another name", seen.form.names)
    found = checked(workspace, told.path, again)
    assert (found.id, found.counts.sent, found.counts.left) == (told.id, 5, 1)
    assert sent(workspace, told.path, again).created == 6
    assert workspace.unfinished_imports() == ()


def test_a_file_that_changed_or_is_gone_cannot_go_on(workspace: Workspace, tmp_path: Path) -> None:
    file = left_open(workspace, tmp_path)
    later = file.stat().st_mtime + 60
    os.utime(file, (later, later))
    assert workspace.unfinished_imports()[0].changed
    file.unlink()
    assert workspace.unfinished_imports()[0].changed


def test_what_was_begun_anew_is_not_listed_twice(workspace: Workspace, tmp_path: Path) -> None:
    file = left_open(workspace, tmp_path)
    sent(workspace, file, anew=True)
    assert workspace.unfinished_imports() == ()


def test_pasted_rows_are_known_for_that(workspace: Workspace, tmp_path: Path) -> None:
    text = people(tmp_path, Courriel={1: "non"}).read_text(encoding="cp1252")
    path = workspace.keep_pasted(text)
    recipe = importing.LIST.model_copy(update={"form": FileForm()})
    first = sent(workspace, path, recipe)
    workspace.correct_row(first.id, 3, {"Courriel": "zoe1@exemple.example"})
    assert [each.pasted for each in workspace.unfinished_imports()] == [True]
