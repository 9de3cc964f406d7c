"""`restore`: a backup of the ledger in the place of one that is damaged."""

from __future__ import annotations

from pathlib import Path

from disf_desktop.cli.events import BackupTold, RestoreFinished
from disf_desktop.cli.face import Face
from disf_desktop.core.moments import written


def restore(face: Face, file: Path, *, backup: str | None, anew: bool, list_only: bool) -> int:
    """Put a backup back, or list what there is."""
    workspace = face.open(file, "restore")
    backups = workspace.backups()
    if list_only:
        for each in backups:
            face.output.say(BackupTold(each.path.name, written(each.made), each.size))
        face.output.say(RestoreFinished(len(backups)))
        return 0
    restored = workspace.restore(backup, anew=anew)
    face.output.say(
        RestoreFinished(
            len(backups),
            True,
            restored.backup.name if restored.backup is not None else "",
            str(restored.aside) if restored.aside is not None else "",
        )
    )
    return 0
