"""What the workspace in memory tells of an org's objects and records. All of it is made up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from disf_desktop.core.errors import DisfError, Problem, SettingsError
from disf_desktop.core.sampling import Sample
from disf_desktop.workspace.fields import ObjectFacts

PEOPLE = (
    ("Camille", "Tremblay", "camille@exemple.ca", "514 555-0101", "1990-04-02", "Web", "Montréal", "120.50"),
    ("Léa", "Bouchard", "lea@exemple.ca", "", "1984-11-30", "Trade show partner", "Laval", "88"),
    ("Noah", "Roy", "noah@exemple.ca", "438 555-0199", None, "Partner", "Québec", "3.25"),
    ("Zoé", "Gagnon", None, "514 555-0144 ext. 12", "2001-01-15", None, "Lévis", None),
)


class FakeSamples:
    """The verbs that look around in an org."""

    deeds: list[tuple[Any, ...]]
    errors: dict[str, DisfError]

    def objects(self, connection: str) -> tuple[ObjectFacts, ...]:
        self.deeds.append(("objects", connection))
        if "objects" in self.errors:
            raise self.errors["objects"]
        return (
            ObjectFacts("Account", "Account", False, True),
            ObjectFacts("Contact", "Contact", False, True),
            ObjectFacts("ContactHistory", "Contact History", False, False),
            ObjectFacts("Lead", "Lead", False, True),
            ObjectFacts("Order__c", "Order", True, True),
            ObjectFacts("Member__c", "Member", True, True),
        )

    def sample(
        self, connection: str, sobject: str, fields: Sequence[str], condition: str | None = None, limit: int = 2000
    ) -> Sample:
        self.deeds.append(("sample", connection, sobject, tuple(fields), condition))
        if "sample" in self.errors:
            raise self.errors["sample"]
        rows = []
        for n in range(200):
            first, last, email, phone, born, source, city, points = PEOPLE[n % len(PEOPLE)]
            told = {
                "Id": f"0035g{n:010d}",
                "FirstName": first,
                "LastName": last,
                "Email": email,
                "MobilePhone": phone or None,
                "Birthdate": born,
                "LeadSource": source,
                "MailingCity": city,
                "Loyalty_Points__c": Decimal(points) if points else None,
                "Account.Name": f"{last} inc.",
            }
            rows.append(tuple(told.get(name) for name in fields))
        return Sample(tuple(fields), tuple(rows))

    def try_filter(self, connection: str, sobject: str, condition: str) -> None:
        self.deeds.append(("try_filter", connection, sobject, condition))
        if "Nothing__c" in condition:
            problem = Problem(
                sobject,
                f"The filter of {sobject} cannot be used: INVALID_FIELD: No such column.",
                "Correct the filter.",
            )
            raise SettingsError((problem,))
