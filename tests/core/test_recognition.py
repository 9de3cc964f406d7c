from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disf_desktop.core.importing.file_form import Aspect, Finding
from disf_desktop.core.importing.header_row import recognise_header, results_columns
from disf_desktop.core.importing.recipe import FileForm
from disf_desktop.core.importing.recognition import DELIMITERS, MOST_COLUMNS, TextFound, recognise_text

NOTHING_SAID = FileForm()


def seen(text: str, *, whole: bool = True, **said: Any) -> TextFound:
    return recognise_text(text, FileForm(**said), whole=whole)


def told(found: TextFound, code: str) -> Finding:
    return next(each for each in found.findings if each.code == code)


def codes(found: TextFound) -> list[str]:
    return [each.code for each in found.findings]


# The delimiter


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_the_delimiter_that_parts_all_rows_alike_is_found(delimiter: str) -> None:
    rows = ["Nom", "Courriel", "Ville"], ["Côté", "a@example.org", "Lévis"], ["Roy", "b@example.org", "Alma"]
    found = seen("\r\n".join(delimiter.join(row) for row in rows))
    assert found.delimiter == delimiter
    finding = told(found, "delimiter_found")
    assert finding.sure
    assert finding.figures == (("delimiter", delimiter), ("columns", 3), ("rows", 3), ("of", 3))
    assert sorted(found.alternatives[Aspect.DELIMITER]) == sorted(set(DELIMITERS) - {delimiter})


@pytest.mark.parametrize(
    "text",
    [
        "Nom;Montant;Taxe\nA;1,5;2,5\nB;3,5;4,25\n",
        "A;1,5;2,5\nB;3,5;4,25\n",
        "1,5;2,5\n3,5;4,5\n",
        "Liste, 2024\n\nNom;Montant\nA;1,5\nB;2,5\n",
        "Tremblay, Jean;a@example.org;3\nRoy, Anne;b@example.org;4\n",
        "Nom;Adresse\nRoy;12 rue A,Lévis,QC\nCôté;3 rue B,Alma,QC\n" * 20,
    ],
)
def test_commas_in_numbers_and_prose_do_not_win_over_semicolons(text: str) -> None:
    assert seen(text).delimiter == ";"


def test_what_parts_the_header_wins_over_what_parts_the_rows_below_only() -> None:
    found = seen("Nom;Adresse;Code\n" + "Roy;12 rue A,Alma;G8B\n" * 40 + "Roy;3 rue B,Alma\n" * 2)
    assert found.delimiter == ";"
    assert told(found, "delimiter_found").sure


def test_semicolons_in_prose_do_not_win_over_commas() -> None:
    found = seen("Courriel,Choix,Ville\n" + "a@example.org,x; y,Lévis\n" * 50)
    assert found.delimiter == ","
    assert found.names == ("Courriel", "Choix", "Ville")


@pytest.mark.parametrize(
    "text", ["Courriel\na@example.org\nb@example.org\n", "Montant\n1,5\n2,5\n", "Name\nDoe, Jane\nRoe, Rick\n", "a\n"]
)
def test_a_file_of_one_column_has_no_delimiter(text: str) -> None:
    found = seen(text)
    assert "delimiter_none" in codes(found)
    assert len(found.names) == 1
    assert all(len(cells) == 1 for _, cells in found.rows)


def test_a_column_of_lists_is_not_surely_two_columns() -> None:
    assert not told(seen("Choix\nA;B\nC;D\n"), "delimiter_found").sure


def test_two_delimiters_that_part_alike_are_not_sure() -> None:
    found = seen("a;b|c\nd;e|f\n")
    assert not told(found, "delimiter_found").sure
    assert found.alternatives[Aspect.DELIMITER][0] == "|"


@pytest.mark.parametrize("first", ["sep=|", "SEP=|", '"sep=|"', "\ufeffsep=|"])
def test_a_line_of_excel_that_names_the_delimiter_is_obeyed_and_has_no_number(first: str) -> None:
    found = seen(f"{first}\r\nNom|a;b\r\nRoy|1;2\r\n")
    assert (found.delimiter, found.opens_with_sep, found.header, found.names) == ("|", True, 1, ("Nom", "a;b"))
    assert found.rows == ((2, ("Roy", "1;2")),)
    assert told(found, "delimiter_sep_line").figures == (("delimiter", "|"),)


