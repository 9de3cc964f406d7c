"""The contact list of a project and its custom tables, as a run writes and reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from disf_desktop.core.errors import UnexpectedAnswer
from disf_desktop.core.project import CustomTable as TableSettings
from disf_desktop.core.project import DestinationProject
from disf_desktop.core.records import Capabilities, FoundRecord, Unknown, WriteRecord, WriteReply, WriteResult
from disf_desktop.core.schema import Schema, Side
from disf_desktop.core.values import Value
from disf_desktop.services.dialog_insight.changes import Answer, Changes
from disf_desktop.services.dialog_insight.schema import custom_table_schema
from disf_desktop.services.dialog_insight.wire import (
    CONTACT_NUMBER,
    Layout,
    Members,
    clause,
    merge_options,
    records_of,
    request_id,
    shapeless,
)

if TYPE_CHECKING:
    from disf_desktop.services.dialog_insight.client import DialogInsightAccount


class _Table:
    """What the contact list and a custom table have in common."""

    side = Side.DIALOG_INSIGHT

    def __init__(
        self,
        account: DialogInsightAccount,
        service: str,
        address: Members,
        ask_schema: Callable[[], Schema],
        make_layout: Callable[[Schema], Layout],
    ) -> None:
        self._account = account
        self._service = service
        self._address = address
        self._ask_schema = ask_schema
        self._make_layout = make_layout
        self._layout: Layout | None = None

    @property
    def calls(self) -> int:
        return self._account.calls

    def server_now(self) -> datetime:
        """Give the server's clock: the last HTTP Date plus the monotonic time since."""
        return self._account.server_now()

    def describe(self) -> Schema:
        """Give the fields as they are now; from here on, records are written by them."""
        schema = self._ask_schema()
        self._layout = self._make_layout(schema)
        return schema

    def write(self, kind: str, records: Sequence[WriteRecord]) -> WriteResult:
        """Send one batch: `create` is insert-only, `update` update-only, `upsert` either. Never raises for an outcome.

        A key that is among the `fields` of an update changes the record's key in place.
        """
        layout = self._known_layout()
        reply = self._account.write(
            f"{self._service}.Merge",
            {
                **self._address,
                "Records": [layout.record(record) for record in records],
                "MergeOptions": merge_options(kind),
            },
        )
        if not isinstance(reply, dict):
            return reply
        rows = reply.get("Records")
        if not isinstance(rows, list):
            return Unknown(shapeless(reply))
        return WriteReply(layout.outcomes(kind, records, rows), request_id(reply))

    def find(self, key: Mapping[str, Value]) -> FoundRecord | None:
        """Look one record up by its whole key: asked by its first field, compared here by all of them."""
        layout = self._known_layout()
        first = next(iter(key))
        answer = self._get(layout.clause(first, key[first]))
        found = [each for each in answer.records if layout.has_key(layout.values(each), key)]
        record = layout.found(found[0], answer.as_of) if found else None
        if len(found) > 1 or (len(key) == 1 and len(found) != len(answer.records)) or (found and record is None):
            raise self._another(answer, "key", len(found))
        return record

    def _get(self, clause: Members) -> Answer:
        as_of = self._account.as_of()
        return _answer(self._account.read(f"{self._service}.Get", self._asked(clause)), as_of)

    def _get_if_accepted(self, clause: Members) -> Answer | None:
        as_of = self._account.as_of()
        reply = self._account.read_if_accepted(f"{self._service}.Get", self._asked(clause))
        return None if reply is None else _answer(reply, as_of)

    def _asked(self, clause: Members) -> Members:
        return {**self._address, "Clause": clause, "Tag": None}

    def _another(self, answer: Answer, by: str, right: int) -> UnexpectedAnswer:
        return UnexpectedAnswer(
            f"Dialog Insight answered a look-up by {by} with another record than the one asked for, or with several.",
            "Look at the primary key of the project; if it is right, ask Dialog Insight with the request's number.",
            where=self._account.connection.id,
            detail=f"{len(answer.records)} records, {right} as asked for, request {answer.request_id}",
        )

    def _known_layout(self) -> Layout:
        if self._layout is None:
            self.describe()
        assert self._layout is not None, "describe() makes it"
        return self._layout


