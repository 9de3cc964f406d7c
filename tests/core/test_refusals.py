from __future__ import annotations

import pytest

from disf_desktop.core.refusals import Reason, Refusal, explain, has_decimals, out_of_range, too_long
from disf_desktop.core.schema import Side

FIGURES = {
    Reason.TOO_LONG: too_long(12, 10),
    Reason.OUT_OF_RANGE: out_of_range(9),
    Reason.HAS_DECIMALS: has_decimals(3, 2),
    Reason.SEVERAL_CHOICES: Refusal(Reason.SEVERAL_CHOICES, (("count", 2),)),
}


OF_THE_WHOLE_RECORD = {Reason.TARGET_GONE, Reason.DELETED_IN_SALESFORCE, Reason.LEAD_CONVERTED, Reason.ERASED}
OF_THE_WHOLE_RECORD |= {Reason.VANISHED}


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("reason", Reason)
def test_every_refusal_is_said_in_words_with_its_figures(reason: Reason, side: Side) -> None:
    refusal = FIGURES.get(reason, Refusal(reason))
    message, what_to_do = explain(refusal, "Email {of} Ann", side)
    assert ("{of}" in message) == (reason not in OF_THE_WHOLE_RECORD)
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


OF_BOTH = {Reason.DELETED_IN_SALESFORCE, Reason.LEAD_CONVERTED, Reason.FLAPPING, Reason.ERASED, Reason.VANISHED}


@pytest.mark.parametrize("reason", sorted(set(Reason) - OF_BOTH))
def test_the_service_that_refuses_is_named_and_the_other_one_is_where_to_correct(reason: Reason) -> None:
    refusal = FIGURES.get(reason, Refusal(reason))
    there, back = (explain(refusal, "Email", side) for side in (Side.DIALOG_INSIGHT, Side.SALESFORCE))
    assert explain(refusal, "Email") == there
    if reason not in (Reason.NOT_AN_ID, Reason.AMBIGUOUS_MATCH):
        assert "Salesforce" not in there[0]
    assert "Dialog Insight" not in back[0]
    for _, what_to_do in (there, back):
        if "Correct it in" in what_to_do or "Fill it in" in what_to_do:
            right, wrong = (
                ("Salesforce", "Dialog Insight") if what_to_do is there[1] else ("Dialog Insight", "Salesforce")
            )
            assert f"it in {right}" in what_to_do
            assert f"it in {wrong}" not in what_to_do


def test_a_value_that_salesforce_refuses_is_said_in_plain_words() -> None:
    assert explain(too_long(12, 10), "City", Side.SALESFORCE) == (
        "City has 12 characters; Salesforce accepts 10.",
        "Shorten it in Dialog Insight, or lengthen the field in Salesforce.",
    )
    assert explain(Refusal(Reason.REQUIRED_MISSING), "Last name", Side.SALESFORCE) == (
        "Last name is empty, and Salesforce requires a value.",
        "Fill it in Dialog Insight; it is then sent again by itself.",
    )


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
        "key_taken",
        "target_gone",
        "deleted_in_salesforce",
        "lead_converted",
        "ambiguous_match",
        "flapping",
        "erased",
    }
