"""The verbs that a face may use over a project file. No Qt.

Each name is brought from its module when it is first asked for: the window shows before the verbs are there.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from disf_desktop.workspace.facts import ConnectionFacts, ProjectFacts
    from disf_desktop.workspace.log import keep_log
    from disf_desktop.workspace.places import Places
    from disf_desktop.workspace.sign_in import SignInStep
    from disf_desktop.workspace.standing import Wishes
    from disf_desktop.workspace.workspace import Workspace

__all__ = ["ConnectionFacts", "Places", "ProjectFacts", "SignInStep", "Wishes", "Workspace", "keep_log"]

_HOMES = {
    "ConnectionFacts": "facts",
    "ProjectFacts": "facts",
    "keep_log": "log",
    "Places": "places",
    "SignInStep": "sign_in",
    "Wishes": "standing",
    "Workspace": "workspace",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
