"""The laws of the ports, held by the fakes and, over HTTP, by the real adapters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from disf_desktop.core.project import DialogInsightConnection
from disf_desktop.services.dialog_insight.client import DialogInsightAccount
from disf_desktop.services.transport import Transport
from tests.engine.contract import DialogInsightContract, SalesforceContract, SourceRoom, TargetRoom
from tests.engine.fakes import DialogInsightTable, FakeClock, Refusal, SalesforceOrg
from tests.engine.world import CONTACT, CONTACTS, NEWSLETTER
from tests.services.salesforce_simulator import Access, Simulator, running

RECORDS = 20


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with running(tmp_path_factory.mktemp("simulator"), records=RECORDS) as simulator:
        yield simulator


def fake_org() -> SourceRoom:
    clock = FakeClock()
    org = SalesforceOrg(clock, (CONTACT,))
    for n in range(RECORDS):
        org.insert("Contact", LastName=f"N{n}")
        clock.advance(n % 3)
    return SourceRoom(org, lambda rid, name: org.update("Contact", rid, LastName=name))


def fake_contacts() -> TargetRoom:
    table = DialogInsightTable(CONTACTS)
    table.refuses_record = lambda fields: None if "@" in str(fields.get("EMail", "@")) else Refusal("5", "Bad e-mail")
    return TargetRoom(table)


class TestSalesforce(SalesforceContract):
    @pytest.fixture(params=["fake", "adapter"])
    def room(self, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SourceRoom]:
        if request.param == "fake":
            yield fake_org()
            return
        simulator: Simulator = request.getfixturevalue("process")
        simulator.clean()
        access = Access(simulator, tmp_path)

        def save(rid: str, name: str) -> None:
            reply = simulator.http.patch(
                f"{simulator.ready['salesforce_url']}{access.org.base}/sobjects/Contact/{rid}",
                json={"LastName": name},
                headers={"Authorization": f"Bearer {simulator.ready['access_token']}"},
                timeout=30,
            )
            assert reply.status_code == 204, reply.text

        yield SourceRoom(access.org, save)
        access.transport.close()


class TestDialogInsight(DialogInsightContract):
    @pytest.fixture(params=["fake", "adapter"])
    def list_(self, request: pytest.FixtureRequest) -> Iterator[TargetRoom]:
        if request.param == "fake":
            yield fake_contacts()
            return
        simulator: Simulator = request.getfixturevalue("process")
        simulator.clean()
        root = f"{simulator.ready['dialog_insight_url']}/webservices/ofc4/"
        connection = DialogInsightConnection(id="di", name="Example", root_url=root, id_key=simulator.ready["id_key"])
        transport = Transport([root], timeout_s=10)
        account = DialogInsightAccount(connection, simulator.ready["key"], transport)
        contacts = account.contact_list(NEWSLETTER)
        contacts.describe()
        yield TargetRoom(contacts)
        transport.close()
