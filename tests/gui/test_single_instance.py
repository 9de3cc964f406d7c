"""One window for a profile: a second start hands its file over, whatever became of the first."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from disf_desktop.core.project import Project
from disf_desktop.gui.single_instance import SingleInstance
from disf_desktop.storage import project_file
from tests.gui.rehearsal import Rehearsal

PATIENCE_S = 60.0


def eventually(look: Callable[[], Any], what: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not look():
        assert time.monotonic() < end, f"never seen: {what}"
        time.sleep(0.05)


@contextmanager
def window(folder: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start the program as a person does; end it by its id."""
    command = [sys.executable, "-m", "disf_desktop.app", *words, "--profile", str(folder / "profile")]
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen([*command, "--secrets", str(folder / "secrets.json")], env=surroundings)
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)


def opened(folder: Path, file: Path) -> bool:
    """Say whether a window of the profile has opened the file, by what it remembers."""
    written = folder / "profile" / "window.ini"
    return written.exists() and f"open={file}" in written.read_text(encoding="utf-8")


def test_a_second_start_hands_its_file_to_the_first_and_ends(tmp_path: Path) -> None:
    file, other = tmp_path / "one.disf.yaml", tmp_path / "two.disf.yaml"
    project_file.save(file, Project(id="11111111-2222", name="One"))
    project_file.save(other, Project(id="11111111-3333", name="Two"))
    with window(tmp_path, str(file)) as first:
        eventually(lambda: opened(tmp_path, file), "the first file")
        with window(tmp_path, str(other)) as second:
            assert second.wait(PATIENCE_S) == 0
        eventually(lambda: opened(tmp_path, other), "the second file in the first window")
        with window(tmp_path) as third:
            assert third.wait(PATIENCE_S) == 0
        assert first.poll() is None
        first.kill()
        first.wait(10)
    with window(tmp_path, str(file)) as after:  # what the killed one has left does not stand in the way
        eventually(lambda: opened(tmp_path, file), "the file in a new window")
        with window(tmp_path, str(other)) as last:
            assert last.wait(PATIENCE_S) == 0
        eventually(lambda: opened(tmp_path, other), "the other file in the new window")
        assert after.poll() is None


@pytest.fixture
def place(tmp_path: Path) -> Iterator[SingleInstance]:
    made = SingleInstance(tmp_path)
    assert made.is_first()
    made.listen()
    yield made
    made.close()
    made.deleteLater()


_SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from disf_desktop.gui.single_instance import SingleInstance

application = QCoreApplication([])
place = SingleInstance(Path(sys.argv[1]))
file = Path(sys.argv[2]) if len(sys.argv) > 2 else None
sys.exit(0 if not place.is_first() and place.hand_over(file) else 1)
"""


def hand_over(qtbot: QtBot, profile: Path, file: Path | None = None) -> None:
    """Do as a second start does, beside the loop of the first."""
    words = [sys.executable, "-c", _SECOND, str(profile), *([str(file)] if file is not None else [])]
    with subprocess.Popen(words) as second:
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
    assert second.returncode == 0


def test_the_first_window_comes_forward_with_the_file(place: SingleInstance, tmp_path: Path, qtbot: QtBot) -> None:
    rehearsal = Rehearsal(tmp_path / "window")
    qtbot.addWidget(rehearsal.window)
    rehearsal.window.showMinimized()
    asked: list[Path | None] = []
    place.asked.connect(asked.append)
    place.asked.connect(lambda _: rehearsal.window.bring())
    for file in (tmp_path / "été & co.disf.yaml", None):
        hand_over(qtbot, tmp_path, file)
    assert asked == [tmp_path / "été & co.disf.yaml", None]
    assert not rehearsal.window.windowState() & Qt.WindowState.WindowMinimized
    assert rehearsal.window.isVisible()


@pytest.mark.parametrize("word", [b"rubbish\n", b"[]\n", b'{"file"', b"\xff\xfe\n", b"x" * 100_000])
def test_rubbish_on_the_line_opens_nothing_and_harms_nothing(
    place: SingleInstance, tmp_path: Path, qtbot: QtBot, word: bytes
) -> None:
    asked: list[object] = []
    place.asked.connect(asked.append)
    rude = QLocalSocket()
    rude.connectToServer(place.name)
    qtbot.waitUntil(lambda: rude.state() is QLocalSocket.LocalSocketState.ConnectedState, timeout=5000)
    rude.write(word)
    qtbot.wait(50)
    rude.abort()
    hand_over(qtbot, tmp_path)
    assert asked == [None]


def test_the_place_is_free_again_when_it_was_given_up(tmp_path: Path, qtbot: QtBot) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.is_first()
    assert not second.is_first()
    first.close()
    assert second.is_first()
    second.close()


def test_profiles_do_not_hear_of_each_other(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    one, other = SingleInstance(tmp_path / "one"), SingleInstance(tmp_path / "other")
    assert one.name != other.name
    assert one.is_first()
    assert other.is_first()
    one.close()
    other.close()
