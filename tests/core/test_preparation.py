"""What an org lacks for a project file: which fields serve for what, what is missing, hidden, in conflict."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core import optins
from disf_desktop.core.mapping_problems import external_id_problems
from disf_desktop.core.preparation import (
    PERMISSION_SET,
    Component,
    ComponentKind,
    ComponentState,
    FieldThere,
    Grant,
    OrgSeen,
    PermissionSetThere,
    components,
    is_made_by_us,
    marker,
    names_to_look_up,
)
from disf_desktop.core.preparation_deploy import installation, removal
from disf_desktop.core.preparation_fit import Conflict, mismatch
from disf_desktop.core.preparation_spec import FieldKind, FieldSpec, spec_for
from disf_desktop.core.preparation_wanted import Purpose, Wanted, wanted_fields
from disf_desktop.core.project import (
    DestinationProject,
    DialogInsightConnection,
    Direction,
    FieldPair,
    Integration,
    ObjectMapping,
    OptinPair,
    Project,
    ProjectType,
    SalesforceConnection,
    Trigger,
)
from disf_desktop.core.schema import Field, FieldType, Schema, Side
from disf_desktop.core.verdict import Answer, may_pair

OPTIN = OptinPair(
    optin="Newsletter",
    target="DI_Newsletter__c",
    date_target="DI_Newsletter_Since__c",
    source_target="DI_Newsletter_From__c",
)
BIRTHS = Integration(
    name="Forms",
    salesforce="org",
    object="Contact",
    project="forms",
    triggers=(Trigger.DIALOG_INSIGHT_CREATED, Trigger.DIALOG_INSIGHT_UPDATED, Trigger.OPTIN_CHANGED),
    external_id="DI_Contact_Id__c",
    optins=(OPTIN,),
    mapping=ObjectMapping(
        pairs=(
            FieldPair(source="Email", target="EMail", key=True),
            FieldPair(source="Shoe_Size__c", target="ShoeSize"),
        )
    ),
)
TABLE = Schema(
    Side.DIALOG_INSIGHT,
    "Contact",
    "Contact",
    {
        "EMail": Field("EMail", "EMail", FieldType.EMAIL),
        "ShoeSize": Field("ShoeSize", "Shoe size", FieldType.INTEGER, precision=3),
    },
)
EXTERNAL_ID = Field(
    "DI_Contact_Id__c", "DI Contact Id", FieldType.TEXT, length=64, unique=True, external_id=True, native_type="string"
)
CHECKBOX = Field("DI_Newsletter__c", "DI Newsletter", FieldType.BOOLEAN, native_type="boolean")
WANTED_IDS = [
    "Contact.DI_Contact_Id__c",
    "Contact.DI_Newsletter__c",
    "Contact.DI_Newsletter_Since__c",
    "Contact.DI_Newsletter_From__c",
    "Contact.Shoe_Size__c",
    PERMISSION_SET,
]


def project(*integrations: Integration) -> Project:
    return Project(
        id="made-up-1",
        name="Made up",
        connections=(
            SalesforceConnection(id="org", name="Org"),
            DialogInsightConnection(id="di", name="Account", id_key=5335),
        ),
        projects=(
            DestinationProject(
                id="forms", connection="di", id_project=7, name="Forms", type=ProjectType.B, key=("EMail",)
            ),
        ),
        integrations=integrations or (BIRTHS,),
    )


PROJECT = project()


def contact(*fields: Field) -> Schema:
    email = Field("Email", "Email", FieldType.EMAIL)
    return Schema(Side.SALESFORCE, "Contact", "Contact", {f.name: f for f in (email, *fields)})


def seen(*fields: Field, **more: object) -> OrgSeen:
    org = OrgSeen({"Contact": contact(*fields)}, tables={"Forms": TABLE})
    return replace(org, **more)  # type: ignore[arg-type]


def there(field: Field, *, ours: bool = True, managed: bool = False) -> FieldThere:
    return FieldThere("00N" + "0" * 15, "Contact", field, marker(PROJECT) if ours else "", managed)


def state_of(org: OrgSeen, id: str, of: Project = PROJECT) -> Component:
    return next(each for each in components(of, "org", org) if each.id == id)


# What is needed


def test_a_project_needs_its_external_id_its_opt_ins_its_unknown_pairs_and_access() -> None:
    found = components(PROJECT, "org", seen())
    assert [each.id for each in found] == WANTED_IDS
    assert {each.state for each in found} == {ComponentState.MISSING}
    assert [str(each.wanted) for each in found[:-1]] == [
        "Text(64), external id, unique",
        "Checkbox",
        "DateTime",
        "Text(80)",
        "Number(3, 0)",
    ]
    assert found[0].integrations == ("Forms",)


def test_an_opt_in_with_words_becomes_a_list_of_these_words() -> None:
    worded = OPTIN.model_copy(update={"subscribed": "Yes", "unsubscribed": "No", "neutral": "Unknown"})
    other = project(BIRTHS.model_copy(update={"optins": (worded,)}))
    wanted = state_of(seen(), "Contact.DI_Newsletter__c", other).wanted
    assert wanted == FieldSpec(FieldKind.PICKLIST, words=("Yes", "No", "Unknown"))


def test_an_org_that_no_integration_uses_needs_nothing() -> None:
    assert components(PROJECT, "another", seen()) == ()


def test_a_draft_that_is_switched_off_needs_its_fields_before_it_can_be_switched_on() -> None:
    draft = project(BIRTHS.model_copy(update={"enabled": False}))
    assert len(components(draft, "org", seen())) == len(WANTED_IDS)


def test_standard_fields_and_related_ones_are_never_made() -> None:
    pairs = (FieldPair(source="Account.Region__c", target="EMail"), FieldPair(source="Fax", target="EMail"))
    standard = OptinPair(optin="Newsletter", target="HasOptedOutOfEmail", inverted=True)
    bare = BIRTHS.model_copy(update={"external_id": None, "optins": (standard,), "mapping": ObjectMapping(pairs=pairs)})
    assert components(project(bare), "org", seen()) == ()


def test_a_pair_of_a_field_that_others_made_and_that_is_there_is_none_of_our_business() -> None:
    found = components(PROJECT, "org", seen(Field("Shoe_Size__c", "Shoe size", FieldType.DECIMAL)))
    assert "Contact.Shoe_Size__c" not in [each.id for each in found]


def test_a_field_that_two_integrations_share_is_one_component_and_serves_both() -> None:
    narrow = BIRTHS.model_copy(update={"name": "Other", "external_id": None, "optins": ()})
    wide = replace(TABLE, fields={**TABLE.fields, "ShoeSize": Field("ShoeSize", "", FieldType.INTEGER, precision=9)})
    found = components(project(BIRTHS, narrow), "org", seen(tables={"Forms": TABLE, "Other": wide}))
    [shared] = [each for each in found if each.name == "Shoe_Size__c"]
    assert shared.integrations == ("Forms", "Other")
    assert str(shared.wanted) == "Number(9, 0)"


def test_two_uses_that_no_field_can_serve_are_a_conflict() -> None:
    twice = OptinPair(optin="Offers", target="DI_Offers__c", date_target="DI_Newsletter__c")
    other = project(BIRTHS.model_copy(update={"optins": (OPTIN, twice)}))
    assert state_of(seen(), "Contact.DI_Newsletter__c", other).conflict is Conflict.TWO_USES


# What is there already


def test_what_is_there_and_serves_is_installed_whoever_made_it() -> None:
    assert state_of(seen(EXTERNAL_ID), "Contact.DI_Contact_Id__c").state is ComponentState.INSTALLED
    ours = state_of(seen(EXTERNAL_ID, fields=(there(EXTERNAL_ID),)), "Contact.DI_Contact_Id__c")
    assert (ours.state, ours.made_by_us) == (ComponentState.INSTALLED, True)


def test_a_field_that_only_the_set_up_shows_is_hidden_and_never_missing() -> None:
    found = state_of(seen(fields=(there(EXTERNAL_ID, ours=False),)), "Contact.DI_Contact_Id__c")
    assert found.state is ComponentState.HIDDEN
    assert found.grant == Grant("Contact", "DI_Contact_Id__c")


def test_a_field_that_may_be_read_and_not_edited_is_hidden_from_our_writes() -> None:
    found = state_of(seen(replace(EXTERNAL_ID, updatable=False)), "Contact.DI_Contact_Id__c")
    assert found.state is ComponentState.HIDDEN
    assert "not edit" in found.detail


@pytest.mark.parametrize(
    ("id", "field", "conflict"),
    [
        ("Contact.DI_Contact_Id__c", replace(EXTERNAL_ID, external_id=False), Conflict.NOT_EXTERNAL_ID),
        ("Contact.DI_Contact_Id__c", replace(EXTERNAL_ID, unique=False), Conflict.NOT_UNIQUE),
        ("Contact.DI_Contact_Id__c", replace(EXTERNAL_ID, length=20), Conflict.TOO_SHORT),
        ("Contact.DI_Contact_Id__c", replace(EXTERNAL_ID, type=FieldType.DECIMAL), Conflict.OTHER_TYPE),
        ("Contact.DI_Newsletter__c", replace(CHECKBOX, type=FieldType.CHOICE), Conflict.OTHER_TYPE),
        ("Contact.DI_Newsletter__c", replace(CHECKBOX, calculated=True, updatable=False), Conflict.FORMULA),
        ("Contact.DI_Newsletter_Since__c", Field("DI_Newsletter_Since__c", "", FieldType.TEXT), Conflict.OTHER_TYPE),
        ("Contact.DI_Newsletter_From__c", Field("DI_Newsletter_From__c", "", FieldType.TEXT, 9), Conflict.TOO_SHORT),
    ],
)
@pytest.mark.parametrize("hidden", [False, True])
def test_a_field_of_another_type_or_meaning_is_a_conflict(
    id: str, field: Field, conflict: Conflict, hidden: bool
) -> None:
    org = seen(fields=(there(field, ours=False),)) if hidden else seen(field)
    found = state_of(org, id)
    assert (found.state, found.conflict) == (ComponentState.CONFLICT, conflict)
    assert found.detail
    assert found.grant is None


def test_an_automatic_number_that_the_describe_does_not_tell_from_a_text_is_a_conflict() -> None:
    numbered = replace(EXTERNAL_ID, updatable=False)
    told = there(replace(numbered, calculated=True, native_type="AutoNumber"), ours=False)
    found = state_of(seen(numbered, fields=(told,)), "Contact.DI_Contact_Id__c")
    assert found.conflict is Conflict.FORMULA


def test_a_list_that_lacks_one_of_the_words_is_a_conflict() -> None:
    worded = OPTIN.model_copy(update={"subscribed": "Yes", "unsubscribed": "No"})
    other = project(BIRTHS.model_copy(update={"optins": (worded,)}))
    offered = replace(CHECKBOX, type=FieldType.CHOICE, choices=("Yes", "Non"), restricted=True)
    found = state_of(seen(offered), "Contact.DI_Newsletter__c", other)
    assert found.conflict is Conflict.OTHER_WORDS
    assert "“No”" in found.detail
    assert state_of(seen(replace(offered, restricted=False)), "Contact.DI_Newsletter__c", other).conflict is None


def test_a_field_of_a_package_that_does_not_serve_says_whose_it_is() -> None:
    wrong = replace(CHECKBOX, type=FieldType.DATE)
    found = state_of(seen(wrong, fields=(there(wrong, ours=False, managed=True),)), "Contact.DI_Newsletter__c")
    assert found.conflict is Conflict.MANAGED


@pytest.mark.parametrize(
    ("name", "conflict"),
    [
        ("DI_Contact_Id", Conflict.BAD_NAME),
        ("DI__Contact__Id__c", Conflict.BAD_NAME),
        ("1_Id__c", Conflict.BAD_NAME),
        ("a" * 41 + "__c", Conflict.BAD_NAME),
        ("other__Id__c", Conflict.MANAGED),
    ],
)
def test_a_name_that_no_field_of_ours_can_have_is_a_conflict(name: str, conflict: Conflict) -> None:
    other = project(BIRTHS.model_copy(update={"external_id": name}))
    assert state_of(seen(), f"Contact.{name}", other).conflict is conflict


def test_a_pair_whose_other_half_nobody_knows_is_not_guessed() -> None:
    assert state_of(seen(tables={}), "Contact.Shoe_Size__c").conflict is Conflict.UNKNOWN_TYPE


def test_an_object_that_is_not_there_is_said_of_each_of_its_fields() -> None:
    found = components(PROJECT, "org", OrgSeen({}, tables={"Forms": TABLE}))
    assert {each.conflict for each in found} == {Conflict.NO_OBJECT}


# Access


def granting(*names: str, ours: bool = True, assigned: bool = True) -> PermissionSetThere:
    grants = tuple(Grant("Contact", name) for name in names)
    return PermissionSetThere("0PS" + "0" * 15, marker(PROJECT) if ours else "Sales", grants, assigned)


ALL_FIELDS = (
    EXTERNAL_ID,
    CHECKBOX,
    Field("DI_Newsletter_Since__c", "", FieldType.DATETIME),
    Field("DI_Newsletter_From__c", "", FieldType.TEXT, length=80),
    Field("Shoe_Size__c", "", FieldType.DECIMAL, precision=3),
)
NAMES = [field.name for field in ALL_FIELDS]


def complete(**more: object) -> OrgSeen:
    told = tuple(map(there, ALL_FIELDS))
    return seen(*ALL_FIELDS, **{"fields": told, "permission_set": granting(*NAMES), **more})


def test_an_org_that_was_prepared_lacks_nothing_and_nothing_is_deployed() -> None:
    found = components(PROJECT, "org", complete())
    assert [each.id for each in found] == WANTED_IDS
    assert {each.state for each in found} == {ComponentState.INSTALLED}
    assert installation(PROJECT, found, complete().permission_set, None).is_empty


def test_a_permission_set_of_that_name_that_is_not_ours_is_a_conflict() -> None:
    org = complete(permission_set=granting(*NAMES, ours=False))
    found = state_of(org, PERMISSION_SET)
    assert (found.state, found.conflict) == (ComponentState.CONFLICT, Conflict.NOT_OURS)
    assert installation(PROJECT, components(PROJECT, "org", org), org.permission_set, None).grants is None


def test_a_permission_set_that_gives_too_little_or_that_our_user_lacks_is_not_installed_yet() -> None:
    short = state_of(complete(permission_set=granting(*NAMES[1:])), PERMISSION_SET)
    assert short.state is ComponentState.MISSING
    assert NAMES[0] in short.detail
    assert state_of(complete(permission_set=granting(*NAMES, assigned=False)), PERMISSION_SET).state is (
        ComponentState.MISSING
    )


def test_what_others_made_and_our_user_sees_is_given_to_nobody_by_us() -> None:
    org = complete(fields=tuple(there(each, ours=False) for each in ALL_FIELDS), permission_set=None)
    assert PERMISSION_SET not in [each.id for each in components(PROJECT, "org", org)]


def test_only_what_may_be_ours_is_looked_up_in_the_set_up() -> None:
    names = names_to_look_up(PROJECT, "org", complete())
    assert ("Contact", "Shoe_Size__c") in names
    not_ours = names_to_look_up(PROJECT, "org", complete(permission_set=None))
    assert ("Contact", "Shoe_Size__c") not in not_ours
    assert ("Contact", "DI_Contact_Id__c") in not_ours
    assert ("Contact", "Shoe_Size__c") in names_to_look_up(PROJECT, "org", seen())


# What is deployed and removed


def test_an_installation_holds_what_is_missing_and_nothing_that_is_there() -> None:
    wrong = replace(CHECKBOX, type=FieldType.DATE)
    hidden = Field("DI_Newsletter_From__c", "", FieldType.TEXT, length=80)
    org = seen(wrong, EXTERNAL_ID, fields=(there(hidden, ours=False),))
    deployment = installation(PROJECT, components(PROJECT, "org", org), None, None)
    assert [each.name for each in deployment.fields] == ["DI_Newsletter_Since__c", "Shoe_Size__c"]
    assert deployment.grants is not None
    assert {each.name for each in deployment.grants} == {
        "DI_Newsletter_Since__c",
        "Shoe_Size__c",
        "DI_Newsletter_From__c",
    }


def test_a_field_that_is_chosen_brings_its_access_and_no_other_field() -> None:
    deployment = installation(PROJECT, components(PROJECT, "org", seen()), None, ["Contact.Shoe_Size__c"])
    assert [each.id for each in deployment.fields] == ["Contact.Shoe_Size__c"]
    assert deployment.grants == (Grant("Contact", "Shoe_Size__c"),)


def test_access_that_is_chosen_alone_is_for_what_is_there() -> None:
    org = complete(permission_set=None)
    deployment = installation(PROJECT, components(PROJECT, "org", org), None, [PERMISSION_SET])
    assert not deployment.fields
    assert deployment.grants is not None
    assert {each.name for each in deployment.grants} == set(NAMES)
    assert installation(PROJECT, components(PROJECT, "org", seen()), None, [PERMISSION_SET]).is_empty


def test_what_a_permission_set_gives_already_is_said_again_when_it_is_extended() -> None:
    org = complete(permission_set=granting("Other__c", *NAMES[1:]))
    deployment = installation(PROJECT, components(PROJECT, "org", org), org.permission_set, None)
    assert deployment.grants is not None
    assert {each.name for each in deployment.grants} == {"Other__c", *NAMES}


def test_a_permission_set_of_another_project_file_keeps_its_own_description() -> None:
    another = replace(granting(), description="Made by disf-desktop for project Other (made-up-2).")
    org = seen(permission_set=another)
    deployment = installation(PROJECT, components(PROJECT, "org", org), another, None)
    assert deployment.access_description == another.description
    assert deployment.description == marker(PROJECT)


def test_only_what_we_made_for_this_project_is_removed() -> None:
    told = (there(EXTERNAL_ID, ours=False), *map(there, ALL_FIELDS[1:]))
    org = complete(fields=told)
    going = removal(components(PROJECT, "org", org), org.permission_set, None)
    assert [each.name for each in going.fields] == NAMES[1:]
    # It still lets people see the field that stays.
    assert not going.permission_set
    assert removal(components(PROJECT, "org", complete()), complete().permission_set, None).permission_set


def test_what_another_project_file_made_is_not_ours() -> None:
    other = replace(there(EXTERNAL_ID), description="Made by disf-desktop for project Made up (made-up-2).")
    assert not state_of(complete(fields=(other,)), "Contact.DI_Contact_Id__c").made_by_us


def test_a_project_that_bears_the_id_of_another_in_its_name_is_not_taken_for_it() -> None:
    other = Project(id="made-up-2", name="Copy (made-up-1).")
    assert not is_made_by_us(marker(other), PROJECT)
    assert is_made_by_us(f"For the sync. {marker(other)} Ask Zoé.", other)
    assert not is_made_by_us("", PROJECT)


# Laws

KINDS = st.sampled_from(FieldType)
FIELDS = st.builds(
    Field,
    name=st.just("Some__c"),
    label=st.just("Some"),
    type=KINDS,
    length=st.sampled_from([0, 5, 14, 39, 40, 64, 255]),
    unique=st.booleans(),
    external_id=st.booleans(),
    choices=st.sampled_from([(), ("Yes", "No"), ("Yes",)]),
    restricted=st.booleans(),
)
WORDED = st.sampled_from(
    [OPTIN, OPTIN.model_copy(update={"subscribed": "Yes", "unsubscribed": "No"}), OptinPair(optin="X", target="T__c")]
)


@given(field=FIELDS)
def test_what_serves_as_external_id_is_what_a_check_accepts(field: Field) -> None:
    wanted = next(each for each in wanted_fields(PROJECT, "org", {}) if each.purpose is Purpose.EXTERNAL_ID)
    integration = BIRTHS.model_copy(update={"external_id": field.name})
    problems = external_id_problems(integration, contact(field), "at")
    assert (mismatch(field, wanted) is None) == (not problems) or field.length == 0


@given(field=FIELDS, pair=WORDED, member=st.sampled_from(["target", "date_target", "source_target"]))
def test_what_serves_for_an_opt_in_is_what_a_check_accepts(field: Field, pair: OptinPair, member: str) -> None:
    purpose = {"target": Purpose.OPTIN, "date_target": Purpose.OPTIN_DATE, "source_target": Purpose.OPTIN_SOURCE}[
        member
    ]
    wanted = Wanted("Forms", "Contact", field.name, purpose, optin=pair)
    asked = pair.model_copy(update={"date_target": None, "source_target": None} | {member: field.name})
    if member != "target":
        asked = asked.model_copy(update={"target": "Fine__c", "subscribed": None, "unsubscribed": None})
    fine = Field("Fine__c", "Fine", FieldType.BOOLEAN)
    table = replace(TABLE, optins=(Field(pair.optin, "", FieldType.BOOLEAN),))
    problems = optins.problems([asked], contact(field, fine), table, "optins")
    assert (mismatch(field, wanted) is None) == (not problems)


DESCRIBED = {
    FieldKind.TEXT: FieldType.TEXT,
    FieldKind.LONG_TEXT: FieldType.LONG_TEXT,
    FieldKind.EMAIL: FieldType.EMAIL,
    FieldKind.PHONE: FieldType.PHONE,
    FieldKind.URL: FieldType.URL,
    FieldKind.PICKLIST: FieldType.CHOICE,
    FieldKind.MULTIPICKLIST: FieldType.CHOICES,
    FieldKind.CHECKBOX: FieldType.BOOLEAN,
    FieldKind.NUMBER: FieldType.DECIMAL,
    FieldKind.DATE: FieldType.DATE,
    FieldKind.DATETIME: FieldType.DATETIME,
    FieldKind.TIME: FieldType.TIME,
}


def described(spec: FieldSpec) -> Field:
    """Give a field as an org describes it once it is made."""
    return Field(
        "F__c",
        "F",
        DESCRIBED[spec.kind],
        length=spec.length or {FieldKind.EMAIL: 80, FieldKind.PHONE: 40, FieldKind.URL: 255}.get(spec.kind, 0),
        precision=spec.precision,
        scale=spec.scale,
        choices=spec.words,
        restricted=bool(spec.words),
    )


@given(
    type=st.sampled_from([t for t in FieldType if t not in (FieldType.ID, FieldType.REFERENCE, FieldType.CONTACT)]),
    length=st.sampled_from([0, 1, 40, 255, 256, 4000, 200_000]),
    precision=st.integers(0, 30),
    scale=st.integers(0, 30),
    choices=st.lists(st.text(max_size=300), max_size=4).map(tuple),
    direction=st.sampled_from(Direction),
)
def test_a_field_that_is_made_for_a_pair_can_be_paired(
    type: FieldType, length: int, precision: int, scale: int, choices: tuple[str, ...], direction: Direction
) -> None:
    partner = Field("F", "F", type, length=length, precision=precision, scale=scale, choices=choices)
    spec = spec_for(partner)
    if type is FieldType.UNSUPPORTED:
        assert spec is None
        return
    assert spec is not None
    assert may_pair(described(spec), partner, direction).answer is not Answer.NO
    assert spec.precision <= 18
    assert spec.scale < max(spec.precision, 1)
    assert spec.joined(spec) == spec


def test_a_component_tells_itself_in_json() -> None:
    told = components(PROJECT, "org", seen())[0].as_json()
    assert told["event"] == "component"
    assert (told["kind"], told["object"], told["name"]) == (ComponentKind.FIELD, "Contact", "DI_Contact_Id__c")
    assert (told["purpose"], told["state"], told["conflict"]) == ("external_id", "missing", "")


# What the file asks for no more

LEFT = FieldThere("00N1", "Contact", Field("Old__c", "Old", FieldType.TEXT, length=20), marker(PROJECT))


def left(there: FieldThere = LEFT, description: str = marker(PROJECT), of: Project = PROJECT) -> tuple[Component, ...]:
    """Give what is told of the fields that the permission set gives and the file does not name."""
    access = PermissionSetThere("0PS1", description, (Grant(there.sobject, there.field.name),))
    told = components(of, "org", seen(fields=(there,), permission_set=access))
    return tuple(each for each in told if each.purpose is Purpose.UNUSED)


def test_a_field_of_ours_that_the_file_names_no_more_is_told_as_unused() -> None:
    [told] = left()
    assert (told.id, told.state, told.made_by_us, told.wanted) == (
        "Contact.Old__c",
        ComponentState.INSTALLED,
        True,
        None,
    )
    assert removal([told], None, None).fields == (told,)
    assert installation(PROJECT, [told], None, None).is_empty


@pytest.mark.parametrize("sobject", ["Contact", "Account"])
def test_it_is_found_on_objects_that_the_file_uses_no_more_either(sobject: str) -> None:
    [told] = left(replace(LEFT, sobject=sobject))
    assert told.id == f"{sobject}.Old__c"


@pytest.mark.parametrize(
    "there",
    [
        replace(LEFT, description="Old field of the sales team"),
        replace(LEFT, description=marker(PROJECT.model_copy(update={"id": "made-up-2"}))),
        replace(LEFT, managed=True),
    ],
)
def test_what_others_made_is_never_told_as_unused(there: FieldThere) -> None:
    assert left(there) == ()


def test_only_what_our_permission_set_gives_is_looked_for() -> None:
    access = PermissionSetThere("0PS1", "Of the sales team", (Grant("Contact", "Old__c"),))
    names = names_to_look_up(PROJECT, "org", seen(permission_set=access))
    assert ("Contact", "Old__c") not in names
    ours = replace(access, description=marker(PROJECT))
    assert ("Contact", "Old__c") in names_to_look_up(PROJECT, "org", seen(permission_set=ours))
    assert names == names_to_look_up(PROJECT, "org", seen())


@pytest.mark.parametrize(
    "changed",
    [
        BIRTHS.model_copy(update={"filter": "Active__c = true AND old__c != null"}),
        BIRTHS.model_copy(
            update={"mapping": ObjectMapping(pairs=(FieldPair(source="ReportsTo.Old__c", target="EMail"),))}
        ),
        BIRTHS.model_copy(update={"name": "Draft", "enabled": False, "external_id": "Old__c"}),
    ],
)
def test_what_the_file_still_names_somewhere_is_in_use(changed: Integration) -> None:
    assert left(of=project(changed)) == ()


def test_what_another_connection_of_the_file_asks_for_is_in_use() -> None:
    other = BIRTHS.model_copy(update={"name": "Other", "salesforce": "org2", "external_id": "Old__c"})
    twice = project(BIRTHS, other)
    twice = twice.model_copy(update={"connections": (*twice.connections, SalesforceConnection(id="org2", name="Two"))})
    assert left(of=twice) == ()


def test_the_permission_set_is_in_use_no_more_once_no_field_needs_it() -> None:
    access = PermissionSetThere("0PS1", marker(PROJECT))
    served = project(BIRTHS.model_copy(update={"external_id": None, "optins": (), "mapping": ObjectMapping()}))
    [told] = components(served, "org", seen(permission_set=access))
    assert (told.kind, told.purpose, told.made_by_us) == (ComponentKind.PERMISSION_SET, Purpose.UNUSED, True)
    assert removal([told], access, None).permission_set


# To who may not look at the set-up


def test_what_is_not_visible_may_be_there_for_who_may_not_look_at_the_set_up() -> None:
    told = components(PROJECT, "org", seen(EXTERNAL_ID, whole=False))
    assert {each.name: (each.state, each.unsure) for each in told} == {
        "DI_Contact_Id__c": (ComponentState.INSTALLED, False),
        **dict.fromkeys(
            ("DI_Newsletter__c", "DI_Newsletter_Since__c", "DI_Newsletter_From__c", "Shoe_Size__c", PERMISSION_SET),
            (ComponentState.MISSING, True),
        ),
    }
    assert all(each.detail for each in told if each.unsure)
