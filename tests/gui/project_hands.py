"""What a person does on the Destination projects tab, for its tests."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from disf_desktop.core.project import DestinationProject, Project
from disf_desktop.gui.inputs import Picker
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.tabs.projects import ProjectsTab
from tests.gui.rehearsal import Rehearsal


def tab(rehearsal: Rehearsal, chosen: str = "newsletter") -> ProjectsTab:
    page = rehearsal.window.pages[Tab.PROJECTS]
    assert isinstance(page, ProjectsTab)
    rehearsal.window.show_tab(Tab.PROJECTS)
    page.list.choose(chosen)
    rehearsal.window.render_facts()
    QApplication.processEvents()
    return page


def drawn(rehearsal: Rehearsal) -> None:
    """Let the newest facts be drawn."""
    rehearsal.store.changed.emit()
    QApplication.processEvents()


def destination(rehearsal: Rehearsal, id: str = "newsletter") -> DestinationProject:
    """Give a destination as it was written to the file, which is what the window has too."""
    saved: Project = rehearsal.workspace.project
    assert saved == rehearsal.store.facts.project
    found = saved.destination(id)
    assert found is not None
    return found


def words(widget: QWidget) -> str:
    shown: list[Any] = [*widget.findChildren(QLabel), *widget.findChildren(QPushButton)]
    return "\n".join(w.text().replace("&", "") for w in shown if w.isVisibleTo(widget))


def pick(picker: Picker, value: Any) -> None:
    """Take a choice, as a click on it in the open list does."""
    number = next(n for n, (each, _) in enumerate(picker._choices) if each == value)
    picker.setCurrentIndex(number)
    picker.activated.emit(number)


def choices(picker: Picker) -> list[str]:
    return [picker.itemText(n) for n in range(picker.count())]
