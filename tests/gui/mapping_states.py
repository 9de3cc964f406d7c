"""The states of the Object mapping tab that need a hand to come to, for the checks of what is on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from disf_desktop.core.errors import Problem
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.tabs.mapping import MappingTab
from tests.gui.rehearsal import Rehearsal

POINTS, CITY = 7, 9
"""The numbers of two pairs: one that is rounded, one that travels both ways."""


def mapping_states(rehearsal: Rehearsal, settle: Callable[[], None]) -> Iterator[str]:
    """Bring the tab into each state, one after the other, and put everything back."""
    window, desk = rehearsal.window, rehearsal.desk
    page = window.pages[Tab.MAPPING]
    assert isinstance(page, MappingTab)
    window.show_tab(Tab.MAPPING)
    page.look_at("Contacts")
    plain = desk.project.integrations[0].mapping.pairs[POINTS].model_copy(update={"transform": ()})
    desk.change_pair("Contacts", POINTS, plain, lambda: "Plain")
    desk.read_sample("Contacts")
    page.canvas.choose(POINTS)
    settle()
    yield "a pair that loses something"
    desk.history.undo()
    settle()
    yield "a pair whose values are rounded"
    page.canvas.choose(CITY)
    page.pair.sample.setFocus()
    settle()
    yield "a pair both ways over real records"
    page.whole_button.click()
    page.settings.try_button.click()
    page.settings.flag.picked.emit("Extra0")
    settle()
    yield "a mapping as a whole"
    desk.history.undo()
    said = "No trigger is ticked, so nothing would move."
    rehearsal.workspace.told_problems = (Problem("integrations[0].triggers", said, "Tick one."),)
    page.head.check_button.click()
    settle()
    yield "a mapping with a problem"
    rehearsal.workspace.told_problems = ()
    page.head.check_button.click()
    settle()
    yield "a mapping without a problem"
    page.problems.close_button.click()
    page.look_at("Leads")
    page.head.suggest_button.click()
    settle()
    yield "suggestions"
    desk.forget_suggestions("Leads")
    yield from _dialogs(page, settle)
    integrations = desk.project.integrations
    for integration in integrations:
        desk.remove_mapping(integration.name)
    settle()
    yield "no mapping yet"
    for _ in integrations:
        desk.history.undo()
    page.look_at("Contacts")


def _dialogs(page: MappingTab, settle: Callable[[], None]) -> Iterator[str]:
    adding = page.add()
    adding.sobject.picked.emit("Order__c")
    adding.accept_button.click()
    settle()
    yield "a new mapping"
    adding.reject()
    naming = page.rename("Contacts")
    settle()
    yield "another name"
    naming.reject()
    copying = page.duplicate("Contacts")
    settle()
    yield "a copy"
    copying.reject()
    settle()
