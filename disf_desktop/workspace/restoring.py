"""The verb that puts a backup of the ledger back; a ledger that is damaged is kept, not thrown away."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from disf_desktop.core.errors import LedgerError, LedgerIsDamaged
from disf_desktop.core.moments import written
from disf_desktop.storage.backups import Backup, Restored, is_sound, listed, put_aside, restore
from disf_desktop.storage.ledger import Ledger
from disf_desktop.storage.ledger_doubt import noted_epoch
from disf_desktop.storage.lock import RunLock
from disf_desktop.storage.room import folder_told, room_for
from disf_desktop.storage.vault import ledger_key
from disf_desktop.workspace.opened import OpenedProject


class Restoring(OpenedProject):
    """Backups of the ledger, and the way back to one of them."""

    def backups(self) -> list[Backup]:
        """Give the backups of this project's ledger, the newest first."""
        return listed(self._backups)

    def restore(self, name: str | None = None, *, anew: bool = False) -> Restored:
        """Put the newest sound backup in the place of a ledger that is damaged or gone, or the one of that name.

        The ledger is kept aside. What came back is not believed: the next run reads both services again, and asks
        again what a person had chosen. With `anew` no backup is taken: the next run meets everybody for the first time.
        Raises LedgerError where the ledger is sound and no backup is named, LedgerIsDamaged where no backup is sound,
        LedgerIsBusy while something runs.
        """
        now = datetime.now(UTC)
        with RunLock(self.places.lock(self.project.id)), folder_told():
            if anew:
                return Restored(None, put_aside(self.ledger_path, now))
            key = ledger_key(self._vault(), self.project.id, make=False)
            chosen = None if name is None else self._backup_named(name)
            if chosen is None and self.ledger_path.exists() and is_sound(self.ledger_path, key, thorough=True):
                raise LedgerError(
                    "The ledger is sound; there is nothing to restore.",
                    "To go back to a backup all the same, name it: disf restore FILE --backup NAME",
                    where=str(self.ledger_path),
                )
            room_for(self.ledger_path.parent, max((each.size for each in self.backups()), default=0))
            restored = restore(
                self.ledger_path,
                key,
                self._backups,
                now,
                chosen=chosen,
                prepare=lambda part: self._doubt(part, key, now),
            )
        if restored is None:
            raise LedgerIsDamaged(
                "There is no sound backup of the ledger." if name is None else f"The backup {name} is not sound.",
                "See the others: disf restore FILE --list. Without one: disf restore FILE --anew keeps the ledger "
                "aside, and the next run meets everybody for the first time.",
                where=str(self._backups),
            )
        return restored

    @property
    def _backups(self) -> Path:
        return self.ledger_path.parent / "backups"

    def _backup_named(self, name: str) -> Path:
        found = next((each.path for each in self.backups() if each.path.name == name), None)
        if found is None:
            raise LedgerError(f"There is no backup {name}.", "See what there is: disf restore FILE --list", name)
        return found

    def _doubt(self, part: Path, key: bytes, now: datetime) -> None:
        """Note in the copy that what it remembers is to be checked, before it is the ledger."""
        with closing(Ledger.open(part, key)) as ledger:
            ledger.distrust(f"a backup, {written(now)}", noted_epoch(self.ledger_path, ledger.installation()))
