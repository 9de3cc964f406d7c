"""The changes of a preview, one row for each field of each operation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from disf_desktop.core.events import OperationPlanned
from disf_desktop.core.schema import Side
from disf_desktop.gui.models.names import name_of


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One field of an operation; a record that will be created is one row, with its fields in `created`. `name` is
    what the person is called, where the operation says so."""

    side: Side
    kind: str
    key: str
    integration: str
    field: str
    before: str
    after: str
    rule: str
    created: tuple[str, ...] = ()
    name: str = ""


def change_rows(operations: Iterable[OperationPlanned]) -> Iterator[ChangeRow]:
    """Give the rows of operations, in their order."""
    for operation in operations:
        same = (operation.side, operation.kind, operation.key, operation.integration)
        if operation.kind == "set_aside":
            for name, change in operation.fields.items():
                yield ChangeRow(*same, name, "", "", change.rule)
            continue
        if operation.kind == "create":
            values = tuple(
                f"{name}: {plain(change.after)}"
                for name, change in operation.fields.items()
                if change.after is not None
            )
            shown = next(
                (plain(c.after) for n, c in operation.fields.items() if "mail" in n.casefold() and c.after), ""
            )
            rule = next((change.rule for change in operation.fields.values()), "")
            name = name_of({field: change.after for field, change in operation.fields.items()})
            yield ChangeRow(*same, "", "", shown or operation.key, rule, values, name)
            continue
        for name, change in operation.fields.items():
            yield ChangeRow(*same, name, plain(change.before), plain(change.after), change.rule)


def plain(value: Any) -> str:
    """Write a JSON value for the eye: empty for none, lists joined."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(plain(v) for v in value)
    return str(value)
