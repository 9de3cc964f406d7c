"""Every code of a preparation has its words at the window, in both languages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import disf_desktop
from disf_desktop.core import preparation_errors
from disf_desktop.core.errors import DisfError, LedgerIsBusy, Stopped
from disf_desktop.core.events import Notice
from disf_desktop.core.preparation import Component, ComponentKind, ComponentState
from disf_desktop.core.preparation_fit import Conflict
from disf_desktop.core.preparation_spec import FieldKind, FieldSpec
from disf_desktop.core.preparation_wanted import Purpose
from disf_desktop.gui import languages
from disf_desktop.gui.models.preparing import PrepareStep
from disf_desktop.gui.words import preparation_refusal_words as refusal_words
from disf_desktop.gui.words import preparation_words as words

HOUSE = Path(disf_desktop.__file__).parent
SAID = ("workspace/prepar*.py", "services/salesforce/setup_refusals.py", "services/salesforce/packages.py")
LANGUAGES = (languages.Language.ENGLISH, languages.Language.FRENCH)


def sources() -> list[ast.Module]:
    """Give the source of all that raises errors and gives notices of a preparation."""
    return [ast.parse(path.read_text(encoding="utf-8")) for pattern in SAID for path in sorted(HOUSE.glob(pattern))]


def code(node: ast.AST | None) -> str:
    """Give the code that a constant of the source is; "" where it is none."""
    said = node.value if isinstance(node, ast.Constant) else None
    return said if isinstance(said, str) and re.fullmatch(r"[a-z]+(_[a-z]+)*", said) else ""


def reasons() -> set[str]:
    """Give every reason that an error of a preparation may have: a keyword, an attribute, or a row of a table."""
    found = set()
    for tree in sources():
        for node in ast.walk(tree):
            match node:
                case ast.keyword(arg="reason", value=value):
                    found.add(code(value))
                case ast.Call(func=ast.Name(id="_Right" | "Why"), args=[first, *_]):
                    found.add(code(first))
                case ast.Tuple(elts=[ast.Constant(), second, ast.Constant(), ast.Constant()]):
                    found.add(code(second))
                case ast.Return(value=ast.Tuple(elts=[first, *_])):
                    found.add(code(first))
                case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                    told = zip(names, values, strict=False)
                    found |= {code(value) for name, value in told if getattr(name, "attr", "") == "reason"}
    return found - {""}


def notices() -> set[str]:
    """Give the code of every notice of a preparation."""
    calls = (node for tree in sources() for node in ast.walk(tree) if isinstance(node, ast.Call))
    named = (call for call in calls if getattr(call.func, "id", "") == "Notice")
    return {code(call.args[1]) for call in named} - {""}


def component(**members: object) -> Component:
    known = Component("Contact.Made__c", ComponentKind.FIELD, "Contact", "Made__c", Purpose.PAIR, "Points")
    return Component(**{name: members.get(name, getattr(known, name)) for name in known.__slots__})  # type: ignore[arg-type]


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, qapp: QApplication) -> languages.Language:
    languages.speak(qapp, request.param)
    chosen: languages.Language = request.param
    return chosen


def translated(language: languages.Language, said: str, english: str) -> None:
    """Check that a text is there, and in French another one than in English."""
    assert said
    assert (said != english) == (language is languages.Language.FRENCH), said


def test_the_reasons_and_notices_are_found_in_the_source() -> None:
    assert {"right_look", "limit_fields", "deploy_locked", "name_conflict", "uninstall_first", "refused"} <= reasons()
    assert {"under_way", "no_types", "not_given", "two_integrations"} <= notices()


def test_every_conflict_is_said(language: languages.Language) -> None:
    for each in Conflict:
        for text in words.CONFLICTS[each]:
            translated(language, words._said(text), text)


def test_every_purpose_kind_state_and_step_is_said(language: languages.Language) -> None:
    assert {words.purpose_said(component(purpose=each)) for each in Purpose}.isdisjoint({""})
    for table in (words.PURPOSES, words.STEPS, words.DOING):
        for text in table.values():
            translated(language, words._said(text), text)
    for kind in FieldKind:
        assert words.spec_said(FieldSpec(kind, 64 if "TEXT" in kind.name else 0, 9, 2))
    assert set(words.KINDS) == set(FieldKind)
    assert set(words.STATES) == set(ComponentState)
    assert set(words.STEPS) == set(words.DOING) == set(PrepareStep)


def test_every_reason_is_said(language: languages.Language) -> None:
    for reason in sorted(reasons()):
        told = refusal_words.explained(DisfError("Raw words.", "Raw advice.", reason=reason))
        assert "Raw" not in told.happened, reason
        assert told.what_to_do
        if reason in refusal_words.REASONS:
            translated(language, told.happened, refusal_words.REASONS[reason].happened)


def test_every_right_names_who_can_give_it(language: languages.Language) -> None:
    for reason, (happened, right) in refusal_words.RIGHTS.items():
        told = refusal_words.explained(DisfError("Raw.", "Raw.", reason=reason))
        translated(language, told.happened, happened)
        assert f"{right}" in told.what_to_do
        assert "admin" in told.what_to_do
        assert told.deed is refusal_words.Deed.COPY


def test_every_error_of_a_preparation_is_said(language: languages.Language) -> None:
    made = vars(preparation_errors).values()
    kinds = [each for each in made if isinstance(each, type) and issubclass(each, DisfError) and each is not DisfError]
    for kind in (*kinds, LedgerIsBusy, Stopped):
        told_of = kind("Raw words.", "Raw advice.")
        told = refusal_words.explained(told_of)
        assert "Raw" not in told.happened + told.what_to_do, kind
        translated(language, told.happened, refusal_words.CODES[told_of.code].happened)


def test_every_notice_is_said(language: languages.Language) -> None:
    for code in sorted(notices()):
        happened, what_to_do = refusal_words.notice_said(Notice("Contacts", code, "Raw words.", "Raw advice."))
        assert happened
        assert what_to_do
        if language is languages.Language.FRENCH:
            assert "Raw" not in happened + what_to_do, code


def test_no_words_are_kept_for_what_nobody_says() -> None:
    known = {*refusal_words.REASONS, *refusal_words.RIGHTS} - {"no_link"}
    assert known <= reasons()
    assert set(refusal_words.NOTICES) <= notices()
