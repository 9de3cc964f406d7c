"""Deploys and installations that outlive the program: what was begun is remembered, followed, never begun again."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import timedelta
from typing import Final, Protocol, TypeVar

from disf_desktop.core.errors import DisfError, ServiceUnavailable, Stopped, UnexpectedAnswer
from disf_desktop.core.events import Progress, Stage
from disf_desktop.core.moments import instant, written
from disf_desktop.core.preparation_begun import Begun, Pending
from disf_desktop.core.preparation_errors import StillUnderWay
from disf_desktop.core.preparation_events import Event
from disf_desktop.core.schema import Side
from disf_desktop.services.failures import NothingSent
from disf_desktop.services.salesforce import metadata, packages
from disf_desktop.services.salesforce.metadata import DeployStatus
from disf_desktop.services.salesforce.packages import InstallStatus
from disf_desktop.services.salesforce.rest import SalesforceOrg
from disf_desktop.workspace.preparing_file import PendingFile

FIRST_PAUSE_S: Final = 0.1
LONGEST_PAUSE_S: Final = 5.0
LONGEST_WAIT_S: Final = 1_800.0
"""After half an hour the program stops waiting; Salesforce goes on, and so does the next preparation."""
LOOKED_BACK: Final = timedelta(seconds=2)


class Clock(Protocol):
    def monotonic(self) -> float: ...

    def sleep(self, seconds: float) -> None:
        """Raise Stopped when a stop is asked for."""
        ...


Standing = TypeVar("Standing", DeployStatus, InstallStatus)
Following = Generator[Event, None, DeployStatus | None]


class Deploys:
    """Begins deploys and installations in one org, and follows them to their end."""

    def __init__(
        self, org: SalesforceOrg, org_id: str, user_id: str, name: str, file: PendingFile, clock: Clock
    ) -> None:
        self._org = org
        self._org_id = org_id
        self._user_id = user_id
        self.name = name
        self._file = file
        self._clock = clock
        self._followed: set[str] = set()

    def pending(self) -> Pending | None:
        """Give what was begun and not followed to its end; what was begun in another org is forgotten.

        Where the answer that would have named it was lost, it is looked for in the org; what is not found there was
        never begun.
        """
        found = self._file.read()
        if found is None:
            return None
        if found.org_id != self._org_id:
            self._file.forget()
            return None
        if found.id or found.kind is Begun.ASKED:
            return found
        known = self._lost(found)
        if known is None:
            return self._ended(found)
        named = replace(found, id=known)
        self._file.write(named)
        return named

    def ask(self, asked: tuple[str, ...] | None, users: tuple[str, ...]) -> None:
        """Remember what a person asked for, until it is `done`."""
        self._file.write(Pending(Begun.ASKED, self._org_id, written(self._org.server_now()), "", (), asked, users))

    def done(self) -> None:
        """Forget what was asked for: it is done, or was refused."""
        self._file.forget()

    def _ended(self, begun: Pending) -> Pending | None:
        left = begun.ended
        if left is None:
            self._file.forget()
        else:
            self._file.write(left)
        return left

    def _lost(self, found: Pending) -> str | None:
        try:
            since = instant(found.at) - LOOKED_BACK
        except ValueError:
            return None
        wire, base, user_id = self._org.wire, self._org.base, self._user_id
        if found.kind is Begun.PACKAGE:
            began = packages.requested_since(wire, base, user_id, since, next(iter(found.components), ""))
        else:
            began = metadata.begun_since(wire, base, user_id, since, check_only=found.kind.is_trial)
        # What was followed to its end a moment ago is another one.
        return next((each for each in began if each not in self._followed), None)

    def is_under_way(self, begun: Pending) -> bool:
        """Ask once whether it has not ended yet; what has ended stays remembered, for whoever goes on with it."""
        wire, base = self._org.wire, self._org.base
        if not begun.id:
            return False
        if begun.kind is Begun.PACKAGE:
            installation = packages.installation(wire, base, begun.id)
            return installation is not None and not installation.done
        deploy = metadata.status(wire, base, begun.id)
        return deploy is not None and not deploy.done

    def deploy(self, kind: Begun, archive: bytes, components: tuple[str, ...]) -> Following:
        """Begin a deploy and follow it; a trial changes nothing."""
        begun = self._begin(
            kind,
            components,
            lambda: metadata.begin(self._org.wire, self._org.base, archive, check_only=kind.is_trial),
        )
        return (yield from self.follow(begun))

    def install(
        self, version_id: str, *, admins_only: bool, approve_domains: bool, password: str
    ) -> Generator[Event, None, InstallStatus | None]:
        """Begin the installation of a package and follow it."""
        begun = self._begin(
            Begun.PACKAGE,
            (version_id,),
            lambda: packages.begin_installation(
                self._org.wire,
                self._org.base,
                version_id,
                admins_only=admins_only,
                approve_domains=approve_domains,
                password=password,
            ),
        )
        return (yield from self.follow_installation(begun))

    def _begin(self, kind: Begun, components: tuple[str, ...], begin: Callable[[], str]) -> Pending:
        asked = self._file.read()
        intent = Pending(kind, self._org_id, written(self._org.server_now()), "", components)
        if asked is not None and asked.kind is Begun.ASKED and kind in (Begun.TRIAL, Begun.DEPLOY):
            intent = replace(intent, asked=asked.asked, users=asked.users)
        self._file.write(intent)
        try:
            named = begin()
        except (ServiceUnavailable, UnexpectedAnswer) as error:
            # An error of the service may come after it has begun what was asked, be it by the same request sent twice.
            found = self._ended(intent) if isinstance(error, NothingSent) else self.pending()
            if found is None or not found.id:
                raise
            return found
        except Stopped:
            # It is not known whether anything left; the next preparation looks.
            raise
        except DisfError:
            self._ended(intent)
            raise
        begun = replace(intent, id=named)
        self._file.write(begun)
        return begun

    def follow(self, begun: Pending) -> Following:
        """Wait for the end of a deploy and give how it ended; None where the org knows nothing of it any more.

        Raises StillUnderWay after half an hour, and Stopped: then it is remembered.
        """

        def ask() -> DeployStatus | None:
            return metadata.status(self._org.wire, self._org.base, begun.id)

        stage = Stage.PLAN if begun.kind.is_trial else Stage.APPLY
        return (yield from self._until_done(begun, ask, lambda s: self._progress(stage, s.deployed, s.total or None)))

    def follow_installation(self, begun: Pending) -> Generator[Event, None, InstallStatus | None]:
        """Wait for the end of an installation, as of a deploy."""

        def ask() -> InstallStatus | None:
            return packages.installation(self._org.wire, self._org.base, begun.id)

        return (yield from self._until_done(begun, ask, lambda s: self._progress(Stage.APPLY, int(s.done), 1)))

    def _until_done(
        self, begun: Pending, ask: Callable[[], Standing | None], told: Callable[[Standing], Progress]
    ) -> Generator[Event, None, Standing | None]:
        until = self._clock.monotonic() + LONGEST_WAIT_S
        pause = FIRST_PAUSE_S
        while True:
            stands = ask()
            if stands is None or stands.done:
                self._ended(begun)
                self._followed.add(begun.id)
                if stands is not None:
                    yield told(stands)
                return stands
            yield told(stands)
            if self._clock.monotonic() >= until:
                raise StillUnderWay(
                    "Salesforce has not finished after half an hour; it goes on by itself.",
                    "Prepare again later: it goes on waiting for the same. See Setup › Deployment Status.",
                    self.name,
                )
            self._clock.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)

    def _progress(self, stage: Stage, done: int, total: int | None) -> Progress:
        return Progress(self.name, stage, Side.SALESFORCE, done, total, calls=self._org.calls)

    def shown(self, done: int, total: int) -> Progress:
        """Give progress of what comes after a deploy."""
        return self._progress(Stage.REPORT, done, total)
