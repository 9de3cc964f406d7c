"""What Prepare Salesforce can do about the problems of an integration, told with each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from disf_desktop.core.errors import InOrg, Problem
from disf_desktop.core.preparation_fit import Conflict, cannot_be_made, mismatch
from disf_desktop.core.preparation_wanted import Wanted, wanted_of
from disf_desktop.core.project import DestinationProject, Integration
from disf_desktop.core.schema import Schema

CUSTOM: Final = "__c"
_OF_THE_TARGET: Final = re.compile(r"\.(subscribed|unsubscribed|neutral|inverted)$")
_MADE: Final = "Or prepare Salesforce for it: disf prepare FILE {0} --install all"
_LEFT_ALONE: Final = "The field that is there is left alone: to have one made, name another."


def with_ways_out(
    problems: Sequence[Problem],
    integration: Integration,
    destination: DestinationProject,
    source: Schema,
    target: Schema,
    at: str,
) -> Iterator[Problem]:
    """Say of each problem about a custom field what a preparation does with it: make it, show it, leave it alone.

    `at` is the path of the integration; nothing is said of fields that serve, nor of related ones.
    """
    wanted = {f"{at}.{each.place}": each for each in wanted_of(integration, destination, target)}
    last = {problem.path: n for n, problem in enumerate(problems)}  # the other ones are of how it is used
    for n, problem in enumerate(problems):
        asked = wanted.get(_OF_THE_TARGET.sub(".target", problem.path)) if last[problem.path] == n else None
        in_org = _in_org(asked, integration.salesforce, source) if asked is not None else None
        yield problem if in_org is None else _told(problem, in_org)


def _in_org(asked: Wanted, connection: str, source: Schema) -> InOrg | None:
    if not asked.name.casefold().endswith(CUSTOM):
        return None
    field = source.find(asked.name)
    if field is None:
        wrong = cannot_be_made(asked)
        # What cannot be made may be there all the same, hidden from our user; that is seen by who prepares.
        able = wrong is None or wrong.conflict is not Conflict.BAD_NAME
        return InOrg(connection, f"{source.name}.{asked.name}") if able else None
    component = f"{source.name}.{field.name}"
    if mismatch(field, asked) is not None:
        return InOrg(connection, component, left_alone=True)
    return InOrg(connection, component) if asked.written and not field.updatable else None


def _told(problem: Problem, in_org: InOrg) -> Problem:
    way_out = _LEFT_ALONE if in_org.left_alone else _MADE.format(in_org.connection)
    return replace(problem, what_to_do=f"{problem.what_to_do} {way_out}", in_org=in_org)
