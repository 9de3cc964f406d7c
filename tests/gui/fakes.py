"""An in-memory workspace with the shape of the real one, for what is on screen. What it tells is made up, and only
here."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from disf_desktop.core.errors import AuthorizationNeeded, DisfError, Problem
from disf_desktop.core.events import Outstanding
from disf_desktop.core.history import Freshness, History, RunRecord, SetAsideRecord
from disf_desktop.core.project import Project
from disf_desktop.core.refusals import Reason, Refusal, explain
from disf_desktop.core.schema import CONTACT_LIST, Field, FieldType, Schema, Side
from disf_desktop.workspace import ConnectionFacts, Places, ProjectFacts
from disf_desktop.workspace.sign_in import CodeReceived, OpenBrowser, SignInStep, Waiting

F = FieldType


def project() -> Project:
    """Give a project file with two orgs, two projects, a custom table and four integrations, that go both ways."""
    contact_pairs = [
        {"source": "Id", "target": "SalesforceID", "key": True},
        {"source": "Email", "target": "EMail", "transform": ["lower"]},
        {"source": "FirstName", "target": "FirstName"},
        {"source": "LastName", "target": "LastName"},
        {
            "source": "MobilePhone",
            "target": "Mobile",
            "transform": ["digits"],
            "direction": "both",
            "conflict": "newest",
        },
        {"source": "Birthdate", "target": "BirthDate"},
        {"source": "LeadSource", "target": "Source"},
        {"source": "Loyalty_Points__c", "target": "Points", "transform": ["round"]},
        {"source": "Account.Name", "target": "Company", "when_empty": "keep"},
        {"source": "MailingCity", "target": "City", "direction": "both", "conflict": "ask"},
        {"source": "Language__c", "target": "Language", "direction": "to_salesforce"},
    ]
    born_pairs = [
        {"source": "Email", "target": "EMail", "key": True},
        {"source": "Id", "target": "SalesforceID"},
        {"source": "FirstName", "target": "FirstName"},
        {"source": "LastName", "target": "LastName"},
    ]
    newsletter = {
        "optin": "Newsletter",
        "target": "DI_Optin_Newsletter__c",
        "date_target": "DI_Optin_Newsletter_Date__c",
        "source_target": "DI_Optin_Newsletter_Source__c",
    }
    promotions = {
        "optin": "Promotions",
        "target": "DI_Optin_Promotions__c",
        "subscribed": "Yes",
        "unsubscribed": "No",
        "neutral": "Unknown",
    }
    lead_pairs = [
        {"source": "Id", "target": "SalesforceID", "key": True},
        {"source": "Email", "target": "EMail"},
        {"source": "LastName", "target": "LastName"},
    ]
    order_pairs = [
        {"source": "Name", "target": "OrderNumber", "key": True},
        {"source": "Total__c", "target": "Total"},
    ]
    return Project.model_validate(
        {
            "id": "11111111-2222-3333-4444-555555555555",
            "name": "Acme newsletter",
            "connections": [
                {
                    "kind": "salesforce",
                    "id": "prod",
                    "name": "Acme (production)",
                    "login_url": "https://acme.my.salesforce.com",
                    "client_id": "3MVG9EXAMPLEqT2x",
                },
                {
                    "kind": "salesforce",
                    "id": "sandbox",
                    "name": "Acme (full sandbox)",
                    "login_url": "https://test.salesforce.com",
                    "client_id": "3MVG9EXAMPLEtT2y",
                },
                {"kind": "dialog_insight", "id": "di", "name": "Acme Canada", "id_key": 5335},
            ],
            "projects": [
                {
                    "id": "newsletter",
                    "connection": "di",
                    "id_project": 123456,
                    "name": "Newsletter",
                    "type": "A",
                    "key": ["SalesforceID"],
                    "tables": [
                        {
                            "id_table": 987,
                            "code": "ORDERS",
                            "key": ["OrderNumber"],
                            "fields": [
                                {"code": "OrderNumber", "length": 30},
                                {"code": "Total", "type": "decimal", "precision": 12, "scale": 2},
                            ],
                        }
                    ],
                },
                {
                    "id": "webforms",
                    "connection": "di",
                    "id_project": 123502,
                    "name": "Web forms",
                    "type": "B",
                    "key": ["EMail"],
                },
            ],
            "integrations": [
                {
                    "name": "Contacts",
                    "salesforce": "prod",
                    "object": "Contact",
                    "project": "newsletter",
                    "triggers": [
                        "salesforce_created",
                        "salesforce_updated",
                        "salesforce_deleted",
                        "dialog_insight_updated",
                        "optin_changed",
                    ],
                    "filter": "Newsletter_Audience__c = true",
                    "deletes": {"field": "DeletedInSalesforce"},
                    "schedule": {"every_minutes": 15},
                    "optins": [newsletter, promotions],
                    "mapping": {"pairs": contact_pairs},
                },
                {
                    "name": "Leads",
                    "salesforce": "prod",
                    "object": "Lead",
                    "project": "newsletter",
                    "triggers": ["salesforce_created"],
                    "mapping": {"pairs": lead_pairs},
                },
                {
                    "name": "Orders",
                    "enabled": False,
                    "salesforce": "prod",
                    "object": "Order__c",
                    "project": "newsletter",
                    "table": "ORDERS",
                    "mapping": {"pairs": order_pairs},
                },
                {
                    "name": "Web sign-ups",
                    "enabled": False,
                    "salesforce": "prod",
                    "object": "Contact",
                    "project": "webforms",
                    "triggers": ["dialog_insight_created", "dialog_insight_updated", "optin_changed"],
                    "external_id": "DI_Contact_Id__c",
                    "schedule": {"at": ["06:00", "13:30"]},
                    "optins": [{"optin": "Newsletter", "target": "HasOptedOutOfEmail", "inverted": True}],
                    "mapping": {"pairs": born_pairs},
                },
            ],
        }
    )


def contact_fields(extra: int = 0) -> dict[str, Field]:
    """Give the fields of an org's Contact; `extra` adds that many more of every kind."""
    fields = [
        Field("Id", "Contact ID", F.ID, 18, native_type="id", updatable=False, creatable=False),
        Field("Email", "Email", F.EMAIL, 80, native_type="email"),
        Field("FirstName", "First Name", F.TEXT, 40, native_type="string"),
        Field("LastName", "Last Name", F.TEXT, 80, required=True, native_type="string"),
        Field("MobilePhone", "Mobile Phone", F.PHONE, 40, native_type="phone"),
        Field("Birthdate", "Birthdate", F.DATE, native_type="date"),
        Field(
            "LeadSource", "Lead Source", F.CHOICE, 255, choices=("Web", "Partner", "Trade show"), native_type="picklist"
        ),
        Field("MailingCity", "Mailing City", F.TEXT, 40, native_type="string"),
        Field("Loyalty_Points__c", "Loyalty Points", F.DECIMAL, precision=9, scale=2, native_type="double"),
        Field("Account.Name", "Account Name", F.TEXT, 255, native_type="string"),
        Field("DoNotCall", "Do Not Call", F.BOOLEAN, native_type="boolean"),
        Field("LastActivityDate", "Last Activity", F.DATE, native_type="date"),
        Field("MailingAddress", "Mailing Address", F.UNSUPPORTED, native_type="address"),
        Field("Language__c", "Language", F.CHOICE, 255, choices=("fr", "en"), native_type="picklist"),
        Field("HasOptedOutOfEmail", "Email Opt Out", F.BOOLEAN, native_type="boolean"),
        Field("DI_Optin_Newsletter__c", "Newsletter consent", F.BOOLEAN, native_type="boolean"),
        Field("DI_Optin_Newsletter_Date__c", "Newsletter consent date", F.DATETIME, native_type="datetime"),
        Field("DI_Optin_Newsletter_Source__c", "Newsletter consent source", F.TEXT, 80, native_type="string"),
        Field(
            "DI_Optin_Promotions__c",
            "Promotions consent",
            F.CHOICE,
            255,
            choices=("Yes", "No", "Unknown"),
            restricted=True,
            native_type="picklist",
        ),
        Field("DI_Contact_Id__c", "Dialog Insight contact", F.TEXT, 40, unique=True, external_id=True),
        Field("Newsletter_Audience__c", "Newsletter audience", F.BOOLEAN, native_type="boolean"),
    ]
    kinds = [F.TEXT, F.DECIMAL, F.BOOLEAN, F.DATETIME, F.REFERENCE, F.CHOICES, F.URL, F.INTEGER]
    fields += [Field(f"Custom_{n}__c", f"Custom field {n}", kinds[n % len(kinds)], 120) for n in range(extra)]
    return {f.name: f for f in fields}


