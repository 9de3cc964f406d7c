"""What is wrong in a project file and can be known without asking a service.

What needs the services' schemas is in `core.mapping`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from disf_desktop.core.errors import Problem
from disf_desktop.core.project import (
    DestinationProject,
    DialogInsightConnection,
    Integration,
    ObjectMapping,
    Project,
    ProjectType,
    SalesforceConnection,
    is_consent_name,
)
from disf_desktop.core.schema import CONTACT_LIST


def problems_of(project: Project) -> tuple[Problem, ...]:
    """Give everything that is wrong in a project and can be known without asking a service."""
    return (
        *_repeated("connections", "id", (c.id for c in project.connections)),
        *_repeated("projects", "id", (p.id for p in project.projects)),
        *_repeated("integrations", "name", (i.name for i in project.integrations)),
        *_destination_problems(project),
        *_integration_problems(project),
    )


def _repeated(collection: str, member: str, values: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for n, value in enumerate(values):
        folded = value.casefold()
        if folded in seen:
            yield Problem(f"{collection}[{n}].{member}", f"“{value}” is used twice.", "Give each one its own.")
        seen.add(folded)


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
        yield from _repeated(f"{at}.tables", "code", (t.code for t in destination.tables))
        for m, table in enumerate(destination.tables):
            codes = {f.code for f in table.fields}
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
        target = (integration.salesforce, integration.object.casefold(), integration.project, integration.table)
        if target in served:
            yield Problem(
                f"{at}.object",
                f"“{served[target]}” already ties {integration.object} to this table.",
                "Keep one integration for each object and table; it can carry every field.",
            )
        served[target] = integration.name
        yield from _pair_problems(f"{at}.mapping", integration.mapping)


def _table_problems(at: str, integration: Integration, destination: DestinationProject) -> Iterator[Problem]:
    keys = tuple(p.target for p in integration.mapping.key_pairs)
    if integration.table != CONTACT_LIST:
        table = destination.table(integration.table)
        if table is None:
            yield Problem(
                f"{at}.table",
                f"The project {destination.name} has no custom table “{integration.table}” in this file.",
                f"Add the table to the project, or write {CONTACT_LIST} for its contact list.",
            )
        else:
            yield from _key_problems(at, table.key, keys, f"the table {table.code}")
        return
    if destination.type is ProjectType.B:
        yield Problem(
            f"{at}.project",
            f"{destination.name} is of type B: its contacts are born in Dialog Insight, not received from Salesforce.",
            "Choose a project of type A, or a custom table.",
        )
        return
    yield from _key_problems(at, destination.key, keys, f"the project {destination.name}")
    for m, pair in enumerate(integration.mapping.pairs):
        if pair.key and pair.source.casefold() != "id":
            yield Problem(
                f"{at}.mapping.pairs[{m}].source",
                "The key of a type A project is the Salesforce record Id; an e-mail or a name may repeat or change.",
                "Use Id as the source of the key.",
            )


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


def _pair_problems(at: str, mapping: ObjectMapping) -> Iterator[Problem]:
    yield from _repeated(f"{at}.pairs", "target", (p.target for p in mapping.pairs))
    for n, pair in enumerate(mapping.pairs):
        if is_consent_name(pair.target):
            yield Problem(
                f"{at}.pairs[{n}].target",
                f"{pair.target} is a consent. Consents travel from Dialog Insight to Salesforce only.",
                "Remove this pair; opt-ins have their own place.",
            )
        if pair.key and (pair.default is not None or pair.transform):
            yield Problem(
                f"{at}.pairs[{n}]",
                "A key is sent exactly as it is: it takes no default and no transform.",
                "Remove the default and the transform of this pair.",
            )
