"""Both ways and imports besides: whatever happens around them, nobody is made twice, nothing is lost, and it ends."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from disf_desktop.core.moments import written
from disf_desktop.core.records import Arrival
from disf_desktop.storage.ledger import Ledger
from tests.engine.fakes import Look
from tests.engine.machines import played
from tests.engine.test_both_ways_machine import SAVES, THERE, WHO, BothWays
from tests.engine.world import KEY

HIDDEN = st.sampled_from([None, None, "Title", "Phone"])


class BothWaysAndImports(BothWays):
    """People also import files into the contact list."""

    @precondition(lambda self: self.rids)
    @rule(who=st.lists(WHO, min_size=1, max_size=3), saves=SAVES, hidden=HIDDEN, killed=st.booleans())
    def an_import(self, who: list[int], saves: list[tuple[str, int]], hidden: str | None, killed: bool) -> None:
        """Rows for contacts of Salesforce, there already or not; maybe it dies before the ledger has heard of it."""
        world, contacts = self.world, self.world.contacts
        as_of = written(world.clock.server)
        world.clock.call()
        arrivals = []
        for each in who:
            rid = self.rids[each % len(self.rids)]
            if contacts.row_of(SalesforceID=rid) is not None:
                number = contacts.id_of(SalesforceID=rid)
                contacts.edit(number, **self.there(self.values(saves, THERE)))
            elif rid in self.erased:
                continue
            else:
                number = contacts.add(SalesforceID=rid, **self.there(self.everything(saves, THERE)))
            shown: dict[str, Any] = {**dict.fromkeys(contacts.schema.fields), **contacts.rows[number]}
            shown.pop(hidden or "", None)
            arrivals.append(Arrival({"SalesforceID": rid}, number, shown))
        if killed or not arrivals:
            return
        for arrival in arrivals:
            contacts.looks.append(Look(arrival.rid, world.clock.tick(), hidden or ""))
        with closing(Ledger.open(world.path, KEY)) as ledger:
            run = ledger.begin_run(written(world.clock.now()))
            target = ledger.target_for(f"{world.account}/123456/Contact")
            ledger.note_arrivals(target, run, arrivals, as_of)

    def be_quiet(self) -> None:
        super().be_quiet()
        tied = "SELECT a.di_rid FROM arrival a JOIN link l ON l.target = a.target AND l.di_rid = a.di_rid"
        assert self.rows(tied) == [], "a tied record is an arrival no more"


def test_both_sides_end_in_agreement_whatever_is_imported() -> None:
    run_machine(BothWaysAndImports, settings=played(50, 50))
