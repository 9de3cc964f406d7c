"""What the tests of consents share: the three kinds of Salesforce field, and moments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from disf_desktop.core.consent import Consent, Fed, Kind, Now, OwnWrite
from disf_desktop.core.consent_memory import Known, Shown, Shows
from disf_desktop.core.optins import CompiledOptins, Reading, compile
from disf_desktop.core.project import OptinPair
from disf_desktop.core.schema import Field, FieldType, Schema, Side

FIELDS = {
    each.name: each
    for each in (
        Field("Id", "Record ID", FieldType.ID),
        Field("Newsletter__c", "Newsletter", FieldType.BOOLEAN),
        Field("HasOptedOutOfEmail", "Email Opt Out", FieldType.BOOLEAN),
        Field("Answer__c", "Answer", FieldType.CHOICE, length=40, choices=("Yes", "No", "Désabonné"), restricted=True),
        Field("Words__c", "Words", FieldType.TEXT, length=12),
        Field("Since__c", "Since", FieldType.DATETIME),
        Field("Day__c", "Day", FieldType.DATE),
        Field("Source__c", "Source", FieldType.TEXT, length=20),
        Field("Story__c", "Story", FieldType.LONG_TEXT),
        Field("Short__c", "Short", FieldType.TEXT, length=13),
        Field("Number__c", "Number", FieldType.DECIMAL),
        Field("Formula__c", "Formula", FieldType.BOOLEAN, calculated=True),
        Field("Locked__c", "", FieldType.BOOLEAN, updatable=False),
    )
}
SALESFORCE = Schema(Side.SALESFORCE, "Contact", "Contact", FIELDS)
DIALOG_INSIGHT = Schema(
    Side.DIALOG_INSIGHT,
    "Contact",
    "Newsletter",
    {},
    tuple(Field(code, code, FieldType.BOOLEAN) for code in ("Newsletter", "Promotions", "Events")),
)


def compiled(*pairs: OptinPair, **settings: Any) -> CompiledOptins:
    return compile(pairs, SALESFORCE, DIALOG_INSIGHT, **settings)


WORDS = compiled(
    OptinPair(optin="Newsletter", target="Words__c", subscribed="Yes", unsubscribed="No", neutral="Never asked")
)["Newsletter"]
WORDS_ONLY = compiled(OptinPair(optin="Newsletter", target="Words__c", subscribed="Yes", unsubscribed="No"))[
    "Newsletter"
]
INVERTED = compiled(OptinPair(optin="Newsletter", target="HasOptedOutOfEmail", inverted=True))["Newsletter"]
PLAIN = compiled(OptinPair(optin="Newsletter", target="Newsletter__c"))["Newsletter"]
PAIRS = (WORDS, WORDS_ONLY, INVERTED, PLAIN)

START = datetime(2026, 3, 2, 10, 0, 0, tzinfo=UTC)


def at(seconds: float) -> str:
    """Give the moment so many seconds after the start."""
    return (START + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


MOMENTS = st.integers(-400, 400).map(at)


def known(state: bool | None, since: float | None = None, as_of: float = 1000, **members: Any) -> Known:
    dated = None if since is None else at(since)
    members.setdefault("read_at", at(as_of))
    return Known(state, dated, members.pop("latest", dated), at(as_of), **members)


def consent(state: Known | None, *others: Known | None, valid: bool = True, **members: Any) -> Consent:
    return Consent(Fed(state, valid), others=tuple(Fed(o, o is not None) for o in others), **members)


def now(reading: Reading, stamp: float = 0, *, empty: bool = False) -> Now:
    return Now(reading, at(stamp), empty)


def ours(stamp: float = 0, *, proven: bool = True) -> OwnWrite:
    return OwnWrite(Kind.OUT, at(stamp), proven)


def shown(shows: Shows, since: float = 0, **members: Any) -> Shown:
    return Shown(shows, at(since), at(since), **members)
