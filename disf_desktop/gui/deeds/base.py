"""What all deeds share: the bridge, the facts, the workspace that is open, and the signals by which they tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from disf_desktop.core.errors import DisfError
from disf_desktop.gui.bridge import Bridge
from disf_desktop.gui.models.facts import Facts, Store

if TYPE_CHECKING:
    from disf_desktop.workspace import Places, Workspace


class Deeds(QObject):
    """The ground of the desk. `opened` comes when another project file is shown, `ended` after the last word of a run,
    `told` with the name of a deed and how many it concerned, `browse` with a page for the system's browser, `look` with
    the tab to bring to the front (models.marks.Tab) and what is wanted there, if anything, `header_read` with the
    CsvHeader of a file, or the DisfError instead, `came_back` when the browser has answered a sign-in, `import_wanted`
    when the import of a file is to be shown, `prepare_wanted` with a connection and the ids of the components to be
    ticked, none for all that is missing, when the review of an installation is."""

    opened = Signal()
    ended = Signal()
    told = Signal(str, int)
    browse = Signal(str)
    look = Signal(str, str)
    header_read = Signal(object)
    came_back = Signal()
    import_wanted = Signal()
    prepare_wanted = Signal(str, tuple)

    def __init__(self, bridge: Bridge, store: Store, places: Places) -> None:
        super().__init__(store)
        self._bridge = bridge
        self._store = store
        self._places = places
        self._workspace: Workspace | None = None

    @property
    def facts(self) -> Facts:
        return self._store.facts

    @property
    def workspace(self) -> Workspace:
        assert self._workspace is not None, "no project file is open"
        return self._workspace

    def do(self, verb: Callable[[], int], done: str, then: Callable[[], None] | None = None) -> None:
        """Call a verb of the workspace that changes something; tell how many under the name of the deed, or why not."""

        async def go() -> None:
            try:
                count = await self._bridge.call(verb)
            except DisfError as error:
                self._store.update(notice=error)
                return
            self.told.emit(done, count)
            if then is not None:
                then()

        self._bridge.spawn(go())

    async def _read(self, fact: str, key: str, verb: Callable[[], Any], errors: str = "") -> None:
        """Read an entry of a fact, which is being asked meanwhile; why it cannot be read goes into the fact `errors`
        under the same key, or is the notice. What comes after another file was opened counts no more."""
        workspace, found, trouble = self._workspace, None, None
        with self._store.asking(key):
            try:
                found = await self._bridge.call(verb)
            except DisfError as error:
                trouble = error
        if workspace is not self._workspace:
            return
        if trouble is None:
            self._store.put(fact, key, found)
        if errors:
            self._store.put(errors, key, trouble)
        elif trouble is not None:
            self._store.update(notice=trouble)
