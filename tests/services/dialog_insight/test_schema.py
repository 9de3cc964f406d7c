"""The description of a project, whatever it leaves out."""

from __future__ import annotations

from typing import Any

import pytest

from disf_desktop.core.errors import SchemaChanged, UnexpectedAnswer
from disf_desktop.core.project import CustomTable, TableField
from disf_desktop.core.schema import FieldType, Schema
from disf_desktop.services.dialog_insight.schema import contact_list_schema, custom_table_schema


def _read(*fields: Any, key: tuple[str, ...] = (), language: str = "en", **info: Any) -> Schema:
    return contact_list_schema({"ProjectInfo": {"ProjectFields": list(fields), **info}}, 1, key, language)


@pytest.mark.parametrize(
    ("data_type", "type", "length", "precision", "scale"),
    [
        ("NVarChar(200)", FieldType.TEXT, 200, 0, 0),
        ("nvarchar(max)", FieldType.TEXT, 0, 0, 0),
        ("Short text", FieldType.TEXT, 0, 0, 0),
        ("Long_Text", FieldType.LONG_TEXT, 0, 0, 0),
        ("Int", FieldType.INTEGER, 0, 0, 0),
        ("Bigint", FieldType.INTEGER, 0, 0, 0),
        ("Decimal(18, 4)", FieldType.DECIMAL, 0, 18, 4),
        ("DateTime", FieldType.DATETIME, 0, 0, 0),
        ("DATE", FieldType.DATE, 0, 0, 0),
        ("True/False", FieldType.BOOLEAN, 0, 0, 0),
        ("Boolean", FieldType.BOOLEAN, 0, 0, 0),
        ("EMail", FieldType.EMAIL, 0, 0, 0),
        ("Quaternion(", FieldType.TEXT, 0, 0, 0),
        ("", FieldType.TEXT, 0, 0, 0),
        (None, FieldType.TEXT, 0, 0, 0),
        (17, FieldType.TEXT, 0, 0, 0),
    ],
)
def test_a_data_type_is_read_and_an_unknown_one_is_text(
    data_type: Any, type: FieldType, length: int, precision: int, scale: int
) -> None:
    field = _read({"Code": "X", "DataType": data_type}).fields["X"]
    assert (field.type, field.length, field.precision, field.scale) == (type, length, precision, scale)


def test_a_field_of_which_nothing_is_told_but_its_code_is_text_that_may_be_written() -> None:
    field = _read({"Code": "X"}).fields["X"]
    assert (field.label, field.type, field.required, field.restricted, field.updatable) == (
        "X",
        FieldType.TEXT,
        False,
        False,
        True,
    )


@pytest.mark.parametrize("strange", [None, 3, "X", {}, {"Code": ""}, {"Code": None}])
def test_a_field_without_a_code_is_left_out(strange: Any) -> None:
    assert list(_read(strange, {"Code": "X"}).fields) == ["X"]


@pytest.mark.parametrize("labels", [None, 3, [], [None], [{"Value": None}], [{"Culture": "fr"}]])
def test_a_field_without_a_label_is_shown_by_its_code(labels: Any) -> None:
    assert _read({"Code": "X", "Labels": labels}).fields["X"].label == "X"


@pytest.mark.parametrize(("language", "label"), [("fr", "Ville"), ("en", "City"), ("de", "Ville")])
def test_a_label_is_taken_in_the_language_or_else_the_first_one(language: str, label: str) -> None:
    labels = [{"Culture": "fr-CA", "Value": "Ville"}, {"Culture": "EN-ca", "Value": "City"}]
    assert _read({"Code": "X", "Labels": labels}, language=language).fields["X"].label == label


def test_the_primary_key_is_required_and_found_in_any_case() -> None:
    schema = _read({"Code": "SalesforceID"}, {"Code": "EMail", "isRequired": True}, key=("salesforceid",))
    assert schema.key == ("SalesforceID",)
    assert [field.name for field in schema.fields.values() if field.required] == ["SalesforceID", "EMail"]
    with pytest.raises(SchemaChanged):
        _read({"Code": "EMail"}, key=("SalesforceID",))


@pytest.mark.parametrize("optins", [None, 3, [None], [{"Code": None}]])
def test_opt_ins_that_cannot_be_read_are_none(optins: Any) -> None:
    assert _read(OptinFields=optins).optins == ()


def test_opt_ins_are_read_only() -> None:
    (optin,) = _read(OptinFields=[{"Code": "Newsletter", "Labels": [{"Value": "Infolettre"}]}]).optins
    assert (optin.name, optin.label, optin.creatable, optin.updatable) == ("Newsletter", "Infolettre", False, False)


@pytest.mark.parametrize(
    "reply", [{}, {"ProjectInfo": None}, {"ProjectInfo": []}, {"ProjectInfo": {"ProjectFields": None}}]
)
def test_a_project_without_fields_is_no_answer(reply: dict[str, Any]) -> None:
    with pytest.raises(UnexpectedAnswer):
        contact_list_schema(reply, 1, (), "en")


def test_a_custom_table_is_as_the_person_described_it() -> None:
    fields = (TableField(code="No", length=20), TableField(code="Total", type=FieldType.DECIMAL, precision=12, scale=2))
    schema = custom_table_schema(CustomTable(id_table=9, code="ORDERS", key=("no",), fields=fields))
    assert schema.name == "ORDERS"
    assert schema.key == ("No",)
    assert schema.fields["No"].required
    assert (schema.fields["Total"].precision, schema.fields["Total"].scale) == (12, 2)
