"""What is wrong in a project file and can be known without asking a service.

What needs the services' schemas is in `core.mapping`; what concerns the triggers of one integration and its pairs, in
`core.trigger_rules` and `core.pair_rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from disf_desktop.core.errors import Problem
from disf_desktop.core.importing.problems import problems_of_recipes
from disf_desktop.core.mapping_problems import flag_name_problems
from disf_desktop.core.pair_rules import optin_problems, pair_problems, repeated
from disf_desktop.core.project import (
    DestinationProject,
    DialogInsightConnection,
    Integration,
    Project,
    SalesforceConnection,
    Trigger,
)
from disf_desktop.core.schema import CONTACT_LIST
from disf_desktop.core.trigger_rules import filter_problems, trigger_problems


def problems_of(project: Project) -> tuple[Problem, ...]:
    """Give everything that is wrong in a project and can be known without asking a service."""
    return (
        *repeated("connections", "id", (c.id for c in project.connections)),
        *repeated("projects", "id", (p.id for p in project.projects)),
        *repeated("integrations", "name", (i.name for i in project.integrations)),
        *_destination_problems(project),
        *_integration_problems(project),
        *problems_of_recipes(project),
    )


def blocking(project: Project, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Give the problems that keep the whole file from being run: all but those inside a draft, or of an import."""
    drafts = ("imports[", *(f"integrations[{n}]." for n, i in enumerate(project.integrations) if not i.enabled))
    return tuple(problem for problem in problems if not problem.path.startswith(drafts))


def problems_within(project: Project, name: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Give the problems of one integration, by its name."""
    places = tuple(f"integrations[{n}]." for n, i in enumerate(project.integrations) if i.name == name)
    return tuple(problem for problem in problems if problem.path.startswith(places))


def _destination_problems(project: Project) -> Iterator[Problem]:
    for n, destination in enumerate(project.projects):
        at = f"projects[{n}]"
        connection = project.connection(destination.connection)
        if not isinstance(connection, DialogInsightConnection):
            yield Problem(
                f"{at}.connection",
                f"There is no Dialog Insight connection “{destination.connection}”.",
                "Name one of the connections of this file, of kind dialog_insight.",
            )
        yield from repeated(f"{at}.tables", "code", (t.code for t in destination.tables))
        yield from repeated(f"{at}.tables", "id_table", (str(t.id_table) for t in destination.tables))
        for m, table in enumerate(destination.tables):
            codes = {f.code for f in table.fields}
            yield from repeated(f"{at}.tables[{m}].fields", "code", (f.code for f in table.fields))
            for k, code in enumerate(table.key):
                if code not in codes:
                    yield Problem(
                        f"{at}.tables[{m}].key[{k}]",
                        f"The key “{code}” is not among the fields of the table {table.code}.",
                        "Add the field to the table, or name another key.",
                    )
            if table.code == CONTACT_LIST:
                yield Problem(
                    f"{at}.tables[{m}].code",
                    f"“{CONTACT_LIST}” is the contact list itself.",
                    "Give the custom table its own code, as Dialog Insight shows it.",
                )


def _integration_problems(project: Project) -> Iterator[Problem]:
    served: dict[tuple[str, str, str, str], str] = {}
    births: dict[str, str] = {}
    consents = consent_fields(project)
    for n, integration in enumerate(project.integrations):
        at = f"integrations[{n}]"
        if not isinstance(project.connection(integration.salesforce), SalesforceConnection):
            yield Problem(
                f"{at}.salesforce",
                f"There is no Salesforce connection “{integration.salesforce}”.",
                "Name one of the connections of this file, of kind salesforce.",
            )
        destination = project.destination(integration.project)
        if destination is None:
            yield Problem(
                f"{at}.project",
                f"There is no destination project “{integration.project}”.",
                "Name one of the projects of this file by its id.",
            )
        else:
            yield from _table_problems(at, integration, destination)
            yield from trigger_problems(at, integration, destination)
        target = (integration.salesforce, integration.object.casefold(), integration.project, integration.table)
        if target in served:
            yield Problem(
                f"{at}.object",
                f"“{served[target]}” already ties {integration.object} to this table.",
                "Keep one integration for each object and table; it can carry every field.",
            )
        elif integration.table == CONTACT_LIST and Trigger.DIALOG_INSIGHT_CREATED in integration.triggers:
            if integration.project in births:
                yield Problem(
                    f"{at}.triggers",
                    f"“{births[integration.project]}” already creates the people of this project in Salesforce; "
                    f"which of the two a person would become cannot be known.",
                    "Take dialog_insight_created away from one of the two integrations.",
                )
            births.setdefault(integration.project, integration.name)
        served[target] = integration.name
        yield from filter_problems(f"{at}.filter", integration.filter)
        yield from pair_problems(at, integration, destination, consents)
        yield from optin_problems(at, integration)
        yield from flag_name_problems(integration.deletes, integration.mapping, f"{at}.deletes")


def consent_fields(project: Project) -> frozenset[str]:
    """Name the Salesforce fields that the opt-ins of a project file are written to; none may travel the other way."""
    pairs = (pair for integration in project.integrations for pair in integration.optins)
    # An opt-in tied to the Id is said as such, and does not make a consent of every key.
    return frozenset(name for pair in pairs for name in pair.salesforce_fields if name.casefold() != "id")


def _table_problems(at: str, integration: Integration, destination: DestinationProject) -> Iterator[Problem]:
    keys = tuple(p.target for p in integration.mapping.key_pairs)
    if integration.table == CONTACT_LIST:
        yield from _key_problems(at, destination.key, keys, f"the project {destination.name}")
        return
    table = destination.table(integration.table)
    if table is None:
        yield Problem(
            f"{at}.table",
            f"The project {destination.name} has no custom table “{integration.table}” in this file.",
            f"Add the table to the project, or write {CONTACT_LIST} for its contact list.",
        )
    else:
        yield from _key_problems(at, table.key, keys, f"the table {table.code}")


def _key_problems(at: str, key: tuple[str, ...], paired: tuple[str, ...], what: str) -> Iterator[Problem]:
    missing = [k for k in key if k not in paired]
    if missing:
        yield Problem(
            f"{at}.mapping.pairs",
            f"The primary key of {what} is not mapped: {', '.join(missing)}.",
            "Add a pair for it with key: true; without it no record can be found again.",
        )
    for code in paired:
        if code not in key:
            yield Problem(
                f"{at}.mapping.pairs",
                f"{code} is marked as key, but it is not the primary key of {what}.",
                "Take key: true away from that pair.",
            )
