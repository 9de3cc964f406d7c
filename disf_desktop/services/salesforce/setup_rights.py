"""The rights of our own user that a preparation needs, asked for before anything is tried."""

from __future__ import annotations

from typing import Final

from disf_desktop.core.errors import AccessRefused, SchemaChanged, UnexpectedAnswer
from disf_desktop.services.salesforce.setup_refusals import RIGHTS, Doing, lacking
from disf_desktop.services.salesforce.tooling import rows
from disf_desktop.services.salesforce.wire import Wire

_ANY_OF: Final[dict[Doing, tuple[tuple[str, ...], ...]]] = {
    Doing.DEPLOYING: (("CustomizeApplication",), ("ModifyMetadata", "ModifyAllData")),
    Doing.ASSIGNING: (("AssignPermissionSets", "ManageUsers"),),
}
"""For each deed, one right of each of these."""


def rights_lacking(wire: Wire, base: str) -> tuple[AccessRefused, ...]:
    """Give for each deed of an installation that our user may not do the error that it would end with.

    None where the org does not tell, which proves nothing.
    """
    asked = sorted({name for needed in _ANY_OF.values() for some in needed for name in some})
    columns = ", ".join(f"Permissions{name}" for name in asked)
    try:
        found = rows(wire, base, f"SELECT {columns} FROM UserPermissionAccess")  # noqa: S608 - our own names
    except (SchemaChanged, AccessRefused, UnexpectedAnswer):
        return ()
    if not found:
        return ()
    held = {name for name in asked if found[0].get(f"Permissions{name}") is True}
    return tuple(
        lacking(doing, names=tuple(RIGHTS[some[0]] for some in missing))
        for doing, needed in _ANY_OF.items()
        if (missing := [some for some in needed if held.isdisjoint(some)])
    )
