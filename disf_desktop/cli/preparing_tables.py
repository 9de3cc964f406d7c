"""Tables and sentences for a person: what Salesforce lacks for a project, and what was done there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.table import Table
from rich.text import Text

from disf_desktop.cli.output import shown
from disf_desktop.cli.tables import plain_table
from disf_desktop.core.preparation import Component, ComponentKind, ComponentState
from disf_desktop.core.preparation_events import AccessGiven, ComponentTold, PackageTold, PrepareFinished
from disf_desktop.core.preparation_wanted import Purpose

_STATES: Final = {
    ComponentState.INSTALLED: ("✓ installed", "green"),
    ComponentState.HIDDEN: ("⚠ hidden", "yellow"),
    ComponentState.MISSING: ("missing", "yellow"),
    ComponentState.CONFLICT: ("✗ conflict", "red"),
}
_PURPOSES: Final = {
    Purpose.EXTERNAL_ID: "ties a record to its person in Dialog Insight",
    Purpose.OPTIN: "receives the opt-in “{about}”",
    Purpose.OPTIN_DATE: "since when, of the opt-in “{about}”",
    Purpose.OPTIN_SOURCE: "where from, of the opt-in “{about}”",
    Purpose.PAIR: "is paired with “{about}”",
    Purpose.ACCESS: "lets users see and edit these fields",
    Purpose.UNUSED: "made for this project, which asks for it no more",
}


def table_of(told: Sequence[ComponentTold]) -> Table:
    """Give the components with what they are for and their state; why, where one is not there.

    Before a removal, it is also said how many records hold a value in each.
    """
    counted = any(each.records is not None for each in told)
    columns = ("component", "kind", "what it is for", "state", *(("records with a value",) if counted else ()))
    table = plain_table("Needed in Salesforce", *columns, numbers=("records with a value",))
    for each in told:
        component = each.component
        state = Text("not seen", "yellow") if component.unsure else Text(*_STATES[component.state])
        if component.detail:
            state.append(f": {shown(component.detail)}", style="default")
        records = "" if each.records is None else f"{each.records:,}"
        row = (shown(component.id), _kind(component), shown(_purpose(component)), state)
        table.add_row(*row, *((records,) if counted else ()))
    return table


def _kind(component: Component) -> str:
    if component.kind is ComponentKind.PERMISSION_SET:
        return "permission set"
    return f"custom field · {component.wanted}" if component.wanted is not None else "custom field"


def _purpose(component: Component) -> str:
    return _PURPOSES[component.purpose].format(about=component.about)


def package_told(said: PackageTold) -> str:
    """Say in a sentence how it stands with the package."""
    name = said.name or "The package"
    if said.state == "absent":
        return f"{name} is not installed; the link is for {said.wanted}."
    of = f", the link is for {said.wanted}" if said.wanted and said.wanted != said.version else ""
    return f"{name} {said.version} is installed{of}."


def access_told(said: AccessGiven) -> str:
    """Say in a sentence who was given access."""
    refused = f", {said.refused} cannot be given it" if said.refused else ""
    return f"Access given to {said.given} users; {said.had} had it already{refused}."


def finished_told(said: PrepareFinished) -> str:
    """Say in a sentence how the org stands."""
    figures = [
        f"{count} {word}"
        for count, word in (
            (said.installed, "installed"),
            (said.missing - said.unsure, "missing"),
            (said.unsure, "not seen by our user"),
            (said.hidden, "hidden"),
            (said.conflicts, "in conflict and left alone"),
        )
        if count
    ]
    changed = f" {said.changed} changed." if said.changed else " Nothing was changed."
    return f"{', '.join(figures) or 'Nothing is needed'}.{changed}"
