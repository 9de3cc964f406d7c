"""The errors that end a run, named by what to do next.

A bad *row* is never an exception: it is a value, set aside with its reason. Our own mistake is an assertion.

    DisfError
    ├── SettingsError          repair the project file (carries every problem, each with its path)
    ├── AuthorizationNeeded    sign in again, or give the key again
    ├── AccessRefused          ask an administrator for a right
    ├── ServiceUnavailable     wait, then run again
    ├── LimitReached           wait for the service's allowance, or raise our own ceiling
    ├── UnexpectedAnswer       the service answered something unreadable or contradictory
    ├── SchemaChanged          a mapped object, field or table is gone: repair the mapping
    ├── FileRefused            give another file, or save this one in another form
    ├── VaultUnavailable       open the operating system's keyring, or name a secrets file
    ├── LedgerError            the ledger cannot be used
    │   ├── LedgerIsNewer      install the newer program
    │   ├── LedgerIsDamaged    restore a backup
    │   ├── LedgerIsBusy       another run holds it
    │   └── DiskFull           make room
    └── Stopped                somebody asked for it

A room may add one of its own: saved plans have theirs in `core.plan_file`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InOrg:
    """A custom field of an org that a problem is about: what Prepare Salesforce can do about it.

    `component` is its id among `core.preparation`'s components, `Contact.DI_Contact_Id__c`. It is made, or shown to our
    user, unless it is `left_alone`: there with another type or meaning.
    """

    connection: str
    component: str
    left_alone: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in what the person chose.

    `path` is the place in the project file, for example `integrations[0].mapping.pairs[2].target`. `in_org` is told
    where it is about a custom field that is not there, is hidden, or does not serve.
    """

    path: str
    message: str
    what_to_do: str
    in_org: InOrg | None = None


class DisfError(Exception):
    """A broken run: what happened, what to do next, and where. Never holds a secret or a person's data.

    `code` is stable and meant for scripts; `exit_code` is the one of the command line. `reason` is stable too, and
    tells apart what a person mends in different ways under one code; "" where the code says it all.
    """

    code = "error"
    exit_code = 1

    def __init__(self, message: str, what_to_do: str, where: str = "", detail: str = "", reason: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.what_to_do = what_to_do
        self.where = where
        self.reason = reason
        self.detail = detail
        """The service's own words (code, message, request number), shown on demand."""


class SettingsError(DisfError):
    """The project file cannot be used as it is; `problems` holds every reason at once."""

    code = "settings"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        assert problems, "a SettingsError needs a problem"
        first = problems[0]
        super().__init__(first.message, first.what_to_do, first.path)
        self.problems = problems


class AuthorizationNeeded(DisfError):
    """The service does not accept our token or key any more; `where` names the connection."""

    code = "authorization"


class AccessRefused(DisfError):
    """The service knows us but refuses this: a right, an address or a module is missing."""

    code = "access"


class ServiceUnavailable(DisfError):
    """The service does not answer, or answers that it cannot now."""

    code = "service_unavailable"


class LimitReached(DisfError):
    """An allowance is used up: the service's, or our own ceiling."""

    code = "limit"


class UnexpectedAnswer(DisfError):
    """The service answered, but not in a form from which anything may be concluded."""

    code = "unexpected_answer"


class SchemaChanged(DisfError):
    """A mapped object, field, project or table is not there (any more)."""

    code = "schema"


class FileRefused(DisfError):
    """A file of rows cannot be read as one; `reason` says what it is instead, `where` its name."""

    code = "file"


class VaultUnavailable(DisfError):
    """No trusted store for secrets is open."""

    code = "vault"


class LedgerError(DisfError):
    """The ledger cannot be used."""

    code = "ledger"


class LedgerIsNewer(LedgerError):
    """The ledger was written by a newer version of this program."""

    code = "ledger_newer"


class LedgerIsDamaged(LedgerError):
    """The ledger does not open or fails its check."""

    code = "ledger_damaged"


class LedgerIsBusy(LedgerError):
    """Another run holds the ledger."""

    code = "busy"
    exit_code = 5


class DiskFull(LedgerError):
    """There is no room to go on safely."""

    code = "disk_full"


class Stopped(DisfError):
    """The run was stopped on request, at a safe point."""

    code = "stopped"
    exit_code = 4
