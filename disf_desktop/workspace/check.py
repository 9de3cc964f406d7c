"""Everything that can be known of a project file before a run, as problems with their place in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from disf_desktop.core.errors import DisfError, Problem, SettingsError
from disf_desktop.core.events import Notice
from disf_desktop.core.integration_rules import problems_with_schemas
from disf_desktop.core.project import DialogInsightConnection, Integration, Project
from disf_desktop.core.project_rules import problems_within
from disf_desktop.core.schema import CONTACT_LIST
from disf_desktop.workspace.connections import Connections


def problems_of_files(project: Project, folder: Path) -> tuple[Problem, ...]:
    """Give what is wrong with the files that a project names; relative ones lie beside it."""
    return tuple(
        Problem(
            f"connections[{n}].ca_file",
            f"There is no certificate file {connection.ca_file}.",
            "Name a readable file of PEM certificates, or take the member away.",
        )
        for n, connection in enumerate(project.connections)
        if connection.ca_file is not None and not (folder / Path(connection.ca_file).expanduser()).is_file()
    )


def problems_of_services(
    project: Project, connections: Connections, is_authorized: Callable[[str], bool], known: Sequence[Problem] = ()
) -> tuple[Problem, ...]:
    """Try every connection, and hold every mapping against the fields of both services as they now are.

    Integrations in which something is `known` to be wrong already are left out: they are drafts.
    """
    found: list[Problem] = []
    dead: set[str] = set()
    for n, connection in enumerate(project.connections):
        problem = _try(project, connections, n, authorized=is_authorized(connection.id))
        if problem is not None:
            found.append(problem)
            dead.add(connection.id)
    for n, integration in enumerate(project.integrations):
        destination = project.destination(integration.project)
        if destination is None or problems_within(project, integration.name, known):
            continue
        if not dead & {integration.salesforce, destination.connection}:
            found += _problems_of_integration(connections, integration, f"integrations[{n}]")
    return tuple(found)


def _try(project: Project, connections: Connections, number: int, *, authorized: bool) -> Problem | None:
    connection = project.connections[number]
    at = f"connections[{number}]"
    if not authorized:
        what = "key" if isinstance(connection, DialogInsightConnection) else "sign-in"
        return Problem(
            at, f"There is no {what} for {connection.name} yet.", f"Connect it: disf connect FILE {connection.id}"
        )
    try:
        if isinstance(connection, DialogInsightConnection):
            connections.account(connection.id).projects()
        else:
            connections.org(connection.id).source.server_now()
            connections.org(connection.id).tokens.current()
    except DisfError as error:
        return _as_problem(error, at)
    return None


def _problems_of_integration(connections: Connections, integration: Integration, at: str) -> Iterator[Problem]:
    job = connections.job(integration)
    related = tuple(name for name in integration.mapping.sources if "." in name)
    source, target = None, None
    try:
        source = job.source.describe(integration.object, related)
    except DisfError as error:
        yield _as_problem(error, f"{at}.object")
    try:
        target = job.target.describe()
    except DisfError as error:
        yield _as_problem(error, f"{at}.table")
    if source is not None and target is not None:
        yield from problems_with_schemas(integration, job.destination, source, target, at, job.consents)
    if source is not None and integration.filter is not None:
        org = connections.org(integration.salesforce).source
        try:
            org.check_filter(integration.object, integration.filter, f"{at}.filter")
        except SettingsError as error:
            yield from error.problems
        except DisfError as error:
            yield _as_problem(error, f"{at}.filter")


def ways_of_finding(project: Project, connections: Connections) -> Iterator[Notice]:
    """Say how changes in Dialog Insight are found where they matter; the account is asked without changing it."""
    for integration in project.integrations:
        if not integration.enabled or integration.table != CONTACT_LIST:
            continue
        job = connections.job(integration)
        pairs = (pair.owned(job.destination.type).direction for pair in integration.mapping.pairs)
        if not integration.optins and not any(way is not None and way.reaches_salesforce for way in pairs):
            continue
        finding, accepts = job.destination.finding, job.target.probe()
        ways = ["by date"] if accepts.changed_since else []
        if accepts.empty_lookup and job.is_of_births and not accepts.changed_since:
            ways.append("by marker, for people who are new")
        if finding.export_folder is not None:
            ways.append(f"by the exports in {finding.export_folder}")
        if finding.lookups_per_run:
            ways.append(f"by {finding.lookups_per_run} look-ups a run, in rotation")
        yield Notice(
            integration.name,
            "finding",
            f"Changes in Dialog Insight are found {'; '.join(ways) or 'in no way'}.",
            "Schedule an export of the project in Dialog Insight and name its folder, if that is not often enough.",
        )


def _as_problem(error: DisfError, at: str) -> Problem:
    return Problem(at, error.message, error.what_to_do)
