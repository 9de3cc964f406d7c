"""Finding by date against a model of an account, and what an account is found to accept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from disf_desktop.core.errors import AccessRefused, ServiceUnavailable, UnexpectedAnswer
from disf_desktop.core.records import Capabilities, FoundRecord
from disf_desktop.services.dialog_insight.changes import (
    AT_OR_AFTER,
    MODIFIED,
    Answer,
    Changes,
    Clause,
)
from disf_desktop.services.dialog_insight.wire import clause

TORONTO, PARIS = ZoneInfo("America/Toronto"), ZoneInfo("Europe/Paris")
NOON = datetime(2026, 7, 1, 16, tzinfo=UTC)
TURNS = [
    NOON,
    datetime(2026, 3, 8, 7, tzinfo=UTC),
    datetime(2026, 11, 1, 6, tzinfo=UTC),
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
]


@dataclass
class Account:
    """Contacts and when they were modified, asked as the `dates` kind of account is: by local time, a page a reply."""

    contacts: Mapping[int, datetime]
    zone: ZoneInfo = TORONTO
    most: int = 1000
    form: str = "%Y.%m.%d %H:%M:%S"
    asked: list[Clause] = field(default_factory=list)

    def get(self, given: Clause) -> Answer:
        self.asked.append(given)
        assert len(self.asked) < 500, "it would ask for ever"
        name, wanted = given["Field"]["Name"], given["ComparisonValue"]
        if name == "idContact":
            return self.answer([(self.local(at), n) for n, at in self.contacts.items() if n == wanted])
        assert (name, given["TypeOperator"]) == (MODIFIED, AT_OR_AFTER)
        rows = sorted((self.local(at), number) for number, at in self.contacts.items())
        return self.answer([row for row in rows if row[0] >= wanted][: self.most])

    def answer(self, rows: Sequence[tuple[str, int]]) -> Answer:
        shown = [{"idContact": number, MODIFIED: self.shown(wall)} for wall, number in rows]
        return Answer(shown, "2026-12-01T00:00:00Z", "7")

    def shown(self, wall: str) -> str:
        return datetime.strptime(wall, "%Y.%m.%d %H:%M:%S").strftime(self.form)

    def local(self, at: datetime) -> str:
        return f"{at.astimezone(self.zone):%Y.%m.%d %H:%M:%S}"


def changes(account: Any, zone: ZoneInfo = TORONTO) -> Changes:
    return Changes(account.get, account.get, found, zone)


def found(given: Mapping[str, Any], as_of: str) -> FoundRecord | None:
    return FoundRecord(str(given["idContact"]), {}, {}, as_of) if "idContact" in given else None


def read_into(given: list[int], account: Account, since: datetime) -> None:
    for page in changes(account, account.zone).since(since):
        given += [int(each.rid) for each in page]


def numbers(account: Account, since: datetime) -> list[int]:
    given: list[int] = []
    read_into(given, account, since)
    return given


ACCOUNTS = st.builds(
    lambda turn, seconds, zone, most, form: (
        Account({n: turn + timedelta(seconds=s) for n, s in enumerate(seconds, 1)}, zone, most, form),
        turn,
    ),
    st.sampled_from(TURNS),
    st.lists(st.integers(-5400, 5400) | st.integers(-3, 3), max_size=40),
    st.sampled_from([TORONTO, PARIS]),
    st.integers(1, 12),
    st.sampled_from(["%Y.%m.%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.500"]),
)


@settings(max_examples=300, deadline=None)
@example((Account({1: NOON + timedelta(seconds=1), 2: NOON}, most=1), NOON), 0)
@given(ACCOUNTS, st.integers(-5400, 5400))
def test_every_contact_modified_since_is_given_once_but_for_crowded_seconds_which_end_in_an_error(
    made: tuple[Account, datetime], offset: int
) -> None:
    account, turn = made
    since = turn + timedelta(seconds=offset)
    walls = [account.local(at) for at in account.contacts.values()]
    crowded = {wall for wall in walls if walls.count(wall) >= account.most}
    given: list[int] = []
    try:
        read_into(given, account, since)
        missed_for_reason = set()
    except UnexpectedAnswer:
        assert crowded, "an error, though no second fills a page"
        missed_for_reason = {number for number, at in account.contacts.items() if account.local(at) in crowded}
    assert len(given) == len(set(given))
    assert {number for number, at in account.contacts.items() if at >= since} <= set(given) | missed_for_reason


@given(st.integers(0, 3600), st.integers(1, 3600))
@example(3599, 1)
@example(1, 3600)
def test_what_changes_in_the_hour_that_autumn_repeats_is_not_missed(before: int, after: int) -> None:
    autumn = datetime(2026, 11, 1, 6, tzinfo=UTC)
    account = Account({1: autumn + timedelta(seconds=after)})
    assert numbers(account, autumn - timedelta(seconds=before)) == [1]


def test_nobody_changed_costs_one_call() -> None:
    account = Account({1: NOON})
    assert numbers(account, NOON + timedelta(hours=1)) == []
    assert len(account.asked) == 1


def test_a_moment_is_asked_for_in_the_time_of_the_project() -> None:
    account = Account({}, PARIS)
    assert numbers(account, NOON) == []
    assert account.asked == [
        {
            "$type": "FieldClause",
            "Field": {"Name": "dtModified"},
            "TypeOperator": "GreaterOrEqual",
            "ComparisonValue": "2026.07.01 18:00:00",
        }
    ]
    assert next(iter(account.asked[0])) == "$type"


@pytest.mark.parametrize("older", [timedelta(hours=1), timedelta(days=3), timedelta(days=400)])
def test_a_page_full_of_one_second_is_an_error_and_not_a_loop(older: timedelta) -> None:
    crowd = dict.fromkeys(range(10, 30, 2), NOON)
    account = Account({1: NOON - older, 2: NOON - older, **crowd}, most=5)
    given: list[int] = []
    account = replace(account, contacts={**account.contacts, 50: NOON + timedelta(seconds=1)})
    with pytest.raises(UnexpectedAnswer, match="all of them"):
        read_into(given, account, NOON - timedelta(minutes=1))
    assert given == [10, 12, 14, 16, 18, 50], "what can be read is read"
    assert len(account.asked) < 16


@pytest.mark.parametrize("older", [timedelta(hours=1), timedelta(days=3), timedelta(days=400)])
def test_a_crowd_of_one_second_that_fits_is_given_whole(older: timedelta) -> None:
    account = Account({1: NOON - older, **dict.fromkeys(range(10, 15), NOON)}, most=6)
    assert numbers(account, NOON - timedelta(minutes=1)) == [10, 11, 12, 13, 14]


def test_a_project_loaded_in_one_second_is_given_whole_if_it_fits_and_is_an_error_if_it_does_not() -> None:
    loaded = dict.fromkeys(range(1, 201), NOON)
    assert numbers(Account(loaded, most=200), NOON) == list(range(1, 201))
    with pytest.raises(UnexpectedAnswer):
        numbers(Account(loaded, most=199), NOON)


def test_a_contact_that_changes_during_the_reading_comes_again_and_no_other_is_lost() -> None:
    contacts = {n: NOON + timedelta(seconds=n) for n in range(1, 10)}
    account = Account(contacts, most=3)
    given: list[str] = []
    for page in changes(account).since(NOON):
        given += [each.rid for each in page]
        if len(given) == 3:
            contacts[2] = NOON + timedelta(seconds=60)
    assert sorted(given) == sorted([*map(str, range(1, 10)), "2"])


class Scripted:
    """An account that answers what it is told, or raises it."""

    def __init__(self, *answers: list[dict[str, Any]] | Exception | None) -> None:
        self.answers = list(answers)

    def get(self, _: Clause) -> Any:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return None if answer is None else Answer(answer, "", "7")


@pytest.mark.parametrize(
    "rows",
    [
        [{"idContact": 1}],
        [{"idContact": 1, MODIFIED: None}],
        [{"idContact": 1, MODIFIED: "lately"}],
        [{MODIFIED: "2026.07.01 13:00:00"}],
        [{"idContact": 1, MODIFIED: "2026.07.01 13:00:00"}, {"idContact": 2, MODIFIED: "2026.07.01 12:30:00"}],
        [{"idContact": 1, MODIFIED: "2020.01.01 00:00:00"}],
    ],
)
def test_contacts_without_date_or_in_another_order_are_not_read_as_all_that_changed(rows: list[dict[str, Any]]) -> None:
    with pytest.raises(UnexpectedAnswer) as told:
        list(changes(Scripted(rows)).since(NOON))
    assert told.value.what_to_do


NOBODY = clause("f_EMail", "")
SOMEBODY = [{"idContact": 1, "f_EMail": "claire@example.org", MODIFIED: "2026.07.01 12:00:00"}]
REFUSAL = AccessRefused("No.", "Ask.")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (([], []), Capabilities(empty_lookup=True, changed_since=True)),
        (([], None, []), Capabilities(empty_lookup=True)),
        ((None, [], []), Capabilities(changed_since=True)),
        ((None, None, []), Capabilities()),
        ((SOMEBODY, [], []), Capabilities(changed_since=True)),
        (([], SOMEBODY, []), Capabilities(empty_lookup=True)),
    ],
)
def test_a_clause_is_accepted_when_it_finds_nobody_where_nobody_is(answers: Any, expected: Capabilities) -> None:
    account = Scripted(*answers)
    assert changes(account).probe(NOBODY, NOON) == expected
    assert account.answers == []


@pytest.mark.parametrize("failing", [(None, None, REFUSAL), ([], ServiceUnavailable("Off.", "Wait.")), (REFUSAL,)])
def test_nothing_is_concluded_from_an_account_that_answers_no_look_up(failing: Any) -> None:
    with pytest.raises((AccessRefused, ServiceUnavailable)):
        changes(Scripted(*failing)).probe(NOBODY, NOON)
