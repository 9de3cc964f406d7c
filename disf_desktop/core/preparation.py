"""What an org lacks for a project file: its components, each with what it is for and its state. Pure.

A component is a custom field that the project file names (`preparation_wanted`), or the permission set that lets people
see such fields: Salesforce hides a new field from everybody until one grants it. What is there already is judged by
`preparation_fit`, what is to be deployed is decided by `preparation_deploy`.

| State | Means | Installing |
| --- | --- | --- |
| installed | there, visible, and of a type that serves | nothing |
| hidden | there, of a type that serves; the user of the connection does not see it, or may not edit it | is granted |
| missing | not there at all | is made |
| conflict | there with another type or meaning, or cannot be made | is left alone, always |

To a user who may not look at the set-up, what is missing and what is hidden look the same: `unsure`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from disf_desktop.core.preparation_fit import Conflict, Mismatch, cannot_be_made, mismatch
from disf_desktop.core.preparation_spec import FieldSpec
from disf_desktop.core.preparation_unused import unused_names
from disf_desktop.core.preparation_wanted import Purpose, Wanted, wanted_fields
from disf_desktop.core.project import Project
from disf_desktop.core.schema import Field, Schema

PERMISSION_SET = "Dialog_Insight_Sync"
PERMISSION_SET_LABEL = "Dialog Insight sync"

_NOT_SEEN: Final = "Our user does not see it; whether it is there, only the set-up of the org tells."

MADE = "Made by disf-desktop for project "
"""How the description of everything begins that this program makes in an org; the project's id follows in brackets."""


class ComponentKind(StrEnum):
    FIELD = "field"
    PERMISSION_SET = "permission_set"


class ComponentState(StrEnum):
    INSTALLED = "installed"
    HIDDEN = "hidden"
    MISSING = "missing"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class FieldThere:
    """A custom field as the set-up of the org shows it, visible to our user or not; `id` is its Tooling Id."""

    id: str
    sobject: str
    field: Field
    description: str = ""
    managed: bool = False


@dataclass(frozen=True, slots=True)
class Grant:
    """Access to a field of an object; reading is always part of it."""

    sobject: str
    name: str
    editable: bool = True

    @property
    def key(self) -> tuple[str, str]:
        return self.sobject.casefold(), self.name.casefold()


@dataclass(frozen=True, slots=True)
class PermissionSetThere:
    """The permission set as the org has it; `assigned`: the user of the connection has it."""

    id: str
    description: str
    grants: tuple[Grant, ...] = ()
    assigned: bool = False
    managed: bool = False


@dataclass(frozen=True, slots=True)
class OrgSeen:
    """An org as it is now, as far as a project file is concerned.

    `schemas` are the describes by object, without those that are not there; `fields` is what the set-up shows of the
    custom fields asked for. `tables` are the Dialog Insight tables by the name of the integration, as far as they could
    be read; from them come the types of fields that pairs name. `whole` is False where our user may not look at all of
    the set-up.
    """

    schemas: Mapping[str, Schema]
    fields: tuple[FieldThere, ...] = ()
    permission_set: PermissionSetThere | None = None
    tables: Mapping[str, Schema] = field(default_factory=dict)
    whole: bool = True

    def schema(self, sobject: str) -> Schema | None:
        folded = sobject.casefold()
        return next((found for name, found in self.schemas.items() if name.casefold() == folded), None)

    def there(self, sobject: str, name: str) -> FieldThere | None:
        """Give a field as the set-up shows it."""
        wanted = sobject.casefold(), name.casefold()
        return next((f for f in self.fields if (f.sobject.casefold(), f.field.name.casefold()) == wanted), None)

    def granted(self, sobject: str, name: str) -> bool:
        """Say whether the permission set grants a field."""
        wanted = Grant(sobject, name).key
        return self.permission_set is not None and any(each.key == wanted for each in self.permission_set.grants)