class ContactList(_Table):
    """The contact list of a project; a record's id is its idContact. Satisfies `engine.ports.DialogInsightTable`."""

    def __init__(self, account: DialogInsightAccount, destination: DestinationProject) -> None:
        self._zone = ZoneInfo(destination.time_zone)
        super().__init__(
            account,
            "Contacts",
            {"idProject": destination.id_project},
            lambda: account.project(destination.id_project, destination.key),
            lambda schema: Layout(schema, self._zone, contacts=True),
        )

    def find_by_id(self, rid: str) -> FoundRecord | None:
        """Look one contact up by its idContact."""
        layout = self._known_layout()
        answer = self._get(clause(CONTACT_NUMBER, int(rid)))
        found = [layout.found(each, answer.as_of) for each in answer.records]
        if not found:
            return None
        if len(found) > 1 or found[0] is None or found[0].rid != rid:
            raise self._another(answer, "number", sum(each is not None and each.rid == rid for each in found))
        return found[0]

    def find_empty(self, name: str) -> Sequence[FoundRecord]:
        """Give the contacts whose field `name` is empty, as many of them as the account gives in one reply."""
        layout = self._known_layout()
        answer = self._get(layout.clause(name, None))
        found = [layout.found(each, answer.as_of) for each in answer.records]
        empty = [
            record
            for record, each in zip(found, answer.records, strict=True)
            if record is not None and layout.values_and_refusals(each).get(name) is None
        ]
        if len(empty) != len(answer.records):
            raise self._another(answer, "an empty field", len(empty))
        return empty

    def changed_since(self, since: datetime) -> Iterator[Sequence[FoundRecord]]:
        """Give the contacts modified at that moment or later, in pages; a contact that changes meanwhile comes again.

        Raises UnexpectedAnswer where the replies are not in the order of the changes, or a page is full of one second.
        """
        return self._changes().since(since)

    def probe(self) -> Capabilities:
        """Find out by look-ups that find nobody what the account accepts. Raises where nothing may be concluded."""
        layout = self._known_layout()
        return self._changes().probe(layout.clause(layout.key[0], None), self.server_now())

    def _changes(self) -> Changes:
        return Changes(self._get, self._get_if_accepted, self._known_layout().found, self._zone)


class CustomTable(_Table):
    """A custom table of a project, as the project file describes it; a record's id is its folded primary key.

    `Merge` gives the number of a row and `Get` does not, so the number cannot serve. What happens in the table itself
    is not looked for: rows come from Salesforce. Satisfies `engine.ports.DialogInsightTable`.
    """

    def __init__(self, account: DialogInsightAccount, destination: DestinationProject, table: TableSettings) -> None:
        zone = ZoneInfo(destination.time_zone)
        super().__init__(
            account,
            "RelationalTables",
            {"idTable": table.id_table},
            lambda: custom_table_schema(table),
            lambda schema: Layout(schema, zone, contacts=False),
        )

    def find_by_id(self, rid: str) -> FoundRecord | None:
        raise AssertionError("a row of a custom table is known by its key")

    def find_empty(self, name: str) -> Sequence[FoundRecord]:
        raise AssertionError("probe() says that a custom table has no such look-up")

    def changed_since(self, since: datetime) -> Iterator[Sequence[FoundRecord]]:
        raise AssertionError("probe() says that a custom table has no such look-up")

    def probe(self) -> Capabilities:
        """Say that changes made in a custom table are not looked for."""
        return Capabilities()


def _answer(reply: Members, as_of: str) -> Answer:
    records = records_of(reply)
    if not all(isinstance(each, dict) for each in records):
        raise shapeless(reply)
    return Answer(records, as_of, request_id(reply))
