"""The seed: the same each time, bad exactly where it says so, and otherwise fit for Dialog Insight."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from disf_desktop.simulator.dialog_insight import Account
from disf_desktop.simulator.made_up import BAD_EMAIL
from disf_desktop.simulator.salesforce import Org
from disf_desktop.simulator.seed import Sizes, credentials, definition, fill
from disf_desktop.simulator.world import World
from tests.simulator.conftest import DATA

RECORDS = 2000
OPTIONS = {"AllowInsert": True, "AllowUpdate": False}
TORONTO = ZoneInfo("America/Toronto")
NEWSLETTER, ORDERS = 123456, 987


class Services:
    """Both stores, filled."""

    def __init__(self, folder: Path, records: int = RECORDS, seed: int = 1) -> None:
        self.world = World(seed)
        self.org = Org(folder / "org.sqlite", self.world, DATA / "describe", credentials(seed))
        self.account = Account(folder / "account.sqlite", self.world, definition(DATA, seed))
        fill(self.org, self.account, DATA, records)

    def close(self) -> None:
        self.org.close()
        self.account.close()


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    made = Services(tmp_path_factory.mktemp("seed"))
    yield made
    made.close()


def everything(services: Services) -> list[Any]:
    objects = ("Organization", "User", "Account", "Contact", "Lead", "Order__c", "Campaign")
    subscribers = list(services.account.contact_records(123502))
    return [list(services.org.rows(each)) for each in objects] + [subscribers, services.account.definition]


def test_the_same_seed_gives_the_same_records_and_another_one_others(tmp_path: Path) -> None:
    made = []
    for number, seed in enumerate((3, 3, 4)):
        folder = tmp_path / str(number)
        folder.mkdir()
        services = Services(folder, records=150, seed=seed)
        made.append((services.world.clock.now().date(), everything(services)))
        services.close()
    (first_day, first), (second_day, second), (_, third) = made
    # Stamps are counted from the day of the start: at midnight, and only then, the two differ.
    assert first == second or first_day != second_day
    assert first[3] != third[3]
    assert first[8].key != third[8].key


def test_there_are_as_many_records_as_the_contract_says(services: Services) -> None:
    counts = {each: len(list(services.org.rows(each))) for each in ("Contact", "Lead", "Account", "Order__c")}
    assert counts == {"Contact": 2000, "Lead": 400, "Account": 200, "Order__c": 1000}
    assert len(list(services.account.contact_records(123502))) == 40
    assert list(services.account.contact_records(NEWSLETTER)) == []


@pytest.mark.parametrize(
    ("records", "contacts", "leads"),
    [
        (10_000, {"email": 40, "too_long": 30, "key_missing": 30}, {"email": 8, "too_long": 6, "key_missing": 6}),
        (
            100_000,
            {"email": 400, "too_long": 300, "key_missing": 300},
            {"email": 80, "too_long": 60, "key_missing": 60},
        ),
        (100, {"email": 1, "too_long": 0, "key_missing": 0}, {"email": 1, "too_long": 0, "key_missing": 0}),
        (99, {"email": 0, "too_long": 0, "key_missing": 0}, {"email": 0, "too_long": 0, "key_missing": 0}),
    ],
)
def test_one_in_a_hundred_is_bad(records: int, contacts: dict[str, int], leads: dict[str, int]) -> None:
    expected = Sizes(records).expected()
    assert expected["Contact"]["invalid"] == contacts
    assert expected["Contact"]["valid"] == records - sum(contacts.values())
    assert expected["Lead"]["invalid"] == leads
    assert expected["Order__c"] == {
        "total": records // 2,
        "valid": records // 2,
        "invalid": {"email": 0, "too_long": 0, "key_missing": 0},
    }


def written(value: Any, type: str) -> Any:
    """Write a value of Salesforce as Dialog Insight wants it."""
    if value is None:
        return ""
    if type == "MultiList":
        return value.replace(";", "|")
    if type == "Date":
        return value.replace("-", ".")
    if type == "DateTime":
        moment = datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.000+0000").replace(tzinfo=UTC)
        return f"{moment.astimezone(TORONTO):%Y.%m.%d %H:%M:%S}"
    return value


def merged(services: Services, name: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Merge every record of an integration as it is mapped; return each with its result."""
    project = yaml.safe_load((DATA / "seed" / "project.yaml").read_text(encoding="utf-8"))
    [integration] = [each for each in project["integrations"] if each["name"] == name]
    contacts = integration["table"] == "Contact"
    of = services.account.contacts[NEWSLETTER] if contacts else services.account.tables[ORDERS]
    types = {each.code: each.type for each in of.of.fields}
    companies = {each["Id"]: each["Name"] for each in services.org.rows("Account")}
    numbers = {each["f_SalesforceID"]: each["idContact"] for each in services.account.contact_records(NEWSLETTER)}
    sources = list(services.org.rows(integration["object"]))
    records = []
    for source in sources:
        given = {**source, "Account.Name": companies.get(source.get("AccountId", ""))}
        if "Contact__c" in source:
            given["Contact__c"] = numbers[source["Contact__c"]]
        data = {
            pair["target"]: written(given[pair["source"]], types[pair["target"]])
            for pair in integration["mapping"]["pairs"]
        }
        [key] = [pair["target"] for pair in integration["mapping"]["pairs"] if pair.get("key")]
        identity = {f"key_{of.prefix}{key}": data[key]}
        records.append({"ID": identity, "Data": {of.prefix + code: value for code, value in data.items()}})
    results = services.account.merge(of, records, OPTIONS).results
    return list(zip(sources, results, strict=True))


