"""A made-up project file and the fields that both services would show for it."""

from __future__ import annotations

from disf_desktop.core.project import Project
from disf_desktop.core.schema import Field, FieldType

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
                    "calls_per_day": 5000,
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
        Field(
            "AccountId",
            "Account ID",
            F.REFERENCE,
            18,
            native_type="reference",
            relationship="Account",
            reference_to=("Account",),
        ),
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
