"""The tabs under the hand: what is shown, what can be pressed, with the keyboard alone too."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.tabs.connections import ConnectionsTab
from tests.gui.rehearsal import Rehearsal


def test_a_key_goes_to_the_workspace_and_leaves_the_screen(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    page = rehearsal.window.pages[Tab.CONNECTIONS]
    assert isinstance(page, ConnectionsTab)
    rehearsal.window.show_tab(Tab.CONNECTIONS)
    page.list.choose("di")
    rehearsal.window.render_facts()
    page.key_entry.line.setText("secret-key")
    page.key_entry.save.click()
    assert ("store_key", "di") in rehearsal.workspace.deeds
    assert page.key_entry.line.text() == ""
