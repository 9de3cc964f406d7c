"""What a preparation began in an org, and what a person asked of it: kept on disk until it has come to its end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Begun(StrEnum):
    """What was begun in an org."""

    ASKED = "asked"  # nothing is under way in the org, and not all that was asked for is done
    TRIAL = "trial"  # of an installation
    DEPLOY = "deploy"
    REMOVAL_TRIAL = "removal_trial"
    REMOVAL = "removal"
    PACKAGE = "package"

    @property
    def is_trial(self) -> bool:
        return self in (Begun.TRIAL, Begun.REMOVAL_TRIAL)


@dataclass(frozen=True, slots=True)
class Pending:
    """What was begun in an org and has not ended as far as we know. `id` is "" while no answer has named it.

    `components` are the ids of what it makes or takes away (of a package, its version); `at` is when it was sent, by
    the server's clock. `asked` are the ids of all components that are to be installed, None where nothing is; `users`
    are those to be given access, as they were named. With neither, nothing follows what was begun: a removal, and the
    trial of one, never go on unasked.
    """

    kind: Begun
    org_id: str
    at: str
    id: str = ""
    components: tuple[str, ...] = ()
    asked: tuple[str, ...] | None = None
    users: tuple[str, ...] = ()

    @property
    def goes_on(self) -> bool:
        """Whether something is left to be done once what was begun has ended."""
        return self.asked is not None or bool(self.users)

    @property
    def ended(self) -> Pending | None:
        """What is left to be remembered once it has ended; None where nothing is."""
        return replace(self, kind=Begun.ASKED, id="", components=()) if self.goes_on else None
