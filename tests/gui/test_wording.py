"""What is said to the person for each code, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from disf_desktop.core import errors
from disf_desktop.core.consent import Rule
from disf_desktop.core.errors import AuthorizationNeeded, DisfError
from disf_desktop.core.events import Notice, Progress, RunState, Stage
from disf_desktop.core.history import SetAsideRecord
from disf_desktop.core.importing.rows import RowProblem, RowReason
from disf_desktop.core.project import ConflictPolicy, Deletes, Direction, OnDelete, OptinPair
from disf_desktop.core.refusals import Reason, Refusal, explain
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.core.verdict import Ground, Verdict
from disf_desktop.gui import languages
from disf_desktop.gui.models.facts import Run, RunKind
from disf_desktop.gui.words import choices, field_words, figures, import_words, reasons, run_words, verdicts, wording

FIGURES = {"length": 19, "limit": 10, "count": 3, "decimals": 4}


@pytest.fixture
def french(qapp: QApplication) -> Iterator[None]:
    languages.speak(qapp, languages.Language.FRENCH)
    yield
    languages.speak(qapp, languages.Language.ENGLISH)


def record(code: str, parameters: dict[str, int], side: Side = Side.DIALOG_INSIGHT) -> SetAsideRecord:
    return SetAsideRecord(
        1, "C", side.value, "003", "Source", code, "own words", "own advice", parameters, "", "", "", 1
    )


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("reason", list(Reason))
def test_a_refusal_is_said_in_english_as_the_engine_says_it(reason: Reason, side: Side) -> None:
    expected = explain(Refusal(reason, tuple(FIGURES.items())), "Source", side)
    assert tuple(t.format(field="Source", **FIGURES) for t in wording.REFUSALS[reason.value, side]) == expected
    assert wording.set_aside_said(record(reason.value, FIGURES, side)) == ("own words", "own advice")
    assert reasons.reason_short(reason.value, side) != reason.value.replace("_", " ")


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("reason", list(Reason))
def test_a_refusal_is_said_in_french(french: None, reason: Reason, side: Side) -> None:
    happened, what_to_do = wording.set_aside_said(record(reason.value, FIGURES, side))
    english = explain(Refusal(reason, tuple(FIGURES.items())), "Source", side)
    assert "{" not in happened + what_to_do
    assert "own" not in happened + what_to_do
    assert happened != english[0]
    assert what_to_do != english[1]


def test_a_code_that_nobody_knows_is_said_in_its_own_words(french: None) -> None:
    assert wording.set_aside_said(record("E-4711", {})) == ("own words", "own advice")


def test_figures_that_are_missing_leave_the_own_words(french: None) -> None:
    assert wording.set_aside_said(record("too_long", {})) == ("own words", "own advice")


def given(ground: Ground) -> list[Verdict]:
    figures = tuple(FIGURES.items())
    return [Verdict(ground, figures, to, of_two) for to in Side for of_two in (False, True)]


@pytest.mark.parametrize("verdict", [v for ground in Ground for v in given(ground)], ids=str)
def test_a_verdict_is_said_in_english_as_the_core_says_it(verdict: Verdict) -> None:
    assert verdicts.verdict(verdict) == verdict.message


@pytest.mark.parametrize("verdict", [v for ground in Ground for v in given(ground)], ids=str)
def test_a_verdict_is_said_in_french(french: None, verdict: Verdict) -> None:
    said = verdicts.verdict(verdict)
    assert said != verdict.message
    assert "{" not in said
    assert "Toward" not in said


def every_error() -> list[type[DisfError]]:
    kinds = [k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, DisfError)]
    return [k for k in kinds if k is not DisfError]


@pytest.mark.parametrize("kind", every_error())
def test_every_error_has_words_in_french(french: None, kind: type[DisfError]) -> None:
    error = DisfError("English words.", "English advice.")
    error.code = kind.code
    happened, what_to_do = wording.error_said(error)
    assert "English" not in happened + what_to_do


def test_an_error_is_said_in_english_in_its_own_words() -> None:
    error = AuthorizationNeeded("Dialog Insight refuses this key.", "Copy it again.", "di", "code 12, request 99")
    assert wording.error_said(error) == ("Dialog Insight refuses this key.", "Copy it again.")
    assert "code 12, request 99" in wording.error_details(error)


@pytest.mark.parametrize("kind", list(FieldType))
def test_every_type_of_field_has_a_word(kind: FieldType) -> None:
    assert field_words.field_type(Field("x", "X", kind))


def test_a_type_is_written_with_its_size() -> None:
    assert field_words.field_type(Field("x", "X", FieldType.DECIMAL, precision=9, scale=2)) == "number (9, 2)"
    assert field_words.field_type(Field("x", "X", FieldType.TEXT, 40)) == "text (40)"
    assert field_words.field_type(Field("x", "X", FieldType.CHOICE, choices=("a", "b"))) == "list · 2"


@pytest.mark.parametrize(
    ("n", "english", "french_words"),
    [
        (0, "0 records", "0 enregistrement"),
        (1, "1 record", "1 enregistrement"),
        (1204, "1,204 records", "1\u00a0204 enregistrements"),
    ],
)
def test_a_count_takes_the_plural_of_its_language(qapp: QApplication, n: int, english: str, french_words: str) -> None:
    assert figures.counts.records(n) == english
    languages.speak(qapp, languages.Language.FRENCH)
    assert figures.counts.records(n) == french_words


def test_numbers_and_times_follow_the_language(qapp: QApplication) -> None:
    assert (figures.number(1234567), figures.number(0.5), figures.duration(75)) == ("1,234,567", "0.5", "1 min 15 s")
    languages.speak(qapp, languages.Language.FRENCH)
    assert (figures.number(1234567), figures.number(0.5)) == ("1\u00a0234\u00a0567", "0,5")


@pytest.mark.parametrize("code", list(wording.NOTICES))
def test_a_notice_is_said_in_french_and_one_that_nobody_knows_in_its_own_words(french: None, code: str) -> None:
    known = wording.notice_said(Notice("Contacts", code, "own words", "own advice"))
    assert "own" not in " ".join(known)
    assert wording.notice_said(Notice("Contacts", "weather", "own words", "own advice")) == ("own words", "own advice")


def test_a_notice_is_said_in_english_in_its_own_words() -> None:
    told = Notice("Contacts", "audited", "own words", "own advice")
    assert wording.notice_said(told) == ("own words", "own advice")


@pytest.mark.parametrize("rule", [*ConflictPolicy, *Rule], ids=str)
def test_every_rule_of_a_preview_has_words(rule: ConflictPolicy | Rule) -> None:
    assert reasons.rule_said(rule.value) != rule.value.replace("_", " ")


@pytest.mark.parametrize("policy", list(ConflictPolicy))
@pytest.mark.parametrize("way", list(Direction))
def test_every_choice_of_a_pair_has_words_in_french(french: None, policy: ConflictPolicy, way: Direction) -> None:
    french_rule, french_way = choices.conflict_rule(policy), choices.direction(way)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    languages.speak(application, languages.Language.ENGLISH)
    assert choices.conflict_rule(policy) != french_rule
    assert choices.direction(way) != french_way


def test_what_an_opt_in_becomes_is_written_for_each_kind_of_field() -> None:
    pair = OptinPair(optin="N", target="T__c")
    assert choices.optin_values(pair, True) == "ticked / not ticked / left as it is"
    inverted = pair.model_copy(update={"inverted": True})
    assert choices.optin_values(inverted, True) == "not ticked / ticked / left as it is"
    words = pair.model_copy(update={"subscribed": "Yes", "unsubscribed": "No", "neutral": "Unknown"})
    assert choices.optin_values(words, False) == "“Yes” / “No” / “Unknown”"
    assert choices.optin_values(words, None) == "“Yes” / “No” / “Unknown”"


def test_a_delete_in_salesforce_is_never_said_to_delete_in_dialog_insight() -> None:
    assert "nothing is deleted in Dialog Insight" in choices.deletes(Deletes(field="Gone"))
    assert "keeps the contact as it is" in choices.deletes(Deletes())
    assert choices.deletes(Deletes(on_delete=OnDelete.IGNORE)) == "Ignored"


def a_run_at(stage: Stage, sent: int) -> Run:
    told = Progress("Contacts", stage, Side.DIALOG_INSIGHT, 0, 100, sent=sent)
    return Run(RunKind.SYNC, None, state=RunState().after(told))


def test_a_stop_is_said_to_leave_everything_only_while_nothing_can_have_left(qapp: QApplication) -> None:
    assert "Nothing is written yet" in run_words.stop_said(a_run_at(Stage.PLAN, 0))
    assert "on their way" in run_words.stop_said(a_run_at(Stage.APPLY, 0))
    assert "200" in run_words.stop_said(a_run_at(Stage.APPLY, 200))


@pytest.mark.parametrize("reason", list(RowReason))
def test_every_reason_of_a_row_is_said_in_both_languages(reason: RowReason, qapp: QApplication) -> None:
    figures_of_it = tuple((name, 3) for name in ("cells", "width", "lines", "limit", "row", "count"))
    problem = RowProblem(7, "Courriel", "EMail", reason.value, figures_of_it)
    said = []
    for language in (languages.Language.ENGLISH, languages.Language.FRENCH):
        languages.speak(qapp, language)
        said.append((import_words.reason_short(reason.value), import_words.problem_of_row(problem)))
    languages.speak(qapp, languages.Language.ENGLISH)
    assert all(words != reason.value for pair in said for words in pair)
    assert said[0] != said[1]
