"""Where the program keeps what it remembers and what it keeps secret."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

APPLICATION = "disf_desktop"


@dataclass(frozen=True, slots=True)
class Places:
    """The profile folder (ledgers, logs, locks) and the secrets file; without one, secrets live in the keyring."""

    profile: Path
    secrets: Path | None = None

    @classmethod
    def find(cls, profile: Path | None = None, secrets: Path | None = None) -> Places:
        """Give the places named, else those of DISF_PROFILE and DISF_SECRETS, else the user's data folder."""
        if profile is None and os.environ.get("DISF_PROFILE"):
            profile = Path(os.environ["DISF_PROFILE"])
        if secrets is None and os.environ.get("DISF_SECRETS"):
            secrets = Path(os.environ["DISF_SECRETS"])
        if profile is None:
            import platformdirs

            profile = platformdirs.user_data_path(APPLICATION, appauthor=False)
        return cls(_whole(profile), _whole(secrets) if secrets is not None else None)

    def make(self) -> None:
        """Make the profile folder, where it is missing, for its owner alone; one that is there stays as it is."""
        from disf_desktop.storage.files import make_folder

        if not self.profile.is_dir():
            make_folder(self.profile)

    def folder(self, project_id: str) -> Path:
        """Give the folder of a project file's ledger, lock and logs."""
        return self.profile / project_id

    def ledger(self, project_id: str) -> Path:
        return self.folder(project_id) / "ledger.sqlite"

    def lock(self, project_id: str) -> Path:
        return self.folder(project_id) / "ledger.lock"

    def log(self, project_id: str) -> Path:
        return self.folder(project_id) / "log"


def _whole(path: Path) -> Path:
    return path.expanduser().absolute()
