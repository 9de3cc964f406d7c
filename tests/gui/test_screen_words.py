"""What is on screen with the largest texts and in the longest language; the import, in every language and size."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pytest
from PySide6.QtWidgets import QApplication

from disf_desktop.gui import languages, theme
from tests.gui.import_states import import_states
from tests.gui.lint import Pseudo, findings, untranslated
from tests.gui.rehearsal import Rehearsal
from tests.gui.rest import at_rest
from tests.gui.screen_states import empty_states, states
from tests.gui.test_screen import SIZES


def all_states(rehearsal: Rehearsal) -> Iterator[str]:
    """Bring the window, and the import, into each of their states."""
    return chain(states(rehearsal), import_states(rehearsal, at_rest), empty_states(rehearsal, at_rest))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", [languages.Language.ENGLISH, languages.Language.FRENCH])
def test_nothing_of_the_import_is_cut_overlaid_nameless_or_idle(
    rehearsal: Rehearsal, language: languages.Language, size: tuple[int, int]
) -> None:
    rehearsal.window.resize(*size)  # the import takes its size from it when it is opened
    rehearsal.window.set_language(language)
    at_rest()
    found = {state: findings(rehearsal.window) for state in import_states(rehearsal, at_rest)}
    assert not {state: told for state, told in found.items() if told}


def test_nothing_is_cut_where_texts_are_largest(rehearsal: Rehearsal, qapp: QApplication) -> None:
    theme.apply(qapp, theme.Appearance.LIGHT, theme.SIZES[-1])
    try:
        rehearsal.window.resize(1440, 900)
        rehearsal.window.set_language(languages.Language.FRENCH)
        found = {state: findings(rehearsal.window) for state in all_states(rehearsal)}
    finally:
        theme.apply(qapp, theme.Appearance.LIGHT)
    assert not {state: told for state, told in found.items() if told}


def test_every_text_is_translated_and_the_longest_language_is_not_cut_in_a_large_window(
    rehearsal: Rehearsal, qapp: QApplication
) -> None:
    pseudo, window = Pseudo(), rehearsal.window
    qapp.installTranslator(pseudo)
    found = {}
    try:
        for state in all_states(rehearsal):
            window.resize(1600, 950)
            at_rest()
            found[state, "in English"] = untranslated(window)
            window.resize(1920, 1080)
            at_rest()
            found[state, "cut"] = [each for each in findings(window) if "cut" in each]
    finally:
        qapp.removeTranslator(pseudo)
    assert not {seen: told for seen, told in found.items() if told}
