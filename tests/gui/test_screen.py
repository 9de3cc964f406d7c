"""What is on screen, looked at in every tab, language and size; how well its colours are seen; the look itself."""

from __future__ import annotations

from itertools import chain

import pytest
from pytestqt.qtbot import QtBot

from disf_desktop.gui import languages, theme
from tests.gui.contrast import FOCUS_PAIRS, TEXT_PAIRS, contrast
from tests.gui.lint import findings
from tests.gui.rehearsal import Rehearsal
from tests.gui.rest import at_rest
from tests.gui.screen_states import empty_states, states

SIZES = ((960, 600), (1024, 700), (1280, 720), (1440, 900))


@pytest.mark.parametrize("language", [languages.Language.ENGLISH, languages.Language.FRENCH])
def test_nothing_is_cut_overlaid_nameless_or_idle(rehearsal: Rehearsal, language: languages.Language) -> None:
    window, size = rehearsal.window, 0
    window.resize(*SIZES[size])
    window.set_language(language)
    found = {}
    for state in chain(states(rehearsal), empty_states(rehearsal, at_rest)):
        found[state, SIZES[size]] = findings(window)  # each state is come to in another of the sizes
        for _ in SIZES[1:]:
            size = (size + 1) % len(SIZES)
            window.resize(*SIZES[size])
            at_rest()
            found[state, SIZES[size]] = findings(window)
    assert not {seen: told for seen, told in found.items() if told}


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
