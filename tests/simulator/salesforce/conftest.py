"""The simulated Salesforce on a real socket, with an org small enough to know by heart."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import pytest
import requests
import uvicorn
from requests.adapters import HTTPAdapter
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from disf_desktop.simulator.faults import FaultLayer
from disf_desktop.simulator.salesforce import CALLBACKS, Org, OrgCredentials, create_app, door, name_of
from disf_desktop.simulator.world import World

DESCRIBES = Path(__file__).parents[3] / "resources" / "simulator" / "describe"
CREDENTIALS = OrgCredentials(
    org_id="00DQy0000000001MAA",
    user_id="005Qy0000000001IAA",
    username="integration@example.org",
    password="a long pass word",
    client_id="3MVG9.disf",
    client_secret="client secret",
    access_token="00DQy0000000001!AQseed",
    refresh_token="5Aep861seed",
    callbacks=(*CALLBACKS, "http://127.0.0.1:43210/back"),
)
PERSON = "005Qy0000000002IAA"
DOOR = "/simulator/salesforce"
VERSION = "68.0"
# Nine contacts; the first five share one stamp, as after a bulk update.
STAMPS = ["2026-03-01T10:00:00Z"] * 5 + [f"2026-03-02T10:00:0{second}Z" for second in range(4)]
NAMES = ["Éloïse", "eloise", "Zoé", "Anne", "Bob", "Chloé", "Denis", "Émile", "Frank"]


def contacts() -> list[dict[str, Any]]:
    """The contacts of the org: ids, stamps, accents, empties, and every kind of field."""
    return [
        {
            "FirstName": name,
            "LastName": f"Tremblay {number}",
            "Email": f"{name.lower()}{number}@example.org".replace("é", "e").replace("ï", "i") if number != 4 else None,
            "Legacy_Id__c": f"L-{number}",
            "Birthdate": f"198{number}-02-03",
            "Loyalty_Points__c": number * 10.5,
            "VIP__c": number % 2 == 0,
            "Language__c": "fr" if number < 6 else "en",
            "Interests__c": ["Voyages;Sport", "Cuisine", None][number % 3],
            "Last_Visit__c": f"2026-02-0{number + 1}T08:30:00Z",
            "CreatedDate": "2026-01-01T00:00:00Z",
            "SystemModstamp": STAMPS[number],
        }
        for number, name in enumerate(NAMES)
    ]


def fill(org: Org) -> None:
    user = {"Id": CREDENTIALS.user_id, "Username": CREDENTIALS.username, "LastName": "Integration", "IsActive": True}
    user |= {"Email": "integration@example.org", "Alias": "integ", "LanguageLocaleKey": "fr", "LocaleSidKey": "fr_CA"}
    person = {"Id": PERSON, "Username": "mathilde@example.org", "LastName": "Ouellet", "IsActive": True}
    org.load("User", [user, person])
    org.load(
        "Organization", [{"Id": CREDENTIALS.org_id, "Name": "Exemple inc.", "OrganizationType": "Developer Edition"}]
    )
    org.load("Account", [{"Name": "Boulangerie Été", "BillingCity": "Laval"}, {"Name": "acme"}])
    accounts = [row["Id"] for row in org.rows("Account")]
    org.load("Contact", ({**row, "AccountId": accounts[at] if at < 2 else None} for at, row in enumerate(contacts())))
    org.load("Lead", [{"LastName": "Prospect", "Company": "Exemple", "Status": "Open - Not Contacted"}])
    org.load("Lead", [{"LastName": "Converti", "Company": "Exemple", "IsConverted": True}])
    org.save_seed()


class _Protocol(HttpToolsProtocol):
    """With the connection in the scope, so that a fault can reset it."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        cast(Scope, self.scope)["transport"] = self.transport


