"""The states of a trigger that was ticked later, for the checks of what is on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from disf_desktop.core.project import Trigger
from disf_desktop.gui.dialogs.from_now import FromNowDialog
from disf_desktop.gui.models.from_now import LateTick
from disf_desktop.gui.models.marks import Tab
from tests.gui.rehearsal import Rehearsal


def from_now_states(rehearsal: Rehearsal, settle: Callable[[], None]) -> Iterator[str]:
    """Bring the window into each of these states, one after the other, and leave them."""
    window, desk, store = rehearsal.window, rehearsal.desk, rehearsal.store
    before = store.facts.late_ticks
    tick = LateTick("Contacts", Trigger.DIALOG_INSIGHT_UPDATED)
    window.show_tab(Tab.INTEGRATIONS)
    store.update(late_ticks=(tick,))
    settle()
    yield "a trigger ticked later"
    dialog = FromNowDialog(window, desk, tick)
    dialog.open()
    settle()
    yield "before it starts from now"
    dialog.reject()
    store.update(late_ticks=(replace(tick, left=1024),))
    settle()
    yield "started from now"
    store.update(late_ticks=before)
    settle()
