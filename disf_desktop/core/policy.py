"""A mapping made ready for planning: its conversions, and for each pair where its values stand and what rules it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from disf_desktop.core.mapping import CompiledMapping
from disf_desktop.core.moments import instant, to_local, written
from disf_desktop.core.project import Deletes, FieldPair, Integration, OnDelete, ProjectType, Trigger
from disf_desktop.core.schema import CONTACT_LIST, FieldType, Schema
from disf_desktop.core.values import Value


@dataclass(frozen=True, slots=True)
class DeleteFlag:
    """The Dialog Insight field that says that a Salesforce record is deleted. `place` is its place in the targets."""

    place: int
    type: FieldType
    text: str
    zone: tzinfo

    def value(self, at: str) -> Value:
        """Give what the field holds for a delete at that moment (ISO 8601 UTC)."""
        day = to_local(at, self.zone)[:10].replace(".", "-")
        match self.type:
            case FieldType.BOOLEAN:
                return True
            case FieldType.DATE:
                return day
            case FieldType.DATETIME:
                return written(instant(at))
            case _:
                return self.text.replace("{date}", day)


@dataclass(frozen=True, slots=True)
class Policy:
    """What may travel and what rules it.

    `creates` and `updates` go to Dialog Insight, `births` and `back_updates` to Salesforce; a trigger that is not
    ticked switches one off.
    """

    mapping: CompiledMapping
    creates: bool
    updates: bool
    births: bool = False
    back_updates: bool = False
    deletes: bool = False
    ignores_deletes: bool = False
    key_index: tuple[int, ...] = ()
    contact_index: tuple[int, ...] = ()
    folded: frozenset[str] = frozenset()
    """Targets that Dialog Insight may write in another case than ours: e-mail addresses."""
    rekeys: bool = False
    """Whether a record's key may be changed in place: contacts have a number of their own."""
    marker: int | None = None
    """The pair that brings the Salesforce Id of a person born in Dialog Insight back there."""
    flag: DeleteFlag | None = None
    external_id: str = ""
    id_project: int = 0
    creates_after: datetime | None = None
    """Records that Salesforce stamped until then are not made in Dialog Insight: the trigger started later."""
    deletes_after: datetime | None = None

    @property
    def pairs(self) -> tuple[FieldPair, ...]:
        return self.mapping.pairs

    @property
    def goes_back(self) -> bool:
        """Say whether anything may travel to Salesforce but consents."""
        return self.births or any(self.mapping.backward)


def policy_of(
    mapping: CompiledMapping,
    integration: Integration,
    target: Schema,
    type: ProjectType,
    zone: tzinfo,
    *,
    id_project: int = 0,
) -> Policy:
    """Prepare a compiled mapping for planning."""
    triggers, contacts = integration.triggers, integration.table == CONTACT_LIST
    return Policy(
        mapping=mapping,
        creates=Trigger.SALESFORCE_CREATED in triggers,
        updates=Trigger.SALESFORCE_UPDATED in triggers,
        births=Trigger.DIALOG_INSIGHT_CREATED in triggers,
        back_updates=Trigger.DIALOG_INSIGHT_UPDATED in triggers,
        deletes=Trigger.SALESFORCE_DELETED in triggers,
        ignores_deletes=integration.deletes.on_delete is OnDelete.IGNORE,
        key_index=tuple(i for i, p in enumerate(mapping.pairs) if p.key),
        contact_index=tuple(
            i for i, pair in enumerate(mapping.pairs) if target.fields[pair.target].type is FieldType.CONTACT
        ),
        folded=frozenset(name for name in mapping.targets if target.fields[name].type is FieldType.EMAIL),
        rekeys=contacts,
        marker=_marker(mapping.pairs) if contacts and type is ProjectType.B else None,
        flag=_flag(integration.deletes, mapping, target, zone),
        external_id=integration.external_id or "",
        id_project=id_project,
    )


def _marker(pairs: Sequence[FieldPair]) -> int | None:
    return next((i for i, p in enumerate(pairs) if p.source.casefold() == "id" and not p.key), None)


def _flag(deletes: Deletes, mapping: CompiledMapping, target: Schema, zone: tzinfo) -> DeleteFlag | None:
    if deletes.on_delete is not OnDelete.FLAG or deletes.field is None:
        return None
    field = target.find(deletes.field)
    if field is None or field.name not in mapping.targets:
        return None
    return DeleteFlag(mapping.targets.index(field.name), field.type, deletes.text, zone)
