"""What the org says of changes: until when all is visible, what was deleted, and how few calls that takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from disf_desktop.core.errors import DisfError, LimitReached, ServiceUnavailable, UnexpectedAnswer
from disf_desktop.core.records import Changes, Window
from disf_desktop.core.values import check_characters
from tests.services.salesforce.test_paging import org_at
from tests.services.salesforce.tiny_org import TinyOrg, tiny_org
from tests.services.salesforce_simulator import Access, Simulator

Answer = Callable[[dict[str, str]], tuple[int, Any]]
HOUR = timedelta(hours=1)


def contact(simulator: Simulator, place: int = 0) -> str:
    return str(simulator.records("Contact")[place]["Id"])


def delete(simulator: Simulator, rid: str) -> None:
    simulator.control("salesforce/Contact", {"Id": rid, "delete": True})


def test_an_idle_run_costs_four_calls_the_token_included(simulator: Simulator, tmp_path: Path) -> None:
    access = Access(simulator, tmp_path)
    access.org.assume_version("68.0")
    fields = ("LastName", "Email", "Account.Name", "Owner.Name", "ReportsTo.Email")
    schema = access.org.describe("Contact", [name for name in fields if "." in name])
    assert set(fields) <= set(schema.fields)
    changes = access.org.changes("Contact", access.org.server_now() - HOUR)
    assert changes.covered_until is not None
    later = (changes.covered_until + HOUR).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert list(access.org.read(Window("Contact", fields, later))) == []
    assert simulator.requests() == {"token": 1, "batch": 2, "query": 1}
    assert access.org.calls == 4
    access.transport.close()


def test_a_relationship_that_is_not_called_as_its_object_costs_one_call_more(
    simulator: Simulator, access: Access
) -> None:
    for _ in range(2):
        schema = access.org.describe("Order__c", ["Contact__r.Email", "Owner.Name"])
        assert schema.fields["Contact__r.Email"].label == "Contact ▸ Email"
    assert {name: count for name, count in simulator.requests().items() if name in ("batch", "describe")} == {
        "batch": 1,
        "describe": 1,
    }


def test_what_was_deleted_and_until_when_all_is_visible_come_in_one_call(simulator: Simulator, access: Access) -> None:
    rid = contact(simulator)
    now = access.org.server_now()
    delete(simulator, rid)
    access.org.describe("Contact")
    simulator.control("clock", {"advance_s": 300})
    access.org.limits()
    before = access.org.calls
    changes = access.org.changes("Contact", now)
    assert access.org.calls == before + 1
    assert [each.rid for each in changes.deleted] == [rid]
    assert abs(datetime.fromisoformat(changes.deleted[0].at) - now) < timedelta(seconds=60)
    assert changes.covered_until is not None
    assert now < changes.covered_until <= access.org.server_now()
    assert changes.deletes_from == now.replace(second=0, microsecond=0)


def test_a_record_taken_out_of_the_recycle_bin_is_not_deleted(simulator: Simulator, access: Access) -> None:
    rid = contact(simulator)
    delete(simulator, rid)
    simulator.control("salesforce/Contact", {"Id": rid, "undelete": True})
    simulator.control("clock", {"advance_s": 180})
    access.org.limits()
    assert access.org.changes("Contact", access.org.server_now() - HOUR).deleted == ()


def test_deletes_of_more_than_fifteen_days_ago_are_not_asked_for(simulator: Simulator, access: Access) -> None:
    changes = access.org.changes("Contact", access.org.server_now() - timedelta(days=400))
    now = access.org.server_now()
    assert changes.deletes_from is not None
    assert timedelta(days=14, hours=23) < now - changes.deletes_from < timedelta(days=15)
    assert "deleted" not in simulator.requests(), "it was asked once, and not too far back"
    assert changes.covered_until is not None


def test_a_moment_ago_is_far_enough_back(simulator: Simulator, access: Access) -> None:
    now = access.org.server_now()
    for since in (now, now - timedelta(seconds=50), now + HOUR):
        changes = access.org.changes("Contact", since)
        assert changes.covered_until is not None
        assert changes.deletes_from is not None
        assert changes.deletes_from <= since


# ------------------------------------------------------------------ a scripted org


def at(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000+0000")


def rid_of(number: int) -> str:
    short = f"a00QQ{number:010d}"
    return short + check_characters(short)


def told(covered: datetime, *deleted: tuple[str, datetime], earliest: datetime | None = None) -> Answer:
    def answer(asked: dict[str, str]) -> tuple[int, Any]:
        return 200, {
            "ids": [],
            "latestDateCovered": at(covered),
            "earliestDateAvailable": at(earliest or covered - timedelta(days=15)),
            "deletedRecords": [{"id": rid, "deletedDate": at(moment)} for rid, moment in deleted],
        }

    return answer


def refused(status: int, code: str) -> Answer:
    return lambda asked: (status, [{"errorCode": code, "message": "no"}])


def changes_of(there: TinyOrg, since: datetime | None = None) -> Changes:
    return org_at(there).changes("Thing__c", since or datetime.now(UTC) - HOUR)


NOW = datetime.now(UTC).replace(microsecond=0)


def test_while_a_transaction_runs_no_more_is_covered_than_the_earlier_of_both_answers() -> None:
    with tiny_org([]) as there:
        for updated, deleted in ((NOW - HOUR, NOW), (NOW, NOW - HOUR)):
            there.answers |= {"updated": told(updated), "deleted": told(deleted)}
            assert changes_of(there).covered_until == NOW - HOUR


def test_a_record_deleted_twice_has_the_later_delete_and_deletes_come_in_their_order() -> None:
    first, second = rid_of(1), rid_of(2)
    deletes = [(first, NOW), (second, NOW - HOUR), (first, NOW - 2 * HOUR), (second[:15], NOW - 3 * HOUR)]
    with tiny_org([]) as there:
        there.answers |= {"updated": told(NOW), "deleted": told(NOW, *deletes)}
        found = [(each.rid, datetime.fromisoformat(each.at)) for each in changes_of(there).deleted]
    assert found == [(second, NOW - HOUR), (first, NOW)]


def test_the_log_of_deletes_may_begin_later_than_what_is_asked() -> None:
    with tiny_org([]) as there:
        there.answers |= {"updated": told(NOW), "deleted": told(NOW, earliest=NOW - HOUR)}
        assert changes_of(there, NOW - 5 * HOUR).deletes_from == NOW - HOUR


@pytest.mark.parametrize("code", ["INVALID_REPLICATION_DATE", "EXCEEDED_ID_LIMIT"])
def test_a_log_of_deletes_that_was_cleared_meanwhile_is_read_from_where_it_begins(code: str) -> None:
    begins = NOW - 2 * HOUR
    asked: list[datetime] = []

    def cleared(query: dict[str, str]) -> tuple[int, Any]:
        start = datetime.fromisoformat(query["start"])
        asked.append(start)
        if start < begins:
            return refused(400, code)(query)
        return told(NOW, (rid_of(1), NOW - HOUR), earliest=begins)(query)

    with tiny_org([]) as there:
        there.answers |= {"updated": told(NOW), "deleted": cleared}
        changes = changes_of(there, NOW - 5 * HOUR)
    assert [each.rid for each in changes.deleted] == [rid_of(1)]
    assert changes.deletes_from is not None
    assert begins <= changes.deletes_from <= begins + timedelta(minutes=1)
    assert len(asked) == 3


def test_more_deletes_than_the_log_can_list_are_said_to_be_known_from_now_on_only() -> None:
    def too_many(query: dict[str, str]) -> tuple[int, Any]:
        span = datetime.fromisoformat(query["end"]) - datetime.fromisoformat(query["start"])
        return told(NOW)(query) if span < timedelta(minutes=3) else refused(400, "EXCEEDED_ID_LIMIT")(query)

    with tiny_org([]) as there:
        there.answers |= {"updated": told(NOW), "deleted": too_many}
        changes = changes_of(there)
    assert changes.deletes_from is not None
    assert changes.deletes_from > NOW - timedelta(minutes=5)
    assert changes.covered_until == NOW


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, "NOT_FOUND"), (400, "INVALID_TYPE_FOR_OPERATION"), (403, "INSUFFICIENT_ACCESS"), (400, "EXCEEDED_ID_LIMIT")],
)
def test_an_object_that_does_not_tell_its_deletes_still_tells_what_is_covered(status: int, code: str) -> None:
    with tiny_org([]) as there:
        there.answers |= {"updated": told(NOW), "deleted": refused(status, code)}
        assert changes_of(there) == Changes(NOW)


@pytest.mark.parametrize(
    ("status", "code"), [(400, "INVALID_REPLICATION_DATE"), (400, "EXCEEDED_ID_LIMIT"), (404, "NOT_FOUND")]
)
def test_where_changes_cannot_be_listed_nothing_is_said_to_be_covered(status: int, code: str) -> None:
    with tiny_org([]) as there:
        there.answers |= {"updated": refused(status, code), "deleted": told(NOW, (rid_of(1), NOW))}
        changes = changes_of(there)
    assert changes.covered_until is None
    assert len(changes.deleted) == 1


def test_an_object_without_change_lists_is_not_asked_for_one() -> None:
    with tiny_org([]) as there:
        there.replicateable = False
        assert changes_of(there) == Changes(None)
        assert not any("updated" in path or "batch" in path for path in there.paths)


@pytest.mark.parametrize("which", ["updated", "deleted"])
@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refused(403, "REQUEST_LIMIT_EXCEEDED"), LimitReached),
        (lambda asked: (200, {}), UnexpectedAnswer),
        (lambda asked: (200, None), UnexpectedAnswer),
        (lambda asked: (200, {"latestDateCovered": "soon", "deletedRecords": []}), UnexpectedAnswer),
        (refused(503, "SERVER_UNAVAILABLE"), ServiceUnavailable),
    ],
)
def test_nothing_is_concluded_from_half_an_answer(which: str, answer: Answer, kind: type[DisfError]) -> None:
    with tiny_org([]) as there:
        there.answers |= {"updated": told(NOW), "deleted": told(NOW), which: answer}
        with pytest.raises(kind):
            changes_of(there)


@pytest.mark.parametrize("rows", [None, [{}], [{"id": "nobody", "deletedDate": "2026-01-01T00:00:00Z"}], ["x"]])
def test_deletes_that_cannot_be_read_are_no_deletes(rows: Any) -> None:
    with tiny_org([]) as there:
        answer = {**told(NOW)({})[1], "deletedRecords": rows}
        there.answers |= {"updated": told(NOW), "deleted": lambda asked: (200, answer)}
        with pytest.raises(UnexpectedAnswer):
            changes_of(there)


def test_a_request_of_a_batch_that_fails_for_the_moment_is_asked_again_alone() -> None:
    answers = [refused(503, "SERVER_UNAVAILABLE"), told(NOW)]
    with tiny_org([]) as there:
        there.answers |= {"updated": lambda asked: answers.pop(0)(asked), "deleted": told(NOW)}
        assert changes_of(there).covered_until == NOW
        assert [path.rpartition("v68.0/")[2] for path in there.paths].count("sobjects/Thing__c/updated/") == 2


@pytest.mark.parametrize(
    "batch",
    [
        {},
        [],
        None,
        {"results": []},
        {"results": [{"statusCode": 200, "result": {}}]},
        {"results": ["x", "y"]},
        {"results": [{"result": {}}, {"result": {}}]},
    ],
)
def test_a_batch_that_does_not_answer_each_request_answers_none(batch: Any) -> None:
    with tiny_org([]) as there:
        there.answers["batch"] = lambda asked: (200, batch)
        with pytest.raises(UnexpectedAnswer):
            changes_of(there)


def test_a_batch_that_is_refused_means_what_its_code_says() -> None:
    with tiny_org([]) as there:
        there.answers["batch"] = refused(403, "REQUEST_LIMIT_EXCEEDED")
        with pytest.raises(LimitReached):
            changes_of(there)


def test_more_objects_than_a_batch_holds_take_as_many_batches_as_needed() -> None:
    names = [f"Thing{n}__c" for n in range(30)]
    with tiny_org([]) as there:
        there.described = {name: {"name": name, "fields": []} for name in names}
        org = org_at(there)
        org.describe(names[0], [f"Thing{n}__r.Name" for n in range(30)])
        assert [path for path in there.paths if path.endswith("batch")] == ["/services/data/v68.0/composite/batch"] * 2
        before = len(there.paths)
        assert [org.describe(name).name for name in names] == names
        assert len(there.paths) == before
