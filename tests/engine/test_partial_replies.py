"""A reply to a merge that leaves a field out says nothing of it: nobody cleared it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from disf_desktop.core.events import RunStatus
from disf_desktop.core.records import RecordOutcome, WriteRecord, WriteReply, WriteResult, Written
from tests.engine.fakes import ENGINE, DialogInsightTable
from tests.engine.world import World


@dataclass(slots=True)
class Forgetful(DialogInsightTable):
    """A contact list whose replies leave a field out."""

    left_out: str = ""

    def write(self, kind: str, records: Sequence[WriteRecord]) -> WriteResult:
        result = DialogInsightTable.write(self, kind, records)
        if not self.left_out or not isinstance(result, WriteReply):
            return result
        return replace(result, outcomes=tuple(self._without(each) for each in result.outcomes))

    def _without(self, outcome: RecordOutcome) -> RecordOutcome:
        if not isinstance(outcome, Written) or outcome.stored is None:
            return outcome
        return replace(outcome, stored={n: v for n, v in outcome.stored.items() if n != self.left_out})


def test_a_field_that_the_reply_leaves_out_is_not_cleared_in_salesforce(tmp_path: Path) -> None:
    world = World(tmp_path)
    table = Forgetful(world.contacts.schema, clock=world.clock)
    world.contacts = table
    rid = world.contact(LastName="Roy", Title="Baker", Phone="514")
    assert world.run(world.two_way_job()).status is RunStatus.SUCCESS
    table.left_out = "Title"
    world.clock.advance(600)
    world.org.update("Contact", rid, LastName="Gagnon")
    for _ in range(2):
        # Nobody looks the contact up in between: the reply is all that is known.
        assert world.run(world.two_way_job(lookups=0)).status is RunStatus.SUCCESS
        world.clock.advance(600)
    assert world.org.row("Contact", rid)["Title"] == "Baker"
    assert world.in_contacts(rid)["LastName"] == "Gagnon"
    assert not [change for change in world.org.history if change.author == ENGINE]
