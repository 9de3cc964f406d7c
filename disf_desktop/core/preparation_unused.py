"""What this program may have made in an org for a project file that names it no more. Pure.

A field is looked for among those that our permission set gives access to. One whose name still stands anywhere in the
file, a filter or an import for example, is in use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from disf_desktop.core.preparation_wanted import wanted_fields
from disf_desktop.core.project import Project, SalesforceConnection

_CUSTOM: Final = re.compile(r"\w+__c\b", re.IGNORECASE)


def unused_names(project: Project, granted: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Give those of the fields, as (object, name), that a project file names nowhere."""
    asked = {
        (each.sobject.casefold(), each.name.casefold())
        for connection in project.connections
        if isinstance(connection, SalesforceConnection)
        for each in wanted_fields(project, connection.id, {})
    }
    in_passing: set[str] | None = None
    found = []
    for sobject, name in granted:
        if (sobject.casefold(), name.casefold()) in asked:
            continue
        in_passing = in_passing if in_passing is not None else _named_in_passing(project)
        if name.casefold() not in in_passing:
            found.append((sobject, name))
    return tuple(found)


def _named_in_passing(project: Project) -> set[str]:
    """Give the names that stand where no object is told: in conditions, in paths to related records, in imports."""
    texts = [each.filter or "" for each in project.integrations]
    texts += [pair.source for each in project.integrations for pair in each.mapping.pairs if "." in pair.source]
    texts += [each.model_dump_json() for each in project.imports]
    return {name.casefold() for text in texts for name in _CUSTOM.findall(text)}
