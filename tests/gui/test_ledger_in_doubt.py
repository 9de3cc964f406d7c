"""What the window says when what the program remembers is damaged or in doubt, and the ways out of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from disf_desktop.core.doubt import Doubt, LedgerStanding
from disf_desktop.core.errors import DisfError, LedgerError, LedgerIsBusy, LedgerIsDamaged
from disf_desktop.core.history import StreamRecord
from disf_desktop.gui.dialogs.compare import CompareDialog
from disf_desktop.gui.dialogs.restore import RestoreDialog
from disf_desktop.gui.models.facts import Facts, Run, RunKind
from disf_desktop.gui.models.ledger import ledger_trouble, people_known
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.tabs.activity import ActivityTab
from disf_desktop.gui.tabs.integrations import IntegrationsTab
from tests.gui.fake_ledger import backups
from tests.gui.rehearsal import Rehearsal
from tests.gui.rest import at_rest

DAMAGED = LedgerIsDamaged(
    "The ledger is damaged.", "Put a backup of the ledger back (disf restore FILE).", "ledger.sqlite"
)


class Hand:
    """A person at the window."""

    def __init__(self, rehearsal: Rehearsal, qtbot: QtBot) -> None:
        self.rehearsal, self.qtbot = rehearsal, qtbot
        self.window, self.desk, self.workspace = rehearsal.window, rehearsal.desk, rehearsal.workspace
        self.window.show_tab(Tab.INTEGRATIONS)
        at_rest()

    @property
    def facts(self) -> Facts:
        return self.rehearsal.store.facts

    @property
    def integrations(self) -> IntegrationsTab:
        page = self.window.pages[Tab.INTEGRATIONS]
        assert isinstance(page, IntegrationsTab)
        return page

    @property
    def activity(self) -> ActivityTab:
        page = self.window.pages[Tab.ACTIVITY]
        assert isinstance(page, ActivityTab)
        return page

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        at_rest()

    def key(self, widget: QWidget, key: Qt.Key) -> None:
        widget.setFocus()
        QTest.keyClick(widget, key)
        at_rest()

    def look_again(self) -> None:
        self.desk.read_ledger_again()
        at_rest()

    def damage(self) -> RestoreDialog:
        """Let the ledger be damaged, and open the way back."""
        self.workspace.errors["ledger"] = DAMAGED
        self.look_again()
        self.click(self.integrations.ledger.action)
        dialog = self.integrations.ledger.dialog
        assert isinstance(dialog, RestoreDialog)
        return dialog

    def restored(self) -> list[tuple[object, ...]]:
        return [each[1:] for each in self.workspace.deeds if each[0] == "restore"]


@pytest.fixture
def hand(rehearsal: Rehearsal, qtbot: QtBot) -> Hand:
    return Hand(rehearsal, qtbot)


def doubted(hand: Hand, doubt: Doubt, since: str = "") -> None:
    hand.workspace.told_standing = LedgerStanding(doubt, since, {}, frozenset({"Contacts"}))
    hand.look_again()


# what is the matter


def test_nothing_is_said_where_all_is_well(hand: Hand) -> None:
    assert not hand.integrations.ledger.isVisible()
    hand.window.show_tab(Tab.ACTIVITY)
    at_rest()
    assert not hand.activity.ledger.isVisible()


def test_a_damaged_ledger_is_said_where_runs_live_with_what_is_untouched_and_the_way_out(hand: Hand) -> None:
    hand.workspace.errors["ledger"] = DAMAGED
    hand.look_again()
    for page in (hand.integrations, hand.activity):
        hand.window.show_tab(Tab.ACTIVITY if page is hand.activity else Tab.INTEGRATIONS)
        at_rest()
        assert page.ledger.isVisible()
        assert page.ledger.property("card") == "err"
        assert "damaged" in page.ledger.accessibleName()
        assert "untouched" in page.ledger.accessibleName()
        assert page.ledger.action.text() == "Put a backup back…"


def test_a_run_that_finds_it_damaged_says_the_same_though_it_could_be_looked_at() -> None:
    run = Run(RunKind.SYNC, None, errors=(DAMAGED,), exit_code=1)
    assert ledger_trouble(Facts(run=run)) is DAMAGED
    book = replace(run, kind=RunKind.IMPORT)
    assert ledger_trouble(Facts(run=book)) is None, "the book of an import is another file"
    assert ledger_trouble(Facts(run=replace(run, errors=(LedgerIsBusy("Busy.", "Wait."),)))) is None


def test_activity_does_not_say_that_nothing_happened_where_nobody_can_know(hand: Hand) -> None:
    hand.rehearsal.store.update(runs=(), preview=None, ledger_error=DAMAGED)
    hand.window.show_tab(Tab.ACTIVITY)
    hand.activity.list.choose("")
    at_rest()
    assert "Nothing happened yet" not in hand.activity.empty.title.text()


def test_another_reason_is_said_as_it_is_and_looked_at_again(hand: Hand) -> None:
    hand.workspace.errors["ledger"] = LedgerError("The folder cannot be read.", "See its rights.")
    hand.look_again()
    assert "The folder cannot be read." in hand.integrations.ledger.accessibleName()
    del hand.workspace.errors["ledger"]
    hand.click(hand.integrations.ledger.action)
    assert not hand.integrations.ledger.isVisible()


@pytest.mark.parametrize(
    ("doubt", "since", "said"),
    [
        (Doubt.BACKUP, "2026-11-20T10:00:00Z", "A backup was put back"),
        (Doubt.COMPUTER, "", "another computer"),
        (Doubt.OLDER, "", "older than it should be"),
    ],
)
def test_a_doubt_is_said_with_what_happens_next(hand: Hand, doubt: Doubt, since: str, said: str) -> None:
    doubted(hand, doubt, since)
    notice = hand.integrations.ledger
    assert said in notice.accessibleName()
    assert "compares everything" in notice.accessibleName()
    assert ("one computer alone" in notice.accessibleName()) is (doubt is Doubt.COMPUTER)
    assert notice.property("card") == "warn"
    hand.workspace.told_standing = LedgerStanding()
    hand.look_again()
    assert not notice.isVisible()


# everything compared


def process_words(hand: Hand) -> list[str]:
    return hand.rehearsal.bridge.processes[-1].command


def test_a_doubt_is_settled_at_once_by_comparing_everything(hand: Hand) -> None:
    doubted(hand, Doubt.BACKUP, "2026-11-20T10:00:00Z")
    hand.click(hand.integrations.ledger.action)
    dialog = hand.integrations.ledger.dialog
    assert isinstance(dialog, CompareDialog)
    hand.key(dialog.accept_button, Qt.Key.Key_Space)
    assert hand.facts.running
    words = process_words(hand)
    assert "sync" in words
    assert "--audit" in words
    assert "--integration" not in words
    assert not hand.integrations.ledger.action.isEnabled()


def test_the_integration_says_when_it_was_compared_and_offers_it(hand: Hand) -> None:
    card = hand.integrations.card
    hand.integrations.choose("Contacts")
    at_rest()
    assert "2 days ago" in card.compared.text()
    hand.rehearsal.store.update(
        history=replace(hand.facts.history, streams=(StreamRecord("Contacts", "salesforce", None, None, 1240),))
    )
    at_rest()
    hand.click(card.compare_button)
    assert card.dialog is not None
    assert "Contacts" in card.dialog.title.text()
    assert "1,240 calls" in card.dialog.cost.text()
    hand.click(card.dialog.accept_button)
    words = process_words(hand)
    assert words[words.index("--integration") + 1] == "Contacts"
    assert "--audit" in words


def test_what_was_compared_too_long_ago_is_said_to_be_due(hand: Hand) -> None:
    hand.workspace.told_standing = LedgerStanding(known=frozenset({"Contacts"}))
    hand.look_again()
    hand.integrations.choose("Contacts")
    at_rest()
    assert "reads everything" in hand.integrations.card.compared.text()
    assert not hand.integrations.ledger.isVisible(), "that is no trouble"


def test_what_never_read_anything_has_nothing_to_compare(hand: Hand) -> None:
    hand.workspace.told_standing = LedgerStanding()
    hand.look_again()
    assert not hand.integrations.card.compare_button.isVisible()
    assert not hand.window.menus._compare.isEnabled()


def test_the_menu_compares_all_that_are_on(hand: Hand) -> None:
    hand.window.show_tab(Tab.CONNECTIONS)
    at_rest()
    hand.window.menus._compare.trigger()
    at_rest()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CompareDialog)
    hand.click(dialog.accept_button)
    assert "--audit" in process_words(hand)
    assert hand.window.tabs.currentIndex() == list(Tab).index(Tab.INTEGRATIONS)


def test_looking_at_it_and_leaving_starts_nothing(hand: Hand) -> None:
    hand.integrations.choose("Contacts")
    at_rest()
    hand.click(hand.integrations.card.compare_button)
    assert hand.integrations.card.dialog is not None
    QTest.keyClick(hand.integrations.card.dialog, Qt.Key.Key_Escape)
    at_rest()
    assert not hand.facts.running


def test_people_are_counted_once_however_many_sides_they_have() -> None:
    streams = [
        StreamRecord("A", "salesforce", None, None, 5),
        StreamRecord("A", "dialog_insight", None, None, 5),
        StreamRecord("B", "salesforce", None, None, 7),
    ]
    assert people_known(streams, ["A", "B"]) == 12
    assert people_known(streams, ["B"]) == 7


# a backup put back


def test_backups_are_listed_with_their_age_and_the_newest_is_taken(hand: Hand) -> None:
    dialog = hand.damage()
    names = list(dialog.cards)
    assert names == ["ledger-0.sqlite", "ledger-1.sqlite", "ledger-2.sqlite", ""]
    newest, last = dialog.cards[names[0]], dialog.cards[""]
    assert newest.isChecked()
    assert "the newest" in newest.accessibleName()
    assert "26 hours old" in newest.accessibleDescription()
    assert "12.3 MB" in newest.accessibleDescription()
    assert "9 days old" in dialog.cards[names[2]].accessibleDescription()
    assert "trail of consents" in last.accessibleDescription()
    assert dialog.accept_button.text() == "Put this backup back"
    assert QApplication.focusWidget() is newest


def test_a_backup_is_put_back_by_the_keyboard_and_what_comes_next_is_said(hand: Hand) -> None:
    dialog = hand.damage()
    hand.key(dialog.cards["ledger-0.sqlite"], Qt.Key.Key_Down)
    assert dialog.cards["ledger-1.sqlite"].isChecked()
    hand.key(dialog.accept_button, Qt.Key.Key_Space)
    assert hand.restored() == [("ledger-1.sqlite", False)]
    assert hand.integrations.ledger.dialog is None
    assert hand.facts.ledger_error is None
    assert hand.facts.restoring is None
    assert "A backup was put back" in hand.integrations.ledger.accessibleName()


def test_a_backup_out_of_sight_comes_into_sight_with_the_arrow_keys(hand: Hand) -> None:
    first = hand.workspace.told_backups[0]
    hand.workspace.told_backups = [replace(first, path=first.path.with_name(f"ledger-{n}.sqlite")) for n in range(11)]
    dialog = hand.damage()
    for n in range(11):
        hand.key(dialog.cards[f"ledger-{n}.sqlite"], Qt.Key.Key_Down)
    assert dialog.cards[""].isChecked()
    seen = dialog.area.viewport().rect()
    assert seen.intersects(
        dialog.cards[""].rect().translated(dialog.cards[""].mapTo(dialog.area.viewport(), seen.topLeft()))
    )
    assert dialog.accept_button.text() == "Start anew"


def test_starting_anew_is_the_last_choice_and_says_so_on_its_button(hand: Hand) -> None:
    dialog = hand.damage()
    hand.click(dialog.cards[""])
    assert dialog.accept_button.text() == "Start anew"
    assert dialog.accept_button.property("look") == "danger"
    hand.click(dialog.accept_button)
    assert hand.restored() == [(None, True)]
    assert not hand.integrations.ledger.isVisible()


def test_without_a_backup_nothing_is_chosen_unasked(hand: Hand) -> None:
    hand.workspace.told_backups = []
    dialog = hand.damage()
    assert "There is no backup." in dialog.state.text()
    assert not dialog.accept_button.isEnabled()
    hand.click(dialog.cards[""])
    assert dialog.accept_button.isEnabled()


def test_a_backup_that_is_damaged_too_is_said_and_another_can_be_taken(hand: Hand) -> None:
    dialog = hand.damage()
    hand.workspace.errors["restore ledger-0.sqlite"] = DAMAGED
    hand.click(dialog.accept_button)
    assert "cannot be read either" in dialog.error.accessibleName()
    hand.click(dialog.cards["ledger-1.sqlite"])
    assert not dialog.error.isVisible()
    hand.click(dialog.accept_button)
    assert [name for name, _ in hand.restored()] == ["ledger-0.sqlite", "ledger-1.sqlite"]
    assert hand.facts.ledger_error is None


def test_while_something_runs_elsewhere_the_reason_is_said(hand: Hand) -> None:
    dialog = hand.damage()
    hand.workspace.errors["restore ledger-0.sqlite"] = LedgerIsBusy("Another run is under way.", "Wait for its end.")
    hand.click(dialog.accept_button)
    assert dialog.isVisible()
    assert "Another run is under way." in dialog.error.accessibleName()
    assert dialog.accept_button.isEnabled()


def test_backups_that_cannot_be_listed_leave_only_the_last_way(hand: Hand) -> None:
    hand.workspace.errors["backups"] = DisfError("The folder cannot be read.", "See its rights.")
    dialog = hand.damage()
    assert "The folder cannot be read." in dialog.error.accessibleName()
    assert list(dialog.cards) == [""]


def test_closing_the_dialog_changes_nothing(hand: Hand) -> None:
    dialog = hand.damage()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    at_rest()
    assert hand.restored() == []
    assert hand.facts.restoring is None
    assert hand.integrations.ledger.isVisible()


def test_the_made_up_backups_are_told_newest_first() -> None:
    made = [each.made for each in backups()]
    assert made == sorted(made, reverse=True)
    assert made[0] < datetime.now(UTC) - timedelta(days=1)