@dataclass(frozen=True, slots=True)
class Component:
    """One thing that a project needs in an org.

    `about` is the opt-in's code or the Dialog Insight field that it is for. `made_by_us`: this program made it for this
    project. `conflict` tells why it is left alone, `detail` says the same, or what is lacking, in English. `unsure`: it
    may be there all the same, for all that our user may see.
    """

    id: str
    kind: ComponentKind
    sobject: str
    name: str
    purpose: Purpose
    about: str = ""
    integrations: tuple[str, ...] = ()
    wanted: FieldSpec | None = None
    state: ComponentState = ComponentState.MISSING
    conflict: Conflict | None = None
    detail: str = ""
    made_by_us: bool = False
    grant: Grant | None = None
    """The access to it that the permission set is to give; None where it needs to give none."""
    unsure: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "event": "component",
            "id": self.id,
            "kind": self.kind.value,
            "object": self.sobject,
            "name": self.name,
            "type": str(self.wanted) if self.wanted is not None else "",
            "purpose": self.purpose.value,
            "about": self.about,
            "state": self.state.value,
            "conflict": self.conflict.value if self.conflict is not None else "",
            "message": self.detail,
            "made_by_us": self.made_by_us,
            "unsure": self.unsure,
        }


def marker(project: Project) -> str:
    """Give the sentence by which we know again what we made for a project file."""
    # The first bracket is the one of the id, whatever the name is.
    name = "".join(c for c in project.name if c.isprintable() and c not in "()")
    return f"{MADE}{name} ({project.id})."


def is_made_by_us(description: str, project: Project) -> bool:
    """Say whether a description is of something that this program made for this project file."""
    return description.partition(MADE)[2].partition("(")[2].startswith(f"{project.id})")


def objects_of(project: Project, connection_id: str) -> tuple[str, ...]:
    """Name the objects of an org that a project's integrations use, each once."""
    used = {i.object.casefold(): i.object for i in project.integrations if i.salesforce == connection_id}
    return tuple(used.values())


def names_to_look_up(project: Project, connection_id: str, seen: OrgSeen) -> tuple[tuple[str, str], ...]:
    """Name the fields, with their objects, of which the set-up of the org has to tell more than the describe does.

    Of a field that a pair names and that is visible, no more is asked: unless we grant it, it is none of ours.
    """
    found: dict[tuple[str, str], None] = {}
    for each in wanted_fields(project, connection_id, seen.tables):
        schema = seen.schema(each.sobject)
        visible = schema is not None and schema.find(each.name) is not None
        if each.purpose is not Purpose.PAIR or not visible or seen.granted(each.sobject, each.name):
            found[each.sobject, each.name] = None
    return (*found, *_unused(project, seen.permission_set))


def _unused(project: Project, there: PermissionSetThere | None) -> tuple[tuple[str, str], ...]:
    """Name the fields that our permission set gives and the file names no more, whoever made them."""
    if there is None or not _is_ours(there):
        return ()
    return unused_names(project, ((each.sobject, each.name) for each in there.grants))


def _is_ours(there: PermissionSetThere) -> bool:
    """Say whether this program made the permission set, be it for another project file."""
    return MADE in there.description and not there.managed


def components(project: Project, connection_id: str, seen: OrgSeen) -> tuple[Component, ...]:
    """Give all that a project needs in an org, with its state: the fields in the order of the file, those that we made
    for it and that it needs no more, then access."""
    by_name: dict[tuple[str, str], list[Wanted]] = {}
    for each in wanted_fields(project, connection_id, seen.tables):
        by_name.setdefault((each.sobject.casefold(), each.name.casefold()), []).append(each)
    fields = [found for same in by_name.values() if (found := _field(project, same, seen)) is not None]
    no_more = [known for name in _unused(project, seen.permission_set) if (known := _left(project, *name, seen))]
    return (*fields, *no_more, *_access(project, fields, seen))


def _left(project: Project, sobject: str, name: str, seen: OrgSeen) -> Component | None:
    """Give the component of a field that the file names no more; None where we did not make it for this file."""
    there = seen.there(sobject, name)
    if there is None or there.managed or not is_made_by_us(there.description, project):
        return None
    return Component(
        f"{there.sobject}.{there.field.name}",
        ComponentKind.FIELD,
        there.sobject,
        there.field.name,
        Purpose.UNUSED,
        state=ComponentState.INSTALLED,
        made_by_us=True,
    )


