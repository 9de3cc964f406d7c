"""What is wrong with saved recipes, without a service; where rows may go; recipes put into a project file."""

from __future__ import annotations

from typing import Any

import pytest

from disf_desktop.core.chosen import WhenEmpty
from disf_desktop.core.edits import recipe_for, with_recipe, without_recipe
from disf_desktop.core.errors import Problem, SettingsError
from disf_desktop.core.importing.destination import ImportDestination, destinations, find_destination, zone_name
from disf_desktop.core.importing.recipe import FileForm, ImportColumn, ImportConsent, ImportMode, ImportRecipe
from disf_desktop.core.importing.wish import ImportWish, columns_said, form_said, named_recipe, saved_for, wished_recipe
from disf_desktop.core.project import Project
from disf_desktop.core.project_rules import blocking, problems_of
from disf_desktop.core.schema import Side

PROJECT = Project.model_validate(
    {
        "id": "0f3f1c1e-imports",
        "name": "Essai",
        "connections": [
            {"id": "org", "kind": "salesforce", "name": "Org"},
            {"id": "both", "kind": "salesforce", "name": "Autre"},
            {"id": "di", "kind": "dialog_insight", "name": "DI", "id_key": 7},
        ],
        "projects": [
            {
                "id": "news",
                "connection": "di",
                "id_project": 12,
                "name": "News",
                "type": "A",
                "key": ["SalesforceID"],
                "time_zone": "Europe/Paris",
                "tables": [
                    {
                        "id_table": 3,
                        "code": "ORDERS",
                        "key": ["Number", "Line"],
                        "fields": [{"code": "Number"}, {"code": "Line"}],
                    }
                ],
            },
            {"id": "both", "connection": "di", "id_project": 13, "name": "Both", "type": "B", "key": ["EMail"]},
        ],
    }
)


def columns(*fields: str) -> tuple[ImportColumn, ...]:
    return tuple(ImportColumn(column=f"of {field}", field=field) for field in fields)


def recipe(to: str = "news/Contact", **more: Any) -> ImportRecipe:
    given = {"name": "R", "to": to, "columns": columns("SalesforceID", "EMail")}
    return ImportRecipe.model_validate(given | more)


def problems(*recipes: ImportRecipe) -> dict[str, str]:
    project = PROJECT.model_copy(update={"imports": recipes})
    return {p.path: p.message for p in problems_of(project) if p.path.startswith("imports")}


def test_a_recipe_that_is_right_has_no_problem() -> None:
    assert not problems(recipe(), recipe("org/Contact", name="S", mode="create", columns=columns("LastName")))


def test_every_problem_has_its_place_in_the_file() -> None:
    wrong = recipe(columns=(*columns("EMail", "optin_news"), ImportColumn(column="C", field="email")))
    assert problems(recipe(), wrong).keys() == {
        "imports[1].name",
        "imports[1].columns[1].field",
        "imports[1].columns[2].field",
        "imports[1].columns",
    }


@pytest.mark.parametrize(
    ("made", "path"),
    [
        (recipe("nowhere/Contact"), "imports[0].to"),
        (recipe("news/INVOICES"), "imports[0].to"),
        (recipe("both/Contact"), "imports[0].to"),
        (recipe("org/Contact"), "imports[0].key"),
        (recipe("org/Contact", key=("SalesforceID", "EMail")), "imports[0].key"),
        (recipe("org/Contact", key=("Id",), columns=columns("Id")), "imports[0].mode"),
        (recipe("org/Contact", key=("Number__c",)), "imports[0].key[0]"),
        (recipe(key=("EMail",)), "imports[0].key"),
        (recipe("news/ORDERS"), "imports[0].columns"),
        (recipe(consents=(ImportConsent(column="X", consent="email"),)), "imports[0].consents[0].consent"),
    ],
)
def test_what_cannot_be_is_said_at_its_place(made: ImportRecipe, path: str) -> None:
    assert path in problems(made)


def test_a_recipe_never_stops_a_sync() -> None:
    project = PROJECT.model_copy(update={"imports": (recipe("nowhere/Contact"),)})
    assert problems_of(project)
    assert not blocking(project, problems_of(project))


def test_a_destination_that_is_not_there_lists_those_there_are() -> None:
    told = find_destination(PROJECT, "nowhere/Contact")
    assert isinstance(told, Problem)
    assert all(each in told.what_to_do for each in ("news/Contact", "news/ORDERS", "org/Lead"))
    assert set(destinations(PROJECT)) >= {"news/Contact", "news/ORDERS", "both/Contact", "org/Contact"}


def test_an_id_of_two_things_asks_for_another_name() -> None:
    told = find_destination(PROJECT, "both/Contact")
    assert isinstance(told, Problem)
    assert "another id" in told.what_to_do


