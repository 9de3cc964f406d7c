"""Unique values that are looked up many at once are refused and matched as if each were looked up alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disf_desktop.simulator.salesforce import Org
from disf_desktop.simulator.salesforce.errors import RecordError
from disf_desktop.simulator.salesforce.records import Records
from disf_desktop.simulator.world import World
from tests.simulator.salesforce.conftest import CREDENTIALS, DESCRIBES, fill

KEYS = st.sampled_from(["L-1", "l-2", "L-8", "new", "NEW", "été", "ÉTÉ", " L-3 ", ""])
LINKS = st.sampled_from(["x", "X", "y", "z", ""])
ROWS = st.lists(st.tuples(KEYS, LINKS), max_size=12)
Outcome = tuple[list[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def org(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Org]:
    made = Org(tmp_path_factory.mktemp("held") / "org.sqlite", World(seed=7), DESCRIBES, CREDENTIALS)
    fill(made)
    contact = made.schema["Contact"]
    records = Records(made)
    ids = [row["Id"] for row in made.rows("Contact")]
    for link, known in zip("xyz", ids, strict=False):
        records.update(contact, known, {"DI_Contact_Id__c": link})
    records.update(contact, ids[7], {"Legacy_Id__c": "ÉTÉ"})
    records.delete(contact, ids[8])
    yield made
    made.close()


class _Undo(Exception):
    """Take everything back that an example did."""


def saved(org: Org, rows: list[tuple[str, str]], operation: str, at_once: bool) -> Outcome:
    """Save rows from a CSV; return what came of each, and what is there then."""
    contact = org.schema["Contact"]
    legacy, link = contact.field("Legacy_Id__c"), contact.field("DI_Contact_Id__c")
    assert legacy
    assert link
    outcomes: list[str] = []
    found: list[tuple[Any, ...]] = []
    with suppress(_Undo), org.transaction():
        records = Records(org, from_csv=True)
        if at_once:
            records.begin(contact, {legacy: {each[0] for each in rows}, link: {each[1] for each in rows}})
        for number, (key, value) in enumerate(rows):
            values = {"LastName": f"Rang {number}"} | ({"DI_Contact_Id__c": value} if value else {})
            try:
                if operation == "insert":
                    records.create(contact, values | ({"Legacy_Id__c": key} if key else {}))
                    outcomes.append("created")
                else:
                    outcomes.append(str(records.upsert(contact, legacy, key, values)[1]))
            except RecordError as refused:
                outcomes.append(refused.code)
        query = "SELECT LastName, Legacy_Id__c, DI_Contact_Id__c, IsDeleted FROM Contact ORDER BY 1, 2, 3"
        found = org.db.execute(query).fetchall()
        raise _Undo
    return outcomes, found


@given(ROWS, st.sampled_from(["insert", "upsert"]))
@settings(deadline=None)
def test_looking_up_many_at_once_changes_nothing(org: Org, rows: list[tuple[str, str]], operation: str) -> None:
    assert saved(org, rows, operation, at_once=True) == saved(org, rows, operation, at_once=False)


@pytest.mark.parametrize(
    ("rows", "operation", "outcomes"),
    [
        ([("new", ""), ("NEW", "")], "insert", ["created", "DUPLICATE_VALUE"]),
        ([("L-8", ""), ("l-8", "")], "insert", ["created", "DUPLICATE_VALUE"]),
        ([("L-0", "w"), ("L-1", "x")], "upsert", ["False", "False"]),
        ([("L-0", "y"), ("new", "w"), ("new", "w")], "upsert", ["DUPLICATE_VALUE", "True", "False"]),
        ([("L-8", "")], "upsert", ["True"]),
    ],
)
def test_a_value_is_taken_and_free_as_records_are_saved(
    org: Org, rows: list[tuple[str, str]], operation: str, outcomes: list[str]
) -> None:
    assert saved(org, rows, operation, at_once=True)[0] == outcomes
