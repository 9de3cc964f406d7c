"""What the faces read of a ledger: waiting records, conflicts, consents, freshness, last runs; rows written by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import apsw
import orjson
import pytest

from disf_desktop.core.events import Outstanding
from disf_desktop.core.history import AuditRecord, Freshness, TamperedEvent
from disf_desktop.storage.consent_trail import Action, Person, Trail
from disf_desktop.storage.database import Database, open_database, transaction
from disf_desktop.storage.ledger_schema import MIGRATIONS
from disf_desktop.storage.ledger_view import LedgerView
from tests.storage.conftest import KEY

AT = "2026-11-02T14:10:00Z"
LATER = "2026-11-03T14:10:00Z"


def add(connection: Database, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    for row in rows:
        places = ", ".join("?" * len(row))
        connection.execute(f"INSERT INTO {table}({', '.join(row)}) VALUES({places})", tuple(row.values()))


@pytest.fixture
def ledger(ledger_path: Path) -> Iterator[Database]:
    """A ledger with two integrations: 1 Contacts with three links, 2 Forms with one person born in Dialog Insight."""
    connection = open_database(ledger_path, KEY, MIGRATIONS)
    add(connection, "target", [{"id": 1, "name": "di.example/12/Contact"}, {"id": 2, "name": "di.example/13/Contact"}])
    names = [(1, "Contacts", 1), (2, "Forms", 2)]
    add(connection, "integration", [{"id": n, "name": t, "target": g, "settings": b""} for n, t, g in names])
    links: list[dict[str, Any]] = [
        {"integration": 1, "sf_id": "003A", "di_key": "003a", "di_rid": "11", "checked": 1_790_000_000},
        {"integration": 1, "sf_id": "003B", "di_key": "003b", "di_rid": "12", "checked": 1_780_000_000},
        {"integration": 1, "sf_id": "003C", "di_key": "003c", "di_rid": "13", "state": 1},
        {"integration": 2, "sf_id": None, "di_key": "zoe@example.org", "di_rid": "21"},
    ]
    add(connection, "link", [{"id": n, "target": row["integration"]} | row for n, row in enumerate(links, 1)])
    layout = {"source": ["Id", "Email"], "target": ["SalesforceID", "EMail"], "pairs": ["Id", "Email"]}
    add(connection, "layout", [{"id": 1, "fields": orjson.dumps(layout).decode()}])
    yield connection
    connection.close()


@pytest.fixture
def view(ledger: Database, ledger_path: Path) -> Iterator[LedgerView]:
    with LedgerView.open(ledger_path, KEY) as opened:
        assert opened is not None
        yield opened


def aside(number: int, rid: str, side: str = "dialog_insight", **more: Any) -> dict[str, Any]:
    row = {"id": number, "integration": 1, "side": side, "rid": rid, "field": "EMail", "code": "email"}
    row |= {"message": "No.", "what_to_do": "Mend it.", "parameters": "{}", "request_id": "", "first_seen": AT}
    return row | {"last_seen": AT, "tries": 1, "run": 1, "state": "waiting"} | more


def conflict(number: int, **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"id": number, "run": 1, "link": 1, "integration": 1, "field": "Phone", "sf": '"438"'}
    row |= {"di": '"819"', "rule": "ask", "winner": None, "state": "waiting", "at": AT}
    return row | more


def seen(rid: str, side: str = "SF", **more: Any) -> dict[str, Any]:
    row = {"integration": 1, "side": side, "rid": rid, "stamp": AT, "layout": 1, "vals": f'["{rid}","a@example.org"]'}
    return row | {"pending": 0, "run": 1} | more


# ------------------------------------------------------------------------------------------ what waits


def test_what_waits_is_counted_by_kind_and_integration(ledger: Database, view: LedgerView) -> None:
    add(ledger, "set_aside", [aside(1, "003X"), aside(2, "003Y", state="dismissed")])
    add(ledger, "conflict", [conflict(1), conflict(2, field="City", state="resolved", winner="salesforce")])
    add(ledger, "conflict", [conflict(3, link=2)])
    add(ledger, "choice", [{"link": 2, "field": "Phone", "side": "SF", "value": '"438"', "conflict": 3}])
    add(ledger, "consent_state", [{"link": 4, "purpose": "News", "review": "C5b", "review_since": AT}])
    history = view.history()
    assert history.outstanding_by_integration == {
        "Contacts": Outstanding(set_aside=1, conflicts=1),
        "Forms": Outstanding(consent_review=1),
    }
    assert history.outstanding == Outstanding(1, 1, 1)


def test_only_living_links_are_counted_and_the_oldest_look_is_told(view: LedgerView) -> None:
    history = view.history()
    assert [(s.integration, s.side, s.links) for s in history.streams] == [
        ("Contacts", "salesforce", 2),
        ("Forms", "salesforce", 1),
    ]
    assert history.freshness == {
        "Contacts": Freshness("2026-05-28T20:26:40Z", 0),
        "Forms": Freshness(None, 1),
    }


def test_records_out_of_scope_are_counted(ledger: Database, view: LedgerView) -> None:
    add(ledger, "seen", [seen("003A"), seen("003B", presence=2), seen("003C", presence=1), seen("003D", presence=2)])
    assert view.out_of_scope() == {"Contacts": 2}


def test_the_last_run_of_each_integration_is_known_and_a_preview_is_none(ledger: Database, view: LedgerView) -> None:
    def run(started: str, event: str, *names: str) -> dict[str, Any]:
        summary = {"event": event, "integrations": [{"name": name} for name in names]}
        return {"started": started, "ended": started, "status": "success", "summary": orjson.dumps(summary).decode()}

    add(ledger, "run", [run("2026-11-01T00:00:00Z", "run_finished", "Contacts", "Forms")])
    add(ledger, "run", [run("2026-11-02T00:00:00Z", "run_finished", "Contacts")])
    add(ledger, "run", [run("2026-11-03T00:00:00Z", "preview_finished"), {"started": "2026-11-04T00:00:00Z"}])
    history = view.history()
    assert history.last_runs == {"Contacts": "2026-11-02T00:00:00Z", "Forms": "2026-11-01T00:00:00Z"}


def test_a_run_is_found_by_its_number(ledger: Database, view: LedgerView) -> None:
    add(ledger, "run", [{"started": AT, "ended": LATER, "status": "success", "summary": '{"run":1}'}])
    found = view.run(1)
    assert found is not None
    assert (found.started, found.ended, found.status, found.summary) == (AT, LATER, "success", {"run": 1})
    assert view.run(2) is None


def test_a_record_that_is_set_aside_shows_the_values_of_the_side_where_it_is(
    ledger: Database, view: LedgerView
) -> None:
    add(ledger, "seen", [seen("003X"), seen("77", "DI", vals='[null,"zoe@example.org"]')])
    rows = [aside(1, "003X"), aside(2, "77", "salesforce"), aside(3, "003Z", "salesforce", target_rid="77")]
    add(ledger, "set_aside", [*rows, aside(4, "003N")])
    found = {"SalesforceID": None, "EMail": "zoe@example.org"}
    listed = view.set_aside(None, 0, 10)
    assert [(r.rid, r.values) for r in listed] == [
        ("003X", {"Id": "003X", "Email": "a@example.org"}),
        ("77", found),
        ("003Z", found),
        ("003N", {}),
    ]


# ------------------------------------------------------------------------------------------ conflicts


def test_conflicts_that_wait_are_listed_with_both_values(ledger: Database, view: LedgerView) -> None:
    add(ledger, "conflict", [conflict(1, sf="null", di='["a","b"]'), conflict(2, state="resolved", field="City")])
    add(ledger, "conflict", [conflict(3, link=4, integration=2)])
    one, three = view.conflicts(None, 0, 10)
    assert (one.id, one.key, one.field, one.salesforce, one.dialog_insight) == (1, "003A", "Phone", None, ("a", "b"))
    assert (one.rule, one.winner, one.waits, one.at) == ("ask", None, True, AT)
    assert (three.integration, three.key) == ("Forms", "21")
    assert [c.id for c in view.conflicts("Forms", 0, 10)] == [3]
    assert [c.id for c in view.conflicts(None, 1, 10)] == [3]
    assert [c.id for c in view.conflicts(None, 0, 1)] == [1]


def test_what_a_person_chose_waits_no_more(ledger: Database, view: LedgerView) -> None:
    add(ledger, "conflict", [conflict(1), conflict(2, field="City")])
    add(ledger, "choice", [{"link": 1, "field": "City", "side": "DI", "value": '"819"', "conflict": 2}])
    assert [(c.id, c.chosen, c.waits) for c in view.conflicts(None, 0, 10)] == [
        (1, None, True),
        (2, "dialog_insight", False),
    ]


def test_resolved_conflicts_are_listed_since_a_moment_and_waiting_ones_always(
    ledger: Database, view: LedgerView
) -> None:
    old = "2025-01-01T00:00:00Z"
    add(ledger, "conflict", [conflict(1, at=old), conflict(2, state="resolved", winner="salesforce", at=old)])
    add(ledger, "conflict", [conflict(3, state="restored", winner="dialog_insight")])
    listed = view.all_conflicts(None, AT, 0, 10)
    assert [(c.id, c.state, c.winner) for c in listed] == [(1, "waiting", None), (3, "restored", "dialog_insight")]
    assert view.all_conflicts("Forms", old, 0, 10) == ()


def test_a_conflict_is_found_by_its_number(ledger: Database, view: LedgerView) -> None:
    add(ledger, "conflict", [conflict(7, state="resolved", winner="salesforce")])
    found = view.conflict(7)
    assert found is not None
    assert (found.winner, found.waits) == ("salesforce", False)
    assert view.conflict(8) is None


# ------------------------------------------------------------------------------------------ consents


def test_reviews_are_listed_the_oldest_first(ledger: Database, view: LedgerView) -> None:
    def state(link: int, **more: Any) -> dict[str, Any]:
        return {"link": link, "purpose": "News", "review": "C5a", "review_since": AT} | more

    add(ledger, "consent_state", [state(1, review_since=LATER, di=1, earliest=AT, as_of=LATER), state(4, di=0)])
    add(ledger, "consent_state", [state(2, review=None, review_since=None)])
    first, second = view.consent_reviews(0, 10)
    assert (first.integration, first.salesforce_id, first.contact_id) == ("Forms", "", "21")
    assert (first.dialog_insight, first.rule, first.since, first.kind) == (False, "C5a", AT, "review")
    assert (second.salesforce_id, second.dialog_insight, second.effective) == ("003A", True, AT)
    assert view.consent_reviews(1, 10) == [second]


def test_an_opt_out_that_dialog_insight_does_not_have_is_drift(ledger: Database, view: LedgerView) -> None:
    feed = {"integration": 1, "purpose": "News", "field": "org/contact/optout", "keeps_neutral": 0}
    add(ledger, "consent_feed", [feed])
    opted_out = {"integration": 1, "purpose": "News", "shows": "out", "stamp": AT}
    add(ledger, "sf_opt_out", [opted_out | {"rid": rid, "since": AT} for rid in ("003A", "003B", "003C")])
    add(ledger, "consent_state", [{"link": 1, "purpose": "News", "di": 1}, {"link": 2, "purpose": "News", "di": 0}])
    [drift] = view.consent_drift(0, 10)
    assert (drift.kind, drift.salesforce_id, drift.contact_id, drift.dialog_insight) == ("drift", "003A", "11", True)


def test_a_persons_trail_is_found_by_either_id_or_the_key(ledger: Database, view: LedgerView) -> None:
    def event(link: int, **more: Any) -> dict[str, Any]:
        row = {"at": AT, "run": 1, "link": link, "purpose": "News", "action": "observed", "hash": b"h"}
        return row | {"sf_id": "003A", "di": 1} | more

    add(ledger, "consent_event", [event(1), event(4, sf_id=None, di_rid="21"), event(1, action="written", di=None)])
    for key in ("003A", "11"):
        assert [e.seq for e in view.consent_events(view.links_of(key))] == [1, 3]
    assert [e.contact_id for e in view.consent_events(view.links_of("Zoe@Example.org"))] == ["21"]
    assert list(view.consent_events(view.links_of("nobody"))) == []
    events = list(view.consent_events())
    assert [(e.seq, e.action, e.dialog_insight) for e in events] == [
        (1, "observed", True),
        (2, "observed", True),
        (3, "written", None),
    ]


def test_the_first_event_that_is_missing_is_named(ledger: Database, view: LedgerView) -> None:
    assert view.tampered() is None
    row = {"at": AT, "purpose": "News", "action": "observed", "hash": b"h"}
    add(ledger, "consent_event", [row | {"seq": 2}])
    assert view.tampered() == TamperedEvent(1, "missing")


def test_an_event_that_is_not_as_it_was_written_is_named(ledger: Database, view: LedgerView) -> None:
    with transaction(ledger):
        trail = Trail(ledger, AT)
        for purpose in ("News", "Offers"):
            trail.add(Person(sf_id="003A"), purpose, Action.OBSERVED, di=True)
    assert view.tampered() is None
    ledger.execute("DROP TRIGGER consent_event_update")
    ledger.execute("UPDATE consent_event SET di = 0 WHERE seq = 1")
    assert view.tampered() == TamperedEvent(1, "changed")


def test_the_view_changes_nothing(view: LedgerView) -> None:
    with pytest.raises(apsw.ReadOnlyError):
        view._connection.execute("DELETE FROM link")


def test_a_ledger_of_this_version_is_current_and_an_older_one_is_not(view: LedgerView, tmp_path: Path) -> None:
    assert view.is_current
    older = tmp_path / "older.sqlite"
    open_database(older, KEY, MIGRATIONS[:1]).close()
    with LedgerView.open(older, KEY) as opened:
        assert opened is not None
        assert not opened.is_current


# ------------------------------------------------------------------------------------------ what runs kept


def ran(ledger: Database, number: int, *integrations: dict[str, Any], **summary: Any) -> None:
    told = orjson.dumps({"event": "run_finished", "integrations": integrations} | summary).decode()
    add(ledger, "run", [{"id": number, "started": AT, "ended": LATER, "status": "success", "summary": told}])


def part(name: str, status: str = "success", **more: Any) -> dict[str, Any]:
    return {"name": name, "status": status} | more


def test_the_triggers_are_those_of_the_last_run_that_did_all_their_work(ledger: Database, view: LedgerView) -> None:
    ran(ledger, 1, part("Contacts", ticked=["salesforce_created", "salesforce_deleted"]), part("Forms", ticked=[]))
    ran(ledger, 2, part("Contacts", ticked=["salesforce_created"]))
    ran(ledger, 3, part("Contacts", "failed"))
    assert view.history().ticked == {"Contacts": frozenset({"salesforce_created"}), "Forms": frozenset()}


def test_a_trigger_that_was_started_from_now_has_nothing_left_to_carry_over(ledger: Database, view: LedgerView) -> None:
    ran(ledger, 1, part("Contacts", ticked=["salesforce_created"]), part("Forms", ticked=[]))
    ran(ledger, 2, part("Contacts"), from_now="salesforce_updated")
    ran(ledger, 3, part("Contacts", "stopped"), from_now="salesforce_deleted")
    assert view.history().ticked["Contacts"] == {"salesforce_created", "salesforce_updated"}
    ran(ledger, 4, part("Contacts", ticked=["salesforce_created"]))
    assert view.history().ticked["Contacts"] == {"salesforce_created"}, "it was unticked since"


def test_where_no_run_of_this_version_came_to_its_end_no_trigger_is_known(ledger: Database, view: LedgerView) -> None:
    ran(ledger, 1, part("Contacts"), part("Forms"))
    add(ledger, "run", [{"id": 2, "started": AT}])
    assert view.history().ticked == {}


def test_what_comparing_everything_found_stays_until_it_is_done_again(ledger: Database, view: LedgerView) -> None:
    found = {"changed": 3, "deleted": 1, "vanished": 2, "doubtful": False}
    none = {"changed": 0, "deleted": 0, "vanished": 0, "doubtful": False}
    ran(ledger, 1, part("Contacts"), part("Forms"), audits=[{"name": "Contacts"} | found, {"name": "Forms"} | none])
    ran(ledger, 2, part("Contacts"), part("Forms"))
    audits = view.history().audits
    assert audits["Contacts"] == AuditRecord(1, LATER, 3, 1, 2)
    assert audits["Contacts"]
    assert not audits["Forms"]
    ran(ledger, 3, part("Contacts"), audits=[{"name": "Contacts"} | none])
    assert view.history().audits == {"Contacts": AuditRecord(3, LATER), "Forms": AuditRecord(1, LATER)}
