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
    Scene(a_plan_is_saved, (), ("PlanWriter.finish",)),
    Scene(what_waits_is_exported, (), ("export.write_file",)),
    Scene(a_text_is_pasted, (), ("ImportJobs.keep_pasted",), deed="paste"),
    Scene(the_file_is_edited, (), ("project_file.save", "project_file.write_json_schema"), deed="rename"),
)
