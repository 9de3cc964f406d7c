"""The wheel holds the program and its resources, and runs from where it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, "--no-build-isolation", "--wheel-dir", str(folder), str(_ROOT)], check=True)
    (built,) = folder.glob("disf_desktop-*.whl")
    return built


def test_the_wheel_holds_every_resource_and_nothing_of_the_workshop(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(
        ["git", "ls-files", "resources"], cwd=_ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    assert tracked
    missing = {f"disf_desktop/_{name}" for name in tracked} - names
    assert not missing
    assert not [n for n in names if n.startswith(("tests/", "packaging/", "resources/"))]


def test_the_program_finds_its_resources_from_an_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    code = (
        "import disf_desktop, pathlib;"
        "from disf_desktop.resources import resource;"
        "print(pathlib.Path(disf_desktop.__file__).parent.parent, resource('simulator').is_dir())"
    )
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "installed")}
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    ).stdout.split()
    assert told == [str(tmp_path / "installed"), "True"]


def test_signals_do_not_wear_out_pythons_singletons() -> None:
    """Guard against PySide6 6.12.0 on Python 3.11, which aborts after some dozens of emitted signals (PYSIDE-3474)."""
    code = (
        "from PySide6.QtCore import QCoreApplication, QObject, Signal\n"
        "app = QCoreApplication([])\n"
        "class S(QObject): ping = Signal(int)\n"
        "s = S(); s.ping.connect(lambda i: None)\n"
        "for i in range(100_000): s.ping.emit(i)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=_ROOT, check=False).returncode == 0
