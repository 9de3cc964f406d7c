"""People, companies and orders, made up: the same words and the same seed give the same ones.

Chances are drawn as `random() < p` and picks as `words[int(random() * len)]`: a hundred thousand people are made in
seconds, which `random.choice` would not allow.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

DAY = 86_400
TWO_YEARS = 728 * DAY
INTERESTS = ("Voyages", "Cuisine", "Sport", "Musique", "Lecture", "Jardin")
SOURCES = ("Web", "Phone Inquiry", "Partner Referral", "Purchased List", "Other")
LEAD_STATUSES = ("Open - Not Contacted", "Working - Contacted", "Closed - Not Converted")
ORDER_STATUSES = ("New", "Paid", "Shipped", "Cancelled")
BAD_EMAIL = (
    "{0}.exemple.example",
    "{0} {0}@exemple.example",
    "{0}@exemple",
    "{0}@@exemple.example",
    "@exemple.example",
)
LONG_TITLE = "Responsable adjointe de la coordination des communications, des événements et des partenariats régionaux"

Row = dict[str, Any]


class Stamps:
    """Draw instants in the past two years, none in the last day; many fall on the same second, as after a bulk load."""

    def __init__(self, random: Random, now: int) -> None:
        self._random = random.random
        # Counted from midnight, so that a seed gives the same org all day long.
        self.last = now - now % DAY - DAY
        self._loads = [self.last - int(self._random() * TWO_YEARS) for _ in range(7)]

    def pair(self) -> tuple[str, str]:
        """Return when a record was created and when it was last changed."""
        random = self._random
        if random() < 0.2:
            changed = self._loads[int(random() * len(self._loads))]
        else:
            changed = self.last - int(random() * random() * TWO_YEARS)
        oldest = self.last - TWO_YEARS
        created = oldest + int((changed - oldest) * random()) if random() < 0.7 else changed
        return salesforce_time(created), salesforce_time(changed)

    def any(self) -> int:
        """Return any instant of that time, seconds since 1970."""
        return self.last - int(self._random() * TWO_YEARS)


def salesforce_time(seconds: int) -> str:
    """Write an instant as Salesforce does."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.000+0000", time.gmtime(seconds))


