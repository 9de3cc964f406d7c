# ruff: noqa: E501, ISC004 - pieces of source, as they stand there
"""Seeded defects: what somebody could break in the program, as changes of its source. `caught` has a schedule that
notices each.

`backup` switches off a second defence that stands behind the one that is broken: with it on, the defect may do no harm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

Change = tuple[str, str, str]
"""A module below the package, a text that is in its source exactly once, and what it is replaced by."""


@dataclass(frozen=True)
class Mutant:
    name: str
    promise: str
    changes: tuple[Change, ...]
    backup: tuple[Change, ...] = ()
    focus: str = ""
    """A trait of the schedules that are played when it is hunted."""
    more: tuple[str, ...] = ()
    """What else goes wrong in its schedules, of `schedule.MORE`."""


_MEMORY: Final[tuple[Change, ...]] = (
    ("engine.second_look", "            tried=dropped,\n", "            tried=(),\n"),
    ("engine.org_writes", '        tried = [] if batch.kind == "create" else dropped\n', "        tried = []\n"),
)
_HOLD: Final[tuple[Change, ...]] = (
    ("engine.second_look", "elif fate is Fate.MAY_ARRIVE and operation.held_until is None:", "elif False:"),
    ("engine.org_writes", "elif fate is Fate.MAY_ARRIVE and operation.held_until is None:", "elif False:"),
)

MUTANTS: Final = (
    Mutant(
        "a consent goes back to Dialog Insight", "I8",
        (("services.dialog_insight.wire", '        return {"ID": self._identify(record), "Data": data}',
          '        return {"ID": self._identify(record), "Data": {**data, "optin_Newsletter": 1}}'),),
        backup=(("services.dialog_insight.wire", "        if _is_consent(name):", "        if False:"),),
    ),
    Mutant(
        "an opt-in is written by whoever was last", "I9",
        (("core.consent", "    if shows is Reading.OPTED_OUT and not _is_ours(consent, now):", "    if False:"),
         ("core.consent", "    return Review(refused) if refused is not None else Write",
          "    return Write")),
    ),
    Mutant(
        "any opt-out in Salesforce is taken for ours", "C5",
        (("core.consent", "    return any(w.kind is Kind.OUT and w.proven and w.stamp == seconds(now.stamp) for w in"
          " consent.own)", "    return True"),),
        backup=(("core.consent", "    return Rule.OLDER if last_out is not None and not", "    return None if last_out is not None and not"),),
    ),
    Mutant(
        "an opt-in need not be later than our own opt-out", "C5",
        (("core.consent", "total_seconds() > margin", "total_seconds() > -10**9"),),
        backup=(("core.consent", "    if shows is Reading.OPTED_OUT and not _is_ours(consent, now):", "    if False:"),),
    ),
    Mutant(
        "an opt-in is written whatever was saved meanwhile", "C7",
        (("services.salesforce.writes", "json=body, headers=condition)", "json=body)"),),
        focus="consents",
    ),
    Mutant(
        "authorship is kept over a write of unknown outcome", "C6",
        (("storage.ledger_consents", "DO UPDATE SET provenance = 'unknown', pending = 1\"",
          "DO UPDATE SET pending = 1\""),),
        more=("answers_in_one_second",),
    ),
    Mutant(
        "a refused opt-out is not tried again", "C4",
        (("storage.ledger_consents", "            if intent.kind is not Kind.OUT:\n", "            if True:\n"),),
        backup=(
            ("storage.consents_seen", "                (integration, rids),\n            )\n\n    def inherit_opt_outs",
             "                (integration, orjson.dumps([rid for rid, stamp, readings in shown if any(\n"
             "                    before.get((rid, purpose)) != (remember(before.get((rid, purpose)), reading, stamp)\n"
             "                    or before.get((rid, purpose))) for purpose, reading in readings.items())]).decode()),\n"
             "            )\n\n    def inherit_opt_outs"),
        ),
        focus="consents",
    ),
    Mutant(
        "an opt-out is not written", "C4",
        (("core.consent", "    return Nothing(Rule.AGREED) if says_so else Write(Kind.OUT, rule, since)", "    return Nothing(Rule.AGREED)"),),
        focus="consents",
    ),
    Mutant(
        "an edit in Dialog Insight does not travel", "I1",
        (("core.plan_pairs", "    elif target_changed:\n        _to_salesforce(", "    elif False:\n        _to_salesforce("),),
        focus="edits",
    ),
    Mutant(
        "a record that a reply does not account for is forgotten", "I14",
        (("engine.apply", "    return tuple(o for o in sending.operations if o.id not in told)\n", "    return ()\n"),),
        focus="faults",
    ),
    Mutant(
        "a create may update", "I2",
        (("services.dialog_insight.wire", '"create": {"AllowInsert": True, "AllowUpdate": False}',
          '"create": {"AllowInsert": True, "AllowUpdate": True}'),),
    ),
    Mutant(
        "the watermark is of the local clock", "I12",
        (("engine.read", "    now = job.source.server_now()\n", "    now = prepared.clock.now()\n"),),
    ),
    Mutant(
        "the watermark passes an open transaction", "I12",
        (("engine.read", "    covered = changes.covered_until\n",
          "    covered = None if changes.covered_until is None else now\n"),),
    ),
    Mutant(
        "the watermark is the newest record", "I12",
        (("storage.ledger_observations", '"UPDATE stream SET wm = hi, hi = NULL',
          "\"UPDATE stream SET wm = (SELECT max(stamp) FROM seen WHERE integration = stream.integration AND side = 'SF'),"
          ' hi = NULL'),),
    ),
    Mutant(
        "the watermark moves before the pages are stored", "I12",
        (("engine.read", "    pages = source.read_all(window) if reading.bulk else",
          "    ledger.finish_reading(numbers.integration, prepared.at())\n"
          "    pages = source.read_all(window) if reading.bulk else"),
         ("storage.ledger_observations", '"UPDATE stream SET wm = hi, hi = NULL',
          '"UPDATE stream SET wm = coalesce(hi, wm), hi = NULL'),),
    ),
    Mutant(
        "records that share a stamp with the last one of a page are passed over", "I12",
        (("services.salesforce.query", "((SystemModstamp = {at} AND Id > {rid}) OR SystemModstamp > {at})",
          "SystemModstamp > {at}"),),
    ),
    Mutant(
        "an answer that contradicts itself is believed", "I12",
        (("services.salesforce.query", "        if whole:\n            return rows, total - len(rows)\n",
          "        if True:\n            return rows, 0 if done else total - len(rows)\n"),),
        backup=(("engine.read", "written(instant(watermark) - overlap)", "written(instant(watermark))"),),
    ),
    Mutant(
        "no conflict is kept of two edits", "I2",
        (("core.plan", "    conflicts = (*sides.questions, *sides.conflicts[side])", "    conflicts = (*sides.questions,)"),),
    ),
    Mutant(
        "no conflict is kept of a first contact", "I2",
        (("core.first_contact", "            conflicts.append(Conflict(pair.target, source, theirs, pair.conflict, stands))\n",
          ""),),
    ),
    Mutant(
        "what was sent to Dialog Insight is taken for what it holds", "I6",
        (("engine.judge", "            agreed[i] = value\n        elif", "            agreed[i] = operation.fields.get(name, value)\n        elif"),),
    ),
    Mutant(
        "what was sent to Salesforce is taken for what it holds", "I5",
        (("engine.judge", "            agreed[i] = held[place]\n", "            pass\n"),),
    ),
    Mutant(
        "a reply that does not show what was stored is believed to be as sent", "I6",
        (("engine.second_look", "        return outcome.stored is None and not", "        return False and not"),),
    ),
    Mutant(
        "nobody looks before a write to Dialog Insight", "I2",
        (("engine.apply", "(self.updates if self.two_way.isdisjoint(update.fields) else self.exposed)", "self.updates"),),
        more=("nobody_acts_in_a_run",),
    ),
    Mutant(
        "nobody looks before a write to Salesforce", "I2",
        (("engine.apply_back", "        return all(now.get(name) == before for name, before in update.before.items())",
          "        return True"),),
    ),
    Mutant(
        "a person is born without an external id", "I4",
        (("engine.org_writes", '    key = operation.key if batch.kind == "create" else {}\n', "    key = {}\n"),),
    ),
    Mutant(
        "what was left open is not looked at", "I10",
        (("engine.run", "    batches = prepared.ledger.open_batches(prepared.numbers.integration)\n", "    batches = []\n"),),
    ),
    Mutant("nothing is held that may still arrive", "I3", _HOLD, backup=_MEMORY, focus="storm"),
    Mutant("what was tried is not remembered", "I3", _MEMORY, backup=_HOLD, focus="storm"),
    Mutant(
        "a lost reply of Dialog Insight is taken for a request that was not sent", "I10",
        (("services.dialog_insight.client", "            return Unknown(failure)\n", "            return NotSent(failure)\n"),),
        focus="storm",
    ),
    Mutant(
        "a lost reply of Salesforce is taken for a request that was not sent", "I10",
        (("services.salesforce.writes", "        return Unknown(error)\n    except DisfError", "        return NotSent(error)\n    except DisfError"),),
        focus="storm",
    ),
    Mutant(
        "an error of the server is taken for a refusal", "I10",
        (("services.salesforce.writes", "        return Unknown(error)\n    return Refused", "        return NotSent(error)\n    return Refused"),),
        more=("late_after_an_error",),
    ),
    Mutant(
        "a lost write is sent again blindly", "I3",
        (("services.transport", "                if last or not repeatable:\n                    raise\n", "                if last:\n                    raise\n"),),
        focus="storm",
    ),
    Mutant(
        "one look-up that finds nothing erases a contact", "I11",
        (("storage.ledger_found", "state = iif(suspect = 1 AND ?1 - checked >= ?2, 2, 0)", "state = 2"),),
    ),
    Mutant(
        "results are told apart by their place", "I14",
        (("services.dialog_insight.wire", "        told = [by_identity.get(_identity(self._identify(each))) for each in records]\n",
          "        told = [row if isinstance(row, dict) else None for row in [*rows, *[None] * len(records)]][: len(records)]\n"),),
        backup=(("services.dialog_insight.wire", "if self._contacts and record.rid is not None and str(number) != record.rid:",
                 "if False:"),),
    ),
    Mutant(
        "a refused batch is not halved", "I14",
        (("engine.apply", "        if len(sending.operations) > 1:\n", "        if False:\n"),),
    ),
    Mutant(
        "the flag of who was brought back stays", "I11",
        (("core.plan", "    _take_flag_back(record, policy, sides)\n", ""),),
    ),
    Mutant(
        "who was brought back stays deleted", "I1",
        (("storage.ledger_observations", " WHERE excluded.stamp >= stamp AND (presence <> 1 OR excluded.stamp > stamp) AND",
          " WHERE excluded.stamp >= stamp AND presence <> 1 AND"),),
    ),
    Mutant(
        "deletes are not taken in", "I11",
        (("engine.read", "    _take_deletes(prepared, reading.deleted)\n", ""),),
    ),
    Mutant(
        "a run that was overtaken may go on", "I15",
        (("storage.ledger_tables", "        if row is None or int(row[0]) != self._epoch:", "        if False:"),),
    ),
    Mutant(
        "what waits for a person is not said", "I18",
        (("engine.job", "        elif self.guarded or outstanding:\n", "        elif self.guarded:\n"),),
    ),
    Mutant(
        "a new refresh token is not stored", "I10",
        (("services.oauth", "                self._store(self._unstored)\n", "                pass\n"),),
    ),
    Mutant(
        "a row is sent before the person it points to", "I13",
        (("core.observed", "            missing.append(FieldRefusal(policy.pairs[i].target, Refusal(Reason.PARENT_MISSING)))\n",
          "            pass\n"),),
    ),
    Mutant(
        "a record that changed since the page is passed over", "I1",
        (("services.salesforce.pages", "(records[0].stamp, records[0].rid) != (position.stamp, position.rid)",
          "records[0].rid != position.rid"),),
    ),
    Mutant(
        "an older look replaces a newer one", "4.2b",
        (("storage.ledger_found", "    return link.as_of is None or (bool(as_of) and seconds(as_of) >= link.as_of)\n", "    return True\n"),
         ("storage.ledger_found", "(known is not None and as_of < known.as_of)", "False")),
        backup=(("storage.ledger_found", " or self._has_not_caught_up(link, as_of, layout, values):", ":"),),
        more=("exports_out_of_order",),
    ),
    Mutant(
        "the calls of the day are not counted", "I16",
        (("engine.job", "        if used + (0 if consent else KEPT_FOR_CONSENTS) >= most:", "        if False:"),),
        more=("few_calls_a_day",),
    ),
    Mutant(
        "who left the filter is kept in step", "4.1",
        (("core.plan", "    if record.presence in (Presence.OUT_OF_SCOPE, Presence.VANISHED) or", "    if record.presence in (Presence.VANISHED,) or"),),
        more=("scope_changed",),
    ),
    Mutant(
        "who comes back into the filter stays outside", "I1",
        (("storage.ledger_observations", 'keep_scope else "excluded.presence"\n', 'keep_scope else "max(presence, excluded.presence)"\n'),),
        more=("scope_changed",),
    ),
)  # fmt: skip