class _OverHttp(HTTPAdapter):
    """Take https requests for a loopback address over plain http, for a client that knows nothing else."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        assert request.url is not None
        request.url = request.url.replace("https://", "http://", 1)
        return super().send(request, *args, **kwargs)


class Service:
    """A running service: its org, its world, and plain HTTP towards it."""

    def __init__(self, org: Org, world: World, port: int, loop: asyncio.AbstractEventLoop) -> None:
        self.org = org
        self._loop = loop
        self.world = world
        self.host = f"127.0.0.1:{port}"
        self.url = f"http://{self.host}"
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {CREDENTIALS.access_token}"

    def call(self, method: str, path: str, body: Any = None, **more: Any) -> requests.Response:
        """Send a request; a path without a leading slash is one behind the API version."""
        address = self.url + (path if path.startswith("/") else f"/services/data/v{VERSION}/{path}")
        return self.session.request(method, address, json=body, timeout=10, allow_redirects=False, **more)

    def get(self, path: str, **more: Any) -> requests.Response:
        return self.call("GET", path, **more)

    def query(self, soql: str, verb: str = "query", **more: Any) -> Any:
        """Return the body of a query that must succeed."""
        reply = self.get(verb, params={"q": soql}, **more)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def records(self, soql: str) -> list[dict[str, Any]]:
        """Return the records of a query without their `attributes`."""
        return [
            {name: value for name, value in each.items() if name != "attributes"}
            for each in self.query(soql)["records"]
        ]

    def refusal(self, soql: str) -> tuple[str, str]:
        """Return code and message of a query that must be refused."""
        reply = self.get("query", params={"q": soql})
        assert reply.status_code == 400, reply.text
        [error] = reply.json()
        return error["errorCode"], error["message"]

    def contact(self, number: int) -> str:
        """Return the id of a contact of the seed."""
        return str(self.records(f"SELECT Id FROM Contact WHERE Legacy_Id__c = 'L-{number}'")[0]["Id"])

    def act(self, path: str, body: Any) -> Any:
        """Use the side door; return the JSON of an answer that must be a success."""
        reply = self.call("POST", f"{DOOR}/{path}", body)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def refused(self, path: str, body: Any) -> tuple[int, str]:
        """Use the side door in vain; return the status and the reason."""
        reply = self.call("POST", f"{DOOR}/{path}", body)
        assert reply.status_code >= 400, reply.text
        return reply.status_code, reply.json()["error"]

    def reset(self) -> None:
        """Bring the org back to its seed where it is served: what works in the background must not be in the middle."""

        async def back() -> None:
            self.org.reset()

        asyncio.run_coroutine_threadsafe(back(), self._loop).result(timeout=10)

    def arrange(self, **setup: Any) -> dict[str, Any]:
        """Arrange the set-up of the org through the side door; return the whole set-up."""
        reply = self.call("POST", f"{DOOR}-setup", setup)
        assert reply.status_code == 200, reply.text
        return dict(reply.json())

    def setup(self) -> dict[str, Any]:
        """Return the whole set-up of the org, as the side door shows it."""
        return dict(self.get(f"{DOOR}-setup").json())

    def custom_field(self, name: str) -> dict[str, Any] | None:
        """Return what the side door shows of a field such as `Contact.X__c`; None when there is none."""
        shown = (each for each in self.setup()["fields"] if f"{each['object']}.{each['name']}" == name)
        return next(shown, None)

    def described(self, sobject: str) -> dict[str, dict[str, Any]]:
        """Return the fields of a describe by name."""
        return {each["name"]: each for each in self.get(f"sobjects/{sobject}/describe").json()["fields"]}

    def tooling(self, soql: str) -> list[dict[str, Any]]:
        """Return the records of a Tooling query without their `attributes`."""
        reply = self.get("tooling/query", params={"q": soql})
        assert reply.status_code == 200, reply.text
        return [
            {name: value for name, value in each.items() if name != "attributes"} for each in reply.json()["records"]
        ]

    def read(self, sobject: str, record_id: str) -> dict[str, Any]:
        """Return a live record with all its fields."""
        reply = self.get(f"sobjects/{sobject}/{record_id}")
        assert reply.status_code == 200, reply.text
        record = reply.json()
        assert isinstance(record, dict)
        return record

    def script(self, fault: str, call: str, **more: Any) -> None:
        self.world.faults.script([{"fault": fault, "service": "salesforce", "call": call, **more}])

    def over_https(self) -> requests.Session:
        """Return a session that brings https requests to this service."""
        session = requests.Session()
        session.mount(f"https://{self.host}/", _OverHttp())
        return session


class _Server(uvicorn.Server):
    def install_signal_handlers(self) -> None:
        """Signals belong to the test run."""


def _with_door(service: ASGIApp, side: ASGIApp) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await (side if scope["path"].startswith((f"{DOOR}/", f"{DOOR}-")) else service)(scope, receive, send)

    return app


def _serve(server: uvicorn.Server, loops: list[asyncio.AbstractEventLoop]) -> None:
    async def serve() -> None:
        loops.append(asyncio.get_running_loop())
        await server.serve()

    asyncio.run(serve())


@pytest.fixture(scope="session")
def running_salesforce(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    world = World(seed=7)
    org = Org(tmp_path_factory.mktemp("org") / "org.sqlite", world, DESCRIBES, CREDENTIALS)
    fill(org)
    app = _with_door(
        FaultLayer(create_app(org, world), world, "salesforce", name_of), Starlette(routes=door(org, DOOR))
    )
    config = uvicorn.Config(
        app, port=0, http=_Protocol, ws="none", lifespan="off", log_config=None, date_header=False, server_header=False
    )
    server = _Server(config)
    loops: list[asyncio.AbstractEventLoop] = []
    thread = threading.Thread(target=_serve, args=(server, loops))
    thread.start()
    while not server.started:
        assert thread.is_alive()
        threading.Event().wait(0.01)
    service = Service(org, world, server.servers[0].sockets[0].getsockname()[1], loops[0])
    yield service
    service.session.close()
    server.should_exit = True
    thread.join()
    org.close()


@pytest.fixture
def salesforce(running_salesforce: Service) -> Iterator[Service]:
    """The running service, back at its seed, without faults."""
    running_salesforce.reset()
    running_salesforce.world.faults.clear()
    running_salesforce.world.requests.clear()
    added = running_salesforce.world.clock.added
    yield running_salesforce
    running_salesforce.world.clock.added = added


def collection(records: Sequence[Mapping[str, Any]], kind: str = "Contact", **more: Any) -> dict[str, Any]:
    """Make the body of a Collections call."""
    return {"allOrNone": False, "records": [{"attributes": {"type": kind}, **each} for each in records], **more}
