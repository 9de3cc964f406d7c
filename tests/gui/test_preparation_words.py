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


def is_code(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(re.fullmatch(r"[a-z_]+", node.value))


def reasons() -> set[str]:
    """Give every reason that an error of a preparation may have: a keyword, an attribute, or a row of a table."""
    found: set[str] = set()
    for tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "reason" and is_code(node.value):
                found.add(node.value.value)  # type: ignore[attr-defined]
            elif (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") in ("_Right", "Why")
                and is_code(node.args[0])
            ):
                found.add(node.args[0].value)  # type: ignore[attr-defined]
            elif isinstance(node, ast.Tuple) and len(node.elts) == 4 and is_code(node.elts[1]):
                found.add(node.elts[1].value)  # type: ignore[attr-defined]
            elif (
                isinstance(node, ast.Assign)
                and isinstance(node.targets[0], ast.Tuple)
                and isinstance(node.value, ast.Tuple)
            ):
                pairs = zip(node.targets[0].elts, node.value.elts, strict=False)
                found |= {v.value for t, v in pairs if getattr(t, "attr", "") == "reason" and is_code(v)}  # type: ignore[attr-defined]
            elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and is_code(node.value.elts[0]):
                found.add(node.value.elts[0].value)  # type: ignore[attr-defined]
    return found


def notices() -> set[str]:
    """Give the code of every notice of a preparation."""
    calls = (node for tree in sources() for node in ast.walk(tree) if isinstance(node, ast.Call))
    named = (call for call in calls if getattr(call.func, "id", "") == "Notice")
    return {call.args[1].value for call in named if is_code(call.args[1])}  # type: ignore[attr-defined]


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
        told = refusal_words.explained(kind("Raw words.", "Raw advice."))
        assert "Raw" not in told.happened + told.what_to_do, kind
        translated(language, told.happened, refusal_words.CODES[kind.code].happened)


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
