"""What a person does in the window alone, done by a process of its own over the same workspace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from disf_desktop.workspace import Places, Workspace


def _opened(words: Sequence[str]) -> Workspace:
    file, profile, secrets = words[:3]
    return Workspace(Path(file), Places(Path(profile), Path(secrets)))


def _bring_back(words: Sequence[str]) -> int:
    """Let the rows of erased people of an import be sent: its id."""
    _opened(words).bring_back(words[3])
    return 0


def _correct(words: Sequence[str]) -> int:
    """Correct a cell of a refused row: `import id`, row, column, text."""
    id, row, column, text = words[3:]
    _opened(words).correct_row(id, int(row), {column: text})
    return 0


def _paste(words: Sequence[str]) -> int:
    """Keep a text that was pasted."""
    _opened(words).keep_pasted(words[3])
    return 0


def _save_refused(words: Sequence[str]) -> int:
    """Save the refused rows of an import: its id, a file."""
    _opened(words).save_refused(words[3], Path(words[4]))
    return 0


def _rename(words: Sequence[str]) -> int:
    """Give the project file another name of its own, as an edit in the window does."""
    workspace = _opened(words)
    workspace.save(workspace.project.model_copy(update={"name": words[3]}))
    return 0


DEEDS: Final[dict[str, Callable[[Sequence[str]], int]]] = {
    "bring_back": _bring_back,
    "correct": _correct,
    "paste": _paste,
    "rename": _rename,
    "save_refused": _save_refused,
}
