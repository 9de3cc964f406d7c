"""Sets the window's tests up: no display, one qasync loop, and no warning of Qt goes unnoticed."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

# Set before the first QApplication, which the hook below makes while tests are collected.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import PySide6.QtCore  # noqa: F401 - qasync takes the Qt that is loaded
import pytest
import qasync
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QtMsgType
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from disf_desktop.gui import languages, theme
from tests.gui.rehearsal import Rehearsal
from tests.gui.rest import at_rest

OF_OFFSCREEN = frozenset(
    f"This plugin does not support {what}" for what in ("propagateSizeHints()", "raise()", "grabbing the keyboard")
)
"""What the platform without a display says of every dialog, tip and menu; it says nothing about us."""


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Run asynchronous tests on the Qt loop."""
    return {"qasync": _the_loop}


class OneLoop(qasync.QEventLoop):  # type: ignore[misc]
    """The loop of all tests, as the program has one: with many, one after the other, PySide6 crashes (qasync 154)."""

    def call_later(self, delay: float, callback: Callable[..., Any], *arguments: Any, context: Any = None) -> Any:
        """Call within the loop even where it does not run: after a test, qasync and pytest-qt hand out what Qt still
        has, and a step of a task that is left over would look for its loop in vain."""
        return super().call_later(delay, self._within, callback, *arguments, context=context)

    def _within(self, callback: Callable[..., Any], *arguments: Any) -> None:
        outside = asyncio._get_running_loop() is None
        if outside:
            asyncio._set_running_loop(self)
        try:
            callback(*arguments)
        finally:
            if outside:
                asyncio._set_running_loop(None)

    def close(self) -> None:
        """Stay open for the next test."""

    async def shutdown_asyncgens(self) -> None:
        """Stay ready for the next test."""

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:
        """Stay ready for the next test."""


@cache
def _the_loop() -> OneLoop:
    return OneLoop(_application())


@pytest.fixture(scope="package", autouse=True)
def collector_in_this_thread() -> Iterator[None]:
    """Do as the program does: no worker collects what is Qt's."""
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


@pytest.fixture(scope="session", autouse=True)
def loop_closed_at_the_end() -> Iterator[None]:
    """Close the one loop, and with it the threads that it started; these tests may come in several parts."""
    yield
    if _the_loop.cache_info().currsize:
        qasync.QEventLoop.close(_the_loop())


@pytest.fixture(autouse=True)
def collected(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave nothing of a test to the next one: neither a window that is to be deleted, nor the modules that it
    brought, which the collector would look through after each of the tests that follow."""
    yield
    request.node.funcargs.clear()  # pytest holds them until later; frozen, they would stay for good
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    gc.freeze()


def _application() -> QApplication:
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    application.setQuitOnLastWindowClosed(False)
    return application


@pytest.fixture(autouse=True)
def no_qt_warning(qtlog: Any) -> Iterator[None]:
    """Fail a test in which Qt has warned of anything."""
    yield
    bad = {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}
    told = [record.message for record in qtlog.records if record.type in bad and record.message not in OF_OFFSCREEN]
    assert not told, told


@pytest.fixture(autouse=True)
def english_and_light(qapp: QApplication) -> Iterator[None]:
    """Begin each test in English, with light colours."""
    if qapp.font().pixelSize() != 13 or theme.tokens() is not theme.LIGHT:
        theme.apply(qapp, theme.Appearance.LIGHT)
    if QLocale() != QLocale("en_CA"):
        languages.speak(qapp, languages.Language.ENGLISH)
    yield
    if QLocale() != QLocale("en_CA"):
        languages.speak(qapp, languages.Language.ENGLISH)


class Wardrobe(QtBot):
    """Dresses a part of the window that is shown alone, as the window does with all its parts."""

    def addWidget(self, widget: Any, **options: Any) -> None:
        if not widget.styleSheet():
            theme.dress(widget)
        super().addWidget(widget, **options)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Give the hand that shows a part of the window, in its colours."""
    return Wardrobe(request)


@pytest.fixture
def rehearsal(qtbot: QtBot, tmp_path: Path) -> Rehearsal:
    """Give the window over the fake workspace, shown, with its project file open."""
    made = Rehearsal(tmp_path)
    qtbot.addWidget(made.window)
    made.window.show()
    made.open()
    at_rest()
    return made
