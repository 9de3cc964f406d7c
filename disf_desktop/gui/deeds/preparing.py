"""Deeds that prepare an org: look at what it lacks, install, take away, follow what goes on in Salesforce.

An org is looked at when its connection was tested and the project uses it, and again when an edit changes what the
project asks of it; never more often, because a look costs calls.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from disf_desktop.core.errors import DisfError
from disf_desktop.core.preparation_begun import Pending
from disf_desktop.core.preparation_errors import NotAsked
from disf_desktop.core.preparation_events import ComponentTold, Event, PrepareWish
from disf_desktop.gui.deeds.connections import ConnectionDeeds
from disf_desktop.gui.models.marks import Tab
from disf_desktop.gui.models.preparing import (
    GOES_ON_BY_ITSELF,
    OrgPrepared,
    PackageSeen,
    PeopleSeen,
    Preparation,
    PrepareAsked,
    Removal,
    orgs,
    package_key,
    people_key,
    prepare_key,
    removal_key,
    wanted_of,
)

if TYPE_CHECKING:
    from disf_desktop.workspace import ConnectionFacts


class _Sitting:
    """What holds while one project file is open: one look or preparation after the other, and what was looked at."""

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self.stop = threading.Event()
        self.waiting: set[str] = set()
        self.looked: dict[str, object] = {}
        self.followed: set[str] = set()


class PrepareDeeds(ConnectionDeeds):
    """What a person does about the set-up of an org."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._sitting = _Sitting()
        self.history.indexChanged.connect(lambda _index: self._look_where_needed())

    def _new_doors(self) -> None:
        super()._new_doors()
        self._sitting.stop.set()
        self._sitting = _Sitting()

    def _forget(self, connection: str) -> None:
        """Forget what was told through another door."""
        super()._forget(connection)
        self._sitting.looked.pop(connection, None)
        for member in ("prepared", "prepare_errors"):
            if connection in getattr(self.facts, member):
                self._store.put(member, connection, None)

    # looking

    async def _ask(self, connection: str, verb: Callable[[], ConnectionFacts]) -> None:
        await super()._ask(connection, verb)
        self._look_where_needed()

    def _look_where_needed(self) -> None:
        """Look at each org that has answered and is used, once for each thing that the file asks of it."""
        project, looked = self.facts.project, self._sitting.looked
        if project is None:
            return
        for connection in orgs(project):
            wanted = wanted_of(project, connection)
            if connection in self.facts.tested and looked.get(connection) != wanted:
                looked[connection] = wanted
                self.look_at_org(connection)

    def look_at_org(self, connection: str) -> None:
        """See what an org lacks for the project file; nothing is changed."""
        sitting = self._sitting
        if connection not in sitting.waiting:
            sitting.waiting.add(connection)
            self._store.update(asking=self.facts.asking | {prepare_key(connection)})
            self._once_written(partial(self._look_at, sitting, connection))

    async def _look_at(self, sitting: _Sitting, connection: str) -> None:
        async with sitting.turn:
            sitting.waiting.discard(connection)
            if sitting is not self._sitting:
                return
            with self._store.asking(prepare_key(connection)):
                begun = await self._see(sitting, connection)
        if begun is not None and begun.kind in GOES_ON_BY_ITSELF:
            self._follow_begun(connection)

    async def _see(self, sitting: _Sitting, connection: str) -> Pending | None:
        """Look at an org, and give what an earlier preparation began there, if anything."""
        if self.project.connection(connection) is None:
            return None
        door, workspace = self._doors.get(connection), self.workspace
        seen, trouble = OrgPrepared(of=wanted_of(self.project, connection)), None
        sitting.looked[connection] = seen.of

        def note(event: Event) -> None:
            nonlocal seen
            seen = seen.after(event)

        try:
            await self._bridge.stream(partial(workspace.prepare, connection, stop=sitting.stop), note)
            seen = replace(seen, begun=await self._bridge.call(workspace.begun_in, connection))
        except DisfError as error:
            trouble = error
        if sitting is not self._sitting or door != self._doors.get(connection):
            return None
        if trouble is None:
            self._store.put("prepared", connection, seen)
        self._store.put("prepare_errors", connection, trouble)
        return seen.begun if trouble is None else None

    def _follow_begun(self, connection: str) -> None:
        """Follow what Salesforce carries out already, once, unless the person has said not to wait for it."""
        last, followed = self.facts.preparation, self._sitting.followed
        if connection in followed or (last is not None and (last.under_way or last.left_going)):
            return
        followed.add(connection)
        self.prepare(connection, PrepareWish(go_on=True))

    # preparing

    def prepare(self, connection: str, wish: PrepareWish) -> None:
        """Do in an org what is wished; one preparation at a time."""
        if self.facts.preparation is not None and self.facts.preparation.under_way:
            return
        package = replace(wish.package, password="") if wish.package is not None else None
        self._store.update(preparation=Preparation(connection, replace(wish, package=package)))
        self._once_written(partial(self._prepare, self._sitting, connection, wish))

    def go_on_preparing(self, connection: str) -> None:
        """Go on with what an earlier preparation began, and do the rest of what was asked of it."""
        self.prepare(connection, PrepareWish(go_on=True))

    async def _prepare(self, sitting: _Sitting, connection: str, wish: PrepareWish) -> None:
        workspace, trouble = self.workspace, None

        def note(event: Event) -> None:
            current = self.facts.preparation
            if sitting is self._sitting and current is not None:
                self._store.update(preparation=current.after(event))

        async with sitting.turn:
            sitting.stop = stop = threading.Event()
            if self.facts.preparation is not None and self.facts.preparation.stopping:
                stop.set()
            try:
                await self._bridge.stream(partial(workspace.prepare, connection, wish, stop=stop), note)
            except DisfError as error:
                trouble = error
            finally:
                stop.set()
                sitting.stop = threading.Event()
        current = self.facts.preparation
        if sitting is not self._sitting or current is None:
            return
        self._store.update(preparation=replace(current, error=trouble, stopping=False))
        self.look_at_org(connection)
        self.count_calls_again()
        if current.installed or current.removed or current.given is not None:
            self.read_fields_again(connection)

    def stop_preparing(self) -> None:
        """Wait no longer; what Salesforce has begun goes on there."""
        current = self.facts.preparation
        if current is not None and current.under_way:
            self._sitting.stop.set()
            self._store.update(preparation=replace(current, stopping=True))

    def forget_preparation(self) -> None:
        """Put away what the last preparation told; one under way stays."""
        if self.facts.preparation is not None and not self.facts.preparation.under_way:
            self._store.update(preparation=None)

    def want_preparation(self, connection: str, ids: tuple[str, ...] = ()) -> None:
        """Show the review of an installation, with these components ticked, or all that is missing."""
        self.look.emit(Tab.CONNECTIONS.value, connection)
        self.prepare_wanted.emit(connection, ids)

    # what the dialogs ask

    def _ask_org(self, **asked: Any) -> None:
        self._store.update(prepare_asked=replace(self.facts.prepare_asked, **asked))

    def put_preparing_away(self) -> None:
        """Forget what a dialog has asked an org, and what it told of a preparation, once it is closed; what goes on in
        Salesforce is kept."""
        self._store.update(prepare_asked=PrepareAsked())
        last = self.facts.preparation
        if last is not None and not last.left_going:
            self.forget_preparation()

    def count_before_removal(self, connection: str) -> None:
        """See what this program made in an org, and how many records hold something in it."""
        self._ask_org(removal=Removal(connection))
        self._once_written(partial(self._count_held, self._sitting, connection))

    async def _count_held(self, sitting: _Sitting, connection: str) -> None:
        told: list[ComponentTold] = []
        trouble: DisfError | None = None

        def note(event: Event) -> None:
            if isinstance(event, ComponentTold):
                told.append(event)

        async with sitting.turn:
            with self._store.asking(removal_key(connection)):
                wish = PrepareWish(remove=())
                try:
                    await self._bridge.stream(
                        partial(self.workspace.prepare, connection, wish, stop=sitting.stop), note
                    )
                except NotAsked:
                    pass  # it only says that nothing was removed yet
                except DisfError as error:
                    trouble = error
        current = self.facts.prepare_asked.removal
        if sitting is self._sitting and current is not None and current.connection == connection:
            self._ask_org(removal=Removal(connection, tuple(told), trouble is None, trouble))

    def look_at_package(self, connection: str, link: str) -> None:
        """See what an installation link leads to; nothing is installed."""
        self._ask_org(package=PackageSeen(connection, link))
        self._once_written(partial(self._ask_package, connection, link))

    async def _ask_package(self, connection: str, link: str) -> None:
        found = PackageSeen(connection, link)
        with self._store.asking(package_key(connection)):
            try:
                offer = await self._bridge.call(self.workspace.package_offer, connection, link)
                found = replace(found, offer=offer)
            except DisfError as error:
                found = replace(found, error=error)
        self._put_asked("package", found, lambda now: (now.connection, now.link) == (connection, link))

    def find_people(self, connection: str, text: str) -> None:
        """Look for profiles and active users of an org by a part of their name."""
        before = self.facts.prepare_asked.people
        people = before.people if before is not None and before.connection == connection else ()
        self._ask_org(people=PeopleSeen(connection, text, people))
        self._once_written(partial(self._find_people, connection, text))

    async def _find_people(self, connection: str, text: str) -> None:
        found = PeopleSeen(connection, text)
        with self._store.asking(people_key(connection)):
            try:
                people = await self._bridge.call(self.workspace.people_of, connection, text)
                found = replace(found, people=people)
            except DisfError as error:
                found = replace(found, error=error)
        self._put_asked("people", found, lambda now: (now.connection, now.text) == (connection, text))

    def _put_asked(self, member: str, found: Any, still: Callable[[Any], bool]) -> None:
        """Keep an answer, where it is still the one that is waited for."""
        current = getattr(self.facts.prepare_asked, member)
        if current is not None and still(current):
            self._ask_org(**{member: found})
