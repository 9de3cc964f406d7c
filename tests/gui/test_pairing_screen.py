"""What is on the canvas and in its table, looked at in every state, language and size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from disf_desktop.core.schema import Side
from disf_desktop.core.suggest import Evidence, Reason, Suggestion
from disf_desktop.gui import languages
from disf_desktop.gui.models.fields import Keep
from tests.gui.lint import Pseudo, findings, untranslated
from tests.gui.pairing_stand import Stand
from tests.gui.rest import at_rest


def states(stand: Stand, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """Bring the canvas and the table into each of their states, one after the other."""
    canvas, table = stand.canvas, stand.table

    def seen(what: str, part: QWidget = stand) -> tuple[str, QWidget]:
        at_rest()
        return what, part

    yield seen("pairs")
    canvas.choose(7)
    yield seen("a pair")
    told = (
        Suggestion("Custom_0__c", "Extra0", 0.9, True, Reason(Evidence.SAME_MEANING)),
        Suggestion("LastActivityDate", "Extra1", 0.7, False, Reason(Evidence.SIMILAR, (("percent", 88),))),
    )
    stand.store.update(suggestions={"Contacts": told})
    at_rest()
    canvas.left.choose("Custom_0__c")
    yield seen("a suggestion")
    canvas.left.opened.emit("AccountId", True)
    yield seen("a related record")
    stand.desk.unpair("Contacts", 0)
    yield seen("no key")
    canvas.right_keep.choices[Keep.PROBLEMS].trigger()
    yield seen("a filter")
    canvas.acts.choose_partner(Side.SALESFORCE, "Custom_0__c", None)
    assert canvas.acts.dialog is not None
    yield seen("partners", canvas.acts.dialog)
    canvas.acts.dialog.reject()
    stand.views.setCurrentIndex(1)
    stand.render_facts()
    table.grid.selectRow(0)
    yield seen("rows")
    table.acts.add()
    assert table.acts.dialog is not None
    yield seen("a field for a new pair", table.acts.dialog)
    table.acts.dialog.reject()


def stand_of(qtbot: QtBot, folder: Path, width: int, height: int) -> Stand:
    stand = Stand(folder)
    qtbot.addWidget(stand)
    stand.resize(width, height)
    narrow = width < 700
    stand.canvas.be_narrow(narrow)
    stand.table.be_narrow(narrow)
    stand.show()
    return stand


@pytest.mark.parametrize(("width", "height"), [(490, 400), (780, 640)])
@pytest.mark.parametrize("language", [languages.Language.ENGLISH, languages.Language.FRENCH])
def test_nothing_of_the_canvas_is_cut_overlaid_or_nameless(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, language: languages.Language, width: int, height: int
) -> None:
    languages.speak(qapp, language)
    stand = stand_of(qtbot, tmp_path, width, height)
    found = {what: findings(part) for what, part in states(stand, qtbot)}
    assert not {what: told for what, told in found.items() if told}


def test_every_text_of_the_canvas_is_translated(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    pseudo = Pseudo()
    qapp.installTranslator(pseudo)
    try:
        stand = stand_of(qtbot, tmp_path, 1100, 700)
        found = {what: untranslated(part) for what, part in states(stand, qtbot)}
    finally:
        qapp.removeTranslator(pseudo)
    assert not {what: told for what, told in found.items() if told}
