"""The window over the fake workspace, filled at once and without a loop: for pictures and for the check of what is
on screen."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

from PySide6.QtCore import QObject

from disf_desktop.core.errors import AuthorizationNeeded
from disf_desktop.core.events import FieldChange, OperationPlanned, PreviewFinished
from disf_desktop.core.schema import Side
from disf_desktop.gui.bridge import Bridge
from disf_desktop.gui.desk import Desk
from disf_desktop.gui.models.facts import Preview, Store
from disf_desktop.gui.settings import Settings
from disf_desktop.gui.window import Window
from disf_desktop.workspace import Places, Workspace
from tests.gui.fakes import FakeProcess, FakeWorkspace

T = TypeVar("T")


class AtOnce(Bridge):
    """A bridge that does everything at once, in the caller's thread; `processes` are those that it would start."""

    def __init__(self) -> None:
        super().__init__()
        self.processes: list[FakeProcess] = []

    def spawn(self, work: Coroutine[Any, Any, None]) -> Any:
        try:
            work.send(None)
        except StopIteration:
            return None
        raise AssertionError("a call did not come back at once")

    async def call(self, verb: Callable[..., T], *arguments: Any, timeout_s: float = 90) -> T:
        return verb(*arguments)

    def process(self, command: Sequence[str], parent: QObject) -> Any:
        made = FakeProcess(command, parent)
        self.processes.append(made)
        return made

    async def stream(self, steps: Callable[[], Iterator[T]], on_step: Callable[[T], None]) -> None:
        for step in steps():
            on_step(step)


class Rehearsal:
    """A window with its parts in reach."""

    def __init__(self, profile: Path) -> None:
        self.places = Places(profile)
        self.workspace = FakeWorkspace(profile / "Acme newsletter.disf.yaml", self.places)
        self.workspace.errors["sandbox"] = AuthorizationNeeded("Access was revoked.", "Authorize again.", "sandbox")
        self.bridge = AtOnce()
        self.store = Store(pause_ms=0)
        self.desk = Desk(self.bridge, self.store, self.places, lambda _path, _places: cast(Workspace, self.workspace))
        self.window = Window(self.desk, self.store, Settings(profile / "window.ini"))
        self.window.stack.idle.blockSignals(True)  # a page is made when a test looks at it, however slow the machine

    def open(self) -> None:
        """Open the made-up project file."""
        self.desk.open(self.workspace.path)

    def close(self) -> None:
        """Close the window and let go of it."""
        self.window.close()
        self.window.deleteLater()
        self.store.deleteLater()


def preview_facts() -> Preview:
    """Give a preview with writes to both sides."""
    there, back = Side.DIALOG_INSIGHT, Side.SALESFORCE
    created = {"SalesforceID": "0035g00000D1", "EMail": "lea@exemple.ca", "FirstName": "Léa", "LastName": "Bouchard"}
    new = {name: FieldChange(None, value, "created_in_salesforce") for name, value in created.items()}
    updates: list[tuple[Side, str, str, str, Any, Any, str]] = [
        (there, "update", "0035g00000E1", "City", "Laval", "Montréal", "changed_in_salesforce"),
        (there, "update", "0035g00000E1", "Points", 121, 140, "changed_in_salesforce"),
        (there, "update", "0035g00000F1", "Mobile", "514 555-0101", "438 555-0199", "newest"),
        (back, "update", "0035g00000G1", "MailingCity", "Québec", "Lévis", "changed_in_dialog_insight"),
        (back, "opt_out", "0035g00000H1", "DI_Optin_Newsletter__c", True, False, "C4"),
        (back, "set_aside", "0035g00000I1", "LastName", None, None, "required_missing"),
    ]
    operations = [OperationPlanned("Contacts", there, "create", "0035g00000D1", new)]
    operations += [
        OperationPlanned("Contacts", side, kind, key, {name: FieldChange(before, after, rule)})
        for side, kind, key, name, before, after, rule in updates
    ]
    counts = {"create": 118, "update": 1080, "set_aside": 3, "unchanged": 8796}
    told = {
        (there, "create"): 118,
        (there, "update"): 1044,
        (back, "update"): 36,
        (back, "opt_out"): 12,
        (back, "opt_in"): 4,
        (back, "set_aside"): 3,
    }
    finished = PreviewFinished("abc", counts, {Side.SALESFORCE: 6, Side.DIALOG_INSIGHT: 7})
    return Preview(datetime.now(UTC).isoformat(), tuple(operations), told, finished)
