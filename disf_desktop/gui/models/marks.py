"""What each tab, connection, project and integration is marked with: done, needs you, or not started.

Green is earned: it stands only where everything was checked and nothing waits for a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from disf_desktop.core.project import DestinationProject, Integration, Project, SalesforceConnection, Trigger
from disf_desktop.core.project_rules import problems_within
from disf_desktop.core.schema import CONTACT_LIST, Side
from disf_desktop.gui.models.facts import Facts, dialog_insight_key, last_sync
from disf_desktop.gui.models.ledger import doubtful_audits
from disf_desktop.gui.models.pairs import both_schemas, mapping_problems, optin_problems, other_problems, schema_keys
from disf_desktop.gui.models.project_key import KeyState, check_key


class Mark(StrEnum):
    DONE = "done"
    NEEDS_YOU = "needs_you"
    NOT_STARTED = "not_started"


class Tab(StrEnum):
    CONNECTIONS = "connections"
    PROJECTS = "projects"
    MAPPING = "mapping"
    OPT_INS = "opt_ins"
    INTEGRATIONS = "integrations"
    ACTIVITY = "activity"


def together(marks: Iterable[Mark]) -> Mark:
    """Give the mark of a whole: one that needs a person is enough; green needs all of them."""
    all_marks = tuple(marks)
    if Mark.NEEDS_YOU in all_marks:
        return Mark.NEEDS_YOU
    return Mark.DONE if all_marks and set(all_marks) == {Mark.DONE} else Mark.NOT_STARTED


def has_problem(facts: Facts, path: str) -> bool:
    """Say whether the last check found something at this place of the project file, or below it."""
    return any(p.path == path or p.path.startswith((path + ".", path + "[")) for p in facts.problems)


def missing_service(project: Project) -> Side | None:
    """Give the service that no connection leads to, where the other one has one."""
    salesforce = [isinstance(connection, SalesforceConnection) for connection in project.connections]
    if not salesforce or (any(salesforce) and not all(salesforce)):
        return None
    return Side.DIALOG_INSIGHT if all(salesforce) else Side.SALESFORCE


def connection_mark(facts: Facts, connection: str) -> Mark:
    """Mark a connection: green after a test that succeeded, attention where the person has to sign in or mend
    something."""
    if connection in facts.connection_errors or facts.authorized.get(connection) is False:
        return Mark.NEEDS_YOU
    return Mark.DONE if connection in facts.tested else Mark.NOT_STARTED


def project_mark(facts: Facts, destination: DestinationProject) -> Mark:
    """Mark a destination project: green when its fields were read, its key suits its type, and all suits that wants to
    use it."""
    keys = [
        dialog_insight_key(destination.id, t) for t in (CONTACT_LIST, *(table.code for table in destination.tables))
    ]
    number = facts.project.projects.index(destination) if facts.project else 0
    if any(k in facts.schema_errors for k in keys) or has_problem(facts, f"projects[{number}]"):
        return Mark.NEEDS_YOU
    state = check_key(facts, destination)
    if state not in (KeyState.SUITS, KeyState.UNREAD):
        return Mark.NEEDS_YOU
    unsuited = _unsuited(facts, destination)
    if any(i.enabled for i in unsuited):
        return Mark.NEEDS_YOU
    return Mark.DONE if all(k in facts.schemas for k in keys) and not unsuited else Mark.NOT_STARTED


def _unsuited(facts: Facts, destination: DestinationProject) -> list[Integration]:
    """Give the integrations in which something does not suit the project that they serve."""
    project = facts.project
    served = [i for i in project.integrations if i.project == destination.id] if project else []
    return [i for i in served if project and problems_within(project, i.name, facts.problems)]


def mapping_mark(facts: Facts, integration: Integration) -> Mark:
    """Mark a mapping: green when both sides were read and every pair may travel."""
    if any(key in facts.schema_errors for key in schema_keys(integration)) or not integration.mapping.key_pairs:
        return Mark.NEEDS_YOU
    if both_schemas(facts, integration) is None:
        return Mark.NOT_STARTED
    return Mark.NEEDS_YOU if mapping_problems(facts, integration) else Mark.DONE


def opt_ins_mark(facts: Facts, destination: DestinationProject) -> Mark:
    """Mark the opt-ins of a project: green when each that is tied to a Salesforce field can travel there, and no
    consent waits for a person."""
    tied = _tied(facts, destination)
    if any(optin_problems(facts, i) or _reviews(facts, i) for i in tied):
        return Mark.NEEDS_YOU
    travels = [i for i in tied if i.enabled and Trigger.OPTIN_CHANGED in i.triggers]
    return Mark.DONE if travels and all(both_schemas(facts, i) for i in travels) else Mark.NOT_STARTED


def _tied(facts: Facts, destination: DestinationProject) -> list[Integration]:
    integrations = facts.project.integrations if facts.project else ()
    return [i for i in integrations if i.project == destination.id and i.optins]


def _reviews(facts: Facts, integration: Integration) -> int:
    waiting = facts.history.outstanding_by_integration.get(integration.name)
    return waiting.consent_review if waiting is not None else 0


def integration_mark(facts: Facts, integration: Integration) -> Mark:
    """Mark an integration: green when it is on, its last run succeeded and nothing of it waits."""
    if not integration.enabled:
        return Mark.NOT_STARTED
    if other_problems(facts, integration):
        return Mark.NEEDS_YOU
    if facts.history.outstanding_by_integration.get(integration.name) or integration.name in doubtful_audits(facts):
        return Mark.NEEDS_YOU
    status = last_status(facts, integration)
    if status is None:
        return Mark.NOT_STARTED
    return Mark.DONE if status == "success" else Mark.NEEDS_YOU


def last_status(facts: Facts, integration: Integration) -> str | None:
    """Give how the last run of an integration ended; None where it never ran to an end."""
    for run in facts.runs:
        for summary in run.summary.get("integrations", ()):
            if summary.get("name") == integration.name:
                return str(summary["status"])
    return None


def tab_mark(facts: Facts, tab: Tab) -> Mark:
    """Mark a tab by what is on it; of opt-ins and integrations, those that are on."""
    project = facts.project
    if project is None:
        return Mark.NOT_STARTED
    match tab:
        case Tab.CONNECTIONS:
            mark = together(connection_mark(facts, c.id) for c in project.connections)
            return Mark.NOT_STARTED if mark is Mark.DONE and missing_service(project) else mark
        case Tab.PROJECTS:
            return together(project_mark(facts, p) for p in project.projects)
        case Tab.MAPPING:
            return together(mapping_mark(facts, i) for i in project.integrations)
        case Tab.OPT_INS:
            marks = [opt_ins_mark(facts, p) for p in project.projects if any(i.enabled for i in _tied(facts, p))]
            problems = any(optin_problems(facts, i) for i in project.integrations if i.optins)
            return Mark.NEEDS_YOU if problems else together(marks)
        case Tab.INTEGRATIONS:
            return together(integration_mark(facts, i) for i in project.integrations if i.enabled)
        case Tab.ACTIVITY:
            return _activity_mark(facts)


def _activity_mark(facts: Facts) -> Mark:
    if facts.history.outstanding or facts.consents or facts.ledger_error or facts.guard:
        return Mark.NEEDS_YOU
    last = last_sync(facts)
    if last is None:
        return Mark.NOT_STARTED
    return Mark.DONE if last.status in ("success", "stopped") else Mark.NEEDS_YOU
