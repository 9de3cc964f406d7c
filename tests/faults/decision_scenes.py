"""What a person decides at the command line or in the window, and what they write to files there."""

from __future__ import annotations

from typing import Final

from tests.faults.scenes import Scene, Words, gives_a_title, newcomer, people_act, settled
from tests.faults.town import Town


def a_conflict_is_decided(town: Town) -> Words:
    rid, here, there = newcomer(town), town.word(), town.word()
    settled(town)
    side = town.chance.choice(["salesforce", "dialog_insight"])
    town.at.in_salesforce(rid, MailingCity=here)
    town.at.in_dialog_insight(town.at.contact_of(rid)["idContact"], f_City=there)
    settled(town)
    [number] = _waiting(town, rid)
    town.note(rid, "MailingCity", here if side == "salesforce" else there, "decided")
    words = ("conflicts", "--take", f"{number}={side}")

    def decide() -> None:
        if _waiting(town, rid):
            assert town.start(*words).wait() == 0

    town.afterwards.append(decide)
    return words


def _waiting(town: Town, rid: str) -> list[int]:
    command = town.start("conflicts")
    assert command.wait() in (0, 3), command.err
    told = [each for each in command.events if each["event"] == "conflict"]
    return [each["id"] for each in told if each["key"] == rid and each["state"] == "waiting"]


def a_title_is_too_long(town: Town) -> int:
    """Give the number of a record that waits for a person; later they shorten the title."""
    rid = newcomer(town, Title="x" * 120)
    settled(town)
    command = town.start("set-aside")
    assert command.wait() in (0, 3), command.err
    [number] = [each["id"] for each in command.events if rid in each.values()]

    town.afterwards.append(lambda: gives_a_title(town, rid))
    return int(number)


def a_record_is_tried_again(town: Town) -> Words:
    a_title_is_too_long(town)
    return ("set-aside", "--retry", "all")


def a_record_is_let_rest(town: Town) -> Words:
    return ("set-aside", "--dismiss", str(a_title_is_too_long(town)))


def a_plan_is_saved(town: Town) -> Words:
    people_act(town)
    plan = town.folder / f"{town.word()}.plan"

    def send_it() -> None:
        if plan.exists():
            assert town.start("sync", "--plan", str(plan)).wait() in (0, 1, 3)

    town.afterwards.append(send_it)
    return ("preview", "--save", str(plan))


def what_waits_is_exported(town: Town) -> Words:
    a_title_is_too_long(town)
    return ("set-aside", "--csv", str(town.folder / f"{town.word()}.csv"))


def a_run_is_undone(town: Town) -> Words:
    """One that wrote to both sides. What it wrote goes back, once and for good; then somebody edits anew."""
    former, words = town.word(), (town.word(), town.word())
    here, there = newcomer(town, Phone=former), newcomer(town, Phone=former)
    settled(town)
    _edits(town, here, there, words)
    command = town.run()
    [number] = [each["run"] for each in command.events if each["event"] == "run_finished"]

    def undo() -> None:
        phones = (town.history.latest[here, "Phone"], town.history.latest[there, "Phone"])
        town.let_holds_pass()
        settled(town)
        assert town.start("undo", str(number)).wait() in (0, 3)
        settled(town)
        if phones == words:
            shown = [_phones(town, rid) for rid in (here, there)]
            assert shown == [(words[0], former), (former, words[1])], f"{shown} of {words}, undone to {former}"
        _edits(town, here, there, (town.word(), town.word()))

    town.afterwards.append(undo)
    return ("undo", str(number))


def _edits(town: Town, here: str, there: str, words: tuple[str, str]) -> None:
    town.at.in_salesforce(here, Phone=words[0])
    town.note(here, "Phone", words[0], "edited in Salesforce")
    town.history.editor[here, "Phone"] = "salesforce"
    town.at.in_dialog_insight(town.at.contact_of(there)["idContact"], f_Phone=words[1])
    town.note(there, "Phone", words[1], "edited in Dialog Insight")
    town.history.editor[there, "Phone"] = "dialog insight"
    town.at.later()


def _phones(town: Town, rid: str) -> tuple[str, str]:
    """Give the phone of somebody in Salesforce and in Dialog Insight."""
    return town.at.people()[rid]["Phone"], town.at.contact_of(rid)["f_Phone"]


def a_text_is_pasted(town: Town) -> Words:
    return (town.word(),)


def the_file_is_edited(town: Town) -> Words:
    """Where the schema for editors, which is made again by itself, is gone."""
    for each in town.folder.glob("*.schema.json"):
        each.unlink()
    return (town.word(),)


DECISIONS: Final = (
    Scene(a_conflict_is_decided, ("Conflicts.choose",)),
    Scene(a_record_is_tried_again, ("SetAside.retry",)),
    Scene(a_record_is_let_rest, ("SetAside.dismiss",)),
    Scene(
        a_run_is_undone,
        ("Journal.intend", "Outcomes._write_down"),
        sends=("_Table.write", "SalesforceOrg.write", "SalesforceOrg.read_by_id"),
    ),
    Scene(a_plan_is_saved, (), ("PlanWriter.finish",)),
    Scene(what_waits_is_exported, (), ("export.write_file",)),
    Scene(a_text_is_pasted, (), ("ImportJobs.keep_pasted",), deed="paste"),
    Scene(the_file_is_edited, (), ("project_file.save", "project_file.write_json_schema"), deed="rename"),
)