def list_fields(extra: int = 0) -> dict[str, Field]:
    """Give the fields of the contact list of a Dialog Insight project."""
    fields = [
        Field("SalesforceID", "Salesforce ID", F.TEXT, 18, key=True, required=True, native_type="NVarChar"),
        Field("EMail", "E-mail", F.EMAIL, 200, required=True, native_type="EMail"),
        Field("FirstName", "First name", F.TEXT, 100, native_type="NVarChar"),
        Field("LastName", "Last name", F.TEXT, 100, native_type="NVarChar"),
        Field("Mobile", "Mobile", F.PHONE, native_type="Phone"),
        Field("BirthDate", "Date of birth", F.DATE, native_type="DateTime"),
        Field("Source", "Source", F.TEXT, 10, native_type="NVarChar"),
        Field("Points", "Points", F.INTEGER, native_type="Int"),
        Field("Company", "Company", F.TEXT, 255, native_type="NVarChar"),
        Field("City", "City", F.TEXT, 50, native_type="NVarChar"),
        Field("Language", "Language", F.TEXT, 2, native_type="NVarChar"),
        Field("IsVIP", "VIP", F.BOOLEAN, native_type="Boolean"),
        Field("DeletedInSalesforce", "Deleted in Salesforce", F.DATE, native_type="DateTime"),
    ]
    fields += [Field(f"Extra{n}", f"Extra {n}", F.TEXT, 100) for n in range(extra)]
    return {f.name: f for f in fields}


