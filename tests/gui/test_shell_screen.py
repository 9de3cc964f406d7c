"""What is on screen of the shell: the first page, the bands, the dialogs, in every language and size of text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from disf_desktop.core.errors import DisfError, Problem, SettingsError
from disf_desktop.gui import languages, theme
from disf_desktop.gui.models import facts
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.settings import Settings
from tests.gui.lint import Pseudo, findings, untranslated
from tests.gui.rehearsal import Rehearsal
from tests.gui.rest import at_rest


def states(qtbot: QtBot, folder: Path) -> Iterator[tuple[str, QWidget]]:
    """Bring the shell into each of its states, and give what is to be looked at."""
    rehearsal = Rehearsal(folder)
    window, store = rehearsal.window, rehearsal.store
    qtbot.addWidget(window)
    window.resize(960, 600)
    window.show()

    def settle() -> None:
        store.changed.emit()
        at_rest()

    settle()
    yield "the first start", window
    for n in range(8):
        file = folder / "a folder with a name" / f"Client-{n}.disf.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text("", encoding="utf-8")
        Settings(folder / "window.ini").remember(file)
    settle()
    yield "recent files", window
    store.update(rehearsal=facts.Rehearsal.STARTING)
    settle()
    yield "a rehearsal starts", window
    problems = (Problem("projects[0].id", "“id” is missing.", "Add it."),) * 3
    store.update(rehearsal=None, open_error=SettingsError(problems), problems=problems, path=file)
    settle()
    yield "a file that cannot be opened", window
    store.update(open_error=None, problems=())
    rehearsal.open()
    window.show_tab(Tab.CONNECTIONS)
    conflict = DisfError("", "")
    conflict.code = "file_changed"
    store.update(rehearsal=facts.Rehearsal.OPEN, save_error=conflict, copied_to=file)
    settle()
    yield "a rehearsal with trouble", window.header
    yield "the band", window.band
    yield "a choice", window.file_notice
    yield "a copy", window.copied_notice
    for outside in facts.Outside:
        store.update(save_error=None, outside=outside)
        settle()
        yield f"a file that is {outside.value}", window.file_notice
    for open_dialog in (window.files.rename, window.menus.about):
        open_dialog()
        dialog = next(d for d in window.findChildren(QDialog) if d.isVisible())
        settle()
        yield type(dialog).__name__, dialog
        dialog.close()


@pytest.mark.parametrize("size", theme.SIZES)
@pytest.mark.parametrize("language", [languages.Language.ENGLISH, languages.Language.FRENCH])
def test_nothing_of_the_shell_is_cut_overlaid_nameless_or_idle(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, language: languages.Language, size: int
) -> None:
    languages.speak(qapp, language)
    theme.apply(qapp, theme.Appearance.LIGHT, size)
    try:
        found = {name: findings(shown) for name, shown in states(qtbot, tmp_path)}
    finally:
        theme.apply(qapp, theme.Appearance.LIGHT)
    assert not {name: told for name, told in found.items() if told}


def test_every_text_of_the_shell_is_translated(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    pseudo = Pseudo()
    qapp.installTranslator(pseudo)
    try:
        found = {name: untranslated(shown) for name, shown in states(qtbot, tmp_path) if name != "About"}
    finally:
        qapp.removeTranslator(pseudo)
    assert not {name: told for name, told in found.items() if told}
