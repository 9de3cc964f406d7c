"""Names, values and the guard that no consent passes."""

from __future__ import annotations

import json
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disf_desktop.core.records import WriteRecord, Written
from disf_desktop.core.schema import CONTACT_LIST, Field, FieldType, Schema, Side
from disf_desktop.core.values import Value, check_characters
from disf_desktop.services.dialog_insight.wire import (
    MERGE_OPTIONS,
    ConsentMayNotTravel,
    Layout,
    merge_options,
    parse,
    serialise,
)

TORONTO = ZoneInfo("America/Toronto")
FIELDS = {
    f.name: f
    for f in (
        Field("Code", "Code", FieldType.TEXT, key=True),
        Field("Part", "Part", FieldType.INTEGER, key=True),
        Field("Text", "Text", FieldType.TEXT),
        Field("Choice", "Choice", FieldType.CHOICE),
        Field("Choices", "Choices", FieldType.CHOICES),
        Field("Yes", "Yes", FieldType.BOOLEAN),
        Field("Whole", "Whole", FieldType.INTEGER),
        Field("Decimal", "Decimal", FieldType.DECIMAL),
        Field("Day", "Day", FieldType.DATE),
        Field("Moment", "Moment", FieldType.DATETIME),
        Field("Time", "Time", FieldType.TIME),
        Field("Person", "Person", FieldType.CONTACT),
        Field("Id", "Id", FieldType.ID),
        Field("Blob", "Blob", FieldType.UNSUPPORTED),
    )
}
SCHEMA = Schema(Side.DIALOG_INSIGHT, CONTACT_LIST, "Contacts", FIELDS)
CONTACTS = Layout(SCHEMA, TORONTO, contacts=True)
ROWS = Layout(SCHEMA, TORONTO, contacts=False)

ID = "003Qy0000000001" + check_characters("003Qy0000000001")
VALUES: dict[str, tuple[Value, object]] = {
    "Text": ("Zoé", "Zoé"),
    "Choice": ("Web", "Web"),
    "Choices": (("a", "b"), "a|b"),
    "Yes": (True, 1),
    "Whole": (12, 12),
    "Decimal": ("12.5", Decimal("12.5")),
    "Day": ("2026-11-02", "2026.11.02"),
    "Moment": ("2026-07-02T03:10:00Z", "2026.07.01 23:10:00"),
    "Time": ("08:30:00", "08:30:00"),
    "Person": ("15", 15),
    "Id": (ID, ID),
}


def test_every_type_has_its_form_on_the_wire_and_comes_back() -> None:
    record = WriteRecord(1, {"Code": "x", "Part": 2}, {name: value for name, (value, _) in VALUES.items()})
    sent = serialise({"Success": True, "Records": [CONTACTS.record(record)]})
    assert json.loads(sent)["Records"][0]["Data"]["f_Decimal"] == 12.5
    wired = parse(sent)["Records"][0]
    assert wired["ID"] == {"key_f_Code": "x", "key_f_Part": 2}
    assert wired["Data"] == {f"f_{name}": expected for name, (_, expected) in VALUES.items()}
    assert CONTACTS.values(wired["Data"]) == {name: value for name, (value, _) in VALUES.items()}


def test_a_custom_table_has_bare_names_and_its_key_a_short_prefix() -> None:
    record = WriteRecord(1, {"Code": "x", "Part": 2}, {"Yes": False}, rid="x")
    assert ROWS.record(record) == {"ID": {"key_Code": "x", "key_Part": 2}, "Data": {"Yes": 0}}
    assert ROWS.clause("Code", "x")["Field"] == {"Name": "Code"}


def test_no_value_is_the_empty_text_that_clears_a_field() -> None:
    record = WriteRecord(1, {"Code": "x", "Part": 2}, dict.fromkeys(VALUES))
    assert set(CONTACTS.record(record)["Data"].values()) == {""}


@pytest.mark.parametrize("name", ["Decimal", "Whole"])
@settings(deadline=None)
@given(digits=st.integers(-(10**40), 10**40), scale=st.integers(1, 12))
def test_a_number_is_written_digit_for_digit(name: str, digits: int, scale: int) -> None:
    if name == "Decimal":
        sign, text = "-" if digits < 0 else "", str(abs(digits)).zfill(scale + 1)
        value: Value = f"{sign}{text[:-scale]}.{text[-scale:]}"
    else:
        value = digits
    record = WriteRecord(1, {"Code": "x", "Part": 1}, {name: value})
    assert f'"f_{name}":{value}'.encode() in serialise({"Records": [CONTACTS.record(record)]})


@settings(deadline=None)
@given(st.permutations(list(VALUES)))
def test_the_same_record_gives_the_same_bytes_in_whatever_order_it_was_made(names: list[str]) -> None:
    one = WriteRecord(1, {"Code": "x", "Part": 2}, {name: VALUES[name][0] for name in VALUES})
    other = WriteRecord(2, {"Part": 2, "Code": "x"}, {name: VALUES[name][0] for name in names})
    assert serialise({"Records": [CONTACTS.record(one)]}) == serialise({"Records": [CONTACTS.record(other)]})


