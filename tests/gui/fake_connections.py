"""The verbs on connections of the in-memory workspace: both services' doors, made up."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from disf_desktop.core.addresses import PLATFORMS
from disf_desktop.core.errors import AuthorizationNeeded, DisfError
from disf_desktop.core.project import DialogInsightConnection, Project
from disf_desktop.services.oauth import Grant, Identity
from disf_desktop.workspace import ConnectionFacts, ProjectFacts
from disf_desktop.workspace.sign_in import AddressNotTaken, CodeReceived, OpenBrowser, SignedIn, SignInStep, Waiting
from disf_desktop.workspace.signing import KeyElsewhere


class FakeSignIn:
    """Has the verbs of a sign-in; the browser comes back when the workspace says so, or when its address is pasted."""

    def __init__(self, workspace: FakeConnections, connection: str) -> None:
        self._workspace, self._connection = workspace, connection
        self._given_up = threading.Event()

    def steps(self) -> Iterator[SignInStep]:
        yield OpenBrowser("https://test.salesforce.com/services/oauth2/authorize?client_id=example")
        yield Waiting("http://localhost:17177/OauthRedirect")
        while not self._workspace.browser_is_back.wait(0.02):
            if self._given_up.is_set():
                return
        yield CodeReceived()
        if "sign_in" in self._workspace.errors:
            raise self._workspace.errors["sign_in"]
        self._workspace.authorized[self._connection] = True
        yield SignedIn(Identity("005", "00D", "sync.user@acme.example"), Grant("token", "https://acme.example"))

    def paste(self, address: str) -> None:
        if "state=mine" not in address:
            raise AddressNotTaken(
                "This address belongs to another sign-in.", "Paste the one of this.", reason="another_sign_in"
            )
        self._workspace.browser_is_back.set()

    def give_up(self) -> None:
        self._workspace.deeds.append(("give_up", self._connection))
        self._given_up.set()


class FakeConnections:
    """What both services say of us. `errors` holds what a connection, or "sign_in", raises."""

    project: Project
    deeds: list[tuple[Any, ...]]

    def __init__(self) -> None:
        super().__init__()
        self.authorized = {"prod": True, "sandbox": False, "di": True}
        self.errors: dict[str, DisfError] = {}
        self.browser_is_back = threading.Event()

    def is_authorized(self, connection: str) -> bool:
        return self.authorized.get(connection, False)

    def test(self, connection: str) -> ConnectionFacts:
        self.deeds.append(("test", connection))
        if connection in self.errors:
            raise self.errors[connection]
        if isinstance(self.project.connection(connection), DialogInsightConnection):
            return ConnectionFacts(
                projects=(
                    ProjectFacts(123456, "Newsletter"),
                    ProjectFacts(123502, "Web forms"),
                    ProjectFacts(123777, "Contests"),
                )
            )
        return ConnectionFacts(
            "sync.user@acme.example",
            "Acme Inc.",
            "Enterprise Edition",
            "66.0",
            1880,
            100_000,
            org_id="00D5g000004XyZ1EAK",
            is_sandbox=connection == "sandbox",
        )

    def count_calls(self, connection: str, known: ConnectionFacts) -> ConnectionFacts:
        self.deeds.append(("count_calls", connection))
        return replace(known, calls_used=(known.calls_used or 0) + 9)

    def store_key(self, connection: str, key: str) -> None:
        self.deeds.append(("store_key", connection))
        account = self.project.connection(connection)
        assert isinstance(account, DialogInsightConnection)
        if key == "french" and account.root_url != PLATFORMS["France"]:
            raise KeyElsewhere(account.name, "France", PLATFORMS["France"], connection)
        if key == "wrong":
            raise AuthorizationNeeded(
                "Dialog Insight refuses this key.",
                "Copy it again from Dialog Insight.",
                connection,
                reason="key_refused",
            )
        self.authorized[connection] = True

    def sign_in(self, connection: str) -> FakeSignIn:
        self.deeds.append(("sign_in", connection))
        return FakeSignIn(self, connection)

    def disconnect(self, connection: str) -> None:
        self.deeds.append(("disconnect", connection))
        if "disconnect" in self.errors:
            raise self.errors["disconnect"]
        self.authorized[connection] = False
