"""What files say of consents, over HTTP: never sent to Dialog Insight; in Salesforce a no is never undone by a file."""

from __future__ import annotations

import subprocess
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from disf_desktop.core.edits import with_recipe
from disf_desktop.core.events import Notice
from disf_desktop.core.importing.recipe import ImportConsent
from tests.journeys.conftest import Begin
from tests.journeys.importing import (
    NEWSLETTER,
    ORG,
    TO_LIST,
    TO_ORG,
    Told,
    calls,
    fault,
    healed,
    imported,
    in_org,
    newcomer,
    newcomers,
    read,
    recipe,
    table,
)
from tests.journeys.rehearsal import Rehearsal, only
from tests.starting import COMMAND, start

LEGACY = "Legacy_Id__c"
NEWS = "DI_Optin_Newsletter__c"
DATE, SOURCE = "DI_Optin_Newsletter_Date__c", "DI_Optin_Newsletter_Source__c"
PROMOTIONS = "DI_Optin_Promotions__c"
OPTED_OUT = "HasOptedOutOfEmail"


@pytest.fixture
def story(begin: Begin) -> Rehearsal:
    return begin(only("Contacts"))


def names_met(story: Rehearsal) -> set[str]:
    """Give the name of every member of every object that Dialog Insight was sent."""
    return {each["name"] for each in story.simulator.control("requests/keys")}


def notices(told: Told) -> dict[str, str]:
    return {event.code: event.message for event in told.events if isinstance(event, Notice)}


# Toward Dialog Insight

SAID = ["oui", "non", "", "Oui", "0", "vrai", "FAUX"]


def people_who_say(story: Rehearsal, tmp_path: Path, consent: ImportConsent, **more: Any) -> Told:
    rows = newcomers(len(SAID))
    for n, (row, said) in enumerate(zip(rows, SAID, strict=True)):
        row |= {"Infolettre": said, "Depuis": f"{n + 13}/02/2024" if said else "", "Origine": "=Salon" if n else ""}
    rows[5]["Courriel"] = "pas une adresse"
    file = table(tmp_path / "a.csv", rows)
    return imported(story, file, NEWSLETTER, TO_LIST, consents=[consent], results=tmp_path / "out", **more)


def test_no_consent_of_a_file_is_sent_to_dialog_insight_and_a_dated_import_is_written_beside(
    story: Rehearsal, tmp_path: Path
) -> None:
    consent = ImportConsent(
        column="Infolettre", consent="newsletter", since_column="Depuis", source_column="Origine", source="Carte"
    )
    told = people_who_say(story, tmp_path, consent)
    assert told.rows == (6, 0, 0, 1, 0, 0)
    met = names_met(story)
    assert {"f_EMail", "f_FirstName"} <= met
    assert not [name for name in met if "optin" in name.casefold()]
    for row in story.contacts().values():
        assert not [name for name, value in row.items() if "optin" in name.casefold() and value is not None]
    text = Path(told.finished.results["consents"]).read_bytes()
    assert not text.startswith(b"\xef\xbb\xbf")
    header, *lines = text.decode("utf-8").split("\r\n")
    assert header == "key_f_SalesforceID,optin_Newsletter,dtOptin_Newsletter,optin_Newsletter_source"
    assert lines == [
        f"{newcomer(0)['SalesforceID']},1,2024.02.13,Carte",
        f"{newcomer(1)['SalesforceID']},0,2024.02.14,'=Salon",
        f"{newcomer(3)['SalesforceID']},1,2024.02.16,'=Salon",
        f"{newcomer(4)['SalesforceID']},0,2024.02.17,'=Salon",
        f"{newcomer(6)['SalesforceID']},0,2024.02.19,'=Salon",
        "",
    ]
    assert "consents_beside" in notices(told)
    assert not {"consents_without_date", "consents_without_source"} & notices(told).keys()


def test_without_a_date_and_a_source_it_is_said_and_the_file_leaves_them_empty(
    story: Rehearsal, tmp_path: Path
) -> None:
    told = people_who_say(story, tmp_path, ImportConsent(column="Infolettre", consent="Newsletter"))
    assert {"consents_without_date", "consents_without_source"} <= notices(told).keys()
    rows = read(told.finished.results["consents"], ",")
    assert {(row["dtOptin_Newsletter"], row["optin_Newsletter_source"]) for row in rows} == {("", "")}
    assert Counter(row["optin_Newsletter"] for row in rows) == {"1": 2, "0": 3}


