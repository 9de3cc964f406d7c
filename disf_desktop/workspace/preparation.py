"""One preparation of an org, step by step: what was begun before is followed to its end, then the org is looked at."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from disf_desktop.core.errors import AccessRefused
from disf_desktop.core.events import Notice
from disf_desktop.core.preparation import Component, ComponentKind, ComponentState, covers
from disf_desktop.core.preparation_begun import Begun, Pending
from disf_desktop.core.preparation_deploy import Deployment, installation, removal
from disf_desktop.core.preparation_errors import DeployFailed, NotAsked
from disf_desktop.core.preparation_events import (
    AccessGiven,
    ComponentFailed,
    ComponentInstalled,
    ComponentRemoved,
    ComponentTold,
    Event,
    PackageTold,
    PrepareWish,
    finished,
)
from disf_desktop.core.preparation_package import installed_of
from disf_desktop.core.project import Project
from disf_desktop.core.schema import FieldType
from disf_desktop.services.oauth import Identity
from disf_desktop.services.salesforce import metadata_zip, permission_sets, query
from disf_desktop.services.salesforce.errors import without_addresses
from disf_desktop.services.salesforce.metadata import DeployStatus
from disf_desktop.services.salesforce.permission_sets import USERS_A_CALL, User
from disf_desktop.services.salesforce.setup_refusals import Doing, failed, why_refused
from disf_desktop.services.salesforce.setup_rights import rights_lacking
from disf_desktop.services.salesforce.tooling import count
from disf_desktop.workspace.connections import Connections
from disf_desktop.workspace.preparing_deploys import Clock, Deploys
from disf_desktop.workspace.preparing_file import PendingFile
from disf_desktop.workspace.preparing_look import Look, Looker, two_integrations
from disf_desktop.workspace.preparing_package import check_ended, install_package

VISIBLE_S: Final = 60.0
"""How long to wait until the describes show what was made; they do after a few seconds."""
LOOK_EVERY_S: Final = 1.0

Changed = Generator[Event, None, int]
"""A step, which gives how much it changed."""


@dataclass(slots=True)
class _Users:
    """Who is to be given the permission set: the user of the connection always, and those who were named."""

    own: User
    named: tuple[User, ...]

    @property
    def all(self) -> tuple[User, ...]:
        return tuple({each.id: each for each in (self.own, *self.named)}.values())


class Preparation:
    """Prepares one org for one project file."""

    def __init__(
        self, project: Project, connection_id: str, connections: Connections, file: PendingFile, clock: Clock
    ) -> None:
        self._project = project
        self._connection_id = connection_id
        self._connections = connections
        self._file = file
        self._clock = clock
        connection = project.connection(connection_id)
        assert connection is not None, "a face names a connection of the file"
        self._name = connection.name
        self._org = connections.org(connection_id)
        self._source = self._org.source

    @cached_property
    def _identity(self) -> Identity:
        return self._org.identity()

    @cached_property
    def _user_id(self) -> str:
        return query.long_id(self._identity.user_id)

    @cached_property
    def _looker(self) -> Looker:
        return Looker(self._project, self._connection_id, self._connections, self._user_id)

    @cached_property
    def _deploys(self) -> Deploys:
        return Deploys(
            self._source, self._identity.organization_id, self._user_id, self._connection_id, self._file, self._clock
        )

    def look(self) -> Look:
        """Look at the org as it is now. Raises AccessRefused where that does not show what is missing."""
        look = self._looker.look()
        if look.refused is not None:
            raise look.refused
        return look

    def go(self, wish: PrepareWish) -> Generator[Event, None, None]:
        """Do what is wished; where nothing is, look."""
        changed = yield from self._what_was_begun(wish)
        look = self.look() if wish.changes else self._looker.look()
        yield from look.notices
        if not wish.changes:
            yield from self._rights_told(look)
        if wish.go_on:
            wish = self._what_is_left(look)
        _check_ids(look.components, (*(wish.install or ()), *(wish.remove or ())))
        users = yield from self._users(wish)
        if wish.remove is None:
            yield from (ComponentTold(each) for each in look.components)
        yield from self._packages_told(look, wish)
        if wish.remove is not None:
            changed += yield from self._remove(look, wish.remove, wish.confirm)
        if wish.install is not None or wish.users:
            changed += yield from self._install_and_give(look, wish, users)
        waits = False
        if wish.package is not None:
            done, waits = yield from install_package(self._source, self._deploys, look.packages, wish.package)
            changed += done
        if changed:
            look = self.look()
        warning = two_integrations(self._project, self._connection_id, look.packages)
        if warning is not None:
            yield warning
        yield finished(look.components, changed=changed, waits=waits)

    # ------------------------------------------------------------------ what was begun before

    def _what_was_begun(self, wish: PrepareWish) -> Changed:
        """Follow what another preparation began; one that only looks says so, and waits for nothing."""
        begun = self._deploys.pending()
        if begun is None:
            return 0
        if not wish.changes:
            if begun.goes_on or self._deploys.is_under_way(begun):
                yield Notice(
                    self._connection_id,
                    "under_way",
                    "An earlier preparation began something in this org, and was not there at its end.",
                    "Go on with it (--go-on), or prepare again with what you asked for then.",
                )
            return 0
        if begun.kind is Begun.ASKED:
            return 0
        if begun.kind is Begun.PACKAGE:
            installed = yield from self._deploys.follow_installation(begun)
            if wish.go_on:
                check_ended(installed)
            return int(installed is not None and installed.success)
        ended = yield from self._deploys.follow(begun)
        if ended is None or not ended.success:
            # What is still missing is tried again, and then says itself why it cannot be.
            return 0
        return (yield from _told_of(begun))

    def _what_is_left(self, look: Look) -> PrepareWish:
        """Give what was asked of an earlier preparation, as far as the file still asks for it."""
        left = self._deploys.pending()
        if left is None:
            return PrepareWish(go_on=True)
        known = {each.id for each in look.components}
        asked = tuple(each for each in left.asked or () if each in known)
        users = left.users if asked or look.seen.permission_set is not None else ()
        if not asked and not users:
            self._deploys.done()
        return PrepareWish(install=asked or None, users=users, go_on=True)

    # ------------------------------------------------------------------ installing

    def _install_and_give(self, look: Look, wish: PrepareWish, users: _Users) -> Changed:
        """Install, and give access; what is asked for is remembered until it is done or refused."""
        if wish.install is None and look.seen.permission_set is None:
            raise NotAsked("There is no permission set to give yet.", "Make it first: --install all.", "--users")
        asked = None if wish.install is None else wish.install or tuple(each.id for each in look.components)
        self._deploys.ask(asked, wish.users)
        try:
            if wish.install is not None:
                changed = yield from self._install(look, wish.install or None, users)
            else:
                changed = yield from self._give(look, users)
        except (AccessRefused, DeployFailed):
            self._deploys.done()
            raise
        self._deploys.done()
        return changed

    def _install(self, look: Look, chosen: Collection[str] | None, users: _Users) -> Changed:
        deployment = installation(self._project, look.components, look.seen.permission_set, chosen)
        changed = 0
        if not deployment.is_empty:
            archive = metadata_zip.installing(deployment, self._source.api_version)
            ids = _ids(deployment, look.components)
            yield from self._deploy(Begun.TRIAL, archive, ids)
            yield from self._deploy(Begun.DEPLOY, archive, ids)
            changed += len(ids)
            yield from (ComponentInstalled(each) for each in ids)
        changed += yield from self._give(look, users)
        yield from self._wait_to_see(look, deployment)
        return changed

    def _deploy(self, kind: Begun, archive: bytes, ids: tuple[str, ...]) -> Generator[Event, None, None]:
        ended = yield from self._deploys.deploy(kind, archive, ids)
        if ended is not None and ended.success:
            return
        yield from self._failures(ended)

    def _failures(self, ended: DeployStatus | None) -> Generator[Event, None, None]:
        """Tell what was refused, then raise."""
        if ended is None or not ended.failures:
            code, message = (ended.code, ended.message) if ended is not None else ("", "")
            raise failed(code or (ended.status if ended is not None else ""), message, Doing.DEPLOYING)
        for each in ended.failures:
            why = why_refused(each.problem)
            detail = without_addresses(each.problem)[:300]
            yield ComponentFailed(each.name, why.reason, why.message, why.what_to_do, detail)
        first = why_refused(ended.failures[0].problem)
        raise DeployFailed(
            f"Salesforce refused {len(ended.failures)} of the components, so nothing was changed. {first.message}",
            first.what_to_do,
            ended.failures[0].name,
            without_addresses(ended.failures[0].problem)[:300],
            first.reason,
        )

    def _give(self, look: Look, users: _Users) -> Changed:
        """Give the permission set to the user of the connection and to those named, where it is ours."""
        access = next((each for each in look.components if each.kind is ComponentKind.PERMISSION_SET), None)
        there = permission_sets.permission_set(self._source.wire, self._source.base, self._user_id)
        if access is None or access.state is ComponentState.CONFLICT or there is None:
            return 0
        wanted = users.all
        had = permission_sets.holders(self._source.wire, self._source.base, there.id, [each.id for each in wanted])
        lacking = [each for each in wanted if each.id not in had]
        refused = 0
        for done in range(0, len(lacking), USERS_A_CALL):
            yield self._deploys.shown(done, len(lacking))
            some = lacking[done : done + USERS_A_CALL]
            for each in permission_sets.give(self._source.wire, self._source.base, there.id, some):
                refused += 1
                yield Notice(
                    self._connection_id,
                    "not_given",
                    f"The user {each.user.username} cannot be given the permission set: {each.detail}",
                    "Give that user another licence, or leave that one out.",
                )
        if lacking or users.named:
            yield AccessGiven(len(lacking) - refused, len(had), refused)
        return len(lacking) - refused

    def _wait_to_see(self, look: Look, made: Deployment) -> Generator[Event, None, None]:
        """Wait until the describes show what the permission set gives and our user did not see, as far as they do."""
        before = look.seen.permission_set.grants if look.seen.permission_set is not None else ()
        granted = made.grants if made.grants is not None else before
        unseen = (*made.fields, *(each for each in look.components if each.state is ComponentState.HIDDEN))
        wanted: dict[str, set[str]] = {}
        for each in unseen:
            if each.grant is not None and covers(granted, each.grant):
                wanted.setdefault(each.sobject, set()).add(each.name)
        total = sum(map(len, wanted.values()))
        asked = {name: frozenset(names) for name, names in wanted.items()}
        until = self._clock.monotonic() + VISIBLE_S
        while asked and not self._looker.visible(asked) and self._clock.monotonic() < until:
            yield self._deploys.shown(0, total)
            self._clock.sleep(LOOK_EVERY_S)

    def _users(self, wish: PrepareWish) -> Generator[Event, None, _Users]:
        """Give the users named. Raises NotAsked where a name is nobody's; of an earlier wish, that is only told."""
        own = User(self._user_id, self._identity.username)
        found = permission_sets.users_named(self._source.wire, self._source.base, wish.users) if wish.users else {}
        nobody = ", ".join(f"“{name}”" for name, users in found.items() if not users)
        if nobody:
            message = f"There is no active user {nobody} in this org."
            what_to_do = "Write user names as Setup shows them, profile:NAME, or all."
            if not wish.go_on:
                raise NotAsked(message, what_to_do, "--users")
            yield Notice(self._connection_id, "not_given", message, what_to_do)
        return _Users(own, tuple(user for users in found.values() for user in users))

    # ------------------------------------------------------------------ removing

    def _remove(self, look: Look, chosen: Collection[str], confirmed: str) -> Changed:
        """Take away what we made, after its name was typed; first it is said how many records hold something in it."""
        there = look.seen.permission_set
        going = removal(look.components, there, chosen or None)
        ids = [each.id for each in going.fields]
        leaving = {*ids, *([_access_id(look.components)] if going.permission_set else [])}
        for each in look.components:
            records = self._values_in(each) if each.id in ids else None
            yield ComponentTold(each, records)
        if not leaving:
            return 0
        if confirmed != self._name:
            said = f"{len(leaving)} components" if len(leaving) > 1 else min(leaving)
            raise NotAsked(
                f"{said} would be removed, with all that is in such fields.",
                f"If that is meant, confirm it with the name of the connection: --confirm “{self._name}”.",
                "--confirm",
            )
        changed = 0
        if going.fields:
            archive = metadata_zip.removing(replace(going, permission_set=False), self._source.api_version)
            changed += yield from self._take_away(archive, tuple(ids))
        if going.permission_set and there is not None:
            permission_sets.take_from_all(self._source.wire, self._source.base, there.id)
            archive = metadata_zip.removing(replace(going, fields=()), self._source.api_version)
            changed += yield from self._take_away(archive, (_access_id(look.components),))
        return changed

    def _take_away(self, archive: bytes, ids: tuple[str, ...]) -> Changed:
        yield from self._deploy(Begun.REMOVAL_TRIAL, archive, ids)
        yield from self._deploy(Begun.REMOVAL, archive, ids)
        yield from (ComponentRemoved(each) for each in ids)
        return len(ids)

    def _values_in(self, component: Component) -> int | None:
        """Count the records that hold something in a field; a checkbox holds something where it is ticked."""
        schema = self._source.describe(component.sobject)
        field = schema.find(component.name)
        if field is None:
            return None
        held = "= true" if field.type is FieldType.BOOLEAN else "!= null"
        soql = f"SELECT COUNT() FROM {query.checked(schema.name)} WHERE {query.checked(field.name)} {held}"  # noqa: S608
        return count(self._source.wire, self._source.base, soql)

    # ------------------------------------------------------------------ telling

    def _rights_told(self, look: Look) -> Generator[Event, None, None]:
        """Say which rights our user lacks, where something would be installed."""
        lacking = [look.refused] if look.refused is not None else []
        if any(each.state in (ComponentState.MISSING, ComponentState.HIDDEN) for each in look.components):
            lacking += rights_lacking(self._source.wire, self._source.base)
        yield from (Notice(self._connection_id, each.reason, each.message, each.what_to_do) for each in lacking)

    def _packages_told(self, look: Look, wish: PrepareWish) -> Generator[Event, None, None]:
        found = installed_of(None, look.packages)
        if wish.package is None and found is not None:
            yield PackageTold("installed", found.name, found.version_text)


def _told_of(begun: Pending) -> Changed:
    """Tell what an earlier preparation began and Salesforce carried out since."""
    if begun.kind is Begun.DEPLOY:
        yield from (ComponentInstalled(each) for each in begun.components)
        return len(begun.components)
    if begun.kind is Begun.REMOVAL:
        yield from (ComponentRemoved(each) for each in begun.components)
        return len(begun.components)
    return 0


def _ids(deployment: Deployment, components: Iterable[Component]) -> tuple[str, ...]:
    fields = [each.id for each in deployment.fields]
    return (*fields, *([_access_id(components)] if deployment.grants is not None else []))


def _access_id(components: Iterable[Component]) -> str:
    return next(each.id for each in components if each.kind is ComponentKind.PERMISSION_SET)


def _check_ids(components: Iterable[Component], ids: Iterable[str]) -> None:
    known = {each.id for each in components}
    unknown = [each for each in ids if each not in known]
    if unknown:
        listed = ", ".join(sorted(known)) or "nothing"
        raise NotAsked(
            f"This project needs no component called {', '.join(f'“{each}”' for each in unknown)} in this org.",
            f"It needs {listed}.",
        )
