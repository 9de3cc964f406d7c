"""SOQL in the forms in which people write it: parents of several kinds, children in pages, dates, subtotals."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product

import pytest

from disf_desktop.simulator.salesforce.literals import span_of
from tests.simulator.salesforce.conftest import CREDENTIALS, PERSON, Service

USER = CREDENTIALS.user_id


def numbers(service: Service, condition: str) -> list[int]:
    """Return which contacts of the seed meet a condition."""
    found = service.records(f"SELECT Legacy_Id__c FROM Contact WHERE {condition} ORDER BY Legacy_Id__c")
    return [int(each["Legacy_Id__c"][2:]) for each in found]


def groups(service: Service, soql: str) -> list[tuple[object, ...]]:
    """Return the rows of a grouped query, without their attributes."""
    return [tuple(each.values()) for each in service.records(soql)]


# Parents


def test_typeof_gives_the_fields_of_what_the_parent_is(salesforce: Service) -> None:
    soql = "SELECT LastName, TYPEOF Owner WHEN User THEN Username, Email ELSE Name END FROM Lead LIMIT 1"
    [lead] = salesforce.records(soql)
    attributes = {"type": "User", "url": f"/services/data/v68.0/sobjects/User/{USER}"}
    email = "integration@example.org"
    assert lead["Owner"] == {"attributes": attributes, "Username": email, "Email": email}


def test_typeof_that_knows_no_other_kind_gives_null(salesforce: Service) -> None:
    salesforce.org.load("Event", [{"Subject": "Visite", "WhoId": salesforce.contact(4), "WhatId": None}])
    soql = "SELECT Subject, TYPEOF Who WHEN Lead THEN Company END, TYPEOF What WHEN Account THEN Name END FROM Event"
    assert salesforce.records(soql) == [{"Subject": "Visite", "Who": None, "What": None}]
    soql = "SELECT TYPEOF Who WHEN Lead THEN Company WHEN Contact THEN FirstName, Email END FROM Event"
    [event] = salesforce.records(soql)
    assert event["Who"]["FirstName"] == "Bob"


def test_the_type_of_a_polymorphic_parent_is_a_field(salesforce: Service) -> None:
    [lead] = salesforce.records("SELECT Owner.Type, Owner.Name FROM Lead WHERE Owner.Type = 'User' LIMIT 1")
    assert (lead["Owner"]["Type"], lead["Owner"]["Name"]) == ("User", "Integration")
    assert salesforce.records("SELECT Id FROM Lead WHERE Owner.Type = 'Group'") == []


def test_a_polymorphic_parent_is_read_as_what_they_have_in_common(salesforce: Service) -> None:
    known, lead = salesforce.contact(4), salesforce.records("SELECT Id FROM Lead WHERE LastName = 'Prospect'")[0]["Id"]
    acme = salesforce.records("SELECT Id FROM Account WHERE Name = 'acme'")[0]["Id"]
    events = [{"Subject": "A", "WhoId": known}, {"Subject": "B", "WhoId": lead, "WhatId": acme}, {"Subject": "C"}]
    salesforce.org.load("Event", events)
    soql = "SELECT Subject, Who.Name, Who.Type, What.Name, Owner.Email FROM Event ORDER BY Subject"
    first, second, third = salesforce.records(soql)
    url = f"/services/data/v68.0/sobjects/Contact/{known}"
    assert first["Who"] == {"attributes": {"type": "Name", "url": url}, "Name": "Bob Tremblay 4", "Type": "Contact"}
    assert (second["Who"]["Name"], second["Who"]["Type"], second["What"]["Name"]) == ("Prospect", "Lead", "acme")
    assert (third["Who"], third["What"]) == (None, None)
    assert [each["Subject"] for each in salesforce.records("SELECT Subject FROM Event WHERE Who.Type = 'Lead'")] == [
        "B"
    ]
    grouped = groups(salesforce, "SELECT Who.Type, COUNT(Id) FROM Event GROUP BY Who.Type ORDER BY Who.Type NULLS LAST")
    assert grouped == [("Contact", 1), ("Lead", 1), (None, 1)]
    assert salesforce.refusal("SELECT Who.Company FROM Event")[0] == "INVALID_FIELD"


def test_a_relationship_may_have_a_name_of_its_own(salesforce: Service) -> None:
    soql = "SELECT c.FirstName, a.Name, a.Owner.Email FROM Contact c, c.Account a WHERE a.Name = 'acme'"
    [found] = salesforce.records(soql)
    assert found["Account"]["Name"] == "acme"
    assert found["Account"]["Owner"]["Email"] == "integration@example.org"


def test_five_levels_up_are_followed_and_a_sixth_is_not(salesforce: Service) -> None:
    assert numbers(salesforce, "Account.Owner.Manager.Manager.Manager.Name = null")[0] == 0
    way = "Account.Owner.Manager.Manager.Manager.Manager.Name"
    code, message = salesforce.refusal(f"SELECT {way} FROM Contact")
    assert code == "MALFORMED_QUERY"
    assert "5 levels" in message


# Children


def test_children_beyond_a_page_have_a_locator_of_their_own(salesforce: Service) -> None:
    known = salesforce.contact(0)
    salesforce.org.load("Order__c", ({"Contact__c": known, "Quantity__c": number} for number in range(450)))
    soql = (
        "SELECT FirstName, (SELECT Quantity__c FROM Orders__r ORDER BY Quantity__c) FROM Contact ORDER BY Legacy_Id__c"
    )
    body = salesforce.query(soql, headers={"Sforce-Query-Options": "batchSize=200"})
    assert body["done"] is True
    first, second = body["records"][:2]
    assert second["Orders__r"] is None
    page = first["Orders__r"]
    assert (page["totalSize"], page["done"], len(page["records"])) == (450, False, 200)
    read = page["records"]
    while not page["done"]:
        page = salesforce.get(page["nextRecordsUrl"]).json()
        read += page["records"]
    assert [each["Quantity__c"] for each in read] == list(range(450))
    assert read[-1]["attributes"]["type"] == "Order__c"


def test_children_have_children(salesforce: Service) -> None:
    salesforce.org.load("Order__c", [{"Contact__c": salesforce.contact(0), "Amount__c": 12.5}])
    soql = "SELECT Name, (SELECT FirstName, (SELECT Amount__c FROM Orders__r) FROM Contacts) FROM Account"
    bakery = next(each for each in salesforce.records(soql) if each["Name"] != "acme")
    [contact] = bakery["Contacts"]["records"]
    assert contact["Orders__r"]["records"][0]["Amount__c"] == 12.5


# Sets


def test_an_anti_join_takes_what_is_null_for_no_member(salesforce: Service) -> None:
    assert numbers(salesforce, "AccountId NOT IN (SELECT Id FROM Account WHERE Name = 'acme')") == [0, *range(2, 9)]
    salesforce.org.load("Order__c", [{"Contact__c": None}, {"Contact__c": salesforce.contact(5)}])
    assert numbers(salesforce, "Id NOT IN (SELECT Contact__c FROM Order__c)") == [0, 1, 2, 3, 4, 6, 7, 8]
    assert numbers(salesforce, "Id IN (SELECT Contact__c FROM Order__c)") == [5]


# Dates


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("CALENDAR_YEAR(Birthdate) = 1983", [3]),
        ("FISCAL_YEAR(Birthdate) > 1986", [7, 8]),
        ("CALENDAR_QUARTER(Last_Visit__c) = 1 AND CALENDAR_MONTH(Last_Visit__c) = 2", [*range(9)]),
        ("DAY_IN_MONTH(Last_Visit__c) IN (2, 3)", [1, 2]),
        ("DAY_IN_WEEK(SystemModstamp) = 1", [0, 1, 2, 3, 4]),
        ("DAY_IN_YEAR(SystemModstamp) = 61", [5, 6, 7, 8]),
        ("WEEK_IN_MONTH(Last_Visit__c) = 2", [7, 8]),
        ("WEEK_IN_YEAR(SystemModstamp) = 9 AND VIP__c = false", [1, 3, 5, 7]),
        ("HOUR_IN_DAY(Last_Visit__c) = 8 AND VIP__c = false", [1, 3, 5, 7]),
        ("HOUR_IN_DAY(convertTimezone(Last_Visit__c)) = 3 AND VIP__c = false", [1, 3, 5, 7]),
        ("DAY_ONLY(Last_Visit__c) = 2026-02-04", [3]),
        ("DAY_ONLY(convertTimezone(CreatedDate)) = 2025-12-31 AND FirstName = 'Bob'", [4]),
    ],
)
def test_parts_of_dates_are_compared(salesforce: Service, condition: str, found: list[int]) -> None:
    assert numbers(salesforce, condition) == found


WEDNESDAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("literal", "first", "end"),
    [
        ("TODAY", "2026-11-18", "2026-11-19"),
        ("YESTERDAY", "2026-11-17", "2026-11-18"),
        ("TOMORROW", "2026-11-19", "2026-11-20"),
        ("LAST_WEEK", "2026-11-08", "2026-11-15"),
        ("THIS_WEEK", "2026-11-15", "2026-11-22"),
        ("NEXT_WEEK", "2026-11-22", "2026-11-29"),
        ("LAST_MONTH", "2026-10-01", "2026-11-01"),
        ("THIS_MONTH", "2026-11-01", "2026-12-01"),
        ("NEXT_MONTH", "2026-12-01", "2027-01-01"),
        ("LAST_90_DAYS", "2026-08-20", "2026-11-19"),
        ("NEXT_90_DAYS", "2026-11-19", "2027-02-17"),
        ("LAST_N_DAYS:3", "2026-11-15", "2026-11-19"),
        ("NEXT_N_DAYS:3", "2026-11-19", "2026-11-22"),
        ("N_DAYS_AGO:3", "2026-11-15", "2026-11-16"),
        ("NEXT_N_WEEKS:2", "2026-11-22", "2026-12-06"),
        ("LAST_N_WEEKS:2", "2026-11-01", "2026-11-15"),
        ("N_WEEKS_AGO:2", "2026-11-01", "2026-11-08"),
        ("NEXT_N_MONTHS:2", "2026-12-01", "2027-02-01"),
        ("LAST_N_MONTHS:2", "2026-09-01", "2026-11-01"),
        ("N_MONTHS_AGO:2", "2026-09-01", "2026-10-01"),
        ("THIS_QUARTER", "2026-10-01", "2027-01-01"),
        ("LAST_QUARTER", "2026-07-01", "2026-10-01"),
        ("NEXT_QUARTER", "2027-01-01", "2027-04-01"),
        ("NEXT_N_QUARTERS:2", "2027-01-01", "2027-07-01"),
        ("LAST_N_QUARTERS:2", "2026-04-01", "2026-10-01"),
        ("N_QUARTERS_AGO:2", "2026-04-01", "2026-07-01"),
        ("THIS_YEAR", "2026-01-01", "2027-01-01"),
        ("LAST_YEAR", "2025-01-01", "2026-01-01"),
        ("NEXT_YEAR", "2027-01-01", "2028-01-01"),
        ("NEXT_N_YEARS:2", "2027-01-01", "2029-01-01"),
        ("LAST_N_YEARS:2", "2024-01-01", "2026-01-01"),
        ("N_YEARS_AGO:2", "2024-01-01", "2025-01-01"),
        ("THIS_FISCAL_QUARTER", "2026-10-01", "2027-01-01"),
        ("LAST_FISCAL_QUARTER", "2026-07-01", "2026-10-01"),
        ("NEXT_FISCAL_QUARTER", "2027-01-01", "2027-04-01"),
        ("NEXT_N_FISCAL_QUARTERS:2", "2027-01-01", "2027-07-01"),
        ("LAST_N_FISCAL_QUARTERS:2", "2026-04-01", "2026-10-01"),
        ("N_FISCAL_QUARTERS_AGO:2", "2026-04-01", "2026-07-01"),
        ("THIS_FISCAL_YEAR", "2026-01-01", "2027-01-01"),
        ("LAST_FISCAL_YEAR", "2025-01-01", "2026-01-01"),
        ("NEXT_FISCAL_YEAR", "2027-01-01", "2028-01-01"),
        ("NEXT_N_FISCAL_YEARS:2", "2027-01-01", "2029-01-01"),
        ("LAST_N_FISCAL_YEARS:2", "2024-01-01", "2026-01-01"),
        ("N_FISCAL_YEARS_AGO:2", "2024-01-01", "2025-01-01"),
    ],
)
def test_a_date_literal_is_a_span_of_days(literal: str, first: str, end: str) -> None:
    assert span_of(literal, WEDNESDAY) == (date.fromisoformat(first), date.fromisoformat(end))


@pytest.mark.parametrize("literal", ["THIS_FISCAL_WEEK", "LAST_N_FISCAL_DAYS:2", "SOMETIME", "N_AGES_AGO:1"])
def test_a_word_that_is_no_date_literal_is_none(literal: str) -> None:
    assert span_of(literal, WEDNESDAY) is None


@pytest.mark.parametrize("literal", ["N_FISCAL_QUARTERS_AGO:3", "last_n_days:9999", "This_Fiscal_Year", "TODAY"])
def test_a_date_literal_is_taken_in_any_case(salesforce: Service, literal: str) -> None:
    salesforce.query(f"SELECT COUNT() FROM Contact WHERE CreatedDate > {literal}")


# Groups


def test_grouping_by_a_part_of_a_date_and_by_a_parent(salesforce: Service) -> None:
    soql = "SELECT DAY_ONLY(SystemModstamp) d, COUNT(Id) FROM Contact GROUP BY DAY_ONLY(SystemModstamp)"
    assert groups(salesforce, f"{soql} ORDER BY COUNT(Id)") == [("2026-03-02", 4), ("2026-03-01", 5)]
    soql = "SELECT Account.Name, COUNT(Id) n FROM Contact WHERE AccountId != null GROUP BY Account.Name"
    assert sorted(groups(salesforce, soql)) == [("Boulangerie Été", 1), ("acme", 1)]


def test_having_may_be_a_whole_condition(salesforce: Service) -> None:
    soql = (
        "SELECT Language__c FROM Contact GROUP BY Language__c"
        " HAVING (COUNT(Id) > 5 OR MAX(Loyalty_Points__c) < 1) AND Language__c LIKE 'f%'"
    )
    assert groups(salesforce, soql) == [("fr",)]


def test_a_rollup_adds_totals(salesforce: Service) -> None:
    soql = (
        "SELECT VIP__c, Language__c, GROUPING(VIP__c) gv, GROUPING(Language__c) gl, COUNT(Id) n FROM Contact"
        " GROUP BY ROLLUP(VIP__c, Language__c)"
    )
    assert groups(salesforce, soql) == [
        (False, "en", 0, 0, 1),
        (False, "fr", 0, 0, 3),
        (True, "en", 0, 0, 2),
        (True, "fr", 0, 0, 3),
        (False, None, 0, 1, 4),
        (True, None, 0, 1, 5),
        (None, None, 1, 1, 9),
    ]


def test_a_cube_adds_the_totals_of_every_side(salesforce: Service) -> None:
    soql = "SELECT VIP__c, Language__c, COUNT(Id) n FROM Contact GROUP BY CUBE(VIP__c, Language__c)"
    found = {(vip, language): count for vip, language, count in groups(salesforce, soql)}
    assert set(found) == set(product((True, False, None), ("fr", "en", None)))
    assert (found[None, "fr"], found[True, None], found[None, None]) == (6, 5, 9)
    having = f"{soql} HAVING COUNT(Id) > 4"
    assert [each[2] for each in groups(salesforce, having)] == [5, 6, 9]


def test_more_groups_than_a_page_are_refused(salesforce: Service) -> None:
    salesforce.org.load("Order__c", ({"Status__c": f"S{number}"} for number in range(2_001)))
    soql = "SELECT Status__c, COUNT(Id) FROM Order__c GROUP BY Status__c"
    code, message = salesforce.refusal(soql)
    assert code == "EXCEEDED_ID_LIMIT"
    assert "does not support queryMore()" in message
    assert len(groups(salesforce, f"{soql} LIMIT 2000")) == 2_000


def test_counts_are_whole_numbers_and_respect_a_limit(salesforce: Service) -> None:
    assert salesforce.query("SELECT COUNT() FROM Contact LIMIT 3")["totalSize"] == 3
    [found] = groups(
        salesforce, "SELECT COUNT(Email), COUNT_DISTINCT(Language__c), AVG(Loyalty_Points__c) FROM Contact"
    )
    assert found == (8, 2, 42.0)
    assert [type(each) for each in found] == [int, int, float]


# Forms of values


def test_a_label_is_told_instead_of_a_value(salesforce: Service) -> None:
    values = [{"fullName": "fr", "label": "Français"}, {"fullName": "en", "label": "Anglais"}]
    picklist = {"restricted": True, "valueSetDefinition": {"sorted": False, "value": values}}
    salesforce.arrange(fields=[{"object": "Contact", "name": "Langue__c", "type": "Picklist", "valueSet": picklist}])
    known = salesforce.contact(3)
    salesforce.call("PATCH", f"sobjects/Contact/{known}", {"Langue__c": "fr"})
    assert salesforce.records(f"SELECT toLabel(Langue__c) FROM Contact WHERE Id = '{known}'") == [
        {"Langue__c": "Français"}
    ]
    assert numbers(salesforce, "toLabel(Langue__c) = 'français'") == [3]
    [found] = salesforce.records(f"SELECT Langue__c, toLabel(Langue__c) shown FROM Contact WHERE Id = '{known}'")
    assert found == {"Langue__c": "fr", "shown": "Français"}


def test_values_are_formatted_for_the_user(salesforce: Service) -> None:
    salesforce.org.load("Order__c", [{"Amount__c": 1234.5, "Shipped_At__c": "2026-07-01T12:05:00Z"}])
    soql = "SELECT format(Amount__c), FORMAT(Shipped_At__c) sent, convertCurrency(Amount__c) plain FROM Order__c"
    [order] = salesforce.records(soql)
    blank = "\N{NO-BREAK SPACE}"
    assert order == {"Amount__c": f"1{blank}234,50{blank}$", "sent": "2026-07-01 08:05", "plain": 1234.5}


def test_my_records_are_those_i_own(salesforce: Service) -> None:
    known = salesforce.contact(2)
    salesforce.call("PATCH", f"sobjects/Contact/{known}", {"OwnerId": PERSON})
    assert salesforce.query("SELECT COUNT() FROM Contact USING SCOPE mine")["totalSize"] == 8
    assert salesforce.query("SELECT COUNT() FROM Contact USING SCOPE everything")["totalSize"] == 9


@pytest.mark.parametrize(
    "ending",
    [
        "WITH SECURITY_ENFORCED LIMIT 1",
        "WITH USER_MODE LIMIT 1",
        "WITH SYSTEM_MODE ORDER BY Name ASC NULLS LAST, Id DESC NULLS FIRST LIMIT 1 OFFSET 1",
        "LIMIT 1 FOR VIEW",
        "LIMIT 1 FOR REFERENCE",
        "LIMIT 1 FOR VIEW FOR REFERENCE",
        "LIMIT 1 FOR UPDATE",
        "LIMIT 1 UPDATE TRACKING, VIEWSTAT",
        "LIMIT 1 ALL ROWS",
    ],
)
def test_what_a_query_may_end_with_is_taken(salesforce: Service, ending: str) -> None:
    assert len(salesforce.records(f"SELECT Id FROM Contact {ending}")) == 1


def test_words_are_taken_in_any_case_over_several_lines(salesforce: Service) -> None:
    soql = "select\n\tid,\r\n firstname\nFrom CONTACT\nWhere lastname like 'TREMBLAY 4'\nlimit 1"
    [found] = salesforce.records(soql)
    assert found["FirstName"] == "Bob"


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("it's", "it\\'s"),
        ('say "hi"', 'say \\"hi\\"'),
        ("a\\b", "a\\\\b"),
        ("two\nlines", "two\\nlines"),
        ("Zoé 😀", "Zoé 😀"),
        ("tab\there", "tab\\there"),
    ],
)
def test_escapes_stand_for_what_they_say(salesforce: Service, text: str, literal: str) -> None:
    made = salesforce.call("POST", "sobjects/Contact", {"LastName": text}).json()["id"]
    assert [each["Id"] for each in salesforce.records(f"SELECT Id FROM Contact WHERE LastName = '{literal}'")] == [made]


def test_wildcards_are_escaped_in_like(salesforce: Service) -> None:
    for name in ("100 % pur", "100 pour cent", "a_b", "axb"):
        salesforce.call("POST", "sobjects/Contact", {"LastName": name})
    shown = salesforce.records("SELECT LastName FROM Contact WHERE LastName LIKE '100 \\% %' OR LastName LIKE 'a\\_b'")
    assert [each["LastName"] for each in shown] == ["100 % pur", "a_b"]


# Mistakes


@pytest.mark.parametrize(
    ("query", "code", "words"),
    [
        ("SELECT Id FROM Contact WHERE Name = :name", "MALFORMED_QUERY", "Bind variables only allowed in Apex code"),
        ("SELECT Id one FROM Contact", "MALFORMED_QUERY", "only aggregate expressions use field aliasing"),
        ("SELECT COUNT(Id) n, MAX(Name) n FROM Contact", "MALFORMED_QUERY", "duplicate alias: n"),
        ("SELECT Id FROM Contact USING SCOPE yours", "MALFORMED_QUERY", "Invalid scope 'yours'"),
        ("SELECT Id FROM Contact WITH LOVE", "MALFORMED_QUERY", "unexpected token: 'LOVE'"),
        ("SELECT COUNT(Id) FROM Contact HAVING COUNT(Id) > 1", "MALFORMED_QUERY", "HAVING"),
        ("SELECT COUNT() FROM Contact GROUP BY Name", "MALFORMED_QUERY", "Grouped query"),
        ("SELECT Id, FIELDS(STANDARD) FROM Contact", "INVALID_FIELD", "duplicate field selected: Id"),
        ("SELECT FIELDS(SOME) FROM Contact LIMIT 1", "MALFORMED_QUERY", "ALL, STANDARD, CUSTOM"),
        ("SELECT FIELDS(CUSTOM) FROM Contact LIMIT 201", "MALFORMED_QUERY", "LIMIT of at most 200"),
        ("SELECT twist(Name) FROM Contact", "MALFORMED_QUERY", "unexpected token: 'twist'"),
        ("SELECT toLabel(COUNT(Id)) FROM Contact WHERE Id = null", "MALFORMED_QUERY", "toLabel"),
        ("SELECT TYPEOF Account WHEN Account THEN Name END FROM Contact", "INVALID_FIELD", "not polymorphic"),
        ("SELECT TYPEOF Owner WHEN Contact THEN Name END FROM Lead", "INVALID_TYPE", "does not lead to entity Contact"),
        ("SELECT TYPEOF Owner WHEN User THEN Nose END FROM Lead", "INVALID_FIELD", "No such column 'Nose'"),
        ("SELECT TYPEOF Boss WHEN User THEN Name END FROM Lead", "INVALID_FIELD", "relationship 'Boss'"),
        ("SELECT Name FROM Account WHERE Name IN (SELECT Name FROM Account)", "MALFORMED_QUERY", "should be an id"),
        ("SELECT Id FROM Contact WHERE Id IN (SELECT Name FROM Account)", "MALFORMED_QUERY", "inner select field"),
        ("SELECT Id FROM Contact WHERE Id IN (SELECT Id FROM Lead LIMIT 1)", "MALFORMED_QUERY", "no LIMIT"),
        (
            "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE Id IN (SELECT Id FROM Contact))",
            "MALFORMED_QUERY",
            "Nesting of semi join sub-selects is not supported",
        ),
        ("SELECT Id FROM Contact WHERE HOUR_IN_DAY(Birthdate) = 1", "INVALID_FIELD", "of type date"),
        ("SELECT Id FROM Contact WHERE CALENDAR_YEAR(Name) = 1", "INVALID_FIELD", "of type string"),
        ("SELECT Name, (SELECT COUNT() FROM Contacts) FROM Account", "MALFORMED_QUERY", "child relationship"),
        ("SELECT Id FROM Contact ORDER BY", "MALFORMED_QUERY", "<EOF>"),
        ("SELECT Id FROM Contact LIMIT x", "MALFORMED_QUERY", "'x'"),
        ("SELECT Id FROM Contact WHERE Name > null", "MALFORMED_QUERY", "null"),
        ("SELECT SUM(Name) FROM Contact", "MALFORMED_QUERY", "does not support aggregate operator SUM"),
        ("DELETE FROM Contact", "MALFORMED_QUERY", "unexpected token: 'DELETE'"),
    ],
)
def test_a_mistake_is_said(salesforce: Service, query: str, code: str, words: str) -> None:
    refused, message = salesforce.refusal(query)
    assert refused == code
    assert words in message


def test_the_row_of_a_mistake_is_told(salesforce: Service) -> None:
    _, message = salesforce.refusal("SELECT Id\nFROM Contact\nWHERE Nose = 'x'")
    assert "\nERROR at Row:3:Column:7\nNo such column 'Nose'" in message


def test_a_query_may_be_as_long_as_salesforce_takes(salesforce: Service) -> None:
    soql = "SELECT Id FROM Contact WHERE Name = 'x'" + " " * 100_000
    for text, status in ((soql[:100_000], 200), (soql, 400)):
        # An address cannot be as long; the body of a bulk query can.
        reply = salesforce.call("POST", "jobs/query", {"operation": "query", "query": text})
        assert reply.status_code == status
    assert "100000 characters" in reply.json()[0]["message"]


def test_an_address_is_not_as_long_as_a_query_may_be(salesforce: Service) -> None:
    condition = " OR ".join(f"Legacy_Id__c = 'L-{number}'" for number in range(600))
    refused = salesforce.get("query", params={"q": f"SELECT Id FROM Contact WHERE {condition}"})
    assert refused.status_code == 414
    assert "URI Too Long" in refused.text
    assert "application/json" not in refused.headers["Content-Type"]


# Bulk


def test_a_bulk_query_tells_labels_too_and_refuses_what_it_cannot(salesforce: Service) -> None:
    soql = "SELECT TYPEOF Owner WHEN User THEN Name END FROM Lead"
    refused = salesforce.call("POST", "jobs/query", {"operation": "query", "query": soql})
    assert refused.json()[0]["errorCode"] == "API_ERROR"
    soql = "SELECT Id, VIP__c, format(Loyalty_Points__c) points FROM Contact WHERE Legacy_Id__c = 'L-3'"
    job = salesforce.call("POST", "jobs/query", {"operation": "query", "query": soql}).json()["id"]
    until = datetime.now(UTC).timestamp() + 10
    while salesforce.get(f"jobs/query/{job}").json()["state"] != "JobComplete":
        assert datetime.now(UTC).timestamp() < until
    lines = salesforce.get(f"jobs/query/{job}/results").content.decode().splitlines()
    assert lines == ['"Id","VIP__c","points"', f'"{salesforce.contact(3)}","false","31,50"']
