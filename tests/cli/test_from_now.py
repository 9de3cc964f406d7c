"""`disf start-from-now`: what piled up before a trigger was ticked stays as it is, against both services."""

from __future__ import annotations

from disf_desktop.cli.tables import summary_of
from disf_desktop.core.events import RunFinished, Summary
from disf_desktop.core.exposure import Exposure
from tests.cli.conftest import Desk
from tests.cli.test_plans import first_sync, people_in
from tests.cli.test_sync import change_in_salesforce

CITY = "Sainte-Anne-du-Nulle-Part"


def tick(disf: Desk, *triggers: str) -> None:
    project = disf.project
    project["integrations"][0]["triggers"] = list(triggers)
    disf.project = project


def test_what_waits_for_a_trigger_is_passed_over_and_what_comes_after_travels(disf: Desk) -> None:
    first_sync(disf)
    change_in_salesforce(disf, 5)
    told = disf("start-from-now", "salesforce_updated", "--integration", "Contacts")
    assert told.code == 3, "the records that the first sync set aside still wait"
    left = {each["key"] for each in told.of("operation") if each["not_applied"] == "passed_over"}
    done = told.the("run_finished")
    assert (len(left), done["status"], done["dialog_insight"]["updated"]) == (5, "needs_you", 0)
    change_in_salesforce(disf, 7)
    done = disf("sync").the("run_finished")
    assert done["dialog_insight"]["updated"] == done["exposure"]["writes"] == 2
    assert len(people_in(disf, CITY)) == 2
    assert people_in(disf, CITY).isdisjoint(left)


def test_a_trigger_that_is_not_ticked_is_refused_as_a_setting(disf: Desk) -> None:
    disf.only("Contacts")
    tick(disf, "salesforce_created")
    told = disf("start-from-now", "salesforce_updated", "--integration", "Contacts")
    assert (told.code, told.the("error")["code"]) == (1, "settings")
    assert told.the("error")["where"] == "integrations[0].triggers"
    assert disf("start-from-now", "salesforce_updated").code == 2


def test_a_person_is_told_for_how_long_records_stood_open() -> None:
    stood = Exposure.of((0.4, 1.2))
    caption = str(summary_of(RunFinished(3, Summary(exposure=stood), ())).caption)
    assert caption.startswith("Exposure window, from the last look to the reply of a write: p95 1.2 s, longest 1.2 s")
    assert summary_of(RunFinished(3, Summary(), ())).caption is None
