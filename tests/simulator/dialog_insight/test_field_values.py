"""What a field accepts, and the form in which it is kept."""

from __future__ import annotations

import pytest

from tests.simulator.dialog_insight.conftest import Service, contact


@pytest.mark.parametrize(
    "email",
    [
        "claire.exemple.example",
        "claire dubois@exemple.example",
        "claire@exemple",
        "claire@@exemple.example",
        "@exemple.example",
        "claire@",
        "claire@.example",
        "claire@exemple..example",
        "claire@-exemple.example",
        "claire@exemple.example,jean@exemple.example",
        "<claire@exemple.example>",
        " claire@exemple.example",
        "claire@exemple.e",
    ],
)
def test_a_malformed_address_is_refused(service: Service, email: str) -> None:
    [result] = service.merge(contact("003A", email))["Records"]
    assert result["Status"] == "Error"
    assert "e-mail" in result["Message"]


@pytest.mark.parametrize(
    "email", ["claire@exemple.example", "c.d+x@a.b-c.example", "zoé@exemple.example", "o'b@x.example"]
)
def test_a_well_formed_address_is_taken(service: Service, email: str) -> None:
    assert service.merge(contact("003A", email))["Records"][0]["Status"] == "Created"


def test_an_address_is_kept_in_lower_case_without_trailing_blanks(service: Service) -> None:
    service.merge(contact("003A", "Claire.Côté@Exemple.EXAMPLE  "))
    assert service.get("f_SalesforceID", "003A")[0]["f_EMail"] == "claire.côté@exemple.example"


def test_text_loses_its_trailing_blanks_and_keeps_the_leading_ones(service: Service) -> None:
    assert service.kept(FirstName=" Zoé \t ")["f_FirstName"] == " Zoé"


def test_text_may_be_as_long_as_its_field_and_no_longer(service: Service) -> None:
    assert service.kept(JobTitle="é" * 100)["f_JobTitle"] == "é" * 100
    assert "101 characters, at most 100" in service.refused(JobTitle="é" * 101)
    assert service.refused(JobTitle="x" * 100 + "   ") == "", "trailing blanks do not count"


def test_a_number_is_taken_as_text_but_a_truth_or_an_object_is_not(service: Service) -> None:
    assert service.kept(City=12)["f_City"] == "12"
    assert "not a text" in service.refused(City=True)
    assert "not a text" in service.refused(City={"x": 1})


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("1980.01.02", "1980.01.02"),
        ("1980-01-02", "1980.01.02"),
        ("2024.02.29", "2024.02.29"),
        ("", None),
        (None, None),
    ],
)
def test_a_date_is_kept_with_dots(service: Service, given: str | None, kept: str | None) -> None:
    assert service.kept(BirthDate=given)["f_BirthDate"] == kept


@pytest.mark.parametrize(
    "given", ["02/01/1980", "1980.13.01", "2023.02.29", "1980.01-02", "1980.1.2", "19800102", 19800102]
)
def test_what_is_no_date_is_refused(service: Service, given: object) -> None:
    assert "date" in service.refused(BirthDate=given)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2026.03.08 14:05:09", "2026.03.08 14:05:09"),
        ("2026-03-08T14:05:09", "2026.03.08 14:05:09"),
        ("2026-03-08 14:05", "2026.03.08 14:05:00"),
        ("2026.03.08", "2026.03.08 00:00:00"),
    ],
)
def test_a_date_and_time_is_kept_with_dots(service: Service, given: str, kept: str) -> None:
    assert service.kept(LastVisit=given)["f_LastVisit"] == kept


@pytest.mark.parametrize(
    "given", ["2026-03-08T14:05:09Z", "2026-03-08T14:05:09.000+0000", "2026.03.08 24:00:00", "now"]
)
def test_a_time_with_an_offset_is_refused_for_times_are_local(service: Service, given: str) -> None:
    assert "date and time" in service.refused(LastVisit=given)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("1", True), (1, True), ("0", False), (True, True), ("TRUE", True), ("False", False), ("", None)],
)
def test_a_truth_has_several_forms(service: Service, given: object, kept: bool | None) -> None:
    assert service.kept(IsVIP=given)["f_IsVIP"] is kept


@pytest.mark.parametrize("given", ["yes", "oui", 2, "2"])
def test_another_word_is_no_truth(service: Service, given: object) -> None:
    assert "neither true nor false" in service.refused(IsVIP=given)


def test_numbers_keep_their_value(service: Service) -> None:
    assert service.kept(Points=1234.56)["f_Points"] == 1234.56
    assert service.kept(Points="-0.5")["f_Points"] == -0.5
    assert service.kept(Children="3")["f_Children"] == 3
    assert service.kept(Children=3.0)["f_Children"] == 3


def test_what_is_no_number_is_refused(service: Service) -> None:
    assert "not a number" in service.refused(Points="12,5")
    assert "not a number" in service.refused(Points=True)
    assert "not a whole number" in service.refused(Children=1.5)


def test_several_choices_are_joined_by_a_bar_and_only_known_ones_are_taken(service: Service) -> None:
    assert service.kept(Interests="Voyages|cuisine")["f_Interests"] == "Voyages|Cuisine"
    assert "not in the list" in service.refused(Interests="Voyages;Cuisine")
    assert "not in the list" in service.refused(Gender="F|M")


def test_an_empty_text_clears_a_field_and_an_absent_one_stays(service: Service) -> None:
    service.kept(City="Laval", FirstName="Zoé")
    stored = service.kept(City="")
    assert (stored["f_City"], stored["f_FirstName"]) == (None, "Zoé")


def test_all_problems_of_a_record_are_told_together(service: Service) -> None:
    message = service.refused(JobTitle="x" * 101, BirthDate="never", Nothing=1)
    assert [part.split(":")[0] for part in message.split("; ")] == ["f_JobTitle", "f_BirthDate", "f_Nothing"]
