"""The states of what the program remembers, for the checks of what is on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from disf_desktop.core.doubt import Doubt, LedgerStanding
from disf_desktop.core.errors import LedgerIsDamaged
from disf_desktop.gui.dialogs.compare import CompareDialog
from disf_desktop.gui.dialogs.restore import RestoreDialog
from disf_desktop.gui.models.marks import Tab
from tests.gui.rehearsal import Rehearsal


def ledger_states(rehearsal: Rehearsal, settle: Callable[[], None]) -> Iterator[str]:
    """Bring the window into each of these states, one after the other, and leave them."""
    window, desk, store, workspace = rehearsal.window, rehearsal.desk, rehearsal.store, rehearsal.workspace
    before = store.facts.standing
    window.show_tab(Tab.INTEGRATIONS)
    for doubt in Doubt:
        store.update(standing=LedgerStanding(doubt, "2026-11-20T10:00:00Z", {}, frozenset({"Contacts"})))
        settle()
        yield f"in doubt: {doubt.value}"
    comparing = CompareDialog(window, desk, store.facts, "Contacts")
    comparing.open()
    settle()
    yield "before everything is compared"
    comparing.reject()
    damaged = LedgerIsDamaged("The ledger is damaged.", "Put a backup back (disf restore FILE).", "ledger.sqlite")
    store.update(standing=before, ledger_error=damaged)
    for tab in (Tab.INTEGRATIONS, Tab.ACTIVITY):
        window.show_tab(tab)
        settle()
        yield f"damaged, in {tab.value}"
    dialog = RestoreDialog(window, desk, store)
    dialog.open()
    settle()
    yield "which backup"
    workspace.errors["restore ledger-0.sqlite"] = damaged
    dialog.accept_button.click()
    settle()
    yield "a backup that is damaged too"
    dialog.cards[""].click()
    settle()
    yield "without a backup"
    dialog.reject()
    del workspace.errors["restore ledger-0.sqlite"]
    store.update(ledger_error=None)
    settle()