def summary(
    name: str = "", status: str = "success", created: int = 0, updated: int = 0, aside: int = 0, **more: Any
) -> dict[str, Any]:
    """Give the members of a run's figures."""
    nothing = {"read": 0, "created": 0, "updated": 0, "deleted": 0}
    return {
        "name": name,
        "status": status,
        "seconds": 6.1,
        "salesforce": nothing | {"read": created + updated + aside + 96, "updated": updated // 30},
        "dialog_insight": nothing | {"created": created, "updated": updated, "deleted": updated // 500},
        "unchanged": 96,
        "set_aside": aside,
        "conflicts": 0,
        "calls": {"salesforce": 9, "dialog_insight": 12},
        "outstanding": {"set_aside": aside, "conflicts": 0, "consent_review": 0},
    } | more


def runs(count: int = 14, now: datetime | None = None) -> tuple[RunRecord, ...]:
    """Give the story of some runs, the newest first; the newest one set records aside."""
    now, told = now or datetime.now(UTC), []
    for n in range(count):
        at = now - timedelta(minutes=15 * n if n < 6 else 1440 + 30 * n)
        aside = 3 if n == 0 else 0
        status = "partial" if aside else "failed" if n == 4 else "success"
        contacts = summary("Contacts", status, created=118 + n * 7, updated=1040 - n * 31, aside=aside)
        parts = [contacts, summary("Leads", "success", created=n)]
        total = summary("", status, created=118 + n * 8, updated=1040 - n * 31, aside=aside, integrations=parts)
        ended = (at + timedelta(seconds=6)).isoformat()
        told.append(RunRecord(count - n, at.isoformat(), ended, status, total))
    return tuple(told)


def set_aside() -> tuple[SetAsideRecord, ...]:
    """Give four records that wait, each for another reason; the last one cannot enter Salesforce."""
    at = (datetime.now(UTC) - timedelta(minutes=3)).isoformat()
    there, back = Side.DIALOG_INSIGHT, Side.SALESFORCE
    rows: list[tuple[int, str, str, Side, Reason, dict[str, int]]] = [
        (1, "0035g00000A1xYzAAJ", "EMail", there, Reason.EMAIL, {}),
        (2, "0035g00000B7xYzAAJ", "Source", there, Reason.TOO_LONG, {"length": 19, "limit": 10}),
        (3, "0035g00000C9xYzAAJ", "SalesforceID", there, Reason.KEY_MISSING, {}),
        (4, "0035g00000D2xYzAAJ", "MailingCity", back, Reason.TOO_LONG, {"length": 44, "limit": 40}),
    ]
    return tuple(
        SetAsideRecord(
            n,
            "Contacts",
            side.value,
            rid,
            name,
            code.value,
            *explain(Refusal(code, tuple(figures.items())), name, side),
            figures,
            "",
            at,
            at,
            1,
        )
        for n, rid, name, side, code, figures in rows
    )


class FakeWorkspace:
    """Has the verbs of the real workspace that the window calls; `deeds` tells which were called."""

    def __init__(self, path: Path, places: Places) -> None:
        self.path = path
        self.places = places
        self.project = project()
        self.secrets_kept_in = "Windows Credential Manager"
        self.deeds: list[tuple[Any, ...]] = []
        self.authorized = {"prod": True, "sandbox": False, "di": True}
        self.errors: dict[str, DisfError] = {}
        self.told_runs = runs()
        self.told_set_aside = set_aside()
        self.told_conflicts, self.told_reviews = 0, 0
        self.browser_is_back = threading.Event()

    def check(self, *, offline: bool = False) -> tuple[Problem, ...]:
        return ()

    def is_authorized(self, connection: str) -> bool:
        return self.authorized[connection]

    def test(self, connection: str) -> ConnectionFacts:
        self.deeds.append(("test", connection))
        if connection in self.errors:
            raise self.errors[connection]
        if connection == "di":
            return ConnectionFacts(projects=(ProjectFacts(123456, "Newsletter"), ProjectFacts(123502, "Web forms")))
        return ConnectionFacts("sync.user@acme.example", "Acme Inc.", "Enterprise Edition", "66.0", 1880, 100_000)

    def store_key(self, connection: str, key: str) -> None:
        self.deeds.append(("store_key", connection))
        if key == "wrong":
            raise AuthorizationNeeded(
                "Dialog Insight refuses this key.", "Copy it again from Dialog Insight.", connection
            )
        self.authorized[connection] = True

    def sign_in(self, connection: str, cancel: threading.Event) -> Iterator[SignInStep]:
        self.deeds.append(("sign_in", connection))
        yield OpenBrowser("https://test.salesforce.com/services/oauth2/authorize?client_id=example")
        yield Waiting("http://localhost:17177/OauthRedirect")
        while not self.browser_is_back.wait(0.02):
            if cancel.is_set():
                return
        yield CodeReceived()
        self.authorized[connection] = True

    def disconnect(self, connection: str) -> None:
        self.deeds.append(("disconnect", connection))
        self.authorized[connection] = False

    def salesforce_schema(self, connection: str, sobject: str, related: Sequence[str] = ()) -> Schema:
        if sobject == "Order__c":
            found = [
                Field("Name", "Order Number", F.TEXT, 30),
                Field("Total__c", "Total", F.DECIMAL, precision=12, scale=2),
            ]
            return Schema(Side.SALESFORCE, sobject, "Order", {f.name: f for f in found})
        return Schema(Side.SALESFORCE, sobject, sobject, contact_fields(74))

    def dialog_insight_schema(self, destination: str, table: str) -> Schema:
        if table != CONTACT_LIST:
            found = [
                Field("OrderNumber", "OrderNumber", F.TEXT, 30, key=True),
                Field("Total", "Total", F.DECIMAL, precision=12, scale=2),
            ]
            return Schema(Side.DIALOG_INSIGHT, table, table, {f.name: f for f in found})
        fields = list_fields(19)
        if destination == "webforms":
            fields = {n: Field(n, f.label, f.type, f.length, key=n == "EMail") for n, f in fields.items()}
        opt_ins = (
            Field("Newsletter", "Newsletter", F.BOOLEAN, native_type="explicit"),
            Field("Promotions", "Promotions", F.BOOLEAN, native_type="explicit"),
            Field("Casl", "Business relation", F.BOOLEAN, native_type="implied"),
        )
        return Schema(Side.DIALOG_INSIGHT, CONTACT_LIST, "Contact", fields, opt_ins)

    def status(self) -> History:
        waiting = Outstanding(len(self.told_set_aside), self.told_conflicts, self.told_reviews)
        by_name = {"Contacts": waiting} if waiting else {}
        looked = Freshness((datetime.now(UTC) - timedelta(hours=3)).isoformat(), 12)
        last = self.told_runs[0] if self.told_runs else None
        return History(waiting, by_name, (), last, {"Contacts": looked})

    def runs(self, limit: int = 50) -> tuple[RunRecord, ...]:
        return self.told_runs[:limit]

    def set_aside(
        self, *, integration: str | None = None, after: int = 0, limit: int = 200
    ) -> tuple[SetAsideRecord, ...]:
        return tuple(r for r in self.told_set_aside if r.id > after)[:limit]

    def retry(self, ids: Sequence[int] | None) -> int:
        self.deeds.append(("retry", ids))
        return len(self.told_set_aside if ids is None else ids)

    def dismiss(self, ids: Sequence[int]) -> int:
        self.deeds.append(("dismiss", list(ids)))
        self.told_set_aside = tuple(r for r in self.told_set_aside if r.id not in ids)
        return len(ids)

    def export_set_aside(self, path: Path) -> int:
        self.deeds.append(("export", path))
        return len(self.told_set_aside)
