"""The translations that ship: whole, true to the code, and French written by rule."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from disf_desktop.resources import resource

HERE = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent


def messages(file: Path) -> list[tuple[str, str, list[str], str]]:
    """Give context, source, translations and state of each message of a file."""
    found = []
    for context in ElementTree.parse(file).getroot().findall("context"):
        for message in context.findall("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = [f.text or "" for f in translation.findall("numerusform")] or [translation.text or ""]
            name, source = context.findtext("name", ""), message.findtext("source", "")
            found.append((name, source, forms, translation.get("type", "")))
    return found


FRENCH = messages(resource("translations", "disf_fr.ts"))
ALL = FRENCH + messages(resource("translations", "disf_en.ts"))


def run(tool: str, *arguments: str) -> None:
    subprocess.run([str(TOOLS / tool), *arguments], check=True, capture_output=True)


@pytest.mark.parametrize(("language", "more"), [("fr", []), ("en", ["-pluralonly"])])
def test_the_translations_hold_every_text_of_the_code_and_no_other(
    tmp_path: Path, language: str, more: list[str]
) -> None:
    shipped, fresh = resource("translations", f"disf_{language}.ts"), tmp_path / f"disf_{language}.ts"
    shutil.copy(shipped, fresh)
    sources = sorted(str(p) for p in (HERE / "disf_desktop" / "gui").rglob("*.py"))
    options = ["-locations", "none", "-no-obsolete", "-source-language", "en", "-target-language", language]
    run("pyside6-lupdate", *sources, "-ts", str(fresh), *options, *more)
    assert messages(fresh) == messages(shipped)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_compiled_translations_are_those_of_the_sources(tmp_path: Path, language: str) -> None:
    fresh = tmp_path / "fresh.qm"
    run("pyside6-lrelease", str(resource("translations", f"disf_{language}.ts")), "-qm", str(fresh))
    assert fresh.read_bytes() == resource("translations", f"disf_{language}.qm").read_bytes()


def test_every_text_is_translated() -> None:
    assert not [(c, s) for c, s, forms, state in ALL if state or not all(forms)]


def test_a_translation_has_the_same_places_for_figures_and_one_mnemonic_where_there_was_one() -> None:
    wrong = []
    for context, source, forms, _ in ALL:
        for form in forms:
            same = set(re.findall(r"\{\w*\}", source)) == set(re.findall(r"\{\w*\}", form))
            if not same or source.count("&") != form.count("&") or form.count("\n") != source.count("\n"):
                wrong.append((context, source, form))
    assert not wrong


def without_code(text: str) -> str:
    """Take away the sign of a key, and what is SOQL: a text of its own between straight apostrophes."""
    return re.sub(r"= '\w+'|\\'", "", text.replace("&", ""))


def test_french_is_written_by_rule() -> None:
    """Guillemets, spaces that do not break, typographic apostrophes, "courriel", nobody addressed as tu."""
    rules = {
        "a space that breaks before a sign": r" [:;?!»]| %(?!L)|« ",
        "no space before a colon": r"[^\s\u00a0HM]:(?!//|\S*\})",
        "quotation marks of English": r"[“”\"]",
        "a straight apostrophe": r"'",
        "e-mail": r"\be-?mail|\bE-mail",
        "tutoiement": r"(?i)\b(tu|ton|ta|tes|toi)\b",
        "please, oops, exclamation": r"(?i)s’il (vous|te) plaît|oups|!",
    }
    wrong = [
        (name, form)
        for _, _, forms, _ in FRENCH
        for form in forms
        for name, rule in rules.items()
        if re.search(rule, without_code(form))
    ]
    assert not wrong