def test_all_seven_options_are_always_sent() -> None:
    assert len(merge_options("create")) == len(merge_options("update")) == len(merge_options("upsert")) == 7
    with pytest.raises(KeyError):
        merge_options("delete")


def test_only_an_upsert_may_both_insert_and_update() -> None:
    allowed = {kind: (merge_options(kind)["AllowInsert"], merge_options(kind)["AllowUpdate"]) for kind in MERGE_OPTIONS}
    assert allowed == {"create": (True, False), "update": (False, True), "upsert": (True, True)}


CONSENTS = [
    "optin_Newsletter",
    "OPTIN_newsletter",
    "dtOptin_Newsletter",
    "dtOptin_dtOptin_BECA_Newsletter",
    "hasTrackingConsent",
    "dtTrackingConsent",
    "DTTRACKINGCONSENT",
    " optin_Newsletter",
    "f_optin_Newsletter",
    "f_hasTrackingConsent",
    "key_f_optin_Newsletter",
    "key_optin_Newsletter",
]


@pytest.mark.parametrize("name", CONSENTS)
@pytest.mark.parametrize("part", ["ID", "Data"])
def test_no_request_to_dialog_insight_carries_a_consent(name: str, part: str) -> None:
    record = {"ID": {"key_f_Code": "x"}, "Data": {"f_Text": "a"}}
    record[part] = {**record[part], name: "1"}
    with pytest.raises(ConsentMayNotTravel, match="is a consent"):
        serialise({"Records": [{"ID": {}, "Data": {}}, record]})


@pytest.mark.parametrize("code", ["optin_Newsletter", "hasTrackingConsent", "dtOptin_x"])
@pytest.mark.parametrize("layout_of", [True, False])
def test_a_field_with_the_name_of_a_consent_stops_the_run_however_it_got_there(code: str, layout_of: bool) -> None:
    fields = {**FIELDS, code: Field(code, code, FieldType.BOOLEAN)}
    layout = Layout(Schema(Side.DIALOG_INSIGHT, "T", "T", fields), TORONTO, contacts=layout_of)
    record = WriteRecord(1, {"Code": "x", "Part": 1}, {code: True})
    with pytest.raises(ConsentMayNotTravel):
        serialise({"Records": [layout.record(record)]})


def test_a_plain_field_that_only_resembles_a_consent_passes() -> None:
    assert b"f_OptinSource" in serialise({"Records": [{"ID": {}, "Data": {"f_OptinSource": "web", "f_dtOptinal": 1}}]})


def test_a_field_that_is_not_in_the_schema_is_a_mistake_of_ours() -> None:
    with pytest.raises(AssertionError, match="not in the schema"):
        CONTACTS.record(WriteRecord(1, {"Code": "x", "Part": 1}, {"Elsewhere": "a"}))


def test_values_are_read_in_every_form_that_dialog_insight_may_give() -> None:
    given = {
        "f_Yes": "True",
        "f_Whole": "12",
        "f_Day": "2026-11-02T00:00:00",
        "f_Moment": "2026-07-01T23:10:00",
        "f_Choices": "b|a|b",
        "f_Person": 15,
        "f_Text": "  Zoé ",
        "f_Decimal": None,
        "f_Unknown": "x",
        "f_Blob": {"a": 1},
        "f_Time": "late",
    }
    assert CONTACTS.values(given) == {
        "Yes": True,
        "Whole": 12,
        "Day": "2026-11-02",
        "Moment": "2026-07-02T03:10:00Z",
        "Choices": ("a", "b"),
        "Person": "15",
        "Text": "  Zoé",
        "Decimal": None,
    }


@pytest.mark.parametrize(
    "body", [b"", b"null", b"[]", b"{}", b'{"Success":1}', b'{"Success":true,"x":NaN}', b"\xff\xfe", b"[" * 9999]
)
def test_what_is_no_reply_is_not_read_as_one(body: bytes) -> None:
    with pytest.raises(ValueError):
        parse(body)


def test_a_byte_order_mark_before_a_reply_does_no_harm() -> None:
    assert parse(b'\xef\xbb\xbf{"Success":false}') == {"Success": False}


@given(
    st.lists(
        st.none()
        | st.fixed_dictionaries(
            {"f_Text": st.sampled_from(["a", "é ", "", None]), "f_Day": st.sampled_from(["2026.01.31", "x", None])},
            optional={"f_Whole": st.sampled_from([1, "2", "two"])},
        ),
        max_size=5,
    )
)
def test_what_a_reply_shows_of_many_records_is_what_it_shows_of_each(shown: list[dict[str, object] | None]) -> None:
    records = [WriteRecord(n, {"Code": f"C{n}"}, {"Text": "sent", "Choice": "sent"}) for n in range(len(shown))]
    rows = [
        {
            "ID": {"key_f_Code": f"C{n}"},
            "IdRecord": n + 1,
            "ValidationResult": "OK",
            "Status": "Created",
            "Record": each,
        }
        for n, each in enumerate(shown)
    ]
    for outcome, record, each in zip(CONTACTS.outcomes("upsert", records, rows), records, shown, strict=True):
        assert isinstance(outcome, Written)
        expected = None if each is None else {**record.key, **record.fields, **CONTACTS.values(each)}
        assert outcome.stored == expected
