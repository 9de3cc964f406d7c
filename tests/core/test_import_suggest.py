"""Which field a column fills: proposed by names in both languages, and by what the cells look like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.importing.file_form import RESULT_COLUMNS, CellKind, ColumnSeen
from disf_desktop.core.importing.suggest import ColumnSuggestion, suggest_columns
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.core.suggest import Evidence

LIST = [
    Field("SalesforceID", "Salesforce ID", FieldType.TEXT, 18, key=True),
    Field("EMail", "Courriel", FieldType.EMAIL),
    Field("FirstName", "Prénom", FieldType.TEXT, 80),
    Field("LastName", "Nom", FieldType.TEXT, 80),
    Field("Mobile", "Cellulaire", FieldType.PHONE),
    Field("BirthDate", "Date de naissance", FieldType.DATE),
    Field("Points", "Points", FieldType.DECIMAL),
    Field("IsVIP", "VIP", FieldType.BOOLEAN),
    Field("Source", "Source", FieldType.TEXT),
    Field("optin_news", "Infolettre", FieldType.BOOLEAN),
]
CONTACT = [
    Field("Id", "Contact ID", FieldType.ID, creatable=False, updatable=False),
    Field("Email", "Email", FieldType.EMAIL),
    Field("FirstName", "First Name", FieldType.TEXT),
    Field("LastName", "Last Name", FieldType.TEXT),
    Field("MailingCity", "Mailing City", FieldType.TEXT),
    Field("OtherCity", "Other City", FieldType.TEXT),
    Field("Name", "Full Name", FieldType.TEXT, calculated=True, creatable=False, updatable=False),
    Field("HasOptedOutOfEmail", "Email Opt Out", FieldType.BOOLEAN),
    Field("News__c", "News", FieldType.BOOLEAN),
    Field("OwnerId", "Owner ID", FieldType.REFERENCE),
    Field("AccountId", "Account ID", FieldType.REFERENCE),
]


def table(fields: list[Field], side: Side) -> Schema:
    return Schema(side, "Contact", "Contact", {field.name: field for field in fields})


LIST_SCHEMA, CONTACT_SCHEMA = table(LIST, Side.DIALOG_INSIGHT), table(CONTACT, Side.SALESFORCE)


def column(name: str, kind: CellKind = CellKind.TEXT) -> ColumnSeen:
    return ColumnSeen(name, kind, 0 if kind is CellKind.EMPTY else 10, 10 if kind is CellKind.EMPTY else 0)


def found(columns: list[ColumnSeen], schema: Schema = LIST_SCHEMA) -> dict[str, ColumnSuggestion]:
    return {each.column: each for each in suggest_columns(columns, schema, ("News__c",))}


def certain(columns: list[ColumnSeen], schema: Schema = LIST_SCHEMA) -> dict[str, str]:
    return {name: each.field for name, each in found(columns, schema).items() if each.certain}


def test_a_french_file_fills_the_fields_of_a_contact_list() -> None:
    columns = [
        column("SalesforceID", CellKind.RECORD_ID),
        column("Courriel", CellKind.EMAIL),
        column("Prénom"),
        column("NOM"),
        column("Naissance", CellKind.DATE),
        column("Points", CellKind.NUMBER),
        column("VIP", CellKind.TRUTH),
    ]
    assert certain(columns) == {
        "SalesforceID": "SalesforceID",
        "Courriel": "EMail",
        "Prénom": "FirstName",
        "NOM": "LastName",
        "Naissance": "BirthDate",
        "Points": "Points",
        "VIP": "IsVIP",
    }


def test_a_french_file_fills_the_fields_of_an_english_object() -> None:
    columns = [column("Adresse courriel", CellKind.EMAIL), column("Prénom"), column("Nom de famille"), column("Ville")]
    assert certain(columns, CONTACT_SCHEMA) == {
        "Adresse courriel": "Email",
        "Prénom": "FirstName",
        "Nom de famille": "LastName",
        "Ville": "MailingCity",
    }


def test_a_column_of_addresses_is_for_the_only_field_of_addresses_whatever_it_is_called() -> None:
    told = found([column("Bidule", CellKind.EMAIL)])["Bidule"]
    assert (told.field, told.certain, told.evidence) == ("EMail", True, Evidence.ADDRESSES)


def test_of_two_columns_of_addresses_none_is_taken_without_its_name() -> None:
    assert not found([column("Bidule", CellKind.EMAIL), column("Machin", CellKind.EMAIL)])


def test_cells_that_cannot_be_in_a_field_take_the_proposal_away() -> None:
    assert "Naissance" not in found([column("Naissance", CellKind.TRUTH)])
    assert not certain([column("Naissance", CellKind.TEXT)])


def test_a_word_that_may_mean_two_things_is_proposed_and_not_certain() -> None:
    told = found([column("Provenance")])["Provenance"]
    assert (told.field, told.certain) == ("Source", False)


@pytest.mark.parametrize("name", ["Infolettre", "Consentement", "Newsletter opt-in"])
def test_a_consent_is_never_proposed(name: str) -> None:
    assert not found([column(name, CellKind.TRUTH)])
    assert not found([column(name, CellKind.TRUTH)], CONTACT_SCHEMA)


def test_a_field_that_opt_ins_of_the_project_file_write_is_a_consent_too() -> None:
    assert not found([column("News", CellKind.TRUTH)], CONTACT_SCHEMA)


def test_what_nobody_may_write_and_what_is_about_the_record_itself_is_not_proposed() -> None:
    assert not found([column("Full Name"), column("Owner ID", CellKind.RECORD_ID)], CONTACT_SCHEMA)


def test_a_column_of_record_ids_is_the_id_of_an_object() -> None:
    assert certain([column("Id", CellKind.RECORD_ID)], CONTACT_SCHEMA) == {"Id": "Id"}
    assert certain([column("Contact ID", CellKind.RECORD_ID)], CONTACT_SCHEMA) == {"Contact ID": "Id"}


@pytest.mark.parametrize(("name", "sure"), [("Id Salesforce", True), ("Contact ID", True), ("Compte", False)])
def test_a_column_of_record_ids_is_the_key_that_holds_them(name: str, sure: bool) -> None:
    told = found([column(name, CellKind.RECORD_ID)])[name]
    assert (told.field, told.certain) == ("SalesforceID", sure)


def test_our_own_columns_of_an_earlier_result_are_left_out() -> None:
    assert not found([column(name) for name in RESULT_COLUMNS])


@given(
    st.lists(
        st.builds(column, st.text(max_size=20) | st.sampled_from([f.label for f in LIST]), st.sampled_from(CellKind)),
        unique_by=lambda each: each.name,
        max_size=12,
    )
)
def test_a_column_has_one_field_and_a_field_one_column(columns: list[ColumnSeen]) -> None:
    for schema in (LIST_SCHEMA, CONTACT_SCHEMA):
        told = suggest_columns(columns, schema)
        assert len({each.field for each in told}) == len({each.column for each in told}) == len(told)
        assert all(each.field in schema.fields and 0 < each.score <= 1 for each in told)
