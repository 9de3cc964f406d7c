"""Every state of the window, for the checks of what is on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from disf_desktop.core.errors import ServiceUnavailable
from disf_desktop.core.events import GuardTripped, Notice, Progress, RunState, Stage
from disf_desktop.core.project import Project
from disf_desktop.core.schema import Side
from disf_desktop.gui.models.facts import Facts, Run, RunKind, SigningIn, SignInStage
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.tabs.integrations import IntegrationsTab
from tests.gui.connection_states import connection_states
from tests.gui.fakes import conflicts, consents
from tests.gui.from_now_states import from_now_states
from tests.gui.ledger_states import ledger_states
from tests.gui.mapping_states import mapping_states
from tests.gui.new_field_states import new_field_states
from tests.gui.optin_states import opt_in_states, report_states
from tests.gui.past_states import past_states
from tests.gui.preparing_states import preparing_states
from tests.gui.project_states import project_states
from tests.gui.rehearsal import Rehearsal, preview_facts
from tests.gui.rest import at_rest
from tests.gui.test_integrations import integration_states


def states(rehearsal: Rehearsal) -> Iterator[str]:
    """Bring the window into each of its states, one after the other; the import has a window of its own."""
    window, store = rehearsal.window, rehearsal.store
    for tab in Tab:
        window.show_tab(tab)
        at_rest()
        yield tab.value
    page = window.pages[Tab.CONNECTIONS]
    window.show_tab(Tab.CONNECTIONS)
    store.update(signing_in=SigningIn("sandbox", SignInStage.WAITING, "https://login.salesforce.com"))
    for key in ("sandbox", "di"):
        page.list.choose(key)  # type: ignore[attr-defined]
        window.render_facts()
        at_rest()
        yield f"connection {key}"
    yield from connection_states(rehearsal, at_rest)
    yield from preparing_states(rehearsal, at_rest)
    window.show_tab(Tab.MAPPING)
    window.pages[Tab.MAPPING].canvas.choose(7)  # type: ignore[attr-defined]
    at_rest()
    yield "a pair"
    window.pages[Tab.MAPPING].canvas.choose(9)  # type: ignore[attr-defined]
    window.pages[Tab.MAPPING].table_button.click()  # type: ignore[attr-defined]
    at_rest()
    yield "the pairs in a table"
    window.pages[Tab.MAPPING].table_button.click()  # type: ignore[attr-defined]
    yield from mapping_states(rehearsal, at_rest)
    yield from new_field_states(rehearsal, at_rest)
    for tab, key in ((Tab.MAPPING, "Web sign-ups"), (Tab.PROJECTS, "webforms"), (Tab.OPT_INS, "webforms")):
        window.show_tab(tab)
        window.pages[tab].list.choose(key)  # type: ignore[attr-defined]
        window.render_facts()
        at_rest()
        yield f"{tab.value} of people born in Dialog Insight"
    yield from project_states(rehearsal, at_rest)
    window.show_tab(Tab.INTEGRATIONS)
    integrations = window.pages[Tab.INTEGRATIONS]
    assert isinstance(integrations, IntegrationsTab)
    yield from integration_states(rehearsal.desk, integrations, at_rest)
    yield from ledger_states(rehearsal, at_rest)
    yield from from_now_states(rehearsal, at_rest)
    yield from past_states(rehearsal, at_rest)
    window.show_tab(Tab.INTEGRATIONS)
    progress = Progress("Contacts", Stage.APPLY, Side.DIALOG_INSIGHT, 31_020, 50_000, 4180.0, 5.0, 31_017, 0, 47)
    store.update(run=Run(RunKind.SYNC, None, RunState(progress=progress, set_aside=3)))
    at_rest()
    yield "running"
    window.show_tab(Tab.ACTIVITY)
    window.pages[Tab.ACTIVITY].list.choose("running")  # type: ignore[attr-defined]
    at_rest()
    yield "running, in Activity"
    window.show_tab(Tab.INTEGRATIONS)
    guard = GuardTripped(
        "Contacts", "More than 30 % of the contacts would change.", "abc", {"create": 12, "update": 5000, "links": 9000}
    )
    told = Notice("Contacts", "unexpected_answer", "An export is not whole.", "Export it again.")
    error = ServiceUnavailable("Salesforce does not answer.", "Wait, then try again.", "prod")
    store.update(run=None, preview=preview_facts(), guard=guard, notice=error, told=(told,))
    at_rest()
    yield "guard"
    window.show_tab(Tab.ACTIVITY)
    at_rest()
    yield "preview"
    window.pages[Tab.ACTIVITY].list.choose("14")  # type: ignore[attr-defined]
    window.render_facts()
    at_rest()
    yield "a run"
    window.pages[Tab.ACTIVITY].run_page.views.buttons[1].click()  # type: ignore[attr-defined]
    at_rest()
    yield "the changes of a run"
    rehearsal.workspace.told_conflicts, rehearsal.workspace.told_consents = conflicts(), consents()
    rehearsal.desk.read_ledger_again()
    for key in ("consents", "conflicts", "set_aside"):
        window.render_facts()
        window.pages[Tab.ACTIVITY].list.choose(key)  # type: ignore[attr-defined]
        window.render_facts()
        at_rest()
        yield key
    rehearsal.desk.retry([2])
    at_rest()
    yield "set aside, and sent by the next run"
    yield from opt_in_states(rehearsal, at_rest)
    yield from report_states(rehearsal, at_rest)


def empty_states(rehearsal: Rehearsal, settle: Callable[[], None]) -> Iterator[str]:
    """Show each tab before there is anything in it. Nothing comes after them."""
    store = rehearsal.store
    store.facts = Facts(path=store.facts.path, project=Project(id="11111111-2222", name="Acme"))
    for tab in Tab:
        rehearsal.window.show_tab(tab)
        settle()
        yield f"{tab.value} with nothing"
