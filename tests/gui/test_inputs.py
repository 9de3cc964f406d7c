"""What a person picks, types and ticks: only their own deeds are told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from disf_desktop.gui.inputs import Entry, Labelled, Number, Picker, Segments, Switch

ZONES = [("t", "America/Toronto"), ("p", "Europe/Paris"), ("l", "Europe/London")]


def test_showing_a_choice_tells_nothing_and_taking_one_does(qtbot: QtBot) -> None:
    picker = Picker()
    qtbot.addWidget(picker)
    told: list[object] = []
    picker.picked.connect(told.append)
    picker.show_choices(ZONES, "p")
    picker.show_choices(ZONES, "t")
    assert (picker.value, told) == ("t", [])
    picker.show()
    picker.setFocus()
    QTest.keyClick(picker, Qt.Key.Key_Down)
    assert told == ["p"]


@pytest.mark.parametrize("searchable", [False, True])
def test_a_choice_that_is_too_long_for_its_room_ends_in_dots(qtbot: QtBot, searchable: bool) -> None:
    def painted(text: str) -> QImage:
        picker = Picker(searchable=searchable)
        qtbot.addWidget(picker)
        picker.resize(160, 32)
        picker.show_choices([(1, text)], 1)
        return picker.grab().toImage()

    name = "A very long name of a field that nobody can read here"
    beginnings = [name[:n].rstrip() for n in range(8, 30)]
    with_dots = [(painted(f"{text}…"), painted(text)) for text in beginnings]
    assert painted(name) in [dotted for dotted, plain in with_dots if dotted != plain], "dots are in sight"


def test_a_click_in_a_searchable_list_shows_every_choice_and_typing_leaves_those_that_hold_it(qtbot: QtBot) -> None:
    picker = Picker(searchable=True)
    qtbot.addWidget(picker)
    told: list[object] = []
    picker.picked.connect(told.append)
    picker.show_choices(ZONES, "t")
    picker.show()
    line, completer = picker.lineEdit(), picker.completer()
    assert isinstance(line, QLineEdit)
    assert completer is not None
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    popup = completer.popup()
    assert popup is not None
    assert popup.isVisible()
    assert completer.completionModel().rowCount() == 3
    QTest.keyClicks(line, "euro")
    assert completer.completionModel().rowCount() == 2
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert told == ["p"]
    assert line.text() == "Europe/Paris"


def test_what_is_typed_is_told_once_when_the_person_has_finished(qtbot: QtBot) -> None:
    entry = Entry()
    qtbot.addWidget(entry)
    told: list[str] = []
    entry.entered.connect(told.append)
    entry.show_text("Acme")
    entry.show()
    entry.setFocus()
    entry.selectAll()
    QTest.keyClicks(entry, "Beta ")
    QTest.keyClick(entry, Qt.Key.Key_Return)
    QTest.keyClick(entry, Qt.Key.Key_Return)
    assert told == ["Beta"]


def test_escape_puts_the_old_text_back(qtbot: QtBot) -> None:
    entry = Entry()
    qtbot.addWidget(entry)
    told: list[str] = []
    entry.entered.connect(told.append)
    entry.show_text("Acme")
    entry.show()
    entry.setFocus()
    QTest.keyClicks(entry, "!")
    QTest.keyClick(entry, Qt.Key.Key_Escape)
    QTest.keyClick(entry, Qt.Key.Key_Return)
    assert (entry.text(), told) == ("Acme", [])


def test_a_number_tells_what_a_person_made_of_it(qtbot: QtBot) -> None:
    number = Number(1, 500)
    qtbot.addWidget(number)
    told: list[int] = []
    number.entered.connect(told.append)
    number.show_number(80)
    number.show()
    number.selectAll()
    QTest.keyClicks(number, "90")
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert told == [90]


def test_a_switch_shows_the_facts_and_not_the_wish(qtbot: QtBot) -> None:
    switch = Switch()
    qtbot.addWidget(switch)
    told: list[bool] = []
    switch.switched.connect(told.append)
    switch.show_state(False, "Contacts")
    switch.show()
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert told == [True, True]
    assert not switch.isChecked()


def test_choices_shown_later_keep_their_place_in_the_tab_order(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    segments, after = Segments(), Entry()
    layout = QVBoxLayout(page)
    layout.addWidget(segments)
    layout.addWidget(after)
    for several in ([("a", "A"), ("b", "B")], [("a", "A"), ("b", "B"), ("c", "C")]):
        segments.show_choices(several, "a")
        order: list[QWidget | None] = []
        here = segments.nextInFocusChain()
        while here is not None and here is not segments:
            order.append(here)
            here = here.nextInFocusChain()
        assert order.index(segments.buttons[0]) < order.index(segments.buttons[-1]) < order.index(after)


def test_segments_grey_what_cannot_be(qtbot: QtBot) -> None:
    segments = Segments()
    qtbot.addWidget(segments)
    told: list[object] = []
    segments.picked.connect(told.append)
    segments.show_choices([(1, "One"), (2, "Two"), (3, "Three")], 1, able=[1, 2])
    segments.show()
    for button in segments.buttons:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told == [1, 2]


def test_a_caption_leads_to_its_input_and_names_it(qtbot: QtBot) -> None:
    entry = Entry()
    labelled = Labelled(entry)
    qtbot.addWidget(labelled)
    labelled.show_text("&Name", "As you call it.")
    assert (entry.accessibleName(), entry.accessibleDescription()) == ("Name", "As you call it.")
    assert labelled.caption.buddy() is entry
