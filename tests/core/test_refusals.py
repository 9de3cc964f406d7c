from __future__ import annotations

import pytest

from disf_desktop.core.refusals import Reason, Refusal, explain, has_decimals, out_of_range, too_long

FIGURES = {
    Reason.TOO_LONG: too_long(12, 10),
    Reason.OUT_OF_RANGE: out_of_range(9),
    Reason.HAS_DECIMALS: has_decimals(3, 2),
    Reason.SEVERAL_CHOICES: Refusal(Reason.SEVERAL_CHOICES, (("count", 2),)),
}


@pytest.mark.parametrize("reason", Reason)
def test_every_refusal_is_said_in_words_with_its_figures(reason: Reason) -> None:
    refusal = FIGURES.get(reason, Refusal(reason))
    message, what_to_do = explain(refusal, "Email {of} Ann")
    assert "{of}" in message or reason is Reason.TARGET_GONE
    assert message.endswith(".")
    assert what_to_do.endswith(".")
    assert all(str(figure) in message for _, figure in refusal.figures)
    assert "{" not in message.replace("{of}", "") + what_to_do


def test_a_refused_length_is_said_in_plain_words() -> None:
    assert explain(too_long(12, 10), "City") == (
        "City has 12 characters; Dialog Insight accepts 10.",
        "Shorten it in Salesforce, lengthen the field in Dialog Insight, or let this pair cut the text.",
    )


def test_a_refused_key_is_said_in_plain_words() -> None:
    message, _ = explain(Refusal(Reason.KEY_MISSING), "Email")
    assert message == "Email is empty; without it Dialog Insight cannot tell who this is."


def test_codes_are_the_ones_that_scripts_rely_on() -> None:
    assert {reason.value for reason in Reason} >= {
        "email",
        "too_long",
        "key_missing",
        "required_missing",
        "not_a_number",
        "not_a_date",
        "not_a_time",
        "not_a_boolean",
        "out_of_range",
        "has_decimals",
        "not_a_choice",
        "several_choices",
        "not_an_id",
        "unreadable",
        "parent_missing",
        "key_changed",
    }
