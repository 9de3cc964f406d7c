"""A sign-in to Salesforce as a face holds it, and the steps that it tells."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

from disf_desktop.core.errors import DisfError
from disf_desktop.services.sign_in import CALLBACKS, CodeReceived, OpenBrowser, Pasted, SignedIn, Step, Waiting
from disf_desktop.services.sign_in import SignIn as OnTheWire
from disf_desktop.workspace.connections import Connections

SignInStep = Step

log = logging.getLogger(__name__)

__all__ = ["CALLBACKS", "AddressNotTaken", "CodeReceived", "OpenBrowser", "SignIn", "SignInStep", "SignedIn", "Waiting"]


class AddressNotTaken(DisfError):
    """A pasted address does not end this sign-in; `reason` is one of `not_returned`, `another_sign_in` and `cut`."""

    code = "address_not_taken"


_WHY = {
    Pasted.NOT_RETURNED: (
        "This is not the address at which the browser ended.",
        "Sign in and allow the access in the browser, then copy the address that begins with http://localhost.",
    ),
    Pasted.ANOTHER_SIGN_IN: (
        "This address belongs to another sign-in.",
        "Open the page of this sign-in again, and paste the address at which it ends.",
    ),
    Pasted.CUT: ("A part of the address is missing.", "Copy the whole address, to its last letter."),
}


class SignIn:
    """One sign-in. `steps` runs in a worker thread; `paste` and `give_up` may come from any other. No time limit."""

    def __init__(self, connections: Connections, connection_id: str) -> None:
        org = connections.org(connection_id)
        self._connections, self._id = connections, connection_id
        self._cancel = threading.Event()
        self._on_the_wire = OnTheWire(org.oauth, org.tokens, cancel=self._cancel)

    def steps(self) -> Iterator[SignInStep]:
        """Sign in; the face opens the page that the first step names. Raises Stopped when it is given up."""
        with self._connections:
            yield from self._on_the_wire.steps()
        log.info("signed in: connection %s", self._id)

    def paste(self, address: str) -> None:
        """Take the address at which the browser ended, where it could not come back. Raises AddressNotTaken."""
        outcome = self._on_the_wire.paste(address)
        if outcome is not Pasted.TAKEN:
            raise AddressNotTaken(*_WHY[outcome], self._id, reason=outcome.value)

    def give_up(self) -> None:
        """Stop waiting for the browser."""
        self._cancel.set()
