from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.schema import FieldType, Schema, Side
from tests.core.fields import a_field

EMAIL = a_field(FieldType.EMAIL, "EMail", length=100)
NUMBER = a_field(FieldType.TEXT, "ClientNo", key=True)
SCHEMA = Schema(Side.DIALOG_INSIGHT, "Contact", "Contacts", {f.name: f for f in (NUMBER, EMAIL)})


def test_each_side_knows_the_other() -> None:
    assert Side.SALESFORCE.other is Side.DIALOG_INSIGHT
    assert Side.DIALOG_INSIGHT.other is Side.SALESFORCE


def test_the_key_is_the_fields_that_say_so() -> None:
    assert SCHEMA.key == ("ClientNo",)


def test_a_field_is_found_by_its_name_in_any_case() -> None:
    assert SCHEMA.find("EMail") is EMAIL
    assert SCHEMA.find("email") is EMAIL
    assert SCHEMA.find("e-mail") is None


@given(st.permutations(["EMail", "ClientNo"]))
def test_a_fingerprint_does_not_depend_on_the_order_of_names(names: list[str]) -> None:
    assert SCHEMA.fingerprint(tuple(names)) == SCHEMA.fingerprint(("ClientNo", "EMail"))


def test_a_fingerprint_changes_with_what_is_relied_on_and_with_nothing_else() -> None:
    shorter = replace(SCHEMA, fields={**SCHEMA.fields, "EMail": replace(EMAIL, length=50)})
    gone = replace(SCHEMA, fields={"ClientNo": NUMBER})
    names = ("EMail",)
    assert len({s.fingerprint(names) for s in (SCHEMA, shorter, gone)}) == 3
    assert SCHEMA.fingerprint(("ClientNo",)) == shorter.fingerprint(("ClientNo",)) == gone.fingerprint(("ClientNo",))
