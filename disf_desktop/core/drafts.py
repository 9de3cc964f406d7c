"""A new mapping as it is first put into a project file: switched off, with the triggers that suit its project, and the
key paired where there can be no doubt."""

from __future__ import annotations

from disf_desktop.core.edits import key_of, with_pairs
from disf_desktop.core.project import FieldPair, Integration, Project, ProjectType, Trigger
from disf_desktop.core.schema import CONTACT_LIST

FROM_SALESFORCE = (Trigger.SALESFORCE_CREATED, Trigger.SALESFORCE_UPDATED)
BORN_THERE = (Trigger.DIALOG_INSIGHT_CREATED, Trigger.DIALOG_INSIGHT_UPDATED)

PEOPLE = frozenset({"contact", "lead"})
"""Objects of Salesforce that hold people, and so have an Email."""


def draft(project: Project, name: str, salesforce: str, sobject: str, destination: str, table: str) -> Integration:
    """Make a mapping that is not in use yet; `salesforce` and `destination` are ids of the project file."""
    found = project.destination(destination)
    born_there = found is not None and found.type is ProjectType.B and table == CONTACT_LIST
    made = Integration(
        name=name,
        enabled=False,
        salesforce=salesforce,
        object=sobject,
        project=destination,
        table=table,
        triggers=BORN_THERE if born_there else FROM_SALESFORCE,
    )
    source = _source_of_key(made, key_of(project, made), born_there)
    if source is None:
        return made
    (target,) = key_of(project, made)
    return with_pairs(made, [FieldPair(source=source, target=target, key=True)])


def _source_of_key(made: Integration, key: tuple[str, ...], born_there: bool) -> str | None:
    """Name the Salesforce field that alone can be the key: the Id where Salesforce is the master (`pair_rules`), the
    e-mail where people who are born in Dialog Insight are known by it."""
    if made.table != CONTACT_LIST or len(key) != 1:
        return None
    if not born_there:
        return "Id"
    return "Email" if key[0].casefold() == "email" and made.object.casefold() in PEOPLE else None
