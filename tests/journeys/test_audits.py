"""Everything compared anew, over HTTP: what a log of deletes forgot, and what a restored ledger does not know."""

from __future__ import annotations

import shutil
from datetime import timedelta

from disf_desktop.core.events import Notice
from disf_desktop.core.moments import instant, written
from disf_desktop.core.schema import Side
from disf_desktop.storage.ledger import Ledger
from tests.journeys.conftest import Begin
from tests.journeys.rehearsal import only

DAY = 86_400


def test_a_delete_that_salesforce_has_forgotten_is_told_and_nobody_is_guessed_to_be_deleted(begin: Begin) -> None:
    story = begin(only("Contacts"))
    first = story.sync()
    story.later()
    rid = story.valid(1)[0]
    story.delete_in_salesforce(rid)
    story.later(20 * DAY)
    story.writes()
    total = story.sync(audit=True)
    assert [each.code for each in story.workspace.set_aside() if each.rid == rid] == ["vanished"]
    assert total.sides[Side.SALESFORCE].read == first.sides[Side.SALESFORCE].read - 1
    assert [event.code for event in story.told if isinstance(event, Notice)] == ["audited"]
    story.later()
    story.sync()
    assert story.writes() == {}
    assert story.contact_of(rid)["f_DeletedInSalesforce"] is None


def test_a_delete_that_no_window_told_is_found_in_the_recycle_bin(begin: Begin) -> None:
    story = begin(only("Contacts"))
    story.sync()
    story.later()
    rid = story.valid(1)[0]
    story.delete_in_salesforce(rid)
    story.later(10 * DAY)
    # A ledger that believes to have heard of every delete until a day ago.
    with story.workspace._view() as view:
        assert view is not None
        [(known,)] = view._connection.execute("SELECT wm FROM stream WHERE side = 'SF'")
    later = written(instant(known) + timedelta(days=9))

    def move(ledger: Ledger) -> int:
        ledger._connection.execute("UPDATE stream SET wm = ?", (later,))
        return 1

    story.workspace._change(move)
    story.sync()
    assert story.contact_of(rid)["f_DeletedInSalesforce"] is None
    story.sync(audit=True)
    assert story.contact_of(rid)["f_DeletedInSalesforce"]


def test_after_an_older_ledger_was_put_back_by_hand_nothing_is_made_twice_and_nothing_old_returns(begin: Begin) -> None:
    story = begin(only("Contacts"))
    story.sync()
    story.later()
    ledger = story.workspace.ledger_path
    kept = ledger.with_name("kept")
    shutil.copyfile(ledger, kept)
    first, second = story.valid(2)
    new = story.in_salesforce(LastName="Nouvelle", Email="nouvelle@exemple.ca")
    story.in_salesforce(first, LastName="Roy")
    story.later()
    story.sync()
    shutil.copyfile(kept, ledger)
    contacts = story.contacts()
    story.later()
    total = story.sync()
    assert next(event.code for event in story.told if isinstance(event, Notice)) == "ledger_doubted"
    assert total.sides[Side.SALESFORCE].read > 100
    assert total.sides[Side.DIALOG_INSIGHT].created == 0
    assert story.contacts() == contacts
    assert story.contact_of(new)["f_LastName"] == "Nouvelle"
    assert story.contact_of(first)["f_LastName"] == "Roy"
    assert story.contact_of(second)
    story.writes()
    story.later()
    story.sync()
    assert story.writes() == {}


def test_a_run_looks_after_its_ledger_when_it_has_ended(begin: Begin) -> None:
    story = begin(only("Contacts"))
    story.sync()
    with story.workspace._view() as view:
        assert view is not None
        done = {k for (k,) in view._connection.execute("SELECT k FROM meta WHERE k LIKE 'fact/%'")}
    assert {"fact/upkeep", "fact/integrity"} <= done
