"""How a ledger counts what people answered, finds a person, and tells the whole of a person's trail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from disf_desktop.core.people import ConsentCount, PersonFound
from disf_desktop.storage.consent_trail import Action, Person, Trail
from disf_desktop.storage.database import Database, open_database, transaction
from disf_desktop.storage.ledger_schema import MIGRATIONS
from disf_desktop.storage.ledger_view import LedgerView
from tests.storage.conftest import KEY
from tests.storage.test_ledger_view import AT, add

LOOKED = 1_790_000_000
LAST_READ = "2026-09-21T14:13:20Z"
NAMES = ("FirstName", "LastName", "Email")
PEOPLE = (
    (1, "003A", "11", "Élodie", "Côté", "elodie@example.org"),
    (2, "003B", "12", "Marie", "Roy", "marie.roy@example.org"),
    (3, "003C", "13", "Marie", "Tremblay", "m_t@example.org"),
    (4, "003D", "14", "Jean", "O'Neil", "jean@example.org"),
    (5, "003E", "15", "Zoé", None, "zoe@example.org"),
    (6, "003F", "16", "Closed", "Person", "gone@example.org"),
)


@pytest.fixture
def ledger(ledger_path: Path) -> Iterator[Database]:
    """A ledger with six people of one integration; the fifth was never looked at, the sixth is closed."""
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    add(connection, "target", [{"id": 1, "name": "di.example/12/Contact"}])
    add(connection, "integration", [{"id": 1, "name": "Contacts", "target": 1, "settings": b""}])
    layout = {"source": ["Id", "Email", "LastName", "FirstName", "City"], "target": [], "pairs": []}
    add(connection, "layout", [{"id": 1, "fields": orjson.dumps(layout).decode()}])
    for n, rid, number, first, last, email in PEOPLE:
        link = {"id": n, "target": 1, "integration": 1, "sf_id": rid, "di_key": f"key{n}", "di_rid": number}
        add(connection, "link", [link | {"checked": LOOKED if n != 5 else None, "state": int(n == 6)}])
        packed = orjson.dumps([rid, email, last, first, "Marie-Reine"]).decode()
        seen = {"integration": 1, "side": "SF", "rid": rid, "stamp": AT, "layout": 1, "vals": packed}
        add(connection, "seen", [seen | {"pending": 0, "run": 1}])
    feeds = [
        {"integration": 1, "purpose": p, "field": f"org/contact/{p}", "keeps_neutral": 0} for p in ("Casl", "News")
    ]
    add(connection, "consent_feed", feeds)
    yield connection
    connection.close()


@pytest.fixture
def view(ledger: Database, ledger_path: Path) -> Iterator[LedgerView]:
    with LedgerView.open(ledger_path, KEY) as opened:
        assert opened is not None
        yield opened


def answer(ledger: Database, link: int, di: int | None, purpose: str = "News") -> None:
    add(ledger, "consent_state", [{"link": link, "purpose": purpose, "di": di, "as_of": AT}])


def test_answers_are_counted_as_last_read(ledger: Database, view: LedgerView) -> None:
    answer(ledger, 1, 1)
    answer(ledger, 2, 0)
    answer(ledger, 3, 0)
    answer(ledger, 6, 1)  # closed: nobody any more
    assert view.consent_counts() == [
        ConsentCount("Contacts", "Casl", 0, 0, 4, 1, 0, LAST_READ),
        ConsentCount("Contacts", "News", 1, 2, 1, 1, 0, LAST_READ),
    ]


def test_a_neutral_answer_that_has_a_row_is_not_counted_twice(ledger: Database, view: LedgerView) -> None:
    answer(ledger, 1, None)
    add(ledger, "consent_state", [{"link": 2, "purpose": "News"}])  # nothing was read of it
    [_, news] = view.consent_counts()
    assert (news.yes, news.no, news.neutral, news.unread) == (0, 0, 4, 1)


def test_who_was_read_in_an_export_alone_is_read(ledger: Database, view: LedgerView) -> None:
    answer(ledger, 5, 1)
    casl, news = view.consent_counts()
    assert (news.yes, news.neutral, news.unread) == (1, 4, 0)
    assert casl.unread == 1


def test_people_whose_answer_was_written_are_counted_once_each(ledger: Database, view: LedgerView) -> None:
    with transaction(ledger):
        trail = Trail(ledger, AT, 1)
        for link, action in ((1, Action.CONFIRMED), (1, Action.CONFIRMED), (2, Action.REFUSED), (3, Action.CONFIRMED)):
            trail.add(Person(link), "News", action)
    assert [count.written for count in view.consent_counts()] == [0, 2]


def test_nothing_is_counted_before_an_opt_in_was_ever_read(ledger: Database, view: LedgerView) -> None:
    ledger.execute("DELETE FROM consent_feed")
    assert view.consent_counts() == []


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("003A", [1]),
        ("12", [2]),
        ("KEY3", [3]),
        ("marie.roy@example.org", [2]),
        ("MARIE", [2, 3]),
        ("tremblay marie", [3]),
        ("élodie", [1]),
        ("CÔTÉ", [1]),
        ("o'neil", [4]),
        ("m_t@", [3]),
        ("m%t", []),
        ("zoé", [5]),
        ("Marie-Reine", []),  # a city names nobody
        ("   ", []),
        ("nobody", []),
    ],
)
def test_a_person_is_found_by_id_key_name_or_address(view: LedgerView, text: str, links: list[int]) -> None:
    assert [person.link for person in view.find_people(text, NAMES, 10)] == links


def test_a_person_is_shown_by_name(view: LedgerView) -> None:
    named = PersonFound(1, "003A", "11", "Élodie Côté elodie@example.org")
    assert view.find_people("003A", NAMES, 10) == [named]
    assert view.find_people("côté", NAMES, 10) == [named]
    assert len(view.find_people("example", NAMES, 3)) == 3


def test_a_trail_has_what_was_seen_in_salesforce_alone(ledger: Database, view: LedgerView) -> None:
    with transaction(ledger):
        trail = Trail(ledger, AT, 1)
        trail.add(Person(sf_id="003A"), "News", Action.SEEN, before="none", after="out")
        trail.add(Person(sf_id="003B"), "News", Action.SEEN, before="none", after="out")
        trail.add(Person(1, "003A", "11"), "News", Action.OBSERVED, di=True)
    told = list(view.consent_events(view.links_of("11")))
    assert [(e.seq, e.action) for e in told] == [(1, "seen"), (3, "observed")]
    assert list(view.consent_events([])) == []
    assert len(list(view.consent_events())) == 3
