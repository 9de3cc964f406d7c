"""What the engine relies on of its ports: one set of laws, for the fakes and for the real adapters alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from disf_desktop.core.errors import ServiceUnavailable, UnexpectedAnswer
from disf_desktop.core.records import (
    Failed,
    Fate,
    FoundRecord,
    JobState,
    OptinState,
    Position,
    RecordRefused,
    SourceRecord,
    Stored,
    Unprocessed,
    Window,
    WriteRecord,
    WriteReply,
    Written,
)
from disf_desktop.core.schema import FieldType, Side
from disf_desktop.core.values import Value, check_characters
from disf_desktop.engine.ports import BulkJob, DialogInsightTable, SalesforceOrg

FIELDS = ("Id", "LastName")
EXTERNAL_ID = "DI_Contact_Id__c"
CONDITION = "LastName LIKE 'N1%' AND Phone = NULL"
SOON = timedelta(seconds=2)
NOBODY = "0035e00000ZZZZZ" + check_characters("0035e00000ZZZZZ")


@dataclass(frozen=True)
class OrgRoom:
    """An org with some contacts, and a person in it."""

    org: SalesforceOrg
    save: Callable[[str, str], None]
    """Save the last name of a contact."""
    delete: Callable[[str], None]
    undelete: Callable[[str], None]
    merge: Callable[[str, str], None]
    """Merge, into the first one, the second one."""
    wait: Callable[[float], None]
    """Let some seconds pass on the server."""


@dataclass(frozen=True)
class TableRoom:
    """A contact list with the fields SalesforceID (its key), LastName, EMail and City, its people, and their time."""

    table: DialogInsightTable
    edit: Callable[[str, dict[str, str]], None]
    subscribe: Callable[[str, str, bool | None], None]
    remove: Callable[[str], None]
    wait: Callable[[float], None]
    accept: Callable[[str], None]
    """Make it an account of a kind: `equality`, `no_empty`, `dates`."""


def person(op: int, **fields: str | None) -> WriteRecord:
    return WriteRecord(op, {"SalesforceID": key(op)}, {"EMail": f"person{op}@example.org", **fields})


def key(op: int) -> str:
    short = f"003QQ{op:010d}"
    return short + check_characters(short)


def moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)


def written(result: object) -> list[Written]:
    assert isinstance(result, WriteReply), result
    outcomes = [outcome for outcome in result.outcomes if isinstance(outcome, Written)]
    assert len(outcomes) == len(result.outcomes), result.outcomes
    return outcomes


def refused(result: object) -> RecordRefused:
    assert isinstance(result, WriteReply), result
    [outcome] = result.outcomes
    assert isinstance(outcome, RecordRefused), outcome
    return outcome


class SalesforceContract:
    """Laws of `SalesforceOrg`: what is read."""

    @staticmethod
    def everything(room: OrgRoom, **window: Any) -> list[SourceRecord]:
        pages = room.org.read(Window("Contact", FIELDS, **window))
        return [record for page in pages for record in page.records]

    def test_an_object_is_described_by_the_names_and_types_of_its_fields(self, room: OrgRoom) -> None:
        schema = room.org.describe("Contact")
        assert schema.side is Side.SALESFORCE
        assert (schema.fields["Id"].type, schema.fields["LastName"].type) == (FieldType.ID, FieldType.TEXT)
        own = schema.fields[EXTERNAL_ID]
        assert (own.external_id, own.unique) == (True, True)

    def test_records_come_ordered_by_stamp_and_id_each_once(self, room: OrgRoom) -> None:
        records = self.everything(room)
        places = [(record.stamp, record.rid) for record in records]
        assert len(places) >= 10
        assert places == sorted(set(places))
        assert all(record.values[0] == record.rid for record in records)

    def test_the_position_of_a_page_is_its_last_record(self, room: OrgRoom) -> None:
        for page in room.org.read(Window("Contact", FIELDS)):
            assert page.position == Position(page.records[-1].stamp, page.records[-1].rid)

    def test_reading_on_from_a_position_gives_exactly_the_rest(self, room: OrgRoom) -> None:
        records = self.everything(room)
        for place in (0, 4, len(records) - 2, len(records) - 1):
            position = Position(records[place].stamp, records[place].rid)
            assert self.everything(room, position=position) == records[place + 1 :]

    def test_a_window_holds_what_is_stamped_at_its_beginning_or_later(self, room: OrgRoom) -> None:
        records = self.everything(room)
        since = records[len(records) // 2].stamp
        assert self.everything(room, since=since) == [record for record in records if record.stamp >= since]

    def test_reading_all_gives_the_same_records_in_any_order_and_nowhere_to_resume(self, room: OrgRoom) -> None:
        pages = list(room.org.read_all(Window("Contact", FIELDS)))
        assert all(page.position is None for page in pages)
        found = sorted((r.stamp, r.rid, r.values) for page in pages for r in page.records)
        assert found == [(r.stamp, r.rid, r.values) for r in self.everything(room)]

    def test_a_saved_record_is_found_at_the_end_under_the_time_of_the_server(self, room: OrgRoom) -> None:
        records = self.everything(room)
        before = room.org.server_now() - SOON
        room.save(records[3].rid, "Changed")
        *others, last = self.everything(room)
        assert (last.rid, last.values[1]) == (records[3].rid, "Changed")
        assert len(others) == len(records) - 1
        assert before <= moment(last.stamp) <= room.org.server_now() + SOON

    def test_what_is_covered_is_never_later_than_now(self, room: OrgRoom) -> None:
        changes = room.org.changes("Contact", room.org.server_now() - timedelta(hours=1))
        assert changes.covered_until is not None
        assert changes.covered_until <= room.org.server_now() + SOON
        assert changes.deleted == ()

    def test_records_are_counted_and_so_are_calls(self, room: OrgRoom) -> None:
        before = room.org.calls
        assert room.org.count("Contact") == len(self.everything(room))
        assert room.org.calls > before

    def test_records_are_read_by_id_and_the_gone_are_left_out(self, room: OrgRoom) -> None:
        first, second, third, *_ = self.everything(room)
        room.delete(second.rid)
        found = room.org.read_by_id("Contact", FIELDS, [first.rid, second.rid, third.rid])
        assert found == {first.rid: first, third.rid: third}

    def test_records_are_read_by_a_value_in_any_case_each_with_the_value_asked_for(self, room: OrgRoom) -> None:
        records = self.everything(room)
        room.save(records[0].rid, "Zwei")
        room.save(records[1].rid, "zWEI")
        room.save(records[2].rid, "Andere")
        found = room.org.read_by_value("Contact", FIELDS, "LastName", ["ZWEI", "Andere", "Nobody at all"])
        assert {(value, record.rid) for value, record in found} == {
            ("ZWEI", records[0].rid), ("ZWEI", records[1].rid), ("Andere", records[2].rid)
        }  # fmt: skip

    def test_the_records_of_a_window_that_satisfy_its_condition_are_told_up_to_a_position(self, room: OrgRoom) -> None:
        records = self.everything(room)
        for n, name in enumerate(("N1-Test", "N2-Test", "N11-Test", "N12-Test")):
            room.save(records[n].rid, name)
            room.wait(2)
        ordered = self.everything(room)
        place = next(n for n, each in enumerate(ordered) if each.rid == records[2].rid)
        until = Position(ordered[place].stamp, ordered[place].rid)
        inside = room.org.in_scope(Window("Contact", FIELDS, condition=CONDITION), until)
        upto = [each for each in ordered if (each.stamp, each.rid) <= (until.stamp, until.rid)]
        assert inside == {each.rid for each in upto if each.values[1].startswith("N1")}
        assert {records[0].rid, records[2].rid} <= inside
        assert {records[1].rid, records[3].rid}.isdisjoint(inside)


class SalesforceDeletesContract(SalesforceContract):
    """Laws of `SalesforceOrg`: what is deleted, merged, brought back."""

    def test_a_deleted_record_is_told_and_read_no_more(self, room: OrgRoom) -> None:
        records = self.everything(room)
        room.wait(180)
        since = room.org.server_now()
        room.delete(records[0].rid)
        room.wait(180)
        [tombstone] = room.org.changes("Contact", since).deleted
        assert tombstone.rid == records[0].rid
        assert since - SOON <= moment(tombstone.at) <= room.org.server_now()
        assert records[0].rid not in {each.rid for each in self.everything(room)}

    def test_a_delete_before_the_moment_asked_for_is_not_told_again(self, room: OrgRoom) -> None:
        room.delete(self.everything(room)[0].rid)
        room.wait(600)
        assert room.org.changes("Contact", room.org.server_now() - timedelta(minutes=4)).deleted == ()

    def test_a_record_that_is_brought_back_has_a_later_stamp_than_its_delete(self, room: OrgRoom) -> None:
        record = self.everything(room)[0]
        room.wait(5)
        room.delete(record.rid)
        deleted = room.org.server_now()
        room.wait(5)
        room.undelete(record.rid)
        back = room.org.read_by_id("Contact", FIELDS, [record.rid])[record.rid]
        assert moment(back.stamp) > deleted - SOON
        assert back.values == record.values

    def test_the_fate_of_a_merged_record_is_its_master_and_of_a_deleted_one_nobody(self, room: OrgRoom) -> None:
        master, loser, gone, alive, *_ = (each.rid for each in self.everything(room))
        room.merge(master, loser)
        room.delete(gone)
        fates = room.org.fates("Contact", [loser, gone, alive])
        assert {fate.rid: fate for fate in fates} == {loser: Fate(loser, master), gone: Fate(gone, None)}

    def test_who_was_deleted_or_merged_is_in_the_recycle_bin_and_who_lives_or_is_unknown_is_not(
        self, room: OrgRoom
    ) -> None:
        master, loser, gone, alive, *_ = (each.rid for each in self.everything(room))
        before = room.org.server_now()
        room.merge(master, loser)
        room.delete(gone)
        found = room.org.in_the_bin("Contact", [loser, gone, alive, master, NOBODY])
        assert {each.rid for each in found} == {loser, gone}
        assert all(before - SOON <= moment(each.at) <= room.org.server_now() + SOON for each in found)

    def test_a_chain_of_merges_is_told_step_by_step(self, room: OrgRoom) -> None:
        first, second, third, *_ = (each.rid for each in self.everything(room))
        room.merge(second, first)
        room.merge(third, second)
        assert {(fate.rid, fate.master) for fate in room.org.fates("Contact", [first, second])} == {
            (first, second), (second, third)
        }  # fmt: skip


class SalesforceWritesContract(SalesforceContract):
    """Laws of `SalesforceOrg`: what is written."""

    @staticmethod
    def born(op: int, number: str, **fields: Value) -> WriteRecord:
        return WriteRecord(op, {EXTERNAL_ID: number}, {"LastName": "Born-Test", **fields})

    def test_a_created_record_is_found_by_its_external_id(self, room: OrgRoom) -> None:
        [made] = written(room.org.write("Contact", "create", [self.born(1, "1:77")]))
        assert (made.op, made.created) == (1, True)
        [(value, found)] = room.org.read_by_value("Contact", FIELDS, EXTERNAL_ID, ["1:77", "1:78"])
        assert (value, found.rid, found.values[1]) == ("1:77", made.rid, "Born-Test")

    def test_an_external_id_that_is_there_is_refused_and_makes_nothing(self, room: OrgRoom) -> None:
        before = len(self.everything(room))
        written(room.org.write("Contact", "create", [self.born(1, "1:77")]))
        reply = room.org.write("Contact", "create", [self.born(2, "1:77"), self.born(3, "1:78")])
        assert isinstance(reply, WriteReply)
        again, other = reply.outcomes
        assert isinstance(again, RecordRefused)
        assert (again.op, again.code) == (2, "DUPLICATE_VALUE")
        assert isinstance(other, Written)
        assert len(self.everything(room)) == before + 2

    def test_an_update_changes_the_fields_that_it_names_and_trims_their_text(self, room: OrgRoom) -> None:
        record = self.everything(room)[0]
        fields: dict[str, Value] = {"LastName": "  Zoë ", "Title": "Baker"}
        [done] = written(room.org.write("Contact", "update", [WriteRecord(4, {}, fields, record.rid)]))
        assert (done.op, done.rid, done.created) == (4, record.rid, False)
        shown = room.org.read_by_id("Contact", ("LastName", "Title"), [record.rid])[record.rid]
        assert shown.values == ("Zoë", "Baker")
        assert shown.stamp >= record.stamp

    def test_an_update_of_a_deleted_record_is_refused_and_stops_no_other(self, room: OrgRoom) -> None:
        first, second, *_ = (each.rid for each in self.everything(room))
        room.delete(first)
        records = [WriteRecord(op, {}, {"LastName": "Roy"}, rid) for op, rid in ((1, first), (2, second))]
        reply = room.org.write("Contact", "update", records)
        assert isinstance(reply, WriteReply)
        gone, done = reply.outcomes
        assert isinstance(gone, RecordRefused)
        assert (gone.op, gone.code) == (1, "ENTITY_IS_DELETED")
        assert isinstance(done, Written)
        assert first not in room.org.read_by_id("Contact", FIELDS, [first])

    def test_a_missing_last_name_is_refused_with_its_field(self, room: OrgRoom) -> None:
        outcome = refused(room.org.write("Contact", "create", [self.born(1, "1:79", LastName=None)]))
        assert (outcome.code, outcome.field) == ("REQUIRED_FIELD_MISSING", "LastName")

    def test_a_record_is_written_unless_it_was_modified_since(self, room: OrgRoom) -> None:
        record = self.everything(room)[0]
        room.wait(5)
        seen = room.org.server_now()
        room.wait(5)
        update = WriteRecord(1, {}, {"LastName": "Roy"}, record.rid)
        assert written(room.org.write_unless_modified("Contact", update, seen))[0].rid == record.rid
        room.wait(5)
        room.save(record.rid, "Person")
        assert refused(room.org.write_unless_modified("Contact", update, seen)).code == "MODIFIED_SINCE"
        assert room.org.read_by_id("Contact", FIELDS, [record.rid])[record.rid].values[1] == "Person"


class SalesforceBulkContract(SalesforceWritesContract):
    """Laws of `SalesforceOrg`: many rows at once."""

    @staticmethod
    def rows(*numbers: int, **fields: Value) -> Iterator[Mapping[str, Value]]:
        return iter([{EXTERNAL_ID: f"9:{n}", "LastName": f"Bulk-{n}", **fields} for n in numbers])

    @staticmethod
    def told(job: BulkJob) -> dict[str, Stored | Failed | Unprocessed]:
        return {each.row[EXTERNAL_ID]: each for each in job.outcomes()}

    def test_an_upsert_creates_what_is_not_there_and_changes_what_is(self, room: OrgRoom) -> None:
        records = [self.born(1, "1:77"), self.born(2, "1:78")]
        assert [each.created for each in written(room.org.write("Contact", "upsert", records))] == [True, True]
        again = written(room.org.write("Contact", "upsert", [self.born(3, "1:78", LastName="Changed")]))
        assert [(each.op, each.created) for each in again] == [(3, False)]
        [(_, found)] = room.org.read_by_value("Contact", FIELDS, EXTERNAL_ID, ["1:78"])
        assert (found.rid, found.values[1]) == (again[0].rid, "Changed")

    def test_a_job_stores_nothing_before_it_is_closed(self, room: OrgRoom) -> None:
        before = len(self.everything(room))
        job = room.org.ingest("Contact", "insert")
        assert job.state() is JobState.OPEN
        assert job.upload((EXTERNAL_ID, "LastName"), self.rows(1, 2, 3)) == 3
        assert len(self.everything(room)) == before
        job.close()
        assert job.state() is not JobState.OPEN
        assert job.ended() is None
        assert job.state() is JobState.ENDED
        assert len(self.everything(room)) == before + 3

    def test_each_row_of_a_job_has_one_result_that_holds_its_cells(self, room: OrgRoom) -> None:
        [made] = written(room.org.write("Contact", "create", [self.born(1, "9:2")]))
        job = room.org.ingest("Contact", "upsert", EXTERNAL_ID)
        columns = (EXTERNAL_ID, "LastName")
        rows = [*self.rows(1, 2), {EXTERNAL_ID: "9:3", "LastName": None}]
        job.upload(columns, iter(rows))
        job.close()
        again = room.org.ingest_again(job.path, sent=3)
        assert again.ended() is None
        told = self.told(again)
        new, changed, nameless = told["9:1"], told["9:2"], told["9:3"]
        assert isinstance(new, Stored)
        assert isinstance(changed, Stored)
        assert isinstance(nameless, Failed)
        assert (new.created, changed.created, changed.rid) == (True, False, made.rid)
        assert nameless.code == "REQUIRED_FIELD_MISSING"
        for row in rows:
            result = told[str(row[EXTERNAL_ID])]
            assert [result.row[name] for name in columns] == job.cells(columns, row)

    def test_a_job_updates_by_id_and_leaves_what_a_row_does_not_name(self, room: OrgRoom) -> None:
        first, second, *_ = self.everything(room)
        job = room.org.ingest("Contact", "update")
        rows: list[Mapping[str, Value]] = [{"Id": first.rid, "Title": "Baker"}, {"Id": second.rid, "LastName": "Roy"}]
        job.upload(("Id", "LastName", "Title"), iter(rows))
        job.close()
        assert job.ended() is None
        assert {each.row["Id"] for each in job.outcomes() if isinstance(each, Stored)} == {first.rid, second.rid}
        found = room.org.read_by_id("Contact", ("LastName", "Title"), [first.rid, second.rid])
        assert found[first.rid].values == (first.values[1], "Baker")
        assert found[second.rid].values == ("Roy", None)

    def test_a_job_that_is_given_up_stores_nothing(self, room: OrgRoom) -> None:
        before = len(self.everything(room))
        job = room.org.ingest("Contact", "insert")
        job.upload((EXTERNAL_ID, "LastName"), self.rows(1, 2))
        job.abort()
        assert room.org.ingest_again(job.path).state() is JobState.ABORTED
        assert len(self.everything(room)) == before

    def test_an_upload_that_breaks_leaves_no_job(self, room: OrgRoom) -> None:
        def broken() -> Iterator[Mapping[str, Value]]:
            yield from self.rows(1)
            raise ServiceUnavailable("It breaks.", "Run again.")

        job = room.org.ingest("Contact", "insert")
        with pytest.raises(ServiceUnavailable):
            job.upload((EXTERNAL_ID, "LastName"), broken())
        assert job.state() is JobState.GONE

    def test_a_job_that_is_discarded_is_gone(self, room: OrgRoom) -> None:
        job = room.org.ingest("Contact", "insert")
        job.upload((EXTERNAL_ID, "LastName"), self.rows(1))
        job.close()
        job.ended()
        job.discard()
        assert room.org.ingest_again(job.path).state() is JobState.GONE

    def test_results_that_do_not_add_up_are_said(self, room: OrgRoom) -> None:
        job = room.org.ingest("Contact", "insert")
        job.upload((EXTERNAL_ID, "LastName"), self.rows(1, 2))
        job.close()
        job.ended()
        with pytest.raises(UnexpectedAnswer):
            list(room.org.ingest_again(job.path, sent=3).outcomes())


class DialogInsightContract:
    """Laws of `DialogInsightTable`: what is written."""

    @staticmethod
    def written(room: TableRoom, kind: str, *records: WriteRecord) -> list[Written]:
        return written(room.table.write(kind, records))

    @staticmethod
    def found(room: TableRoom, op: int) -> FoundRecord:
        found = room.table.find({"SalesforceID": key(op)})
        assert found is not None
        return found

    def test_a_table_is_described_with_its_key(self, list_: TableRoom) -> None:
        schema = list_.table.describe()
        assert schema.side is list_.table.side is Side.DIALOG_INSIGHT
        assert schema.key == ("SalesforceID",)
        assert schema.fields["EMail"].type is FieldType.EMAIL
        assert "Newsletter" in [each.name for each in schema.optins]

    def test_created_records_are_stored_and_found_by_their_key(self, list_: TableRoom) -> None:
        first, second = self.written(list_, "create", person(1, LastName="Zoé"), person(2, City="Laval"))
        assert (first.op, second.op) == (1, 2)
        assert first.created
        assert first.rid != second.rid
        assert first.stored is not None
        assert first.stored.get("LastName") == "Zoé"
        found = self.found(list_, 2)
        assert (found.rid, found.values.get("City")) == (second.rid, "Laval")
        assert list_.table.find({"SalesforceID": key(3)}) is None

    def test_what_exists_is_not_created_again_and_stays_as_it_is(self, list_: TableRoom) -> None:
        [first] = self.written(list_, "create", person(1, LastName="Zoé"))
        reply = list_.table.write("create", [person(7, City="Laval"), person(1, LastName="Other")])
        assert isinstance(reply, WriteReply)
        new, refused = reply.outcomes
        assert isinstance(new, Written)
        assert isinstance(refused, RecordRefused)
        assert (new.op, refused.op) == (7, 1)
        found = self.found(list_, 1)
        assert (found.rid, found.values.get("LastName")) == (first.rid, "Zoé")

    def test_an_update_changes_the_fields_that_it_names_and_no_others(self, list_: TableRoom) -> None:
        [made] = self.written(list_, "create", person(1, LastName="Zoé", City="Laval"))
        update = WriteRecord(9, {"SalesforceID": key(1)}, {"LastName": "Zoë", "City": None}, made.rid)
        for _ in range(2):
            [done] = self.written(list_, "update", update)
            assert (done.op, done.rid, done.created) == (9, made.rid, False)
            assert done.stored is not None
            assert (done.stored.get("LastName"), done.stored.get("City")) == ("Zoë", None)
            assert done.stored.get("EMail") == "person1@example.org"

    def test_an_update_of_what_is_not_there_is_refused_and_makes_nothing(self, list_: TableRoom) -> None:
        reply = list_.table.write("update", [person(4, LastName="Zoé")])
        assert isinstance(reply, WriteReply)
        assert isinstance(reply.outcomes[0], RecordRefused)
        assert list_.table.find({"SalesforceID": key(4)}) is None

    def test_a_record_that_is_refused_stops_no_other(self, list_: TableRoom) -> None:
        reply = list_.table.write("create", [person(1), person(2, EMail="not an address"), person(3)])
        assert isinstance(reply, WriteReply)
        assert [type(outcome) for outcome in reply.outcomes] == [Written, RecordRefused, Written]
        assert [outcome.op for outcome in reply.outcomes] == [1, 2, 3]
        assert list_.table.find({"SalesforceID": key(2)}) is None

    def test_an_upsert_creates_what_is_not_there_and_changes_what_is(self, list_: TableRoom) -> None:
        [made] = self.written(list_, "create", person(1, LastName="Zoé", City="Laval"))
        records = [person(1, LastName="Zoë"), person(2, LastName="Max")]
        for first in (True, False):
            changed, new = self.written(list_, "upsert", *records)
            assert (changed.op, changed.rid, changed.created) == (1, made.rid, False)
            assert (new.op, new.created) == (2, first)
        assert changed.stored is not None
        assert (changed.stored.get("LastName"), changed.stored.get("City")) == ("Zoë", "Laval")
        assert new.stored is not None
        assert new.stored["City"] is None, "a field that is empty is shown too"
        assert self.found(list_, 2).rid == new.rid

    def test_blanks_at_the_end_are_not_stored(self, list_: TableRoom) -> None:
        [made] = self.written(list_, "create", person(1, LastName="Zoé  "))
        assert made.stored is not None
        assert made.stored.get("LastName") == "Zoé"

    def test_a_key_is_found_without_regard_to_case(self, list_: TableRoom) -> None:
        self.written(list_, "create", person(1))
        assert list_.table.find({"SalesforceID": key(1).lower()}) is not None

    def test_every_request_is_counted(self, list_: TableRoom) -> None:
        before = list_.table.calls
        self.written(list_, "create", person(1))
        list_.table.find({"SalesforceID": key(1)})
        assert list_.table.calls == before + 2

    def test_a_key_is_changed_in_place_and_the_record_stays_the_same_one(self, list_: TableRoom) -> None:
        [made] = self.written(list_, "create", person(1, LastName="Zoé"))
        moved = WriteRecord(2, {"SalesforceID": key(1)}, {"SalesforceID": key(5)}, made.rid)
        [done] = self.written(list_, "update", moved)
        assert done.rid == made.rid
        assert list_.table.find({"SalesforceID": key(1)}) is None
        found = self.found(list_, 5)
        assert (found.rid, found.values.get("LastName")) == (made.rid, "Zoé")

    def test_a_key_that_another_record_has_is_not_taken_over(self, list_: TableRoom) -> None:
        first, second = self.written(list_, "create", person(1), person(2))
        moved = WriteRecord(3, {"SalesforceID": key(1)}, {"SalesforceID": key(2)}, first.rid)
        refused(list_.table.write("update", [moved]))
        assert (self.found(list_, 1).rid, self.found(list_, 2).rid) == (first.rid, second.rid)


class FindingContract(DialogInsightContract):
    """Laws of `DialogInsightTable`: what is found, and when it was true."""

    def test_a_contact_is_found_by_its_number(self, list_: TableRoom) -> None:
        [made] = self.written(list_, "create", person(1, LastName="Zoé"))
        found = list_.table.find_by_id(made.rid)
        assert found is not None
        assert (found.rid, found.values.get("LastName")) == (made.rid, "Zoé")
        list_.remove(made.rid)
        assert list_.table.find_by_id(made.rid) is None

    def test_what_is_found_is_true_at_a_moment_of_the_server_not_later_than_now(self, list_: TableRoom) -> None:
        [made] = self.written(list_, "create", person(1))
        list_.wait(5)
        before = list_.table.server_now() - SOON
        found = list_.table.find_by_id(made.rid)
        assert found is not None
        assert before <= moment(found.as_of) <= list_.table.server_now()

    def test_what_a_person_changes_is_found(self, list_: TableRoom) -> None:
        [made] = self.written(list_, "create", person(1, LastName="Zoé"))
        list_.edit(made.rid, {"LastName": "Zoë"})
        found = list_.table.find_by_id(made.rid)
        assert found is not None
        assert found.values.get("LastName") == "Zoë"

    def test_an_answer_of_a_person_is_found_with_its_moment(self, list_: TableRoom) -> None:
        [made] = self.written(list_, "create", person(1))
        found = list_.table.find_by_id(made.rid)
        assert found is not None
        assert found.optins["Newsletter"] == OptinState(None)
        for state in (True, False):
            list_.wait(60)
            before = list_.table.server_now() - SOON
            list_.subscribe(made.rid, "Newsletter", state)
            found = list_.table.find_by_id(made.rid)
            assert found is not None
            shown = found.optins["Newsletter"]
            assert shown.state is state
            assert shown.earliest is not None
            assert shown.latest is not None
            assert before <= moment(shown.earliest) <= moment(shown.latest) <= list_.table.server_now() + SOON

    def test_contacts_are_found_by_an_empty_field_where_the_account_accepts_it(self, list_: TableRoom) -> None:
        list_.accept("equality")
        assert list_.table.probe().empty_lookup
        first, second = self.written(list_, "create", person(1, City="Laval"), person(2))
        found = {each.rid for each in list_.table.find_empty("City")}
        assert second.rid in found
        assert first.rid not in found

    def test_an_account_that_refuses_such_a_look_up_is_known_by_its_probe(self, list_: TableRoom) -> None:
        list_.accept("no_empty")
        capabilities = list_.table.probe()
        assert (capabilities.empty_lookup, capabilities.changed_since) == (False, False)

    def test_contacts_are_found_by_the_date_of_their_change_where_the_account_accepts_it(
        self, list_: TableRoom
    ) -> None:
        list_.accept("dates")
        assert list_.table.probe().changed_since
        first, second = self.written(list_, "create", person(1), person(2))
        list_.wait(60)
        since = list_.table.server_now()
        list_.edit(second.rid, {"City": "Laval"})
        found = [each for page in list_.table.changed_since(since) for each in page]
        assert [(each.rid, each.values.get("City")) for each in found] == [(second.rid, "Laval")]
        everybody = {each.rid for page in list_.table.changed_since(since - timedelta(hours=1)) for each in page}
        assert {first.rid, second.rid} <= everybody

    def test_a_probe_and_a_look_up_change_nothing(self, list_: TableRoom) -> None:
        [made] = self.written(list_, "create", person(1, LastName="Zoé"))
        list_.table.probe()
        before = list_.table.find_by_id(made.rid)
        list_.table.probe()
        after = list_.table.find_by_id(made.rid)
        assert before is not None
        assert after is not None
        assert (before.values, before.optins) == (after.values, after.optins)
