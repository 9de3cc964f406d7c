"""A mapping made ready for planning: what may travel, where keys and contacts stand, how a delete is said."""

from __future__ import annotations

import pytest

from disf_desktop.core.integration_rules import problems_with_schemas
from disf_desktop.core.policy import DeleteFlag, Policy, policy_of
from disf_desktop.core.project import (
    Deletes,
    DestinationProject,
    Integration,
    ObjectMapping,
    OnDelete,
    OptinPair,
    ProjectType,
    Trigger,
)
from disf_desktop.core.schema import CONTACT_LIST, FieldType
from tests.core.planning import (
    ALL,
    BIRTHS,
    KEY,
    MAIL,
    MARKER,
    NAME,
    PAIRS,
    SOURCE,
    TABLE,
    TARGET,
    TORONTO,
    USUAL,
    WHOSE,
    back,
    births,
    both,
    pair,
    policy,
)


@pytest.mark.parametrize(
    ("trigger", "member"),
    [
        (Trigger.SALESFORCE_CREATED, "creates"),
        (Trigger.SALESFORCE_UPDATED, "updates"),
        (Trigger.SALESFORCE_DELETED, "deletes"),
        (Trigger.DIALOG_INSIGHT_UPDATED, "back_updates"),
    ],
)
def test_each_trigger_switches_one_thing(trigger: Trigger, member: str) -> None:
    switches = ("creates", "updates", "births", "back_updates", "deletes")
    alone = policy(KEY, both("Name", "F_Name"), triggers=(trigger,))
    assert {name for name in switches if getattr(alone, name)} == {member}


def test_births_are_of_type_b() -> None:
    assert births().births
    assert births().back_updates
    assert not births(triggers=(Trigger.DIALOG_INSIGHT_UPDATED,)).births


def test_something_travels_back_where_people_are_born_or_a_pair_does() -> None:
    assert not USUAL.goes_back
    assert policy(KEY, both("Name", "F_Name")).goes_back
    assert policy(KEY, back("Name", "F_Name")).goes_back
    assert births().goes_back


def test_the_places_of_keys_and_of_links_to_contacts_are_known() -> None:
    plan = policy(NAME, KEY, WHOSE, target=TABLE)
    assert plan.key_index == (1,)
    assert plan.contact_index == (2,)
    assert [p.target for p in plan.pairs] == ["F_Name", "Key", "F_Whose"]


def test_only_addresses_are_compared_without_case() -> None:
    assert policy(KEY, pair("Email", "F_Mail"), NAME).folded == {"F_Mail"}


def test_a_key_is_changed_in_place_for_contacts_and_never_in_a_table() -> None:
    assert policy(KEY).rekeys
    assert not policy(KEY, target=TABLE).rekeys


def test_the_marker_is_the_pair_from_the_id_of_a_type_b_contact_list() -> None:
    assert births().marker == 1
    assert births(MAIL, pair("Last", "F_Last"), MARKER).marker == 2
    assert births(MAIL, pair("Last", "F_Last"), triggers=(Trigger.DIALOG_INSIGHT_UPDATED,)).marker is None
    assert policy(KEY, MARKER).marker is None
    rows = policy(MARKER, pair("Name", "Key", key=True), target=TABLE, type=ProjectType.B)
    assert rows.marker is None


def test_what_a_birth_needs_comes_from_the_integration_and_its_project() -> None:
    assert (births().external_id, births().id_project) == ("External__c", 42)
    integration = Integration(
        name="People", salesforce="org", object="Contact", project="di", mapping=ObjectMapping(pairs=PAIRS)
    )
    plain = policy_of(USUAL.mapping, integration, TARGET, ProjectType.A, TORONTO)
    assert (plain.external_id, plain.id_project) == ("", 0)


# -- the field that says a delete ------------------------------------------------------------------------------------


def flag(plan: Policy) -> DeleteFlag:
    assert plan.flag is not None
    return plan.flag


