"""The in-memory workspace has the verbs of the real one, asked in the same way."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from disf_desktop.workspace import Workspace
from tests.gui.fakes import FakeWorkspace


def verbs(kind: type) -> dict[str, Callable[..., Any]]:
    """Give the public functions of a class, those of its bases too."""
    return {name: verb for name, verb in inspect.getmembers(kind, inspect.isroutine) if not name.startswith("_")}


def asked(verb: Callable[..., Any]) -> list[tuple[str, Any]]:
    """Give what a verb is asked with: the defaults, and the names of what may be left out or must be named."""
    wanted = [p for p in inspect.signature(verb).parameters.values() if p.name != "self"]
    return [("" if p.kind is not p.KEYWORD_ONLY and p.default is p.empty else p.name, p.default) for p in wanted]


@pytest.mark.parametrize("name", sorted(verbs(FakeWorkspace)))
def test_each_verb_of_the_fake_is_one_of_the_real_workspace(name: str) -> None:
    real = verbs(Workspace).get(name)
    assert real is not None, "the real workspace has no such verb"
    assert asked(verbs(FakeWorkspace)[name]) == asked(real)
