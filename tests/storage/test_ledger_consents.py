"""Consents in the ledger: rows only where there is something to say, a trail that nobody can change unseen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disf_desktop.core.consent import Intent, Judged, Kind, Outcome, Rule, Settled, Subscriber
from disf_desktop.core.consent_memory import Shows
from disf_desktop.core.errors import LedgerIsBusy
from disf_desktop.core.journal import NewSetAside
from disf_desktop.core.optins import Reading
from disf_desktop.core.records import OptinState
from disf_desktop.core.schema import Side
from disf_desktop.storage.consent_trail import Tampered
from disf_desktop.storage.ledger import Ledger
from disf_desktop.storage.ledger_erased import ErasedPeople
from disf_desktop.storage.packing import pack
from tests.storage.conftest import KEY

COMING_BACK = {"003A": "erased", "003B": "too_long"}
AT = "2026-03-02T10:00:00Z"
SINCE = "2026-03-01T00:00:00Z"
FIELD = "sf/contact/newsletter__c"
OUT, IN, NEUTRAL = OptinState(False, AT, AT), OptinState(True, AT, AT), OptinState(None)


def noon(second: int) -> str:
    return f"2026-03-02T12:{second // 60:02d}:{second % 60:02d}Z"


class Desk:
    """A ledger with two integrations whose opt-in feeds the same Salesforce field, and some linked people."""

    def __init__(self, path: Path) -> None:
        self.ledger = Ledger.open(path, KEY)
        self.run = self.ledger.begin_run(AT)
        self.first = self.ledger.register("Contacts", "di/1/Contact", b"")
        self.second = self.ledger.register("Events", "di/2/Contact", b"")
        self.layout = self.ledger.layout(["Id", "Newsletter__c"], ["SalesforceID"], ["Id"])
        self.feed(self.first.integration)

    def feed(self, integration: int, field: str = FIELD, *, neutral: bool = False, settings: bytes = b"1") -> None:
        feeds = {"Newsletter": (field, neutral)}
        self.ledger.register_optins(integration, feeds, settings, SINCE, AT)

    def link(self, sf_id: str | None, di_rid: str, integration: int | None = None) -> int:
        of = self.second if integration == self.second.integration else self.first
        c = self.ledger._connection
        c.execute(
            "INSERT INTO link(target, integration, sf_id, di_key, di_rid) VALUES(?,?,?,?,?)",
            (of.target, of.integration, sf_id, f"{of.target}/{di_rid}", di_rid),
        )
        return c.last_insert_rowid()

    def found(self, rid: str, seen: OptinState, as_of: str = noon(0), **more: Any) -> None:
        of = more.pop("of", self.first)
        self.ledger.note_optins(of.integration, of.target, self.run, [(rid, {"Newsletter": seen}, as_of)], AT, **more)

    def shown(self, rid: str, reading: Reading, stamp: str = AT) -> None:
        self.ledger.note_opt_outs(self.first.integration, self.run, [(rid, stamp, {"Newsletter": reading})], AT)

    def decide(self, of: Any = None) -> list[Subscriber]:
        of = of or self.first
        return self.ledger.consents_to_decide(of.integration, of.target, self.layout, ["Newsletter__c"], 0, 100)

    def intent(self, link: int, kind: Kind = Kind.OUT) -> Intent:
        return Intent(link, "003A", "1", "Newsletter", kind, Rule.OPT_OUT, AT, noon(1), "none", kind.value)

    def settle(self, intent: Intent, outcome: Outcome) -> None:
        [number] = self.ledger.intend_consents(self.run, [intent], AT)
        self.ledger.settle_consents(self.run, [Settled(number, intent, outcome, "why")], AT, "r1")

    def rows(self, sql: str, *bindings: Any) -> list[tuple[Any, ...]]:
        return list(self.ledger._connection.execute(sql, bindings))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "ledger.sqlite")
    yield desk
    desk.ledger.close()


# Rows only where there is something to say


def test_people_without_an_answer_and_without_an_opt_out_take_no_row(desk: Desk) -> None:
    for n in range(50):
        desk.link(f"003{n}", str(n))
        desk.found(str(n), NEUTRAL)
        desk.shown(f"003{n}", Reading.NONE)
    for table in ("consent_state", "sf_opt_out", "consent_early"):
        assert desk.rows(f"SELECT * FROM {table}") == []
    assert desk.rows("SELECT action FROM consent_event") == [("renewed",)]


def test_people_without_an_answer_are_kept_where_a_word_is_written_for_them(desk: Desk) -> None:
    desk.feed(desk.first.integration, neutral=True, settings=b"2")
    desk.link("003A", "1")
    desk.found("1", NEUTRAL)
    [person] = desk.decide()
    known = person.consents["Newsletter"].fed.known
    assert known is not None
    assert known.state is None


def test_an_opt_in_that_no_integration_asks_for_is_not_kept(desk: Desk) -> None:
    desk.link("003A", "1")
    desk.ledger.note_optins(desk.first.integration, desk.first.target, desk.run, [("1", {"Other": OUT}, noon(0))], AT)
    assert desk.rows("SELECT * FROM consent_state") == []


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations([(OUT, noon(1)), (IN, noon(2)), (NEUTRAL, noon(3)), (IN, noon(4))]))
def test_reads_may_arrive_in_any_order(desk: Desk, order: list[tuple[OptinState, str]]) -> None:
    number = desk.rows("SELECT count(*) FROM link")[0][0]
    desk.link(f"003{number}", str(number))
    desk.found(str(number), OUT, noon(0))
    for seen, as_of in order:
        desk.found(str(number), seen, as_of)
    [row] = desk.rows("SELECT di, as_of, not_before, opted_out FROM consent_state ORDER BY link DESC LIMIT 1")
    assert row == (1, noon(4), noon(3), AT)


# Which people are decided, and of what


def test_a_change_of_either_side_puts_a_consent_before_the_decision(desk: Desk) -> None:
    link = desk.link("003A", "1")
    desk.found("1", OUT)
    assert [p.link for p in desk.decide()] == [link]
    desk.ledger.note_judged(desk.run, [Judged(link, "Newsletter")], AT)
    assert desk.decide() == []
    desk.found("1", OUT, noon(5))
    assert desk.decide() == []
    desk.shown("003A", Reading.NONE, noon(9))
    assert [p.link for p in desk.decide()] == [link]


def test_a_decision_is_made_of_both_sides_and_of_what_we_wrote(desk: Desk) -> None:
    link = desk.link("003A", "1")
    desk.ledger.store_page(desk.first.integration, desk.layout, desk.run, [("003A", AT, ["003A", "No"])], None)
    desk.found("1", OUT)
    desk.shown("003A", Reading.OPTED_OUT)
    desk.settle(desk.intent(link), Outcome.CONFIRMED)
    desk.ledger.prove_consents(desk.run, [(link, "Newsletter", noon(2))], AT)
    desk.shown("003A", Reading.OPTED_OUT, noon(2))
    [person] = desk.decide()
    consent = person.consents["Newsletter"]
    assert (person.rid, person.target_rid, person.values) == ("003A", "1", {"Newsletter__c": "No"})
    assert consent.fed.valid
    assert consent.shown is not None
    assert (consent.shown.shows, consent.shown.since, consent.shown.stamp) == (Shows.OUT, AT, noon(2))
    assert [(w.kind, w.stamp, w.proven) for w in consent.own] == [(Kind.OUT, noon(2), True)]
    assert consent.our_opt_out == noon(2)


def test_values_that_were_read_in_another_form_are_not_given(desk: Desk) -> None:
    desk.link("003A", "1")
    other = desk.ledger.layout(["Id"], ["SalesforceID"], ["Id"])
    desk.ledger.store_page(desk.first.integration, other, desk.run, [("003A", AT, ["003A"])], None)
    desk.found("1", OUT)
    [person] = desk.decide()
    assert person.values is None


def test_the_other_project_of_a_person_is_part_of_the_decision(desk: Desk) -> None:
    desk.feed(desk.second.integration)
    mine, theirs = desk.link("003A", "1"), desk.link("003A", "2", desk.second.integration)
    desk.found("1", IN)
    [person] = desk.decide()
    assert [(o.known, o.valid) for o in person.consents["Newsletter"].others] == [(None, False)]
    desk.ledger.note_judged(desk.run, [Judged(mine, "Newsletter")], AT)
    desk.found("2", OUT, of=desk.second)
    [person] = desk.decide()
    [other] = person.consents["Newsletter"].others
    assert other.known is not None
    assert other.known.state is False
    assert [p.link for p in desk.decide(desk.second)] == [theirs]


def test_a_person_without_a_link_is_remembered_until_there_is_one(desk: Desk) -> None:
    desk.found("7", OUT, noon(2), unlinked=True)
    desk.found("7", IN, noon(1), unlinked=True)
    desk.found("8", NEUTRAL, unlinked=True)
    assert desk.rows("SELECT di_rid, as_of FROM consent_early") == [("7", noon(2))]
    link = desk.link("003A", "7")
    desk.ledger.adopt_early_optins(desk.first.integration, desk.first.target, desk.run, AT)
    assert desk.rows("SELECT link, di FROM consent_state") == [(link, 0)]
    assert desk.rows("SELECT * FROM consent_early") == []


def test_a_person_of_another_integration_is_passed_over(desk: Desk) -> None:
    desk.link("003A", "1", desk.second.integration)
    desk.found("1", OUT)
    assert desk.rows("SELECT * FROM consent_state") == []


def test_a_link_that_is_tied_to_another_record_is_decided_again_and_proves_nothing(desk: Desk) -> None:
    link = desk.link("003A", "1")
    desk.found("1", OUT)
    desk.settle(desk.intent(link), Outcome.CONFIRMED)
    desk.ledger.prove_consents(desk.run, [(link, "Newsletter", noon(2))], AT)
    assert desk.decide() == []
    desk.rows("UPDATE link SET sf_id = '003B' WHERE id = ?", link)
    [person] = desk.decide()
    assert person.consents["Newsletter"].own == ()


def test_what_an_export_puts_in_doubt_is_to_be_looked_up(desk: Desk) -> None:
    link = desk.link("003A", "1")
    desk.found("1", IN, photograph=True)
    of = desk.first
    assert desk.ledger.consents_to_look_up(of.integration, of.target, 9) == [(link, "1")]
    desk.found("1", IN)
    assert desk.ledger.consents_to_look_up(of.integration, of.target, 9) == []


# C6 and C10


def test_authorship_is_lost_with_the_intent_and_comes_back_with_the_proof_only(desk: Desk) -> None:
    link = desk.link("003A", "1")
    desk.found("1", OUT)

    def provenance() -> Any:
        return desk.rows("SELECT provenance FROM consent_state WHERE link = ?", link)[0][0]

    assert provenance() == "foreign"
    for outcome in Outcome:
        desk.ledger.prove_consents(desk.run, [(link, "Newsletter", noon(2))], AT)
        assert provenance() == "ours"
        desk.settle(desk.intent(link), outcome)
        assert provenance() == "unknown"


def test_authorship_gained_through_another_project_is_lost_too(desk: Desk) -> None:
    desk.feed(desk.second.integration)
    mine, theirs = desk.link("003A", "1"), desk.link("003A", "2", desk.second.integration)
    desk.found("1", IN)
    desk.found("2", OUT, of=desk.second)
    desk.ledger.prove_consents(desk.run, [(theirs, "Newsletter", noon(2))], AT)
    desk.ledger.intend_consents(desk.run, [desk.intent(mine, Kind.IN)], AT)
    assert desk.rows("SELECT link, provenance FROM consent_state ORDER BY link") == [
        (mine, "unknown"),
        (theirs, "unknown"),
    ]


def test_an_opt_in_that_did_not_arrive_leaves_no_trace_in_the_state(desk: Desk) -> None:
    link = desk.link("003A", "1")
    desk.found("1", IN)
    expected: Mapping[Outcome, str | None] = {Outcome.CONFIRMED: AT, Outcome.UNKNOWN: AT}
    for outcome in Outcome:
        desk.settle(desk.intent(link, Kind.IN), outcome)
        assert desk.rows("SELECT in_stamp FROM consent_state") == [(expected.get(outcome),)]


@pytest.mark.parametrize("what", ["settings", "restored"])
def test_other_settings_and_a_restored_ledger_void_every_read_and_every_authorship(desk: Desk, what: str) -> None:
    link = desk.link("003A", "1")
    desk.found("1", OUT)
    desk.ledger.prove_consents(desk.run, [(link, "Newsletter", noon(2))], AT)
    desk.ledger.note_judged(desk.run, [Judged(link, "Newsletter")], AT)
    desk.feed(desk.first.integration)
    assert desk.decide() == []
    if what == "restored":
        desk.rows("INSERT INTO meta VALUES('restored_from', 'a backup')")
    desk.ledger.register_optins(
        desk.first.integration,
        {"Newsletter": (FIELD, False)},
        b"2" if what == "settings" else b"1",
        noon(30),
        AT,
    )
    [person] = desk.decide()
    consent = person.consents["Newsletter"]
    assert not consent.fed.valid
    assert [w.proven for w in consent.own] == [False]
    desk.ledger.note_judged(desk.run, [Judged(link, "Newsletter")], AT)
    desk.found("1", OUT, noon(31))
    [person] = desk.decide()
    assert person.consents["Newsletter"].fed.valid


def test_a_run_that_lost_its_epoch_stores_nothing(desk: Desk) -> None:
    link = desk.link("003A", "1")
    desk.found("1", OUT)
    desk.rows("UPDATE meta SET v = '99' WHERE k = 'epoch'")
    for act in (
        lambda: desk.found("1", IN, noon(9)),
        lambda: desk.shown("003A", Reading.OPTED_OUT),
        lambda: desk.ledger.intend_consents(desk.run, [desk.intent(link)], AT),
        lambda: desk.ledger.settle_consents(desk.run, [], AT),
        lambda: desk.ledger.note_judged(desk.run, [Judged(link, "Newsletter")], AT),
    ):
        with pytest.raises(LedgerIsBusy):
            act()


# Reviews, drift, merges, freshness


def test_a_review_keeps_its_day_and_ends_with_another_decision(desk: Desk) -> None:
    link = desk.link("003A", "1")
    desk.found("1", IN)
    for day, rule in ((1, Rule.FOREIGN), (2, Rule.FOREIGN), (3, Rule.OLDER)):
        desk.ledger.note_judged(desk.run, [Judged(link, "Newsletter", rule)], f"2026-03-0{day}T00:00:00Z")
    assert desk.rows("SELECT rule, since, sf_id, di FROM consent_review") == [
        ("C5b", "2026-03-01T00:00:00Z", "003A", 1)
    ]
    desk.ledger.note_judged(desk.run, [Judged(link, "Newsletter")], AT)
    assert desk.rows("SELECT rule FROM consent_review") == []


def test_opt_outs_that_dialog_insight_does_not_have_are_listed_with_their_day(desk: Desk) -> None:
    desk.feed(desk.second.integration)
    for n, (seen, reading) in enumerate(
        [(IN, Reading.OPTED_OUT), (NEUTRAL, Reading.OPTED_OUT), (OUT, Reading.OPTED_OUT), (IN, Reading.OPTED_IN)]
    ):
        desk.link(f"003{n}", str(n))
        desk.found(str(n), seen)
        desk.shown(f"003{n}", reading)
    desk.shown("0033", Reading.NONE, noon(1))
    desk.shown("003X", Reading.OPTED_OUT)
    assert desk.rows("SELECT sf_id, since FROM consent_drift ORDER BY sf_id") == [
        ("0030", AT),
        ("0031", AT),
        ("0033", noon(1)),
    ]
    desk.link("0030", "20", desk.second.integration)
    desk.found("20", OUT, of=desk.second)
    assert [row[0] for row in desk.rows("SELECT sf_id FROM consent_drift ORDER BY sf_id")] == ["0031", "0033"]


def test_the_opt_outs_of_a_merged_record_are_inherited_once(desk: Desk) -> None:
    master, loser = desk.link("003A", "1"), desk.link("003B", "2")
    desk.found("2", OUT)
    desk.shown("003C", Reading.OPTED_OUT, noon(3))
    desk.shown("003D", Reading.OPTED_IN)
    for _ in range(2):
        desk.ledger.inherit_opt_outs(
            desk.first.integration, desk.run, [("003B", "003A"), ("003C", "003A"), ("003D", "003A")], AT
        )
    [person] = [p for p in desk.decide() if p.link == master]
    consent = person.consents["Newsletter"]
    assert consent.shown is not None
    assert consent.shown.inherited == noon(3)
    assert consent.fed.known is None
    assert desk.rows("SELECT count(*) FROM consent_event WHERE action = 'inherited'") == [(2,)]
    assert loser != master


def test_an_opt_out_of_a_contact_whose_record_was_merged_away_still_counts(desk: Desk) -> None:
    master, middle, loser = desk.link("003A", "1"), desk.link("003B", "2"), desk.link("003C", "3")
    desk.rows("UPDATE link SET state = 1, merged_into = ? WHERE id = ?", master, middle)
    desk.rows("UPDATE link SET state = 1, merged_into = ? WHERE id = ?", middle, loser)
    desk.found("3", OUT)
    assert [p.link for p in desk.decide()] == [master]
    assert dict(desk.rows("SELECT rid, inherited FROM sf_opt_out")) == {"003A": AT, "003B": AT}


# The trail


def trailed(desk: Desk, number: int = 4) -> list[int]:
    for n in range(number):
        desk.link(f"003{n}", str(n))
        desk.found(str(n), OUT)
    return [seq for (seq,) in desk.rows("SELECT seq FROM consent_event ORDER BY seq")]


def forced(desk: Desk, sql: str, *bindings: Any) -> None:
    """Change the trail as somebody could who takes its triggers away."""
    for trigger in ("consent_event_update", "consent_event_delete"):
        desk.rows(f"DROP TRIGGER {trigger}")
    desk.rows(sql, *bindings)


@pytest.mark.parametrize("table", ["consent_event", "consent_segment"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET at = 'x'", "DELETE FROM {}"])
def test_the_trail_refuses_to_be_changed(desk: Desk, table: str, sql: str) -> None:
    trailed(desk)
    desk.rows("INSERT INTO consent_segment(last, hash, at) VALUES(0, x'00', 'now')")
    with pytest.raises(apsw.ConstraintError, match="append only"):
        desk.rows(sql.format(table))


def test_a_trail_as_it_was_written_is_sound(desk: Desk) -> None:
    trailed(desk)
    assert desk.ledger.verify_consents() is None


@pytest.mark.parametrize("column", ["at", "link", "sf_id", "di_rid", "purpose", "action", "di", "effective", "after"])
def test_a_changed_event_is_found(desk: Desk, column: str) -> None:
    seqs = trailed(desk)
    forced(desk, f"UPDATE consent_event SET {column} = 77 WHERE seq = ?", seqs[2])
    assert desk.ledger.verify_consents() == Tampered(seqs[2], "changed")


@pytest.mark.parametrize("place", [0, 2, -1])
def test_a_missing_event_is_found_even_the_last(desk: Desk, place: int) -> None:
    seqs = trailed(desk)
    forced(desk, "DELETE FROM consent_event WHERE seq = ?", seqs[place])
    assert desk.ledger.verify_consents() == Tampered(seqs[place], "missing")


def test_an_event_whose_hash_was_made_again_betrays_itself_in_the_next(desk: Desk) -> None:
    seqs = trailed(desk)
    forced(desk, "UPDATE consent_event SET hash = (SELECT hash FROM consent_event WHERE seq = ?)", seqs[0])
    assert desk.ledger.verify_consents() == Tampered(seqs[1], "changed")


def test_old_events_go_and_the_rest_stays_anchored(desk: Desk) -> None:
    seqs = trailed(desk)
    assert desk.ledger.close_consents("2000-01-01T00:00:00Z", AT) == 0
    assert desk.ledger.close_consents("2030-01-01T00:00:00Z", AT) == len(seqs)
    assert desk.ledger.verify_consents() is None
    desk.found("0", IN, noon(9))
    assert desk.ledger.verify_consents() is None
    [(seq,)] = desk.rows("SELECT seq FROM consent_event")
    assert seq == seqs[-1] + 1
    forced(desk, "UPDATE consent_event SET purpose = 'x'")
    assert desk.ledger.verify_consents() == Tampered(seq, "changed")


def test_the_trail_tells_who_what_when_from_where_and_the_call(desk: Desk) -> None:
    link = desk.link("003A", "1")
    desk.found("1", OUT, noon(4))
    desk.settle(desk.intent(link), Outcome.REFUSED)
    told = desk.rows(
        "SELECT link, sf_id, di_rid, action, di, effective, as_of, source, before, after, rule, request_id"
        " FROM consent_event WHERE seq > 1 ORDER BY seq"
    )
    assert told == [
        (link, "003A", "1", "observed", 0, AT, noon(4), "read", None, "0", None, None),
        (link, "003A", "1", "intended", None, None, AT, "out", "none", "out", "C4", None),
        (link, "003A", "1", "refused", None, None, None, "out", None, "out", "C4", "r1"),
        (link, "003A", "1", "review", None, None, None, None, None, None, "refused", None),
    ]
    [(op, intended)] = desk.rows(
        "SELECT r.op, i.seq FROM consent_event r, consent_event i WHERE r.action = 'refused' AND i.action = 'intended'"
    )
    assert op == intended


# Erased people


def test_erased_people_are_known_by_a_keyed_hash_only(desk: Desk) -> None:
    asked = {each: [each] for each in ("ann@example.org", "bob@example.org", "003A")}
    assert desk.ledger.erased_people().among(asked) == []
    desk.ledger.suppress(["Ann@Example.org ", "003A", ""], "erased", AT)
    assert desk.ledger.erased_people().among(asked) == ["ann@example.org", "003A"]
    assert len(desk.rows("SELECT * FROM suppression")) == 2
    assert b"ann" not in b"".join(row[0] for row in desk.rows("SELECT hmac FROM suppression")).lower()


def test_erased_people_are_found_by_any_of_what_tells_them_from_others(desk: Desk) -> None:
    asked = {2: ["key k1", "address ann@example.org"], 3: ["key k2"], 4: ["address Ann@Example.org "], 5: []}
    assert not desk.ledger.erased_people()
    assert desk.ledger.erased_people().among(asked) == []
    desk.ledger.suppress(["address ann@example.org", "key k9"], "erased", AT)
    assert desk.ledger.erased_people()
    for in_memory in (0, 1, 2, 100):
        assert ErasedPeople(desk.ledger._connection, in_memory).among(asked) == [2, 4]


def test_who_was_erased_lately_is_known_by_what_the_link_holds(desk: Desk) -> None:
    number = desk.link("003A", "1")
    layout = desk.ledger.layout(["Id", "Email"], ["SalesforceID", "EMail"], ["Id", "Email"])
    c = desk.ledger._connection
    shown = pack(("003A", "Ann@Example.org"))
    c.execute("INSERT INTO base(link, layout, sf, di) VALUES(?,?,?,?)", (number, layout, shown, shown))
    asked = {"003B": ["key 003b", "address ann@example.org"], "003C": ["key 003c"]}
    assert not desk.ledger.erased_people()
    c.execute("UPDATE link SET state = 2")
    for in_memory in (0, 100):
        assert ErasedPeople(c, in_memory).among(asked) == ["003B"]
        desk.ledger.suppress(["key 003c"], "erased", AT)
        assert ErasedPeople(c, in_memory).among(asked) == ["003B", "003C"]
        desk.ledger.let_back(["key 003c"])


def test_a_retry_pardons_the_record_that_was_set_aside_in_its_own_integration_only(desk: Desk) -> None:
    rows = [NewSetAside(rid, Side.DIALOG_INSIGHT, "", code, "m", "w", {}) for rid, code in COMING_BACK.items()]
    with desk.ledger.together():
        desk.ledger._set_aside(desk.first.integration, rows, desk.run, AT)
    desk.ledger.retry(None)
    assert desk.ledger.pardoned(desk.first.integration, list(COMING_BACK)) == {"003A"}
    assert desk.ledger.pardoned(desk.first.integration, ["003B", "003C"]) == frozenset()
    assert desk.ledger.pardoned(desk.second.integration, list(COMING_BACK)) == frozenset()


def test_who_was_brought_back_is_erased_no_more_and_the_others_still_are(desk: Desk) -> None:
    desk.ledger.let_back(["key k1"])
    desk.ledger.suppress(["key k1", "address ann@example.org", "key k2"], "erased", AT)
    desk.ledger.let_back(["Key K1 ", "address ann@example.org", "key k9"])
    assert desk.ledger.erased_people().among({1: ["key k1"], 2: ["address ann@example.org"], 3: ["key k2"]}) == [3]