class MadeUp:
    """Make records; `words` is `seed/words.yaml`."""

    def __init__(self, words: Mapping[str, Any], random: Random, now: int) -> None:
        self._words = words
        self._random = random.random
        self.stamps = Stamps(random, now)
        self._plain: dict[str, str] = {}

    def _pick(self, words: Sequence[Any]) -> Any:
        return words[int(self._random() * len(words))]

    def _perhaps(self, chance: float, value: Any) -> Any:
        return value if self._random() < chance else None

    def _mailbox(self, name: str) -> str:
        plain = self._plain.get(name)
        if plain is None:
            folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
            plain = self._plain[name] = "".join(each for each in folded.lower() if each.isalnum() or each == "-")
        return plain

    def _language(self) -> str:
        return "fr" if self._random() < 0.6 else "en"

    def _phone(self) -> str:
        number = int(self._random() * 100)
        area = self._pick(("514", "418", "819", "416", "604"))
        return f"({area}) 555-01{number:02d}" if number % 2 else f"+1 {area} 555 01{number:02d}"

    def _postal_code(self, start: str) -> str:
        number = int(self._random() * 2000)
        return f"{start} {number % 10}{'ABCEGHJKLMNPRSTVWXYZ'[number // 100]}{number // 10 % 10}"

    def _street(self, language: str) -> str:
        number, street = 1 + int(self._random() * 9800), self._pick(self._words["streets"][language])
        if language == "en":
            return f"{number} {street}"
        return f"{number}, {street}\nApp. {number % 40}" if number % 11 == 0 else f"{number}, {street}"

    def _interests(self) -> str | None:
        chosen = int(self._random() * 64)
        return ";".join(each for bit, each in enumerate(INTERESTS) if chosen >> bit & 1) or None

    def _points(self) -> float | None:
        draw = self._random()
        return None if draw < 0.2 else round(draw * 9_000) if draw < 0.5 else round(draw * 900_000) / 100

    def account(self, number: int) -> Row:
        """Make a company; the number keeps its name unique."""
        language = self._language()
        family = self._pick(self._words["last_names"][language])
        trade = self._pick(self._words["trades"][language])
        name = f"{trade} {family} {number}" if language == "fr" else f"{family} {trade} {number}"
        city, province, start = self._pick(self._words["cities"][language])
        created, changed = self.stamps.pair()
        return {
            "Name": name,
            "Type": self._pick(("Prospect", "Customer - Direct", "Other")),
            "BillingStreet": self._street(language),
            "BillingCity": city,
            "BillingState": province,
            "BillingPostalCode": self._postal_code(start),
            "BillingCountry": "Canada",
            "Phone": self._phone(),
            "Website": f"https://{self._mailbox(family)}{number}.example",
            "AccountNumber": f"C-{number:06d}",
            "CreatedDate": created,
            "LastModifiedDate": changed,
            "SystemModstamp": changed,
        }

    def person(self, number: int, bad: str | None) -> tuple[Row, str, Row]:
        """Make what contacts and leads share; return it, the language, and the address under bare names.

        `bad` is None, or the one way in which Dialog Insight will refuse the record.
        """
        random = self._random
        language = self._language()
        first, last = self._pick(self._words["first_names"][language]), self._pick(self._words["last_names"][language])
        city, province, start = self._pick(self._words["cities"][language])
        created, changed = self.stamps.pair()
        person: Row = {
            # As Salesforce keeps them: trimmed, addresses in lower case (a save does both).
            "FirstName": None if random() < 0.02 else first,
            "LastName": last,
            "Email": self._email(first, last, number, bad),
            "Title": self._title(number, language, bad),
            "Phone": self._perhaps(0.6, self._phone()),
            "MobilePhone": self._perhaps(0.7, self._phone()),
            "LeadSource": self._perhaps(0.8, self._pick(SOURCES)),
            "Language__c": self._perhaps(0.95, language),
            "Loyalty_Points__c": self._points(),
            "VIP__c": random() < 0.05,
            "Interests__c": self._interests(),
            "Last_Visit__c": salesforce_time(self.stamps.any()) if random() < 0.6 else None,
            "HasOptedOutOfEmail": random() < 0.03,
            "DoNotCall": random() < 0.02,
            "CreatedDate": created,
            "LastModifiedDate": changed,
            "SystemModstamp": changed,
        }
        address: Row = {"Country": self._perhaps(0.9, "Canada")}
        if random() < 0.85:
            address |= {
                "Street": self._street(language),
                "City": city,
                "State": province,
                "PostalCode": self._postal_code(start),
            }
        return person, language, address

    def _email(self, first: str, last: str, number: int, bad: str | None) -> str | None:
        if bad == "key_missing":
            return None
        mailbox = f"{self._mailbox(first)}.{self._mailbox(last)}"
        if bad == "email":
            return BAD_EMAIL[number % len(BAD_EMAIL)].format(mailbox)
        return f"{mailbox}{number}@{self._pick(self._words['domains'])}"

    def _title(self, number: int, language: str, bad: str | None) -> str | None:
        if bad == "too_long":
            return f"{LONG_TITLE}, {number}"[:128]
        # Now and then exactly as long as the field of Dialog Insight.
        if number % 499 == 0:
            return LONG_TITLE[:100]
        title: str | None = self._perhaps(0.7, self._pick(self._words["titles"][language]))
        return title

    def contact(self, number: int, bad: str | None, account: str | None) -> Row:
        """Make a contact of an account."""
        person, language, address = self.person(number, bad)
        year, day = 1940 + int(self._random() * 66), 1 + int(self._random() * 28)
        return {
            **person,
            **{f"Mailing{name}": value for name, value in address.items()},
            "AccountId": account,
            "Salutation": self._perhaps(0.3, "Mr." if language == "en" else "Ms."),
            "Birthdate": self._perhaps(0.5, f"{year}-{1 + number % 12:02d}-{day:02d}"),
            "Department": None,
            "Legacy_Id__c": f"L{number:07d}" if number % 3 else None,
        }

    def lead(self, number: int, bad: str | None) -> Row:
        """Make a lead."""
        person, language, address = self.person(number, bad)
        family, trade = self._pick(self._words["last_names"][language]), self._pick(self._words["trades"][language])
        return {
            **person,
            **address,
            "Company": f"{trade} {family}" if language == "fr" else f"{family} {trade}",
            "Status": self._pick(LEAD_STATUSES),
        }

    def order(self, number: int, contact: str) -> Row:
        """Make an order of a contact."""
        created, changed = self.stamps.pair()
        ordered = self.stamps.any()
        status = self._pick(ORDER_STATUSES)
        shipped = min(ordered + int(self._random() * 9 * DAY), self.stamps.last)
        return {
            "Name": f"O-{number:08d}",
            "Contact__c": contact,
            "Amount__c": round(self._random() * 90_000) / 100,
            "Order_Date__c": time.strftime("%Y-%m-%d", time.gmtime(ordered)),
            "Status__c": status,
            "Quantity__c": 1 + int(self._random() * 12),
            "Paid__c": status in ("Paid", "Shipped"),
            "Shipped_At__c": salesforce_time(shipped) if status == "Shipped" else None,
            "Comment__c": self._perhaps(0.2, self._pick(self._words["comments"])),
            "External_Number__c": f"WEB-{number:08d}",
            "CreatedDate": created,
            "LastModifiedDate": changed,
            "SystemModstamp": changed,
        }

    def campaigns(self) -> Iterator[Row]:
        """Make the campaigns."""
        for name in self._words["campaigns"]:
            created, changed = self.stamps.pair()
            yield {
                "Name": name,
                "Type": "Email",
                "Status": self._pick(("Planned", "In Progress", "Completed")),
                "IsActive": True,
                "CreatedDate": created,
                "LastModifiedDate": changed,
                "SystemModstamp": changed,
            }

    def subscriber(self, number: int) -> tuple[Row, int]:
        """Make somebody who filled in a form; return the values (names of web services) and when (seconds)."""
        language = self._language()
        first, last = self._pick(self._words["first_names"][language]), self._pick(self._words["last_names"][language])
        domain = self._pick(self._words["domains"])
        return {
            "f_EMail": f"{self._mailbox(first)}.{self._mailbox(last)}.form{number}@{domain}",
            "f_FirstName": first,
            "f_LastName": last,
            "f_Mobile": self._perhaps(0.4, self._phone()),
            "f_City": self._perhaps(0.6, self._pick(self._words["cities"][language])[0]),
            "f_Language": language,
            "f_FormName": self._pick(self._words["forms"]),
            "f_Interests": (self._interests() or "").replace(";", "|"),
            "optin_Newsletter": self._pick((1, 1, 1, 0, None)),
        }, self.stamps.any()
