"""The steps of a sign-in, for a face that tells them."""

from __future__ import annotations

from disf_desktop.services.sign_in import CALLBACKS, CodeReceived, OpenBrowser, SignedIn, Step, Waiting

SignInStep = Step

__all__ = ["CALLBACKS", "CodeReceived", "OpenBrowser", "SignInStep", "SignedIn", "Waiting"]
