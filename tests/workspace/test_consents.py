"""Questions about people's consents, asked of a real ledger through the workspace."""

from __future__ import annotations

from pathlib import Path

from disf_desktop.core.people import ConsentCount, PersonFound
from disf_desktop.storage.consent_trail import Action, Person, Trail
from disf_desktop.storage.database import Database, transaction
from disf_desktop.workspace import Workspace
from disf_desktop.workspace.consents import naming_fields
from tests.workspace.test_report import AT, PERSON, RID, insert
from tests.workspace.test_report import ledger as ledger
from tests.workspace.test_report import workspace as workspace

ELODIE = PersonFound(1, RID, PERSON["contact"], f"{PERSON['first']} {PERSON['last']} {PERSON['email']}")


def answered(ledger: Database) -> None:
    """Let Élodie have said yes, then no; the no was written."""
    with transaction(ledger):
        insert(ledger, "consent_feed", integration=1, purpose="News", field="org/contact/news__c", keeps_neutral=0)
        insert(ledger, "consent_state", link=1, purpose="News", di=0, as_of=AT)
        trail = Trail(ledger, AT, 1)
        person = Person(1, RID, PERSON["contact"])
        trail.add(person, "News", Action.OBSERVED, di=True)
        trail.add(Person(2, "003other", "12"), "News", Action.OBSERVED, di=True)
        trail.add(Person(sf_id=RID), "News", Action.SEEN, after="out")
        trail.add(person, "News", Action.CONFIRMED, source="out")


def test_before_the_first_run_nobody_is_known(workspace: Workspace) -> None:
    assert workspace.consent_counts() == ()
    assert workspace.find_people("Élodie") == ()
    trail = workspace.person_trail(ELODIE)
    assert (trail.events, trail.count) == ((), 0)


def test_answers_are_counted_by_integration_and_opt_in(workspace: Workspace, ledger: Database) -> None:
    answered(ledger)
    assert workspace.consent_counts() == (ConsentCount("Abonnés", "News", 0, 1, 0, 0, 1, None),)


def test_a_person_is_found_and_the_newest_entries_are_told_first(workspace: Workspace, ledger: Database) -> None:
    answered(ledger)
    assert workspace.find_people("tremblay") == (ELODIE,)
    assert workspace.find_people(RID) == workspace.find_people(PERSON["contact"]) == (ELODIE,)
    assert workspace.find_people(" ") == ()
    trail = workspace.person_trail(ELODIE)
    assert [event.action for event in trail.events] == ["confirmed", "seen", "observed"]
    short = workspace.person_trail(ELODIE, limit=2)
    assert ([event.action for event in short.events], short.count) == (["confirmed", "seen"], 3)


def test_an_exported_trail_of_a_person_has_what_salesforce_alone_showed(
    workspace: Workspace, ledger: Database, tmp_path: Path
) -> None:
    answered(ledger)
    assert workspace.export_trail(tmp_path / "trail.json", RID) == 3
    assert '"seen"' in (tmp_path / "trail.json").read_text(encoding="utf-8")


def test_what_names_a_person_is_known_by_its_name_or_by_its_pair(workspace: Workspace) -> None:
    project = workspace.project
    integration = project.integrations[0]
    pair = integration.mapping.pairs[0].model_copy(update={"source": "Courriel__c", "target": "EMail", "key": False})
    mapping = integration.mapping.model_copy(update={"pairs": (*integration.mapping.pairs, pair)})
    changed = project.model_copy(update={"integrations": (integration.model_copy(update={"mapping": mapping}),)})
    assert "Courriel__c" not in naming_fields(project)
    assert tuple(naming_fields(changed)) == ("FirstName", "LastName", "Name", "Email", "Courriel__c")
