"""Writes every tab as a picture, in both languages, light and dark: `python -m tests.gui.screenshots DIR`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from disf_desktop.core.events import Progress, RunState, Stage
from disf_desktop.core.schema import Side
from disf_desktop.gui import languages, theme
from disf_desktop.gui.models.facts import Run, RunKind
from disf_desktop.gui.models.marks import Tab
from tests.gui.rehearsal import Rehearsal, preview_facts


def main(folder: Path) -> None:
    """Draw the window over the fake workspace and write the pictures."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    for language in (languages.Language.ENGLISH, languages.Language.FRENCH):
        for look in (theme.Appearance.LIGHT, theme.Appearance.DARK):
            languages.speak(application, language)
            theme.apply(application, look)
            with tempfile.TemporaryDirectory() as profile:
                _draw(application, Path(profile), folder, f"{language.value}-{look.value}")


def _draw(application: QApplication, profile: Path, folder: Path, name: str) -> None:
    rehearsal = Rehearsal(profile)
    window, store = rehearsal.window, rehearsal.store
    window.resize(1360, 860)
    window.show()

    def shoot(what: str) -> None:
        store.changed.emit()
        for _ in range(4):
            application.processEvents()
        window.grab().save(str(folder / f"{what}-{name}.png"))

    shoot("start")
    rehearsal.open()
    for tab in Tab:
        window.show_tab(tab)
        if tab is Tab.MAPPING:
            page = window.pages[Tab.MAPPING]
            application.processEvents()
            page.canvas.choose(7)  # type: ignore[attr-defined]
        shoot(tab.value)
    window.show_tab(Tab.INTEGRATIONS)
    progress = Progress("Contacts", Stage.APPLY, Side.DIALOG_INSIGHT, 31_020, 50_000, 4180.0, 5.0)
    store.update(run=Run(RunKind.SYNC, None, RunState(progress=progress, set_aside=3)))
    shoot("running")
    store.update(run=None, preview=preview_facts())
    window.show_tab(Tab.ACTIVITY)
    shoot("preview")
    rehearsal.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"))
