"""When a plan needs a person's word, and the fingerprint of a plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from disf_desktop.core.guard import DELETE_SHARE, GUARD_FLOOR, GUARD_SHARE, too_many_deletes, too_many_updates
from disf_desktop.core.operations import Birth, Create, Pending
from tests.core.planning import DI, ID, KEY, OTHER, RID, SF, births, both, decided, fingerprint, linked, policy, update


def test_the_guard_looks_at_more_than_twenty_updates_and_more_than_thirty_percent() -> None:
    assert not too_many_updates(GUARD_FLOOR, 20)
    assert too_many_updates(GUARD_FLOOR + 1, 69)
    assert not too_many_updates(GUARD_FLOOR + 1, 70)
    assert not too_many_updates(300, 1000)
    assert too_many_updates(301, 1000)
    assert not too_many_updates(0, 0)


@pytest.mark.parametrize(
    ("deletes", "links", "stops"),
    [
        (20, 20, False),
        (21, 21, True),
        (21, 400, True),
        (21, 420, False),
        (50, 1000, False),
        (51, 1000, True),
        (0, 0, False),
    ],
)
def test_the_guard_looks_at_more_than_twenty_deletes_and_more_than_five_percent(
    deletes: int, links: int, stops: bool
) -> None:
    assert too_many_deletes(deletes, links) is stops


def test_the_figures_of_the_guard_are_those_of_the_paper() -> None:
    assert (GUARD_FLOOR, GUARD_SHARE, DELETE_SHARE) == (20, 0.30, 0.05)


PLAN = policy(KEY, both("Phone", "F_Phone"), both("Name", "F_Name"))
BASE = (ID, "514", "Ann")
CROSSED = linked((ID, "819", "Ann"), BASE, BASE, (ID, "514", "Anna"))


def test_the_hash_of_a_plan_tells_every_operation_its_side_and_its_order() -> None:
    create = decided(DI, Pending(ID, BASE), PLAN)
    birth = decided(SF, Pending("", None, target_rid=ID, found=("e@example.org", None, "Roy", None)), births())
    there, here = update(DI, CROSSED, PLAN), update(SF, CROSSED, PLAN)
    assert isinstance(create, Create)
    assert isinstance(birth, Birth)
    hashes = [
        fingerprint(),
        fingerprint(create),
        fingerprint(birth),
        fingerprint(there),
        fingerprint(here),
        fingerprint(create, there),
        fingerprint(there, create),
        fingerprint(replace(create, rid=OTHER)),
        fingerprint(replace(birth, target_rid=RID)),
        fingerprint(replace(create, fields=birth.fields)),
        fingerprint(replace(there, rid=OTHER)),
        fingerprint(replace(there, fields={"F_Phone": "438"})),
        fingerprint(replace(there, fields={"F_Name": "819"})),
        fingerprint(replace(there, fields={"F_Phone": None})),
        fingerprint(replace(here, rid=OTHER)),
        fingerprint(replace(here, fields=there.fields)),
    ]
    assert len(set(hashes)) == len(hashes)
    assert fingerprint(create, there) == fingerprint(create, there)


def test_the_hash_of_a_plan_does_not_tell_in_which_order_fields_are_named() -> None:
    there = update(DI, CROSSED, PLAN)
    one, other = {"F_Phone": "819", "F_Name": None}, {"F_Name": None, "F_Phone": "819"}
    assert fingerprint(replace(there, fields=one)) == fingerprint(replace(there, fields=other))


def test_the_hash_of_a_plan_is_the_same_in_every_process() -> None:
    assert fingerprint(update(DI, CROSSED, PLAN)) == "0392acc770cc157be1e4695056ce3336"
