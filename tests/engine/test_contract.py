"""The laws of the ports, held by the fakes and, over HTTP, by the real adapters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from disf_desktop.core.project import DialogInsightConnection
from disf_desktop.core.records import Capabilities
from disf_desktop.services.dialog_insight.client import DialogInsightAccount
from disf_desktop.services.transport import Transport
from tests.engine.contract import (
    CONDITION,
    EXTERNAL_ID,
    FindingContract,
    OrgRoom,
    SalesforceBulkContract,
    SalesforceDeletesContract,
    TableRoom,
)
from tests.engine.fakes import DialogInsightTable, FakeClock, Refusal, SalesforceOrg
from tests.engine.world import CONTACT, CONTACTS, NEWSLETTER
from tests.services.salesforce_simulator import Access, Simulator, running

RECORDS = 20
KINDS = {
    "equality": Capabilities(empty_lookup=True),
    "no_empty": Capabilities(),
    "dates": Capabilities(empty_lookup=True, changed_since=True),
}


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with running(tmp_path_factory.mktemp("simulator"), records=RECORDS) as simulator:
        yield simulator


def fake_org() -> OrgRoom:
    clock = FakeClock()
    assert CONTACT.fields[EXTERNAL_ID].external_id
    org = SalesforceOrg(clock, (CONTACT,))
    org.conditions[CONDITION] = lambda values: values["LastName"].startswith("N1") and values["Phone"] is None
    for n in range(RECORDS):
        org.insert("Contact", LastName=f"N{n}")
        clock.advance(n % 3)
    return OrgRoom(
        org,
        save=lambda rid, name: org.update("Contact", rid, LastName=name),
        delete=lambda rid: org.delete("Contact", rid),
        undelete=lambda rid: org.undelete("Contact", rid),
        merge=lambda master, loser: org.merge("Contact", master, loser),
        wait=clock.advance,
    )


def simulated_org(simulator: Simulator, access: Access) -> OrgRoom:
    def act(path: str, body: dict[str, Any]) -> None:
        simulator.control(f"salesforce/{path}", body)

    return OrgRoom(
        access.org,
        save=lambda rid, name: act("Contact", {"Id": rid, "set": {"LastName": name, "Phone": None}}),
        delete=lambda rid: act("Contact", {"Id": rid, "delete": True}),
        undelete=lambda rid: act("Contact", {"Id": rid, "undelete": True}),
        merge=lambda master, loser: act("merge", {"object": "Contact", "master": master, "loser": loser}),
        wait=waiting(simulator, lambda: access.org.count("Contact")),
    )


def waiting(simulator: Simulator, ask: Callable[[], object]) -> Callable[[float], None]:
    """Let the server's clock go on by some seconds; an answer then tells the adapter."""

    def wait(seconds: float) -> None:
        simulator.control("clock", {"advance_s": seconds})
        ask()

    return wait


def fake_contacts() -> TableRoom:
    table = DialogInsightTable(CONTACTS)
    table.refuses_record = lambda fields: None if "@" in str(fields.get("EMail", "@")) else Refusal("5", "Bad e-mail")
    return TableRoom(
        table,
        edit=lambda rid, values: table.edit(rid, **values),
        subscribe=table.answer,
        remove=table.remove,
        wait=table.clock.advance,
        accept=lambda kind: setattr(table, "accepts", KINDS[kind]),
    )


def simulated_contacts(simulator: Simulator, account: DialogInsightAccount) -> TableRoom:
    contacts = account.contact_list(NEWSLETTER)
    contacts.describe()

    def act(rid: str, **what: Any) -> None:
        simulator.control("dialog-insight/projects/123456/contacts", {"idContact": int(rid), **what})

    return TableRoom(
        contacts,
        edit=lambda rid, values: act(rid, set={f"f_{name}": value for name, value in values.items()}),
        subscribe=lambda rid, code, state: act(rid, set={f"optin_{code}": state}),
        remove=lambda rid: act(rid, delete=True),
        wait=waiting(simulator, account.projects),
        accept=lambda kind: simulator.control("dialog-insight/account", {"kind": kind}),
    )


class TestSalesforce(SalesforceDeletesContract, SalesforceBulkContract):
    @pytest.fixture(params=["fake", "adapter"])
    def room(self, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OrgRoom]:
        if request.param == "fake":
            yield fake_org()
            return
        simulator: Simulator = request.getfixturevalue("process")
        simulator.clean()
        access = Access(simulator, tmp_path)
        yield simulated_org(simulator, access)
        access.transport.close()


class TestDialogInsight(FindingContract):
    @pytest.fixture(params=["fake", "adapter"])
    def list_(self, request: pytest.FixtureRequest) -> Iterator[TableRoom]:
        if request.param == "fake":
            yield fake_contacts()
            return
        simulator: Simulator = request.getfixturevalue("process")
        simulator.clean()
        simulator.control("dialog-insight/account", {"kind": "equality"})
        root = f"{simulator.ready['dialog_insight_url']}/webservices/ofc4/"
        connection = DialogInsightConnection(id="di", name="Example", root_url=root, id_key=simulator.ready["id_key"])
        transport = Transport([root], timeout_s=10)
        account = DialogInsightAccount(connection, simulator.ready["key"], transport)
        yield simulated_contacts(simulator, account)
        transport.close()
