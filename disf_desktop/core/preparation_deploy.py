"""What an installation sends, and what a removal takes away. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from disf_desktop.core.preparation import (
    MADE,
    Component,
    ComponentKind,
    ComponentState,
    Grant,
    PermissionSetThere,
    covers,
    marker,
)
from disf_desktop.core.project import Project


@dataclass(frozen=True, slots=True)
class Deployment:
    """What one deploy makes: fields that are not there, and the permission set, whole, where it gives too little.

    `description` is written to each field, by which we know it again, `access_description` to the permission set, which
    may have been made for another project file. `grants` is None where the permission set is left as it is.
    """

    fields: tuple[Component, ...]
    grants: tuple[Grant, ...] | None
    description: str
    access_description: str

    @property
    def is_empty(self) -> bool:
        return not self.fields and self.grants is None


@dataclass(frozen=True, slots=True)
class Removal:
    """What one deploy takes away: fields, and the permission set where nothing of others is in it."""

    fields: tuple[Component, ...]
    permission_set: bool


def installation(
    project: Project, found: Iterable[Component], there: PermissionSetThere | None, chosen: Collection[str] | None
) -> Deployment:
    """Give what is to be deployed of what is missing: everything, or the components `chosen` by id.

    A field that is chosen brings its access with it, without which nobody would see it. What is in conflict is never in
    it, nor is any field that is there.
    """
    known = tuple(found)
    wanted = [each for each in known if chosen is None or each.id in chosen]
    fields = tuple(each for each in wanted if each.kind is ComponentKind.FIELD and each.state is ComponentState.MISSING)
    access = next((each for each in known if each.kind is ComponentKind.PERMISSION_SET), None)
    ours = marker(project)
    described = there.description if there is not None and MADE in there.description else ours
    if access is None or access.state is ComponentState.CONFLICT:
        return Deployment(fields, None, ours, described)
    # Asked for by itself, it is made for all that is there already, and for what comes with it.
    whole = access in wanted
    given = there.grants if there is not None else ()
    lacking = [
        each.grant
        for each in known
        if each.grant is not None
        and not covers(given, each.grant)
        and (each in fields or (each.state is not ComponentState.MISSING and (whole or each in wanted)))
    ]
    if not lacking:
        return Deployment(fields, None, ours, described)
    replaced = {each.key for each in lacking}
    # A permission set that is deployed replaces the one that is there: what that gives is said again.
    kept = [each for each in given if each.key not in replaced]
    grants = tuple(sorted((*kept, *lacking), key=lambda each: each.key))
    return Deployment(fields, grants, ours, described)


def removal(found: Iterable[Component], there: PermissionSetThere | None, chosen: Collection[str] | None) -> Removal:
    """Give what is taken away: what this program made for this project, or what is `chosen` of it by id.

    The permission set goes only with all that it gives access to; with a field its access goes by itself.
    """
    known = [each for each in found if each.made_by_us and (chosen is None or each.id in chosen)]
    fields = tuple(each for each in known if each.kind is ComponentKind.FIELD)
    access = any(each.kind is ComponentKind.PERMISSION_SET for each in known)
    gone = {Grant(each.sobject, each.name).key for each in fields}
    others = any(each.key not in gone for each in there.grants) if there is not None else False
    return Removal(fields, access and not others)
