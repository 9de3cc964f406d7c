"""An audit scan finds what the windows of changes cannot show, and concludes nothing that it was not shown (4.3)."""

from __future__ import annotations

from typing import Any

import pytest

from disf_desktop.core.events import Notice, RunStatus
from disf_desktop.core.history import AuditRecord
from disf_desktop.core.project import Deletes
from disf_desktop.core.schema import Side
from tests.engine.world import Told, World, killed_at

FLAG = Deletes(field="Gone")
DAY = 86_400.0
GOLD = "Level__c = 'Gold'"


def loaded(world: World, number: int = 4, **values: Any) -> list[str]:
    rids = [world.contact(LastName=f"N{n}", Email=f"n{n}@example.org", **values) for n in range(number)]
    run(world)
    return rids


def run(world: World, **settings: Any) -> Told:
    world.clock.advance(600)
    return world.run(world.job(**{"deletes": FLAG, **settings}))


def changed_without_a_date(world: World, rid: str, **values: Any) -> None:
    """A field that Salesforce computes has another value now; the record bears the date of before."""
    world.org.rows["Contact"][rid].values.update(values)


def notices(told: Told) -> list[str]:
    return [each.code for each in told.of(Notice)]


def flagged(world: World, rid: str) -> bool:
    return world.in_contacts(rid).get("Gone") is not None


# What it finds


def test_a_value_that_changed_without_a_date_is_found_within_a_week(world: World) -> None:
    rids = loaded(world)
    changed_without_a_date(world, rids[1], Title="Computed")
    world.clock.advance(6 * DAY)
    run(world)
    assert world.in_contacts(rids[1]).get("Title") is None
    world.clock.advance(DAY)
    told = run(world)
    assert world.in_contacts(rids[1])["Title"] == "Computed"
    assert notices(told) == ["audited"]
    assert "1 records had changed" in told.of(Notice)[0].message


def test_whoever_asks_for_it_need_not_wait_for_a_week(world: World) -> None:
    rids = loaded(world)
    changed_without_a_date(world, rids[1], Title="Computed")
    told = run(world, audit=True)
    assert world.in_contacts(rids[1])["Title"] == "Computed"
    assert told.total.sides[Side.SALESFORCE].read == 4


def test_a_delete_that_salesforce_forgot_to_list_is_found_in_its_recycle_bin(world: World) -> None:
    gone, *_ = loaded(world)
    world.org.delete("Contact", gone)
    world.clock.advance(3600)
    at = world.org.deleted["Contact"][gone]
    world.org.lists_deletes = False
    assert not flagged(world, gone)
    told = run(world, audit=True)
    assert flagged(world, gone)
    assert told.total.sides[Side.SALESFORCE].deleted == 1
    assert world.org.deleted["Contact"][gone] == at


def test_a_merge_that_no_window_showed_is_followed(world: World) -> None:
    master, loser, *_ = loaded(world)
    world.org.lists_deletes = False
    world.org.merge("Contact", master, loser)
    run(world, audit=True)
    merged = world.rows("SELECT a.sf_id, b.sf_id FROM link a JOIN link b ON b.id = a.merged_into")
    assert merged == [(loser, master)]


def test_after_a_pause_longer_than_deletes_are_remembered_nobody_is_guessed_to_be_deleted(world: World) -> None:
    gone, *rest = loaded(world)
    world.org.delete("Contact", gone)
    world.org.update("Contact", rest[0], LastName="Roy")
    world.clock.advance(40 * DAY)
    told = run(world)
    assert not flagged(world, gone)
    assert world.waiting() == {gone: "vanished"}
    assert told.status is RunStatus.PARTIAL
    assert world.in_contacts(rest[0])["LastName"] == "Roy"


def test_who_was_deleted_in_a_long_pause_and_is_still_in_the_recycle_bin_is_flagged(world: World) -> None:
    gone, *_ = loaded(world)
    world.clock.advance(30 * DAY)
    world.org.delete("Contact", gone)
    world.clock.advance(10 * DAY)
    run(world)
    assert flagged(world, gone)
    assert world.waiting() == {}


def test_who_vanished_is_followed_again_as_soon_as_salesforce_shows_them(world: World) -> None:
    hidden, *_ = loaded(world)
    row = world.org.rows["Contact"].pop(hidden)
    run(world, audit=True)
    assert world.waiting() == {hidden: "vanished"}
    world.org.rows["Contact"][hidden] = row
    world.org.update("Contact", hidden, LastName="Back")
    told = run(world)
    assert told.status is RunStatus.SUCCESS
    assert world.waiting() == {}
    assert world.in_contacts(hidden)["LastName"] == "Back"


