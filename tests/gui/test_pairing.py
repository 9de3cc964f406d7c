"""May two fields be paired, and as what; the deeds that pair them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pytestqt.qtbot import QtBot

from disf_desktop.core.errors import ServiceUnavailable
from disf_desktop.core.project import ConflictPolicy, Direction, FieldPair, Integration, ObjectMapping, Project
from disf_desktop.core.schema import Side
from disf_desktop.core.suggest import Evidence, Reason, Suggestion
from disf_desktop.core.verdict import Ground
from disf_desktop.gui.models.facts import Facts
from disf_desktop.gui.models.pairing import (
    Coverage,
    coverage,
    key_offer,
    missing_key,
    next_way,
    offer,
    open_suggestions,
    related_key,
    required_names,
    turned,
    ways,
)
from disf_desktop.gui.models.pairs import Level
from tests.gui.fakes import known
from tests.gui.rehearsal import Rehearsal


def integration_of(facts: Facts, name: str = "Contacts") -> Integration:
    assert facts.project is not None
    found = facts.project.integration(name)
    assert found is not None
    return found


def with_pairs(facts: Facts, pairs: list[dict[str, Any]], name: str = "Contacts") -> tuple[Facts, Integration]:
    """Give facts in which one integration has these pairs."""
    assert facts.project is not None
    mapping = ObjectMapping(pairs=tuple(FieldPair.model_validate(pair) for pair in pairs))
    fresh = integration_of(facts, name).model_copy(update={"mapping": mapping})
    rest = tuple(fresh if i.name == name else i for i in facts.project.integrations)
    return replace(facts, project=facts.project.model_copy(update={"integrations": rest})), fresh


def suggestion(source: str, target: str, certain: bool = True) -> Suggestion:
    return Suggestion(source, target, 0.9, certain, Reason(Evidence.SAME_MEANING))


def mapping_of(rehearsal: Rehearsal, name: str = "Contacts") -> tuple[FieldPair, ...]:
    """Give the pairs as they were last saved."""
    project = next(deed[1] for deed in reversed(rehearsal.workspace.deeds) if deed[0] == "save")
    assert isinstance(project, Project)
    found = project.integration(name)
    assert found is not None
    return found.mapping.pairs


def test_two_fields_of_one_kind_may_be_paired_the_way_of_the_project() -> None:
    facts = known()
    found = offer(facts, integration_of(facts), "Custom_0__c", "Extra0")
    assert (found.level, found.way, found.pair.direction) == (Level.LOSS, Direction.TO_DIALOG_INSIGHT, None)
    assert found.possible


def test_a_refusal_has_the_reason_of_the_core() -> None:
    facts = known()
    integration = integration_of(facts)
    assert offer(facts, integration, "MailingAddress", "Extra0").verdict.ground is Ground.UNSUPPORTED  # type: ignore[union-attr]
    assert offer(facts, integration, "DoNotCall", "IsVIP").verdict.ground is Ground.CONSENT  # type: ignore[union-attr]
    consent = offer(facts, integration, "DI_Optin_Newsletter__c", "IsVIP")
    assert consent.verdict is not None
    assert (consent.level, consent.verdict.ground) == (Level.NO, Ground.CONSENT)


def test_the_rules_of_the_project_file_refuse_too() -> None:
    facts = known()
    key = offer(facts, integration_of(facts), "Email", "SalesforceID")
    assert key.problem is not None
    assert "Salesforce record Id" in key.problem.message
    born = offer(facts, integration_of(facts, "Web sign-ups"), "Email", "Extra0")
    assert born.problem is not None
    assert "Email is written" not in born.problem.what_to_do
    assert "two fields would fight" in born.problem.message


def test_a_field_that_dialog_insight_does_not_take_goes_to_salesforce_alone() -> None:
    facts = known()
    integration = integration_of(facts)
    key = next(k for k in facts.schemas if k.startswith("dialog_insight/newsletter/Contact"))
    schema = facts.schemas[key]
    sealed = replace(schema.fields["Extra0"], creatable=False, updatable=False)
    facts = replace(facts, schemas={**facts.schemas, key: replace(schema, fields={**schema.fields, "Extra0": sealed})})
    found = offer(facts, integration, "Custom_0__c", "Extra0")
    assert found.possible
    assert (found.way, found.pair.direction) == (Direction.TO_SALESFORCE, Direction.TO_SALESFORCE)


def test_a_taken_target_names_who_has_it_and_a_pair_is_not_made_twice() -> None:
    facts = known()
    found = offer(facts, integration_of(facts), "Custom_0__c", "FirstName")
    assert [pair.source for pair in found.taken] == ["FirstName"]
    assert found.possible
    again = offer(facts, integration_of(facts), "firstname", "FIRSTNAME")
    assert (again.same, again.possible) == (True, False)


def test_nothing_is_promised_while_a_side_is_not_read() -> None:
    facts = replace(known(), schemas={})
    assert offer(facts, integration_of(facts), "Custom_0__c", "Extra0").level is Level.UNREAD


def test_the_id_becomes_the_key_of_people_of_salesforce_and_the_email_of_those_born_in_dialog_insight() -> None:
    facts, integration = with_pairs(known(), [])
    assert facts.project is not None
    assert missing_key(facts.project, integration) == ("SalesforceID",)
    found = key_offer(facts, integration)
    assert found is not None
    assert (found.pair.source, found.pair.target, found.pair.key) == ("Id", "SalesforceID", True)
    facts, integration = with_pairs(known(), [], "Web sign-ups")
    found = key_offer(facts, integration)
    assert found is not None
    assert (found.pair.source, found.pair.target, found.way) == ("Email", "EMail", Direction.TO_SALESFORCE)


def test_no_key_is_proposed_where_several_fields_could_be_it_or_it_is_there() -> None:
    facts, integration = with_pairs(known(), [], "Orders")
    assert key_offer(facts, integration) is None
    facts = known()
    assert key_offer(facts, integration_of(facts)) is None


def test_what_is_covered_is_counted() -> None:
    facts, integration = with_pairs(known(), [{"source": "LastName", "target": "LastName"}])
    assert coverage(facts, integration) == Coverage((0, 1), (0, 1), 1, 0, 31)
    facts = known()
    facts = replace(facts, suggestions={"Contacts": (suggestion("DoNotCall", "IsVIP"), suggestion("Email", "EMail"))})
    assert coverage(facts, integration_of(facts)) == Coverage((1, 1), (1, 1), 11, 1, 21)


def test_who_creates_people_in_salesforce_must_fill_what_salesforce_requires() -> None:
    facts = known()
    born = integration_of(facts, "Web sign-ups")
    assert required_names(facts, born, Side.SALESFORCE) == {"lastname"}
    assert not required_names(facts, born, Side.DIALOG_INSIGHT)
    assert required_names(facts, integration_of(facts), Side.DIALOG_INSIGHT) == {"email"}


def test_a_suggestion_that_was_accepted_comes_back_when_that_is_undone() -> None:
    facts, integration = with_pairs(known(), [])
    facts = replace(facts, suggestions={"Contacts": (suggestion("FirstName", "FirstName"),)})
    assert len(open_suggestions(facts, integration)) == 1
    facts, integration = with_pairs(facts, [{"source": "FirstName", "target": "FirstName"}])
    assert open_suggestions(facts, integration) == ()


def test_a_pair_turns_only_where_it_may() -> None:
    facts = known()
    integration = integration_of(facts)
    names = [pair.target for pair in integration.mapping.pairs]
    assert ways(facts, integration, names.index("SalesforceID")) == (Direction.TO_DIALOG_INSIGHT,)
    assert next_way(facts, integration, names.index("SalesforceID")) is None
    assert next_way(facts, integration, names.index("FirstName")) is Direction.BOTH
    assert next_way(facts, integration, names.index("City")) is Direction.TO_SALESFORCE
    assert next_way(facts, integration, names.index("Language")) is Direction.TO_DIALOG_INSIGHT


def test_turning_a_pair_takes_away_what_has_no_meaning_there() -> None:
    pair = FieldPair.model_validate(
        {
            "source": "A",
            "target": "B",
            "direction": "both",
            "conflict": "newest",
            "transform": ["lower"],
            "default": "x",
        }
    )
    there, back = turned(pair, Direction.TO_DIALOG_INSIGHT), turned(pair, Direction.TO_SALESFORCE)
    assert (there.conflict, there.default, len(there.transform)) == (None, "x", 1)
    assert (back.conflict, back.default, back.transform) == (None, None, ())
    assert turned(pair, Direction.BOTH).conflict is ConflictPolicy.NEWEST


# The deeds


def test_a_pair_is_saved_and_can_be_undone(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    assert rehearsal.desk.pair("Contacts", "LastActivityDate", "DeletedInSalesforce") is False  # used for deletes
    assert rehearsal.desk.pair("Contacts", "LastActivityDate", "Extra3")
    assert mapping_of(rehearsal)[-1] == FieldPair(source="LastActivityDate", target="Extra3")
    assert rehearsal.desk.history.undoText() == "Pair LastActivityDate with Extra3"
    rehearsal.desk.history.undo()
    assert len(mapping_of(rehearsal)) == 11


def test_what_may_not_be_paired_is_not_and_a_taken_target_is_replaced_only_when_asked(
    rehearsal: Rehearsal, qtbot: QtBot
) -> None:
    assert not rehearsal.desk.pair("Contacts", "DoNotCall", "IsVIP")
    assert not rehearsal.desk.pair("Contacts", "Custom_0__c", "FirstName")
    assert not any(deed[0] == "save" for deed in rehearsal.workspace.deeds)
    assert rehearsal.desk.pair("Contacts", "Custom_0__c", "FirstName", replace=True)
    assert [p.source for p in mapping_of(rehearsal) if p.target == "FirstName"] == ["Custom_0__c"]


def test_all_that_is_accepted_is_one_step(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.desk.accept("Contacts", [suggestion("Custom_0__c", "Extra0"), suggestion("Custom_8__c", "Extra1")])
    assert [p.target for p in mapping_of(rehearsal)][-2:] == ["Extra0", "Extra1"]
    assert rehearsal.desk.history.count() == 1
    rehearsal.desk.history.undo()
    assert len(mapping_of(rehearsal)) == 11


def test_a_suggestion_that_cannot_be_any_more_is_left_out_of_what_is_accepted(
    rehearsal: Rehearsal, qtbot: QtBot
) -> None:
    rehearsal.desk.accept("Contacts", [suggestion("DoNotCall", "IsVIP"), suggestion("Custom_8__c", "Extra1")])
    assert [p.target for p in mapping_of(rehearsal)][-1] == "Extra1"
    assert len(mapping_of(rehearsal)) == 12


def test_a_dismissed_suggestion_is_gone(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    one, other = suggestion("Custom_0__c", "Extra0"), suggestion("Custom_8__c", "Extra1")
    rehearsal.store.update(suggestions={"Contacts": (one, other)})
    rehearsal.desk.dismiss_suggestion("Contacts", one)
    assert rehearsal.store.facts.suggestions == {"Contacts": (other,)}


def test_the_fields_of_a_related_record_are_read_once_and_can_be_paired(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.desk.read_related("Contacts", "Account")
    rehearsal.desk.read_related("Contacts", "Account")
    assert rehearsal.workspace.deeds.count(("related_fields", "Contact", "Account")) == 1
    facts = rehearsal.store.facts
    integration = integration_of(facts)
    assert len(facts.related[related_key(integration, "Account")]) == 3
    assert rehearsal.desk.pair("Contacts", "Account.Industry", "Extra4")
    facts = rehearsal.store.facts
    schema = facts.source_schema(integration)
    assert schema is not None
    assert schema.find("Account.Industry") is not None
    assert offer(facts, integration_of(facts, "Web sign-ups"), "Account.Phone", "Mobile").level is Level.NO


def test_a_lookup_that_cannot_be_read_is_told(rehearsal: Rehearsal, qtbot: QtBot) -> None:
    rehearsal.workspace.errors["related"] = ServiceUnavailable("Salesforce does not answer.", "Wait.", "prod")
    rehearsal.desk.read_related("Contacts", "Account")
    assert rehearsal.store.facts.notice is rehearsal.workspace.errors["related"]
    assert not rehearsal.store.facts.asking
