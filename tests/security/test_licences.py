"""What the program is shipped with: each library, with a licence that allows it, as docs/dependencies.md says."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

TABLE = Path(__file__).parents[2] / "docs" / "dependencies.md"
FIT = re.compile(r"\b(MIT|BSD|Apache|ISC|MPL|Mozilla|PSF|PSFL|Python Software Foundation|LGPL|OSI Approved)\b")
"""Licences under which a library may be shipped beside a program of another licence, as these packages name them."""


def shipped() -> dict[str, metadata.Distribution]:
    """Give what is installed of the program's libraries, and of theirs, on this system."""
    found: dict[str, metadata.Distribution] = {}
    wanted = ["disf-desktop"]
    while wanted:
        name = canonicalize_name(wanted.pop())
        if name in found:
            continue
        found[name] = metadata.distribution(name)
        for line in found[name].requires or ():
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                wanted.append(needed.name)
    return {name: each for name, each in sorted(found.items()) if name != "disf-desktop"}


def listed() -> dict[str, str]:
    rows = re.findall(r"^\| ([\w.-]+) \| ([^|]+) \|$", TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: licence.strip() for name, licence in rows if name != "Library"}


def said_by(library: metadata.Distribution) -> str:
    told = library.metadata
    classifiers = [each for each in told.get_all("Classifier") or () if each.startswith("License ::")]
    named = [*(told.get_all("License-Expression") or ()), *(told.get_all("License") or ())]
    return " ".join([*(each[:80] for each in named), *classifiers])


@pytest.mark.parametrize("name", shipped())
def test_each_library_may_be_shipped_and_is_listed_with_its_licence(name: str) -> None:
    said = said_by(shipped()[name])
    assert FIT.search(said), f"{name}: {said!r}"
    assert FIT.search(listed()[name]), f"{name} is listed with another licence"
