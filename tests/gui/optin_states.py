"""The states of the opt-ins tab and of the report, one after the other: for the check of what is on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from disf_desktop.core.edits import with_integration
from disf_desktop.core.history import TamperedEvent
from disf_desktop.core.optin_edits import changed_optin
from disf_desktop.core.project import OptinPair
from disf_desktop.gui.dialogs.report import show_report
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.tabs.optin_add import AddOptIns
from disf_desktop.gui.tabs.optins import REVIEWS, OptInsTab
from tests.gui.fake_people import MARIE
from tests.gui.fakes import consents
from tests.gui.rehearsal import Rehearsal


def opt_in_states(rehearsal: Rehearsal, settle: Callable[[], None]) -> Iterator[str]:
    """Show what the tab can show: what waits, a person, an opt-in of each kind, what is wrong, what is empty."""
    page, desk, store = rehearsal.window.pages[Tab.OPT_INS], rehearsal.desk, rehearsal.store
    assert isinstance(page, OptInsTab)
    rehearsal.window.show_tab(Tab.OPT_INS)
    rehearsal.workspace.told_consents = consents()
    desk.read_ledger_again()
    rehearsal.window.render_facts()
    page.list.choose("newsletter")
    page.why_button.click()
    desk.find_person("Mari")
    settle()
    yield "opt-ins with consents to review"
    desk.show_person(MARIE)
    rehearsal.workspace.told_tampered = TamperedEvent(7, "changed")
    desk.check_trail()
    page.choose("Promotions")
    settle()
    page.history.table.selectRow(3)
    page.truth.table.setCurrentIndex(page.truth.cases.index(0, 1))
    settle()
    yield "an opt-in in a list and the history of a person"
    page.choose("Casl")
    settle()
    yield "an opt-in that goes nowhere"
    contacts, before = desk.project.integrations[0], desk.project
    wrong = changed_optin(contacts, 1, OptinPair(optin="Promotions", target="Custom_0__c", subscribed="Yes"))
    wrong = wrong.model_copy(update={"triggers": wrong.triggers[:1]})
    desk.edit(lambda: "made wrong", with_integration(desk.project, wrong))
    settle()
    page.choose("Promotions")
    settle()
    yield "an opt-in that is wrong"
    desk.edit(lambda: "mended", before)
    page.list.choose(REVIEWS)
    rehearsal.window.render_facts()
    page.reviews.table.selectRow(0)
    settle()
    yield "reviews"
    page.list.choose("newsletter")
    rehearsal.window.render_facts()
    page.ask_which()
    settle()
    yield "which opt-ins to add"
    asked = page.findChild(AddOptIns)
    assert asked is not None
    asked.reject()
    store.update(people=replace(store.facts.people, counts=(), trail=None, found=None, check=None), schemas={})
    settle()
    yield "opt-ins before anything was read"


def report_states(rehearsal: Rehearsal, settle: Callable[[], None]) -> Iterator[str]:
    """Show the report of a problem."""
    dialog = show_report(rehearsal.window, rehearsal.desk, rehearsal.store)
    settle()
    yield "a report"
    dialog.reject()
