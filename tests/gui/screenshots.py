"""Writes every screen as a picture, in both languages, light and dark, at 100 % and at 200 %:
`python -m tests.gui.screenshots DIR`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from disf_desktop.core.events import GuardTripped, Notice, Progress, RunState, Stage
from disf_desktop.core.schema import Side
from disf_desktop.gui import languages, theme
from disf_desktop.gui.models import facts
from disf_desktop.gui.models.facts import Run, RunKind
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.tabs.integrations import IntegrationsTab
from tests.gui.connection_states import connection_states
from tests.gui.fakes import conflicts, consents
from tests.gui.import_states import import_states
from tests.gui.mapping_states import mapping_states
from tests.gui.new_field_states import new_field_states
from tests.gui.optin_states import opt_in_states, report_states
from tests.gui.past_states import past_states
from tests.gui.preparing_states import preparing_states
from tests.gui.project_states import project_dialogs, project_states
from tests.gui.rehearsal import Rehearsal, preview_facts
from tests.gui.screen_states import empty_states
from tests.gui.test_integrations import integration_states

SCALE = "QT_SCALE_FACTOR"
"""Qt reads it once, so each scale is a process of its own."""


def main(folder: Path) -> None:
    """Draw the window over the fake workspace and write the pictures, at every scale."""
    scale = os.environ.get(SCALE)
    if scale is not None:
        _draw_all(folder, f"-{int(scale) * 100}" if scale != "1" else "")
        return
    for scale in ("1", "2"):
        command = [sys.executable, "-m", "tests.gui.screenshots", str(folder)]
        subprocess.run(command, check=True, env={**os.environ, SCALE: scale})


def _draw_all(folder: Path, size: str) -> None:
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    for language in (languages.Language.ENGLISH, languages.Language.FRENCH):
        for look in (theme.Appearance.LIGHT, theme.Appearance.DARK):
            languages.speak(application, language)
            theme.apply(application, look)
            with tempfile.TemporaryDirectory() as profile:
                Camera(Rehearsal(Path(profile)), folder, f"{language.value}-{look.value}{size}").draw()


class Camera:
    """Brings the window into its states, one after the other, and takes a picture of each."""

    def __init__(self, rehearsal: Rehearsal, folder: Path, name: str) -> None:
        self._rehearsal, self._folder, self._name = rehearsal, folder, name
        rehearsal.window.resize(1360, 860)
        rehearsal.window.show()

    def draw(self) -> None:
        """Take all the pictures."""
        for scene in (self._start, self._tabs, self._activity, self._integrations, self._running, self._preview):
            for what in scene():
                self._shoot(what)
        rehearsal, dialogs = self._rehearsal, project_dialogs(self._rehearsal, self._settle)
        for state, dialog in dialogs:
            self._save(dialog, f"projects-{state}")
        walks: tuple[tuple[str, Callable[[Rehearsal, Callable[[], None]], Iterator[str]]], ...] = (
            ("connections", connection_states),
            ("prepare", preparing_states),
            ("mapping", mapping_states),
            ("projects", project_states),
            ("new-fields", new_field_states),
            ("opt-ins", opt_in_states),
            ("help", report_states),
            ("activity", past_states),
            ("import", import_states),
            ("empty", empty_states),
        )
        for tab, walk in walks:
            for state in walk(rehearsal, self._settle):
                self._shoot(f"{tab}-{state}")
        rehearsal.close()

    def _settle(self) -> None:
        self._rehearsal.store.changed.emit()
        loop = QEventLoop()
        QTimer.singleShot(5, loop.quit)
        loop.exec()
        for _ in range(3):
            QCoreApplication.processEvents()

    def _shoot(self, what: str) -> None:
        """Take a picture of the window; where a dialog is open, of that."""
        self._settle()
        window = self._rehearsal.window
        shown = [d for d in window.findChildren(QDialog) if d.isVisible()]
        self._save(shown[-1] if shown else window, what)

    def _save(self, shown: QWidget, what: str) -> None:
        file = re.sub(r"[^a-z0-9]+", "-", what.casefold()).strip("-")
        shown.grab().save(str(self._folder / f"{file}-{self._name}.png"))

    # the scenes

    def _start(self) -> Iterator[str]:
        store = self._rehearsal.store
        yield "start"
        store.update(rehearsal=facts.Rehearsal.STARTING)
        yield "start-rehearsing"
        store.update(rehearsal=None)
        self._rehearsal.open()
        store.update(rehearsal=facts.Rehearsal.OPEN)
        yield "rehearsal"
        store.update(rehearsal=None)

    def _tabs(self) -> Iterator[str]:
        window = self._rehearsal.window
        for tab in Tab:
            window.show_tab(tab)
            if tab is Tab.MAPPING:
                self._settle()
                window.pages[Tab.MAPPING].canvas.choose(7)  # type: ignore[attr-defined]
            yield tab.value
        for tab, key in ((Tab.MAPPING, "Web sign-ups"), (Tab.PROJECTS, "webforms"), (Tab.OPT_INS, "webforms")):
            window.show_tab(tab)
            window.pages[tab].list.choose(key)  # type: ignore[attr-defined]
            window.render_facts()
            yield f"{tab.value}-born-there"
            window.pages[tab].list.choose("Contacts" if tab is Tab.MAPPING else "newsletter")  # type: ignore[attr-defined]
        window.show_tab(Tab.MAPPING)
        table = window.pages[Tab.MAPPING].table_button  # type: ignore[attr-defined]
        table.click()
        yield "mapping-table"
        table.click()

    def _activity(self) -> Iterator[str]:
        rehearsal = self._rehearsal
        rehearsal.workspace.told_conflicts, rehearsal.workspace.told_consents = conflicts(), consents()
        rehearsal.desk.read_ledger_again()
        rehearsal.window.show_tab(Tab.ACTIVITY)
        for key in ("set_aside", "consents", "conflicts", "14"):
            rehearsal.window.render_facts()
            rehearsal.window.pages[Tab.ACTIVITY].list.choose(key)  # type: ignore[attr-defined]
            rehearsal.window.render_facts()
            yield {"14": "run"}.get(key, key)

    def _integrations(self) -> Iterator[str]:
        window, store = self._rehearsal.window, self._rehearsal.store
        window.show_tab(Tab.INTEGRATIONS)
        page = window.pages[Tab.INTEGRATIONS]
        assert isinstance(page, IntegrationsTab)
        page.choose("Web sign-ups")
        yield "integrations-born-there"
        for state in integration_states(self._rehearsal.desk, page, self._settle):
            yield f"integrations-{state}"
        guard = {"create": 12, "update": 40, "delete": 600, "links": 9000}
        told = Notice("Contacts", "unexpected_answer", "An export of the project is not whole.", "Export it again.")
        store.update(guard=GuardTripped("Contacts", "", "abc", guard), told=(told,))
        yield "guard"
        store.update(guard=None, told=())

    def _running(self) -> Iterator[str]:
        window, store = self._rehearsal.window, self._rehearsal.store
        progress = Progress("Contacts", Stage.APPLY, Side.DIALOG_INSIGHT, 31_020, 50_000, 4180.0, 5.0, 31_017, 0, 47)
        store.update(run=Run(RunKind.SYNC, None, RunState(progress=progress, set_aside=3)))
        yield "running"
        window.show_tab(Tab.ACTIVITY)
        window.pages[Tab.ACTIVITY].list.choose("running")  # type: ignore[attr-defined]
        yield "running-activity"
        store.update(run=None)

    def _preview(self) -> Iterator[str]:
        self._rehearsal.store.update(preview=replace(preview_facts(), plan=Path("preview.plan")))
        yield "preview"
        self._rehearsal.store.update(preview=None)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"))
