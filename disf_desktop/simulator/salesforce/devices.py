"""The device flow: a program without a browser shows a code, which a person enters in any browser."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from disf_desktop.simulator.salesforce import pages
from disf_desktop.simulator.salesforce.store import Org

LIFE = timedelta(minutes=10)
INTERVAL_S = 5
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"


@dataclass
class Waiting:
    """A program that waits for its approval."""

    client_id: str
    user_code: str
    scope: str
    opened: datetime
    answer: bool | None = None
    asked: datetime | None = None


class Devices:
    """The programs that wait."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._waiting: dict[str, Waiting] = {}

    def begin(self, client_id: str, scope: str, base: str) -> dict[str, object]:
        """Give a program its codes, and say where the person is to go."""
        code, user_code = secrets.token_urlsafe(48), "".join(secrets.choice(_LETTERS) for _ in range(8))
        self._waiting[code] = Waiting(client_id, user_code, scope, self._org.now())
        where = {"verification_uri": f"{base}/setup/connect", "interval": INTERVAL_S}
        return {"device_code": code, "user_code": user_code, **where}

    def poll(self, code: str, client_id: str) -> Waiting | str:
        """Return the approval, or the error that tells the program what to do."""
        found, now = self._waiting.get(code), self._org.now()
        if found is None or found.client_id != client_id:
            return "invalid_grant"
        if now - found.opened > LIFE:
            del self._waiting[code]
            return "invalid_grant"
        if found.answer is None:
            hasty = found.asked is not None and now - found.asked < timedelta(seconds=INTERVAL_S - 1)
            found.asked = now
            return "slow_down" if hasty else "authorization_pending"
        del self._waiting[code]
        return found if found.answer else "access_denied"

    def page(self, form: dict[str, str], known: bool) -> str:
        """Answer the person: the form, or what became of it; `known` is whether the password was right."""
        user_code = form.get("user_code", "").strip().upper()
        if "answer" not in form:
            return pages.device(user_code)
        found = next((each for each in self._waiting.values() if each.user_code == user_code), None)
        if found is None or self._org.now() - found.opened > LIFE:
            return pages.device(user_code, "This code is not known, or no longer.")
        if not known:
            return pages.device(user_code, "Please check your username and password.")
        found.answer = form["answer"] == "allow"
        return pages.done()