def test_who_vanished_is_not_flagged_by_a_retry_and_needs_no_new_date_to_be_back(world: World) -> None:
    hidden, *_ = loaded(world)
    row = world.org.rows["Contact"].pop(hidden)
    run(world, audit=True)
    world.retry()
    run(world)
    assert not flagged(world, hidden)
    assert world.waiting() == {hidden: "vanished"}
    world.org.rows["Contact"][hidden] = row
    run(world, audit=True)
    assert world.waiting() == {}
    assert not flagged(world, hidden)


def test_who_was_dismissed_as_vanished_is_not_told_again(world: World) -> None:
    hidden, *_ = loaded(world)
    del world.org.rows["Contact"][hidden]
    run(world, audit=True)
    world.dismiss(1)
    told = run(world, audit=True)
    assert told.status is RunStatus.SUCCESS
    assert world.waiting() == {}


def test_many_that_vanish_at_once_are_a_lost_right_and_nothing_is_concluded(world: World) -> None:
    world.batch_size, world.org.page_size = 100, 100
    rids = loaded(world, 60)
    hidden = {rid: world.org.rows["Contact"].pop(rid) for rid in rids[:30]}
    told = run(world, audit=True)
    assert notices(told) == ["audit_doubtful"]
    assert world.waiting() == {}
    world.org.rows["Contact"].update(hidden)
    world.org.update("Contact", rids[0], LastName="Still followed")
    run(world)
    assert world.in_contacts(rids[0])["LastName"] == "Still followed"


def test_what_was_found_is_kept_until_everything_is_compared_again(world: World) -> None:
    rids = loaded(world)
    assert world.history().audits["Contacts"] == AuditRecord(1, world.history().audits["Contacts"].at)
    changed_without_a_date(world, rids[1], Title="Computed")
    world.org.lists_deletes = False
    world.org.delete("Contact", rids[0])
    del world.org.rows["Contact"][rids[2]]
    found = run(world, audit=True).finished.run
    run(world)
    kept = world.history().audits["Contacts"]
    assert (kept.run, kept.changed, kept.deleted, kept.vanished, kept.doubtful) == (found, 1, 1, 1, False)
    run(world, audit=True)
    assert not world.history().audits["Contacts"]


def test_what_a_preview_found_when_it_compared_everything_is_kept_too(world: World) -> None:
    world.batch_size, world.org.page_size = 100, 100
    rids = loaded(world, 60)
    for rid in rids[:30]:
        del world.org.rows["Contact"][rid]
    world.clock.advance(8 * DAY)
    assert notices(world.preview(world.job(deletes=FLAG))) == ["audit_doubtful"]
    assert world.history().audits["Contacts"].doubtful


def test_many_deletes_that_an_audit_finds_wait_for_a_person(world: World) -> None:
    world.batch_size, world.org.page_size = 100, 100
    rids = loaded(world, 60)
    world.org.lists_deletes = False
    for rid in rids[:30]:
        world.org.delete("Contact", rid)
    told = run(world, audit=True)
    assert told.status is RunStatus.NEEDS_YOU
    assert told.guard.counts["delete"] == 30
    assert not any(flagged(world, rid) for rid in rids)


def test_a_record_saved_while_its_page_is_read_is_not_taken_for_missing(world: World) -> None:
    rids = loaded(world, 7)

    def save(number: int) -> None:
        if number == 1:
            world.org.update("Contact", rids[6], LastName="Meanwhile")

    world.org.before_page = save
    run(world, audit=True)
    assert world.waiting() == {}
    assert world.in_contacts(rids[6])["LastName"] == "Meanwhile"


def test_a_record_that_the_scan_did_not_show_and_that_is_there_is_not_taken_for_missing(world: World) -> None:
    rids = loaded(world)
    held: list[Any] = []

    def hide(number: int) -> None:
        if not held:
            held.append(world.org.rows["Contact"].pop(rids[0]))

    def show(name: str) -> None:
        if name == "in_the_bin":
            world.org.rows["Contact"][rids[0]] = held[0]
            world.org.update("Contact", rids[0], LastName="There")

    world.org.before_page, world.org.before_call = hide, show
    told = run(world, audit=True)
    assert world.waiting() == {}
    assert told.status is RunStatus.SUCCESS
    assert world.in_contacts(rids[0])["LastName"] == "There"


def test_a_large_audit_that_is_killed_puts_nobody_out_of_scope(world: World) -> None:
    world.org.conditions[GOLD] = lambda values: values["Level__c"] == "Gold"
    gold = world.contact(Level__c="Gold")
    world.clock.advance(600)
    world.run(world.two_way_job(condition=GOLD))
    many_known(world)
    world.clock.advance(600)
    killed = killed_at(1, only="bring_into_scope")
    assert world.run(world.two_way_job(condition=GOLD, audit=True), kill=killed).killed
    world.contacts.edit(world.contacts.id_of(SalesforceID=gold), LastName="Zoé")
    world.clock.advance(600)
    world.run(world.two_way_job(condition=GOLD))
    assert world.org.row("Contact", gold)["LastName"] == "Zoé"


