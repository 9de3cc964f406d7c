"""What an account was found to accept, kept as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.records import Capabilities


@given(st.booleans(), st.booleans())
def test_what_an_account_accepts_is_kept_as_text(empty: bool, since: bool) -> None:
    assert Capabilities.recalled(Capabilities(empty, since).kept()) == Capabilities(empty, since)


@pytest.mark.parametrize(
    "text",
    [
        *("", "null", "[]", "{}", '{"empty_lookup": true}', '{"empty_lookup": 1, "changed_since": true}', "{"),
        '{"empty_lookup": true, "changed_since": true, "more": true}',
    ],
)
def test_a_text_that_says_something_else_leads_to_another_probe(text: str) -> None:
    assert Capabilities.recalled(text) is None
