"""Writes every tab as a picture, in both languages, light and dark: `python -m tests.gui.screenshots DIR`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QDialog

from disf_desktop.core.events import GuardTripped, Notice, Progress, RunState, Stage
from disf_desktop.core.schema import Side
from disf_desktop.gui import languages, theme
from disf_desktop.gui.models import facts
from disf_desktop.gui.models.facts import Run, RunKind
from disf_desktop.gui.models.marks import Tab
from tests.gui.connection_states import connection_states
from tests.gui.fakes import conflicts, consents
from tests.gui.optin_states import opt_in_states, report_states
from tests.gui.project_states import project_dialogs
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
    store.update(rehearsal=facts.Rehearsal.STARTING)
    shoot("start-rehearsing")
    store.update(rehearsal=None)
    rehearsal.open()
    store.update(rehearsal=facts.Rehearsal.OPEN)
    shoot("rehearsal")
    store.update(rehearsal=None)
    for tab in Tab:
        window.show_tab(tab)
        if tab is Tab.MAPPING:
            page = window.pages[Tab.MAPPING]
            application.processEvents()
            page.canvas.choose(7)  # type: ignore[attr-defined]
        shoot(tab.value)
    for tab, key in ((Tab.MAPPING, "Web sign-ups"), (Tab.PROJECTS, "webforms"), (Tab.OPT_INS, "webforms")):
        window.show_tab(tab)
        window.pages[tab].list.choose(key)  # type: ignore[attr-defined]
        window.render_facts()
        shoot(f"{tab.value}-born-there")
    for number, (_state, dialog) in enumerate(project_dialogs(rehearsal, application.processEvents), 1):
        dialog.grab().save(str(folder / f"projects-dialog-{number}-{name}.png"))
    for state in connection_states(rehearsal, store.changed.emit):
        shown = [d for d in window.findChildren(QDialog) if d.isVisible()]
        shoot(f"connections-{state.replace(' ', '-')}")
        if shown:
            shown[-1].grab().save(str(folder / f"connections-{state.replace(' ', '-')}-{name}.png"))
    window.show_tab(Tab.MAPPING)
    window.pages[Tab.MAPPING].table_button.click()  # type: ignore[attr-defined]
    shoot("mapping-table")
    rehearsal.workspace.told_conflicts, rehearsal.workspace.told_consents = conflicts(), consents()
    rehearsal.desk.read_ledger_again()
    window.show_tab(Tab.ACTIVITY)
    for key in ("set_aside", "consents", "conflicts", "14"):
        window.render_facts()
        window.pages[Tab.ACTIVITY].list.choose(key)  # type: ignore[attr-defined]
        window.render_facts()
        shoot({"14": "run"}.get(key, key))
    window.show_tab(Tab.INTEGRATIONS)
    window.pages[Tab.INTEGRATIONS].choose("Web sign-ups")  # type: ignore[attr-defined]
    shoot("integrations-born-there")
    guard = {"create": 12, "update": 40, "delete": 600, "links": 9000}
    told = Notice("Contacts", "unexpected_answer", "An export of the project is not whole.", "Export it again.")
    store.update(guard=GuardTripped("Contacts", "", "abc", guard), told=(told,))
    shoot("guard")
    store.update(guard=None, told=())
    progress = Progress("Contacts", Stage.APPLY, Side.DIALOG_INSIGHT, 31_020, 50_000, 4180.0, 5.0)
    store.update(run=Run(RunKind.SYNC, None, RunState(progress=progress, set_aside=3)))
    shoot("running")
    store.update(run=None, preview=preview_facts())
    window.show_tab(Tab.ACTIVITY)
    shoot("preview")
    for states in (opt_in_states, report_states):
        for state in states(rehearsal, store.changed.emit):
            shown = [d for d in window.findChildren(QDialog) if d.isVisible()]
            shoot(f"opt-ins-{state.replace(' ', '-')}")
            if shown:
                shown[-1].grab().save(str(folder / f"opt-ins-{state.replace(' ', '-')}-{name}.png"))
    rehearsal.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"))