def test_the_field_for_deletes_is_found_in_any_case_of_letters_and_stands_after_the_pairs() -> None:
    for name in ("F_Gone", "f_gone"):
        plan = policy(KEY, NAME, deletes=Deletes(field=name))
        assert plan.mapping.targets[flag(plan).place] == "F_Gone"
        assert flag(plan).place == len(plan.pairs)


def test_without_a_field_for_deletes_there_is_no_flag() -> None:
    assert policy(KEY).flag is None
    assert policy(KEY, deletes=Deletes(field="F_Unknown")).flag is None
    ignoring = policy(KEY, deletes=Deletes(on_delete=OnDelete.IGNORE, field="F_Gone"))
    assert (ignoring.flag, ignoring.ignores_deletes) == (None, True)
    assert not policy(KEY).ignores_deletes


def test_a_field_for_deletes_that_is_not_observed_is_no_flag() -> None:
    integration = Integration(
        name="People",
        salesforce="org",
        object="Contact",
        project="di",
        deletes=Deletes(field="F_Gone"),
        mapping=ObjectMapping(pairs=PAIRS),
    )
    assert policy_of(USUAL.mapping, integration, TARGET, ProjectType.A, TORONTO).flag is None


@pytest.mark.parametrize(
    ("type", "value"),
    [
        (FieldType.BOOLEAN, True),
        (FieldType.DATE, "2026-07-14"),
        (FieldType.DATETIME, "2026-07-15T03:30:00Z"),
        (FieldType.TEXT, "gone on 2026-07-14, really 2026-07-14"),
        (FieldType.LONG_TEXT, "gone on 2026-07-14, really 2026-07-14"),
    ],
)
@pytest.mark.parametrize("at", ["2026-07-15T03:30:00Z", "2026-07-15T03:30:00.000+0000"])
def test_a_delete_is_said_as_the_field_holds_it(type: FieldType, value: str | bool, at: str) -> None:
    assert DeleteFlag(3, type, "gone on {date}, really {date}", TORONTO).value(at) == value


# -- what both schemas show ------------------------------------------------------------------------------------------


def problems(**members: object) -> list[str]:
    integration = Integration.model_validate(
        {
            "name": "People",
            "salesforce": "org",
            "object": "Contact",
            "project": "di",
            "mapping": ObjectMapping(pairs=(KEY, NAME)),
            **members,
        }
    )
    type = ProjectType.B if Trigger.DIALOG_INSIGHT_CREATED in integration.triggers else ProjectType.A
    destination = DestinationProject(
        id="di", connection="di", id_project=42, name="DI", type=type, key=("Key",), time_zone="America/Toronto"
    )
    found = problems_with_schemas(integration, destination, SOURCE, TARGET, "integrations[0]", ("Ready",))
    return [problem.path for problem in found]


def test_everything_that_two_schemas_show_is_said_at_its_place() -> None:
    assert TARGET.name == CONTACT_LIST
    assert problems() == []
    assert problems(mapping=ObjectMapping(pairs=(KEY, pair("Nonsense", "F_Name")))) == [
        "integrations[0].mapping.pairs[1].source"
    ]
    assert problems(mapping=ObjectMapping(pairs=(KEY, pair("Ready", "F_Ready")))) == [
        "integrations[0].mapping.pairs[1]"
    ]
    assert problems(deletes=Deletes(field="F_Nonsense")) == ["integrations[0].deletes.field"]
    assert problems(optins=(OptinPair(optin="News", target="Nonsense"),))[0].startswith("integrations[0].optins[0]")
    assert set(ALL).isdisjoint({Trigger.DIALOG_INSIGHT_CREATED})


def test_an_external_id_is_asked_of_births_alone() -> None:
    people = {"external_id": "Nonsense__c", "mapping": ObjectMapping(pairs=(MAIL, MARKER, pair("Last", "F_Last")))}
    assert problems(triggers=BIRTHS, **people) == ["integrations[0].external_id"]
    assert problems(external_id="Nonsense__c") == []
