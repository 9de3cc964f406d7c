"""What the window keeps beside the ledger of a project file, for its owner alone: the plan that it shows, and whether
the schedules are paused."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from disf_desktop.storage.files import make_file, make_folder
from disf_desktop.storage.room import folder_told
from disf_desktop.workspace.opened import OpenedProject

_PLAN: Final = "shown.plan"
_PAUSED: Final = "schedules.paused"


class Beside(OpenedProject):
    """Knows these files, and nothing of what is in them."""

    def place_for_plan(self) -> Path:
        """Give the file for the plan of a preview; an older plan is gone."""
        place = self._place(_PLAN)
        with folder_told():
            make_folder(place.parent)
            place.unlink(missing_ok=True)
        return place

    def forget_plan(self) -> None:
        """Take the plan away: it holds people's data, and is of no use to the next one who opens the file."""
        with folder_told():
            self._place(_PLAN).unlink(missing_ok=True)

    @property
    def schedules_paused(self) -> bool:
        """Whether somebody has paused the schedules of this file in the window."""
        return self._place(_PAUSED).is_file()

    def pause_schedules(self, paused: bool) -> None:
        """Remember that the schedules are paused, or not any more."""
        place = self._place(_PAUSED)
        with folder_told():
            if paused:
                make_folder(place.parent)
                make_file(place)
            else:
                place.unlink(missing_ok=True)

    def _place(self, name: str) -> Path:
        return self.places.folder(self.project.id) / name
