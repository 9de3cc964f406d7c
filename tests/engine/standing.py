"""A small world whose processes take over the ledger as one that ended well left it, for tests that start thousands."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

from disf_desktop.core.events import Event
from disf_desktop.core.schema import Side
from disf_desktop.engine.job import Job
from disf_desktop.engine.ports import Ledger as LedgerPort
from disf_desktop.engine.ports import SavedPlan
from disf_desktop.engine.run import preview, run
from disf_desktop.storage.database import Database
from disf_desktop.storage.ledger import Ledger
from disf_desktop.storage.ledger_view import LedgerView
from tests.engine.world import KEY, MortalLedger, Told, World, told

_CLOSED: Final = 8
"""Of so many processes that ended well, one closes the ledger."""


@cache
def _new_ledger() -> bytes:
    """Give the file of a ledger that nothing was written to."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.sqlite"
        Ledger.open(path, KEY).close()
        return path.read_bytes()


class StandingWorld(World):
    """Both services and a ledger that most processes find open: opening it proves nothing where nothing happened.

    Whoever was killed or failed closes it, and each eighth of the others. Close the world at the end.
    """

    def __init__(self, folder: Path, *, page_size: int = 3, batch_size: int = 2) -> None:
        super().__init__(folder, page_size=page_size, batch_size=batch_size)
        self._standing: Database | None = None
        self._ended_well = 0
        self.path.write_bytes(_new_ledger())
        self.path.chmod(0o600)

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """Give the ledger to a process that may write."""
        try:
            yield Ledger(self._connection(), None, None)
        except BaseException:
            self.close()
            raise

    def _connection(self) -> Database:
        if self._standing is None:
            connection = Ledger.open(self.path, KEY)._connection
            assert isinstance(connection, Database)
            self._standing = connection
        return self._standing

    def close(self) -> None:
        """End the process that has the ledger; the next one opens it."""
        if self._standing is not None:
            Ledger(self._standing, None, None).close()
            self._standing = None

    def _ends(self, story: Told) -> Told:
        self._ended_well += 1
        if story.killed or story.error is not None or not self._ended_well % _CLOSED:
            self.close()
        return story

    # -- verbs -----------------------------------------------------------------------------------------------------

    def run(
        self,
        *jobs: Job,
        approve: str | None = None,
        plan: SavedPlan | None = None,
        stop_at: Callable[[Event], bool] = lambda event: False,
        kill: Callable[[Ledger], MortalLedger] | None = None,
    ) -> Told:
        with self.ledger() as ledger:
            port: LedgerPort = kill(ledger) if kill else ledger
            chosen = jobs or (self.job(),)
            return self._ends(told(run(chosen, port, self.clock, self.workers, approve=approve, plan=plan), stop_at))

    def preview(self, *jobs: Job, stop_at: Callable[[Event], bool] = lambda event: False) -> Told:
        with self.ledger() as ledger:
            return self._ends(told(preview(jobs or (self.job(),), ledger, self.clock, self.workers), stop_at))

    def retry(self, *ids: int) -> int:
        with self.ledger() as ledger:
            return ledger.retry(ids or None)

    def choose(self, sides: Mapping[int, Side]) -> int:
        with self.ledger() as ledger:
            return ledger.choose(sides)

    # -- what is kept ------------------------------------------------------------------------------------------------

    def rows(self, sql: str, *bindings: Any) -> list[tuple[Any, ...]]:
        return list(self._connection().execute(sql, bindings))

    def waiting(self) -> dict[str, str]:
        return {record.rid: record.code for record in LedgerView(self._connection()).set_aside(None, 0, 1000)}
