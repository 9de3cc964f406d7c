"""Judges what happened from the histories of both services, and never by asking the engine (sync-semantics 7.2)."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.engine.fakes import ENGINE, PERSON, Change, DialogInsightTable
from tests.engine.histories import FLAG, Histories, Pairing, Person


class Checker(Histories):
    """What must hold at any time, and when it is quiet. Raises AssertionError."""

    # -- I1, I11, I19: when it is quiet --------------------------------------------------------------------------------

    def both_sides_agree(self) -> None:
        """I1: both sides correspond on every field, but where somebody is asked or a record is set aside."""
        for person in self.people():
            if not self.lives(person) or not self.waiting.isdisjoint((person.sf_id, person.di_rid)):
                continue
            row, found = self.org.row("Contact", person.sf_id), self.table.rows[person.di_rid]
            for pairing in self.pairings:
                sf, di = row[pairing.source], found.get(pairing.target)
                assert self.corresponds(pairing, sf, di) or self.asks(person, pairing), (
                    f"I1: {person} {pairing.target}: {sf!r} and {di!r}"
                )
            assert found.get(FLAG) is None or self._said_by_a_person(person), f"I11: {person} is there and flagged"

    def everybody_came(self, erased: frozenset[str]) -> None:
        """I1, I4: each contact is there exactly once; not at all if it was erased, or is set aside."""
        there = Counter(str(row[self.key]) for row in self.table.rows.values())
        for sf_id in self.org.rows["Contact"]:
            if sf_id not in self.waiting and sf_id not in erased:
                assert there[sf_id] == 1, f"I1: {sf_id} is there {there[sf_id]} times"

    def the_deleted_are_flagged(self, known: frozenset[str]) -> None:
        """I11: whoever was linked when the Salesforce record went is flagged, if still there and not set aside."""
        for person in self.people():
            gone = person.sf_id in self.org.bin["Contact"]
            if gone and person.di_rid in self.table.rows and person.di_rid in known:
                flagged = self.table.rows[person.di_rid].get(FLAG)
                assert flagged is not None or self._said_by_a_person(person), f"I11: {person} is gone, not flagged"

    def _said_by_a_person(self, person: Person) -> bool:
        return any(c.author == PERSON and c.before is not None and FLAG in c.changed for c in self.there(person))

    def only_the_deleted_are_flagged(self) -> None:
        """I11: a flag has a delete before it."""
        for change in self.table.history:
            if change.author == ENGINE and change.changed.get(FLAG, (None, None))[1] is not None:
                sf_id = change.after[self.key]
                assert any(
                    c.rid == sf_id and c.what in ("deleted", "merged") and c.number < change.number
                    for c in self.org.history
                ), f"I11: {sf_id} was flagged and never deleted"

    def the_erased_stay_erased(self, erased: dict[str, int]) -> None:
        """I19: nobody who was known and erased (Salesforce Id, and when) is made again."""
        for change in self.table.history:
            if change.author == ENGINE and change.before is None:
                when = erased.get(str(change.after[self.key]))
                assert when is None or change.number < when or change.late, f"I19: {change.after[self.key]} came back"

    # -- I2, I3: no edit of a person is lost -------------------------------------------------------------------------

    def nothing_was_overwritten_unseen(self) -> int:
        """I2: what the engine overwrote is on the other side or in a conflict; count what no look could have shown."""
        blind = 0
        for person in self.people():
            here, there = self.here(person), self.there(person)
            for pairing in self.pairings:
                blind += self._overwritten(person, here, there, pairing, is_here=True)
                blind += self._overwritten(person, there, here, pairing, is_here=False)
        return blind

    def _overwritten(
        self, person: Person, changes: list[Change], other: list[Change], pairing: Pairing, *, is_here: bool
    ) -> int:
        blind = 0
        name = pairing.source if is_here else pairing.target
        author, since = "", 0
        for change in changes:
            if name not in change.changed:
                continue
            before, after = change.changed[name]
            is_theirs = is_here and any(
                self.as_here(pairing, c.changed[pairing.target][1]) == after for c in self.born(person, pairing.target)
            )
            # What a write that came late went over is kept once the engine has found out that it came; of somebody who
            # is on neither side by then nothing is left to be kept for.
            judged = not change.late or (self.is_quiet and not self.is_nowhere(person))
            if judged and change.author == ENGINE and author == PERSON and change.before is not None and not is_theirs:
                reached = any(self._reached(pairing, before, is_here, c) for c in other if c.number < change.number)
                kept = self.is_kept(person, pairing, sf=before) if is_here else self.is_kept(person, pairing, di=before)
                if not (reached or kept or (before is None and self.says_nothing(person, pairing, since))):
                    unseen = not self._was_seen(person, name, is_here, since, change)
                    assert unseen, f"I2: {person} {name}: {before!r} of a person became {after!r}"
                    blind += 1
            author, since = change.author, change.number
        return blind

    def _reached(self, pairing: Pairing, value: Any, is_here: bool, change: Change) -> bool:
        if is_here:
            return self.corresponds(pairing, value, change.after.get(pairing.target))
        return self.corresponds(pairing, change.after.get(pairing.source), value)

    def the_newest_edit_stands(self) -> int:
        """I3: of each field, the newest edit of a person stands, or is kept in a conflict; count what nobody saw."""
        blind = 0
        for person in self.people():
            if not self.lives(person):
                continue
            for pairing in self.pairings:
                blind += self._newest_stands(person, pairing)
        return blind

    def _newest_stands(self, person: Person, pairing: Pairing) -> int:
        edits = [(c, True, pairing.source) for c in self.here(person)]
        edits += [(c, False, pairing.target) for c in self.there(person)]
        mine = [
            (c, is_here, name)
            for c, is_here, name in edits
            if c.author == PERSON and name in c.changed and (c.before is not None or c.changed[name][1])
        ]
        if not mine:
            return 0
        edit, is_here, name = max(mine, key=lambda each: each[0].number)
        if any(c.number > edit.number for c in self.born(person, pairing.target)):
            return 0
        value = edit.changed[name][1]
        if value is None and self.says_nothing(person, pairing, edit.number):
            return 0
        if any(d.field == pairing.target and d.number > edit.number for d in self.decided(person)):
            return 0
        held = (self.org.row("Contact", person.sf_id) if is_here else self.table.rows[person.di_rid]).get(name)
        if (held or None) == (value or None):
            return 0
        if self.is_kept(person, pairing, sf=value) if is_here else self.is_kept(person, pairing, di=value):
            return 0
        if self._looks_like_ours(person, name, value, edit.number, is_here=is_here):
            return 0
        changes = self.here(person) if is_here else self.there(person)
        if any((c.after.get(name) or None) == (value or None) for c in changes if c.number < edit.number):
            # An edit that is taken back before anybody looked is none.
            return 0
        over = next(c for c in changes if c.number > edit.number and name in c.changed)
        if is_here and any(
            self.as_here(pairing, c.changed[pairing.target][1]) == over.changed[name][1]
            for c in self.born(person, pairing.target)
        ):
            return 0
        assert not self._was_seen(person, name, is_here, edit.number, over), (
            f"I3: {person} {name}: the newest edit {value!r} does not stand, {held!r} does"
        )
        return 1

    # -- I4, I5, I6: what the engine writes --------------------------------------------------------------------------

    def everybody_was_made_once(self) -> None:
        """I4: one record yields at most one on the other side."""
        made = Counter(
            (str(c.after[self.key]), c.number < 0) for c in self.table.history if c.author == ENGINE and not c.before
        )
        erased = Counter(str(c.before[self.key]) for c in self.table.history if c.what == "deleted" and c.before)
        for (sf_id, _), times in made.items():
            assert times <= 1 + erased[sf_id], f"I4: {sf_id} was made {times} times"
        born = Counter(c.after.get("DI_Contact_Id__c") for c in self.org.history if c.author == ENGINE and not c.before)
        born.pop(None, None)
        # Whom somebody deleted before anybody could know that they were made is not known to have been.
        gone = Counter(row.values.get("DI_Contact_Id__c") for row in self.org.bin["Contact"].values())
        assert all(times <= 1 + gone[number] for number, times in born.items()), f"I4: {born}"

    def nothing_echoes(self) -> None:
        """I5: the engine changes no field more often than people gave it reason to."""
        for person in self.people():
            here, there = self.here(person), self.there(person)
            for pairing in self.pairings:
                born = self.born(person, pairing.target)
                self._has_reasons(person, here, pairing.source, [*there, *born], pairing.target)
                self._has_reasons(person, there, pairing.target, [*here, *born], pairing.source)

    def _has_reasons(self, person: Person, changes: list[Change], name: str, other: list[Change], its: str) -> None:
        written = [c for c in changes if c.author == ENGINE and name in c.changed]
        reasons = [c for c in changes if c.author == PERSON and name in c.changed]
        reasons += [c for c in other if c.author == PERSON and (its in c.changed or name in c.changed)]
        # A call that came late is one more write, and so is the one that takes it back.
        most = len(reasons) + len(self.decided(person)) + 2 * sum(1 for c in written if c.late)
        assert len(written) <= most, f"I5: {person} {name} was written {len(written)} times, at most {most}"

    def nothing_normalised_goes_back(self) -> None:
        """I6: a value is not replaced by what the other side made of it."""
        for person in self.people():
            for pairing in self.pairings:
                typed = {c.changed[pairing.target][1] for c in self.there(person)
                         if c.author == PERSON and pairing.target in c.changed}  # fmt: skip
                for change in self.here(person):
                    if change.author != ENGINE or change.before is None or pairing.source not in change.changed:
                        continue
                    before, after = change.changed[pairing.source]
                    image = self.as_there(pairing, before)
                    chosen = any(d.field == pairing.target and d.number < change.number for d in self.decided(person))
                    assert before is None or after != image or after in typed or chosen, (
                        f"I6: {person} {pairing.source}: {before!r} became its own image {after!r}"
                    )

    # -- I9, I13 -----------------------------------------------------------------------------------------------------

    def no_older_answer_subscribes(self, code: str, name: str, yes: Any, no: Any) -> None:
        """I9: an opt-in is written only where it is newer than every opt-out known."""
        for person in self.people():
            outs = [
                (a.at, a.number)
                for a in self.table.answers
                if a.rid == person.di_rid and (a.code, a.state) == (code, False)
            ]
            ins = [
                (a.at, a.number)
                for a in self.table.answers
                if a.rid == person.di_rid and (a.code, a.state) == (code, True)
            ]
            changes = [c for c in self.here(person) if name in c.changed]
            outs += [(c.at, c.number) for c in changes if c.author == PERSON and c.changed[name][1] == no]
            for change in changes:
                if change.author != ENGINE or change.changed[name][1] != yes:
                    continue
                known = [
                    at for at, number in outs if number < change.number and self._was_seen_out(person, number, change)
                ]
                newest = max((at for at, number in ins if number < change.number), default=None)
                assert newest is not None, f"I9: {person} was subscribed by nobody"
                assert all(newest >= at for at in known), f"I9: {person} was subscribed by an older answer"

    def _was_seen_out(self, person: Person, number: int, change: Change) -> bool:
        looks = [look for look in self.org.looks if look.rid == person.sf_id]
        looks += [look for look in self.table.looks if look.rid == person.di_rid]
        return any(number < look.number < change.number for look in looks)

    def every_unsubscription_arrives(self, code: str, name: str, yes: Any) -> None:
        """C4: whoever is unsubscribed in Dialog Insight does not stand as subscribed in Salesforce, unless a person
        said so after it."""
        for person in self.people():
            if not self.lives(person) or person.sf_id in self.waiting:
                continue
            answers = [a for a in self.table.answers if a.rid == person.di_rid and a.code == code]
            if not answers or answers[-1].state is not False:
                continue
            later = [
                c
                for c in self.here(person)
                if c.author == PERSON and name in c.changed and c.number > answers[-1].number
            ]
            held = self.org.row("Contact", person.sf_id)[name]
            assert held != yes or later, f"C4: {person} is unsubscribed, Salesforce says {held!r}"


def no_child_came_before_its_parent(children: DialogInsightTable, parents: DialogInsightTable, name: str) -> None:
    """I13: a row that points to somebody came after them."""
    made = {c.rid: c.number for c in parents.history if c.before is None}
    for change in children.history:
        if change.author == ENGINE and (parent := change.after.get(name)) is not None:
            assert made[str(parent)] < change.number, f"I13: a row points to {parent}"
