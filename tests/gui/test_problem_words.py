"""Each sentence of the core about a project file has its words at the window, in both languages."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import disf_desktop
from disf_desktop.core import mapping_problems, trigger_rules
from disf_desktop.core.errors import InOrg, Problem
from disf_desktop.gui import languages
from disf_desktop.gui.words.problem_words import PROBLEMS, form_of, known, problem_said

HOUSE = Path(disf_desktop.__file__).parent
AT_THE_WINDOW = (
    "core",
    "workspace/check.py",
    "gui/models/pairs.py",
    "services/transport.py",
    "services/connections.py",
)


def sentence(node: ast.expr) -> str | None:
    """Give a sentence of the source with something in each of its places; None where it is made elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "something" for part in node.values)
    return None


def sentences() -> list[str]:
    """Give every sentence that the core puts into a problem."""
    found = []
    for path in sorted(HOUSE.rglob("*.py")):
        if not path.relative_to(HOUSE).as_posix().startswith(AT_THE_WINDOW):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Problem" and len(node.args) > 1:
                said = sentence(node.args[1])
                if said is not None:
                    found.append(said)
    tables = (trigger_rules._NOT_OF_A_TABLE, trigger_rules._NOT_OF_TYPE_A, trigger_rules._NOT_OF_TYPE_B)
    found += [message for table in tables for message, _ in table.values()]
    found += [message for _, message in mapping_problems._TRANSFORMS.values()]
    return sorted(set(found))


def test_every_sentence_of_the_core_is_known_at_the_window() -> None:
    unknown = [said for said in sentences() if known(said) is None]
    assert not unknown


def test_no_words_are_kept_for_what_nobody_says() -> None:
    used = {form_of(found[0]) for said in sentences() if (found := known(said))}
    made_of_parts = {
        "{0} has room for {1} characters; {2} are needed.",
        "{0} is not an external id with unique values: a person could be created twice.",
        "{0} is a consent. No consent is ever written to Dialog Insight.",
        "{0} is paired with a Salesforce field already.",
        "{0} is a consent. Consents travel from Dialog Insight to Salesforce only.",
        "{0} is a consent. Consents travel from Dialog Insight to Salesforce only, as opt-ins.",
        "The default of {0} {1}",
        "The filter of {0} cannot be used: {1}.",
        "There is no integration “{0}”.",
    }
    assert {form_of(words) for words in PROBLEMS} - used <= made_of_parts


@pytest.mark.parametrize("language", [languages.Language.ENGLISH, languages.Language.FRENCH])
def test_a_problem_keeps_its_names_in_both_languages(qapp: QApplication, language: languages.Language) -> None:
    languages.speak(qapp, language)
    happened, what_to_do = problem_said(
        Problem("integrations[0].mapping.pairs", "Dialog Insight requires Courriel, and nothing is paired with it.", "")
    )
    assert "Courriel" in happened
    assert what_to_do


def test_a_problem_is_said_in_french(qapp: QApplication) -> None:
    languages.speak(qapp, languages.Language.FRENCH)
    said, _ = problem_said(Problem("", "No trigger is ticked, so nothing would move.", ""))
    assert said == "Aucun déclencheur n’est coché, donc rien ne bougerait."


def test_what_is_not_known_is_said_as_it_came() -> None:
    assert problem_said(Problem("", "Something new.", "Do this.")) == ("Something new.", "Do this.")


def test_a_field_that_a_preparation_makes_or_leaves_alone_is_said_so() -> None:
    message, in_org = "There is no field “New__c” in the object Contact.", InOrg("prod", "Contact.New__c")
    _, what_to_do = problem_said(Problem("", message, "Choose one.", in_org))
    assert what_to_do.startswith("Prepare Salesforce to have it made")
    _, what_to_do = problem_said(Problem("", "New__c cannot hold a consent.", "", replace(in_org, left_alone=True)))
    assert "is left alone" in what_to_do
    assert "Prepare" not in problem_said(Problem("", message, ""))[1]