def _field(project: Project, same: Collection[Wanted], seen: OrgSeen) -> Component | None:
    """Give the component of a field that one or several places of the file ask for; None where it is no business of
    ours: one that pairs alone name, that is visible, and that we did not make."""
    first, *others = same
    schema = seen.schema(first.sobject)
    described = schema.find(first.name) if schema is not None else None
    there = seen.there(first.sobject, first.name)
    ours = there is not None and is_made_by_us(there.description, project)
    granted = seen.granted(first.sobject, first.name)
    if described is not None and not ours and not granted and all(each.purpose is Purpose.PAIR for each in same):
        return None
    name = described.name if described is not None else there.field.name if there is not None else first.name
    sobject = schema.name if schema is not None else first.sobject
    known = Component(
        f"{sobject}.{name}",
        ComponentKind.FIELD,
        sobject,
        name,
        first.purpose,
        first.about,
        tuple(dict.fromkeys(each.integration for each in same)),
        first.spec,
        made_by_us=ours,
    )
    existing = described if described is not None else there.field if there is not None else None
    if existing is not None:
        if there is not None and there.field.calculated:
            # The describe does not tell an automatic number from a text that our user may not edit.
            existing = replace(existing, calculated=True)
        return _there(known, existing, described is not None, there, same)
    if schema is None:
        return _conflicting(known, Mismatch(Conflict.NO_OBJECT, f"The org shows no object {first.sobject}."))
    spec, wrong = first.spec, cannot_be_made(first)
    for other in others:
        wrong = wrong or cannot_be_made(other)
        spec = spec.joined(other.spec) if spec is not None and other.spec is not None else None
    if wrong is not None:
        return _conflicting(known, wrong)
    if spec is None:
        message = f"The file gives {name} two uses that no single field can serve."
        return _conflicting(known, Mismatch(Conflict.TWO_USES, message))
    missing = replace(known, wanted=spec, grant=Grant(sobject, name))
    return missing if seen.whole else replace(missing, detail=_NOT_SEEN, unsure=True)


def _there(
    known: Component, existing: Field, visible: bool, there: FieldThere | None, same: Iterable[Wanted]
) -> Component:
    managed = there is not None and there.managed
    for each in same:
        wrong = mismatch(existing, each)
        if wrong is not None:
            if managed:
                wrong = Mismatch(
                    Conflict.MANAGED, f"{wrong.message} It belongs to a package, which alone may change it."
                )
            return _conflicting(known, wrong)
    writes = any(each.written for each in same)
    if not visible:
        # A formula may be read, and no permission makes it editable.
        grant = Grant(known.sobject, known.name, editable=not existing.calculated)
        return replace(known, state=ComponentState.HIDDEN, detail="It is there, but hidden from our user.", grant=grant)
    if writes and not existing.updatable:
        detail = "Our user may read it, but not edit it."
        grant = Grant(known.sobject, known.name)
        return replace(known, state=ComponentState.HIDDEN, detail=detail, grant=grant)
    # What we made, people are let see by us; what others made, they have given whom they wanted.
    may_be_granted = known.made_by_us and not existing.required
    return replace(
        known,
        state=ComponentState.INSTALLED,
        grant=Grant(known.sobject, known.name, editable=not existing.calculated) if may_be_granted else None,
    )


def _conflicting(known: Component, wrong: Mismatch) -> Component:
    return replace(known, state=ComponentState.CONFLICT, conflict=wrong.conflict, detail=wrong.message)


def _access(project: Project, fields: Iterable[Component], seen: OrgSeen) -> Iterator[Component]:
    """Give the permission set, where some field needs one, or where we made it for the file and none does any more."""
    there = seen.permission_set
    needed = [each.grant for each in fields if each.grant is not None]
    ours = there is not None and is_made_by_us(there.description, project)
    if not needed and not ours:
        return
    known = Component(
        PERMISSION_SET,
        ComponentKind.PERMISSION_SET,
        "",
        PERMISSION_SET,
        Purpose.ACCESS if needed else Purpose.UNUSED,
        PERMISSION_SET_LABEL,
        made_by_us=ours,
    )
    if there is None:
        yield known if seen.whole else replace(known, detail=_NOT_SEEN, unsure=True)
        return
    if not _is_ours(there):
        message = "A permission set of this name is there that this program did not make."
        yield _conflicting(known, Mismatch(Conflict.NOT_OURS, message))
        return
    lacking = [each.name for each in needed if not covers(there.grants, each)]
    if lacking:
        yield replace(known, detail=f"It does not give access to {', '.join(lacking)} yet.")
    elif needed and not there.assigned:
        yield replace(known, detail="The user of the connection does not have it yet.")
    else:
        yield replace(known, state=ComponentState.INSTALLED)


def covers(grants: Iterable[Grant], wanted: Grant) -> bool:
    """Say whether an access is among those given."""
    return any(each.key == wanted.key and (each.editable or not wanted.editable) for each in grants)
