"""Opt-in pairs: what is wrong with them, what they write to Salesforce and read from it."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.errors import SettingsError
from disf_desktop.core.optins import CompiledOptin, Reading, problems
from disf_desktop.core.project import OptinPair
from disf_desktop.core.refusals import Reason, Refusal
from tests.core.consents import DIALOG_INSIGHT, INVERTED, PAIRS, PLAIN, SALESFORCE, WORDS, WORDS_ONLY, compiled


def a_pair(**members: Any) -> OptinPair:
    members.setdefault("optin", "Newsletter")
    members.setdefault("target", "Newsletter__c")
    return OptinPair(**members)


def worded(**members: Any) -> OptinPair:
    return a_pair(**{"target": "Answer__c", "subscribed": "Yes", "unsubscribed": "No", **members})


def said(*pairs: OptinPair) -> dict[str, str]:
    found = problems(pairs, SALESFORCE, DIALOG_INSIGHT, "integrations[0].optins")
    return {p.path.removeprefix("integrations[0].optins"): f"{p.message} {p.what_to_do}" for p in found}


def test_right_pairs_have_no_problem() -> None:
    assert not said(
        a_pair(date_target="Since__c", source_target="Source__c"),
        a_pair(optin="Promotions", target="HasOptedOutOfEmail", inverted=True, date_target="Day__c"),
        worded(optin="Events", source_target="Story__c"),
    )


def test_an_unknown_opt_in_is_named_with_the_one_that_was_meant() -> None:
    assert "“Promotions”" in said(a_pair(optin="Promotion"))["[0].optin"]
    assert "from the list" in said(a_pair(optin="zzz"))["[0].optin"]
    bare = problems([a_pair()], SALESFORCE, SALESFORCE, "optins")
    assert "Create the opt-in" in bare[0].what_to_do


def test_an_opt_in_is_known_in_any_case_of_letters_and_written_as_dialog_insight_does() -> None:
    optins = compiled(a_pair(optin="NEWSLETTER", target="newsletter__C"))
    assert list(optins.pairs) == ["Newsletter"]
    assert optins.sources == ("Newsletter__c",)


@pytest.mark.parametrize(
    ("pair", "path", "words"),
    [
        (a_pair(target="Newslettr__c"), ".target", "“Newsletter__c”"),
        (a_pair(target="zzzzz"), ".target", "from the list"),
        (a_pair(target="Formula__c"), ".target", "cannot be written"),
        (a_pair(target="Locked__c"), ".target", "Locked__c cannot be written"),
        (a_pair(target="Number__c"), ".target", "cannot hold a consent"),
        (a_pair(subscribed="Yes"), ".subscribed", "is a checkbox"),
        (a_pair(neutral="Never"), ".neutral", "is a checkbox"),
        (worded(inverted=True), ".inverted", "no checkbox"),
        (worded(target="Words__c", subscribed=None), ".subscribed", "needs a word"),
        (worded(unsubscribed=" "), ".unsubscribed", "needs a word"),
        (worded(neutral=" "), ".neutral", "empty"),
        (worded(target="Words__c", unsubscribed="yes"), ".unsubscribed", "two meanings"),
        (worded(subscribed="Yess"), ".subscribed", "“Yes”"),
        (worded(target="Words__c", neutral="Never answered"), ".neutral", "12 characters"),
        (a_pair(date_target="Source__c"), ".date_target", "no date"),
        (a_pair(source_target="Short__c"), ".source_target", "14 characters"),
        (a_pair(source_target="Answer__c"), ".source_target", "14 characters"),
        (worded(target="Source__c", source_target="source__C"), ".source_target", "written by another"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(pair: OptinPair, path: str, words: str) -> None:
    found = said(pair)
    assert list(found) == [f"[0]{path}"]
    assert words in found[f"[0]{path}"]


def test_a_list_without_values_accepts_no_word() -> None:
    field = SALESFORCE.fields["Answer__c"]
    bare = type(SALESFORCE)(
        SALESFORCE.side, "Contact", "", {"Answer__c": type(field)("Answer__c", "", field.type, restricted=True)}
    )
    found = problems([worded()], bare, DIALOG_INSIGHT, "optins")
    assert all("Add the word" in p.what_to_do for p in found)
    assert len(found) == 2


def test_two_consents_are_never_made_one() -> None:
    found = said(a_pair(), a_pair(optin="Promotions", target="newsletter__c"))
    assert "never made one" in found["[1].target"]
    assert "used twice" in said(a_pair(), worded(optin="newsletter"))["[1].optin"]


def test_wrong_pairs_do_not_compile() -> None:
    with pytest.raises(SettingsError) as caught:
        compiled(a_pair(optin="zzz"), a_pair(optin="Events", target="yyy"))
    assert len(caught.value.problems) == 2


def test_no_pair_is_nothing_to_do() -> None:
    assert not compiled()
    assert compiled(a_pair())


@pytest.mark.parametrize(
    ("pair", "value", "reading"),
    [
        (INVERTED, True, Reading.OPTED_OUT),
        (INVERTED, False, Reading.NONE),
        (INVERTED, None, Reading.NONE),
        (PLAIN, True, Reading.OPTED_IN),
        (PLAIN, False, Reading.NONE),
        (PLAIN, None, Reading.NONE),
        (PLAIN, "Yes", Reading.UNREADABLE),
        (PLAIN, Refusal(Reason.UNREADABLE), Reading.UNREADABLE),
        (WORDS, "No", Reading.OPTED_OUT),
        (WORDS, " nO ", Reading.OPTED_OUT),
        (WORDS, "yes", Reading.OPTED_IN),
        (WORDS, None, Reading.NONE),
        (WORDS, "never ASKED", Reading.NONE),
        (WORDS_ONLY, "Never asked", Reading.UNREADABLE),
        (WORDS, "Maybe", Reading.UNREADABLE),
        (WORDS, ("Yes", "No"), Reading.UNREADABLE),
        (WORDS, Refusal(Reason.UNREADABLE), Reading.UNREADABLE),
    ],
)
def test_a_salesforce_value_is_read(pair: CompiledOptin, value: Any, reading: Reading) -> None:
    assert pair.read(value) is reading


@given(st.sampled_from(PAIRS), st.booleans())
def test_what_is_written_is_read_back_as_far_as_the_field_can_say_it(pair: CompiledOptin, state: bool) -> None:
    meant = Reading.OPTED_IN if state else Reading.OPTED_OUT
    says = pair.says_in if state else pair.says_out
    assert pair.read(pair.write(state, None)[pair.target]) is (meant if says else Reading.NONE)


def test_neutral_is_written_only_where_a_word_is_given() -> None:
    assert WORDS.write(None, None) == {"Words__c": "Never asked"}
    with pytest.raises(AssertionError):
        PLAIN.write(None, None)


def test_an_accent_counts_however_it_is_typed() -> None:
    typed = "De\u0301sabonne\u0301"
    pair = compiled(worded(unsubscribed=typed))["Newsletter"]
    assert pair.write(False, None) == {"Answer__c": "D\u00e9sabonn\u00e9"}
    assert pair.read("d\u00e9sabonn\u00e9") is Reading.OPTED_OUT


def test_the_date_and_the_source_go_along() -> None:
    optins = compiled(
        a_pair(date_target="Since__c", source_target="Source__c"),
        worded(optin="Events", date_target="Day__c", source_target="Story__c"),
        zone=ZoneInfo("America/Toronto"),
        project="Our newsletter",
    )
    assert optins["Newsletter"].write(True, "2026-03-02T02:30:00Z") == {
        "Newsletter__c": True,
        "Since__c": "2026-03-02T02:30:00Z",
        "Source__c": "Dialog Insight, Our",
    }
    assert optins["Events"].write(False, "2026-03-02T02:30:00Z") == {
        "Answer__c": "No",
        "Day__c": "2026-03-01",
        "Story__c": "Dialog Insight, Our newsletter",
    }


def test_a_date_that_is_not_known_empties_its_field() -> None:
    pair = compiled(a_pair(date_target="Since__c", source_target="Source__c"))["Newsletter"]
    assert pair.write(False, None) == {"Newsletter__c": False, "Since__c": None, "Source__c": "Dialog Insight"}


def test_a_record_is_read_for_the_fields_that_are_given() -> None:
    optins = compiled(a_pair(), worded(optin="Events"))
    assert optins.readings({"Newsletter__c": True, "Other": 1}) == {"Newsletter": Reading.OPTED_IN}
