"""The planner on records that are deleted, merged, out of scope or erased (4.10)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from disf_desktop.core.operations import ABSENT, Base, LinkState, Pending, Presence, Seen, Update
from disf_desktop.core.policy import Policy
from disf_desktop.core.project import Deletes, OnDelete, Trigger
from disf_desktop.core.refusals import Reason
from disf_desktop.core.schema import Side
from disf_desktop.core.values import Value
from tests.core.planning import (
    ALL,
    DI,
    ID,
    KEY,
    LINK,
    RID,
    SF,
    STAMP,
    agree,
    aside,
    both,
    carried_out,
    decided,
    filtered,
    linked,
    policy,
    said,
    update,
)

PHONE = both("Phone", "F_Phone")
FLAGGED = policy(KEY, PHONE, deletes=Deletes(field="F_Gone"))
PLAIN = policy(KEY, PHONE)
TEXT = "deleted in Salesforce on 2026-07-14"


def there(**more: Any) -> Pending:
    """Give a linked record whose base knows the flag, which is empty."""
    return linked((ID, "514"), (ID, "514"), (ID, "514", None), stamp=STAMP, **more)


GONE = there(presence=Presence.DELETED)


# -- deletes ---------------------------------------------------------------------------------------------------------


def test_a_delete_is_said_in_the_field_made_for_it_and_nothing_else_is_touched() -> None:
    assert decided(DI, GONE, FLAGGED) == Update(
        DI, ID, LINK, RID, {"Key": ID}, {"F_Gone": TEXT}, {"F_Gone": None}, {"F_Gone": "deleted_in_salesforce"},
        Base((ID, "514"), (ID, "514", TEXT)), Seen(ID, (ID, "514"), RID),
    )  # fmt: skip
    filtered(SF, GONE, FLAGGED, stays=True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("F_Gone", TEXT),
        ("F_GoneOn", "2026-07-14"),
        ("F_GoneAt", STAMP),
        ("F_IsGone", True),
    ],
)
def test_each_kind_of_field_says_a_delete_in_its_own_way(field: str, value: Value) -> None:
    plan = policy(KEY, PHONE, deletes=Deletes(field=field))
    assert update(DI, GONE, plan).fields == {field: value}


def test_a_delete_says_the_day_that_it_was_in_the_project_s_time_zone() -> None:
    plan = policy(KEY, PHONE, deletes=Deletes(field="F_GoneOn"))
    late = replace(GONE, stamp="2026-07-15T03:30:00.000+0000")
    assert update(DI, late, plan).fields == {"F_GoneOn": "2026-07-14"}
    at = policy(KEY, PHONE, deletes=Deletes(field="F_GoneAt"))
    assert update(DI, late, at).fields == {"F_GoneAt": "2026-07-15T03:30:00Z"}


def test_a_delete_may_be_said_in_other_words() -> None:
    plan = policy(KEY, PHONE, deletes=Deletes(field="F_Gone", text="parti le {date}"))
    assert update(DI, GONE, plan).fields == {"F_Gone": "parti le 2026-07-14"}


def test_a_delete_that_is_said_already_is_not_said_again() -> None:
    said_before = carried_out(update(DI, GONE, FLAGGED), GONE, FLAGGED)
    decision = agree(DI, said_before, FLAGGED)
    assert decision.base == said_before.base
    assert decision.key == {"Key": ID}


def test_a_base_that_does_not_reach_the_flag_learns_of_it() -> None:
    for target in ((ID, "514"), (ID, "514", ABSENT)):
        record = linked((ID, "514"), (ID, "514"), target, stamp=STAMP, presence=Presence.DELETED)
        decision = update(DI, record, FLAGGED)
        assert (decision.before, decision.base.target) == ({"F_Gone": None}, (ID, "514", TEXT))


def test_a_record_whose_key_is_not_known_is_flagged_by_its_number() -> None:
    record = linked((ID, "514"), (ID, "514"), (ABSENT, "514", None), stamp=STAMP, presence=Presence.DELETED)
    assert update(DI, record, FLAGGED).key == {}


def test_a_delete_without_a_field_for_it_is_reported() -> None:
    refused = aside(DI, GONE, PLAIN)
    assert said(refused.refusals) == [("", Reason.DELETED_IN_SALESFORCE)]
    assert (refused.rid, refused.target_rid, refused.more) == (ID, RID, False)
    filtered(SF, GONE, PLAIN, stays=True)


@pytest.mark.parametrize("field", [None, "F_Gone"])
def test_a_delete_is_left_alone_where_it_is_ignored_or_its_trigger_is_not_ticked(field: str | None) -> None:
    ignoring = policy(KEY, PHONE, deletes=Deletes(on_delete=OnDelete.IGNORE, field=field))
    filtered(DI, GONE, ignoring, stays=False)
    triggers = [t for t in ALL if t is not Trigger.SALESFORCE_DELETED]
    unticked = policy(KEY, PHONE, triggers=triggers, deletes=Deletes(field=field))
    filtered(DI, GONE, unticked, stays=False)


def test_the_edits_on_a_deleted_record_do_not_travel() -> None:
    record = replace(GONE, values=(ID, "819"), found=(ID, "438", None))
    assert update(DI, record, FLAGGED).fields == {"F_Gone": TEXT}
    filtered(SF, record, FLAGGED, stays=True)


def test_a_deleted_record_that_was_never_carried_over_is_nothing_to_dialog_insight() -> None:
    for record in (
        Pending(ID, (ID, "514"), presence=Presence.DELETED, stamp=STAMP),
        replace(GONE, link=None, state=LinkState.CLOSED),
        replace(GONE, target_rid=None, state=LinkState.CLOSED),
        replace(GONE, base=None, state=LinkState.CLOSED),
    ):
        filtered(DI, record, FLAGGED, stays=False)


def test_the_loser_of_a_merge_gets_the_flag() -> None:
    merged = replace(GONE, state=LinkState.CLOSED)
    assert update(DI, merged, FLAGGED).rules == {"F_Gone": "deleted_in_salesforce"}
    assert said(aside(DI, merged, PLAIN).refusals) == [("", Reason.DELETED_IN_SALESFORCE)]


def test_a_delete_waits_while_a_write_may_still_arrive() -> None:
    filtered(DI, replace(GONE, busy=frozenset({DI})), FLAGGED, stays=True)
    filtered(SF, replace(GONE, state=LinkState.CLOSED, base=None, busy=frozenset({DI})), FLAGGED, stays=True)


# -- undeletes -------------------------------------------------------------------------------------------------------


def test_an_undeleted_record_takes_its_flag_back_with_its_other_changes() -> None:
    deleted = carried_out(update(DI, GONE, FLAGGED), GONE, FLAGGED)
    back = replace(deleted, presence=Presence.PRESENT, values=(ID, "819"))
    decision = update(DI, back, FLAGGED)
    assert decision.fields == {"F_Phone": "819", "F_Gone": None}
    assert decision.before == {"F_Phone": "514", "F_Gone": TEXT}
    assert decision.rules == {"F_Phone": "changed_in_salesforce", "F_Gone": "undeleted"}
    assert decision.base == Base((ID, "819"), (ID, "819", None))
    assert agree(DI, carried_out(decision, back, FLAGGED), FLAGGED).base == decision.base


def test_the_pass_to_salesforce_leaves_the_flag_to_the_other_one() -> None:
    back = linked((ID, "514"), (ID, "514"), (ID, "514", TEXT), (ID, "819", TEXT))
    here = update(SF, back, FLAGGED)
    assert here.fields == {"Phone": "819"}
    assert here.more
    assert here.base.target == (ID, "819", TEXT)
    assert update(DI, carried_out(here, back, FLAGGED), FLAGGED).fields == {"F_Gone": None}


def test_a_flag_is_not_taken_back_while_salesforce_shows_nothing() -> None:
    record = linked(None, (ID, "514"), (ID, "514", TEXT))
    assert agree(DI, record, FLAGGED).base.target == (ID, "514", TEXT)


def test_a_record_that_was_never_flagged_has_nothing_to_take_back() -> None:
    for target in ((ID, "514"), (ID, "514", None), (ID, "514", ABSENT)):
        decision = agree(DI, linked((ID, "514"), (ID, "514"), target), FLAGGED)
        assert decision.base.target == target


# -- out of scope, closed, erased ------------------------------------------------------------------------------------

EDITED = replace(there(), values=(ID, "819"), found=(ID, "438", None))


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("plan", [PLAIN, FLAGGED])
def test_a_record_out_of_scope_or_over_a_closed_link_is_left_alone(side: Side, plan: Policy) -> None:
    for record in (
        replace(EDITED, presence=Presence.OUT_OF_SCOPE),
        replace(EDITED, state=LinkState.CLOSED),
        replace(EDITED, state=LinkState.ERASED),
        replace(EDITED, state=LinkState.ERASED, presence=Presence.DELETED),
        replace(EDITED, state=LinkState.CLOSED, presence=Presence.OUT_OF_SCOPE),
    ):
        filtered(side, record, plan, stays=False)


def test_a_record_that_is_back_in_scope_carries_on_where_it_was() -> None:
    assert isinstance(decided(DI, EDITED, PLAIN), Update)
    assert isinstance(decided(SF, replace(EDITED, values=(ID, "514")), PLAIN), Update)


def test_what_was_erased_is_not_made_again_whatever_salesforce_says() -> None:
    for record in (
        Pending(ID, (ID, "819"), LINK, state=LinkState.ERASED),
        Pending(ID, (ID, "819"), LINK, RID, state=LinkState.ERASED),
    ):
        for side in Side:
            filtered(side, record, PLAIN, stays=False)
