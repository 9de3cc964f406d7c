"""What the engine relies on of its ports: one set of laws, for the fakes and for the real adapters alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from disf_desktop.core.records import Position, RecordRefused, SourceRecord, Window, WriteRecord, WriteReply, Written
from disf_desktop.core.schema import FieldType, Side
from disf_desktop.core.values import check_characters
from disf_desktop.engine.ports import DialogInsightTarget, SalesforceSource

FIELDS = ("Id", "LastName")


@dataclass(frozen=True)
class SourceRoom:
    """An org with some contacts, and a person in it who may save one."""

    source: SalesforceSource
    save: Callable[[str, str], None]
    """Save the last name of a contact."""


@dataclass(frozen=True)
class TargetRoom:
    """A contact list with the fields SalesforceID (its key), LastName, EMail and City."""

    target: DialogInsightTarget


def person(op: int, **fields: str | None) -> WriteRecord:
    return WriteRecord(op, {"SalesforceID": key(op)}, {"EMail": f"person{op}@example.org", **fields})


def key(op: int) -> str:
    short = f"003QQ{op:010d}"
    return short + check_characters(short)


class SalesforceContract:
    """Laws of `SalesforceSource`."""

    @staticmethod
    def everything(room: SourceRoom, **window: object) -> list[SourceRecord]:
        pages = room.source.read(Window("Contact", FIELDS, **window))  # type: ignore[arg-type]
        return [record for page in pages for record in page.records]

    def test_an_object_is_described_by_the_names_and_types_of_its_fields(self, room: SourceRoom) -> None:
        schema = room.source.describe("Contact")
        assert schema.side is Side.SALESFORCE
        assert (schema.fields["Id"].type, schema.fields["LastName"].type) == (FieldType.ID, FieldType.TEXT)

    def test_records_come_ordered_by_stamp_and_id_each_once(self, room: SourceRoom) -> None:
        records = self.everything(room)
        places = [(record.stamp, record.rid) for record in records]
        assert len(places) >= 10
        assert places == sorted(set(places))
        assert all(record.values[0] == record.rid for record in records)

    def test_the_position_of_a_page_is_its_last_record(self, room: SourceRoom) -> None:
        for page in room.source.read(Window("Contact", FIELDS)):
            assert page.position == Position(page.records[-1].stamp, page.records[-1].rid)

    def test_reading_on_from_a_position_gives_exactly_the_rest(self, room: SourceRoom) -> None:
        records = self.everything(room)
        for place in (0, 4, len(records) - 2, len(records) - 1):
            position = Position(records[place].stamp, records[place].rid)
            assert self.everything(room, position=position) == records[place + 1 :]

    def test_a_window_holds_what_is_stamped_at_its_beginning_or_later(self, room: SourceRoom) -> None:
        records = self.everything(room)
        since = records[len(records) // 2].stamp
        assert self.everything(room, since=since) == [record for record in records if record.stamp >= since]

    def test_reading_all_gives_the_same_records_in_any_order_and_nowhere_to_resume(self, room: SourceRoom) -> None:
        pages = list(room.source.read_all(Window("Contact", FIELDS)))
        assert all(page.position is None for page in pages)
        found = sorted((r.stamp, r.rid, r.values) for page in pages for r in page.records)
        assert found == [(r.stamp, r.rid, r.values) for r in self.everything(room)]

    def test_a_saved_record_is_found_at_the_end_under_the_time_of_the_server(self, room: SourceRoom) -> None:
        records = self.everything(room)
        before = room.source.server_now() - timedelta(seconds=2)
        room.save(records[3].rid, "Changed")
        *others, last = self.everything(room)
        assert (last.rid, last.values[1]) == (records[3].rid, "Changed")
        assert len(others) == len(records) - 1
        assert before <= moment(last.stamp) <= room.source.server_now() + timedelta(seconds=2)

    def test_what_is_covered_is_never_later_than_now(self, room: SourceRoom) -> None:
        covered = room.source.covered_until("Contact", room.source.server_now() - timedelta(hours=1))
        assert covered is not None
        assert covered <= room.source.server_now() + timedelta(seconds=2)

    def test_records_are_counted_and_so_are_calls(self, room: SourceRoom) -> None:
        before = room.source.calls
        assert room.source.count("Contact") == len(self.everything(room))
        assert room.source.calls > before


def moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)


class DialogInsightContract:
    """Laws of `DialogInsightTarget`."""

    @staticmethod
    def written(room: TargetRoom, kind: str, *records: WriteRecord) -> list[Written]:
        reply = room.target.write(kind, records)
        assert isinstance(reply, WriteReply), reply
        outcomes = [outcome for outcome in reply.outcomes if isinstance(outcome, Written)]
        assert len(outcomes) == len(records), reply.outcomes
        return outcomes

    def test_a_table_is_described_with_its_key(self, list_: TargetRoom) -> None:
        schema = list_.target.describe()
        assert schema.side is list_.target.side is Side.DIALOG_INSIGHT
        assert schema.key == ("SalesforceID",)
        assert schema.fields["EMail"].type is FieldType.EMAIL

    def test_created_records_are_stored_and_found_by_their_key(self, list_: TargetRoom) -> None:
        first, second = self.written(list_, "create", person(1, LastName="Zoé"), person(2, City="Laval"))
        assert (first.op, second.op) == (1, 2)
        assert first.created
        assert first.rid != second.rid
        assert first.stored is not None
        assert first.stored.get("LastName") == "Zoé"
        found = list_.target.find({"SalesforceID": key(2)})
        assert found is not None
        assert (found.rid, found.values.get("City")) == (second.rid, "Laval")
        assert list_.target.find({"SalesforceID": key(3)}) is None

    def test_what_exists_is_not_created_again_and_stays_as_it_is(self, list_: TargetRoom) -> None:
        [first] = self.written(list_, "create", person(1, LastName="Zoé"))
        reply = list_.target.write("create", [person(7, City="Laval"), person(1, LastName="Other")])
        assert isinstance(reply, WriteReply)
        new, refused = reply.outcomes
        assert isinstance(new, Written)
        assert isinstance(refused, RecordRefused)
        assert (new.op, refused.op) == (7, 1)
        found = list_.target.find({"SalesforceID": key(1)})
        assert found is not None
        assert (found.rid, found.values.get("LastName")) == (first.rid, "Zoé")

    def test_an_update_changes_the_fields_that_it_names_and_no_others(self, list_: TargetRoom) -> None:
        [made] = self.written(list_, "create", person(1, LastName="Zoé", City="Laval"))
        update = WriteRecord(9, {"SalesforceID": key(1)}, {"LastName": "Zoë", "City": None}, made.rid)
        for _ in range(2):
            [done] = self.written(list_, "update", update)
            assert (done.op, done.rid, done.created) == (9, made.rid, False)
            assert done.stored is not None
            assert (done.stored.get("LastName"), done.stored.get("City")) == ("Zoë", None)
            assert done.stored.get("EMail") == "person1@example.org"

    def test_an_update_of_what_is_not_there_is_refused_and_makes_nothing(self, list_: TargetRoom) -> None:
        reply = list_.target.write("update", [person(4, LastName="Zoé")])
        assert isinstance(reply, WriteReply)
        assert isinstance(reply.outcomes[0], RecordRefused)
        assert list_.target.find({"SalesforceID": key(4)}) is None

    def test_a_record_that_is_refused_stops_no_other(self, list_: TargetRoom) -> None:
        reply = list_.target.write("create", [person(1), person(2, EMail="not an address"), person(3)])
        assert isinstance(reply, WriteReply)
        assert [type(outcome) for outcome in reply.outcomes] == [Written, RecordRefused, Written]
        assert [outcome.op for outcome in reply.outcomes] == [1, 2, 3]
        assert list_.target.find({"SalesforceID": key(2)}) is None

    def test_blanks_at_the_end_are_not_stored(self, list_: TargetRoom) -> None:
        [made] = self.written(list_, "create", person(1, LastName="Zoé  "))
        assert made.stored is not None
        assert made.stored.get("LastName") == "Zoé"

    def test_a_key_is_found_without_regard_to_case(self, list_: TargetRoom) -> None:
        self.written(list_, "create", person(1))
        assert list_.target.find({"SalesforceID": key(1).lower()}) is not None

    def test_every_request_is_counted(self, list_: TargetRoom) -> None:
        before = list_.target.calls
        self.written(list_, "create", person(1))
        list_.target.find({"SalesforceID": key(1)})
        assert list_.target.calls == before + 2
