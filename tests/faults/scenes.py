"""What leads a command to each place at which it commits: what people did, and what befell the services, before.

Each scene is played in a town whenever one of its places is wanted, and gives the words of the command that will pass
them. What a person would still have to do after a kill is left in `Town.afterwards`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from tests.faults.town import Command, Consent, Town

DAY: Final = 86_400
A_WHILE_S: Final = 600
"""Longer than Dialog Insight may go on showing what was there before a save."""
Words = tuple[str, ...]


@dataclass(frozen=True)
class Scene:
    """What leads to some places, and to some requests, by the function of a service that sends them.

    `silent` places commit without a change, as far as this scene leads.
    """

    lead: Callable[[Town], Words]
    commits: tuple[str, ...] = ()
    renames: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    deed: str | None = None
    """What the window does, where that is not the command line."""
    meanwhile: Callable[[Town, Command], None] | None = None
    """What befalls the command while it runs."""
    sends: tuple[str, ...] = ()
    lasts: bool = True
    """Whether the same words lead there again after a kill."""

    @property
    def points(self) -> list[str]:
        commits = [f"{when} {name}" for name in self.commits for when in ("commit", "committed")]
        renames = [f"{when} {name}" for name in self.renames for when in ("rename", "renamed")]
        sends = [f"send {name}" for name in self.sends]
        return [*commits, *(f"commit {name}" for name in self.silent), *renames, *sends]


# -- what people do from day to day ------------------------------------------------------------------------------------


def people_act(town: Town) -> Words:
    town.act(town.chance.randrange(4, 10))
    town.at.later(town.chance.randrange(60, 200))
    return ("sync",)


def people_sign_up(town: Town) -> Words:
    town.signs_up()
    return people_act(town)


def newcomer(town: Town, sobject: str = "Contact", **more: Any) -> str:
    """Make somebody in Salesforce who is in the newsletter after the next run."""
    word = town.word()
    fields = {"FirstName": word, "LastName": word, "Email": f"{word}@exemple.example"} | more
    rid = town.at.in_salesforce(sobject=sobject, **fields)
    if sobject == "Contact":
        town.history.made.add(rid)
    town.tell("made in Salesforce", f"{rid} {sobject}")
    return rid


def settled(town: Town) -> None:
    """Run once more, so that everybody is there."""
    town.at.later()
    town.run()


def somebody_says_no(town: Town) -> Words:
    """After a yes that Salesforce shows by now."""
    rid = _says_yes(town)
    settled(town)
    _answers(town, rid, False)
    return ("sync",)


def somebody_says_yes(town: Town) -> Words:
    _says_yes(town)
    return ("sync",)


def _says_yes(town: Town) -> str:
    rid = newcomer(town)
    settled(town)
    _answers(town, rid, True)
    return rid


def _answers(town: Town, rid: str, yes: bool) -> None:
    town.at.in_dialog_insight(town.at.contact_of(rid)["idContact"], optin_Newsletter=int(yes))
    town.history.consents.append(Consent(rid, "Newsletter", yes, "dialog insight"))
    town.tell("said yes" if yes else "said no", f"{rid} Newsletter")
    town.at.later()


def somebody_cannot_be_sent(town: Town) -> Words:
    rid = newcomer(town, Title="x" * 120)
    town.afterwards.append(lambda: gives_a_title(town, rid))
    return people_act(town)


def gives_a_title(town: Town, rid: str) -> None:
    word = town.word()
    edit: dict[str, Any] = {"Title": word}
    town.at.in_salesforce(rid, **edit)
    town.note(rid, "Title", word, "edited in Salesforce")


# -- deletes, merges, conversions --------------------------------------------------------------------------------------


def somebody_is_deleted(town: Town) -> Words:
    rid = newcomer(town)
    settled(town)
    town.at.delete_in_salesforce(rid)
    town.history.deleted.add(rid)
    town.tell("deleted in Salesforce", rid)
    town.at.later()
    return ("sync",)


def two_are_merged(town: Town) -> Words:
    """The one who goes had said no."""
    master, loser = newcomer(town), newcomer(town)
    settled(town)
    town.at.in_dialog_insight(town.at.contact_of(loser)["idContact"], optin_Newsletter=0)
    settled(town)
    town.at.simulator.control("salesforce/merge", {"object": "Contact", "master": master, "loser": loser})
    town.history.deleted.add(loser)
    town.history.consents.append(Consent(master, "Newsletter", False, "inherited"))
    town.tell("merged in Salesforce", f"{loser} into {master}")
    town.at.later()
    return ("sync",)


def a_lead_is_converted(town: Town) -> Words:
    return _converted(town)


def a_lead_is_converted_into_somebody_known(town: Town) -> Words:
    return _converted(town, contact=newcomer(town))


def _converted(town: Town, **into: str) -> Words:
    lead = newcomer(town, "Lead", Company=town.word())
    settled(town)
    made = town.at.simulator.control("salesforce/convert-lead", {"lead": lead, **into})["contact"]
    town.history.made.add(made)
    town.tell("converted in Salesforce", f"{lead} into {made}")
    town.at.later()
    return ("sync",)


def somebody_is_erased(town: Town) -> Words:
    """In Dialog Insight, by hand: the first look that misses the person makes them suspect, the second erased."""
    _erased(town)
    return ("sync",)


def _erased(town: Town) -> str:
    rid = newcomer(town)
    settled(town)
    town.at.simulator.control(
        f"dialog-insight/projects/{town.at.newsletter}/contacts",
        {"idContact": town.at.contact_of(rid)["idContact"], "delete": True},
    )
    town.history.erased.add(rid)
    town.tell("erased in Dialog Insight", rid)
    if town.chance.random() < 0.5:
        settled(town)
    town.at.later()
    return rid


def somebody_was_erased_long_ago(town: Town) -> Words:
    erased_long_ago(town)
    return ("sync",)


def erased_long_ago(town: Town) -> str:
    """Have somebody be erased for longer than anything is kept of them; the next run lets go of it."""
    rid = _erased(town)
    for _ in range(3):
        town.at.later(A_WHILE_S)
        town.run()
    town.make_old("UPDATE link SET checked = 1 WHERE state = 2", "DELETE FROM meta WHERE k = 'fact/upkeep'")
    return rid


# -- looking after everything ------------------------------------------------------------------------------------------


def a_quarter_has_passed(town: Town) -> Words:
    people_act(town)
    settled(town)
    town.make_old(
        "UPDATE batch SET at = :then WHERE state = 'DONE'",
        "UPDATE meta SET v = :then || ' until ' || :then WHERE k IN ('fact/upkeep', 'fact/integrity')",
    )
    return people_act(town)


def everything_is_compared(town: Town) -> Words:
    people_act(town)
    return ("sync", "--audit")


def somebody_vanished(town: Town) -> Words:
    """Deleted so long ago that neither the log of deletes nor the recycle bin knows of it."""
    settled(town)
    rid = newcomer(town)
    settled(town)
    town.at.delete_in_salesforce(rid)
    town.at.simulator.control("salesforce/bin", {"object": "Contact"})
    town.tell("vanished from Salesforce", rid)
    town.at.later(20 * DAY)
    return ("sync", "--audit")


def a_page_shows_nobody(town: Town) -> Words:
    """An audit to which Salesforce shows nobody, so that all are looked for by Id."""
    settled(town)
    answered(town, {"totalSize": 0, "done": True, "records": []})
    return ("sync", "--audit")


def answered(town: Town, body: dict[str, Any], call: str = "query") -> None:
    """Have Salesforce answer its next call of a kind so."""
    town.at.simulator.control("faults", [])
    town.at.simulator.control("faults", [{"fault": "answer", "service": "salesforce", "call": call, "body": body}])
    town.afterwards.append(lambda: town.at.simulator.control("faults", []))


def the_backup_of_today_is_missing(town: Town) -> Words:
    people_act(town)
    for each in (town.ledger.parent / "backups").glob("ledger-2*.sqlite"):
        each.unlink()
    return ("sync",)


def a_reply_was_lost(town: Town) -> Words:
    """An update is sent again, something newer follows, and it is long ago."""
    rid = newcomer(town)
    settled(town)
    _reply_lost(town, rid)
    gives_a_title(town, rid)
    settled(town)
    town.make_old("UPDATE sent_twice SET until = :then")
    return ("sync",)


def a_reply_was_lost_and_nothing_followed(town: Town) -> Words:
    rid = newcomer(town)
    settled(town)
    _reply_lost(town, rid)
    town.make_old("UPDATE sent_twice SET until = :then")
    return people_act(town)


def _reply_lost(town: Town, rid: str) -> None:
    gives_a_title(town, rid)
    lost = {"fault": "reset_after_apply", "service": "dialog_insight", "call": "Contacts.Merge"}
    town.at.simulator.control("faults", [lost])
    settled(town)
    town.at.simulator.control("faults", [])


def a_write_comes_after_it_was_given_up(town: Town) -> Words:
    """Somebody has put the field back meanwhile, and what comes is older than that."""
    word = town.word()
    rid = newcomer(town, Phone=word)
    settled(town)
    number, late = town.at.contact_of(rid)["idContact"], town.word()
    town.at.simulator.control(
        "faults", [{"fault": "reset_before", "service": "salesforce", "call": "collections_update"}]
    )
    town.at.in_dialog_insight(number, f_Phone=late)
    town.note(rid, "Phone", late, "edited in Dialog Insight")
    settled(town)
    town.at.simulator.control("faults", [])
    assert town.at.people()[rid]["Phone"] == word, "the write is still on its way"
    town.at.in_dialog_insight(number, f_Phone=word)
    town.note(rid, "Phone", word, "put back in Dialog Insight")
    town.history.editor[rid, "Phone"] = "dialog insight"
    town.let_holds_pass()
    settled(town)
    town.at.in_salesforce(rid, Phone=late)
    town.tell("came late", f"{rid} Phone {late}")
    town.at.later()
    return ("sync",)


# -- what waits -------------------------------------------------------------------------------------------------------


def an_order_waits_for_its_contact(town: Town) -> Words:
    """Its contact has no address yet."""
    rid = newcomer(town, Email=None)
    town.at.in_salesforce(sobject="Order__c", Contact__c=rid)
    settled(town)
    settled(town)

    def gets_an_address() -> None:
        town.at.in_salesforce(rid, Email=f"{town.word()}@exemple.example")

    town.afterwards.append(gets_an_address)
    return people_act(town)


DAY_BY_DAY: Final = (
    Scene(
        people_act,
        (
            "ConsentsSeen.note_opt_outs",
            "ConsentsSeen.note_optins",
            "Consents.note_judged",
            "Found.store_found",
            "Journal.intend",
            "Ledger.begin_run",
            "Ledger.finish_run",
            "Ledger.remember",
            "Observations.finish_reading",
            "Observations.start_reading",
            "Observations.store_page",
            "Outcomes._write_down",
        ),
        ("FileVault._change",),
        sends=(
            "Changes.since",
            "ContactList.find_by_id",
            "SalesforceOrg.changes",
            "SalesforceOrg.describe",
            "SalesforceOrg.read_by_id",
            "SalesforceOrg.write",
            "_Table.describe",
            "_Table.write",
            "read",
        ),
        lasts=False,
    ),
    Scene(
        somebody_says_no,
        ("Consents.intend_consents", "Consents.prove_consents", "Consents.settle_consents.<locals>.write_down"),
    ),
    Scene(somebody_says_yes, sends=("SalesforceOrg.write_unless_modified",)),
    Scene(somebody_cannot_be_sent, ("Journal.note_decisions",)),
    Scene(people_sign_up, ("ConsentsSeen.adopt_early_optins",), sends=("SalesforceOrg.read_by_value",), lasts=False),
    Scene(somebody_is_deleted, ("Observations.store_tombstones",), sends=("SalesforceOrg.fates",)),
    Scene(two_are_merged, ("ConsentsSeen.inherit_opt_outs", "Links.note_merges")),
    Scene(somebody_is_erased, ("Found.note_missing",)),
    Scene(somebody_was_erased_long_ago, ("Upkeep._forget_the_erased",)),
    Scene(a_quarter_has_passed, ("Upkeep.let_go", "Upkeep.prune")),
    Scene(everything_is_compared, ("Scan.start_scan", "read._store")),
    Scene(somebody_vanished, ("Scan.note_vanished",), sends=("SalesforceOrg.in_the_bin",)),
    Scene(a_page_shows_nobody, ("Scan.note_scanned",)),
    Scene(the_backup_of_today_is_missing, (), ("Database.backup_to",), silent=("Database.backup_to",)),
    Scene(a_reply_was_lost, ("Twice.note_late",)),
    Scene(a_reply_was_lost_and_nothing_followed, ("Twice.sent_twice",)),
    Scene(a_write_comes_after_it_was_given_up, ("Conflicts.bring_back_late",)),
)
"""In a town where people act."""

LEADS_AND_ORDERS: Final = (
    Scene(everything_is_compared, ("Found.note_there",)),
    Scene(a_lead_is_converted, ("Links.move_link",)),
    Scene(a_lead_is_converted_into_somebody_known, ("Links.close_links",)),
    Scene(an_order_waits_for_its_contact, ("SetAside.release_blocked",)),
)
"""Where leads and orders travel too."""
