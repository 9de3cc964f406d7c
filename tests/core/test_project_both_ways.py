"""Which combinations of types, triggers, directions and opt-ins a project file may hold."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from disf_desktop.core.project import Project
from disf_desktop.core.project_rules import consent_fields, problems_of
from tests.core.test_project import DESTINATION, INTEGRATION, KEY_PAIR, ORDERS, a_project, with_integration, with_pairs

TYPE_B = DESTINATION | {"type": "B", "key": ["EMail"]}
MARKER = {"source": "Id", "target": "SalesforceId"}
EMAIL = {"source": "Email", "target": "EMail", "key": True}
BIRTHS = INTEGRATION | {
    "name": "Births",
    "triggers": ["dialog_insight_created", "dialog_insight_updated"],
    "external_id": "Di_Id__c",
    "mapping": {"pairs": [EMAIL, MARKER, {"source": "LastName", "target": "LastName"}]},
}
NEWS = {"optin": "News", "target": "News__c"}


def births(*pairs: dict[str, Any], **members: Any) -> Project:
    """Give a project of type B; `pairs` come after the key and the marker."""
    mapping = {"mapping": {"pairs": [EMAIL, MARKER, *pairs]}} if pairs else {}
    return a_project(projects=[TYPE_B], integrations=[BIRTHS | mapping | members])


def contacts(*pairs: dict[str, Any], **members: Any) -> Project:
    """Give a project of type A; `pairs` come after the key."""
    return a_project(integrations=[INTEGRATION | {"mapping": {"pairs": [KEY_PAIR, *pairs]}} | members])


def orders(*pairs: dict[str, Any], **members: Any) -> Project:
    mapping = {"mapping": {"pairs": [*ORDERS["mapping"]["pairs"], *pairs]}}  # type: ignore[index]
    return a_project(integrations=[ORDERS | mapping | members])


def said(project: Project) -> list[tuple[str, str, str]]:
    found = problems_of(project)
    assert all(p.message.endswith(".") and p.what_to_do.endswith(".") for p in found)
    return [(p.path.removeprefix("integrations[0]."), p.message, p.what_to_do) for p in found]


def paths(project: Project) -> list[str]:
    return [path for path, _, _ in said(project)]


# What is sound


def test_both_ways_births_and_optins_are_sound() -> None:
    both = {"source": "Phone", "target": "Phone", "direction": "both", "conflict": "newest"}
    triggers = ["salesforce_created", "salesforce_updated", "salesforce_deleted", "dialog_insight_updated"]
    optin = NEWS | {"date_target": "News_Date__c", "source_target": "News_Source__c"}
    flag = {"field": "Deleted"}
    assert said(contacts(both, triggers=[*triggers, "optin_changed"], optins=[optin], deletes=flag)) == []
    assert said(births()) == []
    assert said(births(triggers=["dialog_insight_created", "optin_changed"], optins=[optin])) == []
    assert said(births(triggers=["dialog_insight_updated"], external_id=None)) == []
    words = {"subscribed": "Yes", "unsubscribed": "No"}
    assert said(contacts(optins=[NEWS | words, NEWS | {"optin": "Offers", "target": "Offers__c"}])) == []


def test_a_pair_to_salesforce_and_one_to_dialog_insight_may_share_a_salesforce_field() -> None:
    there = {"source": "Title", "target": "JobTitle"}
    back = {"source": "Title", "target": "Function", "direction": "to_salesforce"}
    assert said(contacts(there, back)) == []


# Type A


def test_nobody_born_in_dialog_insight_enters_by_a_type_a_project() -> None:
    (problem,) = said(contacts(triggers=["salesforce_created", "dialog_insight_created"]))
    assert problem == (
        "triggers[1]",
        "The key of a type A project is the Salesforce Id, which somebody born in Dialog Insight does not have yet.",
        "Take dialog_insight_created away; people who enter in Dialog Insight enter by a project of type B.",
    )


def test_updates_of_dialog_insight_need_a_pair_that_travels_to_salesforce() -> None:
    triggers = ["salesforce_created", "dialog_insight_updated"]
    pair = {"source": "Phone", "target": "Phone"}
    assert paths(contacts(pair, triggers=triggers)) == ["triggers[1]"]
    for direction in ("both", "to_salesforce"):
        assert said(contacts(pair | {"direction": direction}, triggers=triggers)) == []


@pytest.mark.parametrize("direction", ["both", "to_salesforce"])
def test_the_key_of_a_type_a_project_travels_to_dialog_insight_only(direction: str) -> None:
    project = with_integration(mapping={"pairs": [KEY_PAIR | {"direction": direction}]})
    assert said(project) == [
        (
            "mapping.pairs[0].direction",
            "Salesforce alone gives a record its Id.",
            "Let this pair travel to Dialog Insight only.",
        )
    ]


def test_an_external_id_is_for_people_born_in_dialog_insight() -> None:
    assert paths(contacts(external_id="Di_Id__c")) == ["external_id"]
    assert paths(orders(external_id="Di_Id__c")) == ["external_id"]


# Custom tables


@pytest.mark.parametrize("trigger", ["dialog_insight_created", "dialog_insight_updated", "optin_changed"])
def test_nothing_comes_back_from_a_custom_table(trigger: str) -> None:
    found = said(orders(triggers=["salesforce_created", trigger]))
    assert found[0][0] == "triggers[1]"
    assert found[0][2] == f"Take {trigger} away."


def test_a_pair_of_a_custom_table_does_not_travel_to_salesforce() -> None:
    pair = {"source": "Town__c", "target": "Town"}
    assert paths(orders(pair)) == []
    for direction in ("both", "to_salesforce"):
        assert paths(orders(pair | {"direction": direction})) == ["mapping.pairs[1].direction"]


def test_a_custom_table_has_no_optins() -> None:
    assert said(orders(optins=[NEWS])) == [
        ("optins", "A custom table has no opt-ins; contacts have them.", "Take the opt-ins away.")
    ]


def test_a_custom_table_of_a_type_b_project_is_filled_from_salesforce_too() -> None:
    pair = {"source": "Town__c", "target": "Town", "default": "Laval"}
    mapping = {"pairs": [*ORDERS["mapping"]["pairs"], pair]}  # type: ignore[index]
    assert said(a_project(projects=[TYPE_B], integrations=[ORDERS | {"mapping": mapping}])) == []


# Type B


def test_people_born_in_dialog_insight_are_not_received_from_salesforce() -> None:
    triggers = ["salesforce_created", "dialog_insight_created", "salesforce_updated", "salesforce_deleted"]
    project = births(triggers=triggers)
    assert paths(project) == ["triggers[0]", "triggers[2]", "triggers[3]"]
    assert said(project)[0][1:] == (
        "People of a type B project are born in Dialog Insight; nothing is received from Salesforce.",
        "Take salesforce_created away, or choose a project of type A.",
    )


def test_births_need_an_external_id_and_a_field_that_tells_who_is_there() -> None:
    assert paths(births(external_id=None)) == ["external_id"]
    assert paths(births(mapping={"pairs": [EMAIL]})) == ["mapping.pairs"]


def test_the_key_of_a_type_b_project_is_mapped_and_is_not_the_salesforce_id() -> None:
    assert said(births(mapping={"pairs": [MARKER, {"source": "Email", "target": "EMail"}]})) == [
        (
            "mapping.pairs",
            "The primary key of the project Main is not mapped: EMail.",
            "Add a pair for it with key: true; without it no record can be found again.",
        )
    ]
    by_id = {"source": "Id", "target": "EMail", "key": True}
    assert paths(births(mapping={"pairs": [by_id, MARKER]})) == ["mapping.pairs[0].source", "mapping.pairs[1].target"]
    assert paths(births(mapping={"pairs": [EMAIL, MARKER | {"key": True}]})) == [
        "mapping.pairs",
        "mapping.pairs",
        "mapping.pairs[1].source",
    ]


def test_the_salesforce_id_is_written_to_one_field() -> None:
    assert paths(births({"source": "id", "target": "Other"})) == ["mapping.pairs[2].target"]


@pytest.mark.parametrize("direction", ["both", "to_dialog_insight"])
def test_nothing_but_the_salesforce_id_travels_to_a_type_b_project(direction: str) -> None:
    pair = {"source": "LastName", "target": "LastName", "direction": direction}
    assert paths(births(pair)) == ["mapping.pairs[2].direction"]


@pytest.mark.parametrize("direction", ["both", "to_salesforce"])
def test_nothing_is_written_to_the_id_of_a_record(direction: str) -> None:
    project = births(mapping={"pairs": [EMAIL, MARKER | {"direction": direction}]})
    assert paths(project) == ["mapping.pairs[1].direction"]


def test_a_filter_has_no_meaning_for_people_born_in_dialog_insight() -> None:
    assert paths(births(filter="Status__c = 'Active'")) == ["filter"]


def test_two_objects_are_not_made_of_the_same_people() -> None:
    leads = BIRTHS | {"name": "Leads", "object": "Lead"}
    updates = leads | {"triggers": ["dialog_insight_updated"]}
    second = TYPE_B | {"id": "second"}
    elsewhere = leads | {"project": "second"}
    assert problems_of(a_project(projects=[TYPE_B], integrations=[BIRTHS, updates])) == ()
    assert problems_of(a_project(projects=[TYPE_B, second], integrations=[BIRTHS, elsewhere])) == ()
    (problem,) = problems_of(a_project(projects=[TYPE_B], integrations=[BIRTHS, leads]))
    assert problem.path == "integrations[1].triggers"
    assert problem.message.startswith("“Births” already creates the people of this project")


def test_the_external_id_is_written_by_the_program_only() -> None:
    assert paths(births({"source": "DI_ID__c", "target": "Number"})) == ["mapping.pairs[2].source"]
    optin = NEWS | {"target": "DI_Id__c"}
    assert paths(births(triggers=["optin_changed"], optins=[optin])) == ["optins[0].target"]


# Pairs that travel back


def test_a_related_field_is_read_and_never_written() -> None:
    pair = {"source": "Account.Name", "target": "Company"}
    assert said(contacts(pair)) == []
    for direction in ("both", "to_salesforce"):
        assert paths(contacts(pair | {"direction": direction})) == ["mapping.pairs[1].direction"]
    assert paths(births(pair)) == ["mapping.pairs[2].direction"]


def test_two_fields_do_not_fight_over_one_salesforce_field() -> None:
    (problem,) = said(
        contacts(
            {"source": "Phone", "target": "Phone", "direction": "both"},
            {"source": "PHONE", "target": "Mobile", "direction": "to_salesforce"},
        )
    )
    assert problem[:2] == (
        "mapping.pairs[2].source",
        "Phone is written to PHONE already; two fields would fight over it.",
    )


def test_a_default_and_a_transform_are_for_dialog_insight() -> None:
    pair = {"source": "Phone", "target": "Phone", "default": "0", "transform": ["digits"]}
    assert said(contacts(pair)) == []
    assert said(contacts(pair | {"direction": "both"})) == []
    found = paths(contacts(pair | {"direction": "to_salesforce"}))
    assert found == ["mapping.pairs[1].default", "mapping.pairs[1].transform"]


@pytest.mark.parametrize("direction", [None, "to_dialog_insight", "to_salesforce"])
def test_the_newest_of_two_values_needs_both_ways(direction: str | None) -> None:
    pair = {"source": "Phone", "target": "Phone", "direction": direction}
    assert paths(contacts(pair | {"conflict": "newest"})) == ["mapping.pairs[1].conflict"]
    for other in ("ask", "salesforce_wins", "dialog_insight_wins", "first_non_empty"):
        assert said(contacts(pair | {"conflict": other})) == []


# Consents


@pytest.mark.parametrize("name", ["HasOptedOutOfEmail", "hasoptedoutoffax", "DoNotCall", "PersonDoNotCall"])
@pytest.mark.parametrize("direction", ["to_dialog_insight", "both", "to_salesforce"])
def test_a_standard_consent_is_in_no_pair(name: str, direction: str) -> None:
    for source in (name, f"Contact__r.{name}"):
        found = said(contacts({"source": source, "target": "Flag", "direction": direction}))
        assert found == [
            (
                "mapping.pairs[1].source",
                f"{source} is a consent. Consents travel from Dialog Insight to Salesforce only, as opt-ins.",
                "Remove this pair; opt-ins have their own place.",
            )
        ]


@pytest.mark.parametrize("name", ["News__c", "news_date__c", "NEWS_SOURCE__C"])
@pytest.mark.parametrize("direction", ["to_dialog_insight", "both", "to_salesforce"])
def test_a_field_that_an_optin_of_any_integration_writes_is_in_no_pair(name: str, direction: str) -> None:
    optin = NEWS | {"date_target": "News_Date__c", "source_target": "News_Source__c"}
    leads = INTEGRATION | {"name": "Leads", "object": "Lead", "optins": [optin]}
    pair = {"source": name, "target": "Flag", "direction": direction}
    mapping = {"mapping": {"pairs": [KEY_PAIR, pair]}}
    project = a_project(integrations=[INTEGRATION | mapping, leads])
    assert paths(project) == ["mapping.pairs[1].source"]
    assert consent_fields(project) == {"News__c", "News_Date__c", "News_Source__c"}
    assert consent_fields(contacts()) == set()


def test_optins_are_needed_where_their_changes_are_asked_for() -> None:
    assert paths(contacts(triggers=["salesforce_created", "optin_changed"])) == ["triggers[1]"]


def test_an_optin_is_tied_once_and_writes_fields_of_its_own() -> None:
    twice = contacts(optins=[NEWS, NEWS | {"optin": "news", "target": "Other__c"}])
    assert said(twice) == [("optins[1].optin", "“news” is used twice.", "Give each one its own.")]
    offers = {"optin": "Offers", "target": "Offers__c", "date_target": "NEWS__c"}
    assert said(contacts(optins=[NEWS, offers])) == [
        (
            "optins[1].date_target",
            "NEWS__c is written by the opt-in News already.",
            "Give each consent, its date and its source a field of their own.",
        )
    ]
    assert paths(contacts(optins=[NEWS | {"source_target": "News__c"}])) == ["optins[0].source_target"]


@pytest.mark.parametrize("name", ["Id", "ID", "Account.News__c"])
def test_an_optin_is_written_to_a_field_of_the_record_itself(name: str) -> None:
    assert paths(contacts(optins=[NEWS | {"target": name}])) == ["optins[0].target"]


@pytest.mark.parametrize("word", ["subscribed", "unsubscribed", "neutral"])
def test_an_optin_is_inverted_or_has_words(word: str) -> None:
    assert paths(contacts(optins=[NEWS | {"inverted": True, word: "Yes"}])) == ["optins[0].inverted"]
    assert said(contacts(optins=[NEWS | {"inverted": True}])) == []


# Deletes


@pytest.mark.parametrize("name", ["optin_News", "salesforceid"])
def test_a_delete_is_said_by_a_field_of_its_own(name: str) -> None:
    assert paths(contacts(deletes={"field": name})) == ["deletes.field"]
    assert said(contacts(deletes={"field": "Deleted"})) == []


# The filter


@pytest.mark.parametrize(
    "condition",
    [
        "Status__c = 'Active'",
        "(Status__c = 'Active' OR Limit__c > 3) AND Name != 'O\\'Hara (where'",
        "Name LIKE '%\\\\' AND AccountId IN (SELECT Id FROM Account WHERE Name = 'x' ORDER BY Name LIMIT 3)",
        "Wherever__c = TRUE",
    ],
)
def test_a_condition_is_a_filter(condition: str) -> None:
    assert said(contacts(filter=condition)) == []


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("WHERE Status__c = 'Active'", "A filter is the condition alone."),
        ("select Id from Contact", "A filter is the condition alone."),
        ("Status__c = 'Active", "A text in the filter does not end, or stands between double quotes."),
        ("Status__c = 'Active\\'", "A text in the filter does not end, or stands between double quotes."),
        ('Status__c = "Active"', "A text in the filter does not end, or stands between double quotes."),
        ("(Status__c = 'Active'", "The parentheses of the filter do not match."),
        ("Status__c = ')' )", "The parentheses of the filter do not match."),
        (") AND (", "The parentheses of the filter do not match."),
        ("Vip__c = TRUE order  by Name", "A filter is the condition alone: it does not say ORDER  BY."),
        ("Vip__c = TRUE LIMIT 10", "A filter is the condition alone: it does not say LIMIT."),
    ],
)
def test_what_is_no_condition_is_said_before_salesforce_is_asked(condition: str, message: str) -> None:
    assert [each[:2] for each in said(contacts(filter=condition))] == [("filter", message)]


def test_a_blank_filter_is_no_filter() -> None:
    with pytest.raises(ValidationError, match="filter"):
        contacts(filter="   ")


def test_pairs_are_judged_even_where_the_project_is_not_known() -> None:
    project = with_pairs({"source": "Account.Name", "target": "Company", "direction": "both"})
    broken = project.model_copy(
        update={"integrations": (project.integrations[0].model_copy(update={"project": "nowhere"}),)}
    )
    assert paths(broken) == ["project", "mapping.pairs[1].direction"]