@pytest.mark.parametrize("bulk", [False, True])
def test_an_audit_leaves_the_filter_as_it_is(world: World, bulk: bool) -> None:
    world.org.conditions[GOLD] = lambda values: values["Level__c"] == "Gold"
    gold, silver = world.contact(Level__c="Gold"), world.contact(Level__c="Silver", Email="s@example.org")
    run(world, condition=GOLD)
    changed_without_a_date(world, gold, Title="Computed")
    if bulk:
        many_known(world)
    mark = len(world.contacts.sent)
    told = run(world, condition=GOLD, audit=True)
    assert [dict(record.fields) for record in world.sent_since(mark)] == [{"Title": "Computed"}]
    assert world.contacts.row_of(SalesforceID=silver) is None
    assert told.total.unchanged >= 1
    assert world.org.read_alls == (2 if bulk else 0)


def many_known(world: World) -> None:
    """Fill the ledger with people who vanished long ago and one who did not, so that a scan goes through bulk."""
    world.rows(
        "INSERT INTO seen(integration, side, rid, stamp, layout, vals, pending, run, presence)"
        " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)"
        " SELECT 1, 'SF', 'x' || i, '2026-03-02T10:00:00Z', 1, '[]', 0, 1, 0 FROM n"
    )


# What it costs


def test_an_idle_run_between_two_audits_makes_the_calls_that_it_always_made(world: World) -> None:
    loaded(world)
    run(world)
    calls = world.org.calls
    run(world)
    assert world.org.calls - calls == 3
    assert len(world.org.windows) == 3


def test_an_audit_asks_one_page_after_the_other_and_nothing_else_where_all_is_well(world: World) -> None:
    loaded(world, 9)
    calls = world.org.calls
    run(world, audit=True)
    assert world.org.calls - calls == 2 + 4


def test_a_full_read_counts_as_an_audit(world: World) -> None:
    loaded(world)
    world.clock.advance(6 * DAY)
    mark = len(world.org.windows)
    run(world)
    assert world.org.windows[mark].since is not None


def test_an_org_that_forgets_its_deletes_all_the_time_is_read_whole_once_a_day(world: World) -> None:
    loaded(world)
    world.org.forgets_deletes = True
    mark = len(world.org.windows)
    for _ in range(8):
        world.clock.advance(6 * 3600)
        run(world)
    assert sum(window.since is None for window in world.org.windows[mark:]) == 2


def test_a_clock_that_was_ahead_for_a_while_does_not_put_the_audit_off_for_ever(world: World) -> None:
    loaded(world)
    world.clock.skew = world.clock.skew.__class__(days=4000)
    run(world)
    world.clock.skew = world.clock.skew.__class__(0)
    mark = len(world.org.windows)
    run(world)
    assert world.org.windows[mark].since is None


# When it is cut short


@pytest.mark.parametrize("number", range(1, 14))
@pytest.mark.parametrize("after", [False, True])
def test_an_audit_killed_at_any_commit_is_made_anew(world: World, number: int, after: bool) -> None:
    gone, other, *_ = loaded(world)
    changed_without_a_date(world, other, Title="Computed")
    world.org.lists_deletes = False
    world.org.delete("Contact", gone)
    world.clock.advance(7 * DAY)
    world.run(world.job(deletes=FLAG), kill=killed_at(number, after=after))
    run(world)
    run(world)
    assert flagged(world, gone)
    assert world.in_contacts(other)["Title"] == "Computed"
    assert world.waiting() == {}


# Dialog Insight


@pytest.mark.parametrize("two_way", [False, True])
def test_an_audit_that_is_asked_for_looks_everybody_up(world: World, two_way: bool) -> None:
    rids = loaded(world, 5)
    settings: dict[str, Any] = {"lookups": 1, "audit": True}
    contact = world.contacts.id_of(SalesforceID=rids[0])
    world.contacts.remove(contact)
    for _ in range(2):
        world.clock.advance(600)
        world.contacts.looked_up.clear()
        world.run(world.two_way_job(**settings) if two_way else world.job(**settings))
        assert len(set(world.contacts.looked_up)) == 5
    assert world.rows("SELECT state FROM link WHERE di_rid = ?", contact) == [(2,)]
    world.org.update("Contact", rids[0], LastName="Save")
    run(world)
    assert world.contacts.row_of(SalesforceID=rids[0]) is None


def test_an_audit_while_dialog_insight_shows_nobody_erases_nobody(world: World) -> None:
    loaded(world, 12)
    world.contacts.hides = lambda rid: True
    for _ in range(3):
        run(world, audit=True)
    assert world.rows("SELECT count(*) FROM link WHERE state = 2 OR suspect = 1") == [(0,)]
