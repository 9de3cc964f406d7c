"""The states of the Destination projects tab that need a hand to come to, for the checks of what is on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtWidgets import QDialog

from disf_desktop.core.errors import AccessRefused
from disf_desktop.core.project import ProjectType
from disf_desktop.core.schema import CONTACT_LIST
from disf_desktop.gui.models.facts import dialog_insight_key
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.tabs.projects import ProjectsTab
from tests.gui.rehearsal import Rehearsal


def project_states(rehearsal: Rehearsal, settle: Callable[[], None]) -> Iterator[str]:
    """Bring the tab into each state, one after the other, and put everything back."""
    window, store, desk = rehearsal.window, rehearsal.store, rehearsal.desk
    page = window.pages[Tab.PROJECTS]
    assert isinstance(page, ProjectsTab)
    window.show_tab(Tab.PROJECTS)
    page.list.choose("newsletter")
    page.purpose.types[ProjectType.B].click()
    page.remove_button.click()
    key = dialog_insight_key("newsletter", CONTACT_LIST)
    read = store.facts.schemas[key]
    store.put("schemas", key, replace(read, fields={n: f for n, f in read.fields.items() if n != "Points"}))
    page.tables.grid.selectRow(1)
    settle()
    yield "a project with everything wrong"
    page.notices.served.more.click()
    page.tables.remove_button.click()
    settle()
    yield "a project with what is wrong in detail"
    desk.history.undo()
    store.put("schemas", key, read)
    project = desk.project
    desk.edit(lambda: "", project.model_copy(update={"projects": (), "integrations": ()}))
    settle()
    yield "no destination project"
    desk.edit(lambda: "", project.model_copy(update={"projects": (), "integrations": (), "connections": ()}))
    settle()
    yield "no account for a destination project"
    desk.history.undo()
    desk.history.undo()
    page.list.choose("webforms")
    settle()


def project_dialogs(rehearsal: Rehearsal, settle: Callable[[], None]) -> Iterator[tuple[str, QDialog]]:
    """Open each dialog of the tab in each of its states."""
    page = rehearsal.window.pages[Tab.PROJECTS]
    assert isinstance(page, ProjectsTab)
    rehearsal.window.show_tab(Tab.PROJECTS)
    dialog = page.add()
    settle()
    yield "adding a project", dialog
    dialog.number.picked.emit(123777)
    settle()
    yield "adding a project that is read", dialog
    rehearsal.workspace.errors["project 7"] = AccessRefused("EMail is not an e-mail address.", "Wait, then try again.")
    dialog.number.picked.emit(7)
    settle()
    yield "adding a project that cannot be read", dialog
    del rehearsal.workspace.errors["project 7"]
    dialog.reject()
    table = page.tables.add()
    settle()
    yield "adding a custom table", table
    table.code.setText("ORDERS")
    table.pasted.setText("key_InvoiceNumber;idContact;Amount")
    table.paste_button.click()
    settle()
    yield "adding a custom table with a mistake", table
    table.reject()
