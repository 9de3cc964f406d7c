"""Deeds on connections: test, keep a key, change, disconnect, remove. Signing in is `deeds.signing_in`."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

from disf_desktop.core.edits import with_connection, without_connection
from disf_desktop.core.errors import DisfError
from disf_desktop.core.project import DialogInsightConnection
from disf_desktop.gui.deeds.editing import EditDeeds, Said
from disf_desktop.gui.models.connections import AnyConnection, Door, door_of
from disf_desktop.gui.models.facts import connection_key

if TYPE_CHECKING:
    from disf_desktop.workspace import ConnectionFacts


class ConnectionDeeds(EditDeeds):
    """What a person does with the two services' doors.

    What a test told holds for the address, the client and the key number that were tested: when an edit, or undoing it,
    changes one of them, it is forgotten and asked again.
    """

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._doors: dict[str, Door] = {}
        self._when_written: list[Callable[[], None]] = []
        self._tried: dict[str, str] = {}  # keys of the other platform, until the person says to go there
        self._store.changed.connect(self._follow)
        self.opened.connect(self._new_doors)

    def read_fields_again(self, connection: str | None = None) -> None:
        """Read the fields of everything that is used; `SchemaDeeds` knows how."""
        raise AssertionError("the desk reads fields")

    # what holds for which door

    def _new_doors(self) -> None:
        """Take the connections of a file that was just opened as they are: the desk asks all of them."""
        connections = self.facts.project.connections if self.facts.project is not None else ()
        self._doors = {c.id: door_of(c) for c in connections}
        self._when_written.clear()
        self._tried.clear()

    def _follow(self) -> None:
        connections = self.facts.project.connections if self.facts.project is not None else ()
        for connection in connections:
            door = door_of(connection)
            if self._doors.get(connection.id) != door:
                self._doors[connection.id] = door
                self._forget(connection.id)
                self._once_written(partial(self._meet, connection.id))
        for gone in self._doors.keys() - {c.id for c in connections}:
            del self._doors[gone]
            self._forget(gone)
        if self.facts.saved or self.facts.save_error is not None:
            acts, self._when_written = self._when_written, []
            for act in acts:
                act()

    def _forget(self, connection: str) -> None:
        for member in ("tested", "connection_errors"):
            if connection in getattr(self.facts, member):
                self._store.put(member, connection, None)

    def _once_written(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        """Start some work when the workspace has the project as it is on screen."""

        def act() -> None:
            self._bridge.spawn(work())

        if self.facts.saved or self.facts.save_error is not None:
            act()
        else:
            self._when_written.append(act)

    async def _meet(self, connection: str) -> None:
        """Ask a connection that is new, or whose door is."""
        await self._ask_authorized(connection)
        if self.facts.authorized.get(connection):
            await self._connected(connection)

    # asking

    async def _ask_authorized(self, connection: str) -> None:
        try:
            authorized = await self._bridge.call(self.workspace.is_authorized, connection)
        except DisfError as error:
            self._store.put("connection_errors", connection, error)
            return
        self._store.put("authorized", connection, authorized)

    def test(self, connection: str) -> None:
        """Ask a service who we are there."""
        self._once_written(partial(self._test, connection))

    async def _test(self, connection: str) -> None:
        await self._ask(connection, partial(self.workspace.test, connection))

    def count_calls_again(self) -> None:
        """Ask each org that answered how many calls it has used; one call each. After trouble, ask everything."""
        trouble = self.facts.run is not None and bool(self.facts.run.errors)
        for connection, known in self.facts.tested.items():
            if trouble:
                self.test(connection)
            elif known.calls_allowed is not None:
                count = partial(self.workspace.count_calls, connection, known)
                self._once_written(partial(self._ask, connection, count))

    async def _ask(self, connection: str, verb: Callable[[], ConnectionFacts]) -> None:
        workspace, key, door = self._workspace, connection_key(connection), self._doors.get(connection)
        facts, trouble = None, None
        with self._store.asking(key):
            try:
                facts = await self._bridge.call(verb)
            except DisfError as error:
                trouble = error
        if workspace is self._workspace and door == self._doors.get(connection):
            self._store.put("tested", connection, facts)
            self._store.put("connection_errors", connection, trouble)

    async def _connected(self, connection: str) -> None:
        self._store.put("connection_errors", connection, None)
        await self._ask_authorized(connection)
        await self._test(connection)
        if connection in self.facts.tested:
            self.read_fields_again(connection)

    # keys

    def store_key(self, connection: str, key: str) -> None:
        """Try a Dialog Insight key, and keep it in the vault where it is good."""
        self._once_written(partial(self._store_key, connection, key))

    async def _store_key(self, connection: str, key: str) -> None:
        self._tried.pop(connection, None)
        with self._store.asking(connection_key(connection)):
            try:
                await self._bridge.call(self.workspace.store_key, connection, key)
            except DisfError as error:
                self._store.put("tested", connection, None)
                self._store.put("connection_errors", connection, error)
                if error.reason == "key_elsewhere":
                    self._tried[connection] = key
                return
        await self._connected(connection)

    def use_platform(self, connection: str, said: Said) -> None:
        """Go to the platform where the key of a connection is known."""
        from disf_desktop.workspace.signing import KeyElsewhere

        error = self.facts.connection_errors.get(connection)
        door = self.project.connection(connection)
        assert isinstance(error, KeyElsewhere), "only a key of the other platform leads there"
        assert isinstance(door, DialogInsightConnection), "only Dialog Insight has platforms"
        there = door.model_copy(update={"root_url": error.root_url})
        tried = self._tried.pop(connection, None)
        if tried is not None:
            self._doors[connection] = door_of(there)  # it is asked below, with the key that was tried
        self.change(said, there)
        if tried is not None:
            self._forget(connection)
            self.store_key(connection, tried)

    # the project file

    def change(self, said: Said, connection: AnyConnection) -> None:
        """Change a connection of the project file, or add one, as one step that can be undone."""
        self.edit(said, with_connection(self.project, connection))

    def add_connection(self, said: Said, connection: AnyConnection, key: str = "") -> None:
        """Add a connection to the project file, and try the Dialog Insight key that comes with it, if any.

        A secret that an earlier connection of the same id has left behind is forgotten: it belongs to another account.
        """
        id = connection.id
        self._doors[id] = door_of(connection)
        self.change(said, connection)

        async def begin() -> None:
            await self._ask_authorized(id)
            if self.facts.authorized.get(id):
                await self._disconnect(id)
                self._store.put("connection_errors", id, None)
            if key:
                await self._store_key(id, key)

        self._once_written(begin)

    def disconnect_service(self, connection: str) -> None:
        """Revoke the authorization at the service and forget it here."""
        self._once_written(partial(self._disconnect, connection))

    async def _disconnect(self, connection: str) -> bool:
        trouble = None
        try:
            await self._bridge.call(self.workspace.disconnect, connection)
        except DisfError as error:
            trouble = error
        self._store.put("connection_errors", connection, trouble)
        self._store.put("tested", connection, None)
        await self._ask_authorized(connection)
        return trouble is None

    def remove_connection(self, connection: str, said: Said, *, disconnect: bool) -> None:
        """Take a connection that nothing uses out of the project file; with `disconnect`, revoke its authorization
        first, and leave it where that fails."""

        async def go() -> None:
            if not disconnect or await self._disconnect(connection):
                self.edit(said, without_connection(self.project, connection))

        self._once_written(go)
