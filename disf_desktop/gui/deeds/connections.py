"""Deeds on connections: sign in, keep a key, test, disconnect."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from disf_desktop.core.errors import DisfError
from disf_desktop.gui.deeds.base import Deeds
from disf_desktop.gui.models.facts import SigningIn, SignInStage, connection_key

if TYPE_CHECKING:
    from disf_desktop.workspace import SignInStep


class ConnectionDeeds(Deeds):
    """What a person does with the two services' doors."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._cancel_sign_in = threading.Event()

    def read_fields_again(self, connection: str | None = None) -> None:
        """Read the fields of everything that is used; `SchemaDeeds` knows how."""
        raise AssertionError("the desk reads fields")

    async def _ask_authorized(self, connection: str) -> None:
        try:
            authorized = await self._bridge.call(self.workspace.is_authorized, connection)
        except DisfError as error:
            self._store.put("connection_errors", connection, error)
            return
        self._store.put("authorized", connection, authorized)

    def test(self, connection: str) -> None:
        """Ask a service who we are there."""
        self._bridge.spawn(self._test(connection))

    async def _test(self, connection: str) -> None:
        workspace, key = self.workspace, connection_key(connection)
        self._store.ask(key, True)
        try:
            facts = await self._bridge.call(workspace.test, connection)
        except DisfError as error:
            self._store.put("tested", connection, None)
            self._store.put("connection_errors", connection, error)
            return
        finally:
            self._store.ask(key, False)
        if workspace is self._workspace:
            self._store.put("tested", connection, facts)
            self._store.put("connection_errors", connection, None)

    def store_key(self, connection: str, key: str) -> None:
        """Keep a Dialog Insight key in the vault, then try it."""

        async def keep() -> None:
            try:
                await self._bridge.call(self.workspace.store_key, connection, key)
            except DisfError as error:
                self._store.put("connection_errors", connection, error)
                return
            await self._connected(connection)

        self._bridge.spawn(keep())

    async def _connected(self, connection: str) -> None:
        self._store.put("connection_errors", connection, None)
        await self._ask_authorized(connection)
        await self._test(connection)
        if connection in self.facts.tested:
            self.read_fields_again(connection)

    def disconnect_service(self, connection: str) -> None:
        """Revoke the authorization at the service and forget it here."""

        async def revoke() -> None:
            try:
                await self._bridge.call(self.workspace.disconnect, connection)
            except DisfError as error:
                self._store.put("connection_errors", connection, error)
            else:
                self._store.put("connection_errors", connection, None)
            self._store.put("tested", connection, None)
            await self._ask_authorized(connection)

        self._bridge.spawn(revoke())

    def sign_in(self, connection: str) -> None:
        """Sign in to Salesforce in the system's browser; each step is told as it comes."""
        self._cancel_sign_in.set()  # one at a time: another one gives way
        self._cancel_sign_in = cancel = threading.Event()
        self._store.update(signing_in=SigningIn(connection))
        self._store.put("connection_errors", connection, None)
        self._bridge.spawn(self._sign_in(connection, cancel))

    async def _sign_in(self, connection: str, cancel: threading.Event) -> None:
        workspace = self.workspace

        def note(step: SignInStep) -> None:
            current = self.facts.signing_in
            if current is not None and current.connection == connection and not cancel.is_set():
                self._store.update(signing_in=self._after(current, step))

        try:
            await self._bridge.stream(lambda: workspace.sign_in(connection, cancel), note)
        except DisfError as error:
            if not cancel.is_set():
                self._store.update(signing_in=None)
                self._store.put("connection_errors", connection, error)
            return
        if not cancel.is_set():
            self._store.update(signing_in=None)
            await self._connected(connection)

    def _after(self, current: SigningIn, step: SignInStep) -> SigningIn:
        from disf_desktop.workspace.sign_in import CodeReceived, OpenBrowser, Waiting

        match step:
            case OpenBrowser():
                self.browse.emit(step.url)
                return replace(current, stage=SignInStage.BROWSER, page=step.url)
            case Waiting():
                return replace(current, stage=SignInStage.WAITING)
            case CodeReceived():
                return replace(current, stage=SignInStage.RECEIVED)
        return current

    def open_browser_again(self) -> None:
        """Give the page of the sign-in to the browser once more."""
        if self.facts.signing_in is not None and self.facts.signing_in.page:
            self.browse.emit(self.facts.signing_in.page)

    def give_up_sign_in(self) -> None:
        """Stop waiting for the browser."""
        self._cancel_sign_in.set()
        self._store.update(signing_in=None)
