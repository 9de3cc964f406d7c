"""Judges from the full histories of both services what was promised (sync-semantics 7.2), and never asks the engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tests.simulation.ground import ENGINE, PERSON, Change, Look
from tests.simulation.histories import BOTH_WAYS, CONSENT, EXTERNAL_ID, KEY, ONE_WAY, Histories, Pair, Person, broken
from tests.simulation.scene import FLAG

if TYPE_CHECKING:
    from tests.simulation.people import People
    from tests.simulation.weather import Weather


class Checker(Histories):
    """What must hold at any time, and when it is quiet. Raises Violation."""

    def always(self) -> None:
        """What holds at any time."""
        self.no_consent_travels()
        self.everybody_was_made_once()
        self.nobody_out_of_scope_was_made()
        self.the_erased_stay_erased()
        self.only_the_deleted_are_flagged()
        self.no_child_came_before_its_parent()
        for person in self.people:
            for pair in BOTH_WAYS:
                self.nothing_was_overwritten_unseen(person, pair)
                self.nothing_normalised_goes_back(person, pair)
            for pair in (*BOTH_WAYS, *ONE_WAY):
                self.nothing_echoes(person, pair)
            self.no_older_answer_subscribes(person)
            self.no_opt_out_of_a_person_is_undone(person)
            self.nothing_is_sent_of_who_left(person)

    def when_quiet(self, people: People, weather: Weather) -> None:
        """What holds when nobody edits any more and nothing fails."""
        self.is_quiet = True
        self.everybody_came(weather)
        for person in self.people:
            self.both_sides_agree(person)
            self.the_deleted_are_flagged(person, people.known_when_gone, weather)
            self.every_opt_out_arrives(person)
            for pair in BOTH_WAYS:
                self.nothing_was_overwritten_unseen(person, pair)
            if self.lives(person) and person.sf_id not in self.erased and self.is_in_scope(person.sf_id):
                for pair in BOTH_WAYS:
                    self.the_newest_edit_stands(person, pair)
        self.everybody_born_is_known()
        self.every_row_came()
        self.with_ourselves = sum(self._with_ourselves(person) for person in self.people)

    # -- I1, I4, I11, I19 ----------------------------------------------------------------------------------------------

    def both_sides_agree(self, person: Person) -> None:
        """I1: both sides correspond on every field, but where somebody is asked or a record is set aside."""
        # Who was erased stays erased: what a create of ours that was late brings back is nobody's (I19).
        if not self.lives(person) or self._is_aside(person) or person.sf_id in self.erased:
            return
        if not self.is_in_scope(person.sf_id):
            return
        row, found = self.org.rows["Contact"][person.sf_id].values, self.contacts.rows[int(person.di_rid)]
        for pair in (*BOTH_WAYS, *ONE_WAY):
            sf, di = row[pair[0]], found.get(pair[1])
            if pair[1] in self.account.ever_lost:
                # A field that could not be read at the first contact starts from the day when it can be.
                continue
            if not self.corresponds(pair, sf, di) and not any(c.waits for c in self._of_this(person, pair)):
                raise broken("I1", person.sf_id, person.di_rid, pair, repr(sf), "and", repr(di))
        if found.get(FLAG) is not None:
            raise broken("I11", person.sf_id, "is there and flagged")

    def everybody_came(self, weather: Weather) -> None:
        there = Counter(str(row[KEY]) for row in self.contacts.rows.values())
        for sf_id in self.org.rows["Contact"]:
            left = there[sf_id] == 0 and not self.is_in_scope(sf_id)
            if sf_id not in self.waiting and sf_id not in self.erased and there[sf_id] != 1 and not left:
                raise broken("I1", sf_id, "is there", there[sf_id], "times")

    def every_row_came(self) -> None:
        orders = self.account.tables[987]
        numbers = Counter(str(row["Number"]) for row in orders.rows.values())
        if any(times > 1 for times in numbers.values()):
            raise broken("I4", "a row is there twice")
        for rid, row in self.org.rows["Order__c"].items():
            there = orders.by_key(row.values["Number__c"])
            if rid in self.waiting or (not self.account.tables[987].wanted and there is None):
                continue
            if there is None:
                raise broken("I1", rid, "did not come")
            # Whoever was erased is nobody to point to anew, though a late create of ours may bring them back (I19).
            erased = row.values["Contact__c"] in self.erased
            contact = None if erased else self.contacts.by_key(row.values["Contact__c"])
            held = orders.rows[there]
            if held["City"] != row.values["City__c"] or (contact is not None and held["idContact"] != contact):
                raise broken("I1", rid, "is there as", held, "and points to", contact)

    def everybody_was_made_once(self) -> None:
        made = Counter(str(c.after[KEY]) for c in self.contacts.history if c.author == ENGINE and c.before is None)
        erased = Counter(str(c.before[KEY]) for c in self.contacts.history if c.what == "deleted" and c.before)
        for sf_id, times in made.items():
            if times > 1 + erased[sf_id]:
                raise broken("I4", sf_id, "was made", times, "times")
        born = Counter(c.after[EXTERNAL_ID] for c in self.org.history if c.author == ENGINE and c.before is None)
        gone = Counter(row.values[EXTERNAL_ID] for row in self.org.bin["Contact"].values())
        for number, times in born.items():
            if times > 1 + gone[number]:
                raise broken("I4", number, "was born", times, "times")
        for change in self.org.history:
            if change.author == ENGINE and change.before is None and change.after[EXTERNAL_ID] is None:
                raise broken("I4", change.rid, "was made without its external id")

    def nobody_out_of_scope_was_made(self) -> None:
        """4.1: whoever never satisfied the filter is not sent."""
        for change in self.contacts.history if self.filters else ():
            sf_id = str(change.after.get(KEY))
            if change.author == ENGINE and change.before is None and not self.was_in_scope(sf_id, change.number):
                raise broken("4.1", sf_id, "never was in scope, and was made")

    def nothing_is_sent_of_who_left(self, person: Person) -> None:
        """4.1: once a whole run was shown that somebody left the filter, their contact is left alone."""
        for change in person.there if self.filters else ():
            if change.author != ENGINE or change.before is None or change.late:
                continue
            outside = self.outside_since(person, change.number)
            if outside is not None and any(outside < begun and end < change.number for begun, end in self.whole):
                raise broken("4.1", person.sf_id, person.di_rid, "left the filter, and", change.changed, "was written")

    def the_erased_stay_erased(self) -> None:
        for change in self.contacts.history:
            if change.author == ENGINE and change.before is None:
                when = self.erased.get(str(change.after[KEY]))
                if when is not None and change.number > when and not change.late:
                    raise broken("I19", change.after[KEY], "came back")

    def only_the_deleted_are_flagged(self) -> None:
        """I11: a flag has a delete before it; nothing is deleted or emptied without one."""
        for change in self.contacts.history:
            if change.author != ENGINE:
                continue
            if change.what == "deleted":
                raise broken("I11", change.rid, "was deleted")
            if change.changed.get(FLAG, (None, None))[1] is not None:
                sf_id = change.after[KEY]
                if not any(
                    c.rid == sf_id and c.what in ("deleted", "merged") and c.number < change.number
                    for c in self.org.history
                ):
                    raise broken("I11", sf_id, "was flagged and never deleted")

    def the_deleted_are_flagged(self, person: Person, known: set[str], weather: Weather) -> None:
        gone = person.sf_id in self.org.bin["Contact"] and int(person.di_rid) in self.contacts.rows
        expected = gone and person.di_rid in known and not weather.slept_too_long and not self._is_aside(person)
        expected = expected and self.is_in_scope(person.sf_id)
        if expected and self.contacts.rows[int(person.di_rid)].get(FLAG) is None:
            raise broken("I11", person.sf_id, person.di_rid, "is gone, not flagged")

    # -- I2, I3: no edit of a person is lost ---------------------------------------------------------------------------

    def nothing_was_overwritten_unseen(self, person: Person, pair: Pair) -> None:
        """I2: what the engine overwrote is on the other side or in a conflict; what no look could show is counted."""
        self._overwritten(person, person.here, person.there, pair, is_here=True)
        self._overwritten(person, person.there, person.here, pair, is_here=False)

    def _overwritten(
        self, person: Person, changes: Sequence[Change], other: Sequence[Change], pair: Pair, *, is_here: bool
    ) -> None:
        name = pair[0] if is_here else pair[1]
        author, since = "", 0
        for change in changes:
            if name not in change.changed:
                continue
            before, after = change.changed[name]
            theirs = is_here and self._is_theirs(person, pair, after, is_here=True)
            # What a write that came late went over is kept once the engine has found out that it came.
            judged = self.is_quiet or not change.late
            if judged and change.author == ENGINE and author == PERSON and change.before is not None and not theirs:
                # What reached a contact that was erased since did reach them, though a late create made another one.
                told = (*person.former, *other) if is_here else other
                reached = any(self._reached(pair, before, c, is_here=is_here) for c in told if c.number < change.number)
                # That a field was emptied is no value: it says nothing before the first contact, nor beside a decision.
                filled = before is None and (
                    self._decided_after(person, pair, since)
                    or since < person.met
                    or self.is_empty_as_met(person, changes, other, pair, change, is_here=is_here)
                )
                # A question keeps the latest values of both sides: an edit after this one takes its place (4.4).
                asked = any(c.waits for c in self._of_this(person, pair)) and any(
                    c.author == PERSON and name in c.changed and c.number > change.number for c in changes
                )
                # A pair that could not be read at the first contact begins from a day on: nothing was agreed before.
                begun_later = pair[1] in self.account.ever_lost and self.is_as_met(person, changes, name, since)
                kept = asked or begun_later or self.is_kept(person, pair, before, is_here=is_here)
                if not (reached or filled or kept):
                    if self._was_seen(person, since, change, is_here=is_here):
                        raise broken("I2", person.sf_id, person.di_rid, name, repr(before), "became", repr(after))
                    self.blind += self.is_quiet
            author, since = change.author, change.number

    def is_as_met(self, person: Person, changes: Sequence[Change], name: str, since: int) -> bool:
        """Say whether an edit is from before both sides met, or from before the engine first wrote there."""
        return since < person.met or not any(
            c.author == ENGINE and name in c.changed for c in changes if c.number < since
        )

    def is_empty_as_met(
        self, person: Person, changes: Sequence[Change], other: Sequence[Change], pair: Pair, change: Change, *,
        is_here: bool,
    ) -> bool:  # fmt: skip
        """Say whether a field that is filled was empty when both sides met, or when it was first looked at, and no
        write of ours has touched the pair since.

        What people did to it meanwhile comes to nothing, and the other side's value is the only change.
        """
        name, its = pair if is_here else pair[::-1]
        held = [c.after.get(name) for c in changes if c.number < person.met]
        ours = [c for c in changes if c.author == ENGINE and name in c.changed and c.number < change.number]
        theirs = [c for c in other if c.author == ENGINE and its in c.changed and c.number < change.number]
        rid = person.sf_id if is_here else person.di_rid
        first = min((look.number for look in self._looks.get(rid, ())), default=0)
        shown = [c.after.get(name) for c in changes if c.number < first]
        return None in (*held[-1:], *shown[-1:]) and not (ours or theirs)

    def _reached(self, pair: Pair, value: Any, change: Change, *, is_here: bool) -> bool:
        if is_here:
            return self.corresponds(pair, value, change.after.get(pair[1]))
        return self.corresponds(pair, change.after.get(pair[0]), value)

    def the_newest_edit_stands(self, person: Person, pair: Pair) -> None:
        """I3: the newest edit of a person stands, or is kept in a conflict; what nobody saw is counted."""
        edits = [(c, True, pair[0]) for c in person.here] + [(c, False, pair[1]) for c in person.there]
        mine = [
            each for each in edits
            if each[0].author == PERSON and each[2] in each[0].changed
            and (each[0].before is not None or each[0].changed[each[2]][1])
        ]  # fmt: skip
        if not mine or pair[1] in self.account.ever_lost:
            return
        edit, is_here, name = max(mine, key=lambda each: each[0].number)
        value = edit.changed[name][1]
        later_born = any(c.number > edit.number and pair[1] in c.changed for c in person.born)
        if later_born or (value is None and edit.number < person.met) or self._decided_after(person, pair, edit.number):
            return
        row = self.org.rows["Contact"][person.sf_id].values if is_here else self.contacts.rows[int(person.di_rid)]
        if row.get(name) == value or self.is_kept(person, pair, value, is_here=is_here):
            return
        changes = person.here if is_here else person.there
        if any(c.after.get(name) == value for c in changes if c.number < edit.number):
            # An edit that is taken back before anybody looked is none.
            return
        over = next(c for c in changes if c.number > edit.number and name in c.changed)
        if self._is_theirs(person, pair, over.changed[name][1], is_here=is_here):
            return
        if self._was_seen(person, edit.number, over, is_here=is_here):
            raise broken("I3", person.sf_id, name, "the newest edit", repr(value), "gave way to", repr(row.get(name)))
        self.blind += 1

    def _with_ourselves(self, person: Person) -> int:
        """Count the conflicts of a person with a value that nobody but the engine wrote on that side (7.4).

        What a person chose for both sides is a person's.
        """
        found = 0
        for pair in BOTH_WAYS:
            if self._decided_after(person, pair, 0):
                continue
            typed = {c.changed[pair[1]][1] for c in person.there if c.author == PERSON and pair[1] in c.changed}
            written = {c.changed[pair[1]][1] for c in person.there if c.author == ENGINE and pair[1] in c.changed}
            found += sum(kept.di in written - typed for kept in self._of_this(person, pair) if kept.di is not None)
        return found

    # -- I5, I6 --------------------------------------------------------------------------------------------------------

    def nothing_echoes(self, person: Person, pair: Pair) -> None:
        """I5: the engine changes no field more often than people gave it reason to."""
        self._has_reasons(person, person.here, pair[0], person.there, pair[1])
        self._has_reasons(person, person.there, pair[1], person.here, pair[0])

    def _has_reasons(
        self, person: Person, changes: Sequence[Change], name: str, other: Sequence[Change], its: str
    ) -> None:
        written = [c for c in changes if c.author == ENGINE and name in c.changed]
        if not written:
            return
        reasons = sum(c.author == PERSON and name in c.changed for c in changes)
        reasons += sum(c.author == PERSON and (its in c.changed or name in c.changed) for c in (*other, *person.born))
        decided = sum(d.sf_id == person.sf_id or d.di_rid == person.di_rid for d in self.chosen)
        # A call that came late is one more write, and so is the one that takes it back.
        most = reasons + decided + 2 * sum(c.late for c in written)
        if len(written) > most:
            raise broken("I5", person.sf_id, name, "was written", len(written), "times, at most", most)

    def nothing_normalised_goes_back(self, person: Person, pair: Pair) -> None:
        """I6: a value is not replaced by what the other side made of it."""
        for change in person.here:
            if change.author != ENGINE or change.before is None or pair[0] not in change.changed:
                continue
            before, after = change.changed[pair[0]]
            typed = {c.changed[pair[1]][1] for c in person.there if c.author == PERSON and pair[1] in c.changed}
            chosen = any(d.field == pair[1] and d.number < change.number for d in self.chosen)
            if before is not None and after == self.as_there(pair, before) and after not in typed and not chosen:
                raise broken("I6", person.sf_id, pair[0], repr(before), "became its own image", repr(after))

    # -- I8, I9, I13 ---------------------------------------------------------------------------------------------------

    def no_consent_travels(self) -> None:
        """I8: no byte that was sent to Dialog Insight names a consent."""
        if self.account.consents_seen:
            raise broken("I8", self.account.consents_seen)

    def no_older_answer_subscribes(self, person: Person) -> None:
        """I9: an opt-in is written only where it is newer than every opt-out that was known, in either service."""
        answers = [a for a in self.account.answers if a.rid == person.di_rid]
        outs = [(a.number, False) for a in answers if a.state is False]
        outs += [(c.number, True) for c in person.here
                 if c.author == PERSON and c.changed.get(CONSENT, (0, 0))[1] == "No"]  # fmt: skip
        for change in person.here:
            if change.author != ENGINE or change.changed.get(CONSENT, (0, 0))[1] != "Yes":
                continue
            newest = max((a.number for a in answers if a.state and a.number < change.number), default=None)
            if newest is None:
                raise broken("I9", person.sf_id, "was subscribed by nobody")
            for number, is_here in outs:
                known = is_here or self._was_seen(person, number, change, is_here=False)
                if newest < number < change.number and known:
                    raise broken("I9", person.sf_id, "was subscribed by an older answer")

    def no_opt_out_of_a_person_is_undone(self, person: Person) -> None:
        """C5: an opt-in goes over an opt-out in Salesforce only where the engine itself wrote that one."""
        out: Change | None = None
        ours = 0
        looks = self._looks.get(person.sf_id, ())
        for change in person.here:
            before, after = change.changed.get(CONSENT, (None, None))
            is_theirs = out is not None and out.author == PERSON
            if is_theirs and self._is_said_again(out, change, looks):
                ours, out, is_theirs = change.number, change, False
            # What somebody says again before the engine has read its own opt-out back looks like that one.
            seen = out is not None and (not ours or any(ours < look.number < out.number for look in looks))
            if after == "Yes" and change.author == ENGINE and is_theirs and seen:
                raise broken("C5", person.sf_id, "was opted in over a person's opt-out")
            if after == "No" and change.author == ENGINE:
                ours = change.number
            if before != after:
                out = change if after == "No" else None

    def _is_said_again(self, out: Change | None, change: Change, looks: Sequence[Look]) -> bool:
        """Say whether our own opt-out changes nothing since somebody said the same after the last look, unseen.

        Where all happens within a second it is asked of the program that it trusts no write whose reply was lost.
        """
        if out is None or change.author != ENGINE or change.changed or self.in_one_second:
            return False
        return not any(out.number < look.number < change.number for look in looks)

    def every_opt_out_arrives(self, person: Person) -> None:
        """C4: whoever is unsubscribed stands as that in Salesforce, unless a person said something else later."""
        answers = [a for a in self.account.answers if a.rid == person.di_rid]
        if not self.lives(person) or person.sf_id in self.waiting or not answers or answers[-1].state is not False:
            return
        if not self.is_in_scope(person.sf_id):
            return
        later = any(c.author == PERSON and CONSENT in c.changed and c.number > answers[-1].number for c in person.here)
        held = self.org.rows["Contact"][person.sf_id].values[CONSENT]
        if held != "No" and not later:
            raise broken("C4", person.sf_id, "is unsubscribed, and Salesforce says", held)

    def no_child_came_before_its_parent(self) -> None:
        made = {c.rid: c.number for c in self.contacts.history if c.before is None}
        for change in self.account.tables[987].history:
            parent = change.after.get("idContact")
            if change.author == ENGINE and parent and made.get(str(parent), change.number) >= change.number:
                raise broken("I13", "a row points to", parent)

    # -- those who are born in Dialog Insight --------------------------------------------------------------------------

    def everybody_born_is_known(self) -> None:
        """Whoever was born is in Salesforce once, or set aside; the marker names the record."""
        for number, row in self.forms.rows.items():
            if str(number) in self.waiting:
                continue
            marker = row[KEY]
            if marker is None:
                raise broken("I1", number, "was born and never came to Salesforce")
            if marker not in self.org.rows["Contact"] and marker not in self.org.bin["Contact"]:
                raise broken("I1", number, "names nobody:", marker)
        for change in self.forms.history:
            if change.author == ENGINE and set(change.changed) != {KEY}:
                raise broken("I2", change.rid, "was written over")