def test_what_a_person_says_of_the_delimiter_wins_over_the_file() -> None:
    found = seen("sep=|\nNom|a;b\nRoy|1;2\n", delimiter=";")
    assert (found.delimiter, found.opens_with_sep, found.names) == (";", True, ("Nom|a", "b"))
    assert told(found, "delimiter_said").said
    assert found.alternatives[Aspect.DELIMITER][0] == "|"


def test_a_quoted_cell_keeps_its_delimiters_and_line_breaks() -> None:
    found = seen('Nom,Note\n"Roy, ""Jo""","a\r\nb"\nCôté,c\n')
    assert found.rows == ((2, ('Roy, "Jo"', "a\r\nb")), (3, ("Côté", "c")))


def test_ragged_rows_do_not_hide_the_delimiter() -> None:
    found = seen("Nom;Courriel;Ville\n" + "Roy;a@example.org;Alma\n" * 6 + "Roy;a@example.org\n" * 3)
    assert found.delimiter == ";"
    assert not told(found, "delimiter_found").sure
    assert len(found.rows) == 9


def test_a_quote_that_is_never_closed_does_not_hide_the_delimiter() -> None:
    found = seen('Nom;Courriel\nRoy;a@example.org\n"Côté;b@example.org\n' + "x,y\n" * 500)
    assert found.delimiter == ";"


@pytest.mark.parametrize(("whole", "rows"), [(True, 2), (False, 1)])
def test_the_last_row_of_a_part_of_a_file_may_be_cut_and_is_left_out(whole: bool, rows: int) -> None:
    assert len(seen("Nom;Ville\nRoy;Alma\nCôté;Lé", whole=whole).rows) == rows


def test_the_only_row_of_a_part_of_a_file_is_looked_at() -> None:
    assert seen("Nom;Courriel", whole=False).names == ("Nom", "Courriel")


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n", ";;;\n;;;\n", "   "])
def test_an_empty_file_has_no_columns(text: str) -> None:
    found = seen(text)
    assert (found.header, found.names, found.rows) == (0, (), ())
    assert codes(found) == ["delimiter_none", "header_empty"]


@pytest.mark.parametrize("limit", [131_072, 1_000_000])
def test_a_cell_too_large_for_a_reader_leaves_the_other_rows(limit: int) -> None:
    before = csv.field_size_limit(limit)
    try:
        found = seen("Nom;Courriel\nRoy;" + "x" * 200_000 + "\nCôté;b@example.org\n")
    finally:
        csv.field_size_limit(before)
    assert found.names == ("Nom", "Courriel")
    assert found.rows == ((3, ("Côté", "b@example.org")),)


def test_a_row_of_too_many_cells_is_looked_at_in_part() -> None:
    assert len(seen("a;" * (MOST_COLUMNS + 5) + "\n").names) == MOST_COLUMNS


CELLS = st.text(alphabet=st.sampled_from("abcé 0123456789.,;|\t\"\n'"), max_size=12)


@given(
    delimiter=st.sampled_from(DELIMITERS),
    rows=st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=5, max_size=20),
    comma=st.booleans(),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_a_written_table_gives_its_delimiter_back(delimiter: str, rows: list[list[str]], comma: bool, end: str) -> None:
    written = io.StringIO()
    out = csv.writer(written, delimiter=delimiter, lineterminator=end)
    out.writerow(["Courriel", "Montant", *"abcd"])
    table = [
        [f"a{n}@example.org", f"{n},5" if comma else f"{n}.5", *(cell.replace("\n", " ") for cell in row)]
        for n, row in enumerate(rows, 1)
    ]
    for row in table:
        out.writerow(row)
    found = seen(written.getvalue())
    assert found.delimiter == delimiter
    assert found.header == 1
    assert [list(cells) for _, cells in found.rows] == table


@given(st.text(alphabet=st.sampled_from("ab1@.,;|\t\"'\r\n =sep\ufeff\0")), st.booleans())
def test_any_text_is_looked_at_without_a_fall(text: str, whole: bool) -> None:
    found = seen(text, whole=whole)
    assert len({name.casefold() for name in found.names}) == len(found.names)
    assert all(number > found.header for number, _ in found.rows)


# The header


