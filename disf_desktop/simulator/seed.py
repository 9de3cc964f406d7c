"""What both services hold at the start: made from the number of records and the seed alone.

The stamps are counted from the day of the start, so the same seed gives the same records all day long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import yaml

from disf_desktop.simulator.dialog_insight import Account
from disf_desktop.simulator.dialog_insight.definitions import Definition, read
from disf_desktop.simulator.made_up import TWO_YEARS, MadeUp, Row, salesforce_time
from disf_desktop.simulator.salesforce import Org, OrgCredentials
from disf_desktop.simulator.salesforce.ids import long_id

# The parser in C, where PyYAML was built with it, takes a tenth of the time.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
WEB_FORMS = 123502


@dataclass(frozen=True, slots=True)
class Expected:
    """How many records of an object there are, and how many Dialog Insight will refuse, by the way they are bad."""

    total: int
    invalid: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """Return the member of the ready file."""
        return {"total": self.total, "valid": self.total - sum(self.invalid.values()), "invalid": self.invalid}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many records of each kind, from the number of contacts."""

    contacts: int

    @property
    def leads(self) -> int:
        return self.contacts // 5

    @property
    def accounts(self) -> int:
        return self.contacts // 10

    @property
    def orders(self) -> int:
        return self.contacts // 2

    @property
    def subscribers(self) -> int:
        return max(5, self.contacts // 50)

    def expected(self) -> dict[str, dict[str, Any]]:
        """Return `expected` of the ready file."""
        none = dict.fromkeys(("email", "too_long", "key_missing"), 0)
        return {
            "Contact": Expected(self.contacts, self._invalid(self.contacts)).as_json(),
            "Lead": Expected(self.leads, self._invalid(self.leads)).as_json(),
            "Order__c": Expected(self.orders, none).as_json(),
        }

    def _invalid(self, total: int) -> dict[str, int]:
        bad = 0 if self.contacts < 100 else max(1, total // 100)
        share = bad * 3 // 10
        return {"email": bad - 2 * share, "too_long": share, "key_missing": share}

    def bad(self, total: int, random: Random) -> dict[int, str]:
        """Choose which records are bad, and how: number → way."""
        ways = [way for way, count in self._invalid(total).items() for _ in range(count)]
        return dict(zip(random.sample(range(1, total + 1), len(ways)), ways, strict=True))


def read_yaml(path: Path) -> Any:
    """Read a YAML file. Raises OSError, UnicodeDecodeError, yaml.YAMLError."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader


def credentials(seed: int) -> OrgCredentials:
    """Make the ids and secrets of the org."""
    random = Random(f"credentials of {seed}")  # noqa: S311 - of a simulator, the same each time on purpose

    def secret(length: int) -> str:
        return "".join(random.choices(_LETTERS, k=length))

    org_id = _id("00DQy0", random)
    return OrgCredentials(
        org_id=org_id,
        user_id=_id("005Qy0", random),
        username="integration@rehearsal.example",
        password=secret(16),
        client_id=f"3MVG9{secret(80)}",
        client_secret=secret(64),
        access_token=f"{org_id[:15]}!AQ{secret(94)}",
        refresh_token=f"5Aep861{secret(80)}",
    )


def _id(start: str, random: Random) -> str:
    made = long_id(start + f"{random.randrange(1, 10**9):09d}")
    assert made is not None
    return made


def definition(data: Path, seed: int) -> Definition:
    """Read the account of Dialog Insight; its key comes from the seed."""
    random = Random(f"key of {seed}")  # noqa: S311 - as above
    given = read_yaml(data / "seed" / "account.yaml")
    return read(given, "".join(random.choices(_LETTERS, k=32)))


def fill(org: Org, account: Account, data: Path, records: int) -> None:
    """Put the records of the seed into both services, and have them remember this state."""
    world = org.world
    random = Random(f"records of {world.seed}")  # noqa: S311 - as above
    words = read_yaml(data / "seed" / "words.yaml")
    made_up = MadeUp(words, random, int(world.clock.now().timestamp()))
    sizes = Sizes(records)
    by = _people_of_the_org(org, made_up)
    accounts = [org.next_id("Account") for _ in range(sizes.accounts)]
    org.load("Account", ({"Id": id, **by, **made_up.account(n)} for n, id in enumerate(accounts, 1)))
    contacts = [org.next_id("Contact") for _ in range(sizes.contacts)]
    bad = sizes.bad(sizes.contacts, random)
    org.load("Contact", _contacts(made_up, random, by, contacts, accounts, bad))
    bad_leads = sizes.bad(sizes.leads, random)
    org.load("Lead", ({**by, **made_up.lead(n, bad_leads.get(n))} for n in range(1, sizes.leads + 1)))
    valid = [id for n, id in enumerate(contacts, 1) if n not in bad]
    org.load("Order__c", _orders(made_up, random, by, valid, sizes.orders))
    org.load("Campaign", ({**by, **row} for row in made_up.campaigns()))
    org.save_seed()
    account.load_contacts(WEB_FORMS, _subscribers(made_up, account, sizes.subscribers))
    account.save_seed()


def _people_of_the_org(org: Org, made_up: MadeUp) -> Row:
    """Store the organization and its users; return who made the records: a person, never the integration user."""
    start = salesforce_time(made_up.stamps.last - TWO_YEARS)
    stamps = {"CreatedDate": start, "LastModifiedDate": start, "SystemModstamp": start}
    known = org.credentials
    user = {
        "IsActive": True,
        "TimeZoneSidKey": "America/Toronto",
        "LocaleSidKey": "fr_CA",
        "LanguageLocaleKey": "fr",
        "EmailEncodingKey": "UTF-8",
        "UserType": "Standard",
        "ProfileId": long_id("00eQy0000000001"),
        "CreatedById": known.user_id,
        "LastModifiedById": known.user_id,
        **stamps,
    }
    person = org.next_id("User")
    integration = {
        "Id": known.user_id,
        "Username": known.username,
        "FirstName": "Integration",
        "LastName": "Dialog Insight",
        "Email": "integration@rehearsal.example",
        "Alias": "integ",
        "CommunityNickname": "integration",
    }
    somebody = {
        "Id": person,
        "Username": "mathilde@rehearsal.example",
        "FirstName": "Mathilde",
        "LastName": "Ouellet",
        "Email": "mathilde@rehearsal.example",
        "Alias": "mouel",
        "CommunityNickname": "mathilde",
    }
    org.load("User", [{**user, **integration, "Name": "Integration Dialog Insight"}, {**user, **somebody}])
    profiles = {row["Name"]: row["Id"] for row in org.rows("Profile")}
    org.load("User", [{**user, **other, "Id": org.next_id("User")} for other in _colleagues(profiles)])
    organization = {
        "Id": known.org_id,
        "Name": "Répétition générale",
        "City": "Montréal",
        "State": "QC",
        "Country": "CA",
        "OrganizationType": "Developer Edition",
        "InstanceName": "SIM1",
        "IsSandbox": False,
        "LanguageLocaleKey": "fr",
        "TimeZoneSidKey": "America/Toronto",
        "DefaultLocaleSidKey": "fr_CA",
        "FiscalYearStartMonth": 1,
        "CreatedById": known.user_id,
        "LastModifiedById": known.user_id,
        **stamps,
    }
    org.load("Organization", [organization])
    return {"OwnerId": person, "CreatedById": person, "LastModifiedById": person}


def _colleagues(profiles: Row) -> Iterator[Row]:
    """Yield the other users: of several profiles, and one who has left."""
    for first, last, profile, active in (
        ("Olivier", "Gagnon", "Standard User", True),
        ("Sophie", "Bélanger", "Marketing User", True),
        ("Karim", "Haddad", "Standard User", False),
    ):
        name = first.lower()
        yield {
            "Username": f"{name}@rehearsal.example",
            "FirstName": first,
            "LastName": last,
            "Email": f"{name}@rehearsal.example",
            "Alias": name[:5],
            "CommunityNickname": name,
            "ProfileId": profiles[profile],
            "IsActive": active,
        }


def _contacts(
    made_up: MadeUp, random: Random, by: Row, ids: Sequence[str], accounts: Sequence[str], bad: dict[int, str]
) -> Iterator[Row]:
    earlier: str | None = None
    for number, id in enumerate(ids, 1):
        has_account = accounts and random.random() < 0.9
        account = accounts[int(random.random() * len(accounts))] if has_account else None
        row = {"Id": id, **by, **made_up.contact(number, bad.get(number), account)}
        if number not in bad:
            if earlier is not None and random.random() < 0.01:
                # Two people, or one person twice, under one address.
                row["Email"] = earlier
            earlier = row["Email"]
        yield row


def _orders(made_up: MadeUp, random: Random, by: Row, contacts: Sequence[str], orders: int) -> Iterator[Row]:
    for number in range(1, orders + 1):
        yield {**by, **made_up.order(number, contacts[int(random.random() * len(contacts))])}


def _subscribers(made_up: MadeUp, account: Account, count: int) -> Iterator[tuple[Row, str]]:
    zone = account.projects[WEB_FORMS].zone
    for number in range(1, count + 1):
        values, at = made_up.subscriber(number)
        yield values, f"{datetime.fromtimestamp(at, UTC).astimezone(zone):%Y.%m.%d %H:%M:%S}"
