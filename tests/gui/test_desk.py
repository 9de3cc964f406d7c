"""What the person may do, and what comes of it: over the fake workspace, on the real loop and in real threads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
import pytest_asyncio

from disf_desktop.core.errors import DisfError, LedgerIsBusy, Problem, ServiceUnavailable, SettingsError
from disf_desktop.core.events import Notice, OperationPlanned, PreviewFinished
from disf_desktop.core.schema import CONTACT_LIST, Side
from disf_desktop.gui.bridge import Bridge
from disf_desktop.gui.desk import PAGE, Desk
from disf_desktop.gui.models.facts import Preview, Run, RunKind, SignInStage, Store, dialog_insight_key, salesforce_key
from disf_desktop.workspace import Places, Workspace
from tests.gui.fakes import FakeWorkspace, conflicts, set_aside


class Office:
    """A desk with a fake workspace behind it."""

    def __init__(self, folder: Path) -> None:
        self.places = Places(folder)
        self.workspace = FakeWorkspace(folder / "a.disf.yaml", self.places)
        self.refusal: DisfError | None = None
        self.bridge, self.store = Bridge(), Store()
        self.desk = Desk(self.bridge, self.store, self.places, self._open)
        self.addresses: list[str] = []
        self.desk.browse.connect(self.addresses.append)

    def _open(self, _path: Path, _places: Places) -> Workspace:
        if self.refusal is not None:
            raise self.refusal
        return cast(Workspace, self.workspace)

    async def until(self, seen: Callable[[], object]) -> None:
        """Wait until the facts show something."""
        async with asyncio.timeout(10):
            while not seen():
                await asyncio.sleep(0.005)

    async def opened(self) -> None:
        """Open the project file and let everything be read."""
        self.desk.open(self.workspace.path)
        await self.until(lambda: len(self.store.facts.tested) == 2 and len(self.store.facts.schemas) == 6)
        await self.until(lambda: not self.store.facts.asking)


@pytest_asyncio.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    made = Office(tmp_path)
    yield made
    await made.bridge.close()
    made.desk.deleteLater()  # its watch over the file would tell the next test that the folder is gone


@pytest.mark.asyncio
async def test_opening_a_file_reads_the_ledger_and_asks_the_services_that_are_authorized(office: Office) -> None:
    await office.opened()
    facts = office.store.facts
    assert facts.authorized == {"prod": True, "sandbox": False, "di": True}
    assert set(facts.tested) == {"prod", "di"}
    assert ("test", "sandbox") not in office.workspace.deeds
    assert salesforce_key("prod", "Order__c") in facts.schemas
    assert dialog_insight_key("newsletter", "ORDERS") in facts.schemas
    assert dialog_insight_key("webforms", CONTACT_LIST) in facts.schemas
    assert len(facts.set_aside) == 4
    assert facts.secrets_kept_in == "Windows Credential Manager"


@pytest.mark.asyncio
async def test_a_file_with_errors_is_not_shown_half(office: Office) -> None:
    await office.opened()
    office.refusal = SettingsError((Problem("a", "one", "mend"), Problem("b", "two", "mend")))
    office.desk.read_file_again()
    await office.until(lambda: office.store.facts.open_error)
    assert office.store.facts.project is None
    assert [p.path for p in office.store.facts.problems] == ["a", "b"]
    assert office.store.facts.schemas == {}


@pytest.mark.asyncio
async def test_a_service_that_does_not_answer_is_told_at_its_connection_and_the_rest_goes_on(office: Office) -> None:
    office.workspace.errors["prod"] = ServiceUnavailable("Salesforce does not answer.", "Wait.", "prod")
    office.desk.open(office.workspace.path)
    await office.until(lambda: "prod" in office.store.facts.connection_errors and "di" in office.store.facts.tested)
    assert "prod" not in office.store.facts.tested
    office.workspace.errors.clear()
    office.desk.test("prod")
    await office.until(lambda: "prod" in office.store.facts.tested)
    assert "prod" not in office.store.facts.connection_errors


@pytest.mark.asyncio
async def test_a_refused_key_is_said_and_a_good_one_is_tried_at_once(office: Office) -> None:
    await office.opened()
    office.desk.store_key("di", "wrong")
    await office.until(lambda: "di" in office.store.facts.connection_errors)
    office.workspace.deeds.clear()
    office.desk.store_key("di", "right")
    await office.until(lambda: ("test", "di") in office.workspace.deeds and "di" in office.store.facts.tested)
    assert "di" not in office.store.facts.connection_errors


@pytest.mark.asyncio
async def test_a_sign_in_opens_the_browser_waits_as_long_as_it_takes_and_connects(office: Office) -> None:
    await office.opened()
    office.desk.sign_in("sandbox")
    await office.until(lambda: getattr(office.store.facts.signing_in, "stage", None) is SignInStage.WAITING)
    office.desk.open_browser_again()
    assert len(office.addresses) == 2
    assert office.addresses[0] == office.addresses[1]
    office.workspace.browser_is_back.set()
    await office.until(lambda: "sandbox" in office.store.facts.tested)
    assert office.store.facts.signing_in is None
    assert office.store.facts.authorized["sandbox"]


@pytest.mark.asyncio
async def test_a_sign_in_that_is_given_up_leaves_nothing_behind(office: Office) -> None:
    await office.opened()
    office.desk.sign_in("sandbox")
    await office.until(lambda: getattr(office.store.facts.signing_in, "stage", None) is SignInStage.WAITING)
    office.desk.give_up_sign_in()
    assert office.store.facts.signing_in is None
    office.workspace.browser_is_back.set()
    await asyncio.sleep(0.1)
    assert not office.store.facts.authorized["sandbox"]
    assert "sandbox" not in office.store.facts.connection_errors


@pytest.mark.asyncio
async def test_disconnecting_forgets_what_was_known_of_the_connection(office: Office) -> None:
    await office.opened()
    office.desk.disconnect_service("prod")
    await office.until(lambda: not office.store.facts.authorized["prod"])
    assert "prod" not in office.store.facts.tested


@pytest.mark.asyncio
async def test_what_is_dismissed_leaves_the_list_and_the_count_is_told(office: Office) -> None:
    await office.opened()
    told: list[tuple[str, int]] = []
    office.desk.told.connect(lambda done, count: told.append((done, count)))
    office.desk.dismiss([1, 3, 4])
    await office.until(lambda: [r.id for r in office.store.facts.set_aside] == [2])
    office.desk.retry(None)
    await office.until(lambda: len(told) == 2 and office.store.facts.set_aside[0].again)
    assert ("retry", None) in office.workspace.deeds
    assert told == [("dismissed", 3), ("retried", 1)]
    assert office.store.facts.history.outstanding.set_aside == 1


@pytest.mark.asyncio
async def test_a_deed_that_the_ledger_refuses_is_told(office: Office) -> None:
    class Busy(FakeWorkspace):
        def retry(self, ids: object) -> int:
            raise LedgerIsBusy("Another run holds the ledger.", "Wait.")

    office.workspace = Busy(office.workspace.path, office.places)
    await office.opened()
    office.desk.retry(None)
    await office.until(lambda: office.store.facts.notice)
    assert office.store.facts.notice is not None
    assert office.store.facts.notice.code == "busy"


@pytest.mark.asyncio
async def test_a_long_list_is_read_a_page_at_a_time(office: Office) -> None:
    (one, *_) = set_aside()
    office.workspace.told_set_aside = tuple(replace(one, id=n) for n in range(1, PAGE + 51))
    await office.opened()
    assert len(office.store.facts.set_aside) == PAGE
    office.desk.more_set_aside()
    await office.until(lambda: len(office.store.facts.set_aside) == PAGE + 50)
    assert [r.id for r in office.store.facts.set_aside] == list(range(1, PAGE + 51))


@pytest.mark.asyncio
async def test_a_mistake_of_our_own_is_shown_without_its_text(office: Office) -> None:
    try:
        raise KeyError("marie.cote@example.org")
    except KeyError as mistake:
        office.desk.admit(mistake)
    notice = office.store.facts.notice
    assert notice is not None
    assert "marie" not in f"{notice.message}{notice.what_to_do}{notice.where}{notice.detail}"
    assert notice.detail == "KeyError"


@pytest.mark.asyncio
async def test_what_a_run_says_is_counted_by_side_and_its_notices_are_kept(office: Office) -> None:
    await office.opened()
    there, back = Side.DIALOG_INSIGHT, Side.SALESFORCE
    office.store.update(run=Run(RunKind.PREVIEW, None), preview=Preview("2026-11-22T10:00:00Z"))
    kinds = [(there, "create"), (there, "update"), (back, "update"), (back, "opt_out"), (back, "set_aside")]
    for side, kind in [*kinds, (there, "update")]:
        office.desk.hear(OperationPlanned("Contacts", side, kind, "003", {}))
    notice = Notice("Contacts", "unexpected_answer", "Half an export.", "Export it again.")
    office.desk.hear(notice)
    office.desk.hear(PreviewFinished("abc", {"create": 1, "update": 3, "set_aside": 1, "unchanged": 0}, {}))
    preview = office.store.facts.preview
    assert preview is not None
    assert preview.told == dict.fromkeys(kinds, 1) | {(there, "update"): 2}
    assert (preview.count, preview.planned) == (6, 5)
    assert office.store.facts.told == (notice,)


@pytest.mark.asyncio
async def test_a_choice_between_two_values_goes_to_the_ledger(office: Office) -> None:
    await office.opened()
    told: list[tuple[str, int]] = []
    office.desk.told.connect(lambda done, count: told.append((done, count)))
    office.workspace.told_conflicts = conflicts()
    office.desk.choose([7, 8], Side.SALESFORCE)
    await office.until(
        lambda: [r.conflict.chosen for r in office.store.facts.conflicts] == ["salesforce", "salesforce"]
    )
    assert told == [("chosen", 2)]
