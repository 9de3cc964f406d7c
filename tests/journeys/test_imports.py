"""Imports over HTTP, and the syncs around them: every row ends where it should, once, and nothing is said twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from disf_desktop.core.schema import Side
from tests.journeys.conftest import Begin
from tests.journeys.importing import (
    NEWSLETTER,
    ORDERS,
    TO_FORMS,
    WEB_FORMS,
    calls,
    exported,
    imported,
    newcomers,
    paired,
    record_id,
    table,
)
from tests.journeys.rehearsal import Rehearsal, only

PROBES = 3
"""Look-ups by which a sync finds out once a week what an account understands; they ask for nobody."""
STAMPS = {"SystemModstamp", "LastModifiedDate", "LastModifiedById"}


@pytest.fixture
def story(begin: Begin) -> Rehearsal:
    return begin(only("Contacts"))


def by_id(rows: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    return {row["Id"]: row for row in rows}


def well(story: Rehearsal, rows: list[dict[str, str]], number: int) -> list[str]:
    """Give the Ids of some people of whom every cell that is changed here holds something."""
    cells = ("Title", "MobilePhone", "Phone", "MailingCity", "Email", "LastName")
    return [row["Id"] for row in rows if all(row[name] for name in cells) and "@" in row["Email"]][:number]


# The first load of a project of type A, and the sync after it


def test_after_a_first_load_from_an_export_a_sync_sends_nothing_and_looks_nobody_up(
    story: Rehearsal, tmp_path: Path
) -> None:
    file = table(tmp_path / "contacts.csv", exported(story), encoding="utf-8", delimiter=",")
    told = imported(story, file, NEWSLETTER, paired(story))
    assert told.rows == (119, 0, 0, 1, 0, 0)
    calls(story)
    total = story.sync()
    seen = calls(story)
    assert (seen["Contacts.Get"], seen["Contacts.Merge"]) == (PROBES, 0)
    assert not [name for name in seen if name.startswith("collections_") and name != "collections_retrieve"]
    assert (total.unchanged, total.conflicts) == (119, 0)
    for _ in range(2):
        story.later()
        story.sync()
        assert story.writes() == {}


def test_where_values_differ_exactly_those_fields_travel_as_their_pairs_say(story: Rehearsal, tmp_path: Path) -> None:
    rows = exported(story)
    first, second, third, fourth = well(story, rows, 4)
    by_id(rows)[first]["Title"] = "Ancien titre"  # toward Dialog Insight only
    by_id(rows)[second]["MobilePhone"] = "514 555-0123"  # both ways: Dialog Insight wins
    by_id(rows)[third]["Phone"] = "514 555-0124"  # both ways: Salesforce wins
    by_id(rows)[fourth]["MailingCity"] = "Sainte-Adèle"  # both ways: a person is asked
    before = story.people()
    told = imported(story, table(tmp_path / "c.csv", rows, encoding="utf-8"), NEWSLETTER, paired(story))
    assert told.finished.created == 119
    calls(story)
    total = story.sync()
    # The one whose field goes both ways is looked at before it is written.
    assert calls(story)["Contacts.Get"] == PROBES + 1
    after, there = story.people(), {row["f_SalesforceID"]: row for row in story.contacts().values()}
    assert there[first]["f_JobTitle"] == before[first]["Title"]
    assert after[second]["MobilePhone"] == there[second]["f_Mobile"] == "514 555-0123"
    assert there[third]["f_Phone"] == after[third]["Phone"] == before[third]["Phone"]
    assert (there[fourth]["f_City"], after[fourth]["MailingCity"]) == ("Sainte-Adèle", before[fourth]["MailingCity"])
    changed = {rid: {n for n in row if row[n] != before[rid][n]} - STAMPS for rid, row in after.items()}
    assert {rid: names for rid, names in changed.items() if names} == {second: {"MobilePhone"}}
    assert total.sides[Side.DIALOG_INSIGHT].updated == 2
    assert total.conflicts >= 1
    story.writes()
    story.later()
    story.sync()
    assert story.writes() == {}


def test_a_preview_before_the_import_changes_nothing_of_that(story: Rehearsal, tmp_path: Path) -> None:
    list(story.workspace.preview())
    told = imported(story, table(tmp_path / "c.csv", exported(story), encoding="utf-8"), NEWSLETTER, paired(story))
    assert told.finished.created == 119
    calls(story)
    story.sync()
    seen = calls(story)
    assert (seen["Contacts.Get"], seen["Contacts.Merge"]) == (0, 0)


def test_a_list_that_a_sync_has_filled_is_known_in_the_check_and_stays_as_it_is(
    story: Rehearsal, tmp_path: Path
) -> None:
    story.sync()
    story.writes()
    there = story.contacts()
    told = imported(story, table(tmp_path / "c.csv", exported(story), encoding="utf-8"), NEWSLETTER, paired(story))
    counts = told.checked.counts
    assert (counts.unchanged, counts.changed_known, counts.refused) == (119, False, 1)
    assert told.rows == (0, 119, 0, 1, 0, 0)
    assert without_stamps(story.contacts()) == without_stamps(there)
    story.later()
    story.writes()
    story.sync()
    assert story.writes() == {}


def without_stamps(contacts: dict[int, dict[str, Any]]) -> dict[int, dict[str, Any]]:
    return {number: {n: v for n, v in row.items() if n != "modified"} for number, row in contacts.items()}


def test_what_an_import_changes_of_people_who_are_linked_comes_to_the_next_sync(
    story: Rehearsal, tmp_path: Path
) -> None:
    """As if somebody had changed them in Dialog Insight."""
    story.sync()
    story.later()
    rows = exported(story)
    first, second = well(story, rows, 2)
    by_id(rows)[first]["MobilePhone"] = "514 555-0125"
    by_id(rows)[second]["Title"] = "Ancien titre"
    before = story.people()
    imported(story, table(tmp_path / "c.csv", rows, encoding="utf-8"), NEWSLETTER, paired(story))
    story.writes()
    story.sync()
    assert story.people()[first]["MobilePhone"] == "514 555-0125"
    assert story.people()[second]["Title"] == before[second]["Title"]
    for _ in range(2):
        story.later()
        story.sync()
    story.writes()
    story.later()
    story.sync()
    assert story.writes() == {}


# People keyed by e-mail, into a project of type B


def test_people_keyed_by_e_mail_are_known_or_born_in_salesforce_once(begin: Begin, tmp_path: Path) -> None:
    story = begin(only("Web sign-ups"))
    known = next(row for row in story.people().values() if "@" in (row["Email"] or ""))
    rows = newcomers(3)
    rows.append({**rows[0], "Courriel": known["Email"], "Prénom": known["FirstName"], "Nom": known["LastName"]})
    told = imported(story, table(tmp_path / "f.csv", rows), WEB_FORMS, TO_FORMS)
    assert (told.rows, told.checked.counts.decided) == ((4, 0, 0, 0, 0, 0), 4)
    before = story.people()
    story.sync()
    born = [row for rid, row in story.people().items() if rid not in before and row["Email"].startswith("importee")]
    assert {row["LastName"] for row in born} == {row["Nom"] for row in rows[:3]}
    assert len(born) == 3
    assert [row["Id"] for row in story.people().values() if row["Email"] == known["Email"]] == [known["Id"]]
    there = {row["f_EMail"]: row["f_SalesforceID"] for row in story.contacts(story.web_forms).values()}
    assert there[known["Email"]] == known["Id"]
    assert {there[row["Email"]] for row in born} == {row["Id"] for row in born}
    for _ in range(2):
        # Opt-ins of those who signed up before are written once their records have settled.
        story.later()
        story.sync()
    story.writes()
    story.later()
    story.sync()
    assert story.writes() == {}


# Custom tables


def orders(count: int, contact: str) -> list[dict[str, str]]:
    return [{"Commande": f"I{n}", "Client": contact, "Montant": f"{n},50"} for n in range(count)]


TO_ORDERS = {"Commande": "OrderNumber", "Client": "idContact", "Montant": "Amount"}


def test_rows_of_a_custom_table_name_their_contact_by_its_number(story: Rehearsal, tmp_path: Path) -> None:
    story.sync()
    contact = next(iter(story.contacts()))
    told = imported(story, table(tmp_path / "o.csv", orders(3, str(contact))), ORDERS, TO_ORDERS)
    assert told.rows == (3, 0, 0, 0, 0, 0)
    assert [row["idContact"] for row in story.orders()] == [contact] * 3


@pytest.mark.parametrize("contact", ["zoe@exemple.example", record_id(1)])
def test_a_contact_that_is_named_otherwise_is_refused_row_by_row_and_said_clearly(
    contact: str, story: Rehearsal, tmp_path: Path
) -> None:
    told = imported(story, table(tmp_path / "o.csv", orders(2, contact)), ORDERS, TO_ORDERS)
    assert told.rows == (0, 0, 0, 2, 0, 0)
    assert set(told.refused.values()) == {"not_a_contact"}
    assert not story.orders()


def test_a_contact_who_is_not_there_is_refused_by_dialog_insight_in_its_words(story: Rehearsal, tmp_path: Path) -> None:
    told = imported(story, table(tmp_path / "o.csv", orders(2, "999999")), ORDERS, TO_ORDERS)
    assert told.rows == (0, 0, 0, 0, 2, 0)
    assert not story.orders()