def test_the_sync_after_it_carries_no_consent_either(story: Rehearsal, tmp_path: Path) -> None:
    people_who_say(story, tmp_path, ImportConsent(column="Infolettre", consent="Newsletter", since="2024-02-01"))
    before = {rid: (row[NEWS], row[PROMOTIONS], row[OPTED_OUT]) for rid, row in story.people().items()}
    for _ in range(2):
        story.sync()
        story.later()
    assert not [name for name in names_met(story) if "optin" in name.casefold()]
    assert {rid: (row[NEWS], row[PROMOTIONS], row[OPTED_OUT]) for rid, row in story.people().items()} == before


# Toward Salesforce


def known(story: Rehearsal, held: Sequence[dict[str, Any]]) -> list[str]:
    """Let people of the org hold what is said; give their Ids."""
    rids = [rid for rid, row in sorted(story.people().items()) if row[LEGACY]][: len(held)]
    for rid, fields in zip(rids, held, strict=True):
        story.in_salesforce(rid, **fields)
    story.later()
    return rids


def said_of(
    story: Rehearsal, tmp_path: Path, rids: Sequence[str], said: Sequence[str], consent: ImportConsent, **more: Any
) -> Told:
    people = story.people()
    rows = [
        {"Numéro": people[rid][LEGACY], "Titre": "Importée", "Réponse": word, "Depuis": "13/02/2024"}
        for rid, word in zip(rids, said, strict=True)
    ]
    file = table(tmp_path / "a.csv", rows)
    columns = {"Numéro": LEGACY, "Titre": "Title"}
    return imported(story, file, ORG, columns, key=LEGACY, consents=[consent], **more)


def promotions() -> ImportConsent:
    return ImportConsent(
        column="Réponse",
        consent=PROMOTIONS,
        since_column="Depuis",
        since_field=DATE,
        source="Salon",
        source_field=SOURCE,
    )


def test_in_a_list_a_no_is_always_written_and_a_yes_only_over_nothing(story: Rehearsal, tmp_path: Path) -> None:
    held = ["Yes", None, "No", "Yes", None, "No"]
    said = ["non", "non", "non", "oui", "oui", "oui"]
    rids = known(story, [{PROMOTIONS: word} for word in held])
    told = said_of(story, tmp_path, rids, said, promotions())
    assert told.rows == (0, 6, 0, 0, 0, 0)
    after = story.people()
    assert [after[rid][PROMOTIONS] for rid in rids] == ["No", "No", "No", "Yes", "Yes", "No"]
    assert [after[rid]["Title"] for rid in rids] == ["Importée"] * 6
    assert told.refused == {7: "consent_unproven"}
    for rid in (rids[1], rids[4]):
        assert (after[rid][DATE] or "")[:10] == "2024-02-13"
        assert after[rid][SOURCE] == "Salon"
    assert after[rids[5]][SOURCE] is None
    assert told.checked.counts.consents[f"{PROMOTIONS} unproven"] == 1


def test_a_yes_over_nothing_goes_alone_and_only_if_nobody_has_saved_the_record_since(
    story: Rehearsal, tmp_path: Path
) -> None:
    rids = known(story, [{PROMOTIONS: None}] * 3)
    calls(story)
    said_of(story, tmp_path, rids, ["oui"] * 3, promotions())
    assert calls(story)["update"] == 3


def test_opt_out_of_salesforce_is_ticked_by_a_file_and_never_unticked(story: Rehearsal, tmp_path: Path) -> None:
    rids = known(story, [{OPTED_OUT: False}, {OPTED_OUT: True}, {OPTED_OUT: False}, {OPTED_OUT: True}])
    consent = ImportConsent(column="Réponse", consent=OPTED_OUT, inverted=True)
    told = said_of(story, tmp_path, rids, ["oui", "oui", "non", "non"], consent)
    after = story.people()
    assert [after[rid][OPTED_OUT] for rid in rids] == [True, True, False, True]
    assert [after[rid]["Title"] for rid in rids] == ["Importée"] * 4
    assert told.refused == {5: "consent_unproven"}


