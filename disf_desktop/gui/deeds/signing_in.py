"""The sign-in to Salesforce as a deed: one at a time, each step told as it comes, no time limit."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from disf_desktop.core.errors import DisfError
from disf_desktop.gui.deeds.connections import ConnectionDeeds
from disf_desktop.gui.models.facts import SigningIn, SignInStage

if TYPE_CHECKING:
    from disf_desktop.workspace.sign_in import SignIn, SignInStep


class _Attempt:
    """A sign-in that may be given up before it has begun."""

    def __init__(self) -> None:
        self.sign_in: SignIn | None = None
        self.given_up = False

    def give_up(self) -> None:
        if not self.given_up and self.sign_in is not None:
            self.sign_in.give_up()
        self.given_up = True


class SignInDeeds(ConnectionDeeds):
    """What a person does while the browser is awaited."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._attempt = _Attempt()

    def _new_doors(self) -> None:
        super()._new_doors()
        self._attempt.give_up()

    def sign_in(self, connection: str) -> None:
        """Sign in to Salesforce in the system's browser; another sign-in under way gives way."""
        self._attempt.give_up()
        self._attempt = attempt = _Attempt()
        self._store.update(signing_in=SigningIn(connection, since=time.monotonic()))
        self._store.put("connection_errors", connection, None)
        self._once_written(partial(self._sign_in, connection, attempt))

    async def _sign_in(self, connection: str, attempt: _Attempt) -> None:
        def note(step: SignInStep) -> None:
            current = self.facts.signing_in
            if current is not None and not attempt.given_up:
                self._store.update(signing_in=self._after(current, step))

        try:
            attempt.sign_in = await self._bridge.call(self.workspace.sign_in, connection)
            if not attempt.given_up:
                await self._bridge.stream(attempt.sign_in.steps, note)
        except DisfError as error:
            if not attempt.given_up:
                self._store.update(signing_in=None)
                self._store.put("connection_errors", connection, error)
            return
        if not attempt.given_up:
            await self._connected(connection)
        if not attempt.given_up:
            self._store.update(signing_in=None)

    def _after(self, current: SigningIn, step: SignInStep) -> SigningIn:
        from disf_desktop.workspace.sign_in import CodeReceived, OpenBrowser, SignedIn, Waiting

        match step:
            case OpenBrowser():
                self.browse.emit(step.url)
                return replace(current, stage=SignInStage.BROWSER, page=step.url)
            case Waiting():
                return replace(current, stage=SignInStage.WAITING)
            case CodeReceived():
                self.came_back.emit()
                return replace(current, stage=SignInStage.RECEIVED, not_taken=None)
            case SignedIn():
                return replace(current, stage=SignInStage.IDENTIFIED, who=step.identity.username)

    def open_browser_again(self) -> None:
        """Give the page of the sign-in to the browser once more."""
        if self.facts.signing_in is not None and self.facts.signing_in.page:
            self.browse.emit(self.facts.signing_in.page)

    def paste_address(self, address: str) -> None:
        """Take the address at which the browser ended, where it did not come back by itself."""
        current, sign_in = self.facts.signing_in, self._attempt.sign_in
        if current is None or sign_in is None:
            return
        try:
            sign_in.paste(address)
        except DisfError as error:
            self._store.update(signing_in=replace(current, not_taken=error))
        else:
            self._store.update(signing_in=replace(current, not_taken=None))

    def give_up_sign_in(self) -> None:
        """Stop waiting for the browser."""
        self._attempt.give_up()
        self._store.update(signing_in=None)
