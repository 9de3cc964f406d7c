"""The verbs that a face may use over a project file. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disf_desktop.workspace.facts import ConnectionFacts, ProjectFacts
from disf_desktop.workspace.log import keep_log
from disf_desktop.workspace.places import Places
from disf_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from disf_desktop.workspace.sign_in import SignInStep

__all__ = ["ConnectionFacts", "Places", "ProjectFacts", "SignInStep", "Workspace", "keep_log"]
