"""The clients as their makers publish them, at the versions pinned here, in build/clients and nowhere else."""

from __future__ import annotations

import filecmp
import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "build" / "clients"
OLDEST_NODE = (22, 19)
PATIENCE_S = 1_200
PINNED = ("package.json", "package-lock.json", ".npmrc")


class NotInstalled(Exception):
    """A client cannot be brought here; the message says what is missing."""


def from_npm() -> tuple[Path, Path]:
    """Install package-lock.json, once; return the folder of the modules and a Node that is new enough for them."""
    npm = shutil.which("npm")
    if npm is None:
        raise NotInstalled("npm is needed, which comes with Node.js")
    FOLDER.mkdir(parents=True, exist_ok=True)
    modules, done = FOLDER / "node_modules", FOLDER / ".installed.json"
    if not done.exists() or not filecmp.cmp(HERE / "package-lock.json", done, shallow=False):
        for name in PINNED:
            shutil.copy(HERE / name, FOLDER / name)
        _run([npm, "ci", "--no-update-notifier"], FOLDER)
        shutil.copy(HERE / "package-lock.json", done)
    return modules, _node(modules)


def alone_from_npm(name: str, version: str) -> Path:
    """Install one package in a folder of its own, once; return the folder of the modules.

    For a program whose dependencies are old and its own affair: only its own version is pinned.
    """
    npm = shutil.which("npm")
    assert npm, "from_npm was here before"
    folder = FOLDER / name
    done = folder / ".installed"
    if not done.exists() or done.read_text(encoding="utf-8") != version:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / ".npmrc", folder / ".npmrc")
        told = {"name": f"clients-of-the-simulator-{name}", "private": True, "dependencies": {name: version}}
        (folder / "package.json").write_text(json.dumps(told), encoding="utf-8")
        _run([npm, "install", "--no-package-lock", "--no-update-notifier"], folder)
        done.write_text(version, encoding="utf-8")
    return folder / "node_modules"


def _node(modules: Path) -> Path:
    for found in (*modules.glob("node-*/bin/node"), *modules.glob("node-*/bin/node.exe")):
        return found
    own = shutil.which("node")
    if own is not None:
        told = subprocess.run([own, "--version"], capture_output=True, text=True, check=True).stdout
        if tuple(int(each) for each in told.strip().lstrip("v").split(".")[:2]) >= OLDEST_NODE:
            return Path(own)
    raise NotInstalled(f"Node {'.'.join(map(str, OLDEST_NODE))} or later is needed")


def from_pypi(name: str, requirements: Sequence[str]) -> Path:
    """Make a virtual environment with these requirements, once; return its folder of programs."""
    folder = FOLDER / name
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    done = folder / ".installed"
    wanted = "\n".join(requirements)
    if not done.exists() or done.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        FOLDER.mkdir(parents=True, exist_ok=True)
        venv.create(folder, with_pip=True)
        pip = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _run([*pip, *requirements], FOLDER)
        done.write_text(wanted, encoding="utf-8")
    return programs


def _run(command: Sequence[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        raise NotInstalled(f"{Path(command[0]).name} could not install what is pinned: {done.stderr.strip()[-300:]}")
