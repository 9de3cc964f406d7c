"""What goes wrong on purpose, and the layer around a service that plays it.

`Faults` is the script (what `POST {control}/faults` carries). `FaultLayer` takes at most one fault a request, plays
those that belong to the transport, and leaves the others to the service in `scope["fault"]`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from disf_desktop.simulator.fault_names import NAMES
from disf_desktop.simulator.fault_plays import PLAYS, Exchange

if TYPE_CHECKING:
    from disf_desktop.simulator.world import World

FOR_EVER = 1 << 62


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault to play on one request."""

    name: str
    parameters: dict[str, Any] = field(default_factory=dict)

    def number(self, parameter: str, default: float) -> float:
        """Return a numeric parameter (seconds, a status)."""
        return float(self.parameters.get(parameter, default))


@dataclass(slots=True)
class Call:
    """One request as it is being served, in `scope["call"]`: the service fills in `records` and `error`."""

    service: str
    name: str
    fault: Fault | None = None
    records: int = 0
    error: bool = False
    noted: bool = False


@dataclass(slots=True)
class _Entry:
    fault: Fault
    service: str | None
    call: str | None
    after: int
    times: int
    each: int
    chance: float
    begins: datetime | None
    ends: datetime | None
    met: int = 0

    def meets(self, service: str, call: str, now: datetime) -> bool:
        """Tell whether a call is one of those on which the fault may fall."""
        if self.service not in (None, service) or self.call not in (None, call):
            return False
        return (self.begins is None or now >= self.begins) and (self.ends is None or now < self.ends)

    def falls(self, random: Random) -> bool:
        """Count a call; tell whether the fault falls on it, if another one does not."""
        if self.after:
            self.after -= 1
            return False
        self.met += 1
        return self.times > 0 and self.met % self.each == 0 and (self.chance >= 1 or random.random() < self.chance)


class Faults:
    """The script of faults: which fault falls on which call, after how many, how often."""

    NAMES: ClassVar[dict[str, str]] = NAMES

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC), seed: int = 0) -> None:
        """`now` is the clock that a schedule follows; `seed` is that of the draws of a `chance`."""
        self._now = now
        self._random = Random(f"faults of {seed}")  # noqa: S311 -- the same in each run, on purpose
        self._entries: list[_Entry] = []
        self.generation = 0
        """Counts how often the script was cleared: what was held back before belongs to a world that is no more."""

    def script(self, faults: Iterable[Mapping[str, Any]]) -> None:
        """Add faults to the script; an empty list clears it.

        Each has `fault`, and what `SCHEDULE` names says on which calls it falls; everything else is a parameter.
        Raises ValueError for what is not understood.
        """
        entries = [self._entry(each) for each in faults]
        self._entries = [*self._entries, *entries] if entries else []

    def _entry(self, given: Mapping[str, Any]) -> _Entry:
        parameters = dict(given)
        name = parameters.pop("fault", None)
        if name not in self.NAMES:
            raise ValueError(f"There is no fault named {name!r}. There are: {', '.join(self.NAMES)}.")
        service, call = parameters.pop("service", None), parameters.pop("call", None)
        if service not in (None, "salesforce", "dialog_insight"):
            raise ValueError(f"There is no service named {service!r}. There are: salesforce, dialog_insight.")
        after, times = parameters.pop("after", 0), parameters.pop("times", 1)
        if type(after) is not int or after < 0:
            raise ValueError("`after` is a number of calls, from 0.")
        if times is not None and (type(times) is not int or times < 1):
            raise ValueError("`times` is a number of calls, from 1, or null for ever.")
        each, chance = parameters.pop("each", 1), parameters.pop("chance", 1)
        if type(each) is not int or each < 1:
            raise ValueError("`each` is a number of calls, from 1.")
        if type(chance) not in (int, float) or not 0 <= chance <= 1:
            raise ValueError("`chance` is a number between 0 and 1.")
        begins, ends = self._window(parameters.pop("in_s", None), parameters.pop("for_s", None))
        fault = Fault(name, parameters)
        return _Entry(fault, service, call, after, FOR_EVER if times is None else times, each, chance, begins, ends)

    def _window(self, in_s: Any, for_s: Any) -> tuple[datetime | None, datetime | None]:
        for name, value in (("in_s", in_s), ("for_s", for_s)):
            if value is not None and (type(value) not in (int, float) or value < 0):
                raise ValueError(f"`{name}` is a number of seconds, from 0.")
        begins = None if in_s is None and for_s is None else self._now() + timedelta(seconds=in_s or 0)
        return begins, None if for_s is None or begins is None else begins + timedelta(seconds=for_s)

    def take(self, service: str, call: str) -> Fault | None:
        """Count a call; return the fault to play on it, if any (the first scripted wins)."""
        if not self._entries:
            return None
        taken: Fault | None = None
        now = self._now()
        for entry in self._entries:
            if not entry.meets(service, call, now):
                continue
            if taken is not None:
                # Another fault has this call: it only counts among those that are let through.
                entry.after = max(0, entry.after - 1)
            elif entry.falls(self._random):
                entry.times -= 1
                taken = entry.fault
        return taken

    def clear(self) -> None:
        """Forget the script, and with it the requests that a fault holds back."""
        self._entries.clear()
        self.generation += 1


class FaultLayer:
    """Play the faults of the transport around an ASGI service, log each request once, and set the `Date` header.

    `name_of(scope)` names the call; None lets the request through, unlogged and unharmed. Resetting a connection needs
    its transport in `scope["transport"]` (the server puts it there); without one a ConnectionResetError is raised.
    """

    def __init__(self, app: ASGIApp, world: World, service: str, name_of: Callable[[Scope], str | None]) -> None:
        self._app = app
        self._world = world
        self._service = service
        self._name_of = name_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = self._name_of(scope) if scope["type"] == "http" else None
        if name is None:
            await self._app(scope, receive, send)
            return
        fault = self._world.faults.take(self._service, name)
        call = Call(self._service, name, fault)
        scope["call"] = call
        scope["fault"] = fault
        reply = self._reply(call, send)
        play = PLAYS.get(fault.name) if fault else None
        try:
            if play:
                await play(Exchange(self._app, self._world, scope, receive, reply, lambda: self._lost(call)))
            else:
                await self._app(scope, receive, reply)
        except ClientDisconnect:
            # Half a request is no request: nothing is done, and there is nobody to answer.
            call.error = True
        finally:
            self._note(call)

    def _reply(self, call: Call, send: Send) -> Send:
        async def reply(message: Message) -> None:
            if message["type"] == "http.response.start":
                # Noted before the client can see the answer: who reads the log then finds the request there.
                call.error = call.error or message["status"] >= 400
                self._note(call)
                headers = message.setdefault("headers", [])
                if not any(name == b"date" for name, _ in headers):
                    now = format_datetime(self._world.clock.now(), usegmt=True)
                    message["headers"] = [*headers, (b"date", now.encode())]
            await send(message)

        return reply

    def _note(self, call: Call) -> None:
        if not call.noted:
            call.noted = True
            self._world.requests.note(call.service, call.name, call.records, call.error)

    def _lost(self, call: Call) -> None:
        call.error = True
        self._note(call)
