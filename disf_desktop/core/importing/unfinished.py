"""An import that was stopped or killed before its last row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from disf_desktop.core.importing.recipe import ImportRecipe


@dataclass(frozen=True, slots=True)
class UnfinishedImport:
    """What it takes to go on: the file and the recipe; `left` of `rows` are still to be sent. `started` is ISO 8601.
    `pasted`: the file is a text that was pasted. `changed`: it is another one by now, or gone, so nothing can go on."""

    id: str
    path: Path
    recipe: ImportRecipe
    started: str
    rows: int
    left: int
    pasted: bool = False
    changed: bool = False
