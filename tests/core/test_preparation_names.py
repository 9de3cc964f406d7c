"""Names for custom fields that do not exist yet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.preparation_fit import may_be_called
from disf_desktop.core.preparation_names import (
    LONGEST,
    NameWrong,
    external_id_name,
    name_wrong,
    names_in_use,
    optin_names,
)
from disf_desktop.core.project import Integration, OptinPair, Project
from disf_desktop.core.schema import Field, FieldType, Schema, Side

CODES = st.text(max_size=80) | st.text("abcé _-.0É9__", max_size=80)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("Newsletter", "DI_Optin_Newsletter__c"),
        ("optin_Newsletter", "DI_Optin_Newsletter__c"),
        ("offres d’été", "DI_Optin_Offres_D_Ete__c"),
        ("optIn2024", "DI_Optin_OptIn2024__c"),
        ("__casl__", "DI_Optin_Casl__c"),
        ("日本", "DI_Optin__c"),
    ],
)
def test_a_name_is_made_from_the_code_of_the_opt_in(code: str, name: str) -> None:
    assert optin_names(code, ()).target == name


def test_the_date_and_the_source_are_named_alike() -> None:
    assert tuple(optin_names("Casl", ())) == (
        "DI_Optin_Casl__c",
        "DI_Optin_Casl_Date__c",
        "DI_Optin_Casl_Source__c",
    )


@given(CODES, st.sets(CODES.map(lambda code: optin_names(code, ()).target.casefold()), max_size=8))
def test_what_is_proposed_may_be_made_and_is_free(code: str, taken: set[str]) -> None:
    names = optin_names(code, taken)
    assert all(may_be_called(name) and len(name) <= LONGEST for name in names)
    assert len({*names}) == 3
    assert not {name.casefold() for name in names} & taken
    assert all(name_wrong(name, taken) is None for name in names)


def test_a_name_that_is_taken_in_any_case_gets_a_number_and_its_neighbours_too() -> None:
    names = optin_names("Newsletter", {"di_optin_newsletter_date__c"})
    assert names.target == "DI_Optin_Newsletter_2__c"
    assert names.date_target == "DI_Optin_Newsletter_2_Date__c"


def test_two_long_codes_that_begin_alike_get_names_of_their_own() -> None:
    first = optin_names("a" * 60, ())
    second = optin_names("a" * 61, {name.casefold() for name in first})
    assert not {*first} & {*second}
    assert len(second.source_target) <= LONGEST


def test_the_external_id_has_a_name_of_its_own() -> None:
    assert external_id_name(()) == "DI_Contact_Id__c"
    assert external_id_name({"di_contact_id__c"}) == "DI_Contact_Id_2__c"


@pytest.mark.parametrize(
    "name", ["", "Consent", "__c", "1st__c", "Two__Parts__c", "Ends___c", "Été__c", "With space__c", "a" * 41 + "__c"]
)
def test_a_name_that_salesforce_does_not_take_is_told(name: str) -> None:
    assert name_wrong(name, ()) is NameWrong.FORM


def test_a_name_that_is_taken_is_told_in_any_case() -> None:
    assert name_wrong("VIP__c", {"vip__c"}) is NameWrong.TAKEN


def test_what_the_file_speaks_of_is_in_use_where_it_is_the_same_object_of_the_same_org() -> None:
    schema = Schema(Side.SALESFORCE, "Contact", "Contact", {"VIP__c": Field("VIP__c", "VIP", FieldType.TEXT)})

    def integration(name: str, salesforce: str, sobject: str, target: str) -> Integration:
        optin = OptinPair(optin="News", target=target, date_target=target.replace("__c", "_At__c"))
        return Integration(
            name=name, enabled=False, salesforce=salesforce, object=sobject, project="p", triggers=(), optins=(optin,)
        )

    project = Project(
        id="abcdefgh",
        name="Test",
        integrations=(
            integration("One", "acme", "contact", "One__c"),
            integration("Two", "acme", "Lead", "Two__c"),
            integration("Three", "sandbox", "Contact", "Three__c"),
        ),
    )
    assert names_in_use(project, "acme", schema) == {"vip__c", "one__c", "one_at__c"}
