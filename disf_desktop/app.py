"""Starts the window: the only module that knows everyone."""

from __future__ import annotations

import argparse
import asyncio
import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from disf_desktop.gui.desk import Desk
    from disf_desktop.gui.single_instance import SingleInstance
    from disf_desktop.gui.window import Window
    from disf_desktop.workspace import Places, Workspace


OLDEST = 2
"""The generation of objects that have outlived the others (module `gc`)."""

MANY = 30_000
"""Objects; measured: 100,000 take 90 to 130 ms."""

_COLLECT_MS = 1000


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="disf-desktop", description="Opens the window.", allow_abbrev=False)
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a project file (*.disf.yaml)")
    parser.add_argument("--profile", type=Path, metavar="DIR", help="where ledgers and logs live")
    parser.add_argument(
        "--secrets", type=Path, metavar="FILE", help="an owner-only secrets file in place of the keyring"
    )
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window, on the project file named or the one that was open last; where there is a window already, it
    comes forward instead. Gives the exit code."""
    arguments = _arguments(sys.argv[1:] if argv is None else argv)
    from disf_desktop.gui.single_instance import SingleInstance
    from disf_desktop.workspace.places import Places

    places = Places.find(arguments.profile, arguments.secrets)
    places.make()
    place = SingleInstance(places.profile)
    if not place.is_first() and _handed_over(place, arguments.file):
        return 0
    try:
        return _run(places, place, arguments.file)
    finally:
        place.close()


def _handed_over(place: SingleInstance, file: Path | None) -> bool:
    """Have the window that is there open the file; where it does not answer, a second window is better than none."""
    from PySide6.QtCore import QCoreApplication

    waiting = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    handed = place.hand_over(file)
    if not handed:
        waiting.shutdown()
    return handed


def _run(places: Places, place: SingleInstance, file: Path | None) -> int:
    from PySide6.QtWidgets import QApplication
    from qasync import QEventLoop

    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("disf-desktop")
    application.setDesktopFileName("disf-desktop")
    application.setQuitOnLastWindowClosed(False)
    collect_here(application)
    loop = QEventLoop(application)
    asyncio.set_event_loop(loop)
    with loop:
        loop.run_until_complete(_live(application, places, place, file))
    return 0


def collect_here(application: QApplication) -> None:
    """Let Python's collector run in this thread only; in a worker's it could end a Qt object there, and the program.

    Where the oldest objects have become many (the modules and the pages of the window, all the rows of a long table),
    they are left out from then on: to look through them takes a tenth of a second, in which nothing moves on screen.
    """
    from PySide6.QtCore import QTimer

    def collect() -> None:
        due = [
            n for n, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if count > limit
        ]
        if not due:
            return
        if due[-1] == OLDEST and len(gc.get_objects(OLDEST)) > MANY:
            gc.collect(OLDEST - 1)
            gc.freeze()
        else:
            gc.collect(due[-1])

    gc.disable()
    timer = QTimer(application)
    timer.timeout.connect(collect)
    timer.start(_COLLECT_MS)


async def _live(application: QApplication, places: Places, place: SingleInstance, file: Path | None) -> None:
    from PySide6.QtCore import QTimer

    from disf_desktop.gui.bridge import Bridge
    from disf_desktop.gui.window import until_closed

    bridge = Bridge()
    window = make_window(application, bridge, places)
    window.show()
    QTimer.singleShot(0, window, lambda: _after_the_first_look(window, place))
    if (first := file or window.last_open) is not None:
        window.open_file(first)
    await until_closed(window)
    await bridge.close()


def _after_the_first_look(window: Window, place: SingleInstance) -> None:
    """Do what nobody sees, once the window is there: the tray, and the ear for a second start."""
    from PySide6.QtWidgets import QSystemTrayIcon

    def asked(file: Path | None) -> None:
        window.bring()
        if file is not None:
            window.open_file(file)

    place.asked.connect(asked)
    place.listen()
    if QSystemTrayIcon.isSystemTrayAvailable():
        window.put_into_tray(QSystemTrayIcon())


def make_window(application: QApplication, bridge: object, places: Places) -> Window:
    """Put the window together over the real workspace."""
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    from disf_desktop.gui import languages, theme
    from disf_desktop.gui.bridge import Bridge
    from disf_desktop.gui.desk import Desk
    from disf_desktop.gui.models.facts import Store
    from disf_desktop.gui.settings import Settings
    from disf_desktop.gui.window import Window

    assert isinstance(bridge, Bridge)
    settings = Settings(places.profile / "window.ini")
    languages.speak(application, settings.language)
    theme.apply(application, settings.appearance, settings.text_size)
    store = Store()
    desk = Desk(bridge, store, places, open_workspace)
    desk.browse.connect(lambda address: QDesktopServices.openUrl(QUrl(address)))
    sys.excepthook = _told_on_screen(desk, sys.excepthook)
    return Window(desk, store, settings)


def _told_on_screen(desk: Desk, before: Callable[..., object]) -> Callable[..., None]:
    """Make the hook that shows a mistake of our own instead of letting it pass unseen; the window goes on."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        before(kind, error, trace)
        desk.admit(error)

    return hook


def open_workspace(path: Path, places: Places) -> Workspace:
    """Open a project file; the imports that this needs are paid here, in a thread, and not before the window shows."""
    from disf_desktop.workspace import Workspace, keep_log

    workspace = Workspace(path, places, unfinished=True)
    keep_log(places.log(workspace.project.id), "window")
    return workspace


if __name__ == "__main__":
    sys.exit(main())
