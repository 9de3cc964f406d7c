"""What is on screen, looked at in every tab, language, size and colour."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from disf_desktop.core.errors import ServiceUnavailable
from disf_desktop.core.events import GuardTripped, Notice, Progress, RunState, Stage
from disf_desktop.core.project import Project
from disf_desktop.core.schema import Side
from disf_desktop.gui import languages, theme
from disf_desktop.gui.models.facts import Facts, Run, RunKind, SigningIn, SignInStage
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.tabs.integrations import IntegrationsTab
from tests.gui.connection_states import connection_states
from tests.gui.contrast import FOCUS_PAIRS, TEXT_PAIRS, contrast
from tests.gui.fakes import conflicts, consents
from tests.gui.import_states import import_states
from tests.gui.lint import Pseudo, findings, untranslated
from tests.gui.mapping_states import mapping_states
from tests.gui.new_field_states import new_field_states
from tests.gui.optin_states import opt_in_states, report_states
from tests.gui.preparing_states import preparing_states
from tests.gui.project_states import project_states
from tests.gui.rehearsal import Rehearsal, preview_facts
from tests.gui.test_integrations import integration_states


def settle(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    """Let the facts be drawn and the layouts come to rest."""
    qtbot.wait(60)
    for _ in range(5):
        QApplication.processEvents()


def states(rehearsal: Rehearsal, qtbot: QtBot) -> Iterator[str]:
    """Bring the window into each of its states, one after the other."""
    window, store = rehearsal.window, rehearsal.store
    for tab in Tab:
        window.show_tab(tab)
        settle(rehearsal, qtbot)
        yield tab.value
    page = window.pages[Tab.CONNECTIONS]
    window.show_tab(Tab.CONNECTIONS)
    store.update(signing_in=SigningIn("sandbox", SignInStage.WAITING, "https://login.salesforce.com"))
    for key in ("sandbox", "di"):
        page.list.choose(key)  # type: ignore[attr-defined]
        window.render_facts()
        settle(rehearsal, qtbot)
        yield f"connection {key}"
    yield from connection_states(rehearsal, lambda: settle(rehearsal, qtbot))
    yield from preparing_states(rehearsal, lambda: settle(rehearsal, qtbot))
    window.show_tab(Tab.MAPPING)
    window.pages[Tab.MAPPING].canvas.choose(7)  # type: ignore[attr-defined]
    settle(rehearsal, qtbot)
    yield "a pair"
    window.pages[Tab.MAPPING].canvas.choose(9)  # type: ignore[attr-defined]
    window.pages[Tab.MAPPING].table_button.click()  # type: ignore[attr-defined]
    settle(rehearsal, qtbot)
    yield "the pairs in a table"
    window.pages[Tab.MAPPING].table_button.click()  # type: ignore[attr-defined]
    yield from mapping_states(rehearsal, lambda: settle(rehearsal, qtbot))
    yield from new_field_states(rehearsal, lambda: settle(rehearsal, qtbot))
    for tab, key in ((Tab.MAPPING, "Web sign-ups"), (Tab.PROJECTS, "webforms"), (Tab.OPT_INS, "webforms")):
        window.show_tab(tab)
        window.pages[tab].list.choose(key)  # type: ignore[attr-defined]
        window.render_facts()
        settle(rehearsal, qtbot)
        yield f"{tab.value} of people born in Dialog Insight"
    yield from project_states(rehearsal, lambda: settle(rehearsal, qtbot))
    window.show_tab(Tab.INTEGRATIONS)
    integrations = window.pages[Tab.INTEGRATIONS]
    assert isinstance(integrations, IntegrationsTab)
    yield from integration_states(rehearsal.desk, integrations, lambda: settle(rehearsal, qtbot))
    progress = Progress("Contacts", Stage.APPLY, Side.DIALOG_INSIGHT, 31_020, 50_000, 4180.0, 5.0, 31_017, 0, 47)
    store.update(run=Run(RunKind.SYNC, None, RunState(progress=progress, set_aside=3)))
    settle(rehearsal, qtbot)
    yield "running"
    window.show_tab(Tab.ACTIVITY)
    window.pages[Tab.ACTIVITY].list.choose("running")  # type: ignore[attr-defined]
    settle(rehearsal, qtbot)
    yield "running, in Activity"
    window.show_tab(Tab.INTEGRATIONS)
    guard = GuardTripped(
        "Contacts", "More than 30 % of the contacts would change.", "abc", {"create": 12, "update": 5000, "links": 9000}
    )
    told = Notice("Contacts", "unexpected_answer", "An export is not whole.", "Export it again.")
    error = ServiceUnavailable("Salesforce does not answer.", "Wait, then try again.", "prod")
    store.update(run=None, preview=preview_facts(), guard=guard, notice=error, told=(told,))
    settle(rehearsal, qtbot)
    yield "guard"
    window.show_tab(Tab.ACTIVITY)
    settle(rehearsal, qtbot)
    yield "preview"
    window.pages[Tab.ACTIVITY].list.choose("14")  # type: ignore[attr-defined]
    window.render_facts()
    settle(rehearsal, qtbot)
    yield "a run"
    window.pages[Tab.ACTIVITY].run_page.views.buttons[1].click()  # type: ignore[attr-defined]
    settle(rehearsal, qtbot)
    yield "the changes of a run"
    rehearsal.workspace.told_conflicts, rehearsal.workspace.told_consents = conflicts(), consents()
    rehearsal.desk.read_ledger_again()
    for key in ("consents", "conflicts", "set_aside"):
        window.render_facts()
        window.pages[Tab.ACTIVITY].list.choose(key)  # type: ignore[attr-defined]
        window.render_facts()
        settle(rehearsal, qtbot)
        yield key
    rehearsal.desk.retry([2])
    settle(rehearsal, qtbot)
    yield "set aside, and sent by the next run"
    yield from opt_in_states(rehearsal, lambda: settle(rehearsal, qtbot))
    yield from report_states(rehearsal, lambda: settle(rehearsal, qtbot))
    yield from import_states(rehearsal, lambda: settle(rehearsal, qtbot))
    yield from empty_states(rehearsal, lambda: settle(rehearsal, qtbot))


def empty_states(rehearsal: Rehearsal, settle: Callable[[], None]) -> Iterator[str]:
    """Show each tab before there is anything in it."""
    store = rehearsal.store
    store.facts = Facts(path=store.facts.path, project=Project(id="11111111-2222", name="Acme"))
    for tab in Tab:
        rehearsal.window.show_tab(tab)
        settle()
        yield f"{tab.value} with nothing"


@pytest.mark.parametrize("size", [(960, 600), (1024, 700), (1280, 720), (1440, 900)])
@pytest.mark.parametrize("language", [languages.Language.ENGLISH, languages.Language.FRENCH])
def test_nothing_is_cut_overlaid_nameless_or_idle(
    rehearsal: Rehearsal, qtbot: QtBot, qapp: QApplication, language: languages.Language, size: tuple[int, int]
) -> None:
    rehearsal.window.resize(*size)
    rehearsal.window.set_language(language)
    found = {state: findings(rehearsal.window) for state in states(rehearsal, qtbot)}
    assert not {state: told for state, told in found.items() if told}


def test_nothing_is_cut_where_texts_are_largest(rehearsal: Rehearsal, qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, theme.Appearance.LIGHT, theme.SIZES[-1])
    try:
        rehearsal.window.resize(1440, 900)
        rehearsal.window.set_language(languages.Language.FRENCH)
        found = {state: findings(rehearsal.window) for state in states(rehearsal, qtbot)}
    finally:
        theme.apply(qapp, theme.Appearance.LIGHT)
    assert not {state: told for state, told in found.items() if told}


def test_every_text_on_screen_is_translated(rehearsal: Rehearsal, qtbot: QtBot, qapp: QApplication) -> None:
    pseudo = Pseudo()
    qapp.installTranslator(pseudo)
    try:
        rehearsal.window.resize(1600, 950)
        found = {state: untranslated(rehearsal.window) for state in states(rehearsal, qtbot)}
    finally:
        qapp.removeTranslator(pseudo)
    assert not {state: told for state, told in found.items() if told}


def test_the_longest_language_is_not_cut_in_a_large_window(
    rehearsal: Rehearsal, qtbot: QtBot, qapp: QApplication
) -> None:
    pseudo = Pseudo()
    qapp.installTranslator(pseudo)
    try:
        rehearsal.window.resize(1920, 1080)
        found = {state: [f for f in findings(rehearsal.window) if "cut" in f] for state in states(rehearsal, qtbot)}
    finally:
        qapp.removeTranslator(pseudo)
    assert not {state: told for state, told in found.items() if told}


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_text_can_be_read(tokens: theme.Tokens) -> None:
    faint = {
        (ink, ground): round(contrast(getattr(tokens, ink), getattr(tokens, ground)), 2)
        for ink, ground in TEXT_PAIRS
        if contrast(getattr(tokens, ink), getattr(tokens, ground)) < 4.5
    }
    assert not faint


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_line_that_means_something_can_be_seen(tokens: theme.Tokens) -> None:
    for line, ground in FOCUS_PAIRS:
        assert contrast(getattr(tokens, line), getattr(tokens, ground)) >= 3, (line, ground)


def test_salesforce_is_the_same_blue_and_dialog_insight_the_same_teal_in_light_and_dark() -> None:
    assert theme.LIGHT.sf == theme.DARK.sf == "#1673c9"
    assert theme.LIGHT.di == theme.DARK.di == "#0d857a"


def test_the_lint_sees_a_cut_text_and_a_button_that_does_nothing(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QLabel, QPushButton, QWidget

    page = QWidget()
    qtbot.addWidget(page)
    page.resize(300, 100)
    text = QLabel("A text that is much too long", page)
    text.setGeometry(0, 0, 40, 20)
    idle = QPushButton("&Go", page)
    idle.setGeometry(100, 40, 90, 40)
    page.show()
    told = findings(page)
    assert any(f.startswith("cut: QLabel") for f in told)
    assert any(f.startswith("does nothing: QPushButton") for f in told)