def test_titles_and_empty_lines_above_the_header_are_passed_over() -> None:
    for title in ("Liste des membres", "Liste des membres;;", "Exporté le;2024-01-05;"):
        found = seen(f"{title}\n\nNom;Courriel;Ville\nRoy;a@example.org;Alma\n\nCôté;b@example.org;Lévis\n")
        assert (found.header, found.names) == (3, ("Nom", "Courriel", "Ville"))
        assert [number for number, _ in found.rows] == [4, 6]
        assert told(found, "titles_passed_over").figures == (("rows", 1),)
        assert told(found, "delimiter_found").sure


def test_rows_that_are_all_alike_have_no_header() -> None:
    found = seen("Roy;a@example.org;12\nCôté;b@example.org;13\n")
    assert (found.header, found.names) == (0, ("Column 1", "Column 2", "Column 3"))
    assert [number for number, _ in found.rows] == [1, 2]
    assert told(found, "header_none").sure
    assert found.alternatives[Aspect.HEADER] == ("1", "2")


@pytest.mark.parametrize(
    "text", ["12;13\n14;15\n", "Roy;12\nCôté 2;13\n1;14", "Roy;12;\nCôté;13;\n", "x" * 200 + ";b\nc;d\n"]
)
def test_numbers_and_long_texts_are_no_names(text: str) -> None:
    assert seen(text).header == 0


def test_a_row_of_texts_below_fuller_rows_is_no_header() -> None:
    assert seen("Roy;2024-01-05;3;;;\nA;1;2;3;4;\nXy;Bc;De;Fg;;\n").header == 0


def test_names_above_other_kinds_are_a_header() -> None:
    found = seen("Xyz;Abc\nRoy;12\nCôté;13\n")
    assert (found.header, told(found, "header_found").sure) == (1, True)


def test_known_names_are_a_header_above_texts_and_years_too() -> None:
    assert told(seen("Nom;Prénom\nRoy;Anne\n"), "header_found").sure
    assert seen("Nom;2023;2024\nRoy;1;2\n").header == 1
    assert seen("Service;12;13\nService;14;15\n").header == 0


def test_texts_above_texts_are_taken_for_names_and_a_person_should_look() -> None:
    found = seen("Xyz;Abc\nRoy;Anne\nCôté;Luc\n")
    assert (found.header, told(found, "header_assumed").sure) == (1, False)
    assert found.alternatives[Aspect.HEADER] == ("0", "2", "3")


def test_a_text_that_comes_again_below_is_no_name() -> None:
    found = seen("Roy;Alma\nCôté;Alma\n")
    assert (found.header, told(found, "header_none").sure) == (0, False)


def test_bare_and_repeated_names_are_told_and_each_column_has_one() -> None:
    found = seen("Nom;;nom;Courriel\nRoy;x;y;a@example.org\n")
    assert found.names == ("Nom", "Column 2", "nom (2)", "Courriel")
    assert told(found, "names_blank").figures == (("columns", 1),)
    assert told(found, "names_repeated").figures == (("columns", 1),)


def test_the_columns_of_our_own_results_are_told() -> None:
    found = seen("Nom;Courriel;disf outcome;disf id;disf reason\nRoy;a@example.org;created;1;\n")
    assert told(found, "results_columns").figures == (("columns", 3),)
    assert results_columns(found.names) == ("disf outcome", "disf id", "disf reason")
    assert results_columns(("disf outcome", "Nom")) == ()


def test_what_a_person_says_of_the_header_wins() -> None:
    text = "Nom;Courriel\nRoy;a@example.org\n"
    none = seen(text, header=0)
    assert (none.header, none.names, len(none.rows)) == (0, ("Column 1", "Column 2"), 2)
    assert told(none, "header_said").said
    second = seen(text, header=2)
    assert (second.names, second.rows) == (("Roy", "a@example.org"), ())
    beyond = seen(text, header=9)
    assert (beyond.header, beyond.names, beyond.rows) == (9, ("Column 1", "Column 2"), ())
    assert told(none, "delimiter_found").said is False


def test_the_rows_of_a_workbook_are_looked_at_in_the_same_way() -> None:
    rows = [(1, ("Rapport", "")), (2, ("", "")), (3, ("Nom", "Courriel")), (4, ("Roy", "a@example.org"))]
    found = recognise_header(rows, NOTHING_SAID)
    assert (found.header, found.names, found.rows) == (3, ("Nom", "Courriel"), (rows[3],))
