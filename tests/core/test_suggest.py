"""Proposed pairs, held against lists of the right ones: the objects of the simulator, whose standard fields are those
of live orgs, and contact lists in French and English, with traps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from disf_desktop.core.project import (
    Deletes,
    DestinationProject,
    FieldPair,
    Integration,
    ObjectMapping,
    OptinPair,
    Project,
    ProjectType,
)
from disf_desktop.core.sampling import Sample, travelling
from disf_desktop.core.schema import CONTACT_LIST, Field, FieldType, Schema, Side
from disf_desktop.core.suggest import Evidence, Reason, Suggestion, suggestions
from disf_desktop.core.synonyms import PHRASES, bare, listed, meaning, own_words, speaks_of_consent
from disf_desktop.services.salesforce.describe import schema_of
from disf_desktop.simulator.salesforce.describe import load_schema

RESOURCES = Path(__file__).parents[2] / "resources" / "simulator"
F = FieldType
TORONTO = ZoneInfo("America/Toronto")

ACCOUNT_NAME = Field("Account.Name", "Account ▸ Account Name", F.TEXT, 255, creatable=False, updatable=False)

PEOPLE = {
    "SalesforceID": "Id",
    "EMail": "Email",
    "FirstName": "FirstName",
    "LastName": "LastName",
    "Mobile": "MobilePhone",
    "Phone": "Phone",
    "Source": "LeadSource",
    "JobTitle": "Title",
    "Language": "Language__c",
    "Points": "Loyalty_Points__c",
    "IsVIP": "VIP__c",
    "Interests": "Interests__c",
    "LastVisit": "Last_Visit__c",
    "Salutation": "Salutation",
    "Fax": "Fax",
}
"""The right source of each field of the contact list, for contacts and leads alike."""

RIGHT: dict[str, dict[str, str]] = {
    "Contact": PEOPLE
    | {
        "BirthDate": "Birthdate",
        "Company": "Account.Name",
        "Street": "MailingStreet",
        "City": "MailingCity",
        "Province": "MailingState",
        "PostalCode": "MailingPostalCode",
        "Country": "MailingCountry",
        "Department": "Department",
        "Gender": "GenderIdentity",
        "Notes": "Description",
    },
    "Lead": PEOPLE
    | {
        "Company": "Company",
        "Street": "Street",
        "City": "City",
        "Province": "State",
        "PostalCode": "PostalCode",
        "Country": "Country",
        "WebSite": "Website",
        "Gender": "GenderIdentity",
        "Notes": "Description",
    },
    "Order__c": {
        "OrderNumber": "Name",
        "idContact": "Contact__c",
        "Amount": "Amount__c",
        "OrderDate": "Order_Date__c",
        "Status": "Status__c",
        "Quantity": "Quantity__c",
        "Paid": "Paid__c",
        "ShippedAt": "Shipped_At__c",
        "Comment": "Comment__c",
    },
}

TYPES = {
    "Text": F.TEXT,
    "LongText": F.LONG_TEXT,
    "EMail": F.EMAIL,
    "Phone": F.PHONE,
    "Date": F.DATE,
    "DateTime": F.DATETIME,
    "Decimal": F.DECIMAL,
    "Integer": F.INTEGER,
    "Boolean": F.BOOLEAN,
    "List": F.CHOICE,
    "MultiList": F.CHOICES,
    "Contact": F.CONTACT,
}


@cache
def org(sobject: str) -> Schema:
    """Give an object of the simulator's org, with the name of a contact's account."""
    objects = load_schema(RESOURCES / "describe")
    schema = schema_of(objects.describe_body(objects[sobject], "66.0", "https://org.example"))
    if sobject != "Contact":
        return schema
    return Schema(schema.side, schema.name, schema.label, {**schema.fields, ACCOUNT_NAME.name: ACCOUNT_NAME})


def account() -> Mapping[str, Any]:
    told: Mapping[str, Any] = yaml.safe_load((RESOURCES / "seed" / "account.yaml").read_text(encoding="utf-8"))
    return told


def table(told: Mapping[str, Any], name: str, language: str, code: Callable[[str], str]) -> Schema:
    fields = [
        Field(
            code(name),
            facts[language],
            TYPES[facts["type"]],
            facts.get("length", 0),
            required=facts.get("required", False),
            key=name in told["key"],
            choices=tuple(facts.get("values", ())),
            restricted="values" in facts,
        )
        for name, facts in told["fields"].items()
    ]
    return Schema(Side.DIALOG_INSIGHT, name, name, {field.name: field for field in fields})


def project(
    sobject: str,
    key: tuple[str, ...] = ("SalesforceID",),
    type: ProjectType = ProjectType.A,
    **members: Any,
) -> tuple[Project, Integration]:
    integration = Integration(name="i", enabled=False, salesforce="s", object=sobject, project="p", **members)
    destination = DestinationProject(id="p", connection="d", id_project=1, name="p", type=type, key=key)
    whole = Project(id="11111111-2222", name="x", projects=(destination,), integrations=(integration,))
    return whole, integration


def proposed(source: Schema, target: Schema, key: tuple[str, ...], **members: Any) -> tuple[Suggestion, ...]:
    return suggestions(*project(source.name, key, **members), source, target)


# The measure


def numbered(name: str) -> str:
    """Give a code that says nothing, so that the label alone speaks."""
    return f"Z{sum(map(ord, name)) * 7 + len(name)}"


@pytest.mark.parametrize("sobject", RIGHT)
@pytest.mark.parametrize(
    ("language", "code", "least"),
    [("en", str, 0.9), ("fr", str, 0.9), ("fr", numbered, 0.6), ("en", numbered, 0.6)],
    ids=["English", "French", "French labels alone", "English labels alone"],
)
def test_what_is_certain_is_right_and_most_of_what_is_right_is_found(
    sobject: str, language: str, code: Callable[[str], str], least: float
) -> None:
    told = account()["tables"][0] if sobject == "Order__c" else account()["projects"][0]
    name = "ORDERS" if sobject == "Order__c" else CONTACT_LIST
    target = table(told, name, language, code)
    right = {code(end): start for end, start in RIGHT[sobject].items()}
    right = {end: start for end, start in right.items() if org(sobject).find(start) is not None}
    members = {"table": name} if name != CONTACT_LIST else {}
    found = proposed(org(sobject), target, tuple(code(each) for each in told["key"]), **members)
    wrong = [(s.source, s.target) for s in found if s.certain and right.get(s.target) != s.source]
    assert not wrong
    good = [s for s in found if right.get(s.target) == s.source]
    assert len(good) / len(right) >= least, sorted(set(right) - {s.target for s in good})
    assert len(good) / len(found) >= 0.9, [(s.source, s.target) for s in found if s not in good]


FRENCH_CODES = {
    "Prenom": "FirstName",
    "Nom": "LastName",
    "Courriel": "Email",
    "Tel": "Phone",
    "TelCellulaire": "MobilePhone",
    "Adresse": "MailingStreet",
    "Ville": "MailingCity",
    "CP": "MailingPostalCode",
    "Province": "MailingState",
    "Pays": "MailingCountry",
    "Langue": "Language__c",
    "Civilite": "Salutation",
    "Fonction": "Title",
    "Entreprise": "Account.Name",
    "DateNaissance": "Birthdate",
    "Telecopieur": "Fax",
    "IdentifiantSalesforce": "Id",
}
TRAPS = listed(
    "NomConjoint PrenomConjoint CourrielParrain VilleMagasin AdresseFacturation TelBureauChef DateInscription "
    "LangueDuSite NomAnimal PaysDeNaissance CodePromo ProvinceDuMagasin DernierCourriel NomFichier "
    "EmailStatus PhoneExtension CountryOfOrigin CompanySize BirthCity SpouseFirstName FirstNameOnCard "
    "PreferredFirstNameOfChild Nickname2 Infolettre DesabonneCourriel NePasAppeler OptinPartenaires ConsentementDate"
)


def test_french_codes_alone_are_understood_and_traps_are_not_walked_into() -> None:
    fields = [Field(code, code, F.TEXT, 100, key=code == "IdentifiantSalesforce") for code in FRENCH_CODES]
    fields += [Field(code, code, F.TEXT, 100) for code in TRAPS]
    target = Schema(Side.DIALOG_INSIGHT, CONTACT_LIST, "x", {f.name: f for f in fields})
    found = proposed(org("Contact"), target, ("IdentifiantSalesforce",))
    sure = {s.target: s.source for s in found if s.certain}
    assert {end: start for end, start in sure.items() if FRENCH_CODES.get(end) != start} == {}
    assert len(sure) >= 14, sorted(set(FRENCH_CODES) - set(sure))
    assert {s.target: s.source for s in found if s.target in FRENCH_CODES} == FRENCH_CODES
    assert not [s for s in found if s.target in TRAPS and s.score > 0.8]


def test_no_field_is_proposed_twice_and_the_key_and_required_fields_come_first() -> None:
    target = table(account()["projects"][0], CONTACT_LIST, "en", str)
    found = proposed(org("Contact"), target, ("SalesforceID",))
    assert len({s.source for s in found}) == len({s.target for s in found}) == len(found)
    assert [s.target for s in found][:2] == ["SalesforceID", "EMail"]
    rest = [s.score for s in found[2:]]
    assert rest == sorted(rest, reverse=True)


# What is left out


def small(*fields: Field, side: Side = Side.SALESFORCE, name: str = "Contact") -> Schema:
    return Schema(side, name, name, {field.name: field for field in fields})


def di(*fields: Field) -> Schema:
    return small(*fields, side=Side.DIALOG_INSIGHT, name=CONTACT_LIST)


def pairs(
    source: Schema, target: Schema, key: tuple[str, ...] = ("Key",), **members: Any
) -> dict[tuple[str, str], Suggestion]:
    return {(s.source, s.target): s for s in proposed(source, target, key, **members)}


def test_consents_are_never_proposed() -> None:
    names = ("DoNotCall", "HasOptedOutOfEmail", "Newsletter_Optin__c", "Infolettre", "Consent_Date__c", "Abonne__c")
    assert pairs(small(*(Field(n, n, F.TEXT) for n in names)), di(*(Field(n, n, F.TEXT) for n in names))) == {}
    mine = OptinPair(optin="News", target="Flag__c")
    flag = Field("Flag__c", "Flag", F.BOOLEAN)
    assert pairs(small(flag), di(Field("Flag", "Flag", F.BOOLEAN)))
    assert pairs(small(flag), di(Field("Flag", "Flag", F.BOOLEAN)), optins=(mine,)) == {}


def test_what_is_paired_or_used_otherwise_is_not_proposed() -> None:
    source, target = small(Field("City", "City", F.TEXT)), di(Field("City", "City", F.TEXT))
    assert ("City", "City") in pairs(source, target)
    other = ObjectMapping(pairs=(FieldPair(source="Other", target="city"),))
    assert pairs(source, target, mapping=other) == {}
    used = ObjectMapping(pairs=(FieldPair(source="CITY", target="Other"),))
    assert pairs(source, target, mapping=used) == {}
    assert pairs(source, target, deletes=Deletes(field="City")) == {}
    assert pairs(source, target, external_id="City") == {}


def test_types_that_no_value_can_pass_kill_a_pair() -> None:
    assert pairs(small(Field("Active__c", "Active", F.BOOLEAN)), di(Field("Active", "Active", F.DATE))) == {}
    assert pairs(small(Field("X", "X", F.UNSUPPORTED)), di(Field("X", "X", F.TEXT))) == {}
    assert pairs(small(Field("X", "X", F.TEXT)), di(Field("X", "X", F.TEXT, creatable=False, updatable=False))) == {}


def test_a_pair_that_most_values_may_not_pass_is_not_certain() -> None:
    text, number = Field("Points__c", "Points", F.TEXT), Field("Points", "Points", F.INTEGER)
    (found,) = pairs(small(text), di(number)).values()
    assert not found.certain
    (sure,) = pairs(small(Field("Points__c", "Points", F.INTEGER)), di(number)).values()
    assert sure.certain
    assert found.score < sure.score


def test_a_rival_that_comes_close_takes_the_certainty_away() -> None:
    target = di(Field("Z1", "Courriel", F.EMAIL))
    alone = small(Field("Email", "Email", F.EMAIL))
    both = small(Field("Email", "Email", F.EMAIL), Field("Mail__c", "Courriel", F.EMAIL))
    assert [s.certain for s in pairs(alone, target).values()] == [True]
    two = di(Field("Z1", "Courriel", F.EMAIL), Field("Z2", "Adresse courriel", F.EMAIL))
    assert not any(s.certain for s in pairs(alone, two).values())
    assert len(pairs(both, target)) == 1


def test_when_a_record_was_made_is_proposed_and_never_certain() -> None:
    created = Field("CreatedDate", "Created Date", F.DATETIME)
    (found,) = pairs(small(created), di(Field("DateCreation", "DateCreation", F.DATETIME))).values()
    assert not found.certain


def test_a_title_may_be_a_job_or_a_form_of_address_and_is_never_certain() -> None:
    source = small(Field("Title", "Title", F.TEXT, 128), Field("Salutation", "Salutation", F.TEXT, 40))
    assert not pairs(source, di(Field("Title", "Title", F.TEXT)))["Title", "Title"].certain
    assert not pairs(source, di(Field("Titre", "Titre", F.TEXT)))["Title", "Titre"].certain
    assert pairs(source, di(Field("Fonction", "Fonction", F.TEXT)))["Title", "Fonction"].certain
    polite = di(Field("Title", "Civilité", F.TEXT))
    assert not any(s.certain for s in pairs(source, polite).values())


def test_the_name_of_an_account_of_an_org_with_person_accounts_is_no_sure_company() -> None:
    company = di(Field("Company", "Company", F.TEXT))
    name, flag = Field("Name", "Account Name", F.TEXT, 255), Field("IsPersonAccount", "Is Person Account", F.BOOLEAN)
    assert pairs(small(name, name="Account"), company)["Name", "Company"].certain
    assert not pairs(small(name, flag, name="Account"), company)["Name", "Company"].certain


def test_nom_is_the_last_name_only_beside_a_first_name() -> None:
    source = small(Field("LastName", "Last Name", F.TEXT), Field("FirstName", "First Name", F.TEXT))
    assert ("LastName", "Nom") in pairs(source, di(Field("Nom", "Nom", F.TEXT), Field("Prenom", "Prénom", F.TEXT)))
    assert pairs(source, di(Field("Nom", "Nom", F.TEXT))) == {}


# Projects of both types


def test_the_record_id_is_the_key_of_type_a_and_a_mark_in_type_b() -> None:
    source = small(Field("Id", "Contact ID", F.ID, 18), Field("Email", "Email", F.EMAIL))
    target = di(Field("SalesforceID", "Salesforce ID", F.TEXT, 18), Field("EMail", "E-mail", F.EMAIL))
    a = pairs(source, target, ("SalesforceID",))
    assert a["Id", "SalesforceID"] == Suggestion("Id", "SalesforceID", 0.995, True, Reason(Evidence.RECORD_ID))
    b = pairs(source, target, ("EMail",), type=ProjectType.B)
    assert a.keys() == b.keys()
    assert [s.target for s in b.values()] == ["EMail", "SalesforceID"]
    other = pairs(source, di(Field("Code", "Code", F.TEXT, 18)), ("Code",))
    assert not other["Id", "Code"].certain


def test_in_type_b_only_what_salesforce_can_receive_is_proposed() -> None:
    read_only = Field("City", "City", F.TEXT, creatable=False, updatable=False)
    target = di(Field("City", "City", F.TEXT))
    assert pairs(small(read_only), target)
    assert pairs(small(read_only), target, type=ProjectType.B) == {}


def test_a_lookup_to_a_person_is_proposed_for_the_contact_of_a_row() -> None:
    row = di(Field("idContact", "Contact", F.CONTACT))
    person = Field("Buyer__c", "Buyer", F.REFERENCE, 18, reference_to=("Contact",))
    (found,) = pairs(small(person), row).values()
    assert (found.certain, found.reason.code) == (True, Evidence.LINK)
    assert pairs(small(Field("Store__c", "Store", F.REFERENCE, 18, reference_to=("Account",))), row) == {}


# Samples


def test_real_values_that_cannot_travel_lower_a_pair_and_are_told() -> None:
    source, target = small(Field("Email__c", "Email", F.EMAIL)), di(Field("EMail", "E-mail", F.EMAIL))
    whole, integration = project("Contact", ("Key",))

    def told(*values: str) -> Suggestion:
        sample = Sample(("Email__c",), tuple((value,) for value in values))
        (found,) = suggestions(whole, integration, source, target, lambda a, b: travelling(a, b, sample, TORONTO))
        return found

    good = told("a@example.org", "b@example.org")
    assert (good.certain, good.reason.figure("looked"), good.reason.figure("travel")) == (True, 2, 2)
    bad = told("none", "b@example.org", "ask at the desk")
    assert (bad.certain, bad.reason.figure("looked"), bad.reason.figure("travel")) == (False, 3, 1)
    assert bad.score < good.score
    nearly = told(*(["a@example.org"] * 17), "none", "ask", "?")
    assert (nearly.certain, nearly.reason.figure("travel")) == (False, 17)
    assert told(*(["a@example.org"] * 19), "none").certain


# Words


def test_the_words_of_both_languages_mean_the_same() -> None:
    for french, english in [
        ("Prénom", "First Name"),
        ("Nom de famille", "Last Name"),
        ("Adresse courriel", "E-mail Address"),
        ("Téléphone cellulaire", "Mobile Phone"),
        ("Code postal", "Zip/Postal Code"),
        ("Date de naissance", "Birthdate"),
        ("Secteur d’activité", "Industry"),
        ("N° de téléphone", "Phone number"),
    ]:
        assert meaning(french) == meaning(english) != frozenset(), french


def test_what_a_name_wears_in_salesforce_says_nothing() -> None:
    assert bare("acme__First_Name__c") == "First_Name"
    assert bare("Level__pc") == "Level"
    assert bare("FirstName") == "FirstName"
    assert meaning("Account Phone", own_words(["Account"])) == meaning("Phone")
    assert meaning("Account", own_words(["Account"])) == {"account"}


def test_no_phrase_is_made_of_words_that_are_left_out() -> None:
    assert all(words and all(words) for words in PHRASES)
    assert {"first_name", "email", "postal_code", "company"} <= set(PHRASES.values())


@pytest.mark.parametrize("name", ["HasOptedOutOfEmail", "Opt-in", "Désabonné", "Do Not Contact", "Consent_Date__c"])
def test_names_that_speak_of_consent_are_known(name: str) -> None:
    assert speaks_of_consent([name])


@pytest.mark.parametrize("name", ["Email", "Options", "Adoption date", "Subject"])
def test_names_that_do_not_speak_of_consent_are_left_alone(name: str) -> None:
    assert not speaks_of_consent([name])
