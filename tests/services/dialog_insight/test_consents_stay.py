"""No consent travels to Dialog Insight (promise I8), whatever the tables are given."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from disf_desktop.core.project import CustomTable as TableSettings
from disf_desktop.core.project import TableField
from disf_desktop.core.records import WriteRecord
from disf_desktop.engine.ports import DialogInsightTable
from disf_desktop.services.dialog_insight.client import DialogInsightAccount
from disf_desktop.services.dialog_insight.tables import ContactList, CustomTable
from disf_desktop.services.dialog_insight.wire import ConsentMayNotTravel
from tests.services.dialog_insight.conftest import NEWSLETTER, MakeAccount
from tests.services.dialog_insight.listening import Listening, listening

CONSENTS = ["optin_Newsletter", "dtOptin_Newsletter", "hasTrackingConsent", "dtTrackingConsent", "optin_", "dtOptin_"]


def wide(text: str) -> str:
    """Write in full-width letters, which a database may compare as plain ones."""
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


def accented(text: str) -> str:
    return text.replace("o", "ó", 1)


def turkish(text: str) -> str:
    return text.replace("i", "ı").replace("I", "İ")


DISGUISES: list[Callable[[str], str]] = [
    str,
    str.upper,
    str.swapcase,
    str.title,
    wide,
    accented,
    turkish,
    lambda text: f" {text}\t",
    lambda text: f"\ufeff{text}",
    lambda text: f"{text[:2]}\u200b{text[2:]}",
    lambda text: f"{text[:3]}\0{text[3:]}",
    lambda text: "f_" + text,
    lambda text: "key_" + text,
    lambda text: "F_" + text,
    lambda text: "\u00a0key_f_" + text,
]
NAMES = st.builds(
    lambda name, first, second: second(first(name)),
    st.one_of(st.sampled_from(CONSENTS), st.text("optinOPTIN_dkeyf hasTrckgCx", min_size=1, max_size=24)),
    st.sampled_from(DISGUISES),
    st.sampled_from(DISGUISES),
)


def speaks_of_consent(sent: bytes) -> list[str]:
    """Find the names in a request that a lenient reader could take for a consent, independently of the guard."""
    found: list[str] = []

    def walk(given: Any, place: str = "") -> None:
        if isinstance(given, dict):
            for name, value in given.items():
                look(name)
                walk(value, name)
        elif isinstance(given, list):
            for each in given:
                walk(each, place)
        elif place == "Name":
            look(str(given))

    def look(name: str) -> None:
        plain = "".join(
            each
            for each in unicodedata.normalize("NFKD", name.replace("İ", "i").replace("ı", "i")).lower()
            if each.isascii() and (each.isalnum() or each == "_")
        )
        while plain.startswith(("f_", "key_")):
            plain = plain.removeprefix("f_").removeprefix("key_")
        if plain.startswith(("optin_", "dtoptin_")) or plain in ("hastrackingconsent", "dttrackingconsent"):
            found.append(name)

    walk(json.loads(sent))
    return found


@pytest.fixture(scope="module")
def server() -> Iterator[Listening]:
    with listening() as told:
        yield told


def table_of(account: DialogInsightAccount, name: str) -> CustomTable:
    fields = (TableField(code="Code"), TableField.model_construct(code=name))
    table = TableSettings(id_table=987, code="T", key=("Code",), fields=(TableField(code="Code"),))
    return account.custom_table(NEWSLETTER, table.model_copy(update={"fields": fields}))


def attempts(table: ContactList | CustomTable, key: str, name: str) -> Iterator[Callable[[], object]]:
    """Give everything that the table can be asked, with this name wherever a name may stand."""
    for kind in ("create", "update"):
        for rid in (None, "42"):
            yield lambda kind=kind, rid=rid: table.write(kind, [WriteRecord(1, {key: "x"}, {name: True}, rid)])  # type: ignore[misc]
            yield lambda kind=kind, rid=rid: table.write(kind, [WriteRecord(1, {name: "1"}, {key: "x"}, rid)])  # type: ignore[misc]
            yield lambda kind=kind, rid=rid: table.write(  # type: ignore[misc]
                kind, [WriteRecord(1, {key: "a"}, {}), WriteRecord(2, {key: "x"}, {key: "y", name: None}, rid)]
            )
    yield lambda: table.find({name: "1"})
    yield lambda: table.find({key: "x", name: "1"})
    yield lambda: table.find_by_id("42")
    yield lambda: table.find_empty(name)
    yield lambda: list(table.changed_since(datetime(2026, 11, 1, 5, tzinfo=UTC)))
    yield table.probe


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NAMES)
@example("optin_Newsletter")
@example("key_f_DTOPTIN_x")
@example(wide("optin_Newsletter"))
@example("OPTIN_News".replace("I", "İ"))
@example("dtTracking\u00adConsent")
def test_no_method_can_send_the_name_of_a_consent(server: Listening, make_account: MakeAccount, name: str) -> None:
    server.codes, server.optins = ["SalesforceID", name], ["Newsletter", name]
    server.heard.clear()
    account = make_account(server.url)
    for table, key in ((account.contact_list(NEWSLETTER), "SalesforceID"), (table_of(account, name), "Code")):
        for attempt in attempts(table, key, name):
            with suppress(AssertionError):
                attempt()
    assert server.heard
    for sent in server.heard:
        assert speaks_of_consent(sent) == []


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("name", CONSENTS[:4])
def test_a_consent_in_any_disguise_stops_the_run(
    server: Listening, make_account: MakeAccount, name: str, disguise: Callable[[str], str]
) -> None:
    server.codes, server.optins = ["SalesforceID", disguise(name)], []
    contacts = make_account(server.url).contact_list(NEWSLETTER)
    with pytest.raises(ConsentMayNotTravel):
        contacts.write("update", [WriteRecord(1, {"SalesforceID": "x"}, {disguise(name): "1"}, "42")])
    with pytest.raises(ConsentMayNotTravel):
        contacts.find_empty(disguise(name))


def test_changing_a_key_sends_its_ordinary_name_and_the_number(server: Listening, make_account: MakeAccount) -> None:
    server.codes, server.optins = ["SalesforceID", "EMail"], ["Newsletter"]
    contacts = make_account(server.url).contact_list(NEWSLETTER)
    contacts.write("update", [WriteRecord(1, {"SalesforceID": "old"}, {"SalesforceID": "new", "EMail": "a"}, "42")])
    [record] = json.loads(server.heard[-1])["Records"]
    assert record == {"ID": {"idContact": 42}, "Data": {"f_EMail": "a", "f_SalesforceID": "new"}}


def test_a_field_that_only_sounds_like_a_consent_is_sent(server: Listening, make_account: MakeAccount) -> None:
    server.codes, server.optins = ["SalesforceID", "OptinSource", "TrackingConsent"], []
    contacts = make_account(server.url).contact_list(NEWSLETTER)
    contacts.write("create", [WriteRecord(1, {"SalesforceID": "x"}, {"OptinSource": "web", "TrackingConsent": "1"})])
    assert b"f_OptinSource" in server.heard[-1]


def test_both_tables_are_what_a_run_asks_for(server: Listening, make_account: MakeAccount) -> None:
    account = make_account(server.url)
    tables: list[DialogInsightTable] = [account.contact_list(NEWSLETTER), table_of(account, "Other")]
    assert [table.side for table in tables] == ["dialog_insight"] * 2
