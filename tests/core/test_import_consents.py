"""What a file says of consents: counted toward Dialog Insight, written toward Salesforce where C4 and C5 allow it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.importing.consents import CompiledConsent, ConsentStep, Said
from disf_desktop.core.importing.file_form import KnownForm
from disf_desktop.core.importing.recipe import DateOrder, ImportConsent, ImportMode
from disf_desktop.core.refusals import Reason
from disf_desktop.core.values import Value
from tests.core.importing import CONTACTS, PEOPLE, compiled, form, problems, recipe

KEY = (("code", "Code"), ("mail", "EMail"))
THERE = (("ext", "Ext__c"), ("last", "LastName"))


def toward_salesforce(consent: str, **said: Any) -> CompiledConsent:
    made = recipe(*THERE, key=["Ext__c"], consents=[ImportConsent(column="says", consent=consent, **said)])
    ready = compiled(made, PEOPLE, form(["ext", "last", "says", "when", "where"]))
    return ready.consents.each[0]


def wrong(consent: ImportConsent, *, there: bool = False, known: KnownForm | None = None) -> dict[str, str]:
    made = recipe(*(THERE if there else KEY), key=["Ext__c"] if there else (), consents=[consent])
    known = known or form([*(c.column for c in made.columns), "says", "when"])
    return {path: p.message for path, p in problems(made, PEOPLE if there else CONTACTS, known).items()}


# What is refused before any row


def test_a_consent_must_be_an_opt_in_of_the_contact_list() -> None:
    found = wrong(ImportConsent(column="says", consent="Newsleter"))
    assert "There is no opt-in “Newsleter”" in found["consents[0].consent"]


def test_a_salesforce_field_that_nobody_calls_a_consent_is_none() -> None:
    found = wrong(ImportConsent(column="says", consent="Active__c"), there=True)
    assert "not known to hold a consent" in found["consents[0].consent"]


def test_the_columns_of_a_consent_are_in_the_file_and_their_dates_read_one_way() -> None:
    consent = ImportConsent(column="lost", consent="Newsletter", since_column="when")
    found = wrong(consent, known=form(["code", "mail", "when"], None))
    assert "no column “lost”" in found["consents[0].column"]
    assert "nothing tells which" in found["form.dates"]


def test_nothing_of_a_consent_is_written_to_dialog_insight() -> None:
    found = wrong(ImportConsent(column="says", consent="Newsletter", since_field="Born"))
    assert "No consent is ever sent" in found["consents[0].since_field"]


def test_the_fields_beside_a_consent_must_hold_what_they_receive() -> None:
    long = ImportConsent(
        column="says", consent="News__c", since_field="LastName", source_field="NewsFrom__c", source="a fair in Lyon"
    )
    found = wrong(long, there=True)
    assert set(found) == {"consents[0].since_field", "consents[0].source"}


# Reading


def test_a_row_says_yes_no_or_nothing_since_when_and_where() -> None:
    made = recipe(
        *KEY,
        consents=[
            ImportConsent(column="says", consent="newsletter", since="2026-01-05", since_column="when", source="Fair")
        ],
    )
    consents = compiled(made, CONTACTS, form(["code", "mail", "says", "when"], DateOrder.DAY_FIRST)).consents
    row = ["1", "a@example.org"]
    assert consents.names == ("Newsletter",)
    assert consents.read([*row, "oui", "02/11/2025"]) == (Said(True, "2025-11-02", "Fair"),)
    assert consents.read([*row, "0", ""]) == (Said(False, "2026-01-05", "Fair"),)
    assert consents.read([*row, " ", ""]) == (Said(None, "2026-01-05", "Fair"),)


def test_an_inverted_column_says_that_the_person_does_not_want_it() -> None:
    made = recipe(*KEY, consents=[ImportConsent(column="says", consent="Newsletter", inverted=True)])
    consents = compiled(made, CONTACTS).consents
    said = [consents.read(["1", "a@example.org", cell])[0].state for cell in ("yes", "no", "")]
    assert said == [False, True, None]
    assert consents.without_date == consents.without_source == ("Newsletter",)


def test_a_consent_that_cannot_be_read_refuses_its_row() -> None:
    made = recipe(*KEY, consents=[ImportConsent(column="says", consent="Newsletter", since_column="when")])
    ready = compiled(made, CONTACTS, form(["code", "mail", "says", "when"]))
    for read in (ready.read, lambda cells, row: (None, ready.read_page([(row, cells)]).refused[0][1])):
        _, found = read(["1", "a@example.org", "perhaps", "once"], 3)
        assert found is not None
        assert [(p.column, p.code) for p in found] == [("says", Reason.NOT_A_BOOLEAN), ("when", Reason.NOT_A_DATE)]


# What may be written into Salesforce

YES, NO, NOTHING = Said(True, "2026-11-02", "Fair"), Said(False, "2026-11-02", "Fair"), Said(None, None, None)


@pytest.mark.parametrize(
    ("consent", "now", "yes", "no"),
    [
        ("HasOptedOutOfEmail", True, ConsentStep.UNPROVEN, ConsentStep.NOTHING),
        ("HasOptedOutOfEmail", False, ConsentStep.NOTHING, ConsentStep.WRITE),
        ("Offers__c", True, ConsentStep.NOTHING, ConsentStep.WRITE),
        ("Offers__c", False, ConsentStep.UNPROVEN, ConsentStep.NOTHING),
        ("News__c", "OUT", ConsentStep.UNPROVEN, ConsentStep.NOTHING),
        ("News__c", "in", ConsentStep.NOTHING, ConsentStep.WRITE),
        ("News__c", None, ConsentStep.ALONE, ConsentStep.WRITE),
        ("News__c", "none", ConsentStep.ALONE, ConsentStep.WRITE),
        ("News__c", "perhaps", ConsentStep.UNPROVEN, ConsentStep.WRITE),
    ],
)
def test_a_no_is_always_written_and_a_yes_only_where_salesforce_shows_no_no(
    consent: str, now: Value, yes: ConsentStep, no: ConsentStep
) -> None:
    one = toward_salesforce(consent)
    assert (one.step(YES, now), one.step(NO, now), one.step(NOTHING, now)) == (yes, no, ConsentStep.NOTHING)


def test_a_new_record_is_told_what_the_file_says() -> None:
    one = toward_salesforce("Offers__c")
    assert [one.step(said, None, new=True) for said in (YES, NO)] == [ConsentStep.WRITE] * 2
    assert (one.fields(YES), one.fields(NO)) == ({"Offers__c": True}, {"Offers__c": False})
    assert toward_salesforce("HasOptedOutOfEmail").fields(NO) == {"HasOptedOutOfEmail": True}


def test_a_consent_is_written_with_its_words_its_date_and_its_origin() -> None:
    one = toward_salesforce("News__c", since_field="NewsSince__c", source_field="NewsFrom__c")
    assert one.fields(NO) == {"News__c": "out", "NewsSince__c": "2026-11-02", "NewsFrom__c": "Fair"}
    assert one.fields(Said(True, None, None)) == {"News__c": "in", "NewsSince__c": None, "NewsFrom__c": None}


def test_an_origin_longer_than_its_field_refuses_the_row() -> None:
    made = recipe(
        *THERE,
        key=["Ext__c"],
        mode=ImportMode.UPSERT,
        consents=[ImportConsent(column="says", consent="News__c", source_column="where", source_field="NewsFrom__c")],
    )
    ready = compiled(made, PEOPLE, form(["ext", "last", "says", "where"]))
    _, found = ready.read(["x", "Roy", "yes", "a fair in a large town"])
    assert found is not None
    assert [(p.column, p.code) for p in found] == [("where", Reason.TOO_LONG)]


SAID = st.sampled_from([YES, NO, NOTHING])
SHOWN = st.sampled_from([None, "in", "out", "none", "perhaps"])


@given(SAID, SHOWN, st.sampled_from(["News__c", "Offers__c", "HasOptedOutOfEmail"]))
def test_what_was_written_is_not_written_again_and_no_yes_is_written_over_a_no(
    said: Said, shown: str | None, consent: str
) -> None:
    one = toward_salesforce(consent)
    now: Value = shown if consent == "News__c" else shown == "in"
    step = one.step(said, now)
    if step in (ConsentStep.WRITE, ConsentStep.ALONE):
        assert one.step(said, one.fields(said)[consent]) is ConsentStep.NOTHING
    out = one.fields(NO)[consent]
    assert one.step(YES, out) is ConsentStep.UNPROVEN
