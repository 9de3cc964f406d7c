"""Consents in whole runs: nobody who said no is opted in because of us, whatever fails on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from threading import Event
from typing import Any

import pytest

from disf_desktop.core.events import OperationPlanned, Progress, RunStatus, Stage
from disf_desktop.core.project import Trigger
from disf_desktop.core.records import Capabilities, OptinState
from disf_desktop.core.schema import Side
from disf_desktop.engine.run import run
from disf_desktop.storage.ledger import Ledger
from tests.engine.fakes import DialogInsightTable, ExportFolder, Fault, Refusal
from tests.engine.world import CONTACTS, FROM_SALESFORCE, KEY, NEWSLETTER, OPTINS, Told, World, killed_at, told

TICKED = (*FROM_SALESFORCE, Trigger.OPTIN_CHANGED)
TEN_MINUTES = 600


class People:
    """A world in which some people are linked already, and time has passed."""

    def __init__(self, world: World, number: int = 1, **settings: Any) -> None:
        self.world = world
        self.settings = {"optins": OPTINS, "triggers": TICKED, **settings}
        self.ids = [world.contact(Email=f"p{n}@example.org") for n in range(number)]
        self.run()

    @property
    def rid(self) -> str:
        return self.ids[0]

    def run(self, **more: Any) -> Told:
        """Let ten minutes pass, then run."""
        self.world.clock.advance(TEN_MINUTES)
        return self.world.run(self.world.job(**self.settings), **more)

    def contact_of(self, rid: str) -> str:
        return self.world.contacts.id_of(SalesforceID=rid)

    def answer(self, state: bool | None, code: str = "Newsletter", rid: str | None = None, **more: Any) -> None:
        """Let the person answer in Dialog Insight, ten minutes after whatever was before."""
        self.world.clock.advance(TEN_MINUTES)
        self.world.contacts.answer(self.contact_of(rid or self.rid), code, state, **more)

    def undated(self, state: bool | None, code: str = "Newsletter") -> None:
        """Let Dialog Insight show an answer without saying since when."""
        self.answer(state, code)
        self.world.contacts.optins[self.contact_of(self.rid)][code] = OptinState(state)

    def says(self, rid: str | None = None) -> Any:
        return self.world.org.row("Contact", rid or self.rid)["Newsletter__c"]

    def by_hand(self, **values: Any) -> None:
        """Let a person save the record in Salesforce."""
        self.world.clock.advance(TEN_MINUTES)
        self.world.org.update("Contact", self.rid, **values)

    def reviews(self) -> list[str]:
        return [rule for (rule,) in self.world.rows("SELECT rule FROM consent_review ORDER BY link, purpose")]

    def actions(self, action: str) -> int:
        [(count,)] = self.world.rows("SELECT count(*) FROM consent_event WHERE action = ?", action)
        return int(count)

    def writes(self) -> list[dict[str, Any]]:
        """Give what was sent to Salesforce, record by record."""
        return [dict(record.fields) for call in self.world.org.sent for record in call.records]


@pytest.fixture
def people(world: World) -> People:
    return People(world)


def test_an_opt_out_reaches_salesforce_with_its_date_in_the_next_run(people: People) -> None:
    people.answer(False)
    people.answer(False, "Promotions")
    assert people.run().status is RunStatus.SUCCESS
    row = people.world.org.row("Contact", people.rid)
    assert (row["Newsletter__c"], row["HasOptedOutOfEmail"]) == ("No", True)
    assert row["Newsletter_Date__c"] == "2026-03-02T10:20:00Z"


def test_an_opt_in_and_then_an_opt_out_and_then_an_opt_in_again_follow_dialog_insight(people: People) -> None:
    for state, word in ((True, "Yes"), (False, "No"), (True, "Yes"), (False, "No"), (True, "Yes")):
        people.answer(state)
        people.run()
        assert people.says() == word
    assert people.reviews() == []


def test_a_run_with_nothing_new_writes_nothing(people: People) -> None:
    people.answer(True)
    people.run()
    before = len(people.world.org.sent)
    for _ in range(3):
        people.run()
    assert len(people.world.org.sent) == before


def test_a_trigger_that_is_not_ticked_writes_nothing_and_loses_nothing(people: People) -> None:
    people.settings["triggers"] = FROM_SALESFORCE
    people.answer(False)
    people.run()
    assert people.says() is None
    people.settings["triggers"] = TICKED
    people.run()
    assert people.says() == "No"


def test_an_opt_out_that_a_person_undid_in_salesforce_is_written_again(people: People) -> None:
    people.answer(False)
    people.run()
    people.by_hand(Newsletter__c="Yes")
    people.run()
    assert people.says() == "No"


def test_an_opt_out_by_a_person_in_salesforce_stands_and_waits_for_a_review(people: People) -> None:
    people.by_hand(Newsletter__c="No")
    people.run()
    people.answer(True)
    assert people.run().status is RunStatus.NEEDS_YOU
    assert people.says() == "No"
    assert people.reviews() == ["C5a"]
    assert people.world.rows("SELECT purpose, sf_id FROM consent_drift") == [("Newsletter", people.rid)]


def test_a_review_is_over_when_dialog_insight_agrees(people: People) -> None:
    people.by_hand(Newsletter__c="No")
    people.answer(True)
    people.run()
    people.answer(False)
    assert people.run().status is RunStatus.SUCCESS
    assert people.reviews() == []


def test_an_opt_in_that_a_person_took_away_is_not_written_again(people: People) -> None:
    people.answer(True)
    people.run()
    people.by_hand(Newsletter__c=None)
    for _ in range(3):
        people.run()
    assert people.says() is None
    assert people.reviews() == ["C5a"]


def test_an_opt_in_that_is_back_dated_before_an_opt_out_is_not_written(people: People) -> None:
    people.answer(False)
    people.run()
    people.answer(True, at=people.world.clock.server - timedelta(days=30))
    people.run()
    assert people.says() == "No"
    assert people.reviews() == ["C5b"]


def test_an_opt_in_without_a_date_counts_from_the_last_read_that_showed_the_opt_out(people: People) -> None:
    people.undated(False)
    people.run()
    people.run()
    people.undated(True)
    people.run()
    assert people.says() == "Yes"


def test_an_opt_in_without_a_date_right_after_our_opt_out_waits_for_a_review(people: People) -> None:
    people.undated(False)
    people.run()
    people.undated(True)
    people.run()
    assert people.says() == "No"
    assert people.reviews() == ["C5c"]


def test_our_opt_out_is_a_persons_once_somebody_saved_the_record(people: People) -> None:
    people.answer(False)
    people.run()
    people.by_hand(Title="Director")
    people.answer(True)
    people.run()
    assert people.says() == "No"
    assert people.reviews() == ["C6"]


@pytest.mark.parametrize("fault", [Fault.UNKNOWN_AFTER, Fault.UNKNOWN_LATER])
def test_an_opt_out_whose_reply_was_lost_is_never_undone_by_us(people: People, fault: Fault) -> None:
    people.answer(False)
    people.world.org.faults.append(fault)
    people.run()
    people.run()
    assert people.says() == "No"
    people.answer(True)
    people.run()
    assert people.says() == "No"
    assert people.reviews() == ["C6"]


@pytest.mark.parametrize("fault", [Fault.UNKNOWN_BEFORE, Fault.NOT_SENT, Fault.REFUSED])
def test_an_opt_out_that_did_not_arrive_is_written_by_the_next_run(people: People, fault: Fault) -> None:
    people.answer(False)
    people.world.org.faults.append(fault)
    people.run()
    assert people.says() is None
    people.run()
    assert people.says() == "No"
    assert people.reviews() == []


def test_a_service_that_gives_no_answers_ends_the_run(world: World) -> None:
    people = People(world, 700)
    for rid in people.ids:
        people.answer(False, rid=rid) if rid == people.ids[0] else world.contacts.answer(
            people.contact_of(rid), "Newsletter", False
        )
    world.org.faults.extend([Fault.UNKNOWN_BEFORE] * 9)
    people.settings["lookups"] = 1000
    told = people.run()
    assert told.error is not None
    assert len(world.org.sent) == 3


def test_an_opt_in_that_gets_no_answer_is_not_sent_blindly_again(people: People) -> None:
    people.answer(True)
    people.world.org.faults.append(Fault.UNKNOWN_AFTER)
    people.run()
    assert len(people.world.org.sent) == 1
    people.by_hand(Newsletter__c=None)
    people.run()
    assert people.says() is None
    assert people.reviews() == ["C5a"]


def test_an_opt_in_that_did_not_arrive_is_decided_anew(people: People) -> None:
    people.answer(True)
    people.world.org.faults.append(Fault.UNKNOWN_BEFORE)
    people.run()
    people.run()
    assert people.says() == "Yes"


def test_a_person_who_opts_out_in_salesforce_while_we_write_is_not_overwritten(people: People) -> None:
    people.answer(True)
    org = people.world.org

    def opt_out(name: str) -> None:
        if name in ("write_unless_modified", "write"):
            org.before_call = lambda name: None
            org.update("Contact", people.rid, Newsletter__c="No")

    org.before_call = opt_out
    people.run()
    assert people.says() == "No"
    assert people.actions("modified") == 1
    people.run()
    assert people.says() == "No"
    assert people.reviews() == ["C5a"]


def test_a_record_saved_a_moment_ago_waits_for_the_next_run(people: People) -> None:
    people.answer(True)
    people.world.org.before_call = lambda name: (
        people.world.org.rows["Contact"][people.rid].__setattr__("stamp", people.world.clock.server)
        if name == "read_by_id"
        else None
    )
    people.run()
    assert people.says() is None
    people.world.org.before_call = lambda name: None
    people.run()
    assert people.says() == "Yes"


def test_a_person_who_opts_out_in_dialog_insight_while_we_read_is_not_opted_in(people: People) -> None:
    people.answer(True)
    contact = people.contact_of(people.rid)
    people.world.org.before_call = lambda name: (
        people.world.contacts.answer(contact, "Newsletter", False) if name == "read_by_id" else None
    )
    people.run()
    assert people.says() is None
    assert not people.writes()


def test_a_refused_opt_out_is_said_and_tried_again(people: People) -> None:
    people.answer(False)
    people.world.org.refuses = lambda values: Refusal("VALIDATION", "Not on Mondays", "Newsletter__c")
    assert people.run().status is RunStatus.NEEDS_YOU
    assert people.world.rows("SELECT rule, detail FROM consent_review") == [("refused", "VALIDATION: Not on Mondays")]
    people.world.org.refuses = lambda values: None
    assert people.run().status is RunStatus.SUCCESS
    assert people.says() == "No"


def test_a_refused_opt_in_waits_for_a_review_and_is_not_tried_each_time(people: People) -> None:
    people.answer(True)
    people.world.org.refuses = lambda values: Refusal("VALIDATION", "Not on Mondays", "Newsletter__c")
    people.run()
    sent = len(people.world.org.sent)
    people.run()
    assert len(people.world.org.sent) == sent
    assert people.reviews() == ["refused"]


def test_one_record_that_spoils_a_call_does_not_hold_the_others_back(world: World) -> None:
    people = People(world, 4)
    for rid in people.ids:
        people.answer(False, rid=rid)
    world.org.refuses_call = lambda records: any(record.rid == people.ids[2] for record in records)
    people.run()
    assert [people.says(rid) for rid in people.ids] == ["No", "No", None, "No"]
    assert people.reviews() == ["refused"]


def test_an_opt_out_that_salesforce_does_not_keep_is_said_and_written_again(people: People) -> None:
    people.world.org.rewrites["Newsletter__c"] = lambda value: None if value == "No" else value
    people.answer(False)
    people.run()
    assert people.reviews() == ["not kept"]
    del people.world.org.rewrites["Newsletter__c"]
    people.run()
    assert people.says() == "No"
    assert people.reviews() == []


def test_several_consents_of_a_person_stay_ours_over_our_own_saves(people: People) -> None:
    people.answer(False)
    people.answer(False, "Promotions")
    people.run()
    people.answer(True)
    people.run()
    people.answer(True, "Promotions")
    people.run()
    row = people.world.org.row("Contact", people.rid)
    assert (row["Newsletter__c"], row["HasOptedOutOfEmail"]) == ("Yes", False)
    assert people.reviews() == []


def test_a_person_merged_into_another_brings_the_opt_out_along(world: World) -> None:
    people = People(world, 2)
    master, loser = people.ids
    people.answer(True, rid=master)
    people.answer(False, rid=loser)
    people.run()
    assert (people.says(master), people.says(loser)) == ("Yes", "No")
    world.clock.advance(TEN_MINUTES)
    world.org.merge("Contact", master, loser)
    people.run()
    assert people.says(master) == "No"
    people.answer(True, rid=master)
    people.run()
    assert people.says(master) == "Yes"


def test_a_restored_ledger_reads_dialog_insight_before_it_writes(people: People) -> None:
    people.answer(False)
    people.settings["lookups"] = 1
    people.run()
    people.world.rows("INSERT OR REPLACE INTO meta VALUES('restored_from', 'a backup')")
    people.by_hand(Newsletter__c=None)
    people.settings["lookups"] = 0
    people.run()
    assert people.says() is None
    people.settings["lookups"] = 1
    people.run()
    assert people.says() == "No"


def test_after_a_restore_our_own_opt_outs_are_not_ours_any_more(people: People) -> None:
    people.answer(False)
    people.run()
    people.world.rows("INSERT OR REPLACE INTO meta VALUES('restored_from', 'a backup')")
    people.answer(True)
    people.run()
    assert people.says() == "No"
    assert people.reviews() == ["C6"]


def test_two_projects_that_feed_one_field_opt_out_together_and_in_only_together(world: World) -> None:
    other = DialogInsightTable(CONTACTS, clock=world.clock)
    project = NEWSLETTER.model_copy(update={"id": "events", "id_project": 123999})
    settings: dict[str, Any] = {"optins": OPTINS[:1], "triggers": TICKED}
    jobs = (world.job(**settings), world.job(**settings, name="Events", destination=project, target=other))
    rid = world.contact()
    world.run(*jobs)

    def says() -> Any:
        return world.org.row("Contact", rid)["Newsletter__c"]

    def answered(table: DialogInsightTable, state: bool) -> None:
        world.clock.advance(TEN_MINUTES)
        table.answer(table.id_of(SalesforceID=rid), "Newsletter", state)
        for _ in range(2):
            world.clock.advance(TEN_MINUTES)
            world.run(*jobs)

    answered(world.contacts, True)
    assert says() == "Yes"
    answered(other, False)
    assert says() == "No"
    answered(world.contacts, True)
    assert says() == "No"
    answered(other, True)
    assert says() == "Yes"


def test_an_export_opts_nobody_in_before_a_look(people: People) -> None:
    folder = ExportFolder()
    people.settings |= {"exports": folder, "lookups": 0}
    people.answer(True)
    folder.files.append(people.world.contacts.photograph("first"))
    people.answer(False)
    people.run()
    assert people.says() is None
    assert people.world.rows("SELECT look FROM consent_state") == [(1,)]
    people.settings["lookups"] = 1
    people.run()
    assert people.says() == "No"


def test_exports_in_the_wrong_order_are_harmless(people: People) -> None:
    folder = ExportFolder()
    people.settings |= {"exports": folder, "lookups": 1}
    people.answer(False)
    old = people.world.contacts.photograph("old")
    people.answer(True)
    people.run()
    assert people.says() == "Yes"
    people.settings["lookups"] = 0
    folder.files.append(old)
    people.run()
    folder.files.append(people.world.contacts.photograph("new"))
    people.run()
    assert people.says() == "Yes"


def test_an_export_tells_of_an_opt_out_by_its_date(people: People) -> None:
    folder = ExportFolder()
    people.answer(True)
    people.run()
    people.settings |= {"exports": folder, "lookups": 0}
    people.answer(False)
    people.world.clock.advance(TEN_MINUTES)
    folder.files.append(people.world.contacts.photograph("k"))
    people.run()
    assert people.says() == "No"


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("commit", ["intend_consents", "settle_consents", "prove_consents", "note_optins"])
def test_a_kill_at_any_commit_of_consents_is_harmless(people: People, commit: str, after: bool) -> None:
    people.answer(False)
    told = people.run(kill=killed_at(1, after=after, only=commit))
    assert told.killed
    people.run()
    people.run()
    assert people.says() == "No"
    people.by_hand(Newsletter__c="No")
    people.answer(True)
    people.run(kill=killed_at(1, after=after, only="note_judged"))
    people.run()
    assert people.says() == "No"
    with closing(Ledger.open(people.world.path, KEY)) as ledger:
        assert ledger.verify_consents() is None


def test_a_preview_tells_and_writes_nothing(people: People) -> None:
    people.answer(False)
    people.answer(True, "Promotions")
    people.world.clock.advance(TEN_MINUTES)
    told = people.world.preview(people.world.job(**people.settings))
    [operation] = told.operations
    assert (operation.kind, operation.key) == ("opt_out", people.rid)
    assert operation.fields["Newsletter__c"].after == "No"
    assert operation.fields["Newsletter__c"].rule == "C4"
    assert not people.world.org.sent


def test_an_opt_in_over_our_own_opt_out_that_got_no_answer_is_a_question_for_a_person(people: People) -> None:
    people.answer(False)
    people.run()
    people.answer(True)
    people.world.org.faults.append(Fault.UNKNOWN_BEFORE)
    people.run()
    people.run()
    assert people.says() == "No"
    assert people.reviews() == ["C6"]


def test_an_opt_out_that_the_reply_does_not_account_for_is_not_ours(people: People) -> None:
    people.answer(False)
    people.world.org.faults.append(Fault.HALF_UNACCOUNTED)
    people.run()
    assert people.says() == "No"
    people.answer(True)
    people.run()
    assert people.reviews() == ["C6"]


def test_an_opt_out_that_somebody_saved_again_before_we_read_it_back_is_not_ours(people: People) -> None:
    people.answer(False)
    org, reads = people.world.org, []

    def save(name: str) -> None:
        if name == "read_by_id":
            reads.append(name)
            if len(reads) == 2:
                people.by_hand(Title="Director")

    org.before_call = save
    people.run()
    org.before_call = lambda name: None
    assert people.actions("proven") == 0
    people.answer(True)
    people.run()
    assert people.reviews() == ["C6"]


def test_who_is_out_of_scope_is_opted_out_and_never_in(people: People) -> None:
    people.world.org.conditions["City__c = 'Laval'"] = lambda values: values["City__c"] == "Laval"
    people.settings["condition"] = "City__c = 'Laval'"
    people.answer(True)
    people.answer(False, "Promotions")
    for _ in range(2):
        people.run()
    row = people.world.org.row("Contact", people.rid)
    assert (row["Newsletter__c"], row["HasOptedOutOfEmail"]) == (None, True)
    people.by_hand(City__c="Laval")
    people.run()
    assert people.says() == "Yes"


def test_who_is_deleted_in_salesforce_is_left_alone(people: People) -> None:
    people.answer(False)
    people.world.org.delete("Contact", people.rid)
    assert people.run().error is None
    assert not people.writes()


def test_who_is_deleted_while_we_decide_is_left_alone(people: People) -> None:
    people.answer(False)

    def delete(name: str) -> None:
        if name == "read_by_id":
            people.world.org.before_call = lambda name: None
            people.world.org.delete("Contact", people.rid)

    people.world.org.before_call = delete
    assert people.run().error is None
    assert not people.writes()


def test_who_is_gone_from_dialog_insight_is_not_opted_in(people: People) -> None:
    people.answer(True)
    people.world.contacts.before_call = lambda name: None
    contact = people.contact_of(people.rid)
    looks: list[str] = []

    def hide(rid: str) -> bool:
        looks.append(rid)
        return len(looks) > 1

    people.world.contacts.hides = hide
    people.run()
    assert looks[:2] == [contact, contact]
    assert people.says() is None


class Plan:
    """A saved plan that holds these kinds of operations only."""

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds

    def judge(
        self, integration: str, side: Side, kind: str, rid: str, before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> str:
        assert before.keys() == after.keys()
        return "admitted" if kind in self.kinds else "new"

    def leftovers(self) -> Iterator[OperationPlanned]:
        return iter(())


@pytest.mark.parametrize(("plan", "word"), [(Plan(), None), (Plan("opt_in"), "Yes")])
def test_a_saved_plan_holds_opt_ins_back_that_are_not_in_it_and_never_an_opt_out(
    people: People, plan: Plan, word: str | None
) -> None:
    people.answer(True)
    people.answer(False, "Promotions")
    people.world.clock.advance(TEN_MINUTES)
    with closing(Ledger.open(people.world.path, KEY)) as ledger:
        job = people.world.job(**people.settings)
        told(run([job], ledger, people.world.clock, people.world.workers, plan=plan))
    row = people.world.org.row("Contact", people.rid)
    assert row["HasOptedOutOfEmail"] is True
    # The opt-out was saved a moment before; the opt-in follows when that is settled.
    people.world.clock.advance(TEN_MINUTES)
    with closing(Ledger.open(people.world.path, KEY)) as ledger:
        told(run([job], ledger, people.world.clock, people.world.workers, plan=plan))
    assert people.says() == word


def test_a_person_born_in_dialog_insight_who_said_no_is_opted_out_in_the_same_run(world: World) -> None:
    world.people.accepts = Capabilities(changed_since=True)
    contact = world.people.add(EMail="ann@example.org", LastName="Tremblay")
    world.people.answer(contact, "Newsletter", False)
    world.clock.advance(TEN_MINUTES)
    triggers = (Trigger.DIALOG_INSIGHT_CREATED, Trigger.DIALOG_INSIGHT_UPDATED, Trigger.OPTIN_CHANGED)
    story = world.run(world.birth_job(optins=OPTINS[:1], triggers=triggers))
    assert story.error is None
    [row] = [each.values for each in world.org.rows["Contact"].values()]
    assert row["Newsletter__c"] == "No"


def test_a_run_that_is_stopped_while_a_consent_is_sent_writes_down_what_became_of_it(people: People) -> None:
    people.answer(False)
    sending, released = Event(), Event()

    def hold(name: str) -> None:
        if name == "write":
            people.world.clock.advance(1)
            sending.set()
            released.wait(60)

    def stop(event: object) -> bool:
        if isinstance(event, Progress) and event.stage is Stage.APPLY and sending.is_set():
            released.set()
            return True
        return False

    people.world.org.before_call = hold
    with ThreadPoolExecutor(2) as workers:
        people.world.workers = workers
        story = people.run(stop_at=stop)
    assert story.status is RunStatus.STOPPED
    assert people.says() == "No"
    assert people.actions("confirmed") == 1
