"""Project files and secrets files that somebody made to do harm, or a disk has spoilt: a value or a typed error.

`DISF_FUZZ` says how many of each kind are tried (40 here); `HYPOTHESIS=explore` tries others each time.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from disf_desktop.core.errors import SettingsError, VaultUnavailable
from disf_desktop.core.project_rules import problems_of
from disf_desktop.storage import project_file
from disf_desktop.storage.vault import FileVault
from tests.security.hostile import spoilt

SEED_FILE = Path(__file__).parents[2] / "resources" / "simulator" / "seed" / "project.yaml"
EXAMPLES = int(os.environ.get("DISF_FUZZ", "40"))
GROWTH_KB = 300_000


def right_project() -> dict[str, Any]:
    project: dict[str, Any] = yaml.safe_load(SEED_FILE.read_text(encoding="utf-8"))
    project["id"] = "2f6d3d5e-6c7a-4a52-9a0e-0d8c9c4f1a11"
    project["connections"][0] |= {"login_url": "https://acme.example", "client_id": "3MVG9exampleexample"}
    project["connections"][1]["root_url"] = "https://di.example/webservices/ofc4/"
    return project


def read(content: bytes) -> object:
    """Read a project file, judge it, and say what became of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hostile.disf.yaml"
        path.write_bytes(content)
        try:
            project, problems = project_file.read(path)
        except SettingsError as error:
            return error
        return [*problems, *problems_of(project)]


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    """Hold that no test here makes this process grow beyond measure."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown / (1024 if sys.platform == "darwin" else 1) < GROWTH_KB


def test_the_right_file_is_read() -> None:
    assert read(yaml.safe_dump(right_project(), allow_unicode=True).encode()) == []


@settings(max_examples=EXAMPLES)
@given(st.integers(), st.integers(1, 4), st.booleans())
def test_a_project_file_with_anything_anywhere_is_read_or_refused_in_our_words(
    seed: int, times: int, as_json: bool
) -> None:
    spoilt_project = spoilt(right_project(), random.Random(seed), times)
    text = json.dumps(spoilt_project) if as_json else yaml.safe_dump(spoilt_project, allow_unicode=True)
    read(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=EXAMPLES)
@given(st.integers())
def test_a_project_file_with_spoilt_bytes_is_read_or_refused_in_our_words(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(SEED_FILE.read_bytes())
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(content))
        junk = chance.choice(
            (b"\0", b"\xff", b"&a ", b"*a ", b"!!python/object ", b"\t", b": ", b"- ", b"'", b"{[", b"\x85")
        )
        content[at : at + chance.randrange(3)] = junk
    read(bytes(content))


def bomb() -> bytes:
    lines = ["version: 1", "a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    "content",
    [
        bomb(),
        b"version: 1\na: &a [*a]\n",
        b"[" * 200_000,
        b"{a: " * 200_000,
        b"- " * 200_000,
        b"!!python/object/apply:os.system ['true']",
        b"!!binary aGVsbG8=",
        b"version: " + b"9" * 100_000,
        b"version: 0x" + b"f" * 100_000,
        b"version: 1\nversion: 1\n",
        b"version: 1\n" + b"a: 1\n" * 100_000,
        b"? [a, b]\n: c\n",
        b"\xff\xfe" + "version: 1".encode("utf-16-le"),
        b"\0" * 1000,
        b"version: 1\nid: \x00\n",
        b"version: 1\nname: \xed\xa0\x80\n",
        b"x" * (64 * 2**20),
        b"",
        b"---\n---\n",
        b"%YAML 9.9\n---\nversion: 1\n",
    ],
    ids=lambda content: repr(content[:24]),
)
def test_a_file_that_was_made_to_do_harm_is_refused(content: bytes) -> None:
    refused = read(content)
    assert isinstance(refused, SettingsError)
    assert refused.problems


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    loop, endless, folder = tmp_path / "loop", tmp_path / "endless", tmp_path / "folder"
    loop.symlink_to(loop)
    endless.symlink_to("/dev/zero")
    folder.mkdir()
    for each in (loop, endless, folder, tmp_path / "missing", tmp_path / ("n" * 300)):
        with pytest.raises(SettingsError):
            project_file.read(each)


def test_no_word_about_a_wrong_file_repeats_a_value_of_it() -> None:
    project = right_project()
    project["connections"][0]["client_secret"] = "canary-7d1e"
    project["connections"][1]["key"] = "canary-7d1e"
    project["integrations"][0]["object"] = ["canary-7d1e"]
    for content in (yaml.safe_dump(project).encode(), yaml.safe_dump(project).encode() + b"\n  canary-7d1e: [\n"):
        told = read(content)
        assert isinstance(told, SettingsError)
        assert "canary" not in str(told)
        assert "canary" not in repr(told.problems)


def secrets(change: Callable[[Path], object]) -> None:
    """Read and change a secrets file that was made by somebody else."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "secrets.yaml"
        path.touch(mode=0o600)
        change(path)
        acts: tuple[Callable[[FileVault], object], ...] = (
            lambda vault: vault.get("sf", "refresh_token"),
            lambda vault: vault.put("sf", "refresh_token", "new"),
        )
        for act in acts:
            told = ""
            try:
                act(FileVault(path))
            except VaultUnavailable as error:
                told = f"{error} {error!r}"
            assert "canary" not in told


@settings(max_examples=EXAMPLES)
@given(st.integers(), st.booleans())
def test_a_secrets_file_with_anything_anywhere_is_read_or_refused_without_a_word_of_it(
    seed: int, as_json: bool
) -> None:
    right = {"sf": {"refresh_token": "canary-token", "ledger": "canary-key"}, "di": {"key": "canary-key"}}
    wrong = spoilt(right, random.Random(seed), 2)
    text = json.dumps(wrong) if as_json else yaml.safe_dump(wrong)
    secrets(lambda path: path.write_bytes(text.encode("utf-8", "surrogatepass")))


@pytest.mark.parametrize(
    "content", [bomb(), b"[" * 200_000, b"\0", b"\xff\xfe", b"x" * (64 * 2**20), b"!!python/name:os"]
)
def test_a_secrets_file_that_was_made_to_do_harm_is_refused(content: bytes) -> None:
    secrets(lambda path: path.write_bytes(content))