def way(source: dict[str, Any]) -> str | None:
    """Tell how a record is bad, by its looks alone."""
    ways = []
    if source["Email"] is None:
        ways.append("key_missing")
    elif not re.fullmatch(r"[^@ ]+@[a-z.]+[.]example", source["Email"].lower()):
        ways.append("email")
    if source["Title"] is not None and len(source["Title"]) > 100:
        ways.append("too_long")
    assert len(ways) <= 1, "bad in one way only"
    return ways[0] if ways else None


def test_dialog_insight_refuses_exactly_the_records_that_are_expected(services: Services) -> None:
    expected = Sizes(RECORDS).expected()
    for name, sobject in (("Contacts", "Contact"), ("Leads", "Lead"), ("Orders", "Order__c")):
        pairs = merged(services, name)
        refused = [source for source, result in pairs if result["Status"] != "Created"]
        assert len(refused) == expected[sobject]["total"] - expected[sobject]["valid"], name
        if sobject != "Order__c":
            ways = Counter(way(source) for source, _ in pairs)
            assert ways == {None: expected[sobject]["valid"], **expected[sobject]["invalid"]}
            assert {source["Id"] for source in refused} == {source["Id"] for source, _ in pairs if way(source)}


def test_every_malformed_address_is_refused() -> None:
    from disf_desktop.simulator.dialog_insight.definitions import Field
    from disf_desktop.simulator.dialog_insight.values import Refused, accept

    take = accept(Field("EMail", "EMail", 100))
    for form in BAD_EMAIL:
        with pytest.raises(Refused):
            take(form.format("zoe.cote"))


def test_stamps_are_in_order_in_the_past_two_years_and_none_in_the_last_day(services: Services) -> None:
    now = services.world.clock.now()
    oldest, newest = (f"{each:%Y-%m-%dT%H:%M:%S}" for each in (now - timedelta(days=731), now - timedelta(days=1)))
    for sobject in ("Contact", "Lead", "Account", "Order__c", "Campaign", "User", "Organization"):
        for row in services.org.rows(sobject):
            assert row["CreatedDate"] <= row["LastModifiedDate"] <= row["SystemModstamp"]
            for name, value in row.items():
                if isinstance(value, str) and value.endswith("+0000"):
                    assert oldest <= value < newest, name


def test_many_records_have_the_same_second(services: Services) -> None:
    [(_, most)] = Counter(each["SystemModstamp"] for each in services.org.rows("Contact")).most_common(1)
    assert most > RECORDS / 100


def test_the_records_have_what_makes_a_rehearsal_worth_it(services: Services) -> None:
    contacts = list(services.org.rows("Contact"))
    emails = Counter((each["Email"] or "").lower() for each in contacts)
    assert any(count > 1 for email, count in emails.items() if email), "two contacts with one address"
    for each in contacts:
        texts = [value for value in each.values() if isinstance(value, str)]
        assert all(value == value.strip() for value in texts), "Salesforce trims what it saves"
        assert (each["Email"] or "") == (each["Email"] or "").lower(), "and writes addresses in lower case"
    assert any("é" in each["LastName"] for each in contacts), "accents"
    assert any("\n" in (each["MailingStreet"] or "") for each in contacts), "two lines"
    assert any(len(each["Title"] or "") == 100 for each in contacts), "exactly as long as allowed"
    for name in ("FirstName", "Title", "Phone", "AccountId", "Birthdate", "MailingCity", "Last_Visit__c"):
        assert 0 < sum(each[name] is None for each in contacts) < len(contacts), name
    assert all((each["Email"] or "x.example").lower().endswith(("example", "exemple")) for each in contacts)


def test_orders_belong_to_valid_contacts(services: Services) -> None:
    bad = {each["Id"] for each in services.org.rows("Contact") if way(each)}
    owners = {each["Contact__c"] for each in services.org.rows("Order__c")}
    assert bad
    assert not owners & bad


def test_the_records_are_made_by_a_person_and_not_by_the_integration_user(services: Services) -> None:
    known = services.org.credentials
    users = {each["Id"]: each["Username"] for each in services.org.rows("User")}
    assert users[known.user_id] == known.username
    [organization] = services.org.rows("Organization")
    assert organization["Id"] == known.org_id
    makers = {each["CreatedById"] for each in services.org.rows("Contact")}
    assert makers
    assert known.user_id not in makers
    assert makers <= set(users)


def test_the_org_has_users_of_several_profiles_and_one_who_has_left(services: Services) -> None:
    profiles = {each["Id"]: each["Name"] for each in services.org.rows("Profile")}
    users = list(services.org.rows("User"))
    assert {profiles[each["ProfileId"]] for each in users} == set(profiles.values())
    assert [each["FirstName"] for each in users if not each["IsActive"]] == ["Karim"]
    assert len({each["Username"] for each in users}) == len(users) == 5