def test_a_checkbox_of_a_newsletter_is_unticked_by_a_no_and_never_ticked_by_a_yes(
    story: Rehearsal, tmp_path: Path
) -> None:
    rids = known(story, [{NEWS: True}, {NEWS: False}])
    consent = ImportConsent(column="Réponse", consent=NEWS, since_field=DATE, since_column="Depuis")
    told = said_of(story, tmp_path, rids, ["non", "oui"], consent)
    after = story.people()
    assert [after[rid][NEWS] for rid in rids] == [False, False]
    assert (after[rids[0]][DATE][:10], after[rids[1]][DATE]) == ("2024-02-13", None)
    assert told.refused == {3: "consent_unproven"}


def test_a_row_that_says_nothing_changes_no_consent(story: Rehearsal, tmp_path: Path) -> None:
    rids = known(story, [{PROMOTIONS: "Yes"}, {PROMOTIONS: "No"}])
    said_of(story, tmp_path, rids, ["", " "], promotions())
    assert [story.people()[rid][PROMOTIONS] for rid in rids] == ["Yes", "No"]


def test_a_second_import_of_the_same_file_writes_nothing(story: Rehearsal, tmp_path: Path) -> None:
    held = ["Yes", None, "No", "Yes", None, "No"]
    said = ["non", "non", "non", "oui", "oui", "oui"]
    rids = known(story, [{PROMOTIONS: word} for word in held])
    said_of(story, tmp_path, rids, said, promotions())
    story.later()
    story.writes()
    told = said_of(story, tmp_path, rids, said, promotions())
    assert story.writes() == {}
    assert told.rows == (0, 0, 6, 0, 0, 0)


def many(count: int) -> list[dict[str, str]]:
    rows = newcomers(count)
    for n, row in enumerate(rows):
        row["Réponse"] = ("oui", "non", "")[n % 3]
    return rows


def wanted(count: int) -> dict[str, str | None]:
    return {row["Matricule"]: {"oui": "Yes", "non": "No", "": None}[row["Réponse"]] for row in many(count)}


WORD = ImportConsent(column="Réponse", consent=PROMOTIONS)


def test_nothing_of_it_goes_through_bulk_even_for_many_rows(story: Rehearsal, tmp_path: Path) -> None:
    file = table(tmp_path / "a.csv", many(2500))
    told = imported(story, file, ORG, TO_ORG, key=LEGACY, consents=[WORD])
    assert told.rows == (2500, 0, 0, 0, 0, 0)
    assert not [name for name in calls(story) if name.startswith("ingest")]
    assert {number: row[PROMOTIONS] for number, row in in_org(story).items()} == wanted(2500)


def test_killed_between_a_row_and_its_yes_the_yes_comes_with_the_next_run(story: Rehearsal, tmp_path: Path) -> None:
    imported(story, table(tmp_path / "before.csv", newcomers(6)), ORG, TO_ORG, key=LEGACY)
    story.later()
    rows = newcomers(6)
    for n, row in enumerate(rows):
        row |= {"Prénom": "Léa", "Réponse": ("oui", "non")[n % 2]}
    file = table(tmp_path / "a.csv", rows)
    chosen = recipe(story, file, ORG, TO_ORG, key=LEGACY, consents=[WORD])
    story.workspace.save(with_recipe(story.workspace.project, chosen))
    fault(story, "delay", "update", "salesforce", seconds=60, after=1, times=None)
    places = story.workspace.places
    words = ["import", str(story.file), str(file), "--recipe", chosen.name, "--profile", str(places.profile)]
    process = start(COMMAND, *words, "--secrets", str(tmp_path / "secrets.yaml"), "--json", stdout=subprocess.PIPE)
    until = time.monotonic() + 60
    while not any(row[PROMOTIONS] == "Yes" for row in in_org(story).values()):
        assert process.poll() is None, "it ended"
        assert time.monotonic() < until, "no yes is written"
        time.sleep(0.05)
    process.kill()
    process.communicate()
    shown = in_org(story).values()
    assert {row["FirstName"] for row in shown} == {"Léa"}
    assert Counter(row[PROMOTIONS] for row in shown) == {"No": 3, "Yes": 1, None: 2}
    healed(story)
    story.later()
    told = imported(story, file, ORG, TO_ORG, key=LEGACY, consents=[WORD])
    assert told.error is None
    assert told.rows == (0, 6, 0, 0, 0, 0)
    assert {number: row[PROMOTIONS] for number, row in in_org(story).items()} == {
        row["Matricule"]: {"oui": "Yes", "non": "No"}[row["Réponse"]] for row in rows
    }
