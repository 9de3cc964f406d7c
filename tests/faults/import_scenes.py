"""What leads an import to each place at which it commits.

A killed import is repeated with the very same words, as a person does; then every row is where it belongs, once.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.faults.ledger_scenes import everything_begins_anew
from tests.faults.scenes import Scene, Words, erased_long_ago, gives_a_title, newcomer, settled
from tests.faults.town import Command, Town
from tests.journeys.importing import record_id, table
from tests.storage.corpus_containers import workbook

ROWS: Final = 24
TO_LIST: Final = ("--to=newsletter/Contact", "SalesforceID=SalesforceID;Courriel=EMail;Prénom=FirstName;Nom=LastName")
TO_ORG: Final = (
    "--to=salesforce-demo/Contact", "Numéro=Legacy_Id__c;Courriel=Email;Prénom=FirstName;Nom=LastName",
)  # fmt: skip
WITHOUT_KEY: Final = ("--to=salesforce-demo/Contact", "Courriel=Email;Prénom=FirstName;Nom=LastName")
BRING_BACK: Final = "--bring-back"


def rows(town: Town, where: str, count: int = ROWS) -> list[dict[str, str]]:
    """Make so many people who are in neither service, and expect them there."""
    made = []
    for _ in range(count):
        number = 8_000_000 + len(town.history.imported)
        address = f"importee{number}@exemple.example"
        town.history.imported[address] = where
        made.append(
            {"SalesforceID": record_id(number), "Numéro": f"M{number}", "Courriel": address, "Prénom": town.word(),
             "Nom": town.word()}
        )  # fmt: skip
    return made


def words_of(town: Town, people: Sequence[dict[str, str]], way: tuple[str, str], *more: str) -> Words:
    """Write a file of people; give the words that import it."""
    return importing(town, table(town.folder / f"{town.word()}.csv", people), way, *more)


def importing(town: Town, file: Path, way: tuple[str, str], *more: str) -> Words:
    """Give the words that import a file, which somebody repeats until it came to its end."""
    to, columns = way
    words = ("import", str(file), to, "--columns", columns, *more)

    def to_the_end() -> None:
        command = town.start(*words)
        code = command.wait()
        assert code in (0, 3) or command.events[-1]["code"] == "imported_already", f"{command.out}\n{command.err}"

    town.afterwards.append(to_the_end)
    return words


def to_the_list(town: Town, *more: str) -> Words:
    return words_of(town, rows(town, "contacts"), TO_LIST, "--key=SalesforceID", *more)


def people_are_added(town: Town) -> Words:
    return to_the_list(town)


def with_rows_that_are_wrong(town: Town) -> Words:
    """One address is none, and two rows are the same."""
    people = rows(town, "contacts")
    wrong = {**people[0], "SalesforceID": record_id(7_999_999), "Courriel": "pas une adresse"}
    return words_of(town, [*people, wrong, wrong], TO_LIST, "--key=SalesforceID")


def an_import_goes_on(town: Town) -> Words:
    """One that was killed with what it had sent unsettled."""
    words = to_the_list(town)
    assert town.start(*words, trouble={"place": "commit BatchSender._settle_plain", "count": 1}).wait() == -9
    return words


def an_import_of_new_people_goes_on(town: Town) -> Words:
    """What was sent then is refused now, for it is there: each of them is looked up."""
    words = to_the_list(town, "--mode=create")
    assert town.start(*words, trouble={"place": "commit BatchSender._settle_plain", "count": 1}).wait() == -9
    return words


def an_import_is_stopped(town: Town) -> Words:
    """While one batch is under way, the service takes its time, and the next batch is ready."""
    slow = {"fault": "delay", "service": "dialog_insight", "call": "Contacts.Merge", "seconds": 2}
    town.at.simulator.control("faults", [])
    town.at.simulator.control("faults", [slow])
    town.afterwards.append(lambda: town.at.simulator.control("faults", []))
    return to_the_list(town)


def stop_it(town: Town, command: Command) -> None:
    while not command.ended() and not [each for each in command.events if each["event"] == "import_checked"]:
        time.sleep(0.01)
    time.sleep(0.5)
    command.signal(signal.SIGTERM)


def somebody_gone_is_imported(town: Town) -> Words:
    """Somebody was taken out of Dialog Insight, and a file brings them back."""
    rid = newcomer(town)
    settled(town)
    town.at.simulator.control(
        f"dialog-insight/projects/{town.at.newsletter}/contacts",
        {"idContact": town.at.contact_of(rid)["idContact"], "delete": True},
    )
    person = town.at.people()[rid]
    town.history.imported[person["Email"]] = "contacts"
    row = {"SalesforceID": rid, "Courriel": person["Email"], "Prénom": person["FirstName"], "Nom": person["LastName"]}
    assert town.start(*words_of(town, [row], TO_LIST, "--key=SalesforceID")).wait() == 0
    town.at.later()
    return ("sync",)


def with_somebody_erased(town: Town, *more: str, others: int = 6) -> Words:
    """Somebody who was erased long ago, and whose record is gone from Salesforce too, is there again as a new one, and
    in a file with others. Give the words that import it, and ask for that person.

    Later somebody edits the new record, which does not travel as long as its person is taken for erased.
    """
    former = erased_long_ago(town)
    town.run()
    person = town.at.people()[former]
    town.at.delete_in_salesforce(former)
    town.history.deleted.add(former)
    town.tell("deleted in Salesforce", former)
    settled(town)
    rid = newcomer(town, Email=person["Email"])
    town.history.imported[person["Email"]] = "contacts"
    now = town.at.people()[rid]
    row = {"SalesforceID": rid, "Numéro": "", "Courriel": now["Email"], "Prénom": now["FirstName"]}
    people = rows(town, "contacts", others)
    people.insert(town.chance.randrange(others + 1), {**row, "Nom": now["LastName"]})
    words = words_of(town, people, TO_LIST, "--key=SalesforceID", *more, BRING_BACK)
    town.afterwards.append(lambda: gives_a_title(town, rid))
    return words


def somebody_erased_is_brought_back(town: Town) -> Words:
    return with_somebody_erased(town)


def somebody_erased_is_found_brought_back(town: Town) -> Words:
    """By an import that was killed before it noted what was stored: a row is refused now, and looked up."""
    words = with_somebody_erased(town, "--mode=create", others=0)
    assert town.start(*words, trouble={"place": "commit ThereSender.note_stored", "count": 1}).wait() == -9
    return words


def somebody_erased_is_asked_for_halfway(town: Town) -> Words:
    """In an import that was killed, with what it had sent of the others unsettled."""
    words = with_somebody_erased(town)
    assert town.start(*_unasked(words), trouble={"place": "commit BatchSender._settle_plain", "count": 1}).wait() == -9
    town.afterwards.insert(0, lambda: _say_who_comes_back(town, words))
    return words


def somebody_erased_is_asked_for_later(town: Town) -> Words:
    """In the window, once the others are there."""
    words = with_somebody_erased(town)
    town.afterwards.insert(0, lambda: _say_who_comes_back(town, words))
    command = town.start(*_unasked(words))
    assert command.wait() == 3, command.out
    assert [each["code"] for each in command.events if each["event"] == "row_refused"] == ["erased"]
    [ended] = [each for each in command.events if each["event"] == "import_finished"]
    return (ended["id"],)


def _say_who_comes_back(town: Town, words: Words) -> None:
    """Repeat an import; however often it died, it says that somebody erased was asked for."""
    command = town.start(*words)
    assert command.wait() in (0, 3), f"{command.out}\n{command.err}"
    [found] = [each for each in command.events if each["event"] == "import_checked"]
    assert found["brought_back"] == 1, "it does not say who is brought back"


def _unasked(words: Words) -> Words:
    return tuple(word for word in words if word != BRING_BACK)


def checked(town: Town) -> tuple[str, str]:
    """Check a file one of whose rows is wrong; give the id of the import, and the address that should be there."""
    people = rows(town, "contacts")
    right = people[0]["Courriel"]
    people[0]["Courriel"] = "pas une adresse"
    words = words_of(town, people, TO_LIST, "--key=SalesforceID")
    command = town.start(*words, "--check")
    assert command.wait() == 3, command.err
    [found] = [each for each in command.events if each["event"] == "import_checked"]
    return found["id"], right


def a_row_is_put_right(town: Town) -> Words:
    id, right = checked(town)
    words = (id, "2", "Courriel", right)
    town.afterwards.insert(0, lambda: town.at.workspace.correct_row(id, 2, {"Courriel": right}))
    return words


def a_row_is_still_wrong(town: Town) -> Words:
    words = a_row_is_put_right(town)
    return (*words[:3], "toujours pas")


def refused_rows_are_saved(town: Town) -> Words:
    id, right = checked(town)
    town.afterwards.insert(0, lambda: town.at.workspace.correct_row(id, 2, {"Courriel": right}))
    return (id, str(town.folder / f"{town.word()}.csv"))


def a_workbook(town: Town) -> Words:
    people = rows(town, "contacts")
    file = town.folder / f"{town.word()}.xlsx"
    file.write_bytes(workbook(("Gens", [list(people[0]), *(list(each.values()) for each in people)])))
    return importing(town, file, TO_LIST, "--key=SalesforceID")


def the_same_again(town: Town) -> Words:
    """A file of people some of whom Salesforce holds already."""
    people = rows(town, "people")
    assert town.start(*words_of(town, people, TO_ORG, "--key=Legacy_Id__c")).wait() == 0
    for each in people[: ROWS // 2]:
        each["Prénom"] = town.word()
    return words_of(town, people, TO_ORG, "--key=Legacy_Id__c")


def people_without_a_key(town: Town) -> Words:
    return words_of(town, rows(town, "people"), WITHOUT_KEY, "--mode=create")


def an_import_without_a_key_goes_on(town: Town) -> Words:
    """One that was killed before it was noted that all rows are in the job: nothing of that job may be done."""
    words = people_without_a_key(town)
    assert town.start(*words, trouble={"place": "commit Batches.seal", "count": 1}).wait() == -9
    return words


def results_are_wanted(town: Town) -> Words:
    folder = town.folder / town.word()
    folder.mkdir()
    return to_the_list(town, "--results", str(folder))


def the_first_import_into_a_new_ledger(town: Town) -> Words:
    everything_begins_anew(town)
    return to_the_list(town)


IMPORTS: Final = (
    Scene(
        people_are_added,
        (
            "ImportBook.open step 1", "ImportBook.begin_check", "ImportBook.add_keys", "ImportBook.finish_check",
            "ImportBook.note_facts", "BatchSender._intend", "BatchSender._settle_plain", "ThereSender.note_stored",
        ),
        sends=("_Table.write",),
    ),
    Scene(with_rows_that_are_wrong, ("ImportBook.refuse",)),
    Scene(an_import_goes_on, ("BatchSender._settle_plain", "ThereSender.note_stored")),
    Scene(somebody_erased_is_brought_back, ("ThereSender.note_stored",)),
    Scene(somebody_erased_is_found_brought_back, ("Consents.let_back",)),
    Scene(somebody_erased_is_asked_for_halfway, ("ImportBooks._let_back",)),
    Scene(somebody_erased_is_asked_for_later, ("ImportBooks._let_back",), deed="bring_back"),
    Scene(an_import_is_stopped, ("BatchSender._land",), meanwhile=stop_it),
    Scene(somebody_gone_is_imported, ("Arrivals.take_over",)),
    Scene(
        a_row_is_put_right,
        ("Corrections.correct", "Corrections.clear_refusal", "Corrections._index_keys"),
        deed="correct",
    ),
    Scene(a_row_is_still_wrong, ("Corrections.still_refused",), deed="correct"),
    Scene(a_workbook, (), ("_Copy.keep",)),
    Scene(refused_rows_are_saved, (), ("ResultFile.appear",), deed="save_refused"),
    Scene(an_import_of_new_people_goes_on, ("Arrivals.note_arrivals", "Batches.settle"), sends=("_Table.find",)),
    Scene(the_same_again, ("ImportBook.add_there", "Batches.put"), sends=("SalesforceOrg.write",)),
    Scene(
        people_without_a_key,
        ("Batches.intend", "Batches.match_by", "Batches.seal"),
        sends=(
            "Ingest.close", "Ingest.discard", "Ingest.ended", "Ingest.outcomes", "Ingest.upload",
            "SalesforceOrg.ingest",
        ),
    ),
    Scene(an_import_without_a_key_goes_on, sends=("Ingest.abort", "Ingest.state")),
    Scene(results_are_wanted, (), ("result_file._name",)),
)  # fmt: skip

FIRST_IMPORTS: Final = (Scene(the_first_import_into_a_new_ledger, ("Arrivals.target_for",)),)
"""Into a ledger that is begun anew, so where nobody acts."""