def test_a_table_is_found_in_any_case_of_letters_and_spelt_as_the_file_spells_it() -> None:
    found = find_destination(PROJECT, "news/orders")
    assert isinstance(found, ImportDestination)
    assert (found.to, found.side, found.key, found.is_contacts) == (
        "news/ORDERS",
        Side.DIALOG_INSIGHT,
        ("Number", "Line"),
        False,
    )
    contacts = find_destination(PROJECT, "news/contact")
    assert isinstance(contacts, ImportDestination)
    assert (contacts.is_contacts, contacts.key) == (True, ("SalesforceID",))
    org = find_destination(PROJECT, "org/Lead")
    assert isinstance(org, ImportDestination)
    assert (org.side, org.key, org.table) == (Side.SALESFORCE, (), "Lead")


def test_times_are_of_the_zone_that_is_said_else_of_the_destination_else_of_the_first_project() -> None:
    news, org = find_destination(PROJECT, "news/Contact"), find_destination(PROJECT, "org/Contact")
    assert isinstance(news, ImportDestination)
    assert isinstance(org, ImportDestination)
    assert zone_name(PROJECT, news, FileForm(time_zone="Asia/Tokyo")) == "Asia/Tokyo"
    assert zone_name(PROJECT, news, FileForm()) == "Europe/Paris"
    assert zone_name(PROJECT, org, FileForm()) == "Europe/Paris"
    assert zone_name(Project(id="0f3f1c1e-nothing", name="Rien"), org, FileForm()) == "UTC"


def test_a_recipe_is_put_in_renamed_and_taken_away() -> None:
    project = with_recipe(PROJECT, recipe(name="A"))
    project = with_recipe(project, recipe(name="B"))
    project = with_recipe(project, recipe(name="A", mode="update"))
    assert [(each.name, each.mode) for each in project.imports] == [("A", ImportMode.UPDATE), ("B", ImportMode.UPSERT)]
    project = with_recipe(project, recipe(name="C"), "A")
    assert [each.name for each in project.imports] == ["C", "B"]
    assert [each.name for each in without_recipe(project, "C").imports] == ["B"]


def test_a_recipe_is_found_by_the_shape_of_the_file_in_any_order_of_columns() -> None:
    project = with_recipe(PROJECT, recipe(name="A", header=("Courriel", "Nom")))
    project = with_recipe(project, recipe(name="B", header=("Courriel", "Nom", "Prénom")))
    found = recipe_for(project, "news/contact", ("NOM", "Courriel"))
    assert found is not None
    assert found.name == "A"
    assert recipe_for(project, "news/Contact", ("Nom",)) is None
    assert recipe_for(project, "news/ORDERS", ("Courriel", "Nom")) is None


def test_pairs_on_the_command_line_are_read_and_others_are_not() -> None:
    assert columns_said(" Courriel = EMail ;a=b=C") == {"Courriel": "EMail", "a=b": "C"}
    assert [columns_said(text) for text in ("", "Courriel", "=EMail", "Courriel=", "a=b;")] == [None] * 5


def test_what_is_said_stands_before_what_is_saved() -> None:
    saved = recipe(
        name="A",
        header=("Courriel", "Id"),
        form=FileForm(encoding="cp1252", header=2),
        columns=(ImportColumn(column="Courriel", field="EMail", when_empty=WhenEmpty.CLEAR),),
        mode="update",
        key=("SalesforceID",),
    )
    project = with_recipe(PROJECT, saved)
    wish = ImportWish(to="news/Contact", form=FileForm(encoding="utf-8"))
    assert saved_for(project, wish, ("Id", "Courriel")) == saved
    assert form_said(wish, saved) == FileForm(encoding="utf-8", header=2)
    made = wished_recipe(wish, saved, ("Id", "Courriel"), {}, "file")
    assert (made.name, made.mode, made.key, made.columns) == ("A", ImportMode.UPDATE, ("SalesforceID",), saved.columns)
    said = ImportWish(to="news/Contact", columns={"courriel": "EMail", "ID": "SalesforceID"}, mode=ImportMode.UPSERT)
    made = wished_recipe(said, saved, ("Id", "Courriel"), {}, "file")
    assert made.columns == (*saved.columns, ImportColumn(column="Id", field="SalesforceID"))
    assert made.mode is ImportMode.UPSERT


def test_without_a_saved_recipe_the_suggested_columns_are_taken() -> None:
    wish = ImportWish(to="news/Contact", key=("SalesforceID",))
    made = wished_recipe(wish, None, ("Id", "Courriel"), {"Id": "SalesforceID"}, "people")
    assert made.columns == (ImportColumn(column="Id", field="SalesforceID"),)
    assert (made.name, made.mode, made.header) == ("people", ImportMode.UPSERT, ("Id", "Courriel"))


def test_a_recipe_that_is_named_and_not_there_is_a_problem() -> None:
    with pytest.raises(SettingsError) as told:
        named_recipe(with_recipe(PROJECT, recipe(name="A")), ImportWish(recipe="B"))
    assert "“A”" in told.value.message
