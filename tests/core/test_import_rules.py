"""A recipe made ready for the rows of its file: what is refused at once, and what becomes of each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.importing.file_form import Swallowed
from disf_desktop.core.importing.recipe import DateOrder, DecimalMark, ImportColumn, ImportMode
from disf_desktop.core.importing.rows import RowReason
from disf_desktop.core.importing.rules import CompiledImport
from disf_desktop.core.plan import folded_key
from disf_desktop.core.project import TransformName, WhenEmpty
from disf_desktop.core.refusals import Reason
from disf_desktop.core.schema import Field, FieldType, Side
from disf_desktop.core.values import Value
from tests.core.importing import CONTACTS, PEOPLE, compiled, form, problems, recipe, table

CODE, MAIL = ("code", "Code"), ("mail", "EMail")
EXT, LAST = ("ext", "Ext__c"), ("last", "LastName")


def one(field: str, *cells: str, **said: Any) -> list[Value]:
    """Read cells of one column beside the key: the value of each, or the code of what is wrong."""
    ready = compiled(recipe(CODE, MAIL, ImportColumn(column="it", field=field, **said)), CONTACTS)
    read = [ready.read(["c1", "a@example.org", cell]) for cell in cells]
    return [wrong[0].code if wrong else values[2] for values, wrong in read]


# What is refused before any row


def test_a_recipe_tells_everything_that_is_wrong_with_it_at_once() -> None:
    made = recipe(
        CODE, MAIL, ("lost", "FirstName"), ("a", "Nowhere"), ("b", "Code"), ("c", "Age"), ("d", "optin_Newsletter")
    )
    found = problems(made, CONTACTS, form(["code", "mail", "a", "b", "c", "d"]))
    assert set(found) == {
        "columns[2].column",
        "columns[3].field",
        "columns[4].field",
        "columns[5].field",
        "columns[6].field",
    }
    assert "consent" in found["columns[6].field"].message
    assert "code and b" in found["columns[4].field"].message


@pytest.mark.parametrize("name", ["optin_Newsletter", "dtOptin_Newsletter", "F_OPTIN_X", "hasTrackingConsent"])
def test_no_consent_goes_to_dialog_insight_as_a_column(name: str) -> None:
    assert "no consent is ever sent" in problems(recipe(CODE, MAIL, ("it", name)), CONTACTS)["columns[2].field"].message


@pytest.mark.parametrize("name", ["HasOptedOutOfEmail", "News__c", "NewsSince__c", "newsfrom__c", "Offers__c"])
def test_a_consent_of_salesforce_goes_by_the_consents_only(name: str) -> None:
    found = problems(recipe(EXT, LAST, ("it", name), key=["Ext__c"]), PEOPLE)
    assert "holds a consent" in found["columns[2].field"].message


def test_columns_that_our_own_results_have_added_are_refused() -> None:
    found = problems(recipe(CODE, MAIL, ("disf outcome", "FirstName")), CONTACTS)
    assert "earlier import" in found["columns[2].column"].message


def test_a_key_needs_its_column_and_must_be_the_table_s() -> None:
    assert "filled by no column" in problems(recipe(MAIL), CONTACTS)["columns"].message
    assert "finds rows by Code" in problems(recipe(CODE, MAIL, key=["EMail"]), CONTACTS)["key"].message


def test_salesforce_needs_a_key_that_tells_records_apart() -> None:
    assert "Nothing says" in problems(recipe(LAST), PEOPLE)["key"].message
    assert "neither an external id nor unique" in problems(recipe(LAST, key=["LastName"]), PEOPLE)["key[0]"].message
    assert "no external id" in problems(recipe(("b", "Badge__c"), LAST, key=["Badge__c"]), PEOPLE)["key[0]"].message
    assert "by one field" in problems(recipe(EXT, LAST, key=["Ext__c", "LastName"]), PEOPLE)["key"].message
    compiled(recipe(("b", "Badge__c"), LAST, key=["Badge__c"], mode=ImportMode.UPDATE), PEOPLE)


def test_an_id_names_records_that_are_there_so_it_only_updates() -> None:
    named = recipe(("id", "Id"), LAST, key=["Id"])
    assert "there already" in problems(named, PEOPLE)["mode"].message
    compiled(named.model_copy(update={"mode": ImportMode.UPDATE}), PEOPLE)


def test_a_field_that_may_not_be_written_in_this_mode_is_refused() -> None:
    made = ("made", "Made__c")
    for mode in (ImportMode.UPSERT, ImportMode.UPDATE):
        assert "columns[2].field" in problems(recipe(EXT, LAST, made, key=["Ext__c"], mode=mode), PEOPLE)
    compiled(recipe(EXT, LAST, made, key=["Ext__c"], mode=ImportMode.CREATE), PEOPLE)
    assert (
        "be written" in problems(recipe(EXT, LAST, ("n", "Name"), key=["Ext__c"]), PEOPLE)["columns[2].field"].message
    )


def test_a_new_record_cannot_be_without_its_required_fields() -> None:
    assert "requires E-mail" in problems(recipe(CODE), CONTACTS)["columns"].message
    assert "requires Last name" in problems(recipe(EXT, mode=ImportMode.CREATE), PEOPLE)["columns"].message
    compiled(recipe(CODE, mode=ImportMode.UPDATE), CONTACTS)
    # Toward Salesforce it is known row by row whether a record is new.
    compiled(recipe(EXT, key=["Ext__c"]), PEOPLE)


def test_dates_that_nothing_tells_the_order_of_must_be_said() -> None:
    born = recipe(CODE, MAIL, ("born", "Born"))
    assert "day first" in problems(born, CONTACTS, form(["code", "mail", "born"], None))["columns[2].dates"].message
    said = recipe(CODE, MAIL, ImportColumn(column="born", field="Born", dates=DateOrder.DAY_FIRST))
    compiled(said, CONTACTS, form(["code", "mail", "born"], None))


def test_a_transform_must_make_sense_and_never_shortens_a_key() -> None:
    cut = (TransformName.CUT,)
    found = problems(recipe(ImportColumn(column="code", field="Code", transform=cut), MAIL), CONTACTS)
    assert "Two keys may become one" in found["columns[0].transform[0]"].message
    found = problems(recipe(CODE, MAIL, ImportColumn(column="p", field="Points", transform=cut)), CONTACTS)
    assert "Only a text" in found["columns[2].transform[0]"].message


# What becomes of a cell


def test_cells_are_read_as_their_fields_hold_them() -> None:
    assert one("Born", "2026-11-02", "", "Monday") == ["2026-11-02", None, Reason.NOT_A_DATE]
    assert one("Seen", "2026-11-02 14:10") == ["2026-11-02T19:10:00Z"]
    assert one("Points", "12", "12.5", "x") == [12, Reason.HAS_DECIMALS, Reason.NOT_A_NUMBER]
    assert one("Total", "12.50", "12.505", "123456") == ["12.5", Reason.HAS_DECIMALS, Reason.OUT_OF_RANGE]
    assert one("Member", "oui", "NO", "maybe") == [True, False, Reason.NOT_A_BOOLEAN]
    assert one("Level", "gold", "Bronze") == ["Gold", Reason.NOT_A_CHOICE]
    assert one("Tastes", "vélo;ski", "ski;golf") == [("Ski", "Vélo"), Reason.NOT_A_CHOICE]
    assert one("FirstName", "  Zoé ", "Alexandrine") == ["Zoé", Reason.TOO_LONG]


def test_a_column_may_be_written_otherwise_than_its_file() -> None:
    assert one("Total", "12,5", decimal=DecimalMark.COMMA) == ["12.5"]
    assert one("Born", "02/11/2026", dates=DateOrder.MONTH_FIRST) == ["2026-02-11"]


def test_transforms_change_a_cell_before_it_is_fitted() -> None:
    cut, low, digits, rounded = TransformName.CUT, TransformName.LOWER, TransformName.DIGITS, TransformName.ROUND
    assert one("FirstName", "Alexandrine", transform=(cut,)) == ["Alexandr"]
    assert one("FirstName", "ÉLODIE", transform=(low,)) == ["élodie"]
    assert one("FirstName", "514 555.1", transform=(digits,)) == ["5145551"]
    assert one("Total", "12.505", transform=(rounded,)) == ["12.51"]
    assert one("Points", "12.5", transform=(rounded,)) == [13]


def test_what_is_cut_and_what_reads_either_way_is_counted() -> None:
    cut = ImportColumn(column="first", field="FirstName", transform=(TransformName.CUT,))
    ready = compiled(
        recipe(CODE, MAIL, cut, ("born", "Born"), ("seen", "Seen")),
        CONTACTS,
        form(["code", "mail", "first", "born", "seen"], DateOrder.DAY_FIRST),
    )
    rows = [
        ["1", "a@example.org", "Alexandrine", "02/11/2026", "3/4/2026 10:00"],
        ["2", "b@example.org", "Zoé", "13/11/2026", "2026-03-04 10:00"],
        ["3", "c@example.org", "Maximilienne", "11/11/2026", ""],
    ]
    for cells in rows:
        ready.read(cells)
    counted = ready.figures.cut, ready.figures.ambiguous
    assert counted == ({"first": 2}, {"born": 1, "seen": 1})
    ready.figures.clear()
    ready.read_page(list(enumerate(rows)))
    assert (ready.figures.cut, ready.figures.ambiguous) == counted


# What becomes of a row


def test_every_problem_of_a_row_is_told_with_its_column_and_number() -> None:
    ready = compiled(recipe(CODE, MAIL, ("points", "Points")), CONTACTS)
    _, wrong = ready.read(["", "nobody", "x"], 7)
    assert wrong is not None
    assert [(p.row, p.column, p.field, p.code) for p in wrong] == [
        (7, "code", "Code", Reason.KEY_MISSING),
        (7, "mail", "EMail", Reason.EMAIL),
        (7, "points", "Points", Reason.NOT_A_NUMBER),
    ]


def test_a_row_of_another_width_is_refused_unless_what_is_too_much_is_empty() -> None:
    ready = compiled(recipe(CODE, MAIL), CONTACTS)
    assert ready.read(["1", "a@example.org", "", " "])[1] is None
    _, wrong = ready.read(["1", "a@example.org", "more"], 3)
    assert wrong is not None
    assert (wrong[0].code, dict(wrong[0].figures)) == (RowReason.LONG_ROW, {"cells": 3, "width": 2})
    _, wrong = ready.read(["1"], 4)
    assert wrong is not None
    assert (wrong[0].code, dict(wrong[0].figures)) == (RowReason.SHORT_ROW, {"cells": 1, "width": 2})


def test_short_rows_are_filled_where_a_person_says_so() -> None:
    made = recipe(CODE, MAIL, ("first", "FirstName"))
    ready = compiled(made, CONTACTS, form(["code", "mail", "first"], fill_short_rows=True))
    assert ready.read(["1", "a@example.org"]) == (["1", "a@example.org", None], None)


def test_a_row_that_an_open_quotation_mark_has_swallowed_is_refused_whatever_its_width() -> None:
    ready = compiled(recipe(CODE, MAIL), CONTACTS)
    for cells in (["1", "a@example.org"], ["1"]):
        _, wrong = ready.read(Swallowed(cells, 12))
        assert wrong is not None
        assert (wrong[0].code, wrong[0].figures) == (RowReason.UNCLOSED_QUOTE, (("lines", 12),))


def test_an_empty_cell_leaves_its_field_or_clears_it() -> None:
    clear = WhenEmpty.CLEAR
    ready = compiled(
        recipe(
            EXT,
            ("first", "FirstName"),
            ImportColumn(column="mail", field="Email", when_empty=clear),
            ImportColumn(column="active", field="Active__c", when_empty=clear),
            key=["Ext__c"],
        ),
        PEOPLE,
    )
    values, wrong = ready.read(["x1", "", "", ""])
    assert wrong is None
    # Salesforce has no empty checkbox.
    assert ready.record(values) == ({"Ext__c": "x1"}, {"Email": None, "Active__c": False})


def test_a_required_field_may_not_be_cleared_and_a_new_record_needs_it() -> None:
    clearing = recipe(EXT, ImportColumn(column="last", field="LastName", when_empty=WhenEmpty.CLEAR), key=["Ext__c"])
    _, wrong = compiled(clearing, PEOPLE).read(["x1", ""])
    assert wrong is not None
    assert wrong[0].code == Reason.REQUIRED_MISSING
    ready = compiled(recipe(EXT, LAST, key=["Ext__c"]), PEOPLE)
    values, wrong = ready.read(["x1", ""])
    assert wrong is None, "it may be there already"
    assert [(p.column, p.field, p.code) for p in ready.missing_in_new(values, 3)] == [
        ("last", "LastName", Reason.REQUIRED_MISSING)
    ]
    _, wrong = compiled(recipe(CODE, MAIL), CONTACTS).read(["1", ""])
    assert wrong is not None, "nobody knows before whether Dialog Insight has it"
    assert compiled(recipe(CODE, MAIL, mode=ImportMode.UPDATE), CONTACTS).read(["1", ""])[1] is None


def test_a_record_is_the_same_where_every_field_that_would_be_written_is() -> None:
    ready = compiled(recipe(EXT, LAST, ("mail", "Email"), ("first", "FirstName"), key=["Ext__c"]), PEOPLE)
    values = ["X1", "Roy", "A@example.org", None]
    assert ready.same(values, ("x1", "Roy", "a@example.org", "Zoé"))
    assert not ready.same(values, ("x1", "ROY", "a@example.org", "Zoé"))
    held: dict[str, Value] = {"LastName": "Roy", "Email": "a@example.org"}
    assert ready.differs(values, held) is False
    assert ready.differs(values, {"LastName": "Roy"}) is None
    assert ready.differs(values, {"LastName": "Côté"}) is True


# Laws

TEXTS = st.text(st.sampled_from("aÉé \u00a0'\r\n\t\0,;=+E12.\ufffd\ufeff’😀@-/:"), max_size=12)
_WRITTEN = (
    "| |12|007|-3|12,5|12.50|1.23E+12|99999999999999999999|oui|no|Gold|gold|Ski;Vélo|2026-11-02|02/11/2026"
    "|2/3/2026 1:05 PM|02/11/2026 14:10|2026-11-01 01:30:05|08/03/2026 02:30|31/02/2026 10:00|2026-11-02T14:10:00Z"
    "|a@example.org|é@example.org|A@b|'=1| '+2|O'Neil"
)
WRITTEN = st.sampled_from(_WRITTEN.split("|"))
CELLS = WRITTEN | TEXTS


Page = tuple[CompiledImport, list[tuple[int, list[str]]]]


@st.composite
def pages(draw: st.DrawFn) -> Page:
    fields = [f for f in CONTACTS.fields.values() if not f.calculated]
    transform = draw(st.sampled_from([(), (TransformName.CUT,), (TransformName.LOWER, TransformName.CUT)]))
    columns = [
        ImportColumn(
            column=f.name,
            field=f.name,
            when_empty=draw(st.sampled_from(WhenEmpty)),
            transform=transform if f.name == "FirstName" else (),
        )
        for f in fields
    ]
    known = form(
        [f.name for f in fields],
        draw(st.sampled_from(DateOrder)),
        decimal=draw(st.sampled_from(DecimalMark)),
        fill_short_rows=draw(st.booleans()),
    )
    mode = draw(st.sampled_from(ImportMode))
    ready = compiled(recipe(*columns, mode=mode), CONTACTS, known)
    good = ["c1", "a@example.org", "Zoé", "2026-11-02", "2026-11-02 14:10", "3", "1.5", "oui", "Gold", "Ski"]
    rows = []
    for n in range(draw(st.integers(1, 6))):
        cells = [draw(CELLS) if draw(st.integers(0, 3)) == 0 else plain for plain in good]
        width = draw(st.sampled_from([len(good)] * 6 + [len(good) - 1, len(good) + 1]))
        cells = [*cells, draw(st.sampled_from(["", "x"]))][:width]
        rows.append((n + 2, Swallowed(cells, 3) if draw(st.integers(0, 20)) == 0 else cells))
    return ready, rows


@given(pages())
def test_a_page_gives_what_its_rows_give_one_by_one(
    given_page: tuple[CompiledImport, list[tuple[int, list[str]]]],
) -> None:
    ready, rows = given_page
    ready.figures.clear()
    singly = {row: ready.read(cells, row) for row, cells in rows}
    counted = ready.figures.cut, ready.figures.ambiguous
    ready.figures.clear()
    page = ready.read_page(rows)
    assert dict(page.refused) == {row: wrong for row, (_, wrong) in singly.items() if wrong}
    fine = {row: tuple(values) for row, (values, wrong) in singly.items() if wrong is None}
    assert dict(zip(page.rows, page.values(), strict=True)) == fine
    assert (ready.figures.cut, ready.figures.ambiguous) == counted
    if page.rows:
        assert ready.folded_keys(page.columns) == [ready.folded_key(values) for values in fine.values()]


KEYS = st.lists(st.text(st.sampled_from("aAéÉ ßİ1"), min_size=1, max_size=5).filter(str.strip), min_size=2, max_size=2)


@given(KEYS, st.booleans())
def test_a_key_is_folded_as_dialog_insight_compares_it(cells: Sequence[str], turned: bool) -> None:
    both = table(
        Side.DIALOG_INSIGHT,
        Field("B", "B", FieldType.TEXT, key=True),
        Field("A", "A", FieldType.TEXT, key=True),
        name="Orders",
    )
    columns = [("b", "B"), ("a", "A")]
    ready = compiled(recipe(*(reversed(columns) if turned else columns)), both)
    values, wrong = ready.read(cells)
    assert wrong is None
    assert ready.folded_key(values) == folded_key(ready.key_of(values))
    single = replace(both, fields={"B": both.fields["B"]})
    alone = compiled(recipe(("b", "B")), single)
    values, _ = alone.read(cells[:1])
    assert alone.folded_key(values) == folded_key(alone.key_of(values))


def test_an_id_is_a_key_in_its_own_letters_and_an_external_id_in_any() -> None:
    by_id = compiled(recipe(("id", "Id"), LAST, key=["Id"], mode=ImportMode.UPDATE), PEOPLE)
    values, wrong = by_id.read(["003000000000001AAA", "Roy"])
    assert (wrong, by_id.folded_key(values)) == (None, "003000000000001AAA")
    by_ext = compiled(recipe(EXT, LAST, key=["Ext__c"]), PEOPLE)
    assert by_ext.folded_key(["AbC", "Roy"]) == by_ext.folded_key(["aBc", "Roy"])
    minding = replace(PEOPLE, fields={**PEOPLE.fields, "Ext__c": replace(PEOPLE.fields["Ext__c"], case_sensitive=True)})
    by_case = compiled(recipe(EXT, LAST, key=["Ext__c"]), minding)
    assert by_case.folded_key(["AbC", "Roy"]) != by_case.folded_key(["aBc", "Roy"])
    assert by_case.folded_keys([["AbC", "aBc"], ["Roy", "Roy"]]) == ["AbC", "aBc"]
    assert minding.fingerprint(("Ext__c",)) == PEOPLE.fingerprint(("Ext__c",)), "no mapping is read anew for it"
