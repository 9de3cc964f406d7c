"""Judges a town by what both services hold and by what people did there; the program is not asked.

The promises (sync-semantics, section 2) as a person would miss them: nothing that somebody wrote is lost, nobody is
there twice, nobody who said no is written to, nothing was made up.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from tests.faults.town import SALESFORCE_EDITS, TOPICS, Town

PAIRS = SALESFORCE_EDITS | {"Email": "f_EMail", "MailingStreet": "f_Street", "MailingState": "f_Province"}
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[A-Za-z]{2,}")


class Checker:
    """Looks at a town whenever it is asked to."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self._said_no: set[tuple[str, str]] = set()
        """Who was seen with a no in Salesforce after they had said it, and has not said yes since."""
        self._answers_read = 0

    def look(self) -> None:
        """Look at any moment: who said no and was seen as such must never be seen otherwise (I8)."""
        people = self.town.at.people()
        answers = self.town.history.consents
        for answer in answers[self._answers_read :]:
            if answer.yes:
                self._said_no.discard((answer.rid, answer.topic))
        self._answers_read = len(answers)
        latest = {(each.rid, each.topic): each for each in answers}
        for rid, topic in self._said_no:
            assert rid not in people or not _says_yes(people[rid], topic), self._told(rid, f"was made a yes to {topic}")
        self._said_no |= {
            who for who, answer in latest.items()
            if not answer.yes and answer.rid in people and not _says_yes(people[answer.rid], answer.topic)
        }  # fmt: skip
        self._nobody_is_there_twice()

    def quiet(self) -> None:
        """Look once nothing is left to be written."""
        self.look()
        at, history = self.town.at, self.town.history
        people, contacts = at.people(), at.contacts()
        there = {row["f_SalesforceID"]: row for row in contacts.values()}
        for rid, row in people.items():
            if rid in history.erased:
                assert rid not in there, self._told(rid, "was erased and is there again")
            if rid in history.erased or not _can_be_sent(row):
                continue
            assert rid in there, self._told(rid, "never came")
            for here, their in PAIRS.items():
                assert _same(row[here], there[rid][their]), self._told(
                    rid, f"{here}: {row[here]!r}, {their}: {there[rid][their]!r}"
                )
        for (rid, name), word in history.latest.items():
            if rid in people:
                assert people[rid][name] == word, self._told(
                    rid, f"{name}: {word!r} was lost, it is {people[rid][name]!r}"
                )
        for answer in {(each.rid, each.topic): each for each in history.consents}.values():
            if answer.rid in people and not answer.yes:
                assert not _says_yes(people[answer.rid], answer.topic), self._told(answer.rid, f"{answer}")
        for rid in history.deleted:
            if rid in there:
                assert there[rid]["f_DeletedInSalesforce"] is not None, self._told(
                    rid, "was deleted and nobody says so"
                )
        self._everybody_who_signed_up_was_born(people)
        self._everything_imported_is_there_once(people, contacts)
        self._no_consent_was_sent_to_dialog_insight()

    def _told(self, rid: str, wrong: str) -> str:
        numbers = {number for number, row in self.town.at.contacts().items() if row["f_SalesforceID"] == rid}
        said = [self.town.answers_of(number) for number in numbers]
        return f"{rid} {wrong}\n{self.town.history.tell(rid)}\n{said}"

    def _nobody_is_there_twice(self) -> None:
        at = self.town.at
        _no_double(row["f_SalesforceID"] for row in at.contacts().values())
        people = at.people(deleted=True)
        _no_double(row["DI_Contact_Id__c"] for row in people.values() if not row.get("IsDeleted"))
        addresses = set(self.town.history.signed_up.values())
        _no_double(row["Email"] for row in people.values() if row["Email"] in addresses)
        born = {rid for rid, row in people.items() if row["DI_Contact_Id__c"]}
        imported = {rid for rid, row in people.items() if row["Email"] in self.town.history.imported}
        made_up = set(people) - self.town.seed_rids - self.town.history.made - born - imported
        assert not made_up, f"nobody made {made_up}"

    def _everybody_who_signed_up_was_born(self, people: dict[str, dict[str, Any]]) -> None:
        at, numbers = self.town.at, {row["DI_Contact_Id__c"]: row for row in people.values()}
        web = at.contacts(at.web_forms)
        for number in self.town.history.signed_up:
            name = f"{at.web_forms}:{number}"
            assert name in numbers, f"{name} was never born"
            assert web[number]["f_SalesforceID"] == numbers[name]["Id"], f"{name} does not know its record"
            assert numbers[name]["FirstName"] == web[number]["f_FirstName"], f"{name}: {numbers[name]['FirstName']!r}"

    def _everything_imported_is_there_once(
        self, people: dict[str, dict[str, Any]], contacts: dict[int, dict[str, Any]]
    ) -> None:
        there = {
            "people": Counter(row["Email"] for row in people.values()),
            "contacts": Counter(row["f_EMail"] for row in contacts.values()),
        }
        for address, where in self.town.history.imported.items():
            assert there[where][address] == 1, f"{address} was imported and is there {there[where][address]} times"

    def _no_consent_was_sent_to_dialog_insight(self) -> None:
        names = {each["name"] for each in self.town.at.simulator.control("requests/keys")}
        assert not [name for name in names if "optin" in name.lower()]

    def yes_arrived(self) -> int:
        """Count the people whose only answer was a yes that reached Salesforce."""
        answers = Counter((each.rid, each.topic) for each in self.town.history.consents)
        people = self.town.at.people()
        once = [each for each in self.town.history.consents if each.yes and answers[each.rid, each.topic] == 1]
        return sum(each.rid in people and _says_yes(people[each.rid], each.topic) for each in once)


def _says_yes(row: dict[str, Any], topic: str) -> bool:
    name, yes, _ = TOPICS[topic]
    return bool(row[name] == yes)


def _same(here: Any, there: Any) -> bool:
    return (here or "").strip() == (there or "").strip()


def _can_be_sent(row: dict[str, Any]) -> bool:
    """Say whether Dialog Insight takes this person: an address that is one, and nothing that is too long."""
    return bool(_EMAIL.fullmatch(row["Email"] or "")) and len(row["Title"] or "") <= 100


def _no_double(values: Any) -> None:
    double = [value for value, times in Counter(value for value in values if value).items() if times > 1]
    assert not double, f"there more than once: {double}"
